//===--- ProcessTimers.h - the timers that a process has --------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The timers that a process has without a name are armed with a time, and
/// taken back with the time zero. The time is a number, or stands in a
/// structure that is filled in before; and the call may be made by a function
/// that does nothing else to the timer.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_PROCESSTIMERS_H
#define LEAK_TIDY_PROCESSTIMERS_H

#include "Functions.h"
#include "Lexicon.h"

namespace leak {

/// What one call does to a timer of the process.
struct TimerCall {
  enum What {
    Nothing,
    Arms,
    Ends,
    Unknown ///< It may give another one its time back.
  };
  What Does = Nothing;
  /// Which of them; by number.
  int64_t Which = 0;
  /// The time is told by this argument of the function that makes the call,
  /// and is zero when that is zero.
  int Param = -1;
  const Effect *Row = nullptr; ///< Null when a function makes the call.
  /// The structure with the time; or null.
  const clang::VarDecl *Time = nullptr;
};

/// What \p E, a call of \p In, does.
TimerCall timerCall(const clang::Expr *E, const clang::FunctionDecl *In,
                    const FunctionTable &Table, const Lexicon &Words);

/// \p E changes what stands in \p Time.
bool fillsIn(const clang::Stmt *E, const clang::VarDecl *Time);

} // namespace leak

#endif // LEAK_TIDY_PROCESSTIMERS_H
