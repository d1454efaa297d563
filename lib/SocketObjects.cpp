//===--- SocketObjects.cpp - sockets that ask -----------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SocketObjects.h"
#include "Statements.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {
namespace {

/// Serves, listens to what comes from time to time, or lends the socket to
/// others, who may wait for it with a time.
bool isOther(const FunctionDecl *Callee) {
  if (isa<CXXConversionDecl>(Callee))
    return true;
  const IdentifierInfo *II = Callee->getIdentifier();
  return II && llvm::any_of(llvm::ArrayRef<StringRef>{"bind", "listen",
                                                      "accept", "subscribe",
                                                      "handle", "descriptor"},
                            [&](StringRef Word) {
                              return II->getName().contains_insensitive(Word);
                            });
}

} // namespace

const Expr *requestBefore(const Expr *Wait, const FunctionUses &F,
                          llvm::ArrayRef<Use> Uses, const Lexicon &Words,
                          const ASTContext &Ctx) {
  const auto Itself = llvm::find_if(
      Uses, [&](const Use &U) { return U.Ref && contains(Wait, U.Ref); });
  if (Itself == Uses.end())
    return nullptr;
  const SourceManager &SM = Ctx.getSourceManager();
  const Expr *Asks = nullptr;
  bool Connects = false;
  for (const Use &U : Uses) {
    const auto *Call = dyn_cast_or_null<CallExpr>(U.At);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    if (!Callee)
      continue;
    if (isOther(Callee))
      return nullptr;
    const IdentifierInfo *II = Callee->getIdentifier();
    if (!II)
      continue;
    Connects |= II->getName().starts_with_insensitive("connect");
    if (U.In == Itself->In && U.Loop == Itself->Loop &&
        SM.isBeforeInTranslationUnit(Call->getExprLoc(), Wait->getExprLoc()) &&
        (II->getName().starts_with_insensitive("send") ||
         II->getName().starts_with_insensitive("write")))
      Asks = Call;
  }
  if (!Connects)
    return nullptr;
  // A wait for something else, with a time, may have seen the answer come.
  for (const Expr *E : F.Calls) {
    const Effect *Row = Words.effect(E);
    if (Row && Row->Does == Verb::Block &&
        llvm::none_of(
            Uses, [&](const Use &U) { return U.Ref && contains(E, U.Ref); }))
      return nullptr;
  }
  return Asks;
}

} // namespace leak
