//===--- TimerPaths.h - timers that a path leaves behind --------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A function makes a timer that has no destructor, and one of its exits
/// doesn't delete it, though another one does or nobody else can. The same for
/// the timer of the process, which is armed and has no name.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_TIMERPATHS_H
#define LEAK_TIDY_TIMERPATHS_H

#include "Functions.h"
#include "Lexicon.h"
#include "Obligation.h"

namespace leak {

struct LeftTimer {
  const clang::VarDecl *Timer = nullptr; ///< Null for that of the process.
  const clang::Expr *Made = nullptr;
  std::shared_ptr<Body> In;
  std::vector<Outcome> Ways;      ///< On which it is left; not empty.
  std::optional<Outcome> Sibling; ///< On which it isn't.
  /// What the sibling does means the same on the ways.
  bool Repeatable = true;
};

std::vector<LeftTimer> leftTimers(const FunctionTable &Table,
                                  const Lexicon &Words, FlowGraphs &Graphs);

} // namespace leak

#endif // LEAK_TIDY_TIMERPATHS_H
