#include <thread>
void work();
void f(bool b) {
  std::thread worker(work);
  if (b)
    return;
  worker.join();
}
