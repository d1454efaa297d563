//===--- Inputs.cpp - what a function reads from --------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Inputs.h"
#include "ClassView.h"
#include "Index.h"
#include "ReadCalls.h"
#include "Spelling.h"
#include "Statements.h"
#include "Traversal.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace leak {

/// `feof(f)`, `in.eof()`.
static const CallExpr *endQuestion(const Expr *E) {
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
  if (!FD || !FD->getIdentifier() ||
      !FD->getReturnType()->isIntegralOrEnumerationType() ||
      Call->getNumArgs() != (isa<CXXMemberCallExpr>(Call) ? 0U : 1U) ||
      !FD->getName().ends_with("eof") ||
      !hasWord(FD->getName(), {"eof", "feof"}))
    return nullptr;
  return Call;
}

/// The stream of which \p E asks whether it could be opened: `f.is_open()`,
/// `!f`, `if (f)`; null for another call.
static const Expr *askedWhetherOpen(const Expr *E) {
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
  if (!isa_and_nonnull<CXXMethodDecl>(FD))
    return nullptr;
  if (FD->getOverloadedOperator() == OO_Exclaim)
    return Call->getArg(0);
  if (isa<CXXConversionDecl>(FD) ||
      (FD->getIdentifier() && FD->getName() == "is_open"))
    return receiverOf(Call);
  return nullptr;
}

static const Expr *askedAbout(const CallExpr *Question) {
  if (const Expr *Of = receiverOf(Question))
    return Of;
  return Question->getArg(0);
}

static bool isSystem(const FunctionDecl *FD) {
  const SourceManager &SM = FD->getASTContext().getSourceManager();
  return FD->getBuiltinID() ||
         SM.isInSystemHeader(SM.getExpansionLoc(FD->getLocation()));
}

/// The one argument of \p Call, but the object \p But, that is a pointer to
/// bytes, or to what describes them; -1 when there is none, or another pointer.
static int bytesOf(const CallExpr *Call, int But) {
  int Result = -1;
  const FunctionDecl *FD = Call->getDirectCallee();
  for (unsigned No = 0; No != FD->getNumParams(); ++No) {
    QualType T = FD->getParamDecl(No)->getType();
    if (static_cast<int>(No) == But || !T->isPointerType())
      continue;
    QualType Of = T->getPointeeType();
    if (Result >= 0 ||
        !(Of->isVoidType() || Of->isCharType() || Of->isRecordType()))
      return -1;
    Result = No;
  }
  return Result;
}

static bool intoBytes(const CallExpr *Call, unsigned No) {
  return !Call->getDirectCallee()
              ->getParamDecl(No)
              ->getType()
              ->getPointeeType()
              .isConstQualified();
}

/// A number of eight bytes is what counters of events give, which don't end.
static bool isEventNumber(const Expr *Buffer, const ASTContext &Ctx) {
  const auto *UO = dyn_cast_or_null<UnaryOperator>(strip(Buffer));
  if (!UO || UO->getOpcode() != UO_AddrOf)
    return false;
  QualType T = UO->getSubExpr()->getType();
  return T->isIntegerType() && Ctx.getTypeSize(T) == 64;
}

/// Descriptors that have no end: of events, devices, and packets.
static bool speaksOfEvents(StringRef Name) {
  return hasWord(Name,
                 {"event",   "evt",      "timer",    "tick",     "pipe",
                  "signal",  "sig",      "wake",     "wakeup",   "notify",
                  "inotify", "fanotify", "tty",      "serial",   "uart",
                  "port",    "udp",      "dgram",    "raw",      "can",
                  "netlink", "usb",      "dev",      "device",   "input",
                  "kbd",     "keyboard", "joystick", "random",   "urandom",
                  "console", "eventfd",  "timerfd",  "signalfd", "efd",
                  "tfd",     "modem",    "com"});
}

/// What has no end, by its name, or one that isn't told.
static bool isEndless(const Expr *Object) {
  Object = strip(Object);
  if (!Object || isa<ArraySubscriptExpr, CallExpr, IntegerLiteral>(Object))
    return true;
  const ValueDecl *D = namedBy(Object);
  return D && speaksOfEvents(D->getName());
}

/// What a class has that reads from a stream; its state says when it has
/// failed.
static bool readsStream(const CallExpr *Call) {
  const FunctionDecl *FD = Call->getDirectCallee();
  if (!FD || !FD->getReturnType()->isReferenceType())
    return false;
  if (FD->getOverloadedOperator() != OO_GreaterGreater &&
      !(FD->getIdentifier() &&
        (FD->getName() == "getline" || FD->getName() == "read" ||
         FD->getName() == "get")))
    return false;
  return isSystem(FD);
}

/// `getchar()`: what it reads from isn't said.
static bool readsStandard(const CallExpr *Call) {
  const FunctionDecl *FD = Call->getDirectCallee();
  return FD && FD->getIdentifier() &&
         llvm::is_contained({"getchar", "scanf"}, FD->getName()) &&
         FD->isExternC() && isSystem(FD);
}

bool Inputs::any(const FunctionUses &F, const Lexicon &Words) {
  return llvm::any_of(F.Calls, [&](const Expr *E) {
    if (!isa<CallExpr>(E))
      return false;
    if (endQuestion(E) || readsStream(cast<CallExpr>(E)) ||
        readsStandard(cast<CallExpr>(E)))
      return true;
    const leak::Effect *Row = Words.effect(E);
    if (!Row)
      return readCallOf(cast<CallExpr>(E), Words).has_value();
    return Row && (Row->Does == Verb::Block || Row->Does == Verb::Receive ||
                   Row->Does == Verb::TryReceive || Row->Does == Verb::TryWait);
  });
}

Inputs::Inputs(const FunctionUses &F, const Body &B, const Lexicon &Words)
    : B(B), Words(Words) {
  for (const Expr *E : F.Calls) {
    if (const CallExpr *Question = endQuestion(E))
      Questions.push_back(Question);
    if (const Expr *Stream = askedWhetherOpen(E))
      if (std::string Name = B.names().object(Stream); !Name.empty())
        Opened.insert(Name);
  }
  for (const Expr *E : F.Calls)
    if (const auto *Call = dyn_cast<CallExpr>(E);
        Call && Call->getDirectCallee())
      add(Call, Words.effect(Call));
  if (Known.empty())
    return;
  for (const Expr *E : F.Calls)
    if (const leak::Effect *Row = Words.effect(E);
        Row && Row->Does == Verb::Block && Row->Timeout >= 0 &&
        Row->Fails == Failure::Negative && isa<CallExpr>(E))
      Watchers.push_back(cast<CallExpr>(E));
  results(F.Decl->getBody());
  // What says whom it is from, or to, comes in packets, which may be empty.
  for (const Expr *E : F.Calls)
    if (const leak::Effect *Row = Words.effect(E);
        Row && Row->Does == Verb::Block && operandsOf(E).size() == 6)
      for (Input &I : Known)
        llvm::erase(I.Reasons, Spin::End);
}

/// An expression that others can get at.
static bool isShared(const Stmt *S) {
  if (!S)
    return false;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
    const auto *VD = dyn_cast<VarDecl>(Ref->getDecl());
    if (VD && !VD->hasLocalStorage())
      return true;
  }
  if (const auto *ME = dyn_cast<MemberExpr>(S);
      ME && (ME->isArrow() || isa<CXXThisExpr>(strip(ME->getBase()))))
    return true;
  return llvm::any_of(S->children(), isShared);
}

/// A stream over a string: nothing but its end makes it fail, unless what it
/// holds doesn't fit.
static bool isInMemory(const Expr *Stream) {
  const CXXRecordDecl *RD =
      Stream ? strip(Stream)->getType()->getAsCXXRecordDecl() : nullptr;
  return RD && RD->getIdentifier() && RD->getName().contains("stringstream");
}

/// What \p Call reads from \p Stream, which is \p Open, may not come before
/// its end either.
static bool failsBeforeEnd(const CallExpr *Call, const Expr *Stream,
                           bool Open) {
  const FunctionDecl *FD = Call->getDirectCallee();
  if (!Open && !isInMemory(Stream))
    return true;
  if (FD->getOverloadedOperator() == OO_GreaterGreater)
    return Call->getArg(Call->getNumArgs() - 1)->getType()->isArithmeticType();
  // A member's fails when the line is longer than its buffer.
  return FD->getName() == "getline" && isa<CXXMemberCallExpr>(Call);
}

/// A function of the project that reads from the stream it is given, and can't
/// throw.
static bool readsGiven(const CallExpr *Call) {
  const FunctionDecl *FD = Call->getDirectCallee();
  return FD->getIdentifier() && !isSystem(FD) && FD->isExternC() &&
         hasWord(FD->getName(),
                 {"read", "get", "gets", "fgets", "getline", "line", "scan"});
}

/// A local variable that gets its value from a call that makes no connection.
bool Inputs::isOpenedHere(const Expr *Object) const {
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(strip(Object));
  const auto *VD = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  const auto *Call = VD && VD->isLocalVarDecl() && VD->hasInit()
                         ? dyn_cast_or_null<CallExpr>(strip(VD->getInit()))
                         : nullptr;
  return Call && Call->getDirectCallee() && isSystem(Call->getDirectCallee()) &&
         !Words.effect(Call);
}

/// Something in \p S gives \p VD, or a part of it, another value than 0.
static bool setsToSome(const Stmt *S, const VarDecl *VD,
                       const ASTContext &Ctx) {
  if (!S)
    return false;
  auto IsSome = [&](const Expr *E) {
    Expr::EvalResult R;
    return E && (E->isValueDependent() || !E->EvaluateAsInt(R, Ctx) ||
                 R.Val.getInt() != 0);
  };
  if (const auto *BO = dyn_cast<BinaryOperator>(S))
    return BO->getOpcode() == BO_Assign && mentions(BO->getLHS(), VD) &&
           IsSome(BO->getRHS());
  if (const auto *DS = dyn_cast<DeclStmt>(S); DS && DS->isSingleDecl())
    if (DS->getSingleDecl() == VD && VD->hasInit()) {
      const auto *List = dyn_cast<InitListExpr>(VD->getInit());
      return List ? llvm::any_of(List->inits(), IsSome) : true;
    }
  return llvm::any_of(S->children(),
                      [&](const Stmt *C) { return setsToSome(C, VD, Ctx); });
}

/// `select(..., &left)`: what is left of the time is written back, and that is
/// nothing when it is over.
bool Inputs::spendsTime(const CallExpr *Call, const leak::Effect &Row,
                        Input &I) const {
  const FunctionDecl *FD = Call->getDirectCallee();
  if (Row.Does != Verb::Block || Row.Timeout < 0 ||
      static_cast<unsigned>(Row.Timeout) >= FD->getNumParams() ||
      static_cast<unsigned>(Row.Timeout) >= Call->getNumArgs())
    return false;
  QualType T = FD->getParamDecl(Row.Timeout)->getType();
  if (!T->isPointerType() || T->getPointeeType().isConstQualified() ||
      !T->getPointeeType()->isRecordType())
    return false;
  const auto *UO =
      dyn_cast_or_null<UnaryOperator>(strip(Call->getArg(Row.Timeout)));
  const auto *Ref = UO && UO->getOpcode() == UO_AddrOf
                        ? dyn_cast_or_null<DeclRefExpr>(strip(UO->getSubExpr()))
                        : nullptr;
  const auto *VD = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  // No time at all is a look, not a wait.
  if (!VD || !VD->hasLocalStorage() || VD->getType()->isReferenceType() ||
      !setsToSome(B.function()->getBody(), VD, B.context()))
    return false;
  I.Object = Ref;
  I.AtEnd = Value::zero();
  I.Reasons = {Spin::Spent};
  return true;
}

/// `accept(listening, ...)`: it gives something, or fails.
bool Inputs::attempts(const CallExpr *Call, const leak::Effect &Row, Input &I) {
  const FunctionDecl *FD = Call->getDirectCallee();
  if (Row.Does != Verb::Block || Row.Timeout >= 0 || !FD->isExternC() ||
      (Row.Fails != Failure::Negative && Row.Fails != Failure::Nonzero) ||
      Row.Object.Place != ObjectSpec::Argument ||
      !FD->getReturnType()->isSignedIntegerType())
    return false;
  // Not what reads or writes bytes.
  if (llvm::any_of(FD->parameters(), [](const ParmVarDecl *P) {
        QualType T = P->getType();
        return T->isPointerType() && (T->getPointeeType()->isVoidType() ||
                                      T->getPointeeType()->isCharType());
      }))
    return false;
  I.Object = Call->getArg(Row.Object.Index);
  if (isEndless(I.Object))
    return false;
  I.AtError = Value::constant(-1);
  I.Reasons = {Spin::Error};
  I.Serves = Row.Fails == Failure::Negative;
  return true;
}

void Inputs::add(const CallExpr *Call, const leak::Effect *Row) {
  Input I;
  I.Call = Call;
  const FunctionDecl *FD = Call->getDirectCallee();
  QualType Gives = FD->getReturnType();
  if (!Row && !Questions.empty() && readsGiven(Call)) {
    for (const Expr *A : Call->arguments())
      if (std::string Name = B.names().object(A); !Name.empty())
        for (const CallExpr *Q : Questions)
          if (B.names().object(askedAbout(Q)) == Name)
            I.Object = A;
    if (Gives->isPointerType() || Gives->isBooleanType())
      I.AtError = I.AtEnd = Value::zero();
    I.Reasons = {Spin::NotEnd};
  } else if (!Row && readsStandard(Call)) {
    const VarDecl *Standard = nullptr;
    for (const NamedDecl *D : B.context().getTranslationUnitDecl()->lookup(
             &B.context().Idents.get("stdin")))
      Standard = dyn_cast<VarDecl>(D);
    if (!Standard)
      return;
    I.Object = Call->getCallee();
    I.Name = Names::variable(Standard) + "*";
    I.Shared = true;
    I.AtError = I.AtEnd = Value::constant(-1);
    I.Keeps = true;
    I.Reasons = {Spin::End};
  } else if (auto Read = Row ? std::nullopt : readCallOf(Call, Words)) {
    if (isEndless(Read->Handle) ||
        !countsBytes(Call, Read->Bytes, B.function()->getBody()))
      return;
    I.Object = Read->Handle;
    I.AtEnd = Value::zero();
    I.AtError = Value::constant(-1);
    I.Reasons = {Spin::End};
    I.Keeps = true;
  } else if (!Row) {
    // A stream of the language.
    if (!readsStream(Call))
      return;
    I.Object = receiverOf(Call);
    if (!I.Object && Call->getNumArgs())
      I.Object = Call->getArg(0);
    // `Settings::get()` is no stream.
    if (!I.Object)
      return;
    // `in >> a >> b` reads from `in`.
    while (const auto *Inner =
               dyn_cast_or_null<CXXOperatorCallExpr>(strip(I.Object))) {
      if (Inner->getOperator() != OO_GreaterGreater)
        break;
      I.Object = Inner->getArg(0);
    }
    I.AtError = I.AtEnd = Value::zero();
    I.Keeps = I.Stream = true;
    I.Reasons.push_back(Spin::End);
    if (failsBeforeEnd(Call, I.Object,
                       Opened.contains(B.names().object(I.Object))))
      I.Reasons.push_back(Spin::NotEnd);
  } else if (spendsTime(Call, *Row, I) || attempts(Call, *Row, I)) {
    I.Hot = true;
  } else if (Row->Does == Verb::Block && isa<CXXMemberCallExpr>(Call) &&
             Row->Fails == Failure::False && Row->Timeout >= 0 &&
             !Row->Mend.empty() && Gives->isBooleanType()) {
    // An answer, which doesn't come from a side that has gone.
    I.Object = receiverOf(Call);
    I.AtEnd = Value::zero();
    I.Waits = I.Keeps = true;
    I.Reasons = {Spin::End};
  } else if (Row->Does == Verb::Block) {
    I.Object = Words.object(Call, *Row);
    int But = Row->Object.Place == ObjectSpec::Argument ||
                      Row->Object.Place == ObjectSpec::Pointee
                  ? static_cast<int>(Row->Object.Index)
                  : -1;
    int Bytes = I.Object ? bytesOf(Call, But) : -1;
    if (Bytes < 0 || static_cast<unsigned>(Bytes) >= Call->getNumArgs() ||
        !Gives->isSignedIntegerType() || Row->Timeout >= 0 ||
        isEndless(I.Object) || isEventNumber(Call->getArg(Bytes), B.context()))
      return;
    I.AtEnd = Value::zero();
    I.AtError = Value::constant(-1);
    I.Writes = !intoBytes(Call, Bytes);
    if (intoBytes(Call, Bytes)) {
      I.Reasons.push_back(Spin::End);
      I.Keeps = true;
    }
    // A call that only looks whether there is something.
    bool Waits = true;
    for (unsigned No = Bytes + 2; No < Call->getNumArgs(); ++No) {
      Expr::EvalResult R;
      Waits &= !Call->getArg(No)->isValueDependent() &&
               Call->getArg(No)->EvaluateAsInt(R, B.context()) &&
               R.Val.getInt() == 0;
    }
    // A connection that is reset says so once, and is at its end then.
    if (Row->Fails == Failure::Negative && Waits &&
        (!intoBytes(Call, Bytes) || isOpenedHere(I.Object)))
      I.Reasons.push_back(Spin::Error);
  } else if (Row->Does == Verb::TryWait && Row->Fails == Failure::Nonzero &&
             Row->Timeout >= 0 &&
             static_cast<unsigned>(Row->Timeout) < Call->getNumArgs() &&
             Gives->isSignedIntegerType()) {
    // A structure is a point in time. It is what mustn't change.
    QualType Until = Call->getArg(Row->Timeout)->getType();
    if (!Until->isPointerType() || !Until->getPointeeType()->isRecordType())
      return;
    I.Object = Call->getArg(Row->Timeout);
    I.AtEnd = {Value::Positive, std::nullopt};
    I.Reasons = {Spin::Passed};
  } else if (Row->Does == Verb::TryReceive && !isa<CXXMethodDecl>(FD) &&
             (Row->Fails == Failure::Null || Row->Fails == Failure::Negative)) {
    I.Object = Words.object(Call, *Row);
    I.AtEnd = I.AtError =
        Row->Fails == Failure::Null ? Value::zero() : Value::constant(-1);
    I.Keeps = true;
    I.Reasons = {Spin::End, Spin::NotEnd};
  } else if (Row->Does == Verb::Receive && isa<CXXMemberCallExpr>(Call)) {
    const TypeModel *Model =
        Words.typeOrBase(cast<CXXMemberCallExpr>(Call)->getRecordDecl());
    if (!Model || Model->What != Kind::Channel ||
        Model->methodFor(Verb::Close).empty())
      return;
    I.Object = receiverOf(Call);
    if (Gives->isBooleanType()) {
      I.AtEnd = Value::zero();
    } else if (const auto *Enum = Gives->getAs<EnumType>()) {
      for (const EnumConstantDecl *EC : Enum->getDecl()->enumerators())
        if (hasWord(EC->getName(), {"closed"}) &&
            EC->getInitVal().isRepresentableByInt64())
          I.AtEnd = Value::constant(EC->getInitVal().getExtValue());
    }
    if (!I.AtEnd.Constant)
      return;
    I.Reasons = {Spin::Closed};
  }
  if (!I.Object || I.Reasons.empty())
    return;
  if (I.Name.empty()) {
    I.Name = B.names().object(I.Object);
    I.Shared = isShared(I.Object);
  }
  if (I.Name.empty())
    return;
  if (!asksForEndOf(I))
    llvm::erase(I.Reasons, Spin::NotEnd);
  if (!I.Reasons.empty())
    Known.push_back(std::move(I));
}

void Inputs::results(const Stmt *S) {
  if (!S)
    return;
  auto Note = [&](const ValueDecl *D, const Expr *From) {
    From = From ? strip(From) : nullptr;
    if (From && readBy(From))
      Results.try_emplace(D, From);
  };
  if (const auto *BO = dyn_cast<BinaryOperator>(S)) {
    if (BO->getOpcode() == BO_Assign)
      if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(strip(BO->getLHS())))
        Note(Ref->getDecl(), BO->getRHS());
  } else if (const auto *DS = dyn_cast<DeclStmt>(S)) {
    for (const Decl *D : DS->decls())
      if (const auto *VD = dyn_cast<VarDecl>(D); VD && VD->hasInit())
        Note(VD, VD->getInit());
  }
  for (const Stmt *Child : S->children())
    results(Child);
}

const Input *Inputs::readBy(const Expr *E) const {
  for (const Input &I : Known)
    if (I.Call == E)
      return &I;
  return nullptr;
}

bool Inputs::asksForEnd(const Expr *E, const Input &I) const {
  const auto *It = llvm::find(Questions, E);
  return It != Questions.end() && B.names().object(askedAbout(*It)) == I.Name;
}

const Expr *Inputs::asksForEndOf(const Input &I) const {
  for (const CallExpr *Question : Questions)
    if (B.names().object(askedAbout(Question)) == I.Name)
      return Question;
  return nullptr;
}

bool Inputs::mentions(const Stmt *S, const Input &I) const {
  if (!S)
    return false;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
    auto It = Results.find(Ref->getDecl());
    if (It != Results.end())
      if (const Input *Read = readBy(It->second); Read && Read->Name == I.Name)
        return true;
    // Only the root: who has the whole, has the part.
    if (isa<VarDecl>(Ref->getDecl()) &&
        Names::leadsThrough(I.Name, Names::variable(Ref->getDecl())))
      return true;
  }
  // A number that it says.
  if (const auto *MC = dyn_cast<CXXMemberCallExpr>(S);
      MC && MC->getMethodDecl() && MC->getMethodDecl()->isConst() &&
      MC->getType()->isIntegralOrEnumerationType())
    return false;
  if (isa<CXXThisExpr>(S) && llvm::StringRef(I.Name).starts_with("this"))
    return true;
  return llvm::any_of(S->children(),
                      [&](const Stmt *C) { return mentions(C, I); });
}

bool Inputs::namesInput(const Stmt *S, const Input &I) const {
  return anyIn(S, [&](const Stmt *Inner) {
    return isa<DeclRefExpr, MemberExpr>(Inner) &&
           B.names().of(cast<Expr>(Inner)) == I.Name;
  });
}

/// The local variable that \p Arg is, or the address of which it is.
static const VarDecl *givenVariable(const Expr *Arg) {
  const Expr *E = Arg ? strip(Arg) : nullptr;
  if (const auto *UO = dyn_cast_or_null<UnaryOperator>(E);
      UO && UO->getOpcode() == UO_AddrOf)
    E = strip(UO->getSubExpr());
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E);
  const auto *VD = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return VD && VD->hasLocalStorage() ? VD : nullptr;
}

bool Inputs::watches(const Expr *E, const Input &I) const {
  const auto *Call = dyn_cast<CallExpr>(E);
  if (!Call || !llvm::is_contained(Watchers, Call))
    return false;
  // It is put into what the call is given: `FD_SET(fd, &set)`, `p.fd = fd`.
  auto IsPutInto = [&](const VarDecl *VD) {
    return anyOutsideLambdas(B.function()->getBody(), [&](const Stmt *S) {
      if (const auto *BO = dyn_cast<BinaryOperator>(S))
        return BO->isAssignmentOp() && leak::mentions(BO, VD) &&
               namesInput(BO, I);
      const auto *DS = dyn_cast<DeclStmt>(S);
      return DS && DS->isSingleDecl() && DS->getSingleDecl() == VD &&
             namesInput(VD->getInit(), I);
    });
  };
  return llvm::any_of(Call->arguments(), [&](const Expr *A) {
    const VarDecl *VD = givenVariable(A);
    return VD && VD->getType()->isRecordType() && IsPutInto(VD);
  });
}

std::optional<bool> Inputs::readiness(const Expr *Cond, const Input &I) const {
  if (!namesInput(Cond, I))
    return std::nullopt;
  for (const CallExpr *Call : Watchers) {
    // Sets for reading, writing and exceptions, one after the other.
    const leak::Effect *Row = Words.effect(Call);
    if (Call->getNumArgs() != 5 || Row->Timeout != 4 || !watches(Call, I))
      continue;
    for (auto [No, Ready] : {std::pair(1, true), std::pair(3, false)})
      if (const VarDecl *VD = givenVariable(Call->getArg(No));
          VD && leak::mentions(Cond, VD))
        return Ready;
  }
  return std::nullopt;
}

static bool isLog(const FunctionDecl *FD) {
  return FD->getIdentifier() &&
         hasWord(FD->getName(),
                 {"log",    "logger", "debug",    "dbg",     "trace",
                  "info",   "print",  "printf",   "fprintf", "vprintf",
                  "puts",   "fputs",  "warn",     "warning", "verbose",
                  "perror", "syslog", "snprintf", "sprintf", "strerror",
                  "printk"});
}

bool endsOrWaits(const FunctionDecl *FD) {
  return FD->getIdentifier() &&
         hasWord(FD->getName(),
                 {"fatal",     "panic",   "abort",        "die",   "exit",
                  "quit",      "err",     "error",        "errx",  "terminate",
                  "longjmp",   "throw",   "bail",         "close", "disconnect",
                  "shutdown",  "stop",    "fail",         "eof",   "hangup",
                  "reconnect", "connect", "disconnected", "raise", "kill",
                  "done",      "finish",  "cancel",       "reset", "reopen",
                  "wait",      "sleep",   "delay",        "pause", "yield",
                  "usleep",    "msleep",  "backoff"});
}

bool Inputs::onlyStores(const FunctionDecl *FD) {
  if (!isSystem(FD))
    return false;
  if (const auto *M = dyn_cast<CXXMethodDecl>(FD)) {
    const IdentifierInfo *Class = M->getParent()->getIdentifier();
    if (M->isStatic() || !Class ||
        !llvm::is_contained({"basic_string", "vector", "deque", "list", "map",
                             "set", "unordered_map", "unordered_set", "queue"},
                            Class->getName()))
      return false;
    OverloadedOperatorKind Op = M->getOverloadedOperator();
    return Op == OO_PlusEqual || Op == OO_Subscript ||
           (M->getIdentifier() &&
            llvm::is_contained({"append", "push_back", "insert", "assign",
                                "resize", "emplace_back", "push", "emplace"},
                               M->getName()));
  }
  return FD->getIdentifier() &&
         llvm::is_contained({"memcpy", "memmove", "memset", "strncat",
                             "strncpy", "strlen", "putchar", "puts"},
                            FD->getName());
}

/// `text.substr(0, n)`: that there is a beginning, is always true.
static bool takesBeginning(const Expr *E, const Names &N,
                           const ASTContext &Ctx) {
  const auto *Call = dyn_cast<CallExpr>(E);
  return Call && Call->getNumArgs() > 1 &&
         Call->getArg(0)->getType()->isIntegerType() &&
         N.constant(Call->getArg(0), Ctx) == 0;
}

bool Inputs::allocates(const FunctionDecl *FD) {
  return FD->getReturnType()->isPointerType() &&
         (FD->hasAttr<AllocSizeAttr>() ||
          (FD->getIdentifier() &&
           hasWord(FD->getName(),
                   {"malloc", "calloc", "realloc", "strdup", "reallocarray"})));
}

Inputs::Effect Inputs::effectOf(const Expr *E, const Input &I) const {
  const FunctionDecl *FD = nullptr;
  if (const auto *Call = dyn_cast<CallExpr>(E))
    FD = Call->getDirectCallee();
  else if (const auto *CE = dyn_cast<CXXConstructExpr>(E))
    FD = CE->getConstructor();
  auto Given = [&] {
    return llvm::any_of(operandsOf(E),
                        [&](const Expr *A) { return mentions(A, I); }) ||
           mentions(receiverOf(E), I);
  };
  // A callable, a pointer: whatever it does.
  if (!FD)
    return Touches;
  if (FD->isNoReturn())
    return Ends;
  // Whether it is still connected, and all but how much there is.
  if (I.Waits)
    if (const Expr *Of = receiverOf(E); Of && B.names().object(Of) == I.Name)
      return cast<CXXMethodDecl>(FD)->isConst() && FD->getIdentifier() &&
                     hasWord(FD->getName(),
                             {"available", "read", "line", "size", "peek"})
                 ? Inert
                 : Touches;
  // They take bytes, and know nothing of where these come from.
  if (onlyStores(FD)) {
    const Expr *Of = receiverOf(E);
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E))
      Of = Op->getArg(0);
    std::string Into = Of ? B.names().of(Of) : "";
    if (Into.empty() || !Names::leadsThrough(I.Name, Into))
      return Inert;
  }
  if (const leak::Effect *Row = Words.effect(E)) {
    switch (Row->Does) {
    case Verb::Exit:
      return Ends;
    case Verb::Sleep:
    case Verb::Wait:
    case Verb::TryWait:
    case Verb::Join:
    case Verb::TryJoin:
    case Verb::Receive:
    case Verb::Arrive:
      return Touches;
    case Verb::Acquire:
    case Verb::TryAcquire:
      return FD->getIdentifier() && FD->getName().contains("lock") ? Inert
                                                                   : Touches;
    case Verb::Block: {
      // Asks which of several have something, or gives on; or waits for
      // something else.
      if (Row->Timeout >= 0)
        return I.Hot ? Touches : Inert;
      const auto *Call = cast<CallExpr>(E);
      int But = Row->Object.Place == ObjectSpec::Argument
                    ? static_cast<int>(Row->Object.Index)
                    : -1;
      int Bytes = bytesOf(Call, But);
      return Bytes >= 0 && !intoBytes(Call, Bytes) ? Inert : Touches;
    }
    case Verb::Query:
    case Verb::Release:
      return Inert;
    default:
      return Given() ? Touches : I.Shared ? Touches : Inert;
    }
  }
  if (isLog(FD))
    return Inert;
  if (isSystem(FD)) {
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E);
        Op && Op->getOperator() == OO_LessLess)
      return Inert;
    if (FD->hasAttr<ConstAttr>() || FD->hasAttr<PureAttr>())
      return Inert;
    // They throw when there is nothing in the text.
    if (I.Stream && FD->getIdentifier() &&
        !takesBeginning(E, B.names(), B.context()) &&
        (FD->getName().starts_with("sto") ||
         llvm::is_contained({"at", "substr", "erase", "replace", "compare"},
                            FD->getName())))
      return Touches;
    if (const auto *M = dyn_cast<CXXMethodDecl>(FD); M && M->isConst())
      return Inert;
    return Given() ? Touches : Inert;
  }
  if (allocates(FD))
    return Inert;
  if (endsOrWaits(FD))
    return Touches;
  if (const auto *M = dyn_cast<CXXMethodDecl>(FD);
      M && M->getParent()->isLambda())
    return Touches;
  if (Given())
    return Touches;
  if (const auto *Call = dyn_cast<CallExpr>(E); Call && Names::isStable(Call))
    return Inert;
  return I.Shared ? Touches : Works;
}

bool streamsThrow(const FunctionTable &Table) {
  return llvm::any_of(Table.all(), [](const auto &Each) {
    return llvm::any_of(Each.second.Calls, [](const Expr *E) {
      const auto *MC = dyn_cast<CXXMemberCallExpr>(E);
      const FunctionDecl *FD = MC ? MC->getMethodDecl() : nullptr;
      return FD && MC->getNumArgs() && FD->getIdentifier() &&
             FD->getName() == "exceptions";
    });
  });
}

bool readsEvents(const CallExpr *Read, const FunctionTable &Table) {
  const ValueDecl *D =
      Read->getNumArgs() ? namedBy(strip(Read->getArg(0))) : nullptr;
  if (!D)
    return false;
  bool Found = false;
  auto Note = [&](const Expr *E) {
    const auto *Call = dyn_cast_or_null<CallExpr>(E ? strip(E) : nullptr);
    Found |= Call && speaksOfEvents(calleeName(Call));
  };
  if (const auto *VD = dyn_cast<VarDecl>(D); VD && VD->hasInit())
    Note(VD->getInit());
  if (const auto *Field = dyn_cast<FieldDecl>(D))
    if (const auto *Class = dyn_cast<CXXRecordDecl>(Field->getParent()))
      forEachInitializer(Field, Class, Note);
  for (const auto &[FD, F] : Table.all())
    anyIn(F.Decl->getBody(), [&](const Stmt *S) {
      if (const auto *BO = dyn_cast<BinaryOperator>(S);
          BO && BO->getOpcode() == BO_Assign &&
          namedBy(strip(BO->getLHS())) == D)
        Note(BO->getRHS());
      return Found;
    });
  return Found;
}

bool isOfPackets(const FunctionDecl *FD) {
  auto Speaks = [](const NamedDecl *D) {
    StringRef Name = D && D->getIdentifier() ? D->getName() : "";
    return Name.contains_insensitive("dgram") ||
           Name.contains_insensitive("datagram") ||
           hasWord(Name, {"udp", "packet", "packets", "multicast"});
  };
  const auto *M = dyn_cast<CXXMethodDecl>(FD);
  return Speaks(FD) || (M && Speaks(M->getParent()));
}

bool readsPackets(const FunctionTable &Table) {
  bool Packets = false, Streams = false;
  for (const auto &[FD, F] : Table.all())
    for (const Expr *E : F.Calls) {
      const auto *Call = dyn_cast<CallExpr>(E);
      const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
      if (!Callee || !Callee->getIdentifier() ||
          Callee->getName() != "socket" || Call->getNumArgs() != 3)
        continue;
      const ASTContext &Ctx = Callee->getASTContext();
      SourceLocation At = Call->getArg(1)->getBeginLoc();
      StringRef Kind = Lexer::getSourceText(
          Lexer::getAsCharRange(Call->getArg(1)->getSourceRange(),
                                Ctx.getSourceManager(), Ctx.getLangOpts()),
          Ctx.getSourceManager(), Ctx.getLangOpts());
      if (At.isMacroID())
        Kind = Lexer::getImmediateMacroName(At, Ctx.getSourceManager(),
                                            Ctx.getLangOpts());
      (Kind.contains("SOCK_DGRAM") || Kind.contains("SOCK_RAW") ? Packets
                                                                : Streams) =
          true;
    }
  return Packets && !Streams;
}

bool readsInPieces(const FunctionTable &Table, const Lexicon &Words) {
  return llvm::any_of(Table.all(), [&](const auto &Each) {
    return llvm::any_of(Each.second.Calls, [&](const Expr *E) {
      const Effect *Row = isa<CXXConstructExpr, CXXMemberCallExpr>(E)
                              ? nullptr
                              : Words.effect(E);
      return Row && Row->Does == Verb::SetDeadline && Row->Value < 0;
    });
  });
}

} // namespace leak
