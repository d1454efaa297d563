//===--- CountDuty.h - the duty to count ------------------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What the statements of one function do to one counter: counting up incurs a
/// count, or being started did, and counting down discharges it.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_COUNTDUTY_H
#define LEAK_TIDY_COUNTDUTY_H

#include "Counters.h"
#include "Summaries.h"

namespace leak {

class CountDuty : public NamedDuty {
public:
  CountDuty(const Counters &C, About A) : NamedDuty(std::move(A)), C(C) {}

  bool OnlyDrops = false; ///< To arrive isn't enough.

  Acts acts(const clang::Stmt *St, Owing Now) const override;

private:
  Acts operation(const CounterOp &Op, Owing Now) const;
  /// The counter, a pointer to it, or something by which one gets to it.
  bool isObject(const clang::Expr *E) const;
  bool mentions(const clang::Stmt *In) const;
  /// Somebody who can't be looked into gets it.
  bool handedOn(const clang::Expr *E, const clang::FunctionDecl *Callee) const;

  const Counters &C;
};

} // namespace leak

#endif // LEAK_TIDY_COUNTDUTY_H
