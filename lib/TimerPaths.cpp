//===--- TimerPaths.cpp - timers that a path leaves behind ----------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TimerPaths.h"
#include "Index.h"
#include "ProcessTimers.h"
#include "Rearming.h"
#include "Statements.h"

using namespace clang;

namespace leak {
namespace {

/// What the statements of one function do to one timer.
class TimerDuty : public Duty {
public:
  TimerDuty(const Expr *Made, const Effect &Row,
            const llvm::SmallPtrSetImpl<const Stmt *> &Ended)
      : Made(Made), Row(Row), Ended(Ended) {}

  Acts acts(const Stmt *S, Owing Now) const override {
    if (Ended.contains(S))
      return {Act{Act::Discharge}};
    if (S != Made)
      return {};
    constexpr unsigned char NonZero = Value::Negative | Value::Positive;
    switch (Row.Fails) {
    case Failure::Nonzero:
      return {Act{Act::Incur, Value::Zero}, Act{Act::Nothing, NonZero}};
    case Failure::Negative:
      return {Act{Act::Incur, Value::Zero | Value::Positive},
              Act{Act::Nothing, Value::Negative}};
    case Failure::Never:
      return {Act{Act::Incur}};
    default:
      return {Act{Act::HandOn}};
    }
  }

  std::string object() const override { return ""; }

private:
  const Expr *Made;
  const Effect &Row;
  const llvm::SmallPtrSetImpl<const Stmt *> &Ended;
};

class Search {
public:
  Search(const FunctionTable &Table, const Lexicon &Words, FlowGraphs &Graphs)
      : Table(Table), Words(Words), Graphs(Graphs) {}

  std::vector<LeftTimer> run() {
    std::vector<LeftTimer> Result;
    for (const auto &[FD, F] : Table.all())
      // With the process its timers end.
      if (!F.Decl->isMain()) {
        for (const Expr *E : F.Calls)
          if (std::optional<LeftTimer> T = made(E, F))
            Result.push_back(std::move(*T));
        if (std::optional<LeftTimer> T = armed(F))
          Result.push_back(std::move(*T));
      }
    return Result;
  }

private:
  /// The variable that \p E is about, and which is the timer itself.
  const VarDecl *timerOf(const Expr *E, const Effect *Row) const {
    const Expr *Object = Row ? Words.object(E, *Row) : nullptr;
    const auto *VD =
        Object ? dyn_cast_or_null<VarDecl>(namedBy(Object)) : nullptr;
    const TypeModel *Model = VD ? Words.type(VD->getType()) : nullptr;
    return Model && Model->What == Kind::Timer && Model->ByValue ? VD : nullptr;
  }

  std::optional<LeftTimer> made(const Expr *E, const FunctionUses &F) const {
    const Effect *Row = Words.effect(E);
    const VarDecl *VD =
        Row && Row->Does == Verb::Init ? timerOf(E, Row) : nullptr;
    if (!VD || isa<ParmVarDecl>(VD))
      return std::nullopt;
    llvm::SmallPtrSet<const Stmt *, 4> Ended;
    unsigned Known = 0;
    for (const Expr *Call : F.Calls) {
      const Effect *Other = Words.effect(Call);
      if (!Other || timerOf(Call, Other) != VD)
        continue;
      ++Known;
      if (Other->Does == Verb::Destroy)
        Ended.insert(Call);
      else if (Other->Does != Verb::Init && Other->Does != Verb::Arm &&
               Other->Does != Verb::Query)
        return std::nullopt;
    }
    const bool Own = VD->isLocalVarDecl() && !VD->isStaticLocal();
    if (Ended.empty() && !Own)
      return std::nullopt;
    // Others may delete it, or know of it.
    if (count(F.Decl->getBody(), VD) != Known || (!Own && endsElsewhere(VD, F)))
      return std::nullopt;
    return left(VD, F, TimerDuty(E, *Row, Ended), E, !Ended.empty());
  }

  std::optional<LeftTimer> left(const VarDecl *Timer, const FunctionUses &F,
                                const Duty &Owes, const Expr *Made,
                                bool NeedsSibling) const {
    LeftTimer T;
    T.Timer = Timer;
    T.Made = Made;
    T.In = std::make_shared<Body>(F.Decl, Graphs);
    Simulation Sim = simulate(*T.In, Owes);
    if (!Sim.Complete)
      return std::nullopt;
    for (Outcome &O : Sim.Outcomes)
      if (O.State == Owing::Owed && O.Incurred)
        T.Ways.push_back(std::move(O));
      else if (O.State == Owing::Done && O.Incurred && O.Discharged &&
               !T.Sibling)
        T.Sibling = std::move(O);
    if (T.Ways.empty() || (!T.Sibling && NeedsSibling))
      return std::nullopt;
    return T;
  }

  /// `alarm(5)`, and `alarm(0)` on some of the ways out; the same of timers
  /// whose time stands in a structure, or that a function arms.
  std::optional<LeftTimer> armed(const FunctionUses &F) const {
    const Expr *Made = nullptr;
    TimerCall First;
    llvm::SmallPtrSet<const Stmt *, 4> Ended;
    bool Repeatable = true;
    std::optional<int64_t> Which;
    for (const Expr *E : F.Calls) {
      TimerCall T = timerCall(E, F.Decl, Table, Words);
      switch (T.Does) {
      case TimerCall::Nothing:
        continue;
      case TimerCall::Unknown:
        return std::nullopt;
      case TimerCall::Arms:
        if (Made)
          return std::nullopt;
        Made = E;
        First = T;
        break;
      case TimerCall::Ends:
        Ended.insert(E);
        // Elsewhere something else stands in it.
        Repeatable &= !T.Time;
        break;
      }
      // Of several at once, one may be there for all.
      if (T.Which != Which.value_or(T.Which))
        return std::nullopt;
      Which = T.Which;
    }
    if (!Made || Ended.empty())
      return std::nullopt;
    static const Effect Sure;
    std::optional<LeftTimer> T =
        left(nullptr, F, TimerDuty(Made, First.Row ? *First.Row : Sure, Ended),
             Made, /*NeedsSibling=*/true);
    // Where an exception leaves it armed, its signal is mostly a flag.
    if (!T || T->In->tryAround(Made))
      return std::nullopt;
    T->Repeatable = Repeatable;
    // A number is a limit for what is done here. Else it may be armed for what
    // comes after, unless the function takes it back in the end.
    if (First.Row && !First.Time)
      return T;
    if (!endsLast(*T, *F.Decl))
      return std::nullopt;
    return T;
  }

  /// The last way out takes it back, and those that don't are before it.
  static bool endsLast(const LeftTimer &T, const FunctionDecl &In) {
    const auto *Body = dyn_cast<CompoundStmt>(In.getBody());
    if (!Body || Body->body_empty())
      return false;
    auto IsLast = [&](const Outcome &O) {
      return !O.Exit || O.Exit == Body->body_back();
    };
    return IsLast(*T.Sibling) && llvm::none_of(T.Ways, IsLast);
  }

  /// `event.sigev_value.sival_ptr = &timer`: by that its handler knows it.
  static bool isTag(const Stmt *S, const VarDecl *VD) {
    const auto *BO = dyn_cast<BinaryOperator>(S);
    const auto *UO = BO && BO->getOpcode() == BO_Assign
                         ? dyn_cast<UnaryOperator>(strip(BO->getRHS()))
                         : nullptr;
    if (!UO || UO->getOpcode() != UO_AddrOf || namedBy(UO) != VD)
      return false;
    const Expr *Base = strip(BO->getLHS());
    while (const auto *ME = dyn_cast_or_null<MemberExpr>(Base))
      Base = ME->isArrow() ? nullptr : strip(ME->getBase());
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(Base);
    const auto *Event = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    return Event && Event->isLocalVarDecl() && Event != VD &&
           Base != strip(BO->getLHS());
  }

  static unsigned count(const Stmt *S, const VarDecl *VD) {
    if (!S)
      return 0;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      return Ref->getDecl()->getCanonicalDecl() == VD;
    if (isTag(S, VD))
      return 0;
    // A mention there is never known.
    const auto *LE = dyn_cast<LambdaExpr>(S);
    unsigned N = LE ? 2 * count(LE->getBody(), VD) : 0;
    for (const Stmt *Child : S->children())
      N += LE ? 0 : count(Child, VD);
    return N;
  }

  /// Another function deletes it, or may.
  bool endsElsewhere(const VarDecl *VD, const FunctionUses &Here) const {
    if (VD->isExternallyVisible())
      return true;
    return llvm::any_of(Table.all(), [&](const auto &Entry) {
      const FunctionUses &F = Entry.second;
      if (F.Decl == Here.Decl)
        return false;
      return llvm::any_of(F.Calls, [&](const Expr *E) {
        const Effect *Row = Words.effect(E);
        return Row && timerOf(E, Row) == VD && Row->Does == Verb::Destroy;
      });
    });
  }

  const FunctionTable &Table;
  const Lexicon &Words;
  FlowGraphs &Graphs;
};

} // namespace

std::vector<LeftTimer> leftTimers(const FunctionTable &Table,
                                  const Lexicon &Words, FlowGraphs &Graphs) {
  return Search(Table, Words, Graphs).run();
}

} // namespace leak
