//===--- StopBranches.h - stops on one path only ----------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Somebody asks a thread to stop in one branch, and joins it after both:
///
///     if (flush())
///       stop = true;
///     thread.join();
///
/// That is wrong only when the condition says nothing of whether the thread
/// runs, or has been asked already. Both are read from the names in it: what
/// the one who starts, the thread and the branch itself do with them.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_STOPBRANCHES_H
#define LEAK_TIDY_STOPBRANCHES_H

#include "Executions.h"
#include "Obligation.h"

namespace leak {

/// What a condition may know of an execution.
struct StopScene {
  const clang::ValueDecl *Asked = nullptr; ///< The flag, or the source.
  const clang::ValueDecl *Handle = nullptr;
  const clang::FunctionDecl *Starter = nullptr; ///< Who starts it; or null.
  const clang::Stmt *Start = nullptr;
  const clang::FunctionDecl *Entry = nullptr; ///< What it runs.
};

/// The branch of \p In in which \p Ask stands, and \p Join doesn't, when its
/// condition, and those inside of it, have nothing to do with whether the
/// execution runs; null when they have, or there is none.
const clang::IfStmt *unrelatedBranch(const Monitors &M,
                                     const clang::FunctionDecl *In,
                                     const clang::Expr *Ask,
                                     const clang::Expr *Join,
                                     const StopScene &Scene);

/// A flag that is set on one path only.
struct HalfStop {
  const clang::ValueDecl *Flag = nullptr;
  const SyncEvent *Set = nullptr, *Join = nullptr, *Start = nullptr;
  const clang::FunctionDecl *In = nullptr, *Entry = nullptr;
  const clang::Expr *JoinedBy = nullptr; ///< In \c In: the join, or its call.
  const clang::Stmt *Loop = nullptr;     ///< Ends by the flag alone.
  std::vector<Branch> Way; ///< From the beginning of \c In to the join.
  /// Nothing but the flag is needed to end the thread.
  bool SetIsEnough = false;
};

/// All of a unit, one for each join.
std::vector<HalfStop> halfStops(const Monitors &M, FlowGraphs &Graphs);

} // namespace leak

#endif // LEAK_TIDY_STOPBRANCHES_H
