#include "history.h"

#include <fstream>
#include <future>
#include <mutex>
#include <thread>

static void readInto(const std::string &path, std::mutex &mutex,
                     std::vector<std::string> &lines) {
  std::ifstream in(path);
  std::string line;
  while (std::getline(in, line)) {
    std::lock_guard<std::mutex> lock(mutex);
    lines.push_back(line);
  }
}

bool loadHistory(const std::vector<std::string> &paths,
                 std::vector<std::string> &lines) {
  std::mutex mutex;
  std::vector<std::thread> readers;
  for (const std::string &path : paths) {
    if (path.empty())
      return false;
    readers.emplace_back([&] { readInto(path, mutex, lines); });
  }
  for (std::thread &reader : readers)
    reader.join();
  return true;
}

long countLines(const std::string &path) {
  std::future<long> count = std::async(std::launch::async, [&path] {
    std::ifstream in(path);
    std::string line;
    long lines = 0;
    while (std::getline(in, line))
      ++lines;
    return lines;
  });
  return count.get();
}
