//===--- endless-loop.cpp - leak-endless-loop -----------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Loops that can't be left. lib/Progress.h finds those that go on when their
/// input has ended.
///
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "Countdowns.h"
#include "EndlessRuns.h"
#include "Progress.h"
#include "RetriedErrors.h"
#include "SkippedSteps.h"
#include "StaleTurns.h"
#include "Statements.h"
#include "StuckStates.h"
#include "Tell.h"
#include "WrongSteps.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {
namespace {

class EndlessLoop : public Check {
public:
  ArrayRef<Kind> kinds() const override {
    static constexpr Kind K[] = {Kind::TaskHandle};
    return K;
  }

  void analyzeFunctions(Unit &U) override {
    std::optional<bool> Pieces;
    for (const auto &[FD, F] : U.functions().all()) {
      std::vector<StaleTurn> Stale =
          staleTurns(F.Decl, U.lexicon(), U.graphs());
      for (StaleTurn &T : skippedSteps(F.Decl, U.lexicon()))
        if (llvm::none_of(Stale, [&](const StaleTurn &Old) {
              return Old.Loop == T.Loop;
            }))
          Stale.push_back(std::move(T));
      for (const StaleTurn &T : Stale)
        tell(U, T);
      for (const WrongStep &W : wrongSteps(F.Decl))
        tell(U, W);
      for (const RetriedError &E :
           retriedErrors(F.Decl, U.lexicon(), U.graphs()))
        tell(U, E);
      for (const StuckState &S : stuckStates(F.Decl))
        tell(U, S);
      for (const SkippedWait &W : skippedWaits(F.Decl, U.lexicon()))
        tell(U, W);
      for (const Countdown &C : countdowns(F.Decl, U.context()))
        tell(U, C);
      for (const Spin &S : spinsOf(F, U.lexicon(), U.graphs())) {
        if (S.Why == Spin::End && S.Stream && streamsThrow(U.functions()))
          continue;
        if (S.Why == Spin::End) {
          if (!Pieces)
            Pieces = readsInPieces(U.functions(), U.lexicon());
          if (*Pieces || readsPackets(U.functions()) || isOfPackets(S.In) ||
              readsEvents(S.Call, U.functions()))
            continue;
        }
        if (S.MayPass && !closedElsewhere(S, U.functions(), U.lexicon()))
          continue;
        tell(U, S);
      }
    }
  }

  void analyze(Unit &U) override {
    if (!U.index() || !anyJoin(U))
      return;
    for (const EndlessRun &E :
         endlessRuns(U.monitors(), *U.wideIndex(), U.stuckJoins()))
      tell(U, E);
  }

private:
  static bool anyJoin(Unit &U) {
    // A class that is a thread waits for itself.
    if (llvm::any_of(U.functions().all(), [&](const auto &Each) {
          return llvm::any_of(Each.second.Calls, [&](const Expr *E) {
            const Expr *Of = receiverOf(E);
            const Effect *Row =
                isa_and_nonnull<CXXThisExpr>(Of ? strip(Of) : nullptr)
                    ? U.lexicon().effect(E)
                    : nullptr;
            return Row && Row->Does == Verb::Join;
          });
        }))
      return true;
    return llvm::any_of(U.wideIndex()->subjects(), [](const auto &Each) {
      return joinsItself(Each.second) ||
             llvm::any_of(Each.second.Uses, [](const Use &Use) {
               return Use.Does == Verb::Join;
             });
    });
  }

  void tell(Unit &U, const EndlessRun &E) {
    Finding R;
    R.Check = name().str();
    R.Loc = R.Stuck = E.Loop->getBeginLoc();
    R.Rank = 2;
    // A class that is a thread.
    const auto *Run = dyn_cast<CXXMethodDecl>(E.Handle);
    std::string Handle = Run ? quoted(Run->getParent()) : quoted(E.Handle);
    R.Message = "nothing leaves this loop; " + Handle + ", which runs it, ";
    R.Message += E.Join ? "is joined by '" + E.JoinedIn->getNameAsString() +
                              "', which never returns"
                        : "is joined when it is destroyed, which never comes "
                          "to its end";
    if (E.Attempt)
      R.Message = "only when " + quoted(E.Attempt->getDirectCallee()) +
                  " succeeds, this loop is left; until then '" +
                  E.JoinedIn->getNameAsString() + "' waits, which joins '" +
                  E.Join->Object.Decl->getNameAsString() +
                  "', and nothing else ends it";
    if (E.Break)
      R.Notes.push_back(
          {E.Break->getBeginLoc(), "this 'break' only leaves the switch"});
    if (E.Start && E.Start->At)
      R.Notes.push_back({E.Start->At->getBeginLoc(), "started here"});
    if (E.Join)
      R.Notes.push_back({E.Join->At->getBeginLoc(), "joined here"});
    else
      R.Notes.push_back({E.Handle->getLocation(), "it is joined here"});
    U.report(std::move(R));
  }

  void tell(Unit &U, const StaleTurn &T) {
    std::string Item = quoted(T.Item);
    std::string Message;
    switch (T.What) {
    case StaleTurn::Continue:
      Message = "nothing has changed when this 'continue' is reached: it skips "
                "what moves " +
                Item + " on, and the loop takes the same way again for ever";
      break;
    case StaleTurn::Through:
      Message = "a way from here to the next turn doesn't move " + Item +
                " on and changes nothing; the loop takes it again for ever";
      break;
    case StaleTurn::Next:
      Message = "this 'continue' skips what gives " + Item +
                " its value; the loop takes the same one again for ever";
      break;
    case StaleTurn::Never:
      Message = "nothing in this loop moves " + Item +
                " on, and a way through it changes nothing that it asks for; "
                "it goes round for ever";
      break;
    case StaleTurn::Idle:
      Message = "once a turn doesn't take the branch that changes " + Item +
                ", the loop does nothing any more but sleep, for ever";
      break;
    case StaleTurn::Empty:
      Message = "when " + quoted(T.Length) + " is 0, this doesn't move " +
                Item +
                " on, and nothing else in this turn does; the loop "
                "takes the same bytes again for ever";
      break;
    }
    Finding R = finding(T.Back->getBeginLoc(), std::move(Message));
    if (T.Advance)
      R.Notes.push_back(
          {T.Advance->getBeginLoc(),
           T.What == StaleTurn::Next   ? Item + " gets its value here"
           : T.What == StaleTurn::Idle ? Item + " changes here"
                                       : Item + " moves on here"});
    if (T.Length)
      R.Notes.push_back({T.Length->getLocation(),
                         quoted(T.Length) + " comes from the bytes, and "
                                            "nothing says that it isn't 0"});
    tellBranches(U, T.In, T.Way, R);
    U.report(std::move(R));
  }

  void tell(Unit &U, const WrongStep &W) {
    std::string Message =
        W.What == WrongStep::Unmoved
            ? "this begins where " + quoted(W.Item) +
                  " is, and finds the same place again; nothing moves it on, "
                  "and the loop goes round for ever"
        : W.What == WrongStep::Same
            ? "this gives " + quoted(W.Item) +
                  " the same in each turn, since " +
                  "nothing in the loop moves " + quoted(W.From) +
                  " on; it goes round for ever"
            : "this puts " + sourceText(W.Searched, U.context()) + " into " +
                  quoted(W.Item) +
                  " again, where the search goes on; it is "
                  "found for ever";
    Finding R = finding(W.At->getBeginLoc(), std::move(Message));
    R.Notes.push_back({W.Loop->getBeginLoc(), "this is the loop"});
    U.report(std::move(R));
  }

  void tell(Unit &U, const RetriedError &E) {
    Finding R = finding(E.Asks->getExprLoc(),
                        quoted(E.Call->getDirectCallee()) +
                            " is tried again after every error, not only after "
                            "the one that is told apart here; when it goes on "
                            "failing, the loop spins for ever");
    R.Notes.push_back({E.Loop->getBeginLoc(), "this is the loop"});
    if (E.Break)
      R.Notes.push_back(
          {E.Break->getBeginLoc(), "this 'break' only leaves the switch"});
    U.report(std::move(R));
  }

  void tell(Unit &U, const StuckState &S) {
    Finding R = finding(S.Set->getBeginLoc(),
                        "the loop does nothing for " + quoted(S.Value) +
                            " and doesn't end by it; it goes round for ever");
    R.Notes.push_back({S.Loop->getBeginLoc(), "this is the loop"});
    U.report(std::move(R));
  }

  void tell(Unit &U, const SkippedWait &W) {
    Finding R = finding(W.Asks->getBeginLoc(),
                        "this leaves the wait out when its time is over, and "
                        "nothing leaves the loop then; it spins until what it "
                        "waits for comes");
    R.Notes.push_back({W.Loop->getBeginLoc(), "this is the loop"});
    R.Notes.push_back({W.Wait->getBeginLoc(), "this is the wait"});
    U.report(std::move(R));
  }

  void tell(Unit &U, const Countdown &C) {
    Finding R = finding(C.Cond->getBeginLoc(),
                        "'" + sourceText(C.Cond, U.context()) +
                            "' is true for all values of " + quoted(C.Counter) +
                            ", which starts again instead; the loop "
                            "doesn't end by it");
    R.Notes.push_back({C.Loop->getBeginLoc(), "this is the loop"});
    R.Notes.push_back({C.Counter->getLocation(),
                       quoted(C.Counter) + " is of type '" +
                           C.Counter->getType().getAsString() + "'"});
    U.report(std::move(R));
  }

  static void tellBranches(Unit &U, const FunctionDecl *In,
                           std::vector<Branch> Way, Finding &R) {
    const Body &B = U.graphs().body(In);
    // What a macro such as FD_ZERO asks, says nothing.
    llvm::erase_if(Way, [&](const Branch &Each) {
      return U.context().getSourceManager().isInSystemMacro(
          Each.Cond->getBeginLoc());
    });
    Outcome O;
    O.Way = std::move(Way);
    tellWay(O, nullptr, B, R);
  }

  void tell(Unit &U, const Spin &S) {
    Finding R;
    R.Check = name().str();
    // By the statement: an operator begins with its operand.
    R.Loc = static_cast<const Stmt *>(S.Call)->getBeginLoc();
    const FunctionDecl *Callee = S.Call->getDirectCallee();
    std::string Reads =
        Callee->isOverloadedOperator()
            ? getOperatorSpelling(Callee->getOverloadedOperator())
            : Callee->getNameAsString();
    Reads = "'" + Reads + "'";
    switch (S.Why) {
    case Spin::End:
      R.Message = Reads + (S.Stream ? " fails" : " returns " + answer(S)) +
                  " from the end of its input on, and nothing leaves the loop "
                  "then; it goes round for ever";
      break;
    case Spin::Error:
      R.Message = Reads + " returns " + answer(S) +
                  " when it fails, and nothing leaves the loop then; it fails "
                  "again for ever";
      break;
    case Spin::Closed:
      R.Message = Reads + " gives nothing once its channel is closed, and "
                          "nothing leaves the loop then; it goes round for "
                          "ever";
      break;
    case Spin::Passed:
      R.Message = Reads + " returns at once when its deadline has passed, and "
                          "nothing leaves the loop then; it spins until what "
                          "it waits for comes";
      break;
    case Spin::Spent:
      R.Message = Reads + " leaves nothing of its time when that is over, and "
                          "nothing sets it again: from then on it returns at "
                          "once, and the loop spins";
      break;
    case Spin::NotEnd:
      R.Message = "when " + Reads + " fails, '" +
                  sourceText(S.Asks, U.context()) +
                  "' stays false, and nothing else leaves the loop; it goes "
                  "round for ever";
      break;
    }
    R.Notes.push_back({S.Loop->getBeginLoc(), "this is the loop"});
    tellBranches(U, S.In, S.Way, R);
    U.report(std::move(R));
  }

  static std::string answer(const Spin &S) {
    return S.Call->getDirectCallee()->getReturnType()->isPointerType()
               ? "a null pointer"
               : std::to_string(S.Answer);
  }
};

RegisterCheck<EndlessLoop> X("endless-loop");

} // namespace
} // namespace leak
