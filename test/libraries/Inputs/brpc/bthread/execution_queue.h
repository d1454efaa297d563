// A fake: the documented interface of brpc's <bthread/execution_queue.h>, as far as the tests call it. Nothing of it is brpc's code.
#pragma once
#include <bthread/types.h>

namespace bthread {

template <typename T> struct ExecutionQueueId {
  std::uint64_t value;
};

template <typename T> class TaskIterator {
public:
  bool is_queue_stopped() const;
  explicit operator bool() const;
  T &operator*() const;
  TaskIterator &operator++();
};

struct TaskHandle {
  TaskHandle();
};

struct TaskOptions {
  TaskOptions();
};

struct ExecutionQueueOptions {
  ExecutionQueueOptions();
};

template <typename T>
int execution_queue_start(ExecutionQueueId<T> *Id, const ExecutionQueueOptions *Options,
                          int (*Execute)(void *Meta, TaskIterator<T> &Iterator), void *Meta);
template <typename T> int execution_queue_stop(ExecutionQueueId<T> Id);
template <typename T> int execution_queue_join(ExecutionQueueId<T> Id);
template <typename T> int execution_queue_execute(ExecutionQueueId<T> Id, const T &Task);
template <typename T>
int execution_queue_execute(ExecutionQueueId<T> Id, const T &Task, const TaskOptions *Options,
                            TaskHandle *Handle);
int execution_queue_cancel(const TaskHandle &Handle);

} // namespace bthread
