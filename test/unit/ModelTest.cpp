//===--- ModelTest.cpp - model files and looking declarations up ----------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Embedded.h"
#include "Lexicon.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "clang/ASTMatchers/ASTMatchers.h"
#include "clang/Frontend/ASTUnit.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"

using namespace clang;
using namespace clang::ast_matchers;
using namespace leak;

namespace {

//===----------------------------------------------------------------------===//
// Vocabulary
//===----------------------------------------------------------------------===//

template <typename Enum> void checkWords(Enum Last) {
  llvm::ArrayRef<llvm::StringRef> All = words<Enum>();
  EXPECT_EQ(All.size(), static_cast<size_t>(Last) + 1);
  llvm::StringSet<> Seen;
  for (size_t I = 0; I != All.size(); ++I) {
    llvm::StringRef Word = All[I];
    EXPECT_TRUE(Seen.insert(Word).second) << Word.str();
    EXPECT_EQ(Word.find_first_not_of("abcdefghijklmnopqrstuvwxyz-"),
              llvm::StringRef::npos)
        << Word.str();
    EXPECT_EQ(parseWord<Enum>(Word), static_cast<Enum>(I)) << Word.str();
    EXPECT_EQ(spelling(static_cast<Enum>(I)), Word);
  }
  EXPECT_FALSE(parseWord<Enum>(""));
  EXPECT_FALSE(parseWord<Enum>("Join"));
  EXPECT_FALSE(parseWord<Enum>("no-such-word"));
}

TEST(Vocabulary, WordsAndEnumeratorsAgree) {
  checkWords(Kind::Misuse);
  checkWords(Verb::Escape);
  checkWords(Unreleased::StopAndJoin);
  checkWords(Failure::False);
  checkWords(Rejoin::Undefined);
  checkWords(Capacity::BelowCount);
  checkWords(AfterClose::Undefined);
}

TEST(Vocabulary, Spellings) {
  EXPECT_EQ(spelling(Kind::TaskHandle), "task-handle");
  EXPECT_EQ(parseWord<Verb>("try-join"), Verb::TryJoin);
  EXPECT_EQ(parseWord<Unreleased>("stop-and-join"), Unreleased::StopAndJoin);
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

struct Parsed {
  ModelSet Set;
  std::vector<std::string> Errors;
  bool Ok = true;

  Parsed() { Set.KeepNames = true; }
  explicit Parsed(llvm::StringRef Text) : Parsed() { add(Text, "m.yaml"); }

  void add(llvm::StringRef Text, llvm::StringRef Name) {
    Ok = Set.parse(llvm::MemoryBufferRef(Text, Name), Errors) && Ok;
  }
  std::string errors() const { return llvm::join(Errors, "\n"); }

  const TypeModel &type(llvm::StringRef Name) const {
    static const TypeModel None;
    const TypeModel *T = Set.findType(Name);
    EXPECT_NE(T, nullptr) << Name.str();
    return T ? *T : None;
  }
  const Effect &function(llvm::StringRef Name, size_t Row = 0) const {
    static const Effect None;
    const Effects *Rows = Set.findFunction(Name);
    bool There = Rows && Row < Rows->size();
    EXPECT_TRUE(There) << Name.str();
    return There ? (*Rows)[Row] : None;
  }
};

/// The errors of a file that begins with what every file has to have.
std::string errorsOf(llvm::StringRef Rest) {
  Parsed P(("library: l\ndoc: d\n" + Rest).str());
  EXPECT_EQ(P.Ok, P.Errors.empty());
  return P.errors();
}

std::vector<std::string> linesOf(llvm::StringRef Rest) {
  Parsed P(("library: l\ndoc: d\n" + Rest).str());
  return P.Errors;
}

TEST(Reader, IdentifiersOfALibrary) {
  Parsed P("library: l\ndoc: d\nidentifiers: [ house, hs_thread_t ]\n");
  EXPECT_EQ(P.errors(), "");
  EXPECT_EQ(P.Set.Files.front().Identifiers,
            (std::vector<std::string>{"house", "hs_thread_t"}));
}

// The quick look at a built-in file says the same as its parser.
TEST(Reader, IdentifiersOfBuiltinFiles) {
  ModelSet Set;
  Set.KeepNames = true;
  std::vector<std::string> Errors;
  for (const EmbeddedFile &File : embeddedModels()) {
    Set.parse(llvm::MemoryBufferRef(File.Text, File.Name), Errors);
    llvm::SmallVector<llvm::StringRef, 4> Quick =
        mentionedIdentifiers(File.Text);
    EXPECT_EQ(Set.Files.back().Identifiers,
              std::vector<std::string>(Quick.begin(), Quick.end()))
        << File.Name.str();
  }
  EXPECT_TRUE(Errors.empty());
}

TEST(Reader, OnlyLibrariesThatAreMentioned) {
  auto Models = ModelSet::builtin(
      [](llvm::StringRef Identifier) { return Identifier == "thrd_t"; });
  EXPECT_EQ(Models->findType("std::thread"), nullptr);
  EXPECT_NE(Models->findType("thrd_t"), nullptr);
  EXPECT_NE(Models->findType("pthread_t"), nullptr); // Nearly everywhere.
}

TEST(Reader, UnreleasedByMacro) {
  Parsed P("library: l\ndoc: d\ntypes:\n  - {type: T, kind: task-handle, "
           "unreleased: detach, unreleased-if: {STRICT: terminate}}\n");
  EXPECT_EQ(P.errors(), "");
  ASSERT_EQ(P.type("T").IfUnreleasedWith.size(), 1U);
  EXPECT_EQ(P.type("T").IfUnreleasedWith[0].first, "STRICT");
  EXPECT_EQ(P.type("T").IfUnreleasedWith[0].second, Unreleased::Terminate);
  EXPECT_EQ(errorsOf("types:\n  - {type: T, kind: task-handle, unreleased-if: "
                     "terminate}\n"),
            "m.yaml:4:49: error: 'unreleased-if' wants macros, each with a "
            "word, as in {MACRO: terminate}");
}

TEST(Reader, EverythingOfAType) {
  Parsed P(R"(library: house
doc: https://house.example
types:
  - type: house::Thread
    kind: task-handle
    unreleased: stop-and-join
    rejoin: undefined
    capacity: below-count
    after-close: refused
    reclose: throws
    identity: value
    carries-exceptions: true
    joining-type: house::Joiner
    joining-type-since: c++20
    doc: https://house.example/thread
    calls:
      - {call: join, does: join}
)");
  EXPECT_TRUE(P.Ok) << P.errors();
  const TypeModel &T = P.type("house::Thread");
  EXPECT_EQ(T.Name, "house::Thread");
  EXPECT_EQ(T.Library, "house");
  EXPECT_EQ(T.Doc, "https://house.example/thread");
  EXPECT_EQ(T.What, Kind::TaskHandle);
  EXPECT_EQ(T.IfUnreleased, Unreleased::StopAndJoin);
  EXPECT_EQ(T.IfRejoined, Rejoin::Undefined);
  EXPECT_EQ(T.Holds, Capacity::BelowCount);
  EXPECT_EQ(T.IfSentClosed, AfterClose::Refused);
  EXPECT_EQ(T.IfReclosed, Rejoin::Throws);
  EXPECT_TRUE(T.ByValue);
  EXPECT_TRUE(T.CarriesExceptions);
  EXPECT_EQ(T.JoiningType, "house::Joiner");
  EXPECT_EQ(T.JoiningTypeSince, 20u);
  EXPECT_EQ(T.Calls.size(), 1u);
}

TEST(Reader, DefaultsOfAType) {
  Parsed P("library: l\ndoc: d\ntypes:\n  - {type: t, kind: timer}\n");
  EXPECT_TRUE(P.Ok) << P.errors();
  const TypeModel &T = P.type("t");
  EXPECT_EQ(T.Doc, "d");
  EXPECT_EQ(T.IfUnreleased, Unreleased::Nothing);
  EXPECT_EQ(T.IfRejoined, Rejoin::Quiet);
  EXPECT_EQ(T.Holds, Capacity::Unknown);
  EXPECT_EQ(T.IfSentClosed, AfterClose::Works);
  EXPECT_EQ(T.IfReclosed, Rejoin::Quiet);
  EXPECT_FALSE(T.ByValue);
  EXPECT_FALSE(T.CarriesExceptions);
  EXPECT_EQ(T.JoiningType, "");
  EXPECT_EQ(T.JoiningTypeSince, 0u);
  EXPECT_TRUE(T.Calls.empty());
  EXPECT_EQ(P.Set.findType("T"), nullptr);
  EXPECT_EQ(P.Set.findFunction("t"), nullptr);
}

TEST(Reader, EverythingOfARow) {
  Parsed P(R"(library: l
doc: d
functions:
  - {call: f, does: try-wait, object: '*3', args: 9, callable: 0, timeout: 1,
     token: 2, predicate: 4, lock: 5, count: 6, value: 7, attribute: 8,
     failure: negative, when: {1: [A, B], 7: C}, unbounded: [-1, max],
     mend: '$.bound()', doc: f's}
)");
  EXPECT_TRUE(P.Ok) << P.errors();
  const Effect &E = P.function("f");
  EXPECT_EQ(E.Does, Verb::TryWait);
  EXPECT_EQ(E.Object.Place, ObjectSpec::Pointee);
  EXPECT_EQ(E.Object.Index, 3u);
  EXPECT_EQ(E.MinArgs, 9u);
  EXPECT_EQ(E.MaxArgs, 9u);
  EXPECT_EQ(E.Callable, 0);
  EXPECT_EQ(E.Timeout, 1);
  EXPECT_EQ(E.Token, 2);
  EXPECT_EQ(E.Predicate, 4);
  EXPECT_EQ(E.Lock, 5);
  EXPECT_EQ(E.Count, 6);
  EXPECT_EQ(E.Value, 7);
  EXPECT_EQ(E.Attribute, 8);
  EXPECT_EQ(E.Fails, Failure::Negative);
  ASSERT_EQ(E.When.size(), 2u);
  EXPECT_EQ(E.When[0].first, 1u);
  EXPECT_EQ(E.When[0].second, (std::vector<std::string>{"A", "B"}));
  EXPECT_EQ(E.When[1].first, 7u);
  EXPECT_EQ(E.When[1].second, std::vector<std::string>{"C"});
  EXPECT_EQ(E.Unbounded, (std::vector<std::string>{"-1", "max"}));
  EXPECT_EQ(E.Mend, "$.bound()");
  EXPECT_EQ(E.Doc, "f's");
}

TEST(Reader, DefaultsOfARow) {
  Parsed P(R"(library: l
doc: d
types:
  - type: T
    kind: timer
    doc: T's
    calls:
      - {call: m, does: arm}
functions:
  - {call: f, does: sleep}
)");
  EXPECT_TRUE(P.Ok) << P.errors();
  const Effect &F = P.function("f");
  EXPECT_EQ(F.Object.Place, ObjectSpec::None);
  EXPECT_EQ(F.Doc, "d");
  EXPECT_EQ(F.Fails, Failure::Never);
  for (int Number : {F.Callable, F.Timeout, F.Token, F.Predicate, F.Lock,
                     F.Count, F.Value, F.Attribute})
    EXPECT_EQ(Number, -1);
  EXPECT_TRUE(F.When.empty());
  EXPECT_TRUE(F.Unbounded.empty());
  EXPECT_EQ(F.Mend, "");
  EXPECT_TRUE(F.matches(0));
  EXPECT_TRUE(F.matches(99));
  const Effect *M = P.type("T").find("m", 0);
  ASSERT_NE(M, nullptr);
  EXPECT_EQ(M->Object.Place, ObjectSpec::This);
  EXPECT_EQ(M->Doc, "T's");
}

TEST(Reader, Objects) {
  Parsed P(R"(library: l
doc: d
functions:
  - {call: a, does: join, object: this}
  - {call: b, does: join, object: return}
  - {call: c, does: join, object: 2}
  - {call: d, does: join, object: '*2'}
)");
  EXPECT_TRUE(P.Ok) << P.errors();
  EXPECT_EQ(P.function("a").Object.Place, ObjectSpec::This);
  EXPECT_EQ(P.function("b").Object.Place, ObjectSpec::Return);
  EXPECT_EQ(P.function("c").Object.Place, ObjectSpec::Argument);
  EXPECT_EQ(P.function("c").Object.Index, 2u);
  EXPECT_EQ(P.function("d").Object.Place, ObjectSpec::Pointee);
  EXPECT_EQ(P.function("d").Object.Index, 2u);
}

TEST(Reader, SeveralCallsInOneRow) {
  Parsed P(R"(library: l
doc: d
functions:
  - {call: ['n::f', "n::g", h], does: sleep, timeout: 0}
)");
  EXPECT_TRUE(P.Ok) << P.errors();
  for (const char *Name : {"n::f", "n::g", "h"})
    EXPECT_EQ(P.function(Name).Timeout, 0) << Name;
}

TEST(Reader, ArgumentsChooseTheRow) {
  Parsed P(R"(library: l
doc: d
types:
  - type: T
    kind: task-handle
    calls:
      - {call: constructor, does: init, args: 0}
      - {call: constructor, does: start, args: 2+, callable: 1}
      - {call: constructor, does: start, callable: 0}
      - {call: wait, does: wait, args: 1}
)");
  EXPECT_TRUE(P.Ok) << P.errors();
  const TypeModel &T = P.type("T");
  auto Row = [&](llvm::StringRef Name, unsigned Args) {
    const Effect *E = T.find(Name, Args);
    return E ? std::make_pair(E->Does, E->Callable)
             : std::make_pair(Verb::Escape, -2);
  };
  EXPECT_EQ(Row("constructor", 0), std::make_pair(Verb::Init, -1));
  EXPECT_EQ(Row("constructor", 1), std::make_pair(Verb::Start, 0));
  EXPECT_EQ(Row("constructor", 2), std::make_pair(Verb::Start, 1));
  EXPECT_EQ(Row("constructor", 7), std::make_pair(Verb::Start, 1));
  EXPECT_EQ(T.find("wait", 0), nullptr);
  EXPECT_NE(T.find("wait", 1), nullptr);
  EXPECT_EQ(T.find("wait", 2), nullptr);
  EXPECT_EQ(T.find("destructor", 0), nullptr);
}

TEST(Reader, TheFirstRowThatFitsCounts) {
  Parsed P(R"(library: l
doc: d
functions:
  - {call: f, does: join, object: 0}
  - {call: f, does: detach, object: 0, args: 1}
)");
  ASSERT_NE(P.Set.findFunction("f"), nullptr);
  EXPECT_EQ(P.Set.findFunction("f")->size(), 2u);
  EXPECT_EQ(P.function("f", 0).Does, Verb::Join);
  EXPECT_EQ(P.function("f", 1).Does, Verb::Detach);
}

TEST(Reader, BeginningsOfNames) {
  Parsed P(R"(library: l
doc: d
types:
  - type: '*::Stub'
    kind: client
    calls:
      - {call: 'Async*', does: query}
      - {call: '*', does: block, args: 1}
      - {call: '*', does: escape}
      - {call: close, does: close}
)");
  EXPECT_TRUE(P.Ok) << P.errors();
  // Nothing of it can be verified.
  ASSERT_EQ(P.Set.Names.size(), 0u);
  const TypeModel &T = P.type("ns::Service::Stub");
  EXPECT_EQ(P.Set.findType("Stub"), nullptr);
  EXPECT_EQ(P.Set.findType("ns::NoStub"), nullptr);
  ASSERT_NE(T.find("call", 1), nullptr);
  EXPECT_EQ(T.find("call", 1)->Does, Verb::Block);
  EXPECT_EQ(T.find("call", 2)->Does, Verb::Escape);
  EXPECT_EQ(T.find("AsyncCall", 1)->Does, Verb::Query);
  EXPECT_EQ(T.find("close", 0)->Does, Verb::Close);
  EXPECT_EQ(T.find("constructor", 0), nullptr);
  EXPECT_EQ(T.find("destructor", 0), nullptr);
}

TEST(Reader, Like) {
  Parsed P(R"(library: l
doc: d
types:
  - type: A
    kind: task-handle
    unreleased: terminate
    doc: A's
    calls:
      - {call: constructor, does: init, args: 0}
      - {call: constructor, does: start, callable: 0}
      - {call: join, does: join}
      - {call: stop, does: cancel}
  - type: B
    like: A
    rejoin: throws
    calls:
      - {call: constructor, does: start, callable: 1, args: 2}
      - {call: constructor, does: init}
      - {call: [stop, halt], does: request-stop}
  - type: C
    like: B
    kind: scheduler
    doc: C's
)");
  EXPECT_TRUE(P.Ok) << P.errors();
  const TypeModel &A = P.type("A"), &B = P.type("B"), &C = P.type("C");
  EXPECT_EQ(B.Name, "B");
  EXPECT_EQ(B.Doc, "d");
  EXPECT_EQ(B.What, Kind::TaskHandle);
  EXPECT_EQ(B.IfUnreleased, Unreleased::Terminate);
  EXPECT_EQ(B.IfRejoined, Rejoin::Throws);
  EXPECT_EQ(C.What, Kind::Scheduler);
  EXPECT_EQ(C.Doc, "C's");
  // The model that is taken over stays as it is.
  EXPECT_EQ(A.IfRejoined, Rejoin::Quiet);
  EXPECT_EQ(A.Calls.size(), 3u);
  EXPECT_EQ(A.find("constructor", 2)->Callable, 0);
  // A call's own rows replace all that were taken over for it.
  EXPECT_EQ(B.Calls.find("constructor")->second.size(), 2u);
  EXPECT_EQ(B.find("constructor", 0)->Does, Verb::Init);
  EXPECT_EQ(B.find("constructor", 1)->Does, Verb::Init);
  EXPECT_EQ(B.find("constructor", 2)->Callable, 1);
  EXPECT_EQ(B.find("stop", 0)->Does, Verb::RequestStop);
  EXPECT_EQ(B.find("halt", 0)->Does, Verb::RequestStop);
  EXPECT_EQ(B.find("join", 0)->Does, Verb::Join);
  EXPECT_EQ(C.find("halt", 0)->Does, Verb::RequestStop);
}

TEST(Reader, LaterFilesWin) {
  Parsed P;
  P.add(R"(library: one
doc: d
types:
  - {type: A, kind: task-handle, unreleased: leak, calls: [{call: m, does: join}]}
functions:
  - {call: f, does: join, object: 0}
  - {call: f, does: join, object: 1, args: 2}
  - {call: g, does: join, object: 0}
)",
        "one.yaml");
  P.add(R"(library: two
doc: d
types:
  - {type: A, kind: future}
  - {type: B, like: A}
functions:
  - {call: f, does: detach, object: 0}
)",
        "two.yaml");
  EXPECT_TRUE(P.Ok) << P.errors();
  EXPECT_EQ(P.type("A").What, Kind::Future);
  EXPECT_EQ(P.type("A").IfUnreleased, Unreleased::Nothing);
  EXPECT_EQ(P.type("A").Library, "two");
  EXPECT_TRUE(P.type("A").Calls.empty());
  EXPECT_EQ(P.type("B").What, Kind::Future);
  ASSERT_EQ(P.Set.findFunction("f")->size(), 1u);
  EXPECT_EQ(P.function("f").Does, Verb::Detach);
  EXPECT_EQ(P.function("g").Does, Verb::Join);
}

TEST(Reader, NamesAndHeaders) {
  Parsed P(R"(library: l
doc: d
header: [one.h, dir/two]
types:
  - type: n::T
    kind: timer
    calls:
      - {call: arm, does: arm}
      - call: [stop,
               cancel]
        does: disarm
functions:
  - {call: 'n::f', does: sleep}
)");
  P.add("library: m\ndoc: d\nheader: three.h\n", "other.yaml");
  P.add("library: n\ndoc: d\n", "none.yaml");
  EXPECT_TRUE(P.Ok) << P.errors();
  std::vector<std::string> Names;
  for (const ModelName &N : P.Set.Names)
    Names.push_back(N.File + ":" + std::to_string(N.Line) + " " + N.Type + "." +
                    N.Call);
  EXPECT_EQ(Names,
            (std::vector<std::string>{
                "m.yaml:5 n::T.", "m.yaml:8 n::T.arm", "m.yaml:9 n::T.stop",
                "m.yaml:9 n::T.cancel", "m.yaml:13 .n::f"}));
  ASSERT_EQ(P.Set.Files.size(), 3u);
  EXPECT_EQ(P.Set.Files[0].Name, "m.yaml");
  EXPECT_EQ(P.Set.Files[0].Headers,
            (std::vector<std::string>{"one.h", "dir/two"}));
  EXPECT_EQ(P.Set.Files[1].Headers, std::vector<std::string>{"three.h"});
  EXPECT_TRUE(P.Set.Files[2].Headers.empty());

  ModelSet Plain;
  std::vector<std::string> Errors;
  EXPECT_TRUE(Plain.parse(
      llvm::MemoryBufferRef("library: l\ndoc: d\nheader: x.h\n", "m.yaml"),
      Errors));
  EXPECT_TRUE(Plain.Names.empty());
  EXPECT_TRUE(Plain.Files.empty());
}

TEST(Reader, YamlInAllItsForms) {
  Parsed P(R"(# a comment
%YAML 1.2
---
'library': "l"   # quoted
doc: >-
  two
  lines
functions:
- call: f
  does: 'sleep'
- {"call": ["g"], does: sleep}
)");
  EXPECT_TRUE(P.Ok) << P.errors();
  EXPECT_EQ(P.function("f").Does, Verb::Sleep);
  EXPECT_EQ(P.function("g").Does, Verb::Sleep);
  Parsed Windows("library: l\r\ndoc: d\r\nfunctions:\r\n  - {call: f, does: "
                 "sleep}\r\n");
  EXPECT_TRUE(Windows.Ok) << Windows.errors();
  EXPECT_EQ(Windows.function("f").Does, Verb::Sleep);
}

//===----------------------------------------------------------------------===//
// Errors
//===----------------------------------------------------------------------===//

TEST(Errors, Empty) {
  for (const char *Text : {"", "\n\n", "# only this\n", "---\n"}) {
    Parsed P(Text);
    EXPECT_FALSE(P.Ok);
    EXPECT_EQ(P.errors(), "m.yaml:1:1: error: the file is empty; a model file "
                          "starts with 'library:'")
        << Text;
  }
}

TEST(Errors, OfAFile) {
  EXPECT_EQ(Parsed("library: l\n").errors(),
            "m.yaml:1:1: error: the file has no 'doc'; say where the library "
            "is documented");
  EXPECT_EQ(Parsed("doc: d\n").errors(),
            "m.yaml:1:1: error: the file has no 'library'; name the library it "
            "is about");
  EXPECT_EQ(errorsOf("typos: []\n"),
            "m.yaml:3:1: error: unknown key 'typos' in a model file; did you "
            "mean 'types'?; allowed: library, doc, header, identifiers, types, "
            "functions");
  EXPECT_EQ(errorsOf("types: T\n"), "m.yaml:3:8: error: 'types' wants a list");
  EXPECT_EQ(errorsOf("functions: {f: join}\n"),
            "m.yaml:3:13: error: 'functions' wants a list");
  EXPECT_EQ(Parsed("just words\n").errors(),
            "m.yaml:1:1: error: a model file wants keys and values; allowed: "
            "library, doc, header, identifiers, types, functions");
}

TEST(Errors, NotYaml) {
  for (const char *Rest : {"types: [", "types: }", "functions:\n  - {call: f",
                           "doc: 'open\n", "a: b: c"}) {
    std::vector<std::string> Lines = linesOf(Rest);
    ASSERT_FALSE(Lines.empty()) << Rest;
    llvm::StringRef Line = Lines.back();
    EXPECT_TRUE(Line.starts_with("m.yaml:3:") || Line.starts_with("m.yaml:4:"))
        << Line.str();
    EXPECT_TRUE(Line.contains(": error: not YAML: ")) << Line.str();
  }
}

TEST(Errors, OfAType) {
  EXPECT_EQ(
      errorsOf("types:\n  - {type: T, kind: timer, rejoins: quiet}\n"),
      "m.yaml:4:28: error: unknown key 'rejoins' in a type; did you mean "
      "'rejoin'?; allowed: type, kind, like, unreleased, unreleased-if, "
      "rejoin, reacquire, capacity, after-close, reclose, identity, calls, "
      "carries-exceptions, doc, joining-type, joining-type-since");
  EXPECT_TRUE(llvm::StringRef(errorsOf("types:\n  - {type: T, kind: clock}\n"))
                  .starts_with("m.yaml:4:21: error: unknown kind 'clock'; "
                               "allowed: task-handle, future, "));
  EXPECT_EQ(errorsOf("types:\n  - {type: T, kind: timer, unreleased: leaks}\n"),
            "m.yaml:4:40: error: unknown unreleased 'leaks'; did you mean "
            "'leak'?; allowed: nothing, terminate, leak, detach, block, "
            "stop-and-join");
  EXPECT_EQ(
      errorsOf(
          "types:\n  - {type: T, kind: channel, capacity: infinite-room}\n"),
      "m.yaml:4:40: error: unknown capacity 'infinite-room'; allowed: unknown, "
      "unbounded, rendezvous, count, below-count");
  EXPECT_EQ(
      errorsOf("types:\n  - {type: T, kind: channel, after-close: throw}\n"),
      "m.yaml:4:43: error: unknown after-close 'throw'; did you mean "
      "'throws'?; allowed: works, refused, throws, undefined");
  EXPECT_EQ(errorsOf("types:\n  - {type: T, kind: channel, reclose: loud}\n"),
            "m.yaml:4:39: error: unknown reclose 'loud'; allowed: quiet, "
            "throws, undefined");
  EXPECT_EQ(errorsOf("types:\n  - {type: T, kind: timer, identity: id}\n"),
            "m.yaml:4:38: error: unknown identity 'id'; allowed: object, "
            "value");
  EXPECT_EQ(
      errorsOf("types:\n  - {type: T, kind: timer, carries-exceptions: yes}\n"),
      "m.yaml:4:48: error: 'carries-exceptions' wants true or false, not "
      "'yes'");
  EXPECT_EQ(
      errorsOf("types:\n  - {type: T, kind: timer, joining-type-since: 20}\n"),
      "m.yaml:4:48: error: unknown language '20'; write it as c++20");
  EXPECT_EQ(errorsOf("types:\n  - {kind: timer}\n"),
            "m.yaml:4:6: error: the type has no 'type'; give its qualified "
            "name");
  EXPECT_TRUE(llvm::StringRef(errorsOf("types:\n  - {type: T}\n"))
                  .starts_with("m.yaml:4:6: error: the type 'T' has no 'kind'; "
                               "allowed: task-handle, "));
  EXPECT_EQ(errorsOf("types:\n  - {type: T, like: U}\n"),
            "m.yaml:4:21: error: unknown type 'U' after 'like'; it has to be "
            "given before, in this file or an earlier one");
}

TEST(Errors, OfARow) {
  EXPECT_TRUE(
      llvm::StringRef(errorsOf("functions:\n  - {call: f, does: jion}\n"))
          .starts_with("m.yaml:4:21: error: unknown verb 'jion'; did you mean "
                       "'join'?; allowed: query, "));
  EXPECT_EQ(
      errorsOf("functions:\n  - {call: f, does: join, objekt: 0}\n"),
      "m.yaml:4:27: error: unknown key 'objekt' in a row; did you mean "
      "'object'?; allowed: call, does, object, args, callable, timeout, "
      "token, predicate, lock, count, value, attribute, doc, failure, after, "
      "when, unbounded, mend, interrupted, throws");
  EXPECT_TRUE(llvm::StringRef(errorsOf("functions:\n  - {call: f}\n"))
                  .starts_with("m.yaml:4:6: error: the row has no 'does'; "
                               "allowed: query, init, "));
  EXPECT_EQ(errorsOf("functions:\n  - {does: sleep}\n"),
            "m.yaml:4:6: error: the row has no 'call'; name the function that "
            "it is about");
  for (const char *Object : {"x", "0x1", "0+", "'*'", "'*this'", "''"}) {
    std::string Text = errorsOf((llvm::Twine("functions:\n  - {call: f, does: "
                                             "join, object: ") +
                                 Object + "}\n")
                                    .str());
    EXPECT_TRUE(
        llvm::StringRef(Text).starts_with("m.yaml:4:35: error: unknown object"))
        << Text;
  }
  for (const char *Args : {"x", "+", "1-2", "'2 +'", "''"}) {
    std::string Text =
        errorsOf((llvm::Twine("functions:\n  - {call: f, does: sleep, args: ") +
                  Args + "}\n")
                     .str());
    EXPECT_TRUE(llvm::StringRef(Text).starts_with(
        "m.yaml:4:34: error: 'args' wants a number such as 2, or 2+, not '"))
        << Text;
  }
  EXPECT_EQ(errorsOf("functions:\n  - {call: f, does: sleep, timeout: last}\n"),
            "m.yaml:4:37: error: 'timeout' wants a number, not 'last'");
  EXPECT_EQ(errorsOf("functions:\n  - {call: f, does: sleep, when: A}\n"),
            "m.yaml:4:34: error: 'when' wants arguments' numbers, each with "
            "the constants that it may be, as in {1: [FIRST, SECOND]}");
  EXPECT_EQ(errorsOf("functions:\n  - {call: f, does: sleep, when: {a: A}}\n"),
            "m.yaml:4:35: error: 'when' wants an argument's number, not 'a'");
  EXPECT_EQ(errorsOf("functions:\n  - {call: f, does: sleep, failure: zero}\n"),
            "m.yaml:4:37: error: unknown failure 'zero'; allowed: never, "
            "nonzero, negative, null, false");
}

TEST(Errors, AllAreTold) {
  std::vector<std::string> Lines = linesOf(R"(types:
  - {type: A, kind: timer, rejoin: never}
  - type: B
    kind: timer
    calls:
      - {call: m, does: jion}
      - {call: n, does: arm, object: that}
functions:
  - {call: f, does: sleep, timeout: x}
)");
  ASSERT_EQ(Lines.size(), 4u);
  EXPECT_TRUE(llvm::StringRef(Lines[0]).starts_with("m.yaml:4:36: "));
  EXPECT_TRUE(llvm::StringRef(Lines[1]).starts_with("m.yaml:8:25: "));
  EXPECT_TRUE(llvm::StringRef(Lines[2]).starts_with("m.yaml:9:38: "));
  EXPECT_TRUE(llvm::StringRef(Lines[3]).starts_with("m.yaml:11:37: "));
}

TEST(Errors, Order) {
  EXPECT_EQ(errorsOf("types:\n  - {type: A, kind: timer}\n"
                     "  - type: B\n    kind: future\n    like: A\n"),
            "m.yaml:7:11: error: 'like' stands after 'kind'; put it directly "
            "after 'type'");
  EXPECT_EQ(errorsOf("types:\n  - {calls: [{call: m, does: arm}], type: A, "
                     "kind: timer}\n"),
            "m.yaml:4:43: error: 'type' stands after 'calls'; put it first");
  EXPECT_EQ(errorsOf("types:\n  - {type: A, like: B}\n"),
            "m.yaml:4:21: error: unknown type 'B' after 'like'; it has to be "
            "given before, in this file or an earlier one");
}

TEST(Errors, Twice) {
  EXPECT_EQ(errorsOf("functions:\n  - {call: f, does: sleep, does: exit}\n"),
            "m.yaml:4:28: error: the key 'does' is given twice");
  EXPECT_EQ(errorsOf("---\nlibrary: m\ndoc: d\n"),
            "m.yaml:4:1: error: a second document in the file; make it a file "
            "of its own");
}

TEST(Errors, NoObject) {
  EXPECT_EQ(errorsOf("functions:\n  - {call: f, does: join}\n"),
            "m.yaml:4:6: error: the row has no 'object'; say what 'join' is "
            "done to: return, an argument's number such as 0, or *0 for what "
            "it points to");
  EXPECT_EQ(errorsOf("functions:\n  - {call: f, does: sleep, timeout: -1}\n"),
            "m.yaml:4:37: error: 'timeout' wants a number, not '-1'");
}

TEST(Errors, WhatWasReadInPartDoesNotCount) {
  Parsed P(R"(library: l
doc: d
types:
  - {type: A, kind: no-such}
  - {type: B, like: no-such}
  - type: C
    kind: timer
    calls:
      - {call: m, does: no-such}
      - {call: n, does: arm, callable: no-such}
functions:
  - {call: f, does: no-such}
  - {call: f, does: sleep, args: no-such}
)");
  EXPECT_EQ(P.Errors.size(), 6u) << P.errors();
  EXPECT_EQ(P.Set.findType("A"), nullptr);
  EXPECT_EQ(P.Set.findType("B"), nullptr);
  EXPECT_TRUE(P.type("C").Calls.empty());
  EXPECT_EQ(P.Set.findFunction("f"), nullptr);
}

TEST(Errors, WhatIsRightStillCounts) {
  Parsed P(R"(library: l
doc: d
surprise: {deep: [er]}
types:
  - {type: A, kind: timer, mood: {very: good}, unreleased: leak}
  - {type: B, kind: no-such}
functions:
  - {call: f, does: sleep, unknown: [1, 2]}
  - {call: g, does: sleep}
)");
  EXPECT_FALSE(P.Ok);
  EXPECT_EQ(P.Errors.size(), 4u) << P.errors();
  EXPECT_EQ(P.type("A").IfUnreleased, Unreleased::Leak);
  EXPECT_EQ(P.function("g").Does, Verb::Sleep);
}

//===----------------------------------------------------------------------===//
// The built-in models, and files beside them
//===----------------------------------------------------------------------===//

TEST(Builtin, IsSharedAndKnowsThreads) {
  std::shared_ptr<const ModelSet> Models = ModelSet::builtin();
  EXPECT_EQ(Models, ModelSet::builtin());
  std::vector<std::string> Errors;
  EXPECT_EQ(ModelSet::load({}, Errors), Models);
  EXPECT_TRUE(Errors.empty());
  ASSERT_NE(Models->findType("std::thread"), nullptr);
  EXPECT_EQ(Models->findType("std::thread")->IfUnreleased,
            Unreleased::Terminate);
  ASSERT_NE(Models->findType("pthread_t"), nullptr);
  EXPECT_TRUE(Models->findType("pthread_t")->ByValue);
  EXPECT_NE(Models->findFunction("pthread_create"), nullptr);
}

/// Every row says where it is documented, and the argument numbers fit.
TEST(Builtin, RowsAreWhole) {
  auto Check = [](llvm::StringRef Name, const Effects &Rows) {
    for (const Effect &E : Rows) {
      EXPECT_TRUE(llvm::StringRef(E.Doc).starts_with("https://")) << Name.str();
      for (int Number : {E.Callable, E.Timeout, E.Token, E.Predicate, E.Lock,
                         E.Count, E.Value, E.Attribute}) {
        EXPECT_GE(Number, -1) << Name.str();
        if (Number >= 0 && E.MaxArgs != ~0U) {
          EXPECT_LT(static_cast<unsigned>(Number), E.MaxArgs) << Name.str();
        }
      }
      switch (E.Does) {
      case Verb::Start:
      case Verb::Join:
      case Verb::TryJoin:
      case Verb::Detach:
      case Verb::Cancel:
      case Verb::Acquire:
      case Verb::Release:
      case Verb::NotifyOne:
      case Verb::NotifyAll:
      case Verb::CountDown:
        EXPECT_NE(E.Object.Place, ObjectSpec::None) << Name.str();
        break;
      default:
        break;
      }
    }
    // No row stands behind one that takes every call.
    for (size_t I = 0; I + 1 < Rows.size(); ++I)
      EXPECT_FALSE(Rows[I].MinArgs == 0 && Rows[I].MaxArgs == ~0U &&
                   Rows[I].When.empty())
          << Name.str();
  };
  std::shared_ptr<const ModelSet> Models = ModelSet::builtin();
  for (const auto &Function : Models->functions())
    Check(Function.getKey(), Function.second);
  for (const auto &Type : Models->types()) {
    const TypeModel &T = Type.second;
    EXPECT_EQ(T.Name, Type.getKey());
    EXPECT_FALSE(T.Library.empty()) << T.Name;
    EXPECT_TRUE(llvm::StringRef(T.Doc).starts_with("https://")) << T.Name;
    EXPECT_EQ(T.JoiningType.empty(), T.JoiningTypeSince == 0) << T.Name;
    for (const auto &Call : T.Calls)
      Check((Type.getKey() + "::" + Call.getKey()).str(), Call.second);
  }
}

class Files : public ::testing::Test {
protected:
  std::string write(llvm::StringRef Text) {
    llvm::SmallString<128> Path;
    int Descriptor;
    EXPECT_FALSE(
        llvm::sys::fs::createTemporaryFile("model", "yaml", Descriptor, Path));
    llvm::raw_fd_ostream(Descriptor, /*shouldClose=*/true) << Text;
    Paths.push_back(Path.str().str());
    return Paths.back();
  }
  void TearDown() override {
    for (const std::string &Path : Paths)
      llvm::sys::fs::remove(Path);
  }
  std::vector<std::string> Paths;
};

TEST_F(Files, BesideTheBuiltinOnes) {
  std::string One = write("library: l\ndoc: d\ntypes:\n"
                          "  - {type: 'house::Thread', like: 'std::thread'}\n"
                          "  - {type: 'std::jthread', kind: timer}\n");
  std::string Two =
      write("library: l\ndoc: d\ntypes:\n"
            "  - {type: 'house::Fiber', like: 'house::Thread'}\n");
  std::vector<std::string> Errors;
  std::shared_ptr<const ModelSet> Models = ModelSet::load({One, Two}, Errors);
  EXPECT_TRUE(Errors.empty()) << llvm::join(Errors, "\n");
  ASSERT_NE(Models->findType("house::Fiber"), nullptr);
  EXPECT_EQ(Models->findType("house::Fiber")->IfUnreleased,
            Unreleased::Terminate);
  EXPECT_EQ(Models->findType("std::jthread")->What, Kind::Timer);
  EXPECT_NE(Models->findType("pthread_t"), nullptr);
  // The shared set is as before.
  EXPECT_EQ(ModelSet::builtin()->findType("std::jthread")->What,
            Kind::TaskHandle);
  EXPECT_EQ(ModelSet::builtin()->findType("house::Fiber"), nullptr);
}

TEST_F(Files, MissingAndBroken) {
  std::string Broken = write("library: l\n");
  std::string Right =
      write("library: l\ndoc: d\nfunctions: [{call: f, does: sleep}]\n");
  std::vector<std::string> Errors;
  std::shared_ptr<const ModelSet> Models =
      ModelSet::load({"/no/such.yaml", Broken, Right}, Errors);
  ASSERT_EQ(Errors.size(), 2u);
  EXPECT_EQ(Errors[0],
            "/no/such.yaml:1:1: error: can't read the model file: No such file "
            "or directory; mend the option 'leak-tidy.Models'");
  EXPECT_TRUE(llvm::StringRef(Errors[1]).starts_with(Broken + ":1:1: error: "));
  EXPECT_NE(Models->findFunction("f"), nullptr);
  EXPECT_NE(Models->findType("std::thread"), nullptr);
}

//===----------------------------------------------------------------------===//
// Looking declarations up
//===----------------------------------------------------------------------===//

const char House[] = R"(library: house
doc: d
types:
  - type: house::Thread
    kind: task-handle
    unreleased: terminate
    calls:
      - {call: constructor, does: init, args: 0}
      - {call: constructor, does: start, callable: 0, args: 1+}
      - {call: destructor, does: destroy}
      - {call: join, does: join}
      - {call: 'operator()', does: apply}
      - {call: operator bool, does: test-live}
  - {type: house::Box, kind: container, calls: [{call: add, does: insert}]}
  - {type: house_t, kind: task-handle, identity: value, unreleased: leak}
  - {type: house_union, kind: permit}
functions:
  - {call: 'house::go', does: start, object: return, callable: 0, args: 1}
  - {call: 'house::go', does: start, object: return, callable: 1, args: 2}
  - {call: 'house::Thread::all', does: query}
  - {call: house_join, does: join, object: 0}
  - {call: house_create, does: start, object: '*0', callable: 1}
  - {call: house_set, does: set-deadline, object: 0, when: {1: [HOUSE_TIME, HOUSE_MACRO]}}
  - {call: house_set, does: query, object: 0}
)";

const char Header[] = R"(
namespace house {
inline namespace v1 {
struct Base {
  void join();
};
class Thread : private Base {
public:
  Thread();
  explicit Thread(void (*)(), int Priority = 0);
  Thread(Thread &&);
  ~Thread();
  using Base::join;
  void operator()();
  explicit operator bool() const;
  void other();
  static void all();
};
template <typename T> class Box {
public:
  void add(T);
};
int go(void (*)());
int go(int, void (*)());
} // namespace v1
} // namespace house
typedef unsigned long house_t;
typedef union { int I; } house_union;
void house_join(house_t);
void house_create(house_t *, void (*)());
enum house_option { HOUSE_NAME, HOUSE_TIME };
#define HOUSE_INNER 7
#define HOUSE_MACRO HOUSE_INNER
#define HOUSE_OTHER 7
void house_set(house_t, int, ...);
void work();
)";

class Lookup : public ::testing::Test {
protected:
  void parse(llvm::StringRef Code, llvm::StringRef Name = "input.cc",
             bool WithHeader = true) {
    Parsed P(House);
    ASSERT_TRUE(P.Ok) << P.errors();
    Models = std::make_shared<ModelSet>(P.Set);
    Unit = tooling::buildASTFromCodeWithArgs(
        ((WithHeader ? Header : "") + Code).str(), {}, Name);
    ASSERT_TRUE(Unit);
    ASSERT_FALSE(Unit->getDiagnostics().hasErrorOccurred());
    Words = std::make_unique<Lexicon>(Unit->getASTContext(), Models);
  }

  template <typename Node, typename Matcher>
  const Node *first(const Matcher &M) const {
    auto Nodes = match(M, Unit->getASTContext());
    const Node *N =
        Nodes.empty() ? nullptr : Nodes.front().template getNodeAs<Node>("it");
    EXPECT_NE(N, nullptr);
    return N;
  }
  /// The type of the variable \p Name.
  QualType typeOf(llvm::StringRef Name) const {
    const auto *VD = first<VarDecl>(varDecl(hasName(Name)).bind("it"));
    return VD ? VD->getType() : QualType();
  }
  std::string modelOf(llvm::StringRef Variable) const {
    const TypeModel *T = Words->type(typeOf(Variable));
    return T ? T->Name : "";
  }
  /// The call or construction in the function \p Name.
  const Expr *callIn(llvm::StringRef Name) const {
    auto In = hasAncestor(functionDecl(hasName(Name)));
    return first<Expr>(
        expr(anyOf(callExpr(In), cxxConstructExpr(In))).bind("it"));
  }
  const Effect *effectIn(llvm::StringRef Name) const {
    return Words->effect(callIn(Name));
  }

  std::shared_ptr<ModelSet> Models;
  std::unique_ptr<ASTUnit> Unit;
  std::unique_ptr<Lexicon> Words;
};

TEST_F(Lookup, QualifiedNames) {
  parse(R"(
namespace a { inline namespace b { namespace { namespace c {
template <typename T> struct S { struct I { void m(); }; enum E { X }; };
extern "C" { void inC(); }
extern "C++" { void inCxx(); }
} } } }
void f() { struct Local { void m(); }; }
struct { void m(); } Unnamed;
)");
  auto Name = [&](llvm::StringRef Of) {
    return Lexicon::qualifiedName(
        first<NamedDecl>(functionDecl(hasName(Of)).bind("it")));
  };
  EXPECT_EQ(Name("S::I::m"), "a::c::S::I::m");
  EXPECT_EQ(Name("inC"), "a::c::inC");
  EXPECT_EQ(Name("inCxx"), "a::c::inCxx");
  EXPECT_EQ(Name("Local::m"), "(local)::Local::m");
  EXPECT_EQ(Name("f"), "f");
}

TEST_F(Lookup, Types) {
  parse(R"(
house::Thread Plain;
const house::Thread Const;
typedef house::Thread Alias;
Alias ByAlias;
house::Thread *Pointer;
house::Thread &Reference = Plain;
house::Thread Many[2];
auto &Auto = Plain;
house::Box<int> Box;
struct Derived : house::Thread {} Derived;
struct Deeper : Derived {} Deeper;
house_t Value;
const volatile house_t ConstValue = 0;
typedef house_t Renamed;
Renamed ByRenamed;
house_t *ValuePointer;
unsigned long Number;
house_union Union;
namespace other { class Thread {}; } 
other::Thread Other;
)");
  EXPECT_EQ(modelOf("Plain"), "house::Thread");
  EXPECT_EQ(modelOf("Const"), "house::Thread");
  EXPECT_EQ(modelOf("ByAlias"), "house::Thread");
  EXPECT_EQ(modelOf("Box"), "house::Box");
  EXPECT_EQ(modelOf("Value"), "house_t");
  EXPECT_EQ(modelOf("ConstValue"), "house_t");
  EXPECT_EQ(modelOf("ByRenamed"), "house_t");
  EXPECT_EQ(modelOf("Union"), "house_union");
  for (const char *None : {"Pointer", "Reference", "Many", "Auto", "Derived",
                           "ValuePointer", "Number", "Other"})
    EXPECT_EQ(modelOf(None), "") << None;

  const TypeModel *T =
      Words->typeOrBase(typeOf("Deeper")->getAsCXXRecordDecl());
  ASSERT_NE(T, nullptr);
  EXPECT_EQ(T->Name, "house::Thread");
  EXPECT_EQ(Words->typeOrBase(typeOf("Other")->getAsCXXRecordDecl()), nullptr);
  EXPECT_EQ(Words->typeOrBase(nullptr), nullptr);
  EXPECT_EQ(Words->type(QualType()), nullptr);
}

TEST_F(Lookup, TypesInC) {
  parse(R"(
typedef unsigned long house_t;
typedef union { int I; } house_union;
typedef struct house_s { int I; } Thread;
house_t Value;
house_union Union;
Thread Other;
void house_join(house_t);
void ends(void) { house_join(Value); }
)",
        "input.c", /*WithHeader=*/false);
  EXPECT_EQ(modelOf("Value"), "house_t");
  EXPECT_EQ(modelOf("Union"), "house_union");
  EXPECT_EQ(modelOf("Other"), "");
  const Effect *E = effectIn("ends");
  ASSERT_NE(E, nullptr);
  EXPECT_EQ(E->Does, Verb::Join);
}

TEST_F(Lookup, Effects) {
  parse(R"(
struct Mine : house::Thread {
  Mine() : house::Thread(work) {}
};
void empty() { house::Thread T; }
void one() { house::Thread T(work); }
void two() { house::Thread T(work, 1); }
void moved(house::Thread &T) { house::Thread U(static_cast<house::Thread &&>(T)); }
void derived() { Mine M; }
void joined(house::Thread &T) { T.join(); }
void joinedByPointer(house::Thread *T) { T->join(); }
void joinedDerived(Mine &M) { M.join(); }
void called(house::Thread &T) { T(); }
void tested(const house::Thread &T) { T.operator bool(); }
void unknown(house::Thread &T) { T.other(); }
void asStatic() { house::Thread::all(); }
void asBase(house::Base &B) { B.join(); }
void added(house::Box<int> &B) { B.add(1); }
void went() { house::go(work); }
void wentFar() { house::go(1, work); }
void byPointer(void (*F)(house_t)) { F(0); }
void ended(house_t T) { house_join(T); }
)");
  auto Does = [&](llvm::StringRef In) -> std::string {
    const Effect *E = effectIn(In);
    return E ? spelling(E->Does).str() : "";
  };
  EXPECT_EQ(Does("empty"), "init");
  EXPECT_EQ(Does("one"), "start");
  EXPECT_EQ(Does("two"), "start");
  EXPECT_EQ(Does("moved"), "");
  EXPECT_EQ(Does("derived"), "");
  EXPECT_EQ(Does("joined"), "join");
  EXPECT_EQ(Does("joinedByPointer"), "join");
  EXPECT_EQ(Does("joinedDerived"), "join");
  EXPECT_EQ(Does("called"), "apply");
  EXPECT_EQ(Does("tested"), "test-live");
  EXPECT_EQ(Does("unknown"), "");
  EXPECT_EQ(Does("asStatic"), "query");
  EXPECT_EQ(Does("asBase"), "");
  EXPECT_EQ(Does("added"), "insert");
  EXPECT_EQ(Does("went"), "start");
  EXPECT_EQ(Does("wentFar"), "start");
  EXPECT_EQ(Does("byPointer"), "");
  EXPECT_EQ(Does("ended"), "join");
  EXPECT_EQ(effectIn("went")->Callable, 0);
  EXPECT_EQ(effectIn("wentFar")->Callable, 1);
  EXPECT_EQ(Words->effect(nullptr, 0), nullptr);
}

TEST_F(Lookup, Constants) {
  parse(R"(
#define SET(T, Option) house_set(T, Option, 1)
const int Known = HOUSE_TIME, Unlike = HOUSE_NAME;
void byEnumerator(house_t T) { house_set(T, HOUSE_TIME, 1); }
void byOther(house_t T) { house_set(T, HOUSE_NAME, 1); }
void byMacro(house_t T) { house_set(T, HOUSE_MACRO, 1); }
void byOtherMacro(house_t T) { house_set(T, HOUSE_OTHER, 1); }
void byNumber(house_t T) { house_set(T, 7, 1); }
void inMacro(house_t T) { SET(T, HOUSE_TIME); }
void macroInMacro(house_t T) { SET(T, HOUSE_MACRO); }
void otherInMacro(house_t T) { SET(T, HOUSE_NAME); }
void byConstant(house_t T) { house_set(T, Known, 1); }
void byOtherConstant(house_t T) { house_set(T, Unlike, 1); }
void byVariable(house_t T, int Option) { house_set(T, Option, 1); }
)");
  for (const char *In : {"byEnumerator", "byMacro", "inMacro", "macroInMacro",
                         "byConstant", "byVariable"})
    EXPECT_EQ(effectIn(In)->Does, Verb::SetDeadline) << In;
  for (const char *In : {"byOther", "byOtherMacro", "byNumber", "otherInMacro",
                         "byOtherConstant"})
    EXPECT_EQ(effectIn(In)->Does, Verb::Query) << In;
  // Without the arguments nobody can tell.
  const auto *Call = cast<CallExpr>(callIn("byEnumerator"));
  EXPECT_EQ(Words->effect(Call->getDirectCallee(), 3)->Does, Verb::Query);
}

TEST_F(Lookup, Objects) {
  parse(R"(
void method(house::Thread &T) { T.join(); }
void oper(house::Thread &T) { T(); }
void argument(house_t T) { house_join(T); }
void address(house_t T) { house_create(&T, work); }
void pointer(house_t *P) { house_create(P, work); }
void result() { house::go(work); }
)");
  auto Object = [&](llvm::StringRef In, bool &Deref) -> std::string {
    const Expr *Call = callIn(In);
    const Effect *E = Words->effect(Call);
    EXPECT_NE(E, nullptr) << In.str();
    const Expr *O = E ? Words->object(Call, *E, &Deref) : nullptr;
    if (!O)
      return "";
    const auto *Ref = dyn_cast<DeclRefExpr>(O->IgnoreParenImpCasts());
    return Ref ? Ref->getDecl()->getNameAsString() : "?";
  };
  bool Deref = true;
  EXPECT_EQ(Object("method", Deref), "T");
  EXPECT_FALSE(Deref);
  EXPECT_EQ(Object("oper", Deref), "T");
  EXPECT_EQ(Object("argument", Deref), "T");
  EXPECT_FALSE(Deref);
  EXPECT_EQ(Object("address", Deref), "T");
  EXPECT_FALSE(Deref);
  EXPECT_EQ(Object("pointer", Deref), "P");
  EXPECT_TRUE(Deref);
  EXPECT_EQ(Object("result", Deref), "");
  EXPECT_FALSE(Deref);
}

TEST_F(Lookup, AnyDeclared) {
  parse("house::Thread T;\n");
  EXPECT_TRUE(Words->anyDeclared({Kind::TaskHandle}));
  parse("void f();\n", "input.c", /*WithHeader=*/false);
  EXPECT_FALSE(Words->anyDeclared({Kind::TaskHandle, Kind::Container}));
}

const char Annotated[] = R"(
class [[clang::annotate("leak:task-handle,detach")]] Fiber {
public:
  [[clang::annotate("leak:init")]] Fiber();
  [[clang::annotate("leak: start , callable=1 ")]] Fiber(int, void (*)());
  [[clang::annotate("leak:join")]] void finish();
  [[clang::annotate("leak:start,object=return")]] static Fiber make();
  [[clang::annotate("leak:detach,object=0")]] static void drop(Fiber &);
  [[clang::annotate("other"), clang::annotate("leak:test-live")]] bool busy() const;
  void other();
};
template <typename T> class [[clang::annotate("leak:channel")]] Queue {
public:
  [[clang::annotate("leak:send,object=this")]] void put(T);
};
[[clang::annotate("leak:join,object=*0")]] void finishIt(Fiber *);
template <typename T> [[clang::annotate("leak:cancel")]] void stop(T &);
class [[clang::annotate("thing")]] Thing {};
)";

TEST_F(Lookup, Annotations) {
  parse((Annotated + llvm::Twine(R"(
Fiber F;
Queue<int> Q;
Thing T;
void empty() { Fiber F; }
void started() { Fiber F(1, work); }
void finished() { F.finish(); }
void made() { Fiber::make(); }
void dropped() { Fiber::drop(F); }
void busy() { F.busy(); }
void other() { F.other(); }
void put() { Q.put(1); }
void finishedIt() { finishIt(&F); }
void stopped() { stop(F); }
)"))
            .str());
  const TypeModel *T = Words->type(typeOf("F"));
  ASSERT_NE(T, nullptr);
  EXPECT_EQ(T->Name, "Fiber");
  EXPECT_EQ(T->What, Kind::TaskHandle);
  EXPECT_EQ(T->IfUnreleased, Unreleased::Detach);
  EXPECT_EQ(Words->type(typeOf("F")), T) << "the same object each time";
  const TypeModel *Q = Words->type(typeOf("Q"));
  ASSERT_NE(Q, nullptr);
  EXPECT_EQ(Q->What, Kind::Channel);
  EXPECT_EQ(Q->IfUnreleased, Unreleased::Leak);
  EXPECT_EQ(Words->type(typeOf("T")), nullptr);

  struct {
    const char *In;
    Verb Does;
    ObjectSpec::PlaceKind Place;
    int Callable;
  } Expected[] = {
      {"empty", Verb::Init, ObjectSpec::This, -1},
      {"started", Verb::Start, ObjectSpec::This, 1},
      {"finished", Verb::Join, ObjectSpec::This, -1},
      {"made", Verb::Start, ObjectSpec::Return, -1},
      {"dropped", Verb::Detach, ObjectSpec::Argument, -1},
      {"busy", Verb::TestLive, ObjectSpec::This, -1},
      {"put", Verb::Send, ObjectSpec::This, -1},
      {"finishedIt", Verb::Join, ObjectSpec::Pointee, -1},
      {"stopped", Verb::Cancel, ObjectSpec::Argument, -1},
  };
  for (const auto &Row : Expected) {
    const Effect *E = effectIn(Row.In);
    ASSERT_NE(E, nullptr) << Row.In;
    EXPECT_EQ(E->Does, Row.Does) << Row.In;
    EXPECT_EQ(E->Object.Place, Row.Place) << Row.In;
    EXPECT_EQ(E->Object.Index, 0u) << Row.In;
    EXPECT_EQ(E->Callable, Row.Callable) << Row.In;
  }
  EXPECT_EQ(effectIn("other"), nullptr);
  EXPECT_TRUE(Words->badAnnotations().empty());
}

TEST_F(Lookup, AnnotationsAndModels) {
  parse(R"(
namespace house {
class [[clang::annotate("leak:timer")]] Thread2 {};
}
[[clang::annotate("leak:detach,object=0")]] void house_join(house_t);
void ends() { house_join(0); }
)");
  const Effect *E = effectIn("ends");
  ASSERT_NE(E, nullptr);
  EXPECT_EQ(E->Does, Verb::Detach) << "an annotation goes before a row";
}

TEST_F(Lookup, BadAnnotations) {
  parse(R"(
class [[clang::annotate("leak:fiber")]] A {} a;
class [[clang::annotate("leak:task-handle,dies")]] B {} b;
[[clang::annotate("leak:jion")]] void c();
[[clang::annotate("leak:join,object=all")]] void d();
[[clang::annotate("leak:join,subject=0")]] void e();
[[clang::annotate("leak:start,callable=x")]] void f();
[[clang::annotate("leak:")]] void g();
void inC() { c(); }
void inD() { d(); }
void inE() { e(); }
void inF() { f(); }
void inG() { g(); }
)");
  EXPECT_EQ(Words->type(typeOf("a")), nullptr);
  EXPECT_EQ(Words->type(typeOf("b")), nullptr);
  for (const char *In : {"inC", "inD", "inE", "inF", "inG"}) {
    EXPECT_EQ(effectIn(In), nullptr) << In;
    EXPECT_EQ(effectIn(In), nullptr) << In << ", again";
  }
  const char *Expected[] = {
      "unknown kind 'fiber' in annotation; did you mean 'timer'?; allowed: "
      "task-handle, ",
      "unknown word 'dies' in annotation; allowed: nothing, terminate, ",
      "unknown verb 'jion' in annotation; did you mean 'join'?; allowed: "
      "query, ",
      "unknown object in annotation 'object=all'; allowed: this, return, 0, *0",
      "unknown key 'subject' in annotation; did you mean 'object'?; allowed: "
      "object, callable",
      "'callable' in annotation wants an argument's number",
      "unknown verb '' in annotation; "};
  ASSERT_EQ(Words->badAnnotations().size(), std::size(Expected))
      << "each is told once";
  const SourceManager &SM = Unit->getSourceManager();
  unsigned Line = 0;
  for (size_t I = 0; I != std::size(Expected); ++I) {
    const Lexicon::BadAnnotation &Bad = Words->badAnnotations()[I];
    EXPECT_TRUE(llvm::StringRef(Bad.Message).starts_with(Expected[I]))
        << Bad.Message;
    unsigned Here = SM.getSpellingLineNumber(Bad.Loc);
    if (I)
      EXPECT_EQ(Here, Line + 1);
    Line = Here;
  }
}

} // namespace
