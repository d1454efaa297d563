//===--- missing-deadline.cpp - leak-missing-deadline ---------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A call that waits for somebody else's answer, and nothing bounds the wait.
/// Which call blocks, and what bounds it, is in the models: a row `block` with
/// a `mend` says that there is no bound unless somebody sets one.
///
/// Assumed: an object is given its deadline by rows `set-deadline`; once
/// anywhere is enough, whatever path that is on. It is reported only when it is
/// made here, and every use of it is understood.
/// Knowingly missed: see the page.
///
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "ClassView.h"
#include "Pipes.h"
#include "SocketNumbers.h"
#include "SocketObjects.h"
#include "Statements.h"
#include "Tell.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace leak {
namespace {

/// A call that blocks, and the variable or member that should bound it.
struct Blocking {
  const FunctionDecl *In;
  const Expr *Call;
  const Effect *Row;
  const Expr *Object;    ///< As it is written at the call.
  const ValueDecl *Root; ///< What that is a part, alias or pointee of.
};

/// What is done to one object, as far as deadlines are concerned.
struct Life {
  bool Understood = true;
  bool Born = false;             ///< Made here, without a deadline.
  const Expr *Bounded = nullptr; ///< Where it is given one.
  const Expr *Vain = nullptr;    ///< Where it is given one that is none.
};

/// One unit.
struct Visit {
  StringRef Check;
  Unit &U;
  bool Sockets;
  bool Numbers; ///< Sockets that are numbers, of those who ask.
  bool Clients; ///< The unit may have objects that ask.
  std::unique_ptr<Index> Idx = nullptr;
  std::vector<Blocking> Calls = {};
  mutable unsigned Depth = 0;        ///< Of functions that make one.
  std::vector<Blocking> Makers = {}; ///< Return what their calls block on.

  void run() {
    for (const auto &[FD, F] : U.functions().all()) {
      // Who has started a tool waits for it, and can end it.
      if (F.Decl->isMain())
        continue;
      for (const Expr *E : F.Calls) {
        const Effect *Row = U.lexicon().effect(E);
        if (!Row || Row->Does != Verb::Block || Row->Mend.empty() ||
            (Row->Timeout >= 0 && !isUnbounded(*Row, E, Row->Timeout)))
          continue;
        // One that is configured by a text says all by itself.
        if (const StringLiteral *Text = textOf(*Row, E))
          tell(E, *Row, *Text);
        else if (Row->Object.Place == ObjectSpec::Return)
          Makers.push_back({F.Decl, E, Row, nullptr, nullptr});
        else
          Calls.push_back({F.Decl, E, Row, nullptr, nullptr});
      }
    }
    if (!Calls.empty())
      askCalls();
    // Of what a function both makes and uses the use is told.
    for (const Blocking &B : Makers)
      if (!U.hasFindingIn(B.In->getSourceRange()) && isMadeForEver(B))
        tellMaker(B);
  }

  void askCalls() {
    if (Sockets || Numbers)
      for (const NumberedSocket &N :
           unboundedSockets(U.functions(), U.lexicon()))
        if (Sockets || N.Asks) {
          Blocking B{N.In, N.Waits, N.Row, U.lexicon().object(N.Waits, *N.Row),
                     N.Socket};
          tell(B, {}, N.Asks);
        }
    if (!Clients)
      return;
    Idx = std::make_unique<Index>(
        U.context(), U.lexicon(),
        llvm::ArrayRef<Kind>{Kind::Client, Kind::Descriptor});
    llvm::SmallPtrSet<const ValueDecl *, 8> Told;
    for (Blocking &B : Calls) {
      B.Object = U.lexicon().object(B.Call, *B.Row);
      B.Root = B.Object ? root(B.Object) : nullptr;
      const ValueDecl *Owner =
          B.Object && !B.Root ? ownerOf(B.Object) : nullptr;
      if (Owner)
        B.Root = Owner;
      if (!B.Root)
        continue;
      const Expr *Asks = !Owner && Numbers ? asks(B) : nullptr;
      if (!(Owner || Asks || isAsked(B.Root)) || !Told.insert(B.Root).second)
        continue;
      const Life L = Owner ? followOwner(Owner, B.In) : follow(B.Root);
      if (L.Understood && L.Born && !L.Bounded)
        tell(B, L, Asks);
    }
  }

  //===--- Objects --------------------------------------------------------===//

  /// Objects of the operating system only where the user wants that.
  bool isAsked(const ValueDecl *D) const {
    Shape S = Idx->shape(D->getType());
    return S && !S.Many &&
           (S.Inner->What == Kind::Client ||
            (Sockets && S.Inner->What == Kind::Descriptor));
  }

  /// What a socket sends before it waits.
  const Expr *asks(const Blocking &B) const {
    Shape S = Idx->shape(B.Root->getType());
    const FunctionUses *F = S && !S.Many && S.Inner->What == Kind::Descriptor
                                ? U.functions().find(B.In)
                                : nullptr;
    return F ? requestBefore(B.Call, *F, Idx->allUses(B.Root), U.lexicon(),
                             U.context())
             : nullptr;
  }

  const ValueDecl *root(const Expr *E) const {
    for (E = strip(E); E;) {
      if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
        const auto *D = cast<ValueDecl>(Ref->getDecl()->getCanonicalDecl());
        for (unsigned Steps = 0; Steps != 4 && !isa<ParmVarDecl>(D); ++Steps)
          if (const ValueDecl *Other = Idx->aliased(D))
            D = Other;
        return isa<ParmVarDecl>(D) ? nullptr : D;
      }
      if (const auto *ME = dyn_cast<MemberExpr>(E)) {
        const auto *Field = dyn_cast<FieldDecl>(ME->getMemberDecl());
        return Field ? Field->getCanonicalDecl() : nullptr;
      }
      const Expr *Inner = nullptr;
      if (const auto *UO = dyn_cast<UnaryOperator>(E))
        Inner = UO->getSubExpr();
      else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E);
               Op &&
               (Op->getOperator() == OO_Star || Op->getOperator() == OO_Arrow))
        Inner = Op->getArg(0);
      else if (const auto *MC = dyn_cast<CXXMemberCallExpr>(E);
               MC && MC->getNumArgs() == 0 && U.lexicon().effect(MC) &&
               Idx->shape(MC->getImplicitObjectArgument()->getType()).Owned)
        Inner = MC->getImplicitObjectArgument();
      E = Inner ? strip(Inner) : nullptr;
    }
    return nullptr;
  }

  /// The local variable or member that owns what `owner.get()` is. Where the
  /// object has no type of its own, but a typedef of another one, the owner's
  /// type doesn't tell what it owns, and it is no subject of the index.
  const ValueDecl *ownerOf(const Expr *E) const {
    const auto *MC = dyn_cast_or_null<CXXMemberCallExpr>(strip(E));
    const ValueDecl *D = MC && MC->getNumArgs() == 0
                             ? named(MC->getImplicitObjectArgument())
                             : nullptr;
    const TypeModel *Model = D ? U.lexicon().type(D->getType()) : nullptr;
    const Effect *Row = Model ? U.lexicon().effect(MC) : nullptr;
    const auto *VD = dyn_cast_or_null<VarDecl>(D);
    return Row && Row->Does == Verb::Element && Model->What == Kind::Owner &&
                   (VD ? VD->hasLocalStorage() && !isa<ParmVarDecl>(VD)
                       : isa<FieldDecl>(D))
               ? D
               : nullptr;
  }

  static const ValueDecl *named(const Expr *E) {
    E = strip(E);
    if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E))
      return cast<ValueDecl>(Ref->getDecl()->getCanonicalDecl());
    const auto *ME = dyn_cast_or_null<MemberExpr>(E);
    return ME ? cast<ValueDecl>(ME->getMemberDecl()->getCanonicalDecl())
              : nullptr;
  }

  static unsigned countMentions(const Stmt *S, const ValueDecl *D) {
    if (!S)
      return 0;
    const auto *E = dyn_cast<Expr>(S);
    unsigned N = isa<DeclRefExpr, MemberExpr>(S) && named(E) == D;
    for (const Stmt *Child : S->children())
      N += countMentions(Child, D);
    if (const auto *LE = dyn_cast<LambdaExpr>(S);
        LE && isa<VarDecl>(D)) // Those of members stand in the table.
      N += countMentions(LE->getBody(), D);
    return N;
  }

  /// Every mention has to be a call with a row, or a question whether there is
  /// an object.
  Life followOwner(const ValueDecl *D, const FunctionDecl *In) {
    Life L;
    auto Made = [&](const Expr *Init) {
      const auto *CE = dyn_cast_or_null<CXXConstructExpr>(strip(Init));
      if (CE && CE->getNumArgs())
        given(CE->getArg(0), L);
    };
    if (const auto *VD = dyn_cast<VarDecl>(D)) {
      Made(VD->getInit());
      mentionsIn(*U.functions().find(In), VD, L);
      return L;
    }
    const auto *Field = cast<FieldDecl>(D);
    const auto *Class = dyn_cast<CXXRecordDecl>(Field->getParent());
    L.Understood =
        Class && isSeenWhole(Field) && allMethodsVisible(*Idx, Class);
    if (!L.Understood)
      return L;
    forEachInitializer(Field, Class, Made);
    for (const auto &[FD, F] : U.functions().all())
      mentionsIn(F, Field, L);
    return L;
  }

  void mentionsIn(const FunctionUses &F, const ValueDecl *D, Life &L) {
    unsigned Known = 0;
    for (const Expr *E : F.Calls) {
      const auto *Op = dyn_cast<CXXOperatorCallExpr>(E);
      const auto *MC = dyn_cast<CXXMemberCallExpr>(E);
      if (MC && isa_and_nonnull<CXXConversionDecl>(MC->getMethodDecl())) {
        Known += named(MC->getImplicitObjectArgument()) == D;
        continue;
      }
      if (Op && Op->isComparisonOp()) {
        for (const Expr *Arg : operandsOf(Op))
          Known += named(Arg) == D;
        continue;
      }
      const Effect *Row = U.lexicon().effect(E);
      if (Row && MC && Row->Does == Verb::Reset &&
          named(MC->getImplicitObjectArgument()) == D) {
        if (MC->getNumArgs())
          given(MC->getArg(0), L);
        ++Known;
        continue;
      }
      const Expr *Object = Row ? U.lexicon().object(E, *Row) : nullptr;
      if (!Object || ownerOf(Object) != D)
        continue;
      Use As;
      As.Does = Row->Does;
      As.Row = Row;
      As.At = As.Ref = E;
      use(As, L);
      ++Known;
    }
    L.Understood &= Known == countMentions(F.Decl->getBody(), D);
  }

  /// A new object that nobody has given a deadline; `Nothing` for none at all.
  enum Value { Unknown, Nothing, Fresh };
  Value valueOf(const Expr *E) const {
    E = strip(E);
    if (!E || isa<CXXNullPtrLiteralExpr, GNUNullExpr, IntegerLiteral,
                  ImplicitValueInitExpr>(E))
      return Nothing;
    if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(E))
      return valueOf(Default->getExpr());
    if (const auto *New = dyn_cast<CXXNewExpr>(E))
      return New->getConstructExpr() ? valueOf(New->getConstructExpr())
                                     : Unknown;
    const Effect *Row = U.lexicon().effect(E);
    if (const auto *CE = dyn_cast<CXXConstructExpr>(E)) {
      if (Row)
        return Row->Does == Verb::Init && Row->Timeout < 0 &&
                       !(CE->getConstructor()->isCopyOrMoveConstructor())
                   ? Fresh
                   : Unknown;
      if (CE->getNumArgs() == 0)
        return Nothing;
      // An owner of it, and perhaps how to end it.
      Shape S = Idx->shape(CE->getType());
      return S && (S.Owned || CE->getConstructor()->isMoveConstructor())
                 ? valueOf(CE->getArg(0))
                 : Unknown;
    }
    if (!Row)
      return madeBy(dyn_cast<CallExpr>(E));
    if (Row->Does == Verb::Emplace)
      return cast<CallExpr>(E)->getNumArgs() == 0 ? Fresh : Unknown;
    bool Makes = Row->Object.Place == ObjectSpec::Return &&
                 (Row->Does == Verb::Init || Row->Does == Verb::Block);
    return Makes && Row->Timeout < 0 ? Fresh : Unknown;
  }

  /// A function of the unit that makes one, and gives it no deadline either.
  Value madeBy(const CallExpr *Call) const {
    const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
    const FunctionDecl *Def = nullptr;
    const auto *M = dyn_cast_or_null<CXXMethodDecl>(FD);
    if (!FD || (M && M->isVirtual()) || !FD->isDefined(Def) ||
        !U.functions().find(Def) || Depth == 2)
      return Unknown;
    ++Depth;
    Value Result = Nothing;
    auto Visit = [&](auto &Self, const Stmt *S) -> void {
      if (!S || isa<LambdaExpr>(S))
        return;
      if (const auto *Return = dyn_cast<ReturnStmt>(S)) {
        Value V = returned(Return, Def);
        Result =
            V == Unknown || Result == Unknown ? Unknown : std::max(V, Result);
      }
      for (const Stmt *Child : S->children())
        Self(Self, Child);
    };
    Visit(Visit, Def->getBody());
    --Depth;
    return Result;
  }

  Value returned(const ReturnStmt *Return, const FunctionDecl *In) const {
    const Expr *E =
        Return->getRetValue() ? strip(Return->getRetValue()) : nullptr;
    // What is moved out of a variable.
    while (const auto *CE = dyn_cast_or_null<CXXConstructExpr>(E)) {
      if (CE->getNumArgs() != 1 ||
          !CE->getConstructor()->isCopyOrMoveConstructor())
        break;
      E = strip(CE->getArg(0));
    }
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E);
    const auto *VD = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if (!VD)
      return E ? valueOf(E) : Unknown;
    if (!VD->hasLocalStorage() || isa<ParmVarDecl>(VD))
      return Unknown;
    const Life L = follow(VD, In);
    if (!L.Understood || L.Bounded || L.Vain)
      return Unknown;
    return L.Born ? Fresh : Nothing;
  }

  void given(const Expr *E, Life &L) const {
    Value V = valueOf(E);
    L.Understood &= V != Unknown;
    L.Born |= V == Fresh;
  }

  /// \p Maker: a function that may return it, which says nothing more.
  Life follow(const ValueDecl *D, const FunctionDecl *Maker = nullptr) const {
    Life L;
    if (const auto *Field = dyn_cast<FieldDecl>(D)) {
      const auto *Class = dyn_cast<CXXRecordDecl>(Field->getParent());
      L.Understood = isSeenHere(Field) &&
                     !Field->getType()->isReferenceType() &&
                     (!Class || allMethodsVisible(*Idx, Class));
      if (L.Understood && Class)
        forEachInitializer(Field, Class,
                           [&](const Expr *Init) { given(Init, L); });
    } else {
      const auto *VD = cast<VarDecl>(D);
      L.Understood = VD->hasLocalStorage() || isSeenWhole(VD);
      L.Understood &= !VD->getType()->isReferenceType();
      if (const VarDecl *Def = VD->getInitializingDeclaration())
        if (Def->hasInit())
          given(Def->getInit(), L);
    }
    if (!L.Understood)
      return L;
    const Subject *S = Idx->find(D);
    L.Born |= isa<FieldDecl>(D) && S && S->What.isDirect();
    for (const Use &Use : Idx->allUses(D))
      if (!Maker || !Use.Ref || !isReturned(Maker->getBody(), Use.Ref))
        use(Use, L);
    return L;
  }

  static bool isReturned(const Stmt *S, const Expr *Ref) {
    if (!S || isa<LambdaExpr>(S))
      return false;
    if (const auto *Return = dyn_cast<ReturnStmt>(S);
        Return && contains(Return, Ref))
      return true;
    return llvm::any_of(S->children(),
                        [&](const Stmt *C) { return isReturned(C, Ref); });
  }

  void use(const Use &Use, Life &L) const {
    if (!Use.Ref) // An initialiser.
      return;
    const auto *At = dyn_cast_or_null<Expr>(Use.At);
    if (const auto *BO = dyn_cast_or_null<BinaryOperator>(At);
        BO && BO->isAssignmentOp() && contains(BO->getLHS(), Use.Ref))
      return given(BO->getRHS(), L);
    if (const auto *Op = dyn_cast_or_null<CXXOperatorCallExpr>(At);
        Op && Op->getOperator() == OO_Equal && contains(Op->getArg(0), Use.Ref))
      return given(Op->getArg(1), L);
    switch (Use.Does) {
    case Verb::SetDeadline:
      if ((Use.Row && At && Use.Row->Value >= 0 &&
           isUnbounded(*Use.Row, At, Use.Row->Value)) ||
          (At && neverGivesUp(At)))
        L.Vain = At;
      else
        L.Bounded = At;
      return;
    case Verb::Reset:
      // That of an owner makes it another one.
      if (const auto *MC = dyn_cast_or_null<CXXMemberCallExpr>(At);
          MC && MC->getNumArgs())
        given(MC->getArg(0), L);
      return;
    case Verb::Block:
      // It waits no longer than it says itself.
      return;
    case Verb::Query:
    case Verb::Init:
    case Verb::Destroy:
    case Verb::Close:
    case Verb::RequestStop:
    case Verb::TestLive:
    case Verb::Sleep:
      return;
    case Verb::Emplace:
      L.Born = true;
      return;
    default:
      L.Understood = false;
    }
  }

  /// \p E is given a function to ask, which always answers 0.
  static bool neverGivesUp(const Expr *E) {
    return llvm::any_of(operandsOf(E), [](const Expr *Arg) {
      const Expr *A = strip(Arg);
      if (const auto *UO = dyn_cast_or_null<UnaryOperator>(A))
        A = strip(UO->getSubExpr());
      const auto *Ref = dyn_cast_or_null<DeclRefExpr>(A);
      const auto *FD = Ref ? dyn_cast<FunctionDecl>(Ref->getDecl()) : nullptr;
      const FunctionDecl *Def = nullptr;
      return FD && FD->isDefined(Def) && onlyReturnsZero(Def->getBody());
    });
  }

  static bool onlyReturnsZero(const Stmt *S) {
    if (!S)
      return true;
    if (isa<CXXThrowExpr>(S))
      return false;
    if (const auto *Return = dyn_cast<ReturnStmt>(S)) {
      const auto *Is = dyn_cast_or_null<IntegerLiteral>(
          Return->getRetValue() ? strip(Return->getRetValue()) : nullptr);
      return Is && Is->getValue() == 0;
    }
    return llvm::all_of(S->children(), onlyReturnsZero);
  }

  /// Nobody in the unit gives an object of the kind that \p B makes a deadline.
  bool isMadeForEver(const Blocking &B) const {
    auto ModelOf = [&](QualType T) {
      return U.lexicon().type(T->isPointerType() ? T->getPointeeType() : T);
    };
    const TypeModel *Model = ModelOf(B.Call->getType());
    ArrayRef<const Expr *> Args = operandsOf(B.Call);
    // One of this machine answers.
    if (!Model || (B.Row->Value >= 0 && size_t(B.Row->Value) < Args.size() &&
                   isa<StringLiteral>(strip(Args[B.Row->Value])) &&
                   !isUnbounded(*B.Row, B.Call, B.Row->Value)))
      return false;
    // Who has both may have been told to wait.
    if (const FunctionUses *F = U.functions().find(B.In);
        F && llvm::any_of(F->Calls, [&](const Expr *E) {
          const Effect *Row = U.lexicon().effect(E);
          return Row && Row->Timeout >= 0 &&
                 Row->Object.Place == ObjectSpec::Return &&
                 ModelOf(E->getType()) == Model;
        }))
      return false;
    return llvm::none_of(U.functions().all(), [&](const auto &Entry) {
      return llvm::any_of(Entry.second.Calls, [&](const Expr *E) {
        const Effect *Row = U.lexicon().effect(E);
        const Expr *Object = Row && Row->Does == Verb::SetDeadline
                                 ? U.lexicon().object(E, *Row)
                                 : nullptr;
        return Object && ModelOf(strip(Object)->getType()) == Model;
      });
    });
  }

  //===--- Values ---------------------------------------------------------===//

  /// Argument \p No of \p E is a value that, by \p Row, is no bound.
  bool isUnbounded(const Effect &Row, const Expr *E, int No) const {
    ArrayRef<const Expr *> Args = operandsOf(E);
    if (No < 0 || size_t(No) >= Args.size())
      return false;
    const Expr *Arg = Args[No];
    if (const auto *SL = dyn_cast_or_null<StringLiteral>(strip(Arg)))
      return isUnbounded(Row, *SL);
    ASTContext &Ctx = U.context();
    Expr::EvalResult R;
    std::string Number;
    if (Arg->isValueDependent())
      return false;
    if (Arg->getType()->isIntegralOrEnumerationType() &&
        Arg->EvaluateAsInt(R, Ctx))
      Number = llvm::toString(R.Val.getInt(), 10);
    else if (Arg->isNullPointerConstant(Ctx, Expr::NPC_ValueDependentIsNotNull))
      Number = "0";
    else
      Number = nameOf(strip(Arg));
    return !Number.empty() && llvm::is_contained(Row.Unbounded, Number);
  }

  /// None of the words that stand behind a `!` is in it, and one of those
  /// behind a `~` if there are any.
  static bool isUnbounded(const Effect &Row, const StringLiteral &SL) {
    if (SL.getCharByteWidth() != 1)
      return false;
    bool Words = false, Needs = false, Has = false;
    for (StringRef Word : Row.Unbounded) {
      if (Word.consume_front("!")) {
        Words = true;
        if (SL.getString().contains(Word))
          return false;
      } else if (Word.consume_front("~")) {
        Words = Needs = true;
        Has |= SL.getString().contains(Word);
      }
    }
    return Words && (Has || !Needs);
  }

  /// The text that should bound the call \p E.
  static const StringLiteral *textOf(const Effect &Row, const Expr *E) {
    ArrayRef<const Expr *> Args = operandsOf(E);
    return Row.Timeout >= 0 && size_t(Row.Timeout) < Args.size()
               ? dyn_cast_or_null<StringLiteral>(strip(Args[Row.Timeout]))
               : nullptr;
  }

  static std::string nameOf(const Expr *E) {
    if (const auto *CE = dyn_cast_or_null<CXXConstructExpr>(E);
        CE && CE->getNumArgs() == 1)
      return nameOf(strip(CE->getArg(0)));
    const NamedDecl *D = nullptr;
    if (const auto *Call = dyn_cast_or_null<CallExpr>(E))
      D = Call->getDirectCallee();
    else if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E))
      D = Ref->getDecl();
    return D && D->getIdentifier() ? D->getName().str() : "";
  }

  //===--- Sentences ------------------------------------------------------===//

  /// An object of the same type that is given a deadline.
  std::pair<const ValueDecl *, const Expr *> sibling(const ValueDecl *D) {
    const TypeModel *Model = Idx ? Idx->shape(D->getType()).Inner : nullptr;
    if (!Model)
      return {nullptr, nullptr};
    for (const auto &[Other, S] : Idx->subjects()) {
      if (Other == D || !S.What || S.What.Inner != Model)
        continue;
      for (const Use &Use : S.Uses)
        if (const auto *At = dyn_cast_or_null<Expr>(Use.At);
            At && Use.Does == Verb::SetDeadline && Use.Row &&
            !(Use.Row->Value >= 0 && isUnbounded(*Use.Row, At, Use.Row->Value)))
          return {Other, At};
    }
    return {nullptr, nullptr};
  }

  void tell(const Blocking &B, const Life &L, const Expr *Asks = nullptr) {
    Finding R;
    R.Check = Check.str();
    R.Loc = B.Call->getExprLoc();
    std::string Callee;
    if (const auto *Call = dyn_cast<CallExpr>(B.Call))
      if (const FunctionDecl *FD = Call->getDirectCallee())
        Callee = FD->getNameAsString();
    std::string Name = "'" + B.Root->getNameAsString() + "'";
    R.Message = Name + " is given no deadline; '" + Callee +
                "' waits for ever when the other side doesn't answer";
    if (L.Vain)
      R.Notes.push_back({L.Vain->getExprLoc(), "this is no bound"});
    if (Asks)
      R.Notes.push_back({Asks->getExprLoc(), "the other side is asked here"});
    if (auto [Other, At] = sibling(B.Root); At)
      R.Notes.push_back({At->getExprLoc(), "'" + Other->getNameAsString() +
                                               "' is given one here"});
    // One that is no bound wants another value.
    if (std::optional<FixItHint> Fix = L.Vain ? std::nullopt : mend(B))
      R.FixIts.push_back(*Fix);
    U.report(std::move(R));
  }

  void tellMaker(const Blocking &B) {
    const auto *Call = dyn_cast<CallExpr>(B.Call);
    const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
    if (!FD)
      return;
    Finding R;
    R.Check = Check.str();
    R.Loc = Call->getExprLoc();
    R.Message = "'" + FD->getNameAsString() +
                "' is given no deadline, and nor is what it returns; calls by "
                "it wait for ever when the other side doesn't answer";
    // `connectFor(, 30)`: another function, and what is added.
    auto [Name, Added] = StringRef(B.Row->Mend).split('(');
    SourceLocation Callee = Call->getCallee()->getExprLoc();
    if (Added.consume_back(")") && !Callee.isMacroID() &&
        !Call->getRParenLoc().isMacroID() &&
        (U.context().getLangOpts().CPlusPlus || !Added.contains('{'))) {
      R.FixIts.push_back(
          FixItHint::CreateReplacement(SourceRange(Callee), Name));
      R.FixIts.push_back(
          FixItHint::CreateInsertion(Call->getRParenLoc(), Added));
    }
    U.report(std::move(R));
  }

  void tell(const Expr *Call, const Effect &Row, const StringLiteral &Text) {
    Finding R;
    R.Check = Check.str();
    R.Loc = Call->getExprLoc();
    const auto *CE = dyn_cast<CallExpr>(Call);
    const FunctionDecl *FD = CE ? CE->getDirectCallee() : nullptr;
    if (!FD)
      return;
    R.Message = "'" + FD->getNameAsString() +
                "' is given no deadline; it waits for ever when the other side "
                "doesn't answer";
    // The end of a text in plain quotes. An address has a syntax of its own.
    SourceLocation Last = Text.getStrTokenLoc(Text.getNumConcatenated() - 1);
    const SourceManager &SM = U.context().getSourceManager();
    const LangOptions &Lang = U.context().getLangOpts();
    const unsigned Length =
        Last.isMacroID() ? 0 : Lexer::MeasureTokenLength(Last, SM, Lang);
    if (Length > 1 && *SM.getCharacterData(Last) == '"' &&
        !Text.getString().contains("://"))
      R.FixIts.push_back(FixItHint::CreateInsertion(
          Last.getLocWithOffset(Length - 1), Row.Mend));
    U.report(std::move(R));
  }

  /// The deadline before the call; its value is for the reader to fill in.
  std::optional<FixItHint> mend(const Blocking &B) const {
    StringRef Mend = B.Row->Mend;
    if (B.Row->Timeout >= 0) {
      SourceRange Time = operandsOf(B.Call)[B.Row->Timeout]->getSourceRange();
      return Time.getBegin().isMacroID() || Time.getEnd().isMacroID()
                 ? std::nullopt
                 : std::optional(FixItHint::CreateReplacement(Time, Mend));
    }
    if (!U.context().getLangOpts().CPlusPlus &&
        (Mend.contains("::") || Mend.contains('{')))
      return std::nullopt;
    std::string Object = sourceText(strip(B.Object), U.context());
    if (Object.empty() || StringRef(Object).ends_with("..."))
      return std::nullopt;
    const Expr *E = B.Object->IgnoreParenImpCasts();
    bool Pointer = E->getType()->isPointerType();
    std::string Text;
    for (size_t I = 0; I != Mend.size(); ++I) {
      if (Mend[I] != '$') {
        Text += Mend[I];
        continue;
      }
      StringRef Plain = Object;
      if (I + 1 != Mend.size() && Mend[I + 1] == '.' && Pointer) {
        Plain.consume_back(".get()");
        Text += (Plain + "->").str();
        ++I;
      } else {
        Text += Object;
      }
    }
    return insertBeside(B.Call, /*After=*/false, Text, B.In);
  }
};

class MissingDeadline : public Check {
public:
  ArrayRef<Kind> kinds() const override { return {}; }
  ArrayRef<StringRef> options() const override {
    static const StringRef Names[] = {"Sockets", "Requests"};
    return Names;
  }

  void analyzeFunctions(Unit &U) override {
    bool Sockets = U.options().flag("missing-deadline.Sockets", false);
    bool Numbers = U.options().flag("missing-deadline.Requests", true);
    bool Clients =
        U.lexicon().anyType(Kind::Client) ||
        ((Sockets || Numbers) && U.lexicon().anyType(Kind::Descriptor));
    if (Clients || Sockets || Numbers)
      Visit{name(), U, Sockets, Numbers, Clients}.run();
  }
};

RegisterCheck<MissingDeadline> X("missing-deadline");

} // namespace
} // namespace leak
