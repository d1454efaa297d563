//===--- Summaries.h - what calls do to an obligation -----------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What a call of a visible function does to an object of the caller's: the
/// same simulation, on the callee, with the object under the name that it has
/// there.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_SUMMARIES_H
#define LEAK_TIDY_SUMMARIES_H

#include "Obligation.h"
#include <functional>
#include <map>

namespace leak {

/// The name in \p Callee of what is called \p Object where \p Call stands.
/// Empty when the callee can't reach it by its parameters, or it is local.
std::string nameInCallee(llvm::StringRef Object, const clang::Expr *Call,
                         const clang::FunctionDecl *Callee, const Names &N);

/// The functions of a unit, prepared, and what they do; each is looked at
/// once.
class Summaries {
public:
  /// A duty about the object \p Name of \p In, owed on entry or not.
  using Maker = std::function<std::unique_ptr<Duty>(
      const Body &In, llvm::StringRef Name, bool Owed, unsigned Depth)>;

  Summaries(FlowGraphs &Graphs, Maker Make)
      : Graphs(Graphs), Make(std::move(Make)) {}

  const Body &body(const clang::FunctionDecl *Definition);

  /// What \p Call in \p In does to \p Object. Nothing when the callee has no
  /// body here; \p Depth calls have been followed so far.
  Acts acts(const clang::Expr *Call, const Body &In, llvm::StringRef Object,
            Owing Now, unsigned Depth);

private:
  Acts summarize(const clang::FunctionDecl *Callee, const std::string &Name,
                 bool Owed, unsigned Depth);

  FlowGraphs &Graphs;
  Maker Make;
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<Body>> Bodies;
  std::map<std::tuple<const clang::FunctionDecl *, std::string, bool>, Acts>
      Known;
};

} // namespace leak

#endif // LEAK_TIDY_SUMMARIES_H
