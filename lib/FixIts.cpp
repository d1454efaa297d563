//===--- FixIts.cpp - mends that compile and silence the finding ----------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FixIts.h"
#include "Callable.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/StmtCXX.h"
#include "clang/AST/TypeLoc.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace leak {

//===----------------------------------------------------------------------===//
// Another type
//===----------------------------------------------------------------------===//

static unsigned languageYear(const LangOptions &Lang) {
  return Lang.CPlusPlus23   ? 23
         : Lang.CPlusPlus20 ? 20
         : Lang.CPlusPlus17 ? 17
                            : 0;
}

static const Expr *initialiser(const ValueDecl *D) {
  if (const auto *VD = dyn_cast<VarDecl>(D))
    return VD->getInit();
  if (const auto *FD = dyn_cast<FieldDecl>(D))
    return FD->getInClassInitializer();
  return nullptr;
}

std::optional<FixItHint> declareAsJoiningType(const Index &Idx,
                                              const Subject &S) {
  const ASTContext &Ctx = Idx.lexicon().context();
  const TypeModel &M = *S.What.Inner;
  const CXXRecordDecl *RD = S.Decl->getType()->getAsCXXRecordDecl();
  if (M.JoiningType.empty() || !S.What.isDirect() || !RD ||
      languageYear(Ctx.getLangOpts()) < M.JoiningTypeSince ||
      !S.Aliases.empty())
    return std::nullopt;
  // The library has to have it, too.
  StringRef Last = StringRef(M.JoiningType).rsplit("::").second;
  auto II = Ctx.Idents.find(Last);
  if (II == Ctx.Idents.end() ||
      RD->getDeclContext()->lookup(DeclarationName(II->second)).empty())
    return std::nullopt;
  // `t = thread(...)` and `std::move(t)` don't convert.
  bool Started = false;
  for (const Use &U : S.Uses) {
    switch (U.Does) {
    case Verb::Start:
      if (U.Ref)
        return std::nullopt;
      Started = true;
      if (const auto *E = dyn_cast<Expr>(U.At)) {
        const auto *CE = dyn_cast_or_null<CXXConstructExpr>(strip(E));
        if (!CE || !CE->getNumArgs() || Idx.lexicon().type(CE->getType()) != &M)
          return std::nullopt;
        // What has to be told to end must be told before it is waited for.
        for (const FunctionDecl *Entry : functionsNamedIn(CE))
          for (const FunctionDecl *FD : Idx.reachable(Entry))
            if (mayWaitForOthers(FD->getBody()))
              return std::nullopt;
        if (isa<ParenListExpr>(E))
          return std::nullopt;
      }
      break;
    case Verb::Join:
    case Verb::Detach:
    case Verb::TestLive:
    case Verb::Query:
      break;
    default:
      return std::nullopt;
    }
  }
  if (!Started)
    return std::nullopt;
  // `std::thread t = std::thread(f)` would need both to change.
  if (const Expr *Init = initialiser(S.Decl))
    if (isa<CXXTemporaryObjectExpr, CXXFunctionalCastExpr, CallExpr>(
            Init->IgnoreImplicit()))
      return std::nullopt;
  const auto *Declarator = dyn_cast<DeclaratorDecl>(S.Decl);
  if (!Declarator || !Declarator->getTypeSourceInfo())
    return std::nullopt;
  SourceRange Range =
      Declarator->getTypeSourceInfo()->getTypeLoc().getSourceRange();
  if (Range.isInvalid() || Range.getBegin().isMacroID())
    return std::nullopt;
  // `std::thread a(f), b(g);`, `auto`, and names of the project's own.
  StringRef Text =
      Lexer::getSourceText(CharSourceRange::getTokenRange(Range),
                           Ctx.getSourceManager(), Ctx.getLangOpts());
  if (Text != M.Name && Text != StringRef(M.Name).rsplit("::").second)
    return std::nullopt;
  std::string NewText = Text == M.Name ? M.JoiningType : Last.str();
  return FixItHint::CreateReplacement(CharSourceRange::getTokenRange(Range),
                                      NewText);
}

//===----------------------------------------------------------------------===//
// A release at the right place
//===----------------------------------------------------------------------===//

/// "t.join();" in the words of the model, or empty. With \p Test, only when it
/// is live.
static std::string releaseStatement(const Subject &S, bool Test,
                                    StringRef Indent) {
  const TypeModel &M = *S.What.Inner;
  if (M.ByValue || S.What.Owned || S.What.Pointer)
    return "";
  std::string Join = M.methodFor(Verb::Join).str();
  std::string Live = M.methodFor(Verb::TestLive).str();
  if (Join.empty() || (Test && Live.empty()))
    return "";
  std::string Name = S.Decl->getNameAsString();
  std::string Inner = Indent.str() + "  ";
  if (S.What.Many) {
    // Maps have pairs as elements.
    const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
        S.Decl->getType()->getAsCXXRecordDecl());
    if (Spec &&
        Spec->getTemplateArgs()[0].getKind() == TemplateArgument::Type &&
        Spec->getTemplateArgs()[0].getAsType()->getAsCXXRecordDecl() == nullptr)
      return "";
    if (Live.empty())
      return "";
    return "for (auto &Each : " + Name + ")\n" + Inner + "if (Each." + Live +
           "())\n" + Inner + "  Each." + Join + "();";
  }
  std::string Release = Name + "." + Join + "();";
  return Test ? "if (" + Name + "." + Live + "())\n" + Inner + Release
              : Release;
}

/// The white space at the start of the line of \p Loc.
static StringRef indentation(SourceLocation Loc, const SourceManager &SM) {
  auto [File, Offset] = SM.getDecomposedLoc(Loc);
  StringRef Buffer = SM.getBufferData(File);
  size_t Line = Buffer.rfind('\n', Offset ? Offset - 1 : 0);
  Line = Line == StringRef::npos ? 0 : Line + 1;
  StringRef Text = Buffer.substr(Line);
  return Text.take_while([](char C) { return C == ' ' || C == '\t'; });
}

namespace {

/// Finds the statement or scope that ends at a location.
struct ExitFinder {
  SourceLocation At;
  const Stmt *Exit = nullptr;   ///< return, break, continue, goto or a scope.
  const Stmt *Parent = nullptr; ///< Of the exit.

  void visit(const Stmt *S, const Stmt *Up) {
    if (!S || Exit)
      return;
    if (isa<ReturnStmt, BreakStmt, ContinueStmt, GotoStmt>(S) &&
        S->getEndLoc() == At) {
      Exit = S;
      Parent = Up;
      return;
    }
    if (const auto *C = dyn_cast<CompoundStmt>(S);
        C && C->getRBracLoc() == At) {
      Exit = S;
      return;
    }
    for (const Stmt *Child : S->children())
      visit(Child, S);
  }
};

} // namespace

std::vector<FixItHint> releaseBeforeExits(const Index &Idx, const Subject &S,
                                          const FunctionDecl *In,
                                          ArrayRef<SourceLocation> Exits) {
  std::vector<FixItHint> Result;
  if (!In || !In->hasBody())
    return Result;
  const ASTContext &Ctx = Idx.lexicon().context();
  const SourceManager &SM = Ctx.getSourceManager();
  // Where some path has released it already, the release has to ask first.
  bool Test = false, Initialised = false;
  for (const Use &U : S.Uses) {
    Test |= releases(U.Does);
    Initialised |= U.Does == Verb::Start && !U.Ref;
  }
  Test |= !Initialised;
  std::vector<SourceLocation> Sorted(Exits.begin(), Exits.end());
  llvm::sort(Sorted, [&](SourceLocation A, SourceLocation B) {
    return SM.isBeforeInTranslationUnit(A, B);
  });
  Sorted.erase(std::unique(Sorted.begin(), Sorted.end()), Sorted.end());
  for (SourceLocation At : Sorted) {
    if (At.isInvalid() || At.isMacroID())
      return {};
    ExitFinder Finder{At};
    Finder.visit(In->getBody(), nullptr);
    if (!Finder.Exit)
      return {};
    if (isa<CompoundStmt>(Finder.Exit)) {
      StringRef Indent = indentation(At, SM);
      std::string Inner = Indent.str() + "  ";
      std::string Text = releaseStatement(S, Test, Inner);
      if (Text.empty())
        return {};
      // `... }` on one line, or a brace of its own.
      auto [File, Offset] = SM.getDecomposedLoc(At);
      StringRef Before = SM.getBufferData(File).substr(0, Offset);
      bool OwnLine = Before.rtrim(" \t").ends_with("\n");
      Result.push_back(FixItHint::CreateInsertion(
          At, OwnLine ? "  " + Text + "\n" + Indent.str()
                      : Text + "\n" + Indent.str()));
      continue;
    }
    SourceLocation Begin = Finder.Exit->getBeginLoc();
    if (Begin.isMacroID())
      return {};
    // `return t.get_id();` and the like use it until the end.
    std::string Indent = indentation(Begin, SM).str();
    std::string Text = releaseStatement(S, Test, Indent);
    if (Text.empty())
      return {};
    if (isa_and_nonnull<CompoundStmt>(Finder.Parent)) {
      Result.push_back(FixItHint::CreateInsertion(Begin, Text + "\n" + Indent));
      continue;
    }
    SourceLocation Semi = Lexer::findLocationAfterToken(
        Finder.Exit->getEndLoc(), tok::semi, SM, Ctx.getLangOpts(),
        /*SkipTrailingWhitespaceAndNewLine=*/false);
    if (Semi.isInvalid())
      return {};
    Text = releaseStatement(S, Test, Indent + "  ");
    Result.push_back(FixItHint::CreateInsertion(
        Begin, "{\n" + Indent + "  " + Text + "\n" + Indent + "  "));
    Result.push_back(FixItHint::CreateInsertion(Semi, "\n" + Indent + "}"));
  }
  return Result;
}

std::optional<FixItHint> releaseInDestructor(const Index &Idx, const Subject &S,
                                             const CXXDestructorDecl *Dtor) {
  const auto *Body =
      Dtor ? dyn_cast_or_null<CompoundStmt>(Dtor->getBody()) : nullptr;
  if (!Body || Body->getRBracLoc().isMacroID())
    return std::nullopt;
  const SourceManager &SM = Idx.lexicon().context().getSourceManager();
  std::string Indent = indentation(Body->getLBracLoc(), SM).str();
  std::string Text = releaseStatement(S, /*Test=*/true, Indent + "  ");
  if (Text.empty())
    return std::nullopt;
  bool OneLine = SM.getSpellingLineNumber(Body->getLBracLoc()) ==
                 SM.getSpellingLineNumber(Body->getRBracLoc());
  return FixItHint::CreateInsertion(Body->getRBracLoc(),
                                    (OneLine ? "\n" + Indent + "  " : "  ") +
                                        Text + "\n" + Indent);
}

} // namespace leak
