//===--- Conditions.cpp - conditions, guards and mutexes ------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Conditions.h"
#include "Index.h"
#include "Spelling.h"
#include "Starts.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace leak {

/// What the names of conditions, and of functions about them, say.
static constexpr StringRef ConditionWords[] = {
    "cond", "cnd", "cv", "condition", "condvar", "conditionvariable"};

/// The function says that its caller holds something.
bool Conditions::callerHolds(const FunctionDecl *FD) const {
  if (FD->hasAttr<RequiresCapabilityAttr>() ||
      FD->hasAttr<ReleaseCapabilityAttr>())
    return true;
  if (const IdentifierInfo *II = FD->getIdentifier();
      II &&
      (hasWord(II->getName(), {"locked", "unlocked", "nolock", "lockheld",
                               "unsafe", "unlock", "withlock", "underlock"}) ||
       II->getName().contains_insensitive("without_lock") ||
       II->getName().contains_insensitive("with_lock") ||
       II->getName().contains_insensitive("nolock")))
    return true;
  for (const ParmVarDecl *Param : FD->parameters()) {
    QualType T = Param->getType().getNonReferenceType();
    if (T->isPointerType())
      T = T->getPointeeType();
    const TypeModel *Model = Words.type(T);
    if (Model && Model->What == Kind::Guard)
      return true;
    if (const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
        RD && RD->getIdentifier() && isGuard(RD))
      return true;
  }
  return false;
}

bool Conditions::isGuard(const CXXRecordDecl *RD) const {
  if (const TypeModel *Model = Words.typeOrBase(RD))
    return Model->What == Kind::Guard;
  return RD->getIdentifier() &&
         hasWord(RD->getName(), {"lock", "guard", "locker", "locked", "holder",
                                 "autolock", "mutexlock", "lockguard"}) &&
         !hasWord(RD->getName(), {"free", "spin", "file"});
}

bool Conditions::isCondition(QualType T) const {
  if (T->isReferenceType() || T->isPointerType())
    T = T->getPointeeType();
  const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
  if (const TypeModel *Model = Words.type(T)) {
    // An atomic has a value, which is what it is used for.
    if (RD && RD->hasDefinition() &&
        llvm::any_of(RD->methods(), [](const CXXMethodDecl *M) {
          return isa<CXXConversionDecl>(M);
        }))
      return false;
    return Model->What == Kind::Condition;
  }
  return RD && RD->getIdentifier() && hasWord(RD->getName(), ConditionWords);
}

bool Conditions::isMutex(QualType T) const {
  if (T->isReferenceType() || T->isPointerType())
    T = T->getPointeeType();
  if (const TypeModel *Model = Words.type(T))
    return Model->What == Kind::Permit;
  const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
  return RD && RD->getIdentifier() &&
         hasWord(RD->getName(), {"mutex", "lock", "spinlock", "critical", "mtx",
                                 "section", "monitor"});
}

/// The project's own conditions: `my_cond_wait(&c, &m)`, a class whose name
/// says what it is.
static bool named(const CallExpr *Call, const FunctionDecl *FD,
                  ConditionOp &Op) {
  const IdentifierInfo *II = FD->getIdentifier();
  if (!II)
    return false;
  StringRef Name = II->getName();
  const Expr *Object = nullptr;
  ArrayRef<const Expr *> Args = argumentsOf(Call);
  if (const auto *MC = dyn_cast<CXXMemberCallExpr>(Call)) {
    const CXXRecordDecl *RD = MC->getRecordDecl();
    if (!RD || !RD->getIdentifier() || !hasWord(RD->getName(), ConditionWords))
      return false;
    Object = MC->getImplicitObjectArgument();
  } else {
    if (isa<CXXMethodDecl>(FD) || Args.empty() ||
        !Args[0]->getType()->isPointerType() || !hasWord(Name, ConditionWords))
      return false;
    Object = Args[0];
    Args = Args.drop_front();
  }
  if (hasWord(Name, {"init", "destroy", "create", "free", "new", "delete",
                     "fini", "alloc", "clear"}))
    return false;
  if (hasWord(Name, {"wait", "sleep"}))
    Op.Does = hasWord(Name, {"timed", "timeout", "for", "until", "timedwait",
                             "deadline", "ms", "abs"}) ||
                      Args.size() > 1
                  ? Verb::TryWait
                  : Verb::Wait;
  else if (hasWord(Name, {"broadcast", "all", "signalall", "notifyall"}))
    Op.Does = Verb::NotifyAll;
  else if (hasWord(Name, {"signal", "notify", "wake", "wakeup", "wakeone"}))
    Op.Does = Verb::NotifyOne;
  else
    return false;
  Op.Condition = placeOf(Object);
  if ((Op.Does == Verb::Wait || Op.Does == Verb::TryWait) && !Args.empty())
    Op.LockExpr = Args[0];
  return true;
}

/// The model of what \p Object is, or points to.
static const TypeModel *modelOf(const Expr *Object, const Lexicon &Words) {
  QualType T = Object->getType();
  if (T->isPointerType() || T->isReferenceType())
    T = T->getPointeeType();
  const TypeModel *Model = Words.type(T);
  return Model ? Model : Words.typeOrBase(T->getAsCXXRecordDecl());
}

std::optional<ConditionOp> Conditions::operation(const CallExpr *Call,
                                                 const Effect *Row) const {
  ConditionOp Op;
  ArrayRef<const Expr *> Args = argumentsOf(Call);
  const TypeModel *Model = nullptr;
  const Expr *Object = nullptr;
  if (Row) {
    bool Waits = Row->Does == Verb::Wait || Row->Does == Verb::TryWait;
    if (!Waits && Row->Does != Verb::NotifyOne && Row->Does != Verb::NotifyAll)
      return std::nullopt;
    Object = Words.object(Call, *Row);
    if (!Object)
      return std::nullopt;
    const auto *MC = dyn_cast<CXXMemberCallExpr>(Call);
    Model =
        modelOf(MC ? MC->getImplicitObjectArgument() : strip(Object), Words);
  } else if (std::optional<DependentCall> D = dependentCall(Call)) {
    // Its arguments depend on the template, not the condition.
    Object = D->Object;
    Model =
        Object && !Object->isTypeDependent() ? modelOf(Object, Words) : nullptr;
    Row = Model ? Model->find(D->Name, Call->getNumArgs()) : nullptr;
    if (!Row)
      return std::nullopt;
  } else {
    const FunctionDecl *FD = Call->getDirectCallee();
    return FD && named(Call, FD, Op) && Op.Condition ? std::optional(Op)
                                                     : std::nullopt;
  }
  if (!Model || Model->What != Kind::Condition)
    return std::nullopt;
  Op.Does = Row->Does;
  Op.Condition = placeOf(Object);
  if (Op.Does == Verb::Wait || Op.Does == Verb::TryWait) {
    if (Row->Lock >= 0 && unsigned(Row->Lock) < Args.size())
      Op.LockExpr = Args[Row->Lock];
    if (Row->Predicate >= 0 && unsigned(Row->Predicate) < Args.size() &&
        Row->Lock >= 0)
      Op.Predicate = Args[Row->Predicate];
    if (Row->Timeout >= 0 || Row->Token >= 0)
      Op.Does = Verb::TryWait;
  }
  return Op.Condition ? std::optional(Op) : std::nullopt;
}

bool Conditions::isGuard(QualType T) const {
  T = T.getNonReferenceType();
  if (T->isPointerType())
    T = T->getPointeeType();
  const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
  // In a template, with arguments that depend on it.
  if (!RD && T->isDependentType()) {
    const auto *Spec = T->getAs<TemplateSpecializationType>();
    const auto *Deduced = T->getAs<DeducedTemplateSpecializationType>();
    const TemplateDecl *TD =
        Spec      ? Spec->getTemplateName().getAsTemplateDecl()
        : Deduced ? Deduced->getTemplateName().getAsTemplateDecl()
                  : nullptr;
    RD = TD ? dyn_cast_or_null<CXXRecordDecl>(TD->getTemplatedDecl()) : nullptr;
  }
  return RD && isGuard(RD);
}

} // namespace leak
