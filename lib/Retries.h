//===--- Retries.h - loops that try until it succeeds -----------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A loop that opens or connects something again and again, and that nothing
/// but a success leaves: no count, no time, no flag, no kind of error. What it
/// tries may fail for ever, since the other side need not be there.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_RETRIES_H
#define LEAK_TIDY_RETRIES_H

#include "Lexicon.h"
#include <optional>

namespace leak {

struct Retry {
  const clang::Stmt *Loop = nullptr;
  const clang::CallExpr *Attempt = nullptr;
};

/// \p Loop as such a loop.
std::optional<Retry> retryOf(const clang::Stmt *Loop, const Lexicon &Words);

/// The cheap question: \p E is what may be tried.
bool isAttempt(const clang::Expr *E);

} // namespace leak

#endif // LEAK_TIDY_RETRIES_H
