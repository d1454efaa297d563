//===--- Path.cpp - lives of modelled objects: states and reports -------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PathTracker.h"
#include "clang/StaticAnalyzer/Core/BugReporter/BugReporterVisitors.h"
#include "clang/StaticAnalyzer/Core/CheckerManager.h"
#include "clang/StaticAnalyzer/Frontend/CheckerRegistry.h"
#include "llvm/ADT/StringExtras.h"

namespace leak {

std::string nameOf(const MemRegion *R) {
  while (R) {
    if (const auto *FR = dyn_cast<FieldRegion>(R)) {
      const FieldDecl *FD = FR->getDecl();
      if (!FD->getASTContext().getSourceManager().isInSystemHeader(
              FD->getLocation()))
        break;
      R = FR->getSuperRegion();
    } else if (const auto *Base = dyn_cast<CXXBaseObjectRegion>(R)) {
      R = Base->getSuperRegion();
    } else {
      break;
    }
  }
  if (const auto *ER = dyn_cast_or_null<ElementRegion>(R)) {
    std::string Array = nameOf(ER->getSuperRegion());
    auto Index = ER->getIndex().getAs<nonloc::ConcreteInt>();
    if (Array.empty() || !Index)
      return Array;
    return Array.substr(0, Array.size() - 1) + "[" +
           llvm::toString(Index->getValue(), 10) + "]'";
  }
  return R && R->canPrintPretty() ? R->getDescriptiveName() : "";
}

PathRule::~PathRule() = default;

namespace {

/// A report about one object. Placed where the object was born, as a leak is
/// best mended there and a suppression there stays when the rest is edited.
class LeakReport : public PathSensitiveBugReport {
public:
  LeakReport(const BugType &BT, StringRef Message, const ExplodedNode *N,
             const Birth *Born, PathDiagnosticLocation At, const Decl *In)
      : PathSensitiveBugReport(BT, Message, N, At, In), Born(Born), At(At) {}

  PathDiagnosticLocation getLocation() const override { return At; }
  ArrayRef<SourceRange> getRanges() const override { return {}; }

  const Birth *Born;

private:
  PathDiagnosticLocation At;
};

/// Drops paths on which one condition, asked twice, got different answers:
/// the engine can't know that `options.verbose()` is the same each time, but
/// people rely on it. Only conditions that it can't correlate by itself.
class SameQuestion : public BugReporterVisitor {
public:
  PathDiagnosticPieceRef VisitNode(const ExplodedNode *N, BugReporterContext &,
                                   PathSensitiveBugReport &BR) override {
    std::optional<BlockEdge> Edge = N->getLocationAs<BlockEdge>();
    if (!Edge)
      return nullptr;
    const CFGBlock *Src = Edge->getSrc();
    if (Src->succ_size() != 2 || !Src->getTerminatorStmt())
      return nullptr;
    const auto *Cond = dyn_cast_or_null<Expr>(Src->getTerminatorCondition());
    if (!Cond)
      return nullptr;
    bool Outcome = *Src->succ_begin() == Edge->getDst();
    for (;;) {
      Cond = Cond->IgnoreParenImpCasts();
      if (const auto *UO = dyn_cast<UnaryOperator>(Cond);
          UO && UO->getOpcode() == UO_LNot) {
        Cond = UO->getSubExpr();
        Outcome = !Outcome;
        continue;
      }
      break;
    }
    if (!opaque(Cond))
      return nullptr;
    llvm::FoldingSetNodeID ID;
    Cond->Profile(ID, N->getState()->getStateManager().getContext(),
                  /*Canonical=*/true);
    ID.AddPointer(N->getStackFrame());
    auto [It, New] = Asked.try_emplace(ID.ComputeHash(), Cond, Outcome);
    if (!New && It->second.first != Cond && It->second.second != Outcome)
      BR.markInvalid("leak-tidy.SameQuestion", Cond);
    return nullptr;
  }

  void Profile(llvm::FoldingSetNodeID &ID) const override {
    static int Tag;
    ID.AddPointer(&Tag);
  }

private:
  static bool opaque(const Stmt *S) {
    if (isa<CallExpr, MemberExpr>(S))
      return true;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      if (const auto *VD = dyn_cast<VarDecl>(Ref->getDecl()))
        return VD->hasGlobalStorage() || VD->getType()->isReferenceType();
    for (const Stmt *Child : S->children())
      if (Child && opaque(Child))
        return true;
    return false;
  }

  std::map<unsigned, std::pair<const Expr *, bool>> Asked;
};

} // namespace

//===----------------------------------------------------------------------===//
// The unit
//===----------------------------------------------------------------------===//

/// Inside clang-tidy, the unit that is being analysed by this thread.
static thread_local Unit *CurrentUnit = nullptr;

CurrentUnitScope::CurrentUnitScope(Unit &U) { CurrentUnit = &U; }
CurrentUnitScope::~CurrentUnitScope() { CurrentUnit = nullptr; }

const Unit &PathTracker::unit(ASTContext &Ctx) const {
  if (CurrentUnit)
    return *CurrentUnit;
  if (!OwnUnit) {
    llvm::SmallVector<Kind, 8> Kinds;
    for (const auto &C : Checks)
      Kinds.append(C.second->kinds().begin(), C.second->kinds().end());
    std::vector<std::string> Errors;
    OwnUnit = std::make_unique<Unit>(Ctx, Options(),
                                     loadModels(Ctx, {}, Errors), Kinds);
  }
  return *OwnUnit;
}

bool PathTracker::inLibrary(CheckerContext &C) const {
  const Decl *D = C.getStackFrame()->getDecl();
  return D && C.getSourceManager().isInSystemHeader(D->getLocation());
}

const Birth *PathTracker::birth(SourceLocation Loc,
                                const StackFrameContext *Frame,
                                const TypeModel *M, bool Seen) const {
  auto &Slot = BirthAt[{Loc.getRawEncoding(), Frame}];
  if (!Slot) {
    Births.push_back(std::make_unique<Birth>(Birth{Loc, Frame, M, Seen}));
    Slot = Births.back().get();
  }
  return Slot;
}

/// The innermost place of the user's own code that led to \p Call.
const Birth *PathTracker::birth(const CallEvent &Call, const TypeModel *M,
                                CheckerContext &C, bool Seen) const {
  const SourceManager &SM = C.getSourceManager();
  SourceLocation Loc = Call.getSourceRange().getBegin();
  if (const Expr *E = Call.getOriginExpr())
    Loc = E->getBeginLoc();
  const StackFrameContext *Frame = C.getStackFrame();
  while (Frame &&
         (Loc.isInvalid() || SM.isInSystemHeader(SM.getExpansionLoc(Loc)))) {
    if (const Stmt *Site = Frame->getCallSite())
      Loc = Site->getBeginLoc();
    const LocationContext *Parent = Frame->getParent();
    Frame = Parent ? Parent->getStackFrame() : nullptr;
  }
  return birth(Loc, Frame ? Frame : C.getStackFrame(), M, Seen);
}

void PathTracker::step(ProgramStateRef State, const Birth *B, Verb V,
                       const MemRegion *R, CheckerContext &C) const {
  if (!B) {
    C.addTransition(State);
    return;
  }
  const PathRule *Rule = ruleFor(B->Model);
  std::string Name = nameOf(R);
  C.addTransition(State, noteTag(B, Rule->stepNote(V, Name), C));
}

/// A note that only reports about the object born at \p B show.
const NoteTag *PathTracker::noteTag(const Birth *B, std::string Text,
                                    CheckerContext &C) const {
  return C.getNoteTag([this, B, Text = std::move(Text)](
                          PathSensitiveBugReport &BR) -> std::string {
    bool Ours = llvm::any_of(Rules, [&](const RuleEntry &R) {
      return &BR.getBugType() == R.Bug.get();
    });
    return Ours && static_cast<LeakReport &>(BR).Born == B ? Text : "";
  });
}

/// `*To = std::move(*From)`, for everything below the two regions.
ProgramStateRef PathTracker::transfer(ProgramStateRef State,
                                      const MemRegion *From,
                                      const MemRegion *To) const {
  const Life *L = From ? State->get<Objects>(From) : nullptr;
  if (!L)
    return To ? State->remove<Objects>(To) : State;
  if (To)
    State = State->set<Objects>(To, *L);
  return State->set<Objects>(
      From, {Phase::Empty, nullptr, L->Model, Verb::Move, L->Many});
}

/// All that is known to be in \p R (the object itself, or a group and the
/// single elements of it) is joined or detached.
ProgramStateRef PathTracker::release(ProgramStateRef State, const MemRegion *R,
                                     Verb V) const {
  for (const auto &[Region, L] : State->get<Objects>())
    if (Region == R || Region->isSubRegionOf(R))
      State = State->set<Objects>(Region,
                                  {Phase::Done, L.Born, L.Model, V, L.Many});
  return State;
}

ProgramStateRef PathTracker::ended(ProgramStateRef State, const Life &L,
                                   End How, const MemRegion *R,
                                   CheckerContext &C) const {
  if (L.Now != Phase::Live || !owes(L.Model))
    return State;
  // Memory to which others have a pointer is theirs as well.
  if (const auto *Heap =
          R ? dyn_cast<SymbolicRegion>(R->getBaseRegion()) : nullptr;
      Heap && State->contains<KnownElsewhere>(Heap->getSymbol()))
    return State;
  return State->add<PendingEnds>(
      {L.Born, L.Model, How, L.Many, R, Verb::Join, Verb::Join, {}});
}

/// Reports what is pending, as soon as the path is in the user's own code.
void PathTracker::tell(ProgramStateRef State, CheckerContext &C) const {
  auto List = State->get<PendingEnds>();
  if (List.isEmpty() || inLibrary(C)) {
    C.addTransition(State);
    return;
  }
  State = State->set<PendingEnds>(llvm::ImmutableList<Pending>());
  ExplodedNode *Pred = C.getPredecessor();
  for (const Pending &P : List)
    if (ExplodedNode *N = report(P, State, Pred, C))
      Pred = N;
  C.addTransition(State, Pred);
}

static thread_local ExitMap Exits;

ExitMap takeExits() {
  ExitMap Result;
  std::swap(Result, Exits);
  return Result;
}

/// Ways out that the engine doesn't follow: `{&a, &b}`, std::ref, inline
/// assembler, scope guards.
bool PathTracker::escapesUnseen(const MemRegion *R, CheckerContext &C) const {
  const auto *VR = R ? dyn_cast<VarRegion>(R->getBaseRegion()) : nullptr;
  const Unit &U = unit(C.getASTContext());
  // Objects of the project's own classes are subjects of the wide index.
  const Index *Idx = R == VR ? U.index() : U.wideIndex();
  const Subject *S = VR && Idx ? Idx->find(VR->getDecl()) : nullptr;
  bool IsPart = R != VR;
  return S && llvm::any_of(S->Uses, [&](const Use &Use) {
           return Idx->releasedByGuard(Use) ||
                  (Use.Does == Verb::Escape &&
                   (IsPart ||
                    isa_and_nonnull<CXXStdInitializerListExpr, AsmStmt>(
                        Use.At) ||
                    (Use.Row && (Use.Row->Does == Verb::Reference ||
                                 Use.Row->Does == Verb::Bind))));
         });
}

/// Code that nobody wrote for this end: destructors, what the library does in
/// them, assignments member by member.
static bool worksForHolder(const Decl *D) {
  const auto *FD = dyn_cast_or_null<FunctionDecl>(D);
  return FD && (isa<CXXDestructorDecl>(FD) || FD->isDefaulted() ||
                FD->getASTContext().getSourceManager().isInSystemHeader(
                    FD->getLocation()));
}

/// `void release() { if (--count == 0) delete this; }`: whether that was the
/// last reference, only the count knows.
static bool deletesThis(const Stmt *S) {
  if (!S)
    return false;
  if (const auto *Delete = dyn_cast<CXXDeleteExpr>(S))
    if (isa_and_nonnull<CXXThisExpr>(strip(Delete->getArgument())))
      return true;
  return llvm::any_of(S->children(), deletesThis);
}

/// True when the path went through a method that releases such a member on
/// another way: the engine forgets the flags of an object more easily than the
/// object itself, and would see `if (!running) return;` where there is none.
static bool wentThroughRelease(const ExplodedNode *N, const MemRegion *R,
                               const TypeModel *M, const Index &Idx) {
  const auto *Own = dyn_cast_or_null<FieldRegion>(R);
  if (isa_and_nonnull<VarRegion>(R))
    return false;
  llvm::SmallPtrSet<const FunctionDecl *, 8> Releasers;
  for (const auto &[D, S] : Idx.subjects()) {
    const auto *Field = dyn_cast<FieldDecl>(D);
    if (!Field || S.What.Inner != M || (Own && Own->getDecl() != Field))
      continue;
    for (const Use &U : S.Uses)
      if (U.In && releases(U.Does))
        Releasers.insert(U.In);
  }
  if (Releasers.empty())
    return false;
  for (; N; N = N->getFirstPred())
    if (std::optional<CallEnter> Enter = N->getLocationAs<CallEnter>())
      if (const auto *FD = dyn_cast_or_null<FunctionDecl>(
              Enter->getCalleeContext()->getDecl());
          FD && Releasers.contains(FD->getCanonicalDecl()))
        return true;
  return false;
}

ExplodedNode *PathTracker::report(const Pending &P, ProgramStateRef State,
                                  ExplodedNode *Pred, CheckerContext &C) const {
  const PathRule *Rule = ruleFor(P.Model);
  const BugType *BT = bugType(P.Model);
  // A holder's destructor ends it, in the function that owns the holder.
  const StackFrameContext *EndFrame = C.getStackFrame();
  while (EndFrame->getParent() && worksForHolder(EndFrame->getDecl()))
    EndFrame = EndFrame->getParent()->getStackFrame();
  const auto *Function = dyn_cast_or_null<FunctionDecl>(EndFrame->getDecl());
  // The end of `main` ends the process, and so does a call that doesn't return:
  // nothing is left to leak. (A bug type with SuppressOnSink would do as well,
  // but it also drops reports at the end of a function.)
  if (P.How == End::Lost) {
    const CFGBlock *Block = Pred->getCFGBlock();
    if ((Function && Function->isMain()) ||
        (Block && Block->isInevitablySinking()))
      return nullptr;
  }
  if (const auto *Field = dyn_cast_or_null<FieldRegion>(P.Region))
    if (unit(C.getASTContext()).Told.contains(Field->getDecl()))
      return nullptr;

  const Index &Idx = *unit(C.getASTContext()).index();
  if (const auto *Field = dyn_cast_or_null<FieldRegion>(P.Region))
    if (Idx.releasedByCallback(Field->getDecl()))
      return nullptr;
  if (P.Region && isa<SymbolicRegion>(P.Region->getBaseRegion()) && Function &&
      deletesThis(Function->getBody()))
    return nullptr;
  if (escapesUnseen(P.Region, C) ||
      (P.How != End::ReleasedTwice && P.How != End::NeverStarted &&
       wentThroughRelease(Pred, P.Region, P.Model, Idx)))
    return nullptr;

  // A handle made by a callee of the function in which it gets away is told at
  // the call, where this function came to own it.
  SourceLocation Loc = P.Born->Seen || P.At.isInvalid() ? P.Born->Loc : P.At;
  const StackFrameContext *Frame = P.Born->Frame;
  if (EndFrame->isParentOf(Frame))
    while (Frame != EndFrame) {
      if (const Stmt *Site = Frame->getCallSite())
        Loc = Site->getBeginLoc();
      Frame = Frame->getParent()->getStackFrame();
    }

  EndEvent E;
  E.How = P.How;
  E.Model = P.Model;
  E.Many = P.Many;
  E.First = P.First;
  E.Second = P.Second;
  E.Name = nameOf(P.Region);
  E.ReleasedElsewhere = P.Region && isReleasedSomewhere(P.Region);
  std::string Message = Rule->sentence(E);
  if (Message.empty())
    return nullptr;

  const Birth *B = P.Born;
  const NoteTag *Tag = noteTag(B, Rule->endNote(E), C);
  ExplodedNode *Exit = C.addTransition(State, Pred, Tag);
  if (!Exit)
    return nullptr;
  ExplodedNode *N = C.generateNonFatalErrorNode(State, Exit);
  if (!N)
    return nullptr;
  const SourceManager &SM = C.getSourceManager();
  auto Report = std::make_unique<LeakReport>(
      *BT, Message, N, B, PathDiagnosticLocation(Loc, SM), Frame->getDecl());
  Report->addVisitor(std::make_unique<SameQuestion>());
  C.emitReport(std::move(Report));
  if (const auto *VR =
          P.Region ? dyn_cast<VarRegion>(P.Region->getBaseRegion()) : nullptr)
    unit(C.getASTContext()).Told.insert(VR->getDecl());
  Escapes &Seen = Exits[{Loc.getRawEncoding(), Message}];
  if (const auto *VR = dyn_cast_or_null<VarRegion>(P.Region);
      VR && VR->getStackFrame() == EndFrame)
    Seen.Variable = VR->getDecl();
  Seen.In = Function;
  Seen.AtScopeEnd &= P.How == End::Destroyed;
  Seen.At.push_back(
      PathDiagnosticLocation::create(N->getLocation(), SM).asLocation());
  return N;
}

void PathTracker::checkEndOfTranslationUnit(const TranslationUnitDecl *TU,
                                            AnalysisManager &AM,
                                            BugReporter &BR) const {
  // Inside clang-tidy the other checks run by themselves.
  if (CurrentUnit)
    return;
  bool Indexed = unit(AM.getASTContext()).index();
  Unit &U = *OwnUnit;
  for (const auto &[Name, C] : Checks) {
    C->analyzeFunctions(U);
    if (Indexed) {
      C->analyze(U);
      C->finish(U);
    }
    std::vector<Finding> Found = U.takeFindings();
    tidyUp(Found, AM.getSourceManager());
    for (const Finding &F : Found) {
      auto BT =
          std::make_unique<BugType>(Name, "Concurrency leak", "Concurrency");
      auto Report = std::make_unique<BasicBugReport>(
          *BT, F.Message, PathDiagnosticLocation(F.Loc, AM.getSourceManager()));
      for (const Note &N : F.Notes)
        Report->addNote(N.Message,
                        PathDiagnosticLocation(N.Loc, AM.getSourceManager()));
      for (const FixItHint &Fix : F.FixIts)
        Report->addFixItHint(Fix);
      Report->setDeclWithIssue(TU);
      BR.emitReport(std::move(Report));
      UnitBugs.push_back(std::move(BT));
    }
  }
}

//===----------------------------------------------------------------------===//
// Registration
//===----------------------------------------------------------------------===//

static constexpr llvm::StringLiteral EngineName = "leak.Engine";

void enableInAnalyzer(CheckerManager &M, std::unique_ptr<Check> C) {
  M.getChecker<PathTracker>()->add(M.getCurrentCheckerName(), std::move(C));
}

void registerAnalyzerCheckers(CheckerRegistry &Registry) {
  auto Always = [](const CheckerManager &) { return true; };
  Registry.addChecker(
      [](CheckerManager &M) { M.registerChecker<PathTracker>(); }, Always,
      EngineName, "Follows the lives of modelled objects", "",
      /*IsHidden=*/true);
  for (const CheckEntry &E : checkRegistry()) {
    Registry.addChecker(E.Enable, Always, E.CheckerName,
                        "See leak-tidy --explain=" + E.Name, "",
                        /*IsHidden=*/false);
    Registry.addDependency(E.CheckerName, EngineName);
  }
}

} // namespace leak
