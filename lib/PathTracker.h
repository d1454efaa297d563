//===--- PathTracker.h - insides of the path engine -------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What Path.cpp (the checker) and PathRunner.cpp (its host inside clang-tidy)
/// share. Checks don't include this.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_PATHTRACKER_H
#define LEAK_TIDY_PATHTRACKER_H

#include "clang/AST/Decl.h"
#include "clang/Basic/SourceLocation.h"
#include <map>
#include <vector>

namespace leak {

class Unit;

/// While it lives, the checkers of this thread look at \p U instead of making
/// a unit of their own.
class CurrentUnitScope {
public:
  explicit CurrentUnitScope(Unit &U);
  ~CurrentUnitScope();
};

/// The places where the objects born at one place got away. The analyzer shows
/// one path for each defect; the other exits become notes and fix-its.
struct Escapes {
  const clang::ValueDecl *Variable = nullptr; ///< Local, or null.
  const clang::FunctionDecl *In = nullptr;
  bool AtScopeEnd = true; ///< All of them are ends of scopes.
  std::vector<clang::SourceLocation> At;
};
using ExitMap = std::map<std::pair<unsigned, std::string>, Escapes>;

/// The exits that were seen since the last call, by raw birth location and
/// check sentence.
ExitMap takeExits();

} // namespace leak

#endif // LEAK_TIDY_PATHTRACKER_H
