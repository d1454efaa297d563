//===--- StaleSources.cpp - sources that stay asked to stop ---------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StaleSources.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {

/// A method that may be called again, and does \p V to the source.
static bool mayRepeat(const Use &Us, Verb V) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Us.In);
  return Us.Does == V && Method && !Method->getParent()->isLambda() &&
         !isa<CXXConstructorDecl, CXXDestructorDecl>(Method);
}

/// The first call of \p FD in \p By, made there and then.
static const Expr *callIn(const ChannelUses &All, const FunctionDecl *By,
                          const FunctionDecl *FD) {
  for (const Run &R : All.runs())
    if (!R.Started && R.By->getCanonicalDecl() == By->getCanonicalDecl() &&
        R.Runs->getCanonicalDecl() == FD->getCanonicalDecl())
      return R.At;
  return nullptr;
}

std::optional<StaleSource> staleSource(const ChannelUses &All,
                                       const Channel &C) {
  if (C.Owner || C.Shared || !C.Direct || C.has(Verb::Reset) ||
      C.has(Verb::Insert) || C.has(Verb::Swap))
    return std::nullopt;
  const SourceManager &SM = All.context().getSourceManager();
  for (const Use &Request : C.Uses) {
    if (!mayRepeat(Request, Verb::RequestStop))
      continue;
    for (const Use &Token : C.Uses) {
      if (!mayRepeat(Token, Verb::GetToken) || Token.In == Request.In)
        continue;
      // `void restart() { stop(); start(); }`, or start() stops first.
      for (const auto &[Key, F] : All.table().all()) {
        const Expr *Stop = F.Decl ? callIn(All, F.Decl, Request.In) : nullptr;
        if (!Stop || isa<CXXDestructorDecl>(F.Decl))
          continue;
        const Stmt *Again =
            F.Decl == Token.In ? Token.At : callIn(All, F.Decl, Token.In);
        if (Again && SM.isBeforeInTranslationUnit(Stop->getBeginLoc(),
                                                  Again->getBeginLoc()))
          return StaleSource{&Token, &Request, Stop, F.Decl};
      }
    }
  }
  return std::nullopt;
}

} // namespace leak
