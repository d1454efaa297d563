#pragma once
#include <thread>

class Holder {
public:
  void start(void (*body)()) { member = std::thread(body); }

private:
  std::thread member;
};
