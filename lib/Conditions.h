//===--- Conditions.h - conditions, guards and mutexes ----------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What is a condition, a mutex or a guard, and what a call does to a
/// condition: by the models, or by the names of the project's own classes and
/// functions.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_CONDITIONS_H
#define LEAK_TIDY_CONDITIONS_H

#include "Lexicon.h"
#include "Predicates.h"
#include <optional>

namespace leak {

/// What a call does to a condition.
struct ConditionOp {
  Verb Does = Verb::Query; ///< TryWait when it ends by itself.
  Place Condition, Lock;
  const clang::Expr *LockExpr = nullptr;
  const clang::Expr *Predicate = nullptr;
};

class Conditions {
public:
  explicit Conditions(const Lexicon &Words) : Words(Words) {}

  /// The function says that its caller holds something.
  bool callerHolds(const clang::FunctionDecl *FD) const;

  bool isGuard(const clang::CXXRecordDecl *RD) const;
  /// The same of what \p T refers to, or points to.
  bool isGuard(clang::QualType T) const;
  bool isCondition(clang::QualType T) const;
  bool isMutex(clang::QualType T) const;

  /// What a model, or its name, says that \p Call does to a condition;
  /// \p Row is that of the call, or null. The place of the lock isn't filled
  /// in.
  std::optional<ConditionOp> operation(const clang::CallExpr *Call,
                                       const Effect *Row) const;

private:
  const Lexicon &Words;
};

} // namespace leak

#endif // LEAK_TIDY_CONDITIONS_H
