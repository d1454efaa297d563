//===--- StaleSources.h - sources that stay asked to stop -------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A source that was asked to stop stays so. Who stops and starts again, with a
/// member for all times, starts what ends at once.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_STALESOURCES_H
#define LEAK_TIDY_STALESOURCES_H

#include "ChannelUses.h"

namespace leak {

struct StaleSource {
  const Use *Token = nullptr;   ///< Given out to what is started again.
  const Use *Request = nullptr; ///< Before that.
  /// The call after which it is started again, and where that stands.
  const clang::Expr *Stop = nullptr;
  const clang::FunctionDecl *In = nullptr;
};

/// Of the member \p C: somebody in sight stops, and starts again.
std::optional<StaleSource> staleSource(const ChannelUses &All,
                                       const Channel &C);

} // namespace leak

#endif // LEAK_TIDY_STALESOURCES_H
