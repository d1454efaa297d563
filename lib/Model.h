//===--- Model.h - what foreign APIs do, as data ----------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Model files (docs/models.md) as data; knows no AST. Lexicon.h looks a unit's
/// declarations up in it.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_MODEL_H
#define LEAK_TIDY_MODEL_H

#include "Vocabulary.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/MemoryBufferRef.h"
#include <memory>
#include <string>
#include <vector>

namespace leak {

/// Where the object of a verb is found at a call.
struct ObjectSpec {
  enum PlaceKind { None, This, Return, Argument, Pointee };
  PlaceKind Place = None;
  unsigned Index = 0; ///< Argument number, from 0.
};

/// One row: what one call does.
struct Effect {
  Verb Does = Verb::Query;
  ObjectSpec Object;
  unsigned MinArgs = 0;
  unsigned MaxArgs = ~0U;
  Failure Fails = Failure::Never;
  After Runs = After::Any; ///< When the callable does.
  /// Numbers of the arguments with a special part; -1 when there is none.
  int Callable = -1, Timeout = -1, Token = -1, Predicate = -1, Lock = -1,
      Count = -1, Value = -1, Attribute = -1;
  /// Only where the argument with this number is one of these constants.
  llvm::SmallVector<std::pair<unsigned, std::vector<std::string>>, 0> When;
  /// Values of the time, or of the new deadline, that are no bound at all.
  std::vector<std::string> Unbounded;
  /// A statement that bounds a call that blocks, or that a close needs before
  /// it to wake those who wait; `$` is its object. Or empty.
  std::string Mend;
  /// The exception with which it ends when its execution was asked to stop:
  /// its qualified name, or empty.
  std::string Interrupted;
  /// The type of exception by which it says that the world refused: no such
  /// file, no number. Empty when it throws none, or only for lack of memory.
  std::string Throws;
  std::string Doc;

  bool matches(unsigned NumArgs) const {
    return NumArgs >= MinArgs && NumArgs <= MaxArgs;
  }
};

using Effects = llvm::SmallVector<Effect, 1>;

/// All that is known about one type.
struct TypeModel {
  std::string Name; ///< Qualified, without inline namespaces.
  std::string Library;
  std::string Doc;
  Kind What = Kind::TaskHandle;
  Unreleased IfUnreleased = Unreleased::Nothing;
  /// What it is instead where a macro is defined; the first one counts.
  llvm::SmallVector<std::pair<std::string, Unreleased>, 0> IfUnreleasedWith;
  Rejoin IfRejoined = Rejoin::Quiet;
  Reacquire IfReacquired = Reacquire::Counts;
  /// Channels: what they take in, what a send, and another close, does to a
  /// closed one.
  Capacity Holds = Capacity::Unknown;
  AfterClose IfSentClosed = AfterClose::Works;
  Rejoin IfReclosed = Rejoin::Quiet;
  bool ByValue = false; ///< Copies name the same execution (pthread_t).
  bool CarriesExceptions = false;
  bool Inferred = false;         ///< From the bodies of a class of the project.
  std::string JoiningType;       ///< A type to use instead, or empty.
  unsigned JoiningTypeSince = 0; ///< The C++ standard it needs: 20 for C++20.
  llvm::StringMap<Effects> Calls;
  /// Beginnings of names that stand in `Calls` with a `*` behind them.
  std::vector<std::string> Beginnings;

  /// The method that does \p V without arguments, the first by name; or empty.
  llvm::StringRef methodFor(Verb V) const;

  /// The row for a call of the member \p Name ("constructor", "destructor"),
  /// of which \p Fits is true; without that, none that has a `when`.
  const Effect *
  find(llvm::StringRef Name, unsigned NumArgs,
       llvm::function_ref<bool(const Effect &)> Fits = nullptr) const;
};

/// One name in a model file and where it stands, for tests and tools.
struct ModelName {
  std::string File;
  unsigned Line;
  std::string Type; ///< Empty for functions that are not members.
  std::string Call; ///< Empty for the type itself.
};

/// What one model file says about itself, for tests and tools.
struct ModelFile {
  std::string Name;
  std::vector<std::string> Headers; ///< As between `<` and `>`.
  std::vector<std::string> Identifiers;
};

/// The key `identifiers` of a model file, without parsing the rest of it.
llvm::SmallVector<llvm::StringRef, 4>
mentionedIdentifiers(llvm::StringRef ModelText);

/// Parsed model files. Immutable once loaded, hence shared between units and
/// threads.
class ModelSet {
public:
  /// The models that are built into the program: of the libraries of which
  /// \p Mentions an identifier is true, or of all. Each file is parsed once per
  /// process, when it is needed.
  static std::shared_ptr<const ModelSet>
  builtin(llvm::function_ref<bool(llvm::StringRef)> Mentions = nullptr);

  /// The type in whichever built-in file, for `like`.
  static const TypeModel *builtinType(llvm::StringRef QualifiedName);

  /// The built-in models and the \p Files. Each error is one line,
  /// "file:line:column: error: what is wrong; how to mend it"; a file with
  /// errors still contributes its rows that are right.
  static std::shared_ptr<const ModelSet>
  load(llvm::ArrayRef<std::string> Files, std::vector<std::string> &Errors,
       llvm::function_ref<bool(llvm::StringRef)> Mentions = nullptr);

  /// Adds one file's text. Returns false when there was an error.
  bool parse(llvm::MemoryBufferRef Text, std::vector<std::string> &Errors);

  /// Adds all that \p Other says; where both speak, it counts.
  void add(const ModelSet &Other);

  /// By this name, or as `*::Last`.
  const TypeModel *findType(llvm::StringRef QualifiedName) const;
  const Effects *findFunction(llvm::StringRef QualifiedName) const;

  const llvm::StringMap<TypeModel> &types() const { return Types; }
  const llvm::StringMap<Effects> &functions() const { return Functions; }
  /// Every name of every file, in order; filled only by `parse` and `load`
  /// with `KeepNames` set before.
  std::vector<ModelName> Names;
  /// Every file, in order; filled as Names is.
  std::vector<ModelFile> Files;
  bool KeepNames = false;

private:
  llvm::StringMap<TypeModel> Types;
  llvm::StringMap<Effects> Functions;
};

} // namespace leak

#endif // LEAK_TIDY_MODEL_H
