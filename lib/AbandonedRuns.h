//===--- AbandonedRuns.h - objects freed under their thread -----*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// In C, nobody says who destroys what: one function makes an object, starts a
/// thread on it that loops until a flag of it is cleared, and another function
/// frees the object. Somebody has to ask the thread to stop before, and to wait
/// for it. Where neither is done in the file that does all the rest, it isn't
/// done at all.
///
/// Threads are started by what the models know, or by a wrapper of the project
/// or of a library, by its name and by what it is given.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_ABANDONEDRUNS_H
#define LEAK_TIDY_ABANDONEDRUNS_H

#include "Monitors.h"

namespace leak {

struct AbandonedRun {
  const clang::CallExpr *Free = nullptr;
  const clang::FunctionDecl *FreedIn = nullptr;
  const clang::ValueDecl *Object = nullptr; ///< What is freed there.
  const clang::CallExpr *Start = nullptr;
  const clang::FunctionDecl *StartedIn = nullptr;
  const clang::FunctionDecl *Entry = nullptr;
  const clang::FieldDecl *Handle = nullptr;
  const clang::Stmt *Loop = nullptr;
  const clang::ValueDecl *Flag = nullptr; ///< Null: the loop has no end.
};

/// All of a unit, one for each place where an object is freed.
std::vector<AbandonedRun>
abandonedRuns(const FunctionTable &Table, const Lexicon &Words,
              llvm::function_ref<const Monitors &()> Waiting);

} // namespace leak

#endif // LEAK_TIDY_ABANDONEDRUNS_H
