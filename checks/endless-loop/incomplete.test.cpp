// A unit with an error: Clang can't say what destroys the members.
//
// RUN: %check_leaks %s leak-endless-loop

struct Node {
  Node *next;
  bool used;
};

void drop(Node *node);

class Cache {
public:
  ~Cache();

private:
  Lock lock_;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: error: unknown type name 'Lock' [clang-diagnostic-error]
  class Table table_;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: error: field has incomplete type 'class Table' [clang-diagnostic-error]
  Node *first_;
};

Cache::~Cache() {
  Node *node = first_;
  while (node) {
    if (!node->used)
      continue;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: nothing has changed when this 'continue' is reached: it skips what moves 'node' on, and the loop takes the same way again for ever [leak-endless-loop]
    drop(node);
    node = node->next;
  }
}
