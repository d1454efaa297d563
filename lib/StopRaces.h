//===--- StopRaces.h - stops that are lost, or come too early ---*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A thread runs until a flag says stop. The flag has to say "run" before the
/// thread is started, and nobody but the one who stops may change it after
/// that. A thread that sets it itself takes back a stop that came before; who
/// sets it after the start finds a thread that has ended; who doesn't set it
/// back before the next start, too.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_STOPRACES_H
#define LEAK_TIDY_STOPRACES_H

#include "Executions.h"

namespace leak {

struct StopRace {
  enum Reason {
    Undone,  ///< The thread takes the stop back.
    Late,    ///< "Run" is said only after the start.
    Stale,   ///< "Stop" was said before the start, and not taken back.
    Recalled ///< "Run" is said again before the join.
  };
  Reason Why = Undone;
  const clang::ValueDecl *Flag = nullptr;
  const SyncEvent *Start = nullptr; ///< Null: of a class that is a thread.
  const clang::FunctionDecl *Entry = nullptr;
  const clang::Stmt *Loop = nullptr;
  /// What does the harm: says "run"; Stale: says "stop".
  const SyncEvent *Write = nullptr;
  const clang::FunctionDecl *WriteIn = nullptr;
  /// Undone, Recalled: the stop, and its join.
  const SyncEvent *Stop = nullptr, *Join = nullptr;
  const clang::FunctionDecl *StopIn = nullptr;
};

/// All of a unit, one for each place.
std::vector<StopRace> stopRaces(const Monitors &M);

} // namespace leak

#endif // LEAK_TIDY_STOPRACES_H
