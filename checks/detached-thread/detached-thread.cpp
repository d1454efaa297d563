//===--- detached-thread.cpp - leak-detached-thread -----------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A thread that is detached, and uses what may be gone before it ends: local
/// variables of the function that started it, or that function's object. What
/// it uses is in lib/Borrows.h; here it is decided whether somebody waits.
///
/// Assumed: what waits by its name waits for this thread; what is static, or
/// of `main`, lives as long as the process.
/// Knowingly missed: see the page.
///
//===----------------------------------------------------------------------===//

#include "Borrows.h"
#include "Callable.h"
#include "Check.h"
#include "Statements.h"
#include "Tell.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {
namespace {

/// A start, and where it is given up.
struct Detached {
  const Spawn *Start = nullptr;
  const Stmt *At = nullptr; ///< Null when it is born so, or does it itself.
  const FunctionDecl *In = nullptr;
};

class DetachedThread : public Check {
public:
  ArrayRef<Kind> kinds() const override {
    static constexpr Kind K[] = {Kind::TaskHandle, Kind::Attribute};
    return K;
  }
  ArrayRef<StringRef> options() const override {
    static constexpr StringRef O[] = {"WarnOnAll", "WarnOnEndless",
                                      "WarnInLoops"};
    return O;
  }

  void analyze(Unit &U) override {
    if (!U.index() || !anyDetach(U))
      return;
    const std::vector<Spawn> &All = U.threads();
    auto Option = [&](const char *Name) {
      return U.options().flag((Twine("detached-thread.") + Name).str(), false);
    };
    const bool OnAll = Option("WarnOnAll"), Endless = Option("WarnOnEndless"),
               InLoops = Option("WarnInLoops");
    for (const Detached &D : detached(U, All))
      if (!turn(U, D) && !frame(U, D) && !object(U, D) &&
          !(InLoops && unbounded(U, D)) && !(Endless && endless(U, D)) && OnAll)
        plain(U, D);
  }

private:
  //===--------------------------------------------------------------------===//
  // What is detached
  //===--------------------------------------------------------------------===//

  static bool anyDetach(Unit &U) {
    for (const auto &[FD, F] : U.functions().all())
      for (const Expr *E : F.Calls)
        if (const Effect *Row = U.lexicon().effect(E);
            Row &&
            (Row->Does == Verb::Detach || Row->Does == Verb::SetDetached))
          return true;
    return false;
  }

  static bool says(const Unit &U, const Expr *E, Verb V) {
    const Effect *Row = E ? U.lexicon().effect(E) : nullptr;
    return Row && Row->Does == V;
  }

  /// The calls of a function that detach what it runs in.
  static const Expr *detachesItself(Unit &U, const FunctionDecl *FD) {
    const FunctionUses *Uses = U.functions().find(FD);
    if (!Uses)
      return nullptr;
    for (const Expr *E : Uses->Calls)
      if (const Effect *Row = U.lexicon().effect(E);
          Row && Row->Does == Verb::Detach)
        if (const Expr *Object = U.lexicon().object(E, *Row))
          if (const auto *Call = dyn_cast<CallExpr>(strip(Object));
              Call && !Call->getNumArgs() && says(U, Call, Verb::Init))
            return E;
    return nullptr;
  }

  /// The attribute with which \p S is started says that it is detached.
  static bool bornDetached(Unit &U, const Spawn &S) {
    if (!S.Row || S.Row->Attribute < 0)
      return S.Row && S.Row->Does == Verb::Detach;
    const auto *Call = dyn_cast<CallExpr>(S.At);
    if (!Call || unsigned(S.Row->Attribute) >= Call->getNumArgs())
      return false;
    Place Attribute = placeOf(Call->getArg(S.Row->Attribute));
    const FunctionUses *Uses = U.functions().find(S.By);
    if (!Attribute || !Uses)
      return false;
    for (const Expr *E : Uses->Calls) {
      const Effect *Row = U.lexicon().effect(E);
      const auto *Set = dyn_cast<CallExpr>(E);
      if (!Row || Row->Does != Verb::SetDetached || !Set || Row->Value < 0 ||
          unsigned(Row->Value) >= Set->getNumArgs())
        continue;
      const Expr *Object = U.lexicon().object(E, *Row);
      Expr::EvalResult R;
      if (Object && placeOf(Object) == Attribute &&
          Set->getArg(Row->Value)->EvaluateAsInt(R, U.context()) &&
          R.Val.getInt() != 0)
        return true;
    }
    return false;
  }

  static std::vector<Detached> detached(Unit &U,
                                        const std::vector<Spawn> &All) {
    std::vector<Detached> Result;
    llvm::SmallPtrSet<const Spawn *, 8> Seen;
    auto Add = [&](const Spawn &S, const Stmt *At, const FunctionDecl *In) {
      if (Seen.insert(&S).second)
        Result.push_back({&S, At, In});
    };
    // By what is called on the variable, member or temporary.
    for (const auto &[FD, F] : U.functions().all())
      for (const Expr *E : F.Calls)
        if (const Effect *Row = U.lexicon().effect(E);
            Row && Row->Does == Verb::Detach && Row->Callable < 0)
          if (const Expr *Object = U.lexicon().object(E, *Row))
            for (const Spawn &S : All)
              if (S.At && S.By == F.Decl &&
                  (contains(Object, S.At) || S.At == strip(Object)))
                Add(S, E, F.Decl);
    for (const auto &[D, Subject] : U.index()->subjects())
      for (const Use &Gone : U.index()->allUses(D))
        if (Gone.Does == Verb::Detach)
          for (const Use &Start : U.index()->allUses(D))
            if (Start.Does == Verb::Start || Start.Does == Verb::Insert)
              for (const Spawn &S : All)
                if (S.At && contains(Start.At, S.At))
                  Add(S, Gone.At, Gone.In);
    for (const Spawn &S : All)
      if (S.At && bornDetached(U, S))
        Add(S, nullptr, nullptr);
      else if (S.At && S.Entry)
        if (const Expr *E = detachesItself(U, S.Entry))
          Add(S, E, S.Entry);
    return Result;
  }

  //===--------------------------------------------------------------------===//
  // Local variables
  //===--------------------------------------------------------------------===//

  /// The statements between the same braces as the declaration of a variable.
  static const Stmt *scopeOf(const Stmt *S, const VarDecl *VD) {
    if (!S || isa<LambdaExpr>(S))
      return nullptr;
    for (const Stmt *Child : S->children()) {
      if (const auto *DS = dyn_cast_or_null<DeclStmt>(Child);
          DS && llvm::is_contained(DS->decls(), VD))
        return S;
      if (const Stmt *Found = scopeOf(Child, VD))
        return Found;
    }
    return nullptr;
  }

  struct After {
    const Stmt *Endless = nullptr;
    const Stmt *Wait = nullptr;
    const Stmt *Bounded = nullptr;
  };

  /// What follows the start in \p S. Left out is the start itself, and, once it
  /// is detached, the other branch of what asks whether to.
  void follow(const Stmt *S, const Detached &D, Unit &U, bool &Started,
              bool &Gone, After &Into) const {
    if (!S || Into.Wait)
      return;
    if (S == D.Start->At) {
      Started = true;
      Gone |= !D.At || D.In != D.Start->By;
      return;
    }
    if (isa<LambdaExpr>(S) && contains(S, D.Start->At))
      return;
    // A loop around the start that nobody leaves.
    if (isa<ForStmt, WhileStmt, DoStmt>(S) && !Started && runsForEver(S) &&
        contains(S, D.Start->At)) {
      Into.Wait = S;
      return;
    }
    if (const auto *If = dyn_cast<IfStmt>(S); If && D.At && Started) {
      const bool Then = contains(If->getThen(), D.At),
                 Else = contains(If->getElse(), D.At);
      if (Then != Else) {
        follow(If->getCond(), D, U, Started, Gone, Into);
        follow(Then ? If->getThen() : If->getElse(), D, U, Started, Gone, Into);
        return;
      }
    }
    if (Started) {
      if (const auto *For = dyn_cast<ForStmt>(S);
          For && alwaysTrue(For->getCond()))
        Into.Wait = S;
      switch (waits(S, U.lexicon())) {
      case Waiting::Yes:
        Into.Wait = S;
        return;
      case Waiting::Bounded:
        Into.Bounded = S;
        break;
      case Waiting::No:
        break;
      }
    }
    for (const Stmt *Child : S->children())
      follow(Child, D, U, Started, Gone, Into);
    Gone |= S == D.At;
  }

  /// Something in the function waits when it is destroyed, or may.
  static bool anyGuard(const Stmt *S, Unit &U) {
    if (!S || isa<LambdaExpr>(S))
      return false;
    if (const auto *DS = dyn_cast<DeclStmt>(S))
      for (const Decl *D : DS->decls())
        if (const auto *VD = dyn_cast<VarDecl>(D);
            VD && !VD->isStaticLocal() &&
            mayWaitAtEnd(VD->getType(), U.lexicon()))
          return true;
    return llvm::any_of(S->children(),
                        [&](const Stmt *C) { return anyGuard(C, U); });
  }

  /// The assignment, or step, by which \p S changes \p VD.
  static const Stmt *changeIn(const Stmt *S, const VarDecl *VD) {
    if (!S || isa<LambdaExpr>(S))
      return nullptr;
    const Expr *To = nullptr;
    if (const auto *BO = dyn_cast<BinaryOperator>(S);
        BO && BO->isAssignmentOp())
      To = BO->getLHS();
    else if (const auto *UO = dyn_cast<UnaryOperator>(S);
             UO && UO->isIncrementDecrementOp())
      To = UO->getSubExpr();
    else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S);
             Op && Op->isAssignmentOp())
      To = Op->getArg(0);
    // Also a member of it: `args.fd = fd`.
    for (To = To ? strip(To) : nullptr; To;) {
      const auto *ME = dyn_cast<MemberExpr>(To);
      if (!ME || ME->isArrow())
        break;
      To = strip(ME->getBase());
    }
    if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(To);
        Ref && Ref->getDecl() == VD)
      return S;
    for (const Stmt *Child : S->children())
      if (const Stmt *Found = changeIn(Child, VD))
        return Found;
    return nullptr;
  }

  /// Each turn of a loop gives the same variable to another thread.
  bool turn(Unit &U, const Detached &D) {
    const Spawn &S = *D.Start;
    if (!S.At)
      return false;
    for (const Borrow &B : borrows(S, U.lexicon())) {
      if (!B.What || B.What->getType()->isArrayType())
        continue;
      for (const Stmt *Loop = loopAround(S.At, U.context()); Loop;
           Loop = loopAround(Loop, U.context())) {
        const Stmt *Body = bodyOfLoop(Loop);
        if (!Body || scopeOf(Body, B.What))
          break;
        const Stmt *Change = changeIn(Loop, B.What);
        if (!Change)
          continue;
        After A;
        bool Started = false, Gone = false;
        follow(Body, D, U, Started, Gone, A);
        if (A.Wait || A.Bounded || leavesAfter(Body, S.At))
          break;
        Finding R;
        R.Check = name().str();
        R.Loc = S.At->getBeginLoc();
        const std::string Name = B.What->getNameAsString();
        R.Message = "this detached thread refers to '" + Name + "' of " +
                    nameOf(S.By) +
                    ", which the next turn of the loop changes; it may see "
                    "what is meant for the next thread";
        R.Notes.push_back({B.At, "'" + Name + "' is " +
                                     (B.Lambda ? "captured by reference here"
                                               : "given by address here")});
        R.Notes.push_back({Change->getBeginLoc(), "it is changed here"});
        if (D.At)
          R.Notes.push_back({D.At->getBeginLoc(), "detached here"});
        if (const Borrow Only[] = {B}; borrows(S, U.lexicon()).size() == 1)
          copyInstead(U, S, Only, R);
        U.report(std::move(R));
        return true;
      }
    }
    return false;
  }

  /// There is no next turn: the statement after the start leaves the loop.
  static bool leavesAfter(const Stmt *Body, const Stmt *At) {
    const auto *Block = dyn_cast<CompoundStmt>(Body);
    if (!Block)
      return false;
    for (const Stmt *S : Block->body())
      if (contains(S, At) && !isa<IfStmt>(S))
        At = nullptr;
      else if (contains(S, At))
        return leavesInside(S);
      else if (!At && isa<BreakStmt, ReturnStmt, GotoStmt>(S))
        return true;
    return false;
  }
  /// A statement behind the start ends the process, in any case.
  static bool endsProcess(const Stmt *Scope, const Stmt *At, Unit &U) {
    const auto *Block = dyn_cast<CompoundStmt>(Scope);
    if (!Block)
      return false;
    bool Behind = false;
    for (const Stmt *S : Block->body()) {
      const auto *E = dyn_cast<Expr>(S);
      const auto *Call = E ? dyn_cast<CallExpr>(strip(E)) : nullptr;
      const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
      if (Behind && Call &&
          (says(U, Call, Verb::Exit) || (FD && FD->isNoReturn())))
        return true;
      Behind |= contains(S, At);
    }
    return false;
  }

  static bool leavesInside(const Stmt *S) {
    return S && !isa<LambdaExpr>(S) &&
           (isa<BreakStmt, ReturnStmt, GotoStmt>(S) ||
            llvm::any_of(S->children(), leavesInside));
  }

  bool frame(Unit &U, const Detached &D) {
    const Spawn &S = *D.Start;
    if (!S.At)
      return false;
    SmallVector<Borrow, 4> Dying;
    const Stmt *Bounded = nullptr;
    for (const Borrow &B : borrows(S, U.lexicon())) {
      if (!B.What)
        continue;
      const Stmt *Scope =
          isa<ParmVarDecl>(B.What) ? nullptr : scopeOf(S.By->getBody(), B.What);
      const bool Outermost = !Scope || Scope == S.By->getBody();
      if (Outermost && S.By->isMain())
        continue;
      if (!Scope)
        Scope = S.By->getBody();
      if (!contains(Scope, S.At))
        continue;
      After A;
      bool Started = false, Gone = false;
      follow(Scope, D, U, Started, Gone, A);
      if (A.Wait || endsProcess(Scope, S.At, U))
        continue;
      Bounded = A.Bounded;
      Dying.push_back(B);
    }
    if (Dying.empty() || anyGuard(S.By->getBody(), U))
      return false;
    const Borrow &First = Dying.front();
    Finding R;
    R.Check = name().str();
    R.Loc = S.At->getBeginLoc();
    const std::string Name = First.What->getNameAsString();
    R.Message = "this detached thread refers to the " +
                std::string(isa<ParmVarDecl>(First.What) ? "parameter '"
                                                         : "local variable '") +
                Name + "' of " + nameOf(S.By) +
                ", which doesn't wait for it; it may use '" + Name +
                "' when that is gone";
    for (const Borrow &B : Dying)
      R.Notes.push_back({B.At, "'" + B.What->getNameAsString() + "' is " +
                                   (B.Lambda ? "captured" : "given") + " by " +
                                   (B.Lambda ? "reference" : "address") +
                                   " here"});
    if (D.At)
      R.Notes.push_back({D.At->getBeginLoc(), "detached here"});
    if (Bounded)
      R.Notes.push_back({Bounded->getBeginLoc(), "this wait gives up"});
    copyInstead(U, S, Dying, R);
    U.report(std::move(R));
    return true;
  }

  /// Only reads of \p VD in \p S.
  static bool onlyRead(const Stmt *S, const VarDecl *VD, bool Loaded) {
    if (!S)
      return true;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      return Ref->getDecl() != VD || Loaded;
    const auto *Cast = dyn_cast<ImplicitCastExpr>(S);
    const bool Loads = (Cast && Cast->getCastKind() == CK_LValueToRValue) ||
                       (Loaded && isa<ParenExpr>(S));
    if (const auto *LE = dyn_cast<LambdaExpr>(S))
      return onlyRead(LE->getBody(), VD, false);
    return llvm::all_of(S->children(),
                        [&](const Stmt *C) { return onlyRead(C, VD, Loads); });
  }

  /// A number or pointer that the thread only reads may as well be its own.
  static void copyInstead(Unit &U, const Spawn &S, ArrayRef<Borrow> Dying,
                          Finding &R) {
    std::vector<FixItHint> Fixes;
    for (const Borrow &B : Dying) {
      const SourceManager &SM = U.context().getSourceManager();
      if (!B.Lambda || !B.Explicit || B.At.isMacroID() ||
          !B.What->getType()->isScalarType() ||
          B.What->getType().isVolatileQualified() ||
          !onlyRead(B.Lambda->getBody(), B.What, false))
        return;
      // `&name`: the ampersand goes.
      bool Invalid = false;
      const char *Text = SM.getCharacterData(B.At, &Invalid);
      if (Invalid)
        return;
      unsigned Back = 1;
      while (Text[-int(Back)] == ' ')
        ++Back;
      if (Text[-int(Back)] != '&')
        return;
      Fixes.push_back(FixItHint::CreateRemoval(CharSourceRange::getCharRange(
          B.At.getLocWithOffset(-int(Back)), B.At)));
    }
    R.FixIts = std::move(Fixes);
  }

  static std::string nameOf(const FunctionDecl *FD) {
    const auto *M = dyn_cast<CXXMethodDecl>(FD);
    return M && M->getParent()->isLambda() ? "the lambda"
                                           : "'" + FD->getNameAsString() + "'";
  }

  //===--------------------------------------------------------------------===//
  // The object
  //===--------------------------------------------------------------------===//

  /// The members that \p S names of its own object.
  static void membersIn(const Stmt *S, unsigned Depth,
                        llvm::SmallPtrSetImpl<const ValueDecl *> &Into) {
    if (!S)
      return;
    if (const auto *ME = dyn_cast<MemberExpr>(S)) {
      const Expr *Base = strip(ME->getBase());
      if (isa_and_nonnull<CXXThisExpr>(Base)) {
        const FunctionDecl *Def = nullptr;
        if (isa<FieldDecl>(ME->getMemberDecl()))
          Into.insert(ME->getMemberDecl());
        else if (const auto *M = dyn_cast<CXXMethodDecl>(ME->getMemberDecl());
                 M && Depth && M->isDefined(Def) && Def)
          membersIn(Def->getBody(), Depth - 1, Into);
      }
    }
    for (const Stmt *Child : S->children())
      membersIn(Child, Depth, Into);
  }

  /// The thread owns the object, and ends it.
  static bool deletesThis(const Stmt *S) {
    if (!S)
      return false;
    if (const auto *Delete = dyn_cast<CXXDeleteExpr>(S))
      if (isa_and_nonnull<CXXThisExpr>(strip(Delete->getArgument())))
        return true;
    return llvm::any_of(S->children(), deletesThis);
  }

  /// One object, made by the class itself or with static storage.
  static bool isSingleton(Unit &U, const CXXRecordDecl *RD) {
    if (U.index()->isImmortal(RD))
      return true;
    bool AnyPublic = false, AnyPrivate = false;
    for (const CXXConstructorDecl *C : RD->ctors())
      if (!C->isImplicit() && !C->isCopyOrMoveConstructor() && !C->isDeleted())
        (C->getAccess() == AS_private ? AnyPrivate : AnyPublic) = true;
    if (AnyPrivate && !AnyPublic)
      return true;
    for (const CXXMethodDecl *M : RD->methods())
      if (M->isStatic() &&
          (M->getReturnType().getNonReferenceType()->getAsCXXRecordDecl() ==
               RD ||
           (M->getReturnType()->isPointerType() &&
            M->getReturnType()->getPointeeType()->getAsCXXRecordDecl() == RD)))
        return true;
    return false;
  }

  bool object(Unit &U, const Detached &D) {
    const Spawn &S = *D.Start;
    const auto *By = dyn_cast<CXXMethodDecl>(S.By);
    if (!S.At || !By || By->getParent()->isLambda() ||
        isa<CXXDestructorDecl>(By) || !S.Entry)
      return false;
    const Borrow *This = nullptr;
    SmallVector<Borrow, 4> All = borrows(S, U.lexicon());
    for (const Borrow &B : All)
      if (!B.What)
        This = &B;
    if (!This)
      return false;
    const CXXRecordDecl *RD = By->getParent()->getDefinition();
    const CXXDestructorDecl *End = RD ? RD->getDestructor() : nullptr;
    const FunctionDecl *Def = nullptr;
    if (!End || !End->isUserProvided() || !End->isDefined(Def) || !Def ||
        mayWaitAtEnd(RD, U.lexicon()) || isSingleton(U, RD) ||
        deletesThis(S.Entry->getBody()))
      return false;
    // Somebody waits, and holders may have to call that.
    const auto InThread = U.index()->reachable(S.Entry);
    for (const CXXMethodDecl *M : RD->methods()) {
      const FunctionDecl *Body = nullptr;
      if (M->getCanonicalDecl() == S.Entry->getCanonicalDecl() ||
          !M->isDefined(Body) || !Body || InThread.contains(Body) ||
          InThread.contains(M->getCanonicalDecl()))
        continue;
      if (hasAnyWait(Body->getBody(), D, U))
        return false;
    }
    llvm::SmallPtrSet<const ValueDecl *, 8> Used, Ended;
    membersIn(S.Entry->getBody(), 3, Used);
    membersIn(Def->getBody(), 3, Ended);
    const ValueDecl *Both = nullptr;
    for (const FieldDecl *F : RD->fields())
      if (!Both && Used.contains(F) && Ended.contains(F))
        Both = F;
    if (!Both)
      return false;
    Finding R;
    R.Check = name().str();
    R.Loc = S.At->getBeginLoc();
    R.Message = "this detached thread uses '" + Both->getNameAsString() +
                "' of the '" + RD->getNameAsString() +
                "' that starts it, whose destructor doesn't wait for it; it "
                "may use the object when that is gone";
    R.Notes.push_back({This->At, "the object is given here"});
    if (D.At)
      R.Notes.push_back({D.At->getBeginLoc(), "detached here"});
    R.Notes.push_back({Def->getLocation(), "the destructor doesn't wait"});
    keepAlive(U, S, *This, By, R);
    U.report(std::move(R));
    return true;
  }

  /// Something in \p S waits, other than the thread itself.
  static bool hasAnyWait(const Stmt *S, const Detached &D, Unit &U) {
    if (!S || (isa<LambdaExpr>(S) &&
               (contains(D.Start->At, S) || S == lambdaOf(*D.Start))))
      return false;
    const auto *Call = dyn_cast<CallExpr>(S);
    const Effect *Row = Call ? U.lexicon().effect(Call) : nullptr;
    if (Row && (Row->Does == Verb::Wait || Row->Does == Verb::Join ||
                Row->Does == Verb::TryWait || Row->Does == Verb::TryJoin))
      return true;
    return llvm::any_of(S->children(),
                        [&](const Stmt *C) { return hasAnyWait(C, D, U); });
  }

  /// The thread owns the object with others, where the class allows for it.
  static void keepAlive(Unit &U, const Spawn &S, const Borrow &This,
                        const CXXMethodDecl *By, Finding &R) {
    if (!This.Lambda || !This.Explicit || This.At.isMacroID() ||
        isa<CXXConstructorDecl>(By) || By->isConst() ||
        !U.context().getLangOpts().CPlusPlus14)
      return;
    bool Shared = false;
    for (const CXXBaseSpecifier &B : By->getParent()->bases())
      if (const CXXRecordDecl *RD = B.getType()->getAsCXXRecordDecl())
        for (const CXXMethodDecl *M : RD->methods())
          Shared |= M->getIdentifier() && M->getName() == "shared_from_this";
    if (Shared)
      R.FixIts.push_back(FixItHint::CreateInsertion(
          This.At.getLocWithOffset(4), ", self = shared_from_this()"));
  }

  //===--------------------------------------------------------------------===//
  // By option
  //===--------------------------------------------------------------------===//

  void say(Unit &U, const Detached &D, std::string Message, const Stmt *Loop,
           const char *Note) {
    if (!D.Start->At)
      return;
    Finding R = finding(D.Start->At->getBeginLoc(), std::move(Message));
    if (Loop)
      R.Notes.push_back({Loop->getBeginLoc(), Note});
    if (D.At)
      R.Notes.push_back({D.At->getBeginLoc(), "detached here"});
    U.report(std::move(R));
  }

  bool unbounded(Unit &U, const Detached &D) {
    const Stmt *Loop =
        D.Start->At ? loopAround(D.Start->At, U.context()) : nullptr;
    const auto *For = dyn_cast_or_null<ForStmt>(Loop);
    const auto *While = dyn_cast_or_null<WhileStmt>(Loop);
    if (!(For && alwaysTrue(For->getCond())) &&
        !(While && alwaysTrue(While->getCond())))
      return false;
    say(U, D,
        "each turn of this loop starts a detached thread; nothing bounds their "
        "number",
        Loop, "the loop is here");
    return true;
  }

  bool endless(Unit &U, const Detached &D) {
    if (!D.Start->Entry || !runsForEver(D.Start->Entry->getBody()))
      return false;
    say(U, D,
        "this detached thread loops without an end; nobody can stop it or wait "
        "for it",
        D.Start->Entry->getBody(), "this is what it runs");
    return true;
  }

  void plain(Unit &U, const Detached &D) {
    say(U, D,
        "this thread is detached; nobody can wait for it or learn of its end",
        nullptr, "");
  }
};

RegisterCheck<DetachedThread> X("detached-thread");

} // namespace
} // namespace leak
