//===--- uncancelled-timer.cpp - leak-uncancelled-timer -------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A timer that nothing ends: its handler arms it again though it was cancelled
/// (lib/Rearming.h), or its owner ends without taking its registration back
/// (lib/Registrations.h), or without ending one timer of several; or a path
/// leaves it behind (lib/TimerPaths.h).
///
//===----------------------------------------------------------------------===//

#include "AwaitedTimers.h"
#include "Check.h"
#include "FreedOwners.h"
#include "LateHandlers.h"
#include "LooseTimers.h"
#include "Rearming.h"
#include "Registrations.h"
#include "Tell.h"
#include "TimerPaths.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace leak {
namespace {

class UncancelledTimer : public Check {
public:
  ArrayRef<Kind> kinds() const override { return {}; }

  void analyzeFunctions(Unit &U) override {
    if (U.lexicon().anyType(Kind::Timer)) {
      llvm::SmallPtrSet<const ValueDecl *, 4> Told;
      for (const Rearming &R : rearmedTimers(U.functions(), U.lexicon())) {
        Told.insert(R.Timer);
        tell(U, R);
      }
      for (const LateHandler &H : lateHandlers(U.functions(), U.lexicon()))
        if (!Told.contains(H.Timer))
          tell(U, H);
      for (const AwaitedTimer &T : awaitedTimers(U.functions(), U.lexicon()))
        tell(U, T);
      for (const LooseTimer &T : looseTimers(U.functions(), U.lexicon()))
        tell(U, T);
    }
    for (const LeftTimer &T :
         leftTimers(U.functions(), U.lexicon(), U.graphs()))
      tell(U, T);
    for (const ForgottenRegistration &R :
         forgottenRegistrations(U.functions(), U.lexicon()))
      tell(U, R);
    for (const FreedOwner &O : freedOwners(U.functions(), U.lexicon()))
      tell(U, O);
  }

private:
  void tell(Unit &U, const Rearming &T) {
    Finding R = finding(
        T.Again->getExprLoc(),
        quoted(T.Timer) +
            (T.Sibling ? " is armed again by its handler, and nobody cancels "
                         "it; it never ends"
                       : " is armed again by its handler even when it has been "
                         "cancelled; it never ends"));
    const auto *Method = dyn_cast<CXXMethodDecl>(T.Handler);
    R.Notes.push_back({Method && Method->getParent()->isLambda()
                           ? Method->getParent()->getBeginLoc()
                           : T.Handler->getLocation(),
                       "its handler"});
    R.Notes.push_back({T.Cancel->getExprLoc(),
                       (T.Sibling ? quoted(T.Sibling) + " is " : "") +
                           (T.Closed ? "closed here" : "cancelled here")});
    if (T.Sibling)
      return U.report(std::move(R));
    // A handler that has a name for the error can ask.
    const auto *Body = dyn_cast_or_null<CompoundStmt>(T.Handler->getBody());
    if (T.Error && T.Error->getIdentifier() && Body &&
        !Body->getLBracLoc().isMacroID() &&
        T.Handler->getReturnType()->isVoidType())
      R.FixIts.push_back(FixItHint::CreateInsertion(
          Body->getLBracLoc().getLocWithOffset(1),
          " if (" + T.Error->getNameAsString() + ") return;"));
    U.report(std::move(R));
  }

  void tell(Unit &U, const LateHandler &H) {
    Finding R = finding(
        H.Arm->getExprLoc(),
        "the handler of " + quoted(H.Timer) +
            " goes on when it has been cancelled; its object is destroyed "
            "then");
    R.Notes.push_back(
        {H.Cancel->getExprLoc(), quoted(H.Timer) + " is cancelled here"});
    R.Notes.push_back(
        {H.Touched->getExprLoc(), "used here, whatever the handler is told"});
    U.report(std::move(R));
  }

  void tell(Unit &U, const AwaitedTimer &T) {
    Finding R = finding(T.Wait->getExprLoc(),
                        "nobody looks at " + quoted(T.Error) +
                            ", which says that " + quoted(T.Timer) +
                            " has been cancelled; this loop waits again, and "
                            "never ends");
    R.Notes.push_back({T.Loop->getBeginLoc(), "this is the loop"});
    R.Notes.push_back(
        {T.Cancel->getExprLoc(), quoted(T.Timer) + " is cancelled here"});
    U.report(std::move(R));
  }

  void tell(Unit &U, const LooseTimer &T) {
    Finding R = finding(T.Made->getBeginLoc(),
                        quoted(T.Timer) +
                            " belongs to nobody, and nobody can stop it; it "
                            "goes on calling an object that is destroyed");
    R.Notes.push_back(
        {T.Connected->getExprLoc(), "this has it call the object"});
    R.Notes.push_back({T.Armed->getExprLoc(), "armed here"});
    const SourceRange Init = T.Made->getDirectInitRange();
    if (T.MayOwn && Init.getEnd().isValid() && Init.getEnd().isFileID())
      R.FixIts.push_back(FixItHint::CreateInsertion(Init.getEnd(), "this"));
    else if (T.MayOwn && T.Made->getEndLoc().isFileID())
      R.FixIts.push_back(FixItHint::CreateInsertion(
          Lexer::getLocForEndOfToken(T.Made->getEndLoc(), 0,
                                     U.context().getSourceManager(),
                                     U.context().getLangOpts()),
          "(this)"));
    U.report(std::move(R));
  }

  void tell(Unit &U, const LeftTimer &T) {
    if (!T.Timer)
      return tellArmed(U, T);
    Finding R = finding(T.Made->getExprLoc(),
                        quoted(T.Timer) +
                            (T.Sibling ? " is not deleted on every path"
                                       : " is never deleted") +
                            "; when the function has returned, nothing can "
                            "stop it any more");
    tellWay(T.Ways.front(), T.Made, *T.In, R);
    tellExits(T, quoted(T.Timer) + " is left behind here",
              "another path deletes it here", R);
    U.report(std::move(R));
  }

  void tellArmed(Unit &U, const LeftTimer &T) {
    Finding R = finding(T.Made->getExprLoc(),
                        "the alarm is not taken back on every path; it goes "
                        "off when the function has returned");
    tellWay(T.Ways.front(), T.Made, *T.In, R);
    tellExits(T, "it is still armed here", "another path takes it back here",
              R);
    U.report(std::move(R));
  }

  /// The ways out that forget, one that doesn't, and how to mend them.
  static void tellExits(const LeftTimer &T, const std::string &Left,
                        StringRef Ended, Finding &R) {
    std::vector<const Outcome *> Ways;
    llvm::SmallPtrSet<const Stmt *, 4> Told;
    for (const Outcome &O : T.Ways) {
      Ways.push_back(&O);
      if (Told.insert(O.Exit).second)
        R.Notes.push_back({exitLocation(T.In->function(), O), Left});
    }
    if (!T.Sibling)
      return;
    R.Notes.push_back({T.Sibling->Discharged->getBeginLoc(), Ended.str()});
    if (T.Repeatable)
      if (auto Fix = repeatBefore(*T.Sibling, Ways, *T.In))
        R.FixIts = *Fix;
  }

  void tell(Unit &U, const ForgottenRegistration &T) {
    const auto *Call = dyn_cast<CallExpr>(T.Made);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    std::string Text;
    if (!T.Field && Callee)
      Text = "what " + quoted(Callee) +
             " returns is dropped; the timer goes on calling an object that is "
             "destroyed";
    else if (T.Inside)
      Text = quoted(T.Field) +
             " is still armed when its owner is destroyed; it goes on firing";
    else if (!T.Sibling && T.TakenBack)
      Text = quoted(T.Field) +
             " is not taken back when its owner is destroyed; the timer may "
             "call it afterwards";
    else
      Text = quoted(T.Field) +
             " is never taken back; the timer goes on calling an object that "
             "is destroyed";
    Finding R = finding(T.Made->getExprLoc(), std::move(Text));
    if (T.TakenBack)
      R.Notes.push_back(
          {T.TakenBack->getExprLoc(),
           quoted(T.Sibling ? T.Sibling : T.Field) + " is taken back here"});
    if (T.Undo)
      R.Notes.push_back(
          {T.Undo->getLocation(), quoted(T.Undo) + " would take it back"});
    R.Notes.push_back(
        {T.Destructor->getLocation(), "the destructor leaves it alone"});
    U.report(std::move(R));
  }

  void tell(Unit &U, const FreedOwner &O) {
    Finding R = finding(
        O.Made->getExprLoc(),
        quoted(O.Field) +
            (O.Inside ? " is still armed when its owner is freed; it goes off "
                        "in memory that is somebody else's"
                      : " is not taken back when its owner is freed; the timer "
                        "may call it afterwards"));
    R.Notes.push_back({O.Freed->getExprLoc(), "its owner is freed here"});
    R.Notes.push_back(
        {O.TakenBack->getExprLoc(),
         quoted(O.Sibling ? O.Sibling : O.Field) + " is taken back here"});
    const FunctionDecl *Callee = O.TakenBack->getDirectCallee();
    if (!O.Sibling && Callee && O.TakenBack->getNumArgs() == 1 &&
        O.Field->getParent() == O.Owner->getType()
                                    ->getPointeeType()
                                    ->getAs<RecordType>()
                                    ->getDecl()
                                    ->getDefinition()) {
      const std::string Member =
          O.Owner->getNameAsString() + "->" + O.Field->getNameAsString();
      const std::string Name = Callee->getNameAsString();
      if (auto Fix = insertBeside(O.Freed, /*After=*/false,
                                  O.Inside ? Name + "(&" + Member + ")"
                                           : "if (" + Member + ") " + Name +
                                                 "(" + Member + ")",
                                  O.In))
        R.FixIts.push_back(*Fix);
    }
    U.report(std::move(R));
  }
};

RegisterCheck<UncancelledTimer> X("uncancelled-timer");

} // namespace
} // namespace leak
