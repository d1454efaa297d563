//===--- AwaitedErrors.h - coroutines that go on when told ------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A coroutine awaits an operation in a loop without an end. When its object is
/// closed or cancelled, it is told so by an error, in a variable or thrown, and
/// takes it for one more to log: the next turn begins the operation again.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_AWAITEDERRORS_H
#define LEAK_TIDY_AWAITEDERRORS_H

#include "Functions.h"
#include "Lexicon.h"
#include "clang/AST/StmtCXX.h"

namespace leak {

struct AwaitedError {
  const clang::ValueDecl *Object = nullptr;
  const clang::Expr *Wait = nullptr;
  const clang::ValueDecl *Error = nullptr;      ///< Asked, but not for the end.
  const clang::CXXCatchStmt *Handler = nullptr; ///< Or what takes it.
  const clang::Stmt *Loop = nullptr;
  const clang::Expr *Close = nullptr;
};

/// All of a unit, one for each object.
std::vector<AwaitedError> awaitedErrors(const FunctionTable &Table,
                                        const Lexicon &Words,
                                        const clang::ASTContext &Ctx);

} // namespace leak

#endif // LEAK_TIDY_AWAITEDERRORS_H
