//===--- PollWaits.cpp - waits between two polls --------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PollWaits.h"
#include "Spelling.h"
#include "Starts.h"
#include "Statements.h"
#include "Traversal.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {

/// The variables that get what \p Call takes: its arguments, or its result.
static SmallVector<const ValueDecl *, 2> takenInto(const CallExpr *Call,
                                                   const Stmt *Polls) {
  SmallVector<const ValueDecl *, 2> All;
  for (const Expr *A : argumentsOf(Call))
    if (Place P = placeOf(A))
      All.push_back(P.Decl);
  anyIn(Polls, [&](const Stmt *S) {
    if (const auto *DS = dyn_cast<DeclStmt>(S))
      for (const Decl *D : DS->decls())
        if (const auto *VD = dyn_cast<VarDecl>(D);
            VD && VD->getInit() && contains(VD->getInit(), Call))
          All.push_back(VD);
    if (const auto *BO = dyn_cast<BinaryOperator>(S);
        BO && BO->isAssignmentOp() && contains(BO->getRHS(), Call))
      All.push_back(placeOf(BO->getLHS()).Decl);
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S);
        Op && Op->getOperator() == OO_Equal && contains(Op->getArg(1), Call))
      All.push_back(placeOf(Op->getArg(0)).Decl);
    return false;
  });
  return All;
}

/// What is taken decides about something: it may be a last element that says
/// so. Also where its taking does.
static bool asksWhatCame(const CallExpr *Call, const Stmt *Polls) {
  SmallVector<const ValueDecl *, 2> Into = takenInto(Call, Polls);
  return anyIn(Polls, [&](const Stmt *S) {
    const Expr *Cond = nullptr;
    if (const auto *If = dyn_cast<IfStmt>(S))
      Cond = If->getCond();
    else if (const auto *While = dyn_cast<WhileStmt>(S))
      Cond = While->getCond();
    else if (const auto *Do = dyn_cast<DoStmt>(S))
      Cond = Do->getCond();
    else if (const auto *For = dyn_cast<ForStmt>(S))
      Cond = For->getCond();
    else if (const auto *Switch = dyn_cast<SwitchStmt>(S))
      Cond = Switch->getCond();
    return Cond &&
           (contains(Cond, Call) || llvm::any_of(Into, [&](const ValueDecl *D) {
              return D && mentions(Cond, D);
            }));
  });
}

bool PollWaits::lasts(const PollGap &Gap, const FunctionDecl *Stopper,
                      const SyncEvent &Join, const Stmt *Polls) const {
  const auto *Call = dyn_cast<CallExpr>(Gap.At);
  if (!Call)
    return false;
  const Effect *Row = M.lexicon().effect(Call);
  if (Row && Row->Does == Verb::Block)
    return waitsForNothing(Call, *Row) &&
           !Outside.mayBeFreed(Stopper, Join.At->getBeginLoc(), nullptr);
  const Expr *Object = Row ? M.lexicon().object(Call, *Row) : receiverOf(Call);
  Place Queue = Object ? placeOf(Object) : Place();
  return Queue && !Queue.Element &&
         lastsOnQueue(Gap, Queue.Decl, Stopper, Join, Polls);
}

/// It has no object whose end could end it, and is told to wait.
bool PollWaits::waitsForNothing(const CallExpr *Call, const Effect &Row) const {
  const FunctionDecl *FD = Call->getDirectCallee();
  if (!FD || !FD->getIdentifier() || M.lexicon().object(Call, Row) ||
      !hasWord(FD->getName(),
               {"wait", "waitpid", "pause", "sigwait", "select"}))
    return false;
  // Flags that say "don't wait".
  if (Row.Timeout >= 0 || !Call->getNumArgs())
    return true;
  const Expr *Last = Call->getArg(Call->getNumArgs() - 1);
  if (!Last->getType()->isIntegerType())
    return true;
  Expr::EvalResult R;
  return !Last->isValueDependent() && Last->EvaluateAsInt(R, M.context()) &&
         R.Val.getInt() == 0;
}

bool PollWaits::lastsOnQueue(const PollGap &Gap, const ValueDecl *Queue,
                             const FunctionDecl *Stopper, const SyncEvent &Join,
                             const Stmt *Polls) const {
  const auto *Call = cast<CallExpr>(Gap.At);
  const auto *Field = dyn_cast<FieldDecl>(Queue);
  const auto *Global = dyn_cast<VarDecl>(Queue);
  // One that nobody else knows.
  if (!Queue->getType()->isRecordType() ||
      !((Field && Field->getAccess() != AS_public) ||
        (Global && Global->hasGlobalStorage() &&
         !Global->isExternallyVisible())))
    return false;
  // It asks before whether there is something, or what it was behind it.
  if (anyIn(Gap.In->getBody(), [&](const Stmt *S) {
        const auto *Other = dyn_cast<CallExpr>(S);
        const Expr *Object = Other ? receiverOf(Other) : nullptr;
        return Other && Other != Call && Object &&
               placeOf(Object).Decl == Queue;
      }))
    return false;
  const auto *Body = Gap.Through ? Gap.In->getBody() : Polls;
  return !asksWhatCame(Call, Body) && !isEndedElsewhere(Queue) &&
         !isFedBefore(Stopper, Join.At->getBeginLoc(), Queue, 0);
}

/// Who stops, or its callers, do something with the queue first.
bool PollWaits::isFedBefore(const FunctionDecl *FD, SourceLocation At,
                            const ValueDecl *Queue, unsigned Depth) const {
  const FunctionDecl *Def = nullptr;
  if (Depth > 3 || !FD->isDefined(Def) || !Def ||
      mayFeed(Def->getBody(), At, Queue, 0))
    return true;
  return llvm::any_of(M.callers(FD), [&](const Monitors::Caller &C) {
    return isFedBefore(C.In->Decl, C.At->At->getBeginLoc(), Queue, Depth + 1);
  });
}

/// Something in \p S, before \p Until where that is valid, is about the queue,
/// or hands out the object that has it to what can't be seen.
bool PollWaits::mayFeed(const Stmt *S, SourceLocation Until,
                        const ValueDecl *Queue, unsigned Depth) const {
  const SourceManager &SM = M.context().getSourceManager();
  if (!S || (Until.isValid() &&
             !SM.isBeforeInTranslationUnit(S->getBeginLoc(), Until)))
    return false;
  if (const auto *ME = dyn_cast<MemberExpr>(S))
    if (ME->getMemberDecl() == Queue)
      return true;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    if (Ref->getDecl() == Queue)
      return true;
  if (isa<CallExpr, CXXConstructExpr>(S)) {
    const auto *E = cast<Expr>(S);
    const FunctionDecl *FD = isa<CXXConstructExpr>(E)
                                 ? cast<CXXConstructExpr>(E)->getConstructor()
                                 : cast<CallExpr>(E)->getDirectCallee();
    const FunctionDecl *Def = nullptr;
    // A callback.
    if (!FD)
      return true;
    if (FD->isDefined(Def) && Def && M.find(Def)) {
      if (Depth > 3 || mayFeed(Def->getBody(), {}, Queue, Depth + 1))
        return true;
    } else if (!M.lexicon().effect(E) &&
               !SM.isInSystemHeader(FD->getLocation())) {
      // A method of the same object, or one that gets it.
      const Expr *Receiver = receiverOf(E);
      if ((Receiver && isa_and_nonnull<CXXThisExpr>(strip(Receiver))) ||
          llvm::any_of(argumentsOf(E),
                       [](const Expr *A) {
                         return anyIn(A, [](const Stmt *In) {
                           return isa<LambdaExpr>(In) ||
                                  (isa<CXXThisExpr>(In) &&
                                   !cast<CXXThisExpr>(In)->isImplicit());
                         });
                       }) ||
          isa<VarDecl>(Queue))
        return true;
    }
  }
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return mayFeed(Child, Until, Queue, Depth);
  });
}

/// Another function ends the queue, by its row or its name; or hands it out.
bool PollWaits::isEndedElsewhere(const ValueDecl *Queue) const {
  if (M.isGivenAway(Queue))
    return true;
  auto Ends = [&](const Stmt *S) {
    const auto *Call = dyn_cast<CallExpr>(S);
    if (const auto *UO = dyn_cast<UnaryOperator>(S))
      return UO->getOpcode() == UO_AddrOf &&
             placeOf(UO->getSubExpr()).Decl == Queue;
    if (const auto *Return = dyn_cast<ReturnStmt>(S))
      return Return->getRetValue() &&
             placeOf(Return->getRetValue()).Decl == Queue;
    if (!Call || !Call->getDirectCallee())
      return false;
    for (const Expr *A : argumentsOf(Call))
      if (placeOf(A).Decl == Queue)
        return true;
    const Expr *Object = receiverOf(Call);
    if (!Object || placeOf(Object).Decl != Queue)
      return false;
    if (const Effect *Row = M.lexicon().effect(Call))
      return Row->Does == Verb::Close || Row->Does == Verb::Cancel ||
             Row->Does == Verb::Destroy || Row->Does == Verb::NotifyOne ||
             Row->Does == Verb::NotifyAll || Row->Does == Verb::Reset;
    return Call->getDirectCallee()->getIdentifier() &&
           hasWord(Call->getDirectCallee()->getName(),
                   {"close",      "abort",  "stop",    "shutdown", "interrupt",
                    "wake",       "wakeup", "cancel",  "unblock",  "notify",
                    "terminate",  "quit",   "end",     "finish",   "disable",
                    "invalidate", "exit",   "release", "signal",   "kill",
                    "break",      "done"});
  };
  return llvm::any_of(M.functions(), [&](const auto &Entry) {
    return anyIn(Entry.second.Decl->getBody(), Ends);
  });
}

} // namespace leak
