//===--- Pipes.cpp - ends of pipes that stay open -------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Pipes.h"
#include "ChannelDuty.h"
#include "Statements.h"
#include "clang/AST/ParentMapContext.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace leak {

namespace {

/// What is done to one end of a pair.
struct EndUse {
  Verb Does = Verb::Query; ///< Block: reads or writes.
  const Expr *At = nullptr;
  const FunctionDecl *In = nullptr;
  unsigned End = 0;
};

struct Pair {
  const ValueDecl *Decl = nullptr;
  const Expr *Made = nullptr;
  const FunctionDecl *In = nullptr; ///< Where it is made.
  std::vector<EndUse> Uses;
  bool Escapes[2] = {false, false};
};

/// Whether \p E is true when \p Result is \p N; nothing where that depends on
/// more.
class Deciding {
public:
  Deciding(llvm::function_ref<bool(const Expr *)> IsResult, ASTContext &Ctx)
      : IsResult(IsResult), Ctx(Ctx) {}

  std::optional<bool> decide(const Expr *E, int64_t N) const {
    E = E->IgnoreParenImpCasts();
    if (const auto *UO = dyn_cast<UnaryOperator>(E);
        UO && UO->getOpcode() == UO_LNot) {
      std::optional<bool> B = decide(UO->getSubExpr(), N);
      return B ? std::optional(!*B) : std::nullopt;
    }
    if (const auto *BO = dyn_cast<BinaryOperator>(E)) {
      if (BO->isLogicalOp()) {
        bool Absorbs = BO->getOpcode() == BO_LOr;
        std::optional<bool> L = decide(BO->getLHS(), N),
                            R = decide(BO->getRHS(), N);
        if ((L && *L == Absorbs) || (R && *R == Absorbs))
          return Absorbs;
        return L && R ? std::optional(!Absorbs) : std::nullopt;
      }
      if (BO->isComparisonOp()) {
        std::optional<int64_t> L = value(BO->getLHS(), N),
                               R = value(BO->getRHS(), N);
        if (!L || !R)
          return std::nullopt;
        switch (BO->getOpcode()) {
        case BO_LT:
          return *L < *R;
        case BO_GT:
          return *L > *R;
        case BO_LE:
          return *L <= *R;
        case BO_GE:
          return *L >= *R;
        case BO_EQ:
          return *L == *R;
        case BO_NE:
          return *L != *R;
        default:
          return std::nullopt;
        }
      }
    }
    std::optional<int64_t> V = value(E, N);
    return V ? std::optional(*V != 0) : std::nullopt;
  }

private:
  std::optional<int64_t> value(const Expr *E, int64_t N) const {
    E = E->IgnoreParenCasts();
    if (const auto *BO = dyn_cast<BinaryOperator>(E);
        BO && BO->getOpcode() == BO_Assign)
      return value(BO->getRHS(), N);
    if (IsResult(E))
      return N;
    Expr::EvalResult Known;
    if (E->isValueDependent() || !E->getType()->isIntegerType() ||
        !E->EvaluateAsInt(Known, Ctx))
      return std::nullopt;
    return Known.Val.getInt().getExtValue();
  }

  llvm::function_ref<bool(const Expr *)> IsResult;
  ASTContext &Ctx;
};

/// A loop that only the end of what it reads leaves.
class ToTheEnd {
public:
  ToTheEnd(const Expr *Read, ASTContext &Ctx) : Read(Read), Ctx(Ctx) {}

  bool run(const Stmt *Loop) {
    const Expr *Cond = conditionOf(Loop);
    const Stmt *Body = bodyOfLoop(Loop);
    if (!Body)
      return false;
    note(Loop);
    bool Asks = Cond && !alwaysTrue(Cond);
    if (Asks && !goesOn(Cond))
      return false;
    Found = Asks;
    return !leaves(Body, true) && Found;
  }

private:
  /// Variables that have what was read.
  void note(const Stmt *S) {
    if (!S || isa<LambdaExpr>(S))
      return;
    if (const auto *DS = dyn_cast<DeclStmt>(S)) {
      for (const Decl *D : DS->decls())
        if (const auto *VD = dyn_cast<VarDecl>(D);
            VD && VD->hasInit() && VD->getInit()->IgnoreParenCasts() == Read)
          Results.insert(VD);
    } else if (const auto *BO = dyn_cast<BinaryOperator>(S);
               BO && BO->getOpcode() == BO_Assign &&
               BO->getRHS()->IgnoreParenCasts() == Read) {
      if (const auto *Ref =
              dyn_cast<DeclRefExpr>(BO->getLHS()->IgnoreParenImpCasts()))
        Results.insert(Ref->getDecl());
    }
    for (const Stmt *Child : S->children())
      note(Child);
  }

  std::optional<bool> decide(const Expr *Cond, int64_t N) const {
    return Deciding(
               [&](const Expr *E) {
                 const auto *Ref = dyn_cast<DeclRefExpr>(E);
                 return E == Read || (Ref && Results.contains(Ref->getDecl()));
               },
               Ctx)
        .decide(Cond, N);
  }
  /// True as long as something is read.
  bool goesOn(const Expr *Cond) const {
    return decide(Cond, 1) == true && decide(Cond, 4096) == true;
  }
  bool endsOnly(const Expr *Cond) const {
    return decide(Cond, 1) == false && decide(Cond, 4096) == false;
  }

  /// Something in \p S leaves the loop though something was read.
  bool leaves(const Stmt *S, bool OwnBreak) {
    if (!S || isa<LambdaExpr>(S))
      return false;
    if (const auto *If = dyn_cast<IfStmt>(S)) {
      if (endsOnly(If->getCond())) {
        Found |= decide(If->getCond(), 0) != false;
        return leaves(If->getElse(), OwnBreak);
      }
      if (goesOn(If->getCond())) {
        Found |= decide(If->getCond(), 0) != true;
        return leaves(If->getThen(), OwnBreak);
      }
    }
    if (isa<ReturnStmt, GotoStmt, IndirectGotoStmt, CXXThrowExpr>(S))
      return true;
    if (isa<BreakStmt>(S))
      return OwnBreak;
    if (const auto *Call = dyn_cast<CallExpr>(S))
      if (const FunctionDecl *FD = Call->getDirectCallee();
          FD && FD->isNoReturn() && !Call->getBeginLoc().isMacroID())
        return true;
    bool Nested =
        isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt, SwitchStmt>(S);
    bool Any = false;
    for (const Stmt *Child : S->children())
      Any |= leaves(Child, OwnBreak && !Nested);
    return Any;
  }

  const Expr *Read;
  ASTContext &Ctx;
  llvm::SmallPtrSet<const ValueDecl *, 2> Results;
  bool Found = false; ///< Some way out is taken at the end.
};

class Finder {
public:
  Finder(const FunctionTable &Table, const Lexicon &Words, FlowGraphs &Graphs,
         llvm::function_ref<const Monitors &()> Waiting)
      : Table(Table), Words(Words), Graphs(Graphs), Waiting(Waiting) {}

  std::vector<OpenPipe> run() {
    for (const auto &[FD, F] : Table.all())
      for (const Expr *Call : F.Calls)
        made(Call, F.Decl);
    if (Pairs.empty())
      return {};
    Ctx = &Table.all().begin()->second.Decl->getASTContext();
    // Once for the other names of the ends, which lambdas use as well.
    for (unsigned Round = 0; Round != 2; ++Round) {
      for (auto &[D, P] : Pairs)
        P.Uses.clear();
      for (const auto &[FD, F] : Table.all())
        if (F.Decl && F.Decl->hasBody())
          walk(F.Decl->getBody(), F.Decl);
    }
    for (auto &[D, P] : Pairs)
      for (unsigned Read : {0u, 1u})
        if (!P.Escapes[1 - Read] && follow(P, Read))
          break;
    return std::move(Result);
  }

private:
  //===--------------------------------------------------------------------===//
  // Uses

  /// The array of two numbers that \p E names.
  static const ValueDecl *pairOf(const Expr *E) {
    E = E->IgnoreParenImpCasts();
    if (const auto *UO = dyn_cast<UnaryOperator>(E);
        UO && UO->getOpcode() == UO_AddrOf)
      E = UO->getSubExpr()->IgnoreParenImpCasts();
    if (const auto *AS = dyn_cast<ArraySubscriptExpr>(E)) {
      const auto *I =
          dyn_cast<IntegerLiteral>(AS->getIdx()->IgnoreParenImpCasts());
      if (!I || I->getValue() != 0)
        return nullptr;
      E = AS->getBase()->IgnoreParenImpCasts();
    }
    const ValueDecl *D = nullptr;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
      D = dyn_cast<VarDecl>(Ref->getDecl());
    else if (const auto *ME = dyn_cast<MemberExpr>(E))
      D = dyn_cast<FieldDecl>(ME->getMemberDecl());
    const auto *Array = D ? dyn_cast_or_null<ConstantArrayType>(
                                D->getType()->getAsArrayTypeUnsafe())
                          : nullptr;
    return Array && Array->getSize() == 2 &&
                   Array->getElementType()->isIntegerType()
               ? cast<ValueDecl>(D->getCanonicalDecl())
               : nullptr;
  }

  void made(const Expr *E, const FunctionDecl *In) {
    const auto *Call = dyn_cast<CallExpr>(E);
    const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
    if (!FD || isa<CXXMethodDecl>(FD))
      return;
    const Effect *Row = Words.effect(Call);
    if (!Row || Row->Does != Verb::Init ||
        Row->Object.Place != ObjectSpec::Pointee ||
        Row->Object.Index >= Call->getNumArgs())
      return;
    const ValueDecl *D = pairOf(Call->getArg(Row->Object.Index));
    if (!D || !isSeenHere(D))
      return;
    Pair &P = Pairs[D];
    // Made again: which one it is, isn't known.
    if (P.Decl)
      P.Escapes[0] = P.Escapes[1] = true;
    P.Decl = D;
    P.Made = Call;
    P.In = In;
  }

  struct End {
    Pair *Of = nullptr;
    int Index = -1; ///< -1: one or the other.
  };

  /// The end of a pair that \p E is.
  End endOf(const Expr *E) {
    E = E->IgnoreParenCasts();
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
      auto It = Aliases.find(Ref->getDecl());
      return It == Aliases.end() ? End() : It->second;
    }
    const auto *AS = dyn_cast<ArraySubscriptExpr>(E);
    const Expr *Base = AS ? AS->getBase()->IgnoreParenImpCasts() : nullptr;
    const ValueDecl *D = namedBy(Base);
    auto *It =
        D ? Pairs.find(cast<ValueDecl>(D->getCanonicalDecl())) : Pairs.end();
    if (It == Pairs.end())
      return {};
    Expr::EvalResult V;
    const Expr *Index = AS->getIdx();
    if (Index->isValueDependent() || !Index->EvaluateAsInt(V, *Ctx))
      return {&It->second, -1};
    return {&It->second, int(V.Val.getInt().getExtValue() != 0)};
  }

  static void escape(const End &E) {
    for (int I : {0, 1})
      if (E.Index < 0 || E.Index == I)
        E.Of->Escapes[I] = true;
  }

  void add(const End &E, Verb V, const Expr *At, const FunctionDecl *In) {
    for (unsigned I : {0u, 1u})
      if (E.Index < 0 || unsigned(E.Index) == I)
        E.Of->Uses.push_back({V, At, In, I});
  }

  /// \p Call, given one end, is known.
  bool understood(const CallExpr *Call, const End &E, unsigned Arg,
                  const FunctionDecl *In) {
    const Effect *Row = Words.effect(Call);
    if (!Row || Row->Object.Place != ObjectSpec::Argument ||
        Row->Object.Index != Arg)
      return false;
    switch (Row->Does) {
    case Verb::Close:
    case Verb::Block:
    case Verb::Query:
    case Verb::SetDeadline:
      add(E, Row->Does, Call, In);
      return true;
    default:
      return false;
    }
  }

  void walk(const Stmt *S, const FunctionDecl *In) {
    if (!S || isa<UnaryExprOrTypeTraitExpr>(S))
      return;
    // Its body is a function of its own in the table.
    if (const auto *LE = dyn_cast<LambdaExpr>(S)) {
      for (const Expr *Init : LE->capture_inits())
        if (Init && !isa<DeclRefExpr>(Init->IgnoreParenImpCasts()))
          walk(Init, In);
      return;
    }
    if (const auto *Call = dyn_cast<CallExpr>(S)) {
      for (const auto &[D, P] : Pairs)
        if (P.Made == Call)
          return;
      walk(Call->getCallee(), In);
      for (unsigned I = 0; I != Call->getNumArgs(); ++I) {
        End E = endOf(Call->getArg(I));
        if (!E.Of || !understood(Call, E, I, In))
          walk(Call->getArg(I), In);
      }
      return;
    }
    if (const auto *DS = dyn_cast<DeclStmt>(S)) {
      for (const Decl *D : DS->decls())
        if (const auto *VD = dyn_cast<VarDecl>(D); VD && VD->hasInit()) {
          End E = endOf(VD->getInit());
          if (E.Of && E.Index >= 0 && VD->isLocalVarDecl() &&
              VD->getType()->isIntegerType())
            Aliases[VD] = E;
          else
            walk(VD->getInit(), In);
        }
      return;
    }
    if (const auto *BO = dyn_cast<BinaryOperator>(S)) {
      if (BO->isComparisonOp() &&
          (endOf(BO->getLHS()).Of || endOf(BO->getRHS()).Of)) {
        if (!endOf(BO->getLHS()).Of)
          walk(BO->getLHS(), In);
        if (!endOf(BO->getRHS()).Of)
          walk(BO->getRHS(), In);
        return;
      }
      // `fds[1] = -1` after the close; anything else is another descriptor.
      Expr::EvalResult V;
      if (End E = endOf(BO->getLHS()); E.Of && BO->getOpcode() == BO_Assign &&
                                       !BO->getRHS()->isValueDependent() &&
                                       BO->getRHS()->EvaluateAsInt(V, *Ctx))
        return;
    }
    if (const auto *E = dyn_cast<Expr>(S)) {
      if (End Of = endOf(E); Of.Of) {
        escape(Of);
        return;
      }
      if (const ValueDecl *D = namedBy(E)) {
        auto *It = Pairs.find(cast<ValueDecl>(D->getCanonicalDecl()));
        if (It != Pairs.end())
          escape({&It->second, -1});
      }
    }
    for (const Stmt *Child : S->children())
      walk(Child, In);
  }

  //===--------------------------------------------------------------------===//
  // Who reads

  /// \p Call gives what comes next: by its result and what it was given to
  /// write into.
  static bool givesNext(const CallExpr *Call) {
    const FunctionDecl *FD = Call->getDirectCallee();
    // A buffer that isn't const.
    return llvm::any_of(FD->parameters(), [](const ParmVarDecl *P) {
      return P->getType()->isPointerType() &&
             !P->getType()->getPointeeType().isConstQualified();
    });
  }

  bool follow(const Pair &P, unsigned ReadEnd) {
    for (const EndUse &U : P.Uses) {
      if (U.Does != Verb::Block || U.End != ReadEnd ||
          !givesNext(cast<CallExpr>(U.At)))
        continue;
      const Stmt *Loop = loopAround(U.At, *Ctx);
      if (!Loop || !ToTheEnd(U.At, *Ctx).run(Loop))
        continue;
      OpenPipe O;
      O.Pair = P.Decl;
      O.Written = 1 - ReadEnd;
      O.Made = P.Made;
      O.Read = U.At;
      O.Loop = Loop;
      O.Never = llvm::none_of(P.Uses, [&](const EndUse &C) {
        return C.Does == Verb::Close && C.End == O.Written;
      });
      if (isa<FieldDecl>(P.Decl) ? member(P, U, O) : local(P, U, O)) {
        Result.push_back(std::move(O));
        return true;
      }
    }
    return false;
  }

  /// \p FD is \p Reader, or calls it.
  bool reaches(const FunctionDecl *FD, const FunctionDecl *Reader,
               unsigned Depth) const {
    if (FD->getCanonicalDecl() == Reader->getCanonicalDecl())
      return true;
    const SyncFunction *F = Depth == 3 ? nullptr : Waiting().find(FD);
    return F && llvm::any_of(F->Events, [&](const SyncEvent &E) {
             return E.Does == SyncEvent::Call && !E.Deferred &&
                    reaches(E.Callee, Reader, Depth + 1);
           });
  }

  /// The join of what runs \p Reader, where it is started by a known handle.
  bool joinOf(const FunctionDecl *Reader, const FunctionDecl *In,
              OpenPipe &O) const {
    const Monitors &M = Waiting();
    const SyncEvent *Start = nullptr;
    for (const auto &[FD, F] : M.functions())
      for (const SyncEvent &E : F.Events)
        if (E.Does == SyncEvent::Start && E.Object &&
            llvm::any_of(E.Entries, [&](const FunctionDecl *Entry) {
              return reaches(Entry, Reader, 0);
            }))
          Start = &E;
    if (!Start)
      return false;
    O.Start = Start->At;
    for (const auto &[FD, F] : M.functions()) {
      if (In && F.Decl != In)
        continue;
      for (const SyncEvent &E : F.Events)
        if (E.Does == SyncEvent::Join && !E.Timed &&
            E.Object.Decl == Start->Object.Decl) {
          O.Join = E.At;
          O.In = F.Decl;
          return true;
        }
    }
    return false;
  }

  bool member(const Pair &P, const EndUse &U, OpenPipe &O) const {
    return O.Never && joinOf(U.In, nullptr, O);
  }

  bool local(const Pair &P, const EndUse &U, OpenPipe &O) const {
    const auto *VD = dyn_cast<VarDecl>(P.Decl);
    if (!VD || !VD->isLocalVarDecl() || VD->isStaticLocal() || !P.In->hasBody())
      return false;
    // Others may close it at any time.
    for (const EndUse &C : P.Uses)
      if (C.Does == Verb::Close && C.End == O.Written && C.In != P.In)
        return false;
    O.In = P.In;
    if (U.In != P.In && !joinOf(U.In, P.In, O))
      return false;
    const Stmt *Waits = U.In == P.In ? static_cast<const Stmt *>(O.Read)
                                     : static_cast<const Stmt *>(O.Join);
    const Body &B = Graphs.body(P.In);
    ChannelDuty D("", /*Owed=*/false, nullptr, [&](const Stmt *S, Owing Now) {
      if (S == P.Made)
        return Now == Owing::Owed ? Act::Nothing : Act::Incur;
      for (const EndUse &C : P.Uses)
        if (C.At == S && C.Does == Verb::Close && C.End == O.Written)
          return Act::Discharge;
      return S == Waits && Now == Owing::Owed ? Act::Incur : Act::Nothing;
    });
    Simulation Sim = simulate(B, D);
    if (!Sim.Complete)
      return false;
    for (const Misstep &M : Sim.Missteps)
      if (M.What == Misstep::Again && M.At == Waits) {
        O.Way = M.Way;
        return true;
      }
    return false;
  }

  const FunctionTable &Table;
  const Lexicon &Words;
  FlowGraphs &Graphs;
  llvm::function_ref<const Monitors &()> Waiting;
  ASTContext *Ctx = nullptr;
  llvm::MapVector<const ValueDecl *, Pair> Pairs;
  llvm::DenseMap<const ValueDecl *, End> Aliases;
  std::vector<OpenPipe> Result;
};

} // namespace

bool isSeenHere(const ValueDecl *D) {
  const auto *RD = dyn_cast<RecordDecl>(D->getDeclContext());
  if (!RD || isa<CXXRecordDecl>(RD))
    return isSeenWhole(D);
  const SourceManager &SM = D->getASTContext().getSourceManager();
  return SM.isInMainFile(SM.getExpansionLoc(RD->getLocation()));
}

std::vector<OpenPipe>
openPipes(const FunctionTable &Table, const Lexicon &Words, FlowGraphs &Graphs,
          llvm::function_ref<const Monitors &()> Waiting) {
  return Finder(Table, Words, Graphs, Waiting).run();
}

} // namespace leak
