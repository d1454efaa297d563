//===--- ChannelLoops.cpp - loops that only the closing ends --------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ChannelDuty.h"
#include "Spelling.h"
#include "Statements.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace leak {

namespace {

/// The exits of one loop, and whether all of them ask for the end of the
/// channel.
class Drain {
public:
  Drain(const ChannelUses &All, const Use &U) : All(All), U(U) {}

  bool run() {
    if (const auto *FR = dyn_cast<CXXForRangeStmt>(U.Loop)) {
      Ends = true;
      return U.At == FR && !leaves(FR->getBody(), true);
    }
    const Expr *Cond = conditionOf(U.Loop);
    const Stmt *Body = bodyOfLoop(U.Loop);
    if (const auto *While = dyn_cast<WhileStmt>(U.Loop)) {
      if (While->getConditionVariable())
        note(While->getConditionVariableDeclStmt());
    } else if (const auto *For = dyn_cast<ForStmt>(U.Loop)) {
      // The first one may be taken before the loop.
      note(For->getInit());
      note(For->getInc());
    }
    note(Cond);
    note(Body);
    if (Cond && !alwaysTrue(Cond)) {
      if (endWhen(Cond) != false)
        return false;
      Ends = true;
    }
    return !leaves(Body, true);
  }

  /// The same, but other ways out are collected.
  std::vector<EarlyExit> early() {
    Collect = true;
    if (!run() || !Ends)
      Found.clear();
    return std::move(Found);
  }

private:
  /// \p E is the receive, or what it gave.
  bool isReceive(const Expr *E) const {
    for (unsigned Depth = 0; E && Depth != 6; ++Depth) {
      E = strip(E);
      if (E == U.At)
        return true;
      const auto *CE = dyn_cast_or_null<CXXConstructExpr>(E);
      if (!CE || CE->getNumArgs() != 1)
        return false;
      E = CE->getArg(0);
    }
    return false;
  }

  /// Variables that have what the receive gave.
  void note(const Stmt *S) {
    if (!S || isa<LambdaExpr>(S))
      return;
    if (const auto *DS = dyn_cast<DeclStmt>(S)) {
      for (const Decl *D : DS->decls())
        if (const auto *VD = dyn_cast<VarDecl>(D);
            VD && VD->hasInit() && isReceive(VD->getInit()))
          Results.insert(VD);
    } else if (const auto *BO = dyn_cast<BinaryOperator>(S)) {
      if (BO->getOpcode() == BO_Assign && isReceive(BO->getRHS()))
        noteVariable(BO->getLHS());
    } else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S)) {
      if (Op->getOperator() == OO_Equal && Op->getNumArgs() == 2 &&
          isReceive(Op->getArg(1)))
        noteVariable(Op->getArg(0));
    }
    for (const Stmt *Child : S->children())
      note(Child);
  }

  void noteVariable(const Expr *E) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(strip(E)))
      if (const auto *VD = dyn_cast<VarDecl>(Ref->getDecl()))
        Results.insert(VD);
  }

  bool isResult(const Expr *E) const {
    E = strip(E);
    if (!E)
      return false;
    if (isReceive(E))
      return true;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
      return Results.contains(Ref->getDecl());
    if (const auto *BO = dyn_cast<BinaryOperator>(E))
      return BO->getOpcode() == BO_Assign && isReceive(BO->getRHS());
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E))
      return Op->getOperator() == OO_Equal && Op->getNumArgs() == 2 &&
             isReceive(Op->getArg(1));
    // `operator bool`, `isNull()`: of the result itself, not of what it owns.
    if (const auto *MC = dyn_cast<CXXMemberCallExpr>(E)) {
      const CXXMethodDecl *M = MC->getMethodDecl();
      return M && !MC->getNumArgs() &&
             (isa<CXXConversionDecl>(M) ||
              (M->isConst() && M->getReturnType()->isBooleanType())) &&
             isResult(MC->getImplicitObjectArgument());
    }
    if (const auto *CE = dyn_cast<CXXConstructExpr>(E))
      return CE->getNumArgs() == 1 && isResult(CE->getArg(0));
    return false;
  }

  std::optional<bool> isZero(const Expr *E) const {
    E = strip(E);
    if (isa_and_nonnull<CXXNullPtrLiteralExpr, GNUNullExpr>(E))
      return true;
    Expr::EvalResult Value;
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E);
    if (!E || E->isValueDependent() || (Ref && isa<VarDecl>(Ref->getDecl())) ||
        !E->EvaluateAsInt(Value, All.context()))
      return std::nullopt;
    return Value.Val.getInt() == 0;
  }

  /// True when the receive failed, if it gave zero, or if it didn't.
  bool failed(bool Zero) const {
    bool ZeroIsSuccess =
        U.Row->Fails == Failure::Nonzero || U.Row->Fails == Failure::Negative;
    return Zero != ZeroIsSuccess;
  }

  std::optional<bool> compared(const Expr *L, const Expr *R, bool Equal) const {
    if (!isResult(L))
      std::swap(L, R);
    std::optional<bool> Zero = isResult(L) ? isZero(R) : std::nullopt;
    return Zero ? std::optional(failed(*Zero) == Equal) : std::nullopt;
  }

  /// When \p E only asks whether the channel was closed: the answer that says
  /// so.
  std::optional<bool> endWhen(const Expr *E) const {
    if (!U.Row || U.Row->Fails == Failure::Never)
      return std::nullopt;
    E = strip(E);
    auto Not = [](std::optional<bool> B) {
      return B ? std::optional(!*B) : std::nullopt;
    };
    if (const auto *UO = dyn_cast<UnaryOperator>(E);
        UO && UO->getOpcode() == UO_LNot)
      return Not(endWhen(UO->getSubExpr()));
    if (const auto *BO = dyn_cast<BinaryOperator>(E); BO && BO->isEqualityOp())
      return compared(BO->getLHS(), BO->getRHS(), BO->getOpcode() == BO_EQ);
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E)) {
      if (Op->getNumArgs() == 2 && (Op->getOperator() == OO_EqualEqual ||
                                    Op->getOperator() == OO_ExclaimEqual))
        return compared(Op->getArg(0), Op->getArg(1),
                        Op->getOperator() == OO_EqualEqual);
      if (Op->getOperator() == OO_Exclaim && Op->getNumArgs() == 1)
        return Not(endWhen(Op->getArg(0)));
    }
    // `isNull()` of the result itself, not of what it owns.
    if (const auto *MC = dyn_cast<CXXMemberCallExpr>(E);
        MC && !isReceive(MC) && MC->getMethodDecl() &&
        MC->getMethodDecl()->getIdentifier() && isResult(MC))
      return hasWord(MC->getMethodDecl()->getName(), {"null", "empty"});
    return isResult(E) ? std::optional(failed(/*Zero=*/false)) : std::nullopt;
  }

  static const Stmt *lastOf(const Stmt *S) {
    const auto *Block = dyn_cast_or_null<CompoundStmt>(S);
    return !Block ? S : Block->body_empty() ? nullptr : Block->body_back();
  }

  /// Something in \p S leaves the loop though the channel is open.
  bool leaves(const Stmt *S, bool OwnBreak) {
    if (!S || isa<LambdaExpr>(S))
      return false;
    if (const auto *If = dyn_cast<IfStmt>(S)) {
      if (std::optional<bool> End = endWhen(If->getCond());
          End && !If->getInit()) {
        Ends = true;
        return leaves(*End ? If->getElse() : If->getThen(), OwnBreak);
      }
      // `if (!handle(value)) break;`
      if (const Stmt *Out = Collect && !If->getElse() && !If->getInit()
                                ? lastOf(If->getThen())
                                : nullptr;
          Out && (isa<ReturnStmt>(Out) || (isa<BreakStmt>(Out) && OwnBreak))) {
        Found.push_back({If->getCond(), true, Out});
        return false;
      }
    }
    if (isa<ReturnStmt, GotoStmt, IndirectGotoStmt, CXXThrowExpr, CoreturnStmt,
            CoroutineSuspendExpr, CXXTryStmt>(S))
      return true;
    if (isa<BreakStmt>(S))
      return OwnBreak;
    if (const auto *Call = dyn_cast<CallExpr>(S)) {
      const FunctionDecl *FD = Call->getDirectCallee();
      const Effect *Row = All.lexicon().effect(Call);
      // What an assertion calls when it fails is no way out.
      if (((FD && FD->isNoReturn()) || (Row && Row->Does == Verb::Exit)) &&
          !Call->getBeginLoc().isMacroID())
        return true;
    }
    bool Nested =
        isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt, SwitchStmt>(S);
    return llvm::any_of(S->children(), [&](const Stmt *Child) {
      return leaves(Child, OwnBreak && !Nested);
    });
  }

  const ChannelUses &All;
  const Use &U;
  llvm::SmallPtrSet<const ValueDecl *, 2> Results;
  bool Ends = false; ///< The closing is a way out.
  bool Collect = false;
  std::vector<EarlyExit> Found;
};

} // namespace

bool ChannelUses::drains(const Use &U) const {
  return U.Does == Verb::Receive && U.Loop && (!U.Row || U.Row->Callable < 0) &&
         Drain(*this, U).run();
}

std::vector<EarlyExit> earlyExits(const ChannelUses &All, const Use &U) {
  return U.Does == Verb::Receive && U.Loop && (!U.Row || U.Row->Callable < 0)
             ? Drain(All, U).early()
             : std::vector<EarlyExit>();
}

} // namespace leak
