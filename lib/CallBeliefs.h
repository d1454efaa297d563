//===--- CallBeliefs.h - calls that one way out skips -----------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A function that ends something by the same call on all its ways out but one:
/// `notify`, `done`, `unregister`. Like Beliefs.h, without any model; what the
/// call means is told by its name and, better, by the opposite call before it
/// (`begin` ... `end`).
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_CALLBELIEFS_H
#define LEAK_TIDY_CALLBELIEFS_H

#include "Beliefs.h"

namespace leak {

/// A call that ends or begins something, without its further arguments.
struct EndingCall {
  std::string Callee; ///< Its name; `notify_one` and `notify_all` are one.
  std::string Object; ///< What it is called on (Names.h): never empty.
  const clang::CallExpr *At = nullptr;
  bool same(const EndingCall &O) const {
    return Callee == O.Callee && Object == O.Object;
  }
};

/// A call that exactly one way out of a function skips.
struct CallBelief {
  const clang::FunctionDecl *In = nullptr;
  /// The opposite call, or the change that is told by the call; or null.
  const clang::Expr *Opening = nullptr;
  Outcome Forget;
  std::vector<Outcome> Keep;
  unsigned Exits = 0;    ///< Ways out that make the call.
  unsigned Apart = 0;    ///< Those that don't, and give another answer.
  unsigned Evidence = 0; ///< How sure that makes us.
};

/// A call that exactly one branch skips.
struct BranchBelief {
  const clang::FunctionDecl *In = nullptr;
  const clang::Stmt *End = nullptr; ///< Of the branch that skips it.
  bool IsCase = false;              ///< Or of a chain of ifs.
  llvm::SmallVector<const clang::CallExpr *, 4> Told;
  /// What the branch changes as all those do who tell it; or null.
  const clang::Expr *Change = nullptr;
};

class CallBeliefs {
public:
  CallBeliefs(clang::ASTContext &Ctx, const Lexicon &Words,
              const FunctionTable &Table, FlowGraphs &Graphs);
  ~CallBeliefs();

  /// Those with at least this evidence, in the order of the source.
  std::vector<CallBelief> broken(unsigned Evidence);

  /// The same for branches; after `broken`.
  std::vector<BranchBelief> brokenBranches() { return std::move(Branches); }

  const Body &body(const clang::FunctionDecl *FD) { return Sums->body(FD); }

private:
  friend class CallDuty;
  std::optional<EndingCall> call(const clang::Expr *E, const Names &N) const;
  /// What the name of a function says.
  struct Named {
    std::string Name, Plain;
    bool MayEnd = false, Ends = false;
  };
  const Named &named(const clang::FunctionDecl *FD) const;
  bool isMirrored(const clang::ValueDecl *What);
  /// \p FD, or a visible function that it calls, makes the current call.
  bool touches(const clang::FunctionDecl *FD, unsigned Depth = 0) const;
  void judge(const FunctionUses &F, const EndingCall &Call, const Step *Change,
             std::vector<CallBelief> &Into, unsigned Evidence);
  void branchesOf(const FunctionUses &F, const Names &N, const EndingCall &Call,
                  unsigned Evidence, std::vector<BranchBelief> &Into);
  bool mayHide(const clang::Expr *E, const clang::FunctionDecl *Direct,
               const Names &N, const EndingCall &Asked) const;
  /// From now on it is asked about calls of \p Name.
  void ask(llvm::StringRef Name);
  bool handsOnLast(const Outcome &O, const Body &B,
                   llvm::StringRef Object) const;

  clang::ASTContext &Ctx;
  const Lexicon &Words;
  const FunctionTable &Table;
  FlowGraphs &Graphs;
  std::unique_ptr<Summaries> Sums;
  std::string Callee; ///< What is asked about now.
  std::vector<std::string> Openers;
  std::vector<BranchBelief> Branches;
  const clang::ValueDecl *Changed = nullptr;
  /// What is counted up or set somewhere.
  llvm::SmallPtrSet<const clang::ValueDecl *, 8> Mirrored;
  bool MirroredReady = false;
  mutable std::map<const clang::FunctionDecl *, Named> Known;
  mutable llvm::DenseMap<const clang::FunctionDecl *, bool> Touches;
};

} // namespace leak

#endif // LEAK_TIDY_CALLBELIEFS_H
