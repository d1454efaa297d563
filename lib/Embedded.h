//===--- Embedded.h - files that are part of the program --------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Model files and check pages, put into the program when it is built.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_EMBEDDED_H
#define LEAK_TIDY_EMBEDDED_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace leak {

struct EmbeddedFile {
  llvm::StringRef Name; ///< Path below the repository's root.
  llvm::StringRef Text;
};

/// lib/models/*.yaml, the files that others build on first.
llvm::ArrayRef<EmbeddedFile> embeddedModels();

/// checks/*/*.md
llvm::ArrayRef<EmbeddedFile> embeddedPages();

} // namespace leak

#endif // LEAK_TIDY_EMBEDDED_H
