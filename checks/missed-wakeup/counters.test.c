// Writes to counters that are too short.
//
// RUN: %check_leaks %s leak-missed-wakeup

#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct queue {
  int wake, other, unknown;
};
int open_it(void);

void set_up(struct queue *queue) {
  queue->wake = eventfd(0, EFD_CLOEXEC);
  queue->other = open_it();
  queue->unknown = eventfd(0, 0);
  if (queue->unknown < 0)
    queue->unknown = open_it();
}

void bad_int(struct queue *queue) {
  int value = 1;
  write(queue->wake, &value, sizeof(value));
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'wake' takes numbers of 8 bytes; this write of 4 fails each time, and who waits for it is not woken
}

void bad_byte(struct queue *queue) {
  if (write(queue->wake, "x", 1) != 1)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'wake' takes numbers of 8 bytes; this write of 1 fails each time
    return;
}

void good_long(struct queue *queue) {
  uint64_t value = 1;
  write(queue->wake, &value, sizeof(value));
}

void good_other(struct queue *queue) {
  int value = 1;
  write(queue->other, &value, sizeof(value));
}

void good_unknown(struct queue *queue) {
  int value = 1;
  write(queue->unknown, &value, sizeof(value));
}

void good_size(struct queue *queue, uint64_t *value, size_t size) {
  write(queue->wake, value, size);
}

void tear_down(struct queue *queue) {
  close(queue->wake);
  queue->wake = -1;
}
