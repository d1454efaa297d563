// The notes retell the path; the fix-it makes the report go away.
// RUN: %check_leaks %s leak-unjoined-thread

#include <thread>

void work();

void bad_path(bool ok, int n) {
  std::thread worker(work);
  // CHECK-NOTES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
  // CHECK-NOTES: :[[@LINE-2]]:15: note: thread started here
  // CHECK-FIXES: std::jthread worker(work);
  if (!ok)
    // CHECK-NOTES: :[[@LINE-1]]:7: note: Assuming 'ok' is false
    // CHECK-NOTES: :[[@LINE-2]]:3: note: Taking true branch
    return;
  // CHECK-NOTES: :[[@LINE-1]]:5: note: 'worker' goes out of scope here
  worker.join();
}

class BadMember {
public:
  BadMember() : worker(work) {}
  ~BadMember() {
    work();
  }
  // CHECK-FIXES: if (worker.joinable())
  // CHECK-FIXES-NEXT: worker.join();
private:
  std::thread worker;
  // CHECK-NOTES: :[[@LINE-1]]:15: warning: 'worker' may still be joinable when 'BadMember' is destroyed; std::terminate is called
  // CHECK-NOTES: :[[@LINE-9]]:17: note: thread started here
  // CHECK-NOTES: :[[@LINE-9]]:3: note: the destructor neither joins nor detaches it
};

class BadSibling {
public:
  BadSibling() : reader(work), writer(work) {}
  ~BadSibling() { reader.join(); }
private:
  std::thread reader;
  std::thread writer;
  // CHECK-NOTES: :[[@LINE-1]]:15: warning: 'writer' may still be joinable when 'BadSibling' is destroyed; std::terminate is called
  // CHECK-NOTES: :[[@LINE-6]]:32: note: thread started here
  // CHECK-NOTES: :[[@LINE-6]]:3: note: the destructor neither joins nor detaches it
  // CHECK-NOTES: :[[@LINE-7]]:19: note: its sibling 'reader' is released at destruction
  // CHECK-FIXES: if (writer.joinable())
  // CHECK-FIXES-NEXT: writer.join();
};

static int checked(int n) {
  if (n < 0)
    throw n;
  return n;
}

void bad_exception(int n) {
  std::thread worker(work);
  // CHECK-NOTES: :[[@LINE-1]]:15: warning: 'worker' is still joinable when an exception leaves this scope; std::terminate is called
  // CHECK-FIXES: std::jthread worker(work);
  checked(n);
  // CHECK-NOTES: :[[@LINE-1]]:3: note: this call may throw
  // CHECK-NOTES: :[[@LINE-10]]:5: note: exception thrown here
  worker.join();
  // CHECK-NOTES: :[[@LINE-1]]:3: note: not reached then: released here
}
