//===--- ReadCalls.cpp - calls that read as read() does -------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ReadCalls.h"
#include "Index.h"
#include "Predicates.h"
#include "Spelling.h"
#include "Statements.h"
#include "Traversal.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace leak {

/// Memory that is filled in.
static bool takesBytes(QualType T) {
  return T->isPointerType() && !T->getPointeeType().isConstQualified() &&
         (T->getPointeeType()->isVoidType() ||
          T->getPointeeType()->isCharType());
}

namespace {

/// Runs the body of a function around one call that reads, with 0 in hand as
/// its result. Whatever else it does, or can't be followed, gives up.
class AtEnd {
public:
  AtEnd(const CallExpr *Reads, const ASTContext &Ctx)
      : Reads(Reads), Ctx(Ctx) {}

  /// \p Body returns 0.
  bool returnsZero(const Stmt *Body) { return run(Body) == Returns; }

private:
  enum Result { Goes, Leaves, Continues, Returns, Unknown };

  bool isResult(const Expr *E) const {
    E = E ? strip(E) : nullptr;
    if (const auto *BO = dyn_cast_or_null<BinaryOperator>(E);
        BO && BO->getOpcode() == BO_Assign)
      return strip(BO->getRHS()) == Reads;
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E);
    return E && (E == Reads || (Ref && Holder && Ref->getDecl() == Holder));
  }

  /// Notes where the result goes; false when \p S does anything else.
  bool apply(const Stmt *S) {
    if (!S)
      return true;
    if (const auto *DS = dyn_cast<DeclStmt>(S))
      for (const Decl *D : DS->decls())
        if (const auto *VD = dyn_cast<VarDecl>(D);
            VD && VD->hasInit() && strip(VD->getInit()) == Reads)
          Holder = VD;
    if (const auto *BO = dyn_cast<BinaryOperator>(S);
        BO && BO->isAssignmentOp()) {
      const auto *Ref = dyn_cast_or_null<DeclRefExpr>(strip(BO->getLHS()));
      if (!Ref || !isa<VarDecl>(Ref->getDecl()) ||
          !cast<VarDecl>(Ref->getDecl())->hasLocalStorage())
        return false;
      if (strip(BO->getRHS()) == Reads)
        Holder = Ref->getDecl();
      else if (Ref->getDecl() == Holder)
        return false;
    }
    if (const auto *UO = dyn_cast<UnaryOperator>(S);
        UO && UO->isIncrementDecrementOp())
      return false;
    if (isa<CallExpr, CXXConstructExpr, CXXNewExpr, CXXThrowExpr, LambdaExpr>(
            S) &&
        S != Reads)
      return false;
    return llvm::all_of(S->children(), [&](const Stmt *C) { return apply(C); });
  }

  /// What \p Cond is when the result is 0.
  std::optional<bool> truth(const Expr *Cond) const {
    Cond = Cond->IgnoreParenImpCasts();
    if (const auto *UO = dyn_cast<UnaryOperator>(Cond);
        UO && UO->getOpcode() == UO_LNot) {
      std::optional<bool> Of = truth(UO->getSubExpr());
      return Of ? std::optional(!*Of) : std::nullopt;
    }
    if (isResult(Cond))
      return false;
    const auto *BO = dyn_cast<BinaryOperator>(Cond);
    if (!BO)
      return std::nullopt;
    if (BO->isLogicalOp()) {
      const bool Decides = BO->getOpcode() == BO_LOr;
      std::optional<bool> L = truth(BO->getLHS()), R = truth(BO->getRHS());
      if (L == Decides || R == Decides)
        return Decides;
      return L && R ? std::optional(!Decides) : std::nullopt;
    }
    Expr::EvalResult Is;
    if (!BO->isComparisonOp() || !isResult(BO->getLHS()) ||
        !BO->getRHS()->EvaluateAsInt(Is, Ctx))
      return std::nullopt;
    const int64_t With = Is.Val.getInt().getExtValue();
    switch (BO->getOpcode()) {
    case BO_LT:
      return 0 < With;
    case BO_LE:
      return 0 <= With;
    case BO_GT:
      return 0 > With;
    case BO_GE:
      return 0 >= With;
    case BO_EQ:
      return With == 0;
    case BO_NE:
      return With != 0;
    default:
      return std::nullopt;
    }
  }

  /// The result, in a condition, may be taken there.
  std::optional<bool> decide(const Expr *Cond) {
    anyIn(Cond, [&](const Stmt *S) {
      if (const auto *BO = dyn_cast<BinaryOperator>(S);
          BO && BO->getOpcode() == BO_Assign && strip(BO->getRHS()) == Reads)
        if (const auto *Ref =
                dyn_cast_or_null<DeclRefExpr>(strip(BO->getLHS())))
          Holder = Ref->getDecl();
      return false;
    });
    return truth(Cond);
  }

  Result run(const Stmt *S) {
    if (!S || isa<NullStmt>(S))
      return Goes;
    if (const auto *CS = dyn_cast<CompoundStmt>(S)) {
      for (const Stmt *Each : CS->body())
        if (Result R = run(Each); R != Goes)
          return R;
      return Goes;
    }
    if (const auto *If = dyn_cast<IfStmt>(S)) {
      if (If->getInit() || If->getConditionVariable())
        return Unknown;
      std::optional<bool> Is = decide(If->getCond());
      return Is ? run(*Is ? If->getThen() : If->getElse()) : Unknown;
    }
    if (const auto *Return = dyn_cast<ReturnStmt>(S)) {
      const Expr *Value = Return->getRetValue();
      Expr::EvalResult Is;
      if (!Value || (!isResult(Value) &&
                     (!Value->EvaluateAsInt(Is, Ctx) || Is.Val.getInt() != 0)))
        return Unknown;
      return Returns;
    }
    if (isa<BreakStmt>(S))
      return Leaves;
    if (isa<ContinueStmt>(S))
      return Continues;
    if (const Stmt *Body = bodyOfLoop(S)) {
      const Expr *Cond = conditionOf(S);
      if (const auto *For = dyn_cast<ForStmt>(S); For && !apply(For->getInit()))
        return Unknown;
      if (!isa<DoStmt>(S) && !alwaysTrue(Cond)) {
        std::optional<bool> Is = decide(Cond);
        if (!Is)
          return Unknown;
        if (!*Is)
          return Goes;
      }
      Result R = run(Body);
      if (R == Returns || R == Unknown)
        return R;
      if (R == Leaves)
        return Goes;
      // A second turn reads again.
      return isa<DoStmt>(S) && !alwaysTrue(Cond) && decide(Cond) == false
                 ? Goes
                 : Unknown;
    }
    return isa<Expr, DeclStmt>(S) && apply(S) ? Goes : Unknown;
  }

  const CallExpr *Reads;
  const ASTContext &Ctx;
  const ValueDecl *Holder = nullptr;
};

} // namespace

/// The one call in the function that \p Call calls which has a row: at the end
/// of what it reads, the function answers as it does.
static const CallExpr *onlyCallOf(const CallExpr *Call, const Lexicon &Words) {
  const FunctionDecl *FD = Call->getDirectCallee(), *Def = nullptr;
  const auto *M = dyn_cast_or_null<CXXMethodDecl>(FD);
  if (!FD || isa<CXXOperatorCallExpr>(Call) || (M && M->isVirtual()) ||
      !FD->getReturnType()->isSignedIntegerType() ||
      llvm::none_of(
          FD->parameters(),
          [](const ParmVarDecl *P) { return takesBytes(P->getType()); }) ||
      !FD->isDefined(Def) || !isa_and_nonnull<CompoundStmt>(Def->getBody()))
    return nullptr;
  const CallExpr *Reads = nullptr;
  bool Several = false;
  anyIn(Def->getBody(), [&](const Stmt *S) {
    if (const auto *Inner = dyn_cast<CallExpr>(S);
        Inner && Words.effect(Inner)) {
      Several = Reads != nullptr;
      Reads = Inner;
    }
    return Several;
  });
  return Reads && !Several &&
                 AtEnd(Reads, Words.context()).returnsZero(Def->getBody())
             ? Reads
             : nullptr;
}

static std::optional<ReadCall> wrapped(const CallExpr *Call,
                                       const Lexicon &Words) {
  const CallExpr *Inner = onlyCallOf(Call, Words);
  const FunctionDecl *FD = Inner ? Inner->getDirectCallee() : nullptr;
  const Effect *Row = FD ? Words.effect(Inner) : nullptr;
  if (!Row || Row->Does != Verb::Block || Row->Timeout >= 0 ||
      !FD->getReturnType()->isSignedIntegerType())
    return std::nullopt;
  auto Given = [&](const Expr *E) -> const Expr * {
    const auto *Param = dyn_cast_or_null<ParmVarDecl>(namedBy(strip(E)));
    unsigned No = Param ? Param->getFunctionScopeIndex() : 0;
    return Param && No < Call->getNumArgs() ? Call->getArg(No) : nullptr;
  };
  const Expr *Object = Words.object(Inner, *Row);
  if (!Object)
    return std::nullopt;
  ReadCall Read;
  Read.Handle = Given(Object);
  const auto *Member = dyn_cast_or_null<MemberExpr>(strip(Object));
  if (Member && isa_and_nonnull<CXXThisExpr>(strip(Member->getBase())))
    Read.Handle = receiverOf(Call);
  for (unsigned No = 0; No < Inner->getNumArgs() && No < FD->getNumParams();
       ++No)
    if (takesBytes(FD->getParamDecl(No)->getType()))
      Read.Bytes = Given(Inner->getArg(No));
  if (!Read.Handle || !Read.Bytes)
    return std::nullopt;
  return Read;
}

std::optional<ReadCall> readCallOf(const CallExpr *Call, const Lexicon &Words) {
  if (std::optional<ReadCall> Read = wrapped(Call, Words))
    return Read;
  const FunctionDecl *FD = Call->getDirectCallee();
  // What isn't of C may throw at the end.
  if (!FD || !FD->getIdentifier() || !FD->isExternC() || FD->isVariadic() ||
      FD->getNumParams() != 3 || Call->getNumArgs() != 3 ||
      !FD->getReturnType()->isSignedIntegerType() ||
      FD->getReturnType()->isBooleanType())
    return std::nullopt;
  if (!FD->getName().ends_with_insensitive("read") &&
      !FD->getName().ends_with_insensitive("recv"))
    return std::nullopt;
  auto IsHandle = [](QualType T) {
    return T->isPointerType() && T->getPointeeType()->isRecordType();
  };
  if (!IsHandle(FD->getParamDecl(0)->getType()) ||
      !takesBytes(FD->getParamDecl(1)->getType()) ||
      !FD->getParamDecl(2)->getType()->isIntegerType())
    return std::nullopt;
  return ReadCall{Call->getArg(0), Call->getArg(1)};
}

static const ValueDecl *rootOf(const Expr *E) {
  E = E ? strip(E) : nullptr;
  while (E) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
      return Ref->getDecl();
    if (const auto *ME = dyn_cast<MemberExpr>(E))
      return ME->getMemberDecl();
    if (const auto *BO = dyn_cast<BinaryOperator>(E); BO && BO->isAdditiveOp())
      E = strip(BO->getLHS());
    else if (const auto *UO = dyn_cast<UnaryOperator>(E))
      E = strip(UO->getSubExpr());
    else if (const auto *AS = dyn_cast<ArraySubscriptExpr>(E))
      E = strip(AS->getBase());
    else
      return nullptr;
  }
  return nullptr;
}

bool countsBytes(const CallExpr *Call, const Expr *Bytes, const Stmt *Within) {
  const ValueDecl *Result = resultOf(Call, Within);
  const ValueDecl *Buffer = rootOf(Bytes);
  if (!Result)
    return false;
  auto Is = [](const Expr *E, const ValueDecl *D) {
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E ? strip(E) : nullptr);
    return Ref && Ref->getDecl() == D;
  };
  auto Search = [&](auto &Self, const Stmt *S) -> bool {
    if (!S)
      return false;
    if (const auto *BO = dyn_cast<BinaryOperator>(S);
        BO && BO->isCompoundAssignmentOp() && Is(BO->getRHS(), Result))
      return true;
    if (const auto *AS = dyn_cast<ArraySubscriptExpr>(S);
        AS && Is(AS->getIdx(), Result))
      return true;
    // `write(file, bytes, count)`
    if (const auto *Other = dyn_cast<CallExpr>(S);
        Other && Other != Call && Buffer &&
        llvm::any_of(Other->arguments(),
                     [&](const Expr *A) { return Is(A, Result); }) &&
        llvm::any_of(Other->arguments(),
                     [&](const Expr *A) { return rootOf(A) == Buffer; }))
      return true;
    return llvm::any_of(S->children(),
                        [&](const Stmt *C) { return Self(Self, C); });
  };
  return Search(Search, Within);
}

} // namespace leak
