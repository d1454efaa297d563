//===--- PathTracker.h - insides of the path engine -------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The checker behind Path.h. Checks don't include this.
///
/// Its state, for each object:
///
///        start, insert            join, detach
///   (unknown) ------------> Live --------------> Done
///       ^                    |  ^                  |
///       | escape             |  | start            | join: ReleasedTwice,
///       |                    |  |                  | or NeverStarted
///       +--------------------+  +------ Empty <----+ destructor
///                            |            ^
///                            +--- move ---+
///
/// The end of a Live object is a defect. What is not in the map is unknown,
/// and unknown is silence. Objects are keyed by
///  - their memory region, when the variable is the handle (std::thread);
///  - their symbol, when the value is (pthread_t);
///  - the region of the container or array, when there are many of them and
///    they are named by computed subscripts: one state for all ("group").
///
/// Path.cpp has the transitions and the reports, PathCalls.cpp what calls do,
/// PathEnds.cpp how objects end and escape, PathRunner.cpp the host inside
/// clang-tidy.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_PATHTRACKER_H
#define LEAK_TIDY_PATHTRACKER_H

#include "Check.h"
#include "Compat.h"
#include "Path.h"
#include "clang/StaticAnalyzer/Core/BugReporter/BugType.h"
#include "clang/StaticAnalyzer/Core/Checker.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/CallEvent.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/CheckerContext.h"
#include <map>
#include <vector>

namespace leak {

// The names of the analyzer's interface are used throughout.
using namespace clang;
using namespace clang::ento;

/// While it lives, the checkers of this thread look at \p U instead of making
/// a unit of their own.
class CurrentUnitScope {
public:
  explicit CurrentUnitScope(Unit &U);
  ~CurrentUnitScope();
};

/// The places where the objects born at one place got away. The analyzer shows
/// one path for each defect; the other exits become notes and fix-its.
struct Escapes {
  const ValueDecl *Variable = nullptr; ///< Local, or null.
  const FunctionDecl *In = nullptr;
  bool AtScopeEnd = true; ///< All of them are ends of scopes.
  std::vector<SourceLocation> At;
};
using ExitMap = std::map<std::pair<unsigned, std::string>, Escapes>;

/// The exits that were seen since the last call, by raw birth location and
/// check sentence.
ExitMap takeExits();

/// Where one object was started; interned, so that states can compare it.
struct Birth {
  SourceLocation Loc;
  const StackFrameContext *Frame = nullptr;
  const TypeModel *Model = nullptr;
  /// False for an object that came from elsewhere: this is where it was first
  /// met, and reports about it stand where it gets away.
  bool Seen = true;
};

enum class Phase : unsigned char { Empty, Live, Done };

struct Life {
  Phase Now = Phase::Empty;
  const Birth *Born = nullptr;
  const TypeModel *Model = nullptr;
  Verb Last = Verb::Init; ///< What made it Done.
  bool Many = false;

  bool operator==(const Life &O) const {
    return Now == O.Now && Born == O.Born && Model == O.Model &&
           Last == O.Last && Many == O.Many;
  }
  // NOLINTNEXTLINE(readability-identifier-naming): the name that maps call
  void Profile(llvm::FoldingSetNodeID &ID) const {
    ID.AddInteger(static_cast<unsigned>(Now));
    ID.AddPointer(Born);
    ID.AddPointer(Model);
    ID.AddInteger(static_cast<unsigned>(Last));
    ID.AddBoolean(Many);
  }
};

/// An end that took place inside library code; told when the path is back in
/// the user's.
struct Pending {
  const Birth *Born;
  const TypeModel *Model;
  End How;
  bool Many;
  const MemRegion *Region;
  Verb First = Verb::Join;
  Verb Second = Verb::Join;
  SourceLocation At;

  bool operator==(const Pending &O) const {
    return Born == O.Born && Model == O.Model && How == O.How &&
           Many == O.Many && Region == O.Region && First == O.First &&
           Second == O.Second && At == O.At;
  }
  // NOLINTNEXTLINE(readability-identifier-naming): the name that maps call
  void Profile(llvm::FoldingSetNodeID &ID) const {
    ID.AddPointer(Born);
    ID.AddPointer(Model);
    ID.AddInteger(static_cast<unsigned>(How));
    ID.AddBoolean(Many);
    ID.AddPointer(Region);
    ID.AddInteger(At.getRawEncoding());
  }
};

//===----------------------------------------------------------------------===//
// The program state
//===----------------------------------------------------------------------===//

/// \{ Parts of the program state. The macros of the analyzer make them private
/// to one file; these belong to several.
struct Objects {};        ///< The lives of objects that are regions.
struct Values {};         ///< The lives of objects that are values.
struct ElementOf {};      ///< The container that a place leads into.
struct KnownElsewhere {}; ///< Memory that others have a pointer to.
struct BornDetached {};   ///< Attributes whose effect is known.
struct PendingEnds {};    ///< Ends to tell in the user's code.
/// \}

} // namespace leak

namespace clang::ento {

#define LEAK_STATE(Name, ...)                                                  \
  template <>                                                                  \
  struct ProgramStateTrait<leak::Name>                                         \
      : ProgramStatePartialTrait<__VA_ARGS__> {                                \
    static void *GDMIndex() {                                                  \
      static int Index;                                                        \
      return &Index;                                                           \
    }                                                                          \
  };
LEAK_STATE(Objects, llvm::ImmutableMap<const MemRegion *, leak::Life>)
LEAK_STATE(Values, llvm::ImmutableMap<SymbolRef, leak::Life>)
LEAK_STATE(ElementOf, llvm::ImmutableMap<SymbolRef, const MemRegion *>)
LEAK_STATE(KnownElsewhere, llvm::ImmutableSet<SymbolRef>)
LEAK_STATE(BornDetached, llvm::ImmutableMap<const MemRegion *, bool>)
LEAK_STATE(PendingEnds, llvm::ImmutableList<leak::Pending>)
#undef LEAK_STATE

} // namespace clang::ento

namespace leak {

/// How a person calls the variable: 'pool', 'a[1]', 'w.thread'; not the
/// insides of the library types that hold it. Empty when it has no name.
std::string nameOf(const MemRegion *R);

/// The region without casts between a class and its bases, and without the
/// element that a cast of a pointer makes. Not StripCasts(), which would take
/// the first element of an array for the array.
const MemRegion *regionOf(SVal V);

/// The number of arguments that are written down.
unsigned explicitArguments(const CallEvent &Call);

/// The receiver's static type, as written: libraries put methods into bases.
const CXXRecordDecl *receiver(const CallEvent &Call,
                              const CXXMethodDecl *Method);

/// The checker. Its hidden name in the analyzer is `leak.Engine`.
class PathTracker
    : public Checker<eval::Call, check::BeginFunction, check::PreCall,
                     check::PostCall, check::DeadSymbols, check::PointerEscape,
                     check::ConstPointerEscape, check::RegionChanges,
                     check::BranchCondition, check::EndFunction,
                     check::PostStmt<DeclStmt>, check::EndOfTranslationUnit> {
public:
  void add(CheckerNameRef Name, std::unique_ptr<Check> C) {
    if (const PathRule *Rule = C->pathRule())
      Rules.push_back({Rule, std::make_unique<BugType>(Name, "Concurrency leak",
                                                       "Concurrency")});
    Checks.push_back({Name, std::move(C)});
  }

  bool evalCall(const CallEvent &Call, CheckerContext &C) const;
  void checkBeginFunction(CheckerContext &C) const;
  void checkPreCall(const CallEvent &Call, CheckerContext &C) const;
  void checkPostCall(const CallEvent &Call, CheckerContext &C) const;
  void checkDeadSymbols(SymbolReaper &SR, CheckerContext &C) const;
  ProgramStateRef checkPointerEscape(ProgramStateRef State,
                                     const InvalidatedSymbols &Escaped,
                                     const CallEvent *Call,
                                     PointerEscapeKind Kind) const;
  ProgramStateRef checkConstPointerEscape(ProgramStateRef State,
                                          const InvalidatedSymbols &Escaped,
                                          const CallEvent *Call,
                                          PointerEscapeKind Kind) const;
  ProgramStateRef checkRegionChanges(ProgramStateRef State,
                                     const InvalidatedSymbols *Invalidated,
                                     ArrayRef<const MemRegion *> Explicit,
                                     ArrayRef<const MemRegion *> Regions,
                                     const LocationContext *LCtx,
                                     const CallEvent *Call) const;
  void checkBranchCondition(const Stmt *Cond, CheckerContext &C) const;
  void checkEndFunction(const ReturnStmt *RS, CheckerContext &C) const;
  void checkPostStmt(const DeclStmt *DS, CheckerContext &C) const;
  void checkEndOfTranslationUnit(const TranslationUnitDecl *TU,
                                 AnalysisManager &AM, BugReporter &BR) const;

private:
  friend void enableInAnalyzer(CheckerManager &M, std::unique_ptr<Check> C);

  const Unit &unit(ASTContext &Ctx) const;
  const Lexicon &words(CheckerContext &C) const {
    return unit(C.getASTContext()).lexicon();
  }

  const PathRule *ruleFor(const TypeModel *M) const {
    for (const RuleEntry &R : Rules)
      if (M && R.Rule->kind() == M->What)
        return R.Rule;
    return nullptr;
  }
  const BugType *bugType(const TypeModel *M) const {
    for (const RuleEntry &R : Rules)
      if (M && R.Rule->kind() == M->What)
        return R.Bug.get();
    return nullptr;
  }
  bool owes(const TypeModel *M) const {
    const PathRule *R = ruleFor(M);
    return R && R->owes(*M);
  }

  //===--- Births ---------------------------------------------------------===//
  const Birth *birth(const CallEvent &Call, const TypeModel *M,
                     CheckerContext &C, bool Seen = true) const;
  const Birth *birth(SourceLocation Loc, const StackFrameContext *Frame,
                     const TypeModel *M, bool Seen = true) const;
  Life live(const Birth *B, const TypeModel *M, bool Many = false) const {
    return {Phase::Live, B, M, Verb::Start, Many};
  }

  //===--- Transitions ----------------------------------------------------===//
  void step(ProgramStateRef State, const Birth *B, Verb V, const MemRegion *R,
            CheckerContext &C) const;
  ProgramStateRef transfer(ProgramStateRef State, const MemRegion *From,
                           const MemRegion *To) const;
  ProgramStateRef release(ProgramStateRef State, const MemRegion *R,
                          Verb V) const;
  ProgramStateRef ended(ProgramStateRef State, const Life &L, End How,
                        const MemRegion *R, CheckerContext &C) const;
  void tell(ProgramStateRef State, CheckerContext &C) const;
  bool escapesUnseen(const MemRegion *R, CheckerContext &C) const;
  const NoteTag *noteTag(const Birth *B, std::string Text,
                         CheckerContext &C) const;
  bool releasesPart(const Expr *Call, const MemRegion *Group,
                    ProgramStateRef State, CheckerContext &C) const;
  ExplodedNode *report(const Pending &P, ProgramStateRef State,
                       ExplodedNode *Pred, CheckerContext &C) const;
  void releaseOne(ProgramStateRef State, const CallEvent &Call, const Life *L,
                  Verb V, const TypeModel *M, const MemRegion *R,
                  CheckerContext &C) const;
  ProgramStateRef exchange(ProgramStateRef State, const MemRegion *A,
                           const MemRegion *B) const;
  bool inLibrary(CheckerContext &C) const;

  //===--- Kinds of calls -------------------------------------------------===//
  bool evalHandle(const CallEvent &Call, const Effect *Row, const TypeModel *M,
                  const MemRegion *R, CheckerContext &C) const;
  bool evalContainer(const CallEvent &Call, const Effect *Row,
                     const MemRegion *R, const TypeModel *Inner,
                     CheckerContext &C) const;
  bool evalFunction(const CallEvent &Call, const Effect &Row,
                    CheckerContext &C) const;
  bool evalUnconcerned(const CallEvent &Call, const FunctionDecl *FD,
                       const Index &Idx, CheckerContext &C) const;
  bool evalTalk(const CallEvent &Call, const Effect *Row,
                CheckerContext &C) const;
  bool worthInlining(const FunctionDecl *FD, const Index &Idx) const;
  bool evalStartInto(const CallEvent &Call, const Effect &Row,
                     CheckerContext &C) const;
  void split(ProgramStateRef Bound, DefinedOrUnknownSVal Result,
             const Effect &Row, ProgramStateRef Ok, ProgramStateRef Failed,
             const Birth *B, Verb V, const MemRegion *R,
             CheckerContext &C) const;
  bool looksOnly(const CallEvent *Call) const;
  bool isPrivate(const MemRegion *R) const;
  bool isReleasedSomewhere(const MemRegion *R) const;
  bool tracksGroup(const MemRegion *R, CheckerContext &C) const;

  //===--- Regions --------------------------------------------------------===//
  const MemRegion *group(const MemRegion *R, const Expr *E,
                         ProgramStateRef State, CheckerContext &C) const;
  static const MemRegion *stripElements(const MemRegion *R);
  static bool computedSubscript(const Expr *E);
  ProgramStateRef bindReturn(ProgramStateRef State, const CallEvent &Call,
                             SVal V, CheckerContext &C) const;
  ProgramStateRef escapeArguments(ProgramStateRef State, const CallEvent &Call,
                                  CheckerContext &C, int Except = -1) const;
  ProgramStateRef giveToExecution(ProgramStateRef State, const CallEvent &Call,
                                  CheckerContext &C, int Except = -1) const;

  struct RuleEntry {
    const PathRule *Rule;
    std::unique_ptr<BugType> Bug;
  };
  std::vector<RuleEntry> Rules;
  std::vector<std::pair<CheckerNameRef, std::unique_ptr<Check>>> Checks;
  mutable std::vector<std::unique_ptr<Birth>> Births;
  mutable std::map<std::pair<unsigned, const StackFrameContext *>,
                   const Birth *>
      BirthAt;
  mutable llvm::DenseMap<const ValueDecl *, bool> GroupCache;
  mutable llvm::DenseMap<const FunctionDecl *, bool> InlineCache;
  mutable std::vector<std::unique_ptr<BugType>> UnitBugs;
  mutable std::unique_ptr<Unit> OwnUnit;
};

} // namespace leak

#endif // LEAK_TIDY_PATHTRACKER_H
