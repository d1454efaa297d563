// A `continue` that skips what moves on.
//
// RUN: %check_leaks %s leak-endless-loop

#include <atomic>
#include <cctype>
#include <cstdio>
#include <cstring>
#include <map>
#include <thread>
#include <vector>

struct Item {
  Item *next;
  int kind;
  bool valid;
  std::atomic<bool> ready;
  volatile int state;
};

void use(Item *item);
bool ask(Item *item);
bool busy();

void bad_list(Item *item) {
  while (item) {
    if (!item->valid)
      continue;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: nothing has changed when this 'continue' is reached: it skips what moves 'item' on, and the loop takes the same way again for ever [leak-endless-loop]
    use(item);
    item = item->next;
  }
}

void good_list(Item *item) {
  for (; item; item = item->next) {
    if (!item->valid)
      continue;
    use(item);
  }
}

void good_first(Item *item) {
  while (item) {
    Item *now = item;
    item = item->next;
    if (!now->valid)
      continue;
    use(now);
  }
}

void bad_logged(Item *item) {
  while (item) {
    if (item->kind > 3) {
      std::printf("unknown kind %d\n", item->kind);
      continue;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: nothing has changed when this 'continue' is reached: it skips what moves 'item' on, and the loop takes the same way again for ever [leak-endless-loop]
    }
    use(item);
    item = item->next;
  }
}

void bad_index(const std::vector<int> &all) {
  size_t i = 0;
  while (i < all.size()) {
    if (all[i] < 0)
      continue;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: nothing has changed when this 'continue' is reached: it skips what moves 'i' on, and the loop takes the same way again for ever [leak-endless-loop]
    use(nullptr);
    i++;
  }
}

void bad_iterator(std::map<int, Item *> &all) {
  auto it = all.begin();
  while (it != all.end()) {
    Item *item = it->second;
    if (item->kind == 3)
      continue;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: nothing has changed when this 'continue' is reached: it skips what moves 'it' on, and the loop takes the same way again for ever [leak-endless-loop]
    use(item);
    ++it;
  }
}

void good_iterator(std::map<int, Item *> &all) {
  auto it = all.begin();
  while (it != all.end()) {
    if (it->second->kind == 3) {
      it = all.erase(it);
      continue;
    }
    ++it;
  }
}

void bad_second(const char *text) {
  while (*text) {
    if (std::isspace(*text)) {
      text++;
      continue;
    }
    if (!std::strcmp(text, "abc"))
      continue;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: nothing has changed when this 'continue' is reached: it skips what moves 'text' on, and the loop takes the same way again for ever [leak-endless-loop]
    text++;
  }
}

void bad_do(Item *item) {
  do {
    if (item->kind == 2)
      continue;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: nothing has changed when this 'continue' is reached: it skips what moves 'item' on, and the loop takes the same way again for ever [leak-endless-loop]
    item = item->next;
  } while (item);
}

// Others change what it waits for.
void good_spin(Item *item) {
  while (item) {
    if (!item->ready)
      continue;
    if (item->state)
      continue;
    item = item->next;
  }
}

void good_asks_others(Item *item) {
  while (item) {
    if (busy())
      continue;
    if (ask(item))
      continue;
    item = item->next;
  }
}

void good_yields(Item *item) {
  while (item) {
    if (!item->valid) {
      std::this_thread::yield();
      continue;
    }
    item = item->next;
  }
}

// Not about the item.
void good_flag(Item *item, const bool &paused) {
  while (item) {
    if (paused)
      continue;
    item = item->next;
  }
}

void good_counted(Item *item, int tries) {
  while (item) {
    if (!item->valid && tries-- > 0)
      continue;
    item = item->next;
  }
}

// The way isn't possible.
void good_impossible(Item *item) {
  while (item) {
    if (!item)
      continue;
    item = item->next;
  }
}

// It belongs to the inner loop.
void good_inner(Item *item, const std::vector<int> &all) {
  while (item) {
    for (int each : all) {
      if (each == item->kind)
        continue;
      use(item);
    }
    item = item->next;
  }
}

// What a call has filled in before the loop is this function's again.

bool receive(int *length, int *kind);

void bad_filled(const char *text) {
  int length, kind;
  if (!receive(&length, &kind))
    return;
  while (length > 0) {
    switch (kind) {
    case 0:
      continue;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: nothing has changed when this 'continue' is reached: it skips what moves 'length' on, and the loop takes the same way again for ever [leak-endless-loop]
    case 1:
      std::printf("%c", text[length]);
      break;
    }
    length--;
  }
}

// The loop doesn't run with this kind.
void good_excluded(const char *text) {
  int length, kind;
  if (!receive(&length, &kind))
    return;
  while (kind != 0 && length > 0) {
    switch (kind) {
    case 0:
      continue;
    case 1:
      std::printf("%c", text[length]);
      break;
    }
    length--;
  }
}

void good_excluded_there(const char *text) {
  int length, kind;
  if (!receive(&length, &kind))
    return;
  for (; 0 != kind && length > 0;) {
    switch (kind) {
    case 0:
      break;
    case 1:
      std::printf("%c", text[length]);
      length--;
      break;
    default:
      length--;
    }
  }
}

// It is filled in again.
void good_filled(const char *text) {
  int length, kind;
  receive(&length, &kind);
  while (length > 0) {
    switch (kind) {
    case 0:
      receive(&length, &kind);
      continue;
    }
    std::printf("%c", text[length]);
    length--;
  }
}
