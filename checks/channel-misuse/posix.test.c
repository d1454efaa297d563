// Descriptors of message queues: closed twice, it may be another one.
//
// RUN: %check_leaks %s leak-channel-misuse

#include <fcntl.h>
#include <mqueue.h>

int bad_twice(const char *name) {
  mqd_t queue = mq_open(name, O_RDONLY);
  char text[8];
  if (mq_receive(queue, text, sizeof text, 0) < 0)
    mq_close(queue);
  return mq_close(queue);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'queue' is closed twice on this path; the behavior is undefined
}

int good_once(const char *name) {
  mqd_t queue = mq_open(name, O_RDONLY);
  char text[8];
  if (mq_receive(queue, text, sizeof text, 0) < 0) {
    mq_close(queue);
    return -1;
  }
  return mq_close(queue);
}

int good_reopened(const char *name) {
  mqd_t queue = mq_open(name, O_RDONLY);
  mq_close(queue);
  queue = mq_open(name, O_WRONLY);
  return mq_close(queue);
}
