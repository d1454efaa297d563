//===--- Statements.cpp - where statements stand --------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Statements.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/ParentMapContext.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Analysis/CFG.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include <set>

using namespace clang;

namespace leak {

bool contains(const Stmt *S, const Stmt *At) {
  return S && (S == At || llvm::any_of(S->children(), [&](const Stmt *Child) {
                 return contains(Child, At);
               }));
}

static bool addPath(const Stmt *S, const Stmt *At,
                    llvm::SmallVectorImpl<const Stmt *> &Into) {
  if (!S)
    return false;
  Into.push_back(S);
  if (S == At || llvm::any_of(S->children(), [&](const Stmt *Child) {
        return addPath(Child, At, Into);
      }))
    return true;
  Into.pop_back();
  return false;
}

llvm::SmallVector<const Stmt *, 16> pathTo(const Stmt *Within, const Stmt *At) {
  llvm::SmallVector<const Stmt *, 16> Path;
  addPath(Within, At, Path);
  return Path;
}

bool alwaysTrue(const Expr *Cond) {
  if (!Cond)
    return true;
  Cond = Cond->IgnoreParenImpCasts();
  if (const auto *B = dyn_cast<CXXBoolLiteralExpr>(Cond))
    return B->getValue();
  const auto *I = dyn_cast<IntegerLiteral>(Cond);
  return I && I->getValue() != 0;
}

bool alwaysFalse(const Expr *Cond) {
  Cond = Cond ? Cond->IgnoreParenImpCasts() : nullptr;
  if (const auto *B = dyn_cast_or_null<CXXBoolLiteralExpr>(Cond))
    return !B->getValue();
  const auto *I = dyn_cast_or_null<IntegerLiteral>(Cond);
  return I && I->getValue() == 0;
}

bool mayReturn(const Stmt *S) {
  return S && !isa<LambdaExpr>(S) &&
         (isa<ReturnStmt>(S) || llvm::any_of(S->children(), mayReturn));
}

const Stmt *bodyOfLoop(const Stmt *S) {
  if (const auto *While = dyn_cast<WhileStmt>(S))
    return While->getBody();
  if (const auto *Do = dyn_cast<DoStmt>(S))
    return Do->getBody();
  if (const auto *For = dyn_cast<ForStmt>(S))
    return For->getBody();
  return nullptr;
}

const Expr *conditionOf(const Stmt *S) {
  if (const auto *If = dyn_cast_or_null<IfStmt>(S))
    return If->getCond();
  if (const auto *While = dyn_cast_or_null<WhileStmt>(S))
    return While->getCond();
  if (const auto *Do = dyn_cast_or_null<DoStmt>(S))
    return Do->getCond();
  if (const auto *For = dyn_cast_or_null<ForStmt>(S))
    return For->getCond();
  return nullptr;
}

StringRef calleeName(const CallExpr *Call) {
  const auto *ND = dyn_cast_or_null<NamedDecl>(Call->getCalleeDecl());
  return ND && ND->getIdentifier() ? ND->getName() : "";
}

const ValueDecl *namedBy(const Stmt *S) {
  if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(S))
    return Ref->getDecl();
  if (const auto *ME = dyn_cast_or_null<MemberExpr>(S))
    return ME->getMemberDecl();
  return nullptr;
}

bool sameText(const Expr *A, const Expr *B, const ASTContext &Ctx) {
  llvm::FoldingSetNodeID IdA, IdB;
  A->Profile(IdA, Ctx, /*Canonical=*/true);
  B->Profile(IdB, Ctx, /*Canonical=*/true);
  return IdA == IdB;
}

static bool collectLoops(const Stmt *S, const Stmt *At,
                         llvm::SmallVectorImpl<const Stmt *> &Into) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  bool Found = S == At;
  for (const Stmt *Child : S->children()) {
    if (Found)
      break;
    Found = collectLoops(Child, At, Into);
  }
  if (Found && isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S))
    Into.push_back(S);
  return Found;
}

llvm::SmallVector<const Stmt *, 4> loopsAround(const Stmt *Within,
                                               const Stmt *At) {
  llvm::SmallVector<const Stmt *, 4> Loops;
  if (At)
    collectLoops(Within, At, Loops);
  return Loops;
}

bool mentions(const Stmt *S, const ValueDecl *D) {
  if (!S || !D)
    return false;
  if (const auto *ME = dyn_cast<MemberExpr>(S);
      ME && ME->getMemberDecl()->getCanonicalDecl() == D->getCanonicalDecl())
    return true;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S);
      Ref && Ref->getDecl()->getCanonicalDecl() == D->getCanonicalDecl())
    return true;
  return llvm::any_of(S->children(),
                      [&](const Stmt *Child) { return mentions(Child, D); });
}

std::optional<int64_t> labelOf(const SwitchCase *SC, const ASTContext &Ctx) {
  const auto *Case = dyn_cast_or_null<CaseStmt>(SC);
  Expr::EvalResult R;
  if (!Case || Case->getRHS() || Case->getLHS()->isValueDependent() ||
      !Case->getLHS()->EvaluateAsInt(R, Ctx) ||
      !R.Val.getInt().isRepresentableByInt64())
    return std::nullopt;
  return R.Val.getInt().getExtValue();
}

const Expr *decisionOf(const CFGBlock &Block) {
  const Stmt *T = Block.getTerminatorStmt();
  if (!T || Block.succ_size() != 2 ||
      isa<SwitchStmt, CXXTryStmt, CXXForRangeStmt>(T))
    return nullptr;
  if (const auto *Cond = dyn_cast_or_null<Expr>(Block.getLastCondition()))
    return Cond;
  return dyn_cast_or_null<Expr>(Block.getTerminatorCondition());
}

SmallVector<std::pair<const CFGBlock *, bool>, 2>
waysFrom(const CFGBlock &Block) {
  SmallVector<std::pair<const CFGBlock *, bool>, 2> Ways;
  bool First = true;
  for (CFGBlock::AdjacentBlock Succ : Block.succs()) {
    if (const CFGBlock *To = Succ.getReachableBlock())
      Ways.push_back({To, First});
    First = false;
  }
  return Ways;
}

const Stmt *loopAround(const Stmt *S, ASTContext &Ctx) {
  ParentMapContext &Parents = Ctx.getParentMapContext();
  DynTypedNode Node = DynTypedNode::create(*S);
  for (;;) {
    DynTypedNodeList Up = Parents.getParents(Node);
    if (Up.empty())
      return nullptr;
    Node = Up[0];
    // `int n = f();`
    if (Node.get<VarDecl>())
      continue;
    const auto *Around = Node.get<Stmt>();
    if (!Around || isa<LambdaExpr>(Around))
      return nullptr;
    if (isa<ForStmt, WhileStmt, CXXForRangeStmt, DoStmt>(Around))
      return Around;
  }
}

llvm::ArrayRef<const Expr *> operandsOf(const Expr *E) {
  if (const auto *CE = dyn_cast<CXXConstructExpr>(E))
    return {CE->getArgs(), CE->getNumArgs()};
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return {Call->getArgs(), Call->getNumArgs()};
  return {};
}

const Expr *receiverOf(const Expr *E) {
  const auto *MC = dyn_cast<CXXMemberCallExpr>(E);
  return MC ? MC->getImplicitObjectArgument() : nullptr;
}

static void visitOwn(Decl *D, const SourceManager &SM,
                     llvm::function_ref<void(Decl *)> Visit) {
  if (!isa<TranslationUnitDecl>(D)) {
    if (SM.isInSystemHeader(SM.getExpansionLoc(D->getLocation())))
      return;
    if (!isa<NamespaceDecl, LinkageSpecDecl, ExportDecl>(D)) {
      Visit(D);
      return;
    }
  }
  for (Decl *Child : cast<DeclContext>(D)->decls())
    visitOwn(Child, SM, Visit);
}

void forEachOwnDecl(ASTContext &Ctx, llvm::function_ref<void(Decl *)> Visit) {
  for (Decl *D : Ctx.getTraversalScope())
    visitOwn(D, Ctx.getSourceManager(), Visit);
}

static void noteMentions(const Stmt *S, std::set<SourceLocation> &Into) {
  if (!S)
    return;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    Into.insert(Ref->getLocation());
  else if (const auto *ME = dyn_cast<MemberExpr>(S))
    Into.insert(ME->getMemberLoc());
  else if (const auto *LE = dyn_cast<LambdaExpr>(S)) {
    for (const LambdaCapture &Capture : LE->captures())
      Into.insert(Capture.getLocation());
    noteMentions(LE->getBody(), Into);
  } else if (const auto *DS = dyn_cast<DeclStmt>(S)) {
    for (const Decl *D : DS->decls())
      Into.insert(D->getLocation());
  } else if (isa<BreakStmt, ContinueStmt, ReturnStmt, GotoStmt>(S)) {
    Into.insert(S->getBeginLoc());
  }
  for (const Stmt *Child : S->children())
    noteMentions(Child, Into);
}

bool losesMention(const Stmt *Body, StringRef Name, const ASTContext &Ctx) {
  const SourceManager &SM = Ctx.getSourceManager();
  if (!Body || !Ctx.getDiagnostics().hasUncompilableErrorOccurred())
    return false;
  std::set<SourceLocation> Known;
  noteMentions(Body, Known);
  std::set<unsigned> Offsets;
  const auto [File, Begin] = SM.getDecomposedExpansionLoc(Body->getBeginLoc());
  for (SourceLocation At : Known)
    if (SM.getFileID(SM.getFileLoc(At)) == File)
      Offsets.insert(SM.getFileOffset(SM.getFileLoc(At)));
  const unsigned End = SM.getFileOffset(SM.getExpansionLoc(Body->getEndLoc()));
  bool Invalid = false;
  StringRef Text = SM.getBufferData(File, &Invalid);
  if (Invalid)
    return false;
  Lexer Lex(SM.getLocForStartOfFile(File), Ctx.getLangOpts(), Text.begin(),
            Text.begin() + Begin, Text.end());
  Token T;
  do {
    Lex.LexFromRawLexer(T);
    const unsigned At = SM.getFileOffset(T.getLocation());
    if (At >= End)
      return false;
    if (T.is(tok::raw_identifier) && T.getRawIdentifier() == Name &&
        !Offsets.count(At))
      return true;
  } while (T.isNot(tok::eof));
  return false;
}

} // namespace leak
