//===--- join-without-stop.cpp - leak-join-without-stop -------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Somebody waits for the end of a thread that was not asked to end, or can't
/// get there: lib/Joins.h finds them, here they are told.
///
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "Spelling.h"
#include "Tell.h"

using namespace clang;

namespace leak {
namespace {

class JoinWithoutStop : public Check {
public:
  ArrayRef<Kind> kinds() const override {
    static constexpr Kind K[] = {Kind::TaskHandle};
    return K;
  }

  void analyze(Unit &U) override {
    if (!U.index() || !anyJoin(U))
      return;
    for (const StuckJoin &J : U.stuckJoins())
      if (!J.isReceiving()) // Another check's.
        tell(U, J);
  }

private:
  static bool anyJoin(Unit &U) {
    for (const auto &[D, S] : U.wideIndex()->subjects())
      for (const Use &Use : S.Uses)
        if (Use.Does == Verb::Join)
          return true;
    // Of its own object, by a class that is a thread.
    for (const auto &[FD, F] : U.functions().all())
      for (const Expr *E : F.Calls)
        if (const Effect *Row =
                isa<CXXMemberCallExpr>(E) ? U.lexicon().effect(E) : nullptr;
            Row && Row->Does == Verb::Join)
          return true;
    return false;
  }

  static std::string nameOf(const FunctionDecl *FD) {
    const auto *M = dyn_cast<CXXMethodDecl>(FD);
    return M && M->getParent()->isLambda() ? "its thread"
                                           : "'" + FD->getNameAsString() + "'";
  }

  void tell(Unit &U, const StuckJoin &J) {
    Finding R;
    R.Check = name().str();
    R.Loc = J.Join.Event->At->getBeginLoc();
    std::string Handle = quoted(J.Join.Event->Object.Decl);
    // A class that is a thread by its base.
    if (const auto *M = dyn_cast<CXXMethodDecl>(J.Join.Event->Object.Decl))
      Handle = quoted(M->getParent());
    std::string Runs = nameOf(J.Entry);
    switch (J.Why) {
    case StuckJoin::NotWoken:
      R.Message = Handle + " is joined, but nobody wakes it after " +
                  quoted(J.Flag) + " is set: it may wait on " +
                  quoted(J.Inside->Object.Decl) +
                  " for ever, and so does this join";
      break;
    case StuckJoin::Blocked:
      R.Message = Handle + " is joined, but after " + quoted(J.Flag) +
                  " is set it may still block on " +
                  quoted(J.Inside->Object.Decl) +
                  ", which is closed only after this join";
      break;
    case StuckJoin::NotAsked:
      R.Message = Handle +
                  (isa<CXXDestructorDecl>(J.In)
                       ? " is joined at the end of its owner, but "
                       : " is joined to be started again, but ") +
                  quoted(J.Flag) +
                  ", until which it runs, isn't set; when it still runs, this "
                  "join never returns";
      break;
    case StuckJoin::NotTested:
      R.Message = Handle + " is joined, but its wait on " +
                  quoted(J.Inside->Object.Decl) + " doesn't test " +
                  quoted(J.Flag) +
                  ": it wakes up and waits again, and this join waits for ever";
      break;
    case StuckJoin::SetLater:
      R.Message = Handle + " is joined before " + quoted(J.Flag) +
                  " is set, until which it runs; this join never returns";
      break;
    case StuckJoin::NeverSet:
      R.Message = Handle + " is joined, but nothing sets " + quoted(J.Flag) +
                  ", until which it runs; this join never returns";
      break;
    case StuckJoin::Endless:
      R.Message = Handle +
                  " is joined, but the loop in which it waits has no end; "
                  "this join never returns";
      break;
    case StuckJoin::Holding:
      R.Message = Handle + " is joined while " + quoted(J.Flag) +
                  " is held, which " + Runs +
                  " acquires; they wait for each other for ever";
      break;
    case StuckJoin::Itself:
      R.Message = Handle + " may be joined by itself: " + Runs +
                  " gets here; a thread that joins itself waits for ever";
      break;
    }
    if (J.Start && J.Start->At)
      R.Notes.push_back({J.Start->At->getBeginLoc(), "started here"});
    if (J.Set)
      R.Notes.push_back({J.Set->At->getBeginLoc(),
                         J.Why == StuckJoin::NotAsked
                             ? "set here, where it is joined as well"
                             : "set here"});
    if (J.Notify)
      R.Notes.push_back({J.Notify->At->getBeginLoc(), "notified here"});
    if (J.Inside)
      R.Notes.push_back({J.Inside->At->getBeginLoc(),
                         J.Why == StuckJoin::Holding   ? "acquired here"
                         : J.Why == StuckJoin::Itself  ? "called here"
                         : J.Why == StuckJoin::Blocked ? "blocks here"
                                                       : "waits here"});
    if (J.Inside && J.Why != StuckJoin::Holding && J.Why != StuckJoin::Itself)
      R.Stuck = J.Inside->At->getBeginLoc();
    if (J.Closed)
      R.Notes.push_back({J.Closed->getBeginLoc(), "closed here"});
    if (J.Join.Outer != J.Join.Event && J.In != J.Join.In)
      R.Notes.push_back({J.Join.Outer->At->getBeginLoc(),
                         "called here by '" + J.In->getNameAsString() + "'"});
    if (J.Why == StuckJoin::NotWoken)
      wake(U, J, R);
    U.report(std::move(R));
  }

  /// Notifies all who wait, after the flag is set.
  static void wake(Unit &U, const StuckJoin &J, Finding &R) {
    const auto *Wait = dyn_cast<CXXMemberCallExpr>(J.Inside->At);
    const auto *Field = dyn_cast<FieldDecl>(J.Inside->Object.Decl);
    const auto *Setter = dyn_cast_or_null<CXXMethodDecl>(J.SetIn);
    if (!Wait || !Field || J.Inside->Object.Root || !Setter ||
        Setter->getParent()->getCanonicalDecl() !=
            cast<Decl>(Field->getDeclContext())->getCanonicalDecl())
      return;
    const TypeModel *Model = U.lexicon().typeOrBase(Wait->getRecordDecl());
    StringRef All = Model ? Model->methodFor(Verb::NotifyAll) : "";
    if (All.empty())
      return;
    bool Arrow = Wait->getImplicitObjectArgument()->getType()->isPointerType();
    if (std::optional<FixItHint> Fix = insertBeside(
            J.Set->At, /*After=*/true,
            (Field->getName() + (Arrow ? "->" : ".") + All + "()").str(),
            Setter))
      R.FixIts.push_back(*Fix);
  }
};

RegisterCheck<JoinWithoutStop> X("join-without-stop");

} // namespace
} // namespace leak
