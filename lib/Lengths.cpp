//===--- Lengths.cpp - lengths that come with the bytes -------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Lengths.h"
#include "Statements.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/MapVector.h"

using namespace clang;

namespace leak {

std::optional<Step> stepOf(const Stmt *S) {
  const auto *BO = dyn_cast<BinaryOperator>(S);
  if (!BO ||
      (BO->getOpcode() != BO_AddAssign && BO->getOpcode() != BO_SubAssign))
    return std::nullopt;
  return Step{BO->getLHS(), BO->getRHS()};
}

/// The own pointer through which \p E reads one element, or null.
static const VarDecl *readThrough(const Expr *E, const Stillness &Still) {
  const Expr *Pointer = nullptr;
  if (const auto *AS = dyn_cast<ArraySubscriptExpr>(E))
    Pointer = AS->getBase();
  else if (const auto *UO = dyn_cast<UnaryOperator>(E);
           UO && UO->getOpcode() == UO_Deref)
    Pointer = UO->getSubExpr();
  else if (const auto *ME = dyn_cast<MemberExpr>(E); ME && ME->isArrow())
    Pointer = ME->getBase();
  Pointer = Pointer ? strip(Pointer) : nullptr;
  // `*(p + 1)`
  if (const auto *BO = dyn_cast_or_null<BinaryOperator>(Pointer);
      BO && BO->getOpcode() == BO_Add && BO->getType()->isPointerType())
    Pointer = BO->getLHS();
  const VarDecl *VD = Pointer ? Still.ownVariable(Pointer) : nullptr;
  return VD && VD->getType()->isPointerType() ? VD : nullptr;
}

static bool isByte(QualType T) {
  return T->isCharType() || T->isVoidType() ||
         (T->isUnsignedIntegerType() && !T->isBooleanType());
}

/// `get_u16(bytes)`: a name that says how many bits it takes.
static bool namesWidth(const FunctionDecl *FD) {
  return FD->getIdentifier() &&
         llvm::any_of(
             std::initializer_list<StringRef>{"u8", "int8", "16", "24", "32"},
             [&](StringRef Bits) {
               return FD->getName().contains_insensitive(Bits);
             });
}

/// \p E is a number that stands in the bytes as it is: it may be 0.
static bool readsBytes(const Expr *E, const Stillness &Still) {
  E = E ? strip(E) : nullptr;
  if (!E)
    return false;
  if (const auto *BO = dyn_cast<BinaryOperator>(E)) {
    auto IsNumber = [](const Expr *Part) {
      Part = strip(Part);
      return isa_and_nonnull<IntegerLiteral>(Part);
    };
    switch (BO->getOpcode()) {
    case BO_And:
    case BO_Shl:
    case BO_Shr:
    case BO_Mul:
      return (readsBytes(BO->getLHS(), Still) && IsNumber(BO->getRHS())) ||
             (readsBytes(BO->getRHS(), Still) && IsNumber(BO->getLHS()));
    case BO_Or:
    case BO_Add:
      return readsBytes(BO->getLHS(), Still) && readsBytes(BO->getRHS(), Still);
    default:
      return false;
    }
  }
  if (const auto *Call = dyn_cast<CallExpr>(E)) {
    const FunctionDecl *FD = Call->getDirectCallee();
    // Not `*it`, nor what an old header of C declares without parameters.
    if (!FD || Call->getNumArgs() != 1 || FD->getNumParams() != 1)
      return false;
    const Expr *Arg = strip(Call->getArg(0));
    // `ntohs(header->length)`
    if (FD->hasAttr<ConstAttr>() && Arg && Arg->getType()->isIntegerType())
      return readsBytes(Arg, Still);
    QualType T = FD->getParamDecl(0)->getType();
    return T->isPointerType() && T->getPointeeType().isConstQualified() &&
           isByte(T->getPointeeType()) && namesWidth(FD) &&
           FD->getReturnType()->isIntegerType();
  }
  const VarDecl *Through = readThrough(E, Still);
  if (!Through || !E->getType()->isIntegerType())
    return false;
  // What the system gives is as it should be.
  if (const auto *ME = dyn_cast<MemberExpr>(E)) {
    const SourceManager &SM =
        ME->getMemberDecl()->getASTContext().getSourceManager();
    return isa<FieldDecl>(ME->getMemberDecl()) &&
           !SM.isInSystemHeader(ME->getMemberDecl()->getLocation());
  }
  return isByte(Through->getType()->getPointeeType());
}

llvm::SmallVector<const VarDecl *, 2> lengthsIn(const Stmt *Body,
                                                const Stillness &Still) {
  // How often each gets a value, and whether that comes from the bytes.
  llvm::MapVector<const VarDecl *, std::pair<unsigned, bool>> Given;
  llvm::SmallPtrSet<const VarDecl *, 4> Steps;
  auto Visit = [&](auto &Self, const Stmt *S) -> void {
    if (!S || isa<LambdaExpr>(S))
      return;
    if (const auto *DS = dyn_cast<DeclStmt>(S))
      for (const Decl *D : DS->decls())
        if (const auto *VD = dyn_cast<VarDecl>(D); VD && VD->hasInit()) {
          auto &[Times, Reads] = Given[VD];
          ++Times;
          Reads |= readsBytes(VD->getInit(), Still);
        }
    if (isa<Expr>(S))
      if (Stir Does = Still.of(S); Does.What == Stir::Variable) {
        auto &[Times, Reads] = Given[Does.Of];
        ++Times;
        Reads |= Does.Value && readsBytes(Does.Value, Still);
      }
    if (std::optional<Step> Does = stepOf(S))
      if (const VarDecl *By = Still.ownVariable(Does->By))
        Steps.insert(By);
    for (const Stmt *Child : S->children())
      Self(Self, Child);
  };
  Visit(Visit, Body);
  llvm::SmallVector<const VarDecl *, 2> Result;
  for (const auto &[VD, How] : Given)
    if (How.first == 1 && How.second && Steps.contains(VD))
      Result.push_back(VD);
  return Result;
}

bool isFixed(const Expr *E, const Stillness &Still) {
  E = E ? strip(E) : nullptr;
  if (!E)
    return false;
  if (Still.isByValue(E))
    return true;
  if (const VarDecl *Through = readThrough(E, Still)) {
    const auto *AS = dyn_cast<ArraySubscriptExpr>(E);
    return Through->getType()->getPointeeType().isConstQualified() &&
           (!AS || isFixed(AS->getIdx(), Still));
  }
  if (const VarDecl *VD = Still.ownVariable(E))
    return VD->getType()->isPointerType() &&
           VD->getType()->getPointeeType().isConstQualified();
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return Call->getDirectCallee() && !isa<CXXMemberCallExpr>(Call) &&
           llvm::all_of(Call->arguments(),
                        [&](const Expr *A) { return isFixed(A, Still); });
  if (!isa<UnaryOperator, BinaryOperator, ConditionalOperator>(E))
    return false;
  if (const auto *UO = dyn_cast<UnaryOperator>(E);
      UO && (UO->isIncrementDecrementOp() || UO->getOpcode() == UO_Deref ||
             UO->getOpcode() == UO_AddrOf))
    return false;
  if (const auto *BO = dyn_cast<BinaryOperator>(E); BO && BO->isAssignmentOp())
    return false;
  return llvm::all_of(E->children(), [&](const Stmt *C) {
    return isFixed(dyn_cast_or_null<Expr>(C), Still);
  });
}

} // namespace leak
