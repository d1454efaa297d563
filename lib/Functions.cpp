//===--- Functions.cpp - the functions of a unit and their calls ----------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Functions.h"
#include "Statements.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {

class FunctionCollector : public RecursiveASTVisitor<FunctionCollector> {
  using Base = RecursiveASTVisitor<FunctionCollector>;

public:
  FunctionCollector(FunctionTable &T, ASTContext &Ctx) : T(T) {
    forEachOwnDecl(Ctx, [this](Decl *D) { TraverseDecl(D); });
  }

  bool shouldVisitTemplateInstantiations() const { return true; }
  bool TraverseTypeLoc(TypeLoc, bool = true) { return true; }
  bool TraverseNestedNameSpecifierLoc(NestedNameSpecifierLoc) { return true; }

  bool TraverseDecl(Decl *D) {
    if (!D || D->isInvalidDecl())
      return true;
    const auto *FD = dyn_cast<FunctionDecl>(D);
    if (!FD)
      return Base::TraverseDecl(D);
    if (FD->isDependentContext()) {
      if (const auto *M = dyn_cast<CXXMethodDecl>(FD);
          M && M->doesThisDeclarationHaveABody() && !M->getParent()->isLambda())
        T.Patterns.push_back(M);
      return true;
    }
    if (!FD->doesThisDeclarationHaveABody())
      return Base::TraverseDecl(D);
    return inside(FD, [&] { return Base::TraverseDecl(D); });
  }

  bool TraverseLambdaExpr(LambdaExpr *LE) {
    if (Current)
      T.Functions[Current].Lambdas.push_back(LE);
    for (unsigned N = 0; N != LE->capture_size(); ++N)
      Base::TraverseLambdaCapture(LE, LE->capture_begin() + N,
                                  LE->capture_init_begin()[N]);
    // The instantiations of a generic one are visited as such.
    if (LE->getCallOperator()->isDependentContext()) {
      for (FunctionDecl *FD : specializations(LE))
        TraverseDecl(FD);
      return true;
    }
    return inside(LE->getCallOperator(),
                  [&] { return TraverseStmt(LE->getBody()); });
  }

  bool VisitCallExpr(CallExpr *E) { return called(E); }
  bool VisitCXXConstructExpr(CXXConstructExpr *E) { return called(E); }
  bool VisitUnaryOperator(UnaryOperator *E) {
    return !E->isIncrementDecrementOp() || changed(E, E->getSubExpr());
  }
  bool VisitBinaryOperator(BinaryOperator *E) {
    return !E->isAssignmentOp() || changed(E, E->getLHS());
  }
  bool VisitReturnStmt(ReturnStmt *) { return exits(); }
  bool VisitCXXThrowExpr(CXXThrowExpr *) { return exits(); }

private:
  static SmallVector<FunctionDecl *, 2> specializations(const LambdaExpr *LE) {
    SmallVector<FunctionDecl *, 2> Result;
    if (const FunctionTemplateDecl *Template =
            LE->getCallOperator()->getDescribedFunctionTemplate())
      for (FunctionDecl *FD : Template->specializations())
        if (FD->doesThisDeclarationHaveABody())
          Result.push_back(FD);
    return Result;
  }

  template <typename Fn> bool inside(const FunctionDecl *FD, Fn Visit) {
    const FunctionDecl *Saved = Current;
    Current = FD->getCanonicalDecl();
    T.Functions[Current].Decl = FD;
    bool Result = Visit();
    Current = Saved;
    return Result;
  }

  bool called(const Expr *E) {
    if (Current)
      T.Functions[Current].Calls.push_back(E);
    return true;
  }
  bool changed(Expr *E, const Expr *What) {
    What = What->IgnoreParenImpCasts();
    const auto *Ref = dyn_cast<DeclRefExpr>(What);
    const auto *VD = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if (Current && (isa<MemberExpr>(What) || (VD && VD->hasGlobalStorage())))
      T.Functions[Current].Changes.push_back(E);
    return true;
  }
  bool exits() {
    if (Current)
      ++T.Functions[Current].Exits;
    return true;
  }

  FunctionTable &T;
  const FunctionDecl *Current = nullptr;
};

FunctionTable::FunctionTable(ASTContext &Ctx) { FunctionCollector(*this, Ctx); }

const FunctionUses *FunctionTable::find(const FunctionDecl *FD) const {
  const auto *It =
      FD ? Functions.find(FD->getCanonicalDecl()) : Functions.end();
  return It == Functions.end() ? nullptr : &It->second;
}

bool isSeenWhole(const ValueDecl *What) {
  const SourceManager &SM = What->getASTContext().getSourceManager();
  if (const auto *VD = dyn_cast<VarDecl>(What); VD && !VD->isStaticDataMember())
    return !VD->isExternallyVisible();
  const auto *RD = dyn_cast<CXXRecordDecl>(What->getDeclContext());
  if (!RD || !RD->hasDefinition())
    return false;
  if (SM.isInMainFile(SM.getExpansionLoc(RD->getDefinition()->getLocation())))
    return true;
  if (What->getAccess() != AS_private || RD->hasFriends() ||
      isa<ClassTemplateSpecializationDecl>(RD))
    return false;
  return llvm::all_of(RD->methods(), [](const CXXMethodDecl *M) {
    return M->isImplicit() || M->isDeleted() || M->isDefaulted() ||
           M->isPureVirtual() || M->isDefined();
  });
}

} // namespace leak
