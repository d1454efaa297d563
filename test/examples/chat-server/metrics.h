// Counts messages and logs the count once a second.
#pragma once

#include "logger.h"

#include <atomic>
#include <chrono>
#include <string>
#include <thread>

class Metrics {
public:
  explicit Metrics(Logger &log) : log_(log) {}

  void start() {
    ticker_ = std::thread([this] {
      while (!stopped_) {
        std::this_thread::sleep_for(std::chrono::seconds(1));
        log_.line("messages: " + std::to_string(messages_.load()));
      }
    });
  }

  void stop() { stopped_ = true; }

  void count() { ++messages_; }

private:
  Logger &log_;
  std::atomic<long> messages_{0};
  std::atomic<bool> stopped_{false};
  std::thread ticker_;
};
