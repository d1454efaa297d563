//===--- Rearming.h - timers that no cancellation ends ----------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A timer's handler that also runs when the timer is cancelled, and is told so
/// by an error, if it asks for one. What it does then is found by walking its
/// statements with that error in hand: which branches are taken is certain as
/// long as conditions ask for nothing else.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_REARMING_H
#define LEAK_TIDY_REARMING_H

#include "Functions.h"
#include "Lexicon.h"

namespace leak {

/// A timer whose handler arms it again although it has been cancelled, or that
/// nothing cancels.
struct Rearming {
  const clang::ValueDecl *Timer = nullptr;
  const clang::FunctionDecl *Handler = nullptr;
  const clang::ParmVarDecl *Error = nullptr; ///< Null when it takes none.
  const clang::Expr *Arm = nullptr;          ///< Gives the handler.
  const clang::Expr *Again = nullptr;        ///< On the handler's own way.
  const clang::Expr *Cancel = nullptr;       ///< And that is all it does to it.
  const clang::FunctionDecl *CancelIn = nullptr;
  /// Null when it is this timer that is cancelled; else the one that is.
  const clang::ValueDecl *Sibling = nullptr;
  /// The sibling is no timer; it is closed. The handler keeps their owner.
  bool Closed = false;
};

/// All of a unit, one for each timer.
std::vector<Rearming> rearmedTimers(const FunctionTable &Table,
                                    const Lexicon &Words);

/// A destructor, or a function by whose name something is ended.
bool endsByName(const clang::FunctionDecl *FD);

/// The member or variable that \p E is, or points to; or null.
const clang::ValueDecl *namedBy(const clang::Expr *E);

/// Whether \p Cond is true when \p Error says that the wait was cancelled, or
/// else that it was not.
std::optional<bool> whenTold(const clang::Expr *Cond,
                             const clang::ValueDecl *Error, bool Cancelled);

/// The parameter by which \p Handler is told of an error, or null.
const clang::ParmVarDecl *errorOf(const clang::FunctionDecl *Handler);

/// \p FD as the table has it: of a generic lambda an instantiation.
const clang::FunctionDecl *handlerIn(const clang::FunctionDecl *FD);

} // namespace leak

#endif // LEAK_TIDY_REARMING_H
