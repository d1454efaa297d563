//===--- FixIts.h - mends that compile and silence the finding --*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Fix-its for objects that owe a release. Each function gives nothing rather
/// than text that might not compile or not do.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_FIXITS_H
#define LEAK_TIDY_FIXITS_H

#include "Index.h"
#include "clang/Basic/Diagnostic.h"

namespace leak {

/// Declares \p S as the type that releases by itself (std::jthread), when the
/// language and the library have it, all uses stay valid, and no visible body
/// of the callable runs for ever, so that the release would hang.
std::optional<clang::FixItHint> declareAsJoiningType(const Index &Idx,
                                                     const Subject &S);

/// Releases \p S before each of the exits of \p In that are told by the last
/// location of a statement or scope. Empty when one of them can't be mended.
std::vector<clang::FixItHint>
releaseBeforeExits(const Index &Idx, const Subject &S,
                   const clang::FunctionDecl *In,
                   llvm::ArrayRef<clang::SourceLocation> Exits);

/// Releases \p S, a member, at the end of the body of \p Destructor.
std::optional<clang::FixItHint>
releaseInDestructor(const Index &Idx, const Subject &S,
                    const clang::CXXDestructorDecl *Destructor);

} // namespace leak

#endif // LEAK_TIDY_FIXITS_H
