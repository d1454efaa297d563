//===--- PathFunctions.cpp - lives of objects: free functions -------------===//
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
    const TypeModel *M = U.lexicon().type(
        Call.getArgExpr(I)->IgnoreImpCasts()->getType()->getPointeeType());
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
      State = bindReturn(giveToExecution(State, Call, C), Call, Result, C);
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
    bool IsValue =
        !Arg->isGLValue() && Row.Object.Place == ObjectSpec::Argument;
    if (IsValue) {
      SymbolRef Sym = V.getAsSymbol();
      const Life *L = Sym ? State->get<Values>(Sym) : nullptr;
      // `pthread_join(t[i], 0)`: the variable's group.
      const auto *ASE =
          dyn_cast<ArraySubscriptExpr>(Arg->IgnoreParenImpCasts());
      if (!L && ASE && computedSubscript(ASE)) {
        SVal Base = State->getSVal(ASE->getBase(), C.getLocationContext());
        if (const MemRegion *R = stripElements(regionOf(Base)))
          if (const Life *All = State->get<Objects>(R);
              All && All->Now == Phase::Live) {
            if (releasesPart(Call.getOriginExpr(), R, Scalar(State), C))
              return true;
            Ok = Ok->remove<Objects>(R);
          }
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
  case Verb::Escape:
    if (T->isRecordType() && !Call.getOriginExpr())
      return false;
    // From now on others know what it was given.
    State = escapeArguments(State, Call, C);
    if (T->isRecordType()) {
      C.addTransition(State);
      return false;
    }
    C.addTransition(Scalar(State));
    return true;
  default:
    return false;
  }
}

/// A body that detaches the execution it is run by, or any other: who knows.
/// Or that leaves its own handle to others: `pool->last = pthread_self();`.
static bool releasesItself(const Stmt *S, const Lexicon &Words) {
  if (!S)
    return false;
  if (const auto *BO = dyn_cast<BinaryOperator>(S);
      BO && BO->getOpcode() == BO_Assign)
    if (const Effect *Row = Words.effect(strip(BO->getRHS()));
        Row && Row->Does == Verb::Init &&
        Row->Object.Place == ObjectSpec::Return)
      return true;
  if (const auto *Call = dyn_cast<CallExpr>(S))
    if (const Effect *Row = Words.effect(Call);
        Row && Row->Does == Verb::Detach)
      return true;
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return releasesItself(Child, Words);
  });
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
  if (Row.Attribute >= 0 &&
      Row.Attribute < static_cast<int>(Call.getNumArgs())) {
    SVal Attr = Call.getArgSVal(Row.Attribute);
    if (!Attr.isZeroConstant()) {
      const MemRegion *AR = regionOf(Attr);
      const bool *Detached = AR ? State->get<BornDetached>(AR) : nullptr;
      Owes &= Detached && !*Detached;
    }
  }
  // What never ends has nothing that could be freed after its end.
  if (M->IfUnreleased == Unreleased::Leak && Row.Callable >= 0 &&
      Row.Callable < static_cast<int>(Call.getNumArgs())) {
    const Expr *Callable = Call.getArgExpr(Row.Callable);
    if (const Stmt *Body = visibleBody(Callable))
      Owes &= !runsForEver(Body);
    for (const FunctionDecl *Entry : functionsNamedIn(Callable))
      for (const FunctionDecl *FD : U.index()->reachable(Entry))
        Owes &= !releasesItself(FD->getBody(), U.lexicon());
  }
  const Birth *B = birth(Call, M, C);
  const MemRegion *G = group(R, Arg, State, C);
  // The place itself is written, not handed to the new execution.
  ProgramStateRef Started =
      giveToExecution(State, Call, C, static_cast<int>(I));
  ProgramStateRef Failed = Started;
  if (M->ByValue) {
    static int Tag;
    SVal Value = compat::conjure(C, Call, Slot.getUnqualifiedType(), &Tag);
    Started =
        Started->bindLoc(loc::MemRegionVal(R), Value, C.getLocationContext());
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

} // namespace leak
