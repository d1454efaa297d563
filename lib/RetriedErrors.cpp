//===--- RetriedErrors.cpp - errors that all mean once more ---------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RetriedErrors.h"
#include "Complaint.h"
#include "Predicates.h"
#include "Spelling.h"
#include "Statements.h"
#include "Traversal.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace leak {

namespace {

/// `*__errno_location()`, or a variable of this function that is made of it.
bool isErrno(const Expr *E, unsigned Depth = 0) {
  E = E ? strip(E) : nullptr;
  if (const auto *UO = dyn_cast_or_null<UnaryOperator>(E);
      UO && UO->getOpcode() == UO_Deref)
    if (const auto *Call = dyn_cast_or_null<CallExpr>(strip(UO->getSubExpr())))
      return calleeName(Call).contains("errno");
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E);
  const auto *VD = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return VD && VD->isLocalVarDecl() && VD->hasInit() && Depth == 0 &&
         isErrno(VD->getInit(), 1);
}

/// What \p Cond says of errno: on the way where it is true, one error was
/// found, or on the other one. Nothing where it doesn't ask for it.
std::optional<bool> oneErrorWhen(const Expr *Cond) {
  const auto *BO = dyn_cast_or_null<BinaryOperator>(Cond ? strip(Cond) : Cond);
  if (!BO || !BO->isEqualityOp() ||
      !(isErrno(BO->getLHS()) || isErrno(BO->getRHS())))
    return std::nullopt;
  return BO->getOpcode() == BO_EQ;
}

/// The condition says that what it asks about has failed; null for all others.
/// Only plain ones: more terms may be more ways out.
const Expr *failed(const Expr *Cond) {
  Cond = Cond ? strip(Cond) : nullptr;
  if (const auto *UO = dyn_cast_or_null<UnaryOperator>(Cond))
    return UO->getOpcode() == UO_LNot ? strip(UO->getSubExpr()) : nullptr;
  const auto *BO = dyn_cast_or_null<BinaryOperator>(Cond);
  if (!BO || !BO->isComparisonOp())
    return nullptr;
  const Expr *Asked = strip(BO->getLHS()), *With = strip(BO->getRHS());
  bool Negative = false;
  if (const auto *UO = dyn_cast_or_null<UnaryOperator>(With);
      UO && UO->getOpcode() == UO_Minus) {
    Negative = true;
    With = strip(UO->getSubExpr());
  }
  const auto *Number = dyn_cast_or_null<IntegerLiteral>(With);
  bool Zero = isa_and_nonnull<GNUNullExpr, CXXNullPtrLiteralExpr>(With) ||
              (Number && Number->getValue() == 0);
  bool Pointer = Asked && Asked->getType()->isPointerType();
  switch (BO->getOpcode()) {
  case BO_EQ:
    return Negative || (Zero && Pointer) ? Asked : nullptr;
  case BO_LT:
    return Zero ? Asked : nullptr;
  case BO_NE:
    return Negative || Pointer ? nullptr : Asked;
  default:
    return nullptr;
  }
}

/// The variable that \p E is a part of, or points to.
const ValueDecl *rootOf(const Expr *E) {
  E = E ? strip(E) : nullptr;
  while (E) {
    if (const auto *ME = dyn_cast<MemberExpr>(E)) {
      if (isa<CXXThisExpr>(strip(ME->getBase())))
        return ME->getMemberDecl();
      E = strip(ME->getBase());
    } else if (const auto *AS = dyn_cast<ArraySubscriptExpr>(E)) {
      E = strip(AS->getBase());
    } else if (const auto *UO = dyn_cast<UnaryOperator>(E)) {
      E = strip(UO->getSubExpr());
    } else {
      return namedBy(E);
    }
  }
  return nullptr;
}

class Retry {
public:
  Retry(const Stmt *Loop, const Body &B, const Lexicon &Words)
      : Loop(Loop), B(B), Words(Words) {}

  std::optional<RetriedError> run() {
    const Expr *Asked = failed(conditionOf(Loop));
    if (!Asked || !findCall(Asked) || isa<ForStmt>(Loop))
      return std::nullopt;
    const CFGBlock *Head = nullptr;
    for (const CFGBlock *Block : *B.graph())
      if (Block->getTerminatorStmt() == Loop && Block->succ_size() == 2)
        Head = Block;
    if (!Head || !walk(Head) || !Found.Asks)
      return std::nullopt;
    Found.Loop = Loop;
    return Found;
  }

private:
  /// What \p Asked has its value from, and nothing else in the loop.
  bool findCall(const Expr *Asked) {
    if (const auto *BO = dyn_cast<BinaryOperator>(Asked);
        BO && BO->getOpcode() == BO_Assign) {
      Variable = namedBy(strip(BO->getLHS()));
      Asked = strip(BO->getRHS());
    }
    if (const auto *Call = dyn_cast_or_null<CallExpr>(Asked)) {
      Found.Call = Call;
    } else if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(Asked)) {
      Variable = Ref->getDecl();
      if (!isa<VarDecl>(Variable) ||
          !cast<VarDecl>(Variable)->hasLocalStorage())
        return false;
      anyOutsideLambdas(bodyOfLoop(Loop), [&](const Stmt *S) {
        const auto *Call = dyn_cast<CallExpr>(S);
        if (!Call || (resultOf(Call, bodyOfLoop(Loop)) != Variable &&
                      !isGiven(Call, Variable)))
          return false;
        Many |= Found.Call != nullptr;
        Found.Call = Call;
        return false;
      });
    }
    const FunctionDecl *FD =
        Found.Call && !Many ? Found.Call->getDirectCallee() : nullptr;
    if (!FD || !FD->getIdentifier() || isa<CXXMethodDecl>(FD))
      return false;
    // What waits fails in no other way; and what reads ends in its own one.
    const Effect *Row = Words.effect(Found.Call);
    return !Row || Row->Does == Verb::Block;
  }

  static bool isGiven(const CallExpr *Call, const ValueDecl *D) {
    return llvm::any_of(Call->arguments(), [&](const Expr *A) {
      const auto *UO = dyn_cast_or_null<UnaryOperator>(strip(A));
      return UO && UO->getOpcode() == UO_AddrOf &&
             namedBy(strip(UO->getSubExpr())) == D;
    });
  }

  /// Goes all ways but those of the errors that are told apart. False when one
  /// leaves the loop, or changes what is tried.
  bool walk(const CFGBlock *Head) {
    llvm::SmallPtrSet<const CFGBlock *, 16> Seen;
    llvm::SmallVector<const CFGBlock *, 16> Work;
    Work.push_back(Head->succ_begin()->getReachableBlock());
    bool ComesBack = false;
    while (!Work.empty()) {
      const CFGBlock *Block = Work.pop_back_val();
      if (!Block || Block == &B.graph()->getExit() ||
          Block->hasNoReturnElement())
        return false;
      if (Block == Head) {
        ComesBack = true;
        if (isa<DoStmt>(Loop) && !isHarmless(*Block))
          return false;
        continue;
      }
      if (!Seen.insert(Block).second)
        continue;
      if (!isHarmless(*Block) || !leave(*Block, Work))
        return false;
    }
    return ComesBack;
  }

  /// Where it goes from \p Block; false when that is out of the loop.
  bool leave(const CFGBlock &Block,
             llvm::SmallVectorImpl<const CFGBlock *> &Into) {
    const Stmt *Terminator = Block.getTerminatorStmt();
    if (isa_and_nonnull<GotoStmt, IndirectGotoStmt, CXXTryStmt>(Terminator))
      return false;
    if (const auto *Break = dyn_cast_or_null<BreakStmt>(Terminator)) {
      if (ownerOf(Break) == Loop)
        return false;
      if (isa_and_nonnull<SwitchStmt>(ownerOf(Break)))
        Found.Break = Break;
    }
    const auto *Switch = dyn_cast_or_null<SwitchStmt>(Terminator);
    const bool OfError = Switch && isErrno(Switch->getCond());
    const Expr *Cond = decisionOf(Block);
    std::optional<bool> One = Cond ? oneErrorWhen(Cond) : std::nullopt;
    if (One || OfError)
      Found.Asks = One ? Cond : Switch->getCond();
    if (OfError || !Cond) {
      for (const CFGBlock::AdjacentBlock &To : Block.succs())
        if (const CFGBlock *Next = To.getReachableBlock();
            Next && !(OfError && isa_and_nonnull<CaseStmt>(Next->getLabel())))
          Into.push_back(Next);
      return Block.succ_size() != 0;
    }
    for (const auto &[Next, Truth] : waysFrom(Block))
      if (!One || *One != Truth)
        Into.push_back(Next);
    return true;
  }

  /// The loop or `switch` that \p Break leaves.
  const Stmt *ownerOf(const BreakStmt *Break) const {
    for (const Stmt *S : llvm::reverse(pathTo(Loop, Break)))
      if (isa<SwitchStmt, WhileStmt, DoStmt, ForStmt, CXXForRangeStmt>(S))
        return S;
    return nullptr;
  }

  /// Nothing in \p Block waits, or may mend what the call fails of.
  bool isHarmless(const CFGBlock &Block) const {
    return llvm::all_of(Block, [&](const CFGElement &E) {
      auto S = E.getAs<CFGStmt>();
      return S && isHarmless(S->getStmt());
    });
  }

  bool isHarmless(const Stmt *S) const {
    if (isa<CXXThrowExpr, CoawaitExpr, CoyieldExpr, ReturnStmt, CoreturnStmt,
            AsmStmt, AtomicExpr, CXXDeleteExpr, RecoveryExpr>(S))
      return false;
    const Expr *Changed = nullptr;
    if (const auto *BO = dyn_cast<BinaryOperator>(S))
      Changed = BO->isAssignmentOp() ? BO->getLHS() : nullptr;
    else if (const auto *UO = dyn_cast<UnaryOperator>(S))
      Changed = UO->isIncrementDecrementOp() ? UO->getSubExpr() : nullptr;
    if (Changed)
      return isOfNoConcern(Changed, S);
    if (const auto *E = dyn_cast<Expr>(S);
        E && isa<CallExpr, CXXConstructExpr>(E))
      return E == Found.Call || isOther(E);
    return true;
  }

  /// A change that the next attempt doesn't see.
  bool isOfNoConcern(const Expr *Changed, const Stmt *By) const {
    if (isErrno(Changed))
      return true;
    const ValueDecl *D = rootOf(Changed);
    if (!D)
      return false;
    if (D == Variable)
      return contains(By, Found.Call);
    return !mentions(Found.Call, D) || isFilledIn(D);
  }

  /// `read(&value, sizeof(value))`
  bool isFilledIn(const ValueDecl *D) const {
    return isGiven(Found.Call, D) &&
           llvm::any_of(Found.Call->arguments(), [&](const Expr *A) {
             const auto *Size =
                 dyn_cast<UnaryExprOrTypeTraitExpr>(A->IgnoreParenImpCasts());
             return Size && Size->getKind() == UETT_SizeOf &&
                    !Size->isArgumentType() &&
                    namedBy(strip(Size->getArgumentExpr())) == D;
           });
  }

  /// A call that says something, or gives a number of its own.
  bool isOther(const Expr *E) const {
    const auto *Call = dyn_cast<CallExpr>(E);
    const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
    if (!FD || FD->isNoReturn())
      return false;
    if (calleeName(Call).contains("errno") || logs(Call, B.context()))
      return true;
    return !Words.effect(Call) && !isa<CXXMethodDecl>(FD) &&
           FD->getReturnType()->isArithmeticType() &&
           resultOf(Call, bodyOfLoop(Loop)) && Call->getNumArgs() == 0;
  }

  const Stmt *Loop;
  const Body &B;
  const Lexicon &Words;
  const ValueDecl *Variable = nullptr;
  bool Many = false;
  RetriedError Found;
};

} // namespace

std::vector<RetriedError> retriedErrors(const FunctionDecl *FD,
                                        const Lexicon &Words,
                                        FlowGraphs &Graphs) {
  std::vector<RetriedError> Result;
  llvm::SmallVector<const Stmt *, 2> Loops;
  anyOutsideLambdas(FD->getBody(), [&](const Stmt *S) {
    if (isa<WhileStmt, DoStmt>(S) && failed(conditionOf(S)) &&
        anyOutsideLambdas(bodyOfLoop(S), [](const Stmt *Inner) {
          const auto *E = dyn_cast<Expr>(Inner);
          return E && isErrno(E);
        }))
      Loops.push_back(S);
    return false;
  });
  for (const Stmt *Loop : Loops) {
    const Body &B = Graphs.body(FD);
    if (!B.graph())
      break;
    if (auto Found = Retry(Loop, B, Words).run())
      Result.push_back(*Found);
  }
  return Result;
}

} // namespace leak
