//===--- Entries.cpp - what is run elsewhere ------------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Entries.h"
#include "Index.h"
#include "Starts.h"
#include "Statements.h"
#include "Throws.h"

using namespace clang;

namespace leak {

/// What a lambda runs that does nothing else.
static const CallExpr *onlyCall(const LambdaExpr *LE) {
  const auto *Block = dyn_cast<CompoundStmt>(LE->getBody());
  if (!Block || Block->size() != 1)
    return nullptr;
  const Stmt *Only = Block->body_front();
  if (const auto *Ret = dyn_cast<ReturnStmt>(Only))
    Only = Ret->getRetValue();
  const auto *E = dyn_cast_or_null<Expr>(Only);
  return dyn_cast_or_null<CallExpr>(E ? strip(E) : nullptr);
}

Entries::Entries(const FunctionTable &Table, const Lexicon &Words,
                 ASTContext &Ctx) {
  llvm::SmallPtrSet<const Expr *, 8> Run;
  auto Note = [&](const FunctionDecl *FD, const Expr *Start,
                  const FunctionDecl *By) {
    Entry &E = Known[FD->getCanonicalDecl()];
    if (!E.Start) {
      E.Start = Start;
      E.By = By;
    }
    ++E.Starts;
    E.InLoop |= loopAround(Start, Ctx) != nullptr;
  };
  for (const auto &[FD, F] : Table.all())
    for (const Expr *E : F.Calls) {
      std::optional<unsigned> At = startsOnce(E, Words);
      if (!At)
        continue;
      ArrayRef<const Expr *> Args = argumentsOf(E);
      const Expr *What =
          *At < Args.size() ? startedCallable(Args[*At]) : nullptr;
      if (const auto *Bind = dyn_cast_or_null<CallExpr>(What))
        if (const Effect *Row = Words.effect(Bind);
            Row && Row->Does == Verb::Bind && Bind->getNumArgs())
          What = startedCallable(Bind->getArg(0));
      if (const auto *LE = dyn_cast_or_null<LambdaExpr>(What)) {
        Note(LE->getCallOperator(), E, F.Decl);
        if (const CallExpr *Only = onlyCall(LE))
          if (const FunctionDecl *Callee = Only->getDirectCallee()) {
            Note(Callee, E, F.Decl);
            Run.insert(Only);
          }
      } else if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(What)) {
        if (const auto *Callee = dyn_cast<FunctionDecl>(Ref->getDecl()))
          Note(Callee, E, F.Decl);
      }
    }
  if (Known.empty())
    return;
  for (const auto &[FD, F] : Table.all())
    for (const Expr *E : F.Calls)
      if (const auto *Call = dyn_cast<CallExpr>(E); Call && !Run.contains(Call))
        if (const FunctionDecl *Callee = Call->getDirectCallee())
          Known.erase(Callee->getCanonicalDecl());
}

const Entry *Entries::find(const FunctionDecl *FD) const {
  auto It = Known.find(FD->getCanonicalDecl());
  return It == Known.end() ? nullptr : &It->second;
}

} // namespace leak
