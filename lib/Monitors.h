//===--- Monitors.h - who waits, who wakes, and what is held ----*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A *monitor* (Hoare, "Monitors: an operating system structuring concept",
/// CACM 1974) is state, the mutex that protects it, and the conditions on which
/// executions wait until others have changed it. In C++ it is nowhere declared:
/// here are the operations of each function of the unit from which it can be
/// read, in the order of the source, with the mutexes that are held. Objects
/// are told apart by the members and variables that they are (Place), as far
/// as classes, and structs of C, speak of them.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_MONITORS_H
#define LEAK_TIDY_MONITORS_H

#include "Functions.h"
#include "Index.h"
#include "Permits.h"
#include "Predicates.h"
#include "llvm/ADT/SmallVector.h"
#include <memory>
#include <vector>

namespace leak {

/// One operation.
struct SyncEvent {
  enum What : unsigned char {
    Write,   ///< A member or variable changes.
    Wait,    ///< On a condition.
    Notify,  ///< A condition.
    Acquire, ///< A mutex.
    Start,   ///< An execution is started.
    Join,    ///< ... and waited for.
    Cancel,  ///< ... and asked, or forced, to end.
    Block,   ///< Waits for something else than a condition.
    Call     ///< Of a function with a body in this unit, or of a lambda.
  };
  What Does = Write;
  /// What it is done to: the state, the condition, the mutex, the handle.
  Place Object;
  const clang::Expr *At = nullptr;
  /// Held here by this function, without duplicates; null stands for something
  /// that isn't known.
  llvm::SmallVector<const clang::ValueDecl *, 2> Held;
  /// Released by this function, and not taken since: its caller's, perhaps;
  /// null stands for any.
  llvm::SmallVector<const clang::ValueDecl *, 2> Dropped;
  const clang::Stmt *Loop = nullptr; ///< The innermost one in this function.

  Alteration Changes; ///< Write.

  bool All = false; ///< Notify.

  // Wait.
  /// It ends by itself. Also of Acquire, Join and Block.
  bool Timed = false;
  bool HasPredicate = false;
  Place Mutex; ///< The waiter's; empty when unknown.
  /// What it waits for: of the predicate, or the innermost loop's condition.
  Predicate For;
  /// An `if` around a wait that stands in no loop.
  const clang::IfStmt *If = nullptr;

  /// Call: the function. It may also be called at another time, or not at all.
  const clang::FunctionDecl *Callee = nullptr;
  bool Deferred = false;
  /// Start: what is run, as far as it is visible.
  llvm::SmallVector<const clang::FunctionDecl *, 1> Entries;

  bool holds(const clang::ValueDecl *Mutex) const {
    return llvm::is_contained(Held, Mutex);
  }
};

/// The operations of one function, in the order of the source.
struct SyncFunction {
  const clang::FunctionDecl *Decl = nullptr;
  std::vector<SyncEvent> Events;
  /// It calls what can't be seen, with its own object: that may notify.
  bool HandsThisOn = false;

  /// The first notification of \p Condition from the event \p I on, or null.
  const SyncEvent *notifiedFrom(size_t I,
                                const clang::ValueDecl *Condition) const;
};

class Executions;

class Monitors {
public:
  /// \p Idx tells the starts and joins; null when there are no handles.
  Monitors(clang::ASTContext &Ctx, const Lexicon &Words,
           const FunctionTable &Table, const Index *Idx);
  ~Monitors();

  const llvm::MapVector<const clang::FunctionDecl *, SyncFunction> &
  functions() const {
    return Functions;
  }
  const SyncFunction *find(const clang::FunctionDecl *FD) const;

  /// One operation, reached from some function through calls.
  struct Step {
    const SyncEvent *Event = nullptr;
    const clang::FunctionDecl *In = nullptr;
    /// The operation of the function at the beginning: the event itself, or
    /// the call that leads to it.
    const SyncEvent *Outer = nullptr;
    /// Mutexes held by the callers on the way, as far as they are known.
    llvm::SmallVector<const clang::ValueDecl *, 2> HeldOutside;
    /// The call of `In` and the function in which that stands; null for the
    /// function at the beginning.
    const SyncEvent *Via = nullptr;
    const clang::FunctionDecl *ViaIn = nullptr;
    bool holds(const clang::ValueDecl *Mutex) const {
      return Event->holds(Mutex) || llvm::is_contained(HeldOutside, Mutex);
    }
    bool holdsUnknown() const { return holds(nullptr); }
  };

  /// The operations of \p FD with those of the functions that it calls put in
  /// their places, to a depth of \p Depth calls.
  std::vector<Step> steps(const clang::FunctionDecl *FD,
                          unsigned Depth = 4) const;

  /// A loop, and what ends it.
  struct Loop {
    const clang::Stmt *At = nullptr;
    const Predicate &Exits;
  };
  /// The loops of \p FD, apart from those of its lambdas and over ranges, as
  /// they begin in the source.
  llvm::ArrayRef<Loop> loops(const clang::FunctionDecl *FD) const;

  /// What ends the loop \p At, as exitsOf tells it.
  const Predicate &exits(const clang::Stmt *At) const;

  /// What runs behind handles, and who joins it.
  Executions &executions() const;

  /// \p FD, or what it calls directly, changes \p What in the way \p How.
  bool changes(const clang::FunctionDecl *FD, const clang::ValueDecl *What,
               Change How) const;

  /// Some execution of the unit is ended by force.
  bool anyCancelled() const;

  /// Who calls \p FD in this unit.
  struct Caller {
    const SyncFunction *In;
    const SyncEvent *At;
  };
  llvm::ArrayRef<Caller> callers(const clang::FunctionDecl *FD) const;

  /// Where a loop starts executions that get to an event of which \p IsWait is
  /// true, and to no notification that \p PassesOn to the next one; or null.
  const SyncEvent *
  startOfMany(llvm::function_ref<bool(const SyncEvent &)> IsWait,
              llvm::function_ref<bool(const SyncEvent &)> PassesOn) const;

  /// True when \p FD may be entered with \p Mutex held by its caller.
  bool mayHoldAtEntry(const clang::FunctionDecl *FD,
                      const clang::ValueDecl *Mutex) const;

  /// True when \p FD is what some execution runs.
  bool isEntry(const clang::FunctionDecl *FD) const {
    return Entries.contains(FD->getCanonicalDecl());
  }

  /// All operations on the condition \p D are in sight: it is local to a
  /// function or the unit, or a private member of a class with all methods
  /// here; and nobody takes its address elsewhere.
  bool isClosed(const clang::ValueDecl *D) const;

  /// The address of \p D is given to somebody: what is done with it there,
  /// isn't known.
  bool isGivenAway(const clang::ValueDecl *D) const {
    return GivenAway.contains(D);
  }

  const Lexicon &lexicon() const { return Words; }
  clang::ASTContext &context() const { return Ctx; }

private:
  friend class MonitorBuilder;
  void addSteps(const clang::FunctionDecl *FD, unsigned Depth,
                const SyncEvent *Outer, const SyncEvent *Via,
                const clang::FunctionDecl *ViaIn,
                llvm::ArrayRef<const clang::ValueDecl *> Held,
                llvm::SmallPtrSetImpl<const clang::FunctionDecl *> &Active,
                std::vector<Step> &Into) const;

  clang::ASTContext &Ctx;
  const Lexicon &Words;
  llvm::MapVector<const clang::FunctionDecl *, SyncFunction> Functions;
  llvm::DenseMap<const clang::FunctionDecl *, llvm::SmallVector<Caller, 2>>
      CallersOf;
  llvm::SmallPtrSet<const clang::FunctionDecl *, 8> Entries;
  /// Conditions that are used in a way that isn't understood.
  llvm::SmallPtrSet<const clang::ValueDecl *, 8> Escaped, GivenAway;
  /// Asked for one loop or function by many rules.
  mutable llvm::DenseMap<const clang::Stmt *, std::unique_ptr<const Predicate>>
      ExitsOf;
  mutable llvm::DenseMap<const clang::FunctionDecl *,
                         std::unique_ptr<const std::vector<Loop>>>
      LoopsOf;
  mutable std::unique_ptr<Executions> Executing;
};

} // namespace leak

#endif // LEAK_TIDY_MONITORS_H
