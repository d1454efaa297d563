// ACE, from the real headers.
//
// REQUIRES: package-libace-dev
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/ace.yaml -- -std=c++17
// RUN: %check_roles %s -std=c++17
// RUN: %check_leaks %s leak-unjoined-thread -std=c++17 --silent
// clang-format off

#include <ace/Auto_Event.h>
#include <ace/Barrier.h>
#include <ace/Condition_Recursive_Thread_Mutex.h>
#include <ace/Condition_Thread_Mutex.h>
#include <ace/Event.h>
#include <ace/Future.h>
#include <ace/Guard_T.h>
#include <ace/Manual_Event.h>
#include <ace/Message_Block.h>
#include <ace/Message_Queue.h>
#include <ace/Mutex.h>
#include <ace/OS_NS_unistd.h>
#include <ace/Process_Mutex.h>
#include <ace/Process_Semaphore.h>
#include <ace/RW_Thread_Mutex.h>
#include <ace/Reactor.h>
#include <ace/Recursive_Thread_Mutex.h>
#include <ace/SOCK_Acceptor.h>
#include <ace/SOCK_Connector.h>
#include <ace/SOCK_Stream.h>
#include <ace/Synch_Traits.h>
#include <ace/Task.h>
#include <ace/Thread.h>
#include <ace/Thread_Manager.h>
#include <ace/Thread_Mutex.h>
#include <ace/Thread_Semaphore.h>

ACE_THR_FUNC_RETURN work(void *Data);
bool ready();

// Thread managers wait when they are destroyed.

void goodManager() {
  ACE_Thread_Manager Threads;
  if (Threads.spawn(work, nullptr) == -1) // ROLE: ACE_Thread_Manager start
    return;
  Threads.spawn_n(4, work, nullptr); // ROLE: ACE_Thread_Manager start
  Threads.cancel_all(); // ROLE: ACE_Thread_Manager request-stop
  Threads.wait(); // ROLE: ACE_Thread_Manager join
}

void goodManagerInTime(const ACE_Time_Value &Until) {
  ACE_Thread_Manager *Threads = ACE_Thread_Manager::instance();
  int Group = Threads->spawn(work); // ROLE: ACE_Thread_Manager start
  if (Threads->wait(&Until) == -1) // ROLE: ACE_Thread_Manager try-join
    Threads->kill_grp(Group, 15); // ROLE: ACE_Thread_Manager request-stop
  Threads->wait_grp(Group); // ROLE: ACE_Thread_Manager join
}

// Waits in the destructor for threads that don't end.
void badManager() {
  ACE_Thread_Manager Threads;
  Threads.spawn(work); // ROLE: ACE_Thread_Manager start
}

// Joinable, and nobody has its id.
void badThread() {
  ACE_Thread::spawn(work, nullptr); // ROLE: ACE_Thread::spawn start
}

void goodThread() {
  ACE_thread_t Id;
  ACE_hthread_t Handle;
  ACE_Thread::spawn(work, nullptr, THR_JOINABLE, &Id, &Handle); // ROLE: ACE_Thread::spawn escape
  ACE_Thread::join(Handle); // ROLE: ACE_Thread::join join
  ACE_Thread::spawn(work, nullptr, THR_DETACHED, &Id); // ROLE: ACE_Thread::spawn escape
}

ACE_THR_FUNC_RETURN work(void *) {
  while (!ACE_Thread_Manager::instance()->testcancel(ACE_Thread::self())) // ROLE: ACE_Thread_Manager poll-stop
    ACE_OS::sleep(1); // ROLE: ACE_OS::sleep sleep
  return nullptr;
}

// Tasks: an object that goes before its threads leaves them running.

class Printer : public ACE_Task<ACE_MT_SYNCH> {
public:
  ~Printer() override {
    msg_queue()->deactivate(); // ROLE: ACE_Message_Queue close
    wait(); // ROLE: ACE_Task join
  }
  int svc() override {
    ACE_Message_Block *Text;
    while (getq(Text) != -1) // ROLE: ACE_Task receive
      Text->release();
    return 0;
  }
};

void goodTask(ACE_Message_Block *Text) {
  Printer P;
  P.activate(); // ROLE: ACE_Task start
  P.putq(Text); // ROLE: ACE_Task send
}

class Careless : public ACE_Task_Base {
public:
  int svc() override {
    while (ready())
      ACE_OS::sleep(1); // ROLE: ACE_OS::sleep sleep
    return 0;
  }
};

void badTask() {
  Careless C;
  C.activate(THR_NEW_LWP, 4); // ROLE: ACE_Task_Base start
}

void goodTaskBase() {
  Careless C;
  C.activate(); // ROLE: ACE_Task_Base start
  if (C.thr_count()) // ROLE: ACE_Task_Base test-live
    C.wait(); // ROLE: ACE_Task_Base join
}

// Queues

void goodQueue(ACE_Message_Queue<ACE_MT_SYNCH> &Queue, ACE_Message_Block *Text, ACE_Time_Value &Until) {
  Queue.enqueue_tail(Text); // ROLE: ACE_Message_Queue send
  Queue.enqueue_prio(Text, &Until); // ROLE: ACE_Message_Queue try-send
  while (Queue.dequeue_head(Text) != -1) // ROLE: ACE_Message_Queue receive
    Text->release();
  Queue.dequeue_tail(Text, &Until); // ROLE: ACE_Message_Queue try-receive
}

void endQueue(ACE_Message_Queue<ACE_MT_SYNCH> &Queue) {
  Queue.pulse(); // ROLE: ACE_Message_Queue notify-all
  Queue.flush(); // ROLE: ACE_Message_Queue clear
  Queue.close(); // ROLE: ACE_Message_Queue close
}

// Nobody ever sends.
void badQueue() {
  ACE_Message_Queue<ACE_MT_SYNCH> Queue;
  ACE_Message_Block *Text;
  Queue.dequeue(Text); // ROLE: ACE_Message_Queue receive
}

// What is sent is never received.
void badTypedQueue(int *Number) {
  ACE_Message_Queue_Ex<int, ACE_MT_SYNCH> Queue;
  Queue.enqueue(Number); // ROLE: ACE_Message_Queue_Ex send
}

void goodTypedQueue(ACE_Message_Queue_Ex<int, ACE_MT_SYNCH> &Queue, int *Number) {
  Queue.dequeue(Number); // ROLE: ACE_Message_Queue_Ex receive
  Queue.deactivate(); // ROLE: ACE_Message_Queue_Ex close
}

// Permits

void goodSemaphore(ACE_Thread_Semaphore &Free, ACE_Process_Semaphore &Shared, ACE_Time_Value &Until) {
  Free.acquire(); // ROLE: ACE_Thread_Semaphore acquire
  Free.release(); // ROLE: ACE_Thread_Semaphore release
  if (!Free.acquire(Until)) // ROLE: ACE_Thread_Semaphore try-acquire
    Free.release(1); // ROLE: ACE_Thread_Semaphore release
  if (!Shared.tryacquire()) // ROLE: ACE_Process_Semaphore try-acquire
    Shared.release(); // ROLE: ACE_Process_Semaphore release
}

void badSemaphore(ACE_Semaphore &Free, ACE_Process_Semaphore &Shared) {
  Free.acquire(); // ROLE: ACE_Semaphore acquire
  if (!ready())
    return;
  Free.release(); // ROLE: ACE_Semaphore release
  Shared.acquire(); // ROLE: ACE_Process_Semaphore acquire
}

void goodMutex(ACE_Thread_Mutex &M, ACE_Recursive_Thread_Mutex &R, ACE_RW_Thread_Mutex &L) {
  M.acquire(); // ROLE: ACE_Thread_Mutex acquire
  M.release(); // ROLE: ACE_Thread_Mutex release
  R.acquire(); // ROLE: ACE_Recursive_Thread_Mutex acquire
  R.release(); // ROLE: ACE_Recursive_Thread_Mutex release
  L.acquire_read(); // ROLE: ACE_RW_Thread_Mutex acquire
  L.release(); // ROLE: ACE_RW_Thread_Mutex release
}

void badMutex(ACE_Mutex &M, ACE_Process_Mutex &P, ACE_RW_Mutex &L) {
  M.acquire(); // ROLE: ACE_Mutex acquire
  if (!P.tryacquire()) // ROLE: ACE_Process_Mutex try-acquire
    L.acquire_write(); // ROLE: ACE_RW_Mutex acquire
}

int goodGuards(ACE_Thread_Mutex &M, ACE_RW_Thread_Mutex &L) {
  ACE_GUARD_RETURN(ACE_Thread_Mutex, Held, M, -1); // ROLE: ACE_Guard acquire
  Held.release(); // ROLE: ACE_Guard release
  Held.acquire(); // ROLE: ACE_Guard acquire
  ACE_Read_Guard<ACE_RW_Thread_Mutex> Reading(L); // ROLE: ACE_Read_Guard acquire
  return 0;
}

int badGuards(ACE_Thread_Mutex &M, ACE_RW_Thread_Mutex &L) {
  ACE_Guard<ACE_Thread_Mutex> Held(M, false); // ROLE: ACE_Guard try-acquire
  Held.disown(); // ROLE: ACE_Guard give-up
  ACE_Write_Guard<ACE_RW_Thread_Mutex> Writing(L); // ROLE: ACE_Write_Guard acquire
  return L.release(); // ROLE: ACE_RW_Thread_Mutex release
}

void goodAdopted(ACE_Thread_Mutex &M) {
  M.acquire(); // ROLE: ACE_Thread_Mutex acquire
  ACE_Guard<ACE_Thread_Mutex> Held(M, true, true); // ROLE: ACE_Guard escape
}

// Conditions and events

void goodCondition(ACE_Thread_Mutex &M, ACE_Condition_Thread_Mutex &Filled, const bool &Done) {
  ACE_Guard<ACE_Thread_Mutex> Held(M); // ROLE: ACE_Guard acquire
  while (!Done)
    Filled.wait(); // ROLE: ACE_Condition wait
  Filled.signal(); // ROLE: ACE_Condition notify-one
}

void badCondition(ACE_Condition<ACE_Recursive_Thread_Mutex> &Filled, ACE_Time_Value &Until) {
  Filled.wait(&Until); // ROLE: ACE_Condition try-wait
  Filled.wait(); // ROLE: ACE_Condition wait
  Filled.broadcast(); // ROLE: ACE_Condition notify-all
}

void goodEvent(ACE_Manual_Event &Done, ACE_Auto_Event &Next, ACE_Time_Value &Until) {
  Done.signal(); // ROLE: ACE_Manual_Event fulfil
  Done.wait(&Until); // ROLE: ACE_Manual_Event try-wait
  Done.reset();
  Next.signal(); // ROLE: ACE_Auto_Event fulfil
  Next.wait(); // ROLE: ACE_Auto_Event wait
}

// Nobody ever signals.
void badEvent(ACE_Event &Other) {
  ACE_Event Done;
  Done.pulse(); // ROLE: ACE_Event_T notify-all
  Done.wait(); // ROLE: ACE_Event_T wait
  Other.wait(); // ROLE: ACE_Event_T wait
}

int goodFuture(ACE_Future<int> &Result) {
  Result.set(1); // ROLE: ACE_Future fulfil
  int Value = 0;
  Result.get(Value); // ROLE: ACE_Future wait
  return Value;
}

int badFuture(ACE_Time_Value &Until) {
  ACE_Future<int> Result;
  int Value = 0;
  if (Result.get(Value, &Until)) // ROLE: ACE_Future try-wait
    Result.get(Value); // ROLE: ACE_Future wait
  return Value;
}

void goodBarrier(ACE_Barrier &Phase) {
  Phase.wait(); // ROLE: ACE_Barrier arrive
  Phase.shutdown(); // ROLE: ACE_Barrier notify-all
}

// Two are waited for, one comes.
void badBarrier() {
  ACE_Barrier Phase(2);
  Phase.wait(); // ROLE: ACE_Barrier arrive
}

// Reactors

void goodReactor(ACE_Reactor &Reactor, ACE_Event_Handler *Handler) {
  long Id = Reactor.schedule_timer(Handler, nullptr, ACE_Time_Value(1)); // ROLE: ACE_Reactor arm
  ACE_Time_Value Most(5);
  Reactor.handle_events(Most); // ROLE: ACE_Reactor block
  Reactor.cancel_timer(Id); // ROLE: ACE_Reactor disarm
  Reactor.end_reactor_event_loop(); // ROLE: ACE_Reactor request-stop
}

void badReactor(ACE_Reactor &Reactor, ACE_Event_Handler *Handler) {
  Reactor.schedule_timer(Handler, nullptr, ACE_Time_Value(1), ACE_Time_Value(1)); // ROLE: ACE_Reactor arm
  Reactor.run_reactor_event_loop(); // ROLE: ACE_Reactor block
}

// Sockets

void goodSocket(const ACE_INET_Addr &Address, ACE_Time_Value &Most) {
  ACE_SOCK_Connector Connector;
  ACE_SOCK_Stream Stream;
  char Text[16];
  if (Connector.connect(Stream, Address, &Most)) // ROLE: ACE_SOCK_Connector block
    return;
  Stream.send_n("GET", 3, &Most); // ROLE: ACE_SOCK_Stream block
  Stream.recv(Text, sizeof Text, 0, &Most); // ROLE: ACE_SOCK_Stream block
  Stream.close(); // ROLE: ACE_SOCK_Stream close
}

void badSocket(ACE_SOCK_Acceptor &Acceptor) {
  ACE_SOCK_Stream Stream;
  char Text[16];
  Acceptor.accept(Stream); // ROLE: ACE_SOCK_Acceptor block
  Stream.recv_n(Text, sizeof Text); // ROLE: ACE_SOCK_Stream block
}

void goodAcceptor(ACE_SOCK_Acceptor &Acceptor, ACE_Time_Value &Most) {
  ACE_SOCK_Stream Stream;
  Acceptor.accept(Stream, nullptr, &Most); // ROLE: ACE_SOCK_Acceptor block
  Acceptor.close(); // ROLE: ACE_SOCK_Acceptor close
}

void badConnector(const ACE_INET_Addr &Address) {
  ACE_SOCK_Stream Stream;
  ACE_SOCK_Connector Connector(Stream, Address); // ROLE: ACE_SOCK_Connector block
}
