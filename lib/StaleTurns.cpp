//===--- StaleTurns.cpp - turns of a loop that change nothing -------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StaleTurns.h"
#include "Complaint.h"
#include "Index.h"
#include "Statements.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include <deque>
#include <set>

using namespace clang;

namespace leak {

namespace {

/// What one loop is made of.
struct LoopParts {
  const Expr *Cond = nullptr;
  const Stmt *Body = nullptr;
};

/// A loop whose body has to move on by itself.
std::optional<LoopParts> partsOf(const Stmt *S) {
  if (const auto *W = dyn_cast<WhileStmt>(S))
    return W->getConditionVariable()
               ? std::nullopt
               : std::optional(LoopParts{W->getCond(), W->getBody()});
  if (const auto *D = dyn_cast<DoStmt>(S))
    return LoopParts{D->getCond(), D->getBody()};
  if (const auto *F = dyn_cast<ForStmt>(S))
    return F->getInc() || F->getConditionVariable()
               ? std::nullopt
               : std::optional(LoopParts{F->getCond(), F->getBody()});
  return std::nullopt;
}

/// A `continue` of the loop with the body \p S; \p C, or any when it is null.
bool hasContinue(const Stmt *S, const ContinueStmt *C) {
  if (!S || isa<LambdaExpr, ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S))
    return false;
  if (C ? S == C : isa<ContinueStmt>(S))
    return true;
  return llvm::any_of(S->children(),
                      [&](const Stmt *Child) { return hasContinue(Child, C); });
}

void collectLoops(const Stmt *S, llvm::SmallVectorImpl<const Stmt *> &Into) {
  if (!S || isa<LambdaExpr>(S))
    return;
  if (isa<WhileStmt, DoStmt, ForStmt>(S))
    if (std::optional<LoopParts> Parts = partsOf(S);
        Parts && hasContinue(Parts->Body, nullptr))
      Into.push_back(S);
  for (const Stmt *Child : S->children())
    collectLoops(Child, Into);
}

class Turn {
public:
  Turn(const Stmt *Loop, LoopParts Parts, const Body &B, const Lexicon &Words,
       const llvm::StringSet<> &Asked,
       const llvm::SmallPtrSetImpl<const ValueDecl *> &Escaped)
      : Loop(Loop), Parts(Parts), B(B), N(B.names()), Ctx(B.context()),
        Words(Words), Asked(Asked), Escaped(Escaped) {}

  std::optional<StaleTurn> run() {
    noteAdvances(Parts.Body);
    if (Advances.empty() || (Parts.Cond && !isPure(Parts.Cond)))
      return std::nullopt;
    noteDerived(Parts.Body);
    const CFGBlock *First = nullptr;
    for (const CFGBlock *Block : *B.graph())
      if (Block->getTerminatorStmt() == Loop && Block->succ_size() == 2)
        First = Block->succ_begin()->getReachableBlock();
    if (!First)
      return std::nullopt;
    Facts Known(Asked);
    if (Parts.Cond && !Known.assume(Parts.Cond, true, N, Ctx))
      return std::nullopt;
    enter(First, Known, -1, {});
    for (size_t Next = 0; Next < Nodes.size() && !Found; ++Next) {
      if (Nodes.size() > MaxStates)
        return std::nullopt;
      Current = Next;
      step();
    }
    return std::move(Found);
  }

private:
  static constexpr unsigned MaxStates = 400;
  struct Node {
    const CFGBlock *Block;
    Facts Known;
    int Parent;
    Branch Decided;
  };

  const VarDecl *ownVariable(const Expr *E) const {
    E = E ? strip(E) : nullptr;
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E);
    const auto *VD = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    return VD && VD->hasLocalStorage() && !Escaped.contains(VD) &&
                   !VD->getType().isVolatileQualified() &&
                   !VD->getType()->isReferenceType()
               ? VD
               : nullptr;
  }

  bool isInside(const VarDecl *VD) const {
    const SourceManager &SM = Ctx.getSourceManager();
    SourceLocation At = SM.getExpansionLoc(VD->getLocation());
    return !SM.isBeforeInTranslationUnit(
               At, SM.getExpansionLoc(Parts.Body->getBeginLoc())) &&
           SM.isBeforeInTranslationUnit(
               At, SM.getExpansionLoc(Parts.Body->getEndLoc()));
  }

  /// `p = p->next`, `++it`, `i += n`: of what is declared outside.
  void noteAdvances(const Stmt *S) {
    if (!S || isa<LambdaExpr>(S))
      return;
    const Expr *To = nullptr;
    if (const auto *BO = dyn_cast<BinaryOperator>(S);
        BO && BO->isAssignmentOp())
      To = BO->getLHS();
    else if (const auto *UO = dyn_cast<UnaryOperator>(S);
             UO && UO->isIncrementDecrementOp())
      To = UO->getSubExpr();
    else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S);
             Op && Op->getNumArgs() &&
             (Op->isAssignmentOp() || Op->getOperator() == OO_PlusPlus ||
              Op->getOperator() == OO_MinusMinus))
      To = Op->getArg(0);
    if (const VarDecl *VD = ownVariable(To); VD && !isInside(VD))
      Advances.try_emplace(VD, S);
    for (const Stmt *Child : S->children())
      noteAdvances(Child);
  }

  /// Variables of the body that are made of one that moves on.
  void noteDerived(const Stmt *S) {
    if (!S || isa<LambdaExpr>(S))
      return;
    if (const auto *DS = dyn_cast<DeclStmt>(S))
      for (const Decl *D : DS->decls())
        if (const auto *VD = dyn_cast<VarDecl>(D); VD && VD->hasInit())
          if (const VarDecl *Item = itemIn(VD->getInit()))
            Derived.try_emplace(VD, Item);
    for (const Stmt *Child : S->children())
      noteDerived(Child);
  }

  const VarDecl *itemIn(const Stmt *S) const {
    if (!S)
      return nullptr;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      if (const auto *VD = dyn_cast<VarDecl>(Ref->getDecl())) {
        if (Advances.count(VD))
          return VD;
        if (const VarDecl *Item = Derived.lookup(VD))
          return Item;
      }
    for (const Stmt *Child : S->children())
      if (const VarDecl *Item = itemIn(Child))
        return Item;
    return nullptr;
  }

  bool isPure(const Stmt *S) const {
    return !S || (changesNothing(S) &&
                  llvm::all_of(S->children(),
                               [&](const Stmt *C) { return isPure(C); }));
  }

  /// \p S itself, without its parts, changes nothing that a condition is about,
  /// and gives the same the next time.
  bool changesNothing(const Stmt *S) const {
    if (const auto *E = dyn_cast<Expr>(S);
        E &&
        (E->getType().isVolatileQualified() || E->getType()->isAtomicType()))
      return false;
    if (const auto *BO = dyn_cast<BinaryOperator>(S);
        BO && BO->isAssignmentOp()) {
      const VarDecl *VD = ownVariable(BO->getLHS());
      return VD && isInside(VD) && BO->getOpcode() == BO_Assign;
    }
    if (const auto *UO = dyn_cast<UnaryOperator>(S))
      return !UO->isIncrementDecrementOp();
    if (const auto *DS = dyn_cast<DeclStmt>(S))
      return llvm::all_of(DS->decls(), [](const Decl *D) {
        const auto *VD = dyn_cast<VarDecl>(D);
        return !VD || (VD->hasLocalStorage() &&
                       (!VD->getType()->getAsCXXRecordDecl() ||
                        !VD->hasInit() || isTrivial(VD->getInit())));
      });
    if (const auto *CE = dyn_cast<CXXConstructExpr>(S))
      return CE->getConstructor()->isCopyOrMoveConstructor() ||
             CE->getConstructor()->isTrivial() ||
             isSystem(CE->getConstructor());
    if (isa<CallExpr>(S))
      return isPureCall(cast<CallExpr>(S));
    return !isa<CXXNewExpr, CXXDeleteExpr, CXXThrowExpr, CoawaitExpr,
                CoyieldExpr, LambdaExpr, GCCAsmStmt, AtomicExpr, StmtExpr,
                ReturnStmt>(S);
  }

  static bool isTrivial(const Expr *Init) {
    const auto *CE = dyn_cast_or_null<CXXConstructExpr>(strip(Init));
    return !CE || CE->getConstructor()->isCopyOrMoveConstructor() ||
           isSystem(CE->getConstructor());
  }

  static bool isSystem(const FunctionDecl *FD) {
    const SourceManager &SM = FD->getASTContext().getSourceManager();
    return SM.isInSystemHeader(SM.getExpansionLoc(FD->getLocation()));
  }

  bool isPureCall(const CallExpr *Call) const {
    const FunctionDecl *FD = Call->getDirectCallee();
    if (!FD || FD->isNoReturn())
      return false;
    if (FD->hasAttr<ConstAttr>() || FD->hasAttr<PureAttr>())
      return true;
    if (logs(Call, Ctx))
      return true;
    if (const Effect *Row = Words.effect(Call);
        Row && Row->Does != Verb::Iterate && Row->Does != Verb::Element &&
        Row->Does != Verb::Query)
      return false;
    if (const auto *M = dyn_cast<CXXMethodDecl>(FD);
        M && !M->isStatic() && isSystem(M))
      return (M->isConst() ||
              llvm::is_contained({"begin", "end", "front", "back", "at"},
                                 M->getNameAsString()) ||
              M->getOverloadedOperator() == OO_Subscript ||
              M->getOverloadedOperator() == OO_Star ||
              M->getOverloadedOperator() == OO_Arrow) &&
             !M->getParent()->getName().contains("atomic") &&
             !M->getParent()->getName().contains("stream");
    if (!isSystem(FD))
      return false;
    // `strcmp`, `isspace`: about what they are given alone.
    bool Looks = FD->getIdentifier() && FD->getName().starts_with("is") &&
                 FD->getNumParams() == 1;
    for (const ParmVarDecl *P : FD->parameters()) {
      QualType T = P->getType();
      if (T->isPointerType() || T->isReferenceType()) {
        if (!T->getPointeeType().isConstQualified())
          return false;
        Looks = true;
      }
    }
    return Looks && !FD->isVariadic();
  }

  void enter(const CFGBlock *Block, const Facts &Known, int Parent,
             Branch Way) {
    if (Block && Seen.insert({Block->getBlockID(), Known}).second)
      Nodes.push_back({Block, Known, Parent, Way});
  }

  void step() {
    const CFGBlock *Block = Nodes[Current].Block;
    Facts Known = Nodes[Current].Known;
    // One that takes none of the branches isn't meant to come.
    if (Block->getTerminatorStmt() == Loop)
      return;
    for (const CFGElement &E : *Block) {
      if (E.getAs<CFGAutomaticObjDtor>())
        continue;
      auto CS = E.getAs<CFGStmt>();
      if (!CS)
        continue;
      const Stmt *S = CS->getStmt();
      if (contains(Parts.Cond, S) || !changesNothing(S))
        return;
      if (const auto *DS = dyn_cast<DeclStmt>(S)) {
        for (const Decl *D : DS->decls())
          if (const auto *VD = dyn_cast<VarDecl>(D))
            Known.assign(Names::variable(VD),
                         VD->hasInit() ? Known.value(VD->getInit(), N, Ctx)
                                       : Value());
      } else if (const auto *BO = dyn_cast<BinaryOperator>(S);
                 BO && BO->getOpcode() == BO_Assign) {
        Known.assign(N.of(BO->getLHS()), Known.value(BO->getRHS(), N, Ctx));
      }
    }
    if (Block->hasNoReturnElement())
      return;
    const Stmt *T = Block->getTerminatorStmt();
    if (const auto *C = dyn_cast_or_null<ContinueStmt>(T)) {
      if (hasContinue(Parts.Body, C))
        comesBack(C);
      return;
    }
    // What is in a loop of its own moves on by that.
    if (isa_and_nonnull<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt, SwitchStmt,
                        CXXTryStmt, IndirectGotoStmt, GotoStmt, BreakStmt,
                        ReturnStmt>(T))
      return;
    const Expr *Cond = decisionOf(*Block);
    unsigned Which = 0;
    for (CFGBlock::AdjacentBlock Succ : Block->succs()) {
      bool Truth = Which++ == 0;
      const CFGBlock *To = Succ.getReachableBlock();
      Facts Next = Known;
      Branch Way;
      if (Cond) {
        if (!Next.assume(Cond, Truth, N, Ctx))
          continue;
        Way = {Cond, Truth};
      }
      enter(To, Next, Current, Way);
    }
  }

  void comesBack(const ContinueStmt *C) {
    std::vector<Branch> Way;
    for (int At = Current; At >= 0; At = Nodes[At].Parent)
      if (Nodes[At].Decided.Cond)
        Way.push_back(Nodes[At].Decided);
    // It has asked about the item, not whether others are ready.
    const VarDecl *Item = Way.empty() ? nullptr : itemIn(Way.front().Cond);
    if (!Item || asksAtomic(Way))
      return;
    std::reverse(Way.begin(), Way.end());
    Found.emplace();
    Found->In = B.function();
    Found->Loop = Loop;
    Found->Back = C;
    Found->Advance = Advances.lookup(Item);
    Found->Item = Item;
    Found->Way = std::move(Way);
  }

  bool asksAtomic(ArrayRef<Branch> Way) const {
    return llvm::any_of(Way, [&](const Branch &D) { return !isPure(D.Cond); });
  }

  const Stmt *Loop;
  LoopParts Parts;
  const Body &B;
  const Names &N;
  ASTContext &Ctx;
  const Lexicon &Words;
  const llvm::StringSet<> &Asked;
  const llvm::SmallPtrSetImpl<const ValueDecl *> &Escaped;
  llvm::DenseMap<const VarDecl *, const Stmt *> Advances;
  llvm::DenseMap<const VarDecl *, const VarDecl *> Derived;
  std::deque<Node> Nodes;
  std::set<std::pair<unsigned, Facts>> Seen;
  int Current = -1;
  std::optional<StaleTurn> Found;
};

} // namespace

static void collectEscaped(const Stmt *S,
                           llvm::SmallPtrSetImpl<const ValueDecl *> &Into) {
  if (!S)
    return;
  if (const auto *UO = dyn_cast<UnaryOperator>(S);
      UO && UO->getOpcode() == UO_AddrOf)
    if (const auto *Ref =
            dyn_cast_or_null<DeclRefExpr>(strip(UO->getSubExpr())))
      Into.insert(Ref->getDecl());
  if (const auto *LE = dyn_cast<LambdaExpr>(S))
    for (const LambdaCapture &C : LE->captures())
      if (C.capturesVariable() && C.getCaptureKind() == LCK_ByRef)
        Into.insert(C.getCapturedVar());
  for (const Stmt *Child : S->children())
    collectEscaped(Child, Into);
}

std::vector<StaleTurn> staleTurns(const FunctionDecl *FD, const Lexicon &Words,
                                  FlowGraphs &Graphs) {
  std::vector<StaleTurn> Result;
  llvm::SmallVector<const Stmt *, 4> Loops;
  collectLoops(FD->getBody(), Loops);
  // What Clang can't compile, it may drop: what moves on, for example.
  if (Loops.empty() ||
      Graphs.context().getDiagnostics().hasUncompilableErrorOccurred())
    return Result;
  Body B(FD, Graphs);
  if (!B.graph())
    return Result;
  llvm::SmallPtrSet<const ValueDecl *, 8> Escaped;
  collectEscaped(FD->getBody(), Escaped);
  for (const Stmt *Loop : Loops)
    if (auto Found =
            Turn(Loop, *partsOf(Loop), B, Words, B.relevant(), Escaped).run())
      Result.push_back(std::move(*Found));
  return Result;
}

} // namespace leak
