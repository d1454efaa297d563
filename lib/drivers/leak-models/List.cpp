//===--- List.cpp - leak-models list --------------------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Prints the types and calls that are known, sorted, or the words that model
/// files may use.
///
//===----------------------------------------------------------------------===//

#include "Commands.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using llvm::errs;
using llvm::outs;
using llvm::StringRef;

namespace leak {
namespace {

template <typename Enum> void listWords(StringRef What) {
  for (StringRef Word : words<Enum>())
    outs() << What << " " << Word << "\n";
}

void listCall(StringRef Name, const Effects &Rows) {
  for (const Effect &E : Rows) {
    outs() << "call " << Name;
    if (E.MinArgs == E.MaxArgs)
      outs() << " args " << E.MinArgs;
    else if (E.MinArgs)
      outs() << " args " << E.MinArgs << "+";
    outs() << ": " << spelling(E.Does);
    switch (E.Object.Place) {
    case ObjectSpec::None:
      break;
    case ObjectSpec::This:
      outs() << " this";
      break;
    case ObjectSpec::Return:
      outs() << " return";
      break;
    case ObjectSpec::Argument:
      outs() << " " << E.Object.Index;
      break;
    case ObjectSpec::Pointee:
      outs() << " *" << E.Object.Index;
      break;
    }
    const std::pair<const char *, int> Numbers[] = {
        {"callable", E.Callable}, {"timeout", E.Timeout},
        {"token", E.Token},       {"predicate", E.Predicate},
        {"lock", E.Lock},         {"count", E.Count},
        {"value", E.Value},       {"attribute", E.Attribute}};
    for (auto [Key, Number] : Numbers)
      if (Number >= 0)
        outs() << ", " << Key << " " << Number;
    if (E.Fails != Failure::Never)
      outs() << ", failure " << spelling(E.Fails);
    if (E.Runs != After::Any)
      outs() << ", after " << spelling(E.Runs);
    for (const auto &[Number, Constants] : E.When)
      outs() << ", when " << Number << " is " << llvm::join(Constants, " or ");
    if (!E.Unbounded.empty())
      outs() << ", unbounded " << llvm::join(E.Unbounded, " or ");
    if (!E.Mend.empty())
      outs() << ", mend " << E.Mend;
    outs() << "\n";
  }
}

template <typename Value>
std::vector<StringRef> sortedKeys(const llvm::StringMap<Value> &Map) {
  std::vector<StringRef> Keys;
  for (const auto &Entry : Map)
    Keys.push_back(Entry.getKey());
  llvm::sort(Keys);
  return Keys;
}

} // namespace

int list(const CommandLine &Cmd) {
  if (Cmd.Words) {
    listWords<Kind>("kind");
    listWords<Verb>("verb");
    listWords<Unreleased>("unreleased");
    listWords<Rejoin>("rejoin");
    listWords<Reacquire>("reacquire");
    listWords<After>("after");
    listWords<Capacity>("capacity");
    listWords<AfterClose>("after-close");
    listWords<Failure>("failure");
    return 0;
  }
  std::vector<std::string> Errors;
  std::shared_ptr<ModelSet> Models = load(Cmd, false, Errors);
  for (StringRef Name : sortedKeys(Models->types())) {
    const TypeModel &T = *Models->findType(Name);
    if (Cmd.Only && T.What != *Cmd.Only)
      continue;
    outs() << "type " << Name << ": " << spelling(T.What);
    if (T.IfUnreleased != Unreleased::Nothing)
      outs() << ", unreleased " << spelling(T.IfUnreleased);
    if (T.IfRejoined != Rejoin::Quiet)
      outs() << ", rejoin " << spelling(T.IfRejoined);
    if (T.IfReacquired != Reacquire::Counts)
      outs() << ", reacquire " << spelling(T.IfReacquired);
    if (T.Holds != Capacity::Unknown)
      outs() << ", capacity " << spelling(T.Holds);
    if (T.IfSentClosed != AfterClose::Works)
      outs() << ", after-close " << spelling(T.IfSentClosed);
    if (T.IfReclosed != Rejoin::Quiet)
      outs() << ", reclose " << spelling(T.IfReclosed);
    if (T.ByValue)
      outs() << ", identity value";
    if (T.CarriesExceptions)
      outs() << ", carries-exceptions";
    if (!T.JoiningType.empty())
      outs() << ", joining-type " << T.JoiningType;
    if (T.JoiningTypeSince)
      outs() << " since c++" << T.JoiningTypeSince;
    outs() << "\n";
    for (StringRef Call : sortedKeys(T.Calls))
      listCall((Name + "::" + Call).str(), T.Calls.find(Call)->second);
  }
  if (!Cmd.Only)
    for (StringRef Name : sortedKeys(Models->functions()))
      listCall(Name, *Models->findFunction(Name));
  outs().flush();
  for (const std::string &Error : Errors)
    errs() << Error << "\n";
  return Errors.empty() ? 0 : 1;
}

} // namespace leak
