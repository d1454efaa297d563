//===--- RetriedErrors.h - errors that all mean once more -------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A loop tries a call until it succeeds, and tells one of its errors apart:
///
///     while ((n = getrandom(&seed, sizeof(seed), 0)) != sizeof(seed)) {
///       switch (errno) {
///       case EINTR:
///         continue;
///       default:
///         seed = fallback();
///         break; // Only leaves the switch.
///       }
///     }
///
/// With all other errors it goes round as well, without having changed what it
/// asks for: an error that stays makes it spin for ever.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_RETRIEDERRORS_H
#define LEAK_TIDY_RETRIEDERRORS_H

#include "Lexicon.h"
#include "Obligation.h"

namespace leak {

struct RetriedError {
  const clang::Stmt *Loop = nullptr;
  const clang::CallExpr *Call = nullptr; ///< What is tried.
  const clang::Expr *Asks = nullptr;     ///< Tells one error apart.
  /// Was meant to leave the loop; or null.
  const clang::BreakStmt *Break = nullptr;
};

/// Those of \p FD, a definition, in the order of the source.
std::vector<RetriedError> retriedErrors(const clang::FunctionDecl *FD,
                                        const Lexicon &Words,
                                        FlowGraphs &Graphs);

} // namespace leak

#endif // LEAK_TIDY_RETRIEDERRORS_H
