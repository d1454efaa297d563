//===--- SelfWakes.cpp - descriptors that wake the own threads ------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SelfWakes.h"
#include "Pipes.h"
#include "Statements.h"
#include "clang/AST/ParentMapContext.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace leak {

namespace {

class Finder {
public:
  Finder(const FunctionTable &Table, const Lexicon &Words,
         llvm::function_ref<const Monitors &()> Waiting)
      : Table(Table), Words(Words), Waiting(Waiting) {}

  std::vector<UnwokenRead> run() {
    for (const auto &[FD, F] : Table.all())
      for (const Expr *Call : F.Calls)
        if (const auto *CE = dyn_cast<CallExpr>(Call))
          made(CE);
    if (Made.empty())
      return {};
    for (const auto &[FD, F] : Table.all())
      for (const Expr *Call : F.Calls)
        if (const auto *CE = dyn_cast<CallExpr>(Call))
          read(CE, F.Decl);
    return std::move(Result);
  }

private:
  static const ValueDecl *memberOf(const Expr *E) {
    E = E->IgnoreParenImpCasts();
    if (const auto *AS = dyn_cast<ArraySubscriptExpr>(E))
      E = AS->getBase()->IgnoreParenImpCasts();
    const auto *ME = dyn_cast<MemberExpr>(E);
    const auto *D = ME ? dyn_cast<FieldDecl>(ME->getMemberDecl()) : nullptr;
    return D && isSeenHere(D) ? cast<ValueDecl>(D->getCanonicalDecl())
                              : nullptr;
  }

  bool isZero(const Expr *E) const {
    Expr::EvalResult V;
    return !E->isValueDependent() && E->EvaluateAsInt(V, Words.context()) &&
           V.Val.getInt() == 0;
  }

  /// `fd_ = eventfd(0, 0)`, `pipe(fds_)`: without options, with which a read
  /// might not wait.
  void made(const CallExpr *Call) {
    const FunctionDecl *FD = Call->getDirectCallee();
    if (!FD || isa<CXXMethodDecl>(FD))
      return;
    const Effect *Row = Words.effect(Call);
    if (!Row || Row->Does != Verb::Init)
      return;
    const ValueDecl *D = nullptr;
    if (Row->Object.Place == ObjectSpec::Pointee &&
        Row->Object.Index < Call->getNumArgs()) {
      D = memberOf(Call->getArg(Row->Object.Index));
      const auto *Array = D ? dyn_cast_or_null<ConstantArrayType>(
                                  D->getType()->getAsArrayTypeUnsafe())
                            : nullptr;
      if (!Array || Array->getSize() != 2 || Call->getNumArgs() != 1)
        return;
    } else if (Row->Object.Place == ObjectSpec::Return && Row->Count >= 0 &&
               Call->getType()->isIntegerType()) {
      for (unsigned I = 0; I != Call->getNumArgs(); ++I)
        if (int(I) != Row->Count && !isZero(Call->getArg(I)))
          return;
      D = assignedTo(Call);
    }
    if (D)
      Made[D] = Call;
  }

  const ValueDecl *assignedTo(const CallExpr *Call) const {
    auto &Ctx = const_cast<ASTContext &>(Words.context());
    DynTypedNode Node = DynTypedNode::create(*Call);
    for (unsigned Depth = 0; Depth != 6; ++Depth) {
      auto Up = Ctx.getParents(Node);
      if (Up.empty())
        return nullptr;
      Node = Up[0];
      if (const auto *BO = Node.get<BinaryOperator>())
        return BO->getOpcode() == BO_Assign ? memberOf(BO->getLHS()) : nullptr;
      if (const auto *Ctor = Node.get<CXXConstructorDecl>()) {
        for (const CXXCtorInitializer *Init : Ctor->inits())
          if (Init->getMember() && contains(Init->getInit(), Call) &&
              isSeenHere(Init->getMember()))
            return Init->getMember();
        return nullptr;
      }
      if (!Node.get<Expr>())
        return nullptr;
    }
    return nullptr;
  }

  /// A read in a loop, which waits as long as nobody writes.
  void read(const CallExpr *Call, const FunctionDecl *In) {
    const FunctionDecl *FD = Call->getDirectCallee();
    const Effect *Row = FD ? Words.effect(Call) : nullptr;
    if (!Row || Row->Does != Verb::Block || Row->Timeout >= 0 ||
        Row->Object.Place != ObjectSpec::Argument ||
        Row->Object.Index >= Call->getNumArgs() ||
        llvm::none_of(FD->parameters(), [](const ParmVarDecl *P) {
          return P->getType()->isPointerType() &&
                 !P->getType()->getPointeeType().isConstQualified();
        }))
      return;
    const ValueDecl *D = memberOf(Call->getArg(Row->Object.Index));
    auto *It = D ? Made.find(D) : Made.end();
    if (It == Made.end())
      return;
    auto &Ctx = const_cast<ASTContext &>(Words.context());
    const Stmt *Loop = loopAround(Call, Ctx);
    if (!Loop || nonBlocking(D))
      return;
    Predicate Out = exitsOf(Loop, Ctx);
    const Monitors &M = Waiting();
    for (const auto &[Key, F] : M.functions())
      for (const SyncEvent &Start : F.Events)
        if (Start.Does == SyncEvent::Start && Start.Object &&
            llvm::any_of(Start.Entries, [&](const FunctionDecl *Entry) {
              return reaches(Entry, In, 0);
            }))
          joins(D, It->second, Call, Out, Start);
  }

  /// Something may have made its reads return at once.
  bool nonBlocking(const ValueDecl *D) const {
    for (const auto &[FD, F] : Table.all())
      for (const Expr *E : F.Calls) {
        const auto *Call = dyn_cast<CallExpr>(E);
        const Effect *Row = Call ? Words.effect(Call) : nullptr;
        if (Row && Row->Does == Verb::SetDeadline && mentions(Call, D))
          return true;
      }
    return false;
  }

  bool reaches(const FunctionDecl *FD, const FunctionDecl *Target,
               unsigned Depth) const {
    if (FD->getCanonicalDecl() == Target->getCanonicalDecl())
      return true;
    const SyncFunction *F = Depth == 3 ? nullptr : Waiting().find(FD);
    return F && llvm::any_of(F->Events, [&](const SyncEvent &E) {
             return E.Does == SyncEvent::Call && !E.Deferred &&
                    reaches(E.Callee, Target, Depth + 1);
           });
  }

  /// A flag is set that ends the loop, the thread is joined, and nothing on the
  /// way has to do with the descriptor or the handle.
  void joins(const ValueDecl *D, const Expr *MadeAt, const Expr *Read,
             const Predicate &Out, const SyncEvent &Start) {
    const Monitors &M = Waiting();
    for (const auto &[Key, F] : M.functions()) {
      std::vector<Monitors::Step> Steps = M.steps(F.Decl, 2);
      const SyncEvent *Set = nullptr;
      for (const Monitors::Step &S : Steps) {
        if (S.Event->Does == SyncEvent::Start ||
            S.Event->Does == SyncEvent::Cancel)
          break;
        if (S.Event->Does == SyncEvent::Write && isFlag(S.Event->Object.Decl) &&
            Out.helped(S.Event->Changes) == Answer::Yes)
          Set = S.Event;
        if (S.Event->Does != SyncEvent::Join || S.Event->Timed || !Set ||
            S.In != F.Decl || S.Event->Object.Decl != Start.Object.Decl)
          continue;
        if (!F.HandsThisOn &&
            !touched(F.Decl, S.Event->At, D, Start.Object.Decl, 0) &&
            llvm::none_of(Result, [&](const UnwokenRead &Old) {
              return Old.Join == S.Event;
            }))
          Result.push_back({D, MadeAt, Read, &Start, Set, S.Event});
        break;
      }
    }
  }

  /// \p FD, up to \p Until, or what it calls there, uses the descriptor, or
  /// does something else to the thread than joining it.
  bool touched(const FunctionDecl *FD, const Expr *Until, const ValueDecl *D,
               const ValueDecl *Handle, unsigned Depth) const {
    const FunctionUses *F = Table.find(FD);
    if (!F || Depth > 3)
      return true;
    const SourceManager &SM = Words.context().getSourceManager();
    for (const Expr *E : F->Calls) {
      const auto *Call = dyn_cast<CallExpr>(E);
      if (!Call || Call == Until ||
          (Until && !SM.isBeforeInTranslationUnit(
                        SM.getExpansionLoc(Call->getBeginLoc()),
                        SM.getExpansionLoc(Until->getBeginLoc()))))
        continue;
      if (mentions(Call, D))
        return true;
      const Effect *Row = Words.effect(Call);
      if (!Row && !isa<CXXOperatorCallExpr>(Call) &&
          llvm::any_of(Call->arguments(),
                       [&](const Expr *A) { return mentions(A, Handle); }))
        return true;
      const FunctionDecl *Callee = Call->getDirectCallee();
      const FunctionDecl *Def = nullptr;
      if (!Callee)
        return true;
      if (Callee->isDefined(Def) && Table.find(Def) &&
          !SM.isInSystemHeader(Def->getLocation()) &&
          touched(Def, nullptr, D, Handle, Depth + 1))
        return true;
    }
    return false;
  }

  const FunctionTable &Table;
  const Lexicon &Words;
  llvm::function_ref<const Monitors &()> Waiting;
  llvm::MapVector<const ValueDecl *, const Expr *> Made;
  std::vector<UnwokenRead> Result;
};

} // namespace

std::vector<UnwokenRead>
unwokenReads(const FunctionTable &Table, const Lexicon &Words,
             llvm::function_ref<const Monitors &()> Waiting) {
  return Finder(Table, Words, Waiting).run();
}

} // namespace leak
