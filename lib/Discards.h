//===--- Discards.h - values that nobody takes ------------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The statements of a function that make a value and drop it, and where what
/// an expression makes goes otherwise.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_DISCARDS_H
#define LEAK_TIDY_DISCARDS_H

#include "Lexicon.h"
#include "clang/AST/StmtCXX.h"

namespace leak {

/// A call, construction or `co_await` whose value nobody takes.
struct Discard {
  enum Place : unsigned char {
    Statement, ///< By itself, or as the last part of a statement.
    Left,      ///< Before a comma: what stands behind it runs while it lives.
    Void       ///< Cast to void.
  };
  const clang::Expr *What = nullptr;
  Place How = Statement;
  /// What is written: with the type of `T{x}`, without a cast to void.
  const clang::Expr *Written = nullptr;
  /// The block that has it as a statement of its own, and the statements
  /// around it; null where there are none.
  const clang::CompoundStmt *Block = nullptr;
  const clang::Stmt *Before = nullptr, *Next = nullptr;
  const clang::Stmt *Loop = nullptr; ///< The innermost loop around it.
};

/// A local variable, where it is declared.
struct LocalVariable {
  const clang::VarDecl *Var = nullptr;
  const clang::CompoundStmt *Block = nullptr;
  const clang::Stmt *Next = nullptr;
  const clang::Stmt *Loop = nullptr;
  /// The block is no part of another statement: it is there to end something.
  bool OwnScope = false;
};

/// Calls \p OnDiscard and \p OnVariable, in the order of the source, for what
/// is in the body of a function, not in its lambdas.
void forEachDiscard(const clang::Stmt *Body,
                    llvm::function_ref<void(const Discard &)> OnDiscard,
                    llvm::function_ref<void(const LocalVariable &)> OnVariable);

/// Where something goes that an expression makes.
enum class Destiny : unsigned char {
  Unknown,   ///< To somebody who isn't understood, or a place to follow.
  Statement, ///< It ends with the statement that makes it.
  Awaited,   ///< It is awaited in the same statement.
  Kept,      ///< A variable, a container or the caller has it afterwards.
  Started    ///< Something that goes on by itself has been started with it.
};

/// What becomes of the value of \p Call in its statement. What takes it and
/// returns something of a kind that \p Wraps says is followed.
Destiny destinyOf(const clang::Expr *Call, const Lexicon &Words,
                  llvm::function_ref<bool(clang::QualType)> Wraps,
                  clang::ASTContext &Ctx);

/// The body as it is written, of a coroutine as well.
const clang::Stmt *writtenBody(const clang::FunctionDecl *FD);

/// True for a function that has `co_await`, `co_yield` or `co_return`.
bool isCoroutine(const clang::FunctionDecl *FD);

/// Calls \p Visit for \p S and what is below it, as it is written: what the
/// compiler adds to coroutines is left out. Lambdas are entered when \p Lambdas
/// is true. Ends as soon as it returns true, and returns that.
bool anyWritten(const clang::Stmt *S, bool Lambdas,
                llvm::function_ref<bool(const clang::Stmt *)> Visit);

/// A mention of \p D in \p S, lambdas included; null when there is none.
const clang::DeclRefExpr *mentionIn(const clang::Stmt *S,
                                    const clang::ValueDecl *D);

} // namespace leak

#endif // LEAK_TIDY_DISCARDS_H
