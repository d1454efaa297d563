//===--- Starts.cpp - what runs a callable elsewhere ----------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Starts.h"
#include "Index.h"
#include "Spelling.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace leak {

ArrayRef<const Expr *> argumentsOf(const Expr *E) {
  if (const auto *CE = dyn_cast<CXXConstructExpr>(E))
    return {CE->getArgs(), CE->getNumArgs()};
  const auto *Call = cast<CallExpr>(E);
  ArrayRef<const Expr *> Args{Call->getArgs(), Call->getNumArgs()};
  return isa<CXXOperatorCallExpr>(Call) && !Args.empty() ? Args.drop_front()
                                                         : Args;
}

const Expr *startedCallable(const Expr *E) {
  E = strip(E);
  while (const auto *CE = dyn_cast_or_null<CXXConstructExpr>(E)) {
    if (CE->getNumArgs() != 1)
      return nullptr;
    E = strip(CE->getArg(0));
  }
  if (const auto *UO = dyn_cast_or_null<UnaryOperator>(E);
      UO && UO->getOpcode() == UO_AddrOf)
    E = strip(UO->getSubExpr());
  return E;
}

std::optional<unsigned> startsOnce(const Expr *E, const Lexicon &Words) {
  if (const Effect *Row = Words.effect(E)) {
    if (Row->Does == Verb::Start && Row->Callable >= 0) {
      unsigned At = Row->Callable;
      // std::async with a launch policy.
      ArrayRef<const Expr *> Args = argumentsOf(E);
      if (At < Args.size() && Args[At]->getType()->isEnumeralType())
        ++At;
      return At;
    }
    if (Row->Does != Verb::Insert && Row->Does != Verb::Emplace)
      return std::nullopt;
  }
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
  if (!FD || !FD->getIdentifier())
    return std::nullopt;
  if (FD->getName() == "emplace_back" || FD->getName() == "push_back" ||
      FD->getName() == "emplace") {
    // Into a container of threads.
    const auto *MC = dyn_cast<CXXMemberCallExpr>(Call);
    const auto *Spec = MC ? dyn_cast_or_null<ClassTemplateSpecializationDecl>(
                                MC->getRecordDecl())
                          : nullptr;
    if (!Spec || !Spec->getTemplateArgs().size() ||
        Spec->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
      return std::nullopt;
    const TypeModel *M = Words.type(Spec->getTemplateArgs()[0].getAsType());
    return M && M->What == Kind::TaskHandle ? std::optional(0u) : std::nullopt;
  }
  if (!hasWord(FD->getName(),
               {"enqueue", "submit", "post", "schedule", "execute", "spawn",
                "dispatch", "async", "launch", "addtask", "queue"}) ||
      hasWord(FD->getName(), {"every", "periodic", "all", "each", "loop",
                              "bulk", "for", "on", "at", "repeat"}))
    return std::nullopt;
  for (unsigned I = 0; I != Call->getNumArgs(); ++I)
    if (isa_and_nonnull<LambdaExpr>(startedCallable(Call->getArg(I))))
      return I;
  return std::nullopt;
}

std::optional<bool> startedWhen(const Expr *Cond, const Lexicon &Words) {
  Cond = strip(Cond);
  if (const auto *UO = dyn_cast<UnaryOperator>(Cond);
      UO && UO->getOpcode() == UO_LNot) {
    std::optional<bool> Inside = startedWhen(UO->getSubExpr(), Words);
    return Inside ? std::optional(!*Inside) : std::nullopt;
  }
  const auto *Call = dyn_cast<CallExpr>(Cond);
  return Call && Call->getType()->isBooleanType() && startsOnce(Call, Words)
             ? std::optional(true)
             : std::nullopt;
}

const ParmVarDecl *startedWith(const Expr *Call, unsigned No,
                               const Lexicon &Words) {
  const Effect *Row = Words.effect(Call);
  std::optional<unsigned> At = startsOnce(Call, Words);
  if (Row && Row->Does == Verb::Bind)
    At = 0;
  ArrayRef<const Expr *> Given = argumentsOf(Call);
  if (!At || No <= *At || *At >= Given.size())
    return nullptr;
  unsigned Param = No - *At - 1;
  const Expr *Run = startedCallable(Given[*At]);
  const FunctionDecl *FD = nullptr, *Def = nullptr;
  if (const auto *LE = dyn_cast_or_null<LambdaExpr>(Run))
    FD = LE->getCallOperator();
  else if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(Run))
    FD = dyn_cast<FunctionDecl>(Ref->getDecl());
  // The object comes first.
  if (const auto *M = dyn_cast_or_null<CXXMethodDecl>(FD);
      M && !isa<LambdaExpr>(Run) && M->isInstance()) {
    if (!Param || M->isVirtual())
      return nullptr;
    --Param;
  }
  return FD && FD->isDefined(Def) && Def && Param < Def->getNumParams()
             ? Def->getParamDecl(Param)
             : nullptr;
}

} // namespace leak
