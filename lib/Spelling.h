//===--- Spelling.h - what identifiers say ----------------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The words of identifiers, for what can't be seen otherwise.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_SPELLING_H
#define LEAK_TIDY_SPELLING_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace leak {

/// The words of an identifier, in lower case: `inFlight_count` is in, flight,
/// count.
llvm::SmallVector<std::string, 4> identifierWords(llvm::StringRef Name);

/// True when one of \p Wanted is a word of \p Name, or, written "in flight",
/// words that follow each other, or what they give without a space between.
bool hasWord(llvm::StringRef Name, llvm::ArrayRef<llvm::StringRef> Wanted);

} // namespace leak

#endif // LEAK_TIDY_SPELLING_H
