//===--- Protocols.cpp - channels and events of the project's own ---------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Protocols.h"
#include "Spelling.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace leak {

/// Where the roles that are inferred here come from.
static constexpr StringRef ThisProject = "this project";

namespace {

/// One method of a class with all that it does to the class's own members.
struct Method {
  const CXXMethodDecl *Decl = nullptr;
  std::vector<Monitors::Step> Steps;
};

/// What a wait of a class waits for.
struct Waiting {
  const Method *In = nullptr;
  const SyncEvent *Event = nullptr;
  Predicate For; ///< Also what else leaves its loop.
};

class Class {
public:
  Class(const Monitors &M, const CXXRecordDecl *RD) : M(M), RD(RD) {
    for (const CXXMethodDecl *D : RD->methods()) {
      const FunctionDecl *Def = nullptr;
      if (isa<CXXConstructorDecl, CXXDestructorDecl>(D) || !D->isDefined(Def) ||
          !M.find(Def) || !D->getIdentifier())
        continue;
      Method One;
      One.Decl = D;
      for (Monitors::Step &S : M.steps(Def, 2))
        if (!S.Outer->Deferred && own(S.Event->Object))
          One.Steps.push_back(std::move(S));
      Methods.push_back(std::move(One));
    }
  }

  std::optional<InferredRole> role() {
    for (const Method &One : Methods)
      for (const Monitors::Step &S : One.Steps)
        if (S.Event->Does == SyncEvent::Wait && !S.Event->For.Opaque)
          if (std::optional<InferredRole> R =
                  role({&One, S.Event, waitsFor(*S.Event)}))
            return R;
    return std::nullopt;
  }

private:
  /// `while (items.empty()) { if (closed) return; cv.wait(lock); }`
  Predicate waitsFor(const SyncEvent &Wait) const {
    Predicate For = Wait.For;
    if (!Wait.HasPredicate && Wait.Loop)
      if (const Predicate &Out = M.exits(Wait.Loop); !Out.Opaque)
        For.add(Out);
    return For;
  }

  bool own(const Place &P) const {
    const auto *Field = dyn_cast_or_null<FieldDecl>(P.Decl);
    return Field && !P.Root &&
           cast<Decl>(Field->getDeclContext())->getCanonicalDecl() ==
               RD->getCanonicalDecl();
  }

  /// What is inside an atomic one, or the type itself.
  static QualType valueType(const ValueDecl *D) {
    QualType T = D->getType();
    if (const auto *Spec = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
            T->getAsCXXRecordDecl());
        Spec && Spec->getTemplateArgs().size() == 1 &&
        Spec->getTemplateArgs()[0].getKind() == TemplateArgument::Type)
      return Spec->getTemplateArgs()[0].getAsType();
    return T;
  }
  static bool isNumber(const ValueDecl *D) {
    QualType T = valueType(D);
    return T->isIntegerType() && !T->isBooleanType();
  }
  static bool isFlag(const ValueDecl *D) {
    QualType T = valueType(D);
    return T->isBooleanType() || T->isEnumeralType();
  }
  /// Not a number, not a flag, not a pointer: what has elements.
  static bool isContainer(const ValueDecl *D) {
    return D->getType()->isRecordType() && !isFlag(D) && !isNumber(D);
  }

  bool changes(const Method &In, const ValueDecl *D,
               llvm::function_ref<bool(const Alteration &)> Wanted) const {
    return llvm::any_of(In.Steps, [&](const Monitors::Step &S) {
      return S.Event->Does == SyncEvent::Write && S.Event->Object.Decl == D &&
             Wanted(S.Event->Changes);
    });
  }
  /// `left += n`: it may be negative, but nobody writes it so.
  bool adds(const Method &In, const ValueDecl *D,
            BinaryOperatorKind How) const {
    return llvm::any_of(In.Steps, [&](const Monitors::Step &S) {
      const auto *BO = dyn_cast_or_null<BinaryOperator>(S.Event->At);
      return S.Event->Does == SyncEvent::Write && S.Event->Object.Decl == D &&
             BO && BO->getOpcode() == How;
    });
  }
  bool raises(const Method &In, const ValueDecl *D) const {
    return adds(In, D, BO_AddAssign) || changes(In, D, [](const Alteration &A) {
             return A.How == Change::Raise ||
                    (A.How == Change::Set && A.Value != 0);
           });
  }
  bool lowers(const Method &In, const ValueDecl *D) const {
    return adds(In, D, BO_SubAssign) || changes(In, D, [](const Alteration &A) {
             return A.How == Change::Lower;
           });
  }
  bool notifies(const Method &In, const ValueDecl *Condition) const {
    return llvm::any_of(In.Steps, [&](const Monitors::Step &S) {
      return S.Event->Does == SyncEvent::Notify &&
             S.Event->Object.Decl == Condition;
    });
  }
  bool waitsOn(const Method &In, const ValueDecl *Condition, bool Timed) const {
    return llvm::any_of(In.Steps, [&](const Monitors::Step &S) {
      return S.Event->Does == SyncEvent::Wait && S.Event->Timed == Timed &&
             S.Event->Object.Decl == Condition;
    });
  }

  std::optional<InferredRole> role(const Waiting &W) {
    const ValueDecl *Container = nullptr, *Zero = nullptr, *Some = nullptr;
    llvm::SmallVector<const Predicate::Term *, 2> Flags;
    for (const Predicate::Term &T : W.For.Terms) {
      if (!own(T.What) || T.Helps == Change::Unknown)
        continue;
      if (isFlag(T.What.Decl)) {
        if (llvm::none_of(Flags, [&](const Predicate::Term *Old) {
              return Old->What.Decl == T.What.Decl;
            }))
          Flags.push_back(&T);
      } else if (isNumber(T.What.Decl) && T.Helps == Change::Lower)
        Zero = T.What.Decl;
      else if (isNumber(T.What.Decl) && T.Helps == Change::Raise)
        Some = T.What.Decl;
      else if (isContainer(T.What.Decl) && T.Helps == Change::Raise)
        Container = T.What.Decl;
    }
    const ValueDecl *Condition = W.Event->Object.Decl;
    InferredRole R;
    R.Class = RD;
    R.Member = Condition;
    R.Releaser = W.In->Decl;
    R.Model.Name = Lexicon::qualifiedName(RD);
    R.Model.Library = ThisProject.str();
    if (Container && lowers(*W.In, Container)) {
      R.Model.What = Kind::Channel;
      // A send that waits for room may be one: nothing is said of its bounds.
      R.Model.Holds = Capacity::Unbounded;
      for (const Method &One : Methods) {
        if (lowers(One, Container) && waitsOn(One, Condition, false)) {
          bool Bounded = (waitsOn(One, Condition, true) && getsTime(One)) ||
                         hasWord(One.Decl->getName(), {"try", "poll"});
          if (gives(One))
            row(R, One, Bounded ? Verb::TryReceive : Verb::Receive);
        } else if (lowers(One, Container) && waitsOn(One, Condition, true)) {
          if (gives(One))
            row(R, One, Verb::TryReceive);
        } else if (raises(One, Container) && notifies(One, Condition))
          row(R, One,
              hasWord(One.Decl->getName(), {"try"}) ? Verb::TrySend
                                                    : Verb::Send);
        else if (closes(One, W, Flags))
          row(R, One, Verb::Close);
        else if (lowers(One, Container) && gives(One))
          row(R, One, Verb::TryReceive);
        else if (!changesAny(One))
          row(R, One, Verb::Query);
      }
      for (const CXXConstructorDecl *Made : RD->ctors()) {
        if (Made->isCopyOrMoveConstructor())
          continue;
        Effect Row;
        Row.Does = Verb::Init;
        Row.Object.Place = ObjectSpec::This;
        Row.MinArgs = Made->getMinRequiredArguments();
        Row.MaxArgs = Made->getNumParams();
        R.Model.Calls["constructor"].push_back(Row);
      }
      // The implicit one is only declared where it is used.
      if (RD->needsImplicitDefaultConstructor()) {
        Effect Row;
        Row.Does = Verb::Init;
        Row.Object.Place = ObjectSpec::This;
        Row.MaxArgs = 0;
        R.Model.Calls["constructor"].push_back(Row);
      }
      // One that itself takes what it is given is a pool; one that does much
      // else has a queue among other things.
      return has(R, Verb::Send) &&
                     (has(R, Verb::Receive) || has(R, Verb::TryReceive)) &&
                     3 * operations(R) >= publicMethods()
                 ? std::optional(std::move(R))
                 : std::nullopt;
    }
    if (Some && lowers(*W.In, Some)) {
      R.Model.What = Kind::Permit;
      for (const Method &One : Methods) {
        if (lowers(One, Some) && waitsOn(One, Condition, false))
          row(R, One, Verb::Acquire);
        else if (raises(One, Some) && notifies(One, Condition))
          row(R, One, Verb::Release);
      }
      return has(R, Verb::Release) && 3 * operations(R) >= publicMethods()
                 ? std::optional(std::move(R))
                 : std::nullopt;
    }
    if (Zero && !lowers(*W.In, Zero)) {
      R.Model.What = Kind::Counter;
      for (const Method &One : Methods) {
        if (lowers(One, Zero) && notifies(One, Condition))
          row(R, One, Verb::CountDown);
        else if (raises(One, Zero))
          row(R, One, Verb::CountUp);
        else if (waitsOn(One, Condition, false))
          row(R, One, Verb::Wait);
        else if (waitsOn(One, Condition, true))
          row(R, One, Verb::TryWait);
      }
      return has(R, Verb::CountDown) && 3 * operations(R) >= publicMethods()
                 ? std::optional(std::move(R))
                 : std::nullopt;
    }
    if (!Container && !Zero && !Some && Flags.size() == 1 &&
        llvm::all_of(W.For.Terms,
                     [&](const Predicate::Term &T) {
                       return T.What.Decl == Flags.front()->What.Decl;
                     }) &&
        // Who takes it back is a lock, or an event for one.
        !changes(*W.In, Flags.front()->What.Decl,
                 [](const Alteration &) { return true; })) {
      R.Model.What = Kind::Signal;
      for (const Method &One : Methods) {
        bool Waits = waitsOn(One, Condition, false);
        // Who tells and waits for the answer does more than an event.
        if ((Waits || waitsOn(One, Condition, true)) && changesAny(One))
          return std::nullopt;
        if (Waits)
          row(R, One, Verb::Wait);
        else if (waitsOn(One, Condition, true))
          row(R, One, Verb::TryWait);
        else if (closes(One, W, Flags))
          row(R, One, Verb::Fulfil);
      }
      // An event, and nothing else.
      return has(R, Verb::Fulfil) && has(R, Verb::Wait) &&
                     R.Model.Calls.size() + 2 >= publicMethods()
                 ? std::optional(std::move(R))
                 : std::nullopt;
    }
    return std::nullopt;
  }

  static size_t operations(const InferredRole &R) {
    size_t Result = 0;
    for (const auto &Entry : R.Model.Calls)
      for (const Effect &Row : Entry.getValue())
        Result += Row.Does != Verb::Init && Row.Does != Verb::Query;
    return Result;
  }

  /// What \p One takes it gives to its caller, whoever that is: it isn't the
  /// loop of a worker.
  bool gives(const Method &One) const {
    const CXXMethodDecl *D = One.Decl;
    return !M.isEntry(D) &&
           (!D->getReturnType()->isVoidType() ||
            llvm::any_of(D->parameters(), [](const ParmVarDecl *P) {
              QualType T = P->getType();
              return (T->isPointerType() || T->isLValueReferenceType()) &&
                     !T->getPointeeType().isConstQualified();
            }));
  }

  /// It is told how long to wait.
  static bool getsTime(const Method &One) {
    return llvm::any_of(One.Decl->parameters(), [](const ParmVarDecl *P) {
      return hasWord(P->getName(), {"time", "timeout", "abstime", "deadline",
                                    "duration", "ms", "msec", "until"});
    });
  }

  size_t publicMethods() const {
    return llvm::count_if(Methods, [](const Method &One) {
      return One.Decl->getAccess() == AS_public;
    });
  }

  /// It gives a flag the value for which the wait waits, and notifies.
  bool closes(const Method &One, const Waiting &W,
              llvm::ArrayRef<const Predicate::Term *> Flags) const {
    if (!notifies(One, W.Event->Object.Decl))
      return false;
    for (const Predicate::Term *T : Flags)
      if (changes(One, T->What.Decl, [&](const Alteration &A) {
            return W.For.helped(A) == Answer::Yes;
          }))
        return true;
    return false;
  }

  /// It changes some member, or tells somebody of it.
  static bool changesAny(const Method &One) {
    return llvm::any_of(One.Steps, [](const Monitors::Step &S) {
      return S.Event->Does == SyncEvent::Write ||
             S.Event->Does == SyncEvent::Notify;
    });
  }

  static bool has(const InferredRole &R, Verb V) {
    for (const auto &Entry : R.Model.Calls)
      for (const Effect &Row : Entry.getValue())
        if (Row.Does == V)
          return true;
    return false;
  }

  static void row(InferredRole &R, const Method &One, Verb V) {
    if (One.Decl->getAccess() != AS_public)
      return;
    Effect Row;
    Row.Does = V;
    Row.Object.Place = ObjectSpec::This;
    Row.MinArgs = One.Decl->getMinRequiredArguments();
    Row.MaxArgs = One.Decl->getNumParams();
    // By how much.
    if ((V == Verb::CountUp || V == Verb::CountDown || V == Verb::Acquire ||
         V == Verb::Release) &&
        One.Decl->getNumParams() &&
        One.Decl->getParamDecl(0)->getType()->isIntegerType())
      Row.Count = 0;
    // What it gives when the end has come.
    QualType T = One.Decl->getReturnType();
    if (V == Verb::Receive && !T->isVoidType()) {
      if (T->isBooleanType())
        Row.Fails = Failure::False;
      else if (T->isPointerType())
        Row.Fails = Failure::Null;
      else if (const CXXRecordDecl *Given = T->getAsCXXRecordDecl();
               Given && Given->hasDefinition() &&
               llvm::any_of(Given->methods(), [](const CXXMethodDecl *M) {
                 const auto *To = dyn_cast<CXXConversionDecl>(M);
                 return To && To->getConversionType()->isBooleanType();
               }))
        Row.Fails = Failure::False;
    }
    R.Model.Calls[One.Decl->getName()].push_back(Row);
  }

  const Monitors &M;
  const CXXRecordDecl *RD;
  std::vector<Method> Methods;
};

} // namespace

std::vector<InferredRole> inferProtocols(const Monitors &M) {
  std::vector<InferredRole> Result;
  llvm::SmallPtrSet<const CXXRecordDecl *, 8> Seen;
  for (const auto &[FD, F] : M.functions())
    for (const SyncEvent &E : F.Events) {
      const auto *Field = dyn_cast_or_null<FieldDecl>(
          E.Does == SyncEvent::Wait ? E.Object.Decl : nullptr);
      const auto *RD =
          Field ? dyn_cast<CXXRecordDecl>(Field->getParent()) : nullptr;
      // A template isn't used itself.
      if (!RD || !RD->getIdentifier() || RD->isDependentContext() ||
          !Seen.insert(RD->getCanonicalDecl()).second || M.lexicon().type(RD))
        continue;
      if (std::optional<InferredRole> R = Class(M, RD).role())
        Result.push_back(std::move(*R));
    }
  return Result;
}

static StringRef evidence(Verb V) {
  switch (V) {
  case Verb::Send:
    return "a send: it adds and notifies";
  case Verb::Receive:
    return "a receive: it waits and takes";
  case Verb::TryReceive:
    return "a receive that may give up: it takes";
  case Verb::Close:
    return "the closing: it sets what the wait tests, and notifies";
  case Verb::CountDown:
    return "a count down: it lowers what is waited for, and notifies";
  case Verb::CountUp:
    return "a count up: it raises what is waited for to be zero";
  case Verb::Wait:
    return "a wait: it returns when the others have come so far";
  case Verb::Acquire:
    return "an acquisition: it waits for a number and lowers it";
  case Verb::Release:
    return "a release: it raises what is waited for, and notifies";
  case Verb::Fulfil:
    return "the signal: it sets what is waited for, and notifies";
  default:
    return "";
  }
}

std::optional<Note> inferredNote(const Stmt *Call, const Lexicon &Words) {
  const auto *MC = dyn_cast_or_null<CXXMemberCallExpr>(Call);
  const CXXMethodDecl *Method = MC ? MC->getMethodDecl() : nullptr;
  const TypeModel *M = Method && Method->getIdentifier()
                           ? Words.type(Method->getParent())
                           : nullptr;
  const Effect *Row = M ? Words.effect(MC) : nullptr;
  if (!Row || M->Library != ThisProject || evidence(Row->Does).empty())
    return std::nullopt;
  return Note{Method->getLocation(),
              ("'" + Method->getParent()->getName() + "::" + Method->getName() +
               "' is taken for " + evidence(Row->Does))
                  .str()};
}

} // namespace leak
