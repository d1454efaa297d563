//===--- Releases.cpp - releases that destruction can't count on ----------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Releases.h"
#include "Statements.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace leak {

/// A way out of the statements that follow each other.
static bool mayLeave(const Stmt *S) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  return isa<ReturnStmt, BreakStmt, ContinueStmt, GotoStmt, IndirectGotoStmt,
             CXXThrowExpr, CoreturnStmt>(S) ||
         llvm::any_of(S->children(), mayLeave);
}

/// \p A stands below a statement of some block, and \p B in one of the later
/// statements, which is reached whatever happens.
static bool alwaysFollows(const Stmt *S, const Stmt *A, const Stmt *B) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  if (const auto *Block = dyn_cast<CompoundStmt>(S)) {
    bool Behind = false;
    for (const Stmt *Child : Block->body()) {
      if (Behind && isa<Expr>(Child) && contains(Child, B))
        return true;
      Behind |= contains(Child, A);
      if (Behind && mayLeave(Child))
        break;
    }
  }
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return alwaysFollows(Child, A, B);
  });
}

bool isForRestart(const Subject &S, const Use &U) {
  const FunctionDecl *Def = nullptr;
  if ((U.Does != Verb::Join && U.Does != Verb::Detach) || U.Element || !U.In ||
      !U.In->isDefined(Def) || !Def)
    return false;
  return llvm::any_of(S.Uses, [&](const Use &Start) {
    return Start.Does == Verb::Start && Start.In == U.In && !Start.Element &&
           alwaysFollows(Def->getBody(), U.At, Start.At);
  });
}

/// Below \p S a function is given one of its caller's parameters, other than a
/// mere number.
static bool asksAboutParameter(const Stmt *S) {
  if (!S)
    return false;
  if (const auto *Call = dyn_cast<CallExpr>(S))
    for (const Expr *Arg : Call->arguments())
      if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(strip(Arg)))
        if (const auto *P = dyn_cast<ParmVarDecl>(Ref->getDecl());
            P && P->getType()->isPointerType())
          return true;
  return llvm::any_of(S->children(), asksAboutParameter);
}

static bool dependsOnParameter(const Stmt *S, const Stmt *At) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  if (const auto *If = dyn_cast<IfStmt>(S);
      If && contains(If->getThen(), At) && asksAboutParameter(If->getCond()))
    return true;
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return dependsOnParameter(Child, At);
  });
}

bool isIncidental(const Use &U) {
  const auto *M = dyn_cast_or_null<CXXMethodDecl>(U.In);
  const FunctionDecl *Def = nullptr;
  return M && U.At && !M->isVirtual() && M->isDefined(Def) && Def &&
         dependsOnParameter(Def->getBody(), U.At);
}

bool isWholeHere(const Index &Idx, const CXXRecordDecl *Class) {
  const SourceManager &SM = Idx.lexicon().context().getSourceManager();
  if (!Class->hasDefinition() || Class->isAbstract())
    return false;
  bool Here = false;
  for (const auto &Entry : Idx.functions()) {
    const FunctionDecl *Def = nullptr;
    const auto *M = dyn_cast<CXXMethodDecl>(Entry.first);
    if (!M || !M->isDefined(Def) || !Def)
      continue;
    if (M->getParent()->getCanonicalDecl() == Class->getCanonicalDecl())
      Here |= SM.isInMainFile(SM.getExpansionLoc(Def->getLocation()));
    else if (M->getParent()->hasDefinition() &&
             M->getParent()->isDerivedFrom(Class))
      return false;
  }
  return Here;
}

bool deletesElements(
    const Index &Idx, const Subject &S,
    const llvm::SmallPtrSetImpl<const FunctionDecl *> &AtDestruction) {
  return S.What.Many && S.What.Pointer && !S.What.Owned &&
         llvm::any_of(Idx.allUses(S.Decl), [&](const Use &U) {
           return U.Does == Verb::Destroy && U.In &&
                  AtDestruction.contains(U.In->getCanonicalDecl());
         });
}

bool insertsStarted(const Index &Idx, const Use &U) {
  const auto *Call = dyn_cast_or_null<CallExpr>(U.At);
  if (U.Does != Verb::Insert || !Call || Call->getNumArgs() != 1)
    return false;
  const Expr *Arg = strip(Call->getArg(0));
  if (const auto *Moved = dyn_cast_or_null<CallExpr>(Arg))
    if (const Effect *Row = Idx.lexicon().effect(Moved);
        Row && Row->Does == Verb::Move && Moved->getNumArgs() == 1)
      Arg = strip(Moved->getArg(0));
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(Arg);
  const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (!Var || !Var->hasLocalStorage() || isa<ParmVarDecl>(Var) ||
      Var->getType()->isReferenceType())
    return false;
  // Copies of a value, and how it was started, aren't followed.
  const Subject *Own = Idx.find(Var);
  if (!Own || !Own->What || Own->What.Inner->ByValue)
    return false;
  bool Started = false;
  unsigned Given = 0;
  for (const Use &Other : Idx.allUses(Var)) {
    Started |= Other.Does == Verb::Start;
    if (Other.Does == Verb::Move)
      ++Given;
    else if (Other.Does == Verb::Escape || releases(Other.Does))
      return false;
  }
  return Started && Given == 1;
}

} // namespace leak
