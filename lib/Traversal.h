//===--- Traversal.h - questions about all of a statement -------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Whether something is true of any part of a statement.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_TRAVERSAL_H
#define LEAK_TIDY_TRAVERSAL_H

#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

namespace leak {

/// \p Is is true of \p S or something below it, lambdas included.
template <typename Fn> bool anyIn(const clang::Stmt *S, Fn Is) {
  return S &&
         (Is(S) || llvm::any_of(S->children(), [&](const clang::Stmt *Child) {
            return anyIn(Child, Is);
          }));
}

/// The same without the lambdas in \p S, which run at another time.
template <typename Fn> bool anyOutsideLambdas(const clang::Stmt *S, Fn Is) {
  return S && !clang::isa<clang::LambdaExpr>(S) &&
         (Is(S) || llvm::any_of(S->children(), [&](const clang::Stmt *Child) {
            return anyOutsideLambdas(Child, Is);
          }));
}

/// Calls \p Visit for \p S and what is below it: for lambdas too, but not for
/// what is in them.
template <typename Fn>
void forEachOutsideLambdas(const clang::Stmt *S, Fn Visit) {
  if (!S)
    return;
  Visit(S);
  if (!clang::isa<clang::LambdaExpr>(S))
    for (const clang::Stmt *Child : S->children())
      forEachOutsideLambdas(Child, Visit);
}

} // namespace leak

#endif // LEAK_TIDY_TRAVERSAL_H
