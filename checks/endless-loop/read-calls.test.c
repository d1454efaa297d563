// Functions that read as read() does, and that no model knows.
//
// RUN: %check_leaks %s leak-endless-loop

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

struct tls;
int tls_read(struct tls *with, void *to, int size);
int tls_error(struct tls *with, int result);
struct eeprom;
int eeprom_read(struct eeprom *from, void *to, int size);

bool bad_fill(struct tls *with, char *to, int size) {
  while (size > 0) {
    int n = tls_read(with, to, size);
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'tls_read' returns 0 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    if (n < 0)
      return false;
    to += n;
    size -= n;
  }
  return true;
}

void bad_copies(struct tls *with, int to) {
  char bytes[512];
  int n;
  while ((n = tls_read(with, bytes, sizeof(bytes))) != -1)
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'tls_read' returns 0 from the end of its input on
    write(to, bytes, n);
}

bool good_fill(struct tls *with, char *to, int size) {
  while (size > 0) {
    int n = tls_read(with, to, size);
    if (n <= 0)
      return false;
    to += n;
    size -= n;
  }
  return true;
}

bool good_asks(struct tls *with, char *to, int size) {
  while (size > 0) {
    int n = tls_read(with, to, size);
    if (n <= 0) {
      if (tls_error(with, n) == 2)
        continue;
      return false;
    }
    to += n;
    size -= n;
  }
  return true;
}

// It says whether it worked.
void good_status(struct eeprom *from) {
  char bytes[16];
  for (;;) {
    int failed = eeprom_read(from, bytes, sizeof(bytes));
    if (failed)
      break;
    puts(bytes);
  }
}
