//===--- ignored-stop-token.cpp - leak-ignored-stop-token -----------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Who is asked to stop, by a token of a library or by a flag of the project's
/// own, has to look: between two looks nothing may take for ever, and whoever
/// is called or waited for has to know as well.
///
/// Assumed: a flag that is set before a join is there to end what is joined.
/// Knowingly missed: see the page.
///
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "FlagLoops.h"
#include "SignalFlags.h"
#include "Spelling.h"
#include "Starts.h"
#include "Statements.h"
#include "StopFlags.h"
#include "Tell.h"
#include "Traversal.h"
#include "UnheardRequests.h"
#include "clang/AST/Attr.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace leak {
namespace {

class IgnoredStopToken : public Check {
public:
  ArrayRef<Kind> kinds() const override {
    static constexpr Kind K[] = {Kind::TaskHandle};
    return K;
  }

  ArrayRef<StringRef> numbers() const override {
    static constexpr StringRef N[] = {"LongSleep"};
    return N;
  }

  void analyzeFunctions(Unit &U) override {
    flags(U);
    tokens(U);
  }

private:
  /// Flags of the project's own: those before a join, and by their names.
  void flags(Unit &U) const {
    llvm::SmallPtrSet<const Stmt *, 4> Told;
    if (requestsStop(U))
      for (const UnheardRequest &R :
           unheardRequests(U.monitors(), U.functions(), U.stuckJoins())) {
        unheard(U, R);
        Told.insert(R.Loop);
      }
    if (U.index() && U.index()->anyStart())
      for (const IgnoredFlag &I :
           ignoredFlags(U.monitors(), U.functions(), longSleep(U))) {
        if (I.Gap)
          flagGap(U, I);
        else
          sibling(U, I);
        Told.insert(I.Gap ? I.Gap->At : I.Loop);
      }
    for (const FlagGap &G : flagGaps(U.functions(), U.lexicon(), longSleep(U)))
      if (Told.insert(G.Gap.At).second)
        namedGap(U, G);
    for (const BlindSignal &B : blindSignals(U.functions(), U.lexicon()))
      if (Told.insert(B.Block).second)
        blindSignal(U, B);
    for (const DeafRetry &R : deafRetries(U.functions(), U.lexicon()))
      if (Told.insert(R.Loop).second)
        deafRetry(U, R);
  }

  /// Tokens of libraries.
  void tokens(Unit &U) {
    bool AnyToken = U.lexicon().anyType(Kind::StopToken);
    for (const auto &[Key, F] : U.functions().all()) {
      if (!F.Decl || !F.Decl->getBody())
        continue;
      if (llvm::any_of(F.Calls, [&](const Expr *E) { return isPoll(U, E); }))
        polledLoops(U, F.Decl);
      if (!AnyToken)
        continue;
      const ParmVarDecl *Token = tokenOf(U, F.Decl);
      if (Token && !Token->isReferenced()) {
        unused(U, F, Token);
        continue;
      }
      for (const Expr *E : F.Calls) {
        neverStops(U, E);
        if (Token)
          notHandedOn(U, F.Decl, E, Token);
        if (Token || seesToken(U, F.Decl->getBody()))
          blindWait(U, F, E, Token);
      }
    }
  }

  static uint64_t longSleep(Unit &U) {
    return U.options().number("ignored-stop-token.LongSleep", 30);
  }

  /// The same as other checks may say of a wait, but better than most.
  Finding waiting(SourceLocation At, std::string Message) const {
    Finding R = finding(At, std::move(Message));
    R.Stuck = At;
    R.Rank = 3;
    return R;
  }

  //===------------------------------------------------------------------===//
  // Flags
  //===------------------------------------------------------------------===//

  static SourceLocation placeOfGap(const PollGap &G) {
    return G.At->getBeginLoc();
  }

  /// What the gap does, for both kinds of findings; \p Flag is quoted.
  static std::string saying(const PollGap &G, StringRef Flag) {
    switch (G.Does) {
    case PollGap::Retry:
      return ("this loop tries again and again without a look at " + Flag +
              ", which ends the loop around it")
          .str();
    case PollGap::Sleep:
      if (!G.Seconds)
        return ("this sleeps until the next attempt without a look at " + Flag)
            .str();
      return ("this sleeps for " + std::to_string(G.Seconds) +
              " seconds between two looks at " + Flag)
          .str();
    case PollGap::Block:
      return ("this call may wait for ever between two looks at " + Flag).str();
    }
    llvm_unreachable("all are told");
  }

  void flagGap(Unit &U, const IgnoredFlag &I) const {
    const PollGap &G = *I.Gap;
    std::string Message = saying(G, quoted(I.Flag));
    switch (G.Does) {
    case PollGap::Retry:
      if (I.IsBefore)
        Message = (I.For ? "this loop waits for " + quoted(I.For)
                         : std::string("this loop tries again and again")) +
                  " without a look at " + quoted(I.Flag) +
                  ", which ends the loop behind it";
      Message += I.For ? "; if nobody changes " + quoted(I.For) +
                             " any more, the join never returns"
                       : "; as long as it fails, the join never returns";
      break;
    case PollGap::Sleep:
      Message += "; the join takes as long";
      break;
    case PollGap::Block:
      Message += ", and nothing wakes it before the join, which never returns";
      break;
    }
    Finding R = waiting(placeOfGap(G), std::move(Message));
    R.Notes.push_back({I.Polls->getBeginLoc(),
                       "this loop ends when " + quoted(I.Flag) + " is set"});
    if (G.Through)
      R.Notes.push_back({G.Through->getBeginLoc(), "it gets there from here"});
    stops(I, R);
    U.report(std::move(R));
  }

  void namedGap(Unit &U, const FlagGap &N) const {
    const PollGap &G = N.Gap;
    std::string Message;
    if (N.For)
      Message = "this loop waits for " + quoted(N.For) + " without a look at " +
                quoted(N.Flag) +
                ", which ends the loop around it; if nobody changes " +
                quoted(N.For) + " any more, who asks it to stop waits for ever";
    else
      Message = saying(G, quoted(N.Flag)) +
                (G.Does == PollGap::Retry
                     ? "; as long as it fails, who asks it to stop waits"
                     : "; who asks it to stop waits as long");
    Finding R = waiting(placeOfGap(G), std::move(Message));
    R.Notes.push_back(
        {N.Polls->getBeginLoc(),
         "this loop ends when " + quoted(N.Flag) +
             (stopNameOf(N.Flag) == StopName::WhenCleared ? " is cleared"
                                                          : " is set")});
    if (G.Through)
      R.Notes.push_back({G.Through->getBeginLoc(), "it gets there from here"});
    if (N.Set)
      R.Notes.push_back({N.Set->getBeginLoc(), "asked to stop here"});
    U.report(std::move(R));
  }

  void blindSignal(Unit &U, const BlindSignal &B) const {
    Finding R = waiting(
        B.Block->getBeginLoc(),
        "this call goes on waiting when the signal handler has set " +
            quoted(B.Flag) +
            ", and nobody looks at it until something else ends the call");
    R.Notes.push_back({B.Polls->getBeginLoc(),
                       "this loop ends when " + quoted(B.Flag) + " is set"});
    if (B.Through)
      R.Notes.push_back({B.Through->getBeginLoc(), "it gets there from here"});
    R.Notes.push_back({B.Set->getBeginLoc(), "set by the handler"});
    R.Notes.push_back({B.Installed->getBeginLoc(),
                       "the handler is installed so that calls which it "
                       "interrupts go on"});
    U.report(std::move(R));
  }

  void deafRetry(Unit &U, const DeafRetry &D) const {
    Finding R = waiting(
        D.Loop->getBeginLoc(),
        "this loop tries again and again without a look at " + quoted(D.Flag) +
            ", which the signal handler sets; as long as it fails, the signal "
            "ends nothing");
    R.Notes.push_back({D.Installed->getBeginLoc(), "the handler"});
    R.Notes.push_back({D.Set->getBeginLoc(), "set by the handler"});
    R.Notes.push_back({D.Polls->getBeginLoc(),
                       "this loop ends when " + quoted(D.Flag) + " is set"});
    U.report(std::move(R));
  }

  void sibling(Unit &U, const IgnoredFlag &I) const {
    Finding R = waiting(I.Loop->getBeginLoc(),
                        "this loop has no end, and the thread is joined; "
                        "another thread that is joined here looks at " +
                            quoted(I.Flag) + ", this one doesn't");
    R.Notes.push_back({I.Polls->getBeginLoc(),
                       "this loop ends when " + quoted(I.Flag) + " is set"});
    stops(I, R);
    U.report(std::move(R));
  }

  /// Some handle is asked to end its execution.
  static bool requestsStop(Unit &U) {
    return llvm::any_of(U.functions().all(), [&](const auto &Entry) {
      return llvm::any_of(Entry.second.Calls, [&](const Expr *E) {
        const Effect *Row = U.lexicon().effect(E);
        return Row && Row->Does == Verb::RequestStop;
      });
    });
  }

  void unheard(Unit &U, const UnheardRequest &I) const {
    Finding R = waiting(I.Loop->getBeginLoc(),
                        "this loop has no end, and doesn't look at the request "
                        "to stop; the join in " +
                            quoted(I.Stopper) + " never returns");
    R.Notes.push_back({I.Request->At->getExprLoc(), "asked to stop here"});
    R.Notes.push_back({I.Join->At->getExprLoc(), "joined here"});
    U.report(std::move(R));
  }

  static void stops(const IgnoredFlag &I, Finding &R) {
    R.Notes.push_back({I.Set->At->getBeginLoc(), "set here"});
    if (I.Join->At)
      R.Notes.push_back({I.Join->At->getBeginLoc(), "joined here"});
  }

  //===------------------------------------------------------------------===//
  // Tokens
  //===------------------------------------------------------------------===//

  static bool isToken(const Unit &U, QualType T) {
    T = T.getNonReferenceType();
    const TypeModel *M = U.lexicon().type(T);
    return M && M->What == Kind::StopToken;
  }

  /// The only parameter of \p FD that is a token.
  static const ParmVarDecl *tokenOf(const Unit &U, const FunctionDecl *FD) {
    const ParmVarDecl *Token = nullptr;
    for (const ParmVarDecl *P : FD->parameters())
      if (isToken(U, P->getType())) {
        if (Token)
          return nullptr;
        Token = P;
      }
    return Token;
  }

  /// A token is looked at somewhere in \p S, or a modelled poll is made.
  static bool seesToken(const Unit &U, const Stmt *S) {
    if (!S)
      return false;
    if (isa<DeclRefExpr, MemberExpr>(S) && isToken(U, cast<Expr>(S)->getType()))
      return true;
    return llvm::any_of(S->children(),
                        [&](const Stmt *Child) { return seesToken(U, Child); });
  }

  static bool isPoll(const Unit &U, const Stmt *S) {
    const auto *Call = dyn_cast<CallExpr>(S);
    const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
    if (!FD)
      return false;
    if (const Effect *Row = U.lexicon().effect(Call))
      return Row->Does == Verb::PollStop;
    return asksToStop(FD);
  }

  /// It may go on for long: an open loop, or a wait.
  static const Stmt *lasting(const Unit &U, const Stmt *S) {
    if (!S || isa<LambdaExpr>(S))
      return nullptr;
    if (const auto *For = dyn_cast<ForStmt>(S); For && !For->getCond())
      return S;
    if (const auto *While = dyn_cast<WhileStmt>(S);
        While && alwaysTrue(While->getCond()))
      return S;
    if (const auto *Call = dyn_cast<CallExpr>(S))
      if (const Effect *Row = U.lexicon().effect(Call))
        switch (Row->Does) {
        case Verb::Wait:
        case Verb::Receive:
        case Verb::Block:
        case Verb::Sleep:
        case Verb::TryWait:
          return S;
        default:
          break;
        }
    for (const Stmt *Child : S->children())
      if (const Stmt *Found = lasting(U, Child))
        return Found;
    return nullptr;
  }

  void unused(Unit &U, const FunctionUses &F, const ParmVarDecl *Token) {
    const auto *M = dyn_cast<CXXMethodDecl>(F.Decl);
    if (!Token->getIdentifier() || Token->hasAttr<UnusedAttr>() ||
        F.Decl->isInvalidDecl() || (M && M->isVirtual()) ||
        F.Decl->getTemplateInstantiationPattern())
      return;
    // It may have another one that it looks at.
    if (seesToken(U, F.Decl->getBody()))
      return;
    const Stmt *Long = lasting(U, F.Decl->getBody());
    if (!Long)
      return;
    Finding R = waiting(Token->getLocation(),
                        quoted(Token) +
                            " is never looked at; a request to stop doesn't "
                            "end what this function does");
    R.Notes.push_back({Long->getBeginLoc(), isa<CallExpr>(Long)
                                                ? "it waits here"
                                                : "this loop doesn't poll it"});
    U.report(std::move(R));
  }

  /// `work(x)`, where `work(x, token)` could be said.
  void notHandedOn(Unit &U, const FunctionDecl *In, const Expr *E,
                   const ParmVarDecl *Token) {
    const auto *Call = dyn_cast<CallExpr>(E);
    const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
    if (!FD || isa<CXXOperatorCallExpr>(Call) ||
        U.context().getSourceManager().isInSystemHeader(FD->getLocation()))
      return;
    for (unsigned I = 0; I != Call->getNumArgs() && I < FD->getNumParams();
         ++I) {
      const auto *Default = dyn_cast<CXXDefaultArgExpr>(Call->getArg(I));
      if (!Default || !isToken(U, FD->getParamDecl(I)->getType()))
        continue;
      // With a body here, it has to be used there.
      const FunctionDecl *Def = nullptr;
      if (FD->isDefined(Def) && Def && !Def->getParamDecl(I)->isReferenced())
        continue;
      Finding R = waiting(Call->getBeginLoc(),
                          quoted(Token) + " isn't handed on to " + quoted(FD) +
                              ", which could be stopped by it; it takes one "
                              "that never asks");
      R.Notes.push_back({FD->getParamDecl(I)->getLocation(),
                         "the token is a default argument here"});
      bool Last = I == 0 || !isa<CXXDefaultArgExpr>(Call->getArg(I - 1));
      if (Last && Call->getRParenLoc().isFileID())
        R.FixIts.push_back(FixItHint::CreateInsertion(
            Call->getRParenLoc(), (I ? ", " : "") + Token->getNameAsString()));
      U.report(std::move(R));
    }
    // It is what the other one is made of.
    if (const FunctionDecl *Better = withToken(U, FD);
        Better && Better->getCanonicalDecl() != In->getCanonicalDecl())
      leavesOverload(U, Call, Better, Token);
  }

  /// The function beside \p FD that takes the same, and a token behind it.
  static const FunctionDecl *withToken(const Unit &U, const FunctionDecl *FD) {
    if (!FD->getIdentifier() || FD->isVariadic() ||
        FD->isTemplateInstantiation())
      return nullptr;
    for (const NamedDecl *D : FD->getDeclContext()->lookup(FD->getDeclName())) {
      const auto *Other = dyn_cast<FunctionDecl>(D);
      if (!Other || Other->getCanonicalDecl() == FD->getCanonicalDecl() ||
          Other->getNumParams() != FD->getNumParams() + 1 ||
          Other->isDeleted() ||
          !isToken(U, Other->parameters().back()->getType()) ||
          !U.context().hasSameType(Other->getReturnType(), FD->getReturnType()))
        continue;
      bool Same = true;
      for (unsigned I = 0; I != FD->getNumParams(); ++I)
        Same &= U.context().hasSameType(Other->getParamDecl(I)->getType(),
                                        FD->getParamDecl(I)->getType());
      const auto *M = dyn_cast<CXXMethodDecl>(FD);
      const auto *Also = dyn_cast<CXXMethodDecl>(Other);
      if (Same && (!M || !Also || M->isConst() == Also->isConst()))
        return Other;
    }
    return nullptr;
  }

  /// `work(x)` beside a `work(x, token)` that lasts, or isn't seen.
  void leavesOverload(Unit &U, const CallExpr *Call, const FunctionDecl *Better,
                      const ParmVarDecl *Token) {
    const FunctionDecl *FD = Call->getDirectCallee(), *Def = nullptr;
    // One of the two may be made of the other; what ends soon needs no token.
    if (Better->isDefined(Def) && Def &&
        !Def->parameters().back()->isReferenced())
      return;
    if (FD->isDefined(Def) && Def && !lasting(U, Def->getBody()) &&
        !callsOther(Def->getBody(), Better))
      return;
    Finding R = waiting(Call->getBeginLoc(),
                        quoted(Token) + " isn't handed on to " + quoted(FD) +
                            ", which could be stopped by it");
    R.Notes.push_back({Better->getLocation(), "this one takes the token"});
    if (Call->getRParenLoc().isFileID() &&
        llvm::none_of(Call->arguments(),
                      [](const Expr *A) { return isa<CXXDefaultArgExpr>(A); }))
      R.FixIts.push_back(FixItHint::CreateInsertion(
          Call->getRParenLoc(),
          (Call->getNumArgs() ? ", " : "") + Token->getNameAsString()));
    U.report(std::move(R));
  }

  static bool callsOther(const Stmt *S, const FunctionDecl *FD) {
    return anyIn(S, [&](const Stmt *Inner) {
      const auto *Call = dyn_cast<CallExpr>(Inner);
      return Call && Call->getDirectCallee() &&
             Call->getDirectCallee()->getCanonicalDecl() ==
                 FD->getCanonicalDecl();
    });
  }

  //===------------------------------------------------------------------===//
  // Waits
  //===------------------------------------------------------------------===//

  /// The number of the token in the overload of \p Call that takes one.
  static std::optional<unsigned> overload(const Unit &U, const CallExpr *Call,
                                          const Effect &Row) {
    const auto *MC = dyn_cast<CXXMemberCallExpr>(Call);
    const TypeModel *M =
        MC ? U.lexicon().typeOrBase(MC->getRecordDecl()) : nullptr;
    const auto *Method = MC ? MC->getMethodDecl() : nullptr;
    if (!M || !Method || !Method->getIdentifier())
      return std::nullopt;
    auto It = M->Calls.find(Method->getName());
    if (It == M->Calls.end())
      return std::nullopt;
    for (const Effect &Other : It->second)
      if (Other.Token >= 0 && Other.Lock == Row.Lock)
        return Other.Token;
    return std::nullopt;
  }

  /// A wait without a limit in a function that has a token.
  void blindWait(Unit &U, const FunctionUses &F, const Expr *E,
                 const ParmVarDecl *Token) {
    const auto *Call = dyn_cast<CallExpr>(E);
    const Effect *Row = Call ? U.lexicon().effect(Call) : nullptr;
    if (!Row || Row->Does != Verb::Wait || Row->Lock < 0 || Row->Token >= 0)
      return;
    const Expr *Object = U.lexicon().object(Call, *Row);
    Place Where = Object ? placeOf(Object) : Place();
    if (!Where || !stopWakesNobody(U, Where))
      return;
    std::optional<unsigned> At = overload(U, Call, *Row);
    Finding R = waiting(
        Call->getExprLoc(),
        "this wait on " + quoted(Where.Decl) +
            (At ? " doesn't take the stop token"
                : " can't be ended by a stop token, for which "
                  "nobody notifies it") +
            "; a request to stop wakes nobody here, and it may wait for ever");
    if (Token)
      R.Notes.push_back({Token->getLocation(), "the token"});
    if (At && Token && Row->Predicate >= 0 && unsigned(Row->Predicate) == *At &&
        *At < Call->getNumArgs() &&
        Call->getArg(*At)->getBeginLoc().isFileID() &&
        U.context().getLangOpts().CPlusPlus20)
      R.FixIts.push_back(FixItHint::CreateInsertion(
          Call->getArg(*At)->getBeginLoc(), Token->getNameAsString() + ", "));
    else if (!At)
      R.Notes.push_back(
          {Where.Decl->getLocation(),
           "a condition whose wait takes a token, or a callback on the token "
           "that notifies this one, would end it"});
    U.report(std::move(R));
  }

  /// All who notify \p Condition are visible, and none of them does it when
  /// the stop is asked for.
  static bool stopWakesNobody(Unit &U, const Place &Condition) {
    const Monitors &M = U.monitors();
    if (!M.isClosed(Condition.Decl))
      return false;
    // A callback may do it.
    if (U.lexicon().anyType(Kind::StopCallback))
      for (const auto &[Key, F] : U.functions().all())
        for (const Expr *E : F.Calls)
          if (const auto *CE = dyn_cast<CXXConstructExpr>(E))
            if (const TypeModel *T = U.lexicon().type(CE->getType());
                T && T->What == Kind::StopCallback)
              return false;
    bool Any = false;
    for (const auto &[FD, F] : M.functions()) {
      bool Notifies = false, Stops = isa<CXXDestructorDecl>(F.Decl);
      for (const SyncEvent &Event : F.Events) {
        Notifies |= Event.Does == SyncEvent::Notify &&
                    Event.Object.Decl == Condition.Decl;
        Stops |= Event.Does == SyncEvent::Cancel;
      }
      if (!Notifies)
        continue;
      Any = true;
      const FunctionUses *Uses = U.functions().find(FD);
      if (Uses)
        for (const Expr *E : Uses->Calls)
          if (const Effect *Row = U.lexicon().effect(E))
            Stops |= Row->Does == Verb::RequestStop || Row->Does == Verb::Join;
      if (const IdentifierInfo *II = F.Decl->getIdentifier())
        Stops |= hasWord(II->getName(),
                         {"stop", "shutdown", "close", "quit", "cancel",
                          "abort", "finish", "terminate", "exit", "join",
                          "interrupt", "wake", "wakeup", "end", "kill", "clear",
                          "reset", "destroy", "done"});
      if (Stops)
        return false;
      // Called when it is stopped.
      for (const Monitors::Caller &C : M.callers(FD))
        if (isa<CXXDestructorDecl>(C.In->Decl))
          return false;
    }
    return Any;
  }

  //===------------------------------------------------------------------===//
  // Tokens that never ask
  //===------------------------------------------------------------------===//

  /// \p E is a token that was made of nothing.
  static const Expr *emptyToken(const Unit &U, const Expr *E) {
    E = E ? strip(E) : nullptr;
    for (unsigned Depth = 0; E && Depth != 4; ++Depth) {
      if (const auto *CE = dyn_cast<CXXConstructExpr>(E)) {
        if (!isToken(U, CE->getType()))
          return nullptr;
        if (!CE->getNumArgs()) {
          const Effect *Row = U.lexicon().effect(CE);
          return Row && Row->Does == Verb::Init ? E : nullptr;
        }
        E = strip(CE->getArg(0));
        continue;
      }
      if (const auto *List = dyn_cast<InitListExpr>(E))
        return !List->getNumInits() && isToken(U, List->getType()) ? E
                                                                   : nullptr;
      return nullptr;
    }
    return nullptr;
  }

  /// An execution is started with one, and its loop ends by it alone.
  void neverStops(Unit &U, const Expr *Start) {
    if (!startsOnce(Start, U.lexicon()))
      return;
    ArrayRef<const Expr *> Args = argumentsOf(Start);
    for (unsigned I = 1; I < Args.size(); ++I) {
      const Expr *Empty = emptyToken(U, Args[I]);
      const ParmVarDecl *P =
          Empty ? startedWith(Start, I, U.lexicon()) : nullptr;
      if (!P || !isToken(U, P->getType()))
        continue;
      const auto *Def = dyn_cast<FunctionDecl>(P->getDeclContext());
      const Stmt *Loop = Def ? onlyBy(Def->getBody(), P, U) : nullptr;
      if (!Loop)
        continue;
      Finding R =
          waiting(Args[I]->getBeginLoc(),
                  "this token can never be stopped, and nothing else ends the "
                  "loop that polls it as " +
                      quoted(P) + "; what is started here runs for ever");
      R.Notes.push_back({Loop->getBeginLoc(), "this loop"});
      U.report(std::move(R));
    }
  }

  /// A loop in \p S that only a stop of \p Token ends.
  static const Stmt *onlyBy(const Stmt *S, const ParmVarDecl *Token, Unit &U) {
    if (!S || isa<LambdaExpr>(S))
      return nullptr;
    if (bodyOfLoop(S)) {
      Predicate Out = exitsOf(S, U.context());
      if (!Out.Opaque && !Out.Terms.empty() &&
          llvm::all_of(Out.Terms, [&](const Predicate::Term &T) {
            return T.What.Decl == Token;
          }))
        return S;
    }
    for (const Stmt *Child : S->children())
      if (const Stmt *Found = onlyBy(Child, Token, U))
        return Found;
    return nullptr;
  }

  //===------------------------------------------------------------------===//
  // Between two polls
  //===------------------------------------------------------------------===//

  /// The loops in \p FD that end by a poll, the outermost ones.
  static void pollingLoops(const Unit &U, const Stmt *S,
                           SmallVectorImpl<const Stmt *> &Into) {
    if (!S || isa<LambdaExpr>(S))
      return;
    if (bodyOfLoop(S) && pollsToLeave(U, S)) {
      Into.push_back(S);
      return;
    }
    for (const Stmt *Child : S->children())
      pollingLoops(U, Child, Into);
  }

  static bool containsPoll(const Unit &U, const Stmt *S) {
    return S && !isa<LambdaExpr>(S) &&
           (isPoll(U, S) || llvm::any_of(S->children(), [&](const Stmt *C) {
              return containsPoll(U, C);
            }));
  }

  static bool pollsToLeave(const Unit &U, const Stmt *Loop) {
    if (const Expr *Cond = conditionOf(Loop); Cond && containsPoll(U, Cond))
      return true;
    const auto *Body = dyn_cast_or_null<CompoundStmt>(bodyOfLoop(Loop));
    if (!Body)
      return false;
    // `if (token.stop_requested()) break;`
    return llvm::any_of(Body->body(), [&](const Stmt *S) {
      const auto *If = dyn_cast<IfStmt>(S);
      return If && containsPoll(U, If->getCond());
    });
  }

  void polledLoops(Unit &U, const FunctionDecl *FD) {
    SmallVector<const Stmt *, 2> Loops;
    pollingLoops(U, FD->getBody(), Loops);
    auto Mentions = [&](const Stmt *S) {
      return isPoll(U, S) || (isa<DeclRefExpr, MemberExpr>(S) &&
                              isToken(U, cast<Expr>(S)->getType()));
    };
    Setters Who(U.functions(), U.context());
    for (const Stmt *L : Loops) {
      PollGaps Gaps(U.lexicon(), longSleep(U), Mentions);
      for (const PollGap &G : Gaps.within(L, FD)) {
        // Who wakes a call that waits for the world, can't be seen here.
        const ValueDecl *For = nullptr;
        if (G.Does == PollGap::Block ||
            (G.Does == PollGap::Sleep && !G.Seconds) ||
            (G.Does == PollGap::Retry &&
             !Who.nobodyHelps(G.At, G.Pause, nullptr, For)))
          continue;
        Finding R = waiting(
            placeOfGap(G),
            saying(G, "the stop request") +
                (G.Does == PollGap::Retry
                     ? "; as long as it fails, who asks it to stop waits"
                     : "; who asks it to stop waits as long"));
        R.Notes.push_back({L->getBeginLoc(), "this loop polls it"});
        if (G.Through)
          R.Notes.push_back(
              {G.Through->getBeginLoc(), "it gets there from here"});
        U.report(std::move(R));
      }
    }
  }
};

RegisterCheck<IgnoredStopToken> X("ignored-stop-token");

} // namespace
} // namespace leak
