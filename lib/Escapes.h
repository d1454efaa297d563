//===--- Escapes.h - exceptions that leave a function -----------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Which exceptions come out of a function, by the throws that can be seen and
/// the handlers around them. Throws.h answers a smaller question, and takes any
/// `try` for an end of the matter; here it is asked whether it takes what is
/// thrown.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_ESCAPES_H
#define LEAK_TIDY_ESCAPES_H

#include "Lexicon.h"
#include "clang/AST/StmtCXX.h"
#include <map>
#include <optional>
#include <vector>

namespace leak {

/// One exception that leaves a function.
struct EscapingThrow {
  /// The throw; or the call of what a model says that it throws, or that is
  /// taken to throw since it isn't visible.
  const clang::Expr *At = nullptr;
  std::string What; ///< The type; empty when it isn't known.
  clang::QualType Type;
  const clang::CXXRecordDecl *Class = nullptr; ///< What is thrown, if a class.
  /// From the function on: the calls that lead to it.
  llvm::SmallVector<const clang::Expr *, 3> Calls;
  /// A `try` around it whose handlers don't take it; the innermost one.
  const clang::CXXTryStmt *Narrow = nullptr;
  /// The handler that took it and throws it again; the last one.
  const clang::CXXThrowExpr *Again = nullptr;
};

class EscapeSearch {
public:
  /// \p Unknown: functions that aren't visible may throw.
  EscapeSearch(const Lexicon &Words, bool Unknown)
      : Words(Words), Unknown(Unknown) {}

  /// The exception that leaves \p Entry over the fewest calls; the first of
  /// these. Broken preconditions don't count, nor what is meant to end the
  /// program.
  std::optional<EscapingThrow> find(const clang::FunctionDecl *Entry);

private:
  using Throws = std::vector<EscapingThrow>;
  const Throws &of(const clang::FunctionDecl *FD, unsigned Depth);
  void collect(const clang::Stmt *S, unsigned Depth, const Throws *Caught,
               Throws &Into);
  void call(const clang::Stmt *S, unsigned Depth, Throws &Into);
  void attempt(const clang::CXXTryStmt *Try, unsigned Depth,
               const Throws *Caught, Throws &Into);
  bool takes(const clang::CXXCatchStmt *Handler, const EscapingThrow &T) const;
  bool counts(const clang::CXXThrowExpr *Throw) const;
  const clang::CXXRecordDecl *classNamed(llvm::StringRef Name) const;

  const Lexicon &Words;
  const bool Unknown;
  std::map<std::pair<const clang::FunctionDecl *, unsigned>, Throws> Known;
};

} // namespace leak

#endif // LEAK_TIDY_ESCAPES_H
