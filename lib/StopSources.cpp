//===--- StopSources.cpp - who runs until it is asked to stop -------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StopSources.h"
#include "Callable.h"
#include "Predicates.h"
#include "Statements.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace leak {

static const Expr *copied(const Expr *E) {
  E = strip(E);
  const auto *CE = dyn_cast_or_null<CXXConstructExpr>(E);
  return CE && CE->getNumArgs() == 1 ? CE->getArg(0) : E;
}

/// The parameter of \p Def that \p Call gives \p D.
static const ValueDecl *handedOn(const CallExpr *Call, const FunctionDecl *Def,
                                 const ValueDecl *D) {
  if (isa<CXXOperatorCallExpr>(Call))
    return nullptr;
  for (unsigned I = 0; I < Call->getNumArgs() && I < Def->getNumParams(); ++I)
    if (placeOf(copied(Call->getArg(I))).Decl == D)
      return Def->getParamDecl(I);
  return nullptr;
}

static bool throws(const Stmt *S) {
  return S && (isa<CXXThrowExpr>(S) || llvm::any_of(S->children(), throws));
}

bool mentionsAny(const Stmt *S,
                 const llvm::SmallPtrSetImpl<const ValueDecl *> &Any) {
  if (!S)
    return false;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    if (Any.contains(cast<ValueDecl>(Ref->getDecl()->getCanonicalDecl())))
      return true;
  if (const auto *LE = dyn_cast<LambdaExpr>(S))
    for (const LambdaCapture &Capture : LE->captures())
      if (Capture.capturesVariable() &&
          Any.contains(
              cast<ValueDecl>(Capture.getCapturedVar()->getCanonicalDecl())))
        return true;
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return mentionsAny(Child, Any);
  });
}

static void collectTokens(const Stmt *S, const Channel &C,
                          llvm::SmallPtrSetImpl<const ValueDecl *> &Into) {
  if (!S)
    return;
  if (const auto *DS = dyn_cast<DeclStmt>(S))
    for (const Decl *D : DS->decls())
      if (const auto *VD = dyn_cast<VarDecl>(D); VD && VD->getInit())
        for (const Use &Us : C.Uses)
          if (Us.Does == Verb::GetToken && strip(VD->getInit()) == Us.At)
            Into.insert(cast<ValueDecl>(VD->getCanonicalDecl()));
  for (const Stmt *Child : S->children())
    collectTokens(Child, C, Into);
}

llvm::SmallPtrSet<const ValueDecl *, 4> tokensOf(const ChannelUses &All,
                                                 const Channel &C) {
  llvm::SmallPtrSet<const ValueDecl *, 4> Tokens;
  for (const auto &[Key, F] : All.table().all())
    if (F.Decl)
      collectTokens(F.Decl->getBody(), C, Tokens);
  return Tokens;
}

bool StopLoops::isToken(QualType T) const {
  const TypeModel *M = Words.type(T.getNonReferenceType());
  return M && M->What == Kind::StopToken;
}

bool StopLoops::asks(const ValueDecl *D) const {
  const TypeModel *M =
      D ? Words.type(D->getType().getNonReferenceType()) : nullptr;
  return M && (M->What == Kind::StopToken || M->What == Kind::StopSource);
}

const Stmt *StopLoops::find(const Stmt *S, const ValueDecl *Only, Ends How,
                            unsigned Depth) const {
  if (!S || isa<LambdaExpr>(S))
    return nullptr;
  if (bodyOfLoop(S)) {
    Predicate Out = exitsOf(S, Ctx);
    auto Asks = [&](const Predicate::Term &T) {
      return asks(T.What.Decl) && (!Only || T.What.Decl == Only);
    };
    if (How == Also ? llvm::any_of(Out.Terms, Asks)
                    : !Out.Opaque && !Out.Terms.empty() &&
                          llvm::all_of(Out.Terms, Asks))
      return S;
  }
  if (const auto *Call = dyn_cast<CallExpr>(S);
      Call && Depth < 3 && !Words.effect(Call)) {
    const FunctionDecl *FD = Call->getDirectCallee(), *Def = nullptr;
    if (FD && FD->isDefined(Def) && Def && Table.find(Def)) {
      const ValueDecl *Inside = Only ? handedOn(Call, Def, Only) : nullptr;
      if (!Only || Inside)
        if (const Stmt *L = find(Def->getBody(), Inside, How, Depth + 1))
          return L;
    }
  }
  for (const Stmt *Child : S->children())
    if (const Stmt *L = find(Child, Only, How, Depth))
      return L;
  return nullptr;
}

SmallVector<Holder, 2> StopLoops::holders(const ChannelUses &All,
                                          const Channel &C, Ends How) const {
  llvm::SmallPtrSet<const ValueDecl *, 4> Tokens;
  if (C.Owner)
    Tokens = tokensOf(All, C);
  SmallVector<Holder, 2> Result;
  for (const Run &R : All.runs()) {
    if (!R.Started)
      continue;
    bool Has =
        mentionsAny(R.At, Tokens) || llvm::any_of(C.Uses, [&](const Use &Us) {
          if (Us.Does != Verb::GetToken && Us.Does != Verb::Query &&
              Us.Does != Verb::PollStop)
            return false;
          return (Us.At && contains(R.At, Us.At)) ||
                 (Us.In &&
                  Us.In->getCanonicalDecl() == R.Runs->getCanonicalDecl());
        });
    if (!Has || (How == Alone && throws(R.Runs->getBody())))
      continue;
    if (const Stmt *Loop = find(R.Runs->getBody(), nullptr, How))
      Result.push_back({&R, Loop});
  }
  return Result;
}

const Stmt *StopLoops::ownLoop(const Stmt *At, Ends How) const {
  if (!At)
    return nullptr;
  for (const FunctionDecl *FD : functionsNamedIn(At))
    for (const ParmVarDecl *P : FD->parameters())
      if (isToken(P->getType()))
        return How == Alone && throws(FD->getBody())
                   ? nullptr
                   : find(FD->getBody(), P, How);
  return nullptr;
}

} // namespace leak
