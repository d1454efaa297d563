//===--- PathCalls.cpp - lives of modelled objects: what calls do -------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Callable.h"
#include "PathTracker.h"
#include "clang/AST/ParentMap.h"
#include "clang/AST/StmtCXX.h"

namespace leak {

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
                                    ProgramStateRef State,
                                    CheckerContext &C) const {
  // `for (auto &t : threads)`: the loop's variable is each of them in turn.
  const auto *Ref =
      E ? dyn_cast<DeclRefExpr>(E->IgnoreParenImpCasts()) : nullptr;
  if (const auto *Each = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
      Each && Each->isCXXForRangeDecl())
    if (const auto *All = dyn_cast_or_null<VarDecl>(
            unit(C.getASTContext()).index()->aliased(Each));
        All && All->hasLocalStorage() &&
        !unit(C.getASTContext()).index()->find(All)->What.Pointer)
      return State->getLValue(All, C.getLocationContext()).getAsRegion();
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

/// The same for the start of an execution: that isn't somebody else who would
/// release its own handle.
ProgramStateRef PathTracker::giveToExecution(ProgramStateRef State,
                                             const CallEvent &Call,
                                             CheckerContext &C,
                                             int Except) const {
  auto Known = State->get<KnownElsewhere>();
  State = escapeArguments(State, Call, C, Except);
  for (SymbolRef Sym : State->get<KnownElsewhere>())
    if (!Known.contains(Sym))
      State = State->remove<KnownElsewhere>(Sym);
  return State;
}

unsigned explicitArguments(const CallEvent &Call) {
  unsigned N = 0;
  for (unsigned I = 0, E = Call.getNumArgs(); I != E; ++I)
    N += !isa_and_nonnull<CXXDefaultArgExpr>(Call.getArgExpr(I));
  return N;
}

const MemRegion *regionOf(SVal V) {
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

const CXXRecordDecl *receiver(const CallEvent &Call,
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

/// Kinds of objects with which executions talk to each other: calls on them do
/// nothing to the handles beside them.
static bool isForTalking(const TypeModel *M) {
  if (!M)
    return false;
  switch (M->What) {
  case Kind::Counter:
  case Kind::Permit:
  case Kind::Guard:
  case Kind::Signal:
  case Kind::Condition:
  case Kind::StopSource:
  case Kind::StopToken:
    return true;
  default:
    return false;
  }
}

/// A call on such an object. The engine would let `lock(mutex_)` change the
/// whole object of which the mutex is a member.
bool PathTracker::evalTalk(const CallEvent &Call, const Effect *Row,
                           CheckerContext &C) const {
  QualType T = Call.getResultType();
  bool IsCtor = isa<CXXConstructorDecl>(Call.getDecl());
  if ((!IsCtor && T->isRecordType()) || !Call.getOriginExpr())
    return false;
  ProgramStateRef State = C.getState();
  switch (Row ? Row->Does : Verb::Query) {
  case Verb::Wait:
  case Verb::TryWait:
  case Verb::Arrive:
    // The others change what they will meanwhile; checkRegionChanges keeps the
    // handles.
    State = Call.invalidateRegions(C.blockCount(), State);
    break;
  case Verb::Apply:
  case Verb::Escape:
    return false;
  default:
    break;
  }
  // A guard has a value from then on, if only an unknown one: the engine ends
  // paths that read what nobody wrote.
  if (const auto *Ctor = dyn_cast<AnyCXXConstructorCall>(&Call)) {
    const MemRegion *This = Ctor->getCXXThisVal().getAsRegion();
    if (This && This == This->getBaseRegion())
      State = compat::invalidate(C, State, Call, Ctor->getCXXThisVal());
  }
  if (!IsCtor && !T->isVoidType())
    State = bindReturn(State, Call, compat::conjure(C, Call, T), C);
  C.addTransition(State);
  return true;
}

bool PathTracker::evalCall(const CallEvent &Call, CheckerContext &C) const {
  const auto *FD = dyn_cast_or_null<FunctionDecl>(Call.getDecl());
  const Unit &U = unit(C.getASTContext());
  if (!FD || !U.index())
    return false;
  const auto *Method = dyn_cast<CXXMethodDecl>(FD);
  if (Method && !Method->isStatic()) {
    const CXXRecordDecl *Record = receiver(Call, Method);
    const Effect *Row = U.lexicon().effect(FD, explicitArguments(Call), Record);
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
    if (isForTalking(M) && (Row || isa<CXXConstructorDecl>(Method)))
      return evalTalk(Call, Row, C);
    return !Row && evalUnconcerned(Call, FD, *U.index(), C);
  }
  if (const Effect *Row = U.lexicon().effect(FD, explicitArguments(Call)))
    return evalFunction(Call, *Row, C);
  return evalUnconcerned(Call, FD, *U.index(), C);
}

bool PathTracker::evalHandle(const CallEvent &Call, const Effect *Row,
                             const TypeModel *M, const MemRegion *R,
                             CheckerContext &C) const {
  ProgramStateRef State = C.getState();
  const auto *Method = cast<CXXMethodDecl>(Call.getDecl());
  const Life *L = State->get<Objects>(R);
  const auto *Inst = dyn_cast<CXXInstanceCall>(&Call);
  const MemRegion *G =
      group(R, Inst ? Inst->getCXXThisExpr() : nullptr, State, C);

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
      State = giveToExecution(State, Call, C);
      step(State->set<Objects>(R, live(B, M)), B, Verb::Start, R, C);
      return true;
    }
    // `new QThread(parent)`: from its birth on somebody else knows it.
    if (Row && Row->Does == Verb::Escape) {
      State = escapeArguments(State, Call, C);
      if (const auto *Heap = dyn_cast<SymbolicRegion>(R->getBaseRegion()))
        State = State->add<KnownElsewhere>(Heap->getSymbol());
      C.addTransition(State);
      return true;
    }
    // What a library makes and hands out is what its model says.
    if (explicitArguments(Call) == 0 && inLibrary(C)) {
      C.addTransition(State->remove<Objects>(R));
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
    State = giveToExecution(State, Call, C);
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
      if (All && releasesPart(Call.getOriginExpr(), G, State, C))
        return true;
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

/// A release in a loop that leaves some out: the group stays as it is, and the
/// path says so. False when it isn't such a release.
bool PathTracker::releasesPart(const Expr *Call, const MemRegion *Group,
                               ProgramStateRef State, CheckerContext &C) const {
  const Index &Idx = *unit(C.getASTContext()).index();
  const Use *U = Call ? Idx.useAt(Call) : nullptr;
  const auto *Decl = dyn_cast<DeclRegion>(Group);
  if (!U || !Decl)
    return false;
  StringRef Rest = Idx.leavesOut(Decl->getDecl(), *U);
  if (Rest.empty())
    return false;
  const Birth *B = State->get<Objects>(Group)->Born;
  C.addTransition(
      State, noteTag(B, ("the loop leaves out " + Rest + " one").str(), C));
  return true;
}

/// Inside of a try block, a second release may be meant to throw.
static bool insideTry(const Expr *E, CheckerContext &C) {
  const ParentMap &Parents = C.getLocationContext()->getParentMap();
  for (const Stmt *S = E; S; S = Parents.getParent(S))
    if (isa<CXXTryStmt>(S))
      return true;
  return false;
}

void PathTracker::releaseOne(ProgramStateRef State, const CallEvent &Call,
                             const Life *L, Verb V, const TypeModel *M,
                             const MemRegion *R, CheckerContext &C) const {
  const Birth *B = L ? L->Born : nullptr;
  bool Again = L && L->Now == Phase::Done && M->IfRejoined != Rejoin::Quiet &&
               (L->Last == Verb::Join || L->Last == Verb::Detach) && B &&
               !insideTry(Call.getOriginExpr(), C);
  if (Again)
    State =
        State->add<PendingEnds>({B, M, End::ReleasedTwice, L->Many, R, L->Last,
                                 V, Call.getSourceRange().getBegin()});
  // Of an object from elsewhere, only what this function does is known.
  bool Blind = L && L->Now == Phase::Empty && M->IfRejoined == Rejoin::Throws &&
               isa<VarRegion>(R->getBaseRegion()) &&
               !insideTry(Call.getOriginExpr(), C);
  if (!B)
    B = birth(Call, M, C, /*Seen=*/false);
  if (Blind)
    State = State->add<PendingEnds>({B, M, End::NeverStarted, false, R, V, V,
                                     Call.getSourceRange().getBegin()});
  State = State->set<Objects>(R, {Phase::Done, B, M, V, L && L->Many});
  if (Again || Blind)
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
  if (!D || !Idx || !compat::isIn<StackSpaceRegion>(R, C.getState()))
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
    // Two positions in one container compare as nobody knows.
    if (T->isRecordType() || Row->Does == Verb::Iterate)
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
    const Use *U =
        Call.getOriginExpr() ? Idx.useAt(Call.getOriginExpr()) : nullptr;
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
    if (L && L->Now == Phase::Live) {
      // None of them was released, so neither were those that go.
      const auto *Decl = dyn_cast<DeclRegion>(R);
      const Index &Idx = *unit(C.getASTContext()).index();
      if (Decl && llvm::none_of(Idx.allUses(Decl->getDecl()), [](const Use &U) {
            return releases(U.Does) && U.Element;
          }))
        State = ended(State, *L, End::Removed, R, C);
      State = State->remove<Objects>(R);
    }
    tell(BindResult(State), C);
    return true;
  case Verb::Swap:
    C.addTransition(exchange(State, R, regionOf(Call.getArgSVal(0))));
    return true;
  default:
    return false;
  }
}

} // namespace leak
