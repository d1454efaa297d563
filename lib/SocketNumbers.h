//===--- SocketNumbers.h - descriptors that are numbers ---------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A function makes a descriptor, a plain number, asks somebody something by it
/// and waits for the answer. Its type says nothing, so it is followed from the
/// call that makes it; into visible functions that are given it, and out of one
/// that makes it for others.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_SOCKETNUMBERS_H
#define LEAK_TIDY_SOCKETNUMBERS_H

#include "Functions.h"
#include "Lexicon.h"

namespace leak {

struct NumberedSocket {
  const clang::ValueDecl *Socket = nullptr; ///< A variable, or a member.
  const clang::Expr *Waits = nullptr;       ///< For the answer.
  const Effect *Row = nullptr;              ///< Of that call.
  const clang::FunctionDecl *In = nullptr;
  /// Sends something before that. Null when nothing is asked.
  const clang::Expr *Asks = nullptr;
};

/// Those of the unit that nothing bounds, as far as all uses are understood. Of
/// a member these are the uses in all functions; it has to be connected, and
/// one function asks and then waits.
std::vector<NumberedSocket> unboundedSockets(const FunctionTable &Table,
                                             const Lexicon &Words);

} // namespace leak

#endif // LEAK_TIDY_SOCKETNUMBERS_H
