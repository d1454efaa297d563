//===--- Interruptions.cpp - joins of what nobody interrupts --------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Interruptions.h"
#include "Callable.h"
#include "EndlessRuns.h"
#include "Statements.h"
#include "Throws.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {

namespace {

class Finder {
public:
  explicit Finder(const Monitors &M)
      : M(M), Words(M.lexicon()), Throws(Words), Executing(M.executions()) {}

  std::vector<Uninterrupted> run() {
    for (const auto &[FD, F] : M.functions())
      for (const SyncEvent &E : F.Events)
        if (E.Does == SyncEvent::Join && !E.Timed)
          joined(F, E);
    return std::move(Result);
  }

private:
  void joined(const SyncFunction &F, const SyncEvent &Join) {
    const ValueDecl *Handle = Join.Object.Decl;
    const TypeModel *Model = Handle ? heldModel(Handle->getType()) : nullptr;
    if (!Model || Model->methodFor(Verb::RequestStop).empty() ||
        !Told.insert(Handle).second)
      return;
    if (!isSeenWhole(Handle) || M.isGivenAway(Handle) || !endsOwner(F.Decl, M))
      return;
    Uninterrupted U;
    U.Join = &Join;
    U.In = F.Decl;
    U.Handle = Model;
    if (askedBefore(F, U))
      return;
    for (const Running &R : Executing.of(Handle)) {
      U.Loop = R.Start ? loopOf(R.Entry, 0) : nullptr;
      if (!U.Loop)
        return;
      U.Start = R.Start;
    }
    if (U.Loop)
      Result.push_back(U);
  }

  /// The handle that \p T is, holds or points to.
  const TypeModel *heldModel(QualType T) const {
    T = T.getNonReferenceType();
    for (unsigned Depth = 0; Depth != 3; ++Depth) {
      if (T->isPointerType())
        T = T->getPointeeType();
      const TypeModel *Model = Words.type(T);
      if (Model && Model->What == Kind::TaskHandle)
        return Model;
      const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
          T->getAsCXXRecordDecl());
      if (!Model || !Spec || !Spec->getTemplateArgs().size() ||
          Spec->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
        return nullptr;
      T = Spec->getTemplateArgs()[0].getAsType();
    }
    return nullptr;
  }

  /// Somebody interrupts it, or may, other than after the join.
  bool askedBefore(const SyncFunction &In, Uninterrupted &U) const {
    const SourceManager &SM = M.context().getSourceManager();
    for (const auto &[FD, F] : M.functions())
      for (const SyncEvent &E : F.Events) {
        if (E.Does != SyncEvent::Cancel || E.Object.Decl != U.Join->Object.Decl)
          continue;
        if (F.Decl != In.Decl ||
            SM.isBeforeInTranslationUnit(E.At->getBeginLoc(),
                                         U.Join->At->getBeginLoc()))
          return true;
        U.Later = &E;
      }
    return false;
  }

  //===--------------------------------------------------------------------===//
  // What runs until it is interrupted

  /// The loop of \p FD that nothing but an interruption ends; or of what it
  /// calls.
  const Stmt *loopOf(const FunctionDecl *FD, unsigned Depth) {
    const FunctionDecl *Def = nullptr;
    if (Depth == 3 || !FD || !FD->isDefined(Def) || !Def)
      return nullptr;
    return loopIn(Def->getBody(), Depth);
  }

  const Stmt *loopIn(const Stmt *S, unsigned Depth) {
    if (!S || isa<LambdaExpr>(S))
      return nullptr;
    if (const auto *Try = dyn_cast<CXXTryStmt>(S)) {
      // Another exception may end it as well.
      for (unsigned I = 0; I != Try->getNumHandlers(); ++I)
        if (!takesInterruption(Try->getHandler(I)))
          return nullptr;
      return loopIn(Try->getTryBlock(), Depth);
    }
    if (isa<ForStmt, WhileStmt, DoStmt>(S))
      return endsByInterruption(S) ? S : nullptr;
    if (const auto *Body = dyn_cast<CompoundStmt>(S)) {
      for (const Stmt *Child : Body->body())
        if (const Stmt *Loop = loopIn(Child, Depth))
          return Loop;
        else if (mayReturn(Child))
          return nullptr;
      return nullptr;
    }
    const auto *E = dyn_cast<Expr>(S);
    const auto *Call = E ? dyn_cast_or_null<CallExpr>(strip(E)) : nullptr;
    return Call && !Words.effect(Call)
               ? loopOf(ThrowSearch::callee(Call), Depth + 1)
               : nullptr;
  }

  bool takesInterruption(const CXXCatchStmt *Handler) const {
    const CXXRecordDecl *RD = Handler->getCaughtType().isNull()
                                  ? nullptr
                                  : Handler->getCaughtType()
                                        .getNonReferenceType()
                                        ->getAsCXXRecordDecl();
    return RD && RD->getName().contains_insensitive("interrupt");
  }

  bool endsByInterruption(const Stmt *Loop) {
    const Expr *Cond = nullptr;
    if (const auto *W = dyn_cast<WhileStmt>(Loop))
      Cond = W->getCond();
    else if (const auto *F = dyn_cast<ForStmt>(Loop))
      Cond = F->getCond();
    else
      Cond = cast<DoStmt>(Loop)->getCond();
    const Stmt *Body = bodyOfLoop(Loop);
    if (leavesLoop(Body) || throwsOther(Body))
      return false;
    if (alwaysTrue(Cond))
      return isInterrupted(Body, 0);
    const auto *Not = dyn_cast_or_null<UnaryOperator>(strip(Cond));
    return Not && Not->getOpcode() == UO_LNot && polls(Not->getSubExpr());
  }

  /// `interruption_requested()`, of the thread that asks.
  bool polls(const Expr *E) const {
    const auto *Call = dyn_cast_or_null<CallExpr>(strip(E));
    const Effect *Row =
        Call && !isa<CXXMemberCallExpr>(Call) ? Words.effect(Call) : nullptr;
    return Row && Row->Does == Verb::PollStop && !Call->getNumArgs();
  }

  /// A place in \p S where an interruption gets out.
  bool isInterrupted(const Stmt *S, unsigned Depth) const {
    if (!S || isa<LambdaExpr>(S))
      return false;
    if (const auto *E = dyn_cast<CallExpr>(S)) {
      if (const Effect *Row = Words.effect(E)) {
        // A forced unwinding comes from a cancellation, not from a request.
        if (!Row->Interrupted.empty() &&
            !StringRef(Row->Interrupted).starts_with("__"))
          return true;
      } else if (const FunctionDecl *FD = ThrowSearch::callee(E),
                 *Def = nullptr;
                 FD && Depth < 2 && FD->isDefined(Def) && Def) {
        if (isInterrupted(Def->getBody(), Depth + 1))
          return true;
      }
    }
    return llvm::any_of(S->children(), [&](const Stmt *Child) {
      return isInterrupted(Child, Depth);
    });
  }

  bool throwsOther(const Stmt *S) const {
    if (!S || isa<LambdaExpr>(S))
      return false;
    if (const auto *E = dyn_cast<Expr>(S);
        isa_and_nonnull<CallExpr, CXXConstructExpr>(E) &&
        Throws.visiblyThrows(E))
      return true;
    return llvm::any_of(S->children(),
                        [&](const Stmt *Child) { return throwsOther(Child); });
  }

  const Monitors &M;
  const Lexicon &Words;
  ThrowSearch Throws;
  Executions &Executing;
  llvm::SmallPtrSet<const ValueDecl *, 8> Told;
  std::vector<Uninterrupted> Result;
};

} // namespace

std::vector<Uninterrupted> uninterruptedJoins(const Monitors &M) {
  return Finder(M).run();
}

} // namespace leak
