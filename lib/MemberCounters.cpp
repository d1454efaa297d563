//===--- MemberCounters.cpp - counters that are members -------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MemberCounters.h"
#include "Index.h"

using namespace clang;

namespace leak {

/// The member of `this`, or the global, that \p E is.
static const ValueDecl *lasting(const Expr *E) {
  E = E ? strip(E) : nullptr;
  // Owners and pointers: `latch_->`.
  if (const auto *Op = dyn_cast_or_null<CXXOperatorCallExpr>(E);
      Op && Op->getNumArgs() == 1)
    E = strip(Op->getArg(0));
  if (const auto *UO = dyn_cast_or_null<UnaryOperator>(E);
      UO && (UO->getOpcode() == UO_Deref || UO->getOpcode() == UO_AddrOf))
    E = strip(UO->getSubExpr());
  if (const auto *ME = dyn_cast_or_null<MemberExpr>(E)) {
    const Expr *Base = strip(ME->getBase());
    return isa_and_nonnull<CXXThisExpr>(Base)
               ? cast<ValueDecl>(ME->getMemberDecl()->getCanonicalDecl())
               : nullptr;
  }
  if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E))
    if (const auto *VD = dyn_cast<VarDecl>(Ref->getDecl());
        VD && VD->hasGlobalStorage() && !VD->isStaticLocal())
      return VD->getCanonicalDecl();
  return nullptr;
}

MemberCounters::MemberCounters(const FunctionTable &Table, const Counters &C,
                               ASTContext &Ctx)
    : Started(Table, C.lexicon(), Ctx) {
  for (const auto &[FD, F] : Table.all()) {
    if (C.isInside(F.Decl) || !C.touches(FD))
      continue;
    const Names N(F.Decl);
    for (const Expr *Call : F.Calls) {
      std::optional<CounterOp> Op = C.op(Call, N);
      const ValueDecl *D = Op ? lasting(Op->ObjectExpr) : nullptr;
      if (!D)
        continue;
      Uses &U = Known[D];
      if (Op->counts())
        U.Count.insert(FD);
      U.Waits |= Op->Does == Verb::Wait;
      U.Up |= Op->Does == Verb::CountUp;
    }
  }
  for (auto &[D, U] : Known) {
    auto One = [&Ctx, &U = U](const Expr *Init) {
      const auto *CE =
          dyn_cast_or_null<CXXConstructExpr>(Init ? strip(Init) : nullptr);
      Expr::EvalResult R;
      U.One |= CE && CE->getNumArgs() && !CE->getArg(0)->isValueDependent() &&
               CE->getArg(0)->getType()->isIntegerType() &&
               CE->getArg(0)->EvaluateAsInt(R, Ctx) && R.Val.getInt() == 1;
    };
    if (const auto *VD = dyn_cast<VarDecl>(D))
      One(VD->getInit());
    const auto *Field = dyn_cast<FieldDecl>(D);
    if (!Field)
      continue;
    One(Field->getInClassInitializer());
    if (const auto *RD = dyn_cast<CXXRecordDecl>(Field->getParent()))
      for (const CXXConstructorDecl *Ctor : RD->ctors())
        for (const CXXCtorInitializer *Init : Ctor->inits())
          if (Init->getMember() == Field)
            One(Init->getInit());
  }
}

const Entry *MemberCounters::onlyCounter(const FunctionDecl *FD,
                                         const Expr *Object) const {
  const ValueDecl *D = lasting(Object);
  auto It = D ? Known.find(D) : Known.end();
  const Entry *E = Started.find(FD);
  if (!E || It == Known.end() || !It->second.Waits || !isSeenWhole(D))
    return nullptr;
  const Uses &U = It->second;
  // The first one opens it for all.
  if (U.One && !U.Up && (E->InLoop || E->Starts > 1 || U.Count.size() > 1))
    return nullptr;
  for (const FunctionDecl *Other : U.Count)
    if (!Started.find(Other))
      return nullptr;
  return E;
}

} // namespace leak
