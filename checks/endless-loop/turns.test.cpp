// Ways through a loop, and whole loops, that don't move on.
//
// RUN: %check_leaks %s leak-endless-loop

#include <cctype>
#include <cstdio>
#include <cstring>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

struct Packet {
  int stream;
  bool key;
};

struct Node {
  virtual ~Node();
  Node *above();
};
struct Group : Node {};

struct Timer {
  Timer *next;
  bool finished;
  int (*call)(void *);
};

struct Sent {
  int number() const { return no; }
  int no;
};

struct Block {
  Block *next;
  long start;
};

struct Filter {
  void (*apply)(void *);
};

unsigned readByte(void *from);
long timeOf(int no);
Filter *findFilter(const char *name);
Filter *nextFilter(const char *name);
long fileSize(const char *name);
bool ask(int value);
void fail(const char *why);

// A way that doesn't come to what moves on.

int bad_branch(std::list<std::shared_ptr<Packet>> &all, const Packet *added) {
  auto it = all.rbegin();
  int count = 0;
  while (it != all.rend()) {
    if ((*it)->stream == added->stream) {
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: a way from here to the next turn doesn't move 'it' on and changes nothing; the loop takes it again for ever [leak-endless-loop]
      if ((*it)->key)
        break;
      ++count;
      ++it;
    }
  }
  return count;
}

int good_branch(std::list<std::shared_ptr<Packet>> &all, const Packet *added) {
  auto it = all.rbegin();
  int count = 0;
  while (it != all.rend()) {
    if ((*it)->stream == added->stream) {
      if ((*it)->key)
        break;
      ++count;
    }
    ++it;
  }
  return count;
}

void bad_collects(std::map<int, std::string> &all, const std::string &name) {
  std::vector<int> found;
  auto it = all.begin();
  while (it != all.end()) {
    if (it->second == name)
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: a way from here to the next turn doesn't move 'it' on and changes nothing; the loop takes it again for ever [leak-endless-loop]
      found.push_back(it->first);
    else
      ++it;
  }
  for (int no : found)
    all.erase(no);
}

void bad_conditional_erase(std::list<Sent> &all, int kind, int keep) {
  for (auto it = all.begin(), end = all.end(); it != end;) {
    readByte(nullptr);
    if (kind != keep)
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: a way from here to the next turn doesn't move 'it' on and changes nothing; the loop takes it again for ever [leak-endless-loop]
      all.erase(it++);
  }
}

void good_conditional_erase(std::list<Sent> &all, int kind, int keep) {
  for (auto it = all.begin(), end = all.end(); it != end;) {
    readByte(nullptr);
    if (kind != keep)
      all.erase(it++);
    else
      ++it;
  }
}

void bad_text(const char *from, char *to) {
  while (*from) {
    if (*from != '\n' && *from != ' ') {
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: a way from here to the next turn doesn't move 'from' on and changes nothing; the loop takes it again for ever [leak-endless-loop]
      *to = std::tolower(*from);
      to++;
      from++;
    }
  }
}

void bad_case(const char *text) {
  while (*text) {
    switch (*text) {
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: a way from here to the next turn doesn't move 'text' on and changes nothing; the loop takes it again for ever [leak-endless-loop]
    case 'a':
      text += 2;
      break;
    case 'b':
      break;
    default:
      text++;
    }
  }
}

void bad_chain(const char *text) {
  while (*text) {
    if (*text == 'a')
      text++;
    else if (*text == 'b')
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: a way from here to the next turn doesn't move 'text' on and changes nothing; the loop takes it again for ever [leak-endless-loop]
      std::printf("b");
    else
      text++;
  }
}

// What none of the branches is for, isn't meant to come.
void good_chain(const char *text) {
  while (*text) {
    if (*text == 'a')
      text++;
    else if (*text == 'b')
      text += 2;
  }
}

void good_branches(const char *text) {
  while (*text) {
    while (*text == ' ')
      text++;
    if (*text == 'a')
      text++;
  }
}

void good_switch(const char *text) {
  while (*text) {
    switch (*text) {
    case 'a':
      text++;
      break;
    case 'b':
      text += 2;
      break;
    }
  }
}

// Something else moves.
int good_search(const int *all, int count, int key) {
  int low = 0, high = count;
  while (low < high) {
    int middle = (low + high) / 2;
    if (all[middle] < key)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

void good_partition(int *all, int count) {
  int low = 0, high = count;
  while (low < high) {
    if (all[low] > 3) {
      --high;
      all[low] = all[high];
    } else {
      low++;
    }
  }
}

// It may be different the next time.
void good_changed(int *all, int count) {
  int at = 0;
  while (at < count) {
    if (all[at] == 0)
      all[at] = readByte(nullptr);
    else
      at++;
  }
}

void good_asks(const int *all, int count) {
  int at = 0;
  while (at < count)
    if (ask(all[at]))
      at++;
}

void good_fails(const int *all, int count, bool strict) {
  int at = 0;
  while (at < count) {
    if (strict) {
      fail("strict");
      continue;
    }
    at++;
  }
}

void good_previous(int value) {
  int last = 0;
  while (value != last)
    last = value;
}

// A `continue`, behind other things.

void bad_inner(std::list<Sent *> &all, int last, int count, const int *lost) {
  for (auto it = all.begin(); it != all.end();) {
    int no = (*it)->number();
    if (no > last)
      break;
    bool isLost = false;
    for (int i = 0; i < count; i++)
      if (no == lost[i]) {
        isLost = true;
        break;
      }
    if (isLost) {
      std::printf("lost %d\n", no);
      continue;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: nothing has changed when this 'continue' is reached: it skips what moves 'it' on, and the loop takes the same way again for ever [leak-endless-loop]
    }
    all.erase(it++);
  }
}

void bad_lookup(char *text, void *with) {
  char *at;
  char *name = strtok_r(text, ",", &at);
  while (name) {
    Filter *filter = findFilter(name);
    if (!filter) {
      std::printf("unknown filter %s\n", name);
      continue;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: nothing has changed when this 'continue' is reached: it skips what moves 'name' on, and the loop takes the same way again for ever [leak-endless-loop]
    }
    filter->apply(with);
    name = strtok_r(nullptr, ",", &at);
  }
}

void good_next(char *text, void *with) {
  char *at;
  char *name = strtok_r(text, ",", &at);
  while (name) {
    Filter *filter = nextFilter(name);
    if (!filter)
      continue;
    filter->apply(with);
    name = strtok_r(nullptr, ",", &at);
  }
}

void bad_empty(const char **names, unsigned count) {
  unsigned at = 0;
  while (at < count) {
    long const size = fileSize(names[at]);
    if (size <= 0)
      continue;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: nothing has changed when this 'continue' is reached: it skips what moves 'at' on, and the loop takes the same way again for ever [leak-endless-loop]
    readByte(nullptr);
    ++at;
  }
}

// What comes next is asked for too late.

void bad_next(Timer *first) {
  Timer *timer, *next;
  for (timer = first; timer; timer = next) {
    if (timer->finished)
      continue;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this 'continue' skips what gives 'next' its value; the loop takes the same one again for ever [leak-endless-loop]
    next = timer->next;
    if (!timer->call(timer))
      timer->finished = true;
  }
}

void good_next(Timer *first) {
  Timer *timer, *next;
  for (timer = first; timer; timer = next) {
    next = timer->next;
    if (timer->finished)
      continue;
    if (!timer->call(timer))
      timer->finished = true;
  }
}

// Nothing moves on.

bool bad_cast(Node *node) {
  while (node) {
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: nothing in this loop moves 'node' on, and a way through it changes nothing that it asks for; it goes round for ever [leak-endless-loop]
    if (dynamic_cast<Group *>(node))
      return true;
  }
  return false;
}

bool good_cast(Node *node) {
  while (node) {
    if (dynamic_cast<Group *>(node))
      return true;
    node = node->above();
  }
  return false;
}

bool bad_find(std::list<std::string> &all, const std::string &name) {
  auto it = all.begin();
  while (it != all.end()) {
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: nothing in this loop moves 'it' on, and a way through it changes nothing that it asks for; it goes round for ever [leak-endless-loop]
    if (*it == name)
      break;
  }
  return it != all.end();
}

void bad_fill(int *bits) {
  int at = 0;
  while (at < 8)
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: nothing in this loop moves 'at' on, and a way through it changes nothing that it asks for; it goes round for ever [leak-endless-loop]
    bits[at] = 0;
}

void bad_bytes(void *from, int length) {
  int left = length;
  while (left > 0)
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: nothing in this loop moves 'left' on, and a way through it changes nothing that it asks for; it goes round for ever [leak-endless-loop]
    std::printf(" %02x", readByte(from));
}

void bad_list(Block *block) {
  int no = 0;
  while (block) {
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: nothing in this loop moves 'block' on, and a way through it changes nothing that it asks for; it goes round for ever [leak-endless-loop]
    no++;
    block->start = timeOf(no);
  }
}

int bad_step(const int *all, int rows, int columns) {
  int sum = 0;
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < columns; i++)
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: nothing in this loop moves 'j' on, and a way through it changes nothing that it asks for; it goes round for ever [leak-endless-loop]
      sum += all[i];
  return sum;
}

// Meant to go on.
void good_forever(bool forever) {
  do
    readByte(nullptr);
  while (forever);
}

void good_stopped(bool &running) {
  while (running)
    readByte(nullptr);
}

void good_seen_elsewhere() {
  bool done = false;
  std::thread other([&] { done = true; });
  while (!done)
    readByte(nullptr);
  other.join();
}

void good_given(int left, void (*use)(int *)) {
  while (left > 0)
    use(&left);
}

void good_once(int left) {
  while (left > 0) {
    readByte(nullptr);
    return;
  }
}

void good_sleeps(Block *block) {
  while (block->start == 0)
    std::this_thread::sleep_for(std::chrono::seconds(1));
}

void good_container(std::vector<int> &all) {
  while (!all.empty())
    all.pop_back();
}

// Whoever is called may know when it is enough.
void good_callback(int left, const std::function<bool()> &stop) {
  while (left > 0)
    if (stop())
      return;
}

// What the two inner loops have found, is what the outer one asks.
void good_both_over(volatile unsigned *device, char *to, const char *from,
                    unsigned count) {
  unsigned sent = 0, received = 0;
  while (sent < count || received < count) {
    while (received < count && (device[0] & 1)) {
      to[received] = (char)device[1];
      received++;
    }
    while (sent < count && (device[0] & 2)) {
      device[1] = from[sent];
      sent++;
    }
  }
}

// The inner loop ends where the text is equal.
const char *good_find(const char *text, const char *end, const char *what,
                      int size) {
  while (text < end) {
    int i;
    for (i = 0; i < size; i++)
      if (text[i] != what[i]) {
        ++text;
        break;
      }
    if (i != size)
      continue;
    return text;
  }
  return nullptr;
}
