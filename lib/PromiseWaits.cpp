//===--- PromiseWaits.cpp - waits for a promise of a member ---------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PromiseWaits.h"
#include "Spelling.h"
#include "Starts.h"
#include "Statements.h"
#include "Traversal.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace leak {

/// The object inside of what only hands it on: a copy, a move.
static const Expr *handedOn(const Expr *E) {
  for (unsigned Depth = 0; E && Depth != 4; ++Depth) {
    E = strip(E);
    if (const auto *CE = dyn_cast_or_null<CXXConstructExpr>(E);
        CE && CE->getNumArgs() == 1 &&
        CE->getConstructor()->isCopyOrMoveConstructor())
      E = CE->getArg(0);
    else
      break;
  }
  return E;
}

/// `promise.get_future()`: the promise.
const Expr *PromiseWaits::promiseOf(const Expr *Future) const {
  const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(handedOn(Future));
  const Effect *Row = Call ? Words.effect(Call) : nullptr;
  return Row && Row->Does == Verb::GetFuture ? Call->getImplicitObjectArgument()
                                             : nullptr;
}

/// The promises of which \p Future may be; false when it may be another one's.
bool PromiseWaits::promisesOf(const Expr *Future, const PollGap &Gap,
                              SmallVectorImpl<const Expr *> &Into) const {
  if (const Expr *Promise = promiseOf(Future)) {
    Into.push_back(Promise);
    return true;
  }
  Place Where = placeOf(Future);
  const auto *VD = dyn_cast_or_null<VarDecl>(Where.Decl);
  if (!VD || Where.Element || !VD->isLocalVarDecl() || VD->isStaticLocal())
    return false;
  auto Given = [&](const Expr *Value) {
    const Expr *E = handedOn(Value);
    if (const auto *CE = dyn_cast_or_null<CXXConstructExpr>(E);
        CE && CE->getNumArgs() == 0)
      return true;
    const Expr *Promise = promiseOf(Value);
    if (Promise)
      Into.push_back(Promise);
    return Promise != nullptr;
  };
  if (VD->getInit() && !Given(VD->getInit()))
    return false;
  bool Known = !anyIn(Gap.In->getBody(), [&](const Stmt *S) {
    const auto *Op = dyn_cast<CXXOperatorCallExpr>(S);
    return Op && Op->getOperator() == OO_Equal &&
           placeOf(Op->getArg(0)).Decl == VD && !Given(Op->getArg(1));
  });
  return Known && !Into.empty();
}

/// \p S has the promise \p D itself, and not what it gives.
bool PromiseWaits::isIn(const Stmt *S, const ValueDecl *D) const {
  if (!S)
    return false;
  if (const auto *Call = dyn_cast<CallExpr>(S))
    if (const Effect *Row = Words.effect(Call);
        Row && Row->Does == Verb::GetFuture)
      return false;
  return namedBy(S) == D ||
         llvm::any_of(S->children(), [&](const Stmt *C) { return isIn(C, D); });
}

/// The member that \p Promise is, or into which \p Body puts it.
const FieldDecl *PromiseWaits::keptIn(const Expr *Promise,
                                      const Stmt *Body) const {
  Place Where = placeOf(Promise);
  if (const auto *Field = dyn_cast_or_null<FieldDecl>(Where.Decl))
    return Where.Root ? nullptr : Field;
  const auto *VD = dyn_cast_or_null<VarDecl>(Where.Decl);
  if (!VD || !VD->isLocalVarDecl() || VD->isStaticLocal() ||
      VD->getType()->isReferenceType())
    return nullptr;
  const FieldDecl *Keeper = nullptr;
  bool Lost = anyIn(Body, [&](const Stmt *S) {
    const auto *E = dyn_cast<Expr>(S);
    if (const auto *LE = dyn_cast<LambdaExpr>(S))
      return llvm::any_of(LE->captures(), [&](const LambdaCapture &C) {
        return C.capturesVariable() && C.getCapturedVar() == VD;
      });
    if (!E || !isa<CallExpr, CXXConstructExpr>(E))
      return false;
    const Effect *Row = Words.effect(E);
    if (Row && (Row->Does == Verb::Move || Row->Does == Verb::GetFuture))
      return false;
    const Expr *To = nullptr;
    bool Mentioned = false;
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E)) {
      if (Op->getOperator() == OO_Arrow || Op->getOperator() == OO_Star)
        return false;
      To = Op->getOperator() == OO_Equal ? Op->getArg(0) : nullptr;
      Mentioned = To && isIn(Op->getArg(1), VD);
    } else if (const auto *CE = dyn_cast<CXXConstructExpr>(E)) {
      // A pair, a copy: what it is for is seen around it.
      return CE->getConstructor()->getParent()->isLambda();
    } else {
      To = receiverOf(E);
      Mentioned = llvm::any_of(argumentsOf(E),
                               [&](const Expr *A) { return isIn(A, VD); });
    }
    if (!Mentioned)
      return false;
    Place Into = To ? placeOf(To) : Place();
    const auto *Field = dyn_cast_or_null<FieldDecl>(Into.Decl);
    // `std::make_pair(id, promise)`
    if (!To && E->getType()->isRecordType())
      return false;
    if (!Field || Into.Root || (Keeper && Keeper != Field))
      return true;
    Keeper = Field;
    return false;
  });
  return Lost ? nullptr : Keeper;
}

static bool soundsLikeEnd(const FunctionDecl *FD) {
  return isa<CXXDestructorDecl>(FD) ||
         (FD->getIdentifier() &&
          hasWord(FD->getName(),
                  {"stop",         "close",  "closed",   "disconnect",
                   "abort",        "cancel", "shutdown", "quit",
                   "fail",         "failed", "error",    "terminate",
                   "disconnected", "clear",  "reset",    "lost",
                   "interrupt",    "finish", "destroy",  "wake",
                   "end",          "exit",   "expire",   "timeout",
                   "expired"}));
}

/// Somebody else fulfils what is in \p Keeper, when he has an answer, and
/// nobody does who ends something.
bool PromiseWaits::onlyOthersFulfil(const FieldDecl *Keeper,
                                    ArrayRef<const FunctionDecl *> Runs) const {
  bool Others = false;
  for (const auto &[FD, F] : M.functions()) {
    const FunctionDecl *Def = F.Decl;
    const Stmt *Body = Def->getBody();
    if (!Body || !mentions(Body, Keeper))
      continue;
    if (soundsLikeEnd(Def))
      return false;
    bool Fulfils = anyIn(Body, [&](const Stmt *S) {
      const auto *Call = dyn_cast<CallExpr>(S);
      const Effect *Row = Call ? Words.effect(Call) : nullptr;
      return Row && (Row->Does == Verb::Fulfil || Row->Does == Verb::Fail);
    });
    if (!Fulfils)
      continue;
    // It answers itself, or has a task do it.
    if (M.isEntry(Def) || llvm::any_of(Runs, [&](const FunctionDecl *Own) {
          return Own->getCanonicalDecl() == Def->getCanonicalDecl();
        }))
      return false;
    Others = true;
  }
  return Others;
}

bool PromiseWaits::lasts(const PollGap &Gap, const FunctionDecl *Stopper,
                         SourceLocation At,
                         ArrayRef<const FunctionDecl *> Runs) const {
  const Expr *Future = receiverOf(cast<Expr>(Gap.At));
  SmallVector<const Expr *, 2> Promises;
  if (!Future || !promisesOf(Future, Gap, Promises))
    return false;
  return llvm::all_of(Promises, [&](const Expr *Promise) {
    const FieldDecl *Keeper = keptIn(Promise, Gap.In->getBody());
    return Keeper && Keeper->getAccess() != AS_public &&
           !M.isGivenAway(Keeper) && onlyOthersFulfil(Keeper, Runs) &&
           !Outside.mayBeFreed(Stopper, At, Keeper);
  });
}

} // namespace leak
