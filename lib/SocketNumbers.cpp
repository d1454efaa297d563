//===--- SocketNumbers.cpp - descriptors that are numbers -----------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SocketNumbers.h"
#include "Index.h"
#include "Pipes.h"
#include "Statements.h"
#include "llvm/ADT/SetVector.h"
#include <functional>

using namespace clang;

namespace leak {
namespace {

/// What is done to one number, in the order of the source.
struct Uses {
  struct Call {
    const Expr *At;
    const Effect *Row;
    const FunctionDecl *In;
    const Expr *Site; ///< In the function that was looked at.
  };
  llvm::SmallVector<Call, 8> Calls;
  bool Understood = true;
  bool Made = false;
  bool Returned = false;
};

class Search {
public:
  Search(const FunctionTable &Table, const Lexicon &Words)
      : Table(Table), Words(Words) {}

  std::vector<NumberedSocket> run() {
    std::vector<NumberedSocket> Result;
    for (const auto &[FD, F] : Table.all()) {
      // Who has started a tool waits for it, and can end it.
      if (F.Decl->isMain() || isArmed(F))
        continue;
      // Cheap first.
      if (llvm::none_of(F.Calls, [&](const Expr *E) {
            const Effect *Row = Words.effect(E);
            return Row && Row->Does == Verb::Close;
          }))
        continue;
      llvm::SetVector<const VarDecl *> Numbers;
      variables(F.Decl->getBody(), Numbers);
      for (const VarDecl *VD : Numbers)
        if (auto N = judge(VD, F.Decl))
          Result.push_back(*N);
    }
    for (const FieldDecl *Field : members())
      if (auto N = judgeMember(Field))
        Result.push_back(*N);
    return Result;
  }

private:
  /// A signal ends the wait.
  bool isArmed(const FunctionUses &F) const {
    return llvm::any_of(F.Calls, [&](const Expr *E) {
      const Effect *Row = Words.effect(E);
      return Row && Row->Does == Verb::Arm;
    });
  }

  /// The numbers that something is asked of, in \p S.
  void variables(const Stmt *S, llvm::SetVector<const VarDecl *> &Into) const {
    if (!S || isa<LambdaExpr>(S))
      return;
    auto Candidate = [&](const VarDecl *VD, const Expr *Value) {
      const auto *Call = dyn_cast_or_null<CallExpr>(strip(Value));
      if (!VD || !Call || !VD->isLocalVarDecl() || VD->isStaticLocal() ||
          !VD->getType()->isIntegerType())
        return;
      const Effect *Row = Words.effect(Call);
      if (Row ? isMaker(Row)
              : Call->getDirectCallee() && Table.find(Call->getDirectCallee()))
        Into.insert(VD);
    };
    if (const auto *DS = dyn_cast<DeclStmt>(S))
      for (const Decl *D : DS->decls())
        if (const auto *VD = dyn_cast<VarDecl>(D))
          Candidate(VD, VD->getInit());
    if (const auto *BO = dyn_cast<BinaryOperator>(S);
        BO && BO->getOpcode() == BO_Assign)
      Candidate(local(BO->getLHS()), BO->getRHS());
    for (const Stmt *Child : S->children())
      variables(Child, Into);
  }

  /// \p E is the variable, or the member of whatever object.
  static bool names(const Expr *E, const ValueDecl *D) {
    E = strip(E);
    if (const auto *ME = dyn_cast_or_null<MemberExpr>(E))
      return ME->getMemberDecl()->getCanonicalDecl() == D;
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E);
    return Ref && Ref->getDecl() == D;
  }

  static const VarDecl *local(const Expr *E) {
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(strip(E));
    return Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  }

  /// Not one that counts, from which its owner reads what it has written.
  static bool isMaker(const Effect *Row) {
    return Row->Does == Verb::Init && Row->Object.Place == ObjectSpec::Return &&
           Row->Count < 0;
  }

  /// Flags by which it doesn't wait.
  static bool isNonBlocking(const Stmt *S) {
    if (!S)
      return false;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      if (const IdentifierInfo *II = Ref->getDecl()->getIdentifier();
          II && (II->getName().contains_insensitive("nonblock") ||
                 II->getName().contains_insensitive("dontwait")))
        return true;
    return llvm::any_of(S->children(),
                        [](const Stmt *Child) { return isNonBlocking(Child); });
  }

  std::optional<NumberedSocket> judge(const VarDecl *VD,
                                      const FunctionDecl *In) const {
    Uses U;
    if (VD->hasInit())
      given(VD->getInit(), U);
    look(In->getBody(), nullptr, nullptr, VD, In, U, 2);
    if (!U.Understood || !U.Made || U.Returned)
      return std::nullopt;
    NumberedSocket N;
    bool Closed = false;
    for (const Uses::Call &C : U.Calls) {
      Closed |= C.Row->Does == Verb::Close;
      if (C.Row->Does == Verb::SetDeadline || isNonBlocking(C.At))
        return std::nullopt;
      if (C.Row->Does != Verb::Block || N.Waits)
        continue;
      if (C.Row->Mend.empty()) {
        // Its result says how much was sent. Who only connects may listen to
        // what comes from time to time.
        if (!N.Asks && C.Row->Fails == Failure::Negative)
          N.Asks = C.At;
        continue;
      }
      N.Waits = C.At;
      N.Row = C.Row;
      N.In = C.In;
    }
    N.Socket = VD;
    return N.Waits && Closed ? std::optional(N) : std::nullopt;
  }

  //===--- Members --------------------------------------------------------===//

  /// Those that somebody waits for who can't know how long.
  llvm::SetVector<const FieldDecl *> members() const {
    llvm::SetVector<const FieldDecl *> Result;
    for (const auto &[FD, F] : Table.all())
      for (const Expr *E : F.Calls) {
        const Effect *Row = Words.effect(E);
        // Who sends has the socket at hand, whoever waits by whatever helper.
        if (!Row || Row->Does != Verb::Block)
          continue;
        const Expr *Object = Words.object(E, *Row);
        const auto *ME =
            dyn_cast_or_null<MemberExpr>(Object ? strip(Object) : nullptr);
        const auto *Field =
            ME ? dyn_cast<FieldDecl>(ME->getMemberDecl()) : nullptr;
        if (Field && Field->getType()->isIntegerType())
          Result.insert(Field->getCanonicalDecl());
      }
    return Result;
  }

  /// Nobody else can name it.
  static bool isWhole(const FieldDecl *Field) {
    const auto *Class = dyn_cast<CXXRecordDecl>(Field->getParent());
    if (!isSeenHere(Field) || !Class)
      return isSeenHere(Field);
    return llvm::all_of(Class->methods(), [](const CXXMethodDecl *M) {
      return M->isImplicit() || M->isDeleted() || M->isDefaulted() ||
             M->isPureVirtual() || M->isDefined();
    });
  }

  using CallsBy =
      llvm::MapVector<const FunctionDecl *, llvm::SmallVector<Uses::Call, 8>>;

  std::optional<NumberedSocket> judgeMember(const FieldDecl *Field) const {
    if (!isWhole(Field))
      return std::nullopt;
    Uses All;
    if (const Expr *Init = Field->getInClassInitializer())
      given(Init, All);
    CallsBy By;
    for (const auto &[FD, F] : Table.all()) {
      if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(F.Decl))
        for (const CXXCtorInitializer *I : Ctor->inits())
          if (I->isWritten() && I->isMemberInitializer() &&
              I->getMember()->getCanonicalDecl() == Field)
            given(I->getInit(), All);
      All.Calls.clear();
      look(F.Decl->getBody(), nullptr, nullptr, Field, F.Decl, All, 2);
      if (!All.Understood || All.Returned || (!All.Calls.empty() && isArmed(F)))
        return std::nullopt;
      if (!All.Calls.empty())
        By[F.Decl] = All.Calls;
    }
    bool Connects = false;
    for (const auto &[FD, Calls] : By)
      for (const Uses::Call &C : Calls) {
        // What isn't a plain close may be what wakes the one who waits.
        if (C.Row->Does == Verb::SetDeadline || isNonBlocking(C.At) ||
            (C.Row->Does == Verb::Close && operandsOf(C.At).size() > 1))
          return std::nullopt;
        Connects |=
            C.Row->Does == Verb::Block && C.Row->Fails == Failure::Nonzero;
      }
    if (!All.Made || !Connects)
      return std::nullopt;
    for (const auto &[FD, F] : Table.all())
      if (auto N = askedIn(F, By)) {
        N->Socket = Field;
        return N;
      }
    return std::nullopt;
  }

  /// The call in \p F that waits for the answer of what was sent before, by
  /// \p F itself or by methods that it calls.
  std::optional<NumberedSocket> askedIn(const FunctionUses &F,
                                        const CallsBy &By) const {
    NumberedSocket N;
    auto Take = [&](const Uses::Call &C) {
      if (C.Row->Does != Verb::Block || N.Waits)
        return;
      if (C.Row->Mend.empty() && C.Row->Fails == Failure::Negative) {
        N.Asks = C.At;
      } else if (!C.Row->Mend.empty() && N.Asks) {
        N.Waits = C.At;
        N.Row = C.Row;
        N.In = C.In;
      }
    };
    for (const Expr *E : F.Calls) {
      const auto *Call = dyn_cast<CallExpr>(E);
      if (const auto *Own = By.find(F.Decl); Own != By.end())
        for (const Uses::Call &C : Own->second)
          if (C.Site == E)
            Take(C);
      const FunctionUses *Callee =
          Call ? Table.find(Call->getDirectCallee()) : nullptr;
      if (const auto *Other = Callee ? By.find(Callee->Decl) : By.end();
          Other != By.end() && Callee->Decl != F.Decl)
        llvm::for_each(Other->second, Take);
    }
    return N.Waits ? std::optional(N) : std::nullopt;
  }

  /// What the variable becomes.
  void given(const Expr *Value, Uses &U) const {
    const Expr *E = strip(Value);
    if (const auto *UO = dyn_cast_or_null<UnaryOperator>(E))
      E = strip(UO->getSubExpr());
    if (isa_and_nonnull<IntegerLiteral>(E))
      return;
    const auto *Call = dyn_cast_or_null<CallExpr>(E);
    const Effect *Row = Call ? Words.effect(Call) : nullptr;
    if (Row && isMaker(Row) && !isNonBlocking(Call)) {
      U.Made = true;
      return;
    }
    // `int s = connectTo(host)`
    const FunctionUses *F =
        Call && !Row ? Table.find(Call->getDirectCallee()) : nullptr;
    const VarDecl *Inner = F && !isArmed(*F) ? returned(F->Decl) : nullptr;
    if (!Inner) {
      U.Understood = false;
      return;
    }
    if (Inner->hasInit())
      givenInner(Inner->getInit(), U);
    look(F->Decl->getBody(), nullptr, nullptr, Inner, F->Decl, U, 1);
    U.Returned = false;
  }

  /// The same, one call deeper.
  void givenInner(const Expr *Value, Uses &U) const {
    const Expr *E = strip(Value);
    const auto *Call = dyn_cast_or_null<CallExpr>(E);
    const Effect *Row = Call ? Words.effect(Call) : nullptr;
    if (Row && isMaker(Row) && !isNonBlocking(Call))
      U.Made = true;
    else
      U.Understood &= !Call;
  }

  /// The local variable that all returns of \p FD are, but for errors.
  static const VarDecl *returned(const FunctionDecl *FD) {
    const VarDecl *VD = nullptr;
    bool Other = false;
    std::function<void(const Stmt *)> Visit = [&](const Stmt *S) {
      if (!S || isa<LambdaExpr>(S))
        return;
      if (const auto *Return = dyn_cast<ReturnStmt>(S)) {
        const Expr *E = strip(Return->getRetValue());
        if (const VarDecl *D = local(E)) {
          Other |= VD && VD != D;
          VD = D;
        } else if (const auto *UO = dyn_cast_or_null<UnaryOperator>(E)) {
          Other |= !isa<IntegerLiteral>(strip(UO->getSubExpr()));
        } else {
          Other |= !isa_and_nonnull<IntegerLiteral>(E);
        }
      }
      for (const Stmt *Child : S->children())
        Visit(Child);
    };
    Visit(FD->getBody());
    return !Other && VD && VD->isLocalVarDecl() && !VD->isStaticLocal()
               ? VD
               : nullptr;
  }

  /// \p Up is what \p S stands in, without casts; \p Operand its part there.
  void look(const Stmt *S, const Stmt *Up, const Stmt *Operand,
            const ValueDecl *VD, const FunctionDecl *In, Uses &U,
            unsigned Depth) const {
    if (!S || !U.Understood)
      return;
    if (const auto *LE = dyn_cast<LambdaExpr>(S)) {
      // As far as a member goes it is one more function.
      U.Understood &= isa<FieldDecl>(VD) || !mentions(LE->getBody(), VD);
      return;
    }
    if (isa<DeclRefExpr, MemberExpr>(S) && names(cast<Expr>(S), VD)) {
      U.Understood &= mention(Up, Operand, VD, In, U, Depth);
      return;
    }
    for (const Stmt *Child : S->children()) {
      const bool Thin = isa<CastExpr, ParenExpr, FullExpr>(S);
      look(Child, Thin ? Up : S, Thin ? Operand : Child, VD, In, U, Depth);
    }
  }

  bool mention(const Stmt *Up, const Stmt *Operand, const ValueDecl *VD,
               const FunctionDecl *In, Uses &U, unsigned Depth) const {
    if (const auto *BO = dyn_cast_or_null<BinaryOperator>(Up)) {
      if (BO->getOpcode() == BO_Assign && BO->getLHS() == Operand) {
        if (Depth == 1)
          givenInner(BO->getRHS(), U);
        else
          given(BO->getRHS(), U);
        return true;
      }
      return BO->isComparisonOp() || BO->isLogicalOp();
    }
    if (const auto *UO = dyn_cast_or_null<UnaryOperator>(Up))
      return UO->getOpcode() == UO_LNot;
    if (isa_and_nonnull<IfStmt, WhileStmt>(Up))
      return true;
    if (isa_and_nonnull<ReturnStmt>(Up))
      return U.Returned = true;
    const auto *Call = dyn_cast_or_null<CallExpr>(Up);
    if (!Call)
      return false;
    if (const Effect *Row = Words.effect(Call)) {
      const Expr *Object = Words.object(Call, *Row);
      if (!Object || !names(Object, VD) ||
          Object->IgnoreParenImpCasts()->getType() != VD->getType())
        return false;
      U.Calls.push_back({Call, Row, In, Call});
      return true;
    }
    const FunctionDecl *Callee = Call->getDirectCallee();
    for (unsigned I = 0; Callee && I < Call->getNumArgs(); ++I) {
      if (Call->getArg(I) != Operand)
        continue;
      // It is printed.
      if (I >= Callee->getNumParams())
        return Callee->isVariadic();
      const FunctionUses *F = Depth ? Table.find(Callee) : nullptr;
      if (!F || isArmed(*F))
        return false;
      const ParmVarDecl *P = F->Decl->getParamDecl(I);
      if (!P->getType()->isIntegerType())
        return false;
      const size_t Before = U.Calls.size();
      look(F->Decl->getBody(), nullptr, nullptr, P, F->Decl, U, Depth - 1);
      for (size_t C = Before; C < U.Calls.size(); ++C)
        U.Calls[C].Site = Call;
      return true;
    }
    return false;
  }

  const FunctionTable &Table;
  const Lexicon &Words;
};

} // namespace

std::vector<NumberedSocket> unboundedSockets(const FunctionTable &Table,
                                             const Lexicon &Words) {
  return Search(Table, Words).run();
}

} // namespace leak
