//===--- missed-wakeup.cpp - leak-missed-wakeup ---------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A wait on a condition that may never be woken, because the others don't keep
/// to the protocol: lib/Wakeups.h finds them, here they are told.
///
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "ShortWakes.h"
#include "Spelling.h"
#include "Tell.h"
#include "Wakeups.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {
namespace {

class MissedWakeupCheck : public Check {
public:
  ArrayRef<Kind> kinds() const override {
    static constexpr Kind K[] = {Kind::TaskHandle};
    return K;
  }

  void analyzeFunctions(Unit &U) override {
    for (const ShortWake &W : shortWakes(U.functions(), U.lexicon()))
      tooShort(U, W);
    if (!U.anyWait())
      return;
    for (const MissedWakeup &W : missedWakeups(U.monitors(), U.graphs()))
      tell(U, W);
  }

private:
  static std::string quoted(const ValueDecl *D) {
    return "'" + D->getNameAsString() + "'";
  }

  void tooShort(Unit &U, const ShortWake &W) {
    Finding R = finding(W.Write->getBeginLoc(),
                        quoted(W.Descriptor) +
                            " takes numbers of 8 bytes; this write of " +
                            llvm::utostr(W.Bytes) +
                            " fails each time, and who waits for it is not "
                            "woken");
    R.Notes.push_back({W.Made->getBeginLoc(), "made here"});
    U.report(std::move(R));
  }

  void tell(Unit &U, const MissedWakeup &W) {
    Finding R;
    R.Check = name().str();
    std::string Condition = quoted(W.Wait->Object.Decl);
    std::string State = W.Change ? quoted(W.Change->Object.Decl) : "";
    const SyncEvent *At = W.Change ? W.Change : W.Wait;
    switch (W.Why) {
    case MissedWakeup::NotNotified:
      R.Message = State + " changes without a notification of " + Condition +
                  "; who waits for it is not woken";
      break;
    case MissedWakeup::LeftBefore:
      R.Message = State + " changes, and this function is left before " +
                  Condition + " is notified; who waits for it is not woken";
      break;
    case MissedWakeup::Unprotected:
      R.Message = State + " changes without " + quoted(W.Mutex) +
                  " being held; who has just tested it and doesn't wait yet "
                  "misses the notification, and waits for ever";
      break;
    case MissedWakeup::TooEarly:
      R.Message = State + " changes after " + Condition +
                  " is notified; who is woken finds it unchanged and waits "
                  "for ever";
      break;
    case MissedWakeup::OnlyOne:
      At = W.Notify;
      R.Message = "only one of those who wait on " + Condition +
                  " is woken, though all of them wait for " + State +
                  "; the others wait for ever";
      break;
    case MissedWakeup::Nobody:
      R.Message = "nothing notifies " + Condition + "; this wait never ends";
      break;
    case MissedWakeup::NoLoop:
      R.Message = "this wait on " + Condition +
                  " may end without a notification; what it waits for is "
                  "tested before it, and not again";
      break;
    case MissedWakeup::Untested:
      At = W.Wait;
      R.Message = State + " isn't tested since " + quoted(W.Mutex) +
                  " was taken; when it has changed before, this wait misses "
                  "the notification of " +
                  Condition;
      break;
    case MissedWakeup::OnlyFirst:
      At = W.Notify;
      R.Message = "one of those who wait on " + Condition + " is woken when " +
                  State +
                  " was empty, and none for what is added before it is taken; "
                  "the others sleep on";
      break;
    case MissedWakeup::WrongOne:
      At = W.Notify;
      R.Message = "one of those who wait on " + Condition +
                  " is woken, and it may be one that doesn't wait for " +
                  State + "; who does sleeps on";
      break;
    case MissedWakeup::LeftFull:
      R.Message = State + " ends those who take, " +
                  (W.Tests ? "and nobody notifies " + Condition
                           : "but isn't tested by the wait on " + Condition) +
                  "; who waits there for room waits for ever";
      break;
    }
    R.Loc = At->At->getBeginLoc();
    if (W.Why == MissedWakeup::LeftFull) {
      R.Stuck = R.Loc;
      R.Rank = 1;
    }
    if (W.Other)
      R.Notes.push_back(
          {W.Other->At->getBeginLoc(), "waits for something else here"});
    if (W.Taken)
      R.Notes.push_back({W.Taken->At->getBeginLoc(), "taken here"});
    if (W.Start)
      R.Notes.push_back({W.Start->At->getBeginLoc(), "many are started here"});
    if (W.Change && At != W.Change)
      R.Notes.push_back({W.Change->At->getBeginLoc(), "changed here"});
    if (W.Wait != At)
      R.Notes.push_back({W.Wait->At->getBeginLoc(), "waits here"});
    if (W.Sibling)
      R.Notes.push_back({W.Sibling->At->getBeginLoc(),
                         "notified after the same change here"});
    else if (W.Notify && W.Notify != At)
      R.Notes.push_back(
          {W.Notify->At->getBeginLoc(), W.Why == MissedWakeup::LeftFull
                                            ? "who takes is notified here"
                                            : "notified here"});
    for (const Branch &B : W.Way)
      if (B.Cond && W.Change &&
          U.context().getSourceManager().isBeforeInTranslationUnit(
              W.Change->At->getBeginLoc(), B.Cond->getBeginLoc()))
        R.Notes.push_back({B.Cond->getBeginLoc(),
                           "assuming '" + sourceText(B.Cond, U.context()) +
                               "' is " + (B.Truth ? "true" : "false")});
    if (W.Exit)
      R.Notes.push_back({W.Exit->getBeginLoc(), "left here"});
    mend(U, W, R);
    U.report(std::move(R));
  }

  /// The same words do the same at the other place: both are methods of the
  /// class whose member the condition is, or it is a variable.
  static bool meansTheSame(const SyncEvent &E, const FunctionDecl *In,
                           ASTContext &Ctx) {
    const auto *Field = dyn_cast<FieldDecl>(E.Object.Decl);
    const auto *Method = dyn_cast<CXXMethodDecl>(In);
    if (!Field)
      return !cast<VarDecl>(E.Object.Decl)->isLocalVarDeclOrParm();
    return !E.Object.Root && Method &&
           Method->getParent()->getCanonicalDecl() ==
               cast<Decl>(Field->getDeclContext())->getCanonicalDecl();
  }

  void mend(Unit &U, const MissedWakeup &W, Finding &R) {
    ASTContext &Ctx = U.context();
    std::optional<FixItHint> Fix;
    switch (W.Why) {
    case MissedWakeup::NotNotified:
      if (W.Notify && meansTheSame(*W.Notify, W.In, Ctx))
        Fix = insertBeside(W.Change->At, /*After=*/true,
                           sourceText(W.Notify->At, Ctx), W.In);
      break;
    case MissedWakeup::LeftBefore:
      if (W.Notify->Object.Root == nullptr)
        Fix = insertBeside(W.Exit, /*After=*/false,
                           sourceText(W.Notify->At, Ctx), W.In);
      break;
    case MissedWakeup::OnlyOne:
    case MissedWakeup::OnlyFirst:
    case MissedWakeup::WrongOne:
      // The method that wakes all.
      if (const auto *MC = dyn_cast<CXXMemberCallExpr>(W.Notify->At)) {
        const auto *ME = dyn_cast<MemberExpr>(MC->getCallee()->IgnoreParens());
        const TypeModel *Model = U.lexicon().typeOrBase(MC->getRecordDecl());
        StringRef All = Model ? Model->methodFor(Verb::NotifyAll) : "";
        if (ME && !All.empty() && ME->getMemberLoc().isFileID())
          Fix = FixItHint::CreateReplacement(ME->getMemberLoc(), All);
      }
      break;
    case MissedWakeup::NoLoop: {
      // All that the branch does is to wait.
      const Stmt *Then = W.Wait->If->getThen();
      if (const auto *CS = dyn_cast<CompoundStmt>(Then); CS && CS->size() == 1)
        Then = CS->body_front();
      if (const auto *EC = dyn_cast<ExprWithCleanups>(Then))
        Then = EC->getSubExpr();
      if (Then == W.Wait->At && !W.Wait->If->getElse() &&
          W.Wait->If->getIfLoc().isFileID() && !W.Wait->If->getInit() &&
          !W.Wait->If->hasVarStorage())
        Fix = FixItHint::CreateReplacement(W.Wait->If->getIfLoc(), "while");
      break;
    }
    default:
      break;
    }
    if (Fix)
      R.FixIts.push_back(*Fix);
  }
};

RegisterCheck<MissedWakeupCheck> X("missed-wakeup");

} // namespace
} // namespace leak
