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
/// configuration; for that three functions of clangd are replaced when the
/// program is linked (ld's --wrap, see CMakeLists.txt):
///
///  - clangd runs only the checks that it knows to be fast, and ours are fast;
///  - clangd runs only the checks that the configuration names: ours are added
///    unless it speaks of them, so that `-leak-*` switches them off and
///    `leak-unjoined-thread` asks for just that one;
///  - clangd links each finding to a page of its own site, which has none about
///    our checks: the link is made to lead to ours.
///
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "ResourceDir.h"
#include "clang-tidy/ClangTidyOptions.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdio>

using clang::tidy::ClangTidyOptions;
using llvm::StringRef;

// clangd's headers aren't installed. The names are checked by the linker: a
// __real_ function that doesn't exist is an error.
namespace clang::clangd {
int clangdMain(int Argc, char *Argv[]);

enum JSONStreamStyle : int;

/// Sends and receives messages; only the order of its functions matters here.
class Transport {
public:
  virtual ~Transport() = default;
  virtual void notify(StringRef Method, llvm::json::Value Params) = 0;
  virtual void call(StringRef Method, llvm::json::Value Params,
                    llvm::json::Value ID) = 0;
  virtual void reply(llvm::json::Value ID,
                     llvm::Expected<llvm::json::Value> Result) = 0;
  class MessageHandler;
  virtual llvm::Error loop(MessageHandler &Handler) = 0;
};
} // namespace clang::clangd

using clang::clangd::Transport;

#define LEAK_IS_FAST "_ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE"
#define LEAK_GET_OPTIONS                                                       \
  "_ZN5clang6clangd21getTidyOptionsForFileEN4llvm12function_refIFvRNS_4tidy"   \
  "16ClangTidyOptionsENS1_9StringRefEEEES6_"

#define LEAK_NEW_TRANSPORT                                                     \
  "_ZN5clang6clangd16newJSONTransportEP8_IO_FILERN4llvm11raw_ostreamEPS4_bNS0" \
  "_15JSONStreamStyleE"

using Provider = llvm::function_ref<void(ClangTidyOptions &, StringRef)>;

std::optional<bool> realIsFast(StringRef Check) asm("__real_" LEAK_IS_FAST);
std::optional<bool> wrapIsFast(StringRef Check) asm("__wrap_" LEAK_IS_FAST);
ClangTidyOptions realGetOptions(Provider P,
                                StringRef File) asm("__real_" LEAK_GET_OPTIONS);
ClangTidyOptions wrapGetOptions(Provider P,
                                StringRef File) asm("__wrap_" LEAK_GET_OPTIONS);

std::unique_ptr<Transport> realNewTransport(
    std::FILE *In, llvm::raw_ostream &Out, llvm::raw_ostream *InMirror,
    bool Pretty,
    clang::clangd::JSONStreamStyle Style) asm("__real_" LEAK_NEW_TRANSPORT);
std::unique_ptr<Transport> wrapNewTransport(
    std::FILE *In, llvm::raw_ostream &Out, llvm::raw_ostream *InMirror,
    bool Pretty,
    clang::clangd::JSONStreamStyle Style) asm("__wrap_" LEAK_NEW_TRANSPORT);

namespace {

/// Where the page of a check is, empty when there is none.
std::string page(StringRef Check) {
  StringRef Name = Check;
  Name.consume_front("leak-");
  std::string Link = (LEAK_PAGES "/" + Name + "/" + Name + ".md").str();
  StringRef Path = Link;
  if (Path.consume_front("file://") && !llvm::sys::fs::exists(Path))
    return "";
  return Link;
}

/// Passes all on, with other links in our diagnostics.
class LinkingTransport : public Transport {
public:
  explicit LinkingTransport(std::unique_ptr<Transport> T) : T(std::move(T)) {}

  void notify(StringRef Method, llvm::json::Value Params) override {
    if (Method == "textDocument/publishDiagnostics")
      link(Params);
    T->notify(Method, std::move(Params));
  }
  void call(StringRef Method, llvm::json::Value Params,
            llvm::json::Value ID) override {
    T->call(Method, std::move(Params), std::move(ID));
  }
  void reply(llvm::json::Value ID,
             llvm::Expected<llvm::json::Value> Result) override {
    T->reply(std::move(ID), std::move(Result));
  }
  llvm::Error loop(MessageHandler &Handler) override {
    return T->loop(Handler);
  }

private:
  static void link(llvm::json::Value &Params) {
    llvm::json::Object *Message = Params.getAsObject();
    llvm::json::Array *Diagnostics =
        Message ? Message->getArray("diagnostics") : nullptr;
    if (!Diagnostics)
      return;
    for (llvm::json::Value &Value : *Diagnostics) {
      llvm::json::Object *D = Value.getAsObject();
      std::optional<StringRef> Code = D ? D->getString("code") : std::nullopt;
      llvm::json::Object *Description = Code && Code->starts_with("leak-")
                                            ? D->getObject("codeDescription")
                                            : nullptr;
      if (!Description)
        continue;
      std::string Page = page(*Code);
      if (Page.empty())
        D->erase("codeDescription");
      else
        (*Description)["href"] = std::move(Page);
    }
  }

  std::unique_ptr<Transport> T;
};

} // namespace

std::unique_ptr<Transport>
wrapNewTransport(std::FILE *In, llvm::raw_ostream &Out,
                 llvm::raw_ostream *InMirror, bool Pretty,
                 clang::clangd::JSONStreamStyle Style) {
  return std::make_unique<LinkingTransport>(
      realNewTransport(In, Out, InMirror, Pretty, Style));
}

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
