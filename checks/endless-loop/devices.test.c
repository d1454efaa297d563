// A device has no end: when it has nothing to give, it says 0, or an error.
//
// RUN: %check_leaks %s leak-endless-loop --silent

#include <errno.h>
#include <fcntl.h>
#include <linux/i2c-dev.h>
#include <sys/ioctl.h>
#include <unistd.h>

int good_bus(const char *name, int address, char *into, int size) {
  int bus = open(name, O_RDWR);
  if (bus < 0)
    return -1;
  if (ioctl(bus, I2C_SLAVE, address) < 0) {
    close(bus);
    return -1;
  }
  int total = 0;
  while (total < size) {
    int n = read(bus, into + total, 1);
    if (n < 0 && errno != EAGAIN) {
      close(bus);
      return -1;
    }
    if (n > 0)
      total += n;
  }
  close(bus);
  return total;
}
