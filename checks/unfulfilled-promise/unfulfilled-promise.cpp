//===--- unfulfilled-promise.cpp - leak-unfulfilled-promise ---------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A function is given a callback, promise or event by which it tells somebody
/// that it has ended; some path leaves it without that, though others don't.
///
/// Assumed: what a function calls more than once on a path is a visitor; what
/// it tells its caller by what it returns needs no callback.
/// Knowingly missed: see the page.
///
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "Complaint.h"
#include "Completions.h"
#include "Continuations.h"
#include "SharedState.h"
#include "Statements.h"
#include "Tell.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {
namespace {

/// All completions of one function: where there are several, one for success
/// and one for failure perhaps, any of them will do.
struct Group {
  SmallVector<std::pair<Completion, CompletionUses>, 2> Members;

  Act::Kind act(const Stmt *S) const {
    for (const auto &[C, Uses] : Members)
      if (auto It = Uses.Acts.find(S); It != Uses.Acts.end())
        return It->second;
    return Act::Nothing;
  }
  Completion::Sort only() const { return Members.front().first.What; }
  /// It is owed only from some call on.
  bool begins() const {
    return llvm::any_of(Members,
                        [](const auto &M) { return !M.second.Begins.empty(); });
  }
  bool inLoop(const Stmt *S) const {
    return llvm::any_of(
        Members, [&](const auto &M) { return M.second.InLoop.contains(S); });
  }
  /// What \p S does it to, and the operation around it that is told of.
  std::pair<const Completion *, const Stmt *> told(const Stmt *S) const {
    for (const auto &[C, Uses] : Members)
      if (auto It = Uses.Told.find(S); It != Uses.Told.end())
        return {&C, It->second};
    return {nullptr, S};
  }
};

class CompletionDuty : public Duty {
public:
  explicit CompletionDuty(const Group &G) : G(G) {}

  bool owedAtEntry() const override {
    return G.Members.front().first.From != Completion::Local && !G.begins();
  }
  std::string object() const override { return ""; }

  Acts acts(const Stmt *St, Owing Now) const override {
    for (const auto &[C, Uses] : G.Members)
      if (Uses.Begins.contains(St))
        return {{Act::Nothing, Value::Negative | Value::Positive},
                {Act::Incur, Value::Zero}};
    Act::Kind What = G.act(St);
    // First by its declaration, then, when somebody may wait, by that.
    if (What == Act::Nothing ||
        (What == Act::Incur && Now != Owing::Free && Now != Owing::Owed))
      return {};
    return {{What, Value::Any}};
  }

  Act::Kind learn(const Expr *Cond, bool Truth) const override {
    for (const auto &[C, Uses] : G.Members) {
      std::optional<bool> Empty = Completions::emptyWhen(Cond, C.Var);
      if (Empty && *Empty == Truth)
        return Act::Renounce;
    }
    return Act::Nothing;
  }

private:
  const Group &G;
};

class UnfulfilledPromise : public Check {
public:
  ArrayRef<Kind> kinds() const override { return {}; }

  void analyzeFunctions(Unit &U) override {
    Completions All(U.projectWords());
    for (const auto &[Key, F] : U.functions().all()) {
      if (!F.Decl || !F.Decl->hasBody() ||
          isa<CoroutineBodyStmt>(F.Decl->getBody()))
        continue;
      starve(U, F, All);
      for (const Completion &C : All.members(F)) {
        Group Alone;
        Alone.Members.push_back({C, All.uses(C, F.Decl)});
        follow(U, F, Alone);
      }
      llvm::SmallVector<Completion, 2> Candidates = All.of(F.Decl);
      if (llvm::none_of(Candidates, named)) {
        objects(U, F, All);
        continue;
      }
      Group Others;
      for (const Completion &C : Candidates) {
        // Whoever waits is told when it ends, here or with the lambda.
        if (C.What == Completion::Promise && C.BreaksAtEnd && !C.Shared)
          continue;
        CompletionUses Uses = All.uses(C, F.Decl);
        if (Uses.UsesResult)
          continue;
        if (C.From == Completion::Local) {
          Group Alone;
          Alone.Members.push_back({C, std::move(Uses)});
          follow(U, F, Alone);
        } else if (!Uses.Acts.empty()) {
          Others.Members.push_back({C, std::move(Uses)});
        }
      }
      if (!Others.Members.empty())
        follow(U, F, Others);
    }
    if (ToldWithoutOwner)
      for (Finding &R : WithoutOwner)
        U.report(std::move(R));
    WithoutOwner.clear();
    ToldWithoutOwner = false;
  }

private:
  /// Requests and operations that the function completes.
  void objects(Unit &U, const FunctionUses &F, const Completions &All) {
    if (!Completions::anyFinishes(F))
      return;
    for (const Completion &C : All.objects(F.Decl)) {
      Group Alone;
      Alone.Members.push_back({C, All.objectUses(C, F.Decl)});
      if (Alone.Members.front().second.Calls)
        follow(U, F, Alone);
    }
  }

  /// Completions that are given to what only runs after success.
  void starve(Unit &U, const FunctionUses &F, const Completions &All) {
    for (const Continuation &Next : continuations(F, U.lexicon()))
      for (const Completion &C : All.of(Next.Runs))
        if (C.From == Completion::Capture && C.Name == Says::Completion &&
            !C.BreaksAtEnd && starves(C, Next, F, All))
          starved(U, C, Next);
  }

  static bool starves(const Completion &C, const Continuation &Next,
                      const FunctionUses &F, const Completions &All) {
    CompletionUses Uses = All.uses(C, Next.Runs);
    if (!Uses.Calls || Uses.UsesResult)
      return false;
    const SourceManager &SM = F.Decl->getASTContext().getSourceManager();
    for (const auto &[At, What] : Uses.Acts)
      if (Next.Throws && SM.isBeforeInTranslationUnit(
                             At->getEndLoc(), Next.Throws->getBeginLoc()))
        return false;
    // Others that have it may be there for the failure.
    const ValueDecl *From = C.Var;
    if (const auto *Var = dyn_cast<VarDecl>(From); Var && Var->isInitCapture())
      if (const auto *Ref =
              dyn_cast_or_null<DeclRefExpr>(Completions::moved(Var->getInit())))
        From = Ref->getDecl();
    return llvm::none_of(F.Lambdas, [&](const LambdaExpr *LE) {
      return LE != Next.Lambda &&
             llvm::any_of(LE->capture_inits(), [&](const Expr *Init) {
               return mentions(Init, From);
             });
    });
  }

  static bool mentionsThis(const Stmt *S) {
    return S &&
           (isa<CXXThisExpr>(S) || llvm::any_of(S->children(), mentionsThis));
  }

  void starved(Unit &U, const Completion &C, const Continuation &Next) {
    Finding R;
    R.Check = name().str();
    R.Loc = C.Loc;
    const char *Told = done(C);
    R.Message = quoted(C) + " is only " + Told +
                " when this succeeds; after a failure whoever waits for it "
                "waits for ever";
    if (Next.Throws)
      R.Notes.push_back({Next.Throws->getBeginLoc(),
                         "after a failure this throws, and " + quoted(C) +
                             " is not " + Told + " any more"});
    else
      R.Notes.push_back({Next.Call->getExprLoc(),
                         "what is given to '" +
                             Next.Call->getDirectCallee()->getNameAsString() +
                             "' runs only after success"});
    U.report(std::move(R));
  }

  struct Ways {
    SmallVector<const Outcome *, 4> Forgets;    ///< One for each exit.
    SmallVector<const Outcome *, 4> Done, Gone; ///< One for each operation.
    unsigned Early = 0; ///< Operations of Done right before a `return`.
  };

  static bool named(const Completion &C) {
    return C.Name == Says::Completion || C.Name == Says::Maybe;
  }

  void follow(Unit &U, const FunctionUses &F, const Group &G) {
    Says Name = Says::Nothing;
    bool Promises = false;
    for (const auto &[C, Uses] : G.Members) {
      Promises |= C.What == Completion::Promise;
      if (C.Name == Says::Completion || Name == Says::Nothing)
        Name = C.Name;
    }
    if (Name != Says::Completion && Name != Says::Maybe)
      return;
    unsigned Operations = 0;
    for (const auto &[C, Uses] : G.Members)
      Operations += Uses.Calls + Uses.HandedOn;
    if (!Operations)
      return;
    const Body &B = U.graphs().body(F.Decl);
    if (!B.graph())
      return;
    Simulation Sim = simulate(B, CompletionDuty(G));
    if (!Sim.Complete)
      return;
    for (const Misstep &M : Sim.Missteps)
      if (M.What == Misstep::Twice && G.only() != Completion::Object) {
        twice(U, B, G, M);
        return;
      }
    Ways W = sort(Sim);
    if (repeats(*B.graph(), G)) {
      // What happens before the loop is no turn of it: one exit calls it,
      // another one only logs an error.
      llvm::erase_if(W.Forgets,
                     [&](const Outcome *O) { return !complains(*O, B); });
      if (llvm::none_of(W.Done, [&](const Outcome *O) {
            return isa_and_nonnull<ReturnStmt>(O->Exit) &&
                   !G.inLoop(O->Discharged);
          }))
        return;
    }
    for (const Outcome *O : W.Done)
      ToldWithoutOwner |= ownerGone(*O);
    bool Single = W.Done.size() + W.Gone.size() == 1;
    if (W.Forgets.empty() || W.Done.size() + W.Gone.size() < 1)
      return;
    auto InLoop = [&](const Outcome *O) { return G.inLoop(O->Discharged); };
    if (llvm::all_of(W.Done, InLoop) && llvm::all_of(W.Gone, InLoop))
      return;
    SharedState State(F.Decl);
    for (const Outcome &O : Sim.Outcomes)
      if (O.State == Owing::Owed && !O.Throws && gathers(State, O))
        return;
    llvm::erase_if(W.Forgets, [&](const Outcome *O) {
      return misused(F.Decl, *O) || asksItself(G, *O) ||
             llvm::any_of(O->Way, [&](const Branch &Decision) {
               return State.recalls(Decision.Cond, Decision.Truth);
             });
    });
    // The future went out with what is returned.
    if (G.Members.front().first.From != Completion::Local)
      tells(F.Decl, Sim, W);
    unsigned Siblings = W.Done.size() + W.Gone.size();
    if (W.Forgets.empty() || W.Forgets.size() > Siblings)
      return;
    bool Enough = Name == Says::Completion ? W.Early || !W.Gone.empty()
                                           : W.Early && !W.Gone.empty();
    // The ways that do it come to the end together; the one that doesn't leaves
    // early, and knows that something failed.
    Enough |= Name == Says::Completion && W.Done.size() > 1 &&
              llvm::all_of(W.Forgets, [&](const Outcome *O) {
                return isa_and_nonnull<ReturnStmt>(O->Exit) && complains(*O, B);
              });
    if (Single)
      // No evidence but that the path knows that something failed.
      Enough = Name == Says::Completion && !registers(F.Decl, G, W) &&
               F.Decl->getReturnType()->isVoidType() &&
               (G.begins() || complains(*W.Forgets.front(), B));
    if (G.Members.front().first.From == Completion::Member)
      // Most that a class has is for several of its methods to call.
      Enough = W.Done.size() > 1 && W.Early && W.Forgets.size() == 1 &&
               onlyLeaves(*W.Forgets.front(), B);
    if (Enough || (Promises && !Single))
      forgets(U, B, G, Sim, W);
  }

  /// Something is called or handed on in a loop that goes on after that: for
  /// each element, or until something is found.
  static bool repeats(const CFG &Graph, const Group &G) {
    for (const CFGBlock *Block : Graph) {
      bool Acts = false;
      for (const CFGElement &E : *Block)
        if (auto S = E.getAs<CFGStmt>())
          Acts |= G.act(S->getStmt()) != Act::Nothing;
      if (!Acts)
        continue;
      SmallVector<const CFGBlock *, 16> Work{Block};
      llvm::SmallPtrSet<const CFGBlock *, 16> Known;
      while (!Work.empty())
        for (const CFGBlock *Next : Work.pop_back_val()->succs()) {
          if (Next == Block)
            return true;
          if (Next && Known.insert(Next).second)
            Work.push_back(Next);
        }
    }
    return false;
  }

  static Ways sort(const Simulation &Sim) {
    Ways W;
    auto Add = [](SmallVectorImpl<const Outcome *> &To, const Outcome &O,
                  auto Same) {
      if (llvm::any_of(To,
                       [&](const Outcome *X) { return X->*Same == O.*Same; }))
        return false;
      To.push_back(&O);
      return true;
    };
    for (const Outcome &O : Sim.Outcomes) {
      // Who is told by an exception knows.
      if (O.State == Owing::Owed && !O.Throws &&
          !isa_and_nonnull<DeclStmt>(O.Incurred))
        Add(W.Forgets, O, &Outcome::Exit);
      else if (O.State == Owing::Done && Add(W.Done, O, &Outcome::Discharged))
        W.Early += isa_and_nonnull<ReturnStmt>(O.Exit);
      else if (O.State == Owing::Gone)
        Add(W.Gone, O, &Outcome::Discharged);
    }
    return W;
  }

  /// Leaves out the exits that return something else than those that do it:
  /// the caller is told that way.
  static void tells(const FunctionDecl *In, const Simulation &Sim, Ways &W) {
    if (In->getReturnType()->isVoidType() || isa<CXXConstructorDecl>(In))
      return;
    llvm::erase_if(W.Forgets, [&](const Outcome *O) {
      return !O->Returned.Constant ||
             llvm::none_of(Sim.Outcomes, [&](const Outcome &X) {
               return (X.State == Owing::Done || X.State == Owing::Gone) &&
                      !X.Throws && X.Returned == O->Returned;
             });
    });
  }

  /// \p In keeps the callback for later in the object itself.
  static bool registers(const FunctionDecl *In, const Group &G, const Ways &W) {
    if (In->getIdentifier())
      for (StringRef Word : {"set", "add", "register", "on", "install"})
        if (In->getName().starts_with_insensitive(Word))
          return true;
    if (W.Gone.empty())
      return false;
    const Stmt *Told = G.told(W.Gone.front()->Discharged).second;
    const Expr *To = nullptr;
    if (const auto *BO = dyn_cast<BinaryOperator>(Told))
      To = BO->getLHS();
    else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Told);
             Op && Op->isAssignmentOp())
      To = Op->getArg(0);
    const auto *ME = To ? dyn_cast<MemberExpr>(strip(To)) : nullptr;
    return ME && isa<CXXThisExpr>(strip(ME->getBase()));
  }

  /// The caller gave null for another parameter: that is an error of its own.
  static bool misused(const FunctionDecl *In, const Outcome &O) {
    if (O.Way.empty())
      return false;
    for (const ParmVarDecl *P : In->parameters())
      if (P->getType()->isPointerType() &&
          Completions::emptyWhen(O.Way.back().Cond, P) == O.Way.back().Truth)
        return true;
    return false;
  }

  /// An object's own state tells that there is nothing to be done yet.
  static bool asksItself(const Group &G, const Outcome &O) {
    const Completion &C = G.Members.front().first;
    if (O.Way.empty())
      return false;
    const Expr *Cond = O.Way.back().Cond;
    return C.From == Completion::Member
               ? mentionsThis(Cond)
               : C.What == Completion::Object && mentions(Cond, C.Var);
  }

  /// Another call of the same function may do it, or has done it.
  static bool gathers(const SharedState &State, const Outcome &O) {
    return !O.Way.empty() && (State.changes(O.Way.back().Cond) ||
                              llvm::any_of(O.Way, [&](const Branch &Decision) {
                                return State.counts(Decision.Cond);
                              }));
  }

  /// The owner of what is done doesn't exist any more: `weak.lock()` failed.
  static bool ownerGone(const Outcome &O) {
    if (O.Way.empty())
      return false;
    const Expr *Cond = strip(O.Way.back().Cond);
    bool Truth = O.Way.back().Truth;
    for (;;) {
      Cond = Cond ? strip(Cond) : nullptr;
      if (const auto *UO = dyn_cast_or_null<UnaryOperator>(Cond);
          UO && UO->getOpcode() == UO_LNot) {
        Cond = UO->getSubExpr();
        Truth = !Truth;
        continue;
      }
      const auto *MC = dyn_cast_or_null<CXXMemberCallExpr>(Cond);
      if (!MC || !isa_and_nonnull<CXXConversionDecl>(MC->getMethodDecl()))
        break;
      Cond = MC->getImplicitObjectArgument();
    }
    if (const auto *Op = dyn_cast_or_null<CXXOperatorCallExpr>(Cond);
        Op && Op->getNumArgs() == 2) {
      Cond = strip(Op->getArg(0));
      Truth = (Op->getOperator() == OO_EqualEqual) != Truth;
    }
    if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(Cond)) {
      const auto *VD = dyn_cast<VarDecl>(Ref->getDecl());
      Cond = VD && VD->hasInit() ? strip(VD->getInit()) : nullptr;
      if (const auto *CE = dyn_cast_or_null<CXXConstructExpr>(Cond);
          CE && CE->getNumArgs() == 1)
        Cond = strip(CE->getArg(0));
    }
    const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(Cond);
    const CXXMethodDecl *M = Call ? Call->getMethodDecl() : nullptr;
    if (!M || !M->getIdentifier() || Call->getNumArgs())
      return false;
    return (M->getName() == "lock" && !M->getReturnType()->isVoidType() &&
            !Truth) ||
           (M->getName() == "expired" && Truth);
  }

  static const char *done(const Completion &C) {
    return C.What == Completion::Callback  ? "called"
           : C.What == Completion::Promise ? "set"
                                           : "completed";
  }

  static std::string quoted(const Completion &C) {
    return "'" + C.Var->getNameAsString() + "'";
  }

  /// What all others do, when it is the same everywhere and says nothing of how
  /// it ended: `done();`.
  static std::optional<std::vector<FixItHint>>
  sameAsOthers(const Body &B, const Group &G, const Simulation &Sim,
               const Ways &W) {
    if (G.Members.size() != 1 || W.Done.empty() || !W.Gone.empty())
      return std::nullopt;
    for (const Outcome *O : W.Done) {
      const auto *Call = dyn_cast<CallExpr>(O->Discharged);
      if (!Call || Call->getNumArgs() != isa<CXXOperatorCallExpr>(Call))
        return std::nullopt;
    }
    // It may be null, or other paths come to the same exit with it done.
    for (const Outcome &O : Sim.Outcomes)
      if (O.State == Owing::Free ||
          (O.State != Owing::Owed &&
           llvm::any_of(W.Forgets,
                        [&](const Outcome *F) { return F->Exit == O.Exit; })))
        return std::nullopt;
    return repeatBefore(*W.Done.front(), W.Forgets, B);
  }

  static std::string others(unsigned Count, StringRef One, StringRef Many) {
    return Count == 1 ? "one other path " + One.str()
                      : std::to_string(Count) + " other paths " + Many.str();
  }

  void forgets(Unit &U, const Body &B, const Group &G, const Simulation &Sim,
               const Ways &W) {
    const Outcome *Sibling = W.Done.empty() ? W.Gone.front() : W.Done.front();
    auto [Used, At] = G.told(Sibling->Discharged);
    const Completion &C = Used ? *Used : G.Members.front().first;
    const char *Told = done(C);
    Finding R;
    R.Check = name().str();
    R.Loc = C.Loc;
    R.Message = quoted(C) + " is not " + Told +
                " on every path; this function returns without having " + Told +
                " it or handed it on, and whoever waits for it waits for ever";
    bool AllInMacros = true;
    for (const Outcome *O : W.Forgets) {
      tellWay(*O, nullptr, B, R);
      SourceLocation Exit = exitLocation(B.function(), *O);
      AllInMacros &= Exit.isMacroID();
      std::string Others =
          W.Gone.empty() ? others(W.Done.size(), "completes it", "complete it")
          : W.Done.empty() ? others(W.Gone.size(), "hands it on", "hand it on")
                           : others(W.Done.size() + W.Gone.size(), "",
                                    "complete it or hand it on");
      R.Notes.push_back({Exit, quoted(C) + " is forgotten here; " + Others});
    }
    R.OnlyThroughMacros = AllInMacros;
    for (const Outcome *O : W.Done) {
      auto [Other, Where] = G.told(O->Discharged);
      R.Notes.push_back(
          {Where->getBeginLoc(),
           std::string("another path ") +
               (Other->What == Completion::Object ? "completes " : "calls ") +
               quoted(*Other) + " here"});
    }
    for (const Outcome *O : W.Gone) {
      auto [Other, Where] = G.told(O->Discharged);
      R.Notes.push_back({Where->getBeginLoc(),
                         "another path hands " + quoted(*Other) + " on here"});
    }
    if (std::optional<std::vector<FixItHint>> Fix = sameAsOthers(B, G, Sim, W))
      R.FixIts = std::move(*Fix);
    // Whether it then still matters to anybody, the rest of the unit tells.
    if (llvm::all_of(W.Forgets, [](const Outcome *O) { return ownerGone(*O); }))
      WithoutOwner.push_back(std::move(R));
    else
      U.report(std::move(R));
  }

  bool ToldWithoutOwner = false;
  std::vector<Finding> WithoutOwner;

  /// \p Call is the last statement of what an `if` without `else` guards, where
  /// a `return` would stand.
  static bool endsBranch(const Body &B, const Stmt *Call) {
    bool Found = false;
    auto Ends = [&](const Stmt *S) {
      const auto *E = dyn_cast_or_null<Expr>(S);
      return E && E->IgnoreImplicit() == Call;
    };
    auto Visit = [&](auto &Self, const Stmt *S) -> void {
      if (!S || Found || isa<LambdaExpr>(S))
        return;
      if (const auto *If = dyn_cast<IfStmt>(S); If && !If->getElse()) {
        const auto *Block = dyn_cast<CompoundStmt>(If->getThen());
        Found |= Block ? Block->size() > 0 && Ends(Block->body_back())
                       : Ends(If->getThen());
      }
      for (const Stmt *Child : S->children())
        Self(Self, Child);
    };
    Visit(Visit, B.function()->getBody());
    return Found;
  }

  void twice(Unit &U, const Body &B, const Group &G, const Misstep &M) {
    auto [First, FirstAt] = G.told(M.Before);
    auto [Second, SecondAt] = G.told(M.At);
    if (!First || First != Second || M.At == M.Before)
      return;
    if (First->What == Completion::Promise ? !First->Once
                                           : !endsBranch(B, M.Before))
      return;
    Finding R;
    R.Check = name().str();
    R.Loc = M.At->getBeginLoc();
    R.Message = quoted(*First) + " is " +
                (First->What == Completion::Promise ? "set" : "called") +
                " twice on this path" +
                (First->What == Completion::Promise
                     ? "; the second time throws"
                     : ": after the first time a 'return' is missing");
    R.Notes.push_back({M.Before->getBeginLoc(), "first here"});
    Outcome Way;
    Way.Way = M.Way;
    tellWay(Way, nullptr, B, R);
    U.report(std::move(R));
  }
};

RegisterCheck<UnfulfilledPromise> X("unfulfilled-promise");

} // namespace
} // namespace leak
