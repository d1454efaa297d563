//===--- GuardMoves.cpp - guards that release twice -----------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "GuardMoves.h"
#include "Index.h"
#include "Spelling.h"
#include "Statements.h"

using namespace clang;

namespace leak {

/// The member of this object through which one gets to \p E.
static const FieldDecl *memberOf(const Expr *E) {
  while ((E = E ? strip(E) : nullptr)) {
    if (const auto *UO = dyn_cast<UnaryOperator>(E)) {
      E = UO->getOpcode() == UO_Deref ? UO->getSubExpr() : nullptr;
      continue;
    }
    const auto *ME = dyn_cast<MemberExpr>(E);
    if (!ME)
      return nullptr;
    if (isa<CXXThisExpr>(strip(ME->getBase())))
      return dyn_cast<FieldDecl>(ME->getMemberDecl());
    E = ME->getBase();
  }
  return nullptr;
}

/// A copy of it is about the same object, and it can't be told from the copy.
static bool isShared(QualType T) {
  return T->isPointerType() || T->isReferenceType();
}

namespace {

/// What a destructor does, with the methods of the object that it calls.
struct Ending {
  const Stmt *Release = nullptr;
  GuardMove::Kind Does = GuardMove::Releases;
  const FieldDecl *Member = nullptr;
  /// Members that are asked or used there.
  llvm::SmallPtrSet<const FieldDecl *, 4> Mentioned;
};

class EndingReader {
public:
  EndingReader(const FunctionTable &Table, const Permits &P, Ending &Into)
      : Table(Table), P(P), Into(Into) {}

  void read(const FunctionDecl *FD, unsigned Depth = 0) {
    const FunctionUses *F = Table.find(FD);
    if (!F || !F->Decl->getBody())
      return;
    const Names N(F->Decl);
    look(F->Decl->getBody(), N, Depth);
  }

private:
  void found(const Stmt *S, const FieldDecl *M, GuardMove::Kind Does) {
    if (!M || Into.Release)
      return;
    Into.Release = S;
    Into.Member = M;
    Into.Does = Does;
  }

  void look(const Stmt *S, const Names &N, unsigned Depth) {
    if (!S || isa<LambdaExpr>(S))
      return;
    if (const auto *E = dyn_cast<Expr>(S)) {
      if (const auto *ME = dyn_cast<MemberExpr>(E))
        if (const FieldDecl *M = memberOf(ME))
          Into.Mentioned.insert(M);
      operation(E, N, Depth);
    }
    for (const Stmt *Child : S->children())
      look(Child, N, Depth);
  }

  void operation(const Expr *E, const Names &N, unsigned Depth) {
    auto Shared = [](const Expr *Object) {
      const FieldDecl *M = memberOf(Object);
      return M && isShared(M->getType()) ? M : nullptr;
    };
    if (const auto *UO = dyn_cast<UnaryOperator>(E)) {
      if (UO->isDecrementOp())
        found(E, Shared(UO->getSubExpr()), GuardMove::CountsDown);
      return;
    }
    if (const auto *BO = dyn_cast<BinaryOperator>(E)) {
      if (BO->getOpcode() == BO_SubAssign)
        found(E, Shared(BO->getLHS()), GuardMove::CountsDown);
      return;
    }
    const auto *Call = dyn_cast<CallExpr>(E);
    if (!Call)
      return;
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call)) {
      if (Op->getOperator() == OO_MinusMinus ||
          Op->getOperator() == OO_MinusEqual)
        found(E, Shared(Op->getArg(0)), GuardMove::CountsDown);
      // A lambda that the guard holds. What can be empty, a move leaves empty.
      else if (Op->getOperator() == OO_Call)
        if (const FieldDecl *M = memberOf(Op->getArg(0)))
          if (const CXXRecordDecl *RD = M->getType()->getAsCXXRecordDecl();
              RD && RD->isLambda())
            found(E, M, GuardMove::Calls);
      return;
    }
    if (std::optional<PermitOp> Op = P.op(E, N)) {
      if (Op->Does == Verb::Release && Op->ObjectExpr)
        found(E, Shared(Op->ObjectExpr), GuardMove::Releases);
      return;
    }
    const FunctionDecl *FD = Call->getDirectCallee();
    if (!FD) {
      const FieldDecl *M = memberOf(Call->getCallee());
      found(E, M && M->getType()->isFunctionPointerType() ? M : nullptr,
            GuardMove::Calls);
      return;
    }
    const Expr *Object = receiverOf(Call);
    if (Object && FD->getIdentifier() && hasWord(FD->getName(), {"fetch sub"}))
      found(E, Shared(Object), GuardMove::CountsDown);
    if (Object && isa<CXXThisExpr>(strip(Object)) && Depth < 2)
      if (const FunctionDecl *Callee = ThrowSearch::callee(E))
        EndingReader(Table, P, Into).read(Callee, Depth + 1);
  }

  const FunctionTable &Table;
  const Permits &P;
  Ending &Into;
};

/// What a written copy or move does to its source.
struct Source {
  bool Known = true;   ///< Everything is understood.
  bool Taken = false;  ///< The member is copied from it.
  bool Marked = false; ///< A member that the destructor asks is changed.
};

} // namespace

static bool isSource(const Expr *E, const ParmVarDecl *From) {
  const auto *Ref = E ? dyn_cast<DeclRefExpr>(strip(E)) : nullptr;
  return Ref && Ref->getDecl() == From;
}

/// `other.member`
static const FieldDecl *fieldOf(const Expr *E, const ParmVarDecl *From) {
  const auto *ME = E ? dyn_cast<MemberExpr>(strip(E)) : nullptr;
  return ME && isSource(ME->getBase(), From)
             ? dyn_cast<FieldDecl>(ME->getMemberDecl())
             : nullptr;
}

static void look(const Stmt *S, const ParmVarDecl *From, const Ending &End,
                 Source &Result) {
  if (!S)
    return;
  if (const auto *BO = dyn_cast<BinaryOperator>(S);
      BO && BO->isAssignmentOp()) {
    if (const FieldDecl *F = fieldOf(BO->getLHS(), From))
      Result.Marked |= End.Mentioned.contains(F);
    else if (memberOf(BO->getLHS()) == End.Member &&
             fieldOf(BO->getRHS(), From) == End.Member)
      Result.Taken = true;
  } else if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
    // Every mention of the source has been looked at by its member.
    Result.Known &= Ref->getDecl() != From;
    return;
  } else if (const auto *E = dyn_cast<Expr>(S);
             E && isa<CallExpr, CXXConstructExpr>(E)) {
    // `std::exchange(other.member, nullptr)`, `swap(member, other.member)`,
    // `member->ref()`: anything may be meant.
    const Expr *Receiver = receiverOf(E);
    auto Reaches = [&](const Expr *Arg) {
      return Arg && (isSource(Arg, From) || fieldOf(Arg, From) ||
                     memberOf(Arg) == End.Member);
    };
    if (Reaches(Receiver) || (Receiver && isa<CXXThisExpr>(strip(Receiver))) ||
        (isa<CallExpr>(E) && llvm::any_of(operandsOf(E), Reaches)))
      Result.Known = false;
  } else if (const auto *UO = dyn_cast<UnaryOperator>(S);
             UO && UO->isIncrementDecrementOp()) {
    // It counts the copy.
    Result.Known &= memberOf(UO->getSubExpr()) != End.Member;
  }
  if (const auto *E = dyn_cast<Expr>(S); E && fieldOf(E, From))
    return;
  for (const Stmt *Child : S->children())
    look(Child, From, End, Result);
}

/// The object that is copied or moved from still releases.
static bool leavesSource(const CXXMethodDecl *Move, const Ending &End,
                         const FunctionTable &Table) {
  if (Move->isDeleted() || Move->isImplicit())
    return false;
  if (Move->isDefaulted()) {
    // A move empties members of classes, and then the destructor may see that.
    return llvm::all_of(End.Mentioned, [&](const FieldDecl *F) {
      const CXXRecordDecl *RD = F->getType()->getAsCXXRecordDecl();
      return !RD || RD->isLambda() || RD->isTriviallyCopyable();
    });
  }
  const FunctionUses *F = Table.find(Move);
  if (!F || !F->Decl->getBody() || F->Decl->getNumParams() != 1)
    return false;
  const ParmVarDecl *From = F->Decl->getParamDecl(0);
  Source Result;
  if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(F->Decl))
    for (const CXXCtorInitializer *Init : Ctor->inits()) {
      const Expr *E = Init->getInit();
      const auto *CE = dyn_cast<CXXConstructExpr>(E->IgnoreImplicit());
      if (CE && CE->getNumArgs() == 1 &&
          (CE->getConstructor()->isCopyOrMoveConstructor()))
        E = CE->getArg(0);
      if (const auto *Call = dyn_cast<CallExpr>(strip(E));
          Call && Call->isCallToStdMove() && Call->getNumArgs() == 1)
        E = Call->getArg(0);
      if (Init->isAnyMemberInitializer() &&
          Init->getAnyMember() == End.Member && fieldOf(E, From) == End.Member)
        Result.Taken = true;
      else if (Init->isDelegatingInitializer())
        return false;
      else
        look(E, From, End, Result);
    }
  look(F->Decl->getBody(), From, End, Result);
  return Result.Known && Result.Taken && !Result.Marked;
}

std::vector<GuardMove> guardMoves(const FunctionTable &Table,
                                  const Permits &P) {
  std::vector<GuardMove> Result;
  for (const auto &[Key, F] : Table.all()) {
    const auto *Dtor = dyn_cast<CXXDestructorDecl>(F.Decl);
    if (!Dtor || !Dtor->isUserProvided())
      continue;
    Ending End;
    EndingReader(Table, P, End).read(Dtor);
    if (!End.Release)
      continue;
    for (const CXXMethodDecl *M : Dtor->getParent()->methods()) {
      const auto *Ctor = dyn_cast<CXXConstructorDecl>(M);
      bool Copies =
          Ctor ? Ctor->isCopyConstructor() : M->isCopyAssignmentOperator();
      bool Moves =
          Ctor ? Ctor->isMoveConstructor() : M->isMoveAssignmentOperator();
      if ((Copies || Moves) && leavesSource(M, End, Table))
        Result.push_back({End.Does, M, End.Member, End.Release, Moves});
    }
  }
  return Result;
}

} // namespace leak
