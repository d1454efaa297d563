//===--- IndexBuilder.cpp - the traversal that fills an index -------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Index.h"
#include "Starts.h"
#include "Statements.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace leak {

/// Fills an Index. The stack of ancestors is our own, since the parent map of
/// ASTContext walks the whole unit, system headers included.
class IndexBuilder : public RecursiveASTVisitor<IndexBuilder> {
  using Base = RecursiveASTVisitor<IndexBuilder>;

public:
  IndexBuilder(Index &I, ASTContext &Ctx)
      : I(I), Ctx(Ctx), SM(Ctx.getSourceManager()), Words(I.Words) {}

  void run() {
    forEachOwnDecl(Ctx, [this](Decl *D) { TraverseDecl(D); });
  }

  bool shouldVisitTemplateInstantiations() const { return true; }
  bool shouldWalkTypesOfTypeLocs() const { return false; }
  bool TraverseTypeLoc(TypeLoc, bool = true) { return true; }
  bool TraverseNestedNameSpecifierLoc(NestedNameSpecifierLoc) { return true; }

  bool TraverseDecl(Decl *D) {
    if (!D || D->isInvalidDecl())
      return true;
    const auto *FD = dyn_cast<FunctionDecl>(D);
    if (FD && FD->isDependentContext())
      return true;
    Stack.push_back({nullptr, D});
    enter(FD);
    bool Result = Base::TraverseDecl(D);
    leave(FD);
    Stack.pop_back();
    return Result;
  }

  bool TraverseConstructorInitializer(CXXCtorInitializer *Init) {
    if (const FieldDecl *Field = Init->getAnyMember()) {
      initialised(Field, Init->getInit(), Init->getInit());
      Stack.push_back({nullptr, Field});
      bool Result = Base::TraverseConstructorInitializer(Init);
      Stack.pop_back();
      return Result;
    }
    return Base::TraverseConstructorInitializer(Init);
  }

  bool TraverseLambdaExpr(LambdaExpr *LE) {
    const FunctionDecl *Op = LE->getCallOperator();
    if (current())
      current()->Callees.insert(Op->getCanonicalDecl());
    // What is captured belongs to the enclosing function, the body does not.
    for (unsigned N = 0; N != LE->capture_size(); ++N)
      Base::TraverseLambdaCapture(LE, LE->capture_begin() + N,
                                  LE->capture_init_begin()[N]);
    bool HandedOn = isHandedOn(LE);
    enter(Op);
    if (current())
      current()->HandedOn = HandedOn;
    Stack.push_back({nullptr, Op});
    Base::TraverseStmt(LE->getBody());
    Stack.pop_back();
    leave(Op);
    return true;
  }

  bool dataTraverseStmtPre(Stmt *S) {
    Stack.push_back({S, nullptr});
    if (isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S))
      Loops.push_back(S);
    return true;
  }
  bool dataTraverseStmtPost(Stmt *S) {
    if (isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S))
      Loops.pop_back();
    Stack.pop_back();
    return true;
  }

  bool VisitVarDecl(VarDecl *VD) {
    Shape S = I.shape(VD->getType());
    if (!S) {
      if (!VD->hasGlobalStorage())
        madeHolder(VD->getType());
      return true;
    }
    if (current() && !VD->hasGlobalStorage() && !S.Pointer)
      current()->Locals.push_back(VD);
    subject(VD, S);
    if (VD->hasInit() && !isa<ParmVarDecl>(VD) && !S.Pointer)
      initialised(VD, VD->getInit(), VD->getInit());
    else if (VD->hasInit() && !isa<ParmVarDecl>(VD) &&
             VD->getType()->isPointerType())
      initialised(VD, VD->getInit(), VD->getInit());
    if (const auto *New = dyn_cast_or_null<CXXNewExpr>(
            VD->hasInit() ? strip(VD->getInit()) : nullptr))
      if (VD->hasGlobalStorage())
        immortal(New);
    return true;
  }

  bool VisitFieldDecl(FieldDecl *FD) {
    Shape S = I.shape(FD->getType());
    if (!S)
      return true;
    subject(FD, S);
    if (Expr *Init = FD->getInClassInitializer())
      initialised(FD, Init, Init);
    return true;
  }

  /// Members that the constructor doesn't mention are made by default.
  bool VisitCXXConstructorDecl(CXXConstructorDecl *Ctor) {
    for (const CXXCtorInitializer *Init : Ctor->inits())
      if (const FieldDecl *Field = Init->getAnyMember();
          Field && !Init->isWritten() && !Field->hasInClassInitializer())
        initialised(Field, Init->getInit(), Init->getInit());
    return true;
  }

  /// Nor is a constructor visited that nobody wrote.
  bool VisitCXXRecordDecl(CXXRecordDecl *RD) {
    if (RD->isThisDeclarationADefinition() && !RD->isDependentContext())
      for (CXXConstructorDecl *Ctor : RD->ctors())
        if (Ctor->isImplicit() && Ctor->isDefaultConstructor())
          VisitCXXConstructorDecl(Ctor);
    return true;
  }

  bool VisitDeclRefExpr(DeclRefExpr *E) {
    // `auto &[id, thread] : threads` names parts of the unnamed variable.
    if (const auto *Binding = dyn_cast<BindingDecl>(E->getDecl()))
      if (const ValueDecl *Whole = Binding->getDecomposedDecl()) {
        reference(E, Whole);
        return true;
      }
    if (const auto *M = dyn_cast<CXXMethodDecl>(E->getDecl()); M && current())
      current()->Named.insert(M->getCanonicalDecl());
    reference(E, E->getDecl());
    return true;
  }
  bool VisitMemberExpr(MemberExpr *E) {
    reference(E, E->getMemberDecl());
    return true;
  }

  bool VisitCXXNewExpr(CXXNewExpr *E) {
    // There is none in the body of a generic lambda, or after an error.
    const FunctionDecl *Operator = E->getOperatorNew();
    if (!Operator || (E->getNumPlacementArgs() &&
                      !Operator->isReservedGlobalPlacementOperator()))
      return true;
    if (E->getNumPlacementArgs())
      immortal(E);
    else if (const auto *VD = enclosingVar(); VD && VD->hasGlobalStorage())
      immortal(E);
    if (current() && I.shape(E->getAllocatedType()))
      current()->OwnsObject = true;
    madeHolder(E->getAllocatedType());
    return true;
  }

  bool VisitCXXThrowExpr(CXXThrowExpr *) {
    if (current())
      current()->Matters = true;
    return true;
  }

  bool VisitCXXConstructExpr(CXXConstructExpr *E) {
    called(E, E->getConstructor());
    return true;
  }

  bool VisitCallExpr(CallExpr *E) {
    called(E, E->getDirectCallee());
    if (current() && E->isPRValue() && I.shape(E->getType()) && isDropped())
      current()->OwnsObject = true;
    return true;
  }

private:
  struct Ancestor {
    const Stmt *S;
    const Decl *D;
  };

  //===--- Functions ------------------------------------------------------===//

  FunctionFacts *current() {
    return CurrentFunction ? &I.Functions[CurrentFunction] : nullptr;
  }

  void enter(const FunctionDecl *FD) {
    if (!FD)
      return;
    Saved.push_back({CurrentFunction, std::move(Loops)});
    Loops.clear();
    CurrentFunction = nullptr;
    if (FD->doesThisDeclarationHaveABody()) {
      CurrentFunction = FD->getCanonicalDecl();
      I.Functions[CurrentFunction].Decl = FD;
    }
  }

  void leave(const FunctionDecl *FD) {
    if (!FD)
      return;
    CurrentFunction = Saved.back().first;
    Loops = std::move(Saved.back().second);
    Saved.pop_back();
  }

  const VarDecl *enclosingVar() const {
    for (const Ancestor &A : llvm::reverse(Stack)) {
      if (A.D)
        return dyn_cast<VarDecl>(A.D);
      if (!isa<Expr>(A.S))
        return nullptr;
    }
    return nullptr;
  }

  void madeHolder(QualType T) {
    if (!current() || !I.holds(T))
      return;
    if (const CXXRecordDecl *RD =
            Ctx.getBaseElementType(T)->getAsCXXRecordDecl())
      current()->Holders.insert(RD->getDefinition());
  }

  /// The lambda is an argument, rather than the value of a variable or called
  /// at once. The top of the stack is the lambda itself.
  bool isHandedOn(const LambdaExpr *LE) const {
    const Expr *Cur = LE;
    for (size_t N = Stack.size() - 1; N > 0; --N) {
      const Ancestor &A = Stack[N - 1];
      if (!A.S)
        return !isa<VarDecl>(A.D);
      if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(A.S))
        return Call->getOperator() != OO_Call || Call->getArg(0) != Cur;
      const auto *CE = dyn_cast<CXXConstructExpr>(A.S);
      if (CE ? CE->getConstructor()->getParent() != LE->getLambdaClass()
             : !isa<ExprWithCleanups, CXXBindTemporaryExpr,
                    MaterializeTemporaryExpr, ParenExpr, ImplicitCastExpr>(A.S))
        return true;
      Cur = cast<Expr>(A.S);
    }
    return true;
  }

  /// A temporary that nobody takes: `std::thread(work);`.
  bool isDropped() const {
    for (size_t N = Stack.size() - 1; N > 0; --N) {
      const Ancestor &A = Stack[N - 1];
      if (!A.S)
        return false;
      if (!isa<ExprWithCleanups, CXXBindTemporaryExpr, MaterializeTemporaryExpr,
               ParenExpr, CastExpr>(A.S))
        return isa<CompoundStmt>(A.S);
    }
    return false;
  }

  void immortal(const CXXNewExpr *New) {
    if (const CXXRecordDecl *RD = New->getAllocatedType()->getAsCXXRecordDecl())
      I.Immortal.insert(RD->getCanonicalDecl());
  }

  void called(const Expr *E, const FunctionDecl *Callee) {
    FunctionFacts *F = current();
    if (!F || !Callee)
      return;
    const Effect *Row = Words.effect(E);
    F->Matters |= Callee->isNoReturn() || (Row && Row->Does == Verb::Exit);
    if (Row && Row->Does == Verb::Start) {
      I.AnyStart = true;
      F->Starts = true;
      F->OwnsObject |= isa<CXXConstructExpr>(E) && isDropped();
    }
    // What a library's call does is in its model; a class of the project with
    // a role still has its bodies.
    const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
    const TypeModel *Own = Method ? Words.type(Method->getParent()) : nullptr;
    if (Row && !(Own && Own->Inferred))
      return;
    const FunctionDecl *Def = nullptr;
    if (Callee->isDefined(Def) && Def &&
        !SM.isInSystemHeader(Def->getLocation()))
      F->Callees.insert(Callee->getCanonicalDecl());
    else if (!Row)
      F->HandsThisOn |= llvm::any_of(argumentsOf(E), [](const Expr *Arg) {
        return isa_and_nonnull<CXXThisExpr>(strip(Arg));
      });
  }

  static ArrayRef<const Expr *> argumentsOf(const Expr *E) {
    if (const auto *CE = dyn_cast<CXXConstructExpr>(E))
      return {CE->getArgs(), CE->getNumArgs()};
    const auto *Call = cast<CallExpr>(E);
    return {Call->getArgs(), Call->getNumArgs()};
  }

  //===--- Subjects -------------------------------------------------------===//

  Subject &subject(const ValueDecl *D, Shape S) {
    D = cast<ValueDecl>(D->getCanonicalDecl());
    Subject &Sub = I.Subjects[D];
    if (!Sub.Decl) {
      Sub.Decl = D;
      Sub.What = S;
    }
    return Sub;
  }

  void use(const ValueDecl *D, Use U) {
    U.In = CurrentFunction;
    U.Loop = Loops.empty() ? nullptr : Loops.back();
    if (current())
      current()->Matters = true;
    if (U.Does == Verb::Start) {
      I.AnyStart = true;
      if (current())
        current()->Starts = true;
    }
    I.Subjects[cast<ValueDecl>(D->getCanonicalDecl())].Uses.push_back(U);
  }

  /// `shared_ptr<thread> t(new thread(f), [](thread *t) {...})`
  static bool hasDeleter(const Expr *Init, const Shape &S) {
    const auto *CE = dyn_cast_or_null<CXXConstructExpr>(strip(Init));
    return S.Owned && CE && CE->getNumArgs() > 1 &&
           !isa<CXXDefaultArgExpr>(CE->getArg(1)) &&
           CE->getArg(0)->getType()->isPointerType();
  }

  void initialised(const ValueDecl *D, const Expr *Init, const Stmt *At) {
    Shape S = I.shape(D->getType());
    if (!S || D->getType()->isReferenceType() || !Init)
      return;
    if (const auto *DIE = dyn_cast<CXXDefaultInitExpr>(Init))
      Init = DIE->getExpr();
    Verb V = I.newValue(Init);
    // What isn't a container itself, such as a size, makes empty handles.
    if (V == Verb::Insert && S.Many && !I.shape(strip(Init)->getType()))
      V = Verb::Reset;
    if (V == Verb::Reset)
      return;
    Use U;
    U.Does = hasDeleter(Init, S) ? Verb::Escape : V;
    U.At = At;
    subject(D, S);
    use(D, U);
  }

  void alias(const ValueDecl *From, const ValueDecl *To) {
    const auto *Root = cast<ValueDecl>(From->getCanonicalDecl());
    const auto *Other = cast<ValueDecl>(To->getCanonicalDecl());
    if (Other != Root) {
      I.Subjects[Root].Aliases.insert(Other);
      I.AliasRoots.try_emplace(Other, Root);
    }
    // Iterators and the like have no shape of their own.
    Subject &Sub = I.Subjects[Other];
    if (!Sub.Decl) {
      Sub.Decl = Other;
      Sub.What = I.find(From)->What;
      Sub.What.Pointer = true;
    }
  }

  void reference(const Expr *E, const ValueDecl *D) {
    if (!isa<VarDecl, FieldDecl>(D))
      return;
    const ValueDecl *Key = cast<ValueDecl>(D->getCanonicalDecl());
    if (!I.Subjects.count(Key)) {
      // Mentioned before its declaration is reached (fields of later classes,
      // out-of-line definitions in other files).
      Shape S = I.shape(D->getType());
      if (!S)
        return;
      subject(D, S);
    }
    classify(E, Key);
  }

  /// Climbs from a reference until what is done with it is clear.
  void classify(const Expr *Ref, const ValueDecl *D) {
    Use U;
    U.Ref = Ref;
    const Expr *Cur = Ref;
    bool Moved = false, Address = false;
    auto Done = [&](Verb V, const Stmt *At, const Effect *Row = nullptr) {
      U.Does = V;
      U.At = At;
      U.Row = Row;
      use(D, U);
    };
    size_t N = Stack.size();
    // The innermost entry is the reference itself.
    if (N && Stack[N - 1].S == Ref)
      --N;
    for (; N > 0; --N) {
      const Ancestor &A = Stack[N - 1];
      if (A.D) {
        if (const auto *VD = dyn_cast<VarDecl>(A.D)) {
          if (VD->getCanonicalDecl() == D)
            return; // `T x = f(&x)` and the like: the initialiser of itself.
          if (Moved && !VD->getType()->isReferenceType())
            return Done(Verb::Move, Cur);
          // A reference, pointer, iterator, or copy of a C handle.
          alias(D, VD);
          return Done(Verb::Query, Cur);
        }
        // `Producer(Channel &C) : C(C) {}`
        if (const auto *Field = dyn_cast<FieldDecl>(A.D);
            Field && isChannel(D) && I.shape(Field->getType()).Pointer) {
          alias(D, Field);
          return Done(Verb::Query, Cur);
        }
        if (isa<FieldDecl>(A.D)) // A member's initialiser.
          return Done(Moved || !Address ? Verb::Move : Verb::Escape, Cur);
        return Done(Verb::Query, Cur);
      }
      const Stmt *P = A.S;
      // `{&a, &b}`: from then on another name leads to it.
      if (isa<CXXStdInitializerListExpr, AsmStmt>(P) && !Moved)
        return Done(Verb::Escape, P);
      // `Guard g{thread}`: who knows what its destructor does.
      if (const auto *IL = dyn_cast<InitListExpr>(P);
          IL && IL->getType()->isRecordType() && !I.shape(IL->getType()))
        return Done(Moved ? Verb::Move : Verb::Escape, P);
      if (isa<ParenExpr, ExprWithCleanups, MaterializeTemporaryExpr,
              CXXBindTemporaryExpr, ConstantExpr, InitListExpr,
              CXXStdInitializerListExpr, CXXDefaultInitExpr>(P)) {
        Cur = cast<Expr>(P);
        continue;
      }
      if (const auto *Cast = dyn_cast<CastExpr>(P)) {
        if (Cast->getCastKind() == CK_ToVoid)
          return Done(Verb::Query, P);
        if (isa<CXXStaticCastExpr>(Cast) && Cast->isXValue())
          Moved = true;
        Cur = Cast;
        continue;
      }
      if (const auto *UO = dyn_cast<UnaryOperator>(P)) {
        switch (UO->getOpcode()) {
        case UO_AddrOf:
          Address = true;
          Cur = UO;
          continue;
        case UO_Deref:
          Cur = UO;
          continue;
        default:
          return Done(Verb::Query, P);
        }
      }
      if (const auto *ASE = dyn_cast<ArraySubscriptExpr>(P)) {
        if (ASE->getIdx() == Cur)
          return Done(Verb::Query, P);
        U.Element = true;
        U.Subscript = ASE->getIdx();
        Cur = ASE;
        continue;
      }
      if (const auto *CO = dyn_cast<ConditionalOperator>(P)) {
        if (CO->getCond() == Cur)
          return Done(Verb::Query, P);
        Cur = CO;
        continue;
      }
      if (isa<BinaryConditionalOperator, UnaryExprOrTypeTraitExpr,
              CXXTypeidExpr, CXXNoexceptExpr>(P))
        return Done(Verb::Query, P);
      if (const auto *ME = dyn_cast<MemberExpr>(P)) {
        if (!isa<CXXMethodDecl>(ME->getMemberDecl())) {
          // A field has its own subject; `second` of a map's element hasn't.
          if (!SM.isInSystemHeader(ME->getMemberDecl()->getLocation()))
            return Done(Verb::Query, P);
          Cur = ME;
          continue;
        }
        // The call is the next ancestor.
        size_t C = N - 1;
        while (C > 0 && Stack[C - 1].S && isa<ParenExpr>(Stack[C - 1].S))
          --C;
        const auto *Call = C > 0 && Stack[C - 1].S
                               ? dyn_cast<CXXMemberCallExpr>(Stack[C - 1].S)
                               : nullptr;
        if (!Call)
          return Done(Verb::Escape, P);
        const auto *Method = cast<CXXMethodDecl>(ME->getMemberDecl());
        const Effect *Row = Words.effect(Call);
        if (!Row) {
          QualType Result = Call->getType();
          if (isa<CXXDestructorDecl>(Method))
            return Done(Verb::Destroy, Call);
          bool Looks = Method->isConst() && !I.shape(Result);
          return Done(Looks ? Verb::Query : Verb::Escape, Call);
        }
        if (Row->Does == Verb::Element || Row->Does == Verb::Iterate) {
          U.Element |= I.find(D)->What.Many || Row->Does == Verb::Iterate;
          if (Row->Does == Verb::Element && Call->getNumArgs() == 1)
            U.Subscript = Call->getArg(0);
          if (Row->Does == Verb::Element && Call->getNumArgs() == 0 &&
              U.Element)
            U.Subscript = Call; // front(), back()
          Cur = Call;
          N = C;
          continue;
        }
        return Done(refine(Row->Does, Call, I.find(D)->What), Call, Row);
      }
      if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(P)) {
        if (operatorCall(Op, Cur, U, Moved, Done)) {
          Cur = Op;
          continue;
        }
        return;
      }
      if (const auto *Call = dyn_cast<CallExpr>(P)) {
        if (argument(Call, {Call->getArgs(), Call->getNumArgs()},
                     Call->getDirectCallee(), Cur, D, U, Moved, Address,
                     Done)) {
          Cur = Call;
          continue;
        }
        return;
      }
      if (const auto *CE = dyn_cast<CXXConstructExpr>(P)) {
        const CXXConstructorDecl *Ctor = CE->getConstructor();
        if (!Moved && I.shape(CE->getType()).CustomDeleter)
          return Done(Verb::Escape, CE);
        if (Ctor->isCopyOrMoveConstructor() ||
            (I.shape(CE->getType()) && CE->getNumArgs() &&
             CE->getArg(0) == Cur && !Words.effect(CE))) {
          Moved |= !Ctor->isCopyConstructor();
          Cur = CE;
          continue;
        }
        if (argument(CE, {CE->getArgs(), CE->getNumArgs()}, Ctor, Cur, D, U,
                     Moved, Address, Done)) {
          Cur = CE;
          continue;
        }
        return;
      }
      if (const auto *BO = dyn_cast<BinaryOperator>(P)) {
        if (BO->getOpcode() == BO_Assign) {
          if (BO->getLHS() == Cur)
            return Done(I.newValue(BO->getRHS()), BO);
          return Done(Verb::Move, BO);
        }
        if (BO->isAdditiveOp() && BO->getType()->isPointerType()) {
          U.Element = true;
          U.Subscript = BO->getLHS() == Cur ? BO->getRHS() : BO->getLHS();
          Cur = BO;
          continue;
        }
        if (BO->isCommaOp() && BO->getRHS() == Cur) {
          Cur = BO;
          continue;
        }
        return Done(Verb::Query, BO);
      }
      if (const auto *FR = dyn_cast<CXXForRangeStmt>(P)) {
        // A channel is no container: its iterators receive.
        if (isChannel(D)) {
          const Effect *Row = receiveOf(FR);
          return Done(Row ? Row->Does : Verb::Escape, FR, Row);
        }
        U.Element = true;
        alias(D, FR->getLoopVariable());
        return Done(Verb::Iterate, FR);
      }
      if (isa<ReturnStmt>(P)) {
        bool Gone = Moved || !isa<FieldDecl>(D);
        return Done(Gone ? Verb::Move : Verb::Escape, P);
      }
      if (isa<CXXDeleteExpr>(P))
        return Done(Verb::Destroy, P);
      if (isa<LambdaExpr>(P))
        return Done(Verb::Query, P); // Its body's uses are noted there.
      if (isa<Expr>(P))
        return Done(Verb::Escape, P);
      return Done(Verb::Query, P); // A statement: the value is dropped.
    }
    // Captures of lambdas are visited outside of any statement of their own.
    Done(Verb::Query, Ref);
  }

  /// `reset`, `emplace` and `insert` do what their argument says.
  Verb refine(Verb V, const CallExpr *Call, const Shape &Held) {
    if (V == Verb::Reset && Call->getNumArgs() == 0)
      return V;
    if (V == Verb::Reset)
      return I.newValue(Call->getArg(0));
    if (V == Verb::Emplace || V == Verb::Insert) {
      Verb New = I.emplaced({Call->getArgs(), Call->getNumArgs()}, Held);
      return New == Verb::Reset ? Verb::Query : New;
    }
    return V;
  }

  /// Returns true to climb on from the call's result.
  template <typename DoneFn>
  bool operatorCall(const CXXOperatorCallExpr *Op, const Expr *Cur, Use &U,
                    bool &Moved, DoneFn Done) {
    bool First = Op->getNumArgs() && Op->getArg(0) == Cur;
    switch (Op->getOperator()) {
    case OO_Equal:
      if (First) {
        Done(I.newValue(Op->getArg(1)), Op);
        return false;
      }
      Done(Verb::Move, Op);
      return false;
    case OO_Subscript:
      if (!First) {
        Done(Verb::Query, Op);
        return false;
      }
      U.Element = true;
      U.Subscript = Op->getArg(1);
      return true;
    case OO_Star:
    case OO_Arrow:
      return First;
    case OO_Plus:
    case OO_Minus:
      U.Element = true;
      return First && Op->getNumArgs() == 2;
    case OO_PlusPlus:
    case OO_MinusMinus:
    case OO_PlusEqual:
    case OO_MinusEqual:
    case OO_EqualEqual:
    case OO_ExclaimEqual:
    case OO_Less:
    case OO_Greater:
    case OO_LessEqual:
    case OO_GreaterEqual:
    case OO_Spaceship:
    case OO_Exclaim:
    case OO_AmpAmp:
    case OO_PipePipe:
      Done(Verb::Query, Op);
      return false;
    default:
      break;
    }
    if (const Effect *Row = Words.effect(Op))
      Done(Row->Does, Op, Row);
    else
      Done(Verb::Escape, Op);
    return false;
  }

  static bool refersTo(const Expr *E, const ValueDecl *D) {
    const ValueDecl *Named = namedBy(strip(E));
    return Named && Named->getCanonicalDecl() == D->getCanonicalDecl();
  }

  bool isChannel(const ValueDecl *D) const {
    const Subject *S = I.find(D);
    return S && S->What.Inner && S->What.Inner->What == Kind::Channel &&
           !S->What.Many;
  }

  /// What taking the first element of the range does.
  const Effect *receiveOf(const CXXForRangeStmt *FR) const {
    const DeclStmt *Begin = FR->getBeginStmt();
    const auto *VD =
        Begin ? dyn_cast<VarDecl>(Begin->getSingleDecl()) : nullptr;
    const Expr *Init = VD && VD->hasInit() ? strip(VD->getInit()) : nullptr;
    while (const auto *CE = dyn_cast_or_null<CXXConstructExpr>(Init))
      Init = CE->getNumArgs() == 1 ? strip(CE->getArg(0)) : nullptr;
    const Effect *Row = Init ? Words.effect(Init) : nullptr;
    return Row && Row->Does == Verb::Receive ? Row : nullptr;
  }

  /// An argument of a call or construction. Returns true to climb on.
  template <typename DoneFn>
  bool argument(const Expr *Call, ArrayRef<const Expr *> Args,
                const FunctionDecl *Callee, const Expr *Cur, const ValueDecl *D,
                Use &U, bool &Moved, bool Address, DoneFn Done) {
    const Effect *Row = Words.effect(Call);
    unsigned No = llvm::find(Args, Cur) - Args.begin();
    if (isChannel(D)) {
      // Executions share channels: what they are given is another name for it.
      if (Row && Row->Does == Verb::Reference)
        return true;
      if (const ParmVarDecl *P =
              Moved ? nullptr : startedWith(Call, No, Words)) {
        alias(D, P);
        Done(Verb::Query, Call);
        return false;
      }
    }
    // A position in a container: its own methods may have it, others may do
    // anything with what it points to.
    bool IsPosition = U.Element && !I.shape(Cur->getType());
    if (IsPosition && Cur->getType()->isRecordType() &&
        !(Row && Row->Does == Verb::Iterate)) {
      const auto *MC = dyn_cast<CXXMemberCallExpr>(Call);
      bool Own = MC && refersTo(MC->getImplicitObjectArgument(), D);
      Done(Own || (Row && Row->Does == Verb::Query) ? Verb::Query
                                                    : Verb::Escape,
           Call, Row);
      return false;
    }
    if (Row) {
      switch (Row->Does) {
      case Verb::Move:
        Moved = true;
        return true;
      case Verb::Forward:
        Moved |= Call->isXValue();
        return true;
      case Verb::Iterate:
      case Verb::Element:
        U.Element = true;
        return true;
      case Verb::Query:
      case Verb::Sleep:
        Done(Verb::Query, Call, Row);
        return false;
      case Verb::Swap:
        Done(Verb::Swap, Call, Row);
        return false;
      case Verb::Reference:
      case Verb::Bind:
        Done(Verb::Escape, Call, Row); // Another name leads to it from now on.
        return false;
      case Verb::Insert:
      case Verb::Emplace:
        Done(Verb::Move, Call, Row);
        return false;
      default:
        break;
      }
      if ((Row->Object.Place == ObjectSpec::Argument ||
           Row->Object.Place == ObjectSpec::Pointee) &&
          Row->Object.Index == No) {
        Done(Row->Does, Call, Row);
        return false;
      }
      if (Row->Does != Verb::Start || Row->Callable < 0 || Moved) {
        Done(Moved ? Verb::Move : Verb::Escape, Call, Row);
        return false;
      }
      Done(Verb::Escape, Call, Row);
      return false;
    }
    const FunctionDecl *Def = nullptr;
    if (Callee && Callee->isDefined(Def) && Def && No < Def->getNumParams() &&
        !SM.isInSystemHeader(Def->getLocation())) {
      const ParmVarDecl *Param = Def->getParamDecl(No);
      if (Moved && !Param->getType()->isReferenceType()) {
        Done(Verb::Move, Call);
        return false;
      }
      alias(D, Param);
      Done(Verb::Query, Call);
      return false;
    }
    Done(Moved ? Verb::Move : Verb::Escape, Call);
    return false;
  }

  Index &I;
  ASTContext &Ctx;
  const SourceManager &SM;
  const Lexicon &Words;
  SmallVector<Ancestor, 64> Stack;
  SmallVector<const Stmt *, 8> Loops;
  SmallVector<std::pair<const FunctionDecl *, SmallVector<const Stmt *, 8>>, 8>
      Saved;
  const FunctionDecl *CurrentFunction = nullptr;
};

Index::Index(ASTContext &Ctx, const Lexicon &Words, ArrayRef<Kind> Kinds)
    : Ctx(Ctx), Words(Words), Kinds(Kinds.begin(), Kinds.end()) {
  IndexBuilder(*this, Ctx).run();
}

} // namespace leak
