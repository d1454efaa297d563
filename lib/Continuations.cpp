//===--- Continuations.cpp - what comes after a future --------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Continuations.h"
#include "Index.h"
#include "Spelling.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace leak {

static const TypeModel *futureModel(const Lexicon &Words, QualType T) {
  T = T.getNonReferenceType();
  if (T->isPointerType())
    T = T->getPointeeType();
  const TypeModel *M = Words.typeOrBase(T->getAsCXXRecordDecl());
  return M && M->What == Kind::Future ? M : nullptr;
}

/// The row of \p Call, when it gives a callable to a future.
static const Effect *row(const Lexicon &Words, const CXXMemberCallExpr *Call) {
  const Effect *Row = Words.effect(Call);
  if (!Row || Row->Callable < 0 ||
      static_cast<unsigned>(Row->Callable) >= Call->getNumArgs() ||
      !futureModel(Words, Call->getObjectType()))
    return nullptr;
  return Row;
}

/// The call operator that runs: of a generic lambda, one that was made of it.
static const FunctionDecl *runs(const LambdaExpr *LE) {
  if (const FunctionTemplateDecl *Template =
          LE->getCallOperator()->getDescribedFunctionTemplate()) {
    for (const FunctionDecl *Made : Template->specializations())
      if (Made->doesThisDeclarationHaveABody())
        return Made;
    return nullptr;
  }
  const CXXMethodDecl *M = LE->getCallOperator();
  return M && M->hasBody() && !M->isDependentContext() ? M : nullptr;
}

namespace {

/// The use of a future that a continuation is given: `f.get()`, once, where
/// nothing was asked before.
class FutureUse {
public:
  FutureUse(const Lexicon &Words, const ParmVarDecl *P) : Words(Words), P(P) {}

  const Expr *found(const Stmt *Body) {
    visit(Body, /*Sure=*/true);
    return Other ? nullptr : Join;
  }

private:
  void visit(const Stmt *S, bool Sure) {
    if (!S)
      return;
    if (const auto *Call = dyn_cast<CXXMemberCallExpr>(S)) {
      const auto *Ref = dyn_cast_or_null<DeclRefExpr>(
          strip(Call->getImplicitObjectArgument()));
      if (Ref && Ref->getDecl() == P) {
        const Effect *Row = Words.effect(Call);
        if (Row && Row->Does == Verb::Join && Sure && !Join)
          Join = Call;
        else
          Other = true;
        return;
      }
    }
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      Other |= Ref->getDecl() == P;
    // Where a handler is, or a question is asked, somebody has thought of it.
    bool Asks =
        isa<CXXTryStmt, IfStmt, ConditionalOperator, SwitchStmt, LambdaExpr>(S);
    for (const Stmt *Child : S->children())
      visit(Child, Sure && !Asks);
  }

  const Lexicon &Words;
  const ParmVarDecl *P;
  const Expr *Join = nullptr;
  bool Other = false;
};

class ContinuationFinder {
public:
  explicit ContinuationFinder(const Lexicon &Words) : Words(Words) {}

  void visit(const Stmt *S) {
    if (!S)
      return;
    Up.push_back(S);
    if (const auto *Call = dyn_cast<CXXMemberCallExpr>(S))
      call(Call);
    // A lambda is a function of its own; what it is made with belongs here.
    if (const auto *LE = dyn_cast<LambdaExpr>(S)) {
      for (const Expr *Init : LE->capture_inits())
        visit(Init);
    } else {
      for (const Stmt *Child : S->children())
        visit(Child);
    }
    Up.pop_back();
  }

  llvm::SmallVector<Continuation, 1> Found;

private:
  void call(const CXXMemberCallExpr *Call) {
    const Effect *Row = row(Words, Call);
    if (!Row || Row->Runs == After::Failure)
      return;
    const auto *LE =
        dyn_cast_or_null<LambdaExpr>(strip(Call->getArg(Row->Callable)));
    const FunctionDecl *Runs = LE ? runs(LE) : nullptr;
    if (!Runs)
      return;
    Continuation C{Call, LE, Runs, nullptr};
    const TypeModel *Given =
        Runs->getNumParams()
            ? futureModel(Words, Runs->getParamDecl(0)->getType())
            : nullptr;
    if (Given) {
      if (!Given->CarriesExceptions)
        return;
      C.Throws = FutureUse(Words, Runs->getParamDecl(0)).found(Runs->getBody());
      if (!C.Throws)
        return;
    } else if (Row->Runs != After::Success) {
      return;
    }
    if (mayFail(Call->getImplicitObjectArgument()) && ends())
      Found.push_back(C);
  }

  /// False when the future \p E has been made of one whose failure is seen to.
  bool mayFail(const Expr *E) const {
    for (;;) {
      E = E ? strip(E) : nullptr;
      const auto *Call = dyn_cast_or_null<CallExpr>(E);
      if (Call && (Call->getBuiltinCallee() == Builtin::BImove ||
                   Call->getBuiltinCallee() == Builtin::BIforward)) {
        E = Call->getArg(0);
        continue;
      }
      const auto *Member = dyn_cast_or_null<CXXMemberCallExpr>(E);
      if (!Member) {
        // A variable may have other continuations.
        if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E))
          return references(Up.front(), Ref->getDecl()) == 1;
        return Call && !isReady(Call->getDirectCallee());
      }
      if (!futureModel(Words, Member->getObjectType()))
        return true;
      const Effect *Row = row(Words, Member);
      if (Row && Row->Runs != After::Success)
        return false;
      E = Member->getImplicitObjectArgument();
    }
  }

  /// `makeReadyFuture(1)` has its value already.
  static bool isReady(const FunctionDecl *FD) {
    return FD && FD->getIdentifier() &&
           hasWord(FD->getName(), {"ready", "make"});
  }

  static unsigned references(const Stmt *S, const ValueDecl *D) {
    if (!S)
      return 0;
    const auto *Ref = dyn_cast<DeclRefExpr>(S);
    unsigned N = Ref && Ref->getDecl() == D;
    for (const Stmt *Child : S->children())
      N += references(Child, D);
    return N;
  }

  /// Nobody does anything with what the call at the top of Up returns, but add
  /// more that only runs after success.
  bool ends() const {
    const Stmt *Inner = Up.back();
    for (size_t I = Up.size() - 1; I-- > 0; Inner = Up[I]) {
      const Stmt *Parent = Up[I];
      if (const auto *Call = dyn_cast<CXXMemberCallExpr>(Parent)) {
        if (Call->getCallee()->IgnoreParens() != Inner)
          return false;
        const Effect *Row = Words.effect(Call);
        if (!Row || !futureModel(Words, Call->getObjectType()))
          return false;
        if (Row->Callable >= 0
                ? Row->Runs != After::Success
                : Row->Does != Verb::Query && Row->Does != Verb::GiveUp &&
                      Row->Does != Verb::Detach)
          return false;
        continue;
      }
      if (isa<CastExpr, ParenExpr, MemberExpr, MaterializeTemporaryExpr,
              CXXBindTemporaryExpr, FullExpr>(Parent))
        continue;
      if (const auto *If = dyn_cast<IfStmt>(Parent))
        return If->getCond() != Inner;
      return !isa<Expr, DeclStmt, ReturnStmt>(Parent);
    }
    return false;
  }

  const Lexicon &Words;
  llvm::SmallVector<const Stmt *, 32> Up;
};

} // namespace

llvm::SmallVector<Continuation, 1> continuations(const FunctionUses &In,
                                                 const Lexicon &Words) {
  if (In.Lambdas.empty() || llvm::none_of(In.Calls, [&](const Expr *E) {
        const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
        return Call && row(Words, Call);
      }))
    return {};
  ContinuationFinder Finder(Words);
  Finder.visit(In.Decl->getBody());
  return std::move(Finder.Found);
}

} // namespace leak
