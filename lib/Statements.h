//===--- Statements.h - where statements stand ------------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What is inside of what, as far as Clang doesn't say it in one call.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_STATEMENTS_H
#define LEAK_TIDY_STATEMENTS_H

#include "clang/AST/ASTContext.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace clang {
class CFGBlock;
} // namespace clang

namespace leak {

/// True when \p At is \p S, which may be null, or below it.
bool contains(const clang::Stmt *S, const clang::Stmt *At);

/// What \p At stands in, from \p Within on down to \p At itself; empty when it
/// isn't below. Cheaper for one question than the parents of a whole unit.
llvm::SmallVector<const clang::Stmt *, 16> pathTo(const clang::Stmt *Within,
                                                  const clang::Stmt *At);

/// True for a condition that is always true, or left out: `for (;;)`.
bool alwaysTrue(const clang::Expr *Cond);

/// True for a condition that is never true: `do { ... } while (0)`.
bool alwaysFalse(const clang::Expr *Cond);

/// True when \p S, without its lambdas, has a `return`.
bool mayReturn(const clang::Stmt *S);

/// The body of the loop \p S; null when it is none, or goes over a range.
const clang::Stmt *bodyOfLoop(const clang::Stmt *S);

/// The condition of a loop or an `if`; null when \p S is neither, has none, or
/// goes over a range.
const clang::Expr *conditionOf(const clang::Stmt *S);

/// The name of the function, or of the pointer to one, that \p Call calls;
/// empty when it has none.
llvm::StringRef calleeName(const clang::CallExpr *Call);

/// What \p S itself names, a variable, function or member; or null.
const clang::ValueDecl *namedBy(const clang::Stmt *S);

/// True when \p A and \p B are written alike, with the same declarations.
bool sameText(const clang::Expr *A, const clang::Expr *B,
              const clang::ASTContext &Ctx);

/// Where control may go from the end of \p Block, and whether that is where it
/// goes when what decides (decisionOf) is true.
llvm::SmallVector<std::pair<const clang::CFGBlock *, bool>, 2>
waysFrom(const clang::CFGBlock &Block);

/// The condition whose truth decides between the two ways out of \p Block;
/// null where something else does, such as a `switch` or the end of a range.
const clang::Expr *decisionOf(const clang::CFGBlock &Block);

/// The innermost loop around \p S in the same function or lambda, or null.
const clang::Stmt *loopAround(const clang::Stmt *S, clang::ASTContext &Ctx);

/// The loops around \p At in \p Within, the innermost first; without those
/// inside of lambdas.
llvm::SmallVector<const clang::Stmt *, 4> loopsAround(const clang::Stmt *Within,
                                                      const clang::Stmt *At);

/// True when \p S, lambdas included, names \p D as a variable or member.
bool mentions(const clang::Stmt *S, const clang::ValueDecl *D);

/// The number of a `case`; nothing for `default` and ranges.
std::optional<int64_t> labelOf(const clang::SwitchCase *Case,
                               const clang::ASTContext &Ctx);

/// What \p E, a call or construction, is given; an overloaded operator also
/// its object, as the first.
llvm::ArrayRef<const clang::Expr *> operandsOf(const clang::Expr *E);

/// What the method is called on in \p E, `x.f()`; null for all else.
const clang::Expr *receiverOf(const clang::Expr *E);

/// Calls \p Visit for the declarations of the unit's own code, in the order of
/// the source: what stands outside of system headers, in whatever namespaces.
void forEachOwnDecl(clang::ASTContext &Ctx,
                    llvm::function_ref<void(clang::Decl *)> Visit);

/// Clang drops what it can't compile. True when the text of \p Body has an
/// identifier \p Name, and nothing in the tree begins there, is a member or is
/// captured. Only asked of units with errors: else false.
bool losesMention(const clang::Stmt *Body, llvm::StringRef Name,
                  const clang::ASTContext &Ctx);

} // namespace leak

#endif // LEAK_TIDY_STATEMENTS_H
