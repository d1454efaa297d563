//===--- ShortWakes.h - writes that wake nobody -----------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A descriptor that counts takes and gives numbers of eight bytes. A write of
/// fewer, such as that of an `int`, fails each time, and who waits there isn't
/// woken.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_SHORTWAKES_H
#define LEAK_TIDY_SHORTWAKES_H

#include "Functions.h"
#include "Lexicon.h"

namespace leak {

struct ShortWake {
  const clang::ValueDecl *Descriptor = nullptr;
  const clang::Expr *Made = nullptr;
  const clang::CallExpr *Write = nullptr;
  const clang::Expr *Size = nullptr;
  uint64_t Bytes = 0;
};

/// All of a unit, in the order of the source.
std::vector<ShortWake> shortWakes(const FunctionTable &Table,
                                  const Lexicon &Words);

} // namespace leak

#endif // LEAK_TIDY_SHORTWAKES_H
