//===--- PollGaps.cpp - what a loop does between two polls ----------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PollGaps.h"
#include "Index.h"
#include "Predicates.h"
#include "Spelling.h"
#include "Starts.h"
#include "Statements.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace leak {

static constexpr unsigned MaxDepth = 3;

/// `do { ... } while (0)`
static bool runsOnce(const Stmt *Loop, const ASTContext &Ctx) {
  const auto *Do = dyn_cast<DoStmt>(Loop);
  Expr::EvalResult R;
  return Do && !Do->getCond()->isValueDependent() &&
         Do->getCond()->EvaluateAsInt(R, Ctx) && R.Val.getInt() == 0;
}

static const FunctionDecl *definitionOf(const Expr *Call) {
  const FunctionDecl *FD = nullptr, *Def = nullptr;
  if (const auto *CE = dyn_cast<CXXConstructExpr>(Call))
    FD = CE->getConstructor();
  else if (const auto *C = dyn_cast<CallExpr>(Call))
    FD = C->getDirectCallee();
  if (!FD || !FD->isDefined(Def) || !Def)
    return nullptr;
  // Which one of a virtual method, isn't known.
  const auto *M = dyn_cast<CXXMethodDecl>(Def);
  if (M && M->isVirtual() && !M->getParent()->isEffectivelyFinal() &&
      !isa_and_nonnull<CXXThisExpr>(receiverOf(Call) ? strip(receiverOf(Call))
                                                     : nullptr))
    return nullptr;
  const SourceManager &SM = FD->getASTContext().getSourceManager();
  return SM.isInSystemHeader(Def->getLocation()) ? nullptr : Def;
}

/// `isReady()`: a question about something else than the end, as far as its
/// name says.
static bool asksElse(const FunctionDecl *FD) {
  if (!FD->getIdentifier())
    return FD->isOverloadedOperator();
  StringRef Name = FD->getName();
  return hasWord(Name, {"has", "more", "moretoread", "empty", "size", "count",
                        "available", "peek"}) &&
         !hasWord(Name, {"wait",        "ok",         "open",     "valid",
                         "good",        "alive",      "active",   "continue",
                         "done",        "running",    "finished", "connected",
                         "next",        "stop",       "stopped",  "stopping",
                         "quit",        "exit",       "shutdown", "cancel",
                         "cancelled",   "canceled",   "abort",    "aborted",
                         "interrupted", "terminated", "closed",   "closing"});
}

bool PollGaps::mentions(const Stmt *S, unsigned Depth) const {
  if (!S)
    return false;
  if (IsMention(S))
    return true;
  // Who sets it doesn't look.
  if (const auto *BO = dyn_cast<BinaryOperator>(S);
      BO && BO->getOpcode() == BO_Assign && IsMention(BO->getLHS()))
    return mentions(BO->getRHS(), Depth);
  if (isa<CallExpr, CXXConstructExpr>(S) && Depth < MaxDepth) {
    const auto *E = cast<Expr>(S);
    if (const FunctionDecl *Def = definitionOf(E)) {
      if (mentions(Def->getBody(), Depth + 1))
        return true;
    } else if (const auto *MC = dyn_cast<CXXMemberCallExpr>(E)) {
      // A method of its own object, or of one that isn't visible.
      const Expr *Object = strip(MC->getImplicitObjectArgument());
      if (isa_and_nonnull<CXXThisExpr>(Object) && !Words.effect(MC) &&
          MC->getMethodDecl() && !asksElse(MC->getMethodDecl()) &&
          !Ctx.getSourceManager().isInSystemHeader(
              MC->getMethodDecl()->getLocation()))
        return true;
    } else if (const auto *Call = dyn_cast<CallExpr>(E);
               Call && !Call->getDirectCallee()) {
      return true;
    }
    if (llvm::any_of(operandsOf(E), [](const Expr *A) {
          return isa_and_nonnull<CXXThisExpr>(strip(A));
        }))
      return true;
  }
  return llvm::any_of(
      S->children(), [&](const Stmt *Child) { return mentions(Child, Depth); });
}

//===----------------------------------------------------------------------===//
// Times
//===----------------------------------------------------------------------===//

/// Seconds of a constant std::chrono::duration<Rep, Period>; by its template
/// arguments, so that no library needs to be known.
static std::optional<uint64_t> secondsOfDuration(const Expr *E,
                                                 const ASTContext &Ctx) {
  E = strip(E);
  const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      E ? E->getType()->getAsCXXRecordDecl() : nullptr);
  if (!Spec || Spec->getTemplateArgs().size() != 2 ||
      Spec->getTemplateArgs()[1].getKind() != TemplateArgument::Type)
    return std::nullopt;
  const auto *Period = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Spec->getTemplateArgs()[1].getAsType()->getAsCXXRecordDecl());
  if (!Period || Period->getTemplateArgs().size() != 2 ||
      Period->getTemplateArgs()[0].getKind() != TemplateArgument::Integral ||
      Period->getTemplateArgs()[1].getKind() != TemplateArgument::Integral)
    return std::nullopt;
  int64_t Num = Period->getTemplateArgs()[0].getAsIntegral().getExtValue();
  int64_t Den = Period->getTemplateArgs()[1].getAsIntegral().getExtValue();
  Expr::EvalResult R;
  if (Den <= 0 || E->isValueDependent() || !E->EvaluateAsRValue(R, Ctx) ||
      !R.Val.isStruct() || !R.Val.getStructNumFields() ||
      !R.Val.getStructField(0).isInt() ||
      !R.Val.getStructField(0).getInt().isRepresentableByInt64())
    return std::nullopt;
  int64_t Count = R.Val.getStructField(0).getInt().getExtValue();
  if (Count < 0 || (Num && Count > INT64_MAX / Num))
    return std::nullopt;
  return uint64_t(Count) * Num / Den;
}

std::optional<uint64_t> secondsOf(const Expr *E, const Effect &Row,
                                  const ASTContext &Ctx) {
  ArrayRef<const Expr *> Args = argumentsOf(E);
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
  if (!FD || !FD->getIdentifier() || Row.Timeout < 0 ||
      unsigned(Row.Timeout) >= Args.size())
    return std::nullopt;
  const Expr *Time = Args[Row.Timeout];
  if (Time->getType()->isRecordType())
    return secondsOfDuration(Time, Ctx);
  Expr::EvalResult R;
  if (!Time->getType()->isIntegerType() || Time->isValueDependent() ||
      !Time->EvaluateAsInt(R, Ctx) || R.Val.getInt().isNegative())
    return std::nullopt;
  // Plain numbers: the unit stands in the name, or it is a second.
  uint64_t Count = R.Val.getInt().getLimitedValue();
  StringRef Name = FD->getName();
  if (Name == "sleep")
    return Count;
  if (Name.starts_with("u") || Name.contains("usec"))
    return Count / 1000000;
  if (Name.starts_with("m") || Name.contains("msec"))
    return Count / 1000;
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Loops that try again
//===----------------------------------------------------------------------===//

static bool isBounded(const Expr *E, const Effect &Row, const ASTContext &Ctx);

/// The first call in \p S that sleeps, or waits, for a time.
const Expr *PollGaps::pauseIn(const Stmt *S, unsigned Depth) const {
  if (!S || isa<LambdaExpr>(S))
    return nullptr;
  if (const auto *Call = dyn_cast<CallExpr>(S)) {
    const Effect *Row = Words.effect(Call);
    if (Row && Row->Token < 0 &&
        (Row->Does == Verb::Sleep ||
         ((Row->Does == Verb::Block || Row->Does == Verb::TryWait) &&
          isBounded(Call, *Row, Ctx))))
      return Call;
    if (!Row && Depth < 2)
      if (const FunctionDecl *Def = definitionOf(Call);
          Def && Def->getIdentifier() &&
          hasWord(Def->getName(), {"sleep", "delay", "msleep", "usleep"}) &&
          pauseIn(Def->getBody(), Depth + 1))
        return Call;
  }
  for (const Stmt *Child : S->children())
    if (const Expr *E = pauseIn(Child, Depth))
      return E;
  return nullptr;
}

/// Words for time and for an end that somebody else brings.
static bool soundsStopped(StringRef Name) {
  return hasWord(Name, {"time",       "timeout",  "timer",    "deadline",
                        "elapsed",    "now",      "clock",    "expired",
                        "timestamp",  "stop",     "stopped",  "stopping",
                        "quit",       "exit",     "exiting",  "running",
                        "shutdown",   "cancel",   "canceled", "cancelled",
                        "abort",      "aborted",  "alive",    "terminate",
                        "terminated", "finished", "closing",  "interrupted",
                        "enabled",    "limit",    "exhausted"});
}

/// ... and, for variables, for what is counted or told.
static bool soundsBounded(StringRef Name) {
  return soundsStopped(Name) ||
         hasWord(Name, {"retry",  "retries",  "attempt", "attempts",  "tries",
                        "count",  "counter",  "ticks",   "tick",      "run",
                        "end",    "done",     "finish",  "closed",    "close",
                        "active", "kill",     "die",     "max",       "wait",
                        "going",  "continue", "keep",    "remaining", "left",
                        "msec",   "sec",      "seconds", "ms"});
}

/// Something in \p S, apart from \p Except, bounds it by what it is called.
static bool namesBound(const Stmt *S, const Stmt *Except,
                       llvm::function_ref<bool(StringRef)> ForVariables) {
  if (!S || S == Except)
    return false;
  const ValueDecl *D = namedBy(S);
  if (D && D->getIdentifier() &&
      (isa<FunctionDecl>(D) ? soundsStopped(D->getName())
                            : ForVariables(D->getName())))
    return true;
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return namesBound(Child, Except, ForVariables);
  });
}

/// The variables that \p S changes by a step.
static void counted(const Stmt *S,
                    llvm::SmallPtrSetImpl<const ValueDecl *> &Into) {
  if (!S || isa<LambdaExpr>(S))
    return;
  const Expr *What = nullptr;
  if (const auto *UO = dyn_cast<UnaryOperator>(S))
    What = UO->isIncrementDecrementOp() ? UO->getSubExpr() : nullptr;
  else if (const auto *BO = dyn_cast<BinaryOperator>(S))
    What = BO->isCompoundAssignmentOp() ? BO->getLHS() : nullptr;
  else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S))
    switch (Op->getOperator()) {
    case OO_PlusPlus:
    case OO_MinusMinus:
    case OO_PlusEqual:
    case OO_MinusEqual:
      What = Op->getNumArgs() ? Op->getArg(0) : nullptr;
      break;
    default:
      break;
    }
  if (Place P = What ? placeOf(What) : Place())
    Into.insert(P.Decl);
  for (const Stmt *Child : S->children())
    counted(Child, Into);
}

/// It compares which one is more; `n < 0` is no bound, but tells failure.
static bool comparesOrder(const Stmt *S, const ASTContext &Ctx) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  if (const auto *BO = dyn_cast<BinaryOperator>(S);
      BO && BO->isRelationalOp()) {
    Expr::EvalResult R;
    if (BO->getRHS()->isValueDependent() ||
        !BO->getRHS()->EvaluateAsInt(R, Ctx) || R.Val.getInt() != 0)
      return true;
  }
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S))
    switch (Op->getOperator()) {
    case OO_Less:
    case OO_LessEqual:
    case OO_Greater:
    case OO_GreaterEqual:
    case OO_Spaceship:
      return true;
    default:
      break;
    }
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return comparesOrder(Child, Ctx);
  });
}

/// Something in \p S leaves the loop, or the function.
static bool leaves(const Stmt *S, bool OwnBreak) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  if (isa<ReturnStmt, GotoStmt, CXXThrowExpr>(S))
    return true;
  if (isa<BreakStmt>(S))
    return OwnBreak;
  if (const auto *Call = dyn_cast<CallExpr>(S);
      Call && Call->getDirectCallee() && Call->getDirectCallee()->isNoReturn())
    return true;
  bool Inner = isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt, SwitchStmt>(S);
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return leaves(Child, OwnBreak && !Inner);
  });
}

/// A condition on which a loop is left when it gets the value `Truth`; what
/// decides in a switch has none.
struct ExitCondition {
  const Expr *Cond = nullptr;
  std::optional<bool> Truth;
};

static void exitConditions(const Stmt *S, bool OwnBreak,
                           SmallVectorImpl<ExitCondition> &Into) {
  if (!S || isa<LambdaExpr>(S))
    return;
  if (const auto *If = dyn_cast<IfStmt>(S)) {
    bool Then = leaves(If->getThen(), OwnBreak),
         Else = leaves(If->getElse(), OwnBreak);
    if (Then || Else)
      Into.push_back(
          {If->getCond(), Then && Else ? std::nullopt : std::optional(Then)});
  }
  if (const auto *Switch = dyn_cast<SwitchStmt>(S);
      Switch && leaves(Switch->getBody(), false))
    Into.push_back({Switch->getCond(), std::nullopt});
  bool Inner = isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt, SwitchStmt>(S);
  for (const Stmt *Child : S->children())
    exitConditions(Child, OwnBreak && !Inner, Into);
}

static SmallVector<ExitCondition, 4> exitConditions(const Stmt *Loop) {
  SmallVector<ExitCondition, 4> All;
  if (const Expr *Cond = conditionOf(Loop); Cond && !alwaysTrue(Cond))
    All.push_back({Cond, false});
  exitConditions(bodyOfLoop(Loop), true, All);
  return All;
}

/// `while (next())`, `if (!next()) break;`: it goes on as long as it succeeds,
/// as far as such a call says so by true and false.
static bool goesOnWithSuccess(const Expr *Cond, bool Truth) {
  Cond = strip(Cond);
  if (!Cond)
    return false;
  if (const auto *UO = dyn_cast<UnaryOperator>(Cond);
      UO && UO->getOpcode() == UO_LNot)
    return goesOnWithSuccess(UO->getSubExpr(), !Truth);
  if (const auto *BO = dyn_cast<BinaryOperator>(Cond); BO && BO->isLogicalOp())
    return goesOnWithSuccess(BO->getLHS(), Truth) ||
           goesOnWithSuccess(BO->getRHS(), Truth);
  if (const auto *BO = dyn_cast<BinaryOperator>(Cond);
      BO && BO->getOpcode() == BO_Assign)
    return goesOnWithSuccess(BO->getRHS(), Truth);
  const auto *Call = dyn_cast<CallExpr>(Cond);
  const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
  return Call && !Truth &&
         !(FD && FD->getIdentifier() &&
           hasWord(FD->getName(), {"busy", "empty", "pending", "wait",
                                   "waiting", "loading", "locked", "full"}));
}

/// A pointer that walks along: `p = p->next`.
static bool walks(const Stmt *S, const ValueDecl *D) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  if (const auto *BO = dyn_cast<BinaryOperator>(S);
      BO && BO->getOpcode() == BO_Assign && placeOf(BO->getLHS()).Decl == D &&
      isa_and_nonnull<MemberExpr, DeclRefExpr>(strip(BO->getRHS())))
    return true;
  return llvm::any_of(S->children(),
                      [&](const Stmt *Child) { return walks(Child, D); });
}

/// Something in \p S, apart from the exits, changes what \p D holds.
static bool takesFrom(const Stmt *S, const ValueDecl *D,
                      const ASTContext &Ctx) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  if (const auto *E = dyn_cast<Expr>(S))
    if (std::optional<Alteration> A = alterationBy(E, Ctx);
        A && A->What.Decl == D && A->How != Change::Set &&
        !D->getType()->isScalarType())
      return true;
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return takesFrom(Child, D, Ctx);
  });
}

/// `errno == EINTR`: it tries again for one reason, which passes.
static bool asksForReason(const Stmt *S, const ASTContext &Ctx) {
  if (!S)
    return false;
  if (const auto *BO = dyn_cast<BinaryOperator>(S);
      BO && BO->isEqualityOp() && BO->getLHS()->getBeginLoc().isMacroID() &&
      Lexer::getImmediateMacroName(BO->getLHS()->getBeginLoc(),
                                   Ctx.getSourceManager(),
                                   Ctx.getLangOpts()) == "errno")
    return true;
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return asksForReason(Child, Ctx);
  });
}

bool PollGaps::isRetry(const Stmt *Loop, const Expr *Pause) const {
  if (const auto *For = dyn_cast<ForStmt>(Loop); For && For->getInc())
    return false;
  // One without any way out is another question.
  Predicate Out = exitsOf(Loop, Ctx);
  if ((!Out.Opaque && Out.Terms.empty()) || asksForReason(Loop, Ctx) ||
      namesBound(Loop, Pause, soundsStopped))
    return false;
  llvm::SmallPtrSet<const ValueDecl *, 4> Counted;
  counted(Loop, Counted);
  for (const ExitCondition &E : exitConditions(Loop)) {
    if (comparesOrder(E.Cond, Ctx) || namesBound(E.Cond, Pause, soundsBounded))
      return false;
    if (E.Truth && goesOnWithSuccess(E.Cond, *E.Truth))
      return false;
    if (llvm::any_of(Counted, [&](const ValueDecl *D) {
          return leak::mentions(E.Cond, D);
        }))
      return false;
  }
  // It has something to do.
  return llvm::none_of(Out.Terms, [&](const Predicate::Term &T) {
    return T.What.Decl &&
           (walks(Loop, T.What.Decl) || takesFrom(Loop, T.What.Decl, Ctx));
  });
}

bool PollGaps::isUnbounded(const Stmt *Loop) const {
  return isRetry(Loop, pauseIn(Loop, 0));
}

//===----------------------------------------------------------------------===//
// The search
//===----------------------------------------------------------------------===//

/// The call gives up by itself: it has a time, and that is no sign for "none".
static bool isBounded(const Expr *E, const Effect &Row, const ASTContext &Ctx) {
  ArrayRef<const Expr *> Args = argumentsOf(E);
  if (Row.Timeout < 0)
    return false;
  if (unsigned(Row.Timeout) >= Args.size())
    return true;
  const Expr *Time = Args[Row.Timeout];
  if (Time->isValueDependent())
    return true;
  if (Time->getType()->isPointerType())
    return !Time->isNullPointerConstant(const_cast<ASTContext &>(Ctx),
                                        Expr::NPC_ValueDependentIsNotNull);
  Expr::EvalResult R;
  return !Time->getType()->isIntegerType() || !Time->EvaluateAsInt(R, Ctx) ||
         !R.Val.getInt().isNegative();
}

static bool saysAttempt(const Stmt *S) {
  if (!S)
    return false;
  const ValueDecl *D = namedBy(S);
  return (D && D->getIdentifier() &&
          hasWord(D->getName(), {"retry", "backoff", "back off", "reconnect",
                                 "reconnection", "retries"})) ||
         llvm::any_of(S->children(), saysAttempt);
}

/// \p S gives one of \p Locals a value of which saysAttempt is true.
static bool
getsAttempt(const Stmt *S,
            const llvm::SmallPtrSetImpl<const ValueDecl *> &Locals) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  const Expr *To = nullptr, *Value = nullptr;
  if (const auto *BO = dyn_cast<BinaryOperator>(S);
      BO && BO->getOpcode() == BO_Assign) {
    To = BO->getLHS();
    Value = BO->getRHS();
  } else if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(S);
             Op && Op->getOperator() == OO_Equal && Op->getNumArgs() == 2) {
    To = Op->getArg(0);
    Value = Op->getArg(1);
  }
  if (To && Locals.contains(placeOf(To).Decl) && saysAttempt(Value))
    return true;
  if (const auto *DS = dyn_cast<DeclStmt>(S))
    for (const Decl *D : DS->decls())
      if (const auto *VD = dyn_cast<VarDecl>(D);
          VD && Locals.contains(VD) && saysAttempt(VD->getInit()))
        return true;
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return getsAttempt(Child, Locals);
  });
}

static void localsIn(const Stmt *S,
                     llvm::SmallPtrSetImpl<const ValueDecl *> &Into) {
  if (!S)
    return;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    if (const auto *VD = dyn_cast<VarDecl>(Ref->getDecl());
        VD && VD->isLocalVarDecl())
      Into.insert(VD);
  for (const Stmt *Child : S->children())
    localsIn(Child, Into);
}

/// The time, or where it comes from in \p In, is called that between two
/// attempts, which is long and grows.
static bool backsOff(const Expr *Call, const Effect &Row,
                     const FunctionDecl *In) {
  ArrayRef<const Expr *> Args = argumentsOf(Call);
  if (Row.Timeout < 0 || unsigned(Row.Timeout) >= Args.size())
    return false;
  const Expr *Time = Args[Row.Timeout];
  if (saysAttempt(Time))
    return true;
  llvm::SmallPtrSet<const ValueDecl *, 2> Locals;
  localsIn(Time, Locals);
  return !Locals.empty() && getsAttempt(In->getBody(), Locals);
}

/// `queue.wait_and_pop(x)`: a method that says that it waits until there is
/// something to take, and gets no time.
static bool takesByName(const Expr *Call) {
  const auto *MC = dyn_cast<CXXMemberCallExpr>(Call);
  const CXXMethodDecl *Method = MC ? MC->getMethodDecl() : nullptr;
  if (!Method || !Method->getIdentifier() || Method->isConst())
    return false;
  StringRef Name = Method->getName();
  return hasWord(Name, {"wait", "blocking", "block"}) &&
         hasWord(Name, {"pop", "dequeue", "take", "pull", "receive"}) &&
         !hasWord(Name,
                  {"try", "timed", "for", "until", "timeout", "non", "no"}) &&
         llvm::none_of(MC->arguments(), [](const Expr *A) {
           return A->getType()->isArithmeticType() && !A->isLValue();
         });
}

/// `future.get()`
static bool awaitsResult(const Expr *Call, const Effect &Row,
                         const Lexicon &Words) {
  const auto *MC = dyn_cast<CXXMemberCallExpr>(Call);
  const TypeModel *Model =
      MC && (Row.Does == Verb::Join || Row.Does == Verb::Wait)
          ? Words.typeOrBase(MC->getRecordDecl())
          : nullptr;
  return Model && Model->What == Kind::Future;
}

void PollGaps::call(const Expr *Call, const FunctionDecl *In,
                    const Expr *Through, unsigned Depth) {
  const Effect *Row = Words.effect(Call);
  if (Row && Row->Does == Verb::Sleep && Row->Token < 0) {
    std::optional<uint64_t> Seconds = secondsOf(Call, *Row, Ctx);
    if (Seconds ? *Seconds >= LongSleep : backsOff(Call, *Row, In))
      Found.push_back(
          {PollGap::Sleep, Call, In, Through, Seconds.value_or(0), nullptr});
    return;
  }
  if (Row ? Row->Does == Verb::Block || Row->Does == Verb::Receive ||
                awaitsResult(Call, *Row, Words)
          : takesByName(Call)) {
    if (!Row || (Row->Token < 0 && !isBounded(Call, *Row, Ctx)))
      Found.push_back({PollGap::Block, Call, In, Through, 0, nullptr});
    return;
  }
  if (Row || Depth >= MaxDepth)
    return;
  const FunctionDecl *Def = definitionOf(Call);
  if (Def && Seen.insert(Def).second)
    walk(Def->getBody(), Def, Through ? Through : Call, Depth + 1);
}

void PollGaps::walk(const Stmt *S, const FunctionDecl *In, const Expr *Through,
                    unsigned Depth) {
  if (!S || isa<LambdaExpr>(S))
    return;
  if (const Stmt *Body = bodyOfLoop(S);
      Body && !runsOnce(S, Ctx) && !mentions(S))
    if (const Expr *Pause = pauseIn(Body, 0); Pause && isRetry(S, Pause)) {
      Found.push_back({PollGap::Retry, S, In, Through, 0, Pause});
      return;
    }
  for (const Stmt *Child : S->children())
    walk(Child, In, Through, Depth);
  if (isa<CallExpr>(S))
    call(cast<Expr>(S), In, Through, Depth);
}

SmallVector<PollGap, 2> PollGaps::within(const Stmt *Polls,
                                         const FunctionDecl *In) {
  Found.clear();
  Seen.clear();
  Seen.insert(In);
  walk(bodyOfLoop(Polls), In, nullptr, 0);
  return Found;
}

SmallVector<PollGap, 2> PollGaps::before(const Stmt *Polls,
                                         const FunctionDecl *In) {
  Found.clear();
  Seen.clear();
  Seen.insert(In);
  for (const Stmt *S = In->getBody(), *Next = nullptr; S && S != Polls;
       S = Next) {
    Next = nullptr;
    for (const Stmt *Child : S->children()) {
      if (contains(Child, Polls)) {
        Next = Child;
        break;
      }
      if (isa<CompoundStmt>(S))
        walk(Child, In, nullptr, 0);
    }
  }
  llvm::erase_if(Found,
                 [](const PollGap &G) { return G.Does != PollGap::Retry; });
  return Found;
}

} // namespace leak
