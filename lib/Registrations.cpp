//===--- Registrations.cpp - callbacks that outlive their owner -----------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Registrations.h"
#include "Index.h"
#include "Statements.h"

using namespace clang;

namespace leak {
namespace {

/// One mention of a member, and what is done there.
struct Mention {
  enum What { Set, Looked, Passed, Other };
  What Is = Other;
  const Expr *Call = nullptr; ///< Passed: to this.
  const FunctionDecl *In = nullptr;
};

struct Made {
  const FieldDecl *Field;
  const CallExpr *Call;
  const FunctionDecl *Callee;
  const FunctionDecl *In;
  bool Modelled;
  bool Inside; ///< The member is the timer itself.
};

class Search {
public:
  Search(const FunctionTable &Table, const Lexicon &Words)
      : Table(Table), Words(Words) {}

  std::vector<ForgottenRegistration> run() {
    collect();
    std::vector<ForgottenRegistration> Result;
    llvm::SmallPtrSet<const FieldDecl *, 4> Seen;
    for (const Made &M : All)
      if (Seen.insert(M.Field).second)
        if (std::optional<ForgottenRegistration> R = judge(M))
          Result.push_back(*R);
    return Result;
  }

private:
  /// `id = timers.every(100, [this] {...})`
  void collect() {
    for (const auto &[FD, F] : Table.all())
      for (const Expr *E : F.Changes) {
        const auto *BO = dyn_cast<BinaryOperator>(E);
        const auto *ME = BO && BO->getOpcode() == BO_Assign
                             ? dyn_cast<MemberExpr>(strip(BO->getLHS()))
                             : nullptr;
        const auto *Field =
            ME ? dyn_cast<FieldDecl>(ME->getMemberDecl()) : nullptr;
        const auto *Call = Field && isa<CXXThisExpr>(strip(ME->getBase())) &&
                                   Field->getType()->isScalarType() &&
                                   !Field->getType()->isBooleanType()
                               ? dyn_cast<CallExpr>(strip(BO->getRHS()))
                               : nullptr;
        const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
        if (!Callee || !callsBack(Call))
          continue;
        const Effect *Row = Words.effect(Call);
        bool Modelled = Row && Row->Does == Verb::Arm &&
                        Row->Object.Place == ObjectSpec::Return;
        if (Modelled || (!Row && isTiming(Callee)))
          All.push_back({Field->getCanonicalDecl(), Call,
                         Callee->getCanonicalDecl(), F.Decl, Modelled, false});
      }
    if (!Words.anyType(Kind::Timer))
      return;
    for (const auto &[FD, F] : Table.all())
      for (const Expr *E : F.Calls)
        arming(dyn_cast<CallExpr>(E), F.Decl);
  }

  /// `timer_settime(timer, ...)` of a member that nobody ends for us.
  void arming(const CallExpr *Call, const FunctionDecl *In) {
    const Effect *Row = Call ? Words.effect(Call) : nullptr;
    if (!Row || Row->Does != Verb::Arm)
      return;
    const Expr *Object = Words.object(Call, *Row);
    const auto *ME = Object ? dyn_cast<MemberExpr>(strip(Object)) : nullptr;
    const auto *Field = ME ? dyn_cast<FieldDecl>(ME->getMemberDecl()) : nullptr;
    if (!Field || !isa<CXXThisExpr>(strip(ME->getBase())))
      return;
    const TypeModel *Model = Words.type(Field->getType());
    const CXXRecordDecl *RD = Field->getType()->getAsCXXRecordDecl();
    if (Model && Model->What == Kind::Timer &&
        (!RD || (RD->hasDefinition() && RD->hasTrivialDestructor())))
      All.push_back({Field->getCanonicalDecl(), Call,
                     Call->getDirectCallee()->getCanonicalDecl(), In, true,
                     true});
  }

  /// It is told of the object itself, and what to call.
  static bool callsBack(const CallExpr *Call) {
    bool Self = false, Code = false;
    for (const Expr *Arg : Call->arguments()) {
      const Expr *E = strip(Arg);
      while (const auto *CE = dyn_cast_or_null<CXXConstructExpr>(E))
        E = CE->getNumArgs() ? strip(CE->getArg(0)) : nullptr;
      if (const auto *LE = dyn_cast_or_null<LambdaExpr>(E)) {
        Code = true;
        Self |= llvm::any_of(LE->captures(), [](const LambdaCapture &C) {
          return C.capturesThis();
        });
        // What keeps the object alive, or knows when it is gone.
        for (const LambdaCapture &C : LE->captures())
          if (C.capturesVariable() && isa<VarDecl>(C.getCapturedVar()) &&
              C.getCapturedVar()->getType()->isRecordType())
            return false;
      }
      Self |= isa_and_nonnull<CXXThisExpr>(E);
      Code |= E && (E->getType()->isFunctionType() ||
                    E->getType()->isFunctionPointerType() ||
                    E->getType()->isMemberFunctionPointerType());
      if (const auto *UO = dyn_cast_or_null<UnaryOperator>(E))
        if (const auto *Ref = dyn_cast<DeclRefExpr>(strip(UO->getSubExpr())))
          Code |= isa<FunctionDecl>(Ref->getDecl());
    }
    return Self && Code;
  }

  static bool isTiming(const FunctionDecl *FD) {
    static constexpr StringRef Words[] = {
        "timer", "timeout", "schedule", "every", "interval",
        "tick",  "alarm",   "repeat",   "delay", "periodic"};
    const IdentifierInfo *II = FD->getIdentifier();
    return II && llvm::any_of(Words, [&](StringRef W) {
             return II->getName().contains_insensitive(W);
           });
  }

  //===--- One member -----------------------------------------------------===//

  std::optional<ForgottenRegistration> judge(const Made &M) {
    const auto *Class = dyn_cast<CXXRecordDecl>(M.Field->getParent());
    if (!Class || !isSeenWhole(M.Field) || !allDefined(Class))
      return std::nullopt;
    const FunctionDecl *Body = nullptr;
    const CXXDestructorDecl *Dtor = Class->getDestructor();
    if (!Dtor || Dtor->isImplicit() || !Dtor->isDefined(Body) || !Body ||
        Dtor->isDefaulted())
      return std::nullopt;
    for (const Mention &U : mentions(M.Field))
      if (U.Is == Mention::Other ||
          (U.Is == Mention::Passed && !leavesArmed(U.Call)))
        return std::nullopt;
    llvm::SmallPtrSet<const FunctionDecl *, 16> Reached;
    reach(Body, Reached);
    // Perhaps all that is registered for the object is taken back at once.
    if (givesItselfAway(Reached))
      return std::nullopt;
    ForgottenRegistration R;
    R.Field = M.Field;
    R.Made = M.Call;
    R.Inside = M.Inside;
    R.Destructor = cast<CXXDestructorDecl>(Body);
    for (const Made &Other : All) {
      if (Other.Field == M.Field || Other.Callee != M.Callee ||
          Other.Field->getParent() != M.Field->getParent())
        continue;
      for (const Mention &U : mentions(Other.Field))
        if (U.Is == Mention::Passed && !leavesArmed(U.Call) &&
            Reached.contains(U.In)) {
          R.Sibling = Other.Field;
          R.TakenBack = U.Call;
          return R;
        }
    }
    if (!endsOthers(Reached) && (M.Inside || (M.Modelled && goesOn(M))))
      return R;
    return std::nullopt;
  }

  bool leavesArmed(const Expr *Call) const {
    const Effect *Row = Words.effect(Call);
    return Row && (Row->Does == Verb::Arm || Row->Does == Verb::Init ||
                   Row->Does == Verb::Query);
  }

  static bool allDefined(const CXXRecordDecl *Class) {
    return !Class->hasFriends() && !Class->isDependentContext() &&
           llvm::all_of(Class->methods(), [](const CXXMethodDecl *M) {
             return M->isImplicit() || M->isDeleted() || M->isDefaulted() ||
                    M->isPureVirtual() || M->isDefined();
           });
  }

  /// The callback says that it is to be called again.
  bool goesOn(const Made &M) const {
    const Effect *Row = Words.effect(M.Call);
    if (!Row || Row->Callable < 0 ||
        unsigned(Row->Callable) >= M.Call->getNumArgs())
      return false;
    const auto *Ref =
        dyn_cast<DeclRefExpr>(strip(M.Call->getArg(Row->Callable)));
    const auto *FD = Ref ? dyn_cast<FunctionDecl>(Ref->getDecl()) : nullptr;
    const Stmt *Body = FD ? FD->getBody() : nullptr;
    if (!Body)
      if (const auto *LE =
              dyn_cast<LambdaExpr>(strip(M.Call->getArg(Row->Callable))))
        Body = LE->getBody();
    return Body && returnsOnlyTrue(Body) && mayReturn(Body);
  }

  bool returnsOnlyTrue(const Stmt *S) const {
    if (!S || isa<LambdaExpr>(S))
      return true;
    if (const auto *Return = dyn_cast<ReturnStmt>(S)) {
      bool Value = false;
      return Return->getRetValue() &&
             Return->getRetValue()->EvaluateAsBooleanCondition(
                 Value, Words.context()) &&
             Value;
    }
    return llvm::all_of(S->children(), [&](const Stmt *Child) {
      return returnsOnlyTrue(Child);
    });
  }

  void reach(const FunctionDecl *FD,
             llvm::SmallPtrSetImpl<const FunctionDecl *> &Into) const {
    const FunctionUses *F = FD ? Table.find(FD) : nullptr;
    if (!F || !Into.insert(F->Decl).second)
      return;
    for (const Expr *E : F->Calls)
      if (const auto *Call = dyn_cast<CallExpr>(E))
        reach(Call->getDirectCallee(), Into);
    for (const LambdaExpr *LE : F->Lambdas)
      reach(LE->getCallOperator(), Into);
  }

  /// Perhaps the loop or the thread ends that would run the callback.
  bool
  endsOthers(const llvm::SmallPtrSetImpl<const FunctionDecl *> &Reached) const {
    for (const FunctionDecl *FD : Reached)
      for (const Expr *E : Table.find(FD)->Calls)
        if (const Effect *Row = Words.effect(E))
          switch (Row->Does) {
          case Verb::RequestStop:
          case Verb::Join:
          case Verb::TryJoin:
          case Verb::Destroy:
          case Verb::Block:
          case Verb::Close:
            return true;
          default:
            break;
          }
    return false;
  }

  bool givesItselfAway(
      const llvm::SmallPtrSetImpl<const FunctionDecl *> &Reached) const {
    for (const FunctionDecl *FD : Reached)
      for (const Expr *E : Table.find(FD)->Calls)
        for (const Expr *Arg : operandsOf(E))
          if (isa_and_nonnull<CXXThisExpr>(strip(Arg)))
            return true;
    return false;
  }

  //===--- Mentions -------------------------------------------------------===//

  const std::vector<Mention> &mentions(const FieldDecl *Field) {
    auto [It, New] = Mentions.try_emplace(Field);
    if (New)
      for (const auto &[FD, F] : Table.all())
        look(F.Decl->getBody(), nullptr, Field, F.Decl, It->second);
    return It->second;
  }

  void look(const Stmt *S, const Stmt *Up, const FieldDecl *Field,
            const FunctionDecl *In, std::vector<Mention> &Into) const {
    // Lambdas have entries of their own in the table.
    if (!S || isa<LambdaExpr>(S))
      return;
    if (const auto *ME = dyn_cast<MemberExpr>(S);
        ME && ME->getMemberDecl()->getCanonicalDecl() == Field) {
      Mention M;
      M.In = In;
      if (const auto *BO = dyn_cast_or_null<BinaryOperator>(Up))
        M.Is = BO->isAssignmentOp() && BO->getLHS() == Within ? Mention::Set
               : BO->isComparisonOp() || BO->isLogicalOp()    ? Mention::Looked
                                                              : Mention::Other;
      else if (const auto *Call = dyn_cast_or_null<CallExpr>(Up))
        M = {Mention::Passed, Call, In};
      else if (isa_and_nonnull<IfStmt, WhileStmt>(Up))
        M.Is = Mention::Looked;
      else if (isa_and_nonnull<MemberExpr>(Up)) // Something in it.
        M.Is = Mention::Looked;
      else if (const auto *UO = dyn_cast_or_null<UnaryOperator>(Up))
        M.Is = UO->getOpcode() == UO_LNot ? Mention::Looked : Mention::Other;
      Into.push_back(M);
      return;
    }
    for (const Stmt *Child : S->children()) {
      // Casts and parentheses say nothing.
      const auto *UO = dyn_cast<UnaryOperator>(S);
      bool Thin = isa<CastExpr, ParenExpr, FullExpr>(S) ||
                  (UO && UO->getOpcode() == UO_AddrOf);
      if (!Thin)
        Within = Child;
      look(Child, Thin ? Up : S, Field, In, Into);
    }
  }

  const FunctionTable &Table;
  const Lexicon &Words;
  std::vector<Made> All;
  std::map<const FieldDecl *, std::vector<Mention>> Mentions;
  mutable const Stmt *Within = nullptr; ///< The operand that is looked at.
};

} // namespace

std::vector<ForgottenRegistration>
forgottenRegistrations(const FunctionTable &Table, const Lexicon &Words) {
  return Search(Table, Words).run();
}

} // namespace leak
