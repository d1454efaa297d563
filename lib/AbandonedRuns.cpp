//===--- AbandonedRuns.cpp - objects freed under their thread -------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AbandonedRuns.h"
#include "Spelling.h"
#include "Statements.h"

using namespace clang;

namespace leak {

namespace {

/// The struct of C that \p T points to.
const RecordDecl *pointee(QualType T) {
  if (!T->isPointerType())
    return nullptr;
  const auto *RT = T->getPointeeType()->getAs<RecordType>();
  const RecordDecl *RD = RT ? RT->getDecl()->getDefinition() : nullptr;
  const auto *Class = dyn_cast_or_null<CXXRecordDecl>(RD);
  if (Class && (Class->hasUserDeclaredDestructor() || Class->isLambda()))
    return nullptr;
  return RD;
}

const FunctionDecl *namedFunction(const Expr *E) {
  E = strip(E);
  if (const auto *UO = dyn_cast_or_null<UnaryOperator>(E))
    E = strip(UO->getSubExpr());
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E);
  const auto *FD = Ref ? dyn_cast<FunctionDecl>(Ref->getDecl()) : nullptr;
  const FunctionDecl *Def = nullptr;
  return FD && FD->isDefined(Def) ? Def : nullptr;
}

/// The field of \p RD that \p Call is given, or its address.
const FieldDecl *fieldIn(const CallExpr *Call, const RecordDecl *RD) {
  for (const Expr *Arg : Call->arguments()) {
    const Expr *E = strip(Arg);
    if (const auto *UO = dyn_cast_or_null<UnaryOperator>(E))
      E = strip(UO->getSubExpr());
    const auto *ME = dyn_cast_or_null<MemberExpr>(E);
    const auto *F = ME ? dyn_cast<FieldDecl>(ME->getMemberDecl()) : nullptr;
    if (F && F->getParent()->getDefinition() == RD)
      return F;
  }
  return nullptr;
}

class Finder {
public:
  Finder(const FunctionTable &Table, const Lexicon &Words,
         llvm::function_ref<const Monitors &()> Waiting)
      : Table(Table), Words(Words), Waiting(Waiting) {}

  std::vector<AbandonedRun> run() {
    for (const auto &[Key, F] : Table.all())
      for (const Expr *E : F.Calls)
        if (const auto *Call = dyn_cast<CallExpr>(E))
          started(Call, F.Decl);
    return std::move(Result);
  }

private:
  bool starts(const CallExpr *Call) const {
    if (const Effect *Row = Words.effect(Call))
      return Row->Does == Verb::Start;
    const FunctionDecl *FD = Call->getDirectCallee();
    return FD && FD->getIdentifier() && hasWord(FD->getName(), {"thread"}) &&
           hasWord(FD->getName(),
                   {"create", "start", "new", "spawn", "launch", "begin"});
  }

  /// `thread_create(&object->thread, NULL, run, object)`
  void started(const CallExpr *Call, const FunctionDecl *In) {
    if (Call->getNumArgs() < 3 || isa<CXXMemberCallExpr>(Call) || !In)
      return;
    AbandonedRun R;
    const RecordDecl *Of = nullptr;
    for (const Expr *Arg : Call->arguments()) {
      if (const FunctionDecl *FD = namedFunction(Arg)) {
        R.Entry = R.Entry ? nullptr : FD;
        continue;
      }
      // What it is given stands behind it.
      const Expr *Given = Arg->IgnoreParenCasts();
      if (const RecordDecl *RD = R.Entry ? pointee(Given->getType()) : nullptr)
        Of = RD;
    }
    if (!R.Entry || R.Entry->getNumParams() != 1 || !Of || !starts(Call) ||
        repeats(Call))
      return;
    R.Start = Call;
    R.StartedIn = In;
    R.Handle = fieldIn(Call, Of);
    if (R.Handle && runsUntil(R, Of) && !endedAnywhere(R, Of))
      freed(R, Of);
  }

  bool repeats(const CallExpr *Call) const {
    return loopAround(Call, const_cast<ASTContext &>(Words.context())) !=
           nullptr;
  }

  /// Its last loop ends by a flag of the object alone, or never.
  bool runsUntil(AbandonedRun &R, const RecordDecl *Of) {
    const auto *Body = dyn_cast_or_null<CompoundStmt>(R.Entry->getBody());
    if (!Body)
      return false;
    for (const Stmt *S : Body->body()) {
      if (isa<ForStmt, WhileStmt, DoStmt>(S)) {
        if (R.Loop)
          return false;
        R.Loop = S;
      } else if (!R.Loop && mayReturn(S)) {
        return false;
      }
    }
    if (!R.Loop)
      return false;
    Out = exitsOf(R.Loop, Words.context());
    if (Out.Opaque)
      return false;
    for (const Predicate::Term &T : Out.Terms) {
      const auto *F = dyn_cast_or_null<FieldDecl>(T.What.Decl);
      if (!F || T.What.Element || !isFlag(F) ||
          F->getParent()->getDefinition() != Of)
        return false;
      R.Flag = F;
    }
    return true;
  }

  /// Somebody in sight makes the flag say stop, or does anything to the handle.
  bool endedAnywhere(const AbandonedRun &R, const RecordDecl *Of) const {
    for (const auto &[Key, F] : Table.all())
      for (const Expr *E : F.Calls) {
        const auto *Call = dyn_cast<CallExpr>(E);
        if (Call && Call != R.Start &&
            llvm::any_of(Call->arguments(), [&](const Expr *Arg) {
              return mentions(Arg, R.Handle) ||
                     (R.Flag && mentions(Arg, R.Flag));
            }))
          return true;
      }
    for (const auto &[FD, F] : Waiting().functions())
      for (const SyncEvent &E : F.Events)
        if (E.Does == SyncEvent::Write && Out.helped(E.Changes) != Answer::No)
          return true;
    return false;
  }

  void freed(AbandonedRun R, const RecordDecl *Of) {
    for (const auto &[Key, F] : Table.all()) {
      if (!F.Decl || F.Decl == R.StartedIn || F.Decl == R.Entry ||
          calls(R.Entry, F.Decl, 0) || calls(R.StartedIn, F.Decl, 0))
        continue;
      for (const Expr *E : F.Calls) {
        const auto *Call = dyn_cast<CallExpr>(E);
        const ValueDecl *Object = Call ? freedBy(Call, Of) : nullptr;
        if (!Object || handsOn(F, Object, Call))
          continue;
        R.Free = Call;
        R.FreedIn = F.Decl;
        R.Object = Object;
        Result.push_back(R);
        return;
      }
    }
  }

  /// `free(object)`, where the function was given the object.
  static const ValueDecl *freedBy(const CallExpr *Call, const RecordDecl *Of) {
    const FunctionDecl *FD = Call->getDirectCallee();
    if (!FD || !FD->getIdentifier() || Call->getNumArgs() != 1 ||
        FD->getNumParams() != 1 || !FD->getReturnType()->isVoidType() ||
        FD->hasBody() || !FD->getName().ends_with_insensitive("free") ||
        !FD->getParamDecl(0)->getType()->isVoidPointerType())
      return nullptr;
    const Expr *E = Call->getArg(0)->IgnoreParenCasts();
    if (const auto *UO = dyn_cast<UnaryOperator>(E);
        UO && UO->getOpcode() == UO_Deref)
      E = UO->getSubExpr()->IgnoreParenCasts();
    const auto *Ref = dyn_cast<DeclRefExpr>(E);
    if (!Ref || pointee(Call->getArg(0)->IgnoreParenCasts()->getType()) != Of)
      return nullptr;
    if (isa<ParmVarDecl>(Ref->getDecl()))
      return Ref->getDecl();
    // `struct object *self = data;`
    const auto *VD = dyn_cast<VarDecl>(Ref->getDecl());
    const auto *From =
        VD && VD->isLocalVarDecl() && VD->getInit()
            ? dyn_cast<DeclRefExpr>(VD->getInit()->IgnoreParenCasts())
            : nullptr;
    return From && isa<ParmVarDecl>(From->getDecl()) ? VD : nullptr;
  }

  /// Others get the whole object before, who may stop the thread.
  bool handsOn(const FunctionUses &F, const ValueDecl *Object,
               const CallExpr *Free) const {
    return llvm::any_of(F.Calls, [&](const Expr *E) {
      const auto *Call = dyn_cast<CallExpr>(E);
      if (!Call || Call == Free)
        return false;
      const FunctionDecl *FD = Call->getDirectCallee();
      if (FD && FD->hasBody())
        return false;
      return llvm::any_of(Call->arguments(), [&](const Expr *Arg) {
        const auto *Ref = dyn_cast<DeclRefExpr>(Arg->IgnoreParenCasts());
        return Ref && Ref->getDecl() == Object;
      });
    });
  }

  /// \p From gets to \p To: who frees is the thread, or undoes the start.
  bool calls(const FunctionDecl *From, const FunctionDecl *To,
             unsigned Depth) const {
    const FunctionUses *F = Table.find(From);
    return F && Depth < 3 &&
           llvm::any_of(
               F->Calls,
               [&](const Expr *E) {
                 const auto *Call = dyn_cast<CallExpr>(E);
                 const FunctionDecl *FD =
                     Call ? Call->getDirectCallee() : nullptr;
                 return FD &&
                        (FD->getCanonicalDecl() == To->getCanonicalDecl() ||
                         calls(FD, To, Depth + 1));
               });
  }

  const FunctionTable &Table;
  const Lexicon &Words;
  llvm::function_ref<const Monitors &()> Waiting;
  Predicate Out;
  std::vector<AbandonedRun> Result;
};

} // namespace

std::vector<AbandonedRun>
abandonedRuns(const FunctionTable &Table, const Lexicon &Words,
              llvm::function_ref<const Monitors &()> Waiting) {
  return Finder(Table, Words, Waiting).run();
}

} // namespace leak
