//===--- ResourceDir.h - where Clang's own headers are ----------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Clang looks for its headers (<stddef.h>, <immintrin.h>) beside the program
/// that runs. Our programs are elsewhere: they name the folder of the Clang
/// that they were built with.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_DRIVERS_RESOURCEDIR_H
#define LEAK_TIDY_DRIVERS_RESOURCEDIR_H

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <string>
#include <vector>

namespace leak {

/// The arguments and a null pointer at their end, with \p Option and the folder
/// put first, unless the user names one or there is one beside the program.
inline std::vector<const char *>
withResourceDir(int Argc, const char *const *Argv, const char *Option) {
  static std::string Added;
  std::vector<const char *> Args(Argv, Argv + Argc);
  bool Named = false;
  for (const char *Arg : Args)
    Named |= llvm::StringRef(Arg).contains("-resource-dir");

  std::string Self = llvm::sys::fs::getMainExecutable(
      Argv[0], reinterpret_cast<void *>(&withResourceDir));
  llvm::SmallString<128> Beside(
      llvm::sys::path::parent_path(llvm::sys::path::parent_path(Self)));
  llvm::sys::path::append(Beside, "lib", "clang", std::to_string(LEAK_LLVM),
                          "include");
  if (!Named && !llvm::sys::fs::exists(Beside) &&
      llvm::sys::fs::exists(LEAK_RESOURCE_DIR)) {
    Added = std::string(Option) + LEAK_RESOURCE_DIR;
    Args.insert(Args.begin() + 1, Added.c_str());
  }
  Args.push_back(nullptr);
  return Args;
}

} // namespace leak

#endif // LEAK_TIDY_DRIVERS_RESOURCEDIR_H
