//===--- SkippedSteps.h - steps that a turn leaves out ----------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// StaleTurns knows that nothing has changed when a turn comes back. Where
/// calls stand on the way that aren't visible, what the source says has to do:
/// a loop ends its turns with a step to the next item, and a `continue` before
/// it is there to leave out this item, since it complains of it, or asks
/// nothing but what the item is like.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_SKIPPEDSTEPS_H
#define LEAK_TIDY_SKIPPEDSTEPS_H

#include "StaleTurns.h"

namespace leak {

/// Those of \p FD, a definition, one for each loop.
std::vector<StaleTurn> skippedSteps(const clang::FunctionDecl *FD,
                                    const Lexicon &Words);

/// \p S names a state that other executions bring about: `ready`.
bool isAwaited(const clang::Stmt *S);

} // namespace leak

#endif // LEAK_TIDY_SKIPPEDSTEPS_H
