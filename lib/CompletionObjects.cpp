//===--- CompletionObjects.cpp - objects that a function completes --------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// In C, and often in C++, what is to be completed is an object: a request
/// that gets a reply, an operation that is finished by a function that takes
/// it, or by a callback in it. Names tell which functions do that.
///
//===----------------------------------------------------------------------===//

#include "Completions.h"
#include "Index.h"
#include "Spelling.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;

namespace leak {

namespace {

/// What a function does to an object that it is given, by its name.
enum class Deed : unsigned char {
  Unknown,  ///< It may keep it, complete it later.
  Finishes, ///< `aio_finish`, `sendReply`
  Begins,   ///< `aio_begin`: when it fails, there is nothing to finish.
  Drops,    ///< `request_free`: it may complete it first.
  Looks     ///< `request_get_url`, `lock`
};

} // namespace

static Deed deed(StringRef Name) {
  if (hasWord(Name, {"is", "has", "get", "peek", "print", "printf", "log",
                     "trace", "debug", "dump", "assert", "lock", "unlock",
                     "len", "length", "size", "name", "strerror", "reset"}))
    return Deed::Looks;
  if (hasWord(Name, {"begin"}))
    return Deed::Begins;
  if (hasWord(Name, {"free", "destroy", "release", "delete", "dispose", "unref",
                     "put", "realloc", "drop", "deref"}))
    return Deed::Drops;
  if (hasWord(Name,
              {"on",       "set",      "wait",    "parse", "handle", "read",
               "recv",     "receive",  "alloc",   "new",   "create", "make",
               "init",     "register", "check",   "can",   "should", "need",
               "cb",       "callback", "handler", "state", "build",  "prepare",
               "schedule", "queue",    "append",  "write"}))
    return Deed::Unknown;
  return hasWord(Name, {"finish", "complete", "done", "reply", "respond",
                        "answer", "resolve", "reject", "fulfil", "fulfill",
                        "fail", "send error", "send response"})
             ? Deed::Finishes
             : Deed::Unknown;
}

/// Something that somebody waits for, by the name of it or of its class.
static bool isRequest(const VarDecl *Var, const RecordDecl *RD) {
  static const StringRef Words[] = {
      "req",         "request", "aio",   "op",      "operation",
      "call",        "job",     "cmd",   "command", "rpc",
      "transaction", "txn",     "query", "task",    "invocation"};
  return hasWord(Var->getName(), Words) ||
         (RD->getIdentifier() && hasWord(RD->getName(), Words));
}

static const FunctionDecl *callee(const Expr *E) {
  const auto *Call = dyn_cast<CallExpr>(E);
  return Call ? Call->getDirectCallee() : nullptr;
}

bool Completions::anyFinishes(const FunctionUses &In) {
  return llvm::any_of(In.Calls, [](const Expr *E) {
    if (const FunctionDecl *FD = callee(E))
      return FD->getIdentifier() && deed(FD->getName()) == Deed::Finishes;
    return isa<CallExpr>(E) && !isa<CXXMemberCallExpr, CXXOperatorCallExpr>(E);
  });
}

llvm::SmallVector<Completion, 2>
Completions::objects(const FunctionDecl *In) const {
  llvm::SmallVector<Completion, 2> Result;
  for (const ParmVarDecl *P : In->parameters()) {
    QualType T = P->getType();
    if (!T->isPointerType() || T->getPointeeType().isConstQualified())
      continue;
    const RecordDecl *RD = T->getPointeeType()->getAsRecordDecl();
    if (!RD || !isRequest(P, RD))
      continue;
    Completion C;
    C.Var = P;
    C.Loc = P->getLocation();
    C.What = Completion::Object;
    C.Name = Says::Completion;
    C.Shared = true;
    Result.push_back(C);
  }
  return Result;
}

namespace {

class ObjectWalk {
public:
  /// \p Carrier: it only matters for what was put in it.
  ObjectWalk(const ValueDecl *Var, CompletionUses &U, bool Carrier)
      : Var(Var), U(U), Carrier(Carrier) {}

  void visit(const Stmt *S) {
    if (!S)
      return;
    Up.push_back(S);
    if (const auto *LE = dyn_cast<LambdaExpr>(S)) {
      for (const Expr *Init : LE->capture_inits())
        visit(Init);
    } else if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
      if (Ref->getDecl()->getCanonicalDecl() == Var->getCanonicalDecl())
        use(Ref);
    } else if (!isa<UnaryExprOrTypeTraitExpr>(S)) {
      for (const Stmt *Child : S->children())
        visit(Child);
    }
    Up.pop_back();
  }

private:
  void act(const Stmt *At, Act::Kind What) {
    if (At == nullptr || U.Acts.lookup(At) == Act::Discharge)
      return;
    U.Acts[At] = What;
    U.Told[At] = At;
    for (const Stmt *S : Up)
      if (isa<WhileStmt, ForStmt, CXXForRangeStmt>(S))
        U.InLoop.insert(At);
    ++(What == Act::Discharge ? U.Calls : U.HandedOn);
  }

  /// A callback in the object that tells of its end.
  static bool isCallback(const MemberExpr *ME) {
    const auto *Field = dyn_cast<FieldDecl>(ME->getMemberDecl());
    return Field && Completions::nameSays(Field->getName()) == Says::Completion;
  }

  void use(const DeclRefExpr *Ref) {
    size_t I = Up.size() - 1;
    const Stmt *Inner = Ref;
    const MemberExpr *Member = nullptr; ///< The first one on the way out.
    bool Address = false;
    for (; I-- > 0; Inner = Up[I]) {
      const Stmt *Parent = Up[I];
      if (const auto *Cast = dyn_cast<CastExpr>(Parent);
          Cast && Cast->getCastKind() == CK_ToVoid)
        return act(Ref, Act::HandOn);
      if (isa<CastExpr, ParenExpr, MaterializeTemporaryExpr,
              CXXBindTemporaryExpr, FullExpr>(Parent))
        continue;
      if (const auto *UO = dyn_cast<UnaryOperator>(Parent)) {
        if (UO->getOpcode() == UO_Deref)
          continue;
        if (UO->getOpcode() == UO_AddrOf) {
          Address = true;
          continue;
        }
        if (UO->getOpcode() == UO_LNot)
          return;
      }
      if (const auto *ME = dyn_cast<MemberExpr>(Parent)) {
        if (!Member)
          Member = ME;
        continue;
      }
      if (isa<ArraySubscriptExpr>(Parent))
        continue;
      if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Parent);
          Op && (Op->getOperator() == OO_Arrow || Op->getOperator() == OO_Star))
        continue;
      if (Carrier && isa<CXXDeleteExpr>(Parent))
        return;
      // `request->callback = callback` of function objects.
      if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Parent);
          Op && Op->isAssignmentOp() && Member && Op->getArg(0) == Inner)
        return;
      if (const auto *Call = dyn_cast<CallExpr>(Parent))
        return called(Ref, Call, Inner, Member, Address);
      break;
    }
    // Parts of it are read, compared or set.
    const Stmt *Parent = I < Up.size() ? Up[I] : nullptr;
    const auto *BO = dyn_cast_or_null<BinaryOperator>(Parent);
    if (Member && !Address) {
      // A callback that is taken out is called somewhere.
      const auto *E = dyn_cast<Expr>(Inner);
      bool Set = BO && BO->isAssignmentOp() && BO->getLHS() == Inner;
      if (isCallback(Member) && E && !Set && !asked(Parent))
        act(Ref, Act::HandOn);
      return;
    }
    if (!Member && !Address && asked(Parent))
      return;
    act(Ref, Act::HandOn);
  }

  static bool asked(const Stmt *Parent) {
    if (const auto *BO = dyn_cast_or_null<BinaryOperator>(Parent))
      return BO->isComparisonOp() || BO->isLogicalOp();
    return isa_and_nonnull<IfStmt, WhileStmt, ForStmt, DoStmt,
                           ConditionalOperator>(Parent);
  }

  void called(const DeclRefExpr *Ref, const CallExpr *Call, const Stmt *Inner,
              const MemberExpr *Member, bool Address) {
    const FunctionDecl *FD = Call->getDirectCallee();
    const bool IsCallee = Call->getCallee() == Inner;
    if (IsCallee && Member && !FD) {
      // `req->cb(req, 0)`
      if (isCallback(Member))
        act(Call, Act::Discharge);
      return;
    }
    if (!FD || !FD->getIdentifier())
      return act(Ref, Act::HandOn);
    if (const auto *M = dyn_cast<CXXMethodDecl>(FD);
        IsCallee && M && Member && Member->getMemberDecl() == M) {
      // `request->finish()`
      Deed D = deed(FD->getName());
      if (D == Deed::Finishes)
        act(Call, Act::Discharge);
      else if (D == Deed::Unknown && !M->isConst())
        act(Ref, Act::HandOn);
      return;
    }
    Deed D = deed(FD->getName());
    if (Carrier && !Member && FD->getName().ends_with("free") &&
        FD->getNumParams() == 1 &&
        FD->getParamDecl(0)->getType()->isVoidPointerType())
      return;
    if (D == Deed::Looks || FD->isVariadic() || looks(FD, Call, Inner))
      return;
    if (Member) {
      // What hangs on a part of it: the list that it is put into, the
      // connection that is closed.
      if (Address || cast<Expr>(Inner)->getType()->isAnyPointerType())
        act(Ref, Act::HandOn);
      return;
    }
    if (D == Deed::Begins)
      U.Begins.insert(Call);
    else if (D == Deed::Drops)
      U.Acts[Call] = Act::Renounce;
    else
      act(Call, D == Deed::Finishes ? Act::Discharge : Act::HandOn);
  }

  /// \p Call only looks at the argument \p Arg.
  static bool looks(const FunctionDecl *FD, const CallExpr *Call,
                    const Stmt *Arg) {
    for (unsigned I = 0; I != Call->getNumArgs() && I < FD->getNumParams();
         ++I) {
      if (Call->getArg(I) != Arg)
        continue;
      QualType T = FD->getParamDecl(I)->getType();
      if (T->isPointerType() || T->isReferenceType())
        return T->getPointeeType().isConstQualified();
      return !T->isRecordType();
    }
    return false;
  }

  const ValueDecl *Var;
  CompletionUses &U;
  bool Carrier;
  llvm::SmallVector<const Stmt *, 32> Up;
};

} // namespace

CompletionUses Completions::objectUses(const Completion &C,
                                       const FunctionDecl *In) const {
  CompletionUses U;
  ObjectWalk(C.Var, U, /*Carrier=*/false).visit(In->getBody());
  return U;
}

void Completions::carrierUses(const VarDecl *Carrier, const FunctionDecl *In,
                              CompletionUses &U) {
  ObjectWalk(Carrier, U, /*Carrier=*/true).visit(In->getBody());
}

llvm::SmallVector<Completion, 1>
Completions::members(const FunctionUses &In) const {
  llvm::SmallVector<Completion, 1> Result;
  const auto *M = dyn_cast<CXXMethodDecl>(In.Decl);
  if (!M || isa<CXXConstructorDecl, CXXDestructorDecl>(M))
    return Result;
  llvm::SmallVector<std::pair<const FieldDecl *, unsigned>, 2> Called;
  for (const Expr *E : In.Calls) {
    const auto *Call = dyn_cast<CallExpr>(E);
    if (!Call)
      continue;
    const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call);
    if (Op && Op->getOperator() != OO_Call)
      continue;
    const auto *ME = dyn_cast_or_null<MemberExpr>(
        strip(Op ? Op->getArg(0) : Call->getCallee()));
    const auto *Field = ME ? dyn_cast<FieldDecl>(ME->getMemberDecl()) : nullptr;
    if (!Field || !isa<CXXThisExpr>(strip(ME->getBase())) ||
        nameSays(Field->getName()) != Says::Completion ||
        !isCallback(Field->getType()))
      continue;
    auto *It = llvm::find_if(Called, [&](auto &C) { return C.first == Field; });
    if (It != Called.end())
      ++It->second;
    else
      Called.push_back({Field, 1});
  }
  for (auto [Field, Times] : Called)
    if (Times > 1) {
      Completion C;
      C.Var = Field;
      C.Loc = In.Decl->getLocation();
      C.From = Completion::Member;
      C.Name = Says::Completion;
      C.Shared = true;
      Result.push_back(C);
    }
  return Result;
}

} // namespace leak
