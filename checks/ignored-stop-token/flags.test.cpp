// The project's own stop flags, and what a thread does between two looks.
//
// RUN: %check_leaks %s leak-ignored-stop-token -- -std=c++20

#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

bool tryConnect();
bool isReady(int);
void work();
void handle(int);

// A loop that tries again and again.

class BadRetry {
public:
  void start() { thread_ = std::thread(&BadRetry::run, this); }
  ~BadRetry() {
    stop_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!stop_) {
      while (!tryConnect())
        // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this loop tries again and again without a look at 'stop_', which ends the loop around it; as long as it fails, the join never returns
        std::this_thread::sleep_for(std::chrono::seconds(1));
      work();
    }
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class GoodRetry {
public:
  void start() { thread_ = std::thread(&GoodRetry::run, this); }
  ~GoodRetry() {
    stop_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!stop_) {
      while (!stop_ && !tryConnect())
        std::this_thread::sleep_for(std::chrono::seconds(1));
      work();
    }
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// In a function that the thread calls.
class BadRetryInCallee {
public:
  void start() {
    running_ = true;
    thread_ = std::thread([this] { run(); });
  }
  void stop() {
    running_ = false;
    if (thread_.joinable())
      thread_.join();
  }

private:
  void connect() {
    for (;;) {
      // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this loop tries again and again without a look at 'running_'
      if (tryConnect())
        return;
      sleep(1);
    }
  }
  void run() {
    while (running_) {
      connect();
      work();
    }
  }
  std::atomic<bool> running_{false};
  std::thread thread_;
};

class GoodRetryAsksInCallee {
public:
  void start() { thread_ = std::thread([this] { run(); }); }
  void stop() {
    running_ = false;
    thread_.join();
  }

private:
  bool goOn() const { return running_; }
  void connect() {
    while (goOn()) {
      if (tryConnect())
        return;
      sleep(1);
    }
  }
  void run() {
    while (running_) {
      connect();
      work();
    }
  }
  std::atomic<bool> running_{true};
  std::thread thread_;
};

class GoodBounded {
public:
  void start() { thread_ = std::thread(&GoodBounded::run, this); }
  ~GoodBounded() {
    stop_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!stop_) {
      for (int i = 0; i < 5 && !tryConnect(); ++i)
        sleep(1);
      int n = 0;
      while (!tryConnect() && n++ < 5)
        sleep(1);
      auto until = std::chrono::steady_clock::now() + std::chrono::seconds(5);
      while (!tryConnect() && std::chrono::steady_clock::now() < until)
        sleep(1);
      // Once more only when it was interrupted.
      while (true) {
        if (!tryConnect() && errno == EINTR) {
          usleep(10);
          continue;
        }
        break;
      }
      work();
    }
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// What it waits for changes with the stop, or by another thread.
class GoodOtherFlag {
public:
  void start() { thread_ = std::thread(&GoodOtherFlag::run, this); }
  ~GoodOtherFlag() {
    stop_ = true;
    ready_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!stop_) {
      while (!ready_)
        sleep(1);
      work();
    }
  }
  std::atomic<bool> stop_{false}, ready_{false};
  std::thread thread_;
};

class GoodCalleeUnseen {
public:
  void start() { thread_ = std::thread(&GoodCalleeUnseen::run, this); }
  ~GoodCalleeUnseen() {
    stop_ = true;
    thread_.join();
  }

private:
  bool connectOrStop();
  void run() {
    while (!stop_) {
      while (!connectOrStop())
        sleep(1);
      work();
    }
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class GoodNotJoined {
public:
  void start() { std::thread(&GoodNotJoined::run, this).detach(); }
  ~GoodNotJoined() { stop_ = true; }

private:
  void run() {
    while (!stop_) {
      while (!tryConnect())
        sleep(1);
      work();
    }
  }
  std::atomic<bool> stop_{false};
};

// Long sleeps.

class BadSleep {
public:
  void start() { thread_ = std::thread(&BadSleep::run, this); }
  void stop() {
    stop_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!stop_) {
      work();
      std::this_thread::sleep_for(std::chrono::minutes(5));
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this sleeps for 300 seconds between two looks at 'stop_'; the join takes as long
    }
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class BadSleepOfC {
public:
  void start() { thread_ = std::thread(&BadSleepOfC::run, this); }
  void stop() {
    stop_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!stop_) {
      work();
      sleep(60);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: this sleeps for 60 seconds between two looks at 'stop_'
    }
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class GoodShortSleep {
public:
  void start() { thread_ = std::thread(&GoodShortSleep::run, this); }
  void stop() {
    stop_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!stop_) {
      work();
      std::this_thread::sleep_for(std::chrono::milliseconds(500));
      usleep(100000);
      sleep(1);
    }
  }
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// The recommended mend.
class GoodWaitsWithTime {
public:
  void start() { thread_ = std::thread(&GoodWaitsWithTime::run, this); }
  void stop() {
    {
      std::lock_guard<std::mutex> lock(mutex_);
      stop_ = true;
    }
    cv_.notify_all();
    thread_.join();
  }

private:
  void run() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (!stop_) {
      work();
      cv_.wait_for(lock, std::chrono::minutes(5), [this] { return stop_; });
    }
  }
  std::mutex mutex_;
  std::condition_variable cv_;
  bool stop_ = false;
  std::thread thread_;
};

// Blocking calls.

class BadServer {
public:
  void start() {
    socket_ = socket(AF_INET, SOCK_STREAM, 0);
    thread_ = std::thread(&BadServer::run, this);
  }
  ~BadServer() {
    stop_ = true;
    thread_.join();
    close(socket_);
  }

private:
  void run() {
    while (!stop_) {
      int client = accept(socket_, nullptr, nullptr);
      // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: this call may wait for ever between two looks at 'stop_', and nothing wakes it before the join, which never returns
      handle(client);
    }
  }
  int socket_ = -1;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class GoodServerShutsDown {
public:
  void start() {
    socket_ = socket(AF_INET, SOCK_STREAM, 0);
    thread_ = std::thread(&GoodServerShutsDown::run, this);
  }
  ~GoodServerShutsDown() {
    stop_ = true;
    shutdown(socket_, SHUT_RDWR);
    thread_.join();
    close(socket_);
  }

private:
  void run() {
    while (!stop_) {
      int client = accept(socket_, nullptr, nullptr);
      handle(client);
    }
  }
  int socket_ = -1;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class GoodServerElsewhere {
public:
  void start(int socket) {
    socket_ = socket;
    thread_ = std::thread(&GoodServerElsewhere::run, this);
  }
  ~GoodServerElsewhere() {
    stop_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!stop_) {
      int client = accept(socket_, nullptr, nullptr);
      handle(client);
    }
  }
  int socket_ = -1;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class GoodServerNonBlocking {
public:
  void start() {
    socket_ = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    thread_ = std::thread(&GoodServerNonBlocking::run, this);
  }
  ~GoodServerNonBlocking() {
    stop_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!stop_) {
      int client = accept(socket_, nullptr, nullptr);
      handle(client);
    }
  }
  int socket_ = -1;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

void wakeThem();
class GoodServerWoken {
public:
  void start() {
    socket_ = socket(AF_INET, SOCK_STREAM, 0);
    thread_ = std::thread(&GoodServerWoken::run, this);
  }
  ~GoodServerWoken() {
    stop_ = true;
    wakeThem();
    thread_.join();
  }

private:
  void run() {
    while (!stop_) {
      int client = accept(socket_, nullptr, nullptr);
      handle(client);
    }
  }
  int socket_ = -1;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// One of two threads doesn't look.

class BadSibling {
public:
  void start() {
    reader_ = std::thread(&BadSibling::read, this);
    writer_ = std::thread(&BadSibling::write, this);
  }
  void stop() {
    stop_ = true;
    reader_.join();
    writer_.join();
  }

private:
  void read() {
    while (!stop_) {
      work();
      usleep(1000);
    }
  }
  void write() {
    while (true) {
      // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this loop has no end, and the thread is joined; another thread that is joined here looks at 'stop_', this one doesn't
      work();
      usleep(1000);
    }
  }
  std::atomic<bool> stop_{false};
  std::thread reader_, writer_;
};

class GoodSibling {
public:
  void start() {
    reader_ = std::thread(&GoodSibling::read, this);
    writer_ = std::thread(&GoodSibling::write, this);
  }
  void stop() {
    stop_ = true;
    reader_.join();
    writer_.join();
  }

private:
  void read() {
    while (!stop_)
      usleep(1000);
  }
  void write() {
    while (true) {
      if (stop_)
        break;
      usleep(1000);
    }
  }
  std::atomic<bool> stop_{false};
  std::thread reader_, writer_;
};

// A constant that is no signed number of 64 bits.
class GoodHugeConstant {
public:
  void start() {
    limit_ = 0xffffffffffffffffULL;
    thread_ = std::thread(&GoodHugeConstant::run, this);
  }
  void stop() {
    stop_ = true;
    thread_.join();
  }

private:
  void run() {
    while (!stop_)
      usleep(1000);
  }
  unsigned long long limit_ = 0;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};
