//===--- leak-clangd.cpp - clangd with our checks ---------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// clangd with our checks, to be used in its place. They run without any
/// configuration; for that two functions of clangd are replaced when the
/// program is linked (ld's --wrap, see CMakeLists.txt):
///
///  - clangd runs only the checks that it knows to be fast, and ours are fast;
///  - clangd runs only the checks that the configuration names: ours are added
///    unless it speaks of them, so that `-leak-*` switches them off and
///    `leak-unjoined-thread` asks for just that one.
///
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "ResourceDir.h"
#include "clang-tidy/ClangTidyOptions.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/raw_ostream.h"

using clang::tidy::ClangTidyOptions;
using llvm::StringRef;

namespace clang::clangd {
int clangdMain(int Argc, char *Argv[]);
} // namespace clang::clangd

// clangd's headers aren't installed. The names are checked by the linker: a
// __real_ function that doesn't exist is an error.
#define LEAK_IS_FAST "_ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE"
#define LEAK_GET_OPTIONS                                                       \
  "_ZN5clang6clangd21getTidyOptionsForFileEN4llvm12function_refIFvRNS_4tidy"   \
  "16ClangTidyOptionsENS1_9StringRefEEEES6_"

using Provider = llvm::function_ref<void(ClangTidyOptions &, StringRef)>;

std::optional<bool> realIsFast(StringRef Check) asm("__real_" LEAK_IS_FAST);
std::optional<bool> wrapIsFast(StringRef Check) asm("__wrap_" LEAK_IS_FAST);
ClangTidyOptions realGetOptions(Provider P,
                                StringRef File) asm("__real_" LEAK_GET_OPTIONS);
ClangTidyOptions wrapGetOptions(Provider P,
                                StringRef File) asm("__wrap_" LEAK_GET_OPTIONS);

std::optional<bool> wrapIsFast(StringRef Check) {
  if (Check.starts_with("leak-"))
    return true;
  return realIsFast(Check);
}

ClangTidyOptions wrapGetOptions(Provider P, StringRef File) {
  ClangTidyOptions Options = realGetOptions(P, File);
  std::string Checks = Options.Checks.value_or("");
  if (!StringRef(Checks).contains("leak-"))
    Options.Checks = Checks.empty() ? "leak-*" : Checks + ",leak-*";
  return Options;
}

int main(int Argc, char **Argv) {
  if (leak::checkRegistry().empty()) {
    llvm::errs() << "error: this leak-clangd was built without any of its "
                    "checks\n";
    return 1;
  }
  std::vector<const char *> Args =
      leak::withResourceDir(Argc, Argv, "--resource-dir=");
  return clang::clangd::clangdMain(Args.size() - 1,
                                   const_cast<char **>(Args.data()));
}
