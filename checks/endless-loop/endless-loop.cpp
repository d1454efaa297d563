//===--- endless-loop.cpp - leak-endless-loop -----------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Loops that can't be left. lib/Progress.h finds those that go on when their
/// input has ended.
///
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "Progress.h"
#include "Tell.h"

using namespace clang;

namespace leak {
namespace {

class EndlessLoop : public Check {
public:
  ArrayRef<Kind> kinds() const override {
    static constexpr Kind K[] = {Kind::TaskHandle};
    return K;
  }

  void analyzeFunctions(Unit &U) override {
    std::optional<bool> Pieces;
    for (const auto &[FD, F] : U.functions().all())
      for (const Spin &S : spinsOf(F, U.lexicon(), U.graphs())) {
        if (S.Why == Spin::End) {
          if (!Pieces)
            Pieces = readsInPieces(U.functions(), U.lexicon());
          if (*Pieces)
            continue;
        }
        tell(U, S);
      }
  }

private:
  void tell(Unit &U, const Spin &S) {
    Finding R;
    R.Check = name().str();
    R.Loc = S.Call->getBeginLoc();
    std::string Reads = "'" + S.Call->getDirectCallee()->getNameAsString() + "'";
    switch (S.Why) {
    case Spin::End:
      R.Message = Reads + " returns " + answer(S) +
                  " from the end of its input on, and nothing leaves the loop "
                  "then; it goes round for ever";
      break;
    case Spin::Error:
      R.Message = Reads + " returns " + answer(S) +
                  " when it fails, and nothing leaves the loop then; it fails "
                  "again for ever";
      break;
    case Spin::Closed:
      R.Message = Reads + " gives nothing once its channel is closed, and "
                          "nothing leaves the loop then; it goes round for "
                          "ever";
      break;
    case Spin::NotEnd:
      R.Message = "when " + Reads + " fails, '" +
                  sourceText(S.Asks, U.context()) +
                  "' stays false, and nothing else leaves the loop; it goes "
                  "round for ever";
      break;
    }
    R.Notes.push_back({S.Loop->getBeginLoc(), "this is the loop"});
    Body B(S.In, U.graphs());
    Outcome O;
    O.Way = S.Way;
    tellWay(O, nullptr, B, R);
    U.report(std::move(R));
  }

  static std::string answer(const Spin &S) {
    return S.Call->getDirectCallee()->getReturnType()->isPointerType()
               ? "a null pointer"
               : std::to_string(S.Answer);
  }
};

RegisterCheck<EndlessLoop> X("endless-loop");

} // namespace
} // namespace leak
