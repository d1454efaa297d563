//===--- Reissues.h - handlers that begin their operation again -*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// An operation that is begun on an object and told to a handler ends with an
/// error when the object is closed. A handler that begins the next one, without
/// a look at the error, takes the end for an answer like any other.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_REISSUES_H
#define LEAK_TIDY_REISSUES_H

#include "Functions.h"
#include "Lexicon.h"

namespace leak {

struct Reissue {
  const clang::ValueDecl *Object = nullptr;
  const clang::ParmVarDecl *Error = nullptr;
  const clang::Expr *Begin = nullptr; ///< Gives the handler.
  const clang::Expr *Again = nullptr; ///< In the handler: gets there again.
  const clang::Expr *Close = nullptr; ///< What ends the operation.
};

/// All of a unit, one for each object.
std::vector<Reissue> reissues(const FunctionTable &Table, const Lexicon &Words);

/// The member or variable on which \p Call begins an operation: it has no
/// effect of its own, and takes something. Or null.
const clang::ValueDecl *operationOn(const clang::CallExpr *Call,
                                    const Lexicon &Words);

/// What ends \p Object, in a function other than \p User that is there to end
/// something; null too when all that runs handlers is ended with it.
const clang::Expr *closeOf(const clang::ValueDecl *Object,
                           const clang::FunctionDecl *User,
                           const FunctionTable &Table, const Lexicon &Words);

} // namespace leak

#endif // LEAK_TIDY_REISSUES_H
