//===--- Joins.h - joins of what was not asked to end -----------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A thread loops until a flag is set, and waits in its loop; somebody joins
/// it. Whether it gets to its end then can be read from both sides: what the
/// loop and the wait test, and what the one who joins has done before.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_JOINS_H
#define LEAK_TIDY_JOINS_H

#include "Executions.h"

namespace leak {

/// One join that may never return.
struct StuckJoin {
  enum Reason {
    NotWoken,  ///< The flag is set; nobody wakes the wait in the loop.
    Blocked,   ///< ... it blocks in its loop on what is closed after the join.
    NotAsked,  ///< To be started again; who sets the flag joins it himself.
    NotTested, ///< ... it is woken, and waits again: it doesn't test the flag.
    SetLater,  ///< The flag is set only after the join.
    NeverSet,  ///< The flag is set nowhere.
    Endless,   ///< Its loop, in which it waits, has no way out.
    Holding,   ///< The joining thread holds a mutex that the other one takes.
    Itself     ///< The thread joins itself.
  };
  Reason Why = NotWoken;
  /// The function whose end, or stop, this is, and the join in it.
  const clang::FunctionDecl *In = nullptr;
  Monitors::Step Join;
  /// Where the thread is started, and what it runs.
  const SyncEvent *Start = nullptr;
  const clang::FunctionDecl *Entry = nullptr;
  /// In the thread: the wait, the taking of the mutex, the join of itself. For
  /// SetLater and NeverSet: null.
  const SyncEvent *Inside = nullptr;
  const clang::FunctionDecl *InsideIn = nullptr;
  const SyncEvent *Set = nullptr; ///< The flag's change.
  const clang::FunctionDecl *SetIn = nullptr;
  const SyncEvent *Notify = nullptr;   ///< NotTested.
  const clang::Expr *Closed = nullptr; ///< Blocked.
  const clang::ValueDecl *Flag = nullptr;

  /// It waits in a method of another class than its own: it receives.
  bool isReceiving() const;
};

/// All of a unit, in the order of the source; one for each join and reason.
std::vector<StuckJoin> stuckJoins(const Monitors &M);

} // namespace leak

#endif // LEAK_TIDY_JOINS_H
