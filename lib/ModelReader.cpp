//===--- ModelReader.cpp - model files, from YAML ------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Model.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLParser.h"

using namespace llvm;

namespace leak {

namespace {

/// Reads one YAML document into a ModelSet. llvm::yaml::Stream rather than
/// YAML traits, because errors have to say which words are allowed where.
class Reader {
public:
  Reader(MemoryBufferRef Text, std::vector<std::string> &Errors,
         StringMap<TypeModel> &Types, StringMap<Effects> &Functions,
         std::vector<ModelName> *Names, ModelFile &About)
      : Text(Text), Errors(Errors), Types(Types), Functions(Functions),
        Names(Names), About(About) {
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

  void when(yaml::Node *N, Effect &E) {
    auto *Map = dyn_cast<yaml::MappingNode>(N);
    if (!Map)
      return error(N,
                   "'when' wants arguments' numbers, each with the constants "
                   "that it may be, as in {1: [FIRST, SECOND]}");
    for (yaml::KeyValueNode &KV : *Map) {
      unsigned Number = 0;
      yaml::Node *Key = KV.getKey();
      std::optional<std::string> S = scalar(Key, "when");
      if (S && StringRef(*S).getAsInteger(10, Number))
        error(Key, "'when' wants an argument's number, not '" + *S + "'");
      E.When.push_back({Number, list(KV.getValue(), "when")});
    }
  }

  void row(yaml::Node *N, TypeModel *Type, StringRef DefaultDoc,
           StringMap<Effects> &Into, StringMap<Effects> *Inherited) {
    static const StringRef Keys[] = {
        "call",    "does",      "object",    "args",        "callable",
        "timeout", "token",     "predicate", "lock",        "count",
        "value",   "attribute", "doc",       "failure",     "after",
        "when",    "unbounded", "mend",      "interrupted", "throws"};
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
      else if (Key == "after")
        word(V, "after", E.Runs);
      else if (Key == "interrupted")
        E.Interrupted = scalar(V, Key).value_or("");
      else if (Key == "doc")
        E.Doc = scalar(V, Key).value_or("");
      else if (Key == "mend")
        E.Mend = scalar(V, Key).value_or("");
      else if (Key == "unbounded")
        E.Unbounded = list(V, Key);
      else if (Key == "when")
        when(V, E);
      else if (Key == "throws")
        E.Throws = scalar(V, Key).value_or("");
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
      if (Type && StringRef(Call).ends_with("*") &&
          !StringRef(Call).starts_with("operator"))
        Type->Beginnings.push_back(Call.substr(0, Call.size() - 1));
      else if (Names && !(Type && StringRef(Type->Name).starts_with("*::")))
        Names->push_back({Text.getBufferIdentifier().str(), Line,
                          Type ? Type->Name : "", Call});
    }
  }

  void type(yaml::Node *N) {
    static const StringRef Keys[] = {"type",
                                     "kind",
                                     "like",
                                     "unreleased",
                                     "unreleased-if",
                                     "rejoin",
                                     "reacquire",
                                     "capacity",
                                     "after-close",
                                     "reclose",
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
        if (Names && !StringRef(T.Name).starts_with("*::"))
          Names->push_back(
              {Text.getBufferIdentifier().str(), Line, T.Name, ""});
      } else if (Key == "like") {
        std::string Like = scalar(V, Key).value_or("");
        auto It = Types.find(Like);
        const TypeModel *Other =
            It != Types.end() ? &It->second : ModelSet::builtinType(Like);
        if (!Other) {
          error(V, "unknown type '" + Like +
                       "' after 'like'; it has to be given before, in this "
                       "file or an earlier one");
          HasKind = Lost = true;
          return;
        }
        std::string Name = T.Name, TypeDoc = T.Doc;
        T = *Other;
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
      } else if (Key == "unreleased-if") {
        unreleasedIf(V, T);
      } else if (Key == "rejoin") {
        word(V, "rejoin", T.IfRejoined);
      } else if (Key == "reacquire") {
        word(V, "reacquire", T.IfReacquired);
      } else if (Key == "capacity") {
        word(V, "capacity", T.Holds);
      } else if (Key == "after-close") {
        word(V, "after-close", T.IfSentClosed);
      } else if (Key == "reclose") {
        word(V, "reclose", T.IfReclosed);
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

  void unreleasedIf(yaml::Node *N, TypeModel &T) {
    auto *Map = dyn_cast<yaml::MappingNode>(N);
    if (!Map)
      return error(N, "'unreleased-if' wants macros, each with a word, as in "
                      "{MACRO: terminate}");
    T.IfUnreleasedWith.clear();
    for (yaml::KeyValueNode &KV : *Map) {
      std::string Macro = scalar(KV.getKey(), "a macro").value_or("");
      Unreleased Word = Unreleased::Nothing;
      word(KV.getValue(), "unreleased", Word);
      T.IfUnreleasedWith.push_back({Macro, Word});
    }
  }

  void file(yaml::Node *Root) {
    static const StringRef Keys[] = {"library",     "doc",   "header",
                                     "identifiers", "types", "functions"};
    mapping(Root, "a model file", Keys, [&](StringRef Key, yaml::Node *V) {
      if (Key == "library")
        Library = scalar(V, Key).value_or("");
      else if (Key == "doc")
        Doc = scalar(V, Key).value_or("");
      else if (Key == "header")
        About.Headers = list(V, Key);
      else if (Key == "identifiers")
        About.Identifiers = list(V, Key);
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
  ModelFile &About;
  SourceMgr SM;
  unsigned SyntaxErrors = 0;
  std::string Library, Doc;
};

} // namespace

bool ModelSet::parse(MemoryBufferRef Text, std::vector<std::string> &Errors) {
  // A user's file may describe a built-in function anew: its rows win.
  StringMap<Effects> NewFunctions;
  ModelFile File{Text.getBufferIdentifier().str(), {}, {}};
  bool Ok = Reader(Text, Errors, Types, NewFunctions,
                   KeepNames ? &Names : nullptr, File)
                .read();
  if (KeepNames)
    Files.push_back(std::move(File));
  for (auto &Entry : NewFunctions)
    Functions[Entry.getKey()] = std::move(Entry.getValue());
  return Ok;
}

} // namespace leak
