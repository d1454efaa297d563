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

#include "Index.h"

namespace leak {

enum class MemberVerdict {
  Fine,          ///< Destruction releases it, or it is never started here.
  Unknown,       ///< Some part is in another unit, or escapes.
  NeverReleased, ///< Started, and nothing in the class releases it.
  HoldersDuty,   ///< Released by a method that destruction doesn't reach: who
                 ///< makes an object of the class has to call it.
  NotReached     ///< Released by a method that destruction doesn't reach,
                 ///< while a sibling's release is reached.
};

struct MemberFact {
  const Subject *What = nullptr;
  const clang::CXXRecordDecl *Class = nullptr;
  MemberVerdict Verdict = MemberVerdict::Unknown;
  /// The user-written destructor, or null when there is none.
  const clang::CXXDestructorDecl *Destructor = nullptr;
  llvm::SmallVector<const Use *, 2> Starts;
  const Use *Elsewhere = nullptr; ///< A release that destruction doesn't reach.
  const Use *Sibling = nullptr; ///< The release of another member that it does.
  const clang::ValueDecl *SiblingDecl = nullptr;
  /// Where a member that is a pointer is deleted.
  std::optional<Use> Deleted;
  /// A loop that releases all of many but "the first" or "the last".
  std::optional<Use> Partial;
  llvm::StringRef LeavesOut;
};

/// One fact for each member that is a subject, in the order of their first
/// mention.
std::vector<MemberFact> memberFacts(const Index &Idx);

/// Variables with static storage that are started here and released nowhere in
/// the unit, and that no other unit can see.
std::vector<const Subject *> unreleasedGlobals(const Index &Idx);

} // namespace leak

#endif // LEAK_TIDY_CLASSFACTS_H
