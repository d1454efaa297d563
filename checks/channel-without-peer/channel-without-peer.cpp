//===--- channel-without-peer.cpp - leak-channel-without-peer -------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Somebody receives from a channel to which nobody sends and that nobody
/// closes, or sends to one from which nobody can receive in time: nobody does
/// at all, or only later and by the same execution, or fewer than send.
///
/// Assumed: what is started runs. Knowingly missed: see the page.
///
//===----------------------------------------------------------------------===//

#include "Amounts.h"
#include "ChannelDuty.h"
#include "Check.h"
#include "Statements.h"
#include "Tell.h"
#include "clang/AST/ParentMapContext.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {
namespace {

class ChannelWithoutPeer : public Check {
public:
  ArrayRef<Kind> kinds() const override { return {}; }

  void analyzeFunctions(Unit &U) override {
    const ChannelUses *All = U.channels();
    if (!All)
      return;
    for (const Channel &C : All->all())
      if (C.can(Verb::Send) && C.can(Verb::Receive))
        channel(U, *All, C);
  }

private:
  static bool isSend(const Use &U) {
    return U.Does == Verb::Send || U.Does == Verb::TrySend;
  }
  static bool isReceive(const Use &U) {
    return U.Does == Verb::Receive || U.Does == Verb::TryReceive;
  }
  /// It waits, here and now.
  static bool blocks(const Use &U, Verb V) {
    return U.Does == V && (!U.Row || U.Row->Callable < 0);
  }

  static const Use *first(const Channel &C, Verb V) {
    for (const Use &U : C.Uses)
      if (blocks(U, V))
        return &U;
    return nullptr;
  }

  void channel(Unit &U, const ChannelUses &All, const Channel &C) {
    bool Sends = llvm::any_of(C.Uses, isSend);
    bool Receives = llvm::any_of(C.Uses, isReceive);
    if (const Use *Receive = first(C, Verb::Receive);
        Receive && !Sends && !C.has(Verb::Close)) {
      tell(U, C, *Receive,
           " is received from, but nobody sends to it or closes it; the "
           "receive never returns",
           "received here");
      return;
    }
    const Use *Send = first(C, Verb::Send);
    if (Send && C.Owner && mayWait(U, C, *Send) && leftEarly(U, All, C))
      return;
    if (!Send || !C.Capacity)
      return;
    if (!Receives && !*C.Capacity && !C.has(Verb::Close)) {
      tell(U, C, *Send,
           " is sent to, but nobody receives from it; the send never returns",
           "sent here");
      return;
    }
    if (C.Owner && (before(U, All, C) || tooMany(U, All, C)))
      return;
    if (C.Owner)
      oneReceive(U, All, C);
  }

  void tell(Unit &U, const Channel &C, const Use &At, StringRef Message,
            StringRef Note) {
    Finding R = finding(C.Decl->getLocation(),
                        "'" + C.Decl->getNameAsString() + "'" + Message.str());
    R.Notes.push_back({At.At->getBeginLoc(), Note.str()});
    tellInferred(C, U.channels()->lexicon(), R);
    U.report(std::move(R));
  }

  static const FunctionDecl *ownerBody(const Channel &C) {
    const FunctionDecl *Def = nullptr;
    return C.Owner->isDefined(Def) ? Def : nullptr;
  }

  /// From here on somebody may make room: receives, is started or called to do
  /// it, or closes the channel.
  static bool makesRoom(const ChannelUses &All, const Channel &C,
                        const FunctionDecl *In, const Stmt *S) {
    for (const Use &U : C.Uses)
      if (U.At == S && (isReceive(U) || U.Does == Verb::Close))
        return true;
    for (const Run &R : All.runs())
      if (R.At == S && R.By == In && reaches(All, C, R.Runs))
        return true;
    return false;
  }

  /// \p FD, or what it starts, may receive or close.
  static bool reaches(const ChannelUses &All, const Channel &C,
                      const FunctionDecl *FD) {
    llvm::SmallPtrSet<const FunctionDecl *, 8> Seen;
    SmallVector<const FunctionDecl *, 8> Work{FD->getCanonicalDecl()};
    while (!Work.empty()) {
      const FunctionDecl *Cur = Work.pop_back_val();
      if (!Seen.insert(Cur).second)
        continue;
      for (const Use &U : C.Uses)
        if (U.In && U.In->getCanonicalDecl() == Cur &&
            (isReceive(U) || U.Does == Verb::Close))
          return true;
      for (const Run &R : All.runs())
        if (R.By->getCanonicalDecl() == Cur)
          Work.push_back(R.Runs->getCanonicalDecl());
    }
    return false;
  }

  /// Each send waits for a receive, and one comes before all receives.
  bool before(Unit &U, const ChannelUses &All, const Channel &C) {
    const FunctionDecl *In = ownerBody(C);
    if (!In || *C.Capacity)
      return false;
    const Body &B = U.graphs().body(In);
    ChannelDuty D("", /*Owed=*/true, nullptr, [&](const Stmt *S, Owing Now) {
      // The loop itself stands in no graph, what it begins with does.
      const auto *E = dyn_cast<Expr>(S);
      const Effect *Row = E ? U.lexicon().effect(E) : nullptr;
      if (makesRoom(All, C, In, S) || (Row && Row->Does == Verb::Receive))
        return Act::HandOn;
      for (const Use &Send : C.Uses)
        if (Send.At == S && blocks(Send, Verb::Send) && Now == Owing::Owed)
          return Act::Incur;
      return Act::Nothing;
    });
    Simulation Sim = simulate(B, D);
    const Misstep *First = nullptr;
    for (const Misstep &M : Sim.Missteps)
      if (!First && M.What == Misstep::Again)
        First = &M;
    if (!Sim.Complete || !First)
      return false;
    tellLate(U, All, C, First->At,
             " holds nothing, and this send comes before all that could "
             "receive; it never returns");
    return true;
  }

  void tellLate(Unit &U, const ChannelUses &All, const Channel &C,
                const Stmt *Send, StringRef Message) {
    Finding R = finding(Send->getBeginLoc(),
                        "'" + C.Decl->getNameAsString() + "'" + Message.str());
    for (const Use &U : C.Uses)
      if (isReceive(U)) {
        const Run *Started = nullptr;
        for (const Run *By : All.executions(C, U.In))
          Started = By ? By : Started;
        R.Notes.push_back(
            {Started ? Started->At->getBeginLoc() : U.At->getBeginLoc(),
             Started ? "what receives is started only here"
                     : "received only here"});
        break;
      }
    U.report(std::move(R));
  }

  //===------------------------------------------------------------------===//
  // More than it holds

  /// How often \p S, an unconditional statement of the owner, sends at least.
  std::optional<uint64_t> sends(const Stmt *S, const Channel &C,
                                const Amounts &A, const Names &N,
                                const Stmt *&Last) const {
    if (!S)
      return 0;
    if (const auto *E = dyn_cast<Expr>(S)) {
      const auto *Inner = dyn_cast<ExprWithCleanups>(E);
      const Stmt *Call = Inner ? Inner->getSubExpr() : E;
      Call = strip(cast<Expr>(Call));
      for (const Use &U : C.Uses)
        if (U.At == Call && blocks(U, Verb::Send)) {
          Last = Call;
          return 1;
        }
      return 0;
    }
    if (const auto *Block = dyn_cast<CompoundStmt>(S)) {
      uint64_t Sum = 0;
      for (const Stmt *Child : Block->body()) {
        // What comes behind may be left out.
        if (leaves(Child))
          return Sum;
        Sum += sends(Child, C, A, N, Last).value_or(0);
      }
      return Sum;
    }
    if (const auto *For = dyn_cast<ForStmt>(S)) {
      std::optional<Linear> Turns = A.turns(For, N);
      if (!Turns || !Turns->isConstant() || Turns->Constant <= 0 ||
          leaves(For->getBody()))
        return 0;
      return sends(For->getBody(), C, A, N, Last).value_or(0) *
             uint64_t(Turns->Constant);
    }
    return 0;
  }

  static bool leaves(const Stmt *S) {
    if (!S || isa<LambdaExpr>(S))
      return false;
    return isa<ReturnStmt, BreakStmt, ContinueStmt, GotoStmt, CXXThrowExpr>(
               S) ||
           llvm::any_of(S->children(), leaves);
  }

  /// \p S has something in it that makes room.
  static bool hasRoomMaker(const ChannelUses &All, const Channel &C,
                           const FunctionDecl *In, const Stmt *S) {
    return S && (makesRoom(All, C, In, S) ||
                 llvm::any_of(S->children(), [&](const Stmt *Child) {
                   return hasRoomMaker(All, C, In, Child);
                 }));
  }

  bool tooMany(Unit &U, const ChannelUses &All, const Channel &C) {
    const FunctionDecl *In = ownerBody(C);
    const auto *Block =
        In ? dyn_cast_or_null<CompoundStmt>(In->getBody()) : nullptr;
    if (!Block || !*C.Capacity)
      return false;
    Amounts A(In, U.context());
    Names N(In);
    uint64_t Sum = 0;
    const Stmt *Last = nullptr;
    for (const Stmt *S : Block->body()) {
      if (hasRoomMaker(All, C, In, S) || leaves(S))
        return false;
      Sum += sends(S, C, A, N, Last).value_or(0);
      if (Sum <= *C.Capacity)
        continue;
      tellLate(U, All, C, Last,
               " holds " + std::to_string(*C.Capacity) +
                   ", and more is sent before anything could be received; "
                   "the send never returns");
      return true;
    }
    return false;
  }

  //===------------------------------------------------------------------===//
  // What receives leaves early
  //===------------------------------------------------------------------===//

  /// The channel is bounded: a send may wait.
  static bool mayWait(Unit &U, const Channel &C, const Use &Send) {
    if (C.Capacity)
      return true;
    if (C.Model->Holds == Capacity::Count ||
        C.Model->Holds == Capacity::BelowCount)
      return true;
    const auto *Call = dyn_cast_or_null<CallExpr>(Send.At);
    const FunctionDecl *Def = nullptr;
    if (!Call || !Call->getDirectCallee() ||
        !Call->getDirectCallee()->isDefined(Def))
      return false;
    // One of the project's own.
    return llvm::any_of(U.monitors().steps(Def, 2),
                        [](const Monitors::Step &S) {
                          return S.Event->Does == SyncEvent::Wait &&
                                 !S.Event->Timed && !S.Outer->Deferred;
                        });
  }

  /// Who sends closes when it is done; who receives may have left its loop for
  /// another reason by then, and joins the one who waits for room.
  bool leftEarly(Unit &U, const ChannelUses &All, const Channel &C) {
    const FunctionDecl *In = ownerBody(C);
    const Use *Receive = nullptr;
    const Run *Sender = nullptr;
    bool Loops = false;
    if (!In)
      return false;
    for (const Use &Each : C.Uses) {
      if (isReceive(Each)) {
        if (Receive || Each.Does != Verb::Receive)
          return false;
        Receive = &Each;
      }
      if (!isSend(Each) && Each.Does != Verb::Close)
        continue;
      // One execution sends, and closes.
      SmallVector<const Run *, 2> By = All.executions(C, Each.In);
      if (By.size() != 1 || !By.front() || (Sender && Sender != By.front()))
        return false;
      Sender = By.front();
      Loops |= Each.Does == Verb::Send && Each.Loop;
    }
    if (!Receive || !Sender || !Loops || !C.has(Verb::Close) ||
        All.repeated(Sender->At))
      return false;
    SmallVector<const Run *, 2> By = All.executions(C, Receive->In);
    if (By.size() != 1 || (By.front() && All.repeated(By.front()->At)))
      return false;
    std::vector<EarlyExit> Exits = earlyExits(All, *Receive);
    if (Exits.empty() || !Sender->Handle)
      return false;
    if (!By.front() &&
        Receive->In->getCanonicalDecl() == In->getCanonicalDecl())
      return leftByOwner(U, All, C, *Receive, *Sender, Exits);
    const Expr *Join = nullptr;
    for (const auto &[Key, F] : All.table().all())
      for (const Expr *Call : F.Calls)
        if (!Join && All.joined(Call) == Sender->Handle)
          Join = Call;
    if (!By.front() || !Join)
      return false;
    tellEarly(U, C, *Sender, Exits.front(), Join->getBeginLoc());
    return true;
  }

  /// Owed from the early exit on.
  class EarlyDuty : public ChannelDuty {
  public:
    EarlyDuty(ArrayRef<EarlyExit> Exits, Teller Tell)
        : ChannelDuty("", /*Owed=*/false, nullptr, std::move(Tell)),
          Exits(Exits) {}
    Act::Kind learn(const Expr *Cond, bool Truth) const override {
      return llvm::any_of(Exits,
                          [&](const EarlyExit &E) {
                            return E.Cond->IgnoreParenImpCasts() ==
                                       Cond->IgnoreParenImpCasts() &&
                                   E.Truth == Truth;
                          })
                 ? Act::Incur
                 : Act::Nothing;
    }

  private:
    ArrayRef<EarlyExit> Exits;
  };

  bool leftByOwner(Unit &U, const ChannelUses &All, const Channel &C,
                   const Use &Receive, const Run &Sender,
                   ArrayRef<EarlyExit> Exits) {
    const FunctionDecl *In = ownerBody(C);
    const Body &B = U.graphs().body(In);
    EarlyDuty D(Exits, [&](const Stmt *S, Owing Now) {
      const auto *Call = dyn_cast<CallExpr>(S);
      const ValueDecl *Joined = Call ? All.joined(Call) : nullptr;
      return Joined && Joined == Sender.Handle && Now == Owing::Owed
                 ? Act::Incur
                 : Act::Nothing;
    });
    Simulation Sim = simulate(B, D);
    if (!Sim.Complete)
      return false;
    for (const Misstep &M : Sim.Missteps)
      if (M.What == Misstep::Again && isa<CallExpr>(M.At)) {
        const EarlyExit *By = &Exits.front();
        tellEarly(U, C, Sender, *By, M.At->getBeginLoc());
        return true;
      }
    const TypeModel *M = Sender.HandleModel;
    if (!M || (M->IfUnreleased != Unreleased::Block &&
               M->IfUnreleased != Unreleased::StopAndJoin))
      return false;
    for (const Outcome &O : Sim.Outcomes)
      if (O.State == Owing::Owed) {
        tellEarly(U, C, Sender, Exits.front(), Sender.Handle->getLocation());
        return true;
      }
    return false;
  }

  void tellEarly(Unit &U, const Channel &C, const Run &Sender,
                 const EarlyExit &Exit, SourceLocation Join) {
    Finding R;
    R.Check = name().str();
    R.Loc = Exit.Leaves->getBeginLoc();
    R.Message = "nobody receives from '" + C.Decl->getNameAsString() +
                "' any more when the loop is left here; what sends to it may "
                "wait for room for ever, and so does its join";
    R.Notes.push_back({Sender.At->getBeginLoc(), "what sends is started here"});
    R.Notes.push_back({Join, "joined here"});
    std::string Close = closing(C);
    if (!Close.empty())
      R.Notes.push_back({Exit.Leaves->getBeginLoc(),
                         "call '" + Close + "' before, or receive the rest"});
    tellInferred(C, U.channels()->lexicon(), R);
    U.report(std::move(R));
  }

  //===------------------------------------------------------------------===//
  // The first answer only

  /// The only receive is in the owner, and takes one; several are started that
  /// each send one.
  void oneReceive(Unit &U, const ChannelUses &All, const Channel &C) {
    const Use *Receive = nullptr;
    for (const Use &Each : C.Uses) {
      if (Each.Does == Verb::Close || Each.Does == Verb::TryReceive ||
          Each.Does == Verb::TrySend)
        return;
      if (Each.Does != Verb::Receive)
        continue;
      if (Receive || Each.Loop || isa<CXXForRangeStmt>(Each.At) || !Each.In ||
          Each.In->getCanonicalDecl() != C.Owner->getCanonicalDecl())
        return;
      Receive = &Each;
    }
    if (!Receive || All.repeated(Receive->At))
      return;
    uint64_t Senders = 0;
    bool Many = false;
    const Run *One = nullptr;
    for (const Run &R : All.runs()) {
      if (!R.Started || !sendsOnce(C, R.Runs))
        continue;
      One = One ? One : &R;
      if (All.repeated(R.At)) {
        // Each turn has its own channel.
        const Stmt *Loop = loopAround(R.At, U.context());
        if (Loop && insideOf(C, Loop, U))
          return;
        Many = true;
        std::optional<Linear> Turns;
        if (const auto *For = dyn_cast<ForStmt>(Loop))
          Turns = Amounts(ownerBody(C), U.context())
                      .turns(For, Names(ownerBody(C)));
        Senders += Turns && Turns->isConstant() ? Turns->Constant : 2;
      } else {
        ++Senders;
      }
    }
    // The one that is received, and those that stay in the channel.
    if (!One || Senders <= 1 + *C.Capacity || (Many && Senders < 2))
      return;
    Finding R;
    R.Check = name().str();
    R.Loc = C.Decl->getLocation();
    R.Message = "'" + C.Decl->getNameAsString() +
                "' is received from once, but several are started that send "
                "to it; the others wait for ever";
    R.Notes.push_back({One->At->getBeginLoc(), "what sends is started here"});
    R.Notes.push_back(
        {Receive->At->getBeginLoc(), "the only one that is received"});
    U.report(std::move(R));
  }

  static bool insideOf(const Channel &C, const Stmt *Loop, Unit &U) {
    const SourceManager &SM = U.context().getSourceManager();
    SourceLocation At = C.Decl->getLocation();
    return !SM.isBeforeInTranslationUnit(At, Loop->getBeginLoc()) &&
           SM.isBeforeInTranslationUnit(At, Loop->getEndLoc());
  }

  /// A statement of the body itself sends, whatever happens.
  static bool sendsOnce(const Channel &C, const FunctionDecl *FD) {
    const auto *Block = dyn_cast_or_null<CompoundStmt>(FD->getBody());
    if (!Block)
      return false;
    for (const Stmt *S : Block->body()) {
      const auto *E = dyn_cast<Expr>(S);
      const Stmt *Call = E ? strip(E) : nullptr;
      for (const Use &U : C.Uses)
        if (Call && U.At == Call && blocks(U, Verb::Send))
          return true;
      if (leaves(S))
        return false;
    }
    return false;
  }
};

RegisterCheck<ChannelWithoutPeer> X("channel-without-peer");

} // namespace
} // namespace leak
