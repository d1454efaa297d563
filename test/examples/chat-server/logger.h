// Writes lines to a file on a thread of its own.
#pragma once

#include <condition_variable>
#include <fstream>
#include <mutex>
#include <queue>
#include <string>
#include <thread>

class Logger {
public:
  explicit Logger(const std::string &path)
      : out_(path, std::ios::app), writer_([this] { run(); }) {}

  ~Logger() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      closed_ = true;
    }
    ready_.notify_one();
    writer_.join();
  }

  void line(std::string text) {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      lines_.push(std::move(text));
    }
    ready_.notify_one();
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (true) {
      ready_.wait(lock, [this] { return closed_ || !lines_.empty(); });
      if (lines_.empty())
        return;
      std::string text = std::move(lines_.front());
      lines_.pop();
      lock.unlock();
      out_ << text << '\n';
      lock.lock();
    }
  }

  std::ofstream out_;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::queue<std::string> lines_;
  bool closed_ = false;
  std::thread writer_;
};
