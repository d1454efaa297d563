//===--- AwaitedTimers.h - coroutines that wait again -----------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A coroutine waits for a timer in a loop that nothing leaves, and doesn't
/// look at the error by which it is told that the wait was cancelled: whoever
/// cancels the timer only shortens one turn.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_AWAITEDTIMERS_H
#define LEAK_TIDY_AWAITEDTIMERS_H

#include "Functions.h"
#include "Lexicon.h"

namespace leak {

struct AwaitedTimer {
  const clang::FieldDecl *Timer = nullptr;
  const clang::VarDecl *Error = nullptr; ///< That nobody asks.
  const clang::Expr *Wait = nullptr;
  const clang::Stmt *Loop = nullptr;
  const clang::Expr *Cancel = nullptr;
};

/// All of a unit, one for each timer.
std::vector<AwaitedTimer> awaitedTimers(const FunctionTable &Table,
                                        const Lexicon &Words);

} // namespace leak

#endif // LEAK_TIDY_AWAITEDTIMERS_H
