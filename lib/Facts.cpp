//===--- Facts.cpp - what is known on one path ----------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Facts.h"
#include "Index.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace leak {

/// The number that \p E is at compile time.
static std::optional<int64_t> constantOf(const Expr *E, const ASTContext &Ctx) {
  if (E->isValueDependent() || E->isInstantiationDependent())
    return std::nullopt;
  QualType T = E->getType();
  if (T->isPointerType() || T->isNullPtrType()) {
    if (E->isNullPointerConstant(const_cast<ASTContext &>(Ctx),
                                 Expr::NPC_ValueDependentIsNotNull))
      return 0;
    return std::nullopt;
  }
  if (!T->isIntegralOrEnumerationType())
    return std::nullopt;
  Expr::EvalResult R;
  if (!E->EvaluateAsInt(R, Ctx))
    return std::nullopt;
  llvm::APSInt N = R.Val.getInt();
  return N.isRepresentableByInt64() ? std::optional(N.getExtValue())
                                    : std::nullopt;
}

/// What stands behind `!!x` and hints for the optimiser is `x`.
static const Expr *plain(const Expr *E, const ASTContext &Ctx) {
  while (E) {
    E = strip(E);
    const auto *Call = dyn_cast_or_null<CallExpr>(E);
    if (!Call)
      break;
    unsigned Builtin = Call->getBuiltinCallee();
    if (Builtin == Builtin::BI__builtin_expect ||
        Builtin == Builtin::BI__builtin_expect_with_probability) {
      E = Call->getArg(0);
      continue;
    }
    // `if (flag.load())`, `if (pointer)`, `if (error)`.
    const auto *MC = dyn_cast<CXXMemberCallExpr>(Call);
    const auto *Method = MC ? MC->getMethodDecl() : nullptr;
    if (Method && isa<CXXConversionDecl>(Method) &&
        Method->getReturnType()->isBooleanType() &&
        MC->getImplicitObjectArgument()) {
      E = MC->getImplicitObjectArgument();
      continue;
    }
    break;
  }
  return E;
}

std::string Facts::result(const Expr *Call) {
  return "call" + std::to_string(reinterpret_cast<uintptr_t>(Call));
}

Facts::Map &Facts::change() {
  auto Own = std::make_shared<Map>(*Shared);
  Map &Result = *Own;
  Shared = std::move(Own);
  return Result;
}

void Facts::setResult(const Expr *Call, Value V) { change()[result(Call)] = V; }

Value Facts::value(const Expr *E, const Names &N, const ASTContext &Ctx) const {
  E = plain(E, Ctx);
  if (!E)
    return {};
  if (std::optional<int64_t> C = constantOf(E, Ctx))
    return Value::constant(*C);
  if (isa<CallExpr>(E)) {
    auto It = known().find(result(E));
    if (It != known().end())
      return It->second;
  }
  if (const auto *UO = dyn_cast<UnaryOperator>(E)) {
    if (UO->getOpcode() == UO_LNot) {
      Value V = value(UO->getSubExpr(), N, Ctx);
      if (V.Signs == Value::Zero)
        return Value::constant(1);
      if (!(V.Signs & Value::Zero))
        return Value::zero();
      return {};
    }
    if (UO->getOpcode() == UO_AddrOf)
      return {Value::Positive, std::nullopt};
  }
  if (isa<CXXThisExpr, CXXNewExpr, LambdaExpr>(E))
    return {Value::Positive, std::nullopt};
  if (const auto *BO = dyn_cast<BinaryOperator>(E)) {
    if (BO->getOpcode() == BO_Comma)
      return value(BO->getRHS(), N, Ctx);
    if (BO->isComparisonOp() || BO->isLogicalOp()) {
      // True or false, if one of them is impossible.
      Facts Yes = *this, No = *this;
      bool CanBe = Yes.assume(E, true, N, Ctx);
      bool CanNotBe = No.assume(E, false, N, Ctx);
      if (CanBe != CanNotBe)
        return Value::constant(CanBe);
      return {};
    }
  }
  std::string Name = N.of(E);
  if (Name.empty())
    return {};
  auto It = known().find(Name);
  return It == known().end() ? Value() : It->second;
}

bool Facts::narrow(const std::string &Name, Value V, bool Keep) {
  if (Name.empty())
    return true;
  auto It = known().find(Name);
  Value Old = It == known().end() ? Value() : It->second;
  Value New = Old;
  New.Signs &= V.Signs;
  if (Old.Constant && V.Constant && *Old.Constant != *V.Constant)
    return false;
  if (V.Constant)
    New.Constant = V.Constant;
  if (!New.Signs)
    return false;
  if (!(New == Old) && (Keep || Relevant->contains(Name)))
    change()[Name] = New;
  return true;
}

/// The name of a comparison; a != b is the negation of a == b.
static std::string comparison(const BinaryOperator &BO, bool &Truth,
                              const Names &N) {
  if (BO.getOpcode() != BO_NE)
    return N.of(&BO);
  std::string L = N.of(BO.getLHS()), R = N.of(BO.getRHS());
  if (L.empty() || R.empty())
    return "";
  Truth = !Truth;
  return "(" + L + "==" + R + ")";
}

bool Facts::assume(const Expr *Cond, bool Truth, const Names &N,
                   const ASTContext &Ctx) {
  const Expr *E = plain(Cond, Ctx);
  if (!E)
    return true;
  if (std::optional<int64_t> C = constantOf(E, Ctx))
    return (*C != 0) == Truth;
  if (const auto *UO = dyn_cast<UnaryOperator>(E);
      UO && UO->getOpcode() == UO_LNot)
    return assume(UO->getSubExpr(), !Truth, N, Ctx);
  auto Named = [&](const Expr *Of) -> std::pair<std::string, bool> {
    Of = plain(Of, Ctx);
    if (Of && isa<CallExpr>(Of) && known().count(result(Of)))
      return {result(Of), true};
    return {Of ? N.of(Of) : "", false};
  };
  const auto *BO = dyn_cast<BinaryOperator>(E);
  if (BO && BO->isLogicalOp()) {
    bool And = BO->getOpcode() == BO_LAnd;
    if (And == Truth)
      return assume(BO->getLHS(), Truth, N, Ctx) &&
             assume(BO->getRHS(), Truth, N, Ctx);
    // One of them; both impossible is impossible.
    Facts Left = *this, Right = *this;
    bool CanLeft = Left.assume(BO->getLHS(), Truth, N, Ctx);
    bool CanRight = Right.assume(BO->getRHS(), Truth, N, Ctx);
    if (CanLeft && !CanRight)
      *this = Left;
    else if (CanRight && !CanLeft)
      *this = Right;
    return CanLeft || CanRight;
  }
  if (BO && BO->isComparisonOp()) {
    const Expr *Left = BO->getLHS(), *Right = BO->getRHS();
    BinaryOperatorKind Op = BO->getOpcode();
    Value L = value(Left, N, Ctx), R = value(Right, N, Ctx);
    if (L.Constant && !R.Constant) {
      std::swap(Left, Right);
      std::swap(L, R);
      Op = BinaryOperator::reverseComparisonOp(Op);
    }
    if (!Truth)
      Op = BinaryOperator::negateComparisonOp(Op);
    if (L.Constant && R.Constant) {
      int64_t A = *L.Constant, B = *R.Constant;
      switch (Op) {
      case BO_EQ:
        return A == B;
      case BO_NE:
        return A != B;
      case BO_LT:
        return A < B;
      case BO_LE:
        return A <= B;
      case BO_GT:
        return A > B;
      case BO_GE:
        return A >= B;
      default:
        return true;
      }
    }
    if (R.Constant) {
      int64_t C = *R.Constant;
      Value V;
      switch (Op) {
      case BO_EQ:
        V = Value::constant(C);
        break;
      case BO_NE:
        if (C == 0)
          V = Value::nonZero();
        break;
      case BO_LT:
        V.Signs = C <= 0   ? Value::Negative
                  : C == 1 ? Value::Negative | Value::Zero
                           : Value::Any;
        break;
      case BO_LE:
        V.Signs = C < 0    ? Value::Negative
                  : C == 0 ? Value::Negative | Value::Zero
                           : Value::Any;
        break;
      case BO_GT:
        V.Signs = C >= 0    ? Value::Positive
                  : C == -1 ? Value::Positive | Value::Zero
                            : Value::Any;
        break;
      case BO_GE:
        V.Signs = C > 0    ? Value::Positive
                  : C == 0 ? Value::Positive | Value::Zero
                           : Value::Any;
        break;
      default:
        break;
      }
      if (!(L.Signs & V.Signs))
        return false;
      // An unsigned value below zero.
      auto [Name, Keep] = Named(Left);
      if (V.isKnown() && !narrow(Name, V, Keep))
        return false;
    }
    if (Op == BO_EQ && L.isKnown() && R.isKnown() && !(L.Signs & R.Signs))
      return false;
  }
  // The condition as a whole, as it is asked again elsewhere.
  if (!BO || !BO->isComparisonOp()) {
    auto [Name, Keep] = Named(E);
    Value V = value(E, N, Ctx);
    if (Truth ? V.Signs == Value::Zero : !(V.Signs & Value::Zero))
      return false;
    return narrow(Name, Truth ? Value::nonZero() : Value::zero(), Keep);
  }
  std::string Name = comparison(*BO, Truth, N);
  auto It = known().find(Name);
  if (It != known().end())
    return (*It->second.Constant != 0) == Truth;
  if (!Name.empty() && Relevant->contains(Name))
    change()[Name] = Value::constant(Truth);
  return true;
}

void Facts::forget(llvm::StringRef Name) {
  if (Name.empty())
    return;
  auto Leads = [&](const auto &Fact) {
    return Names::leadsThrough(Fact.first, Name);
  };
  if (llvm::none_of(known(), Leads))
    return;
  Map &Own = change();
  for (auto It = Own.begin(); It != Own.end();)
    It = Leads(*It) ? Own.erase(It) : std::next(It);
}

void Facts::assign(llvm::StringRef Name, Value V) {
  forget(Name);
  if (!Name.empty() && V.isKnown() && Relevant->contains(Name))
    change()[Name.str()] = V;
}

//===----------------------------------------------------------------------===//
// Relevance
//===----------------------------------------------------------------------===//

namespace {

struct Counter {
  const Names &N;
  const ASTContext &Ctx;
  llvm::StringMap<unsigned> Asked, Set;

  void condition(const Expr *E) {
    E = E ? plain(E, Ctx) : nullptr;
    if (!E)
      return;
    if (const auto *UO = dyn_cast<UnaryOperator>(E);
        UO && UO->getOpcode() == UO_LNot) {
      condition(UO->getSubExpr());
      return;
    }
    if (const auto *BO = dyn_cast<BinaryOperator>(E)) {
      if (BO->isLogicalOp()) {
        condition(BO->getLHS());
        condition(BO->getRHS());
        return;
      }
      if (BO->isComparisonOp()) {
        asked(BO->getLHS());
        asked(BO->getRHS());
        bool Truth = true;
        if (std::string Name = comparison(*BO, Truth, N); !Name.empty())
          ++Asked[Name];
        return;
      }
    }
    asked(E);
  }

  void asked(const Expr *E) {
    E = plain(E, Ctx);
    if (!E || constantOf(E, Ctx))
      return;
    if (std::string Name = N.of(E); !Name.empty())
      ++Asked[Name];
  }

  void visit(const Stmt *S) {
    if (!S || isa<LambdaExpr>(S))
      return;
    if (const auto *If = dyn_cast<IfStmt>(S)) {
      condition(If->getCond());
    } else if (const auto *W = dyn_cast<WhileStmt>(S)) {
      condition(W->getCond());
    } else if (const auto *D = dyn_cast<DoStmt>(S)) {
      condition(D->getCond());
    } else if (const auto *F = dyn_cast<ForStmt>(S)) {
      condition(F->getCond());
    } else if (const auto *C = dyn_cast<ConditionalOperator>(S)) {
      condition(C->getCond());
    } else if (const auto *Switch = dyn_cast<SwitchStmt>(S)) {
      asked(Switch->getCond());
    } else if (const auto *R = dyn_cast<ReturnStmt>(S)) {
      if (R->getRetValue())
        asked(R->getRetValue());
    } else if (const auto *BO = dyn_cast<BinaryOperator>(S)) {
      if (BO->getOpcode() == BO_Assign)
        if (std::string Name = N.of(BO->getLHS()); !Name.empty())
          ++Set[Name];
      if (BO->isLogicalOp())
        condition(BO);
    } else if (const auto *DS = dyn_cast<DeclStmt>(S)) {
      for (const Decl *D : DS->decls())
        if (const auto *VD = dyn_cast<VarDecl>(D); VD && VD->hasInit())
          ++Set[Names::variable(VD)];
    }
    for (const Stmt *Child : S->children())
      visit(Child);
  }
};

} // namespace

llvm::StringSet<> relevantNames(const FunctionDecl *In, const Names &N,
                                const ASTContext &Ctx) {
  Counter C{N, Ctx, {}, {}};
  C.visit(In->getBody());
  llvm::StringSet<> Result;
  for (const auto &A : C.Asked)
    if (A.second > 1 || C.Set.count(A.first()))
      Result.insert(A.first());
  return Result;
}

} // namespace leak
