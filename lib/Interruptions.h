//===--- Interruptions.h - joins of what nobody interrupts ------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Some libraries let a thread be interrupted: where it sleeps, waits, or asks
/// whether it was, an exception leaves its loop. Whoever ends the owner of such
/// a thread has to interrupt it before the join; nothing else ends the loop.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_INTERRUPTIONS_H
#define LEAK_TIDY_INTERRUPTIONS_H

#include "Joins.h"

namespace leak {

struct Uninterrupted {
  const SyncEvent *Join = nullptr;
  const clang::FunctionDecl *In = nullptr;
  const SyncEvent *Start = nullptr;
  const clang::Stmt *Loop = nullptr;
  /// Where it is interrupted, after the join; null: nowhere.
  const SyncEvent *Later = nullptr;
  const TypeModel *Handle = nullptr;
};

/// All of a unit, one for each handle.
std::vector<Uninterrupted> uninterruptedJoins(const Monitors &M);

} // namespace leak

#endif // LEAK_TIDY_INTERRUPTIONS_H
