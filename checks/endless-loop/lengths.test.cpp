// Pieces whose length stands in the bytes.
//
// RUN: %check_leaks %s leak-endless-loop

#include <arpa/inet.h>
#include <cstddef>
#include <cstdint>
#include <cstring>

void handle(int type, const uint8_t *from, size_t length);
uint16_t get_be16(const uint8_t *from);
int charLength(const char *from);

bool bad_pieces(const uint8_t *bytes, size_t size) {
  size_t at = 0;
  while (at + 2 <= size) {
    uint8_t type = bytes[at];
    uint8_t length = bytes[at + 1];
    if (at + length > size)
      return false;
    handle(type, bytes + at, length);
    at += length;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: when 'length' is 0, this doesn't move 'at' on, and nothing else in this turn does; the loop takes the same bytes again for ever [leak-endless-loop]
  }
  return true;
}

void bad_pointer(const uint8_t *from, int left) {
  while (left > 4) {
    unsigned size = get_be16(from + 2);
    if (from[0] == 3)
      handle(3, from + 4, size);
    from += size;
    left -= size;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: when 'size' is 0, this doesn't move 'left' on
  }
}

void bad_swapped(const uint8_t *from, const uint8_t *end) {
  while (from < end) {
    const uint16_t *head = reinterpret_cast<const uint16_t *>(from);
    unsigned size = ntohs(*head);
    if (size > static_cast<size_t>(end - from))
      break;
    handle(0, from, size);
    from += size;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: when 'size' is 0, this doesn't move 'from' on
  }
}

struct Head {
  uint8_t type, length;
};

int bad_head(const uint8_t *from, int left) {
  int count = 0;
  while (left >= static_cast<int>(sizeof(Head))) {
    const Head *head = reinterpret_cast<const Head *>(from);
    int length = head->length;
    if (length > left)
      return -1;
    from += length;
    left -= length;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: when 'length' is 0, this doesn't move 'left' on
    count++;
  }
  return count;
}

// The mend.
bool good_pieces(const uint8_t *bytes, size_t size) {
  size_t at = 0;
  while (at + 2 <= size) {
    uint8_t type = bytes[at];
    uint8_t length = bytes[at + 1];
    if (length < 2 || at + length > size)
      return false;
    handle(type, bytes + at, length);
    at += length;
  }
  return true;
}

void good_zero(const uint8_t *bytes, size_t size) {
  size_t at = 0;
  while (at < size) {
    uint8_t length = bytes[at];
    if (!length)
      break;
    at += length;
  }
}

void good_head(const uint8_t *bytes, size_t size) {
  size_t at = 0;
  while (at + 2 <= size) {
    uint8_t length = bytes[at + 1];
    handle(bytes[at], bytes + at + 2, length);
    at += 2;
    at += length;
  }
}

void good_added(const uint8_t *bytes, size_t size) {
  size_t at = 0;
  while (at + 2 <= size) {
    size_t length = bytes[at + 1] + 2;
    handle(bytes[at], bytes + at, length);
    at += length;
  }
}

void good_moves(const uint8_t *bytes, const uint8_t *end) {
  while (bytes < end) {
    uint8_t length = *bytes++;
    handle(0, bytes, length);
    bytes += length;
  }
}

// Not from the bytes.
void good_characters(const char *text) {
  while (*text) {
    int length = charLength(text);
    text += length;
  }
}

void good_table(const uint8_t *bytes, size_t size) {
  static const uint8_t sizes[256] = {1, 2, 3};
  size_t at = 0;
  while (at < size) {
    uint8_t length = sizes[bytes[at]];
    at += length;
  }
}

// It may be written.
void fill(uint8_t *to);
void good_written(uint8_t *bytes, size_t size) {
  size_t at = 0;
  while (at + 2 <= size) {
    uint8_t length = bytes[at];
    fill(bytes + at);
    at += length;
  }
}

void good_counted(const uint8_t *bytes, size_t size, int count) {
  size_t at = 0;
  while (at < size && count > 0) {
    uint8_t length = bytes[at];
    at += length;
    --count;
  }
}
