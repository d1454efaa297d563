//===--- StopGroups.cpp - groups whose first end stops the others ---------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StopGroups.h"
#include "ChannelDuty.h"

using namespace clang;

namespace leak {

/// The only execution that asks \p C to stop, when that is sure.
static const Run *onlyAsker(const ChannelUses &All, const Channel &C) {
  const Run *Asker = nullptr;
  for (const Use &Request : C.Uses) {
    if (Request.Does != Verb::RequestStop)
      continue;
    SmallVector<const Run *, 2> By = All.executions(C, Request.In);
    if (By.size() != 1 || !By.front() || (Asker && Asker != By.front()))
      return nullptr;
    Asker = By.front();
  }
  return Asker && !All.repeated(Asker->At) ? Asker : nullptr;
}

/// Somebody waits for one of \p Holders besides \p Asker.
static bool waitedFor(const ChannelUses &All, ArrayRef<Holder> Holders,
                      const Run *Asker) {
  return llvm::any_of(Holders, [&](const Holder &H) {
    if (!H.Started->Handle || H.Started->Runs == Asker->Runs)
      return false;
    const TypeModel *M = H.Started->HandleModel;
    if (M && (M->IfUnreleased == Unreleased::Block ||
              M->IfUnreleased == Unreleased::StopAndJoin))
      return true;
    for (const auto &[Key, F] : All.table().all())
      for (const Expr *E : F.Calls)
        if (isa<CallExpr>(E) && All.joined(E) == H.Started->Handle)
          return true;
    return false;
  });
}

std::optional<QuietEnd> quietEnd(const ChannelUses &All, const Channel &C,
                                 ArrayRef<Holder> Holders, FlowGraphs &Graphs) {
  const Run *Asker = onlyAsker(All, C);
  if (!Asker || !waitedFor(All, Holders, Asker))
    return std::nullopt;
  // Who looks whether it is asked itself, may end because somebody did.
  const FunctionDecl *In = Asker->Runs;
  const Use *Request = nullptr;
  for (const Use &Us : C.Uses)
    if (Us.In && Us.In->getCanonicalDecl() == In->getCanonicalDecl()) {
      if (Us.Does != Verb::RequestStop)
        return std::nullopt;
      Request = &Us;
    }
  if (!Request)
    return std::nullopt;
  ThrowSearch Search(All.lexicon());
  bool Carries = Asker->HandleModel && Asker->HandleModel->CarriesExceptions;
  ChannelDuty D("", /*Owed=*/true, Carries ? &Search : nullptr,
                [&](const Stmt *S, Owing) {
                  for (const Use &Us : C.Uses)
                    if (Us.At == S && Us.Does == Verb::RequestStop)
                      return Act::Discharge;
                  for (const Run &R : All.runs())
                    if (R.At == S && All.mayDo(C, R.Runs, Verb::RequestStop))
                      return Act::HandOn;
                  return Act::Nothing;
                });
  Simulation Sim = simulate(Graphs.body(In), D);
  if (!Sim.Complete)
    return std::nullopt;
  for (Outcome &O : Sim.Outcomes)
    if (O.State == Owing::Owed && (!O.Throws || Carries))
      return QuietEnd{Asker, Request, std::move(O)};
  return std::nullopt;
}

const Run *rethrownBy(const ChannelUses &All, const Expr *Call,
                      const ThrowSearch &Search) {
  const Effect *Row = All.lexicon().effect(Call);
  const ValueDecl *Handle =
      Row && Row->Does == Verb::Join ? All.joined(Call) : nullptr;
  if (!Handle)
    return nullptr;
  for (const Run &R : All.runs())
    if (R.Started && R.Handle == Handle && R.HandleModel &&
        R.HandleModel->CarriesExceptions && Search.find(R.Runs))
      return &R;
  return nullptr;
}

} // namespace leak
