//===--- Spawns.h - threads that are started, and what they get -*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Every place of a unit that starts a thread, with the function that the
/// thread begins with and what is given to it. Not the tasks of pools and
/// loops: these have somebody else's frames below them.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_SPAWNS_H
#define LEAK_TIDY_SPAWNS_H

#include "Functions.h"
#include "Lexicon.h"
#include "llvm/ADT/SmallVector.h"
#include <vector>

namespace leak {

struct Spawn {
  /// The call or construction; null for a class that is a thread by its base,
  /// whose entry is the method that it overrides.
  const clang::Expr *At = nullptr;
  const clang::FunctionDecl *By = nullptr; ///< Which starts it.
  const TypeModel *Handle = nullptr;
  const Effect *Row = nullptr;
  const clang::Expr *Callable = nullptr; ///< As it is written.
  /// What the thread begins with, a definition; null when it isn't visible.
  const clang::FunctionDecl *Entry = nullptr;
  /// What the entry gets: behind the callable, and what was bound to it.
  llvm::SmallVector<const clang::Expr *, 4> Given;
};

/// In the order of the source.
std::vector<Spawn> spawns(const FunctionTable &Table, const Lexicon &Words);

/// The definition that is run when somebody calls \p Callable: a lambda, an
/// object with one call operator, a function, a method, one of these bound.
const clang::FunctionDecl *entryOf(const clang::Expr *Callable,
                                   const Lexicon &Words);

} // namespace leak

#endif // LEAK_TIDY_SPAWNS_H
