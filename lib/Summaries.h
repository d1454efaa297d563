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

class Summaries;

/// A duty about one named object, which visible callees may do as well.
class NamedDuty : public Duty {
public:
  struct About {
    Summaries &S;
    const Body &In;
    std::string Object;
    bool Owed = false;  ///< On entry.
    unsigned Depth = 0; ///< Calls that have been followed to get here.
    const ThrowSearch *Search = nullptr;
  };
  explicit NamedDuty(About A)
      : S(A.S), B(A.In), Object(std::move(A.Object)), Owed(A.Owed),
        Depth(A.Depth), Search(A.Search) {}

  std::string object() const override { return Object; }
  bool owedAtEntry() const override { return Owed; }
  const ThrowSearch *throws() const override { return Search; }

protected:
  static Acts handOn(bool If = true) {
    return If ? Acts{{Act::HandOn, Value::Any}} : Acts{};
  }
  /// What the function that \p Call calls does, if that can be seen.
  Acts inCallee(const clang::Expr *Call, Owing Now) const;
  /// There is no object when \p Cond is \p Truth: a pointer to it is null.
  bool isWithoutObject(const clang::Expr *Cond, bool Truth) const;
  /// \p Name may be the object by another way: it ends in the same member.
  bool isAlike(llvm::StringRef Name) const;

  Summaries &S;
  const Body &B;
  std::string Object;
  bool Owed;
  unsigned Depth;
  const ThrowSearch *Search;
};

/// The name in \p Callee of what is called \p Object where \p Call stands.
/// Empty when the callee can't reach it by its parameters, or it is local.
std::string nameInCallee(llvm::StringRef Object, const clang::Expr *Call,
                         const clang::FunctionDecl *Callee, const Names &N);

/// What the functions of a unit do; each is looked at once.
class Summaries {
public:
  using Maker = std::function<std::unique_ptr<Duty>(NamedDuty::About)>;

  Summaries(FlowGraphs &Graphs, Maker Make)
      : Graphs(Graphs), Make(std::move(Make)) {}

  const Body &body(const clang::FunctionDecl *Definition) {
    return Graphs.body(Definition);
  }

  /// What \p Call in \p In does to \p Object. Nothing when the callee has no
  /// body here; \p Depth calls have been followed so far.
  Acts acts(const clang::Expr *Call, const Body &In, llvm::StringRef Object,
            Owing Now, unsigned Depth);

  /// \p Callee may discharge what it calls \p Object without having incurred
  /// it.
  bool mayDischarge(const clang::FunctionDecl *Callee,
                    const std::string &Object, unsigned Depth);

private:
  Acts summarize(const clang::FunctionDecl *Callee, const std::string &Name,
                 bool Owed, unsigned Depth);

  FlowGraphs &Graphs;
  Maker Make;
  std::map<std::tuple<const clang::FunctionDecl *, std::string, bool>, Acts>
      Known;
};

} // namespace leak

#endif // LEAK_TIDY_SUMMARIES_H
