//===--- Model.h - what foreign APIs do, as data ----------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Model files (docs/models.md) and how a unit's declarations are looked up in
/// them. `ModelSet` is the parsed data and knows no AST; `Lexicon` answers for
/// the declarations of one translation unit, annotations included.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_MODEL_H
#define LEAK_TIDY_MODEL_H

#include "Vocabulary.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
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
  /// Numbers of the arguments with a special part; -1 when there is none.
  int Callable = -1, Timeout = -1, Token = -1, Predicate = -1, Lock = -1,
      Count = -1, Value = -1, Attribute = -1;
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
  Rejoin IfRejoined = Rejoin::Quiet;
  bool ByValue = false; ///< Copies name the same execution (pthread_t).
  bool CarriesExceptions = false;
  std::string JoiningType;       ///< A type to use instead, or empty.
  unsigned JoiningTypeSince = 0; ///< The C++ standard it needs: 20 for C++20.
  llvm::StringMap<Effects> Calls;

  /// The row for a call of the member \p Name ("constructor", "destructor").
  const Effect *find(llvm::StringRef Name, unsigned NumArgs) const;
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
};

/// Parsed model files. Immutable once loaded, hence shared between units and
/// threads.
class ModelSet {
public:
  /// The models that are built into the program; parsed once per process.
  static std::shared_ptr<const ModelSet> builtin();

  /// The built-in models and the \p Files. Each error is one line,
  /// "file:line:column: error: what is wrong; how to mend it"; a file with
  /// errors still contributes its rows that are right.
  static std::shared_ptr<const ModelSet> load(llvm::ArrayRef<std::string> Files,
                                              std::vector<std::string> &Errors);

  /// Adds one file's text. Returns false when there was an error.
  bool parse(llvm::MemoryBufferRef Text, std::vector<std::string> &Errors);

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

/// Looks declarations of one translation unit up in the models.
class Lexicon {
public:
  Lexicon(const clang::ASTContext &Ctx, std::shared_ptr<const ModelSet> Models);

  /// True when the unit may declare a type of one of \p Kinds, or a function
  /// that starts an execution. The cheapest of all gates: it only asks which
  /// identifiers were seen.
  bool anyDeclared(llvm::ArrayRef<Kind> Kinds) const;

  /// The model of exactly this type: through typedefs, not through pointers,
  /// references, arrays or bases.
  const TypeModel *type(clang::QualType T) const;
  const TypeModel *type(const clang::CXXRecordDecl *RD) const;

  /// The model of \p RD or of the first of its bases that has one.
  const TypeModel *typeOrBase(const clang::CXXRecordDecl *RD) const;

  /// What calling \p Callee with \p NumArgs arguments does. \p Receiver is the
  /// static type of the object for member calls, null otherwise: libraries
  /// declare one method in different private bases, so the answer is looked
  /// up from the receiver's type and not from the method's parent.
  const Effect *effect(const clang::FunctionDecl *Callee, unsigned NumArgs,
                       const clang::CXXRecordDecl *Receiver = nullptr) const;

  /// The same for an expression: call, member call, operator, construction.
  /// Explicit arguments are counted; default ones are not.
  const Effect *effect(const clang::Expr *Call) const;

  /// The expression that \p E, which has the effect \p Row, does its verb to.
  /// Null when that is its own result or there is none. `Pointee` objects come
  /// with a leading '&' stripped when there is one, and with \p Deref set else.
  const clang::Expr *object(const clang::Expr *E, const Effect &Row,
                            bool *Deref = nullptr) const;

  /// Annotations that were looked at and not understood.
  struct BadAnnotation {
    clang::SourceLocation Loc;
    std::string Message;
  };
  llvm::ArrayRef<BadAnnotation> badAnnotations() const { return Bad; }

  const clang::ASTContext &context() const { return Ctx; }

  /// "ns::Type::name" without inline and unnamed namespaces and arguments.
  static std::string qualifiedName(const clang::NamedDecl *D);

private:
  const Effect *annotated(const clang::FunctionDecl *FD) const;
  const TypeModel *annotated(const clang::CXXRecordDecl *RD) const;

  const clang::ASTContext &Ctx;
  std::shared_ptr<const ModelSet> Models;
  /// Last components of all modelled names that this unit has as identifiers.
  llvm::DenseSet<const clang::IdentifierInfo *> TypeNames, FunctionNames;
  mutable llvm::DenseMap<const clang::Decl *, const TypeModel *> TypeCache;
  mutable llvm::DenseMap<const clang::Decl *, const Effects *> FunctionCache;
  mutable llvm::DenseMap<const clang::Decl *, std::unique_ptr<Effect>>
      AnnotationCache;
  mutable std::vector<std::unique_ptr<TypeModel>> AnnotatedTypes;
  mutable std::vector<BadAnnotation> Bad;
};

} // namespace leak

#endif // LEAK_TIDY_MODEL_H
