//===--- Lengths.h - lengths that come with the bytes -----------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A loop that goes through bytes takes the length of each piece from the bytes
/// themselves, and moves on by it. Whoever made them may have written a 0
/// there.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_LENGTHS_H
#define LEAK_TIDY_LENGTHS_H

#include "Stillness.h"

namespace leak {

/// The variables that get a number from the bytes in \p Body, once, and by
/// which it moves something on.
llvm::SmallVector<const clang::VarDecl *, 2> lengthsIn(const clang::Stmt *Body,
                                                       const Stillness &Still);

/// The number by which \p S moves something on, `p += length`, and what it
/// moves; or nothing.
struct Step {
  const clang::Expr *Moved = nullptr, *By = nullptr;
};
std::optional<Step> stepOf(const clang::Stmt *S);

/// \p E is made of own variables, and of what pointers lead to that nobody is
/// to write through.
bool isFixed(const clang::Expr *E, const Stillness &Still);

} // namespace leak

#endif // LEAK_TIDY_LENGTHS_H
