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
  auto [It, New] = Known.try_emplace(Handle);
  if (!New)
    return It->second;
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
  return Known[Handle] = std::move(All);
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
      return exitsOf(Main, M.context());
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

void forEachJoin(
    const Monitors &M,
    llvm::function_ref<void(const SyncFunction &F,
                            llvm::ArrayRef<Monitors::Step> Steps, size_t At)>
        Visit,
    unsigned Depth) {
  for (const auto &[FD, F] : M.functions()) {
    if (!reachesJoin(F))
      continue;
    std::vector<Monitors::Step> Steps = M.steps(F.Decl, Depth);
    for (size_t At = 0; At != Steps.size(); ++At)
      if (const SyncEvent &J = *Steps[At].Event;
          J.Does == SyncEvent::Join && !J.Timed && !Steps[At].Outer->Deferred)
        Visit(F, Steps, At);
  }
}

} // namespace leak
