//===--- ClassView.h - whether all of a class is visible --------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A class can be blamed only when nothing outside this unit could release its
/// members. Here is decided whether this unit sees all that matters.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_CLASSVIEW_H
#define LEAK_TIDY_CLASSVIEW_H

#include "Index.h"

namespace leak {

/// All that the verdicts on one class have in common.
struct ClassView {
  const clang::CXXRecordDecl *Class = nullptr;
  /// All methods that could release a member are visible, or can't be called.
  bool Known = false;
  /// Some methods are declared, but have no body in the file that has all the
  /// others. Nothing is known of what holders can do with an object.
  bool LeftOver = false;
  const clang::CXXDestructorDecl *Destructor = nullptr; ///< The user's.
  /// What destruction may call.
  llvm::SmallPtrSet<const clang::FunctionDecl *, 16> AtDestruction;
};

ClassView viewClass(const Index &Idx, const clang::CXXRecordDecl *Class);

/// True when nothing outside this unit can do anything to the members of
/// \p Class that this unit doesn't see.
bool allMethodsVisible(const Index &Idx, const clang::CXXRecordDecl *Class);

/// Calls \p Visit for what \p Field is given where it is declared, and by the
/// constructors of \p Class whose bodies are visible.
void forEachInitializer(const clang::FieldDecl *Field,
                        const clang::CXXRecordDecl *Class,
                        llvm::function_ref<void(const clang::Expr *)> Visit);

/// A statement of the body itself ends the program.
bool neverReturns(const clang::FunctionDecl *FD);

} // namespace leak

#endif // LEAK_TIDY_CLASSVIEW_H
