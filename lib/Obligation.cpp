//===--- Obligation.cpp - what some path forgets --------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Obligation.h"
#include "Index.h"
#include "Spelling.h"
#include "Statements.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/CharInfo.h"
#include "llvm/ADT/Hashing.h"
#include "llvm/ADT/SmallSet.h"
#include "llvm/ADT/StringMap.h"
#include <deque>
#include <set>
#include <unordered_map>

using namespace clang;

namespace leak {

Duty::~Duty() = default;
Act::Kind Duty::endOf(const VarDecl *) const { return Act::Nothing; }
Act::Kind Duty::learn(const Expr *, bool) const { return Act::Nothing; }

Body::Body(const FunctionDecl *In, FlowGraphs &Graphs)
    : In(In), Ctx(Graphs.context()), N(In), Graph(Graphs.of(In)),
      Relevant(relevantNames(In, N, Ctx)) {
  if (Ctx.getLangOpts().CXXExceptions)
    noteTries(In->getBody(), nullptr);
  noteDiscarded(In->getBody());
}

const Body &FlowGraphs::body(const FunctionDecl *FD) {
  std::shared_ptr<const Body> &Slot = Bodies[FD];
  if (!Slot)
    Slot = std::make_shared<Body>(FD, *this);
  return *Slot;
}

void Body::noteDiscarded(const Stmt *S) {
  if (!S || isa<LambdaExpr>(S))
    return;
  for (const Stmt *Child : S->children()) {
    noteDiscarded(Child);
    const auto *E = dyn_cast_or_null<Expr>(Child);
    if (!E)
      continue;
    bool Whole = isa<CompoundStmt, LabelStmt, SwitchCase>(S);
    if (const auto *If = dyn_cast<IfStmt>(S))
      Whole = E == If->getThen() || E == If->getElse();
    else if (const auto *While = dyn_cast<WhileStmt>(S))
      Whole = E == While->getBody();
    else if (const auto *For = dyn_cast<ForStmt>(S))
      Whole = E == For->getBody() || E == For->getInc() || E == For->getInit();
    else if (const auto *Do = dyn_cast<DoStmt>(S))
      Whole = E == Do->getBody();
    else if (const auto *Range = dyn_cast<CXXForRangeStmt>(S))
      Whole = E == Range->getBody();
    if (Whole)
      Discarded.insert(strip(E));
  }
}

void Body::noteTries(const Stmt *S, const CXXTryStmt *Around) {
  if (!S || isa<LambdaExpr>(S))
    return;
  if (Around && isa<CallExpr, CXXConstructExpr, CXXThrowExpr>(S))
    Tries[S] = Around;
  if (const auto *Try = dyn_cast<CXXTryStmt>(S)) {
    noteTries(Try->getTryBlock(), Try);
    for (unsigned I = 0; I != Try->getNumHandlers(); ++I)
      noteTries(Try->getHandler(I), Around);
    return;
  }
  for (const Stmt *Child : S->children())
    noteTries(Child, Around);
}

const CXXTryStmt *Body::tryAround(const Stmt *S) const {
  return Tries.lookup(S);
}

namespace {

/// Where a path stands.
struct State {
  Owing Now = Owing::Free;
  const Stmt *Incurred = nullptr;
  const Stmt *Discharged = nullptr;
  const Stmt *Leaving = nullptr; ///< The return or throw that was evaluated.
  const Stmt *Failed = nullptr;  ///< It could have incurred it, and didn't.
  bool HeldBefore = false;
  bool Untouched = true; ///< Nothing has happened to it yet.
  bool Lost = false;     ///< While owed, and nothing has happened since.
  Value Returned;
  Facts Known;

  explicit State(const llvm::StringSet<> &Relevant) : Known(Relevant) {}

  auto key() const {
    return std::tuple(Now, Incurred, Discharged, Leaving, Failed, HeldBefore,
                      Untouched, Lost);
  }
  bool operator==(const State &O) const {
    return key() == O.key() && Returned == O.Returned && Known == O.Known;
  }
  size_t hash() const {
    return llvm::hash_combine(static_cast<unsigned>(Now), Incurred, Discharged,
                              Leaving, Failed, HeldBefore, Untouched, Lost,
                              Returned.Signs, Returned.Constant.value_or(-1),
                              Known.hash());
  }
};

/// A state at the beginning of a block, and where it came from.
struct Node {
  const CFGBlock *Block;
  State At;
  int Parent;
  Branch Decided;
};

class Simulator {
public:
  Simulator(const Body &B, const Duty &D, unsigned MaxStates)
      : B(B), D(D), N(B.names()), Ctx(B.context()), Object(D.object()),
        MaxStates(MaxStates),
        Blocks(B.graph() ? B.graph()->getNumBlockIDs() : 0) {}

  Simulation run() {
    CFG *G = B.graph();
    if (!G) {
      Result.Complete = false;
      return std::move(Result);
    }
    noteHandlers(*G);
    State First(B.relevant());
    if (D.owedAtEntry())
      First.Now = Owing::Owed;
    enter(&G->getEntry(), First, -1, {});
    while (Next < Nodes.size()) {
      if (Nodes.size() > MaxStates) {
        Result.Complete = false;
        break;
      }
      step(Next++);
    }
    Result.States = Nodes.size();
    return std::move(Result);
  }

  /// Whether plain flow can't tell that all is well: without any facts, more
  /// paths are possible, and states are few.
  bool isDoubtful() {
    const CFG *G = B.graph();
    if (!G)
      return true;
    noteHandlers(*G);
    Came.assign(G->getNumBlockIDs(), 0);
    Flat First;
    if (D.owedAtEntry())
      First.Now = Owing::Owed;
    flow(&G->getEntry(), First);
    while (!Doubt && !Waiting.empty()) {
      auto [Block, Bits] = Waiting.front();
      Waiting.pop_front();
      for (unsigned I = 0; I != Flat::Count && !Doubt; ++I)
        if (Bits & (1U << I))
          through(Block, Flat::number(I));
    }
    return Doubt;
  }

private:
  /// What is left of a state without facts and places.
  struct Flat {
    static constexpr unsigned Count = 16;
    Owing Now = Owing::Free;
    bool Untouched = true;
    bool Declared = false; ///< What incurred it is a declaration.
    unsigned number() const {
      return static_cast<unsigned>(Now) * 4 + Untouched * 2 + Declared;
    }
    static Flat number(unsigned I) {
      Flat F;
      F.Now = static_cast<Owing>(I / 4);
      F.Untouched = I & 2;
      F.Declared = I & 1;
      return F;
    }
  };

  /// A change of \p Name, one of `N`, makes the object another one.
  bool leads(llvm::StringRef Name) {
    if (Object.empty() || Name.empty() || Object.size() <= Name.size())
      return false;
    auto [It, New] = Leading.try_emplace(Name.data());
    if (New)
      It->second = Names::leadsThrough(Object, Name);
    return It->second;
  }

  void flow(const CFGBlock *To, Flat F) {
    uint32_t Bit = 1U << F.number(), &Old = Came[To->getBlockID()];
    if (Old & Bit)
      return;
    Old |= Bit;
    if (!Waiting.empty() && Waiting.back().first == To)
      Waiting.back().second |= Bit;
    else
      Waiting.push_back({To, Bit});
  }

  void flatChanged(Flat &F, llvm::StringRef Name, bool NewLife) {
    if (!leads(Name))
      return;
    if (F.Now == Owing::Owed) {
      Doubt |= NewLife || D.hasOneName();
      F.Now = Owing::Gone;
    } else {
      F.Now = Owing::Free;
    }
    F.Untouched &= NewLife;
    F.Declared = false;
  }

  void flatApply(Flat &F, Act::Kind What, const Stmt *At) {
    bool Untouched = F.Untouched;
    if (What != Act::Nothing)
      F.Untouched = false;
    switch (What) {
    case Act::Nothing:
      return;
    case Act::Incur:
      Doubt |= F.Now == Owing::Owed && !F.Declared;
      F.Now = Owing::Owed;
      F.Declared = isa_and_nonnull<DeclStmt>(At);
      return;
    case Act::Discharge:
      Doubt |= F.Now == Owing::Done ||
               (F.Now == Owing::Free && Untouched && !D.owedAtEntry());
      if (F.Now != Owing::Gone)
        F.Now = Owing::Done;
      return;
    case Act::HandOn:
      if (F.Now == Owing::Owed || F.Now == Owing::Done)
        F.Now = Owing::Gone;
      return;
    case Act::Renounce:
      F.Now = Owing::Free;
      F.Declared = false;
      return;
    }
  }

  /// The changes of \p St that `remember` looks at.
  void flatRemember(Flat &F, const Stmt *St) {
    if (const auto *BO = dyn_cast<BinaryOperator>(St)) {
      if (BO->isAssignmentOp())
        flatChanged(F, N.of(BO->getLHS()), false);
    } else if (const auto *UO = dyn_cast<UnaryOperator>(St)) {
      if (UO->isIncrementDecrementOp())
        flatChanged(F, N.of(UO->getSubExpr()), false);
    } else if (const auto *DS = dyn_cast<DeclStmt>(St)) {
      for (const Decl *Each : DS->decls())
        if (const auto *VD = dyn_cast<VarDecl>(Each))
          flatChanged(F, N.of(VD), true);
    } else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(St);
               Op && Op->isAssignmentOp() && Op->getNumArgs() == 2) {
      flatChanged(F, N.of(Op->getArg(0)), false);
    }
  }

  void through(const CFGBlock *Block, Flat At) {
    llvm::SmallVector<Flat, 4> Now{At};
    bool Handled = false;
    for (Element &E : elements(*Block)) {
      const Stmt *St = E.St;
      if (!St) {
        for (Flat &F : Now)
          flatApply(F, D.endOf(E.Dying), E.Trigger);
        continue;
      }
      if (E.Ends)
        return;
      if (Now.size() == 1 && isIdle(E, Now[0].Now))
        continue;
      llvm::SmallVector<Flat, 4> After;
      for (Flat F : Now) {
        const Flat Before = F;
        flatRemember(F, St);
        const Acts &All = acts(E, F.Now);
        for (const Act &A : All) {
          After.push_back(F);
          flatApply(After.back(), A.What, St);
        }
        if (E.Throws && All.size() == 1 && All[0].What == Act::Nothing) {
          if (const CFGBlock *To = handlers(St))
            flow(To, Before);
          else
            Doubt |= Before.Now == Owing::Owed && leaves(St);
        }
        if (Doubt)
          return;
      }
      Now = std::move(After);
      Handled |= isa<CXXThrowExpr>(St) && handlers(St);
    }
    if (Block->hasNoReturnElement() || Handled)
      return;
    const Stmt *Terminator = Block->getTerminatorStmt();
    const Expr *Cond = decisionOf(*Block);
    for (auto [To, Truth] : waysFrom(*Block)) {
      for (Flat F : Now) {
        if (Cond)
          flatApply(F, D.learn(Cond, Truth), Cond);
        if (To != &B.graph()->getExit())
          flow(To, F);
        else if (!isa_and_nonnull<CXXTryStmt>(Terminator))
          Doubt |= F.Now == Owing::Owed;
      }
    }
  }

  void noteHandlers(const CFG &G) {
    for (const CFGBlock *Block : G)
      if (const auto *Try =
              dyn_cast_or_null<CXXTryStmt>(Block->getTerminatorStmt()))
        Dispatch[Try] = Block;
  }

  void enter(const CFGBlock *Block, const State &S, int Parent, Branch Way) {
    llvm::SmallVector<unsigned, 1> &Alike =
        Seen[llvm::hash_combine(Block->getBlockID(), S.hash())];
    if (llvm::any_of(Alike, [&](unsigned I) {
          return Nodes[I].Block == Block && Nodes[I].At == S;
        }))
      return;
    Alike.push_back(Nodes.size());
    Nodes.push_back({Block, S, Parent, Way});
  }

  /// One element of a block, as far as it has been looked at.
  struct Element {
    const Stmt *St = nullptr; ///< Null: the end of the life of `Dying`.
    const VarDecl *Dying = nullptr;
    const Stmt *Trigger = nullptr;
    bool Ends = false;   ///< The program.
    bool Throws = false; ///< Perhaps.
    bool Plain = false;  ///< Changes no value, and isn't left by.
    std::unique_ptr<Acts> Does[4];
  };

  static bool isPlain(const Stmt *St) {
    if (const auto *BO = dyn_cast<BinaryOperator>(St))
      return !BO->isAssignmentOp();
    if (const auto *UO = dyn_cast<UnaryOperator>(St))
      return !UO->isIncrementDecrementOp();
    return isa<Expr>(St) && !isa<CallExpr, CXXConstructExpr, CXXThrowExpr>(St);
  }

  /// Each block is looked at for many states.
  std::vector<Element> &elements(const CFGBlock &Block) {
    std::optional<std::vector<Element>> &Result = Blocks[Block.getBlockID()];
    if (Result)
      return *Result;
    Result.emplace();
    for (const CFGElement &Each : Block) {
      Element E;
      if (auto Dtor = Each.getAs<CFGAutomaticObjDtor>()) {
        E.Dying = Dtor->getVarDecl();
        E.Trigger = Dtor->getTriggerStmt();
      } else if (auto CS = Each.getAs<CFGStmt>()) {
        E.St = CS->getStmt();
        E.Ends = endsProgram(E.St);
        E.Throws = mayBeThrown(E.St);
        E.Plain = isPlain(E.St);
      } else {
        continue;
      }
      Result->push_back(std::move(E));
    }
    return *Result;
  }

  /// What \p E does is asked for in each state; that it is the same each time
  /// is part of what a `Duty` is.
  const Acts &acts(Element &E, Owing Now) const {
    std::unique_ptr<Acts> &Known = E.Does[static_cast<unsigned>(Now)];
    if (!Known) {
      Known = std::make_unique<Acts>(D.acts(E.St, Now));
      if (Known->empty())
        Known->push_back({});
    }
    return *Known;
  }

  /// True when nothing happens here in the state \p Now.
  bool isIdle(Element &E, Owing Now) const {
    if (!E.Plain)
      return false;
    const Acts &All = acts(E, Now);
    return All.size() == 1 && All[0].What == Act::Nothing &&
           All[0].Result == Value::Any;
  }

  std::vector<Branch> way(int Node) const {
    std::vector<Branch> Result;
    for (; Node >= 0; Node = Nodes[Node].Parent)
      if (Nodes[Node].Decided.Cond)
        Result.push_back(Nodes[Node].Decided);
    std::reverse(Result.begin(), Result.end());
    return Result;
  }

  void misstep(Misstep::Kind What, const Stmt *At, const Stmt *Before,
               bool HeldBefore = false) {
    for (const Misstep &M : Result.Missteps)
      if (M.What == What && M.At == At && M.Before == Before)
        return;
    Result.Missteps.push_back({What, At, Before, HeldBefore, way(Current)});
  }

  /// \p Way compares something with each enumerator of its type, and finds
  /// that it is none of them.
  bool isNoEnumerator(llvm::ArrayRef<Branch> Way) const {
    llvm::StringMap<llvm::SmallSet<int64_t, 4>> Excluded;
    for (const Branch &Taken : Way) {
      const auto *BO = dyn_cast_or_null<BinaryOperator>(
          Taken.Cond ? Taken.Cond->IgnoreParenImpCasts() : nullptr);
      if (!BO || BO->getOpcode() != (Taken.Truth ? BO_NE : BO_EQ))
        continue;
      const Expr *Sides[] = {BO->getLHS(), BO->getRHS()};
      for (unsigned I : {0, 1}) {
        const auto *EC =
            dyn_cast_or_null<EnumConstantDecl>(namedBy(strip(Sides[I])));
        const std::string &Name = N.of(Sides[1 - I]);
        if (!EC || Name.empty())
          continue;
        llvm::SmallSet<int64_t, 4> &Of = Excluded[Name];
        Of.insert(EC->getInitVal().getExtValue());
        const auto *Enum = cast<EnumDecl>(EC->getDeclContext());
        if (llvm::all_of(Enum->enumerators(),
                         [&](const EnumConstantDecl *Other) {
                           return Of.count(Other->getInitVal().getExtValue());
                         }))
          return true;
      }
    }
    return false;
  }

  void outcome(const State &S, const Stmt *Exit, bool Throws,
               Branch Last = {}) {
    if (S.Now == Owing::Owed && isNoEnumerator(way(Current)))
      return;
    if (!Ends.insert({Exit, Throws, S.Now, S.Incurred, S.Discharged,
                      S.HeldBefore, S.Returned})
             .second)
      return;
    Outcome O;
    O.State = S.Now;
    O.Incurred = S.Incurred;
    O.Discharged = S.Discharged;
    O.Exit = Exit;
    O.Throws = Throws;
    O.HeldBefore = S.HeldBefore;
    O.Returned = S.Returned;
    O.Way = way(Current);
    if (Last.Cond)
      O.Way.push_back(Last);
    Result.Outcomes.push_back(std::move(O));
  }

  /// The object has a new value, or is another one.
  void changed(State &S, llvm::StringRef Name, const Stmt *At, bool NewLife) {
    if (!leads(Name))
      return;
    if (S.Now == Owing::Owed) {
      // Another name for the old one may be at hand, if it was a pointer.
      S.Lost = NewLife || D.hasOneName();
      if (S.Lost)
        misstep(Misstep::Lost, At, S.Incurred);
      S.Now = S.Lost ? Owing::Free : Owing::Gone;
    } else {
      S.Now = Owing::Free;
    }
    S.Untouched &= NewLife;
    S.Incurred = S.Discharged = S.Failed = nullptr;
  }

  void apply(State &S, Act::Kind What, const Stmt *At) {
    bool Untouched = S.Untouched, Lost = S.Lost;
    if (What != Act::Nothing)
      S.Untouched = S.Lost = false;
    switch (What) {
    case Act::Nothing:
      return;
    case Act::Incur:
      // What the declaration of the object incurs is nobody's business yet.
      if (S.Now == Owing::Owed && !isa_and_nonnull<DeclStmt>(S.Incurred)) {
        // How often it is owed now isn't counted.
        misstep(Misstep::Again, At, S.Incurred);
        S.Now = Owing::Gone;
        return;
      }
      S.Now = Owing::Owed;
      S.Incurred = At;
      S.Discharged = S.Failed = nullptr;
      return;
    case Act::Discharge:
      if (S.Now == Owing::Done)
        misstep(Misstep::Twice, At, S.Discharged, S.HeldBefore);
      if (S.Now == Owing::Owed && S.Incurred) {
        auto &Places = Result.Settled[S.Incurred];
        if (!llvm::is_contained(Places, At))
          Places.push_back(At);
      }
      if (S.Now == Owing::Free && Untouched && !D.owedAtEntry())
        misstep(Misstep::Bare, At, S.Failed);
      Result.FoundAgain |= S.Now == Owing::Free && Lost;
      S.HeldBefore |= S.Now == Owing::Free;
      if (S.Now != Owing::Gone) {
        S.Now = Owing::Done;
        S.Discharged = At;
      }
      return;
    case Act::HandOn:
      if (S.Now == Owing::Owed || S.Now == Owing::Done) {
        S.Now = Owing::Gone;
        S.Discharged = At;
      }
      return;
    case Act::Renounce:
      S.Now = Owing::Free;
      S.Incurred = S.Discharged = nullptr;
      return;
    }
  }

  void remember(State &S, const Stmt *St) {
    auto Assign = [&](const Expr *To, Value V) {
      const std::string &Name = N.of(To);
      changed(S, Name, St, /*NewLife=*/false);
      S.Known.assign(Name, V);
    };
    if (const auto *BO = dyn_cast<BinaryOperator>(St)) {
      if (BO->getOpcode() == BO_Assign)
        Assign(BO->getLHS(), S.Known.value(BO->getRHS(), N, Ctx));
      else if (BO->isAssignmentOp())
        Assign(BO->getLHS(), {});
    } else if (const auto *UO = dyn_cast<UnaryOperator>(St)) {
      if (UO->isIncrementDecrementOp())
        Assign(UO->getSubExpr(), {});
    } else if (const auto *DS = dyn_cast<DeclStmt>(St)) {
      for (const Decl *Each : DS->decls())
        if (const auto *VD = dyn_cast<VarDecl>(Each)) {
          const std::string &Name = N.of(VD);
          changed(S, Name, St, /*NewLife=*/true);
          S.Known.assign(Name, VD->hasInit()
                                   ? S.Known.value(VD->getInit(), N, Ctx)
                                   : Value());
        }
    } else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(St);
               Op && Op->isAssignmentOp() && Op->getNumArgs() == 2) {
      Assign(Op->getArg(0), S.Known.value(Op->getArg(1), N, Ctx));
      return;
    }
    // A simple variable that is given to a call by address or reference may be
    // changed there. Of objects we expect that they give the same answers: most
    // conditions that are asked twice are about what doesn't change meanwhile.
    auto Simple = [](const Expr *E) {
      return E->getType()->isScalarType() && !isa<MemberExpr>(strip(E));
    };
    const FunctionDecl *Callee = nullptr;
    ArrayRef<const Expr *> Args;
    if (const auto *Call = dyn_cast<CallExpr>(St)) {
      Callee = Call->getDirectCallee();
      Args = {Call->getArgs(), Call->getNumArgs()};
      if (isa<CXXOperatorCallExpr>(Call))
        return;
      if (const auto *MC = dyn_cast<CXXMemberCallExpr>(Call);
          MC && MC->getImplicitObjectArgument() && MC->getMethodDecl() &&
          !MC->getMethodDecl()->isConst())
        S.Known.forget(
            MC->getImplicitObjectArgument()->getType()->isPointerType()
                ? ""
                : N.of(MC->getImplicitObjectArgument()) + ".");
    } else if (const auto *CE = dyn_cast<CXXConstructExpr>(St)) {
      Callee = CE->getConstructor();
      Args = {CE->getArgs(), CE->getNumArgs()};
    }
    for (unsigned I = 0; I != Args.size(); ++I) {
      const Expr *Arg = strip(Args[I]);
      if (const auto *UO = dyn_cast_or_null<UnaryOperator>(Arg);
          UO && UO->getOpcode() == UO_AddrOf && Simple(UO->getSubExpr()))
        S.Known.forget(N.of(UO->getSubExpr()));
      else if (Arg && Callee && I < Callee->getNumParams()) {
        QualType T = Callee->getParamDecl(I)->getType();
        if (T->isLValueReferenceType() &&
            !T->getPointeeType().isConstQualified() && Simple(Arg))
          S.Known.forget(N.of(Arg));
      }
    }
  }

  bool mayBeThrown(const Stmt *St) const {
    return isa<CallExpr, CXXConstructExpr, CXXThrowExpr>(St) &&
           Ctx.getLangOpts().CPlusPlus && (D.throws() || B.tryAround(St));
  }

  /// Where \p St goes when it throws inside a `try`. Whoever writes a handler
  /// knows that something throws.
  const CFGBlock *handlers(const Stmt *St) const {
    const CXXTryStmt *Try = B.tryAround(St);
    return Try && (isa<CXXThrowExpr>(St) ||
                   ThrowSearch::mayThrow(cast<Expr>(St)))
               ? Dispatch.lookup(Try)
               : nullptr;
  }

  /// \p St throws out of the function.
  bool leaves(const Stmt *St) const {
    return !B.tryAround(St) && D.throws() && !isa<CXXThrowExpr>(St) &&
           D.throws()->visiblyThrows(cast<Expr>(St));
  }

  /// What \p St throws here: to the handlers, or out of the function.
  void mayThrow(const State &S, const Stmt *St) {
    if (const CFGBlock *To = handlers(St)) {
      State Thrown = S;
      Thrown.Leaving = nullptr;
      enter(To, Thrown, Current, {});
    } else if (leaves(St)) {
      outcome(S, St, /*Throws=*/true);
    }
  }

  /// A call that ends the program, but doesn't say so: `fatal_error(...)`.
  static bool endsProgram(const Stmt *St) {
    const auto *Call = dyn_cast<CallExpr>(St);
    const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
    if (!FD || !FD->getIdentifier())
      return false;
    std::string Name = FD->getName().lower();
    for (StringRef Word : {"fatal", "panic", "abort_", "die", "abort"}) {
      size_t At = Name.find(Word.str());
      if (At == std::string::npos)
        continue;
      // Not "audience", "abortable".
      bool Begins = At == 0 || !isLetter(Name[At - 1]);
      bool Ends =
          At + Word.size() >= Name.size() || !isLetter(Name[At + Word.size()]);
      if (Word == "fatal" || (Begins && Ends && !isa<CXXMethodDecl>(FD)))
        return true;
    }
    // An assertion of a test, which says where it failed; but not what logs a
    // failure, or is seen to come back.
    const FunctionDecl *Def = nullptr;
    return FD->isVariadic() && Name.find("fail") != std::string::npos &&
           !hasWord(FD->getName(), {"log", "pr", "print", "printf", "report",
                                    "warn", "trace", "debug", "syslog"}) &&
           (!FD->isDefined(Def) || leavesForGood(Def->getBody()));
  }

  static bool leavesForGood(const Stmt *S) {
    if (!S)
      return false;
    const auto *Call = dyn_cast<CallExpr>(S);
    const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
    return isa<CXXThrowExpr>(S) || (FD && FD->isNoReturn()) ||
           llvm::any_of(S->children(), leavesForGood);
  }

  void act(State &S, const Act &A, const Acts &All, const Stmt *St) {
    apply(S, A.What, St);
    if (A.What == Act::Nothing && All.size() > 1)
      S.Failed = St;
    if (A.Result != Value::Any)
      S.Known.setResult(cast<Expr>(St), A.Result == Value::Zero
                                            ? Value::zero()
                                            : Value{A.Result, std::nullopt});
  }

  void leaving(State &S, const Stmt *St) {
    if (const auto *R = dyn_cast<ReturnStmt>(St)) {
      S.Leaving = St;
      S.Returned =
          R->getRetValue() ? S.Known.value(R->getRetValue(), N, Ctx) : Value();
    } else if (isa<CXXThrowExpr>(St)) {
      S.Leaving = St;
    }
  }

  void step(int Index) {
    Current = Index;
    const CFGBlock *Block = Nodes[Index].Block;
    llvm::SmallVector<State, 2> Now{Nodes[Index].At};
    for (Element &E : elements(*Block)) {
      const Stmt *St = E.St;
      if (!St) {
        for (State &S : Now)
          apply(S, D.endOf(E.Dying), E.Trigger);
        continue;
      }
      if (E.Ends)
        return;
      if (Now.size() == 1 && isIdle(E, Now[0].Now))
        continue;
      llvm::SmallVector<State, 2> After;
      for (State &S : Now) {
        std::optional<State> Before;
        if (E.Throws)
          Before = S;
        remember(S, St);
        const Acts &All = acts(E, S.Now);
        // All but the last one take a copy.
        for (const Act &A : llvm::ArrayRef(All).drop_back()) {
          State Each = S;
          act(Each, A, All, St);
          After.push_back(std::move(Each));
        }
        act(S, All.back(), All, St);
        // A discharge that fails is not our question, nor an operation that
        // throws instead of incurring something.
        if (Before && All.size() == 1 && All[0].What == Act::Nothing)
          mayThrow(*Before, St);
        if (Now.size() != 1 || !After.empty())
          After.push_back(std::move(S));
      }
      if (!After.empty())
        Now = std::move(After);
      for (State &S : Now)
        leaving(S, St);
    }
    if (Block->hasNoReturnElement())
      return;
    for (const State &S : Now)
      leave(Block, S);
  }

  void leave(const CFGBlock *Block, const State &S) {
    // A throw inside a try went to its handlers.
    if (const auto *Throw = dyn_cast_or_null<CXXThrowExpr>(S.Leaving))
      if (B.tryAround(Throw) && Dispatch.count(B.tryAround(Throw)))
        return;
    const Stmt *Terminator = Block->getTerminatorStmt();
    const Expr *Cond = decisionOf(*Block);
    for (auto [To, Truth] : waysFrom(*Block)) {
      State Out = S;
      Branch Way;
      if (Cond) {
        if (!Out.Known.assume(Cond, Truth, N, Ctx))
          continue;
        apply(Out, D.learn(Cond, Truth), Cond);
        Way = {Cond, Truth};
      } else if (const auto *Switch =
                     dyn_cast_or_null<SwitchStmt>(Terminator)) {
        if (!chosen(*Switch, To, Out))
          continue;
      }
      if (isa_and_nonnull<CXXCatchStmt>(To->getLabel()))
        Out.Leaving = nullptr;
      if (To == &B.graph()->getExit()) {
        // Whether anything is thrown that no handler of the `try` is for, can't
        // be seen.
        if (!isa_and_nonnull<CXXTryStmt>(Terminator))
          outcome(Out, Out.Leaving, isa_and_nonnull<CXXThrowExpr>(Out.Leaving),
                  Way);
        continue;
      }
      enter(To, Out, Current, Way);
    }
  }

  /// False when the switch can't go to \p To.
  bool chosen(const SwitchStmt &Switch, const CFGBlock *To, State &S) {
    const auto *Case = dyn_cast_or_null<CaseStmt>(To->getLabel());
    std::optional<int64_t> Number = labelOf(Case, Ctx);
    if (!Number || !Switch.getCond())
      return true;
    Value V = S.Known.value(Switch.getCond(), N, Ctx);
    Value Wanted = Value::constant(*Number);
    if (V.Constant && *V.Constant != *Wanted.Constant)
      return false;
    if (!(V.Signs & Wanted.Signs))
      return false;
    // Labels in a row are one way.
    if (!isa<CaseStmt>(Case->getSubStmt()))
      if (const std::string &Name = N.of(Switch.getCond()); !Name.empty())
        S.Known.assign(Name, Wanted);
    return true;
  }

  const Body &B;
  const Duty &D;
  const Names &N;
  ASTContext &Ctx;
  std::string Object;
  unsigned MaxStates;
  llvm::DenseMap<const CXXTryStmt *, const CFGBlock *> Dispatch;
  std::deque<Node> Nodes; // Grows while a node is looked at.
  size_t Next = 0;
  int Current = -1;
  /// The nodes with a hash.
  std::unordered_map<size_t, llvm::SmallVector<unsigned, 1>> Seen;
  /// Of the plain flow: which states came to which block.
  std::vector<uint32_t> Came;
  std::deque<std::pair<const CFGBlock *, uint32_t>> Waiting;
  bool Doubt = false;
  std::vector<std::optional<std::vector<Element>>> Blocks; ///< By number.
  llvm::DenseMap<const char *, bool> Leading;
  std::set<std::tuple<const Stmt *, bool, Owing, const Stmt *, const Stmt *,
                      bool, Value>>
      Ends;
  Simulation Result;
};

} // namespace

Simulation simulate(const Body &B, const Duty &D, unsigned MaxStates) {
  return Simulator(B, D, MaxStates).run();
}

Simulation simulateDoubts(const Body &B, const Duty &D, unsigned MaxStates) {
  Simulator S(B, D, MaxStates);
  return S.isDoubtful() ? S.run() : Simulation();
}

SourceLocation exitLocation(const FunctionDecl *In, const Outcome &O) {
  if (O.Exit)
    return O.Exit->getBeginLoc();
  if (const auto *Body = dyn_cast_or_null<CompoundStmt>(In->getBody()))
    return Body->getRBracLoc();
  return In->getBody() ? In->getBody()->getEndLoc() : In->getEndLoc();
}

} // namespace leak
