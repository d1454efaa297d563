// Counters whose type doesn't have the value that ends the loop.
//
// RUN: %check_leaks %s leak-endless-loop

#include <stddef.h>
#include <stdint.h>

void use(int value);

void bad_down(const int *all, size_t count) {
  for (size_t i = count - 1; i >= 0; --i)
  // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: 'i >= 0' is true for all values of 'i', which starts again instead; the loop doesn't end by it [leak-endless-loop]
    use(all[i]);
}

void bad_found(const int *all, unsigned count, int key) {
  unsigned i = count;
  for (; i >= 0; i--)
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'i >= 0' is true for all values of 'i', which starts again instead; the loop doesn't end by it [leak-endless-loop]
    if (all[i] == key)
      break;
  use(i);
}

void bad_narrow(const int *all) {
  for (uint8_t i = 0; i < 300; ++i)
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'i < 300' is true for all values of 'i', which starts again instead; the loop doesn't end by it [leak-endless-loop]
    use(all[i]);
}

void bad_full(const int *all) {
  for (unsigned char i = 0; i <= 255; i++)
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: 'i <= 255' is true for all values of 'i', which starts again instead; the loop doesn't end by it [leak-endless-loop]
    use(all[i]);
}

void good_signed(const int *all, int count) {
  for (int i = count - 1; i >= 0; --i)
    use(all[i]);
}

void good_before(const int *all, size_t count) {
  for (size_t i = count; i-- > 0;)
    use(all[i]);
}

void good_asked(const int *all, size_t count) {
  for (size_t i = count - 1; i >= 0; --i) {
    use(all[i]);
    if (i == 0)
      break;
  }
}

void good_not(const int *all, size_t count) {
  for (size_t i = count - 1; i >= 0; --i) {
    use(all[i]);
    if (!i)
      break;
  }
}

void good_wrapped(const int *all, size_t count) {
  for (size_t i = count - 1; i < count; --i)
    use(all[i]);
}

void good_wide(const int *all) {
  for (uint8_t i = 0; i < 200; ++i)
    use(all[i]);
  for (uint16_t i = 0; i < 300; ++i)
    use(all[i]);
}
