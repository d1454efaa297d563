//===--- ClassFacts.cpp - what a class does to its members ----------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ClassFacts.h"
#include "clang/AST/DeclFriend.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {

static bool starts(Verb V) { return V == Verb::Start; }

/// A use after which the class can't be blamed: it releases the member, or
/// does something with it that we don't understand.
static bool excuses(Verb V, const Shape &What) {
  // `delete thread_` without a join before it is the defect itself.
  if (V == Verb::Destroy)
    return What.Inner->IfUnreleased != Unreleased::Terminate;
  return releases(V) || V == Verb::Escape || V == Verb::Cancel;
}

namespace {

/// All that the verdicts on one class have in common.
struct ClassView {
  const CXXRecordDecl *Class = nullptr;
  bool Known = false;
  const CXXDestructorDecl *Destructor = nullptr;
  llvm::SmallPtrSet<const FunctionDecl *, 16> AtDestruction;
};

} // namespace

/// A method without a body here, that could release a member.
static bool couldRelease(const CXXMethodDecl *M) {
  if (M->isImplicit() || M->isDefaulted() || M->isDeleted() ||
      M->isPureVirtual() || M->isStatic())
    return false;
  if (isa<CXXConstructorDecl>(M))
    return false;
  return !M->isDefined();
}

static ClassView view(const Index &Idx, const CXXRecordDecl *Class) {
  ClassView V;
  V.Class = Class;
  if (!Class->isCompleteDefinition() || Class->isUnion() || Class->isLambda() ||
      Class->isDependentContext() || Class->isInvalidDecl())
    return V;
  if (Idx.isImmortal(Class))
    return V;
  for (const CXXMethodDecl *M : Class->methods())
    if (couldRelease(M))
      return V;
  // Member templates have bodies only as far as they were used.
  for (const Decl *D : Class->decls()) {
    if (const auto *FT = dyn_cast<FunctionTemplateDecl>(D))
      if (FT->getTemplatedDecl() &&
          !isa<CXXConstructorDecl>(FT->getTemplatedDecl()))
        return V;
    if (const auto *F = dyn_cast<FriendDecl>(D)) {
      // A friend class may do anything; a friend function that is a mere
      // operator for streams doesn't.
      if (F->getFriendType())
        return V;
      const auto *FF = dyn_cast_or_null<FunctionDecl>(F->getFriendDecl());
      if (FF && !FF->isOverloadedOperator() && !FF->isDefined())
        return V;
    }
  }
  // In C, and for plain structs, "destruction" is nothing that could be seen.
  if (!Class->hasDefinition())
    return V;
  const CXXDestructorDecl *Dtor = Class->getDestructor();
  if (Dtor && Dtor->isDeleted())
    return V;
  if (Dtor && !Dtor->isImplicit() && !Dtor->isDefaulted()) {
    const FunctionDecl *Body = nullptr;
    if (!Dtor->isDefined(Body) || !Body)
      return V;
    V.Destructor = cast<CXXDestructorDecl>(Body);
    // Methods of bases whose bodies are elsewhere don't matter: they reach the
    // members of this class only through methods that it overrides, and all of
    // its own methods are here.
    V.AtDestruction = Idx.reachable(Dtor);
  }
  V.Known = true;
  return V;
}

/// True when code outside this unit could name the member.
static bool visibleElsewhere(const ASTContext &Ctx, const FieldDecl *Field,
                             const CXXRecordDecl *Class) {
  const SourceManager &SM = Ctx.getSourceManager();
  if (SM.isInMainFile(SM.getExpansionLoc(Class->getLocation())))
    return false;
  return Field->getAccess() != AS_private;
}

std::vector<MemberFact> memberFacts(const Index &Idx) {
  std::vector<MemberFact> Result;
  llvm::DenseMap<const CXXRecordDecl *, ClassView> Views;
  for (const auto &[D, S] : Idx.subjects()) {
    const auto *Field = dyn_cast<FieldDecl>(D);
    if (!Field || !S.What)
      continue;
    const auto *Class = dyn_cast<CXXRecordDecl>(Field->getParent());
    if (!Class)
      continue;
    MemberFact F;
    F.What = &S;
    F.Class = Class;
    auto [It, New] = Views.try_emplace(Class);
    if (New)
      It->second = view(Idx, Class);
    const ClassView &V = It->second;
    F.Destructor = V.Destructor;
    llvm::SmallVector<Use, 16> Uses = Idx.allUses(D);
    for (const Use &U : S.Uses)
      if (starts(U.Does))
        F.Starts.push_back(&U);
    // References and pointers to others' objects carry no duty.
    bool Owns = !S.What.Pointer;
    if (S.What.Pointer && Field->getType()->isPointerType())
      Owns = llvm::any_of(F.Starts, [](const Use *U) {
        const auto *E = dyn_cast_or_null<Expr>(U->At);
        return E != nullptr;
      });
    if (F.Starts.empty() || !Owns) {
      F.Verdict = MemberVerdict::Fine;
      Result.push_back(std::move(F));
      continue;
    }
    if (!V.Known || S.What.CustomDeleter ||
        visibleElsewhere(Idx.lexicon().context(), Field, Class)) {
      Result.push_back(std::move(F));
      continue;
    }
    bool AtDestruction = false, Excused = false;
    for (const Use &U : Uses) {
      if (U.Does == Verb::Destroy)
        F.Deleted = U;
      if (!excuses(U.Does, S.What))
        continue;
      if (releases(U.Does) && !Idx.leavesOut(D, U).empty()) {
        F.Partial = U;
        F.LeavesOut = Idx.leavesOut(D, U);
        continue;
      }
      Excused = true;
      AtDestruction |= U.In && V.AtDestruction.contains(U.In);
    }
    F.Verdict = AtDestruction ? MemberVerdict::Fine
                : Excused     ? MemberVerdict::HoldersDuty
                              : MemberVerdict::NeverReleased;
    Result.push_back(std::move(F));
  }
  // Siblings: what destruction does for one member says what it must do for
  // the others.
  for (MemberFact &F : Result) {
    if (F.Verdict != MemberVerdict::NeverReleased &&
        F.Verdict != MemberVerdict::HoldersDuty)
      continue;
    const ClassView &V = Views[F.Class];
    if (!V.Known)
      continue;
    for (const MemberFact &Other : Result) {
      if (Other.Class != F.Class || Other.Verdict != MemberVerdict::Fine ||
          Other.Starts.empty() || F.Sibling)
        continue;
      for (const Use &U : Other.What->Uses)
        if (releases(U.Does) && U.In && V.AtDestruction.contains(U.In)) {
          F.Sibling = &U;
          F.SiblingDecl = Other.What->Decl;
          break;
        }
    }
    if (!F.Sibling || F.Verdict != MemberVerdict::HoldersDuty)
      continue;
    // Released only where destruction doesn't get, with nothing unclear.
    bool Unclear = false;
    for (const Use &U : Idx.allUses(F.What->Decl))
      Unclear |= excuses(U.Does, F.What->What) && U.Does != Verb::Join &&
                 U.Does != Verb::Detach;
    if (Unclear || visibleElsewhere(Idx.lexicon().context(),
                                    cast<FieldDecl>(F.What->Decl), F.Class))
      continue;
    for (const Use &U : F.What->Uses)
      if (releases(U.Does))
        F.Elsewhere = &U;
    if (F.Elsewhere)
      F.Verdict = MemberVerdict::NotReached;
  }
  return Result;
}

std::vector<const Subject *> unreleasedGlobals(const Index &Idx) {
  std::vector<const Subject *> Result;
  for (const auto &[D, S] : Idx.subjects()) {
    const auto *VD = dyn_cast<VarDecl>(D);
    if (!VD || !S.What || !VD->hasGlobalStorage() || isa<ParmVarDecl>(VD))
      continue;
    // Those of a thread end with it, and not with the program.
    if (VD->getTLSKind() != VarDecl::TLS_None)
      continue;
    // Other units may join what they can name.
    if (VD->isExternallyVisible() && !VD->isStaticLocal())
      continue;
    bool Started = false, Excused = false;
    for (const Use &U : Idx.allUses(D)) {
      Started |= starts(U.Does);
      Excused |= excuses(U.Does, S.What);
    }
    if (Started && !Excused)
      Result.push_back(&S);
  }
  return Result;
}

} // namespace leak
