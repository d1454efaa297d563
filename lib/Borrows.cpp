//===--- Borrows.cpp - what a thread uses that others own -----------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Borrows.h"
#include "Index.h"
#include "Spelling.h"
#include "Statements.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {

const LambdaExpr *lambdaOf(const Spawn &S) {
  const Expr *E = S.Callable ? strip(S.Callable) : nullptr;
  for (unsigned Depth = 0; E && Depth != 4; ++Depth) {
    if (const auto *LE = dyn_cast<LambdaExpr>(E))
      return LE;
    const VarDecl *VD = nullptr;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
      VD = dyn_cast<VarDecl>(Ref->getDecl());
    if (const auto *CE = dyn_cast<CXXConstructExpr>(E);
        CE && CE->getNumArgs() == 1)
      E = strip(CE->getArg(0));
    else if (const auto *Call = dyn_cast<CallExpr>(E);
             Call && Call->getNumArgs() == 1 && isa<CallExpr>(E) &&
             Call->isXValue())
      E = strip(Call->getArg(0));
    else if (VD && VD->getInit() && VD->getType()->getAsCXXRecordDecl() &&
             VD->getType()->getAsCXXRecordDecl()->isLambda())
      E = strip(VD->getInit());
    else
      return nullptr;
  }
  return nullptr;
}

namespace {

class Borrower {
public:
  Borrower(const Spawn &S, const Lexicon &Words) : S(S), Words(Words) {}

  SmallVector<Borrow, 4> run() {
    if (const LambdaExpr *LE = lambdaOf(S))
      captures(LE);
    else
      members();
    for (const Expr *E : S.Given)
      given(E);
    if (Kept)
      llvm::erase_if(Result, [](const Borrow &B) { return !B.What; });
    return std::move(Result);
  }

private:
  /// A variable of the function that starts the thread, and of no other one.
  const VarDecl *local(const ValueDecl *D) const {
    const auto *VD = dyn_cast<VarDecl>(D);
    for (unsigned Depth = 0; VD && Depth != 4; ++Depth) {
      if (!VD->hasLocalStorage() || VD->getDeclContext() != S.By)
        return nullptr;
      if (!VD->getType()->isReferenceType())
        return VD;
      // What a reference parameter refers to, nobody knows here.
      const Expr *Init = isa<ParmVarDecl>(VD) ? nullptr : VD->getInit();
      const auto *Ref =
          dyn_cast_or_null<DeclRefExpr>(Init ? strip(Init) : nullptr);
      VD = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    }
    return nullptr;
  }

  void add(const VarDecl *VD, SourceLocation At) {
    if (VD &&
        llvm::none_of(Result, [&](const Borrow &B) { return B.What == VD; }))
      Result.push_back({VD, nullptr, At});
  }

  void addThis(const CXXRecordDecl *RD, SourceLocation At) {
    if (RD && !RD->isLambda() &&
        llvm::all_of(Result, [](const Borrow &B) { return B.What; }))
      Result.push_back({nullptr, RD, At});
  }

  void captures(const LambdaExpr *LE) {
    for (const LambdaCapture &C : LE->captures()) {
      const size_t Before = Result.size();
      SourceLocation At =
          C.isExplicit() ? C.getLocation() : LE->getCaptureDefaultLoc();
      if (C.getCaptureKind() == LCK_This) {
        const auto *M = dyn_cast<CXXMethodDecl>(S.By);
        addThis(M ? M->getParent() : nullptr, At);
      } else if (C.capturesVariable()) {
        const auto *VD = cast<ValueDecl>(C.getCapturedVar());
        if (C.getCaptureKind() == LCK_ByRef) {
          const auto *Var = dyn_cast<VarDecl>(VD);
          if (Var && Var->isInitCapture())
            address(Var->getInit(), At);
          else
            add(local(VD), At);
        } else {
          keeps(VD->getType());
          const auto *Var = dyn_cast<VarDecl>(VD);
          if (Var && Var->isInitCapture() && Var->getInit())
            given(Var->getInit());
        }
      }
      if (Result.size() != Before) {
        Result.back().Lambda = LE;
        Result.back().Explicit = C.isExplicit();
      }
    }
  }

  /// An object that is called, and has references to what it was made of:
  /// `Func(int &I) : I(I) {}`.
  void members() {
    const Expr *E = S.Callable ? strip(S.Callable) : nullptr;
    for (unsigned Depth = 0; E && Depth != 4; ++Depth) {
      const auto *Ref = dyn_cast<DeclRefExpr>(E);
      const auto *VD = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
      if (VD && VD->getDeclContext() == S.By && VD->getInit() &&
          VD->getType()->isRecordType()) {
        E = strip(VD->getInit());
        continue;
      }
      const auto *CE = dyn_cast<CXXConstructExpr>(E);
      const CXXConstructorDecl *Ctor = CE ? CE->getConstructor() : nullptr;
      if (Ctor && Ctor->isCopyOrMoveConstructor() && CE->getNumArgs()) {
        E = strip(CE->getArg(0));
        continue;
      }
      const FunctionDecl *Def = nullptr;
      if (!Ctor || !Ctor->isDefined(Def) || !Def)
        return;
      for (const CXXCtorInitializer *Init :
           cast<CXXConstructorDecl>(Def)->inits()) {
        const FieldDecl *Field = Init->getAnyMember();
        const Expr *Value =
            Field && Field->getType()->isReferenceType() && Init->isWritten()
                ? strip(Init->getInit())
                : nullptr;
        if (const auto *List = dyn_cast_or_null<InitListExpr>(Value))
          Value = List->getNumInits() == 1 ? strip(List->getInit(0)) : nullptr;
        const auto *From = dyn_cast_or_null<DeclRefExpr>(Value);
        const auto *Param =
            From ? dyn_cast<ParmVarDecl>(From->getDecl()) : nullptr;
        if (Param && Param->getType()->isLValueReferenceType() &&
            Param->getFunctionScopeIndex() < CE->getNumArgs()) {
          const Expr *Arg = CE->getArg(Param->getFunctionScopeIndex());
          address(Arg, Arg->getBeginLoc());
        }
      }
      return;
    }
  }

  /// `std::shared_ptr<Connection>` in the connection itself.
  void keeps(QualType T) {
    const auto *M = dyn_cast<CXXMethodDecl>(S.By);
    const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
        T.getNonReferenceType()->getAsCXXRecordDecl());
    if (!M || !Spec)
      return;
    for (const TemplateArgument &A : Spec->getTemplateArgs().asArray())
      if (A.getKind() == TemplateArgument::Type)
        if (const CXXRecordDecl *RD = A.getAsType()->getAsCXXRecordDecl())
          Kept |= related(RD, M->getParent());
  }

  static bool related(const CXXRecordDecl *A, const CXXRecordDecl *B) {
    A = A->getCanonicalDecl();
    B = B->getCanonicalDecl();
    return A == B || (A->hasDefinition() && B->hasDefinition() &&
                      (A->isDerivedFrom(B) || B->isDerivedFrom(A)));
  }

  /// \p E is taken by reference.
  void address(const Expr *E, SourceLocation At) {
    E = E ? strip(E) : nullptr;
    // `&x.y`, `&x[0]` of an array.
    for (;;) {
      if (const auto *ME = dyn_cast_or_null<MemberExpr>(E);
          ME && !ME->isArrow())
        E = strip(ME->getBase());
      else if (const auto *AS = dyn_cast_or_null<ArraySubscriptExpr>(E);
               AS && strip(AS->getBase())->getType()->isArrayType())
        E = strip(AS->getBase());
      else
        break;
    }
    if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E))
      add(local(Ref->getDecl()), At);
  }

  void given(const Expr *E) {
    keeps(E->getType());
    E = strip(E);
    while (const auto *CE = dyn_cast_or_null<CXXConstructExpr>(E)) {
      if (CE->getNumArgs() != 1)
        return;
      E = strip(CE->getArg(0));
    }
    if (!E)
      return;
    keeps(E->getType());
    if (isa<CXXThisExpr>(E)) {
      addThis(E->getType()->getPointeeType()->getAsCXXRecordDecl(),
              E->getBeginLoc());
      return;
    }
    if (const auto *UO = dyn_cast<UnaryOperator>(E);
        UO && UO->getOpcode() == UO_AddrOf)
      return address(UO->getSubExpr(), E->getBeginLoc());
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
      // An array is given as a pointer.
      if (Ref->getType()->isArrayType())
        add(local(Ref->getDecl()), E->getBeginLoc());
      return;
    }
    const auto *Call = dyn_cast<CallExpr>(E);
    if (!Call)
      return;
    if (const Effect *Row = Words.effect(Call);
        Row && Row->Does == Verb::Reference && Call->getNumArgs())
      return address(Call->getArg(0), E->getBeginLoc());
    // Text inside of a local string.
    const auto *MC = dyn_cast<CXXMemberCallExpr>(Call);
    const CXXMethodDecl *M = MC ? MC->getMethodDecl() : nullptr;
    if (M && M->getIdentifier() && !MC->getNumArgs() && M->isConst() &&
        M->getName() == "c_str" && M->getReturnType()->isPointerType())
      address(MC->getImplicitObjectArgument(), E->getBeginLoc());
  }

  const Spawn &S;
  const Lexicon &Words;
  bool Kept = false;
  SmallVector<Borrow, 4> Result;
};

} // namespace

SmallVector<Borrow, 4> borrows(const Spawn &S, const Lexicon &Words) {
  return Borrower(S, Words).run();
}

//===----------------------------------------------------------------------===//
// Who waits
//===----------------------------------------------------------------------===//

static bool mayWaitIn(const FunctionDecl *FD, const Lexicon &Words,
                      unsigned Depth);

static Waiting waits(const Stmt *S, const Lexicon &Words, unsigned Depth) {
  if (isa<CoawaitExpr, WhileStmt, DoStmt>(S))
    return Waiting::Yes;
  const auto *Call = dyn_cast<CallExpr>(S);
  if (!Call)
    return Waiting::No;
  if (const Effect *Row = Words.effect(Call)) {
    switch (Row->Does) {
    case Verb::Wait:
    case Verb::Join:
    case Verb::Arrive:
    case Verb::Receive:
    case Verb::Block:
      return Waiting::Yes;
    case Verb::Acquire: {
      // A mutex is no sign of an end; a semaphore may be.
      const Expr *Object = Words.object(Call, *Row);
      const TypeModel *M =
          Object ? Words.type(Object->IgnoreParenImpCasts()->getType())
                 : nullptr;
      return M && M->IfReacquired != Reacquire::Counts ? Waiting::No
                                                       : Waiting::Yes;
    }
    case Verb::TryWait:
    case Verb::TryJoin:
    case Verb::TryReceive:
    case Verb::TryAcquire:
      return Waiting::Bounded;
    default:
      return Waiting::No;
    }
  }
  const FunctionDecl *FD = Call->getDirectCallee(), *Def = nullptr;
  if (!FD)
    return Waiting::Yes; // A callable: who knows.
  const SourceManager &SM = Words.context().getSourceManager();
  if (FD->isDefined(Def) && Def && !SM.isInSystemHeader(Def->getLocation()))
    return Depth && mayWaitIn(Def, Words, Depth - 1) ? Waiting::Yes
                                                     : Waiting::No;
  // What its own object does and can't be seen, may be anything.
  const auto *MC = dyn_cast<CXXMemberCallExpr>(Call);
  if (MC && !SM.isInSystemHeader(FD->getLocation()) &&
      isa_and_nonnull<CXXThisExpr>(strip(MC->getImplicitObjectArgument())))
    return Waiting::Yes;
  if (!FD->getIdentifier())
    return Waiting::No;
  return hasWord(FD->getName(),
                 {"wait",    "waitpid",  "join",    "await",    "sync",
                  "acquire", "recv",     "receive", "finish",   "complete",
                  "drain",   "barrier",  "block",   "blocking", "until",
                  "exec",    "run",      "loop",    "poll",     "epoll",
                  "select",  "accept",   "pause",   "getchar",  "getline",
                  "stop",    "shutdown", "quiesce", "done",     "execute",
                  "main",    "serve",    "listen",  "sched",    "dispatch"})
             ? Waiting::Yes
             : Waiting::No;
}

Waiting waits(const Stmt *S, const Lexicon &Words) {
  return waits(S, Words, 4);
}

static bool mayWaitIn(const Stmt *S, const Lexicon &Words, unsigned Depth) {
  return S && (waits(S, Words, Depth) != Waiting::No ||
               llvm::any_of(S->children(), [&](const Stmt *Child) {
                 return mayWaitIn(Child, Words, Depth);
               }));
}

static bool mayWaitIn(const FunctionDecl *FD, const Lexicon &Words,
                      unsigned Depth) {
  const FunctionDecl *Def = nullptr;
  if (FD->isDefaulted() || FD->isImplicit())
    return false;
  return !FD->isDefined(Def) || !Def || mayWaitIn(Def->getBody(), Words, Depth);
}

bool mayWaitIn(const FunctionDecl *FD, const Lexicon &Words) {
  return mayWaitIn(FD, Words, 4);
}

static bool mayWaitAtEnd(const CXXRecordDecl *RD, const Lexicon &Words,
                         unsigned Depth);

static bool mayWaitAtEnd(QualType T, const Lexicon &Words, unsigned Depth) {
  return mayWaitAtEnd(T->getBaseElementTypeUnsafe()->getAsCXXRecordDecl(),
                      Words, Depth);
}

static bool mayWaitAtEnd(const CXXRecordDecl *RD, const Lexicon &Words,
                         unsigned Depth) {
  if (!Depth || !RD || !RD->hasDefinition())
    return false;
  RD = RD->getDefinition();
  if (const TypeModel *M = Words.type(RD))
    return M->What != Kind::Future &&
           (M->IfUnreleased == Unreleased::Block ||
            M->IfUnreleased == Unreleased::StopAndJoin);
  if (Words.context().getSourceManager().isInSystemHeader(RD->getLocation())) {
    // A smart pointer or optional: what it holds ends with it.
    const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(RD);
    if (Spec && Spec->getTemplateArgs().size() &&
        Spec->getTemplateArgs()[0].getKind() == TemplateArgument::Type) {
      QualType Held = Spec->getTemplateArgs()[0].getAsType();
      const auto *Inner = Held->getAsCXXRecordDecl();
      return Inner && Inner->getCanonicalDecl() != RD->getCanonicalDecl() &&
             !isa<ClassTemplateSpecializationDecl>(Inner) &&
             mayWaitAtEnd(Held, Words, Depth - 1);
    }
    return false;
  }
  const CXXDestructorDecl *D = RD->getDestructor();
  if (D && D->isUserProvided() && mayWaitIn(D, Words))
    return true;
  for (const FieldDecl *F : RD->fields())
    if (mayWaitAtEnd(F->getType(), Words, Depth - 1))
      return true;
  return llvm::any_of(RD->bases(), [&](const CXXBaseSpecifier &B) {
    return mayWaitAtEnd(B.getType(), Words, Depth - 1);
  });
}

bool mayWaitAtEnd(const CXXRecordDecl *RD, const Lexicon &Words) {
  return mayWaitAtEnd(RD, Words, 4);
}

bool mayWaitAtEnd(QualType T, const Lexicon &Words) {
  return mayWaitAtEnd(T, Words, 4);
}

} // namespace leak
