//===--- StopWaits.cpp - waits that a stop doesn't end --------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StopWaits.h"
#include "EndlessRuns.h"
#include "Spelling.h"
#include "Statements.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {

namespace {

/// A flag is set, and a condition notified after it.
struct Stop {
  const SyncFunction *By;
  std::vector<Monitors::Step> Steps;
  const SyncEvent *Set;
  const SyncEvent *Notify;
};

class Finder {
public:
  Finder(const Monitors &M, ArrayRef<StuckJoin> Told)
      : M(M), Ctx(M.context()), Told(Told) {
    for (const auto &[FD, F] : M.functions()) {
      bool Notifies = false, Waits = false;
      for (const SyncEvent &E : F.Events) {
        Notifies |= E.Does == SyncEvent::Notify;
        Waits |= E.Does == SyncEvent::Wait;
      }
      if (Notifies)
        noteStops(F);
      if (Waits)
        Waiting.push_back(&F);
    }
  }

  std::vector<StopWait> run() {
    for (const SyncFunction *F : Waiting)
      for (const SyncEvent &W : F->Events)
        if (W.Does == SyncEvent::Wait && !W.Timed && !W.For.Terms.empty() &&
            W.Object && !isTold(W)) {
          size_t Before = Result.size();
          if (!W.For.Opaque)
            look(*F, W);
          if (Result.size() == Before)
            askedBefore(*F, W);
        }
    return std::move(Result);
  }

private:
  static bool meansStop(const ValueDecl *Flag) {
    return Flag->getIdentifier() &&
           hasWord(Flag->getName(),
                   {"stop",      "stopped",     "stopping",    "quit",
                    "quitting",  "exit",        "exiting",     "close",
                    "closed",    "closing",     "shutdown",    "shutting",
                    "terminate", "terminated",  "terminating", "abort",
                    "aborted",   "cancel",      "cancelled",   "canceled",
                    "running",   "run",         "end",         "ending",
                    "alive",     "active",      "kill",        "killed",
                    "die",       "dying",       "destroying",  "halt",
                    "interrupt", "interrupted", "flushing",    "dead",
                    "enabled",   "finish",      "finished",    "valid"});
  }

  void noteStops(const SyncFunction &F) {
    for (const SyncEvent &N : F.Events) {
      if (N.Does != SyncEvent::Notify || !N.Object)
        continue;
      for (const SyncEvent &Set : F.Events) {
        if (&Set == &N)
          break;
        if (Set.Does == SyncEvent::Write && Set.Changes.How == Change::Set &&
            !Set.Object.Element && isFlag(Set.Object.Decl) &&
            isa<FieldDecl, VarDecl>(Set.Object.Decl) &&
            (meansStop(Set.Object.Decl) || endsOwner(F.Decl, M)))
          Stops.push_back({&F, M.steps(F.Decl), &Set, &N});
      }
    }
  }

  /// The same member of what may be the same object: two functions call it by
  /// their own parameters and variables.
  static bool sameObject(const Place &A, const Place &B) {
    auto IsLocal = [](const Place &P) {
      const auto *VD = dyn_cast_or_null<VarDecl>(P.Root);
      return VD && VD->hasLocalStorage();
    };
    return A.Decl == B.Decl && (A.Root == B.Root || (IsLocal(A) && IsLocal(B)));
  }

  bool isTold(const SyncEvent &W) const {
    return llvm::any_of(Told,
                        [&](const StuckJoin &J) { return J.Inside == &W; });
  }

  void look(const SyncFunction &F, const SyncEvent &W) {
    for (const Stop &S : Stops) {
      if (S.By == &F || !sameObject(S.Notify->Object, W.Object) ||
          W.For.tests(S.Set->Object.Decl))
        continue;
      // It changes what is waited for, or hands the stop on.
      if (S.By->HandsThisOn ||
          llvm::any_of(S.Steps, [&](const Monitors::Step &Step) {
            return (Step.Event->Does == SyncEvent::Write &&
                    W.For.helped(Step.Event->Changes) != Answer::No) ||
                   Step.Event->Does == SyncEvent::Cancel;
          }))
        continue;
      StopWait Found;
      Found.Wait = &W;
      Found.In = F.Decl;
      Found.Flag = S.Set->Object.Decl;
      Found.Set = S.Set;
      Found.SetIn = S.By->Decl;
      Found.Notify = S.Notify;
      for (const Stmt *L : loopsAround(F.Decl->getBody(), W.At))
        if (!Found.Loop && !isa<CXXForRangeStmt>(L) &&
            M.exits(L).helped(S.Set->Changes) == Answer::Yes)
          Found.Loop = L;
      // What is tested once isn't waited for again; who is ended by force
      // needs no flag.
      if (!Found.Loop && !M.anyCancelled() && (W.HasPredicate || W.Loop))
        Found.Sibling = sibling(F, W, S);
      // The loop that waits tests it itself: that is the test, unless it comes
      // too late.
      if (Found.Loop && !W.HasPredicate && Found.Loop == W.Loop) {
        Found.Late = isTestedLate(F, W, S);
        if (!Found.Late)
          continue;
      }
      if (!Found.Loop && !Found.Sibling)
        continue;
      Result.push_back(Found);
      return;
    }
  }

  /// Nobody looks at the flag from the beginning of \p F to the wait: when it
  /// was set before, nobody notifies any more.
  bool isTestedLate(const SyncFunction &F, const SyncEvent &W,
                    const Stop &S) const {
    const ValueDecl *Flag = S.Set->Object.Decl;
    auto Mentions = [&](const FunctionDecl *FD) {
      return mentions(FD->getBody(), Flag);
    };
    return meansStop(Flag) && !mentionsBefore(F.Decl->getBody(), Flag, W.At) &&
           llvm::none_of(F.Events,
                         [&](const SyncEvent &E) {
                           return E.Does == SyncEvent::Write &&
                                  E.Object.Decl == Flag;
                         }) &&
           llvm::count_if(S.By->Events,
                          [&](const SyncEvent &E) {
                            return E.Does == SyncEvent::Write &&
                                   E.Object.Decl == Flag;
                          }) == 1 &&
           llvm::none_of(M.callers(F.Decl), [&](const Monitors::Caller &C) {
             return Mentions(C.In->Decl);
           });
  }

  /// \p S names \p Flag, or calls a method of the same object, which may look,
  /// before \p At is reached for the first time.
  bool mentionsBefore(const Stmt *S, const ValueDecl *Flag,
                      const Stmt *At) const {
    if (!S || !Ctx.getSourceManager().isBeforeInTranslationUnit(
                  S->getBeginLoc(), At->getBeginLoc()))
      return false;
    if (namedBy(S) == Flag)
      return true;
    if (const auto *MC = dyn_cast<CXXMemberCallExpr>(S);
        MC &&
        isa_and_nonnull<CXXThisExpr>(strip(MC->getImplicitObjectArgument())))
      return true;
    return llvm::any_of(S->children(), [&](const Stmt *Child) {
      return mentionsBefore(Child, Flag, At);
    });
  }

  /// The function leaves when a stop was asked for, and then waits without
  /// another look.
  void askedBefore(const SyncFunction &F, const SyncEvent &W) {
    if ((!W.Loop && !W.HasPredicate) ||
        (W.For.Opaque && (W.HasPredicate || asksOthers(W.Loop))))
      return;
    for (const Stmt *S : statements(F.Decl->getBody())) {
      const auto *If = dyn_cast<IfStmt>(S);
      if (!If || contains(If, W.At) || contains(W.Loop, If) ||
          !Ctx.getSourceManager().isBeforeInTranslationUnit(
              If->getBeginLoc(), W.At->getBeginLoc()) ||
          !mayReturn(If->getThen()))
        continue;
      Predicate Asked = predicateOf(If->getCond(), true, Ctx);
      if (Asked.Opaque || Asked.Terms.size() != 1)
        continue;
      const Predicate::Term &T = Asked.Terms.front();
      if (!isFlag(T.What.Decl) || !isa<FieldDecl, VarDecl>(T.What.Decl) ||
          T.What.Element || !meansStop(T.What.Decl) ||
          testedAround(F, W, T.What.Decl) || mayBeHelped(W, Asked))
        continue;
      StopWait Found;
      Found.Wait = &W;
      Found.In = F.Decl;
      Found.Flag = T.What.Decl;
      Found.Asked = If;
      Result.push_back(Found);
      return;
    }
  }

  /// The condition of \p Loop calls what may look at anything.
  static bool asksOthers(const Stmt *Loop) {
    const auto *While = dyn_cast<WhileStmt>(Loop);
    return !While || asks(While->getCond());
  }

  static bool asks(const Stmt *S) {
    if (const auto *Call = dyn_cast<CallExpr>(S)) {
      const auto *MC = dyn_cast<CXXMemberCallExpr>(Call);
      if (!MC || !MC->getMethodDecl() || !MC->getMethodDecl()->isConst() ||
          isa_and_nonnull<CXXThisExpr>(strip(MC->getImplicitObjectArgument())))
        return !isa<CXXOperatorCallExpr>(Call);
    }
    return llvm::any_of(S->children(),
                        [](const Stmt *Child) { return Child && asks(Child); });
  }

  static std::vector<const Stmt *> statements(const Stmt *Body) {
    std::vector<const Stmt *> All;
    if (const auto *CS = dyn_cast_or_null<CompoundStmt>(Body))
      All.assign(CS->body_begin(), CS->body_end());
    return All;
  }

  bool testedAround(const SyncFunction &F, const SyncEvent &W,
                    const ValueDecl *Flag) const {
    if (W.For.tests(Flag))
      return true;
    for (const Stmt *L : loopsAround(F.Decl->getBody(), W.At)) {
      const Predicate &Out = M.exits(L);
      if (Out.tests(Flag) || mentions(L, Flag))
        return true;
    }
    return false;
  }

  /// Somebody who stops also does what is waited for; or there is nobody who
  /// stops.
  bool mayBeHelped(const SyncEvent &W, const Predicate &Asked) const {
    for (const auto &[FD, F] : M.functions()) {
      std::vector<Monitors::Step> Steps = M.steps(F.Decl, 2);
      if (llvm::any_of(Steps,
                       [&](const Monitors::Step &S) {
                         return S.Event->Does == SyncEvent::Write &&
                                Asked.helped(S.Event->Changes) != Answer::No;
                       }) &&
          (F.HandsThisOn || llvm::any_of(Steps, [&](const Monitors::Step &S) {
             return S.Event->Does == SyncEvent::Write &&
                    W.For.helped(S.Event->Changes) != Answer::No;
           })))
        return true;
    }
    return false;
  }

  /// Another wait for the same, which tests the flag.
  const SyncEvent *sibling(const SyncFunction &F, const SyncEvent &W,
                           const Stop &S) const {
    for (const SyncFunction *Other : Waiting)
      for (const SyncEvent &E : Other->Events)
        if (E.Does == SyncEvent::Wait && &E != &W &&
            E.For.helped(S.Set->Changes) == Answer::Yes &&
            sameObject(E.Object, W.Object) && sameState(E.For, W.For))
          return &E;
    return nullptr;
  }

  /// Something that one of them waits for, in the same direction.
  static bool sameState(const Predicate &A, const Predicate &B) {
    return llvm::any_of(A.Terms, [&](const Predicate::Term &X) {
      return X.Helps != Change::Unknown &&
             llvm::any_of(B.Terms, [&](const Predicate::Term &Y) {
               return sameObject(X.What, Y.What) && X.Helps == Y.Helps &&
                      X.Value == Y.Value && X.Not == Y.Not;
             });
    });
  }

  const Monitors &M;
  ASTContext &Ctx;
  ArrayRef<StuckJoin> Told;
  std::vector<Stop> Stops;
  std::vector<const SyncFunction *> Waiting;
  std::vector<StopWait> Result;
};

} // namespace

std::vector<StopWait> stopWaits(const Monitors &M, ArrayRef<StuckJoin> Told) {
  return Finder(M, Told).run();
}

} // namespace leak
