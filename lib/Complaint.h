//===--- Complaint.h - paths that say that something failed -----*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A path that writes an error to the log, and does nothing else about it,
/// knows that something failed, and that somebody should be told.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_COMPLAINT_H
#define LEAK_TIDY_COMPLAINT_H

#include "Obligation.h"

namespace leak {

/// True when the last branch that \p O took logs an error or a warning, and
/// that is all it does.
bool complains(const Outcome &O, const Body &B);

/// True when all that this branch does is to leave, and perhaps to log it.
bool onlyLeaves(const Outcome &O, const Body &B);

/// \p S is a line for a log.
bool logs(const clang::Stmt *S, const clang::ASTContext &Ctx);

} // namespace leak

#endif // LEAK_TIDY_COMPLAINT_H
