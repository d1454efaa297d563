//===--- HalfCloses.h - queues closed for one side only ---------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A bounded queue has two kinds of waits: for something to take, and for room.
/// A method that ends the first by a flag, and not the second, leaves whoever
/// waits for room there for ever, as nobody takes any more.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_HALFCLOSES_H
#define LEAK_TIDY_HALFCLOSES_H

#include "Monitors.h"

namespace leak {

struct HalfClose {
  const clang::FunctionDecl *In = nullptr; ///< What closes.
  const SyncEvent *Set = nullptr, *Notify = nullptr;
  const SyncEvent *Ended = nullptr; ///< The wait that it ends.
  const clang::FunctionDecl *EndedIn = nullptr;
  const SyncEvent *Left = nullptr; ///< The one that it leaves.
  const clang::FunctionDecl *LeftIn = nullptr;
};

/// All of a unit, in the order of the source; one for each wait that is left.
std::vector<HalfClose> halfCloses(const Monitors &M);

} // namespace leak

#endif // LEAK_TIDY_HALFCLOSES_H
