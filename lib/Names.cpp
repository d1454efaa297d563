//===--- Names.cpp - what the expressions of a function denote ------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Names.h"
#include "Index.h"
#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace leak {

/// Longer names are of no use, and cost.
static constexpr unsigned MaxDepth = 8;

Names::Names(const FunctionDecl *In) {
  // A lambda shares the variables of the function around it.
  const DeclContext *Outer = In;
  while (const auto *Method = dyn_cast<CXXMethodDecl>(Outer)) {
    const DeclContext *Around = Method->getParent()->getDeclContext();
    if (!Method->getParent()->isLambda() || !isa<FunctionDecl>(Around))
      break;
    Outer = Around;
  }
  note(cast<FunctionDecl>(Outer)->getBody());
  if (Outer != In)
    note(In->getBody());
}

static const ValueDecl *variableOf(const Expr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreParens());
  return Ref ? Ref->getDecl() : nullptr;
}

void Names::note(const Stmt *S) {
  if (!S)
    return;
  auto Changed = [&](const Expr *E) {
    if (const ValueDecl *D = variableOf(E))
      Modified.insert(D);
  };
  if (const auto *BO = dyn_cast<BinaryOperator>(S)) {
    if (BO->isAssignmentOp())
      Changed(BO->getLHS());
  } else if (const auto *UO = dyn_cast<UnaryOperator>(S)) {
    if (UO->isIncrementDecrementOp() || UO->getOpcode() == UO_AddrOf)
      Changed(UO->getSubExpr());
  } else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S)) {
    if (Op->isAssignmentOp() && Op->getNumArgs())
      Changed(Op->getArg(0));
  } else if (const auto *LE = dyn_cast<LambdaExpr>(S)) {
    note(LE->getBody());
  }
  const FunctionDecl *Callee = nullptr;
  llvm::ArrayRef<const Expr *> Args;
  unsigned Skip = 0;
  if (const auto *Call = dyn_cast<CallExpr>(S)) {
    Callee = Call->getDirectCallee();
    Args = {Call->getArgs(), Call->getNumArgs()};
    if (const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
        Method && isa<CXXOperatorCallExpr>(Call) && !Method->isStatic())
      Skip = 1;
  } else if (const auto *CE = dyn_cast<CXXConstructExpr>(S)) {
    Callee = CE->getConstructor();
    Args = {CE->getArgs(), CE->getNumArgs()};
  }
  for (unsigned I = Skip; Callee && I < Args.size(); ++I)
    if (I - Skip < Callee->getNumParams()) {
      QualType T = Callee->getParamDecl(I - Skip)->getType();
      if (T->isLValueReferenceType() && !T->getPointeeType().isConstQualified())
        Changed(Args[I]);
    }
  for (const Stmt *Child : S->children())
    note(Child);
}

std::string Names::variable(const ValueDecl *D) {
  return "$" + std::to_string(D->getCanonicalDecl()->getID()) + "$";
}

bool Names::leadsThrough(llvm::StringRef Name, llvm::StringRef Part) {
  for (size_t At = Name.find(Part); At != llvm::StringRef::npos;
       At = Name.find(Part, At + 1)) {
    llvm::StringRef Rest = Name.substr(At + Part.size());
    if (Rest.empty() || !(llvm::isAlnum(Rest[0]) || Rest[0] == '_'))
      return true;
  }
  return false;
}

template <typename Fn>
const std::string &Names::once(Known &Of, const void *Key, Fn Make) const {
  if (const std::string *Old = Of.lookup(Key))
    return *Old;
  const std::string *New = &*Texts.insert(Make()).first;
  Of[Key] = New;
  return *New;
}

const std::string &Names::of(const Expr *E) const {
  return once(Objects, E, [&] { return build(E, 0); });
}
const std::string &Names::pointee(const Expr *E) const {
  return once(Pointees, E, [&] { return target(E, 0); });
}
const std::string &Names::of(const ValueDecl *D) const {
  return once(Variables, D, [&] { return variable(D); });
}

static std::optional<int64_t> constantOf(const Expr *E, const ASTContext &Ctx) {
  if (E->isValueDependent() || E->isInstantiationDependent())
    return std::nullopt;
  QualType T = E->getType();
  if (T->isPointerType() || T->isNullPtrType()) {
    if (E->isNullPointerConstant(const_cast<ASTContext &>(Ctx),
                                 Expr::NPC_ValueDependentIsNotNull))
      return 0;
    return std::nullopt;
  }
  if (!T->isIntegralOrEnumerationType())
    return std::nullopt;
  Expr::EvalResult R;
  if (!E->EvaluateAsInt(R, Ctx))
    return std::nullopt;
  llvm::APSInt N = R.Val.getInt();
  return N.isRepresentableByInt64() ? std::optional(N.getExtValue())
                                    : std::nullopt;
}

std::optional<int64_t> Names::constant(const Expr *E,
                                       const ASTContext &Ctx) const {
  auto [It, New] = Constants.try_emplace(E);
  if (New)
    It->second = constantOf(E, Ctx);
  return It->second;
}

std::string Names::declared(const ValueDecl *D, unsigned Depth) const {
  const auto *VD = dyn_cast<VarDecl>(D);
  // References, and pointers that keep their value, are what they were made
  // of.
  if (VD && VD->isLocalVarDecl() && VD->hasInit() && !VD->isStaticLocal() &&
      (VD->getType()->isReferenceType() ||
       (VD->getType()->isPointerType() && !Modified.contains(VD)))) {
    const Expr *Init = strip(VD->getInit());
    if (Init && !isa<CallExpr, CXXNewExpr, ConditionalOperator>(Init))
      if (std::string Name = build(Init, Depth + 1); !Name.empty())
        return Name;
  }
  return of(D);
}

bool Names::isStable(const CallExpr *Call) {
  const FunctionDecl *FD = Call->getDirectCallee();
  if (!FD)
    return false;
  if (const auto *Method = dyn_cast<CXXMethodDecl>(FD))
    if (Method->isConst() || isa<CXXConversionDecl>(Method))
      return true;
  if (FD->hasAttr<PureAttr>() || FD->hasAttr<ConstAttr>())
    return true;
  switch (FD->getOverloadedOperator()) {
  case OO_EqualEqual:
  case OO_ExclaimEqual:
  case OO_Less:
  case OO_Greater:
  case OO_LessEqual:
  case OO_GreaterEqual:
  case OO_Subscript:
    return true;
  default:
    break;
  }
  const IdentifierInfo *II = FD->getIdentifier();
  if (!II)
    return false;
  std::string Lower = II->getName().lower();
  llvm::StringRef Name = llvm::StringRef(Lower).ltrim('_');
  for (llvm::StringRef Prefix :
       {"is", "has", "can", "should", "needs", "use", "get", "strcmp",
        "strncmp", "strcasecmp", "memcmp"})
    if (Name.starts_with(Prefix))
      return true;
  return Name.ends_with("enabled") || Name.contains("_is_") ||
         Name.contains("_has_");
}

std::string Names::call(const CallExpr *Call, unsigned Depth) const {
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call)) {
    // Smart pointers, optionals and iterators.
    if (Op->getOperator() == OO_Arrow && Op->getNumArgs() == 1)
      return build(Op->getArg(0), Depth);
    if (Op->getOperator() == OO_Star && Op->getNumArgs() == 1)
      return target(Op->getArg(0), Depth);
  }
  const FunctionDecl *FD = Call->getDirectCallee();
  if (!FD)
    return "";
  std::string Name;
  unsigned First = 0;
  if (const auto *MC = dyn_cast<CXXMemberCallExpr>(Call)) {
    const Expr *Object = MC->getImplicitObjectArgument();
    if (!Object)
      return "";
    Name = Object->getType()->isPointerType() ? target(Object, Depth)
                                              : build(Object, Depth);
    if (Name.empty())
      return "";
    if (FD->getIdentifier() && FD->getName() == "get" &&
        Call->getNumArgs() == 0)
      return Name;
    // The method that a class uses to hand out its lock.
    if (!isStable(Call) && Call->getNumArgs() != 0)
      return "";
    if (!isStable(Call) && !Call->getType()->isReferenceType() &&
        !Call->isLValue() && !Call->getType()->isPointerType())
      return "";
    Name += ".";
  } else if (!isStable(Call)) {
    return "";
  }
  // std::move, std::ref and the like name their argument.
  Name += FD->getNameAsString() + "(";
  for (unsigned I = First; I != Call->getNumArgs(); ++I) {
    if (isa<CXXDefaultArgExpr>(Call->getArg(I)))
      continue;
    std::string Arg = build(Call->getArg(I), Depth);
    if (Arg.empty())
      return "";
    Name += Arg + ",";
  }
  return Name + ")";
}

std::string Names::build(const Expr *E, unsigned Depth) const {
  if (!E || ++Depth > MaxDepth)
    return "";
  E = strip(E);
  if (!E)
    return "";
  if (isa<CXXThisExpr>(E))
    return "this";
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    if (const auto *Constant = dyn_cast<EnumConstantDecl>(Ref->getDecl()))
      return "#" + llvm::toString(Constant->getInitVal(), 10);
    return declared(Ref->getDecl(), Depth);
  }
  if (const auto *ME = dyn_cast<MemberExpr>(E)) {
    if (isa<VarDecl>(ME->getMemberDecl()))
      return of(ME->getMemberDecl());
    std::string Base = ME->isArrow() ? target(ME->getBase(), Depth)
                                     : build(ME->getBase(), Depth);
    return Base.empty() ? ""
                        : Base + "." + ME->getMemberDecl()->getNameAsString();
  }
  if (const auto *UO = dyn_cast<UnaryOperator>(E)) {
    if (UO->getOpcode() == UO_Deref)
      return target(UO->getSubExpr(), Depth);
    std::string Sub = build(UO->getSubExpr(), Depth);
    if (Sub.empty() || UO->isIncrementDecrementOp())
      return "";
    if (UO->getOpcode() == UO_AddrOf)
      return Sub.back() == '*' ? Sub.substr(0, Sub.size() - 1) : "&" + Sub;
    return UnaryOperator::getOpcodeStr(UO->getOpcode()).str() + Sub;
  }
  if (const auto *AS = dyn_cast<ArraySubscriptExpr>(E)) {
    std::string Base = build(AS->getBase(), Depth);
    std::string Index = build(AS->getIdx(), Depth);
    return Base.empty() || Index.empty() ? "" : Base + "[" + Index + "]";
  }
  if (const auto *BO = dyn_cast<BinaryOperator>(E)) {
    if (BO->isAssignmentOp())
      return build(BO->getLHS(), Depth);
    if (BO->getOpcode() == BO_Comma)
      return build(BO->getRHS(), Depth);
    std::string Left = build(BO->getLHS(), Depth);
    std::string Right = build(BO->getRHS(), Depth);
    if (Left.empty() || Right.empty())
      return "";
    BinaryOperatorKind Op = BO->getOpcode();
    // One spelling for each comparison: a > b is b < a.
    if (Op == BO_GT || Op == BO_GE) {
      std::swap(Left, Right);
      Op = Op == BO_GT ? BO_LT : BO_LE;
    }
    return "(" + Left + BinaryOperator::getOpcodeStr(Op).str() + Right + ")";
  }
  if (const auto *Lit = dyn_cast<IntegerLiteral>(E))
    return "#" + llvm::toString(Lit->getValue(), 10, /*Signed=*/true);
  if (const auto *Lit = dyn_cast<CharacterLiteral>(E))
    return "#" + std::to_string(Lit->getValue());
  if (const auto *Lit = dyn_cast<CXXBoolLiteralExpr>(E))
    return Lit->getValue() ? "#1" : "#0";
  if (isa<CXXNullPtrLiteralExpr, GNUNullExpr>(E))
    return "#0";
  if (const auto *Lit = dyn_cast<clang::StringLiteral>(E))
    return Lit->isOrdinary() && Lit->getLength() < 40
               ? "\"" + Lit->getString().str() + "\""
               : "";
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return this->call(Call, Depth);
  if (const auto *CE = dyn_cast<CXXConstructExpr>(E);
      CE && CE->getNumArgs() == 1 &&
      CE->getConstructor()->isCopyOrMoveConstructor())
    return build(CE->getArg(0), Depth);
  return "";
}

std::string Names::target(const Expr *E, unsigned Depth) const {
  std::string Name = build(E, Depth);
  if (Name.empty())
    return "";
  if (Name[0] == '&')
    return Name.substr(1);
  return Name + "*";
}

} // namespace leak
