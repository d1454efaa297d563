//===--- Model.cpp - what foreign APIs do, as data ------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Model.h"
#include "Embedded.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/IdentifierTable.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLParser.h"

using namespace clang;
using namespace llvm;

namespace leak {

//===----------------------------------------------------------------------===//
// Vocabulary
//===----------------------------------------------------------------------===//

template <> ArrayRef<StringRef> words<Kind>() {
  static const StringRef Words[] = {
#define LEAK_KIND(Enumerator, Spelling) Spelling,
      LEAK_KINDS
#undef LEAK_KIND
  };
  return Words;
}

template <> ArrayRef<StringRef> words<Verb>() {
  static const StringRef Words[] = {
#define LEAK_VERB(Enumerator, Spelling) Spelling,
      LEAK_VERBS
#undef LEAK_VERB
  };
  return Words;
}

template <> ArrayRef<StringRef> words<Unreleased>() {
  static const StringRef Words[] = {
#define LEAK_UNRELEASED_WORD(Enumerator, Spelling) Spelling,
      LEAK_UNRELEASED
#undef LEAK_UNRELEASED_WORD
  };
  return Words;
}

template <> ArrayRef<StringRef> words<Failure>() {
  static const StringRef Words[] = {
#define LEAK_FAILURE(Enumerator, Spelling) Spelling,
      LEAK_FAILURES
#undef LEAK_FAILURE
  };
  return Words;
}

template <> ArrayRef<StringRef> words<Rejoin>() {
  static const StringRef Words[] = {
#define LEAK_REJOIN(Enumerator, Spelling) Spelling,
      LEAK_REJOINS
#undef LEAK_REJOIN
  };
  return Words;
}

/// "; did you mean 'x'?" when one word is near, else "; allowed: a, b, c".
static std::string allowed(StringRef Got, ArrayRef<StringRef> Words) {
  StringRef Best;
  unsigned BestDistance = 3;
  for (StringRef W : Words) {
    unsigned D = Got.edit_distance(W, true, BestDistance);
    if (D < BestDistance) {
      BestDistance = D;
      Best = W;
    }
  }
  std::string Near =
      Best.empty() ? "" : ("; did you mean '" + Best + "'?").str();
  return Near + "; allowed: " + join(Words, ", ");
}

//===----------------------------------------------------------------------===//
// Reading model files
//===----------------------------------------------------------------------===//

const Effect *TypeModel::find(StringRef Name, unsigned NumArgs) const {
  auto It = Calls.find(Name);
  if (It != Calls.end())
    for (const Effect &E : It->second)
      if (E.matches(NumArgs))
        return &E;
  return nullptr;
}

namespace {

/// Reads one YAML document into a ModelSet. llvm::yaml::Stream rather than
/// YAML traits, because errors have to say which words are allowed where.
class Reader {
public:
  Reader(MemoryBufferRef Text, std::vector<std::string> &Errors,
         StringMap<TypeModel> &Types, StringMap<Effects> &Functions,
         std::vector<ModelName> *Names, std::vector<std::string> &Headers)
      : Text(Text), Errors(Errors), Types(Types), Functions(Functions),
        Names(Names), Headers(Headers) {
    SM.setDiagHandler(
        [](const SMDiagnostic &D, void *Self) {
          static_cast<Reader *>(Self)->syntaxError(D);
        },
        this);
  }

  bool read() {
    size_t Before = Errors.size();
    yaml::Stream Stream(Text, SM, /*ShowColors=*/false);
    yaml::document_iterator Doc = Stream.begin();
    if (Doc == Stream.end() || !Doc->getRoot() ||
        isa<yaml::NullNode>(Doc->getRoot())) {
      if (Errors.size() == Before)
        Errors.push_back((Text.getBufferIdentifier() +
                          ":1:1: error: the file is empty; a model file "
                          "starts with 'library:'")
                             .str());
      return false;
    }
    file(Doc->getRoot());
    if (!SyntaxErrors && ++Doc != Stream.end() && Doc->getRoot())
      error(Doc->getRoot(), "a second document in the file; make it a file of "
                            "its own");
    return Errors.size() == Before;
  }

private:
  using Handler = function_ref<void(StringRef Key, yaml::Node *Value)>;

  void syntaxError(const SMDiagnostic &D) {
    // The parser's follow-up errors only repeat the first.
    if (SyntaxErrors++)
      return;
    Errors.push_back((Text.getBufferIdentifier() + ":" + Twine(D.getLineNo()) +
                      ":" + Twine(D.getColumnNo() + 1) +
                      ": error: not YAML: " + D.getMessage())
                         .str());
  }

  std::pair<unsigned, unsigned> position(yaml::Node *N) {
    // The stream works on a copy of the buffer in SM; positions are its.
    return SM.getLineAndColumn(N->getSourceRange().Start);
  }

  void error(yaml::Node *N, const Twine &Message) {
    auto [Line, Column] = position(N);
    Errors.push_back((Text.getBufferIdentifier() + ":" + Twine(Line) + ":" +
                      Twine(Column) + ": error: " + Message)
                         .str());
  }

  std::optional<std::string> scalar(yaml::Node *N, StringRef What) {
    if (auto *Block = dyn_cast_or_null<yaml::BlockScalarNode>(N))
      return Block->getValue().trim().str();
    auto *S = dyn_cast_or_null<yaml::ScalarNode>(N);
    if (!S) {
      if (N)
        error(N, "'" + What + "' wants one word");
      return std::nullopt;
    }
    SmallString<64> Storage;
    return S->getValue(Storage).str();
  }

  std::vector<std::string> list(yaml::Node *N, StringRef What) {
    std::vector<std::string> Result;
    if (auto *Seq = dyn_cast_or_null<yaml::SequenceNode>(N)) {
      for (yaml::Node &Item : *Seq)
        if (auto S = scalar(&Item, What))
          Result.push_back(*S);
    } else if (auto S = scalar(N, What)) {
      Result.push_back(*S);
    }
    return Result;
  }

  template <typename Enum>
  void word(yaml::Node *N, StringRef What, Enum &Result) {
    std::optional<std::string> S = scalar(N, What);
    if (!S)
      return;
    if (std::optional<Enum> E = parseWord<Enum>(*S))
      Result = *E;
    else
      error(N,
            "unknown " + What + " '" + *S + "'" + allowed(*S, words<Enum>()));
  }

  template <typename Int> void number(yaml::Node *N, StringRef What, Int &Res) {
    std::optional<std::string> S = scalar(N, What);
    Int Value;
    if (!S)
      return;
    if (StringRef(*S).getAsInteger(10, Value) || Value < 0)
      error(N, "'" + What + "' wants a number, not '" + *S + "'");
    else
      Res = Value;
  }

  void mapping(yaml::Node *N, StringRef What, ArrayRef<StringRef> Keys,
               Handler Handle) {
    auto *Map = dyn_cast_or_null<yaml::MappingNode>(N);
    if (!Map) {
      if (N)
        error(N, What + " wants keys and values; allowed: " + join(Keys, ", "));
      return;
    }
    StringSet<> Seen;
    for (yaml::KeyValueNode &KV : *Map) {
      yaml::Node *KeyNode = KV.getKey();
      std::optional<std::string> Key = scalar(KeyNode, "a key");
      if (!Key || !is_contained(Keys, StringRef(*Key))) {
        if (Key)
          error(KeyNode,
                "unknown key '" + *Key + "' in " + What + allowed(*Key, Keys));
        KV.skip();
        continue;
      }
      if (!Seen.insert(*Key).second)
        error(KeyNode, "the key '" + *Key + "' is given twice");
      yaml::Node *Value = KV.getValue();
      if (!Value)
        return; // A syntax error, told already.
      Handle(*Key, Value);
      KV.skip();
    }
  }

  template <typename Fn>
  void sequence(yaml::Node *N, StringRef What, Fn Handle) {
    auto *Seq = dyn_cast_or_null<yaml::SequenceNode>(N);
    if (!Seq) {
      if (N && !isa<yaml::NullNode>(N))
        error(N, "'" + What + "' wants a list");
      return;
    }
    for (yaml::Node &Item : *Seq)
      Handle(&Item);
  }

  void objectSpec(yaml::Node *N, ObjectSpec &Spec) {
    std::optional<std::string> S = scalar(N, "object");
    if (!S)
      return;
    StringRef Text = *S;
    if (Text == "this")
      Spec.Place = ObjectSpec::This;
    else if (Text == "return")
      Spec.Place = ObjectSpec::Return;
    else {
      Spec.Place =
          Text.consume_front("*") ? ObjectSpec::Pointee : ObjectSpec::Argument;
      if (Text.getAsInteger(10, Spec.Index))
        error(N, "unknown object '" + *S +
                     "'; allowed: this, return, an argument's number such as "
                     "0, or *0 for what it points to");
    }
  }

  void arguments(yaml::Node *N, Effect &E) {
    std::optional<std::string> S = scalar(N, "args");
    if (!S)
      return;
    StringRef Text = *S;
    bool More = Text.consume_back("+");
    if (Text.getAsInteger(10, E.MinArgs))
      error(N, "'args' wants a number such as 2, or 2+, not '" + *S + "'");
    E.MaxArgs = More ? ~0U : E.MinArgs;
  }

  /// Verbs that say nothing without an object.
  static bool wantsObject(Verb V) {
    switch (V) {
    case Verb::Query:
    case Verb::Bind:
    case Verb::Arm:
    case Verb::Disarm:
    case Verb::PollStop:
    case Verb::Sleep:
    case Verb::Block:
    case Verb::Apply:
    case Verb::Exit:
    case Verb::Escape:
      return false;
    default:
      return true;
    }
  }

  void row(yaml::Node *N, TypeModel *Type, StringRef DefaultDoc,
           StringMap<Effects> &Into, StringMap<Effects> *Inherited) {
    static const StringRef Keys[] = {
        "call",    "does",      "object",    "args",   "callable",
        "timeout", "token",     "predicate", "lock",   "count",
        "value",   "attribute", "doc",       "failure"};
    Effect E;
    E.Doc = DefaultDoc.str();
    std::vector<std::string> Calls;
    yaml::Node *DoesNode = nullptr;
    size_t Before = Errors.size();
    unsigned Line = position(N).first;
    mapping(N, "a row", Keys, [&](StringRef Key, yaml::Node *V) {
      if (Key == "call")
        Calls = list(V, "call");
      else if (Key == "does")
        word(DoesNode = V, "verb", E.Does);
      else if (Key == "object")
        objectSpec(V, E.Object);
      else if (Key == "args")
        arguments(V, E);
      else if (Key == "failure")
        word(V, "failure", E.Fails);
      else if (Key == "doc")
        E.Doc = scalar(V, Key).value_or("");
      else
        number(V, Key,
               *StringSwitch<int *>(Key)
                    .Case("callable", &E.Callable)
                    .Case("timeout", &E.Timeout)
                    .Case("token", &E.Token)
                    .Case("predicate", &E.Predicate)
                    .Case("lock", &E.Lock)
                    .Case("count", &E.Count)
                    .Case("value", &E.Value)
                    .Default(&E.Attribute));
    });
    if (SyntaxErrors)
      return;
    if (Errors.size() == Before) {
      if (Calls.empty())
        error(N, "the row has no 'call'; name the function that it is about");
      if (!DoesNode)
        error(N,
              "the row has no 'does'; allowed: " + join(words<Verb>(), ", "));
      else if (!Type && E.Object.Place == ObjectSpec::None &&
               wantsObject(E.Does))
        error(N, "the row has no 'object'; say what '" + spelling(E.Does) +
                     "' is done to: return, an argument's number such as 0, or "
                     "*0 for what it points to");
    }
    // A row that was read in part would say something else.
    if (Errors.size() != Before)
      return;
    if (Type && E.Object.Place == ObjectSpec::None)
      E.Object.Place = ObjectSpec::This;
    for (const std::string &Call : Calls) {
      // The first row for this call in a type replaces what `like` brought.
      if (Inherited) {
        auto It = Inherited->find(Call);
        if (It != Inherited->end()) {
          Inherited->erase(It);
          Into.erase(Call);
        }
      }
      Into[Call].push_back(E);
      if (Names)
        Names->push_back({Text.getBufferIdentifier().str(), Line,
                          Type ? Type->Name : "", Call});
    }
  }

  void type(yaml::Node *N) {
    static const StringRef Keys[] = {"type",
                                     "kind",
                                     "like",
                                     "unreleased",
                                     "rejoin",
                                     "identity",
                                     "calls",
                                     "carries-exceptions",
                                     "doc",
                                     "joining-type",
                                     "joining-type-since"};
    TypeModel T;
    T.Library = Library;
    T.Doc = Doc;
    bool HasKind = false, Lost = false;
    std::string First;
    StringMap<Effects> Inherited;
    unsigned Line = position(N).first;
    mapping(N, "a type", Keys, [&](StringRef Key, yaml::Node *V) {
      // What is taken over would replace what stands before it.
      if (Key == "like" && !First.empty()) {
        error(V, "'like' stands after '" + First +
                     "'; put it directly after 'type'");
        Lost = true;
        return;
      }
      if (Key != "type" && Key != "like" && Key != "doc" && First.empty())
        First = Key.str();
      if (Key == "type") {
        if (!First.empty())
          error(V, "'type' stands after '" + First + "'; put it first");
        T.Name = scalar(V, Key).value_or("");
        if (Names)
          Names->push_back(
              {Text.getBufferIdentifier().str(), Line, T.Name, ""});
      } else if (Key == "like") {
        std::string Like = scalar(V, Key).value_or("");
        auto It = Types.find(Like);
        if (It == Types.end()) {
          error(V, "unknown type '" + Like +
                       "' after 'like'; it has to be given before, in this "
                       "file or an earlier one");
          HasKind = Lost = true;
          return;
        }
        std::string Name = T.Name, TypeDoc = T.Doc;
        T = It->second;
        T.Name = Name;
        T.Doc = TypeDoc;
        T.Library = Library;
        Inherited = T.Calls;
        HasKind = true;
      } else if (Key == "kind") {
        size_t Before = Errors.size();
        word(V, "kind", T.What);
        HasKind = true;
        Lost |= Errors.size() != Before;
      } else if (Key == "unreleased") {
        word(V, "unreleased", T.IfUnreleased);
      } else if (Key == "rejoin") {
        word(V, "rejoin", T.IfRejoined);
      } else if (Key == "identity") {
        std::string S = scalar(V, Key).value_or("object");
        T.ByValue = S == "value";
        if (S != "value" && S != "object")
          error(V, "unknown identity '" + S + "'; allowed: object, value");
      } else if (Key == "carries-exceptions") {
        std::string S = scalar(V, Key).value_or("false");
        T.CarriesExceptions = S == "true";
        if (S != "true" && S != "false")
          error(V, "'carries-exceptions' wants true or false, not '" + S + "'");
      } else if (Key == "joining-type") {
        T.JoiningType = scalar(V, Key).value_or("");
      } else if (Key == "joining-type-since") {
        std::string S = scalar(V, Key).value_or("");
        StringRef Number = S;
        if (!Number.consume_front("c++") ||
            Number.getAsInteger(10, T.JoiningTypeSince))
          error(V, "unknown language '" + S + "'; write it as c++20");
      } else if (Key == "doc") {
        T.Doc = scalar(V, Key).value_or("");
      } else if (Key == "calls") {
        sequence(V, Key, [&](yaml::Node *Row) {
          row(Row, &T, T.Doc, T.Calls, &Inherited);
        });
      }
    });
    if (SyntaxErrors)
      return;
    if (T.Name.empty())
      return error(N, "the type has no 'type'; give its qualified name");
    if (!HasKind && !Lost)
      error(N, "the type '" + T.Name +
                   "' has no 'kind'; allowed: " + join(words<Kind>(), ", "));
    if (HasKind && !Lost)
      Types[T.Name] = std::move(T);
  }

  void file(yaml::Node *Root) {
    static const StringRef Keys[] = {"library", "doc", "header", "types",
                                     "functions"};
    mapping(Root, "a model file", Keys, [&](StringRef Key, yaml::Node *V) {
      if (Key == "library")
        Library = scalar(V, Key).value_or("");
      else if (Key == "doc")
        Doc = scalar(V, Key).value_or("");
      else if (Key == "header")
        Headers = list(V, Key);
      else if (Key == "types")
        sequence(V, Key, [&](yaml::Node *N) { type(N); });
      else
        sequence(V, Key, [&](yaml::Node *N) {
          row(N, nullptr, Doc, Functions, nullptr);
        });
    });
    if (SyntaxErrors || !isa<yaml::MappingNode>(Root))
      return;
    if (Library.empty())
      error(Root, "the file has no 'library'; name the library it is about");
    if (Doc.empty())
      error(Root, "the file has no 'doc'; say where the library is documented");
  }

  MemoryBufferRef Text;
  std::vector<std::string> &Errors;
  StringMap<TypeModel> &Types;
  StringMap<Effects> &Functions;
  std::vector<ModelName> *Names;
  std::vector<std::string> &Headers;
  SourceMgr SM;
  unsigned SyntaxErrors = 0;
  std::string Library, Doc;
};

} // namespace

bool ModelSet::parse(MemoryBufferRef Text, std::vector<std::string> &Errors) {
  // A user's file may describe a built-in function anew: its rows win.
  StringMap<Effects> NewFunctions;
  ModelFile File{Text.getBufferIdentifier().str(), {}};
  bool Ok = Reader(Text, Errors, Types, NewFunctions,
                   KeepNames ? &Names : nullptr, File.Headers)
                .read();
  if (KeepNames)
    Files.push_back(std::move(File));
  for (auto &Entry : NewFunctions)
    Functions[Entry.getKey()] = std::move(Entry.getValue());
  return Ok;
}

std::shared_ptr<const ModelSet> ModelSet::builtin() {
  static const std::shared_ptr<const ModelSet> Models = [] {
    auto Set = std::make_shared<ModelSet>();
    std::vector<std::string> Errors;
    for (const EmbeddedFile &File : embeddedModels())
      Set->parse(MemoryBufferRef(File.Text, File.Name), Errors);
    // The build validates every built-in file, so this can't be reached by a
    // program that was built.
    if (!Errors.empty())
      report_fatal_error(StringRef(Errors.front()));
    return Set;
  }();
  return Models;
}

std::shared_ptr<const ModelSet>
ModelSet::load(ArrayRef<std::string> Files, std::vector<std::string> &Errors) {
  if (Files.empty())
    return builtin();
  auto Set = std::make_shared<ModelSet>(*builtin());
  for (const std::string &File : Files) {
    auto Buffer = MemoryBuffer::getFile(File, /*IsText=*/true);
    if (!Buffer) {
      Errors.push_back(File + ":1:1: error: can't read the model file: " +
                       Buffer.getError().message() +
                       "; mend the option 'leak-tidy.Models'");
      continue;
    }
    Set->parse((*Buffer)->getMemBufferRef(), Errors);
  }
  return Set;
}

const TypeModel *ModelSet::findType(StringRef QualifiedName) const {
  auto It = Types.find(QualifiedName);
  return It == Types.end() ? nullptr : &It->second;
}

const Effects *ModelSet::findFunction(StringRef QualifiedName) const {
  auto It = Functions.find(QualifiedName);
  return It == Functions.end() ? nullptr : &It->second;
}

//===----------------------------------------------------------------------===//
// Looking declarations up
//===----------------------------------------------------------------------===//

static StringRef lastComponent(StringRef Qualified) {
  size_t Colon = Qualified.rfind(':');
  return Colon == StringRef::npos ? Qualified : Qualified.substr(Colon + 1);
}

Lexicon::Lexicon(const ASTContext &Ctx, std::shared_ptr<const ModelSet> Models)
    : Ctx(Ctx), Models(std::move(Models)) {
  const IdentifierTable &Idents = Ctx.Idents;
  auto Note = [&](StringRef Qualified, DenseSet<const IdentifierInfo *> &Into) {
    auto It = Idents.find(lastComponent(Qualified));
    if (It != Idents.end())
      Into.insert(It->second);
  };
  for (const auto &T : this->Models->types())
    Note(T.getKey(), TypeNames);
  for (const auto &F : this->Models->functions())
    Note(F.getKey(), FunctionNames);
}

std::string Lexicon::qualifiedName(const NamedDecl *D) {
  SmallVector<StringRef, 6> Parts;
  std::string Own = D->getNameAsString();
  Parts.push_back(Own);
  for (const DeclContext *DC = D->getDeclContext(); DC; DC = DC->getParent()) {
    if (const auto *NS = dyn_cast<NamespaceDecl>(DC)) {
      if (!NS->isInline() && !NS->isAnonymousNamespace())
        Parts.push_back(NS->getName());
    } else if (const auto *RD = dyn_cast<RecordDecl>(DC)) {
      Parts.push_back(RD->getIdentifier() ? RD->getName() : "(unnamed)");
    } else if (DC->isFunctionOrMethod()) {
      Parts.push_back("(local)");
    }
  }
  std::reverse(Parts.begin(), Parts.end());
  return join(Parts, "::");
}

/// "leak:word,key=value" without the prefix, or nothing.
static std::optional<StringRef> leakAnnotation(const Decl *D) {
  for (const auto *A : D->specific_attrs<AnnotateAttr>()) {
    StringRef Text = A->getAnnotation();
    if (Text.consume_front("leak:"))
      return Text.trim();
  }
  return std::nullopt;
}

const TypeModel *Lexicon::annotated(const CXXRecordDecl *RD) const {
  if (!RD->hasAttrs())
    return nullptr;
  std::optional<StringRef> Text = leakAnnotation(RD);
  if (!Text)
    return nullptr;
  auto Model = std::make_unique<TypeModel>();
  Model->Name = qualifiedName(RD);
  Model->Library = "annotation";
  auto [KindWord, Rest] = Text->split(',');
  std::optional<Kind> K = parseWord<Kind>(KindWord.trim());
  std::optional<Unreleased> U =
      Rest.empty() ? Unreleased::Leak : parseWord<Unreleased>(Rest.trim());
  if (!K)
    Bad.push_back({RD->getLocation(),
                   ("unknown kind '" + KindWord.trim() + "' in annotation" +
                    allowed(KindWord.trim(), words<Kind>()))
                       .str()});
  else if (!U)
    Bad.push_back({RD->getLocation(),
                   ("unknown word '" + Rest.trim() + "' in annotation" +
                    allowed(Rest.trim(), words<Unreleased>()))
                       .str()});
  if (!K || !U)
    return nullptr;
  Model->What = *K;
  Model->IfUnreleased = *U;
  AnnotatedTypes.push_back(std::move(Model));
  return AnnotatedTypes.back().get();
}

const TypeModel *Lexicon::type(const CXXRecordDecl *RD) const {
  if (!RD)
    return nullptr;
  if (RD->hasAttrs() ||
      (RD->getIdentifier() && TypeNames.contains(RD->getIdentifier()))) {
    const Decl *Key = RD->getCanonicalDecl();
    auto [It, New] = TypeCache.try_emplace(Key, nullptr);
    if (New) {
      const CXXRecordDecl *Pattern = RD->getTemplateInstantiationPattern();
      const TypeModel *Found = Models->findType(qualifiedName(RD));
      if (!Found)
        Found = annotated(RD);
      if (!Found && Pattern)
        Found = annotated(Pattern);
      TypeCache[Key] = Found;
      return Found;
    }
    return It->second;
  }
  return nullptr;
}

const TypeModel *Lexicon::type(QualType T) const {
  if (T.isNull())
    return nullptr;
  if (const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
      RD && (RD->getIdentifier() || RD->hasAttrs()))
    return type(RD);
  // Typedefs that the models name as types: walk the sugar one by one.
  for (QualType Sugar = T;;) {
    if (const auto *TD = Sugar->getAs<TypedefType>()) {
      const TypedefNameDecl *Decl = TD->getDecl();
      if (TypeNames.contains(Decl->getIdentifier())) {
        auto [It, New] =
            TypeCache.try_emplace(Decl->getCanonicalDecl(), nullptr);
        if (New)
          It->second = Models->findType(qualifiedName(Decl));
        if (It->second)
          return It->second;
      }
      Sugar = Decl->getUnderlyingType();
      continue;
    }
    return nullptr;
  }
}

const TypeModel *Lexicon::typeOrBase(const CXXRecordDecl *RD) const {
  if (!RD)
    return nullptr;
  if (const TypeModel *T = type(RD))
    return T;
  if (const CXXRecordDecl *Def = RD->getDefinition())
    for (const CXXBaseSpecifier &Base : Def->bases())
      if (const TypeModel *T = typeOrBase(Base.getType()->getAsCXXRecordDecl()))
        return T;
  return nullptr;
}

bool Lexicon::anyDeclared(ArrayRef<Kind> Kinds) const {
  auto Declared = [&](StringRef Qualified) {
    return Ctx.Idents.find(lastComponent(Qualified)) != Ctx.Idents.end();
  };
  for (const auto &T : Models->types())
    if (is_contained(Kinds, T.second.What) && Declared(T.getKey()))
      return true;
  // An object of a plain type is made by the functions that start it.
  for (const auto &F : Models->functions())
    if (any_of(F.second,
               [](const Effect &E) { return E.Does == Verb::Start; }) &&
        Declared(F.getKey())) {
      // Clang knows some C functions as builtins, declared or not.
      if (F.getKey().contains("::"))
        return true;
      DeclarationName Name(Ctx.Idents.find(F.getKey())->second);
      if (!Ctx.getTranslationUnitDecl()->lookup(Name).empty())
        return true;
    }
  // Annotated declarations are in no list.
  return Ctx.Idents.find("annotate") != Ctx.Idents.end();
}

const Effect *Lexicon::annotated(const FunctionDecl *FD) const {
  if (!FD->hasAttrs())
    return nullptr;
  const Decl *Key = FD->getCanonicalDecl();
  auto Cached = AnnotationCache.find(Key);
  if (Cached != AnnotationCache.end())
    return Cached->second.get();
  std::unique_ptr<Effect> &Result = AnnotationCache[Key];
  std::optional<StringRef> Text = leakAnnotation(FD);
  if (!Text)
    return nullptr;
  auto E = std::make_unique<Effect>();
  if (isa<CXXMethodDecl>(FD) && !cast<CXXMethodDecl>(FD)->isStatic())
    E->Object.Place = ObjectSpec::This;
  else
    E->Object = {ObjectSpec::Argument, 0};
  auto Fail = [&](const Twine &Message) {
    Bad.push_back({FD->getLocation(), Message.str()});
    return nullptr;
  };
  SmallVector<StringRef, 4> Parts;
  Text->split(Parts, ',');
  std::optional<Verb> V = parseWord<Verb>(Parts[0].trim());
  if (!V)
    return Fail("unknown verb '" + Parts[0].trim() + "' in annotation" +
                allowed(Parts[0].trim(), words<Verb>()));
  E->Does = *V;
  for (StringRef Part : drop_begin(Parts)) {
    auto [Name, Value] = Part.trim().split('=');
    if (Name == "object") {
      if (Value == "this")
        E->Object.Place = ObjectSpec::This;
      else if (Value == "return")
        E->Object.Place = ObjectSpec::Return;
      else {
        E->Object.Place = Value.consume_front("*") ? ObjectSpec::Pointee
                                                   : ObjectSpec::Argument;
        if (Value.getAsInteger(10, E->Object.Index))
          return Fail("unknown object in annotation '" + Part.trim() +
                      "'; allowed: this, return, 0, *0");
      }
    } else if (Name == "callable") {
      if (Value.getAsInteger(10, E->Callable))
        return Fail("'callable' in annotation wants an argument's number");
    } else {
      return Fail("unknown key '" + Name + "' in annotation" +
                  allowed(Name, {"object", "callable"}));
    }
  }
  Result = std::move(E);
  return Result.get();
}

const Effect *Lexicon::effect(const FunctionDecl *Callee, unsigned NumArgs,
                              const CXXRecordDecl *Receiver) const {
  if (!Callee)
    return nullptr;
  if (const Effect *E = annotated(Callee))
    return E;
  if (const FunctionDecl *Pattern = Callee->getTemplateInstantiationPattern())
    if (const Effect *E = annotated(Pattern))
      return E;
  if (const auto *Method = dyn_cast<CXXMethodDecl>(Callee)) {
    const TypeModel *T = Receiver ? typeOrBase(Receiver) : nullptr;
    if (!T)
      T = typeOrBase(Method->getParent());
    if (T) {
      if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(Method)) {
        // Copies and moves are the language's business, and a constructor of
        // a derived class is not the base's.
        if (Ctor->isCopyOrMoveConstructor())
          return nullptr;
        return type(Method->getParent()) ? T->find("constructor", NumArgs)
                                         : nullptr;
      }
      if (isa<CXXDestructorDecl>(Method))
        return T->find("destructor", NumArgs);
      if (const IdentifierInfo *II = Method->getIdentifier()) {
        if (const Effect *E = T->find(II->getName(), NumArgs))
          return E;
      } else if (const Effect *E =
                     T->find(Method->getNameAsString(), NumArgs)) {
        return E;
      }
    }
    if (!Method->isStatic())
      return nullptr;
  }
  const IdentifierInfo *II = Callee->getIdentifier();
  if (!II || !FunctionNames.contains(II))
    return nullptr;
  auto [It, New] =
      FunctionCache.try_emplace(Callee->getCanonicalDecl(), nullptr);
  if (New)
    It->second = Models->findFunction(qualifiedName(Callee));
  if (It->second)
    for (const Effect &E : *It->second)
      if (E.matches(NumArgs))
        return &E;
  return nullptr;
}

static unsigned explicitArguments(ArrayRef<const Expr *> Args) {
  unsigned N = 0;
  for (const Expr *A : Args)
    N += !isa<CXXDefaultArgExpr>(A);
  return N;
}

const Effect *Lexicon::effect(const Expr *E) const {
  if (const auto *CE = dyn_cast<CXXConstructExpr>(E))
    return effect(CE->getConstructor(),
                  explicitArguments({CE->getArgs(), CE->getNumArgs()}));
  const auto *Call = dyn_cast<CallExpr>(E);
  if (!Call)
    return nullptr;
  unsigned N = explicitArguments({Call->getArgs(), Call->getNumArgs()});
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (const auto *MC = dyn_cast<CXXMemberCallExpr>(Call)) {
    const Expr *Object = MC->getImplicitObjectArgument();
    const CXXRecordDecl *Receiver = nullptr;
    if (Object) {
      QualType T = Object->IgnoreParenBaseCasts()->getType();
      if (T->isPointerType())
        T = T->getPointeeType();
      Receiver = T->getAsCXXRecordDecl();
    }
    return effect(Callee, N, Receiver);
  }
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call)) {
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
    if (Method && !Method->isStatic() && Op->getNumArgs()) {
      const Expr *Object = Op->getArg(0)->IgnoreParenBaseCasts();
      return effect(Callee, N - 1, Object->getType()->getAsCXXRecordDecl());
    }
  }
  return effect(Callee, N);
}

const Expr *Lexicon::object(const Expr *E, const Effect &Row,
                            bool *Deref) const {
  if (Deref)
    *Deref = false;
  auto Argument = [&]() -> const Expr * {
    unsigned I = Row.Object.Index;
    if (const auto *CE = dyn_cast<CXXConstructExpr>(E))
      return I < CE->getNumArgs() ? CE->getArg(I) : nullptr;
    if (const auto *CE = dyn_cast<CallExpr>(E))
      return I < CE->getNumArgs() ? CE->getArg(I) : nullptr;
    return nullptr;
  };
  switch (Row.Object.Place) {
  case ObjectSpec::None:
  case ObjectSpec::Return:
    return nullptr;
  case ObjectSpec::This:
    if (const auto *MC = dyn_cast<CXXMemberCallExpr>(E))
      return MC->getImplicitObjectArgument();
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E))
      return Op->getNumArgs() ? Op->getArg(0) : nullptr;
    return nullptr;
  case ObjectSpec::Argument:
    return Argument();
  case ObjectSpec::Pointee: {
    const Expr *Arg = Argument();
    if (!Arg)
      return nullptr;
    if (const auto *UO = dyn_cast<UnaryOperator>(Arg->IgnoreParenImpCasts()))
      if (UO->getOpcode() == UO_AddrOf)
        return UO->getSubExpr();
    if (Deref)
      *Deref = true;
    return Arg;
  }
  }
  return nullptr;
}

} // namespace leak
