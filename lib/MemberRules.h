//===--- MemberRules.h - releases that destruction may not get to -*- C++ -*-=//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Parts of the verdict on a member (ClassFacts.h) that destruction does
/// release: not always, or without asking whether there is anything.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_MEMBERRULES_H
#define LEAK_TIDY_MEMBERRULES_H

#include "ClassFacts.h"
#include "ClassView.h"

namespace leak {

/// Finds releases of the member \p F, reached at destruction, all of which
/// depend on something that isn't so when the execution has ended, or never.
void findGuard(const Index &Idx, MemberFact &F, const ClassView &V,
               llvm::ArrayRef<Use> Uses);

/// Finds a join at destruction that fails when the object was made, but its
/// execution never started.
void findBlindJoin(const Index &Idx, MemberFact &F, const ClassView &V,
                   llvm::ArrayRef<Use> Uses);

/// True when some constructor starts the member.
bool constructorStarts(const Index &Idx, const MemberFact &F);

/// True when \p U, a start, has options that may say that nobody has to release
/// the execution.
bool mayStartDetached(const Use &U);

/// Adds all that the executions of \p F may run.
void addExecuted(const Index &Idx, const MemberFact &F,
                 llvm::SmallPtrSetImpl<const clang::FunctionDecl *> &Into);

/// True when \p S, the start of an execution, hands its own object on: as an
/// argument, or captured by a lambda. Reading a member doesn't.
bool handsThisOn(const clang::Stmt *S);

/// A call of \p Callee in \p Body, or null.
const clang::Stmt *callIn(const clang::Stmt *Body,
                          const clang::FunctionDecl *Callee);

} // namespace leak

#endif // LEAK_TIDY_MEMBERRULES_H
