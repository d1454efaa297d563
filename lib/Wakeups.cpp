//===--- Wakeups.cpp - waits that miss their wake-up ----------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Wakeups.h"
#include "Spelling.h"
#include "Statements.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace leak {

namespace {

/// What statements do to the duty to notify after the change \p Change.
class WakeDuty : public Duty {
public:
  WakeDuty(const Expr *Change, llvm::SmallPtrSet<const Stmt *, 4> Notifies)
      : Change(Change), Notifies(std::move(Notifies)) {}

  Acts acts(const Stmt *S, Owing Now) const override {
    if (S == Change)
      return {{Act::Incur, Value::Any}};
    if (Notifies.contains(S))
      return {{Act::Discharge, Value::Any}};
    return {};
  }
  std::string object() const override { return ""; }

private:
  const Expr *Change;
  llvm::SmallPtrSet<const Stmt *, 4> Notifies;
};

/// True when \p A and \p B stand in different branches of an `if` in \p S, and
/// no loop around both comes from one to the other.
bool exclusive(const Stmt *S, const Stmt *A, const Stmt *B) {
  while (S && !isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S)) {
    if (const auto *If = dyn_cast<IfStmt>(S))
      if ((contains(If->getThen(), A) && contains(If->getElse(), B)) ||
          (contains(If->getElse(), A) && contains(If->getThen(), B)))
        return true;
    const Stmt *Next = nullptr;
    for (const Stmt *Child : S->children())
      if (contains(Child, A) && contains(Child, B))
        Next = Child;
    S = Next;
  }
  return false;
}

/// One condition with all that is done to it in the unit.
struct Protocol {
  struct Use {
    const FunctionDecl *In;
    const SyncEvent *Event;
  };
  std::vector<Use> Waits; ///< Those that don't end by themselves.
  std::vector<Use> AllWaits;
  std::vector<Use> Notifies;
};

class Finder {
public:
  Finder(const Monitors &M, FlowGraphs &Graphs)
      : M(M), Ctx(M.context()), Graphs(Graphs) {
    for (const auto &[FD, F] : M.functions())
      for (const SyncEvent &E : F.Events) {
        if (E.Does == SyncEvent::Wait) {
          Protocols[E.Object.Decl].AllWaits.push_back({F.Decl, &E});
          if (!E.Timed)
            Protocols[E.Object.Decl].Waits.push_back({F.Decl, &E});
        } else if (E.Does == SyncEvent::Notify) {
          Protocols[E.Object.Decl].Notifies.push_back({F.Decl, &E});
        }
      }
  }

  std::vector<MissedWakeup> run() {
    for (const auto &[Condition, P] : Protocols) {
      if (P.Waits.empty())
        continue;
      if (P.Notifies.empty() && M.isClosed(Condition))
        tell(MissedWakeup::Nobody, P.Waits.front());
      for (const Protocol::Use &W : P.Waits)
        testedOnce(W);
    }
    for (const auto &[FD, F] : M.functions())
      changes(F);
    for (MissedWakeup &W : blindWaits(M))
      tell(std::move(W));
    for (MissedWakeup &W : leftFull(M))
      tell(std::move(W));
    return std::move(Result);
  }

private:
  void tell(MissedWakeup W) {
    for (const MissedWakeup &Old : Result)
      if (Old.Why == W.Why &&
          (W.Change && W.Why != MissedWakeup::Untested ? Old.Change == W.Change
                                                       : Old.Wait == W.Wait))
        return;
    Result.push_back(std::move(W));
  }

  /// About the wait alone.
  void tell(MissedWakeup::Reason Why, const Protocol::Use &Wait) {
    MissedWakeup W;
    W.Why = Why;
    W.In = Wait.In;
    W.Wait = Wait.Event;
    tell(std::move(W));
  }

  /// `if (!ready) cv.wait(lock);`
  void testedOnce(const Protocol::Use &W) {
    const SyncEvent &E = *W.Event;
    if (E.HasPredicate || E.Loop || !E.If || E.For.Terms.empty() ||
        E.For.Opaque)
      return;
    // How it waits is asked, not for what: nobody else changes a parameter.
    if (llvm::all_of(E.For.Terms, [](const Predicate::Term &T) {
          return isa<ParmVarDecl>(T.What.Decl);
        }))
      return;
    // It is called until it is so, or tests again what it waited for.
    for (const Monitors::Caller &C : M.callers(W.In))
      if (C.At->Loop)
        return;
    if (testedAfter(W.In->getBody(), E) || gotoIn(W.In->getBody()))
      return;
    tell(MissedWakeup::NoLoop, W);
  }

  static bool gotoIn(const Stmt *S) {
    return S && (isa<GotoStmt>(S) || llvm::any_of(S->children(), gotoIn));
  }

  bool testedAfter(const Stmt *S, const SyncEvent &E) const {
    if (!S)
      return false;
    if (const auto *If = dyn_cast<IfStmt>(S);
        If && If != E.If &&
        Ctx.getSourceManager().isBeforeInTranslationUnit(E.At->getBeginLoc(),
                                                         If->getBeginLoc())) {
      Predicate P = predicateOf(If->getCond(), true, Ctx);
      for (const Predicate::Term &T : E.For.Terms)
        if (P.tests(T.What.Decl))
          return true;
    }
    // What it returns tells the caller.
    if (const auto *Return = dyn_cast<ReturnStmt>(S);
        Return && Return->getRetValue()) {
      Predicate P = predicateOf(Return->getRetValue(), true, Ctx);
      for (const Predicate::Term &T : E.For.Terms)
        if (P.tests(T.What.Decl))
          return true;
    }
    return llvm::any_of(S->children(), [&](const Stmt *Child) {
      return testedAfter(Child, E);
    });
  }

  /// The mutex that all waiters on it use; null when they differ, or nobody
  /// knows.
  static const ValueDecl *mutexOf(const Protocol &P) {
    const ValueDecl *Mutex = P.Waits.front().Event->Mutex.Decl;
    for (const Protocol::Use &W : P.Waits)
      if (W.Event->Mutex.Decl != Mutex)
        return nullptr;
    return Mutex;
  }

  void changes(const SyncFunction &F) {
    // Nobody waits on what isn't made yet.
    if (isa<CXXConstructorDecl>(F.Decl))
      return;
    if (const auto *Method = dyn_cast<CXXMethodDecl>(F.Decl);
        Method && (Method->isMoveAssignmentOperator() ||
                   Method->isCopyAssignmentOperator()))
      return;
    std::vector<Monitors::Step> Steps;
    for (const SyncEvent &E : F.Events) {
      if (E.Does != SyncEvent::Write)
        continue;
      for (auto &[Condition, P] : Protocols) {
        const Protocol::Use *Waiter = nullptr;
        // One without a bound, rather.
        for (const Protocol::Use &W : P.AllWaits)
          if ((!Waiter || Waiter->Event->Timed) &&
              W.Event->For.helped(E.Changes) == Answer::Yes &&
              sameOwner(W.Event->Object.Decl, E.Object.Decl))
            Waiter = &W;
        if (!Waiter)
          continue;
        if (Steps.empty())
          Steps = M.steps(F.Decl);
        change(F, E, Condition, P, *Waiter, Steps);
      }
    }
  }

  /// \p FD is a method of the class of \p Condition, or that isn't private.
  static bool sameOwner(const ValueDecl *Condition, const FunctionDecl *FD) {
    const auto *Field = dyn_cast<FieldDecl>(Condition);
    if (!Field || Field->getAccess() != AS_private)
      return true;
    const DeclContext *Owner = Field->getDeclContext()->getPrimaryContext();
    for (const DeclContext *DC = FD; DC; DC = DC->getParent())
      if (DC->getPrimaryContext() == Owner)
        return true;
    return false;
  }

  /// The condition and what its waiters test are members of one class, or both
  /// variables.
  static bool sameOwner(const ValueDecl *A, const ValueDecl *B) {
    return isa<FieldDecl>(A) == isa<FieldDecl>(B) &&
           (!isa<FieldDecl>(A) || A->getDeclContext()->getPrimaryContext() ==
                                      B->getDeclContext()->getPrimaryContext());
  }

  void change(const SyncFunction &F, const SyncEvent &E,
              const ValueDecl *Condition, const Protocol &P,
              const Protocol::Use &Waiter, ArrayRef<Monitors::Step> Steps) {
    size_t At = 0;
    while (At != Steps.size() && Steps[At].Event != &E)
      ++At;
    if (At == Steps.size())
      return;
    const Monitors::Step *After = nullptr, *Before = nullptr;
    const SyncEvent *AfterAll = nullptr;
    size_t AfterAt = 0, BeforeAt = 0;
    bool StartsAfter = false, JoinsAfter = false, Elsewhere = false;
    const Stmt *WaitsAgain = nullptr;
    for (const SyncEvent &W : F.Events)
      if (W.Does == SyncEvent::Wait && !W.Timed && E.Loop &&
          contains(E.Loop, W.At))
        WaitsAgain = E.Loop;
    for (size_t I = 0; I != Steps.size(); ++I) {
      const Monitors::Step &S = Steps[I];
      if (I > At) {
        StartsAfter |= S.Event->Does == SyncEvent::Start;
        JoinsAfter |= S.Event->Does == SyncEvent::Join;
      }
      if (S.Event->Does != SyncEvent::Notify ||
          S.Event->Object.Decl != Condition)
        continue;
      // Another branch notifies.
      if (exclusive(F.Decl->getBody(), E.At, S.Outer->At)) {
        Elsewhere = true;
        continue;
      }
      // Only when the loop is over, and in the loop it waits again.
      if (I > At && WaitsAgain && !contains(WaitsAgain, S.Outer->At))
        continue;
      if (I > At) {
        if (!After) {
          After = &S;
          AfterAt = I;
        }
        if (S.Event->All || S.Event->Loop)
          AfterAll = S.Event;
      } else {
        Before = &S;
        BeforeAt = I;
      }
    }
    // What is set up before anybody is started.
    if (StartsAfter)
      return;
    MissedWakeup Missed;
    Missed.In = F.Decl;
    Missed.Wait = Waiter.Event;
    Missed.Change = &E;
    bool Timed = Waiter.Event->Timed;
    const ValueDecl *Mutex = Timed ? nullptr : mutexOf(P);
    if (After) {
      Missed.Notify = After->Event;
      if (Mutex &&
          unprotected(F, E, Mutex, Steps.slice(At, AfterAt - At + 1))) {
        Missed.Why = MissedWakeup::Unprotected;
        Missed.Mutex = Mutex;
        tell(Missed);
      }
      if (!AfterAll && P.Waits.size() == P.AllWaits.size())
        onlyOne(Missed, Condition);
      if (!Before && !Timed && !notifiedByCallers(F.Decl, Condition, 0) &&
          !waits(F.Decl, P, E))
        leftBefore(F, Missed, Condition, Steps);
      return;
    }
    if (M.find(F.Decl)->HandsThisOn ||
        notifiedByCallers(F.Decl, Condition, 0) || waits(F.Decl, P, E))
      return;
    // In a loop, it comes around to the notification again.
    if (Before && Mutex && Before->Outer->Loop == Steps[At].Outer->Loop &&
        !E.Loop) {
      bool Together = Before->holds(Mutex) || Before->holdsUnknown() ||
                      M.mayHoldAtEntry(F.Decl, Mutex);
      bool OtherChange = false;
      for (const Monitors::Step &S : Steps.take_front(BeforeAt))
        OtherChange |=
            S.Event->Does == SyncEvent::Write &&
            llvm::any_of(P.Waits, [&](const Protocol::Use &W) {
              return W.Event->For.helped(S.Event->Changes) != Answer::No;
            });
      if (!Together && !OtherChange) {
        Missed.Why = MissedWakeup::TooEarly;
        Missed.Notify = Before->Event;
        Missed.Mutex = Mutex;
        tell(Missed);
      }
      return;
    }
    if (Elsewhere && !Before && !Timed)
      return otherBranch(F, Missed, Condition);
    if (Before || JoinsAfter || P.Notifies.empty() ||
        (E.Changes.How == Change::Set && setsUp(F.Decl)) || makes(F.Decl) ||
        replaces(E, Steps))
      return;
    notNotified(F, Missed, Condition, Waiter.In);
  }

  /// The same function notifies in another branch, after a change that helps
  /// the same waiter.
  void otherBranch(const SyncFunction &F, MissedWakeup Missed,
                   const ValueDecl *Condition) {
    const Stmt *Body = F.Decl->getBody();
    const SyncEvent *Sibling = nullptr;
    for (const SyncEvent &E : F.Events) {
      if (E.Does == SyncEvent::Write &&
          Missed.Wait->For.helped(E.Changes) == Answer::Yes &&
          exclusive(Body, Missed.Change->At, E.At))
        Sibling = &E;
      if (!Sibling || E.Does != SyncEvent::Notify ||
          E.Object.Decl != Condition || exclusive(Body, Sibling->At, E.At) ||
          !exclusive(Body, Missed.Change->At, E.At))
        continue;
      // What decides between them may be what the waiter waits for.
      const Expr *Cond = decides(Body, Missed.Change->At, E.At);
      if (!Cond)
        return;
      Predicate P = predicateOf(Cond, true, Ctx);
      if (llvm::any_of(Missed.Wait->For.Terms, [&](const Predicate::Term &T) {
            return P.tests(T.What.Decl);
          }))
        return;
      Missed.Why = MissedWakeup::NotNotified;
      Missed.Sibling = Sibling;
      Missed.Notify = &E;
      return tell(Missed);
    }
  }

  /// The condition of the statement of which \p A and \p B stand in different
  /// branches.
  static const Expr *decides(const Stmt *S, const Stmt *A, const Stmt *B) {
    for (const Stmt *Next = S; Next;) {
      S = Next;
      Next = nullptr;
      for (const Stmt *Child : S->children())
        if (contains(Child, A) && contains(Child, B))
          Next = Child;
    }
    if (const auto *If = dyn_cast_or_null<IfStmt>(S))
      return If->getCond();
    // The body of a switch.
    return nullptr;
  }

  /// It says that it makes things ready, for those who aren't there yet: values
  /// are set; what is added to a container is work for somebody.
  static bool setsUp(const FunctionDecl *FD) {
    return FD->getIdentifier() &&
           hasWord(FD->getName(),
                   {"init", "initialize", "initialise", "setup", "create",
                    "construct", "new", "open", "start", "alloc", "reset"});
  }

  /// Whatever it fills, nobody is there yet.
  static bool makes(const FunctionDecl *FD) {
    return FD->getIdentifier() &&
           hasWord(FD->getName(),
                   {"init", "initialize", "initialise", "setup", "construct"});
  }

  /// It takes out of the same what it adds, or makes the room that it fills: in
  /// the end there is no more, and no less, than was.
  static bool replaces(const SyncEvent &E, ArrayRef<Monitors::Step> Steps) {
    Change How = E.Changes.How;
    return (How == Change::Raise || How == Change::Lower) &&
           llvm::any_of(Steps, [&](const Monitors::Step &S) {
             return S.Event->Does == SyncEvent::Write &&
                    S.Event->Object.Decl == E.Object.Decl &&
                    S.Event->Changes.How ==
                        (How == Change::Raise ? Change::Lower : Change::Raise);
           });
  }

  /// A return between the change and the notification.
  void leftBefore(const SyncFunction &F, MissedWakeup Missed,
                  const ValueDecl *Condition, ArrayRef<Monitors::Step> Steps) {
    llvm::SmallPtrSet<const Stmt *, 4> Notifies;
    const SourceManager &SM = Ctx.getSourceManager();
    SourceLocation First;
    for (const Monitors::Step &S : Steps) {
      if (S.Event->Does != SyncEvent::Notify ||
          S.Event->Object.Decl != Condition)
        continue;
      Notifies.insert(S.Outer->At);
      if (First.isInvalid() &&
          SM.isBeforeInTranslationUnit(Missed.Change->At->getBeginLoc(),
                                       S.Outer->At->getBeginLoc()))
        First = S.Outer->At->getBeginLoc();
    }
    // Others that are called may notify as well, unseen.
    if (First.isInvalid() || F.HandsThisOn || F.Decl->isDependentContext())
      return;
    const Body &B = Graphs.body(F.Decl);
    if (!B.graph())
      return;
    Simulation Sim = simulate(B, WakeDuty(Missed.Change->At, Notifies));
    for (const Outcome &O : Sim.Outcomes) {
      if (O.State != Owing::Owed || !O.Exit || O.Throws ||
          !isa<ReturnStmt>(O.Exit) ||
          !SM.isBeforeInTranslationUnit(O.Exit->getBeginLoc(), First))
        continue;
      Missed.Why = MissedWakeup::LeftBefore;
      Missed.Exit = O.Exit;
      Missed.Way = O.Way;
      return tell(Missed);
    }
  }

  bool unprotected(const SyncFunction &F, const SyncEvent &E,
                   const ValueDecl *Mutex,
                   ArrayRef<Monitors::Step> UntilNotified) const {
    for (const Monitors::Step &S : UntilNotified) {
      if (S.holds(Mutex) || S.holdsUnknown())
        return false;
      // Taken for a moment: who had tested waits by now.
      if (S.Event->Does == SyncEvent::Acquire &&
          (S.Event->Object.Decl == Mutex || !S.Event->Object))
        return false;
    }
    return !M.mayHoldAtEntry(F.Decl, Mutex);
  }

  bool notifiedByCallers(const FunctionDecl *FD, const ValueDecl *Condition,
                         unsigned Depth) const {
    if (Depth > 3)
      return true;
    const auto *Method = dyn_cast<CXXMethodDecl>(FD);
    // Whoever runs it may notify then.
    if (Method && Method->getParent()->isLambda() && !M.isEntry(FD))
      return true;
    for (const Monitors::Caller &C : M.callers(FD)) {
      // Others, that use an object of the class, don't do its work.
      if (!sameOwner(Condition, C.In->Decl))
        continue;
      if (M.find(C.In->Decl)->HandsThisOn)
        return true;
      bool Passed = false;
      for (const Monitors::Step &S : M.steps(C.In->Decl, 3)) {
        Passed |= S.Event == C.At;
        // What it does itself has been looked at.
        if (((Passed && S.Outer != C.At) || C.At->Loop) &&
            S.Event->Does == SyncEvent::Notify &&
            S.Event->Object.Decl == Condition)
          return true;
      }
      if (notifiedByCallers(C.In->Decl, Condition, Depth + 1))
        return true;
    }
    return false;
  }

  /// Who waits for the change makes it himself.
  bool waits(const FunctionDecl *FD, const Protocol &P,
             const SyncEvent &E) const {
    std::vector<Monitors::Step> Steps = M.steps(FD);
    return llvm::all_of(P.AllWaits, [&](const Protocol::Use &W) {
      if (W.Event->For.helped(E.Changes) == Answer::No)
        return true;
      auto IsWaiter = [&](const FunctionDecl *F) {
        return W.In->getCanonicalDecl() == F->getCanonicalDecl();
      };
      return IsWaiter(FD) ||
             llvm::any_of(
                 Steps,
                 [&](const Monitors::Step &S) { return IsWaiter(S.In); }) ||
             calledByWaiter(FD, IsWaiter, 0);
    });
  }

  template <typename Fn>
  bool calledByWaiter(const FunctionDecl *FD, Fn IsWaiter,
                      unsigned Depth) const {
    return Depth < 4 &&
           llvm::any_of(
               M.callers(FD),
               [&](const Monitors::Caller &C) {
                 return IsWaiter(C.In->Decl) ||
                        calledByWaiter(C.In->Decl, IsWaiter, Depth + 1);
               });
  }

  /// Others that change it the same way notify.
  void notNotified(const SyncFunction &F, MissedWakeup Missed,
                   const ValueDecl *Condition, const FunctionDecl *WaitsIn) {
    const Alteration &Mine = Missed.Change->Changes;
    bool AnyNotified = false;
    for (const auto &[FD, G] : M.functions()) {
      if (G.Decl == F.Decl)
        continue;
      for (const SyncEvent &E : G.Events)
        if (!AnyNotified && E.Does == SyncEvent::Write &&
            E.Object.Decl == Missed.Change->Object.Decl &&
            !isa<CXXConstructorDecl>(G.Decl) && G.Decl != WaitsIn &&
            Missed.Wait->For.helped(E.Changes) != Answer::No)
          AnyNotified = notifiesAfter(G.Decl, E, Condition) ||
                        notifiedByCallers(G.Decl, Condition, 0);
      for (size_t I = 0; I != G.Events.size(); ++I) {
        const SyncEvent &E = G.Events[I];
        if (E.Does != SyncEvent::Write ||
            E.Object.Decl != Missed.Change->Object.Decl ||
            E.Changes.How != Mine.How || E.Changes.Value != Mine.Value)
          continue;
        if (const SyncEvent *Notify = G.notifiedFrom(I, Condition)) {
          Missed.Why = MissedWakeup::NotNotified;
          Missed.Sibling = &E;
          Missed.Notify = Notify;
          return tell(Missed);
        }
      }
    }
    // Nobody tells the waiters of it, whoever changes it. Who is ended by force
    // needn't be told.
    if (AnyNotified || M.anyCancelled() || Missed.Wait->Timed ||
        !M.isClosed(Condition) || !isPrivate(Missed.Change->Object.Decl) ||
        M.isGivenAway(Missed.Change->Object.Decl))
      return;
    Missed.Why = MissedWakeup::NotNotified;
    tell(Missed);
  }

  bool notifiesAfter(const FunctionDecl *FD, const SyncEvent &Change,
                     const ValueDecl *Condition) const {
    bool Passed = false;
    for (const Monitors::Step &S : M.steps(FD)) {
      Passed |= S.Event == &Change;
      if (S.Event->Does == SyncEvent::Notify &&
          S.Event->Object.Decl == Condition && (Passed || Change.Loop))
        return true;
    }
    return false;
  }

  static bool isPrivate(const ValueDecl *D) {
    if (const auto *FD = dyn_cast<FieldDecl>(D))
      return FD->getAccess() == AS_private;
    return !D->isExternallyVisible();
  }

  /// Several executions wait for a flag that one notification tells.
  void onlyOne(MissedWakeup Missed, const ValueDecl *Condition) {
    const SyncEvent &E = *Missed.Change;
    if (E.Changes.How != Change::Set || Missed.Notify->Loop)
      return;
    const SyncEvent *Start = M.startOfMany(
        [&](const SyncEvent &W) { return &W == Missed.Wait; },
        // One wakes the next.
        [&](const SyncEvent &N) { return N.Object.Decl == Condition; });
    if (!Start || !endsBy(*Missed.Wait, E))
      return;
    Missed.Why = MissedWakeup::OnlyOne;
    Missed.Start = Start;
    tell(Missed);
  }

  /// The flag stays as it is: nobody takes it back.
  bool endsBy(const SyncEvent &Wait, const SyncEvent &Set) const {
    for (const auto &[FD, F] : M.functions()) {
      if (isa<CXXConstructorDecl>(F.Decl))
        continue;
      for (const SyncEvent &E : F.Events)
        if (E.Does == SyncEvent::Write && E.Object.Decl == Set.Object.Decl &&
            (E.Changes.How != Change::Set ||
             E.Changes.Value != Set.Changes.Value)) {
          // To be started again.
          bool Restarts = llvm::any_of(F.Events, [](const SyncEvent &S) {
            return S.Does == SyncEvent::Start;
          });
          if (!Restarts)
            return false;
        }
    }
    return Wait.For.tests(Set.Object.Decl);
  }

  const Monitors &M;
  ASTContext &Ctx;
  FlowGraphs &Graphs;
  llvm::MapVector<const ValueDecl *, Protocol> Protocols;
  std::vector<MissedWakeup> Result;
};

} // namespace

std::vector<MissedWakeup> missedWakeups(const Monitors &M, FlowGraphs &Graphs) {
  return Finder(M, Graphs).run();
}

} // namespace leak
