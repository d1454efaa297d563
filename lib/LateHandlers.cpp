//===--- LateHandlers.cpp - handlers that outlive their object ------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LateHandlers.h"
#include "Callable.h"
#include "Index.h"
#include "Rearming.h"
#include "Statements.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {
namespace {

const FieldDecl *ownField(const Expr *E) {
  const auto *ME = dyn_cast_or_null<MemberExpr>(strip(E));
  return ME && isa<CXXThisExpr>(strip(ME->getBase()))
             ? dyn_cast<FieldDecl>(ME->getMemberDecl())
             : nullptr;
}

/// Looks for the first member of the object that a cancelled handler uses.
class Walk {
public:
  explicit Walk(const FunctionTable &Table) : Table(Table) {}

  enum Result { Goes, Ends, Found, Unknown };
  const Expr *Touched = nullptr;

  Result function(const FunctionDecl *FD, const ParmVarDecl *Error,
                  unsigned Depth) {
    const FunctionDecl *Def = nullptr;
    if (Depth == 0 || !FD->isDefined(Def) || !Def || !Table.find(Def))
      return Unknown;
    Left = Depth;
    return statement(Def->getBody(), Error);
  }

private:
  Result statement(const Stmt *S, const ParmVarDecl *Error) {
    if (!S || isa<LambdaExpr>(S))
      return Goes;
    if (const auto *If = dyn_cast<IfStmt>(S)) {
      std::optional<bool> Truth =
          If->getInit() || If->getConditionVariable()
              ? std::nullopt
              : whenTold(If->getCond(), Error, /*Cancelled=*/true);
      if (!Truth)
        return Unknown;
      return statement(*Truth ? If->getThen() : If->getElse(), Error);
    }
    if (isa<ForStmt, WhileStmt, DoStmt, SwitchStmt, CXXForRangeStmt, GotoStmt,
            AbstractConditionalOperator, CXXTryStmt>(S))
      return Unknown;
    if (const auto *BO = dyn_cast<BinaryOperator>(S); BO && BO->isLogicalOp())
      return Unknown;
    if (const auto *E = dyn_cast<Expr>(S); E && ownField(E)) {
      Touched = E;
      return Found;
    }
    if (const auto *Call = dyn_cast<CXXMemberCallExpr>(S))
      if (isa<CXXThisExpr>(strip(Call->getImplicitObjectArgument())))
        return method(Call, Error);
    for (const Stmt *Child : S->children())
      if (Result R = statement(Child, Error); R != Goes)
        return R;
    return isa<ReturnStmt, CXXThrowExpr>(S) ? Ends : Goes;
  }

  Result method(const CXXMemberCallExpr *Call, const ParmVarDecl *Error) {
    const ParmVarDecl *Inner = nullptr;
    const CXXMethodDecl *Callee = Call->getMethodDecl();
    if (!Callee || Callee->isVirtual())
      return Unknown;
    const FunctionDecl *Def = nullptr;
    if (!Callee->isDefined(Def) || !Def)
      return Unknown;
    for (unsigned I = 0; I < Call->getNumArgs() && I < Def->getNumParams();
         ++I) {
      const auto *Ref = dyn_cast_or_null<DeclRefExpr>(strip(Call->getArg(I)));
      if (Ref && Error && Ref->getDecl() == Error)
        Inner = Def->getParamDecl(I);
      else if (Result R = statement(Call->getArg(I), Error); R != Goes)
        return R;
    }
    const unsigned Here = Left;
    Result R = function(Def, Inner, Here - 1);
    Left = Here;
    return R == Ends ? Goes : R;
  }

  const FunctionTable &Table;
  unsigned Left = 0;
};

class Search {
public:
  Search(const FunctionTable &Table, const Lexicon &Words)
      : Table(Table), Words(Words) {}

  std::vector<LateHandler> run() {
    std::vector<LateHandler> Result;
    llvm::SmallPtrSet<const FieldDecl *, 4> Told;
    for (const auto &[FD, F] : Table.all())
      for (const Expr *E : F.Calls) {
        const Effect *Row = Words.effect(E);
        if (!Row || Row->Does != Verb::Arm || Row->Callable < 0 ||
            Row->Runs != After::Any)
          continue;
        const Expr *Object = Words.object(E, *Row);
        const auto *Field =
            Object ? dyn_cast_or_null<FieldDecl>(namedBy(Object)) : nullptr;
        ArrayRef<const Expr *> Args = operandsOf(E);
        if (!Field || Told.contains(Field) ||
            unsigned(Row->Callable) >= Args.size())
          continue;
        LateHandler H;
        H.Timer = Field;
        H.Arm = E;
        if (isBare(Args[Row->Callable]) && cancelled(H) &&
            touches(Args[Row->Callable], H)) {
          Told.insert(Field);
          Result.push_back(H);
        }
      }
    return Result;
  }

private:
  /// The handler has the object by its address, and nothing that keeps it
  /// alive or knows when it is gone.
  static bool isBare(const Stmt *S) {
    bool This = false, Held = false;
    scan(S, This, Held);
    return This && !Held;
  }

  static void scan(const Stmt *S, bool &This, bool &Held) {
    if (!S)
      return;
    if (const auto *LE = dyn_cast<LambdaExpr>(S)) {
      for (const LambdaCapture &C : LE->captures()) {
        This |= C.capturesThis();
        Held |=
            C.capturesVariable() &&
            C.getCapturedVar()->getType().getNonReferenceType()->isRecordType();
      }
      return;
    }
    This |= isa<CXXThisExpr>(S);
    if (const auto *Call = dyn_cast<CallExpr>(S))
      if (const FunctionDecl *FD = Call->getDirectCallee();
          FD && FD->getIdentifier() && FD->getName().ends_with("from_this"))
        Held = true;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      if (const auto *VD = dyn_cast<VarDecl>(Ref->getDecl()))
        Held |= !VD->hasGlobalStorage() &&
                VD->getType().getNonReferenceType()->isRecordType();
    for (const Stmt *Child : S->children())
      scan(Child, This, Held);
  }

  /// Destruction does, and neither ends nor awaits who runs the handler.
  bool cancelled(LateHandler &H) const {
    const auto *Class = dyn_cast<CXXRecordDecl>(H.Timer->getParent());
    const CXXDestructorDecl *Dtor = Class ? Class->getDestructor() : nullptr;
    const FunctionDecl *Body = nullptr;
    if (!Dtor || !Dtor->isDefined(Body) || !Body)
      return false;
    // Its own loop is destroyed with it, handlers and all.
    for (const FieldDecl *Field : Class->fields())
      if (const TypeModel *Model = Words.type(Field->getType());
          Model &&
          (Model->What == Kind::Scheduler || Model->What == Kind::TaskHandle))
        return false;
    return reaches(Body, H, 3) && H.Cancel;
  }

  /// False when something is called that isn't understood.
  bool reaches(const FunctionDecl *FD, LateHandler &H, unsigned Depth) const {
    const FunctionUses *F = Depth ? Table.find(FD) : nullptr;
    if (!F)
      return false;
    const SourceManager &SM = FD->getASTContext().getSourceManager();
    for (const Expr *E : F->Calls) {
      if (const Effect *Row = Words.effect(E)) {
        const Expr *Object = Words.object(E, *Row);
        if (Object && namedBy(Object) == H.Timer && Row->Does == Verb::Disarm &&
            Row->Timeout < 0)
          H.Cancel = E;
        switch (Row->Does) {
        case Verb::Disarm:
        case Verb::Query:
        case Verb::Acquire:
        case Verb::Release:
        case Verb::Init:
        case Verb::Element:
        case Verb::Clear:
        case Verb::Reset:
        case Verb::Remove:
        case Verb::Iterate:
          continue;
        default:
          return false;
        }
      }
      const auto *Call = dyn_cast<CallExpr>(E);
      const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
      if (!Callee || SM.isInSystemHeader(Callee->getLocation()))
        continue;
      if (!reaches(Callee, H, Depth - 1))
        return false;
    }
    return true;
  }

  bool touches(const Expr *Callable, LateHandler &H) const {
    auto Named = functionsNamedIn(Callable);
    if (Named.size() != 1)
      return false;
    H.Handler = handlerIn(Named.front());
    Walk W(Table);
    if (W.function(H.Handler, errorOf(H.Handler), 4) != Walk::Found)
      return false;
    H.Touched = W.Touched;
    return true;
  }

  const FunctionTable &Table;
  const Lexicon &Words;
};

} // namespace

std::vector<LateHandler> lateHandlers(const FunctionTable &Table,
                                      const Lexicon &Words) {
  return Search(Table, Words).run();
}

} // namespace leak
