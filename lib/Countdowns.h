//===--- Countdowns.h - counters that never get there -----------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A loop ends when its counter gets beyond a constant, but the type of the
/// counter has no such value: an unsigned one that is to get below 0, one of
/// eight bits that is to get to 300.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_COUNTDOWNS_H
#define LEAK_TIDY_COUNTDOWNS_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Stmt.h"
#include <vector>

namespace leak {

struct Countdown {
  const clang::Stmt *Loop = nullptr;
  const clang::BinaryOperator *Cond = nullptr;
  const clang::VarDecl *Counter = nullptr;
};

/// Those in \p FD, a definition.
std::vector<Countdown> countdowns(const clang::FunctionDecl *FD,
                                  const clang::ASTContext &Ctx);

} // namespace leak

#endif // LEAK_TIDY_COUNTDOWNS_H
