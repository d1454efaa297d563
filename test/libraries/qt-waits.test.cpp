// Qt: locks, conditions, timers, event loops and sockets that versions 5 and 6 have in common, from the real headers.
//
// REQUIRES: package-qt6-base-dev
// REQUIRES: package-qtbase5-dev
// RUN: %check_roles %s -std=c++17 -- %qt6
// RUN: %check_roles %s -std=c++17 -- %qt5
// clang-format off

#include <QBasicTimer>
#include <QCoreApplication>
#include <QEventLoop>
#include <QLocalServer>
#include <QLocalSocket>
#include <QLockFile>
#include <QMutex>
#include <QNetworkAccessManager>
#include <QNetworkRequest>
#include <QReadWriteLock>
#include <QSemaphore>
#include <QSslSocket>
#include <QSystemSemaphore>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>
#include <QWaitCondition>

void work();
bool ready();

// Semaphores

void goodSemaphore(QSemaphore &Free) {
  Free.acquire(2); // ROLE: QSemaphore acquire
  if (Free.tryAcquire()) // ROLE: QSemaphore try-acquire
    Free.release(); // ROLE: QSemaphore release
  if (Free.tryAcquire(1, 100)) // ROLE: QSemaphore try-acquire
    Free.release(1); // ROLE: QSemaphore release
  Free.release(2); // ROLE: QSemaphore release
}

void badSemaphore(QSemaphore &Free) {
  Free.acquire(); // ROLE: QSemaphore acquire
  if (!ready())
    return;
  Free.release(); // ROLE: QSemaphore release
}

void goodReleaser(QSemaphore &Free) {
  Free.acquire(); // ROLE: QSemaphore acquire
  QSemaphoreReleaser Releaser(Free); // ROLE: QSemaphoreReleaser escape
  work();
}

void badReleaser(QSemaphore &Free) {
  Free.acquire(); // ROLE: QSemaphore acquire
  QSemaphoreReleaser Releaser(Free); // ROLE: QSemaphoreReleaser escape
  Releaser.cancel(); // ROLE: QSemaphoreReleaser give-up
}

void goodSystemSemaphore(QSystemSemaphore &Free) {
  if (Free.acquire()) // ROLE: QSystemSemaphore acquire
    Free.release(); // ROLE: QSystemSemaphore release
}

void badSystemSemaphore(QSystemSemaphore &Free) {
  if (Free.acquire() && ready()) // ROLE: QSystemSemaphore acquire
    Free.release(); // ROLE: QSystemSemaphore release
}

void goodLockFile(QLockFile &File) {
  if (!File.tryLock(100)) // ROLE: QLockFile try-acquire
    return;
  File.unlock(); // ROLE: QLockFile release
}

void badLockFile(QLockFile &File) {
  File.lock(); // ROLE: QLockFile acquire
  if (ready())
    File.unlock(); // ROLE: QLockFile release
}

// Mutexes

void goodMutex(QMutex &M) {
  M.lock(); // ROLE: QMutex acquire
  M.unlock(); // ROLE: QMutex release
  if (M.tryLock()) // ROLE: QMutex try-acquire
    M.unlock(); // ROLE: QMutex release
  if (M.tryLock(100)) // ROLE: QMutex try-acquire
    M.unlock(); // ROLE: QMutex release
}

void badMutex(QMutex &M) {
  M.lock(); // ROLE: QMutex acquire
  if (!ready())
    return;
  M.unlock(); // ROLE: QMutex release
}

void goodRecursiveMutex(QRecursiveMutex &M) {
  M.lock(); // ROLE: QRecursiveMutex acquire
  M.lock(); // ROLE: QRecursiveMutex acquire
  M.unlock(); // ROLE: QRecursiveMutex release
  M.unlock(); // ROLE: QRecursiveMutex release
}

void badRecursiveMutex(QRecursiveMutex &M) {
  M.lock(); // ROLE: QRecursiveMutex acquire
  if (M.try_lock()) // ROLE: QRecursiveMutex try-acquire
    M.unlock(); // ROLE: QRecursiveMutex release
}

void goodBasicMutex(QBasicMutex &M) {
  M.lock(); // ROLE: QBasicMutex acquire
  M.unlock(); // ROLE: QBasicMutex release
}

void badBasicMutex(QBasicMutex &M) {
  if (M.tryLock() && ready()) // ROLE: QBasicMutex try-acquire
    M.unlock(); // ROLE: QBasicMutex release
}

void goodReadWriteLock(QReadWriteLock &L) {
  L.lockForRead(); // ROLE: QReadWriteLock acquire
  L.unlock(); // ROLE: QReadWriteLock release
  if (L.tryLockForWrite(100)) // ROLE: QReadWriteLock try-acquire
    L.unlock(); // ROLE: QReadWriteLock release
}

void badReadWriteLock(QReadWriteLock &L) {
  L.lockForWrite(); // ROLE: QReadWriteLock acquire
  if (L.tryLockForRead()) // ROLE: QReadWriteLock try-acquire
    work();
}

void goodLockers(QMutex &M, QReadWriteLock &L) {
  QMutexLocker Held(&M); // ROLE: QMutexLocker acquire
  Held.unlock(); // ROLE: QMutexLocker release
  Held.relock(); // ROLE: QMutexLocker acquire
  QReadLocker Reading(&L); // ROLE: QReadLocker acquire
  Reading.unlock(); // ROLE: QReadLocker release
  QWriteLocker Writing(&L); // ROLE: QWriteLocker acquire
}

// The permit is given back twice.
void badLockers(QMutex &M, QReadWriteLock &L) {
  QMutexLocker Held(&M); // ROLE: QMutexLocker acquire
  M.unlock(); // ROLE: QMutex release
  QReadLocker Reading(&L); // ROLE: QReadLocker acquire
  Reading.readWriteLock()->unlock(); // ROLE: QReadWriteLock release
  QWriteLocker Writing(&L); // ROLE: QWriteLocker acquire
  Writing.relock(); // ROLE: QWriteLocker acquire
}

// Conditions

void goodCondition(QMutex &M, QWaitCondition &Filled, const bool &Done) {
  QMutexLocker Held(&M); // ROLE: QMutexLocker acquire
  while (!Done)
    Filled.wait(&M); // ROLE: QWaitCondition wait
  Filled.wakeAll(); // ROLE: QWaitCondition notify-all
}

void badCondition(QReadWriteLock &L, QWaitCondition &Filled) {
  QReadLocker Held(&L); // ROLE: QReadLocker acquire
  if (Filled.wait(&L, 100)) // ROLE: QWaitCondition try-wait
    Filled.wakeOne(); // ROLE: QWaitCondition notify-one
  Filled.wait(&L); // ROLE: QWaitCondition wait
  Filled.notify_one(); // ROLE: QWaitCondition notify-one
  Filled.notify_all(); // ROLE: QWaitCondition notify-all
}

// Timers

class GoodTimer : public QObject {
public:
  GoodTimer() {
    QObject::connect(&Timer, &QTimer::timeout, this, [] { work(); }); // ROLE: QObject::connect escape
    Timer.setInterval(100);
    Timer.start(); // ROLE: QTimer arm
    Basic.start(100, this); // ROLE: QBasicTimer arm
  }
  ~GoodTimer() override {
    Timer.stop(); // ROLE: QTimer disarm
    Basic.stop(); // ROLE: QBasicTimer disarm
  }

private:
  QTimer Timer;
  QBasicTimer Basic;
};

// Both are gone before they fire.
void badTimer(QObject &Object) {
  QTimer Timer;
  Timer.start(1000); // ROLE: QTimer arm
  QBasicTimer Basic;
  Basic.start(1000, &Object); // ROLE: QBasicTimer arm
}

// What the callable refers to may be gone when the timer fires.
void badSingleShot(QObject &Object) {
  int Local = 0;
  QTimer::singleShot(1000, [&Local] { ++Local; }); // ROLE: QTimer arm
  QTimer::singleShot(1000, &Object, [] { work(); }); // ROLE: QTimer arm
}

// Event loops

int goodLoop(QTimer &Timer) {
  QEventLoop Loop;
  QObject::connect(&Timer, &QTimer::timeout, &Loop, &QEventLoop::quit); // ROLE: QObject::connect escape
  Timer.start(1000); // ROLE: QTimer arm
  return Loop.exec(); // ROLE: QEventLoop wait
}

// Nobody ends it.
int badLoop() {
  QEventLoop Loop;
  return Loop.exec(); // ROLE: QEventLoop wait
}

void endLoop(QEventLoop &Loop) {
  Loop.processEvents();
  Loop.quit(); // ROLE: QEventLoop request-stop
  Loop.exit(1); // ROLE: QEventLoop request-stop
  QCoreApplication::quit(); // ROLE: QCoreApplication request-stop
}

int goodApplication(int Count, char **Words) {
  QCoreApplication App(Count, Words);
  QTimer::singleShot(0, &App, [] { QCoreApplication::exit(0); }); // ROLE: QTimer arm, QCoreApplication request-stop
  return App.exec(); // ROLE: QCoreApplication block
}

// Sockets

void goodSocket(QIODevice &Device) {
  QTcpSocket Socket;
  Socket.connectToHost("localhost", 80);
  if (!Socket.waitForConnected(1000)) // ROLE: QTcpSocket block
    return;
  Socket.write("GET /");
  Socket.waitForBytesWritten(); // ROLE: QTcpSocket block
  Socket.disconnectFromHost(); // ROLE: QTcpSocket close
  Device.waitForReadyRead(1000); // ROLE: QIODevice block
  Device.close(); // ROLE: QIODevice close
}

void badSocket(QAbstractSocket &Socket, QSslSocket &Secure, QLocalSocket &Local, QIODevice &Device) {
  Socket.waitForDisconnected(-1); // ROLE: QAbstractSocket block
  Secure.waitForEncrypted(-1); // ROLE: QSslSocket block
  Local.waitForReadyRead(-1); // ROLE: QLocalSocket block
  Device.waitForBytesWritten(-1); // ROLE: QIODevice block
}

void goodSecureAndLocal(QSslSocket &Secure, QLocalSocket &Local) {
  if (Secure.waitForEncrypted(1000)) // ROLE: QSslSocket block
    Secure.close(); // ROLE: QSslSocket close
  if (Local.waitForConnected(1000)) // ROLE: QLocalSocket block
    Local.abort(); // ROLE: QLocalSocket close
}

void goodServer(QTcpServer &Server, QLocalServer &Local) {
  bool Late = false;
  if (Server.listen() && Server.waitForNewConnection(100, &Late)) // ROLE: QTcpServer block
    Server.close(); // ROLE: QTcpServer close
  if (Local.waitForNewConnection(100)) // ROLE: QLocalServer block
    Local.close(); // ROLE: QLocalServer close
}

void badServer(QTcpServer &Server, QLocalServer &Local) {
  Server.waitForNewConnection(-1); // ROLE: QTcpServer block
  Local.waitForNewConnection(-1); // ROLE: QLocalServer block
}

void goodRequest(QNetworkAccessManager &Network, QNetworkRequest &Request) {
  Network.setTransferTimeout(5000); // ROLE: QNetworkAccessManager set-deadline
  Request.setTransferTimeout(5000); // ROLE: QNetworkRequest set-deadline
  Network.get(Request);
}

void badRequest(QNetworkAccessManager &Network, QNetworkRequest &Request) {
  Network.get(Request);
}
