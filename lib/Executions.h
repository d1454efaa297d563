//===--- Executions.h - what runs behind handles, who joins it --*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The executions that a handle may stand for, step by step, and the places
/// where somebody waits for one without a limit. What is found out about stops
/// is found by comparing the two.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_EXECUTIONS_H
#define LEAK_TIDY_EXECUTIONS_H

#include "Monitors.h"

namespace leak {

/// What one execution does.
struct Running {
  const SyncEvent *Start = nullptr; ///< Null: of a class that is a thread.
  const clang::FunctionDecl *Entry = nullptr;
  std::vector<Monitors::Step> Steps;
};

/// The executions of handles, as far as it is visible what they run.
class Executions {
public:
  explicit Executions(const Monitors &M);
  const std::vector<Running> &of(const clang::ValueDecl *Handle);
  /// Where \p Handle gets an execution.
  llvm::SmallVector<const SyncEvent *, 2>
  starts(const clang::ValueDecl *Handle) const {
    return Starts.lookup(Handle);
  }

private:
  const Monitors &M;
  llvm::DenseMap<const clang::ValueDecl *,
                 llvm::SmallVector<const SyncEvent *, 2>>
      Starts;
  llvm::DenseMap<const clang::ValueDecl *, std::vector<Running>> Known;
};

/// The ways out of the last loop of the body of what \p R runs, after which it
/// ends; nothing when there is none, or what it runs is elsewhere.
std::optional<Predicate> mainLoopExits(const Monitors &M, const Running &R);

/// A join is in \p F, or may be in what it calls.
bool reachesJoin(const SyncFunction &F);

/// Calls \p Visit for each join without a time limit that a function makes,
/// itself or by what it calls: with all steps of the function, and the number
/// of the join among them, \p Depth calls deep. Those that are only deferred to
/// later aren't given.
void forEachJoin(
    const Monitors &M,
    llvm::function_ref<void(const SyncFunction &F,
                            llvm::ArrayRef<Monitors::Step> Steps, size_t At)>
        Visit,
    unsigned Depth = 4);

} // namespace leak

#endif // LEAK_TIDY_EXECUTIONS_H
