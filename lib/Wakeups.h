//===--- Wakeups.h - waits that miss their wake-up --------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The protocol of a condition: who changes what its waiters test holds their
/// mutex, and notifies them afterwards. Here are the places that break it.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_WAKEUPS_H
#define LEAK_TIDY_WAKEUPS_H

#include "Monitors.h"
#include "Obligation.h"

namespace leak {

struct MissedWakeup {
  enum Reason {
    NotNotified, ///< What a wait tests changes; nobody notifies.
    LeftBefore,  ///< Some way leaves between the change and the notification.
    Unprotected, ///< It changes without the waiters' mutex.
    TooEarly,    ///< It is notified before it changes.
    OnlyOne,     ///< One of many waiters is notified that all have to end.
    Nobody,      ///< Nothing notifies the condition at all.
    NoLoop,      ///< Tested once, not again after the wait.
    Untested,    ///< Not tested since the mutex was taken.
    OnlyFirst,   ///< One of many is notified, and only when it was empty.
    WrongOne,    ///< One is notified, and many wait for something else.
    LeftFull     ///< The takers are stopped, and nobody releases who waits for
                 ///< room.
  };
  Reason Why = NotNotified;
  const clang::FunctionDecl *In = nullptr;
  const SyncEvent *Wait = nullptr;
  const SyncEvent *Change = nullptr;
  const SyncEvent *Notify = nullptr;
  /// Another change of the same, after which they are notified.
  const SyncEvent *Sibling = nullptr;
  const SyncEvent *Start = nullptr; ///< OnlyOne: where many are started.
  const SyncEvent *Taken = nullptr; ///< Untested: the mutex.
  const SyncEvent *Other = nullptr; ///< WrongOne: waits for something else.
  const clang::ValueDecl *Mutex = nullptr;
  bool Tests = false;                ///< LeftFull: the wait tests what changes.
  const clang::Stmt *Exit = nullptr; ///< LeftBefore.
  std::vector<Branch> Way;           ///< ... and how it gets there.
};

/// All of a unit; one for each place and reason.
std::vector<MissedWakeup> missedWakeups(const Monitors &M, FlowGraphs &Graphs);

/// Those of them that are Untested, OnlyFirst or WrongOne.
std::vector<MissedWakeup> blindWaits(const Monitors &M);

/// Those that are LeftFull.
std::vector<MissedWakeup> leftFull(const Monitors &M);

} // namespace leak

#endif // LEAK_TIDY_WAKEUPS_H
