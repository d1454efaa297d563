//===--- Path.cpp - path-sensitive lives of modelled objects --------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A checker for the analyzer's engine. Its state, for each object:
///
///        start, insert            join, detach
///   (unknown) ------------> Live --------------> Done
///       ^                    |  ^                  |
///       | escape             |  | start            | join: ReleasedTwice
///       +--------------------+  +------ Empty <----+ destructor
///                            |            ^
///                            +--- move ---+
///
/// The end of a Live object is a defect. What is not in the map is unknown,
/// and unknown is silence. Objects are keyed by
///  - their memory region, when the variable is the handle (std::thread);
///  - their symbol, when the value is (pthread_t);
///  - the region of the container or array, when there are many of them and
///    they are named by computed subscripts: one state for all ("group").
///
//===----------------------------------------------------------------------===//

#include "Path.h"
#include "Check.h"
#include "Compat.h"
#include "PathTracker.h"
#include "clang/AST/ParentMap.h"
#include "clang/Lex/Lexer.h"
#include "clang/StaticAnalyzer/Core/BugReporter/BugReporterVisitors.h"
#include "clang/StaticAnalyzer/Core/BugReporter/BugType.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/CallEvent.h"
#include "clang/StaticAnalyzer/Frontend/CheckerRegistry.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;
using namespace ento;

namespace {

/// How a person calls the variable: 'pool', 'a[1]', 'w.thread'; not the
/// insides of the library types that hold it. Empty when it has no name.
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

/// Where one object was started; interned, so that states can compare it.
struct Birth {
  SourceLocation Loc;
  const StackFrameContext *Frame = nullptr;
  const leak::TypeModel *Model = nullptr;
  /// False for an object that came from elsewhere: this is where it was first
  /// met, and reports about it stand where it gets away.
  bool Seen = true;
};

enum class Phase : unsigned char { Empty, Live, Done };

struct Life {
  Phase Now = Phase::Empty;
  const Birth *Born = nullptr;
  const leak::TypeModel *Model = nullptr;
  leak::Verb Last = leak::Verb::Init; ///< What made it Done.
  bool Many = false;

  bool operator==(const Life &O) const {
    return Now == O.Now && Born == O.Born && Model == O.Model &&
           Last == O.Last && Many == O.Many;
  }
  void Profile(llvm::FoldingSetNodeID &ID) const {
    ID.AddInteger(static_cast<unsigned>(Now));
    ID.AddPointer(Born);
    ID.AddPointer(Model);
    ID.AddInteger(static_cast<unsigned>(Last));
    ID.AddBoolean(Many);
  }
};

/// An end that took place inside library code; told when the path is back in
/// the user's.
struct Pending {
  const Birth *Born;
  const leak::TypeModel *Model;
  leak::End How;
  bool Many;
  const MemRegion *Region;
  leak::Verb First = leak::Verb::Join;
  leak::Verb Second = leak::Verb::Join;
  SourceLocation At;

  bool operator==(const Pending &O) const {
    return Born == O.Born && Model == O.Model && How == O.How &&
           Many == O.Many && Region == O.Region && First == O.First &&
           Second == O.Second && At == O.At;
  }
  void Profile(llvm::FoldingSetNodeID &ID) const {
    ID.AddPointer(Born);
    ID.AddPointer(Model);
    ID.AddInteger(static_cast<unsigned>(How));
    ID.AddBoolean(Many);
    ID.AddPointer(Region);
    ID.AddInteger(At.getRawEncoding());
  }
};

} // namespace

REGISTER_MAP_WITH_PROGRAMSTATE(Objects, const MemRegion *, Life)
REGISTER_MAP_WITH_PROGRAMSTATE(Values, SymbolRef, Life)
REGISTER_MAP_WITH_PROGRAMSTATE(ElementOf, SymbolRef, const MemRegion *)
REGISTER_MAP_WITH_PROGRAMSTATE(BornDetached, const MemRegion *, bool)
REGISTER_LIST_WITH_PROGRAMSTATE(PendingEnds, Pending)

namespace leak {

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
// The tracker
//===----------------------------------------------------------------------===//

class PathTracker
    : public Checker<eval::Call, check::BeginFunction, check::PreCall,
                     check::PostCall, check::DeadSymbols, check::PointerEscape,
                     check::RegionChanges, check::BranchCondition,
                     check::EndFunction, check::PostStmt<DeclStmt>,
                     check::EndOfTranslationUnit> {
public:
  void add(CheckerNameRef Name, std::unique_ptr<Check> C) {
    if (const PathRule *Rule = C->pathRule())
      Rules.push_back({Rule, std::make_unique<BugType>(Name, "Concurrency leak",
                                                       "Concurrency")});
    Checks.push_back({Name, std::move(C)});
  }

  bool evalCall(const CallEvent &Call, CheckerContext &C) const;
  void checkBeginFunction(CheckerContext &C) const;
  void checkPreCall(const CallEvent &Call, CheckerContext &C) const;
  void checkPostCall(const CallEvent &Call, CheckerContext &C) const;
  void checkDeadSymbols(SymbolReaper &SR, CheckerContext &C) const;
  ProgramStateRef checkPointerEscape(ProgramStateRef State,
                                     const InvalidatedSymbols &Escaped,
                                     const CallEvent *Call,
                                     PointerEscapeKind Kind) const;
  ProgramStateRef checkRegionChanges(ProgramStateRef State,
                                     const InvalidatedSymbols *Invalidated,
                                     ArrayRef<const MemRegion *> Explicit,
                                     ArrayRef<const MemRegion *> Regions,
                                     const LocationContext *LCtx,
                                     const CallEvent *Call) const;
  void checkBranchCondition(const Stmt *Cond, CheckerContext &C) const;
  void checkEndFunction(const ReturnStmt *RS, CheckerContext &C) const;
  void checkPostStmt(const DeclStmt *DS, CheckerContext &C) const;
  void checkEndOfTranslationUnit(const TranslationUnitDecl *TU,
                                 AnalysisManager &AM, BugReporter &BR) const;

private:
  friend void enableInAnalyzer(CheckerManager &M, std::unique_ptr<Check> C);

  const Unit &unit(ASTContext &Ctx) const;
  const Lexicon &words(CheckerContext &C) const {
    return unit(C.getASTContext()).lexicon();
  }

  const PathRule *ruleFor(const TypeModel *M, const BugType **BT = nullptr) const {
    for (const auto &R : Rules)
      if (M && R.Rule->kind() == M->What) {
        if (BT)
          *BT = R.Bug.get();
        return R.Rule;
      }
    return nullptr;
  }
  bool owes(const TypeModel *M) const {
    const PathRule *R = ruleFor(M);
    return R && R->owes(*M);
  }

  //===--- Births ---------------------------------------------------------===//
  const Birth *birth(const CallEvent &Call, const TypeModel *M,
                     CheckerContext &C, bool Seen = true) const;
  const Birth *birth(SourceLocation Loc, const StackFrameContext *Frame,
                     const TypeModel *M, bool Seen = true) const;
  Life live(const Birth *B, const TypeModel *M, bool Many = false) const {
    return {Phase::Live, B, M, Verb::Start, Many};
  }

  //===--- Transitions ----------------------------------------------------===//
  void step(ProgramStateRef State, const Birth *B, Verb V,
            const MemRegion *R, CheckerContext &C) const;
  ProgramStateRef transfer(ProgramStateRef State, const MemRegion *From,
                           const MemRegion *To) const;
  ProgramStateRef release(ProgramStateRef State, const MemRegion *R,
                          Verb V) const;
  ProgramStateRef ended(ProgramStateRef State, const Life &L, End How,
                        const MemRegion *R, CheckerContext &C) const;
  void tell(ProgramStateRef State, CheckerContext &C) const;
  ExplodedNode *report(const Pending &P, ProgramStateRef State,
                       ExplodedNode *Pred, CheckerContext &C) const;
  void releaseOne(ProgramStateRef State, const CallEvent &Call, const Life *L,
                  Verb V, const TypeModel *M, const MemRegion *R,
                  CheckerContext &C) const;
  ProgramStateRef exchange(ProgramStateRef State, const MemRegion *A,
                           const MemRegion *B) const;
  bool inLibrary(CheckerContext &C) const;

  //===--- Kinds of calls -------------------------------------------------===//
  bool evalHandle(const CallEvent &Call, const Effect *Row, const TypeModel *M,
                  const MemRegion *R, CheckerContext &C) const;
  bool evalContainer(const CallEvent &Call, const Effect *Row,
                     const MemRegion *R, const TypeModel *Inner,
                     CheckerContext &C) const;
  bool evalFunction(const CallEvent &Call, const Effect &Row,
                    CheckerContext &C) const;
  bool evalStartInto(const CallEvent &Call, const Effect &Row,
                     CheckerContext &C) const;
  void split(ProgramStateRef Bound, DefinedOrUnknownSVal Result,
             const Effect &Row, ProgramStateRef Ok, ProgramStateRef Failed,
             const Birth *B, Verb V, const MemRegion *R,
             CheckerContext &C) const;
  bool looksOnly(const CallEvent *Call) const;
  bool isPrivate(const MemRegion *R) const;
  bool tracksGroup(const MemRegion *R, CheckerContext &C) const;

  //===--- Regions --------------------------------------------------------===//
  const MemRegion *group(const MemRegion *R, const Expr *E,
                         ProgramStateRef State) const;
  static const MemRegion *stripElements(const MemRegion *R);
  static bool computedSubscript(const Expr *E);
  ProgramStateRef bindReturn(ProgramStateRef State, const CallEvent &Call,
                             SVal V, CheckerContext &C) const;
  ProgramStateRef escapeArguments(ProgramStateRef State, const CallEvent &Call,
                                  CheckerContext &C, int Except = -1) const;

  struct RuleEntry {
    const PathRule *Rule;
    std::unique_ptr<BugType> Bug;
  };
  std::vector<RuleEntry> Rules;
  std::vector<std::pair<CheckerNameRef, std::unique_ptr<Check>>> Checks;
  mutable std::vector<std::unique_ptr<Birth>> Births;
  mutable std::map<std::pair<unsigned, const StackFrameContext *>,
                   const Birth *>
      BirthAt;
  mutable llvm::DenseMap<const ValueDecl *, bool> GroupCache;
  mutable std::vector<std::unique_ptr<BugType>> UnitBugs;
  mutable std::unique_ptr<Unit> OwnUnit;
};

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
    OwnUnit = std::make_unique<Unit>(Ctx, Options(), ModelSet::builtin(), Kinds);
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
  while (Frame && (Loc.isInvalid() ||
                   SM.isInSystemHeader(SM.getExpansionLoc(Loc)))) {
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
  const NoteTag *Tag = C.getNoteTag(
      [this, Rule, B, V, Name](PathSensitiveBugReport &BR) -> std::string {
        for (const RuleEntry &E : Rules)
          if (&BR.getBugType() == E.Bug.get() &&
              static_cast<LeakReport &>(BR).Born == B)
            return Rule->stepNote(V, Name);
        return "";
      });
  C.addTransition(State, Tag);
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
  return State->set<Objects>(From, {Phase::Empty, nullptr, L->Model,
                                    Verb::Move, L->Many});
}

/// All that is known to be in \p R (the object itself, or a group and the
/// single elements of it) is joined or detached.
ProgramStateRef PathTracker::release(ProgramStateRef State, const MemRegion *R,
                                     Verb V) const {
  for (const auto &[Region, L] : State->get<Objects>())
    if (Region == R || Region->isSubRegionOf(R))
      State = State->set<Objects>(
          Region, {Phase::Done, L.Born, L.Model, V, L.Many});
  return State;
}

ProgramStateRef PathTracker::ended(ProgramStateRef State, const Life &L,
                                   End How, const MemRegion *R,
                                   CheckerContext &C) const {
  if (L.Now != Phase::Live || !owes(L.Model))
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

ExplodedNode *PathTracker::report(const Pending &P, ProgramStateRef State,
                                  ExplodedNode *Pred, CheckerContext &C) const {
  const BugType *BT = nullptr;
  const PathRule *Rule = ruleFor(P.Model, &BT);
  const StackFrameContext *EndFrame = C.getStackFrame();
  const auto *Function = dyn_cast_or_null<FunctionDecl>(EndFrame->getDecl());
  // The end of `main` ends the process: nothing is left to leak.
  if (P.How == End::Lost && Function && Function->isMain())
    return nullptr;
  if (const auto *Field = dyn_cast_or_null<FieldRegion>(P.Region))
    if (unit(C.getASTContext()).Told.contains(Field->getDecl()))
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
  std::string Message = Rule->sentence(E);
  if (Message.empty())
    return nullptr;

  const Birth *B = P.Born;
  std::string Note = Rule->endNote(E);
  const NoteTag *Tag =
      C.getNoteTag([BT, B, Note](PathSensitiveBugReport &BR) -> std::string {
        if (&BR.getBugType() == BT && static_cast<LeakReport &>(BR).Born == B)
          return Note;
        return "";
      });
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

//===----------------------------------------------------------------------===//
// Regions
//===----------------------------------------------------------------------===//

const MemRegion *PathTracker::stripElements(const MemRegion *R) {
  while (const auto *ER = dyn_cast_or_null<ElementRegion>(R))
    R = ER->getSuperRegion();
  return R;
}

/// `a[i]`, `*(a + i)`, `p->a[i]`; not `a[0]`, which is an object of its own.
bool PathTracker::computedSubscript(const Expr *E) {
  if (!E)
    return false;
  E = E->IgnoreParenImpCasts();
  if (const auto *UO = dyn_cast<UnaryOperator>(E)) {
    if (UO->getOpcode() == UO_AddrOf)
      return computedSubscript(UO->getSubExpr());
    if (UO->getOpcode() == UO_Deref)
      return !isa<DeclRefExpr>(UO->getSubExpr()->IgnoreParenImpCasts());
  }
  if (const auto *BO = dyn_cast<BinaryOperator>(E))
    return BO->isAdditiveOp();
  if (const auto *ASE = dyn_cast<ArraySubscriptExpr>(E))
    return !isa<IntegerLiteral>(ASE->getIdx()->IgnoreParenImpCasts());
  return false;
}

/// The container or array whose single state speaks for \p R.
const MemRegion *PathTracker::group(const MemRegion *R, const Expr *E,
                                    ProgramStateRef State) const {
  if (!R)
    return nullptr;
  const MemRegion *Cur = R;
  for (int Depth = 0; Depth < 6; ++Depth) {
    const MemRegion *Base = Cur->getBaseRegion();
    const auto *Sym = dyn_cast<SymbolicRegion>(Base);
    if (!Sym)
      break;
    if (const MemRegion *const *G = State->get<ElementOf>(Sym->getSymbol()))
      return *G;
    const MemRegion *Next = Sym->getSymbol()->getOriginRegion();
    if (!Next || Next == Cur)
      break;
    Cur = Next;
  }
  const MemRegion *Whole = stripElements(R);
  if (Whole != R && (computedSubscript(E) || State->get<Objects>(Whole)))
    return Whole;
  return nullptr;
}

ProgramStateRef PathTracker::bindReturn(ProgramStateRef State,
                                        const CallEvent &Call, SVal V,
                                        CheckerContext &C) const {
  if (const Expr *E = Call.getOriginExpr())
    return State->BindExpr(E, C.getLocationContext(), V);
  return State;
}

/// The callable and its arguments are used by another execution from now on.
ProgramStateRef PathTracker::escapeArguments(ProgramStateRef State,
                                             const CallEvent &Call,
                                             CheckerContext &C,
                                             int Except) const {
  SmallVector<SVal, 4> Args;
  for (unsigned I = 0, N = Call.getNumArgs(); I != N; ++I)
    if (static_cast<int>(I) != Except && !Call.getArgSVal(I).isUnknownOrUndef())
      Args.push_back(Call.getArgSVal(I));
  for (SVal V : Args)
    if (SymbolRef Sym = V.getAsSymbol())
      State = State->remove<Values>(Sym);
  return Args.empty() ? State : compat::invalidate(C, State, Call, Args);
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

static unsigned explicitArguments(const CallEvent &Call) {
  unsigned N = 0;
  for (unsigned I = 0, E = Call.getNumArgs(); I != E; ++I)
    N += !isa_and_nonnull<CXXDefaultArgExpr>(Call.getArgExpr(I));
  return N;
}

/// The region without casts between a class and its bases, and without the
/// element that a cast of a pointer makes. Not StripCasts(), which would take
/// the first element of an array for the array.
static const MemRegion *regionOf(SVal V) {
  const MemRegion *R = V.getAsRegion();
  while (R) {
    if (const auto *Base = dyn_cast<CXXBaseObjectRegion>(R))
      R = Base->getSuperRegion();
    else if (const auto *Derived = dyn_cast<CXXDerivedObjectRegion>(R))
      R = Derived->getSuperRegion();
    else if (const auto *ER = dyn_cast<ElementRegion>(R);
             ER && ER->getIndex().isZeroConstant() &&
             isa<SymbolicRegion>(ER->getSuperRegion()))
      R = ER->getSuperRegion();
    else
      break;
  }
  return R;
}

/// The receiver's static type, as written: libraries put methods into bases.
static const CXXRecordDecl *receiver(const CallEvent &Call,
                                     const CXXMethodDecl *Method) {
  if (const auto *Inst = dyn_cast<CXXInstanceCall>(&Call))
    if (const Expr *This = Inst->getCXXThisExpr()) {
      QualType T = This->IgnoreParenBaseCasts()->getType();
      if (T->isPointerType())
        T = T->getPointeeType();
      if (const CXXRecordDecl *RD = T->getAsCXXRecordDecl())
        return RD;
    }
  return Method->getParent();
}

bool PathTracker::evalCall(const CallEvent &Call, CheckerContext &C) const {
  const auto *FD = dyn_cast_or_null<FunctionDecl>(Call.getDecl());
  const Unit &U = unit(C.getASTContext());
  if (!FD || !U.index())
    return false;
  const auto *Method = dyn_cast<CXXMethodDecl>(FD);
  if (Method && !Method->isStatic()) {
    const CXXRecordDecl *Record = receiver(Call, Method);
    const Effect *Row =
        U.lexicon().effect(FD, explicitArguments(Call), Record);
    const MemRegion *This = nullptr;
    if (const auto *Inst = dyn_cast<CXXInstanceCall>(&Call))
      This = regionOf(Inst->getCXXThisVal());
    else if (const auto *Ctor = dyn_cast<AnyCXXConstructorCall>(&Call))
      This = regionOf(Ctor->getCXXThisVal());
    const TypeModel *M = isa<CXXConstructorDecl>(Method)
                             ? U.lexicon().type(Method->getParent())
                             : U.lexicon().typeOrBase(Record);
    if (M && ruleFor(M) && This)
      return evalHandle(Call, Row, M, This, C);
    if (M && M->What == Kind::Container && This) {
      QualType T = Method->getThisType()->getPointeeType();
      if (!U.lexicon().type(Method->getParent()))
        return false;
      Shape S = U.index()->shape(T);
      if (S && !S.Pointer && ruleFor(S.Inner))
        return evalContainer(Call, Row, This, S.Inner, C);
    }
    return false;
  }
  if (const Effect *Row = U.lexicon().effect(FD, explicitArguments(Call)))
    return evalFunction(Call, *Row, C);
  return false;
}

bool PathTracker::evalHandle(const CallEvent &Call, const Effect *Row,
                             const TypeModel *M, const MemRegion *R,
                             CheckerContext &C) const {
  ProgramStateRef State = C.getState();
  const auto *Method = cast<CXXMethodDecl>(Call.getDecl());
  const Life *L = State->get<Objects>(R);
  const auto *Inst = dyn_cast<CXXInstanceCall>(&Call);
  const MemRegion *G =
      group(R, Inst ? Inst->getCXXThisExpr() : nullptr, State);

  if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(Method)) {
    if (Ctor->isMoveConstructor()) {
      const MemRegion *From = regionOf(Call.getArgSVal(0));
      const Life *Old = From ? State->get<Objects>(From) : nullptr;
      const Birth *B = Old && Old->Now == Phase::Live ? Old->Born : nullptr;
      step(transfer(State, From, R), B, Verb::Move, R, C);
      return true;
    }
    if (Row && Row->Does == Verb::Start) {
      const Birth *B = birth(Call, M, C);
      State = escapeArguments(State, Call, C);
      step(State->set<Objects>(R, live(B, M)), B, Verb::Start, R, C);
      return true;
    }
    if (explicitArguments(Call) == 0) {
      C.addTransition(State->set<Objects>(R, {Phase::Empty, nullptr, M}));
      return true;
    }
    return false;
  }

  if (Method->isMoveAssignmentOperator()) {
    const MemRegion *From = regionOf(Call.getArgSVal(0));
    const Life *Old = From ? State->get<Objects>(From) : nullptr;
    const Birth *B = Old && Old->Now == Phase::Live ? Old->Born : nullptr;
    State = bindReturn(State, Call, loc::MemRegionVal(R), C);
    if (G) {
      // One of many: the group as a whole takes the execution over.
      if (B && tracksGroup(G, C))
        State = State->set<Objects>(G, live(B, M, true));
      step(transfer(State, From, nullptr), B, Verb::Move, G, C);
      return true;
    }
    if (L)
      State = ended(State, *L, End::Overwritten, R, C);
    if (!State->get<PendingEnds>().isEmpty()) {
      tell(transfer(State, From, R), C);
      return true;
    }
    step(transfer(State, From, R), B, Verb::Move, R, C);
    return true;
  }

  if (!Row)
    return false;
  QualType T = Call.getResultType();
  switch (Row->Does) {
  case Verb::Start: {
    // A method that starts: `thread.start()`.
    const Birth *B = birth(Call, M, C);
    State = escapeArguments(State, Call, C);
    if (!T->isVoidType())
      State = bindReturn(State, Call, compat::conjure(C, Call, T), C);
    step(State->set<Objects>(G ? G : R, live(B, M, G)), B, Verb::Start, R, C);
    return true;
  }
  case Verb::Join:
  case Verb::Detach: {
    if (!T->isVoidType())
      State = bindReturn(State, Call, compat::conjure(C, Call, T), C);
    if (G) {
      // Without a loop that joins them all, we don't know which are left.
      const Life *All = State->get<Objects>(G);
      if (All && All->Now == Phase::Live)
        State = State->remove<Objects>(G);
      C.addTransition(State);
      return true;
    }
    releaseOne(State, Call, L, Row->Does, M, R, C);
    return true;
  }
  case Verb::TryJoin: {
    DefinedOrUnknownSVal Result = compat::conjure(C, Call, T);
    ProgramStateRef Bound = bindReturn(State, Call, Result, C);
    split(Bound, Result, *Row, release(Bound, R, Verb::Join), Bound,
          L ? L->Born : nullptr, Verb::Join, R, C);
    return true;
  }
  case Verb::TestLive: {
    const Life *Known = G ? nullptr : L;
    SVal Result = compat::conjure(C, Call, T);
    if (Known && T->isBooleanType())
      Result = C.getSValBuilder().makeTruthVal(Known->Now == Phase::Live, T);
    C.addTransition(bindReturn(State, Call, Result, C));
    return true;
  }
  case Verb::Swap: {
    const MemRegion *Other = regionOf(Call.getArgSVal(0));
    C.addTransition(exchange(State, R, Other));
    return true;
  }
  case Verb::Query:
    if (T->isRecordType())
      return false;
    if (!T->isVoidType())
      State = bindReturn(State, Call, compat::conjure(C, Call, T), C);
    C.addTransition(State);
    return true;
  default:
    return false;
  }
}

void PathTracker::releaseOne(ProgramStateRef State, const CallEvent &Call,
                             const Life *L, Verb V, const TypeModel *M,
                             const MemRegion *R, CheckerContext &C) const {
  const Birth *B = L ? L->Born : nullptr;
  bool Again = L && L->Now == Phase::Done && M->IfRejoined != Rejoin::Quiet &&
               (L->Last == Verb::Join || L->Last == Verb::Detach) && B;
  if (Again)
    State = State->add<PendingEnds>({B, M, End::ReleasedTwice, L->Many, R,
                                     L->Last, V, Call.getSourceRange().getBegin()});
  // Of an object from elsewhere, only what this function does is known.
  if (!B)
    B = birth(Call, M, C, /*Seen=*/false);
  State = State->set<Objects>(R, {Phase::Done, B, M, V, L && L->Many});
  if (Again)
    tell(State, C);
  else
    step(State, B, V, R, C);
}

ProgramStateRef PathTracker::exchange(ProgramStateRef State, const MemRegion *A,
                                      const MemRegion *B) const {
  const Life *LA = A ? State->get<Objects>(A) : nullptr;
  const Life *LB = B ? State->get<Objects>(B) : nullptr;
  std::optional<Life> CopyA, CopyB;
  if (LA)
    CopyA = *LA;
  if (LB)
    CopyB = *LB;
  if (A)
    State = CopyB ? State->set<Objects>(A, *CopyB) : State->remove<Objects>(A);
  if (B)
    State = CopyA ? State->set<Objects>(B, *CopyA) : State->remove<Objects>(B);
  return State;
}

/// Two paths: the call did what it is for, or it failed.
void PathTracker::split(ProgramStateRef Bound, DefinedOrUnknownSVal Result,
                        const Effect &Row, ProgramStateRef Ok,
                        ProgramStateRef Failed, const Birth *B, Verb V,
                        const MemRegion *R, CheckerContext &C) const {
  auto Defined = Result.getAs<DefinedSVal>();
  bool TrueIsOk = false;
  std::optional<DefinedSVal> Condition;
  SValBuilder &SVB = C.getSValBuilder();
  if (Defined) {
    switch (Row.Fails) {
    case Failure::Never:
      break;
    case Failure::Nonzero:
      Condition = Defined;
      break;
    case Failure::Null:
    case Failure::False:
      Condition = Defined;
      TrueIsOk = true;
      break;
    case Failure::Negative: {
      QualType T = Result.getType(C.getASTContext());
      SVal Below = SVB.evalBinOp(Bound, BO_LT, *Defined, SVB.makeZeroVal(T),
                                 SVB.getConditionType());
      Condition = Below.getAs<DefinedSVal>();
      break;
    }
    }
  }
  if (!Condition) {
    step(Ok, B, V, R, C);
    return;
  }
  if (ProgramStateRef S = Ok->assume(*Condition, TrueIsOk))
    step(S, B, V, R, C);
  if (ProgramStateRef S = Failed->assume(*Condition, !TrueIsOk))
    C.addTransition(S);
}

/// True when all that the unit does to the container or array is understood.
bool PathTracker::tracksGroup(const MemRegion *R, CheckerContext &C) const {
  const ValueDecl *D = nullptr;
  if (const auto *VR = dyn_cast<VarRegion>(R))
    D = VR->getDecl();
  else if (const auto *FR = dyn_cast<FieldRegion>(R))
    D = FR->getDecl();
  const Index *Idx = unit(C.getASTContext()).index();
  if (!D || !Idx || 
      !compat::isIn<StackSpaceRegion>(R, C.getState()))
    return false;
  const Subject *S = Idx->find(D);
  if (!S || S->What.Pointer)
    return false;
  auto [It, New] = GroupCache.try_emplace(D, true);
  if (New)
    for (const Use &U : Idx->allUses(D))
      if (U.Does == Verb::Escape)
        It->second = false;
  return It->second;
}

bool PathTracker::evalContainer(const CallEvent &Call, const Effect *Row,
                                const MemRegion *R, const TypeModel *Inner,
                                CheckerContext &C) const {
  ProgramStateRef State = C.getState();
  const auto *Method = cast<CXXMethodDecl>(Call.getDecl());
  const Life *L = State->get<Objects>(R);
  QualType T = Call.getResultType();

  if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(Method)) {
    if (!Ctor->isMoveConstructor())
      return false;
    C.addTransition(transfer(State, regionOf(Call.getArgSVal(0)), R));
    return true;
  }
  if (Method->isMoveAssignmentOperator()) {
    State = bindReturn(State, Call, loc::MemRegionVal(R), C);
    if (L)
      State = ended(State, *L, End::Overwritten, R, C);
    tell(transfer(State, regionOf(Call.getArgSVal(0)), R), C);
    return true;
  }
  if (!tracksGroup(R, C) || !Row)
    return false;

  // The result: elements are places that lead back to the container.
  auto BindResult = [&](ProgramStateRef S) {
    if (T->isVoidType())
      return S;
    if (T->isRecordType())
      return bindReturn(S, Call, UnknownVal(), C);
    SVal V = compat::conjure(C, Call, T);
    if (SymbolRef Sym = V.getAsLocSymbol())
      S = S->set<ElementOf>(Sym, R);
    return bindReturn(S, Call, V, C);
  };

  switch (Row->Does) {
  case Verb::Insert: {
    // One of the arguments may be a handle that is live.
    const Birth *B = nullptr;
    bool TakesHandle = false;
    const Index &Idx = *unit(C.getASTContext()).index();
    for (unsigned I = 0, N = Call.getNumArgs(); I != N; ++I) {
      const Expr *Arg = Call.getArgExpr(I);
      if (!Arg || !Idx.shape(Arg->getType()))
        continue;
      TakesHandle = true;
      if (const MemRegion *From = regionOf(Call.getArgSVal(I)))
        if (const Life *Old = State->get<Objects>(From);
            Old && Old->Now == Phase::Live)
          B = Old->Born;
    }
    const Use *U = Call.getOriginExpr() ? Idx.useAt(Call.getOriginExpr())
                                        : nullptr;
    if (!B && U && U->Does == Verb::Start)
      B = birth(Call, Inner, C);
    ProgramStateRef S = escapeArguments(State, Call, C);
    // The moved-from handles are empty, not unknown.
    for (unsigned I = 0, N = Call.getNumArgs(); TakesHandle && I != N; ++I)
      if (const MemRegion *From = regionOf(Call.getArgSVal(I)))
        if (State->get<Objects>(From))
          S = S->set<Objects>(From, {Phase::Empty, nullptr, Inner, Verb::Move});
    if (L)
      S = S->set<Objects>(R, *L);
    if (B)
      S = S->set<Objects>(R, live(B, Inner, /*Many=*/true));
    step(BindResult(S), B, Verb::Insert, R, C);
    return true;
  }
  case Verb::Element:
  case Verb::Iterate:
  case Verb::Query:
    C.addTransition(BindResult(State));
    return true;
  case Verb::Clear:
  case Verb::Reset:
    if (L)
      State = ended(State, *L, End::Removed, R, C);
    tell(BindResult(State->remove<Objects>(R)), C);
    return true;
  case Verb::Remove:
    if (L && L->Now == Phase::Live)
      State = State->remove<Objects>(R);
    C.addTransition(BindResult(State));
    return true;
  case Verb::Swap:
    C.addTransition(exchange(State, R, regionOf(Call.getArgSVal(0))));
    return true;
  default:
    return false;
  }
}

bool PathTracker::evalFunction(const CallEvent &Call, const Effect &Row,
                               CheckerContext &C) const {
  ProgramStateRef State = C.getState();
  QualType T = Call.getResultType();
  const Unit &U = unit(C.getASTContext());
  unsigned I = Row.Object.Index;
  bool HasArgument = (Row.Object.Place == ObjectSpec::Argument ||
                      Row.Object.Place == ObjectSpec::Pointee) &&
                     I < Call.getNumArgs();
  auto Scalar = [&](ProgramStateRef S) {
    return T->isVoidType() || T->isRecordType()
               ? S
               : bindReturn(S, Call, compat::conjure(C, Call, T), C);
  };

  switch (Row.Does) {
  case Verb::Init:
  case Verb::SetDetached: {
    if (!HasArgument)
      return false;
    const MemRegion *R = regionOf(Call.getArgSVal(I));
    if (!R || T->isRecordType())
      return false;
    const TypeModel *M =
        U.lexicon().type(Call.getArgExpr(I)->IgnoreImpCasts()->getType()->getPointeeType());
    if (!M || M->What != Kind::Attribute)
      return false;
    if (Row.Does == Verb::Init) {
      State = State->set<BornDetached>(R, false);
    } else {
      bool Known = false, Value = false;
      if (Row.Value >= 0 && Row.Value < static_cast<int>(Call.getNumArgs())) {
        SVal V = Call.getArgSVal(Row.Value);
        Known = V.isConstant();
        Value = Known && !V.isZeroConstant();
      }
      State = Known ? State->set<BornDetached>(R, Value)
                    : State->remove<BornDetached>(R);
    }
    C.addTransition(Scalar(State));
    return true;
  }
  case Verb::Start:
    if (HasArgument)
      return evalStartInto(Call, Row, C);
    if (Row.Object.Place == ObjectSpec::Return) {
      const TypeModel *M = U.lexicon().type(T);
      if (!M && T->isPointerType())
        M = U.lexicon().type(T->getPointeeType());
      if (!M || !ruleFor(M) || !M->ByValue)
        return false;
      DefinedOrUnknownSVal Result = compat::conjure(C, Call, T);
      const Birth *B = birth(Call, M, C);
      State = bindReturn(escapeArguments(State, Call, C), Call, Result, C);
      ProgramStateRef Ok = State;
      if (SymbolRef Sym = Result.getAsSymbol())
        Ok = Ok->set<Values>(Sym, live(B, M));
      split(State, Result, Row, Ok, State, B, Verb::Start, nullptr, C);
      return true;
    }
    return false;
  case Verb::Join:
  case Verb::Detach:
  case Verb::TryJoin: {
    if (!HasArgument)
      return false;
    SVal V = Call.getArgSVal(I);
    const Expr *Arg = Call.getArgExpr(I);
    Verb Does = Row.Does == Verb::TryJoin ? Verb::Join : Row.Does;
    const Birth *B = nullptr;
    const MemRegion *Named = nullptr;
    ProgramStateRef Ok = State;
    bool IsValue = !Arg->isGLValue() && Row.Object.Place == ObjectSpec::Argument;
    if (IsValue) {
      SymbolRef Sym = V.getAsSymbol();
      const Life *L = Sym ? State->get<Values>(Sym) : nullptr;
      // `pthread_join(t[i], 0)`: the variable's group.
      const auto *ASE = dyn_cast<ArraySubscriptExpr>(Arg->IgnoreParenImpCasts());
      if (!L && ASE && computedSubscript(ASE)) {
        SVal Base = State->getSVal(ASE->getBase(), C.getLocationContext());
        if (const MemRegion *R = stripElements(regionOf(Base)))
          if (const Life *All = State->get<Objects>(R);
              All && All->Now == Phase::Live)
            Ok = Ok->remove<Objects>(R);
      }
      if (L) {
        B = L->Born;
        if (L->Now == Phase::Done && L->Model->IfRejoined != Rejoin::Quiet &&
            B && B->Seen && Row.Does != Verb::TryJoin) {
          Named = Sym->getOriginRegion();
          Ok = Ok->add<PendingEnds>({B, L->Model, End::ReleasedTwice, false,
                                     Named, L->Last, Does,
                                     Call.getSourceRange().getBegin()});
        }
        Ok = Ok->set<Values>(Sym, {Phase::Done, B, L->Model, Does});
      }
    } else if (const MemRegion *R = regionOf(V)) {
      const Life *L = State->get<Objects>(R);
      B = L ? L->Born : nullptr;
      Named = R;
      Ok = release(Ok, R, Does);
    }
    if (!Ok->get<PendingEnds>().isEmpty()) {
      tell(Scalar(Ok), C);
      return true;
    }
    if (Row.Does == Verb::TryJoin && !T->isRecordType() && !T->isVoidType()) {
      DefinedOrUnknownSVal Result = compat::conjure(C, Call, T);
      split(State, Result, Row, bindReturn(Ok, Call, Result, C),
            bindReturn(State, Call, Result, C), B, Does, Named, C);
      return true;
    }
    if (T->isRecordType())
      return false;
    step(Scalar(Ok), B, Does, Named, C);
    return true;
  }
  case Verb::Swap: {
    if (Call.getNumArgs() != 2)
      return false;
    const MemRegion *A = regionOf(Call.getArgSVal(0));
    const MemRegion *B = regionOf(Call.getArgSVal(1));
    if (!A || !B || (!State->get<Objects>(A) && !State->get<Objects>(B)))
      return false;
    C.addTransition(exchange(State, A, B));
    return true;
  }
  default:
    return false;
  }
}

/// `pthread_create(&t, ...)`: makes a new value in a place.
bool PathTracker::evalStartInto(const CallEvent &Call, const Effect &Row,
                                CheckerContext &C) const {
  ProgramStateRef State = C.getState();
  const Unit &U = unit(C.getASTContext());
  unsigned I = Row.Object.Index;
  const Expr *Arg = Call.getArgExpr(I);
  QualType Slot = Arg->IgnoreParenImpCasts()->getType();
  // `&t` keeps the typedef; a decayed array has it in the element.
  if (const auto *AT = C.getASTContext().getAsArrayType(Slot))
    Slot = AT->getElementType();
  else if (Slot->isPointerType() || Slot->isReferenceType())
    Slot = Slot->getPointeeType();
  const TypeModel *M = U.lexicon().type(Slot);
  const MemRegion *R = regionOf(Call.getArgSVal(I));
  QualType T = Call.getResultType();
  if (!M || !ruleFor(M) || !R || T->isRecordType())
    return false;

  bool Owes = compat::isIn<StackSpaceRegion>(R, State);
  if (Row.Attribute >= 0 && Row.Attribute < static_cast<int>(Call.getNumArgs())) {
    SVal Attr = Call.getArgSVal(Row.Attribute);
    if (!Attr.isZeroConstant()) {
      const MemRegion *AR = regionOf(Attr);
      const bool *Detached = AR ? State->get<BornDetached>(AR) : nullptr;
      Owes &= Detached && !*Detached;
    }
  }
  const Birth *B = birth(Call, M, C);
  const MemRegion *G = group(R, Arg, State);
  // The place itself is written, not handed to the new execution.
  ProgramStateRef Started = escapeArguments(State, Call, C, static_cast<int>(I));
  ProgramStateRef Failed = Started;
  if (M->ByValue) {
    static int Tag;
    SVal Value = compat::conjure(C, Call, Slot.getUnqualifiedType(), &Tag);
    Started = Started->bindLoc(loc::MemRegionVal(R), Value,
                               C.getLocationContext());
    if (SymbolRef Sym = Value.getAsSymbol(); Sym && Owes && !G)
      Started = Started->set<Values>(Sym, live(B, M));
  }
  if (G) {
    if (Owes && tracksGroup(G, C))
      Started = Started->set<Objects>(G, live(B, M, /*Many=*/true));
  } else if (!M->ByValue && Owes) {
    Started = Started->set<Objects>(R, live(B, M));
  }
  if (T->isVoidType()) {
    step(Started, B, Verb::Start, R, C);
    return true;
  }
  DefinedOrUnknownSVal Result = compat::conjure(C, Call, T);
  split(State, Result, Row, bindReturn(Started, Call, Result, C),
        bindReturn(Failed, Call, Result, C), B, Verb::Start, R, C);
  return true;
}

//===----------------------------------------------------------------------===//
// Ends and escapes
//===----------------------------------------------------------------------===//

void PathTracker::checkBeginFunction(CheckerContext &C) const {
  if (!C.inTopFrame())
    return;
  // Frames of the last function are gone, and so are the states that name them.
  BirthAt.clear();
}

void PathTracker::checkPreCall(const CallEvent &Call, CheckerContext &C) const {
  // Implicit calls, and explicit ones as in std::optional.
  const auto *Dtor = dyn_cast<CXXInstanceCall>(&Call);
  ProgramStateRef State = C.getState();
  if (!Dtor || State->get<Objects>().isEmpty() ||
      !isa_and_nonnull<CXXDestructorDecl>(Call.getDecl()))
    return;
  const MemRegion *R = regionOf(Dtor->getCXXThisVal());
  if (!R)
    return;
  const Life *L = State->get<Objects>(R);
  const MemRegion *G = L ? nullptr : stripElements(R);
  if (G && G != R) {
    // The elements of an array are destroyed one by one; one report for all.
    R = G;
    L = State->get<Objects>(G);
  }
  if (!L)
    return;
  State = ended(State, *L, End::Destroyed, R, C);
  tell(State->set<Objects>(R, {Phase::Empty, nullptr, L->Model, Verb::Init,
                               L->Many}),
       C);
}

void PathTracker::checkPostCall(const CallEvent &Call,
                                CheckerContext &C) const {
  ProgramStateRef State = C.getState();
  if (!State->get<PendingEnds>().isEmpty() && !inLibrary(C)) {
    tell(State, C);
    return;
  }
  if (C.wasInlined || State->get<Values>().isEmpty())
    return;
  // C handles that are given to somebody by value.
  const auto *FD = dyn_cast_or_null<FunctionDecl>(Call.getDecl());
  if (FD && unit(C.getASTContext()).lexicon().effect(FD, explicitArguments(Call)))
    return;
  for (unsigned I = 0, N = Call.getNumArgs(); I != N; ++I)
    if (SymbolRef Sym = Call.getArgSVal(I).getAsSymbol())
      State = State->remove<Values>(Sym);
  C.addTransition(State);
}

void PathTracker::checkEndFunction(const ReturnStmt *RS,
                                   CheckerContext &C) const {
  ProgramStateRef State = C.getState();
  // A C handle that is returned to a caller we don't see is the caller's.
  if (RS && RS->getRetValue() && C.inTopFrame())
    if (SymbolRef Sym = C.getSVal(RS->getRetValue()).getAsSymbol())
      State = State->remove<Values>(Sym);
  if (!State->get<PendingEnds>().isEmpty())
    tell(State, C);
  else
    C.addTransition(State);
}

void PathTracker::checkDeadSymbols(SymbolReaper &SR, CheckerContext &C) const {
  ProgramStateRef State = C.getState();
  for (const auto &[Sym, L] : State->get<Values>())
    if (SR.isDead(Sym)) {
      State = ended(State, L, End::Lost, Sym->getOriginRegion(), C);
      State = State->remove<Values>(Sym);
    }
  for (const auto &[R, L] : State->get<Objects>()) {
    const MemRegion *Base = R->getBaseRegion();
    const auto *Sym = dyn_cast<SymbolicRegion>(Base);
    if (Sym && SR.isDead(Sym->getSymbol())) {
      // `new T` whose last pointer is gone; other symbols are just unknown.
      if (compat::isIn<HeapSpaceRegion>(Base, State) && R == Base)
        State = ended(State, L, End::Lost, nullptr, C);
      State = State->remove<Objects>(R);
    } else if (!Sym && L.Many && L.Model->ByValue && isa<VarRegion>(R) &&
               !SR.isLiveRegion(R)) {
      // An array of C handles has no destructor that would tell.
      State = ended(State, L, End::Lost, R, C);
      State = State->remove<Objects>(R);
    }
  }
  for (const auto &[Sym, R] : State->get<ElementOf>())
    if (SR.isDead(Sym))
      State = State->remove<ElementOf>(Sym);
  if (State != C.getState())
    tell(State, C);
}

ProgramStateRef PathTracker::checkPointerEscape(
    ProgramStateRef State, const InvalidatedSymbols &Escaped, const CallEvent *,
    PointerEscapeKind) const {
  if (!State->get<Values>().isEmpty())
    for (SymbolRef Sym : Escaped)
      State = State->remove<Values>(Sym);
  for (const auto &[R, L] : State->get<Objects>())
    if (const auto *Sym = dyn_cast<SymbolicRegion>(R->getBaseRegion()))
      if (Escaped.count(Sym->getSymbol()))
        State = State->remove<Objects>(R);
  return State;
}

ProgramStateRef PathTracker::checkRegionChanges(
    ProgramStateRef State, const InvalidatedSymbols *,
    ArrayRef<const MemRegion *> Explicit, ArrayRef<const MemRegion *> Regions,
    const LocationContext *, const CallEvent *Call) const {
  auto Lives = State->get<Objects>();
  if (Lives.isEmpty())
    return State;
  // What a modelled call does to its objects is in the model.
  if (Call && looksOnly(Call))
    return State;
  for (const auto &[R, L] : Lives) {
    auto Covers = [R = R](const MemRegion *Changed) {
      return R == Changed || R->isSubRegionOf(Changed);
    };
    if (!llvm::any_of(Explicit, Covers) && !llvm::any_of(Regions, Covers))
      continue;
    // Loops whose end the engine doesn't reach change everything ("widening").
    // A variable all of whose uses are understood is not touched by that.
    if (!Call && isPrivate(R))
      continue;
    State = State->remove<Objects>(R);
  }
  return State;
}

/// A local variable that only this function's own, understood operations use.
bool PathTracker::isPrivate(const MemRegion *R) const {
  const auto *VR = dyn_cast<VarRegion>(R);
  if (!VR || VR->getDecl()->hasGlobalStorage())
    return false;
  const Index *Idx = unit(VR->getDecl()->getASTContext()).index();
  const Subject *S = Idx ? Idx->find(VR->getDecl()) : nullptr;
  if (!S || S->What.Pointer)
    return false;
  return llvm::none_of(Idx->allUses(S->Decl), [&](const Use &U) {
    return U.Does == Verb::Escape ||
           (U.In && !S->Uses.empty() && U.In != S->Uses.front().In);
  });
}

bool PathTracker::looksOnly(const CallEvent *Call) const {
  const auto *FD = dyn_cast_or_null<FunctionDecl>(Call->getDecl());
  if (!FD)
    return false;
  const Unit &U = unit(FD->getASTContext());
  const CXXRecordDecl *Record = nullptr;
  if (const auto *Method = dyn_cast<CXXMethodDecl>(FD)) {
    if (isa<CXXConstructorDecl>(Method))
      return false;
    Record = receiver(*Call, Method);
  }
  const Effect *Row = U.lexicon().effect(FD, explicitArguments(*Call), Record);
  return Row && (Row->Does == Verb::Query || Row->Does == Verb::Iterate ||
                 Row->Does == Verb::TestLive || Row->Does == Verb::Element);
}

void PathTracker::checkBranchCondition(const Stmt *Cond,
                                       CheckerContext &C) const {
  ProgramStateRef State = C.getState();
  if (State->get<Objects>().isEmpty())
    return;
  const Index *Idx = unit(C.getASTContext()).index();
  const Expr *E = dyn_cast<Expr>(Cond);
  if (!Idx || !E)
    return;
  // A loop that joins what it walks over has joined all of it at its end; the
  // engine alone would also try the path on which it isn't entered.
  for (const ValueDecl *D : Idx->releasedByLoop(E))
    for (const auto &[R, L] : State->get<Objects>()) {
      if (L.Now != Phase::Live || !L.Many)
        continue;
      const ValueDecl *Own = nullptr;
      if (const auto *VR = dyn_cast<VarRegion>(R))
        Own = VR->getDecl();
      else if (const auto *FR = dyn_cast<FieldRegion>(R))
        Own = FR->getDecl();
      if (Own && Own->getCanonicalDecl() == D->getCanonicalDecl())
        State = State->set<Objects>(
            R, {Phase::Done, L.Born, L.Model, Verb::Join, true});
    }
  C.addTransition(State);
}

void PathTracker::checkPostStmt(const DeclStmt *DS, CheckerContext &C) const {
  const Index *Idx = unit(C.getASTContext()).index();
  if (!Idx)
    return;
  ProgramStateRef State = C.getState();
  for (const Decl *D : DS->decls()) {
    const auto *VD = dyn_cast<VarDecl>(D);
    if (!VD || !VD->hasLocalStorage() || !VD->getType()->isConstantArrayType())
      continue;
    const Subject *S = Idx->find(VD);
    if (!S || !S->What.Many || !ruleFor(S->What.Inner) || S->What.Outer)
      continue;
    // `std::thread a[2] = {...}`: the engine doesn't tie the elements to it.
    const MemRegion *R =
        State->getLValue(VD, C.getLocationContext()).getAsRegion();
    for (const Use &U : S->Uses)
      if (!U.Ref && U.Does == Verb::Start && R && tracksGroup(R, C))
        State = State->set<Objects>(
            R, live(birth(VD->getLocation(), C.getStackFrame(), S->What.Inner),
                    S->What.Inner, /*Many=*/true));
  }
  C.addTransition(State);
}

void PathTracker::checkEndOfTranslationUnit(const TranslationUnitDecl *TU,
                                            AnalysisManager &AM,
                                            BugReporter &BR) const {
  // Inside clang-tidy the other checks run by themselves.
  if (CurrentUnit)
    return;
  const Unit &Shared = unit(AM.getASTContext());
  if (!Shared.index())
    return;
  Unit &U = *OwnUnit;
  for (const auto &[Name, C] : Checks) {
    C->analyze(U);
    std::vector<Finding> Found = U.takeFindings();
    tidyUp(Found, AM.getSourceManager());
    for (const Finding &F : Found) {
      auto BT = std::make_unique<BugType>(Name, "Concurrency leak", "Concurrency");
      auto Report = std::make_unique<BasicBugReport>(
          *BT, F.Message,
          PathDiagnosticLocation(F.Loc, AM.getSourceManager()));
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
