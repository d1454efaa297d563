//===--- SelfWakes.h - descriptors that wake the own threads ----*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A thread that reads from a counter or pipe which the process itself writes
/// to goes on when somebody does. Who sets its flag and joins it without
/// writing waits for a thread that doesn't look at the flag.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_SELFWAKES_H
#define LEAK_TIDY_SELFWAKES_H

#include "Monitors.h"

namespace leak {

struct UnwokenRead {
  const clang::ValueDecl *Descriptor = nullptr;
  const clang::Expr *Made = nullptr;
  const clang::Expr *Read = nullptr;
  const SyncEvent *Start = nullptr, *Set = nullptr, *Join = nullptr;
};

/// All of a unit; one for each join.
std::vector<UnwokenRead>
unwokenReads(const FunctionTable &Table, const Lexicon &Words,
             llvm::function_ref<const Monitors &()> Waiting);

} // namespace leak

#endif // LEAK_TIDY_SELFWAKES_H
