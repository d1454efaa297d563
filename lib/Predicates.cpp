//===--- Predicates.cpp - what the truth of a condition waits for ---------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Predicates.h"
#include "Index.h"
#include "Spelling.h"
#include "Starts.h"
#include "Statements.h"
#include "Traversal.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace leak {

static constexpr unsigned MaxDepth = 4;

/// The expression of the only statement of \p FD, `return E;`.
static const Expr *onlyReturn(const FunctionDecl *FD) {
  const FunctionDecl *Def = nullptr;
  if (!FD || !FD->isDefined(Def) || !Def)
    return nullptr;
  const auto *CS = dyn_cast_or_null<CompoundStmt>(Def->getBody());
  if (!CS)
    return nullptr;
  const ReturnStmt *Return = nullptr;
  for (const Stmt *S : CS->body()) {
    // A lock around it changes nothing of what it returns.
    if (isa<DeclStmt>(S) && !Return)
      continue;
    if (Return || !isa<ReturnStmt>(S))
      return nullptr;
    Return = cast<ReturnStmt>(S);
  }
  return Return ? Return->getRetValue() : nullptr;
}

static bool isPassive(const CXXMethodDecl *M) {
  return M->isConst() || M->getReturnType()->isReferenceType() ||
         isa<CXXConversionDecl>(M);
}

static Place placeOf(const Expr *E, unsigned Depth) {
  if (!E || Depth > MaxDepth)
    return {};
  E = strip(E);
  if (!E)
    return {};
  if (const auto *ME = dyn_cast<MemberExpr>(E)) {
    if (!isa<FieldDecl, VarDecl>(ME->getMemberDecl()))
      return {};
    Place P{ME->getMemberDecl(), nullptr};
    const Expr *Base = strip(ME->getBase());
    if (!isa_and_nonnull<CXXThisExpr>(Base) && isa<FieldDecl>(P.Decl)) {
      Place B = placeOf(Base, Depth + 1);
      // Whose member it is, isn't known; not that of `this`.
      P.Root = B ? B.Decl : P.Decl;
      P.Element = B.Element;
    }
    return P;
  }
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    if (isa<VarDecl>(Ref->getDecl()))
      return placeOf(Ref->getDecl());
    return {};
  }
  if (const auto *UO = dyn_cast<UnaryOperator>(E))
    if (UO->getOpcode() == UO_AddrOf || UO->getOpcode() == UO_Deref)
      return placeOf(UO->getSubExpr(), Depth + 1);
  if (const auto *AS = dyn_cast<ArraySubscriptExpr>(E)) {
    Place P = placeOf(AS->getBase(), Depth + 1);
    P.Element = true;
    return P;
  }
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E)) {
    if (Op->getNumArgs() &&
        (Op->getOperator() == OO_Arrow || Op->getOperator() == OO_Star ||
         Op->getOperator() == OO_Subscript)) {
      Place P = placeOf(Op->getArg(0), Depth + 1);
      P.Element |= Op->getOperator() == OO_Subscript;
      return P;
    }
    return {};
  }
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
  if (!FD)
    return {};
  if (const auto *MC = dyn_cast<CXXMemberCallExpr>(Call)) {
    // `p.get()` of a smart pointer.
    if (FD->getIdentifier() && FD->getName() == "get" && !MC->getNumArgs() &&
        FD->getReturnType()->isPointerType())
      return placeOf(MC->getImplicitObjectArgument(), Depth + 1);
    if (!MC->getNumArgs() && isPassive(cast<CXXMethodDecl>(FD)))
      if (const Expr *Value = onlyReturn(FD)) {
        Place P = placeOf(Value, Depth + 1);
        // A member of the object that the method is called on.
        if (P && !P.Root && isa<FieldDecl>(P.Decl))
          if (const Expr *Base = strip(MC->getImplicitObjectArgument());
              Base && !isa<CXXThisExpr>(Base)) {
            Place B = placeOf(Base, Depth + 1);
            P.Root = B ? B.Decl : P.Decl;
          }
        return P;
      }
    return {};
  }
  // `std::ref(x)`, `std::move(x)` and the like.
  if (FD->getNumParams() == 1 && Call->getNumArgs() == 1 &&
      FD->getIdentifier() &&
      (FD->getName() == "ref" || FD->getName() == "move" ||
       FD->getName() == "forward" || FD->getName() == "addressof"))
    return placeOf(Call->getArg(0), Depth + 1);
  return {};
}

Place placeOf(const Expr *E) { return placeOf(E, 0); }

Place placeOf(const ValueDecl *D) {
  // A local reference stands for what it refers to.
  const auto *VD = dyn_cast<VarDecl>(D);
  if (VD && VD->isLocalVarDecl() && VD->getType()->isReferenceType() &&
      VD->hasInit())
    if (Place P = placeOf(VD->getInit(), 1))
      return P;
  return {D, nullptr};
}

const ValueDecl *resultOf(const Expr *Call, const Stmt *Within) {
  const ValueDecl *Found = nullptr;
  anyOutsideLambdas(Within, [&](const Stmt *S) {
    if (const auto *BO = dyn_cast<BinaryOperator>(S);
        BO && BO->getOpcode() == BO_Assign &&
        BO->getRHS()->IgnoreParenCasts() == Call)
      Found = placeOf(BO->getLHS()).Decl;
    if (const auto *DS = dyn_cast<DeclStmt>(S))
      for (const Decl *D : DS->decls())
        if (const auto *VD = dyn_cast<VarDecl>(D);
            VD && VD->getInit() && VD->getInit()->IgnoreParenCasts() == Call)
          Found = VD;
    return Found != nullptr;
  });
  return Found;
}

std::optional<DependentCall> dependentCall(const CallExpr *Call) {
  if (isa<CXXMemberCallExpr, CXXOperatorCallExpr>(Call))
    return std::nullopt;
  const Expr *Callee = Call->getCallee()->IgnoreParenImpCasts();
  DependentCall D;
  DeclarationName Name;
  if (const auto *DM = dyn_cast<CXXDependentScopeMemberExpr>(Callee)) {
    D.Object = DM->isImplicitAccess() ? nullptr : DM->getBase();
    Name = DM->getMember();
  } else if (const auto *UM = dyn_cast<UnresolvedMemberExpr>(Callee)) {
    D.Object = UM->isImplicitAccess() ? nullptr : UM->getBase();
    Name = UM->getMemberName();
  } else if (const auto *ME = dyn_cast<MemberExpr>(Callee);
             ME && isa<CXXMethodDecl>(ME->getMemberDecl())) {
    D.Object = ME->getBase();
    Name = ME->getMemberDecl()->getDeclName();
  } else {
    return std::nullopt;
  }
  if (!Name.isIdentifier())
    return std::nullopt;
  if (isa_and_nonnull<CXXThisExpr>(D.Object ? strip(D.Object) : nullptr))
    D.Object = nullptr;
  D.Name = Name.getAsIdentifierInfo()->getName();
  return D;
}

bool isFlag(const ValueDecl *D) {
  QualType T = D->getType().getNonReferenceType();
  const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
  return T->isIntegralOrEnumerationType() || T->isAtomicType() ||
         (RD && RD->getIdentifier() &&
          RD->getName().contains_insensitive("atomic"));
}

//===----------------------------------------------------------------------===//
// Changes
//===----------------------------------------------------------------------===//

static std::optional<int64_t> constantOf(const Expr *E, const ASTContext &Ctx) {
  if (!E || E->isValueDependent() || E->isTypeDependent())
    return std::nullopt;
  const Expr *Inner = E->IgnoreParenImpCasts();
  if (isa<CXXNullPtrLiteralExpr, GNUNullExpr>(Inner) ||
      Inner->isNullPointerConstant(const_cast<ASTContext &>(Ctx),
                                   Expr::NPC_ValueDependentIsNotNull))
    return 0;
  Expr::EvalResult R;
  if (Inner->getType()->isIntegralOrEnumerationType() &&
      Inner->EvaluateAsInt(R, Ctx, Expr::SE_NoSideEffects) &&
      R.Val.getInt().isRepresentableByInt64())
    return R.Val.getInt().getExtValue();
  return std::nullopt;
}

static Alteration assigned(Place P, const Expr *To, const ASTContext &Ctx) {
  Alteration A{P, Change::Unknown};
  if (P.Element)
    return A;
  if (std::optional<int64_t> V = constantOf(To, Ctx)) {
    A.How = Change::Set;
    A.Value = *V;
  } else if (To && isa_and_nonnull<CXXNewExpr>(strip(To))) {
    A.How = Change::Raise;
  } else if (const auto *Call = dyn_cast_or_null<CXXConstructExpr>(
                 To ? To->IgnoreParenImpCasts() : nullptr);
             Call && Call->getNumArgs() == 1) {
    // `std::atomic<bool> = true` by way of a conversion.
    return assigned(P, Call->getArg(0), Ctx);
  }
  return A;
}

static Change directionOf(StringRef Method) {
  if (hasWord(Method, {"push", "emplace", "insert", "enqueue", "append", "add",
                       "prepend", "offer", "put"}))
    return Change::Raise;
  if (hasWord(Method, {"pop", "erase", "clear", "remove", "dequeue", "take",
                       "splice", "swap", "resize", "shrink", "reset"}))
    return Method.contains_insensitive("swap") ||
                   Method.contains_insensitive("splice") ||
                   Method.contains_insensitive("resize")
               ? Change::Unknown
               : Change::Lower;
  return Change::Unknown;
}

/// A method that isn't const so that what it returns may be changed.
static bool onlyAccesses(StringRef Method) {
  static constexpr StringRef Names[] = {
      "front", "back",        "top",         "begin", "end",   "rbegin",
      "rend",  "at",          "data",        "find",  "first", "last",
      "get",   "lower_bound", "upper_bound", "value", "head"};
  return llvm::is_contained(Names, Method);
}

/// A method that only looks, of a container whose type isn't known yet.
static bool onlyAsks(StringRef Method) {
  return hasWord(Method,
                 {"empty", "size", "length", "count", "full", "contains", "is",
                  "has", "can", "capacity", "peek", "load"});
}

/// A function about one atomic object, given by its address: its name says
/// "atomic", and one of \p Words.
static bool isAtomicCall(const FunctionDecl *FD, ArrayRef<StringRef> Words) {
  const IdentifierInfo *II = FD->getIdentifier();
  return II && FD->getNumParams() && II->getName().contains("atomic") &&
         hasWord(II->getName(), Words);
}

std::optional<Alteration> alterationBy(const Expr *E, const ASTContext &Ctx) {
  if (const auto *BO = dyn_cast<BinaryOperator>(E)) {
    if (!BO->isAssignmentOp())
      return std::nullopt;
    Place P = placeOf(BO->getLHS());
    if (!P)
      return std::nullopt;
    if (BO->getOpcode() == BO_Assign)
      return assigned(P, BO->getRHS(), Ctx);
    std::optional<int64_t> By = constantOf(BO->getRHS(), Ctx);
    Alteration A{P, Change::Unknown};
    bool Unsigned =
        BO->getRHS()->IgnoreParenImpCasts()->getType()->isUnsignedIntegerType();
    if (!P.Element && ((By && *By > 0) || Unsigned)) {
      if (BO->getOpcode() == BO_AddAssign || BO->getOpcode() == BO_OrAssign)
        A.How = Change::Raise;
      else if (BO->getOpcode() == BO_SubAssign)
        A.How = Change::Lower;
    }
    return A;
  }
  if (const auto *UO = dyn_cast<UnaryOperator>(E)) {
    if (!UO->isIncrementDecrementOp())
      return std::nullopt;
    Place P = placeOf(UO->getSubExpr());
    if (!P)
      return std::nullopt;
    return Alteration{P, P.Element             ? Change::Unknown
                         : UO->isIncrementOp() ? Change::Raise
                                               : Change::Lower};
  }
  // C11's atomics, whose functions are expressions of their own.
  if (const auto *AE = dyn_cast<AtomicExpr>(E)) {
    Place P = placeOf(AE->getPtr());
    if (!P || AE->getOp() == AtomicExpr::AO__c11_atomic_load ||
        AE->getOp() == AtomicExpr::AO__atomic_load ||
        AE->getOp() == AtomicExpr::AO__atomic_load_n)
      return std::nullopt;
    bool Sets = AE->getOp() == AtomicExpr::AO__c11_atomic_store ||
                AE->getOp() == AtomicExpr::AO__c11_atomic_exchange ||
                AE->getOp() == AtomicExpr::AO__atomic_store_n ||
                AE->getOp() == AtomicExpr::AO__atomic_exchange_n;
    return Sets ? assigned(P, AE->getVal1(), Ctx)
                : Alteration{P, Change::Unknown};
  }
  const auto *Call = dyn_cast<CallExpr>(E);
  if (!Call)
    return std::nullopt;
  if (std::optional<DependentCall> D = dependentCall(Call)) {
    Place P = D->Object ? placeOf(D->Object) : Place();
    if (!P || onlyAccesses(D->Name) || onlyAsks(D->Name))
      return std::nullopt;
    if (Call->getNumArgs() && (D->Name == "store" || D->Name == "exchange"))
      return assigned(P, Call->getArg(0), Ctx);
    return Alteration{P, P.Element ? Change::Unknown : directionOf(D->Name)};
  }
  const FunctionDecl *FD = Call->getDirectCallee();
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E)) {
    if (!Op->getNumArgs())
      return std::nullopt;
    switch (Op->getOperator()) {
    case OO_Equal: {
      Place P = placeOf(Op->getArg(0));
      return P ? std::optional(assigned(P, Op->getArg(1), Ctx)) : std::nullopt;
    }
    case OO_PlusPlus:
    case OO_PlusEqual:
    case OO_MinusMinus:
    case OO_MinusEqual: {
      Place P = placeOf(Op->getArg(0));
      bool Up =
          Op->getOperator() == OO_PlusPlus || Op->getOperator() == OO_PlusEqual;
      return P ? std::optional(
                     Alteration{P, Up ? Change::Raise : Change::Lower})
               : std::nullopt;
    }
    case OO_LessLess: // A stream, a container.
    case OO_PipeEqual:
    case OO_AmpEqual: {
      Place P = placeOf(Op->getArg(0));
      return P ? std::optional(Alteration{P, Change::Unknown}) : std::nullopt;
    }
    default:
      return std::nullopt;
    }
  }
  if (!FD)
    return std::nullopt;
  if (const auto *MC = dyn_cast<CXXMemberCallExpr>(E)) {
    const auto *M = dyn_cast<CXXMethodDecl>(FD);
    if (!M || M->isConst() || !M->getIdentifier())
      return std::nullopt;
    Place P = placeOf(MC->getImplicitObjectArgument());
    if (!P)
      return std::nullopt;
    StringRef Name = M->getName();
    // Atomics, and what looks like them.
    if (MC->getNumArgs() && (Name == "store" || Name == "exchange"))
      return assigned(P, MC->getArg(0), Ctx);
    if (Name.starts_with("compare_exchange") && MC->getNumArgs() >= 2)
      return assigned(P, MC->getArg(1), Ctx);
    if (Name == "fetch_add" || Name == "test_and_set")
      return Alteration{P, Change::Raise};
    if (Name == "fetch_sub")
      return Alteration{P, Change::Lower};
    if (onlyAccesses(Name))
      return std::nullopt;
    // Methods of the project's own classes are looked into by others.
    if (Ctx.getSourceManager().isInSystemHeader(M->getLocation()))
      return Alteration{P, P.Element ? Change::Unknown : directionOf(Name)};
    return std::nullopt;
  }
  if (Call->getNumArgs() >= 2 &&
      isAtomicCall(FD, {"store", "set", "exchange"})) {
    if (Place P = placeOf(Call->getArg(0)))
      return assigned(P, Call->getArg(1), Ctx);
  } else if (Call->getNumArgs() && isAtomicCall(FD, {"inc"})) {
    if (Place P = placeOf(Call->getArg(0)))
      return Alteration{P, Change::Raise};
  } else if (Call->getNumArgs() && isAtomicCall(FD, {"dec"})) {
    if (Place P = placeOf(Call->getArg(0)))
      return Alteration{P, Change::Lower};
  }
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Conditions
//===----------------------------------------------------------------------===//

bool Predicate::tests(const ValueDecl *D) const {
  return llvm::any_of(Terms, [&](const Term &T) { return T.What.Decl == D; });
}

void Predicate::add(const Predicate &Other) {
  Terms.append(Other.Terms.begin(), Other.Terms.end());
  Opaque |= Other.Opaque;
}

Answer Predicate::helped(const Alteration &A) const {
  Answer Result = Answer::No;
  for (const Term &T : Terms) {
    if (T.What.Decl != A.What.Decl)
      continue;
    Answer One = Answer::Maybe;
    if (T.Helps != Change::Unknown && A.How != Change::Unknown) {
      switch (T.Helps) {
      case Change::Raise:
        One = A.How == Change::Raise || (A.How == Change::Set && A.Value != 0)
                  ? Answer::Yes
                  : Answer::No;
        break;
      case Change::Lower:
        One = A.How == Change::Lower || (A.How == Change::Set && A.Value == 0)
                  ? Answer::Yes
                  : Answer::No;
        break;
      case Change::Set:
        if (A.How == Change::Set)
          One = (A.Value == T.Value) != T.Not ? Answer::Yes : Answer::No;
        break;
      case Change::Unknown:
        break;
      }
    }
    Result = std::max(Result, One);
  }
  return Result;
}

namespace {

class Reader {
public:
  Reader(const ASTContext &Ctx, Predicate &P) : Ctx(Ctx), P(P) {}

  /// How \p E gets true or higher (\p Up), or false or lower.
  void read(const Expr *E, bool Up, unsigned Depth) {
    if (!E || Depth > 12) {
      P.Opaque = true;
      return;
    }
    E = strip(E);
    if (!E || isa<CXXThisExpr>(E) || constantOf(E, Ctx))
      return;
    if (const auto *UO = dyn_cast<UnaryOperator>(E)) {
      if (UO->getOpcode() == UO_LNot || UO->getOpcode() == UO_Minus)
        return read(UO->getSubExpr(), !Up, Depth + 1);
      if (UO->isIncrementDecrementOp())
        P.Opaque = true;
      return read(UO->getSubExpr(), Up, Depth + 1);
    }
    if (const auto *BO = dyn_cast<BinaryOperator>(E))
      return binary(BO->getOpcode(), BO->getLHS(), BO->getRHS(), Up, Depth);
    if (const auto *RW = dyn_cast<CXXRewrittenBinaryOperator>(E)) {
      CXXRewrittenBinaryOperator::DecomposedForm F = RW->getDecomposedForm();
      return binary(F.Opcode, F.LHS, F.RHS, Up, Depth);
    }
    if (const auto *CO = dyn_cast<ConditionalOperator>(E)) {
      look(CO->getCond());
      read(CO->getTrueExpr(), Up, Depth + 1);
      return read(CO->getFalseExpr(), Up, Depth + 1);
    }
    if (const auto *AE = dyn_cast<AtomicExpr>(E))
      return term(placeOf(AE->getPtr()), Up);
    if (const auto *Call = dyn_cast<CallExpr>(E))
      return call(Call, Up, Depth);
    if (Place Where = placeOf(E))
      return term(Where, Up);
    look(E);
  }

  /// Everything below \p S is looked at in some way.
  void look(const Stmt *S) {
    if (!S)
      return;
    if (const auto *Call = dyn_cast<CallExpr>(S);
        Call && !isa<CXXOperatorCallExpr>(Call) && !isQuery(Call))
      P.Opaque = true;
    // Of what it is a member, only an instance knows.
    if (isa<CXXDependentScopeMemberExpr>(S))
      P.Opaque = true;
    if (const auto *E = dyn_cast<Expr>(S); E && isa<MemberExpr, DeclRefExpr>(E))
      if (Place Where = placeOf(E))
        P.Terms.push_back({Where, Change::Unknown});
    for (const Stmt *Child : S->children())
      look(Child);
  }

  /// What the body of a function tests and returns.
  void body(const FunctionDecl *FD, bool Up, unsigned Depth) {
    const FunctionDecl *Def = nullptr;
    if (!FD || !FD->isDefined(Def) || !Def || !Def->getBody() || Depth > 6) {
      P.Opaque = true;
      return;
    }
    if (const Expr *Value = onlyReturn(Def))
      return read(Value, Up, Depth + 1);
    returns(Def->getBody(), Up, Depth + 1);
  }

  /// Several returns, under conditions.
  void returns(const Stmt *S, bool Up, unsigned Depth) {
    if (!S || Depth > 12)
      return;
    if (const auto *CS = dyn_cast<CompoundStmt>(S)) {
      for (const Stmt *Child : CS->body())
        returns(Child, Up, Depth + 1);
      return;
    }
    if (const auto *Return = dyn_cast<ReturnStmt>(S)) {
      if (Return->getRetValue())
        read(Return->getRetValue(), Up, Depth + 1);
      return;
    }
    if (const auto *If = dyn_cast<IfStmt>(S)) {
      // `if (c) return true;` is about c, `if (c) return x;` about both.
      std::optional<int64_t> C = constantReturn(If->getThen());
      if (C)
        read(If->getCond(), (*C != 0) == Up, Depth + 1);
      else
        look(If->getCond());
      if (!C)
        returns(If->getThen(), Up, Depth + 1);
      return returns(If->getElse(), Up, Depth + 1);
    }
    // What gives nothing, such as an assertion that a mutex is held.
    if (const auto *Call = dyn_cast<CallExpr>(S);
        Call && !Call->isTypeDependent() && Call->getType()->isVoidType())
      return;
    look(S);
  }

private:
  std::optional<int64_t> constantReturn(const Stmt *S) const {
    if (const auto *CS = dyn_cast_or_null<CompoundStmt>(S);
        CS && !CS->body_empty())
      S = CS->body_back();
    const auto *Return = dyn_cast_or_null<ReturnStmt>(S);
    return Return ? constantOf(Return->getRetValue(), Ctx) : std::nullopt;
  }

  void term(Place Where, bool Up) {
    if (!Where) {
      P.Opaque = true;
      return;
    }
    P.Terms.push_back({Where, Where.Element ? Change::Unknown
                              : Up          ? Change::Raise
                                            : Change::Lower});
    // A copy that was made before.
    if (const auto *VD = dyn_cast<VarDecl>(Where.Decl);
        VD && VD->isLocalVarDecl() && VD->hasInit() &&
        !VD->getType()->isRecordType())
      look(VD->getInit());
  }

  void binary(BinaryOperatorKind Op, const Expr *L, const Expr *R, bool Up,
              unsigned Depth) {
    switch (Op) {
    case BO_LAnd:
    case BO_LOr:
    case BO_Add:
    case BO_Or:
    case BO_And:
      read(L, Up, Depth + 1);
      return read(R, Up, Depth + 1);
    case BO_Sub:
      read(L, Up, Depth + 1);
      return read(R, !Up, Depth + 1);
    case BO_GT:
    case BO_GE:
      read(L, Up, Depth + 1);
      return read(R, !Up, Depth + 1);
    case BO_LT:
    case BO_LE:
      read(L, !Up, Depth + 1);
      return read(R, Up, Depth + 1);
    case BO_EQ:
    case BO_NE: {
      bool Equal = (Op == BO_EQ) == Up;
      std::optional<int64_t> C = constantOf(R, Ctx);
      const Expr *Other = L;
      if (!C) {
        C = constantOf(L, Ctx);
        Other = R;
      }
      if (!C) {
        look(L);
        return look(R);
      }
      bool Boolean = strip(Other)->getType()->isBooleanType();
      if (*C == 0)
        return read(Other, !Equal, Depth + 1);
      if (Boolean)
        return read(Other, Equal, Depth + 1);
      Predicate Inside;
      Reader(Ctx, Inside).read(Other, true, Depth + 1);
      P.Opaque |= Inside.Opaque;
      for (Predicate::Term &T : Inside.Terms) {
        T.Helps = T.Helps == Change::Raise ? Change::Set : Change::Unknown;
        T.Value = *C;
        T.Not = !Equal;
        P.Terms.push_back(T);
      }
      return;
    }
    default:
      look(L);
      look(R);
    }
  }

  bool isQuery(const CallExpr *Call) const {
    const FunctionDecl *FD = Call->getDirectCallee();
    const auto *M = dyn_cast_or_null<CXXMethodDecl>(FD);
    return M && M->isConst() &&
           Ctx.getSourceManager().isInSystemHeader(M->getLocation());
  }

  /// Through a method of the library: `queue.empty()`.
  bool asked(StringRef Name, Place Where, bool Up) {
    bool Empty = Name.contains_insensitive("empty") || Name == "isNull";
    bool Size = Name == "size" || Name == "count" || Name == "length" ||
                Name == "load" || Name == "get" || Name == "has_value" ||
                Name == "test" || Name == "loadAcquire" ||
                Name == "loadRelaxed" || Name == "front" || Name == "top" ||
                Name == "value";
    if (!Where || (!Empty && !Size))
      return false;
    term(Where, Empty ? !Up : Up);
    return true;
  }

  void call(const CallExpr *Call, bool Up, unsigned Depth) {
    if (std::optional<DependentCall> D = dependentCall(Call)) {
      if (D->Object && asked(D->Name, placeOf(D->Object), Up))
        return;
      P.Opaque = true;
      return look(Call);
    }
    const FunctionDecl *FD = Call->getDirectCallee();
    if (!FD && !isa<CXXOperatorCallExpr>(Call)) {
      P.Opaque = true;
      return look(Call);
    }
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call)) {
      if (Op->getNumArgs() == 2) {
        switch (Op->getOperator()) {
        case OO_EqualEqual:
          return binary(BO_EQ, Op->getArg(0), Op->getArg(1), Up, Depth);
        case OO_ExclaimEqual:
          return binary(BO_NE, Op->getArg(0), Op->getArg(1), Up, Depth);
        default:
          break;
        }
      }
      if (Op->getOperator() == OO_Exclaim && Op->getNumArgs() == 1)
        return read(Op->getArg(0), !Up, Depth + 1);
      if (Place Where = placeOf(Call))
        return term(Where, Up);
      return look(Call);
    }
    if (const auto *MC = dyn_cast<CXXMemberCallExpr>(Call)) {
      const auto *M = cast<CXXMethodDecl>(FD);
      const Expr *Object = MC->getImplicitObjectArgument();
      bool Library = Ctx.getSourceManager().isInSystemHeader(M->getLocation());
      if (isa<CXXConversionDecl>(M))
        return read(Object, Up, Depth + 1);
      StringRef Name = M->getIdentifier() ? M->getName() : "";
      if (Library && Object && !isa_and_nonnull<CXXThisExpr>(strip(Object))) {
        if (!asked(Name, placeOf(Object), Up))
          look(Call);
        return;
      }
      const FunctionDecl *Def = nullptr;
      if (FD->isDefined(Def) && Def) {
        Predicate Inside;
        Reader(Ctx, Inside).body(Def, Up, Depth + 1);
        // Members of the object that it is called on.
        const Expr *Base = Object ? strip(Object) : nullptr;
        if (Base && !isa<CXXThisExpr>(Base)) {
          Place B = placeOf(Base);
          for (Predicate::Term &T : Inside.Terms)
            if (!T.What.Root && isa<FieldDecl>(T.What.Decl))
              T.What.Root = B ? B.Decl : T.What.Decl;
        }
        return P.add(Inside);
      }
      P.Opaque = true;
      return look(Call);
    }
    if (Call->getNumArgs() && isAtomicCall(FD, {"load", "get", "read"}))
      return term(placeOf(Call->getArg(0)), Up);
    P.Opaque = true;
    look(Call);
  }

  const ASTContext &Ctx;
  Predicate &P;
};

} // namespace

Predicate predicateOf(const Expr *Cond, bool Truth, const ASTContext &Ctx) {
  Predicate Result;
  // Clang puts something else in the place of what it can't compile.
  if (Cond && (Cond->containsErrors() || isa<OpaqueValueExpr>(Cond))) {
    Result.Opaque = true;
    return Result;
  }
  Reader(Ctx, Result).read(Cond, Truth, 0);
  return Result;
}

Predicate predicateOfCallable(const Expr *Function, const ASTContext &Ctx) {
  Predicate Result;
  const Expr *E = startedCallable(Function);
  if (const auto *LE = dyn_cast_or_null<LambdaExpr>(E)) {
    Reader(Ctx, Result).body(LE->getCallOperator(), true, 0);
    return Result;
  }
  // A variable that holds a lambda.
  if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E)) {
    if (const auto *VD = dyn_cast<VarDecl>(Ref->getDecl());
        VD && VD->isLocalVarDecl() && VD->hasInit())
      if (const auto *LE = dyn_cast_or_null<LambdaExpr>(strip(VD->getInit()))) {
        Reader(Ctx, Result).body(LE->getCallOperator(), true, 0);
        return Result;
      }
    if (const auto *FD = dyn_cast<FunctionDecl>(Ref->getDecl())) {
      Reader(Ctx, Result).body(FD, true, 0);
      return Result;
    }
  }
  if (const auto *Call = dyn_cast_or_null<CallExpr>(E)) {
    // std::bind(&C::ready, this)
    for (const Expr *A : Call->arguments())
      if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(startedCallable(A)))
        if (const auto *FD = dyn_cast<FunctionDecl>(Ref->getDecl())) {
          Reader(Ctx, Result).body(FD, true, 0);
          return Result;
        }
  }
  Result.Opaque = true;
  return Result;
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

/// The end of \p S leaves the loop: `OwnBreak` says whether a break does.
static bool endsLoop(const Stmt *S, bool OwnBreak) {
  if (!S)
    return false;
  if (const auto *CS = dyn_cast<CompoundStmt>(S))
    return !CS->body_empty() && endsLoop(CS->body_back(), OwnBreak);
  if (isa<BreakStmt>(S))
    return OwnBreak;
  // `throw Closed();`
  if (const auto *Whole = dyn_cast<ExprWithCleanups>(S))
    S = Whole->getSubExpr();
  return isa<ReturnStmt, GotoStmt, CXXThrowExpr>(S);
}

static void addExits(const Stmt *S, bool OwnBreak, const ASTContext &Ctx,
                     Predicate &P) {
  if (!S || isa<LambdaExpr>(S))
    return;
  if (const auto *If = dyn_cast<IfStmt>(S)) {
    bool Then = endsLoop(If->getThen(), OwnBreak),
         Else = endsLoop(If->getElse(), OwnBreak);
    if (Then || Else)
      P.add(predicateOf(If->getCond(), Then, Ctx));
    if (!Then)
      addExits(If->getThen(), OwnBreak, Ctx, P);
    if (!Else)
      addExits(If->getElse(), OwnBreak, Ctx, P);
    // What stands before the exit.
    for (const Stmt *Branch : {If->getThen(), If->getElse()})
      if (const auto *CS = dyn_cast_or_null<CompoundStmt>(Branch);
          CS && !CS->body_empty() && endsLoop(CS, OwnBreak))
        for (const Stmt *Child :
             llvm::ArrayRef(CS->body_begin(), CS->size() - 1))
          addExits(Child, OwnBreak, Ctx, P);
    return;
  }
  if (isa<ReturnStmt, GotoStmt, CXXThrowExpr>(S) ||
      (isa<BreakStmt>(S) && OwnBreak)) {
    P.Opaque = true;
    return;
  }
  if (const auto *Call = dyn_cast<CallExpr>(S);
      Call && Call->getDirectCallee() && Call->getDirectCallee()->isNoReturn())
    P.Opaque = true;
  bool Inner = isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt, SwitchStmt>(S);
  for (const Stmt *Child : S->children())
    addExits(Child, OwnBreak && !Inner, Ctx, P);
}

Predicate exitsOf(const Stmt *Loop, const ASTContext &Ctx) {
  Predicate P;
  const Expr *Cond = conditionOf(Loop);
  const Stmt *Body = bodyOfLoop(Loop);
  if (!Body) {
    P.Opaque = true;
    return P;
  }
  if (Cond && !constantOf(Cond, Ctx))
    P.add(predicateOf(Cond, false, Ctx));
  addExits(Body, true, Ctx, P);
  return P;
}

} // namespace leak
