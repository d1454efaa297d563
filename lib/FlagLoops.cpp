//===--- FlagLoops.cpp - loops that end by what a flag is called ----------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FlagLoops.h"
#include "Index.h"
#include "Spelling.h"
#include "Statements.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace leak {

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// A bool, a number as C has it, or an atomic one: not an enumeration, whose
/// name says what it is about, and not how it is.
static bool holdsFlag(QualType T) {
  if (T->isAtomicType() || T->isBooleanType())
    return true;
  const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
  if (RD)
    return RD->getIdentifier() && RD->getName().contains_insensitive("atomic");
  return T->isIntegerType() && !T->isEnumeralType();
}

StopName stopNameOf(const ValueDecl *D) {
  if (!D || !D->getIdentifier() || !isa<FieldDecl, VarDecl>(D))
    return StopName::None;
  QualType T = D->getType();
  bool Shared = T->isReferenceType() || T->isPointerType();
  QualType Held = T->isReferenceType() ? T.getNonReferenceType()
                  : T->isPointerType() ? T->getPointeeType()
                                       : T;
  if (!holdsFlag(Held))
    return StopName::None;
  // What nobody else can change is no request.
  const auto *VD = dyn_cast<VarDecl>(D);
  bool Atomic = !Held->isBooleanType() && !Held->isIntegerType();
  if (VD && !VD->hasGlobalStorage() && !Shared &&
      !(Atomic && VD->isLocalVarDecl()))
    return StopName::None;
  if (Shared && Held->isCharType())
    return StopName::None;
  StringRef Name = D->getName();
  if (hasWord(Name, {"can",   "auto", "allow",      "enable",  "ignore",
                     "no",    "not",  "never",      "code",    "status",
                     "count", "time", "keep alive", "pending", "point",
                     "bit",   "bits", "index",      "pos",     "on",
                     "after", "at",   "signal",     "reason",  "level"}))
    return StopName::None;
  if (hasWord(Name, {"stop",       "stopped",     "stopping",   "quit",
                     "quitting",   "exit",        "exiting",    "exited",
                     "abort",      "aborted",     "aborting",   "cancel",
                     "cancelled",  "canceled",    "cancelling", "canceling",
                     "shutdown",   "shut down",   "shutting",   "terminate",
                     "terminated", "terminating", "interrupt",  "interrupted",
                     "die",        "kill",        "killed",     "closing"}))
    return StopName::WhenSet;
  if (hasWord(Name, {"running", "run", "alive", "keep going"}))
    return StopName::WhenCleared;
  return StopName::None;
}

bool asksToStop(const FunctionDecl *FD) {
  if (!FD->getIdentifier() || FD->getNumParams() > 1 ||
      !FD->getReturnType()->isIntegralOrEnumerationType())
    return false;
  StringRef Name = FD->getName();
  if (!Name.contains_insensitive("stop") &&
      !Name.contains_insensitive("quit") &&
      !Name.contains_insensitive("exit") &&
      !Name.contains_insensitive("shut") &&
      !Name.contains_insensitive("terminat") &&
      !Name.contains_insensitive("interrupt") &&
      !Name.contains_insensitive("abort") &&
      !Name.contains_insensitive("cancel"))
    return false;
  return hasWord(Name,
                 {"should stop",      "must stop",          "stop requested",
                  "should quit",      "should exit",        "should terminate",
                  "should shutdown",  "shutdown requested", "is shutting",
                  "is interrupted",   "quit requested",     "exit requested",
                  "should cancel",    "is cancelled",       "is canceled",
                  "cancel requested", "is stopping",        "is shutdown",
                  "is terminated",    "should abort",       "is aborted",
                  "abort requested",  "is aborting",        "is stopped",
                  "stop request"});
}

/// \p T, a condition on a flag, is met when the flag asks to end.
static bool endsBy(const Predicate::Term &T) {
  if (T.What.Element)
    return false;
  switch (stopNameOf(T.What.Decl)) {
  case StopName::None:
    return false;
  case StopName::WhenSet:
    return T.Helps == Change::Raise ||
           (T.Helps == Change::Set && (T.Value == 0) == T.Not);
  case StopName::WhenCleared:
    return T.Helps == Change::Lower ||
           (T.Helps == Change::Set && (T.Value == 0) != T.Not);
  }
  llvm_unreachable("all are told");
}

//===----------------------------------------------------------------------===//
// Who changes what
//===----------------------------------------------------------------------===//

const std::vector<Setters::Setter> &Setters::of(const ValueDecl *D) {
  if (!Known) {
    Known = true;
    auto Add = [&](const FunctionDecl *FD, const Expr *E) {
      if (std::optional<Alteration> A = alterationBy(E, Ctx);
          A && A->What.Decl && isa<FieldDecl, VarDecl>(A->What.Decl))
        ByDecl[A->What.Decl].push_back({FD, E, *A});
    };
    for (const auto &[Key, F] : Table.all()) {
      for (const Expr *E : F.Changes)
        Add(F.Decl, E);
      for (const Expr *E : F.Calls)
        Add(F.Decl, E);
    }
  }
  return ByDecl[D];
}

static bool soundsLikeStop(const FunctionDecl *FD) {
  return isa<CXXDestructorDecl>(FD) ||
         (FD->getIdentifier() &&
          hasWord(FD->getName(),
                  {"stop",       "shutdown",  "close",   "quit",      "cancel",
                   "abort",      "terminate", "exit",    "interrupt", "kill",
                   "disconnect", "destroy",   "finish",  "end",       "join",
                   "halt",       "reset",     "release", "cleanup",   "uninit",
                   "deinit",     "fini",      "free",    "teardown",  "disable",
                   "wake",       "wakeup",    "clear"}));
}

bool Setters::isStopper(const FunctionDecl *FD, const ValueDecl *Flag) {
  if (soundsLikeStop(FD))
    return true;
  return Flag && llvm::any_of(of(Flag), [&](const Setter &S) {
           return S.In->getCanonicalDecl() == FD->getCanonicalDecl() &&
                  !isa<CXXConstructorDecl>(FD);
         });
}

/// The members and variables of others that \p S names, but not \p But.
static void sharedIn(const Stmt *S, const Stmt *But,
                     llvm::SmallPtrSetImpl<const ValueDecl *> &Into) {
  if (!S || S == But)
    return;
  const ValueDecl *D = nullptr;
  if (const auto *ME = dyn_cast<MemberExpr>(S))
    D = dyn_cast<FieldDecl>(ME->getMemberDecl());
  else if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    if (const auto *VD = dyn_cast<VarDecl>(Ref->getDecl());
        VD && VD->hasGlobalStorage() && !VD->getType().isConstQualified())
      D = VD;
  // A number is only what it is compared with.
  if (D && !D->getType()->isArithmeticType())
    Into.insert(D);
  for (const Stmt *Child : S->children())
    sharedIn(Child, But, Into);
}

bool Setters::nobodyHelps(const Stmt *Retry, const Expr *Pause,
                          const ValueDecl *Flag, const ValueDecl *&For) {
  For = nullptr;
  Predicate Out = exitsOf(Retry, Ctx);
  llvm::SmallPtrSet<const ValueDecl *, 4> Tested;
  for (const Predicate::Term &T : Out.Terms) {
    const auto *VD = dyn_cast<VarDecl>(T.What.Decl);
    bool Own = VD && VD->isLocalVarDecl() && !VD->isStaticLocal() &&
               !VD->getType()->isReferenceType() &&
               !VD->getType()->isPointerType();
    if (Own)
      continue;
    Tested.insert(T.What.Decl);
    bool Any = false;
    Predicate One;
    One.Terms.push_back(T);
    for (const Setter &S : of(T.What.Decl)) {
      if (contains(Retry, S.At) || One.helped(S.How) == Answer::No ||
          isa<CXXConstructorDecl>(S.In))
        continue;
      if (isStopper(S.In, Flag))
        return false;
      Any = true;
    }
    // Nobody is seen who does it.
    if (!Any)
      return false;
    For = T.What.Decl;
  }
  // The objects that it asks.
  llvm::SmallPtrSet<const ValueDecl *, 8> Objects;
  sharedIn(Retry, Pause, Objects);
  bool AnySetter = false;
  for (const auto &[Key, F] : Table.all()) {
    if (!F.Decl || !F.Decl->getBody() || !isStopper(F.Decl, Flag) ||
        contains(F.Decl->getBody(), Retry))
      continue;
    AnySetter |= Flag && mentions(F.Decl->getBody(), Flag);
    for (const ValueDecl *D : Objects)
      if (!Tested.contains(D) && mentions(F.Decl->getBody(), D))
        return false;
  }
  // Who stops may do anything with them.
  return AnySetter || llvm::all_of(Objects, [&](const ValueDecl *D) {
           return Tested.contains(D);
         });
}

//===----------------------------------------------------------------------===//
// The search
//===----------------------------------------------------------------------===//

namespace {

class FlagLoopFinder {
public:
  FlagLoopFinder(const FunctionTable &Table, const Lexicon &Words,
                 uint64_t LongSleep)
      : Table(Table), Words(Words), Ctx(Words.context()), LongSleep(LongSleep),
        Who(Table, Ctx) {}

  std::vector<FlagGap> run() {
    // Only what lasts can be a gap; who is cancelled leaves its waits.
    bool Lasts = false;
    for (const auto &[Key, F] : Table.all())
      for (const Expr *E : F.Calls) {
        const Effect *Row = Words.effect(E);
        if (!Row)
          continue;
        if (Row->Does == Verb::Cancel)
          return {};
        Lasts |= Row->Does == Verb::Sleep || Row->Does == Verb::Block ||
                 Row->Does == Verb::TryWait;
      }
    if (!Lasts)
      return {};
    for (const auto &[Key, F] : Table.all())
      if (F.Decl && F.Decl->getBody())
        search(F.Decl->getBody(), F.Decl);
    return std::move(Result);
  }

private:
  void search(const Stmt *S, const FunctionDecl *In) {
    if (!S || isa<LambdaExpr>(S))
      return;
    if (bodyOfLoop(S))
      if (const ValueDecl *Flag = flagOf(S)) {
        gaps(S, Flag, In);
        return;
      }
    for (const Stmt *Child : S->children())
      search(Child, In);
  }

  const ValueDecl *flagOf(const Stmt *Loop) const {
    for (const Predicate::Term &T : exitsOf(Loop, Ctx).Terms)
      if (endsBy(T))
        return T.What.Decl;
    return nullptr;
  }

  static bool isMention(const Stmt *S) {
    if (const auto *ME = dyn_cast<MemberExpr>(S))
      return stopNameOf(ME->getMemberDecl()) != StopName::None;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      return stopNameOf(Ref->getDecl()) != StopName::None;
    const auto *Call = dyn_cast<CallExpr>(S);
    const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
    return FD && asksToStop(FD);
  }

  /// Who sets the flag is here, and nobody who has to do with it waits for the
  /// execution: it may take its time.
  bool nobodyWaits(const ValueDecl *Flag) {
    bool Set = false;
    const DeclContext *Class = Flag->getDeclContext();
    for (const Setters::Setter &S : Who.of(Flag))
      Set |= !isa<CXXConstructorDecl>(S.In);
    return Set && llvm::none_of(Table.all(), [&](const auto &Entry) {
             const FunctionUses &F = Entry.second;
             // Of the same class, or of none.
             if (isa<FieldDecl>(Flag) && isa<CXXMethodDecl>(F.Decl) &&
                 !Class->Equals(F.Decl->getDeclContext()) &&
                 !cast<CXXMethodDecl>(F.Decl)->getParent()->isLambda())
               return false;
             return llvm::any_of(F.Calls, [&](const Expr *E) {
               if (const Effect *Row = Words.effect(E))
                 return Row->Does == Verb::Join || Row->Does == Verb::Wait;
               const auto *Call = dyn_cast<CallExpr>(E);
               const FunctionDecl *FD =
                   Call ? Call->getDirectCallee() : nullptr;
               return FD && FD->getIdentifier() &&
                      hasWord(FD->getName(),
                              {"join", "wait", "stop", "close", "shutdown",
                               "finish", "terminate"});
             });
           });
  }

  void gaps(const Stmt *Loop, const ValueDecl *Flag, const FunctionDecl *In) {
    PollGaps Gaps(Words, LongSleep, isMention);
    SmallVector<PollGap, 2> All = Gaps.within(Loop, In);
    if (All.empty() || nobodyWaits(Flag))
      return;
    for (const PollGap &G : All) {
      FlagGap Found;
      Found.Flag = Flag;
      Found.Polls = Loop;
      Found.Gap = G;
      switch (G.Does) {
      case PollGap::Retry:
        if (!Who.nobodyHelps(G.At, G.Pause, Flag, Found.For))
          continue;
        break;
      case PollGap::Sleep:
        if (!G.Seconds || mayBeInterrupted(cast<CallExpr>(G.At)))
          continue;
        break;
      case PollGap::Block:
        continue;
      }
      for (const Setters::Setter &S : Who.of(Flag))
        if (!Found.Set && !isa<CXXConstructorDecl>(S.In) &&
            exitsOf(Loop, Ctx).helped(S.How) == Answer::Yes)
          Found.Set = S.At;
      if (Told.insert(G.At).second)
        Result.push_back(std::move(Found));
    }
  }

  /// A function of C returns when the thread handles a signal.
  bool mayBeInterrupted(const CallExpr *Sleep) const {
    const FunctionDecl *FD = Sleep->getDirectCallee();
    return FD && FD->isGlobal() &&
           isa<TranslationUnitDecl>(FD->getDeclContext()->getRedeclContext());
  }

  const FunctionTable &Table;
  const Lexicon &Words;
  const ASTContext &Ctx;
  uint64_t LongSleep;
  Setters Who;
  llvm::SmallPtrSet<const Stmt *, 8> Told;
  std::vector<FlagGap> Result;
};

} // namespace

std::vector<FlagGap> flagGaps(const FunctionTable &Table, const Lexicon &Words,
                              uint64_t LongSleep) {
  return FlagLoopFinder(Table, Words, LongSleep).run();
}

} // namespace leak
