//===--- Compat.h - differences between LLVM versions -----------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The only place of the project that asks which LLVM it is built with.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_COMPAT_H
#define LEAK_TIDY_COMPAT_H

#include "clang/Analysis/PathDiagnostic.h"
#include "clang/Basic/DiagnosticOptions.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/StaticAnalyzer/Core/PathDiagnosticConsumers.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/AnalysisManager.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/CallEvent.h"
#include "clang/StaticAnalyzer/Core/PathSensitive/CheckerContext.h"
#include "llvm/Config/llvm-config.h"

#if LLVM_VERSION_MAJOR != 19 && LLVM_VERSION_MAJOR != 22
#error "leak-tidy builds with LLVM 19 and LLVM 22"
#endif

// The registry of clang-tidy modules moved into ClangTidyModule.h.
#if LLVM_VERSION_MAJOR == 19
#include "clang-tidy/ClangTidyModuleRegistry.h"
#else
#include "clang-tidy/ClangTidyModule.h"
#endif

namespace leak::compat {

/// A fresh symbol for the value of \p Call, of type \p T.
inline clang::ento::DefinedOrUnknownSVal
conjure(clang::ento::CheckerContext &C, const clang::ento::CallEvent &Call,
        clang::QualType T, const void *Tag = nullptr) {
#if LLVM_VERSION_MAJOR >= 22
  return C.getSValBuilder().conjureSymbolVal(Call, T, C.blockCount(), Tag);
#else
  return C.getSValBuilder().conjureSymbolVal(
      Tag, Call.getOriginExpr(), C.getLocationContext(), T, C.blockCount());
#endif
}

/// Forgets what is known of the memory reachable from \p Values.
inline clang::ento::ProgramStateRef
invalidate(clang::ento::CheckerContext &C, clang::ento::ProgramStateRef State,
           const clang::ento::CallEvent &Call,
           llvm::ArrayRef<clang::ento::SVal> Values) {
#if LLVM_VERSION_MAJOR >= 22
  return State->invalidateRegions(Values, Call.getCFGElementRef(),
                                  C.blockCount(), C.getLocationContext(),
                                  /*CausesPointerEscape=*/true);
#else
  return State->invalidateRegions(Values, Call.getOriginExpr(), C.blockCount(),
                                  C.getLocationContext(),
                                  /*CausesPointerEscape=*/true);
#endif
}

/// True for memory of this kind (StackSpaceRegion, HeapSpaceRegion).
template <typename Space>
bool isIn(const clang::ento::MemRegion *R, clang::ento::ProgramStateRef State) {
#if LLVM_VERSION_MAJOR >= 22
  return R->hasMemorySpace<Space>(State);
#else
  return llvm::isa<Space>(R->getMemorySpace());
#endif
}

/// A CompilerInstance that serves the analyzer for an AST that was parsed
/// already. It shares \p Ctx and the diagnostics engine and owns neither.
inline std::unique_ptr<clang::CompilerInstance>
makeCompilerInstance(clang::ASTContext &Ctx,
                     std::shared_ptr<clang::CompilerInvocation> Invocation,
                     std::shared_ptr<clang::Preprocessor> PP) {
#if LLVM_VERSION_MAJOR >= 22
  auto CI = std::make_unique<clang::CompilerInstance>(std::move(Invocation));
  CI->setASTContext(llvm::IntrusiveRefCntPtr<clang::ASTContext>(&Ctx));
  CI->setDiagnostics(llvm::IntrusiveRefCntPtr<clang::DiagnosticsEngine>(
      &Ctx.getDiagnostics()));
#else
  auto CI = std::make_unique<clang::CompilerInstance>();
  CI->setInvocation(std::move(Invocation));
  CI->setASTContext(&Ctx);
  CI->setDiagnostics(&Ctx.getDiagnostics());
#endif
  CI->setPreprocessor(std::move(PP));
  return CI;
}

/// A diagnostics engine that prints nothing.
inline llvm::IntrusiveRefCntPtr<clang::DiagnosticsEngine> silentDiagnostics() {
#if LLVM_VERSION_MAJOR >= 22
  static clang::DiagnosticOptions Options;
  return llvm::makeIntrusiveRefCnt<clang::DiagnosticsEngine>(
      clang::DiagnosticIDs::create(), Options,
      new clang::IgnoringDiagConsumer());
#else
  return llvm::makeIntrusiveRefCnt<clang::DiagnosticsEngine>(
      new clang::DiagnosticIDs(), new clang::DiagnosticOptions(),
      new clang::IgnoringDiagConsumer());
#endif
}

/// The analysis manager takes its consumers in different wrappers.
inline std::unique_ptr<clang::ento::AnalysisManager> makeAnalysisManager(
    clang::CompilerInstance &CI, clang::ASTContext &Ctx,
    std::unique_ptr<clang::ento::PathDiagnosticConsumer> Consumer,
    clang::ento::CheckerManager *Checkers, clang::AnalyzerOptions &Options) {
  using namespace clang::ento;
#if LLVM_VERSION_MAJOR >= 22
  PathDiagnosticConsumers Consumers;
  Consumers.push_back(std::move(Consumer));
  return std::make_unique<AnalysisManager>(
      Ctx, CI.getPreprocessor(), std::move(Consumers), CreateRegionStoreManager,
      CreateRangeConstraintManager, Checkers, Options);
#else
  PathDiagnosticConsumers Consumers{Consumer.release()};
  return std::make_unique<AnalysisManager>(
      Ctx, CI.getPreprocessor(), Consumers, CreateRegionStoreManager,
      CreateRangeConstraintManager, Checkers, Options);
#endif
}

} // namespace leak::compat

#endif // LEAK_TIDY_COMPAT_H
