//===--- StopFlags.h - flags that end threads, and who ignores -*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A project's own stop token is a flag: somebody sets it and joins a thread,
/// and a loop of that thread ends when it is set. What the thread does besides
/// without looking at it is here.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_STOPFLAGS_H
#define LEAK_TIDY_STOPFLAGS_H

#include "Executions.h"
#include "PollGaps.h"

namespace leak {

/// A loop of an execution that ends when a flag is set.
struct PollLoop {
  const clang::Stmt *Loop = nullptr;
  const clang::FunctionDecl *In = nullptr;
};

/// The first loop of what \p R runs that \p Set ends.
std::optional<PollLoop> pollLoop(const Monitors &M, const Running &R,
                                 const Alteration &Set);

/// Something that an execution does without a look at the flag.
struct IgnoredFlag {
  /// Of the execution whose loop polls; nothing when the whole execution
  /// ignores the flag, for which a sibling of it polls.
  std::optional<PollGap> Gap;
  const clang::ValueDecl *Flag = nullptr;
  const SyncEvent *Set = nullptr, *Join = nullptr, *Start = nullptr;
  const clang::FunctionDecl *Stopper = nullptr; ///< Has the join itself.
  const clang::FunctionDecl *Entry = nullptr;
  const clang::Stmt *Polls = nullptr; ///< The loop that honours the flag.
  const clang::FunctionDecl *PollsIn = nullptr;
  const clang::Stmt *Loop = nullptr; ///< Of a whole execution: its loop.
  bool IsBefore = false;             ///< The gap is on the way to the loop.
  /// Before: the member or variable that it waits for; or null.
  const clang::ValueDecl *For = nullptr;
};

/// All of a unit, in the order of the source; one for each place.
std::vector<IgnoredFlag>
ignoredFlags(const Monitors &M, const FunctionTable &Table, uint64_t LongSleep);

} // namespace leak

#endif // LEAK_TIDY_STOPFLAGS_H
