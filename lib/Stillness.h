//===--- Stillness.h - what stays as it is ----------------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What one statement changes, and which expressions give the same as long as
/// nothing is changed: variables that only one function can get at, what they
/// lead to, and calls that only look.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_STILLNESS_H
#define LEAK_TIDY_STILLNESS_H

#include "Lexicon.h"
#include "Obligation.h"

namespace leak {

/// What a statement, without its parts, does.
struct Stir {
  enum Kind {
    Nothing,
    Variable,  ///< Changes `Of`.
    Object,    ///< Changes one object in memory, of the type `Type`.
    Elsewhere, ///< Changes memory, and comes back.
    Pause,     ///< Waits for a time, no more.
    Anything   ///< It may leave, wait, or is not understood.
  };
  Kind What = Nothing;
  const clang::VarDecl *Of = nullptr;
  /// The whole of it gets this value; null when it is changed otherwise.
  const clang::Expr *Value = nullptr;
  clang::QualType Type = {};
  /// Object: the member of the own object that it is, when it is one.
  const clang::FieldDecl *Field = nullptr;
  const clang::Expr *At = nullptr; ///< Object: as it is named.
};

class Stillness {
public:
  Stillness(const Body &B, const Lexicon &Words);

  /// From here on, the question is about \p Loop: what was given to a call
  /// before it, to be filled in, is own again.
  void enter(const clang::Stmt *Loop);

  /// The variable that \p E is, when nobody else can get at it.
  const clang::VarDecl *ownVariable(const clang::Expr *E) const;

  /// The member of the own object that \p E is, unless others are expected to
  /// change it.
  static const clang::FieldDecl *ownField(const clang::Expr *E);

  Stir of(const clang::Stmt *S) const;

  /// What \p S asks may change with what \p Does changes, a Stir::Object.
  bool isTouched(const clang::Stmt *S, const Stir &Does) const;

  /// Evaluating \p S, with its parts, changes nothing, and gives the same the
  /// next time.
  bool isPure(const clang::Stmt *S) const;

  /// \p E is made of own variables and constants alone, with no look at what
  /// they point to.
  bool isByValue(const clang::Expr *E) const;

  /// A method of a container that gives a position or an element, and isn't
  /// const because these may be changed.
  static bool looksInto(const clang::CXXMethodDecl *M);

private:
  Stir memberChange(const clang::Expr *To) const;
  const clang::VarDecl *rootOf(const clang::Expr *E) const;
  Stir changeOf(const clang::Expr *To, const clang::Expr *Value) const;
  Stir call(const clang::Expr *E) const;
  Stir callOf(const clang::Expr *E) const;
  bool isGetter(const clang::FunctionDecl *FD) const;
  bool isLookup(const clang::CallExpr *Call) const;
  void noteEscaped(const clang::Stmt *S);

  const Body &B;
  const Lexicon &Words;
  ThrowSearch Throws;
  llvm::SmallPtrSet<const clang::ValueDecl *, 8> Escaped, LentHere;
  /// Given to calls by address.
  std::vector<std::pair<const clang::ValueDecl *, const clang::Stmt *>> Lent;
  /// Of the calls of this loop, as the same ones are asked about many times.
  mutable llvm::DenseMap<const clang::Expr *, Stir> Calls;
  mutable unsigned Depth = 0;
};

/// The variable that \p S, without its parts, seems to change.
const clang::VarDecl *changedBy(const clang::Stmt *S);

} // namespace leak

#endif // LEAK_TIDY_STILLNESS_H
