//===--- EarlyStops.cpp - guards that ask for a stop too early ------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EarlyStops.h"
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

/// What a guard does at its end.
struct StopGuard {
  const VarDecl *Guard = nullptr;
  const LambdaExpr *Does = nullptr; ///< Null: its destructor says it.
  const CXXDestructorDecl *Destructor = nullptr;
};

/// \p FD calls what an object holds: a callable, a pointer to a function.
bool callsWhatItHolds(const FunctionDecl *FD, unsigned Depth = 0) {
  const FunctionDecl *Def = nullptr;
  if (!FD || Depth > 2 || !FD->isDefined(Def))
    return false;
  bool Found = false;
  forEachOutsideLambdas(Def->getBody(), [&](const Stmt *S) {
    const auto *Call = dyn_cast<CallExpr>(S);
    if (!Call || Found)
      return;
    const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call);
    Found = !Call->getDirectCallee() || (Op && Op->getOperator() == OO_Call) ||
            callsWhatItHolds(Call->getDirectCallee(), Depth + 1);
  });
  return Found;
}

class Guarded {
public:
  Guarded(const FunctionDecl *In, const Lexicon &Words) : In(In) {
    forEachOutsideLambdas(In->getBody(), [&](const Stmt *S) {
      if (const auto *DS = dyn_cast<DeclStmt>(S))
        for (const Decl *D : DS->decls())
          if (const auto *VD = dyn_cast<VarDecl>(D))
            add(VD, Words);
    });
  }

  llvm::SmallVector<StopGuard, 1> All;

private:
  void add(const VarDecl *VD, const Lexicon &Words) {
    const CXXRecordDecl *RD = VD->getType()->getAsCXXRecordDecl();
    if (!RD || !RD->hasDefinition() || RD->isLambda() || !VD->getInit() ||
        VD->isStaticLocal() || RD->hasTrivialDestructor())
      return;
    const CXXDestructorDecl *End = RD->getDestructor();
    const TypeModel *M = Words.type(RD);
    if (!End || (M && M->What != Kind::Owner && M->What != Kind::Guard))
      return;
    const LambdaExpr *Does = nullptr;
    forEachOutsideLambdas(VD->getInit(), [&](const Stmt *S) {
      if (const auto *LE = dyn_cast<LambdaExpr>(S))
        Does = LE;
    });
    // Who names it may dismiss it.
    if (mentions(In->getBody(), VD))
      return;
    if (Does) {
      if (M || callsWhatItHolds(End) ||
          hasWord(RD->getName(), {"guard", "finally", "cleanup", "defer",
                                  "exit", "final", "finalizer"}))
        All.push_back({VD, Does, nullptr});
    } else if (!M && End->isUserProvided()) {
      All.push_back({VD, nullptr, End});
    }
  }

  const FunctionDecl *In;
};

/// What runs on when \p In has returned.
bool lastsLonger(const ValueDecl *Handle) {
  const auto *VD = dyn_cast_or_null<VarDecl>(Handle);
  return isa_and_nonnull<FieldDecl>(Handle) || (VD && VD->hasGlobalStorage());
}

/// From \p Start on, \p In does nothing that takes its time.
bool returnsSoon(const FunctionDecl *In, const Stmt *Start,
                 const Lexicon &Words) {
  const SourceManager &SM = Words.context().getSourceManager();
  bool Soon = true;
  forEachOutsideLambdas(In->getBody(), [&](const Stmt *S) {
    if (!Soon)
      return;
    bool Loops = isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S);
    if (Loops &&
        (contains(S, Start) || SM.isBeforeInTranslationUnit(
                                   Start->getBeginLoc(), S->getBeginLoc()))) {
      Soon = false;
      return;
    }
    const auto *Call = dyn_cast<CallExpr>(S);
    if (!Call || contains(S, Start) || contains(Start, S) ||
        !SM.isBeforeInTranslationUnit(Start->getBeginLoc(), S->getBeginLoc()))
      return;
    if (const Effect *Row = Words.effect(Call)) {
      switch (Row->Does) {
      case Verb::Join:
      case Verb::TryJoin:
      case Verb::Wait:
      case Verb::TryWait:
      case Verb::Sleep:
      case Verb::Block:
      case Verb::Receive:
      case Verb::Arrive:
      case Verb::Apply:
        Soon = false;
        return;
      default:
        return;
      }
    }
    const FunctionDecl *FD = Call->getDirectCallee();
    Soon = FD && (!FD->getIdentifier() ||
                  !hasWord(FD->getName(),
                           {"wait", "run", "exec", "execute", "join", "sleep",
                            "loop", "serve", "process", "main", "recv", "read",
                            "poll", "accept", "do", "get", "test", "work"}));
  });
  return Soon;
}

/// Where \p G asks \p Is to stop.
const Expr *requestBy(const StopGuard &G, const ChannelUses &All,
                      const ValueDecl *&Asked) {
  const Expr *Found = nullptr;
  const Stmt *Does = G.Does ? G.Does->getBody() : G.Destructor->getBody();
  forEachOutsideLambdas(Does, [&](const Stmt *S) {
    const auto *Call = dyn_cast<CallExpr>(S);
    const Effect *Row = Call ? All.lexicon().effect(Call) : nullptr;
    const Expr *Object = Row && Row->Does == Verb::RequestStop
                             ? All.lexicon().object(Call, *Row)
                             : nullptr;
    if (const ValueDecl *D = Object ? All.root(Object) : nullptr) {
      Found = Call;
      Asked = D;
    }
  });
  // The guard has a reference to it.
  if (Found && !G.Does) {
    const ValueDecl *Given = nullptr;
    forEachOutsideLambdas(G.Guard->getInit(), [&](const Stmt *S) {
      if (const auto *E = dyn_cast<Expr>(S))
        if (const TypeModel *M =
                All.lexicon().type(E->getType().getNonReferenceType());
            M && M->What == Kind::StopSource)
          if (const ValueDecl *D = All.root(E))
            Given = D;
    });
    Asked = Given;
  }
  return Asked ? Found : nullptr;
}

/// \p R gets a token of \p Source.
bool looksAt(const Run &R, const ValueDecl *Source, const ChannelUses &All) {
  if (mentions(R.At, Source) || mentions(R.Runs->getBody(), Source))
    return true;
  bool Has = false;
  forEachOutsideLambdas(R.By->getBody(), [&](const Stmt *S) {
    if (const auto *DS = dyn_cast<DeclStmt>(S))
      for (const Decl *D : DS->decls())
        if (const auto *VD = dyn_cast<VarDecl>(D);
            VD && VD->getInit() && mentions(VD->getInit(), Source) &&
            VD != Source)
          Has |= mentions(R.At, VD);
  });
  return Has;
}

} // namespace

std::vector<EarlyStop> earlyRequests(const ChannelUses &All,
                                     const StopLoops &Loops) {
  std::vector<EarlyStop> Result;
  for (const Run &R : All.runs()) {
    if (!R.Started || !lastsLonger(R.Handle) || !R.By->getBody())
      continue;
    for (const StopGuard &G : Guarded(R.By, All.lexicon()).All) {
      const ValueDecl *Asked = nullptr;
      const Expr *Request = requestBy(G, All, Asked);
      if (!Request || !looksAt(R, Asked, All))
        continue;
      const Stmt *Loop = Loops.find(R.Runs->getBody(), nullptr);
      if (Loop && returnsSoon(R.By, R.At, All.lexicon()))
        Result.push_back({G.Guard, Asked, Request, R.At, R.By, R.Handle, Loop});
    }
  }
  return Result;
}

std::vector<EarlyStop> earlyFlags(const Monitors &M) {
  std::vector<EarlyStop> Result;
  std::optional<Executions> Executing;
  for (const auto &[FD, F] : M.functions())
    for (const SyncEvent &Start : F.Events) {
      if (Start.Does != SyncEvent::Start || !lastsLonger(Start.Object.Decl) ||
          !F.Decl->getBody())
        continue;
      for (const StopGuard &G : Guarded(F.Decl, M.lexicon()).All) {
        const SyncFunction *Does =
            G.Does ? M.find(G.Does->getCallOperator()) : nullptr;
        if (!Does || !returnsSoon(F.Decl, Start.At, M.lexicon()))
          continue;
        if (!Executing)
          Executing.emplace(M);
        for (const Running &R : Executing->of(Start.Object.Decl)) {
          std::optional<Predicate> Out =
              R.Start == &Start ? mainLoopExits(M, R) : std::nullopt;
          if (!Out || Out->Opaque)
            continue;
          for (const SyncEvent &W : Does->Events)
            if (W.Does == SyncEvent::Write && isFlag(W.Object.Decl) &&
                Out->helped(W.Changes) == Answer::Yes) {
              std::optional<PollLoop> P = pollLoop(M, R, W.Changes);
              Result.push_back({G.Guard, W.Object.Decl, W.At, Start.At, F.Decl,
                                Start.Object.Decl, P ? P->Loop : nullptr});
            }
        }
      }
    }
  return Result;
}

} // namespace leak
