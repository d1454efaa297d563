//===--- EndingCalls.h - what the names of calls say ------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The words by which people name calls that end what somebody waits for, or
/// what another call has begun.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_ENDINGCALLS_H
#define LEAK_TIDY_ENDINGCALLS_H

#include "clang/AST/Decl.h"
#include <string>
#include <vector>

namespace leak {

/// \p Name says by itself that somebody waits for it.
bool completes(llvm::StringRef Name);

/// The names, in lower case and with '_' between the words, of what is ended
/// by a function called \p Name.
std::vector<std::string> openersOf(llvm::StringRef Name);

/// \p Name, written like those.
std::string plainName(llvm::StringRef Name);

/// The name of \p FD, without what it says of how that went: `finish_error`.
std::string nameOfCallee(const clang::FunctionDecl *FD);

/// What ends something has no answer that is of interest, and isn't asked for
/// in passing.
bool mayEnd(const clang::FunctionDecl *FD);

} // namespace leak

#endif // LEAK_TIDY_ENDINGCALLS_H
