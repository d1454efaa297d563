//===--- ClosedWaits.h - closes that wake nobody ----------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Who is blocked on a descriptor isn't woken when another thread closes its
/// number: the call holds on to the file. A model says of which close that is
/// so, by what has to be done before it (`mend`). Here are the stops that do
/// nothing else to end the wait of a thread.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_CLOSEDWAITS_H
#define LEAK_TIDY_CLOSEDWAITS_H

#include "Joins.h"

namespace leak {

struct ClosedWait {
  const SyncEvent *Block = nullptr;
  const clang::ValueDecl *What = nullptr; ///< On which it waits.
  const clang::Expr *Close = nullptr;
  const clang::FunctionDecl *Stopper = nullptr;
  const SyncEvent *Start = nullptr; ///< Null when it isn't visible.
  const SyncEvent *Join = nullptr;  ///< Null when it is elsewhere.
  bool OnSocket = false;            ///< By the call that waits.
};

/// One for each call that blocks; not those in \p Told.
std::vector<ClosedWait> closedWaits(const Monitors &M,
                                    llvm::ArrayRef<StuckJoin> Told);

} // namespace leak

#endif // LEAK_TIDY_CLOSEDWAITS_H
