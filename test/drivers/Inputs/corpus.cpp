// The same findings through every host; corpus.expected has them by line.
#include <pthread.h>
#include <thread>
#include <vector>

void work();
void *routine(void *);

void earlyReturn(bool b) {
  std::thread worker(work);
  if (b)
    return;
  worker.join();
}

void earlyReturnJoined(bool b) {
  std::thread worker(work);
  if (b) {
    worker.join();
    return;
  }
  worker.join();
}

bool group(int size) {
  std::vector<std::thread> crew;
  crew.emplace_back(work);
  if (size > 10)
    return false;
  for (std::thread &t : crew)
    t.join();
  return true;
}

bool groupJoined(int size) {
  std::vector<std::thread> crew;
  crew.emplace_back(work);
  for (std::thread &t : crew)
    t.join();
  return size <= 10;
}

void posix() {
  pthread_t id;
  pthread_create(&id, nullptr, routine, nullptr);
}

void posixJoined() {
  pthread_t id;
  pthread_create(&id, nullptr, routine, nullptr);
  pthread_join(id, nullptr);
}

class Ticker {
public:
  void start() { member = std::thread(work); }

private:
  std::thread member;
};

class TickerJoined {
public:
  ~TickerJoined() {
    if (member.joinable())
      member.join();
  }
  void start() { member = std::thread(work); }

private:
  std::thread member;
};
