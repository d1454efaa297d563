//===--- Functions.h - the functions of a unit and their calls --*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// One traversal of a unit's own code (system headers left out) for checks
/// that ask about functions rather than about objects.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_FUNCTIONS_H
#define LEAK_TIDY_FUNCTIONS_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/MapVector.h"
#include <vector>

namespace leak {

/// What stands in the body of one function; not in that of its lambdas, which
/// have entries of their own.
struct FunctionUses {
  const clang::FunctionDecl *Decl = nullptr; ///< The definition.
  /// Calls and constructions, in the order of the source.
  llvm::SmallVector<const clang::Expr *, 8> Calls;
  llvm::SmallVector<const clang::LambdaExpr *, 1> Lambdas;
  /// `++x`, `x -= 1`, `x = true`: what changes a member or a global variable.
  llvm::SmallVector<const clang::Expr *, 2> Changes;
  unsigned Exits = 0; ///< `return` and `throw`.
};

/// The declaration of \p FD that has its body; null when there is none here.
inline const clang::FunctionDecl *definitionOf(const clang::FunctionDecl *FD) {
  const clang::FunctionDecl *Def = nullptr;
  return FD && FD->isDefined(Def) && Def->getBody() ? Def : nullptr;
}

class FunctionTable {
public:
  explicit FunctionTable(clang::ASTContext &Ctx);

  /// By canonical declaration, in the order of the source. Instantiations
  /// stand in it, templates don't.
  const llvm::MapVector<const clang::FunctionDecl *, FunctionUses> &
  all() const {
    return Functions;
  }
  const FunctionUses *find(const clang::FunctionDecl *FD) const;

  /// Methods as templates have them, with their bodies; instantiated or not.
  llvm::ArrayRef<const clang::CXXMethodDecl *> patterns() const {
    return Patterns;
  }

private:
  friend class FunctionCollector;
  llvm::MapVector<const clang::FunctionDecl *, FunctionUses> Functions;
  std::vector<const clang::CXXMethodDecl *> Patterns;
};

/// Nobody outside of this unit can do anything to the member or variable
/// \p What.
bool isSeenWhole(const clang::ValueDecl *What);

} // namespace leak

#endif // LEAK_TIDY_FUNCTIONS_H
