//===--- Complaint.cpp - paths that say that something failed -------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Complaint.h"
#include "Index.h"
#include "Spelling.h"
#include "Statements.h"
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
  const ValueDecl *D = namedBy(S);
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

/// The last branch that \p O took.
static const Stmt *lastBranch(const Outcome &O, const Body &B) {
  // The macros of logs ask questions themselves.
  for (const Branch &Last : llvm::reverse(O.Way)) {
    if (Last.Cond->getBeginLoc().isMacroID())
      continue;
    Question Q{Last.Cond};
    Q.visit(B.function()->getBody());
    if (!Q.Found)
      return nullptr;
    const Stmt *Taken = nullptr;
    if (O.Exit && within(Q.Found->getThen(), O.Exit))
      Taken = Q.Found->getThen();
    else if (O.Exit && within(Q.Found->getElse(), O.Exit))
      Taken = Q.Found->getElse();
    else if (!O.Exit && strip(Q.Found->getCond()) == strip(Last.Cond))
      Taken = Last.Truth ? Q.Found->getThen() : Q.Found->getElse();
    return Taken;
  }
  return nullptr;
}

bool complains(const Outcome &O, const Body &B) {
  const Stmt *Taken = lastBranch(O, B);
  return Taken && onlyComplains(Taken, B.context());
}

bool logs(const Stmt *S, const ASTContext &Ctx) {
  if (logsError(S, Ctx))
    return true;
  auto IsLog = [](StringRef Name) {
    return hasWord(Name, {"log", "debug", "dbg", "trace", "info", "print",
                          "printf", "fprintf", "warn", "verbose"});
  };
  const SourceManager &SM = Ctx.getSourceManager();
  if (SourceLocation At = S->getBeginLoc();
      At.isMacroID() && SM.isMacroBodyExpansion(At))
    return IsLog(Lexer::getImmediateMacroName(At, SM, Ctx.getLangOpts()));
  const auto *E = dyn_cast<Expr>(S);
  const auto *Call = E ? dyn_cast_or_null<CallExpr>(strip(E)) : nullptr;
  const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
  return FD && FD->getIdentifier() && IsLog(FD->getName());
}

bool onlyLeaves(const Outcome &O, const Body &B) {
  const Stmt *Taken = O.Exit ? lastBranch(O, B) : nullptr;
  if (!Taken)
    return false;
  auto Leaves = [&](const Stmt *S) {
    return isa<ReturnStmt, NullStmt>(S) || logs(S, B.context());
  };
  const auto *Block = dyn_cast<CompoundStmt>(Taken);
  return Block ? llvm::all_of(Block->body(), Leaves) : Leaves(Taken);
}

} // namespace leak
