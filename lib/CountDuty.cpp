//===--- CountDuty.cpp - the duty to count --------------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CountDuty.h"
#include "Index.h"
#include "Statements.h"

using namespace clang;

namespace leak {

Acts CountDuty::acts(const Stmt *St, Owing Now) const {
  const auto *E = dyn_cast<Expr>(St);
  if (!E)
    return {};
  if (const auto *LE = dyn_cast<LambdaExpr>(E))
    return handOn(Now == Owing::Owed && mentions(LE->getBody()));
  if (const auto *BO = dyn_cast<BinaryOperator>(E);
      BO && BO->getOpcode() == BO_Assign && Now == Owing::Owed)
    return handOn(isObject(BO->getRHS()));
  if (const auto *IL = dyn_cast<InitListExpr>(E))
    return handOn(
        Now == Owing::Owed &&
        llvm::any_of(IL->inits(), [&](const Expr *I) { return isObject(I); }));
  if (!isa<CallExpr, CXXConstructExpr>(E))
    return {};
  if (std::optional<CounterOp> Op = C.op(E, B.names()))
    return operation(*Op, Now);
  const FunctionDecl *Callee = ThrowSearch::callee(E);
  if (Callee && C.touches(Callee)) {
    Acts Result = inCallee(E, Now);
    if (!Result.empty())
      return Result;
  }
  return handOn(Now == Owing::Owed && handedOn(E, Callee));
}

Acts CountDuty::operation(const CounterOp &Op, Owing Now) const {
  if (OnlyDrops && Op.Does != Verb::Drop)
    return {};
  if (Op.Object == Object)
    switch (Op.Does) {
    case Verb::CountUp:
      if (Op.Fails == Failure::Never)
        return {{Act::Incur, Value::Any}};
      return {{Act::Incur, Value::Positive | Value::Negative},
              {Act::Nothing, Value::Zero}};
    case Verb::CountDown:
    case Verb::Arrive:
    case Verb::Drop:
      return {{Act::Discharge, Value::Any}};
    case Verb::Reset:
    case Verb::Init:
      return {{Act::Renounce, Value::Any}};
    default:
      return {};
    }
  return handOn(Op.counts() && Now == Owing::Owed && isAlike(Op.Object));
}

bool CountDuty::isObject(const Expr *E) const {
  if (!E)
    return false;
  const Expr *Plain = strip(E);
  if (const auto *Call = dyn_cast_or_null<CallExpr>(Plain);
      Call && Call->getNumArgs() == 1)
    if (const Effect *Row = C.lexicon().effect(Call);
        Row && (Row->Does == Verb::Reference || Row->Does == Verb::Move ||
                Row->Does == Verb::Forward))
      return isObject(Call->getArg(0));
  std::string Name = B.names().of(E);
  return !Name.empty() &&
         (Name == Object || Name == "&" + Object || Name + "*" == Object);
}

bool CountDuty::mentions(const Stmt *In) const {
  if (!In)
    return false;
  if (const auto *E = dyn_cast<Expr>(In);
      E && isa<DeclRefExpr, MemberExpr>(E) && isObject(E))
    return true;
  return llvm::any_of(In->children(),
                      [&](const Stmt *Child) { return mentions(Child); });
}

bool CountDuty::handedOn(const Expr *E, const FunctionDecl *Callee) const {
  ArrayRef<const Expr *> Args = operandsOf(E);
  const Expr *This = receiverOf(E);
  if (isa<CallExpr>(E)) {
    // `*counter`, `counter->`
    if (isa<CXXOperatorCallExpr>(E) && Args.size() == 1)
      return false;
    if (const Effect *Row = C.lexicon().effect(E);
        Row && (Row->Does == Verb::Reference || Row->Does == Verb::Query))
      return false;
  }
  bool Known = Callee && Callee->isDefined();
  auto Reaches = [&](const Expr *Arg) {
    if (isObject(Arg))
      return true;
    // What has it inside, for those who can't be looked into.
    std::string Name = B.names().of(Arg);
    return !Known && !Name.empty() &&
           (StringRef(Object).starts_with(Name + "*.") ||
            StringRef(Object).starts_with(Name + ".") ||
            "&" + StringRef(Object).split('.').first.str() == Name);
  };
  if (This && Reaches(This))
    return !isObject(This);
  return llvm::any_of(Args, Reaches);
}

} // namespace leak
