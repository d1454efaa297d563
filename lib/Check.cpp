//===--- Check.cpp - checks, their registry, and the unit -----------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "Protocols.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include <map>

using namespace clang;

namespace leak {

bool Options::flag(llvm::StringRef Name, bool Default) const {
  std::optional<std::string> Value = Get ? Get(Name) : std::nullopt;
  if (!Value)
    return Default;
  return *Value == "true" || *Value == "1";
}

unsigned Options::number(llvm::StringRef Name, unsigned Default) const {
  std::optional<std::string> Value = Get ? Get(Name) : std::nullopt;
  unsigned Result = 0;
  return Value && !llvm::StringRef(*Value).getAsInteger(10, Result) ? Result
                                                                    : Default;
}

Check::~Check() = default;

Finding Check::finding(SourceLocation At, std::string Message) const {
  Finding R;
  R.Check = name().str();
  R.Loc = At;
  R.Message = std::move(Message);
  return R;
}

std::vector<CheckEntry> &checkRegistry() {
  static std::vector<CheckEntry> Entries;
  return Entries;
}

std::shared_ptr<const ModelSet> loadModels(const ASTContext &Ctx,
                                           llvm::ArrayRef<std::string> Files,
                                           std::vector<std::string> &Errors) {
  return ModelSet::load(Files, Errors, [&](llvm::StringRef Identifier) {
    return Ctx.Idents.find(Identifier) != Ctx.Idents.end();
  });
}

Unit::Unit(ASTContext &Ctx, Options Opts,
           std::shared_ptr<const ModelSet> Models, llvm::ArrayRef<Kind> Kinds)
    : Ctx(Ctx), Opts(std::move(Opts)), Words(Ctx, std::move(Models)),
      Kinds(Kinds.begin(), Kinds.end()), Graphs(Ctx) {
  if (!Kinds.empty() && Words.anyDeclared(Kinds))
    Idx = std::make_unique<Index>(Ctx, Words, Kinds);
}

Unit::~Unit() = default;

void Unit::inferRoles() const {
  if (Members)
    return;
  Members = leak::memberFacts(*Idx);
  // A class that holds one with a role may have one itself.
  for (unsigned Depth = 0; Depth != 4; ++Depth) {
    std::vector<InferredRole> Found = leak::inferRoles(*wideIndex(), *Members);
    size_t Before = Roles.size();
    for (InferredRole &R : Found)
      if (llvm::none_of(Roles, [&](const InferredRole &Old) {
            return Old.Class == R.Class;
          }))
        Roles.push_back(std::move(R));
    if (Roles.size() == Before)
      return;
    auto Words = std::make_unique<Lexicon>(Ctx, this->Words.models());
    for (const InferredRole &R : Roles)
      Words->infer(R.Class, R.Model);
    auto Next = std::make_unique<Index>(Ctx, *Words, Kinds);
    Members = leak::memberFacts(*Next);
    Wide = std::move(Next);
    WideWords = std::move(Words);
  }
}

const std::vector<MemberFact> &Unit::memberFacts() const {
  inferRoles();
  return *Members;
}

const std::vector<InferredRole> &Unit::roles() const {
  inferRoles();
  return Roles;
}

/// The same of what only an instance of a template resolves.
static bool namesWait(const Stmt *S) {
  if (!S)
    return false;
  DeclarationName Name;
  if (const auto *ME = dyn_cast<MemberExpr>(S))
    Name = ME->getMemberDecl()->getDeclName();
  else if (const auto *OE = dyn_cast<OverloadExpr>(S))
    Name = OE->getName();
  return (Name.isIdentifier() && !Name.isEmpty() &&
          Name.getAsIdentifierInfo()->getName().contains_insensitive("wait")) ||
         llvm::any_of(S->children(), namesWait);
}

bool Unit::anyWait() {
  if (Waits)
    return *Waits;
  Waits = false;
  for (const auto &[FD, F] : functions().all())
    for (const Expr *E : F.Calls) {
      const auto *Call = dyn_cast<CallExpr>(E);
      const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
      if (Callee && Callee->getIdentifier() &&
          Callee->getName().contains_insensitive("wait")) {
        Waits = true;
        return true;
      }
    }
  for (const CXXMethodDecl *M : functions().patterns())
    if (namesWait(M->getBody())) {
      Waits = true;
      break;
    }
  return *Waits;
}

const Monitors &Unit::monitors() {
  if (!Waiting)
    Waiting = std::make_unique<Monitors>(Ctx, Words, functions(),
                                         Idx ? wideIndex() : nullptr);
  return *Waiting;
}

const std::vector<Spawn> &Unit::threads() {
  if (!Threads)
    Threads = spawns(functions(), lexicon());
  return *Threads;
}

const std::vector<StuckJoin> &Unit::stuckJoins() {
  if (!Stuck)
    Stuck = leak::stuckJoins(monitors());
  return *Stuck;
}

const FunctionTable &Unit::functions() {
  if (!Table)
    Table = std::make_unique<FunctionTable>(Ctx);
  return *Table;
}

const std::vector<InferredRole> &Unit::protocols() {
  if (!Protocols) {
    Protocols.emplace();
    if (anyWait())
      *Protocols = inferProtocols(monitors());
  }
  return *Protocols;
}

const Lexicon &Unit::projectWords() {
  if (!ProjectWords && !protocols().empty()) {
    ProjectWords = std::make_unique<Lexicon>(Ctx, Words.models());
    for (const InferredRole &R : protocols())
      ProjectWords->infer(R.Class, R.Model);
  }
  return ProjectWords ? *ProjectWords : Words;
}

const ChannelUses *Unit::channels() {
  if (!Channels) {
    Channels.emplace();
    bool Own = llvm::any_of(protocols(), [](const InferredRole &R) {
      return R.Model.What == Kind::Channel;
    });
    if (Own || Words.anyType(Kind::Channel))
      *Channels =
          std::make_unique<ChannelUses>(Ctx, projectWords(), functions());
  }
  return Channels->get();
}

const Index *Unit::wideIndex() const { return Wide ? Wide.get() : Idx.get(); }

void Unit::report(Finding F) { Findings.push_back(std::move(F)); }

bool Unit::hasFindingIn(SourceRange Range) const {
  const SourceManager &SM = Ctx.getSourceManager();
  return llvm::any_of(Findings, [&](const Finding &F) {
    return !SM.isBeforeInTranslationUnit(F.Loc, Range.getBegin()) &&
           !SM.isBeforeInTranslationUnit(Range.getEnd(), F.Loc);
  });
}

std::vector<Finding> Unit::takeFindings() {
  std::vector<Finding> Result;
  std::swap(Result, Findings);
  return Result;
}

/// Where a person would edit: an argument of a macro stays where it is
/// written, the body of a macro becomes its expansion.
static SourceLocation editable(SourceLocation Loc, const SourceManager &SM) {
  while (Loc.isMacroID())
    Loc = SM.isMacroArgExpansion(Loc)
              ? SM.getImmediateSpellingLoc(Loc)
              : SM.getImmediateExpansionRange(Loc).getBegin();
  return Loc;
}

void tidyUp(std::vector<Finding> &Findings, const SourceManager &SM) {
  for (Finding &F : Findings) {
    bool InMacro = F.Loc.isMacroID();
    F.Loc = editable(F.Loc, SM);
    for (Note &N : F.Notes)
      N.Loc = editable(N.Loc, SM);
    // Text that comes out of a macro can't be mended in one place.
    if (InMacro)
      F.FixIts.clear();
  }
  llvm::erase_if(Findings, [&](const Finding &F) {
    return F.Loc.isInvalid() || SM.isInSystemHeader(F.Loc);
  });
  llvm::sort(Findings, [&](const Finding &A, const Finding &B) {
    if (A.Loc != B.Loc)
      return SM.isBeforeInTranslationUnit(A.Loc, B.Loc);
    if (A.Check != B.Check)
      return A.Check < B.Check;
    return A.Message < B.Message;
  });
  // Instantiations of one template, and several ends of one object, are one.
  auto Same = [](const Finding &A, const Finding &B) {
    return A.Loc == B.Loc && A.Check == B.Check;
  };
  Findings.erase(std::unique(Findings.begin(), Findings.end(), Same),
                 Findings.end());
  std::map<SourceLocation, unsigned> Ranks;
  for (const Finding &F : Findings)
    if (F.Stuck.isValid()) {
      auto [It, New] = Ranks.try_emplace(F.Stuck, F.Rank);
      It->second = std::min(It->second, F.Rank);
    }
  llvm::erase_if(Findings, [&](const Finding &F) {
    return F.Stuck.isValid() && Ranks[F.Stuck] < F.Rank;
  });
}

} // namespace leak
