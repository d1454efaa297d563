//===--- empty-module.cpp - a clang-tidy module without work ----*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What any module costs: one check that is called once for each unit and does
/// nothing. utils/bench measures ours against it.
///
//===----------------------------------------------------------------------===//

#include "clang-tidy/ClangTidyCheck.h"
#include "clang-tidy/ClangTidyModule.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "llvm/Support/Registry.h"

namespace {

class EmptyCheck : public clang::tidy::ClangTidyCheck {
public:
  using ClangTidyCheck::ClangTidyCheck;
  void registerMatchers(clang::ast_matchers::MatchFinder *Finder) override {
    Finder->addMatcher(clang::ast_matchers::translationUnitDecl(), this);
  }
};

class EmptyModule : public clang::tidy::ClangTidyModule {
public:
  void
  addCheckFactories(clang::tidy::ClangTidyCheckFactories &Factories) override {
    Factories.registerCheck<EmptyCheck>("empty-check");
  }
};

// Spelled out: the header of ClangTidyModuleRegistry differs between versions.
llvm::Registry<clang::tidy::ClangTidyModule>::Add<EmptyModule>
    X("empty-module", "Measures what a module costs.");

} // namespace
