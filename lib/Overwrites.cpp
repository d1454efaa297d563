//===--- Overwrites.cpp - members assigned to while they run --------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Overwrites.h"
#include "Callable.h"
#include "MemberRules.h"
#include "Statements.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace leak {

using FunctionSet = llvm::SmallPtrSet<const FunctionDecl *, 16>;

static bool sameFunction(const FunctionDecl *A, const FunctionDecl *B) {
  return A && B && A->getCanonicalDecl() == B->getCanonicalDecl();
}

/// The object of the member that \p U mentions is the method's own.
static bool ofThis(const Use &U) {
  const auto *ME = dyn_cast_or_null<MemberExpr>(U.Ref);
  return ME && isa<CXXThisExpr>(ME->getBase()->IgnoreParenImpCasts());
}

/// True when something that \p Method may call, itself included, uses the
/// member in another way than \p Assigned does: looks at it, releases it.
static bool usesOtherwise(const Index &Idx, const Subject &S,
                          const FunctionDecl *Method, const Use &Assigned,
                          bool MovedFromIsFine) {
  FunctionSet Reached = Idx.reachable(Method);
  for (const Use &U : Idx.allUses(S.Decl)) {
    if (!U.In || !Reached.contains(U.In->getCanonicalDecl()) ||
        U.At == Assigned.At)
      continue;
    // The other object's member, which it is moved from.
    if (MovedFromIsFine && U.Does == Verb::Move && !ofThis(U))
      continue;
    return true;
  }
  return false;
}

/// A call below \p S, outside of \p Start, gives `this` or `*this` to a
/// function without a body here.
static bool givesThisAway(const Stmt *S, const Stmt *Start) {
  if (!S || S == Start)
    return false;
  ArrayRef<const Expr *> Args;
  const FunctionDecl *Callee = nullptr;
  if (const auto *Call = dyn_cast<CallExpr>(S)) {
    Args = {Call->getArgs(), Call->getNumArgs()};
    Callee = Call->getDirectCallee();
  } else if (const auto *CE = dyn_cast<CXXConstructExpr>(S)) {
    Args = {CE->getArgs(), CE->getNumArgs()};
    Callee = CE->getConstructor();
  }
  if (!(Callee && Callee->isDefined()) &&
      llvm::any_of(Args, [](const Expr *Arg) {
        const Expr *E = strip(Arg);
        if (const auto *UO = dyn_cast_or_null<UnaryOperator>(E))
          E = strip(UO->getSubExpr());
        return isa_and_nonnull<CXXThisExpr>(E);
      }))
    return true;
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return givesThisAway(Child, Start);
  });
}

/// No test of a flag stands before \p U, and nobody else gets the object.
static bool isUntested(const Index &Idx, const Use &U) {
  if (!guardsOf(U.In, U.At).empty())
    return false;
  for (const FunctionDecl *FD : Idx.reachable(U.In)) {
    const FunctionDecl *Def = nullptr;
    // What the started execution does comes later.
    if (FD->isDefined(Def) && Def && !contains(U.At, Def->getBody()) &&
        givesThisAway(Def->getBody(), U.At))
      return false;
  }
  return true;
}

/// The release of \p F in, or reached from, its destructor.
static const Use *releaseAtDestruction(const Index &Idx, const MemberFact &F) {
  if (!F.Destructor)
    return nullptr;
  FunctionSet Reached = Idx.reachable(F.Destructor);
  for (const Use &U : F.What->Uses)
    if ((U.Does == Verb::Join || U.Does == Verb::Detach) && U.In &&
        Reached.contains(U.In->getCanonicalDecl()))
      return &U;
  return nullptr;
}

/// `t = std::move(other.t);` in a move assignment of a class whose destructor
/// releases it: what the destructor has to do, the assignment has to do too.
static void findMoveAssignment(const Index &Idx, const MemberFact &F,
                               std::vector<Overwrite> &Into) {
  const Shape &S = F.What->What;
  if (S.Many || S.Pointer || S.Shared)
    return;
  const Use *Release = releaseAtDestruction(Idx, F);
  if (!Release || llvm::any_of(Idx.allUses(F.What->Decl), [](const Use &U) {
        return U.Does == Verb::Escape;
      }))
    return;
  for (const Use &U : F.What->Uses) {
    const auto *M = dyn_cast_or_null<CXXMethodDecl>(U.In);
    if (U.Does != Verb::Insert || !M || !M->isMoveAssignmentOperator() ||
        !sameFunction(M->getParent()->getDestructor(), F.Destructor) ||
        !ofThis(U) || !isUntested(Idx, U) ||
        usesOtherwise(Idx, *F.What, M, U, /*MovedFromIsFine=*/true))
      continue;
    Into.push_back({Overwrite::MoveAssigned, F.What, &U, Release});
  }
}

static bool isAssignmentOrConstructor(const FunctionDecl *FD) {
  const auto *M = dyn_cast_or_null<CXXMethodDecl>(FD);
  return !M || isa<CXXConstructorDecl, CXXDestructorDecl>(M) ||
         M->isCopyAssignmentOperator() || M->isMoveAssignmentOperator();
}

/// True when \p U, in a method of the class of \p F, starts its own object's
/// member without a look at what it is.
static bool startsBlindly(const Index &Idx, const MemberFact &F, const Use &U) {
  if (U.Does != Verb::Start || isAssignmentOrConstructor(U.In) || !ofThis(U) ||
      U.Loop)
    return false;
  const auto *M = cast<CXXMethodDecl>(U.In);
  return M->getParent()->getCanonicalDecl() == F.Class->getCanonicalDecl() &&
         isUntested(Idx, U) &&
         !usesOtherwise(Idx, *F.What, M, U, /*MovedFromIsFine=*/false);
}

bool mayRestart(const Index &Idx, const MemberFact &F) {
  const Shape &S = F.What->What;
  return !S.Many && !S.Pointer && !S.Shared &&
         S.Inner->IfUnreleased == Unreleased::Terminate &&
         llvm::any_of(F.Starts,
                      [&](const Use *U) { return startsBlindly(Idx, F, *U); });
}

/// True when no object can be made without starting the member: all bodies are
/// here, and no branch leads around the start.
static bool alwaysStarted(const Index &Idx, const MemberFact &F) {
  if (llvm::any_of(F.Starts, [](const Use *U) { return !U->In; }))
    return true; // Where the member is declared.
  auto Starts = [&](const FunctionDecl *FD) -> const Use * {
    for (const Use *U : F.Starts)
      if (const FunctionDecl *Def = nullptr;
          sameFunction(U->In, FD) && FD->isDefined(Def) && Def &&
          !isConditional(Def->getBody(), U->At))
        return U;
    return nullptr;
  };
  if (F.Class->needsImplicitDefaultConstructor())
    return false;
  return llvm::all_of(F.Class->ctors(), [&](const CXXConstructorDecl *Ctor) {
    return Ctor->isDeleted() || Ctor->isCopyOrMoveConstructor() || Starts(Ctor);
  });
}

/// A method that starts again what every constructor has started, in a class
/// that releases it nowhere but in the destructor.
static void findRestart(const Index &Idx, const MemberFact &F,
                        std::vector<Overwrite> &Into) {
  if (!mayRestart(Idx, F) || !alwaysStarted(Idx, F))
    return;
  FunctionSet Constructing;
  for (const CXXConstructorDecl *Ctor : F.Class->ctors()) {
    FunctionSet Reached = Idx.reachable(Ctor);
    Constructing.insert(Reached.begin(), Reached.end());
  }
  const Use *First = nullptr;
  for (const Use *U : F.Starts)
    if (!U->In || Constructing.contains(U->In->getCanonicalDecl()))
      First = U;
  if (!First || llvm::any_of(Idx.allUses(F.What->Decl), [&](const Use &U) {
        return (releases(U.Does) || U.Does == Verb::Escape ||
                U.Does == Verb::Cancel || U.Does == Verb::Reset) &&
               !sameFunction(U.In, F.Destructor);
      }))
    return;
  for (const Use *U : F.Starts)
    if (startsBlindly(Idx, F, *U) &&
        !Constructing.contains(U->In->getCanonicalDecl()))
      Into.push_back({Overwrite::Restarted, F.What, U, First});
}

//===--- Cancelled and started again --------------------------------------===//

/// The block in which both \p A and \p B stand, each in a statement of its own
/// and \p A's first; and what is between them.
static bool inSequence(const Stmt *S, const Stmt *A, const Stmt *B,
                       llvm::SmallVectorImpl<const Stmt *> &Between) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  if (const auto *Block = dyn_cast<CompoundStmt>(S)) {
    const Stmt *const *It = llvm::find_if(
        Block->body(), [&](const Stmt *C) { return contains(C, A); });
    // In a branch it isn't sure.
    if (It != Block->body_end() && isa<Expr>(*It) && !contains(*It, B))
      for (const Stmt *const *Next = It; ++Next != Block->body_end();) {
        Between.push_back(*Next);
        if (contains(*Next, B))
          return true;
      }
    Between.clear();
  }
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return inSequence(Child, A, B, Between);
  });
}

/// True when something from the beginning of \p S up to \p Until is one of
/// \p Others, or calls a function that touches the handle. \p Until becomes
/// null when it is reached.
static bool mayRelease(const Index &Idx, const Stmt *S, const Stmt *&Until,
                       const llvm::SmallPtrSetImpl<const Stmt *> &Others,
                       const FunctionSet &Touching) {
  if (!S || !Until)
    return false;
  if (S == Until) {
    Until = nullptr;
    return false;
  }
  if (Others.contains(S))
    return true;
  for (const Stmt *Child : S->children())
    if (mayRelease(Idx, Child, Until, Others, Touching))
      return true;
  const auto *Call = Until ? dyn_cast<CallExpr>(S) : nullptr;
  if (!Call)
    return false;
  const FunctionDecl *FD = Call->getDirectCallee();
  return !FD || llvm::any_of(Idx.reachable(FD), [&](const FunctionDecl *F) {
    return Touching.contains(F);
  });
}

static bool detaches(const Stmt *S, const Index &Idx) {
  if (!S)
    return false;
  if (const auto *Call = dyn_cast<CallExpr>(S))
    if (const Effect *Row = Idx.lexicon().effect(Call);
        Row && Row->Does == Verb::Detach)
      return true;
  return llvm::any_of(S->children(),
                      [&](const Stmt *Child) { return detaches(Child, Idx); });
}

/// The execution, or something that it may run, releases it by itself.
static bool detachesItself(const Index &Idx, const Use &Start) {
  for (const FunctionDecl *Entry : functionsNamedIn(Start.At))
    for (const FunctionDecl *FD : Idx.reachable(Entry)) {
      const FunctionDecl *Def = nullptr;
      if (FD->isDefined(Def) && Def && detaches(Def->getBody(), Idx))
        return true;
    }
  return false;
}

/// `pthread_cancel(t); pthread_create(&t, ...);`: one doesn't cancel what is
/// joined already, and a cancelled execution has still to be joined.
static void findCancelled(const Index &Idx, const Subject &S,
                          std::vector<Overwrite> &Into) {
  if (!isa<VarDecl, FieldDecl>(S.Decl) || !S.What.isDirect() ||
      S.What.Inner->IfUnreleased != Unreleased::Leak)
    return;
  auto All = Idx.allUses(S.Decl);
  // Somebody releases it by another way than a join, or a copy of it.
  if (!S.Aliases.empty() || llvm::any_of(All, [](const Use &U) {
        return U.Does == Verb::Escape || U.Does == Verb::Move ||
               U.Does == Verb::Detach || U.Does == Verb::Swap;
      }))
    return;
  for (const Use &Start : S.Uses) {
    if (Start.Does != Verb::Start || !Start.In || mayStartDetached(Start) ||
        detachesItself(Idx, Start))
      continue;
    for (const Use &Cancel : S.Uses) {
      if (Cancel.Does != Verb::Cancel || Cancel.In != Start.In)
        continue;
      const FunctionDecl *Def = nullptr;
      llvm::SmallVector<const Stmt *, 8> Between;
      if (!Start.In->isDefined(Def) || !Def ||
          !inSequence(Def->getBody(), Cancel.At, Start.At, Between))
        continue;
      llvm::SmallPtrSet<const Stmt *, 8> Others;
      FunctionSet Touching;
      for (const Use &U : All)
        if (U.Does != Verb::Query && U.Does != Verb::Cancel &&
            U.At != Start.At) {
          Others.insert(U.At);
          if (U.In)
            Touching.insert(U.In->getCanonicalDecl());
        }
      const Stmt *Until = Start.At;
      if (llvm::none_of(Between, [&](const Stmt *B) {
            return mayRelease(Idx, B, Until, Others, Touching);
          })) {
        Into.push_back({Overwrite::Cancelled, &S, &Start, &Cancel});
        break;
      }
    }
  }
}

std::vector<Overwrite> overwrites(const Index &Idx,
                                  llvm::ArrayRef<MemberFact> Facts) {
  std::vector<Overwrite> Result;
  for (const MemberFact &F : Facts) {
    if (F.In != &Idx || F.Starts.empty() ||
        F.What->What.Inner->IfUnreleased != Unreleased::Terminate)
      continue;
    ClassView V = viewClass(Idx, F.Class);
    if (!V.Known || V.LeftOver)
      continue;
    findMoveAssignment(Idx, F, Result);
    if (F.Verdict != MemberVerdict::Unknown)
      findRestart(Idx, F, Result);
  }
  for (const auto &Entry : Idx.subjects())
    findCancelled(Idx, Entry.second, Result);
  return Result;
}

} // namespace leak
