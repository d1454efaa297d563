//===--- Path.h - path-sensitive lives of modelled objects ------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Follows each modelled object along every path of a function with the Clang
/// Static Analyzer's engine, inside clang-tidy as well as in the analyzer.
/// Checks give a `PathRule`: which objects owe what, and what to say.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_PATH_H
#define LEAK_TIDY_PATH_H

#include "Model.h"
#include "clang/Basic/SourceLocation.h"
#include <string>

namespace clang {
class Preprocessor;
namespace ento {
class CheckerManager;
class CheckerRegistry;
} // namespace ento
} // namespace clang

namespace leak {

class Unit;
class Check;

/// How an object that still owed something got away, or was released wrongly.
enum class End {
  Destroyed,     ///< Its life ended: end of scope, delete, of its holder.
  Overwritten,   ///< Another object was assigned to it.
  Removed,       ///< The container that holds it dropped it.
  Lost,          ///< Nobody knows it any more: the last copy is gone.
  ReleasedTwice, ///< It had been released before.
  NeverStarted   ///< Released, though there is nothing in it.
};

/// One wrong end of one object, for `PathRule::sentence`.
struct EndEvent {
  End How = End::Destroyed;
  const TypeModel *Model = nullptr;
  std::string Name;               ///< "'worker'", or empty when it has none.
  bool Many = false;              ///< A container or array of objects.
  bool ReleasedElsewhere = false; ///< Another path, at least, releases it.
  Verb First = Verb::Join;        ///< ReleasedTwice: what was done before,
  Verb Second = Verb::Join;       ///< and what then.
};

/// What the path engine watches for one check.
class PathRule {
public:
  virtual ~PathRule();

  /// The objects it is about.
  virtual Kind kind() const = 0;
  /// True when an object of this type that was started must be released.
  virtual bool owes(const TypeModel &Type) const = 0;
  /// The diagnostic, or an empty string when this end is not a defect.
  virtual std::string sentence(const EndEvent &E) const = 0;
  /// The note at the place where the object gets away.
  virtual std::string endNote(const EndEvent &E) const = 0;
  /// The note at the place where an operation \p V took place.
  virtual std::string stepNote(Verb V, llvm::StringRef Name) const = 0;
};

/// Runs the path-sensitive engine over the functions of \p U that are worth
/// it, for all \p Checks with a rule, and reports to \p U.
void runPathEngine(Unit &U, const std::shared_ptr<clang::Preprocessor> &PP,
                   llvm::ArrayRef<Check *> Checks);

/// Puts the engine and one checker for each check into the analyzer's registry.
void registerAnalyzerCheckers(clang::ento::CheckerRegistry &Registry);

} // namespace leak

#endif // LEAK_TIDY_PATH_H
