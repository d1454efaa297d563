//===--- Releases.h - releases that destruction can't count on --*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A class that releases a member in a public method has a convention: who
/// holds an object calls it. These are releases that no convention can be
/// about, and starts of members that their class alone is responsible for.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_RELEASES_H
#define LEAK_TIDY_RELEASES_H

#include "Index.h"

namespace leak {

/// True when \p U, a release of \p S, is made only to start it again: the same
/// statements go on to do so, whatever happens.
bool isForRestart(const Subject &S, const Use &U);

/// True when \p U, a release, depends on what some call says of a parameter of
/// the method: `if (writers.erase(writer)) thread.join();`. That is about the
/// parameter, and no way to end the object.
bool isIncidental(const Use &U);

/// True when \p Class isn't abstract, has no derived class in this unit, and
/// some method of it is defined in the main file: what isn't done here to its
/// protected members, probably nobody does.
bool isWholeHere(const Index &Idx, const clang::CXXRecordDecl *Class);

/// True when \p S is a container of pointers whose elements are deleted by one
/// of \p AtDestruction.
bool deletesElements(
    const Index &Idx, const Subject &S,
    const llvm::SmallPtrSetImpl<const clang::FunctionDecl *> &AtDestruction);

/// True when \p U inserts a local variable that was started before, and is
/// given to nobody else.
bool insertsStarted(const Index &Idx, const Use &U);

} // namespace leak

#endif // LEAK_TIDY_RELEASES_H
