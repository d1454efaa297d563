//===--- ClosedWaits.cpp - closes that wake nobody ------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ClosedWaits.h"
#include "Blocking.h"
#include "Spelling.h"
#include "Starts.h"
#include "Statements.h"
#include "Tell.h"
#include "Traversal.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/TargetInfo.h"

using namespace clang;

namespace leak {

namespace {

class Finder {
public:
  Finder(const Monitors &M, ArrayRef<StuckJoin> Told)
      : M(M), Executing(M.executions()), Outside(M), Told(Told) {}

  std::vector<ClosedWait> run() {
    // Elsewhere, a close may end the calls of others.
    if (!M.context().getTargetInfo().getTriple().isOSLinux() || !anyBlock())
      return {};
    for (const JoinSite &J : Executing.joins(/*Depth=*/2))
      joiner(J);
    for (const auto &[FD, F] : M.functions())
      if (runsInThread(F.Decl) || listensForBase(F))
        unjoined(F.Decl);
    return std::move(Result);
  }

private:
  bool anyBlock() const {
    return llvm::any_of(M.functions(), [](const auto &Entry) {
      return llvm::any_of(Entry.second.Events, isOnNumber);
    });
  }

  /// It waits on a descriptor by its number, for what comes from outside.
  static bool isOnNumber(const SyncEvent &E) {
    const auto *Call =
        E.Does == SyncEvent::Block ? dyn_cast<CallExpr>(E.At) : nullptr;
    const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
    return FD && !E.Timed && !E.Object.Element && FD->getIdentifier() &&
           isa_and_nonnull<FieldDecl, VarDecl>(E.Object.Decl) &&
           isNumber(E.Object.Decl->getType()) &&
           hasWord(FD->getName(), {"accept", "accept4", "recv", "recvfrom",
                                   "recvmsg", "recvmmsg", "read", "readv"});
  }

  /// Also an atomic one.
  static bool isNumber(QualType T) {
    const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
    return T->isIntegerType() || T->isAtomicType() ||
           (RD && RD->getIdentifier() && RD->getName() == "atomic");
  }

  /// The member, or variable of all, whose number the call got: maybe as an
  /// argument of its function, or as a copy.
  static const ValueDecl *numberOf(const Monitors::Step &W) {
    const ValueDecl *D = W.Event->Object.Decl;
    if (const auto *Param = dyn_cast<ParmVarDecl>(D)) {
      const auto *Call = W.Via ? dyn_cast<CallExpr>(W.Via->At) : nullptr;
      unsigned No = Param->getFunctionScopeIndex();
      D = Call && !isa<CXXOperatorCallExpr>(Call) && No < Call->getNumArgs()
              ? Blocking::numberIn(Call->getArg(No))
              : nullptr;
    } else if (const auto *VD = dyn_cast<VarDecl>(D);
               VD && VD->hasLocalStorage()) {
      D = VD->getInit() ? Blocking::numberIn(VD->getInit()) : nullptr;
    }
    const auto *VD = dyn_cast_or_null<VarDecl>(D);
    return D && isNumber(D->getType()) && (!VD || VD->hasGlobalStorage())
               ? D
               : nullptr;
  }

  //===--------------------------------------------------------------------===//
  // Closed, and then joined
  //===--------------------------------------------------------------------===//

  void joiner(const JoinSite &Site) {
    const Monitors::Step &J = Site.step();
    const SyncFunction &F = *Site.In;
    if (J.In != F.Decl && J.ViaIn != F.Decl)
      return;
    // Or just started.
    if (Site.isForcedOrAwaited() ||
        llvm::any_of(Site.before(), [](const Monitors::Step &S) {
          return S.Event->Does == SyncEvent::Start;
        }))
      return;
    for (const Running &R : Executing.of(Site.handle()))
      joined(F, J, R);
  }

  void joined(const SyncFunction &F, const Monitors::Step &J,
              const Running &R) {
    for (const Monitors::Step &W : R.Steps) {
      const ValueDecl *What = candidate(W, R.Steps);
      if (!What)
        continue;
      const Expr *Close =
          Outside.onlyClosed(F.Decl, J.Outer->At->getBeginLoc(), What);
      if (!Close || freedByCallers(F.Decl, What) ||
          (J.In != F.Decl &&
           Outside.mayBeFreedIn(J.In, J.Event->At->getBeginLoc(), What)) ||
          endsOtherwise(W, What, F.Decl))
        continue;
      add({W.Event, What, Close, F.Decl, R.Start, J.Event});
      return;
    }
  }

  bool freedByCallers(const FunctionDecl *FD, const ValueDecl *What) const {
    return llvm::any_of(M.callers(FD), [&](const Monitors::Caller &C) {
      return Outside.mayBeFreed(C.In->Decl, C.At->At->getBeginLoc(), What);
    });
  }

  //===--------------------------------------------------------------------===//
  // Closed, and joined elsewhere
  //===--------------------------------------------------------------------===//

  /// What a thread begins with, as far as it is visible; or what its class
  /// overrides of one that is called a thread.
  bool runsInThread(const FunctionDecl *FD) const {
    if (M.isEntry(FD))
      return true;
    const auto *Method = dyn_cast<CXXMethodDecl>(FD);
    return Method && llvm::any_of(Method->overridden_methods(),
                                  [](const CXXMethodDecl *Base) {
                                    const CXXRecordDecl *RD = Base->getParent();
                                    return RD->getIdentifier() &&
                                           hasWord(RD->getName(), {"thread"});
                                  });
  }

  /// A loop that a flag of the object ends, in what a class overrides: it is
  /// the base that runs it, and who stops can't be the same thread. A signal
  /// handler could, of what the program calls itself.
  bool listensForBase(const SyncFunction &F) const {
    const auto *Method = dyn_cast<CXXMethodDecl>(F.Decl);
    return Method && Method->size_overridden_methods() &&
           M.callers(F.Decl).empty() &&
           llvm::any_of(F.Events, [&](const SyncEvent &E) {
             return isOnNumber(E) && E.Loop &&
                    llvm::any_of(
                        M.exits(E.Loop).Terms, [](const Predicate::Term &T) {
                          return isa_and_nonnull<FieldDecl>(T.What.Decl) &&
                                 isFlag(T.What.Decl);
                        });
           });
  }

  void unjoined(const FunctionDecl *Entry) {
    std::vector<Monitors::Step> Steps = M.steps(Entry);
    for (const Monitors::Step &W : Steps) {
      const ValueDecl *What = candidate(W, Steps);
      if (!What || !(W.Event->Loop || W.Outer->Loop))
        continue;
      for (const auto &[FD, F] : M.functions()) {
        const FunctionDecl *Decl = F.Decl;
        if (Decl == Entry || !asksToEnd(Decl) ||
            llvm::any_of(
                Steps, [&](const Monitors::Step &S) { return S.In == Decl; }) ||
            !stops(F, W))
          continue;
        const Expr *Close = Outside.onlyClosed(Decl, {}, What);
        if (!Close || freedByCallers(Decl, What) ||
            endsOtherwise(W, What, Decl))
          continue;
        add({W.Event, What, Close, Decl, nullptr, nullptr});
        return;
      }
    }
  }

  /// Not the end of its life: that may come after the thread's.
  static bool asksToEnd(const FunctionDecl *FD) {
    return FD->getIdentifier() &&
           hasWord(FD->getName(), {"stop", "shutdown", "terminate", "quit",
                                   "interrupt", "abort", "halt"});
  }

  /// \p F sets a flag that ends the loop around the wait, or lets the base of
  /// its class do so; and waits for nobody, nor do its callers before.
  bool stops(const SyncFunction &F, const Monitors::Step &W) const {
    bool Asks = callsBase(F.Decl->getBody(), F.Decl);
    for (const Monitors::Step &S : M.steps(F.Decl, 2)) {
      if (S.Event->Does == SyncEvent::Join ||
          S.Event->Does == SyncEvent::Wait ||
          S.Event->Does == SyncEvent::Cancel)
        return false;
      if (S.Event->Does != SyncEvent::Write || !isFlag(S.Event->Object.Decl))
        continue;
      for (const Stmt *L : loopsAround(W.In->getBody(), W.Event->At))
        Asks |= M.exits(L).helped(S.Event->Changes) == Answer::Yes;
      if (const FunctionDecl *Outer = W.ViaIn)
        for (const Stmt *L : loopsAround(Outer->getBody(), W.Via->At))
          Asks |= M.exits(L).helped(S.Event->Changes) == Answer::Yes;
    }
    return Asks &&
           llvm::none_of(M.callers(F.Decl), [&](const Monitors::Caller &C) {
             return llvm::any_of(M.steps(C.In->Decl, 2),
                                 [](const Monitors::Step &S) {
                                   return S.Event->Does == SyncEvent::Join;
                                 });
           });
  }

  /// `Base::stop()` in `stop()`.
  static bool callsBase(const Stmt *Body, const FunctionDecl *In) {
    const auto *Own = dyn_cast<CXXMethodDecl>(In);
    return Own && Own->getIdentifier() && anyIn(Body, [&](const Stmt *S) {
             const auto *MC = dyn_cast<CXXMemberCallExpr>(S);
             const CXXMethodDecl *Called = MC ? MC->getMethodDecl() : nullptr;
             return Called && Called->getIdentifier() &&
                    Called->getName() == Own->getName() &&
                    Called->getParent() != Own->getParent();
           });
  }

  //===--------------------------------------------------------------------===//
  // Both
  //===--------------------------------------------------------------------===//

  /// The number on which it waits, where nothing that is bounded stands beside
  /// it, nor anything that waits for several.
  const ValueDecl *candidate(const Monitors::Step &W,
                             ArrayRef<Monitors::Step> Steps) const {
    if (!isOnNumber(*W.Event) || W.Outer->Deferred || waitsForSeveral(W.In) ||
        llvm::any_of(Steps, [&](const Monitors::Step &S) {
          const Effect *Row = S.Event->Does == SyncEvent::Block
                                  ? M.lexicon().effect(S.Event->At)
                                  : nullptr;
          return Row && (S.Event->Timed || Row->Timeout >= 0);
        }))
      return nullptr;
    const ValueDecl *What = numberOf(W);
    return What && !mayBeFile(What) ? What : nullptr;
  }

  /// Some call in \p FD waits for one of several, without an object of its own.
  bool waitsForSeveral(const FunctionDecl *FD) const {
    return anyIn(FD->getBody(), [&](const Stmt *S) {
      const auto *Call = dyn_cast<CallExpr>(S);
      const Effect *Row = Call ? M.lexicon().effect(Call) : nullptr;
      return Row && Row->Does == Verb::Block && Row->Timeout >= 0;
    });
  }

  /// A file has an end; a device, by its path, waits.
  bool mayBeFile(const ValueDecl *What) const {
    auto IsOpened = [&](const Stmt *S) {
      const auto *BO = dyn_cast<BinaryOperator>(S);
      if (!BO || BO->getOpcode() != BO_Assign ||
          placeOf(BO->getLHS()).Decl != What)
        return false;
      const auto *Call = dyn_cast_or_null<CallExpr>(strip(BO->getRHS()));
      const FunctionDecl *Maker = Call ? Call->getDirectCallee() : nullptr;
      return Maker && Maker->getIdentifier() &&
             hasWord(Maker->getName(), {"open", "openat", "fileno"}) &&
             !StringRef(sourceText(Call, M.context())).contains("/dev/");
    };
    return llvm::any_of(M.functions(), [&](const auto &Entry) {
      return anyIn(Entry.second.Decl->getBody(), IsOpened);
    });
  }

  /// A limit is set, or another function shuts it down.
  bool endsOtherwise(const Monitors::Step &W, const ValueDecl *What,
                     const FunctionDecl *By) const {
    bool Surely = Outside.waitsSurely(*W.Event, W.In) ||
                  (W.Via && Outside.waitsSurely(*W.Via, W.ViaIn));
    const ValueDecl *Copy = W.Event->Object.Decl;
    return Outside.isBounded(What, Surely) ||
           // Where an atomic number comes from, isn't asked.
           (!What->getType()->isIntegerType() && !Surely) ||
           (Copy != What && Outside.isBounded(Copy, true)) ||
           llvm::any_of(M.functions(), [&](const auto &Entry) {
             const FunctionDecl *FD = Entry.second.Decl;
             return FD != By && Outside.wakesByClose(FD, What);
           });
  }

  void add(ClosedWait Found) {
    if (llvm::any_of(Told,
                     [&](const StuckJoin &T) {
                       return T.Inside == Found.Block ||
                              (Found.Join && T.Join.Event == Found.Join);
                     }) ||
        llvm::any_of(Result, [&](const ClosedWait &Old) {
          return Old.Block == Found.Block;
        }))
      return;
    const auto *Call = cast<CallExpr>(Found.Block->At);
    Found.OnSocket =
        !hasWord(Call->getDirectCallee()->getName(), {"read", "readv"});
    Result.push_back(Found);
  }

  const Monitors &M;
  Executions &Executing;
  Blocking Outside;
  ArrayRef<StuckJoin> Told;
  std::vector<ClosedWait> Result;
};

} // namespace

std::vector<ClosedWait> closedWaits(const Monitors &M,
                                    ArrayRef<StuckJoin> Told) {
  return Finder(M, Told).run();
}

} // namespace leak
