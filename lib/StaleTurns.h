//===--- StaleTurns.h - turns of a loop that change nothing -----*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A loop that takes one item after the other moves on somewhere in its body,
/// and one way comes back to its beginning without that, or nothing in it moves
/// on at all. Nothing it has asked has changed, so that it takes the same way
/// again, for ever.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_STALETURNS_H
#define LEAK_TIDY_STALETURNS_H

#include "Lexicon.h"
#include "Obligation.h"

namespace leak {

struct StaleTurn {
  enum Shape {
    Continue, ///< A `continue` skips what moves on.
    Through,  ///< A way through the body doesn't come to it.
    Next,     ///< A `continue` skips what says which is the next one.
    Never,    ///< Nothing moves on.
    Empty,    ///< It moves on by a length that may be 0.
    Idle      ///< It only sleeps from then on.
  };
  Shape What = Continue;
  const clang::FunctionDecl *In = nullptr;
  const clang::Stmt *Loop = nullptr;
  /// The `continue`, the last decision, the loop.
  const clang::Stmt *Back = nullptr;
  const clang::Stmt *Advance = nullptr;   ///< What is skipped; null with Never.
  const clang::ValueDecl *Item = nullptr; ///< What doesn't change.
  const clang::VarDecl *Length = nullptr; ///< Empty: what may be 0.
  std::vector<Branch> Way;
};

/// Those of \p FD, a definition, one for each loop.
std::vector<StaleTurn> staleTurns(const clang::FunctionDecl *FD,
                                  const Lexicon &Words, FlowGraphs &Graphs);

} // namespace leak

#endif // LEAK_TIDY_STALETURNS_H
