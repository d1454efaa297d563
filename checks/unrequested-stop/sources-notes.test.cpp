// How sources are told that aren't linked, asked too early, or on one way only.
//
// RUN: %check_leaks %s leak-unrequested-stop -- -std=c++20

#include <future>
#include <stop_token>
#include <thread>

void work();
bool prepare();
static void serve(std::stop_token token) {
  while (!token.stop_requested())
    work();
}

void links(std::stop_token caller) {
  std::stop_source source;
  std::thread worker(serve, source.get_token());
  std::thread other([&source] {
    if (prepare())
      source.request_stop();
  });
  worker.join();
  other.join();
  // CHECK-NOTES: :[[@LINE-8]]:20: warning: 'source' is not linked to 'caller': a stop of the caller doesn't reach what 'links' starts here and waits for [leak-unrequested-stop]
  // CHECK-NOTES: :[[@LINE-10]]:28: note: the caller's token
  // CHECK-NOTES: :[[@LINE-9]]:15: note: started here
  // CHECK-NOTES: :[[@LINE-16]]:3: note: this loop looks at the other token
  // CHECK-NOTES: :[[@LINE-6]]:3: note: waited for here
  // CHECK-NOTES: :[[@LINE-8]]:3: warning: this way out doesn't ask 'source' to stop, as another one does; what runs until then is waited for; that never ends [leak-unrequested-stop]
  // CHECK-NOTES: :[[@LINE-12]]:15: note: started here
  // CHECK-NOTES: :[[@LINE-12]]:9: note: assuming 'prepare()' is false
  // CHECK-NOTES: :[[@LINE-12]]:7: note: asked to stop here
  // CHECK-NOTES: :[[@LINE-16]]:15: note: started here
  // CHECK-NOTES: :[[@LINE-23]]:3: note: this loop ends only by a request to stop
}
