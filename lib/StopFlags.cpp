//===--- StopFlags.cpp - flags that end threads, and who ignores them -----===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StopFlags.h"
#include "FlagLoops.h"
#include "PollWaits.h"
#include "PromiseWaits.h"
#include "Starts.h"
#include "Statements.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {

/// The functions that \p R gets to for certain, its entry first.
static SmallVector<const FunctionDecl *, 8> functionsOf(const Running &R) {
  SmallVector<const FunctionDecl *, 8> All{R.Entry};
  for (const Monitors::Step &S : R.Steps)
    if (S.Event->Does == SyncEvent::Call && !S.Event->Deferred &&
        !S.Outer->Deferred && !llvm::is_contained(All, S.Event->Callee))
      All.push_back(S.Event->Callee);
  return All;
}

std::optional<PollLoop> pollLoop(const Monitors &M, const Running &R,
                                 const Alteration &Set) {
  for (const FunctionDecl *FD : functionsOf(R))
    for (const Monitors::Loop &L : M.loops(FD))
      if (L.Exits.helped(Set) == Answer::Yes)
        return PollLoop{L.At, FD};
  return std::nullopt;
}

namespace {

class FlagFinder {
public:
  FlagFinder(const Monitors &M, const FunctionTable &Table, uint64_t LongSleep)
      : M(M), Table(Table), Ctx(M.context()), LongSleep(LongSleep),
        Executing(M.executions()), Waits(M), Promises(M), Who(Table, Ctx) {}

  std::vector<IgnoredFlag> run() {
    for (const JoinSite &J : Executing.joins())
      joined(J);
    return std::move(Result);
  }

private:
  void joined(const JoinSite &Site) {
    if (Site.isForcedOrAwaited())
      return;
    for (const Running &R : Executing.of(Site.handle()))
      execution(*Site.In, Site.step().In, Site.before(), Site.event(), R);
  }

  /// The flags that are set before, the last one first.
  void execution(const SyncFunction &F, const FunctionDecl *JoinedIn,
                 ArrayRef<Monitors::Step> Before, const SyncEvent &J,
                 const Running &R) {
    // What is started here is set up here.
    if (llvm::any_of(Before, [&](const Monitors::Step &S) {
          return S.Event == R.Start;
        }))
      return;
    for (const Monitors::Step &S : llvm::reverse(Before)) {
      if (S.Event->Does != SyncEvent::Write || S.Outer->Deferred ||
          !isFlag(S.Event->Object.Decl) || S.Event->Object.Element ||
          !isa<FieldDecl, VarDecl>(S.Event->Object.Decl))
        continue;
      if (std::optional<PollLoop> P = pollLoop(M, R, S.Event->Changes)) {
        IgnoredFlag Found = ignored(JoinedIn, *S.Event, J, R, *P);
        gaps(Found, Before, R);
        return;
      }
    }
    for (const Monitors::Step &S : llvm::reverse(Before))
      if (S.Event->Does == SyncEvent::Write && !S.Outer->Deferred &&
          isFlag(S.Event->Object.Decl) && sibling(F, S, J, R))
        return;
  }

  /// \p JoinedIn joins \p R, for which a flag is set before; \p Honours is the
  /// loop that looks at it.
  static IgnoredFlag ignored(const FunctionDecl *JoinedIn, const SyncEvent &Set,
                             const SyncEvent &Join, const Running &R,
                             const PollLoop &Honours) {
    IgnoredFlag Result;
    Result.Flag = Set.Object.Decl;
    Result.Set = &Set;
    Result.Join = &Join;
    Result.Start = R.Start;
    Result.Stopper = JoinedIn;
    Result.Entry = R.Entry;
    Result.Polls = Honours.Loop;
    Result.PollsIn = Honours.In;
    return Result;
  }

  //===--------------------------------------------------------------------===//
  // Between two polls
  //===--------------------------------------------------------------------===//

  void gaps(const IgnoredFlag &Base, ArrayRef<Monitors::Step> Before,
            const Running &R) {
    auto IsFlag = [&](const Stmt *S) {
      if (const auto *ME = dyn_cast<MemberExpr>(S))
        return ME->getMemberDecl() == Base.Flag;
      const auto *Ref = dyn_cast<DeclRefExpr>(S);
      return Ref && Ref->getDecl() == Base.Flag;
    };
    PollGaps Gaps(M.lexicon(), LongSleep, IsFlag);
    for (PollGap &G : Gaps.within(Base.Polls, Base.PollsIn)) {
      switch (G.Does) {
      case PollGap::Retry:
        if (helpedOtherwise(G, Base.Flag, Before))
          continue;
        break;
      case PollGap::Sleep:
        break;
      case PollGap::Block:
        if (!blocksForEver(G, Base, Before) &&
            (endsItself(R, Base.Flag) ||
             (!Waits.lasts(G, Base.Stopper, *Base.Join, Base.Polls) &&
              !Promises.lasts(G, Base.Stopper, Base.Join->At->getBeginLoc(),
                              functionsOf(R)))))
          continue;
        break;
      }
      IgnoredFlag Found = Base;
      Found.Gap = G;
      tell(std::move(Found), G.At);
    }
    for (PollGap &G : Gaps.before(Base.Polls, Base.PollsIn)) {
      IgnoredFlag Found = Base;
      Found.IsBefore = true;
      if (helpedOtherwise(G, Base.Flag, Before, &Found.For) ||
          (Found.For && isSetInTime(Found.For, Base, R)))
        continue;
      Found.Gap = G;
      tell(std::move(Found), G.At);
    }
  }

  /// Who starts the execution, or who stops it, sees to it that it isn't held
  /// up by \p For.
  bool isSetInTime(const ValueDecl *For, const IgnoredFlag &Base,
                   const Running &R) {
    auto Starts = [&](const FunctionDecl *FD) {
      return llvm::any_of(M.steps(FD), [&](const Monitors::Step &S) {
        return S.Event == R.Start;
      });
    };
    for (const Setters::Setter &S : Who.of(For)) {
      if (Starts(S.In))
        return true;
      for (const Monitors::Caller &C : M.callers(S.In))
        if (Starts(C.In->Decl))
          return true;
    }
    // It looks first; or whoever calls it does.
    auto Looks = [&](const FunctionDecl *FD) {
      return mentions(FD->getBody(), For);
    };
    if (Looks(Base.Stopper))
      return true;
    for (const Setters::Setter &S : Who.of(Base.Flag))
      if (!isa<CXXConstructorDecl>(S.In) && S.In != Base.PollsIn &&
          !Starts(S.In) && Looks(S.In))
        return true;
    return llvm::any_of(
        M.callers(Base.Stopper),
        [&](const Monitors::Caller &C) { return Looks(C.In->Decl); });
  }

  /// The loop waits for something that the one who stops changes as well, or
  /// for something of which nobody knows who changes it.
  bool helpedOtherwise(const PollGap &G, const ValueDecl *Flag,
                       ArrayRef<Monitors::Step> Before,
                       const ValueDecl **WaitsFor = nullptr) {
    const Predicate &Out = M.exits(G.At);
    for (const Monitors::Step &S : Before)
      if (S.Event->Does == SyncEvent::Write &&
          Out.helped(S.Event->Changes) != Answer::No)
        return true;
    const ValueDecl *For = nullptr;
    bool Helped = !Who.nobodyHelps(G.At, G.Pause, Flag, For);
    if (WaitsFor)
      *WaitsFor = For;
    return Helped;
  }

  /// The execution sets the flag as well: what comes may make it do so.
  static bool endsItself(const Running &R, const ValueDecl *Flag) {
    return llvm::any_of(R.Steps, [&](const Monitors::Step &S) {
      return S.Event->Does == SyncEvent::Write && S.Event->Object.Decl == Flag;
    });
  }

  //===--------------------------------------------------------------------===//
  // Blocking calls
  //===--------------------------------------------------------------------===//

  /// Nothing that is done before the join ends the call.
  bool blocksForEver(const PollGap &G, const IgnoredFlag &Base,
                     ArrayRef<Monitors::Step> Before) const {
    const auto *Call = cast<Expr>(G.At);
    const Effect *Row = M.lexicon().effect(Call);
    const Expr *Object = Row ? M.lexicon().object(Call, *Row) : nullptr;
    Place Where = Object ? placeOf(Object) : Place();
    // How it was made and configured has to be visible.
    if (!Where || Where.Element || !isMadeHere(Where))
      return false;
    return harmlessBefore(Base.Stopper, Base.Join->At, 0);
  }

  /// What \p FD does before \p At, and its callers before they call it.
  bool harmlessBefore(const FunctionDecl *FD, const Expr *At,
                      unsigned Depth) const {
    return Depth < 3 && onlyHarmless(FD, At, 0) &&
           llvm::all_of(
               M.callers(FD),
               [&](const Monitors::Caller &C) {
                 return harmlessBefore(C.In->Decl, C.At->At, Depth + 1);
               });
  }

  /// Somewhere in the unit it gets its value from a call that makes it, and
  /// nobody gives it a limit.
  bool isMadeHere(const Place &Where) const {
    bool Made = false;
    for (const auto &[FD, F] : Table.all()) {
      for (const Expr *E : F.Calls)
        if (const Effect *Row = M.lexicon().effect(E))
          if (Row->Does == Verb::SetDeadline || Row->Does == Verb::Arm)
            return false;
      for (const Expr *E : F.Changes) {
        const auto *BO = dyn_cast<BinaryOperator>(E);
        if (!BO || BO->getOpcode() != BO_Assign ||
            !(placeOf(BO->getLHS()) == Where))
          continue;
        const auto *Call = dyn_cast_or_null<CallExpr>(strip(BO->getRHS()));
        const Effect *Row = Call ? M.lexicon().effect(Call) : nullptr;
        if (Row && (Row->Does == Verb::Init || Row->Does == Verb::Block) &&
            !flagsOf(Call))
          Made = true;
        // -1, and the like.
        else if (Call)
          return false;
      }
    }
    return Made;
  }

  /// Bits that may say "don't block": of a number with more than the low ones.
  bool flagsOf(const CallExpr *Call) const {
    for (const Expr *A : Call->arguments()) {
      Expr::EvalResult R;
      if (A->getType()->isIntegerType() && !A->isValueDependent() &&
          A->EvaluateAsInt(R, Ctx) && R.Val.getInt().getLimitedValue() >= 2048)
        return true;
    }
    return false;
  }

  /// All that \p FD does before \p Until is known not to end a call elsewhere.
  bool onlyHarmless(const FunctionDecl *FD, const Expr *Until,
                    unsigned Depth) const {
    const FunctionUses *F = Table.find(FD);
    if (!F || Depth > 3)
      return false;
    const SourceManager &SM = Ctx.getSourceManager();
    for (const Expr *E : F->Calls) {
      if (Until &&
          SM.isBeforeInTranslationUnit(Until->getBeginLoc(), E->getBeginLoc()))
        continue;
      if (E == Until)
        continue;
      if (const Effect *Row = M.lexicon().effect(E)) {
        switch (Row->Does) {
        case Verb::Query:
        case Verb::Join:
        case Verb::TestLive:
        case Verb::NotifyOne:
        case Verb::NotifyAll:
        case Verb::Acquire:
        case Verb::Release:
        case Verb::Init:
        case Verb::Element:
        case Verb::Iterate:
        case Verb::Clear:
          continue;
        default:
          return false;
        }
      }
      const FunctionDecl *Callee = nullptr, *Def = nullptr;
      if (const auto *CE = dyn_cast<CXXConstructExpr>(E))
        Callee = CE->getConstructor();
      else
        Callee = cast<CallExpr>(E)->getDirectCallee();
      if (!Callee)
        return false;
      // The standard library's containers, streams and the like do no more
      // than they say; what C has, may.
      bool System = SM.isInSystemHeader(Callee->getLocation());
      if (System &&
          (isa<CXXMethodDecl>(Callee) || Callee->isOverloadedOperator() ||
           (Callee->getIdentifier() &&
            (Callee->getName() == "printf" || Callee->getName() == "fprintf" ||
             Callee->getName() == "puts"))))
        continue;
      if (System || !Callee->isDefined(Def) ||
          !onlyHarmless(Def, nullptr, Depth + 1))
        return false;
    }
    return true;
  }

  //===--------------------------------------------------------------------===//
  // Executions that ignore it
  //===--------------------------------------------------------------------===//

  /// \p R has a loop without an end, and another execution that is stopped by
  /// the same function looks at the flag.
  bool sibling(const SyncFunction &F, const Monitors::Step &Set,
               const SyncEvent &J, const Running &R) {
    std::optional<Predicate> Out = mainLoopExits(M, R);
    if (!Out || Out->Opaque || !Out->Terms.empty())
      return false;
    for (const Monitors::Step &S : R.Steps)
      // What waits for ever is told by another check; what throws, ends.
      if (S.Event->Does == SyncEvent::Wait || throws(S.In->getBody()))
        return false;
    if (throws(R.Entry->getBody()))
      return false;
    const Stmt *Loop = endlessLoop(R);
    if (!Loop)
      return false;
    for (const Monitors::Step &Other : M.steps(F.Decl)) {
      if (Other.Event->Does != SyncEvent::Join || Other.Event == &J)
        continue;
      for (const Running &Also : Executing.of(Other.Event->Object.Decl)) {
        if (Also.Entry == R.Entry)
          continue;
        std::optional<PollLoop> P = pollLoop(M, Also, Set.Event->Changes);
        if (!P)
          continue;
        IgnoredFlag Found = ignored(F.Decl, *Set.Event, J, R, *P);
        Found.Loop = Loop;
        tell(std::move(Found), Loop);
        return true;
      }
    }
    return false;
  }

  const Stmt *endlessLoop(const Running &R) const {
    for (const FunctionDecl *FD : functionsOf(R))
      for (const Monitors::Loop &L : M.loops(FD))
        if (!L.Exits.Opaque && L.Exits.Terms.empty())
          return L.At;
    return nullptr;
  }

  static bool throws(const Stmt *S) {
    return S && (isa<CXXThrowExpr, CXXTryStmt>(S) ||
                 llvm::any_of(S->children(), throws));
  }

  void tell(IgnoredFlag Found, const Stmt *At) {
    if (Told.insert(At).second)
      Result.push_back(std::move(Found));
  }

  const Monitors &M;
  const FunctionTable &Table;
  ASTContext &Ctx;
  uint64_t LongSleep;
  Executions &Executing;
  PollWaits Waits;
  PromiseWaits Promises;
  Setters Who;
  llvm::SmallPtrSet<const Stmt *, 8> Told;
  std::vector<IgnoredFlag> Result;
};

} // namespace

std::vector<IgnoredFlag> ignoredFlags(const Monitors &M,
                                      const FunctionTable &Table,
                                      uint64_t LongSleep) {
  return FlagFinder(M, Table, LongSleep).run();
}

} // namespace leak
