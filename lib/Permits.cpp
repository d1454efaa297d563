//===--- Permits.cpp - what is taken and given back -----------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Permits.h"
#include "Index.h"
#include "Spelling.h"
#include "Statements.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {

/// Acquire, TryAcquire or Release, by a name such as `lock`, `tryLock`,
/// `rwlock_rdlock`, `UnlockShared`.
static std::optional<Verb> verbOfName(StringRef Name) {
  bool Locks = false, Unlocks = false, Tries = false, Other = false;
  for (const std::string &W : identifierWords(Name)) {
    Locks |= W == "lock" || W == "trylock" || W == "rdlock" || W == "wrlock" ||
             W == "rlock" || W == "wlock" || W == "readlock" ||
             W == "writelock";
    Unlocks |= W == "unlock" || W == "rdunlock" || W == "wrunlock" ||
               W == "runlock" || W == "wunlock" || W == "readunlock" ||
               W == "writeunlock";
    Tries |= W == "try" || W == "trylock" || W == "timed";
    // What only looks, makes or ends a lock, or is about something else.
    Other |= W == "is" || W == "has" || W == "init" || W == "destroy" ||
             W == "create" || W == "new" || W == "free" || W == "get" ||
             W == "set" || W == "file" || W == "with" || W == "held" ||
             W == "owned" || W == "assert" || W == "delete" || W == "no" ||
             W == "count" || W == "page" || W == "and" || W == "wait" ||
             W == "on" || W == "if" || W == "free" || W == "screen";
  }
  if (Other || (Locks && Unlocks))
    return std::nullopt;
  if (Unlocks)
    return Verb::Release;
  if (Locks)
    return Tries ? Verb::TryAcquire : Verb::Acquire;
  return std::nullopt;
}

bool Permits::isOperation(const FunctionDecl *FD) {
  if (FD->hasAttr<AcquireCapabilityAttr>() ||
      FD->hasAttr<TryAcquireCapabilityAttr>() ||
      FD->hasAttr<ReleaseCapabilityAttr>() ||
      FD->hasAttr<RequiresCapabilityAttr>())
    return true;
  const IdentifierInfo *II = FD->getIdentifier();
  if (!II)
    // The constructor and the destructor of a guard.
    return isa<CXXConstructorDecl, CXXDestructorDecl>(FD);
  for (const std::string &W : identifierWords(II->getName()))
    for (StringRef Operation : {"lock", "acquire", "enter", "begin", "trylock",
                                "hold", "grab", "take", "prepare"})
      if (StringRef(W).ends_with(Operation) && W != "block" && W != "clock" &&
          W != "unblock")
        return true;
  return false;
}

/// \p T is known to be a permit, can be locked by its name, or isn't known.
bool Permits::isPermit(QualType T) const {
  if (const TypeModel *M = Words.type(T))
    return M->What == Kind::Permit;
  const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
  return RD && (!RD->hasDefinition() ||
                llvm::any_of(RD->getDefinition()->methods(),
                             [](const CXXMethodDecl *M) {
                               return M->getIdentifier() &&
                                      verbOfName(M->getName()).has_value();
                             }));
}

bool Permits::isLockable(const CXXRecordDecl *RD) const {
  auto [It, New] = Lockable.try_emplace(RD->getCanonicalDecl(), false);
  if (!New)
    return It->second;
  const CXXRecordDecl *Def = RD->getDefinition();
  if (!Def)
    return false;
  bool Locks = false, Unlocks = false, Guards = false;
  auto Look = [&](const CXXRecordDecl *Class) {
    for (const CXXMethodDecl *M : Class->methods()) {
      if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(M)) {
        // A guard holds the permit that its constructor gets.
        if (Ctor->getNumParams() && !Ctor->isCopyOrMoveConstructor()) {
          QualType T = Ctor->getParamDecl(0)->getType();
          if (T->isReferenceType() || T->isPointerType())
            Guards |= isPermit(T->getPointeeType());
        }
        continue;
      }
      if (!M->getIdentifier())
        continue;
      std::optional<Verb> V = verbOfName(M->getName());
      Locks |= V == Verb::Acquire;
      Unlocks |= V == Verb::Release;
      Guards |= M->getName() == "owns_lock" || M->getName() == "mutex";
    }
  };
  Look(Def);
  for (const CXXBaseSpecifier &Base : Def->bases())
    if (const auto *B = Base.getType()->getAsCXXRecordDecl();
        B && B->hasDefinition())
      Look(B->getDefinition());
  return Lockable[RD->getCanonicalDecl()] = Locks && Unlocks && !Guards;
}

/// A function with another name but the same kind of first parameter; of a
/// library's, no others.
static bool hasCounterpart(const FunctionDecl *FD, Verb Does, bool Library) {
  QualType First = FD->getNumParams()
                       ? FD->getParamDecl(0)->getType().getUnqualifiedType()
                       : QualType();
  ASTContext &Ctx = FD->getASTContext();
  std::string Name = FD->getName().str();
  for (auto [Lock, Unlock] : {std::pair("lock", "unlock"),
                              {"Lock", "Unlock"},
                              {"LOCK", "UNLOCK"},
                              {"Lock", "UnLock"},
                              {"trylock", "unlock"},
                              {"try_lock", "unlock"},
                              {"tryLock", "unlock"},
                              {"TryLock", "Unlock"},
                              {"rdlock", "unlock"},
                              {"wrlock", "unlock"},
                              {"rdlock", "rdunlock"},
                              {"wrlock", "wrunlock"},
                              {"ReadLock", "Unlock"},
                              {"WriteLock", "Unlock"},
                              {"readlock", "unlock"},
                              {"writelock", "unlock"}}) {
    StringRef From = Does == Verb::Release ? Unlock : Lock;
    StringRef To = Does == Verb::Release ? Lock : Unlock;
    size_t At = Name.rfind(From.str());
    if (At == std::string::npos)
      continue;
    std::string Other = Name;
    Other.replace(At, From.size(), To.str());
    auto Found = Ctx.Idents.find(Other);
    if (Found == Ctx.Idents.end())
      continue;
    for (const NamedDecl *D :
         FD->getDeclContext()->getRedeclContext()->lookup(Found->second))
      if (const auto *OFD = dyn_cast<FunctionDecl>(D)) {
        QualType T = OFD->getNumParams()
                         ? OFD->getParamDecl(0)->getType().getUnqualifiedType()
                         : QualType();
        if (First.isNull() == T.isNull() &&
            (First.isNull() || Ctx.hasSameType(First, T)) &&
            (!Library || (OFD->getNumParams() == FD->getNumParams() &&
                          OFD->getReturnType()->isVoidType())))
          return true;
      }
  }
  return false;
}

std::optional<Permits::Word> Permits::inferred(const FunctionDecl *FD) const {
  if (!FD->getIdentifier() || FD->isVariadic())
    return std::nullopt;
  StringRef Name = FD->getName();
  if (!Name.contains_insensitive("lock"))
    return std::nullopt;
  std::optional<Verb> V = verbOfName(Name);
  if (!V)
    return std::nullopt;
  Word W;
  W.Does = *V;
  // A lock is held or isn't. Whether its owner may take it again isn't known.
  W.IfReacquired = Reacquire::Nests;
  QualType T = FD->getReturnType();
  if (T->isBooleanType())
    W.Fails = Failure::False;
  // Which numbers say that it failed isn't known. If it is the other way round,
  // what follows a success seems to release what wasn't taken, and no path
  // shows that this one has to.
  else if (T->isIntegralOrEnumerationType())
    W.Fails = Failure::Nonzero;
  else if (*V == Verb::TryAcquire)
    return std::nullopt;
  if (const auto *Method = dyn_cast<CXXMethodDecl>(FD);
      Method && !Method->isStatic()) {
    // `weak_ptr::lock` and the like make something; so does what takes more
    // than a time or a name for the log.
    if (!(T->isVoidType() || T->isIntegralOrEnumerationType()) ||
        Method->getNumParams() > 2 || !isLockable(Method->getParent()))
      return std::nullopt;
    return W;
  }
  // Of a library's functions, those that can't fail and are about one object:
  // others lock files, pages of memory, or doors.
  bool Library = FD->getASTContext().getSourceManager().isInSystemHeader(
      FD->getLocation());
  if (Library ? !T->isVoidType() || FD->getNumParams() != 1
              : !(T->isVoidType() || T->isIntegralOrEnumerationType()) ||
                    FD->getNumParams() > 4)
    return std::nullopt;
  // One of several locks may have a number.
  if (FD->getNumParams())
    if (QualType First = FD->getParamDecl(0)->getType();
        !First->isPointerType() && !First->isReferenceType() &&
        (Library || !First->isIntegralOrEnumerationType() ||
         FD->getNumParams() != 1 || !T->isVoidType()))
      return std::nullopt;
  if (!hasCounterpart(FD, *V == Verb::TryAcquire ? Verb::Acquire : *V, Library))
    return std::nullopt;
  return W;
}

std::optional<Permits::Word> Permits::word(const Expr *E) const {
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
  if (!FD)
    return std::nullopt;
  if (const Effect *Row = Words.effect(E)) {
    const TypeModel *T = nullptr;
    if (const auto *Method = dyn_cast<CXXMethodDecl>(FD)) {
      const Expr *Object = Words.object(E, *Row);
      QualType OT =
          Object ? Object->IgnoreParenBaseCasts()->getType() : QualType();
      if (!OT.isNull() && OT->isPointerType())
        OT = OT->getPointeeType();
      T = Words.typeOrBase(OT.isNull() ? Method->getParent()
                                       : OT->getAsCXXRecordDecl());
    } else if (const Expr *Object = Words.object(E, *Row)) {
      QualType OT = strip(Object)->getType();
      if (OT->isPointerType())
        OT = OT->getPointeeType();
      T = Words.type(OT);
    }
    if (T && T->What != Kind::Permit)
      return std::nullopt;
    switch (Row->Does) {
    case Verb::Acquire:
    case Verb::TryAcquire:
    case Verb::Release:
      return Word{Row->Does, Row->Fails,
                  T ? T->IfReacquired : Reacquire::Counts, Row};
    default:
      return std::nullopt;
    }
  }
  FD = FD->getCanonicalDecl();
  auto [It, New] = Inferred.try_emplace(FD);
  if (New) {
    std::optional<Word> W = inferred(FD);
    Inferred[FD] = W;
    return W;
  }
  return It->second;
}

std::optional<Verb> Permits::verb(const Expr *Call) const {
  std::optional<Word> W = word(Call);
  return W ? std::optional(W->Does) : std::nullopt;
}

std::optional<PermitOp> Permits::op(const Expr *E, const Names &N) const {
  std::optional<Word> W = word(E);
  if (!W)
    return std::nullopt;
  PermitOp Op;
  Op.Does = W->Does;
  Op.Fails = W->Fails;
  Op.IfReacquired = W->IfReacquired;
  Op.Inferred = !W->Row;
  const auto *Call = cast<CallExpr>(E);
  if (W->Row) {
    bool Deref = false;
    Op.ObjectExpr = Words.object(E, *W->Row, &Deref);
    if (Op.ObjectExpr)
      Op.Object = Deref ? N.pointee(Op.ObjectExpr) : N.object(Op.ObjectExpr);
    return Op;
  }
  if (isa<CXXMemberCallExpr>(Call)) {
    Op.ObjectExpr = receiverOf(Call);
    if (Op.ObjectExpr)
      Op.Object = N.object(Op.ObjectExpr);
    return Op;
  }
  StringRef Name = Call->getDirectCallee()->getName();
  // Locks of the whole program: named by the rest of the function's name.
  std::string Global = "::";
  for (const std::string &W : identifierWords(Name))
    if (StringRef(W) != "lock" && StringRef(W) != "unlock")
      Global += W + "_";
  if (!Call->getNumArgs()) {
    Op.Object = std::move(Global);
    return Op;
  }
  size_t At = Name.find_insensitive("lock");
  if (At >= 4 && At != StringRef::npos)
    Op.Family = Name.substr(0, At).str();
  Op.ObjectExpr = Call->getArg(0);
  Op.Object = N.object(Op.ObjectExpr);
  if (!Op.Object.empty() &&
      Op.ObjectExpr->getType()->isIntegralOrEnumerationType())
    Op.Object = Global + "(" + Op.Object + ")";
  return Op;
}

bool Permits::touches(const FunctionDecl *FD) const {
  FD = FD->getCanonicalDecl();
  auto [It, New] = Touches.try_emplace(FD, false);
  if (!New)
    return It->second;
  const FunctionUses *F = Table.find(FD);
  if (!F)
    return false;
  bool Result = false;
  for (const Expr *Call : F->Calls) {
    const FunctionDecl *Callee = ThrowSearch::callee(Call);
    if (verb(Call) || (Callee && touches(Callee))) {
      Result = true;
      break;
    }
  }
  return Touches[FD] = Result;
}

} // namespace leak
