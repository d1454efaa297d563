//===--- EarlyStops.h - guards that ask for a stop too early ----*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A scope guard, or what is like it, asks for a stop at the end of the
/// function that starts an execution:
///
///     thread_ = std::thread(serve, source.get_token());
///     auto guard = finally([&] { source.request_stop(); });
///   }  // and it has hardly begun
///
/// That is too early when the handle lives on, and the function waits for
/// nothing meanwhile.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_EARLYSTOPS_H
#define LEAK_TIDY_EARLYSTOPS_H

#include "Executions.h"
#include "StopSources.h"

namespace leak {

struct EarlyStop {
  const clang::VarDecl *Guard = nullptr;
  const clang::ValueDecl *Asked = nullptr; ///< The source, or the flag.
  const clang::Expr *Request = nullptr;
  const clang::Expr *Start = nullptr;
  const clang::FunctionDecl *In = nullptr;
  const clang::ValueDecl *Handle = nullptr;
  const clang::Stmt *Loop = nullptr;
};

/// Of sources.
std::vector<EarlyStop> earlyRequests(const ChannelUses &All,
                                     const StopLoops &Loops);

/// Of flags.
std::vector<EarlyStop> earlyFlags(const Monitors &M);

} // namespace leak

#endif // LEAK_TIDY_EARLYSTOPS_H
