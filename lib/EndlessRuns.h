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
  /// Null when the class is a thread by its base, and is started elsewhere.
  const SyncEvent *Start = nullptr;
  /// Null when the end of the handle joins by itself.
  const SyncEvent *Join = nullptr;
  const clang::ValueDecl *Handle = nullptr;
  const clang::FunctionDecl *JoinedIn = nullptr; ///< Null without `Join`.
  /// A `break` that leaves a switch instead.
  const clang::Stmt *Break = nullptr;
  /// What has to succeed before the loop is left; null when nothing leaves it.
  const clang::CallExpr *Attempt = nullptr;
};

/// Those of the unit, one for each loop, in the order of the joins. \p Told
/// are joins of which this is said elsewhere; \p Idx knows the handles.
std::vector<EndlessRun> endlessRuns(const Monitors &M, const Index &Idx,
                                    llvm::ArrayRef<StuckJoin> Told);

/// Its execution is joined when it ends.
bool joinsItself(const Subject &S);

/// The end of what owns an execution, by its name and who calls it: a
/// destructor, `stop`.
bool endsOwner(const clang::FunctionDecl *FD, const Monitors &M);

} // namespace leak

#endif // LEAK_TIDY_ENDLESSRUNS_H
