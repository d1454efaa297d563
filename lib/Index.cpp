//===--- Index.cpp - a unit's operations on modelled objects --------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Index.h"
#include "Callable.h"

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

/// \p FD is a method of the class of the field \p D.
static bool ownedBy(const FunctionDecl *FD, const ValueDecl *D) {
  const auto *Field = dyn_cast<FieldDecl>(D);
  const auto *Method = dyn_cast<CXXMethodDecl>(FD);
  return Field && Method &&
         Method->getParent()->getCanonicalDecl() ==
             Field->getParent()->getCanonicalDecl();
}

bool Index::releasedByCallback(const ValueDecl *D) const {
  auto [It, New] = CallbackCache.try_emplace(D, false);
  if (!New)
    return It->second;
  llvm::SmallPtrSet<const FunctionDecl *, 4> Releasing, Entries;
  for (const Use &U : allUses(D)) {
    if (U.In && leak::releases(U.Does))
      Releasing.insert(U.In);
    if (U.Does == Verb::Start)
      for (const FunctionDecl *Entry : functionsNamedIn(U.At))
        Entries.insert(Entry->getCanonicalDecl());
  }
  bool Result = false;
  if (!Releasing.empty())
    // By itself: who else names a method gives another object's away.
    for (const auto &[FD, Facts] : Functions)
      if (ownedBy(FD, D))
        for (const FunctionDecl *Named : Facts.Named)
          if (!Entries.contains(Named))
            for (const FunctionDecl *Reached : reachable(Named))
              Result |= Releasing.contains(Reached);
  return CallbackCache[D] = Result;
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
