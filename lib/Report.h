//===--- Report.h - what a check found --------------------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Findings, independent of the host that shows them.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_REPORT_H
#define LEAK_TIDY_REPORT_H

#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/SourceLocation.h"
#include <string>
#include <vector>

namespace leak {

struct Note {
  clang::SourceLocation Loc;
  std::string Message;
};

struct Finding {
  std::string Check; ///< "leak-unjoined-thread"
  clang::SourceLocation Loc;
  std::string Message; ///< Lower-case clause, the consequence, no full stop.
  std::vector<Note> Notes; ///< In the order in which they are told.
  std::vector<clang::FixItHint> FixIts;
  /// The wait, or the call that blocks, that never ends. Several checks may
  /// find out about one, each by what it knows: the lowest rank is told.
  clang::SourceLocation Stuck;
  unsigned Rank = 0;
  /// Every way on which the object gets away is inside a macro: an assertion
  /// that returns, an early return on errors.
  bool OnlyThroughMacros = false;
};

/// Puts findings at the lines a person would edit (macro expansions, not the
/// inside of a macro of a system header), leaves out those that say the same
/// at the same place (template instantiations) or of the same wait, and sorts
/// them by place.
void tidyUp(std::vector<Finding> &Findings, const clang::SourceManager &SM);

} // namespace leak

#endif // LEAK_TIDY_REPORT_H
