//===--- Progress.h - loops that don't get on -------------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The end of an input is for ever: who reads on gets the same answer again. A
/// loop in which no way leads out once the answer was given turns without end.
/// The ways are those of the control-flow graph, with what is known on them
/// (Facts); whatever might end the loop, or change what is read, is silence.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_PROGRESS_H
#define LEAK_TIDY_PROGRESS_H

#include "Functions.h"
#include "Lexicon.h"
#include "Obligation.h"

namespace leak {

/// One loop that turns for ever.
struct Spin {
  enum Reason {
    End,    ///< The input has ended, and says so.
    Error,  ///< The call fails, and will fail again.
    Closed, ///< The channel is closed.
    NotEnd, ///< It asks for the end, but reading fails before.
    Passed, ///< The deadline of a wait has passed.
    Spent   ///< The wait has taken away its time.
  };
  Reason Why = End;
  const clang::FunctionDecl *In = nullptr;
  const clang::CallExpr *Call = nullptr; ///< What reads.
  const clang::Expr *Asks = nullptr;     ///< NotEnd: what asks for the end.
  const clang::Stmt *Loop = nullptr;     ///< The innermost around the call.
  int64_t Answer = 0;                    ///< What the call returns then.
  bool Stream = false;                   ///< It has a state that says so.
  /// What fails may succeed again when others have done something: only when
  /// what it is called on was closed, it never does.
  bool MayPass = false;
  /// The decisions from the call back to it.
  std::vector<Branch> Way;
};

/// Those of the function \p F, one for each input, in the order of the source.
std::vector<Spin> spinsOf(const FunctionUses &F, const Lexicon &Words,
                          FlowGraphs &Graphs);

/// What \p S is called on is closed in another function.
bool closedElsewhere(const Spin &S, const FunctionTable &Table,
                     const Lexicon &Words);

/// Something in the unit says that reading may give nothing for another reason
/// than the end: that it has lasted too long.
bool readsInPieces(const FunctionTable &Table, const Lexicon &Words);

/// A stream of the unit is told to throw at its end.
bool streamsThrow(const FunctionTable &Table);

/// What \p Read reads from, its first argument, is made by a function whose
/// name speaks of events or a device: these have no end.
bool readsEvents(const clang::CallExpr *Read, const FunctionTable &Table);

/// By the name of the function or its class, it is about packets: an empty one
/// isn't the end.
bool isOfPackets(const clang::FunctionDecl *FD);

/// The unit makes sockets, and only for packets: an empty one isn't the end.
bool readsPackets(const FunctionTable &Table);

} // namespace leak

#endif // LEAK_TIDY_PROGRESS_H
