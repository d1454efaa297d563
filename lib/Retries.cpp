//===--- Retries.cpp - loops that try until it succeeds -------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Retries.h"
#include "Index.h"
#include "PollGaps.h"
#include "Spelling.h"
#include "Statements.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {

bool isAttempt(const Expr *E) {
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
  return FD && FD->getIdentifier() &&
         hasWord(FD->getName(),
                 {"connect", "reconnect", "open", "reopen", "bind", "listen",
                  "login", "logon", "handshake", "resolve", "attach", "dial",
                  "socket", "getaddrinfo", "gethostbyname", "authenticate",
                  "subscribe"}) &&
         !hasWord(FD->getName(), {"is", "was", "has", "can", "close", "set",
                                  "get", "on", "async", "wait"});
}

namespace {

class Finder {
public:
  explicit Finder(const Stmt *Loop) : Loop(Loop) {}

  const CallExpr *run() {
    const Expr *Cond = conditionOf(Loop);
    const Stmt *Body = bodyOfLoop(Loop);
    if (!Body)
      return nullptr;
    noteResults(Body);
    if (!alwaysTrue(Cond))
      ask(Cond);
    exits(Body, false, nullptr);
    return Clear ? Attempt : nullptr;
  }

private:
  static const ValueDecl *placeOf(const Expr *E) {
    return E ? namedBy(strip(E)) : nullptr;
  }

  static const CallExpr *attemptIn(const Expr *E) {
    E = E ? strip(E) : nullptr;
    if (const auto *BO = dyn_cast_or_null<BinaryOperator>(E);
        BO && BO->isAssignmentOp())
      return attemptIn(BO->getRHS());
    const auto *Call = dyn_cast_or_null<CallExpr>(E);
    return Call && isAttempt(Call) ? Call : nullptr;
  }

  void noteResults(const Stmt *S) {
    if (!S || isa<LambdaExpr>(S))
      return;
    const ValueDecl *To = nullptr;
    const Expr *From = nullptr;
    if (const auto *BO = dyn_cast<BinaryOperator>(S);
        BO && BO->getOpcode() == BO_Assign) {
      To = placeOf(BO->getLHS());
      From = BO->getRHS();
    } else if (const auto *DS = dyn_cast<DeclStmt>(S);
               DS && DS->isSingleDecl()) {
      To = dyn_cast<VarDecl>(DS->getSingleDecl());
      if (To)
        From = cast<VarDecl>(To)->getInit();
    }
    if (To && attemptIn(From))
      Results.try_emplace(To, attemptIn(From));
    for (const Stmt *Child : S->children())
      noteResults(Child);
  }

  /// \p S decides whether the loop is left: by what was tried, and nothing
  /// else.
  void ask(const Stmt *S) {
    if (!S || !Clear)
      return;
    if (const auto *E = dyn_cast<Expr>(S)) {
      if (const CallExpr *Call = attemptIn(E)) {
        Attempt = Attempt ? Attempt : Call;
        return;
      }
      if (isa<CallExpr, LambdaExpr>(E)) {
        // A result that is a class, asked for its truth.
        const auto *MC = dyn_cast<CXXMemberCallExpr>(E);
        if (!MC || !placeOf(MC->getImplicitObjectArgument()) ||
            !Results.count(placeOf(MC->getImplicitObjectArgument()))) {
          Clear = false;
          return;
        }
      }
      if (const ValueDecl *D = placeOf(E);
          D && isa<DeclRefExpr, MemberExpr>(E) &&
          !isa<EnumConstantDecl, FunctionDecl>(D)) {
        auto It = Results.find(D);
        if (It != Results.end())
          Attempt = Attempt ? Attempt : It->second;
        else if (!D->getType().isConstQualified())
          Clear = false;
        return;
      }
    }
    for (const Stmt *Child : S->children())
      ask(Child);
  }

  void exits(const Stmt *S, bool Inner, const CXXTryStmt *Try) {
    if (!S || isa<LambdaExpr>(S) || !Clear)
      return;
    if (isa<BreakStmt>(S) && Inner)
      return;
    if (isa<BreakStmt, ReturnStmt>(S)) {
      // Behind what may throw: when it hasn't.
      const CallExpr *Call = Try ? tried(Try->getTryBlock()) : nullptr;
      if (Call)
        Attempt = Attempt ? Attempt : Call;
      else
        Clear = false;
      return;
    }
    if (isa<GotoStmt, IndirectGotoStmt, CXXThrowExpr, CoawaitExpr, CoyieldExpr,
            CoreturnStmt, SwitchStmt>(S)) {
      Clear = false;
      return;
    }
    if (const auto *Call = dyn_cast<CallExpr>(S);
        Call && Call->getDirectCallee() &&
        (Call->getDirectCallee()->isNoReturn() ||
         (Call->getDirectCallee()->getIdentifier() &&
          hasWord(Call->getDirectCallee()->getName(),
                  {"exit", "abort", "fatal", "die", "panic", "interruption",
                   "testcancel", "throw", "raise", "check", "poll"})))) {
      Clear = false;
      return;
    }
    if (const auto *If = dyn_cast<IfStmt>(S)) {
      if (leaves(If->getThen(), Inner) || leaves(If->getElse(), Inner)) {
        ask(If->getCond());
        // What stands before it in the branch may still decide.
        for (const Stmt *Branch : {If->getThen(), If->getElse()})
          if (Branch && nestedIf(Branch))
            exits(Branch, Inner, Try);
        return;
      }
    }
    if (const auto *T = dyn_cast<CXXTryStmt>(S)) {
      exits(T->getTryBlock(), Inner, T);
      for (unsigned I = 0; I != T->getNumHandlers(); ++I)
        exits(T->getHandler(I)->getHandlerBlock(), Inner, nullptr);
      return;
    }
    bool Loops = isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S);
    for (const Stmt *Child : S->children())
      exits(Child, Inner || Loops, Try);
  }

  static bool nestedIf(const Stmt *S) {
    return S && (isa<IfStmt, CXXTryStmt, GotoStmt>(S) ||
                 llvm::any_of(S->children(), nestedIf));
  }

  static bool leaves(const Stmt *S, bool Inner) {
    if (!S || isa<LambdaExpr>(S))
      return false;
    if (isa<ReturnStmt>(S) || (isa<BreakStmt>(S) && !Inner))
      return true;
    bool Loops =
        isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt, SwitchStmt>(S);
    return llvm::any_of(S->children(), [&](const Stmt *C) {
      return leaves(C, Inner || Loops);
    });
  }

  static const CallExpr *tried(const Stmt *S) {
    if (!S || isa<LambdaExpr>(S))
      return nullptr;
    if (const auto *E = dyn_cast<CallExpr>(S); E && isAttempt(E))
      return E;
    for (const Stmt *Child : S->children())
      if (const CallExpr *Call = tried(Child))
        return Call;
    return nullptr;
  }

  const Stmt *Loop;
  llvm::DenseMap<const ValueDecl *, const CallExpr *> Results;
  const CallExpr *Attempt = nullptr;
  bool Clear = true;
};

} // namespace

std::optional<Retry> retryOf(const Stmt *Loop, const Lexicon &Words) {
  const CallExpr *Attempt = Finder(Loop).run();
  if (!Attempt ||
      !PollGaps(Words, 0, [](const Stmt *) { return false; }).isUnbounded(Loop))
    return std::nullopt;
  return Retry{Loop, Attempt};
}

} // namespace leak
