//===--- BlindJoins.cpp - joins of what may never have run ----------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MemberRules.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace leak {

const Stmt *callIn(const Stmt *Body, const FunctionDecl *Callee) {
  if (!Body)
    return nullptr;
  if (const auto *Call = dyn_cast<CallExpr>(Body))
    if (const FunctionDecl *FD = Call->getDirectCallee();
        FD && FD->getCanonicalDecl() == Callee->getCanonicalDecl())
      return Call;
  for (const Stmt *Child : Body->children())
    if (const Stmt *Found = callIn(Child, Callee))
      return Found;
  return nullptr;
}

//===--- Constructors -----------------------------------------------------===//

bool constructorStarts(const Index &Idx, const MemberFact &F) {
  for (const Use *U : F.Starts)
    if (!U->In || isa<CXXConstructorDecl>(U->In))
      return true;
  for (const CXXConstructorDecl *Ctor : F.Class->ctors()) {
    auto Reached = Idx.reachable(Ctor);
    for (const Use *U : F.Starts)
      if (Reached.contains(U->In))
        return true;
  }
  return false;
}

/// True when \p Ctor, or what it calls, starts the member in any case.
static bool starts(const Index &Idx, const CXXConstructorDecl *Ctor,
                   const MemberFact &F) {
  const FunctionDecl *Def = nullptr;
  if (!Ctor->isDefined(Def) || !Def)
    return !Ctor->isDefaulted(); // Nobody knows.
  auto Reached = Idx.reachable(Ctor);
  unsigned Branches = 0;
  for (const Use *U : F.Starts) {
    if (!Reached.contains(U->In))
      continue;
    if (U->In != Ctor->getCanonicalDecl() ||
        !isConditional(Def->getBody(), U->At))
      return true;
    ++Branches;
  }
  // Several of them may be all that there are.
  return Branches > 1;
}

/// True when the classes derived from that of \p F, and they alone, start the
/// member: no public method does, or the constructors of all those that this
/// unit has do.
static bool derivedStart(const Index &Idx, const MemberFact &F) {
  bool AnyPublic = false, AnyDerived = false, AllDerivedStart = true;
  for (const auto &[FD, Facts] : Idx.functions()) {
    const auto *M = dyn_cast<CXXMethodDecl>(FD);
    if (!M || M->getParent()->isLambda())
      continue;
    bool Own =
        M->getParent()->getCanonicalDecl() == F.Class->getCanonicalDecl();
    const auto *Ctor = dyn_cast<CXXConstructorDecl>(M);
    if (Own && !Ctor && M->getAccess() == AS_public) {
      auto Reached = Idx.reachable(M);
      AnyPublic |= llvm::any_of(
          F.Starts, [&](const Use *U) { return Reached.contains(U->In); });
    }
    if (!Own && Ctor && !Ctor->isCopyOrMoveConstructor() &&
        M->getParent()->hasDefinition() &&
        M->getParent()->isDerivedFrom(F.Class)) {
      AnyDerived = true;
      AllDerivedStart &= starts(Idx, Ctor, F);
    }
  }
  return !AnyPublic || (AnyDerived && AllDerivedStart);
}

/// True when no object can be made without starting the member.
static bool everyConstructorStarts(const Index &Idx, const MemberFact &F) {
  for (const Use *U : F.Starts)
    if (!U->In)
      return true; // Where the member is declared.
  if (F.Class->needsImplicitDefaultConstructor())
    return false;
  return llvm::all_of(F.Class->ctors(), [&](const CXXConstructorDecl *Ctor) {
    return Ctor->isDeleted() || Ctor->isCopyOrMoveConstructor() ||
           Ctor->getAccess() == AS_private || starts(Idx, Ctor, F) ||
           (Ctor->getAccess() == AS_protected && derivedStart(Idx, F));
  });
}

//===--- Pointers ---------------------------------------------------------===//

static bool isNull(const Expr *E) {
  E = strip(E);
  if (const auto *CE = dyn_cast_or_null<CXXConstructExpr>(E))
    return CE->getNumArgs() == 0 ||
           (CE->getNumArgs() == 1 && isNull(CE->getArg(0)));
  if (const auto *IL = dyn_cast_or_null<InitListExpr>(E))
    return IL->getNumInits() == 0 ||
           (IL->getNumInits() == 1 && isNull(IL->getInit(0)));
  if (const auto *I = dyn_cast_or_null<IntegerLiteral>(E))
    return I->getValue() == 0;
  return isa_and_nonnull<CXXNullPtrLiteralExpr, GNUNullExpr,
                         ImplicitValueInitExpr, CXXScalarValueInitExpr>(E);
}

/// `worker = nullptr`
static bool assignsNull(const Use &U) {
  if (const auto *BO = dyn_cast_or_null<BinaryOperator>(U.At))
    return BO->getOpcode() == BO_Assign && isNull(BO->getRHS());
  const auto *Op = dyn_cast_or_null<CXXOperatorCallExpr>(U.At);
  return Op && Op->getOperator() == OO_Equal && Op->getNumArgs() == 2 &&
         isNull(Op->getArg(1));
}

/// What the pointer \p F is when \p Ctor is done and has started nothing.
static Absence leftBy(const Index &Idx, const CXXConstructorDecl *Ctor,
                      const MemberFact &F, llvm::ArrayRef<Use> Uses) {
  const auto *Field = cast<FieldDecl>(F.What->Decl);
  Absence Result =
      Field->getType()->isPointerType() ? Absence::NeverSet : Absence::Null;
  const Expr *Init = Field->getInClassInitializer();
  auto Reached = Idx.reachable(Ctor);
  for (const FunctionDecl *FD : Reached)
    if (const FunctionDecl *Def = nullptr; FD->isDefined(Def) && Def)
      if (const auto *Other = dyn_cast<CXXConstructorDecl>(Def))
        for (const CXXCtorInitializer *I : Other->inits())
          if (I->getAnyMember() && I->isWritten() &&
              I->getAnyMember()->getCanonicalDecl() ==
                  Field->getCanonicalDecl())
            Init = I->getInit();
  if (Init)
    Result = isNull(Init) ? Absence::Null : Absence::Handle;
  for (const Use &U : Uses) {
    if (!Reached.contains(U.In) || U.Does == Verb::Query ||
        startsMember(U, F.What->What))
      continue;
    if (!assignsNull(U))
      return Absence::Handle; // It may have been filled.
    Result = Result == Absence::NeverSet ? Absence::Null : Result;
  }
  return Result;
}

/// The worst that the member is in an object whose execution never started.
static Absence absence(const Index &Idx, const MemberFact &F,
                       llvm::ArrayRef<Use> Uses) {
  const Shape &S = F.What->What;
  if (S.isDirect())
    return Absence::Handle;
  Absence Result = Absence::Handle;
  bool AnyConstructor = false;
  for (const CXXConstructorDecl *Ctor : F.Class->ctors()) {
    if (Ctor->isDeleted() || Ctor->isCopyOrMoveConstructor() ||
        Ctor->getAccess() == AS_private)
      continue;
    AnyConstructor = true;
    Result = std::max(Result, leftBy(Idx, Ctor, F, Uses));
  }
  if (!AnyConstructor && F.Class->needsImplicitDefaultConstructor()) {
    const auto *Field = cast<FieldDecl>(F.What->Decl);
    const Expr *Init = Field->getInClassInitializer();
    Result = Init ? (isNull(Init) ? Absence::Null : Absence::Handle)
             : Field->getType()->isPointerType() ? Absence::NeverSet
                                                 : Absence::Null;
  }
  return Result;
}

/// True when below \p S the pointer \p Ref is followed to what it points to.
static bool follows(const Stmt *S, const Expr *Ref) {
  if (!S)
    return false;
  auto IsRef = [&](const Expr *E) {
    E = strip(E);
    // `worker.get()` is the same pointer.
    const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(E);
    if (Call && Call->getType()->isPointerType() && !Call->getNumArgs())
      E = strip(Call->getImplicitObjectArgument());
    return E == strip(Ref);
  };
  if (const auto *ME = dyn_cast<MemberExpr>(S); ME && ME->isArrow())
    if (IsRef(ME->getBase()))
      return true;
  if (const auto *UO = dyn_cast<UnaryOperator>(S);
      UO && UO->getOpcode() == UO_Deref && IsRef(UO->getSubExpr()))
    return true;
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S))
    if ((Op->getOperator() == OO_Arrow || Op->getOperator() == OO_Star) &&
        IsRef(Op->getArg(0)))
      return true;
  return llvm::any_of(S->children(),
                      [&](const Stmt *Child) { return follows(Child, Ref); });
}

//===--- The rule ---------------------------------------------------------===//

/// True when \p At stands in a try block of \p In.
static bool isTried(const Stmt *S, const Stmt *At, bool Inside = false) {
  if (!S)
    return false;
  if (S == At)
    return Inside;
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return isTried(Child, At, Inside || isa<CXXTryStmt>(S));
  });
}

/// True when every destruction gets to \p U, and nothing catches what it does.
static bool isInevitable(const Use &U, const ClassView &V) {
  const FunctionDecl *Def = nullptr;
  if (!U.In->isDefined(Def) || !guardsOf(U.In, U.At).empty() ||
      isConditional(Def->getBody(), U.At) || isTried(Def->getBody(), U.At))
    return false;
  if (U.In->getCanonicalDecl() == V.Destructor->getCanonicalDecl())
    return true;
  const Stmt *Call = callIn(V.Destructor->getBody(), U.In);
  return Call && !isConditional(V.Destructor->getBody(), Call) &&
         !isTried(V.Destructor->getBody(), Call);
}

void findBlindJoin(const Index &Idx, MemberFact &F, const ClassView &V,
                   llvm::ArrayRef<Use> Uses) {
  const Shape &S = F.What->What;
  if (S.Many || S.Inner->IfRejoined != Rejoin::Throws ||
      everyConstructorStarts(Idx, F))
    return;
  // A plain struct is started by whoever knows that it is joined.
  if (llvm::any_of(F.Starts, [&](const Use *U) {
        const auto *M = dyn_cast_or_null<CXXMethodDecl>(U->In);
        return !M || M->getParent()->getCanonicalDecl() !=
                         F.Class->getCanonicalDecl();
      }))
    return;
  const Absence Without = absence(Idx, F, Uses);
  auto Looks = [](const Use &U) {
    return U.Does == Verb::TestLive || U.Does == Verb::Query;
  };
  // `worker->joinable()` asks nothing when there is no worker.
  auto LooksBlindly = [&](const Use &U) {
    return Looks(U) && Without != Absence::Handle && U.Ref && U.At &&
           follows(U.At, U.Ref);
  };
  // Whether it looks at it in any way: `if (t.joinable())`, `assert(p)`.
  for (const Use &U : Uses)
    if (Looks(U) && !LooksBlindly(U) && U.In && V.AtDestruction.contains(U.In))
      return;
  for (const Use &U : Uses) {
    if (!(U.Does == Verb::Join || LooksBlindly(U)) || !U.In || !U.At ||
        !V.AtDestruction.contains(U.In) || U.Loop)
      continue;
    if (!isInevitable(U, V))
      return;
    F.Verdict = MemberVerdict::NeverStarted;
    F.Without = Without;
    for (const Use &Own : F.What->Uses)
      if (Own.At == U.At)
        F.Elsewhere = &Own;
    return;
  }
}

} // namespace leak
