//===--- ProcessTimers.cpp - the timers that a process has ----------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProcessTimers.h"
#include "Index.h"
#include "Spelling.h"
#include "Statements.h"
#include "Traversal.h"
#include "clang/Basic/Builtins.h"
#include "clang/Basic/SourceManager.h"
#include <map>

using namespace clang;

namespace leak {

namespace {

/// What is known of a number.
struct Amount {
  enum What { Unknown, Zero, Some, Parameter } Is = Unknown;
  int Param = -1; ///< Parameter: Zero when this one is, else Some.
};

/// The members from a variable down to a part of it.
using Path = SmallVector<const FieldDecl *, 3>;

/// The variable of which \p E is a part, and which part.
const VarDecl *partOf(const Expr *E, Path &Parts) {
  E = strip(E);
  if (const auto *UO = dyn_cast_or_null<UnaryOperator>(E);
      UO && (UO->getOpcode() == UO_AddrOf || UO->getOpcode() == UO_Deref))
    return partOf(UO->getSubExpr(), Parts);
  if (const auto *ME = dyn_cast_or_null<MemberExpr>(E)) {
    const VarDecl *Root = partOf(ME->getBase(), Parts);
    const auto *Field = dyn_cast<FieldDecl>(ME->getMemberDecl());
    if (!Root || !Field)
      return nullptr;
    Parts.push_back(Field->getCanonicalDecl());
    return Root;
  }
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E);
  const auto *VD = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return VD && VD->getType()->isRecordType() ? VD : nullptr;
}

/// What is known of the parts of one structure, in the order of the source.
class Filling {
public:
  Filling(const VarDecl *VD, const FunctionDecl *In, const Expr *At,
          const ASTContext &Ctx)
      : VD(VD), In(In), At(At), Ctx(Ctx), SM(Ctx.getSourceManager()) {
    if (const Expr *Init = VD->getInit())
      given({}, VD->getType(), Init);
    else if (VD->hasGlobalStorage() && VD->getType().isConstQualified())
      all({}, VD->getType(), {Amount::Zero});
    if (VD->isLocalVarDecl())
      walk(In->getBody());
  }

  /// When it fires first: the last of its parts, after the repetition.
  Amount first() const {
    const auto *RD = VD->getType()->getAsRecordDecl();
    const FieldDecl *Last = nullptr;
    if (RD)
      for (const FieldDecl *Field : RD->fields())
        Last = Field;
    Amount Sum;
    unsigned Leaves = 0, Known = 0;
    for (const auto &[Parts, What] : Parts) {
      if (Parts.empty() || Parts.front() != Last)
        continue;
      ++Leaves;
      if (What.Is == Amount::Some)
        return What;
      if (What.Is == Amount::Parameter && Sum.Is != Amount::Parameter)
        Sum = What;
      Known += What.Is == Amount::Zero || What.Is == Amount::Parameter;
    }
    if (!Leaves || Known != Leaves || Leaves != count(Last->getType()))
      return {};
    return Sum.Is == Amount::Parameter ? Sum : Amount{Amount::Zero};
  }

private:
  static unsigned count(QualType T) {
    const auto *RD = T->getAsRecordDecl();
    unsigned N = !RD;
    if (RD)
      for (const FieldDecl *Field : RD->fields())
        N += count(Field->getType());
    return N;
  }

  void all(const Path &To, QualType T, Amount What) {
    if (const auto *RD = T->getAsRecordDecl()) {
      for (const FieldDecl *Field : RD->fields()) {
        Path Part = To;
        Part.push_back(Field->getCanonicalDecl());
        all(Part, Field->getType(), What);
      }
      return;
    }
    Parts[key(To)] = What;
  }

  static std::vector<const FieldDecl *> key(const Path &P) {
    return {P.begin(), P.end()};
  }

  void given(const Path &To, QualType T, const Expr *Value) {
    const Expr *E = strip(Value);
    const auto *RD = T->getAsRecordDecl();
    if (!RD) {
      Parts[key(To)] = amount(E);
      return;
    }
    if (const auto *List = dyn_cast_or_null<InitListExpr>(E)) {
      unsigned I = 0;
      for (const FieldDecl *Field : RD->fields()) {
        Path Part = To;
        Part.push_back(Field->getCanonicalDecl());
        if (I < List->getNumInits())
          given(Part, Field->getType(), List->getInit(I++));
        else
          all(Part, Field->getType(), {Amount::Zero});
      }
      return;
    }
    if (isa_and_nonnull<ImplicitValueInitExpr, CXXScalarValueInitExpr>(E))
      return all(To, T, {Amount::Zero});
    if (const auto *CE = dyn_cast_or_null<CXXConstructExpr>(E)) {
      if (CE->getNumArgs() == 0 && CE->requiresZeroInitialization())
        return all(To, T, {Amount::Zero});
      if (CE->getNumArgs() == 1)
        E = strip(CE->getArg(0));
    }
    // A copy of another part of the same.
    Path From;
    all(To, T, {});
    if (!E || partOf(E, From) != VD)
      return;
    auto Old = Parts;
    for (const auto &[Part, What] : Old)
      if (Part.size() > From.size() &&
          std::equal(From.begin(), From.end(), Part.begin())) {
        Path Copy = To;
        Copy.append(Part.begin() + From.size(), Part.end());
        Parts[key(Copy)] = What;
      }
  }

  Amount amount(const Expr *E) const {
    if (!E)
      return {};
    if (isa<ImplicitValueInitExpr>(E))
      return {Amount::Zero};
    if (E->isValueDependent() || !E->getType()->isIntegerType())
      return {};
    Expr::EvalResult R;
    if (E->EvaluateAsInt(R, Ctx))
      return {R.Val.getInt() == 0 ? Amount::Zero : Amount::Some};
    const ParmVarDecl *Param = nullptr;
    bool Other = false, Kept = false;
    anyIn(E, [&](const Stmt *S) {
      const ValueDecl *D = namedBy(S);
      const auto *P = dyn_cast_or_null<ParmVarDecl>(D);
      Other |= D && (!P || (Param && Param != P));
      Param = P ? P : Param;
      Kept |= D && D->getIdentifier() &&
              hasWord(D->getName(),
                      {"old", "saved", "save", "prev", "previous", "remaining",
                       "left", "orig", "original", "restore", "backup"});
      return false;
    });
    if (Kept)
      return {};
    if (Param && !Other)
      return {Amount::Parameter, int(Param->getFunctionScopeIndex())};
    return {Amount::Some};
  }

  void walk(const Stmt *S) {
    if (!S || isa<LambdaExpr>(S) || S == At)
      return;
    for (const Stmt *Child : S->children())
      walk(Child);
    if (!SM.isBeforeInTranslationUnit(S->getBeginLoc(), At->getBeginLoc()))
      return;
    if (const auto *BO = dyn_cast<BinaryOperator>(S);
        BO && BO->isAssignmentOp()) {
      const Expr *Value = BO->getRHS();
      // `a = b = 0`
      while (const auto *Inner = dyn_cast<BinaryOperator>(strip(Value))) {
        if (Inner->getOpcode() != BO_Assign)
          break;
        Value = Inner->getRHS();
      }
      changed(BO->getLHS(), BO->getOpcode() == BO_Assign ? Value : nullptr, S);
    } else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S);
               Op && Op->getOperator() == OO_Equal) {
      changed(Op->getArg(0), Op->getArg(1), S);
    } else if (const auto *Call = dyn_cast<CallExpr>(S)) {
      called(Call);
    }
  }

  void changed(const Expr *To, const Expr *Value, const Stmt *S) {
    Path Part;
    if (partOf(To, Part) != VD)
      return;
    auto Before = Parts;
    if (Value)
      given(Part, To->getType(), Value);
    else
      all(Part, To->getType(), {});
    if (isSure(S))
      return;
    // On one of several ways.
    for (auto &[Key, What] : Parts)
      if (What.Is != Before[Key].Is)
        What = {};
  }

  /// Nothing but what is around the call as well decides about it.
  bool isSure(const Stmt *S) const {
    return !anyOutsideLambdas(In->getBody(), [&](const Stmt *Inner) {
      if (!isa<IfStmt, SwitchStmt, ForStmt, WhileStmt, DoStmt,
               AbstractConditionalOperator>(Inner) ||
          !contains(Inner, S))
        return false;
      if (const auto *If = dyn_cast<IfStmt>(Inner))
        return !contains(
            contains(If->getThen(), S) ? If->getThen() : If->getElse(), At);
      return !contains(Inner, At);
    });
  }

  void called(const CallExpr *Call) {
    const FunctionDecl *FD = Call->getDirectCallee();
    Path Part;
    for (const Expr *A : Call->arguments()) {
      Part.clear();
      if (!A->getType()->isPointerType() || partOf(A, Part) != VD)
        continue;
      Expr::EvalResult R;
      const unsigned Kind = FD ? FD->getMemoryFunctionKind() : 0;
      bool Zero =
          Kind == Builtin::BIbzero ||
          (Kind == Builtin::BImemset && Call->getNumArgs() > 1 &&
           Call->getArg(1)->EvaluateAsInt(R, Ctx) && R.Val.getInt() == 0);
      // What is handed to a timer, stays as it is.
      if (!Zero && FD && isReadOnly(FD, Call, A))
        continue;
      QualType T = VD->getType();
      for (const FieldDecl *Field : Part)
        T = Field->getType();
      all(Part, T, {Zero ? Amount::Zero : Amount::Unknown});
    }
  }

  static bool isReadOnly(const FunctionDecl *FD, const CallExpr *Call,
                         const Expr *A) {
    for (unsigned I = 0; I < Call->getNumArgs() && I < FD->getNumParams(); ++I)
      if (Call->getArg(I) == A) {
        QualType T = FD->getParamDecl(I)->getType();
        return T->isPointerType() && T->getPointeeType().isConstQualified();
      }
    return false;
  }

  const VarDecl *VD;
  const FunctionDecl *In;
  const Expr *At;
  const ASTContext &Ctx;
  const SourceManager &SM;
  std::map<std::vector<const FieldDecl *>, Amount> Parts;
};

TimerCall::What effectOf(Amount A) {
  switch (A.Is) {
  case Amount::Unknown:
    return TimerCall::Unknown;
  case Amount::Zero:
    return TimerCall::Ends;
  case Amount::Some:
  case Amount::Parameter:
    return TimerCall::Arms;
  }
  llvm_unreachable("all are told");
}

/// \p E itself makes a timer of the process fire, or not.
TimerCall direct(const Expr *E, const FunctionDecl *In, const Lexicon &Words) {
  TimerCall Result;
  const Effect *Row = Words.effect(E);
  ArrayRef<const Expr *> Args = operandsOf(E);
  if (!Row || Row->Does != Verb::Arm || Row->Value < 0 || Row->Callable >= 0 ||
      Row->Object.Place != ObjectSpec::None ||
      size_t(Row->Value) >= Args.size())
    return Result;
  Result.Row = Row;
  Result.Does = TimerCall::Unknown;
  const ASTContext &Ctx = Words.context();
  for (unsigned I = 0; I != Args.size(); ++I) {
    if (int(I) == Row->Value)
      continue;
    Expr::EvalResult R;
    // What it was before is kept.
    if (Args[I]->getType()->isPointerType()) {
      if (!Args[I]->isNullPointerConstant(const_cast<ASTContext &>(Ctx),
                                          Expr::NPC_ValueDependentIsNotNull))
        return Result;
    } else if (Args[I]->isValueDependent() || !Args[I]->EvaluateAsInt(R, Ctx)) {
      return Result;
    } else {
      Result.Which = R.Val.getInt().getExtValue();
    }
  }
  const Expr *Time = Args[Row->Value];
  Amount A;
  if (Time->getType()->isIntegerType()) {
    Expr::EvalResult R;
    if (!Time->isValueDependent() && Time->EvaluateAsInt(R, Ctx))
      A = {R.Val.getInt() == 0 ? Amount::Zero : Amount::Some};
    else if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(strip(Time)))
      if (const auto *P = dyn_cast<ParmVarDecl>(Ref->getDecl()))
        Result.Param = P->getFunctionScopeIndex();
  } else {
    Path Part;
    const VarDecl *VD = partOf(Time, Part);
    if (!VD || !Part.empty())
      return Result;
    Result.Time = VD;
    A = Filling(VD, In, E, Ctx).first();
    Result.Param = A.Param;
  }
  Result.Does = effectOf(A);
  return Result;
}

} // namespace

bool fillsIn(const Stmt *S, const VarDecl *Time) {
  Path Part;
  if (const auto *BO = dyn_cast<BinaryOperator>(S))
    return BO->isAssignmentOp() && partOf(BO->getLHS(), Part) == Time;
  const auto *Call = dyn_cast<CallExpr>(S);
  return Call && llvm::any_of(Call->arguments(), [&](const Expr *A) {
           Part.clear();
           return partOf(A, Part) == Time;
         });
}

TimerCall timerCall(const Expr *E, const FunctionDecl *In,
                    const FunctionTable &Table, const Lexicon &Words) {
  TimerCall Own = direct(E, In, Words);
  if (Own.Does != TimerCall::Nothing) {
    // A number that isn't constant may be another one's time.
    return Own;
  }
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionUses *F = Call && !Words.effect(Call) && Call->getDirectCallee()
                              ? Table.find(Call->getDirectCallee())
                              : nullptr;
  const auto *Body =
      F ? dyn_cast_or_null<CompoundStmt>(F->Decl->getBody()) : nullptr;
  if (!Body || F->Decl == In)
    return Own;
  const Expr *Only = nullptr;
  for (const Expr *Inner : F->Calls) {
    TimerCall T = direct(Inner, F->Decl, Words);
    if (T.Does == TimerCall::Nothing)
      continue;
    Own = T;
    if (Only || !llvm::is_contained(Body->body(), Inner))
      Own.Does = TimerCall::Unknown;
    Only = Inner;
  }
  Own.Row = nullptr;
  Own.Time = nullptr;
  if (Own.Does == TimerCall::Nothing || Own.Param < 0)
    return Own;
  const int Param = Own.Param;
  Own.Param = -1;
  Expr::EvalResult R;
  if (unsigned(Param) >= Call->getNumArgs() ||
      Call->getArg(Param)->isValueDependent() || mayReturn(Body) ||
      !Call->getArg(Param)->EvaluateAsInt(R, Words.context()))
    Own.Does = TimerCall::Unknown;
  else
    Own.Does = R.Val.getInt() == 0 ? TimerCall::Ends : TimerCall::Arms;
  return Own;
}

} // namespace leak
