//===--- StopBlocks.h - calls that a stop doesn't end -----------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A thread looks at a flag, and between two looks waits for the outside world.
/// Who sets the flag and joins the thread has to end that wait as well. Here
/// are those that nobody ends: neither before the join, nor anywhere.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_STOPBLOCKS_H
#define LEAK_TIDY_STOPBLOCKS_H

#include "Joins.h"

namespace leak {

struct StopBlock {
  const SyncEvent *Block = nullptr;
  const clang::FunctionDecl *In = nullptr;
  const SyncEvent *Start = nullptr; ///< Null: of a class that is a thread.
  const SyncEvent *Set = nullptr, *Join = nullptr;
  const clang::FunctionDecl *Stopper = nullptr;
  const clang::Stmt *Loop = nullptr;
};

/// One for each call, in the order of the joins; not those in \p Told.
std::vector<StopBlock> stopBlocks(const Monitors &M,
                                  llvm::ArrayRef<StuckJoin> Told);

} // namespace leak

#endif // LEAK_TIDY_STOPBLOCKS_H
