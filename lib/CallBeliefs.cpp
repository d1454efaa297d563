//===--- CallBeliefs.cpp - calls that one way out skips -------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CallBeliefs.h"
#include "Complaint.h"
#include "EndingCalls.h"
#include "Index.h"
#include "Spelling.h"
#include "Statements.h"
#include "clang/AST/ParentMapContext.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include <set>

using namespace clang;

namespace leak {

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

std::optional<EndingCall> CallBeliefs::call(const Expr *E,
                                            const Names &N) const {
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
  if (!FD || !named(FD).MayEnd)
    return std::nullopt;
  EndingCall Result;
  Result.At = Call;
  Result.Callee = named(FD).Name;
  const Expr *Object = receiverOf(Call);
  if (!Object && !isa<CXXMemberCallExpr>(Call) && Call->getNumArgs())
    Object = Call->getArg(0);
  if (!Object) {
    Result.Object = "()";
    return Result;
  }
  Result.Object = N.object(Object);
  if (Result.Object.empty())
    return std::nullopt;
  return Result;
}

//===----------------------------------------------------------------------===//
// The duty
//===----------------------------------------------------------------------===//

static bool takesBack(const Step &S) {
  return S.Does == Step::Down || S.Does == Step::Clear;
}

/// The variable that the name of an object begins with.
static StringRef rootOf(StringRef Object) {
  if (!Object.consume_front("$"))
    return "";
  size_t End = Object.find('$');
  return End == StringRef::npos ? "" : StringRef(Object.data() - 1, End + 2);
}

class CallDuty : public NamedDuty {
public:
  CallDuty(const CallBeliefs &All, About A)
      : NamedDuty(std::move(A)), All(All) {}

  std::string object() const override { return Object == "()" ? "" : Object; }

  /// There is nobody to tell.
  Act::Kind learn(const Expr *Cond, bool Truth) const override {
    return isWithoutObject(Cond, Truth) ? Act::Renounce : Act::Nothing;
  }

  Acts acts(const Stmt *St, Owing Now) const override {
    if (const auto *DS = dyn_cast<DeclStmt>(St))
      return declared(DS);
    const auto *E = dyn_cast<Expr>(St);
    if (!E)
      return {};
    if (All.Changed && !Depth)
      if (std::optional<Step> S = Beliefs::step(E);
          S && S->What == All.Changed && takesBack(*S))
        return {{Act::Incur, Value::Any}};
    if (const auto *LE = dyn_cast<LambdaExpr>(E))
      return handOn(All.touches(LE->getCallOperator()));
    if (!isa<CallExpr, CXXConstructExpr>(E))
      return {};
    const FunctionDecl *Callee = ThrowSearch::callee(E);
    if (std::optional<EndingCall> C = All.call(E, B.names())) {
      if (C->Callee == All.Callee) {
        if (C->Object == Object)
          return {{Act::Discharge, Value::Any}};
      } else if (C->Object == Object &&
                 llvm::is_contained(
                     All.Openers, All.named(C->At->getDirectCallee()).Plain)) {
        return {{Act::Incur, Value::Any}};
      }
    }
    if (Callee && All.touches(Callee)) {
      Acts Result = inCallee(E, Now);
      return Result.empty() ? handOn(Now == Owing::Owed) : Result;
    }
    return handOn(Now == Owing::Owed && given(E));
  }

private:
  /// Local objects begin to owe when they are made.
  Acts declared(const DeclStmt *DS) const {
    StringRef Root = rootOf(Object);
    for (const Decl *D : DS->decls()) {
      const auto *VD = dyn_cast<VarDecl>(D);
      if (!VD)
        continue;
      if (const CXXRecordDecl *RD = VD->getType()->getAsCXXRecordDecl();
          RD && RD->hasDefinition() && RD->getDestructor() &&
          All.touches(RD->getDestructor()))
        return handOn();
      if (VD->hasAttr<CleanupAttr>())
        return handOn();
      if (!Root.empty() && Names::variable(VD) == Root && VD->hasInit() &&
          All.Openers.empty() && !All.Changed)
        return {{Act::Incur, Value::Any}};
    }
    return {};
  }

  bool given(const Expr *E) const {
    bool Guard = false;
    if (const auto *CE = dyn_cast<CXXConstructExpr>(E)) {
      const CXXRecordDecl *RD = CE->getConstructor()->getParent();
      Guard = RD->hasDefinition() && !RD->hasTrivialDestructor();
    }
    StringRef Root = rootOf(Object);
    for (const Expr *Arg : operandsOf(E)) {
      const Expr *Plain = strip(Arg);
      if (!Plain)
        continue;
      if (const auto *UO = dyn_cast<UnaryOperator>(Plain);
          UO && UO->getOpcode() == UO_AddrOf)
        Plain = strip(UO->getSubExpr());
      if (const auto *Ref = dyn_cast<DeclRefExpr>(Plain))
        if (const auto *FD = dyn_cast<FunctionDecl>(Ref->getDecl());
            FD && All.touches(FD))
          return true;
      if (const auto *Call = dyn_cast<CallExpr>(Plain);
          Call && Call->isCallToStdMove() && Call->getNumArgs() == 1)
        Plain = strip(Call->getArg(0));
      else if (!Guard)
        continue;
      std::string Name = B.names().of(Plain);
      if (isa<CXXThisExpr>(Plain) && StringRef(Object).starts_with("this*"))
        return true;
      if (!Name.empty() && (Name == Object || Name + "*" == Object ||
                            (!Root.empty() && Name == Root)))
        return true;
    }
    return false;
  }

  const CallBeliefs &All;
};

//===----------------------------------------------------------------------===//
// Evidence
//===----------------------------------------------------------------------===//

CallBeliefs::CallBeliefs(ASTContext &Ctx, const Lexicon &Words,
                         const FunctionTable &Table, FlowGraphs &Graphs)
    : Ctx(Ctx), Words(Words), Table(Table), Graphs(Graphs) {}

CallBeliefs::~CallBeliefs() = default;

const CallBeliefs::Named &CallBeliefs::named(const FunctionDecl *FD) const {
  auto [It, New] = Known.try_emplace(FD->getCanonicalDecl());
  Named &Result = It->second;
  if (!New || !FD->getIdentifier())
    return Result;
  Result.Name = nameOfCallee(FD);
  Result.Plain = plainName(Result.Name);
  Result.MayEnd = mayEnd(FD);
  Result.Ends = Result.MayEnd &&
                (completes(FD->getName()) || !openersOf(FD->getName()).empty());
  return Result;
}

bool CallBeliefs::isMirrored(const ValueDecl *What) {
  if (!MirroredReady)
    for (const auto &[FD, F] : Table.all())
      for (const auto &List :
           {ArrayRef<const Expr *>(F.Changes), ArrayRef<const Expr *>(F.Calls)})
        for (const Expr *E : List)
          if (std::optional<Step> S = Beliefs::step(E); S && !takesBack(*S))
            Mirrored.insert(S->What);
  MirroredReady = true;
  return Mirrored.contains(What);
}

bool CallBeliefs::touches(const FunctionDecl *FD, unsigned Depth) const {
  FD = FD->getCanonicalDecl();
  auto [It, New] = Touches.try_emplace(FD, false);
  if (!New)
    return It->second;
  const FunctionUses *F = Depth < 4 ? Table.find(FD) : nullptr;
  if (!F)
    return false;
  bool Result = false;
  for (const Expr *E : F->Calls) {
    const auto *Call = dyn_cast<CallExpr>(E);
    const FunctionDecl *Direct = Call ? Call->getDirectCallee() : nullptr;
    Result |=
        Direct && Direct->getIdentifier() && nameOfCallee(Direct) == Callee;
    if (const FunctionDecl *Next = Result ? nullptr : ThrowSearch::callee(E))
      Result |= touches(Next, Depth + 1);
    if (Result)
      break;
  }
  for (const LambdaExpr *LE : F->Lambdas)
    Result = Result || touches(LE->getCallOperator(), Depth + 1);
  return Touches[FD] = Result;
}

/// Other checks know what is taken and given back there.
static bool isKnown(const Lexicon &Words, const CallExpr *Call) {
  const Effect *Row = Words.effect(Call);
  if (!Row)
    return false;
  switch (Row->Does) {
  case Verb::NotifyOne:
  case Verb::NotifyAll:
  case Verb::Escape:
    return false;
  default:
    return true;
  }
}

void CallBeliefs::ask(StringRef Name) {
  Callee = Name.str();
  Openers.clear();
  Changed = nullptr;
  Touches.clear();
  Sums = std::make_unique<Summaries>(Graphs, [this](NamedDuty::About A) {
    return std::make_unique<CallDuty>(*this, std::move(A));
  });
}

std::vector<CallBelief> CallBeliefs::broken(unsigned Evidence) {
  std::vector<CallBelief> Result;
  for (const auto &[FD, F] : Table.all()) {
    if (!F.Decl->getBody() ||
        isa<CXXConstructorDecl, CXXDestructorDecl>(F.Decl))
      continue;
    // Cheap: only names that come twice, or once behind a change.
    llvm::StringMap<unsigned> Often;
    for (const Expr *E : F.Calls)
      if (const auto *Call = dyn_cast<CallExpr>(E))
        if (const FunctionDecl *Direct = Call->getDirectCallee())
          if (const Named &Its = named(Direct); Its.Ends)
            ++Often[Its.Name];
    if (Often.empty())
      continue;
    SmallVector<Step, 2> Changes;
    for (const auto &List :
         {ArrayRef<const Expr *>(F.Changes), ArrayRef<const Expr *>(F.Calls)})
      for (const Expr *E : List)
        if (std::optional<Step> S = Beliefs::step(E);
            S && takesBack(*S) && isMirrored(S->What) &&
            llvm::none_of(Changes, [&](const Step &Known) {
              return Known.What == S->What;
            }))
          Changes.push_back(*S);
    unsigned Least = Changes.empty() ? 2 : 1;
    if (llvm::none_of(Often, [&](const auto &E) { return E.second >= Least; }))
      continue;
    const Names N(F.Decl);
    std::vector<std::pair<EndingCall, unsigned>> Ends;
    for (const Expr *E : F.Calls)
      if (std::optional<EndingCall> C = call(E, N);
          C && Often.lookup(C->Callee) >= Least) {
        auto It = llvm::find_if(
            Ends, [&](const auto &Each) { return Each.first.same(*C); });
        if (It == Ends.end())
          Ends.push_back({*C, 1});
        else
          ++It->second;
      }
    for (const auto &[Call, Times] : Ends) {
      if (Times > 1 && !isKnown(Words, Call.At)) {
        ask(Call.Callee);
        branchesOf(F, N, Call, Evidence, Branches);
      }
      if (F.Exits + 1 < Evidence)
        continue;
      if (Times > 1)
        judge(F, Call, nullptr, Result, Evidence);
      for (const Step &S : Changes)
        judge(F, Call, &S, Result, Evidence);
    }
  }
  return Result;
}

/// The function is left before all of \p Sites, and in no loop with them.
static bool isEarly(const Outcome &O, const std::set<const Stmt *> &Sites,
                    const Body &B) {
  const SourceManager &SM = B.context().getSourceManager();
  SourceLocation At = SM.getExpansionLoc(exitLocation(B.function(), O));
  const Stmt *Loop = O.Exit ? loopAround(O.Exit, B.context()) : nullptr;
  return llvm::none_of(Sites, [&](const Stmt *Site) {
    return SM.isBeforeInTranslationUnit(SM.getExpansionLoc(Site->getBeginLoc()),
                                        At) ||
           (Loop && loopAround(Site, B.context()) == Loop);
  });
}

/// All is well when \p Cond is \p Truth: others tell of errors, and what
/// succeeded has told by itself.
static bool isSuccess(const Expr *Cond, bool Truth, const ASTContext &Ctx) {
  Cond = strip(Cond);
  if (const auto *UO = dyn_cast<UnaryOperator>(Cond);
      UO && UO->getOpcode() == UO_LNot)
    return isSuccess(UO->getSubExpr(), !Truth, Ctx);
  if (const auto *BO = dyn_cast<BinaryOperator>(Cond)) {
    if (BO->isLogicalOp())
      return isSuccess(BO->getLHS(), Truth, Ctx) ||
             isSuccess(BO->getRHS(), Truth, Ctx);
    Expr::EvalResult R;
    if (BO->isEqualityOp() && !BO->getRHS()->isValueDependent() &&
        BO->getRHS()->EvaluateAsInt(R, Ctx) && R.Val.getInt() == 0)
      return isSuccess(BO->getLHS(), Truth == (BO->getOpcode() == BO_NE), Ctx);
    return false;
  }
  StringRef Name;
  if (const auto *Call = dyn_cast<CallExpr>(Cond)) {
    const FunctionDecl *FD = Call->getDirectCallee();
    if (const auto *MC = dyn_cast<CXXMemberCallExpr>(Call);
        MC && isa_and_nonnull<CXXConversionDecl>(FD))
      return isSuccess(MC->getImplicitObjectArgument(), Truth, Ctx);
    if (FD && FD->getIdentifier())
      Name = FD->getName();
  } else if (const auto *ME = dyn_cast<MemberExpr>(Cond)) {
    Name = ME->getMemberDecl()->getIdentifier() ? ME->getMemberDecl()->getName()
                                                : "";
  } else if (const auto *Ref = dyn_cast<DeclRefExpr>(Cond)) {
    Name = Ref->getDecl()->getIdentifier() ? Ref->getDecl()->getName() : "";
  }
  if (Truth)
    return hasWord(Name, {"ok", "success", "succeeded", "successful"});
  return hasWord(Name, {"err", "error", "ec", "rc", "ret", "rv", "res",
                        "result", "status", "failed", "failure"});
}

/// What was asked last, before the exit; not what the macros of logs ask.
static Branch lastDecision(const Outcome &O, ASTContext &Ctx) {
  ParentMapContext &Parents = Ctx.getParentMapContext();
  const Stmt *Below = O.Exit;
  while (Below) {
    DynTypedNodeList Up = Parents.getParents(*Below);
    const auto *Around = Up.empty() ? nullptr : Up[0].get<Stmt>();
    const auto *If = dyn_cast_or_null<IfStmt>(Around);
    if (If && (Below == If->getThen() || Below == If->getElse()))
      for (const Branch &Each : llvm::reverse(O.Way))
        if (strip(Each.Cond) == strip(If->getCond()))
          return Each;
    if (!Around || !isa<CompoundStmt>(Around))
      break;
    Below = Around;
  }
  return O.Way.back();
}

/// Not when the way there asked how it went to get it: `if (find(&x) < 0)`.
static bool isObtained(const Outcome &O, const Body &B, StringRef Root) {
  auto Gives = [&](const Stmt *S, auto &&Self) -> bool {
    if (!S)
      return false;
    if (const auto *Call = dyn_cast<CallExpr>(S))
      for (const Expr *Arg : Call->arguments()) {
        const Expr *Plain = strip(Arg);
        if (const auto *UO = dyn_cast_or_null<UnaryOperator>(Plain);
            UO && UO->getOpcode() == UO_AddrOf)
          Plain = strip(UO->getSubExpr());
        else if (!Plain || !Arg->isLValue() ||
                 Arg->getType().isConstQualified())
          continue;
        if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(Plain);
            Ref && Names::variable(Ref->getDecl()) == Root)
          return true;
      }
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      if (const auto *VD = dyn_cast<VarDecl>(Ref->getDecl());
          VD && VD->isLocalVarDecl() && VD->hasInit() &&
          !isa<DeclRefExpr>(VD->getInit()) && Names::variable(VD) != Root &&
          Self(VD->getInit(), Self))
        return true;
    return llvm::any_of(S->children(),
                        [&](const Stmt *Child) { return Self(Child, Self); });
  };
  // The macros of logs ask questions themselves.
  for (const Branch &Last : llvm::reverse(O.Way))
    if (!Last.Cond->getBeginLoc().isMacroID())
      return !Gives(Last.Cond, Gives);
  return true;
}

/// Something was done with the object before.
static bool isUsedBefore(const Outcome &O, const FunctionUses &F, const Body &B,
                         StringRef Root) {
  if (Root.empty())
    return false;
  const SourceManager &SM = B.context().getSourceManager();
  SourceLocation At = SM.getExpansionLoc(exitLocation(F.Decl, O));
  return llvm::any_of(F.Calls, [&](const Expr *E) {
    const auto *MC = dyn_cast<CXXMemberCallExpr>(E);
    const Expr *Object = MC ? MC->getImplicitObjectArgument() : nullptr;
    if (!Object || !MC->getMethodDecl() || MC->getMethodDecl()->isConst() ||
        !SM.isBeforeInTranslationUnit(SM.getExpansionLoc(E->getBeginLoc()), At))
      return false;
    std::string Name = Object->getType()->isPointerType()
                           ? B.names().pointee(Object)
                           : B.names().of(Object);
    return rootOf(Name) == Root && Name != Root;
  });
}

void CallBeliefs::judge(const FunctionUses &F, const EndingCall &Call,
                        const Step *Change, std::vector<CallBelief> &Into,
                        unsigned Evidence) {
  if (isKnown(Words, Call.At))
    return;
  const FunctionDecl *In = F.Decl;
  ask(Call.Callee);
  Changed = Change ? Change->What : nullptr;
  const Body &B = Sums->body(In);
  // The opposite one is made here, too.
  const Expr *Opening = nullptr;
  std::vector<std::string> Possible;
  if (!Change)
    Possible = openersOf(Call.Callee);
  for (const Expr *E : F.Calls)
    if (std::optional<EndingCall> C = call(E, B.names());
        C && C->Object == Call.Object &&
        llvm::is_contained(Possible, named(C->At->getDirectCallee()).Plain)) {
      // Whether it could begin, is asked.
      if (!B.isDiscarded(C->At))
        return;
      if (!Opening)
        Opening = C->At;
    }
  if (Opening)
    Openers = std::move(Possible);
  else if (Change && completes(Call.Callee))
    Opening = Change->At;
  else if (!completes(Call.Callee))
    return;
  bool Local = false;
  if (StringRef Root = rootOf(Call.Object); !Root.empty())
    for (const Decl *D : In->decls())
      if (const auto *VD = dyn_cast<VarDecl>(D);
          VD && !isa<ParmVarDecl>(VD) && Names::variable(VD) == Root)
        Local = true;
  CallDuty D(*this, {*Sums, B, Call.Object, /*Owed=*/!Opening && !Local});
  Simulation Sim = simulateDoubts(B, D);
  if (!Sim.Complete)
    return;
  // By exit: what isn't the same on all paths there depends on something.
  llvm::MapVector<const Stmt *, std::vector<const Outcome *>> Exits;
  for (const Outcome &O : Sim.Outcomes) {
    if (!O.Throws && !isa_and_nonnull<CXXThrowExpr>(O.Exit))
      Exits[O.Exit].push_back(&O);
  }
  const Outcome *Forget = nullptr;
  SmallVector<const Outcome *, 2> Early;
  CallBelief Bel;
  std::set<const Stmt *> Sites;
  std::set<Value> Answers;
  for (const Outcome &O : Sim.Outcomes)
    if (O.State == Owing::Done && !O.Throws) {
      Sites.insert(O.Discharged);
      Answers.insert(O.Returned);
    }
  const bool OneAnswer = Answers.size() == 1 && Answers.begin()->isKnown() &&
                         !In->getReturnType()->isVoidType();
  for (const auto &[Exit, Ways] : Exits) {
    bool Owed = llvm::any_of(
        Ways, [](const Outcome *O) { return O->State == Owing::Owed; });
    bool Done = llvm::any_of(
        Ways, [](const Outcome *O) { return O->State == Owing::Done; });
    bool Gone = llvm::any_of(
        Ways, [](const Outcome *O) { return O->State == Owing::Gone; });
    if (Owed + Done + Gone > 1)
      return;
    if (Owed) {
      // All that make the call answer the same, and this one doesn't.
      if (OneAnswer && llvm::all_of(Ways, [&](const Outcome *O) {
            return O->Returned.isKnown() &&
                   !(O->Returned.Signs & Answers.begin()->Signs);
          })) {
        ++Bel.Apart;
        continue;
      }
      if (Local && !isObtained(*Ways.front(), B, rootOf(Call.Object)))
        continue;
      // What is left before the first one may have nothing to tell yet; there
      // it takes more to be sure.
      if (!Opening && isEarly(*Ways.front(), Sites, B)) {
        Early.push_back(Ways.front());
        continue;
      }
      if (Forget)
        return;
      Forget = Ways.front();
    } else if (Done) {
      ++Bel.Exits;
      for (const Outcome *O : Ways)
        if (O->State == Owing::Done)
          Bel.Keep.push_back(*O);
    }
  }
  bool IsEarly = !Forget && Early.size() == 1;
  if (IsEarly)
    Forget = Early.front();
  if (!Forget || Bel.Keep.empty())
    return;
  unsigned More = Change ? 2 : Opening ? 1 : 0;
  // Who gives the other answers doesn't make the call: it goes with this one.
  if (Bel.Apart && Early.size() == IsEarly) {
    ++More;
    if (IsEarly && isUsedBefore(*Forget, F, B, rootOf(Call.Object)))
      IsEarly = false;
  }
  if (complains(*Forget, B))
    ++More;
  Bel.Evidence =
      std::min<unsigned>(Bel.Exits + (More != 0), Sites.size() + More);
  if (Bel.Evidence < Evidence + IsEarly)
    return;
  if (losesMention(In->getBody(), Call.At->getDirectCallee()->getName(), Ctx))
    return;
  const SourceManager &SM = Ctx.getSourceManager();
  SourceLocation At = exitLocation(In, *Forget);
  if (At.isMacroID())
    return;
  // What comes behind the last one is of another kind.
  if (!Opening && llvm::none_of(Sites, [&](const Stmt *Site) {
        return SM.isBeforeInTranslationUnit(
            SM.getExpansionLoc(At), SM.getExpansionLoc(Site->getBeginLoc()));
      }))
    return;
  if (!Forget->Way.empty()) {
    Branch Last = lastDecision(*Forget, Ctx);
    if (Last.Cond->getBeginLoc().isMacroID() ||
        isSuccess(Last.Cond, Last.Truth, Ctx))
      return;
  }
  if (!In->getReturnType()->isVoidType() &&
      llvm::none_of(Bel.Keep, [&](const Outcome &K) {
        return Forget->Returned.isKnown() && K.Returned == Forget->Returned;
      }))
    return;
  if (handsOnLast(*Forget, B, Call.Object))
    return;
  Bel.In = In;
  Bel.Opening = Opening;
  Bel.Forget = *Forget;
  Into.push_back(std::move(Bel));
}

/// Something that can't be seen gets the object just before the exit.
bool CallBeliefs::handsOnLast(const Outcome &O, const Body &B,
                              StringRef Object) const {
  StringRef Root = rootOf(Object);
  auto Hidden = [&](const Stmt *S, auto &&Self) -> bool {
    if (!S)
      return false;
    if (const auto *Call = dyn_cast<CallExpr>(S);
        Call && !isa<CXXOperatorCallExpr>(Call)) {
      const FunctionDecl *Callee = ThrowSearch::callee(Call);
      if (!Callee || !Callee->isDefined()) {
        auto Gets = [&](const Expr *E) {
          E = strip(E);
          if (!E)
            return false;
          if (isa<CXXThisExpr>(E))
            return true;
          std::string Name = B.names().of(E);
          return !Name.empty() &&
                 (Name == Root || StringRef(Object).starts_with(Name + "*") ||
                  Name == Object || Name == ("&" + Object).str());
        };
        const auto *MC = dyn_cast<CXXMemberCallExpr>(Call);
        if (MC && MC->getMethodDecl() && !MC->getMethodDecl()->isConst() &&
            MC->getImplicitObjectArgument() &&
            Gets(MC->getImplicitObjectArgument()))
          return true;
        for (const Expr *Arg : Call->arguments())
          if (Gets(Arg))
            return true;
      }
    }
    for (const Stmt *Child : S->children())
      if (Self(Child, Self))
        return true;
    return false;
  };
  if (!O.Exit)
    return false;
  if (Hidden(O.Exit, Hidden))
    return true;
  ParentMapContext &Parents = B.context().getParentMapContext();
  for (const DynTypedNode &Up : Parents.getParents(*O.Exit))
    if (const auto *CS = Up.get<CompoundStmt>();
        CS && CS != B.function()->getBody())
      for (const Stmt *Child : CS->body()) {
        if (Child == O.Exit)
          break;
        if (Hidden(Child, Hidden))
          return true;
      }
  return false;
}

} // namespace leak
