//===--- Rearming.cpp - timers that no cancellation ends ------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Rearming.h"
#include "Callable.h"
#include "Index.h"
#include "Statements.h"
#include "Traversal.h"

using namespace clang;

namespace leak {

const ValueDecl *namedBy(const Expr *E) {
  for (unsigned Steps = 0; E && Steps != 8; ++Steps) {
    E = strip(E);
    if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E))
      return cast<ValueDecl>(Ref->getDecl()->getCanonicalDecl());
    if (const auto *ME = dyn_cast_or_null<MemberExpr>(E))
      return cast<ValueDecl>(ME->getMemberDecl()->getCanonicalDecl());
    if (const auto *UO = dyn_cast_or_null<UnaryOperator>(E))
      E = UO->getSubExpr();
    else if (const auto *Op = dyn_cast_or_null<CXXOperatorCallExpr>(E))
      E = Op->getOperator() == OO_Star || Op->getOperator() == OO_Arrow
              ? Op->getArg(0)
              : nullptr;
    else
      return nullptr;
  }
  return nullptr;
}

//===--- What an error says -----------------------------------------------===//

static bool isRef(const Expr *E, const ValueDecl *D) {
  E = strip(E);
  if (const auto *CE = dyn_cast_or_null<CXXConstructExpr>(E);
      CE && CE->getConstructor()->isCopyOrMoveConstructor())
    E = strip(CE->getArg(0));
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E);
  return Ref && Ref->getDecl() == D;
}

/// The error, its number, or the question whether it is one.
static bool isError(const Expr *E, const ValueDecl *Error) {
  E = strip(E);
  if (const auto *MC = dyn_cast_or_null<CXXMemberCallExpr>(E))
    return MC->getNumArgs() == 0 &&
           isRef(MC->getImplicitObjectArgument(), Error);
  return isRef(E, Error);
}

enum class Says { Cancelled, Success, Other, Unknown };

/// What a constant means, by its name.
static Says meaningOf(const Expr *E) {
  E = strip(E);
  while (const auto *CE = dyn_cast_or_null<CXXConstructExpr>(E)) {
    if (CE->getNumArgs() == 0)
      return Says::Success;
    E = strip(CE->getArg(0));
  }
  if (const auto *Call = dyn_cast_or_null<CallExpr>(E);
      Call && Call->getNumArgs() == 1) // make_error_code(...)
    E = strip(Call->getArg(0));
  if (const auto *I = dyn_cast_or_null<IntegerLiteral>(E))
    return I->getValue() == 0 ? Says::Success : Says::Unknown;
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E);
  if (!Ref || isa<ParmVarDecl>(Ref->getDecl()) ||
      !Ref->getDecl()->getIdentifier())
    return Says::Unknown;
  StringRef Name = Ref->getDecl()->getName();
  if (Name.contains_insensitive("abort") || Name.contains_insensitive("cancel"))
    return Says::Cancelled;
  return Name.contains_insensitive("success") ? Says::Success : Says::Other;
}

std::optional<bool> whenTold(const Expr *Cond, const ValueDecl *Error,
                             bool Cancelled) {
  using Answer = std::optional<bool>;
  Cond = strip(Cond);
  if (const auto *B = dyn_cast_or_null<CXXBoolLiteralExpr>(Cond))
    return B->getValue();
  if (!Cond || !Error)
    return std::nullopt;
  auto Equals = [&](const Expr *L, const Expr *R) -> Answer {
    if (!isError(L, Error))
      std::swap(L, R);
    Says Meaning = isError(L, Error) ? meaningOf(R) : Says::Unknown;
    if (Meaning == Says::Unknown)
      return std::nullopt;
    return Meaning == (Cancelled ? Says::Cancelled : Says::Success);
  };
  auto Not = [](Answer V) { return V ? Answer(!*V) : V; };
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Cond);
      Op && Op->getNumArgs() == 2) {
    Answer V = Equals(Op->getArg(0), Op->getArg(1));
    return Op->getOperator() == OO_EqualEqual     ? V
           : Op->getOperator() == OO_ExclaimEqual ? Not(V)
                                                  : std::nullopt;
  }
  if (const auto *Rewritten = dyn_cast<CXXRewrittenBinaryOperator>(Cond)) {
    auto Form = Rewritten->getDecomposedForm();
    Answer V = Equals(Form.LHS, Form.RHS);
    return Form.Opcode == BO_EQ   ? V
           : Form.Opcode == BO_NE ? Not(V)
                                  : std::nullopt;
  }
  if (const auto *UO = dyn_cast<UnaryOperator>(Cond);
      UO && UO->getOpcode() == UO_LNot)
    return Not(whenTold(UO->getSubExpr(), Error, Cancelled));
  if (const auto *BO = dyn_cast<BinaryOperator>(Cond)) {
    if (BO->isEqualityOp()) {
      Answer V = Equals(BO->getLHS(), BO->getRHS());
      return BO->getOpcode() == BO_EQ ? V : Not(V);
    }
    if (!BO->isLogicalOp())
      return std::nullopt;
    Answer L = whenTold(BO->getLHS(), Error, Cancelled);
    Answer R = whenTold(BO->getRHS(), Error, Cancelled);
    const bool Deciding = BO->getOpcode() == BO_LOr;
    if (L == Deciding || R == Deciding)
      return Deciding;
    return L && R ? Answer(!Deciding) : std::nullopt;
  }
  return isError(Cond, Error) ? Answer(Cancelled) : std::nullopt;
}

const ParmVarDecl *errorOf(const FunctionDecl *Handler) {
  for (const ParmVarDecl *P : Handler->parameters())
    if (const auto *RD =
            P->getType().getNonReferenceType()->getAsCXXRecordDecl();
        RD && RD->getIdentifier() &&
        RD->getName().contains_insensitive("error"))
      return P;
  return nullptr;
}

const FunctionDecl *handlerIn(const FunctionDecl *FD) {
  if (const FunctionTemplateDecl *T = FD->getDescribedFunctionTemplate())
    for (const FunctionDecl *Special : T->specializations())
      if (Special->doesThisDeclarationHaveABody())
        return Special;
  return FD;
}

//===--- The handler's way ------------------------------------------------===//

/// Elsewhere a timer may be cancelled to have its handler run at once.
bool endsByName(const FunctionDecl *FD) {
  static constexpr StringRef Names[] = {
      "stop",  "shutdown",   "shut_down", "close",   "cancel", "terminat",
      "halt",  "disconnect", "destroy",   "disable", "abort",  "teardown",
      "pause", "cleanup",    "clean_up",  "finish",  "deinit", "suspend"};
  const IdentifierInfo *II = FD->getIdentifier();
  return isa<CXXDestructorDecl>(FD) ||
         (II && llvm::any_of(Names, [&](StringRef N) {
            return II->getName().contains_insensitive(N);
          }));
}

namespace {

class Walk {
public:
  Walk(const FunctionTable &Table, const Lexicon &Words, const ValueDecl *Timer,
       bool Cancelled)
      : Table(Table), Words(Words), Timer(Timer), Cancelled(Cancelled) {}

  enum Result { Goes, Ends, Found, Unknown };
  const Expr *Again = nullptr;

  Result function(const FunctionDecl *FD, const ParmVarDecl *Error,
                  unsigned Depth) {
    const FunctionDecl *Def = nullptr;
    if (!FD->isDefined(Def) || !Def || !Table.find(Def))
      return Goes;
    if (Depth == 0)
      return Unknown;
    Left = Depth;
    return statement(Def->getBody(), Error);
  }

private:
  /// Something in \p S could end the way, or arm the timer; or not: it is
  /// certain that nothing of that is there.
  bool matters(const Stmt *S) const {
    if (!S || isa<LambdaExpr>(S))
      return false;
    if (isa<ReturnStmt, CXXThrowExpr, BreakStmt, ContinueStmt, GotoStmt,
            CoreturnStmt>(S))
      return true;
    if (const auto *Call = dyn_cast<CallExpr>(S))
      if (isArm(Call) || isNoReturn(Call) || mayArm(Call->getDirectCallee(), 3))
        return true;
    return llvm::any_of(S->children(),
                        [&](const Stmt *Child) { return matters(Child); });
  }

  static bool isNoReturn(const CallExpr *Call) {
    const FunctionDecl *FD = Call->getDirectCallee();
    return FD && FD->isNoReturn();
  }

  bool isArm(const CallExpr *Call) const {
    const Effect *Row = Words.effect(Call);
    const Expr *Object =
        Row && Row->Does == Verb::Arm ? Words.object(Call, *Row) : nullptr;
    return Object && namedBy(Object) == Timer;
  }

  bool mayArm(const FunctionDecl *FD, unsigned Depth) const {
    const FunctionUses *F = FD && Depth ? Table.find(FD) : nullptr;
    return F && llvm::any_of(F->Calls, [&](const Expr *E) {
             const auto *Call = dyn_cast<CallExpr>(E);
             return Call &&
                    (isArm(Call) || mayArm(Call->getDirectCallee(), Depth - 1));
           });
  }

  Result statement(const Stmt *S, const ParmVarDecl *Error) {
    if (!S || isa<LambdaExpr>(S))
      return Goes;
    if (const auto *If = dyn_cast<IfStmt>(S)) {
      for (const Stmt *First : {If->getInit(), (const Stmt *)If->getCond()})
        if (Result R = statement(First, Error); R != Goes)
          return R;
      std::optional<bool> Truth =
          If->getConditionVariable()
              ? std::nullopt
              : whenTold(If->getCond(), Error, Cancelled);
      if (Truth)
        return statement(*Truth ? If->getThen() : If->getElse(), Error);
      return matters(If->getThen()) || matters(If->getElse()) ? Unknown : Goes;
    }
    if (isa<ReturnStmt, CXXThrowExpr, CoreturnStmt>(S)) {
      Result R = children(S, Error);
      return R == Goes ? Ends : R;
    }
    if (isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt, SwitchStmt,
            AbstractConditionalOperator, GotoStmt, BreakStmt, ContinueStmt,
            LabelStmt>(S))
      return matters(S) ? Unknown : Goes;
    if (const auto *BO = dyn_cast<BinaryOperator>(S); BO && BO->isLogicalOp()) {
      Result R = statement(BO->getLHS(), Error);
      return R == Goes && matters(BO->getRHS()) ? Unknown : R;
    }
    if (const auto *Try = dyn_cast<CXXTryStmt>(S))
      return statement(Try->getTryBlock(), Error);
    if (isa<CXXCatchStmt>(S))
      return Goes;
    if (Result R = children(S, Error); R != Goes)
      return R;
    if (const auto *Call = dyn_cast<CallExpr>(S))
      return call(Call, Error);
    return Goes;
  }

  Result children(const Stmt *S, const ParmVarDecl *Error) {
    for (const Stmt *Child : S->children())
      if (Result R = statement(Child, Error); R != Goes)
        return R;
    return Goes;
  }

  Result call(const CallExpr *Call, const ParmVarDecl *Error) {
    if (isArm(Call)) {
      Again = Call;
      return Found;
    }
    if (isNoReturn(Call))
      return Ends;
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (!Callee || Words.effect(Call) || !mayArm(Callee, 3))
      return Goes;
    const FunctionDecl *Def = nullptr;
    if (!Callee->isDefined(Def) || !Def)
      return Goes;
    // What it tests of its other parameters isn't known.
    const ParmVarDecl *Inner = nullptr;
    ArrayRef<const Expr *> Args = operandsOf(Call);
    for (unsigned I = 0; I < Args.size() && I < Def->getNumParams(); ++I)
      if (Error && isRef(Args[I], Error))
        Inner = Def->getParamDecl(I);
    const unsigned Here = Left;
    Result R = function(Def, Inner, Here - 1);
    Left = Here;
    // Its caller goes on where it ends.
    return R == Ends ? Goes : R;
  }

  const FunctionTable &Table;
  const Lexicon &Words;
  const ValueDecl *Timer;
  bool Cancelled;
  unsigned Left = 0;
};

/// \p M ends its object as a whole, and not one activity of it.
bool endsOwner(const CXXMethodDecl *M) {
  static constexpr StringRef Names[] = {"stop",      "shutdown", "shut_down",
                                        "close",     "halt",     "teardown",
                                        "terminate", "do_stop",  "do_close"};
  const IdentifierInfo *II = M->getIdentifier();
  return isa<CXXDestructorDecl>(M) ||
         (II && llvm::any_of(Names, [&](StringRef N) {
            return II->getName().equals_insensitive(N);
          }));
}

class Search {
public:
  Search(const FunctionTable &Table, const Lexicon &Words)
      : Table(Table), Words(Words) {}

  std::vector<Rearming> run() {
    std::vector<Rearming> Result;
    for (const auto &[FD, F] : Table.all())
      for (const Expr *E : F.Calls) {
        const Effect *Row = Words.effect(E);
        if (!Row || Row->Does != Verb::Arm || Row->Callable < 0 ||
            Row->Runs != After::Any)
          continue;
        Rearming R;
        R.Arm = E;
        const Expr *Object = Words.object(E, *Row);
        R.Timer = Object ? namedBy(Object) : nullptr;
        if (R.Timer && !Told.contains(R.Timer) &&
            handler(operandsOf(E), Row->Callable, R) &&
            (endless(R, true) || endless(R, false))) {
          Told.insert(R.Timer);
          Result.push_back(R);
        }
      }
    return Result;
  }

private:
  bool handler(ArrayRef<const Expr *> Args, unsigned No, Rearming &R) const {
    if (No >= Args.size())
      return false;
    auto Named = functionsNamedIn(Args[No]);
    if (Named.size() != 1)
      return false;
    R.Handler = handlerIn(Named.front());
    R.Error = errorOf(R.Handler);
    return R.Error || R.Handler->getNumParams() == 0;
  }

  /// The handler arms the timer again for certain: although it is cancelled;
  /// or in any case, and nobody does that, while a sibling's owner does.
  bool endless(Rearming &R, bool Cancelled) {
    Walk W(Table, Words, R.Timer, Cancelled);
    if (W.function(R.Handler, R.Error, 5) != Walk::Found)
      return false;
    R.Again = W.Again;
    return Cancelled ? cancel(R) : !isCancelled(R.Timer) && sibling(R);
  }

  bool isCancelled(const ValueDecl *Timer) const {
    return llvm::any_of(Table.all(), [&](const auto &Entry) {
      return llvm::any_of(Entry.second.Calls, [&](const Expr *E) {
        const Effect *Row = Words.effect(E);
        const Expr *Object = Row ? Words.object(E, *Row) : nullptr;
        // Whatever isn't arming may end it.
        return Object && namedBy(Object) == Timer && Row->Does != Verb::Arm &&
               Row->Does != Verb::Query && Row->Does != Verb::Init &&
               Row->Timeout < 0;
      });
    });
  }

  /// What could cancel it is here: the methods of its class, but for a few that
  /// have a body nowhere, or by their name do something else.
  static bool isSeen(const FieldDecl *Field) {
    if (isSeenWhole(Field))
      return true;
    const auto *RD = dyn_cast<CXXRecordDecl>(Field->getParent());
    if (!RD || Field->getAccess() != AS_private || RD->hasFriends() ||
        isa<ClassTemplateSpecializationDecl>(RD))
      return false;
    unsigned Here = 0, Elsewhere = 0;
    for (const CXXMethodDecl *M : RD->methods()) {
      if (M->isImplicit() || M->isDeleted() || M->isDefaulted() ||
          M->isPureVirtual())
        continue;
      if (M->isDefined())
        ++Here;
      else if (endsByName(M))
        return false;
      else
        ++Elsewhere;
    }
    return Elsewhere * 8 <= Here;
  }

  /// What \p F calls, and what these functions do that are visible.
  llvm::SmallVector<const Expr *, 16> withCallees(const FunctionUses &F) const {
    llvm::SmallVector<const Expr *, 16> Calls;
    for (const Expr *E : F.Calls) {
      Calls.push_back(E);
      const auto *Call = dyn_cast<CallExpr>(E);
      const FunctionUses *Callee = Call && !Words.effect(E)
                                       ? Table.find(Call->getDirectCallee())
                                       : nullptr;
      if (Callee)
        Calls.append(Callee->Calls.begin(), Callee->Calls.end());
    }
    return Calls;
  }

  /// The handler that is given keeps the owner of \p Field alive: with what
  /// nobody ends, it stays for ever.
  bool keepsOwner(const Rearming &R, const FieldDecl *Field) const {
    return anyIn(R.Arm, [&](const Stmt *S) {
      const auto *LE = dyn_cast<LambdaExpr>(S);
      return LE && llvm::any_of(LE->captures(), [&](const LambdaCapture &C) {
               if (!C.capturesVariable() || C.getCaptureKind() == LCK_ByRef)
                 return false;
               QualType T = C.getCapturedVar()->getType();
               const TypeModel *Model = Words.type(T);
               const auto *Spec =
                   dyn_cast_or_null<ClassTemplateSpecializationDecl>(
                       T->getAsCXXRecordDecl());
               if (!Model || Model->What != Kind::Owner || !Spec ||
                   !Spec->getTemplateArgs().size() ||
                   Spec->getTemplateArgs()[0].getKind() !=
                       TemplateArgument::Type)
                 return false;
               const CXXRecordDecl *Held =
                   Spec->getTemplateArgs()[0].getAsType()->getAsCXXRecordDecl();
               return Held && Held->getCanonicalDecl() ==
                                  Field->getParent()->getCanonicalDecl();
             });
    });
  }

  /// The owner ends another of its timers, or what it serves, when it is
  /// stopped.
  bool sibling(Rearming &R) const {
    const auto *Field = dyn_cast<FieldDecl>(R.Timer);
    if (!Field || !isSeen(Field))
      return false;
    for (const auto &[FD, F] : Table.all()) {
      const auto *M = dyn_cast<CXXMethodDecl>(FD);
      if (!M || M->getParent()->getCanonicalDecl() !=
                    Field->getParent()->getCanonicalDecl())
        continue;
      if (!endsOwner(M))
        continue;
      const Expr *Cancel = nullptr;
      const ValueDecl *Other = nullptr;
      bool EndsLoop = false;
      for (const Expr *E : withCallees(F)) {
        const Effect *Row = Words.effect(E);
        const Expr *Object = Row ? Words.object(E, *Row) : nullptr;
        // The loop may be ended instead.
        EndsLoop |=
            Row && (Row->Does == Verb::RequestStop || Row->Does == Verb::Join);
        if (!Object || Row->Timeout >= 0 ||
            (Row->Does != Verb::Disarm && Row->Does != Verb::Close))
          continue;
        Other = namedBy(Object);
        if (!Other || !isa<FieldDecl>(Other) ||
            Other->getDeclContext() != Field->getDeclContext())
          continue;
        if (Row->Does == Verb::Close) {
          R.Closed = !Cancel;
          if (!Cancel && keepsOwner(R, Field))
            Cancel = E;
        } else if (Other->getType().getCanonicalType() ==
                   Field->getType().getCanonicalType()) {
          Cancel = E;
          R.Closed = false;
        }
      }
      if (Cancel && !EndsLoop) {
        R.Cancel = Cancel;
        R.CancelIn = F.Decl;
        R.Sibling = namedBy(Words.object(Cancel, *Words.effect(Cancel)));
        return true;
      }
    }
    return false;
  }

  /// A function that cancels the timer, and neither arms it nor ends the loop
  /// that runs its handler.
  bool cancel(Rearming &R) const {
    for (const auto &[FD, F] : Table.all()) {
      if (!endsByName(FD))
        continue;
      const Expr *Cancel = nullptr;
      bool Clean = true;
      for (const Expr *E : F.Calls) {
        const Effect *Row = Words.effect(E);
        if (!Row) {
          const auto *Call = dyn_cast<CallExpr>(E);
          const FunctionUses *Callee =
              Call ? Table.find(Call->getDirectCallee()) : nullptr;
          Clean &= !Callee || !does(*Callee, Verb::Arm, R.Timer);
          continue;
        }
        const Expr *Object = Words.object(E, *Row);
        bool Ours = Object && namedBy(Object) == R.Timer;
        if (Ours && Row->Does == Verb::Disarm && Row->Timeout < 0)
          Cancel = E;
        Clean &= !(Ours && Row->Does == Verb::Arm);
        Clean &= Row->Does != Verb::RequestStop && Row->Does != Verb::Join;
      }
      if (Cancel && Clean && F.Decl != R.Handler) {
        R.Cancel = Cancel;
        R.CancelIn = F.Decl;
        return true;
      }
    }
    return false;
  }

  bool does(const FunctionUses &F, Verb V, const ValueDecl *Timer) const {
    return llvm::any_of(F.Calls, [&](const Expr *E) {
      const Effect *Row = Words.effect(E);
      const Expr *Object =
          Row && Row->Does == V ? Words.object(E, *Row) : nullptr;
      return Object && namedBy(Object) == Timer;
    });
  }

  const FunctionTable &Table;
  const Lexicon &Words;
  llvm::SmallPtrSet<const ValueDecl *, 4> Told;
};

} // namespace

std::vector<Rearming> rearmedTimers(const FunctionTable &Table,
                                    const Lexicon &Words) {
  return Search(Table, Words).run();
}

} // namespace leak
