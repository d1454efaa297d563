//===--- CoroutineUses.cpp - what a coroutine uses, and when --------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CoroutineUses.h"
#include "Index.h"

using namespace clang;

namespace leak {

namespace {

class LaterUse {
public:
  LaterUse(bool Suspended, llvm::function_ref<bool(const Expr *)> IsUse)
      : Suspended(Suspended), IsUse(IsUse) {}

  const Expr *in(const Stmt *S) {
    if (!S)
      return nullptr;
    if (const auto *E = dyn_cast<Expr>(S); E && Suspended && IsUse(E))
      return E;
    if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(S)) {
      if (const Expr *Found = in(Await->getOperand()))
        return Found;
      Suspended = true;
      return nullptr;
    }
    if (const auto *Return = dyn_cast<CoreturnStmt>(S))
      return in(Return->getOperand());
    if (const auto *If = dyn_cast<IfStmt>(S))
      return branches(If);
    if (const auto *LE = dyn_cast<LambdaExpr>(S)) {
      for (const Expr *Init : LE->capture_inits())
        if (const Expr *Found = in(Init))
          return Found;
      return nullptr;
    }
    if (isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S))
      if (const Expr *Found = children(S))
        return Found;
    return children(S);
  }

private:
  const Expr *children(const Stmt *S) {
    if (const auto *For = dyn_cast<CXXForRangeStmt>(S)) {
      for (const Stmt *Part : {static_cast<const Stmt *>(For->getInit()),
                               static_cast<const Stmt *>(For->getRangeInit()),
                               static_cast<const Stmt *>(For->getBody())})
        if (const Expr *Found = in(Part))
          return Found;
      return nullptr;
    }
    for (const Stmt *Child : S->children())
      if (const Expr *Found = in(Child))
        return Found;
    return nullptr;
  }

  static bool leaves(const Stmt *S) {
    if (const auto *Block = dyn_cast_or_null<CompoundStmt>(S))
      return !Block->body_empty() && leaves(Block->body_back());
    const auto *E = dyn_cast_or_null<Expr>(S);
    return isa_and_nonnull<CoreturnStmt, ReturnStmt, BreakStmt, ContinueStmt>(
               S) ||
           (E && isa<CXXThrowExpr>(strip(E)));
  }

  const Expr *branches(const IfStmt *If) {
    for (const Stmt *Part :
         {If->getInit(),
          static_cast<const Stmt *>(If->getConditionVariableDeclStmt()),
          static_cast<const Stmt *>(If->getCond())})
      if (const Expr *Found = in(Part))
        return Found;
    const bool Before = Suspended;
    if (const Expr *Found = in(If->getThen()))
      return Found;
    const bool AfterThen = leaves(If->getThen()) ? Before : Suspended;
    Suspended = Before;
    if (const Expr *Found = in(If->getElse()))
      return Found;
    if (If->getElse() && leaves(If->getElse()))
      Suspended = Before;
    Suspended = Suspended || AfterThen;
    return nullptr;
  }

  bool Suspended;
  llvm::function_ref<bool(const Expr *)> IsUse;
};

} // namespace

const Expr *laterUse(const FunctionDecl *FD, bool Suspended,
                     llvm::function_ref<bool(const Expr *)> IsUse) {
  return LaterUse(Suspended, IsUse).in(writtenBody(FD));
}

static bool hasExplicitObject(const FunctionDecl *FD) {
  return FD->getNumParams() && FD->getParamDecl(0)->isExplicitObjectParameter();
}

/// The temporary that a reference is bound to.
static const Expr *temporary(const Expr *E) {
  while (const auto *Cast = dyn_cast<ImplicitCastExpr>(E->IgnoreParens()))
    E = Cast->getSubExpr();
  const auto *MTE = dyn_cast<MaterializeTemporaryExpr>(E->IgnoreParens());
  return MTE && MTE->getStorageDuration() == SD_FullExpression ? MTE : nullptr;
}

std::optional<Dangling> danglingIn(const CallExpr *Call, const TaskTypes &Tasks,
                                   const Lexicon &Words, ASTContext &Ctx) {
  const FunctionDecl *FD = Call->getDirectCallee(), *Def = nullptr;
  if (!FD || !FD->isDefined(Def) || !isCoroutine(Def))
    return std::nullopt;
  const auto *Method = dyn_cast<CXXMethodDecl>(Def);
  const bool OnObject =
      Method && Method->isInstance() && !hasExplicitObject(Def);
  const bool IsOperator = isa<CXXOperatorCallExpr>(Call);
  const Expr *Object = nullptr;
  if (OnObject && IsOperator)
    Object = Call->getArg(0);
  else if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call))
    Object = Member->getImplicitObjectArgument();
  const auto *LE = Object ? dyn_cast<LambdaExpr>(strip(Object)) : nullptr;

  // What could be gone at all.
  SmallVector<Dangling, 2> Candidates;
  if (OnObject && Object && !Object->getType()->isPointerType() &&
      (temporary(Object) || Object->isPRValue()) &&
      !(Method->isVirtual() && !LE)) {
    Dangling D;
    D.What = LE ? Dangling::Closure : Dangling::Object;
    D.Gone = Object;
    if (!LE || LE->capture_size())
      Candidates.push_back(D);
  }
  const unsigned Skip = OnObject && IsOperator ? 1 : 0;
  for (unsigned I = Skip; I < Call->getNumArgs(); ++I) {
    if (I - Skip >= Def->getNumParams())
      break;
    const ParmVarDecl *P = Def->getParamDecl(I - Skip);
    const Expr *Gone =
        P->getType()->isReferenceType() ? temporary(Call->getArg(I)) : nullptr;
    if (!Gone || isa<CXXDefaultArgExpr>(Call->getArg(I)))
      continue;
    Dangling D;
    D.What = Dangling::Argument;
    D.Gone = Call->getArg(I);
    D.Name = P->getNameAsString();
    Candidates.push_back(D);
  }
  if (Candidates.empty())
    return std::nullopt;

  Beginning How = Tasks.beginning(Call->getType());
  if (How == Beginning::Generator)
    return std::nullopt;
  switch (destinyOf(
      Call, Words, [&](QualType T) { return Tasks.isAwaitable(T); }, Ctx)) {
  case Destiny::Unknown:
  case Destiny::Awaited:
    return std::nullopt;
  case Destiny::Statement: {
    // A task that ends here, and what it was running with it.
    const CXXRecordDecl *RD = Call->getType()->getAsCXXRecordDecl();
    if (How != Beginning::Eager || !RD || !RD->hasTrivialDestructor())
      return std::nullopt;
    break;
  }
  case Destiny::Kept:
  case Destiny::Started:
    break;
  }
  for (Dangling &D : Candidates) {
    auto IsUse = [&](const Expr *E) {
      const auto *Ref = dyn_cast<DeclRefExpr>(E);
      switch (D.What) {
      case Dangling::Closure:
        return isa<CXXThisExpr>(E) ||
               (Ref && Ref->refersToEnclosingVariableOrCapture());
      case Dangling::Object:
        return isa<CXXThisExpr>(E);
      case Dangling::Argument:
        return Ref && Ref->getDecl()->getDeclName().isIdentifier() &&
               isa<ParmVarDecl>(Ref->getDecl()) &&
               Ref->getDecl()->getName() == D.Name;
      }
      return false;
    };
    D.Used = laterUse(Def, How == Beginning::Lazy, IsUse);
    if (!D.Used)
      continue;
    if (D.What == Dangling::Closure) {
      const auto *Ref = dyn_cast<DeclRefExpr>(D.Used);
      D.Name = Ref ? Ref->getDecl()->getNameAsString() : "this";
    }
    return D;
  }
  return std::nullopt;
}

} // namespace leak
