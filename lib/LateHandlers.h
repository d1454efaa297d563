//===--- LateHandlers.h - handlers that outlive their object ----*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A destructor cancels a timer, whose handler is run all the same, later, and
/// told so by an error. One that takes this for a tick uses the object, which
/// is destroyed by then.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_LATEHANDLERS_H
#define LEAK_TIDY_LATEHANDLERS_H

#include "Functions.h"
#include "Lexicon.h"

namespace leak {

struct LateHandler {
  const clang::FieldDecl *Timer = nullptr;
  const clang::FunctionDecl *Handler = nullptr;
  const clang::Expr *Arm = nullptr;     ///< Gives the handler.
  const clang::Expr *Touched = nullptr; ///< A member that it uses first.
  const clang::Expr *Cancel = nullptr;  ///< In destruction.
};

/// All of a unit, one for each timer.
std::vector<LateHandler> lateHandlers(const FunctionTable &Table,
                                      const Lexicon &Words);

} // namespace leak

#endif // LEAK_TIDY_LATEHANDLERS_H
