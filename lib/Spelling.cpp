//===--- Spelling.cpp - what identifiers say ------------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Spelling.h"
#include "clang/Basic/CharInfo.h"

using namespace clang;

namespace leak {

/// The words as they are written.
static SmallVector<StringRef, 8> writtenWords(StringRef Name) {
  SmallVector<StringRef, 8> Result;
  size_t Begin = 0;
  char Last = '_';
  for (size_t I = 0; I != Name.size(); ++I) {
    const char C = Name[I];
    bool NewWord = !isLetter(C) || (isUppercase(C) && isLowercase(Last));
    // `HCCompleted`, but not `IDs`.
    if (isUppercase(C) && isUppercase(Last) && I + 2 < Name.size() &&
        isLowercase(Name[I + 1]) && isLowercase(Name[I + 2]))
      NewWord = true;
    if (NewWord) {
      if (Begin < I)
        Result.push_back(Name.slice(Begin, I));
      Begin = isLetter(C) ? I : I + 1;
    }
    Last = C;
  }
  if (Begin < Name.size())
    Result.push_back(Name.substr(Begin));
  return Result;
}

SmallVector<std::string, 4> identifierWords(StringRef Name) {
  SmallVector<std::string, 4> Result;
  for (StringRef Word : writtenWords(Name))
    Result.push_back(Word.lower());
  return Result;
}

/// \p Written in small letters is \p Word.
static bool isWord(StringRef Written, StringRef Word) {
  return Written.size() == Word.size() &&
         std::equal(Written.begin(), Written.end(), Word.begin(),
                    [](char A, char B) { return toLowercase(A) == B; });
}

bool hasWord(StringRef Name, ArrayRef<StringRef> Wanted) {
  // Asked very often, so nothing is copied.
  SmallVector<StringRef, 8> Words = writtenWords(Name);
  for (StringRef W : Wanted) {
    auto [First, Second] = W.split(' ');
    for (size_t I = 0; I != Words.size(); ++I) {
      if (Second.empty()) {
        if (isWord(Words[I], First))
          return true;
        continue;
      }
      if (isWord(Words[I].take_front(First.size()), First) &&
          isWord(Words[I].drop_front(std::min(First.size(), Words[I].size())),
                 Second))
        return true;
      if (isWord(Words[I], First) && I + 1 < Words.size() &&
          isWord(Words[I + 1], Second))
        return true;
    }
  }
  return false;
}

} // namespace leak
