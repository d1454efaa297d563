//===--- unjoined-thread.cpp - leak-unjoined-thread -----------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A task handle's life ends while it may still own a running execution.
///
/// States of a handle: empty -> (started) live -> (joined, detached, moved)
/// done. A live handle that is destroyed, overwritten or forgotten leaks; so
/// does a member that no method that runs at destruction releases.
///
/// Assumed: what escapes is released by somebody else; an unknown callee
/// doesn't throw; a public method that joins is called by the class's owner.
/// Knowingly missed: see the page.
///
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "ClassFacts.h"
#include "FixIts.h"
#include "Flow.h"
#include "Overwrites.h"

using namespace clang;

namespace leak {
namespace {

/// What the user sees happen.
std::string consequence(const TypeModel &M) {
  switch (M.IfUnreleased) {
  case Unreleased::Terminate:
    return "std::terminate is called";
  case Unreleased::Leak:
    return "its stack and id are never freed";
  case Unreleased::Detach:
    return "its execution goes on by itself";
  default:
    return "";
  }
}

class Rule : public PathRule {
public:
  Kind kind() const override { return Kind::TaskHandle; }

  bool owes(const TypeModel &M) const override {
    return !consequence(M).empty();
  }

  std::string sentence(const EndEvent &E) const override {
    if (E.How == End::ReleasedTwice) {
      std::string What = E.Name.empty() ? "the thread" : E.Name;
      std::string Then = E.Second == Verb::Join ? " is joined after it was "
                                                : " is detached after it was ";
      return What + Then + (E.First == Verb::Join ? "joined" : "detached") +
             (E.Model->IfRejoined == Rejoin::Throws
                  ? "; an exception is thrown"
                  : "; the behavior is undefined");
    }
    if (E.How == End::NeverStarted)
      return (E.Name.empty() ? "the handle" : E.Name) +
             " owns no thread when it is " +
             (E.Second == Verb::Join ? "joined" : "detached") +
             " on this path; an exception is thrown";
    // Handles that let go quietly are for executions that go on by themselves,
    // unless another path waits for this one.
    if (E.Model->IfUnreleased == Unreleased::Detach && !E.ReleasedElsewhere)
      return "";
    std::string What =
        E.Name.empty() ? (E.Many ? "these threads" : "the thread") : E.Name;
    std::string State = E.Many
                            ? (E.Name.empty() ? " are still joinable"
                                              : " still holds joinable threads")
                            : " is still joinable";
    switch (E.How) {
    case End::Destroyed:
      return What + State + " when it goes out of scope on this path; " +
             consequence(*E.Model);
    case End::Overwritten:
      return What + State + " when it is assigned to on this path; " +
             consequence(*E.Model);
    case End::Removed:
      return What + State + " when it is emptied on this path; " +
             consequence(*E.Model);
    case End::Lost:
      return (E.Name.empty() && !E.Many ? "the thread started here" : What) +
             (E.Many ? " holds threads that are" : " is") +
             " neither joined nor detached on this path; " +
             (E.Model->IfUnreleased == Unreleased::Terminate
                  ? "nobody can wait for it any more"
                  : consequence(*E.Model));
    case End::ReleasedTwice:
    case End::NeverStarted:
      break;
    }
    return "";
  }

  std::string endNote(const EndEvent &E) const override {
    std::string What = E.Name.empty() ? "the thread" : E.Name;
    switch (E.How) {
    case End::Destroyed:
      return What + " goes out of scope here";
    case End::Overwritten:
      return What + " is assigned to here";
    case End::Removed:
      return What + " is emptied here";
    case End::Lost:
      return "nobody knows the thread from here on";
    case End::NeverStarted:
      return What +
             (E.Second == Verb::Join ? " is joined here" : " is detached here");
    case End::ReleasedTwice:
      return What + (E.Second == Verb::Join ? " is joined again here"
                                            : " is detached again here");
    }
    return "";
  }

  std::string stepNote(Verb V, llvm::StringRef Name) const override {
    switch (V) {
    case Verb::Start:
      return "thread started here";
    case Verb::Move:
      return Name.empty() ? "the thread is moved here"
                          : ("the thread is moved to " + Name + " here").str();
    case Verb::Insert:
      return ("the thread is put into " +
              (Name.empty() ? "a container" : Name) + " here")
          .str();
    case Verb::Join:
      return "joined here";
    case Verb::Detach:
      return "detached here";
    default:
      return "";
    }
  }
};

class UnjoinedThread : public Check {
public:
  llvm::ArrayRef<Kind> kinds() const override {
    static const Kind Kinds[] = {Kind::TaskHandle};
    return Kinds;
  }

  llvm::ArrayRef<llvm::StringRef> options() const override {
    static const llvm::StringRef Options[] = {
        "AssumeStartsThrow", "AssumeUnknownCallsThrow",
        "RequireReleaseAtDestruction", "WarnOnMacroExits"};
    return Options;
  }

  const PathRule *pathRule() const override { return &ThePathRule; }

  void analyze(Unit &U) override {
    members(U);
    overwritten(U);
    structFields(U);
    globals(U);
    exceptions(U);
  }

  void finish(Unit &U) override {
    if (!U.options().flag("unjoined-thread.WarnOnMacroExits", true))
      U.takeBack([&](const Finding &F) {
        return F.Check == name() && F.OnlyThroughMacros;
      });
    holders(U);
  }

private:
  bool owes(const Shape &S) const {
    return S.Inner && S.Inner->What == Kind::TaskHandle &&
           ThePathRule.owes(*S.Inner);
  }

  /// The class starts the member and releases it, but leaves it to a call from
  /// outside that this happens.
  static bool isConvention(const MemberFact &F) {
    if (F.Verdict != MemberVerdict::HoldersDuty || F.Starts.empty() ||
        !F.Elsewhere)
      return false;
    return llvm::none_of(F.What->Uses, [](const Use &U) {
      return U.Does == Verb::Escape || U.Does == Verb::Move ||
             U.Does == Verb::Swap || U.Does == Verb::Detach;
    });
  }

  /// True when the verdict on a member is a defect of its class.
  bool isDefect(const MemberFact &F, bool Strict) const {
    if (!owes(F.What->What) || (F.Verdict <= MemberVerdict::HoldersDuty &&
                                !(Strict && isConvention(F))))
      return false;
    // Handles that let go quietly are left so on purpose, unless a sibling is
    // waited for.
    return F.What->What.Inner->IfUnreleased != Unreleased::Detach ||
           F.Verdict == MemberVerdict::NotReached;
  }

  /// What destruction does to a member that was never started.
  static std::string withoutStart(const MemberFact &F) {
    if (F.Without == Absence::Handle)
      return "the join throws, and std::terminate is called";
    std::string What = F.Elsewhere->Does == Verb::Join
                           ? "the join"
                           : "the question whether it runs";
    if (F.Without == Absence::NeverSet)
      return What + " goes through a pointer that was never set";
    // An owner that makes the handle in itself is no pointer.
    const TypeModel *Outer = F.What->What.Outer;
    for (const auto &Entry : Outer ? Outer->Calls : llvm::StringMap<Effects>())
      for (const Effect &Row : Entry.getValue())
        if (Row.Does == Verb::Emplace)
          return What + " finds it empty";
    return What + " goes through a null pointer";
  }

  static std::string memberSentence(const MemberFact &F) {
    std::string Name = "'" + F.What->Decl->getNameAsString() + "'";
    std::string Then =
        " when '" + F.Class->getNameAsString() + "' is destroyed; ";
    const Shape &S = F.What->What;
    if (F.Verdict == MemberVerdict::NeverStarted)
      return Name + " may never have been started" + Then + withoutStart(F);
    return Name +
           (S.Many              ? " may still hold joinable threads"
            : S.Inner->Inferred ? " may still own a running thread"
                                : " may still be joinable") +
           Then +
           (S.Pointer ? "nobody can wait for the thread any more"
                      : consequence(*S.Inner));
  }

  /// What destruction does instead.
  static void explain(const MemberFact &F, std::vector<Note> &Notes) {
    auto Add = [&](SourceLocation Loc, std::string Text) {
      Notes.push_back({Loc, std::move(Text)});
    };
    if (F.Verdict == MemberVerdict::NeverStarted)
      return Add(F.Elsewhere->At->getBeginLoc(),
                 F.Elsewhere->Does == Verb::Join
                     ? "joined here without asking whether it runs"
                     : "asked here without asking first whether there is one");
    if (F.Verdict == MemberVerdict::Guarded) {
      std::string Flag = "'" + F.Flag.Flag->getNameAsString() + "'";
      if (F.Why == GuardKind::Borrowed) {
        Add(F.Flag.Cond->getBeginLoc(),
            "released only while the object of " + Flag + " is alive");
        return Add(F.Changed->getBeginLoc(),
                   "the thread itself owns that object, which ends with it");
      }
      Add(F.Flag.Cond->getBeginLoc(), "released only when " + Flag + " is " +
                                          (F.Flag.Value ? "true" : "false"));
      if (F.Why == GuardKind::Nobody)
        return Add(F.Flag.Flag->getLocation(),
                   "nothing ever makes " + Flag + " " +
                       (F.Flag.Value ? "true" : "false"));
      return Add(F.Changed->getBeginLoc(),
                 "the thread itself makes " + Flag + " " +
                     (F.Flag.Value ? "false" : "true") +
                     " here, and is not released then");
    }
    if (F.Partial)
      Add(F.Partial->At->getBeginLoc(),
          ("the loop leaves out " + F.LeavesOut + " one").str());
    else if (F.Deleted)
      Add(F.Deleted->At->getBeginLoc(), "deleted here without a join");
    else if (F.Destructor)
      Add(F.Destructor->getLocation(),
          "the destructor neither joins nor detaches it");
    else
      Add(F.Class->getLocation(), "'" + F.Class->getNameAsString() +
                                      "' has no destructor that joins it");
    if (F.Renewed)
      Add(F.Renewed->At->getBeginLoc(),
          "released here only to be started again");
    if (F.Elsewhere)
      Add(F.Elsewhere->At->getBeginLoc(),
          "released here, which the destructor doesn't reach");
    if (F.Sibling)
      Add(F.Sibling->At->getBeginLoc(), "its sibling '" +
                                            F.SiblingDecl->getNameAsString() +
                                            "' is released at destruction");
  }

  void members(Unit &U) {
    bool Strict =
        U.options().flag("unjoined-thread.RequireReleaseAtDestruction", false);
    for (const MemberFact &F : U.memberFacts()) {
      if (!isDefect(F, Strict))
        continue;
      U.Told.insert(F.What->Decl);
      Finding R = finding(F.What->Decl->getLocation(), memberSentence(F));
      for (const Use *Start : F.Starts)
        R.Notes.push_back({Start->At->getBeginLoc(), "thread started here"});
      explain(F, R.Notes);
      inferred(U, *F.What->What.Inner, R);
      // A condition has to be mended, not added to.
      bool Conditional = F.Verdict == MemberVerdict::NeverStarted ||
                         F.Verdict == MemberVerdict::Guarded;
      if (std::optional<FixItHint> Fix =
              Conditional    ? std::nullopt
              : F.Destructor ? releaseInDestructor(*F.In, *F.What, F.Destructor)
                             : declareAsJoiningType(*F.In, *F.What))
        R.FixIts.push_back(*Fix);
      U.report(std::move(R));
    }
  }

  /// Members and globals that get a new execution while they own another.
  void overwritten(Unit &U) {
    for (const Overwrite &O :
         leak::overwrites(*U.wideIndex(), U.memberFacts())) {
      if (!owes(O.What->What))
        continue;
      std::string Name = "'" + O.What->Decl->getNameAsString() + "'";
      const TypeModel &M = *O.What->What.Inner;
      Finding R;
      R.Check = name().str();
      R.Loc = O.Assigned->At->getBeginLoc();
      SourceLocation Before = O.Evidence->At->getBeginLoc();
      switch (O.Why) {
      case Overwrite::MoveAssigned:
        R.Message = Name + " may still be joinable when it is assigned to; ";
        R.Notes.push_back({Before, "the destructor releases it here, and the "
                                   "move assignment doesn't"});
        break;
      case Overwrite::Restarted:
        R.Message = Name + " is still joinable when it is assigned to; ";
        R.Notes.push_back({Before, "thread started here"});
        R.Notes.push_back({O.Assigned->At->getBeginLoc(),
                           "started again here; only the destructor releases "
                           "it"});
        break;
      case Overwrite::Cancelled:
        R.Message = Name + " is cancelled, but not joined, when another thread "
                           "is started in it; ";
        R.Notes.push_back({Before, "cancelled here"});
        break;
      }
      R.Message += consequence(M);
      inferred(U, M, R);
      U.report(std::move(R));
    }
  }

  /// Where the duty of a class of the project comes from.
  static void inferred(const Unit &U, const TypeModel &M, Finding &R) {
    for (const InferredRole &Role : U.roles())
      if (M.Inferred && Role.Model.Name == M.Name)
        R.Notes.push_back({Role.Member->getLocation(),
                           "'" + Role.Class->getNameAsString() +
                               "' owns the thread '" +
                               Role.Member->getNameAsString() + "'; only '" +
                               Role.Releaser->getNameAsString() +
                               "' releases it, and destruction doesn't"});
  }

  void structFields(Unit &U) {
    for (const Subject *S : unreleasedStructFields(*U.index())) {
      if (!owes(S->What))
        continue;
      U.Told.insert(S->Decl);
      Finding R;
      R.Check = name().str();
      R.Loc = S->Decl->getLocation();
      R.Message = "'" + S->Decl->getNameAsString() +
                  "' is neither joined nor detached anywhere in this file, "
                  "which alone knows the struct; " +
                  consequence(*S->What.Inner);
      for (const Use &Start : S->Uses)
        if (Start.Does == Verb::Start)
          R.Notes.push_back({Start.At->getBeginLoc(), "thread started here"});
      U.report(std::move(R));
    }
  }

  /// Local objects of classes that leave the join to whoever holds them.
  void holders(Unit &U) {
    U.memberFacts();
    if (!U.wideIndex())
      return;
    for (const Subject *S : unreleasedHolders(*U.wideIndex())) {
      const auto *VD = cast<VarDecl>(S->Decl);
      // The path engine may have told it already, with a path.
      if (!owes(S->What) || U.Told.contains(VD) ||
          U.hasFindingIn(VD->getSourceRange()) ||
          llvm::any_of(S->Uses, [&](const Use &Start) {
            return Start.At && U.hasFindingIn(Start.At->getSourceRange());
          }))
        continue;
      // The end of `main` ends the process.
      const auto *In = dyn_cast<FunctionDecl>(VD->getDeclContext());
      if (In && In->isMain() &&
          S->What.Inner->IfUnreleased != Unreleased::Terminate)
        continue;
      Finding R;
      R.Check = name().str();
      R.Loc = VD->getLocation();
      R.Message = "'" + VD->getNameAsString() +
                  (S->What.Many ? "' still holds running threads"
                                : "' still owns a running thread") +
                  " when it goes out of scope; " + consequence(*S->What.Inner);
      for (const Use &Start : S->Uses)
        if (Start.Does == Verb::Start || Start.Does == Verb::Insert)
          R.Notes.push_back({Start.At->getBeginLoc(), "thread started here"});
      inferred(U, *S->What.Inner, R);
      U.report(std::move(R));
    }
  }

  void globals(Unit &U) {
    U.memberFacts();
    for (const Subject *S : unreleasedGlobals(*U.wideIndex())) {
      if (!owes(S->What) || S->What.Pointer ||
          S->What.Inner->IfUnreleased != Unreleased::Terminate)
        continue;
      Finding R;
      R.Check = name().str();
      R.Loc = S->Decl->getLocation();
      R.Message = "'" + S->Decl->getNameAsString() +
                  "' is never joined and is still joinable when the program "
                  "ends; " +
                  consequence(*S->What.Inner);
      for (const Use &Start : S->Uses)
        if (Start.Does == Verb::Start)
          R.Notes.push_back({Start.At->getBeginLoc(), "thread started here"});
      inferred(U, *S->What.Inner, R);
      U.report(std::move(R));
    }
  }

  void exceptions(Unit &U) {
    ThrowAssumptions Assume;
    Assume.UnknownCalls =
        U.options().flag("unjoined-thread.AssumeUnknownCallsThrow", false);
    Assume.Starts =
        U.options().flag("unjoined-thread.AssumeStartsThrow", false);
    for (const ThrowGap &G : throwGaps(*U.index(), U.graphs(), Assume)) {
      // What leaves `main` ends the process either way.
      const auto *In = dyn_cast<FunctionDecl>(G.What->Decl->getDeclContext());
      if (In && In->isMain() && !G.Handled)
        continue;
      if (!owes(G.What->What) ||
          G.What->What.Inner->IfUnreleased != Unreleased::Terminate)
        continue;
      Finding R;
      R.Check = name().str();
      R.Loc = G.Start->At->getBeginLoc();
      if (const auto *VD = dyn_cast<VarDecl>(G.What->Decl);
          VD && !G.Start->Ref && VD->hasInit())
        R.Loc = VD->getInit()->getBeginLoc();
      R.Message = "'" + G.What->Decl->getNameAsString() +
                  (G.What->What.Many ? "' still holds joinable threads"
                                     : "' is still joinable") +
                  " when an exception leaves this " +
                  (isa<FieldDecl>(G.What->Decl) ? "constructor; " : "scope; ") +
                  consequence(*G.What->What.Inner);
      SourceLocation Way = G.Call->getBeginLoc();
      R.OnlyThroughMacros =
          Way.isMacroID() &&
          U.context().getSourceManager().isMacroBodyExpansion(Way);
      R.Notes.push_back(
          {Way, G.IsThrow ? "exception thrown here" : "this call may throw"});
      if (G.ThrowLoc.isValid())
        R.Notes.push_back({G.ThrowLoc, "exception thrown here"});
      if (G.Release)
        R.Notes.push_back(
            {G.Release->At->getBeginLoc(), "not reached then: released here"});
      if (std::optional<FixItHint> Fix =
              declareAsJoiningType(*U.index(), *G.What))
        R.FixIts.push_back(*Fix);
      U.report(std::move(R));
    }
  }

  Rule ThePathRule;
};

RegisterCheck<UnjoinedThread> X("unjoined-thread");

} // namespace
} // namespace leak
