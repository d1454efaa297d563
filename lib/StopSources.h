//===--- StopSources.h - who runs until it is asked to stop -----*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A stop source hands out tokens, and executions look at them in their loops.
/// Here is which of them end by a token, and whether by that alone.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_STOPSOURCES_H
#define LEAK_TIDY_STOPSOURCES_H

#include "ChannelUses.h"
#include "clang/AST/Stmt.h"

namespace leak {

/// What runs until it is asked to stop.
struct Holder {
  const Run *Started = nullptr;
  const clang::Stmt *Loop = nullptr;
};

class StopLoops {
public:
  StopLoops(clang::ASTContext &Ctx, const Lexicon &Words,
            const FunctionTable &Table)
      : Ctx(Ctx), Words(Words), Table(Table) {}

  /// How a loop ends.
  enum Ends {
    Alone, ///< By a token, and in no other way.
    Also   ///< By a token, or otherwise.
  };

  /// A loop in \p S, or in what it calls, that ends by a token. It is \p Only,
  /// where that is given.
  const clang::Stmt *find(const clang::Stmt *S, const clang::ValueDecl *Only,
                          Ends How = Alone) const {
    return find(S, Only, How, 0);
  }

  /// What is started with a token of \p C, and ends by it.
  llvm::SmallVector<Holder, 2> holders(const ChannelUses &All, const Channel &C,
                                       Ends How = Alone) const;

  /// The loop of what \p At starts, when that takes a token as a parameter,
  /// given by the handle itself, and ends by it.
  const clang::Stmt *ownLoop(const clang::Stmt *At, Ends How = Alone) const;

  /// \p T is a token.
  bool isToken(clang::QualType T) const;

private:
  const clang::Stmt *find(const clang::Stmt *S, const clang::ValueDecl *Only,
                          Ends How, unsigned Depth) const;
  bool asks(const clang::ValueDecl *D) const;

  clang::ASTContext &Ctx;
  const Lexicon &Words;
  const FunctionTable &Table;
};

/// The variables of \p All's functions that are initialised with a token of
/// \p C: `auto token = source.get_token();`
llvm::SmallPtrSet<const clang::ValueDecl *, 4> tokensOf(const ChannelUses &All,
                                                        const Channel &C);

/// \p S, lambdas and what they capture included, names one of \p Any.
bool mentionsAny(const clang::Stmt *S,
                 const llvm::SmallPtrSetImpl<const clang::ValueDecl *> &Any);

} // namespace leak

#endif // LEAK_TIDY_STOPSOURCES_H
