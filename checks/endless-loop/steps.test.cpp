// A step at the end of the turn that a `continue` leaves out, with calls on the
// way that aren't visible.
//
// RUN: %check_leaks %s leak-endless-loop

#include <cassert>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <map>
#include <string>
#include <vector>

struct Bucket;
struct Entry {
  int since, seconds, kind;
  bool ready;
};
struct Table;
Bucket *firstOf(Table *table);
Bucket *nextOf(Bucket *bucket);
void *dataOf(Bucket *bucket);
void remove(Table *table, Entry *entry);

struct Contact {
  Contact *next;
  char *path;
  int options;
};
int parsePath(const char *path, int *target);
int add(Contact *contact, int target);
bool isExpired(Contact *contact, long now);
bool list_empty(int *list);
int validate(Contact *contact);
void logError(const char *text, ...);
bool tryToSend(Contact *contact);
int readNumber(int no);
bool isPrime(int number);
void refresh(Contact *contact);

// The name asks for a part of the item.
void bad_data(Table *table, int now) {
  Bucket *bucket = firstOf(table);
  while (bucket) {
    Entry *entry = static_cast<Entry *>(dataOf(bucket));
    assert(entry);
    if (now - entry->since <= entry->seconds)
      continue;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: nothing has changed when this 'continue' is reached: it skips what moves 'bucket' on, and the loop takes the same way again for ever [leak-endless-loop]
    remove(table, entry);
    bucket = nextOf(bucket);
  }
}

// It complains, and goes on.
int bad_complains(Contact **all, int count, long now) {
  int at = 0, added = 0;
  while (at < count) {
    Contact *contact = all[at];
    if (!isExpired(contact, now)) {
      int target;
      if (contact->path && parsePath(contact->path, &target) < 0) {
        logError("failed to parse the path %s\n", contact->path);
        continue;
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: nothing has changed when this 'continue' is reached
      }
      added += add(contact, target);
    }
    at++;
  }
  return added;
}

int bad_filter(Contact *contact, bool (*filter)(const char *)) {
  int count = 0;
  Contact *next;
  while (contact) {
    next = contact->next;
    if (filter && filter(contact->path))
      continue;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: nothing has changed when this 'continue' is reached
    count += static_cast<int>(strlen(contact->path));
    contact = next;
  }
  return count;
}

int bad_empty(Contact *contact) {
  while (contact) {
    if (list_empty(&contact->options))
      continue;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: nothing has changed when this 'continue' is reached
    int result = validate(contact);
    if (result)
      return result;
    contact = contact->next;
  }
  return 0;
}

// The mends.
int good_empty(Contact *contact) {
  while (contact) {
    if (list_empty(&contact->options)) {
      contact = contact->next;
      continue;
    }
    int result = validate(contact);
    if (result)
      return result;
    contact = contact->next;
  }
  return 0;
}

int good_for(Contact *contact) {
  for (; contact; contact = contact->next) {
    if (list_empty(&contact->options))
      continue;
    int result = validate(contact);
    if (result)
      return result;
  }
  return 0;
}

// It tries again.
void good_tries(Contact *contact) {
  while (contact) {
    if (!tryToSend(contact)) {
      logError("failed\n");
      continue;
    }
    contact = contact->next;
  }
}

void good_says(Contact *contact) {
  while (contact) {
    if (add(contact, 1) < 0) {
      logError("failed to add, trying again\n");
      continue;
    }
    contact = contact->next;
  }
}

// Another number for the same place.
void good_asks(std::vector<int> &all, unsigned count) {
  unsigned at = 0;
  while (at < count) {
    int number = readNumber(at);
    if (!isPrime(number)) {
      logError("invalid number\n");
      continue;
    }
    all[at] = number;
    at++;
  }
}

void good_input(int *all, int count) {
  int at = 0;
  while (at < count) {
    if (!(std::cin >> all[at]))
      return;
    if (!isPrime(all[at])) {
      std::cerr << "invalid\n";
      continue;
    }
    at++;
  }
}

void good_random(int *all, int count) {
  int at = 0;
  while (at < count) {
    all[at] = rand() % 100;
    if (isPrime(all[at]))
      continue;
    at++;
  }
}

// Something is done about it before.
void good_refreshed(Contact *contact) {
  while (contact) {
    refresh(contact);
    if (list_empty(&contact->options))
      continue;
    contact = contact->next;
  }
}

// Others bring it about.
void good_waits(Entry **all, int count) {
  int at = 0;
  while (at < count) {
    Entry *entry = all[at];
    remove(nullptr, entry);
    if (!entry->ready)
      continue;
    at++;
  }
}

void good_moved(std::map<int, Contact *> &all) {
  auto it = all.begin();
  while (it != all.end()) {
    Contact *contact = it->second;
    it = all.erase(it);
    if (list_empty(&contact->options))
      continue;
    ++it;
  }
}

struct Node {
  bool isDirectory();
  bool waitsForLock();
  const std::string &path() const;
};
struct Cache {
  std::map<std::string, Node *> children;
  bool nameOfChildHasLock(const std::string &path, std::string &name);
  bool fetchChildHasLock(const std::string &path, std::string &name);

  void bad_other_branches_step() {
    for (auto it = children.begin(); it != children.end();) {
      std::string name;
      if (!nameOfChildHasLock(it->second->path(), name)) {
        continue;
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: nothing has changed when this 'continue' is reached
      }
      if (it->second->isDirectory()) {
        it = children.erase(it);
        continue;
      }
      ++it;
    }
  }

  // What comes from elsewhere, may be there the next time.
  void good_fetches() {
    for (auto it = children.begin(); it != children.end();) {
      std::string name;
      if (!fetchChildHasLock(it->second->path(), name))
        continue;
      ++it;
    }
  }

  void good_waits() {
    for (auto it = children.begin(); it != children.end();) {
      if (it->second->waitsForLock())
        continue;
      ++it;
    }
  }

  void good_steps_first() {
    for (auto it = children.begin(); it != children.end();) {
      Node *node = it->second;
      ++it;
      if (node->isDirectory())
        continue;
      refresh(nullptr);
    }
  }
};

// Not about the item.
void good_other(Contact *contact, Contact *other) {
  while (contact) {
    if (list_empty(&other->options))
      continue;
    add(contact, 1);
    contact = contact->next;
  }
}
