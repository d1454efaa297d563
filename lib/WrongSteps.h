//===--- WrongSteps.h - steps by another variable ---------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The third part of a `for` that gives the item the same value in each turn,
/// since it is made of something else: `for (other = first; other; other =
/// item->next)`. A replacement that holds what is searched for, and a search
/// that goes on where it was put. A search that begins at what it has found.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_WRONGSTEPS_H
#define LEAK_TIDY_WRONGSTEPS_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include <vector>

namespace leak {

struct WrongStep {
  enum Shape {
    Same,    ///< It gives the same in each turn.
    Refound, ///< The replacement is found again.
    Unmoved  ///< The search finds the same place again.
  };
  Shape What = Same;
  const clang::Stmt *Loop = nullptr;
  const clang::Expr *At = nullptr;        ///< The step; what replaces.
  const clang::VarDecl *Item = nullptr;   ///< What should move on.
  const clang::ValueDecl *From = nullptr; ///< Same: what it is made of.
  const clang::Expr *Searched = nullptr;  ///< Refound.
};

/// Those of \p FD, a definition.
std::vector<WrongStep> wrongSteps(const clang::FunctionDecl *FD);

} // namespace leak

#endif // LEAK_TIDY_WRONGSTEPS_H
