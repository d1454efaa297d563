//===--- Joins.cpp - joins of what was not asked to end -------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Joins.h"
#include "Blocking.h"
#include "Spelling.h"
#include "Statements.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace leak {

namespace {

class Finder {
public:
  explicit Finder(const Monitors &M)
      : M(M), Ctx(M.context()), Executing(M.executions()), Outside(M) {}

  std::vector<StuckJoin> run() {
    for (const JoinSite &J : Executing.joins())
      joined(J);
    return std::move(Result);
  }

private:
  void joined(const JoinSite &Site) {
    const Monitors::Step &J = Site.step();
    const SyncFunction &F = *Site.In;
    ArrayRef<Monitors::Step> Steps = Site.Steps;
    // What waits on a condition before has given its mutex back meanwhile,
    // and the other one has got through.
    bool Waited = llvm::any_of(Site.before(), [](const Monitors::Step &S) {
      return S.Event->Does == SyncEvent::Wait;
    });
    for (const Running &R : Executing.of(Site.handle())) {
      if (!Waited)
        holding(F, J, R);
      if (!stopped(F, Steps, Site.At, R) && F.Decl == J.In) {
        never(F, J, R);
        endless(F, J, R);
        notAsked(F, Steps, Site.At, R);
      }
      blocked(F, Steps, Site.At, R);
      itself(F, J, R);
    }
  }

  void tell(StuckJoin J) {
    for (const StuckJoin &Old : Result)
      if (Old.Join.Event == J.Join.Event && Old.Why == J.Why)
        return;
    Result.push_back(std::move(J));
  }

  static StuckJoin stuck(StuckJoin::Reason Why, const SyncFunction &F,
                         const Monitors::Step &J, const Running &R) {
    StuckJoin Result;
    Result.Why = Why;
    Result.In = F.Decl;
    Result.Join = J;
    Result.Start = R.Start;
    Result.Entry = R.Entry;
    return Result;
  }

  static void setBy(StuckJoin &J, const Monitors::Step &Set) {
    J.Set = Set.Event;
    J.SetIn = Set.In;
    J.Flag = Set.Event->Object.Decl;
  }

  //===--------------------------------------------------------------------===//
  // Flags
  //===--------------------------------------------------------------------===//

  static bool isInLoop(const Monitors::Step &S) {
    return S.Event->Loop || S.Outer->Loop || (S.Via && S.Via->Loop);
  }

  /// How the execution gets out of the loops around one of its steps.
  Predicate waysOut(const Running &R, const Monitors::Step &S) const {
    Predicate P;
    for (const Stmt *L : loopsAround(S.In->getBody(), S.Event->Loop))
      P.add(M.exits(L));
    if (S.Via && S.Via != S.Outer)
      for (const Stmt *L : loopsAround(S.ViaIn->getBody(), S.Via->Loop))
        P.add(M.exits(L));
    if (S.Outer != S.Event && S.In != R.Entry)
      for (const Stmt *L : loopsAround(R.Entry->getBody(), S.Outer->Loop))
        P.add(M.exits(L));
    return P;
  }

  /// Nothing that happens before the join can wake what waits in \p R.
  bool elsewhereWoken(ArrayRef<Monitors::Step> Before,
                      const FunctionDecl *In) const {
    for (const Monitors::Step &S : Before) {
      // It waits until the other one has got somewhere, or ends it by force.
      if (S.Event->Does == SyncEvent::Wait ||
          S.Event->Does == SyncEvent::Cancel)
        return true;
      if (const SyncFunction *F = M.find(S.In); F && F->HandsThisOn)
        return true;
    }
    const SyncFunction *F = M.find(In);
    return F && F->HandsThisOn;
  }

  /// Looks for flags that are set before or after the join; true when one is.
  bool stopped(const SyncFunction &F, ArrayRef<Monitors::Step> Steps, size_t At,
               const Running &R) {
    ArrayRef<Monitors::Step> Before = Steps.take_front(At);
    // What is started here is set up here.
    bool StartsHere = llvm::any_of(
        Before, [&](const Monitors::Step &S) { return S.Event == R.Start; });
    bool Any = false;
    for (const Monitors::Step &W : R.Steps) {
      if (W.Event->Does != SyncEvent::Wait || W.Event->Timed ||
          W.Outer->Deferred)
        continue;
      if (!isInLoop(W))
        continue;
      Predicate Out = waysOut(R, W);
      const Monitors::Step *Set = nullptr;
      for (const Monitors::Step &S : Before)
        if (S.Event->Does == SyncEvent::Write &&
            Out.helped(S.Event->Changes) == Answer::Yes &&
            isFlag(S.Event->Object.Decl))
          Set = &S;
      if (!Set)
        continue;
      Any = true;
      if (elsewhereWoken(Before, F.Decl))
        continue;
      const SyncEvent *Notify = nullptr;
      for (const Monitors::Step &S : Before)
        if (S.Event->Does == SyncEvent::Notify &&
            S.Event->Object.Decl == W.Event->Object.Decl)
          Notify = S.Event;
      StuckJoin J = stuck(StuckJoin::NotWoken, F, Steps[At], R);
      J.Inside = W.Event;
      J.InsideIn = W.In;
      setBy(J, *Set);
      if (!Notify) {
        // Somebody else may be there to wake it.
        if (!StartsHere && !wokenAnyway(W, R))
          tell(std::move(J));
        continue;
      }
      J.Notify = Notify;
      J.Why = StuckJoin::NotTested;
      if (W.Event->For.Opaque || W.Event->For.Terms.empty() || StartsHere)
        continue;
      // A wait without a predicate in the loop that the flag ends.
      Predicate Inner = W.Event->For;
      if (!W.Event->HasPredicate && W.Event->Loop)
        Inner = M.exits(W.Event->Loop);
      if (Inner.Opaque)
        continue;
      bool Helped = llvm::any_of(Before, [&](const Monitors::Step &S) {
        return S.Event->Does == SyncEvent::Write &&
               Inner.helped(S.Event->Changes) != Answer::No;
      });
      if (!Helped && !wokenAnyway(W, R))
        tell(std::move(J));
    }
    if (!Any && !setLater(F, Steps, At, R))
      wokenLater(F, Steps, At, R);
    return Any;
  }

  /// The flag is set, and the execution is joined, while it may be blocked in
  /// its loop on what nobody has touched.
  void blocked(const SyncFunction &F, ArrayRef<Monitors::Step> Steps, size_t At,
               const Running &R) {
    const Monitors::Step &J = Steps[At];
    ArrayRef<Monitors::Step> Before = Steps.take_front(At);
    for (const Monitors::Step &W : R.Steps) {
      const ValueDecl *What = W.Event->Object.Decl;
      if (W.Event->Does != SyncEvent::Block || W.Event->Timed ||
          W.Outer->Deferred || !isInLoop(W) || W.Event->Object.Element ||
          !isa<FieldDecl, VarDecl>(What) || isa<ParmVarDecl>(What) ||
          (isa<VarDecl>(What) && cast<VarDecl>(What)->isLocalVarDecl()) ||
          bounded(R, W))
        continue;
      Predicate Out = waysOut(R, W);
      const Monitors::Step *Set = nullptr;
      for (const Monitors::Step &S : Before) {
        if (S.Event == R.Start) // What is started here is set up here.
          return;
        if (S.Event->Does == SyncEvent::Write && isFlag(S.Event->Object.Decl) &&
            Out.helped(S.Event->Changes) == Answer::Yes)
          Set = &S;
      }
      if (!Set || elsewhereWoken(Before, F.Decl) ||
          Outside.mayBeFreed(F.Decl, J.Outer->At->getBeginLoc(), What) ||
          (J.In != F.Decl &&
           Outside.mayBeFreedIn(J.In, J.Event->At->getBeginLoc(), What)))
        continue;
      bool Descriptor = isDescriptor(*W.Event);
      StuckJoin Stuck =
          stuck(Descriptor ? StuckJoin::Blocked : StuckJoin::NotWoken, F, J, R);
      Stuck.Inside = W.Event;
      Stuck.InsideIn = W.In;
      setBy(Stuck, *Set);
      if (Descriptor) {
        Stuck.Closed =
            Outside.closedAfter(F.Decl, J.Outer->At->getEndLoc(), What);
        if (!Stuck.Closed && J.In != F.Decl)
          Stuck.Closed =
              Outside.closedAfter(J.In, J.Event->At->getEndLoc(), What);
        if (!Stuck.Closed ||
            Outside.isBounded(What, Outside.waitsSurely(*W.Event, W.In)))
          continue;
      } else if (freedElsewhere(W, R)) {
        continue;
      }
      return tell(std::move(Stuck));
    }
  }

  /// It waits for the outside world, not for a signal or a permit.
  bool isDescriptor(const SyncEvent &Block) const {
    const Effect *Row = M.lexicon().effect(Block.At);
    return Row && Row->Does == Verb::Block;
  }

  /// Something that ends by itself stands in the same loop: it may ask whether
  /// the other one would block.
  static bool bounded(const Running &R, const Monitors::Step &W) {
    return llvm::any_of(R.Steps, [&](const Monitors::Step &S) {
      return S.Event->Does == SyncEvent::Block && S.Event->Timed;
    });
  }

  /// Another execution of this unit does something to it; or the same one, so
  /// that it is a lock rather.
  bool freedElsewhere(const Monitors::Step &W, const Running &R) const {
    if (Outside.touches(R.Entry, W.Event->Object.Decl, W.Event->At))
      return true;
    for (const auto &[FD, F] : M.functions())
      if (M.isEntry(FD) && F.Decl != R.Entry &&
          Outside.touches(F.Decl, W.Event->Object.Decl))
        return true;
    return false;
  }

  /// What runs on is joined to be started again, or at the end of its owner.
  /// Who sets the flag that ends it joins it himself: here it has come to its
  /// end already, or wasn't asked to.
  void notAsked(const SyncFunction &F, ArrayRef<Monitors::Step> Steps,
                size_t At, const Running &R) {
    const Monitors::Step &J = Steps[At];
    const ValueDecl *Handle = J.Event->Object.Decl;
    if (J.Event->Loop || J.Event->Object.Element ||
        (!isa<CXXDestructorDecl>(F.Decl) &&
         !startsAgain(Steps.drop_front(At + 1), Handle, F.Decl)))
      return;
    std::optional<Predicate> Out = mainLoopExits(M, R);
    if (!Out || Out->Opaque || setInside(R, *Out) ||
        setByCallers(F.Decl, *Out, 0))
      return;
    for (const Predicate::Term &T : Out->Terms)
      if (T.What.Element || !isFlag(T.What.Decl) || isTaken(T.What.Decl) ||
          T.What.Decl->getAccess() == AS_public)
        return;
    for (const Monitors::Step &S : Steps.take_front(At))
      if (S.Event->Does == SyncEvent::Wait ||
          S.Event->Does == SyncEvent::Cancel ||
          (S.Event->Does == SyncEvent::Write &&
           Out->helped(S.Event->Changes) != Answer::No))
        return;
    const SyncEvent *Set = nullptr;
    const FunctionDecl *SetIn = nullptr;
    for (const auto &[FD, G] : M.functions())
      for (const SyncEvent &E : G.Events) {
        if (E.Does == SyncEvent::Cancel && E.Object.Decl == Handle)
          return;
        if (E.Does != SyncEvent::Write || isa<CXXConstructorDecl>(G.Decl) ||
            Out->helped(E.Changes) == Answer::No)
          continue;
        bool Passed = false, Joined = false;
        for (const Monitors::Step &S : M.steps(G.Decl)) {
          Passed |= S.Event == &E;
          Joined |= Passed && S.Event->Does == SyncEvent::Join &&
                    !S.Event->Timed && S.Event->Object.Decl == Handle;
        }
        if (!Joined)
          return;
        Set = &E;
        SetIn = G.Decl;
      }
    if (!Set)
      return;
    StuckJoin Stuck = stuck(StuckJoin::NotAsked, F, J, R);
    Stuck.Set = Set;
    Stuck.SetIn = SetIn;
    Stuck.Flag = Set->Object.Decl;
    tell(std::move(Stuck));
  }

  static bool startsAgain(ArrayRef<Monitors::Step> After,
                          const ValueDecl *Handle, const FunctionDecl *In) {
    return llvm::any_of(After, [&](const Monitors::Step &S) {
      return S.Event->Does == SyncEvent::Start && S.In == In &&
             S.Event->Object.Decl == Handle;
    });
  }

  /// What the wait tests changes elsewhere by itself: by the execution itself,
  /// or another one that goes on. Then nobody can say that it isn't woken.
  bool wokenAnyway(const Monitors::Step &W, const Running &R) const {
    for (const auto &[FD, F] : M.functions()) {
      // Another execution of this unit that notifies the same condition.
      if (!M.isEntry(FD) || F.Decl == R.Entry)
        continue;
      for (const Monitors::Step &S : M.steps(F.Decl))
        if (S.Event->Does == SyncEvent::Notify &&
            S.Event->Object.Decl == W.Event->Object.Decl)
          return true;
    }
    return false;
  }

  /// The loop ends by flags alone, which are set after the join.
  bool setLater(const SyncFunction &F, ArrayRef<Monitors::Step> Steps,
                size_t At, const Running &R) {
    std::optional<Predicate> Out = mainLoopExits(M, R);
    if (!Out || Out->Opaque || Out->Terms.empty())
      return false;
    for (const Monitors::Step &S : Steps.take_front(At)) {
      if (S.Event->Does == SyncEvent::Write &&
          Out->helped(S.Event->Changes) != Answer::No)
        return false;
      if (S.Event->Does == SyncEvent::Wait)
        return false;
    }
    for (const Monitors::Step &S : Steps.drop_front(At + 1)) {
      if (S.Event->Does != SyncEvent::Write || !isFlag(S.Event->Object.Decl) ||
          S.Outer == Steps[At].Outer ||
          Out->helped(S.Event->Changes) != Answer::Yes)
        continue;
      // A loop that comes back.
      if (S.Outer->Loop && S.Outer->Loop == Steps[At].Outer->Loop)
        return false;
      // Set before this function is called, too.
      if (setByCallers(F.Decl, *Out, 0) || setInside(R, *Out))
        return false;
      StuckJoin J = stuck(StuckJoin::SetLater, F, Steps[At], R);
      setBy(J, S);
      tell(std::move(J));
      return true;
    }
    return false;
  }

  /// After the join, a flag is set and notified for which nobody but the
  /// execution waits in its loop.
  void wokenLater(const SyncFunction &F, ArrayRef<Monitors::Step> Steps,
                  size_t At, const Running &R) {
    if (elsewhereWoken(Steps.take_front(At), F.Decl))
      return;
    for (const Monitors::Step &W : R.Steps) {
      const Predicate &For = W.Event->For;
      if (W.Event->Does != SyncEvent::Wait || W.Event->Timed ||
          W.Outer->Deferred || For.Opaque || !isInLoop(W) ||
          !onlyWaiter(*W.Event, R))
        continue;
      Predicate Out = waysOut(R, W);
      if (Out.Opaque || !llvm::all_of(Out.Terms, [](const Predicate::Term &T) {
            const auto *VD = dyn_cast<VarDecl>(T.What.Decl);
            return !T.What.Element && (!VD || !VD->isLocalVarDeclOrParm());
          }))
        continue;
      const Monitors::Step *Set = flagAfter(Steps, At, *W.Event);
      if (!Set)
        continue;
      // Something else ends it.
      const ValueDecl *Flag = Set->Event->Object.Decl;
      auto Ends = [&](const Monitors::Step &S) {
        return S.Event->Does == SyncEvent::Write &&
               (S.Event->Object.Decl == Flag ||
                Out.helped(S.Event->Changes) == Answer::Yes);
      };
      if (llvm::any_of(Steps.take_front(At), Ends) ||
          setByCallers(F.Decl, Out, 0) ||
          llvm::any_of(R.Steps, [&](const Monitors::Step &S) {
            return S.Event->Does == SyncEvent::Write &&
                   (S.Event->Object.Decl == Flag ||
                    (!For.tests(S.Event->Object.Decl) &&
                     Out.helped(S.Event->Changes) != Answer::No));
          }))
        continue;
      StuckJoin J = stuck(StuckJoin::SetLater, F, Steps[At], R);
      setBy(J, *Set);
      return tell(std::move(J));
    }
  }

  /// A flag that the wait tests, set after the join and before a notification.
  const Monitors::Step *flagAfter(ArrayRef<Monitors::Step> Steps, size_t At,
                                  const SyncEvent &Wait) const {
    const Monitors::Step *Set = nullptr;
    for (const Monitors::Step &S : Steps.drop_front(At + 1)) {
      if (S.Outer == Steps[At].Outer ||
          (S.Outer->Loop && S.Outer->Loop == Steps[At].Outer->Loop))
        continue;
      if (S.Event->Does == SyncEvent::Start)
        return nullptr;
      if (S.Event->Does == SyncEvent::Write && isFlag(S.Event->Object.Decl) &&
          Wait.For.helped(S.Event->Changes) == Answer::Yes)
        Set = &S;
      else if (Set && S.Event->Does == SyncEvent::Notify &&
               S.Event->Object.Decl == Wait.Object.Decl)
        return Set;
    }
    return nullptr;
  }

  /// Others don't wait on the same condition.
  bool onlyWaiter(const SyncEvent &Wait, const Running &R) const {
    for (const auto &[FD, F] : M.functions())
      for (const SyncEvent &E : F.Events)
        if (E.Does == SyncEvent::Wait && E.Object.Decl == Wait.Object.Decl &&
            llvm::none_of(R.Steps, [&](const Monitors::Step &S) {
              return S.Event == &E;
            }))
          return false;
    return true;
  }

  bool setByCallers(const FunctionDecl *FD, const Predicate &Out,
                    unsigned Depth) const {
    if (Depth > 3)
      return true;
    for (const Monitors::Caller &C : M.callers(FD)) {
      for (const Monitors::Step &S : M.steps(C.In->Decl, 3)) {
        if (S.Outer == C.At)
          break;
        if (S.Event->Does == SyncEvent::Write &&
            Out.helped(S.Event->Changes) != Answer::No)
          return true;
      }
      if (setByCallers(C.In->Decl, Out, Depth + 1))
        return true;
    }
    return false;
  }

  /// The execution ends itself.
  static bool setInside(const Running &R, const Predicate &Out) {
    return llvm::any_of(R.Steps, [&](const Monitors::Step &S) {
      return S.Event->Does == SyncEvent::Write &&
             Out.helped(S.Event->Changes) != Answer::No;
    });
  }

  /// The loop ends by flags alone that nobody sets.
  void never(const SyncFunction &F, const Monitors::Step &J, const Running &R) {
    std::optional<Predicate> Out = mainLoopExits(M, R);
    if (!Out || Out->Opaque || Out->Terms.empty())
      return;
    for (const Predicate::Term &T : Out->Terms)
      if (!M.isClosed(T.What.Decl) || T.What.Element || !isFlag(T.What.Decl) ||
          isTaken(T.What.Decl) || isOfItem(T.What))
        return;
    for (const auto &[FD, G] : M.functions())
      for (const SyncEvent &E : G.Events)
        if (E.Does == SyncEvent::Write && Out->helped(E.Changes) != Answer::No)
          return;
    StuckJoin S = stuck(StuckJoin::NeverSet, F, J, R);
    S.Flag = Out->Terms.front().What.Decl;
    tell(std::move(S));
  }

  /// Of something that the loop has got, the next item of a queue perhaps: it
  /// comes with the flag as it is.
  static bool isOfItem(const Place &What) {
    const auto *Root = dyn_cast_or_null<VarDecl>(What.Root);
    return Root && Root->isLocalVarDecl();
  }

  /// The loop has no way out, and waits on a condition.
  void endless(const SyncFunction &F, const Monitors::Step &J,
               const Running &R) {
    std::optional<Predicate> Out = mainLoopExits(M, R);
    if (!Out || Out->Opaque || !Out->Terms.empty())
      return;
    // An exception, or force, ends it.
    for (const auto &[FD, G] : M.functions())
      for (const SyncEvent &E : G.Events)
        if (E.Does == SyncEvent::Cancel && E.Object == J.Event->Object)
          return;
    if (throws(R.Entry->getBody()) ||
        llvm::any_of(R.Steps, [](const Monitors::Step &S) {
          return throws(S.In->getBody());
        }))
      return;
    for (const Monitors::Step &S : R.Steps) {
      if (S.Event->Does != SyncEvent::Wait || S.Event->Timed ||
          S.Outer->Deferred || !isInLoop(S))
        continue;
      StuckJoin Stuck = stuck(StuckJoin::Endless, F, J, R);
      Stuck.Inside = S.Event;
      Stuck.InsideIn = S.In;
      return tell(std::move(Stuck));
    }
  }

  static bool throws(const Stmt *S) {
    return S && (isa<CXXThrowExpr, CXXTryStmt>(S) ||
                 llvm::any_of(S->children(), throws));
  }

  /// Its address is taken, or it is bound to a reference, or initialised by
  /// what isn't a constant: others may change it.
  bool isTaken(const ValueDecl *D) const {
    if (D->getType()->isReferenceType() || D->getType()->isPointerType())
      return true;
    return M.isGivenAway(D);
  }

  //===--------------------------------------------------------------------===//
  // Mutexes, and itself
  //===--------------------------------------------------------------------===//

  void holding(const SyncFunction &F, const Monitors::Step &J,
               const Running &R) {
    llvm::SmallVector<const ValueDecl *, 4> Held(J.Event->Held.begin(),
                                                 J.Event->Held.end());
    Held.append(J.HeldOutside.begin(), J.HeldOutside.end());
    for (const ValueDecl *Mutex : Held) {
      if (!Mutex || !isa<FieldDecl, VarDecl>(Mutex) || isa<ParmVarDecl>(Mutex))
        continue;
      for (const Monitors::Step &S : R.Steps) {
        if (S.Event->Does != SyncEvent::Acquire || S.Event->Timed ||
            S.Event->Object.Decl != Mutex || S.Outer->Deferred)
          continue;
        StuckJoin Stuck = stuck(StuckJoin::Holding, F, J, R);
        Stuck.Inside = S.Event;
        Stuck.InsideIn = S.In;
        Stuck.Flag = Mutex;
        return tell(std::move(Stuck));
      }
    }
  }

  /// Somebody asks who it is that runs.
  static bool asksWho(const Stmt *S) {
    if (!S)
      return false;
    if (const auto *Call = dyn_cast<CallExpr>(S))
      if (const FunctionDecl *FD = Call->getDirectCallee();
          FD && FD->getIdentifier() &&
          hasWord(FD->getName(),
                  {"get id", "self", "current thread", "is current",
                   "this thread", "equal", "tid", "gettid", "in thread",
                   "is in", "thread id", "own thread", "is self", "current",
                   "detach"}))
        return true;
    return llvm::any_of(S->children(), asksWho);
  }

  /// The function asks, before it joins, for what the thread gives it, or has
  /// changed before it calls it: it may know that it is that thread.
  static bool mayLeaveBefore(const SyncFunction &F, const Monitors::Step &J,
                             const Running &R, const Monitors::Step &Call) {
    llvm::SmallPtrSet<const ValueDecl *, 8> Known(F.Decl->param_begin(),
                                                  F.Decl->param_end());
    for (const Monitors::Step &S : R.Steps) {
      if (S.Outer == Call.Outer)
        break;
      if (S.Event->Does == SyncEvent::Write)
        Known.insert(S.Event->Object.Decl);
    }
    return asksFor(F.Decl->getBody(), J.Event->At, Known);
  }

  /// An `if` of \p S asks for one of \p Known and has \p At in it, or a
  /// `return`.
  static bool asksFor(const Stmt *S, const Stmt *At,
                      const llvm::SmallPtrSetImpl<const ValueDecl *> &Known) {
    if (!S)
      return false;
    if (const auto *If = dyn_cast<IfStmt>(S))
      if (contains(If, At) || mayReturn(If))
        for (const ValueDecl *D : Known)
          if (mentions(If->getCond(), D) &&
              // `if (thread)` asks for the handle.
              !mentions(At, D))
            return true;
    return llvm::any_of(S->children(), [&](const Stmt *Child) {
      return asksFor(Child, At, Known);
    });
  }

  void itself(const SyncFunction &F, const Monitors::Step &J,
              const Running &R) {
    // Of one handle; any of many may be another's.
    if (J.In != F.Decl || J.Event->Object.Element ||
        Executing.starts(J.Event->Object.Decl).size() > 1 ||
        (R.Start && R.Start->Loop) || J.Event->Loop)
      return;
    for (const Monitors::Step &S : R.Steps) {
      if (S.Event != J.Event || S.Outer->Deferred)
        continue;
      if (asksWho(F.Decl->getBody()) || asksWho(R.Entry->getBody()) ||
          mayLeaveBefore(F, J, R, S))
        return;
      StuckJoin Stuck = stuck(StuckJoin::Itself, F, J, R);
      Stuck.Inside = S.Outer;
      Stuck.InsideIn = R.Entry;
      return tell(std::move(Stuck));
    }
  }

  const Monitors &M;
  ASTContext &Ctx;
  Executions &Executing;
  Blocking Outside;
  std::vector<StuckJoin> Result;
};

} // namespace

/// The class whose method \p FD is, or whose method has it as a lambda.
static const CXXRecordDecl *classOf(const FunctionDecl *FD) {
  for (const DeclContext *DC = FD; DC; DC = DC->getParent())
    if (const auto *RD = dyn_cast<CXXRecordDecl>(DC); RD && !RD->isLambda())
      return RD->getCanonicalDecl();
  return nullptr;
}

bool StuckJoin::isReceiving() const {
  if (!InsideIn || (Why != NotWoken && Why != NotTested && Why != Endless))
    return false;
  const CXXRecordDecl *Waits = classOf(InsideIn);
  return Waits && Waits != classOf(Entry) && Waits != classOf(In) &&
         Waits != classOf(Join.In);
}

std::vector<StuckJoin> stuckJoins(const Monitors &M) { return Finder(M).run(); }

} // namespace leak
