// The Apache Portable Runtime, from the real headers.
//
// REQUIRES: package-libapr1-dev
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/apr.yaml -- -std=c++17 %apr
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/apr.yaml -- -x c -std=gnu17 %apr
// RUN: %check_roles %s -std=c++17 -- %apr
// clang-format off

#include <apr_general.h>
#include <apr_global_mutex.h>
#include <apr_network_io.h>
#include <apr_poll.h>
#include <apr_proc_mutex.h>
#include <apr_thread_cond.h>
#include <apr_thread_mutex.h>
#include <apr_thread_proc.h>
#include <apr_thread_rwlock.h>

void *APR_THREAD_FUNC work(apr_thread_t *Self, void *Data);
void prepare();
bool ready();

// Threads

void goodThread(apr_pool_t *Pool) {
  apr_thread_t *Worker;
  if (apr_thread_create(&Worker, nullptr, work, nullptr, Pool)) // ROLE: apr_thread_create start
    return;
  apr_status_t Result;
  apr_thread_join(&Result, Worker); // ROLE: apr_thread_join join
}

void badThread(apr_pool_t *Pool) {
  apr_thread_t *Worker;
  apr_thread_create(&Worker, nullptr, work, nullptr, Pool); // ROLE: apr_thread_create start
  apr_status_t Result;
  if (ready())
    apr_thread_join(&Result, Worker); // ROLE: apr_thread_join join
}

void goodDetached(apr_pool_t *Pool) {
  apr_thread_t *Worker;
  apr_threadattr_t *Options;
  apr_threadattr_create(&Options, Pool);
  apr_threadattr_detach_set(Options, 1); // ROLE: apr_threadattr_detach_set set-detached
  apr_thread_create(&Worker, Options, work, nullptr, Pool); // ROLE: apr_thread_create start
  apr_thread_create(&Worker, nullptr, work, nullptr, Pool); // ROLE: apr_thread_create start
  apr_thread_detach(Worker); // ROLE: apr_thread_detach detach
}

void badAttribute(apr_pool_t *Pool) {
  apr_thread_t *Worker;
  apr_threadattr_t *Options;
  apr_threadattr_create(&Options, Pool);
  apr_threadattr_stacksize_set(Options, 1 << 20);
  apr_thread_create(&Worker, Options, work, nullptr, Pool); // ROLE: apr_thread_create start
}

void *APR_THREAD_FUNC work(apr_thread_t *Self, void *Data) {
  static apr_thread_once_t *Once;
  apr_thread_once(Once, prepare); // ROLE: apr_thread_once apply
  apr_sleep(1000); // ROLE: apr_sleep sleep
  apr_thread_exit(Self, APR_SUCCESS); // ROLE: apr_thread_exit exit
  return nullptr;
}

// Processes

void goodProcess(const char *const *Words, apr_procattr_t *Options, apr_pool_t *Pool) {
  apr_proc_t Child;
  if (apr_proc_create(&Child, "make", Words, nullptr, Options, Pool)) // ROLE: apr_proc_create start
    return;
  int Code;
  apr_exit_why_e Why;
  apr_proc_kill(&Child, 15); // ROLE: apr_proc_kill cancel
  apr_proc_wait(&Child, &Code, &Why, APR_WAIT); // ROLE: apr_proc_wait join
}

void badProcess(const char *const *Words, apr_procattr_t *Options, apr_pool_t *Pool) {
  apr_proc_t Child;
  apr_proc_create(&Child, "make", Words, nullptr, Options, Pool); // ROLE: apr_proc_create start
}

void goodProcessOfPool(const char *const *Words, apr_procattr_t *Options, apr_pool_t *Pool) {
  apr_proc_t Child;
  if (!apr_proc_create(&Child, "make", Words, nullptr, Options, Pool)) // ROLE: apr_proc_create start
    apr_pool_note_subprocess(Pool, &Child, APR_KILL_ALWAYS); // ROLE: apr_pool_note_subprocess detach
}

// Locks

void goodMutex(apr_thread_mutex_t *M, apr_thread_rwlock_t *L) {
  apr_thread_mutex_lock(M); // ROLE: apr_thread_mutex_lock acquire
  apr_thread_mutex_unlock(M); // ROLE: apr_thread_mutex_unlock release
  if (!apr_thread_mutex_trylock(M)) // ROLE: apr_thread_mutex_trylock try-acquire
    apr_thread_mutex_unlock(M); // ROLE: apr_thread_mutex_unlock release
  if (!apr_thread_mutex_timedlock(M, 1000)) // ROLE: apr_thread_mutex_timedlock try-acquire
    apr_thread_mutex_unlock(M); // ROLE: apr_thread_mutex_unlock release
  apr_thread_rwlock_rdlock(L); // ROLE: apr_thread_rwlock_rdlock acquire
  apr_thread_rwlock_unlock(L); // ROLE: apr_thread_rwlock_unlock release
}

void badMutex(apr_thread_mutex_t *M, apr_thread_rwlock_t *L) {
  apr_thread_mutex_lock(M); // ROLE: apr_thread_mutex_lock acquire
  if (!ready())
    return;
  apr_thread_mutex_unlock(M); // ROLE: apr_thread_mutex_unlock release
  apr_thread_rwlock_wrlock(L); // ROLE: apr_thread_rwlock_wrlock acquire
}

void goodProcessMutex(apr_proc_mutex_t *M, apr_global_mutex_t *G) {
  apr_proc_mutex_lock(M); // ROLE: apr_proc_mutex_lock acquire
  apr_proc_mutex_unlock(M); // ROLE: apr_proc_mutex_unlock release
  if (!apr_global_mutex_trylock(G)) // ROLE: apr_global_mutex_trylock try-acquire
    apr_global_mutex_unlock(G); // ROLE: apr_global_mutex_unlock release
}

void badProcessMutex(apr_proc_mutex_t *M, apr_global_mutex_t *G) {
  apr_proc_mutex_lock(M); // ROLE: apr_proc_mutex_lock acquire
  apr_global_mutex_lock(G); // ROLE: apr_global_mutex_lock acquire
}

// Conditions

void goodCondition(apr_thread_cond_t *Filled, apr_thread_mutex_t *M, const bool &Done) {
  apr_thread_mutex_lock(M); // ROLE: apr_thread_mutex_lock acquire
  while (!Done)
    apr_thread_cond_wait(Filled, M); // ROLE: apr_thread_cond_wait wait
  apr_thread_cond_signal(Filled); // ROLE: apr_thread_cond_signal notify-one
  apr_thread_mutex_unlock(M); // ROLE: apr_thread_mutex_unlock release
}

void badCondition(apr_thread_cond_t *Filled, apr_thread_mutex_t *M) {
  apr_thread_mutex_lock(M); // ROLE: apr_thread_mutex_lock acquire
  apr_thread_cond_timedwait(Filled, M, 1000); // ROLE: apr_thread_cond_timedwait try-wait
  apr_thread_cond_wait(Filled, M); // ROLE: apr_thread_cond_wait wait
  apr_thread_cond_broadcast(Filled); // ROLE: apr_thread_cond_broadcast notify-all
  apr_thread_mutex_unlock(M); // ROLE: apr_thread_mutex_unlock release
}

// Waiting for one of several

void goodPollset(apr_pollset_t *Set) {
  apr_int32_t Count;
  const apr_pollfd_t *Found;
  apr_pollset_poll(Set, apr_time_from_sec(1), &Count, &Found); // ROLE: apr_pollset_poll block
  apr_pollset_wakeup(Set); // ROLE: apr_pollset_wakeup notify-all
}

void badPollset(apr_pollset_t *Set, apr_pollfd_t *Polled) {
  apr_int32_t Count;
  const apr_pollfd_t *Found;
  apr_pollset_poll(Set, -1, &Count, &Found); // ROLE: apr_pollset_poll block
  apr_poll(Polled, 1, &Count, -1); // ROLE: apr_poll block
}

apr_status_t polled(void *Data, apr_pollfd_t *Found);

void goodPollcb(apr_pollcb_t *Set) {
  apr_pollcb_poll(Set, 1000, polled, nullptr); // ROLE: apr_pollcb_poll block
}

void badPollcb(apr_pollcb_t *Set) {
  apr_pollcb_poll(Set, -1, polled, nullptr); // ROLE: apr_pollcb_poll block
}

// Sockets

void goodSocket(apr_socket_t *Socket, apr_sockaddr_t *Address) {
  char Text[16];
  apr_size_t Size = sizeof Text;
  apr_socket_timeout_set(Socket, apr_time_from_sec(5)); // ROLE: apr_socket_timeout_set set-deadline
  if (apr_socket_connect(Socket, Address)) // ROLE: apr_socket_connect block
    return;
  apr_socket_recv(Socket, Text, &Size); // ROLE: apr_socket_recv block
  apr_socket_close(Socket); // ROLE: apr_socket_close close
}

void badSocket(apr_socket_t *Listener, apr_pool_t *Pool) {
  apr_socket_t *Socket;
  char Text[16];
  apr_size_t Size = sizeof Text;
  apr_socket_timeout_set(Listener, -1); // ROLE: apr_socket_timeout_set set-deadline
  apr_socket_accept(&Socket, Listener, Pool); // ROLE: apr_socket_accept block
  apr_socket_recv(Socket, Text, &Size); // ROLE: apr_socket_recv block
}
