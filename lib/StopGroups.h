//===--- StopGroups.h - groups whose first end stops the others -*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// One execution of a group asks the others to stop when it has done its part.
/// When it gives up instead, it has to do the same: nobody else does.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_STOPGROUPS_H
#define LEAK_TIDY_STOPGROUPS_H

#include "Obligation.h"
#include "StopSources.h"

namespace leak {

/// An execution ends on some way without asking the others to stop.
struct QuietEnd {
  const Run *Asker = nullptr;
  const Use *Request = nullptr; ///< On another way.
  Outcome Way;
};

/// Of the one execution that asks \p C to stop, on which \p Holders wait.
std::optional<QuietEnd> quietEnd(const ChannelUses &All, const Channel &C,
                                 llvm::ArrayRef<Holder> Holders,
                                 FlowGraphs &Graphs);

/// The execution whose error comes out of the join \p Call; null when that
/// isn't visible.
const Run *rethrownBy(const ChannelUses &All, const clang::Expr *Call,
                      const ThrowSearch &Search);

} // namespace leak

#endif // LEAK_TIDY_STOPGROUPS_H
