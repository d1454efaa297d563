//===--- ChannelUses.h - who sends, receives and closes ---------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The channels of a unit all of whose uses are visible, and in which execution
/// each use runs: the function that owns the channel, or one that it starts.
/// The uses are those of an Index; here is added how the functions in which
/// they stand come to run. One that nobody is seen to run (a lambda that is
/// given to somebody else) makes all of the channel unknown.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_CHANNELUSES_H
#define LEAK_TIDY_CHANNELUSES_H

#include "Functions.h"
#include "Index.h"
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace leak {

/// One place where a function is run: started elsewhere, or called right here.
struct Run {
  const clang::Expr *At = nullptr;
  const clang::FunctionDecl *By = nullptr; ///< In whose body that stands.
  const clang::FunctionDecl *Runs = nullptr;
  bool Started = false;
  /// The variable or member that owns the execution, or null.
  const clang::ValueDecl *Handle = nullptr;
  const TypeModel *HandleModel = nullptr; ///< Of what is started, or null.
};

struct Channel {
  const clang::ValueDecl *Decl = nullptr;
  const TypeModel *Model = nullptr;
  const clang::FunctionDecl *Owner = nullptr; ///< Null: a member.
  bool Shared = false;                        ///< Held by a shared owner.
  bool Direct = false;                        ///< The variable is the channel.
  llvm::SmallVector<Use, 8> Uses;
  /// What it takes in before a send waits; nothing: no limit, or not known.
  std::optional<uint64_t> Capacity;
  /// All names by which it is used.
  llvm::SmallSetVector<const clang::ValueDecl *, 4> Names;

  bool has(Verb V) const {
    return llvm::any_of(Uses, [&](const Use &U) { return U.Does == V; });
  }
  /// The model knows how to do \p V.
  bool can(Verb V) const;
};

class ChannelUses {
public:
  /// Also of another kind of object: a stop source, which is handed to others
  /// and asked later.
  ChannelUses(clang::ASTContext &Ctx, const Lexicon &Words,
              const FunctionTable &Table, Kind Of = Kind::Channel);

  /// Those all of whose uses are visible, in the order of their declarations.
  const std::vector<Channel> &all() const { return Channels; }

  const Lexicon &lexicon() const { return Words; }
  const FunctionTable &table() const { return Table; }
  const Index &index() const { return Idx; }
  clang::ASTContext &context() const { return Ctx; }

  llvm::ArrayRef<Run> runs() const { return Runs; }

  /// The starts through which \p In runs elsewhere than its callers do. With
  /// null among them when the owner of \p C runs it itself.
  llvm::SmallVector<const Run *, 2>
  executions(const Channel &C, const clang::FunctionDecl *In) const;

  /// True when calling \p FD does \p V to \p C before it returns, or may.
  bool mayDo(const Channel &C, const clang::FunctionDecl *FD, Verb V) const;

  /// The receive \p U stands in a loop that nothing ends but the closing of
  /// the channel.
  bool drains(const Use &U) const;

  /// The variable or member that \p E is, or is an element of.
  const clang::ValueDecl *root(const clang::Expr *E) const;

  /// The handle that \p Call joins or waits for; null for any other call.
  const clang::ValueDecl *joined(const clang::Expr *Call) const;
  /// The same for what detaches it.
  const clang::ValueDecl *detached(const clang::Expr *Call) const;

  /// A loop around \p S in its function may run it several times.
  bool repeated(const clang::Stmt *S) const;

private:
  void collectRuns();
  void addRun(const clang::Expr *Call, const clang::FunctionDecl *By);
  const clang::ValueDecl *handleOf(const clang::Expr *Start) const;
  std::optional<Channel> channel(const Subject &S) const;
  bool understood(const Channel &C, const Use &U) const;
  const clang::Expr *construction(const clang::Expr *Init,
                                  const TypeModel *Model) const;
  bool made(const clang::Expr *E) const;
  void capacity(Channel &C, const clang::Expr *Construction) const;
  void executions(const Channel &C, const clang::FunctionDecl *In,
                  llvm::SmallVectorImpl<const Run *> &Into,
                  llvm::SmallPtrSetImpl<const clang::FunctionDecl *> &Seen,
                  bool &Unknown) const;
  bool passes(const Channel &C, const Run &R) const;
  const clang::ValueDecl *handled(const clang::Expr *Call,
                                  llvm::ArrayRef<Verb> Verbs) const;

  clang::ASTContext &Ctx;
  const Lexicon &Words;
  const FunctionTable &Table;
  Kind Of;
  Index Idx;
  std::vector<Run> Runs;
  std::multimap<const clang::FunctionDecl *, size_t> RunsOf;
  std::vector<Channel> Channels;
};

} // namespace leak

#endif // LEAK_TIDY_CHANNELUSES_H
