//===--- Model.cpp - what foreign APIs do, as data -----------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Model.h"
#include "Embedded.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include <deque>
#include <map>
#include <mutex>

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

template <> ArrayRef<StringRef> words<Reacquire>() {
  static const StringRef Words[] = {
#define LEAK_REACQUIRE(Enumerator, Spelling) Spelling,
      LEAK_REACQUIRES
#undef LEAK_REACQUIRE
  };
  return Words;
}

template <> ArrayRef<StringRef> words<After>() {
  static const StringRef Words[] = {
#define LEAK_AFTER(Enumerator, Spelling) Spelling,
      LEAK_AFTERS
#undef LEAK_AFTER
  };
  return Words;
}

template <> ArrayRef<StringRef> words<Capacity>() {
  static const StringRef Words[] = {
#define LEAK_CAPACITY(Enumerator, Spelling) Spelling,
      LEAK_CAPACITIES
#undef LEAK_CAPACITY
  };
  return Words;
}

template <> ArrayRef<StringRef> words<AfterClose>() {
  static const StringRef Words[] = {
#define LEAK_AFTER_CLOSE(Enumerator, Spelling) Spelling,
      LEAK_AFTER_CLOSES
#undef LEAK_AFTER_CLOSE
  };
  return Words;
}

std::string allowed(StringRef Got, ArrayRef<StringRef> Words) {
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

StringRef TypeModel::methodFor(Verb V) const {
  StringRef Best;
  for (const auto &Call : Calls)
    for (const Effect &E : Call.second)
      if (E.Does == V && E.MinArgs == 0 &&
          (Best.empty() || Call.getKey() < Best))
        Best = Call.getKey();
  return Best;
}

const Effect *TypeModel::find(StringRef Name, unsigned NumArgs,
                              function_ref<bool(const Effect &)> Fits) const {
  auto It = Calls.find(Name);
  if (It == Calls.end() && !Beginnings.empty() && Name != "constructor" &&
      Name != "destructor") {
    const std::string *Longest = nullptr;
    for (const std::string &B : Beginnings)
      if (Name.starts_with(B) && (!Longest || B.size() > Longest->size()))
        Longest = &B;
    if (Longest)
      It = Calls.find(*Longest + "*");
  }
  if (It != Calls.end())
    for (const Effect &E : It->second)
      if (E.matches(NumArgs) && (Fits ? Fits(E) : E.When.empty()))
        return &E;
  return nullptr;
}

namespace {

/// One built-in file, parsed when it is needed for the first time.
struct Builtin {
  const EmbeddedFile *File = nullptr;
  SmallVector<StringRef, 4> Identifiers;
  bool Parsed = false; ///< Or being parsed.
  ModelSet Set;
};

/// All built-in files; its functions lock.
class Builtins {
public:
  Builtins() {
    for (const EmbeddedFile &File : embeddedModels()) {
      Parts.emplace_back();
      Parts.back().File = &File;
      Parts.back().Identifiers = mentionedIdentifiers(File.Text);
    }
  }

  std::shared_ptr<const ModelSet>
  forUnit(function_ref<bool(StringRef)> Mentions) {
    std::lock_guard<std::recursive_mutex> Lock(Mutex);
    std::vector<bool> Chosen;
    for (const Builtin &P : Parts)
      Chosen.push_back(P.Identifiers.empty() || !Mentions ||
                       any_of(P.Identifiers, Mentions));
    std::shared_ptr<const ModelSet> &Result = Sets[Chosen];
    if (!Result) {
      auto Set = std::make_shared<ModelSet>();
      for (auto [Part, Take] : zip(Parts, Chosen))
        if (Take)
          Set->add(parsed(Part));
      Result = std::move(Set);
    }
    return Result;
  }

  const TypeModel *find(StringRef Type) {
    std::lock_guard<std::recursive_mutex> Lock(Mutex);
    // Parsing costs more than looking whether the name is there at all.
    for (Builtin &P : Parts)
      if (P.File->Text.contains(Type))
        if (const TypeModel *T = parsed(P).findType(Type))
          return T;
    return nullptr;
  }

private:
  const ModelSet &parsed(Builtin &P) {
    if (!P.Parsed) {
      P.Parsed = true;
      std::vector<std::string> Errors;
      P.Set.parse(MemoryBufferRef(P.File->Text, P.File->Name), Errors);
      // The tests validate every built-in file, so this can't be reached by a
      // program that passed them.
      if (!Errors.empty())
        report_fatal_error(StringRef(Errors.front()));
    }
    return P.Set;
  }

  std::recursive_mutex Mutex; ///< `like` parses another file in between.
  std::deque<Builtin> Parts;
  std::map<std::vector<bool>, std::shared_ptr<const ModelSet>> Sets;
};

Builtins &builtins() {
  static Builtins All;
  return All;
}

} // namespace

SmallVector<StringRef, 4> mentionedIdentifiers(StringRef ModelText) {
  SmallVector<StringRef, 4> Result;
  while (!ModelText.empty()) {
    auto [Line, Rest] = ModelText.split('\n');
    if (Line.consume_front("identifiers:")) {
      Line.trim(" []\r").split(Result, ',');
      for (StringRef &Identifier : Result)
        Identifier = Identifier.trim();
      break;
    }
    if (Line.starts_with("types:") || Line.starts_with("functions:"))
      break;
    ModelText = Rest;
  }
  return Result;
}

std::shared_ptr<const ModelSet>
ModelSet::builtin(function_ref<bool(StringRef)> Mentions) {
  return builtins().forUnit(Mentions);
}

const TypeModel *ModelSet::builtinType(StringRef QualifiedName) {
  return builtins().find(QualifiedName);
}

void ModelSet::add(const ModelSet &Other) {
  for (const auto &T : Other.Types)
    Types[T.getKey()] = T.getValue();
  for (const auto &F : Other.Functions)
    Functions[F.getKey()] = F.getValue();
}

std::shared_ptr<const ModelSet>
ModelSet::load(ArrayRef<std::string> Files, std::vector<std::string> &Errors,
               function_ref<bool(StringRef)> Mentions) {
  if (Files.empty())
    return builtin(Mentions);
  auto Set = std::make_shared<ModelSet>(*builtin(Mentions));
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
  if (size_t Colon = QualifiedName.rfind("::");
      It == Types.end() && Colon != StringRef::npos)
    It = Types.find(("*" + QualifiedName.substr(Colon)).str());
  return It == Types.end() ? nullptr : &It->second;
}

const Effects *ModelSet::findFunction(StringRef QualifiedName) const {
  auto It = Functions.find(QualifiedName);
  return It == Functions.end() ? nullptr : &It->second;
}

} // namespace leak
