//===--- Lexicon.cpp - a unit's declarations in the models ---------------===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Lexicon.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/IdentifierTable.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;
using namespace llvm;

namespace leak {

static StringRef lastComponent(StringRef Qualified) {
  size_t Colon = Qualified.rfind(':');
  return Colon == StringRef::npos ? Qualified : Qualified.substr(Colon + 1);
}

Lexicon::Lexicon(const ASTContext &Ctx, std::shared_ptr<const ModelSet> Models)
    : Ctx(Ctx), Models(std::move(Models)) {
  const IdentifierTable &Idents = Ctx.Idents;
  auto Note = [&](StringRef Qualified, DenseSet<const IdentifierInfo *> &Into) {
    auto It = Idents.find(lastComponent(Qualified));
    if (It != Idents.end())
      Into.insert(It->second);
  };
  for (const auto &T : this->Models->types())
    Note(T.getKey(), TypeNames);
  for (const auto &F : this->Models->functions())
    Note(F.getKey(), FunctionNames);
}

std::string Lexicon::qualifiedName(const NamedDecl *D) {
  SmallVector<StringRef, 6> Parts;
  std::string Own = D->getNameAsString();
  Parts.push_back(Own);
  for (const DeclContext *DC = D->getDeclContext(); DC; DC = DC->getParent()) {
    if (const auto *NS = dyn_cast<NamespaceDecl>(DC)) {
      if (!NS->isInline() && !NS->isAnonymousNamespace())
        Parts.push_back(NS->getName());
    } else if (const auto *RD = dyn_cast<RecordDecl>(DC)) {
      Parts.push_back(RD->getIdentifier() ? RD->getName() : "(unnamed)");
    } else if (DC->isFunctionOrMethod()) {
      Parts.push_back("(local)");
    }
  }
  std::reverse(Parts.begin(), Parts.end());
  return join(Parts, "::");
}

/// "leak:word,key=value" without the prefix, or nothing.
static std::optional<StringRef> leakAnnotation(const Decl *D) {
  for (const auto *A : D->specific_attrs<AnnotateAttr>()) {
    StringRef Text = A->getAnnotation();
    if (Text.consume_front("leak:"))
      return Text.trim();
  }
  return std::nullopt;
}

const TypeModel *Lexicon::annotated(const CXXRecordDecl *RD) const {
  if (!RD->hasAttrs())
    return nullptr;
  std::optional<StringRef> Text = leakAnnotation(RD);
  if (!Text)
    return nullptr;
  auto Model = std::make_unique<TypeModel>();
  Model->Name = qualifiedName(RD);
  Model->Library = "annotation";
  auto [KindWord, Rest] = Text->split(',');
  std::optional<Kind> K = parseWord<Kind>(KindWord.trim());
  std::optional<Unreleased> U =
      Rest.empty() ? Unreleased::Leak : parseWord<Unreleased>(Rest.trim());
  if (!K)
    Bad.push_back({RD->getLocation(),
                   ("unknown kind '" + KindWord.trim() + "' in annotation" +
                    allowed(KindWord.trim(), words<Kind>()))
                       .str()});
  else if (!U)
    Bad.push_back({RD->getLocation(),
                   ("unknown word '" + Rest.trim() + "' in annotation" +
                    allowed(Rest.trim(), words<Unreleased>()))
                       .str()});
  if (!K || !U)
    return nullptr;
  Model->What = *K;
  Model->IfUnreleased = *U;
  OwnTypes.push_back(std::move(Model));
  return OwnTypes.back().get();
}

void Lexicon::infer(const CXXRecordDecl *RD, TypeModel Model) {
  OwnTypes.push_back(std::make_unique<TypeModel>(std::move(Model)));
  TypeCache[RD->getCanonicalDecl()] = OwnTypes.back().get();
  if (const IdentifierInfo *II = RD->getIdentifier())
    TypeNames.insert(II);
}

/// The model by the name of \p D, as the macros of the unit make it.
const TypeModel *Lexicon::find(const NamedDecl *D) const {
  const TypeModel *Found = Models->findType(qualifiedName(D));
  if (!Found)
    return nullptr;
  for (const auto &[Macro, Word] : Found->IfUnreleasedWith) {
    auto It = Ctx.Idents.find(Macro);
    if (It == Ctx.Idents.end() || !It->second->hasMacroDefinition())
      continue;
    OwnTypes.push_back(std::make_unique<TypeModel>(*Found));
    OwnTypes.back()->IfUnreleased = Word;
    return OwnTypes.back().get();
  }
  return Found;
}

const TypeModel *Lexicon::type(const CXXRecordDecl *RD) const {
  if (!RD)
    return nullptr;
  if (RD->hasAttrs() ||
      (RD->getIdentifier() && TypeNames.contains(RD->getIdentifier()))) {
    const Decl *Key = RD->getCanonicalDecl();
    auto [It, New] = TypeCache.try_emplace(Key, nullptr);
    if (New) {
      const CXXRecordDecl *Pattern = RD->getTemplateInstantiationPattern();
      const TypeModel *Found = find(RD);
      if (!Found)
        Found = annotated(RD);
      if (!Found && Pattern)
        Found = annotated(Pattern);
      TypeCache[Key] = Found;
      return Found;
    }
    return It->second;
  }
  return nullptr;
}

const TypeModel *Lexicon::type(QualType T) const {
  if (T.isNull())
    return nullptr;
  if (const CXXRecordDecl *RD = T->getAsCXXRecordDecl();
      RD && (RD->getIdentifier() || RD->hasAttrs())) {
    const TypeModel *Known = type(RD);
    // `#pragma GCC visibility` gives attributes to what has a name by its
    // typedef only.
    if (Known || RD->getIdentifier())
      return Known;
  }
  // Typedefs that the models name as types: walk the sugar one by one.
  for (QualType Sugar = T;;) {
    if (const auto *TD = Sugar->getAs<TypedefType>()) {
      const TypedefNameDecl *Decl = TD->getDecl();
      if (TypeNames.contains(Decl->getIdentifier())) {
        auto [It, New] =
            TypeCache.try_emplace(Decl->getCanonicalDecl(), nullptr);
        if (New)
          It->second = find(Decl);
        if (It->second)
          return It->second;
      }
      Sugar = Decl->getUnderlyingType();
      continue;
    }
    return nullptr;
  }
}

const TypeModel *Lexicon::typeOrBase(const CXXRecordDecl *RD) const {
  if (!RD)
    return nullptr;
  if (const TypeModel *T = type(RD))
    return T;
  if (const CXXRecordDecl *Def = RD->getDefinition())
    for (const CXXBaseSpecifier &Base : Def->bases())
      if (const TypeModel *T = typeOrBase(Base.getType()->getAsCXXRecordDecl()))
        return T;
  return nullptr;
}

bool Lexicon::anyDeclared(ArrayRef<Kind> Kinds) const {
  auto Declared = [&](StringRef Qualified) {
    return Ctx.Idents.find(lastComponent(Qualified)) != Ctx.Idents.end();
  };
  for (const auto &T : Models->types())
    if (is_contained(Kinds, T.second.What) && Declared(T.getKey()))
      return true;
  // An object of a plain type is made by the functions that start it.
  for (const auto &F : Models->functions())
    if (any_of(F.second,
               [](const Effect &E) { return E.Does == Verb::Start; }) &&
        Declared(F.getKey())) {
      // Clang knows some C functions as builtins, declared or not.
      if (F.getKey().contains("::"))
        return true;
      DeclarationName Name(Ctx.Idents.find(F.getKey())->second);
      if (!Ctx.getTranslationUnitDecl()->lookup(Name).empty())
        return true;
    }
  // Annotated declarations are in no list.
  return Ctx.Idents.find("annotate") != Ctx.Idents.end();
}

bool Lexicon::anyType(Kind K) const {
  return any_of(Models->types(),
                [&](const auto &T) {
                  return T.second.What == K &&
                         Ctx.Idents.find(lastComponent(T.getKey())) !=
                             Ctx.Idents.end();
                }) ||
         any_of(OwnTypes, [&](const auto &T) { return T->What == K; }) ||
         Ctx.Idents.find("annotate") != Ctx.Idents.end();
}

const Effect *Lexicon::annotated(const FunctionDecl *FD) const {
  if (!FD->hasAttrs())
    return nullptr;
  const Decl *Key = FD->getCanonicalDecl();
  auto Cached = AnnotationCache.find(Key);
  if (Cached != AnnotationCache.end())
    return Cached->second.get();
  std::unique_ptr<Effect> &Result = AnnotationCache[Key];
  std::optional<StringRef> Text = leakAnnotation(FD);
  if (!Text)
    return nullptr;
  auto E = std::make_unique<Effect>();
  if (isa<CXXMethodDecl>(FD) && !cast<CXXMethodDecl>(FD)->isStatic())
    E->Object.Place = ObjectSpec::This;
  else
    E->Object = {ObjectSpec::Argument, 0};
  auto Fail = [&](const Twine &Message) {
    Bad.push_back({FD->getLocation(), Message.str()});
    return nullptr;
  };
  SmallVector<StringRef, 4> Parts;
  Text->split(Parts, ',');
  std::optional<Verb> V = parseWord<Verb>(Parts[0].trim());
  if (!V)
    return Fail("unknown verb '" + Parts[0].trim() + "' in annotation" +
                allowed(Parts[0].trim(), words<Verb>()));
  E->Does = *V;
  for (StringRef Part : drop_begin(Parts)) {
    auto [Name, Value] = Part.trim().split('=');
    if (Name == "object") {
      if (Value == "this")
        E->Object.Place = ObjectSpec::This;
      else if (Value == "return")
        E->Object.Place = ObjectSpec::Return;
      else {
        E->Object.Place = Value.consume_front("*") ? ObjectSpec::Pointee
                                                   : ObjectSpec::Argument;
        if (Value.getAsInteger(10, E->Object.Index))
          return Fail("unknown object in annotation '" + Part.trim() +
                      "'; allowed: this, return, 0, *0");
      }
    } else if (Name == "callable") {
      if (Value.getAsInteger(10, E->Callable))
        return Fail("'callable' in annotation wants an argument's number");
    } else {
      return Fail("unknown key '" + Name + "' in annotation" +
                  allowed(Name, {"object", "callable"}));
    }
  }
  Result = std::move(E);
  return Result.get();
}

bool Lexicon::mayBe(const Expr *E, ArrayRef<std::string> Names) const {
  const SourceManager &SM = Ctx.getSourceManager();
  E = E->IgnoreImplicit()->IgnoreParenCasts();
  if (const auto *CE = dyn_cast<CXXConstructExpr>(E);
      CE && CE->getConstructor()->isCopyOrMoveConstructor())
    E = CE->getArg(0)->IgnoreImplicit()->IgnoreParenCasts();
  for (SourceLocation At = E->getBeginLoc(); At.isMacroID();
       At = SM.getImmediateMacroCallerLoc(At))
    if (!SM.isMacroArgExpansion(At) &&
        is_contained(Names,
                     Lexer::getImmediateMacroName(At, SM, Ctx.getLangOpts())))
      return true;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    if (Ref->getDecl()->getIdentifier() &&
        is_contained(Names, Ref->getDecl()->getName()))
      return true;
    if (isa<EnumConstantDecl>(Ref->getDecl()))
      return false;
    const auto *VD = dyn_cast<VarDecl>(Ref->getDecl());
    if (!VD || !VD->getType().isConstQualified())
      return true;
    if (VD->getType()->isRecordType())
      return false;
    return !VD->getInit() || mayBe(VD->getInit(), Names);
  }
  return !isa<IntegerLiteral, CXXBoolLiteralExpr>(E);
}

const Effect *Lexicon::effect(const FunctionDecl *Callee, unsigned NumArgs,
                              const CXXRecordDecl *Receiver,
                              ArrayRef<const Expr *> Args) const {
  if (!Callee)
    return nullptr;
  auto Fits = [&](const Effect &Row) {
    return all_of(Row.When, [&](const auto &Condition) {
      return Condition.first < Args.size() &&
             mayBe(Args[Condition.first], Condition.second);
    });
  };
  if (const Effect *E = annotated(Callee))
    return E;
  if (const FunctionDecl *Pattern = Callee->getTemplateInstantiationPattern())
    if (const Effect *E = annotated(Pattern))
      return E;
  if (const auto *Method = dyn_cast<CXXMethodDecl>(Callee)) {
    const TypeModel *T = Receiver ? typeOrBase(Receiver) : nullptr;
    if (!T)
      T = typeOrBase(Method->getParent());
    if (T) {
      if (const auto *Ctor = dyn_cast<CXXConstructorDecl>(Method)) {
        // Copies and moves are the language's business, and a constructor of
        // a derived class is not the base's.
        if (Ctor->isCopyOrMoveConstructor())
          return nullptr;
        return type(Method->getParent()) ? T->find("constructor", NumArgs, Fits)
                                         : nullptr;
      }
      if (isa<CXXDestructorDecl>(Method))
        return T->find("destructor", NumArgs);
      if (const IdentifierInfo *II = Method->getIdentifier()) {
        if (const Effect *E = T->find(II->getName(), NumArgs, Fits))
          return E;
      } else if (const Effect *E =
                     T->find(Method->getNameAsString(), NumArgs, Fits)) {
        return E;
      }
    }
    if (!Method->isStatic())
      return nullptr;
  }
  const IdentifierInfo *II = Callee->getIdentifier();
  if (!II || !FunctionNames.contains(II))
    return nullptr;
  auto [It, New] =
      FunctionCache.try_emplace(Callee->getCanonicalDecl(), nullptr);
  if (New)
    It->second = Models->findFunction(qualifiedName(Callee));
  if (It->second)
    for (const Effect &E : *It->second)
      if (E.matches(NumArgs) && Fits(E))
        return &E;
  return nullptr;
}

static unsigned explicitArguments(ArrayRef<const Expr *> Args) {
  unsigned N = 0;
  for (const Expr *A : Args)
    N += !isa<CXXDefaultArgExpr>(A);
  return N;
}

const Effect *Lexicon::effect(const Expr *E) const {
  if (const auto *CE = dyn_cast<CXXConstructExpr>(E))
    return effect(CE->getConstructor(),
                  explicitArguments({CE->getArgs(), CE->getNumArgs()}), nullptr,
                  {CE->getArgs(), CE->getNumArgs()});
  const auto *Call = dyn_cast<CallExpr>(E);
  if (!Call)
    return nullptr;
  unsigned N = explicitArguments({Call->getArgs(), Call->getNumArgs()});
  const FunctionDecl *Callee = Call->getDirectCallee();
  ArrayRef<const Expr *> Args(Call->getArgs(), Call->getNumArgs());
  if (const auto *MC = dyn_cast<CXXMemberCallExpr>(Call)) {
    const Expr *Object = MC->getImplicitObjectArgument();
    const CXXRecordDecl *Receiver = nullptr;
    if (Object) {
      QualType T = Object->IgnoreParenBaseCasts()->getType();
      if (T->isPointerType())
        T = T->getPointeeType();
      Receiver = T->getAsCXXRecordDecl();
    }
    return effect(Callee, N, Receiver, Args);
  }
  if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(Call)) {
    const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
    if (Method && !Method->isStatic() && Op->getNumArgs()) {
      const Expr *Object = Op->getArg(0)->IgnoreParenBaseCasts();
      return effect(Callee, N - 1, Object->getType()->getAsCXXRecordDecl(),
                    Args.drop_front());
    }
  }
  return effect(Callee, N, nullptr, Args);
}

const Expr *Lexicon::object(const Expr *E, const Effect &Row,
                            bool *Deref) const {
  if (Deref)
    *Deref = false;
  auto Argument = [&]() -> const Expr * {
    unsigned I = Row.Object.Index;
    if (const auto *CE = dyn_cast<CXXConstructExpr>(E))
      return I < CE->getNumArgs() ? CE->getArg(I) : nullptr;
    if (const auto *CE = dyn_cast<CallExpr>(E))
      return I < CE->getNumArgs() ? CE->getArg(I) : nullptr;
    return nullptr;
  };
  switch (Row.Object.Place) {
  case ObjectSpec::None:
  case ObjectSpec::Return:
    return nullptr;
  case ObjectSpec::This:
    if (const auto *MC = dyn_cast<CXXMemberCallExpr>(E))
      return MC->getImplicitObjectArgument();
    if (const auto *Op = dyn_cast<CXXOperatorCallExpr>(E))
      return Op->getNumArgs() ? Op->getArg(0) : nullptr;
    return nullptr;
  case ObjectSpec::Argument:
    return Argument();
  case ObjectSpec::Pointee: {
    const Expr *Arg = Argument();
    if (!Arg)
      return nullptr;
    if (const auto *UO = dyn_cast<UnaryOperator>(Arg->IgnoreParenImpCasts()))
      if (UO->getOpcode() == UO_AddrOf)
        return UO->getSubExpr();
    if (Deref)
      *Deref = true;
    return Arg;
  }
  }
  return nullptr;
}

} // namespace leak
