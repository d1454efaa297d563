//===--- Traversal.h - questions about all of a statement -------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Whether something is true of any part of a statement, the bodies of its
/// lambdas included.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_TRAVERSAL_H
#define LEAK_TIDY_TRAVERSAL_H

#include "clang/AST/Stmt.h"
#include "llvm/ADT/STLExtras.h"

namespace leak {

template <typename Fn> bool anyIn(const clang::Stmt *S, Fn Is) {
  return S &&
         (Is(S) || llvm::any_of(S->children(), [&](const clang::Stmt *Child) {
            return anyIn(Child, Is);
          }));
}

} // namespace leak

#endif // LEAK_TIDY_TRAVERSAL_H
