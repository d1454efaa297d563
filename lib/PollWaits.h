//===--- PollWaits.h - waits between two polls ------------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Who sets a stop flag and joins the thread has to end what the thread waits
/// for between two looks. That nobody does so can be said of a queue that is a
/// member, since all who put something in are in sight; and of calls that wait
/// for no object at all, such as those for children and signals.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_POLLWAITS_H
#define LEAK_TIDY_POLLWAITS_H

#include "Blocking.h"
#include "PollGaps.h"

namespace leak {

class PollWaits {
public:
  explicit PollWaits(const Monitors &M) : M(M), Outside(M) {}

  /// Nothing that \p Stopper, or who calls it, does before \p Join may end the
  /// wait \p Gap in the loop \p Polls.
  bool lasts(const PollGap &Gap, const clang::FunctionDecl *Stopper,
             const SyncEvent &Join, const clang::Stmt *Polls) const;

private:
  bool lastsOnQueue(const PollGap &Gap, const clang::ValueDecl *Queue,
                    const clang::FunctionDecl *Stopper, const SyncEvent &Join,
                    const clang::Stmt *Polls) const;
  bool waitsForNothing(const clang::CallExpr *Call, const Effect &Row) const;
  bool isFedBefore(const clang::FunctionDecl *FD, clang::SourceLocation At,
                   const clang::ValueDecl *Queue, unsigned Depth) const;
  bool mayFeed(const clang::Stmt *S, clang::SourceLocation Until,
               const clang::ValueDecl *Queue, unsigned Depth) const;
  bool isEndedElsewhere(const clang::ValueDecl *Queue) const;

  const Monitors &M;
  Blocking Outside;
};

} // namespace leak

#endif // LEAK_TIDY_POLLWAITS_H
