// Queues of libraries whose close only wakes those who wait.
//
// REQUIRES: package-libtbb-dev, package-libpoco-dev
// RUN: %check_leaks %s leak-unclosed-channel -- -std=c++20

#include <Poco/AutoPtr.h>
#include <Poco/Notification.h>
#include <Poco/NotificationQueue.h>
#include <Poco/Runnable.h>
#include <Poco/Thread.h>
#include <oneapi/tbb/concurrent_queue.h>
#include <thread>

void use(int);
void use(Poco::Notification &);

using Queue = tbb::concurrent_bounded_queue<int>;

void bad_abort() {
  Queue jobs;
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'jobs' is never closed; what receives from it never ends, and the join waits for ever
  std::thread worker([&] {
    try {
      for (;;) {
        int job = 0;
        jobs.pop(job);
        use(job);
      }
    } catch (const tbb::user_abort &) {
    }
  });
  jobs.push(1);
  worker.join();
}

void good_abort() {
  Queue jobs;
  std::thread worker([&] {
    try {
      for (;;) {
        int job = 0;
        jobs.pop(job);
        use(job);
      }
    } catch (const tbb::user_abort &) {
    }
  });
  jobs.push(1);
  jobs.abort();
  worker.join();
}

void good_lastOne() {
  Queue jobs;
  std::thread worker([&] {
    for (;;) {
      int job = 0;
      jobs.pop(job);
      if (job == 0)
        break;
      use(job);
    }
  });
  jobs.push(1);
  jobs.push(0);
  worker.join();
}

using Poco::Notification;
using Poco::NotificationQueue;

class Worker : public Poco::Runnable {
public:
  explicit Worker(NotificationQueue &Queue) : Queue(Queue) {}
  void run() override {
    Poco::AutoPtr<Notification> Note(Queue.waitDequeueNotification());
    while (Note) {
      use(*Note);
      Note = Queue.waitDequeueNotification();
    }
  }

private:
  NotificationQueue &Queue;
};

void bad_runnable() {
  NotificationQueue queue;
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 'queue' is never closed; what receives
  Worker worker(queue);
  Poco::Thread thread;
  thread.start(worker);
  queue.enqueueNotification(new Notification);
  thread.join();
}

class Other : public Poco::Runnable {
public:
  explicit Other(NotificationQueue &Queue) : Queue(Queue) {}
  void run() override {
    for (;;) {
      Notification::Ptr Note(Queue.waitDequeueNotification());
      if (Note)
        use(*Note);
      else
        break;
    }
  }

private:
  NotificationQueue &Queue;
};

void good_runnable() {
  NotificationQueue queue;
  Other worker(queue);
  Poco::Thread thread;
  thread.start(worker);
  queue.enqueueNotification(new Notification);
  queue.wakeUpAll();
  thread.join();
}

void bad_isNull() {
  NotificationQueue queue;
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 'queue' is never closed; what receives
  std::thread worker([&queue] {
    for (;;) {
      Notification::Ptr Note = queue.waitDequeueNotification();
      if (Note.isNull())
        return;
      use(*Note);
    }
  });
  queue.enqueueNotification(new Notification);
  worker.join();
}

class Quit : public Notification {};

void good_quit() {
  NotificationQueue queue;
  std::thread worker([&queue] {
    for (;;) {
      Notification::Ptr Note = queue.waitDequeueNotification();
      if (Note.isNull() || Note.cast<Quit>())
        return;
      use(*Note);
    }
  });
  queue.enqueueNotification(new Quit);
  worker.join();
}

void good_timeout() {
  NotificationQueue queue;
  std::thread worker([&queue] {
    for (;;) {
      Notification::Ptr Note = queue.waitDequeueNotification(100);
      if (!Note)
        return;
      use(*Note);
    }
  });
  queue.enqueueNotification(new Notification);
  worker.join();
}
