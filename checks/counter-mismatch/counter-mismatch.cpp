//===--- counter-mismatch.cpp - leak-counter-mismatch ---------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A count can't reach what somebody waits for: some path of what is started
/// doesn't count, or more or fewer are started than the counter was made for.
/// Also the counters and flags that the project keeps by hand, when most ways
/// out of a function take back what it has counted.
///
/// Assumed: what is given to a thread or posted to an executor runs once; what
/// can't be followed counts. Knowingly missed: see the page.
///
//===----------------------------------------------------------------------===//

#include "Beliefs.h"
#include "CallBeliefs.h"
#include "Check.h"
#include "CountDuty.h"
#include "Entries.h"
#include "MemberCounters.h"
#include "Spelling.h"
#include "Statements.h"
#include "Tally.h"
#include "Tell.h"
#include "clang/AST/ParentMapContext.h"
#include "clang/Basic/SourceManager.h"
#include <map>
#include <set>

using namespace clang;

namespace leak {
namespace {

/// What is known of the one who runs a function.
struct Started {
  const Expr *At = nullptr;
  bool ByThread = false; ///< What it throws ends the process.
  bool Enough = false;   ///< Only when it counts, the wait ends.
  bool Spare = false;    ///< The wait ends without it.
  bool Full = false;     ///< It must count once, and no more.
};

class CounterMismatch : public Check {
public:
  ArrayRef<Kind> kinds() const override { return {}; }
  ArrayRef<StringRef> options() const override {
    static const StringRef Names[] = {"Beliefs"};
    return Names;
  }
  ArrayRef<StringRef> numbers() const override {
    static const StringRef Names[] = {"BeliefEvidence"};
    return Names;
  }

  void analyzeFunctions(Unit &U) override {
    if (anyCounter(U))
      counters(U);
    if (U.options().flag("counter-mismatch.Beliefs", true) && anyThread(U)) {
      beliefs(U);
      callBeliefs(U);
    }
  }

private:
  /// Cheap: asks which identifiers were seen.
  static bool anyCounter(Unit &U) {
    Kind Counter[] = {Kind::Counter};
    return U.lexicon().anyDeclared(Counter) ||
           llvm::any_of(U.context().Idents,
                        [](const auto &Entry) {
                          StringRef Name = Entry.getKey();
                          return Name.contains_insensitive("countdown") ||
                                 Name.contains_insensitive("count_down") ||
                                 Name.contains_insensitive("latch") ||
                                 Name.contains_insensitive("waitgroup") ||
                                 Name.contains_insensitive("wait_group") ||
                                 Name.contains_insensitive("barrier");
                        }) ||
           llvm::any_of(U.protocols(), [](const InferredRole &R) {
             return R.Model.What == Kind::Counter;
           });
  }

  static bool anyThread(Unit &U) {
    Kind Any[] = {Kind::TaskHandle, Kind::Condition, Kind::Permit,
                  Kind::Scheduler};
    return U.lexicon().anyDeclared(Any);
  }

  //===------------------------------------------------------------------===//
  // Counters

  void counters(Unit &U) {
    Counters C(U.projectWords(), U.functions());
    ThrowSearch Search(U.lexicon());
    Summaries S(U.graphs(), [&](NamedDuty::About A) {
      return std::make_unique<CountDuty>(C, std::move(A));
    });
    bool Any = false;
    for (const auto &[Key, F] : U.functions().all())
      for (const Expr *Call : F.Calls)
        if (std::optional<Verb> V = C.verb(Call))
          Any |= *V != Verb::Query;
    if (!Any)
      return;
    Starts.clear();
    for (const auto &[Key, F] : U.functions().all())
      if (!C.isInside(F.Decl))
        totals(U, C, F);
    MemberCounters Of(U.functions(), C, U.context());
    Members = &Of;
    for (const auto &[Key, F] : U.functions().all())
      if (!C.isInside(F.Decl))
        paths(U, C, S, Search, F);
    Members = nullptr;
  }

  /// The local counters of \p F: how often they are counted.
  void totals(Unit &U, const Counters &C, const FunctionUses &F) {
    SmallVector<const VarDecl *, 2> Vars;
    localCounters(F.Decl->getBody(), C, Vars);
    for (const VarDecl *Var : Vars) {
      std::optional<Tally> T = tally(Var, F.Decl, C, U.context());
      if (!T)
        continue;
      if (!T->InitialKnown)
        continue;
      // When all of them count, it is just enough.
      Linear Over = T->Most - T->Initial;
      Linear Under = T->Least - T->Initial;
      Started How;
      How.Enough = Over.isConstant() && !Over.Constant;
      How.Spare = Over.isConstant() && Over.Constant > 0;
      bool Full = Under.isConstant() && Under.Constant >= 0;
      for (ArrayRef<CountSite> List :
           {ArrayRef<CountSite>(T->Sites), ArrayRef<CountSite>(T->Within)})
        for (const CountSite &Site : List)
          if (Site.Runs) {
            How.At = Site.At;
            How.ByThread = byThread(U, Site.At);
            How.Full = Full && Site.Once;
            // Called from several places, it is too much to tell.
            auto [It, New] =
                Starts.insert({Site.Runs->getCanonicalDecl(), How});
            if (!New)
              It->second.Enough = It->second.Full = false;
          }
      compare(U, C, Var, *T);
    }
  }

  static bool byThread(Unit &U, const Expr *At) {
    const Effect *Row = U.lexicon().effect(At);
    return isa<CXXConstructExpr>(At) && Row && Row->Does == Verb::Start;
  }

  static void localCounters(const Stmt *S, const Counters &C,
                            SmallVectorImpl<const VarDecl *> &Into) {
    if (!S || isa<LambdaExpr>(S))
      return;
    if (const auto *DS = dyn_cast<DeclStmt>(S))
      for (const Decl *D : DS->decls())
        if (const auto *VD = dyn_cast<VarDecl>(D);
            VD && VD->isLocalVarDecl() && !VD->isStaticLocal() &&
            !VD->getType()->isReferenceType() && C.isCounter(VD->getType()))
          Into.push_back(VD);
    for (const Stmt *Child : S->children())
      localCounters(Child, C, Into);
  }

  void compare(Unit &U, const Counters &C, const VarDecl *Var, const Tally &T) {
    // Statements that couldn't be compiled may count.
    if (U.context().getDiagnostics().hasUncompilableErrorOccurred())
      return;
    bool Phased = C.isPhased(Var->getType());
    std::string Name = "'" + Var->getNameAsString() + "'";
    bool Counts = Phased || llvm::any_of(T.Sites, [](const CountSite &Site) {
                    return Site.Counts;
                  });
    Linear Over = T.Most - T.Initial, Under = T.Least - T.Initial;
    Finding R;
    R.Check = name().str();
    R.Loc = Var->getLocation();
    auto Report = [&](const std::string &Message) {
      R.Message = Name + Message;
      for (const CountSite &Site : T.Sites)
        if (Site.Counts)
          R.Notes.push_back(
              {Site.At->getBeginLoc(),
               Site.Runs ? "what is started here counts it" : "counted here"});
      R.Notes.push_back({T.Wait->getBeginLoc(), "waited for here"});
      U.report(std::move(R));
    };
    const char *Hangs = "; whoever waits for it waits for ever";
    if (T.AddsItself && !T.UpHere && T.Initial.isConstant() &&
        !T.Initial.Constant && !Phased) {
      R.Loc = T.AddsItself->getBeginLoc();
      Report(" is counted up by what is started, so that the wait may be over "
             "before it begins; count it up before the start");
      return;
    }
    if (!Over.isConstant())
      return;
    if (Over.Constant < 0 && !Counts && !T.Sites.size() && !T.UpHere &&
        T.Initial.isConstant() && T.InitialExpr) {
      Report(" is waited for, but nobody counts it down; the wait never ends");
      return;
    }
    if (Over.Constant < 0) {
      if (!Counts) {
        Report(
            " is waited for, but nobody counts it down; the wait never ends");
        return;
      }
      int64_t N = -Over.Constant;
      std::string Times = std::to_string(N);
      if (Phased)
        Report(" expects " + Times +
               (N == 1 ? " participant" : " participants") +
               " more than take part" + Hangs);
      else if (T.UpHere)
        Report(" is counted up " + Times + (N == 1 ? " time" : " times") +
               " more than it is counted down" + Hangs);
      else
        Report(" is made for " + Times + (N == 1 ? " count" : " counts") +
               " more than " + (N == 1 ? "is" : "are") + " counted down" +
               Hangs);
      return;
    }
    if (Phased)
      return;
    if (Under.isConstant() && Under.Constant > 0) {
      int64_t N = Under.Constant;
      Report(" is counted down " + std::to_string(N) +
             (N == 1 ? " time" : " times") + " more than it was " +
             (T.UpHere ? "counted up" : "made for") +
             "; the wait ends too early, and it is counted below zero");
      return;
    }
    if (Over.Constant == 0 && T.Skips && !T.SkipIsInside &&
        (!Under.isConstant() || Under.Constant < 0)) {
      R.Notes.push_back({T.Skips->getBeginLoc(),
                         isa<IfStmt>(T.Skips)
                             ? "one way through this counts it less often"
                             : "some turns of this don't count it"});
      Report(std::string(" is not counted down on every path as often as it "
                         "was ") +
             (T.UpHere ? "counted up" : "made for") + Hangs);
    }
  }

  //===------------------------------------------------------------------===//
  // Paths

  void paths(Unit &U, const Counters &C, Summaries &S,
             const ThrowSearch &Search, const FunctionUses &F) {
    if (!F.Decl->getBody() || isa<CXXDestructorDecl>(F.Decl) ||
        !C.touches(F.Decl))
      return;
    const Body &B = S.body(F.Decl);
    std::map<std::string, const Expr *> Objects;
    std::vector<std::string> Order;
    std::set<std::string> Up, Drops;
    for (const Expr *Call : F.Calls) {
      if (std::optional<CounterOp> Op = C.op(Call, B.names())) {
        if (Op->Does == Verb::CountUp)
          Up.insert(Op->Object);
        if (Op->Does == Verb::Drop)
          Drops.insert(Op->Object);
        if ((Op->counts() || Op->Does == Verb::CountUp) &&
            !Op->Object.empty() &&
            Objects.insert({Op->Object, Op->ObjectExpr}).second)
          Order.push_back(Op->Object);
        continue;
      }
      const FunctionDecl *Callee = ThrowSearch::callee(Call);
      if (!Callee || !C.touches(Callee) || !isa<CallExpr>(Call))
        continue;
      for (const Expr *Arg : cast<CallExpr>(Call)->arguments())
        if (C.isCounter(strip(Arg)->getType())) {
          std::string Name = strip(Arg)->getType()->isPointerType()
                                 ? B.names().pointee(Arg)
                                 : B.names().of(Arg);
          if (!Name.empty() && Objects.insert({Name, Arg}).second)
            Order.push_back(Name);
        }
    }
    for (const std::string &Object : Order) {
      const VarDecl *Root = rootOf(Objects[Object]);
      bool Own = Root && Root->isLocalVarDecl() &&
                 Root->getDeclContext() == F.Decl && !Root->isInitCapture() &&
                 !Root->getType()->isReferenceType() &&
                 !Root->getType()->isPointerType();
      bool Owed = !Own && !Up.count(Object);
      CountDuty D(C, {S, B, Object, Owed, /*Depth=*/0, &Search});
      if (inLoop(F.Decl->getBody(), false, C, B, Object)) {
        if (Drops.count(Object))
          leavesWithoutDrop(U, C, S, B, Objects[Object], Object, Search);
        continue;
      }
      Simulation Sim = simulate(B, D);
      if (!Sim.Complete) {
        U.Omissions.push_back({F.Decl->getLocation(),
                               "the paths of this function are too many for '" +
                                   sourceText(Objects[Object], U.context()) +
                                   "'"});
        continue;
      }
      judge(U, C, B, Objects[Object], Root, Owed, Sim);
    }
  }

  /// The local variable or parameter that \p E begins with.
  static const VarDecl *rootOf(const Expr *E) {
    while (E) {
      E = strip(E);
      if (const auto *UO = dyn_cast<UnaryOperator>(E))
        E = UO->getSubExpr();
      else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E))
        E = Op->getNumArgs() ? Op->getArg(0) : nullptr;
      else if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
        return dyn_cast<VarDecl>(Ref->getDecl());
      else
        return nullptr;
    }
    return nullptr;
  }

  /// Some ways out of the loop over the phases drop out of the barrier, another
  /// one doesn't.
  void leavesWithoutDrop(Unit &U, const Counters &C, Summaries &S,
                         const Body &B, const Expr *ObjectExpr,
                         const std::string &Object, const ThrowSearch &Search) {
    CountDuty D(C, {S, B, Object, /*Owed=*/true, /*Depth=*/0, &Search});
    D.OnlyDrops = true;
    Simulation Sim = simulate(B, D);
    if (!Sim.Complete)
      return;
    std::vector<const Outcome *> Forget, Keep;
    for (const Outcome &O : Sim.Outcomes)
      if (O.Exit && isa<ReturnStmt>(O.Exit) &&
          loopAround(O.Exit, B.context())) {
        if (O.State == Owing::Owed)
          Forget.push_back(&O);
        else if (O.State == Owing::Done)
          Keep.push_back(&O);
      }
    if (Forget.empty() || Keep.empty())
      return;
    Finding R;
    R.Check = name().str();
    R.Loc = exitLocation(B.function(), *Forget.front());
    R.Message = nameOf(ObjectExpr, U) +
                " is left here without dropping out of it; whoever takes part "
                "in the next phase waits for ever";
    tellWay(*Forget.front(), nullptr, B, R);
    others(Keep, "drops out", R);
    if (std::optional<std::vector<FixItHint>> Fix =
            repeatBefore(*Keep.front(), Forget, B))
      R.FixIts = std::move(*Fix);
    U.report(std::move(R));
  }

  /// It is counted in a loop: how often is another question.
  static bool inLoop(const Stmt *S, bool Loop, const Counters &C, const Body &B,
                     const std::string &Object) {
    if (!S || isa<LambdaExpr>(S))
      return false;
    Loop |= isa<ForStmt, WhileStmt, CXXForRangeStmt, DoStmt>(S);
    if (const auto *E = dyn_cast<Expr>(S); Loop && E && isa<CallExpr>(E))
      if (std::optional<CounterOp> Op = C.op(E, B.names());
          Op && Op->Object == Object &&
          (Op->counts() || Op->Does == Verb::CountUp))
        return true;
    for (const Stmt *Child : S->children())
      if (inLoop(Child, Loop, C, B, Object))
        return true;
    return false;
  }

  /// Conditions that say whether it is this one's turn to count: the last one,
  /// the n-th one.
  static bool isTurn(const Expr *Cond) {
    Cond = strip(Cond);
    struct {
      bool operator()(const Stmt *S) const {
        if (!S)
          return false;
        if (const auto *UO = dyn_cast<UnaryOperator>(S);
            UO && UO->isIncrementDecrementOp())
          return true;
        if (const auto *BO = dyn_cast<BinaryOperator>(S);
            BO && (BO->isEqualityOp() || BO->isRelationalOp()) &&
            BO->getLHS()->getType()->isIntegerType() &&
            !BO->getLHS()->getType()->isBooleanType())
          return true;
        if (const auto *Call = dyn_cast<CallExpr>(S);
            Call && Call->getDirectCallee() &&
            Call->getDirectCallee()->getIdentifier() &&
            hasWord(Call->getDirectCallee()->getName(),
                    {"fetch", "add", "sub", "exchange", "connected", "last",
                     "done", "finished", "exit"}))
          return true;
        for (const Stmt *Child : S->children())
          if ((*this)(Child))
            return true;
        return false;
      }
    } Any;
    return Any(Cond);
  }

  void judge(Unit &U, const Counters &C, const Body &B, const Expr *ObjectExpr,
             const VarDecl *Root, bool Owed, const Simulation &Sim) {
    llvm::MapVector<const Stmt *, std::vector<const Outcome *>> Forget;
    std::vector<const Outcome *> Keep;
    bool HandsOn = false;
    for (const Outcome &O : Sim.Outcomes) {
      HandsOn |= O.State == Owing::Gone;
      if (O.State == Owing::Owed && !O.HeldBefore)
        Forget[O.Incurred].push_back(&O);
      else if (O.State == Owing::Done && !O.Throws)
        Keep.push_back(&O);
    }
    auto It = Starts.find(B.function()->getCanonicalDecl());
    const Started *By = It == Starts.end() ? nullptr : &It->second;
    if (By && Root && By->Full && !C.isPhased(ObjectExpr->getType()))
      for (const Misstep &M : Sim.Missteps)
        if (M.What == Misstep::Twice && M.Before)
          tellTwice(U, B, ObjectExpr, M, *By);
    if (Keep.empty() || Forget.empty())
      return;
    if (By && Root && By->Spare)
      return;
    bool Sure = By && Root && By->Enough;
    Started Alone;
    if (const Entry *E =
            By ? nullptr : Members->onlyCounter(B.function(), ObjectExpr)) {
      Alone.At = E->Start;
      Alone.ByThread = byThread(U, E->Start);
      By = &Alone;
    }
    for (auto &[Incurred, Ways] : Forget) {
      if (By && By->ByThread)
        llvm::erase_if(Ways, [](const Outcome *O) { return O->Throws; });
      // Early ways out say that something is skipped.
      if (!Sure)
        llvm::erase_if(Ways, [&](const Outcome *O) {
          return !O->Exit || !early(U, B, *O, Keep);
        });
      llvm::erase_if(Ways, [&](const Outcome *O) {
        return !Sure && !O->Way.empty() && isTurn(O->Way.back().Cond);
      });
      if (Ways.empty())
        continue;
      std::set<const Stmt *> Sites;
      for (const Outcome *O : Keep)
        Sites.insert(O->Discharged);
      if (!Incurred && !Sure && !Alone.At && Sites.size() < 2)
        continue;
      if (Incurred && HandsOn)
        continue;
      tell(U, B, ObjectExpr, Incurred, Ways, Keep, By);
    }
  }

  /// It is left before the place where others count.
  static bool early(Unit &U, const Body &B, const Outcome &O,
                    ArrayRef<const Outcome *> Keep) {
    const SourceManager &SM = U.context().getSourceManager();
    SourceLocation At = SM.getExpansionLoc(exitLocation(B.function(), O));
    return llvm::any_of(Keep, [&](const Outcome *K) {
      return K->Discharged &&
             SM.isBeforeInTranslationUnit(
                 At, SM.getExpansionLoc(K->Discharged->getBeginLoc()));
    });
  }

  static std::string nameOf(const Expr *Object, Unit &U) {
    // `counter->` of an overloaded operator.
    return "'" + StringRef(sourceText(Object, U.context())).trim("*->").str() +
           "'";
  }

  void tellTwice(Unit &U, const Body &B, const Expr *ObjectExpr,
                 const Misstep &M, const Started &By) {
    Finding R;
    R.Check = name().str();
    R.Loc = M.At->getBeginLoc();
    R.Message = nameOf(ObjectExpr, U) +
                " is counted down twice on this path, but each of those who "
                "count has only one; the wait ends too early, and it is "
                "counted below zero";
    R.Notes.push_back({M.Before->getBeginLoc(), "counted down first here"});
    R.Notes.push_back({By.At->getBeginLoc(), "started here"});
    U.report(std::move(R));
  }

  void tell(Unit &U, const Body &B, const Expr *ObjectExpr,
            const Stmt *Incurred, ArrayRef<const Outcome *> Ways,
            ArrayRef<const Outcome *> Keep, const Started *By) {
    const Outcome *Shortest = Ways.front();
    std::string Name = nameOf(ObjectExpr, U);
    Finding R;
    R.Check = name().str();
    R.Loc = Incurred ? Incurred->getBeginLoc()
                     : exitLocation(B.function(), *Shortest);
    R.Message = Incurred
                    ? Name + " is counted up, and not counted down on every "
                             "path; whoever waits for it waits for ever"
                    : Name + " is not counted down on this path; whoever waits "
                             "for it waits for ever";
    tellWay(*Shortest, Incurred, B, R);
    if (const CXXTryStmt *Try = tryAround(*Shortest, *Keep.front(), B))
      R.Notes.push_back({Try->getHandler(0)->getBeginLoc(),
                         "coming from here, when something before the count "
                         "has thrown"});
    SmallVector<const Stmt *, 4> Told;
    bool AllInMacros = true;
    for (const Outcome *O : Ways) {
      SourceLocation At = exitLocation(B.function(), *O);
      AllInMacros &= At.isMacroID();
      if (llvm::is_contained(Told, O->Exit))
        continue;
      Told.push_back(O->Exit);
      if (Incurred || O != Shortest)
        R.Notes.push_back({At, O->Throws ? "left by an exception here, without "
                                           "counting it"
                                         : "left here without counting it"});
    }
    R.OnlyThroughMacros = AllInMacros;
    others(Keep, "counts it down", R);
    if (By)
      R.Notes.push_back({By->At->getBeginLoc(), "started here"});
    if (std::optional<std::vector<FixItHint>> Fix =
            repeatBefore(*Keep.front(), Ways, B))
      R.FixIts = std::move(*Fix);
    U.report(std::move(R));
  }

  /// The `try` that keeps an exception from the one who waits.
  static const CXXTryStmt *tryAround(const Outcome &O, const Outcome &Keep,
                                     const Body &B) {
    const CXXTryStmt *Try =
        O.Way.empty() && !O.Throws ? B.tryAround(Keep.Discharged) : nullptr;
    return Try && Try->getNumHandlers() ? Try : nullptr;
  }

  static void others(ArrayRef<const Outcome *> Keep, StringRef Verb,
                     Finding &R) {
    std::set<const Stmt *> Exits;
    for (const Outcome *O : Keep)
      Exits.insert(O->Exit);
    R.Notes.push_back({Keep.front()->Discharged->getBeginLoc(),
                       Exits.size() > 1
                           ? "each of the other " +
                                 std::to_string(Exits.size()) + " ways out " +
                                 Verb.str() + ", as here"
                           : "another way out " + Verb.str() + " here"});
  }

  //===------------------------------------------------------------------===//
  // What is kept by hand

  void beliefs(Unit &U) {
    Beliefs All(U.context(), U.lexicon(), U.functions(), U.graphs());
    for (const Belief &Bel : All.broken()) {
      const Body &B = All.body(Bel.In);
      std::string Name = "'" + sourceText(Bel.Object, U.context()) + "'";
      const Outcome &Shortest = Bel.Forget.front();
      Finding R;
      R.Check = name().str();
      R.Loc = Bel.Incurred->getBeginLoc();
      R.Message =
          Name +
          (Bel.Given ? " is " + std::string(Bel.IsFlag ? "set" : "counted up") +
                           " here, and not on every way out is there "
                           "somebody to take that back; "
           : Bel.IsFlag ? " is set here and cleared on every other "
                          "way out, but not on all; "
                        : " is counted up here and down on every "
                          "other way out, but not on all; ") +
          "whoever waits for it waits for ever";
      tellWay(Shortest, Bel.Incurred, B, R);
      std::set<const Stmt *> Told;
      for (const Outcome &O : Bel.Forget)
        if (Told.insert(O.Exit).second)
          R.Notes.push_back({exitLocation(Bel.In, O),
                             O.Throws ? "left by an exception here without it"
                                      : "left here without it"});
      if (Bel.Given) {
        R.Notes.push_back({Bel.Keep.front().Discharged->getBeginLoc(),
                           "given here to who takes it back, and nobody else "
                           "does"});
        U.report(std::move(R));
        continue;
      }
      const auto *Back = dyn_cast<Expr>(Bel.Keep.front().Discharged);
      std::string Text = Back ? sourceText(Back, U.context()) : "";
      R.Notes.push_back({Bel.Keep.front().Discharged->getBeginLoc(),
                         Bel.Exits > 1
                             ? "the other " + std::to_string(Bel.Exits) +
                                   " ways out do '" + Text + "'"
                             : "the other way out does '" + Text + "'"});
      std::vector<const Outcome *> Ways;
      for (const Outcome &O : Bel.Forget)
        Ways.push_back(&O);
      if (std::optional<std::vector<FixItHint>> Fix =
              repeatBefore(Bel.Keep.front(), Ways, B))
        R.FixIts = std::move(*Fix);
      U.report(std::move(R));
    }
  }

  void callBeliefs(Unit &U) {
    CallBeliefs All(U.context(), U.lexicon(), U.functions(), U.graphs());
    for (const CallBelief &Bel :
         All.broken(U.options().number("counter-mismatch.BeliefEvidence", 3))) {
      const Body &B = All.body(Bel.In);
      const Outcome &Like = Bel.Keep.front();
      std::string Text = sourceText(cast<Expr>(Like.Discharged), U.context());
      Finding R;
      R.Check = name().str();
      R.Loc = exitLocation(Bel.In, Bel.Forget);
      R.Message =
          "this way out doesn't call '" + Text + "', " +
          (Bel.Exits > 1 ? "and all " + std::to_string(Bel.Exits) + " others " +
                               (Bel.Apart ? "with this answer do" : "do")
                         : "and the other one does") +
          "; whoever waits for that isn't told";
      if (Bel.Opening)
        R.Notes.push_back(
            {Bel.Opening->getBeginLoc(),
             isa<CallExpr>(Bel.Opening) ? "begun here" : "changed here"});
      tellWay(Bel.Forget, Bel.Opening, B, R);
      R.Notes.push_back({Like.Discharged->getBeginLoc(),
                         Bel.Exits > 1
                             ? "the other " + std::to_string(Bel.Exits) +
                                   " ways out call it, as here"
                             : "the other way out calls it here"});
      // What else it is to be told, only a person knows.
      bool Alike = llvm::all_of(Bel.Keep, [&](const Outcome &O) {
        return sourceText(cast<Expr>(O.Discharged), U.context()) == Text;
      });
      if (std::optional<std::vector<FixItHint>> Fix =
              repeatBefore(Like, {&Bel.Forget}, B);
          Fix && Alike)
        R.FixIts = std::move(*Fix);
      U.report(std::move(R));
    }
    for (const BranchBelief &Bel : All.brokenBranches()) {
      std::string Text = sourceText(Bel.Told.front(), U.context());
      Finding R;
      R.Check = name().str();
      R.Loc = Bel.End->getBeginLoc();
      R.Message = std::string("this ") + (Bel.IsCase ? "case" : "branch") +
                  " doesn't call '" + Text + "', and all " +
                  std::to_string(Bel.Told.size()) +
                  " others do; whoever waits for that isn't told";
      if (Bel.Change)
        R.Notes.push_back({Bel.Change->getBeginLoc(),
                           "changed here, as the others do before the call"});
      R.Notes.push_back(
          {Bel.Told.front()->getBeginLoc(), "the others call it, as here"});
      U.report(std::move(R));
    }
  }

  std::map<const FunctionDecl *, Started> Starts;
  MemberCounters *Members = nullptr;
};

RegisterCheck<CounterMismatch> X("counter-mismatch");

} // namespace
} // namespace leak
