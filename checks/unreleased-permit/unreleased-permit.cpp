//===--- unreleased-permit.cpp - leak-unreleased-permit -------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A permit (mutex, semaphore, gate) is taken, and some path leaves the
/// function without giving it back, though others do.
///
/// Assumed: a function all of whose ways out leave it taken does so for its
/// caller, and so does one that returns success with it taken and failure
/// without. Knowingly missed: see the page.
///
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "GuardMoves.h"
#include "PermitDuty.h"
#include "Spelling.h"
#include "Statements.h"
#include "Tell.h"
#include "clang/AST/ParentMapContext.h"
#include "clang/Basic/SourceManager.h"
#include <map>

using namespace clang;

namespace leak {
namespace {

/// What a function returns to say what went wrong; null when nothing did.
bool isError(QualType T) {
  const NamedDecl *D = nullptr;
  if (const auto *Alias = T->getAs<TypedefType>())
    D = Alias->getDecl();
  else if (const auto *Tag = T->getAs<TagType>())
    D = Tag->getDecl();
  return D && D->getIdentifier() &&
         hasWord(D->getName(), {"error", "err", "failure", "exception"});
}

/// The values that a way out returns tell the caller whether the permit is
/// still taken: success with it, failure without it.
bool tellsCaller(const FunctionDecl *In, ArrayRef<const Outcome *> Taken,
                 ArrayRef<const Outcome *> Given) {
  QualType T = In->getReturnType();
  if (T->isVoidType())
    return false;
  unsigned char With = 0, Without = 0;
  for (const Outcome *O : Taken)
    With |= O->Throws ? 0 : O->Returned.Signs;
  for (const Outcome *O : Given)
    Without |= O->Throws ? 0 : O->Returned.Signs;
  if (!With || !Without)
    return false;
  if (T->isPointerType() && isError(T->getPointeeType()))
    // No error.
    return With == Value::Zero || !(Without & Value::Zero);
  if (T->isPointerType() || T->isBooleanType())
    // An object, `true`.
    return !(With & Value::Zero) || Without == Value::Zero;
  if (T->isIntegerType() || T->isEnumeralType())
    // 0 or more, where failures are below; or 0, where failures are not.
    return (With == Value::Zero && !(Without & Value::Zero)) ||
           (!(With & Value::Negative) && Without == Value::Negative);
  // Objects: an optional, a guard. Nobody can tell.
  return T->isRecordType() && !In->isInvalidDecl() && T->getAsCXXRecordDecl() &&
         T->getAsCXXRecordDecl()->getNameAsString().find("ock") !=
             std::string::npos;
}

class UnreleasedPermit : public Check {
public:
  ArrayRef<Kind> kinds() const override { return {}; }

  ArrayRef<StringRef> options() const override {
    static const StringRef Options[] = {"WarnOnMacroExits"};
    return Options;
  }

  void analyzeFunctions(Unit &U) override {
    Permits P(U.projectWords(), U.functions());
    for (const GuardMove &M : guardMoves(U.functions(), P))
      movedTwice(U, M);
    if (!anyRelease(U))
      return;
    ThrowSearch Search(U.lexicon());
    Summaries S(U.graphs(), [&](NamedDuty::About A) {
      return std::make_unique<PermitDuty>(P, std::move(A));
    });
    for (const auto &[Key, F] : U.functions().all())
      function(U, P, S, Search, F);
  }

private:
  /// Cheap: without a word for giving back there is nothing to say.
  static bool anyRelease(Unit &U) {
    const IdentifierTable &Idents = U.context().Idents;
    Kind Permit[] = {Kind::Permit};
    return U.lexicon().anyDeclared(Permit) ||
           llvm::any_of(Idents,
                        [](const auto &Entry) {
                          return Entry.getKey().contains_insensitive("unlock");
                        }) ||
           llvm::any_of(U.protocols(), [](const InferredRole &R) {
             return R.Model.What == Kind::Permit;
           });
  }

  void function(Unit &U, const Permits &P, Summaries &S,
                const ThrowSearch &Search, const FunctionUses &F) {
    bool Takes = false, Gives = false;
    for (const Expr *Call : F.Calls) {
      std::optional<Verb> V = P.verb(Call);
      Takes |= V == Verb::Acquire || V == Verb::TryAcquire;
      Gives |= V == Verb::Release;
      if (const FunctionDecl *Callee = V ? nullptr : ThrowSearch::callee(Call))
        Gives |= P.touches(Callee);
    }
    if (!Gives || opts(F.Decl))
      return;
    if (llvm::any_of(F.Calls, [&](const Expr *Call) {
          return P.verb(Call) == Verb::Release;
        }))
      guardedTwice(U, P, S.body(F.Decl), F);
    if (!Takes || Permits::isOperation(F.Decl))
      return;
    const Body &B = S.body(F.Decl);
    llvm::MapVector<std::string, PermitOp, std::map<std::string, unsigned>>
        Objects;
    for (const Expr *Call : F.Calls)
      if (std::optional<PermitOp> Op = P.op(Call, B.names()))
        if (!Op->Object.empty() && Op->Does != Verb::Release)
          Objects.insert({Op->Object, *Op});
    for (const auto &[Name, Op] : Objects) {
      PermitDuty D(P, {S, B, Name, /*Owed=*/false, /*Depth=*/0, &Search}, Op,
                   hasOneName(P, B, F, Name));
      Simulation Sim = simulateDoubts(B, D);
      if (!Sim.Complete)
        U.Omissions.push_back({F.Decl->getLocation(),
                               "the paths of this function are too many for '" +
                                   sourceText(Op.ObjectExpr, U.context()) +
                                   "'"});
      judge(U, B, P, Op, Sim);
    }
  }

  /// `std::lock_guard lock(m); ... m.unlock();`: the guard releases again what
  /// was released by hand.
  static const VarDecl *guardVariable(const Expr *Made, ASTContext &Ctx) {
    DynTypedNode Node = DynTypedNode::create(*Made);
    while (true) {
      auto Parents = Ctx.getParents(Node);
      if (Parents.empty())
        return nullptr;
      Node = Parents[0];
      if (const auto *VD = Node.get<VarDecl>())
        return VD->hasLocalStorage() && !isa<ParmVarDecl>(VD) ? VD : nullptr;
      if (!Node.get<ExprWithCleanups>() && !Node.get<CastExpr>())
        return nullptr;
    }
  }

  static const Stmt *scopeOf(const VarDecl *VD, ASTContext &Ctx) {
    auto Parents = Ctx.getParents(*VD);
    const auto *DS = Parents.empty() ? nullptr : Parents[0].get<DeclStmt>();
    if (!DS)
      return nullptr;
    auto Above = Ctx.getParents(*DS);
    return Above.empty() ? nullptr : Above[0].get<CompoundStmt>();
  }

  void guardedTwice(Unit &U, const Permits &P, const Body &B,
                    const FunctionUses &F) {
    for (const Expr *Made : F.Calls) {
      const auto *CE = dyn_cast<CXXConstructExpr>(Made);
      const Effect *Row = CE ? P.lexicon().effect(CE) : nullptr;
      if (!Row || Row->Does != Verb::Acquire || Row->Lock != 0 ||
          CE->getNumArgs() != 1)
        continue;
      std::string Object = B.names().of(CE->getArg(0));
      const VarDecl *Guard = guardVariable(CE, U.context());
      const Stmt *Scope = Guard ? scopeOf(Guard, U.context()) : nullptr;
      // Whoever uses the guard may have it let go.
      if (Object.empty() || !Scope || mentions(Scope, Guard))
        continue;
      const Expr *Released = nullptr;
      bool Retaken = false;
      for (const Expr *Call : F.Calls)
        if (std::optional<PermitOp> Op = P.op(Call, B.names());
            Op && Op->Object == Object) {
          Retaken |= Op->Does != Verb::Release;
          if (Op->Does == Verb::Release && !Released && contains(Scope, Call))
            Released = Call;
        }
      if (!Released || Retaken)
        continue;
      Finding R;
      R.Check = name().str();
      R.Loc = Released->getBeginLoc();
      R.Message = "'" + sourceText(CE->getArg(0), U.context()) +
                  "' is released here, and again by '" +
                  Guard->getNameAsString() + "'; the behavior is undefined";
      R.Notes.push_back({Guard->getLocation(),
                         "the guard releases it at the end of its scope"});
      U.report(std::move(R));
    }
  }

  /// A guard whose source still releases when it was moved or copied from.
  void movedTwice(Unit &U, const GuardMove &M) {
    static const char *const Does[] = {"released", "counted down", "called"};
    StringRef Class = M.Move->getParent()->getName();
    Finding R;
    R.Check = name().str();
    R.Loc = M.Move->getLocation();
    R.Message =
        ("'" + Class + "' leaves '" + M.Member->getName() +
         "' to the object that it is " + (M.Moves ? "moved" : "copied") +
         " from as well; it is " + Does[M.Does] + " twice")
            .str();
    R.Notes.push_back(
        {M.Release->getBeginLoc(),
         std::string("each of the two does it here when it is destroyed")});
    U.report(std::move(R));
  }

  /// A function of which Clang's own analysis was asked to look away.
  static bool opts(const FunctionDecl *FD) {
    return FD->hasAttr<NoThreadSafetyAnalysisAttr>();
  }

  void judge(Unit &U, const Body &B, const Permits &P, const PermitOp &Op,
             const Simulation &Sim) {
    llvm::MapVector<const Stmt *, SmallVector<const Outcome *, 2>> Taken;
    SmallVector<const Outcome *, 4> Given, Free;
    for (const Outcome &O : Sim.Outcomes) {
      if (O.State == Owing::Owed && !O.HeldBefore)
        Taken[O.Incurred].push_back(&O);
      else if (O.State == Owing::Done && O.Incurred)
        Given.push_back(&O);
      else if (O.State == Owing::Free)
        Free.push_back(&O);
    }
    std::string Name = "'" + sourceText(Op.ObjectExpr, U.context()) + "'";
    if (!Op.ObjectExpr || isa<CXXThisExpr>(strip(Op.ObjectExpr)))
      Name = Op.ObjectExpr ? "the lock of '*this'" : "the lock";
    for (const auto &[Incurred, Ways] : Taken) {
      SmallVector<const Outcome *, 4> Siblings;
      for (const Outcome *O : Given)
        if (O->Incurred == Incurred)
          Siblings.push_back(O);
      const auto *Settled = Sim.Settled.find(Incurred);
      if (Settled == Sim.Settled.end() || (Siblings.empty() && Free.empty()) ||
          // In a loop: a way out belongs to the next turn.
          tellsCaller(B.function(), Ways, Siblings.empty() ? Free : Siblings))
        continue;
      if (isConditional(Incurred, Settled->second, B) ||
          llvm::any_of(Ways,
                       [&](const Outcome *O) {
                         return isAgreed(*O, Settled->second, B);
                       }) ||
          (isReleasedAside(B, Incurred, Settled->second) &&
           releasedElsewhere(U, P, B, Op)))
        continue;
      leaves(U, B, Name, Incurred, Ways, Siblings, Settled->second.front());
    }
    llvm::SmallPtrSet<const Stmt *, 4> Told;
    if (Sim.Missteps.empty() ||
        llvm::any_of(Sim.Settled, [&](const auto &Each) {
          return isConditional(Each.first, Each.second, B);
        }))
      return;
    for (const Misstep &M : Sim.Missteps)
      // After the first release that was one too many, all are.
      if (M.What != Misstep::Twice || Told.insert(M.Before).second)
        wrong(U, B, P, Name, Op, M, Sim, !Taken.empty());
  }

  /// The caller said that it wants to have it, by a parameter; or what releases
  /// is a macro that decided not to: it counts by itself.
  static bool isAgreed(const Outcome &O, ArrayRef<const Stmt *> Releases,
                       const Body &B) {
    const SourceManager &SM = B.context().getSourceManager();
    if (!O.Way.empty()) {
      const Expr *Cond = strip(O.Way.back().Cond);
      if (const auto *UO = dyn_cast_or_null<UnaryOperator>(Cond);
          UO && UO->getOpcode() == UO_LNot)
        Cond = strip(UO->getSubExpr());
      if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(Cond))
        if (const auto *P = dyn_cast<ParmVarDecl>(Ref->getDecl());
            P && hasWord(P->getName(), {"lock", "locked", "unlock", "keep",
                                        "leave", "hold", "held", "release"}))
          return true;
    }
    return llvm::any_of(O.Way, [&](const Branch &Decision) {
      SourceLocation At = Decision.Cond->getBeginLoc();
      return At.isMacroID() && llvm::any_of(Releases, [&](const Stmt *Release) {
               return Release->getBeginLoc().isMacroID() &&
                      SM.getExpansionLoc(Release->getBeginLoc()) ==
                          SM.getExpansionLoc(At);
             });
    });
  }

  /// The condition of the `if` that only \p S stands under, or null.
  static const Expr *conditionOf(const Stmt *S, const Body &B) {
    auto Path = pathTo(B.function()->getBody(), S);
    for (; Path.size() > 1; Path.pop_back()) {
      const Stmt *Up = Path[Path.size() - 2];
      if (const auto *If = dyn_cast<IfStmt>(Up))
        return If->getThen() == Path.back() ? If->getCond() : nullptr;
      const auto *Whole = dyn_cast<CompoundStmt>(Up);
      if (!isa<Expr>(Up) && !(Whole && Whole->size() == 1))
        return nullptr;
    }
    return nullptr;
  }

  /// It is taken and released under one condition, which asks a function that
  /// nobody here can tell to answer the same twice.
  static bool isConditional(const Stmt *Taken, ArrayRef<const Stmt *> Releases,
                            const Body &B) {
    const Expr *Cond = conditionOf(Taken, B);
    if (!Cond || !B.names().of(Cond).empty())
      return false;
    auto Profile = [&](const Expr *E) {
      llvm::FoldingSetNodeID ID;
      E->Profile(ID, B.context(), /*Canonical=*/true);
      return ID;
    };
    return llvm::any_of(Releases, [&](const Stmt *Release) {
      const Expr *Other = conditionOf(Release, B);
      return Other && Profile(Cond) == Profile(Other);
    });
  }

  /// Where it is released, that is on the side: in an `if` or the like behind
  /// which the function goes on with it.
  static bool isReleasedAside(const Body &B, const Stmt *Taken,
                              ArrayRef<const Stmt *> Releases) {
    const auto Path = pathTo(B.function()->getBody(), Taken);
    const auto Around = llvm::find_if(llvm::reverse(Path), [](const Stmt *S) {
      return isa<CompoundStmt>(S);
    });
    if (Around == Path.rend())
      return false;
    for (const Stmt *S : cast<CompoundStmt>(*Around)->body()) {
      while (const auto *Label = dyn_cast<LabelStmt>(S))
        S = Label->getSubStmt();
      if (isa<Expr>(S) && llvm::any_of(Releases, [&](const Stmt *Release) {
            return contains(S, Release);
          }))
        return false;
    }
    return true;
  }

  /// Another function, which isn't about locking by its name, releases such a
  /// permit without having taken it.
  static bool releasedElsewhere(Unit &U, const Permits &P, const Body &In,
                                const PermitOp &Op) {
    auto Member = [](const Expr *E) -> const ValueDecl * {
      E = E ? strip(E) : nullptr;
      if (const auto *UO = dyn_cast_or_null<UnaryOperator>(E))
        E = strip(UO->getSubExpr());
      if (const auto *ME = dyn_cast_or_null<MemberExpr>(E))
        return ME->getMemberDecl();
      const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E);
      return Ref ? Ref->getDecl() : nullptr;
    };
    const ValueDecl *Wanted = Member(Op.ObjectExpr);
    if (!Wanted)
      return false;
    return llvm::any_of(U.functions().all(), [&](const auto &Entry) {
      const FunctionUses &F = Entry.second;
      if (F.Decl == In.function() || Permits::isOperation(F.Decl))
        return false;
      bool Takes = false, Gives = false;
      std::optional<Names> N;
      for (const Expr *Call : F.Calls) {
        std::optional<Verb> V = P.verb(Call);
        if (!V)
          continue;
        if (!N)
          N.emplace(F.Decl);
        std::optional<PermitOp> Other = P.op(Call, *N);
        if (!Other || Member(Other->ObjectExpr) != Wanted)
          continue;
        (*V == Verb::Release ? Gives : Takes) = true;
      }
      return Gives && !Takes;
    });
  }

  void leaves(Unit &U, const Body &B, const std::string &Name,
              const Stmt *Incurred, ArrayRef<const Outcome *> Ways,
              ArrayRef<const Outcome *> Siblings, const Stmt *Released) {
    Finding R;
    R.Check = name().str();
    R.Loc = Incurred->getBeginLoc();
    const Outcome *Shortest = Ways.front();
    R.Message = Name +
                " is not released on every path; it is still held when "
                "this function " +
                (Shortest->Throws ? "is left by an exception" : "returns") +
                ", and whoever waits for it waits for ever";
    tellWay(*Shortest, Incurred, B, R);
    SmallVector<const Stmt *, 4> Told;
    bool AllInMacros = true;
    for (const Outcome *O : Ways) {
      SourceLocation At = exitLocation(B.function(), *O);
      AllInMacros &= At.isMacroID();
      if (llvm::is_contained(Told, O->Exit))
        continue;
      Told.push_back(O->Exit);
      R.Notes.push_back({At, Name + " is still held here"});
    }
    if (AllInMacros &&
        !U.options().flag("unreleased-permit.WarnOnMacroExits", true))
      return;
    if (!Siblings.empty())
      Released = Siblings.front()->Discharged;
    R.Notes.push_back(
        {Released->getBeginLoc(), "another path releases it here"});
    if (!Siblings.empty())
      if (std::optional<std::vector<FixItHint>> Fix =
              repeatBefore(*Siblings.front(), Ways, B))
        R.FixIts = std::move(*Fix);
    U.report(std::move(R));
  }

  /// All operations on such a permit in the function are on this name, and no
  /// other variable is given what leads to it.
  static bool hasOneName(const Permits &P, const Body &B, const FunctionUses &F,
                         const std::string &Object) {
    auto Last = [](StringRef Name) { return Name.substr(Name.rfind('.') + 1); };
    for (const Expr *Call : F.Calls)
      if (std::optional<PermitOp> Op = P.op(Call, B.names());
          Op && Op->Object != Object &&
          (Op->Object.empty() || Last(Op->Object) == Last(Object)))
        return false;
    return F.Lambdas.empty() && !isCopied(F.Decl->getBody(), B, Object);
  }

  static bool isCopied(const Stmt *S, const Body &B, StringRef Object) {
    if (!S)
      return false;
    auto Leads = [&](const Expr *E) {
      if (!E->getType()->isPointerType())
        return false;
      std::string Name = B.names().pointee(E);
      return !Name.empty() && Object.starts_with(Name);
    };
    if (const auto *BO = dyn_cast<BinaryOperator>(S);
        BO && BO->getOpcode() == BO_Assign && Leads(BO->getRHS()))
      return true;
    if (const auto *DS = dyn_cast<DeclStmt>(S))
      for (const Decl *D : DS->decls())
        if (const auto *VD = dyn_cast<VarDecl>(D);
            VD && VD->hasInit() && Leads(VD->getInit()))
          return true;
    return llvm::any_of(S->children(),
                        [&](const Stmt *C) { return isCopied(C, B, Object); });
  }

  /// The release \p M.At is reached by a way around the acquisition \p Taken
  /// that nobody can mean: a jump over it, or its failure.
  static bool isWayAround(const Stmt *Taken, const Misstep &M, const Body &B,
                          const Permits &P) {
    if (M.Before)
      return M.Before == Taken && P.verb(cast<Expr>(Taken)) == Verb::TryAcquire;
    // All other ways to the release come by the acquisition: it stands by
    // itself among the statements of which the release is a later one.
    const auto *Whole = dyn_cast_or_null<CompoundStmt>(B.function()->getBody());
    while (Whole) {
      const Stmt *With = nullptr, *Later = nullptr;
      for (const Stmt *S : Whole->body()) {
        if (contains(S, Taken))
          With = S;
        if (contains(S, M.At))
          Later = S;
      }
      if (!With || !Later)
        return false;
      if (With != Later)
        return isa<Expr>(With);
      while (const auto *Label = dyn_cast<LabelStmt>(With))
        With = Label->getSubStmt();
      Whole = dyn_cast<CompoundStmt>(With);
    }
    return false;
  }

  /// Another function gives back the permit of \p Op without having taken it:
  /// when another thread runs that, to acquire it again is to wait for that.
  static bool isGivenBackBy(Unit &U, const Body &B, const Permits &P,
                            const PermitOp &Op) {
    const ValueDecl *Permit =
        Op.ObjectExpr ? namedBy(strip(Op.ObjectExpr)) : nullptr;
    if (!isa_and_nonnull<FieldDecl>(Permit))
      return false;
    return llvm::any_of(U.functions().all(), [&](const auto &Entry) {
      const FunctionUses &F = Entry.second;
      bool Takes = F.Decl == B.function(), Gives = false;
      for (const Expr *Call : F.Calls) {
        std::optional<Verb> V = P.verb(Call);
        const auto *MC = dyn_cast<CXXMemberCallExpr>(Call);
        if (!V || !MC ||
            namedBy(strip(MC->getImplicitObjectArgument())) != Permit)
          continue;
        Takes |= *V != Verb::Release;
        Gives |= *V == Verb::Release;
      }
      return Gives && !Takes;
    });
  }

  void wrong(Unit &U, const Body &B, const Permits &P, const std::string &Name,
             const PermitOp &Op, const Misstep &M, const Simulation &Sim,
             bool SomeKeep) {
    Finding R;
    R.Check = name().str();
    Outcome Way;
    Way.Way = M.Way;
    switch (M.What) {
    case Misstep::Again: {
      if (!M.Before || Op.IfReacquired == Reacquire::Counts ||
          !Sim.Settled.contains(M.Before))
        return;
      bool Loop = M.At == M.Before;
      if (!Loop &&
          (Op.IfReacquired != Reacquire::Blocks || isGivenBackBy(U, B, P, Op)))
        return;
      R.Loc = M.Before->getBeginLoc();
      R.Message =
          Loop ? Name +
                     " is not released on every path; it is still held when "
                     "the loop comes back here" +
                     (Op.IfReacquired == Reacquire::Blocks
                          ? ", and waits for itself"
                          : "")
               : Name + " is still held when it is acquired again; the thread "
                        "waits for itself";
      tellWay(Way, M.Before, B, R);
      R.Notes.push_back({M.At->getBeginLoc(), "acquired again here"});
      break;
    }
    case Misstep::Twice:
      // Of what is known by its name alone, the lock has to be seen.
      if (Op.IfReacquired == Reacquire::Counts || !M.Before ||
          (Op.Inferred && M.HeldBefore))
        return;
      // Entered with it held, and taken again somewhere that isn't seen.
      R.Loc = M.At->getBeginLoc();
      R.Message = Name + " is released twice on this path; the behavior is "
                         "undefined";
      R.Notes.push_back({M.Before->getBeginLoc(), "released first here"});
      tellWay(Way, M.Before, B, R);
      break;
    case Misstep::Bare: {
      // Where both seem wrong, something hangs together that isn't seen.
      if (SomeKeep || (Op.IfReacquired != Reacquire::Blocks && !Op.Inferred))
        return;
      const Stmt *Taken = nullptr;
      for (const auto &[Incurred, Places] : Sim.Settled)
        if (llvm::is_contained(Places, M.At)) {
          if (!isWayAround(Incurred, M, B, P))
            return;
          Taken = Incurred;
        }
      const auto *Call = dyn_cast_or_null<CallExpr>(Taken);
      if (!Call)
        return;
      R.Loc = M.At->getBeginLoc();
      R.Message = Name + " is not held on every path to this release; the "
                         "behavior is undefined";
      tellWay(Way, nullptr, B, R);
      R.Notes.push_back({Taken->getBeginLoc(),
                         M.Before ? "it may have failed to acquire it here"
                                  : "another path acquires it here"});
      break;
    }
    case Misstep::Lost:
      if (!M.Before || !Sim.Settled.contains(M.Before) || Sim.FoundAgain)
        return;
      R.Loc = M.Before->getBeginLoc();
      R.Message = Name +
                  " is not released on every path; it is still held when "
                  "the loop goes on to the next one";
      tellWay(Way, M.Before, B, R);
      R.Notes.push_back(
          {Sim.Settled.find(M.Before)->second.front()->getBeginLoc(),
           "another path releases it here"});
      break;
    }
    U.report(std::move(R));
  }
};

RegisterCheck<UnreleasedPermit> X("unreleased-permit");

} // namespace
} // namespace leak
