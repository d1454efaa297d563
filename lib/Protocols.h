//===--- Protocols.h - channels and events of the project's own -*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A class whose methods wait on a condition of its own is a channel, a
/// counter, a permit or a signal, by what they wait for and what the others
/// change:
///
///   waits for          then            others                   kind
///   a container to     takes from it   add and notify: send     channel
///   have something                     set a flag that the
///                                      wait tests: close
///   a number to be 0                   raise, lower it          counter
///   a number not to    lowers it       raise it and notify      permit
///   be 0
///   a flag                             set it and notify        signal
///
/// As with Roles.h, that is written down as a model.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_PROTOCOLS_H
#define LEAK_TIDY_PROTOCOLS_H

#include "Monitors.h"
#include "Report.h"
#include "Roles.h"

namespace leak {

/// The classes of this unit that are one of these, in the order of their first
/// wait; each instance of a template on its own. `Member` is the condition,
/// `Releaser` the method that waits.
std::vector<InferredRole> inferProtocols(const Monitors &M);

/// What the method that \p Call calls is taken for, and why, where that was
/// inferred; for the notes of a finding that rests on it.
std::optional<Note> inferredNote(const clang::Stmt *Call, const Lexicon &Words);

} // namespace leak

#endif // LEAK_TIDY_PROTOCOLS_H
