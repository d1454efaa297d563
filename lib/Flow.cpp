//===--- Flow.cpp - ways out of a function that paths don't show ----------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Flow.h"
#include "Throws.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {

//===----------------------------------------------------------------------===//
// Plain flow
//===----------------------------------------------------------------------===//

/// A destructor of members whose classes aren't known, in a unit with errors:
/// Clang's builder of graphs asks what destroys them, and crashes.
static bool destroysUnknown(const FunctionDecl *FD) {
  const auto *Destructor = dyn_cast<CXXDestructorDecl>(FD);
  if (!Destructor)
    return false;
  const CXXRecordDecl *Class = Destructor->getParent();
  return Class->isInvalidDecl() ||
         llvm::any_of(Class->fields(), [](const FieldDecl *Field) {
           const CXXRecordDecl *RD = Field->getType()
                                         ->getBaseElementTypeUnsafe()
                                         ->getAsCXXRecordDecl();
           return Field->isInvalidDecl() || (RD && !RD->hasDefinition());
         });
}

CFG *FlowGraphs::of(const FunctionDecl *FD) {
  auto [It, New] = Graphs.try_emplace(FD);
  if (New) {
    CFG::BuildOptions Options;
    Options.setAllAlwaysAdd();
    Options.AddImplicitDtors = !destroysUnknown(FD);
    Options.AddInitializers = true;
    It->second = CFG::buildCFG(FD, FD->getBody(), &Ctx, Options);
  }
  return It->second.get();
}

namespace {

/// What may be true of the variable at a point, as a set of bits.
enum : unsigned { Never = 1, Live = 2, Done = 4, Unknown = 8 };

} // namespace

static bool intoVisibleBody(const Stmt *At, const ASTContext &Ctx) {
  const FunctionDecl *Callee = nullptr;
  if (const auto *Call = dyn_cast<CallExpr>(At))
    Callee = Call->getDirectCallee();
  else if (const auto *CE = dyn_cast<CXXConstructExpr>(At))
    Callee = CE->getConstructor();
  return Callee && Callee->isDefined() &&
         !Ctx.getSourceManager().isInSystemHeader(Callee->getLocation());
}

bool PlainFlow::mayLeak(const VarDecl *Var, const FunctionDecl *In) {
  const Subject *S = Idx.find(Var);
  CFG *G = S ? Graphs.of(In) : nullptr;
  if (!G)
    return true;
  llvm::DenseMap<const Stmt *, Verb> Events;
  bool Born = false;
  for (const Use &U : Idx.allUses(Var)) {
    if (U.Does == Verb::Start || U.Does == Verb::Insert)
      Born = true;
    if (U.In != In->getCanonicalDecl()) {
      // Released by a lambda that somebody else calls: a scope guard.
      if (Idx.releasedByGuard(U))
        return false;
      // Started or taken over inside a helper or lambda.
      if (U.Does == Verb::Start || U.Does == Verb::Insert)
        return true;
      continue;
    }
    if (!U.At)
      continue;
    const auto *E = dyn_cast<Expr>(U.At);
    // Given to a function that can be looked into.
    if (U.Does == Verb::Move && intoVisibleBody(U.At, Graphs.context()))
      return true;
    // An initialiser takes effect where the variable is declared.
    if (U.Ref || !E)
      Events[U.At] = U.Does;
    else if (U.Does == Verb::Start || U.Does == Verb::Insert)
      Events[nullptr] = U.Does;
  }
  if (!Born)
    return false;
  bool ByValue = S->What.Inner->ByValue;

  auto TestsLive = [&](const CFGBlock *B, bool &Negated) {
    const auto *Cond = B->getTerminatorStmt() && B->succ_size() == 2
                           ? dyn_cast_or_null<Expr>(B->getLastCondition())
                           : nullptr;
    Negated = false;
    while (Cond) {
      Cond = Cond->IgnoreParenImpCasts();
      const auto *UO = dyn_cast<UnaryOperator>(Cond);
      if (!UO || UO->getOpcode() != UO_LNot)
        break;
      Negated = !Negated;
      Cond = UO->getSubExpr();
    }
    auto It = Cond ? Events.find(Cond) : Events.end();
    return It != Events.end() && It->second == Verb::TestLive && !S->What.Many;
  };
  auto ReleasesAll = [&](const CFGBlock *B) {
    const auto *Cond = dyn_cast_or_null<Expr>(B->getTerminatorCondition());
    return Cond &&
           llvm::any_of(Idx.releasedByLoop(Cond), [&](const ValueDecl *D) {
             return D->getCanonicalDecl() == Var->getCanonicalDecl();
           });
  };

  std::vector<unsigned> AtEntry(G->getNumBlockIDs(), 0);
  llvm::SmallVector<const CFGBlock *, 16> Work{&G->getEntry()};
  AtEntry[G->getEntry().getBlockID()] = Never;
  while (!Work.empty()) {
    const CFGBlock *B = Work.pop_back_val();
    unsigned Now = AtEntry[B->getBlockID()];
    auto Apply = [&](Verb V) {
      switch (V) {
      case Verb::Start:
        // Many take more in; one would be overwritten.
        if ((Now & Live) && !S->What.Many)
          return false;
        Now = Live;
        return true;
      case Verb::Insert:
        if ((Now & Live) && !S->What.Many && !ByValue)
          return false;
        Now = S->What.Many ? Now | Live : Live;
        return true;
      case Verb::Escape:
        Now = Unknown;
        return true;
      case Verb::Swap:
        return false; // Somebody else is live from here on.
      case Verb::Reset:
      case Verb::Clear:
      case Verb::Remove:
      case Verb::Destroy:
        return !(Now & Live);
      default:
        break;
      }
      if (!releases(V))
        return true;
      if (S->What.Many)
        return true; // One of them; the loop as a whole counts.
      bool Throws = S->What.isDirect() && !ByValue &&
                    S->What.Inner->IfRejoined == Rejoin::Throws;
      if ((Now & (Throws ? Done | Never : Done)) &&
          (V == Verb::Join || V == Verb::Detach))
        return false;
      Now = V == Verb::Move ? Never : Done;
      return true;
    };
    for (const CFGElement &Element : *B) {
      if (auto Dtor = Element.getAs<CFGAutomaticObjDtor>()) {
        if (Dtor->getVarDecl() == Var) {
          if (Now & Live)
            return true;
          Now = Never;
        }
        continue;
      }
      auto CS = Element.getAs<CFGStmt>();
      if (!CS)
        continue;
      const Stmt *St = CS->getStmt();
      if (const auto *DS = dyn_cast<DeclStmt>(St)) {
        if (llvm::is_contained(DS->decls(), Var)) {
          Now = Never;
          if (Events.count(nullptr) && !Apply(Events[nullptr]))
            return true;
        }
        continue;
      }
      auto It = Events.find(St);
      if (It != Events.end() && !Apply(It->second))
        return true;
    }
    if (B == &G->getExit() && ByValue && (Now & Live))
      return true;
    bool Negated = false;
    bool Tests = TestsLive(B, Negated);
    if (ReleasesAll(B) && (Now & Live))
      Now = (Now & ~Live) | Done;
    unsigned Way = 0;
    for (const CFGBlock *Succ : B->succs()) {
      unsigned Out = Now;
      if (Tests)
        Out = (Way == 0) != Negated
                  ? (Now & Live ? unsigned(Live) : Now)
                  : ((Now & ~Live) ? (Now & ~Live) : unsigned(Never));
      ++Way;
      if (!Succ)
        continue;
      unsigned &In = AtEntry[Succ->getBlockID()];
      if ((In | Out) != In) {
        In |= Out;
        Work.push_back(Succ);
      }
    }
  }
  return false;
}

//===----------------------------------------------------------------------===//
// Exceptions
//===----------------------------------------------------------------------===//

namespace {

class GapFinder {
public:
  GapFinder(const Index &Idx, FlowGraphs &Graphs, ThrowAssumptions Assume)
      : Idx(Idx), Graphs(Graphs), Ctx(Graphs.context()), Assume(Assume),
        Throws(Idx.lexicon()) {}

  /// \p S is a local variable of \p In, or a member, and \p In a constructor:
  /// when that throws, the destructor of the class doesn't run.
  std::optional<ThrowGap> find(const Subject &S, const FunctionDecl *In) {
    const ValueDecl *Var = S.Decl;
    bool IsMember = isa<FieldDecl>(Var);
    if (!In || !In->hasBody() || In->isDependentContext())
      return std::nullopt;
    const FunctionDecl *Key = In->getCanonicalDecl();
    const Use *Start = nullptr, *Release = nullptr;
    for (const Use &U : S.Uses) {
      // Lambdas, guards and aliases: somebody else may release it.
      if ((U.In != Key && !IsMember) || U.Does == Verb::Escape)
        return std::nullopt;
      if (U.In != Key)
        continue;
      if (U.Does == Verb::Start && !Start)
        Start = &U;
      if (releases(U.Does) && !Release)
        Release = &U;
    }
    if (!Start || (!S.Aliases.empty() && !IsMember))
      return std::nullopt;
    const FunctionDecl *Def = In->getDefinition();
    CFG *G = Graphs.of(Def);
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
        if (Releases.contains(St) || releasesWithin(St, Var)) {
          Cut = true;
          break;
        }
        const auto *E = dyn_cast<Expr>(St);
        // Without any release the other exits tell; only a throw doesn't.
        if (E && (Release || IsMember || isa<CXXThrowExpr>(E)) &&
            throws(E, Gap) && !handled(Def, Var, E)) {
          Gap.Call = E;
          Gap.IsThrow = isa<CXXThrowExpr>(E);
          Gap.Handled = tried(Def->getBody(), E, Gap);
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
  bool throws(const Expr *E, ThrowGap &Gap) {
    Gap.ThrowLoc = SourceLocation();
    Gap.Thrown = QualType();
    if (const auto *Throw = dyn_cast<CXXThrowExpr>(E)) {
      if (Throw->getSubExpr())
        Gap.Thrown = Throw->getSubExpr()->getType();
      return true;
    }
    if (Assume.Starts) {
      const Effect *Row = Idx.lexicon().effect(E);
      const Use *U = Idx.useAt(E);
      if ((Row && Row->Does == Verb::Start) || (U && U->Does == Verb::Start))
        return true;
    }
    // What the model describes is not judged by its insides.
    if (Idx.lexicon().effect(E))
      return false;
    const FunctionDecl *Callee = ThrowSearch::callee(E);
    if (!Callee ||
        Ctx.getSourceManager().isInSystemHeader(Callee->getLocation()))
      return false;
    if (ThrowSearch::isNothrow(Callee))
      return false;
    if (!Callee->isDefined())
      return Assume.UnknownCalls;
    const CXXThrowExpr *Throw = Throws.find(Callee);
    if (!Throw)
      return false;
    Gap.ThrowLoc = Throw->getBeginLoc();
    if (Throw->getSubExpr())
      Gap.Thrown = Throw->getSubExpr()->getType();
    return true;
  }

  /// A handler between the variable and the call keeps the variable alive.
  bool handled(const FunctionDecl *FD, const ValueDecl *Var, const Expr *E) {
    return handledIn(FD->getBody(), Var, E);
  }

  /// A handler around \p E in the same function takes what it throws, as far
  /// as its type is known.
  bool tried(const Stmt *S, const Expr *E, const ThrowGap &Gap) {
    if (!S || isa<LambdaExpr>(S))
      return false;
    if (const auto *Try = dyn_cast<CXXTryStmt>(S);
        Try && contains(Try->getTryBlock(), E->getBeginLoc()))
      for (unsigned I = 0; I != Try->getNumHandlers(); ++I) {
        QualType Caught = Try->getHandler(I)->getCaughtType();
        if (Caught.isNull() || mayCatch(Caught, Gap.Thrown))
          return true;
      }
    return llvm::any_of(
        S->children(), [&](const Stmt *Child) { return tried(Child, E, Gap); });
  }

  bool mayCatch(QualType Caught, QualType Thrown) const {
    if (Thrown.isNull())
      return true;
    Caught = Caught.getNonReferenceType();
    const CXXRecordDecl *Base = Caught->getAsCXXRecordDecl();
    const CXXRecordDecl *RD = Thrown->getAsCXXRecordDecl();
    if (Base && RD && RD->hasDefinition())
      return Base->getCanonicalDecl() == RD->getCanonicalDecl() ||
             RD->isDerivedFrom(Base);
    return Ctx.hasSameUnqualifiedType(Caught, Thrown);
  }

  bool contains(const Stmt *S, SourceLocation Loc) const {
    const SourceManager &SM = Ctx.getSourceManager();
    SourceRange R = S->getSourceRange();
    SourceLocation L = SM.getExpansionLoc(Loc);
    return !SM.isBeforeInTranslationUnit(L, SM.getExpansionLoc(R.getBegin())) &&
           !SM.isBeforeInTranslationUnit(SM.getExpansionLoc(R.getEnd()), L);
  }

  bool handledIn(const Stmt *S, const ValueDecl *Var, const Expr *E) {
    if (!S || isa<LambdaExpr>(S))
      return false;
    if (const auto *Try = dyn_cast<CXXTryStmt>(S))
      if (contains(Try->getTryBlock(), E->getBeginLoc()) &&
          !contains(Try->getTryBlock(), Var->getLocation())) {
        // A handler that leaves without a release doesn't help.
        bool Helps = true;
        for (unsigned I = 0; I != Try->getNumHandlers(); ++I) {
          const Stmt *Handler = Try->getHandler(I)->getHandlerBlock();
          Helps &= releasedIn(Handler, Var) || !leavesFunction(Handler);
        }
        if (Helps)
          return true;
      }
    for (const Stmt *Child : S->children())
      if (handledIn(Child, Var, E))
        return true;
    return false;
  }

  /// A call of a method that may release the member, as `close()`.
  bool releasesWithin(const Stmt *S, const ValueDecl *Var) const {
    const auto *Call = dyn_cast<CallExpr>(S);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    if (!Callee || !isa<FieldDecl>(Var))
      return false;
    auto Reached = Idx.reachable(Callee);
    return llvm::any_of(Idx.allUses(Var), [&](const Use &U) {
      return U.In && releases(U.Does) && Reached.contains(U.In);
    });
  }

  bool anyReleasesWithin(const Stmt *S, const ValueDecl *Var) const {
    return S && !isa<LambdaExpr>(S) &&
           (releasesWithin(S, Var) ||
            llvm::any_of(S->children(), [&](const Stmt *Child) {
              return anyReleasesWithin(Child, Var);
            }));
  }

  bool releasedIn(const Stmt *S, const ValueDecl *Var) const {
    for (const Use &U : Idx.allUses(Var))
      if (U.At && releases(U.Does) && contains(S, U.At->getBeginLoc()))
        return true;
    return anyReleasesWithin(S, Var);
  }

  static bool leavesFunction(const Stmt *S) {
    if (!S || isa<LambdaExpr>(S))
      return false;
    if (isa<ReturnStmt, CXXThrowExpr>(S))
      return true;
    for (const Stmt *Child : S->children())
      if (leavesFunction(Child))
        return true;
    return false;
  }

  const Index &Idx;
  FlowGraphs &Graphs;
  ASTContext &Ctx;
  ThrowAssumptions Assume;
  ThrowSearch Throws;
};

} // namespace

std::vector<ThrowGap> throwGaps(const Index &Idx, FlowGraphs &Graphs,
                                ThrowAssumptions Assume) {
  std::vector<ThrowGap> Result;
  if (!Graphs.context().getLangOpts().CXXExceptions)
    return Result;
  GapFinder Finder(Idx, Graphs, Assume);
  for (const auto &[D, S] : Idx.subjects()) {
    if (!S.What || S.What.Pointer || S.What.Owned || S.What.Inner->ByValue)
      continue;
    if (const auto *VD = dyn_cast<VarDecl>(D)) {
      const auto *In = dyn_cast<FunctionDecl>(VD->getDeclContext());
      if (VD->hasLocalStorage() && (S.What.isDirect() || Assume.Starts))
        if (std::optional<ThrowGap> Gap = Finder.find(S, In))
          Result.push_back(*Gap);
      continue;
    }
    llvm::SmallPtrSet<const FunctionDecl *, 4> Constructors;
    for (const Use &U : S.Uses)
      if (U.Does == Verb::Start && isa_and_nonnull<CXXConstructorDecl>(U.In) &&
          Constructors.insert(U.In).second)
        if (std::optional<ThrowGap> Gap =
                Finder.find(S, U.In->getDefinition())) {
          Result.push_back(*Gap);
          break;
        }
  }
  return Result;
}

} // namespace leak
