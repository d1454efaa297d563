//===--- Compile.cpp - what the commands of leak-models read --------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../../Embedded.h"
#include "../ResourceDir.h"
#include "Commands.h"
#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/ASTUnit.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang;
using llvm::StringRef;

namespace leak {

std::shared_ptr<ModelSet> load(const CommandLine &Cmd, bool KeepBuiltin,
                               std::vector<std::string> &Errors) {
  auto Models = std::make_shared<ModelSet>();
  Models->KeepNames = KeepBuiltin;
  for (const EmbeddedFile &File : embeddedModels())
    Models->parse(llvm::MemoryBufferRef(File.Text, File.Name), Errors);
  Models->KeepNames = true;
  for (const std::string &File : Cmd.Files) {
    auto Buffer = llvm::MemoryBuffer::getFile(File, /*IsText=*/true);
    if (Buffer)
      Models->parse((*Buffer)->getMemBufferRef(), Errors);
    else
      Errors.push_back(File + ":1:1: error: can't read the model file: " +
                       Buffer.getError().message());
  }
  return Models;
}

std::vector<std::string> withLanguage(std::vector<std::string> Flags,
                                      StringRef Name) {
  auto Given = [&](StringRef Prefix) {
    return llvm::any_of(
        Flags, [&](StringRef Flag) { return Flag.starts_with(Prefix); });
  };
  if (Given("-x"))
    return Flags;
  // The compiler is run as clang++, for which all is C++.
  if (Name.ends_with(".c"))
    Flags.insert(Flags.begin(), {"-x", "c"});
  else if (!Given("-std=") && !Given("--std"))
    Flags.insert(Flags.begin(), "-std=c++20");
  return Flags;
}

namespace {

/// Prints errors, a line each. Those of the command line count as well: the
/// unit knows only what was wrong in its text.
class Errors : public DiagnosticConsumer {
public:
  void HandleDiagnostic(DiagnosticsEngine::Level Level,
                        const Diagnostic &Info) override {
    DiagnosticConsumer::HandleDiagnostic(Level, Info);
    if (Level < DiagnosticsEngine::Error)
      return;
    llvm::SmallString<128> Text;
    Info.FormatDiagnostic(Text);
    if (Info.hasSourceManager() && Info.getLocation().isValid()) {
      PresumedLoc Loc =
          Info.getSourceManager().getPresumedLoc(Info.getLocation());
      llvm::errs() << Loc.getFilename() << ":" << Loc.getLine() << ":"
                   << Loc.getColumn() << ": ";
    }
    llvm::errs() << "error: " << Text << "\n";
  }
};

} // namespace

std::unique_ptr<ASTUnit> compile(StringRef Code, StringRef Name,
                                 const std::vector<std::string> &Flags) {
  // Run as the compiler that this was built with: its folder says where libc++
  // is.
  std::vector<const char *> Argv = {"leak-models"};
  for (const std::string &Flag : Flags)
    Argv.push_back(Flag.c_str());
  std::vector<std::string> Args = {"-w", "-Qunused-arguments"};
  std::vector<const char *> Full =
      withResourceDir(Argv.size(), Argv.data(), "-resource-dir=");
  for (size_t I = 1; I + 1 < Full.size(); ++I)
    Args.push_back(Full[I]);
  llvm::SmallString<128> Compiler(LEAK_RESOURCE_DIR);
  llvm::sys::path::append(Compiler, "..", "..", "..");
  llvm::sys::path::append(Compiler, "bin", "clang++");
  llvm::sys::path::remove_dots(Compiler, /*remove_dot_dot=*/true);

  Errors Told;
  std::unique_ptr<ASTUnit> Unit = tooling::buildASTFromCodeWithArgs(
      Code, Args, Name, Compiler.str(),
      std::make_shared<PCHContainerOperations>(),
      tooling::getClangStripDependencyFileAdjuster(), {}, &Told);
  if (!Unit || Told.getNumErrors())
    return nullptr;
  // What is still asked of the unit must not be told to what is gone.
  Unit->getDiagnostics().setClient(new IgnoringDiagConsumer,
                                   /*ShouldOwnClient=*/true);
  return Unit;
}

} // namespace leak
