// Qt 6: what Qt 5 hasn't, from the real headers.
//
// REQUIRES: package-qt6-base-dev
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/qt.yaml \
// RUN:   %repository/lib/models/qt6.yaml -- -std=c++17 %qt6
// RUN: %check_roles %s -std=c++17 -- %qt6
// clang-format off

#include <QFuture>
#include <QFutureWatcher>
#include <QList>
#include <QMutex>
#include <QPromise>
#include <QSemaphore>
#include <QThread>
#include <QThreadPool>
#include <QtConcurrent/QtConcurrent>
#include <chrono>

void work();
int compute();
bool ready();

// QPromise: one that goes unfinished cancels its future.

void goodPromise() {
  QPromise<int> Promise;
  QFuture<int> Result = Promise.future(); // ROLE: QPromise get-future
  Promise.start();
  if (!Promise.isCanceled()) // ROLE: QPromise poll-stop
    Promise.addResult(compute());
  Promise.finish(); // ROLE: QPromise fulfil
  Result.waitForFinished(); // ROLE: QFuture join
}

void goodPromiseFails(QPromise<int> &Promise) {
  Promise.setException(QException()); // ROLE: QPromise fail
  Promise.finish(); // ROLE: QPromise fulfil
}

// It waits for what only comes later.
void badPromise() {
  QPromise<int> Promise;
  Promise.start();
  QFuture<int> Result = Promise.future(); // ROLE: QPromise get-future
  Result.waitForFinished(); // ROLE: QFuture join
  Promise.finish(); // ROLE: QPromise fulfil
}

// Continuations

int goodContinued() {
  QFuture<int> Result = QtConcurrent::run(compute).then([](int N) { return 2 * N; }); // ROLE: QtConcurrent::run start, QFuture start
  QFuture<int> Sure = Result.onFailed([] { return 0; }).onCanceled([] { return 1; }); // ROLE: QFuture start, QFuture start
  return Sure.takeResult(); // ROLE: QFuture join
}

void badContinued() {
  int Local = 0;
  QFuture<void> Done = QtConcurrent::run(compute).then(QtFuture::Launch::Async, [&Local](int N) { Local = N; }); // ROLE: QtConcurrent::run start, QFuture start
  Done.suspend();
}

// QtConcurrent::task

void goodTask(QThreadPool &Pool) {
  QFuture<int> Result = QtConcurrent::task([](int N) { return N; }).withArguments(1).onThreadPool(Pool).spawn(); // ROLE: QtConcurrent::QTaskBuilder start
  Result.waitForFinished(); // ROLE: QFuture join
}

void badTask() {
  int Local = 0;
  QtConcurrent::task([&Local] { ++Local; }).spawn(QtConcurrent::FutureResult::Ignore); // ROLE: QtConcurrent::QTaskBuilder detach
}

// Names of their own

void goodReserved(QThreadPool &Pool) {
  Pool.reserveThread();
  Pool.startOnReservedThread([] { work(); }); // ROLE: QThreadPool start
}

void goodSemaphore(QSemaphore &Free) {
  using namespace std::chrono_literals;
  if (Free.try_acquire()) // ROLE: QSemaphore try-acquire
    Free.release(); // ROLE: QSemaphore release
  if (Free.try_acquire_for(1s)) // ROLE: QSemaphore try-acquire
    Free.release(); // ROLE: QSemaphore release
}

void badSemaphore(QSemaphore &Free) {
  using namespace std::chrono_literals;
  if (Free.try_acquire_until(std::chrono::steady_clock::now() + 1s)) // ROLE: QSemaphore try-acquire
    work();
}

void goodLocker(QMutex &M) {
  QMutexLocker<QMutex> Held(&M); // ROLE: QMutexLocker acquire
  if (Held.isLocked())
    Held.unlock(); // ROLE: QMutexLocker release
}

void goodList(QList<QThread *> &List) {
  List.emplaceBack(new QThread); // ROLE: QList insert
  List.back()->wait(); // ROLE: QThread join
  List.remove(0); // ROLE: QList remove
}

void badList(QList<QThread *> &List) {
  List.emplace_back(new QThread); // ROLE: QList insert
  List.back()->start(); // ROLE: QThread start
  List.resize(0); // ROLE: QList remove
}
