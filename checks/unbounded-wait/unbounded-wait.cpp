//===--- unbounded-wait.cpp - leak-unbounded-wait -------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A wait without a timeout, whose condition doesn't know of the stop that is
/// there: lib/StopWaits.h finds them.
///
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "ClosedWaits.h"
#include "StopBlocks.h"
#include "StopWaits.h"
#include "Tell.h"

using namespace clang;

namespace leak {
namespace {

class UnboundedWait : public Check {
public:
  ArrayRef<Kind> kinds() const override {
    static constexpr Kind K[] = {Kind::TaskHandle};
    return K;
  }

  void analyzeFunctions(Unit &U) override {
    if (U.anyWait())
      for (const StopWait &W : stopWaits(U.monitors(), U.stuckJoins()))
        tell(U, W);
    if (U.index() && !U.threads().empty())
      for (const StopBlock &B : stopBlocks(U.monitors(), U.stuckJoins()))
        tell(U, B);
    if (closesNumber(U))
      for (const ClosedWait &W : closedWaits(U.monitors(), U.stuckJoins()))
        tell(U, W);
  }

private:
  void tell(Unit &U, const StopWait &W) {
    Finding R;
    R.Check = name().str();
    R.Loc = R.Stuck = W.Wait->At->getBeginLoc();
    R.Rank = 4;
    std::string Flag = quoted(W.Flag);
    R.Message =
        "this wait on " + quoted(W.Wait->Object.Decl) + " doesn't test " + Flag;
    if (W.Late) {
      R.Message = "this wait on " + quoted(W.Wait->Object.Decl) + " tests " +
                  Flag + " only when it is over; when " + quoted(W.SetIn) +
                  " has come before, it never ends";
      R.Notes.push_back({W.Set->At->getBeginLoc(), "set here"});
      R.Notes.push_back({W.Notify->At->getBeginLoc(), "notified here"});
    } else if (W.Set) {
      R.Message += ", which " + quoted(W.SetIn) +
                   " sets before it notifies; it wakes up, and waits again for "
                   "ever";
      R.Notes.push_back({W.Set->At->getBeginLoc(), "set here"});
      R.Notes.push_back({W.Notify->At->getBeginLoc(), "notified here"});
    } else {
      R.Message += ", which is tested only before; when it is set meanwhile, "
                   "this may wait for ever";
      R.Notes.push_back({W.Asked->getBeginLoc(), "tested here"});
    }
    if (W.Loop && !W.Late)
      R.Notes.push_back(
          {W.Loop->getBeginLoc(), "the loop around it tests " + Flag});
    if (W.Sibling)
      R.Notes.push_back({W.Sibling->At->getBeginLoc(),
                         "this wait for the same tests " + Flag});
    U.report(std::move(R));
  }

  /// Some function closes what others may wait on, and doesn't wake them.
  static bool closesNumber(Unit &U) {
    return llvm::any_of(U.functions().all(), [&](const auto &Entry) {
      return llvm::any_of(Entry.second.Calls, [&](const Expr *E) {
        const Effect *Row = U.lexicon().effect(E);
        return Row && Row->Does == Verb::Close && !Row->Mend.empty();
      });
    });
  }

  void tell(Unit &U, const ClosedWait &W) {
    Finding R;
    R.Check = name().str();
    R.Loc = R.Stuck = W.Block->At->getBeginLoc();
    R.Rank = 4;
    R.Message = "this may wait on " + quoted(W.What) +
                " for ever: " + quoted(W.Stopper) +
                " closes it, which doesn't wake who waits on it already" +
                (W.Join ? "; the join never returns" : "");
    if (W.Start)
      R.Notes.push_back({W.Start->At->getBeginLoc(), "started here"});
    R.Notes.push_back({W.Close->getBeginLoc(), "closed here"});
    if (W.Join)
      R.Notes.push_back({W.Join->At->getBeginLoc(), "joined here"});
    mend(U, W, R);
    U.report(std::move(R));
  }

  /// The statement that the row asks for before the close; it is about
  /// sockets, and what is read may be something else.
  static void mend(Unit &U, const ClosedWait &W, Finding &R) {
    const Effect *Row = U.lexicon().effect(W.Close);
    const Expr *Object = Row ? U.lexicon().object(W.Close, *Row) : nullptr;
    if (!Object || !W.OnSocket)
      return;
    // A method of the class may have the same name.
    std::string Text =
        (U.context().getLangOpts().CPlusPlus ? "::" : "") + Row->Mend;
    size_t Dollar = Text.find('$');
    if (Dollar == std::string::npos)
      return;
    Text.replace(Dollar, 1, sourceText(Object, U.context()));
    if (std::optional<FixItHint> Fix =
            insertBeside(W.Close, false, Text, W.Stopper))
      R.FixIts.push_back(*Fix);
  }

  void tell(Unit &U, const StopBlock &B) {
    Finding R;
    R.Check = name().str();
    R.Loc = R.Stuck = B.Block->At->getBeginLoc();
    R.Rank = 4;
    std::string Flag = quoted(B.Set->Object.Decl);
    R.Message = "this may wait on " + quoted(B.Block->Object.Decl) +
                " for ever, and nobody ends that before the join in " +
                quoted(B.Stopper) + "; " + Flag + " is seen only afterwards";
    if (B.Start)
      R.Notes.push_back({B.Start->At->getBeginLoc(), "started here"});
    R.Notes.push_back({B.Loop->getBeginLoc(), "this loop tests " + Flag});
    R.Notes.push_back({B.Set->At->getBeginLoc(), "asked to stop here"});
    R.Notes.push_back({B.Join->At->getBeginLoc(), "joined here"});
    U.report(std::move(R));
  }
};

RegisterCheck<UnboundedWait> X("unbounded-wait");

} // namespace
} // namespace leak
