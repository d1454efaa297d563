//===--- Counters.cpp - what is counted down and waited for ---------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Counters.h"
#include "Index.h"
#include "Spelling.h"
#include "Statements.h"
#include "Throws.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {

static bool isCounting(Verb V) {
  switch (V) {
  case Verb::Init:
  case Verb::CountUp:
  case Verb::CountDown:
  case Verb::Arrive:
  case Verb::Drop:
  case Verb::Wait:
  case Verb::TryWait:
  case Verb::Query:
  case Verb::Reset:
    return true;
  default:
    return false;
  }
}

QualType Counters::plain(QualType T) const {
  for (unsigned Depth = 0; Depth != 4 && !T.isNull(); ++Depth) {
    T = T.getNonReferenceType();
    if (T->isPointerType()) {
      T = T->getPointeeType();
      continue;
    }
    const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
        T->getAsCXXRecordDecl());
    const TypeModel *M = Spec ? Words.type(T) : nullptr;
    if (!M || M->What != Kind::Owner || !Spec->getTemplateArgs().size() ||
        Spec->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
      break;
    T = Spec->getTemplateArgs()[0].getAsType();
  }
  return T;
}

bool Counters::isCounterClass(QualType T) const {
  if (T.isNull())
    return false;
  if (const TypeModel *M = Words.type(T))
    return M->What == Kind::Counter;
  const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
  if (!RD)
    return false;
  if (const TypeModel *M = Words.typeOrBase(RD))
    return M->What == Kind::Counter;
  return role(RD).isKnown();
}

bool Counters::isCounter(QualType T) const {
  return !T.isNull() && isCounterClass(plain(T));
}

bool Counters::isPhased(QualType T) const {
  T = plain(T);
  if (const TypeModel *M = Words.type(T)) {
    bool Waits = false, Drops = false;
    if (M->Calls.empty()) {
      // Plain structs of C libraries; classes are annotated.
      const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
      return !RD || llvm::all_of(RD->methods(), [](const CXXMethodDecl *F) {
        return F->isImplicit();
      });
    }
    for (const auto &Call : M->Calls)
      for (const Effect &E : Call.second) {
        Waits |= E.Does == Verb::Wait || E.Does == Verb::TryWait;
        Drops |= E.Does == Verb::Drop;
      }
    return Drops || !Waits;
  }
  const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
  return RD && role(RD).Phased;
}

//===----------------------------------------------------------------------===//
// The project's own
//===----------------------------------------------------------------------===//

namespace {

/// What one method does to the numbers of its object.
struct MethodFacts {
  llvm::SmallPtrSet<const FieldDecl *, 2> Less, More, Seen;
  bool Waits = false;
};

const FieldDecl *ownField(const Expr *E) {
  const auto *ME = dyn_cast_or_null<MemberExpr>(strip(E));
  const auto *FD = ME ? dyn_cast<FieldDecl>(ME->getMemberDecl()) : nullptr;
  return FD && isa<CXXThisExpr>(strip(ME->getBase())) ? FD : nullptr;
}

void look(const Stmt *S, const Lexicon &Words, MethodFacts &F) {
  if (!S)
    return;
  if (const auto *UO = dyn_cast<UnaryOperator>(S)) {
    if (const FieldDecl *FD = ownField(UO->getSubExpr()))
      if (UO->isIncrementDecrementOp())
        (UO->isIncrementOp() ? F.More : F.Less).insert(FD);
  } else if (const auto *BO = dyn_cast<BinaryOperator>(S)) {
    if (const FieldDecl *FD = ownField(BO->getLHS())) {
      if (BO->getOpcode() == BO_SubAssign)
        F.Less.insert(FD);
      else if (BO->isAssignmentOp())
        F.More.insert(FD);
    }
  } else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S)) {
    if (const FieldDecl *FD =
            Op->getNumArgs() ? ownField(Op->getArg(0)) : nullptr)
      switch (Op->getOperator()) {
      case OO_MinusMinus:
      case OO_MinusEqual:
        F.Less.insert(FD);
        break;
      case OO_PlusPlus:
      case OO_PlusEqual:
      case OO_Equal:
        F.More.insert(FD);
        break;
      default:
        break;
      }
  } else if (const auto *MC = dyn_cast<CXXMemberCallExpr>(S)) {
    const FieldDecl *FD = ownField(MC->getImplicitObjectArgument());
    const CXXMethodDecl *M = MC->getMethodDecl();
    if (FD && M && M->getIdentifier()) {
      if (hasWord(M->getName(), {"sub"}))
        F.Less.insert(FD);
      else if (hasWord(M->getName(), {"add"}))
        F.More.insert(FD);
      else if (hasWord(M->getName(), {"wait"}))
        F.Waits = true;
    }
  }
  if (const auto *Call = dyn_cast<CallExpr>(S)) {
    const Effect *Row = Words.effect(Call);
    if (Row && (Row->Does == Verb::Wait || Row->Does == Verb::TryWait))
      F.Waits = true;
  }
  if (const auto *ME = dyn_cast<MemberExpr>(S))
    if (const FieldDecl *FD = ownField(ME))
      F.Seen.insert(FD);
  for (const Stmt *Child : S->children())
    look(Child, Words, F);
}

bool isNumber(QualType T) {
  T = T.getNonReferenceType();
  if (T->isIntegerType() && !T->isBooleanType())
    return true;
  // std::atomic<int> and the like.
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      T->getAsCXXRecordDecl());
  return Spec && Spec->getTemplateArgs().size() &&
         Spec->getTemplateArgs()[0].getKind() == TemplateArgument::Type &&
         Spec->getTemplateArgs()[0].getAsType()->isIntegerType() &&
         hasWord(Spec->getName(), {"atomic"});
}

} // namespace

Counters::Role Counters::infer(const CXXRecordDecl *RD) const {
  Role Result;
  const CXXRecordDecl *Def = RD->getDefinition();
  if (!Def || Def->isDependentContext() || !Def->getIdentifier() ||
      Def->getASTContext().getSourceManager().isInSystemHeader(
          Def->getLocation()))
    return Result;
  bool Named = hasWord(Def->getName(), {"latch", "count down", "wait group",
                                        "barrier", "blocking counter"});
  // A pool that counts its tasks is more than a counter.
  bool Small = true, Number = false;
  for (const FieldDecl *F : Def->fields()) {
    QualType T = plain(F->getType());
    Number |= isNumber(F->getType());
    if (isNumber(F->getType()) || T->isBooleanType())
      continue;
    if (const TypeModel *M = Words.type(T);
        M && (M->What == Kind::Permit || M->What == Kind::Condition))
      continue;
    const CXXRecordDecl *FR = T->getAsCXXRecordDecl();
    if (FR && FR->getIdentifier() &&
        hasWord(FR->getName(), {"mutex", "lock", "condition", "cond", "cv",
                                "spinlock", "var", "event", "atomic"}))
      continue;
    Small = false;
  }
  if (!Small || !Number)
    return Result;
  std::map<const CXXMethodDecl *, MethodFacts> Facts;
  llvm::SmallPtrSet<const FieldDecl *, 2> Less, Awaited;
  bool Bodies = true;
  for (const CXXMethodDecl *M : Def->methods()) {
    const FunctionDecl *Body = nullptr;
    if (M->isImplicit() || isa<CXXConstructorDecl, CXXDestructorDecl>(M) ||
        !M->getIdentifier() || M->isStatic())
      continue;
    if (!M->isDefined(Body) || !Body || !Body->getBody()) {
      Bodies &= M->isDeleted();
      continue;
    }
    MethodFacts &F = Facts[M];
    look(Body->getBody(), Words, F);
    if (F.Waits && F.Less.empty() && F.More.empty())
      Awaited.insert(F.Seen.begin(), F.Seen.end());
    if (!F.Waits)
      Less.insert(F.Less.begin(), F.Less.end());
  }
  const FieldDecl *Count = nullptr;
  for (const FieldDecl *F : Def->fields())
    if (isNumber(F->getType()) && Less.contains(F) && Awaited.contains(F))
      Count = F;
  auto Lockish = [](const CXXMethodDecl *M) {
    return hasWord(M->getName(), {"lock", "unlock", "acquire", "release",
                                  "read", "write", "enter", "leave"});
  };
  if (Count) {
    for (const auto &[M, F] : Facts) {
      if (Lockish(M))
        return {};
      Verb V = Verb::Query;
      if (F.Less.contains(Count) && F.More.contains(Count))
        V = Verb::Reset;
      else if (F.Less.contains(Count))
        V = Verb::CountDown;
      else if (F.More.contains(Count))
        // `count_ = n` begins anew.
        V = hasWord(M->getName(), {"reset", "set", "init"}) ? Verb::Reset
                                                            : Verb::CountUp;
      else if (F.Waits)
        V = Verb::Wait;
      Result.Methods[M->getCanonicalDecl()] = V;
    }
    return Result;
  }
  if (!Named || Bodies)
    return Result;
  bool Down = false, Waits = false;
  for (const CXXMethodDecl *M : Def->methods()) {
    if (M->isImplicit() || !M->getIdentifier() || M->isStatic() ||
        isa<CXXConstructorDecl, CXXDestructorDecl>(M))
      continue;
    Verb V = Verb::Query;
    if (hasWord(M->getName(), {"count down", "decrement", "done", "arrive",
                               "count", "down"}) &&
        !M->isConst() && M->getReturnType()->isVoidType())
      V = hasWord(M->getName(), {"wait"}) ? Verb::Arrive : Verb::CountDown;
    else if (hasWord(M->getName(), {"wait", "await"}))
      V = M->getNumParams() ? Verb::TryWait : Verb::Wait;
    else if (hasWord(M->getName(), {"count up", "add", "increment", "up"}))
      V = Verb::CountUp;
    else if (!M->isConst())
      V = Verb::Reset;
    Down |= V == Verb::CountDown;
    Waits |= V == Verb::Wait;
    Result.Methods[M->getCanonicalDecl()] = V;
  }
  return Down && Waits ? Result : Role();
}

const Counters::Role &Counters::role(const CXXRecordDecl *RD) const {
  RD = RD->getCanonicalDecl();
  auto It = Roles.find(RD);
  if (It == Roles.end()) {
    Roles[RD];
    Role R = infer(RD);
    It = Roles.find(RD);
    It->second = std::move(R);
  }
  return It->second;
}

bool Counters::isInside(const FunctionDecl *FD) const {
  // Also of the lambdas in it.
  for (const DeclContext *DC = FD; DC; DC = DC->getParent())
    if (const auto *RD = dyn_cast<CXXRecordDecl>(DC))
      if (!RD->isLambda() && !RD->isDependentContext() &&
          (Words.typeOrBase(RD) ? Words.typeOrBase(RD)->What == Kind::Counter
                                : role(RD).isKnown()))
        return true;
  return false;
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

std::optional<Counters::Word> Counters::word(const Expr *E) const {
  if (const auto *CE = dyn_cast<CXXConstructExpr>(E)) {
    if (!isCounterClass(CE->getType()) ||
        CE->getConstructor()->isCopyOrMoveConstructor())
      return std::nullopt;
    Word W{Verb::Init};
    if (const Effect *Row = Words.effect(E))
      W.Count = Row->Count;
    else if (CE->getNumArgs() == 1 && CE->getArg(0)->getType()->isIntegerType())
      W.Count = 0;
    return W;
  }
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
  if (!FD)
    return std::nullopt;
  const auto *MC = dyn_cast<CXXMemberCallExpr>(E);
  if (const Effect *Row = Words.effect(E)) {
    if (!isCounting(Row->Does))
      return std::nullopt;
    // The end of the token that it gives counts down.
    if (Row->Does == Verb::CountUp && E->getType()->isRecordType())
      return std::nullopt;
    const Expr *Object = Words.object(E, *Row);
    if (!Object || !(isCounter(strip(Object)->getType()) ||
                     // `static_cast<std::latch *>(argument)->`
                     isCounter(Object->IgnoreParenImpCasts()->getType())))
      return std::nullopt;
    return Word{Row->Does, Row->Fails, Row->Count, Row};
  }
  const Expr *Object = MC ? MC->getImplicitObjectArgument() : nullptr;
  const CXXRecordDecl *RD =
      Object ? plain(strip(Object)->getType())->getAsCXXRecordDecl() : nullptr;
  if (!RD || Words.typeOrBase(RD))
    return std::nullopt;
  const Role &R = role(RD);
  auto It = R.Methods.find(FD->getCanonicalDecl());
  if (It == R.Methods.end())
    return std::nullopt;
  return Word{It->second, Failure::Never,
              Call->getNumArgs() && Call->getArg(0)->getType()->isIntegerType()
                  ? 0
                  : -1};
}

std::optional<Verb> Counters::verb(const Expr *Call) const {
  std::optional<Word> W = word(Call);
  return W ? std::optional(W->Does) : std::nullopt;
}

std::optional<CounterOp> Counters::op(const Expr *E, const Names &N) const {
  std::optional<Word> W = word(E);
  if (!W)
    return std::nullopt;
  CounterOp Op;
  Op.Does = W->Does;
  Op.Fails = W->Fails;
  ArrayRef<const Expr *> Args = operandsOf(E);
  if (isa<CallExpr>(E)) {
    bool Deref = false;
    Op.ObjectExpr = W->Row ? Words.object(E, *W->Row, &Deref) : receiverOf(E);
    if (Op.ObjectExpr)
      Op.Object = Deref ? N.pointee(Op.ObjectExpr) : N.object(Op.ObjectExpr);
  }
  if (W->Count >= 0 && static_cast<unsigned>(W->Count) < Args.size() &&
      !isa<CXXDefaultArgExpr>(Args[W->Count]))
    Op.Amount = Args[W->Count];
  return Op;
}

bool Counters::touches(const FunctionDecl *FD) const {
  FD = FD->getCanonicalDecl();
  auto [It, New] = Touches.try_emplace(FD, false);
  if (!New)
    return It->second;
  const FunctionUses *F = Table.find(FD);
  if (!F)
    return false;
  auto Any = [&] {
    for (const Expr *Call : F->Calls) {
      std::optional<Verb> V = verb(Call);
      if (V && *V != Verb::Init && *V != Verb::Query)
        return true;
      if (const FunctionDecl *Callee = V ? nullptr : ThrowSearch::callee(Call))
        if (touches(Callee))
          return true;
    }
    return llvm::any_of(F->Lambdas, [&](const LambdaExpr *LE) {
      return touches(LE->getCallOperator());
    });
  };
  bool Result = Any();
  return Touches[FD] = Result;
}

} // namespace leak
