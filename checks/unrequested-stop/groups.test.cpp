// When one of a group fails, the others have to be asked.
//
// RUN: %check_leaks %s leak-unrequested-stop -- -std=c++20

#include <future>
#include <stdexcept>
#include <stop_token>
#include <thread>
#include <vector>

void work();
bool prepare();

static void serve(std::stop_token token) {
  while (!token.stop_requested())
    work();
}
static void produce() {
  if (!prepare())
    throw std::runtime_error("not prepared");
  work();
}
static void produceQuietly() { work(); }

// An error comes out of `get`.

void bad_getThrows() {
  std::stop_source source;
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'source' is not asked to stop when another execution fails, and its error comes out here; what runs until then is waited for; that never ends
  auto producer = std::async(std::launch::async, produce);
  auto watcher = std::async(std::launch::async, serve, source.get_token());
  producer.get();
  source.request_stop();
  watcher.get();
}

void good_getCaught() {
  std::stop_source source;
  auto producer = std::async(std::launch::async, produce);
  auto watcher = std::async(std::launch::async, serve, source.get_token());
  try {
    producer.get();
  } catch (...) {
    source.request_stop();
    throw;
  }
  source.request_stop();
  watcher.get();
}

void good_askedBefore() {
  std::stop_source source;
  auto producer = std::async(std::launch::async, produce);
  auto watcher = std::async(std::launch::async, serve, source.get_token());
  work();
  source.request_stop();
  producer.get();
  watcher.get();
}

void good_nothingThrown() {
  std::stop_source source;
  auto producer = std::async(std::launch::async, produceQuietly);
  auto watcher = std::async(std::launch::async, serve, source.get_token());
  producer.get();
  source.request_stop();
  watcher.get();
}

void good_waitOnly() {
  std::stop_source source;
  auto producer = std::async(std::launch::async, produce);
  auto watcher = std::async(std::launch::async, serve, source.get_token());
  producer.wait();
  source.request_stop();
  watcher.get();
}

// One asks the others when it has done its part.

void bad_quietReturn() {
  std::stop_source source;
  std::thread first([&source] {
    if (!prepare())
      return;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this way out doesn't ask 'source' to stop, as another one does; what runs until then is waited for; that never ends
    work();
    source.request_stop();
  });
  std::thread second(serve, source.get_token());
  first.join();
  second.join();
}

void bad_quietCatch() {
  std::stop_source source;
  std::thread first([&source] {
    try {
      produce();
      source.request_stop();
    } catch (const std::exception &) {
      work();
    }
  });
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this way out doesn't ask 'source' to stop, as another one does
  std::thread second(serve, source.get_token());
  first.join();
  second.join();
}

void good_alwaysAsks() {
  std::stop_source source;
  std::thread first([&source] {
    try {
      produce();
    } catch (const std::exception &) {
      work();
    }
    source.request_stop();
  });
  std::thread second(serve, source.get_token());
  first.join();
  second.join();
}

void good_ownerAsksToo() {
  std::stop_source source;
  std::thread first([&source] {
    if (!prepare())
      return;
    source.request_stop();
  });
  std::thread second(serve, source.get_token());
  first.join();
  source.request_stop();
  second.join();
}

// The others end by themselves.
void good_othersEnd() {
  std::stop_source source;
  std::thread first([&source] {
    if (!prepare())
      return;
    source.request_stop();
  });
  std::thread second([token = source.get_token()] {
    for (int i = 0; i < 3 && !token.stop_requested(); ++i)
      work();
  });
  first.join();
  second.join();
}

// Each of many may be the one.
void good_anyOfThem() {
  std::stop_source source;
  std::vector<std::thread> workers;
  for (int i = 0; i < 4; ++i)
    workers.emplace_back([&source] {
      while (!source.stop_requested()) {
        if (!prepare())
          return;
        source.request_stop();
      }
    });
  for (std::thread &worker : workers)
    worker.join();
}
