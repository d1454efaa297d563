//===--- PollGaps.h - what a loop does between two polls --------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Who polls whether to stop is as quick as the longest thing that it does
/// between two polls. What may take long, or for ever, is here: a loop that
/// tries again and again without a look at the flag, a long sleep, and a call
/// that waits for the outside world.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_POLLGAPS_H
#define LEAK_TIDY_POLLGAPS_H

#include "Lexicon.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <optional>

namespace leak {

struct PollGap {
  enum What {
    Retry, ///< A loop that sleeps and tries again, without any bound.
    Sleep, ///< For at least as long as was asked for, or between attempts.
    Block  ///< For what others bring, without a limit.
  };
  What Does = Retry;
  const clang::Stmt *At = nullptr;
  const clang::FunctionDecl *In = nullptr;
  /// The call in the polling function that gets there; or null.
  const clang::Expr *Through = nullptr;
  uint64_t Seconds = 0;               ///< Sleep: 0 for a time between attempts.
  const clang::Expr *Pause = nullptr; ///< Retry: the sleep in it.
};

class PollGaps {
public:
  using Mention = llvm::function_ref<bool(const clang::Stmt *)>;

  /// \p IsMention is true for an expression that is about what is polled.
  PollGaps(const Lexicon &Words, uint64_t LongSleep, Mention IsMention)
      : Words(Words), Ctx(Words.context()), LongSleep(LongSleep),
        IsMention(IsMention) {}

  /// Those in the body of the loop \p Polls of \p In, and in the functions
  /// that are called there.
  llvm::SmallVector<PollGap, 2> within(const clang::Stmt *Polls,
                                       const clang::FunctionDecl *In);

  /// The loops that try again on the way to the loop \p Polls of \p In.
  llvm::SmallVector<PollGap, 2> before(const clang::Stmt *Polls,
                                       const clang::FunctionDecl *In);

  /// \p S, or a function that it calls, is about what is polled; also when a
  /// method is called that isn't visible and could look at it.
  bool mentions(const clang::Stmt *S, unsigned Depth = 0) const;

  /// Nothing in \p Loop looks like a bound: it counts, compares and names
  /// nothing of the kind, and asks for no reason.
  bool isUnbounded(const clang::Stmt *Loop) const;

private:
  void walk(const clang::Stmt *S, const clang::FunctionDecl *In,
            const clang::Expr *Through, unsigned Depth);
  void call(const clang::Expr *Call, const clang::FunctionDecl *In,
            const clang::Expr *Through, unsigned Depth);
  const clang::Expr *pauseIn(const clang::Stmt *S, unsigned Depth) const;
  bool isRetry(const clang::Stmt *Loop, const clang::Expr *Pause) const;

  const Lexicon &Words;
  const clang::ASTContext &Ctx;
  uint64_t LongSleep;
  Mention IsMention;
  llvm::SmallPtrSet<const clang::FunctionDecl *, 8> Seen;
  llvm::SmallVector<PollGap, 2> Found;
};

/// The seconds that the call \p E, which has the effect \p Row, sleeps at
/// least, when that is a constant.
std::optional<uint64_t> secondsOf(const clang::Expr *E, const Effect &Row,
                                  const clang::ASTContext &Ctx);

} // namespace leak

#endif // LEAK_TIDY_POLLGAPS_H
