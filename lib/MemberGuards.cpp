//===--- MemberGuards.cpp - releases that depend on a flag ----------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Callable.h"
#include "MemberRules.h"
#include "clang/AST/DeclFriend.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace leak {

namespace {

/// Why one release isn't reached.
struct Unreached {
  GuardKind Why = GuardKind::Execution;
  Guard Flag;
  const Expr *Changed = nullptr;
};

using FunctionSet = llvm::SmallPtrSet<const FunctionDecl *, 16>;

} // namespace

void addExecuted(const Index &Idx, const MemberFact &F,
                 llvm::SmallPtrSetImpl<const FunctionDecl *> &Into) {
  for (const Use *Start : F.Starts)
    for (const FunctionDecl *Entry : functionsNamedIn(Start->At)) {
      auto Reached = Idx.reachable(Entry);
      Into.insert(Reached.begin(), Reached.end());
    }
}

bool handsThisOn(const Stmt *S) {
  if (!S)
    return false;
  if (isa<CXXThisExpr>(S))
    return true;
  if (const auto *Lambda = dyn_cast<LambdaExpr>(S))
    return llvm::any_of(Lambda->captures(), [](const LambdaCapture &C) {
      return C.capturesThis();
    });
  if (const auto *ME = dyn_cast<MemberExpr>(S))
    return !isa<CXXThisExpr>(ME->getBase()->IgnoreParenImpCasts()) &&
           handsThisOn(ME->getBase());
  return llvm::any_of(S->children(), handsThisOn);
}

//===--- Flags that the execution changes ---------------------------------===//

/// Where an entry function that gets the object as its argument gives \p Flag
/// the constant \p Value; or null.
static const Expr *assignedThroughArgument(const MemberFact &F,
                                           const FieldDecl *Flag, bool Value) {
  for (const Use *Start : F.Starts) {
    if (!handsThisOn(Start->At))
      continue;
    for (const FunctionDecl *Entry : functionsNamedIn(Start->At)) {
      const auto *M = dyn_cast<CXXMethodDecl>(Entry);
      if ((M && M->isInstance()) || Entry->getNumParams() != 1)
        continue;
      if (const Expr *Found =
              assigns(Entry->getBody(), Flag, Value, Entry->getParamDecl(0)))
        return Found;
    }
  }
  return nullptr;
}

/// Where the execution of \p F makes \p G fail; or null.
static const Expr *changedByExecution(const Index &Idx, const MemberFact &F,
                                      const Guard &G,
                                      const FunctionSet &Executed) {
  for (const auto &[FD, Facts] : Idx.functions())
    if (Executed.contains(FD))
      if (const Expr *Here = assigns(Facts.Decl->getBody(), G.Flag, !G.Value))
        return Here;
  return assignedThroughArgument(F, G.Flag, !G.Value);
}

//===--- Flags that nobody sets -------------------------------------------===//

/// True when code that has no body in the index may write \p Flag.
static bool othersMayWrite(const FieldDecl *Flag, const CXXRecordDecl *Class,
                           const SourceManager &SM) {
  if (Flag->getAccess() != AS_private &&
      !SM.isInMainFile(SM.getExpansionLoc(Class->getLocation())))
    return true;
  // Templates may have bodies that nothing has instantiated.
  if (isa<ClassTemplateSpecializationDecl>(Class))
    return true;
  return llvm::any_of(Class->decls(), [](const Decl *D) {
    const auto *Friend = dyn_cast<FriendDecl>(D);
    return isa<FunctionTemplateDecl, ClassTemplateDecl>(D) ||
           (Friend && isa_and_nonnull<TemplateDecl>(Friend->getFriendDecl()));
  });
}

/// True when every object begins with \p Flag at \p Value.
static bool beginsAs(const FieldDecl *Flag, const CXXRecordDecl *Class,
                     bool Value) {
  bool InClass = isInitialisedTo(Flag->getInClassInitializer(), Value);
  if (Flag->getInClassInitializer() && !InClass)
    return false;
  bool Any = false;
  for (const CXXConstructorDecl *Ctor : Class->ctors()) {
    if (Ctor->isDeleted() || Ctor->isCopyOrMoveConstructor())
      continue;
    const FunctionDecl *Def = nullptr;
    Any = true;
    if (Ctor->isImplicit() || Ctor->isDefaulted()) {
      if (!InClass)
        return false;
      continue;
    }
    if (!Ctor->isDefined(Def) || !Def)
      return false;
    bool Written = InClass;
    for (const CXXCtorInitializer *Init :
         cast<CXXConstructorDecl>(Def)->inits()) {
      if (Init->isDelegatingInitializer())
        Written = true; // The other one is looked at, too.
      if (Init->getAnyMember() && Init->isWritten() &&
          Init->getAnyMember()->getCanonicalDecl() ==
              Flag->getCanonicalDecl()) {
        if (!isInitialisedTo(Init->getInit(), Value))
          return false;
        Written = true;
      }
    }
    if (!Written && !assigns(Def->getBody(), Flag, Value))
      return false;
  }
  return Any || InClass;
}

/// True when nobody ever makes \p G hold.
static bool neverHolds(const Index &Idx, const MemberFact &F,
                       const ClassView &V, const Guard &G) {
  const SourceManager &SM = Idx.lexicon().context().getSourceManager();
  if (V.LeftOver ||
      G.Flag->getParent()->getCanonicalDecl() != F.Class->getCanonicalDecl())
    return false;
  if (othersMayWrite(G.Flag, F.Class, SM) ||
      !beginsAs(G.Flag, F.Class, !G.Value))
    return false;
  for (const FieldDecl *Field : F.Class->fields())
    if (Field != G.Flag &&
        !onlyGives(Field->getInClassInitializer(), G.Flag, !G.Value))
      return false;
  for (const auto &[FD, Facts] : Idx.functions()) {
    if (!onlyGives(Facts.Decl->getBody(), G.Flag, !G.Value))
      return false;
    if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(Facts.Decl))
      for (const CXXCtorInitializer *Init : Ctor->inits())
        if (!onlyGives(Init->getInit(), G.Flag, !G.Value))
          return false;
  }
  return true;
}

//===--- Objects that the execution owns ----------------------------------===//

/// The field of this object a method of which, called without arguments, gave
/// the owner that \p E tests; or null.
static const FieldDecl *regainedFrom(const Expr *E, QualType &Type) {
  E = strip(E);
  // The owner's conversion to bool.
  if (const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(E);
      Call && isa_and_nonnull<CXXConversionDecl>(Call->getMethodDecl()))
    E = strip(Call->getImplicitObjectArgument());
  if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E))
    if (const auto *VD = dyn_cast<VarDecl>(Ref->getDecl());
        VD && VD->hasLocalStorage() && VD->hasInit())
      E = strip(VD->getInit());
  if (const auto *CE = dyn_cast_or_null<CXXConstructExpr>(E);
      CE && CE->getNumArgs() == 1)
    E = strip(CE->getArg(0));
  const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(E);
  if (!Call || Call->getNumArgs())
    return nullptr;
  const auto *ME = dyn_cast<MemberExpr>(
      Call->getImplicitObjectArgument()->IgnoreParenImpCasts());
  if (!ME || !isa<CXXThisExpr>(ME->getBase()->IgnoreParenImpCasts()))
    return nullptr;
  Type = Call->getType().getCanonicalType().getUnqualifiedType();
  return dyn_cast<FieldDecl>(ME->getMemberDecl());
}

static bool isBelow(const Stmt *S, const Stmt *At) {
  return S && (S == At || llvm::any_of(S->children(), [&](const Stmt *Child) {
                 return isBelow(Child, At);
               }));
}

/// The `if` in \p S whose condition has to hold to get to \p At, and whose
/// condition gets an owner from a field; or null.
static const IfStmt *borrowingIf(const Stmt *S, const Stmt *At,
                                 const FieldDecl *&From, QualType &Type) {
  if (!S)
    return nullptr;
  if (const auto *If = dyn_cast<IfStmt>(S))
    if ((From = regainedFrom(If->getCond(), Type)) &&
        isBelow(If->getThen(), At))
      return If;
  for (const Stmt *Child : S->children())
    if (const IfStmt *Found = borrowingIf(Child, At, From, Type))
      return Found;
  return nullptr;
}

/// `Field = variable`
static bool assignsFrom(const Stmt *S, const FieldDecl *Field,
                        const ValueDecl *Variable) {
  if (!S)
    return false;
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S);
      Op && Op->getOperator() == OO_Equal && Op->getNumArgs() == 2) {
    const auto *To = dyn_cast<MemberExpr>(strip(Op->getArg(0)));
    const Expr *Source = strip(Op->getArg(1));
    if (const auto *CE = dyn_cast_or_null<CXXConstructExpr>(Source);
        CE && CE->getNumArgs() == 1)
      Source = strip(CE->getArg(0));
    const auto *From = dyn_cast_or_null<DeclRefExpr>(Source);
    if (To && From && To->getMemberDecl() == Field &&
        From->getDecl() == Variable)
      return true;
  }
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return assignsFrom(Child, Field, Variable);
  });
}

/// The capture by which the execution that \p S starts becomes an owner, of the
/// type \p Type, of what \p Field leads to; or null.
static const Expr *ownedByExecution(const Stmt *S, const Stmt *Body,
                                    const FieldDecl *Field, QualType Type) {
  if (!S)
    return nullptr;
  if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
    for (const LambdaCapture &C : Lambda->captures())
      if (C.capturesVariable() && C.getCaptureKind() == LCK_ByCopy &&
          C.getCapturedVar()
                  ->getType()
                  .getCanonicalType()
                  .getUnqualifiedType() == Type &&
          assignsFrom(Body, Field, C.getCapturedVar()))
        return Lambda;
    return nullptr;
  }
  for (const Stmt *Child : S->children())
    if (const Expr *Found = ownedByExecution(Child, Body, Field, Type))
      return Found;
  return nullptr;
}

/// A release that needs an object which only the executions own, and which is
/// no more when they have ended: `if (auto task = weak.lock())`.
static std::optional<Unreached> borrows(const Index &Idx, const MemberFact &F,
                                        const Use &U) {
  const FunctionDecl *Def = nullptr;
  const FieldDecl *From = nullptr;
  QualType Type;
  if (!U.In->isDefined(Def) || !Def)
    return std::nullopt;
  const IfStmt *If = borrowingIf(Def->getBody(), U.At, From, Type);
  if (!If)
    return std::nullopt;
  auto IsSharedOwner = [&](QualType T) {
    const TypeModel *M = Idx.lexicon().type(T);
    return M && M->What == Kind::Owner && M->ByValue;
  };
  if (!IsSharedOwner(Type) || IsSharedOwner(From->getType()))
    return std::nullopt;
  // The object itself may keep it alive.
  for (const FieldDecl *Field : F.Class->fields())
    if (Field->getType().getCanonicalType().getUnqualifiedType() == Type)
      return std::nullopt;
  Unreached Result;
  Result.Why = GuardKind::Borrowed;
  Result.Flag = {From, true, If->getCond()};
  for (const Use *Start : F.Starts) {
    const FunctionDecl *Starter = nullptr;
    if (!Start->In || !Start->In->isDefined(Starter) || !Starter)
      return std::nullopt;
    const Expr *Owner =
        ownedByExecution(Start->At, Starter->getBody(), From, Type);
    if (!Owner)
      return std::nullopt;
    Result.Changed = Owner;
  }
  return Result;
}

//===--- The rule ---------------------------------------------------------===//

void findGuard(const Index &Idx, MemberFact &F, const ClassView &V,
               llvm::ArrayRef<Use> Uses) {
  FunctionSet Executed;
  addExecuted(Idx, F, Executed);
  std::optional<Unreached> Found;
  bool ElsewhereToo = false;
  for (const Use &U : Uses) {
    if (!releases(U.Does) || !U.In)
      continue;
    // It may end itself in its own way.
    if (Executed.contains(U.In))
      return;
    if (!V.AtDestruction.contains(U.In) || !U.At) {
      ElsewhereToo = true;
      continue;
    }
    auto Guards = guardsOf(U.In, U.At);
    if (U.In->getCanonicalDecl() != V.Destructor->getCanonicalDecl())
      if (const Stmt *Call = callIn(V.Destructor->getBody(), U.In))
        Guards.append(guardsOf(V.Destructor, Call));
    std::optional<Unreached> Here;
    for (const Guard &G : Guards) {
      if (const Expr *Changed = changedByExecution(Idx, F, G, Executed))
        Here = {GuardKind::Execution, G, Changed};
      else if (neverHolds(Idx, F, V, G))
        Here = {GuardKind::Nobody, G, nullptr};
      if (Here)
        break;
    }
    if (!Here)
      Here = borrows(Idx, F, U);
    if (!Here)
      return; // Reached in another way.
    Found = Here;
  }
  // What its holders can call may be meant to release it.
  if (!Found || (Found->Why == GuardKind::Nobody && ElsewhereToo))
    return;
  F.Verdict = MemberVerdict::Guarded;
  F.Why = Found->Why;
  F.Flag = Found->Flag;
  F.Changed = Found->Changed;
}

} // namespace leak
