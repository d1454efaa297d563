//===--- Index.cpp - a unit's operations on modelled objects --------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Index.h"

using namespace clang;

namespace leak {

const Expr *strip(const Expr *E) {
  while (E) {
    const Expr *Inner = E->IgnoreImplicit()->IgnoreParenCasts();
    if (const auto *FE = dyn_cast<FullExpr>(Inner))
      Inner = FE->getSubExpr();
    else if (const auto *IL = dyn_cast<InitListExpr>(Inner);
             IL && IL->getNumInits() == 1 && !IL->getType()->isArrayType() &&
             !IL->getType()->isRecordType())
      Inner = IL->getInit(0);
    if (Inner == E)
      break;
    E = Inner;
  }
  return E;
}

bool releases(Verb V) {
  switch (V) {
  case Verb::Join:
  case Verb::TryJoin:
  case Verb::Detach:
  case Verb::Move:
  case Verb::Swap:
  case Verb::GiveUp:
    return true;
  default:
    return false;
  }
}

const Subject *Index::find(const ValueDecl *D) const {
  const auto *It = Subjects.find(cast<ValueDecl>(D->getCanonicalDecl()));
  return It == Subjects.end() ? nullptr : &It->second;
}

const FunctionFacts *Index::facts(const FunctionDecl *FD) const {
  const auto *It = Functions.find(FD->getCanonicalDecl());
  return It == Functions.end() ? nullptr : &It->second;
}

const ValueDecl *Index::aliased(const ValueDecl *D) const {
  return AliasRoots.lookup(cast<ValueDecl>(D->getCanonicalDecl()));
}

llvm::SmallVector<Use, 16> Index::allUses(const ValueDecl *D) const {
  llvm::SmallVector<Use, 16> Result;
  llvm::SmallSetVector<const ValueDecl *, 8> Work;
  Work.insert(cast<ValueDecl>(D->getCanonicalDecl()));
  for (size_t I = 0; I != Work.size(); ++I)
    if (const Subject *S = find(Work[I])) {
      Result.append(S->Uses.begin(), S->Uses.end());
      for (const ValueDecl *Alias : S->Aliases)
        Work.insert(cast<ValueDecl>(Alias->getCanonicalDecl()));
    }
  return Result;
}

llvm::SmallPtrSet<const FunctionDecl *, 16>
Index::reachable(const FunctionDecl *Root) const {
  llvm::SmallPtrSet<const FunctionDecl *, 16> Seen;
  llvm::SmallVector<const FunctionDecl *, 16> Work{Root->getCanonicalDecl()};
  while (!Work.empty()) {
    const FunctionDecl *FD = Work.pop_back_val();
    if (!Seen.insert(FD).second)
      continue;
    if (const FunctionFacts *Facts = facts(FD))
      for (const FunctionDecl *Callee : Facts->Callees)
        Work.push_back(Callee);
  }
  return Seen;
}

const Use *Index::useAt(const Stmt *At) const {
  if (UseByStmt.empty())
    for (const auto &Entry : Subjects)
      for (const Use &U : Entry.second.Uses)
        if (U.At && U.Does != Verb::Query)
          UseByStmt.try_emplace(U.At, &U);
  return UseByStmt.lookup(At);
}

bool Index::releasedByGuard(const Use &U) const {
  const FunctionFacts *Facts =
      U.In && leak::releases(U.Does) ? facts(U.In) : nullptr;
  return Facts && Facts->HandedOn;
}

bool Index::matters(const FunctionDecl *Root) const {
  auto [It, New] = MattersCache.try_emplace(Root->getCanonicalDecl(), false);
  if (!New)
    return It->second;
  bool Result = false;
  for (const FunctionDecl *FD : reachable(Root))
    if (const FunctionFacts *Facts = facts(FD))
      Result |= Facts->Matters || Facts->Starts || !Facts->Locals.empty() ||
                !Facts->Holders.empty();
  return MattersCache[Root->getCanonicalDecl()] = Result;
}

} // namespace leak
