//===--- EndlessRuns.h - executions without an end --------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Somebody stops, or destroys, what owns an execution, and joins it; but it
/// runs a loop that nothing leaves, or that only a success leaves which may
/// never come.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_ENDLESSRUNS_H
#define LEAK_TIDY_ENDLESSRUNS_H

#include "Joins.h"

namespace leak {

struct EndlessRun {
  const clang::FunctionDecl *In = nullptr; ///< Where the loop is.
  const clang::Stmt *Loop = nullptr;
  const SyncEvent *Start = nullptr;
  const SyncEvent *Join = nullptr;
  const clang::FunctionDecl *JoinedIn = nullptr;
  /// A `break` that leaves a switch instead.
  const clang::Stmt *Break = nullptr;
  /// What has to succeed before the loop is left; null when nothing leaves it.
  const clang::CallExpr *Attempt = nullptr;
};

/// Those of the unit, one for each loop, in the order of the joins. \p Told
/// are joins of which this is said elsewhere.
std::vector<EndlessRun> endlessRuns(const Monitors &M,
                                    llvm::ArrayRef<StuckJoin> Told);

/// The end of what owns an execution, by its name and who calls it: a
/// destructor, `stop`.
bool endsOwner(const clang::FunctionDecl *FD, const Monitors &M);

} // namespace leak

#endif // LEAK_TIDY_ENDLESSRUNS_H
