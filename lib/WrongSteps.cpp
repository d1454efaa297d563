//===--- WrongSteps.cpp - steps by another variable -----------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "WrongSteps.h"
#include "Index.h"
#include "Spelling.h"
#include "Statements.h"
#include "Stillness.h"
#include "Traversal.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace leak {

static const VarDecl *localOf(const Expr *E) {
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E ? strip(E) : nullptr);
  const auto *VD = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return VD && VD->hasLocalStorage() && !VD->getType()->isReferenceType() &&
                 !VD->getType().isVolatileQualified()
             ? VD
             : nullptr;
}

/// \p S gives \p VD a value, or lets others do so.
static bool mayChange(const Stmt *S, const VarDecl *VD) {
  if (!S)
    return false;
  if (changedBy(S) == VD)
    return true;
  if (const auto *UO = dyn_cast<UnaryOperator>(S);
      UO && UO->getOpcode() == UO_AddrOf && localOf(UO->getSubExpr()) == VD)
    return true;
  if (isa<LambdaExpr, AsmStmt>(S))
    return mentions(S, VD);
  if (const auto *E = dyn_cast<Expr>(S);
      E && isa<CallExpr, CXXConstructExpr>(S))
    for (const Expr *A : operandsOf(E))
      if (A->isGLValue() && localOf(A) == VD)
        return true;
  if (const auto *DS = dyn_cast<DeclStmt>(S))
    for (const Decl *D : DS->decls())
      if (const auto *Other = dyn_cast<VarDecl>(D);
          Other && Other->getType()->isReferenceType() && Other->hasInit() &&
          localOf(Other->getInit()) == VD)
        return true;
  return llvm::any_of(S->children(),
                      [&](const Stmt *C) { return mayChange(C, VD); });
}

/// A call that takes something out of a list, by its name.
static bool takesOut(const CallExpr *Call) {
  const FunctionDecl *FD = Call->getDirectCallee();
  return !FD || !FD->getIdentifier() ||
         hasWord(FD->getName(),
                 {"take", "remove", "delete", "del", "free", "pop", "unlink",
                  "destroy", "release", "erase", "drop", "detach", "put",
                  "close", "unref", "move", "shift"});
}

/// \p S writes \p Next of some item, or gives one of the two to a call that
/// isn't only asked.
static bool rebuilds(const Stmt *S, const ValueDecl *Next, const VarDecl *Item,
                     const VarDecl *From, bool Asked = false) {
  if (!S)
    return false;
  if (const auto *Set = dyn_cast<BinaryOperator>(S);
      Set && Set->isAssignmentOp())
    if (const auto *To = dyn_cast_or_null<MemberExpr>(strip(Set->getLHS()));
        To && To->getMemberDecl() == Next)
      return true;
  if (const auto *Call = dyn_cast<CallExpr>(S);
      Call && (!Asked || takesOut(Call)))
    for (const Expr *A : Call->arguments())
      if (localOf(A) == From || localOf(A) == Item)
        return true;
  const auto *If = dyn_cast<IfStmt>(S);
  return llvm::any_of(S->children(), [&](const Stmt *C) {
    return rebuilds(C, Next, Item, From, If ? C == If->getCond() : Asked);
  });
}

/// `other = item->next`, when nothing in the loop changes `item`.
static std::optional<WrongStep> sameStep(const ForStmt *Loop) {
  const auto *BO = dyn_cast_or_null<BinaryOperator>(
      Loop->getInc() ? strip(Loop->getInc()) : nullptr);
  if (!BO || BO->getOpcode() != BO_Assign || !Loop->getCond())
    return std::nullopt;
  const VarDecl *Item = localOf(BO->getLHS());
  const auto *ME = dyn_cast_or_null<MemberExpr>(strip(BO->getRHS()));
  const VarDecl *From = ME && ME->isArrow() ? localOf(ME->getBase()) : nullptr;
  // The names of macros that go through lists are given by the project.
  if (!Item || !From || Item == From || BO->getBeginLoc().isMacroID() ||
      !Item->getType()->isPointerType() ||
      Item->getType().getCanonicalType().getUnqualifiedType() !=
          From->getType().getCanonicalType().getUnqualifiedType() ||
      !mentions(Loop->getCond(), Item) || mentions(Loop->getCond(), From))
    return std::nullopt;
  for (const Stmt *Part :
       {static_cast<const Stmt *>(Loop->getCond()), Loop->getBody()})
    if (mayChange(Part, From) || mayChange(Part, Item))
      return std::nullopt;
  if (rebuilds(Loop->getBody(), ME->getMemberDecl(), Item, From))
    return std::nullopt;
  WrongStep W;
  W.Loop = Loop;
  W.At = BO;
  W.Item = Item;
  W.From = From;
  return W;
}

static std::optional<std::string> textOf(const Expr *E) {
  E = E ? strip(E) : nullptr;
  if (const auto *CE = dyn_cast_or_null<CXXConstructExpr>(E);
      CE && CE->getNumArgs() && !isa<CXXDefaultArgExpr>(CE->getArg(0)))
    E = strip(CE->getArg(0));
  if (const auto *L = dyn_cast_or_null<StringLiteral>(E); L && L->isOrdinary())
    return L->getString().str();
  if (const auto *C = dyn_cast_or_null<CharacterLiteral>(E);
      C && C->getValue() < 128)
    return std::string(1, static_cast<char>(C->getValue()));
  return std::nullopt;
}

static const CXXMemberCallExpr *memberCall(const Stmt *S, StringRef Name) {
  const auto *MC = dyn_cast_or_null<CXXMemberCallExpr>(S);
  const CXXMethodDecl *M = MC ? MC->getMethodDecl() : nullptr;
  return M && M->getIdentifier() && M->getName() == Name &&
                 M->getParent()->getIdentifier() &&
                 M->getParent()->getName() == "basic_string"
             ? MC
             : nullptr;
}

/// `while ((at = text.find("a", at)) != npos) text.replace(at, 1, "aa")`.
static std::optional<WrongStep> refound(const Stmt *Loop, const Expr *Cond,
                                        const Stmt *Body) {
  const BinaryOperator *Set = nullptr;
  const CXXMemberCallExpr *Find = nullptr;
  unsigned Sets = 0;
  forEachOutsideLambdas(Cond, [&](const Stmt *S) {
    const auto *BO = dyn_cast<BinaryOperator>(S);
    if (!BO || BO->getOpcode() != BO_Assign)
      return;
    ++Sets;
    Find = memberCall(strip(BO->getRHS()), "find");
    Set = BO;
  });
  if (!Find || Sets != 1 || !Find->getNumArgs())
    return std::nullopt;
  const VarDecl *At = localOf(Set->getLHS());
  const VarDecl *Text = localOf(Find->getImplicitObjectArgument());
  std::optional<std::string> Searched = textOf(Find->getArg(0));
  // From the place of the one before, or from the beginning.
  const Expr *Start = Find->getNumArgs() > 1 ? Find->getArg(1) : nullptr;
  Expr::EvalResult R;
  if (!At || !Text || !Searched ||
      (Start && !isa<CXXDefaultArgExpr>(Start) && localOf(Start) != At &&
       (Start->isValueDependent() ||
        !Start->EvaluateAsInt(R, Text->getASTContext()) ||
        R.Val.getInt() != 0)))
    return std::nullopt;
  const CXXMemberCallExpr *Replace = nullptr;
  bool Others = false;
  forEachOutsideLambdas(Body, [&](const Stmt *S) {
    const auto *MC = dyn_cast<CXXMemberCallExpr>(S);
    if (MC && memberCall(S, "replace") &&
        localOf(MC->getImplicitObjectArgument()) == Text) {
      Others |= Replace != nullptr;
      Replace = MC;
    } else if (changedBy(S) == Text || changedBy(S) == At ||
               isa<BreakStmt, ReturnStmt, GotoStmt, CXXThrowExpr>(S)) {
      Others = true;
    }
  });
  if (!Replace || Others || Replace->getNumArgs() < 3 ||
      localOf(Replace->getArg(0)) != At)
    return std::nullopt;
  std::optional<std::string> By = textOf(Replace->getArg(2));
  if (!By || By->find(*Searched) == std::string::npos)
    return std::nullopt;
  WrongStep W;
  W.What = WrongStep::Refound;
  W.Loop = Loop;
  W.At = Replace;
  W.Item = Text;
  W.Searched = Find->getArg(0);
  return W;
}

namespace {

/// `at = text.find("a", at)`, `p = strchr(p, ',')`: a search that begins where
/// its result is kept, or always at the beginning.
struct Search {
  const VarDecl *At = nullptr;
  const ValueDecl *Text = nullptr; ///< Null where \c At points into it.
  const CallExpr *Call = nullptr;
};

} // namespace

static std::optional<Search> searchIn(const Stmt *S) {
  const auto *BO = dyn_cast_or_null<BinaryOperator>(S);
  const auto *Call = BO && BO->getOpcode() == BO_Assign
                         ? dyn_cast_or_null<CallExpr>(strip(BO->getRHS()))
                         : nullptr;
  const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
  Search Found{FD ? localOf(BO->getLHS()) : nullptr, nullptr, Call};
  if (!Found.At || !FD->getIdentifier())
    return std::nullopt;
  StringRef Name = FD->getName();
  if (const auto *MC = dyn_cast<CXXMemberCallExpr>(Call)) {
    const CXXRecordDecl *RD = MC->getRecordDecl();
    Found.Text = namedBy(strip(MC->getImplicitObjectArgument()));
    if (!RD || !RD->isInStdNamespace() || !RD->getIdentifier() ||
        !RD->getName().starts_with("basic_string") || !Found.Text ||
        !(Name.starts_with("find") || Name == "rfind") || !MC->getNumArgs())
      return std::nullopt;
    const Expr *From = MC->getNumArgs() > 1 ? MC->getArg(1) : nullptr;
    return !From || isa<CXXDefaultArgExpr>(From) || localOf(From) == Found.At
               ? std::optional(Found)
               : std::nullopt;
  }
  return llvm::is_contained({"strstr", "strcasestr", "strchr", "strpbrk"},
                            Name) &&
                 localOf(Call->getArg(0)) == Found.At &&
                 Found.At->getType()->isPointerType()
             ? std::optional(Found)
             : std::nullopt;
}

/// What \p D names is looked at in \p S, and no more. Where it points to bytes,
/// they aren't written either, by it or another pointer.
static bool onlyLooksAt(const Stmt *S, const ValueDecl *D, bool Bytes) {
  if (!S)
    return true;
  if (isa<LambdaExpr, AsmStmt>(S))
    return !mentions(S, D);
  if (const auto *BO = dyn_cast<BinaryOperator>(S);
      BO && BO->isAssignmentOp() &&
      (Bytes ? !localOf(BO->getLHS()) : mentions(BO->getLHS(), D)))
    return false;
  if (const auto *UO = dyn_cast<UnaryOperator>(S);
      UO && (UO->isIncrementDecrementOp() || UO->getOpcode() == UO_AddrOf) &&
      (Bytes ? !localOf(UO->getSubExpr()) : mentions(UO->getSubExpr(), D)))
    return false;
  if (const auto *DS = dyn_cast<DeclStmt>(S))
    for (const Decl *Inner : DS->decls())
      if (const auto *VD = dyn_cast<VarDecl>(Inner);
          VD && VD->hasInit() &&
          (VD->getType()->isReferenceType() ||
           VD->getType()->isPointerType()) &&
          !VD->getType()->getPointeeType().isConstQualified() &&
          mentions(VD->getInit(), D))
        return false;
  if (const auto *E = dyn_cast<Expr>(S);
      isa<CallExpr, CXXConstructExpr>(S) && mentions(E, D)) {
    const FunctionDecl *FD = isa<CallExpr>(E)
                                 ? cast<CallExpr>(E)->getDirectCallee()
                                 : cast<CXXConstructExpr>(E)->getConstructor();
    const auto *M = dyn_cast_or_null<CXXMethodDecl>(FD);
    const Expr *Object = receiverOf(E);
    if (!FD || (M && Object && mentions(Object, D) && !M->isConst()))
      return false;
    ArrayRef<const Expr *> Args = operandsOf(E);
    unsigned Skip = isa<CXXOperatorCallExpr>(E) && M;
    if (Skip && mentions(Args[0], D) && !M->isConst())
      return false;
    for (unsigned No = Skip; No < Args.size(); ++No) {
      QualType T = No - Skip < FD->getNumParams()
                       ? FD->getParamDecl(No - Skip)->getType()
                       : QualType();
      if (!T.isNull() && (T->isReferenceType() || T->isPointerType()) &&
          !T->getPointeeType().isConstQualified() && mentions(Args[No], D))
        return false;
    }
  }
  return llvm::all_of(S->children(), [&](const Stmt *Child) {
    return onlyLooksAt(Child, D, Bytes);
  });
}

/// `while ((at = text.find("a", at)) != npos) ++count;`
static std::optional<WrongStep> unmoved(const WhileStmt *Loop) {
  std::optional<Search> Found;
  unsigned Changes = 0;
  bool Leaves = false;
  forEachOutsideLambdas(Loop, [&](const Stmt *S) {
    if (auto Here = searchIn(S))
      Found = Here;
    if (const auto *Call = dyn_cast<CallExpr>(S);
        Call && Call->getDirectCallee() &&
        Call->getDirectCallee()->isNoReturn())
      Leaves = true;
    Leaves |= isa<BreakStmt, ContinueStmt, ReturnStmt, GotoStmt, LabelStmt,
                  CXXThrowExpr, CoreturnStmt, CoawaitExpr, CoyieldExpr>(S);
  });
  if (!Found || Leaves || Loop->getConditionVariable())
    return std::nullopt;
  // In the condition, or in each turn.
  const VarDecl *At = Found->At;
  const auto *Body = dyn_cast<CompoundStmt>(Loop->getBody());
  bool InBody = Body && llvm::any_of(Body->body(), [](const Stmt *S) {
                  return searchIn(S).has_value();
                });
  if (!(InBody || contains(Loop->getCond(), Found->Call)) ||
      !mentions(Loop->getCond(), At))
    return std::nullopt;
  forEachOutsideLambdas(Loop,
                        [&](const Stmt *S) { Changes += changedBy(S) == At; });
  // Other terms may end it.
  const auto *Cond = dyn_cast<BinaryOperator>(strip(Loop->getCond()));
  if (Changes != 1 || (Cond && Cond->isLogicalOp()))
    return std::nullopt;
  if (Found->Text ? !onlyLooksAt(Loop->getBody(), Found->Text, false) ||
                        mayChange(Found->Call, At)
                  : !onlyLooksAt(Loop->getBody(), At, true))
    return std::nullopt;
  if (Found->Text && !isa<VarDecl>(Found->Text))
    return std::nullopt;
  WrongStep W;
  W.What = WrongStep::Unmoved;
  W.Loop = Loop;
  W.At = Found->Call;
  W.Item = At;
  return W;
}

std::vector<WrongStep> wrongSteps(const FunctionDecl *FD) {
  std::vector<WrongStep> Result;
  if (FD->isTemplateInstantiation())
    return Result;
  auto Add = [&](std::optional<WrongStep> W) {
    if (W)
      Result.push_back(std::move(*W));
  };
  forEachOutsideLambdas(FD->getBody(), [&](const Stmt *S) {
    if (const auto *F = dyn_cast<ForStmt>(S))
      Add(sameStep(F));
    else if (const auto *W = dyn_cast<WhileStmt>(S)) {
      Add(refound(W, W->getCond(), W->getBody()));
      Add(unmoved(W));
    }
  });
  return Result;
}

} // namespace leak
