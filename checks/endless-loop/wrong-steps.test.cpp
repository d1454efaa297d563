// Steps by another variable, and replacements that are found again.
//
// RUN: %check_leaks %s leak-endless-loop

#include <string>

struct Item {
  Item *next;
  int kind;
};
bool ask(int kind);
void take(Item *item);

Item *bad_other(Item *item, Item *all) {
  Item *other;
  for (other = all; other; other = item->next) {
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: this gives 'other' the same in each turn, since nothing in the loop moves 'item' on; it goes round for ever [leak-endless-loop]
    if (other == item)
      continue;
    if (other->kind == item->kind && ask(other->kind))
      break;
  }
  return other;
}

bool hasKind(Item *item);

Item *bad_asked(Item *item, Item *all) {
  Item *other;
  for (other = all; other; other = item->next) {
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: this gives 'other' the same in each turn
    if (other != item && hasKind(other))
      break;
  }
  return other;
}

Item *good_other(Item *item, Item *all) {
  Item *other;
  for (other = all; other; other = other->next) {
    if (other == item)
      continue;
    if (other->kind == item->kind && ask(other->kind))
      break;
  }
  return other;
}

void good_both(Item *last) {
  for (Item *item = last; item; item = last->next) {
    ask(item->kind);
    last = item;
  }
}

// The first is taken away each time.
void good_taken(Item *head) {
  for (Item *item = head->next; item; item = head->next)
    take(item);
}

bool removeFrom(Item *head, Item *item);
void good_removed(Item *head) {
  for (Item *item = head->next; item; item = head->next)
    if (!removeFrom(head, item))
      return;
}

void good_unlinked(Item *head) {
  for (Item *item = head->next; item; item = head->next)
    head->next = item->next;
}

void bad_doubled(std::string text) {
  size_t at = 0;
  while ((at = text.find("'", at)) != std::string::npos)
    text.replace(at, 1, "\\'");
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this puts "'" into 'text' again, where the search goes on; it is found for ever [leak-endless-loop]
}

void bad_first(std::string text) {
  size_t at;
  while ((at = text.find("\n")) != std::string::npos) {
    text.replace(at, 1, "\r\n");
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this puts "\n" into 'text' again, where the search goes on; it is found for ever [leak-endless-loop]
  }
}

void good_doubled(std::string text) {
  size_t at = 0;
  while ((at = text.find("'", at)) != std::string::npos) {
    text.replace(at, 1, "\\'");
    at += 2;
  }
}

void good_shrinks(std::string text) {
  size_t at = 0;
  while ((at = text.find("  ", at)) != std::string::npos)
    text.replace(at, 2, " ");
}
