//===--- VirtualStops.cpp - stops that a base can't reach -----------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "VirtualStops.h"
#include "Predicates.h"
#include "Spelling.h"
#include "Statements.h"
#include "Traversal.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {

namespace {

/// The class as it is written; null when it isn't in sight.
const CXXRecordDecl *written(QualType T) {
  const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
  if (!RD)
    if (const auto *Spec = T->getAs<TemplateSpecializationType>())
      if (const auto *Template = dyn_cast_or_null<ClassTemplateDecl>(
              Spec->getTemplateName().getAsTemplateDecl()))
        RD = Template->getTemplatedDecl();
  if (!RD)
    return nullptr;
  if (const CXXRecordDecl *Pattern = RD->getTemplateInstantiationPattern())
    RD = Pattern;
  return RD->getDefinition();
}

/// Clang's look-up doesn't find that of a template's pattern.
const CXXDestructorDecl *destructorOf(const CXXRecordDecl *RD) {
  for (const Decl *D : RD->decls())
    if (const auto *Destructor = dyn_cast<CXXDestructorDecl>(D))
      return Destructor;
  return nullptr;
}

/// Calls \p Visit for the calls in \p S that are made there and then.
void forEachCall(const Stmt *S,
                 llvm::function_ref<void(const CallExpr *)> Visit) {
  forEachOutsideLambdas(S, [&](const Stmt *Inner) {
    if (const auto *Call = dyn_cast<CallExpr>(Inner))
      Visit(Call);
  });
}

/// The method of its own object that \p Call names, whichever class has it.
StringRef ownMethod(const CallExpr *Call) {
  if (const auto *MC = dyn_cast<CXXMemberCallExpr>(Call)) {
    const auto *ME =
        dyn_cast<MemberExpr>(MC->getCallee()->IgnoreParenImpCasts());
    if (ME && isa_and_nonnull<CXXThisExpr>(strip(ME->getBase())))
      if (const IdentifierInfo *Name = ME->getMemberDecl()->getIdentifier())
        return Name->getName();
    return "";
  }
  // `Base<T>::stop()`
  if (const auto *Scoped = dyn_cast<DependentScopeDeclRefExpr>(
          Call->getCallee()->IgnoreParenImpCasts()))
    if (const IdentifierInfo *Name =
            Scoped->getDeclName().getAsIdentifierInfo())
      return Name->getName();
  std::optional<DependentCall> D = dependentCall(Call);
  return D && !D->Object ? D->Name : "";
}

/// `Base::stop()` says which one it means.
bool isQualified(const CallExpr *Call) {
  const Expr *Callee = Call->getCallee()->IgnoreParenImpCasts();
  if (const auto *ME = dyn_cast<MemberExpr>(Callee))
    return ME->hasQualifier();
  return isa<DependentScopeDeclRefExpr>(Callee);
}

const CXXMethodDecl *methodOf(const CXXRecordDecl *RD, StringRef Name,
                              std::optional<unsigned> Params = std::nullopt,
                              unsigned Depth = 0) {
  if (!RD || Depth > 4)
    return nullptr;
  for (const CXXMethodDecl *M : RD->methods())
    if (M->getIdentifier() && M->getName() == Name &&
        (!Params || M->getNumParams() == *Params))
      return M;
  for (const CXXBaseSpecifier &B : RD->bases())
    if (const CXXMethodDecl *M =
            methodOf(written(B.getType()), Name, Params, Depth + 1))
      return M;
  return nullptr;
}

/// From the destructor of a base to the virtual method.
struct Reached {
  const CallExpr *Call = nullptr;
  SmallVector<StringRef, 4> Names; ///< Of the methods on the way.
};

bool reach(const CXXRecordDecl *Base, const FunctionDecl *From, StringRef Name,
           Reached &R, unsigned Depth = 0) {
  bool Found = false;
  forEachCall(From->getBody(), [&](const CallExpr *Call) {
    StringRef Own = ownMethod(Call);
    if (Found || Own.empty() || isQualified(Call))
      return;
    if (Own == Name) {
      R.Call = Call;
      R.Names.push_back(Name);
      Found = true;
      return;
    }
    const FunctionDecl *Next = definitionOf(methodOf(Base, Own));
    if (Depth < 3 && Next && Next != From &&
        reach(Base, Next, Name, R, Depth + 1)) {
      R.Names.push_back(Own);
      Found = true;
    }
  });
  return Found;
}

class Finder {
public:
  Finder(const Index &Idx, ASTContext &Ctx)
      : Idx(Idx), Words(Idx.lexicon()), SM(Ctx.getSourceManager()) {}

  std::vector<VirtualStop> Result;

  void override(const CXXMethodDecl *M) {
    const CXXRecordDecl *Class = M->getParent();
    if (isa<CXXConstructorDecl, CXXDestructorDecl>(M) || M->isStatic() ||
        !M->getIdentifier() || !Class->getNumBases() || Class->isLambda() ||
        Class->getTemplateInstantiationPattern() ||
        !hasWord(M->getName(),
                 {"stop",    "shutdown",  "close",    "finish", "terminate",
                  "cancel",  "interrupt", "abort",    "quit",   "end",
                  "exit",    "join",      "kill",     "deinit", "destroy",
                  "uninit",  "cleanup",   "teardown", "halt",   "disconnect",
                  "release", "wake",      "wakeup",   "unblock"}))
      return;
    if (!Class->isDependentContext() && Class->isAbstract())
      return;
    fromBases(M, Class, Class, 0);
  }

private:
  bool fromBases(const CXXMethodDecl *M, const CXXRecordDecl *Class,
                 const CXXRecordDecl *From, unsigned Depth) {
    for (const CXXBaseSpecifier &B : From->bases()) {
      const CXXRecordDecl *Base = written(B.getType());
      if (!Base)
        continue;
      if (against(M, Class, Base) ||
          (Depth < 3 && fromBases(M, Class, Base, Depth + 1)))
        return true;
    }
    return false;
  }

  bool against(const CXXMethodDecl *M, const CXXRecordDecl *Class,
               const CXXRecordDecl *Base) {
    const CXXMethodDecl *Overridden =
        methodOf(Base, M->getName(), M->getNumParams());
    const auto *By =
        dyn_cast_or_null<CXXDestructorDecl>(definitionOf(destructorOf(Base)));
    Reached R;
    if (!Overridden || !Overridden->isVirtual() || !By ||
        !By->isUserProvided() || !reach(Base, By, M->getName(), R))
      return false;
    VirtualStop S;
    S.Stop = M;
    S.Class = Class;
    S.By = By;
    S.Call = R.Call;
    if (!joins(M, Class, S)) {
      // It asks, and the base joins.
      S.InBase = true;
      if (!joins(By, Base, S) || onlyForwards(M) ||
          !SM.isBeforeInTranslationUnit(R.Call->getBeginLoc(),
                                        S.Join->getBeginLoc()))
        return false;
    }
    if (endsItself(Class, R.Names, S.Handle))
      return false;
    Result.push_back(S);
    return true;
  }

  /// \p FD joins a handle that \p Class has.
  bool joins(const FunctionDecl *FD, const CXXRecordDecl *Class,
             VirtualStop &S) const {
    forEachCall(FD->getBody(), [&](const CallExpr *Call) {
      const Effect *Row = Words.effect(Call);
      if (!S.Join && Row && Row->Does == Verb::Join)
        S.Join = Call;
    });
    if (!S.Join)
      return false;
    for (const FieldDecl *F : Class->fields()) {
      Shape What = Idx.shape(F->getType());
      if (!What || What.Inner->What != Kind::TaskHandle || What.Shared ||
          !mentions(FD->getBody(), F))
        continue;
      if (What.Inner->IfUnreleased == Unreleased::StopAndJoin ||
          What.Inner->IfUnreleased == Unreleased::Block)
        continue;
      S.Handle = F;
      return true;
    }
    S.Join = nullptr;
    return false;
  }

  /// It does nothing but what its base does.
  static bool onlyForwards(const CXXMethodDecl *M) {
    const auto *Body = dyn_cast_or_null<CompoundStmt>(M->getBody());
    if (!Body || Body->size() > 1)
      return !Body;
    const auto *Call =
        Body->body_empty() ? nullptr : dyn_cast<CallExpr>(Body->body_front());
    return Body->body_empty() || (Call && isQualified(Call));
  }

  /// The destructor of \p Class, when it has one, stops it in time, or may.
  bool endsItself(const CXXRecordDecl *Class, ArrayRef<StringRef> Names,
                  const FieldDecl *Handle) const {
    const CXXDestructorDecl *End = destructorOf(Class);
    if (!End || !End->isUserProvided())
      return false;
    return mayEnd(Class, End, Names, Handle, 0);
  }

  bool mayEnd(const CXXRecordDecl *Class, const FunctionDecl *FD,
              ArrayRef<StringRef> Names, const FieldDecl *Handle,
              unsigned Depth) const {
    const FunctionDecl *Def = definitionOf(FD);
    if (!Def || Depth > 3 || mentions(Def->getBody(), Handle))
      return true;
    bool May = false;
    forEachCall(Def->getBody(), [&](const CallExpr *Call) {
      StringRef Own = ownMethod(Call);
      if (May || Own.empty())
        return;
      const CXXMethodDecl *Next = methodOf(Class, Own);
      May = llvm::is_contained(Names, Own) || !Next ||
            mayEnd(Class, Next, Names, Handle, Depth + 1);
    });
    return May;
  }

  const Index &Idx;
  const Lexicon &Words;
  const SourceManager &SM;
};

} // namespace

std::vector<VirtualStop> virtualStops(const FunctionTable &Table,
                                      const Index &Idx, ASTContext &Ctx) {
  Finder F(Idx, Ctx);
  for (const auto &[Key, Uses] : Table.all())
    if (const auto *M = dyn_cast_or_null<CXXMethodDecl>(Uses.Decl);
        M && M->size_overridden_methods())
      F.override(M);
  for (const CXXMethodDecl *M : Table.patterns())
    F.override(M);
  return std::move(F.Result);
}

} // namespace leak
