// Qt: threads, pools, futures, processes and containers that versions 5 and 6 have in common, from the real headers.
//
// REQUIRES: package-qt6-base-dev
// REQUIRES: package-qtbase5-dev
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/qt.yaml -- -std=c++17 %qt6
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/qt.yaml -- -std=c++17 %qt5
// RUN: %check_roles %s -std=c++17 -- %qt6
// RUN: %check_roles %s -std=c++17 -- %qt5
// RUN: %check_leaks %s leak-unjoined-thread -std=c++17 -- %qt6
// RUN: %check_leaks %s leak-unjoined-thread -std=c++17 -- %qt5
// clang-format off

#include <QCoreApplication>
#include <QFuture>
#include <QFutureSynchronizer>
#include <QFutureWatcher>
#include <QHash>
#include <QList>
#include <QMap>
#include <QMultiHash>
#include <QProcess>
#include <QQueue>
#include <QRunnable>
#include <QScopedPointer>
#include <QSet>
#include <QSharedPointer>
#include <QStack>
#include <QThread>
#include <QThreadPool>
#include <QVarLengthArray>
#include <QtConcurrent/QtConcurrent>

void work();
int compute();
bool ready();

// QThread: a running one ends the process when it is destroyed.

void badThread() {
  QThread Worker;
  Worker.start(); // ROLE: QThread start
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'Worker' is still joinable when it goes out of scope on this path; {{.*}} [leak-unjoined-thread]
  if (!ready())
    return;
  Worker.quit(); // ROLE: QThread request-stop
  Worker.wait(); // ROLE: QThread join
}

void goodThread(QObject &Object) {
  QThread Worker;
  QObject::connect(&Worker, &QThread::finished, &Object, &QObject::deleteLater); // ROLE: QObject::connect escape
  Worker.setObjectName("worker");
  Worker.start(QThread::LowPriority); // ROLE: QThread start
  Worker.requestInterruption(); // ROLE: QThread request-stop
  Worker.exit(1); // ROLE: QThread request-stop
  Worker.wait(); // ROLE: QThread join
}

void goodThreadWaitedForTwice() {
  QThread Worker;
  Worker.start(); // ROLE: QThread start
  if (Worker.isRunning()) // ROLE: QThread test-live
    Worker.wait(); // ROLE: QThread join
  Worker.wait(); // ROLE: QThread join
}

void goodThreadForced() {
  QThread Worker;
  Worker.start(); // ROLE: QThread start
  if (Worker.wait(1000)) // ROLE: QThread try-join
    return;
  Worker.terminate(); // ROLE: QThread cancel
  Worker.wait(); // ROLE: QThread join
}

class BadMember {
public:
  void start() { Worker.start(); } // ROLE: QThread start

private:
  QThread Worker;
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'Worker' may still be joinable when 'BadMember' is destroyed; {{.*}} [leak-unjoined-thread]
};

class GoodMember {
public:
  ~GoodMember() {
    Worker.quit(); // ROLE: QThread request-stop
    Worker.wait(); // ROLE: QThread join
  }
  void start() { Worker.start(); } // ROLE: QThread start

private:
  QThread Worker;
};

void badScoped() {
  QScopedPointer<QThread> Worker(new QThread);
  Worker->start(); // ROLE: QThread start
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the thread is still joinable when it goes out of scope on this path; {{.*}} [leak-unjoined-thread]
}

void goodScoped() {
  QScopedPointer<QThread> Worker(new QThread);
  Worker->start(); // ROLE: QThread start
  Worker->wait(); // ROLE: QThread join
}

class Reader : public QThread {
public:
  ~Reader() override {
    requestInterruption(); // ROLE: QThread request-stop
    wait(); // ROLE: QThread join
  }

protected:
  void run() override {
    while (!isInterruptionRequested()) // ROLE: QThread poll-stop
      msleep(10); // ROLE: QThread sleep
    exec(); // ROLE: QThread block
  }
};

void goodSubclass() {
  Reader R;
  R.start(); // ROLE: QThread start
}

class Careless : public QThread {
protected:
  void run() override {
    while (true)
      QThread::usleep(10); // ROLE: QThread sleep
  }
};

void badSubclass() {
  Careless C;
  C.start(); // ROLE: QThread start
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'C' is still joinable when it goes out of scope on this path; {{.*}} [leak-unjoined-thread]
  QThread::sleep(1); // ROLE: QThread sleep
}

// Nobody waits, and the object goes when the thread is finished.
void goodCreated() {
  QThread *Worker = QThread::create(work); // ROLE: QThread escape
  QObject::connect(Worker, &QThread::finished, Worker, &QObject::deleteLater); // ROLE: QObject::connect escape
  Worker->start(); // ROLE: QThread start
}

void badCreated() {
  QThread *Worker = QThread::create(work); // ROLE: QThread escape
  Worker->start(); // ROLE: QThread start
}

// QThreadPool and QRunnable: the destructor of a pool waits.

class Job : public QRunnable {
public:
  void run() override { work(); }
};

void goodPool(QThreadPool &Shared) {
  QThreadPool Pool;
  Pool.start(new Job); // ROLE: QThreadPool start
  Pool.start([] { work(); }); // ROLE: QThreadPool start
  if (!Pool.tryStart(QRunnable::create(work))) // ROLE: QThreadPool start
    Pool.clear(); // ROLE: QThreadPool clear
  Pool.waitForDone(); // ROLE: QThreadPool join
  Shared.waitForDone(100); // ROLE: QThreadPool try-join
}

// The job never ends, so the destructor of the pool doesn't either.
void badPool() {
  QThreadPool Pool;
  Pool.start([] { // ROLE: QThreadPool start
    while (true)
      work();
  });
}

void goodRunHere(QRunnable &R) {
  R.setAutoDelete(false);
  R.run(); // ROLE: QRunnable apply
}

void badRunnable() {
  QRunnable *Forgotten = QRunnable::create(work);
  Forgotten->setAutoDelete(true);
}

// QFuture and its like

int goodFuture() {
  QFuture<int> Result = QtConcurrent::run(compute); // ROLE: QtConcurrent::run start
  Result.waitForFinished(); // ROLE: QFuture join
  return Result.result(); // ROLE: QFuture join
}

// An execution that nobody will ever wait for, with a reference to a local.
void badFuture() {
  int Local = 0;
  QFuture<void> Result = QtConcurrent::run([&Local] { ++Local; }); // ROLE: QtConcurrent::run start
  if (!ready()) {
    Result.cancel(); // ROLE: QFuture request-stop
    return;
  }
  if (Result.isRunning()) // ROLE: QFuture test-live
    Result.waitForFinished(); // ROLE: QFuture join
}

int goodFutureResults(QFuture<int> &Result) {
  QList<int> All = Result.results(); // ROLE: QFuture join
  return Result.resultAt(0) + int(All.size()); // ROLE: QFuture wait
}

void goodWatcher(QObject &Object) {
  QFutureWatcher<int> Watcher;
  QObject::connect(&Watcher, SIGNAL(finished()), &Object, SLOT(deleteLater())); // ROLE: QObject::connect escape
  Watcher.setFuture(QtConcurrent::run(compute)); // ROLE: QtConcurrent::run start
  if (Watcher.isRunning()) // ROLE: QFutureWatcher test-live
    Watcher.cancel(); // ROLE: QFutureWatcher request-stop
  Watcher.waitForFinished(); // ROLE: QFutureWatcher join
  Watcher.future().waitForFinished(); // ROLE: QFuture join
}

// The watcher goes before it can tell anybody.
void badWatcher() {
  QFutureWatcher<int> Watcher;
  Watcher.setFuture(QtConcurrent::run(compute)); // ROLE: QtConcurrent::run start
}

int watched(QFutureWatcher<int> &Watcher) {
  return Watcher.result() + Watcher.resultAt(1); // ROLE: QFutureWatcher join, QFutureWatcher wait
}

void goodSynchronizer() {
  QFutureSynchronizer<int> All;
  All.addFuture(QtConcurrent::run(compute)); // ROLE: QtConcurrent::run start, QFutureSynchronizer insert
  All.waitForFinished(); // ROLE: QFutureSynchronizer join
}

// The futures are dropped, not waited for.
void badSynchronizer() {
  QFutureSynchronizer<int> All;
  All.addFuture(QtConcurrent::run(compute)); // ROLE: QtConcurrent::run start, QFutureSynchronizer insert
  All.clearFutures(); // ROLE: QFutureSynchronizer clear
}

int twice(const int &N) { return 2 * N; }
bool even(const int &N) { return N % 2 == 0; }
void add(int &Sum, const int &N) { Sum += N; }

void goodMapped(QList<int> &Numbers) {
  QtConcurrent::mapped(Numbers, twice).waitForFinished(); // ROLE: QtConcurrent::mapped start, QFuture join
  QtConcurrent::filter(Numbers, even).waitForFinished(); // ROLE: QtConcurrent::filter start, QFuture join
  QtConcurrent::filtered(Numbers, even).waitForFinished(); // ROLE: QtConcurrent::filtered start, QFuture join
  QtConcurrent::mappedReduced<int>(Numbers, twice, add).waitForFinished(); // ROLE: QtConcurrent::mappedReduced start, QFuture join
  QtConcurrent::blockingMap(Numbers, [](int &N) { ++N; }); // ROLE: QtConcurrent::blockingMap apply
  Numbers = QtConcurrent::blockingFiltered(Numbers, even); // ROLE: QtConcurrent::blockingFiltered apply
}

// `Numbers` ends before those who change it.
void badMapped() {
  QList<int> Numbers = {1, 2, 3};
  QFuture<void> Done = QtConcurrent::map(Numbers, [](int &N) { ++N; }); // ROLE: QtConcurrent::map start
}

// QProcess: the destructor kills and waits, so that no handle leaks.

void goodProcess() {
  QProcess Child;
  Child.setProgram("make");
  Child.start("make", QStringList()); // ROLE: QProcess start
  if (!Child.waitForStarted()) // ROLE: QProcess block
    return;
  Child.write("input");
  Child.closeWriteChannel();
  if (!Child.waitForFinished(5000)) { // ROLE: QProcess try-join
    Child.terminate(); // ROLE: QProcess request-stop
    if (!Child.waitForFinished()) // ROLE: QProcess try-join
      Child.kill(); // ROLE: QProcess cancel
  }
}

// It is killed as soon as it runs.
void badProcess() {
  QProcess Child;
  Child.start("make", QStringList()); // ROLE: QProcess start
}

void badProcessUnbounded(QProcess &Child) {
  Child.waitForReadyRead(-1); // ROLE: QProcess block
  Child.close(); // ROLE: QProcess cancel
  QProcess::execute("make", QStringList()); // ROLE: QProcess block
  QProcess::startDetached("make", QStringList());
}

// The event loop ends, and so does the thread's handle.
int badApplication(int Count, char **Words) {
  QCoreApplication App(Count, Words);
  QThread Worker;
  Worker.start(); // ROLE: QThread start
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'Worker' is still joinable when it goes out of scope on this path; {{.*}} [leak-unjoined-thread]
  return QCoreApplication::exec(); // ROLE: QCoreApplication block
}

// Owners and containers

void goodShared() {
  auto Worker = QSharedPointer<QThread>::create(); // ROLE: QSharedPointer emplace
  QSharedPointer<QObject> Object = Worker.staticCast<QObject>(); // ROLE: QSharedPointer escape
  Worker->start(); // ROLE: QThread start
  Worker->wait(); // ROLE: QThread join
}

QThread *goodTaken() {
  QScopedPointer<QThread> Worker(new QThread);
  Worker.data()->start(); // ROLE: QThread start
  return Worker.take(); // ROLE: QScopedPointer give-up
}

void goodContainers(QList<QThread *> &List, QQueue<QThread *> &Queue, QStack<QThread *> &Stack) {
  List.append(new QThread); // ROLE: QList insert
  List << new QThread; // ROLE: QList insert
  for (QThread *Worker : List)
    Worker->wait(); // ROLE: QThread join
  List.takeFirst()->wait(); // ROLE: QList give-up, QThread join
  List.removeLast(); // ROLE: QList remove
  List.clear(); // ROLE: QList clear
  Queue.enqueue(new QThread); // ROLE: QQueue insert
  Queue.head()->wait(); // ROLE: QThread join
  delete Queue.dequeue(); // ROLE: QQueue give-up
  Stack.push(new QThread); // ROLE: QStack insert
  Stack.top()->wait(); // ROLE: QThread join
  delete Stack.pop(); // ROLE: QStack give-up
}

// Deleted while they run
void badContainers(QVarLengthArray<QThread *, 4> &Some, QSet<QThread *> &Set) {
  for (QThread *Worker : Some)
    Worker->start(); // ROLE: QThread start
  qDeleteAll(Some); // ROLE: qDeleteAll clear
  Some.clear(); // ROLE: QVarLengthArray clear
  Set.insert(new QThread); // ROLE: QSet insert
  Set.clear(); // ROLE: QSet clear
}

void goodByKey(QMap<int, QThread *> &Map, QHash<int, QThread *> &Hash) {
  Map.insert(1, new QThread); // ROLE: QMap insert
  Map[1]->wait(); // ROLE: QThread join
  delete Map.take(1); // ROLE: QMap give-up
  Hash.insert(1, new QThread); // ROLE: QHash insert
  Hash.value(1)->wait(); // ROLE: QThread join
  Hash.remove(1); // ROLE: QHash remove
}

void badByKey(QMultiMap<int, QThread *> &Map, QMultiHash<int, QThread *> &Hash) {
  Map.insert(1, new QThread); // ROLE: QMultiMap insert
  Map.clear(); // ROLE: QMultiMap clear
  Hash.insert(1, new QThread); // ROLE: QMultiHash insert
  Hash.clear(); // ROLE: QMultiHash clear
}

QThread *goodExchanged(QThread *&Worker) {
  return qExchange(Worker, nullptr); // ROLE: qExchange give-up
}
