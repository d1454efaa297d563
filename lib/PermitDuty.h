//===--- PermitDuty.h - the duty to give back a permit ----------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What the statements of one function do to one permit: taking it incurs a
/// duty, giving it back discharges that, and whoever may give it back when it
/// can't be seen, has it handed on.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_PERMITDUTY_H
#define LEAK_TIDY_PERMITDUTY_H

#include "Permits.h"
#include "Summaries.h"

namespace leak {

class PermitDuty : public NamedDuty {
public:
  /// \p OneName: nothing else in the function leads to the permit.
  PermitDuty(const Permits &P, About A, const PermitOp &Op = {},
             bool OneName = false);

  bool hasOneName() const override { return OneName; }
  Acts acts(const clang::Stmt *St, Owing Now) const override;
  /// What doesn't exist wasn't taken.
  Act::Kind learn(const clang::Expr *Cond, bool Truth) const override {
    return isWithoutObject(Cond, Truth) ? Act::Renounce : Act::Nothing;
  }

private:
  Acts operation(const PermitOp &Op, Owing Now) const;
  bool stores(const clang::BinaryOperator &BO) const;
  /// \p Callee releases what it hasn't taken, and it may be this permit, though
  /// no argument leads there.
  bool releasesAlike(const clang::FunctionDecl *Callee) const;
  /// Takes the permit over by its row: std::adopt_lock, escape.
  bool adopts(const clang::Expr *E) const;
  /// The permit, or what has it inside, is given to a function that may release
  /// it and can't be looked into.
  bool handedOn(const clang::Expr *E, const clang::FunctionDecl *Callee) const;
  bool modelled(const clang::Expr *E) const { return P.lexicon().effect(E); }

  const Permits &P;
  std::string Family;
  bool OneName;
  bool IsThing; ///< It can be locked, but is for something else.
};

} // namespace leak

#endif // LEAK_TIDY_PERMITDUTY_H
