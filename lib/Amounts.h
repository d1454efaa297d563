//===--- Amounts.h - sums of constants and named values ---------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Numbers that may not be known, but can be compared: `n + 1` is one more than
/// the turns of `for (i = 0; i < n; ++i)`, as long as `n` stays what it is.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_AMOUNTS_H
#define LEAK_TIDY_AMOUNTS_H

#include "Names.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/StmtCXX.h"
#include <map>
#include <optional>

namespace leak {

/// A constant and multiples of named values.
struct Linear {
  int64_t Constant = 0;
  std::map<std::string, int64_t> Terms;

  Linear() = default;
  Linear(int64_t C) : Constant(C) {}
  Linear operator+(const Linear &O) const;
  Linear operator*(int64_t N) const;
  Linear operator-(const Linear &O) const { return *this + O * -1; }
  bool isConstant() const { return Terms.empty(); }
};

/// The numbers of one function.
class Amounts {
public:
  Amounts(const clang::FunctionDecl *In, clang::ASTContext &Ctx);

  /// Only values are named that don't change from \p From on.
  void compareFrom(clang::SourceLocation From) { Since = From; }

  std::optional<Linear> number(const clang::Expr *E, const Names &N) const {
    return number(E, N, /*Depth=*/0);
  }

  /// How often a loop turns that isn't left early.
  std::optional<Linear> turns(const clang::ForStmt *S, const Names &N) const;
  std::optional<Linear> turns(const clang::CXXForRangeStmt *S,
                              const Names &N) const;

private:
  void note(const clang::Stmt *S);
  bool changes(const clang::ValueDecl *D, clang::SourceLocation From) const;
  bool stays(const clang::Stmt *E, clang::SourceLocation From) const;
  std::optional<Linear> number(const clang::Expr *E, const Names &N,
                               unsigned Depth) const;
  /// How often \p S moves its variable \p I.
  unsigned moved(const clang::VarDecl *I, const clang::ForStmt *S) const;
  std::optional<Linear> elements(const clang::Expr *Of, const Names &N) const;

  clang::ASTContext &Ctx;
  const clang::SourceManager &SM;
  /// Variables, members and containers that change, and where.
  std::vector<std::pair<const clang::ValueDecl *, clang::SourceLocation>>
      Changes;
  clang::SourceLocation Since;
};

} // namespace leak

#endif // LEAK_TIDY_AMOUNTS_H
