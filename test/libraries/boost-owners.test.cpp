// Handles in smart pointers and containers of Boost, from the real headers.
// The handle is a std::thread: std::terminate.
//
// REQUIRES: package-libboost-all-dev
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/boost-owners.yaml
// RUN: %check_roles %s -std=c++17,c++20
// RUN: %check_leaks %s leak-unjoined-thread -std=c++17,c++20

// clang-format off

#include <boost/array.hpp>
#include <boost/bind/bind.hpp>
#include <boost/circular_buffer.hpp>
#include <boost/container/deque.hpp>
#include <boost/container/flat_map.hpp>
#include <boost/container/list.hpp>
#include <boost/container/map.hpp>
#include <boost/container/small_vector.hpp>
#include <boost/container/static_vector.hpp>
#include <boost/container/vector.hpp>
#include <boost/core/ref.hpp>
#include <boost/make_shared.hpp>
#include <boost/make_unique.hpp>
#include <boost/move/make_unique.hpp>
#include <boost/move/unique_ptr.hpp>
#include <boost/move/utility.hpp>
#include <boost/optional.hpp>
#include <boost/ptr_container/ptr_list.hpp>
#include <boost/ptr_container/ptr_vector.hpp>
#include <boost/scoped_ptr.hpp>
#include <boost/shared_ptr.hpp>
#include <boost/unordered_map.hpp>

#include <thread>
#include <utility>

void work();
void workOn(int Number);

// Owners of one object

void goodScoped() {
  boost::scoped_ptr<std::thread> Worker(new std::thread(work)); // ROLE: std::thread start
  Worker->join(); // ROLE: std::thread join
}

void goodShared() {
  boost::shared_ptr<std::thread> Worker = boost::make_shared<std::thread>(work); // ROLE: boost::make_shared emplace
  Worker->join(); // ROLE: std::thread join
}

void goodUnique() {
  auto Worker = boost::make_unique<std::thread>(work); // ROLE: boost::make_unique emplace
  Worker->join(); // ROLE: std::thread join
}

void goodMovelibUnique() {
  boost::movelib::unique_ptr<std::thread> Worker = boost::movelib::make_unique<std::thread>(work); // ROLE: boost::movelib::make_unique emplace
  Worker->join(); // ROLE: std::thread join
}

void goodOptional(bool Ready) {
  boost::optional<std::thread> Worker;
  if (Ready)
    Worker = std::thread(work); // ROLE: std::thread start
  if (Worker)
    Worker->join(); // ROLE: std::thread join
}

void goodOptionalEmplaced() {
  boost::optional<std::thread> Worker;
  Worker.emplace(work); // ROLE: boost::optional emplace
  Worker->join(); // ROLE: std::thread join
}

class BadScopedMember {
public:
  void start() { Worker.reset(new std::thread(work)); } // ROLE: std::thread start

private:
  boost::scoped_ptr<std::thread> Worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:34: warning: {{.*}} may still be joinable when 'BadScopedMember' is destroyed; std::terminate is called [leak-unjoined-thread]
};

class GoodScopedMember {
public:
  ~GoodScopedMember() {
    if (Worker)
      Worker->join(); // ROLE: std::thread join
  }
  void start() { Worker.reset(new std::thread(work)); } // ROLE: std::thread start

private:
  boost::scoped_ptr<std::thread> Worker;
};

// Containers

void badVector(bool Ready) {
  boost::container::vector<std::thread> Workers;
  Workers.emplace_back(work); // ROLE: boost::container::vector insert
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: {{.*}} still holds joinable threads when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
  if (!Ready)
    return;
  for (std::thread &Worker : Workers)
    Worker.join(); // ROLE: std::thread join
}

void goodVector() {
  boost::container::vector<std::thread> Workers;
  for (int I = 0; I != 4; ++I)
    Workers.emplace_back(work); // ROLE: boost::container::vector insert
  for (std::thread &Worker : Workers)
    Worker.join(); // ROLE: std::thread join
}

void goodSmallVector() {
  boost::container::small_vector<std::thread, 4> Workers;
  for (int I = 0; I != 4; ++I)
    Workers.emplace_back(work); // ROLE: boost::container::small_vector insert
  for (std::thread &Worker : Workers)
    Worker.join(); // ROLE: std::thread join
}

void goodStaticVector() {
  boost::container::static_vector<std::thread, 4> Workers;
  Workers.push_back(std::thread(work)); // ROLE: boost::container::static_vector insert, std::thread start
  Workers.back().join(); // ROLE: std::thread join
  Workers.pop_back(); // ROLE: boost::container::static_vector remove
}

void goodDeque() {
  boost::container::deque<std::thread> Workers;
  Workers.push_front(std::thread(work)); // ROLE: boost::container::deque insert, std::thread start
  Workers.front().join(); // ROLE: std::thread join
}

void goodList() {
  boost::container::list<std::thread> Workers;
  Workers.emplace_back(work); // ROLE: boost::container::list insert
  for (std::thread &Worker : Workers)
    Worker.join(); // ROLE: std::thread join
  Workers.clear(); // ROLE: boost::container::list clear
}

void goodMap() {
  boost::container::map<int, std::thread> Workers;
  Workers.emplace(1, std::thread(work)); // ROLE: boost::container::map insert, std::thread start
  for (auto &Entry : Workers)
    Entry.second.join(); // ROLE: std::thread join
}

void goodFlatMap() {
  boost::container::flat_map<int, std::thread> Workers;
  Workers[1] = std::thread(work); // ROLE: std::thread start
  Workers.at(1).join(); // ROLE: std::thread join
}

void goodUnorderedMap() {
  boost::unordered_map<int, std::thread> Workers;
  Workers[1] = std::thread(work); // ROLE: std::thread start
  Workers.at(1).join(); // ROLE: std::thread join
}

void goodArray() {
  boost::array<std::thread, 2> Workers;
  for (std::thread &Worker : Workers)
    Worker = std::thread(work); // ROLE: std::thread start
  for (std::thread &Worker : Workers)
    Worker.join(); // ROLE: std::thread join
}

void goodRing() {
  boost::circular_buffer<std::thread> Workers(4);
  Workers.push_back(std::thread(work)); // ROLE: boost::circular_buffer insert, std::thread start
  Workers.front().join(); // ROLE: std::thread join
  Workers.pop_front(); // ROLE: boost::circular_buffer remove
}

void goodPointers() {
  boost::ptr_vector<std::thread> Workers;
  for (int I = 0; I != 4; ++I)
    Workers.push_back(new std::thread(work)); // ROLE: boost::ptr_vector insert, std::thread start
  for (std::thread &Worker : Workers)
    Worker.join(); // ROLE: std::thread join
}

void goodPointerList() {
  boost::ptr_list<std::thread> Workers;
  Workers.push_back(new std::thread(work)); // ROLE: boost::ptr_list insert, std::thread start
  Workers.front().join(); // ROLE: std::thread join
}

class BadVectorMember {
public:
  void start() { Workers.emplace_back(work); } // ROLE: boost::container::vector insert

private:
  boost::container::vector<std::thread> Workers;
  // CHECK-MESSAGES: :[[@LINE-1]]:41: warning: {{.*}} may still hold joinable threads when 'BadVectorMember' is destroyed; std::terminate is called [leak-unjoined-thread]
};

class GoodVectorMember {
public:
  ~GoodVectorMember() {
    for (std::thread &Worker : Workers)
      Worker.join(); // ROLE: std::thread join
  }
  void start() { Workers.emplace_back(work); } // ROLE: boost::container::vector insert

private:
  boost::container::vector<std::thread> Workers;
};

// Passing on

void goodMoved() {
  std::thread Worker(work); // ROLE: std::thread start
  std::thread Other(boost::move(Worker));
  Other.join(); // ROLE: std::thread join
}

void goodBound() {
  std::thread Worker(boost::bind(workOn, 1)); // ROLE: std::thread start
  Worker.join(); // ROLE: std::thread join
}

void badBound(bool Ready) {
  std::thread Worker(boost::bind(workOn, 1)); // ROLE: std::thread start
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: {{.*}} is still joinable when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
  if (Ready)
    Worker.join(); // ROLE: std::thread join
}

void goodReferred(int Number) {
  std::thread Worker(boost::bind(workOn, boost::ref(Number))); // ROLE: std::thread start
  Worker.join(); // ROLE: std::thread join
}
