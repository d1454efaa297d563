//===--- Facts.cpp - what is known on one path ----------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Facts.h"
#include "Index.h"
#include "Statements.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/Hashing.h"

using namespace clang;

namespace leak {

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

size_t Facts::Fact::hash() const {
  return llvm::hash_combine(Of.data(), Is.Signs, Is.Constant.value_or(-1));
}

const Value *Facts::find(llvm::StringRef Key) const {
  if (Key.data())
    for (const Fact &F : Shared->All)
      if (F.Of.data() == Key.data())
        return &F.Is;
  return nullptr;
}

Facts::Store &Facts::change() {
  if (Shared->UseCount() != 1) {
    auto Own = llvm::makeIntrusiveRefCnt<Store>();
    Own->All = Shared->All;
    Own->Hash = Shared->Hash;
    Shared = std::move(Own);
  }
  return *Shared;
}

void Facts::set(llvm::StringRef Key, Value V) {
  Store &S = change();
  auto *It = llvm::lower_bound(S.All, Key, [](const Fact &F, StringRef K) {
    return F.Of.data() < K.data();
  });
  if (It == S.All.end() || It->Of.data() != Key.data()) {
    It = S.All.insert(It, {Key, V});
  } else {
    S.Hash -= It->hash();
    It->Is = V;
  }
  S.Hash += It->hash();
}

void Facts::setResult(const Expr *Call, Value V) { set(result(Call), V); }

Value Facts::value(const Expr *E, const Names &N, const ASTContext &Ctx) const {
  E = plain(E, Ctx);
  if (!E)
    return {};
  if (std::optional<int64_t> C = N.constant(E, Ctx))
    return Value::constant(*C);
  if (isa<CallExpr>(E))
    if (const Value *V = find(result(E)))
      return *V;
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
  const Value *V = find(key(N.of(E)));
  return V ? *V : Value();
}

bool Facts::narrow(llvm::StringRef Key, Value V) {
  if (!Key.data())
    return true;
  const Value *Known = find(Key);
  Value Old = Known ? *Known : Value();
  Value New = Old;
  New.Signs &= V.Signs;
  if (Old.Constant && V.Constant && *Old.Constant != *V.Constant)
    return false;
  if (V.Constant)
    New.Constant = V.Constant;
  if (!New.Signs)
    return false;
  if (!(New == Old))
    set(Key, New);
  return true;
}

/// The name of a comparison; a != b is the negation of a == b.
static std::string comparison(const BinaryOperator &BO, bool &Truth,
                              const Names &N) {
  if (BO.getOpcode() != BO_NE)
    return N.of(&BO);
  const std::string &L = N.of(BO.getLHS()), &R = N.of(BO.getRHS());
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
  if (std::optional<int64_t> C = N.constant(E, Ctx))
    return (*C != 0) == Truth;
  if (const auto *UO = dyn_cast<UnaryOperator>(E);
      UO && UO->getOpcode() == UO_LNot)
    return assume(UO->getSubExpr(), !Truth, N, Ctx);
  auto KeyOf = [&](const Expr *Of) -> llvm::StringRef {
    Of = plain(Of, Ctx);
    if (Of && isa<CallExpr>(Of) && find(result(Of)))
      return result(Of);
    return Of ? key(N.of(Of)) : llvm::StringRef();
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
      if (V.isKnown() && !narrow(KeyOf(Left), V))
        return false;
    }
    if (Op == BO_EQ && L.isKnown() && R.isKnown() && !(L.Signs & R.Signs))
      return false;
  }
  // The condition as a whole, as it is asked again elsewhere.
  if (!BO || !BO->isComparisonOp()) {
    Value V = value(E, N, Ctx);
    if (Truth ? V.Signs == Value::Zero : !(V.Signs & Value::Zero))
      return false;
    return narrow(KeyOf(E), Truth ? Value::nonZero() : Value::zero());
  }
  llvm::StringRef Key = key(comparison(*BO, Truth, N));
  if (const Value *Known = find(Key))
    return (*Known->Constant != 0) == Truth;
  if (Key.data())
    set(Key, Value::constant(Truth));
  return true;
}

void Facts::forget(llvm::StringRef Name) {
  if (Name.empty())
    return;
  auto Leads = [&](const Fact &F) { return Names::leadsThrough(F.Of, Name); };
  if (llvm::none_of(Shared->All, Leads))
    return;
  Store &Own = change();
  llvm::erase_if(Own.All, [&](const Fact &F) {
    if (!Leads(F))
      return false;
    Own.Hash -= F.hash();
    return true;
  });
}

void Facts::assign(llvm::StringRef Name, Value V) {
  forget(Name);
  if (!Name.empty() && V.isKnown())
    if (llvm::StringRef Key = key(Name); Key.data())
      set(Key, V);
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
    if (!E || N.constant(E, Ctx))
      return;
    if (const std::string &Name = N.of(E); !Name.empty())
      ++Asked[Name];
  }

  void visit(const Stmt *S) {
    if (!S || isa<LambdaExpr>(S))
      return;
    if (isa<IfStmt, WhileStmt, DoStmt, ForStmt>(S)) {
      condition(conditionOf(S));
    } else if (const auto *C = dyn_cast<ConditionalOperator>(S)) {
      condition(C->getCond());
    } else if (const auto *Switch = dyn_cast<SwitchStmt>(S)) {
      asked(Switch->getCond());
    } else if (const auto *R = dyn_cast<ReturnStmt>(S)) {
      if (R->getRetValue())
        asked(R->getRetValue());
    } else if (const auto *BO = dyn_cast<BinaryOperator>(S)) {
      if (BO->getOpcode() == BO_Assign)
        if (const std::string &Name = N.of(BO->getLHS()); !Name.empty())
          ++Set[Name];
      if (BO->isLogicalOp())
        condition(BO);
    } else if (const auto *DS = dyn_cast<DeclStmt>(S)) {
      for (const Decl *D : DS->decls())
        if (const auto *VD = dyn_cast<VarDecl>(D); VD && VD->hasInit())
          ++Set[N.of(VD)];
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
