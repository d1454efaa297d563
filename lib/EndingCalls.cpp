//===--- EndingCalls.cpp - what the names of calls say --------------------===//
//---------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EndingCalls.h"
#include "Spelling.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace leak {

bool completes(StringRef Name) {
  return hasWord(Name,
                 {"notify", "signal", "broadcast", "wake", "wakeup", "done",
                  "finish", "finished", "complete", "completed", "completion",
                  "unregister", "count down", "unref", "decref", "resume"});
}

static constexpr std::pair<StringRef, StringRef> Opposites[] = {
    {"begin", "end"},
    {"start", "finish"},
    {"start", "end"},
    {"start", "done"},
    {"start", "complete"},
    {"begin", "finish"},
    {"enter", "leave"},
    {"enter", "exit"},
    {"suspend", "resume"},
    {"pause", "unpause"},
    {"pause", "resume"},
    {"push", "pop"},
    {"increment", "decrement"},
    {"inc", "dec"},
    {"incr", "decr"},
    {"incref", "decref"},
    {"acquire", "release"},
    {"register", "unregister"},
    {"ref", "unref"},
    {"addref", "release"},
    {"retain", "release"},
    {"hold", "release"},
    {"block", "unblock"},
    {"disable", "enable"},
    {"freeze", "unfreeze"},
    {"freeze", "thaw"},
    {"get", "put"},
    {"up", "down"}};

static std::string joined(ArrayRef<std::string> Words) {
  return llvm::join(Words, "_");
}

std::vector<std::string> openersOf(StringRef Name) {
  std::vector<std::string> Result;
  SmallVector<std::string, 4> Words = identifierWords(Name);
  for (std::string &Word : Words)
    for (auto [Open, Close] : Opposites)
      if (Word == Close) {
        std::string Saved = std::exchange(Word, Open.str());
        Result.push_back(joined(Words));
        Word = std::move(Saved);
      }
  return Result;
}

std::string plainName(StringRef Name) { return joined(identifierWords(Name)); }

std::string nameOfCallee(const FunctionDecl *FD) {
  StringRef Name = FD->getName();
  if (hasWord(Name, {"notify one", "notify all"}))
    return "notify";
  // With an error it is over, too: `finish`, `finish_error`.
  SmallVector<std::string, 4> Words = identifierWords(Name);
  unsigned Kept = Words.size();
  while (Kept > 1 &&
         llvm::is_contained({"error", "err", "fail", "failed", "failure", "ok",
                             "success", "with", "sync", "one", "all"},
                            StringRef(Words[Kept - 1])))
    --Kept;
  if (completes(Name) && Kept &&
      hasWord(Words[Kept - 1], {"done", "finish", "finished", "complete",
                                "completed", "signal", "wake"}))
    return joined(ArrayRef<std::string>(Words).take_front(Kept));
  return Name.str();
}

bool mayEnd(const FunctionDecl *FD) {
  if (!FD || !FD->getIdentifier() || FD->getBuiltinID() ||
      FD->isOverloadedOperator())
    return false;
  StringRef Name = FD->getName();
  if (const auto *Method = dyn_cast<CXXMethodDecl>(FD))
    if (Method->isConst() && !FD->getReturnType()->isVoidType())
      return false;
  return !hasWord(Name, {"lock", "unlock", "log", "print", "printf", "trace",
                         "debug", "is", "has", "set", "mutex", "can", "should",
                         "wait", "test"});
}

} // namespace leak
