//===--- Escapes.cpp - exceptions that leave a function -------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Escapes.h"
#include "Index.h"
#include "Spawns.h"
#include "Spelling.h"
#include "Starts.h"
#include "Statements.h"
#include "Throws.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace leak {

/// The entry, and three calls below it: deeper, nobody believes it any more.
static constexpr unsigned MaxDepth = 4;
/// More are not looked at in one function.
static constexpr size_t MaxThrows = 24;

//===----------------------------------------------------------------------===//
// Which throws count
//===----------------------------------------------------------------------===//

/// The first string that \p S is made of.
static StringRef textIn(const Stmt *S) {
  if (!S)
    return "";
  if (const auto *Literal = dyn_cast<clang::StringLiteral>(S))
    return Literal->isOrdinary() || Literal->isUTF8() ? Literal->getString()
                                                      : "";
  for (const Stmt *Child : S->children())
    if (StringRef Text = textIn(Child); !Text.empty())
      return Text;
  return "";
}

/// A name or a text that says that the program is wrong, not the world.
static bool blamesProgram(StringRef Text) {
  std::string Lower = Text.lower();
  static constexpr StringRef Signs[] = {"not implemented", "notimplemented",
                                        "unimplemented",   "unreachable",
                                        "not supported",   "notsupported",
                                        "unsupported",     "should never",
                                        "should not",      "shouldn't",
                                        "impossible",      "internal error",
                                        "internalerror",   "out of memory",
                                        "outofmemory",     "bad_alloc",
                                        "badalloc",        "logic",
                                        "assert",          "precondition",
                                        "invariant",       "interrupted",
                                        "must be",         "must not",
                                        "already",         "not initiali",
                                        "uninitiali",      "not started",
                                        "not running",     "is null",
                                        "nullptr",         "null pointer",
                                        "nullpointer",     "out of range",
                                        "out of bounds",   "invalid argument",
                                        "unknown enum",    "bug",
                                        "illegal state",   "illegalstate",
                                        "not been set",    "before calling",
                                        "unhandled type",  "never be"};
  return llvm::any_of(Signs, [&](StringRef Sign) {
    return Lower.find(Sign.str()) != std::string::npos;
  });
}

/// What is thrown by the macros of assertions.
static bool inAssertion(SourceLocation At, const ASTContext &Ctx) {
  const SourceManager &SM = Ctx.getSourceManager();
  while (At.isMacroID()) {
    StringRef Macro = Lexer::getImmediateMacroName(At, SM, Ctx.getLangOpts());
    if (hasWord(Macro,
                {"assert", "expect", "require", "ensure", "precondition",
                 "invariant", "unreachable", "dcheck", "contract", "test"}))
      return true;
    At = SM.getImmediateMacroCallerLoc(At);
  }
  return false;
}

/// A function whose throw is meant to end the program, or to fail a test.
static bool endsProgram(const FunctionDecl *FD) {
  if (!FD->getIdentifier())
    return false;
  return hasWord(FD->getName(),
                 {"fatal", "panic", "die", "abort", "terminate", "assert",
                  "unreachable", "bug", "fail", "crash"});
}

bool EscapeSearch::counts(const CXXThrowExpr *Throw) const {
  const Expr *Thrown = Throw->getSubExpr();
  if (inAssertion(Throw->getThrowLoc(), Words.context()))
    return false;
  if (const CXXRecordDecl *RD = Thrown->getType()->getAsCXXRecordDecl()) {
    const TypeModel *M = Words.typeOrBase(RD);
    if ((M && M->What == Kind::Misuse) || blamesProgram(RD->getName()))
      return false;
  }
  return !blamesProgram(textIn(Thrown));
}

const CXXRecordDecl *EscapeSearch::classNamed(StringRef Name) const {
  ASTContext &Ctx = const_cast<ASTContext &>(Words.context());
  const DeclContext *In = Ctx.getTranslationUnitDecl();
  while (In) {
    auto [Head, Rest] = Name.split("::");
    const DeclContext *Next = nullptr;
    for (const NamedDecl *D :
         In->lookup(DeclarationName(&Ctx.Idents.get(Head)))) {
      const NamedDecl *Real = D->getUnderlyingDecl();
      if (Rest.empty()) {
        if (const auto *RD = dyn_cast<CXXRecordDecl>(Real);
            RD && RD->hasDefinition())
          return RD->getDefinition();
        if (const auto *TD = dyn_cast<TypedefNameDecl>(Real))
          if (const auto *RD = TD->getUnderlyingType()->getAsCXXRecordDecl();
              RD && RD->hasDefinition())
            return RD->getDefinition();
      } else if (const auto *NS = dyn_cast<NamespaceDecl>(Real)) {
        Next = NS;
      } else if (const auto *RD = dyn_cast<CXXRecordDecl>(Real)) {
        Next = RD->getDefinition();
      }
    }
    In = Next;
    Name = Rest;
  }
  return nullptr;
}

//===----------------------------------------------------------------------===//
// Handlers
//===----------------------------------------------------------------------===//

bool EscapeSearch::takes(const CXXCatchStmt *Handler,
                         const EscapingThrow &T) const {
  QualType Type = Handler->getCaughtType();
  if (Type.isNull())
    return true; // catch (...)
  Type = Type.getNonReferenceType().getUnqualifiedType();
  const CXXRecordDecl *Taken = Type->getAsCXXRecordDecl();
  if (T.Class && T.Class->hasDefinition() && Taken)
    return Taken->getCanonicalDecl() == T.Class->getCanonicalDecl() ||
           (Taken->hasDefinition() && T.Class->isDerivedFrom(Taken));
  if (T.Type.isNull())
    return !T.Class && Taken; // It throws something: any class may be it.
  if (T.Class)
    return false;
  const ASTContext &Ctx = Words.context();
  QualType Thrown = T.Type.getUnqualifiedType();
  if (Thrown->isPointerType() || Thrown->isArrayType())
    return Type->isPointerType(); // Const, bases, void: enough that it may.
  return Ctx.hasSameType(Thrown, Type);
}

void EscapeSearch::attempt(const CXXTryStmt *Try, unsigned Depth,
                           const Throws *Caught, Throws &Into) {
  Throws Inner;
  collect(Try->getTryBlock(), Depth, Caught, Inner);
  std::vector<Throws> Taken(Try->getNumHandlers());
  for (EscapingThrow &T : Inner) {
    unsigned I = 0;
    while (I != Taken.size() && !takes(Try->getHandler(I), T))
      ++I;
    if (I != Taken.size()) {
      Taken[I].push_back(T);
      continue;
    }
    if (!T.Narrow)
      T.Narrow = Try;
    Into.push_back(T);
  }
  // What a handler throws itself, or again. That what it calls to report one
  // error may throw another one, nobody guards against.
  for (unsigned I = 0; I != Taken.size(); ++I) {
    const Stmt *Block = Try->getHandler(I)->getHandlerBlock();
    Throws Inside;
    collect(Block, Depth, &Taken[I], Inside);
    for (EscapingThrow &T : Inside)
      if (T.Calls.empty() || (T.Again && contains(Block, T.Again)))
        Into.push_back(std::move(T));
  }
}

//===----------------------------------------------------------------------===//
// Bodies
//===----------------------------------------------------------------------===//

void EscapeSearch::collect(const Stmt *S, unsigned Depth, const Throws *Caught,
                           Throws &Into) {
  if (!S || Into.size() > MaxThrows ||
      isa<LambdaExpr, CXXNoexceptExpr, UnaryExprOrTypeTraitExpr, CXXTypeidExpr,
          CoroutineBodyStmt>(S))
    return;
  if (const auto *Try = dyn_cast<CXXTryStmt>(S))
    return attempt(Try, Depth, Caught, Into);
  if (const auto *Throw = dyn_cast<CXXThrowExpr>(S)) {
    if (!Throw->getSubExpr()) {
      if (Caught)
        for (EscapingThrow T : *Caught) {
          T.Again = Throw;
          Into.push_back(T);
        }
      return;
    }
    if (!counts(Throw))
      return;
    EscapingThrow T;
    T.At = Throw;
    T.Type = Throw->getSubExpr()->getType().getNonReferenceType();
    T.Class = T.Type->getAsCXXRecordDecl();
    T.What = T.Class ? T.Class->getNameAsString()
                     : T.Type.getUnqualifiedType().getAsString(
                           Words.context().getPrintingPolicy());
    Into.push_back(T);
    return;
  }
  if (const auto *If = dyn_cast<IfStmt>(S)) {
    const Expr *Cond = If->getCond();
    Expr::EvalResult R;
    if (Cond && !Cond->isValueDependent() &&
        Cond->EvaluateAsInt(R, Words.context())) {
      collect(R.Val.getInt().getBoolValue() ? If->getThen() : If->getElse(),
              Depth, Caught, Into);
      return;
    }
  }
  // The default of all that is listed: somebody has forgotten a case.
  if (const auto *Default = dyn_cast<DefaultStmt>(S))
    if (const Stmt *Sub = Default->getSubStmt();
        isa_and_nonnull<CXXThrowExpr, ExprWithCleanups>(Sub))
      return;
  for (const Stmt *Child : S->children())
    collect(Child, Depth, Caught, Into);
  call(S, Depth, Into);
}

/// Also a virtual method of its own object, or of a class that is final: what
/// another class may make of it is that class's matter.
static const FunctionDecl *calleeOf(const Stmt *S) {
  if (const FunctionDecl *FD = ThrowSearch::callee(S))
    return FD;
  const auto *MC = dyn_cast<CXXMemberCallExpr>(S);
  const CXXMethodDecl *M = MC ? MC->getMethodDecl() : nullptr;
  if (!M || M->isPureVirtual())
    return nullptr;
  const Expr *Object = strip(MC->getImplicitObjectArgument());
  if (isa_and_nonnull<CXXThisExpr>(Object))
    return M;
  return M->getDevirtualizedMethod(MC->getImplicitObjectArgument(),
                                   /*IsAppleKext=*/false);
}

/// The overload that tells of errors by one of its arguments.
static bool tellsOtherwise(const Expr *E) {
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
  return FD && llvm::any_of(FD->parameters(), [](const ParmVarDecl *P) {
           const CXXRecordDecl *RD =
               P->getType().getNonReferenceType()->getAsCXXRecordDecl();
           return P->getType()->isLValueReferenceType() && RD &&
                  !P->getType()->getPointeeType().isConstQualified() &&
                  RD->getIdentifier() &&
                  RD->getName().contains_insensitive("error");
         });
}

void EscapeSearch::call(const Stmt *S, unsigned Depth, Throws &Into) {
  if (!isa<CallExpr, CXXConstructExpr>(S))
    return;
  const auto *E = cast<Expr>(S);
  // What reports that an assertion failed may throw to end a test.
  if (inAssertion(E->getBeginLoc(), Words.context()))
    return;
  auto Enter = [&](const FunctionDecl *FD) {
    for (EscapingThrow T : of(FD, Depth + 1)) {
      T.Calls.insert(T.Calls.begin(), E);
      Into.push_back(T);
    }
  };
  if (const Effect *Row = Words.effect(E)) {
    if (!Row->Throws.empty() && !tellsOtherwise(E)) {
      EscapingThrow T;
      T.At = E;
      T.Class = classNamed(Row->Throws);
      T.What = Row->Throws;
      Into.push_back(T);
    }
    // Run here and now.
    ArrayRef<const Expr *> Args = argumentsOf(E);
    if (Row->Does == Verb::Apply && Row->Callable >= 0 &&
        unsigned(Row->Callable) < Args.size())
      if (const FunctionDecl *FD = entryOf(Args[Row->Callable], Words))
        Enter(FD);
    return;
  }
  const FunctionDecl *FD = calleeOf(S), *Def = nullptr;
  if (FD && FD->isDefined(Def))
    return Enter(FD);
  if (Unknown && ThrowSearch::mayThrow(E) &&
      !(FD && Words.context().getSourceManager().isInSystemHeader(
                  FD->getLocation()))) {
    EscapingThrow T;
    T.At = E;
    Into.push_back(T);
  }
}

const EscapeSearch::Throws &EscapeSearch::of(const FunctionDecl *FD,
                                             unsigned Depth) {
  static const Throws None;
  const FunctionDecl *Def = nullptr;
  if (Depth == MaxDepth || !FD->isDefined(Def) || !Def ||
      Def->isDependentContext() || ThrowSearch::isNothrow(Def) ||
      (Depth && endsProgram(Def)) ||
      Words.context().getSourceManager().isInSystemHeader(Def->getLocation()))
    return None;
  auto [It, New] = Known.try_emplace({Def, Depth});
  if (!New)
    return It->second; // Also where a function calls itself.
  Throws Result;
  if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(Def))
    for (const CXXCtorInitializer *Init : Ctor->inits())
      if (Init->isWritten())
        collect(Init->getInit(), Depth, nullptr, Result);
  collect(Def->getBody(), Depth, nullptr, Result);
  return Known[{Def, Depth}] = std::move(Result);
}

std::optional<EscapingThrow> EscapeSearch::find(const FunctionDecl *Entry) {
  // What a library's own loop may throw, its model says.
  if (const auto *M = dyn_cast<CXXMethodDecl>(Entry);
      M && Words.type(M->getParent()))
    return std::nullopt;
  const EscapingThrow *Best = nullptr;
  for (const EscapingThrow &T : of(Entry, 0))
    if (!Best || T.Calls.size() < Best->Calls.size())
      Best = &T;
  return Best ? std::optional(*Best) : std::nullopt;
}

} // namespace leak
