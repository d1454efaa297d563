//===--- StopLinks.h - stops that don't reach the children ------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A function that was given a token, and makes a source of its own for what it
/// starts and waits for, has to hand a stop on: by a callback on its token, or
/// by looking at it while it waits. Otherwise a stop reaches only half of it.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_STOPLINKS_H
#define LEAK_TIDY_STOPLINKS_H

#include "StopSources.h"
#include <string>

namespace leak {

/// What \p In starts at \p Start, and waits for, looks at another token than
/// that which \p In was given.
struct UnlinkedStop {
  const clang::ParmVarDecl *Parent = nullptr;
  const Channel *Source = nullptr;
  const clang::FunctionDecl *In = nullptr;
  const Run *Started = nullptr;
  const clang::Stmt *Loop = nullptr;
  const clang::Expr *Join = nullptr; ///< Null: the end of the handle waits.
};

/// The parameter of \p In that is a token, and that nobody looks at from
/// \p Start on; null when there is none.
const clang::ParmVarDecl *forgottenToken(const clang::FunctionDecl *In,
                                         const clang::Stmt *Start,
                                         const StopLoops &Loops,
                                         const Lexicon &Words);

/// Of the sources of \p All, one for each.
std::vector<UnlinkedStop> unlinkedStops(const ChannelUses &All,
                                        const StopLoops &Loops);

/// A variable that asks \p Asked to stop by \p Method when \p Parent is asked;
/// empty when the library \p Library has no type for it.
std::string linkText(const clang::ParmVarDecl *Parent,
                     const clang::ValueDecl *Asked, llvm::StringRef Method,
                     llvm::StringRef Library, const Lexicon &Words);

} // namespace leak

#endif // LEAK_TIDY_STOPLINKS_H
