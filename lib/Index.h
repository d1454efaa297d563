//===--- Index.h - a unit's operations on modelled objects ------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// One traversal of a translation unit's own code (system headers left out)
/// notes every use of every variable and field that holds a modelled object,
/// classified by the models. All checks read this index; none walks the AST.
///
/// A use that isn't understood is an `Escape`; nothing is ever left out.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_INDEX_H
#define LEAK_TIDY_INDEX_H

#include "Lexicon.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace leak {

/// How a type holds modelled objects.
struct Shape {
  const TypeModel *Inner = nullptr; ///< The modelled object in the middle.
  const TypeModel *Outer = nullptr; ///< The outermost owner or container.
  bool Many = false;                ///< An array or container of them.
  bool Owned = false;               ///< Through a smart pointer or optional.
  bool CustomDeleter = false;       ///< The owner's deleter is not the default.
  bool Shared = false;              ///< The owner has copies (shared_ptr).
  bool Pointer = false;             ///< Through a raw pointer or reference.

  explicit operator bool() const { return Inner; }
  /// The variable itself is one object, destroyed with it.
  bool isDirect() const { return Inner && !Many && !Owned && !Pointer; }
};

/// One use of one variable or field.
struct Use {
  /// What is done. By the language rather than a row: Start (initialised or
  /// assigned with a new execution), Insert (takes another object over),
  /// Reset (assigned an empty one), Move (handed on to another owner),
  /// Destroy (delete), Query, Escape.
  Verb Does = Verb::Escape;
  const Effect *Row = nullptr;
  const clang::Expr *Ref = nullptr;        ///< Null for initialisers.
  const clang::Stmt *At = nullptr;         ///< The whole operation.
  const clang::FunctionDecl *In = nullptr; ///< Lambdas: the call operator.
  const clang::Stmt *Loop = nullptr;       ///< Innermost loop inside `In`.
  bool Element = false;                    ///< Of one of many.
  const clang::Expr *Subscript = nullptr;  ///< Which one, when said by index.
};

/// A variable or field that holds modelled objects, with all its uses.
struct Subject {
  const clang::ValueDecl *Decl = nullptr;
  Shape What;
  llvm::SmallVector<Use, 8> Uses;
  /// Variables and parameters through which it is used as well.
  llvm::SmallSetVector<const clang::ValueDecl *, 2> Aliases;
};

/// What is known of one function with a body in this unit.
struct FunctionFacts {
  const clang::FunctionDecl *Decl = nullptr;
  /// Functions called, constructed or made as lambdas, with a body here.
  llvm::SmallSetVector<const clang::FunctionDecl *, 8> Callees;
  /// Methods whose address it takes: `std::bind(&C::m, this)`.
  llvm::SmallPtrSet<const clang::FunctionDecl *, 2> Named;
  /// It gives its own object to a function that isn't visible: somebody else
  /// may call its methods.
  bool HandsThisOn = false;
  /// It makes an object that is no variable: a temporary, `new`.
  bool OwnsObject = false;
  /// Its local variables that hold modelled objects.
  llvm::SmallVector<const clang::VarDecl *, 2> Locals;
  /// It uses a subject, or has a call that never returns, or throws: what a
  /// path that goes through it has to know.
  bool Matters = false;
  /// It is a lambda that is given to somebody else to call, such as a scope
  /// guard; neither named nor called where it is written.
  bool HandedOn = false;
  /// A call in it starts an execution.
  bool Starts = false;
  /// Classes that hold modelled objects, of which it makes an object.
  llvm::SmallSetVector<const clang::CXXRecordDecl *, 2> Holders;
};

class Index {
public:
  /// Walks the traversal scope of the unit. Only objects whose kind is one of
  /// \p Kinds are indexed.
  Index(clang::ASTContext &Ctx, const Lexicon &Words,
        llvm::ArrayRef<Kind> Kinds);

  const Lexicon &lexicon() const { return Words; }

  /// How \p T holds objects of the indexed kinds.
  Shape shape(clang::QualType T) const;

  /// What getting the value \p E makes of a variable: Start, when that begins
  /// an execution; Insert, when it takes one over, or may; Reset, when there is
  /// none in it.
  Verb newValue(const clang::Expr *E) const;

  /// The same for an object made of \p Args in something that holds \p Held.
  Verb emplaced(llvm::ArrayRef<const clang::Expr *> Args,
                const Shape &Held) const;

  /// The subjects, in the order of their first mention.
  const llvm::MapVector<const clang::ValueDecl *, Subject> &subjects() const {
    return Subjects;
  }
  const Subject *find(const clang::ValueDecl *D) const;

  /// What the alias \p D stands for, or null.
  const clang::ValueDecl *aliased(const clang::ValueDecl *D) const;

  /// The uses of \p D and of everything it is also known as.
  llvm::SmallVector<Use, 16> allUses(const clang::ValueDecl *D) const;

  const llvm::MapVector<const clang::FunctionDecl *, FunctionFacts> &
  functions() const {
    return Functions;
  }
  const FunctionFacts *facts(const clang::FunctionDecl *FD) const;

  /// All functions that \p Root may call, itself included.
  llvm::SmallPtrSet<const clang::FunctionDecl *, 16>
  reachable(const clang::FunctionDecl *Root) const;

  /// True for a release inside a lambda that is given to somebody else to call.
  /// Guards are taken at their word: following them is dear and seldom right.
  bool releasedByGuard(const Use &U) const;

  /// True when a method that is given to somebody else to call, by its address
  /// and not to start an execution, may get to a release of \p D.
  bool releasedByCallback(const clang::ValueDecl *D) const;

  /// True when \p Root, or a function that it may call, matters to the objects.
  bool matters(const clang::FunctionDecl *Root) const;

  /// True when objects of \p RD are made to live until the process ends, and
  /// so are never destroyed (`static T *x = new T`, placement new).
  bool isImmortal(const clang::CXXRecordDecl *RD) const {
    return Immortal.contains(RD->getCanonicalDecl());
  }

  /// True when some field of the class \p T, or of a class it holds by value,
  /// is a subject that it owns.
  bool holds(clang::QualType T) const;

  /// Calls \p Visit for the class \p RD and all classes that it has inside by
  /// value, by inheritance, in an owner or container.
  void forEachInside(
      const clang::CXXRecordDecl *RD,
      llvm::function_ref<void(const clang::CXXRecordDecl *)> Visit) const;

  /// The use of a subject that the operation \p At is, or null.
  const Use *useAt(const clang::Stmt *At) const;

  /// Which elements the loop around the release \p U of \p D leaves out,
  /// compared with the loop that started them: "the first", "the last". Empty
  /// when it leaves out none, or nobody can tell.
  llvm::StringRef leavesOut(const clang::ValueDecl *D, const Use &U) const;

  /// The containers and arrays of which a loop with the condition \p Cond (or
  /// one of the parts that `&&` and `||` join to it) releases all elements.
  llvm::ArrayRef<const clang::ValueDecl *>
  releasedByLoop(const clang::Expr *Cond) const;

  /// At least one execution is started in this unit.
  bool anyStart() const { return AnyStart; }

private:
  friend class IndexBuilder;

  const TypeModel *handleBase(const clang::CXXRecordDecl *RD) const;

  clang::ASTContext &Ctx;
  const Lexicon &Words;
  llvm::SmallVector<Kind, 4> Kinds;
  llvm::MapVector<const clang::ValueDecl *, Subject> Subjects;
  llvm::DenseMap<const clang::ValueDecl *, const clang::ValueDecl *> AliasRoots;
  llvm::MapVector<const clang::FunctionDecl *, FunctionFacts> Functions;
  llvm::SmallPtrSet<const clang::CXXRecordDecl *, 4> Immortal;
  mutable llvm::DenseMap<const clang::Type *, Shape> ShapeCache;
  mutable llvm::DenseMap<const clang::CXXRecordDecl *, bool> HoldsCache;
  mutable llvm::DenseMap<const clang::Stmt *, const Use *> UseByStmt;
  mutable llvm::DenseMap<const clang::Expr *,
                         llvm::SmallVector<const clang::ValueDecl *, 2>>
      LoopReleases;
  mutable llvm::DenseMap<const clang::ValueDecl *, bool> CallbackCache;
  mutable bool LoopReleasesReady = false;
  mutable llvm::DenseMap<const clang::FunctionDecl *, bool> MattersCache;
  bool AnyStart = false;
};

/// True for verbs after which the object owes nothing here any more.
bool releases(Verb V);

/// The expression inside casts, temporaries, parentheses and clean-ups.
const clang::Expr *strip(const clang::Expr *E);

} // namespace leak

#endif // LEAK_TIDY_INDEX_H
