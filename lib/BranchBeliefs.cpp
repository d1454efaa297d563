//===--- BranchBeliefs.cpp - calls that one branch skips ------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The cases of a `switch`, or the branches of a chain of ifs, all of which end
/// something by the same call, but one. Which branch is taken is what somebody
/// asked for, so most branches of most functions have nothing in common; the
/// best evidence is that the branch makes the same change as those that tell
/// it (`command = none; notify()`).
///
//===----------------------------------------------------------------------===//

#include "CallBeliefs.h"
#include "EndingCalls.h"
#include "Index.h"
#include "Statements.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {

namespace {

/// One way through a switch or a chain, to its common end.
struct Group {
  SmallVector<const Stmt *, 8> Stmts;
  const Stmt *End = nullptr; ///< The `break`, or the last statement.
  bool Leaves = false;       ///< Doesn't come to the common end.
};

/// The same change of something that outlives the function.
struct Change {
  std::string Object, To;
  bool operator==(const Change &O) const {
    return Object == O.Object && To == O.To;
  }
};

} // namespace

static bool leaves(const Stmt *S) {
  if (isa<ReturnStmt, ContinueStmt, GotoStmt, IndirectGotoStmt, CoreturnStmt>(
          S))
    return true;
  const auto *E = dyn_cast<Expr>(S);
  if (!E)
    return false;
  E = strip(E);
  if (isa_and_nonnull<CXXThrowExpr>(E))
    return true;
  const auto *Call = dyn_cast_or_null<CallExpr>(E);
  return Call && Call->getDirectCallee() &&
         Call->getDirectCallee()->isNoReturn();
}

/// Blocks are taken apart.
static void add(Group &Into, const Stmt *S) {
  if (const auto *Block = dyn_cast<CompoundStmt>(S)) {
    for (const Stmt *Child : Block->body())
      add(Into, Child);
    return;
  }
  if (Into.Leaves || isa_and_nonnull<BreakStmt>(Into.End))
    return;
  Into.End = S;
  if (leaves(S))
    Into.Leaves = true;
  if (!isa<BreakStmt, NullStmt>(S))
    Into.Stmts.push_back(S);
}

/// Nothing when it can't be taken apart.
static std::vector<Group> groupsOf(const SwitchStmt *S) {
  const auto *Block = dyn_cast_or_null<CompoundStmt>(S->getBody());
  std::vector<Group> Result;
  if (!Block)
    return {};
  for (const Stmt *Child : Block->body()) {
    if (const auto *Case = dyn_cast<SwitchCase>(Child)) {
      // One that falls through isn't a way of its own.
      if (!Result.empty() && !Result.back().Leaves &&
          !isa_and_nonnull<BreakStmt>(Result.back().End))
        return {};
      Result.emplace_back();
      while (const auto *Nested = dyn_cast<SwitchCase>(Case->getSubStmt()))
        Case = Nested;
      Child = Case->getSubStmt();
    }
    if (Result.empty())
      return {};
    add(Result.back(), Child);
  }
  return Result;
}

static std::vector<Group> groupsOf(const IfStmt *If) {
  std::vector<Group> Result;
  for (const Stmt *S = If; S;) {
    const auto *Next = dyn_cast<IfStmt>(S);
    const Stmt *Branch = Next ? Next->getThen() : S;
    Result.emplace_back();
    add(Result.back(), Branch);
    // Not a `break` of our own.
    if (isa_and_nonnull<BreakStmt>(Result.back().End))
      Result.back().Leaves = true;
    S = Next ? Next->getElse() : nullptr;
  }
  return Result;
}

static std::optional<Change> changeOf(const Stmt *S, const Names &N) {
  const auto *E = dyn_cast<Expr>(S);
  E = E ? strip(E) : nullptr;
  const Expr *To = nullptr, *Value = nullptr;
  if (const auto *BO = dyn_cast_or_null<BinaryOperator>(E);
      BO && BO->getOpcode() == BO_Assign) {
    To = BO->getLHS();
    Value = strip(BO->getRHS());
  } else if (const auto *Op = dyn_cast_or_null<CXXOperatorCallExpr>(E);
             Op && Op->getOperator() == OO_Equal && Op->getNumArgs() == 2) {
    To = Op->getArg(0);
    Value = strip(Op->getArg(1));
  }
  if (!To || !Value)
    return std::nullopt;
  Change Result;
  Result.Object = N.of(To);
  if (Result.Object.empty())
    return std::nullopt;
  const Expr *Root = strip(To);
  // What only this function knows tells nobody anything.
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Root))
    if (const auto *VD = dyn_cast<VarDecl>(Ref->getDecl());
        !VD || !VD->hasGlobalStorage())
      return std::nullopt;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(Value);
      Ref && isa<EnumConstantDecl>(Ref->getDecl()))
    Result.To = Ref->getDecl()->getNameAsString();
  else if (const auto *Flag = dyn_cast<CXXBoolLiteralExpr>(Value))
    Result.To = Flag->getValue() ? "true" : "false";
  else if (const auto *N = dyn_cast<IntegerLiteral>(Value))
    Result.To = std::to_string(N->getValue().getLimitedValue());
  else
    return std::nullopt;
  return Result;
}

/// `LOG(...)`, an assertion: nothing that anybody waits for.
static bool isSubstantial(const Stmt *S) {
  if (S->getBeginLoc().isMacroID())
    return false;
  const auto *E = dyn_cast<Expr>(S);
  if (!E)
    return !isa<DeclStmt, NullStmt, BreakStmt>(S);
  const auto *Call = dyn_cast_or_null<CallExpr>(strip(E));
  const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
  return !FD || !FD->isVariadic();
}

static bool isGlobal(const EndingCall &C) {
  const Expr *E = nullptr;
  if (const auto *MC = dyn_cast<CXXMemberCallExpr>(C.At))
    E = MC->getImplicitObjectArgument();
  else if (C.At->getNumArgs())
    E = C.At->getArg(0);
  while ((E = E ? strip(E) : nullptr)) {
    if (const auto *ME = dyn_cast<MemberExpr>(E))
      E = ME->getBase();
    else if (const auto *UO = dyn_cast<UnaryOperator>(E))
      E = UO->getSubExpr();
    else if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
      const auto *VD = dyn_cast<VarDecl>(Ref->getDecl());
      return !VD || VD->hasGlobalStorage();
    } else {
      return false;
    }
  }
  return true;
}

void CallBeliefs::branchesOf(const FunctionUses &F, const Names &N,
                             const EndingCall &Call, unsigned Evidence,
                             std::vector<BranchBelief> &Into) {
  ask(Call.Callee);
  // This call, in whatever depth, or something that may make it.
  auto Holds = [&](const Stmt *S, bool Hidden, auto &&Self) -> bool {
    if (!S)
      return false;
    if (const auto *LE = dyn_cast<LambdaExpr>(S))
      return touches(LE->getCallOperator());
    if (const auto *E = dyn_cast<Expr>(S);
        E && isa<CallExpr, CXXConstructExpr>(E)) {
      if (std::optional<EndingCall> C = call(E, N); C && C->Callee == Callee)
        return true;
      const FunctionDecl *Direct = ThrowSearch::callee(E);
      if (Direct && touches(Direct))
        return true;
      if (Hidden && mayHide(E, Direct, N, Call))
        return true;
    }
    return llvm::any_of(S->children(), [&](const Stmt *Child) {
      return Self(Child, Hidden, Self);
    });
  };
  auto Judge = [&](const Stmt *Whole, std::vector<Group> Groups, bool Cases) {
    const Group *Forget = nullptr;
    BranchBelief Bel;
    SmallVector<const Group *, 4> Keep;
    SmallVector<const Group *, 4> Others;
    for (const Group &G : Groups) {
      const CallExpr *Told = nullptr;
      for (const Stmt *S : G.Stmts) {
        const auto *E = dyn_cast<Expr>(S);
        E = E ? strip(E) : nullptr;
        std::optional<EndingCall> C = E ? call(E, N) : std::nullopt;
        if (C && C->same(Call))
          Told = C->At;
      }
      if (G.Leaves)
        continue;
      (Told ? Keep : Others).push_back(&G);
      if (Told)
        Bel.Told.push_back(Told);
    }
    if (Keep.size() < 2)
      return;
    for (const Group *G : Others) {
      // The last change that another one makes, and tells.
      const Stmt *Same = nullptr;
      for (const Stmt *S : G->Stmts)
        if (std::optional<Change> Mine = changeOf(S, N);
            Mine && llvm::any_of(Keep, [&](const Group *Told) {
              return llvm::any_of(Told->Stmts, [&](const Stmt *Other) {
                std::optional<Change> Its = changeOf(Other, N);
                return Its && *Its == *Mine;
              });
            }))
          Same = S;
      // On some of its ways only, or by somebody else.
      bool Behind = !Same;
      for (const Stmt *S : G->Stmts) {
        Behind |= S == Same;
        if (Behind && Holds(S, /*Hidden=*/true, Holds))
          return;
      }
      if (llvm::none_of(G->Stmts, isSubstantial))
        continue;
      if (Forget)
        return;
      Forget = G;
      Bel.Change = cast_or_null<Expr>(Same);
    }
    if (!Forget || !Forget->End || Forget->End->getBeginLoc().isMacroID())
      return;
    // The same change has to be told by the others: that they all make the
    // call says too little.
    if (!Bel.Change || Keep.size() + 1 < Evidence)
      return;
    // What is behind it does it for all.
    const SourceManager &SM = Ctx.getSourceManager();
    SourceLocation Behind = SM.getExpansionLoc(Whole->getEndLoc());
    for (const Expr *E : F.Calls)
      if (SM.isBeforeInTranslationUnit(Behind,
                                       SM.getExpansionLoc(E->getBeginLoc())) &&
          Holds(E, /*Hidden=*/false, Holds))
        return;
    if (losesMention(Whole, Call.At->getDirectCallee()->getName(), Ctx))
      return;
    Bel.In = F.Decl;
    Bel.End = Forget->End;
    Bel.IsCase = Cases;
    Into.push_back(std::move(Bel));
  };
  auto Visit = [&](const Stmt *S, bool IsElse, auto &&Self) -> void {
    if (!S || isa<LambdaExpr>(S))
      return;
    const auto *If = dyn_cast<IfStmt>(S);
    if (const auto *Switch = dyn_cast<SwitchStmt>(S))
      Judge(S, groupsOf(Switch), true);
    else if (If && !IsElse && If->getElse())
      Judge(S, groupsOf(If), false);
    for (const Stmt *Child : S->children())
      Self(Child, If && Child == If->getElse(), Self);
  };
  Visit(F.Decl->getBody(), false, Visit);
}

/// Something unseen that can reach the object may do what we look for.
bool CallBeliefs::mayHide(const Expr *E, const FunctionDecl *Direct,
                          const Names &N, const EndingCall &Asked) const {
  StringRef Object = Asked.Object;
  const auto *Call = dyn_cast<CallExpr>(E);
  if (!Call || isa<CXXOperatorCallExpr>(Call) ||
      (Direct && Direct->isDefined()))
    return false;
  // Libraries don't know of it.
  if (Direct && Ctx.getSourceManager().isInSystemHeader(Direct->getLocation()))
    return false;
  const bool OfThis = Object.starts_with("this*");
  const auto *MC = dyn_cast<CXXMemberCallExpr>(Call);
  auto Reaches = [&](const Expr *Arg) {
    const Expr *Plain = strip(Arg);
    if (!Plain)
      return false;
    if (isa<CXXThisExpr>(Plain))
      return OfThis;
    std::string Name = N.of(Plain);
    return !Name.empty() && (Object.starts_with(Name) ||
                             Object.starts_with(StringRef(Name).drop_front(
                                 Name.front() == '&')));
  };
  if (MC && MC->getImplicitObjectArgument() &&
      Reaches(MC->getImplicitObjectArgument()))
    return true;
  if (llvm::any_of(Call->arguments(), Reaches))
    return true;
  // Everybody can reach what is global.
  return !MC && isGlobal(Asked);
}

} // namespace leak
