//===--- SharedState.cpp - what other calls of a function see -------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SharedState.h"
#include "Completions.h"
#include "Index.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace leak {

static const ValueDecl *decl(const Expr *E) {
  E = E ? strip(E) : nullptr;
  if (const auto *ME = dyn_cast_or_null<MemberExpr>(E))
    return ME->getMemberDecl();
  if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E))
    return Ref->getDecl();
  if (const auto *UO = dyn_cast_or_null<UnaryOperator>(E))
    return decl(UO->getSubExpr());
  if (const auto *AS = dyn_cast_or_null<ArraySubscriptExpr>(E))
    return decl(AS->getBase());
  if (const auto *Op = dyn_cast_or_null<CXXOperatorCallExpr>(E);
      Op && Op->getNumArgs())
    return decl(Op->getArg(0));
  return nullptr;
}

static bool writes(const CXXMethodDecl *M) {
  if (!M->getIdentifier())
    return false;
  StringRef Name = M->getName();
  for (StringRef Word :
       {"store", "exchange", "fetch_", "compare_exchange", "erase", "insert",
        "emplace", "push", "pop", "remove", "clear", "reset"})
    if (Name.starts_with(Word))
      return true;
  return false;
}

static bool beginsEmpty(const VarDecl *VD) {
  if (!VD->isLocalVarDecl() || VD->isStaticLocal())
    return false;
  const Expr *Init = VD->getInit() ? strip(VD->getInit()) : nullptr;
  if (!Init)
    return true;
  if (const auto *CE = dyn_cast<CXXConstructExpr>(Init))
    return CE->getNumArgs() == 0 ||
           (CE->getNumArgs() == 1 &&
            isa<CXXNullPtrLiteralExpr>(strip(CE->getArg(0))));
  if (const auto *List = dyn_cast<InitListExpr>(Init))
    return List->getNumInits() == 0;
  return isa<CXXNullPtrLiteralExpr, GNUNullExpr, ImplicitValueInitExpr>(Init);
}

SharedState::SharedState(const FunctionDecl *In) : In(In) {
  note(In->getBody(), nullptr);
}

void SharedState::changed(const Expr *E, const Stmt *Block) {
  const ValueDecl *D = decl(E);
  if (auto It = Empty.find(D); It != Empty.end() && It->second != Block)
    Late.push_back(cast<VarDecl>(D));
  if (const auto *VD = dyn_cast_or_null<VarDecl>(D);
      VD && VD->isLocalVarDecl() && VD->getDeclContext() == In &&
      !VD->getType()->isReferenceType() &&
      // Not what a pointer points to.
      (!VD->getType()->isPointerType() ||
       isa<DeclRefExpr>(E->IgnoreParenImpCasts())))
    return;
  if (D)
    Changed.insert(D);
}

void SharedState::note(const Stmt *S, const Stmt *Block) {
  if (!S || isa<LambdaExpr>(S))
    return;
  if (const auto *DS = dyn_cast<DeclStmt>(S)) {
    for (const Decl *Each : DS->decls())
      if (const auto *VD = dyn_cast<VarDecl>(Each); VD && beginsEmpty(VD))
        Empty.try_emplace(VD, Block);
  } else if (const auto *BO = dyn_cast<BinaryOperator>(S)) {
    if (BO->isAssignmentOp())
      changed(BO->getLHS(), Block);
    if (BO->getOpcode() == BO_OrAssign || BO->getOpcode() == BO_AndAssign)
      if (const ValueDecl *D = decl(BO->getLHS()))
        Bits.insert(D);
  } else if (const auto *UO = dyn_cast<UnaryOperator>(S)) {
    if (UO->isIncrementDecrementOp())
      changed(UO->getSubExpr(), Block);
  } else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S)) {
    if (Op->isAssignmentOp() || Op->getOperator() == OO_PlusPlus ||
        Op->getOperator() == OO_MinusMinus)
      changed(Op->getArg(0), Block);
  } else if (const auto *MC = dyn_cast<CXXMemberCallExpr>(S)) {
    const CXXMethodDecl *M = MC->getMethodDecl();
    if (M && !M->isConst() && MC->getImplicitObjectArgument() &&
        !isa<CXXThisExpr>(strip(MC->getImplicitObjectArgument())) &&
        writes(M) &&
        !isa_and_nonnull<ParmVarDecl>(decl(MC->getImplicitObjectArgument())))
      changed(MC->getImplicitObjectArgument(), Block);
  }
  for (const Stmt *Child : S->children())
    note(Child, isa<CompoundStmt>(S) ? S : Block);
}

bool SharedState::holds(const Stmt *S, bool Any, unsigned Depth) const {
  if (!S || Depth > 3)
    return false;
  if (const auto *UO = dyn_cast<UnaryOperator>(S);
      UO && UO->isIncrementDecrementOp())
    return true;
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S);
      Op &&
      (Op->getOperator() == OO_PlusPlus || Op->getOperator() == OO_MinusMinus))
    return true;
  if (const auto *Call = dyn_cast<CallExpr>(S))
    if (const FunctionDecl *FD = Call->getDirectCallee();
        FD && FD->getIdentifier())
      for (StringRef Word :
           {"exchange", "fetch_", "compare_exchange", "test_and_set", "try",
            "testAndSet", "fetchAnd", "__sync", "__atomic"})
        if (FD->getName().starts_with(Word))
          return true;
  if (Any)
    if (const auto *E = dyn_cast<Expr>(S))
      if (const ValueDecl *D = decl(E))
        if (Changed.contains(D))
          return true;
  // `int left = --*count;`
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    if (const auto *VD = dyn_cast<VarDecl>(Ref->getDecl());
        VD && VD->isLocalVarDecl() && VD->hasInit() &&
        holds(VD->getInit(), false, Depth + 1))
      return true;
  for (const Stmt *Child : S->children())
    if (holds(Child, Any, Depth))
      return true;
  return false;
}

bool SharedState::recalls(const Expr *Cond, bool Truth) const {
  // No arithmetic here: after `flags |= Later` the question `flags & Later` has
  // one answer only.
  const Expr *Asked = strip(Cond);
  while (const auto *BO = dyn_cast<BinaryOperator>(Asked)) {
    if (BO->getOpcode() == BO_And && Bits.contains(decl(BO->getLHS())))
      return true;
    if (BO->getOpcode() != BO_And && !BO->isEqualityOp())
      break;
    Asked = strip(BO->getLHS());
  }
  return llvm::any_of(Late, [&](const VarDecl *VD) {
    return Completions::emptyWhen(Cond, VD) == Truth;
  });
}

} // namespace leak
