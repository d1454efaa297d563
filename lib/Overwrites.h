//===--- Overwrites.h - members assigned to while they run ------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Places where a member or global handle gets a new execution while it owns
/// another, as far as the class, or the place itself, proves that it does. The
/// same for objects whose maker is visible is the path engine's business.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_OVERWRITES_H
#define LEAK_TIDY_OVERWRITES_H

#include "ClassFacts.h"

namespace leak {

/// Something is put into a handle that may still own a running execution.
struct Overwrite {
  enum Proof {
    MoveAssigned, ///< In a move assignment; the destructor releases it.
    Restarted,    ///< Every constructor starts it, and only the destructor
                  ///< releases it.
    Cancelled     ///< Something just forced an end of the execution.
  };
  Proof Why = MoveAssigned;
  const Subject *What = nullptr;
  const Use *Assigned = nullptr;
  /// The release in the destructor, the start, or the cancellation.
  const Use *Evidence = nullptr;
};

/// In the order of the subjects. \p Facts are those of \p Idx.
std::vector<Overwrite> overwrites(const Index &Idx,
                                  llvm::ArrayRef<MemberFact> Facts);

/// True when the class of \p F has a method, other than constructors and
/// assignments, that starts a member without a look at it, so that a second
/// call of it may overwrite what the first has started.
bool mayRestart(const Index &Idx, const MemberFact &F);

} // namespace leak

#endif // LEAK_TIDY_OVERWRITES_H
