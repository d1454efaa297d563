//===--- Registrations.h - callbacks that outlive their owner ---*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// An object has itself called back by a timer, keeps what the registration
/// returns in a member, or drops it, and is destroyed without taking it back.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_REGISTRATIONS_H
#define LEAK_TIDY_REGISTRATIONS_H

#include "Functions.h"
#include "Lexicon.h"

namespace leak {

struct ForgottenRegistration {
  /// Null when what the registration returns is dropped.
  const clang::FieldDecl *Field = nullptr;
  const clang::Expr *Made = nullptr; ///< The call that registers, or arms, it.
  bool Inside = false; ///< The member is the timer, and no mere name of it.
  const clang::CXXDestructorDecl *Destructor = nullptr;
  /// Another member that comes from the same function, and the call with which
  /// destruction takes it back. Null when only the models speak.
  const clang::FieldDecl *Sibling = nullptr;
  /// Without a sibling: a call elsewhere that takes this one back.
  const clang::Expr *TakenBack = nullptr;
  /// What nobody calls, and is there to take such registrations back.
  const clang::FunctionDecl *Undo = nullptr;
};

/// All of a unit, one for each member.
std::vector<ForgottenRegistration>
forgottenRegistrations(const FunctionTable &Table, const Lexicon &Words);

/// By its name \p FD has something called later.
bool isTiming(const clang::FunctionDecl *FD);

/// By its name it takes back what another function has done.
bool undoes(const clang::FunctionDecl *FD);

} // namespace leak

#endif // LEAK_TIDY_REGISTRATIONS_H
