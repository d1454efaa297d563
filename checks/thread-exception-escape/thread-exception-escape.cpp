//===--- thread-exception-escape.cpp - leak-thread-exception-escape -------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// An exception can leave the function that a thread begins with, and nobody
/// is below it to take it: the process ends. lib/Spawns.h has the threads,
/// lib/Escapes.h the exceptions, here they are told.
///
/// Assumed: what a thread of the project's own classes throws is their matter.
/// Knowingly missed: see the page.
///
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "Escapes.h"
#include "Spawns.h"
#include "Spelling.h"
#include "Statements.h"
#include "Tell.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace leak {
namespace {

class ThreadExceptionEscape : public Check {
public:
  ArrayRef<Kind> kinds() const override {
    static constexpr Kind K[] = {Kind::TaskHandle};
    return K;
  }
  ArrayRef<StringRef> options() const override {
    static constexpr StringRef O[] = {"AssumeUnknownCallsThrow"};
    return O;
  }

  void analyze(Unit &U) override {
    if (!U.context().getLangOpts().CXXExceptions)
      return;
    std::optional<EscapeSearch> Search;
    llvm::SmallPtrSet<const FunctionDecl *, 8> Told;
    for (const Spawn &S : U.threads()) {
      if (!S.Entry || S.Handle->CarriesExceptions || isTest(S.By))
        continue;
      if (!Search)
        Search.emplace(U.lexicon(), U.options().flag("thread-exception-escape."
                                                     "AssumeUnknownCallsThrow",
                                                     false));
      std::optional<EscapingThrow> T = Search->find(S.Entry);
      // The mend of one entry is the mend of all its starts.
      if (T && Told.insert(S.Entry->getCanonicalDecl()).second)
        tell(U, S, *T);
    }
  }

private:
  /// An exception fails a test, and nobody has anything against that.
  static bool isTest(const FunctionDecl *FD) {
    for (const DeclContext *In = FD; In; In = In->getParent())
      if (const auto *D = dyn_cast<NamedDecl>(In);
          D && isa<FunctionDecl, CXXRecordDecl>(D) && D->getIdentifier() &&
          hasWord(D->getName(), {"test", "tests", "testcase"}))
        return true;
    const auto &SM = FD->getASTContext().getSourceManager();
    SourceLocation At = FD->getLocation();
    for (unsigned Depth = 0; At.isMacroID() && Depth != 8; ++Depth) {
      if (hasWord(Lexer::getImmediateMacroName(
                      At, SM, FD->getASTContext().getLangOpts()),
                  {"test", "scenario"}))
        return true;
      At = SM.getImmediateMacroCallerLoc(At);
    }
    return false;
  }

  static std::string nameOf(const FunctionDecl *FD) {
    const auto *M = dyn_cast<CXXMethodDecl>(FD);
    if (M && M->getParent()->isLambda())
      return "the lambda";
    return "'" +
           (M && M->isOverloadedOperator() ? M->getParent()->getNameAsString()
                                           : FD->getNameAsString()) +
           "'";
  }

  static std::string calleeOf(const Expr *Call) {
    const FunctionDecl *FD = nullptr;
    if (const auto *CE = dyn_cast<CXXConstructExpr>(Call))
      return "'" + CE->getConstructor()->getParent()->getNameAsString() + "'";
    if (const auto *C = dyn_cast<CallExpr>(Call))
      FD = C->getDirectCallee();
    return FD ? nameOf(FD) : "a function";
  }

  /// The `try` of the starting function in which the start stands.
  static const CXXTryStmt *tryAround(const Stmt *S, const Expr *At) {
    if (!S || isa<LambdaExpr>(S))
      return nullptr;
    if (const auto *Try = dyn_cast<CXXTryStmt>(S);
        Try && contains(Try->getTryBlock(), At)) {
      const CXXTryStmt *Inner = tryAround(Try->getTryBlock(), At);
      return Inner ? Inner : Try;
    }
    for (const Stmt *Child : S->children())
      if (const CXXTryStmt *Try = tryAround(Child, At))
        return Try;
    return nullptr;
  }

  void tell(Unit &U, const Spawn &S, const EscapingThrow &T) {
    Finding R;
    R.Check = name().str();
    R.Loc = S.At ? S.At->getBeginLoc() : S.Entry->getLocation();
    std::string What = T.What.empty() ? "what is thrown" : "'" + T.What + "'";
    const std::string Runs = nameOf(S.Entry);
    R.Message = (T.What.empty() ? "an exception" : What) + " can leave " +
                Runs + (Runs[0] == '\'' ? ", which" : " that") +
                " this thread runs; nothing can catch it there, so the process "
                "is terminated";
    for (const Expr *Call : T.Calls)
      R.Notes.push_back(
          {Call->getExprLoc(), calleeOf(Call) + " is called here"});
    R.Notes.push_back(
        {T.At->getExprLoc(),
         isa<CXXThrowExpr>(T.At)
             ? What + " is thrown here"
             : calleeOf(T.At) + " may throw" +
                   (T.What.empty() ? " here" : " " + What + " here")});
    if (T.Narrow)
      R.Notes.push_back({T.Narrow->getHandler(0)->getBeginLoc(),
                         "the handlers here don't take it"});
    if (T.Again)
      R.Notes.push_back({T.Again->getThrowLoc(), "it is thrown again here"});
    if (S.At)
      if (const CXXTryStmt *Try = tryAround(S.By->getBody(), S.At))
        R.Notes.push_back({Try->getTryLoc(),
                           "this 'try' is around the start only; what the "
                           "thread throws doesn't come here"});
    U.report(std::move(R));
  }
};

RegisterCheck<ThreadExceptionEscape> X("thread-exception-escape");

} // namespace
} // namespace leak
