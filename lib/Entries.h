//===--- Entries.h - what is run elsewhere ----------------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The functions of a unit that threads and tasks begin with, by what starts
/// them: a pointer to a function or method, bound or not, and a lambda that
/// does nothing but call it.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_ENTRIES_H
#define LEAK_TIDY_ENTRIES_H

#include "Functions.h"
#include "Lexicon.h"

namespace leak {

struct Entry {
  const clang::Expr *Start = nullptr; ///< The first that runs it.
  const clang::FunctionDecl *By = nullptr;
  unsigned Starts = 0;
  bool InLoop = false; ///< One of the starts is.
};

class Entries {
public:
  Entries(const FunctionTable &Table, const Lexicon &Words,
          clang::ASTContext &Ctx);

  /// Null when \p FD is no entry, or called in other ways as well.
  const Entry *find(const clang::FunctionDecl *FD) const;

private:
  llvm::DenseMap<const clang::FunctionDecl *, Entry> Known;
};

} // namespace leak

#endif // LEAK_TIDY_ENTRIES_H
