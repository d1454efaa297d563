//===--- Spawns.cpp - threads that are started, and what they get ---------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Spawns.h"
#include "Index.h"
#include "Spelling.h"
#include "Starts.h"
#include "Statements.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace leak {

/// The call operator of \p RD, when there is one and it has a body.
static const FunctionDecl *callOperator(const CXXRecordDecl *RD) {
  if (!RD || !RD->hasDefinition())
    return nullptr;
  const FunctionDecl *Only = nullptr;
  for (const CXXMethodDecl *M : RD->methods()) {
    if (M->getOverloadedOperator() != OO_Call)
      continue;
    if (Only)
      return nullptr;
    Only = M;
  }
  const FunctionDecl *Def = nullptr;
  return Only && !Only->isDependentContext() && Only->isDefined(Def) ? Def
                                                                     : nullptr;
}

static bool isBind(const Expr *E, const Lexicon &Words) {
  const auto *Call = dyn_cast_or_null<CallExpr>(E);
  const Effect *Row = Call ? Words.effect(Call) : nullptr;
  return Row && Row->Does == Verb::Bind && Row->Callable == 0 &&
         Call->getNumArgs();
}

static const Expr *inner(const Expr *E) {
  E = E ? strip(E) : nullptr;
  if (const auto *UO = dyn_cast_or_null<UnaryOperator>(E);
      UO && UO->getOpcode() == UO_AddrOf)
    return strip(UO->getSubExpr());
  return E;
}

const FunctionDecl *entryOf(const Expr *Callable, const Lexicon &Words) {
  for (unsigned Depth = 0; Callable && Depth != 8; ++Depth) {
    const Expr *E = inner(Callable);
    if (!E)
      return nullptr;
    const FunctionDecl *FD = nullptr, *Def = nullptr;
    if (const auto *LE = dyn_cast<LambdaExpr>(E))
      FD = LE->getCallOperator();
    else if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
      FD = dyn_cast<FunctionDecl>(Ref->getDecl());
    if (FD)
      return !FD->isDependentContext() && FD->isDefined(Def) ? Def : nullptr;
    if (const auto *Call = dyn_cast<CallExpr>(E)) {
      const Effect *Row = Words.effect(Call);
      if (!Row || !Call->getNumArgs() ||
          (Row->Does != Verb::Bind && Row->Does != Verb::Reference &&
           Row->Does != Verb::Move && Row->Does != Verb::Forward) ||
          (Row->Does == Verb::Bind && Row->Callable != 0))
        return nullptr;
      Callable = Call->getArg(0);
      continue;
    }
    const auto *RD = E->getType()->getAsCXXRecordDecl();
    if (const FunctionDecl *Operator = callOperator(RD))
      return Operator;
    const auto *CE = dyn_cast<CXXConstructExpr>(E);
    if (!CE || CE->getNumArgs() != 1)
      return nullptr;
    Callable = CE->getArg(0);
  }
  return nullptr;
}

namespace {

class Collector {
public:
  Collector(const FunctionTable &Table, const Lexicon &Words)
      : Table(Table), Words(Words) {}

  std::vector<Spawn> run() {
    for (const auto &[FD, F] : Table.all()) {
      for (const Expr *E : F.Calls)
        if (std::optional<unsigned> At = callableOf(E))
          add(E, F.Decl, *At);
      override(F.Decl);
    }
    return std::move(Result);
  }

private:
  const TypeModel *handle(QualType T) const {
    T = T.getNonReferenceType();
    const TypeModel *M = Words.type(T);
    if (!M && T->isPointerType())
      M = Words.type(T->getPointeeType());
    return M && M->What == Kind::TaskHandle ? M : nullptr;
  }

  /// The handle that a template holds: the first of its arguments.
  const TypeModel *held(QualType T) const {
    const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
        T.getNonReferenceType()->getAsCXXRecordDecl());
    if (!Spec || !Spec->getTemplateArgs().size() ||
        Spec->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
      return nullptr;
    const TypeModel *M = Words.type(Spec->getTemplateArgs()[0].getAsType());
    return M && M->What == Kind::TaskHandle ? M : nullptr;
  }

  /// The handle that \p E, which does \p Row, starts.
  const TypeModel *startedBy(const Expr *E, const Effect &Row) const {
    if (isa<CXXConstructExpr>(E))
      return handle(E->getType());
    if (const auto *MC = dyn_cast<CXXMemberCallExpr>(E)) {
      const TypeModel *M = Words.typeOrBase(MC->getRecordDecl());
      if (M && M->What == Kind::TaskHandle)
        return M;
      return handle(E->getType());
    }
    if (Row.Object.Place == ObjectSpec::Return)
      return handle(E->getType());
    const Expr *Object = Words.object(E, Row);
    return Object ? handle(Object->IgnoreParenImpCasts()->getType()) : nullptr;
  }

  std::optional<unsigned> callableOf(const Expr *E) {
    Row = Words.effect(E);
    Model = nullptr;
    if (!Row)
      return std::nullopt;
    if (Row->Does == Verb::Start && Row->Callable >= 0) {
      Model = startedBy(E, *Row);
      return Model ? std::optional<unsigned>(Row->Callable) : std::nullopt;
    }
    if (Row->Does == Verb::Detach && Row->Callable >= 0) {
      // Started and given up at once.
      Model = startedBy(E, *Row);
      static const TypeModel Unknown;
      if (!Model)
        Model = &Unknown;
      return unsigned(Row->Callable);
    }
    if (Row->Does != Verb::Emplace && Row->Does != Verb::Insert)
      return std::nullopt;
    const auto *Call = dyn_cast<CallExpr>(E);
    if (!Call || !Call->getNumArgs())
      return std::nullopt;
    const Expr *Object = receiverOf(Call);
    Model = Object ? held(Object->getType()) : held(Call->getType());
    // A handle that is made elsewhere, or a pointer to one.
    if (!Model || handle(Call->getArg(0)->getType()))
      return std::nullopt;
    return 0u;
  }

  void add(const Expr *E, const FunctionDecl *By, unsigned At) {
    ArrayRef<const Expr *> Args = argumentsOf(E);
    if (At >= Args.size() || By->isDependentContext())
      return;
    Spawn S;
    S.At = E;
    S.By = By;
    S.Handle = Model;
    S.Row = Row;
    S.Callable = Args[At];
    S.Entry = entryOf(Args[At], Words);
    S.Given.append(Args.begin() + At + 1, Args.end());
    const Expr *Bound = inner(Args[At]);
    while (const auto *CE = dyn_cast_or_null<CXXConstructExpr>(Bound)) {
      if (CE->getNumArgs() != 1)
        break;
      Bound = inner(CE->getArg(0));
    }
    if (isBind(Bound, Words)) {
      const auto *Call = cast<CallExpr>(Bound);
      S.Given.append(Call->arg_begin() + 1, Call->arg_end());
    }
    Result.push_back(std::move(S));
  }

  /// The method that a class overrides which is a thread by its base.
  void override(const FunctionDecl *FD) {
    const auto *M = dyn_cast<CXXMethodDecl>(FD);
    if (!M || !M->isVirtual() || !M->size_overridden_methods() ||
        !M->getIdentifier() || isa<CXXDestructorDecl>(M) ||
        M->isDependentContext() ||
        !hasWord(M->getName(), {"run", "main", "entry", "execute", "svc"}) ||
        M->getNumParams())
      return;
    const TypeModel *Base = Words.typeOrBase(M->getParent());
    if (!Base || Base->What != Kind::TaskHandle || Base->Inferred ||
        Words.type(M->getParent()))
      return;
    // Its own, not that of another base.
    bool Of = llvm::any_of(M->overridden_methods(), [&](const auto *O) {
      return Words.typeOrBase(O->getParent()) == Base;
    });
    bool Starts = false;
    for (const auto &Call : Base->Calls)
      for (const Effect &E : Call.getValue())
        Starts |= E.Does == Verb::Start && E.Callable < 0;
    if (!Of || !Starts)
      return;
    Spawn S;
    S.By = FD;
    S.Handle = Base;
    S.Entry = FD;
    Result.push_back(std::move(S));
  }

  const FunctionTable &Table;
  const Lexicon &Words;
  const Effect *Row = nullptr;
  const TypeModel *Model = nullptr;
  std::vector<Spawn> Result;
};

} // namespace

std::vector<Spawn> spawns(const FunctionTable &Table, const Lexicon &Words) {
  return Collector(Table, Words).run();
}

} // namespace leak
