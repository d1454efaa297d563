//===--- Throws.h - visible throws ------------------------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Which calls throw, by what can be seen. Not clang-tidy's ExceptionAnalyzer:
/// that follows virtual calls into bodies such as `throw NotImplemented()`, and
/// any number of calls deep, where nobody believes it any more.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_THROWS_H
#define LEAK_TIDY_THROWS_H

#include "Lexicon.h"
#include <map>

namespace leak {

class ThrowSearch {
public:
  explicit ThrowSearch(const Lexicon &Words) : Words(Words) {}

  /// The first throw in the project's own bodies, three calls deep, that leaves
  /// \p FD. Null when there is none, or only one of an error that the caller
  /// makes (`misuse` in the models).
  const clang::CXXThrowExpr *find(const clang::FunctionDecl *FD) const {
    return find(FD, 0);
  }

  /// The same for the function that \p Call calls, unless a model has it.
  const clang::CXXThrowExpr *visiblyThrows(const clang::Expr *Call) const;

  /// The function that runs, when that is certain: not through a virtual call.
  static const clang::FunctionDecl *callee(const clang::Stmt *S);

  /// `noexcept`, by its type.
  static bool isNothrow(const clang::FunctionDecl *FD);

  /// True unless nothing can come out of \p Call: it is noexcept, C, or a
  /// trivial constructor. For code inside a `try`.
  static bool mayThrow(const clang::Expr *Call);

private:
  const clang::CXXThrowExpr *find(const clang::FunctionDecl *FD,
                                  unsigned Depth) const;
  const clang::CXXThrowExpr *findIn(const clang::Stmt *S, unsigned Depth) const;

  const Lexicon &Words;
  mutable std::map<std::pair<const clang::FunctionDecl *, unsigned>,
                   const clang::CXXThrowExpr *>
      Found;
};

} // namespace leak

#endif // LEAK_TIDY_THROWS_H
