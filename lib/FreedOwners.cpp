//===--- FreedOwners.cpp - timers of what is freed ------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FreedOwners.h"
#include "Index.h"
#include "Registrations.h"
#include "Spelling.h"
#include "Statements.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {
namespace {

/// `x->timer = add(5, tick, x)`, `arm(&x->timer, tick)`
struct Made {
  const FieldDecl *Field;
  const CallExpr *Call;
  const RecordDecl *Owner;
  const FunctionDecl *In;
  bool Inside;
};

struct Mention {
  const FunctionDecl *In;
  const CallExpr *Call; ///< That it is an argument of; or null.
};

struct Free {
  const CallExpr *Call;
  const FunctionDecl *In;
  const VarDecl *Owner;
};

/// A function, and the functions that it calls or names.
using Names = llvm::SmallSetVector<const FunctionDecl *, 8>;

const VarDecl *variable(const Expr *E) {
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(strip(E));
  return Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
}

/// The variable `x` of `x->part.member`, a pointer.
const VarDecl *ownerOf(const MemberExpr *ME) {
  while (ME && !ME->isArrow())
    ME = dyn_cast_or_null<MemberExpr>(strip(ME->getBase()));
  return ME ? variable(ME->getBase()) : nullptr;
}

const MemberExpr *memberIn(const Expr *E) {
  E = strip(E);
  if (const auto *UO = dyn_cast_or_null<UnaryOperator>(E);
      UO && UO->getOpcode() == UO_AddrOf)
    E = strip(UO->getSubExpr());
  return dyn_cast_or_null<MemberExpr>(E);
}

const RecordDecl *structureOf(const VarDecl *Owner) {
  QualType T = Owner->getType();
  const auto *RT =
      T->isPointerType() ? T->getPointeeType()->getAs<RecordType>() : nullptr;
  return RT ? RT->getDecl()->getDefinition() : nullptr;
}

bool given(const CallExpr *Call, const VarDecl *Owner) {
  return llvm::any_of(Call->arguments(),
                      [&](const Expr *Arg) { return variable(Arg) == Owner; });
}

/// By its name it counts one more who has the owner.
bool keeps(const FunctionDecl *FD) {
  const llvm::SmallVector<std::string, 4> Words =
      FD && FD->getIdentifier() ? identifierWords(FD->getName())
                                : llvm::SmallVector<std::string, 4>();
  return !Words.empty() &&
         llvm::is_contained({"ref", "get", "hold", "retain", "incref", "addref",
                             "grab", "acquire"},
                            StringRef(Words.back()));
}

class Search {
public:
  Search(const FunctionTable &Table, const Lexicon &Words)
      : Table(Table), Words(Words), SM(Words.context().getSourceManager()) {}

  std::vector<FreedOwner> run() {
    for (const auto &[FD, F] : Table.all()) {
      for (const Expr *E : F.Changes)
        if (const auto *BO = dyn_cast<BinaryOperator>(E);
            BO && BO->getOpcode() == BO_Assign)
          registration(BO, F.Decl);
      for (const Expr *E : F.Calls)
        arming(E, F.Decl);
    }
    std::vector<FreedOwner> Result;
    if (All.empty())
      return Result;
    for (const auto &[FD, F] : Table.all())
      walk(F.Decl->getBody(), nullptr, F.Decl);
    llvm::SmallPtrSet<const FieldDecl *, 4> Seen;
    for (const Made &M : All)
      if (Seen.insert(M.Field).second)
        if (std::optional<FreedOwner> O = judge(M))
          Result.push_back(*O);
    return Result;
  }

private:
  //===--- Facts ----------------------------------------------------------===//

  /// Only this file can name the members of \p RD.
  bool isLocal(const RecordDecl *RD) const {
    const auto *Class = dyn_cast_or_null<CXXRecordDecl>(RD);
    return RD && SM.isInMainFile(SM.getExpansionLoc(RD->getLocation())) &&
           !(Class && Class->hasUserDeclaredDestructor());
  }

  void add(const MemberExpr *ME, const CallExpr *Call, const FunctionDecl *In,
           bool Inside) {
    const auto *Field = ME ? dyn_cast<FieldDecl>(ME->getMemberDecl()) : nullptr;
    const VarDecl *Owner = Field ? ownerOf(ME) : nullptr;
    const RecordDecl *RD = Owner ? structureOf(Owner) : nullptr;
    if (!isLocal(RD) || !Call->getDirectCallee() ||
        (!Inside && !given(Call, Owner)))
      return;
    // It may keep its owner alive.
    if (const FunctionUses *F = Table.find(In))
      for (const Expr *E : F->Calls)
        if (const auto *Other = dyn_cast<CallExpr>(E);
            Other && given(Other, Owner) && keeps(Other->getDirectCallee()))
          return;
    All.push_back({Field, Call, RD, In, Inside});
    Fields.insert(Field);
  }

  void registration(const BinaryOperator *BO, const FunctionDecl *In) {
    const auto *Call = dyn_cast_or_null<CallExpr>(strip(BO->getRHS()));
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    if (!Callee || !Callee->getIdentifier() || Call->getNumArgs() < 2)
      return;
    const Effect *Row = Words.effect(Call);
    const bool Named = Row && Row->Does == Verb::Arm &&
                       Row->Object.Place == ObjectSpec::Return;
    if (!Named && (Row || !isTiming(Callee)))
      return;
    const bool CallsBack = llvm::any_of(Call->arguments(), [](const Expr *Arg) {
      return strip(Arg)->getType()->isFunctionType() ||
             strip(Arg)->getType()->isFunctionPointerType();
    });
    const MemberExpr *ME = memberIn(BO->getLHS());
    if (CallsBack && ME && ME->getType()->isScalarType())
      add(ME, Call, In, /*Inside=*/false);
  }

  void arming(const Expr *E, const FunctionDecl *In) {
    const auto *Call = dyn_cast<CallExpr>(E);
    const Effect *Row = Call ? Words.effect(Call) : nullptr;
    const Expr *Object =
        Row && Row->Does == Verb::Arm ? Words.object(Call, *Row) : nullptr;
    const MemberExpr *ME = Object ? memberIn(Object) : nullptr;
    if (ME && ME->getType()->isRecordType())
      add(ME, Call, In, /*Inside=*/true);
  }

  bool registers(const Expr *E) const {
    return llvm::any_of(All, [&](const Made &M) { return M.Call == E; });
  }

  /// It looks at it, makes it anew, or says that there is none.
  bool isIdle(const MemberExpr *ME, const Stmt *Up) const {
    if (const auto *BO = dyn_cast_or_null<BinaryOperator>(Up)) {
      if (BO->isComparisonOp() || BO->isLogicalOp())
        return true;
      const Expr *Value = strip(BO->getRHS());
      return BO->getOpcode() == BO_Assign && memberIn(BO->getLHS()) == ME &&
             (isa<IntegerLiteral, GNUNullExpr>(Value) ||
              Value->isNullPointerConstant(
                  const_cast<ASTContext &>(Words.context()),
                  Expr::NPC_ValueDependentIsNotNull) ||
              registers(Value));
    }
    if (const auto *UO = dyn_cast_or_null<UnaryOperator>(Up))
      return UO->getOpcode() == UO_LNot;
    if (const auto *Call = dyn_cast_or_null<CallExpr>(Up)) {
      const Effect *Row = Words.effect(Call);
      return Row && (Row->Does == Verb::Arm || Row->Does == Verb::Init ||
                     Row->Does == Verb::Query);
    }
    return isa_and_nonnull<IfStmt, WhileStmt, ConditionalOperator>(Up);
  }

  void walk(const Stmt *S, const Stmt *Up, const FunctionDecl *In) {
    if (!S)
      return;
    if (const auto *ME = dyn_cast<MemberExpr>(S))
      if (const auto *Field = dyn_cast<FieldDecl>(ME->getMemberDecl());
          Field && Fields.contains(Field) && !isIdle(ME, Up))
        Mentions[Field].push_back({In, dyn_cast_or_null<CallExpr>(Up)});
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      if (const auto *FD = dyn_cast<FunctionDecl>(Ref->getDecl()))
        if (const FunctionUses *F = Table.find(FD)) {
          Named[In].insert(F->Decl);
          NamedBy[F->Decl].insert(In);
        }
    if (const auto *Call = dyn_cast<CallExpr>(S))
      free(Call, In);
    const auto *UO = dyn_cast<UnaryOperator>(S);
    const bool Thin = isa<CastExpr, ParenExpr, FullExpr>(S) ||
                      (UO && UO->getOpcode() == UO_AddrOf);
    for (const Stmt *Child : S->children())
      walk(Child, Thin ? Up : S, In);
  }

  /// `free(x)` of a parameter, or of what a parameter of no type is.
  void free(const CallExpr *Call, const FunctionDecl *In) {
    const FunctionDecl *FD = Call->getDirectCallee();
    if (!FD || !FD->getIdentifier() || !hasWord(FD->getName(), {"free"}))
      return;
    for (unsigned I = 0; I < Call->getNumArgs() && I < FD->getNumParams();
         ++I) {
      const VarDecl *VD = variable(Call->getArg(I));
      if (!VD || !FD->getParamDecl(I)->getType()->isVoidPointerType())
        continue;
      const VarDecl *Owner = VD;
      if (!isa<ParmVarDecl>(VD)) {
        Owner = VD->hasInit() ? variable(VD->getInit()) : nullptr;
        if (!isa_and_nonnull<ParmVarDecl>(Owner) ||
            !Owner->getType()->isVoidPointerType())
          continue;
      }
      if (const RecordDecl *RD = structureOf(VD))
        Frees[RD].push_back({Call, In, VD});
    }
  }

  //===--- One member -----------------------------------------------------===//

  using Functions = llvm::SmallPtrSet<const FunctionDecl *, 16>;

  void reach(const FunctionDecl *FD, unsigned Depth, Functions &Into) const {
    if (!Into.insert(FD).second || Depth == 0)
      return;
    if (auto It = Named.find(FD); It != Named.end())
      for (const FunctionDecl *Other : It->second)
        reach(Other, Depth - 1, Into);
  }

  bool isMentioned(const FieldDecl *Field, const Functions &In) const {
    auto It = Mentions.find(Field);
    return It != Mentions.end() &&
           llvm::any_of(It->second,
                        [&](const Mention &M) { return In.contains(M.In); });
  }

  /// What \p M has called, as far as it is seen.
  static llvm::SmallVector<const FunctionDecl *, 2> calledBack(const Made &M) {
    llvm::SmallVector<const FunctionDecl *, 2> Result;
    for (const Expr *Arg : M.Call->arguments())
      if (const auto *Ref = dyn_cast<DeclRefExpr>(strip(Arg)))
        if (const auto *FD = dyn_cast<FunctionDecl>(Ref->getDecl()))
          Result.push_back(FD);
    return Result;
  }

  /// Who calls \p FD, or those who do, has ended the timer before. What its own
  /// callback does to it is no sign of that.
  bool endedByCallers(const FunctionDecl *FD, const Made &M,
                      unsigned Depth) const {
    auto It = NamedBy.find(FD);
    if (It == NamedBy.end() || Depth == 0)
      return false;
    return llvm::any_of(It->second, [&](const FunctionDecl *Caller) {
      Functions Reached;
      reach(Caller, 2, Reached);
      for (const FunctionDecl *Own : calledBack(M))
        if (const FunctionUses *F = Table.find(Own))
          Reached.erase(F->Decl);
      return isMentioned(M.Field, Reached) ||
             endedByCallers(Caller, M, Depth - 1);
    });
  }

  /// The loop may end, or all timers of the owner are taken back at once.
  bool endsOthers(const Functions &Reached, const VarDecl *Owner) const {
    for (const FunctionDecl *FD : Reached)
      for (const Expr *E : Table.find(FD)->Calls) {
        const auto *Call = dyn_cast<CallExpr>(E);
        const Effect *Row = Call ? Words.effect(Call) : nullptr;
        if (!Row)
          continue;
        if (Row->Does == Verb::RequestStop || Row->Does == Verb::Join ||
            (Row->Does == Verb::Disarm && given(Call, Owner)))
          return true;
        if (Row->Does == Verb::Destroy && mayBeLoop(Words.object(Call, *Row)))
          return true;
      }
    return false;
  }

  /// Structures of C have no model: what isn't a known timer may be a loop.
  bool mayBeLoop(const Expr *Object) const {
    const MemberExpr *ME = Object ? memberIn(Object) : nullptr;
    if (!Object ||
        (ME && Fields.contains(dyn_cast<FieldDecl>(ME->getMemberDecl()))))
      return false;
    QualType T = strip(Object)->getType();
    const TypeModel *Model =
        Words.type(T->isPointerType() ? T->getPointeeType() : T);
    return !Model || Model->What == Kind::Scheduler;
  }

  bool takesBack(const CallExpr *Call) const {
    if (!Call)
      return false;
    if (const Effect *Row = Words.effect(Call))
      return Row->Does == Verb::Disarm || Row->Does == Verb::Destroy;
    const FunctionDecl *FD = Call->getDirectCallee();
    return FD && undoes(FD);
  }

  const CallExpr *takenBack(const FieldDecl *Field,
                            const Functions *In = nullptr) const {
    auto It = Mentions.find(Field);
    if (It != Mentions.end())
      for (const Mention &M : It->second)
        if ((!In || In->contains(M.In)) && takesBack(M.Call))
          return M.Call;
    return nullptr;
  }

  /// The callback itself frees its owner, when it is over.
  bool freesItself(const Made &M, const FunctionDecl *Frees) const {
    for (const FunctionDecl *FD : calledBack(M)) {
      const FunctionUses *F = Table.find(FD);
      // Of one that isn't seen nobody knows what it does.
      if (!F)
        return true;
      Functions Reached;
      reach(F->Decl, 4, Reached);
      if (Reached.contains(Frees))
        return true;
    }
    return false;
  }

  std::optional<FreedOwner> judge(const Made &M) const {
    auto It = Frees.find(M.Owner);
    if (It == Frees.end())
      return std::nullopt;
    FreedOwner R;
    R.Field = M.Field;
    R.Made = M.Call;
    R.Inside = M.Inside;
    for (const Free &F : It->second) {
      Functions Reached;
      reach(F.In, 3, Reached);
      if (isMentioned(M.Field, Reached) || endsOthers(Reached, F.Owner) ||
          freesItself(M, F.In) || Reached.contains(M.In) ||
          endedByCallers(F.In, M, 3))
        return std::nullopt;
      if (R.Freed)
        continue;
      R.Freed = F.Call;
      R.In = F.In;
      R.Owner = F.Owner;
      for (const Made &Other : All)
        if (Other.Field != M.Field && Other.Owner == M.Owner)
          if (const CallExpr *Call = takenBack(Other.Field, &Reached)) {
            R.Sibling = Other.Field;
            R.TakenBack = Call;
          }
    }
    if (!R.Sibling)
      R.TakenBack = takenBack(M.Field);
    return R.TakenBack && !endsBefore(M.Field) ? std::optional(R)
                                               : std::nullopt;
  }

  /// By its name a function that takes the timer back is called before its
  /// owner is freed, perhaps by somebody who isn't seen.
  bool endsBefore(const FieldDecl *Field) const {
    auto It = Mentions.find(Field);
    return It != Mentions.end() &&
           llvm::any_of(It->second, [](const Mention &M) {
             return M.In->getIdentifier() && !isTiming(M.In) &&
                    hasWord(M.In->getName(),
                            {"remove",   "free",   "destroy",    "close",
                             "shutdown", "stop",   "detach",     "disconnect",
                             "cleanup",  "clean",  "unregister", "release",
                             "fini",     "exit",   "deinit",     "teardown",
                             "clear",    "delete", "dispose",    "end",
                             "finish",   "done",   "unload",     "term"});
           });
  }

  const FunctionTable &Table;
  const Lexicon &Words;
  const SourceManager &SM;
  std::vector<Made> All;
  llvm::SmallPtrSet<const FieldDecl *, 4> Fields;
  llvm::DenseMap<const FieldDecl *, std::vector<Mention>> Mentions;
  llvm::DenseMap<const RecordDecl *, std::vector<Free>> Frees;
  llvm::DenseMap<const FunctionDecl *, Names> Named, NamedBy;
};

} // namespace

std::vector<FreedOwner> freedOwners(const FunctionTable &Table,
                                    const Lexicon &Words) {
  return Search(Table, Words).run();
}

} // namespace leak
