//===--- ReadCalls.h - calls that read as read() does -----------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Functions of C that no model knows, but that are made after read() and
/// write(): they take a handle, bytes and how many of them, and what they
/// return is used as the number of those that came.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_READCALLS_H
#define LEAK_TIDY_READCALLS_H

#include "Lexicon.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include <optional>

namespace leak {

struct ReadCall {
  const clang::Expr *Handle = nullptr, *Bytes = nullptr;
};

/// \p Call, by its name and what it takes, or because the function does no more
/// than to call one that \p Words knows: `return ::recv(fd_, bytes, size, 0);`
std::optional<ReadCall> readCallOf(const clang::CallExpr *Call,
                                   const Lexicon &Words);

/// What \p Call returns is added to or taken from something in \p Within, or
/// says how many of \p Bytes are used.
bool countsBytes(const clang::CallExpr *Call, const clang::Expr *Bytes,
                 const clang::Stmt *Within);

} // namespace leak

#endif // LEAK_TIDY_READCALLS_H
