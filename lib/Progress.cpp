//===--- Progress.cpp - loops that don't get on ---------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Progress.h"
#include "Inputs.h"
#include "Rearming.h"
#include "Spelling.h"
#include "Statements.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include <cerrno>
#include <deque>
#include <map>
#include <set>
#include <tuple>

using namespace clang;

namespace leak {

namespace {

/// The names of what the conditions of a function are about. Other executions,
/// and functions that aren't visible, may change the loose ones; the answers of
/// calls may differ once something has been read.
struct Asked {
  llvm::StringSet<> All;
  std::vector<std::string> Loose, Answers;

  explicit Asked(const Body &B) : N(B.names()) {
    escapes(B.function()->getBody());
    visit(B.function()->getBody());
  }

private:
  void escapes(const Stmt *S) {
    if (!S)
      return;
    const Expr *Given = nullptr;
    if (const auto *UO = dyn_cast<UnaryOperator>(S);
        UO && UO->getOpcode() == UO_AddrOf)
      Given = UO->getSubExpr();
    if (const auto *LE = dyn_cast<LambdaExpr>(S))
      for (const LambdaCapture &C : LE->captures())
        if (C.capturesVariable() && C.getCaptureKind() == LCK_ByRef)
          Escaped.insert(C.getCapturedVar());
    if (const auto *Ref =
            Given ? dyn_cast_or_null<DeclRefExpr>(strip(Given)) : nullptr)
      Escaped.insert(Ref->getDecl());
    for (const Stmt *Child : S->children())
      escapes(Child);
  }

  bool isOwn(const Stmt *S) const {
    if (!S)
      return true;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
      const auto *VD = dyn_cast<VarDecl>(Ref->getDecl());
      if (VD && (!VD->hasLocalStorage() || Escaped.contains(VD) ||
                 VD->getType()->isReferenceType()))
        return false;
    }
    if (const auto *UO = dyn_cast<UnaryOperator>(S);
        UO && UO->getOpcode() == UO_Deref)
      return false;
    if (const auto *ME = dyn_cast<MemberExpr>(S); ME && ME->isArrow())
      return false;
    if (isa<CXXThisExpr, CallExpr>(S))
      return false;
    return llvm::all_of(S->children(), [&](const Stmt *C) { return isOwn(C); });
  }

  static bool asksCall(const Stmt *S) {
    if (!S)
      return false;
    if (const auto *Call = dyn_cast<CallExpr>(S)) {
      const FunctionDecl *FD = Call->getDirectCallee();
      // A flag's value.
      if (!FD || !(isa<CXXConversionDecl>(FD) ||
                   (FD->getIdentifier() && FD->getName() == "load")))
        return true;
    }
    return llvm::any_of(S->children(), asksCall);
  }

  void add(const std::string &Name, const Expr *E) {
    if (Name.empty() || !All.insert(Name).second)
      return;
    if (!isOwn(E))
      Loose.push_back(Name);
    if (asksCall(E))
      Answers.push_back(Name);
  }

  void visit(const Stmt *S) {
    if (!S || isa<LambdaExpr>(S))
      return;
    if (const auto *BO = dyn_cast<BinaryOperator>(S);
        BO && BO->isComparisonOp()) {
      std::string L = N.of(BO->getLHS()), R = N.of(BO->getRHS());
      add(N.of(BO), BO);
      if (!L.empty() && !R.empty())
        add("(" + L + "==" + R + ")", BO);
    }
    if (isa<DeclRefExpr, MemberExpr, ArraySubscriptExpr, CallExpr,
            UnaryOperator>(S))
      add(N.of(cast<Expr>(S)), cast<Expr>(S));
    if (const auto *DS = dyn_cast<DeclStmt>(S))
      for (const Decl *D : DS->decls())
        if (const auto *VD = dyn_cast<VarDecl>(D)) {
          All.insert(Names::variable(VD));
          if (Escaped.contains(VD))
            Loose.push_back(Names::variable(VD));
        }
    for (const Stmt *Child : S->children())
      visit(Child);
  }

  const Names &N;
  llvm::SmallPtrSet<const ValueDecl *, 8> Escaped;
};

struct State {
  bool Passed = false;
  /// Of a stream that keeps its state.
  enum StreamState : unsigned char { Unknown, Good, AtEnd, Failed };
  StreamState Stream = Unknown;
  /// Turns in which something came before.
  unsigned char Came = 0;
  Facts Known;
  /// The text that has nothing in it.
  std::string Emptied;
  /// What comparisons of texts, and switches that take their default, said:
  /// they say it again, as long as the text is the same.
  std::map<const Expr *, std::pair<std::string, bool>> Held;

  explicit State(const llvm::StringSet<> &Names) : Known(Names) {}
  bool operator<(const State &O) const {
    if (auto L = std::tie(Passed, Stream, Came, Emptied),
        R = std::tie(O.Passed, O.Stream, O.Came, O.Emptied);
        L != R)
      return L < R;
    return Known == O.Known ? Held < O.Held : Known < O.Known;
  }
  void change(llvm::StringRef Name) {
    if (Name.empty())
      return;
    if (!Emptied.empty() && Names::leadsThrough(Emptied, Name))
      Emptied.clear();
    for (auto It = Held.begin(); It != Held.end();)
      It = Names::leadsThrough(It->second.first, Name) ? Held.erase(It)
                                                       : std::next(It);
  }
  void forget(llvm::StringRef Name) {
    change(Name);
    Known.forget(Name);
  }
};

struct Node {
  const CFGBlock *Block;
  State At;
  int Parent;
  Branch Decided;
};

/// The constant to which \p Cond compares `errno`, and whether it is true when
/// it is equal.
std::optional<std::pair<int64_t, bool>>
errnoAsked(const Expr *Cond, const Names &N, const ASTContext &Ctx) {
  const auto *BO = dyn_cast_or_null<BinaryOperator>(Cond ? strip(Cond) : Cond);
  if (!BO || !BO->isEqualityOp())
    return std::nullopt;
  const auto *UO = dyn_cast_or_null<UnaryOperator>(strip(BO->getLHS()));
  const auto *Call = UO && UO->getOpcode() == UO_Deref
                         ? dyn_cast_or_null<CallExpr>(strip(UO->getSubExpr()))
                         : nullptr;
  const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
  std::optional<int64_t> Is = N.constant(BO->getRHS(), Ctx);
  if (!FD || !FD->getIdentifier() || !FD->getName().contains("errno") || !Is)
    return std::nullopt;
  return std::pair(*Is, BO->getOpcode() == BO_EQ);
}

/// Whether the function can leave the loops around one input, once that has
/// nothing to give.
class Turns {
public:
  Turns(const Body &B, const Lexicon &Words, const Asked &About,
        const Inputs &All, const Input &I, Spin::Reason Why, bool First)
      : B(B), N(B.names()), Ctx(B.context()), About(About), All(All), I(I),
        Why(Why), First(First), Keeps(I.Keeps && Why == Spin::End),
        Throws(Words) {}

  /// It tells apart that there is nothing now.
  bool leavesOnWait() const { return LeavesOnWait; }

  /// The decisions on the way round; nothing when there is a way out.
  std::optional<std::vector<Branch>> run() {
    const CFGBlock *Home = nullptr;
    for (const CFGBlock *Block : *B.graph())
      for (const CFGElement &E : *Block)
        if (auto S = E.getAs<CFGStmt>(); S && S->getStmt() == I.Call)
          Home = Block;
    if (!Home || !findRegion(Home))
      return std::nullopt;
    for (const CFGBlock *Block : Region)
      if (llvm::any_of(Block->preds(), [&](CFGBlock::AdjacentBlock P) {
            // What nothing leads to, isn't a way.
            return P && !Region.contains(P) &&
                   (!P->pred_empty() || P == &B.graph()->getEntry());
          }))
        enter(Block, State(About.All), -1, {});
    for (size_t Next = 0; Next < Nodes.size(); ++Next) {
      if (Nodes.size() > MaxStates)
        return std::nullopt;
      Current = Next;
      step();
      if (Out)
        return std::nullopt;
    }
    if (!Back)
      return std::nullopt;
    return Round;
  }

private:
  static constexpr unsigned MaxStates = 3000, MaxVisits = 10;

  /// The blocks from which the call is reached again.
  bool findRegion(const CFGBlock *Home) {
    llvm::SmallPtrSet<const CFGBlock *, 16> After, Before;
    llvm::SmallVector<const CFGBlock *, 16> Work;
    auto Spread = [&](auto &Into, auto Neighbours) {
      Work.assign(1, Home);
      while (!Work.empty())
        Neighbours(Work.pop_back_val(), [&](const CFGBlock *To) {
          if (To && Into.insert(To).second)
            Work.push_back(To);
        });
    };
    Spread(After, [](const CFGBlock *From, auto Visit) {
      for (CFGBlock::AdjacentBlock To : From->succs())
        Visit(To.getReachableBlock());
    });
    if (!After.contains(Home))
      return false;
    Spread(Before, [](const CFGBlock *From, auto Visit) {
      for (CFGBlock::AdjacentBlock To : From->preds())
        Visit(To.getReachableBlock());
    });
    // In the order of the graph.
    for (const CFGBlock *Block : *B.graph())
      if (After.contains(Block) && Before.contains(Block))
        Region.insert(Block);
    return true;
  }

  void enter(const CFGBlock *Block, State S, int Parent, Branch Way) {
    // Knowing less leaves more ways open.
    if (++Visits[{Block->getBlockID(), S.Passed}] > MaxVisits) {
      S.Known = Facts(About.All);
      S.Held.clear();
      S.Emptied.clear();
    }
    if (Seen.insert({Block->getBlockID(), S}).second)
      Nodes.push_back({Block, S, Parent, Way});
  }

  void comesBack() {
    if (Back)
      return;
    Back = true;
    for (int At = Current; At >= 0 && Nodes[At].At.Passed;
         At = Nodes[At].Parent)
      if (Nodes[At].Decided.Cond)
        Round.push_back(Nodes[At].Decided);
    std::reverse(Round.begin(), Round.end());
  }

  /// Also of `a ? b : c`, when it is known which.
  Value valueOf(const State &S, const Expr *E) const {
    const auto *CO = dyn_cast_or_null<ConditionalOperator>(strip(E));
    if (!CO)
      return S.Known.value(E, N, Ctx);
    Facts Yes = S.Known, No = S.Known;
    bool MayBe = Yes.assume(CO->getCond(), true, N, Ctx);
    bool MayNot = No.assume(CO->getCond(), false, N, Ctx);
    if (MayBe == MayNot)
      return {};
    return valueOf(S, MayBe ? CO->getTrueExpr() : CO->getFalseExpr());
  }

  /// What a variable of the type \p T makes of \p V: an unsigned one has no
  /// -1. A wide one is equal to it all the same.
  Value kept(Value V, QualType T) const {
    if (!V.Constant || *V.Constant >= 0 || T->isDependentType() ||
        !T->isUnsignedIntegerType() || T->isBooleanType())
      return V;
    const unsigned Width = Ctx.getIntWidth(T);
    if (Width >= Ctx.getIntWidth(Ctx.IntTy))
      return {};
    return Value::constant(*V.Constant & ((int64_t(1) << Width) - 1));
  }

  void assign(State &S, const Expr *To, Value V) {
    std::string Name = N.of(To);
    // It is replaced, or a part of it is.
    if (S.Passed && !Name.empty() &&
        (Names::leadsThrough(I.Name, Name) ||
         Names::leadsThrough(Name, I.Name)))
      Out = true;
    S.change(Name);
    // An element of a text, or of something.
    if (!isa_and_nonnull<DeclRefExpr>(strip(To))) {
      S.Held.clear();
      S.Emptied.clear();
      if (Keeps)
        for (const std::string &Answer : About.Answers)
          S.Known.forget(Answer);
    }
    S.Known.assign(Name, V);
  }

  /// What \p St changes; false when the path ends here.
  bool apply(State &S, const Stmt *St) {
    if (const auto *BO = dyn_cast<BinaryOperator>(St)) {
      if (BO->getOpcode() == BO_Assign) {
        assign(S, BO->getLHS(),
               kept(valueOf(S, BO->getRHS()), BO->getLHS()->getType()));
      } else if (BO->isAssignmentOp()) {
        // Nothing more is nothing new.
        Value By = S.Known.value(BO->getRHS(), N, Ctx);
        bool Adds = BO->getOpcode() == BO_AddAssign ||
                    BO->getOpcode() == BO_SubAssign ||
                    BO->getOpcode() == BO_OrAssign;
        if (!Adds || By.Signs != Value::Zero)
          assign(S, BO->getLHS(), {});
      }
    } else if (const auto *UO = dyn_cast<UnaryOperator>(St)) {
      if (UO->isIncrementDecrementOp())
        assign(S, UO->getSubExpr(), {});
    } else if (const auto *DS = dyn_cast<DeclStmt>(St)) {
      for (const Decl *D : DS->decls())
        if (const auto *VD = dyn_cast<VarDecl>(D)) {
          std::string Name = Names::variable(VD);
          if (S.Passed && Names::leadsThrough(I.Name, Name))
            Out = true;
          S.change(Name);
          S.Known.assign(Name, VD->hasInit() ? kept(valueOf(S, VD->getInit()),
                                                    VD->getType())
                                             : Value());
          if (Keeps && VD->getType()->isArrayType() && VD->hasInit() &&
              isEmptyText(VD->getInit()))
            S.Emptied = Name;
        }
    } else if (isa<CXXThrowExpr, CoawaitExpr, CoyieldExpr, RecoveryExpr>(St)) {
      Out |= S.Passed;
      return false;
    } else if (const auto *Delete = dyn_cast<CXXDeleteExpr>(St)) {
      Out |= S.Passed && All.mentions(Delete->getArgument(), I);
    } else if (isa<CallExpr, CXXConstructExpr>(St)) {
      return call(S, cast<Expr>(St));
    }
    return true;
  }

  bool call(State &S, const Expr *E) {
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E);
        Op && Op->getNumArgs() && Op->isAssignmentOp())
      assign(S, Op->getArg(0),
             Op->getNumArgs() == 2 && Op->getOperator() == OO_Equal
                 ? S.Known.value(Op->getArg(1), N, Ctx)
                 : Value());
    const Input *Same = All.readBy(E);
    if (Same && (Same->Name != I.Name || Same->Writes != I.Writes))
      Same = nullptr;
    if (Keeps && Same) {
      reads(S, *Same);
      return true;
    }
    if (Keeps && I.Stream && asksState(S, E))
      return true;
    if (Keeps)
      compares(S, E);
    forgetGiven(S, E);
    if (Keeps)
      empties(S, E);
    if (Same) {
      if (E == I.Call) {
        if (S.Passed)
          comesBack();
        S.Passed = true;
      }
      // Meanwhile others may have set their flags.
      if (I.Hot)
        for (const std::string &Name : About.Loose)
          S.Known.forget(Name);
      // Who waits in vain finds everything as it was.
      if (Why != Spin::Passed)
        for (const std::string &Name : About.Answers)
          S.Known.forget(Name);
      S.Known.setResult(E, Same->answer(Why));
      return true;
    }
    if (All.asksForEnd(E, I)) {
      S.Known.setResult(E, Value::constant(Why != Spin::NotEnd));
      return true;
    }
    // What is at its end is always ready.
    if (S.Passed && Why == Spin::End && All.watches(E, I)) {
      S.Known.setResult(E, {Value::Positive, std::nullopt});
      return true;
    }
    Inputs::Effect Does = All.effectOf(E, I);
    // What is known to throw, or can be caught.
    if (Does == Inputs::Works &&
        (Throws.visiblyThrows(E) || (B.tryAround(E) && Throws.mayThrow(E))))
      Does = Inputs::Touches;
    switch (Does) {
    case Inputs::Inert:
      if (const auto *Call = dyn_cast<CallExpr>(E);
          Call && Call->getDirectCallee() &&
          Inputs::allocates(Call->getDirectCallee()))
        S.Known.setResult(E, {Value::Positive, std::nullopt});
      return true;
    case Inputs::Works:
      // Nothing else is to be done here but to try again.
      if (Why == Spin::Error)
        Out |= S.Passed;
      for (const std::string &Name : About.Loose)
        S.Known.forget(Name);
      for (const std::string &Name : About.Answers)
        S.Known.forget(Name);
      return true;
    case Inputs::Touches:
      Out |= S.Passed;
      return true;
    case Inputs::Ends:
      Out |= S.Passed;
      return false;
    }
    return true;
  }

  /// A call that gives nothing leaves what it is to fill in as it was.
  void reads(State &S, const Input &Read) {
    const CallExpr *E = Read.Call;
    if (E == I.Call && S.Passed)
      comesBack();
    if (E == I.Call && (First || S.Came))
      S.Passed = true;
    const FunctionDecl *FD = E->getDirectCallee();
    bool Fills = Read.Stream && FD->getIdentifier();
    if (!S.Passed || (Fills && FD->getName() != "getline"))
      forgetGiven(S, E);
    // It takes away what was there first.
    if (S.Passed && Fills && FD->getName() == "getline" &&
        E->getNumArgs() >= 2) {
      std::string Text = N.of(E->getArg(1));
      S.forget(Text);
      S.Emptied = Text;
    }
    if (!S.Passed) {
      for (const std::string &Name : About.Answers)
        S.Known.forget(Name);
      if (E == I.Call)
        S.Came = 1;
      // Something came: some bytes.
      const bool Counts = E == I.Call && !Read.Stream &&
                          E->getType()->isSignedIntegerType() &&
                          Read.AtEnd.Constant == 0;
      S.Known.setResult(E, Counts ? Value{Value::Positive, std::nullopt}
                                  : Value());
      become(S, S.Came && E == I.Call ? State::Good : State::Unknown);
      return;
    }
    become(S, State::Failed);
    S.Known.setResult(E, Read.answer(Why));
  }

  void become(State &S, State::StreamState To) {
    if (!I.Stream)
      return;
    S.Stream = To;
    S.Known.assign(I.Name, To == State::Unknown
                               ? Value()
                               : Value::constant(To != State::Failed));
  }

  /// A question to the state of the stream, or a change of it.
  bool asksState(State &S, const Expr *E) {
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E);
        Op && Op->getOperator() == OO_Exclaim && Op->getNumArgs() == 1) {
      const auto *Of = dyn_cast_or_null<CallExpr>(strip(Op->getArg(0)));
      const Input *Read = Of ? All.readBy(Of) : nullptr;
      if (!Read && N.of(Op->getArg(0)) != I.Name)
        return false;
      if (Read && Read->Name != I.Name)
        return false;
      say(S, E, S.Stream == State::Failed);
      return true;
    }
    const auto *MC = dyn_cast<CXXMemberCallExpr>(E);
    const FunctionDecl *FD = MC ? MC->getMethodDecl() : nullptr;
    if (!FD || !MC->getImplicitObjectArgument() ||
        N.object(MC->getImplicitObjectArgument()) != I.Name)
      return false;
    if (isa<CXXConversionDecl>(FD))
      return true;
    if (!FD->getIdentifier())
      return false;
    StringRef Name = FD->getName();
    if (Name == "fail")
      say(S, E, S.Stream == State::Failed);
    else if (Name == "good")
      say(S, E, S.Stream == State::Good);
    else if (Name == "eof")
      say(S, E, S.Stream != State::Good);
    else if (Name == "bad")
      say(S, E, false);
    else if (Name == "clear" && llvm::all_of(MC->arguments(), [](auto *A) {
               return isa<CXXDefaultArgExpr>(A);
             }))
      become(S, S.Stream == State::Unknown ? State::Unknown : State::Good);
    else if (Name == "ignore" || Name == "peek")
      become(S, S.Stream == State::Good
                    ? (S.Passed ? State::AtEnd : State::Unknown)
                    : S.Stream);
    else if (Name != "sync" && Name != "gcount")
      return false;
    if (Name == "peek" && S.Passed)
      S.Known.setResult(E, Value::constant(-1));
    if (Name == "gcount" && S.Passed)
      S.Known.setResult(E, Value::zero());
    return true;
  }

  static void say(State &S, const Expr *E, bool Answer) {
    S.Known.setResult(E, S.Stream == State::Unknown ? Value()
                                                    : Value::constant(Answer));
  }

  /// The variable that \p E compares with a text of the program.
  std::string comparedIn(const CallExpr *E, bool &Equal) const {
    const FunctionDecl *FD = E->getDirectCallee();
    if (!FD || E->getNumArgs() < 2)
      return "";
    OverloadedOperatorKind Op = FD->getOverloadedOperator();
    if (Op != OO_EqualEqual && Op != OO_ExclaimEqual &&
        !(FD->getIdentifier() &&
          llvm::is_contained({"strcmp", "strcasecmp", "strncmp", "strncasecmp"},
                             FD->getName())))
      return "";
    Equal = Op == OO_EqualEqual;
    for (unsigned No : {0, 1}) {
      const auto *Text =
          dyn_cast_or_null<StringLiteral>(strip(E->getArg(1 - No)));
      const auto *Ref = dyn_cast_or_null<DeclRefExpr>(strip(E->getArg(No)));
      if (!Text || !Text->getLength() || !Ref || !isa<VarDecl>(Ref->getDecl()))
        continue;
      std::string Name = Names::variable(Ref->getDecl());
      return llvm::is_contained(About.Loose, Name) ? "" : Name;
    }
    return "";
  }

  /// The same text is equal to the same as before; an empty one is equal to
  /// nothing that has letters.
  void compares(State &S, const Expr *E) {
    const auto *Call = dyn_cast<CallExpr>(E);
    bool Equal = false;
    std::string Name = Call ? comparedIn(Call, Equal) : "";
    if (Name.empty())
      return;
    if (auto It = S.Held.find(E); It != S.Held.end())
      S.Known.setResult(E,
                        It->second.second ? Value::nonZero() : Value::zero());
    else if (S.Emptied == Name)
      S.Known.setResult(E, Equal ? Value::zero() : Value::nonZero());
    else
      S.Known.setResult(E, {});
  }

  /// `= {0}`, `= ""`
  bool isEmptyText(const Expr *Init) const {
    if (const auto *Text = dyn_cast<StringLiteral>(Init->IgnoreParenImpCasts()))
      return Text->getLength() == 0;
    const auto *List = dyn_cast<InitListExpr>(Init->IgnoreParenImpCasts());
    return List && llvm::all_of(List->inits(), [&](const Expr *E) {
             return N.constant(E, Ctx) == 0;
           });
  }

  /// `memset(text, 0, size)`
  void empties(State &S, const Expr *E) const {
    const auto *Call = dyn_cast<CallExpr>(E);
    const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
    if (!FD || !FD->getIdentifier() || Call->getNumArgs() < 2 ||
        !(FD->getName() == "bzero" ||
          (FD->getName() == "memset" && N.constant(Call->getArg(1), Ctx) == 0)))
      return;
    if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(strip(Call->getArg(0))))
      S.Emptied = Names::variable(Ref->getDecl());
  }

  void hold(State &S, const Expr *Cond, bool Truth) const {
    Cond = Cond ? strip(Cond) : nullptr;
    if (const auto *UO = dyn_cast_or_null<UnaryOperator>(Cond);
        UO && UO->getOpcode() == UO_LNot)
      return hold(S, UO->getSubExpr(), !Truth);
    if (const auto *BO = dyn_cast_or_null<BinaryOperator>(Cond);
        BO && BO->isEqualityOp() && N.constant(BO->getRHS(), Ctx) == 0)
      return hold(S, BO->getLHS(), Truth == (BO->getOpcode() == BO_NE));
    const auto *Call = dyn_cast_or_null<CallExpr>(Cond);
    bool Equal = false;
    if (std::string Name = Call ? comparedIn(Call, Equal) : ""; !Name.empty())
      S.Held[Call] = {Name, Truth};
  }

  /// `text.append(bytes, 0)`
  bool addsNothing(const State &S, const Expr *E) const {
    const auto *MC = dyn_cast<CXXMemberCallExpr>(E);
    const CXXMethodDecl *M = MC ? MC->getMethodDecl() : nullptr;
    return M && M->getIdentifier() && M->getName() == "append" &&
           Inputs::onlyStores(M) && MC->getNumArgs() == 2 &&
           MC->getArg(0)->getType()->isPointerType() &&
           S.Known.value(MC->getArg(1), N, Ctx).Signs == Value::Zero;
  }

  /// What is given by its address, or by reference, may be changed.
  void forgetGiven(State &S, const Expr *E) {
    const FunctionDecl *Callee = nullptr;
    if (const auto *Call = dyn_cast<CallExpr>(E))
      Callee = Call->getDirectCallee();
    else
      Callee = cast<CXXConstructExpr>(E)->getConstructor();
    unsigned Skip =
        isa<CXXOperatorCallExpr>(E) && Callee && isa<CXXMethodDecl>(Callee);
    ArrayRef<const Expr *> Args = operandsOf(E);
    if (addsNothing(S, E))
      return;
    if (const Expr *Of = receiverOf(E))
      if (const auto *M = dyn_cast_or_null<CXXMethodDecl>(Callee);
          !M || !M->isConst())
        S.forget(N.of(Of));
    for (unsigned No = 0; No != Args.size(); ++No) {
      const Expr *Arg = strip(Args[No]);
      if (!Arg)
        continue;
      if (const auto *UO = dyn_cast<UnaryOperator>(Arg);
          UO && UO->getOpcode() == UO_AddrOf) {
        S.forget(N.of(UO->getSubExpr()));
        continue;
      }
      if (Callee && No >= Skip && No - Skip < Callee->getNumParams()) {
        QualType T = Callee->getParamDecl(No - Skip)->getType();
        if (T->isReferenceType() && !T->getPointeeType().isConstQualified())
          S.forget(N.of(Arg));
        if (T->isPointerType() && !T->getPointeeType().isConstQualified()) {
          S.forget(N.pointee(Arg));
          S.forget(N.of(Arg) + "[");
        }
      } else if (No < Skip && Callee &&
                 !cast<CXXMethodDecl>(Callee)->isConst()) {
        S.forget(N.of(Arg));
      }
    }
  }

  void step() {
    const CFGBlock *Block = Nodes[Current].Block;
    State S = Nodes[Current].At;
    for (const CFGElement &E : *Block) {
      if (auto CS = E.getAs<CFGStmt>())
        if (!apply(S, CS->getStmt()))
          return;
      if (Out)
        return;
    }
    if (Block->hasNoReturnElement()) {
      Out |= S.Passed;
      return;
    }
    leave(Block, S);
  }

  void leave(const CFGBlock *Block, const State &S) {
    const Stmt *T = Block->getTerminatorStmt();
    const Expr *Cond = decisionOf(*Block);
    for (auto [To, Truth] : waysFrom(*Block)) {
      State Next = S;
      Branch Way;
      if (Cond && isPassing(Cond, Truth, To))
        continue;
      if (Cond && S.Passed && Why == Spin::End)
        if (std::optional<bool> Ready = All.readiness(Cond, I);
            Ready && *Ready != Truth)
          continue;
      if (Cond) {
        // `a != b` is `!(a == b)`.
        if (const auto *RO =
                dyn_cast_or_null<CXXRewrittenBinaryOperator>(strip(Cond)))
          Cond = RO->getSemanticForm();
        if (!Next.Known.assume(Cond, Truth, N, Ctx))
          continue;
        if (Keeps)
          hold(Next, Cond, Truth);
        Way = {Cond, Truth};
      } else if (const auto *Switch = dyn_cast_or_null<SwitchStmt>(T)) {
        if (!chosen(*Switch, To, Next))
          continue;
      }
      if (!Region.contains(To)) {
        Out |= S.Passed;
        continue;
      }
      enter(To, Next, Current, Way);
    }
  }

  /// \p Cond is \p Truth only after an error that passes by itself; it leads
  /// \p To then.
  bool isPassing(const Expr *Cond, bool Truth, const CFGBlock *To) {
    if (!I.Serves)
      return false;
    auto Asked = errnoAsked(Cond, N, Ctx);
    if (!Asked || Asked->second != Truth)
      return false;
    LeavesOnWait |= (Asked->first == EAGAIN || Asked->first == EWOULDBLOCK) &&
                    !isa_and_nonnull<ContinueStmt>(To->getTerminatorStmt());
    return Asked->first == EAGAIN || Asked->first == EWOULDBLOCK ||
           Asked->first == EINTR || Asked->first == ECONNABORTED;
  }

  /// False when the switch can't go to \p To.
  bool chosen(const SwitchStmt &Switch, const CFGBlock *To, State &S) const {
    if (!Switch.getCond())
      return true;
    Value V = S.Known.value(Switch.getCond(), N, Ctx);
    // What nothing stood for, or what it stood for, in the turn before.
    std::string Name = Keeps ? N.of(Switch.getCond()) : "";
    const auto *Here = dyn_cast_or_null<SwitchCase>(To->getLabel());
    std::optional<int64_t> Is = Here ? labelOf(Here, Ctx) : std::nullopt;
    if (!Name.empty() && !V.Constant &&
        !llvm::is_contained(About.Loose, Name)) {
      if (Is && S.Held.count(Switch.getCond()))
        return false;
      if (Is && !isa<SwitchCase>(Here->getSubStmt()))
        S.Known.assign(Name, Value::constant(*Is));
      if (!Is)
        S.Held[Switch.getCond()] = {Name, false};
      return true;
    }
    const auto *Label = dyn_cast_or_null<SwitchCase>(To->getLabel());
    // The label that is meant, among several in a row.
    for (const SwitchCase *SC = Label; SC;
         SC = dyn_cast<SwitchCase>(SC->getSubStmt()))
      if (std::optional<int64_t> Wanted = labelOf(SC, Ctx);
          Wanted && V.Constant)
        return *Wanted == *V.Constant;
    if (!V.Constant)
      return true;
    for (const SwitchCase *SC = Switch.getSwitchCaseList(); SC;
         SC = SC->getNextSwitchCase())
      if (labelOf(SC, Ctx) == V.Constant)
        return false;
    return true;
  }

  const Body &B;
  const Names &N;
  ASTContext &Ctx;
  const Asked &About;
  const Inputs &All;
  const Input &I;
  Spin::Reason Why;
  bool First; ///< Nothing comes from the beginning, or after something came.
  bool Keeps;
  ThrowSearch Throws;
  llvm::SmallSetVector<const CFGBlock *, 16> Region;
  std::deque<Node> Nodes; // Grows while a node is looked at.
  std::set<std::pair<unsigned, State>> Seen;
  std::map<std::pair<unsigned, bool>, unsigned> Visits;
  int Current = -1;
  bool Out = false, Back = false, LeavesOnWait = false;
  std::vector<Branch> Round;
};

} // namespace

/// The label in \p S to which something behind \p At goes back; null when there
/// is none before it.
static const Stmt *labelBefore(const Stmt *S, const Stmt *At,
                               const SourceManager &SM) {
  const Stmt *Result = nullptr;
  auto Visit = [&](auto &Self, const Stmt *Part) -> void {
    if (!Part || isa<LambdaExpr>(Part))
      return;
    if (const auto *G = dyn_cast<GotoStmt>(Part))
      if (const LabelStmt *L = G->getLabel()->getStmt();
          L && !Result &&
          SM.isBeforeInTranslationUnit(L->getBeginLoc(), At->getBeginLoc()) &&
          SM.isBeforeInTranslationUnit(At->getBeginLoc(), G->getBeginLoc()))
        Result = L;
    for (const Stmt *Child : Part->children())
      Self(Self, Child);
  };
  Visit(Visit, S);
  return Result;
}

/// The innermost loop around \p At in \p S.
static const Stmt *loopIn(const Stmt *S, const Stmt *At, const Stmt *Around) {
  if (!S || isa<LambdaExpr>(S))
    return nullptr;
  if (S == At)
    return Around;
  if (isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S))
    Around = S;
  for (const Stmt *Child : S->children())
    if (const Stmt *Loop = loopIn(Child, At, Around))
      return Loop;
  return nullptr;
}

std::vector<Spin> spinsOf(const FunctionUses &F, const Lexicon &Words,
                          FlowGraphs &Graphs) {
  std::vector<Spin> Result;
  if (!Inputs::any(F, Words))
    return Result;
  const Body &B = Graphs.body(F.Decl);
  if (!B.graph())
    return Result;
  Inputs All(F, B, Words);
  std::optional<Asked> About;
  for (const Input &I : All.all()) {
    const Stmt *Loop = loopIn(F.Decl->getBody(), I.Call, nullptr);
    if (!Loop)
      Loop = labelBefore(F.Decl->getBody(), I.Call,
                         B.context().getSourceManager());
    if (!Loop || llvm::any_of(Result, [&](const Spin &S) {
          return S.Loop == Loop || All.readBy(S.Call)->Name == I.Name;
        }))
      continue;
    if (!About)
      About.emplace(B);
    for (Spin::Reason Why : I.Reasons) {
      Turns Search(B, Words, *About, All, I, Why, true);
      auto Way = Search.run();
      if (!Way && I.Keeps && Why == Spin::End)
        Way = Turns(B, Words, *About, All, I, Why, false).run();
      if (Way) {
        Spin S;
        S.Why = Why;
        S.In = F.Decl;
        S.Call = I.Call;
        S.Loop = Loop;
        S.Asks = Why == Spin::NotEnd ? All.asksForEndOf(I) : nullptr;
        S.Answer = I.answer(Why).Constant.value_or(0);
        S.Stream = I.Stream;
        S.MayPass = I.Serves && !Search.leavesOnWait();
        S.Way = std::move(*Way);
        Result.push_back(std::move(S));
        break;
      }
    }
  }
  return Result;
}

bool closedElsewhere(const Spin &S, const FunctionTable &Table,
                     const Lexicon &Words) {
  const Effect *Row = Words.effect(S.Call);
  const Expr *Object = Row ? Words.object(S.Call, *Row) : nullptr;
  const ValueDecl *D = Object ? namedBy(Object) : nullptr;
  const auto *VD = dyn_cast_or_null<VarDecl>(D);
  if (!D || (VD && VD->hasLocalStorage()))
    return false;
  return llvm::any_of(Table.all(), [&](const auto &Each) {
    return Each.second.Decl != S.In &&
           llvm::any_of(Each.second.Calls, [&](const Expr *E) {
             const Effect *Does = Words.effect(E);
             const Expr *Of = Does && Does->Does == Verb::Close
                                  ? Words.object(E, *Does)
                                  : nullptr;
             return Of && namedBy(Of) == D;
           });
  });
}

} // namespace leak
