//===--- Channels.cpp - what a channel is, and whether it is known --------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ChannelUses.h"
#include "ClassView.h"
#include "Starts.h"

using namespace clang;

namespace leak {

/// What makes the channel that \p Init is or owns: a constructor call, or the
/// call of a maker such as make_shared. Null when it comes from elsewhere.
const Expr *ChannelUses::construction(const Expr *Init,
                                      const TypeModel *Model) const {
  for (unsigned Depth = 0; Init && Depth != 6; ++Depth) {
    Init = strip(Init);
    if (const auto *New = dyn_cast_or_null<CXXNewExpr>(Init)) {
      Init = New->getConstructExpr();
      continue;
    }
    if (const auto *CE = dyn_cast_or_null<CXXConstructExpr>(Init)) {
      const TypeModel *M = Words.type(CE->getType());
      if (M == Model && !CE->getConstructor()->isCopyOrMoveConstructor())
        return CE;
      Init = CE->getNumArgs() ? CE->getArg(0) : nullptr;
      continue;
    }
    if (const auto *Call = dyn_cast_or_null<CallExpr>(Init)) {
      const Effect *Row = Words.effect(Call);
      return Row && Row->Does == Verb::Emplace ? Call : nullptr;
    }
    return nullptr;
  }
  return nullptr;
}

/// Finds out how much \p C, made by \p Construction if that is known, holds.
void ChannelUses::capacity(Channel &C, const Expr *Construction) const {
  if (C.Model->Holds == leak::Capacity::Rendezvous)
    C.Capacity = 0;
  if (C.Model->Holds != leak::Capacity::Count &&
      C.Model->Holds != leak::Capacity::BelowCount)
    return;
  const Expr *Amount = nullptr;
  ArrayRef<const Expr *> Args;
  if (Construction)
    Args = argumentsOf(Construction);
  if (const Effect *Row = C.Model->find("constructor", Args.size());
      Row && Row->Count >= 0 && unsigned(Row->Count) < Args.size())
    Amount = Args[Row->Count];
  for (const Use &U : C.Uses)
    if (U.Does == Verb::Init && U.Row && U.Row->Count >= 0) {
      ArrayRef<const Expr *> Given = argumentsOf(cast<Expr>(U.At));
      // Changed on the way: how much it holds when, isn't known.
      if (Amount || unsigned(U.Row->Count) >= Given.size())
        return;
      Amount = Given[U.Row->Count];
    }
  Expr::EvalResult Value;
  if (!Amount || isa<CXXDefaultArgExpr>(Amount) || Amount->isValueDependent() ||
      !Amount->getType()->isIntegerType() || !Amount->EvaluateAsInt(Value, Ctx))
    return;
  int64_t N = Value.Val.getInt().getExtValue() -
              (C.Model->Holds == leak::Capacity::BelowCount);
  if (N >= 0)
    C.Capacity = N;
}

/// \p E is a new channel that a call has made.
bool ChannelUses::made(const Expr *E) const {
  for (unsigned Depth = 0; E && Depth != 6; ++Depth) {
    E = strip(E);
    if (const auto *Call = dyn_cast_or_null<CallExpr>(E)) {
      const Effect *Row = Words.effect(Call);
      return Row && (Row->Does == Verb::Init || Row->Does == Verb::Emplace);
    }
    const auto *CE = dyn_cast_or_null<CXXConstructExpr>(E);
    E = CE && CE->getNumArgs() ? CE->getArg(0) : nullptr;
  }
  return false;
}

bool ChannelUses::understood(const Channel &C, const Use &U) const {
  switch (U.Does) {
  case Verb::Query:
  case Verb::Init:
  case Verb::Send:
  case Verb::TrySend:
  case Verb::Receive:
  case Verb::TryReceive:
  case Verb::Close:
  case Verb::GetToken:
  case Verb::RequestStop:
  case Verb::PollStop:
    return true;
  case Verb::Insert: // What the variable was made of.
  case Verb::Start:
    return U.At && !U.Ref &&
           construction(dyn_cast<Expr>(U.At), C.Model) != nullptr;
  case Verb::Reset: {
    // `queue = builder.AddQueue()`
    const auto *Op = dyn_cast_or_null<CXXOperatorCallExpr>(U.At);
    if (!Op || Op->getOperator() != OO_Equal)
      return false;
    // `source = std::stop_source()`
    const auto *Fresh = dyn_cast_or_null<CXXConstructExpr>(
        construction(Op->getArg(1), C.Model));
    return made(Op->getArg(1)) ||
           (Of == Kind::StopSource && Fresh && !Fresh->getNumArgs());
  }
  case Verb::Escape: {
    // What a library puts in itself, it has to be given; only who has the
    // channel closes it.
    const auto *Call = dyn_cast_or_null<CallExpr>(U.At);
    bool Kept =
        U.Row && (U.Row->Does == Verb::Escape || U.Row->Does == Verb::Start ||
                  U.Row->Does == Verb::Bind);
    return Of == Kind::Channel && Call && U.Ref && !Kept && !C.can(Verb::Send);
  }
  default:
    return false;
  }
}

std::optional<Channel> ChannelUses::channel(const Subject &S) const {
  const Shape &What = S.What;
  if (!What.Inner || What.Inner->What != Of || What.Many || What.Pointer ||
      What.CustomDeleter ||
      (Of == Kind::Channel && What.Inner->Holds == leak::Capacity::Unknown))
    return std::nullopt;
  Channel C;
  C.Decl = S.Decl;
  C.Model = What.Inner;
  C.Shared = What.Shared;
  C.Direct = What.isDirect();
  C.Names.insert(S.Decl);
  for (size_t I = 0; I != C.Names.size(); ++I)
    if (const Subject *Sub = Idx.find(C.Names[I]))
      for (const ValueDecl *Alias : Sub->Aliases)
        C.Names.insert(cast<ValueDecl>(Alias->getCanonicalDecl()));
  for (const Use &U : Idx.allUses(S.Decl))
    C.Uses.push_back(U);
  if (!llvm::all_of(C.Uses, [&](const Use &U) { return understood(C, U); }))
    return std::nullopt;
  const Expr *Made = nullptr;
  bool Several = false;
  if (const auto *VD = dyn_cast<VarDecl>(S.Decl)) {
    C.Owner = dyn_cast<FunctionDecl>(VD->getDeclContext());
    if (!C.Owner || !VD->isLocalVarDecl() || VD->isStaticLocal() ||
        isa<ParmVarDecl>(VD) || !VD->hasInit())
      return std::nullopt;
    Made = construction(VD->getInit(), C.Model);
  } else {
    const auto *Field = cast<FieldDecl>(S.Decl);
    const auto *Class = dyn_cast<CXXRecordDecl>(Field->getParent());
    if (!Class || Class->isDependentContext() || Class->isLambda() ||
        Field->getAccess() != AS_private ||
        !allMethodsVisible(Idx, Class->getDefinition()))
      return std::nullopt;
    for (const CXXConstructorDecl *Ctor : Class->ctors()) {
      const FunctionDecl *Def = definitionOf(Ctor);
      if (!Def || Ctor->isCopyOrMoveConstructor())
        continue;
      for (const CXXCtorInitializer *Init :
           cast<CXXConstructorDecl>(Def)->inits())
        if (Init->getAnyMember() == Field) {
          const Expr *E = Init->getInit();
          if (const auto *DIE = dyn_cast<CXXDefaultInitExpr>(E))
            E = DIE->getExpr();
          const Expr *Here = construction(E, C.Model);
          // Empty so far, or from elsewhere.
          if (!Here && (C.Direct || Idx.newValue(E) != Verb::Reset))
            return std::nullopt;
          Several |= Made && Here;
          Made = Here ? Here : Made;
        }
    }
    bool Assigned = llvm::any_of(C.Uses, [](const Use &U) {
      return U.Does == Verb::Reset || U.Does == Verb::Insert;
    });
    if (!Made && !Assigned && !C.Direct)
      return std::nullopt;
  }
  if (!Made && C.Owner)
    return std::nullopt;
  if (!Several)
    capacity(C, Made);
  // All who use it are seen to be run.
  for (const Use &U : C.Uses) {
    bool Operates = U.Does != Verb::Query && U.Does != Verb::Insert &&
                    U.Does != Verb::Start && U.Does != Verb::Reset &&
                    U.Does != Verb::Escape;
    if (Operates && (!U.In || executions(C, U.In).empty()))
      return std::nullopt;
  }
  return C;
}

} // namespace leak
