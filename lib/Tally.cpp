//===--- Tally.cpp - how often something is counted -----------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Tally.h"
#include "Index.h"
#include "Starts.h"
#include "Statements.h"
#include "Throws.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {

namespace {

/// What a statement counts on the paths that leave it in one way.
struct Range {
  Linear Least, Most;
  bool exact() const {
    return (Most - Least).isConstant() && !(Most - Least).Constant;
  }
};

/// Nothing when the two can't be compared.
std::optional<Range> either(const Range &A, const Range &B) {
  Linear Low = A.Least - B.Least, High = A.Most - B.Most;
  if (!Low.isConstant() || !High.isConstant())
    return std::nullopt;
  return Range{Low.Constant <= 0 ? A.Least : B.Least,
               High.Constant >= 0 ? A.Most : B.Most};
}

/// The ways to leave a statement; a way that doesn't exist is empty.
struct Ways {
  std::optional<Range> On, Continue, Break, Return;
  /// The ways that return can't be compared: that matters in a callee only.
  bool Lost = false;
};

class Teller {
public:
  Teller(const VarDecl *Var, const FunctionDecl *In, const Counters &C,
         ASTContext &Ctx)
      : Var(Var), In(In), C(C), Ctx(Ctx), A(In, Ctx) {}

  std::optional<Tally> run() {
    const auto *Body = dyn_cast_or_null<CompoundStmt>(In->getBody());
    if (!Body || losesMention(Body, Var->getName(), Ctx) || !initial())
      return std::nullopt;
    Phased = C.isPhased(Var->getType());
    Frame Top{Var, std::make_unique<Names>(In)};
    Ways W = eval(Body, Top, /*Depth=*/0);
    if (!Understood || Mentions != mentions(Var, Body) || !W.On)
      return std::nullopt;
    Result.UpHere = UpHere;
    Result.Within = std::move(Inner);
    const Range &R = AtWait ? *AtWait : *W.On;
    if (!Result.Wait)
      return std::nullopt;
    Result.Least = R.Least + Linear(TakesPart);
    Result.Most = R.Most + Linear(TakesPart);
    return Result;
  }

private:
  struct Frame {
    const VarDecl *Object; ///< The counter's variable or parameter here.
    std::unique_ptr<Names> N;
    bool Elsewhere = false; ///< In what is started.
    unsigned Nested = 0;    ///< Loops and conditions around.
    unsigned Base = 0;      ///< Those around the function itself.
    /// Mentions of what the object is called from some line on.
    unsigned Renamed = 0;
    const FunctionDecl *Def = nullptr; ///< Null where the counter is declared.
  };

  //===------------------------------------------------------------------===//
  // Numbers

  bool initial() {
    const Expr *Init = Var->getInit() ? strip(Var->getInit()) : nullptr;
    QualType T = Var->getType();
    // Those that are made by a function, later.
    const auto *Made = dyn_cast_or_null<CXXConstructExpr>(Init);
    if (!T->isRecordType() || !Init ||
        (Made && Made->getConstructor()->isTrivial() && !Made->getNumArgs())) {
      Result.InitialKnown = false;
      return C.isCounterClass(T) && (T->isRecordType() || !Init);
    }
    const Expr *Amount = nullptr;
    if (C.isCounterClass(T)) {
      const auto *CE = dyn_cast<CXXConstructExpr>(Init);
      std::optional<CounterOp> Op = CE ? C.op(CE, Names(In)) : std::nullopt;
      if (!Op || Op->Does != Verb::Init)
        return false;
      Amount = Op->Amount;
      if (!Amount && CE->getNumArgs() &&
          !isa<CXXDefaultArgExpr>(CE->getArg(0)) &&
          CE->getArg(0)->getType()->isIntegerType())
        return false;
    } else {
      // make_shared<latch>(n), shared_ptr<latch>(new latch(n))
      const Expr *Maker = Init;
      while (const auto *CE = dyn_cast<CXXConstructExpr>(Maker)) {
        if (!CE->getNumArgs())
          return false;
        Maker = strip(CE->getArg(0));
      }
      if (const auto *New = dyn_cast<CXXNewExpr>(Maker)) {
        const CXXConstructExpr *CE = New->getConstructExpr();
        std::optional<CounterOp> Op = CE ? C.op(CE, Names(In)) : std::nullopt;
        if (!Op)
          return false;
        Amount = Op->Amount;
      } else if (const auto *Call = dyn_cast<CallExpr>(Maker);
                 Call && Call->getDirectCallee() &&
                 Call->getDirectCallee()->getIdentifier() &&
                 Call->getDirectCallee()->getName().starts_with("make_") &&
                 Call->getNumArgs() == 1 &&
                 Call->getArg(0)->getType()->isIntegerType()) {
        Amount = Call->getArg(0);
      } else {
        return false;
      }
    }
    A.compareFrom(Var->getLocation());
    Result.InitialExpr = Amount;
    PendingInitial = Amount;
    Result.InitialKnown = true;
    return true;
  }

  static bool isRef(const Expr *E, const VarDecl *D) {
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(strip(E));
    return Ref && Ref->getDecl() == D;
  }

  //===------------------------------------------------------------------===//
  // Uses

  unsigned mentions(const VarDecl *D, const Stmt *S) const {
    if (!S)
      return 0;
    unsigned N = 0;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      N += Ref->getDecl() == D;
    if (const auto *LE = dyn_cast<LambdaExpr>(S)) {
      const auto *Init = LE->capture_init_begin();
      for (const LambdaCapture &Capture : LE->captures()) {
        if (!Capture.capturesVariable() || Capture.getCapturedVar() != D)
          N += mentions(D, *Init);
        ++Init;
      }
      return N + mentions(D, LE->getBody());
    }
    for (const Stmt *Child : S->children())
      N += mentions(D, Child);
    return N;
  }

  Ways unknown() {
    Understood = false;
    return {Range{}, {}, {}, {}, false};
  }

  /// The object itself, its address, or std::ref of it.
  bool isObject(const Expr *E, const Frame &F) const {
    E = strip(E);
    if (const auto *UO = dyn_cast_or_null<UnaryOperator>(E);
        UO && (UO->getOpcode() == UO_AddrOf || UO->getOpcode() == UO_Deref))
      E = strip(UO->getSubExpr());
    if (const auto *Op = dyn_cast_or_null<CXXOperatorCallExpr>(E))
      return Op->getNumArgs() == 1 &&
             (Op->getOperator() == OO_Arrow || Op->getOperator() == OO_Star) &&
             isObject(Op->getArg(0), F);
    if (const auto *Call = dyn_cast_or_null<CallExpr>(E)) {
      const Effect *Row = C.lexicon().effect(Call);
      if (Row &&
          (Row->Does == Verb::Reference || Row->Does == Verb::Move ||
           Row->Does == Verb::Forward) &&
          Call->getNumArgs() == 1)
        return isObject(Call->getArg(0), F);
      if (const auto *MC = dyn_cast<CXXMemberCallExpr>(Call);
          MC && MC->getMethodDecl() && MC->getMethodDecl()->getIdentifier() &&
          MC->getMethodDecl()->getName() == "get")
        return isObject(MC->getImplicitObjectArgument(), F);
    }
    if (const auto *CE = dyn_cast_or_null<CXXConstructExpr>(E);
        CE && CE->getNumArgs() == 1)
      return isObject(CE->getArg(0), F);
    return E && isRef(E, F.Object);
  }

  Range call(const Expr *E, Frame &F, unsigned Depth) {
    if (std::optional<CounterOp> Op = C.op(E, *F.N);
        Op && Op->ObjectExpr && isObject(Op->ObjectExpr, F)) {
      ++seen(F);
      return operation(E, *Op, F);
    }
    if (!mentions(F.Object, E))
      return {};
    // A nested call says it all.
    if (std::optional<unsigned> At = startsOnce(E, C.lexicon())) {
      ArrayRef<const Expr *> Args = argumentsOf(E);
      const Expr *Run =
          *At < Args.size() ? startedCallable(Args[*At]) : nullptr;
      if (const auto *LE = dyn_cast_or_null<LambdaExpr>(Run)) {
        if (!mentions(F.Object, LE))
          return parts(E, F, Depth);
        return started(E, LE, F, Depth);
      }
      ArrayRef<const Expr *> Given =
          Args.drop_front(std::min<size_t>(*At + 1, Args.size()));
      // std::bind(f, x): as if they were given one after the other.
      if (const auto *Bind = dyn_cast_or_null<CallExpr>(Run))
        if (const Effect *Row = C.lexicon().effect(Bind);
            Row && Row->Does == Verb::Bind && Given.empty() &&
            Bind->getNumArgs()) {
          Run = startedCallable(Bind->getArg(0));
          Given = argumentsOf(Bind).drop_front();
        }
      if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(Run))
        if (const auto *FD = dyn_cast<FunctionDecl>(Ref->getDecl())) {
          // The object comes first.
          if (const auto *M = dyn_cast<CXXMethodDecl>(FD);
              M && M->isInstance()) {
            if (Given.empty() || M->isVirtual() || mentions(F.Object, Given[0]))
              return parts(E, F, Depth);
            Given = Given.drop_front();
          }
          return runs(E, FD, Given, F, Depth, true);
        }
      return parts(E, F, Depth);
    }
    const FunctionDecl *FD = ThrowSearch::callee(E);
    if (FD && llvm::any_of(argumentsOf(E),
                           [&](const Expr *Arg) { return isObject(Arg, F); }))
      // Wrapping, moving and copying go on further out.
      if (!isa<CXXConstructExpr>(E) && !C.lexicon().effect(E))
        return runs(E, FD, argumentsOf(E), F, Depth, false);
    return parts(E, F, Depth);
  }

  unsigned &seen(const Frame &F) {
    return F.Object == Var ? Mentions : Mentioned;
  }

  /// A lambda that is run once elsewhere.
  Range started(const Expr *At, const LambdaExpr *LE, Frame &F,
                unsigned Depth) {
    // `[l = &latch]`, `[l = std::move(latch)]`
    const VarDecl *Own = nullptr;
    for (const LambdaCapture &Capture : LE->captures())
      if (const auto *VD = Capture.capturesVariable()
                               ? dyn_cast<VarDecl>(Capture.getCapturedVar())
                               : nullptr;
          VD && VD->isInitCapture() && VD->getInit() &&
          isObject(VD->getInit(), F))
        Own = VD;
    if (Own) {
      Understood &= mentions(F.Object, LE) == 1 && C.isCounter(Own->getType());
      ++seen(F);
      Frame There{Own,
                  std::make_unique<Names>(LE->getCallOperator()),
                  true,
                  F.Nested,
                  F.Nested,
                  0,
                  LE->getCallOperator()};
      return site(At, LE->getCallOperator(),
                  inside(LE->getBody(), There, Depth), F);
    }
    // By value it is another counter, unless it is a handle for one.
    Frame Inner{F.Object, std::make_unique<Names>(LE->getCallOperator()), true};
    SawUp = false;
    Ways W = eval(LE->getBody(), Inner, Depth + 1);
    return site(At, LE->getCallOperator(), W, F);
  }

  /// What a body does that has a name of its own for the counter.
  Ways inside(const Stmt *Body, Frame &There, unsigned Depth) {
    const VarDecl *Named = There.Object;
    unsigned Saved = std::exchange(Mentioned, 0);
    SawUp = false;
    Ways W = eval(Body, There, Depth + 1);
    Understood &= Mentioned == mentions(Named, Body) + There.Renamed;
    Mentioned = Saved;
    return W;
  }

  /// \p FD is called, or run elsewhere, with \p Args.
  Range runs(const Expr *At, const FunctionDecl *FD,
             ArrayRef<const Expr *> Args, Frame &F, unsigned Depth,
             bool Elsewhere) {
    const FunctionDecl *Def = nullptr;
    const ParmVarDecl *Param = nullptr;
    unsigned Given = 0;
    if (!FD->isDefined(Def) || !Def || Def->isDependentContext() || Depth > 3) {
      Understood = false;
      return {};
    }
    for (unsigned I = 0; I != Args.size(); ++I)
      if (isObject(Args[I], F)) {
        ++Given;
        Param = I < Def->getNumParams() ? Def->getParamDecl(I) : nullptr;
        ++seen(F);
      }
    if (Given != 1 || !Param) {
      Understood = false;
      return {};
    }
    Frame There{Param,
                std::make_unique<Names>(Def),
                F.Elsewhere || Elsewhere,
                F.Nested,
                F.Nested,
                0,
                Def};
    Ways W = inside(Def->getBody(), There, Depth);
    if (Elsewhere)
      return site(At, Def, W, F);
    Range R = whole(W);
    if (F.Elsewhere)
      Inner.push_back({At, Def, true, !SawUp && one(R.Least)});
    return R;
  }

  Range whole(const Ways &W) {
    std::optional<Range> R = W.On;
    if (W.Return)
      R = R ? either(*R, *W.Return) : W.Return;
    if (!R || W.Lost)
      Understood = false;
    return R.value_or(Range());
  }

  Range site(const Expr *At, const FunctionDecl *Runs, const Ways &W,
             const Frame &F) {
    Range R = whole(W);
    if (!R.exact() && !Result.Skips) {
      Result.Skips = At;
      Result.SkipIsInside = true;
    }
    if (Phased) {
      // However often it arrives, it takes part.
      bool Arrives = R.Most.isConstant() ? R.Most.Constant > 0 : true;
      R = Arrives ? Range{1, 1} : Range{};
    }
    if (SawUp && !Result.AddsItself && R.exact() && R.Most.isConstant() &&
        !R.Most.Constant)
      Result.AddsItself = At;
    Result.Sites.push_back({At, Runs,
                            SawUp || !R.Most.isConstant() || R.Most.Constant,
                            !SawUp && one(R.Least)});
    return R;
  }

  static bool one(const Linear &L) { return L.isConstant() && L.Constant == 1; }

  Range operation(const Expr *E, const CounterOp &Op, Frame &F) {
    Linear Amount(1);
    if (Op.Amount && Op.Does != Verb::Wait) {
      auto N = A.number(Op.Amount, *F.N);
      if (!N || (F.Object != Var && !N->isConstant()))
        Understood = false;
      else
        Amount = *N;
    }
    switch (Op.Does) {
    case Verb::CountDown:
    case Verb::Drop:
    case Verb::Arrive:
      if (!F.Elsewhere)
        Result.Sites.push_back({E, nullptr, true});
      if (Op.Does == Verb::Arrive)
        waitFor(E, F, /*Counts=*/true);
      // The owner takes part once, in however many phases.
      if (Phased && !F.Elsewhere) {
        TakesPart = true;
        return {};
      }
      return {Amount, Amount};
    case Verb::CountUp:
      if (Op.Fails != Failure::Never)
        Understood = false;
      (F.Elsewhere ? SawUp : UpHere) = true;
      return {Amount * -1, Amount * -1};
    case Verb::Wait:
      waitFor(E, F, /*Counts=*/false);
      return {};
    case Verb::TryWait:
    case Verb::Query:
      return {};
    case Verb::Init:
      if (Result.InitialKnown || F.Nested || F.Elsewhere || !Op.Amount)
        Understood = false;
      A.compareFrom(E->getBeginLoc());
      Result.InitialKnown = true;
      Result.InitialExpr = Op.Amount;
      if (auto N = A.number(Op.Amount, *F.N))
        Result.Initial = *N;
      else
        Understood = false;
      return {};
    default:
      // Begun anew, ended.
      if (Op.Does == Verb::Reset)
        Understood = false;
      return {};
    }
  }

  void waitFor(const Expr *E, Frame &F, bool Counts) {
    if (!Result.Wait)
      Result.Wait = E;
    if (F.Elsewhere || Phased)
      return;
    // What comes after it can't end it.
    if (F.Nested || Counts || Stop) {
      Understood &= Stop || Counts;
      Stop |= Counts && F.Nested;
      return;
    }
    Stop = true;
    StopHere = true;
  }

  /// All below \p S, in their order.
  Range parts(const Stmt *S, Frame &F, unsigned Depth) {
    Range Sum;
    for (const Stmt *Child : S->children())
      Sum = add(Sum, expression(Child, F, Depth));
    return Sum;
  }

  static Range add(const Range &A, const Range &B) {
    return {A.Least + B.Least, A.Most + B.Most};
  }

  Range expression(const Stmt *S, Frame &F, unsigned Depth) {
    if (!S)
      return {};
    if (const auto *LE = dyn_cast<LambdaExpr>(S)) {
      if (mentions(F.Object, LE))
        Understood = false;
      return {};
    }
    if (isa<CallExpr, CXXConstructExpr>(S)) {
      Range R = call(cast<Expr>(S), F, Depth);
      return R;
    }
    if (const auto *Cond = dyn_cast<AbstractConditionalOperator>(S)) {
      Range Base = expression(Cond->getCond(), F, Depth);
      ++F.Nested;
      auto Both = either(expression(Cond->getTrueExpr(), F, Depth),
                         expression(Cond->getFalseExpr(), F, Depth));
      --F.Nested;
      Understood &= Both.has_value();
      return Both ? add(Base, *Both) : Base;
    }
    return parts(S, F, Depth);
  }

  //===------------------------------------------------------------------===//
  // Statements

  /// \p A and then \p B.
  Ways then(const Ways &First, const Ways &Next) {
    Ways R = First;
    bool Lost = false;
    auto Join = [&](std::optional<Range> &Into,
                    const std::optional<Range> &From) {
      if (!First.On || !From)
        return;
      Range Sum = add(*First.On, *From);
      if (!Into) {
        Into = Sum;
        return;
      }
      Into = either(*Into, Sum);
      (&Into == &R.Return ? R.Lost : Lost) |= !Into;
    };
    R.On.reset();
    Join(R.On, Next.On);
    Join(R.Continue, Next.Continue);
    Join(R.Break, Next.Break);
    Join(R.Return, Next.Return);
    R.Lost |= Next.Lost;
    Understood &= !Lost;
    return R;
  }

  Ways merge(const Ways &One, const Ways &Other, const Stmt *At,
             const Frame &F) {
    Ways R;
    bool Lost = false;
    auto Join = [&](std::optional<Range> &Into, const std::optional<Range> &X,
                    const std::optional<Range> &Y) {
      if (!X || !Y) {
        Into = X ? X : Y;
        return;
      }
      Into = either(*X, *Y);
      (&Into == &R.Return ? R.Lost : Lost) |= !Into;
      if (Into && !Into->exact() && X->exact() && Y->exact() && !Result.Skips) {
        Result.Skips = At;
        Result.SkipIsInside = F.Elsewhere;
      }
    };
    Join(R.On, One.On, Other.On);
    Join(R.Continue, One.Continue, Other.Continue);
    Join(R.Break, One.Break, Other.Break);
    Understood &= !Lost;
    Join(R.Return, One.Return, Other.Return);
    R.Lost |= One.Lost || Other.Lost;
    return R;
  }

  Ways loop(const Stmt *S, const Stmt *Body, std::optional<Linear> Turns,
            Frame &F, unsigned Depth) {
    unsigned MentionsBefore = Mentions + Mentioned;
    ++F.Nested;
    Ways W = eval(Body, F, Depth);
    --F.Nested;
    if (Mentions + Mentioned == MentionsBefore && !mentions(F.Object, Body)) {
      // It only matters that it may end the function.
      Ways R;
      R.On = Range{};
      if (W.Return)
        R.Return = W.Return;
      return R;
    }
    std::optional<Range> Each = W.On;
    if (W.Continue) {
      if (Each && W.Continue->exact() && Each->exact() &&
          !(either(*Each, *W.Continue).value_or(Range()).exact()) &&
          !Result.Skips) {
        Result.Skips = S;
        Result.SkipIsInside = F.Elsewhere;
      }
      Each = Each ? either(*Each, *W.Continue) : W.Continue;
    }
    Ways R;
    R.Return = W.Return;
    if (!Each) {
      Understood = false;
      R.On = Range{};
      return R;
    }
    bool Nothing =
        Each->exact() && Each->Most.isConstant() && !Each->Most.Constant;
    if (Nothing && !W.Break) {
      R.On = Range{};
      return R;
    }
    if (Phased && F.Elsewhere) {
      R.On = Range{0, 1};
      return R;
    }
    if (!Turns) {
      Understood = false;
      R.On = Range{};
      return R;
    }
    auto Times = [&](const Linear &L) -> std::optional<Linear> {
      if (L.isConstant())
        return *Turns * L.Constant;
      if (Turns->isConstant())
        return L * Turns->Constant;
      return std::nullopt;
    };
    auto Low = Times(Each->Least), High = Times(Each->Most);
    Understood &= Low && High;
    R.On = Range{Low.value_or(Linear()), High.value_or(Linear())};
    if (!W.Break || !Understood)
      return R;
    // It may be left in the first turn.
    if (!Low->isConstant() || !W.Break->exact() ||
        !W.Break->Least.isConstant()) {
      if (!Each->exact() || !Each->Least.isConstant() ||
          Each->Least.Constant < 0 || !W.Break->exact() ||
          !W.Break->Least.isConstant()) {
        Understood = false;
        return R;
      }
      R.On->Least = W.Break->Least;
    } else {
      R.On->Least =
          Linear(std::min<int64_t>(0, Low->Constant)) + W.Break->Least;
    }
    if (!Result.Skips) {
      Result.Skips = S;
      Result.SkipIsInside = F.Elsewhere;
    }
    return R;
  }

  Ways eval(const Stmt *S, Frame &F, unsigned Depth) {
    Ways R;
    R.On = Range{};
    if (!S || !Understood)
      return R;
    if (const auto *Block = dyn_cast<CompoundStmt>(S)) {
      for (const Stmt *Child : Block->body()) {
        R = then(R, eval(Child, F, Depth));
        if (StopHere && Block == In->getBody()) {
          StopHere = false;
          AtWait = R.On;
        }
        if (!R.On)
          break;
      }
      return R;
    }
    if (const auto *If = dyn_cast<IfStmt>(S)) {
      if (If->isConstexpr() || If->getInit())
        return unknownIfMentions(S, F);
      Range Cond = expression(If->getCond(), F, Depth);
      ++F.Nested;
      Ways Then = eval(If->getThen(), F, Depth);
      Ways Else = eval(If->getElse(), F, Depth);
      --F.Nested;
      R.On = Cond;
      // `if (!pool.submit(...))`: what failed to start doesn't count.
      if (std::optional<bool> Truth = startedWhen(If->getCond(), C.lexicon())) {
        Ways None;
        None.On = Range{};
        return *Truth ? merge(then(R, Then), then(None, Else), If, F)
                      : merge(then(None, Then), then(R, Else), If, F);
      }
      return then(R, merge(Then, Else, If, F));
    }
    if (const auto *For = dyn_cast<ForStmt>(S)) {
      if (mentions(F.Object, For->getInit()) ||
          mentions(F.Object, For->getCond()) ||
          mentions(F.Object, For->getInc()))
        return unknown();
      return loop(S, For->getBody(), A.turns(For, *F.N), F, Depth);
    }
    if (const auto *Each = dyn_cast<CXXForRangeStmt>(S)) {
      if (mentions(F.Object, Each->getRangeInit()))
        return unknown();
      return loop(S, Each->getBody(), A.turns(Each, *F.N), F, Depth);
    }
    if (isa<WhileStmt, DoStmt>(S)) {
      const Stmt *Body = isa<WhileStmt>(S) ? cast<WhileStmt>(S)->getBody()
                                           : cast<DoStmt>(S)->getBody();
      const Stmt *Cond = isa<WhileStmt>(S) ? cast<WhileStmt>(S)->getCond()
                                           : cast<DoStmt>(S)->getCond();
      if (mentions(F.Object, Cond)) {
        // `while (!latch.try_wait())`
        Range C = expression(Cond, F, Depth);
        if (!C.exact() || !C.Most.isConstant() || C.Most.Constant)
          return unknown();
      }
      return loop(S, Body, std::nullopt, F, Depth);
    }
    if (isa<ContinueStmt>(S)) {
      R.Continue = R.On;
      R.On.reset();
      return R;
    }
    if (isa<BreakStmt>(S)) {
      R.Break = R.On;
      R.On.reset();
      return R;
    }
    if (const auto *Ret = dyn_cast<ReturnStmt>(S)) {
      R.Return = expression(Ret->getRetValue(), F, Depth);
      R.On.reset();
      return R;
    }
    if (const auto *Try = dyn_cast<CXXTryStmt>(S)) {
      for (unsigned I = 0; I != Try->getNumHandlers(); ++I)
        if (mentions(F.Object, Try->getHandler(I)))
          return unknown();
      // That something throws is the question of paths.
      return eval(Try->getTryBlock(), F, Depth);
    }
    if (const auto *A = dyn_cast<AttributedStmt>(S))
      return eval(A->getSubStmt(), F, Depth);
    if (isa<SwitchStmt, GotoStmt, LabelStmt, IndirectGotoStmt, CoreturnStmt,
            AsmStmt>(S))
      return unknownIfMentions(S, F);
    if (const auto *E = dyn_cast<Expr>(S);
        E && isa_and_nonnull<CXXThrowExpr>(strip(E))) {
      R.On.reset();
      return R;
    }
    if (const auto *DS = dyn_cast<DeclStmt>(S)) {
      Range Sum;
      for (const Decl *D : DS->decls()) {
        const auto *VD = dyn_cast<VarDecl>(D);
        if (!VD || !VD->hasInit())
          continue;
        if (VD == Var) {
          if (PendingInitial) {
            auto N = A.number(PendingInitial, *F.N);
            Understood &= N.has_value();
            Result.Initial = N.value_or(Linear());
          }
          continue;
        }
        // `auto *latch = static_cast<std::latch *>(argument)`
        if (F.Def && F.Nested == F.Base && isObject(VD->getInit(), F) &&
            (VD->getType()->isPointerType() ||
             VD->getType()->isReferenceType()) &&
            C.isCounter(VD->getType()) && !F.N->isModified(VD)) {
          ++seen(F);
          F.Renamed += mentions(VD, F.Def->getBody());
          F.Object = VD;
          continue;
        }
        Sum = add(Sum, expression(VD->getInit(), F, Depth));
      }
      R.On = Sum;
      return R;
    }
    R.On = expression(S, F, Depth);
    return R;
  }

  Ways unknownIfMentions(const Stmt *S, const Frame &F) {
    if (mentions(F.Object, S))
      return unknown();
    Ways R;
    R.On = Range{};
    return R;
  }

  const VarDecl *Var;
  const FunctionDecl *In;
  const Counters &C;
  ASTContext &Ctx;
  Amounts A;
  Tally Result;
  const Expr *PendingInitial = nullptr;
  bool Understood = true, Phased = false, SawUp = false;
  bool TakesPart = false, UpHere = false;
  bool Stop = false, StopHere = false;
  std::optional<Range> AtWait;
  SmallVector<CountSite, 2> Inner;
  /// Mentions of the variable, and of the parameter now looked at, that were
  /// understood.
  unsigned Mentions = 0, Mentioned = 0;
};

} // namespace

std::optional<Tally> tally(const VarDecl *Var, const FunctionDecl *In,
                           const Counters &C, ASTContext &Ctx) {
  return Teller(Var, In, C, Ctx).run();
}

} // namespace leak
