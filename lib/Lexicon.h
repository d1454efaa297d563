//===--- Lexicon.h - a unit's declarations in the models --------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Answers what the declarations of one translation unit do: by model files,
/// by annotations, and by roles that were inferred from bodies.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_LEXICON_H
#define LEAK_TIDY_LEXICON_H

#include "Model.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

namespace leak {

/// Looks declarations of one translation unit up in the models.
class Lexicon {
public:
  Lexicon(const clang::ASTContext &Ctx, std::shared_ptr<const ModelSet> Models);

  /// From now on \p RD means \p Model, whatever else is known about it.
  void infer(const clang::CXXRecordDecl *RD, TypeModel Model);

  const std::shared_ptr<const ModelSet> &models() const { return Models; }

  /// True when the unit may declare a type of one of \p Kinds, or a function
  /// that starts an execution. The cheapest of all gates: it only asks which
  /// identifiers were seen.
  bool anyDeclared(llvm::ArrayRef<Kind> Kinds) const;

  /// True when the unit may declare a type of the kind \p K.
  bool anyType(Kind K) const;

  /// The model of exactly this type: through typedefs, not through pointers,
  /// references, arrays or bases.
  const TypeModel *type(clang::QualType T) const;
  const TypeModel *type(const clang::CXXRecordDecl *RD) const;

  /// The model of \p RD or of the first of its bases that has one.
  const TypeModel *typeOrBase(const clang::CXXRecordDecl *RD) const;

  /// What calling \p Callee with \p NumArgs arguments does. \p Receiver is the
  /// static type of the object for member calls, null otherwise: libraries
  /// declare one method in different private bases, so the answer is looked
  /// up from the receiver's type and not from the method's parent. Without \p
  /// Args no row counts that has a `when`.
  const Effect *effect(const clang::FunctionDecl *Callee, unsigned NumArgs,
                       const clang::CXXRecordDecl *Receiver = nullptr,
                       llvm::ArrayRef<const clang::Expr *> Args = {}) const;

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

  /// True when \p E is the constant with one of the \p Names, an enumerator, a
  /// macro or a constant variable, or when nobody can tell.
  bool mayBe(const clang::Expr *E, llvm::ArrayRef<std::string> Names) const;

  /// "ns::Type::name" without inline and unnamed namespaces and arguments.
  static std::string qualifiedName(const clang::NamedDecl *D);

private:
  const Effect *annotated(const clang::FunctionDecl *FD) const;
  const TypeModel *annotated(const clang::CXXRecordDecl *RD) const;
  const TypeModel *find(const clang::NamedDecl *D) const;

  const clang::ASTContext &Ctx;
  std::shared_ptr<const ModelSet> Models;
  /// Last components of all modelled names that this unit has as identifiers.
  llvm::DenseSet<const clang::IdentifierInfo *> TypeNames, FunctionNames;
  mutable llvm::DenseMap<const clang::Decl *, const TypeModel *> TypeCache;
  mutable llvm::DenseMap<const clang::Decl *, const Effects *> FunctionCache;
  mutable llvm::DenseMap<const clang::Decl *, std::unique_ptr<Effect>>
      AnnotationCache;
  /// Of annotations, of inferred roles, and those that macros make different.
  mutable std::vector<std::unique_ptr<TypeModel>> OwnTypes;
  mutable std::vector<BadAnnotation> Bad;
};

} // namespace leak

#endif // LEAK_TIDY_LEXICON_H
