//===--- unrequested-stop.cpp - leak-unrequested-stop ---------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// An execution runs until a stop source is asked to stop it, and that never
/// happens, or only after somebody waits for its end.
///
///     started with the token -> owed -> request_stop -> done
///                                owed -> join, end that waits, new source: !
///
/// Assumed: what is started runs. Knowingly missed: see the page.
///
//===----------------------------------------------------------------------===//

#include "AbandonedRuns.h"
#include "ChannelDuty.h"
#include "Check.h"
#include "EarlyStops.h"
#include "EndlessRuns.h"
#include "Interruptions.h"
#include "StaleSources.h"
#include "Statements.h"
#include "StopBranches.h"
#include "StopFixIts.h"
#include "StopGroups.h"
#include "StopLinks.h"
#include "StopRaces.h"
#include "Tell.h"
#include "VirtualStops.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {
namespace {

class UnrequestedStop : public Check {
public:
  ArrayRef<Kind> kinds() const override {
    static constexpr Kind K[] = {Kind::TaskHandle};
    return K;
  }

  /// Handles that have a source of their own; and virtual methods that stop.
  void analyze(Unit &U) override {
    if (!U.index())
      return;
    for (const VirtualStop &S :
         virtualStops(U.functions(), *U.index(), U.context()))
      unreached(U, S);
    if (!U.lexicon().anyType(Kind::StopToken))
      return;
    for (const auto &[D, S] : U.index()->subjects())
      ownSource(U, S);
  }

  void analyzeFunctions(Unit &U) override {
    for (const AbandonedRun &R :
         abandonedRuns(U.functions(), U.lexicon(),
                       [&]() -> const Monitors & { return U.monitors(); }))
      abandoned(U, R);
    if (U.index() && !U.threads().empty()) {
      for (const StopRace &R : stopRaces(U.monitors()))
        race(U, R);
      for (const HalfStop &S : halfStops(U.monitors(), U.graphs()))
        half(U, S);
      for (const EarlyStop &E : earlyFlags(U.monitors()))
        early(U, E);
      interruptions(U);
    }
    if (!U.lexicon().anyType(Kind::StopSource))
      return;
    for (const auto &[Key, F] : U.functions().all())
      for (const Expr *E : F.Calls)
        dropped(U, E);
    ChannelUses All(U.context(), U.lexicon(), U.functions(), Kind::StopSource);
    StopLoops Loops = loopsOf(U);
    for (const EarlyStop &E : earlyRequests(All, Loops))
      early(U, E);
    for (const UnlinkedStop &L : unlinkedStops(All, Loops))
      unlinked(U, L);
    for (const Channel &C : All.all()) {
      if (C.can(Verb::RequestStop))
        source(U, All, C);
    }
  }

private:
  static StopLoops loopsOf(Unit &U) {
    return StopLoops(U.context(), U.lexicon(), U.functions());
  }

  void abandoned(Unit &U, const AbandonedRun &A) {
    Finding R = finding(A.Free->getBeginLoc(),
                        quoted(A.Object) + " is freed while the thread that " +
                            quoted(A.StartedIn) +
                            " has started on it runs on: nobody " +
                            (A.Flag ? "clears " + quoted(A.Flag) +
                                          ", until which it loops, nor joins "
                                    : "asks it to stop or joins ") +
                            quoted(A.Handle));
    R.Notes.push_back({A.Start->getBeginLoc(), "started here"});
    R.Notes.push_back({A.Loop->getBeginLoc(),
                       A.Flag ? "this loop ends only by " + quoted(A.Flag)
                              : std::string("this loop never ends")});
    U.report(std::move(R));
  }

  /// The destructor of the base calls the method, when it is the base's again.
  void unreached(Unit &U, const VirtualStop &S) {
    const CXXRecordDecl *Base = S.By->getParent();
    Finding R = finding(
        S.Stop->getLocation(),
        quoted(S.Stop) + " of " + quoted(S.Class) +
            " isn't what the destructor of " + quoted(Base) + " calls, since " +
            quoted(S.Class) + " is gone by then; " + quoted(S.Handle) +
            (S.InBase ? " is joined, but isn't asked to stop"
                      : " is neither asked to stop nor joined"));
    R.Notes.push_back({S.By->getLocation(), "the destructor of the base"});
    R.Notes.push_back({S.Call->getBeginLoc(), "called from there"});
    R.Notes.push_back({S.Join->getBeginLoc(), "joined here"});
    R.Notes.push_back(
        {S.Class->getLocation(),
         "a destructor of " + quoted(S.Class) + " would be in time"});
    U.report(std::move(R));
  }

  //===------------------------------------------------------------------===//
  // Flags
  //===------------------------------------------------------------------===//

  void race(Unit &U, const StopRace &S) {
    std::string Flag = quoted(S.Flag);
    auto NameOf = [](const FunctionDecl *FD) {
      const auto *M = dyn_cast<CXXMethodDecl>(FD);
      return M && M->getParent()->isLambda() ? std::string("the lambda")
                                             : quoted(FD);
    };
    Finding R = finding(S.Write->At->getBeginLoc(), "");
    switch (S.Why) {
    case StopRace::Undone:
      R.Message =
          Flag + " is set by the thread itself, which takes back a " +
          "stop that came before: the thread runs on, and the join in " +
          NameOf(S.StopIn) + " never returns";
      break;
    case StopRace::Late:
      R.Message = Flag + " is set only after the start of " + NameOf(S.Entry) +
                  ", which ends at once when it looks at it before";
      break;
    case StopRace::Stale:
      R.Message = Flag +
                  " asks to stop, and isn't set back before the next "
                  "start of " +
                  NameOf(S.Entry) + ", which ends at once";
      break;
    case StopRace::Recalled:
      R.Message = Flag + " is set back before " + NameOf(S.Entry) +
                  " may have seen the stop: it runs on, and the join in " +
                  NameOf(S.StopIn) + " never returns";
      break;
    }
    if (S.Start)
      R.Notes.push_back({S.Start->At->getBeginLoc(), "started here"});
    R.Notes.push_back({S.Loop->getBeginLoc(), "this loop tests " + Flag});
    if (S.Stop)
      R.Notes.push_back({S.Stop->At->getBeginLoc(), "asked to stop here"});
    if (S.Join)
      R.Notes.push_back({S.Join->At->getBeginLoc(), "joined here"});
    R.FixIts = mends(S, U.monitors());
    U.report(std::move(R));
  }

  /// Joins of what runs until it is interrupted; not those that other checks
  /// tell, which know loops without an end.
  void interruptions(Unit &U) {
    std::vector<Uninterrupted> All = uninterruptedJoins(U.monitors());
    if (All.empty())
      return;
    std::vector<EndlessRun> Endless =
        endlessRuns(U.monitors(), *U.wideIndex(), U.stuckJoins());
    for (const Uninterrupted &J : All)
      if (llvm::none_of(
              Endless, [&](const EndlessRun &E) { return E.Loop == J.Loop; }) &&
          llvm::none_of(U.stuckJoins(), [&](const StuckJoin &S) {
            return S.Join.Event == J.Join;
          }))
        uninterrupted(U, J);
  }

  void uninterrupted(Unit &U, const Uninterrupted &J) {
    Finding R = finding(J.Join->At->getBeginLoc(),
                        quoted(J.Join->Object.Decl) +
                            (J.Later ? " is joined before it is interrupted"
                                     : " is joined, but nobody interrupts it") +
                            ", until which it runs; this join never returns");
    tellStart(J.Start->At, J.Loop, R, "this loop ends only by an interruption");
    if (J.Later)
      R.Notes.push_back({J.Later->At->getBeginLoc(), "interrupted here"});
    const auto *Call = dyn_cast<CXXMemberCallExpr>(J.Join->At);
    const auto *Callee =
        Call ? dyn_cast<MemberExpr>(Call->getCallee()->IgnoreParens())
             : nullptr;
    const Expr *Object = Callee ? Callee->getBase() : nullptr;
    // What is written in front of the arrow of a smart pointer.
    if (const auto *Arrow = dyn_cast_or_null<CXXOperatorCallExpr>(
            Object ? Object->IgnoreImpCasts() : nullptr))
      Object = Arrow->getArg(0);
    if (Object && !J.Later)
      if (auto Fix = insertBefore(
              Call,
              sourceText(Object, U.context()) +
                  (Callee->isArrow() ? "->" : ".") +
                  J.Handle->methodFor(Verb::RequestStop).str() + "();",
              U.context()))
        R.FixIts.push_back(*Fix);
    U.report(std::move(R));
  }

  void half(Unit &U, const HalfStop &S) {
    std::string Flag = quoted(S.Flag);
    Finding R =
        finding(S.JoinedBy->getBeginLoc(),
                quoted(S.Join->Object.Decl) + " is joined, but " + Flag +
                    ", until which it runs, is set on one path only; "
                    "on another one this join never returns");
    R.Notes.push_back({S.Start->At->getBeginLoc(), "started here"});
    if (S.Loop)
      R.Notes.push_back({S.Loop->getBeginLoc(),
                         "this loop ends only when " + Flag + " is set"});
    R.Notes.push_back({S.Set->At->getBeginLoc(), "set here"});
    Outcome O;
    O.Way = S.Way;
    const Body &B = U.graphs().body(S.In);
    tellWay(O, nullptr, B, R);
    if (S.SetIsEnough && !S.Set->At->getBeginLoc().isMacroID())
      if (auto Fix =
              insertBefore(S.JoinedBy, sourceText(S.Set->At, U.context()) + ";",
                           U.context()))
        R.FixIts.push_back(*Fix);
    U.report(std::move(R));
  }

  //===------------------------------------------------------------------===//
  // Sources
  //===------------------------------------------------------------------===//

  void source(Unit &U, const ChannelUses &All, const Channel &C) {
    if (!C.Owner) {
      shared(U, C);
      stale(U, All, C);
    }
    SmallVector<Holder, 2> Holders = loopsOf(U).holders(All, C);
    if (Holders.empty())
      return;
    if (!C.has(Verb::RequestStop)) {
      Finding R = finding(C.Decl->getLocation(),
                          quoted(C.Decl) +
                              " is never asked to stop; what is started with "
                              "its token runs until then, for ever");
      tellHolders(Holders, R);
      U.report(std::move(R));
      return;
    }
    // Who else runs may ask it, and when, isn't known.
    if (llvm::any_of(C.Uses, [&](const Use &Request) {
          return Request.Does == Verb::RequestStop &&
                 llvm::any_of(All.executions(C, Request.In),
                              [](const Run *R) { return R != nullptr; });
        }))
      return quiet(U, All, C, Holders);
    if (C.Owner)
      inFunction(U, All, C, Holders, C.Owner, /*Owed=*/false);
    else
      for (const auto &[Key, F] : All.table().all())
        if (F.Decl && F.Decl->getBody() &&
            (isa<CXXDestructorDecl>(F.Decl) || requests(C, F.Decl)))
          inFunction(U, All, C, Holders, F.Decl, /*Owed=*/true);
  }

  /// Only one of the group asks the others, and not on each of its ways.
  void quiet(Unit &U, const ChannelUses &All, const Channel &C,
             ArrayRef<Holder> Holders) {
    std::optional<QuietEnd> Q = quietEnd(All, C, Holders, U.graphs());
    if (!Q)
      return;
    const Body &B = U.graphs().body(Q->Asker->Runs);
    Finding R = finding(exitLocation(B.function(), Q->Way),
                        "this way out doesn't ask " + quoted(C.Decl) +
                            " to stop, as another one does; what runs until "
                            "then is waited for; that never ends");
    R.Notes.push_back({Q->Asker->At->getBeginLoc(), "started here"});
    tellWay(Q->Way, nullptr, B, R);
    R.Notes.push_back({Q->Request->At->getBeginLoc(), "asked to stop here"});
    tellHolders(Holders, R);
    U.report(std::move(R));
  }

  /// A stop of \p Parent doesn't reach who looks at \p Asked.
  Finding unlinkedFinding(const ValueDecl *Asked, const ParmVarDecl *Parent,
                          const FunctionDecl *In) const {
    Finding R = finding(Asked->getLocation(),
                        quoted(Asked) + " is not linked to " + quoted(Parent) +
                            ": a stop of the caller doesn't reach what " +
                            quoted(In) + " starts here and waits for");
    R.Notes.push_back({Parent->getLocation(), "the caller's token"});
    return R;
  }

  /// \p L starts what another token than its own stops.
  void unlinked(Unit &U, const UnlinkedStop &L) {
    const ValueDecl *Source = L.Source->Decl;
    Finding R = unlinkedFinding(Source, L.Parent, L.In);
    tellHolders(Holder{L.Started, L.Loop}, R,
                "this loop looks at the other token");
    if (L.Join)
      R.Notes.push_back({L.Join->getBeginLoc(), "waited for here"});
    std::string Link = linkText(L.Parent, Source,
                                L.Source->Model->methodFor(Verb::RequestStop),
                                L.Source->Model->Library, U.lexicon());
    if (!Link.empty() && L.Source->Direct)
      if (auto Fix = insertBefore(L.Started->At, Link, U.context()))
        R.FixIts.push_back(*Fix);
    U.report(std::move(R));
  }

  void early(Unit &U, const EarlyStop &E) {
    Finding R = finding(E.Guard->getLocation(),
                        quoted(E.Guard) + " asks " + quoted(E.Asked) +
                            " to stop when " + quoted(E.In) +
                            " returns; what it has started, and keeps in " +
                            quoted(E.Handle) + ", ends at once");
    R.Notes.push_back({E.Start->getBeginLoc(), "started here"});
    if (E.Loop)
      R.Notes.push_back({E.Loop->getBeginLoc(), "this loop ends by it"});
    R.Notes.push_back({E.Request->getBeginLoc(), "asked to stop here"});
    U.report(std::move(R));
  }

  static bool requests(const Channel &C, const FunctionDecl *FD) {
    return llvm::any_of(C.Uses, [&](const Use &Us) {
      return Us.Does == Verb::RequestStop && Us.In &&
             Us.In->getCanonicalDecl() == FD->getCanonicalDecl();
    });
  }

  static void
  tellHolders(ArrayRef<Holder> Holders, Finding &R,
              StringRef Ends = "this loop ends only by a request to stop") {
    for (const Holder &H : Holders) {
      R.Notes.push_back({H.Started->At->getBeginLoc(), "started here"});
      R.Notes.push_back({H.Loop->getBeginLoc(), Ends.str()});
    }
  }

  void inFunction(Unit &U, const ChannelUses &All, const Channel &C,
                  ArrayRef<Holder> Holders, const FunctionDecl *FD, bool Owed) {
    const FunctionDecl *In = nullptr;
    if (!FD->isDefined(In) || !In)
      return;
    llvm::SmallPtrSet<const ValueDecl *, 4> Handles;
    llvm::SmallPtrSet<const Stmt *, 4> Starts;
    bool Waits = false;
    for (const Holder &H : Holders) {
      Starts.insert(H.Started->At);
      if (H.Started->Handle)
        Handles.insert(H.Started->Handle);
      const TypeModel *M = H.Started->HandleModel;
      const auto *VD = dyn_cast_or_null<VarDecl>(H.Started->Handle);
      Waits |= M && VD && VD->isLocalVarDecl() &&
               (M->IfUnreleased == Unreleased::Block ||
                M->IfUnreleased == Unreleased::StopAndJoin);
    }
    // A member: of which handles is it, has to be clear.
    if (Owed && llvm::none_of(All.table().find(In)->Calls, [&](const Expr *E) {
          const ValueDecl *D = All.joined(E);
          return D && Handles.contains(D);
        }))
      return;
    const Body &B = U.graphs().body(In);
    ThrowSearch Search(U.lexicon());
    // The error of another execution comes out of the join, and what waits at
    // its end is still there.
    auto Fails = [&](const Stmt *S) {
      const auto *E = dyn_cast<CallExpr>(S);
      return E && !Owed && Waits && !B.tryAround(E) &&
             rethrownBy(All, E, Search);
    };
    ChannelDuty D("", Owed, &Search, [&](const Stmt *S, Owing Now) {
      for (const Use &Us : C.Uses) {
        if (Us.At != S)
          continue;
        if (Us.Does == Verb::RequestStop)
          return Act::Discharge;
        if (Us.Does == Verb::Reset && Now == Owing::Owed)
          return Act::Incur;
      }
      for (const Run &R : All.runs())
        if (R.At == S && R.By == In && !R.Started &&
            All.mayDo(C, R.Runs, Verb::RequestStop))
          return Act::HandOn;
      if (Starts.contains(S) && Now == Owing::Free)
        return Act::Incur;
      const auto *E = dyn_cast<CallExpr>(S);
      if (!E || Now != Owing::Owed)
        return Act::Nothing;
      const ValueDecl *Joined = All.joined(E);
      if (Joined && Handles.contains(Joined))
        return Act::Incur;
      return Fails(E) ? Act::Incur : Act::Nothing;
    });
    Simulation Sim = simulate(B, D);
    if (!Sim.Complete)
      return;
    for (const Misstep &M : Sim.Missteps) {
      if (M.What != Misstep::Again || !M.At || Starts.contains(M.At))
        continue;
      bool Overwritten = llvm::any_of(C.Uses, [&](const Use &Us) {
        return Us.At == M.At && Us.Does == Verb::Reset;
      });
      // Set up anew before the next start, after an end by other means.
      if (Overwritten && Owed)
        continue;
      // Only when it is sure that nobody has asked before.
      if (Owed && !asksTooLate(U, C, In, Holders, M.At))
        continue;
      tooLate(U, C, Holders, B, M,
              Overwritten   ? Late::Overwritten
              : Fails(M.At) ? Late::Failed
                            : Late::Joined,
              Owed);
      return;
    }
    if (!Owed && Waits)
      atEnd(U, C, Holders, B, Sim);
  }

  enum class Late { Joined, Overwritten, Failed };

  /// At \p M it is too late to ask.
  void tooLate(Unit &U, const Channel &C, ArrayRef<Holder> Holders,
               const Body &B, const Misstep &M, Late Why, bool Owed) {
    static constexpr StringRef Says[] = {
        " is not asked to stop before what runs until then is joined; the join "
        "never returns",
        " gets a new state while others run until the old one is asked to "
        "stop; "
        "they run for ever",
        " is not asked to stop when another execution fails, and its error "
        "comes out here; what runs until then is waited for; that never ends"};
    static constexpr StringRef Where[] = {"joined here", "overwritten here",
                                          "its error comes out here"};
    Finding R = finding(Owed ? M.At->getBeginLoc() : C.Decl->getLocation(),
                        quoted(C.Decl) + Says[static_cast<size_t>(Why)].str());
    tellHolders(Holders, R);
    Outcome O;
    O.Way = M.Way;
    tellWay(O, M.Before, B, R);
    if (!Owed)
      R.Notes.push_back(
          {M.At->getBeginLoc(), Where[static_cast<size_t>(Why)].str()});
    if (Why == Late::Joined)
      ask(U, C, M.At, R);
    U.report(std::move(R));
  }

  /// What \p In asks before the join at \p At, it asks on paths only that have
  /// nothing to do with who runs; who else asks, comes later.
  bool asksTooLate(Unit &U, const Channel &C, const FunctionDecl *In,
                   ArrayRef<Holder> Holders, const Stmt *At) const {
    const SourceManager &SM = U.context().getSourceManager();
    bool Later = false, Before = false, Elsewhere = false;
    for (const Use &Us : C.Uses) {
      if (Us.Does != Verb::RequestStop)
        continue;
      if (!Us.In || Us.In->getCanonicalDecl() != In->getCanonicalDecl()) {
        Elsewhere = true;
        continue;
      }
      if (SM.isBeforeInTranslationUnit(At->getBeginLoc(),
                                       Us.At->getBeginLoc())) {
        Later = true;
        continue;
      }
      Before = true;
      const auto *Ask = dyn_cast<Expr>(Us.At);
      const auto *Join = dyn_cast<Expr>(At);
      for (const Holder &H : Holders)
        if (!Ask || !Join ||
            !unrelatedBranch(U.monitors(), In, Ask, Join,
                             {C.Decl, H.Started->Handle, H.Started->By,
                              H.Started->At, H.Started->Runs}))
          return false;
    }
    return Later || isa<CXXDestructorDecl>(In) || (Before && !Elsewhere);
  }

  /// The end of the handle waits for the execution.
  void atEnd(Unit &U, const Channel &C, ArrayRef<Holder> Holders, const Body &B,
             const Simulation &Sim) {
    Finding R = finding(C.Decl->getLocation(),
                        quoted(C.Decl) +
                            " is not asked to stop on this path, and what "
                            "runs until then is waited for; that never ends");
    bool Any = false;
    for (const Outcome &O : Sim.Outcomes) {
      if (O.State != Owing::Owed)
        continue;
      if (!Any)
        tellHolders(Holders, R);
      if (!Any)
        tellWay(O, nullptr, B, R);
      Any = true;
      R.Notes.push_back({exitLocation(B.function(), O), "left here"});
    }
    if (Any)
      U.report(std::move(R));
  }

  static void ask(Unit &U, const Channel &C, const Stmt *At, Finding &R) {
    StringRef Method = C.Model->methodFor(Verb::RequestStop);
    if (Method.empty() || !C.Direct)
      return;
    if (auto Fix = insertBefore(
            At, (C.Decl->getName() + "." + Method + "();").str(), U.context()))
      R.FixIts.push_back(*Fix);
  }

  /// One source for all calls: each asks it to stop, and so stops the next.
  void shared(Unit &U, const Channel &C) {
    if (C.has(Verb::Reset) || C.has(Verb::Insert) || C.Shared || !C.Direct)
      return;
    for (const Use &Request : C.Uses) {
      if (Request.Does != Verb::RequestStop || !Request.In ||
          isa<CXXConstructorDecl, CXXDestructorDecl>(Request.In) ||
          !isa<CXXMethodDecl>(Request.In) ||
          cast<CXXMethodDecl>(Request.In)->getParent()->isLambda())
        continue;
      for (const Use &Token : C.Uses) {
        if (Token.Does != Verb::GetToken || Token.In != Request.In ||
            !U.context().getSourceManager().isBeforeInTranslationUnit(
                Token.At->getBeginLoc(), Request.At->getBeginLoc()))
          continue;
        Finding R = finding(
            Request.At->getBeginLoc(),
            quoted(C.Decl) + " serves all calls of " + quoted(Request.In) +
                ", and stays asked to stop; what the next call starts is "
                "cancelled from the beginning");
        R.Notes.push_back({Token.At->getBeginLoc(), "its token is given here"});
        R.Notes.push_back({C.Decl->getLocation(),
                           "a source for each call, or a new state before it, "
                           "keeps them apart"});
        U.report(std::move(R));
        return;
      }
    }
  }

  /// Stopped, and started again with the same source.
  void stale(Unit &U, const ChannelUses &All, const Channel &C) {
    std::optional<StaleSource> S = staleSource(All, C);
    if (!S)
      return;
    Finding R =
        finding(S->Token->At->getBeginLoc(),
                quoted(C.Decl) + " stays asked to stop when " + quoted(S->In) +
                    " starts again; what gets this token is cancelled "
                    "from the beginning");
    R.Notes.push_back({S->Stop->getBeginLoc(), "stopped here before"});
    R.Notes.push_back({S->Request->At->getBeginLoc(), "asked to stop here"});
    if (auto Fix = insertBefore(
            S->Token->At,
            (C.Decl->getName() + " = " + C.Model->Name + "();").str(),
            U.context()))
      R.FixIts.push_back(*Fix);
    U.report(std::move(R));
  }

  //===------------------------------------------------------------------===//
  // Sources that nobody has
  //===------------------------------------------------------------------===//

  /// `std::stop_source().get_token()`
  void dropped(Unit &U, const Expr *E) {
    const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
    const Effect *Row = Call ? U.lexicon().effect(Call) : nullptr;
    if (!Row || Row->Does != Verb::GetToken)
      return;
    const Expr *Object = Call->getImplicitObjectArgument();
    const auto *Made = dyn_cast_or_null<CXXConstructExpr>(strip(Object));
    const TypeModel *M = Made ? U.lexicon().type(Made->getType()) : nullptr;
    if (!M || M->What != Kind::StopSource ||
        Made->getConstructor()->isCopyOrMoveConstructor() || Made->getNumArgs())
      return;
    U.report(finding(Made->getBeginLoc(),
                     "the source of this token is gone at once; nobody can "
                     "ever ask who has the token to stop"));
  }

  //===------------------------------------------------------------------===//
  // Handles with a source of their own
  //===------------------------------------------------------------------===//

  /// A join without a request, where the execution looks at its own token.
  void ownSource(Unit &U, const Subject &S) {
    if (!S.What || S.What.Many || S.What.Pointer || S.What.Shared)
      return;
    const TypeModel *M = S.What.Inner;
    if (M->IfUnreleased != Unreleased::StopAndJoin ||
        M->methodFor(Verb::RequestStop).empty())
      return;
    const auto *VD = dyn_cast<VarDecl>(S.Decl);
    if (VD ? !VD->isLocalVarDecl() || VD->isStaticLocal()
           : S.Decl->getAccess() != AS_private)
      return;
    if (!isSeenWhole(S.Decl) && !VD)
      return;
    const Use *Join = nullptr;
    const Stmt *Loop = nullptr, *Alone = nullptr, *Started = nullptr;
    StopLoops Loops = loopsOf(U);
    for (const Use &Us : U.index()->allUses(S.Decl)) {
      switch (Us.Does) {
      case Verb::Join:
        Join = Join ? Join : useOf(S, Us);
        break;
      case Verb::Start:
      case Verb::Insert:
        Started = Us.At;
        Alone = Alone ? Alone : Loops.ownLoop(Us.At);
        Loop = Loop ? Loop : Loops.ownLoop(Us.At, StopLoops::Also);
        if (!Loop)
          return;
        break;
      case Verb::Query:
      case Verb::TestLive:
      case Verb::Init:
        break;
      default:
        return;
      }
    }
    if (!Join && Alone && VD)
      stoppedAtOnce(U, S, VD, Started, Alone);
    if (Join && Alone)
      joinedUnasked(U, S, *Join, Started, Alone);
    else if (Join && Loop && VD)
      ownUnlinked(U, S, *Join, Started, Loop);
  }

  void joinedUnasked(Unit &U, const Subject &S, const Use &Join,
                     const Stmt *Started, const Stmt *Loop) {
    Finding R = finding(Join.At->getBeginLoc(),
                        quoted(S.Decl) +
                            " is joined, but nobody asks it to stop, until "
                            "which it runs; this join never returns");
    tellStart(Started, Loop, R);
    if (S.What.isDirect())
      if (auto Fix =
              insertBefore(Join.At,
                           (S.Decl->getName() + "." +
                            S.What.Inner->methodFor(Verb::RequestStop) + "();")
                               .str(),
                           U.context()))
        R.FixIts.push_back(*Fix);
    U.report(std::move(R));
  }

  static void
  tellStart(const Stmt *Started, const Stmt *Loop, Finding &R,
            StringRef Ends = "this loop ends only by a request to stop") {
    if (Started)
      R.Notes.push_back({Started->getBeginLoc(), "started here"});
    R.Notes.push_back({Loop->getBeginLoc(), Ends.str()});
  }

  /// The handle \p VD is the last of its function, and asks when it ends.
  void stoppedAtOnce(Unit &U, const Subject &S, const VarDecl *VD,
                     const Stmt *Started, const Stmt *Loop) {
    const auto *In = dyn_cast<FunctionDecl>(VD->getDeclContext());
    const auto *Body = In && !In->isMain()
                           ? dyn_cast_or_null<CompoundStmt>(In->getBody())
                           : nullptr;
    const auto *Last = Body && !Body->body_empty()
                           ? dyn_cast<DeclStmt>(Body->body_back())
                           : nullptr;
    if (!Last || !Last->isSingleDecl() || Last->getSingleDecl() != VD ||
        S.Uses.size() != 1)
      return;
    Finding R = finding(VD->getLocation(),
                        quoted(VD) +
                            " is asked to stop by its end as soon as it has "
                            "started, where " +
                            quoted(In) + " returns");
    tellStart(Started, Loop, R);
    U.report(std::move(R));
  }

  /// The caller's token is another one than the handle's own.
  void ownUnlinked(Unit &U, const Subject &S, const Use &Join,
                   const Stmt *Started, const Stmt *Loop) {
    if (!Started || !Join.In)
      return;
    const ParmVarDecl *Parent =
        forgottenToken(Join.In, Started, loopsOf(U), U.lexicon());
    if (!Parent)
      return;
    Finding R = unlinkedFinding(S.Decl, Parent, Join.In);
    tellStart(Started, Loop, R, "this loop looks at the other token");
    R.Notes.push_back({Join.At->getBeginLoc(), "waited for here"});
    std::string Link =
        linkText(Parent, S.Decl, S.What.Inner->methodFor(Verb::RequestStop),
                 S.What.Inner->Library, U.lexicon());
    if (!Link.empty() && S.What.isDirect())
      if (auto Fix = insertBefore(Join.At, Link, U.context()))
        R.FixIts.push_back(*Fix);
    U.report(std::move(R));
  }

  static const Use *useOf(const Subject &S, const Use &Like) {
    for (const Use &Us : S.Uses)
      if (Us.At == Like.At && Us.Does == Like.Does)
        return &Us;
    return nullptr;
  }
};

RegisterCheck<UnrequestedStop> X("unrequested-stop");

} // namespace
} // namespace leak
