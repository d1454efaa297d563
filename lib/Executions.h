//===--- Executions.h - what runs behind handles, who joins it --*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The executions that a handle may stand for, step by step, and the places
/// where somebody waits for one without a limit. What is found out about stops
/// is found by comparing the two.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_EXECUTIONS_H
#define LEAK_TIDY_EXECUTIONS_H

#include "Monitors.h"
#include <map>

namespace leak {

/// What one execution does.
struct Running {
  const SyncEvent *Start = nullptr; ///< Null: of a class that is a thread.
  const clang::FunctionDecl *Entry = nullptr;
  std::vector<Monitors::Step> Steps;
};

/// A join without a time limit that a function makes, itself or by what it
/// calls, and that isn't only deferred to later.
struct JoinSite {
  const SyncFunction *In = nullptr;
  llvm::ArrayRef<Monitors::Step> Steps; ///< All of the function.
  size_t At = 0;                        ///< The join among them.

  const Monitors::Step &step() const { return Steps[At]; }
  const SyncEvent &event() const { return *Steps[At].Event; }
  const clang::ValueDecl *handle() const { return event().Object.Decl; }
  llvm::ArrayRef<Monitors::Step> before() const { return Steps.take_front(At); }
  /// Who is joined may have ended by other means: by force, or because the
  /// function has waited for something before.
  bool isForcedOrAwaited() const;
};

/// The executions of handles, as far as it is visible what they run, and who
/// joins them. Found once, when the first one asks: Monitors::executions().
class Executions {
public:
  explicit Executions(const Monitors &M);
  const std::vector<Running> &of(const clang::ValueDecl *Handle);
  /// The joins of all functions, at most \p Depth calls deep.
  llvm::ArrayRef<JoinSite> joins(unsigned Depth = 4);
  /// Where \p Handle gets an execution.
  llvm::SmallVector<const SyncEvent *, 2>
  starts(const clang::ValueDecl *Handle) const {
    return Starts.lookup(Handle);
  }

private:
  const Monitors &M;
  llvm::DenseMap<const clang::ValueDecl *,
                 llvm::SmallVector<const SyncEvent *, 2>>
      Starts;
  /// References to what is known stay valid while more is asked.
  llvm::DenseMap<const clang::ValueDecl *,
                 std::unique_ptr<std::vector<Running>>>
      Known;
  struct KnownJoins {
    std::vector<JoinSite> Sites;
    /// What they point into, a vector for each function.
    std::vector<std::unique_ptr<std::vector<Monitors::Step>>> Steps;
  };
  std::map<unsigned, KnownJoins> Joins;
};

/// The ways out of the last loop of the body of what \p R runs, after which it
/// ends; nothing when there is none, or what it runs is elsewhere.
std::optional<Predicate> mainLoopExits(const Monitors &M, const Running &R);

/// A join is in \p F, or may be in what it calls.
bool reachesJoin(const SyncFunction &F);

} // namespace leak

#endif // LEAK_TIDY_EXECUTIONS_H
