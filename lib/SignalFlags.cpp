//===--- SignalFlags.cpp - flags that only signal handlers set ------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SignalFlags.h"
#include "Callable.h"
#include "Index.h"
#include "PollGaps.h"
#include "Predicates.h"
#include "Spelling.h"
#include "Starts.h"
#include "Statements.h"
#include "Tell.h"
#include "Traversal.h"
#include "clang/AST/Attr.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {

namespace {

class SignalFinder {
public:
  SignalFinder(const FunctionTable &Table, const Lexicon &Words)
      : Table(Table), Words(Words), Ctx(Words.context()) {}

  std::vector<BlindSignal> run() {
    for (const auto &[Key, F] : Table.all())
      for (const Expr *E : F.Calls)
        installed(E);
    if (Handlers.empty() || endsOtherwise())
      return {};
    for (const auto &[Key, F] : Table.all())
      if (F.Decl && F.Decl->getBody())
        loops(F.Decl->getBody(), F.Decl);
    return std::move(Result);
  }

  std::vector<DeafRetry> retries() {
    Counts = true;
    for (const auto &[Key, F] : Table.all()) {
      for (const Expr *E : F.Calls)
        installed(E);
      for (const Expr *E : F.Changes)
        assigned(E);
      if (Handlers.empty())
        continue;
      // By what comes before, the signal still ends the process.
      if (!Installer) {
        Installer = F.Decl;
        reach(F.Decl, Handlers.front().Installed, Early, 0);
      }
    }
    if (Handlers.empty())
      return {};
    for (const auto &[Key, F] : Table.all())
      for (const Expr *E : F.Calls)
        if (const Effect *Row = Words.effect(E);
            Row && Row->Does == Verb::Start)
          for (const FunctionDecl *FD : functionsNamedIn(E))
            reach(FD, nullptr, Started, 0);
    std::vector<DeafRetry> All;
    for (const auto &[Key, F] : Table.all())
      if (F.Decl && F.Decl->getBody() && !Early.contains(Key) &&
          !Started.contains(Key))
        retry(F.Decl->getBody(), F.Decl, All);
    return All;
  }

private:
  struct Handler;
  using FunctionSet = llvm::SmallPtrSet<const FunctionDecl *, 16>;

  /// What \p FD calls, before \p Until where that is given.
  void reach(const FunctionDecl *FD, const Expr *Until, FunctionSet &Into,
             unsigned Depth) const {
    const FunctionUses *F = FD ? Table.find(FD) : nullptr;
    if (!F || Depth > 4 ||
        (!Until && !Into.insert(FD->getCanonicalDecl()).second))
      return;
    for (const Expr *E : F->Calls)
      if (const auto *Call = dyn_cast<CallExpr>(E);
          Call && (!Until || isBefore(E, Until)))
        reach(Call->getDirectCallee(), nullptr, Into, Depth + 1);
  }

  bool isBefore(const Stmt *A, const Stmt *B) const {
    return Ctx.getSourceManager().isBeforeInTranslationUnit(A->getBeginLoc(),
                                                            B->getBeginLoc());
  }

  /// `action.handler = handle;`
  void assigned(const Expr *E) {
    const auto *BO = dyn_cast<BinaryOperator>(E);
    const auto *ME = BO && BO->getOpcode() == BO_Assign
                         ? dyn_cast<MemberExpr>(BO->getLHS()->IgnoreParens())
                         : nullptr;
    if (ME && takesNumber(ME->getType()) &&
        Ctx.getSourceManager().isInSystemHeader(
            ME->getMemberDecl()->getLocation()))
      handledBy(BO->getRHS(), BO);
  }

  /// The outermost loops that try again.
  void retry(const Stmt *S, const FunctionDecl *In,
             std::vector<DeafRetry> &Into) {
    if (!S || isa<LambdaExpr>(S))
      return;
    if (bodyOfLoop(S) && sleeps(S) && !(In == Installer && tooEarly(S))) {
      for (const Handler &H : Handlers) {
        const ValueDecl *Flag = H.How.What.Decl;
        PollGaps Gaps(Words, ~0ULL, [&](const Stmt *Other) {
          return namedBy(Other) == Flag;
        });
        const Stmt *Polls = nullptr;
        if (Gaps.mentions(S) || !Gaps.isUnbounded(S) || !(Polls = ended(H, S)))
          continue;
        Into.push_back({Flag, H.Set, H.Installed, Polls, S});
        return;
      }
    }
    for (const Stmt *Child : S->children())
      retry(Child, In, Into);
  }

  bool tooEarly(const Stmt *Loop) const {
    return isBefore(Loop, Handlers.front().Installed);
  }

  bool sleeps(const Stmt *Loop) const {
    return anyOutsideLambdas(Loop, [&](const Stmt *S) {
      const auto *Call = dyn_cast<CallExpr>(S);
      const Effect *Row = Call ? Words.effect(Call) : nullptr;
      return Row && Row->Does == Verb::Sleep;
    });
  }

  /// Another loop that ends when the handler \p H has run.
  const Stmt *ended(const Handler &H, const Stmt *Not) const {
    const Stmt *Found = nullptr;
    for (const auto &[Key, F] : Table.all())
      if (!Found && F.Decl)
        anyOutsideLambdas(F.Decl->getBody(), [&](const Stmt *S) {
          if (bodyOfLoop(S) && !contains(S, Not) &&
              exitsOf(S, Ctx).helped(H.How) == Answer::Yes)
            Found = S;
          return Found != nullptr;
        });
    return Found;
  }

  struct Handler {
    const Expr *Installed;
    const Expr *Set;
    Alteration How;
  };

  /// `void (*)(int)`
  static bool takesNumber(QualType T) {
    const auto *P = T->getAs<PointerType>();
    const auto *F =
        P ? P->getPointeeType()->getAs<FunctionProtoType>() : nullptr;
    return F && F->getNumParams() == 1 && F->getReturnType()->isVoidType() &&
           F->getParamType(0)->isIntegerType();
  }

  /// A call of the function of C that installs a handler for a signal, by its
  /// type: number and handler in, handler out. The calls that are interrupted
  /// go on afterwards, unless the header says that it is the old one.
  void installed(const Expr *E) {
    const auto *Call = dyn_cast<CallExpr>(E);
    const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
    if (!FD || FD->getNumParams() != 2 || FD->hasAttr<AsmLabelAttr>() ||
        !FD->getParamDecl(0)->getType()->isIntegerType() ||
        !takesNumber(FD->getParamDecl(1)->getType()) ||
        !takesNumber(FD->getReturnType()) || FD->hasBody() ||
        !Ctx.getSourceManager().isInSystemHeader(FD->getLocation()))
      return;
    handledBy(Call->getArg(1), Call);
  }

  void handledBy(const Expr *Function, const Expr *Installed) {
    const Expr *Arg = strip(Function);
    if (const auto *UO = dyn_cast_or_null<UnaryOperator>(Arg))
      Arg = strip(UO->getSubExpr());
    const auto *Ref = dyn_cast_or_null<DeclRefExpr>(Arg);
    const FunctionUses *F =
        Ref ? Table.find(dyn_cast<FunctionDecl>(Ref->getDecl())) : nullptr;
    if (!F || !F->Lambdas.empty() || !onlySets(*F))
      return;
    for (const Expr *C : F->Changes)
      add(Installed, C);
    for (const Expr *C : F->Calls)
      add(Installed, C);
  }

  void add(const Expr *Installed, const Expr *Change) {
    std::optional<Alteration> A = alterationBy(Change, Ctx);
    if (A && A->What.Decl &&
        (A->How == Change::Set || (Counts && A->How == Change::Raise)) &&
        isFlag(A->What.Decl))
      Handlers.push_back({Installed, Change, *A});
  }

  /// The handler does nothing that might end a call, or the process.
  bool onlySets(const FunctionUses &F) const {
    return llvm::all_of(F.Calls, [&](const Expr *E) {
      if (alterationBy(E, Ctx))
        return true;
      const auto *Call = dyn_cast<CallExpr>(E);
      const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
      if (isa<CXXOperatorCallExpr, CXXConstructExpr>(E))
        return true;
      return FD && FD->getIdentifier() &&
             hasWord(FD->getName(),
                     {"printf", "fprintf", "puts", "log", "print", "signal",
                      "fflush", "syslog", "info", "debug", "perror"});
    });
  }

  /// Something in the unit bounds what blocks, or installs handlers in the
  /// other way.
  bool endsOtherwise() const {
    for (const auto &[Key, F] : Table.all())
      for (const Expr *E : F.Calls) {
        const Effect *Row = Words.effect(E);
        // A number that is set is no time.
        if (Row && Row->Does == Verb::SetDeadline && !setsNumber(E, *Row))
          return true;
        if (Row && (Row->Does == Verb::Arm || Row->Does == Verb::Cancel))
          return true;
        if (Row && Row->Does == Verb::Init &&
            StringRef(sourceText(E, Ctx)).contains("NONBLOCK"))
          return true;
        const auto *Call = dyn_cast<CallExpr>(E);
        const FunctionDecl *FD = Call ? Call->getDirectCallee() : nullptr;
        if (!Row && FD && FD->getIdentifier() &&
            hasWord(FD->getName(),
                    {"fcntl", "ioctl", "alarm", "nonblock", "nonblocking",
                     "blocking", "timeout", "sigaction", "siginterrupt",
                     "setitimer", "kill"}))
          return true;
      }
    return false;
  }

  bool setsNumber(const Expr *E, const Effect &Row) const {
    ArrayRef<const Expr *> Args = argumentsOf(E);
    if (Row.Value < 0 || unsigned(Row.Value) >= Args.size())
      return false;
    QualType T = strip(Args[Row.Value])->getType();
    return T->isPointerType() && T->getPointeeType()->isIntegerType();
  }

  /// The outermost loops that a handler ends.
  void loops(const Stmt *S, const FunctionDecl *In) {
    if (!S || isa<LambdaExpr>(S))
      return;
    if (bodyOfLoop(S)) {
      Predicate Out = exitsOf(S, Ctx);
      for (const Handler &H : Handlers)
        if (Out.helped(H.How) == Answer::Yes) {
          blocks(S, In, H);
          return;
        }
    }
    for (const Stmt *Child : S->children())
      loops(Child, In);
  }

  void blocks(const Stmt *Loop, const FunctionDecl *In, const Handler &H) {
    // Others may set it as well, and wake the call.
    const ValueDecl *Flag = H.How.What.Decl;
    PollGaps Gaps(Words, ~0ULL, [](const Stmt *) { return false; });
    SmallVector<PollGap, 2> All = Gaps.within(Loop, In);
    // Who asks first whether there is anything isn't blocked afterwards.
    if (asksFirst(Loop, 0))
      return;
    if (const Expr *Input = standardInput(Loop);
        Input && Told.insert(Input).second)
      Result.push_back({Flag, H.Set, H.Installed, Loop, Input, nullptr});
    for (const PollGap &G : All) {
      if (G.Does != PollGap::Block)
        continue;
      const auto *Call = cast<Expr>(G.At);
      const Effect *Row = Words.effect(Call);
      if (!Row || Row->Timeout >= 0 || !waitsForOthers(Call) ||
          !Told.insert(Call).second)
        continue;
      Result.push_back({Flag, H.Set, H.Installed, Loop, Call, G.Through});
      return;
    }
  }

  /// A call in \p S that reads what somebody types.
  const Expr *standardInput(const Stmt *S) const {
    if (!S || isa<LambdaExpr>(S))
      return nullptr;
    if (const auto *Call = dyn_cast<CallExpr>(S);
        Call && !isa<CXXMemberCallExpr>(Call)) {
      const FunctionDecl *FD = Call->getDirectCallee();
      bool Reads = FD && FD->getIdentifier() &&
                   hasWord(FD->getName(),
                           {"getline", "fgets", "getc", "fgetc", "getdelim"});
      for (const Expr *A : Call->arguments()) {
        const auto *Ref = dyn_cast_or_null<DeclRefExpr>(strip(A));
        const auto *VD = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
        if (Reads && VD && VD->getIdentifier() &&
            Ctx.getSourceManager().isInSystemHeader(VD->getLocation()) &&
            (VD->getName() == "stdin" || VD->getName() == "cin"))
          return Call;
      }
    }
    for (const Stmt *Child : S->children())
      if (const Expr *E = standardInput(Child))
        return E;
    return nullptr;
  }

  /// A call for one of several.
  bool asksFirst(const Stmt *S, unsigned Depth) const {
    if (!S || isa<LambdaExpr>(S))
      return false;
    if (const auto *Call = dyn_cast<CallExpr>(S)) {
      const Effect *Row = Words.effect(Call);
      if (Row && Row->Does == Verb::Block && Row->Timeout >= 0)
        return true;
      const FunctionDecl *FD = Call->getDirectCallee(), *Def = nullptr;
      if (!Row && Depth < 3 && FD && FD->isDefined(Def) && Table.find(Def) &&
          asksFirst(Def->getBody(), Depth + 1))
        return true;
    }
    return llvm::any_of(S->children(), [&](const Stmt *Child) {
      return asksFirst(Child, Depth);
    });
  }

  /// A peer, and not a file: what makes its descriptor is a call for such.
  bool waitsForOthers(const Expr *Call) const {
    const auto *C = dyn_cast<CallExpr>(Call);
    const FunctionDecl *FD = C ? C->getDirectCallee() : nullptr;
    return FD && FD->getIdentifier() &&
           Ctx.getSourceManager().isInSystemHeader(FD->getLocation()) &&
           hasWord(FD->getName(),
                   {"accept", "accept4", "recv", "recvfrom", "recvmsg"});
  }

  const FunctionTable &Table;
  const Lexicon &Words;
  const ASTContext &Ctx;
  SmallVector<Handler, 2> Handlers;
  bool Counts = false; ///< `quit++` sets it as well.
  const FunctionDecl *Installer = nullptr;
  FunctionSet Early, Started;
  llvm::SmallPtrSet<const Expr *, 4> Told;
  std::vector<BlindSignal> Result;
};

} // namespace

std::vector<DeafRetry> deafRetries(const FunctionTable &Table,
                                   const Lexicon &Words) {
  return SignalFinder(Table, Words).retries();
}

std::vector<BlindSignal> blindSignals(const FunctionTable &Table,
                                      const Lexicon &Words) {
  return SignalFinder(Table, Words).run();
}

} // namespace leak
