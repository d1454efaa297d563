//===--- UnheardRequests.cpp - requests that nobody looks at --------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "UnheardRequests.h"
#include "FlagLoops.h"
#include "Starts.h"
#include "Statements.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {

namespace {

class Finder {
public:
  Finder(const Monitors &M, const FunctionTable &Table,
         ArrayRef<StuckJoin> Told)
      : M(M), Words(M.lexicon()), Table(Table), Executing(M.executions()),
        Told(Told) {}

  std::vector<UnheardRequest> run() {
    for (const JoinSite &J : Executing.joins(/*Depth=*/2))
      joined(J);
    return std::move(Result);
  }

private:
  void joined(const JoinSite &Site) {
    const SyncEvent &J = Site.event();
    const SyncEvent *Request =
        isTold(J) ? nullptr : requested(Site.before(), Site.handle());
    if (!Request)
      return;
    for (const Running &R : Executing.of(Site.handle()))
      if (const Stmt *Loop = endless(R);
          Loop && isDeaf(R, *Request) &&
          llvm::none_of(Result, [&](const UnheardRequest &Old) {
            return Old.Loop == Loop;
          }))
        Result.push_back({Request, &J, Site.In->Decl, R.Entry, Loop});
  }

  bool isTold(const SyncEvent &Join) const {
    return llvm::any_of(
        Told, [&](const StuckJoin &T) { return T.Join.Event == &Join; });
  }

  /// The last request to the handle, where nobody is ended by force.
  const SyncEvent *requested(ArrayRef<Monitors::Step> Before,
                             const ValueDecl *Handle) const {
    const SyncEvent *Last = nullptr;
    for (const Monitors::Step &S : Before) {
      if (S.Event->Does == SyncEvent::Wait)
        return nullptr;
      if (S.Event->Does != SyncEvent::Cancel)
        continue;
      const Effect *Row = Words.effect(S.Event->At);
      if (!Row || Row->Does != Verb::RequestStop)
        return nullptr;
      if (S.Event->Object.Decl == Handle)
        Last = S.Event;
    }
    return Last;
  }

  /// The loop without a way out that \p R comes to.
  const Stmt *endless(const Running &R) const {
    std::optional<Predicate> Out = mainLoopExits(M, R);
    if (!Out || Out->Opaque || !Out->Terms.empty())
      return nullptr;
    const Stmt *Found = nullptr;
    for (const FunctionDecl *FD : reached(R))
      if (const auto *Body = dyn_cast_or_null<CompoundStmt>(FD->getBody()))
        for (const Stmt *S : Body->body())
          if (isa<WhileStmt, ForStmt, DoStmt>(S)) {
            const Predicate &Exits = M.exits(S);
            if (!Found && !Exits.Opaque && Exits.Terms.empty())
              Found = S;
          }
    return Found;
  }

  static SmallVector<const FunctionDecl *, 8> reached(const Running &R) {
    SmallVector<const FunctionDecl *, 8> All{R.Entry};
    for (const Monitors::Step &S : R.Steps)
      if (S.Event->Does == SyncEvent::Call &&
          !llvm::is_contained(All, S.Event->Callee))
        All.push_back(S.Event->Callee);
    return All;
  }

  /// Nothing that \p R calls looks at the request, is ended by it, or could
  /// be; and nothing else ends the execution.
  bool isDeaf(const Running &R, const SyncEvent &Request) const {
    // Without a poll of its own, a request ends calls, wherever they are.
    const auto *MC = dyn_cast<CXXMemberCallExpr>(Request.At);
    const TypeModel *Model =
        MC ? Words.typeOrBase(MC->getRecordDecl()) : nullptr;
    if (!Model)
      return false;
    bool Polled = !Model->methodFor(Verb::PollStop).empty();
    StringRef Raised = raisedBy(*Model);
    return llvm::all_of(reached(R), [&](const FunctionDecl *FD) {
      const FunctionUses *F = Table.find(FD);
      return F && !throws(FD->getBody()) &&
             llvm::none_of(F->Calls, [&](const Expr *E) {
               return mayHear(E, Polled, Raised);
             });
    });
  }

  static bool throws(const Stmt *S) {
    return S && (isa<CXXThrowExpr, CXXTryStmt, CoroutineBodyStmt>(S) ||
                 llvm::any_of(S->children(), throws));
  }

  /// The exception with which calls end in an execution of that kind; its own
  /// joins are such calls.
  static StringRef raisedBy(const TypeModel &Model) {
    for (const auto &Entry : Model.Calls)
      for (const Effect &Row : Entry.second)
        if (Row.Does == Verb::Join)
          return Row.Interrupted;
    return {};
  }

  bool mayHear(const Expr *E, bool Polled, StringRef Raised) const {
    if (const Effect *Row = Words.effect(E)) {
      switch (Row->Does) {
      case Verb::PollStop:
      case Verb::Exit:
      case Verb::Block: // The loop of the handle, perhaps.
      case Verb::Wait:
      case Verb::TryWait:
      case Verb::Receive:
        return true;
      default:
        return !Raised.empty() && Row->Interrupted == Raised;
      }
    }
    const auto *CE = dyn_cast<CXXConstructExpr>(E);
    const FunctionDecl *FD =
        CE ? CE->getConstructor() : cast<CallExpr>(E)->getDirectCallee();
    // A callback.
    if (!FD || FD->isNoReturn() || asksToStop(FD))
      return true;
    const FunctionDecl *Def = nullptr;
    if ((FD->isDefined(Def) && Def && Table.find(Def)) ||
        M.context().getSourceManager().isInSystemHeader(FD->getLocation()))
      return false;
    if (!Polled)
      return true;
    // A method of its own, or one that gets the object, may look.
    const Expr *Receiver = CE ? nullptr : receiverOf(E);
    return (Receiver && isa_and_nonnull<CXXThisExpr>(strip(Receiver))) ||
           llvm::any_of(argumentsOf(E), [](const Expr *A) {
             return isa_and_nonnull<CXXThisExpr>(strip(A));
           });
  }

  const Monitors &M;
  const Lexicon &Words;
  const FunctionTable &Table;
  Executions &Executing;
  ArrayRef<StuckJoin> Told;
  std::vector<UnheardRequest> Result;
};

} // namespace

std::vector<UnheardRequest> unheardRequests(const Monitors &M,
                                            const FunctionTable &Table,
                                            ArrayRef<StuckJoin> Told) {
  return Finder(M, Table, Told).run();
}

} // namespace leak
