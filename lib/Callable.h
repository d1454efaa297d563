//===--- Callable.h - what a started execution runs -------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// From the argument of a spawner to the body that it runs.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_CALLABLE_H
#define LEAK_TIDY_CALLABLE_H

#include "clang/AST/Expr.h"
#include "clang/AST/Stmt.h"
#include "llvm/ADT/SmallVector.h"

namespace leak {

/// The body of a lambda that is written right there, or of a function or
/// method that is named and defined in this unit. Null when it isn't visible.
const clang::Stmt *visibleBody(const clang::Expr *Callable);

/// The functions that \p At, the start of an execution, names or has as
/// lambdas: among them is the one that it runs.
llvm::SmallVector<const clang::FunctionDecl *, 2>
functionsNamedIn(const clang::Stmt *At);

/// True when something in \p Body, that of a loop, leaves the loop: a `break`
/// of its own, a return, goto or throw.
bool leavesLoop(const clang::Stmt *Body);

/// True when \p Body has a loop without an end: a constant condition, and no
/// break, return, goto or throw that leaves it.
bool runsForEver(const clang::Stmt *Body);

/// True when \p Body has a loop that may go on until somebody else ends it:
/// any but a range-based one and one that counts.
bool mayWaitForOthers(const clang::Stmt *Body);

} // namespace leak

#endif // LEAK_TIDY_CALLABLE_H
