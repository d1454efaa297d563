//===--- Beliefs.cpp - what the other paths say ---------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Beliefs.h"
#include "Index.h"
#include "Spelling.h"
#include "Statements.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include <set>

using namespace clang;

namespace leak {

/// Numbers and flags that say that something goes on, by what people call them.
/// The name alone is no evidence; without one of these words there are too many
/// cursors, sizes and results.
static bool isNameOfWork(StringRef Name, bool Flag) {
  if (hasWord(Name,
              {"pos",       "position", "idx",         "index",      "cursor",
               "offset",    "id",       "seq",         "size",       "capacity",
               "total",     "stat",     "stats",       "errors",     "last",
               "next",      "max",      "min",         "line",       "column",
               "indent",    "retries",  "attempts",    "success",    "result",
               "ok",        "valid",    "initialized", "inited",     "init",
               "available", "enabled",  "connected",   "open",       "opened",
               "found",     "loaded",   "started",     "configured", "dirty",
               "ready",     "eof"}))
    return false;
  if (hasWord(Name, {"in flight",   "pending",    "active",     "busy",
                     "outstanding", "waiting",    "waiters",    "nested",
                     "nesting",     "depth",      "level",      "progress",
                     "inside",      "working",    "processing", "handling",
                     "dispatching", "executing",  "scheduled",  "calling",
                     "callback",    "callbacks",  "reentrant",  "reentrancy",
                     "recursion",   "recursive",  "entered",    "entry",
                     "users",       "workers",    "readers",    "writers",
                     "requests",    "jobs",       "tasks",      "ongoing",
                     "running",     "locked",     "suspended",  "paused",
                     "blocked",     "draining",   "flushing",   "syncing",
                     "updating",    "refreshing", "reading",    "writing",
                     "sending",     "receiving",  "connecting", "closing",
                     "loading",     "saving",     "compacting", "resizing",
                     "scanning",    "searching",  "resolving",  "reconnecting",
                     "retrying",    "opening",    "inflight",   "lock",
                     "locks",       "guard",      "hold",       "holds",
                     "use",         "sleeping",   "sleepers",   "idle",
                     "delivering",  "notifying",  "iterating",  "emitting",
                     "firing",      "parsing",    "polling",    "transaction",
                     "operation",   "operations"}))
    return true;
  return !Flag && hasWord(Name, {"count", "counter", "num", "n", "nr"});
}

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

static const ValueDecl *counted(const Expr *E, bool &Atomic) {
  E = strip(E);
  const ValueDecl *D = nullptr;
  if (const auto *ME = dyn_cast_or_null<MemberExpr>(E))
    D = ME->getMemberDecl();
  else if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E))
    if (const auto *VD = dyn_cast<VarDecl>(Ref->getDecl());
        VD && VD->hasGlobalStorage())
      D = VD;
  if (!D || !D->getIdentifier())
    return nullptr;
  QualType T = D->getType().getNonReferenceType();
  Atomic = false;
  if (T->isAtomicType()) {
    T = T.getAtomicUnqualifiedType();
    Atomic = true;
  }
  if (const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
          T->getAsCXXRecordDecl());
      Spec && Spec->getTemplateArgs().size() &&
      Spec->getTemplateArgs()[0].getKind() == TemplateArgument::Type &&
      hasWord(Spec->getName(), {"atomic"})) {
    T = Spec->getTemplateArgs()[0].getAsType();
    Atomic = true;
  }
  return T->isIntegerType() ? D->getCanonicalDecl() == D
                                  ? D
                                  : cast<ValueDecl>(D->getCanonicalDecl())
                            : nullptr;
}

static std::optional<int64_t> literal(const Expr *E) {
  E = strip(E);
  if (const auto *B = dyn_cast_or_null<CXXBoolLiteralExpr>(E))
    return B->getValue();
  if (const auto *I = dyn_cast_or_null<IntegerLiteral>(E))
    return I->getValue().getActiveBits() < 32
               ? std::optional<int64_t>(I->getValue().getSExtValue())
               : std::nullopt;
  return std::nullopt;
}

std::optional<Step> Beliefs::step(const Expr *E) {
  auto Make = [E](Step::Kind Does, const Expr *Object) -> std::optional<Step> {
    bool Atomic = false;
    const ValueDecl *D = counted(Object, Atomic);
    if (!D)
      return std::nullopt;
    bool Flag = Does == Step::Set || Does == Step::Clear;
    if (!isNameOfWork(D->getName(), Flag))
      return std::nullopt;
    return Step{Does, D, strip(Object), E};
  };
  if (const auto *UO = dyn_cast<UnaryOperator>(E))
    return UO->isIncrementDecrementOp()
               ? Make(UO->isIncrementOp() ? Step::Up : Step::Down,
                      UO->getSubExpr())
               : std::nullopt;
  auto Assigned = [&](const Expr *To, const Expr *Value) {
    std::optional<int64_t> N = literal(Value);
    if (!N || (*N != 0 && *N != 1))
      return std::optional<Step>();
    return Make(*N ? Step::Set : Step::Clear, To);
  };
  if (const auto *BO = dyn_cast<BinaryOperator>(E)) {
    if (BO->getOpcode() == BO_AddAssign)
      return Make(Step::Up, BO->getLHS());
    if (BO->getOpcode() == BO_SubAssign)
      return Make(Step::Down, BO->getLHS());
    if (BO->getOpcode() == BO_Assign)
      return Assigned(BO->getLHS(), BO->getRHS());
    return std::nullopt;
  }
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
  if (!FD)
    return std::nullopt;
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call)) {
    switch (Op->getOperator()) {
    case OO_PlusPlus:
    case OO_PlusEqual:
      return Make(Step::Up, Op->getArg(0));
    case OO_MinusMinus:
    case OO_MinusEqual:
      return Make(Step::Down, Op->getArg(0));
    case OO_Equal:
      return Op->getNumArgs() == 2 ? Assigned(Op->getArg(0), Op->getArg(1))
                                   : std::nullopt;
    default:
      return std::nullopt;
    }
  }
  if (!FD->getIdentifier())
    return std::nullopt;
  const Expr *Object = nullptr, *Value = nullptr;
  if (const auto *MC = dyn_cast<CXXMemberCallExpr>(Call)) {
    // Of an atomic; nothing else is an integer for `Make`.
    Object = MC->getImplicitObjectArgument();
    Value = MC->getNumArgs() ? MC->getArg(0) : nullptr;
    if (FD->getName() == "store" && Value)
      return Assigned(Object, Value);
  } else {
    if (!hasWord(FD->getName(), {"atomic", "sync", "interlocked"}) ||
        !Call->getNumArgs())
      return std::nullopt;
    Object = strip(Call->getArg(0));
    const auto *UO = dyn_cast_or_null<UnaryOperator>(Object);
    if (!UO || UO->getOpcode() != UO_AddrOf)
      return std::nullopt;
    Object = UO->getSubExpr();
  }
  if (hasWord(FD->getName(), {"add", "inc", "increment"}))
    return Make(Step::Up, Object);
  if (hasWord(FD->getName(), {"sub", "dec", "decrement"}))
    return Make(Step::Down, Object);
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// The duty
//===----------------------------------------------------------------------===//

static bool isFlag(Step::Kind K) { return K == Step::Set || K == Step::Clear; }
static bool incurs(Step::Kind K) { return K == Step::Set || K == Step::Up; }

class BeliefDuty : public NamedDuty {
public:
  BeliefDuty(const Beliefs &All, About A) : NamedDuty(std::move(A)), All(All) {}

  Acts acts(const Stmt *St, Owing Now) const override {
    const auto *E = dyn_cast<Expr>(St);
    if (!E)
      return {};
    if (const auto *LE = dyn_cast<LambdaExpr>(E))
      return All.touches(LE->getCallOperator(), All.Current, All.CurrentFlag,
                         true)
                 ? taken()
                 : Acts{};
    if (std::optional<Step> S = Beliefs::step(E);
        S && S->What == All.Current && isFlag(S->Does) == All.CurrentFlag) {
      std::string Name = B.names().of(S->Object);
      if (Name == Object)
        return {{incurs(S->Does) ? Act::Incur : Act::Discharge, Value::Any}};
      return handOn(Now == Owing::Owed && !incurs(S->Does));
    }
    // Any other value.
    if (const auto *BO = dyn_cast<BinaryOperator>(E);
        BO && BO->isAssignmentOp()) {
      if (Now == Owing::Owed && B.names().of(BO->getLHS()) == Object)
        return {{Act::Discharge, Value::Any}};
      return stored(BO->getRHS(), Now);
    }
    if (!isa<CallExpr, CXXConstructExpr>(E))
      return {};
    const FunctionDecl *Callee = ThrowSearch::callee(E);
    if (Callee && !isa<CXXOperatorCallExpr>(E) &&
        All.touches(Callee, All.Current, All.CurrentFlag, false)) {
      Acts Result = inCallee(E, Now);
      return Result.empty() ? handOn(Now == Owing::Owed) : Result;
    }
    if (Now != Owing::Owed)
      return {};
    if (All.TakersKeep && !isa<CXXConstructExpr>(E))
      for (const Expr *Arg : cast<CallExpr>(E)->arguments())
        if (Acts Result = stored(Arg, Now); !Result.empty())
          return Result;
    return handOn(handedOn(E, Callee));
  }

private:
  /// Given to one who takes it back.
  Acts taken() const {
    return {{All.TakersKeep ? Act::Discharge : Act::HandOn, Value::Any}};
  }

  Acts stored(const Expr *E, Owing Now) const {
    E = strip(E);
    const auto *UO = dyn_cast_or_null<UnaryOperator>(E);
    if (UO && UO->getOpcode() == UO_AddrOf)
      E = strip(UO->getSubExpr());
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E);
    const auto *FD = Ref ? dyn_cast<FunctionDecl>(Ref->getDecl()) : nullptr;
    return Now == Owing::Owed && FD &&
                   All.touches(FD, All.Current, All.CurrentFlag, true)
               ? taken()
               : Acts{};
  }

  /// A function that takes it back is given to somebody, or, when others take
  /// it back, the object itself.
  bool handedOn(const Expr *E, const FunctionDecl *Callee) const {
    if (const auto *CE = dyn_cast<CXXConstructExpr>(E);
        CE && CE->getConstructor()->isCopyOrMoveConstructor())
      return false;
    for (const Expr *Arg : operandsOf(E)) {
      if (!stored(Arg, Owing::Owed).empty())
        return true;
      const Expr *Plain = strip(Arg);
      std::string Name = B.names().of(Arg);
      // `&count`, `count` by reference.
      if (!Name.empty() && (Name == "&" + Object ||
                            (Name == Object && byReference(E, Arg, Callee))))
        return true;
      if (!All.CurrentElsewhere)
        continue;
      if (isa_and_nonnull<CXXThisExpr>(Plain) &&
          StringRef(Object).starts_with("this*"))
        return true;
      if (!Name.empty() && StringRef(Object).starts_with(Name + "*."))
        return !Callee || !Callee->isDefined();
      if (const auto *MC = dyn_cast_or_null<CXXMemberCallExpr>(Plain);
          MC && MC->getMethodDecl() && MC->getMethodDecl()->getIdentifier() &&
          hasWord(MC->getMethodDecl()->getName(), {"shared", "weak"}))
        return true;
    }
    return false;
  }

  static bool byReference(const Expr *E, const Expr *Arg,
                          const FunctionDecl *Callee) {
    if (!Callee)
      return true;
    const auto *Call = dyn_cast<CallExpr>(E);
    for (unsigned I = 0; Call && I < Call->getNumArgs(); ++I)
      if (Call->getArg(I) == Arg && I < Callee->getNumParams()) {
        QualType T = Callee->getParamDecl(I)->getType();
        return T->isLValueReferenceType() &&
               !T->getPointeeType().isConstQualified();
      }
    return false;
  }

  const Beliefs &All;
};

//===----------------------------------------------------------------------===//
// Evidence
//===----------------------------------------------------------------------===//

Beliefs::Beliefs(ASTContext &Ctx, const Lexicon &Words,
                 const FunctionTable &Table, FlowGraphs &Graphs)
    : Ctx(Ctx), Table(Table), Search(Words), Graphs(Graphs) {
  for (const auto &[FD, F] : Table.all()) {
    auto Note = [&, FD = FD](const Expr *E) {
      if (std::optional<Step> S = step(E))
        Steps[FD].push_back(*S);
    };
    for (const Expr *E : F.Changes)
      Note(E);
    for (const Expr *E : F.Calls)
      if (isa<CallExpr>(E))
        Note(E);
  }
  forgetSummaries();
}

Beliefs::~Beliefs() = default;

void Beliefs::forgetSummaries() {
  Sums = std::make_unique<Summaries>(Graphs, [this](NamedDuty::About A) {
    return std::make_unique<BeliefDuty>(*this, std::move(A));
  });
}

bool Beliefs::touches(const FunctionDecl *FD, const ValueDecl *What, bool Flag,
                      bool Discharges, unsigned Depth) const {
  FD = FD->getCanonicalDecl();
  auto It = Steps.find(FD);
  if (It != Steps.end())
    for (const Step &S : It->second)
      if (S.What == What && isFlag(S.Does) == Flag &&
          (!Discharges || !incurs(S.Does)))
        return true;
  const FunctionUses *F = Depth < 3 ? Table.find(FD) : nullptr;
  if (!F)
    return false;
  for (const Expr *Call : F->Calls)
    if (const FunctionDecl *Callee = ThrowSearch::callee(Call))
      if (touches(Callee, What, Flag, Discharges, Depth + 1))
        return true;
  return llvm::any_of(F->Lambdas, [&](const LambdaExpr *LE) {
    return touches(LE->getCallOperator(), What, Flag, Discharges, Depth + 1);
  });
}

/// The lambdas and the functions that \p F may give to somebody.
static SmallVector<const FunctionDecl *, 4> givenAway(const FunctionUses &F) {
  SmallVector<const FunctionDecl *, 4> Result;
  for (const LambdaExpr *LE : F.Lambdas)
    Result.push_back(LE->getCallOperator());
  for (const Expr *E : F.Calls)
    if (const auto *Call = dyn_cast<CallExpr>(E))
      for (const Expr *Arg : Call->arguments()) {
        const Expr *Plain = strip(Arg);
        if (const auto *UO = dyn_cast_or_null<UnaryOperator>(Plain);
            UO && UO->getOpcode() == UO_AddrOf)
          Plain = strip(UO->getSubExpr());
        if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(Plain))
          if (const auto *FD = dyn_cast<FunctionDecl>(Ref->getDecl()))
            Result.push_back(FD);
      }
  return Result;
}

/// A member of a local object, that nobody else can wait for: options.
static bool isLocal(const Expr *Object) {
  while (const auto *ME = dyn_cast_or_null<MemberExpr>(strip(Object))) {
    if (ME->isArrow())
      return false;
    Object = ME->getBase();
  }
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(strip(Object));
  const auto *VD = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return VD && VD->hasLocalStorage() && !VD->getType()->isReferenceType();
}

std::vector<Belief> Beliefs::broken() {
  std::vector<Belief> Result;
  for (const auto &[FD, F] : Table.all()) {
    auto It = Steps.find(FD);
    if (It == Steps.end() || !F.Decl->getBody() ||
        isa<CXXConstructorDecl, CXXDestructorDecl>(F.Decl))
      continue;
    std::set<std::pair<const ValueDecl *, std::string>> Asked;
    for (const Step &S : It->second) {
      if (!incurs(S.Does) || isLocal(S.Object))
        continue;
      const Names N(F.Decl);
      std::string Object = N.of(S.Object);
      if (Object.empty() || !Asked.insert({S.What, Object}).second)
        continue;
      // Taken back here, by a step or by what is called.
      bool Back = llvm::any_of(It->second, [&](const Step &O) {
        return O.What == S.What && !incurs(O.Does) &&
               isFlag(O.Does) == isFlag(S.Does);
      });
      for (const Expr *Call : F.Calls)
        if (const FunctionDecl *Callee =
                Back ? nullptr : ThrowSearch::callee(Call))
          Back = touches(Callee, S.What, isFlag(S.Does), true);
      for (const FunctionDecl *Given : givenAway(F))
        Back = Back || touches(Given, S.What, isFlag(S.Does), true);
      if (Back)
        judge(F.Decl, S.What, S, Object, Result);
    }
  }
  return Result;
}

/// The values that the ways out return may tell the caller what is the case.
static bool tellApart(const FunctionDecl *In, ArrayRef<Outcome> Forget,
                      ArrayRef<Outcome> Keep) {
  if (In->getReturnType()->isVoidType())
    return false;
  for (const Outcome &F : Forget) {
    if (F.Throws)
      continue;
    bool Same = llvm::any_of(Keep, [&](const Outcome &K) {
      return !K.Throws && F.Returned.isKnown() && F.Returned == K.Returned;
    });
    if (!Same)
      return true;
  }
  return false;
}

/// What is given away in \p In is all that leads to \p Takers.
bool Beliefs::onlyFor(const FunctionDecl *In,
                      ArrayRef<const FunctionDecl *> Takers) const {
  const FunctionUses *Mine = Table.find(In);
  if (!Mine)
    return false;
  llvm::SmallPtrSet<const FunctionDecl *, 8> Led;
  for (const FunctionDecl *Given : givenAway(*Mine))
    Led.insert(Given->getCanonicalDecl());
  for (const FunctionDecl *Taker : Takers) {
    if (Led.contains(Taker->getCanonicalDecl()))
      continue;
    // Called by those lambdas, and by nobody else.
    if (const auto *M = dyn_cast<CXXMethodDecl>(Taker);
        M && M->getAccess() != AS_private)
      return false;
    bool Called = false;
    for (const auto &[FD, F] : Table.all())
      for (const Expr *Call : F.Calls)
        if (const FunctionDecl *Callee = ThrowSearch::callee(Call);
            Callee && Callee->getCanonicalDecl() == Taker->getCanonicalDecl()) {
          if (!Led.contains(FD->getCanonicalDecl()))
            return false;
          Called = true;
        }
    if (!Called)
      return false;
  }
  return true;
}

/// Somebody asks for it, and waits.
bool Beliefs::isWaitedFor(const ValueDecl *What) const {
  for (const auto &[FD, F] : Table.all())
    for (const Expr *Call : F.Calls) {
      const auto *CE = dyn_cast<CallExpr>(Call);
      const FunctionDecl *Callee = CE ? CE->getDirectCallee() : nullptr;
      if (Callee && Callee->getIdentifier() &&
          hasWord(Callee->getName(), {"wait", "timedwait", "sleep", "yield"}) &&
          mentions(F.Decl->getBody(), What))
        return true;
    }
  return false;
}

void Beliefs::judge(const FunctionDecl *In, const ValueDecl *What,
                    const Step &First, const std::string &Object,
                    std::vector<Belief> &Into) {
  Current = What;
  CurrentFlag = isFlag(First.Does);
  CurrentElsewhere = false;
  // Summaries are about one member.
  forgetSummaries();
  // Those who take back what others have counted.
  SmallVector<const FunctionDecl *, 2> Takers;
  for (const auto &[FD, Its] : Steps) {
    if (FD == In->getCanonicalDecl() || isa<CXXConstructorDecl>(FD))
      continue;
    bool Back = false, First = false;
    for (const Step &S : Its)
      if (S.What == What && isFlag(S.Does) == CurrentFlag)
        (incurs(S.Does) ? First : Back) = true;
    if (Back && !First)
      Takers.push_back(FD);
  }
  CurrentElsewhere = !Takers.empty();
  const bool Whole = isSeenWhole(What);
  const Body &B = Sums->body(In);
  BeliefDuty D(*this, {*Sums, B, Object, /*Owed=*/false, /*Depth=*/0, &Search});
  TakersKeep = false;
  Simulation Sim = simulateDoubts(B, D);
  if (!Sim.Complete)
    return;
  // Given to somebody who is the only one to take it back: then the ways that
  // don't give it to him forget it, too.
  bool OnlyTakers = false;
  if (Whole && CurrentElsewhere && onlyFor(In, Takers) && isWaitedFor(What)) {
    TakersKeep = OnlyTakers = true;
    Sim = simulateDoubts(B, D);
    TakersKeep = false;
    if (!Sim.Complete)
      return;
  }
  llvm::MapVector<const Stmt *, Belief> ByPlace;
  for (const Outcome &O : Sim.Outcomes) {
    if (!O.Incurred || O.HeldBefore)
      continue;
    Belief &Bel = ByPlace[O.Incurred];
    if (O.State == Owing::Owed)
      Bel.Forget.push_back(O);
    else if (O.State == Owing::Done)
      Bel.Keep.push_back(O);
    else if (O.State == Owing::Gone)
      Bel.Exits = ~0U;
  }
  for (auto &[Place, Bel] : ByPlace) {
    // Assertions end a test, and all is over.
    llvm::erase_if(Bel.Forget, [&](const Outcome &O) {
      return exitLocation(In, O).isMacroID();
    });
    // Where it is handed on by some, others may have done so out of sight.
    if (Bel.Forget.empty() || Bel.Keep.empty() || Bel.Exits)
      continue;
    std::set<const Stmt *> Keeping, Forgetting;
    for (const Outcome &O : Bel.Keep)
      if (!O.Throws)
        Keeping.insert(O.Exit);
    for (const Outcome &O : Bel.Forget)
      Forgetting.insert(O.Exit);
    // The last way out of the function shows what is meant.
    const SourceManager &SM = Ctx.getSourceManager();
    const Outcome *Last = nullptr;
    for (const auto *List : {&Bel.Keep, &Bel.Forget})
      for (const Outcome &O : *List)
        if (!O.Throws &&
            (!Last || SM.isBeforeInTranslationUnit(exitLocation(In, *Last),
                                                   exitLocation(In, O))))
          Last = &O;
    if (!Last || Forgetting.count(Last->Exit) || !Keeping.count(Last->Exit))
      continue;
    if (Forgetting.size() > Keeping.size() + OnlyTakers)
      continue;
    // Whoever is told may take it back, if anybody can.
    if (((CurrentElsewhere && !OnlyTakers) || !Whole) &&
        tellApart(In, Bel.Forget, Bel.Keep))
      continue;
    if (losesMention(In->getBody(), What->getName(), Ctx))
      continue;
    Bel.In = In;
    Bel.What = What;
    Bel.Object = First.Object;
    Bel.Incurred = Place;
    Bel.IsFlag = CurrentFlag;
    Bel.Given = OnlyTakers;
    Bel.Exits = Keeping.size();
    Bel.Score = std::min<int>(Bel.Exits, 3) +
                (!CurrentElsewhere || OnlyTakers) - (Forgetting.size() > 1);
    if (Bel.Score >= 2)
      Into.push_back(std::move(Bel));
  }
}

} // namespace leak
