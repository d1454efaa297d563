//===--- Values.cpp - what a new value makes of a variable ----------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Index.h"

using namespace clang;

namespace leak {

static bool isCallable(QualType T) {
  T = T.getNonReferenceType();
  if (T->isFunctionType() || T->isFunctionPointerType())
    return true;
  const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
  return RD && RD->isLambda();
}

/// What an object is that is made without arguments.
static Verb byDefault(const Shape &S) {
  const Effect *Row = S ? S.Inner->find("constructor", 0) : nullptr;
  return Row && Row->Does == Verb::Start ? Verb::Start : Verb::Reset;
}

Verb Index::emplaced(ArrayRef<const Expr *> Args, const Shape &Held) const {
  for (const Expr *Arg : Args)
    if (shape(Arg->getType()))
      return newValue(Arg);
  return Args.empty() ? byDefault(Held) : Verb::Start;
}

Verb Index::newValue(const Expr *E) const {
  E = strip(E);
  if (!E || isa<CXXNullPtrLiteralExpr, GNUNullExpr, ImplicitValueInitExpr,
                CXXScalarValueInitExpr, IntegerLiteral>(E))
    return Verb::Reset;
  if (const auto *New = dyn_cast<CXXNewExpr>(E)) {
    const CXXConstructExpr *CE = New->getConstructExpr();
    return CE ? newValue(CE) : Verb::Insert;
  }
  if (const auto *IL = dyn_cast<InitListExpr>(E)) {
    Verb Result = Verb::Reset;
    for (const Expr *Init : IL->inits()) {
      Verb V = newValue(Init);
      if (V == Verb::Start)
        return V;
      if (V == Verb::Insert)
        Result = V;
    }
    return Result;
  }
  if (const auto *SIL = dyn_cast<CXXStdInitializerListExpr>(E))
    return newValue(SIL->getSubExpr());
  if (const Effect *Row = Words.effect(E)) {
    if (Row->Does == Verb::Start)
      return Verb::Start;
    if (Row->Does == Verb::Init)
      return Verb::Reset;
    if (Row->Does == Verb::Emplace)
      if (const auto *Call = dyn_cast<CallExpr>(E))
        return emplaced({Call->getArgs(), Call->getNumArgs()},
                        shape(E->getType()));
  }
  const auto *CE = dyn_cast<CXXConstructExpr>(E);
  if (!CE)
    return Verb::Insert;
  Shape Own = shape(CE->getType());
  if (CE->getNumArgs() == 0 || isa<CXXDefaultArgExpr>(CE->getArg(0)))
    return Verb::Reset;
  // `optional<thread> o(work)` makes the object of what it is given.
  if (Own.Owned && !Own.Pointer)
    for (const Expr *Arg : CE->arguments())
      if (!shape(Arg->getType()) && isCallable(Arg->getType()))
        return Verb::Start;
  // A container's constructor with a size makes objects without arguments.
  const Expr *First = strip(CE->getArg(0));
  if (Own.Many && First->getType()->isIntegerType())
    return byDefault(Own);
  // Copy or move, or a smart pointer from a raw one.
  return newValue(First);
}

} // namespace leak
