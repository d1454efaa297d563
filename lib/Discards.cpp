//===--- Discards.cpp - values that nobody takes --------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Discards.h"
#include "Index.h"
#include "Statements.h"
#include "clang/AST/ParentMapContext.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace leak {

const Stmt *writtenBody(const FunctionDecl *FD) {
  const Stmt *Body = FD ? FD->getBody() : nullptr;
  const auto *Coroutine = dyn_cast_or_null<CoroutineBodyStmt>(Body);
  return Coroutine ? Coroutine->getBody() : Body;
}

bool isCoroutine(const FunctionDecl *FD) {
  return FD && isa_and_nonnull<CoroutineBodyStmt>(FD->getBody());
}

bool anyWritten(const Stmt *S, bool Lambdas,
                llvm::function_ref<bool(const Stmt *)> Visit) {
  if (!S)
    return false;
  if (Visit(S))
    return true;
  if (const auto *Body = dyn_cast<CoroutineBodyStmt>(S))
    return anyWritten(Body->getBody(), Lambdas, Visit);
  if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(S))
    return anyWritten(Await->getOperand(), Lambdas, Visit);
  if (const auto *Return = dyn_cast<CoreturnStmt>(S))
    return anyWritten(Return->getOperand(), Lambdas, Visit);
  if (const auto *LE = dyn_cast<LambdaExpr>(S)) {
    for (const Expr *Init : LE->capture_inits())
      if (anyWritten(Init, Lambdas, Visit))
        return true;
    return Lambdas && anyWritten(LE->getBody(), Lambdas, Visit);
  }
  if (const auto *For = dyn_cast<CXXForRangeStmt>(S))
    return anyWritten(For->getInit(), Lambdas, Visit) ||
           anyWritten(For->getRangeInit(), Lambdas, Visit) ||
           anyWritten(For->getLoopVarStmt(), Lambdas, Visit) ||
           anyWritten(For->getBody(), Lambdas, Visit);
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return anyWritten(Child, Lambdas, Visit);
  });
}

const DeclRefExpr *mentionIn(const Stmt *S, const ValueDecl *D) {
  const DeclRefExpr *Found = nullptr;
  anyWritten(S, /*Lambdas=*/true, [&](const Stmt *At) {
    const auto *Ref = dyn_cast<DeclRefExpr>(At);
    if (Ref && Ref->getDecl() == D)
      Found = Ref;
    return Found != nullptr;
  });
  return Found;
}

namespace {

class Walk {
public:
  Walk(llvm::function_ref<void(const Discard &)> OnDiscard,
       llvm::function_ref<void(const LocalVariable &)> OnVariable)
      : OnDiscard(OnDiscard), OnVariable(OnVariable) {}

  /// \p At has the place of \p S.
  void statement(const Stmt *S, Discard At) {
    if (!S)
      return;
    if (const auto *E = dyn_cast<Expr>(S))
      return expression(E, E, At);
    if (const auto *Body = dyn_cast<CoroutineBodyStmt>(S))
      return statement(Body->getBody(), At);
    if (const auto *Label = dyn_cast<LabelStmt>(S))
      return statement(Label->getSubStmt(), At);
    if (const auto *Case = dyn_cast<SwitchCase>(S)) {
      if (isa<CompoundStmt>(Case->getSubStmt()))
        At.Block = nullptr;
      return statement(Case->getSubStmt(), At);
    }
    if (const auto *Attributed = dyn_cast<AttributedStmt>(S))
      return statement(Attributed->getSubStmt(), At);
    if (const auto *DS = dyn_cast<DeclStmt>(S)) {
      for (const Decl *D : DS->decls())
        if (const auto *VD = dyn_cast<VarDecl>(D))
          OnVariable({VD, At.Block, At.Next, At.Loop, Bare.contains(At.Block)});
      return;
    }
    Discard Inside;
    Inside.Loop = At.Loop;
    if (const auto *Block = dyn_cast<CompoundStmt>(S)) {
      if (At.Block)
        Bare.insert(Block);
      Inside.Block = Block;
      for (const auto *It = Block->body_begin(); It != Block->body_end();
           ++It) {
        Inside.Next = It + 1 != Block->body_end() ? It[1] : nullptr;
        statement(*It, Inside);
        Inside.Before = *It;
      }
      return;
    }
    if (isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S))
      Inside.Loop = S;
    if (const auto *For = dyn_cast<ForStmt>(S)) {
      statement(For->getInit(), Inside);
      statement(For->getInc(), Inside);
      return statement(For->getBody(), Inside);
    }
    if (isa<WhileStmt, DoStmt>(S))
      return statement(bodyOfLoop(S), Inside);
    if (const auto *Range = dyn_cast<CXXForRangeStmt>(S)) {
      statement(Range->getInit(), Inside);
      return statement(Range->getBody(), Inside);
    }
    if (const auto *If = dyn_cast<IfStmt>(S)) {
      statement(If->getInit(), Inside);
      statement(If->getThen(), Inside);
      return statement(If->getElse(), Inside);
    }
    if (const auto *Switch = dyn_cast<SwitchStmt>(S)) {
      statement(Switch->getInit(), Inside);
      return statement(Switch->getBody(), Inside);
    }
    if (const auto *Try = dyn_cast<CXXTryStmt>(S)) {
      statement(Try->getTryBlock(), Inside);
      for (unsigned I = 0; I != Try->getNumHandlers(); ++I)
        statement(Try->getHandler(I)->getHandlerBlock(), Inside);
    }
  }

private:
  void expression(const Expr *E, const Expr *Written, Discard At) {
    // What isn't written itself.
    auto Below = [&](const Expr *Inside) {
      expression(Inside, Written == E ? Inside : Written, At);
    };
    if (const auto *Full = dyn_cast<FullExpr>(E))
      return Below(Full->getSubExpr());
    if (const auto *Paren = dyn_cast<ParenExpr>(E))
      return expression(Paren->getSubExpr(), Written, At);
    if (const auto *Cast = dyn_cast<CastExpr>(E)) {
      if (isa<ImplicitCastExpr>(Cast))
        return Below(Cast->getSubExpr());
      if (Cast->getCastKind() != CK_ToVoid)
        return expression(Cast->getSubExpr(), Written, At);
      At.How = At.How == Discard::Left ? At.How : Discard::Void;
      return expression(Cast->getSubExpr(), Cast->getSubExpr(), At);
    }
    if (const auto *Temporary = dyn_cast<CXXBindTemporaryExpr>(E))
      return Below(Temporary->getSubExpr());
    if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E))
      return Below(Temporary->getSubExpr());
    if (const auto *Either = dyn_cast<ConditionalOperator>(E)) {
      At.Block = nullptr;
      expression(Either->getTrueExpr(), Either->getTrueExpr(), At);
      return expression(Either->getFalseExpr(), Either->getFalseExpr(), At);
    }
    if (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
      if (Binary->getOpcode() != BO_Comma)
        return;
      Discard First = At;
      First.Block = nullptr;
      // `f(), (void)0`: what a macro may add does nothing.
      if (!isa<IntegerLiteral>(Binary->getRHS()->IgnoreParenCasts()))
        First.How = Discard::Left;
      expression(Binary->getLHS(), Binary->getLHS(), First);
      At.Block = nullptr;
      return expression(Binary->getRHS(), Binary->getRHS(), At);
    }
    if (!isa<CallExpr, CXXConstructExpr, CoawaitExpr>(E))
      return;
    At.What = E;
    At.Written = Written;
    OnDiscard(At);
  }

  llvm::function_ref<void(const Discard &)> OnDiscard;
  llvm::function_ref<void(const LocalVariable &)> OnVariable;
  llvm::SmallPtrSet<const CompoundStmt *, 4> Bare;
};

} // namespace

void forEachDiscard(
    const Stmt *Body, llvm::function_ref<void(const Discard &)> OnDiscard,
    llvm::function_ref<void(const LocalVariable &)> OnVariable) {
  Walk(OnDiscard, OnVariable).statement(Body, {});
}

/// A `co_await` further up in the statement.
static bool awaitedAbove(DynTypedNode Node, ParentMapContext &Parents) {
  for (;;) {
    DynTypedNodeList Up = Parents.getParents(Node);
    if (Up.empty())
      return false;
    Node = Up[0];
    const auto *E = Node.get<Expr>();
    if (!E || isa<LambdaExpr>(E))
      return false;
    if (isa<CoroutineSuspendExpr>(E))
      return true;
  }
}

/// What the call \p Taker does with the value that it gets.
static Destiny takenBy(const Expr *Taker, const Lexicon &Words) {
  const Effect *Row = Words.effect(Taker);
  if (!Row)
    return Destiny::Unknown;
  switch (Row->Does) {
  case Verb::Start:
  case Verb::Detach:
    return Destiny::Started;
  case Verb::Insert:
  case Verb::Emplace:
    return Destiny::Kept;
  default:
    return Destiny::Unknown;
  }
}

Destiny destinyOf(const Expr *Call, const Lexicon &Words,
                  llvm::function_ref<bool(QualType)> Wraps, ASTContext &Ctx) {
  ParentMapContext &Parents = Ctx.getParentMapContext();
  DynTypedNode Node = DynTypedNode::create(*Call);
  for (;;) {
    DynTypedNodeList Up = Parents.getParents(Node);
    if (Up.empty())
      return Destiny::Unknown;
    DynTypedNode Parent = Up[0];
    if (const auto *VD = Parent.get<VarDecl>())
      return VD->getType()->isRecordType() || VD->getType()->isReferenceType()
                 ? Destiny::Kept
                 : Destiny::Unknown;
    const auto *S = Parent.get<Stmt>();
    if (!S)
      return Destiny::Unknown;
    if (isa<ReturnStmt>(S))
      return Destiny::Kept;
    const auto *E = dyn_cast<Expr>(S);
    if (!E)
      return isa<CompoundStmt, IfStmt, ForStmt, WhileStmt, DoStmt,
                 CXXForRangeStmt, SwitchCase, LabelStmt>(S)
                 ? Destiny::Statement
                 : Destiny::Unknown;
    if (isa<CoroutineSuspendExpr>(E))
      return Destiny::Awaited;
    // `Made(...).method()`, then what it returns.
    if (isa<MemberExpr>(E)) {
      Node = Parent;
      continue;
    }
    const auto *Made = dyn_cast<CXXConstructExpr>(E);
    if ((Made && (Made->isElidable() ||
                  Made->getConstructor()->isCopyOrMoveConstructor())) ||
        isa<FullExpr, ParenExpr, CXXBindTemporaryExpr, MaterializeTemporaryExpr,
            CastExpr>(E)) {
      Node = Parent;
      continue;
    }
    if (const auto *Assign = dyn_cast<CXXOperatorCallExpr>(E);
        Assign && Assign->getOperator() == OO_Equal)
      return Destiny::Kept;
    if (!isa<CallExpr, CXXConstructExpr>(E))
      return Destiny::Unknown;
    Destiny Taken = takenBy(E, Words);
    if (Taken == Destiny::Started && awaitedAbove(Parent, Parents))
      return Destiny::Awaited;
    if (Taken != Destiny::Unknown)
      return Taken;
    if (!Wraps(E->getType()))
      return Destiny::Unknown;
    Node = Parent;
  }
}

} // namespace leak
