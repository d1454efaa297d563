// What moves a loop on may be a member of the object, and what is asked an
// element of it.
//
// RUN: %check_leaks %s leak-endless-loop -- -std=c++17

#include <atomic>
#include <cstdio>
#include <list>
#include <memory>
#include <mutex>
#include <queue>
#include <string>
#include <vector>

struct Job {
  int id;
  bool cancelled;
  std::atomic<bool> ready;
  bool isCancelled() const { return cancelled; }
};

struct Peer {
  bool alive;
  int misses;
};

void frame(const unsigned char *bytes, size_t size);

class Dispatcher {
public:
  void bad() {
    while (!pending.empty()) {
      const Job &job = *pending.front();
      if (job.isCancelled()) {
        std::printf("job %d was cancelled\n", job.id);
        continue;
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: nothing has changed when this 'continue' is reached: it skips what moves 'pending' on, and the loop takes the same way again for ever [leak-endless-loop]
      }
      execute(job);
      pending.pop();
    }
  }

  void good() {
    while (!pending.empty()) {
      const Job &job = *pending.front();
      if (job.isCancelled()) {
        pending.pop();
        continue;
      }
      execute(job);
      pending.pop();
    }
  }

  // Another thread makes it ready.
  void goodAwaited() {
    while (!pending.empty()) {
      const Job &job = *pending.front();
      if (!job.ready)
        continue;
      execute(job);
      pending.pop();
    }
  }

  // Others get at it in between.
  void goodLocked() {
    for (;;) {
      std::lock_guard<std::mutex> lock(mutex);
      if (pending.empty())
        return;
      if (pending.front()->isCancelled())
        continue;
      pending.pop();
    }
  }

  // What it calls may take it.
  void goodCalled() {
    while (!pending.empty()) {
      if (pending.front()->isCancelled()) {
        drop();
        continue;
      }
      pending.pop();
    }
  }

  // Nothing says that it is always to be taken.
  void goodBranch() {
    while (!pending.empty())
      if (pending.front()->isCancelled())
        pending.pop();
  }

private:
  void execute(const Job &job);
  void drop();
  std::mutex mutex;
  std::queue<std::shared_ptr<Job>> pending;
};

class Decoder {
public:
  void bad(const unsigned char *from, size_t size) {
    bytes.insert(bytes.end(), from, from + size);
    while (at + 4 <= bytes.size()) {
      if (bytes[at] != 0x7e) {
        continue;
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: nothing has changed when this 'continue' is reached: it skips what moves 'at' on, and the loop takes the same way again for ever [leak-endless-loop]
      }
      frame(&bytes[at], 4);
      at += 4;
    }
  }

  void good() {
    while (at + 4 <= bytes.size()) {
      if (bytes[at] != 0x7e) {
        ++at;
        continue;
      }
      frame(&bytes[at], 4);
      at += 4;
    }
  }

  // It gets shorter instead.
  void goodErased() {
    while (at + 4 <= bytes.size()) {
      if (bytes[at] != 0x7e) {
        bytes.erase(bytes.begin());
        continue;
      }
      at += 4;
    }
  }

  // A state that is set, and that others may set again.
  void goodState() {
    while (state != 0) {
      if (state == 1)
        continue;
      state = 0;
    }
  }

private:
  std::vector<unsigned char> bytes;
  size_t at = 0;
  int state = 1;
};

// What others bring about, by its name.
class Ring {
public:
  void good() {
    while (head != tail) {
      if (!slots[head].ready)
        continue;
      ++head;
    }
  }

private:
  struct Slot {
    bool ready;
  };
  Slot slots[16];
  unsigned head = 0, tail = 0;
};

class Peers {
public:
  void bad() {
    for (auto it = peers.begin(); it != peers.end();) {
      auto &peer = *it;
      if (!peer) {
        continue;
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: nothing has changed when this 'continue' is reached: it skips what moves 'it' on, and the loop takes the same way again for ever [leak-endless-loop]
      }
      if (peer->misses > 3)
        it = peers.erase(it);
      else
        ++it;
    }
  }

  void goodChanged() {
    for (auto it = peers.begin(); it != peers.end();) {
      auto &peer = *it;
      if (peer->misses < 3) {
        ++peer->misses;
        continue;
      }
      ++it;
    }
  }

private:
  std::list<std::shared_ptr<Peer>> peers;
};

struct Options {
  std::vector<std::string> files;
  std::vector<char *> rest;
};

void badFiles(int argc, char **argv, Options &options) {
  int i = 1;
  while (i < argc) {
    if (argv[i][0] != '-') {
      options.files.push_back(argv[i]);
      continue;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: nothing has changed when this 'continue' is reached: it skips what moves 'i' on, and the loop takes the same way again for ever [leak-endless-loop]
    }
    ++i;
  }
}

void goodFiles(Options &options) {
  while (!options.rest.empty()) {
    if (options.rest.back()[0] != '-') {
      options.rest.pop_back();
      continue;
    }
    options.files.push_back(options.rest.back());
    options.rest.pop_back();
  }
}

// What is returned isn't kept by others.
std::vector<std::string> badSplit(const std::string &text) {
  std::vector<std::string> parts;
  std::string part;
  size_t i = 0;
  while (i < text.size()) {
    if (text[i] == ' ') {
      parts.push_back(part);
      part.clear();
      continue;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: nothing has changed when this 'continue' is reached: it skips what moves 'i' on, and the loop takes the same way again for ever [leak-endless-loop]
    }
    part += text[i++];
  }
  parts.push_back(std::move(part));
  return parts;
}

std::vector<std::string> goodMoved(std::vector<std::string> from) {
  std::vector<std::string> all;
  size_t i = 0;
  while (i < from.size()) {
    if (!from[i].empty()) {
      all.push_back(std::move(from[i]));
      from[i].clear();
      continue;
    }
    ++i;
  }
  return all;
}
