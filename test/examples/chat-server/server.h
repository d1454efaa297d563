// Accepts clients and relays each line to all of them.
#pragma once

#include "logger.h"
#include "metrics.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

// Runs jobs on a few threads.
class WorkerPool {
public:
  explicit WorkerPool(unsigned size);
  ~WorkerPool();

  void submit(std::function<void()> job);

private:
  void run();

  std::mutex mutex_;
  std::condition_variable ready_;
  std::queue<std::function<void()>> jobs_;
  bool closed_ = false;
  std::vector<std::thread> workers_;
};

class Server {
public:
  Server(Logger &log, Metrics &metrics) : log_(log), metrics_(metrics) {}

  bool listenOn(unsigned short port);
  // Returns when close() is called.
  void acceptClients();
  void close();

private:
  void serve(int client);
  void relay(int from, const char *data, size_t size);

  Logger &log_;
  Metrics &metrics_;
  std::mutex mutex_;
  std::vector<int> clients_;
  std::atomic<int> listener_{-1};
};
