//===--- EndlessRuns.cpp - executions without an end ----------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EndlessRuns.h"
#include "Index.h"
#include "Retries.h"
#include "Spelling.h"
#include "Statements.h"
#include "Throws.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {

static bool endsOwner(const FunctionDecl *FD, const Monitors &M,
                      unsigned Depth) {
  if (isa<CXXDestructorDecl>(FD))
    return true;
  if (FD->isMain() || Depth == 3)
    return false;
  if (FD->getIdentifier() &&
      hasWord(FD->getName(),
              {"stop", "shutdown", "close", "destroy", "free", "terminate",
               "cleanup", "deinit", "uninit", "release", "finish", "halt",
               "delete", "disconnect", "exit", "fini", "dispose", "teardown"}))
    return true;
  return llvm::any_of(M.callers(FD), [&](const Monitors::Caller &C) {
    return endsOwner(C.In->Decl, M, Depth + 1);
  });
}

bool endsOwner(const FunctionDecl *FD, const Monitors &M) {
  return endsOwner(FD, M, 0);
}

bool joinsItself(const Subject &S) {
  if (!isa<FieldDecl>(S.Decl) || !S.What.Inner || S.What.Pointer ||
      (S.What.Inner->IfUnreleased != Unreleased::Block &&
       S.What.Inner->IfUnreleased != Unreleased::StopAndJoin))
    return false;
  return llvm::none_of(S.Uses, [](const Use &U) {
    return U.Does == Verb::Detach || U.Does == Verb::Cancel ||
           U.Does == Verb::Escape || U.Does == Verb::Move;
  });
}

namespace {

class Finder {
public:
  Finder(const Monitors &M, ArrayRef<StuckJoin> Told)
      : M(M), Words(M.lexicon()), Throws(Words), Told(Told) {}

  std::vector<EndlessRun> run(const Index &Idx) {
    for (const auto &[FD, F] : M.functions())
      for (const SyncEvent &E : F.Events)
        if (E.Does == SyncEvent::Join && !E.Timed && !isTold(E) &&
            isOwned(E.Object.Decl) && endsOwner(F.Decl, M))
          joined(F, E);
    for (const auto &[D, S] : Idx.subjects())
      if (joinsItself(S))
        for (const auto &[FD, F] : M.functions())
          for (const SyncEvent &E : F.Events)
            if (E.Does == SyncEvent::Start && E.Object.Decl == D)
              for (const FunctionDecl *Entry : E.Entries)
                runs(&E, Entry, nullptr, D, nullptr);
    return std::move(Result);
  }

private:
  /// Not a thread that a function starts and waits for: that may be meant to
  /// run for ever. The method of a class that is a thread stands for its
  /// object.
  static bool isOwned(const ValueDecl *Handle) {
    const auto *VD = dyn_cast_or_null<VarDecl>(Handle);
    return isa_and_nonnull<FieldDecl, CXXMethodDecl>(Handle) ||
           (VD && VD->hasGlobalStorage());
  }

  bool isTold(const SyncEvent &Join) const {
    return llvm::any_of(
        Told, [&](const StuckJoin &J) { return J.Join.Event == &Join; });
  }

  void joined(const SyncFunction &By, const SyncEvent &Join) {
    const ValueDecl *Handle = Join.Object.Decl;
    llvm::SmallVector<std::pair<const SyncEvent *, const FunctionDecl *>, 2>
        Runs;
    for (const auto &[FD, F] : M.functions())
      for (const SyncEvent &E : F.Events) {
        if (E.Object.Decl != Handle)
          continue;
        if (E.Does == SyncEvent::Cancel)
          return;
        if (E.Does == SyncEvent::Start)
          for (const FunctionDecl *Entry : E.Entries)
            Runs.push_back({&E, Entry});
      }
    if (isa<CXXMethodDecl>(Handle) && Runs.empty())
      Runs.push_back({nullptr, cast<FunctionDecl>(Handle)});
    for (const auto &[Start, Entry] : Runs)
      runs(Start, Entry, &Join, Handle, By.Decl);
  }

  void runs(const SyncEvent *Start, const FunctionDecl *Entry,
            const SyncEvent *Join, const ValueDecl *Handle,
            const FunctionDecl *By) {
    EndlessRun R;
    R.Start = Start;
    R.Join = Join;
    R.Handle = Handle;
    R.JoinedIn = By;
    if (endless(Entry, R, 0) && llvm::none_of(Result, [&](const EndlessRun &O) {
          return O.Loop == R.Loop;
        }))
      Result.push_back(R);
  }

  /// \p FD comes to a loop that it can't leave.
  bool endless(const FunctionDecl *FD, EndlessRun &R, unsigned Depth) {
    const FunctionDecl *Def = nullptr;
    if (Depth == 3 || !FD->isDefined(Def) || !Def)
      return false;
    const auto *Body = dyn_cast_or_null<CompoundStmt>(Def->getBody());
    if (!Body)
      return false;
    for (const Stmt *S : Body->body()) {
      if (isa<WhileStmt, ForStmt, DoStmt>(S) && isEndless(S)) {
        R.In = Def;
        R.Loop = S;
        R.Break = nullptr;
        R.Attempt = nullptr;
        noteBreak(S, false, R);
        return true;
      }
      if (isa<WhileStmt, ForStmt, DoStmt>(S))
        if (std::optional<Retry> Again =
                R.Join ? retryOf(S, Words) : std::nullopt;
            Again && !isFreed(*Again, R)) {
          R.In = Def;
          R.Loop = S;
          R.Break = nullptr;
          R.Attempt = Again->Attempt;
          return true;
        }
      // What comes before may end it all the same, or be caught.
      if (mayReturn(S) || leaves(S, false))
        return false;
      const auto *E = dyn_cast<Expr>(S);
      const auto *Call = E ? dyn_cast_or_null<CallExpr>(strip(E)) : nullptr;
      if (Call && ThrowSearch::callee(Call) &&
          endless(ThrowSearch::callee(Call), R, Depth + 1))
        return true;
    }
    return false;
  }

  /// Who joins does something to what is tried, which may make it succeed, or
  /// give up.
  bool isFreed(const Retry &Again, const EndlessRun &R) const {
    llvm::SmallVector<const Expr *, 4> Parts(Again.Attempt->arguments());
    if (const Expr *Of = receiverOf(Again.Attempt))
      Parts.push_back(Of);
    for (const Expr *E : Parts) {
      E = strip(E);
      if (const auto *UO = dyn_cast_or_null<UnaryOperator>(E))
        E = strip(UO->getSubExpr());
      if (const ValueDecl *D = namedBy(E);
          D && mentions(R.JoinedIn->getBody(), D))
        return true;
    }
    return false;
  }

  bool isEndless(const Stmt *Loop) const {
    const Stmt *Body = bodyOfLoop(Loop);
    return Body && alwaysTrue(conditionOf(Loop)) && !leaves(Body, true);
  }

  /// Something in \p S may get out of the loop around it. \p OwnBreak: a
  /// `break` is one of that loop.
  bool leaves(const Stmt *S, bool OwnBreak) const {
    if (!S || isa<LambdaExpr>(S))
      return false;
    if (isa<ReturnStmt, GotoStmt, IndirectGotoStmt, CXXThrowExpr, CoreturnStmt,
            CoawaitExpr, CoyieldExpr, GCCAsmStmt>(S))
      return true;
    if (isa<BreakStmt>(S))
      return OwnBreak;
    if (isa<CallExpr, CXXConstructExpr>(S) && mayEnd(cast<Expr>(S)))
      return true;
    bool Inner =
        isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt, SwitchStmt>(S);
    return llvm::any_of(S->children(), [&](const Stmt *C) {
      return leaves(C, OwnBreak && !Inner);
    });
  }

  /// A call that ends the execution, or the program.
  bool mayEnd(const Expr *E) const {
    const FunctionDecl *FD = ThrowSearch::callee(E);
    const auto *Call = dyn_cast<CallExpr>(E);
    if (!FD)
      FD = Call ? Call->getDirectCallee() : nullptr;
    // A callable that says itself when it is enough.
    if (!FD)
      return true;
    if (FD->isNoReturn() || Throws.visiblyThrows(E))
      return true;
    if (const Effect *Row = Words.effect(E))
      return Row->Does == Verb::Exit || Row->Does == Verb::PollStop;
    const FunctionDecl *Def = nullptr;
    // What the library calls for us, too.
    if (isSystem(FD) && callsBack(E, FD))
      return true;
    if (FD->isDefined(Def) && Def && exits(Def->getBody(), 0))
      return true;
    return FD->getIdentifier() &&
           hasWord(FD->getName(), {"exit", "abort", "fatal", "die", "panic",
                                   "quit", "testcancel", "kill", "exec",
                                   "interruption", "longjmp", "throw"});
  }

  /// An end of the thread somewhere in what it calls.
  bool exits(const Stmt *S, unsigned Depth) const {
    if (!S || Depth == 3)
      return false;
    if (const auto *Call = dyn_cast<CallExpr>(S)) {
      const FunctionDecl *FD = Call->getDirectCallee();
      const Effect *Row = FD ? Words.effect(Call) : nullptr;
      if (FD && ((FD->isNoReturn() && !isMisuse(FD)) ||
                 (Row && Row->Does == Verb::Exit)))
        return true;
      const FunctionDecl *Def = nullptr;
      if (FD && !Row && FD->isDefined(Def) && Def &&
          exits(Def->getBody(), Depth + 1))
        return true;
    }
    return llvm::any_of(S->children(),
                        [&](const Stmt *C) { return exits(C, Depth); });
  }

  /// Where the library was used wrongly, or what it says never to come to:
  /// nobody relies on that.
  bool isMisuse(const FunctionDecl *FD) const {
    return (FD->getBuiltinID() || isSystem(FD)) && FD->getIdentifier() &&
           hasWord(FD->getName(),
                   {"assert", "abort", "terminate", "bad", "range", "length",
                    "logic", "domain", "unreachable", "trap"});
  }

  /// A callable of the library, or a call that is given one.
  static bool callsBack(const Expr *E, const FunctionDecl *FD) {
    if (FD->getOverloadedOperator() == OO_Call)
      return true;
    return llvm::any_of(operandsOf(E), [](const Expr *A) {
      QualType T = A->getType().getNonReferenceType();
      const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
      return T->isFunctionPointerType() || T->isMemberFunctionPointerType() ||
             T->isFunctionType() ||
             (RD && RD->hasDefinition() &&
              llvm::any_of(RD->methods(), [](const CXXMethodDecl *M) {
                return M->getOverloadedOperator() == OO_Call;
              }));
    });
  }

  bool isSystem(const FunctionDecl *FD) const {
    return M.context().getSourceManager().isInSystemHeader(FD->getLocation());
  }

  static void noteBreak(const Stmt *S, bool InSwitch, EndlessRun &R) {
    if (!S || isa<LambdaExpr>(S) || R.Break)
      return;
    if (const auto *If = dyn_cast<IfStmt>(S); If && InSwitch) {
      // Conditional in the switch: it was meant to leave more than that.
      for (const Stmt *Branch : {If->getThen(), If->getElse()}) {
        const auto *CS = dyn_cast_or_null<CompoundStmt>(Branch);
        const Stmt *Last = CS && !CS->body_empty() ? CS->body_back() : Branch;
        if (isa_and_nonnull<BreakStmt>(Last)) {
          R.Break = Last;
          return;
        }
      }
    }
    for (const Stmt *Child : S->children())
      noteBreak(Child, InSwitch || isa<SwitchStmt>(S), R);
  }

  const Monitors &M;
  const Lexicon &Words;
  ThrowSearch Throws;
  ArrayRef<StuckJoin> Told;
  std::vector<EndlessRun> Result;
};

} // namespace

std::vector<EndlessRun> endlessRuns(const Monitors &M, const Index &Idx,
                                    ArrayRef<StuckJoin> Told) {
  return Finder(M, Told).run(Idx);
}

} // namespace leak
