//===--- Countdowns.cpp - counters that never get there -------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Countdowns.h"
#include "Statements.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace leak {

static const VarDecl *counterOf(const Expr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreParenImpCasts());
  const auto *VD = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return VD && VD->hasLocalStorage() && VD->getType()->isIntegerType() &&
                 !VD->getType()->isBooleanType() &&
                 !VD->getType()->isEnumeralType() &&
                 !VD->getType()->isReferenceType()
             ? VD
             : nullptr;
}

/// `i >= 0`, `i < 300`: true for all values of the type of `i`.
static const VarDecl *alwaysBelow(const BinaryOperator *BO, bool &Down,
                                  const ASTContext &Ctx) {
  const VarDecl *VD = BO ? counterOf(BO->getLHS()) : nullptr;
  Expr::EvalResult R;
  if (!VD || !BO->isRelationalOp() || BO->getRHS()->isValueDependent() ||
      !BO->getRHS()->EvaluateAsInt(R, Ctx) ||
      !R.Val.getInt().isRepresentableByInt64())
    return nullptr;
  const int64_t Bound = R.Val.getInt().getExtValue();
  const bool Signed = VD->getType()->isSignedIntegerType();
  const unsigned Width = Ctx.getIntWidth(VD->getType());
  Down = BO->getOpcode() == BO_GE || BO->getOpcode() == BO_GT;
  if (Down)
    return !Signed && BO->getOpcode() == BO_GE && Bound == 0 ? VD : nullptr;
  if (Width >= 32)
    return nullptr;
  const int64_t Max = (int64_t(1) << (Signed ? Width - 1 : Width)) - 1;
  return BO->getOpcode() == BO_LT ? (Bound > Max ? VD : nullptr)
                                  : (Bound >= Max ? VD : nullptr);
}

static bool steps(const Stmt *S, const VarDecl *VD, bool Down) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  if (const auto *UO = dyn_cast<UnaryOperator>(S))
    if (UO->isIncrementDecrementOp() && UO->isDecrementOp() == Down &&
        counterOf(UO->getSubExpr()) == VD)
      return true;
  if (const auto *BO = dyn_cast<CompoundAssignOperator>(S))
    if (BO->getOpcode() == (Down ? BO_SubAssign : BO_AddAssign) &&
        counterOf(BO->getLHS()) == VD)
      return true;
  return llvm::any_of(S->children(),
                      [&](const Stmt *C) { return steps(C, VD, Down); });
}

/// Some other decision asks for the value, or it is set otherwise.
static bool isAskedIn(const Stmt *S, const VarDecl *VD) {
  if (!S)
    return false;
  if (const auto *BO = dyn_cast<BinaryOperator>(S)) {
    if (BO->isComparisonOp() &&
        (mentions(BO->getLHS(), VD) || mentions(BO->getRHS(), VD)))
      // `all[i] == x` is about something else.
      if (counterOf(BO->getLHS()) == VD || counterOf(BO->getRHS()) == VD ||
          !isa<ArraySubscriptExpr, CallExpr>(
              BO->getLHS()->IgnoreParenImpCasts()))
        return true;
    if (BO->getOpcode() == BO_Assign && counterOf(BO->getLHS()) == VD)
      return true;
  }
  if (const auto *UO = dyn_cast<UnaryOperator>(S))
    if ((UO->getOpcode() == UO_LNot || UO->getOpcode() == UO_AddrOf) &&
        counterOf(UO->getSubExpr()) == VD)
      return true;
  if (const auto *If = dyn_cast<IfStmt>(S);
      If && counterOf(If->getCond()) == VD)
    return true;
  if (const auto *Switch = dyn_cast<SwitchStmt>(S);
      Switch && mentions(Switch->getCond(), VD))
    return true;
  if (const auto *CO = dyn_cast<ConditionalOperator>(S);
      CO && mentions(CO->getCond(), VD))
    return true;
  return llvm::any_of(S->children(),
                      [&](const Stmt *C) { return isAskedIn(C, VD); });
}

/// The body leaves the loop for sure.
static bool endsItself(const Stmt *Body) {
  const auto *CS = dyn_cast<CompoundStmt>(Body);
  return CS && llvm::any_of(CS->body(), [](const Stmt *S) {
           return isa<ReturnStmt, BreakStmt, GotoStmt, CXXThrowExpr>(S);
         });
}

static void collect(const Stmt *S, const ASTContext &Ctx,
                    std::vector<Countdown> &Into) {
  if (!S || isa<LambdaExpr>(S))
    return;
  const Expr *Cond = bodyOfLoop(S) ? conditionOf(S) : nullptr;
  const auto *For = dyn_cast<ForStmt>(S);
  const Expr *Inc = For ? For->getInc() : nullptr;
  if (Cond && !Cond->getBeginLoc().isMacroID()) {
    const auto *BO = dyn_cast<BinaryOperator>(Cond->IgnoreParenImpCasts());
    const Stmt *Body = bodyOfLoop(S);
    bool Down = false;
    if (const VarDecl *VD = alwaysBelow(BO, Down, Ctx);
        VD && Body && (steps(Inc, VD, Down) || steps(Body, VD, Down)) &&
        !isAskedIn(Body, VD) && !endsItself(Body))
      Into.push_back({S, BO, VD});
  }
  for (const Stmt *Child : S->children())
    collect(Child, Ctx, Into);
}

std::vector<Countdown> countdowns(const FunctionDecl *FD,
                                  const ASTContext &Ctx) {
  std::vector<Countdown> Result;
  // What is unsigned in one instance, need not be in another.
  if (!FD->isTemplateInstantiation())
    collect(FD->getBody(), Ctx, Result);
  return Result;
}

} // namespace leak
