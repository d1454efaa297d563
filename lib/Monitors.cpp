//===--- Monitors.cpp - who waits, who wakes, and what is held ------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Monitors.h"
#include "Executions.h"
#include "Statements.h"
#include "Traversal.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace leak {

/// In MonitorBuilder.cpp.
void buildMonitors(Monitors &M, const FunctionTable &Table, const Index *Idx);

Monitors::Monitors(ASTContext &Ctx, const Lexicon &Words,
                   const FunctionTable &Table, const Index *Idx)
    : Ctx(Ctx), Words(Words) {
  buildMonitors(*this, Table, Idx);
}

const SyncFunction *Monitors::find(const FunctionDecl *FD) const {
  const auto *It = FD ? Functions.find(FD->getCanonicalDecl()) : nullptr;
  return !FD || It == Functions.end() ? nullptr : &It->second;
}

ArrayRef<Monitors::Caller> Monitors::callers(const FunctionDecl *FD) const {
  auto It = CallersOf.find(FD->getCanonicalDecl());
  return It == CallersOf.end() ? ArrayRef<Caller>() : ArrayRef(It->second);
}

void Monitors::addSteps(const FunctionDecl *FD, unsigned Depth,
                        const SyncEvent *Outer, const SyncEvent *Via,
                        const FunctionDecl *ViaIn,
                        ArrayRef<const ValueDecl *> Held,
                        llvm::SmallPtrSetImpl<const FunctionDecl *> &Active,
                        std::vector<Step> &Into) const {
  static constexpr size_t MaxSteps = 2000;
  const SyncFunction *F = find(FD);
  if (!F || !Active.insert(F->Decl).second)
    return;
  for (const SyncEvent &E : F->Events) {
    if (Into.size() > MaxSteps)
      break;
    const SyncEvent *From = Outer ? Outer : &E;
    llvm::SmallVector<const ValueDecl *, 2> Inside;
    if (!llvm::is_contained(E.Dropped, nullptr))
      for (const ValueDecl *D : Held)
        if (!llvm::is_contained(E.Dropped, D))
          Inside.push_back(D);
    Into.push_back({&E, F->Decl, From, Inside, Via, ViaIn});
    if (E.Does != SyncEvent::Call || !Depth)
      continue;
    for (const ValueDecl *D : E.Held)
      if (!llvm::is_contained(Inside, D))
        Inside.push_back(D);
    addSteps(E.Callee, Depth - 1, From, &E, F->Decl, Inside, Active, Into);
  }
  Active.erase(F->Decl);
}

std::vector<Monitors::Step> Monitors::steps(const FunctionDecl *FD,
                                            unsigned Depth) const {
  std::vector<Step> Result;
  llvm::SmallPtrSet<const FunctionDecl *, 8> Active;
  addSteps(FD, Depth, nullptr, nullptr, nullptr, {}, Active, Result);
  return Result;
}

Monitors::~Monitors() = default;

Executions &Monitors::executions() const {
  if (!Executing)
    Executing = std::make_unique<Executions>(*this);
  return *Executing;
}

const Predicate &Monitors::exits(const Stmt *At) const {
  std::unique_ptr<const Predicate> &Known = ExitsOf[At];
  if (!Known)
    Known = std::make_unique<const Predicate>(exitsOf(At, Ctx));
  return *Known;
}

llvm::ArrayRef<Monitors::Loop> Monitors::loops(const FunctionDecl *FD) const {
  std::unique_ptr<const std::vector<Loop>> &Known = LoopsOf[FD];
  if (!Known) {
    auto All = std::make_unique<std::vector<Loop>>();
    anyOutsideLambdas(FD->getBody(), [&](const Stmt *S) {
      if (bodyOfLoop(S))
        All->push_back({S, exits(S)});
      return false;
    });
    Known = std::move(All);
  }
  return *Known;
}

bool Monitors::changes(const FunctionDecl *FD, const ValueDecl *What,
                       Change How) const {
  return llvm::any_of(steps(FD, 2), [&](const Step &S) {
    return S.Event->Does == SyncEvent::Write && S.Event->Object.Decl == What &&
           S.Event->Changes.How == How;
  });
}

bool Monitors::anyCancelled() const {
  return llvm::any_of(Functions, [](const auto &Entry) {
    return llvm::any_of(Entry.second.Events, [](const SyncEvent &E) {
      return E.Does == SyncEvent::Cancel;
    });
  });
}

const SyncEvent *SyncFunction::notifiedFrom(size_t I,
                                            const ValueDecl *Condition) const {
  for (const SyncEvent &E : ArrayRef(Events).drop_front(I))
    if (E.Does == SyncEvent::Notify && E.Object.Decl == Condition)
      return &E;
  return nullptr;
}

const SyncEvent *Monitors::startOfMany(
    llvm::function_ref<bool(const SyncEvent &)> IsWait,
    llvm::function_ref<bool(const SyncEvent &)> PassesOn) const {
  for (const auto &[FD, F] : Functions)
    for (const SyncEvent &S : F.Events) {
      if (S.Does != SyncEvent::Start || !S.Loop)
        continue;
      for (const FunctionDecl *Entry : S.Entries) {
        bool Waits = false, Passes = false;
        for (const Step &Inside : steps(Entry)) {
          Waits |= IsWait(*Inside.Event) && !Inside.Outer->Deferred;
          Passes |= Inside.Event->Does == SyncEvent::Notify &&
                    PassesOn(*Inside.Event);
        }
        if (Waits && !Passes)
          return &S;
      }
    }
  return nullptr;
}

static bool mayHold(const Monitors &M, const FunctionDecl *FD,
                    const ValueDecl *Mutex, unsigned Depth) {
  if (Depth > 4)
    return true;
  const auto *Method = dyn_cast<CXXMethodDecl>(FD);
  if (Method && Method->getParent()->isLambda() && !M.isEntry(FD))
    return true;
  // Who takes it himself, doesn't count on his caller.
  if (const SyncFunction *F = M.find(FD))
    for (const SyncEvent &E : F->Events)
      if (E.Does == SyncEvent::Acquire && E.Object.Decl == Mutex &&
          !E.holds(Mutex))
        return false;
  ArrayRef<Monitors::Caller> Callers = M.callers(FD);
  for (const Monitors::Caller &C : Callers)
    if (C.At->holds(Mutex) || C.At->holds(nullptr) ||
        mayHold(M, C.In->Decl, Mutex, Depth + 1))
      return true;
  if (M.isEntry(FD))
    return false;
  // Nobody else can take what is private, or local.
  if (!isa<FieldDecl>(Mutex))
    return Callers.empty() && !isa<CXXDestructorDecl>(FD) &&
           FD->isExternallyVisible();
  if (isa<CXXDestructorDecl>(FD))
    return false;
  bool Own =
      Method &&
      Method->getParent()->getCanonicalDecl() ==
          cast<CXXRecordDecl>(Mutex->getDeclContext())->getCanonicalDecl();
  if (Own && Mutex->getAccess() != AS_public)
    return Callers.empty() && Method->getAccess() != AS_public;
  return Callers.empty() && FD->isExternallyVisible();
}

/// A member of that name is used in \p S.
static bool mentions(const Stmt *S, StringRef Name) {
  if (!S)
    return false;
  if (const auto *ME = dyn_cast<MemberExpr>(S);
      ME && ME->getMemberDecl()->getDeclName().isIdentifier() &&
      ME->getMemberDecl()->getName() == Name)
    return true;
  if (const auto *ME = dyn_cast<CXXDependentScopeMemberExpr>(S);
      ME && ME->getMember().getAsString() == Name)
    return true;
  return llvm::any_of(S->children(),
                      [&](const Stmt *Child) { return mentions(Child, Name); });
}

bool Monitors::isClosed(const ValueDecl *D) const {
  // What it points to may have other names.
  if (Escaped.contains(D) || D->getType()->isPointerType() ||
      D->getType()->isReferenceType())
    return false;
  if (const auto *VD = dyn_cast<VarDecl>(D))
    return !isa<ParmVarDecl>(VD) && !VD->isExternallyVisible();
  const auto *FD = dyn_cast<FieldDecl>(D);
  const auto *RD = FD ? dyn_cast<CXXRecordDecl>(FD->getParent()) : nullptr;
  if (!RD || FD->getAccess() != AS_private || RD->hasFriends() ||
      (RD->isDependentContext() && RD->hasAnyDependentBases()))
    return false;
  // Methods that are templates, or of a template that is read as it is written.
  for (const Decl *Member : RD->decls()) {
    const auto *Template = dyn_cast<FunctionTemplateDecl>(Member);
    const FunctionDecl *Pattern = Template ? Template->getTemplatedDecl()
                                  : RD->isDependentContext()
                                      ? dyn_cast<CXXMethodDecl>(Member)
                                      : nullptr;
    if (!Pattern || Pattern->isImplicit() || Pattern->isDefaulted() ||
        Pattern->isDeleted() ||
        (Template && !Template->specializations().empty()))
      continue;
    const FunctionDecl *Def = nullptr;
    if (!Pattern->isDefined(Def) ||
        (mentions(Def->getBody(), D->getName()) && !find(Def)))
      return false;
  }
  return llvm::all_of(RD->methods(), [&](const CXXMethodDecl *M) {
    if (const FunctionDecl *Def = nullptr;
        M->isDefined(Def) && losesMention(Def->getBody(), D->getName(), Ctx))
      return false;
    if (M->isImplicit() || M->isDeleted() || M->isDefaulted() ||
        M->isPureVirtual() || M->isDefined())
      return true;
    // One of a template that nobody calls here.
    const FunctionDecl *Pattern = M->getTemplateInstantiationPattern();
    return Pattern && Pattern->getBody() &&
           !mentions(Pattern->getBody(), D->getName());
  });
}

bool Monitors::mayHoldAtEntry(const FunctionDecl *FD,
                              const ValueDecl *Mutex) const {
  return mayHold(*this, FD, Mutex, 0);
}

} // namespace leak
