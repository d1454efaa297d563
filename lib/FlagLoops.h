//===--- FlagLoops.h - loops that end by what a flag is called --*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Who sets a stop flag, and who joins the thread, is often in another file.
/// Here a flag is known by its name and by a loop that ends when it is set;
/// what that loop does without a look at the flag is searched as in StopFlags.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_FLAGLOOPS_H
#define LEAK_TIDY_FLAGLOOPS_H

#include "Functions.h"
#include "PollGaps.h"
#include "Predicates.h"
#include <vector>

namespace leak {

/// What the name of a flag says about the end of an execution.
enum class StopName : unsigned char { None, WhenSet, WhenCleared };

/// Of a member, a variable that others see, or a parameter that refers to one.
StopName stopNameOf(const clang::ValueDecl *D);

/// The project's own question: `shouldStop()`.
bool asksToStop(const clang::FunctionDecl *FD);

/// Something that a loop which ends by a flag does without a look at it.
struct FlagGap {
  const clang::ValueDecl *Flag = nullptr;
  const clang::Stmt *Polls = nullptr; ///< The loop that looks at it.
  PollGap Gap;
  const clang::Expr *Set = nullptr; ///< Where it is set; or null.
  /// Retry: the member or variable that it waits for; or null.
  const clang::ValueDecl *For = nullptr;
};

/// Who changes what, as far as the unit shows it.
class Setters {
public:
  struct Setter {
    const clang::FunctionDecl *In = nullptr;
    const clang::Expr *At = nullptr;
    Alteration How;
  };

  Setters(const FunctionTable &Table, const clang::ASTContext &Ctx)
      : Table(Table), Ctx(Ctx) {}

  const std::vector<Setter> &of(const clang::ValueDecl *D);

  /// What the loop \p Retry waits for isn't changed by those who set \p Flag,
  /// or end its owner, nor by anybody who isn't seen: nothing ends it for the
  /// stop. \p For is set to the member or variable that it waits for.
  bool nobodyHelps(const clang::Stmt *Retry, const clang::Expr *Pause,
                   const clang::ValueDecl *Flag, const clang::ValueDecl *&For);

private:
  bool isStopper(const clang::FunctionDecl *FD, const clang::ValueDecl *Flag);

  const FunctionTable &Table;
  const clang::ASTContext &Ctx;
  bool Known = false;
  llvm::DenseMap<const clang::ValueDecl *, std::vector<Setter>> ByDecl;
};

/// All of a unit, in the order of the source; one for each place.
std::vector<FlagGap> flagGaps(const FunctionTable &Table, const Lexicon &Words,
                              uint64_t LongSleep);

} // namespace leak

#endif // LEAK_TIDY_FLAGLOOPS_H
