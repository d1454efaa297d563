//===--- SkippedSteps.cpp - steps that a turn leaves out ------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SkippedSteps.h"
#include "Complaint.h"
#include "Index.h"
#include "Inputs.h"
#include "Spelling.h"
#include "Statements.h"
#include "Stillness.h"
#include "Traversal.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {

/// Without the ending that says who holds the lock: `getNameHasLock`.
static StringRef withoutLock(StringRef Name) {
  for (StringRef End : {"HasLock", "WithLock", "NoLock", "WithoutLock",
                        "Unlocked", "Locked", "_has_lock", "_with_lock",
                        "_no_lock", "_nolock", "_unlocked", "_locked"})
    if (Name.size() > End.size() && Name.consume_back(End))
      break;
  return Name;
}

bool isAwaited(const Stmt *S) {
  if (!S)
    return false;
  const NamedDecl *D = nullptr;
  if (const auto *ME = dyn_cast<MemberExpr>(S))
    D = ME->getMemberDecl();
  else if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    D = Ref->getDecl();
  if (D && D->getIdentifier() &&
      hasWord(isa<FunctionDecl>(D) ? withoutLock(D->getName()) : D->getName(),
              {"ready",     "busy",     "pending", "locked",    "complete",
               "completed", "finished", "done",    "available", "running",
               "stop",      "retry",    "again",   "tries",     "attempt",
               "attempts",  "retries",  "errno",   "wait",      "waiting",
               "state",     "changed",  "dirty",   "lock",      "rand"}))
    return true;
  if (const auto *E = dyn_cast<Expr>(S);
      E && (E->getType().isVolatileQualified() || E->getType()->isAtomicType()))
    return true;
  return llvm::any_of(S->children(), isAwaited);
}

namespace {

bool isLoop(const Stmt *S) {
  return isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S);
}

bool jumps(const Stmt *S) {
  if (const auto *CS = dyn_cast_or_null<CompoundStmt>(S))
    return !CS->body_empty() && jumps(CS->body_back());
  return isa_and_nonnull<ContinueStmt, BreakStmt, ReturnStmt, GotoStmt>(S);
}

/// By its name, it asks what something is like, or gives a part of it.
bool asksByName(StringRef Name) {
  return Name.starts_with("get") || Name.starts_with("str") ||
         Name.starts_with("mem") || Name.starts_with("is") ||
         hasWord(Name, {"get",     "is",    "has",      "empty",  "equal",
                        "equals",  "match", "matches",  "filter", "cmp",
                        "compare", "valid", "contains", "find",   "lookup",
                        "data",    "name",  "type",     "size",   "length",
                        "exists",  "stat",  "have",     "check",  "same",
                        "starts",  "info",  "getinfo"});
}

/// What comes from outside, or may be otherwise the next time.
bool asksAnew(StringRef Name) {
  return hasWord(
      withoutLock(Name),
      {"read",    "recv",    "receive", "input",  "ask",     "prompt",
       "scan",    "scanf",   "getline", "getc",   "getchar", "gets",
       "fgets",   "rand",    "random",  "next",   "poll",    "pop",
       "fetch",   "request", "query",   "send",   "write",   "try",
       "retry",   "lock",    "acquire", "now",    "time",    "clock",
       "choose",  "pick",    "token",   "wait",   "drain",   "consume",
       "accept",  "connect", "open",    "alloc",  "malloc",  "process",
       "step",    "advance", "skip",    "shift",  "seek",    "key",
       "eat",     "remove",  "erase",   "delete", "move",    "update",
       "refresh", "flush",   "reserve", "grow",   "resize",  "add",
       "insert",  "set",     "reset",   "clear",  "extend",  "handle",
       "run",     "execute", "exec",    "apply",  "select"});
}

/// One loop whose turns end with a step.
class Finder {
public:
  Finder(const Stmt *Loop, const Expr *Cond, const CompoundStmt *Body,
         const Lexicon &Words, const ASTContext &Ctx)
      : Loop(Loop), Cond(Cond), Body(Body), Words(Words), Ctx(Ctx) {}

  std::optional<StaleTurn> run() {
    findStep();
    if (!Step || isAwaited(Cond))
      return std::nullopt;
    if (const auto *By = dyn_cast<BinaryOperator>(Step))
      noteMadeBy(By->getRHS());
    walk(Body, {});
    return std::move(Found);
  }

private:
  /// The last statement of the body that is sure to move on what the condition
  /// is about.
  void findStep() {
    for (const Stmt *S : llvm::reverse(Body->body())) {
      const VarDecl *VD = changedBy(S);
      if (!VD || !VD->hasLocalStorage() || VD->getType()->isReferenceType() ||
          !mentions(Cond, VD) || !isStep(S, VD))
        continue;
      Step = S;
      Item = VD;
      return;
    }
  }

  /// `i++`, `p = p->next`, `p = next(list, p)`, `p = next`.
  bool isStep(const Stmt *S, const VarDecl *VD) const {
    if (isa<UnaryOperator, CXXOperatorCallExpr>(S))
      return !isa<CXXOperatorCallExpr>(S) ||
             !cast<CXXOperatorCallExpr>(S)->isAssignmentOp();
    const auto *BO = dyn_cast<BinaryOperator>(S);
    if (!BO)
      return false;
    const Expr *By = strip(BO->getRHS());
    if (BO->getOpcode() != BO_Assign)
      return (BO->getOpcode() == BO_AddAssign ||
              BO->getOpcode() == BO_SubAssign) &&
             isa_and_nonnull<IntegerLiteral>(By);
    if (const auto *ME = dyn_cast_or_null<MemberExpr>(By))
      return ME->isArrow() && mentions(ME, VD);
    if (const auto *Call = dyn_cast_or_null<CallExpr>(By))
      return mentions(Call, VD) && hasWord(calleeName(Call), {"next"});
    if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(By))
      return Ref->getDecl()->getIdentifier() &&
             hasWord(Ref->getDecl()->getName(), {"next", "nxt"});
    return false;
  }

  /// What the step fills in together with the item.
  void noteMadeBy(const Expr *By) {
    const auto *Call = dyn_cast_or_null<CallExpr>(strip(By));
    if (!Call)
      return;
    for (const Expr *Arg : Call->arguments()) {
      const auto *UO = dyn_cast_or_null<UnaryOperator>(strip(Arg));
      if (UO && UO->getOpcode() == UO_AddrOf)
        if (const auto *Ref =
                dyn_cast_or_null<DeclRefExpr>(strip(UO->getSubExpr())))
          Made.insert(Ref->getDecl());
    }
  }

  bool isAboutItem(const Stmt *S) const {
    return anyIn(S, [&](const Stmt *Inner) {
      const auto *Ref = dyn_cast<DeclRefExpr>(Inner);
      return Ref && (Ref->getDecl() == Item || Made.contains(Ref->getDecl()));
    });
  }

  /// More is asked than what the condition of the loop has answered.
  bool looksBehind(const Stmt *S) const {
    return anyIn(S, [&](const Stmt *Inner) {
      const auto *Ref = dyn_cast<DeclRefExpr>(Inner);
      return isa<CallExpr, MemberExpr, ArraySubscriptExpr>(Inner) ||
             (Ref && Made.contains(Ref->getDecl()));
    });
  }

  /// \p S may move the item on, whatever comes behind it.
  bool mayMove(const Stmt *S) const {
    if (!S)
      return false;
    // It doesn't come to what is behind it.
    if (const auto *If = dyn_cast<IfStmt>(S))
      return mayMove(If->getCond()) ||
             (!jumps(If->getThen()) && mayMove(If->getThen())) ||
             (If->getElse() && !jumps(If->getElse()) && mayMove(If->getElse()));
    if (changedBy(S) == Item)
      return true;
    if (const auto *UO = dyn_cast<UnaryOperator>(S);
        UO && UO->getOpcode() == UO_AddrOf && isItem(UO->getSubExpr()))
      return true;
    if (isa<LambdaExpr>(S))
      return mentions(S, Item);
    if (isa<CallExpr, CXXConstructExpr>(S) && givesAway(cast<Expr>(S)))
      return true;
    return llvm::any_of(S->children(),
                        [&](const Stmt *C) { return mayMove(C); });
  }

  bool isItem(const Expr *E) const {
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E ? strip(E) : nullptr);
    return Ref && Ref->getDecl() == Item;
  }

  /// By a reference that may be written through.
  bool givesAway(const Expr *E) const {
    const FunctionDecl *FD = nullptr;
    if (const auto *Call = dyn_cast<CallExpr>(E))
      FD = Call->getDirectCallee();
    else
      FD = cast<CXXConstructExpr>(E)->getConstructor();
    ArrayRef<const Expr *> Args = operandsOf(E);
    unsigned Skip =
        isa<CXXOperatorCallExpr>(E) && isa_and_nonnull<CXXMethodDecl>(FD);
    for (unsigned No = Skip; FD && No < Args.size(); ++No)
      if (No - Skip < FD->getNumParams() && isItem(Args[No])) {
        QualType T = FD->getParamDecl(No - Skip)->getType();
        if (T->isReferenceType() && !T->getPointeeType().isConstQualified())
          return true;
      }
    return !FD && llvm::any_of(Args, [&](const Expr *A) {
      return isItem(A) && A->isGLValue();
    });
  }

  /// Nothing in \p S brings about that the same questions are answered
  /// otherwise. With \p Complains, what it calls may do more than ask.
  bool isQuiet(const Stmt *S, bool Complains) const {
    if (!S || logs(S, Ctx))
      return true;
    if (isa<CXXThrowExpr, CXXDeleteExpr, CXXNewExpr, CoawaitExpr, CoyieldExpr,
            AsmStmt, LambdaExpr, CXXTryStmt, GotoStmt, RecoveryExpr>(S) ||
        (isLoop(S) && !alwaysFalse(conditionOf(S))))
      return false;
    if (const auto *BO = dyn_cast<BinaryOperator>(S);
        BO && BO->isAssignmentOp() && !isLocal(BO->getLHS()))
      return false;
    if (const auto *UO = dyn_cast<UnaryOperator>(S);
        UO && UO->isIncrementDecrementOp() && !isLocal(UO->getSubExpr()))
      return false;
    if (const auto *Call = dyn_cast<CallExpr>(S))
      if (!isQuietCall(Call, Complains))
        return false;
    return llvm::all_of(S->children(),
                        [&](const Stmt *C) { return isQuiet(C, Complains); });
  }

  static bool isLocal(const Expr *E) {
    E = strip(E);
    while (const auto *ME = dyn_cast_or_null<MemberExpr>(E)) {
      if (ME->isArrow())
        return false;
      E = strip(ME->getBase());
    }
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E);
    const auto *VD = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    return VD && VD->hasLocalStorage() && !VD->getType()->isReferenceType();
  }

  bool isQuietCall(const CallExpr *Call, bool Complains) const {
    if (const Effect *Row = Words.effect(Call))
      return Row->Does == Verb::Query || Row->Does == Verb::Element ||
             Row->Does == Verb::Iterate;
    const FunctionDecl *FD = Call->getDirectCallee();
    // Whoever fails an assertion doesn't come here.
    if (FD && FD->isNoReturn())
      return true;
    if (FD && endsOrWaits(FD))
      return false;
    if (const auto *M = dyn_cast_or_null<CXXMethodDecl>(FD)) {
      if (M->isConst() || Stillness::looksInto(M))
        return !M->getIdentifier() || !asksAnew(M->getName());
      if (isa<CXXConversionDecl>(M))
        return true;
    }
    if (FD && FD->isOverloadedOperator())
      return FD->getOverloadedOperator() == OO_EqualEqual ||
             FD->getOverloadedOperator() == OO_ExclaimEqual ||
             FD->getOverloadedOperator() == OO_Less ||
             FD->getOverloadedOperator() == OO_Arrow ||
             FD->getOverloadedOperator() == OO_Star;
    StringRef Name = calleeName(Call);
    if (Name.empty() || asksAnew(Name))
      return false;
    return asksByName(Name) ||
           (Complains && llvm::any_of(Call->arguments(), [&](const Expr *A) {
              return isAboutItem(A);
            }));
  }

  /// What has its value from the item.
  void noteDerived(const Stmt *S) {
    if (const auto *DS = dyn_cast<DeclStmt>(S)) {
      for (const Decl *D : DS->decls())
        if (const auto *VD = dyn_cast<VarDecl>(D);
            VD && VD->hasInit() && isAboutItem(VD->getInit()))
          Made.insert(VD);
    } else if (const auto *BO = dyn_cast<BinaryOperator>(S)) {
      const auto *Ref = dyn_cast_or_null<DeclRefExpr>(
          BO->getOpcode() == BO_Assign ? strip(BO->getLHS()) : nullptr);
      if (Ref && isAboutItem(BO->getRHS()))
        Made.insert(Ref->getDecl());
    }
    // `getinfo(list, &about)`
    if (const auto *Call = dyn_cast<CallExpr>(S))
      for (const Expr *Arg : Call->arguments())
        if (const auto *UO = dyn_cast_or_null<UnaryOperator>(strip(Arg));
            UO && UO->getOpcode() == UO_AddrOf && isAboutItem(Call))
          if (const auto *Ref =
                  dyn_cast_or_null<DeclRefExpr>(strip(UO->getSubExpr())))
            Made.insert(Ref->getDecl());
  }

  /// What stands on the way to the statement that is looked at.
  struct Way {
    std::vector<const Stmt *> Before; ///< Comes before it in any case.
    std::vector<const Expr *> Asked;
  };

  void walk(const Stmt *S, Way W) {
    if (!S || Found || S == Step)
      return;
    if (const auto *CS = dyn_cast<CompoundStmt>(S)) {
      for (const Stmt *Each : CS->body()) {
        if (Each == Step)
          return;
        if (const auto *C = dyn_cast<ContinueStmt>(Each))
          reached(C, CS, W);
        else
          walk(Each, W);
        if (mayMove(Each))
          return;
        noteDerived(Each);
        W.Before.push_back(Each);
      }
      return;
    }
    const auto *If = dyn_cast<IfStmt>(S);
    if (!If || If->getConditionVariable() || If->getInit() ||
        mayMove(If->getCond()))
      return;
    W.Asked.push_back(If->getCond());
    for (const Stmt *Branch : {If->getThen(), If->getElse()}) {
      if (const auto *C = dyn_cast_or_null<ContinueStmt>(Branch))
        reached(C, nullptr, W);
      else if (Branch)
        walk(Branch, W);
    }
  }

  /// The block \p Block, which ends with a `continue`, has a word of error or
  /// warning, and none of another try.
  bool complainsIn(const CompoundStmt *Block) const {
    if (!Block)
      return false;
    bool Complains = false;
    for (const Stmt *S : Block->body()) {
      if (isa<ContinueStmt>(S))
        continue;
      if (!logs(S, Ctx))
        return false;
      Complains = true;
      if (saysAgain(S))
        return false;
    }
    return Complains;
  }

  static bool saysAgain(const Stmt *S) {
    if (!S)
      return false;
    if (const auto *L = dyn_cast<StringLiteral>(S); L && L->isOrdinary()) {
      std::string Text = L->getString().lower();
      for (StringRef Word :
           {"retry", "again", "wait", "try", "enter", "please"})
        if (StringRef(Text).contains(Word))
          return true;
    }
    return llvm::any_of(S->children(), saysAgain);
  }

  void reached(const ContinueStmt *C, const CompoundStmt *Block, const Way &W) {
    if (W.Asked.empty())
      return;
    const bool Complains = complainsIn(Block);
    // A branch that does anything else isn't only there to leave this out.
    if (Block && Block->size() > 1 && !Complains)
      return;
    const Expr *Last = W.Asked.back();
    if (!isAboutItem(Last) || !looksBehind(Last) ||
        llvm::any_of(W.Asked,
                     [&](const Expr *E) {
                       return isAwaited(E) || !isQuiet(E, Complains);
                     }) ||
        llvm::any_of(W.Before,
                     [&](const Stmt *S) { return !isQuietBefore(S); }) ||
        !isQuiet(Cond, false))
      return;
    StaleTurn T;
    T.What = StaleTurn::Continue;
    T.Loop = Loop;
    T.Back = C;
    T.Advance = Step;
    T.Item = Item;
    Found = std::move(T);
  }

  /// Branches that leave don't come here.
  bool isQuietBefore(const Stmt *S) const {
    const auto *If = dyn_cast<IfStmt>(S);
    if (!If)
      return isQuiet(S, false);
    auto Quiet = [&](const Stmt *Branch) {
      return !Branch || jumps(Branch) || isQuiet(Branch, false);
    };
    return isQuiet(If->getCond(), false) && Quiet(If->getThen()) &&
           Quiet(If->getElse());
  }

  const Stmt *Loop;
  const Expr *Cond;
  const CompoundStmt *Body;
  const Lexicon &Words;
  const ASTContext &Ctx;
  const Stmt *Step = nullptr;
  const VarDecl *Item = nullptr;
  llvm::SmallPtrSet<const ValueDecl *, 4> Made;
  std::optional<StaleTurn> Found;
};

/// A `continue` of the loop with the body \p S.
bool hasContinue(const Stmt *S) {
  if (!S || isa<LambdaExpr>(S) || isLoop(S))
    return false;
  return isa<ContinueStmt>(S) || llvm::any_of(S->children(), hasContinue);
}

void collect(const Stmt *S, const Lexicon &Words, const FunctionDecl *FD,
             std::vector<StaleTurn> &Into) {
  if (!S || isa<LambdaExpr>(S))
    return;
  const Expr *Cond = nullptr;
  if (const auto *W = dyn_cast<WhileStmt>(S); W && !W->getConditionVariable())
    Cond = W->getCond();
  else if (const auto *F = dyn_cast<ForStmt>(S);
           F && !F->getInc() && !F->getConditionVariable())
    Cond = F->getCond();
  const auto *Body = dyn_cast_or_null<CompoundStmt>(bodyOfLoop(S));
  if (Cond && Body && hasContinue(Body))
    if (auto T = Finder(S, Cond, Body, Words, FD->getASTContext()).run()) {
      T->In = FD;
      Into.push_back(std::move(*T));
    }
  for (const Stmt *Child : S->children())
    collect(Child, Words, FD, Into);
}

} // namespace

std::vector<StaleTurn> skippedSteps(const FunctionDecl *FD,
                                    const Lexicon &Words) {
  std::vector<StaleTurn> Result;
  collect(FD->getBody(), Words, FD, Result);
  return Result;
}

} // namespace leak
