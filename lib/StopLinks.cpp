//===--- StopLinks.cpp - stops that don't reach the children --------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StopLinks.h"
#include "Statements.h"
#include "clang/AST/Attr.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {

namespace {

/// How a function looks at its token.
struct Looks {
  bool Understood = true; ///< All of them are polls before the start.

  Looks(const ParmVarDecl *P, const Stmt *Start, const Lexicon &Words)
      : P(P), Start(Start), Words(Words),
        SM(Words.context().getSourceManager()) {}

  void in(const Stmt *S) {
    if (!S || !Understood)
      return;
    // What turns again comes before the next start and after the last one.
    if ((bodyOfLoop(S) || isa<CXXForRangeStmt>(S)) && contains(S, Start) &&
        mentions(S, P)) {
      Understood = false;
      return;
    }
    if (const auto *MC = dyn_cast<CXXMemberCallExpr>(S)) {
      const Effect *Row = Words.effect(MC);
      const auto *Ref =
          dyn_cast_or_null<DeclRefExpr>(strip(MC->getImplicitObjectArgument()));
      if (Row && Ref && Ref->getDecl() == P &&
          (Row->Does == Verb::PollStop || Row->Does == Verb::Query) &&
          SM.isBeforeInTranslationUnit(S->getBeginLoc(), Start->getBeginLoc()))
        return;
    }
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      Understood &= Ref->getDecl() != P;
    if (const auto *LE = dyn_cast<LambdaExpr>(S))
      for (const LambdaCapture &Capture : LE->captures())
        if (Capture.capturesVariable() && Capture.getCapturedVar() == P)
          Understood = false;
    for (const Stmt *Child : S->children())
      in(Child);
  }

private:
  const ParmVarDecl *P;
  const Stmt *Start;
  const Lexicon &Words;
  const SourceManager &SM;
};

} // namespace

const ParmVarDecl *forgottenToken(const FunctionDecl *In, const Stmt *Start,
                                  const StopLoops &Loops,
                                  const Lexicon &Words) {
  const auto *Method = dyn_cast<CXXMethodDecl>(In);
  for (const ParmVarDecl *P : In->parameters()) {
    if (!Loops.isToken(P->getType()) || !P->getIdentifier() ||
        P->hasAttr<UnusedAttr>())
      continue;
    // The interface asks for it.
    if (Method && Method->size_overridden_methods() && !P->isUsed())
      continue;
    Looks L(P, Start, Words);
    L.in(In->getBody());
    if (L.Understood)
      return P;
  }
  return nullptr;
}

/// \p In asks \p C to stop itself, or what it calls does: then it doesn't wait
/// for ever, whatever its parent does.
static bool asksItself(const ChannelUses &All, const Channel &C,
                       const FunctionDecl *In) {
  return llvm::any_of(C.Uses, [&](const Use &Us) {
    return Us.Does == Verb::RequestStop && Us.In &&
           llvm::is_contained(All.executions(C, Us.In), nullptr);
  });
}

/// Where \p In joins \p Handle, if it does.
static const Expr *joinIn(const ChannelUses &All, const FunctionDecl *In,
                          const ValueDecl *Handle) {
  const FunctionUses *F = All.table().find(In);
  for (const Expr *E :
       F ? ArrayRef<const Expr *>(F->Calls) : ArrayRef<const Expr *>())
    if (isa<CallExpr>(E) && All.joined(E) == Handle)
      return E;
  return nullptr;
}

static bool endWaits(const Run &R) {
  const auto *VD = dyn_cast_or_null<VarDecl>(R.Handle);
  return VD && VD->isLocalVarDecl() && R.HandleModel &&
         (R.HandleModel->IfUnreleased == Unreleased::Block ||
          R.HandleModel->IfUnreleased == Unreleased::StopAndJoin);
}

std::vector<UnlinkedStop> unlinkedStops(const ChannelUses &All,
                                        const StopLoops &Loops) {
  std::vector<UnlinkedStop> Result;
  for (const Channel &C : All.all()) {
    if (!C.Owner || !C.can(Verb::GetToken) || !C.can(Verb::RequestStop) ||
        llvm::none_of(C.Owner->parameters(), [&](const ParmVarDecl *P) {
          return Loops.isToken(P->getType());
        }))
      continue;
    for (const Holder &H : Loops.holders(All, C, StopLoops::Also)) {
      const Run &R = *H.Started;
      if (!R.Handle || R.By != C.Owner || asksItself(All, C, C.Owner))
        continue;
      const Expr *Join = joinIn(All, C.Owner, R.Handle);
      if (!Join && !endWaits(R))
        continue;
      if (const ParmVarDecl *P =
              forgottenToken(C.Owner, R.At, Loops, All.lexicon())) {
        Result.push_back({P, &C, C.Owner, &R, H.Loop, Join});
        break;
      }
    }
  }
  return Result;
}

std::string linkText(const ParmVarDecl *Parent, const ValueDecl *Asked,
                     StringRef Method, StringRef Library,
                     const Lexicon &Words) {
  if (Method.empty())
    return "";
  std::vector<StringRef> Names;
  for (const auto &T : Words.models()->types()) {
    const TypeModel &M = T.second;
    const Effect *Row = M.What == Kind::StopCallback && M.Library == Library
                            ? M.find("constructor", 2)
                            : nullptr;
    if (Row && Row->Token == 0 && Row->Callable == 1)
      Names.push_back(M.Name);
  }
  // Which of several, depends on the type of the token.
  if (Names.size() != 1)
    return "";
  StringRef Name = Asked->getName();
  return (Names.front() + " link(" + Parent->getName() + ", [&" + Name +
          "] { " + Name + "." + Method + "(); });")
      .str();
}

} // namespace leak
