//===--- GuardMoves.h - guards that release twice ---------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Classes whose destructor gives something back that a member points to, and
/// whose copies and moves leave it to the source as well.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_GUARDMOVES_H
#define LEAK_TIDY_GUARDMOVES_H

#include "Permits.h"

namespace leak {

struct GuardMove {
  enum Kind { Releases, CountsDown, Calls };
  Kind Does = Releases;
  const clang::CXXMethodDecl *Move = nullptr; ///< Or the copy.
  const clang::FieldDecl *Member = nullptr;
  const clang::Stmt *Release = nullptr; ///< In the destructor or below.
  bool Moves = true;                    ///< False: copies.
};

/// All of them in the unit that are written, as moves or copies or as
/// `= default`, in the order of the source. What the compiler adds by itself is
/// left out: most guards are never copied.
std::vector<GuardMove> guardMoves(const FunctionTable &Table, const Permits &P);

} // namespace leak

#endif // LEAK_TIDY_GUARDMOVES_H
