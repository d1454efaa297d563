//===--- Beliefs.h - what the other paths say -------------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Obligations without a model: a function counts a member up, or sets a flag,
/// and all its ways out but one take that back. After the idea of "Bugs as
/// deviant behavior" (Engler et al., SOSP 2001): the code says itself what must
/// be done, and the more often it says so, the surer it is.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_BELIEFS_H
#define LEAK_TIDY_BELIEFS_H

#include "Functions.h"
#include "Lexicon.h"
#include "Summaries.h"

namespace leak {

/// One change of a member or global number or flag.
struct Step {
  enum Kind { Up, Down, Set, Clear };
  Kind Does = Up;
  const clang::ValueDecl *What = nullptr;
  const clang::Expr *Object = nullptr; ///< As written.
  const clang::Expr *At = nullptr;
};

/// Something that most ways out of a function do, and some don't.
struct Belief {
  const clang::FunctionDecl *In = nullptr;
  const clang::ValueDecl *What = nullptr;
  const clang::Expr *Object = nullptr;
  const clang::Stmt *Incurred = nullptr;
  bool IsFlag = false;
  bool Given = false; ///< Some way out gives it to who takes it back.
  std::vector<Outcome> Forget, Keep;
  unsigned Exits = 0; ///< Different ways out that keep to it.
  int Score = 0;
};

class Beliefs {
public:
  Beliefs(clang::ASTContext &Ctx, const Lexicon &Words,
          const FunctionTable &Table, FlowGraphs &Graphs);
  ~Beliefs();

  /// Those that are broken, in the order of the source.
  std::vector<Belief> broken();

  const Body &body(const clang::FunctionDecl *FD) { return Sums->body(FD); }

  /// What \p E changes, if that is a member or global that may count.
  static std::optional<Step> step(const clang::Expr *E);

private:
  friend class BeliefDuty;
  bool touches(const clang::FunctionDecl *FD, const clang::ValueDecl *What,
               bool Flag, bool Discharges, unsigned Depth = 0) const;
  void forgetSummaries();
  void judge(const clang::FunctionDecl *In, const clang::ValueDecl *What,
             const Step &First, const std::string &Object,
             std::vector<Belief> &Into);

  bool onlyFor(const clang::FunctionDecl *In,
               llvm::ArrayRef<const clang::FunctionDecl *> Takers) const;
  bool isWaitedFor(const clang::ValueDecl *What) const;

  clang::ASTContext &Ctx;
  const FunctionTable &Table;
  ThrowSearch Search;
  std::unique_ptr<Summaries> Sums;
  const clang::ValueDecl *Current = nullptr;
  bool CurrentFlag = false;
  bool CurrentElsewhere = false;
  bool TakersKeep = false; ///< To be given to one who takes it back is enough.
  llvm::DenseMap<const clang::FunctionDecl *, llvm::SmallVector<Step, 2>> Steps;
  FlowGraphs &Graphs;
};

} // namespace leak

#endif // LEAK_TIDY_BELIEFS_H
