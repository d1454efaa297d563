#include "shared.h"

void work();
void leak(bool b) {
  std::thread worker(work);
  if (b)
    return;
  worker.join();
}
