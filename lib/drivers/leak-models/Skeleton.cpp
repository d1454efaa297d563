//===--- Skeleton.cpp - leak-models skeleton ------------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Prints the beginning of a model file for one header: what it declares, with
/// the verbs that the names suggest. A name proves nothing: only `query` for
/// const methods is said, all else stands in comments. The file loads and
/// verifies as it is.
///
//===----------------------------------------------------------------------===//

#include "../../Lexicon.h"
#include "Commands.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/ASTUnit.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/raw_ostream.h"
#include <set>

using namespace clang;
using llvm::errs;
using llvm::outs;
using llvm::StringRef;

namespace leak {
namespace {

//===----------------------------------------------------------------------===//
// Guesses
//===----------------------------------------------------------------------===//

/// "waitForExit", "wait_for_exit" -> "wait-for-exit".
std::string words(StringRef Name) {
  std::string Result;
  for (size_t I = 0; I != Name.size(); ++I) {
    bool Upper = llvm::isUpper(Name[I]);
    bool Begins = Upper && I && !llvm::isUpper(Name[I - 1]);
    if ((Begins || !llvm::isAlnum(Name[I])) && !Result.empty() &&
        Result.back() != '-')
      Result += '-';
    if (llvm::isAlnum(Name[I]))
      Result += llvm::toLower(Name[I]);
  }
  return StringRef(Result).rtrim('-').str();
}

bool has(StringRef Words, StringRef Part) {
  return ("-" + Words + "-").str().find(("-" + Part + "-").str()) !=
         std::string::npos;
}

template <typename Enum> struct Guess {
  const char *Words;
  Enum Is;
};

// The first that fits counts.
const Guess<Verb> VerbGuesses[] = {
    {"try-join", Verb::TryJoin},
    {"timed-join", Verb::TryJoin},
    {"join", Verb::Join},
    {"joinable", Verb::TestLive},
    {"is-running", Verb::TestLive},
    {"is-alive", Verb::TestLive},
    {"detach", Verb::Detach},
    {"abandon", Verb::Detach},
    {"wait-for-exit", Verb::Join},
    {"wait-for-done", Verb::Join},
    {"wait-for-finished", Verb::Join},
    {"arrive-and-wait", Verb::Arrive},
    {"count-down-and-wait", Verb::Arrive},
    {"arrive-and-drop", Verb::Drop},
    {"arrive", Verb::CountDown},
    {"count-down", Verb::CountDown},
    {"count-up", Verb::CountUp},
    {"try-acquire", Verb::TryAcquire},
    {"try-lock", Verb::TryAcquire},
    {"trylock", Verb::TryAcquire},
    {"tryacquire", Verb::TryAcquire},
    {"timed-lock", Verb::TryAcquire},
    {"unlock", Verb::Release},
    {"lock", Verb::Acquire},
    {"acquire", Verb::Acquire},
    {"release", Verb::Release},
    {"try-push", Verb::TrySend},
    {"try-send", Verb::TrySend},
    {"try-put", Verb::TrySend},
    {"push", Verb::Send},
    {"send", Verb::Send},
    {"put", Verb::Send},
    {"enqueue", Verb::Send},
    {"try-pop", Verb::TryReceive},
    {"try-receive", Verb::TryReceive},
    {"try-get", Verb::TryReceive},
    {"pop", Verb::Receive},
    {"receive", Verb::Receive},
    {"recv", Verb::Receive},
    {"dequeue", Verb::Receive},
    {"close", Verb::Close},
    {"stop-requested", Verb::PollStop},
    {"get-stop-token", Verb::GetToken},
    {"get-stop-source", Verb::GetSource},
    {"is-stopped", Verb::PollStop},
    {"request-stop", Verb::RequestStop},
    {"interrupt", Verb::RequestStop},
    {"stop", Verb::RequestStop},
    {"cancel", Verb::Cancel},
    {"kill", Verb::Cancel},
    {"notify-one", Verb::NotifyOne},
    {"notify-all", Verb::NotifyAll},
    {"broadcast", Verb::NotifyAll},
    {"notify", Verb::NotifyOne},
    {"signal", Verb::NotifyOne},
    {"get-future", Verb::GetFuture},
    {"get-token", Verb::GetToken},
    {"set-exception", Verb::Fail},
    {"set-value", Verb::Fulfil},
    {"fulfil", Verb::Fulfil},
    {"fulfill", Verb::Fulfil},
    {"wait-until", Verb::TryWait},
    {"timed-wait", Verb::TryWait},
    {"try-wait", Verb::TryWait},
    {"wait-for", Verb::TryWait},
    {"wait", Verb::Wait},
    {"await", Verb::Wait},
    {"sleep", Verb::Sleep},
    {"spawn", Verb::Start},
    {"launch", Verb::Start},
    {"start", Verb::Start},
    {"async", Verb::Start},
    {"submit", Verb::Start},
    {"post", Verb::Start},
    {"create", Verb::Start},
    {"exit", Verb::Exit},
    {"swap", Verb::Swap},
    {"reset", Verb::Reset},
    {"clear", Verb::Clear},
};

// The end of a name says what it is.
const Guess<Kind> KindGuesses[] = {
    {"attr", Kind::Attribute},
    {"attributes", Kind::Attribute},
    {"thread-pool", Kind::Scheduler},
    {"pool", Kind::Scheduler},
    {"executor", Kind::Scheduler},
    {"scheduler", Kind::Scheduler},
    {"loop", Kind::Scheduler},
    {"thread", Kind::TaskHandle},
    {"fiber", Kind::TaskHandle},
    {"future", Kind::Future},
    {"promise", Kind::Signal},
    {"event", Kind::Signal},
    {"queue", Kind::Channel},
    {"channel", Kind::Channel},
    {"pipe", Kind::Channel},
    {"latch", Kind::Counter},
    {"barrier", Kind::Counter},
    {"wait-group", Kind::Counter},
    {"guard", Kind::Guard},
    {"locker", Kind::Guard},
    {"scoped-lock", Kind::Guard},
    {"unique-lock", Kind::Guard},
    {"mutex-lock", Kind::Guard},
    {"mutex", Kind::Permit},
    {"lock", Kind::Permit},
    {"semaphore", Kind::Permit},
    {"condition", Kind::Condition},
    {"cond", Kind::Condition},
    {"condition-variable", Kind::Condition},
    {"timer", Kind::Timer},
    {"stop-source", Kind::StopSource},
    {"stop-token", Kind::StopToken},
    {"stop-callback", Kind::StopCallback},
};

std::optional<Kind> guessKind(StringRef Name,
                              const llvm::DenseSet<unsigned> &Verbs) {
  std::string W = words(Name);
  if (StringRef(W).ends_with("-t")) // pthread_t
    W.resize(W.size() - 2);
  for (const Guess<Kind> &G : KindGuesses)
    if (("-" + W).size() > StringRef(G.Words).size() &&
        StringRef("-" + W).ends_with(("-" + StringRef(G.Words)).str()))
      return G.Is;
  auto Any = [&](std::initializer_list<Verb> List) {
    return llvm::any_of(List,
                        [&](Verb V) { return Verbs.contains(unsigned(V)); });
  };
  if (Any({Verb::Join, Verb::TryJoin, Verb::Detach}))
    return Kind::TaskHandle;
  if (Any({Verb::CountDown, Verb::CountUp, Verb::Arrive}))
    return Kind::Counter;
  if (Any({Verb::Receive, Verb::TryReceive}))
    return Kind::Channel;
  if (Any({Verb::Acquire, Verb::TryAcquire}))
    return Kind::Permit;
  if (Any({Verb::NotifyOne, Verb::NotifyAll}))
    return Kind::Condition;
  if (Any({Verb::Fulfil, Verb::Wait}))
    return Kind::Signal;
  return std::nullopt;
}

/// The number of the first parameter that can be called, or that is a time; -1
/// when there is none.
int parameter(const FunctionDecl *FD, bool Time) {
  for (unsigned I = 0; I != FD->getNumParams(); ++I) {
    QualType T = FD->getParamDecl(I)->getType().getNonReferenceType();
    std::string Text = words(T.getAsString());
    if (Time ? has(Text, "duration") || has(Text, "time-point") ||
                   has(Text, "timeout") || has(Text, "timespec") ||
                   has(Text, "time")
             : has(Text, "function") || has(Text, "callable") ||
                   T->isFunctionPointerType() || T->isFunctionType())
      return I;
  }
  return -1;
}

std::optional<Verb> guessVerb(const FunctionDecl *FD, bool OfHandle) {
  if (isa<CXXConstructorDecl>(FD))
    return parameter(FD, false) >= 0 ? Verb::Start : Verb::Init;
  if (!FD->getIdentifier())
    return std::nullopt;
  std::string W = words(FD->getName());
  std::optional<Verb> Result;
  for (const Guess<Verb> &G : VerbGuesses)
    if (!Result && has(W, G.Words))
      Result = G.Is;
  if (Result == Verb::Start && has(W, "create") && parameter(FD, false) < 0)
    return std::nullopt;
  bool Bounded = parameter(FD, true) >= 0;
  if (Result == Verb::Wait && Bounded)
    Result = Verb::TryWait;
  if (Result == Verb::Acquire && Bounded)
    Result = Verb::TryAcquire;
  if (OfHandle && Result == Verb::Wait)
    Result = Verb::Join;
  if (OfHandle && Result == Verb::TryWait)
    Result = Verb::TryJoin;
  return Result;
}

//===----------------------------------------------------------------------===//
// What the header declares
//===----------------------------------------------------------------------===//

std::string quoted(StringRef Name) {
  bool Plain = llvm::all_of(
      Name, [](char C) { return llvm::isAlnum(C) || C == '_' || C == '~'; });
  return Plain ? Name.str() : "'" + Name.str() + "'";
}

class Skeleton {
public:
  Skeleton(const ASTUnit &Unit)
      : Ctx(Unit.getASTContext()), SM(Unit.getSourceManager()) {
    collect(Ctx.getTranslationUnitDecl());
  }

  bool empty() const {
    return Classes.empty() && Typedefs.empty() && Functions.empty();
  }

  /// The headers that the header itself includes, as it spells them.
  std::vector<std::string> includes() const {
    std::vector<std::string> Result;
    for (unsigned I = 0; I != SM.local_sloc_entry_size(); ++I) {
      const SrcMgr::SLocEntry &Entry = SM.getLocalSLocEntry(I);
      if (!Entry.isFile() || !isOwn(Entry.getFile().getIncludeLoc()))
        continue;
      // Tokens are gone; the rest of the line is what stands there.
      StringRef Line = SM.getCharacterData(Entry.getFile().getIncludeLoc());
      Line = Line.take_until([](char C) { return C == '\n' || C == '\r'; });
      size_t Close = Line.find_first_of(">\"", 1);
      if (Close == StringRef::npos)
        continue;
      std::string Name = Line.take_front(Close).drop_front().str();
      if (!llvm::is_contained(Result, Name))
        Result.push_back(Name);
    }
    return Result;
  }

  void print(StringRef Header) {
    outs() << "library: " << Header << "\n"
           << "doc: TODO\n"
           << "header: " << Header << "\n";
    // Who includes the header mentions all of it: one name would be enough.
    outs() << "identifiers: ["
           << (Namespaces.empty() ? Global : llvm::join(Namespaces, ", "))
           << "]\n";
    std::string Types;
    llvm::raw_string_ostream Out(Types);
    bool Any = false;
    for (const CXXRecordDecl *RD : Classes)
      Any |= type(RD, Out);
    for (const TypedefNameDecl *TD : Typedefs)
      Any |= type(TD, Out);
    if (!Types.empty())
      outs() << (Any ? "" : "# ") << "types:\n" << Types;
    if (!Functions.empty())
      outs() << "# functions:\n";
    for (const FunctionDecl *FD : Functions)
      function(FD);
  }

private:
  /// Declared by the header that the main file includes, and not by what that
  /// includes.
  bool isOwn(SourceLocation Loc) const {
    if (Loc.isInvalid())
      return false;
    FileID File = SM.getFileID(SM.getExpansionLoc(Loc));
    return File != SM.getMainFileID() &&
           SM.getFileID(SM.getIncludeLoc(File)) == SM.getMainFileID();
  }

  static bool isPrivate(StringRef Name) {
    std::string W = words(Name);
    return Name.starts_with("_") || has(W, "detail") || has(W, "details") ||
           has(W, "internal") || has(W, "impl");
  }

  void declared(const NamedDecl *D) {
    std::string Name = Lexicon::qualifiedName(D);
    auto [First, Rest] = StringRef(Name).split("::");
    if (!Rest.empty())
      Namespaces.insert(First.str());
    else if (Global.empty() || !isa<FunctionDecl>(D))
      Global = First.str();
  }

  void collect(const DeclContext *DC) {
    for (const Decl *D : DC->decls()) {
      if (isa<LinkageSpecDecl, ExportDecl>(D)) {
        collect(cast<DeclContext>(D));
        continue;
      }
      const auto *Named = dyn_cast<NamedDecl>(D);
      if (!Named || Named->isInvalidDecl() ||
          (Named->getIdentifier() && isPrivate(Named->getName())))
        continue;
      if (const auto *NS = dyn_cast<NamespaceDecl>(Named)) {
        if (!NS->isAnonymousNamespace())
          collect(NS);
        continue;
      }
      if (!isOwn(Named->getLocation()) || Named->getAccess() == AS_private ||
          Named->getAccess() == AS_protected)
        continue;
      add(Named);
    }
  }

  void add(const NamedDecl *D) {
    if (const auto *Template = dyn_cast<ClassTemplateDecl>(D))
      D = Template->getTemplatedDecl();
    if (const auto *RD = dyn_cast<CXXRecordDecl>(D)) {
      if (!RD->isThisDeclarationADefinition() || !RD->getIdentifier() ||
          RD->isInjectedClassName())
        return;
      Classes.insert(RD);
      declared(RD);
      collect(RD);
    } else if (const auto *TD = dyn_cast<TypedefNameDecl>(D)) {
      // The name of a class is not looked up by its typedefs.
      QualType T = TD->getUnderlyingType();
      if (T->isDependentType() || T->getAsCXXRecordDecl() ||
          !(T->isPointerType() || T->isIntegerType() || T->isRecordType()) ||
          T->isFunctionPointerType() || !guessKind(TD->getName(), {}))
        return;
      Typedefs.insert(TD);
      declared(TD);
    } else if (const FunctionDecl *FD = D->getAsFunction()) {
      const auto *Method = dyn_cast<CXXMethodDecl>(FD);
      if ((Method && !Method->isStatic()) || FD->isOverloadedOperator() ||
          !FD->getIdentifier() || FD->isDeleted() ||
          FD->getFriendObjectKind() != Decl::FOK_None)
        return;
      if (FunctionNames.insert(Lexicon::qualifiedName(FD)).second) {
        Functions.insert(FD);
        declared(FD);
      }
    }
  }

  std::string signature(const FunctionDecl *FD, size_t Overloads) const {
    const PrintingPolicy &Policy = Ctx.getPrintingPolicy();
    std::string Text;
    if (!isa<CXXConstructorDecl, CXXConversionDecl>(FD))
      Text = FD->getReturnType().getAsString(Policy) + " ";
    std::vector<std::string> Parameters;
    for (const ParmVarDecl *P : FD->parameters())
      Parameters.push_back(P->getType().getAsString(Policy));
    Text += "(" + llvm::join(Parameters, ", ") + ")";
    if (Overloads > 1)
      Text +=
          ", and " + plural(Overloads - 1, "other overload", "other overloads");
    std::replace(Text.begin(), Text.end(), '\n', ' ');
    return Text;
  }

  /// "does: try-wait, timeout: 0"
  static std::string does(Verb V, const FunctionDecl *FD) {
    std::string Text = "does: " + spelling(V).str();
    int Callable = parameter(FD, false), Time = parameter(FD, true);
    if (V == Verb::Start && Callable >= 0)
      Text += ", callable: " + std::to_string(Callable);
    if (Time >= 0)
      Text += ", timeout: " + std::to_string(Time);
    return Text;
  }

  using Overloads = llvm::SmallVector<const CXXMethodDecl *, 2>;
  using Methods = std::vector<std::pair<std::string, Overloads>>;

  /// The public methods and constructors, with those of bases in the header.
  void methods(const CXXRecordDecl *RD, bool Inherited, Methods &All) const {
    for (const Decl *D : RD->decls()) {
      const auto *Named = dyn_cast<NamedDecl>(D);
      const auto *Method = dyn_cast_or_null<CXXMethodDecl>(
          Named ? Named->getAsFunction() : nullptr);
      if (!Method || Method->getAccess() != AS_public || Method->isImplicit() ||
          Method->isStatic() || Method->isDeleted() ||
          isa<CXXDestructorDecl, CXXDeductionGuideDecl>(Method) ||
          Method->isCopyAssignmentOperator() ||
          Method->isMoveAssignmentOperator())
        continue;
      std::string Name = Method->getNameAsString();
      if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(Method)) {
        if (Inherited || Ctor->isCopyOrMoveConstructor())
          continue;
        Name = "constructor";
      } else if (isa<CXXConversionDecl>(Method)) {
        if (!Method->getReturnType()->isBooleanType())
          continue;
      } else if (Method->getIdentifier() && isPrivate(Method->getName())) {
        continue;
      }
      auto It = llvm::find_if(
          All, [&](const auto &Entry) { return Entry.first == Name; });
      if (It == All.end())
        It = All.insert(It, {Name, {}});
      It->second.push_back(Method);
    }
    for (const CXXBaseSpecifier &Base : RD->bases())
      if (const CXXRecordDecl *B = Base.getType()->getAsCXXRecordDecl();
          B && Base.getAccessSpecifier() == AS_public && B->getDefinition() &&
          isOwn(B->getLocation()))
        methods(B->getDefinition(), true, All);
  }

  bool type(const CXXRecordDecl *RD, llvm::raw_ostream &Out) const {
    Methods All;
    methods(RD, false, All);
    llvm::DenseSet<unsigned> Verbs;
    for (const auto &[Name, List] : All)
      if (std::optional<Verb> V = guessVerb(List.front(), false))
        Verbs.insert(unsigned(*V));
    std::optional<Kind> K = guessKind(RD->getName(), Verbs);
    std::string Lead = K ? "" : "# ";
    Out << "  " << Lead << "- type: " << Lexicon::qualifiedName(RD) << "\n";
    if (K)
      Out << "    kind: " << spelling(*K) << " # a guess\n";
    else
      Out << "  #   kind: TODO\n";
    if (K == Kind::TaskHandle)
      Out << "    # unreleased: terminate?\n";

    bool OfHandle = K == Kind::TaskHandle;
    std::vector<std::string> Queries, Rows;
    for (const auto &[Name, List] : All) {
      if (Name == "constructor") {
        constructors(List, Rows);
        continue;
      }
      const CXXMethodDecl *First = List.front();
      std::optional<Verb> V = guessVerb(First, OfHandle);
      bool Looks = llvm::all_of(
          List, [](const CXXMethodDecl *M) { return M->isConst(); });
      if (!V && Looks) {
        Queries.push_back(quoted(Name));
        continue;
      }
      Rows.push_back("- {call: " + quoted(Name) + ", " +
                     (V ? does(*V, First) : "does: TODO") + "} # " +
                     signature(First, List.size()));
    }
    if (Queries.empty() && Rows.empty())
      return K.has_value();
    Lead = K && !Queries.empty() ? "    " : K ? "    # " : "  #   ";
    Out << Lead << "calls:\n";
    if (!Queries.empty())
      Out << Lead << "  - {call: [" << llvm::join(Queries, ", ")
          << "], does: query}\n";
    for (const std::string &Row : Rows)
      Out << (K ? "      # " : "  #     ") << Row << "\n";
    return K.has_value();
  }

  static std::string arguments(const CXXMethodDecl *Ctor) {
    unsigned N = Ctor->getNumParams();
    if (N && Ctor->getParamDecl(N - 1)->isParameterPack())
      return std::to_string(N - 1) + "+";
    return std::to_string(N);
  }

  /// One row for each number of arguments.
  void constructors(const Overloads &All,
                    std::vector<std::string> &Rows) const {
    llvm::SmallVector<unsigned, 4> Seen;
    for (const CXXMethodDecl *Ctor : All) {
      unsigned N = Ctor->getNumParams();
      if (llvm::is_contained(Seen, N))
        continue;
      Seen.push_back(N);
      Rows.push_back(
          "- {call: constructor, " + does(*guessVerb(Ctor, false), Ctor) +
          ", args: " + arguments(Ctor) + "} # " + signature(Ctor, 1));
    }
  }

  bool type(const TypedefNameDecl *TD, llvm::raw_ostream &Out) const {
    std::optional<Kind> K = guessKind(TD->getName(), {});
    Out << "  - type: " << Lexicon::qualifiedName(TD) << "\n"
        << "    kind: " << spelling(*K) << " # a guess\n";
    if (!TD->getUnderlyingType()->isRecordType())
      Out << "    identity: value\n";
    if (K == Kind::TaskHandle)
      Out << "    # unreleased: leak?\n";
    return true;
  }

  void function(const FunctionDecl *FD) const {
    bool OfHandle = false;
    for (StringRef Word : {"thread", "fiber", "task", "process"})
      OfHandle |= has(words(FD->getName()), Word);
    std::optional<Verb> V = guessVerb(FD, OfHandle);
    std::string Object;
    if (V == Verb::Start && !FD->getReturnType()->isVoidType() &&
        !FD->getReturnType()->isIntegerType())
      Object = ", object: return";
    else if (V && V != Verb::Sleep && V != Verb::Exit && FD->getNumParams())
      Object = FD->getParamDecl(0)->getType()->isPointerType() &&
                       !FD->getParamDecl(0)->getType()->getAs<TypedefType>()
                   ? ", object: '*0'"
                   : ", object: 0";
    if (V == Verb::Start && Object == ", object: 0" &&
        parameter(FD, false) == 0)
      Object.clear();
    if (Object.empty() && V != Verb::Sleep && V != Verb::Exit)
      V = std::nullopt; // What would it be done to?
    outs() << "  # - {call: " << quoted(Lexicon::qualifiedName(FD)) << ", "
           << (V ? does(*V, FD) : "does: TODO") << Object << "} # "
           << signature(FD, 1) << "\n";
  }

  const ASTContext &Ctx;
  const SourceManager &SM;
  llvm::SetVector<const CXXRecordDecl *> Classes;
  llvm::SetVector<const TypedefNameDecl *> Typedefs;
  llvm::SetVector<const FunctionDecl *> Functions;
  llvm::StringSet<> FunctionNames;
  std::set<std::string> Namespaces; ///< Outermost ones.
  std::string Global;               ///< One that is in none, best a type.
};

} // namespace

int skeleton(const CommandLine &Cmd) {
  if (Cmd.Files.size() != 1)
    return misused("skeleton wants one header, as it stands between < and >");
  const std::string &Header = Cmd.Files.front();
  std::vector<std::string> Flags = withLanguage(Cmd.Flags, "");
  std::unique_ptr<ASTUnit> Unit =
      compile("#include <" + Header + ">\n", "the-header.cpp", Flags);
  if (!Unit) {
    errs() << "error: <" << Header << "> doesn't compile with '"
           << llvm::join(Flags, " ")
           << "'; give the compiler's flags after '--'\n";
    return 1;
  }
  Skeleton S(*Unit);
  if (S.empty()) {
    errs() << "error: <" << Header
           << "> itself declares no class and no function";
    if (std::vector<std::string> Others = S.includes(); !Others.empty())
      errs() << "; it includes these: " << llvm::join(Others, ", ");
    errs() << "\n";
    return 1;
  }
  S.print(Header);
  return 0;
}

} // namespace leak
