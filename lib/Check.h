//===--- Check.h - what a check is ------------------------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The interface of checks, the unit they look at, and their registry. A check
/// derives from `Check`, and registers itself with one object:
///
///     static RegisterCheck<UnjoinedThread> X("unjoined-thread");
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_CHECK_H
#define LEAK_TIDY_CHECK_H

#include "ChannelUses.h"
#include "ClassFacts.h"
#include "Flow.h"
#include "Functions.h"
#include "Index.h"
#include "Joins.h"
#include "Monitors.h"
#include "Path.h"
#include "Report.h"
#include "Roles.h"
#include "Spawns.h"
#include "llvm/ADT/StringExtras.h"
#include <functional>
#include <memory>

namespace leak {

/// What the user set; the same in every host.
struct Options {
  /// `leak-tidy.Models`: paths of further model files, separated by ';'.
  std::vector<std::string> Models;
  /// `leak-tidy.ReportBudget`: say which functions were not analysed to the
  /// end, and why.
  bool ReportBudget = false;
  /// `leak-tidy.PathBudget`: exploded nodes per function, about 0.02 ms each.
  unsigned PathBudget = 10000;
  /// An option of one check: "unjoined-thread.WarnOnX" -> value.
  std::function<std::optional<std::string>(llvm::StringRef)> Get;

  bool flag(llvm::StringRef Name, bool Default) const;
  unsigned number(llvm::StringRef Name, unsigned Default) const;
};

/// The models that \p Ctx, parsed to its end, may need, and the user's \p
/// Files.
std::shared_ptr<const ModelSet> loadModels(const clang::ASTContext &Ctx,
                                           llvm::ArrayRef<std::string> Files,
                                           std::vector<std::string> &Errors);

/// One translation unit as the checks see it; made once for all of them.
class Unit {
public:
  Unit(clang::ASTContext &Ctx, Options Opts,
       std::shared_ptr<const ModelSet> Models, llvm::ArrayRef<Kind> Kinds);
  ~Unit();

  clang::ASTContext &context() const { return Ctx; }
  const Options &options() const { return Opts; }
  const Lexicon &lexicon() const { return Words; }
  /// Null when the unit declares nothing that is modelled.
  const Index *index() const { return Idx.get(); }

  /// Shared by all that look at control flow.
  FlowGraphs &graphs() { return Graphs; }

  /// The functions of the unit; made when it is asked for.
  const FunctionTable &functions();

  /// Some function calls something whose name says that it waits: the cheap
  /// question before the next one.
  bool anyWait();

  /// Who waits for what, and who wakes; made when it is asked for.
  const Monitors &monitors();

  /// The joins that may never return; made when it is asked for.
  const std::vector<StuckJoin> &stuckJoins();

  /// The threads that are started; made when it is asked for.
  const std::vector<Spawn> &threads();

  /// The project's own channels, counters, permits and signals; made when it is
  /// asked for.
  const std::vector<InferredRole> &protocols();

  /// The models, with these added.
  const Lexicon &projectWords();

  /// The channels of the unit; null when it declares none. Made when it is
  /// asked for.
  const ChannelUses *channels();

  /// What the classes do to their members, those included that hold other
  /// classes of the project with a role; worked out once.
  const std::vector<MemberFact> &memberFacts() const;

  /// Classes of the project that are handles by what they do.
  const std::vector<InferredRole> &roles() const;

  /// The index in which these classes are modelled as well. The path engine
  /// doesn't use it: it looks into their methods.
  const Index *wideIndex() const;

  /// Adds a finding at a place in this unit's own code.
  void report(Finding F);
  std::vector<Finding> takeFindings();
  /// True when something was found somewhere in \p Range.
  bool hasFindingIn(clang::SourceRange Range) const;
  /// Takes back what \p Unwanted says of the findings so far.
  void takeBack(llvm::function_ref<bool(const Finding &)> Unwanted) {
    llvm::erase_if(Findings, Unwanted);
  }

  /// Something that was not analysed to the end.
  struct Omission {
    clang::SourceLocation Loc;
    std::string Message;
  };
  std::vector<Omission> Omissions;
  /// Fields about which a class-wide finding was made: the path engine doesn't
  /// repeat it for each object of the class. Also the local variables of which
  /// the path engine found that they, or parts of them, get away.
  mutable llvm::SmallPtrSet<const clang::ValueDecl *, 4> Told;

private:
  clang::ASTContext &Ctx;
  Options Opts;
  Lexicon Words;
  std::unique_ptr<Index> Idx;
  std::unique_ptr<FunctionTable> Table;
  std::unique_ptr<Monitors> Waiting;
  std::optional<std::vector<StuckJoin>> Stuck;
  std::optional<std::vector<Spawn>> Threads;
  std::optional<bool> Waits;
  std::optional<std::vector<InferredRole>> Protocols;
  std::unique_ptr<Lexicon> ProjectWords; ///< With these; null: there are none.
  std::optional<std::unique_ptr<ChannelUses>> Channels;
  void inferRoles() const;

  llvm::SmallVector<Kind, 8> Kinds;
  FlowGraphs Graphs;
  mutable std::optional<std::vector<MemberFact>> Members;
  mutable std::vector<InferredRole> Roles;
  mutable std::unique_ptr<Lexicon> WideWords;
  mutable std::unique_ptr<Index> Wide;
  std::vector<Finding> Findings;
};

class Check {
public:
  virtual ~Check();

  /// "leak-unjoined-thread"
  llvm::StringRef name() const { return Name; }

  /// The kinds of objects that the check asks about.
  virtual llvm::ArrayRef<Kind> kinds() const = 0;

  /// The names of its options that are true or false.
  virtual llvm::ArrayRef<llvm::StringRef> options() const { return {}; }

  /// The names of those that are numbers above 0.
  virtual llvm::ArrayRef<llvm::StringRef> numbers() const { return {}; }

  /// Looks at facts of the whole unit: classes, globals, control flow. Only
  /// called when the unit declares something of the check's kinds.
  virtual void analyze(Unit &) {}

  /// Looks at the functions of any unit, modelled objects or not; it has to
  /// find out cheaply whether there is anything to do.
  virtual void analyzeFunctions(Unit &) {}

  /// The same, once the path-sensitive engine has told what it found.
  virtual void finish(Unit &) {}

  /// What the path-sensitive engine is to watch, or null.
  virtual const PathRule *pathRule() const { return nullptr; }

protected:
  /// What the check says at \p At.
  Finding finding(clang::SourceLocation At, std::string Message) const;

private:
  template <typename T> friend class RegisterCheck;
  std::string Name;
};

struct CheckEntry {
  std::string Name;        ///< "leak-unjoined-thread", for clang-tidy.
  std::string CheckerName; ///< "leak.UnjoinedThread", for the analyzer.
  std::unique_ptr<Check> (*Make)();
  void (*Enable)(clang::ento::CheckerManager &); ///< For the analyzer.
};

/// All checks that are linked into the program, sorted by name.
std::vector<CheckEntry> &checkRegistry();

/// Switches the path rule of \p C on in the analyzer's own host.
void enableInAnalyzer(clang::ento::CheckerManager &M, std::unique_ptr<Check> C);

template <typename T> class RegisterCheck {
public:
  explicit RegisterCheck(llvm::StringRef Folder) {
    name() = ("leak-" + Folder).str();
    std::string Camel = "leak.";
    bool Upper = true;
    for (char C : Folder) {
      if (C != '-')
        Camel += Upper ? llvm::toUpper(C) : C;
      Upper = C == '-';
    }
    checkRegistry().push_back({name(), Camel, make, enable});
  }

private:
  static std::string &name() {
    static std::string Name;
    return Name;
  }
  static std::unique_ptr<Check> make() {
    auto C = std::make_unique<T>();
    C->Name = name();
    return C;
  }
  static void enable(clang::ento::CheckerManager &M) {
    enableInAnalyzer(M, make());
  }
};

} // namespace leak

#endif // LEAK_TIDY_CHECK_H
