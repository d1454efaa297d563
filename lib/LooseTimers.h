//===--- LooseTimers.h - timers that nobody has -----------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A method makes a timer that has no owner, has it call its own object, and
/// keeps no name of it: nobody can stop it any more.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_LOOSETIMERS_H
#define LEAK_TIDY_LOOSETIMERS_H

#include "Functions.h"
#include "Lexicon.h"

namespace leak {

struct LooseTimer {
  const clang::VarDecl *Timer = nullptr;
  const clang::CXXNewExpr *Made = nullptr;
  const clang::CallExpr *Connected = nullptr; ///< Says what is called.
  const clang::CallExpr *Armed = nullptr;
  /// The object can own it: it is what the constructor takes for that.
  bool MayOwn = false;
};

std::vector<LooseTimer> looseTimers(const FunctionTable &Table,
                                    const Lexicon &Words);

/// \p Call has a callable with the object itself called back, by no more than a
/// capture, and the callable doesn't name \p Timer.
bool callsBackUnowned(const clang::CallExpr *Call, const Lexicon &Words,
                      const clang::ValueDecl *Timer);

} // namespace leak

#endif // LEAK_TIDY_LOOSETIMERS_H
