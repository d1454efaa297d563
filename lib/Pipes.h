//===--- Pipes.h - ends of pipes that stay open -----------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A pair of descriptors, made by one call in an array of two numbers, is a
/// channel that is closed when nobody has the end open to which is written: who
/// reads the other end to its end waits for that. Also the copy counts that
/// this process keeps, when another one was made in between.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_PIPES_H
#define LEAK_TIDY_PIPES_H

#include "Monitors.h"
#include "Obligation.h"

namespace leak {

/// One read to the end, for which nobody closes the other end.
struct OpenPipe {
  const clang::ValueDecl *Pair = nullptr;
  unsigned Written = 1;              ///< The end that stays open.
  const clang::Expr *Made = nullptr; ///< The call.
  const clang::Expr *Read = nullptr;
  const clang::Stmt *Loop = nullptr;       ///< Around the read.
  const clang::FunctionDecl *In = nullptr; ///< Whose paths were followed.
  const clang::Expr *Join = nullptr; ///< Of who reads; null: `In` itself does.
  const clang::Expr *Start = nullptr;
  bool Never = false; ///< Nobody closes it at all.
  std::vector<Branch> Way;
};

/// All uses of \p D are in sight; also of members of structs of C.
bool isSeenHere(const clang::ValueDecl *D);

/// All of a unit, in the order of the source; one for each pair.
std::vector<OpenPipe> openPipes(const FunctionTable &Table,
                                const Lexicon &Words, FlowGraphs &Graphs,
                                llvm::function_ref<const Monitors &()> Waiting);

} // namespace leak

#endif // LEAK_TIDY_PIPES_H
