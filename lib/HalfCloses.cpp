//===--- HalfCloses.cpp - queues closed for one side only -----------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "HalfCloses.h"
#include "Statements.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace leak {

namespace {

/// A wait of a method of one class.
struct Wait {
  const SyncEvent *Event = nullptr;
  const FunctionDecl *In = nullptr;
};

class Finder {
public:
  explicit Finder(const Monitors &M) : M(M) {
    for (const auto &[FD, F] : M.functions())
      for (const SyncEvent &E : F.Events)
        if (const CXXRecordDecl *RD =
                E.Does == SyncEvent::Wait ? classOf(E.Object, F.Decl) : nullptr)
          Waits[RD].push_back({&E, F.Decl});
  }

  std::vector<HalfClose> run() {
    for (const auto &[RD, All] : Waits)
      if (All.size() > 1)
        for (const CXXMethodDecl *Close : RD->methods())
          closing(RD, Close, All);
    return std::move(Result);
  }

private:
  static const CXXRecordDecl *parentOf(const ValueDecl *D) {
    const auto *Field = dyn_cast_or_null<FieldDecl>(D);
    const auto *RD =
        Field ? dyn_cast<CXXRecordDecl>(Field->getParent()) : nullptr;
    return RD ? RD->getCanonicalDecl() : nullptr;
  }

  /// \p P is a member of the class that \p In is a method of.
  static const CXXRecordDecl *classOf(const Place &P, const FunctionDecl *In) {
    const auto *Method = dyn_cast<CXXMethodDecl>(In);
    if (!Method || P.Root)
      return nullptr;
    const CXXRecordDecl *RD = parentOf(P.Decl);
    return RD && RD == Method->getParent()->getCanonicalDecl()
               ? Method->getParent()
               : nullptr;
  }

  static bool own(const Place &P, const CXXRecordDecl *RD) {
    return !P.Root && parentOf(P.Decl) == RD->getCanonicalDecl();
  }

  void closing(const CXXRecordDecl *RD, const CXXMethodDecl *Close,
               ArrayRef<Wait> All) {
    const FunctionDecl *Def = nullptr;
    // At the end of its life nobody may use it any more.
    if (isa<CXXConstructorDecl, CXXDestructorDecl>(Close) ||
        Close->getAccess() == AS_private || !Close->isDefined(Def) ||
        !M.find(Def))
      return;
    std::vector<Monitors::Step> Steps = M.steps(Def, 2);
    llvm::erase_if(Steps,
                   [](const Monitors::Step &S) { return S.Outer->Deferred; });
    for (const Monitors::Step &Set : Steps) {
      const SyncEvent &E = *Set.Event;
      if (E.Does != SyncEvent::Write || !own(E.Object, RD) ||
          !isFlag(E.Object.Decl))
        continue;
      for (const Wait &Ended : All)
        if (const SyncEvent *Notify = ends(Steps, E, Ended))
          for (const Wait &Left : All)
            if (leaves(RD, Def, Steps, E, Ended, Left))
              tell({Def, &E, Notify, Ended.Event, Ended.In, Left.Event,
                    Left.In});
    }
  }

  void tell(HalfClose H) {
    if (llvm::none_of(Result, [&](const HalfClose &Old) {
          return Old.Left->At->getBeginLoc() == H.Left->At->getBeginLoc();
        }))
      Result.push_back(std::move(H));
  }

  static const SyncEvent *notified(ArrayRef<Monitors::Step> Steps,
                                   const ValueDecl *Condition) {
    for (const Monitors::Step &S : Steps)
      if (S.Event->Does == SyncEvent::Notify &&
          S.Event->Object.Decl == Condition)
        return S.Event;
    return nullptr;
  }

  /// The notification with which \p Set ends \p W.
  const SyncEvent *ends(ArrayRef<Monitors::Step> Steps, const SyncEvent &Set,
                        const Wait &W) const {
    Predicate For = W.Event->For;
    // `while (items.empty()) { if (closed) return; cv.wait(lock); }`
    if (!W.Event->HasPredicate && W.Event->Loop)
      For.add(M.exits(W.Event->Loop));
    return For.helped(Set.Changes) == Answer::Yes
               ? notified(Steps, W.Event->Object.Decl)
               : nullptr;
  }

  /// What \p P waits for something in, or null.
  static const ValueDecl *container(const Predicate &P) {
    for (const Predicate::Term &T : P.Terms)
      if (T.Helps == Change::Raise && !isFlag(T.What.Decl) &&
          T.What.Decl->getType()->isRecordType())
        return T.What.Decl;
    return nullptr;
  }
  static bool waitsForMore(const Predicate &P, const ValueDecl *Queue) {
    return llvm::any_of(P.Terms, [&](const Predicate::Term &T) {
      return T.What.Decl == Queue && T.Helps == Change::Raise;
    });
  }

  bool leaves(const CXXRecordDecl *RD, const FunctionDecl *Close,
              ArrayRef<Monitors::Step> Steps, const SyncEvent &Set,
              const Wait &Ended, const Wait &Left) const {
    const SyncEvent &W = *Left.Event;
    if (&W == Ended.Event || W.Timed || Left.In == Close ||
        Left.In == Ended.In || Left.In->getAccess() == AS_private ||
        W.For.Opaque || W.For.Terms.empty())
      return false;
    // One fills what the other one empties.
    const ValueDecl *Queue = container(Ended.Event->For);
    if (!Queue || !W.For.tests(Queue) || waitsForMore(W.For, Queue) ||
        !M.changes(Left.In, Queue, Change::Raise) ||
        !M.changes(Ended.In, Queue, Change::Lower))
      return false;
    // No way out but room.
    auto Tests = [&](const Predicate &P) {
      return P.Opaque || llvm::any_of(P.Terms, [&](const Predicate::Term &T) {
               return !own(T.What, RD) || T.What.Decl == Set.Object.Decl ||
                      T.What.Decl->getType()->isBooleanType() ||
                      (T.What.Decl->getType()->isRecordType() &&
                       T.What.Decl != Queue);
             });
    };
    if (Tests(W.For) || (W.Loop && !W.HasPredicate && Tests(M.exits(W.Loop))))
      return false;
    // What is thrown away makes room.
    for (const Monitors::Step &S : Steps)
      if (S.Event->Does == SyncEvent::Write &&
          W.For.helped(S.Event->Changes) != Answer::No)
        return false;
    return takesNoMore(Ended.In, Set.Changes, Queue, 0);
  }

  //===--------------------------------------------------------------------===//
  // Who is told to end doesn't take what is left
  //===--------------------------------------------------------------------===//

  /// When \p Cond is \p Truth, it may be for the flag alone.
  bool byFlag(const Expr *Cond, bool Truth, const Alteration &Set,
              const ValueDecl *Queue) const {
    if (!Cond)
      return false;
    Predicate P = predicateOf(Cond, Truth, M.context());
    return P.helped(Set) == Answer::Yes && !P.tests(Queue);
  }

  static bool goesAway(const Stmt *S) {
    if (const auto *Block = dyn_cast_or_null<CompoundStmt>(S))
      S = Block->body_empty() ? nullptr : Block->body_back();
    return isa_and_nonnull<ReturnStmt, BreakStmt, CXXThrowExpr>(S) ||
           (isa_and_nonnull<ExprWithCleanups>(S) &&
            isa<CXXThrowExpr>(cast<ExprWithCleanups>(S)->getSubExpr()));
  }

  bool endsByFlag(const Stmt *S, const Alteration &Set,
                  const ValueDecl *Queue) const {
    if (!S || isa<LambdaExpr>(S))
      return false;
    // In a loop as long as there is nothing, the flag ends nothing but that.
    if (const auto *While = dyn_cast<WhileStmt>(S);
        While && predicateOf(While->getCond(), false, M.context()).tests(Queue))
      return false;
    if (const auto *If = dyn_cast<IfStmt>(S);
        If && goesAway(If->getThen()) &&
        byFlag(If->getCond(), true, Set, Queue))
      return true;
    if (bodyOfLoop(S) && byFlag(conditionOf(S), false, Set, Queue))
      return true;
    return llvm::any_of(S->children(), [&](const Stmt *Child) {
      return endsByFlag(Child, Set, Queue);
    });
  }

  /// \p Taker, or what calls it, ends as soon as the flag is set.
  bool takesNoMore(const FunctionDecl *Taker, const Alteration &Set,
                   const ValueDecl *Queue, unsigned Depth) const {
    return endsByFlag(Taker->getBody(), Set, Queue) ||
           (Depth != 2 &&
            llvm::any_of(M.callers(Taker), [&](const Monitors::Caller &C) {
              return takesNoMore(C.In->Decl, Set, Queue, Depth + 1);
            }));
  }

  const Monitors &M;
  llvm::MapVector<const CXXRecordDecl *, llvm::SmallVector<Wait, 2>> Waits;
  std::vector<HalfClose> Result;
};

} // namespace

std::vector<HalfClose> halfCloses(const Monitors &M) { return Finder(M).run(); }

} // namespace leak
