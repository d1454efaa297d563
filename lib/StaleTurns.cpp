//===--- StaleTurns.cpp - turns of a loop that change nothing -------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StaleTurns.h"
#include "Complaint.h"
#include "Index.h"
#include "Lengths.h"
#include "SkippedSteps.h"
#include "Spelling.h"
#include "Statements.h"
#include "Stillness.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include <deque>
#include <set>

using namespace clang;

namespace leak {

namespace {

/// What one loop is made of.
struct LoopParts {
  const Expr *Cond = nullptr;
  const Stmt *Body = nullptr;
  const Expr *Inc = nullptr;
};

std::optional<LoopParts> partsOf(const Stmt *S) {
  const auto *While = dyn_cast<WhileStmt>(S);
  const auto *For = dyn_cast<ForStmt>(S);
  if (!bodyOfLoop(S) || (While && While->getConditionVariable()) ||
      (For && For->getConditionVariable()))
    return std::nullopt;
  return LoopParts{conditionOf(S), bodyOfLoop(S),
                   For ? For->getInc() : nullptr};
}

bool asksType(const Stmt *S) {
  return S &&
         (isa<CXXDynamicCastExpr>(S) || llvm::any_of(S->children(), asksType));
}

bool isLoop(const Stmt *S) {
  return isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S);
}

/// A `continue` of the loop with the body \p S; \p C, or any when it is null.
bool hasContinue(const Stmt *S, const ContinueStmt *C) {
  if (!S || isa<LambdaExpr>(S) || isLoop(S))
    return false;
  if (C ? S == C : isa<ContinueStmt>(S))
    return true;
  return llvm::any_of(S->children(),
                      [&](const Stmt *Child) { return hasContinue(Child, C); });
}

/// Something in \p S, whose nested statements don't count, changes what \p Cond
/// mentions.
bool changesAny(const Stmt *S, const Expr *Cond) {
  if (!S || isa<LambdaExpr, IfStmt, SwitchStmt, ConditionalOperator>(S) ||
      isLoop(S))
    return false;
  if (const VarDecl *VD = changedBy(S); VD && mentions(Cond, VD))
    return true;
  if (const auto *BO = dyn_cast<BinaryOperator>(S); BO && BO->isLogicalOp())
    return changesAny(BO->getLHS(), Cond);
  return llvm::any_of(S->children(),
                      [&](const Stmt *C) { return changesAny(C, Cond); });
}

/// A loop without an end that can't skip anything: what is asked of it is only
/// whether it does nothing any more but sleep.
bool onlyIdles(const LoopParts &Parts) {
  return alwaysTrue(Parts.Cond) && !hasContinue(Parts.Body, nullptr);
}

/// The cheap question: each way through the body moves on for sure.
bool movesOn(const LoopParts &Parts) {
  if (onlyIdles(Parts))
    return false;
  if (!Parts.Cond || alwaysTrue(Parts.Cond))
    return Parts.Inc;
  if (changesAny(Parts.Cond, Parts.Cond))
    return true;
  if (Parts.Inc) {
    // `p = next`
    const auto *BO = dyn_cast<BinaryOperator>(Parts.Inc);
    bool Copies = BO && BO->getOpcode() == BO_Assign &&
                  isa_and_nonnull<DeclRefExpr>(strip(BO->getRHS())) &&
                  hasContinue(Parts.Body, nullptr);
    return !Copies && changesAny(Parts.Inc, Parts.Cond);
  }
  if (hasContinue(Parts.Body, nullptr))
    return false;
  if (const auto *CS = dyn_cast<CompoundStmt>(Parts.Body)) {
    // Nothing comes back.
    if (!CS->body_empty() && isa<BreakStmt, ReturnStmt>(CS->body_back()))
      return true;
    return llvm::any_of(
        CS->body(), [&](const Stmt *S) { return changesAny(S, Parts.Cond); });
  }
  return changesAny(Parts.Body, Parts.Cond);
}

/// The cheap question: \p S moves something on by a variable.
bool stepsByVariable(const Stmt *S) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  if (std::optional<Step> Does = stepOf(S);
      Does && isa_and_nonnull<DeclRefExpr>(strip(Does->By)))
    return true;
  return llvm::any_of(S->children(), stepsByVariable);
}

/// The loops that may not move on, and those that do by some length.
void collectLoops(const Stmt *S, llvm::SmallVectorImpl<const Stmt *> &Into,
                  llvm::SmallVectorImpl<const Stmt *> &ByLength) {
  if (!S || isa<LambdaExpr>(S))
    return;
  if (isa<WhileStmt, DoStmt, ForStmt>(S))
    if (std::optional<LoopParts> Parts = partsOf(S);
        Parts && !alwaysFalse(Parts->Cond)) {
      if (!movesOn(*Parts))
        Into.push_back(S);
      if (stepsByVariable(Parts->Body))
        ByLength.push_back(S);
    }
  for (const Stmt *Child : S->children())
    collectLoops(Child, Into, ByLength);
}

class Turn {
public:
  /// What happens when \p Length, if it isn't null, is 0?
  Turn(const Stmt *Loop, LoopParts Parts, const Body &B, const Stillness &Still,
       const VarDecl *Length = nullptr)
      : Loop(Loop), Parts(Parts), B(B), N(B.names()), Ctx(B.context()),
        Still(Still), Length(Length), OnlyIdles(!Length && onlyIdles(Parts)),
        Relevant(B.relevant()) {
    if (Length)
      Relevant.insert(Names::variable(Length));
  }

  std::optional<StaleTurn> run() {
    if (Parts.Cond && !Still.isPure(Parts.Cond))
      return std::nullopt;
    noteBody(Parts.Body);
    if (!Advances.empty())
      noteDerived(Parts.Body);
    if (Advances.empty() && !(Parts.Cond && itemIn(Parts.Cond, true)))
      return std::nullopt;
    const CFGBlock *First = nullptr, *Back = nullptr;
    for (const CFGBlock *Block : *B.graph()) {
      if (Block->getTerminatorStmt() == Loop && Block->succ_size() == 2)
        First = Block->succ_begin()->getReachableBlock();
      if (Block->getLoopTarget() == Loop)
        Back = Block;
    }
    if (!First || !Back)
      return std::nullopt;
    findRegion(Back);
    Facts Known(Relevant);
    if (Parts.Cond && !Known.assume(Parts.Cond, true, N, Ctx))
      return std::nullopt;
    if (First == Back && First->succ_size() == 1)
      First = First->succ_begin()->getReachableBlock();
    enter(First, Known, -1, {}, nullptr);
    for (size_t Next = 0; Next < Nodes.size() && !Found; ++Next) {
      if (Nodes.size() > MaxStates)
        return std::nullopt;
      Current = Next;
      step();
    }
    return std::move(Found);
  }

private:
  static constexpr unsigned MaxStates = 400;
  struct Node {
    const CFGBlock *Block;
    Facts Known;
    int Parent;
    Branch Decided;
    const Expr *Asked; ///< What led here, also of a switch.
    unsigned Misses;
    std::set<int64_t> Stirred; ///< Up to here.
    std::vector<Stir> Done;
  };

  void findRegion(const CFGBlock *Back) {
    llvm::SmallVector<const CFGBlock *, 16> Work{Back};
    Region.insert(Back);
    bool Do = isa<DoStmt>(Loop);
    while (!Work.empty()) {
      const CFGBlock *Block = Work.pop_back_val();
      for (CFGBlock::AdjacentBlock P : Block->preds()) {
        const CFGBlock *From = P.getReachableBlock();
        if (!From || (!Do && From->getTerminatorStmt() == Loop) ||
            (!Do && holdsCond(*From)) || (Do && From == Back))
          continue;
        if (Region.insert(From).second)
          Work.push_back(From);
      }
    }
  }

  bool holdsCond(const CFGBlock &Block) const {
    return llvm::any_of(Block, [&](const CFGElement &E) {
      auto S = E.getAs<CFGStmt>();
      return S && contains(Parts.Cond, S->getStmt());
    });
  }

  /// What the body changes, and what it declares.
  void noteBody(const Stmt *S) {
    if (!S || isa<LambdaExpr>(S))
      return;
    if (const auto *DS = dyn_cast<DeclStmt>(S))
      for (const Decl *D : DS->decls())
        if (const auto *VD = dyn_cast<VarDecl>(D))
          Inside.insert(VD);
    if (isa<Expr>(S)) {
      Stir Does = Still.of(S);
      if (Does.What == Stir::Variable && !Inside.contains(Does.Of))
        Advances.insert({Does.Of, S});
      else if (Does.Field && isMove(S, Does))
        Advances.insert({Does.Field, S});
    }
    for (const Stmt *Child : S->children())
      noteBody(Child);
  }

  /// A member that \p S moves on, not one that it only sets: others may be
  /// expected to set it again.
  static bool isMove(const Stmt *S, const Stir &Does) {
    if (Does.Type->isRecordType())
      return true;
    const auto *BO = dyn_cast<BinaryOperator>(S);
    return !BO || BO->isCompoundAssignmentOp() ||
           mentions(BO->getRHS(), Does.Field);
  }

  /// What is made of something that moves on.
  void noteDerived(const Stmt *S) {
    if (!S || isa<LambdaExpr>(S))
      return;
    if (const auto *DS = dyn_cast<DeclStmt>(S))
      for (const Decl *D : DS->decls())
        if (const auto *VD = dyn_cast<VarDecl>(D); VD && VD->hasInit())
          if (const ValueDecl *Item = itemIn(VD->getInit(), false))
            Derived.try_emplace(VD, Item);
    if (isa<Expr>(S))
      if (Stir Does = Still.of(S); Does.What == Stir::Variable && Does.Value)
        if (const ValueDecl *Item = itemIn(Does.Value, false);
            Item && !mentions(Does.Value, Does.Of))
          Derived.try_emplace(Does.Of, Item);
    for (const Stmt *Child : S->children())
      noteDerived(Child);
  }

  /// An own variable from outside that \p S is about, or a member; one that
  /// the body changes, or, with \p Any, any variable that a loop could be
  /// about.
  const ValueDecl *itemIn(const Stmt *S, bool Any) const {
    if (!S)
      return nullptr;
    if (const auto *ME = dyn_cast<MemberExpr>(S); ME && !Any)
      if (const FieldDecl *F = Stillness::ownField(ME); F && Advances.count(F))
        return F;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
      // A reference to an element is about its container.
      if (const auto *View = dyn_cast<VarDecl>(Ref->getDecl());
          View && View->getType()->isReferenceType() && !Any) {
        if (const ValueDecl *Item = Derived.lookup(View))
          return Item;
      } else if (const auto *VD = Still.ownVariable(Ref)) {
        if (Any ? !Inside.contains(VD) && !VD->getType().isConstQualified() &&
                      !VD->getType()->isBooleanType()
                : Advances.count(VD) && !Derived.count(VD))
          return VD;
        if (const ValueDecl *Item = Derived.lookup(VD); Item && !Any)
          return Item;
      }
    }
    for (const Stmt *Child : S->children())
      if (const ValueDecl *Item = itemIn(Child, Any))
        return Item;
    return nullptr;
  }

  void enter(const CFGBlock *Block, const Facts &Known, int Parent, Branch Way,
             const Expr *Asked, unsigned Misses = 0) {
    if (!Block || !Region.contains(Block))
      return;
    std::set<int64_t> Stirred;
    if (Parent >= 0) {
      Misses += Nodes[Parent].Misses;
      Stirred = Nodes[Parent].Stirred;
      for (const Stir &Does : Nodes[Parent].Done)
        Stirred.insert(Does.Of      ? Does.Of->getID()
                       : Does.Field ? Does.Field->getID()
                                    : -1);
    }
    if (Seen.insert({Block->getBlockID(), Misses, Stirred, Known}).second)
      Nodes.push_back(
          {Block, Known, Parent, Way, Asked, Misses, std::move(Stirred), {}});
  }

  void apply(const Stmt *S, const Stir &Does, Facts &Known) {
    // `p += length`, which is 0, moves nothing.
    if (std::optional<Step> Moves = stepOf(S);
        Moves && Length && Still.ownVariable(Moves->By) == Length &&
        Known.value(Moves->By, N, Ctx).Signs == Value::Zero) {
      if (const VarDecl *Moved = Still.ownVariable(Moves->Moved);
          Moved && (!Parts.Cond || alwaysTrue(Parts.Cond) ||
                    mentions(Parts.Cond, Moved)))
        Nodes[Current].Done.push_back({Stir::Nothing, Moved, cast<Expr>(S)});
      return;
    }
    if (const auto *DS = dyn_cast<DeclStmt>(S)) {
      for (const Decl *D : DS->decls())
        if (const auto *VD = dyn_cast<VarDecl>(D)) {
          Known.assign(Names::variable(VD),
                       VD->hasInit() ? Known.value(VD->getInit(), N, Ctx)
                                     : Value());
          if (VD->hasInit())
            Nodes[Current].Done.push_back({Stir::Variable, VD, VD->getInit()});
        }
    } else if (Does.What == Stir::Variable) {
      Known.assign(Names::variable(Does.Of),
                   Does.Value ? Known.value(Does.Value, N, Ctx) : Value());
    } else if (Does.What == Stir::Object) {
      Known.forget(N.of(Does.At));
    }
    if (Does.What != Stir::Nothing)
      Nodes[Current].Done.push_back(Does);
    if (Length && setsLength(S, Does))
      Known.assign(Names::variable(Length), Value::zero());
  }

  bool setsLength(const Stmt *S, const Stir &Does) const {
    const auto *DS = dyn_cast<DeclStmt>(S);
    return DS ? llvm::is_contained(DS->decls(), Length)
              : Does.What == Stir::Variable && Does.Of == Length;
  }

  void step() {
    const CFGBlock *Block = Nodes[Current].Block;
    Facts Known = Nodes[Current].Known;
    for (const CFGElement &E : *Block) {
      auto CS = E.getAs<CFGStmt>();
      if (!CS)
        continue;
      const Stmt *S = CS->getStmt();
      // A second turn of a `do`.
      if (!Parts.Inc && contains(Parts.Cond, S))
        break;
      Stir Does = Still.of(S);
      if (Does.What == Stir::Anything ||
          (Does.What == Stir::Pause && !OnlyIdles))
        return;
      apply(S, Does, Known);
    }
    if (Block->hasNoReturnElement())
      return;
    if (Block->getLoopTarget() == Loop ||
        (isa<DoStmt>(Loop) &&
         (Block->getTerminatorStmt() == Loop || holdsCond(*Block)))) {
      comesBack();
      return;
    }
    leave(Block, Known);
  }

  void leave(const CFGBlock *Block, const Facts &Known) {
    const Stmt *T = Block->getTerminatorStmt();
    if (isa_and_nonnull<CXXTryStmt, IndirectGotoStmt>(T))
      return;
    const auto *Switch = dyn_cast_or_null<SwitchStmt>(T);
    const Expr *Cond = Switch ? nullptr : decisionOf(*Block);
    const auto *If = dyn_cast_or_null<IfStmt>(T);
    // Whether something is to be logged.
    if (If && !If->getElse() && If->getThen() && onlyLogs(If->getThen()))
      Cond = nullptr;
    for (auto [To, Truth] : waysFrom(*Block)) {
      Facts Next = Known;
      Branch Way;
      const Expr *Asked = Cond;
      if (Switch) {
        Asked = Switch->getCond();
        if (!takes(*Switch, To, Next))
          continue;
      } else if (Cond) {
        // A cast that fails says nothing of the pointer.
        if (!asksType(Cond) && !Next.assume(Cond, Truth, N, Ctx))
          continue;
        Way = {Cond, Truth};
      }
      enter(To, Next, Current, Way, Asked, Truth || !T ? 0 : missesAt(T));
    }
  }

  bool onlyLogs(const Stmt *S) const {
    if (const auto *CS = dyn_cast<CompoundStmt>(S))
      return !CS->body_empty() && llvm::all_of(CS->body(), [&](const Stmt *C) {
        return onlyLogs(C);
      });
    if (const auto *Do = dyn_cast<DoStmt>(S))
      return onlyLogs(Do->getBody());
    return !isa<ContinueStmt, BreakStmt, ReturnStmt, GotoStmt>(S) &&
           logs(S, Ctx);
  }

  /// Not taking the branch \p T, which could have moved on, may be what isn't
  /// meant to come.
  unsigned missesAt(const Stmt *T) const {
    if (const auto *If = dyn_cast<IfStmt>(T)) {
      if (If->getElse())
        return 0;
      return isElse(If) ? 2 : advances(If->getThen());
    }
    return isLoop(T) && advances(T) ? 2 : 0;
  }

  bool advances(const Stmt *S) const {
    return S && llvm::any_of(Advances, [&](const auto &Each) {
             return contains(S, Each.second) ||
                    (Parts.Cond && mentions(Parts.Cond, Each.first) &&
                     changes(S, Each.first));
           });
  }

  bool changes(const Stmt *S, const ValueDecl *VD) const {
    if (!S || isa<LambdaExpr>(S))
      return false;
    if (isa<Expr>(S))
      if (Stir Does = Still.of(S);
          Does.What != Stir::Nothing && (Does.Of == VD || Does.Field == VD))
        return true;
    return llvm::any_of(S->children(),
                        [&](const Stmt *C) { return changes(C, VD); });
  }

  bool isElse(const IfStmt *If) const {
    std::function<bool(const Stmt *)> Search = [&](const Stmt *S) {
      if (!S || isa<LambdaExpr>(S))
        return false;
      const auto *Around = dyn_cast<IfStmt>(S);
      return (Around && Around->getElse() == If) ||
             llvm::any_of(S->children(), Search);
    };
    return Search(Parts.Body);
  }

  /// `Name != Is` in the condition of the loop.
  bool excludes(const Stmt *S, StringRef Name, int64_t Is) const {
    if (!S)
      return false;
    if (const auto *BO = dyn_cast<BinaryOperator>(S);
        BO && BO->getOpcode() == BO_NE)
      for (const auto &[Of, Value] : {std::pair(BO->getLHS(), BO->getRHS()),
                                      std::pair(BO->getRHS(), BO->getLHS())}) {
        Expr::EvalResult R;
        if (N.of(Of) == Name && !Value->isValueDependent() &&
            Value->EvaluateAsInt(R, Ctx) && R.Val.getInt() == Is)
          return true;
      }
    return llvm::any_of(S->children(),
                        [&](const Stmt *C) { return excludes(C, Name, Is); });
  }

  /// A switch goes to a label that stands there; what it doesn't name, isn't
  /// meant to come.
  bool takes(const SwitchStmt &Switch, const CFGBlock *To, Facts &Next) const {
    const auto *Label = dyn_cast_or_null<SwitchCase>(To->getLabel());
    if (!Label)
      return false;
    std::optional<int64_t> Is = labelOf(Label, Ctx);
    Value Known = Next.value(Switch.getCond(), N, Ctx);
    if (Is && Known.Constant)
      return *Is == *Known.Constant;
    std::string Name = N.of(Switch.getCond());
    if (Is && !Name.empty() && excludes(Parts.Cond, Name, *Is))
      return false;
    if (Is && !Name.empty())
      Next.assign(Name, Value::constant(*Is));
    return true;
  }

  //===--------------------------------------------------------------------===//
  // One way round
  //===--------------------------------------------------------------------===//

  /// What is known of a way once it is complete.
  struct Round {
    llvm::SmallPtrSet<const VarDecl *, 8> Changed;
    llvm::DenseMap<const VarDecl *, llvm::SmallVector<const Expr *, 1>> Made;
    bool Memory = false, Pauses = false;
    llvm::SmallVector<Stir, 2> Objects; ///< Single ones that change.
    llvm::SmallVector<const Expr *, 8> Asked;
    /// The first step by a length of 0, and what it should move.
    const Expr *Empty = nullptr;
    const VarDecl *Unmoved = nullptr;
  };

  bool isAbout(const Stmt *S, const Round &R, bool Changed,
               unsigned Depth) const {
    if (!S || Depth == 6)
      return Depth == 6;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      if (const auto *VD = dyn_cast<VarDecl>(Ref->getDecl())) {
        if (Changed && R.Changed.contains(VD))
          return true;
        // What it is made of: it must be by value too, when memory changes.
        if (auto It = R.Made.find(VD); It != R.Made.end())
          for (const Expr *E : It->second)
            if (isAbout(E, R, Changed, Depth + 1) ||
                (!Changed && !staysSame(E)))
              return true;
      }
    return llvm::any_of(S->children(), [&](const Stmt *C) {
      return isAbout(C, R, Changed, Depth);
    });
  }

  /// Also what the variables in \p S are made of.
  bool isTouched(const Stmt *S, const Round &R, const Stir &Does,
                 unsigned Depth) const {
    if (!S || Depth == 6)
      return Depth == 6;
    if (Still.isTouched(S, Does))
      return true;
    auto Made = [&](auto &Self, const Stmt *Part) -> bool {
      if (!Part)
        return false;
      if (const auto *Ref = dyn_cast<DeclRefExpr>(Part))
        if (const auto *VD = dyn_cast<VarDecl>(Ref->getDecl()))
          if (auto It = R.Made.find(VD); It != R.Made.end())
            for (const Expr *E : It->second)
              if (isTouched(E, R, Does, Depth + 1))
                return true;
      return llvm::any_of(Part->children(),
                          [&](const Stmt *C) { return Self(Self, C); });
    };
    return Made(Made, S);
  }

  /// What others write doesn't change it. Whoever is given bytes to read isn't
  /// expected to write them.
  bool staysSame(const Expr *E) const {
    return Length ? isFixed(E, Still) : Still.isByValue(E);
  }

  void comesBack() {
    llvm::SmallVector<const Node *, 16> Order;
    for (int At = Current; At >= 0; At = Nodes[At].Parent)
      Order.push_back(&Nodes[At]);
    Round R;
    std::vector<Branch> Way;
    if (Parts.Cond)
      R.Asked.push_back(Parts.Cond);
    const VarDecl *Copied = nullptr;
    for (const Node *Each : llvm::reverse(Order)) {
      if (Each->Asked)
        R.Asked.push_back(Each->Asked);
      if (Each->Decided.Cond)
        Way.push_back(Each->Decided);
      for (const Stir &Does : Each->Done)
        if (!note(Does, R, Copied))
          return;
    }
    if (Length && (!R.Empty || (R.Memory && !llvm::all_of(R.Made[Length],
                                                          [&](const Expr *E) {
                                                            return staysSame(E);
                                                          }))))
      return;
    // Everything it asks gives the same again.
    for (const Expr *E : R.Asked)
      if (!Still.isPure(E) || isAbout(E, R, /*Changed=*/true, 0) ||
          (R.Memory &&
           (!staysSame(E) || isAbout(E, R, /*Changed=*/false, 0))) ||
          llvm::any_of(
              R.Objects,
              [&](const Stir &Does) { return isTouched(E, R, Does, 0); }) ||
          (!Still.isByValue(E) && !itemIn(E, false) && !isAboutCond(E)))
        return;
    if (OnlyIdles && !idles(R))
      return;
    if (!isOver(Parts.Cond, Way) && !contradicts(Way))
      tell(R, Copied, std::move(Way));
  }

  /// It sleeps, and does nothing else; who would only keep something alive has
  /// nothing to return.
  bool idles(const Round &R) const {
    const FunctionDecl *FD = B.function();
    return R.Pauses && !R.Memory && R.Objects.empty() && R.Changed.empty() &&
           !FD->isMain() &&
           FD->getReturnType()->isIntegralOrEnumerationType() &&
           R.Asked.back() != Parts.Cond &&
           llvm::all_of(R.Asked,
                        [&](const Expr *E) { return Still.isByValue(E); });
  }

  /// \p Way decides the same question twice, in two ways, or says that an inner
  /// loop `i < n` is over and that `i` isn't `n`. Nothing that it asks changes.
  bool contradicts(llvm::ArrayRef<Branch> Way) const {
    for (const Branch &A : Way)
      for (const Branch &B : Way) {
        const Expr *First = A.Cond->IgnoreParenImpCasts();
        const Expr *Second = B.Cond->IgnoreParenImpCasts();
        if (A.Truth != B.Truth && sameText(First, Second, Ctx))
          return true;
        const auto *Less = dyn_cast<BinaryOperator>(First);
        const auto *Equal = dyn_cast<BinaryOperator>(Second);
        if (!A.Truth && Less && Less->getOpcode() == BO_LT && Equal &&
            Equal->getOpcode() == (B.Truth ? BO_NE : BO_EQ) &&
            sameText(Less->getLHS()->IgnoreParenImpCasts(),
                     Equal->getLHS()->IgnoreParenImpCasts(), Ctx) &&
            sameText(Less->getRHS()->IgnoreParenImpCasts(),
                     Equal->getRHS()->IgnoreParenImpCasts(), Ctx))
          return true;
      }
    return false;
  }

  /// \p Cond is false after what was decided on \p Way, which changes nothing
  /// that it asks: `a || b`, where the way has found that neither is true.
  bool isOver(const Expr *Cond, llvm::ArrayRef<Branch> Way) const {
    Cond = Cond ? Cond->IgnoreParenImpCasts() : nullptr;
    if (!Cond)
      return false;
    if (const auto *BO = dyn_cast<BinaryOperator>(Cond);
        BO && BO->isLogicalOp()) {
      bool Left = isOver(BO->getLHS(), Way);
      return BO->getOpcode() == BO_LAnd ? Left || isOver(BO->getRHS(), Way)
                                        : Left && isOver(BO->getRHS(), Way);
    }
    return llvm::any_of(Way, [&](const Branch &Taken) {
      return !Taken.Truth &&
             sameText(Taken.Cond->IgnoreParenImpCasts(), Cond, Ctx);
    });
  }

  /// It asks about what the condition of the loop is about.
  bool isAboutCond(const Stmt *S) const {
    if (!S || !Parts.Cond)
      return false;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      if (const VarDecl *VD = Still.ownVariable(Ref);
          VD && !VD->getType()->isBooleanType() && mentions(Parts.Cond, VD))
        return true;
    return llvm::any_of(S->children(),
                        [&](const Stmt *C) { return isAboutCond(C); });
  }

  /// False when it can't be told what that means for the next turn.
  bool note(const Stir &Does, Round &R, const VarDecl *&Copied) const {
    if (Does.What == Stir::Elsewhere || (Does.What == Stir::Object && Length)) {
      R.Memory = true;
      return true;
    }
    if (Does.What == Stir::Object) {
      R.Objects.push_back(Does);
      return true;
    }
    if (Does.What == Stir::Pause) {
      R.Pauses = true;
      return true;
    }
    const VarDecl *VD = Does.Of;
    if (Does.What == Stir::Nothing) {
      if (!R.Empty) {
        R.Empty = Does.Value;
        R.Unmoved = VD;
      }
      return true;
    }
    if (VD == Length) {
      if (Does.Value)
        R.Made[VD].push_back(Does.Value);
      return Does.Value != nullptr;
    }
    auto IsAsked = [&] {
      return llvm::any_of(R.Asked,
                          [&](const Expr *E) { return mentions(E, VD); });
    };
    if (Does.Value && Parts.Inc && contains(Parts.Inc, Does.Value)) {
      // `p = next`, and nobody has said what is next in this turn.
      const VarDecl *From = Still.ownVariable(Does.Value);
      if (From && From != VD && !R.Made.count(From) &&
          !R.Changed.contains(From) && !R.Changed.contains(VD) &&
          Advances.count(From) && !Inside.contains(From)) {
        Copied = From;
        return true;
      }
    }
    // Made anew in each turn.
    if (Inside.contains(VD) || (Does.Value && Still.isPure(Does.Value) &&
                                !IsAsked() && !mentions(Does.Value, VD))) {
      if (Does.Value)
        R.Made[VD].push_back(Does.Value);
      return true;
    }
    R.Changed.insert(VD);
    return true;
  }

  static bool isComparison(const Expr *E) {
    E = strip(E);
    if (const auto *BO = dyn_cast_or_null<BinaryOperator>(E)) {
      if (BO->getOpcode() == BO_LAnd)
        return isComparison(BO->getLHS()) || isComparison(BO->getRHS());
      return BO->isRelationalOp() || BO->getOpcode() == BO_NE;
    }
    if (const auto *RB = dyn_cast_or_null<CXXRewrittenBinaryOperator>(E))
      return RB->getOpcode() == BO_NE || RB->isComparisonOp();
    const auto *Op = dyn_cast_or_null<CXXOperatorCallExpr>(E);
    return Op && Op->getOperator() == OO_ExclaimEqual;
  }

  void tell(const Round &R, const VarDecl *Copied, std::vector<Branch> Way) {
    StaleTurn T;
    T.In = B.function();
    T.Loop = Loop;
    const Stmt *Last = Nodes[Current].Block->getTerminatorStmt();
    // The statement that goes back stands in the block before.
    if (!isa_and_nonnull<ContinueStmt>(Last) && Nodes[Current].Parent >= 0)
      Last = Nodes[Nodes[Current].Parent].Block->getTerminatorStmt();
    const auto *C = dyn_cast_or_null<ContinueStmt>(Last);
    if (C && !hasContinue(Parts.Body, C))
      C = nullptr;
    const Expr *Decision = R.Asked.empty() ? nullptr : R.Asked.back();
    if (Length) {
      // A branch that isn't taken could have moved on.
      if (Nodes[Current].Misses)
        return;
      T.What = StaleTurn::Empty;
      T.Item = R.Unmoved;
      T.Length = Length;
      T.Back = R.Empty;
    } else if (Copied) {
      if (!C)
        return;
      T.What = StaleTurn::Next;
      T.Item = Copied;
      T.Back = C;
      T.Advance = Advances.lookup(Copied);
    } else if (OnlyIdles) {
      T.Item = itemIn(Decision, false);
      if (!T.Item)
        return;
      T.What = StaleTurn::Idle;
      T.Back = Decision;
      T.Advance = Advances.lookup(T.Item);
    } else if (const ValueDecl *Item = itemOf(Decision)) {
      // Of a member, others may be expected to take care.
      if (!C && (Nodes[Current].Misses > !isa<FieldDecl>(Item) || Parts.Inc))
        return;
      if (isa<FieldDecl>(Item) && llvm::any_of(R.Asked, [&](const Expr *E) {
            return E != Parts.Cond && isAwaited(E);
          }))
        return;
      T.What = C ? StaleTurn::Continue : StaleTurn::Through;
      T.Item = Item;
      T.Back = C ? static_cast<const Stmt *>(C) : Decision;
      T.Advance = Advances.lookup(Item);
    } else {
      // Nothing that the loop is about is changed anywhere in it.
      const auto *Own = dyn_cast_or_null<VarDecl>(
          Parts.Cond ? itemIn(Parts.Cond, true) : nullptr);
      if (!Own || advancesAny(Parts.Cond) || alwaysTrue(Parts.Cond) ||
          (R.Memory && !isComparison(Parts.Cond) && !isWalk(Own, Parts.Cond)) ||
          !isMeant(Parts.Cond))
        return;
      T.What = StaleTurn::Never;
      T.Item = Own;
      T.Back = Loop;
    }
    T.Way = std::move(Way);
    Found = std::move(T);
  }

  /// What doesn't move on when the last decision was \p Decision.
  const ValueDecl *itemOf(const Expr *Decision) const {
    if (!Decision || Decision == Parts.Cond)
      return nullptr;
    if (const ValueDecl *Item = itemIn(Decision, false);
        Item && canAdvance(Item))
      return Item;
    return Parts.Cond ? itemIn(Parts.Cond, false) : nullptr;
  }

  /// `while (node)`, where there is a next node.
  static bool isWalk(const VarDecl *Item, const Expr *Cond) {
    const RecordDecl *RD =
        Item->getType()->getPointeeType().isNull()
            ? nullptr
            : Item->getType()->getPointeeType()->getAsRecordDecl();
    RD = RD ? RD->getDefinition() : nullptr;
    return RD && isa_and_nonnull<DeclRefExpr>(strip(Cond)) &&
           llvm::any_of(RD->fields(), [&](const FieldDecl *F) {
             return F->getType()->isPointerType() &&
                    F->getType()->getPointeeType()->getAsRecordDecl() == RD &&
                    hasWord(F->getName(), {"next", "nxt", "link"});
           });
  }

  /// What the loop moves on, on some way, is what its condition, or one of its
  /// exits, is about.
  bool canAdvance(const ValueDecl *Item) const {
    return Parts.Cond == nullptr || alwaysTrue(Parts.Cond) ||
           mentions(Parts.Cond, Item) || itemIn(Parts.Cond, false) == Item;
  }

  bool advancesAny(const Stmt *S) const {
    if (!S)
      return false;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
      const auto *VD = dyn_cast<VarDecl>(Ref->getDecl());
      if (VD && (Advances.count(VD) || Derived.count(VD)))
        return true;
      if (VD && Parts.Inc && changes(Parts.Inc, VD))
        return true;
    }
    return llvm::any_of(S->children(),
                        [&](const Stmt *C) { return advancesAny(C); });
  }

  /// Not `while (forever)`.
  bool isMeant(const Expr *Cond) const {
    Expr::EvalResult Ignored;
    return !Cond->EvaluateAsRValue(Ignored, Ctx);
  }

  const Stmt *Loop;
  LoopParts Parts;
  const Body &B;
  const Names &N;
  ASTContext &Ctx;
  const Stillness &Still;
  const VarDecl *Length;
  const bool OnlyIdles;
  llvm::StringSet<> Relevant;
  llvm::MapVector<const ValueDecl *, const Stmt *> Advances;
  llvm::DenseMap<const VarDecl *, const ValueDecl *> Derived;
  llvm::SmallPtrSet<const VarDecl *, 8> Inside;
  llvm::SmallPtrSet<const CFGBlock *, 16> Region;
  std::deque<Node> Nodes;
  std::set<std::tuple<unsigned, unsigned, std::set<int64_t>, Facts>> Seen;
  int Current = -1;
  std::optional<StaleTurn> Found;
};

} // namespace

/// What Clang can't compile, it may drop: what moves on, for example.
static bool losesPart(const StaleTurn &T, const ASTContext &Ctx) {
  return llvm::any_of(
      std::initializer_list<StringRef>{T.Item->getName(), "break", "continue",
                                       "return", "goto"},
      [&](StringRef Name) { return losesMention(T.Loop, Name, Ctx); });
}

std::vector<StaleTurn> staleTurns(const FunctionDecl *FD, const Lexicon &Words,
                                  FlowGraphs &Graphs) {
  std::vector<StaleTurn> Result;
  llvm::SmallVector<const Stmt *, 4> Loops, ByLength;
  collectLoops(FD->getBody(), Loops, ByLength);
  if (Loops.empty() && ByLength.empty())
    return Result;
  const Body &B = Graphs.body(FD);
  if (!B.graph())
    return Result;
  Stillness Still(B, Words);
  for (const Stmt *Loop : Loops) {
    Still.enter(Loop);
    if (auto Found = Turn(Loop, *partsOf(Loop), B, Still).run();
        Found && !losesPart(*Found, B.context()))
      Result.push_back(std::move(*Found));
  }
  for (const Stmt *Loop : ByLength) {
    if (llvm::any_of(Result,
                     [&](const StaleTurn &T) { return T.Loop == Loop; }))
      continue;
    Still.enter(Loop);
    LoopParts Parts = *partsOf(Loop);
    for (const VarDecl *Length : lengthsIn(Parts.Body, Still))
      if (auto Found = Turn(Loop, Parts, B, Still, Length).run();
          Found && !losesPart(*Found, B.context())) {
        Result.push_back(std::move(*Found));
        break;
      }
  }
  return Result;
}

} // namespace leak
