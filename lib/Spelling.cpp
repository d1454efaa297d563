//===--- Spelling.cpp - what identifiers say ------------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Spelling.h"
#include "clang/Basic/CharInfo.h"
#include "llvm/ADT/Twine.h"

using namespace clang;

namespace leak {

SmallVector<std::string, 4> identifierWords(StringRef Name) {
  SmallVector<std::string, 4> Result;
  std::string Word;
  char Last = '_';
  for (size_t I = 0; I != Name.size(); ++I) {
    const char C = Name[I];
    bool NewWord = !isLetter(C) || (isUppercase(C) && isLowercase(Last));
    // `HCCompleted`, but not `IDs`.
    if (isUppercase(C) && isUppercase(Last) && I + 2 < Name.size() &&
        isLowercase(Name[I + 1]) && isLowercase(Name[I + 2]))
      NewWord = true;
    if (NewWord && !Word.empty()) {
      Result.push_back(Word);
      Word.clear();
    }
    if (isLetter(C))
      Word += toLowercase(C);
    Last = C;
  }
  if (!Word.empty())
    Result.push_back(Word);
  return Result;
}

bool hasWord(StringRef Name, ArrayRef<StringRef> Wanted) {
  SmallVector<std::string, 4> Words = identifierWords(Name);
  for (StringRef W : Wanted) {
    auto [First, Second] = W.split(' ');
    for (size_t I = 0; I != Words.size(); ++I) {
      if (Second.empty() ? First == Words[I]
                         : Words[I] == (First + Second).str() ||
                               (First == Words[I] && I + 1 < Words.size() &&
                                Second == Words[I + 1]))
        return true;
    }
  }
  return false;
}

} // namespace leak
