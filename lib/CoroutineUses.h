//===--- CoroutineUses.h - what a coroutine uses, and when ------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A coroutine outlives the expression that called it. What it was given by
/// reference, and the closure that it belongs to, may not.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_COROUTINEUSES_H
#define LEAK_TIDY_COROUTINEUSES_H

#include "Discards.h"
#include "TaskTypes.h"

namespace leak {

/// The first use, in the order of execution, in the coroutine \p FD after it
/// was suspended; with \p Suspended it is from the beginning. Of both branches
/// of an `if` each is possible; what a loop does may be done again.
const clang::Expr *
laterUse(const clang::FunctionDecl *FD, bool Suspended,
         llvm::function_ref<bool(const clang::Expr *)> IsUse);

/// Something that a coroutine uses when it is gone.
struct Dangling {
  enum Kind : unsigned char {
    Closure,  ///< The lambda that it belongs to.
    Argument, ///< What a reference parameter is bound to.
    Object    ///< What it is a method of.
  };
  Kind What = Closure;
  const clang::Expr *Gone = nullptr; ///< The temporary.
  const clang::Expr *Used = nullptr;
  std::string Name; ///< Of the capture or parameter.
};

/// What \p Call, of a visible coroutine, is given that ends with the statement,
/// while the task goes on. Nothing when the task ends as well.
std::optional<Dangling> danglingIn(const clang::CallExpr *Call,
                                   const TaskTypes &Tasks, const Lexicon &Words,
                                   clang::ASTContext &Ctx);

} // namespace leak

#endif // LEAK_TIDY_COROUTINEUSES_H
