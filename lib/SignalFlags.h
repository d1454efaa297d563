//===--- SignalFlags.h - flags that only signal handlers set ----*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A signal handler sets a flag that ends a loop, which is blocked meanwhile.
/// Where the handler was installed so that calls go on after it, as `signal()`
/// does, nothing ends the call, and nobody looks at the flag.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_SIGNALFLAGS_H
#define LEAK_TIDY_SIGNALFLAGS_H

#include "Functions.h"
#include "Lexicon.h"
#include <vector>

namespace leak {

struct BlindSignal {
  const clang::ValueDecl *Flag = nullptr;
  const clang::Expr *Set = nullptr;       ///< In the handler.
  const clang::Expr *Installed = nullptr; ///< The handler.
  const clang::Stmt *Polls = nullptr;     ///< The loop that looks at the flag.
  const clang::Expr *Block = nullptr;     ///< What it is blocked in.
  /// The call in the loop that gets there; or null.
  const clang::Expr *Through = nullptr;
};

/// A loop that tries again and again, and doesn't look at the flag by which the
/// handler ends another one; the default of the signal would have ended it.
struct DeafRetry {
  const clang::ValueDecl *Flag = nullptr;
  const clang::Expr *Set = nullptr;       ///< In the handler.
  const clang::Expr *Installed = nullptr; ///< The handler.
  const clang::Stmt *Polls = nullptr;     ///< The loop that looks at the flag.
  const clang::Stmt *Loop = nullptr;
};

/// All of a unit, one for each loop.
std::vector<DeafRetry> deafRetries(const FunctionTable &Table,
                                   const Lexicon &Words);

/// All of a unit, one for each blocking call.
std::vector<BlindSignal> blindSignals(const FunctionTable &Table,
                                      const Lexicon &Words);

} // namespace leak

#endif // LEAK_TIDY_SIGNALFLAGS_H
