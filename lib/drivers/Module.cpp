//===--- Module.cpp - what only LeakTidy.so needs ---------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A host of another LLVM version would say "load request ignored", find none
/// of the module's checks, and report success. This looks at the host before
/// anything else of the module runs, and ends the process when it isn't ours.
/// To get that far the module must be loaded at all: all that it needs of the
/// host is a weak reference (see CMakeLists.txt).
///
//===----------------------------------------------------------------------===//

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <link.h>
#include <string>
#include <unistd.h>

namespace {

/// The major version in the name of a shared library of LLVM, or 0.
int versionInName(const char *Path) {
  const char *Name = std::strrchr(Path, '/');
  Name = Name ? Name + 1 : Path;
  for (const char *Prefix : {"libLLVM", "libclang-cpp"}) {
    size_t Length = std::strlen(Prefix);
    if (std::strncmp(Name, Prefix, Length) != 0)
      continue;
    // libLLVM.so.22.1, libLLVM-19.so.1, libclang-cpp.so.22.1
    return std::atoi(Name + Length + std::strcspn(Name + Length, "0123456789"));
  }
  return 0;
}

int noteVersion(dl_phdr_info *Info, size_t, void *Data) {
  int &Found = *static_cast<int *>(Data);
  int Version = versionInName(Info->dlpi_name);
  // Ours may have been loaded by somebody else in the same process: the host's
  // answer is asked for first, this is only the second best.
  if (Version != 0 && Found != LEAK_LLVM)
    Found = Version;
  return 0;
}

/// The major version of the Clang that we were loaded into, 0 when unknown.
int hostVersion() {
  // Clang says it itself, also when it is linked statically.
  if (void *Address =
          dlsym(RTLD_DEFAULT, "_ZN5clang19getClangFullVersionB5cxx11Ev")) {
    std::string Full = reinterpret_cast<std::string (*)()>(Address)();
    static const char Marker[] = "version ";
    size_t At = Full.find(Marker);
    if (At != std::string::npos)
      if (int Version = std::atoi(Full.c_str() + At + sizeof(Marker) - 1))
        return Version;
  }
  int Found = 0;
  dl_iterate_phdr(noteVersion, &Found);
  return Found;
}

// Before the constructors of the module's own static objects.
__attribute__((constructor(101))) void checkHost() {
  int Host = hostVersion();
  if (Host == LEAK_LLVM)
    return;
  if (Host == 0)
    std::fprintf(stderr,
                 "error: this LeakTidy.so is for Clang %d and cannot be loaded "
                 "into a program without it\n",
                 LEAK_LLVM);
  else
    std::fprintf(stderr,
                 "error: this LeakTidy.so is for LLVM %d and cannot be loaded "
                 "into a program of LLVM %d\n",
                 LEAK_LLVM, Host);
  _exit(EXIT_FAILURE);
}

} // namespace
