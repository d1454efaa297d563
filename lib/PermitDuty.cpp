//===--- PermitDuty.cpp - the duty to give back a permit ------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PermitDuty.h"
#include "Index.h"
#include "Spelling.h"
#include "Statements.h"

using namespace clang;

namespace leak {

static Acts split(Act::Kind What, Failure Fails) {
  switch (Fails) {
  case Failure::Never:
    return {{What, Value::Any}};
  case Failure::Nonzero:
    return {{What, Value::Zero},
            {Act::Nothing, Value::Negative | Value::Positive}};
  case Failure::Negative:
    return {{What, Value::Zero | Value::Positive},
            {Act::Nothing, Value::Negative}};
  case Failure::Null:
  case Failure::False:
    return {{What, Value::Negative | Value::Positive},
            {Act::Nothing, Value::Zero}};
  }
  return {};
}

/// `device` in `device_lock(device)`: no lock by its type.
static bool isThing(const Expr *E) {
  QualType T = E ? strip(E)->getType() : QualType();
  if (!T.isNull() && T->isPointerType())
    T = T->getPointeeType();
  const NamedDecl *D = nullptr;
  if (!T.isNull()) {
    if (const auto *Alias = T->getAs<TypedefType>())
      D = Alias->getDecl();
    else
      D = T->getAsTagDecl();
  }
  return D && D->getIdentifier() &&
         !hasWord(D->getName(),
                  {"lock", "mutex", "mtx", "sem", "semaphore", "spinlock",
                   "rwlock", "spin", "critical section", "latch", "monitor"});
}

/// `is_open(device)`, `name_of(device)`, which is given it as const.
static bool onlyLooks(const Expr *E) {
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
  if (!FD)
    return false;
  if (Names::isStable(Call))
    return true;
  return llvm::all_of(FD->parameters(), [](const ParmVarDecl *P) {
    QualType T = P->getType();
    return !(T->isPointerType() || T->isReferenceType()) ||
           T->getPointeeType().isConstQualified();
  });
}

static bool attributed(const FunctionDecl *FD) {
  return FD->hasAttr<ReleaseCapabilityAttr>() ||
         FD->hasAttr<AcquireCapabilityAttr>();
}

/// By its name. Silence, not evidence.
static bool mayRelease(const FunctionDecl *FD) {
  if (FD->isDefined() && FD->getIdentifier())
    return false;
  if (!FD->getIdentifier())
    return isa<CXXConstructorDecl>(FD);
  std::string Name = FD->getName().lower();
  for (StringRef Part :
       {"lock", "release", "leave", "end", "finish", "done", "exit", "free",
        "destroy", "close", "cleanup", "put", "unref", "return", "drop",
        "abort", "commit", "delete", "complete"})
    if (StringRef(Name).contains(Part))
      return true;
  return false;
}

PermitDuty::PermitDuty(const Permits &P, About A, const PermitOp &Op,
                       bool OneName)
    : NamedDuty(std::move(A)), P(P), Family(Op.Family), OneName(OneName),
      IsThing(Op.Inferred && isThing(Op.ObjectExpr)) {}

Acts PermitDuty::acts(const Stmt *St, Owing Now) const {
  const auto *E = dyn_cast<Expr>(St);
  if (!E)
    return {};
  // What has the permit inside is put where somebody else finds it, and may
  // release it when it is done.
  if (const auto *BO = dyn_cast<BinaryOperator>(E))
    return handOn(Now == Owing::Owed && BO->getOpcode() == BO_Assign &&
                  stores(*BO));
  if (const auto *LE = dyn_cast<LambdaExpr>(E))
    return handOn(P.touches(LE->getCallOperator()));
  if (!isa<CallExpr, CXXConstructExpr>(E))
    return {};
  if (std::optional<PermitOp> Op = P.op(E, B.names())) {
    // Who doesn't look whether it failed counts on it.
    if (Op->Does == Verb::Acquire && B.isDiscarded(E))
      Op->Fails = Failure::Never;
    return operation(*Op, Now);
  }
  // A wait on a condition gives the permit back and takes it again.
  if (modelled(E))
    return handOn(handedOn(E, nullptr));
  const FunctionDecl *Callee = ThrowSearch::callee(E);
  // Guards, and those that release for the time of their life.
  if (const auto *CE = dyn_cast<CXXConstructExpr>(E))
    if (const CXXDestructorDecl *Dtor =
            CE->getConstructor()->getParent()->getDestructor();
        Dtor && P.touches(Dtor) &&
        !nameInCallee(Object, E, CE->getConstructor(), B.names()).empty())
      return handOn();
  if (Callee && P.touches(Callee)) {
    Acts Result = inCallee(E, Now);
    if (!Result.empty())
      return Result;
    if (Now == Owing::Owed && releasesAlike(Callee))
      return handOn();
  }
  if (Now == Owing::Free || Now == Owing::Gone)
    return {};
  return handOn((Callee && attributed(Callee)) || handedOn(E, Callee));
}

Acts PermitDuty::operation(const PermitOp &Op, Owing Now) const {
  if (Op.Object == Object)
    switch (Op.Does) {
    case Verb::Acquire:
      return split(Act::Incur, Op.Fails);
    case Verb::TryAcquire:
      return split(Act::Incur, Op.Fails);
    case Verb::Release:
      return {{Act::Discharge, Value::Any}};
    default:
      return {};
    }
  // Perhaps the same permit by another name.
  return handOn(Op.Does == Verb::Release && Now == Owing::Owed &&
                isAlike(Op.Object));
}

bool PermitDuty::stores(const BinaryOperator &BO) const {
  if (!BO.getRHS()->getType()->isPointerType() ||
      !isa<MemberExpr, ArraySubscriptExpr, UnaryOperator>(
          BO.getLHS()->IgnoreParenImpCasts()))
    return false;
  std::string Name = B.names().pointee(BO.getRHS());
  return !Name.empty() && StringRef(Object).starts_with(Name);
}

bool PermitDuty::releasesAlike(const FunctionDecl *Callee) const {
  const FunctionUses *F = P.table().find(Callee);
  if (!F || Depth)
    return false;
  const Names &N = S.body(F->Decl).names();
  return llvm::any_of(F->Calls, [&](const Expr *Call) {
    std::optional<PermitOp> Op = P.op(Call, N);
    return Op && Op->Does == Verb::Release && !Op->Object.empty() &&
           isAlike(Op->Object) && S.mayDischarge(Callee, Op->Object, Depth);
  });
}

bool PermitDuty::adopts(const Expr *E) const {
  const Effect *Row = P.lexicon().effect(E);
  return Row && (Row->Does == Verb::Escape || Row->Does == Verb::Destroy);
}

bool PermitDuty::handedOn(const Expr *E, const FunctionDecl *Callee) const {
  const Names &N = B.names();
  const Expr *This = receiverOf(E);
  bool Known = Callee && Callee->isDefined() && P.touches(Callee);
  bool Telling = !Callee || Known || mayRelease(Callee);
  auto Reaches = [&](const Expr *Arg) {
    std::string Name = N.of(Arg);
    if (Name.empty())
      return false;
    // The permit itself; what it is for is in the model.
    if (Name == Object || Name == "&" + Object || Name + "*" == Object)
      return !(IsThing && onlyLooks(E)) && (!modelled(E) || adopts(E));
    return Telling && Names::leadsThrough(Object, Name) && Callee;
  };
  // `queue_push(q)`, between `queue_lock(q)` and `queue_unlock(q)`.
  if (!Family.empty() && Callee && Callee->getIdentifier() && !Telling &&
      Callee->getName().starts_with(Family))
    return false;
  if (This && Callee && Telling && Reaches(This))
    return true;
  return llvm::any_of(operandsOf(E), Reaches);
}

} // namespace leak
