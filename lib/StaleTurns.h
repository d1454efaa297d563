//===--- StaleTurns.h - turns of a loop that change nothing -----*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A loop that takes one item after the other moves on at the end of its body,
/// and one branch comes back to its beginning without that. Nothing it has
/// asked has changed, so that it takes the same way again, for ever.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_STALETURNS_H
#define LEAK_TIDY_STALETURNS_H

#include "Lexicon.h"
#include "Obligation.h"

namespace leak {

struct StaleTurn {
  const clang::FunctionDecl *In = nullptr;
  const clang::Stmt *Loop = nullptr;
  const clang::Stmt *Back = nullptr;    ///< The `continue`.
  const clang::Stmt *Advance = nullptr; ///< What it skips.
  const clang::VarDecl *Item = nullptr; ///< What doesn't change.
  std::vector<Branch> Way;
};

/// Those of \p FD, a definition, one for each loop.
std::vector<StaleTurn> staleTurns(const clang::FunctionDecl *FD,
                                  const Lexicon &Words, FlowGraphs &Graphs);

} // namespace leak

#endif // LEAK_TIDY_STALETURNS_H
