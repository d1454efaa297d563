//===--- Borrows.h - what a thread uses that others own ---------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What a thread is started with by reference or pointer: local variables of
/// the function that starts it, and that function's own object. And where
/// somebody waits who could keep these alive.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_BORROWS_H
#define LEAK_TIDY_BORROWS_H

#include "Spawns.h"

namespace leak {

struct Borrow {
  /// A local variable or parameter of the function that starts the thread; null
  /// for the object whose method this is.
  const clang::VarDecl *What = nullptr;
  const clang::CXXRecordDecl *Class = nullptr; ///< For the object.
  clang::SourceLocation At;                    ///< The capture or argument.
  const clang::LambdaExpr *Lambda = nullptr;   ///< When it is a capture.
  bool Explicit = false;                       ///< ... that is written as such.
};

/// In the order of the source. Empty when the thread also gets a smart pointer
/// to the object, and so keeps it.
llvm::SmallVector<Borrow, 4> borrows(const Spawn &S, const Lexicon &Words);

/// The lambda that \p S begins with, if it does.
const clang::LambdaExpr *lambdaOf(const Spawn &S);

enum class Waiting : unsigned char {
  No,
  Bounded, ///< For some time.
  Yes      ///< Or perhaps: by its name, or since nobody can tell.
};

/// Whether \p S itself, without its parts, waits for something.
Waiting waits(const clang::Stmt *S, const Lexicon &Words);

/// \p FD, or what it visibly calls, waits; or may, since something that it
/// calls on its own object isn't visible.
bool mayWaitIn(const clang::FunctionDecl *FD, const Lexicon &Words);

/// Destroying a \p T, an object of \p RD, may wait for something.
bool mayWaitAtEnd(const clang::CXXRecordDecl *RD, const Lexicon &Words);
bool mayWaitAtEnd(clang::QualType T, const Lexicon &Words);

} // namespace leak

#endif // LEAK_TIDY_BORROWS_H
