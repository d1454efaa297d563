// POSIX threads, from the real headers, in C++; posix.test.c is the same in C.
//
// RUN: %check_leaks %s leak-unjoined-thread --host=tidy,analyzer
// RUN: %if libcxx %{ %check_leaks %s leak-unjoined-thread --libcxx %}

#include <memory>
#include <pthread.h>
#include <vector>

void *work(void *Argument);

int badReturn(bool Ready) {
  pthread_t Worker;
  if (pthread_create(&Worker, nullptr, work, nullptr) != 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: {{.*}} is neither joined nor detached on this path; its stack and id are never freed [leak-unjoined-thread]
    return -1;
  if (!Ready)
    return -1;
  return pthread_join(Worker, nullptr);
}

int goodReturn(bool Ready) {
  pthread_t Worker;
  if (pthread_create(&Worker, nullptr, work, nullptr) != 0)
    return -1;
  if (!Ready)
    return pthread_detach(Worker);
  return pthread_join(Worker, nullptr);
}

void goodBornDetached() {
  pthread_t Worker;
  pthread_attr_t Attributes;
  pthread_attr_init(&Attributes);
  pthread_attr_setdetachstate(&Attributes, PTHREAD_CREATE_DETACHED);
  pthread_create(&Worker, &Attributes, work, nullptr);
  pthread_attr_destroy(&Attributes);
}

class BadMember {
public:
  BadMember() { pthread_create(&Worker, nullptr, work, this); }

private:
  pthread_t Worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: {{.*}} may still be joinable when 'BadMember' is destroyed; its stack and id are never freed [leak-unjoined-thread]
};

class GoodMember {
public:
  GoodMember() { pthread_create(&Worker, nullptr, work, this); }
  ~GoodMember() { pthread_join(Worker, nullptr); }

private:
  pthread_t Worker;
};

void goodMany() {
  std::vector<pthread_t> Workers(4);
  for (pthread_t &Worker : Workers)
    pthread_create(&Worker, nullptr, work, nullptr);
  for (pthread_t Worker : Workers)
    pthread_join(Worker, nullptr);
}
