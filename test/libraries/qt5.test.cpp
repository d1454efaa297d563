// Qt 5: what Qt 6 hasn't, from the real headers.
//
// REQUIRES: package-qtbase5-dev
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/qt.yaml \
// RUN:   %repository/lib/models/qt5.yaml -- -std=c++17 %qt5
// RUN: %check_roles %s -std=c++17 -- %qt5
// clang-format off

#include <QLinkedList>
#include <QMap>
#include <QMutex>
#include <QThread>
#include <QVector>

void goodVector() {
  QVector<QThread *> Workers;
  Workers.append(new QThread); // ROLE: QVector insert
  Workers << new QThread; // ROLE: QVector insert
  for (QThread *Worker : Workers)
    Worker->wait(); // ROLE: QThread join
  Workers.takeLast()->wait(); // ROLE: QVector give-up, QThread join
  Workers.removeFirst(); // ROLE: QVector remove
}

void badVector(QVector<QThread *> &Workers) {
  Workers[0]->start(); // ROLE: QThread start
  Workers.clear(); // ROLE: QVector clear
}

void goodLinkedList(QLinkedList<QThread *> &Workers) {
  Workers.append(new QThread); // ROLE: QLinkedList insert
  Workers.last()->wait(); // ROLE: QThread join
  delete Workers.takeLast(); // ROLE: QLinkedList give-up
}

void badLinkedList(QLinkedList<QThread *> &Workers) {
  Workers.first()->start(); // ROLE: QThread start
  Workers.removeFirst(); // ROLE: QLinkedList remove
}

void goodMap(QMap<int, QThread *> &Workers) {
  Workers.insertMulti(1, new QThread); // ROLE: QMap insert
}

void goodMutex(QMutex &M) {
  if (M.isRecursive())
    M.lock(); // ROLE: QMutex acquire
  M.unlock(); // ROLE: QMutex release
}

void badMutex(QMutex &M) {
  if (M.try_lock()) // ROLE: QMutex try-acquire
    return;
  M.unlock(); // ROLE: QMutex release
}
