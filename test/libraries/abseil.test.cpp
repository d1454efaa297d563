// Abseil's synchronization library, from the real headers: what each call is taken for.
//
// REQUIRES: package-libabsl-dev
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/abseil.yaml -- -std=c++17
// RUN: %check_roles %s -- -std=c++17

// clang-format off

#include <absl/synchronization/barrier.h>
#include <absl/synchronization/blocking_counter.h>
#include <absl/synchronization/mutex.h>
#include <absl/synchronization/notification.h>
#include <absl/time/clock.h>

#include <thread>

bool more();
void work();

// BlockingCounter

void badCounter(bool Ready) {
  absl::BlockingCounter Left(2);
  std::thread First([&Left] { Left.DecrementCount(); }); // ROLE: std::thread start, absl::BlockingCounter count-down
  std::thread Second([&Left, Ready] { // ROLE: std::thread start
    if (!Ready)
      return;
    Left.DecrementCount(); // ROLE: absl::BlockingCounter count-down
  });
  Left.Wait(); // ROLE: absl::BlockingCounter wait
  First.join(); // ROLE: std::thread join
  Second.join(); // ROLE: std::thread join
}

void goodCounter() {
  absl::BlockingCounter Left(1);
  std::thread Worker([&Left] { // ROLE: std::thread start
    work();
    Left.DecrementCount(); // ROLE: absl::BlockingCounter count-down
  });
  Left.Wait(); // ROLE: absl::BlockingCounter wait
  Worker.join(); // ROLE: std::thread join
}

// Barrier

void badBarrier() {
  absl::Barrier Meeting(3);
  std::thread Worker([&Meeting] { Meeting.Block(); }); // ROLE: std::thread start, absl::Barrier arrive
  Meeting.Block(); // ROLE: absl::Barrier arrive
  Worker.join(); // ROLE: std::thread join
}

void goodBarrier() {
  absl::Barrier Meeting(2);
  std::thread Worker([&Meeting] { Meeting.Block(); }); // ROLE: std::thread start, absl::Barrier arrive
  Meeting.Block(); // ROLE: absl::Barrier arrive
  Worker.join(); // ROLE: std::thread join
}

// Notification

void badNotification() {
  absl::Notification Done;
  std::thread Worker([&Done] { // ROLE: std::thread start
    if (!more())
      return;
    Done.Notify(); // ROLE: absl::Notification fulfil
  });
  Done.WaitForNotification(); // ROLE: absl::Notification wait
  Worker.join(); // ROLE: std::thread join
}

void goodNotification() {
  absl::Notification Done;
  std::thread Worker([&Done] { Done.Notify(); }); // ROLE: std::thread start, absl::Notification fulfil
  Done.WaitForNotification(); // ROLE: absl::Notification wait
  Worker.join(); // ROLE: std::thread join
}

bool goodNotificationTimed(absl::Notification &Done, absl::Time Until) {
  return Done.HasBeenNotified() ||
         Done.WaitForNotificationWithTimeout(absl::Seconds(1)) || // ROLE: absl::Notification try-wait
         Done.WaitForNotificationWithDeadline(Until); // ROLE: absl::Notification try-wait
}

// Mutex

bool badMutex(absl::Mutex &Mutex) {
  Mutex.Lock(); // ROLE: absl::Mutex acquire
  if (!more())
    return false;
  Mutex.Unlock(); // ROLE: absl::Mutex release
  return true;
}

bool goodMutex(absl::Mutex &Mutex) {
  if (!Mutex.TryLock()) // ROLE: absl::Mutex try-acquire
    return false;
  work();
  Mutex.Unlock(); // ROLE: absl::Mutex release
  return true;
}

void badReader(absl::Mutex &Mutex) {
  Mutex.ReaderLock(); // ROLE: absl::Mutex acquire
  if (!more())
    return;
  Mutex.ReaderUnlock(); // ROLE: absl::Mutex release
}

void goodReader(absl::Mutex &Mutex) {
  if (Mutex.ReaderTryLock()) // ROLE: absl::Mutex try-acquire
    Mutex.ReaderUnlock(); // ROLE: absl::Mutex release
  Mutex.WriterLock(); // ROLE: absl::Mutex acquire
  Mutex.WriterUnlock(); // ROLE: absl::Mutex release
  if (Mutex.WriterTryLock()) // ROLE: absl::Mutex try-acquire
    Mutex.WriterUnlock(); // ROLE: absl::Mutex release
}

// What somebody awaits under the mutex

class Box {
public:
  void badTakeUnlocks() {
    Mutex.LockWhen(absl::Condition(&Full)); // ROLE: absl::Mutex acquire
    if (!more())
      return;
    Full = false;
    Mutex.Unlock(); // ROLE: absl::Mutex release
  }

  void goodTake() {
    Mutex.LockWhen(absl::Condition(&Full)); // ROLE: absl::Mutex acquire
    Full = false;
    Mutex.Unlock(); // ROLE: absl::Mutex release
  }

  bool badTakeTimed() {
    if (!Mutex.LockWhenWithTimeout(absl::Condition(&Full), absl::Seconds(1))) // ROLE: absl::Mutex acquire
      return false; // still locked
    Full = false;
    Mutex.Unlock(); // ROLE: absl::Mutex release
    return true;
  }

  bool goodTakeTimed(absl::Time Until) {
    bool Got = Mutex.LockWhenWithDeadline(absl::Condition(&Full), Until); // ROLE: absl::Mutex acquire
    if (Got)
      Full = false;
    Mutex.Unlock(); // ROLE: absl::Mutex release
    return Got;
  }

  bool goodLook(absl::Time Until) {
    Mutex.ReaderLockWhen(absl::Condition(&Full)); // ROLE: absl::Mutex acquire
    Mutex.ReaderUnlock(); // ROLE: absl::Mutex release
    bool Got = Mutex.ReaderLockWhenWithTimeout(absl::Condition(&Full), absl::Seconds(1)); // ROLE: absl::Mutex acquire
    Mutex.ReaderUnlock(); // ROLE: absl::Mutex release
    Got |= Mutex.ReaderLockWhenWithDeadline(absl::Condition(&Full), Until); // ROLE: absl::Mutex acquire
    Mutex.ReaderUnlock(); // ROLE: absl::Mutex release
    return Got;
  }

  bool goodPut(absl::Time Until) {
    Mutex.WriterLockWhen(absl::Condition(&Empty)); // ROLE: absl::Mutex acquire
    Mutex.WriterUnlock(); // ROLE: absl::Mutex release
    bool Free = Mutex.WriterLockWhenWithTimeout(absl::Condition(&Empty), absl::Seconds(1)); // ROLE: absl::Mutex acquire
    Mutex.WriterUnlock(); // ROLE: absl::Mutex release
    Free |= Mutex.WriterLockWhenWithDeadline(absl::Condition(&Empty), Until); // ROLE: absl::Mutex acquire
    Mutex.WriterUnlock(); // ROLE: absl::Mutex release
    return Free;
  }

  void goodAwait() {
    absl::MutexLock Lock(&Mutex); // ROLE: absl::MutexLock acquire
    Mutex.Await(absl::Condition(&Full)); // ROLE: absl::Mutex wait
    Full = false;
  }

  bool goodAwaitTimed(absl::Time Until) {
    absl::MutexLock Lock(&Mutex); // ROLE: absl::MutexLock acquire
    return Mutex.AwaitWithTimeout(absl::Condition(&Full), absl::Seconds(1)) || // ROLE: absl::Mutex try-wait
           Mutex.AwaitWithDeadline(absl::Condition(&Full), Until); // ROLE: absl::Mutex try-wait
  }

private:
  absl::Mutex Mutex;
  bool Full = false, Empty = true;
};

// Guards

void goodGuards(absl::Mutex &Mutex, bool &Ready) {
  {
    absl::MutexLock Lock(&Mutex); // ROLE: absl::MutexLock acquire
  }
  {
    absl::MutexLock Lock(&Mutex, absl::Condition(&Ready)); // ROLE: absl::MutexLock acquire
  }
  {
    absl::ReaderMutexLock Lock(&Mutex); // ROLE: absl::ReaderMutexLock acquire
  }
  {
    absl::WriterMutexLock Lock(&Mutex); // ROLE: absl::WriterMutexLock acquire
  }
  {
    absl::MutexLockMaybe Lock(&Mutex); // ROLE: absl::MutexLockMaybe acquire
  }
  absl::ReleasableMutexLock Lock(&Mutex); // ROLE: absl::ReleasableMutexLock acquire
  work();
  Lock.Release(); // ROLE: absl::ReleasableMutexLock release
}

void badReleasedTwice(absl::Mutex &Mutex) {
  absl::ReleasableMutexLock Lock(&Mutex); // ROLE: absl::ReleasableMutexLock acquire
  Lock.Release(); // ROLE: absl::ReleasableMutexLock release
  Lock.Release(); // ROLE: absl::ReleasableMutexLock release
}

// CondVar

class Queue {
public:
  void badWait() {
    absl::MutexLock Lock(&Mutex); // ROLE: absl::MutexLock acquire
    Changed.Wait(&Mutex); // ROLE: absl::CondVar wait
    --Size;
  }

  void goodWait() {
    absl::MutexLock Lock(&Mutex); // ROLE: absl::MutexLock acquire
    while (Size == 0)
      Changed.Wait(&Mutex); // ROLE: absl::CondVar wait
    --Size;
  }

  bool goodWaitTimed(absl::Time Until) {
    absl::MutexLock Lock(&Mutex); // ROLE: absl::MutexLock acquire
    while (Size == 0)
      if (Changed.WaitWithDeadline(&Mutex, Until)) // ROLE: absl::CondVar try-wait
        return false;
    return !Changed.WaitWithTimeout(&Mutex, absl::Seconds(1)); // ROLE: absl::CondVar try-wait
  }

  void badPut() {
    absl::MutexLock Lock(&Mutex); // ROLE: absl::MutexLock acquire
    ++Size;
  }

  void goodPut() {
    absl::MutexLock Lock(&Mutex); // ROLE: absl::MutexLock acquire
    ++Size;
    Changed.Signal(); // ROLE: absl::CondVar notify-one
  }

  void goodPutMany() {
    absl::MutexLock Lock(&Mutex); // ROLE: absl::MutexLock acquire
    Size += 2;
    Changed.SignalAll(); // ROLE: absl::CondVar notify-all
  }

private:
  absl::Mutex Mutex;
  absl::CondVar Changed;
  int Size = 0;
};

void goodSleep() { absl::SleepFor(absl::Milliseconds(1)); } // ROLE: absl::SleepFor sleep
