#include <thread>

// Its methods are in one file; nothing there joins.
class BadProtected {
public:
  virtual ~BadProtected();
  void start();

protected:
  std::thread worker;
};

class BadProtectedNoDestructor {
public:
  void start();
  virtual bool busy() { return true; }

protected:
  std::thread *worker = nullptr;
};

// Made to be derived from: who does that joins.
class GoodAbstract {
public:
  virtual ~GoodAbstract();
  virtual void run() = 0;
  void start();

protected:
  std::thread worker;
};

class GoodDerivedFrom {
public:
  virtual ~GoodDerivedFrom();
  void start();

protected:
  std::thread worker;
};

// Somebody else's business: no method is defined in that file.
class GoodInlineOnly {
public:
  void start() { worker = std::thread([] {}); }

protected:
  std::thread worker;
};

class GoodStop {
public:
  void start();
  void stop();

protected:
  std::thread worker;
};

class GoodPublic {
public:
  void start();
  std::thread worker;
};
