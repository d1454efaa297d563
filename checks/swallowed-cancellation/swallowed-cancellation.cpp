//===--- swallowed-cancellation.cpp - leak-swallowed-cancellation ---------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Some libraries end an execution by an exception: its next wait throws it. A
/// handler for all that is thrown takes it for an error like any other, and the
/// loop around it goes on as if nobody had asked.
///
/// Assumed: who is asked to stop in this file, is asked to stop at some time.
/// Knowingly missed: see the page.
///
//===----------------------------------------------------------------------===//

#include "AwaitedErrors.h"
#include "Check.h"
#include "FlagLoops.h"
#include "PollGaps.h"
#include "Reissues.h"
#include "Spelling.h"
#include "Statements.h"
#include "Tell.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace leak {
namespace {

class SwallowedCancellation : public Check {
public:
  ArrayRef<Kind> kinds() const override {
    static constexpr Kind K[] = {Kind::TaskHandle};
    return K;
  }

  void analyzeFunctions(Unit &U) override {
    for (const Reissue &R : reissues(U.functions(), U.lexicon()))
      reissued(U, R);
    for (const AwaitedError &A :
         awaitedErrors(U.functions(), U.lexicon(), U.context()))
      awaited(U, A);
    if (!U.context().getLangOpts().CXXExceptions)
      return;
    // Who makes calls that throw when they are cancelled.
    Throwing.clear();
    for (const auto &[Key, F] : U.functions().all())
      for (const Expr *E : F.Calls)
        if (const Effect *Row = U.lexicon().effect(E);
            (Row && !Row->Interrupted.empty()) || cancels(classMadeBy(E))) {
          Throwing.insert(Key);
          break;
        }
    if (Throwing.empty())
      return;
    for (const auto &[Key, F] : U.functions().all())
      if (F.Decl && F.Decl->getBody())
        walk(U, F.Decl, F.Decl->getBody(), nullptr);
  }

private:
  /// A call that throws when its execution was cancelled.
  struct Point {
    const Expr *Call = nullptr; ///< Or the `throw` itself.
    std::string Exception;
    const Expr *Through = nullptr; ///< What gets there; or null.
    bool Asked = false;            ///< It does nothing but look, and throw.
    const CXXRecordDecl *Class = nullptr;
  };

  //===------------------------------------------------------------------===//
  // The project's own exceptions
  //===------------------------------------------------------------------===//

  static const CXXRecordDecl *classMadeBy(const Expr *E) {
    const auto *CE = dyn_cast<CXXConstructExpr>(E);
    return CE ? CE->getConstructor()->getParent() : nullptr;
  }

  /// An exception that is there to end an execution, by its name.
  static bool cancels(const CXXRecordDecl *RD) {
    if (!RD || !RD->getIdentifier())
      return false;
    StringRef Name = RD->getName();
    if (!Name.contains_insensitive("cancel") &&
        !Name.contains_insensitive("abort") &&
        !Name.contains_insensitive("interrupt") &&
        !Name.contains_insensitive("stop") &&
        !Name.contains_insensitive("shutdown") &&
        !Name.contains_insensitive("quit") &&
        !Name.contains_insensitive("terminat") &&
        !Name.contains_insensitive("exit"))
      return false;
    return hasWord(Name, {"cancelled", "canceled", "cancellation", "cancel",
                          "aborted", "abort", "interrupted", "interrupt",
                          "stopped", "stop", "shutdown", "quit", "terminated",
                          "exit", "interruption"});
  }

  static bool asksForStop(const Unit &U, const Stmt *S) {
    if (!S)
      return false;
    if (const auto *ME = dyn_cast<MemberExpr>(S);
        ME && stopNameOf(ME->getMemberDecl()) != StopName::None)
      return true;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S);
        Ref && stopNameOf(Ref->getDecl()) != StopName::None)
      return true;
    if (const auto *Call = dyn_cast<CallExpr>(S)) {
      const Effect *Row = U.lexicon().effect(Call);
      const FunctionDecl *FD = Call->getDirectCallee();
      if (Row ? Row->Does == Verb::PollStop : FD && asksToStop(FD))
        return true;
    }
    return llvm::any_of(S->children(), [&](const Stmt *Child) {
      return asksForStop(U, Child);
    });
  }

  /// `if (stop_) throw Stopped();`
  static const CXXThrowExpr *thrownForStop(const Stmt *S) {
    if (!S || isa<LambdaExpr, CXXTryStmt>(S))
      return nullptr;
    if (const auto *Throw = dyn_cast<CXXThrowExpr>(S))
      return Throw->getSubExpr() &&
                     cancels(
                         Throw->getSubExpr()->getType()->getAsCXXRecordDecl())
                 ? Throw
                 : nullptr;
    if (bodyOfLoop(S))
      return nullptr;
    for (const Stmt *Child : S->children())
      if (const CXXThrowExpr *Throw = thrownForStop(Child))
        return Throw;
    return nullptr;
  }

  //===------------------------------------------------------------------===//
  // Operations that are begun again
  //===------------------------------------------------------------------===//

  void reissued(Unit &U, const Reissue &R) {
    Finding F =
        finding(R.Again->getBeginLoc(),
                "this handler begins the next operation on " +
                    quoted(R.Object) + " without a look at " + quoted(R.Error) +
                    ", by which it is told "
                    "that " +
                    quoted(R.Object) + " was closed; it never ends");
    F.Notes.push_back({R.Begin->getBeginLoc(), "the handler is given here"});
    F.Notes.push_back({R.Close->getBeginLoc(), "closed here"});
    U.report(std::move(F));
  }

  void awaited(Unit &U, const AwaitedError &A) {
    std::string Told = quoted(A.Object) + " was cancelled";
    Finding F =
        A.Handler
            ? finding(A.Handler->getCatchLoc(),
                      "this handler swallows the error by which the coroutine "
                      "is told that " +
                          Told + ", and the loop goes on for ever")
            : finding(A.Wait->getBeginLoc(),
                      "the loop takes " + quoted(A.Error) +
                          ", by which it is told that " + Told +
                          ", for any other error and begins again; it never "
                          "ends");
    if (A.Handler)
      F.Notes.push_back({A.Wait->getBeginLoc(), "thrown by this"});
    F.Notes.push_back({A.Loop->getBeginLoc(), "this loop has no other end"});
    F.Notes.push_back({A.Close->getBeginLoc(), "cancelled here"});
    U.report(std::move(F));
  }

  /// The `try` statements in loops.
  void walk(Unit &U, const FunctionDecl *In, const Stmt *S, const Stmt *Loop) {
    if (!S || isa<LambdaExpr>(S))
      return;
    if (const auto *Try = dyn_cast<CXXTryStmt>(S))
      tried(U, In, Try, Loop);
    const Stmt *Inner = bodyOfLoop(S) ? S : Loop;
    for (const Stmt *Child : S->children())
      walk(U, In, Child, Inner);
  }

  void tried(Unit &U, const FunctionDecl *In, const CXXTryStmt *Try,
             const Stmt *Loop) {
    SmallVector<Point, 2> Points;
    llvm::SmallPtrSet<const FunctionDecl *, 8> Seen;
    collect(U, Try->getTryBlock(), nullptr, 0, Seen, Points);
    for (const Point &P : Points) {
      const CXXCatchStmt *H = handlerOf(U, Try, P);
      if (!H)
        continue;
      bool All = !H->getExceptionDecl();
      // What unwinds by force can't be stopped by anything but the end.
      bool Forced = isForced(P.Exception);
      if (Forced ? !All || rethrows(U, H->getHandlerBlock())
                 : !Loop || !goesOn(U, Loop, H, P))
        continue;
      // Who writes the name of his own knows it.
      if (P.Class && !All &&
          H->getCaughtType().getNonReferenceType()->getAsCXXRecordDecl() ==
              P.Class)
        continue;
      const Expr *Cancel = P.Asked ? nullptr : cancelled(U, In, P.Exception);
      if (!P.Asked && !Cancel)
        continue;
      tell(U, P, H, Loop, Cancel, Forced);
      return;
    }
  }

  /// By the ABI of the language, not by a library: "__forced_unwind".
  static bool isForced(StringRef Exception) {
    return Exception.ends_with("forced_unwind");
  }

  void collect(Unit &U, const Stmt *S, const Expr *Through, unsigned Depth,
               llvm::SmallPtrSetImpl<const FunctionDecl *> &Seen,
               SmallVectorImpl<Point> &Into) const {
    if (!S || isa<LambdaExpr>(S))
      return;
    // Its handlers come first.
    if (isa<CXXTryStmt>(S))
      return;
    if (const auto *E = dyn_cast<Expr>(S); E && isa<CallExpr>(E)) {
      const Effect *Row = U.lexicon().effect(E);
      if (Row && !Row->Interrupted.empty() && !isNothrow(E)) {
        Into.push_back(
            {E, Row->Interrupted, Through,
             Row->Does == Verb::PollStop && !isForced(Row->Interrupted)});
      } else if (!Row && Depth < 3) {
        const FunctionDecl *FD = cast<CallExpr>(E)->getDirectCallee();
        const FunctionDecl *Def = nullptr;
        const auto *M = dyn_cast_or_null<CXXMethodDecl>(FD);
        if (FD && FD->isDefined(Def) && Def && !(M && M->isVirtual()) &&
            U.functions().find(Def) && !ThrowSearch::isNothrow(Def) &&
            Seen.insert(Def).second)
          collect(U, Def->getBody(), Through ? Through : E, Depth + 1, Seen,
                  Into);
      }
    }
    if (const auto *If = dyn_cast<IfStmt>(S);
        If && asksForStop(U, If->getCond()))
      if (const CXXThrowExpr *Throw = thrownForStop(If->getThen())) {
        const CXXRecordDecl *RD =
            Throw->getSubExpr()->getType()->getAsCXXRecordDecl();
        Into.push_back({Throw, RD->getQualifiedNameAsString(), Through,
                        /*Asked=*/true, RD});
      }
    for (const Stmt *Child : S->children())
      collect(U, Child, Through, Depth, Seen, Into);
  }

  static bool isNothrow(const Expr *E) {
    const auto *Call = dyn_cast<CallExpr>(E);
    const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
    // Functions of C say so in their headers, and unwind all the same.
    return FD && FD->getLanguageLinkage() != CLanguageLinkage &&
           ThrowSearch::isNothrow(FD);
  }

  //===------------------------------------------------------------------===//
  // Handlers
  //===------------------------------------------------------------------===//

  /// The class \p Name, if this unit has it.
  static const CXXRecordDecl *classNamed(const Unit &U, StringRef Name) {
    const DeclContext *DC = U.context().getTranslationUnitDecl();
    while (!Name.empty()) {
      auto [Part, Rest] = Name.split("::");
      auto It = U.context().Idents.find(Part);
      if (It == U.context().Idents.end())
        return nullptr;
      const NamedDecl *Found = nullptr;
      for (const NamedDecl *D : DC->lookup(It->second))
        if (isa<NamespaceDecl, CXXRecordDecl>(D))
          Found = D;
      if (!Found)
        return nullptr;
      if (Rest.empty())
        return dyn_cast<CXXRecordDecl>(Found);
      DC = cast<DeclContext>(Found);
      if (const auto *NS = dyn_cast<NamespaceDecl>(DC))
        DC = NS->getFirstDecl();
      Name = Rest;
    }
    return nullptr;
  }

  /// The first handler that takes what \p P throws.
  static const CXXCatchStmt *handlerOf(const Unit &U, const CXXTryStmt *Try,
                                       const Point &P) {
    const CXXRecordDecl *Thrown =
        P.Class ? P.Class : classNamed(U, P.Exception);
    if (Thrown)
      Thrown = Thrown->getDefinition();
    for (unsigned I = 0; I != Try->getNumHandlers(); ++I) {
      const CXXCatchStmt *H = Try->getHandler(I);
      if (!H->getExceptionDecl())
        return H;
      const CXXRecordDecl *Caught =
          H->getCaughtType().getNonReferenceType()->getAsCXXRecordDecl();
      if (!Caught)
        continue;
      if (Lexicon::qualifiedName(Caught) == P.Exception ||
          (P.Class && Caught == P.Class))
        return H;
      if (Thrown && Caught->hasDefinition() &&
          Thrown->isDerivedFrom(Caught->getDefinition()))
        return H;
    }
    return nullptr;
  }

  /// It may throw, or end the process: also in a function that is called.
  static bool rethrows(Unit &U, const Stmt *S, unsigned Depth = 0) {
    if (!S || isa<LambdaExpr>(S))
      return false;
    if (isa<CXXThrowExpr>(S))
      return true;
    if (const auto *Call = dyn_cast<CallExpr>(S)) {
      const FunctionDecl *FD = Call->getDirectCallee(), *Def = nullptr;
      if (!FD || FD->isNoReturn())
        return true;
      const SourceManager &SM = U.context().getSourceManager();
      if (FD->isDefined(Def) && Def &&
          !SM.isInSystemHeader(Def->getLocation())) {
        if (Depth > 2 || rethrows(U, Def->getBody(), Depth + 1))
          return true;
      } else if (SM.isInSystemHeader(FD->getLocation())) {
        // It keeps the exception for somebody else.
        if (FD->getIdentifier() && hasWord(FD->getName(), {"exception"}))
          return true;
      } else if (!FD->getIdentifier()
                     ? !FD->isOverloadedOperator()
                     : !hasWord(FD->getName(),
                                {"log", "error", "err", "warn", "warning",
                                 "print", "report", "trace", "debug", "message",
                                 "msg", "what", "info", "write", "verbose",
                                 "printf"})) {
        return true;
      }
    }
    return llvm::any_of(S->children(), [&](const Stmt *Child) {
      return rethrows(U, Child, Depth);
    });
  }

  /// It leaves the loop that stands around it.
  static bool leaves(const Stmt *S, bool OwnBreak) {
    if (!S || isa<LambdaExpr>(S))
      return false;
    if (isa<ReturnStmt, GotoStmt, CoreturnStmt, IndirectGotoStmt>(S))
      return true;
    if (isa<BreakStmt>(S))
      return OwnBreak;
    bool Inner =
        isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt, SwitchStmt>(S);
    return llvm::any_of(S->children(), [&](const Stmt *Child) {
      return leaves(Child, OwnBreak && !Inner);
    });
  }

  static bool assigns(const Stmt *S) {
    if (!S || isa<LambdaExpr>(S))
      return false;
    if (const auto *BO = dyn_cast<BinaryOperator>(S);
        BO && BO->isAssignmentOp())
      return true;
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S);
        Op && Op->getOperator() == OO_Equal)
      return true;
    return llvm::any_of(S->children(), assigns);
  }

  /// `for (;;)`, `while (true)`
  static bool isOpen(const Stmt *Loop) {
    if (const auto *For = dyn_cast<ForStmt>(Loop))
      return !For->getCond();
    const auto *While = dyn_cast<WhileStmt>(Loop);
    return While && alwaysTrue(While->getCond());
  }

  /// Nothing ends \p Loop once the handler \p H has taken the exception.
  static bool goesOn(Unit &U, const Stmt *Loop, const CXXCatchStmt *H,
                     const Point &P) {
    const Stmt *Block = H->getHandlerBlock();
    if (rethrows(U, Block) || leaves(Block, true) || assigns(Block))
      return false;
    if (asksAgain(U, Loop))
      return !leaves(bodyOfLoop(Loop), true);
    // What is thrown in the loop itself is taken there.
    if (P.Class && isOpen(Loop))
      return !leaves(bodyOfLoop(Loop), true);
    Predicate Out = exitsOf(Loop, U.context());
    return !Out.Opaque && Out.Terms.empty();
  }

  /// `while (!interruption_requested())`: the exception has taken the request
  /// with it. A token keeps it.
  static bool asksAgain(const Unit &U, const Stmt *Loop) {
    const auto *While = dyn_cast<WhileStmt>(Loop);
    const auto *Not = dyn_cast_or_null<UnaryOperator>(
        While ? strip(While->getCond()) : nullptr);
    if (!Not || Not->getOpcode() != UO_LNot)
      return false;
    const auto *Call = dyn_cast_or_null<CallExpr>(strip(Not->getSubExpr()));
    const Effect *Row = Call && !isa<CXXMemberCallExpr>(Call)
                            ? U.lexicon().effect(Call)
                            : nullptr;
    return Row && Row->Does == Verb::PollStop;
  }

  //===------------------------------------------------------------------===//
  // Who is cancelled
  //===------------------------------------------------------------------===//

  /// The call that cancels an execution which gets to \p In; or null.
  static const Expr *cancelled(Unit &U, const FunctionDecl *In,
                               StringRef Exception) {
    const Monitors &M = U.monitors();
    for (const auto &[FD, F] : M.functions())
      for (const SyncEvent &E : F.Events) {
        if (E.Does != SyncEvent::Cancel || !E.Object || !E.At ||
            !throwsWhenAsked(U, E.At, Exception))
          continue;
        for (const Running &R : M.executions().of(E.Object.Decl)) {
          if (R.Entry->getCanonicalDecl() == In->getCanonicalDecl())
            return E.At;
          for (const Monitors::Step &S : R.Steps)
            if (S.In->getCanonicalDecl() == In->getCanonicalDecl() ||
                (S.Event->Callee &&
                 S.Event->Callee->getCanonicalDecl() == In->getCanonicalDecl()))
              return E.At;
        }
      }
    return nullptr;
  }

  /// Of the two ways to ask, the one that unwinds.
  static bool throwsWhenAsked(const Unit &U, const Expr *Call,
                              StringRef Exception) {
    const Effect *Row = U.lexicon().effect(Call);
    if (!Row)
      return false;
    return isForced(Exception) ? Row->Does == Verb::Cancel
                               : Row->Does == Verb::RequestStop;
  }

  void tell(Unit &U, const Point &P, const CXXCatchStmt *H, const Stmt *Loop,
            const Expr *Cancel, bool Forced) {
    std::string Name = "'" + P.Exception + "'";
    Finding R;
    R.Check = name().str();
    R.Loc = H->getCatchLoc();
    R.Message = Forced ? "this handler swallows " + Name +
                             ", which unwinds a cancelled thread, and doesn't "
                             "rethrow it; the process is aborted"
                       : "this handler swallows " + Name +
                             ", by which the execution is asked to end, and "
                             "the loop goes on for ever";
    R.Notes.push_back(
        {(P.Through ? P.Through : P.Call)->getBeginLoc(), "thrown by this"});
    if (P.Through)
      R.Notes.push_back({P.Call->getBeginLoc(), "that gets here"});
    if (!Forced)
      R.Notes.push_back({Loop->getBeginLoc(), "this loop has no other end"});
    if (Cancel)
      R.Notes.push_back({Cancel->getBeginLoc(),
                         Forced ? "cancelled here" : "asked to end here"});
    // The one that ends it comes first.
    if (H->getCatchLoc().isFileID() && (P.Class || classNamed(U, P.Exception)))
      R.FixIts.push_back(FixItHint::CreateInsertion(
          H->getCatchLoc(),
          "catch (const " + P.Exception + " &) {\n  throw;\n} "));
    U.report(std::move(R));
  }

  llvm::SmallPtrSet<const FunctionDecl *, 8> Throwing;
};

RegisterCheck<SwallowedCancellation> X("swallowed-cancellation");

} // namespace
} // namespace leak
