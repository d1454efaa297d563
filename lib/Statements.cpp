//===--- Statements.cpp - where statements stand --------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Statements.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/ParentMapContext.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace leak {

bool contains(const Stmt *S, const Stmt *At) {
  return S && (S == At || llvm::any_of(S->children(), [&](const Stmt *Child) {
                 return contains(Child, At);
               }));
}

const Stmt *loopAround(const Stmt *S, ASTContext &Ctx) {
  ParentMapContext &Parents = Ctx.getParentMapContext();
  DynTypedNode Node = DynTypedNode::create(*S);
  for (;;) {
    DynTypedNodeList Up = Parents.getParents(Node);
    if (Up.empty())
      return nullptr;
    Node = Up[0];
    const auto *Around = Node.get<Stmt>();
    if (!Around || isa<LambdaExpr>(Around))
      return nullptr;
    if (isa<ForStmt, WhileStmt, CXXForRangeStmt, DoStmt>(Around))
      return Around;
  }
}

llvm::ArrayRef<const Expr *> operandsOf(const Expr *E) {
  if (const auto *CE = dyn_cast<CXXConstructExpr>(E))
    return {CE->getArgs(), CE->getNumArgs()};
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return {Call->getArgs(), Call->getNumArgs()};
  return {};
}

const Expr *receiverOf(const Expr *E) {
  const auto *MC = dyn_cast<CXXMemberCallExpr>(E);
  return MC ? MC->getImplicitObjectArgument() : nullptr;
}

static void visitOwn(Decl *D, const SourceManager &SM,
                     llvm::function_ref<void(Decl *)> Visit) {
  if (!isa<TranslationUnitDecl>(D)) {
    if (SM.isInSystemHeader(SM.getExpansionLoc(D->getLocation())))
      return;
    if (!isa<NamespaceDecl, LinkageSpecDecl, ExportDecl>(D)) {
      Visit(D);
      return;
    }
  }
  for (Decl *Child : cast<DeclContext>(D)->decls())
    visitOwn(Child, SM, Visit);
}

void forEachOwnDecl(ASTContext &Ctx, llvm::function_ref<void(Decl *)> Visit) {
  for (Decl *D : Ctx.getTraversalScope())
    visitOwn(D, Ctx.getSourceManager(), Visit);
}

} // namespace leak
