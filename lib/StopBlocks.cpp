//===--- StopBlocks.cpp - calls that a stop doesn't end -------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StopBlocks.h"
#include "Blocking.h"
#include "Spelling.h"
#include "Statements.h"
#include "StopFlags.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace leak {

namespace {

class Finder {
public:
  Finder(const Monitors &M, ArrayRef<StuckJoin> Told)
      : M(M), Ctx(M.context()), Executing(M.executions()), Outside(M),
        Told(Told) {
    for (const auto &[FD, F] : M.functions())
      for (const SyncEvent &E : F.Events)
        Any |= E.Does == SyncEvent::Block;
  }

  std::vector<StopBlock> run() {
    if (!Any)
      return {};
    for (const JoinSite &J : Executing.joins())
      joined(J);
    return std::move(Result);
  }

private:
  void joined(const JoinSite &Site) {
    for (const Running &R : Executing.of(Site.handle()))
      execution(*Site.In, Site.before(), Site.step(), R);
  }

  void execution(const SyncFunction &F, ArrayRef<Monitors::Step> Before,
                 const Monitors::Step &J, const Running &R) {
    if (llvm::none_of(R.Steps, [](const Monitors::Step &S) {
          return S.Event->Does == SyncEvent::Block;
        }))
      return;
    const SyncEvent *Set = nullptr;
    for (const Monitors::Step &S : Before) {
      // Forced, or awaited, or just started.
      if (S.Event->Does == SyncEvent::Cancel ||
          S.Event->Does == SyncEvent::Wait || S.Event == R.Start ||
          S.Event->Does == SyncEvent::Start)
        return;
      if (const SyncFunction *By = M.find(S.In); By && By->HandsThisOn)
        return;
      if (S.Event->Does == SyncEvent::Write && !S.Outer->Deferred &&
          isFlag(S.Event->Object.Decl) && !S.Event->Object.Element &&
          isa<FieldDecl, VarDecl>(S.Event->Object.Decl) &&
          pollLoop(M, R, S.Event->Changes))
        Set = S.Event;
    }
    if (!Set || F.HandsThisOn)
      return;
    std::optional<PollLoop> P = pollLoop(M, R, Set->Changes);
    // It ends itself.
    if (llvm::any_of(R.Steps, [&](const Monitors::Step &S) {
          return S.Event->Does == SyncEvent::Write &&
                 S.Event->Object.Decl == Set->Object.Decl;
        }))
      return;
    for (const Monitors::Step &W : R.Steps) {
      if (W.Event->Does != SyncEvent::Block || W.Outer->Deferred)
        continue;
      // It may have asked whether there is something.
      if (W.Event->Timed)
        return;
      if (!isWithin(W, *P) || !isStuck(W, F, J, R))
        continue;
      StopBlock Found;
      Found.Block = W.Event;
      Found.In = W.In;
      Found.Start = R.Start;
      Found.Set = Set;
      Found.Join = J.Event;
      Found.Stopper = F.Decl;
      Found.Loop = P->Loop;
      Result.push_back(Found);
      return;
    }
  }

  static bool isWithin(const Monitors::Step &W, const PollLoop &P) {
    return contains(P.Loop, W.Event->At) || contains(P.Loop, W.Outer->At) ||
           (W.Via && contains(P.Loop, W.Via->At));
  }

  bool isStuck(const Monitors::Step &W, const SyncFunction &F,
               const Monitors::Step &J, const Running &R) const {
    const ValueDecl *What = W.Event->Object.Decl;
    const Effect *Row = M.lexicon().effect(W.Event->At);
    const auto *Call = dyn_cast<CallExpr>(W.Event->At);
    const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
    if (!Row || Row->Does != Verb::Block || W.Event->Object.Element || !FD ||
        !FD->getIdentifier() || !isa<FieldDecl, VarDecl>(What) ||
        isa<ParmVarDecl>(What) ||
        // What is sent, is taken in the end, by somebody or the system.
        hasWord(FD->getName(),
                {"send", "sendto", "sendmsg", "sendmmsg", "write", "writev",
                 "put", "flush", "connect", "handshake"}))
      return false;
    if (llvm::any_of(Told,
                     [&](const StuckJoin &T) {
                       return T.Inside == W.Event || T.Join.Event == J.Event;
                     }) ||
        llvm::any_of(
            Result, [&](const StopBlock &Old) { return Old.Block == W.Event; }))
      return false;
    return !Outside.mayBeFreed(F.Decl, J.Outer->At->getBeginLoc(), What) &&
           (J.In == F.Decl ||
            !Outside.mayBeFreedIn(J.In, J.Event->At->getBeginLoc(), What)) &&
           !isFreedElsewhere(What, F, R) &&
           !Outside.isBounded(What, Outside.waitsSurely(*W.Event, W.In));
  }

  /// Another function does something to it that may end the call: somebody
  /// calls it before, perhaps. Signals may, too.
  bool isFreedElsewhere(const ValueDecl *What, const SyncFunction &F,
                        const Running &R) const {
    for (const auto &[FD, G] : M.functions()) {
      const FunctionDecl *Def = G.Decl;
      if (Def == F.Decl || Def == R.Entry ||
          llvm::any_of(R.Steps,
                       [&](const Monitors::Step &S) { return S.In == Def; }))
        continue;
      if (Outside.closedAfter(Def, {}, What) ||
          (M.isEntry(FD) && Outside.touches(Def, What)))
        return true;
    }
    return false;
  }

  const Monitors &M;
  ASTContext &Ctx;
  Executions &Executing;
  Blocking Outside;
  ArrayRef<StuckJoin> Told;
  bool Any = false;
  std::vector<StopBlock> Result;
};

} // namespace

std::vector<StopBlock> stopBlocks(const Monitors &M, ArrayRef<StuckJoin> Told) {
  return Finder(M, Told).run();
}

} // namespace leak
