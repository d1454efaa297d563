//===--- Executions.cpp - what runs behind handles, who joins it ----------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Executions.h"
#include "Statements.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace leak {

Executions::Executions(const Monitors &M) : M(M) {
  for (const auto &[FD, F] : M.functions())
    for (const SyncEvent &E : F.Events)
      if (E.Does == SyncEvent::Start && E.Object)
        Starts[E.Object.Decl].push_back(&E);
}

const std::vector<Running> &Executions::of(const ValueDecl *Handle) {
  if (const auto It = Known.find(Handle); It != Known.end())
    return *It->second;
  std::vector<Running> All;
  for (const SyncEvent *S : Starts.lookup(Handle))
    for (const FunctionDecl *Entry : S->Entries)
      if (M.find(Entry))
        All.push_back({S, Entry, M.steps(Entry)});
  // A class that is a thread by its base; it is started elsewhere.
  if (const auto *Method = dyn_cast<CXXMethodDecl>(Handle))
    if (const FunctionDecl *Def = nullptr;
        All.empty() && Method->isDefined(Def) && M.find(Def))
      All.push_back({nullptr, Def, M.steps(Def)});
  std::unique_ptr<std::vector<Running>> &Kept = Known[Handle];
  Kept = std::make_unique<std::vector<Running>>(std::move(All));
  return *Kept;
}

std::optional<Predicate> mainLoopExits(const Monitors &M, const Running &R) {
  const FunctionDecl *FD = R.Entry;
  for (unsigned Depth = 0; Depth != 3; ++Depth) {
    const auto *Body = dyn_cast_or_null<CompoundStmt>(FD->getBody());
    if (!Body)
      return std::nullopt;
    const Stmt *Main = nullptr;
    for (const Stmt *S : Body->body())
      if (isa<ForStmt, WhileStmt, DoStmt>(S)) {
        if (Main)
          return std::nullopt;
        Main = S;
      } else if (!Main && mayReturn(S)) {
        return std::nullopt;
      }
    if (Main)
      return M.exits(Main);
    // `[this] { run(); }`
    const SyncFunction *F = M.find(FD);
    const SyncEvent *Only = nullptr;
    if (F)
      for (const SyncEvent &E : F->Events)
        if (E.Does == SyncEvent::Call) {
          if (Only)
            return std::nullopt;
          Only = &E;
        }
    if (!Only || Only->Deferred)
      return std::nullopt;
    FD = Only->Callee;
  }
  return std::nullopt;
}

bool reachesJoin(const SyncFunction &F) {
  return llvm::any_of(F.Events, [](const SyncEvent &E) {
    return E.Does == SyncEvent::Join || E.Does == SyncEvent::Call;
  });
}

bool JoinSite::isForcedOrAwaited() const {
  return llvm::any_of(before(), [](const Monitors::Step &S) {
    return S.Event->Does == SyncEvent::Cancel ||
           S.Event->Does == SyncEvent::Wait;
  });
}

ArrayRef<JoinSite> Executions::joins(unsigned Depth) {
  auto [It, New] = Joins.try_emplace(Depth);
  KnownJoins &All = It->second;
  if (!New)
    return All.Sites;
  for (const auto &[FD, F] : M.functions()) {
    if (!reachesJoin(F))
      continue;
    auto Steps =
        std::make_unique<std::vector<Monitors::Step>>(M.steps(F.Decl, Depth));
    size_t Before = All.Sites.size();
    for (size_t At = 0; At != Steps->size(); ++At)
      if (const Monitors::Step &J = (*Steps)[At];
          J.Event->Does == SyncEvent::Join && !J.Event->Timed &&
          !J.Outer->Deferred)
        All.Sites.push_back({&F, *Steps, At});
    if (All.Sites.size() != Before)
      All.Steps.push_back(std::move(Steps));
  }
  return All.Sites;
}

} // namespace leak
