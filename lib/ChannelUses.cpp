//===--- ChannelUses.cpp - who sends, receives and closes -----------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ChannelUses.h"
#include "Starts.h"
#include "Statements.h"
#include "clang/AST/ParentMapContext.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace leak {

bool Channel::can(Verb V) const {
  for (const auto &Call : Model->Calls)
    if (Call.getKey() != "destructor")
      for (const Effect &E : Call.second)
        if (E.Does == V)
          return true;
  return false;
}

ChannelUses::ChannelUses(ASTContext &Ctx, const Lexicon &Words,
                         const FunctionTable &Table, Kind Of)
    : Ctx(Ctx), Words(Words), Table(Table), Of(Of), Idx(Ctx, Words, {Of}) {
  if (Idx.subjects().empty())
    return;
  collectRuns();
  for (const auto &[D, S] : Idx.subjects())
    if (std::optional<Channel> C = channel(S))
      Channels.push_back(std::move(*C));
}

//===----------------------------------------------------------------------===//
// How functions come to run

/// What is run of an object of \p RD: its call operator, or the one method by
/// which it implements what its base declares.
static const FunctionDecl *methodOf(const CXXRecordDecl *RD) {
  RD = RD ? RD->getDefinition() : nullptr;
  const CXXMethodDecl *Found = nullptr;
  for (const CXXMethodDecl *M :
       RD ? RD->methods() : CXXRecordDecl::method_range({}, {})) {
    if (isa<CXXConstructorDecl, CXXDestructorDecl>(M) || M->isImplicit() ||
        (M->getOverloadedOperator() != OO_Call &&
         !M->size_overridden_methods()))
      continue;
    if (Found)
      return nullptr;
    Found = M;
  }
  return definitionOf(Found);
}

/// The function that the callable \p E is, when that is visible.
static const FunctionDecl *functionOf(const Expr *E, const Lexicon &Words) {
  for (unsigned Depth = 0; E && Depth != 4; ++Depth) {
    E = startedCallable(E);
    if (!E)
      return nullptr;
    if (const auto *LE = dyn_cast<LambdaExpr>(E))
      return LE->getCallOperator();
    if (const auto *Call = dyn_cast<CallExpr>(E)) {
      const Effect *Row = Words.effect(Call);
      bool Wraps =
          Row && (Row->Does == Verb::Bind || Row->Does == Verb::Move ||
                  Row->Does == Verb::Reference || Row->Does == Verb::Forward);
      if (!Wraps || !Call->getNumArgs())
        return nullptr;
      E = Call->getArg(0);
      continue;
    }
    const auto *Ref = dyn_cast<DeclRefExpr>(E);
    if (!Ref)
      return nullptr;
    if (const auto *FD = dyn_cast<FunctionDecl>(Ref->getDecl()))
      return definitionOf(FD);
    // `auto work = [&] {...};`
    const auto *VD = dyn_cast<VarDecl>(Ref->getDecl());
    const CXXRecordDecl *RD =
        VD ? VD->getType().getNonReferenceType()->getAsCXXRecordDecl()
           : nullptr;
    if (RD && !RD->isLambda())
      return methodOf(RD);
    E = VD && VD->isLocalVarDecl() && VD->hasInit() ? VD->getInit() : nullptr;
  }
  return nullptr;
}

/// The model of what \p T is, holds or owns.
static const TypeModel *heldModel(QualType T, const Lexicon &Words) {
  T = T.getNonReferenceType();
  for (unsigned Depth = 0; Depth != 3 && !T.isNull(); ++Depth) {
    const TypeModel *M = Words.type(T);
    if (!M || (M->What != Kind::Owner && M->What != Kind::Container))
      return M;
    const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
        T->getAsCXXRecordDecl());
    if (!Spec || !Spec->getTemplateArgs().size() ||
        Spec->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
      return nullptr;
    T = Spec->getTemplateArgs()[0].getAsType();
  }
  return nullptr;
}

void ChannelUses::addRun(const Expr *Call, const FunctionDecl *By) {
  const Effect *Row = Words.effect(Call);
  ArrayRef<const Expr *> Args = argumentsOf(Call);
  Run R;
  R.At = Call;
  R.By = By;
  if (std::optional<unsigned> At = startsOnce(Call, Words)) {
    // `threads.push_back(std::thread(work))`: the inner one starts it.
    const TypeModel *M =
        *At < Args.size() ? Words.type(Args[*At]->getType()) : nullptr;
    if (*At >= Args.size() || (M && M->What == Kind::TaskHandle))
      return;
    R.Runs = functionOf(Args[*At], Words);
    R.Started = true;
    if (!R.Runs)
      return;
    R.Handle = handleOf(Call);
    if (Row && Row->Does == Verb::Start)
      R.HandleModel = Words.type(Call->getType());
    if (!R.HandleModel && R.Handle)
      R.HandleModel = heldModel(R.Handle->getType(), Words);
  } else if (Row && Row->Does == Verb::Apply && Row->Callable >= 0 &&
             unsigned(Row->Callable) < Args.size()) {
    R.Runs = functionOf(Args[Row->Callable], Words);
  } else if (const auto *CE = dyn_cast<CXXConstructExpr>(Call)) {
    R.Runs = definitionOf(CE->getConstructor());
  } else {
    R.Runs = definitionOf(cast<CallExpr>(Call)->getDirectCallee());
  }
  if (!R.Runs || !R.Runs->getBody() ||
      Ctx.getSourceManager().isInSystemHeader(R.Runs->getLocation()))
    return;
  RunsOf.insert({R.Runs->getCanonicalDecl(), Runs.size()});
  Runs.push_back(R);
}

void ChannelUses::collectRuns() {
  for (const auto &[Key, F] : Table.all())
    for (const Expr *Call : F.Calls)
      addRun(Call, F.Decl);
  // What stands at the declaration of a member is run by each constructor.
  llvm::SmallPtrSet<const CXXRecordDecl *, 4> Seen;
  for (const auto &[D, S] : Idx.subjects()) {
    const auto *Field = dyn_cast<FieldDecl>(D);
    const auto *Class =
        Field ? dyn_cast<CXXRecordDecl>(Field->getParent()) : nullptr;
    if (!Class || !Seen.insert(Class).second ||
        Class->ctor_begin() == Class->ctor_end())
      continue;
    std::function<void(const Stmt *)> Walk = [&](const Stmt *St) {
      if (!St || isa<LambdaExpr>(St))
        return;
      if (isa<CallExpr, CXXConstructExpr>(St))
        addRun(cast<Expr>(St), *Class->ctor_begin());
      llvm::for_each(St->children(), Walk);
    };
    for (const FieldDecl *Each : Class->fields())
      if (Each->hasInClassInitializer())
        Walk(Each->getInClassInitializer());
  }
}

const ValueDecl *ChannelUses::root(const Expr *E) const {
  for (unsigned Depth = 0; E && Depth != 12; ++Depth) {
    E = strip(E);
    if (const auto *ME = dyn_cast_or_null<MemberExpr>(E)) {
      if (isa<FieldDecl>(ME->getMemberDecl()))
        return cast<ValueDecl>(ME->getMemberDecl()->getCanonicalDecl());
      return nullptr;
    }
    if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E)) {
      const auto *VD = dyn_cast<VarDecl>(Ref->getDecl());
      if (!VD)
        return nullptr;
      if (VD->isCXXForRangeDecl()) {
        auto Up = Ctx.getParents(*VD);
        const auto *DS = Up.empty() ? nullptr : Up[0].get<DeclStmt>();
        if (!DS)
          return nullptr;
        auto Above = Ctx.getParents(*DS);
        const auto *For =
            Above.empty() ? nullptr : Above[0].get<CXXForRangeStmt>();
        if (!For)
          return nullptr;
        E = For->getRangeInit();
        continue;
      }
      // Another name for it.
      if (VD->isLocalVarDecl() && VD->getType()->isReferenceType() &&
          VD->hasInit()) {
        E = VD->getInit();
        continue;
      }
      return cast<ValueDecl>(VD->getCanonicalDecl());
    }
    if (const auto *UO = dyn_cast_or_null<UnaryOperator>(E))
      E = UO->getSubExpr();
    else if (const auto *AS = dyn_cast_or_null<ArraySubscriptExpr>(E))
      E = AS->getBase();
    else if (const auto *Op = dyn_cast_or_null<CXXOperatorCallExpr>(E))
      E = Op->getNumArgs() ? Op->getArg(0) : nullptr;
    else if (const auto *MC = dyn_cast_or_null<CXXMemberCallExpr>(E)) {
      const Effect *Row = Words.effect(MC);
      bool Inside =
          (Row && (Row->Does == Verb::Element || Row->Does == Verb::Iterate)) ||
          isa_and_nonnull<CXXConversionDecl>(MC->getMethodDecl());
      E = Inside ? MC->getImplicitObjectArgument() : nullptr;
    } else if (const auto *Call = dyn_cast_or_null<CallExpr>(E)) {
      const Effect *Row = Words.effect(Call);
      bool Same = Row && Call->getNumArgs() == 1 &&
                  (Row->Does == Verb::Move || Row->Does == Verb::Forward ||
                   Row->Does == Verb::Reference);
      E = Same ? Call->getArg(0) : nullptr;
    } else if (const auto *CE = dyn_cast_or_null<CXXConstructExpr>(E)) {
      E = CE->getNumArgs() == 1 ? CE->getArg(0) : nullptr;
    } else {
      return nullptr;
    }
  }
  return nullptr;
}

const ValueDecl *ChannelUses::handleOf(const Expr *Start) const {
  if (const Effect *Row = Words.effect(Start))
    if (const Expr *Object = Words.object(Start, *Row))
      if (Row->Does == Verb::Start || Row->Does == Verb::Emplace ||
          Row->Does == Verb::Insert)
        return root(Object);
  if (const auto *MC = dyn_cast<CXXMemberCallExpr>(Start))
    if (const ValueDecl *D = root(MC->getImplicitObjectArgument()))
      return D;
  DynTypedNode Node = DynTypedNode::create(*Start);
  const Stmt *Below = Start;
  for (;;) {
    auto Up = Ctx.getParents(Node);
    if (Up.empty())
      return nullptr;
    Node = Up[0];
    if (const auto *VD = Node.get<VarDecl>())
      return cast<ValueDecl>(VD->getCanonicalDecl());
    if (const auto *Ctor = Node.get<CXXConstructorDecl>()) {
      for (const CXXCtorInitializer *Init : Ctor->inits())
        if (Init->getAnyMember() && contains(Init->getInit(), Start))
          return Init->getAnyMember();
      return nullptr;
    }
    if (const auto *FD = Node.get<FieldDecl>())
      return FD;
    const auto *E = Node.get<Expr>();
    if (!E)
      return nullptr;
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E)) {
      if (Op->getOperator() == OO_Equal && Op->getNumArgs() == 2)
        return root(Op->getArg(0));
      return nullptr;
    }
    if (const auto *BO = dyn_cast<BinaryOperator>(E))
      return BO->getOpcode() == BO_Assign ? root(BO->getLHS()) : nullptr;
    if (const auto *MC = dyn_cast<CXXMemberCallExpr>(E))
      return MC->getCallee() == Below ? nullptr
                                      : root(MC->getImplicitObjectArgument());
    Below = E;
  }
}

const ValueDecl *ChannelUses::handled(const Expr *Call,
                                      ArrayRef<Verb> Verbs) const {
  const Effect *Row = Words.effect(Call);
  if (!Row || !llvm::is_contained(Verbs, Row->Does))
    return nullptr;
  const Expr *Object = Words.object(Call, *Row);
  return Object ? root(Object) : nullptr;
}

const ValueDecl *ChannelUses::joined(const Expr *Call) const {
  return handled(Call, {Verb::Join, Verb::Wait});
}

const ValueDecl *ChannelUses::detached(const Expr *Call) const {
  return handled(Call, {Verb::Detach});
}

bool ChannelUses::repeated(const Stmt *S) const {
  return loopAround(S, Ctx) != nullptr;
}

/// \p R gives the channel on, when the function that it runs has it as a
/// parameter.
bool ChannelUses::passes(const Channel &C, const Run &R) const {
  const auto *Method = dyn_cast<CXXMethodDecl>(R.Runs);
  if (Method && Method->getParent()->isLambda() && !Method->getNumParams())
    return true;
  bool ByParameter =
      llvm::any_of(R.Runs->parameters(), [&](const ParmVarDecl *P) {
        return C.Names.contains(cast<ValueDecl>(P->getCanonicalDecl()));
      });
  if (!ByParameter)
    return true;
  // Some argument is the channel under one of its names.
  std::function<bool(const Stmt *)> Mentions = [&](const Stmt *S) {
    if (!S)
      return false;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
      if (C.Names.contains(cast<ValueDecl>(Ref->getDecl()->getCanonicalDecl())))
        return true;
    if (const auto *ME = dyn_cast<MemberExpr>(S))
      if (C.Names.contains(
              cast<ValueDecl>(ME->getMemberDecl()->getCanonicalDecl())))
        return true;
    return llvm::any_of(S->children(), Mentions);
  };
  return Mentions(R.At);
}

void ChannelUses::executions(const Channel &C, const FunctionDecl *In,
                             SmallVectorImpl<const Run *> &Into,
                             llvm::SmallPtrSetImpl<const FunctionDecl *> &Seen,
                             bool &Unknown) const {
  In = In->getCanonicalDecl();
  if (C.Owner && In == C.Owner->getCanonicalDecl()) {
    if (!llvm::is_contained(Into, nullptr))
      Into.push_back(nullptr);
    return;
  }
  if (!Seen.insert(In).second)
    return;
  bool Any = false;
  auto [Begin, End] = RunsOf.equal_range(In);
  for (auto It = Begin; It != End; ++It) {
    const Run &R = Runs[It->second];
    if (!passes(C, R))
      continue;
    Any = true;
    if (!R.Started)
      executions(C, R.By, Into, Seen, Unknown);
    else if (!llvm::is_contained(Into, &R))
      Into.push_back(&R);
  }
  // The methods of the class are called by whoever has an object of it.
  if (!C.Owner && isa<CXXMethodDecl>(In) &&
      !cast<CXXMethodDecl>(In)->getParent()->isLambda()) {
    if (!Any || In->getAccess() != AS_private)
      if (!llvm::is_contained(Into, nullptr))
        Into.push_back(nullptr);
    return;
  }
  // A function that has an object of the class, as who calls its methods.
  if (!Any && isa<FieldDecl>(C.Decl) && !isa<CXXMethodDecl>(In)) {
    if (!llvm::is_contained(Into, nullptr))
      Into.push_back(nullptr);
    return;
  }
  Unknown |= !Any;
}

SmallVector<const Run *, 2>
ChannelUses::executions(const Channel &C, const FunctionDecl *In) const {
  SmallVector<const Run *, 2> Result;
  llvm::SmallPtrSet<const FunctionDecl *, 8> Seen;
  bool Unknown = false;
  executions(C, In, Result, Seen, Unknown);
  if (Unknown)
    Result.clear();
  return Result;
}

bool ChannelUses::mayDo(const Channel &C, const FunctionDecl *FD,
                        Verb V) const {
  llvm::SmallPtrSet<const FunctionDecl *, 16> Reached;
  SmallVector<const FunctionDecl *, 8> Work{FD->getCanonicalDecl()};
  while (!Work.empty()) {
    const FunctionDecl *Cur = Work.pop_back_val();
    if (!Reached.insert(Cur).second)
      continue;
    for (const Run &R : Runs)
      if (!R.Started && R.By->getCanonicalDecl() == Cur)
        Work.push_back(R.Runs->getCanonicalDecl());
  }
  return llvm::any_of(C.Uses, [&](const Use &U) {
    return U.Does == V && U.In && Reached.contains(U.In->getCanonicalDecl());
  });
}

} // namespace leak
