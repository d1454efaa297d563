// A closed channel gives nothing any more.
//
// RUN: %check_leaks %s leak-endless-loop

#include <boost/fiber/buffered_channel.hpp>

using Channel = boost::fibers::buffered_channel<int>;
using boost::fibers::channel_op_status;

void use(int value);

void bad(Channel &channel) {
  for (;;) {
    int value;
    if (channel.pop(value) != channel_op_status::success)
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'pop' gives nothing once its channel is closed, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
      continue;
    use(value);
  }
}

void good(Channel &channel) {
  for (;;) {
    int value;
    if (channel.pop(value) != channel_op_status::success)
      break;
    use(value);
  }
}

void good_closed(Channel &channel) {
  for (;;) {
    int value;
    switch (channel.pop(value)) {
    case channel_op_status::closed:
      return;
    case channel_op_status::success:
      use(value);
      break;
    default:
      break;
    }
  }
}
