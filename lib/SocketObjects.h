//===--- SocketObjects.h - sockets that ask ---------------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Whoever serves waits for his peers on purpose. Who connects, sends something
/// and waits for the answer doesn't; the names of the calls tell it.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_SOCKETOBJECTS_H
#define LEAK_TIDY_SOCKETOBJECTS_H

#include "Functions.h"
#include "Index.h"

namespace leak {

/// The call that sends, directly before \p Wait in \p F, what \p Wait waits for
/// the answer of. \p Uses are all of the socket. Null when nothing is asked, or
/// it isn't sure that the wait has no end.
const clang::Expr *requestBefore(const clang::Expr *Wait, const FunctionUses &F,
                                 llvm::ArrayRef<Use> Uses, const Lexicon &Words,
                                 const clang::ASTContext &Ctx);

} // namespace leak

#endif // LEAK_TIDY_SOCKETOBJECTS_H
