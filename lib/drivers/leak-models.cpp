//===--- leak-models.cpp - a tool for those who write model files ---------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The command line. Each command has a file in leak-models/; docs/models.md
/// says what they are for.
///
//===----------------------------------------------------------------------===//

#include "leak-models/Commands.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace leak;
using llvm::errs;
using llvm::outs;
using llvm::StringRef;
using llvm::Twine;

static const char Usage[] = R"(usage:
  leak-models verify [--builtin] [--strict] [--also=FLAGS] [file.yaml ...]
                     [-- FLAGS]
  leak-models roles [--all | --inferred] source.cpp [file.yaml ...] [-- FLAGS]
  leak-models list [--kind=KIND] [file.yaml ...]
  leak-models list --words
  leak-models skeleton HEADER [-- FLAGS]

verify parses the model files, includes the headers that they name, and looks
for each of their names in them.

  --builtin      also the models that are part of leak-tidy
  --strict       names that can't be checked, and headers that aren't found,
                 are errors
  --also=FLAGS   a name may be found with FLAGS, added to those after --; may be
                 given more than once
  -- FLAGS       the compiler's, as in -std=c++23 -Iinclude, or -x c; without
                 any, the language is C++20

roles prints what the calls in a source file do, with the built-in models and
those of the files: line:column: type verb, or function verb.

  --all          also query, init, destroy, reset, swap, move, forward,
                 reference, bind, element, iterate
  --inferred     instead, the classes of the file, and of the headers that it
                 includes, that leave the release of what they own to their
                 holders, as a model file
  -- FLAGS       as for verify; a .c file is C

list prints the types and calls that are known, with those of the files.

  --kind=KIND    only types of this kind and their calls
  --words        the words that model files may use, instead

skeleton prints the beginning of a model file for what a header declares, with
guesses in comments; utils/new-model makes a file and a test of it.

Exit status: 0 when all is well, 1 when a file isn't, 2 for a command that isn't
understood.
)";

namespace {

struct Command {
  StringRef Name;
  int (*Run)(const CommandLine &);
  /// "--kind=KIND" has a value, "-- FLAGS" is the rest of the line.
  std::vector<StringRef> Options;

  bool has(StringRef Option) const {
    for (StringRef O : Options)
      if (O == Option || (O.starts_with(Option) && O[Option.size()] == '='))
        return true;
    return false;
  }
  bool wantsValue(StringRef Option) const {
    return has(Option) && !llvm::is_contained(Options, Option);
  }
};

const Command Commands[] = {
    {"verify", verify, {"--builtin", "--strict", "--also=FLAGS", "-- FLAGS"}},
    {"roles", roles, {"--all", "--inferred", "-- FLAGS"}},
    {"list", list, {"--kind=KIND", "--words"}},
    {"skeleton", skeleton, {"-- FLAGS"}},
};

std::string commandNames() {
  std::vector<StringRef> Names;
  for (const Command &C : Commands)
    Names.push_back(C.Name);
  return llvm::join(Names, ", ");
}

} // namespace

int leak::misused(const Twine &Message) {
  errs() << "error: " << Message << "; leak-models --help tells more\n";
  return 2;
}

std::string leak::plural(size_t N, StringRef One, StringRef Many) {
  return std::to_string(N) + " " + (N == 1 ? One : Many).str();
}

int main(int Argc, const char **Argv) {
  StringRef Name = Argc > 1 ? Argv[1] : "";
  if (Name == "--help" || Name == "-h" || Name == "help") {
    outs() << Usage;
    return 0;
  }
  if (Name.empty())
    return misused("no command; there are: " + commandNames());
  const Command *Chosen =
      llvm::find_if(Commands, [&](const Command &C) { return C.Name == Name; });
  if (Chosen == std::end(Commands))
    return misused("unknown command '" + Name +
                   "'; there are: " + commandNames());

  CommandLine Cmd;
  for (int I = 2; I < Argc; ++I) {
    StringRef Arg = Argv[I];
    if (Arg == "--help" || Arg == "-h") {
      outs() << Usage;
      return 0;
    }
    if (Arg == "--" && llvm::is_contained(Chosen->Options, "-- FLAGS")) {
      Cmd.Flags.assign(Argv + I + 1, Argv + Argc);
      break;
    }
    if (!Arg.starts_with("-")) {
      if (Chosen->Run == roles && Cmd.Source.empty())
        Cmd.Source = Arg.str();
      else
        Cmd.Files.push_back(Arg.str());
      continue;
    }
    auto [Option, Value] = Arg.split('=');
    bool HasValue = Arg.contains('=');
    if (!Chosen->has(Option) || (HasValue && !Chosen->wantsValue(Option)))
      return misused("unknown option '" + Arg + "' of " + Name +
                     "; there are: " + llvm::join(Chosen->Options, ", "));
    if (Chosen->wantsValue(Option) && !HasValue) {
      if (I + 1 == Argc)
        return misused("'" + Option + "' wants a value");
      Value = Argv[++I];
    }
    if (Option == "--builtin") {
      Cmd.Builtin = true;
    } else if (Option == "--strict") {
      Cmd.Strict = true;
    } else if (Option == "--all") {
      Cmd.All = true;
    } else if (Option == "--inferred") {
      Cmd.Inferred = true;
    } else if (Option == "--words") {
      Cmd.Words = true;
    } else if (Option == "--also") {
      Cmd.Also.push_back(Value.str());
    } else if (Option == "--kind") {
      Cmd.Only = parseWord<Kind>(Value);
      if (!Cmd.Only)
        return misused("unknown kind '" + Value +
                       "'; allowed: " + llvm::join(words<Kind>(), ", "));
    }
  }
  return Chosen->Run(Cmd);
}
