//===--- FullQueues.cpp - who waits for room when nobody takes any more ---===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A bounded queue has two sides that wait: for something to take, and for
/// room. A flag that ends the takers, who leave what is in the queue, has to
/// release the other side as well: it tests the flag, and its condition is
/// notified.
///
//===----------------------------------------------------------------------===//

#include "Wakeups.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace leak {

namespace {

struct Use {
  const FunctionDecl *In;
  const SyncEvent *Event;
};

class FullFinder {
public:
  explicit FullFinder(const Monitors &M) : M(M), Ctx(M.context()) {
    for (const auto &[FD, F] : M.functions())
      for (const SyncEvent &E : F.Events)
        if (E.Does == SyncEvent::Wait && !E.For.Opaque && !E.For.Terms.empty())
          Waits.push_back({F.Decl, &E});
  }

  std::vector<MissedWakeup> run() {
    if (Waits.size() < 2)
      return {};
    for (const Use &Room : Waits)
      for (const Use &Taker : Waits)
        if (!Room.Event->Timed && Room.In != Taker.In &&
            Room.Event->Object.Decl != Taker.Event->Object.Decl)
          pair(Room, Taker);
    return std::move(Result);
  }

private:
  /// The one waits for room and then adds; the other one waits and then takes.
  void pair(const Use &Room, const Use &Taker) {
    for (const Predicate::Term &T : Room.Event->For.Terms) {
      const ValueDecl *Queue = T.What.Decl;
      if (T.Helps != Change::Lower ||
          !M.changes(Room.In, Queue, Change::Raise) ||
          !M.changes(Taker.In, Queue, Change::Lower) ||
          !Taker.Event->For.tests(Queue))
        continue;
      for (const auto &[FD, F] : M.functions())
        for (const SyncEvent &E : F.Events)
          if (E.Does == SyncEvent::Write && E.Changes.How == Change::Set &&
              isFlag(E.Object.Decl) && !isa<CXXConstructorDecl>(F.Decl) &&
              Taker.Event->For.helped(E.Changes) == Answer::Yes &&
              stops(F, E, Room, Taker))
            return;
    }
  }

  /// \p F sets the flag with \p E and wakes those who take.
  bool stops(const SyncFunction &F, const SyncEvent &E, const Use &Room,
             const Use &Taker) {
    const SyncEvent *WakesTakers = nullptr;
    bool WakesRoom = false, Passed = false;
    for (const Monitors::Step &S : M.steps(F.Decl)) {
      Passed |= S.Event == &E;
      // What it takes out itself makes room.
      if (S.Event->Does == SyncEvent::Write && S.Event != &E &&
          Room.Event->For.helped(S.Event->Changes) != Answer::No)
        return false;
      if (!Passed || S.Event->Does != SyncEvent::Notify)
        continue;
      if (S.Event->Object.Decl == Taker.Event->Object.Decl)
        WakesTakers = S.Event;
      WakesRoom |= S.Event->Object.Decl == Room.Event->Object.Decl;
    }
    bool Tests = Room.Event->For.helped(E.Changes) != Answer::No;
    if (!WakesTakers || (Tests && WakesRoom) || F.HandsThisOn ||
        !leavesRest(Taker.In, E.Changes, 0))
      return false;
    // Others that are called afterwards may do it.
    if (Tests && wokenByCallers(F.Decl, Room.Event->Object.Decl))
      return false;
    MissedWakeup W;
    W.Why = MissedWakeup::LeftFull;
    W.In = F.Decl;
    W.Change = &E;
    W.Wait = Room.Event;
    W.Notify = WakesTakers;
    W.Tests = Tests;
    Result.push_back(W);
    return true;
  }

  bool wokenByCallers(const FunctionDecl *FD, const ValueDecl *D) const {
    return llvm::any_of(M.callers(FD), [&](const Monitors::Caller &C) {
      return llvm::any_of(M.steps(C.In->Decl), [&](const Monitors::Step &S) {
        return S.Event->Does == SyncEvent::Notify && S.Event->Object.Decl == D;
      });
    });
  }

  /// Once the flag is set, nobody looks whether something is left: a branch, or
  /// the loop around its calls, is left by the flag alone.
  bool leavesRest(const FunctionDecl *FD, const Alteration &Set,
                  unsigned Depth) const {
    if (Depth > 2)
      return false;
    if (leavesBy(FD->getBody(), Set))
      return true;
    return llvm::any_of(M.callers(FD), [&](const Monitors::Caller &C) {
      return (C.At->Loop && byFlag(M.exits(C.At->Loop), Set)) ||
             leavesRest(C.In->Decl, Set, Depth + 1);
    });
  }

  static bool byFlag(const Predicate &P, const Alteration &Set) {
    return !P.Opaque && !P.Terms.empty() && P.helped(Set) == Answer::Yes &&
           llvm::all_of(P.Terms, [&](const Predicate::Term &T) {
             return T.What.Decl == Set.What.Decl;
           });
  }

  /// `if (stop) return;`
  bool leavesBy(const Stmt *S, const Alteration &Set) const {
    if (!S || isa<LambdaExpr>(S))
      return false;
    if (const auto *If = dyn_cast<IfStmt>(S)) {
      const Stmt *Then = If->getThen();
      if (const auto *CS = dyn_cast<CompoundStmt>(Then);
          CS && !CS->body_empty())
        Then = CS->body_back();
      if (isa<ReturnStmt, CXXThrowExpr>(Then) &&
          byFlag(predicateOf(If->getCond(), true, Ctx), Set))
        return true;
    }
    return llvm::any_of(
        S->children(), [&](const Stmt *Child) { return leavesBy(Child, Set); });
  }

  const Monitors &M;
  ASTContext &Ctx;
  llvm::SmallVector<Use, 8> Waits;
  std::vector<MissedWakeup> Result;
};

} // namespace

std::vector<MissedWakeup> leftFull(const Monitors &M) {
  return FullFinder(M).run();
}

} // namespace leak
