//===--- Tell.cpp - paths of obligations for people -----------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Tell.h"
#include "FixIts.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace leak {

std::string quoted(const NamedDecl *D) {
  return "'" + D->getNameAsString() + "'";
}

std::string sourceText(const Expr *E, const ASTContext &Ctx) {
  if (!E)
    return "";
  const SourceManager &SM = Ctx.getSourceManager();
  // An argument of a macro is what stands there; the rest is as it is expanded.
  CharSourceRange Range = Lexer::makeFileCharRange(
      CharSourceRange::getTokenRange(E->getSourceRange()), SM,
      Ctx.getLangOpts());
  if (Range.isInvalid())
    Range = Lexer::getAsCharRange(SM.getExpansionRange(E->getSourceRange()), SM,
                                  Ctx.getLangOpts());
  StringRef Text = Lexer::getSourceText(Range, SM, Ctx.getLangOpts());
  Text.consume_front("&");
  std::string Result;
  for (char C : Text) {
    bool Space = C == ' ' || C == '\n' || C == '\t' || C == '\r';
    if (Space && (Result.empty() || Result.back() == ' '))
      continue;
    Result += Space ? ' ' : C;
  }
  if (Result.size() > 60)
    Result = Result.substr(0, 57) + "...";
  return Result;
}

void tellWay(const Outcome &O, const Stmt *From, const Body &B, Finding &R) {
  static constexpr unsigned MaxNotes = 8;
  const SourceManager &SM = B.context().getSourceManager();
  unsigned Told = 0;
  for (const Branch &Decision : O.Way) {
    SourceLocation At = Decision.Cond->getBeginLoc();
    if (From &&
        SM.isBeforeInTranslationUnit(SM.getExpansionLoc(At),
                                     SM.getExpansionLoc(From->getBeginLoc())))
      continue;
    // What the language decides is no assumption.
    Expr::EvalResult Known;
    if (!Decision.Cond->isValueDependent() &&
        Decision.Cond->EvaluateAsInt(Known, B.context()))
      continue;
    if (++Told > MaxNotes)
      break;
    R.Notes.push_back({At, "assuming '" +
                               sourceText(Decision.Cond, B.context()) +
                               "' is " + (Decision.Truth ? "true" : "false")});
  }
}

namespace {

/// Whether a statement stands by itself, and what is around it.
struct Finder {
  const Stmt *Wanted;
  const Stmt *Parent = nullptr;
  bool Found = false;

  void visit(const Stmt *S, const Stmt *Up) {
    if (!S || Found)
      return;
    if (S == Wanted) {
      Found = true;
      Parent = Up;
      return;
    }
    for (const Stmt *Child : S->children())
      visit(Child, isa<ExprWithCleanups>(S) ? Up : S);
  }
};

const Stmt *parentOf(const Stmt *S, const FunctionDecl *In) {
  Finder F{S};
  F.visit(In->getBody(), nullptr);
  return F.Parent;
}

} // namespace

/// A value that stays what it is whatever is released before.
static bool isPlainResult(const Expr *E) {
  if (!E)
    return true;
  E = strip(E);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *VD = dyn_cast<VarDecl>(Ref->getDecl());
    return isa<EnumConstantDecl>(Ref->getDecl()) ||
           (VD && VD->hasLocalStorage() && !VD->getType()->isReferenceType());
  }
  if (const auto *UO = dyn_cast<UnaryOperator>(E))
    return isPlainResult(UO->getSubExpr());
  return isa<IntegerLiteral, CXXBoolLiteralExpr, CXXNullPtrLiteralExpr,
             GNUNullExpr, clang::StringLiteral, CharacterLiteral>(E);
}

std::optional<std::vector<FixItHint>>
repeatBefore(const Outcome &Sibling, ArrayRef<const Outcome *> Ways,
             const Body &B) {
  const SourceManager &SM = B.context().getSourceManager();
  const LangOptions &Lang = B.context().getLangOpts();
  const Stmt *Release = Sibling.Discharged;
  const FunctionDecl *In = B.function();
  if (!Release || Release->getBeginLoc().isMacroID() ||
      Release->getEndLoc().isMacroID() ||
      !isa_and_nonnull<CompoundStmt, IfStmt, CaseStmt, DefaultStmt, LabelStmt>(
          parentOf(Release, In)))
    return std::nullopt;
  std::string Text =
      Lexer::getSourceText(
          Lexer::getAsCharRange(Release->getSourceRange(), SM, Lang), SM, Lang)
          .str() +
      ";";
  std::vector<FixItHint> Result;
  SmallVector<const Stmt *, 4> Seen;
  for (const Outcome *O : Ways) {
    if (llvm::is_contained(Seen, O->Exit))
      continue;
    Seen.push_back(O->Exit);
    const auto *Return = dyn_cast_or_null<ReturnStmt>(O->Exit);
    if (!Return || O->Throws || Return->getBeginLoc().isMacroID() ||
        Return->getEndLoc().isMacroID() ||
        !isPlainResult(Return->getRetValue()))
      return std::nullopt;
    // Other paths may come here without it.
    if (llvm::any_of(Ways, [&](const Outcome *Other) {
          return Other->Exit == O->Exit && Other->State != O->State;
        }))
      return std::nullopt;
    const Stmt *Parent = parentOf(Return, In);
    StringRef Indent = Lexer::getIndentationForLine(Return->getBeginLoc(), SM);
    if (isa_and_nonnull<CompoundStmt>(Parent)) {
      Result.push_back(FixItHint::CreateInsertion(Return->getBeginLoc(),
                                                  Text + "\n" + Indent.str()));
      continue;
    }
    const auto *If = dyn_cast_or_null<IfStmt>(Parent);
    SourceLocation Semi = Lexer::findLocationAfterToken(
        Return->getEndLoc(), tok::semi, SM, Lang,
        /*SkipTrailingWhitespaceAndNewLine=*/false);
    if (!If || Semi.isInvalid())
      return std::nullopt;
    Result.push_back(FixItHint::CreateInsertion(
        Return->getBeginLoc(),
        "{\n" + Indent.str() + "  " + Text + "\n" + Indent.str() + "  "));
    Result.push_back(
        FixItHint::CreateInsertion(Semi, "\n" + Indent.str() + "}"));
  }
  return Result;
}

/// The statement between braces that \p At is part of; null when there is none.
static const Stmt *wholeStatement(const Stmt *At, const FunctionDecl *In) {
  for (const Stmt *S = At; S;) {
    const Stmt *Parent = parentOf(S, In);
    if (isa_and_nonnull<CompoundStmt>(Parent))
      return S;
    if (!isa_and_nonnull<Expr, DeclStmt, ReturnStmt>(Parent) ||
        isa<LambdaExpr>(Parent))
      return nullptr;
    S = Parent;
  }
  return nullptr;
}

std::optional<FixItHint> insertBeside(const Stmt *At, bool After,
                                      StringRef Text, const FunctionDecl *In) {
  const ASTContext &Ctx = In->getASTContext();
  const SourceManager &SM = Ctx.getSourceManager();
  const Stmt *S = wholeStatement(At, In);
  if (!S || S->getBeginLoc().isMacroID() || S->getEndLoc().isMacroID())
    return std::nullopt;
  std::string Indent = Lexer::getIndentationForLine(S->getBeginLoc(), SM).str();
  if (!After)
    return FixItHint::CreateInsertion(S->getBeginLoc(),
                                      (Text + ";\n" + Indent).str());
  SourceLocation Semi = Lexer::findLocationAfterToken(
      S->getEndLoc(), tok::semi, SM, Ctx.getLangOpts(),
      /*SkipTrailingWhitespaceAndNewLine=*/false);
  if (Semi.isInvalid())
    return std::nullopt;
  return FixItHint::CreateInsertion(Semi, ("\n" + Indent + Text + ";").str());
}

} // namespace leak
