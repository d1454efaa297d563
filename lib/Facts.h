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
#include "llvm/ADT/IntrusiveRefCntPtr.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringSet.h"
#include <optional>
#include <tuple>

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
      : Shared(llvm::makeIntrusiveRefCnt<Store>()), Relevant(&Relevant) {}

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
    return Shared == O.Shared ||
           (Shared->Hash == O.Shared->Hash && Shared->All == O.Shared->All);
  }
  /// Some order.
  bool operator<(const Facts &O) const {
    return Shared != O.Shared && Shared->All < O.Shared->All;
  }
  /// Of equal facts the same.
  size_t hash() const { return Shared->Hash; }

private:
  /// What is known of one name, or of the result of one call.
  struct Fact {
    /// Points into the relevant names; of a call, points to it, and is empty.
    /// So the place alone tells which it is.
    llvm::StringRef Of;
    Value Is;
    bool operator==(const Fact &O) const {
      return Of.data() == O.Of.data() && Is == O.Is;
    }
    bool operator<(const Fact &O) const {
      return Of.data() != O.Of.data() ? Of.data() < O.Of.data() : Is < O.Is;
    }
    size_t hash() const;
  };
  struct Store : llvm::RefCountedBase<Store> {
    llvm::SmallVector<Fact, 4> All; ///< Sorted by place.
    size_t Hash = 0;                ///< The sum of theirs.
  };

  /// Empty, at no place, when \p Name is not worth remembering.
  llvm::StringRef key(llvm::StringRef Name) const {
    auto It = Name.empty() ? Relevant->end() : Relevant->find(Name);
    return It == Relevant->end() ? llvm::StringRef() : It->getKey();
  }
  static llvm::StringRef result(const clang::Expr *Call) {
    return {reinterpret_cast<const char *>(Call), 0};
  }
  const Value *find(llvm::StringRef Key) const;
  void set(llvm::StringRef Key, Value V);
  /// One that nobody shares.
  Store &change();
  bool narrow(llvm::StringRef Key, Value V);

  /// Most statements change nothing: paths share what they know.
  llvm::IntrusiveRefCntPtr<Store> Shared;
  const llvm::StringSet<> *Relevant;
};

/// The names on which several conditions of \p In depend, or a condition and
/// an assignment: only they can make a path impossible.
llvm::StringSet<> relevantNames(const clang::FunctionDecl *In, const Names &N,
                                const clang::ASTContext &Ctx);

} // namespace leak

#endif // LEAK_TIDY_FACTS_H
