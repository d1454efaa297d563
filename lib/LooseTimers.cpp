//===--- LooseTimers.cpp - timers that nobody has -------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LooseTimers.h"
#include "Index.h"
#include "Statements.h"
#include "Traversal.h"

using namespace clang;

namespace leak {

static const LambdaExpr *lambdaIn(const Expr *E) {
  E = strip(E);
  while (const auto *CE = dyn_cast_or_null<CXXConstructExpr>(E)) {
    if (CE->getNumArgs() != 1)
      return nullptr;
    E = strip(CE->getArg(0));
  }
  return dyn_cast_or_null<LambdaExpr>(E);
}

bool callsBackUnowned(const CallExpr *Call, const Lexicon &Words,
                      const ValueDecl *Timer) {
  const Effect *Row = Words.effect(Call);
  if (!Row || Row->Does != Verb::Escape)
    return false;
  const LambdaExpr *Callable = nullptr;
  for (const Expr *A : Call->arguments()) {
    // With an object beside it, it ends with that.
    if (isa_and_nonnull<CXXThisExpr>(strip(A)))
      return false;
    if (const LambdaExpr *LE = lambdaIn(A))
      Callable = LE;
  }
  if (!Callable)
    return false;
  bool Self = false;
  for (const LambdaCapture &C : Callable->captures()) {
    Self |= C.capturesThis();
    // Something that knows when the object is gone; or the timer.
    if (!C.capturesThis() &&
        (!C.capturesVariable() || C.getCaptureKind() == LCK_ByRef ||
         C.getCapturedVar() == Timer ||
         C.getCapturedVar()->getType()->isRecordType()))
      return false;
  }
  return Self && !mentions(Callable->getBody(), Timer);
}

namespace {

class Search {
public:
  Search(const FunctionTable &Table, const Lexicon &Words)
      : Table(Table), Words(Words) {}

  std::vector<LooseTimer> run() {
    for (const auto &[Key, F] : Table.all()) {
      const auto *M = dyn_cast<CXXMethodDecl>(F.Decl);
      if (M && !M->isStatic() && !M->getParent()->isLambda() &&
          F.Decl->getBody())
        declared(F.Decl->getBody(), F, M->getParent());
    }
    return std::move(Result);
  }

private:
  void declared(const Stmt *S, const FunctionUses &F,
                const CXXRecordDecl *Class) {
    if (!S || isa<LambdaExpr>(S))
      return;
    if (const auto *DS = dyn_cast<DeclStmt>(S))
      for (const Decl *D : DS->decls())
        if (const auto *VD = dyn_cast<VarDecl>(D);
            VD && VD->isLocalVarDecl() && !VD->isStaticLocal() && VD->getInit())
          judge(VD, F, Class);
    for (const Stmt *Child : S->children())
      declared(Child, F, Class);
  }

  void judge(const VarDecl *VD, const FunctionUses &F,
             const CXXRecordDecl *Class) {
    LooseTimer T;
    T.Timer = VD;
    T.Made = dyn_cast_or_null<CXXNewExpr>(strip(VD->getInit()));
    const CXXConstructExpr *CE = T.Made ? T.Made->getConstructExpr() : nullptr;
    const TypeModel *Model = T.Made && VD->getType()->isPointerType()
                                 ? Words.type(VD->getType()->getPointeeType())
                                 : nullptr;
    if (!CE || !Model || Model->What != Kind::Timer ||
        llvm::any_of(CE->arguments(),
                     [](const Expr *A) { return !isa<CXXDefaultArgExpr>(A); }))
      return;
    unsigned Known = 0;
    for (const Expr *E : F.Calls) {
      const auto *Call = dyn_cast<CallExpr>(E);
      const Effect *Row = Call ? Words.effect(Call) : nullptr;
      if (!Row)
        continue;
      if (const auto *MC = dyn_cast<CXXMemberCallExpr>(Call);
          MC && isTimer(MC->getImplicitObjectArgument(), VD)) {
        // Only once; or it is stopped.
        if ((Row->Does != Verb::Arm && Row->Does != Verb::Query) ||
            llvm::any_of(MC->arguments(), [](const Expr *A) {
              const auto *B = dyn_cast<CXXBoolLiteralExpr>(strip(A));
              return A->getType()->isBooleanType() && (!B || B->getValue());
            }))
          return;
        ++Known;
        if (Row->Does == Verb::Arm)
          T.Armed = Call;
      } else if (llvm::any_of(Call->arguments(),
                              [&](const Expr *A) { return isTimer(A, VD); })) {
        if (T.Connected || !callsBackUnowned(Call, Words, VD))
          return;
        ++Known;
        T.Connected = Call;
      }
    }
    // Whoever else knows it may end it.
    if (!T.Armed || !T.Connected || count(F.Decl->getBody(), VD) != Known)
      return;
    const CXXConstructorDecl *Ctor = CE->getConstructor();
    if (Ctor->getNumParams() == 1)
      if (const CXXRecordDecl *Owner =
              Ctor->getParamDecl(0)->getType()->getPointeeCXXRecordDecl())
        T.MayOwn = Class->hasDefinition() && Owner->hasDefinition() &&
                   (Class->getCanonicalDecl() == Owner->getCanonicalDecl() ||
                    Class->isDerivedFrom(Owner->getDefinition()));
    Result.push_back(T);
  }

  static bool isTimer(const Expr *E, const VarDecl *VD) {
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(strip(E));
    return Ref && Ref->getDecl() == VD;
  }

  static unsigned count(const Stmt *S, const VarDecl *VD) {
    if (!S)
      return 0;
    if (const auto *LE = dyn_cast<LambdaExpr>(S))
      return 2 * mentions(LE, VD);
    const auto *Ref = dyn_cast<DeclRefExpr>(S);
    unsigned N = Ref && Ref->getDecl() == VD;
    for (const Stmt *Child : S->children())
      N += count(Child, VD);
    return N;
  }

  const FunctionTable &Table;
  const Lexicon &Words;
  std::vector<LooseTimer> Result;
};

} // namespace

std::vector<LooseTimer> looseTimers(const FunctionTable &Table,
                                    const Lexicon &Words) {
  return Search(Table, Words).run();
}

} // namespace leak
