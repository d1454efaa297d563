// Sockets of Qt that wait for an answer with an explicit "no limit".
//
// REQUIRES: package-qt6-base-dev
// RUN: %check_leaks %s leak-missing-deadline -- -std=c++17 %qt6

#include <QLocalSocket>
#include <QProcess>
#include <QTcpSocket>

void use(const QByteArray &);

QByteArray badAsk() {
  QTcpSocket socket;
  socket.connectToHost("db", 5000);
  socket.write("status\n");
  if (!socket.waitForReadyRead(-1))
    return {};
  // CHECK-MESSAGES: :[[@LINE-2]]:15: warning: 'socket' is given no deadline; 'waitForReadyRead' waits for ever when the other side doesn't answer [leak-missing-deadline]
  // CHECK-FIXES: if (!socket.waitForReadyRead(30000))
  return socket.readAll();
}

class BadClient {
public:
  BadClient() { socket.connectToServer("daemon"); }
  QByteArray ask() {
    socket.write("status\n");
    socket.waitForReadyRead(-1);
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'socket' is given no deadline
    // CHECK-FIXES: socket.waitForReadyRead(30000);
    return socket.readAll();
  }

private:
  QLocalSocket socket;
};

// Thirty seconds.
QByteArray goodDefault() {
  QTcpSocket socket;
  socket.connectToHost("db", 5000);
  socket.write("status\n");
  socket.waitForReadyRead();
  return socket.readAll();
}

QByteArray goodTime() {
  QTcpSocket socket;
  socket.connectToHost("db", 5000);
  socket.write("status\n");
  socket.waitForReadyRead(5000);
  return socket.readAll();
}

// The system ends it.
bool goodConnect() {
  QTcpSocket socket;
  socket.connectToHost("db", 5000);
  return socket.waitForConnected(-1);
}

// Serves: its peer speaks when it wants.
void goodServer(qintptr number) {
  QTcpSocket socket;
  socket.setSocketDescriptor(number);
  socket.write("hello\n");
  socket.waitForReadyRead(-1);
}

// Listens to what comes from time to time.
void goodEvents() {
  QTcpSocket socket;
  socket.connectToHost("db", 5000);
  socket.write("subscribe\n");
  while (socket.waitForReadyRead(-1))
    use(socket.readAll());
}
void goodFeed() {
  QTcpSocket socket;
  socket.connectToHost("db", 5000);
  socket.waitForReadyRead(-1);
}

void goodParameter(QTcpSocket &socket) {
  socket.write("status\n");
  socket.waitForReadyRead(-1);
}

// Another one may abort it.
void watch(QTcpSocket *);
void goodWatched() {
  QTcpSocket socket;
  watch(&socket);
  socket.connectToHost("db", 5000);
  socket.write("status\n");
  socket.waitForReadyRead(-1);
}

// A process may take as long as its work does.
void goodProcess() {
  QProcess process;
  process.start("make", {});
  process.waitForFinished(-1);
}
