//===--- PathRunner.cpp - the path engine inside clang-tidy ---------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Drives the analyzer's engine over a unit that clang-tidy has parsed. The
/// stock AnalysisConsumer would analyse every function and the standard
/// library's, and changes settings of the live diagnostics engine.
///
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "Compat.h"
#include "FixIts.h"
#include "Flow.h"
#include "Overwrites.h"
#include "PathTracker.h"
#include "clang/Analysis/Analyses/LiveVariables.h"
#include "clang/CrossTU/CrossTranslationUnit.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "clang/StaticAnalyzer/Core/AnalyzerOptions.h"
#include "clang/StaticAnalyzer/Core/CheckerManager.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/ExprEngine.h"
#include "clang/StaticAnalyzer/Frontend/CheckerRegistry.h"

using namespace clang;
using namespace ento;

namespace leak {

namespace {

/// Turns the analyzer's reports into findings of the unit.
class FindingConsumer : public PathDiagnosticConsumer {
public:
  FindingConsumer(Unit &U, const llvm::StringMap<std::string> &CheckNames)
      : U(U), CheckNames(CheckNames) {}

  StringRef getName() const override { return "leak-tidy"; }
  PathGenerationScheme getGenerationScheme() const override { return Minimal; }
  bool supportsLogicalOpControlFlow() const override { return true; }
  bool supportsCrossFileDiagnostics() const override { return true; }

  void FlushDiagnosticsImpl(std::vector<const PathDiagnostic *> &Diags,
                            FilesMade *) override {
    ExitMap Exits = takeExits();
    for (const PathDiagnostic *D : Diags) {
      auto Name = CheckNames.find(D->getCheckerName());
      if (Name == CheckNames.end())
        continue; // core's own reports are the analyzer's business.
      Finding F;
      F.Check = Name->second;
      F.Loc = D->getLocation().asLocation();
      F.Message = D->getVerboseDescription().str();
      addNotes(*D, F, Exits);
      U.report(std::move(F));
    }
  }

private:
  void addNotes(const PathDiagnostic &D, Finding &F, const ExitMap &Exits) {
    const SourceManager &SM = U.context().getSourceManager();
    PathPieces Flat = D.path.flatten(/*ShouldFlattenMacros=*/true);
    // The last piece is the warning itself.
    if (!Flat.empty())
      Flat.pop_back();
    SourceLocation Last;
    bool Born = false;
    for (const auto &Piece : Flat) {
      // That there is an object says which branches came before it.
      Born |= isBirth(*Piece);
      if (!Born && isBranch(*Piece))
        continue;
      SourceLocation Loc = Piece->getLocation().asLocation();
      if (Loc.isInvalid() || SM.isInSystemHeader(SM.getExpansionLoc(Loc)))
        continue;
      std::string Message = Piece->getString().str();
      if (Message.empty())
        continue;
      // Loops tell the same thing once a turn.
      if (llvm::any_of(F.Notes, [&](const Note &N) {
            return N.Loc == Loc && N.Message == Message;
          }))
        continue;
      F.Notes.push_back({Loc, std::move(Message)});
      Last = Loc;
    }
    auto It = Exits.find({F.Loc.getRawEncoding(), F.Message});
    if (It == Exits.end())
      return;
    const Escapes &Ways = It->second;
    F.OnlyThroughMacros =
        !Ways.At.empty() && llvm::all_of(Ways.At, [&](SourceLocation Loc) {
          return Loc.isMacroID() && SM.isMacroBodyExpansion(Loc);
        });
    llvm::SmallVector<SourceLocation, 8> Others(Ways.At.begin(), Ways.At.end());
    llvm::sort(Others, [&](SourceLocation A, SourceLocation B) {
      return SM.isBeforeInTranslationUnit(A, B);
    });
    SourceLocation Previous = Last;
    for (SourceLocation Loc : Others)
      if (Loc.isValid() && Loc != Last && Loc != Previous) {
        F.Notes.push_back({Loc, "it gets away here too"});
        Previous = Loc;
      }
    mend(F, Ways);
  }

  /// Our own notes are about the object; the engine's are about the way.
  static bool isBranch(const PathDiagnosticPiece &Piece) {
    llvm::StringRef Text = Piece.getString();
    return Piece.getKind() == PathDiagnosticPiece::ControlFlow ||
           (!Text.empty() && llvm::isUpper(Text.front()) &&
            !Text.starts_with("Calling"));
  }
  static bool isBirth(const PathDiagnosticPiece &Piece) {
    llvm::StringRef Text = Piece.getString();
    return !Text.empty() && !llvm::isUpper(Text.front());
  }

  void mend(Finding &F, const Escapes &Ways) {
    const Subject *S = Ways.Variable ? U.index()->find(Ways.Variable) : nullptr;
    if (!S)
      return;
    for (const Use &Release : S->Uses)
      if (StringRef Rest = U.index()->leavesOut(S->Decl, Release);
          releases(Release.Does) && !Rest.empty()) {
        std::string Message = ("the loop leaves out " + Rest + " one").str();
        if (llvm::none_of(F.Notes,
                          [&](const Note &N) { return N.Message == Message; }))
          F.Notes.push_back({Release.At->getBeginLoc(), Message});
      }
    if (!Ways.AtScopeEnd)
      return;
    if (std::optional<FixItHint> Fix = declareAsJoiningType(*U.index(), *S))
      F.FixIts.push_back(*Fix);
    else
      F.FixIts = releaseBeforeExits(*U.index(), *S, Ways.In, Ways.At);
  }

  Unit &U;
  const llvm::StringMap<std::string> &CheckNames;
};

} // namespace

/// The functions in which some object is made that could get away, callers
/// before callees, so that what was inlined isn't analysed once more. This is
/// the gate that the cost of the whole engine depends on.
static std::vector<const FunctionDecl *> candidates(Unit &U) {
  const Index &Idx = *U.index();
  std::vector<const FunctionDecl *> Result;
  if (!Idx.anyStart())
    return Result;
  // Classes that leave the release to whoever makes an object of them, and
  // those in which a second call may overwrite what the first has started.
  // Those that release at destruction, or were told of already, need no paths.
  llvm::SmallPtrSet<const CXXRecordDecl *, 4> Risky;
  for (const MemberFact &F : U.memberFacts())
    if (F.Verdict == MemberVerdict::HoldersDuty ||
        (F.Verdict == MemberVerdict::Fine && mayRestart(*F.In, F)))
      Risky.insert(F.Class->getDefinition());
  auto OwnsRisky = [&](const FunctionFacts &Facts) {
    bool Found = false;
    for (const CXXRecordDecl *Holder : Facts.Holders)
      Idx.forEachInside(Holder, [&](const CXXRecordDecl *RD) {
        Found |= Risky.contains(RD);
      });
    return Found;
  };
  auto CanStart = [&](const FunctionDecl *FD) {
    for (const FunctionDecl *Callee : Idx.reachable(FD))
      if (const FunctionFacts *Facts = Idx.facts(Callee);
          Facts && Facts->Starts)
        return true;
    return false;
  };
  PlainFlow Flow(Idx, U.graphs());
  auto MayLeak = [&](const FunctionFacts &Facts) {
    return llvm::any_of(Facts.Locals, [&](const VarDecl *Var) {
      return Flow.mayLeak(Var, Facts.Decl);
    });
  };
  llvm::SmallPtrSet<const FunctionDecl *, 32> Seen;
  std::function<void(const FunctionDecl *)> Visit =
      [&](const FunctionDecl *FD) {
        if (!Seen.insert(FD).second)
          return;
        const FunctionFacts *Facts = Idx.facts(FD);
        if (!Facts)
          return;
        for (const FunctionDecl *Callee : Facts->Callees)
          Visit(Callee->getCanonicalDecl());
        if (!Facts->Decl || !CanStart(FD))
          return;
        if (Facts->OwnsObject || OwnsRisky(*Facts) || MayLeak(*Facts))
          Result.push_back(Facts->Decl);
      };
  for (const auto &[FD, Facts] : Idx.functions())
    Visit(FD);
  // Post-order has callees first.
  std::reverse(Result.begin(), Result.end());
  return Result;
}

void runPathEngine(Unit &U, const std::shared_ptr<Preprocessor> &PP,
                   llvm::ArrayRef<Check *> Checks) {
  const Index *Idx = U.index();
  if (!Idx || !PP)
    return;
  std::vector<const FunctionDecl *> Work = candidates(U);
  if (Work.empty())
    return;
  ASTContext &Ctx = U.context();
  const SourceManager &SM = Ctx.getSourceManager();
  if (Ctx.getDiagnostics().hasErrorOccurred()) {
    // The engine crashes on classes that are incomplete because of an error.
    U.Omissions.push_back({SourceLocation(),
                           "analysed in part, without the path-sensitive "
                           "findings, because it does not compile"});
    return;
  }

  std::string Config = "suppress-c++-stdlib=false,widen-loops=true,max-nodes=" +
                       std::to_string(U.options().PathBudget);
  std::string Triple = Ctx.getTargetInfo().getTriple().str();
  const char *Args[] = {"-triple", Triple.c_str(), "-analyzer-config",
                        Config.c_str(), "x.cpp"};
  auto Invocation = std::make_shared<CompilerInvocation>();
  llvm::IntrusiveRefCntPtr<DiagnosticsEngine> Silent =
      compat::silentDiagnostics();
  CompilerInvocation::CreateFromArgs(*Invocation, Args, *Silent);
  AnalyzerOptions &Options = Invocation->getAnalyzerOpts();
  // CreateFromArgs fills in every key; this one would make the engine look
  // for bodies of functions in files.
  Options.Config.erase("model-path");
  Options.AnalysisDiagOpt = PD_NONE;
  Options.CheckersAndPackages = {{"core", true},
                                 {"apiModeling", true},
                                 {"cplusplus.SmartPtrModeling", true}};
  llvm::StringMap<std::string> CheckNames;
  for (const CheckEntry &E : checkRegistry())
    for (const Check *C : Checks)
      if (C->name() == E.Name && C->pathRule()) {
        Options.CheckersAndPackages.push_back({E.CheckerName, true});
        CheckNames[E.CheckerName] = E.Name;
      }
  if (CheckNames.empty())
    return;

  CurrentUnitScope Scope(U);
  std::unique_ptr<CompilerInstance> CI =
      compat::makeCompilerInstance(Ctx, Invocation, PP);
  std::function<void(CheckerRegistry &)> Register = registerAnalyzerCheckers;
  CheckerManager Checkers(Ctx, Options, *PP, {}, {Register});
  cross_tu::CrossTranslationUnitContext CTU(*CI);
  std::unique_ptr<AnalysisManager> AM = compat::makeAnalysisManager(
      *CI, Ctx, std::make_unique<FindingConsumer>(U, CheckNames), &Checkers,
      Options);
  FunctionSummariesTy Summaries;
  SetOfConstDecls Inlined;
  for (const FunctionDecl *FD : Work) {
    if (Inlined.count(FD) || SM.isInSystemHeader(FD->getLocation()) ||
        FD->isInvalidDecl())
      continue;
    AM->ClearContexts();
    AnalysisDeclContext *ADC = AM->getAnalysisDeclContext(FD);
    if (!ADC->getCFG() || !ADC->getAnalysis<RelaxedLiveVariables>())
      continue;
    ExprEngine Engine(CTU, *AM, &Inlined, &Summaries,
                      ExprEngine::Inline_Regular);
    Engine.ExecuteWorkList(
        AM->getAnalysisDeclContextManager().getStackFrame(FD),
        Options.MaxNodesPerTopLevelFunction);
    if (!Engine.hasEmptyWorkList())
      U.Omissions.push_back(
          {FD->getLocation(), "not all paths of '" + FD->getNameAsString() +
                                  "' were analysed: the budget of " +
                                  std::to_string(U.options().PathBudget) +
                                  " states is used up"});
    Engine.getBugReporter().FlushReports();
  }
  AM->FlushDiagnostics();
  AM.reset();
  // The instance shares what clang-tidy owns.
  CI->setPreprocessor(nullptr);
}

} // namespace leak
