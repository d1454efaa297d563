//===--- ShortWakes.cpp - writes that wake nobody -------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ShortWakes.h"
#include "Index.h"
#include "Predicates.h"

using namespace clang;

namespace leak {

namespace {

/// What a counter takes and gives at once.
constexpr uint64_t CounterBytes = 8;

class Finder {
public:
  Finder(const FunctionTable &Table, const Lexicon &Words)
      : Table(Table), Words(Words) {}

  std::vector<ShortWake> run() {
    forEachAssigned([&](const Expr *To, auto Place) {
      const auto *Call = dyn_cast<CallExpr>(To);
      if (Call && counts(Call))
        if (const ValueDecl *D = Place())
          Counters.try_emplace(D, Call);
    });
    if (Counters.empty())
      return {};
    forEachAssigned([&](const Expr *To, auto Place) {
      const auto *Call = dyn_cast<CallExpr>(To);
      Expr::EvalResult V;
      // A constant says that there is none.
      if ((Call && counts(Call)) ||
          (!To->isValueDependent() && To->EvaluateAsInt(V, Words.context())))
        return;
      if (const ValueDecl *D = Place())
        Counters.erase(D);
    });
    for (const auto &[Key, F] : Table.all())
      for (const Expr *E : F.Calls)
        if (const auto *Call = dyn_cast<CallExpr>(E))
          written(Call);
    return std::move(Result);
  }

private:
  /// Calls \p Visit with what members and global variables are given, and a
  /// function that says which.
  template <typename Fn> void forEachAssigned(Fn Visit) const {
    for (const auto &[Key, F] : Table.all()) {
      for (const Expr *E : F.Changes)
        if (const auto *BO = dyn_cast<BinaryOperator>(E);
            BO && BO->getOpcode() == BO_Assign &&
            BO->getType()->isIntegerType())
          Visit(strip(BO->getRHS()),
                [&] { return placeOf(BO->getLHS()).Decl; });
      if (const auto *Ctor = dyn_cast_or_null<CXXConstructorDecl>(F.Decl))
        for (const CXXCtorInitializer *Init : Ctor->inits())
          if (Init->getMember() &&
              Init->getMember()->getType()->isIntegerType())
            Visit(strip(Init->getInit()),
                  [&]() -> const ValueDecl * { return Init->getMember(); });
    }
  }

  /// `eventfd(0, 0)`
  bool counts(const CallExpr *Call) const {
    const FunctionDecl *FD = Call->getDirectCallee();
    const Effect *Row =
        FD && !isa<CXXMethodDecl>(FD) ? Words.effect(Call) : nullptr;
    return Row && Row->Does == Verb::Init && Row->Count >= 0 &&
           Row->Object.Place == ObjectSpec::Return;
  }

  /// `write(fd, &value, sizeof(value))`
  void written(const CallExpr *Call) {
    const FunctionDecl *FD = Call->getDirectCallee();
    if (!FD || isa<CXXMethodDecl>(FD) || FD->getNumParams() != 3 ||
        Call->getNumArgs() != 3)
      return;
    const ValueDecl *D = placeOf(Call->getArg(0)).Decl;
    auto It = Counters.find(D);
    if (It == Counters.end())
      return;
    const Effect *Row = Words.effect(Call);
    QualType Buffer = FD->getParamDecl(1)->getType();
    if (!Row || Row->Does != Verb::Block || !Buffer->isPointerType() ||
        !Buffer->getPointeeType().isConstQualified())
      return;
    Expr::EvalResult V;
    const Expr *Size = Call->getArg(2);
    if (Size->isValueDependent() || !Size->EvaluateAsInt(V, Words.context()))
      return;
    uint64_t Bytes = V.Val.getInt().getZExtValue();
    if (Bytes < CounterBytes)
      Result.push_back({D, It->second, Call, Size, Bytes});
  }

  const FunctionTable &Table;
  const Lexicon &Words;
  llvm::DenseMap<const ValueDecl *, const Expr *> Counters;
  std::vector<ShortWake> Result;
};

} // namespace

std::vector<ShortWake> shortWakes(const FunctionTable &Table,
                                  const Lexicon &Words) {
  return Finder(Table, Words).run();
}

} // namespace leak
