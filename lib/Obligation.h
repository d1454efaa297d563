//===--- Obligation.h - what some path forgets ------------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// An *obligation* is incurred by an operation (`lock`), or when a function is
/// entered (a completion callback), and must be discharged, or handed on, on
/// every path. This simulates one obligation along the paths of one function:
///
///         Incur              Discharge
///   Free --------> Owed ----------------> Done
///                   |  HandOn               |  HandOn
///                   +---------> Gone <------+
///
/// The state is that of the obligation and of the facts on which branches
/// depend (Facts.h), after the idea of property simulation (Das, Lerner,
/// Seigle: ESP, PLDI 2002). Unlike there, facts are never merged, so that each
/// path that is told is possible as far as the facts go.
///
/// Checks give a `Duty`: what each statement does to the obligation.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_OBLIGATION_H
#define LEAK_TIDY_OBLIGATION_H

#include "Facts.h"
#include "Flow.h"
#include "Throws.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace leak {

enum class Owing : unsigned char { Free, Owed, Done, Gone };

/// What one statement does to the obligation. Where a call may do one of two
/// things and its result tells which, there are two acts with disjoint results.
struct Act {
  enum Kind : unsigned char {
    Nothing,
    Incur,
    Discharge,
    HandOn,  ///< Somebody else has the duty now, or may have.
    Renounce ///< There is no duty on this path after all.
  };
  Kind What = Nothing;
  unsigned char Result = Value::Any; ///< Signs of the statement's value.
};
using Acts = llvm::SmallVector<Act, 2>;

/// One function, prepared for the simulation of several obligations; made by
/// `FlowGraphs::body`.
class Body {
public:
  /// \p In has a body.
  Body(const clang::FunctionDecl *In, FlowGraphs &Graphs);

  const clang::FunctionDecl *function() const { return In; }
  const Names &names() const { return N; }
  clang::ASTContext &context() const { return Ctx; }
  clang::CFG *graph() const { return Graph; }
  const llvm::StringSet<> &relevant() const { return Relevant; }
  /// True when nobody looks at the value of \p E.
  bool isDiscarded(const clang::Expr *E) const { return Discarded.contains(E); }
  /// The innermost `try` around \p S whose handlers run when it throws.
  const clang::CXXTryStmt *tryAround(const clang::Stmt *S) const;

private:
  void noteTries(const clang::Stmt *S, const clang::CXXTryStmt *Around);
  void noteDiscarded(const clang::Stmt *S);

  const clang::FunctionDecl *In;
  clang::ASTContext &Ctx;
  Names N;
  clang::CFG *Graph;
  llvm::StringSet<> Relevant;
  llvm::DenseMap<const clang::Stmt *, const clang::CXXTryStmt *> Tries;
  llvm::SmallPtrSet<const clang::Expr *, 16> Discarded;
};

/// What a check knows about one obligation.
class Duty {
public:
  virtual ~Duty();

  /// What evaluating \p S does, its parts not included. Empty means nothing.
  virtual Acts acts(const clang::Stmt *S, Owing Now) const = 0;

  /// What the end of the life of the local variable \p D does.
  virtual Act::Kind endOf(const clang::VarDecl *D) const;

  /// What is learnt when \p Cond was \p Truth; for example that the callback
  /// is null, and nothing is owed.
  virtual Act::Kind learn(const clang::Expr *Cond, bool Truth) const;

  /// The name of the object; it is lost when a variable in it changes. Empty
  /// when there is none.
  virtual std::string object() const = 0;

  /// True when nobody else has another name for it, by which it could still be
  /// discharged when a variable in its name has changed.
  virtual bool hasOneName() const { return false; }

  /// It is owed from the beginning.
  virtual bool owedAtEntry() const { return false; }

  /// Whether calls are followed that may throw without a handler here.
  virtual const ThrowSearch *throws() const { return nullptr; }
};

/// One decision on a path.
struct Branch {
  const clang::Expr *Cond = nullptr;
  bool Truth = false;
};

/// How one path got to its end.
struct Outcome {
  Owing State = Owing::Free;
  const clang::Stmt *Incurred = nullptr;   ///< Null when owed at entry.
  const clang::Stmt *Discharged = nullptr; ///< The last one.
  /// The `return` or `throw`, the call that throws, or null at the end of the
  /// body.
  const clang::Stmt *Exit = nullptr;
  bool Throws = false;
  /// It was discharged before it was incurred: the caller had incurred it.
  bool HeldBefore = false;
  Value Returned;
  /// The decisions, in the order in which they were made.
  std::vector<Branch> Way;
};

/// Something wrong on the way.
struct Misstep {
  enum Kind {
    Again, ///< Incurred while owed.
    Twice, ///< Discharged, though it had been, and was not incurred since.
    Lost,  ///< Its object got another value, or a new life, while owed.
    Bare   ///< Discharged, though it was never incurred on this path.
  };
  Kind What = Again;
  const clang::Stmt *At = nullptr;
  /// Where it was incurred, discharged; of Bare, what failed to incur it.
  const clang::Stmt *Before = nullptr;
  /// It was discharged before it was incurred: the caller had incurred it.
  bool HeldBefore = false;
  std::vector<Branch> Way;
};

struct Simulation {
  std::vector<Outcome> Outcomes; ///< One for each exit and final state.
  std::vector<Misstep> Missteps; ///< One for each place and kind.
  /// What incurred something that is discharged on some path, which need not
  /// get to an exit; and where.
  llvm::MapVector<const clang::Stmt *,
                  llvm::SmallVector<const clang::Stmt *, 2>>
      Settled;
  /// What was lost by a change of a variable was discharged later all the same,
  /// by the name that was thought to be another object's.
  bool FoundAgain = false;
  bool Complete = true; ///< All paths within the budget.
  unsigned States = 0;
};

/// Follows \p D through \p B. Deterministic; shorter paths come first.
Simulation simulate(const Body &B, const Duty &D, unsigned MaxStates = 4000);

/// The same for whoever only asks what goes wrong. Empty, and cheap, when plain
/// flow shows that on no path, possible or not, it is owed at an exit or there
/// is a misstep.
Simulation simulateDoubts(const Body &B, const Duty &D,
                          unsigned MaxStates = 4000);

/// The end of the path, for a note: the return, the throw, the closing brace.
clang::SourceLocation exitLocation(const clang::FunctionDecl *In,
                                   const Outcome &O);

} // namespace leak

#endif // LEAK_TIDY_OBLIGATION_H
