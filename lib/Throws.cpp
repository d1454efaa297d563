//===--- Throws.cpp - visible throws --------------------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Throws.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {

bool ThrowSearch::isNothrow(const FunctionDecl *FD) {
  const auto *Proto = FD->getType()->getAs<FunctionProtoType>();
  return Proto && !isUnresolvedExceptionSpec(Proto->getExceptionSpecType()) &&
         Proto->isNothrow();
}

const FunctionDecl *ThrowSearch::callee(const Stmt *S) {
  if (const auto *CE = dyn_cast<CXXConstructExpr>(S))
    return CE->getConstructor();
  const auto *Call = dyn_cast<CallExpr>(S);
  const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
  if (const auto *Method = dyn_cast_or_null<CXXMethodDecl>(FD);
      Method && Method->isVirtual()) {
    const auto *ME = dyn_cast<MemberExpr>(Call->getCallee()->IgnoreParens());
    if (!ME || ME->performsVirtualDispatch(FD->getASTContext().getLangOpts()))
      return nullptr;
  }
  return FD;
}

bool ThrowSearch::mayThrow(const Expr *Call) {
  const FunctionDecl *FD = nullptr;
  if (const auto *CE = dyn_cast<CXXConstructExpr>(Call))
    FD = CE->getConstructor();
  else if (const auto *C = dyn_cast<CallExpr>(Call))
    FD = C->getDirectCallee();
  if (!FD)
    return isa<CallExpr>(Call);
  return !isNothrow(FD) && !FD->isExternC() && !FD->isTrivial() &&
         !FD->getBuiltinID();
}

const CXXThrowExpr *ThrowSearch::visiblyThrows(const Expr *Call) const {
  // What the model describes is not judged by its insides.
  if (Words.effect(Call))
    return nullptr;
  const FunctionDecl *FD = callee(Call);
  return FD ? find(FD) : nullptr;
}

const CXXThrowExpr *ThrowSearch::find(const FunctionDecl *FD,
                                      unsigned Depth) const {
  static constexpr unsigned MaxDepth = 3;
  const FunctionDecl *Def = nullptr;
  if (Depth == MaxDepth || !FD->isDefined(Def) || !Def || isNothrow(Def) ||
      FD->getASTContext().getSourceManager().isInSystemHeader(
          Def->getLocation()))
    return nullptr;
  auto [It, New] = Found.try_emplace({Def, Depth});
  if (!New)
    return It->second;
  const CXXThrowExpr *Throw = findIn(Def->getBody(), Depth);
  return Found[{Def, Depth}] = Throw;
}

const CXXThrowExpr *ThrowSearch::findIn(const Stmt *S, unsigned Depth) const {
  // A handler may catch it; whether it does is not ours to prove.
  if (!S || isa<CXXTryStmt, LambdaExpr>(S))
    return nullptr;
  if (const auto *Throw = dyn_cast<CXXThrowExpr>(S)) {
    // A broken precondition is mended at the call, not by a release.
    const Expr *Thrown = Throw->getSubExpr();
    const TypeModel *M =
        Thrown ? Words.typeOrBase(Thrown->getType()->getAsCXXRecordDecl())
               : nullptr;
    return M && M->What == Kind::Misuse ? nullptr : Throw;
  }
  for (const Stmt *Child : S->children())
    if (const CXXThrowExpr *Throw = findIn(Child, Depth))
      return Throw;
  if (const FunctionDecl *FD = callee(S))
    return find(FD, Depth + 1);
  return nullptr;
}

} // namespace leak
