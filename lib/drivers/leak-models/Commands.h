//===--- Commands.h - what the commands of leak-models share ----*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_DRIVERS_LEAK_MODELS_COMMANDS_H
#define LEAK_TIDY_DRIVERS_LEAK_MODELS_COMMANDS_H

#include "../../Model.h"
#include "llvm/ADT/Twine.h"
#include <optional>

namespace clang {
class ASTUnit;
} // namespace clang

namespace leak {

struct CommandLine {
  bool Builtin = false, Strict = false, Words = false, All = false;
  bool Inferred = false;
  std::optional<Kind> Only;
  std::string Source; ///< What `roles` reads.
  std::vector<std::string> Files, Flags, Also;
};

// One file each. They return the exit status.
int list(const CommandLine &Cmd);
int roles(const CommandLine &Cmd);
int skeleton(const CommandLine &Cmd);
int verify(const CommandLine &Cmd);

/// Tells that the command line isn't understood; the exit status for that.
int misused(const llvm::Twine &Message);

/// "1 name", "2 names"
std::string plural(size_t N, llvm::StringRef One, llvm::StringRef Many);

/// The built-in models and the files, with the names of these, and with those
/// of the built-in ones when \p KeepBuiltin.
std::shared_ptr<ModelSet> load(const CommandLine &Cmd, bool KeepBuiltin,
                               std::vector<std::string> &Errors);

/// The compiler's flags, and C++20 unless they choose a language or
/// \p Name is that of a C file.
std::vector<std::string> withLanguage(std::vector<std::string> Flags,
                                      llvm::StringRef Name);

/// Parses \p Code, as if it stood in the file \p Name. The compiler's errors
/// are printed; null when there are some.
std::unique_ptr<clang::ASTUnit> compile(llvm::StringRef Code,
                                        llvm::StringRef Name,
                                        const std::vector<std::string> &Flags);

} // namespace leak

#endif // LEAK_TIDY_DRIVERS_LEAK_MODELS_COMMANDS_H
