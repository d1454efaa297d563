//===--- AwaitedErrors.cpp - coroutines that go on when told --------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AwaitedErrors.h"
#include "Complaint.h"
#include "Rearming.h"
#include "Reissues.h"
#include "Spelling.h"
#include "Statements.h"
#include "Throws.h"
#include "Traversal.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {
namespace {

class Search {
public:
  Search(const FunctionTable &Table, const Lexicon &Words,
         const ASTContext &Ctx)
      : Table(Table), Words(Words), Ctx(Ctx), Throws(Words) {}

  std::vector<AwaitedError> run() {
    for (const auto &[FD, F] : Table.all())
      if (const auto *Body =
              dyn_cast_or_null<CoroutineBodyStmt>(F.Decl->getBody()))
        for (const Expr *E : F.Calls)
          if (const auto *Call = dyn_cast<CallExpr>(E))
            look(F, Body->getBody(), Call);
    return std::move(Result);
  }

private:
  void look(const FunctionUses &F, const Stmt *Body, const CallExpr *Wait) {
    const Effect *Row = Words.effect(Wait);
    const bool IsTimer = Row && Row->Does == Verb::Arm;
    Found = {};
    Found.Wait = Wait;
    const Expr *Timer = IsTimer ? Words.object(Wait, *Row) : nullptr;
    Found.Object =
        IsTimer ? (Timer ? namedBy(Timer) : nullptr) : operationOn(Wait, Words);
    if (!isa_and_nonnull<FieldDecl>(Found.Object) ||
        llvm::any_of(Result, [&](const AwaitedError &Old) {
          return Old.Object == Found.Object;
        }))
      return;
    Try = nullptr;
    place(Body);
    if (!Found.Loop || !alwaysTrue(conditionOf(Found.Loop)) ||
        beginsAnew(Found.Loop))
      return;
    Reached = Asked = false;
    if (walk(bodyOfLoop(Found.Loop)) == Out || !Reached ||
        (Found.Error && !Asked))
      return;
    Found.Close =
        IsTimer ? disarmed(F) : closeOf(Found.Object, F.Decl, Table, Words);
    if (Found.Close)
      Result.push_back(Found);
  }

  //===--- Where the error gets to ----------------------------------------===//

  static bool isErrorCode(const ValueDecl *D) {
    const auto *RD = D->getType().getNonReferenceType()->getAsCXXRecordDecl();
    return RD && RD->getIdentifier() && hasWord(RD->getName(), {"error"});
  }

  /// Finds the variable of the error and the loop around the operation; or the
  /// handler in a loop that takes the exception.
  void place(const Stmt *Body) {
    const Stmt *Loop = nullptr, *Await = nullptr;
    const CXXTryStmt *Inner = nullptr;
    const Stmt *AroundTry = nullptr;
    for (const Stmt *S : pathTo(Body, Found.Wait)) {
      if (isa<LambdaExpr>(S))
        return;
      if (bodyOfLoop(S) || isa<CXXForRangeStmt>(S))
        Loop = S;
      else if (isa<CXXCatchStmt>(S))
        return;
      else if (const auto *T = dyn_cast<CXXTryStmt>(S)) {
        Inner = T;
        AroundTry = Loop;
      } else if (const auto *DS = dyn_cast<DeclStmt>(S)) {
        if (const auto *DD = dyn_cast<DecompositionDecl>(
                DS->isSingleDecl() ? DS->getSingleDecl() : nullptr))
          for (const BindingDecl *B : DD->bindings())
            if (isErrorCode(B))
              Found.Error = B;
      } else if (isa<CoawaitExpr>(S)) {
        Await = S;
      }
    }
    if (!Await)
      return;
    for (const Expr *Arg : operandsOf(Found.Wait))
      anyOutsideLambdas(Arg, [&](const Stmt *S) {
        const auto *Ref = dyn_cast<DeclRefExpr>(S);
        const auto *VD = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
        if (VD && VD->isLocalVarDecl() && isErrorCode(VD))
          Found.Error = VD;
        return false;
      });
    if (Found.Error) {
      Found.Loop = Loop;
    } else if (Inner && AroundTry) {
      Try = Inner;
      Found.Loop = AroundTry;
      for (unsigned I = 0; I != Try->getNumHandlers() && !Found.Handler; ++I)
        if (takesErrors(Try->getHandler(I)))
          Found.Handler = Try->getHandler(I);
      if (!Found.Handler)
        Found.Loop = nullptr;
    }
  }

  /// The exception that carries an error code, or one of its bases.
  static bool takesErrors(const CXXCatchStmt *H) {
    if (!H->getExceptionDecl())
      return true;
    const auto *RD =
        H->getCaughtType().getNonReferenceType()->getAsCXXRecordDecl();
    if (!RD || !RD->getIdentifier())
      return false;
    return RD->getName() == "system_error" ||
           (RD->isInStdNamespace() &&
            (RD->getName() == "exception" || RD->getName() == "runtime_error"));
  }

  /// Something in the loop makes the object usable again: who closes it only
  /// ends one connection.
  bool beginsAnew(const Stmt *Loop) const {
    return anyOutsideLambdas(Loop, [&](const Stmt *S) {
      if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S))
        return Op->getOperator() == OO_Equal &&
               namedBy(Op->getArg(0)) == Found.Object;
      const auto *Call = dyn_cast<CallExpr>(S);
      return Call &&
             hasWord(calleeName(Call),
                     {"open", "reopen", "connect", "reconnect", "assign",
                      "bind", "listen", "reset", "emplace", "restart"});
    });
  }

  //===--- One turn, with the error in hand -------------------------------===//

  enum Way { Goes, Round, Out };

  Way walk(const Stmt *S) {
    if (!S || isa<LambdaExpr>(S))
      return Goes;
    if (isa<ContinueStmt>(S))
      return Round;
    if (isa<ReturnStmt, BreakStmt, GotoStmt, IndirectGotoStmt, LabelStmt,
            CoreturnStmt, CoyieldExpr, CXXThrowExpr, GCCAsmStmt, SwitchStmt,
            AbstractConditionalOperator, DependentCoawaitExpr>(S))
      return Out;
    if (const auto *If = dyn_cast<IfStmt>(S))
      return branch(If);
    if (isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S))
      return anyOutsideLambdas(S,
                               [&](const Stmt *In) {
                                 return mayLeave(In) || isa<CoawaitExpr>(In) ||
                                        mayEnd(In);
                               })
                 ? Out
                 : Goes;
    if (const auto *T = dyn_cast<CXXTryStmt>(S))
      return tried(T);
    if (const auto *Await = dyn_cast<CoawaitExpr>(S)) {
      // What else is awaited, throws when the whole is cancelled.
      if (!contains(Await->getOperand(), Found.Wait))
        return Out;
      Reached = true;
      return Goes;
    }
    if (mayEnd(S))
      return Out;
    for (const Stmt *Child : S->children())
      if (Way W = walk(Child); W != Goes)
        return W;
    return Goes;
  }

  Way branch(const IfStmt *If) {
    if (If->getInit() || If->getConditionVariable())
      return Out;
    if (Reached && Found.Error)
      if (auto Truth = whenTold(If->getCond(), Found.Error, true)) {
        Asked = true;
        return walk(*Truth ? If->getThen() : If->getElse());
      }
    // Another question may be about the end as well.
    if (walk(If->getCond()) == Out)
      return Out;
    Way Then = walk(If->getThen()), Else = walk(If->getElse());
    return Then == Out || Else == Out ? Out : Goes;
  }

  Way tried(const CXXTryStmt *T) {
    if (T != Try) {
      for (unsigned I = 0; I != T->getNumHandlers(); ++I)
        if (walk(T->getHandler(I)->getHandlerBlock()) == Out)
          return Out;
      return walk(T->getTryBlock());
    }
    Reached = true;
    // It may ask before it waits, or after another answer.
    if (anyOutsideLambdas(T->getTryBlock(),
                          [](const Stmt *S) { return mayLeave(S); }))
      return Out;
    return walk(Found.Handler->getHandlerBlock());
  }

  static bool mayLeave(const Stmt *S) {
    return isa<ReturnStmt, CoreturnStmt, BreakStmt, GotoStmt, IndirectGotoStmt,
               CXXThrowExpr, CoyieldExpr>(S);
  }

  /// A call that may throw, or may end it all.
  bool mayEnd(const Stmt *S) const {
    const auto *Call = dyn_cast<CallExpr>(S);
    if (!Call || logs(Call, Ctx))
      return false;
    const FunctionDecl *FD = Call->getDirectCallee(), *Def = nullptr;
    if (!FD || FD->isNoReturn())
      return true;
    if (const Effect *Row = Words.effect(Call))
      return Row->Does != Verb::Close && Row->Does != Verb::Disarm &&
             Row->Does != Verb::Query;
    if (operationOn(Call, Words))
      return true;
    if (Ctx.getSourceManager().isInSystemHeader(FD->getLocation()))
      return FD->getIdentifier() &&
             hasWord(FD->getName(), {"throw", "exit", "abort", "terminate",
                                     "rethrow", "stop", "emit"});
    return !FD->isDefined(Def) || Throws.visiblyThrows(Call) ||
           anyOutsideLambdas(Def->getBody(),
                             [&](const Stmt *In) { return endsAll(In); });
  }

  bool endsAll(const Stmt *S) const {
    const auto *Call = dyn_cast<CallExpr>(S);
    const Effect *Row = Call ? Words.effect(Call) : nullptr;
    return Call && (Row ? Row->Does == Verb::RequestStop
                        : hasWord(calleeName(Call), {"stop", "emit", "exit",
                                                     "terminate", "abort"}));
  }

  //===--- Who ends it ----------------------------------------------------===//

  /// Cancelling a timer, or setting it anew, wakes who waits. Only where each
  /// cancellation stands in a function that ends something, it is a request.
  const Expr *disarmed(const FunctionUses &Self) const {
    const Expr *Cancel = nullptr;
    for (const auto &[FD, F] : Table.all()) {
      if (&F == &Self)
        continue;
      for (const Expr *E : F.Calls) {
        const Effect *Row = Words.effect(E);
        const Expr *Of =
            Row && Row->Does == Verb::Disarm ? Words.object(E, *Row) : nullptr;
        if (!Of || namedBy(Of) != Found.Object)
          continue;
        if (Row->Timeout >= 0 ||
            !(isa<CXXDestructorDecl>(F.Decl) ||
              (F.Decl->getIdentifier() &&
               hasWord(F.Decl->getName(), {"stop", "shutdown", "close",
                                           "terminate", "halt", "quit"}))) ||
            llvm::any_of(F.Calls, [&](const Expr *C) { return endsAll(C); }))
          return nullptr;
        Cancel = E;
      }
    }
    return Cancel;
  }

  const FunctionTable &Table;
  const Lexicon &Words;
  const ASTContext &Ctx;
  ThrowSearch Throws;
  AwaitedError Found;
  const CXXTryStmt *Try = nullptr; ///< Takes the exception.
  bool Reached = false;            ///< The operation is behind.
  bool Asked = false;
  std::vector<AwaitedError> Result;
};

} // namespace

std::vector<AwaitedError> awaitedErrors(const FunctionTable &Table,
                                        const Lexicon &Words,
                                        const ASTContext &Ctx) {
  return Search(Table, Words, Ctx).run();
}

} // namespace leak
