//===--- VirtualStops.h - stops that a base can't reach ---------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The destructor of a base class calls a virtual method that ends a thread:
///
///     ~Block() { stop(); }             // stop() calls doStop()
///     void Filter::doStop() override { thread_.join(); }
///
/// The object is no Filter any more by then, so that the base's own doStop
/// runs. Classes are compared as they are written: templates by their patterns,
/// what depends on their parameters by its name.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_VIRTUALSTOPS_H
#define LEAK_TIDY_VIRTUALSTOPS_H

#include "Functions.h"
#include "Index.h"

namespace leak {

struct VirtualStop {
  const clang::CXXMethodDecl *Stop = nullptr; ///< The override.
  const clang::CXXRecordDecl *Class = nullptr;
  const clang::CXXDestructorDecl *By = nullptr; ///< Of the base.
  const clang::CallExpr *Call = nullptr; ///< Of the virtual method, from there.
  /// What the override joins; or, where \c InBase, what the base's destructor
  /// joins after the call.
  const clang::FieldDecl *Handle = nullptr;
  const clang::Expr *Join = nullptr;
  bool InBase = false;
};

/// All of a unit, one for each override.
std::vector<VirtualStop> virtualStops(const FunctionTable &Table,
                                      const Index &Idx, clang::ASTContext &Ctx);

} // namespace leak

#endif // LEAK_TIDY_VIRTUALSTOPS_H
