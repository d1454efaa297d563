//===--- discarded-handle.cpp - leak-discarded-handle ---------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Objects that do their work as long as they live, made and ended by one
/// statement: guards, registrations, handles that wait for what they started.
///
/// Assumed: a function's result is what its visible body returns; one that
/// isn't visible may return a future that waits for nothing.
/// Knowingly missed: see the page.
///
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "Discards.h"
#include "Spelling.h"
#include "Starts.h"
#include "Statements.h"
#include "Tell.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace leak {
namespace {

/// Why the life of an object is the point of it.
enum class Role : unsigned char {
  None,
  Result,   ///< Waits, when it ends, for what it is the result of.
  Handle,   ///< Stops what it has started, or waits for it.
  Lock,     ///< Gives something back that was acquired.
  Guard,    ///< Counts up, and down again.
  Callback, ///< Is a registration.
  Timer,    ///< Doesn't fire any more.
  Own       ///< A class of somebody, by its name.
};

class DiscardedHandle : public Check {
public:
  ArrayRef<Kind> kinds() const override { return {}; }

  void analyzeFunctions(Unit &U) override {
    Roles.clear();
    Timers.clear();
    for (const auto &[Key, F] : U.functions().all()) {
      if (llvm::none_of(F.Calls, [&](const Expr *E) {
            return roleOf(U, E->getType()) != Role::None;
          }))
        continue;
      const FunctionDecl *In = F.Decl;
      forEachDiscard(
          In->getBody(), [&](const Discard &D) { discarded(U, In, D); },
          [&](const LocalVariable &V) { declared(U, In, V); });
    }
  }

private:
  //===------------------------------------------------------------------===//
  // Roles

  static Role modelled(const TypeModel &M) {
    switch (M.What) {
    case Kind::TaskHandle:
      return M.IfUnreleased == Unreleased::StopAndJoin ||
                     M.IfUnreleased == Unreleased::Block
                 ? Role::Handle
                 : Role::None;
    case Kind::Future:
      return M.IfUnreleased == Unreleased::Block ? Role::Result : Role::None;
    case Kind::Guard: {
      auto It = M.Calls.find("constructor");
      return It != M.Calls.end() &&
                     llvm::any_of(It->second,
                                  [](const Effect &Row) {
                                    return Row.Does == Verb::CountUp;
                                  })
                 ? Role::Guard
                 : Role::Lock;
    }
    case Kind::StopCallback:
      return Role::Callback;
    case Kind::Timer:
      return Role::Timer;
    default:
      return Role::None;
    }
  }

  /// The class, or a base of it, has a destructor that does something.
  static bool endsWithAct(const CXXRecordDecl *RD) {
    if (!RD || !(RD = RD->getDefinition()))
      return false;
    const CXXDestructorDecl *Dtor = RD->getDestructor();
    const FunctionDecl *Def = nullptr;
    if (Dtor && Dtor->isUserProvided()) {
      const auto *Body = Dtor->isDefined(Def) && Def
                             ? dyn_cast_or_null<CompoundStmt>(Def->getBody())
                             : nullptr;
      return !Body || !Body->body_empty();
    }
    return llvm::any_of(RD->bases(), [](const CXXBaseSpecifier &Base) {
      return endsWithAct(Base.getType()->getAsCXXRecordDecl());
    });
  }

  static bool isNamedGuard(const CXXRecordDecl *RD) {
    if (!RD->getIdentifier() || !RD->hasDefinition())
      return false;
    SmallVector<std::string, 4> Words = identifierWords(RD->getName());
    if (Words.empty())
      return false;
    static const StringRef Last[] = {"guard",        "lock",         "locker",
                                     "unlocker",     "blocker",      "finally",
                                     "registration", "subscription", "defer"};
    return (llvm::is_contained(Last, Words.back()) ||
            Words.front() == "scoped" || Words.front() == "scope") &&
           endsWithAct(RD);
  }

  Role roleOf(Unit &U, QualType T) {
    const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
    if (!RD)
      return Role::None;
    auto [It, New] = Roles.try_emplace(RD->getCanonicalDecl(), Role::None);
    if (New) {
      if (const TypeModel *M = U.lexicon().typeOrBase(RD))
        It->second = modelled(*M);
      else if (isNamedGuard(RD))
        It->second = Role::Own;
    }
    return It->second;
  }

  //===------------------------------------------------------------------===//
  // What starts

  /// The call with which \p E, or a visible body that it calls, starts an
  /// execution and returns its handle.
  static const Expr *startOf(const Expr *E, const Lexicon &Words) {
    if (const Effect *Row = Words.effect(E))
      return Row->Does == Verb::Start &&
                     (Row->Object.Place == ObjectSpec::Return ||
                      isa<CXXConstructExpr>(E))
                 ? E
                 : nullptr;
    const auto *Call = dyn_cast<CallExpr>(E);
    const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(FD);
    const FunctionDecl *Def = nullptr;
    if (!FD || !FD->isDefined(Def) || !Def || (Method && Method->isVirtual()))
      return nullptr;
    const auto *Block = dyn_cast_or_null<CompoundStmt>(Def->getBody());
    const auto *Return = Block && !Block->body_empty()
                             ? dyn_cast<ReturnStmt>(Block->body_back())
                             : nullptr;
    const Expr *Result = Return ? made(Return->getRetValue()) : nullptr;
    const Effect *Row = Result ? Words.effect(Result) : nullptr;
    return Row && Row->Does == Verb::Start &&
                   (Row->Object.Place == ObjectSpec::Return ||
                    isa<CXXConstructExpr>(Result))
               ? Result
               : nullptr;
  }

  /// The call or construction behind moves and elided copies.
  static const Expr *made(const Expr *E) {
    E = E ? strip(E) : nullptr;
    while (const auto *Copy = dyn_cast_or_null<CXXConstructExpr>(E)) {
      if (Copy->getNumArgs() != 1 ||
          !Copy->getConstructor()->isCopyOrMoveConstructor())
        break;
      E = strip(Copy->getArg(0));
    }
    return E;
  }

  /// The policy says that it runs only when somebody asks for the result.
  static bool isDeferred(const Expr *Start) {
    ArrayRef<const Expr *> Args = argumentsOf(Start);
    const auto *Ref =
        Args.empty() ? nullptr : dyn_cast<DeclRefExpr>(strip(Args[0]));
    return Ref && isa<EnumConstantDecl>(Ref->getDecl()) &&
           Ref->getDecl()->getName() == "deferred";
  }

  static std::string typeName(QualType T) {
    const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
    return RD ? "'" + RD->getNameAsString() + "'" : "object";
  }

  //===------------------------------------------------------------------===//
  // Dropped values

  void discarded(Unit &U, const FunctionDecl *In, const Discard &D) {
    if (D.How == Discard::Left)
      return;
    if (const auto *Assign = dyn_cast<CXXOperatorCallExpr>(D.What);
        Assign && Assign->getOperator() == OO_Equal)
      return overwritten(U, Assign, D);
    if (endsTimer(U, In, D))
      return;
    if (!D.What->isPRValue())
      return;
    switch (roleOf(U, D.What->getType())) {
    case Role::Result:
      return droppedResult(U, In, D);
    case Role::Handle:
      return droppedHandle(U, In, D);
    case Role::Lock:
      return droppedLock(U, In, D);
    case Role::Guard:
      if (isMadeHere(D.What) || isGuardMaker(U, D.What))
        tell(U, In, D,
             "this " + typeName(D.What->getType()) +
                 " ends on the line on which it begins: it keeps nothing "
                 "running",
             "guard");
      return;
    case Role::Callback:
      if (isMadeHere(D.What) || isa<CallExpr>(D.What))
        tell(U, In, D,
             "this " + typeName(D.What->getType()) +
                 " ends on the line on which it begins, and with it the "
                 "registration: nothing is called when the stop comes",
             "callback");
      return;
    case Role::Own:
      return droppedOwn(U, In, D);
    case Role::Timer:
    case Role::None:
      return;
    }
  }

  /// A construction that is given something.
  static bool isMadeHere(const Expr *E) {
    const auto *Made = dyn_cast<CXXConstructExpr>(E);
    return Made && Made->getNumArgs() &&
           !isa<CXXDefaultArgExpr>(Made->getArg(0)) &&
           !Made->getConstructor()->isCopyOrMoveConstructor();
  }

  /// A function that is there to make a guard, and wasn't given one.
  bool isGuardMaker(Unit &U, const Expr *E) {
    if (const auto *Await = dyn_cast<CoawaitExpr>(E))
      E = strip(Await->getOperand());
    const auto *Call = dyn_cast<CallExpr>(E);
    const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
    return FD && FD->getIdentifier() &&
           hasWord(FD->getName(),
                   {"lock", "guard", "acquire", "scoped", "work", "hold"}) &&
           llvm::none_of(Call->arguments(), [&](const Expr *Arg) {
             Role R = roleOf(U, Arg->getType());
             return R == Role::Lock || R == Role::Guard || R == Role::Own;
           });
  }

  void droppedResult(Unit &U, const FunctionDecl *In, const Discard &D) {
    const Expr *Start = startOf(D.What, U.lexicon());
    if (!Start)
      return;
    std::string Name = calleeOf(D.What, U.context());
    if (isDeferred(Start))
      return tell(U, In, D,
                  "the future that " + Name +
                      " returns is dropped, and what is deferred to its use "
                      "never runs",
                  "", Start);
    tell(U, In, D,
         "the future that " + Name +
             " returns is dropped, and its destructor waits right here for "
             "what was started: nothing runs beside it",
         D.Loop ? "" : "future", Start);
  }

  void droppedHandle(Unit &U, const FunctionDecl *In, const Discard &D) {
    const Expr *Start = startOf(D.What, U.lexicon());
    const TypeModel *M =
        U.lexicon().typeOrBase(D.What->getType()->getAsCXXRecordDecl());
    if (!Start || !M)
      return;
    tell(U, In, D,
         "this " + typeName(D.What->getType()) +
             (M->IfUnreleased == Unreleased::Block
                  ? " ends on the line on which it begins, and waits right "
                    "here for what it has started"
                  : " ends on the line on which it begins: what it has "
                    "started is asked to stop at once, and waited for"),
         D.Loop ? "" : "task", Start);
  }

  /// A lock that is taken and given back waits for whoever holds it: on
  /// purpose when nothing follows, or before somebody is notified.
  static bool isBarrier(Unit &U, const Discard &D) {
    if (!D.Block || !D.Next)
      return true;
    if (isa<BreakStmt, ContinueStmt, NullStmt>(D.Next))
      return true;
    if (const auto *Return = dyn_cast<ReturnStmt>(D.Next))
      return !Return->getRetValue() ||
             !anyWritten(Return->getRetValue(), false, [](const Stmt *S) {
               return isa<DeclRefExpr, CXXThisExpr>(S);
             });
    return anyWritten(D.Next, false, [&](const Stmt *S) {
      const auto *Call = dyn_cast<CallExpr>(S);
      const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
      const Effect *Row = Call ? U.lexicon().effect(Call) : nullptr;
      return (Row &&
              (Row->Does == Verb::NotifyOne || Row->Does == Verb::NotifyAll ||
               Row->Does == Verb::Join)) ||
             (FD && FD->getIdentifier() &&
              hasWord(FD->getName(),
                      {"notify", "signal", "broadcast", "wake", "wakeup"}));
    });
  }

  void droppedLock(Unit &U, const FunctionDecl *In, const Discard &D) {
    if (!isMadeHere(D.What) && !isGuardMaker(U, D.What))
      return;
    if (isBarrier(U, D) || !takes(U, D.What))
      return;
    tell(U, In, D,
         "this " + typeName(D.What->getType()) +
             " ends on the line on which it begins: what follows is done "
             "without the lock",
         "lock");
  }

  /// A construction acquires, or takes over what was acquired.
  static bool takes(Unit &U, const Expr *E) {
    if (!isa<CXXConstructExpr>(E))
      return true;
    const Effect *Row = U.lexicon().effect(E);
    return Row &&
           (Row->Does == Verb::Acquire || Row->Does == Verb::TryAcquire ||
            Row->Does == Verb::Escape); // acquired before
  }

  void droppedOwn(Unit &U, const FunctionDecl *In, const Discard &D) {
    const auto *RD = D.What->getType()->getAsCXXRecordDecl();
    bool Marked = RD->hasAttr<WarnUnusedResultAttr>();
    if (const auto *Call = dyn_cast<CallExpr>(D.What)) {
      const FunctionDecl *FD = Call->getDirectCallee();
      if (!FD || D.How == Discard::Void ||
          !(Marked || FD->hasAttr<WarnUnusedResultAttr>()) ||
          !isGuardMaker(U, D.What))
        return;
    } else if (!isMadeHere(D.What) || isBarrier(U, D)) {
      return;
    }
    tell(U, In, D,
         "this " + typeName(D.What->getType()) +
             " ends on the line on which it begins: it guards nothing that "
             "follows",
         "guard");
  }

  /// The object that \p E arms with a callback; null when somebody waits for
  /// it there.
  const Expr *armedTimer(Unit &U, const Expr *E) {
    const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
    const Expr *Object =
        Call ? Call->getImplicitObjectArgument()->IgnoreParenImpCasts()
             : nullptr;
    if (!Object || roleOf(U, Object->getType()) != Role::Timer)
      return nullptr;
    const Effect *Row = U.lexicon().effect(Call);
    if (!Row || Row->Does != Verb::Arm || Row->Callable < 0 ||
        unsigned(Row->Callable) >= Call->getNumArgs())
      return nullptr;
    const Expr *Runs = startedCallable(Call->getArg(Row->Callable));
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(Runs);
    const Effect *Bind =
        isa_and_nonnull<CallExpr>(Runs) ? U.lexicon().effect(Runs) : nullptr;
    return isa_and_nonnull<LambdaExpr>(Runs) ||
                   (Ref && isa<FunctionDecl>(Ref->getDecl())) ||
                   (Bind && Bind->Does == Verb::Bind)
               ? Object
               : nullptr;
  }

  /// `Timer(context, time).async_wait(callback)`, or the last thing that a
  /// block does with its own timer.
  bool endsTimer(Unit &U, const FunctionDecl *In, const Discard &D) {
    const Expr *Object = armedTimer(U, D.What);
    if (!Object)
      return false;
    if (Object->isPRValue() || isa<MaterializeTemporaryExpr>(Object)) {
      tell(U, In, D,
           "this timer ends at once, which cancels its wait: the callback is "
           "only told so",
           "");
      return true;
    }
    const auto *Ref = dyn_cast<DeclRefExpr>(Object);
    const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if (!Var || !Var->hasLocalStorage() || Var->getType()->isReferenceType() ||
        D.Next || !D.Block || Timers.lookup(Var) != D.Block)
      return true;
    Finding R = finding(
        Var->getLocation(),
        "'" + Var->getNameAsString() +
            "' ends as soon as it is armed, which cancels its wait: the "
            "callback is only told so");
    R.Notes.push_back({D.What->getBeginLoc(), "armed here"});
    U.report(std::move(R));
    return true;
  }

  //===------------------------------------------------------------------===//
  // Variables

  void declared(Unit &U, const FunctionDecl *In, const LocalVariable &V) {
    const VarDecl *Var = V.Var;
    switch (roleOf(U, Var->getType())) {
    case Role::Lock:
    case Role::Own:
      return vexing(U, In, V);
    case Role::Timer:
      Timers[Var] = V.Block;
      return;
    case Role::Result:
      break;
    default:
      return;
    }
    const Expr *Start = made(Var->getInit());
    Start = Start ? startOf(Start, U.lexicon()) : nullptr;
    if (!Start || !V.Loop || V.Next || isDeferred(Start) ||
        !isBodyOf(V.Block, V.Loop) || Var->isStaticLocal() ||
        mentionIn(In->getBody(), Var))
      return;
    Finding R =
        finding(Var->getLocation(),
                "'" + Var->getNameAsString() +
                    "' ends with each turn of the loop, and waits for what was "
                    "started in it: the turns run one after the other");
    R.Notes.push_back({Start->getBeginLoc(), "started here"});
    U.report(std::move(R));
  }

  static bool isBodyOf(const CompoundStmt *Block, const Stmt *Loop) {
    const auto *Range = dyn_cast<CXXForRangeStmt>(Loop);
    return (Range ? Range->getBody() : bodyOfLoop(Loop)) == Block;
  }

  /// `Result = async(...)` is all that a loop does.
  void overwritten(Unit &U, const CXXOperatorCallExpr *Assign,
                   const Discard &D) {
    if (!D.Loop || roleOf(U, Assign->getArg(0)->getType()) != Role::Result)
      return;
    const Expr *Value = made(Assign->getArg(1));
    const Expr *Start = Value ? startOf(Value, U.lexicon()) : nullptr;
    const Expr *Object = strip(Assign->getArg(0));
    const ValueDecl *Into = nullptr;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(Object))
      Into = Ref->getDecl();
    else if (const auto *Member = dyn_cast<MemberExpr>(Object))
      Into = isa<CXXThisExpr>(Member->getBase()->IgnoreParenImpCasts())
                 ? Member->getMemberDecl()
                 : nullptr;
    if (!Start || !Into || isDeferred(Start) ||
        (D.Block && (D.Next || D.Before || !isBodyOf(D.Block, D.Loop))))
      return;
    // Somebody may take it out in between.
    unsigned Mentions = 0;
    bool Leaves = false;
    anyWritten(D.Loop, /*Lambdas=*/true, [&](const Stmt *S) {
      const auto *Ref = dyn_cast<DeclRefExpr>(S);
      const auto *Member = dyn_cast<MemberExpr>(S);
      Mentions += (Ref && Ref->getDecl() == Into) ||
                  (Member && Member->getMemberDecl() == Into);
      Leaves |= isa<IfStmt>(S);
      return false;
    });
    if (Mentions != 1 || Leaves)
      return;
    Finding R = finding(
        Assign->getBeginLoc(),
        "'" + Into->getNameAsString() +
            "' is overwritten in each turn of the loop, which waits for "
            "what the turn before started: the turns run one after the "
            "other");
    R.Notes.push_back({Start->getBeginLoc(), "started here"});
    U.report(std::move(R));
  }

  /// `Lock(mutex);` declares a variable `mutex`, and locks nothing.
  void vexing(Unit &U, const FunctionDecl *In, const LocalVariable &V) {
    const VarDecl *Var = V.Var;
    const auto *Made = dyn_cast_or_null<CXXConstructExpr>(
        Var->getInit() ? Var->getInit()->IgnoreImplicit() : nullptr);
    if (!Made || !Var->getIdentifier() || Var->getLocation().isMacroID() ||
        llvm::any_of(Made->arguments(), [](const Expr *Arg) {
          return !isa<CXXDefaultArgExpr>(Arg);
        }))
      return;
    const SourceManager &SM = U.context().getSourceManager();
    const LangOptions &Lang = U.context().getLangOpts();
    SourceLocation At = Var->getLocation();
    std::optional<Token> Behind = Lexer::findNextToken(At, SM, Lang);
    const auto [File, Offset] = SM.getDecomposedLoc(At);
    bool Invalid = false;
    StringRef Text = SM.getBufferData(File, &Invalid);
    if (Invalid || !Behind || Behind->isNot(tok::r_paren))
      return;
    StringRef Front = Text.take_front(Offset).rtrim();
    if (!Front.ends_with("(") || mentionIn(In->getBody(), Var))
      return;
    SourceLocation Paren =
        At.getLocWithOffset(int(Front.size()) - 1 - int(Offset));
    Finding R =
        finding(At, "this declares a variable '" + Var->getNameAsString() +
                        "' that locks nothing, in place of a lock of '" +
                        Var->getNameAsString() + "'");
    R.FixIts.push_back(FixItHint::CreateInsertion(
        Paren, (Text[SM.getFileOffset(Paren) - 1] == ' ' ? "" : " ") +
                   freeName("lock", In, Var->getName())));
    U.report(std::move(R));
  }

  //===------------------------------------------------------------------===//
  // Telling

  static std::string calleeOf(const Expr *E, const ASTContext &Ctx) {
    const auto *Call = dyn_cast<CallExpr>(E);
    const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
    return FD ? "'" + FD->getNameAsString() + "'"
              : "'" + sourceText(E, Ctx) + "'";
  }

  /// \p Wish, or something like it, that nothing in \p In is called.
  static std::string freeName(StringRef Wish, const FunctionDecl *In,
                              StringRef NotThis = "") {
    for (unsigned Number = 1;; ++Number) {
      std::string Name = Wish.str();
      if (Number > 1)
        Name += std::to_string(Number);
      bool Taken =
          Name == NotThis ||
          llvm::any_of(In->parameters(),
                       [&](const ParmVarDecl *P) {
                         return P->getDeclName().isIdentifier() &&
                                P->getName() == Name;
                       }) ||
          anyWritten(In->getBody(), /*Lambdas=*/true, [&](const Stmt *S) {
            auto Is = [&](const NamedDecl *D) {
              return D && D->getIdentifier() && D->getName() == Name;
            };
            if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
              return Is(Ref->getDecl());
            if (const auto *Member = dyn_cast<MemberExpr>(S))
              return Is(Member->getMemberDecl());
            const auto *DS = dyn_cast<DeclStmt>(S);
            return DS && llvm::any_of(DS->decls(), [&](const Decl *D) {
                     return Is(dyn_cast<NamedDecl>(D));
                   });
          });
      if (!Taken)
        return Name;
    }
  }

  /// A variable for what has none.
  static std::optional<FixItHint> named(const Discard &D, StringRef Name) {
    const Expr *E = D.Written;
    if (!D.Block || D.How != Discard::Statement || E->getBeginLoc().isMacroID())
      return std::nullopt;
    SourceLocation Open;
    if (const auto *Made = dyn_cast<CXXTemporaryObjectExpr>(E))
      Open = Made->getParenOrBraceRange().getBegin();
    else if (const auto *Cast = dyn_cast<CXXFunctionalCastExpr>(E))
      Open = Cast->getLParenLoc().isValid() ? Cast->getLParenLoc()
                                            : Cast->getSubExpr()->getBeginLoc();
    if (Open.isValid() && Open.isFileID())
      return FixItHint::CreateInsertion(Open, " " + Name.str());
    if (isa<CallExpr, CoawaitExpr>(E))
      return FixItHint::CreateInsertion(E->getBeginLoc(),
                                        "auto " + Name.str() + " = ");
    return std::nullopt;
  }

  void tell(Unit &U, const FunctionDecl *In, const Discard &D,
            const Twine &Message, StringRef Name, const Expr *Start = nullptr) {
    Finding R;
    R.Check = this->name().str();
    R.Loc = D.Written->getBeginLoc();
    R.Message = Message.str();
    if (Start && Start != D.What)
      R.Notes.push_back({Start->getBeginLoc(), "started here"});
    if (!Name.empty())
      if (std::optional<FixItHint> Fix = named(D, freeName(Name, In)))
        R.FixIts.push_back(*Fix);
    U.report(std::move(R));
  }

  llvm::DenseMap<const CXXRecordDecl *, Role> Roles;
  /// Local timers, and the blocks with which they end.
  llvm::DenseMap<const VarDecl *, const CompoundStmt *> Timers;
};

RegisterCheck<DiscardedHandle> X("discarded-handle");

} // namespace
} // namespace leak
