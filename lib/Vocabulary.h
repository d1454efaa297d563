//===--- Vocabulary.h - the words every model and check speaks --*- C++ -*-===//
//
// Part of leak-tidy, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The closed lists of words in which libraries are described (docs/models.md)
/// and in which checks ask their questions. A new word is a design change:
/// every check has to be re-read with it in mind.
///
//===----------------------------------------------------------------------===//

#ifndef LEAK_TIDY_VOCABULARY_H
#define LEAK_TIDY_VOCABULARY_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>

namespace leak {

/// What a type is for. LEAK_KIND(Enumerator, spelling)
#define LEAK_KINDS                                                             \
  LEAK_KIND(TaskHandle, "task-handle")     /* owns a running execution */      \
  LEAK_KIND(Future, "future")              /* a result that arrives later */   \
  LEAK_KIND(Scheduler, "scheduler")        /* runs many tasks, pool, loop */   \
  LEAK_KIND(Channel, "channel")            /* a closable queue */              \
  LEAK_KIND(Counter, "counter")            /* counts to a point waited for */  \
  LEAK_KIND(Permit, "permit")              /* taken and given back */          \
  LEAK_KIND(Guard, "guard")                /* holds a permit by scope */       \
  LEAK_KIND(Signal, "signal")              /* a one-shot event */              \
  LEAK_KIND(Condition, "condition")        /* condition variable */            \
  LEAK_KIND(StopSource, "stop-source")     /* asks others to stop */           \
  LEAK_KIND(StopToken, "stop-token")       /* is asked to stop */              \
  LEAK_KIND(StopCallback, "stop-callback") /* registration run on stop */      \
  LEAK_KIND(Timer, "timer")                /* pending or periodic callback */  \
  LEAK_KIND(Task, "task")                  /* lazy or coroutine work */        \
  LEAK_KIND(Descriptor, "descriptor")      /* OS object that blocks */         \
  LEAK_KIND(Client, "client")              /* makes calls that block */        \
  LEAK_KIND(Attribute, "attribute")        /* options of a later start */      \
  LEAK_KIND(Owner, "owner")                /* holds one object of T */         \
  LEAK_KIND(Container, "container")        /* holds many objects of T */       \
  LEAK_KIND(Iterator, "iterator")          /* points into a container */       \
  LEAK_KIND(Misuse, "misuse")              /* thrown when the caller erred */

enum class Kind {
#define LEAK_KIND(Enumerator, Spelling) Enumerator,
  LEAK_KINDS
#undef LEAK_KIND
};

/// What a call does to its object. LEAK_VERB(Enumerator, spelling)
#define LEAK_VERBS                                                             \
  LEAK_VERB(Query, "query")         /* looks, changes nothing */               \
  LEAK_VERB(Init, "init")           /* makes an empty object */                \
  LEAK_VERB(Destroy, "destroy")     /* ends the object */                      \
  LEAK_VERB(Reset, "reset")         /* drops what the object holds */          \
  LEAK_VERB(Swap, "swap")           /* exchanges two objects */                \
  LEAK_VERB(Move, "move")           /* returns its argument to be moved */     \
  LEAK_VERB(Forward, "forward")     /* returns its argument as it is */        \
  LEAK_VERB(Reference, "reference") /* wraps a reference to its object */      \
  LEAK_VERB(Bind, "bind")           /* makes a callable of its args */         \
  LEAK_VERB(Start, "start")         /* runs a callable elsewhere */            \
  LEAK_VERB(Join, "join")           /* waits for the end, then done */         \
  LEAK_VERB(TryJoin, "try-join")    /* the same, but may give up */            \
  LEAK_VERB(Detach, "detach")       /* gives the execution up */               \
  LEAK_VERB(SetDetached, "set-detached") /* attribute: born detached */        \
  LEAK_VERB(TestLive, "test-live")       /* true while it needs a join */      \
  LEAK_VERB(Cancel, "cancel")            /* forces an end of it */             \
  LEAK_VERB(Send, "send")                /* channel: may block when full */    \
  LEAK_VERB(TrySend, "try-send")                                               \
  LEAK_VERB(Receive, "receive") /* channel: blocks when empty */               \
  LEAK_VERB(TryReceive, "try-receive")                                         \
  LEAK_VERB(Close, "close")                                                    \
  LEAK_VERB(CountUp, "count-up")                                               \
  LEAK_VERB(CountDown, "count-down")                                           \
  LEAK_VERB(Arrive, "arrive")    /* count down and wait */                     \
  LEAK_VERB(Drop, "drop")        /* count down for good */                     \
  LEAK_VERB(Wait, "wait")        /* until signalled, may never end */          \
  LEAK_VERB(TryWait, "try-wait") /* the same, bounded */                       \
  LEAK_VERB(Acquire, "acquire")                                                \
  LEAK_VERB(TryAcquire, "try-acquire")                                         \
  LEAK_VERB(Release, "release")                                                \
  LEAK_VERB(Fulfil, "fulfil") /* signal: value is there */                     \
  LEAK_VERB(Fail, "fail")     /* signal: an error instead */                   \
  LEAK_VERB(GetFuture, "get-future")                                           \
  LEAK_VERB(NotifyOne, "notify-one")                                           \
  LEAK_VERB(NotifyAll, "notify-all")                                           \
  LEAK_VERB(RequestStop, "request-stop")                                       \
  LEAK_VERB(PollStop, "poll-stop")                                             \
  LEAK_VERB(GetToken, "get-token")                                             \
  LEAK_VERB(GetSource, "get-source")                                           \
  LEAK_VERB(Arm, "arm")                  /* timer: will fire */                \
  LEAK_VERB(Disarm, "disarm")            /* timer: will not fire any more */   \
  LEAK_VERB(Sleep, "sleep")              /* for a time or until one */         \
  LEAK_VERB(Block, "block")              /* waits for the outside world */     \
  LEAK_VERB(SetDeadline, "set-deadline") /* bounds later blocking calls */     \
  LEAK_VERB(Insert, "insert")            /* container: takes an object in */   \
  LEAK_VERB(Element, "element")          /* returns one of what it holds */    \
  LEAK_VERB(Iterate, "iterate")          /* returns a position in it */        \
  LEAK_VERB(Remove, "remove")            /* destroys some of what it holds */  \
  LEAK_VERB(Clear, "clear")              /* destroys all it holds */           \
  LEAK_VERB(Emplace, "emplace")          /* makes an object in the owner */    \
  LEAK_VERB(GiveUp, "give-up") /* returns the object, owns no more */          \
  LEAK_VERB(Apply, "apply")    /* calls a callable here and now */             \
  LEAK_VERB(Exit, "exit")      /* ends the calling thread/process */           \
  LEAK_VERB(Escape, "escape")  /* stores it where we can't follow */

enum class Verb {
#define LEAK_VERB(Enumerator, Spelling) Enumerator,
  LEAK_VERBS
#undef LEAK_VERB
};

/// What happens when an object that still owns a running execution ends.
#define LEAK_UNRELEASED                                                        \
  LEAK_UNRELEASED_WORD(Nothing, "nothing")     /* nothing at all */            \
  LEAK_UNRELEASED_WORD(Terminate, "terminate") /* std::terminate */            \
  LEAK_UNRELEASED_WORD(Leak, "leak")           /* stack and id never freed */  \
  LEAK_UNRELEASED_WORD(Detach, "detach")       /* it runs on by itself */      \
  LEAK_UNRELEASED_WORD(Block, "block")         /* waits for it */              \
  LEAK_UNRELEASED_WORD(StopAndJoin,                                            \
                       "stop-and-join") /* asks it to stop, waits */

enum class Unreleased {
#define LEAK_UNRELEASED_WORD(Enumerator, Spelling) Enumerator,
  LEAK_UNRELEASED
#undef LEAK_UNRELEASED_WORD
};

/// Which return value says that the call did nothing.
#define LEAK_FAILURES                                                          \
  LEAK_FAILURE(Never, "never")       /* it throws, or can't fail */            \
  LEAK_FAILURE(Nonzero, "nonzero")   /* 0 is success, as in POSIX */           \
  LEAK_FAILURE(Negative, "negative") /* below zero */                          \
  LEAK_FAILURE(Null, "null")         /* a null pointer or zero */              \
  LEAK_FAILURE(False, "false")

enum class Failure {
#define LEAK_FAILURE(Enumerator, Spelling) Enumerator,
  LEAK_FAILURES
#undef LEAK_FAILURE
};

/// What a second join of the same execution, or close of a channel, does.
#define LEAK_REJOINS                                                           \
  LEAK_REJOIN(Quiet, "quiet")                                                  \
  LEAK_REJOIN(Throws, "throws")                                                \
  LEAK_REJOIN(Undefined, "undefined")

enum class Rejoin {
#define LEAK_REJOIN(Enumerator, Spelling) Enumerator,
  LEAK_REJOINS
#undef LEAK_REJOIN
};

/// What a second acquisition by the same execution does.
#define LEAK_REACQUIRES                                                        \
  LEAK_REACQUIRE(Counts, "counts") /* takes another unit: a semaphore */       \
  LEAK_REACQUIRE(Nests, "nests")   /* must be released once more */            \
  LEAK_REACQUIRE(Blocks, "blocks") /* waits for itself */

enum class Reacquire {
#define LEAK_REACQUIRE(Enumerator, Spelling) Enumerator,
  LEAK_REACQUIRES
#undef LEAK_REACQUIRE
};

/// Which end of what it waits for lets a continuation run.
#define LEAK_AFTERS                                                            \
  LEAK_AFTER(Any, "any")                                                       \
  LEAK_AFTER(Success, "success") /* not when it failed or was cancelled */     \
  LEAK_AFTER(Failure, "failure")

enum class After {
#define LEAK_AFTER(Enumerator, Spelling) Enumerator,
  LEAK_AFTERS
#undef LEAK_AFTER
};

/// How much a channel takes in before a send waits for a receive.
#define LEAK_CAPACITIES                                                        \
  LEAK_CAPACITY(Unknown, "unknown")                                            \
  LEAK_CAPACITY(Unbounded, "unbounded")    /* a send never waits */            \
  LEAK_CAPACITY(Rendezvous, "rendezvous")  /* each send waits for a receive */ \
  LEAK_CAPACITY(Count, "count")            /* the `count` of its `init` */     \
  LEAK_CAPACITY(BelowCount, "below-count") /* one less than that */

enum class Capacity {
#define LEAK_CAPACITY(Enumerator, Spelling) Enumerator,
  LEAK_CAPACITIES
#undef LEAK_CAPACITY
};

/// What a send does to a channel that has been closed.
#define LEAK_AFTER_CLOSES                                                      \
  LEAK_AFTER_CLOSE(Works, "works")     /* only those who wait were woken */    \
  LEAK_AFTER_CLOSE(Refused, "refused") /* drops it; the result says so */      \
  LEAK_AFTER_CLOSE(Throws, "throws")                                           \
  LEAK_AFTER_CLOSE(Undefined, "undefined")

enum class AfterClose {
#define LEAK_AFTER_CLOSE(Enumerator, Spelling) Enumerator,
  LEAK_AFTER_CLOSES
#undef LEAK_AFTER_CLOSE
};

/// All words of one of the lists above, in the order of the enumerators.
template <typename Enum> llvm::ArrayRef<llvm::StringRef> words();
template <> llvm::ArrayRef<llvm::StringRef> words<Kind>();
template <> llvm::ArrayRef<llvm::StringRef> words<Verb>();
template <> llvm::ArrayRef<llvm::StringRef> words<Unreleased>();
template <> llvm::ArrayRef<llvm::StringRef> words<Failure>();
template <> llvm::ArrayRef<llvm::StringRef> words<Rejoin>();
template <> llvm::ArrayRef<llvm::StringRef> words<Reacquire>();
template <> llvm::ArrayRef<llvm::StringRef> words<After>();
template <> llvm::ArrayRef<llvm::StringRef> words<Capacity>();
template <> llvm::ArrayRef<llvm::StringRef> words<AfterClose>();

/// The enumerator spelled \p Word, or nothing.
template <typename Enum> std::optional<Enum> parseWord(llvm::StringRef Word) {
  llvm::ArrayRef<llvm::StringRef> All = words<Enum>();
  for (size_t I = 0; I != All.size(); ++I)
    if (All[I] == Word)
      return static_cast<Enum>(I);
  return std::nullopt;
}

/// "; did you mean 'x'?" when one of \p Words is near \p Got, and then, always,
/// "; allowed: a, b, c".
std::string allowed(llvm::StringRef Got, llvm::ArrayRef<llvm::StringRef> Words);

/// How \p E is spelled in model files and annotations.
template <typename Enum> llvm::StringRef spelling(Enum E) {
  return words<Enum>()[static_cast<size_t>(E)];
}

} // namespace leak

#endif // LEAK_TIDY_VOCABULARY_H
