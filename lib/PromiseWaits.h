//===--- PromiseWaits.h - waits for a promise of a member -------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A thread asks somebody, and waits for a future until the answer comes. Who
/// stops the thread has to answer in his stead. That he doesn't can be said of
/// a promise that is a member, or is kept in one, since all who fulfil it are
/// in sight.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_PROMISEWAITS_H
#define LEAK_TIDY_PROMISEWAITS_H

#include "Blocking.h"
#include "PollGaps.h"

namespace leak {

class PromiseWaits {
public:
  explicit PromiseWaits(const Monitors &M)
      : M(M), Words(M.lexicon()), Outside(M) {}

  /// The wait \p Gap is for a promise that nobody fulfils, fails or drops
  /// before the join at \p At in \p Stopper; others, which aren't run by the
  /// execution \p Runs itself, fulfil it.
  bool lasts(const PollGap &Gap, const clang::FunctionDecl *Stopper,
             clang::SourceLocation At,
             llvm::ArrayRef<const clang::FunctionDecl *> Runs) const;

private:
  bool promisesOf(const clang::Expr *Future, const PollGap &Gap,
                  llvm::SmallVectorImpl<const clang::Expr *> &Into) const;
  const clang::Expr *promiseOf(const clang::Expr *Future) const;
  bool isIn(const clang::Stmt *S, const clang::ValueDecl *D) const;
  const clang::FieldDecl *keptIn(const clang::Expr *Promise,
                                 const clang::Stmt *Body) const;
  bool onlyOthersFulfil(const clang::FieldDecl *Keeper,
                        llvm::ArrayRef<const clang::FunctionDecl *> Runs) const;

  const Monitors &M;
  const Lexicon &Words;
  Blocking Outside;
};

} // namespace leak

#endif // LEAK_TIDY_PROMISEWAITS_H
