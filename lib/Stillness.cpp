//===--- Stillness.cpp - what stays as it is ------------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Stillness.h"
#include "Complaint.h"
#include "Index.h"
#include "Inputs.h"
#include "Spelling.h"
#include "Statements.h"
#include "Traversal.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {

static bool isSystem(const FunctionDecl *FD) {
  const SourceManager &SM = FD->getASTContext().getSourceManager();
  return FD->getBuiltinID() ||
         SM.isInSystemHeader(SM.getExpansionLoc(FD->getLocation()));
}

Stillness::Stillness(const Body &B, const Lexicon &Words)
    : B(B), Words(Words), Throws(Words) {
  noteEscaped(B.function()->getBody());
}

/// A number that a call fills in; not what others may set when it is time.
static bool mayBeLent(const ValueDecl *D) {
  return D->getType()->isIntegerType() && !D->getType()->isBooleanType() &&
         D->getIdentifier() &&
         !hasWord(D->getName(),
                  {"stop", "stopped", "run", "running", "done", "quit", "exit",
                   "flag", "finish", "finished", "ready", "abort", "cancel",
                   "active", "alive", "signal", "sig", "end"});
}

void Stillness::enter(const Stmt *Loop) {
  LentHere.clear();
  Calls.clear();
  if (Lent.empty())
    return;
  llvm::SmallPtrSet<const Stmt *, 32> Inside;
  anyIn(Loop, [&](const Stmt *S) {
    if (isa<CallExpr>(S))
      Inside.insert(S);
    return false;
  });
  for (const auto &[D, At] : Lent)
    if (Inside.contains(At))
      LentHere.insert(D);
}

void Stillness::noteEscaped(const Stmt *S) {
  if (!S)
    return;
  auto Note = [&](const Expr *E, const Stmt *To = nullptr) {
    E = E ? strip(E) : nullptr;
    while (const auto *ME = dyn_cast_or_null<MemberExpr>(E)) {
      if (ME->isArrow())
        return;
      E = strip(ME->getBase());
    }
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E);
    if (!Ref)
      return;
    if (To && mayBeLent(Ref->getDecl()))
      Lent.push_back({Ref->getDecl(), To});
    else
      Escaped.insert(Ref->getDecl());
  };
  if (const auto *UO = dyn_cast<UnaryOperator>(S);
      UO && UO->getOpcode() == UO_AddrOf)
    Note(UO->getSubExpr());
  if (const auto *LE = dyn_cast<LambdaExpr>(S)) {
    for (const LambdaCapture &C : LE->captures())
      if (C.capturesVariable() && C.getCaptureKind() == LCK_ByRef)
        Escaped.insert(C.getCapturedVar());
  }
  // What is returned as a whole, or moved, isn't kept by others.
  if (const auto *Return = dyn_cast<ReturnStmt>(S);
      Return && Return->getRetValue()) {
    const Expr *E = strip(Return->getRetValue());
    while (const auto *CE = dyn_cast_or_null<CXXConstructExpr>(E))
      E = CE->getNumArgs() == 1 ? strip(CE->getArg(0)) : nullptr;
    if (isa_and_nonnull<DeclRefExpr>(E))
      return;
  }
  if (const auto *Asm = dyn_cast<AsmStmt>(S))
    for (const Stmt *Operand : Asm->children())
      Note(dyn_cast_or_null<Expr>(Operand));
  // What is bound to a reference that may be written through.
  auto IsOpen = [](QualType T) {
    return T->isReferenceType() && !T->getPointeeType().isConstQualified();
  };
  if (const auto *DS = dyn_cast<DeclStmt>(S)) {
    for (const Decl *D : DS->decls())
      if (const auto *VD = dyn_cast<VarDecl>(D);
          VD && VD->hasInit() && VD->getType()->isReferenceType() &&
          !VD->isImplicit())
        Note(VD->getInit());
  }
  const FunctionDecl *Callee = nullptr;
  if (const auto *Call = dyn_cast<CallExpr>(S))
    Callee = Call->getDirectCallee();
  else if (const auto *CE = dyn_cast<CXXConstructExpr>(S))
    Callee = CE->getConstructor();
  auto Moves = [&](const Stmt *Part) {
    const auto *Call = dyn_cast<CallExpr>(Part);
    const Effect *Row = Call ? Words.effect(Call) : nullptr;
    return Row && Row->Does == Verb::Move;
  };
  if (const auto *E = dyn_cast<Expr>(S); E && Callee && !Moves(S)) {
    ArrayRef<const Expr *> Args = operandsOf(E);
    unsigned Skip = isa<CXXOperatorCallExpr>(E) && isa<CXXMethodDecl>(Callee);
    for (unsigned No = Skip; No < Args.size(); ++No)
      if (No - Skip < Callee->getNumParams() &&
          IsOpen(Callee->getParamDecl(No - Skip)->getType()))
        Note(Args[No], isa<CallExpr>(E) && !Words.effect(E) ? E : nullptr);
  }
  // `read(file, &length)`
  if (const auto *Call = dyn_cast<CallExpr>(S);
      Call && Callee && !Words.effect(Call)) {
    for (const Stmt *Child : S->children()) {
      const auto *Arg = dyn_cast_or_null<Expr>(Child);
      const auto *UO = dyn_cast_or_null<UnaryOperator>(Arg ? strip(Arg) : Arg);
      if (UO && UO->getOpcode() == UO_AddrOf) {
        Note(UO->getSubExpr(), S);
        noteEscaped(UO->getSubExpr());
      } else {
        noteEscaped(Child);
      }
    }
    return;
  }
  for (const Stmt *Child : S->children())
    noteEscaped(Child);
}

const VarDecl *Stillness::ownVariable(const Expr *E) const {
  E = E ? strip(E) : nullptr;
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E);
  const auto *VD = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return VD && VD->hasLocalStorage() && !Escaped.contains(VD) &&
                 !LentHere.contains(VD) &&
                 !VD->getType().isVolatileQualified() &&
                 !VD->getType()->isAtomicType() &&
                 !VD->getType()->isReferenceType()
             ? VD
             : nullptr;
}

/// The own variable that \p E is a part of.
const VarDecl *Stillness::rootOf(const Expr *E) const {
  E = E ? strip(E) : nullptr;
  for (;;) {
    if (const auto *ME = dyn_cast_or_null<MemberExpr>(E)) {
      if (ME->isArrow())
        return nullptr;
      E = strip(ME->getBase());
    } else if (const auto *AS = dyn_cast_or_null<ArraySubscriptExpr>(E)) {
      E = strip(AS->getBase());
      if (!E || !E->getType()->isArrayType())
        return nullptr;
    } else {
      return ownVariable(E);
    }
  }
}

Stir Stillness::changeOf(const Expr *To, const Expr *Value) const {
  if (To->getType().isVolatileQualified() || To->getType()->isAtomicType())
    return {Stir::Anything, nullptr, nullptr};
  if (const VarDecl *VD = rootOf(To))
    return {Stir::Variable, VD, ownVariable(To) == VD ? Value : nullptr};
  return memberChange(To);
}

const FieldDecl *Stillness::ownField(const Expr *E) {
  const auto *ME = dyn_cast_or_null<MemberExpr>(E ? strip(E) : nullptr);
  const auto *F = ME ? dyn_cast<FieldDecl>(ME->getMemberDecl()) : nullptr;
  return F && isa_and_nonnull<CXXThisExpr>(strip(ME->getBase())) &&
                 !F->getType()->isBooleanType() &&
                 !F->getType()->isEnumeralType() &&
                 !F->getType()->isReferenceType() &&
                 !F->getType().isVolatileQualified() &&
                 !F->getType()->isAtomicType()
             ? F
             : nullptr;
}

static bool isSystem(const RecordDecl *RD) {
  return RD->getASTContext().getSourceManager().isInSystemHeader(
      RD->getLocation());
}

/// A number or a pointer that is a member of the own object, or a container.
Stir Stillness::memberChange(const Expr *To) const {
  const Stir Elsewhere{Stir::Elsewhere, nullptr, nullptr};
  QualType T = To->getType().getNonReferenceType();
  const RecordDecl *RD = T->getAsRecordDecl();
  const FieldDecl *F = ownField(To);
  // A part of an element may be a part of anything.
  const Expr *Named = strip(To);
  if (RD ? !RD->getIdentifier() || !isSystem(RD) ||
               RD->getName().contains("ptr") ||
               !isa_and_nonnull<MemberExpr, DeclRefExpr>(Named)
         : !F || !T->isScalarType())
    return Elsewhere;
  Stir Result{Stir::Object, nullptr, nullptr};
  Result.Type = T.getCanonicalType().getUnqualifiedType();
  Result.Field = F;
  Result.At = To;
  return Result;
}

/// \p T is \p Whole, or something that is in it.
static bool isPartOf(QualType T, QualType Whole, unsigned Depth = 0) {
  T = T.getCanonicalType().getUnqualifiedType();
  // Bytes somewhere are hardly those of a text in a container.
  if (Depth > 1 && T->isArithmeticType())
    return false;
  if (T == Whole)
    return true;
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Whole->getAsRecordDecl());
  if (!Spec || Depth == 6)
    return false;
  return llvm::any_of(
      Spec->getTemplateArgs().asArray(), [&](const TemplateArgument &A) {
        return A.getKind() == TemplateArgument::Type &&
               isPartOf(T,
                        A.getAsType().getCanonicalType().getUnqualifiedType(),
                        Depth + 1);
      });
}

bool Stillness::isTouched(const Stmt *S, const Stir &Does) const {
  if (!S)
    return false;
  if (const auto *Call = dyn_cast<CallExpr>(S);
      Call && (!Call->getDirectCallee() || !isSystem(Call->getDirectCallee())))
    return true;
  const auto *E = dyn_cast<Expr>(S);
  if (const FieldDecl *F = E ? ownField(E) : nullptr; F && Does.Field) {
    if (F == Does.Field)
      return true;
    // Another member is another object.
    if (!F->getType()->isPointerType())
      return false;
  }
  if (E && !isa<ImplicitCastExpr>(E) && E->isGLValue() && !ownVariable(E)) {
    QualType T = E->getType();
    if (isPartOf(T, Does.Type))
      return true;
  }
  // What goes through a container, is made anew by it.
  if (E)
    if (const RecordDecl *RD = E->getType()->getAsRecordDecl();
        RD && RD->getIdentifier() && Does.Type->isRecordType() &&
        (RD->getName().contains("iterator") || !isSystem(RD)))
      return true;
  return llvm::any_of(S->children(),
                      [&](const Stmt *C) { return isTouched(C, Does); });
}

Stir Stillness::of(const Stmt *S) const {
  Stir Nothing, Anything{Stir::Anything, nullptr, nullptr};
  if (const auto *E = dyn_cast<Expr>(S);
      E && (E->getType().isVolatileQualified() || E->getType()->isAtomicType()))
    return Anything;
  if (const auto *BO = dyn_cast<BinaryOperator>(S))
    return BO->isAssignmentOp()
               ? changeOf(BO->getLHS(),
                          BO->getOpcode() == BO_Assign ? BO->getRHS() : nullptr)
               : Nothing;
  if (const auto *UO = dyn_cast<UnaryOperator>(S))
    return UO->isIncrementDecrementOp() ? changeOf(UO->getSubExpr(), nullptr)
                                        : Nothing;
  if (isa<CallExpr, CXXConstructExpr>(S))
    return callOf(cast<Expr>(S));
  if (isa<CXXDeleteExpr>(S))
    return {Stir::Elsewhere, nullptr, nullptr};
  if (isa<CXXThrowExpr, CoawaitExpr, CoyieldExpr, CoreturnStmt, AsmStmt,
          AtomicExpr, StmtExpr, ReturnStmt, RecoveryExpr>(S))
    return Anything;
  return Nothing;
}

bool Stillness::isPure(const Stmt *S) const {
  return !S || (of(S).What == Stir::Nothing &&
                llvm::all_of(S->children(),
                             [&](const Stmt *C) { return isPure(C); }));
}

/// `int size() const { return size_; }`
bool Stillness::isGetter(const FunctionDecl *FD) const {
  const FunctionDecl *Def = nullptr;
  if (Depth == 2 || !FD->isDefined(Def) || !Def)
    return false;
  if (const auto *M = dyn_cast<CXXMethodDecl>(Def); M && M->isVirtual())
    return false;
  const auto *Body = dyn_cast_or_null<CompoundStmt>(Def->getBody());
  if (!Body || Body->size() != 1)
    return false;
  const auto *Return = dyn_cast<ReturnStmt>(Body->body_front());
  if (!Return || !Return->getRetValue())
    return false;
  ++Depth;
  bool Result = isPure(Return->getRetValue());
  --Depth;
  return Result;
}

bool Stillness::looksInto(const CXXMethodDecl *M) {
  switch (M->getOverloadedOperator()) {
  case OO_Subscript:
  case OO_Star:
  case OO_Arrow:
    return true;
  default:
    return M->getIdentifier() &&
           llvm::is_contained({"begin", "end", "rbegin", "rend", "front",
                               "back", "at", "find", "data"},
                              M->getName());
  }
}

/// `find(list, item)`: who looks for the same, finds the same.
bool Stillness::isLookup(const CallExpr *Call) const {
  const FunctionDecl *FD = Call->getDirectCallee();
  if (!FD->getIdentifier() || FD->getReturnType()->isVoidType() ||
      !hasWord(FD->getName(), {"find", "lookup", "search", "size", "length",
                               "len", "strlen", "exists", "stat"}) ||
      hasWord(FD->getName(),
              {"next", "first", "free", "or", "create", "add", "insert",
               "replace", "random", "available", "ready", "status", "start",
               "begin", "set", "state", "queue", "wait"}))
    return false;
  return Call->getNumArgs() != 0 &&
         llvm::all_of(Call->arguments(), [&](const Expr *A) {
           const auto *UO = dyn_cast_or_null<UnaryOperator>(strip(A));
           return !UO || UO->getOpcode() != UO_AddrOf;
         });
}

/// Verbs of containers and owners.
static bool onlyHolds(Verb Does) {
  switch (Does) {
  case Verb::Iterate:
  case Verb::Element:
  case Verb::Query:
  case Verb::Insert:
  case Verb::Remove:
  case Verb::Clear:
  case Verb::Emplace:
  case Verb::Move:
  case Verb::Forward:
    return true;
  default:
    return false;
  }
}

Stir Stillness::callOf(const Expr *E) const {
  // Deeper, less is looked into.
  if (Depth)
    return call(E);
  if (const auto It = Calls.find(E); It != Calls.end())
    return It->second;
  return Calls[E] = call(E);
}

Stir Stillness::call(const Expr *E) const {
  Stir Nothing, Elsewhere{Stir::Elsewhere, nullptr, nullptr},
      Anything{Stir::Anything, nullptr, nullptr};
  const FunctionDecl *FD = nullptr;
  const auto *Call = dyn_cast<CallExpr>(E);
  if (Call)
    FD = Call->getDirectCallee();
  else
    FD = cast<CXXConstructExpr>(E)->getConstructor();
  if (!FD || FD->isNoReturn())
    return Anything;
  if (FD->hasAttr<ConstAttr>() || FD->hasAttr<PureAttr>())
    return Nothing;
  const bool System = isSystem(FD);
  if (!Call) {
    const auto *Constructor = cast<CXXConstructorDecl>(FD);
    if (const Effect *Row = Words.effect(E); Row && Row->Does != Verb::Init)
      return Anything;
    if (Constructor->isCopyOrMoveConstructor() || Constructor->isTrivial() ||
        System)
      return Nothing;
    return Throws.visiblyThrows(E) || B.tryAround(E) ? Anything : Elsewhere;
  }
  if (logs(Call, FD->getASTContext()))
    return Nothing;
  if (const Effect *Row = Words.effect(Call); Row && !onlyHolds(Row->Does)) {
    if (Row->Does == Verb::Sleep)
      return {Stir::Pause, nullptr, nullptr};
    return Anything;
  } else if (Row && Row->Does == Verb::Move && Call->getNumArgs() == 1) {
    return changeOf(Call->getArg(0), nullptr);
  }
  if (const auto *M = dyn_cast<CXXMethodDecl>(FD);
      M && !M->isStatic() && System) {
    StringRef Class = M->getParent()->getName();
    if (Class.contains("atomic") || Class.contains("future") ||
        Class.contains("stop_"))
      return Anything;
    if (Class.contains("stream"))
      return Elsewhere;
    const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call);
    const Expr *Object =
        Op && Op->getNumArgs() ? Op->getArg(0) : receiverOf(Call);
    if (M->isConst() || looksInto(M))
      return Nothing;
    return Object ? changeOf(Object, Op && Op->getNumArgs() == 2 &&
                                             Op->getOperator() == OO_Equal
                                         ? Op->getArg(1)
                                         : nullptr)
                  : Elsewhere;
  }
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call);
      Op && Op->getNumArgs() &&
      (Op->isAssignmentOp() || Op->getOperator() == OO_PlusPlus ||
       Op->getOperator() == OO_MinusMinus))
    return changeOf(Op->getArg(0),
                    Op->getNumArgs() == 2 && Op->getOperator() == OO_Equal
                        ? Op->getArg(1)
                        : nullptr);
  if (System) {
    // `strcmp`, `isspace`: about what they are given alone.
    bool Looks = FD->getIdentifier() && FD->getName().starts_with("is") &&
                 FD->getNumParams() == 1;
    Looks |= FD->getOverloadedOperator() == OO_EqualEqual ||
             FD->getOverloadedOperator() == OO_ExclaimEqual ||
             FD->getOverloadedOperator() == OO_Less;
    bool Open = FD->isVariadic();
    for (const ParmVarDecl *P : FD->parameters()) {
      QualType T = P->getType();
      if (T->isPointerType() || T->isReferenceType()) {
        Open |= !T->getPointeeType().isConstQualified();
        Looks = true;
      }
    }
    if (Looks && !Open)
      return Nothing;
    return endsOrWaits(FD) ? Anything : Elsewhere;
  }
  if (isGetter(FD) || isLookup(Call))
    return Nothing;
  if (endsOrWaits(FD) || Throws.visiblyThrows(E) ||
      (B.tryAround(E) && ThrowSearch::mayThrow(E)))
    return Anything;
  // A method of the project that moves its own object on.
  if (const auto *M = dyn_cast<CXXMethodDecl>(FD); M && !M->isStatic()) {
    if (M->getParent()->isLambda())
      return Anything;
    const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call);
    const Expr *Object =
        Op && Op->getNumArgs() ? Op->getArg(0) : receiverOf(Call);
    if (!M->isConst() && Object && rootOf(Object))
      return Anything;
  }
  return Elsewhere;
}

const VarDecl *changedBy(const Stmt *S) {
  const Expr *To = nullptr;
  if (const auto *BO = dyn_cast<BinaryOperator>(S);
      BO && BO->isAssignmentOp()) {
    To = BO->getLHS();
  } else if (const auto *UO = dyn_cast<UnaryOperator>(S);
             UO && UO->isIncrementDecrementOp()) {
    To = UO->getSubExpr();
  } else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S)) {
    if (Op->getNumArgs() &&
        (Op->isAssignmentOp() || Op->getOperator() == OO_PlusPlus ||
         Op->getOperator() == OO_MinusMinus))
      To = Op->getArg(0);
  } else if (const auto *MC = dyn_cast<CXXMemberCallExpr>(S)) {
    if (MC->getMethodDecl() && !MC->getMethodDecl()->isConst() &&
        !Stillness::looksInto(MC->getMethodDecl()))
      To = MC->getImplicitObjectArgument();
  }
  To = To ? strip(To) : nullptr;
  while (const auto *ME = dyn_cast_or_null<MemberExpr>(To))
    To = ME->isArrow() ? nullptr : strip(ME->getBase());
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(To);
  return Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
}

static bool asksType(const Expr *E) {
  for (; E; E = cast<CastExpr>(E)->getSubExpr()) {
    E = E->IgnoreParens();
    if (isa<CXXDynamicCastExpr>(E))
      return true;
    if (!isa<CastExpr>(E))
      break;
  }
  return false;
}

bool Stillness::isByValue(const Expr *E) const {
  if (asksType(E))
    return false;
  E = E ? strip(E) : nullptr;
  if (!E)
    return false;
  if (isa<IntegerLiteral, CXXBoolLiteralExpr, CharacterLiteral, FloatingLiteral,
          CXXNullPtrLiteralExpr, GNUNullExpr, UnaryExprOrTypeTraitExpr>(E))
    return true;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    if (isa<EnumConstantDecl>(Ref->getDecl()))
      return true;
    if (const VarDecl *VD = ownVariable(E))
      return VD->getType()->isScalarType();
    const auto *VD = dyn_cast<VarDecl>(Ref->getDecl());
    return VD && VD->getType().isConstQualified() &&
           VD->getType()->isScalarType();
  }
  if (const auto *UO = dyn_cast<UnaryOperator>(E))
    return UO->getOpcode() != UO_Deref && !UO->isIncrementDecrementOp() &&
           UO->getOpcode() != UO_AddrOf && isByValue(UO->getSubExpr());
  if (const auto *BO = dyn_cast<BinaryOperator>(E))
    return !BO->isAssignmentOp() && isByValue(BO->getLHS()) &&
           isByValue(BO->getRHS());
  if (const auto *RB = dyn_cast<CXXRewrittenBinaryOperator>(E))
    return isByValue(RB->getSemanticForm());
  if (const auto *CO = dyn_cast<ConditionalOperator>(E))
    return isByValue(CO->getCond()) && isByValue(CO->getTrueExpr()) &&
           isByValue(CO->getFalseExpr());
  if (isa<MemberExpr>(E))
    return E->getType()->isScalarType() && rootOf(E);
  // Two iterators, or one and the end of an own container.
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E);
      Op && Op->getNumArgs() == 2 && Op->getDirectCallee() &&
      isSystem(Op->getDirectCallee()) &&
      (Op->getOperator() == OO_EqualEqual ||
       Op->getOperator() == OO_ExclaimEqual))
    return llvm::all_of(Op->arguments(), [&](const Expr *A) {
      A = strip(A);
      if (const auto *CE = dyn_cast_or_null<CXXConstructExpr>(A);
          CE && CE->getNumArgs() == 1)
        A = strip(CE->getArg(0));
      const auto *MC = dyn_cast_or_null<CXXMemberCallExpr>(A);
      if (MC && MC->getNumArgs() == 0 && MC->getMethodDecl() &&
          isSystem(MC->getMethodDecl()))
        return ownVariable(MC->getImplicitObjectArgument()) != nullptr;
      return ownVariable(A) != nullptr;
    });
  return false;
}

} // namespace leak
