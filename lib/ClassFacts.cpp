//===--- ClassFacts.cpp - what a class does to its members ----------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ClassFacts.h"
#include "Callable.h"
#include "MemberRules.h"
#include "Releases.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {

bool startsMember(const Use &U, const Shape &What) {
  if (U.Does == Verb::Start)
    return true;
  // Taken over from a parameter, a local variable, a function's result; not
  // from the object that is moved from.
  if (U.Does != Verb::Insert || What.Pointer || What.Shared ||
      What.Inner->ByValue)
    return false;
  const auto *M = dyn_cast_or_null<CXXMethodDecl>(U.In);
  const auto *Ctor = dyn_cast_or_null<CXXConstructorDecl>(M);
  return !(Ctor ? Ctor->isCopyOrMoveConstructor()
                : M && (M->isCopyAssignmentOperator() ||
                        M->isMoveAssignmentOperator()));
}

/// A use after which the class can't be blamed: it releases the member, or
/// does something with it that we don't understand.
static bool excuses(Verb V, const Shape &What) {
  // `delete thread_` without a join before it is the defect itself.
  if (V == Verb::Destroy)
    return What.Inner->IfUnreleased != Unreleased::Terminate &&
           What.Inner->IfUnreleased != Unreleased::Leak;
  return releases(V) || V == Verb::Escape || V == Verb::Cancel;
}

bool mayStartDetached(const Use &U) {
  const auto *Call = dyn_cast_or_null<CallExpr>(U.At);
  if (!Call || !U.Row || U.Row->Attribute < 0 ||
      unsigned(U.Row->Attribute) >= Call->getNumArgs())
    return false;
  const Expr *Options = strip(Call->getArg(U.Row->Attribute));
  return !isa<CXXNullPtrLiteralExpr, GNUNullExpr, IntegerLiteral>(Options);
}

/// An object that runs one of its own methods from its construction on: it can
/// be neither moved nor made without its execution, so that its destructor is
/// the only place that can't be forgotten.
static bool isActiveObject(const Index &Idx, const MemberFact &F) {
  return F.What->What.Inner->IfUnreleased == Unreleased::Terminate &&
         constructorStarts(Idx, F) && llvm::any_of(F.Starts, [](const Use *U) {
           return handsThisOn(U->At);
         });
}

/// True when code outside this unit could release the member.
static bool visibleElsewhere(const Index &Idx, const MemberFact &F) {
  const SourceManager &SM = Idx.lexicon().context().getSourceManager();
  if (SM.isInMainFile(SM.getExpansionLoc(F.Class->getLocation())))
    return false;
  // What a constructor starts on its own object, and a destructor that
  // somebody wrote doesn't end, is left to nobody else.
  if (F.Destructor && isActiveObject(Idx, F))
    return false;
  if (F.What->Decl->getAccess() == AS_private)
    return false;
  if (F.What->Decl->getAccess() == AS_protected &&
      llvm::none_of(
          Idx.allUses(F.What->Decl),
          [&](const Use &U) { return excuses(U.Does, F.What->What); }) &&
      isWholeHere(Idx, F.Class))
    return false;
  // What the destructor deletes, it has to have joined.
  if (F.Destructor) {
    auto AtDestruction = Idx.reachable(F.Destructor);
    for (const Use &U : F.What->Uses)
      if (U.Does == Verb::Destroy && AtDestruction.contains(U.In))
        return false;
  }
  return true;
}

/// True when \p Field belongs to a plain struct that others fill, and that code
/// outside this unit may get to see: who has it may release it.
static bool isHandedOut(const Index &Idx, const FieldDecl *Field,
                        const CXXRecordDecl *Class,
                        llvm::ArrayRef<const Use *> Starts) {
  if (Field->getAccess() != AS_public || Class->hasUserDeclaredDestructor() ||
      llvm::any_of(Starts, [&](const Use *U) {
        const auto *M = dyn_cast_or_null<CXXMethodDecl>(U->In);
        return !U->In || (M && M->getParent()->getCanonicalDecl() ==
                                   Class->getCanonicalDecl());
      }))
    return false;
  auto Mentions = [&](QualType T) {
    while (!T.isNull() && (T->isPointerType() || T->isReferenceType()))
      T = T->getPointeeType();
    const CXXRecordDecl *RD = T.isNull() ? nullptr : T->getAsCXXRecordDecl();
    return RD && RD->getCanonicalDecl() == Class->getCanonicalDecl();
  };
  for (const auto &[FD, Facts] : Idx.functions())
    if (FD->isExternallyVisible() &&
        (Mentions(FD->getReturnType()) ||
         llvm::any_of(FD->parameters(), [&](const ParmVarDecl *P) {
           return Mentions(P->getType());
         })))
      return true;
  return false;
}

/// A private method that nobody calls releases nothing.
static bool isDead(const Index &Idx, const FunctionDecl *FD,
                   const CXXRecordDecl *Class) {
  const auto *M = dyn_cast_or_null<CXXMethodDecl>(FD);
  if (!M || M->getAccess() != AS_private || M->isVirtual() ||
      isa<CXXConstructorDecl, CXXDestructorDecl>(M) ||
      M->getParent()->getCanonicalDecl() != Class->getCanonicalDecl())
    return false;
  for (const auto &[Caller, Facts] : Idx.functions())
    if (Caller != M->getCanonicalDecl() &&
        (Facts.Callees.contains(M->getCanonicalDecl()) ||
         Facts.Named.contains(M->getCanonicalDecl())))
      return false;
  return true;
}

/// The verdict on \p F, as far as it holds for a class with methods that nobody
/// seems to define: if somebody does after all, they are for its holders.
static MemberVerdict blamable(const Index &Idx, const MemberFact &F,
                              const ClassView &V) {
  if (!V.LeftOver)
    return F.Verdict;
  if (F.Verdict == MemberVerdict::HoldersDuty ||
      (F.Verdict == MemberVerdict::NeverReleased && !constructorStarts(Idx, F)))
    return MemberVerdict::Unknown;
  return F.Verdict;
}

/// True when destruction joins the member: then it is neither started detached
/// nor left to derived classes, although others could do so.
static bool joinsItself(const MemberFact &F, const ClassView &V,
                        llvm::ArrayRef<Use> Uses) {
  const Shape &S = F.What->What;
  return V.Known && V.Destructor && !S.Many && !S.CustomDeleter &&
         F.What->Decl->getAccess() != AS_public &&
         llvm::any_of(Uses, [&](const Use &U) {
           return U.Does == Verb::Join && V.AtDestruction.contains(U.In);
         });
}

/// `t_ = new std::thread(...); t_->detach();`: there is nothing to release.
static bool detachesWhatItStarts(const MemberFact &F, const Use &U) {
  return U.Does == Verb::Detach && U.In &&
         llvm::any_of(F.Starts,
                      [&](const Use *Start) { return Start->In == U.In; });
}

static void findElsewhere(MemberFact &F) {
  for (const Use &U : F.What->Uses)
    if (releases(U.Does))
      F.Elsewhere = &U;
  // An element, by the name that a loop gives it.
  for (const ValueDecl *Alias : F.What->Aliases)
    if (const Subject *S = F.Elsewhere ? nullptr : F.In->find(Alias))
      for (const Use &U : S->Uses)
        if (releases(U.Does))
          F.Elsewhere = &U;
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
    F.In = &Idx;
    F.Class = Class;
    auto [It, New] = Views.try_emplace(Class);
    if (New)
      It->second = viewClass(Idx, Class);
    const ClassView &V = It->second;
    F.Destructor = V.Destructor;
    llvm::SmallVector<Use, 16> Uses = Idx.allUses(D);
    // References and pointers to others' objects carry no duty.
    bool Owns = !S.What.Pointer || deletesElements(Idx, S, V.AtDestruction);
    for (const Use &U : S.Uses)
      if (startsMember(U, S.What) || (Owns && insertsStarted(Idx, U)))
        F.Starts.push_back(&U);
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
        llvm::any_of(F.Starts,
                     [](const Use *U) { return mayStartDetached(*U); }) ||
        visibleElsewhere(Idx, F) || isHandedOut(Idx, Field, Class, F.Starts)) {
      if (joinsItself(F, V, Uses))
        findGuard(Idx, F, V, Uses);
      Result.push_back(std::move(F));
      continue;
    }
    bool AtDestruction = false, Excused = false;
    for (const Use &U : Uses) {
      if (U.Does == Verb::Destroy)
        F.Deleted = U;
      if (!excuses(U.Does, S.What) ||
          (releases(U.Does) && isDead(Idx, U.In, Class)))
        continue;
      if (isForRestart(S, U) && !V.AtDestruction.contains(U.In)) {
        F.Renewed = U;
        continue;
      }
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
    if (AtDestruction && V.Destructor && !S.What.Many)
      findGuard(Idx, F, V, Uses);
    if (F.Verdict == MemberVerdict::Fine && V.Destructor)
      findBlindJoin(Idx, F, V, Uses);
    const SourceManager &SM = Idx.lexicon().context().getSourceManager();
    if (F.Verdict == MemberVerdict::HoldersDuty)
      findElsewhere(F);
    if (F.Verdict == MemberVerdict::HoldersDuty && !V.Destructor &&
        !V.LeftOver && llvm::all_of(Uses, [What = &F.What->What](const Use &U) {
          return !excuses(U.Does, *What) || isIncidental(U);
        }))
      F.Verdict = MemberVerdict::LeftToHolders;
    if (F.Verdict == MemberVerdict::HoldersDuty &&
        !SM.isInMainFile(SM.getExpansionLoc(Class->getLocation())) &&
        isActiveObject(Idx, F) && llvm::none_of(Uses, [&](const Use &U) {
          // Overridden methods are called by those who know the base only.
          const auto *M = dyn_cast_or_null<CXXMethodDecl>(U.In);
          return U.Does == Verb::Escape ||
                 (releases(U.Does) && isa_and_nonnull<CXXConstructorDecl>(M)) ||
                 (releases(U.Does) && M && M->isVirtual()) ||
                 (U.In && V.AtDestruction.contains(U.In));
        }))
      F.Verdict = MemberVerdict::LeftToHolders;
    F.Verdict = blamable(Idx, F, V);
    Result.push_back(std::move(F));
  }
  // One execution of an object may wait for the others, or a library call it.
  for (MemberFact &F : Result) {
    if (F.Verdict != MemberVerdict::HoldersDuty &&
        F.Verdict != MemberVerdict::LeftToHolders)
      continue;
    llvm::SmallPtrSet<const FunctionDecl *, 16> Executed;
    for (const MemberFact &Other : Result)
      if (Other.Class == F.Class)
        addExecuted(Idx, Other, Executed);
    for (const Use &U : Idx.allUses(F.What->Decl))
      if (releases(U.Does) && Executed.contains(U.In))
        F.Verdict = MemberVerdict::Unknown;
    if (Idx.releasedByCallback(F.What->Decl))
      F.Verdict = MemberVerdict::Unknown;
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
      Unclear |= (excuses(U.Does, F.What->What) && U.Does != Verb::Join &&
                  U.Does != Verb::Detach) ||
                 detachesWhatItStarts(F, U);
    if (Unclear || visibleElsewhere(Idx, F))
      continue;
    if (F.Elsewhere)
      F.Verdict = MemberVerdict::NotReached;
  }
  return Result;
}

std::vector<const Subject *> unreleasedStructFields(const Index &Idx) {
  std::vector<const Subject *> Result;
  const SourceManager &SM = Idx.lexicon().context().getSourceManager();
  for (const auto &[D, S] : Idx.subjects()) {
    const auto *Field = dyn_cast<FieldDecl>(D);
    if (!Field || !S.What.isDirect() || isa<CXXRecordDecl>(Field->getParent()))
      continue;
    if (!SM.isInMainFile(SM.getExpansionLoc(Field->getLocation())))
      continue;
    bool Started = false, Excused = false;
    for (const Use &U : Idx.allUses(D)) {
      Excused |= excuses(U.Does, S.What) || U.Does == Verb::Insert;
      if (U.Does != Verb::Start)
        continue;
      Started = true;
      Excused |= mayStartDetached(U);
      // A global object and its execution live as long as the process.
      const auto *ME = dyn_cast_or_null<MemberExpr>(U.Ref);
      const Expr *Object = ME ? strip(ME->getBase()) : nullptr;
      const auto *Ref = dyn_cast_or_null<DeclRefExpr>(Object);
      const auto *VD = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
      Excused |= !VD || VD->hasGlobalStorage();
      for (const FunctionDecl *Entry : functionsNamedIn(U.At))
        Excused |= runsForEver(Entry->getBody());
    }
    if (Started && !Excused)
      Result.push_back(&S);
  }
  return Result;
}

std::vector<const Subject *> unreleasedHolders(const Index &Idx) {
  std::vector<const Subject *> Result;
  for (const auto &[D, S] : Idx.subjects()) {
    const auto *VD = dyn_cast<VarDecl>(D);
    if (!VD || !S.What || !S.What.Inner->Inferred || S.What.Pointer ||
        S.What.Shared || S.What.CustomDeleter || !VD->hasLocalStorage() ||
        isa<ParmVarDecl>(VD))
      continue;
    bool Started = false, Excused = false;
    const FunctionDecl *In = nullptr;
    for (const Use &U : Idx.allUses(D)) {
      Started |= startsMember(U, S.What);
      Excused |= releases(U.Does) || U.Does == Verb::Escape ||
                 U.Does == Verb::Cancel || U.Does == Verb::Destroy;
      In = U.In ? U.In : In;
    }
    const FunctionDecl *Def = nullptr;
    if (Started && !Excused && In && In->isDefined(Def) && Def &&
        !neverReturns(Def) && !runsForEver(Def->getBody()))
      Result.push_back(&S);
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
      Started |= U.Does == Verb::Start;
      Excused |= excuses(U.Does, S.What);
    }
    if (Started && !Excused)
      Result.push_back(&S);
  }
  return Result;
}

} // namespace leak
