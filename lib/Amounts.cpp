//===--- Amounts.cpp - sums of constants and named values -----------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Amounts.h"
#include "Index.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {

Linear Linear::operator+(const Linear &O) const {
  Linear Result = *this;
  Result.Constant += O.Constant;
  for (const auto &[Name, N] : O.Terms)
    if (!(Result.Terms[Name] += N))
      Result.Terms.erase(Name);
  return Result;
}

Linear Linear::operator*(int64_t N) const {
  Linear Result;
  if (!N)
    return Result;
  Result.Constant = Constant * N;
  for (const auto &[Name, M] : Terms)
    Result.Terms[Name] = M * N;
  return Result;
}

Amounts::Amounts(const FunctionDecl *In, ASTContext &Ctx)
    : Ctx(Ctx), SM(Ctx.getSourceManager()) {
  note(In->getBody());
}

static bool isRef(const Expr *E, const VarDecl *D) {
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(strip(E));
  return Ref && Ref->getDecl() == D;
}

void Amounts::note(const Stmt *S) {
  if (!S)
    return;
  auto Change = [&](const Expr *E) {
    E = strip(E);
    if (const auto *ME = dyn_cast_or_null<MemberExpr>(E))
      Changes.push_back({ME->getMemberDecl(), ME->getBeginLoc()});
    if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E))
      Changes.push_back({Ref->getDecl(), Ref->getLocation()});
  };
  if (const auto *BO = dyn_cast<BinaryOperator>(S); BO && BO->isAssignmentOp())
    Change(BO->getLHS());
  if (const auto *UO = dyn_cast<UnaryOperator>(S);
      UO && (UO->isIncrementDecrementOp() || UO->getOpcode() == UO_AddrOf))
    Change(UO->getSubExpr());
  if (const auto *MC = dyn_cast<CXXMemberCallExpr>(S)) {
    const CXXMethodDecl *M = MC->getMethodDecl();
    if (M && !M->isConst() && MC->getImplicitObjectArgument() &&
        !(M->getIdentifier() &&
          (M->getName() == "begin" || M->getName() == "end" ||
           M->getName() == "at" || M->getName() == "data" ||
           M->getName() == "front" || M->getName() == "back" ||
           M->getName() == "size")))
      Change(MC->getImplicitObjectArgument());
  }
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S);
      Op && Op->getNumArgs() &&
      (Op->isAssignmentOp() || Op->getOperator() == OO_PlusPlus ||
       Op->getOperator() == OO_MinusMinus))
    Change(Op->getArg(0));
  if (const auto *Call = dyn_cast<CallExpr>(S))
    if (const FunctionDecl *FD = Call->getDirectCallee();
        FD && !isa<CXXOperatorCallExpr>(Call))
      for (unsigned I = 0; I < Call->getNumArgs() && I < FD->getNumParams();
           ++I) {
        QualType T = FD->getParamDecl(I)->getType();
        if (T->isLValueReferenceType() &&
            !T->getPointeeType().isConstQualified())
          Change(Call->getArg(I));
      }
  for (const Stmt *Child : S->children())
    note(Child);
}

bool Amounts::changes(const ValueDecl *D, SourceLocation From) const {
  for (const auto &[What, At] : Changes)
    if (What->getCanonicalDecl() == D->getCanonicalDecl() &&
        (From.isInvalid() || !SM.isBeforeInTranslationUnit(At, From)))
      return true;
  return false;
}

/// All variables and members in \p E stay what they are after \p From.
bool Amounts::stays(const Stmt *E, SourceLocation From) const {
  if (!E)
    return true;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    if (isa<VarDecl>(Ref->getDecl()) && changes(Ref->getDecl(), From))
      return false;
  if (const auto *ME = dyn_cast<MemberExpr>(E))
    if (isa<FieldDecl>(ME->getMemberDecl()) &&
        changes(ME->getMemberDecl(), From))
      return false;
  return llvm::all_of(E->children(),
                      [&](const Stmt *Child) { return stays(Child, From); });
}

std::optional<Linear> Amounts::number(const Expr *E, const Names &N,
                                      unsigned Depth) const {
  E = strip(E);
  if (!E || Depth > 6 || E->isValueDependent())
    return std::nullopt;
  Expr::EvalResult R;
  if (E->getType()->isIntegralOrEnumerationType() && E->EvaluateAsInt(R, Ctx) &&
      R.Val.getInt().isRepresentableByInt64())
    return Linear(R.Val.getInt().getExtValue());
  if (const auto *BO = dyn_cast<BinaryOperator>(E)) {
    auto L = number(BO->getLHS(), N, Depth + 1);
    auto Rt = number(BO->getRHS(), N, Depth + 1);
    if (L && Rt)
      switch (BO->getOpcode()) {
      case BO_Add:
        return *L + *Rt;
      case BO_Sub:
        return *L - *Rt;
      case BO_Mul:
        if (L->isConstant())
          return *Rt * L->Constant;
        if (Rt->isConstant())
          return *L * Rt->Constant;
        break;
      default:
        break;
      }
  }
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    if (const auto *VD = dyn_cast<VarDecl>(Ref->getDecl());
        VD && VD->isLocalVarDecl() && VD->hasInit() && !VD->isStaticLocal() &&
        VD->getType()->isIntegerType() && !changes(VD, SourceLocation()) &&
        stays(VD->getInit(), VD->getLocation()))
      if (auto Known = number(VD->getInit(), N, Depth + 1))
        return Known;
  // `int(x)` of a class is nothing known.
  if (!E->getType()->isIntegerType() || !stays(E, Since))
    return std::nullopt;
  std::string Name = N.of(E);
  if (Name.empty())
    return std::nullopt;
  Linear L;
  L.Terms[Name] = 1;
  return L;
}

/// How often \p S turns.
/// What \p It is compared with in `it != x`.
static const Expr *unlike(const Expr *Cond, const VarDecl *It) {
  const Expr *Left = nullptr, *Right = nullptr;
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Cond);
      Op && Op->getOperator() == OO_ExclaimEqual && Op->getNumArgs() == 2) {
    Left = Op->getArg(0);
    Right = Op->getArg(1);
  } else if (const auto *Op = dyn_cast<CXXRewrittenBinaryOperator>(Cond);
             Op && Op->getOpcode() == BO_NE) {
    Left = Op->getLHS();
    Right = Op->getRHS();
  }
  return Left && isRef(Left, It) ? Right : nullptr;
}

unsigned Amounts::moved(const VarDecl *I, const ForStmt *S) const {
  return llvm::count_if(Changes, [&](const auto &Change) {
    return Change.first == I &&
           SM.isBeforeInTranslationUnit(S->getForLoc(), Change.second) &&
           !SM.isBeforeInTranslationUnit(S->getEndLoc(), Change.second);
  });
}

/// The container that `x.begin()` and the like is called on.
static const Expr *ends(const Expr *E, ArrayRef<StringRef> Wanted) {
  const auto *MC = dyn_cast_or_null<CXXMemberCallExpr>(strip(E));
  const CXXMethodDecl *M = MC ? MC->getMethodDecl() : nullptr;
  return M && M->getIdentifier() && llvm::is_contained(Wanted, M->getName())
             ? MC->getImplicitObjectArgument()
             : nullptr;
}

std::optional<Linear> Amounts::turns(const ForStmt *S, const Names &N) const {
  // From `begin()` to `end()`.
  if (const auto *DS = dyn_cast_or_null<DeclStmt>(S->getInit());
      DS && DS->isSingleDecl())
    if (const auto *It = dyn_cast<VarDecl>(DS->getSingleDecl());
        It && It->hasInit() && S->getCond() && S->getInc())
      if (const Expr *Of = ends(It->getInit(), {"begin", "cbegin"})) {
        const Expr *To = unlike(strip(S->getCond()), It);
        To = To ? ends(To, {"end", "cend"}) : nullptr;
        const auto *Inc = dyn_cast<CXXOperatorCallExpr>(strip(S->getInc()));
        std::string Name = N.of(Of);
        return To && Inc && Inc->getOperator() == OO_PlusPlus &&
                       isRef(Inc->getArg(0), It) && !Name.empty() &&
                       Name == N.of(To) && moved(It, S) == 1
                   ? elements(Of, N)
                   : std::nullopt;
      }
  const VarDecl *I = nullptr;
  const Expr *From = nullptr;
  if (const auto *DS = dyn_cast_or_null<DeclStmt>(S->getInit())) {
    for (const Decl *D : DS->decls())
      if (const auto *VD = dyn_cast<VarDecl>(D);
          VD && VD->getType()->isIntegerType() && VD->hasInit() && !I) {
        I = VD;
        From = VD->getInit();
      }
  } else if (const auto *BO = dyn_cast_or_null<BinaryOperator>(S->getInit());
             BO && BO->getOpcode() == BO_Assign) {
    const auto *Ref = dyn_cast<DeclRefExpr>(strip(BO->getLHS()));
    I = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    From = BO->getRHS();
  }
  const auto *Cond = dyn_cast_or_null<BinaryOperator>(
      S->getCond() ? strip(S->getCond()) : nullptr);
  const auto *Inc = dyn_cast_or_null<UnaryOperator>(
      S->getInc() ? strip(S->getInc()) : nullptr);
  if (!I || !Cond || !Inc || !Inc->isIncrementDecrementOp() ||
      !isRef(Inc->getSubExpr(), I))
    return std::nullopt;
  // Nothing else may move it.
  if (moved(I, S) > (isa<DeclStmt>(S->getInit()) ? 1U : 2U))
    return std::nullopt;
  auto Start = number(From, N);
  BinaryOperatorKind Op = Cond->getOpcode();
  const Expr *Bound = Cond->getRHS();
  if (!isRef(Cond->getLHS(), I)) {
    if (!isRef(Cond->getRHS(), I))
      return std::nullopt;
    Bound = Cond->getLHS();
    Op = BinaryOperator::reverseComparisonOp(Op);
  }
  auto End = number(Bound, N);
  if (!Start || !End)
    return std::nullopt;
  if (Inc->isIncrementOp()) {
    if (Op == BO_LT || Op == BO_NE)
      return *End - *Start;
    if (Op == BO_LE)
      return *End - *Start + Linear(1);
  } else {
    if (Op == BO_GT || Op == BO_NE)
      return *Start - *End;
    if (Op == BO_GE)
      return *Start - *End + Linear(1);
  }
  return std::nullopt;
}

std::optional<Linear> Amounts::elements(const Expr *Of, const Names &N) const {
  Of = strip(Of);
  if (const auto *AT = Ctx.getAsConstantArrayType(Of->getType()))
    return Linear(AT->getSize().getSExtValue());
  std::string Name = N.of(Of);
  if (Name.empty() || !stays(Of, Since))
    return std::nullopt;
  Linear L;
  L.Terms[Name + ".size()"] = 1;
  return L;
}

std::optional<Linear> Amounts::turns(const CXXForRangeStmt *S,
                                     const Names &N) const {
  return elements(S->getRangeInit(), N);
}

} // namespace leak
