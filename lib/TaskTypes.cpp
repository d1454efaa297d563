//===--- TaskTypes.cpp - lazy and eager coroutines ------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TaskTypes.h"
#include "Index.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/StringSet.h"

using namespace clang;

namespace leak {

bool TaskTypes::anyIn(const ASTContext &Ctx) {
  return Ctx.getLangOpts().Coroutines &&
         Ctx.Idents.find("coroutine_traits") != Ctx.Idents.end();
}

/// The class as it is written: of what isn't instantiated, the template.
static const CXXRecordDecl *written(const CXXRecordDecl *RD) {
  if (!RD)
    return nullptr;
  if (const CXXRecordDecl *Pattern = RD->getTemplateInstantiationPattern())
    RD = Pattern;
  else if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(RD);
           Spec && !Spec->hasDefinition())
    RD = Spec->getSpecializedTemplate()->getTemplatedDecl();
  return RD->getDefinition();
}

static const CXXRecordDecl *writtenClass(QualType T) {
  if (const CXXRecordDecl *RD = T->getAsCXXRecordDecl())
    return written(RD);
  // A dependent base, by its template.
  if (const auto *Spec = T->getAs<TemplateSpecializationType>())
    if (const auto *Template = dyn_cast_or_null<ClassTemplateDecl>(
            Spec->getTemplateName().getAsTemplateDecl()))
      return Template->getTemplatedDecl()->getDefinition();
  return nullptr;
}

/// Calls \p Visit for the class and its bases, until that returns true.
static bool anyBase(const CXXRecordDecl *RD,
                    llvm::function_ref<bool(const CXXRecordDecl *)> Visit,
                    unsigned Depth = 0) {
  if (!RD || Depth > 6)
    return false;
  if (Visit(RD))
    return true;
  for (const CXXBaseSpecifier &Base : RD->bases())
    if (anyBase(writtenClass(Base.getType()), Visit, Depth + 1))
      return true;
  return false;
}

static const FunctionDecl *methodIn(const CXXRecordDecl *RD, StringRef Name) {
  for (const Decl *D : RD->decls()) {
    if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D))
      D = Template->getTemplatedDecl();
    const auto *M = dyn_cast<CXXMethodDecl>(D);
    if (M && M->getIdentifier() && M->getName() == Name)
      return M;
  }
  return nullptr;
}

static const FunctionDecl *methodOf(const CXXRecordDecl *RD, StringRef Name) {
  const FunctionDecl *Found = nullptr;
  anyBase(RD, [&](const CXXRecordDecl *Base) {
    Found = methodIn(Base, Name);
    return Found != nullptr;
  });
  return Found;
}

static const Stmt *bodyOf(const FunctionDecl *FD) {
  const FunctionDecl *Def = nullptr;
  return FD && FD->isDefined(Def) && Def ? Def->getBody() : nullptr;
}

/// What a function that has one `return` gives back.
static const Expr *onlyResult(const FunctionDecl *FD) {
  const auto *Block = dyn_cast_or_null<CompoundStmt>(bodyOf(FD));
  if (!Block || Block->size() != 1)
    return nullptr;
  const auto *Return = dyn_cast<ReturnStmt>(Block->body_front());
  return Return ? Return->getRetValue() : nullptr;
}

//===----------------------------------------------------------------------===//
// What does nothing

namespace {

/// Whether code that makes a task may run it, or hand it to somebody who does.
class Quiet {
public:
  bool all(const Stmt *S, unsigned Depth = 0) const {
    if (!S)
      return true;
    if (Depth > 3 || isa<LambdaExpr, CoroutineSuspendExpr>(S))
      return false;
    if (const auto *Call = dyn_cast<CallExpr>(S))
      if (!call(Call, Depth))
        return false;
    if (const auto *Made = dyn_cast<CXXConstructExpr>(S))
      if (!constructor(Made->getConstructor(), Depth + 1))
        return false;
    if (const auto *Binary = dyn_cast<BinaryOperator>(S))
      if (Binary->isAssignmentOp() && !isOwn(Binary->getLHS()))
        return false;
    return llvm::all_of(S->children(),
                        [&](const Stmt *Child) { return all(Child, Depth); });
  }

  bool function(const FunctionDecl *FD, unsigned Depth = 0) const {
    const Stmt *Body = bodyOf(FD);
    return Body && all(Body, Depth);
  }

  bool constructor(const CXXConstructorDecl *CD, unsigned Depth = 0) const {
    const FunctionDecl *Def = nullptr;
    if (CD->isTrivial() || CD->isImplicit() || CD->isDefaulted() ||
        CD->isDeleted() || CD->isCopyOrMoveConstructor() || inSystem(CD))
      return true;
    if (CD->isDefined(Def) && Def) {
      const auto *Body = cast<CXXConstructorDecl>(Def);
      for (const CXXCtorInitializer *Init : Body->inits())
        if (Init->isAnyMemberInitializer() && !all(Init->getInit(), Depth))
          return false;
      return all(Body->getBody(), Depth);
    }
    if (const auto *Pattern = dyn_cast_or_null<CXXConstructorDecl>(
            CD->getTemplateInstantiationPattern()))
      return Pattern != CD && Pattern->hasBody() &&
             all(Pattern->getBody(), Depth);
    return false;
  }

private:
  static bool inSystem(const Decl *D) {
    const SourceManager &SM = D->getASTContext().getSourceManager();
    return SM.isInSystemHeader(SM.getExpansionLoc(D->getLocation()));
  }

  static StringRef calleeName(const CallExpr *Call, std::string &Storage) {
    const Expr *Callee = Call->getCallee()->IgnoreParenImpCasts();
    DeclarationName Name;
    if (const FunctionDecl *FD = Call->getDirectCallee())
      Name = FD->getDeclName();
    else if (const auto *Ref = dyn_cast<DependentScopeDeclRefExpr>(Callee))
      Name = Ref->getDeclName();
    else if (const auto *Member = dyn_cast<CXXDependentScopeMemberExpr>(Callee))
      Name = Member->getMember();
    else if (const auto *Overloads = dyn_cast<OverloadExpr>(Callee))
      Name = Overloads->getName();
    Storage = Name.getAsString();
    return Storage;
  }

  bool call(const CallExpr *Call, unsigned Depth) const {
    static const llvm::StringSet<> Harmless = {
        "from_promise",  "from_address", "address",    "move",
        "forward",       "exchange",     "swap",       "destroy",
        "done",          "promise",      "operator==", "operator!=",
        "operator bool", "addressof",    "operator->", "operator*",
        "get",           "has_value",    "valid",      "operator=",
        "store",         "load",         "assert",     "__assert_fail",
        "terminate",     "abort"};
    std::string Storage;
    if (Harmless.contains(calleeName(Call, Storage)))
      return true;
    const FunctionDecl *FD = Call->getDirectCallee();
    return FD && !inSystem(FD) && function(FD, Depth + 1);
  }

  /// A member of the object itself, or a local variable.
  static bool isOwn(const Expr *E) {
    E = E->IgnoreParenImpCasts();
    while (const auto *Member = dyn_cast<MemberExpr>(E)) {
      const Expr *Base = Member->getBase()->IgnoreParenImpCasts();
      if (isa<CXXThisExpr>(Base))
        return true;
      if (Member->isArrow())
        return false;
      E = Base;
    }
    if (const auto *Member = dyn_cast<CXXDependentScopeMemberExpr>(E))
      return Member->isImplicitAccess() ||
             isa<CXXThisExpr>(Member->getBase()->IgnoreParenImpCasts());
    const auto *Ref = dyn_cast<DeclRefExpr>(E);
    const auto *VD = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    return VD && VD->hasLocalStorage() && !VD->getType()->isReferenceType();
  }
};

} // namespace

//===----------------------------------------------------------------------===//
// How it begins

/// The class of what \p FD, `initial_suspend`, returns.
static const CXXRecordDecl *awaiterOf(const FunctionDecl *FD) {
  QualType T = FD->getReturnType();
  if (T->isUndeducedType() || T->isDependentType()) {
    const Expr *Result = onlyResult(FD);
    if (!Result)
      return nullptr;
    T = Result->getType();
    // `return Awaiter{};` in a template.
    if (const auto *Cast = dyn_cast<ExplicitCastExpr>(Result))
      T = Cast->getTypeAsWritten();
  }
  return T->isReferenceType() ? nullptr : writtenClass(T);
}

/// Whether the first suspension is one: `await_ready` is plainly false, and
/// nobody learns of it, or plainly true.
static std::optional<bool> suspends(const CXXRecordDecl *Awaiter) {
  const FunctionDecl *Ready =
      Awaiter ? methodOf(Awaiter, "await_ready") : nullptr;
  const Expr *Result = Ready ? onlyResult(Ready) : nullptr;
  const auto *Literal =
      Result ? dyn_cast<CXXBoolLiteralExpr>(strip(Result)) : nullptr;
  if (!Literal)
    return std::nullopt;
  if (Literal->getValue())
    return false;
  if (!Quiet().function(methodOf(Awaiter, "await_suspend")))
    return std::nullopt;
  return true;
}

/// The class or alias `promise_type` in \p Task or its bases.
static const CXXRecordDecl *promiseOf(const CXXRecordDecl *Task) {
  const CXXRecordDecl *Found = nullptr;
  anyBase(Task, [&](const CXXRecordDecl *RD) {
    for (const Decl *D : RD->decls()) {
      const auto *Named = dyn_cast<NamedDecl>(D);
      if (!Named || !Named->getIdentifier() ||
          Named->getName() != "promise_type")
        continue;
      if (const auto *Class = dyn_cast<CXXRecordDecl>(D))
        Found = written(Class);
      else if (const auto *Alias = dyn_cast<TypedefNameDecl>(D))
        Found = writtenClass(Alias->getUnderlyingType());
      if (Found)
        return true;
    }
    return false;
  });
  return Found;
}

Beginning TaskTypes::ofPromise(const CXXRecordDecl *Task) const {
  const CXXRecordDecl *Promise = promiseOf(written(Task));
  if (!Promise)
    return Beginning::None;
  if (methodOf(Promise, "yield_value"))
    return Beginning::Generator;
  const FunctionDecl *First = methodOf(Promise, "initial_suspend");
  std::optional<bool> Suspends =
      First ? suspends(awaiterOf(First)) : std::nullopt;
  if (!Suspends)
    return Beginning::Unknown;
  if (!*Suspends)
    return Beginning::Eager;
  // Who makes the promise or the task may run it all the same.
  Quiet Q;
  if (!Q.function(methodOf(Promise, "get_return_object")))
    return Beginning::Unknown;
  bool Loud = anyBase(Promise, [&](const CXXRecordDecl *RD) {
    return llvm::any_of(RD->ctors(), [&](const CXXConstructorDecl *CD) {
      return !Q.constructor(CD);
    });
  });
  Loud = Loud || anyBase(written(Task), [&](const CXXRecordDecl *RD) {
           const CXXDestructorDecl *Dtor = RD->getDestructor();
           return (Dtor && !Dtor->isImplicit() && !Dtor->isDefaulted() &&
                   !Q.function(Dtor)) ||
                  llvm::any_of(RD->ctors(), [&](const CXXConstructorDecl *CD) {
                    return !Q.constructor(CD);
                  });
         });
  return Loud ? Beginning::Unknown : Beginning::Lazy;
}

Beginning TaskTypes::beginning(QualType T) const {
  const CXXRecordDecl *RD = T.isNull() ? nullptr : T->getAsCXXRecordDecl();
  if (!RD)
    return Beginning::None;
  RD = RD->getCanonicalDecl();
  if (auto It = Known.find(RD); It != Known.end())
    return It->second;
  Beginning Result;
  if (const TypeModel *M = Words.typeOrBase(RD);
      M && (M->What == Kind::Task || M->What == Kind::Future))
    Result = M->What == Kind::Task ? Beginning::Lazy : Beginning::Eager;
  else
    Result = ofPromise(RD);
  return Known[RD] = Result;
}

bool TaskTypes::isAwaitable(QualType T) const {
  if (beginning(T) != Beginning::None)
    return true;
  const CXXRecordDecl *RD = written(T->getAsCXXRecordDecl());
  return anyBase(RD, [](const CXXRecordDecl *Base) {
    return llvm::any_of(Base->decls(), [](const Decl *D) {
      if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D))
        D = Template->getTemplatedDecl();
      const auto *M = dyn_cast<CXXMethodDecl>(D);
      return M && (M->getOverloadedOperator() == OO_Coawait ||
                   (M->getIdentifier() && M->getName() == "await_ready"));
    });
  });
}

bool TaskTypes::isUnique(QualType T) {
  const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
  return RD && RD->hasDefinition() && !RD->hasSimpleCopyConstructor() &&
         llvm::none_of(RD->ctors(), [](const CXXConstructorDecl *CD) {
           return CD->isCopyConstructor() && !CD->isDeleted();
         });
}

} // namespace leak
