//===--- StopFixIts.cpp - mends of stops that are lost --------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StopFixIts.h"
#include "ChannelDuty.h"
#include "Tell.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/ParentMapContext.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace leak {

/// The block in which \p S, or \p Below it when it isn't a statement by itself,
/// stands; null for what stands in no block.
static const CompoundStmt *blockOf(const Stmt *S, bool Below, ASTContext &Ctx) {
  while (S) {
    auto Up = Ctx.getParents(*S);
    const auto *Above = Up.empty() ? nullptr : Up[0].get<Stmt>();
    if (const auto *VD = Up.empty() ? nullptr : Up[0].get<VarDecl>()) {
      auto More = Ctx.getParents(*VD);
      Above = More.empty() ? nullptr : More[0].get<Stmt>();
    }
    if (const auto *Block = dyn_cast_or_null<CompoundStmt>(Above))
      return Block;
    if (isa_and_nonnull<LambdaExpr>(Above) ||
        (!Below && !isa_and_nonnull<FullExpr>(Above)))
      return nullptr;
    S = Above;
  }
  return nullptr;
}

/// Takes the statement \p E out, and its line when it has one of its own.
static std::optional<FixItHint> remove(const Expr *E, const ASTContext &Ctx) {
  const SourceManager &SM = Ctx.getSourceManager();
  if (E->getBeginLoc().isMacroID() || E->getEndLoc().isMacroID())
    return std::nullopt;
  SourceLocation End = Lexer::findLocationAfterToken(
      E->getEndLoc(), tok::semi, SM, Ctx.getLangOpts(),
      /*SkipTrailingWhitespaceAndNewLine=*/false);
  if (End.isInvalid())
    return std::nullopt;
  auto [File, From] = SM.getDecomposedLoc(E->getBeginLoc());
  unsigned To = SM.getFileOffset(End);
  StringRef Text = SM.getBufferData(File);
  size_t Before = Text.take_front(From).find_last_not_of(" \t");
  size_t After = Text.find_first_not_of(" \t", To);
  SourceLocation Begin = E->getBeginLoc();
  if (Before != StringRef::npos && Text[Before] == '\n' &&
      After != StringRef::npos && Text[After] == '\n') {
    Begin = Begin.getLocWithOffset(int(Before) - int(From));
    End = End.getLocWithOffset(int(After) - int(To));
  }
  return FixItHint::CreateRemoval(CharSourceRange::getCharRange(Begin, End));
}

/// Methods of one class call the flag \p D by the same name.
static bool names(const FunctionDecl *FD, const ValueDecl *D) {
  const auto *Field = dyn_cast<FieldDecl>(D);
  if (!Field)
    return isa<VarDecl>(D) && !cast<VarDecl>(D)->isLocalVarDecl();
  const auto *Method = dyn_cast<CXXMethodDecl>(FD);
  return Method && !Method->isStatic() &&
         Method->getParent()->getCanonicalDecl() ==
             cast<Decl>(Field->getDeclContext())->getCanonicalDecl();
}

static bool isBool(const ValueDecl *D) {
  QualType T = D->getType();
  if (T->isBooleanType())
    return true;
  const auto *RD = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      T->getAsCXXRecordDecl());
  return RD && RD->getTemplateArgs().size() == 1 &&
         RD->getTemplateArgs()[0].getKind() == TemplateArgument::Type &&
         RD->getTemplateArgs()[0].getAsType()->isBooleanType();
}

std::vector<FixItHint> mends(const StopRace &R, const Monitors &M) {
  ASTContext &Ctx = M.context();
  if (!R.Start || !R.Start->At || R.Write->Object.Root ||
      !R.Write->Held.empty())
    return {};
  const FunctionDecl *Starter = nullptr;
  const SyncEvent *Said = nullptr;
  for (const auto &[FD, F] : M.functions())
    for (const SyncEvent &E : F.Events) {
      // Each start would need it.
      if (E.Does == SyncEvent::Start && &E != R.Start && E.At &&
          R.Why != StopRace::Stale && llvm::is_contained(E.Entries, R.Entry) &&
          E.Object.Decl && E.Object.Decl != R.Start->Object.Decl)
        return {};
      if (&E == R.Start)
        Starter = F.Decl;
    }
  if (!Starter || !names(Starter, R.Flag))
    return {};
  const SyncFunction *F = M.find(Starter);
  for (const SyncEvent &E : F->Events) {
    if (&E == R.Start)
      break;
    if (E.Does == SyncEvent::Write && E.Object == R.Write->Object &&
        E.Changes.How == Change::Set &&
        E.Changes.Value == R.Write->Changes.Value)
      Said = &E;
  }

  if (R.Why == StopRace::Stale) {
    if (!isBool(R.Flag))
      return {};
    if (auto Insert =
            insertBefore(R.Start->At,
                         (R.Flag->getName() + " = " +
                          (R.Write->Changes.Value ? "false" : "true") + ";")
                             .str(),
                         Ctx))
      return {*Insert};
    return {};
  }

  const CompoundStmt *Block = blockOf(R.Write->At, /*Below=*/false, Ctx);
  if (!Block || (R.Why == StopRace::Late &&
                 Block != blockOf(R.Start->At, /*Below=*/true, Ctx)))
    return {};
  std::vector<FixItHint> Result;
  std::optional<FixItHint> Removal = remove(R.Write->At, Ctx);
  if (!Removal)
    return {};
  Result.push_back(*Removal);
  if (!Said) {
    auto Insert =
        insertBefore(R.Start->At, sourceText(R.Write->At, Ctx) + ";", Ctx);
    if (!Insert)
      return {};
    Result.push_back(*Insert);
  }
  return Result;
}

} // namespace leak
