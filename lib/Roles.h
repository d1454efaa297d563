//===--- Roles.h - roles that the project's own classes play ----*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A class that owns an execution, and neither joins nor detaches it when it is
/// destroyed, passes the duty on: whoever holds an object of it must call the
/// method that does. Such a class is a task handle like any library's, so its
/// role is written down as one: a TypeModel, with what each method does read
/// from the bodies, whatever the methods are called.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_ROLES_H
#define LEAK_TIDY_ROLES_H

#include "ClassFacts.h"
#include "llvm/Support/raw_ostream.h"

namespace leak {

/// What one class of the project is, by what its methods do.
struct InferredRole {
  const clang::CXXRecordDecl *Class = nullptr;
  TypeModel Model;
  /// The member, or the base class's member, from which the duty comes.
  const clang::ValueDecl *Member = nullptr;
  /// A method that releases it, for notes; never null.
  const clang::FunctionDecl *Releaser = nullptr;
};

/// The roles of the classes of this unit whose methods are all visible, and
/// about whose members \p Facts says that their holders have to release them.
/// In the order of the facts; derived classes follow their bases.
std::vector<InferredRole> inferRoles(const Index &Idx,
                                     llvm::ArrayRef<MemberFact> Facts);

/// Writes \p Roles as a model file (docs/models.md).
void printModelFile(llvm::ArrayRef<InferredRole> Roles, llvm::raw_ostream &OS);

} // namespace leak

#endif // LEAK_TIDY_ROLES_H
