//===--- Summaries.cpp - what calls do to an obligation -------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Summaries.h"
#include "Index.h"
#include "Statements.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {

/// Further calls are taken to do nothing.
static constexpr unsigned MaxDepth = 3;

/// \p Name with \p From at its beginning replaced by \p To.
static std::string moved(StringRef Name, StringRef From,
                         const std::string &To) {
  if (From.empty() || !Name.consume_front(From))
    return "";
  if (!Name.empty() && Name[0] != '.' && Name[0] != '*' && Name[0] != '[')
    return "";
  return To + Name.str();
}

Acts NamedDuty::inCallee(const Expr *Call, Owing Now) const {
  return S.acts(Call, B, Object, Now, Depth);
}

bool NamedDuty::isWithoutObject(const Expr *Cond, bool Truth) const {
  Cond = strip(Cond);
  while (const auto *UO = dyn_cast_or_null<UnaryOperator>(Cond)) {
    if (UO->getOpcode() != UO_LNot)
      break;
    Truth = !Truth;
    Cond = strip(UO->getSubExpr());
  }
  if (const auto *BO = dyn_cast_or_null<BinaryOperator>(Cond);
      BO && BO->isEqualityOp()) {
    const Expr *L = strip(BO->getLHS()), *R = strip(BO->getRHS());
    if (L->isNullPointerConstant(B.context(),
                                 Expr::NPC_ValueDependentIsNotNull))
      std::swap(L, R);
    if (!R->isNullPointerConstant(B.context(),
                                  Expr::NPC_ValueDependentIsNotNull))
      return false;
    if (BO->getOpcode() == BO_EQ)
      Truth = !Truth;
    Cond = L;
  }
  if (Truth || !Cond)
    return false;
  std::string Name = B.names().of(Cond);
  return !Name.empty() && Name != "this" &&
         (Object == Name || StringRef(Object).starts_with(Name + "*"));
}

bool NamedDuty::isAlike(StringRef Name) const {
  auto Last = [](StringRef Of) {
    size_t Dot = Of.rfind('.');
    return Dot == StringRef::npos ? "" : Of.substr(Dot);
  };
  return Name.empty() || Last(Name) == Last(Object);
}

std::string nameInCallee(StringRef Object, const Expr *Call,
                         const FunctionDecl *Callee, const Names &N) {
  ArrayRef<const Expr *> Args = operandsOf(Call);
  if (const auto *C = dyn_cast<CallExpr>(Call)) {
    const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
    if (isa<CXXOperatorCallExpr>(C) && Method && !Method->isStatic()) {
      Args = Args.drop_front();
      if (Method->getParent()->isLambda()) {
        // Lambdas know the variables around them by the same names.
        return Object.str();
      }
    }
    if (const Expr *This = receiverOf(C))
      if (std::string Result = moved(Object, N.object(This), "this*");
          !Result.empty())
        return Result;
  }
  for (unsigned I = 0; I != Args.size() && I < Callee->getNumParams(); ++I) {
    const ParmVarDecl *P = Callee->getParamDecl(I);
    const std::string &Param = N.of(P);
    std::string Result;
    if (P->getType()->isReferenceType())
      Result = moved(Object, N.of(Args[I]), Param);
    else if (P->getType()->isPointerType())
      Result = moved(Object, N.pointee(Args[I]), Param + "*");
    else if (const std::string &Name = N.of(Args[I]); !Name.empty())
      // Smart pointers and values that stand for an object.
      Result = moved(Object, Name + "*", Param + "*");
    if (!Result.empty())
      return Result;
  }
  return "";
}

Acts Summaries::acts(const Expr *Call, const Body &In, StringRef Object,
                     Owing Now, unsigned Depth) {
  if (Depth >= MaxDepth || Object.empty())
    return {};
  const FunctionDecl *Callee = ThrowSearch::callee(Call);
  const FunctionDecl *Def = nullptr;
  if (!Callee || !Callee->isDefined(Def) || !Def || !Def->getBody() ||
      Def->isDependentContext() ||
      In.context().getSourceManager().isInSystemHeader(Def->getLocation()))
    return {};
  std::string Name = nameInCallee(Object, Call, Def, In.names());
  if (Name.empty())
    return {};
  return summarize(Def, Name, Now == Owing::Owed, Depth + 1);
}

bool Summaries::mayDischarge(const FunctionDecl *Callee,
                             const std::string &Object, unsigned Depth) {
  const FunctionDecl *Def = nullptr;
  if (Depth >= MaxDepth || !Callee->isDefined(Def) || !Def->getBody())
    return false;
  const Body &B = body(Def);
  std::unique_ptr<Duty> D = Make({*this, B, Object, false, Depth + 1});
  Simulation S = simulate(B, *D, /*MaxStates=*/600);
  return !S.Complete || llvm::any_of(S.Outcomes, [](const Outcome &O) {
    return O.HeldBefore;
  });
}

Acts Summaries::summarize(const FunctionDecl *Callee, const std::string &Name,
                          bool Owed, unsigned Depth) {
  auto Key = std::tuple(Callee, Name, Owed);
  auto [It, New] = Known.try_emplace(Key);
  // In a recursion: nothing.
  if (!New)
    return It->second;
  const Body &B = body(Callee);
  std::unique_ptr<Duty> D = Make({*this, B, Name, Owed, Depth});
  if (!D)
    return {};
  Simulation S = simulate(B, *D, /*MaxStates=*/600);
  // What it does by the sign of what it returns.
  std::map<Act::Kind, unsigned char> Signs;
  for (const Outcome &O : S.Outcomes) {
    if (O.Throws)
      continue;
    Act::Kind What = Act::Nothing;
    switch (O.State) {
    case Owing::Free:
      What = Owed ? Act::Renounce : Act::Nothing;
      break;
    case Owing::Owed:
      What = Owed || O.HeldBefore ? Act::Nothing : Act::Incur;
      break;
    case Owing::Done:
      What = Act::Discharge;
      // Taken and given back inside.
      if (!Owed && O.Incurred && !O.HeldBefore)
        What = Act::Nothing;
      break;
    case Owing::Gone:
      What = Act::HandOn;
      break;
    }
    Signs[What] |= O.Returned.Signs;
  }
  Acts Result;
  bool Clear = S.Complete;
  unsigned char Seen = 0;
  for (auto [What, Mask] : Signs) {
    Clear &= Signs.size() == 1 || !(Seen & Mask);
    Seen |= Mask;
    Result.push_back({What, Signs.size() == 1
                                ? static_cast<unsigned char>(Value::Any)
                                : Mask});
  }
  // Nobody can tell from outside.
  if (!Clear) {
    Result.clear();
    if (Owed || Signs.count(Act::HandOn))
      Result.push_back({Act::HandOn, Value::Any});
  }
  return Known[Key] = Result;
}

} // namespace leak
