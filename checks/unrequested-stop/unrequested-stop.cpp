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

#include "Callable.h"
#include "ChannelDuty.h"
#include "Check.h"
#include "PollGaps.h"
#include "Statements.h"
#include "StopBranches.h"
#include "StopFixIts.h"
#include "StopRaces.h"
#include "Tell.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {
namespace {

/// What runs until it is asked to stop.
struct Holder {
  const Run *Started = nullptr;
  const Stmt *Loop = nullptr;
};

class UnrequestedStop : public Check {
public:
  ArrayRef<Kind> kinds() const override {
    static constexpr Kind K[] = {Kind::TaskHandle};
    return K;
  }

  /// Handles that have a source of their own.
  void analyze(Unit &U) override {
    if (!U.index() || !U.lexicon().anyType(Kind::StopToken))
      return;
    for (const auto &[D, S] : U.index()->subjects())
      ownSource(U, S);
  }

  void analyzeFunctions(Unit &U) override {
    if (U.index() && !U.threads().empty()) {
      for (const StopRace &R : stopRaces(U.monitors()))
        race(U, R);
      for (const HalfStop &S : halfStops(U.monitors(), U.graphs()))
        half(U, S);
    }
    if (!U.lexicon().anyType(Kind::StopSource))
      return;
    for (const auto &[Key, F] : U.functions().all())
      for (const Expr *E : F.Calls)
        dropped(U, E);
    ChannelUses All(U.context(), U.lexicon(), U.functions(), Kind::StopSource);
    for (const Channel &C : All.all()) {
      if (C.can(Verb::RequestStop))
        source(U, All, C);
    }
  }

private:
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
  // Who runs until it is asked
  //===------------------------------------------------------------------===//

  static bool asks(const Unit &U, const ValueDecl *D) {
    const TypeModel *M =
        D ? U.lexicon().type(D->getType().getNonReferenceType()) : nullptr;
    return M && (M->What == Kind::StopToken || M->What == Kind::StopSource);
  }

  /// A loop in \p S, or in what it calls, that ends by a token alone. It is
  /// \p Only, where that is given.
  static const Stmt *stoppedLoop(Unit &U, const Stmt *S, const ValueDecl *Only,
                                 unsigned Depth = 0) {
    if (!S || isa<LambdaExpr>(S))
      return nullptr;
    if (bodyOfLoop(S)) {
      Predicate Out = exitsOf(S, U.context());
      if (!Out.Opaque && !Out.Terms.empty() &&
          llvm::all_of(Out.Terms, [&](const Predicate::Term &T) {
            return asks(U, T.What.Decl) && (!Only || T.What.Decl == Only);
          }))
        return S;
    }
    if (const auto *Call = dyn_cast<CallExpr>(S);
        Call && Depth < 3 && !U.lexicon().effect(Call)) {
      const FunctionDecl *FD = Call->getDirectCallee(), *Def = nullptr;
      if (FD && FD->isDefined(Def) && Def && U.functions().find(Def)) {
        const ValueDecl *Inside = Only ? handedOn(Call, Def, Only) : nullptr;
        if (!Only || Inside)
          if (const Stmt *L = stoppedLoop(U, Def->getBody(), Inside, Depth + 1))
            return L;
      }
    }
    for (const Stmt *Child : S->children())
      if (const Stmt *L = stoppedLoop(U, Child, Only, Depth))
        return L;
    return nullptr;
  }

  /// The parameter of \p Def that \p Call gives \p D.
  static const ValueDecl *
  handedOn(const CallExpr *Call, const FunctionDecl *Def, const ValueDecl *D) {
    for (unsigned I = 0; I < Call->getNumArgs() && I < Def->getNumParams() &&
                         !isa<CXXOperatorCallExpr>(Call);
         ++I)
      if (placeOf(copied(Call->getArg(I))).Decl == D)
        return Def->getParamDecl(I);
    return nullptr;
  }

  static const Expr *copied(const Expr *E) {
    E = strip(E);
    const auto *CE = dyn_cast_or_null<CXXConstructExpr>(E);
    return CE && CE->getNumArgs() == 1 ? CE->getArg(0) : E;
  }

  static bool throws(const Stmt *S) {
    return S && (isa<CXXThrowExpr>(S) || llvm::any_of(S->children(), throws));
  }

  static bool mentions(const Stmt *S,
                       const llvm::SmallPtrSetImpl<const ValueDecl *> &Any) {
    if (!S)
      return false;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      if (Any.contains(cast<ValueDecl>(Ref->getDecl()->getCanonicalDecl())))
        return true;
    if (const auto *LE = dyn_cast<LambdaExpr>(S))
      for (const LambdaCapture &Capture : LE->captures())
        if (Capture.capturesVariable() &&
            Any.contains(
                cast<ValueDecl>(Capture.getCapturedVar()->getCanonicalDecl())))
          return true;
    return llvm::any_of(
        S->children(), [&](const Stmt *Child) { return mentions(Child, Any); });
  }

  /// What is started with a token of \p C, and ends by it alone.
  static SmallVector<Holder, 2> holders(Unit &U, const ChannelUses &All,
                                        const Channel &C) {
    // `auto token = source.get_token();`
    llvm::SmallPtrSet<const ValueDecl *, 4> Tokens;
    if (C.Owner)
      for (const auto &[Key, F] : All.table().all())
        if (F.Decl)
          collectTokens(F.Decl->getBody(), C, Tokens);
    SmallVector<Holder, 2> Result;
    for (const Run &R : All.runs()) {
      if (!R.Started)
        continue;
      bool Has =
          mentions(R.At, Tokens) || llvm::any_of(C.Uses, [&](const Use &Us) {
            if (Us.Does != Verb::GetToken && Us.Does != Verb::Query &&
                Us.Does != Verb::PollStop)
              return false;
            return (Us.At && contains(R.At, Us.At)) ||
                   (Us.In &&
                    Us.In->getCanonicalDecl() == R.Runs->getCanonicalDecl());
          });
      if (!Has || throws(R.Runs->getBody()))
        continue;
      if (const Stmt *Loop = stoppedLoop(U, R.Runs->getBody(), nullptr))
        Result.push_back({&R, Loop});
    }
    return Result;
  }

  static void collectTokens(const Stmt *S, const Channel &C,
                            llvm::SmallPtrSetImpl<const ValueDecl *> &Into) {
    if (!S)
      return;
    if (const auto *DS = dyn_cast<DeclStmt>(S))
      for (const Decl *D : DS->decls())
        if (const auto *VD = dyn_cast<VarDecl>(D); VD && VD->getInit())
          for (const Use &Us : C.Uses)
            if (Us.Does == Verb::GetToken && strip(VD->getInit()) == Us.At)
              Into.insert(cast<ValueDecl>(VD->getCanonicalDecl()));
    for (const Stmt *Child : S->children())
      collectTokens(Child, C, Into);
  }

  //===------------------------------------------------------------------===//
  // Sources
  //===------------------------------------------------------------------===//

  void source(Unit &U, const ChannelUses &All, const Channel &C) {
    if (!C.Owner)
      shared(U, C);
    SmallVector<Holder, 2> Holders = holders(U, All, C);
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
      return;
    if (C.Owner)
      inFunction(U, All, C, Holders, C.Owner, /*Owed=*/false);
    else
      for (const auto &[Key, F] : All.table().all())
        if (F.Decl && F.Decl->getBody() &&
            (isa<CXXDestructorDecl>(F.Decl) || requests(C, F.Decl)))
          inFunction(U, All, C, Holders, F.Decl, /*Owed=*/true);
  }

  static bool requests(const Channel &C, const FunctionDecl *FD) {
    return llvm::any_of(C.Uses, [&](const Use &Us) {
      return Us.Does == Verb::RequestStop && Us.In &&
             Us.In->getCanonicalDecl() == FD->getCanonicalDecl();
    });
  }

  static void tellHolders(ArrayRef<Holder> Holders, Finding &R) {
    for (const Holder &H : Holders) {
      R.Notes.push_back({H.Started->At->getBeginLoc(), "started here"});
      R.Notes.push_back(
          {H.Loop->getBeginLoc(), "this loop ends only by a request to stop"});
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
      const ValueDecl *Joined =
          E && Now == Owing::Owed ? All.joined(E) : nullptr;
      return Joined && Handles.contains(Joined) ? Act::Incur : Act::Nothing;
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
      Finding R = finding(
          Owed ? M.At->getBeginLoc() : C.Decl->getLocation(),
          quoted(C.Decl) +
              (Overwritten
                   ? " gets a new state while others run until the old one is "
                     "asked to stop; they run for ever"
                   : " is not asked to stop before what runs until then is "
                     "joined; the join never returns"));
      tellHolders(Holders, R);
      Outcome O;
      O.Way = M.Way;
      tellWay(O, M.Before, B, R);
      if (!Owed)
        R.Notes.push_back({M.At->getBeginLoc(),
                           Overwritten ? "overwritten here" : "joined here"});
      ask(U, C, M.At, Overwritten ? nullptr : In, R);
      U.report(std::move(R));
      return;
    }
    if (!Owed && Waits)
      atEnd(U, C, Holders, B, Sim);
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

  static void ask(Unit &U, const Channel &C, const Stmt *At,
                  const FunctionDecl *In, Finding &R) {
    StringRef Method = C.Model->methodFor(Verb::RequestStop);
    if (Method.empty() || !In || !C.Direct)
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
    const Stmt *Loop = nullptr, *Started = nullptr;
    for (const Use &Us : U.index()->allUses(S.Decl)) {
      switch (Us.Does) {
      case Verb::Join:
        Join = Join ? Join : useOf(S, Us);
        break;
      case Verb::Start:
      case Verb::Insert:
        Started = Us.At;
        Loop = Loop ? Loop : ownLoop(U, Us.At);
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
    if (!Join || !Loop)
      return;
    Finding R = finding(Join->At->getBeginLoc(),
                        quoted(S.Decl) +
                            " is joined, but nobody asks it to stop, until "
                            "which it runs; this join never returns");
    if (Started)
      R.Notes.push_back({Started->getBeginLoc(), "started here"});
    R.Notes.push_back(
        {Loop->getBeginLoc(), "this loop ends only by a request to stop"});
    if (S.What.isDirect())
      if (auto Fix = insertBefore(Join->At,
                                  (S.Decl->getName() + "." +
                                   M->methodFor(Verb::RequestStop) + "();")
                                      .str(),
                                  U.context()))
        R.FixIts.push_back(*Fix);
    U.report(std::move(R));
  }

  static const Use *useOf(const Subject &S, const Use &Like) {
    for (const Use &Us : S.Uses)
      if (Us.At == Like.At && Us.Does == Like.Does)
        return &Us;
    return nullptr;
  }

  /// The loop of the function that \p At starts, when it takes a token as its
  /// first parameter, given by the handle itself, and ends by that alone.
  static const Stmt *ownLoop(Unit &U, const Stmt *At) {
    for (const FunctionDecl *FD : functionsNamed(At))
      for (const ParmVarDecl *P : FD->parameters()) {
        const TypeModel *M =
            U.lexicon().type(P->getType().getNonReferenceType());
        if (!M || M->What != Kind::StopToken)
          continue;
        if (throws(FD->getBody()))
          return nullptr;
        return stoppedLoop(U, FD->getBody(), P);
      }
    return nullptr;
  }

  static SmallVector<const FunctionDecl *, 2> functionsNamed(const Stmt *At) {
    return At ? functionsNamedIn(At) : SmallVector<const FunctionDecl *, 2>();
  }
};

RegisterCheck<UnrequestedStop> X("unrequested-stop");

} // namespace
} // namespace leak
