//===--- Guards.cpp - flags on which a statement depends ------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Guards.h"
#include "Index.h"
#include "Statements.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace leak {

/// True when \p E is the variable \p Object, or one that was made of it:
/// `auto *self = static_cast<Worker *>(argument)`.
static bool isMadeOf(const Expr *E, const VarDecl *Object) {
  for (unsigned Depth = 0; Depth != 3; ++Depth) {
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(strip(E));
    const auto *VD = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if (!VD || VD == Object)
      return VD;
    if (!VD->hasLocalStorage() || isa<ParmVarDecl>(VD))
      return false;
    E = VD->getInit();
  }
  return false;
}

/// The field of this object that \p E reads: as it is, through a conversion or
/// a method without arguments of an atomic. Where \p Object is given, it is
/// what leads to the object instead.
static const FieldDecl *fieldRead(const Expr *E,
                                  const VarDecl *Object = nullptr) {
  E = strip(E);
  if (const auto *ME = dyn_cast_or_null<MemberExpr>(E)) {
    const auto *FD = dyn_cast<FieldDecl>(ME->getMemberDecl());
    bool IsIt = Object ? isMadeOf(ME->getBase(), Object)
                       : isa<CXXThisExpr>(ME->getBase()->IgnoreParenImpCasts());
    return IsIt ? FD : nullptr;
  }
  if (const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(E))
    return fieldRead(Call->getImplicitObjectArgument(), Object);
  return nullptr;
}

static std::optional<bool> constant(const Expr *E) {
  E = strip(E);
  // `std::atomic<bool> flag{false}`
  if (const auto *CE = dyn_cast_or_null<CXXConstructExpr>(E);
      CE && CE->getNumArgs() == 1)
    return constant(CE->getArg(0));
  if (isa_and_nonnull<ImplicitValueInitExpr, CXXScalarValueInitExpr>(E))
    return false;
  if (const auto *B = dyn_cast_or_null<CXXBoolLiteralExpr>(E))
    return B->getValue();
  if (const auto *I = dyn_cast_or_null<IntegerLiteral>(E))
    return I->getValue().getBoolValue();
  return std::nullopt;
}

/// What \p Cond says about flags when it is \p Value.
static void addGuards(const Expr *Cond, bool Value,
                      llvm::SmallVectorImpl<Guard> &Into) {
  Cond = strip(Cond);
  if (!Cond)
    return;
  if (const auto *UO = dyn_cast<UnaryOperator>(Cond);
      UO && UO->getOpcode() == UO_LNot)
    return addGuards(UO->getSubExpr(), !Value, Into);
  if (const auto *BO = dyn_cast<BinaryOperator>(Cond)) {
    // Both hold when `a && b` is true; both fail when `a || b` is false.
    if (BO->getOpcode() == (Value ? BO_LAnd : BO_LOr)) {
      addGuards(BO->getLHS(), Value, Into);
      addGuards(BO->getRHS(), Value, Into);
    } else if (BO->isEqualityOp()) {
      if (std::optional<bool> Other = constant(BO->getRHS()))
        addGuards(BO->getLHS(), (*Other == Value) == (BO->getOpcode() == BO_EQ),
                  Into);
    }
    return;
  }
  const FieldDecl *Flag = fieldRead(Cond);
  if (!Flag)
    return;
  // Other methods, of atomics and of handles, ask something else.
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(Cond);
      Call && !Call->getType()->isBooleanType())
    return;
  Into.push_back({Flag, Value, Cond});
}

/// `return;`, or a block that ends with it.
static bool endsInReturn(const Stmt *S) {
  if (const auto *Block = dyn_cast_or_null<CompoundStmt>(S))
    S = Block->body_empty() ? nullptr : Block->body_back();
  return isa_and_nonnull<ReturnStmt>(S);
}

/// Finds \p At below \p S, and what has to hold to get there.
static bool find(const Stmt *S, const Stmt *At,
                 llvm::SmallVectorImpl<Guard> &Path) {
  if (!S)
    return false;
  if (S == At)
    return true;
  size_t Before = Path.size();
  if (const auto *If = dyn_cast<IfStmt>(S)) {
    if (find(If->getInit(), At, Path) || find(If->getCond(), At, Path))
      return true;
    addGuards(If->getCond(), true, Path);
    if (find(If->getThen(), At, Path))
      return true;
    Path.truncate(Before);
    addGuards(If->getCond(), false, Path);
    if (find(If->getElse(), At, Path))
      return true;
    Path.truncate(Before);
    return false;
  }
  if (const auto *Block = dyn_cast<CompoundStmt>(S)) {
    for (const Stmt *Child : Block->body()) {
      if (find(Child, At, Path))
        return true;
      if (const auto *If = dyn_cast<IfStmt>(Child);
          If && !If->getElse() && endsInReturn(If->getThen()))
        addGuards(If->getCond(), false, Path);
    }
    Path.truncate(Before);
    return false;
  }
  for (const Stmt *Child : S->children())
    if (find(Child, At, Path))
      return true;
  return false;
}

llvm::SmallVector<Guard, 2> guardsOf(const FunctionDecl *In, const Stmt *At) {
  llvm::SmallVector<Guard, 2> Path;
  const FunctionDecl *Def = nullptr;
  if (In->isDefined(Def) && Def && find(Def->getBody(), At, Path))
    return Path;
  return {};
}

bool isConditional(const Stmt *Body, const Stmt *At) {
  // An initializer of a constructor is before its body.
  if (!Body || Body == At || !contains(Body, At))
    return false;
  for (const Stmt *Child : Body->children()) {
    if (Child == At || contains(Child, At)) {
      // What an `if` asks is asked in any case.
      const auto *If = dyn_cast<IfStmt>(Body);
      bool Asked = If && (Child == If->getCond() || Child == If->getInit());
      const auto *Op = dyn_cast<BinaryOperator>(Body);
      bool Branch =
          (!Asked && isa<IfStmt, SwitchStmt, ForStmt, WhileStmt, DoStmt,
                         CXXForRangeStmt, ConditionalOperator>(Body)) ||
          (Op && Op->isLogicalOp() && Child != Op->getLHS());
      return Branch || isConditional(Child, At);
    }
    if (isa<CompoundStmt>(Body) && mayReturn(Child))
      return true;
  }
  return false;
}

const Expr *assigns(const Stmt *Body, const FieldDecl *Flag, bool Value,
                    const VarDecl *Object) {
  if (!Body || isa<LambdaExpr>(Body))
    return nullptr;
  const Expr *Target = nullptr, *Source = nullptr;
  if (const auto *BO = dyn_cast<BinaryOperator>(Body);
      BO && BO->getOpcode() == BO_Assign) {
    Target = BO->getLHS();
    Source = BO->getRHS();
  } else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Body);
             Op && Op->getOperator() == OO_Equal && Op->getNumArgs() == 2) {
    Target = Op->getArg(0);
    Source = Op->getArg(1);
  } else if (const auto *Call = dyn_cast<CXXMemberCallExpr>(Body);
             Call && Call->getNumArgs() && Call->getMethodDecl() &&
             !Call->getMethodDecl()->isConst()) {
    // `flag.store(true)`, `flag.exchange(true)`
    Target = Call->getImplicitObjectArgument();
    Source = Call->getArg(0);
  }
  if (Target && Source && fieldRead(Target, Object) == Flag &&
      constant(Source) == Value)
    return cast<Expr>(Body);
  for (const Stmt *Child : Body->children())
    if (const Expr *Found = assigns(Child, Flag, Value, Object))
      return Found;
  return nullptr;
}

/// \p E is \p Flag of any object.
static bool names(const Expr *E, const FieldDecl *Flag) {
  const auto *ME = dyn_cast_or_null<MemberExpr>(strip(E));
  return ME &&
         ME->getMemberDecl()->getCanonicalDecl() == Flag->getCanonicalDecl();
}

bool onlyGives(const Stmt *S, const FieldDecl *Flag, bool Value) {
  if (!S)
    return true;
  auto Below = [&](const Stmt *Child) { return onlyGives(Child, Flag, Value); };
  if (const auto *Cast = dyn_cast<ImplicitCastExpr>(S);
      Cast && Cast->getCastKind() == CK_LValueToRValue &&
      names(Cast->getSubExpr(), Flag))
    return true;
  if (const auto *BO = dyn_cast<BinaryOperator>(S);
      BO && BO->getOpcode() == BO_Assign && names(BO->getLHS(), Flag))
    return constant(BO->getRHS()) == Value && Below(BO->getRHS());
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S);
      Op && Op->getOperator() == OO_Equal && Op->getNumArgs() == 2 &&
      names(Op->getArg(0), Flag))
    return constant(Op->getArg(1)) == Value && Below(Op->getArg(1));
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(S);
      Call && names(Call->getImplicitObjectArgument(), Flag)) {
    const CXXMethodDecl *M = Call->getMethodDecl();
    // `flag.load()`, `flag.store(false)`
    if (!M || (!M->isConst() &&
               (Call->getNumArgs() == 0 || constant(Call->getArg(0)) != Value)))
      return false;
    return llvm::all_of(Call->arguments(), Below);
  }
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    return Ref->getDecl()->getCanonicalDecl() != Flag->getCanonicalDecl();
  if (const auto *E = dyn_cast<MemberExpr>(S); E && names(E, Flag))
    return false;
  return llvm::all_of(S->children(), Below);
}

bool isInitialisedTo(const Expr *Init, bool Value) {
  return constant(Init) == Value;
}

} // namespace leak
