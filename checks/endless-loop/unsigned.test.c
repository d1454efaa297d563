// An unsigned variable has no -1.
//
// RUN: %check_leaks %s leak-endless-loop

#include <stdint.h>
#include <stdio.h>

int bad_unsigned(FILE *file) {
  unsigned char c;
  int count = 0;
  while ((c = fgetc(file)) != EOF)
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'fgetc' returns -1 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    count++;
  return count;
}

int good_int(FILE *file) {
  int c, count = 0;
  while ((c = fgetc(file)) != EOF)
    count++;
  return count;
}

// The same bits.
int good_wide(FILE *file) {
  unsigned c;
  int count = 0;
  while ((c = fgetc(file)) != EOF)
    count++;
  return count;
}

int good_signed(FILE *file) {
  signed char c;
  int count = 0;
  while ((c = fgetc(file)) != EOF)
    count++;
  return count;
}
