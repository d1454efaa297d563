//===--- Completions.h - what must be called or set once --------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Variables by which a function tells somebody that it has ended: callables
/// that return nothing, closures, promises and events. Which they are, and what
/// each use of one of them does to it.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_COMPLETIONS_H
#define LEAK_TIDY_COMPLETIONS_H

#include "Functions.h"
#include "Lexicon.h"
#include "Obligation.h"

namespace leak {

/// What a name says of what it names: that it tells of an end, that it may,
/// that it tells of something else.
enum class Says : unsigned char { Nothing, Completion, Maybe, Other };

/// One variable of this kind, as one function sees it.
struct Completion {
  enum Sort : unsigned char {
    Callback, ///< Called, or `Run()`.
    Promise,  ///< Has a method for success, and perhaps one for failure.
    Object    ///< A function completes it, or a callback in it.
  };
  enum Origin : unsigned char { Parameter, Capture, Local, Member };

  const clang::ValueDecl *Var = nullptr; ///< A variable, or a field of `this`.
  clang::SourceLocation Loc;             ///< Of the capture, when it is one.
  Sort What = Callback;
  Origin From = Parameter;
  /// The name of the variable and of its type.
  Says Name = Says::Nothing;
  /// Somebody else has it, too: a reference, a pointer, a shared owner.
  bool Shared = false;
  /// Its end tells those who wait (a broken promise).
  bool BreaksAtEnd = false;
  bool Once = false; ///< To set it a second time is an error.
};

/// What the uses of one variable in one function do.
struct CompletionUses {
  llvm::DenseMap<const clang::Stmt *, Act::Kind> Acts;
  /// The operation that is told of: the call around a hand-on.
  llvm::DenseMap<const clang::Stmt *, const clang::Stmt *> Told;
  /// Acts inside a loop, which may run no time at all.
  llvm::SmallPtrSet<const clang::Stmt *, 2> InLoop;
  /// Calls that begin what is to be completed. Where one fails there is
  /// nothing to complete.
  llvm::SmallPtrSet<const clang::Stmt *, 1> Begins;
  unsigned Calls = 0, HandedOn = 0;
  bool UsesResult = false; ///< What it returns is looked at.
};

class Completions {
public:
  Completions(const Lexicon &Words) : Words(Words) {}

  /// The parameters and captures of \p In, and local promises.
  llvm::SmallVector<Completion, 2> of(const clang::FunctionDecl *In) const;

  CompletionUses uses(const Completion &C, const clang::FunctionDecl *In) const;

  /// Parameters that point to requests and operations, and what is done with
  /// one of them.
  llvm::SmallVector<Completion, 2> objects(const clang::FunctionDecl *In) const;
  CompletionUses objectUses(const Completion &C,
                            const clang::FunctionDecl *In) const;
  /// Callbacks in members that \p In calls at several places.
  llvm::SmallVector<Completion, 1> members(const FunctionUses &In) const;
  /// Some call of \p In may complete such an object. Cheap.
  static bool anyFinishes(const FunctionUses &In);

  /// What is done with \p Carrier, an object that \p In has made and put a
  /// completion in: it is handed on, or completed.
  static void carrierUses(const clang::VarDecl *Carrier,
                          const clang::FunctionDecl *In, CompletionUses &U);

  static Says nameSays(llvm::StringRef Name);

  /// True or false when \p Cond asks just whether \p C is there, and which
  /// answer means that it is not.
  static std::optional<bool> emptyWhen(const clang::Expr *Cond,
                                       const clang::ValueDecl *Var);

  /// What `std::move(x)` and `std::forward<T>(x)` are given.
  static const clang::Expr *moved(const clang::Expr *E);

private:
  friend class CompletionWalk;
  std::optional<Completion> variable(const clang::VarDecl *Var) const;
  bool isCallback(clang::QualType T) const;
  /// Verb of a method of a promise.
  std::optional<Verb> verb(const clang::CallExpr *Call) const;
  std::optional<Verb> inferredVerb(const clang::FunctionDecl *FD) const;
  bool isPromise(const clang::CXXRecordDecl *RD) const;

  const Lexicon &Words;
  mutable llvm::DenseMap<const clang::CXXRecordDecl *, bool> Callable, Settable;
};

} // namespace leak

#endif // LEAK_TIDY_COMPLETIONS_H
