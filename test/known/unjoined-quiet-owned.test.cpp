// Miss: a handle that detaches quietly, in a smart pointer: that another path joins
// it isn't seen there. (Without the pointer it is.)
// REQUIRES: package-libboost-all-dev
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <boost/thread/thread.hpp>

#include <memory>

void work();

void bad_owned(bool ready) {
  auto worker = std::make_unique<boost::thread>(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  if (ready)
    worker->join();
}
