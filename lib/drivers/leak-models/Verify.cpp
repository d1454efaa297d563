//===--- Verify.cpp - leak-models verify ----------------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Holds model files against the headers they are about. A name resolves when
/// the Lexicon, which is what the checks ask, would find it: a name that is
/// declared, but under which nothing is ever looked up, is an error as well.
///
//===----------------------------------------------------------------------===//

#include "../../Lexicon.h"
#include "Commands.h"
#include "clang/AST/DeclLookups.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Frontend/ASTUnit.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/StringSaver.h"
#include "llvm/Support/raw_ostream.h"
#include <map>
#include <set>

using namespace clang;
using llvm::errs;
using llvm::outs;
using llvm::StringRef;
using llvm::StringSet;

namespace leak {
namespace {

//===----------------------------------------------------------------------===//
// The names of one translation unit
//===----------------------------------------------------------------------===//

/// Names that are near enough to be meant.
class Nearest {
public:
  explicit Nearest(StringRef Wanted) : Wanted(Wanted) {}
  void offer(StringRef Name) {
    unsigned D = Wanted.edit_distance(Name, true, Distance);
    if (D < Distance || (D == Distance && !Best.empty() && Name < Best)) {
      Distance = D;
      Best = Name.str();
    }
  }
  std::string Best;

private:
  StringRef Wanted;
  unsigned Distance = 3;
};

/// The methods that an object of a class may have: those of its bases and, for
/// a template, of all of its specializations too.
struct Methods {
  StringSet<> Names;
  bool Defined = false;
  /// It has bases that nobody knows before the template is instantiated.
  bool Open = false;
};

class Declarations {
public:
  Declarations(ASTUnit &Unit, std::shared_ptr<const ModelSet> Models)
      : Ctx(Unit.getASTContext()), Words(Ctx, std::move(Models)) {}

  /// What is wrong with a name, or nothing. "%" stands for the headers.
  struct Answer {
    enum { Found, Unknown, Wrong } Is = Found;
    std::string Message;
  };

  Answer find(const ModelName &N) {
    if (N.Type.empty())
      return function(N.Call);
    return N.Call.empty() ? type(N.Type) : method(N.Type, N.Call);
  }

private:
  using Contexts = llvm::SmallVector<const DeclContext *, 4>;
  using Decls = llvm::SmallVector<const NamedDecl *, 4>;

  Answer notDeclared(StringRef Name, const std::string &Near) const {
    std::string Message = "'" + Name.str() + "' is not declared%";
    if (!Near.empty())
      Message += "; did you mean '" + Near + "'?";
    return {Answer::Wrong, Message};
  }

  /// All that \p Name means in \p DC, through using-declarations and
  /// using-directives.
  void lookup(const DeclContext *DC, StringRef Name, Decls &Found,
              llvm::SmallPtrSetImpl<const DeclContext *> &Seen) const {
    if (!Seen.insert(DC->getPrimaryContext()).second)
      return;
    for (const NamedDecl *D :
         DC->lookup(DeclarationName(&Ctx.Idents.get(Name))))
      Found.push_back(D->getUnderlyingDecl());
    for (const UsingDirectiveDecl *UD : DC->using_directives())
      if (const NamespaceDecl *NS = UD->getNominatedNamespace())
        lookup(NS, Name, Found, Seen);
  }

  Decls lookup(const Contexts &In, StringRef Name) const {
    Decls Found;
    llvm::SmallPtrSet<const DeclContext *, 8> Seen;
    for (const DeclContext *DC : In)
      lookup(DC, Name, Found, Seen);
    return Found;
  }

  static const CXXRecordDecl *classOf(const NamedDecl *D) {
    if (const auto *Template = dyn_cast<ClassTemplateDecl>(D))
      return Template->getTemplatedDecl();
    if (const auto *RD = dyn_cast<CXXRecordDecl>(D))
      return RD;
    if (const auto *Name = dyn_cast<TypedefNameDecl>(D))
      return Name->getUnderlyingType()->getAsCXXRecordDecl();
    return nullptr;
  }

  /// The namespaces and classes that \p Path, "std::this_thread", names.
  Contexts contexts(StringRef Path) const {
    Contexts Here = {Ctx.getTranslationUnitDecl()};
    while (!Path.empty() && !Here.empty()) {
      auto [Name, Rest] = Path.split("::");
      Path = Rest;
      Contexts Next;
      for (const NamedDecl *D : lookup(Here, Name)) {
        if (const auto *NS = dyn_cast<NamespaceDecl>(D))
          Next.push_back(NS);
        else if (const CXXRecordDecl *RD = classOf(D))
          Next.push_back(RD->getDefinition() ? RD->getDefinition() : RD);
      }
      Here = std::move(Next);
    }
    return Here;
  }

  Contexts parents(StringRef Qualified, StringRef &Last) const {
    size_t At = Qualified.rfind("::");
    Last = At == StringRef::npos ? Qualified : Qualified.substr(At + 2);
    return contexts(At == StringRef::npos ? "" : Qualified.substr(0, At));
  }

  /// A name beside the wanted one that \p Fits and is spelled nearly so.
  template <typename Predicate>
  std::string near(StringRef Qualified, Predicate Fits) const {
    StringRef Last;
    Contexts In = parents(Qualified, Last);
    Nearest Best(Last);
    for (const DeclContext *DC : In) {
      auto All = DC->lookups();
      for (auto I = All.begin(), E = All.end(); I != E; ++I)
        if (I.getLookupName().isIdentifier() && llvm::any_of(*I, Fits))
          Best.offer(I.getLookupName().getAsIdentifierInfo()->getName());
    }
    if (Best.Best.empty())
      return "";
    return (Qualified.drop_back(Last.size()) + Best.Best).str();
  }

  bool isMacro(StringRef Name) const {
    auto It = Ctx.Idents.find(Name);
    return It != Ctx.Idents.end() && It->second->hasMacroDefinition();
  }

  Answer function(StringRef Name) const {
    auto IsFunction = [](const NamedDecl *D) {
      return isa<FunctionDecl, FunctionTemplateDecl>(D->getUnderlyingDecl());
    };
    StringRef Last;
    Contexts In = parents(Name, Last);
    std::string Other;
    for (const NamedDecl *D : lookup(In, Last)) {
      if (!IsFunction(D))
        continue;
      const FunctionDecl *FD = D->getAsFunction();
      const auto *Method = dyn_cast<CXXMethodDecl>(FD);
      if (Method && !Method->isStatic())
        return {Answer::Wrong,
                "'" + Name.str() +
                    "' is a method; its row belongs to the 'calls' of a type"};
      std::string Own = Lexicon::qualifiedName(FD);
      if (Own == Name)
        return {};
      Other = Own;
    }
    if (!Other.empty())
      return {Answer::Wrong,
              "'" + Name.str() + "' is another name of '" + Other +
                  "', and calls are looked up by that; write '" + Other + "'"};
    if (isMacro(Last))
      return {Answer::Wrong, "'" + Name.str() +
                                 "' is a macro; the calls in its expansion are "
                                 "what can be described"};
    return notDeclared(Name, near(Name, IsFunction));
  }

  /// True when the Lexicon finds the model of \p Name by what \p D declares.
  bool reached(const NamedDecl *D, StringRef Name) const {
    const TypeModel *Model = nullptr;
    if (const auto *Template = dyn_cast<ClassTemplateDecl>(D))
      Model = Words.type(Template->getTemplatedDecl());
    else if (const auto *Type = dyn_cast<TypeDecl>(D))
      Model = Words.type(Ctx.getTypeDeclType(Type));
    return Model && Model->Name == Name;
  }

  Answer type(StringRef Name) const {
    auto IsType = [](const NamedDecl *D) {
      return isa<RecordDecl, TypedefNameDecl, ClassTemplateDecl>(
          D->getUnderlyingDecl());
    };
    StringRef Last;
    Contexts In = parents(Name, Last);
    bool Declared = false;
    std::string Other;
    for (const NamedDecl *D : lookup(In, Last)) {
      if (!isa<TypeDecl, ClassTemplateDecl, TypeAliasTemplateDecl>(D))
        continue;
      if (reached(D, Name))
        return {};
      Declared = true;
      if (const CXXRecordDecl *RD = classOf(D))
        Other = Lexicon::qualifiedName(RD);
    }
    if (!Other.empty() && Other != Name)
      return {Answer::Wrong,
              "'" + Name.str() + "' is another name of '" + Other +
                  "', and types are looked up by that; write '" + Other + "'"};
    if (Declared)
      return {Answer::Wrong,
              "'" + Name.str() +
                  "' is neither a class nor a typedef; name one of these"};
    return notDeclared(Name, near(Name, IsType));
  }

  //===--------------------------------------------------------------------===//
  // Methods

  using Visited = llvm::SmallPtrSetImpl<const Decl *>;

  static void addName(const NamedDecl *D, Methods &All) {
    D = D->getUnderlyingDecl();
    if (const auto *Using = dyn_cast<UsingDecl>(D)) {
      for (const UsingShadowDecl *Shadow : Using->shadows())
        addName(Shadow->getTargetDecl(), All);
    } else if (isa<UnresolvedUsingValueDecl>(D)) {
      All.Names.insert(D->getNameAsString());
    } else if (const FunctionDecl *FD = D->getAsFunction()) {
      if (!isa<CXXConstructorDecl, CXXDestructorDecl>(FD))
        All.Names.insert(FD->getNameAsString());
    }
  }

  static void addType(QualType T, Methods &All, Visited &Seen) {
    if (const CXXRecordDecl *RD = T->getAsCXXRecordDecl())
      return addClass(RD, All, Seen);
    const auto *Special = T->getAs<TemplateSpecializationType>();
    const TemplateDecl *Template =
        Special ? Special->getTemplateName().getAsTemplateDecl() : nullptr;
    if (const auto *Class = dyn_cast_or_null<ClassTemplateDecl>(Template))
      addTemplate(Class, All, Seen);
    else if (const auto *Alias =
                 dyn_cast_or_null<TypeAliasTemplateDecl>(Template))
      addType(Alias->getTemplatedDecl()->getUnderlyingType(), All, Seen);
    else
      All.Open = true;
  }

  static void addClass(const CXXRecordDecl *RD, Methods &All, Visited &Seen) {
    if (const ClassTemplateDecl *Template = RD->getDescribedClassTemplate())
      return addTemplate(Template, All, Seen);
    addOne(RD, All, Seen);
  }

  static void addOne(const CXXRecordDecl *RD, Methods &All, Visited &Seen) {
    RD = RD->getDefinition();
    if (!RD || !Seen.insert(RD).second)
      return;
    All.Defined = true;
    for (const Decl *D : RD->decls())
      if (const auto *Named = dyn_cast<NamedDecl>(D))
        addName(Named, All);
    for (const CXXBaseSpecifier &Base : RD->bases())
      addType(Base.getType(), All, Seen);
  }

  static void addTemplate(const ClassTemplateDecl *Template, Methods &All,
                          Visited &Seen) {
    if (!Seen.insert(Template->getCanonicalDecl()).second)
      return;
    addOne(Template->getTemplatedDecl(), All, Seen);
    for (const ClassTemplateSpecializationDecl *Special :
         Template->specializations())
      addOne(Special, All, Seen);
    llvm::SmallVector<ClassTemplatePartialSpecializationDecl *, 4> Partial;
    const_cast<ClassTemplateDecl *>(Template)->getPartialSpecializations(
        Partial);
    for (const ClassTemplatePartialSpecializationDecl *Special : Partial)
      addOne(Special, All, Seen);
  }

  const Methods &methods(StringRef Type) {
    auto [It, New] = MethodsOf.try_emplace(Type.str());
    if (New) {
      StringRef Last;
      Contexts In = parents(Type, Last);
      llvm::SmallPtrSet<const Decl *, 16> Seen;
      for (const NamedDecl *D : lookup(In, Last))
        if (const CXXRecordDecl *RD = classOf(D))
          addClass(RD, It->second, Seen);
    }
    return It->second;
  }

  Answer method(StringRef Type, StringRef Call) {
    // Told about the type itself.
    if (type(Type).Is != Answer::Found)
      return {Answer::Unknown, ""};
    std::string Name = (Type + "::" + Call).str();
    const Methods &All = methods(Type);
    if (!All.Defined)
      return {Answer::Wrong, "'" + Name + "' is not declared%; '" + Type.str() +
                                 "' is no class, or is not defined there"};
    // Every class has these, written or not.
    if (Call == "constructor" || Call == "destructor" ||
        All.Names.contains(Call))
      return {};
    if (All.Open)
      return {Answer::Unknown, "'" + Name + "' is not checked: a base of '" +
                                   Type.str() +
                                   "' depends on its template arguments"};
    Nearest Best(Call);
    for (const auto &Entry : All.Names)
      Best.offer(Entry.getKey());
    return notDeclared(Name, Best.Best);
  }

  ASTContext &Ctx;
  Lexicon Words;
  std::map<std::string, Methods> MethodsOf;
};
//===----------------------------------------------------------------------===//
// verify
//===----------------------------------------------------------------------===//

/// One file's headers, parsed with one set of flags.
struct Parsed {
  std::unique_ptr<ASTUnit> Unit;
  std::unique_ptr<Declarations> Names;
  std::vector<std::string> Missing; ///< Headers.
};

std::string missingMacro(size_t Header) {
  return "LEAK_MODELS_NO_HEADER_" + std::to_string(Header);
}

Parsed parseHeaders(const ModelFile &File,
                    const std::vector<std::string> &Flags,
                    const std::shared_ptr<const ModelSet> &Models) {
  std::string Code;
  for (size_t I = 0; I != File.Headers.size(); ++I)
    Code += "#if __has_include(<" + File.Headers[I] + ">)\n#include <" +
            File.Headers[I] + ">\n#else\n#define " + missingMacro(I) +
            "\n#endif\n";

  Parsed Result;
  Result.Unit = compile(Code, "headers-of-the-model.cpp", Flags);
  if (!Result.Unit)
    return Result;
  const IdentifierTable &Idents =
      Result.Unit->getPreprocessor().getIdentifierTable();
  for (size_t I = 0; I != File.Headers.size(); ++I) {
    auto It = Idents.find(missingMacro(I));
    if (It != Idents.end() && It->second->hasMacroDefinition())
      Result.Missing.push_back(File.Headers[I]);
  }
  Result.Names = std::make_unique<Declarations>(*Result.Unit, Models);
  return Result;
}

/// "header <a> is", "headers <a>, <b>, <c> and 9 more are"
std::string told(const std::vector<std::string> &Headers, bool Verb) {
  constexpr size_t Most = 3;
  size_t N = Headers.size();
  std::string Text = N == 1 ? "header " : "headers ";
  for (size_t I = 0; I != std::min(N, Most); ++I)
    Text += (I ? ", <" : "<") + Headers[I] + ">";
  if (N > Most)
    Text += " and " + std::to_string(N - Most) + " more";
  if (Verb)
    Text += N == 1 ? " is" : " are";
  return Text;
}

class Verifier {
public:
  Verifier(std::shared_ptr<const ModelSet> Models, const CommandLine &Cmd)
      : Models(std::move(Models)), Strict(Cmd.Strict) {
    std::vector<std::string> First =
        withLanguage(Cmd.Flags, "headers-of-the-model.cpp");
    FlagSets.push_back(First);
    for (const std::string &Text : Cmd.Also) {
      std::vector<std::string> More = First;
      llvm::BumpPtrAllocator Memory;
      llvm::StringSaver Saver(Memory);
      llvm::SmallVector<const char *, 8> Words;
      llvm::cl::TokenizeGNUCommandLine(Text, Saver, Words);
      More.insert(More.end(), Words.begin(), Words.end());
      FlagSets.push_back(More);
    }
  }

  /// \p MayBeAbsent: a library that isn't installed is no error.
  void file(const ModelFile &File, bool MayBeAbsent) {
    std::vector<Parsed> Sets;
    for (const std::vector<std::string> &Flags : FlagSets) {
      Parsed P = parseHeaders(File, Flags, Models);
      if (!P.Unit) {
        ++Errors;
        errs() << File.Name << ":1: error: its headers don't compile with '"
               << llvm::join(Flags, " ")
               << "'; give the compiler's flags after '--'\n";
        return;
      }
      Sets.push_back(std::move(P));
    }
    bool Absent =
        !File.Headers.empty() && llvm::all_of(Sets, [&](const Parsed &P) {
          return P.Missing.size() == File.Headers.size();
        });
    if (Absent && !MayBeAbsent) {
      ++Errors;
      errs() << File.Name << ":1: error: the " << told(File.Headers, true)
             << " missing; say where to look, as in: -- -Iinclude\n";
      return;
    }
    if (Strict && !complete(File, Sets))
      ++Errors;
    std::string By = File.Headers.empty()
                         ? ", the file names no 'header' that does"
                         : " by the " + told(File.Headers, false);
    std::set<std::pair<std::string, std::string>> Told;
    for (const ModelName &N : Models->Names)
      if (N.File == File.Name && Told.insert({N.Type, N.Call}).second &&
          !Absent)
        name(N, By, Sets);
    if (Absent) {
      Unchecked += Told.size();
      errs() << File.Name
             << ":1: note: " << plural(Told.size(), "name is", "names are")
             << " not checked: " << told(File.Headers, true) << " missing\n";
    }
  }

  unsigned Errors = 0;     ///< Of whole files.
  unsigned Names = 0;      ///< Looked for.
  unsigned Unresolved = 0; ///< Of these: not found.
  unsigned Unchecked = 0;  ///< Not looked for: a header is missing.

private:
  /// No header is missing everywhere.
  static bool complete(const ModelFile &File, const std::vector<Parsed> &Sets) {
    std::vector<std::string> Nowhere;
    for (const std::string &Header : File.Headers)
      if (llvm::all_of(Sets, [&](const Parsed &P) {
            return llvm::is_contained(P.Missing, Header);
          }))
        Nowhere.push_back(Header);
    if (!Nowhere.empty())
      errs() << File.Name << ":1: error: " << told(Nowhere, true)
             << " missing\n";
    return Nowhere.empty();
  }

  void name(const ModelName &N, const std::string &By,
            const std::vector<Parsed> &Sets) {
    // What the first set says is told; one set that has the name is enough.
    const Parsed *Complete = nullptr;
    Declarations::Answer First, Open;
    for (const Parsed &P : Sets) {
      Declarations::Answer A = P.Names->find(N);
      if (A.Is == A.Found) {
        ++Names;
        return;
      }
      if (A.Is == A.Unknown)
        Open = A;
      else if (P.Missing.empty() && !Complete) {
        Complete = &P;
        First = A;
      }
    }
    std::string Place = N.File + ":" + std::to_string(N.Line);
    if (Complete) {
      ++Names;
      ++Unresolved;
      std::string Message = First.Message;
      if (size_t At = Message.find('%'); At != std::string::npos)
        Message.replace(At, 1, By);
      errs() << Place << ": error: " << Message << "\n";
      return;
    }
    ++Unchecked;
    if (Open.Is == Open.Unknown && Open.Message.empty())
      return; // A member of a type that is told about.
    std::string Name =
        N.Type + (N.Type.empty() || N.Call.empty() ? "" : "::") + N.Call;
    if (Open.Is == Open.Unknown)
      errs() << Place << ": note: " << Open.Message << "\n";
    else
      errs() << Place << ": note: '" << Name
             << "' is not checked: " << told(Sets.front().Missing, true)
             << " missing\n";
  }

  std::shared_ptr<const ModelSet> Models;
  std::vector<std::vector<std::string>> FlagSets;
  bool Strict;
};

} // namespace

int verify(const CommandLine &Cmd) {
  if (Cmd.Files.empty() && !Cmd.Builtin)
    return misused("verify wants model files, or --builtin");
  std::vector<std::string> Errors;
  std::shared_ptr<ModelSet> Models = load(Cmd, Cmd.Builtin, Errors);
  for (const std::string &Error : Errors)
    errs() << Error << "\n";
  if (!Errors.empty())
    return 1;

  Verifier V(Models, Cmd);
  for (const ModelFile &File : Models->Files)
    V.file(File, !llvm::is_contained(Cmd.Files, File.Name));
  std::string Unchecked;
  if (V.Unchecked)
    Unchecked = ", " + std::to_string(V.Unchecked) +
                (V.Unchecked == 1 ? " is" : " are") + " not checked";
  std::string Files =
      " in " + plural(Models->Files.size(), "file", "files") + " ";
  if (V.Errors)
    errs() << "error: " << plural(V.Errors, "file", "files")
           << " could not be checked\n";
  if (V.Unresolved)
    errs() << "error: " << plural(V.Unresolved, "name", "names") << " of "
           << V.Names << Files
           << (V.Unresolved == 1 ? "does not resolve" : "do not resolve")
           << Unchecked << "\n";
  if (V.Errors || V.Unresolved)
    return 1;
  if (Cmd.Strict && V.Unchecked) {
    errs() << "error: " << plural(V.Unchecked, "name", "names") << Files
           << (V.Unchecked == 1 ? "is" : "are") << " not checked\n";
    return 1;
  }
  outs() << plural(V.Names, "name", "names") << Files
         << (V.Names == 1 ? "resolves" : "resolve") << Unchecked << "\n";
  return 0;
}

} // namespace leak
