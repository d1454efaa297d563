// Completion queues: what is sent, libraries send.
//
// REQUIRES: package-libgrpc++-dev
// RUN: %check_leaks %s leak-unclosed-channel -- -std=c++20

#include <grpcpp/alarm.h>
#include <grpcpp/completion_queue.h>
#include <memory>
#include <thread>

void complete(void *, bool);

class BadClient {
public:
  void call() {
    alarm_.Set(&cq_, gpr_now(GPR_CLOCK_REALTIME), this);
  }
  void completeRpcs() {
    void *tag = nullptr;
    bool ok = false;
    while (cq_.Next(&tag, &ok))
      complete(tag, ok);
  }

private:
  grpc::CompletionQueue cq_;
  // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: 'cq_' is never closed; what receives from it never ends, and the join waits for ever
  grpc::Alarm alarm_;
};

void bad() {
  BadClient client;
  std::thread thread(&BadClient::completeRpcs, &client);
  client.call();
  thread.join();
}

class GoodClient {
public:
  void call() {
    alarm_.Set(&cq_, gpr_now(GPR_CLOCK_REALTIME), this);
  }
  void completeRpcs() {
    void *tag = nullptr;
    bool ok = false;
    while (cq_.Next(&tag, &ok))
      complete(tag, ok);
  }
  void shutdown() { cq_.Shutdown(); }

private:
  grpc::CompletionQueue cq_;
  grpc::Alarm alarm_;
};

void good() {
  GoodClient client;
  std::thread thread(&GoodClient::completeRpcs, &client);
  client.call();
  client.shutdown();
  thread.join();
}

class BadOrder {
public:
  BadOrder() : thread_([this] { completeRpcs(); }) {}
  ~BadOrder() {
    thread_.join();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'thread_' is joined before 'cq_' is closed, for which it waits; the join waits for ever
    cq_.Shutdown();
  }

private:
  void completeRpcs() {
    void *tag = nullptr;
    bool ok = false;
    while (cq_.Next(&tag, &ok))
      complete(tag, ok);
  }
  grpc::CompletionQueue cq_;
  std::thread thread_;
};

class GoodOrder {
public:
  GoodOrder() : thread_([this] { completeRpcs(); }) {}
  ~GoodOrder() {
    cq_.Shutdown();
    thread_.join();
  }

private:
  void completeRpcs() {
    void *tag = nullptr;
    bool ok = false;
    while (cq_.Next(&tag, &ok))
      complete(tag, ok);
  }
  grpc::CompletionQueue cq_;
  std::thread thread_;
};

// Two of the answers are enough.
void good_counted() {
  grpc::CompletionQueue queue;
  grpc::Alarm alarm;
  alarm.Set(&queue, gpr_now(GPR_CLOCK_REALTIME), nullptr);
  std::thread thread([&] {
    void *tag = nullptr;
    bool ok = false;
    for (int i = 0; i < 1 && queue.Next(&tag, &ok); ++i)
      complete(tag, ok);
  });
  thread.join();
}
