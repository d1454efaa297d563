//===--- PathEnds.cpp - lives of modelled objects: ends and escapes -----===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PathTracker.h"

namespace leak {

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
  tell(State->set<Objects>(
           R, {Phase::Empty, nullptr, L->Model, Verb::Init, L->Many}),
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
  if (FD &&
      unit(C.getASTContext()).lexicon().effect(FD, explicitArguments(Call)))
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
      if (compat::isIn<HeapSpaceRegion>(Base, State) && R == Base &&
          !State->contains<KnownElsewhere>(Sym->getSymbol()))
        State = ended(State, L, End::Lost, nullptr, C);
      State = State->remove<Objects>(R);
    } else if (!Sym && L.Many && L.Model->ByValue && isa<VarRegion>(R) &&
               !SR.isLiveRegion(R)) {
      // An array of C handles has no destructor that would tell.
      State = ended(State, L, End::Lost, R, C);
      State = State->remove<Objects>(R);
    }
  }
  for (SymbolRef Sym : State->get<KnownElsewhere>())
    if (SR.isDead(Sym))
      State = State->remove<KnownElsewhere>(Sym);
  for (const auto &[Sym, R] : State->get<ElementOf>())
    if (SR.isDead(Sym))
      State = State->remove<ElementOf>(Sym);
  if (State != C.getState())
    tell(State, C);
}

ProgramStateRef
PathTracker::checkPointerEscape(ProgramStateRef State,
                                const InvalidatedSymbols &Escaped,
                                const CallEvent *, PointerEscapeKind) const {
  for (SymbolRef Sym : Escaped) {
    State = State->remove<Values>(Sym);
    State = State->add<KnownElsewhere>(Sym);
    // An element in unknown hands: so is what it is an element of.
    if (const MemRegion *const *G = State->get<ElementOf>(Sym))
      State = State->remove<Objects>(*G);
  }
  for (const auto &[R, L] : State->get<Objects>())
    if (const auto *Sym = dyn_cast<SymbolicRegion>(R->getBaseRegion()))
      if (Escaped.count(Sym->getSymbol()))
        State = State->remove<Objects>(R);
  return State;
}

/// What is given to somebody as const is as it was; but a smart pointer of the
/// project's own may have been copied.
ProgramStateRef PathTracker::checkConstPointerEscape(
    ProgramStateRef State, const InvalidatedSymbols &Escaped, const CallEvent *,
    PointerEscapeKind) const {
  for (SymbolRef Sym : Escaped)
    State = State->add<KnownElsewhere>(Sym);
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
    // The engine lets a call on one member change the whole object; it gets to
    // see no other member.
    auto IsSibling = [R = R](const MemRegion *Changed) {
      if (Changed->getBaseRegion() != R->getBaseRegion())
        return false;
      // Or on a base of the member, as the standard library's own methods.
      while (const auto *Base = dyn_cast<CXXBaseObjectRegion>(Changed))
        Changed = Base->getSuperRegion();
      return isa<FieldRegion>(Changed);
    };
    if (Call && llvm::none_of(Explicit, Covers) &&
        llvm::any_of(Explicit, IsSibling))
      continue;
    // Loops whose end the engine doesn't reach change everything ("widening").
    // Containers all of whose uses are understood are not touched by that; for
    // a single object that is released somewhere, the flag that says whether
    // it runs may be forgotten.
    if (!Call && isPrivate(R) && (L.Many || !isReleasedSomewhere(R)))
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

bool PathTracker::isReleasedSomewhere(const MemRegion *R) const {
  const ValueDecl *D = nullptr;
  if (const auto *VR = dyn_cast<VarRegion>(R))
    D = VR->getDecl();
  else if (const auto *FR = dyn_cast<FieldRegion>(R))
    D = FR->getDecl();
  const Index *Idx = D ? unit(D->getASTContext()).index() : nullptr;
  return Idx && llvm::any_of(Idx->allUses(D),
                             [](const Use &U) { return releases(U.Does); });
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
  if (!Row)
    return false;
  switch (Row->Does) {
  case Verb::Query:
  case Verb::Iterate:
  case Verb::TestLive:
  case Verb::Element:
  // What executions say to each other.
  case Verb::Acquire:
  case Verb::TryAcquire:
  case Verb::Release:
  case Verb::NotifyOne:
  case Verb::NotifyAll:
  case Verb::Wait:
  case Verb::TryWait:
  case Verb::RequestStop:
  case Verb::PollStop:
  case Verb::Sleep:
  case Verb::Block:
    return true;
  default:
    return false;
  }
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
    if (!VD || !VD->hasLocalStorage() || !VD->hasInit())
      continue;
    const Subject *S = Idx->find(VD);
    if (!S || !S->What.Many || !ruleFor(S->What.Inner) ||
        !isa<InitListExpr>(strip(VD->getInit())))
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

} // namespace leak
