//===--- ChannelDuty.h - a duty that a function tells -----------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What the statements of one function do to one channel: the duty of the
/// checks about channels. Each asks another question of the same paths, so
/// what a statement does is told by a function.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_CHANNELDUTY_H
#define LEAK_TIDY_CHANNELDUTY_H

#include "ChannelUses.h"
#include "Obligation.h"
#include "Report.h"
#include <functional>

namespace leak {

class ChannelDuty : public Duty {
public:
  using Teller = std::function<Act::Kind(const clang::Stmt *, Owing)>;

  ChannelDuty(std::string Object, bool Owed, const ThrowSearch *Search,
              Teller Tell)
      : Object(std::move(Object)), Owed(Owed), Search(Search),
        Tell(std::move(Tell)) {}

  std::string object() const override { return Object; }
  bool owedAtEntry() const override { return Owed; }
  const ThrowSearch *throws() const override { return Search; }
  Acts acts(const clang::Stmt *S, Owing Now) const override {
    Act::Kind What = Tell(S, Now);
    return What == Act::Nothing ? Acts{} : Acts{{What, Value::Any}};
  }

private:
  std::string Object;
  bool Owed;
  const ThrowSearch *Search;
  Teller Tell;
};

/// Adds what the methods of \p C that are used were taken for, where that was
/// inferred.
void tellInferred(const Channel &C, const Lexicon &Words, Finding &R);

/// One condition, and the answer, with which the loop around a receive is left
/// though the channel is open.
struct EarlyExit {
  const clang::Expr *Cond = nullptr;
  bool Truth = true;
  const clang::Stmt *Leaves = nullptr;
};

/// Those of the loop around the receive \p U, which ends when the channel is
/// closed as well; none when it doesn't, or is left in other ways.
std::vector<EarlyExit> earlyExits(const ChannelUses &All, const Use &U);

/// `name.close()`, or empty when the model has no such method.
std::string closing(const Channel &C);

/// A fix-it that puts \p Text in front of the statement of the function's
/// block that \p S is or stands in; of the loop, when it is in one. Nothing
/// when that is no place for a statement.
std::optional<clang::FixItHint> insertBefore(const clang::Stmt *S,
                                             const std::string &Text,
                                             clang::ASTContext &Ctx);

} // namespace leak

#endif // LEAK_TIDY_CHANNELDUTY_H
