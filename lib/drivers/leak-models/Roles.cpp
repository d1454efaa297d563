//===--- Roles.cpp - leak-models roles ------------------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Prints what the models say about the calls of one source file. It asks the
/// Lexicon, as the Index does, and looks at the same code. Or prints the roles
/// of the file's own classes, as the checks infer them.
///
//===----------------------------------------------------------------------===//

#include "../../Check.h"
#include "../../Protocols.h"
#include "Commands.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/ASTUnit.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"
#include <set>
#include <tuple>

using namespace clang;
using llvm::errs;
using llvm::outs;
using llvm::StringRef;

namespace leak {
namespace {

/// Verbs that nearly every line has, or that are about the objects' places
/// rather than about what runs.
bool isPlain(Verb V) {
  switch (V) {
  case Verb::Query:
  case Verb::Init:
  case Verb::Destroy:
  case Verb::Reset:
  case Verb::Swap:
  case Verb::Move:
  case Verb::Forward:
  case Verb::Reference:
  case Verb::Bind:
  case Verb::Element:
  case Verb::Iterate:
    return true;
  default:
    return false;
  }
}

class RoleFinder : public RecursiveASTVisitor<RoleFinder> {
  using Base = RecursiveASTVisitor<RoleFinder>;

public:
  RoleFinder(const ASTContext &Ctx,
             const std::shared_ptr<const ModelSet> &Models, bool All)
      : SM(Ctx.getSourceManager()), All(All), Words(Ctx, Models) {
    for (const auto &T : Models->types())
      for (const auto &Call : T.second.Calls)
        for (const Effect &E : Call.second)
          RowOf[&E] = T.second.Name;
    for (const auto &F : Models->functions())
      for (const Effect &E : F.second)
        RowOf[&E] = F.getKey();
  }

  bool shouldVisitTemplateInstantiations() const { return true; }
  bool shouldWalkTypesOfTypeLocs() const { return false; }
  bool TraverseTypeLoc(TypeLoc, bool = true) { return true; }
  bool TraverseNestedNameSpecifierLoc(NestedNameSpecifierLoc) { return true; }

  bool TraverseDecl(Decl *D) {
    if (!D)
      return true;
    const auto *FD = dyn_cast<FunctionDecl>(D);
    if (FD && FD->isDependentContext())
      return true;
    return Base::TraverseDecl(D);
  }

  bool VisitCXXConstructExpr(CXXConstructExpr *E) {
    note(E, E->getConstructor(), E->getLocation());
    return true;
  }

  bool VisitCallExpr(CallExpr *E) {
    // The name that is called, for chains of calls over several lines.
    SourceLocation Loc = E->getExprLoc();
    if (!isa<CXXOperatorCallExpr>(E) && E->getCallee())
      Loc = E->getCallee()->getExprLoc();
    note(E, E->getDirectCallee(), Loc);
    return true;
  }

  llvm::ArrayRef<Lexicon::BadAnnotation> badAnnotations() const {
    return Words.badAnnotations();
  }

  /// By line, column and text.
  std::set<std::tuple<unsigned, unsigned, std::string>> Roles;

private:
  void note(const Expr *E, const FunctionDecl *Callee, SourceLocation Loc) {
    Loc = SM.getExpansionLoc(Loc.isValid() ? Loc : E->getBeginLoc());
    if (!SM.isInMainFile(Loc))
      return;
    const Effect *Row = Words.effect(E);
    if (!Row || (isPlain(Row->Does) && !All))
      return;
    std::string Name;
    if (auto It = RowOf.find(Row); It != RowOf.end()) {
      Name = It->second.str();
    } else { // Told by an annotation, or by its body.
      const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
      const NamedDecl *Named = Callee;
      if (Method && !Method->isStatic())
        Named = Method->getParent();
      Name = Lexicon::qualifiedName(Named);
    }
    Roles.emplace(SM.getExpansionLineNumber(Loc),
                  SM.getExpansionColumnNumber(Loc),
                  Name + " " + spelling(Row->Does).str());
  }

  const SourceManager &SM;
  bool All;
  Lexicon Words;
  llvm::DenseMap<const Effect *, StringRef> RowOf;
};

} // namespace

int roles(const CommandLine &Cmd) {
  if (Cmd.Source.empty())
    return misused("roles wants a source file");
  auto Buffer = llvm::MemoryBuffer::getFile(Cmd.Source, /*IsText=*/true);
  if (!Buffer) {
    errs() << Cmd.Source << ":1:1: error: can't read the source file: "
           << Buffer.getError().message() << "\n";
    return 1;
  }
  std::vector<std::string> Errors;
  load(Cmd, false, Errors);
  for (const std::string &Error : Errors)
    errs() << Error << "\n";
  if (!Errors.empty())
    return 1;

  std::vector<std::string> Flags = withLanguage(Cmd.Flags, Cmd.Source);
  std::unique_ptr<ASTUnit> Unit =
      compile((*Buffer)->getBuffer(), Cmd.Source, Flags);
  if (!Unit) {
    errs() << Cmd.Source << ":1: error: it doesn't compile with '"
           << llvm::join(Flags, " ")
           << "'; give the compiler's flags after '--'\n";
    return 1;
  }
  if (Cmd.Inferred) {
    static const Kind Kinds[] = {Kind::TaskHandle};
    leak::Unit Own(Unit->getASTContext(), Options(),
                   loadModels(Unit->getASTContext(), Cmd.Files, Errors), Kinds);
    std::vector<InferredRole> All;
    if (Own.index())
      All = Own.roles();
    // One row for all instances of a template.
    for (InferredRole &R : inferProtocols(Own.monitors()))
      if (llvm::none_of(All, [&](const InferredRole &Other) {
            return Other.Model.Name == R.Model.Name;
          }))
        All.push_back(std::move(R));
    printModelFile(All, outs());
    return 0;
  }
  // What the checks have for this unit.
  RoleFinder Finder(Unit->getASTContext(),
                    loadModels(Unit->getASTContext(), Cmd.Files, Errors),
                    Cmd.All);
  for (Decl *D : Unit->getASTContext().getTranslationUnitDecl()->decls())
    if (Unit->getSourceManager().isInMainFile(
            Unit->getSourceManager().getExpansionLoc(D->getLocation())))
      Finder.TraverseDecl(D);
  for (const auto &[Line, Column, Text] : Finder.Roles)
    outs() << Line << ":" << Column << ": " << Text << "\n";
  outs().flush();
  for (const Lexicon::BadAnnotation &Bad : Finder.badAnnotations())
    errs() << Bad.Loc.printToString(Unit->getSourceManager())
           << ": error: " << Bad.Message << "\n";
  return Finder.badAnnotations().empty() ? 0 : 1;
}

} // namespace leak
