//===--- leak-tidy.cpp - clang-tidy with our checks -------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// clang-tidy with all of its own checks and ours, in one program: all options
/// are clang-tidy's. One is added: `--explain=<check>` prints a check's page.
///
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "Embedded.h"
#include "ResourceDir.h"
#include "clang-tidy/tool/ClangTidyMain.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

/// Only for `--help`; looked for in main(), because it needs no source file.
static cl::opt<std::string>
    Explain("explain", cl::value_desc("check"),
            cl::desc("Print the page of a check and exit."));

/// Prints checks/<name>/<name>.md; the name may begin with "leak-".
static int explain(StringRef Check) {
  StringRef Name = Check;
  Name.consume_front("leak-");
  std::string Known;
  for (const leak::EmbeddedFile &Page : leak::embeddedPages()) {
    StringRef Stem = sys::path::stem(Page.Name);
    if (Stem == Name) {
      outs() << Page.Text;
      return 0;
    }
    Known += (Known.empty() ? "leak-" : ", leak-") + Stem.str();
  }
  errs() << "error: there is no check '" << Check << "'; known are: " << Known
         << "\n";
  return 1;
}

/// Makes `--explain` one of the options that `--help` lists.
static void showInHelp() {
  auto &Options = cl::getRegisteredOptions();
  auto Checks = Options.find("checks");
  if (Checks == Options.end())
    return;
  for (cl::OptionCategory *Category : Checks->second->Categories)
    Explain.addCategory(*Category);
}

int main(int Argc, const char **Argv) {
  if (leak::checkRegistry().empty()) {
    errs() << "error: this leak-tidy was built without any of its checks\n";
    return 1;
  }

  for (int I = 1; I < Argc && StringRef(Argv[I]) != "--"; ++I) {
    StringRef Arg = Argv[I];
    if (!Arg.consume_front("--"))
      Arg.consume_front("-");
    if (Arg == "explain") {
      if (I + 1 < Argc)
        return explain(Argv[I + 1]);
      errs() << "error: --explain needs the name of a check\n";
      return 1;
    }
    if (Arg.consume_front("explain="))
      return explain(Arg);
  }

  showInHelp();
  // Before the command's own arguments, where a -resource-dir among them wins.
  std::vector<const char *> Args =
      leak::withResourceDir(Argc, Argv, "--extra-arg-before=-resource-dir=");
  return clang::tidy::clangTidyMain(Args.size() - 1, Args.data());
}
