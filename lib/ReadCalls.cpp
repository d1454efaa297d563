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

/// The only call of the function that \p Call calls, which returns its result.
static const CallExpr *onlyCallOf(const CallExpr *Call) {
  const FunctionDecl *FD = Call->getDirectCallee(), *Def = nullptr;
  const auto *M = dyn_cast_or_null<CXXMethodDecl>(FD);
  if (!FD || isa<CXXOperatorCallExpr>(Call) || (M && M->isVirtual()) ||
      !FD->getReturnType()->isSignedIntegerType() || !FD->isDefined(Def))
    return nullptr;
  const auto *Body = dyn_cast_or_null<CompoundStmt>(Def->getBody());
  const auto *Return = Body && Body->size() == 1
                           ? dyn_cast<ReturnStmt>(Body->body_front())
                           : nullptr;
  return Return && Return->getRetValue()
             ? dyn_cast_or_null<CallExpr>(strip(Return->getRetValue()))
             : nullptr;
}

static std::optional<ReadCall> wrapped(const CallExpr *Call,
                                       const Lexicon &Words) {
  const CallExpr *Inner = onlyCallOf(Call);
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
