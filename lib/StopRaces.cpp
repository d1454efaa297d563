//===--- StopRaces.cpp - stops that are lost, or come too early -----------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StopRaces.h"
#include "Blocking.h"
#include "Spelling.h"
#include "Statements.h"
#include "StopFlags.h"
#include "Traversal.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {

namespace {

/// \p At is evaluated whenever \p S is, if nothing leaves \p S before.
static bool isUnconditional(const Stmt *S, const Stmt *At) {
  if (S == At)
    return true;
  if (!S || isa<LambdaExpr, SwitchStmt, CXXCatchStmt>(S))
    return false;
  for (const Stmt *Child : S->children()) {
    if (!contains(Child, At))
      continue;
    if (const auto *If = dyn_cast<IfStmt>(S);
        If && Child != If->getCond() && Child != If->getInit())
      return false;
    if (const auto *For = dyn_cast<ForStmt>(S); For && Child != For->getInit())
      return false;
    if (isa<WhileStmt, DoStmt, CXXForRangeStmt>(S))
      return false;
    if (const auto *CO = dyn_cast<AbstractConditionalOperator>(S);
        CO && Child != CO->getCond())
      return false;
    if (const auto *BO = dyn_cast<BinaryOperator>(S);
        BO && BO->isLogicalOp() && Child == BO->getRHS())
      return false;
    return isUnconditional(Child, At);
  }
  return false;
}

class Finder {
public:
  explicit Finder(const Monitors &M)
      : M(M), Ctx(M.context()), SM(Ctx.getSourceManager()),
        Executing(M.executions()), Outside(M) {}

  std::vector<StopRace> run() {
    for (const auto &[FD, F] : M.functions()) {
      if (llvm::none_of(F.Events, [](const SyncEvent &E) {
            return E.Does == SyncEvent::Start || E.Does == SyncEvent::Join ||
                   E.Does == SyncEvent::Call;
          }))
        continue;
      std::vector<Monitors::Step> Steps = M.steps(F.Decl);
      starter(F, Steps);
      stopper(F, Steps);
    }
    return std::move(Result);
  }

private:
  bool isBefore(const Stmt *A, const Stmt *B) const {
    return SM.isBeforeInTranslationUnit(A->getBeginLoc(), B->getBeginLoc());
  }

  void tell(StopRace R) {
    for (const StopRace &Old : Result)
      if (Old.Write->At == R.Write->At ||
          (R.Why != StopRace::Undone && Old.Loop == R.Loop))
        return;
    Result.push_back(std::move(R));
  }

  /// A flag that all executions of the class share with those who stop them.
  static bool isShared(const SyncEvent &Write) {
    const ValueDecl *D = Write.Object.Decl;
    return Write.Changes.How == Change::Set && !Write.Object.Element &&
           isFlag(D) && isa<FieldDecl, VarDecl>(D) && !isa<ParmVarDecl>(D);
  }

  /// The same member of what may be the same object.
  static bool isSame(const Place &A, const Place &B) {
    auto IsLocal = [](const Place &P) {
      const auto *VD = dyn_cast_or_null<VarDecl>(P.Root);
      return VD && VD->hasLocalStorage();
    };
    return A.Decl == B.Decl && (A.Root == B.Root || IsLocal(A) || IsLocal(B));
  }

  //===--------------------------------------------------------------------===//
  // The thread says "run" itself
  //===--------------------------------------------------------------------===//

  void stopper(const SyncFunction &F, ArrayRef<Monitors::Step> Steps) {
    for (size_t At = 0; At != Steps.size(); ++At) {
      const SyncEvent &J = *Steps[At].Event;
      if (J.Does != SyncEvent::Join || J.Timed || Steps[At].Outer->Deferred)
        continue;
      ArrayRef<Monitors::Step> Before = Steps.take_front(At);
      for (const Running &R : Executing.of(J.Object.Decl)) {
        undone(F, Before, Steps[At], R);
        recalled(F, Before, Steps[At], R);
      }
    }
  }

  //===--------------------------------------------------------------------===//
  // Who stops says "run" again, and then waits
  //===--------------------------------------------------------------------===//

  void recalled(const SyncFunction &F, ArrayRef<Monitors::Step> Before,
                const Monitors::Step &J, const Running &R) {
    const Monitors::Step *Stop = nullptr, *Recall = nullptr;
    std::optional<PollLoop> P;
    for (const Monitors::Step &S : Before) {
      if (S.Event->Does == SyncEvent::Start ||
          S.Event->Does == SyncEvent::Cancel)
        return;
      // It has ended meanwhile, perhaps.
      if (S.Event->Does == SyncEvent::Join ||
          S.Event->Does == SyncEvent::Wait ||
          S.Event->Does == SyncEvent::Block) {
        Stop = Recall = nullptr;
        continue;
      }
      if (S.Event->Does != SyncEvent::Write || S.Outer->Deferred ||
          !isShared(*S.Event))
        continue;
      if (std::optional<PollLoop> Loop = pollLoop(M, R, S.Event->Changes)) {
        Stop = &S;
        Recall = nullptr;
        P = Loop;
      } else if (Stop && isSame(S.Event->Object, Stop->Event->Object) &&
                 M.exits(P->Loop).helped(S.Event->Changes) == Answer::No) {
        Recall = &S;
      }
    }
    // The call that joins comes after both, in the same function.
    if (!Recall || Recall->In != F.Decl || Stop->In != F.Decl ||
        Recall->Event->Loop || Stop->Event->Loop ||
        !isUnconditional(F.Decl->getBody(), Recall->Event->At) ||
        takesTime(F.Decl, Stop->Event->At, Recall->Event->At))
      return;
    const Predicate &Out = M.exits(P->Loop);
    if (Out.Opaque || llvm::any_of(Out.Terms, [&](const Predicate::Term &T) {
          return T.What.Decl != Stop->Event->Object.Decl;
        }))
      return;
    StopRace Race = race(StopRace::Recalled, R, *P, *Recall);
    Race.Stop = Stop->Event;
    Race.Join = J.Event;
    Race.StopIn = J.In;
    tell(std::move(Race));
  }

  /// Between \p From and \p To something may wait until the thread has seen it.
  bool takesTime(const FunctionDecl *In, const Expr *From,
                 const Expr *To) const {
    return anyIn(In->getBody(), [&](const Stmt *S) {
      if (!isBefore(From, S) || !isBefore(S, To) || contains(To, S) ||
          contains(From, S))
        return false;
      if (bodyOfLoop(S) || isa<LambdaExpr, CXXForRangeStmt>(S))
        return true;
      const auto *Call = dyn_cast<CallExpr>(S);
      const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
      if (!Call || isa<CXXOperatorCallExpr>(Call))
        return false;
      if (const Effect *Row = M.lexicon().effect(Call))
        return Row->Does != Verb::NotifyOne && Row->Does != Verb::NotifyAll &&
               Row->Does != Verb::Acquire && Row->Does != Verb::Release &&
               Row->Does != Verb::Query && Row->Does != Verb::TestLive;
      return !FD || !FD->getIdentifier() ||
             !hasWord(FD->getName(), {"log", "print", "printf", "fprintf",
                                      "debug", "info", "trace", "puts"});
    });
  }

  void undone(const SyncFunction &F, ArrayRef<Monitors::Step> Before,
              const Monitors::Step &J, const Running &R) {
    const Monitors::Step *Stop = nullptr;
    for (const Monitors::Step &S : Before) {
      // Forced; or it waits until the other one is there. What is started here
      // is set up here.
      if (S.Event->Does == SyncEvent::Cancel ||
          S.Event->Does == SyncEvent::Wait ||
          S.Event->Does == SyncEvent::Block || S.Event == R.Start)
        return;
      if (S.Event->Does == SyncEvent::Start &&
          S.Event->Object.Decl == J.Event->Object.Decl)
        return;
      if (S.Event->Does == SyncEvent::Write && !S.Outer->Deferred &&
          isShared(*S.Event) && pollLoop(M, R, S.Event->Changes))
        Stop = &S;
    }
    if (!Stop)
      return;
    std::optional<PollLoop> P = pollLoop(M, R, Stop->Event->Changes);
    const Monitors::Step *Undo = undo(R, *P, *Stop->Event);
    if (!Undo || endsOtherwise(F, Before, J, R, *P, *Stop) ||
        asksBefore(R, *P, Before) || isGuarded(F, J, *Stop, R) ||
        isAwaited(R, *Undo->Event))
      return;
    StopRace Race;
    Race.Why = StopRace::Undone;
    Race.Flag = Stop->Event->Object.Decl;
    Race.Start = R.Start;
    Race.Entry = R.Entry;
    Race.Loop = P->Loop;
    Race.Write = Undo->Event;
    Race.WriteIn = Undo->In;
    Race.Stop = Stop->Event;
    Race.Join = J.Event;
    Race.StopIn = J.In;
    tell(std::move(Race));
  }

  /// Where \p R says "run" on its way to the loop, whatever was said before.
  const Monitors::Step *undo(const Running &R, const PollLoop &P,
                             const SyncEvent &Stop) const {
    const Predicate &Out = M.exits(P.Loop);
    // In the entry: the loop, or the call that leads to it.
    const Stmt *Reaches = P.In == R.Entry ? P.Loop : nullptr;
    for (const Monitors::Step &S : R.Steps)
      if (!Reaches && S.Event->Does == SyncEvent::Call &&
          S.Event->Callee == P.In)
        Reaches = S.Outer->At;
    if (!Reaches)
      return nullptr;
    for (const Monitors::Step &S : R.Steps) {
      if (S.Event->Does != SyncEvent::Write || S.Outer->Deferred ||
          !isShared(*S.Event) || !isSame(S.Event->Object, Stop.Object) ||
          Out.helped(S.Event->Changes) != Answer::No)
        continue;
      bool InLoopsFunction = S.In == P.In && isBefore(S.Event->At, P.Loop);
      bool OnTheWay = S.Outer->At != Reaches && isBefore(S.Outer->At, Reaches);
      if ((!InLoopsFunction && !OnTheWay) ||
          !isUnconditional(S.In->getBody(), S.Event->At))
        continue;
      if (S.In != R.Entry && !isUnconditional(R.Entry->getBody(), S.Outer->At))
        continue;
      // Deeper ones are called on conditions, perhaps.
      if (S.In != R.Entry && S.Via != S.Outer)
        continue;
      return &S;
    }
    return nullptr;
  }

  /// The one who stops does something else as well that ends the loop.
  bool endsOtherwise(const SyncFunction &F, ArrayRef<Monitors::Step> Before,
                     const Monitors::Step &J, const Running &R,
                     const PollLoop &P, const Monitors::Step &Stop) const {
    const Predicate &Out = M.exits(P.Loop);
    for (const Monitors::Step &S : Before)
      if (S.Event->Does == SyncEvent::Write &&
          !isSame(S.Event->Object, Stop.Event->Object) &&
          Out.helped(S.Event->Changes) != Answer::No)
        return true;
    if (!Out.Opaque && llvm::all_of(Out.Terms, [&](const Predicate::Term &T) {
          return T.What.Decl == Stop.Event->Object.Decl;
        }))
      return false;
    return Outside.mayBeFreedIn(F.Decl, J.Outer->At->getBeginLoc(), R.Entry) ||
           (J.In != F.Decl &&
            Outside.mayBeFreedIn(J.In, J.Event->At->getBeginLoc(), R.Entry));
  }

  /// Before its loop, the thread looks at something that was changed by who
  /// stops it: it may know.
  bool asksBefore(const Running &R, const PollLoop &P,
                  ArrayRef<Monitors::Step> Before) const {
    for (const FunctionDecl *FD : {R.Entry, P.In})
      if (anyOutsideLambdas(FD->getBody(), [&](const Stmt *S) {
            const Expr *Cond = conditionOf(S);
            if (!Cond || (FD == P.In && !isBefore(S, P.Loop)))
              return false;
            Predicate Asked = predicateOf(Cond, true, Ctx);
            return llvm::any_of(Before, [&](const Monitors::Step &B) {
              return B.Event->Does == SyncEvent::Write &&
                     (mentions(Cond, B.Event->Object.Decl) ||
                      Asked.tests(B.Event->Object.Decl));
            });
          }))
        return true;
    return false;
  }

  /// Who stops asks before whether it runs: what hasn't begun isn't joined. A
  /// flag that the starter has set already says nothing.
  bool isGuarded(const SyncFunction &F, const Monitors::Step &J,
                 const Monitors::Step &Stop, const Running &R) const {
    if (R.Start)
      for (const auto &[FD, G] : M.functions()) {
        bool Said = false;
        for (const SyncEvent &E : G.Events) {
          Said |= E.Does == SyncEvent::Write &&
                  isSame(E.Object, Stop.Event->Object) &&
                  E.Changes.How == Change::Set &&
                  E.Changes.Value != Stop.Event->Changes.Value;
          if (Said && &E == R.Start)
            return false;
        }
      }
    const ValueDecl *Flag = Stop.Event->Object.Decl;
    return asksFirst(F.Decl, J.Outer->At, Flag) ||
           (J.In != F.Decl && asksFirst(J.In, J.Event->At, Flag)) ||
           (Stop.In != F.Decl && Stop.In != J.In &&
            asksFirst(Stop.In, Stop.Event->At, Flag)) ||
           llvm::any_of(M.callers(F.Decl), [&](const Monitors::Caller &C) {
             return asksFirst(C.In->Decl, C.At->At, Flag);
           });
  }

  /// \p FD gets to \p At only after a look at the flag.
  bool asksFirst(const FunctionDecl *FD, const Expr *At,
                 const ValueDecl *Flag) const {
    return anyOutsideLambdas(FD->getBody(), [&](const Stmt *S) {
      const Expr *Cond = conditionOf(S);
      if (!Cond || !isBefore(S, At) ||
          (!mentions(Cond, Flag) && !predicateOf(Cond, true, Ctx).tests(Flag)))
        return false;
      return contains(S, At) ? !contains(Cond, At) : mayReturn(S);
    });
  }

  /// Somebody waits until the thread has said that it runs.
  bool isAwaited(const Running &R, const SyncEvent &Undo) const {
    const ValueDecl *Flag = Undo.Object.Decl;
    for (const auto &[FD, F] : M.functions()) {
      const FunctionDecl *Def = F.Decl;
      bool Inside =
          Def == R.Entry || llvm::any_of(R.Steps, [&](const Monitors::Step &S) {
            return S.In == Def;
          });
      for (const SyncEvent &E : F.Events)
        if (!Inside && E.Does == SyncEvent::Wait && E.For.tests(Flag))
          return true;
      if (!Inside && anyIn(F.Decl->getBody(), [&](const Stmt *S) {
            return bodyOfLoop(S) &&
                   M.exits(S).helped(Undo.Changes) == Answer::Yes;
          }))
        return true;
      auto Start = llvm::find_if(
          F.Events, [&](const SyncEvent &E) { return &E == R.Start; });
      if (Start == F.Events.end())
        continue;
      if (waitsAfter(F, *Start))
        return true;
      for (const Monitors::Caller &C : M.callers(F.Decl))
        if (waitsAfter(*C.In, *C.At))
          return true;
    }
    return false;
  }

  /// Something after \p E in its function sounds like a wait for the thread.
  bool waitsAfter(const SyncFunction &F, const SyncEvent &E) const {
    for (const SyncEvent &Other : F.Events)
      if ((Other.Does == SyncEvent::Wait || Other.Does == SyncEvent::Block) &&
          isBefore(E.At, Other.At))
        return true;
    return anyOutsideLambdas(F.Decl->getBody(), [&](const Stmt *S) {
      const auto *Call = dyn_cast<CallExpr>(S);
      const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
      return FD && FD->getIdentifier() && isBefore(E.At, S) &&
             hasWord(FD->getName(),
                     {"wait", "ready", "started", "sync", "synchronize",
                      "handshake", "get", "sleep", "usleep", "arrive", "take",
                      "acquire", "rendezvous", "until"});
    });
  }

  //===--------------------------------------------------------------------===//
  // The starter says it too late, or not at all
  //===--------------------------------------------------------------------===//

  void starter(const SyncFunction &F, ArrayRef<Monitors::Step> Steps) {
    for (size_t At = 0; At != Steps.size(); ++At) {
      const Monitors::Step &S = Steps[At];
      if (S.Event->Does != SyncEvent::Start || S.Outer->Deferred ||
          S.Event->Loop)
        continue;
      for (const FunctionDecl *Entry : S.Event->Entries) {
        if (!M.find(Entry))
          continue;
        Running R{S.Event, Entry, M.steps(Entry)};
        if (!stale(F, Steps, At, R) && S.In == F.Decl)
          late(F, Steps, At, R);
      }
    }
  }

  /// An operand of the loop's condition looks at nothing but the flag: the loop
  /// isn't entered when \p Stop was said.
  bool isEntered(const Stmt *Loop, const Alteration &Stop) const {
    const Expr *Cond = isa<DoStmt>(Loop) ? nullptr : conditionOf(Loop);
    llvm::SmallVector<const Expr *, 4> All;
    if (Cond)
      All.push_back(Cond);
    while (!All.empty()) {
      const Expr *E = strip(All.pop_back_val());
      const auto *BO = dyn_cast_or_null<BinaryOperator>(E);
      if (BO && BO->getOpcode() == BO_LAnd) {
        All.push_back(BO->getLHS());
        All.push_back(BO->getRHS());
        continue;
      }
      if (!E)
        continue;
      Predicate P = predicateOf(E, false, Ctx);
      if (!P.Opaque && P.Terms.size() == 1 && P.helped(Stop) == Answer::Yes)
        return false;
    }
    return true;
  }

  /// Something on the way to the loop of \p R waits, or changes the flag.
  bool isHeldUp(const Running &R, const PollLoop &P, const SyncEvent &Start,
                const ValueDecl *Flag) const {
    for (const Monitors::Step &S : R.Steps) {
      if (S.Event->Does == SyncEvent::Write && S.Event->Object.Decl == Flag)
        return true;
      if (contains(P.Loop, S.Event->At) || contains(P.Loop, S.Outer->At))
        continue;
      if (S.Event->Does == SyncEvent::Wait || S.Event->Does == SyncEvent::Block)
        return true;
      if (S.Event->Does == SyncEvent::Acquire && !Start.Held.empty())
        return true;
    }
    return anyOutsideLambdas(R.Entry->getBody(), [&](const Stmt *S) {
      const auto *Call = dyn_cast<CallExpr>(S);
      const Effect *Row = Call ? M.lexicon().effect(Call) : nullptr;
      return Row &&
             (Row->Does == Verb::Sleep || Row->Does == Verb::Wait ||
              Row->Does == Verb::Acquire) &&
             !contains(P.Loop, S);
    });
  }

  /// What the flag is from the beginning; nothing when that isn't known.
  std::optional<int64_t> initially(const ValueDecl *D) const {
    const Expr *Init = nullptr;
    if (const auto *Field = dyn_cast<FieldDecl>(D)) {
      Init = Field->getInClassInitializer();
      const auto *RD = dyn_cast<CXXRecordDecl>(Field->getParent());
      for (const auto &[FD, F] : M.functions())
        if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(F.Decl);
            Ctor && RD &&
            Ctor->getParent()->getCanonicalDecl() == RD->getCanonicalDecl())
          for (const CXXCtorInitializer *I : Ctor->inits())
            if (I->isWritten() && I->getMember() == Field)
              Init = I->getInit();
    } else if (const auto *VD = dyn_cast<VarDecl>(D)) {
      Init = VD->getAnyInitializer();
      if (!Init && VD->hasGlobalStorage())
        return VD->hasExternalStorage() ? std::nullopt
                                        : std::optional<int64_t>(0);
    }
    for (unsigned Depth = 0; Init && Depth != 4; ++Depth) {
      Init = strip(Init);
      if (!Init || Init->isValueDependent())
        return std::nullopt;
      if (const auto *List = dyn_cast<InitListExpr>(Init)) {
        if (List->getNumInits() != 1)
          return std::nullopt;
        Init = List->getInit(0);
        continue;
      }
      if (const auto *CE = dyn_cast<CXXConstructExpr>(Init)) {
        if (CE->getNumArgs() != 1)
          return std::nullopt;
        Init = CE->getArg(0);
        continue;
      }
      Expr::EvalResult R;
      if (Init->EvaluateAsInt(R, Ctx))
        return R.Val.getInt().getExtValue();
      return std::nullopt;
    }
    return std::nullopt;
  }

  void late(const SyncFunction &F, ArrayRef<Monitors::Step> Steps, size_t At,
            const Running &R) {
    const SyncEvent &Start = *Steps[At].Event;
    for (const Monitors::Step &W : Steps.drop_front(At + 1)) {
      if (W.Event->Does != SyncEvent::Write || W.Outer->Deferred ||
          W.In != F.Decl || !isShared(*W.Event) || W.Event->Loop ||
          contains(Start.At, W.Event->At) ||
          M.isGivenAway(W.Event->Object.Decl))
        continue;
      const ValueDecl *Flag = W.Event->Object.Decl;
      std::optional<int64_t> First = initially(Flag);
      if (!First || *First == W.Event->Changes.Value)
        continue;
      Alteration Stop = W.Event->Changes;
      Stop.Value = *First;
      std::optional<PollLoop> P = pollLoop(M, R, Stop);
      if (!P || isEntered(P->Loop, Stop) ||
          M.exits(P->Loop).helped(W.Event->Changes) != Answer::No ||
          isHeldUp(R, *P, Start, Flag) || saidElsewhere(*W.Event, Stop.Value))
        continue;
      StopRace Race = race(StopRace::Late, R, *P, W);
      return tell(std::move(Race));
    }
  }

  /// Anybody else gives the flag another value than \p Stop.
  bool saidElsewhere(const SyncEvent &Write, int64_t Stop) const {
    for (const auto &[FD, F] : M.functions())
      for (const SyncEvent &E : F.Events)
        if (E.Does == SyncEvent::Write && &E != &Write &&
            E.Object.Decl == Write.Object.Decl &&
            (E.Changes.How != Change::Set || E.Changes.Value != Stop))
          return true;
    return false;
  }

  bool stale(const SyncFunction &F, ArrayRef<Monitors::Step> Steps, size_t At,
             const Running &R) {
    const SyncEvent &Start = *Steps[At].Event;
    // Of another object.
    if (Steps[At].In != F.Decl &&
        (Steps[At].Outer->Object.Decl ||
         (Steps[At].Via && Steps[At].Via->Object.Decl)))
      return false;
    for (size_t I = At; I != 0; --I) {
      const Monitors::Step &W = Steps[I - 1];
      if (W.Event->Does != SyncEvent::Write || W.Outer->Deferred ||
          !isShared(*W.Event) || W.Event->Object.Root ||
          (W.Outer != W.Event && W.Outer->Object.Decl) ||
          (W.Via && W.Via->Object.Decl))
        continue;
      const ValueDecl *Flag = W.Event->Object.Decl;
      // Each call of the function has one of its own.
      if (const auto *VD = dyn_cast<VarDecl>(Flag); VD && VD->hasLocalStorage())
        continue;
      std::optional<PollLoop> P = pollLoop(M, R, W.Event->Changes);
      if (!P || isEntered(P->Loop, W.Event->Changes) ||
          isHeldUp(R, *P, Start, Flag) || M.isGivenAway(Flag) ||
          !staysIn(F.Decl->getBody(), W.Outer->At))
        continue;
      // Said anew, or changed in a way that isn't understood.
      if (llvm::any_of(Steps.drop_front(I), [&](const Monitors::Step &S) {
            return S.Event->Does == SyncEvent::Write &&
                   S.Event->Object.Decl == Flag;
          }))
        continue;
      tell(race(StopRace::Stale, R, *P, W));
      return true;
    }
    return false;
  }

  /// What is done at \p At doesn't leave \p S after it.
  static bool staysIn(const Stmt *S, const Expr *At) {
    return !anyOutsideLambdas(S, [&](const Stmt *Inner) {
      if (const auto *If = dyn_cast<IfStmt>(Inner))
        for (const Stmt *Branch : {If->getThen(), If->getElse()})
          if (contains(Branch, At) && leaves(Branch))
            return true;
      return isa<SwitchStmt, LambdaExpr, CXXCatchStmt, ForStmt, WhileStmt,
                 DoStmt>(Inner) &&
             contains(Inner, At);
    });
  }

  static bool leaves(const Stmt *S) {
    return anyOutsideLambdas(S, [](const Stmt *Inner) {
      return isa<ReturnStmt, CXXThrowExpr, GotoStmt, BreakStmt, ContinueStmt>(
          Inner);
    });
  }

  static StopRace race(StopRace::Reason Why, const Running &R,
                       const PollLoop &P, const Monitors::Step &W) {
    StopRace Result;
    Result.Why = Why;
    Result.Flag = W.Event->Object.Decl;
    Result.Start = R.Start;
    Result.Entry = R.Entry;
    Result.Loop = P.Loop;
    Result.Write = W.Event;
    Result.WriteIn = W.In;
    return Result;
  }

  const Monitors &M;
  ASTContext &Ctx;
  const SourceManager &SM;
  Executions &Executing;
  Blocking Outside;
  std::vector<StopRace> Result;
};

} // namespace

std::vector<StopRace> stopRaces(const Monitors &M) { return Finder(M).run(); }

} // namespace leak
