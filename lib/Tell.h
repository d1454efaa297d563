//===--- Tell.h - paths of obligations for people ---------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Notes and fix-its that checks of obligations share.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_TELL_H
#define LEAK_TIDY_TELL_H

#include "Obligation.h"
#include "Report.h"

namespace leak {

/// The name of \p D between quotes.
std::string quoted(const clang::NamedDecl *D);

/// What is written for \p E, in one line and not too long.
std::string sourceText(const clang::Expr *E, const clang::ASTContext &Ctx);

/// Adds the decisions of \p O after \p From, or all when that is null, as notes
/// "assuming 'x' is true".
void tellWay(const Outcome &O, const clang::Stmt *From, const Body &B,
             Finding &R);

/// Repeats the statement that discharges the obligation on \p Sibling before
/// the exits of \p Ways. Nothing when one of them can't be mended so: what is
/// returned needs the object, the statement is part of another one.
std::optional<std::vector<clang::FixItHint>>
repeatBefore(const Outcome &Sibling, llvm::ArrayRef<const Outcome *> Ways,
             const Body &B);

/// Puts the statement \p Text, without its semicolon, before the statement of
/// \p In that \p At is part of, or after it. Nothing where that doesn't stand
/// by itself between braces, or comes from a macro.
std::optional<clang::FixItHint> insertBeside(const clang::Stmt *At, bool After,
                                             llvm::StringRef Text,
                                             const clang::FunctionDecl *In);

} // namespace leak

#endif // LEAK_TIDY_TELL_H
