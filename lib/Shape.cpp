//===--- Shape.cpp - how types hold modelled objects ----------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Index.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include <functional>

using namespace clang;

namespace leak {

/// Something that \p S, in a method of a class derived from a handle, does to
/// its own object ends the handle's duty, or can't be understood.
static bool releasesOwn(const Stmt *S, const Lexicon &Words) {
  if (!S)
    return false;
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(S);
      Call &&
      isa_and_nonnull<CXXThisExpr>(strip(Call->getImplicitObjectArgument()))) {
    const Effect *Row = Words.effect(Call);
    if (!Row || releases(Row->Does) || Row->Does == Verb::Wait ||
        Row->Does == Verb::TryWait || Row->Does == Verb::Escape)
      return true;
  }
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return releasesOwn(Child, Words);
  });
}

/// The model of the handle that \p RD is a special case of: `class Worker :
/// public QThread`. Null when its own destructor ends the execution, or may.
const TypeModel *Index::handleBase(const CXXRecordDecl *RD) const {
  if (!RD || !(RD = RD->getDefinition()) || RD->isDependentContext() ||
      !RD->getNumBases() || RD->isLambda() ||
      Ctx.getSourceManager().isInSystemHeader(RD->getLocation()))
    return nullptr;
  const CXXRecordDecl *Base =
      RD->bases_begin()->getType()->getAsCXXRecordDecl();
  if (!Base)
    return nullptr;
  const TypeModel *M = Words.type(Base);
  if (M && (!llvm::is_contained(Kinds, M->What) || M->Inferred))
    return nullptr;
  if (!M && !(M = handleBase(Base)))
    return nullptr;
  if (const CXXDestructorDecl *Dtor = RD->getDestructor();
      Dtor && !Dtor->isImplicit() && !Dtor->isDefaulted()) {
    const FunctionDecl *Def = nullptr;
    if (!Dtor->isDefined(Def) || !Def || releasesOwn(Def->getBody(), Words))
      return nullptr;
  }
  return M;
}

Shape Index::shape(QualType T) const {
  if (T.isNull() || T->isDependentType())
    return {};
  const clang::Type *Key = T.getTypePtr();
  auto It = ShapeCache.find(Key);
  if (It != ShapeCache.end())
    return It->second;
  ShapeCache[Key] = {}; // Ends recursion through self-referring types.
  Shape Result;
  if (const TypeModel *M = T->isPointerType() ? Words.type(T) : nullptr;
      M && M->ByValue) {
    // `typedef struct thread *thread_t`: the value is the handle.
    if (llvm::is_contained(Kinds, M->What))
      Result.Inner = M;
  } else if (T->isReferenceType() || T->isPointerType()) {
    Result = shape(T->getPointeeType());
    Result.Pointer = bool(Result);
  } else if (const auto *AT = Ctx.getAsArrayType(T)) {
    Result = shape(AT->getElementType());
    Result.Many = bool(Result);
  } else if (const TypeModel *M = Words.type(T)) {
    if (M->What == Kind::Owner || M->What == Kind::Container) {
      const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
          T->getAsCXXRecordDecl());
      if (Spec) {
        for (const TemplateArgument &Arg : Spec->getTemplateArgs().asArray())
          if (Arg.getKind() == TemplateArgument::Type)
            if ((Result = shape(Arg.getAsType())))
              break;
      }
      if (Result) {
        Result.Outer = M;
        if (M->What == Kind::Container) {
          Result.Many = true;
        } else {
          Result.Owned = true;
          Result.Shared |= M->ByValue;
          // A deleter of the project's own may release it.
          for (const TemplateArgument &Arg :
               Spec->getTemplateArgs().asArray().drop_front())
            if (Arg.getKind() == TemplateArgument::Type) {
              const CXXRecordDecl *Deleter =
                  Arg.getAsType()->getAsCXXRecordDecl();
              Result.CustomDeleter |=
                  !Deleter || !Ctx.getSourceManager().isInSystemHeader(
                                  Deleter->getLocation());
            }
        }
      }
    } else if (llvm::is_contained(Kinds, M->What)) {
      Result.Inner = M;
    }
  } else if (const TypeModel *M = handleBase(T->getAsCXXRecordDecl())) {
    Result.Inner = M;
  }
  ShapeCache[Key] = Result;
  return Result;
}

bool Index::holds(QualType T) const {
  if (T.isNull())
    return false;
  T = Ctx.getBaseElementType(T);
  const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
  if (!RD || !(RD = RD->getDefinition()) || RD->isDependentContext())
    return false;
  RD = RD->getCanonicalDecl();
  auto It = HoldsCache.find(RD);
  if (It != HoldsCache.end())
    return It->second;
  HoldsCache[RD] = false;
  if (const TypeModel *M = Words.type(RD)) {
    if (M->What != Kind::Owner && M->What != Kind::Container)
      return false;
    if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(RD))
      for (const TemplateArgument &Arg : Spec->getTemplateArgs().asArray())
        if (Arg.getKind() == TemplateArgument::Type && holds(Arg.getAsType()))
          return HoldsCache[RD] = true;
    return false;
  }
  const CXXRecordDecl *Def = RD->getDefinition();
  if (Ctx.getSourceManager().isInSystemHeader(Def->getLocation()))
    return false;
  for (const CXXBaseSpecifier &Base : Def->bases())
    if (holds(Base.getType()))
      return HoldsCache[RD] = true;
  for (const FieldDecl *FD : Def->fields()) {
    Shape S = shape(FD->getType());
    if ((S && !S.Pointer) || holds(FD->getType()))
      return HoldsCache[RD] = true;
  }
  return false;
}

void Index::forEachInside(
    const CXXRecordDecl *RD,
    llvm::function_ref<void(const CXXRecordDecl *)> Visit) const {
  llvm::SmallSetVector<const CXXRecordDecl *, 8> Work;
  std::function<void(QualType)> Add = [&](QualType T) {
    const CXXRecordDecl *Inside =
        Ctx.getBaseElementType(T)->getAsCXXRecordDecl();
    if (!Inside || !holds(T))
      return;
    if (const TypeModel *M = Words.type(Inside);
        M && (M->What == Kind::Owner || M->What == Kind::Container)) {
      if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(Inside))
        for (const TemplateArgument &Arg : Spec->getTemplateArgs().asArray())
          if (Arg.getKind() == TemplateArgument::Type)
            Add(Arg.getAsType());
      return;
    }
    Work.insert(Inside->getDefinition());
  };
  Work.insert(RD->getDefinition());
  for (size_t I = 0; I != Work.size(); ++I) {
    const CXXRecordDecl *Cur = Work[I];
    Visit(Cur);
    for (const CXXBaseSpecifier &Base : Cur->bases())
      Add(Base.getType());
    for (const FieldDecl *FD : Cur->fields())
      Add(FD->getType());
  }
}

} // namespace leak
