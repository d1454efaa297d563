//===--- unawaited-task.cpp - leak-unawaited-task -------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Tasks that are made and never run, tasks that go on when what they use is
/// gone, and coroutines that block the thread on which others wait to run.
///
/// Assumed: a coroutine that is suspended may be resumed later than the
/// statement that called it.
/// Knowingly missed: see the page.
///
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "CoroutineUses.h"
#include "Spelling.h"
#include "Starts.h"
#include "Statements.h"
#include "Tell.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {
namespace {

class UnawaitedTask : public Check {
public:
  ArrayRef<Kind> kinds() const override { return {}; }

  void analyzeFunctions(Unit &U) override {
    if (!TaskTypes::anyIn(U.context()))
      return;
    TaskTypes Tasks(U.lexicon());
    llvm::SmallPtrSet<const FunctionDecl *, 8> Started;
    for (const auto &Entry : U.functions().all()) {
      const FunctionUses &F = Entry.second;
      bool Makes = false;
      for (const Expr *E : F.Calls) {
        const auto *Call = dyn_cast<CallExpr>(E);
        if (!Call)
          continue;
        Makes |= isMaker(Call, Tasks);
        if (std::optional<Dangling> D =
                danglingIn(Call, Tasks, U.lexicon(), U.context()))
          tellDangling(U, Call, *D);
        spawned(U, F, Call, Tasks);
      }
      if (Makes)
        forEachDiscard(
            F.Decl->getBody(),
            [&](const Discard &D) { dropped(U, F.Decl, D, Tasks); },
            [&](const LocalVariable &V) {
              unawaited(U, F.Decl, V, Tasks);
              partlyAwaited(U, F.Decl, V, Tasks);
            });
      for (const LambdaExpr *LE : F.Lambdas)
        if (isCoroutine(LE->getCallOperator()) && isStarted(U, LE, Tasks))
          Started.insert(LE->getCallOperator()->getCanonicalDecl());
    }
    for (const auto &Entry : U.functions().all()) {
      const FunctionDecl *FD = Entry.second.Decl;
      const auto *M = dyn_cast<CXXMethodDecl>(FD);
      if (isCoroutine(FD) && (!M || !M->getParent()->isLambda() ||
                              Started.contains(FD->getCanonicalDecl())))
        blocking(U, Entry.second, Tasks);
    }
  }

private:
  Finding at(SourceLocation Loc, const Twine &Message) const {
    Finding R = finding(Loc, Message.str());
    return R;
  }

  //===------------------------------------------------------------------===//
  // Made and never run

  /// A coroutine that does nothing doesn't have to run.
  static bool isEmpty(const FunctionDecl *FD) {
    const auto *Block = dyn_cast_or_null<CompoundStmt>(writtenBody(FD));
    return Block && llvm::all_of(Block->body(), [](const Stmt *S) {
             const auto *Return = dyn_cast<CoreturnStmt>(S);
             return isa<NullStmt>(S) || (Return && !Return->getOperand());
           });
  }

  /// The same for what methods made of the task of one.
  static bool doesNothing(const CallExpr *Call) {
    while (Call) {
      const FunctionDecl *FD = Call->getDirectCallee(), *Def = nullptr;
      if (FD && FD->isDefined(Def) && isCoroutine(Def) && isEmpty(Def))
        return true;
      const Expr *Object = receiverOf(Call);
      Call = Object ? dyn_cast<CallExpr>(strip(Object)) : nullptr;
    }
    return false;
  }

  /// A call that makes a lazy task which nobody else has.
  static bool isMaker(const CallExpr *Call, const TaskTypes &Tasks) {
    if (!Call->isPRValue() ||
        Tasks.beginning(Call->getType()) != Beginning::Lazy)
      return false;
    const FunctionDecl *FD = Call->getDirectCallee(), *Def = nullptr;
    return (FD && FD->isDefined(Def) && isCoroutine(Def)) ||
           TaskTypes::isUnique(Call->getType());
  }

  static std::string madeBy(const CallExpr *Call, const ASTContext &Ctx) {
    const FunctionDecl *FD = Call->getDirectCallee();
    const auto *M = dyn_cast_or_null<CXXMethodDecl>(FD);
    if (M && M->getParent()->isLambda())
      return "this lambda";
    return FD && FD->getIdentifier() ? quoted(FD)
                                     : "'" + sourceText(Call, Ctx) + "'";
  }

  /// The same template, or class: one can await the other.
  static bool isSameFamily(QualType A, QualType B) {
    const CXXRecordDecl *Left = A->getAsCXXRecordDecl();
    const CXXRecordDecl *Right = B->getAsCXXRecordDecl();
    const auto *LeftSpec =
        dyn_cast_or_null<ClassTemplateSpecializationDecl>(Left);
    const auto *RightSpec =
        dyn_cast_or_null<ClassTemplateSpecializationDecl>(Right);
    if (LeftSpec && RightSpec)
      return LeftSpec->getSpecializedTemplate()->getCanonicalDecl() ==
             RightSpec->getSpecializedTemplate()->getCanonicalDecl();
    return Left && Right &&
           Left->getCanonicalDecl() == Right->getCanonicalDecl();
  }

  void dropped(Unit &U, const FunctionDecl *In, const Discard &D,
               const TaskTypes &Tasks) {
    const auto *Call = dyn_cast<CallExpr>(D.What);
    if (!Call || !isMaker(Call, Tasks) || doesNothing(Call))
      return;
    Finding R = at(D.Written->getBeginLoc(),
                   madeBy(Call, U.context()) +
                       " only makes a task, which is dropped here: nobody "
                       "awaits or starts it, and it never runs");
    if (isCoroutine(In) && !isa<CXXOperatorCallExpr>(Call) &&
        isSameFamily(In->getReturnType(), Call->getType()) &&
        D.Written->getBeginLoc().isFileID())
      R.FixIts.push_back(
          FixItHint::CreateInsertion(D.Written->getBeginLoc(), "co_await "));
    U.report(std::move(R));
  }

  /// The call that makes the value of \p E.
  static const CallExpr *makerOf(const Expr *E, const TaskTypes &Tasks) {
    E = E ? strip(E) : nullptr;
    while (const auto *Copy = dyn_cast_or_null<CXXConstructExpr>(E)) {
      if (Copy->getNumArgs() != 1)
        return nullptr;
      E = strip(Copy->getArg(0));
    }
    const auto *Call = dyn_cast_or_null<CallExpr>(E);
    return Call && isMaker(Call, Tasks) ? Call : nullptr;
  }

  static bool isPlaceholder(const VarDecl *Var) {
    return Var->hasAttr<UnusedAttr>() || !Var->getIdentifier() ||
           Var->getName().trim('_').empty() ||
           hasWord(Var->getName(), {"unused", "ignored", "ignore", "dummy"});
  }

  void unawaited(Unit &U, const FunctionDecl *In, const LocalVariable &V,
                 const TaskTypes &Tasks) {
    const VarDecl *Var = V.Var;
    if (Tasks.beginning(Var->getType()) != Beginning::Lazy ||
        Var->isStaticLocal() || isPlaceholder(Var) || V.OwnScope)
      return;
    const CallExpr *Maker = makerOf(Var->getInit(), Tasks);
    if (!Maker || doesNothing(Maker) || mentionIn(In->getBody(), Var))
      return;
    U.report(at(Var->getLocation(), quoted(Var) +
                                        " is a task that nobody awaits or "
                                        "starts: it never runs"));
  }

  //===------------------------------------------------------------------===//
  // Several tasks

  /// What is known of a container of tasks by all mentions of it.
  struct Tasklist {
    const CallExpr *Filled = nullptr;
    bool Often = false; ///< Filled in a loop, or more than once.
    unsigned Understood = 0;
    SmallVector<const Expr *, 2> Elements; ///< Uses of a certain one.
    std::string LeftOut;                   ///< By the loop over all.
  };

  static bool isConstant(const Expr *E, const ASTContext &Ctx, int64_t &Value) {
    Expr::EvalResult Known;
    if (E->isValueDependent() || !E->EvaluateAsInt(Known, Ctx))
      return false;
    Value = Known.Val.getInt().getExtValue();
    return true;
  }

  static const VarDecl *variable(const Expr *E) {
    const auto *Ref = E ? dyn_cast<DeclRefExpr>(strip(E)) : nullptr;
    return Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  }

  /// `for (i = 1; ...)` around \p At that counts \p Index: which one the loop
  /// leaves out. Empty when it isn't sure that it does.
  static std::string leftOut(const Stmt *At, const VarDecl *Index,
                             ASTContext &Ctx) {
    const auto *For = dyn_cast_or_null<ForStmt>(loopAround(At, Ctx));
    const auto *Init =
        For ? dyn_cast_or_null<DeclStmt>(For->getInit()) : nullptr;
    const auto *Inc = For ? dyn_cast_or_null<UnaryOperator>(
                                For->getInc() ? strip(For->getInc()) : nullptr)
                          : nullptr;
    int64_t First = 0;
    if (!Init || !Init->isSingleDecl() || Init->getSingleDecl() != Index ||
        !Inc || !Inc->isIncrementOp() || variable(Inc->getSubExpr()) != Index ||
        !Index->getInit() || !isConstant(Index->getInit(), Ctx, First))
      return "";
    return First == 1 ? "the first" : "";
  }

  void partlyAwaited(Unit &U, const FunctionDecl *In, const LocalVariable &V,
                     const TaskTypes &Tasks) {
    const VarDecl *Var = V.Var;
    const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
        Var->getType()->getAsCXXRecordDecl());
    if (!Spec || !Spec->getTemplateArgs().size() ||
        Spec->getTemplateArgs()[0].getKind() != TemplateArgument::Type ||
        Tasks.beginning(Spec->getTemplateArgs()[0].getAsType()) !=
            Beginning::Lazy)
      return;
    const TypeModel *M = U.lexicon().type(Spec);
    if (!M || M->What != Kind::Container || Var->isStaticLocal())
      return;
    Tasklist List;
    unsigned Mentions = 0;
    anyWritten(In->getBody(), /*Lambdas=*/true, [&](const Stmt *S) {
      Mentions += isa<DeclRefExpr>(S) && cast<DeclRefExpr>(S)->getDecl() == Var;
      if (const auto *E = dyn_cast<Expr>(S))
        note(U, Var, E, List);
      return false;
    });
    if (!List.Filled || Mentions != List.Understood)
      return;
    if (List.Elements.empty() && List.LeftOut.empty())
      return U.report(at(Var->getLocation(),
                         quoted(Var) +
                             " is filled with tasks that nobody awaits or "
                             "starts: they never run"));
    if (!List.Often)
      return;
    Finding R = at(Var->getLocation(), "");
    if (List.Elements.empty()) {
      R.Message = quoted(Var) + " holds tasks of which " + List.LeftOut +
                  " is never awaited or started: it never runs";
    } else {
      if (!List.LeftOut.empty())
        return;
      R.Message = quoted(Var) +
                  " holds several tasks, but only one of them is awaited or "
                  "started: the others never run";
      R.Notes.push_back({List.Elements.front()->getBeginLoc(), "used here"});
      if (List.Elements.size() != 1)
        return;
    }
    R.Notes.push_back({List.Filled->getBeginLoc(), "put in here"});
    U.report(std::move(R));
  }

  static void note(Unit &U, const VarDecl *Var, const Expr *E, Tasklist &List) {
    ASTContext &Ctx = U.context();
    int64_t Number = 0;
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E)) {
      if (Op->getOperator() != OO_Subscript || variable(Op->getArg(0)) != Var)
        return;
      element(Op, Op->getArg(1), Ctx, List);
      return;
    }
    const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
    const CXXMethodDecl *M = Call ? Call->getMethodDecl() : nullptr;
    if (!M || !M->getIdentifier() ||
        variable(Call->getImplicitObjectArgument()) != Var)
      return;
    const Effect *Row = U.lexicon().effect(Call);
    if (Row && (Row->Does == Verb::Insert || Row->Does == Verb::Emplace)) {
      ++List.Understood;
      List.Often |= List.Filled || loopAround(Call, Ctx);
      List.Filled = List.Filled ? List.Filled : Call;
    } else if (Row && Row->Does == Verb::Query) {
      ++List.Understood;
    } else if (M->getName() == "reserve" || M->getName() == "size" ||
               M->getName() == "empty" || M->getName() == "capacity") {
      ++List.Understood;
    } else if (M->getName() == "front" || M->getName() == "back") {
      ++List.Understood;
      List.Elements.push_back(Call);
    } else if (M->getName() == "at" && Call->getNumArgs() == 1 &&
               isConstant(Call->getArg(0), Ctx, Number)) {
      ++List.Understood;
      List.Elements.push_back(Call);
    }
  }

  static void element(const CXXOperatorCallExpr *Op, const Expr *Index,
                      ASTContext &Ctx, Tasklist &List) {
    int64_t Number = 0;
    if (isConstant(Index, Ctx, Number)) {
      // In a loop something may take it out.
      if (loopAround(Op, Ctx))
        return;
      ++List.Understood;
      List.Elements.push_back(Op);
      return;
    }
    const VarDecl *Counter = variable(Index);
    std::string Without = Counter ? leftOut(Op, Counter, Ctx) : "";
    if (Without.empty() || (!List.LeftOut.empty() && List.LeftOut != Without))
      return;
    ++List.Understood;
    List.LeftOut = Without;
  }

  //===------------------------------------------------------------------===//
  // What is gone when the task goes on

  void tellDangling(Unit &U, const CallExpr *Call, const Dangling &D) {
    Finding R = at(D.Gone->getBeginLoc(), "");
    switch (D.What) {
    case Dangling::Closure:
      R.Message = "this lambda, and what it captured, ends with the "
                  "statement, but its coroutine goes on and uses '" +
                  D.Name + "' afterwards";
      break;
    case Dangling::Argument:
      R.Message = "this temporary ends with the statement, but the coroutine "
                  "that has it as '" +
                  D.Name + "' goes on and uses it afterwards";
      break;
    case Dangling::Object:
      R.Message = "this temporary ends with the statement, but its coroutine " +
                  madeBy(Call, U.context()) + " goes on and uses it afterwards";
      break;
    }
    R.Notes.push_back({D.Used->getBeginLoc(), "used here"});
    U.report(std::move(R));
  }

  static bool isLocalObject(const ValueDecl *D) {
    const auto *VD = dyn_cast<VarDecl>(D);
    return VD && VD->hasLocalStorage() && !VD->getType()->isReferenceType();
  }

  /// Something is called in \p In behind \p Spawn, or again in a loop: it may
  /// wait for the end of what is spawned.
  static bool mayWaitAfter(const FunctionDecl *In, const Expr *Spawn,
                           ASTContext &Ctx) {
    if (loopAround(Spawn, Ctx))
      return true;
    const SourceManager &SM = Ctx.getSourceManager();
    SourceLocation End = SM.getExpansionLoc(Spawn->getEndLoc());
    return anyWritten(In->getBody(), /*Lambdas=*/false, [&](const Stmt *S) {
      return isa<CallExpr, CXXConstructExpr, CoroutineSuspendExpr, GotoStmt>(
                 S) &&
             SM.isBeforeInTranslationUnit(End,
                                          SM.getExpansionLoc(S->getBeginLoc()));
    });
  }

  /// Local objects of classes that may wait when they end.
  static bool hasLocalOwner(const FunctionDecl *In, const Lexicon &Words) {
    return anyWritten(In->getBody(), /*Lambdas=*/false, [&](const Stmt *S) {
      const auto *DS = dyn_cast<DeclStmt>(S);
      return DS && llvm::any_of(DS->decls(), [&](const Decl *D) {
               const auto *VD = dyn_cast<VarDecl>(D);
               const CXXRecordDecl *RD =
                   VD && VD->hasLocalStorage()
                       ? VD->getType()->getAsCXXRecordDecl()
                       : nullptr;
               const TypeModel *M = Words.typeOrBase(RD);
               return M && (M->IfUnreleased == Unreleased::Block ||
                            M->IfUnreleased == Unreleased::StopAndJoin ||
                            M->What == Kind::Scheduler);
             });
    });
  }

  /// A spawn that nobody waits for, with references to what ends with the
  /// function.
  void spawned(Unit &U, const FunctionUses &F, const CallExpr *Call,
               const TaskTypes &Tasks) {
    const Effect *Row = U.lexicon().effect(Call);
    if (!Row || Row->Does != Verb::Start || F.Decl->isMain() ||
        Row->Object.Place == ObjectSpec::Return ||
        !Call->getType()->isVoidType())
      return;
    SmallVector<std::pair<const ValueDecl *, SourceLocation>, 2> Gone;
    for (const Expr *Arg : Call->arguments()) {
      const Expr *E = strip(Arg);
      while (const auto *Copy = dyn_cast<CXXConstructExpr>(E)) {
        if (Copy->getNumArgs() != 1)
          break;
        E = strip(Copy->getArg(0));
      }
      if (const auto *LE = dyn_cast<LambdaExpr>(E)) {
        if (!isCoroutine(LE->getCallOperator()))
          continue;
        for (const LambdaCapture &C : LE->captures())
          if (C.capturesVariable() && C.getCaptureKind() == LCK_ByRef &&
              isLocalObject(C.getCapturedVar()))
            Gone.push_back({C.getCapturedVar(), C.getLocation()});
        continue;
      }
      const auto *Made = dyn_cast<CallExpr>(E);
      const FunctionDecl *FD = Made ? Made->getDirectCallee() : nullptr;
      const FunctionDecl *Def = nullptr;
      if (!FD || !FD->isDefined(Def) || !isCoroutine(Def) ||
          isa<CXXOperatorCallExpr>(Made))
        continue;
      for (unsigned I = 0; I < Made->getNumArgs() && I < Def->getNumParams();
           ++I) {
        const auto *Ref =
            Def->getParamDecl(I)->getType()->isReferenceType()
                ? dyn_cast<DeclRefExpr>(Made->getArg(I)->IgnoreParenImpCasts())
                : nullptr;
        const ParmVarDecl *P = Def->getParamDecl(I);
        if (Ref && isLocalObject(Ref->getDecl()) &&
            laterUse(Def, Tasks.beginning(Made->getType()) == Beginning::Lazy,
                     [&](const Expr *Use) {
                       const auto *Inner = dyn_cast<DeclRefExpr>(Use);
                       return Inner && Inner->getDecl() == P;
                     }))
          Gone.push_back({Ref->getDecl(), Ref->getLocation()});
      }
    }
    if (Gone.empty() || mayWaitAfter(F.Decl, Call, U.context()) ||
        hasLocalOwner(F.Decl, U.lexicon()))
      return;
    // A context of the function's own runs nothing afterwards.
    for (const Expr *Arg : Call->arguments())
      if (const VarDecl *VD = variable(Arg);
          VD && isLocalObject(VD) && !isa<ParmVarDecl>(VD) &&
          !Arg->getType()->isPointerType() &&
          llvm::none_of(Gone, [&](const auto &G) { return G.first == VD; }))
        return;
    auto [What, Where] = Gone.front();
    Finding R =
        at(Where, quoted(What) + " ends with this function, but the coroutine "
                                 "that is started with a reference to it goes "
                                 "on, and nobody waits for it");
    R.Notes.push_back({Call->getBeginLoc(), "started here"});
    U.report(std::move(R));
  }

  //===------------------------------------------------------------------===//
  // Blocking

  /// A lambda that is written where it is started. One that is called by name
  /// may be run by a thread that has nothing else to do.
  static bool isStarted(Unit &U, const LambdaExpr *LE, const TaskTypes &Tasks) {
    return destinyOf(
               LE, U.lexicon(),
               [&](QualType T) { return Tasks.isAwaitable(T); },
               U.context()) == Destiny::Started;
  }

  /// The verb of a call that makes the thread wait, perhaps for long.
  static bool blocks(const Expr *E, const Effect &Row, const Lexicon &Words) {
    switch (Row.Does) {
    case Verb::Sleep:
      return !E->getType()->isRecordType();
    case Verb::Wait:
    case Verb::Arrive:
    case Verb::Receive:
    case Verb::Join:
      return true;
    case Verb::Block:
      // A descriptor of C may be one that never blocks.
      return isa<CXXMemberCallExpr>(E);
    case Verb::Acquire: {
      // A mutex is held for short; what is counted may be for anything.
      const Expr *Object = receiverOf(E);
      const TypeModel *M =
          Object ? Words.typeOrBase(Object->getType()->getAsCXXRecordDecl())
                 : nullptr;
      return M && M->What == Kind::Permit &&
             M->IfReacquired == Reacquire::Counts;
    }
    default:
      return false;
    }
  }

  /// From here on it runs where it may block: it has gone to another executor.
  static bool movesOn(const Expr *Operand) {
    return anyWritten(Operand, /*Lambdas=*/true, [](const Stmt *S) {
      StringRef Name;
      if (const auto *Ref = dyn_cast<DeclRefExpr>(S);
          Ref && Ref->getDecl()->getIdentifier())
        Name = Ref->getDecl()->getName();
      else if (const auto *Member = dyn_cast<MemberExpr>(S);
               Member && Member->getMemberDecl()->getIdentifier())
        Name = Member->getMemberDecl()->getName();
      else if (const auto *Made = dyn_cast<CXXConstructExpr>(S);
               Made && Made->getConstructor()->getParent()->getIdentifier())
        Name = Made->getConstructor()->getParent()->getName();
      return hasWord(Name, {"schedule", "switch", "resume", "transfer", "hop",
                            "thread", "threadpool", "pool", "background",
                            "dispatch", "post", "worker", "blocking",
                            "reschedule", "move", "executor", "via", "on"});
    });
  }

  /// It is told where to run, or is there to wait.
  static bool choosesThread(const FunctionDecl *FD) {
    if (FD->getIdentifier() &&
        hasWord(FD->getName(), {"sleep", "block", "blocking", "sync", "delay"}))
      return true;
    return llvm::any_of(FD->parameters(), [](const ParmVarDecl *P) {
      return hasWord(
          P->getType().getAsString(),
          {"executor", "scheduler", "pool", "threadpool", "thread", "worker"});
    });
  }

  void blocking(Unit &U, const FunctionUses &F, const TaskTypes &Tasks) {
    if (llvm::none_of(F.Calls, [&](const Expr *E) {
          const Effect *Row = U.lexicon().effect(E);
          return Row && blocks(E, *Row, U.lexicon());
        }))
      return;
    if (Tasks.beginning(F.Decl->getReturnType()) == Beginning::Generator ||
        choosesThread(F.Decl))
      return;
    llvm::SmallPtrSet<const Stmt *, 16> Awaited;
    llvm::SmallPtrSet<const Stmt *, 8> Moved;
    llvm::SmallPtrSet<const ValueDecl *, 8> Known;
    bool Awaits = false, Elsewhere = false, Yields = false;
    anyWritten(F.Decl->getBody(), /*Lambdas=*/false, [&](const Stmt *S) {
      Yields |= isa<CoyieldExpr>(S);
      if (const auto *Await = dyn_cast<CoawaitExpr>(S)) {
        Awaits = true;
        Elsewhere |= movesOn(Await->getOperand());
        anyWritten(Await->getOperand(), /*Lambdas=*/false,
                   [&](const Stmt *Inner) {
                     Awaited.insert(Inner);
                     noteObject(Inner, Known);
                     return false;
                   });
      }
      if (const auto *If = dyn_cast<IfStmt>(S))
        noteObjects(If->getCond(), Known);
      if (const auto *While = dyn_cast<WhileStmt>(S))
        noteObjects(While->getCond(), Known);
      // Asked whether it is there, or can't block.
      if (const auto *Call = dyn_cast<CXXMemberCallExpr>(S)) {
        const Effect *Row = U.lexicon().effect(Call);
        const CXXMethodDecl *M = Call->getMethodDecl();
        if ((Row && (Row->Does == Verb::TryWait || Row->Does == Verb::TryJoin ||
                     Row->Does == Verb::TestLive || Row->Does == Verb::Cancel ||
                     Row->Does == Verb::RequestStop)) ||
            (M && M->getIdentifier() &&
             hasWord(M->getName(), {"non", "nonblocking", "ready"})))
          noteObjects(Call->getImplicitObjectArgument(), Known);
      }
      if (Elsewhere)
        Moved.insert(S);
      return false;
    });
    // Without an await it is a function like others, for who wants to block.
    if (!Awaits || Yields)
      return;
    for (const Expr *E : F.Calls) {
      const Effect *Row = U.lexicon().effect(E);
      if (!Row || !blocks(E, *Row, U.lexicon()) || Awaited.contains(E) ||
          Moved.contains(E) || Tasks.isAwaitable(E->getType()))
        continue;
      const Expr *Object = U.lexicon().object(E, *Row);
      if (const ValueDecl *D = Object ? named(Object) : nullptr;
          D && Known.contains(D))
        continue;
      const auto *Call = dyn_cast<CallExpr>(E);
      const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
      if (!FD)
        continue;
      U.report(at(E->getBeginLoc(),
                  quoted(FD) + " blocks the thread in a coroutine: whatever "
                               "else is to run on it waits as well"));
    }
  }

  static const ValueDecl *named(const Expr *E) {
    E = strip(E);
    if (const auto *UO = dyn_cast<UnaryOperator>(E))
      E = strip(UO->getSubExpr());
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E);
        Op && Op->getNumArgs())
      E = strip(Op->getArg(0));
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
      return Ref->getDecl();
    const auto *Member = dyn_cast<MemberExpr>(E);
    return Member ? Member->getMemberDecl() : nullptr;
  }

  static void noteObject(const Stmt *S,
                         llvm::SmallPtrSetImpl<const ValueDecl *> &Into) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      Into.insert(Ref->getDecl());
    else if (const auto *Member = dyn_cast<MemberExpr>(S))
      Into.insert(Member->getMemberDecl());
  }
  static void noteObjects(const Stmt *S,
                          llvm::SmallPtrSetImpl<const ValueDecl *> &Into) {
    anyWritten(S, /*Lambdas=*/false, [&](const Stmt *Inner) {
      noteObject(Inner, Into);
      return false;
    });
  }
};

RegisterCheck<UnawaitedTask> X("unawaited-task");

} // namespace
} // namespace leak
