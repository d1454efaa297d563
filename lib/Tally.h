//===--- Tally.h - how often something is counted ---------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The number of times that a local counter is counted, against the number
/// that it was made with: both as sums of constants and of what loops and
/// containers are called (`n + 1`, `v.size()`). Only known when all uses of the
/// counter are understood.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_TALLY_H
#define LEAK_TIDY_TALLY_H

#include "Amounts.h"
#include "Counters.h"

namespace leak {

/// One place where somebody is started who counts, or where it is counted.
struct CountSite {
  const clang::Expr *At = nullptr;
  const clang::FunctionDecl *Runs = nullptr; ///< Null: counted right here.
  bool Counts = false;                       ///< Or only waits, adds.
  bool Once = false; ///< On each path at least once, and on one only once.
};

struct Tally {
  /// How much is counted down in the end, less what is counted up.
  Linear Least, Most;
  /// Phased counters: how many take part.
  Linear Initial;
  const clang::Expr *InitialExpr = nullptr;
  bool InitialKnown = false;
  const clang::Expr *Wait = nullptr; ///< Somebody waits here.
  /// What starts something that counts up before it counts down.
  const clang::Expr *AddsItself = nullptr;
  bool UpHere = false; ///< Counted up by the function itself, too.
  llvm::SmallVector<CountSite, 4> Sites;
  llvm::SmallVector<CountSite, 2> Within; ///< Called by what is started.
  /// What makes the least less than the most: a condition around a site, or a
  /// `continue`, `break` before it.
  const clang::Stmt *Skips = nullptr;
  bool SkipIsInside = false; ///< In what is started.
};

/// Counts for \p Var, a local variable of \p In. Nothing when it can't be told.
std::optional<Tally> tally(const clang::VarDecl *Var,
                           const clang::FunctionDecl *In, const Counters &C,
                           clang::ASTContext &Ctx);

} // namespace leak

#endif // LEAK_TIDY_TALLY_H
