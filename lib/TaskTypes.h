//===--- TaskTypes.h - lazy and eager coroutines ----------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Tells from the promise of a type how a coroutine begins that returns it:
/// whether it runs when it is called, or only when somebody awaits it.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_TASKTYPES_H
#define LEAK_TIDY_TASKTYPES_H

#include "Lexicon.h"

namespace leak {

enum class Beginning : unsigned char {
  None,      ///< No coroutine returns this.
  Unknown,   ///< It can't be told.
  Generator, ///< It is resumed by whoever wants values.
  Lazy,      ///< Nothing runs until it is awaited or started.
  Eager      ///< It runs until it has to wait, and goes on by itself.
};

class TaskTypes {
public:
  explicit TaskTypes(const Lexicon &Words) : Words(Words) {}

  /// True when the unit can have coroutines at all; the cheapest question.
  static bool anyIn(const clang::ASTContext &Ctx);

  Beginning beginning(clang::QualType T) const;

  /// True for a type that a `co_await` is for: a task, an awaiter, a future.
  bool isAwaitable(clang::QualType T) const;

  /// True for a type of which there is only one object for each coroutine.
  static bool isUnique(clang::QualType T);

private:
  Beginning ofPromise(const clang::CXXRecordDecl *Task) const;

  const Lexicon &Words;
  mutable llvm::DenseMap<const clang::CXXRecordDecl *, Beginning> Known;
};

} // namespace leak

#endif // LEAK_TIDY_TASKTYPES_H
