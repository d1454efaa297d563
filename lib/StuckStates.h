//===--- StuckStates.h - states that a loop can't leave ---------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A loop that does one thing for each state until it comes to its end, and
/// gives itself a state for which it does nothing, and by which it doesn't end.
/// A loop that waits until a point in time, and only leaves the wait out when
/// that has passed.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_STUCKSTATES_H
#define LEAK_TIDY_STUCKSTATES_H

#include "Lexicon.h"
#include <vector>

namespace leak {

struct StuckState {
  const clang::Stmt *Loop = nullptr;
  const clang::Expr *Set = nullptr; ///< Where it gets the state.
  const clang::Expr *State = nullptr;
  const clang::EnumConstantDecl *Value = nullptr;
};

/// Those of \p FD, a definition, one for each loop.
std::vector<StuckState> stuckStates(const clang::FunctionDecl *FD);

struct SkippedWait {
  const clang::Stmt *Loop = nullptr;
  const clang::Stmt *Asks = nullptr; ///< What leaves the wait out.
  const clang::CallExpr *Wait = nullptr;
};

/// Those of \p FD, a definition, one for each loop.
std::vector<SkippedWait> skippedWaits(const clang::FunctionDecl *FD,
                                      const Lexicon &Words);

} // namespace leak

#endif // LEAK_TIDY_STUCKSTATES_H
