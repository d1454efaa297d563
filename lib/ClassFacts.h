//===--- ClassFacts.h - what a class does to its members --------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// For each member that holds modelled objects: who starts it, who releases
/// it, and whether destruction gets there. A verdict is given only when all
/// that could matter is visible in this unit; else it is `Unknown`.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_CLASSFACTS_H
#define LEAK_TIDY_CLASSFACTS_H

#include "Guards.h"
#include "Index.h"

namespace leak {

enum class MemberVerdict {
  Fine,        ///< Destruction releases it, or it is never started here.
  Unknown,     ///< Some part is in another unit, or escapes.
  HoldersDuty, ///< Released by a method that destruction doesn't reach: who
               ///< makes an object of the class has to call it.
  // From here on it is a defect of the class.
  NeverReleased, ///< Started, and nothing in the class releases it.
  NotReached,    ///< Released by a method that destruction doesn't reach,
                 ///< while a sibling's release is reached.
  LeftToHolders, ///< Released only by a method that destruction doesn't reach,
                 ///< though it is started by the constructor on its own
                 ///< object, or the method is about something else.
  NeverStarted,  ///< Joined at destruction without asking whether it was
                 ///< started, which no constructor does.
  Guarded        ///< Released only while something is so that isn't when the
                 ///< execution has ended by itself, or never (GuardKind).
};

/// Why a guarded release isn't reached.
enum class GuardKind {
  Execution, ///< The execution itself changes the flag when it ends.
  Nobody,    ///< Nobody ever gives the flag the other value.
  Borrowed   ///< It needs an object that the execution owns, and that ends
             ///< with it.
};

/// What a member is in an object whose execution was never started.
enum class Absence {
  Handle,  ///< A handle that has no execution.
  Null,    ///< A pointer to nothing, an empty owner.
  NeverSet ///< A pointer that has no value.
};

struct MemberFact {
  const Subject *What = nullptr;
  const Index *In = nullptr; ///< Where that subject stands.
  const clang::CXXRecordDecl *Class = nullptr;
  MemberVerdict Verdict = MemberVerdict::Unknown;
  /// The user-written destructor, or null when there is none.
  const clang::CXXDestructorDecl *Destructor = nullptr;
  llvm::SmallVector<const Use *, 2> Starts;
  /// A release that destruction doesn't reach; for NeverStarted, the one that
  /// it does.
  const Use *Elsewhere = nullptr;
  const Use *Sibling = nullptr; ///< The release of another member that it does.
  const clang::ValueDecl *SiblingDecl = nullptr;
  /// Where a member that is a pointer is deleted.
  std::optional<Use> Deleted;
  /// A release that is made only to start it again.
  std::optional<Use> Renewed;
  /// A loop that releases all of many but "the first" or "the last".
  std::optional<Use> Partial;
  llvm::StringRef LeavesOut;
  /// The flag of a guarded release, and where the execution changes it or takes
  /// what it depends on.
  GuardKind Why = GuardKind::Execution;
  Guard Flag;
  const clang::Expr *Changed = nullptr;
  /// For NeverStarted.
  Absence Without = Absence::Handle;
};

/// True when \p U gives a member that holds objects as \p What says a running
/// execution: starts one, or takes one over from elsewhere.
bool startsMember(const Use &U, const Shape &What);

/// One fact for each member that is a subject, in the order of their first
/// mention.
std::vector<MemberFact> memberFacts(const Index &Idx);

/// Fields of structs of C that are started in this unit, which alone knows the
/// struct, and released nowhere in it.
std::vector<const Subject *> unreleasedStructFields(const Index &Idx);

/// Local variables of classes of the project with a role (Roles.h), whose
/// execution the function starts, and neither releases nor hands on.
std::vector<const Subject *> unreleasedHolders(const Index &Idx);

/// Variables with static storage that are started here and released nowhere in
/// the unit, and that no other unit can see.
std::vector<const Subject *> unreleasedGlobals(const Index &Idx);

} // namespace leak

#endif // LEAK_TIDY_CLASSFACTS_H
