// A fake: the documented interface of photon's <photon/thread/thread.h>, as far as the tests call it. Nothing of it is photon's code.
#pragma once
#include <cerrno>
#include <cstdint>

namespace photon {

class Timeout {
public:
  Timeout() = default;
  Timeout(std::uint64_t Microseconds);
};

struct thread;
struct join_handle;
typedef void *(*thread_entry)(void *);

thread *thread_create(thread_entry Work, void *Arg, std::uint64_t StackSize = 0, std::uint32_t Reserved = 0,
                      std::uint64_t Flags = 0);
join_handle *thread_enable_join(thread *Thread, bool Enable = true);
void *thread_join(join_handle *Handle);
void thread_exit(void *Result) __attribute__((noreturn));
int thread_yield();
int thread_usleep(Timeout Duration);
int thread_sleep(std::uint64_t Seconds);
void thread_suspend();
void thread_interrupt(thread *Thread, int Error = EINTR);
void thread_resume(thread *Thread);
int thread_shutdown(thread *Thread, bool Flag = true);

class spinlock {
public:
  int lock();
  int try_lock();
  bool locked() const;
  void unlock();
};

class mutex {
public:
  mutex(std::uint16_t Retries = 100, bool Contending = false);
  ~mutex();
  int lock(Timeout Limit = {});
  int try_lock();
  bool locked();
  void unlock();
};

class recursive_mutex : protected mutex {
public:
  int lock(Timeout Limit = {});
  int try_lock();
  void unlock();
};

template <typename M> class locker {
public:
  explicit locker(M *Mutex, std::uint64_t DoLock = 2);
  explicit locker(M &Mutex, std::uint64_t DoLock = 2);
  locker(locker &&);
  ~locker();
  int lock(bool MustLock = true);
  int try_lock();
  bool locked();
  operator bool();
  void unlock();
};
using scoped_lock = locker<mutex>;

class condition_variable {
public:
  int wait(mutex &Mutex, Timeout Limit = {});
  int wait(scoped_lock &Lock, Timeout Limit = {});
  template <typename Lock, typename P, typename = decltype(P()())>
  int wait(Lock &&Held, P &&Predicate, Timeout Limit = {});
  int wait_no_lock(Timeout Limit = {});
  thread *signal();
  thread *notify_one();
  int notify_all();
  int broadcast();
};

class semaphore {
public:
  explicit semaphore(std::uint64_t Count = 0, bool InOrder = true);
  int wait(std::uint64_t N, Timeout Limit = {});
  int wait_interruptible(std::uint64_t N, Timeout Limit = {});
  int signal(std::uint64_t N);
  std::uint64_t count() const;
};

class rwlock {
public:
  int lock(int Mode, Timeout Limit = {});
  int unlock();
};
constexpr int RLOCK = 0x1000;
constexpr int WLOCK = 0x2000;

} // namespace photon
