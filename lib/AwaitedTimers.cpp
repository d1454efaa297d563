//===--- AwaitedTimers.cpp - coroutines that wait again -------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AwaitedTimers.h"
#include "Rearming.h"
#include "Spelling.h"
#include "Statements.h"
#include "Throws.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace leak {
namespace {

class Search {
public:
  Search(const FunctionTable &Table, const Lexicon &Words)
      : Table(Table), Words(Words), Throws(Words) {}

  std::vector<AwaitedTimer> run() {
    for (const auto &[FD, F] : Table.all())
      if (isa_and_nonnull<CoroutineBodyStmt>(F.Decl->getBody()))
        for (const Expr *E : F.Calls)
          look(F, E);
    return std::move(Result);
  }

private:
  /// The member that \p E does \p V to.
  const FieldDecl *timerOf(const Expr *E, Verb V) const {
    const Effect *Row = Words.effect(E);
    const Expr *Of = Row && Row->Does == V ? Words.object(E, *Row) : nullptr;
    return dyn_cast_or_null<FieldDecl>(Of ? namedBy(Of) : nullptr);
  }

  void look(const FunctionUses &F, const Expr *Wait) {
    AwaitedTimer T;
    T.Timer = timerOf(Wait, Verb::Arm);
    if (!T.Timer || llvm::any_of(Result, [&](const AwaitedTimer &Old) {
          return Old.Timer == T.Timer;
        }))
      return;
    T.Wait = Wait;
    for (const Expr *Arg : operandsOf(Wait))
      findError(Arg, T.Error);
    const Stmt *Body = cast<CoroutineBodyStmt>(F.Decl->getBody())->getBody();
    T.Loop = T.Error ? loopAround(Body, Wait) : nullptr;
    if (!T.Loop || isAsked(Body, T) || leaves(bodyOfLoop(T.Loop), Wait, true))
      return;
    if (cancels(F, T))
      Result.push_back(T);
  }

  /// The variable that is to hold the error.
  static void findError(const Stmt *S, const VarDecl *&Error) {
    if (!S || isa<LambdaExpr>(S))
      return;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      if (const auto *VD = dyn_cast<VarDecl>(Ref->getDecl());
          VD && VD->isLocalVarDecl() && !VD->getType()->isReferenceType())
        if (const auto *RD = VD->getType()->getAsCXXRecordDecl();
            RD && RD->getIdentifier() && hasWord(RD->getName(), {"error"}))
          Error = VD;
    for (const Stmt *Child : S->children())
      findError(Child, Error);
  }

  /// The innermost, when it tests nothing.
  static const Stmt *loopAround(const Stmt *S, const Expr *At) {
    if (!S || isa<LambdaExpr>(S) || !contains(S, At))
      return nullptr;
    for (const Stmt *Child : S->children())
      if (Child && contains(Child, At)) {
        if (const Stmt *Inner = loopAround(Child, At))
          return Inner;
        break;
      }
    return bodyOfLoop(S) && alwaysTrue(conditionOf(S)) ? S : nullptr;
  }

  /// Somebody reads the error.
  static bool isAsked(const Stmt *S, const AwaitedTimer &T) {
    if (!S || S == T.Wait)
      return false;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S);
        Ref && Ref->getDecl() == T.Error)
      return true;
    if (const auto *LE = dyn_cast<LambdaExpr>(S))
      if (llvm::any_of(LE->captures(), [&](const LambdaCapture &C) {
            return C.capturesVariable() && C.getCapturedVar() == T.Error;
          }))
        return true;
    return llvm::any_of(S->children(),
                        [&](const Stmt *C) { return isAsked(C, T); });
  }

  /// Something in \p S may get out of the loop. What else is awaited, throws
  /// when the whole is cancelled.
  bool leaves(const Stmt *S, const Expr *Wait, bool OwnBreak) const {
    if (!S || isa<LambdaExpr>(S))
      return false;
    if (isa<ReturnStmt, GotoStmt, IndirectGotoStmt, CXXThrowExpr, CoreturnStmt,
            CoyieldExpr, GCCAsmStmt>(S))
      return true;
    if (isa<BreakStmt>(S))
      return OwnBreak;
    if (const auto *Await = dyn_cast<CoawaitExpr>(S))
      return !contains(Await->getOperand(), Wait);
    if (const auto *Await = dyn_cast<DependentCoawaitExpr>(S))
      return !contains(Await->getOperand(), Wait);
    if (const auto *E = dyn_cast<Expr>(S);
        E && isa<CallExpr, CXXConstructExpr>(E) && mayEnd(E))
      return true;
    bool Inner =
        isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt, SwitchStmt>(S);
    return llvm::any_of(S->children(), [&](const Stmt *C) {
      return leaves(C, Wait, OwnBreak && !Inner);
    });
  }

  bool mayEnd(const Expr *E) const {
    const FunctionDecl *FD = ThrowSearch::callee(E);
    if (!FD && isa<CallExpr>(E))
      FD = cast<CallExpr>(E)->getDirectCallee();
    // A callable may throw when it is enough.
    if (!FD)
      return true;
    return FD->isNoReturn() || Throws.visiblyThrows(E) ||
           (FD->getIdentifier() &&
            hasWord(FD->getName(),
                    {"exit", "abort", "fatal", "throw", "check", "stop",
                     "cancel", "cancelled", "interruption", "raise"}));
  }

  /// Only by that the coroutine is ended that its timer is cancelled. Who
  /// cancels it elsewhere wakes it up.
  bool cancels(const FunctionUses &Self, AwaitedTimer &T) const {
    for (const auto &[FD, F] : Table.all()) {
      if (&F == &Self)
        continue;
      for (const Expr *E : F.Calls) {
        // Setting the time anew cancels as well.
        if (timerOf(E, Verb::Disarm) != T.Timer)
          continue;
        if (Words.effect(E)->Timeout >= 0 || !endsByName(F.Decl) || endsMore(F))
          return false;
        T.Cancel = E;
      }
    }
    return T.Cancel;
  }

  bool endsMore(const FunctionUses &F) const {
    return llvm::any_of(F.Calls, [&](const Expr *E) {
      const auto *Call = dyn_cast<CallExpr>(E);
      const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
      const Effect *Row = Words.effect(E);
      return (Row &&
              (Row->Does == Verb::RequestStop || Row->Does == Verb::Join)) ||
             (FD && FD->getIdentifier() &&
              hasWord(FD->getName(), {"stop", "emit", "exit", "terminate"}));
    });
  }

  const FunctionTable &Table;
  const Lexicon &Words;
  ThrowSearch Throws;
  std::vector<AwaitedTimer> Result;
};

} // namespace

std::vector<AwaitedTimer> awaitedTimers(const FunctionTable &Table,
                                        const Lexicon &Words) {
  return Search(Table, Words).run();
}

} // namespace leak
