//===--- Flow.cpp - ways out of a function that paths don't show ----------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Flow.h"
#include "clang/Analysis/CFG.h"
#include "clang/Basic/SourceManager.h"
#include <map>

using namespace clang;

namespace leak {

namespace {

class GapFinder {
public:
  GapFinder(const Index &Idx, ASTContext &Ctx, bool AssumeUnknown)
      : Idx(Idx), Ctx(Ctx), AssumeUnknown(AssumeUnknown) {}

  std::optional<ThrowGap> find(const Subject &S) {
    const auto *Var = cast<VarDecl>(S.Decl);
    const auto *In = dyn_cast<FunctionDecl>(Var->getDeclContext());
    if (!In || !In->hasBody() || In->isDependentContext())
      return std::nullopt;
    const FunctionDecl *Key = In->getCanonicalDecl();
    const Use *Start = nullptr, *Release = nullptr;
    for (const Use &U : S.Uses) {
      // Lambdas, guards and aliases: somebody else may release it.
      if (U.In != Key || U.Does == Verb::Escape)
        return std::nullopt;
      if (U.Does == Verb::Start && !Start)
        Start = &U;
      if (releases(U.Does) && !Release)
        Release = &U;
    }
    if (!Start || !Release || !S.Aliases.empty())
      return std::nullopt;
    const FunctionDecl *Def = In->getDefinition();
    CFG *G = cfg(Def);
    if (!G)
      return std::nullopt;

    llvm::SmallPtrSet<const Stmt *, 8> Releases;
    for (const Use &U : S.Uses)
      if (releases(U.Does))
        Releases.insert(U.At);
    const Stmt *Birth = Start->At;
    if (const auto *E = dyn_cast<Expr>(Birth))
      Birth = strip(E);

    ThrowGap Gap;
    Gap.What = &S;
    Gap.Start = Start;
    Gap.Release = Release;
    llvm::BitVector Seen(G->getNumBlockIDs());
    SmallVector<std::pair<const CFGBlock *, unsigned>, 16> Work;
    for (const CFGBlock *B : *G)
      for (unsigned I = 0; I != B->size(); ++I)
        if (auto CS = (*B)[I].getAs<CFGStmt>())
          if (CS->getStmt() == Birth || CS->getStmt() == Start->At)
            Work.push_back({B, I + 1});
    while (!Work.empty()) {
      auto [B, From] = Work.pop_back_val();
      bool Cut = false;
      for (unsigned I = From; I != B->size() && !Cut; ++I) {
        auto CS = (*B)[I].getAs<CFGStmt>();
        if (!CS) {
          if (auto D = (*B)[I].getAs<CFGAutomaticObjDtor>())
            Cut = D->getVarDecl() == Var;
          continue;
        }
        const Stmt *St = CS->getStmt();
        if (Releases.contains(St)) {
          Cut = true;
          break;
        }
        const auto *E = dyn_cast<Expr>(St);
        if (E && throws(E, Gap) && !handled(Def, Var, E)) {
          Gap.Call = E;
          Gap.IsThrow = isa<CXXThrowExpr>(E);
          return Gap;
        }
      }
      if (Cut)
        continue;
      for (const CFGBlock *Succ : B->succs())
        if (Succ && !Seen[Succ->getBlockID()]) {
          Seen.set(Succ->getBlockID());
          Work.push_back({Succ, 0});
        }
    }
    return std::nullopt;
  }

private:
  CFG *cfg(const FunctionDecl *FD) {
    std::unique_ptr<CFG> &Slot = Graphs[FD];
    if (!Slot) {
      CFG::BuildOptions Options;
      Options.setAllAlwaysAdd();
      Options.AddImplicitDtors = true;
      Slot = CFG::buildCFG(FD, FD->getBody(), &Ctx, Options);
    }
    return Slot.get();
  }

  bool throws(const Expr *E, ThrowGap &Gap) {
    Gap.ThrowLoc = SourceLocation();
    if (isa<CXXThrowExpr>(E))
      return true;
    // What the model describes is not judged by its insides.
    if (Idx.lexicon().effect(E))
      return false;
    const FunctionDecl *Callee = callee(E);
    if (!Callee ||
        Ctx.getSourceManager().isInSystemHeader(Callee->getLocation()))
      return false;
    if (isNothrow(Callee))
      return false;
    if (!Callee->isDefined())
      return AssumeUnknown;
    Gap.ThrowLoc = visibleThrow(Callee, /*Depth=*/0);
    return Gap.ThrowLoc.isValid();
  }

  static bool isNothrow(const FunctionDecl *FD) {
    const auto *Proto = FD->getType()->getAs<FunctionProtoType>();
    return Proto && !isUnresolvedExceptionSpec(Proto->getExceptionSpecType()) &&
           Proto->isNothrow();
  }

  /// The function that runs, when that is certain: not through a virtual call.
  static const FunctionDecl *callee(const Stmt *S) {
    if (const auto *CE = dyn_cast<CXXConstructExpr>(S))
      return CE->getConstructor();
    const auto *Call = dyn_cast<CallExpr>(S);
    const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
    if (const auto *Method = dyn_cast_or_null<CXXMethodDecl>(FD);
        Method && Method->isVirtual()) {
      const auto *ME = dyn_cast<MemberExpr>(Call->getCallee()->IgnoreParens());
      if (!ME || ME->performsVirtualDispatch(FD->getASTContext().getLangOpts()))
        return nullptr;
    }
    return FD;
  }

  /// The first throw in the project's own bodies that leaves \p FD. Not
  /// clang-tidy's ExceptionAnalyzer: that follows virtual calls into bodies
  /// such as `throw NotImplemented()` and any number of calls deep, where
  /// nobody believes it any more.
  SourceLocation visibleThrow(const FunctionDecl *FD, unsigned Depth) {
    static constexpr unsigned MaxDepth = 3;
    const FunctionDecl *Def = nullptr;
    if (Depth == MaxDepth || !FD->isDefined(Def) || !Def || isNothrow(Def) ||
        Ctx.getSourceManager().isInSystemHeader(Def->getLocation()))
      return {};
    auto [It, New] = Throws.try_emplace({Def, Depth});
    if (!New)
      return It->second;
    SourceLocation Found = throwIn(Def->getBody(), Depth);
    return Throws[{Def, Depth}] = Found;
  }

  SourceLocation throwIn(const Stmt *S, unsigned Depth) {
    // A handler may catch it; whether it does is not ours to prove.
    if (!S || isa<CXXTryStmt, LambdaExpr>(S))
      return {};
    if (const auto *Throw = dyn_cast<CXXThrowExpr>(S)) {
      // A broken precondition is mended at the call, not by a join.
      const Expr *Thrown = Throw->getSubExpr();
      const TypeModel *M = Thrown ? Idx.lexicon().typeOrBase(
                                        Thrown->getType()->getAsCXXRecordDecl())
                                  : nullptr;
      return M && M->What == Kind::Misuse ? SourceLocation()
                                          : Throw->getBeginLoc();
    }
    for (const Stmt *Child : S->children())
      if (SourceLocation Loc = throwIn(Child, Depth); Loc.isValid())
        return Loc;
    if (const FunctionDecl *Callee = callee(S))
      return visibleThrow(Callee, Depth + 1);
    return {};
  }

  /// A handler between the variable and the call keeps the variable alive.
  bool handled(const FunctionDecl *FD, const VarDecl *Var, const Expr *E) {
    return handledIn(FD->getBody(), Var, E);
  }

  bool contains(const Stmt *S, SourceLocation Loc) const {
    const SourceManager &SM = Ctx.getSourceManager();
    SourceRange R = S->getSourceRange();
    SourceLocation L = SM.getExpansionLoc(Loc);
    return !SM.isBeforeInTranslationUnit(L, SM.getExpansionLoc(R.getBegin())) &&
           !SM.isBeforeInTranslationUnit(SM.getExpansionLoc(R.getEnd()), L);
  }

  bool handledIn(const Stmt *S, const VarDecl *Var, const Expr *E) {
    if (!S)
      return false;
    if (const auto *Try = dyn_cast<CXXTryStmt>(S))
      if (contains(Try->getTryBlock(), E->getBeginLoc()) &&
          !contains(Try->getTryBlock(), Var->getLocation()))
        return true;
    if (isa<LambdaExpr>(S))
      return false;
    for (const Stmt *Child : S->children())
      if (handledIn(Child, Var, E))
        return true;
    return false;
  }

  const Index &Idx;
  ASTContext &Ctx;
  bool AssumeUnknown;
  std::map<std::pair<const FunctionDecl *, unsigned>, SourceLocation> Throws;
  llvm::DenseMap<const FunctionDecl *, std::unique_ptr<CFG>> Graphs;
};

} // namespace

std::vector<ThrowGap> throwGaps(const Index &Idx, ASTContext &Ctx,
                                bool AssumeUnknown) {
  std::vector<ThrowGap> Result;
  if (!Ctx.getLangOpts().CXXExceptions)
    return Result;
  GapFinder Finder(Idx, Ctx, AssumeUnknown);
  for (const auto &[D, S] : Idx.subjects()) {
    const auto *VD = dyn_cast<VarDecl>(D);
    if (!VD || !S.What.isDirect() || S.What.Inner->ByValue ||
        !VD->hasLocalStorage())
      continue;
    if (std::optional<ThrowGap> Gap = Finder.find(S))
      Result.push_back(*Gap);
  }
  return Result;
}

} // namespace leak
