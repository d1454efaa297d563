//===--- Guards.h - flags on which a statement depends ----------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Cancellation in real code is a flag: a bool, volatile or atomic field that
/// one method writes and another tests. Here are the questions about such
/// fields, answered from the syntax of bodies that are visible.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_GUARDS_H
#define LEAK_TIDY_GUARDS_H

#include "clang/AST/Decl.h"
#include "clang/AST/Stmt.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace leak {

/// A field that has to have a value for a statement to be reached.
struct Guard {
  const clang::FieldDecl *Flag = nullptr;
  bool Value = true;
  const clang::Expr *Cond = nullptr; ///< Where it is tested.
};

/// The flags that every way from the start of \p In to \p At has tested: by an
/// `if` around it, or one before it that returns otherwise.
llvm::SmallVector<Guard, 2> guardsOf(const clang::FunctionDecl *In,
                                     const clang::Stmt *At);

/// True when \p At, below \p Body, is not reached on every way through it:
/// it stands in a branch or loop, or behind a branch that returns.
bool isConditional(const clang::Stmt *Body, const clang::Stmt *At);

/// An expression in \p Body, without its lambdas, that gives \p Flag the
/// constant \p Value; or null. The flag is that of `this`, or of the object
/// that the variable \p Object leads to.
const clang::Expr *assigns(const clang::Stmt *Body,
                           const clang::FieldDecl *Flag, bool Value,
                           const clang::VarDecl *Object = nullptr);

/// True when all that \p S does to \p Flag, of any object, is to read it, and
/// to give it the constant \p Value.
bool onlyGives(const clang::Stmt *S, const clang::FieldDecl *Flag, bool Value);

/// True when \p Init is the constant \p Value.
bool isInitialisedTo(const clang::Expr *Init, bool Value);

} // namespace leak

#endif // LEAK_TIDY_GUARDS_H
