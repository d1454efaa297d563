//===--- StopFixIts.h - mends of stops that are lost ------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The starter alone says "run", and before the start.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_STOPFIXITS_H
#define LEAK_TIDY_STOPFIXITS_H

#include "StopRaces.h"
#include "clang/Basic/Diagnostic.h"

namespace leak {

/// All that mends \p R, or nothing.
std::vector<clang::FixItHint> mends(const StopRace &R, const Monitors &M);

} // namespace leak

#endif // LEAK_TIDY_STOPFIXITS_H
