//===--- Flow.h - ways out of a function that paths don't show --*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The path engine ends a path at a throw. This search over the control-flow
/// graph finds calls that visibly may throw between the start and the release
/// of a local object, where no handler brings it back.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_FLOW_H
#define LEAK_TIDY_FLOW_H

#include "Index.h"
#include "clang/Analysis/CFG.h"

namespace leak {

class Body;

/// The control-flow graphs of one unit, each built once.
class FlowGraphs {
public:
  explicit FlowGraphs(clang::ASTContext &Ctx) : Ctx(Ctx) {}

  /// Null when \p FD, a definition, can't be made into a graph.
  clang::CFG *of(const clang::FunctionDecl *FD);

  /// The definition \p FD, prepared for simulations (Obligation.h).
  const Body &body(const clang::FunctionDecl *FD);
  clang::ASTContext &context() const { return Ctx; }

private:
  clang::ASTContext &Ctx;
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<clang::CFG>>
      Graphs;
  llvm::DenseMap<const clang::FunctionDecl *, std::shared_ptr<const Body>>
      Bodies;
};

/// Tells, from the control-flow graph alone, which local variables can't leak:
/// on no way through the function, possible or not, is one live at its end,
/// started anew while live, released twice, or joined without a start. Most
/// correct code is as plain as that, and needs no path-sensitive analysis.
class PlainFlow {
public:
  PlainFlow(const Index &Idx, FlowGraphs &Graphs) : Idx(Idx), Graphs(Graphs) {}

  /// True when some way may leak \p Var, a local variable of \p In.
  bool mayLeak(const clang::VarDecl *Var, const clang::FunctionDecl *In);

private:
  const Index &Idx;
  FlowGraphs &Graphs;
};

/// An exception that leaves the scope of a local object in between.
struct ThrowGap {
  const Subject *What = nullptr;
  const Use *Start = nullptr;
  const Use *Release = nullptr;      ///< Not reached when it throws; or null.
  const clang::Expr *Call = nullptr; ///< The call or throw expression.
  clang::SourceLocation ThrowLoc;    ///< The throw inside the callee, if known.
  clang::QualType Thrown;            ///< What is thrown, if known.
  bool IsThrow = false;
  bool Handled = false; ///< A handler of the same function may take it.
};

/// What is taken to throw besides visible throws. Allocations never are, and
/// noexcept is always believed.
struct ThrowAssumptions {
  bool UnknownCalls = false; ///< Functions whose bodies aren't visible.
  bool Starts = false;       ///< The start of an execution, as std::thread's.
};

/// At most one gap for each local, and for each member in a constructor.
std::vector<ThrowGap> throwGaps(const Index &Idx, FlowGraphs &Graphs,
                                ThrowAssumptions Assume);

} // namespace leak

#endif // LEAK_TIDY_FLOW_H
