//===--- Roles.cpp - roles that the project's own classes play ------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Roles.h"
#include "ClassView.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <map>

using namespace clang;

namespace leak {

namespace {

/// A use of one of the members from which a class has its role.
struct MemberUse {
  Use Of;
  bool Starts = false;
};

using MemberUses = llvm::SmallVector<MemberUse, 16>;

/// What one method does to the members that own executions.
struct Doing {
  bool Starts = false, Releases = false, Unclear = false;

  /// The verb for a model's row; Escape when objects on which the method is
  /// called can't be followed.
  Verb verb(bool IsConstructor) const {
    if (Unclear || (Starts && Releases))
      return Verb::Escape;
    if (Starts)
      return Verb::Start;
    if (Releases)
      return Verb::Join;
    return IsConstructor ? Verb::Init : Verb::Query;
  }
};

} // namespace

static Doing doing(const Index &Idx, const FunctionDecl *Method,
                   llvm::ArrayRef<MemberUse> Uses) {
  Doing Result;
  auto Reached = Idx.reachable(Method);
  for (const auto &[U, Starts] : Uses) {
    // Member initialisers written at the field belong to every constructor.
    bool Here = U.In ? Reached.contains(U.In)
                     : isa<CXXConstructorDecl>(Method) && !U.Ref;
    if (!Here)
      continue;
    Result.Starts |= Starts;
    Result.Releases |= releases(U.Does);
    Result.Unclear |= U.Does == Verb::Escape || U.Does == Verb::Cancel;
  }
  return Result;
}

static void addRow(TypeModel &Model, StringRef Name, const FunctionDecl *FD,
                   Verb V) {
  Effect Row;
  Row.Does = V;
  Row.Object.Place = ObjectSpec::This;
  Row.MinArgs = FD->getMinRequiredArguments();
  Row.MaxArgs = FD->isVariadic() ? ~0U : FD->getNumParams();
  Model.Calls[Name].push_back(std::move(Row));
}

/// Adds what the instantiations of the member template \p FT do.
static void addMemberTemplate(const Index &Idx, InferredRole &Role,
                              const FunctionTemplateDecl *FT,
                              llvm::ArrayRef<MemberUse> Uses) {
  for (const FunctionDecl *FD : FT->specializations()) {
    Verb V = doing(Idx, FD, Uses).verb(false);
    if (V == Verb::Join && !Role.Releaser)
      Role.Releaser = cast<CXXMethodDecl>(FD);
    addRow(Role.Model, FD->getNameAsString(), FD, V);
  }
}

/// Adds what the methods that \p Class itself declares do. \p BaseStarts says
/// that the default constructor of its base starts an execution. False when
/// objects of the class can't be followed.
static bool addMethods(const Index &Idx, InferredRole &Role,
                       const CXXRecordDecl *Class,
                       llvm::ArrayRef<MemberUse> Uses,
                       bool BaseStarts = false) {
  for (const CXXMethodDecl *M : Class->methods()) {
    if (M->isImplicit() || M->isDeleted() || M->isStatic() ||
        isa<CXXDestructorDecl>(M))
      continue;
    const auto *Ctor = dyn_cast<CXXConstructorDecl>(M);
    if (Ctor ? Ctor->isCopyOrMoveConstructor()
             : M->isCopyAssignmentOperator() || M->isMoveAssignmentOperator())
      continue;
    Doing D = doing(Idx, M, Uses);
    Verb V = D.verb(Ctor);
    if (V == Verb::Escape && Ctor)
      return false;
    if (V == Verb::Join && (!Role.Releaser || M->getAccess() == AS_public))
      Role.Releaser = M;
    std::string Name = Ctor ? "constructor" : M->getNameAsString();
    addRow(Role.Model, Name, M, V);
  }
  for (const Decl *D : Class->decls())
    if (const auto *FT = dyn_cast<FunctionTemplateDecl>(D);
        FT && isa<CXXMethodDecl>(FT->getTemplatedDecl()) &&
        !isa<CXXConstructorDecl>(FT->getTemplatedDecl()))
      addMemberTemplate(Idx, Role, FT, Uses);
  if (!Class->hasUserDeclaredConstructor() &&
      !Role.Model.Calls.count("constructor")) {
    Doing D;
    D.Starts = BaseStarts;
    for (const auto &[U, Starts] : Uses)
      D.Starts |= !U.In && !U.Ref && Starts;
    Effect Row;
    Row.Does = D.verb(true);
    Row.MaxArgs = 0;
    Row.Object.Place = ObjectSpec::This;
    Role.Model.Calls["constructor"].push_back(std::move(Row));
  }
  return true;
}

/// Overloads that differ in what they do, but not in their number of
/// arguments, can't be told apart by a row.
static bool ambiguous(const TypeModel &Model) {
  for (const auto &Entry : Model.Calls) {
    const Effects &Rows = Entry.getValue();
    for (size_t I = 0; I != Rows.size(); ++I)
      for (size_t J = I + 1; J != Rows.size(); ++J)
        if (Rows[I].Does != Rows[J].Does &&
            Rows[I].MinArgs <= Rows[J].MaxArgs &&
            Rows[J].MinArgs <= Rows[I].MaxArgs)
          return true;
  }
  return false;
}

std::vector<InferredRole> inferRoles(const Index &Idx,
                                     llvm::ArrayRef<MemberFact> Facts) {
  std::vector<InferredRole> Result;
  llvm::DenseMap<const CXXRecordDecl *, MemberUses> UsesOf;
  llvm::MapVector<const CXXRecordDecl *, const MemberFact *> Duty;
  llvm::DenseSet<const CXXRecordDecl *> Unclear;
  for (const MemberFact &F : Facts) {
    if (F.Verdict == MemberVerdict::Fine && F.Starts.empty())
      continue;
    if (F.Verdict == MemberVerdict::Unknown)
      Unclear.insert(F.Class);
    if (F.Verdict != MemberVerdict::HoldersDuty)
      continue;
    Duty.insert({F.Class, &F});
    for (const Use &U : Idx.allUses(F.What->Decl))
      UsesOf[F.Class].push_back({U, startsMember(U, F.What->What)});
  }
  for (const auto &[Class, F] : Duty) {
    if (Unclear.contains(Class) ||
        llvm::any_of(Class->methods(), [&](const CXXMethodDecl *M) {
          const FunctionFacts *Facts = Idx.facts(M);
          return Facts && Facts->HandsThisOn;
        }))
      continue;
    InferredRole Role;
    Role.Class = Class;
    Role.Member = F->What->Decl;
    Role.Model.Name = Lexicon::qualifiedName(Class);
    Role.Model.Library = "this project";
    Role.Model.What = F->What->What.Inner->What;
    Role.Model.IfUnreleased = F->What->What.Pointer
                                  ? Unreleased::Leak
                                  : F->What->What.Inner->IfUnreleased;
    Role.Model.IfRejoined = Rejoin::Quiet;
    Role.Model.Inferred = true;
    if (addMethods(Idx, Role, Class, UsesOf[Class]) && Role.Releaser &&
        !ambiguous(Role.Model))
      Result.push_back(std::move(Role));
  }
  if (Result.empty())
    return Result;
  // A derived class has its base's duty, unless its own destructor releases
  // what the base started.
  llvm::MapVector<const CXXRecordDecl *, bool> Classes;
  for (const auto &[FD, Facts] : Idx.functions())
    if (const auto *M = dyn_cast<CXXMethodDecl>(Facts.Decl))
      Classes.insert({M->getParent()->getCanonicalDecl(), true});
  for (size_t I = 0; I != Result.size(); ++I)
    for (const auto &Entry : Classes) {
      const CXXRecordDecl *Class = Entry.first->getDefinition();
      if (!Class || Class->isDependentContext() ||
          llvm::none_of(Class->bases(), [&](const CXXBaseSpecifier &B) {
            const CXXRecordDecl *Base = B.getType()->getAsCXXRecordDecl();
            return Base && Base->getCanonicalDecl() ==
                               Result[I].Class->getCanonicalDecl();
          }))
        continue;
      if (!allMethodsVisible(Idx, Class))
        continue;
      InferredRole Role = Result[I];
      const Effect *BaseInit = Role.Model.find("constructor", 0);
      bool BaseStarts = BaseInit && BaseInit->Does == Verb::Start;
      Role.Class = Class;
      Role.Model.Name = Lexicon::qualifiedName(Class);
      Role.Model.Calls.erase("constructor");
      const MemberUses Uses = UsesOf[Result[I].Class];
      if (const CXXDestructorDecl *Dtor = Class->getDestructor();
          Dtor && !Dtor->isImplicit() && doing(Idx, Dtor, Uses).Releases)
        continue;
      for (const CXXMethodDecl *M : Class->methods())
        if (!isa<CXXConstructorDecl>(M))
          Role.Model.Calls.erase(M->getNameAsString());
      UsesOf[Class] = Uses;
      if (addMethods(Idx, Role, Class, Uses, BaseStarts) &&
          !ambiguous(Role.Model))
        Result.push_back(std::move(Role));
    }
  return Result;
}

void printModelFile(llvm::ArrayRef<InferredRole> Roles, llvm::raw_ostream &OS) {
  if (Roles.empty())
    return;
  OS << "library: this project\n"
     << "doc: inferred from the bodies of the methods\n"
     << "types:\n";
  for (const InferredRole &R : Roles) {
    OS << "  - type: " << R.Model.Name << "\n"
       << "    kind: " << spelling(R.Model.What) << "\n"
       << "    unreleased: " << spelling(R.Model.IfUnreleased) << "\n";
    if (R.Model.Holds != Capacity::Unknown)
      OS << "    capacity: " << spelling(R.Model.Holds) << "\n";
    OS << "    calls:\n";
    std::map<std::string, const Effects *> Sorted;
    for (const auto &Entry : R.Model.Calls)
      Sorted[Entry.getKey().str()] = &Entry.getValue();
    for (const auto &[Name, Rows] : Sorted)
      for (const Effect &Row : *Rows)
        for (unsigned N = Row.MinArgs;; ++N) {
          bool Quote = !llvm::all_of(
              Name, [](char C) { return llvm::isAlnum(C) || C == '_'; });
          OS << "      - {call: " << (Quote ? "'" + Name + "'" : Name)
             << ", does: " << spelling(Row.Does) << ", args: " << N
             << (Row.MaxArgs == ~0U ? "+" : "");
          if (Row.Fails != Failure::Never)
            OS << ", failure: " << spelling(Row.Fails);
          OS << "}\n";
          if (N == Row.MaxArgs || Row.MaxArgs == ~0U)
            break;
        }
  }
}

} // namespace leak
