//===--- Complaint.cpp - paths that say that something failed -------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Complaint.h"
#include "Index.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace leak {

/// `LOG_ERROR`, `eLogError`, `qWarning`.
static bool namesError(StringRef Given) {
  const std::string Name = Given.lower();
  StringRef N = Name;
  return N.contains("error") || N.contains("warn") || N.contains("critical") ||
         N.ends_with("_err") || N == "cerr" || N == "stderr" || N == "perror";
}

/// `error`, `logError`, `printWarning`; not `sendError`, which tells somebody.
static bool isLogFunction(StringRef Given) {
  const std::string Name = Given.lower();
  StringRef N = Name;
  return N == "error" || N == "warn" || N == "warning" || N == "critical" ||
         N == "perror" || N == "qwarning" || N == "qcritical" ||
         (namesError(N) && (N.contains("log") || N.contains("print")));
}

static bool within(const Stmt *Outer, const Stmt *Inner) {
  if (!Outer)
    return false;
  if (Outer == Inner)
    return true;
  return llvm::any_of(Outer->children(),
                      [&](const Stmt *S) { return within(S, Inner); });
}

namespace {

/// The `if` that asks \p Cond.
struct Question {
  const Expr *Cond;
  const IfStmt *Found = nullptr;

  void visit(const Stmt *S) {
    if (!S || Found || isa<LambdaExpr>(S))
      return;
    if (const auto *If = dyn_cast<IfStmt>(S))
      if (within(If->getCond(), Cond)) {
        Found = If;
        return;
      }
    for (const Stmt *Child : S->children())
      visit(Child);
  }
};

} // namespace

static bool logsError(const Stmt *S, const ASTContext &Ctx) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  const SourceManager &SM = Ctx.getSourceManager();
  if (SourceLocation At = S->getBeginLoc();
      At.isMacroID() && SM.isMacroBodyExpansion(At) &&
      namesError(Lexer::getImmediateMacroName(At, SM, Ctx.getLangOpts())))
    return true;
  const ValueDecl *D = nullptr;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    D = Ref->getDecl();
  else if (const auto *ME = dyn_cast<MemberExpr>(S))
    D = ME->getMemberDecl();
  if (D && D->getIdentifier()) {
    StringRef Name = D->getName();
    if (isa<FunctionDecl>(D) ? isLogFunction(Name)
        : isa<EnumConstantDecl>(D)
            ? namesError(Name) && Name.contains_insensitive("log")
            // Not a variable `error`: what is said of it may be anything.
            : Name == "cerr" || Name == "stderr")
      return true;
  }
  return llvm::any_of(S->children(),
                      [&](const Stmt *Child) { return logsError(Child, Ctx); });
}

/// Whatever else a branch does may tell somebody in another way.
static bool onlyComplains(const Stmt *S, const ASTContext &Ctx) {
  const auto *Block = dyn_cast_or_null<CompoundStmt>(S);
  if (!Block)
    return logsError(S, Ctx);
  bool Complains = false;
  for (const Stmt *Each : Block->body()) {
    if (logsError(Each, Ctx))
      Complains = true;
    else if (!isa<ReturnStmt, NullStmt, DeclStmt>(Each))
      return false;
  }
  return Complains;
}

bool complains(const Outcome &O, const Body &B) {
  // The macros of logs ask questions themselves.
  for (const Branch &Last : llvm::reverse(O.Way)) {
    if (Last.Cond->getBeginLoc().isMacroID())
      continue;
    Question Q{Last.Cond};
    Q.visit(B.function()->getBody());
    if (!Q.Found)
      return false;
    const Stmt *Taken = nullptr;
    if (O.Exit && within(Q.Found->getThen(), O.Exit))
      Taken = Q.Found->getThen();
    else if (O.Exit && within(Q.Found->getElse(), O.Exit))
      Taken = Q.Found->getElse();
    else if (!O.Exit && strip(Q.Found->getCond()) == strip(Last.Cond))
      Taken = Last.Truth ? Q.Found->getThen() : Q.Found->getElse();
    return onlyComplains(Taken, B.context());
  }
  return false;
}

} // namespace leak
