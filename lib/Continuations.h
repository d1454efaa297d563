//===--- Continuations.h - what comes after a future ------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A lambda that is given to a future, to be run when that has its value, and
/// isn't when that has failed. Models say which calls are so (`after`).
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_CONTINUATIONS_H
#define LEAK_TIDY_CONTINUATIONS_H

#include "Functions.h"
#include "Lexicon.h"

namespace leak {

/// A continuation that nothing stands in for when what it waits for fails.
struct Continuation {
  const clang::CallExpr *Call = nullptr; ///< Which takes it.
  const clang::LambdaExpr *Lambda = nullptr;
  /// Its call operator, or the one that was made of it.
  const clang::FunctionDecl *Runs = nullptr;
  /// What throws in it when the future has failed: `f.get()`. Null when it
  /// isn't run at all then.
  const clang::Expr *Throws = nullptr;
};

/// Those that stand in \p In, itself and not its lambdas.
llvm::SmallVector<Continuation, 1> continuations(const FunctionUses &In,
                                                 const Lexicon &Words);

} // namespace leak

#endif // LEAK_TIDY_CONTINUATIONS_H
