//===--- Permits.h - what is taken and given back ---------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The operations on permits (mutexes, semaphores, gates) in a unit: by the
/// models, by Clang's thread-safety attributes, and by what the code shows of
/// the project's own: a class with `lock` and `unlock` (the standard's
/// BasicLockable requirements, [thread.req.lockable.basic]), a function
/// `x_lock` that has an `x_unlock` with the same first parameter.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_PERMITS_H
#define LEAK_TIDY_PERMITS_H

#include "Functions.h"
#include "Lexicon.h"
#include "Names.h"
#include "Obligation.h"

namespace leak {

/// One operation on a permit.
struct PermitOp {
  bool Inferred = false; ///< By its name, without a model.
  /// How the names of the functions about such an object begin: `queue_` of
  /// `queue_lock`. Empty when that isn't known.
  std::string Family;
  Verb Does = Verb::Query; ///< Acquire, TryAcquire, Release; Wait: neutral.
  std::string Object;      ///< Its name (Names.h), or empty.
  const clang::Expr *ObjectExpr = nullptr; ///< As written; null: no object.
  Failure Fails = Failure::Never;
  Reacquire IfReacquired = Reacquire::Counts;
};

class Permits {
public:
  Permits(const Lexicon &Words, const FunctionTable &Table)
      : Words(Words), Table(Table) {}

  /// What \p Call does to a permit, if it is an operation on one.
  std::optional<PermitOp> op(const clang::Expr *Call, const Names &N) const;

  /// The same, without the name of the object: cheap.
  std::optional<Verb> verb(const clang::Expr *Call) const;

  /// True when \p FD, or a visible function that it calls, has an operation on
  /// a permit.
  bool touches(const clang::FunctionDecl *FD) const;

  const Lexicon &lexicon() const { return Words; }
  const FunctionTable &table() const { return Table; }

  /// True when \p FD says, by its attributes or its name, that it takes or
  /// gives back a permit for its caller.
  static bool isOperation(const clang::FunctionDecl *FD);

private:
  struct Word {
    Verb Does = Verb::Query;
    Failure Fails = Failure::Never;
    Reacquire IfReacquired = Reacquire::Counts;
    const Effect *Row = nullptr; ///< Null when inferred.
  };
  std::optional<Word> word(const clang::Expr *Call) const;
  std::optional<Word> inferred(const clang::FunctionDecl *FD) const;
  bool isPermit(clang::QualType T) const;
  bool isLockable(const clang::CXXRecordDecl *RD) const;

  const Lexicon &Words;
  const FunctionTable &Table;
  mutable llvm::DenseMap<const clang::FunctionDecl *, std::optional<Word>>
      Inferred;
  mutable llvm::DenseMap<const clang::CXXRecordDecl *, bool> Lockable;
  mutable llvm::DenseMap<const clang::FunctionDecl *, bool> Touches;
};

} // namespace leak

#endif // LEAK_TIDY_PERMITS_H
