//===--- PathInline.cpp - which calls the path engine looks into ----------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Callable.h"
#include "PathTracker.h"
#include "clang/AST/StmtCXX.h"

namespace leak {

/// A template argument that may be, hold or run one of the objects.
static bool concerns(const Index &Idx, ArrayRef<TemplateArgument> Args) {
  for (const TemplateArgument &Arg : Args) {
    if (Arg.getKind() == TemplateArgument::Pack) {
      if (concerns(Idx, Arg.pack_elements()))
        return true;
      continue;
    }
    if (Arg.getKind() != TemplateArgument::Type)
      continue;
    QualType T = Arg.getAsType().getNonReferenceType();
    while (T->isPointerType())
      T = T->getPointeeType();
    if (Idx.shape(T) || Idx.holds(T) || T->isFunctionType())
      return true;
    const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
    if (!RD)
      continue;
    // Lambdas, deleters, and other things of the project that may be run.
    if (RD->isLambda() ||
        !RD->getASTContext().getSourceManager().isInSystemHeader(
            RD->getLocation()))
      return true;
    if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(RD))
      if (concerns(Idx, Spec->getTemplateArgs().asArray()))
        return true;
  }
  return false;
}

/// True when going into the body of \p FD can tell something about an object.
bool PathTracker::worthInlining(const FunctionDecl *FD,
                                const Index &Idx) const {
  auto [It, New] = InlineCache.try_emplace(FD, true);
  if (!New)
    return It->second;
  auto Decide = [&] {
    const FunctionDecl *Def = nullptr;
    if (!FD->isDefined(Def) || !Def)
      return true; // Nothing to go into; the engine knows what to do.
    const auto *Method = dyn_cast<CXXMethodDecl>(FD);
    if (Method && Method->getParent()->isLambda())
      return true;
    const SourceManager &SM = FD->getASTContext().getSourceManager();
    if (SM.isInSystemHeader(FD->getLocation())) {
      if (const TemplateArgumentList *Args =
              FD->getTemplateSpecializationArgs();
          Args && concerns(Idx, Args->asArray()))
        return true;
      const auto *Spec =
          Method
              ? dyn_cast<ClassTemplateSpecializationDecl>(Method->getParent())
              : nullptr;
      return Spec && concerns(Idx, Spec->getTemplateArgs().asArray());
    }
    if (Idx.matters(FD))
      return true;
    // Short ones are cheap, and are what conditions are made of.
    const auto *Body = dyn_cast_or_null<CompoundStmt>(Def->getBody());
    return Body && Body->size() <= 2 && !isa<CXXConstructorDecl>(FD);
  };
  return InlineCache[FD] = Decide();
}

/// Evaluates a call whose body says nothing about the objects without going
/// into it: most of the engine's time would be spent there.
bool PathTracker::evalUnconcerned(const CallEvent &Call, const FunctionDecl *FD,
                                  const Index &Idx, CheckerContext &C) const {
  if (isa<CXXAllocatorCall, CXXDeallocatorCall>(Call) || FD->getBuiltinID() ||
      FD->isNoReturn() || FD->isReplaceableGlobalAllocationFunction())
    return false;
  QualType T = Call.getResultType();
  bool IsCtor = isa<CXXConstructorDecl>(FD);
  if (!IsCtor && T->isRecordType())
    return false;
  if (!Call.getOriginExpr() || worthInlining(FD, Idx))
    return false;
  // A helper of an object that owns something live: whatever it does to the
  // other members, which say whether it is live, has to be known exactly.
  if (const auto *Method = dyn_cast<CXXInstanceCall>(&Call))
    if (const MemRegion *This = Method->getCXXThisVal().getAsRegion())
      for (const auto &[R, L] : C.getState()->get<Objects>())
        if (R->isSubRegionOf(This->StripCasts()))
          return false;
  ProgramStateRef State = Call.invalidateRegions(C.blockCount(), C.getState());
  if (!IsCtor && !T->isVoidType())
    State = bindReturn(State, Call, compat::conjure(C, Call, T), C);
  C.addTransition(State);
  return true;
}

} // namespace leak
