//===--- Inputs.h - what a function reads from ------------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Descriptors, streams and channels that a function reads from, by the rows of
/// the models and the shape of the calls: which answer says that nothing will
/// come any more, and which other calls could change that.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_INPUTS_H
#define LEAK_TIDY_INPUTS_H

#include "Functions.h"
#include "Lexicon.h"
#include "Progress.h"

namespace leak {

/// One call that reads, or writes.
struct Input {
  const clang::CallExpr *Call = nullptr;
  const clang::Expr *Object = nullptr; ///< What it reads from.
  std::string Name;                    ///< Its access path.
  /// Others may get at it: a member, a global variable.
  bool Shared = false;
  bool Writes = false;
  /// What was read before stays as it is when nothing comes.
  bool Keeps = false;
  /// It keeps its state, and says so: a stream of the language.
  bool Stream = false;
  /// It only waits until something has come: how much, others tell.
  bool Waits = false;
  /// Who waits for something else as well, doesn't spin.
  bool Hot = false;
  /// What it gives comes from others: it may fail for a while.
  bool Serves = false;
  /// The questions that make sense, the clearest first.
  llvm::SmallVector<Spin::Reason, 2> Reasons;
  Value AtEnd, AtError;

  Value answer(Spin::Reason Why) const {
    return Why == Spin::Error || Why == Spin::NotEnd ? AtError : AtEnd;
  }
};

class Inputs {
public:
  /// The cheap question.
  static bool any(const FunctionUses &F, const Lexicon &Words);

  Inputs(const FunctionUses &F, const Body &B, const Lexicon &Words);

  llvm::ArrayRef<Input> all() const { return Known; }
  /// The input that \p E reads, or null.
  const Input *readBy(const clang::Expr *E) const;
  /// \p E asks whether \p I is at its end.
  bool asksForEnd(const clang::Expr *E, const Input &I) const;
  const clang::Expr *asksForEndOf(const Input &I) const;

  /// What another call may do about it that \p I has nothing to give.
  enum Effect {
    Inert,   ///< Nothing.
    Works,   ///< It does something that has nothing to do with it.
    Touches, ///< It may end it, or waits for something else.
    Ends     ///< It doesn't come back.
  };
  Effect effectOf(const clang::Expr *E, const Input &I) const;

  /// \p E asks, with a time, which of several are ready, \p I among them.
  bool watches(const clang::Expr *E, const Input &I) const;
  /// What \p Cond, a question to what such a call has filled in, says of \p I
  /// when that is at its end: something to read, and nothing exceptional.
  std::optional<bool> readiness(const clang::Expr *Cond, const Input &I) const;

  /// `text.append(bytes, n)`, `memcpy`: it changes what it is given, no more.
  static bool onlyStores(const clang::FunctionDecl *FD);

  /// It gives memory; what to do when there is none left is another matter.
  static bool allocates(const clang::FunctionDecl *FD);

  /// \p S mentions what is read from, or what it gave.
  bool mentions(const clang::Stmt *S, const Input &I) const;

private:
  void add(const clang::CallExpr *Call, const leak::Effect *Row);
  bool spendsTime(const clang::CallExpr *Call, const leak::Effect &Row,
                  Input &I) const;
  static bool attempts(const clang::CallExpr *Call, const leak::Effect &Row,
                       Input &I);
  void results(const clang::Stmt *S);
  bool namesInput(const clang::Stmt *S, const Input &I) const;
  bool isOpenedHere(const clang::Expr *Object) const;

  const Body &B;
  const Lexicon &Words;
  std::vector<Input> Known;
  llvm::SmallVector<const clang::CallExpr *, 2> Questions;
  /// What asks, with a time, which of several are ready.
  llvm::SmallVector<const clang::CallExpr *, 1> Watchers;
  /// Streams of which the function asks whether they are open.
  llvm::StringSet<> Opened;
  /// The variables that hold what a call gave.
  llvm::DenseMap<const clang::ValueDecl *, const clang::Expr *> Results;
};

/// A function by whose name the program, or the connection, comes to its end,
/// or something is waited for.
bool endsOrWaits(const clang::FunctionDecl *FD);

} // namespace leak

#endif // LEAK_TIDY_INPUTS_H
