//===--- BlindWaits.cpp - waits that don't look, and wakes of too few -----===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The waiter's side of the protocol: who has taken the mutex looks at all that
/// others change before they notify, and only then waits. What was looked at
/// before the mutex was taken may have changed since, and been notified. And a
/// side of those who notify: only when what they fill was empty, they wake one
/// of many.
///
//===----------------------------------------------------------------------===//

#include "Statements.h"
#include "Wakeups.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace leak {

namespace {

/// What a stretch of a function looks at.
struct Sight {
  llvm::SmallPtrSet<const ValueDecl *, 16> Seen;
  const Expr *Wait = nullptr; ///< This does nothing else.
  /// It does what isn't understood, or makes others go on.
  bool Opaque = false;
};

class BlindFinder {
public:
  explicit BlindFinder(const Monitors &M)
      : M(M), Ctx(M.context()), SM(Ctx.getSourceManager()) {}

  std::vector<MissedWakeup> run() {
    for (const auto &[FD, F] : M.functions())
      for (const SyncEvent &E : F.Events) {
        if (E.Does == SyncEvent::Wait && !E.Timed && E.Mutex.Decl)
          blind(F, E);
        else if (E.Does == SyncEvent::Notify && !E.All) {
          edge(F, E);
          wrongOne(F, E);
        }
      }
    return std::move(Result);
  }

private:
  //===--------------------------------------------------------------------===//
  // Waits
  //===--------------------------------------------------------------------===//

  /// All that \p S mentions between \p From and \p To, where they are valid.
  void look(const Stmt *S, SourceLocation From, SourceLocation To, Sight &Into,
            unsigned Depth) const {
    if (!S)
      return;
    SourceLocation Loc = S->getBeginLoc();
    bool Inside =
        (From.isInvalid() || SM.isBeforeInTranslationUnit(From, Loc)) &&
        (To.isInvalid() || !SM.isBeforeInTranslationUnit(To, Loc));
    if (Inside) {
      if (const auto *ME = dyn_cast<MemberExpr>(S))
        Into.Seen.insert(ME->getMemberDecl());
      else if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
        Into.Seen.insert(Ref->getDecl());
        // A reference to, or a copy of, something.
        if (const auto *VD = dyn_cast<VarDecl>(Ref->getDecl());
            VD && VD->isLocalVarDecl() && VD->hasInit() && Depth < 3)
          look(VD->getInit(), {}, {}, Into, Depth + 1);
      } else if (const auto *Call = dyn_cast<CallExpr>(S)) {
        if (Call != Into.Wait)
          called(Call, Into, Depth);
      } else if (const auto *CE = dyn_cast<CXXConstructExpr>(S)) {
        callee(CE->getConstructor(), Into, Depth);
      }
    }
    for (const Stmt *Child : S->children())
      look(Child, From, To, Into, Depth);
  }

  void called(const CallExpr *Call, Sight &Into, unsigned Depth) const {
    const FunctionDecl *FD = Call->getDirectCallee();
    if (!FD) {
      Into.Opaque = true;
      return;
    }
    callee(FD, Into, Depth);
  }

  void callee(const FunctionDecl *FD, Sight &Into, unsigned Depth) const {
    if (SM.isInSystemHeader(FD->getLocation()) || FD->getBuiltinID())
      return;
    const FunctionDecl *Def = nullptr;
    if (Depth > 3 || !FD->isDefined(Def) || !Def || !Def->getBody()) {
      Into.Opaque |= !FD->isImplicit();
      return;
    }
    if (const SyncFunction *F = M.find(Def))
      for (const SyncEvent &E : F->Events)
        Into.Opaque |= E.Does == SyncEvent::Notify ||
                       E.Does == SyncEvent::Start || E.Does == SyncEvent::Join;
    look(Def->getBody(), {}, {}, Into, Depth + 1);
  }

  /// The operation that takes the mutex before the wait, in a loop around both.
  const SyncEvent *takenBefore(const SyncFunction &F,
                               const SyncEvent &W) const {
    const SyncEvent *Taken = nullptr;
    for (const SyncEvent &E : F.Events) {
      if (&E == &W)
        break;
      if (E.Does == SyncEvent::Acquire && E.Object.Decl == W.Mutex.Decl)
        Taken = &E;
    }
    if (!Taken || Taken->Timed || !Taken->Loop || !W.holds(W.Mutex.Decl) ||
        !contains(Taken->Loop, W.At))
      return nullptr;
    // In a branch, it may have been taken before.
    return inBranch(Taken->Loop, Taken->At, W.At) ? nullptr : Taken;
  }

  static bool inBranch(const Stmt *S, const Stmt *At, const Stmt *Not) {
    if (!S)
      return false;
    if (isa<SwitchStmt>(S) && contains(S, At) && !contains(S, Not))
      return true;
    if (const auto *If = dyn_cast<IfStmt>(S))
      for (const Stmt *Branch : {If->getThen(), If->getElse()})
        if (contains(Branch, At) && !contains(Branch, Not))
          return true;
    return llvm::any_of(S->children(), [&](const Stmt *Child) {
      return inBranch(Child, At, Not);
    });
  }

  /// Loops inside \p Outer around the wait: what they test is tested each time.
  void lookAtLoops(const Stmt *S, const Stmt *Outer, const SyncEvent &W,
                   Sight &Into) const {
    if (!S || !contains(S, W.At))
      return;
    if (S != Outer && isa<WhileStmt, DoStmt, ForStmt>(S))
      return look(S, {}, {}, Into, 0);
    for (const Stmt *Child : S->children())
      lookAtLoops(Child, Outer, W, Into);
  }

  void blind(const SyncFunction &F, const SyncEvent &W) {
    const SyncEvent *Taken = takenBefore(F, W);
    if (!Taken)
      return;
    Sight Before;
    Before.Wait = W.At;
    look(Taken->Loop, Taken->At->getBeginLoc(), W.At->getBeginLoc(), Before, 0);
    look(W.At, {}, {}, Before, 0);
    lookAtLoops(Taken->Loop, Taken->Loop, W, Before);
    for (const SyncEvent &E : F.Events)
      Before.Opaque |=
          (E.Does == SyncEvent::Notify || E.Does == SyncEvent::Start ||
           E.Does == SyncEvent::Join) &&
          SM.isBeforeInTranslationUnit(Taken->At->getBeginLoc(),
                                       E.At->getBeginLoc()) &&
          SM.isBeforeInTranslationUnit(E.At->getBeginLoc(),
                                       W.At->getBeginLoc());
    if (Before.Opaque)
      return;
    // To take the mutex is no change of what is waited for.
    Before.Seen.erase(W.Mutex.Decl);
    Before.Seen.erase(W.Object.Decl);
    Sight All;
    look(Taken->Loop, {}, {}, All, 0);
    const Predicate &Out = M.exits(Taken->Loop);
    bool Direct = !W.HasPredicate && W.Loop == Taken->Loop;
    MissedWakeup Found;
    for (const auto &[FD, G] : M.functions()) {
      if (G.Decl == F.Decl || isa<CXXConstructorDecl>(G.Decl))
        continue;
      for (size_t I = 0; I != G.Events.size(); ++I) {
        const SyncEvent &E = G.Events[I];
        if (E.Does != SyncEvent::Write || Before.Seen.contains(E.Object.Decl))
          continue;
        bool Flag = isFlag(E.Object.Decl) &&
                    Out.helped(E.Changes) == Answer::Yes &&
                    (Direct || !isJoined(F));
        // What is put into it is got out in the loop.
        bool Fills = E.Changes.How == Change::Raise &&
                     isContainer(E.Object.Decl) &&
                     All.Seen.contains(E.Object.Decl);
        if (!Flag && !Fills)
          continue;
        const SyncEvent *Notify = G.notifiedFrom(I, W.Object.Decl);
        if (!Notify || changesSeen(G, W, Before))
          continue;
        if (Found.Wait && !Flag)
          continue;
        Found.Why = MissedWakeup::Untested;
        Found.In = F.Decl;
        Found.Wait = &W;
        Found.Change = &E;
        Found.Notify = Notify;
        Found.Mutex = W.Mutex.Decl;
        Found.Taken = Taken;
        if (Flag) {
          Result.push_back(Found);
          return;
        }
      }
    }
    if (Found.Wait)
      Result.push_back(Found);
  }

  /// Something else changes as well that is looked at, and stands for it.
  bool changesSeen(const SyncFunction &G, const SyncEvent &W,
                   const Sight &Before) const {
    return G.HandsThisOn ||
           llvm::any_of(M.steps(G.Decl), [&](const Monitors::Step &S) {
             const ValueDecl *D = S.Event->Object.Decl;
             return S.Event->Does == SyncEvent::Write &&
                    Before.Seen.contains(D) &&
                    (!W.For.tests(D) ||
                     W.For.helped(S.Event->Changes) != Answer::No);
           });
  }

  bool isContainer(const ValueDecl *D) const {
    const CXXRecordDecl *RD =
        D->getType().getNonReferenceType()->getAsCXXRecordDecl();
    return RD && RD->getIdentifier() &&
           SM.isInSystemHeader(RD->getLocation()) &&
           !RD->getName().contains_insensitive("atomic");
  }

  /// An execution that gets to \p F is joined: that is told there.
  bool isJoined(const SyncFunction &F) const {
    for (const auto &[FD, G] : M.functions())
      for (const SyncEvent &S : G.Events) {
        if (S.Does != SyncEvent::Start || !S.Object)
          continue;
        bool Gets = llvm::any_of(S.Entries, [&](const FunctionDecl *Entry) {
          return Entry->getCanonicalDecl() == F.Decl->getCanonicalDecl() ||
                 llvm::any_of(M.steps(Entry), [&](const Monitors::Step &Step) {
                   return Step.In == F.Decl;
                 });
        });
        if (Gets && joins(S.Object.Decl))
          return true;
      }
    return false;
  }

  bool joins(const ValueDecl *Handle) const {
    for (const auto &[FD, G] : M.functions())
      for (const SyncEvent &E : G.Events)
        if (E.Does == SyncEvent::Join && E.Object.Decl == Handle)
          return true;
    return false;
  }

  //===--------------------------------------------------------------------===//
  // Notifications on an edge
  //===--------------------------------------------------------------------===//

  /// `if (wasEmpty) cv.notify_one();` after something was added, where many
  /// wait: who is woken has not taken it yet when the next is added.
  void edge(const SyncFunction &G, const SyncEvent &N) {
    const IfStmt *If = nullptr;
    innermostIf(G.Decl->getBody(), N.At, If);
    if (!If || If->getElse())
      return;
    for (const SyncEvent &E : G.Events) {
      if (&E == &N)
        return;
      if (E.Does != SyncEvent::Write || E.Loop != N.Loop ||
          E.Changes.How != Change::Raise || !isContainer(E.Object.Decl) ||
          !asksForFirst(If->getCond(), E.Object.Decl, G.Decl))
        continue;
      if (const SyncEvent *Start = manyWaitFor(E, N)) {
        MissedWakeup W;
        W.Why = MissedWakeup::OnlyFirst;
        W.In = G.Decl;
        W.Change = &E;
        W.Notify = &N;
        W.Start = Start;
        W.Wait = waitOf(E, N);
        Result.push_back(W);
        return;
      }
    }
  }

  static bool innermostIf(const Stmt *S, const Stmt *At, const IfStmt *&If) {
    if (!S || isa<LambdaExpr>(S))
      return false;
    if (S == At)
      return true;
    for (const Stmt *Child : S->children()) {
      if (!innermostIf(Child, At, If))
        continue;
      if (const auto *Here = dyn_cast<IfStmt>(S); Here && !If)
        If = Here;
      return true;
    }
    return false;
  }

  /// \p Cond is true when \p D was empty, or has one element now.
  bool asksForFirst(const Expr *Cond, const ValueDecl *D,
                    const FunctionDecl *In) const {
    Cond = strip(Cond);
    if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(Cond)) {
      const auto *VD = dyn_cast<VarDecl>(Ref->getDecl());
      if (!VD || !VD->isLocalVarDecl())
        return false;
      if (VD->getInit() && isEmptyTest(VD->getInit(), D))
        return true;
      return assignsTest(In->getBody(), VD, D);
    }
    if (!Cond)
      return false;
    Predicate P = predicateOf(Cond, true, Ctx);
    return P.Terms.size() == 1 && P.Terms[0].What.Decl == D &&
           P.Terms[0].Helps == Change::Set && P.Terms[0].Value == 1 &&
           !P.Terms[0].Not;
  }

  bool isEmptyTest(const Expr *E, const ValueDecl *D) const {
    Predicate P = predicateOf(E, true, Ctx);
    return P.Terms.size() == 1 && P.Terms[0].What.Decl == D &&
           P.Terms[0].Helps == Change::Lower;
  }

  bool assignsTest(const Stmt *S, const VarDecl *VD, const ValueDecl *D) const {
    if (!S)
      return false;
    if (const auto *BO = dyn_cast<BinaryOperator>(S);
        BO && BO->getOpcode() == BO_Assign && placeOf(BO->getLHS()).Decl == VD)
      return isEmptyTest(BO->getRHS(), D);
    return llvm::any_of(S->children(), [&](const Stmt *Child) {
      return assignsTest(Child, VD, D);
    });
  }

  static bool waitsFor(const SyncEvent &W, const SyncEvent &E,
                       const SyncEvent &N) {
    return W.Does == SyncEvent::Wait && !W.Timed &&
           W.Object.Decl == N.Object.Decl &&
           W.For.helped(E.Changes) == Answer::Yes;
  }

  const SyncEvent *waitOf(const SyncEvent &E, const SyncEvent &N) const {
    for (const auto &[FD, F] : M.functions())
      for (const SyncEvent &W : F.Events)
        if (waitsFor(W, E, N))
          return &W;
    return nullptr;
  }

  //===--------------------------------------------------------------------===//
  // Waiters of several kinds
  //===--------------------------------------------------------------------===//

  /// Some wait for the change, and many others, on the same condition, for
  /// something else: one notification may come to one of these.
  void wrongOne(const SyncFunction &G, const SyncEvent &N) {
    llvm::SmallVector<const SyncEvent *, 4> Waits;
    for (const auto &[FD, F] : M.functions())
      for (const SyncEvent &W : F.Events)
        if (W.Does == SyncEvent::Wait && !W.Timed &&
            W.Object.Decl == N.Object.Decl)
          Waits.push_back(&W);
    if (Waits.size() < 2 || notifiesMore(G, N))
      return;
    std::vector<Monitors::Step> Steps = M.steps(G.Decl);
    for (const SyncEvent &E : G.Events) {
      if (&E == &N)
        return;
      if (E.Does != SyncEvent::Write || E.Loop != N.Loop)
        continue;
      const SyncEvent *Waiter = waitOf(E, N);
      if (!Waiter)
        continue;
      for (const SyncEvent *Other : Waits) {
        if (Other == Waiter || Other->For.Opaque || Other->For.Terms.empty() ||
            llvm::any_of(Steps, [&](const Monitors::Step &S) {
              return S.Event->Does == SyncEvent::Write &&
                     Other->For.helped(S.Event->Changes) != Answer::No;
            }))
          continue;
        const SyncEvent *Start = manyWait(*Other);
        if (!Start)
          continue;
        MissedWakeup W;
        W.Why = MissedWakeup::WrongOne;
        W.In = G.Decl;
        W.Change = &E;
        W.Notify = &N;
        W.Start = Start;
        W.Wait = Waiter;
        W.Other = Other;
        Result.push_back(W);
        return;
      }
    }
  }

  static bool notifiesMore(const SyncFunction &G, const SyncEvent &N) {
    return llvm::any_of(G.Events, [&](const SyncEvent &E) {
      return E.Does == SyncEvent::Notify && &E != &N &&
             E.Object.Decl == N.Object.Decl;
    });
  }

  /// Where many executions are started that get to this wait.
  const SyncEvent *manyWait(const SyncEvent &W) const {
    return M.startOfMany([&](const SyncEvent &E) { return &E == &W; },
                         // It tells others before it waits again.
                         [&](const SyncEvent &N) {
                           return N.Object.Decl == W.Object.Decl &&
                                  !W.HasPredicate && N.Loop == W.Loop;
                         });
  }

  const SyncEvent *manyWaitFor(const SyncEvent &E, const SyncEvent &N) const {
    return M.startOfMany(
        [&](const SyncEvent &W) { return waitsFor(W, E, N); },
        // One wakes the next.
        [&](const SyncEvent &S) { return S.Object.Decl == N.Object.Decl; });
  }

  const Monitors &M;
  ASTContext &Ctx;
  const SourceManager &SM;
  std::vector<MissedWakeup> Result;
};

} // namespace

std::vector<MissedWakeup> blindWaits(const Monitors &M) {
  return BlindFinder(M).run();
}

} // namespace leak
