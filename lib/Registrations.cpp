//===--- Registrations.cpp - callbacks that outlive their owner -----------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Registrations.h"
#include "Index.h"
#include "LooseTimers.h"
#include "Spelling.h"
#include "Statements.h"
#include "clang/AST/ParentMapContext.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {

static bool has(const FunctionDecl *FD, ArrayRef<StringRef> Words) {
  const IdentifierInfo *II = FD->getIdentifier();
  return II && llvm::any_of(Words, [&](StringRef W) {
           return II->getName().contains_insensitive(W);
         });
}

bool isTiming(const FunctionDecl *FD) {
  static constexpr StringRef Words[] = {
      "timer", "timeout", "schedule", "every", "interval",
      "tick",  "alarm",   "repeat",   "delay", "periodic"};
  return has(FD, Words);
}

bool undoes(const FunctionDecl *FD) {
  static constexpr StringRef Words[] = {
      "cancel",     "remove", "kill",  "stop", "clear",  "invalidate",
      "unregister", "delete", "erase", "del_", "disarm", "unschedule"};
  return has(FD, Words);
}

namespace {

/// One mention of a member, and what is done there.
struct Mention {
  enum What { Set, Looked, Passed, Other };
  What Is = Other;
  const Expr *Call = nullptr; ///< Passed: to this.
  const FunctionDecl *In = nullptr;
};

struct Made {
  const FieldDecl *Field; ///< Null when it is dropped.
  const CallExpr *Call;
  const FunctionDecl *Callee;
  const FunctionDecl *In;
  bool Modelled;
  bool Inside; ///< The member is the timer itself.
};

/// It calls again and again.
bool isPeriodic(const FunctionDecl *FD) {
  static constexpr StringRef Words[] = {"every", "interval", "repeat",
                                        "periodic", "recurring"};
  return has(FD, Words);
}

/// The same, by an argument: `addTimer(100, /*repeat=*/true, ...)`.
bool saysPeriodic(const CallExpr *Call) {
  const FunctionDecl *FD = Call->getDirectCallee();
  for (unsigned I = 0; FD && I < FD->getNumParams() && I < Call->getNumArgs();
       ++I) {
    const auto *B =
        dyn_cast_or_null<CXXBoolLiteralExpr>(strip(Call->getArg(I)));
    const IdentifierInfo *II = FD->getParamDecl(I)->getIdentifier();
    if (B && B->getValue() && II &&
        hasWord(II->getName(), {"repeat", "repeating", "repeated", "periodic",
                                "recurring", "loop", "cyclic", "interval"}))
      return true;
  }
  return false;
}

/// By its name it ends its object, or a part of its work.
bool endsSomething(const FunctionDecl *FD) {
  static constexpr StringRef Words[] = {
      "stop",    "close",   "shut",  "cancel",  "terminat", "halt",
      "destroy", "disable", "abort", "cleanup", "finish",   "deinit",
      "quit",    "exit",    "end",   "reset",   "clear",    "disconnect",
      "release", "free",    "leave", "detach",  "unload",   "uninit"};
  return has(FD, Words);
}

/// What a call is told of who is to be called back.
struct Callback {
  bool Self = false; ///< The object itself.
  bool Code = false; ///< What to call.
  bool Held = false; ///< What keeps it alive, or knows when it is gone.
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
      if (!M.Field || Seen.insert(M.Field).second)
        if (std::optional<ForgottenRegistration> R =
                M.Field ? judge(M) : judgeDropped(M))
          Result.push_back(*R);
    return Result;
  }

private:
  /// `id = timers.every(100, [this] {...})`
  void collect() {
    const bool Timers = Words.anyType(Kind::Timer);
    for (const auto &[FD, F] : Table.all()) {
      for (const Expr *E : F.Changes)
        if (const auto *BO = dyn_cast<BinaryOperator>(E);
            BO && BO->getOpcode() == BO_Assign)
          registration(ownField(BO->getLHS()), BO->getRHS(), F.Decl);
      if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(F.Decl))
        for (const CXXCtorInitializer *I : Ctor->inits())
          if (I->isMemberInitializer() && I->isWritten())
            registration(I->getMember(), I->getInit(), F.Decl);
      for (const Expr *E : F.Calls) {
        const auto *Call = dyn_cast<CallExpr>(E);
        if (!Call)
          continue;
        if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call)) {
          if (Op->getOperator() == OO_Equal)
            registration(ownField(Op->getArg(0)), Op->getArg(1), F.Decl);
          continue;
        }
        if (Timers)
          arming(Call, F.Decl);
        const FunctionDecl *Callee = Call->getDirectCallee();
        if (!Callee || Call->getNumArgs() == 0)
          continue;
        // Most are called often, and names are dear.
        auto [It, New] = Timing.try_emplace(Callee, false);
        if (New)
          It->second = isTiming(Callee);
        if (!It->second || Words.effect(Call) || !callsBack(Call))
          continue;
        // `timers.add(5, [this] {...}, &id)`
        for (const Expr *Arg : Call->arguments())
          if (const auto *UO = dyn_cast<UnaryOperator>(strip(Arg));
              UO && UO->getOpcode() == UO_AddrOf)
            if (const FieldDecl *Field = ownField(UO->getSubExpr()))
              All.push_back({Field->getCanonicalDecl(), Call,
                             Callee->getCanonicalDecl(), F.Decl, false, false});
        if (isPeriodic(Callee) && isDropped(Call))
          All.push_back({nullptr, Call, Callee->getCanonicalDecl(), F.Decl,
                         false, false});
      }
    }
  }

  static const FieldDecl *ownField(const Expr *E) {
    const auto *ME = dyn_cast_or_null<MemberExpr>(strip(E));
    return ME && isa<CXXThisExpr>(strip(ME->getBase()))
               ? dyn_cast<FieldDecl>(ME->getMemberDecl())
               : nullptr;
  }

  /// A number, a pointer, or an object that does nothing when it ends.
  static bool isName(QualType T) {
    const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
    return (T->isScalarType() && !T->isBooleanType()) ||
           (RD && RD->hasDefinition() && RD->hasTrivialDestructor());
  }

  void registration(const FieldDecl *Field, const Expr *Value,
                    const FunctionDecl *In) {
    const Expr *E = strip(Value);
    while (const auto *CE = dyn_cast_or_null<CXXConstructExpr>(E))
      E = CE->getNumArgs() == 1 ? strip(CE->getArg(0)) : nullptr;
    const auto *Call = dyn_cast_or_null<CallExpr>(E);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    if (!Field || !Callee || !isName(Field->getType()) || !callsBack(Call))
      return;
    const Effect *Row = Words.effect(Call);
    bool Modelled = Row && Row->Does == Verb::Arm &&
                    Row->Object.Place == ObjectSpec::Return;
    if (Modelled || (!Row && isTiming(Callee)))
      All.push_back({Field->getCanonicalDecl(), Call,
                     Callee->getCanonicalDecl(), In, Modelled, false});
  }

  /// `timer_settime(timer, ...)` of a member that nobody ends for us.
  void arming(const CallExpr *Call, const FunctionDecl *In) {
    const Effect *Row = Words.effect(Call);
    if (!Row || Row->Does != Verb::Arm)
      return;
    const Expr *Object = Words.object(Call, *Row);
    const FieldDecl *Field = Object ? ownField(Object) : nullptr;
    if (!Field)
      return;
    QualType T = Field->getType();
    const bool Points = T->isPointerType() && !Words.type(T);
    if (Points)
      T = T->getPointeeType();
    const TypeModel *Model = Words.type(T);
    const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
    if (Model && Model->What == Kind::Timer &&
        (Points || !RD || (RD->hasDefinition() && RD->hasTrivialDestructor())))
      All.push_back({Field->getCanonicalDecl(), Call,
                     Call->getDirectCallee()->getCanonicalDecl(), In, true,
                     true});
  }

  static void look(const Expr *Arg, Callback &Who, unsigned Depth) {
    const Expr *E = strip(Arg);
    while (const auto *CE = dyn_cast_or_null<CXXConstructExpr>(E))
      E = CE->getNumArgs() ? strip(CE->getArg(0)) : nullptr;
    if (!E)
      return;
    if (const auto *LE = dyn_cast<LambdaExpr>(E)) {
      Who.Code = true;
      for (const LambdaCapture &C : LE->captures()) {
        Who.Self |= C.capturesThis();
        Who.Held |= C.capturesVariable() && isa<VarDecl>(C.getCapturedVar()) &&
                    C.getCapturedVar()->getType()->isRecordType();
      }
      return;
    }
    Who.Self |= isa<CXXThisExpr>(E);
    Who.Code |= E->getType()->isFunctionType() ||
                E->getType()->isFunctionPointerType() ||
                E->getType()->isMemberFunctionPointerType();
    if (const auto *UO = dyn_cast<UnaryOperator>(E))
      if (const auto *Ref = dyn_cast<DeclRefExpr>(strip(UO->getSubExpr())))
        Who.Code |= isa<FunctionDecl>(Ref->getDecl());
    // `std::bind(&C::tick, this)`, `makeTask([this] {...})`
    if (const auto *Call = dyn_cast<CallExpr>(E)) {
      if (Call->getNumArgs() == 0 && E->getType()->isRecordType())
        Who.Held = true;
      if (Depth)
        for (const Expr *Inner : Call->arguments())
          look(Inner, Who, Depth - 1);
    } else if (const auto *Ref = dyn_cast<DeclRefExpr>(E); Ref && Depth == 0) {
      // But no placeholder.
      const auto *VD = dyn_cast<VarDecl>(Ref->getDecl());
      Who.Held |= VD && !VD->hasGlobalStorage() && E->getType()->isRecordType();
    }
  }

  /// It is told of the object itself, and what to call.
  static bool callsBack(const CallExpr *Call) {
    Callback Who;
    for (const Expr *Arg : Call->arguments())
      look(Arg, Who, 1);
    return Who.Self && Who.Code && !Who.Held;
  }

  /// Nobody looks at its result.
  bool isDropped(const CallExpr *Call) const {
    auto &Ctx = const_cast<ASTContext &>(Words.context());
    if (Call->getType()->isVoidType())
      return false;
    const Stmt *S = Call;
    while (true) {
      auto Parents = Ctx.getParents(*S);
      const Stmt *Up = Parents.empty() ? nullptr : Parents[0].get<Stmt>();
      if (!Up || isa<CompoundStmt>(Up))
        return Up;
      if (!isa<FullExpr, ImplicitCastExpr, CXXBindTemporaryExpr,
               MaterializeTemporaryExpr>(Up))
        return false;
      S = Up;
    }
  }

  //===--- One member -----------------------------------------------------===//

  std::optional<ForgottenRegistration> judge(const Made &M) {
    const auto *Class = dyn_cast<CXXRecordDecl>(M.Field->getParent());
    const CXXDestructorDecl *Dtor = Class ? destructor(Class) : nullptr;
    if (!Dtor || !isWhole(M.Field, Class))
      return std::nullopt;
    llvm::SmallPtrSet<const FunctionDecl *, 16> Reached;
    reach(Dtor, Reached);
    const Mention *Elsewhere = nullptr;
    bool Looked = false;
    for (const Mention &U : mentions(M.Field)) {
      if (U.Is == Mention::Other)
        return std::nullopt;
      Looked |= U.Is == Mention::Looked;
      if (U.Is != Mention::Passed || leavesArmed(U.Call) || registers(U.Call) ||
          isConnection(U.Call, M))
        continue;
      if (Reached.contains(U.In) || !takesBack(U.Call, M))
        return std::nullopt;
      Elsewhere = &U;
    }
    // Perhaps all that is registered for the object is taken back at once.
    if (givesItselfAway(Reached))
      return std::nullopt;
    ForgottenRegistration R;
    R.Field = M.Field;
    R.Made = M.Call;
    R.Inside = M.Inside;
    R.Destructor = Dtor;
    if (!Elsewhere)
      for (const Made &Other : All) {
        if (!Other.Field || Other.Field == M.Field ||
            Other.Callee != M.Callee ||
            Other.Field->getParent() != M.Field->getParent())
          continue;
        for (const Mention &U : mentions(Other.Field))
          if (U.Is == Mention::Passed && !leavesArmed(U.Call) &&
              !registers(U.Call) && Reached.contains(U.In)) {
            R.Sibling = Other.Field;
            R.TakenBack = U.Call;
            return R;
          }
      }
    if (endsOthers(Reached) || isSingle(Class))
      return std::nullopt;
    if (M.Inside) {
      if (Elsewhere ||
          (M.Field->getType()->isPointerType() &&
           !Words.type(M.Field->getType()) && !isMadeAlone(M.Field)))
        return std::nullopt;
      return R;
    }
    if (M.Modelled && goesOn(M) && !Elsewhere)
      return R;
    if (M.Modelled || endsByName(Reached) || ownsScheduler(M.Call, Class))
      return std::nullopt;
    if (Elsewhere) {
      R.TakenBack = Elsewhere->Call;
      return holdersEnd(Class, M.Field) ? std::nullopt : std::optional(R);
    }
    R.Undo = (isPeriodic(M.Callee) || saysPeriodic(M.Call)) && !Looked
                 ? undo(M.Callee)
                 : nullptr;
    return R.Undo ? std::optional(R) : std::nullopt;
  }

  /// What nobody can take back.
  std::optional<ForgottenRegistration> judgeDropped(const Made &M) {
    const auto *Method = dyn_cast<CXXMethodDecl>(M.In);
    const CXXRecordDecl *Class = Method ? Method->getParent() : nullptr;
    const CXXDestructorDecl *Dtor = Class ? destructor(Class) : nullptr;
    const auto *Body =
        Dtor ? dyn_cast_or_null<CompoundStmt>(Dtor->getBody()) : nullptr;
    if (!Body || Body->body_empty() || isSingle(Class) ||
        ownsScheduler(M.Call, Class))
      return std::nullopt;
    llvm::SmallPtrSet<const FunctionDecl *, 16> Reached;
    reach(Dtor, Reached);
    if (givesItselfAway(Reached) || endsOthers(Reached) || endsByName(Reached))
      return std::nullopt;
    ForgottenRegistration R;
    R.Made = M.Call;
    R.Destructor = Dtor;
    R.Undo = undo(M.Callee);
    return R.Undo ? std::optional(R) : std::nullopt;
  }

  /// The user's, with a body.
  static const CXXDestructorDecl *destructor(const CXXRecordDecl *Class) {
    const FunctionDecl *Body = nullptr;
    const CXXDestructorDecl *Dtor = Class->getDestructor();
    if (!Dtor || Dtor->isImplicit() || Dtor->isDefaulted() ||
        !Dtor->isDefined(Body) || !Body || !Body->getBody())
      return nullptr;
    return cast<CXXDestructorDecl>(Body);
  }

  bool leavesArmed(const Expr *Call) const {
    const Effect *Row = Words.effect(Call);
    return Row && (Row->Does == Verb::Arm || Row->Does == Verb::Init ||
                   Row->Does == Verb::Query);
  }

  /// It says what a timer calls that is there for its owner alone.
  bool isConnection(const Expr *Call, const Made &M) const {
    const auto *CE = dyn_cast<CallExpr>(Call);
    return CE && M.Inside && callsBackUnowned(CE, Words, M.Field);
  }

  bool registers(const Expr *Call) const {
    return llvm::any_of(All, [&](const Made &M) { return M.Call == Call; });
  }

  /// By its row or its name \p E ends what it is given.
  bool takesBack(const Expr *E, const Made &M) const {
    if (const Effect *Row = Words.effect(E))
      return Row->Does == Verb::Disarm || Row->Does == Verb::Destroy;
    const auto *Call = dyn_cast<CallExpr>(E);
    const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
    return FD && undoes(FD) &&
           FD->getDeclContext()->getRedeclContext() ==
               M.Callee->getDeclContext()->getRedeclContext();
  }

  /// All of its methods are here; those of a template that have no instance
  /// don't mention the member.
  bool isWhole(const FieldDecl *Field, const CXXRecordDecl *Class) const {
    if (Class->hasFriends() || Class->isDependentContext())
      return false;
    const bool Instance = isa<ClassTemplateSpecializationDecl>(Class);
    if (Instance ? Field->getAccess() != AS_private : !isSeenWhole(Field))
      return false;
    return llvm::all_of(Class->methods(), [&](const CXXMethodDecl *M) {
      if (M->isImplicit() || M->isDeleted() || M->isDefaulted() ||
          M->isPureVirtual() || M->isDefined())
        return true;
      const FunctionDecl *Pattern =
          Instance ? M->getTemplateInstantiationPattern() : nullptr;
      return Pattern && Pattern->getBody() &&
             !namesMember(Pattern->getBody(), Field->getIdentifier());
    });
  }

  static bool namesMember(const Stmt *S, const IdentifierInfo *Name) {
    if (!S)
      return false;
    if (const auto *ME = dyn_cast<MemberExpr>(S))
      if (ME->getMemberDecl()->getIdentifier() == Name)
        return true;
    if (const auto *ME = dyn_cast<CXXDependentScopeMemberExpr>(S))
      if (ME->getMember().getAsIdentifierInfo() == Name)
        return true;
    if (const auto *LE = dyn_cast<LambdaExpr>(S))
      if (namesMember(LE->getBody(), Name))
        return true;
    return llvm::any_of(S->children(), [&](const Stmt *Child) {
      return namesMember(Child, Name);
    });
  }

  /// There is one object, which lives as long as the process does.
  static bool isSingle(const CXXRecordDecl *Class) {
    return llvm::any_of(Class->methods(), [&](const CXXMethodDecl *M) {
      QualType T = M->getReturnType();
      if (!M->isStatic())
        return false;
      if (T->isPointerType() || T->isReferenceType())
        return T->getPointeeCXXRecordDecl() == Class;
      const auto *Owner = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
          T->getAsCXXRecordDecl());
      return Owner && Owner->getTemplateArgs().size() &&
             Owner->getTemplateArgs()[0].getKind() == TemplateArgument::Type &&
             Owner->getTemplateArgs()[0].getAsType()->getAsCXXRecordDecl() ==
                 Class;
    });
  }

  /// Who holds an object is to call a method that takes the member back.
  bool holdersEnd(const CXXRecordDecl *Class, const FieldDecl *Field) {
    for (const CXXMethodDecl *M : Class->methods()) {
      const FunctionDecl *Def = nullptr;
      if (M->getAccess() != AS_public || !endsSomething(M) ||
          isa<CXXDestructorDecl>(M) || !M->isDefined(Def))
        continue;
      llvm::SmallPtrSet<const FunctionDecl *, 16> Reached;
      reach(Def, Reached);
      for (const Mention &U : mentions(Field))
        if (U.Is == Mention::Passed && Reached.contains(U.In) &&
            !leavesArmed(U.Call) && !registers(U.Call))
          return true;
    }
    return false;
  }

  /// Whoever calls back belongs to the object, or may.
  bool ownsScheduler(const CallExpr *Call, const CXXRecordDecl *Class) const {
    const Expr *E = receiverOf(Call);
    for (unsigned Steps = 0; E && Steps != 8; ++Steps) {
      E = strip(E);
      if (const FieldDecl *Field = ownField(E)) {
        QualType T = Field->getType();
        if (T->isReferenceType())
          return false;
        if (!T->isPointerType()) {
          const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
          const TypeModel *Owner = RD ? Words.type(RD) : nullptr;
          // One that can be copied shares what it holds.
          if (!Owner || Owner->What != Kind::Owner ||
              llvm::none_of(RD->ctors(), [](const CXXConstructorDecl *C) {
                return C->isCopyConstructor() && !C->isDeleted();
              }))
            return true;
        }
        return isMadeHere(Field);
      }
      if (const auto *MC = dyn_cast_or_null<CXXMemberCallExpr>(E))
        E = MC->getImplicitObjectArgument();
      else if (const auto *Op = dyn_cast_or_null<CXXOperatorCallExpr>(E))
        E = Op->getArg(0);
      else
        return !isa_and_nonnull<DeclRefExpr, CallExpr>(E);
    }
    return false;
  }

  bool isMadeHere(const FieldDecl *Field) const {
    auto Makes = [](const Expr *E) {
      E = strip(E);
      while (const auto *CE = dyn_cast_or_null<CXXConstructExpr>(E))
        E = CE->getNumArgs() ? strip(CE->getArg(0)) : nullptr;
      if (const auto *Call = dyn_cast_or_null<CallExpr>(E))
        if (const FunctionDecl *FD = Call->getDirectCallee())
          return FD->getIdentifier() && FD->getName().starts_with("make_");
      return isa_and_nonnull<CXXNewExpr>(E);
    };
    return llvm::any_of(valuesOf(Field), Makes);
  }

  /// `event_new(...)`, `new T`: but not `new T(parent)`, which somebody else
  /// destroys.
  bool isMadeAlone(const FieldDecl *Field) const {
    bool Made = false;
    for (const Expr *Value : valuesOf(Field)) {
      const Expr *E = strip(Value);
      if (!E || isa<CXXNullPtrLiteralExpr, GNUNullExpr, IntegerLiteral,
                    ImplicitValueInitExpr>(E))
        continue;
      if (const auto *New = dyn_cast<CXXNewExpr>(E)) {
        const CXXConstructExpr *CE = New->getConstructExpr();
        if (!CE)
          return false;
        for (const Expr *Arg : CE->arguments())
          if (!isa<CXXDefaultArgExpr>(Arg) && !isNull(Arg))
            return false;
        Made = true;
        continue;
      }
      const Effect *Row = Words.effect(E);
      if (!Row || Row->Does != Verb::Init ||
          Row->Object.Place != ObjectSpec::Return)
        return false;
      Made = true;
    }
    return Made;
  }

  bool isNull(const Expr *E) const {
    auto &Ctx = const_cast<ASTContext &>(Words.context());
    return E->isNullPointerConstant(Ctx, Expr::NPC_ValueDependentIsNotNull);
  }

  /// What the member is given, anywhere.
  llvm::SmallVector<const Expr *, 4> valuesOf(const FieldDecl *Field) const {
    llvm::SmallVector<const Expr *, 4> Values;
    auto Is = [&](const FieldDecl *Other) {
      return Other && Other->getCanonicalDecl() == Field->getCanonicalDecl();
    };
    if (const Expr *Init = Field->getInClassInitializer())
      Values.push_back(Init);
    for (const auto &[FD, F] : Table.all()) {
      for (const Expr *E : F.Changes)
        if (const auto *BO = dyn_cast<BinaryOperator>(E);
            BO && BO->isAssignmentOp() && Is(ownField(BO->getLHS())))
          Values.push_back(BO->getRHS());
      if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(F.Decl))
        for (const CXXCtorInitializer *I : Ctor->inits())
          if (I->isMemberInitializer() && I->isWritten() && Is(I->getMember()))
            Values.push_back(I->getInit());
      for (const Expr *E : F.Calls)
        if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E);
            Op && Op->getOperator() == OO_Equal && Is(ownField(Op->getArg(0))))
          Values.push_back(Op->getArg(1));
    }
    return Values;
  }

  /// The method beside \p Callee that takes what it returns, and by its name
  /// takes it back.
  static const FunctionDecl *undo(const FunctionDecl *Callee) {
    const auto *Class = dyn_cast<CXXRecordDecl>(Callee->getDeclContext());
    if (!Class)
      return nullptr;
    QualType Id = Callee->getReturnType();
    const bool Named = Id->getAs<TypedefType>() || Id->isRecordType();
    for (const CXXMethodDecl *M : Class->methods())
      if (undoes(M) && (Named || isTiming(M)))
        for (const ParmVarDecl *P : M->parameters())
          if (P->getType()
                  .getNonReferenceType()
                  .getCanonicalType()
                  .getUnqualifiedType() ==
              Id.getCanonicalType().getUnqualifiedType())
            return M;
    return nullptr;
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

  /// The same, of functions of the project.
  bool
  endsByName(const llvm::SmallPtrSetImpl<const FunctionDecl *> &Reached) const {
    for (const FunctionDecl *FD : Reached)
      for (const Expr *E : Table.find(FD)->Calls) {
        const auto *Call = dyn_cast<CallExpr>(E);
        const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
        if (Callee && !Words.effect(E) && !Reached.contains(Callee) &&
            !Callee->getASTContext().getSourceManager().isInSystemHeader(
                Callee->getLocation()) &&
            (endsSomething(Callee) || undoes(Callee) || isTiming(Callee)))
          return true;
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
      else if (const auto *Op = dyn_cast_or_null<CXXOperatorCallExpr>(Up);
               Op && Op->getNumArgs() == 2 &&
               (Op->isComparisonOp() || Op->getOperator() == OO_Equal))
        M.Is = Op->isComparisonOp()      ? Mention::Looked
               : Op->getArg(0) == Within ? Mention::Set
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
    // A method that is called on the member.
    if (const auto *MC = dyn_cast<CXXMemberCallExpr>(S))
      if (const auto *ME = dyn_cast_or_null<MemberExpr>(
              strip(MC->getImplicitObjectArgument()));
          ME && ME->getMemberDecl()->getCanonicalDecl() == Field) {
        Into.push_back({Mention::Passed, MC, In});
        for (const Expr *Arg : MC->arguments())
          look(Arg, S, Field, In, Into);
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
  llvm::DenseMap<const FunctionDecl *, bool> Timing; ///< By their names.
  std::map<const FieldDecl *, std::vector<Mention>> Mentions;
  mutable const Stmt *Within = nullptr; ///< The operand that is looked at.
};

} // namespace

std::vector<ForgottenRegistration>
forgottenRegistrations(const FunctionTable &Table, const Lexicon &Words) {
  return Search(Table, Words).run();
}

} // namespace leak
