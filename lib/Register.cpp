//===--- Register.cpp - the module for clang-tidy and the analyzer --------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Makes every registered check a clang-tidy check and an analyzer checker.
/// All checks of one unit share one `Session`: one index, one run of the path
/// engine.
///
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "Compat.h"
#include "Statements.h"
#include "clang-tidy/ClangTidyCheck.h"
#include "clang-tidy/ClangTidyModule.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "clang/StaticAnalyzer/Frontend/CheckerRegistry.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"
#include <mutex>

using namespace clang;
using namespace clang::tidy;

namespace leak {

namespace {

/// Where checks ask for the parents of a statement, that is in the unit's own
/// code. A map of everything that the unit includes would cost more than all
/// checks.
class OwnParents {
public:
  explicit OwnParents(ASTContext &Ctx)
      : Ctx(Ctx), Before(Ctx.getTraversalScope()) {
    std::vector<Decl *> Own;
    forEachOwnDecl(Ctx, [&](Decl *D) { Own.push_back(D); });
    Ctx.setTraversalScope(Own);
  }
  ~OwnParents() { Ctx.setTraversalScope(Before); }
  OwnParents(const OwnParents &) = delete;
  OwnParents &operator=(const OwnParents &) = delete;

private:
  ASTContext &Ctx;
  std::vector<Decl *> Before;
};

/// What the enabled checks of one unit share.
class Session {
public:
  explicit Session(ClangTidyContext *Context) : Context(Context) {
    readOptions();
  }

  void add(std::unique_ptr<Check> C) { Checks.push_back(std::move(C)); }

  void setPreprocessor(Preprocessor *P) { PP = P; }
  void setEditor(bool Editor) { InEditor = Editor; }

  /// The unit's AST, as soon as a matcher has seen it.
  void setContext(ASTContext &Ctx) { AST = &Ctx; }

  /// Analyses the unit once, whichever check asks first.
  void run() {
    if (Done || !AST)
      return;
    Done = true;
    llvm::SmallVector<Kind, 8> Kinds;
    for (const auto &C : Checks)
      for (Kind K : C->kinds())
        if (!llvm::is_contained(Kinds, K))
          Kinds.push_back(K);
    OwnParents Parents(*AST);
    Unit U(*AST, Opts, loadModels(*AST, Opts.Models, ModelErrors), Kinds);
    for (const auto &C : Checks)
      C->analyzeFunctions(U);
    if (U.index()) {
      llvm::SmallVector<Check *, 8> All;
      for (const auto &C : Checks) {
        C->analyze(U);
        All.push_back(C.get());
      }
      runPathEngine(
          U, std::shared_ptr<Preprocessor>(std::shared_ptr<void>(), PP), All);
      for (Check *C : All)
        C->finish(U);
    }
    emit(U);
  }

private:
  std::optional<std::string> option(llvm::StringRef Name) const {
    const ClangTidyOptions::OptionMap &Map = Context->getOptions().CheckOptions;
    auto It = Map.find(Name);
    if (It == Map.end())
      return std::nullopt;
    return It->second.Value;
  }

  void readOptions() {
    if (std::optional<std::string> Files = option("leak-tidy.Models")) {
      llvm::SmallVector<llvm::StringRef, 4> Parts;
      llvm::StringRef(*Files).split(Parts, ';', -1, /*KeepEmpty=*/false);
      for (llvm::StringRef Part : Parts)
        Opts.Models.push_back(Part.trim().str());
    }
    auto Flag = [&](llvm::StringRef Name, bool &Value) {
      std::optional<std::string> Text = option(Name);
      if (!Text)
        return;
      if (*Text == "true" || *Text == "1")
        Value = true;
      else if (*Text == "false" || *Text == "0")
        Value = false;
      else
        OptionErrors.push_back("the option '" + Name.str() +
                               "' wants true or false, not '" + *Text + "'");
    };
    Flag("leak-tidy.ReportBudget", Opts.ReportBudget);
    if (std::optional<std::string> Text = option("leak-tidy.PathBudget"))
      if (llvm::StringRef(*Text).getAsInteger(10, Opts.PathBudget) ||
          Opts.PathBudget == 0)
        OptionErrors.push_back("the option 'leak-tidy.PathBudget' wants a "
                               "number of states above 0, not '" +
                               *Text + "'");
    for (const auto &Entry : Context->getOptions().CheckOptions)
      if (Entry.getKey().starts_with("leak-tidy.") &&
          Entry.getKey() != "leak-tidy.Models" &&
          Entry.getKey() != "leak-tidy.ReportBudget" &&
          Entry.getKey() != "leak-tidy.PathBudget")
        OptionErrors.push_back(
            "unknown option '" + Entry.getKey().str() +
            "'; there are leak-tidy.Models, leak-tidy.ReportBudget and "
            "leak-tidy.PathBudget");
    Opts.Get = [this](llvm::StringRef Name) {
      return option(("leak-" + Name).str());
    };
  }

  /// Options of the enabled checks: a typo would otherwise change nothing and
  /// say nothing.
  void verifyCheckOptions() {
    for (const auto &Entry : Context->getOptions().CheckOptions) {
      auto [Owner, Name] = Entry.getKey().split('.');
      for (const auto &C : Checks) {
        if (C->name() != Owner)
          continue;
        llvm::StringRef Value = Entry.getValue().Value;
        unsigned Number = 0;
        if (llvm::is_contained(C->numbers(), Name)) {
          if (Value.getAsInteger(10, Number) || !Number)
            OptionErrors.push_back("the option '" + Entry.getKey().str() +
                                   "' wants a number above 0, not '" +
                                   Value.str() + "'");
        } else if (!llvm::is_contained(C->options(), Name))
          OptionErrors.push_back("unknown option '" + Entry.getKey().str() +
                                 "'; " + C->name().str() + " has " +
                                 llvm::join(llvm::concat<const llvm::StringRef>(
                                                C->options(), C->numbers()),
                                            ", "));
        else if (Value != "true" && Value != "false" && Value != "1" &&
                 Value != "0")
          OptionErrors.push_back("the option '" + Entry.getKey().str() +
                                 "' wants true or false, not '" + Value.str() +
                                 "'");
      }
    }
    llvm::sort(OptionErrors);
  }

  void emit(Unit &U) {
    verifyCheckOptions();
    for (const std::string &Error : ModelErrors)
      Context->configurationDiag("%0", DiagnosticIDs::Error) << Error;
    for (const std::string &Error : OptionErrors)
      Context->configurationDiag("%0", DiagnosticIDs::Error) << Error;
    for (const Lexicon::BadAnnotation &Bad : U.lexicon().badAnnotations())
      Context->diag("leak-tidy", Bad.Loc, "%0", DiagnosticIDs::Error)
          << Bad.Message;
    std::vector<Finding> Findings = U.takeFindings();
    tidyUp(Findings, AST->getSourceManager());
    for (const Finding &F : Findings) {
      {
        DiagnosticBuilder D =
            Context->diag(F.Check, F.Loc, "%0", DiagnosticIDs::Warning);
        D << F.Message;
        for (const FixItHint &Fix : F.FixIts)
          D << Fix;
      }
      for (const Note &N : F.Notes)
        Context->diag(F.Check, N.Loc, "%0", DiagnosticIDs::Note) << N.Message;
    }
    for (const Unit::Omission &O : U.Omissions)
      omitted(O);
  }

  void omitted(const Unit::Omission &O) {
    if (O.Loc.isInvalid()) {
      // In an editor, code that doesn't compile is the normal state.
      if (InEditor)
        return;
      const SourceManager &SM = AST->getSourceManager();
      OptionalFileEntryRef Main = SM.getFileEntryRefForID(SM.getMainFileID());
      llvm::errs() << "leak-tidy: " << (Main ? Main->getName() : "this unit")
                   << ": " << O.Message << "\n";
    } else if (Opts.ReportBudget) {
      Context->diag("leak-tidy", O.Loc, "%0", DiagnosticIDs::Warning)
          << O.Message;
    }
  }

  ClangTidyContext *Context;
  Options Opts;
  std::vector<std::string> ModelErrors, OptionErrors;
  std::vector<std::unique_ptr<Check>> Checks;
  Preprocessor *PP = nullptr;
  ASTContext *AST = nullptr;
  bool InEditor = false;
  bool Done = false;
};

/// The session of the unit that \p Context is at. clang-tidy makes all checks
/// of a unit before it parses, and drops them all after it; clangd works on
/// several units at a time, each with a context of its own.
std::shared_ptr<Session> sessionFor(ClangTidyContext *Context) {
  static std::mutex Mutex;
  static std::map<ClangTidyContext *, std::weak_ptr<Session>> Sessions;
  std::lock_guard<std::mutex> Lock(Mutex);
  std::weak_ptr<Session> &Slot = Sessions[Context];
  std::shared_ptr<Session> S = Slot.lock();
  if (!S) {
    S = std::make_shared<Session>(Context);
    Slot = S;
    for (auto It = Sessions.begin(); It != Sessions.end();)
      It = It->second.expired() ? Sessions.erase(It) : std::next(It);
  }
  return S;
}

/// One registered check as clang-tidy sees it.
class TidyCheck : public ClangTidyCheck {
public:
  TidyCheck(llvm::StringRef Name, ClangTidyContext *Context,
            std::unique_ptr<Check> C)
      : ClangTidyCheck(Name, Context), Shared(sessionFor(Context)) {
    Shared->add(std::move(C));
    Shared->setEditor(areDiagsSelfContained());
  }

  void registerPPCallbacks(const SourceManager &, Preprocessor *PP,
                           Preprocessor *) override {
    Shared->setPreprocessor(PP);
  }

  void registerMatchers(ast_matchers::MatchFinder *Finder) override {
    using namespace ast_matchers;
    Finder->addMatcher(translationUnitDecl().bind("unit"), this);
    // clangd visits the declarations of the main file only.
    if (areDiagsSelfContained())
      Finder->addMatcher(functionDecl(isDefinition()).bind("unit"), this);
  }

  void check(const ast_matchers::MatchFinder::MatchResult &Result) override {
    Shared->setContext(*Result.Context);
  }

  void onEndOfTranslationUnit() override { Shared->run(); }

private:
  std::shared_ptr<Session> Shared;
};

class LeakModule : public ClangTidyModule {
public:
  void addCheckFactories(ClangTidyCheckFactories &Factories) override {
    for (const CheckEntry &E : checkRegistry())
      Factories.registerCheckFactory(
          E.Name,
          [Make = E.Make](llvm::StringRef Name, ClangTidyContext *Context) {
            return std::make_unique<TidyCheck>(Name, Context, Make());
          });
  }
};

} // namespace

static ClangTidyModuleRegistry::Add<LeakModule> X("leak-module",
                                                  "Finds concurrency leaks.");

} // namespace leak

// The analyzer's plugin interface, with the names that it looks for.
// NOLINTBEGIN(readability-identifier-naming)
extern "C" __attribute__((visibility("default")))
const char clang_analyzerAPIVersionString[] = CLANG_ANALYZER_API_VERSION_STRING;

extern "C" __attribute__((visibility("default"))) void
clang_registerCheckers(ento::CheckerRegistry &Registry) {
  leak::registerAnalyzerCheckers(Registry);
}
// NOLINTEND(readability-identifier-naming)
