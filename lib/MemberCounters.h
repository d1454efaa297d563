//===--- MemberCounters.h - counters that are members -----------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Counters that are members or globals: which functions of the unit count
/// them, and whether one that is started is the only one who does.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_MEMBERCOUNTERS_H
#define LEAK_TIDY_MEMBERCOUNTERS_H

#include "Counters.h"
#include "Entries.h"

namespace leak {

class MemberCounters {
public:
  MemberCounters(const FunctionTable &Table, const Counters &C,
                 clang::ASTContext &Ctx);

  /// When \p FD is started, and only what is started counts \p Object, once
  /// each as far as can be told, and somebody waits for it: how it is started.
  const Entry *onlyCounter(const clang::FunctionDecl *FD,
                           const clang::Expr *Object) const;

private:
  struct Uses {
    llvm::SmallPtrSet<const clang::FunctionDecl *, 4> Count;
    bool Waits = false;
    bool One = false; ///< Made for one count.
    bool Up = false;
  };
  Entries Started;
  llvm::DenseMap<const clang::ValueDecl *, Uses> Known;
};

} // namespace leak

#endif // LEAK_TIDY_MEMBERCOUNTERS_H
