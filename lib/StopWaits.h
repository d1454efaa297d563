//===--- StopWaits.h - waits that a stop doesn't end ------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A stop sets a flag and notifies a condition. Who waits there, and doesn't
/// test the flag, wakes up and waits again. That the flag is meant for it is
/// told by the loop around the wait, by another wait for the same state, or by
/// the function itself, which has asked before.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_STOPWAITS_H
#define LEAK_TIDY_STOPWAITS_H

#include "Joins.h"
#include "clang/AST/Stmt.h"

namespace leak {

struct StopWait {
  const SyncEvent *Wait = nullptr;
  const clang::FunctionDecl *In = nullptr;
  const clang::ValueDecl *Flag = nullptr;
  /// The stop; null when it isn't in sight.
  const SyncEvent *Set = nullptr;
  const clang::FunctionDecl *SetIn = nullptr;
  const SyncEvent *Notify = nullptr;
  const clang::Stmt *Loop = nullptr;    ///< That tests the flag; or null, then:
  const SyncEvent *Sibling = nullptr;   ///< another wait, which does; or
  const clang::IfStmt *Asked = nullptr; ///< what leaves the function before.
  bool Late = false; ///< The loop tests it only when the wait is over.
};

/// One for each wait, in the order of the source; not those in \p Told.
std::vector<StopWait> stopWaits(const Monitors &M,
                                llvm::ArrayRef<StuckJoin> Told);

} // namespace leak

#endif // LEAK_TIDY_STOPWAITS_H
