//===--- Reissues.cpp - handlers that begin their operation again ---------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Reissues.h"
#include "Callable.h"
#include "Index.h"
#include "Predicates.h"
#include "Rearming.h"
#include "Spelling.h"
#include "Statements.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace leak {

namespace {

class ReissueFinder {
public:
  ReissueFinder(const FunctionTable &Table, const Lexicon &Words)
      : Table(Table), Words(Words) {}

  std::vector<Reissue> run() {
    for (const auto &[Key, F] : Table.all())
      for (const Expr *E : F.Calls)
        if (const auto *Call = dyn_cast<CallExpr>(E))
          begun(Call, F.Decl);
    return std::move(Result);
  }

  const Expr *closed(const ValueDecl *Object, const FunctionDecl *Handler) {
    for (const auto &[Key, F] : Table.all()) {
      if (F.Decl == Handler || !endsSomething(F.Decl))
        continue;
      for (const Expr *E : F.Calls) {
        const auto *MC = dyn_cast<CXXMemberCallExpr>(E);
        if (!MC || namedBy(MC->getImplicitObjectArgument()) != Object)
          continue;
        const Effect *Row = Words.effect(MC);
        const FunctionDecl *FD = MC->getMethodDecl();
        if (Row ? Row->Does == Verb::Close || Row->Does == Verb::Cancel
                : FD && FD->getIdentifier() &&
                      hasWord(FD->getName(), {"cancel"}))
          // Where all that runs handlers is ended as well, this one is.
          return endsAll(F.Decl->getBody()) ? nullptr : E;
      }
    }
    // Methods of templates that have no instance.
    for (const CXXMethodDecl *M : Table.patterns())
      if (endsSomething(M) && !endsAll(M->getBody()))
        if (const Expr *E = closedIn(M->getBody(), Object))
          return E;
    return nullptr;
  }

private:
  static const ParmVarDecl *errorOf(const FunctionDecl *Handler) {
    if (!Handler->getNumParams())
      return nullptr;
    const ParmVarDecl *P = Handler->getParamDecl(0);
    const auto *RD = P->getType().getNonReferenceType()->getAsCXXRecordDecl();
    return RD && RD->getIdentifier() &&
                   RD->getName().contains_insensitive("error")
               ? P
               : nullptr;
  }

  void begun(const CallExpr *Call, const FunctionDecl *In) {
    const ValueDecl *Object = operationOn(Call, Words);
    if (!Object || !isa<FieldDecl>(Object) || Told.contains(Object))
      return;
    // Behind it there may be arguments that only choose the overload.
    unsigned Last = Call->getNumArgs();
    while (Last && isa<CXXDefaultArgExpr>(Call->getArg(Last - 1)))
      --Last;
    if (!Last)
      return;
    auto Named = functionsNamedIn(Call->getArg(Last - 1));
    const FunctionDecl *Handler = nullptr;
    if (Named.size() != 1 || !Named.front()->isDefined(Handler) || !Handler ||
        !Handler->getBody())
      return;
    const ParmVarDecl *Error = errorOf(Handler);
    if (!Error)
      return;
    Reissue R;
    R.Object = Object;
    R.Error = Error;
    R.Begin = Call;
    R.Again = again(Handler->getBody(), Error, Call, In);
    R.Close = R.Again ? closed(Object, Handler) : nullptr;
    if (!R.Close)
      return;
    Told.insert(Object);
    Result.push_back(R);
  }

  /// What \p S does for certain when it is told that all is over.
  const Expr *again(const Stmt *S, const ParmVarDecl *Error,
                    const CallExpr *Begin, const FunctionDecl *In) {
    Ended = false;
    return walk(S, Error, Begin, In);
  }

  const Expr *walk(const Stmt *S, const ParmVarDecl *Error,
                   const CallExpr *Begin, const FunctionDecl *In) {
    if (!S || isa<LambdaExpr>(S) || Ended)
      return nullptr;
    if (const auto *If = dyn_cast<IfStmt>(S)) {
      std::optional<bool> Truth =
          If->getConditionVariable()
              ? std::nullopt
              : whenTold(If->getCond(), Error, /*Cancelled=*/true);
      if (Truth)
        return walk(*Truth ? If->getThen() : If->getElse(), Error, Begin, In);
      // Another question may be about the end as well.
      Ended |= leaves(If->getThen()) || leaves(If->getElse());
      return nullptr;
    }
    if (isa<ReturnStmt, CXXThrowExpr, CoreturnStmt>(S)) {
      Ended = true;
      return nullptr;
    }
    if (isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt, SwitchStmt,
            AbstractConditionalOperator, GotoStmt, LabelStmt>(S)) {
      Ended |= leaves(S);
      return nullptr;
    }
    for (const Stmt *Child : S->children())
      if (const Expr *E = walk(Child, Error, Begin, In))
        return E;
    const auto *Call = dyn_cast<CallExpr>(S);
    if (!Call || Ended)
      return nullptr;
    if (calleeName(Call) == calleeName(Begin))
      if (const ValueDecl *Object = operationOn(Call, Words))
        if (Object == operationOn(Begin, Words))
          return Call;
    const FunctionDecl *FD = Call->getDirectCallee();
    if (!FD || FD->getCanonicalDecl() != In->getCanonicalDecl())
      return nullptr;
    // The function that began it, if nothing there asks first.
    return asksBefore(In->getBody(), Begin) ? nullptr : Call;
  }

  static bool leaves(const Stmt *S) {
    return S && !isa<LambdaExpr>(S) &&
           (isa<ReturnStmt, CXXThrowExpr, GotoStmt, CoreturnStmt>(S) ||
            llvm::any_of(S->children(), leaves));
  }

  /// A branch of \p Body decides whether it gets to \p Begin.
  static bool asksBefore(const Stmt *Body, const Expr *Begin) {
    const auto *CS = dyn_cast_or_null<CompoundStmt>(Body);
    if (!CS)
      return true;
    for (const Stmt *S : CS->body()) {
      if (contains(S, Begin))
        return isa<IfStmt, ForStmt, WhileStmt, SwitchStmt, DoStmt>(S);
      if (leaves(S))
        return true;
    }
    return true;
  }

  /// Somebody stops a scheduler. Where nobody does, a join only waits for it.
  bool stopsAny() const {
    for (const auto &[Key, F] : Table.all())
      for (const Expr *E : F.Calls) {
        const Effect *Row = Words.effect(E);
        const auto *Call = dyn_cast<CallExpr>(E);
        if (Row ? Row->Does == Verb::RequestStop
                : Call && hasWord(calleeName(Call),
                                  {"stop", "quit", "terminate", "shutdown"}))
          return true;
      }
    return false;
  }

  /// \p Body stops a scheduler, or joins what somebody stops, in any case.
  bool endsAll(const Stmt *Body) const {
    const auto *CS = dyn_cast_or_null<CompoundStmt>(Body);
    return CS && llvm::any_of(CS->body(), [&](const Stmt *S) {
             if (isa<IfStmt>(S))
               return false;
             const auto *E = dyn_cast<Expr>(S);
             const auto *Call =
                 E ? dyn_cast_or_null<CallExpr>(strip(E)) : nullptr;
             if (!Call)
               return false;
             if (const Effect *Row = Words.effect(Call))
               return Row->Does == Verb::RequestStop ||
                      (Row->Does == Verb::Join && stopsAny());
             std::optional<DependentCall> D = dependentCall(Call);
             return D && D->Object && (D->Name == "stop" || D->Name == "join");
           });
  }

  static bool endsSomething(const FunctionDecl *FD) {
    return isa<CXXDestructorDecl>(FD) ||
           (FD->getIdentifier() &&
            hasWord(FD->getName(),
                    {"stop", "shutdown", "close", "cancel", "terminate", "halt",
                     "disconnect", "abort", "quit"}));
  }

  /// `acceptor->close()` in a template, by the names of the member and of its
  /// class.
  static const Expr *closedIn(const Stmt *S, const ValueDecl *Object) {
    if (!S || isa<LambdaExpr>(S))
      return nullptr;
    if (const auto *Call = dyn_cast<CallExpr>(S)) {
      std::optional<DependentCall> D = dependentCall(Call);
      if (const auto *MC = dyn_cast<CXXMemberCallExpr>(Call);
          MC && MC->getMethodDecl() && MC->getMethodDecl()->getIdentifier())
        D = DependentCall{MC->getImplicitObjectArgument(),
                          MC->getMethodDecl()->getName()};
      const ValueDecl *On = D && D->Object ? namedBy(D->Object) : nullptr;
      const auto *Of = On ? dyn_cast<NamedDecl>(On->getDeclContext()) : nullptr;
      const auto *Class = dyn_cast<NamedDecl>(Object->getDeclContext());
      if (On && Of && Class &&
          (D->Name == "close" || hasWord(D->Name, {"cancel"})) &&
          On->getDeclName() == Object->getDeclName() &&
          Of->getDeclName() == Class->getDeclName())
        return Call;
    }
    for (const Stmt *Child : S->children())
      if (const Expr *E = closedIn(Child, Object))
        return E;
    return nullptr;
  }

  const FunctionTable &Table;
  const Lexicon &Words;
  bool Ended = false;
  llvm::SmallPtrSet<const ValueDecl *, 4> Told;
  std::vector<Reissue> Result;
};

} // namespace

const ValueDecl *operationOn(const CallExpr *Call, const Lexicon &Words) {
  const auto *MC = dyn_cast<CXXMemberCallExpr>(Call);
  // Free functions take the object first, and a handler after it.
  if (isa<CXXOperatorCallExpr>(Call) || Call->getNumArgs() < (MC ? 1u : 2u) ||
      Words.effect(Call))
    return nullptr;
  const Expr *On = MC ? MC->getImplicitObjectArgument() : Call->getArg(0);
  const CXXRecordDecl *RD =
      MC ? MC->getRecordDecl() : On->getType()->getAsCXXRecordDecl();
  // Those of the library itself; others may do more.
  const FunctionDecl *FD = Call->getDirectCallee();
  const DeclContext *DC = FD ? FD->getDeclContext() : nullptr;
  if (!RD ||
      (!MC && !(DC && DC->isNamespace() && DC->Encloses(RD->getDeclContext()))))
    return nullptr;
  const TypeModel *M = Words.typeOrBase(RD);
  return M && M->What == Kind::Descriptor ? namedBy(On) : nullptr;
}

const Expr *closeOf(const ValueDecl *Object, const FunctionDecl *User,
                    const FunctionTable &Table, const Lexicon &Words) {
  return ReissueFinder(Table, Words).closed(Object, User);
}

std::vector<Reissue> reissues(const FunctionTable &Table,
                              const Lexicon &Words) {
  if (!Words.anyType(Kind::Descriptor))
    return {};
  return ReissueFinder(Table, Words).run();
}

} // namespace leak
