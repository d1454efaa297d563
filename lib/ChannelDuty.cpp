//===--- ChannelDuty.cpp - a duty that a function tells -------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ChannelDuty.h"
#include "Protocols.h"
#include "clang/AST/ParentMapContext.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace leak {

void tellInferred(const Channel &C, const Lexicon &Words, Finding &R) {
  for (Verb V : {Verb::Receive, Verb::Send, Verb::Close})
    for (const Use &U : C.Uses)
      if (U.Does == V)
        if (std::optional<Note> N = inferredNote(U.At, Words)) {
          R.Notes.push_back(std::move(*N));
          break;
        }
}

std::string closing(const Channel &C) {
  StringRef Method = C.Model->methodFor(Verb::Close);
  if (Method.empty() || Method == "destructor")
    return "";
  return (C.Decl->getName() + (C.Direct ? "." : "->") + Method + "()").str();
}

std::optional<FixItHint> insertBefore(const Stmt *S, const std::string &Text,
                                      ASTContext &Ctx) {
  const SourceManager &SM = Ctx.getSourceManager();
  for (const Stmt *Cur = S;;) {
    auto Up = Ctx.getParents(*Cur);
    const auto *Above = Up.empty() ? nullptr : Up[0].get<Stmt>();
    if (!Above)
      // `std::jthread t(...)` stands in a declaration.
      if (const auto *VD = Up.empty() ? nullptr : Up[0].get<VarDecl>()) {
        auto More = Ctx.getParents(*VD);
        Above = More.empty() ? nullptr : More[0].get<Stmt>();
      }
    if (!Above || isa<LambdaExpr>(Above))
      return std::nullopt;
    if (isa<CompoundStmt>(Above)) {
      auto Around = Ctx.getParents(*Above);
      const auto *Of = Around.empty() ? nullptr : Around[0].get<Stmt>();
      bool Turns =
          isa_and_nonnull<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(Of);
      if (!Turns) {
        SourceLocation At = Cur->getBeginLoc();
        if (At.isMacroID())
          return std::nullopt;
        StringRef Indent = Lexer::getIndentationForLine(At, SM);
        return FixItHint::CreateInsertion(At, Text + "\n" + Indent.str());
      }
    }
    Cur = Above;
  }
}

} // namespace leak
