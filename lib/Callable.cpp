//===--- Callable.cpp - what a started execution runs ---------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Callable.h"
#include "Index.h"
#include "Statements.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace leak {

const Stmt *visibleBody(const Expr *Callable) {
  Callable = strip(Callable);
  if (const auto *CE = dyn_cast_or_null<CXXConstructExpr>(Callable);
      CE && CE->getNumArgs() == 1)
    Callable = strip(CE->getArg(0));
  if (const auto *Lambda = dyn_cast_or_null<LambdaExpr>(Callable))
    return Lambda->getBody();
  if (const auto *UO = dyn_cast_or_null<UnaryOperator>(Callable))
    Callable = strip(UO->getSubExpr());
  if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(Callable))
    if (const auto *FD = dyn_cast<FunctionDecl>(Ref->getDecl()))
      return FD->getBody();
  return nullptr;
}

static void addFunctions(const Stmt *S,
                         llvm::SmallVectorImpl<const FunctionDecl *> &Into) {
  if (!S)
    return;
  if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
    Into.push_back(Lambda->getCallOperator());
    return;
  }
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    if (const auto *FD = dyn_cast<FunctionDecl>(Ref->getDecl())) {
      const FunctionDecl *Def = nullptr;
      if (FD->isDefined(Def) && Def)
        Into.push_back(Def);
    }
  // The callee of a call is run here, not there.
  const auto *Call = dyn_cast<CallExpr>(S);
  for (const Stmt *Child : S->children())
    if (!Call || Child != Call->getCallee())
      addFunctions(Child, Into);
}

llvm::SmallVector<const FunctionDecl *, 2> functionsNamedIn(const Stmt *At) {
  llvm::SmallVector<const FunctionDecl *, 2> Result;
  addFunctions(At, Result);
  return Result;
}

/// A way out of the loop whose body is \p S. `break` counts only where it
/// belongs to that loop.
static bool leaves(const Stmt *S, bool OwnBreak) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  if (isa<ReturnStmt, GotoStmt, IndirectGotoStmt, CXXThrowExpr, CoreturnStmt>(
          S))
    return true;
  if (isa<BreakStmt>(S))
    return OwnBreak;
  if (const auto *Call = dyn_cast<CallExpr>(S))
    if (const FunctionDecl *FD = Call->getDirectCallee();
        FD && FD->isNoReturn())
      return true;
  bool Nested = isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt, SwitchStmt>(S);
  for (const Stmt *Child : S->children())
    if (leaves(Child, OwnBreak && !Nested))
      return true;
  return false;
}

bool leavesLoop(const Stmt *Body) { return leaves(Body, true); }

bool runsForEver(const Stmt *S) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  if (const Stmt *Body = bodyOfLoop(S);
      Body && alwaysTrue(conditionOf(S)) && !leaves(Body, true))
    return true;
  for (const Stmt *Child : S->children())
    if (runsForEver(Child))
      return true;
  return false;
}

bool mayWaitForOthers(const Stmt *S) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  const auto *For = dyn_cast<ForStmt>(S);
  if (isa<WhileStmt, DoStmt>(S) ||
      (For && (!For->getCond() || !For->getInit() || !For->getInc())))
    return true;
  return llvm::any_of(S->children(), mayWaitForOthers);
}

} // namespace leak
