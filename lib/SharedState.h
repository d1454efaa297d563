//===--- SharedState.h - what other calls of a function see -----*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Several calls of one function may share a duty: the last one that counts
/// down calls the callback, the first one that sets the flag does. This tells
/// which conditions depend on what the calls of a function say to each other.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_SHAREDSTATE_H
#define LEAK_TIDY_SHAREDSTATE_H

#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/SmallVector.h"

namespace leak {

/// The variables and members that the statements of a function change, its own
/// local ones left out: what other calls of it see.
class SharedState {
public:
  explicit SharedState(const clang::FunctionDecl *In);

  /// \p Cond may be true for one of several calls only: the last one that
  /// counts down, the first one that sets the flag.
  bool counts(const clang::Expr *Cond) const { return holds(Cond, false); }
  /// \p Cond asks for something that this function changes.
  bool changes(const clang::Expr *Cond) const { return holds(Cond, true); }

  /// \p Cond finds a local variable empty that began so and got a value in some
  /// branch: it tells which branch was taken, and on no way both can be true.
  /// Or it asks for a bit of what this function sets bits in.
  bool recalls(const clang::Expr *Cond, bool Truth) const;

private:
  void changed(const clang::Expr *E, const clang::Stmt *Block);
  void note(const clang::Stmt *S, const clang::Stmt *Block);
  bool holds(const clang::Stmt *S, bool Any, unsigned Depth = 0) const;

  const clang::FunctionDecl *In;
  llvm::SmallPtrSet<const clang::ValueDecl *, 8> Changed;
  /// The blocks of the variables that begin empty.
  llvm::DenseMap<const clang::ValueDecl *, const clang::Stmt *> Empty;
  llvm::SmallVector<const clang::VarDecl *, 4> Late;
  llvm::SmallPtrSet<const clang::ValueDecl *, 4> Bits;
};

} // namespace leak

#endif // LEAK_TIDY_SHAREDSTATE_H
