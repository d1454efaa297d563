// The notes tell the way, the exit, and what the others do.
//
// RUN: %check_leaks %s leak-unfulfilled-promise

#include <functional>
#include <utility>

bool valid(int);
void send(int, std::function<void(int)>);

void bad_notes(int id, std::function<void(int)> callback) {
  // CHECK-NOTES: :[[@LINE-1]]:49: warning: 'callback' is not called on every path; this function returns without having called it or handed it on, and whoever waits for it waits for ever [leak-unfulfilled-promise]
  // CHECK-NOTES: :[[@LINE+7]]:7: note: assuming 'id < 0' is false
  // CHECK-NOTES: :[[@LINE+10]]:7: note: assuming '!valid(id)' is true
  // CHECK-NOTES: :[[@LINE+10]]:5: note: 'callback' is forgotten here; 3 other paths complete it or hand it on
  // CHECK-NOTES: :[[@LINE+5]]:5: note: another path calls 'callback' here
  // CHECK-NOTES: :[[@LINE+10]]:5: note: another path calls 'callback' here
  // CHECK-NOTES: :[[@LINE+12]]:3: note: another path hands 'callback' on here
  // What comes of it isn't known, so there is no fix-it.
  if (id < 0) {
    callback(-1);
    return;
  }
  if (!valid(id))
    return;
  if (id == 0) {
    callback(0);
    return;
  }
  send(id, std::move(callback));
}
