//===--- StuckStates.cpp - states that a loop can't leave -----------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StuckStates.h"
#include "Complaint.h"
#include "Index.h"
#include "Spelling.h"
#include "Statements.h"
#include "Traversal.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace leak {

static const EnumConstantDecl *enumeratorOf(const Expr *E) {
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E ? strip(E) : nullptr);
  return Ref ? dyn_cast<EnumConstantDecl>(Ref->getDecl()) : nullptr;
}

namespace {

/// A loop around a switch over a state.
class StateLoop {
public:
  StateLoop(const Stmt *Loop, const ASTContext &Ctx) : Loop(Loop), Ctx(Ctx) {}

  std::optional<StuckState> run() {
    const auto *For = dyn_cast<ForStmt>(Loop);
    const Expr *Cond = conditionOf(Loop);
    const SwitchStmt *Switch = onlySwitch();
    if (!Cond || !Switch || (For && For->getInc()))
      return std::nullopt;
    State = strip(Switch->getCond());
    // Who else may change it, isn't known.
    if (!State || !isa<DeclRefExpr, MemberExpr>(State) ||
        State->getType().isVolatileQualified() || !asksStateAlone(Cond))
      return std::nullopt;
    noteCases(Switch);
    return search(Switch->getBody());
  }

private:
  const SwitchStmt *onlySwitch() const {
    const Stmt *Body = bodyOfLoop(Loop);
    const auto *CS = dyn_cast<CompoundStmt>(Body);
    const SwitchStmt *Result = dyn_cast<SwitchStmt>(Body);
    if (CS)
      for (const Stmt *S : CS->body()) {
        if (const auto *Switch = dyn_cast<SwitchStmt>(S); Switch && !Result)
          Result = Switch;
        else if (!logs(S, Ctx))
          return nullptr;
      }
    return Result && !Result->getInit() && !Result->getConditionVariable()
               ? Result
               : nullptr;
  }

  bool isState(const Expr *E) const {
    E = E ? strip(E) : nullptr;
    return E && isa<DeclRefExpr, MemberExpr>(E) && sameText(E, State, Ctx);
  }

  /// `state != A && state != B`; notes by which it ends.
  bool asksStateAlone(const Expr *Cond) {
    const auto *BO = dyn_cast<BinaryOperator>(Cond->IgnoreParenImpCasts());
    if (!BO)
      return false;
    if (BO->getOpcode() == BO_LAnd)
      return asksStateAlone(BO->getLHS()) && asksStateAlone(BO->getRHS());
    const EnumConstantDecl *Is = enumeratorOf(BO->getRHS());
    if (BO->getOpcode() != BO_NE || !Is || !isState(BO->getLHS()))
      return false;
    Ends.push_back(Is->getInitVal().getExtValue());
    return true;
  }

  /// The states for which something is done, or the loop is left.
  void noteCases(const SwitchStmt *Switch) {
    const auto *Body = dyn_cast<CompoundStmt>(Switch->getBody());
    llvm::SmallVector<std::optional<int64_t>, 4> Here;
    Default |= !Body;
    if (!Body)
      return;
    for (const Stmt *S : Body->body()) {
      while (const auto *SC = dyn_cast<SwitchCase>(S)) {
        if (isa<DefaultStmt>(SC))
          Here.push_back(std::nullopt);
        else if (std::optional<int64_t> Is = labelOf(SC, Ctx))
          Here.push_back(Is);
        else
          Default = true; // A range, or unknown.
        S = SC->getSubStmt();
      }
      if (isa<BreakStmt>(S)) {
        Here.clear();
      } else if (!isa<NullStmt>(S) && !logs(S, Ctx)) {
        for (std::optional<int64_t> Is : Here) {
          if (Is)
            Handled.push_back(*Is);
          else
            Default = true;
        }
      }
    }
  }

  std::optional<StuckState> search(const Stmt *S) const {
    if (!S || isa<LambdaExpr>(S))
      return std::nullopt;
    if (const auto *BO = dyn_cast<BinaryOperator>(S);
        BO && BO->getOpcode() == BO_Assign && isState(BO->getLHS()))
      if (const EnumConstantDecl *Is = stuckIn(BO->getRHS()))
        return StuckState{Loop, BO, State, Is};
    for (const Stmt *Child : S->children())
      if (std::optional<StuckState> Found = search(Child))
        return Found;
    return std::nullopt;
  }

  const EnumConstantDecl *stuckIn(const Expr *Value) const {
    if (const auto *CO = dyn_cast_or_null<ConditionalOperator>(strip(Value))) {
      if (const EnumConstantDecl *Is = stuckIn(CO->getTrueExpr()))
        return Is;
      return stuckIn(CO->getFalseExpr());
    }
    const EnumConstantDecl *Is = enumeratorOf(Value);
    if (!Is || Default)
      return nullptr;
    const int64_t Number = Is->getInitVal().getExtValue();
    return llvm::is_contained(Ends, Number) ||
                   llvm::is_contained(Handled, Number)
               ? nullptr
               : Is;
  }

  const Stmt *Loop;
  const ASTContext &Ctx;
  const Expr *State = nullptr;
  llvm::SmallVector<int64_t, 4> Ends, Handled;
  bool Default = false; ///< Something is done for all others.
};

/// A loop with one wait for some time.
class TimedLoop {
public:
  TimedLoop(const Stmt *Loop, const Lexicon &Words)
      : Loop(Loop), Words(Words) {}

  std::optional<SkippedWait> run() {
    const auto *Body = dyn_cast<CompoundStmt>(bodyOfLoop(Loop));
    if (!Body)
      return std::nullopt;
    for (const Stmt *S : Body->body())
      if (!part(S))
        return std::nullopt;
    const Expr *Cond = conditionOf(Loop);
    if (!Found.Wait || !Found.Asks || mentionsTimes(Cond))
      return std::nullopt;
    const auto *If = cast<IfStmt>(Found.Asks);
    // The time of the wait is what is asked.
    const bool Related = llvm::any_of(Times, [&](const VarDecl *VD) {
      return mentions(If->getCond(), VD) && mentions(Found.Wait, VD);
    });
    if (!Related ||
        llvm::any_of(Exits, [&](const Expr *E) { return mentionsTimes(E); }))
      return std::nullopt;
    Found.Loop = Loop;
    return Found;
  }

private:
  bool mentionsTimes(const Stmt *S) const {
    return llvm::any_of(Times,
                        [&](const VarDecl *VD) { return mentions(S, VD); });
  }

  static bool asksOrder(const Expr *Cond) {
    const Expr *E = strip(Cond);
    if (const auto *BO = dyn_cast_or_null<BinaryOperator>(E))
      return BO->isRelationalOp();
    if (const auto *RO = dyn_cast_or_null<CXXRewrittenBinaryOperator>(E))
      return BinaryOperator::isRelationalOp(RO->getOpcode());
    const auto *Op = dyn_cast_or_null<CXXOperatorCallExpr>(E);
    return Op &&
           (Op->getOperator() == OO_Less || Op->getOperator() == OO_LessEqual ||
            Op->getOperator() == OO_Greater ||
            Op->getOperator() == OO_GreaterEqual);
  }

  void noteTimes(const Stmt *S) {
    if (!S)
      return;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      if (const auto *VD = dyn_cast<VarDecl>(Ref->getDecl());
          VD && VD->hasLocalStorage() && isTime(VD->getType()))
        Times.insert(VD);
    for (const Stmt *Child : S->children())
      noteTimes(Child);
  }

  static bool isTime(QualType T) {
    const RecordDecl *RD = T.getNonReferenceType()->getAsRecordDecl();
    return T->isArithmeticType() ||
           (RD && RD->getIdentifier() &&
            hasWord(RD->getName(), {"duration", "time", "point"}));
  }

  /// A wait for some time, alone.
  const CallExpr *waitIn(const Stmt *S) const {
    if (const auto *CS = dyn_cast_or_null<CompoundStmt>(S))
      S = CS->size() == 1 ? CS->body_front() : nullptr;
    const auto *E = dyn_cast_or_null<Expr>(S);
    const auto *Call = E ? dyn_cast_or_null<CallExpr>(strip(E)) : nullptr;
    const Effect *Row = Call ? Words.effect(Call) : nullptr;
    return Row && Row->Does == Verb::TryWait && Row->Timeout >= 0 ? Call
                                                                  : nullptr;
  }

  /// One statement of the body; false when it isn't understood.
  bool part(const Stmt *S) {
    const auto *If = dyn_cast<IfStmt>(S);
    if (If && !If->getElse()) {
      const Stmt *Then = If->getThen();
      if (const CallExpr *Wait = waitIn(Then);
          Wait && asksOrder(If->getCond()) && !Found.Wait) {
        Found.Wait = Wait;
        Found.Asks = If;
        noteTimes(If->getCond());
        return true;
      }
      if (const auto *CS = dyn_cast<CompoundStmt>(Then); CS && CS->size() == 1)
        Then = CS->body_front();
      if (isa<ContinueStmt>(Then) && asksOrder(If->getCond()) && !Found.Asks) {
        Found.Asks = If;
        noteTimes(If->getCond());
        return true;
      }
      if (isa<ReturnStmt, BreakStmt>(Then)) {
        Exits.push_back(If->getCond());
        return true;
      }
      return false;
    }
    if (const CallExpr *Wait = waitIn(S)) {
      // Only where a `continue` has left it out.
      if (Found.Wait || !Found.Asks)
        return false;
      Found.Wait = Wait;
      return true;
    }
    return isQuiet(S);
  }

  /// `const auto left = until - clock::now();`
  bool isQuiet(const Stmt *S) const {
    if (!S)
      return true;
    if (const auto *Call = dyn_cast<CallExpr>(S)) {
      const FunctionDecl *FD = Call->getDirectCallee();
      if (!FD || Words.effect(Call) ||
          !(FD->isOverloadedOperator() || isa<CXXConversionDecl>(FD) ||
            (FD->getIdentifier() &&
             hasWord(FD->getName(), {"now", "time", "clock", "cast", "count",
                                     "gettime", "elapsed", "ticks"}))))
        return false;
    }
    if (const auto *BO = dyn_cast<BinaryOperator>(S);
        BO && BO->isAssignmentOp() && !isa<DeclRefExpr>(strip(BO->getLHS())))
      return false;
    if (isa<CXXThrowExpr, LambdaExpr, GotoStmt, ReturnStmt, BreakStmt,
            SwitchStmt, IfStmt, CXXTryStmt, AsmStmt>(S) ||
        bodyOfLoop(S))
      return false;
    return llvm::all_of(S->children(),
                        [&](const Stmt *C) { return isQuiet(C); });
  }

  const Stmt *Loop;
  const Lexicon &Words;
  SkippedWait Found;
  llvm::SmallPtrSet<const VarDecl *, 4> Times;
  llvm::SmallVector<const Expr *, 2> Exits;
};

} // namespace

std::vector<StuckState> stuckStates(const FunctionDecl *FD) {
  std::vector<StuckState> Result;
  forEachOutsideLambdas(FD->getBody(), [&](const Stmt *S) {
    if (bodyOfLoop(S))
      if (auto Found = StateLoop(S, FD->getASTContext()).run())
        Result.push_back(*Found);
  });
  return Result;
}

std::vector<SkippedWait> skippedWaits(const FunctionDecl *FD,
                                      const Lexicon &Words) {
  std::vector<SkippedWait> Result;
  forEachOutsideLambdas(FD->getBody(), [&](const Stmt *S) {
    if (bodyOfLoop(S))
      if (auto Found = TimedLoop(S, Words).run())
        Result.push_back(*Found);
  });
  return Result;
}

} // namespace leak
