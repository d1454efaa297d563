//===--- CompletionUses.cpp - what is done with a callback ----------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Completions.h"
#include "Index.h"
#include "Statements.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/SetVector.h"

using namespace clang;

namespace leak {

static bool isLoop(const Stmt *S) {
  auto Asks = [](const Expr *Cond) {
    Cond = Cond ? strip(Cond) : nullptr;
    return Cond && !isa<IntegerLiteral, CXXBoolLiteralExpr>(Cond);
  };
  if (const auto *W = dyn_cast<WhileStmt>(S))
    return Asks(W->getCond());
  if (const auto *F = dyn_cast<ForStmt>(S))
    return Asks(F->getCond());
  return isa<CXXForRangeStmt>(S);
}

class CompletionWalk {
public:
  CompletionWalk(const Completions &Of, const Completion &C, CompletionUses &U)
      : Of(Of), C(C), U(U) {}

  void visit(const Stmt *S) {
    if (!S)
      return;
    Up.push_back(S);
    if (const auto *LE = dyn_cast<LambdaExpr>(S)) {
      lambda(LE);
    } else if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
      if (Ref->getDecl()->getCanonicalDecl() == C.Var->getCanonicalDecl())
        use(Ref);
    } else if (const auto *ME = dyn_cast<MemberExpr>(S);
               ME && ME->getMemberDecl() == C.Var &&
               isa<CXXThisExpr>(strip(ME->getBase()))) {
      use(ME);
    } else if (isa<CXXThisExpr>(S)) {
      if (C.From == Completion::Member)
        self(cast<Expr>(S));
    } else if (!isa<UnaryExprOrTypeTraitExpr>(S)) {
      if (const auto *DS = dyn_cast<DeclStmt>(S);
          DS && C.From == Completion::Local &&
          llvm::is_contained(DS->decls(), cast<Decl>(C.Var)))
        act(DS, Act::Incur, DS);
      for (const Stmt *Child : S->children())
        visit(Child);
    }
    Up.pop_back();
  }

private:
  void act(const Stmt *At, Act::Kind What, const Stmt *Told) {
    U.Acts[At] = What;
    U.Told[At] = Told;
    if (What == Act::Incur)
      return;
    if (llvm::any_of(Up, [](const Stmt *S) { return isLoop(S); }))
      U.InLoop.insert(At);
    ++(What == Act::Discharge ? U.Calls : U.HandedOn);
  }

  /// A local lambda that is only called is part of the function.
  void lambda(const LambdaExpr *LE) {
    for (unsigned I = 0; I != LE->capture_size(); ++I) {
      const LambdaCapture &Capture = *(LE->capture_begin() + I);
      if (Capture.capturesVariable() &&
          Capture.getCapturedVar()->getCanonicalDecl() ==
              C.Var->getCanonicalDecl() &&
          !Capture.isPackExpansion()) {
        if (const VarDecl *Helper = helper(LE))
          Helpers.insert(Helper);
        else
          act(LE, Act::HandOn, LE);
        continue;
      }
      // [callback = std::move(callback)]
      visit(*(LE->capture_init_begin() + I));
    }
  }

  /// The variable of which \p LE is the value, when nothing else holds it.
  const VarDecl *helper(const LambdaExpr *LE) const {
    for (size_t I = Up.size() - 1; I-- > 0;) {
      if (const auto *DS = dyn_cast<DeclStmt>(Up[I])) {
        for (const Decl *D : DS->decls())
          if (const auto *VD = dyn_cast<VarDecl>(D);
              VD && VD->hasInit() && strip(VD->getInit()) == LE &&
              VD->getType()->getAsCXXRecordDecl() == LE->getLambdaClass())
            return VD;
        return nullptr;
      }
      if (!isa<Expr>(Up[I]))
        return nullptr;
    }
    return nullptr;
  }

  void use(const Expr *Ref) {
    // Outwards through what still is the same object.
    size_t I = Up.size() - 1;
    const Stmt *Inner = Ref;
    while (I-- > 0) {
      const Stmt *Parent = Up[I];
      if (const auto *Cast = dyn_cast<CastExpr>(Parent);
          Cast && Cast->getCastKind() == CK_ToVoid)
        // Said to be unused: on purpose.
        break;
      if (isa<CastExpr, ParenExpr, MaterializeTemporaryExpr,
              CXXBindTemporaryExpr, FullExpr>(Parent)) {
        Inner = Parent;
        continue;
      }
      if (const auto *UO = dyn_cast<UnaryOperator>(Parent);
          UO && UO->getOpcode() == UO_Deref) {
        Inner = Parent;
        continue;
      }
      if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Parent);
          Op && Op->getNumArgs() == 1 &&
          (Op->getOperator() == OO_Arrow || Op->getOperator() == OO_Star)) {
        Inner = Parent;
        continue;
      }
      if (const auto *Call = dyn_cast<CallExpr>(Parent);
          Call && Call->getNumArgs() == 1 &&
          (Call->getBuiltinCallee() == Builtin::BImove ||
           Call->getBuiltinCallee() == Builtin::BIforward ||
           Call->getBuiltinCallee() == Builtin::BIas_const)) {
        Inner = Parent;
        continue;
      }
      if (const auto *ME = dyn_cast<MemberExpr>(Parent)) {
        const auto *Call = I ? dyn_cast<CallExpr>(Up[I - 1]) : nullptr;
        if (!Call || Call->getCallee()->IgnoreParens() != ME)
          break;
        method(Ref, Call, I - 1);
        return;
      }
      if (const auto *Call = dyn_cast<CallExpr>(Parent)) {
        bool Operator =
            isa<CXXOperatorCallExpr>(Call) &&
            cast<CXXOperatorCallExpr>(Call)->getOperator() == OO_Call;
        if (C.What == Completion::Callback &&
            (Operator ? Call->getArg(0) == Inner
                      : Call->getCallee() == Inner)) {
          U.UsesResult |= !Call->getType()->isVoidType();
          act(Call, Act::Discharge, Call);
          return;
        }
      }
      break;
    }
    if (tested(Ref))
      return;
    if (const VarDecl *Carrier = carrier(Ref)) {
      Carriers.insert(Carrier);
      return;
    }
    act(Ref, Act::HandOn, around(Ref));
  }

  /// The object itself is used: another method may do it.
  void self(const Expr *This) {
    for (size_t I = Up.size() - 1; I-- > 0;) {
      if (isa<CastExpr, ParenExpr>(Up[I]))
        continue;
      if (const auto *ME = dyn_cast<MemberExpr>(Up[I])) {
        const auto *M = dyn_cast<CXXMethodDecl>(ME->getMemberDecl());
        if (!M || M->isConst() || M->isStatic())
          return;
      }
      break;
    }
    act(This, Act::HandOn, This);
  }

  /// The local object that \p Ref is put into, and that is known here only.
  const VarDecl *carrier(const Expr *Ref) const {
    const Stmt *Inner = Ref;
    for (size_t I = Up.size() - 1; I-- > 0; Inner = Up[I]) {
      const Stmt *Parent = Up[I];
      const Expr *To = nullptr;
      if (const auto *BO = dyn_cast<BinaryOperator>(Parent);
          BO && BO->getOpcode() == BO_Assign && BO->getRHS() == Inner)
        To = BO->getLHS();
      else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Parent);
               Op && Op->getOperator() == OO_Equal && Op->getArg(1) == Inner)
        To = Op->getArg(0);
      if (To) {
        const auto *ME = dyn_cast<MemberExpr>(strip(To));
        const Expr *Base = ME ? strip(ME->getBase()) : nullptr;
        while (const auto *Part = dyn_cast_or_null<MemberExpr>(Base))
          Base = Part->isArrow() ? nullptr : strip(Part->getBase());
        if (const auto *Op = dyn_cast_or_null<CXXOperatorCallExpr>(Base);
            Op && Op->getOperator() == OO_Arrow)
          Base = strip(Op->getArg(0));
        const auto *Root = dyn_cast_or_null<DeclRefExpr>(Base);
        const auto *VD = Root ? dyn_cast<VarDecl>(Root->getDecl()) : nullptr;
        return VD && isFresh(VD) ? VD : nullptr;
      }
      const auto *Call = dyn_cast<CallExpr>(Parent);
      bool Moves = Call && Call->getNumArgs() == 1 &&
                   (Call->getBuiltinCallee() == Builtin::BImove ||
                    Call->getBuiltinCallee() == Builtin::BIforward);
      const auto *CE = dyn_cast<CXXConstructExpr>(Parent);
      bool Copies = CE && CE->getNumArgs() == 1;
      if (!Moves && !Copies &&
          !isa<CastExpr, ParenExpr, MaterializeTemporaryExpr,
               CXXBindTemporaryExpr, FullExpr>(Parent))
        return nullptr;
    }
    return nullptr;
  }

  /// Made here, and its end does nothing.
  static bool isFresh(const VarDecl *VD) {
    if (!VD->isLocalVarDecl() || VD->isStaticLocal() || !VD->hasInit())
      return false;
    QualType T = VD->getType();
    const Expr *Init = strip(VD->getInit());
    const CXXRecordDecl *RD = T->isPointerType() ? T->getPointeeCXXRecordDecl()
                                                 : T->getAsCXXRecordDecl();
    if (const auto *Spec =
            dyn_cast_or_null<ClassTemplateSpecializationDecl>(RD);
        Spec && Spec->isInStdNamespace() && Spec->getTemplateArgs().size() &&
        Spec->getTemplateArgs()[0].getKind() == TemplateArgument::Type)
      RD = Spec->getTemplateArgs()[0].getAsType()->getAsCXXRecordDecl();
    if (RD && (!RD->hasDefinition() || RD->hasUserDeclaredDestructor()))
      return false;
    if (isa_and_nonnull<CXXNewExpr>(Init))
      return true;
    const auto *Call = dyn_cast_or_null<CallExpr>(Init);
    const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
    if (!FD || !FD->getIdentifier())
      return false;
    StringRef Name = FD->getName();
    return FD->isInStdNamespace()
               ? Name == "make_unique" || Name == "make_shared"
               : Name.contains("alloc") &&
                     FD->getReturnType()->isVoidPointerType();
  }

  void method(const Expr *Ref, const CallExpr *Call, size_t At) {
    const FunctionDecl *FD = Call->getDirectCallee();
    if (C.What == Completion::Promise) {
      std::optional<Verb> V = Of.verb(Call);
      if (V == Verb::Fulfil || V == Verb::Fail) {
        act(Call, Act::Discharge, Call);
        return;
      }
      if (V == Verb::Query)
        return;
      if (V == Verb::GetFuture) {
        // Somebody may wait from here on.
        if (C.From == Completion::Local)
          act(Call, Act::Incur, Call);
        return;
      }
    } else if (FD && FD->getIdentifier() && FD->getName() == "Run" &&
               Call->getNumArgs() == 0) {
      act(Call, Act::Discharge, Call);
      return;
    } else if (FD && FD->getOverloadedOperator() == OO_Call) {
      act(Call, Act::Discharge, Call);
      return;
    }
    if (!tested(Ref))
      act(Ref, Act::HandOn, Call);
  }

  /// Only asked whether there is one, to decide something.
  bool tested(const Expr *Ref) const {
    bool Asked = false;
    const Stmt *Inner = Ref;
    for (size_t I = Up.size() - 1; I-- > 0; Inner = Up[I]) {
      const Stmt *Parent = Up[I];
      if (!Asked) {
        const auto *E = dyn_cast<Expr>(Inner);
        bool Boolean = E && (E->getType()->isBooleanType() ||
                             (isa<UnaryOperator>(E) &&
                              cast<UnaryOperator>(E)->getOpcode() == UO_LNot) ||
                             (isa<BinaryOperator>(E) &&
                              cast<BinaryOperator>(E)->isEqualityOp()));
        if (Boolean)
          Asked = Completions::emptyWhen(E, C.Var).has_value();
      }
      if (const auto *E = dyn_cast<Expr>(Parent)) {
        if (const auto *CO = dyn_cast<ConditionalOperator>(E);
            CO && CO->getCond() == Inner)
          return true;
        if (const auto *BO = dyn_cast<BinaryOperator>(E);
            BO && BO->isLogicalOp()) {
          Asked = true;
          // `callback && (callback(), 0)`: what is done with the answer is
          // followed.
          if (BO->getLHS() == Inner)
            return true;
          continue;
        }
        if (isa<CallExpr>(E) && !isa<CXXMemberCallExpr, CXXOperatorCallExpr>(E))
          return Asked && isa<CallExpr>(E) &&
                 cast<CallExpr>(E)->getBuiltinCallee() ==
                     Builtin::BI__builtin_expect;
        if (isa<CXXConstructExpr, InitListExpr, LambdaExpr>(E))
          return false;
        if (const auto *BO = dyn_cast<BinaryOperator>(E);
            BO && !BO->isEqualityOp())
          return false;
        continue;
      }
      return conditionOf(Parent) == Inner;
    }
    return false;
  }

  /// The call, construction or statement in which \p Ref is handed on.
  const Stmt *around(const Expr *Ref) const {
    for (size_t I = Up.size() - 1; I-- > 0;) {
      const Stmt *S = Up[I];
      if (const auto *Call = dyn_cast<CallExpr>(S))
        if (Call->getBuiltinCallee() == Builtin::BImove ||
            Call->getBuiltinCallee() == Builtin::BIforward)
          continue;
      if (const auto *CE = dyn_cast<CXXConstructExpr>(S))
        if (CE->getConstructor()->isCopyOrMoveConstructor())
          continue;
      if (isa<CallExpr, CXXConstructExpr, LambdaExpr, ReturnStmt, DeclStmt>(S))
        return S;
      if (const auto *BO = dyn_cast<BinaryOperator>(S);
          BO && BO->isAssignmentOp())
        return S;
      if (!isa<Expr>(S))
        break;
    }
    return Ref;
  }

public:
  llvm::SmallPtrSet<const VarDecl *, 2> Helpers;
  llvm::SmallSetVector<const VarDecl *, 1> Carriers;

private:
  const Completions &Of;
  const Completion &C;
  CompletionUses &U;
  llvm::SmallVector<const Stmt *, 32> Up;
};

/// The calls of the lambdas in \p Helpers, and whatever else is done with them.
static void useHelpers(const Stmt *S, const Stmt *Parent,
                       const llvm::SmallPtrSetImpl<const VarDecl *> &Helpers,
                       CompletionUses &U) {
  if (!S)
    return;
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S);
      Op && Op->getOperator() == OO_Call)
    if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(strip(Op->getArg(0))))
      if (const auto *VD = dyn_cast<VarDecl>(Ref->getDecl());
          VD && Helpers.contains(VD)) {
        U.Acts[Op] = Act::HandOn;
        U.Told[Op] = Op;
        ++U.HandedOn;
        for (unsigned I = 1; I != Op->getNumArgs(); ++I)
          useHelpers(Op->getArg(I), Op, Helpers, U);
        return;
      }
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    if (const auto *VD = dyn_cast<VarDecl>(Ref->getDecl());
        VD && Helpers.contains(VD)) {
      U.Acts[Ref] = Act::HandOn;
      U.Told[Ref] = Ref;
      ++U.HandedOn;
    }
  if (const auto *LE = dyn_cast<LambdaExpr>(S)) {
    for (const LambdaCapture &Capture : LE->captures())
      if (Capture.capturesVariable())
        if (const auto *VD = dyn_cast<VarDecl>(Capture.getCapturedVar());
            VD && Helpers.contains(VD)) {
          U.Acts[LE] = Act::HandOn;
          U.Told[LE] = LE;
        }
    for (const Expr *Init : LE->capture_inits())
      useHelpers(Init, LE, Helpers, U);
    return;
  }
  for (const Stmt *Child : S->children())
    useHelpers(Child, S, Helpers, U);
}

CompletionUses Completions::uses(const Completion &C,
                                 const FunctionDecl *In) const {
  CompletionUses U;
  CompletionWalk W(*this, C, U);
  if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(In))
    for (const CXXCtorInitializer *Init : Ctor->inits())
      W.visit(Init->getInit());
  W.visit(In->getBody());
  for (const VarDecl *Carrier : W.Carriers)
    carrierUses(Carrier, In, U);
  if (!W.Helpers.empty())
    useHelpers(In->getBody(), nullptr, W.Helpers, U);
  return U;
}

} // namespace leak
