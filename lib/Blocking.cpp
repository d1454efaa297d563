//===--- Blocking.cpp - what ends a wait for the outside world ------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Blocking.h"
#include "Spelling.h"
#include "Starts.h"
#include "Statements.h"
#include "Tell.h"
#include "Traversal.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace leak {

/// What the name of a function says that frees somebody, or may.
static constexpr StringRef FreeingWords[] = {
    "kill",    "signal",  "raise",      "interrupt",  "wake",  "wakeup",
    "close",   "cancel",  "shutdown",   "stop",       "abort", "write",
    "send",    "notify",  "disconnect", "post",       "break", "terminate",
    "unblock", "release", "quit",       "finish",     "end",   "reset",
    "destroy", "clear",   "free",       "delete",     "leave", "unbind",
    "remove",  "disable", "halt",       "unlisten",   "exit",  "drop",
    "flush",   "connect", "trigger",    "closesocket"};

static constexpr StringRef ClosingWords[] = {
    "close",   "shutdown", "disconnect",  "cancel", "free",
    "destroy", "reset",    "closesocket", "stop"};

static const FunctionDecl *calleeOf(const Expr *E) {
  if (const auto *CE = dyn_cast<CXXConstructExpr>(E))
    return CE->getConstructor();
  return cast<CallExpr>(E)->getDirectCallee();
}

bool Blocking::anyCallIn(const Stmt *S, SourceLocation From, SourceLocation To,
                         llvm::function_ref<bool(const Expr *)> Visit,
                         unsigned Depth) const {
  if (!S || isa<LambdaExpr>(S))
    return false;
  if (llvm::any_of(S->children(), [&](const Stmt *Child) {
        return anyCallIn(Child, From, To, Visit, Depth);
      }))
    return true;
  const SourceManager &SM = Ctx.getSourceManager();
  if (!isa<CallExpr, CXXConstructExpr, CXXDeleteExpr>(S) ||
      (From.isValid() && !SM.isBeforeInTranslationUnit(From, S->getEndLoc())) ||
      (To.isValid() && !SM.isBeforeInTranslationUnit(S->getBeginLoc(), To)))
    return false;
  const auto *E = cast<Expr>(S);
  if (Visit(E))
    return true;
  const FunctionDecl *FD = isa<CXXDeleteExpr>(E) ? nullptr : calleeOf(E);
  return FD && M.find(FD) && anyCall(FD, {}, {}, Visit, Depth + 1);
}

bool Blocking::anyCall(const FunctionDecl *FD, SourceLocation From,
                       SourceLocation To,
                       llvm::function_ref<bool(const Expr *)> Visit,
                       unsigned Depth) const {
  const FunctionDecl *Def = nullptr;
  return Depth < 4 && FD->isDefined(Def) && Def &&
         anyCallIn(Def->getBody(), From, To, Visit, Depth);
}

bool Blocking::frees(const Expr *E, const ValueDecl *D) const {
  if (isa<CXXDeleteExpr>(E) || mentions(E, D))
    return true;
  const FunctionDecl *FD = calleeOf(E);
  // A callback.
  if (!FD)
    return true;
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E))
    return Op->getOperator() == OO_Call;
  if (const Effect *Row = Words.effect(E))
    switch (Row->Does) {
    case Verb::Query:
    case Verb::Join:
    case Verb::TryJoin:
    case Verb::TestLive:
    case Verb::Acquire:
    case Verb::TryAcquire:
    case Verb::Release: // Others than on the same.
    case Verb::NotifyOne:
    case Verb::NotifyAll:
    case Verb::Init:
    case Verb::Move:
    case Verb::Forward:
    case Verb::Iterate:
    case Verb::Element:
    case Verb::Sleep:
    case Verb::GetToken:
    case Verb::PollStop:
      return false;
    default:
      return true;
    }
  // What is visible is looked into.
  if (M.find(FD) || isa<CXXConstructorDecl>(FD) || !FD->getIdentifier())
    return false;
  // Its name says so; or it is a method of the same object, or of one of the
  // project's, that nobody sees.
  if (hasWord(FD->getName(), FreeingWords))
    return true;
  const auto *MC = dyn_cast<CXXMemberCallExpr>(E);
  return MC && MC->getMethodDecl() && !MC->getMethodDecl()->isConst() &&
         !Ctx.getSourceManager().isInSystemHeader(FD->getLocation());
}

bool Blocking::mayBeFreedIn(const FunctionDecl *FD, SourceLocation At,
                            const ValueDecl *D) const {
  return anyCall(FD, {}, At, [&](const Expr *E) { return frees(E, D); });
}

bool Blocking::mayBeFreed(const FunctionDecl *FD, SourceLocation At,
                          const ValueDecl *D, unsigned Depth) const {
  if (Depth > 3)
    return true;
  if (mayBeFreedIn(FD, At, D))
    return true;
  return llvm::any_of(M.callers(FD), [&](const Monitors::Caller &C) {
    return mayBeFreed(C.In->Decl, C.At->At->getBeginLoc(), D, Depth + 1);
  });
}

bool Blocking::touches(const FunctionDecl *FD, const ValueDecl *D,
                       const Expr *But) const {
  return anyCall(FD, {}, {},
                 [&](const Expr *E) { return E != But && mentions(E, D); });
}

bool Blocking::closes(const Expr *E, const ValueDecl *D) const {
  if (isa<CXXDeleteExpr>(E))
    return mentions(E, D);
  const Effect *Row = Words.effect(E);
  const FunctionDecl *FD = calleeOf(E);
  bool Says =
      Row ? Row->Does == Verb::Close || Row->Does == Verb::Destroy ||
                Row->Does == Verb::Reset || Row->Does == Verb::Cancel
          : FD && FD->getIdentifier() && hasWord(FD->getName(), ClosingWords);
  if (!Says)
    return false;
  if (const auto *MC = dyn_cast<CXXMemberCallExpr>(E))
    if (placeOf(MC->getImplicitObjectArgument()).Decl == D)
      return true;
  return !isa<CXXConstructExpr>(E) &&
         llvm::any_of(argumentsOf(E),
                      [&](const Expr *A) { return placeOf(A).Decl == D; });
}

const Expr *Blocking::closedAfter(const FunctionDecl *FD, SourceLocation At,
                                  const ValueDecl *D) const {
  const Expr *Found = nullptr;
  anyCall(FD, At, {}, [&](const Expr *E) {
    if (!closes(E, D))
      return false;
    Found = E;
    return true;
  });
  return Found;
}

/// `fd_.load()`
static const Expr *atomicIn(const Expr *E) {
  const auto *MC = dyn_cast_or_null<CXXMemberCallExpr>(E);
  const CXXRecordDecl *RD = MC ? MC->getRecordDecl() : nullptr;
  return RD && RD->getIdentifier() &&
                 RD->getName().contains_insensitive("atomic")
             ? MC->getImplicitObjectArgument()
             : nullptr;
}

const ValueDecl *Blocking::numberIn(const Expr *E) {
  E = E->IgnoreParenImpCasts();
  if (const Expr *Object = atomicIn(E))
    E = Object;
  Place P = placeOf(E);
  const auto *VD = dyn_cast_or_null<VarDecl>(P.Decl);
  if (!P || P.Element || !VD || !VD->isLocalVarDecl() || VD->isStaticLocal() ||
      !VD->getInit())
    return P.Element ? nullptr : P.Decl;
  const Expr *Init = VD->getInit()->IgnoreParenImpCasts();
  if (const Expr *Object = atomicIn(Init))
    Init = Object;
  Place Origin = placeOf(Init);
  bool Lasts = isa_and_nonnull<FieldDecl>(Origin.Decl) ||
               (isa_and_nonnull<VarDecl>(Origin.Decl) &&
                cast<VarDecl>(Origin.Decl)->hasGlobalStorage());
  return Lasts && !Origin.Element ? Origin.Decl : P.Decl;
}

/// \p E closes \p D by its number, and wakes nobody who waits on it: the call
/// of which that is known, of \p E itself or in the function that it calls.
const Expr *Blocking::deafClose(const Expr *E, const ValueDecl *D,
                                unsigned Depth) const {
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
  if (!FD)
    return nullptr;
  if (const Effect *Row = Words.effect(Call)) {
    const Expr *Object = Row->Does == Verb::Close && !Row->Mend.empty()
                             ? Words.object(Call, *Row)
                             : nullptr;
    return Object && numberIn(Object) == D ? Call : nullptr;
  }
  // `closeSocket(fd)`
  const FunctionDecl *Def = nullptr;
  if (Depth || !FD->isDefined(Def) || !Def)
    return nullptr;
  for (unsigned I = 0; I != Call->getNumArgs() && I < Def->getNumParams(); ++I)
    if (numberIn(Call->getArg(I)) == D && Call->getNumArgs() == 1) {
      const Expr *Found = nullptr;
      const ValueDecl *Param = Def->getParamDecl(I);
      bool Other = anyCall(Def, {}, {}, [&](const Expr *Inner) {
        if (const Expr *Close = deafClose(Inner, Param, Depth + 1)) {
          Found = Close;
          return false;
        }
        return frees(Inner, Param);
      });
      return Other ? nullptr : Found;
    }
  return nullptr;
}

/// What a class does to a member that only a derived one has, is nothing.
bool Blocking::callsBase(const Expr *E, const ValueDecl *D) const {
  const auto *MC = dyn_cast<CXXMemberCallExpr>(E);
  const CXXMethodDecl *Method = MC ? MC->getMethodDecl() : nullptr;
  const auto *Owner = dyn_cast<CXXRecordDecl>(D->getDeclContext());
  return Method && Owner && Owner->hasDefinition() &&
         !Owner->Equals(Method->getParent()) && !M.find(Method) &&
         isa_and_nonnull<CXXThisExpr>(strip(MC->getImplicitObjectArgument())) &&
         Owner->isDerivedFrom(Method->getParent());
}

const Expr *Blocking::onlyClosed(const FunctionDecl *FD, SourceLocation At,
                                 const ValueDecl *D) const {
  const Expr *Found = nullptr;
  llvm::SmallPtrSet<const Expr *, 2> Known;
  bool Freed = anyCall(FD, {}, At, [&](const Expr *E) {
    if (Known.contains(E) || callsBase(E, D) || atomicIn(E))
      return false;
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E);
        Op && Op->getOperator() == OO_Equal)
      return false;
    if (const Expr *Close = deafClose(E, D)) {
      Known.insert(Close);
      if (!Found)
        Found = E;
      return false;
    }
    return frees(E, D);
  });
  return Freed ? nullptr : Found;
}

bool Blocking::wakesByClose(const FunctionDecl *FD, const ValueDecl *D) const {
  return anyCall(FD, {}, {}, [&](const Expr *E) {
    if (deafClose(E, D))
      return false;
    if (closes(E, D))
      return true;
    // By another name.
    const auto *Call = dyn_cast<CallExpr>(E);
    const Effect *Row = Call ? Words.effect(Call) : nullptr;
    return Row && Row->Does == Verb::Close &&
           llvm::any_of(argumentsOf(Call),
                        [&](const Expr *A) { return numberIn(A) == D; });
  });
}

/// \p Value is what a call that is known gives, or nothing.
bool Blocking::isMade(const Expr *Value, bool &Made) const {
  Expr::EvalResult R;
  Value = Value->IgnoreParenImpCasts();
  if (!Value->isValueDependent() && Value->EvaluateAsInt(R, Ctx))
    return true;
  const auto *Call = dyn_cast<CallExpr>(strip(Value));
  const Effect *Row = Call ? Words.effect(Call) : nullptr;
  if (!Row || (Row->Does != Verb::Init && Row->Does != Verb::Block) ||
      StringRef(sourceText(Call, Ctx)).contains_insensitive("nonblock"))
    return false;
  Made = true;
  return true;
}

bool Blocking::bounds(const Stmt *S, const ValueDecl *D, bool AnyOrigin,
                      bool &Made) const {
  if (!S)
    return false;
  bool Plain = D->getType()->isIntegerType();
  if (const auto *BO = dyn_cast<BinaryOperator>(S);
      BO && BO->isAssignmentOp() && Plain && placeOf(BO->getLHS()).Decl == D &&
      !isMade(BO->getRHS(), Made) && !AnyOrigin)
    return true;
  if (const auto *DS = dyn_cast<DeclStmt>(S); DS && Plain && !AnyOrigin)
    for (const Decl *Declared : DS->decls())
      if (const auto *VD = dyn_cast<VarDecl>(Declared);
          VD == D && VD->getInit() && !isMade(VD->getInit(), Made))
        return true;
  if (const auto *Call = dyn_cast<CallExpr>(S)) {
    const auto *MC = dyn_cast<CXXMemberCallExpr>(Call);
    bool About = (MC && placeOf(MC->getImplicitObjectArgument()).Decl == D) ||
                 llvm::any_of(argumentsOf(Call), [&](const Expr *A) {
                   return placeOf(A).Decl == D;
                 });
    if (About) {
      const FunctionDecl *FD = Call->getDirectCallee();
      const Effect *Row = Words.effect(Call);
      if (Row && (Row->Does == Verb::SetDeadline || Row->Does == Verb::Arm)) {
        // A number that is set is no time.
        bool Number =
            Row->Value >= 0 && unsigned(Row->Value) < Call->getNumArgs() &&
            strip(Call->getArg(Row->Value))->getType()->isPointerType() &&
            strip(Call->getArg(Row->Value))
                ->getType()
                ->getPointeeType()
                ->isIntegerType();
        if (!Number)
          return true;
      } else if (!Row && !isa<CXXOperatorCallExpr>(Call)) {
        if (!FD || !FD->getIdentifier())
          return true;
        if (Plain ? !M.find(FD) && !hasWord(FD->getName(), ClosingWords)
                  : hasWord(FD->getName(),
                            {"timeout", "blocking", "nonblocking", "block",
                             "native", "option", "async", "deadline"}))
          return true;
        // It knows it by another name.
        if (Plain && M.find(FD) && !deafClose(Call, D))
          return true;
      }
    }
  }
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return bounds(Child, D, AnyOrigin, Made);
  });
}

bool Blocking::waitsSurely(const SyncEvent &Block,
                           const FunctionDecl *In) const {
  const Effect *Row = Words.effect(Block.At);
  // "For ever" is said right there.
  if (Row && Row->Timeout >= 0)
    return true;
  if (!Block.Loop)
    return false;
  // A pause would suit a call that gives up at once.
  if (anyOutsideLambdas(Block.Loop, [&](const Stmt *S) {
        const auto *Call = dyn_cast<CallExpr>(S);
        const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
        const Effect *Other = Call ? Words.effect(Call) : nullptr;
        // One until somebody has something to do is none.
        if (Other && Other->Does == Verb::Wait)
          return false;
        return (Other && Other->Does == Verb::Sleep) ||
               (FD && FD->getIdentifier() && Call != Block.At &&
                hasWord(FD->getName(),
                        {"sleep", "usleep", "msleep", "delay", "poll", "select",
                         "wait", "yield", "available", "pending"}));
      }))
    return false;
  // A connection that comes, or the number of events.
  if (Block.Does == SyncEvent::Block &&
      Block.At->getType()->isSpecificBuiltinType(BuiltinType::Int))
    return true;
  // `while (read(...) > 0)`
  if (const auto *While = dyn_cast<WhileStmt>(Block.Loop);
      While && anyOutsideLambdas(While->getCond(), [&](const Stmt *S) {
        const auto *BO = dyn_cast<BinaryOperator>(S);
        return BO && (BO->getOpcode() == BO_GT || BO->getOpcode() == BO_GE) &&
               contains(BO->getLHS(), Block.At);
      }))
    return true;
  const ValueDecl *Result = resultOf(Block.At, In->getBody());
  return anyOutsideLambdas(Block.Loop, [&](const Stmt *S) {
    const auto *If = dyn_cast<IfStmt>(S);
    if (!If || !(contains(If->getCond(), Block.At) ||
                 (Result && mentions(If->getCond(), Result))))
      return false;
    return anyOutsideLambdas(If->getThen(), [](const Stmt *Inner) {
      return isa<BreakStmt, ReturnStmt>(Inner);
    });
  });
}

bool Blocking::isBounded(const ValueDecl *D, bool WaitsSurely) const {
  bool Plain = D->getType()->isIntegerType(), Made = false;
  if (Plain && M.isGivenAway(D))
    return true;
  for (const auto &[FD, F] : M.functions()) {
    if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(F.Decl))
      for (const CXXCtorInitializer *Init : Ctor->inits())
        if (Plain && Init->getMember() == D && Init->getInit() &&
            !isMade(Init->getInit(), Made) && !WaitsSurely)
          return true;
    if (bounds(F.Decl->getBody(), D, WaitsSurely, Made))
      return true;
  }
  return Plain && !Made && !WaitsSurely;
}

} // namespace leak
