// Qt Concurrent carries what is thrown to the future; a QThread doesn't.
//
// REQUIRES: package-qt6-base-dev
// RUN: %check_leaks %s leak-thread-exception-escape -- %qt6

#include <QThread>
#include <QtConcurrent/QtConcurrentRun>
#include <stdexcept>

bool ready();
void receive() {
  if (!ready())
    throw std::runtime_error("lost");
}

class BadWorker : public QThread {
protected:
  void run() override {
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'runtime_error' can leave 'run', which this thread runs; nothing can catch it there, so the process is terminated [leak-thread-exception-escape]
    receive();
  }
};

void goodConcurrent() {
  QFuture<void> f = QtConcurrent::run([] { receive(); });
  f.waitForFinished();
}
void goodDropped() { (void)QtConcurrent::run([] { receive(); }); }
