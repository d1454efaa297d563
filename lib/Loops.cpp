//===--- Loops.cpp - which of many a loop releases ------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Index.h"
#include "Statements.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace leak {

static const Expr *loopCondition(const Stmt *Loop) {
  if (const auto *For = dyn_cast<ForStmt>(Loop))
    return For->getCond();
  if (const auto *While = dyn_cast<WhileStmt>(Loop))
    return While->getCond();
  if (const auto *Range = dyn_cast<CXXForRangeStmt>(Loop))
    return Range->getCond();
  return nullptr;
}

namespace {

/// `for (i = First; i < Last; ...)`
struct CountedLoop {
  std::optional<int64_t> First;
  const Expr *Last = nullptr;
};

} // namespace

static CountedLoop counted(const Stmt *Loop, const ASTContext &Ctx) {
  CountedLoop Result;
  const auto *For = dyn_cast_or_null<ForStmt>(Loop);
  const auto *Cond =
      For ? dyn_cast_or_null<BinaryOperator>(
                For->getCond() ? For->getCond()->IgnoreParenImpCasts()
                               : nullptr)
          : nullptr;
  if (!Cond || (Cond->getOpcode() != BO_LT && Cond->getOpcode() != BO_NE))
    return Result;
  const Expr *First = nullptr;
  if (const auto *DS = dyn_cast_or_null<DeclStmt>(For->getInit());
      DS && DS->isSingleDecl()) {
    if (const auto *VD = dyn_cast<VarDecl>(DS->getSingleDecl()))
      First = VD->getInit();
  } else if (const auto *BO =
                 dyn_cast_or_null<BinaryOperator>(For->getInit())) {
    if (BO->getOpcode() == BO_Assign)
      First = BO->getRHS();
  }
  Expr::EvalResult Value;
  if (!First || First->isValueDependent() || !First->EvaluateAsInt(Value, Ctx))
    return Result;
  Result.First = Value.Val.getInt().getExtValue();
  Result.Last = Cond->getRHS()->IgnoreParenImpCasts();
  return Result;
}

/// `B - 1` where the other loop ends at `B`.
static bool endsEarlier(const Expr *Release, const Expr *Start,
                        const ASTContext &Ctx,
                        llvm::function_ref<bool(const Expr *)> Size) {
  Expr::EvalResult R, S;
  if (Release->EvaluateAsInt(R, Ctx) && Start->EvaluateAsInt(S, Ctx))
    return R.Val.getInt().getExtValue() < S.Val.getInt().getExtValue();
  const auto *BO = dyn_cast<BinaryOperator>(Release);
  // `v.size() - 1`, however many were put in.
  if (BO && BO->getOpcode() == BO_Sub && Size(BO->getLHS()))
    return true;
  return BO && BO->getOpcode() == BO_Sub &&
         sameText(BO->getLHS()->IgnoreParenImpCasts(), Start, Ctx);
}

llvm::StringRef Index::leavesOut(const ValueDecl *D, const Use &U) const {
  if (!U.Loop || !U.Subscript)
    return "";
  CountedLoop Release = counted(U.Loop, Ctx);
  if (!Release.First)
    return "";
  auto IsSize = [&](const Expr *E) {
    const auto *Call = dyn_cast<CXXMemberCallExpr>(E->IgnoreParenImpCasts());
    const Effect *Row = Call ? Words.effect(Call) : nullptr;
    const auto *Ref =
        Row && Row->Does == Verb::Query && Call->getType()->isIntegerType()
            ? dyn_cast<DeclRefExpr>(strip(Call->getImplicitObjectArgument()))
            : nullptr;
    return Ref && Ref->getDecl()->getCanonicalDecl() == D->getCanonicalDecl();
  };
  llvm::SmallVector<Use, 16> Uses = allUses(D);
  // Another release may be about just the ones that are left out.
  for (const Use &Other : Uses)
    if (releases(Other.Does) && Other.Loop != U.Loop)
      return "";
  for (const Use &Start : Uses) {
    if (Start.Does != Verb::Start && Start.Does != Verb::Insert)
      continue;
    CountedLoop Begin = counted(Start.Loop, Ctx);
    if (!Begin.First)
      return ""; // Started in several ways.
    // What is put in at the end stands from 0 on, whatever the loop counts.
    int64_t First = Start.Subscript ? *Begin.First : 0;
    if (!Start.Subscript && *Begin.First != 0)
      return "";
    if (*Release.First > First)
      return "the first";
    if (*Release.First == First &&
        endsEarlier(Release.Last, Begin.Last, Ctx, IsSize))
      return "the last";
  }
  return "";
}

ArrayRef<const ValueDecl *> Index::releasedByLoop(const Expr *Cond) const {
  if (!LoopReleasesReady) {
    LoopReleasesReady = true;
    for (const auto &[D, S] : Subjects) {
      if (!S.What.Many)
        continue;
      for (const Use &U : allUses(D)) {
        const Expr *C =
            U.Loop && releases(U.Does) ? loopCondition(U.Loop) : nullptr;
        if (!C || !leavesOut(D, U).empty())
          continue;
        SmallVector<const Expr *, 4> Parts{C};
        while (!Parts.empty()) {
          const Expr *Part = Parts.pop_back_val()->IgnoreParenImpCasts();
          LoopReleases[Part].push_back(D);
          if (const auto *BO = dyn_cast<BinaryOperator>(Part);
              BO && BO->isLogicalOp()) {
            Parts.push_back(BO->getLHS());
            Parts.push_back(BO->getRHS());
          }
        }
      }
    }
  }
  auto It = LoopReleases.find(Cond->IgnoreParenImpCasts());
  return It == LoopReleases.end() ? ArrayRef<const ValueDecl *>() : It->second;
}

} // namespace leak
