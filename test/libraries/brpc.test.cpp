// brpc and its bthreads, from fake headers.
//
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/brpc.yaml \
// RUN:   -- -std=c++17 -isystem %S/Inputs/brpc
// RUN: %check_roles %s -- -std=c++17 -isystem %S/Inputs/brpc
// RUN: %check_leaks %s leak-unjoined-thread -std=c++17 --silent -- -isystem %S/Inputs/brpc

// clang-format off

#include <brpc/channel.h>
#include <brpc/controller.h>
#include <brpc/server.h>
#include <bthread/bthread.h>
#include <bthread/butex.h>
#include <bthread/condition_variable.h>
#include <bthread/countdown_event.h>
#include <bthread/execution_queue.h>
#include <bthread/id.h>
#include <bthread/mutex.h>
#include <bthread/rwlock.h>
#include <bthread/unstable.h>

#include <mutex>

void *work(void *);
bool prepare();
void use(int);

// bthread_t: detached from the beginning, hence never a leak

void goodUnjoined() {
  bthread_t Worker;
  bthread_start_background(&Worker, nullptr, work, nullptr); // ROLE: bthread_start_background start
}

void goodJoined() {
  bthread_t Worker;
  if (bthread_start_urgent(&Worker, &BTHREAD_ATTR_NORMAL, work, nullptr) == 0) // ROLE: bthread_start_urgent start
    bthread_join(Worker, nullptr); // ROLE: bthread_join join
}

void goodJoinedTwice() {
  bthread_t Worker;
  if (bthread_start_background(&Worker, nullptr, work, nullptr) != 0) // ROLE: bthread_start_background start
    return;
  bthread_join(Worker, nullptr); // ROLE: bthread_join join
  bthread_join(Worker, nullptr); // ROLE: bthread_join join
}

void goodStopped(bthread_t Worker) {
  bthread_stop(Worker); // ROLE: bthread_stop request-stop
  bthread_join(Worker, nullptr); // ROLE: bthread_join join
}

void *goodPolling(void *) {
  while (!bthread_stopped(bthread_self())) // ROLE: bthread_stopped poll-stop
    bthread_usleep(1000); // ROLE: bthread_usleep sleep
  return nullptr;
}

void *badPolling(void *) {
  for (;;)
    bthread_usleep(1000); // ROLE: bthread_usleep sleep
}

// bthread::CountdownEvent

struct Job {
  bthread::CountdownEvent *Done;
  bool Skip;
};

void *badCounting(void *Arg) {
  Job *J = static_cast<Job *>(Arg);
  if (J->Skip)
    return nullptr;
  J->Done->signal(); // ROLE: bthread::CountdownEvent count-down
  return nullptr;
}

void *goodCounting(void *Arg) {
  static_cast<Job *>(Arg)->Done->signal(); // ROLE: bthread::CountdownEvent count-down
  return nullptr;
}

void badCountdown() {
  bthread::CountdownEvent Done(2); // only one is started
  Job J = {&Done, false};
  bthread_t Worker;
  bthread_start_background(&Worker, nullptr, badCounting, &J); // ROLE: bthread_start_background start
  Done.wait(); // ROLE: bthread::CountdownEvent wait
}

void goodCountdown(timespec Deadline) {
  bthread::CountdownEvent Done(0);
  Job J = {&Done, false};
  bthread_t Worker;
  Done.add_count(); // ROLE: bthread::CountdownEvent count-up
  if (bthread_start_background(&Worker, nullptr, goodCounting, &J) != 0) // ROLE: bthread_start_background start
    Done.signal(); // ROLE: bthread::CountdownEvent count-down
  if (Done.timed_wait(Deadline) != 0) // ROLE: bthread::CountdownEvent try-wait
    Done.wait(); // ROLE: bthread::CountdownEvent wait
}

// Execution queues

int consume(void *, bthread::TaskIterator<int> &Iterator) {
  for (; Iterator; ++Iterator)
    use(*Iterator);
  return 0;
}

void badQueue() {
  bthread::ExecutionQueueId<int> Queue;
  if (bthread::execution_queue_start(&Queue, nullptr, consume, nullptr) != 0) // ROLE: bthread::execution_queue_start start
    return;
  bthread::execution_queue_execute(Queue, 1); // ROLE: bthread::execution_queue_execute send
  bthread::execution_queue_join(Queue); // ROLE: bthread::execution_queue_join join
}

void goodQueue() {
  bthread::ExecutionQueueId<int> Queue;
  if (bthread::execution_queue_start(&Queue, nullptr, consume, nullptr) != 0) // ROLE: bthread::execution_queue_start start
    return;
  bthread::execution_queue_execute(Queue, 1); // ROLE: bthread::execution_queue_execute send
  bthread::execution_queue_stop(Queue); // ROLE: bthread::execution_queue_stop close
  bthread::execution_queue_join(Queue); // ROLE: bthread::execution_queue_join join
}

// Locks

int badMutexC(bthread_mutex_t &Mutex) {
  bthread_mutex_lock(&Mutex); // ROLE: bthread_mutex_lock acquire
  if (!prepare())
    return -1;
  return bthread_mutex_unlock(&Mutex); // ROLE: bthread_mutex_unlock release
}

int goodMutexC(bthread_mutex_t &Mutex, timespec Deadline) {
  if (bthread_mutex_trylock(&Mutex) != 0 && // ROLE: bthread_mutex_trylock try-acquire
      bthread_mutex_timedlock(&Mutex, &Deadline) != 0) // ROLE: bthread_mutex_timedlock try-acquire
    return -1;
  return bthread_mutex_unlock(&Mutex); // ROLE: bthread_mutex_unlock release
}

void badMutex(bthread::Mutex &Mutex) {
  Mutex.lock(); // ROLE: bthread::Mutex acquire
  if (prepare())
    Mutex.unlock(); // ROLE: bthread::Mutex release
}

void goodMutex(bthread::Mutex &Mutex, bthread::FastPthreadMutex &Fast, const timespec &Deadline) {
  std::unique_lock<bthread::Mutex> Guard(Mutex); // ROLE: std::unique_lock acquire
  if (Fast.timed_lock(&Deadline)) // ROLE: bthread::FastPthreadMutex try-acquire
    Fast.unlock(); // ROLE: bthread::FastPthreadMutex release
}

int badReader(bthread_rwlock_t &Lock) {
  if (bthread_rwlock_rdlock(&Lock) != 0) // ROLE: bthread_rwlock_rdlock acquire
    return -1;
  if (!prepare())
    return -1;
  return bthread_rwlock_unlock(&Lock); // ROLE: bthread_rwlock_unlock release
}

int goodWriter(bthread_rwlock_t &Lock) {
  if (bthread_rwlock_trywrlock(&Lock) != 0) // ROLE: bthread_rwlock_trywrlock try-acquire
    return -1;
  return bthread_rwlock_unlock(&Lock); // ROLE: bthread_rwlock_unlock release
}

void badRWLock(bthread::RWLock &Lock) {
  Lock.wrlock(); // ROLE: bthread::RWLock acquire
  if (prepare())
    Lock.unlock(); // ROLE: bthread::RWLock release
}

void goodRWLock(bthread::RWLock &Lock) {
  if (Lock.try_wrlock()) // ROLE: bthread::RWLock try-acquire
    Lock.unlock(); // ROLE: bthread::RWLock release
  bthread::RWLockRdGuard Guard(Lock); // ROLE: bthread::RWLockRdGuard acquire
  prepare();
}

void goodRWLockWriter(bthread::RWLock &Lock) {
  bthread::RWLockWrGuard Guard(Lock); // ROLE: bthread::RWLockWrGuard acquire
  prepare();
}

int badSemaphore(bthread_sem_t &Sem) {
  bthread_sem_wait(&Sem); // ROLE: bthread_sem_wait acquire
  if (!prepare())
    return -1;
  return bthread_sem_post(&Sem); // ROLE: bthread_sem_post release
}

int goodSemaphore(bthread_sem_t &Sem, timespec Deadline) {
  if (bthread_sem_timedwait(&Sem, &Deadline) != 0) // ROLE: bthread_sem_timedwait try-acquire
    return -1;
  return bthread_sem_post_n(&Sem, 1); // ROLE: bthread_sem_post_n release
}

// Conditions

void badCondC(bthread_cond_t &Cond, bthread_mutex_t &Mutex, bool &Ready) {
  bthread_mutex_lock(&Mutex); // ROLE: bthread_mutex_lock acquire
  if (!Ready)
    bthread_cond_wait(&Cond, &Mutex); // ROLE: bthread_cond_wait wait
  bthread_mutex_unlock(&Mutex); // ROLE: bthread_mutex_unlock release
}

void goodCondC(bthread_cond_t &Cond, bthread_mutex_t &Mutex, bool &Ready, timespec Deadline) {
  bthread_mutex_lock(&Mutex); // ROLE: bthread_mutex_lock acquire
  while (!Ready)
    if (bthread_cond_timedwait(&Cond, &Mutex, &Deadline) != 0) // ROLE: bthread_cond_timedwait try-wait
      break;
  bthread_mutex_unlock(&Mutex); // ROLE: bthread_mutex_unlock release
  bthread_cond_signal(&Cond); // ROLE: bthread_cond_signal notify-one
  bthread_cond_broadcast(&Cond); // ROLE: bthread_cond_broadcast notify-all
}

void badCond(bthread::ConditionVariable &Cond, bthread::Mutex &Mutex) {
  std::unique_lock<bthread::Mutex> Lock(Mutex); // ROLE: std::unique_lock acquire
  Cond.wait(Lock); // ROLE: bthread::ConditionVariable wait
}

void goodCond(bthread::ConditionVariable &Cond, bthread::Mutex &Mutex, bool &Ready) {
  std::unique_lock<bthread::Mutex> Lock(Mutex); // ROLE: std::unique_lock acquire
  Cond.wait(Lock, [&] { return Ready; }); // ROLE: bthread::ConditionVariable wait
  while (!Ready)
    Cond.wait_for(Lock, 1000); // ROLE: bthread::ConditionVariable try-wait
  Cond.notify_one(); // ROLE: bthread::ConditionVariable notify-one
  Cond.notify_all(); // ROLE: bthread::ConditionVariable notify-all
}

void badButex() {
  void *Butex = bthread::butex_create();
  bthread::butex_wait(Butex, 0, nullptr); // ROLE: bthread::butex_wait wait
  bthread::butex_destroy(Butex);
}

void goodButex(void *Butex) {
  bthread::butex_wake(Butex); // ROLE: bthread::butex_wake notify-one
  bthread::butex_wake_all(Butex); // ROLE: bthread::butex_wake_all notify-all
}

// Calls

void badCall(brpc::Channel &Channel, const google::protobuf::MethodDescriptor *Method,
             const google::protobuf::Message *Request, google::protobuf::Message *Response) {
  brpc::Controller Call;
  Call.set_timeout_ms(-1); // ROLE: brpc::Controller set-deadline
  Channel.CallMethod(Method, &Call, Request, Response, nullptr); // ROLE: brpc::Channel block
}

void goodCall(brpc::Channel &Channel, const google::protobuf::MethodDescriptor *Method,
              const google::protobuf::Message *Request, google::protobuf::Message *Response) {
  brpc::Controller Call;
  Call.set_timeout_ms(100); // ROLE: brpc::Controller set-deadline
  Channel.CallMethod(Method, &Call, Request, Response, nullptr); // ROLE: brpc::Channel block
  if (Call.Failed())
    Call.Reset();
}

bool goodCancelled(brpc::Controller &Call) {
  brpc::StartCancel(Call.call_id()); // ROLE: brpc::StartCancel request-stop
  brpc::Join(Call.call_id()); // ROLE: brpc::Join wait
  return Call.IsCanceled(); // ROLE: brpc::Controller poll-stop
}

void badId(int (*OnError)(bthread_id_t, void *, int)) {
  bthread_id_t Id;
  if (bthread_id_create(&Id, nullptr, OnError) == 0)
    bthread_id_join(Id); // ROLE: bthread_id_join wait
}

void goodId(bthread_id_t Id, bool Used) {
  if (Used)
    bthread_id_unlock_and_destroy(Id); // ROLE: bthread_id_unlock_and_destroy fulfil
  else
    bthread_id_cancel(Id);
}

int goodServer() {
  brpc::Server Server;
  if (Server.Start(8000, nullptr) != 0) // ROLE: brpc::Server start
    return -1;
  Server.RunUntilAskedToQuit(); // ROLE: brpc::Server block
  Server.Stop(0); // ROLE: brpc::Server request-stop
  return Server.Join(); // ROLE: brpc::Server join
}

int badServer() {
  brpc::Server Server;
  if (Server.Start(8000, nullptr) != 0) // ROLE: brpc::Server start
    return -1;
  return Server.Join(); // ROLE: brpc::Server join
}

// Timers and descriptors

void fire(void *);

void badTimer(timespec Deadline) {
  bthread_timer_t Timer;
  int Local = 0;
  bthread_timer_add(&Timer, Deadline, fire, &Local); // ROLE: bthread_timer_add arm
}

void goodTimer(timespec Deadline) {
  bthread_timer_t Timer;
  int Local = 0;
  if (bthread_timer_add(&Timer, Deadline, fire, &Local) != 0) // ROLE: bthread_timer_add arm
    return;
  prepare();
  bthread_timer_del(Timer); // ROLE: bthread_timer_del disarm
}

int badDescriptor(int Fd) {
  return bthread_fd_wait(Fd, 1); // ROLE: bthread_fd_wait block
}

int goodDescriptor(int Fd, timespec Deadline) {
  return bthread_fd_timedwait(Fd, 1, &Deadline); // ROLE: bthread_fd_timedwait block
}
