//===--- UnheardRequests.h - requests that nobody looks at ------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A handle has a method that asks its execution to stop (*request-stop*): the
/// execution has to look (*poll-stop*), to run the loop that the request ends,
/// or to come by calls that end with it. Here are the executions that do
/// nothing of that in a loop without an end, and are joined.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_UNHEARDREQUESTS_H
#define LEAK_TIDY_UNHEARDREQUESTS_H

#include "Joins.h"

namespace leak {

struct UnheardRequest {
  const SyncEvent *Request = nullptr, *Join = nullptr;
  const clang::FunctionDecl *Stopper = nullptr, *Entry = nullptr;
  const clang::Stmt *Loop = nullptr;
};

/// One for each loop; not those whose join is in \p Told.
std::vector<UnheardRequest> unheardRequests(const Monitors &M,
                                            const FunctionTable &Table,
                                            llvm::ArrayRef<StuckJoin> Told);

} // namespace leak

#endif // LEAK_TIDY_UNHEARDREQUESTS_H
