//===--- Facts.h - what is known on one path --------------------*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What one path through a function knows of the values it meets: signs and
/// constants, by name (Names.h). Enough for flags, error codes and null
/// pointers, on which paths of real code depend; no arithmetic.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_FACTS_H
#define LEAK_TIDY_FACTS_H

#include "Names.h"
#include "llvm/ADT/StringSet.h"
#include <map>
#include <memory>
#include <optional>

namespace leak {

/// What is known of one value: which signs it may have, and which constant it
/// is.
struct Value {
  enum Sign : unsigned char { Negative = 1, Zero = 2, Positive = 4, Any = 7 };
  unsigned char Signs = Any;
  std::optional<int64_t> Constant;

  static Value constant(int64_t N) {
    return {static_cast<unsigned char>(N < 0    ? Negative
                                       : N == 0 ? Zero
                                                : Positive),
            N};
  }
  static Value zero() { return constant(0); }
  static Value nonZero() { return {Negative | Positive, std::nullopt}; }
  bool isKnown() const { return Signs != Any; }
  bool operator==(const Value &O) const {
    return Signs == O.Signs && Constant == O.Constant;
  }
  bool operator<(const Value &O) const {
    return std::tie(Signs, Constant) < std::tie(O.Signs, O.Constant);
  }
};

class Facts {
public:
  /// \p Relevant are the names worth remembering, the others are forgotten at
  /// once; it must outlive this.
  explicit Facts(const llvm::StringSet<> &Relevant)
      : Shared(std::make_shared<Map>()), Relevant(&Relevant) {}

  /// What \p E is known to be.
  Value value(const clang::Expr *E, const Names &N,
              const clang::ASTContext &Ctx) const;

  /// Adds that \p Cond is \p Truth. False when that can't be.
  bool assume(const clang::Expr *Cond, bool Truth, const Names &N,
              const clang::ASTContext &Ctx);

  /// The variable or member called \p Name has a new value.
  void assign(llvm::StringRef Name, Value V);

  /// The result of this very evaluation of \p Call.
  void setResult(const clang::Expr *Call, Value V);

  /// Nothing is known any more of what leads through \p Name.
  void forget(llvm::StringRef Name);

  bool operator==(const Facts &O) const {
    return Shared == O.Shared || *Shared == *O.Shared;
  }
  bool operator<(const Facts &O) const {
    return Shared != O.Shared && *Shared < *O.Shared;
  }

private:
  bool narrow(const std::string &Name, Value V, bool Keep = false);
  static std::string result(const clang::Expr *Call);

  using Map = std::map<std::string, Value>;
  const Map &known() const { return *Shared; }
  Map &change();

  /// Most statements change nothing: paths share what they know.
  std::shared_ptr<const Map> Shared;
  const llvm::StringSet<> *Relevant;
};

/// The names on which several conditions of \p In depend, or a condition and
/// an assignment: only they can make a path impossible.
llvm::StringSet<> relevantNames(const clang::FunctionDecl *In, const Names &N,
                                const clang::ASTContext &Ctx);

} // namespace leak

#endif // LEAK_TIDY_FACTS_H
