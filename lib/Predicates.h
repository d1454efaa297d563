//===--- Predicates.h - what the truth of a condition waits for -*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Waiters wait until a condition over members and variables is true; others
/// change these. This says which changes of what can make it true.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_PREDICATES_H
#define LEAK_TIDY_PREDICATES_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace leak {

/// A member or a variable. Members are told apart by their declaration and by
/// that of what they are a member of, one step up: null for `this`.
struct Place {
  const clang::ValueDecl *Decl = nullptr;
  const clang::ValueDecl *Root = nullptr;
  /// One of what the place holds; or what an expression makes of it.
  bool Element = false;

  explicit operator bool() const { return Decl; }
  bool operator==(const Place &O) const {
    return Decl == O.Decl && Root == O.Root;
  }
};

/// What \p E denotes, or points to: through casts, `&`, `*`, smart pointers,
/// references with an initialiser, and getters that are visible.
Place placeOf(const clang::Expr *E);

/// The same place, where \p D is a reference or pointer to one.
Place placeOf(const clang::ValueDecl *D);

/// The variable or member that gets the value of \p Call in \p Within, apart
/// from its lambdas; or null.
const clang::ValueDecl *resultOf(const clang::Expr *Call,
                                 const clang::Stmt *Within);

/// How a value changes. What is true, not null or not empty is higher than what
/// is false, null or empty.
enum class Change : unsigned char { Raise, Lower, Set, Unknown };

/// A call in a template that only its instances resolve: `queue_.pop()`.
struct DependentCall {
  const clang::Expr *Object = nullptr; ///< Null for `this`.
  llvm::StringRef Name;
};
std::optional<DependentCall> dependentCall(const clang::CallExpr *Call);

/// It has one value that can be set at once: a bool, a number, an enumerator,
/// an atomic one of these.
bool isFlag(const clang::ValueDecl *D);

/// One change of one place.
struct Alteration {
  Place What;
  Change How = Change::Unknown;
  int64_t Value = 0; ///< With Set.
};

/// What \p E, without its parts, changes, if it changes a place.
std::optional<Alteration> alterationBy(const clang::Expr *E,
                                       const clang::ASTContext &Ctx);

enum class Answer : unsigned char { No, Maybe, Yes };

/// What the truth of a condition depends on.
struct Predicate {
  struct Term {
    Place What;
    /// Raise, Lower: it helps when the value gets higher, lower. Set: when it
    /// gets Value. Unknown: it is looked at in some way.
    Change Helps = Change::Unknown;
    int64_t Value = 0;
    bool Not = false; ///< Set: any but Value.
  };
  llvm::SmallVector<Term, 4> Terms;
  /// It depends on more than the terms say.
  bool Opaque = false;

  bool tests(const clang::ValueDecl *D) const;
  /// Whether \p A may make it true.
  Answer helped(const Alteration &A) const;
  void add(const Predicate &Other);
};

/// On what it depends that \p Cond gets the value \p Truth.
Predicate predicateOf(const clang::Expr *Cond, bool Truth,
                      const clang::ASTContext &Ctx);

/// The same for the result of the callable \p Function.
Predicate predicateOfCallable(const clang::Expr *Function,
                              const clang::ASTContext &Ctx);

/// On what it depends that the loop \p Loop is left: its condition, and the
/// conditions of the branches in it that leave it. Opaque when there are other
/// ways out.
Predicate exitsOf(const clang::Stmt *Loop, const clang::ASTContext &Ctx);

} // namespace leak

#endif // LEAK_TIDY_PREDICATES_H
