// Classes of which one file defines nearly all methods, and nobody the others.
#ifndef LEFT_OVER_H
#define LEFT_OVER_H

#include <thread>

class BadLeftOver {
public:
  BadLeftOver();
  ~BadLeftOver();
  void setDevice(int device);

private:
  void run();
  std::thread *worker;
};

class GoodLeftOver {
public:
  GoodLeftOver();
  ~GoodLeftOver();
  void setDevice(int device);

private:
  void run();
  std::thread *worker;
};

// The destructor calls what is elsewhere.
class GoodCallsIt {
public:
  GoodCallsIt();
  ~GoodCallsIt();

private:
  void close();
  void run();
  std::thread *worker;
};

// So does a library, which is given it.
class GoodNamesIt {
public:
  GoodNamesIt();
  ~GoodNamesIt();

private:
  void close();
  void run();
  std::thread *worker;
};

// The table of virtual methods names it.
class GoodVirtual {
public:
  GoodVirtual();
  virtual ~GoodVirtual();
  virtual void close();

private:
  void run();
  std::thread *worker;
};

// Most of the class is in another file.
class GoodHalf {
public:
  GoodHalf();
  ~GoodHalf();
  void open();
  void close();
  void flush();

private:
  std::thread *worker;
};

// A constructor is in another file.
class GoodConstructorElsewhere {
public:
  GoodConstructorElsewhere();
  explicit GoodConstructorElsewhere(int device);
  ~GoodConstructorElsewhere();
  void setDevice(int device);

private:
  void run();
  std::thread *worker;
};

// No file is the class's own.
class GoodInline {
public:
  GoodInline() : worker(new std::thread([] {})) {}
  ~GoodInline() {}
  void setDevice(int device);

private:
  std::thread *worker;
};

// Started and stopped by its holders: who knows where the stop is.
class GoodStart {
public:
  GoodStart();
  ~GoodStart();
  void start();
  void stop();

private:
  void run();
  std::thread *worker;
};

class BadLeftOverJoins {
public:
  BadLeftOverJoins();
  ~BadLeftOverJoins();
  void start();
  void setDevice(int device);

private:
  std::thread worker;
};

// Its holders may have to call something that isn't seen.
class GoodLeftOverDuty {
public:
  GoodLeftOverDuty();
  ~GoodLeftOverDuty();
  void start();
  void stop();
  void setDevice(int device);

private:
  std::thread worker;
};

#endif
