//===--- Starts.h - what runs a callable elsewhere --------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Calls that run a callable elsewhere, once: by their rows, and by what
/// everybody calls such a method (`submit`, `post`).
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_STARTS_H
#define LEAK_TIDY_STARTS_H

#include "Lexicon.h"
#include <optional>

namespace leak {

/// The arguments of a call or construction, without the object of an operator.
llvm::ArrayRef<const clang::Expr *> argumentsOf(const clang::Expr *E);

/// What \p E is made of, that is given as a callable: the lambda, the
/// reference to a function. Null when it is made of several things.
const clang::Expr *startedCallable(const clang::Expr *E);

/// The index of the callable that \p E runs once.
std::optional<unsigned> startsOnce(const clang::Expr *E, const Lexicon &Words);

/// The truth of \p Cond when it has started something: only known when that is
/// all of it, and a boolean.
std::optional<bool> startedWhen(const clang::Expr *Cond, const Lexicon &Words);

/// The parameter as which what \p Call starts, or binds, gets the call's
/// argument \p No. Null when that isn't visible.
const clang::ParmVarDecl *startedWith(const clang::Expr *Call, unsigned No,
                                      const Lexicon &Words);

} // namespace leak

#endif // LEAK_TIDY_STARTS_H
