//===--- Counters.h - what is counted down and waited for -------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The operations on counters (latches, barriers, wait groups) in a unit: by
/// the models, and by what a class of the project's own shows: one of its
/// methods makes a number smaller, and another waits on a condition for that
/// number.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_COUNTERS_H
#define LEAK_TIDY_COUNTERS_H

#include "Functions.h"
#include "Lexicon.h"
#include "Names.h"

namespace leak {

/// One operation on a counter.
struct CounterOp {
  /// Init, CountUp, CountDown, Arrive, Drop, Wait, TryWait.
  Verb Does = Verb::Query;
  std::string Object;                      ///< Its name (Names.h), or empty.
  const clang::Expr *ObjectExpr = nullptr; ///< As written.
  const clang::Expr *Amount = nullptr;     ///< Null: one, or zero for Init.
  Failure Fails = Failure::Never;

  bool counts() const {
    return Does == Verb::CountDown || Does == Verb::Arrive ||
           Does == Verb::Drop;
  }
};

class Counters {
public:
  Counters(const Lexicon &Words, const FunctionTable &Table)
      : Words(Words), Table(Table) {}

  /// What \p Call does to a counter, if it is an operation on one.
  std::optional<CounterOp> op(const clang::Expr *Call, const Names &N) const;

  /// The same, without the name of the object: cheap.
  std::optional<Verb> verb(const clang::Expr *Call) const;

  /// \p T is a counter, or a pointer, reference or owner of one.
  bool isCounter(clang::QualType T) const;
  /// \p T itself is one.
  bool isCounterClass(clang::QualType T) const;

  /// It counts phase after phase, and nobody waits without being counted.
  bool isPhased(clang::QualType T) const;

  /// True when \p FD, or a visible function that it calls, counts.
  bool touches(const clang::FunctionDecl *FD) const;

  /// True for a method of a counter of the project's own: its inside is none
  /// of our business.
  bool isInside(const clang::FunctionDecl *FD) const;

  const Lexicon &lexicon() const { return Words; }
  const FunctionTable &table() const { return Table; }

private:
  struct Role {
    std::map<const clang::FunctionDecl *, Verb> Methods;
    bool isKnown() const { return !Methods.empty(); }
    bool Phased = false;
  };
  const Role &role(const clang::CXXRecordDecl *RD) const;
  Role infer(const clang::CXXRecordDecl *RD) const;
  /// Through pointers, references and owners.
  clang::QualType plain(clang::QualType T) const;

  struct Word {
    Verb Does = Verb::Query;
    Failure Fails = Failure::Never;
    int Count = -1;
    const Effect *Row = nullptr; ///< Null when inferred.
  };
  std::optional<Word> word(const clang::Expr *Call) const;

  const Lexicon &Words;
  const FunctionTable &Table;
  mutable std::map<const clang::CXXRecordDecl *, Role> Roles;
  mutable llvm::DenseMap<const clang::FunctionDecl *, bool> Touches;
};

} // namespace leak

#endif // LEAK_TIDY_COUNTERS_H
