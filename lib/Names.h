//===--- Names.h - what the expressions of a function denote ----*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Names for the objects and values in one function: its access paths. Two
/// expressions with the same name denote the same thing, as long as no
/// variable or member in the name is changed in between.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_NAMES_H
#define LEAK_TIDY_NAMES_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <optional>
#include <string>
#include <unordered_set>

namespace leak {

/// A name is the root (`this`, a variable) and the way from there: `.m` is a
/// member, `*` what a pointer points to, `[..]` an element. It is for
/// comparisons; people are shown the source text.
///
/// Those who simulate paths ask for the same names over and over, so each is
/// made once. What is returned lives as long as this does.
class Names {
public:
  explicit Names(const clang::FunctionDecl *In);
  Names(const Names &) = delete;
  Names &operator=(const Names &) = delete;

  /// The name of the object or value \p E; empty when it has none that lasts:
  /// the result of a call that may differ the next time.
  const std::string &of(const clang::Expr *E) const;

  /// The name of what the pointer \p E points to; empty when unknown.
  const std::string &pointee(const clang::Expr *E) const;

  /// The name of the object that an operation is about: what \p E is, or
  /// points to.
  const std::string &object(const clang::Expr *E) const {
    return E->getType()->isPointerType() ? pointee(E) : of(E);
  }

  /// The name of \p D itself. The static one is for who asks once.
  const std::string &of(const clang::ValueDecl *D) const;
  static std::string variable(const clang::ValueDecl *D);

  /// The number that \p E is at compile time.
  std::optional<int64_t> constant(const clang::Expr *E,
                                  const clang::ASTContext &Ctx) const;

  /// True when \p Name is \p Part, or leads through it.
  static bool leadsThrough(llvm::StringRef Name, llvm::StringRef Part);

  /// True when \p D is assigned to after its initialisation, or may be.
  bool isModified(const clang::ValueDecl *D) const {
    return Modified.contains(D);
  }

  /// True for a call of which the same answer is expected when it is asked
  /// again: a const method, `isOpen(x)`.
  static bool isStable(const clang::CallExpr *Call);

private:
  void note(const clang::Stmt *S);
  std::string build(const clang::Expr *E, unsigned Depth) const;
  std::string target(const clang::Expr *E, unsigned Depth) const;
  std::string call(const clang::CallExpr *Call, unsigned Depth) const;
  std::string declared(const clang::ValueDecl *D, unsigned Depth) const;

  using Known = llvm::DenseMap<const void *, const std::string *>;
  template <typename Fn>
  const std::string &once(Known &Of, const void *Key, Fn Make) const;

  llvm::SmallPtrSet<const clang::ValueDecl *, 16> Modified;
  mutable std::unordered_set<std::string> Texts; ///< They stay where they are.
  mutable Known Objects, Pointees, Variables;
  mutable llvm::DenseMap<const clang::Expr *, std::optional<int64_t>> Constants;
};

} // namespace leak

#endif // LEAK_TIDY_NAMES_H
