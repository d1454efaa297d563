//===--- unclosed-channel.cpp - leak-unclosed-channel ---------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// An execution receives from a channel in a loop that only the closing of the
/// channel ends, and nobody closes it before that execution is joined or the
/// channel is left behind: at all, or on some path.
///
/// Assumed: a loop that looks at what it receives before it goes on may be
/// ended by a value. Knowingly missed: see the page.
///
//===----------------------------------------------------------------------===//

#include "ChannelDuty.h"
#include "Check.h"
#include "HalfCloses.h"
#include "Pipes.h"
#include "SelfWakes.h"
#include "Starts.h"
#include "Statements.h"
#include "Tell.h"
#include "clang/AST/ParentMapContext.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/SmallSet.h"

using namespace clang;

namespace leak {
namespace {

/// Who receives, and how that began.
struct Consumer {
  const Use *Loop = nullptr;
  const Run *Started = nullptr; ///< Null: the owner itself.
};

class UnclosedChannel : public Check {
public:
  ArrayRef<Kind> kinds() const override {
    static constexpr Kind K[] = {Kind::TaskHandle};
    return K;
  }

  /// Threads that wait in a method of a class of the project's own, and are
  /// joined before anybody tells that class to end the wait.
  void analyze(Unit &U) override {
    if (!U.index() || !U.index()->anyStart() || !U.anyWait())
      return;
    for (const StuckJoin &J : U.stuckJoins())
      if (J.isReceiving())
        stuck(U, J);
  }

  void analyzeFunctions(Unit &U) override {
    if (U.anyWait())
      for (const HalfClose &H : halfCloses(U.monitors()))
        half(U, H);
    for (const OpenPipe &P :
         openPipes(U.functions(), U.lexicon(), U.graphs(),
                   [&]() -> const Monitors & { return U.monitors(); }))
      pipe(U, P);
    for (const UnwokenRead &R :
         unwokenReads(U.functions(), U.lexicon(),
                      [&]() -> const Monitors & { return U.monitors(); }))
      unwoken(U, R);
    const ChannelUses *All = U.channels();
    if (!All)
      return;
    for (const Channel &C : All->all()) {
      if (!C.can(Verb::Close) || !C.has(Verb::Receive) || sendsNothing(C))
        continue;
      SmallVector<Consumer, 2> Consumers;
      for (const Use &Receive : C.Uses)
        if (All->drains(Receive))
          for (const Run *R : All->executions(C, Receive.In))
            Consumers.push_back({&Receive, R});
      if (Consumers.empty())
        continue;
      if (C.Owner)
        local(U, *All, C, Consumers);
      else
        member(U, *All, C, Consumers);
    }
  }

private:
  void stuck(Unit &U, const StuckJoin &J) {
    Finding R;
    R.Check = name().str();
    R.Loc = J.Join.Event->At->getBeginLoc();
    std::string Handle =
                    "'" + J.Join.Event->Object.Decl->getNameAsString() + "'",
                Receive = "'" + J.InsideIn->getNameAsString() + "'";
    R.Message =
        Handle + " is joined, but may receive in " + Receive + " for ever: ";
    switch (J.Why) {
    case StuckJoin::Endless:
      R.Message += "its loop has no end";
      break;
    case StuckJoin::NotWoken:
      R.Message +=
          "nothing wakes it after '" + J.Flag->getNameAsString() + "' is set";
      break;
    default:
      R.Message += "what is notified doesn't end the wait there";
      break;
    }
    if (J.Start)
      R.Notes.push_back({J.Start->At->getBeginLoc(), "started here"});
    if (J.Set)
      R.Notes.push_back({J.Set->At->getBeginLoc(), "set here"});
    R.Notes.push_back({J.Inside->At->getBeginLoc(), "waits here"});
    U.report(std::move(R));
  }

  /// A bounded queue whose end is told to those who receive only.
  void half(Unit &U, const HalfClose &H) {
    auto Quoted = [](const NamedDecl *D) {
      return "'" + D->getNameAsString() + "'";
    };
    Finding R;
    R.Check = name().str();
    R.Loc = R.Stuck = H.Left->At->getBeginLoc();
    R.Rank = 2;
    R.Message = "this wait for room is not ended by " + Quoted(H.In) +
                ", which ends those who receive; who sends then waits for ever";
    R.Notes.push_back(
        {H.Ended->At->getBeginLoc(),
         "what receives waits here, and tests " + Quoted(H.Set->Object.Decl)});
    R.Notes.push_back({H.Set->At->getBeginLoc(),
                       "set here; test it in the wait for room as well"});
    if (H.Notify->Object.Decl != H.Left->Object.Decl)
      R.Notes.push_back({H.Notify->At->getBeginLoc(),
                         "those who receive are woken here; wake those who "
                         "wait on " +
                             Quoted(H.Left->Object.Decl) + " as well"});
    U.report(std::move(R));
  }

  /// Nobody writes what would wake the one who is joined.
  void unwoken(Unit &U, const UnwokenRead &W) {
    Finding R;
    R.Check = name().str();
    R.Loc = W.Join->At->getBeginLoc();
    R.Stuck = W.Read->getBeginLoc();
    R.Rank = 2;
    R.Message = "'" + W.Join->Object.Decl->getNameAsString() +
                "' is joined, but may read from '" +
                W.Descriptor->getNameAsString() +
                "' for ever: nothing is written to it after '" +
                W.Set->Object.Decl->getNameAsString() + "' is set";
    R.Notes.push_back({W.Start->At->getBeginLoc(), "started here"});
    R.Notes.push_back({W.Set->At->getBeginLoc(), "set here"});
    R.Notes.push_back({W.Read->getBeginLoc(), "waits here"});
    U.report(std::move(R));
  }

  /// Who reads to the end waits for all that could write.
  void pipe(Unit &U, const OpenPipe &P) {
    auto End = [&](unsigned I) {
      return "'" + P.Pair->getNameAsString() + "[" + std::to_string(I) + "]'";
    };
    Finding R;
    R.Check = name().str();
    R.Loc = P.Join ? P.Join->getBeginLoc() : P.Read->getBeginLoc();
    R.Message = End(P.Written) +
                (P.Never ? " is never closed" : " is still open here") + "; " +
                (P.Join ? "what reads " + End(1 - P.Written) +
                              " to its end never ends, and this join waits for "
                              "ever"
                        : "this loop reads " + End(1 - P.Written) +
                              " to its end, and never ends");
    R.Notes.push_back({P.Made->getBeginLoc(),
                       "made here; the end comes when nobody has " +
                           End(P.Written) + " open, this process included"});
    if (P.Start)
      R.Notes.push_back({P.Start->getBeginLoc(), "what reads is started here"});
    if (P.Join)
      R.Notes.push_back(
          {P.Loop->getBeginLoc(), "its loop ends only at the end"});
    Outcome O;
    O.Way = P.Way;
    if (!isa<FieldDecl>(P.Pair))
      tellWay(O, nullptr, U.graphs().body(P.In), R);
    U.report(std::move(R));
  }

  //===------------------------------------------------------------------===//
  // Local channels

  void local(Unit &U, const ChannelUses &All, const Channel &C,
             ArrayRef<Consumer> Consumers) {
    // Who else runs may close it, and when, isn't known.
    if (llvm::any_of(C.Uses, [&](const Use &Close) {
          return Close.Does == Verb::Close &&
                 llvm::any_of(All.executions(C, Close.In),
                              [](const Run *R) { return R != nullptr; });
        })) {
      closers(U, All, C);
      return;
    }
    SmallVector<Consumer, 2> Started;
    for (const Consumer &By : Consumers)
      if (By.Started)
        Started.push_back(By);
    if (!Started.empty()) {
      started(U, All, C, Started);
      return;
    }
    if (C.has(Verb::Send) || C.has(Verb::TrySend) || !C.can(Verb::Send))
      byOwner(U, All, C, *Consumers.front().Loop);
  }

  /// `jobs.push(nullptr)`, `jobs.push({})`: where the value itself says that
  /// the end has come, that is one.
  static bool sendsNothing(const Channel &C) {
    return llvm::any_of(C.Uses, [](const Use &U) {
      const auto *Call = dyn_cast_or_null<CallExpr>(U.At);
      if ((U.Does != Verb::Send && U.Does != Verb::TrySend) || !Call)
        return false;
      return llvm::any_of(Call->arguments(), [](const Expr *Arg) {
        for (unsigned Depth = 0; Arg && Depth != 6; ++Depth) {
          Arg = strip(Arg);
          if (isa_and_nonnull<CXXNullPtrLiteralExpr, GNUNullExpr,
                              CXXScalarValueInitExpr, ImplicitValueInitExpr>(
                  Arg))
            return true;
          if (const auto *IL = dyn_cast_or_null<InitListExpr>(Arg))
            return IL->getNumInits() == 0;
          const auto *CE = dyn_cast_or_null<CXXConstructExpr>(Arg);
          if (!CE)
            return false;
          if (!CE->getNumArgs())
            return true;
          Arg = CE->getArg(0);
        }
        return false;
      });
    });
  }

  static const FunctionDecl *ownerBody(const Channel &C) {
    const FunctionDecl *Def = nullptr;
    return C.Owner->isDefined(Def) ? Def : nullptr;
  }

  /// What the statements of the owner do that have nothing to do with who
  /// receives.
  static std::optional<Act::Kind> closes(const ChannelUses &All,
                                         const Channel &C,
                                         const FunctionDecl *In,
                                         const Stmt *S) {
    for (const Use &Close : C.Uses)
      if (Close.Does == Verb::Close && Close.At == S)
        return Act::Discharge;
    for (const Run &R : All.runs())
      if (R.At == S && R.By == In && !R.Started &&
          All.mayDo(C, R.Runs, Verb::Close))
        return Act::HandOn;
    return std::nullopt;
  }

  /// The consumers are started by the owner, or by what it starts.
  void started(Unit &U, const ChannelUses &All, const Channel &C,
               ArrayRef<Consumer> Consumers) {
    const FunctionDecl *In = ownerBody(C);
    if (!In)
      return;
    const Body &B = U.graphs().body(In);
    ThrowSearch Search(U.lexicon());
    llvm::SmallPtrSet<const ValueDecl *, 4> Handles;
    llvm::SmallPtrSet<const Stmt *, 4> Starts;
    for (const Consumer &By : Consumers) {
      Starts.insert(By.Started->At);
      if (By.Started->Handle)
        Handles.insert(By.Started->Handle);
    }
    ChannelDuty D("", /*Owed=*/false, &Search, [&](const Stmt *S, Owing Now) {
      if (std::optional<Act::Kind> What = closes(All, C, In, S))
        return *What;
      if (Starts.contains(S) && Now == Owing::Free)
        return Act::Incur;
      const auto *E = dyn_cast<CallExpr>(S);
      const ValueDecl *Joined =
          E && Now == Owing::Owed ? All.joined(E) : nullptr;
      return Joined && Handles.contains(Joined) ? Act::Incur : Act::Nothing;
    });
    Simulation Sim = simulate(B, D);
    if (!Sim.Complete)
      return;
    std::vector<const Misstep *> Joins;
    for (const Misstep &M : Sim.Missteps)
      if (M.What == Misstep::Again && M.At && !Starts.contains(M.At))
        Joins.push_back(&M);
    std::vector<const Outcome *> Exits, Keep;
    for (const Outcome &O : Sim.Outcomes) {
      if (O.State == Owing::Owed && !isExcused(All, C, In, O, Consumers))
        Exits.push_back(&O);
      if (O.State == Owing::Done && !O.Throws)
        Keep.push_back(&O);
    }
    if (!Joins.empty())
      tellJoin(U, All, C, B, Consumers, Joins);
    else if (!Exits.empty())
      tellExit(U, All, C, B, Consumers, Exits, Keep);
  }

  /// Leaving the function doesn't wait for the consumer, or ends it, or is
  /// reported by others.
  static bool isExcused(const ChannelUses &All, const Channel &C,
                        const FunctionDecl *In, const Outcome &O,
                        ArrayRef<Consumer> Consumers) {
    bool Waits = false, Terminates = true;
    for (const Consumer &By : Consumers) {
      const TypeModel *M = By.Started->HandleModel;
      bool Detached = By.Started->Handle && isDetached(All, By.Started->Handle);
      // It dies under the one who receives: leak-channel-misuse.
      if (C.Direct && Detached)
        return true;
      Waits |= M && (M->IfUnreleased == Unreleased::Block ||
                     M->IfUnreleased == Unreleased::StopAndJoin);
      Terminates &= M && M->IfUnreleased == Unreleased::Terminate &&
                    By.Started->Handle && !Detached;
    }
    return !Waits && (Terminates || O.Throws || In->isMain());
  }

  static bool isDetached(const ChannelUses &All, const ValueDecl *Handle) {
    for (const auto &[Key, F] : All.table().all())
      for (const Expr *Call : F.Calls)
        if (All.detached(Call) == Handle)
          return true;
    return false;
  }

  /// The owner itself receives, and waits for what others, or it, have sent.
  void byOwner(Unit &U, const ChannelUses &All, const Channel &C,
               const Use &Loop) {
    const FunctionDecl *In = ownerBody(C);
    if (!In || !Loop.In ||
        Loop.In->getCanonicalDecl() != In->getCanonicalDecl())
      return;
    const Body &B = U.graphs().body(In);
    const auto *Range = dyn_cast<CXXForRangeStmt>(Loop.At);
    ChannelDuty D("", /*Owed=*/true, nullptr, [&](const Stmt *S, Owing Now) {
      if (std::optional<Act::Kind> What = closes(All, C, In, S))
        return *What;
      bool Waits = S == Loop.At ||
                   (Range && isa<CallExpr>(S) && isReceive(U, cast<Expr>(S)) &&
                    contains(Range->getBeginStmt(), S));
      return Waits && Now == Owing::Owed ? Act::Incur : Act::Nothing;
    });
    Simulation Sim = simulate(B, D);
    const Misstep *First = nullptr;
    for (const Misstep &M : Sim.Missteps)
      if (!First && M.What == Misstep::Again)
        First = &M;
    if (!Sim.Complete || !First)
      return;
    Finding R;
    R.Check = name().str();
    R.Loc = C.Decl->getLocation();
    R.Message = quoted(C) +
                (C.has(Verb::Close)
                     ? " is closed only after the loop that receives from it; "
                       "the loop never ends"
                     : " is never closed; the loop that receives from it never "
                       "ends");
    R.Notes.push_back({Loop.Loop->getBeginLoc(),
                       "this loop ends only when the channel is closed"});
    Outcome O;
    O.Way = First->Way;
    tellWay(O, nullptr, B, R);
    senders(All, C, R);
    tellInferred(C, All.lexicon(), R);
    if (onlyOwnerSends(All, C) && copes(Loop) && !closing(C).empty() &&
        C.Model->IfReclosed == Rejoin::Quiet)
      if (auto Fix = insertBefore(Loop.Loop, closing(C) + ";", U.context()))
        R.FixIts.push_back(*Fix);
    U.report(std::move(R));
  }

  static bool isReceive(Unit &U, const Expr *E) {
    const Effect *Row = U.lexicon().effect(E);
    return Row && Row->Does == Verb::Receive;
  }

  /// The loop notices the end by itself; other ones throw.
  static bool copes(const Use &Loop) {
    return isa<CXXForRangeStmt>(Loop.At) ||
           (Loop.Row && Loop.Row->Fails != Failure::Never);
  }

  static bool onlyOwnerSends(const ChannelUses &All, const Channel &C) {
    return llvm::all_of(C.Uses, [&](const Use &U) {
      if (U.Does != Verb::Send && U.Does != Verb::TrySend)
        return U.Does != Verb::Escape;
      SmallVector<const Run *, 2> By = All.executions(C, U.In);
      return By.size() == 1 && !By.front();
    });
  }

  static void senders(const ChannelUses &All, const Channel &C, Finding &R) {
    if (onlyOwnerSends(All, C))
      return;
    for (const Use &U : C.Uses)
      if (U.Does == Verb::Send || U.Does == Verb::TrySend) {
        R.Notes.push_back({U.At->getBeginLoc(),
                           "once the last one who sends is done, close it"});
        return;
      }
  }

  static std::string quoted(const Channel &C) {
    return "'" + C.Decl->getNameAsString() + "'";
  }

  void consumers(ArrayRef<Consumer> Consumers, Finding &R) const {
    llvm::SmallPtrSet<const Stmt *, 4> Told;
    for (const Consumer &By : Consumers) {
      if (By.Started && Told.insert(By.Started->At).second)
        R.Notes.push_back(
            {By.Started->At->getBeginLoc(), "what receives is started here"});
      if (Told.insert(By.Loop->Loop).second)
        R.Notes.push_back({By.Loop->Loop->getBeginLoc(),
                           "its loop ends only when the channel is closed"});
    }
  }

  void tellJoin(Unit &U, const ChannelUses &All, const Channel &C,
                const Body &B, ArrayRef<Consumer> Consumers,
                ArrayRef<const Misstep *> Joins) {
    Finding R;
    R.Check = name().str();
    R.Loc = C.Decl->getLocation();
    R.Message =
        quoted(C) + (C.has(Verb::Close)
                         ? " is still open when what receives from it is "
                           "joined; the join waits for ever"
                         : " is never closed; what receives from it never "
                           "ends, and the join waits for ever");
    consumers(Consumers, R);
    Outcome O;
    O.Way = Joins.front()->Way;
    tellWay(O, Joins.front()->Before, B, R);
    llvm::SmallPtrSet<const Stmt *, 4> Told;
    for (const Misstep *M : Joins)
      if (Told.insert(M->At).second)
        R.Notes.push_back({M->At->getBeginLoc(), "joined here"});
    senders(All, C, R);
    tellInferred(C, All.lexicon(), R);
    bool Copes = llvm::all_of(
        Consumers, [](const Consumer &By) { return copes(*By.Loop); });
    if (onlyOwnerSends(All, C) && Copes && !closing(C).empty() &&
        C.Model->IfReclosed == Rejoin::Quiet) {
      // Before the first one of each block.
      const SourceManager &SM = U.context().getSourceManager();
      std::vector<const Stmt *> Places(Told.begin(), Told.end());
      llvm::sort(Places, [&](const Stmt *A, const Stmt *Z) {
        return SM.isBeforeInTranslationUnit(
            SM.getExpansionLoc(A->getBeginLoc()),
            SM.getExpansionLoc(Z->getBeginLoc()));
      });
      if (auto Fix =
              insertBefore(Places.front(), closing(C) + ";", U.context());
          Fix && dominates(Places, U.context()))
        R.FixIts.push_back(*Fix);
    }
    U.report(std::move(R));
  }

  /// Whoever gets to any of \p Places has come by the block of the first.
  static bool dominates(ArrayRef<const Stmt *> Places, ASTContext &Ctx) {
    const CompoundStmt *First = blockOf(Places.front(), Ctx);
    return First && llvm::all_of(Places, [&](const Stmt *S) {
             return contains(First, S);
           });
  }

  static const CompoundStmt *blockOf(const Stmt *S, ASTContext &Ctx) {
    for (const Stmt *Cur = S;;) {
      auto Up = Ctx.getParents(*Cur);
      const auto *Above = Up.empty() ? nullptr : Up[0].get<Stmt>();
      if (!Above)
        return nullptr;
      if (const auto *Block = dyn_cast<CompoundStmt>(Above)) {
        auto Around = Ctx.getParents(*Above);
        const auto *Of = Around.empty() ? nullptr : Around[0].get<Stmt>();
        if (!isa_and_nonnull<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(Of))
          return Block;
      }
      Cur = Above;
    }
  }

  void tellExit(Unit &U, const ChannelUses &All, const Channel &C,
                const Body &B, ArrayRef<Consumer> Consumers,
                ArrayRef<const Outcome *> Exits,
                ArrayRef<const Outcome *> Keep) {
    Finding R;
    R.Check = name().str();
    R.Loc = C.Decl->getLocation();
    R.Message =
        quoted(C) +
        (Keep.empty() ? " is never closed" : " is not closed on every path") +
        "; what receives from it never ends";
    consumers(Consumers, R);
    tellWay(*Exits.front(), Exits.front()->Incurred, B, R);
    bool AllInMacros = true;
    llvm::SmallPtrSet<const Stmt *, 4> Told;
    for (const Outcome *O : Exits) {
      SourceLocation At = exitLocation(B.function(), *O);
      AllInMacros &= At.isMacroID();
      if (Told.insert(O->Exit).second)
        R.Notes.push_back({At, O->Throws ? "left by an exception here, without "
                                           "closing it"
                                         : "left here without closing it"});
    }
    R.OnlyThroughMacros = AllInMacros;
    tellInferred(C, All.lexicon(), R);
    if (!Keep.empty()) {
      R.Notes.push_back({Keep.front()->Discharged->getBeginLoc(),
                         "another way out closes it here"});
      if (std::optional<std::vector<FixItHint>> Fix =
              repeatBefore(*Keep.front(), Exits, B))
        R.FixIts = std::move(*Fix);
    } else if (onlyOwnerSends(All, C) && Told.size() == 1 &&
               Told.contains(nullptr) && !closing(C).empty() &&
               llvm::all_of(Consumers, [&](const Consumer &By) {
                 return copes(*By.Loop) && endsWithBody(By.Started->Handle, B);
               })) {
      const auto *Block = cast<CompoundStmt>(B.function()->getBody());
      if (!Block->getRBracLoc().isMacroID())
        R.FixIts.push_back(FixItHint::CreateInsertion(
            Block->getRBracLoc(), "  " + closing(C) + ";\n"));
    }
    U.report(std::move(R));
  }

  /// The handle lives until the end of the function.
  static bool endsWithBody(const ValueDecl *Handle, const Body &B) {
    const auto *VD = dyn_cast_or_null<VarDecl>(Handle);
    if (!VD)
      return false;
    auto Up = B.context().getParents(*VD);
    const auto *DS = Up.empty() ? nullptr : Up[0].get<DeclStmt>();
    if (!DS)
      return false;
    auto Above = B.context().getParents(*DS);
    return !Above.empty() &&
           Above[0].get<CompoundStmt>() == B.function()->getBody();
  }

  //===------------------------------------------------------------------===//
  // Those who are started to close it

  void closers(Unit &U, const ChannelUses &All, const Channel &C) {
    const FunctionDecl *Sole = nullptr;
    for (const Use &Close : C.Uses)
      if (Close.Does == Verb::Close) {
        if (!Close.In || (Sole && Sole != Close.In) ||
            isConditional(Close.At, U.context()))
          return;
        Sole = Close.In;
      }
    SmallVector<const Run *, 2> By = All.executions(C, Sole);
    const FunctionDecl *In = nullptr;
    if (By.size() != 1 || !By.front() || !Sole->isDefined(In) ||
        By.front()->Runs->getCanonicalDecl() != Sole->getCanonicalDecl() ||
        All.repeated(By.front()->At))
      return;
    const Body &B = U.graphs().body(In);
    ThrowSearch Search(U.lexicon());
    const TypeModel *Handle = By.front()->HandleModel;
    bool Carries = Handle && Handle->CarriesExceptions;
    ChannelDuty D("", /*Owed=*/true, Carries ? &Search : nullptr,
                  [&](const Stmt *S, Owing) {
                    return closes(All, C, In, S).value_or(Act::Nothing);
                  });
    Simulation Sim = simulate(B, D);
    if (!Sim.Complete)
      return;
    std::vector<const Outcome *> Forget, Keep;
    for (const Outcome &O : Sim.Outcomes) {
      if (O.State == Owing::Owed && (!O.Throws || Carries))
        Forget.push_back(&O);
      if (O.State == Owing::Done && !O.Throws)
        Keep.push_back(&O);
    }
    if (Forget.empty() || Keep.empty())
      return;
    Finding R;
    R.Check = name().str();
    R.Loc = exitLocation(In, *Forget.front());
    R.Message = quoted(C) + " is not closed on this path; what receives from "
                            "it never ends";
    tellWay(*Forget.front(), nullptr, B, R);
    llvm::SmallPtrSet<const Stmt *, 4> Told;
    Told.insert(Forget.front()->Exit);
    bool AllInMacros = R.Loc.isMacroID();
    for (const Outcome *O : Forget) {
      AllInMacros &= exitLocation(In, *O).isMacroID();
      if (Told.insert(O->Exit).second)
        R.Notes.push_back(
            {exitLocation(In, *O), "left here without closing it"});
    }
    R.OnlyThroughMacros = AllInMacros;
    R.Notes.push_back({Keep.front()->Discharged->getBeginLoc(),
                       "another way out closes it here"});
    R.Notes.push_back({By.front()->At->getBeginLoc(), "started here"});
    tellInferred(C, All.lexicon(), R);
    if (std::optional<std::vector<FixItHint>> Fix =
            repeatBefore(*Keep.front(), Forget, B))
      R.FixIts = std::move(*Fix);
    U.report(std::move(R));
  }

  /// Closed by the last of several, or when something was agreed on.
  static bool isConditional(const Stmt *S, ASTContext &Ctx) {
    for (DynTypedNode Node = DynTypedNode::create(*S);;) {
      auto Up = Ctx.getParents(Node);
      if (Up.empty())
        return true;
      Node = Up[0];
      const auto *Around = Node.get<Stmt>();
      if (!Around || isa<LambdaExpr>(Around))
        return false;
      if (isa<IfStmt, ForStmt, WhileStmt, DoStmt, CXXForRangeStmt, SwitchStmt,
              ConditionalOperator, CXXCatchStmt>(Around))
        return true;
      if (const auto *BO = dyn_cast<BinaryOperator>(Around);
          BO && BO->isLogicalOp())
        return true;
    }
  }

  //===------------------------------------------------------------------===//
  // Members

  void member(Unit &U, const ChannelUses &All, const Channel &C,
              ArrayRef<Consumer> Consumers) {
    for (const Consumer &By : Consumers) {
      const ValueDecl *Handle = By.Started ? By.Started->Handle : nullptr;
      if (!Handle)
        continue;
      const TypeModel *M = By.Started->HandleModel;
      bool Waits = M && (M->IfUnreleased == Unreleased::Block ||
                         M->IfUnreleased == Unreleased::StopAndJoin);
      if (!C.has(Verb::Close)) {
        const Expr *Join = nullptr;
        const FunctionDecl *In = nullptr;
        for (const auto &[Key, F] : All.table().all())
          for (const Expr *Call : F.Calls)
            if (!Join && All.joined(Call) == Handle) {
              Join = Call;
              In = F.Decl;
            }
        if (Join || Waits) {
          tellMember(U, All, C, By, Join, In);
          return;
        }
        continue;
      }
      for (const auto &[Key, F] : All.table().all())
        if (joinsFirst(U, All, C, F, Handle))
          return;
    }
  }

  void tellMember(Unit &U, const ChannelUses &All, const Channel &C,
                  const Consumer &By, const Expr *Join,
                  const FunctionDecl *In) {
    Finding R;
    R.Check = name().str();
    R.Loc = C.Decl->getLocation();
    R.Message = quoted(C) + " is never closed; what receives from it never "
                            "ends, and the join waits for ever";
    consumers({By}, R);
    if (Join)
      R.Notes.push_back({Join->getBeginLoc(), "joined here"});
    else
      R.Notes.push_back(
          {By.Started->Handle->getLocation(), "joined at the end of its life"});
    tellInferred(C, All.lexicon(), R);
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(In);
    if (Method &&
        Method->getParent()->getCanonicalDecl() ==
            cast<FieldDecl>(C.Decl)->getParent()->getCanonicalDecl() &&
        copes(*By.Loop) && !closing(C).empty())
      if (auto Fix = insertBefore(Join, closing(C) + ";", U.context()))
        R.FixIts.push_back(*Fix);
    U.report(std::move(R));
  }

  /// \p F joins what receives, and closes the channel only then.
  bool joinsFirst(Unit &U, const ChannelUses &All, const Channel &C,
                  const FunctionUses &F, const ValueDecl *Handle) {
    const Expr *Join = nullptr, *Close = nullptr;
    const SourceManager &SM = U.context().getSourceManager();
    for (const Expr *Call : F.Calls) {
      if (!Join && All.joined(Call) == Handle)
        Join = Call;
      std::optional<Act::Kind> What = closes(All, C, F.Decl, Call);
      if (!What)
        continue;
      // Whatever it is, it comes first.
      if (!Join ||
          SM.isBeforeInTranslationUnit(SM.getExpansionLoc(Call->getBeginLoc()),
                                       SM.getExpansionLoc(Join->getBeginLoc())))
        return false;
      if (!Close)
        Close = Call;
    }
    if (!Join || !Close || blockOf(Join, U.context()) == nullptr ||
        !contains(blockOf(Join, U.context()), Close))
      return false;
    // Another method may have closed it before.
    for (const Use &Other : C.Uses)
      if (Other.Does == Verb::Close && Other.At != Close)
        return false;
    Finding R;
    R.Check = name().str();
    R.Loc = Join->getBeginLoc();
    R.Message = "'" + Handle->getNameAsString() + "' is joined before " +
                quoted(C) +
                " is closed, for which it waits; the join waits "
                "for ever";
    R.Notes.push_back({Close->getBeginLoc(), "closed only here"});
    tellInferred(C, All.lexicon(), R);
    U.report(std::move(R));
    return true;
  }
};

RegisterCheck<UnclosedChannel> X("unclosed-channel");

} // namespace
} // namespace leak
