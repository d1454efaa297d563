//===--- StopBranches.cpp - stops on one path only ------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StopBranches.h"
#include "ChannelDuty.h"
#include "Spelling.h"
#include "Statements.h"
#include "StopFlags.h"
#include "Traversal.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {

/// The branches around \p At in \p S, the outermost first. False where
/// something else than branches decides whether it is evaluated.
static bool branchesAround(const Stmt *S, const Stmt *At,
                           SmallVectorImpl<const IfStmt *> &Into) {
  if (S == At)
    return true;
  for (const Stmt *Child : S->children()) {
    if (!contains(Child, At))
      continue;
    if (isa<LambdaExpr, SwitchStmt, CXXTryStmt, CXXCatchStmt, WhileStmt, DoStmt,
            ForStmt, CXXForRangeStmt, AbstractConditionalOperator>(S))
      return false;
    if (const auto *BO = dyn_cast<BinaryOperator>(S);
        BO && BO->isLogicalOp() && Child == BO->getRHS())
      return false;
    if (const auto *If = dyn_cast<IfStmt>(S);
        If && (Child == If->getThen() || Child == If->getElse())) {
      if (If->isConstexpr() || If->isConsteval())
        return false;
      Into.push_back(If);
    }
    return branchesAround(Child, At, Into);
  }
  return false;
}

/// Sounds like the state of an execution, or like what decides whether there
/// is one.
static bool soundsRelated(StringRef Name) {
  return hasWord(
      Name, {"run",       "running",  "start",       "started",   "active",
             "alive",     "joinable", "join",        "joined",    "thread",
             "threads",   "worker",   "workers",     "init",      "inited",
             "valid",     "enabled",  "enable",      "stop",      "stopped",
             "stopping",  "closed",   "closing",     "close",     "exit",
             "quit",      "done",     "finished",    "terminate", "shutdown",
             "threaded",  "async",    "background",  "state",     "status",
             "mode",      "config",   "options",     "is",        "has",
             "use",       "using",    "initialized", "open",      "opened",
             "create",    "created",  "empty",       "size",      "count",
             "once",      "owner",    "own",         "self",      "current",
             "busy",      "idle",     "exist",       "exists",    "ready",
             "launched",  "attached", "connected",   "installed", "num",
             "cancelled", "canceled", "end",         "ended",     "alone"});
}

namespace {

/// What a condition speaks of.
class Condition {
public:
  Condition(const Monitors &M, const FunctionDecl *In, const StopScene &Scene)
      : M(M), In(In), Scene(Scene) {}

  /// False where it isn't understood, or says something of the execution.
  bool isUnrelated(const IfStmt *If) {
    if (If->getInit() || mentions(If->getCond(), Scene.Asked) ||
        mentions(If, Scene.Handle) || !collect(If->getCond(), 0) ||
        Names.empty())
      return false;
    return llvm::none_of(Names, [&](const ValueDecl *D) { return knows(D); });
  }

private:
  /// Notes the names in \p S, and in what it calls.
  bool collect(const Stmt *S, unsigned Depth) {
    if (!S)
      return true;
    if (isa<LambdaExpr>(S) || Depth > 3)
      return false;
    if (const auto *E = dyn_cast<Expr>(S))
      if (Depth == 0 && alterationBy(E, M.context()))
        return false;
    if (const auto *Call = dyn_cast<CallExpr>(S))
      if (!called(Call, Depth))
        return false;
    if (const auto *ME = dyn_cast<MemberExpr>(S))
      if (!isa<CXXMethodDecl>(ME->getMemberDecl()) &&
          !named(ME->getMemberDecl(), Depth))
        return false;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      if (isa<VarDecl>(Ref->getDecl()) && !named(Ref->getDecl(), Depth))
        return false;
    return llvm::all_of(S->children(), [&](const Stmt *Child) {
      return collect(Child, Depth);
    });
  }

  bool called(const CallExpr *Call, unsigned Depth) {
    const FunctionDecl *FD = Call->getDirectCallee(), *Def = nullptr;
    if (!FD || M.lexicon().effect(Call))
      return false;
    if (FD->isOverloadedOperator() || isa<CXXConversionDecl>(FD))
      return true;
    if (!FD->getIdentifier() || soundsRelated(FD->getName()))
      return false;
    if (!Names.insert(FD).second)
      return true;
    bool System =
        M.context().getSourceManager().isInSystemHeader(FD->getLocation());
    return System || !FD->isDefined(Def) || collect(Def->getBody(), Depth + 1);
  }

  bool named(const ValueDecl *D, unsigned Depth) {
    if (!D->getIdentifier() || D == Scene.Asked || D == Scene.Handle ||
        (Depth == 0 && soundsRelated(D->getName())))
      return false;
    QualType T = D->getType().getNonReferenceType();
    const auto *RD = T->getAsCXXRecordDecl();
    // Whether there is an object: the one that is asked, perhaps.
    if (T->isAnyPointerType() ||
        (RD && RD->getIdentifier() && hasWord(RD->getName(), {"ptr"})))
      return false;
    if (!Names.insert(D).second)
      return true;
    const auto *VD = dyn_cast<VarDecl>(D);
    if (!VD || !VD->isLocalVarDecl() || Depth)
      return true;
    // Where its value comes from.
    if (!VD->getInit() || T->isRecordType())
      return false;
    return collect(VD->getInit(), 0) &&
           !anyIn(In->getBody(), [&](const Stmt *S) {
             if (const auto *BO = dyn_cast<BinaryOperator>(S);
                 BO && BO->isAssignmentOp())
               return mentions(BO->getLHS(), D) && !collect(BO->getRHS(), 0);
             const auto *UO = dyn_cast<UnaryOperator>(S);
             return UO && UO->getOpcode() == UO_AddrOf &&
                    mentions(UO->getSubExpr(), D);
           });
  }

  bool speaksOf(const FunctionDecl *FD, const ValueDecl *D) const {
    const FunctionDecl *Def = nullptr;
    return FD && FD->isDefined(Def) && mentions(Def->getBody(), D);
  }

  /// Others decide by \p D whether to start, or tell by it how it went.
  bool knows(const ValueDecl *D) const {
    if (isa<FunctionDecl>(D))
      return false;
    if (Scene.Starter && Scene.Starter != In) {
      if (speaksOf(Scene.Starter, D))
        return true;
      for (const Monitors::Caller &C : M.callers(Scene.Starter))
        if (speaksOf(C.In->Decl, D))
          return true;
    }
    auto Changes = [&](ArrayRef<Monitors::Step> Steps) {
      return llvm::any_of(Steps, [&](const Monitors::Step &S) {
        return S.Event->Does == SyncEvent::Write && S.Event->Object.Decl == D;
      });
    };
    // What is done once. A variable of its own says how something went.
    const auto *VD = dyn_cast<VarDecl>(D);
    return (!(VD && VD->isLocalVarDecl()) && Changes(M.steps(In))) ||
           (Scene.Entry && Changes(M.steps(Scene.Entry)));
  }

  const Monitors &M;
  const FunctionDecl *In;
  const StopScene &Scene;
  llvm::SmallPtrSet<const ValueDecl *, 8> Names;
};

/// The variables and members that \p S names are all \p Handle, or run over it.
bool onlyAbout(const Stmt *S, const ValueDecl *Handle,
               ArrayRef<const Stmt *> Loops) {
  bool Any = false;
  return !anyIn(S, [&](const Stmt *Inner) {
    const ValueDecl *D = nullptr;
    if (const auto *ME = dyn_cast<MemberExpr>(Inner))
      D = ME->getMemberDecl();
    else if (const auto *Ref = dyn_cast<DeclRefExpr>(Inner))
      D = Ref->getDecl();
    if (!D || isa<FunctionDecl>(D))
      return false;
    Any = true;
    return D != Handle && llvm::none_of(Loops, [&](const Stmt *L) {
             const auto *For = dyn_cast<CXXForRangeStmt>(L);
             return For && For->getLoopVariable() == D &&
                    mentions(For->getRangeInit(), Handle);
           });
  }) && Any;
}

/// Whether \p Join is reached depends on nothing but the handle, below what
/// stands around \p Ask as well.
bool joinsAlways(const FunctionDecl *In, const Expr *Ask, const Expr *Join,
                 const ValueDecl *Handle) {
  SmallVector<const Stmt *, 4> Loops;
  for (const Stmt *L : loopsAround(In->getBody(), Join))
    Loops.push_back(L);
  return !anyIn(In->getBody(), [&](const Stmt *S) {
    if (isa<SwitchStmt, CXXCatchStmt, LambdaExpr>(S))
      return contains(S, Join);
    const auto *If = dyn_cast<IfStmt>(S);
    return If && !contains(If, Ask) &&
           (contains(If->getThen(), Join) ||
            (If->getElse() && contains(If->getElse(), Join))) &&
           !onlyAbout(If->getCond(), Handle, Loops);
  });
}

class HalfStops {
public:
  HalfStops(const Monitors &M, FlowGraphs &Graphs)
      : M(M), Graphs(Graphs), Executing(M.executions()) {}

  std::vector<HalfStop> run() {
    for (const JoinSite &J : Executing.joins())
      joined(J);
    return std::move(Result);
  }

private:
  void joined(const JoinSite &Site) {
    const SyncEvent *Outer = Site.step().Outer;
    // Of another object.
    if (Outer != &Site.event() && Outer->Object.Decl)
      return;
    for (const Running &R : Executing.of(Site.handle()))
      if (execution(*Site.In, Site.before(), Site.step(), R))
        break;
  }

  /// True when it is told.
  bool execution(const SyncFunction &F, ArrayRef<Monitors::Step> Before,
                 const Monitors::Step &J, const Running &R) {
    std::optional<Predicate> Out = mainLoopExits(M, R);
    if (!Out || Out->Opaque || Out->Terms.empty() || !R.Start || !R.Start->At)
      return false;
    const ValueDecl *Flag = Out->Terms.front().What.Decl;
    if (!isFlag(Flag) || !isPrivate(Flag) ||
        llvm::any_of(Out->Terms, [&](const Predicate::Term &T) {
          return T.What.Decl != Flag || T.What.Root || T.What.Element;
        }))
      return false;
    bool Local = isa<VarDecl>(Flag) && cast<VarDecl>(Flag)->isLocalVarDecl();
    bool StartedHere = false;
    SmallVector<const Monitors::Step *, 2> Sets;
    for (const Monitors::Step &S : Before) {
      StartedHere |= S.Event == R.Start;
      if (S.Event->Does == SyncEvent::Wait ||
          S.Event->Does == SyncEvent::Cancel)
        return false;
      if (S.Event->Does != SyncEvent::Write ||
          Out->helped(S.Event->Changes) == Answer::No)
        continue;
      if (Out->helped(S.Event->Changes) != Answer::Yes || S.Outer == J.Outer ||
          S.Outer->Deferred || !isOnlyFrom(S, F))
        return false;
      Sets.push_back(&S);
    }
    if (Sets.empty() || StartedHere != Local || setElsewhere(*Out, Sets) ||
        endsByItself(R))
      return false;
    StopScene Scene{Flag, J.Event->Object.Decl, starterOf(R), R.Start->At,
                    R.Entry};
    if (Local && !isStartedAlways(F.Decl, R.Start->At))
      return false;
    for (const Monitors::Step *S : Sets)
      if (!unrelatedBranch(M, F.Decl, S->Outer->At, J.Outer->At, Scene))
        return false;
    return path(F, J, R, *Out, Sets, Local);
  }

  bool path(const SyncFunction &F, const Monitors::Step &J, const Running &R,
            const Predicate &Out, ArrayRef<const Monitors::Step *> Sets,
            bool Local) {
    const Stmt *Start = R.Start->At;
    if (const auto *Full = dyn_cast<FullExpr>(Start))
      Start = Full->getSubExpr();
    ChannelDuty Duty("", /*Owed=*/!Local, nullptr, [&](const Stmt *S, Owing O) {
      if (llvm::any_of(Sets, [&](const Monitors::Step *Set) {
            return Set->Outer->At == S;
          }))
        return Act::Discharge;
      if (S == Start && O == Owing::Free)
        return Act::Incur;
      return S == J.Outer->At && O == Owing::Owed ? Act::Incur : Act::Nothing;
    });
    Simulation Sim = simulate(Graphs.body(F.Decl), Duty);
    if (!Sim.Complete)
      return false;
    for (const Misstep &Wrong : Sim.Missteps) {
      if (Wrong.What != Misstep::Again || Wrong.At != J.Outer->At)
        continue;
      for (const HalfStop &Old : Result)
        if (Old.Join == J.Event)
          return true;
      std::optional<PollLoop> P = pollLoop(M, R, Sets.back()->Event->Changes);
      HalfStop Found;
      Found.Flag = Sets.back()->Event->Object.Decl;
      Found.Set = Sets.back()->Event;
      Found.Join = J.Event;
      Found.Start = R.Start;
      Found.In = F.Decl;
      Found.Entry = R.Entry;
      Found.JoinedBy = J.Outer->At;
      Found.Loop = P ? P->Loop : nullptr;
      Found.Way = Wrong.Way;
      Found.SetIsEnough = Sets.back()->In == F.Decl &&
                          Found.Set->Held.empty() &&
                          llvm::none_of(R.Steps, [](const Monitors::Step &S) {
                            return S.Event->Does == SyncEvent::Wait ||
                                   S.Event->Does == SyncEvent::Block;
                          });
      Result.push_back(std::move(Found));
      return true;
    }
    return false;
  }

  /// Set by a function that nobody else calls.
  bool isOnlyFrom(const Monitors::Step &S, const SyncFunction &F) const {
    if (S.In == F.Decl)
      return true;
    return S.In->getAccess() == AS_private &&
           llvm::all_of(M.callers(S.In),
                        [&](const Monitors::Caller &C) { return C.In == &F; });
  }

  bool setElsewhere(const Predicate &Out,
                    ArrayRef<const Monitors::Step *> Sets) const {
    for (const auto &[FD, G] : M.functions())
      for (const SyncEvent &E : G.Events)
        if (E.Does == SyncEvent::Write && Out.helped(E.Changes) != Answer::No &&
            !isa<CXXConstructorDecl>(G.Decl) &&
            llvm::none_of(
                Sets, [&](const Monitors::Step *S) { return S->Event == &E; }))
          return true;
    return false;
  }

  static bool throws(const Stmt *S) {
    return anyIn(S, [](const Stmt *Inner) {
      return isa<CXXThrowExpr, CXXTryStmt>(Inner);
    });
  }

  static bool endsByItself(const Running &R) {
    return throws(R.Entry->getBody()) ||
           llvm::any_of(R.Steps, [](const Monitors::Step &S) {
             return throws(S.In->getBody());
           });
  }

  /// Nobody else can set it: out of sight are at most methods that don't sound
  /// as if they did.
  bool isPrivate(const ValueDecl *Flag) const {
    if (M.isGivenAway(Flag) || Flag->getType()->isReferenceType() ||
        Flag->getType()->isPointerType())
      return false;
    if (M.isClosed(Flag))
      return true;
    const auto *Field = dyn_cast<FieldDecl>(Flag);
    const auto *RD =
        Field ? dyn_cast<CXXRecordDecl>(Field->getParent()) : nullptr;
    return RD && Field->getAccess() == AS_private && !RD->hasFriends() &&
           llvm::all_of(RD->methods(), [&](const CXXMethodDecl *Method) {
             return Method->isDefined() || Method->isImplicit() ||
                    Method->isDeleted() || Method->isDefaulted() ||
                    (Method->getIdentifier() && !Method->isVirtual() &&
                     !soundsLikeStop(Method->getName()));
           });
  }

  static bool soundsLikeStop(StringRef Name) {
    return soundsRelated(Name) ||
           hasWord(Name, {"cancel", "abort", "kill", "interrupt", "destroy",
                          "reset", "set", "finish", "release", "dispose",
                          "halt", "pause", "signal", "request", "clear",
                          "teardown", "notify", "deinit", "uninit"});
  }

  const FunctionDecl *starterOf(const Running &R) const {
    for (const auto &[FD, G] : M.functions())
      for (const SyncEvent &E : G.Events)
        if (&E == R.Start)
          return G.Decl;
    return nullptr;
  }

  static bool isStartedAlways(const FunctionDecl *In, const Expr *Start) {
    SmallVector<const IfStmt *, 2> Branches;
    return branchesAround(In->getBody(), Start, Branches) && Branches.empty();
  }

  const Monitors &M;
  FlowGraphs &Graphs;
  Executions &Executing;
  std::vector<HalfStop> Result;
};

} // namespace

const IfStmt *unrelatedBranch(const Monitors &M, const FunctionDecl *In,
                              const Expr *Ask, const Expr *Join,
                              const StopScene &Scene) {
  SmallVector<const IfStmt *, 2> Branches;
  if (!In->getBody() || !branchesAround(In->getBody(), Ask, Branches) ||
      !joinsAlways(In, Ask, Join, Scene.Handle))
    return nullptr;
  llvm::erase_if(Branches,
                 [&](const IfStmt *If) { return contains(If, Join); });
  if (Branches.empty() || !llvm::all_of(Branches, [&](const IfStmt *If) {
        return Condition(M, In, Scene).isUnrelated(If);
      }))
    return nullptr;
  return Branches.front();
}

std::vector<HalfStop> halfStops(const Monitors &M, FlowGraphs &Graphs) {
  return HalfStops(M, Graphs).run();
}

} // namespace leak
