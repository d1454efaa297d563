//===--- MonitorBuilder.cpp - the operations of each function -------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Callable.h"
#include "Conditions.h"
#include "Monitors.h"
#include "Spelling.h"
#include "Starts.h"
#include "Statements.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace leak {

/// Walks the bodies of the unit's functions.
class MonitorBuilder {
public:
  MonitorBuilder(Monitors &M, const FunctionTable &Table, const Index *Idx)
      : M(M), Ctx(M.Ctx), Words(M.Words), C(M.Words), P(M.Words, Table),
        Table(Table) {
    if (Idx)
      for (const auto &[D, S] : Idx->subjects())
        for (const Use &U : Idx->allUses(D))
          if (U.At && (U.Does == Verb::Start || U.Does == Verb::Insert ||
                       U.Does == Verb::Join || U.Does == Verb::TryJoin ||
                       U.Does == Verb::Cancel || U.Does == Verb::RequestStop))
            Handles[U.At].push_back({D, U.Does});
  }

  void build() {
    findPatterns();
    for (const auto &[FD, Uses] : Table.all())
      if (Uses.Decl && Uses.Decl->getBody())
        function(Uses.Decl);
    // Their lambdas are added to them.
    for (size_t I = 0; I != Patterns.size(); ++I)
      function(Patterns[I]);
    for (const auto &[D, Count] : Mentions)
      if (Count > 0)
        M.Escaped.insert(D);
    for (auto &[FD, F] : M.Functions)
      for (const SyncEvent &E : F.Events) {
        if (E.Does == SyncEvent::Call)
          M.CallersOf[E.Callee->getCanonicalDecl()].push_back({&F, &E});
        for (const FunctionDecl *Entry : E.Entries)
          M.Entries.insert(Entry->getCanonicalDecl());
      }
  }

private:
  using HeldSet = llvm::SmallVector<const ValueDecl *, 2>;

  void function(const FunctionDecl *Def) {
    SyncFunction &F = M.Functions[Def->getCanonicalDecl()];
    F.Decl = Def;
    Current = &F;
    Held.clear();
    Dropped.clear();
    Guards.clear();
    N.reset();
    Loop = nullptr;
    Ifs.clear();
    if (C.callerHolds(Def))
      Held.push_back(nullptr);
    if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(Def))
      for (const CXXCtorInitializer *Init : Ctor->inits()) {
        const auto *Default =
            dyn_cast_or_null<CXXDefaultInitExpr>(Init->getInit());
        if (Default)
          walk(Default->getExpr());
        else if (Init->isWritten() && Init->getInit())
          walk(Init->getInit());
      }
    walk(Def->getBody());
  }

  /// Where the unit has no instance of some method of a class, the class is
  /// read as it is written.
  void findPatterns() {
    if (Table.patterns().empty())
      return;
    llvm::SmallPtrSet<const FunctionDecl *, 32> Instantiated;
    for (const auto &[FD, Uses] : Table.all())
      if (const FunctionDecl *Pattern =
              FD->getTemplateInstantiationPattern(/*ForDefinition=*/false))
        Instantiated.insert(Pattern->getCanonicalDecl());
    llvm::SmallPtrSet<const CXXRecordDecl *, 8> Partly;
    for (const CXXMethodDecl *M : Table.patterns())
      if (!Instantiated.contains(M->getCanonicalDecl()))
        Partly.insert(M->getParent()->getCanonicalDecl());
    // Without a condition, nobody waits.
    llvm::DenseMap<const CXXRecordDecl *, bool> Waits;
    for (const CXXMethodDecl *M : Table.patterns()) {
      auto [It, New] = Waits.try_emplace(M->getParent(), false);
      if (New)
        It->second =
            llvm::any_of(M->getParent()->fields(), [&](const FieldDecl *Field) {
              return C.isCondition(Field->getType());
            });
      if (!It->second)
        continue;
      // Of a class that is no template, only what has no instance.
      if (!M->getParent()->isDependentContext()
              ? Instantiated.contains(M->getCanonicalDecl())
              : !Partly.contains(M->getParent()->getCanonicalDecl()))
        continue;
      Patterns.push_back(M);
      IsPattern.insert(M->getCanonicalDecl());
    }
  }

  void hold(const ValueDecl *D) {
    llvm::erase(Dropped, D);
    if (!llvm::is_contained(Held, D))
      Held.push_back(D);
  }
  /// The end of a guard: what it had is nobody's concern any more.
  void drop(const ValueDecl *D) { llvm::erase(Held, D); }
  /// A release by hand, which may be of what the caller took.
  void giveBack(const ValueDecl *D) {
    drop(D);
    if (!llvm::is_contained(Dropped, D))
      Dropped.push_back(D);
  }

  SyncEvent &add(SyncEvent::What Does, Place Object, const Expr *At) {
    SyncEvent E;
    E.Does = Does;
    E.Object = Object;
    E.At = At;
    E.Held = Held;
    E.Dropped = Dropped;
    E.Loop = Loop;
    Current->Events.push_back(std::move(E));
    return Current->Events.back();
  }

  //===--------------------------------------------------------------------===//
  // Statements
  //===--------------------------------------------------------------------===//

  static bool leavesScope(const Stmt *S) {
    if (!S)
      return false;
    if (isa<ReturnStmt, BreakStmt, ContinueStmt, GotoStmt, CXXThrowExpr>(S))
      return true;
    if (const auto *CS = dyn_cast<CompoundStmt>(S))
      return !CS->body_empty() && leavesScope(CS->body_back());
    if (const auto *E = dyn_cast<Expr>(S)) {
      E = strip(E);
      if (isa_and_nonnull<CXXThrowExpr>(E))
        return true;
      if (const auto *Call = dyn_cast_or_null<CallExpr>(E))
        return Call->getDirectCallee() && Call->getDirectCallee()->isNoReturn();
    }
    return false;
  }

  static HeldSet common(const HeldSet &A, const HeldSet &B) {
    HeldSet Result;
    for (const ValueDecl *D : A)
      if (llvm::is_contained(B, D))
        Result.push_back(D);
    return Result;
  }

  template <typename Fn> void inLoop(const Stmt *S, Fn Visit) {
    const Stmt *Saved = Loop;
    HeldSet Before = Held;
    Loop = S;
    Visit();
    Loop = Saved;
    // What it takes it gives back, when it is sound.
    Held = Before;
  }

  void walk(const Stmt *S) {
    if (!S)
      return;
    switch (S->getStmtClass()) {
    case Stmt::CompoundStmtClass: {
      size_t Scope = Guards.size();
      for (const Stmt *Child : cast<CompoundStmt>(S)->body())
        walk(Child);
      endScope(Scope);
      return;
    }
    case Stmt::IfStmtClass: {
      const auto *If = cast<IfStmt>(S);
      size_t Scope = Guards.size();
      walk(If->getInit());
      if (If->getConditionVariableDeclStmt())
        walk(If->getConditionVariableDeclStmt());
      walk(If->getCond());
      HeldSet Before = Held;
      Ifs.push_back(If);
      walk(If->getThen());
      Ifs.pop_back();
      HeldSet Then = Held;
      Held = Before;
      walk(If->getElse());
      if (leavesScope(If->getElse()))
        Held = Then;
      else if (!leavesScope(If->getThen()))
        Held = common(Held, Then);
      endScope(Scope);
      return;
    }
    case Stmt::WhileStmtClass: {
      const auto *While = cast<WhileStmt>(S);
      return inLoop(S, [&] {
        walk(While->getCond());
        walk(While->getBody());
      });
    }
    case Stmt::DoStmtClass: {
      const auto *Do = cast<DoStmt>(S);
      // `do { ... } while (0)` of macros is no loop.
      if (isOnce(Do)) {
        walk(Do->getBody());
        return;
      }
      return inLoop(S, [&] {
        walk(Do->getBody());
        walk(Do->getCond());
      });
    }
    case Stmt::ForStmtClass: {
      const auto *For = cast<ForStmt>(S);
      size_t Scope = Guards.size();
      walk(For->getInit());
      if (isGuardLoop(For)) {
        // `for (Lock l(m); l; l.release())`: a macro's critical section.
        walk(For->getBody());
      } else {
        inLoop(S, [&] {
          walk(For->getCond());
          walk(For->getBody());
          walk(For->getInc());
        });
      }
      endScope(Scope);
      return;
    }
    case Stmt::CXXForRangeStmtClass: {
      const auto *For = cast<CXXForRangeStmt>(S);
      walk(For->getRangeInit());
      return inLoop(S, [&] { walk(For->getBody()); });
    }
    case Stmt::SwitchStmtClass: {
      const auto *Switch = cast<SwitchStmt>(S);
      walk(Switch->getCond());
      HeldSet Before = Held;
      walk(Switch->getBody());
      Held = common(Before, Held);
      return;
    }
    case Stmt::CaseStmtClass:
    case Stmt::DefaultStmtClass:
      return walk(cast<SwitchCase>(S)->getSubStmt());
    case Stmt::DeclStmtClass:
      note(S);
      for (const Decl *D : cast<DeclStmt>(S)->decls())
        if (const auto *VD = dyn_cast<VarDecl>(D))
          declared(VD);
      return;
    case Stmt::LambdaExprClass: {
      const auto *LE = cast<LambdaExpr>(S);
      // What is captured is used where the lambda uses it.
      for (const Expr *Init : LE->capture_inits())
        if (Init && !isa<DeclRefExpr>(Init->IgnoreParenImpCasts()))
          walk(Init);
      SyncEvent &E = add(SyncEvent::Call, {}, LE);
      E.Callee = LE->getCallOperator();
      E.Deferred = true;
      if (Current->Decl->isDependentContext() &&
          IsPattern.insert(E.Callee->getCanonicalDecl()).second)
        Patterns.push_back(E.Callee);
      return;
    }
    case Stmt::UnaryExprOrTypeTraitExprClass:
    case Stmt::CXXNoexceptExprClass:
    case Stmt::CXXTypeidExprClass:
      return;
    default:
      break;
    }
    const auto *E = dyn_cast<Expr>(S);
    const auto *Call = dyn_cast<CallExpr>(S);
    const Effect *Row = Call ? Words.effect(Call) : nullptr;
    std::optional<ConditionOp> Op =
        Call ? conditionOp(Call, Row) : std::nullopt;
    for (const Stmt *Child : S->children()) {
      // The predicate belongs to the wait.
      if (Op && Op->Predicate && Child == Op->Predicate)
        continue;
      walk(Child);
    }
    if (E)
      expression(E, Op, Row);
  }

  static bool isOnce(const DoStmt *Do) {
    const Expr *Cond = Do->getCond()->IgnoreParenImpCasts();
    if (const auto *B = dyn_cast<CXXBoolLiteralExpr>(Cond))
      return !B->getValue();
    const auto *I = dyn_cast<IntegerLiteral>(Cond);
    return I && I->getValue() == 0;
  }

  bool isGuardLoop(const ForStmt *For) const {
    const auto *DS = dyn_cast_or_null<DeclStmt>(For->getInit());
    if (!DS || !DS->isSingleDecl())
      return false;
    const auto *VD = dyn_cast<VarDecl>(DS->getSingleDecl());
    const CXXRecordDecl *RD =
        VD ? VD->getType()->getAsCXXRecordDecl() : nullptr;
    return RD && C.isGuard(RD);
  }

  void endScope(size_t Scope) {
    while (Guards.size() > Scope) {
      for (const ValueDecl *D : Guards.back().second)
        drop(D);
      Guards.pop_back();
    }
  }

  void declared(const VarDecl *VD) {
    const Expr *Init = VD->getInit();
    if (!Init)
      return;
    QualType T = VD->getType();
    if (!T->isReferenceType() && !T->isPointerType() && C.isGuard(T)) {
      guard(VD, Init);
      return;
    }
    walk(Init);
  }

  /// A guard that takes one or several mutexes.
  void guard(const VarDecl *VD, const Expr *Init) {
    HeldSet Takes;
    const auto *CE = dyn_cast_or_null<CXXConstructExpr>(strip(Init));
    const auto *List = dyn_cast<ParenListExpr>(Init); // In a template.
    bool Deferred = false, Tries = false;
    if (CE || List) {
      llvm::SmallVector<const Expr *, 2> Args;
      if (CE)
        Args.append(CE->arg_begin(), CE->arg_end());
      for (unsigned I = 0; List && I != List->getNumExprs(); ++I)
        Args.push_back(List->getExpr(I));
      for (const Expr *Arg : Args) {
        if (isa<CXXDefaultArgExpr>(Arg))
          continue;
        QualType T = Arg->getType();
        if (const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
            RD && RD->getIdentifier()) {
          Deferred |= RD->getName().contains("defer");
          Tries |= RD->getName().contains("try");
          // Tags, whose names tell of locks as well.
          if (RD->isEmpty())
            continue;
        }
        if (!C.isMutex(T) && !T->isDependentType())
          continue;
        Place Mutex = placeOf(Arg);
        Takes.push_back(Mutex.Decl);
      }
      // An empty one.
      if (Args.empty())
        Deferred = true;
      else if (Takes.empty() && !Deferred)
        Takes.push_back(nullptr);
    } else {
      walk(Init);
      Takes.push_back(nullptr);
    }
    GuardOf[VD] = Takes;
    Guards.push_back({VD, Deferred ? HeldSet() : Takes});
    if (Deferred)
      return;
    for (const ValueDecl *D : Takes)
      take(D, Init, Tries);
  }

  void take(const ValueDecl *D, const Expr *At, bool Tries = false) {
    add(SyncEvent::Acquire, {D, nullptr}, At).Timed = Tries;
    hold(D);
  }

  //===--------------------------------------------------------------------===//
  // Expressions
  //===--------------------------------------------------------------------===//

  /// What \p Call does to a condition; a guard that it is given stands for the
  /// mutex in it.
  std::optional<ConditionOp> conditionOp(const CallExpr *Call,
                                         const Effect *Row) {
    std::optional<ConditionOp> Op = C.operation(Call, Row);
    if (!Op || !Op->LockExpr)
      return Op;
    Op->Lock = placeOf(Op->LockExpr);
    if (auto It = GuardOf.find(Op->Lock.Decl); It != GuardOf.end())
      Op->Lock = {It->second.size() == 1 ? It->second.front() : nullptr,
                  nullptr};
    else if (const auto *VD = dyn_cast_or_null<VarDecl>(Op->Lock.Decl);
             VD && C.isGuard(VD->getType()))
      Op->Lock = {};
    return Op;
  }

  void expression(const Expr *E, const std::optional<ConditionOp> &Op,
                  const Effect *Row) {
    note(E);
    if (isa<MemberExpr, DeclRefExpr>(E)) {
      if (C.isCondition(E->getType()))
        if (Place C = placeOf(E))
          ++Mentions[C.Decl];
      return;
    }
    // `f(&flag)`, `int &r = flag`: by a reference it is seldom changed.
    if (const auto *UO = dyn_cast<UnaryOperator>(E);
        UO && UO->getOpcode() == UO_AddrOf) {
      if (Place Given = placeOf(UO->getSubExpr()))
        M.GivenAway.insert(Given.Decl);
      return;
    }
    if (const auto *Call = dyn_cast<CallExpr>(E))
      givenByReference(Call);
    if (Op) {
      --Mentions[Op->Condition.Decl];
      bool Waits = Op->Does == Verb::Wait || Op->Does == Verb::TryWait;
      SyncEvent &Event =
          add(Waits ? SyncEvent::Wait : SyncEvent::Notify, Op->Condition, E);
      Event.All = Op->Does == Verb::NotifyAll;
      Event.Timed = Op->Does == Verb::TryWait;
      if (Waits)
        wait(Event, *Op);
      return;
    }
    if (isa<CallExpr, CXXConstructExpr>(E))
      runs(E);
    if (std::optional<Alteration> A = alterationBy(E, Ctx))
      add(SyncEvent::Write, A->What, E).Changes = *A;
    if (const auto *CE = dyn_cast<CXXConstructExpr>(E))
      return called(CE->getConstructor(), E);
    const auto *Call = dyn_cast<CallExpr>(E);
    const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
    // What makes or ends a condition wakes nobody.
    if (Call)
      if (Row && (Row->Does == Verb::Init || Row->Does == Verb::Destroy ||
                  Row->Does == Verb::Query))
        if (const Expr *Object = Words.object(Call, *Row))
          if (auto It = Mentions.find(placeOf(Object).Decl);
              It != Mentions.end())
            --It->second;
    if (Row)
      blocks(Call, *Row);
    if (!FD) {
      if (Call)
        unresolved(Call);
      // Through a pointer: nobody knows what that does to its argument.
      if (Call && llvm::any_of(Call->arguments(), [](const Expr *A) {
            return isa_and_nonnull<CXXThisExpr>(strip(A));
          }))
        Current->HandsThisOn = true;
      return;
    }
    if (guardCall(Call) || mutexCall(Call) || heldCall(Call, FD))
      return;
    ownThread(Call);
    called(FD, E);
    // A library's function doesn't know the conditions of the project.
    if (const FunctionDecl *Def = nullptr;
        !Row && !FD->isDefined(Def) &&
        !Ctx.getSourceManager().isInSystemHeader(FD->getLocation())) {
      const auto *MC = dyn_cast<CXXMemberCallExpr>(Call);
      bool OnThis = MC && isa_and_nonnull<CXXThisExpr>(
                              strip(MC->getImplicitObjectArgument()));
      bool Given = llvm::any_of(Call->arguments(), [](const Expr *A) {
        return isa_and_nonnull<CXXThisExpr>(strip(A));
      });
      if ((OnThis && !cast<CXXMethodDecl>(FD)->isConst()) || Given)
        Current->HandsThisOn = true;
    }
  }

  /// A method of the same class, called with what depends on the template.
  void unresolved(const CallExpr *Call) {
    std::optional<DependentCall> D = dependentCall(Call);
    if (!D || D->Object)
      return;
    const auto *UM =
        dyn_cast<UnresolvedMemberExpr>(Call->getCallee()->IgnoreParens());
    const FunctionDecl *Only = nullptr;
    if (UM)
      for (const NamedDecl *ND : UM->decls())
        if (const FunctionDecl *FD = ND->getUnderlyingDecl()->getAsFunction();
            FD && Call->getNumArgs() >= FD->getMinRequiredArguments() &&
            (Call->getNumArgs() <= FD->getNumParams() ||
             FD->getNumParams() == FD->getMinRequiredArguments())) {
          if (Only)
            return;
          Only = FD;
        }
    if (Only)
      called(Only, Call);
    else
      Current->HandsThisOn = true;
  }

  /// It waits for something else than a condition: a descriptor, a signal, a
  /// semaphore. What a mutex guards is no such thing.
  void blocks(const CallExpr *Call, const Effect &Row) {
    if (Row.Does != Verb::Block && Row.Does != Verb::Wait &&
        Row.Does != Verb::Acquire)
      return;
    const Expr *Object = Words.object(Call, Row);
    Place What = Object ? placeOf(Object) : Place();
    if (!What || (Row.Does != Verb::Block && !isAwaited(What.Decl->getType())))
      return;
    ArrayRef<const Expr *> Args = argumentsOf(Call);
    SyncEvent &E = add(SyncEvent::Block, What, Call);
    E.Timed = Row.Token >= 0 ||
              (Row.Timeout >= 0 && unsigned(Row.Timeout) < Args.size() &&
               !isForEver(Args[Row.Timeout]));
  }

  /// A signal, or a permit that is counted.
  bool isAwaited(QualType T) const {
    T = T.getNonReferenceType();
    if (T->isPointerType())
      T = T->getPointeeType();
    const TypeModel *Model = Words.type(T);
    if (!Model)
      Model = Words.typeOrBase(T->getAsCXXRecordDecl());
    return Model && (Model->What == Kind::Signal ||
                     (Model->What == Kind::Permit &&
                      Model->IfReacquired == Reacquire::Counts));
  }

  /// A timeout that is none: a null pointer, less than nothing, by default.
  bool isForEver(const Expr *Timeout) const {
    if (isa<CXXDefaultArgExpr>(Timeout))
      return true;
    if (Timeout->isValueDependent())
      return false;
    if (Timeout->getType()->isPointerType())
      return Timeout->IgnoreParenImpCasts()->isNullPointerConstant(
          Ctx, Expr::NPC_ValueDependentIsNotNull);
    Expr::EvalResult R;
    return Timeout->getType()->isIntegerType() &&
           Timeout->EvaluateAsInt(R, Ctx) && R.Val.getInt().isNegative();
  }

  /// What is run elsewhere, whatever holds the handle.
  void runs(const Expr *E) {
    std::optional<unsigned> At = startsOnce(E, Words);
    ArrayRef<const Expr *> Args = argumentsOf(E);
    if (!At || *At >= Args.size())
      return;
    llvm::SmallVector<const FunctionDecl *, 2> Entries =
        functionsNamedIn(Args[*At]);
    llvm::erase_if(Entries, [&](const FunctionDecl *FD) {
      return llvm::any_of(Current->Events, [&](const SyncEvent &Other) {
        return Other.Does == SyncEvent::Start &&
               llvm::is_contained(Other.Entries, FD);
      });
    });
    if (Entries.empty())
      return;
    for (SyncEvent &Other : Current->Events)
      if (Other.Does == SyncEvent::Call && Other.Deferred &&
          llvm::is_contained(Entries, Other.Callee)) {
        Other.Does = SyncEvent::Start;
        Other.Entries = {Other.Callee};
        llvm::erase(Entries, Other.Callee);
      }
    if (!Entries.empty())
      add(SyncEvent::Start, {}, E)
          .Entries.append(Entries.begin(), Entries.end());
  }

  void givenByReference(const CallExpr *Call) {
    const FunctionDecl *FD = Call->getDirectCallee();
    ArrayRef<const Expr *> Args = argumentsOf(Call);
    for (unsigned I = 0; FD && I < Args.size() && I < FD->getNumParams(); ++I) {
      QualType T = FD->getParamDecl(I)->getType();
      if (!T->isReferenceType() || T->getPointeeType().isConstQualified() ||
          !isa<MemberExpr, DeclRefExpr>(Args[I]->IgnoreParenImpCasts()))
        continue;
      if (Place Given = placeOf(Args[I]))
        M.GivenAway.insert(Given.Decl);
    }
  }

  void wait(SyncEvent &Event, const ConditionOp &Op) {
    Event.Mutex = Op.Lock;
    // A wrapper that knows its mutex itself.
    if (!Event.Mutex && !Op.LockExpr && Event.Held.size() == 1)
      Event.Mutex = {Event.Held.front(), nullptr};
    Event.HasPredicate = Op.Predicate;
    if (Op.Predicate) {
      Event.For = predicateOfCallable(Op.Predicate, Ctx);
    } else if (const Expr *Cond = conditionOf(Loop)) {
      Event.For = predicateOf(Cond, false, Ctx);
    }
    // Of an `if` inside the loop.
    if (!Ifs.empty() && (!Loop || contains(Loop, Ifs.back()))) {
      Event.If = Ifs.back();
      if (!Op.Predicate && contains(Event.If->getThen(), Event.At))
        Event.For.add(predicateOf(Event.If->getCond(), false, Ctx));
    }
  }

  /// `lk.unlock()`
  bool guardCall(const CallExpr *Call) {
    const auto *MC = dyn_cast<CXXMemberCallExpr>(Call);
    if (!MC)
      return false;
    Place Object = placeOf(MC->getImplicitObjectArgument());
    auto It = GuardOf.find(Object.Decl);
    // The caller's guard.
    if (const auto *Param = dyn_cast_or_null<ParmVarDecl>(Object.Decl);
        Param && It == GuardOf.end() && C.isGuard(Param->getType()) &&
        MC->getMethodDecl() && MC->getMethodDecl()->getIdentifier()) {
      if (hasWord(MC->getMethodDecl()->getName(), {"unlock", "release"}))
        giveBack(nullptr);
      else if (hasWord(MC->getMethodDecl()->getName(), {"lock", "relock"}))
        hold(nullptr);
      return true;
    }
    if (It == GuardOf.end())
      return false;
    const auto *M = dyn_cast_or_null<CXXMethodDecl>(MC->getDirectCallee());
    if (!M || !M->getIdentifier())
      return true;
    StringRef Name = M->getName();
    if (M->isConst()) // `owns_lock`
      return true;
    if (hasWord(Name, {"unlock", "release", "reset", "leave", "dismiss"})) {
      for (const ValueDecl *D : It->second)
        giveBack(D);
    } else if (hasWord(Name, {"lock", "relock", "acquire", "try lock"})) {
      for (const ValueDecl *D : It->second)
        take(D, Call, hasWord(Name, {"try"}));
      // Its end releases it again.
      for (auto &[VD, Mutexes] : Guards)
        if (VD == It->first)
          Mutexes = It->second;
    }
    return true;
  }

  /// `m.lock()`, `lock(&m)`
  bool mutexCall(const CallExpr *Call) {
    std::optional<Verb> V = P.verb(Call);
    if (!V)
      return false;
    if (!N)
      N.emplace(Current->Decl);
    std::optional<PermitOp> Op = P.op(Call, *N);
    Place Mutex = Op && Op->ObjectExpr ? placeOf(Op->ObjectExpr) : Place();
    if (*V == Verb::Release) {
      // Given back, and not taken here: the caller had it.
      if (Mutex && !llvm::is_contained(Held, Mutex.Decl) && !Loop &&
          llvm::none_of(Current->Events, [&](const SyncEvent &E) {
            return E.Does == SyncEvent::Acquire && E.Object.Decl == Mutex.Decl;
          }))
        for (SyncEvent &E : Current->Events)
          E.Held.push_back(Mutex.Decl);
      giveBack(Mutex.Decl);
    }
    if (*V == Verb::Acquire || *V == Verb::TryAcquire)
      take(Mutex.Decl, Call, *V == Verb::TryAcquire);
    return true;
  }

  /// `lock_assert(&m)`, `m.AssertHeld()`: it is held from here on.
  bool heldCall(const CallExpr *Call, const FunctionDecl *FD) {
    if (!FD->getIdentifier() ||
        !(FD->hasAttr<AssertCapabilityAttr>() ||
          (hasWord(FD->getName(), {"assert", "held", "owned", "locked"}) &&
           FD->getReturnType()->isVoidType())))
      return false;
    const Expr *Object = nullptr;
    if (const auto *MC = dyn_cast<CXXMemberCallExpr>(Call))
      Object = MC->getImplicitObjectArgument();
    else if (Call->getNumArgs())
      Object = Call->getArg(0);
    if (!Object || !C.isMutex(Object->IgnoreParenImpCasts()->getType()))
      return false;
    if (Place Mutex = placeOf(Object))
      hold(Mutex.Decl);
    return true;
  }

  /// The start or the join of an object of a class that is a thread by its
  /// base: it runs the virtual method that the class overrides, which stands
  /// for the handle.
  void ownThread(const CallExpr *Call) {
    const auto *MC = dyn_cast<CXXMemberCallExpr>(Call);
    const Effect *Row = MC ? Words.effect(Call) : nullptr;
    if (!Row || (Row->Does != Verb::Start && Row->Does != Verb::Join &&
                 Row->Does != Verb::Cancel && Row->Does != Verb::RequestStop))
      return;
    const Expr *Object = strip(MC->getImplicitObjectArgument());
    const CXXRecordDecl *RD = MC->getImplicitObjectArgument()
                                  ->IgnoreParenImpCasts()
                                  ->getType()
                                  .getNonReferenceType()
                                  ->getPointeeOrArrayElementType()
                                  ->getAsCXXRecordDecl();
    if (!Object || !RD || !RD->hasDefinition() || Words.type(RD))
      return;
    const TypeModel *Model = Words.typeOrBase(RD);
    if (!Model || Model->What != Kind::TaskHandle)
      return;
    for (const CXXMethodDecl *Method : RD->methods()) {
      const FunctionDecl *Def = nullptr;
      if (!Method->isVirtual() || !Method->size_overridden_methods() ||
          !Method->getIdentifier() ||
          !hasWord(Method->getName(), {"run", "main", "entry", "execute",
                                       "exec", "loop", "process", "work"}) ||
          !Method->isDefined(Def))
        continue;
      bool Starts = Row->Does == Verb::Start;
      SyncEvent &E = add(Starts                    ? SyncEvent::Start
                         : Row->Does == Verb::Join ? SyncEvent::Join
                                                   : SyncEvent::Cancel,
                         {Method->getCanonicalDecl(), nullptr}, Call);
      E.Timed = Row->Timeout >= 0 &&
                unsigned(Row->Timeout) < MC->getNumArgs() &&
                !isa<CXXDefaultArgExpr>(MC->getArg(Row->Timeout));
      if (Starts)
        E.Entries.push_back(Def);
      M.Entries.insert(Def->getCanonicalDecl());
    }
  }

  /// The only method in this unit that overrides \p M, where \p M itself does
  /// nothing; null when there is none, or are several.
  const FunctionDecl *onlyOverrider(const CXXMethodDecl *M) {
    if (Overriders.empty())
      for (const auto &[FD, Uses] : Table.all())
        if (const auto *Method = dyn_cast<CXXMethodDecl>(Uses.Decl);
            Method && !isa<CXXDestructorDecl>(Method))
          for (const CXXMethodDecl *Base : Method->overridden_methods())
            Overriders[Base->getCanonicalDecl()].push_back(Uses.Decl);
    auto It = Overriders.find(M->getCanonicalDecl());
    return It != Overriders.end() && It->second.size() == 1 ? It->second.front()
                                                            : nullptr;
  }

  void called(const FunctionDecl *FD, const Expr *At) {
    const FunctionDecl *Def = nullptr;
    if (const auto *M = dyn_cast<CXXMethodDecl>(FD); M && M->isPureVirtual())
      if (const FunctionDecl *Only = onlyOverrider(M))
        FD = Only;
    if (!FD->isDefined(Def) || !Def ||
        (!Table.find(Def) && !IsPattern.contains(Def->getCanonicalDecl())))
      return;
    // Which one of a virtual method, isn't known.
    if (const auto *M = dyn_cast<CXXMethodDecl>(Def);
        M && M->isVirtual() && !isa<CXXDestructorDecl>(M))
      if (const auto *MC = dyn_cast<CXXMemberCallExpr>(At))
        if (const auto *ME =
                dyn_cast<MemberExpr>(MC->getCallee()->IgnoreParens());
            ME && !ME->hasQualifier() &&
            !M->getParent()->isEffectivelyFinal() &&
            !isa_and_nonnull<CXXThisExpr>(
                strip(MC->getImplicitObjectArgument())) &&
            FD == MC->getMethodDecl())
          return;
    SyncEvent &E = add(SyncEvent::Call, {}, At);
    if (const auto *MC = dyn_cast<CXXMemberCallExpr>(At))
      E.Object = placeOf(MC->getImplicitObjectArgument());
    E.Callee = Def;
  }

  /// Starts and joins, as the index has them.
  void note(const Stmt *S) {
    auto It = Handles.find(S);
    if (It == Handles.end())
      return;
    for (const auto &[D, V] : It->second) {
      if (V == Verb::Cancel || V == Verb::RequestStop) {
        add(SyncEvent::Cancel, {D, nullptr}, dyn_cast<Expr>(S));
        continue;
      }
      bool Joins = V == Verb::Join || V == Verb::TryJoin;
      llvm::SmallVector<const FunctionDecl *, 2> Entries;
      if (!Joins) {
        Entries = functionsNamedIn(S);
        if (V == Verb::Insert && Entries.empty())
          continue;
      }
      SyncEvent &E = add(Joins ? SyncEvent::Join : SyncEvent::Start,
                         {D, nullptr}, dyn_cast<Expr>(S));
      E.Timed = V == Verb::TryJoin;
      E.Entries.append(Entries.begin(), Entries.end());
      // The lambdas in it run there.
      for (SyncEvent &Other : Current->Events)
        if (Other.Does == SyncEvent::Call && Other.Deferred &&
            llvm::is_contained(Entries, Other.Callee))
          Other.Does = SyncEvent::Start, Other.Entries = {Other.Callee},
          Other.Object = {D, nullptr};
    }
  }

  Monitors &M;
  ASTContext &Ctx;
  const Lexicon &Words;
  Conditions C;
  Permits P;
  const FunctionTable &Table;
  llvm::DenseMap<const Stmt *,
                 llvm::SmallVector<std::pair<const ValueDecl *, Verb>, 1>>
      Handles;
  /// What is read as it is written in a template.
  std::vector<const FunctionDecl *> Patterns;
  llvm::SmallPtrSet<const FunctionDecl *, 8> IsPattern;
  SyncFunction *Current = nullptr;
  HeldSet Held, Dropped;
  llvm::SmallVector<std::pair<const VarDecl *, HeldSet>, 4> Guards;
  llvm::DenseMap<const ValueDecl *, HeldSet> GuardOf;
  llvm::DenseMap<const CXXMethodDecl *,
                 llvm::SmallVector<const FunctionDecl *, 2>>
      Overriders;
  /// How often a condition is mentioned without an operation on it.
  llvm::DenseMap<const ValueDecl *, int> Mentions;
  std::optional<Names> N;
  const Stmt *Loop = nullptr;
  llvm::SmallVector<const IfStmt *, 4> Ifs;
};

void buildMonitors(Monitors &M, const FunctionTable &Table, const Index *Idx) {
  MonitorBuilder(M, Table, Idx).build();
}

} // namespace leak
