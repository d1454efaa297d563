//===--- FreedOwners.h - timers of what is freed ----------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A structure without a destructor is the user data of a timer, and keeps the
/// timer or its name. The function that frees the structure doesn't take the
/// timer back, though the file shows that somebody has to.
///
/// Assumed: a structure that this file defines is freed by functions of this
/// file. What frees is known by its name and a parameter of any type.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_FREEDOWNERS_H
#define LEAK_TIDY_FREEDOWNERS_H

#include "Functions.h"
#include "Lexicon.h"

namespace leak {

struct FreedOwner {
  const clang::FieldDecl *Field = nullptr;
  const clang::Expr *Made = nullptr; ///< Registers, or arms, the timer.
  bool Inside = false;               ///< The member is the timer itself.
  const clang::CallExpr *Freed = nullptr;
  const clang::FunctionDecl *In = nullptr; ///< Which frees.
  const clang::VarDecl *Owner = nullptr;   ///< Its name for what is freed.
  /// A call that takes the timer back elsewhere, or else a sibling there.
  const clang::CallExpr *TakenBack = nullptr;
  const clang::FieldDecl *Sibling = nullptr;
};

/// All of a unit, one for each member.
std::vector<FreedOwner> freedOwners(const FunctionTable &Table,
                                    const Lexicon &Words);

} // namespace leak

#endif // LEAK_TIDY_FREEDOWNERS_H
