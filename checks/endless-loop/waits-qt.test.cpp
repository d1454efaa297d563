// Waits for an answer that doesn't come any more: they fail at once when the
// other side has gone.
//
// REQUIRES: package-qt6-base-dev
// RUN: %check_leaks %s leak-endless-loop -- -std=c++17 %qt6

#include <QByteArray>
#include <QTcpSocket>

class Client {
public:
  QByteArray bad(int size) {
    while (socket.bytesAvailable() < size) {
      socket.waitForReadyRead(3000);
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'waitForReadyRead' returns 0 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    }
    return socket.read(size);
  }

  QByteArray badLine() {
    while (!socket.canReadLine())
      socket.waitForReadyRead();
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'waitForReadyRead' returns 0 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    return socket.readLine();
  }

  QByteArray good(int size) {
    while (socket.bytesAvailable() < size)
      if (!socket.waitForReadyRead(3000))
        return {};
    return socket.read(size);
  }

  QByteArray goodState(int size) {
    while (socket.bytesAvailable() < size) {
      if (socket.state() != QAbstractSocket::ConnectedState)
        return {};
      socket.waitForReadyRead(3000);
    }
    return socket.read(size);
  }

  QByteArray goodCondition(int size) {
    while (socket.isValid() && socket.bytesAvailable() < size)
      socket.waitForReadyRead(3000);
    return socket.read(size);
  }

  QByteArray goodCounted(int size) {
    for (int i = 0; i < 10 && socket.bytesAvailable() < size; ++i)
      socket.waitForReadyRead(3000);
    return socket.read(size);
  }

private:
  QTcpSocket socket;
};
