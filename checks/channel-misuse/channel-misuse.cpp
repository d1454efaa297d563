//===--- channel-misuse.cpp - leak-channel-misuse -------------------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A channel is used against its rules: sent to after it was closed, closed
/// twice where that is an error, closed by one of several that send or by the
/// one that receives, or destroyed while somebody still receives from it.
///
/// Assumed: who looks at the result of a send knows that the channel may be
/// closed. Knowingly missed: see the page.
///
//===----------------------------------------------------------------------===//

#include "ChannelDuty.h"
#include "Check.h"
#include "Statements.h"
#include "Tell.h"
#include "clang/AST/ParentMapContext.h"
#include "clang/Basic/SourceManager.h"
#include <set>

using namespace clang;

namespace leak {
namespace {

class ChannelMisuse : public Check {
public:
  ArrayRef<Kind> kinds() const override { return {}; }

  void analyzeFunctions(Unit &U) override {
    const ChannelUses *All = U.channels();
    if (!All)
      return;
    for (const auto &[Key, F] : U.functions().all())
      paths(U, F);
    for (const Channel &C : All->all())
      if (C.Owner) {
        closedByOneOfMany(U, *All, C);
        destroyed(U, *All, C);
      }
  }

private:
  //===------------------------------------------------------------------===//
  // On one path

  struct Operation {
    Verb Does = Verb::Query;
    const Effect *Row = nullptr;
    const TypeModel *Model = nullptr;
    std::string Object;
    const Expr *ObjectExpr = nullptr;
  };

  /// What \p E does to a channel.
  static std::optional<Operation> operation(Unit &U, const Expr *E,
                                            const Names &N) {
    const auto *Call = dyn_cast<CallExpr>(E);
    const Effect *Row = Call ? U.lexicon().effect(Call) : nullptr;
    if (!Row)
      return std::nullopt;
    bool Deref = false;
    const Expr *Object = U.lexicon().object(Call, *Row, &Deref);
    if (!Object)
      return std::nullopt;
    QualType T = Object->IgnoreParenBaseCasts()->getType();
    const TypeModel *M = U.lexicon().type(T);
    if (!M && T->isPointerType())
      M = U.lexicon().type(T->getPointeeType());
    // A plain type stands where a handle has its typedef's name.
    if (!M)
      if (const auto *Ref = dyn_cast<DeclRefExpr>(strip(Object)))
        M = U.lexicon().type(Ref->getDecl()->getType());
    if (!M || M->What != Kind::Channel)
      return std::nullopt;
    Operation Op{Row->Does, Row, M, "", Object};
    Op.Object = Deref || (T->isPointerType() && !M->ByValue) ? N.pointee(Object)
                                                             : N.of(Object);
    if (Op.Object.empty())
      return std::nullopt;
    return Op;
  }

  void paths(Unit &U, const FunctionUses &F) {
    bool Closes = llvm::any_of(F.Calls, [&](const Expr *Call) {
      const Effect *Row = U.lexicon().effect(Call);
      return Row && Row->Does == Verb::Close;
    });
    if (!Closes || !F.Decl->getBody())
      return;
    const Body &B = U.graphs().body(F.Decl);
    std::map<std::string, Operation> Objects;
    for (const Expr *Call : F.Calls)
      if (auto Op = operation(U, Call, B.names());
          Op && Op->Does == Verb::Close)
        Objects.insert({Op->Object, *Op});
    for (const auto &[Object, Close] : Objects)
      if (Close.Model->IfSentClosed != AfterClose::Works ||
          Close.Model->IfReclosed != Rejoin::Quiet)
        path(U, B, Object, Close);
  }

  void path(Unit &U, const Body &B, const std::string &Object,
            const Operation &Close) {
    const TypeModel &M = *Close.Model;
    ChannelDuty D(
        Object, /*Owed=*/false, nullptr, [&](const Stmt *S, Owing Now) {
          const auto *E = dyn_cast<Expr>(S);
          auto Op = E ? operation(U, E, B.names()) : std::nullopt;
          if (!Op || Op->Object != Object)
            return E && Now == Owing::Owed && opens(E, B, Object)
                       ? Act::HandOn
                       : Act::Nothing;
          switch (Op->Does) {
          case Verb::Close:
            return Now == Owing::Owed && M.IfReclosed == Rejoin::Quiet
                       ? Act::Nothing
                       : Act::Incur;
          case Verb::Send:
            return Now == Owing::Owed && matters(*Op, E, B) ? Act::Incur
                                                            : Act::Nothing;
          case Verb::Query:
          case Verb::TrySend:
          case Verb::Receive:
          case Verb::TryReceive:
            return Act::Nothing;
          default:
            return Act::HandOn;
          }
        });
    Simulation Sim = simulate(B, D);
    if (!Sim.Complete)
      return;
    const SourceManager &SM = U.context().getSourceManager();
    for (const Misstep &Step : Sim.Missteps) {
      const auto *At = dyn_cast_or_null<Expr>(Step.At);
      auto Op = At && Step.What == Misstep::Again ? operation(U, At, B.names())
                                                  : std::nullopt;
      // In a loop, the condition that closed it may end the loop.
      if (!Op || !Step.Before ||
          !SM.isBeforeInTranslationUnit(
              SM.getExpansionLoc(Step.Before->getBeginLoc()),
              SM.getExpansionLoc(At->getBeginLoc())))
        continue;
      Finding R;
      R.Check = name().str();
      R.Loc = At->getBeginLoc();
      std::string Name =
          "'" +
          StringRef(sourceText(Op->ObjectExpr, U.context())).trim("*->").str() +
          "'";
      if (Op->Does == Verb::Close)
        R.Message =
            Name + " is closed twice on this path; " +
            (M.IfReclosed == Rejoin::Throws ? "the second time throws"
                                            : "the behavior is undefined");
      else
        R.Message =
            Name + " is sent to after it was closed; " + afterClose(M, *Op);
      R.Notes.push_back({Step.Before->getBeginLoc(), "closed here"});
      Outcome O;
      O.Way = Step.Way;
      tellWay(O, Step.Before, B, R);
      U.report(std::move(R));
    }
  }

  static const char *afterClose(const TypeModel &M, const Operation &Op) {
    if (M.IfSentClosed == AfterClose::Undefined)
      return "the behavior is undefined";
    return M.IfSentClosed == AfterClose::Refused ||
                   Op.Row->Fails != Failure::Never
               ? "what is sent is lost"
               : "the send throws";
  }

  /// A send to the closed channel that nobody expects to fail.
  static bool matters(const Operation &Op, const Expr *E, const Body &B) {
    if (Op.Model->IfSentClosed == AfterClose::Works || B.tryAround(E))
      return false;
    return Op.Row->Fails == Failure::Never || B.isDiscarded(E);
  }

  /// The object may be another one, or open, from here on.
  static bool opens(const Expr *E, const Body &B, const std::string &Object) {
    auto Same = [&](const Expr *Arg) {
      std::string Name = B.names().of(Arg);
      return !Name.empty() &&
             (Names::leadsThrough(Object, Name) || Name == "&" + Object);
    };
    if (const auto *BO = dyn_cast<BinaryOperator>(E))
      return BO->isAssignmentOp() && Same(BO->getLHS());
    const auto *Call = dyn_cast<CallExpr>(E);
    if (!Call)
      return false;
    if (const auto *MC = dyn_cast<CXXMemberCallExpr>(Call);
        MC && MC->getMethodDecl() && !MC->getMethodDecl()->isConst() &&
        Same(MC->getImplicitObjectArgument()))
      return true;
    return llvm::any_of(Call->arguments(), Same);
  }

  //===------------------------------------------------------------------===//
  // By whom

  static bool conditional(const Stmt *S, ASTContext &Ctx) {
    for (DynTypedNode Node = DynTypedNode::create(*S);;) {
      auto Up = Ctx.getParents(Node);
      if (Up.empty())
        return true;
      Node = Up[0];
      const auto *Around = Node.get<Stmt>();
      if (!Around || isa<LambdaExpr>(Around))
        return false;
      if (isa<IfStmt, SwitchStmt, ConditionalOperator, CXXCatchStmt>(Around))
        return true;
      if (const auto *BO = dyn_cast<BinaryOperator>(Around);
          BO && BO->isLogicalOp())
        return true;
    }
  }

  /// Some send to \p C doesn't look whether it was refused.
  static const Use *carelessSend(Unit &U, const Channel &C) {
    for (const Use &Send : C.Uses) {
      const FunctionDecl *Def = nullptr;
      if (Send.Does != Verb::Send || !Send.In || !Send.In->isDefined(Def))
        continue;
      const Body &B = U.graphs().body(Def);
      const auto *E = cast<Expr>(Send.At);
      if (!B.tryAround(E) &&
          (!Send.Row || Send.Row->Fails == Failure::Never || B.isDiscarded(E)))
        return &Send;
    }
    return nullptr;
  }

  void closedByOneOfMany(Unit &U, const ChannelUses &All, const Channel &C) {
    if (C.Model->IfSentClosed == AfterClose::Works)
      return;
    for (const Use &Close : C.Uses) {
      if (Close.Does != Verb::Close || conditional(Close.At, U.context()))
        continue;
      SmallVector<const Run *, 2> By = All.executions(C, Close.In);
      if (By.empty() || llvm::is_contained(By, nullptr))
        continue;
      const Run *Closer = By.front();
      bool Sends = All.mayDo(C, Closer->Runs, Verb::Send);
      const Run *Other = nullptr;
      for (const Run &R : All.runs())
        if (R.Started && &R != Closer && All.mayDo(C, R.Runs, Verb::Send))
          Other = &R;
      const Stmt *Loop = loopAround(Closer->At, U.context());
      if (!Other && Loop && !declaredIn(C, Loop, U))
        Other = Closer;
      const Use *Careless = Sends && Other ? carelessSend(U, C) : nullptr;
      // A helper that others run as well, joined in between, isn't both.
      if (!Careless || joinedBetween(U, All, Closer, Other))
        continue;
      Finding R;
      R.Check = name().str();
      R.Loc = Close.At->getBeginLoc();
      R.Message = "'" + C.Decl->getNameAsString() +
                  "' is closed by one of several that send to it; " +
                  (C.Model->IfSentClosed == AfterClose::Throws
                       ? "the others throw"
                       : "what the others send is lost");
      R.Notes.push_back({Closer->At->getBeginLoc(),
                         Other == Closer ? "several of them are started here"
                                         : "it is started here"});
      if (Other != Closer)
        R.Notes.push_back(
            {Other->At->getBeginLoc(), "another one is started here"});
      U.report(std::move(R));
      return;
    }
  }

  static bool declaredIn(const Channel &C, const Stmt *Loop, Unit &U) {
    const SourceManager &SM = U.context().getSourceManager();
    SourceLocation At = C.Decl->getLocation();
    return !SM.isBeforeInTranslationUnit(At, Loop->getBeginLoc()) &&
           SM.isBeforeInTranslationUnit(At, Loop->getEndLoc());
  }

  /// The one is over when the other one begins.
  static bool joinedBetween(Unit &U, const ChannelUses &All, const Run *A,
                            const Run *B) {
    const SourceManager &SM = U.context().getSourceManager();
    if (A->By != B->By)
      return true;
    if (A == B)
      return llvm::any_of(All.table().find(A->By)->Calls,
                          [&](const Expr *Call) {
                            const Stmt *Loop = loopAround(A->At, U.context());
                            return All.joined(Call) == A->Handle && A->Handle &&
                                   contains(Loop, Call);
                          });
    auto Before = [&](const Stmt *X, const Stmt *Y) {
      return SM.isBeforeInTranslationUnit(SM.getExpansionLoc(X->getBeginLoc()),
                                          SM.getExpansionLoc(Y->getBeginLoc()));
    };
    for (const Expr *Call : All.table().find(A->By)->Calls) {
      const ValueDecl *Joined = All.joined(Call);
      if (!Joined || (Joined != A->Handle && Joined != B->Handle))
        continue;
      if (Before(A->At, Call) != Before(B->At, Call))
        return true;
    }
    return false;
  }

  //===------------------------------------------------------------------===//
  // At its end

  void destroyed(Unit &U, const ChannelUses &All, const Channel &C) {
    if (!C.Direct || C.has(Verb::Close) || C.Owner->isMain())
      return;
    for (const Use &Receive : C.Uses) {
      if (Receive.Does != Verb::Receive)
        continue;
      for (const Run *By : All.executions(C, Receive.In)) {
        const auto *Handle =
            dyn_cast_or_null<VarDecl>(By ? By->Handle : nullptr);
        if (!Handle ||
            By->By->getCanonicalDecl() != C.Owner->getCanonicalDecl())
          continue;
        bool Joined = false;
        const Expr *Detach = nullptr;
        for (const Expr *Call : All.table().find(By->By)->Calls) {
          Joined |= All.joined(Call) == Handle;
          if (All.detached(Call) == Handle)
            Detach = Call;
        }
        const TypeModel *M = By->HandleModel;
        bool Blocks = M && (M->IfUnreleased == Unreleased::Block ||
                            M->IfUnreleased == Unreleased::StopAndJoin);
        const SourceManager &SM = U.context().getSourceManager();
        bool Earlier = Handle->isLocalVarDecl() &&
                       SM.isBeforeInTranslationUnit(Handle->getLocation(),
                                                    C.Decl->getLocation());
        if (Joined || !(Detach || (Blocks && Earlier)))
          continue;
        Finding R;
        R.Check = name().str();
        R.Loc = C.Decl->getLocation();
        R.Message = "'" + C.Decl->getNameAsString() + "' is destroyed while '" +
                    Handle->getNameAsString() +
                    "' may still receive from it; the behavior is undefined";
        R.Notes.push_back({Receive.At->getBeginLoc(), "received here"});
        R.Notes.push_back({By->At->getBeginLoc(), "started here"});
        if (Detach)
          R.Notes.push_back({Detach->getBeginLoc(), "detached here"});
        else
          R.Notes.push_back({Handle->getLocation(),
                             "joined only at the end of its life, after that "
                             "of the channel"});
        U.report(std::move(R));
        return;
      }
    }
  }
};

RegisterCheck<ChannelMisuse> X("channel-misuse");

} // namespace
} // namespace leak
