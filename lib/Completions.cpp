//===--- Completions.cpp - what must be called or set once ----------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Completions.h"
#include "Index.h"
#include "Spelling.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace leak {

/// What a pointer, reference or owner leads to; \p Shared when it does.
static QualType target(QualType T, bool &Shared) {
  if (T->isReferenceType()) {
    Shared |= T->isLValueReferenceType();
    T = T->getPointeeType();
  }
  if (T->isPointerType() && !T->isFunctionPointerType()) {
    Shared = true;
    T = T->getPointeeType();
  } else if (const auto *Spec =
                 dyn_cast_or_null<ClassTemplateSpecializationDecl>(
                     T->getAsCXXRecordDecl());
             Spec && Spec->getIdentifier() &&
             (Spec->getName() == "shared_ptr" ||
              Spec->getName() == "unique_ptr") &&
             Spec->getTemplateArgs().size() &&
             Spec->getTemplateArgs()[0].getKind() == TemplateArgument::Type) {
    Shared |= Spec->getName() == "shared_ptr";
    T = Spec->getTemplateArgs()[0].getAsType();
  }
  return T;
}

static bool returnsNothing(const FunctionType *FT) {
  return FT && FT->getReturnType()->isVoidType();
}

/// \p RD is called like a function, and returns nothing.
static bool callable(const CXXRecordDecl *RD, unsigned Depth) {
  if (!RD || !RD->hasDefinition() || Depth > 3)
    return false;
  RD = RD->getDefinition();
  // function<void(int)>, whatever it is called.
  if (const auto *Spec = dyn_cast<ClassTemplateSpecializationDecl>(RD))
    if (Spec->getTemplateArgs().size() &&
        Spec->getTemplateArgs()[0].getKind() == TemplateArgument::Type)
      if (const auto *FT =
              Spec->getTemplateArgs()[0].getAsType()->getAs<FunctionType>())
        return returnsNothing(FT);
  ASTContext &Ctx = RD->getASTContext();
  bool Found = false;
  for (const NamedDecl *D :
       RD->lookup(Ctx.DeclarationNames.getCXXOperatorName(OO_Call))) {
    const auto *FD = dyn_cast<FunctionDecl>(D);
    if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D))
      FD = Template->getTemplatedDecl();
    if (!FD)
      continue;
    QualType Result = FD->getReturnType();
    if (!Result->isVoidType() && !Result->isDependentType() &&
        !Result->isUndeducedType())
      return false;
    Found = true;
  }
  if (Found)
    return true;
  for (const CXXBaseSpecifier &Base : RD->bases())
    if (callable(Base.getType()->getAsCXXRecordDecl(), Depth + 1))
      return true;
  return false;
}

/// `Run()` of an abstract class: a closure.
static bool isClosure(const CXXRecordDecl *RD) {
  if (!RD || !RD->hasDefinition() || !RD->getDefinition()->isPolymorphic())
    return false;
  for (const CXXMethodDecl *M : RD->getDefinition()->methods())
    if (M->getIdentifier() && M->getName() == "Run" && M->isVirtual() &&
        M->param_empty() && M->getReturnType()->isVoidType())
      return true;
  return false;
}

bool Completions::isCallback(QualType T) const {
  bool Shared = false;
  T = target(T, Shared);
  if (T->isFunctionPointerType() || T->isFunctionType()) {
    const auto *FT = T->isFunctionType()
                         ? T->getAs<FunctionType>()
                         : T->getPointeeType()->getAs<FunctionType>();
    return returnsNothing(FT);
  }
  const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
  if (!RD)
    return false;
  auto [It, New] = Callable.try_emplace(RD->getCanonicalDecl());
  if (New) {
    bool Is = callable(RD, 0) || isClosure(RD);
    Callable[RD->getCanonicalDecl()] = Is;
    return Is;
  }
  return It->second;
}

static std::optional<Verb> byName(StringRef Name) {
  std::string Plain;
  for (char C : Name)
    if (C != '_')
      Plain += llvm::toLower(C);
  for (StringRef Word : {"setvalue", "setsuccess", "setresult", "resolve",
                         "setcomplete", "fulfil", "fulfill", "succeed"})
    if (Plain == Word)
      return Verb::Fulfil;
  for (StringRef Word :
       {"setexception", "setfailed", "setfailure", "seterror", "reject"})
    if (Plain == Word)
      return Verb::Fail;
  return Plain == "getfuture" ? std::optional(Verb::GetFuture) : std::nullopt;
}

/// A class of the project's own with a way to succeed and one to fail.
bool Completions::isPromise(const CXXRecordDecl *RD) const {
  if (!RD || !RD->hasDefinition())
    return false;
  if (const TypeModel *M = Words.typeOrBase(RD))
    return M->What == Kind::Signal;
  RD = RD->getDefinition();
  auto [It, New] = Settable.try_emplace(RD->getCanonicalDecl());
  if (!New)
    return It->second;
  bool Succeeds = false, Fails = false;
  for (const CXXMethodDecl *M : RD->methods())
    if (M->getIdentifier()) {
      std::optional<Verb> V = byName(M->getName());
      Succeeds |= V == Verb::Fulfil;
      Fails |= V == Verb::Fail;
    }
  for (const Decl *D : RD->decls())
    if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D);
        Template && Template->getIdentifier()) {
      std::optional<Verb> V = byName(Template->getName());
      Succeeds |= V == Verb::Fulfil;
      Fails |= V == Verb::Fail;
    }
  return Settable[RD->getCanonicalDecl()] = Succeeds && Fails;
}

std::optional<Verb> Completions::verb(const CallExpr *Call) const {
  if (const Effect *Row = Words.effect(Call))
    return Row->Does;
  const FunctionDecl *FD = Call->getDirectCallee();
  return FD && FD->getIdentifier() ? byName(FD->getName()) : std::nullopt;
}

Says Completions::nameSays(StringRef Given) {
  const std::string Name = Given.lower();
  StringRef N = Name;
  bool Other = false, Operation = false;
  for (const std::string &Word : identifierWords(Given)) {
    Other |= Word == "log" || Word == "each" || Word == "logger";
    for (StringRef Stem :
         {"visit",  "pred",      "filter",   "compar",    "progress",
          "iter",   "transform", "listener", "observer",  "free",
          "delete", "destr",     "alloc",    "hook",      "factory",
          "change", "event",     "data",     "chunk",     "header",
          "print",  "dump",      "message",  "connected", "disconnect",
          "walk",   "enum",      "notif",    "tick",      "timer",
          "progr",  "incoming"})
      Other |= StringRef(Word).starts_with(Stem);
    // `onRead` is called for each, `ReadCallback` perhaps when it has been
    // done.
    for (StringRef Stem : {"create", "update", "init", "cleanup", "setup",
                           "read", "recv", "receive", "subscri"})
      Operation |= StringRef(Word).starts_with(Stem);
  }
  if (Other)
    return Says::Other;
  bool Ends = N == "cb" || N.ends_with("_cb") || Given.ends_with("Cb") ||
              Given.ends_with("CB") || N == "cb_" || N == "rcb" || N == "acb";
  for (StringRef Word :
       {"callback", "done", "complet", "closure", "continuation", "reply",
        "respon", "finish", "resolve", "promise", "oncomplete"})
    Ends |= N.contains(Word);
  if (Operation)
    return Ends ? Says::Maybe : Says::Other;
  if (Ends)
    return Says::Completion;
  if (N.contains("handler") || N == "then" || N == "next")
    return Says::Maybe;
  return Says::Nothing;
}

/// By its own name, and that of its type.
static Says says(const VarDecl *Var) {
  Says Own = Completions::nameSays(Var->getName());
  QualType T = Var->getType().getNonReferenceType();
  if (T->isPointerType() && !T->getAs<TypedefType>())
    T = T->getPointeeType();
  Says Type = Says::Nothing;
  if (const auto *TT = T->getAs<TypedefType>())
    Type = Completions::nameSays(TT->getDecl()->getName());
  else if (const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
           RD && RD->getIdentifier() && !RD->isInStdNamespace())
    Type = Completions::nameSays(RD->getName());
  if (Own == Says::Other || Type == Says::Other)
    return Says::Other;
  if (Own == Says::Completion || Type == Says::Completion)
    return Says::Completion;
  return Own == Says::Maybe ? Own : Type;
}

std::optional<Completion> Completions::variable(const VarDecl *Var) const {
  QualType T = Var->getType();
  if (T->isDependentType() || T->isUndeducedType() || Var->isInvalidDecl())
    return std::nullopt;
  Completion C;
  C.Var = Var;
  C.Loc = Var->getLocation();
  bool Shared = false;
  QualType To = target(T, Shared);
  C.Shared = Shared;
  if (isPromise(To->getAsCXXRecordDecl())) {
    C.What = Completion::Promise;
    C.Name = Says::Completion;
    const TypeModel *M = Words.typeOrBase(To->getAsCXXRecordDecl());
    // Those that hand out a future break it when they end; a destructor of the
    // project's own may do anything.
    const CXXRecordDecl *RD = To->getAsCXXRecordDecl();
    C.BreaksAtEnd = M ? !M->methodFor(Verb::GetFuture).empty()
                      : RD->hasDefinition() && RD->hasUserDeclaredDestructor();
    C.Once = M && C.BreaksAtEnd;
    return C;
  }
  if (!isCallback(T))
    return std::nullopt;
  C.Name = says(Var);
  return C;
}

/// The local objects of classes in the outermost blocks of \p S.
static llvm::SmallVector<const VarDecl *, 4> locals(const Stmt *S) {
  llvm::SmallVector<const VarDecl *, 4> Result;
  for (const Stmt *Child : S->children())
    if (const auto *DS = dyn_cast_or_null<DeclStmt>(Child))
      for (const Decl *D : DS->decls())
        if (const auto *VD = dyn_cast<VarDecl>(D);
            VD && VD->isLocalVarDecl() && !VD->isStaticLocal() &&
            VD->getType()->isRecordType())
          Result.push_back(VD);
  return Result;
}

llvm::SmallVector<Completion, 2> Completions::of(const FunctionDecl *In) const {
  llvm::SmallVector<Completion, 2> Result;
  for (const ParmVarDecl *P : In->parameters())
    if (std::optional<Completion> C = variable(P))
      Result.push_back(*C);
  const auto *Method = dyn_cast<CXXMethodDecl>(In);
  if (Method && Method->getParent()->isLambda())
    for (const LambdaCapture &Capture : Method->getParent()->captures()) {
      if (!Capture.capturesVariable() || Capture.getCaptureKind() != LCK_ByCopy)
        continue;
      const auto *Var = dyn_cast<VarDecl>(Capture.getCapturedVar());
      if (!Var)
        continue;
      if (std::optional<Completion> C = variable(Var)) {
        C->From = Completion::Capture;
        C->Loc = Capture.getLocation();
        Result.push_back(*C);
      }
    }
  for (const VarDecl *Var : locals(In->getBody()))
    if (std::optional<Completion> C = variable(Var);
        C && C->What == Completion::Promise && !C->Shared && !C->BreaksAtEnd) {
      C->From = Completion::Local;
      Result.push_back(*C);
    }
  return Result;
}

/// `std::move(x)`, `std::forward<T>(x)`.
const Expr *Completions::moved(const Expr *E) {
  for (;;) {
    E = strip(E);
    const auto *Call = dyn_cast_or_null<CallExpr>(E);
    if (!Call || Call->getNumArgs() != 1)
      return E;
    switch (Call->getBuiltinCallee()) {
    case Builtin::BImove:
    case Builtin::BIforward:
    case Builtin::BIas_const:
      E = Call->getArg(0);
      continue;
    default:
      return E;
    }
  }
}

static bool isVariable(const Expr *E, const ValueDecl *Var) {
  E = Completions::moved(E);
  if (const auto *ME = dyn_cast_or_null<MemberExpr>(E))
    return (ME->getMemberDecl() == Var &&
            isa<CXXThisExpr>(strip(ME->getBase()))) ||
           // The callback in an object.
           (ME->getType()->isFunctionPointerType() &&
            isVariable(ME->getBase(), Var));
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E);
  return Ref && Ref->getDecl()->getCanonicalDecl() == Var->getCanonicalDecl();
}

std::optional<bool> Completions::emptyWhen(const Expr *Cond,
                                           const ValueDecl *Var) {
  Cond = strip(Cond);
  if (!Cond)
    return std::nullopt;
  if (isVariable(Cond, Var))
    return false;
  auto Not = [](std::optional<bool> B) {
    return B ? std::optional(!*B) : std::nullopt;
  };
  if (const auto *UO = dyn_cast<UnaryOperator>(Cond)) {
    if (UO->getOpcode() == UO_LNot)
      return Not(emptyWhen(UO->getSubExpr(), Var));
    // `*callback` of a pointer to a function object.
    return UO->getOpcode() == UO_Deref ? emptyWhen(UO->getSubExpr(), Var)
                                       : std::nullopt;
  }
  if (const auto *MC = dyn_cast<CXXMemberCallExpr>(Cond)) {
    const CXXMethodDecl *M = MC->getMethodDecl();
    if (!M || MC->getNumArgs() ||
        !isVariable(MC->getImplicitObjectArgument(), Var))
      return std::nullopt;
    if (isa<CXXConversionDecl>(M))
      return false;
    if (!M->getIdentifier())
      return std::nullopt;
    if (M->getName() == "empty" || M->getName() == "isNull" ||
        M->getName() == "is_null")
      return true;
    if (M->getName() == "get" || M->getName() == "isValid" ||
        M->getName() == "valid")
      return false;
    return std::nullopt;
  }
  const Expr *Left = nullptr, *Right = nullptr;
  bool Equal = false;
  if (const auto *BO = dyn_cast<BinaryOperator>(Cond);
      BO && BO->isEqualityOp()) {
    Left = BO->getLHS();
    Right = BO->getRHS();
    Equal = BO->getOpcode() == BO_EQ;
  } else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Cond);
             Op && Op->getNumArgs() == 2 &&
             (Op->getOperator() == OO_EqualEqual ||
              Op->getOperator() == OO_ExclaimEqual)) {
    Left = Op->getArg(0);
    Right = Op->getArg(1);
    Equal = Op->getOperator() == OO_EqualEqual;
  } else if (const auto *Rewritten =
                 dyn_cast<CXXRewrittenBinaryOperator>(Cond)) {
    return emptyWhen(Rewritten->getSemanticForm(), Var);
  } else {
    return std::nullopt;
  }
  auto IsNull = [](const Expr *E) {
    E = strip(E);
    if (const auto *Lit = dyn_cast_or_null<IntegerLiteral>(E))
      return Lit->getValue() == 0;
    return isa_and_nonnull<CXXNullPtrLiteralExpr, GNUNullExpr>(E);
  };
  if ((isVariable(Left, Var) && IsNull(Right)) ||
      (isVariable(Right, Var) && IsNull(Left)))
    return Equal;
  return std::nullopt;
}

} // namespace leak
