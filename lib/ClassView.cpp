//===--- ClassView.cpp - whether all of a class is visible ----------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ClassView.h"
#include "clang/AST/DeclFriend.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/SmallSet.h"

using namespace clang;

namespace leak {

/// Declared by a macro of another file, whose bodies a generator writes: they
/// can't know the members of this class (Q_OBJECT).
static bool isGenerated(const Decl *D, const SourceManager &SM) {
  SourceLocation Loc = D->getLocation();
  return Loc.isMacroID() && SM.getFileID(SM.getSpellingLoc(Loc)) !=
                                SM.getFileID(SM.getExpansionLoc(Loc));
}

/// A method without a body here, that could release a member.
static bool couldRelease(const CXXMethodDecl *M) {
  if (M->isImplicit() || M->isDefaulted() || M->isDeleted() ||
      M->isPureVirtual() || M->isStatic())
    return false;
  if (isa<CXXConstructorDecl>(M))
    return false;
  return !M->isDefined();
}

bool neverReturns(const FunctionDecl *FD) {
  const Stmt *Body = FD->getBody();
  return Body && llvm::any_of(Body->children(), [](const Stmt *S) {
           const auto *E = dyn_cast_or_null<Expr>(S);
           const auto *Call = dyn_cast_or_null<CallExpr>(strip(E));
           const FunctionDecl *Callee =
               Call ? Call->getDirectCallee() : nullptr;
           return Callee && Callee->isNoReturn();
         });
}

//===--- Templates --------------------------------------------------------===//

using Names = llvm::SmallSet<DeclarationName, 4>;

/// The names of the members of \p Class that hold modelled objects.
static Names subjectNames(const Index &Idx, const CXXRecordDecl *Class) {
  Names Result;
  for (const FieldDecl *Field : Class->fields())
    if (Idx.find(Field))
      Result.insert(Field->getDeclName());
  return Result;
}

/// True when \p S, which may depend on template parameters, mentions one of
/// \p Members.
static bool mentions(const Stmt *S, const Names &Members) {
  if (!S)
    return false;
  DeclarationName Name;
  if (const auto *ME = dyn_cast<MemberExpr>(S))
    Name = ME->getMemberDecl()->getDeclName();
  else if (const auto *Dependent = dyn_cast<CXXDependentScopeMemberExpr>(S))
    Name = Dependent->getMember();
  else if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    Name = Ref->getDecl()->getDeclName();
  else if (const auto *DependentRef = dyn_cast<DependentScopeDeclRefExpr>(S))
    Name = DependentRef->getDeclName();
  return (Name && Members.contains(Name)) ||
         llvm::any_of(S->children(), [&](const Stmt *Child) {
           return mentions(Child, Members);
         });
}

/// True when the template's own text says that the method \p M of a class
/// template, which this unit doesn't use, leaves the members alone.
static bool leavesAlone(const FunctionDecl *M, const Names &Members) {
  const FunctionDecl *Pattern = M->getTemplateInstantiationPattern();
  const FunctionDecl *Def = nullptr;
  return Pattern && Pattern->isDefined(Def) && Def && Def->getBody() &&
         !mentions(Def->getBody(), Members);
}

static bool hasConstexprIf(const Stmt *S) {
  const auto *If = dyn_cast_or_null<IfStmt>(S);
  return S && ((If && If->isConstexpr()) ||
               llvm::any_of(S->children(), hasConstexprIf));
}

/// True when all that the member template \p FT does to the members is seen:
/// in an instantiation, all of which do the same, or because it does nothing.
static bool isSeen(const FunctionTemplateDecl *FT, const Names &Members) {
  const FunctionDecl *Def = nullptr;
  // That of a class template has its body there.
  while (FT->getInstantiatedFromMemberTemplate() &&
         !FT->getTemplatedDecl()->isDefined())
    FT = FT->getInstantiatedFromMemberTemplate();
  if (!FT->getTemplatedDecl()->isDefined(Def) || !Def || !Def->getBody())
    return false;
  if (!mentions(Def->getBody(), Members))
    return true;
  return !hasConstexprIf(Def->getBody()) &&
         llvm::any_of(FT->specializations(), [](const FunctionDecl *FD) {
           const FunctionDecl *Instance = nullptr;
           return FD->isDefined(Instance) && Instance;
         });
}

//===--- Methods that nobody defines --------------------------------------===//

/// True when the methods \p Missing have no body here because nobody has given
/// them one: this file defines the constructors, the destructor and most of the
/// other methods of \p Class, a class of a header, and calls none of them. Such
/// methods are left over from another time, or from another class.
static bool areLeftOver(llvm::ArrayRef<const CXXMethodDecl *> Missing,
                        const CXXRecordDecl *Class, const SourceManager &SM) {
  auto IsHere = [&](const CXXMethodDecl *M) {
    const FunctionDecl *Def = nullptr;
    return M->isDefined(Def) && Def &&
           SM.isInMainFile(SM.getExpansionLoc(Def->getLocation()));
  };
  if (SM.isInMainFile(SM.getExpansionLoc(Class->getLocation())))
    return false;
  // A virtual method without a body anywhere can't be linked.
  for (const CXXMethodDecl *M : Missing)
    if (M->isVirtual() || M->isReferenced() || M->isUsed())
      return false;
  const CXXDestructorDecl *Dtor = Class->getDestructor();
  if (!Dtor || Dtor->isImplicit() || !IsHere(Dtor))
    return false;
  bool AnyConstructor = false;
  for (const CXXConstructorDecl *Ctor : Class->ctors()) {
    if (Ctor->isImplicit() || Ctor->isDeleted())
      continue;
    if (!IsHere(Ctor))
      return false;
    AnyConstructor = true;
  }
  return AnyConstructor &&
         Missing.size() < size_t(llvm::count_if(Class->methods(), IsHere));
}

//===--- The whole --------------------------------------------------------===//

/// True when friends of \p Class could do anything to its members.
static bool hasUnseenFriend(const FriendDecl *F) {
  // A friend class may do anything; a friend function that is a mere operator
  // for streams doesn't.
  if (F->getFriendType())
    return true;
  const auto *FF = dyn_cast_or_null<FunctionDecl>(F->getFriendDecl());
  return FF && !FF->isOverloadedOperator() && !FF->isDefined();
}

ClassView viewClass(const Index &Idx, const CXXRecordDecl *Class) {
  ClassView V;
  V.Class = Class;
  if (!Class->isCompleteDefinition() || Class->isUnion() || Class->isLambda() ||
      Class->isDependentContext() || Class->isInvalidDecl())
    return V;
  if (Idx.isImmortal(Class))
    return V;
  const SourceManager &SM = Idx.lexicon().context().getSourceManager();
  const Names Members = subjectNames(Idx, Class);
  llvm::SmallVector<const CXXMethodDecl *, 8> Missing;
  bool Generated = false; // Below an access specifier such as `signals:`.
  for (const Decl *D : Class->decls()) {
    if (const auto *Access = dyn_cast<AccessSpecDecl>(D))
      Generated = isGenerated(Access, SM);
    if (const auto *M = dyn_cast<CXXMethodDecl>(D))
      if (couldRelease(M) && !Generated && !isGenerated(M, SM) &&
          !leavesAlone(M, Members))
        Missing.push_back(M);
    if (const auto *FT = dyn_cast<FunctionTemplateDecl>(D))
      if (FT->getTemplatedDecl() && !isGenerated(FT, SM) &&
          !isa<CXXConstructorDecl, CXXDeductionGuideDecl>(
              FT->getTemplatedDecl()) &&
          !isSeen(FT, Members))
        return V;
    if (const auto *F = dyn_cast<FriendDecl>(D); F && hasUnseenFriend(F))
      return V;
  }
  // In C, and for plain structs, "destruction" is nothing that could be seen.
  if (!Class->hasDefinition())
    return V;
  const CXXDestructorDecl *Dtor = Class->getDestructor();
  if (Dtor && Dtor->isDeleted())
    return V;
  if (!Missing.empty() && !areLeftOver(Missing, Class, SM))
    return V;
  if (Dtor && !Dtor->isImplicit() && !Dtor->isDefaulted()) {
    const FunctionDecl *Body = nullptr;
    if (!Dtor->isDefined(Body) || !Body)
      return V;
    V.Destructor = cast<CXXDestructorDecl>(Body);
    // `~Singleton() { abort(); }`
    if (neverReturns(Body))
      return V;
    // Methods of bases whose bodies are elsewhere don't matter: they reach the
    // members of this class only through methods that it overrides, and all of
    // its own methods are here.
    V.AtDestruction = Idx.reachable(Dtor);
  }
  V.Known = true;
  V.LeftOver = !Missing.empty();
  return V;
}

bool allMethodsVisible(const Index &Idx, const CXXRecordDecl *Class) {
  ClassView V = viewClass(Idx, Class);
  return V.Known && !V.LeftOver;
}

void forEachInitializer(const FieldDecl *Field, const CXXRecordDecl *Class,
                        llvm::function_ref<void(const Expr *)> Visit) {
  if (const Expr *Init = Field->getInClassInitializer())
    Visit(Init);
  for (const CXXConstructorDecl *Ctor : Class->ctors()) {
    const FunctionDecl *Def = nullptr;
    if (Ctor->isDefined(Def) && Def)
      for (const CXXCtorInitializer *I : cast<CXXConstructorDecl>(Def)->inits())
        if (I->getAnyMember() == Field && I->isWritten())
          Visit(I->getInit());
  }
}

} // namespace leak
