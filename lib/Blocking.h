//===--- Blocking.h - what ends a wait for the outside world ----*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A thread that is blocked in `recv`, or on a semaphore, looks at no flag.
/// Somebody has to free it: by closing what it waits for, by a signal. Here is
/// whether anything before a join may do that, and what does it afterwards.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_BLOCKING_H
#define LEAK_TIDY_BLOCKING_H

#include "Monitors.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace leak {

class Blocking {
public:
  explicit Blocking(const Monitors &M)
      : M(M), Words(M.lexicon()), Ctx(M.context()) {}

  /// Something that \p FD, or one of its callers, does before \p At, may free
  /// who is blocked on \p D: all that has to do with it, and all whose name or
  /// row says that it ends, closes or sends something.
  bool mayBeFreed(const clang::FunctionDecl *FD, clang::SourceLocation At,
                  const clang::ValueDecl *D, unsigned Depth = 0) const;

  /// The same of \p FD alone.
  bool mayBeFreedIn(const clang::FunctionDecl *FD, clang::SourceLocation At,
                    const clang::ValueDecl *D) const;

  /// \p FD, or what it calls, has a call that is about \p D, and isn't \p But.
  bool touches(const clang::FunctionDecl *FD, const clang::ValueDecl *D,
               const clang::Expr *But = nullptr) const;

  /// The first call after \p At in \p FD that closes \p D, or null.
  const clang::Expr *closedAfter(const clang::FunctionDecl *FD,
                                 clang::SourceLocation At,
                                 const clang::ValueDecl *D) const;

  /// The close of the number \p D in \p FD before \p At, where all that may
  /// free who is blocked on it are closes that wake nobody; else null. Their
  /// rows say what has to be done before them.
  const clang::Expr *onlyClosed(const clang::FunctionDecl *FD,
                                clang::SourceLocation At,
                                const clang::ValueDecl *D) const;

  /// What the number \p E is kept in, also where \p E is a local copy of it, or
  /// what an atomic gives; or null.
  static const clang::ValueDecl *numberIn(const clang::Expr *E);

  /// \p FD closes \p D in a way that wakes who waits on it.
  bool wakesByClose(const clang::FunctionDecl *FD,
                    const clang::ValueDecl *D) const;

  /// Waits on \p D may end by themselves, or who knows where it comes from: it
  /// has a timeout, doesn't block, or is given to what isn't understood. Where
  /// it comes from doesn't matter when the code \p WaitsSurely.
  bool isBounded(const clang::ValueDecl *D, bool WaitsSurely = false) const;

  /// The loop around \p Block in \p In would be left, or turn without a pause,
  /// if the call gave up when nothing comes: it was written to wait. \p Block
  /// may also be the call of a function that blocks, and returns what came.
  bool waitsSurely(const SyncEvent &Block, const clang::FunctionDecl *In) const;

private:
  /// Calls \p Visit for the calls in \p FD between \p From and \p To, where
  /// they are valid, and in the functions that it calls, until it is true.
  bool anyCall(const clang::FunctionDecl *FD, clang::SourceLocation From,
               clang::SourceLocation To,
               llvm::function_ref<bool(const clang::Expr *)> Visit,
               unsigned Depth = 0) const;
  bool anyCallIn(const clang::Stmt *S, clang::SourceLocation From,
                 clang::SourceLocation To,
                 llvm::function_ref<bool(const clang::Expr *)> Visit,
                 unsigned Depth) const;
  bool frees(const clang::Expr *E, const clang::ValueDecl *D) const;
  bool closes(const clang::Expr *E, const clang::ValueDecl *D) const;
  const clang::Expr *deafClose(const clang::Expr *E, const clang::ValueDecl *D,
                               unsigned Depth = 0) const;
  bool callsBase(const clang::Expr *E, const clang::ValueDecl *D) const;
  bool bounds(const clang::Stmt *S, const clang::ValueDecl *D, bool AnyOrigin,
              bool &Made) const;
  bool isMade(const clang::Expr *Value, bool &Made) const;

  const Monitors &M;
  const Lexicon &Words;
  clang::ASTContext &Ctx;
};

} // namespace leak

#endif // LEAK_TIDY_BLOCKING_H
