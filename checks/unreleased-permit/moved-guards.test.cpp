// Guards of one's own whose copies and moves release twice.
//
// RUN: %check_leaks %s leak-unreleased-permit

#include <atomic>
#include <memory>
#include <mutex>
#include <utility>

class BadDefaulted {
public:
  explicit BadDefaulted(std::mutex &m) : m_(&m) { m_->lock(); }
  BadDefaulted(BadDefaulted &&other) = default;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'BadDefaulted' leaves 'm_' to the object that it is moved from as well; it is released twice
  ~BadDefaulted() { m_->unlock(); }

private:
  std::mutex *m_;
};

class BadFlagStays {
public:
  explicit BadFlagStays(std::mutex &m) : m_(m), owns_(true) { m_.lock(); }
  BadFlagStays(BadFlagStays &&other) = default;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'BadFlagStays' leaves 'm_' to the object
  ~BadFlagStays() {
    if (owns_)
      m_.unlock();
  }

private:
  std::mutex &m_;
  bool owns_;
};

class BadByHand {
public:
  explicit BadByHand(std::mutex *m) : m_(m) { m_->lock(); }
  BadByHand(BadByHand &&other) : m_(other.m_) {}
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'BadByHand' leaves 'm_' to the object
  BadByHand &operator=(BadByHand &&other) {
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'BadByHand' leaves 'm_' to the object
    m_ = other.m_;
    return *this;
  }
  ~BadByHand() { release(); }

private:
  void release() {
    if (m_)
      m_->unlock();
    m_ = nullptr;
  }
  std::mutex *m_;
};

/// The move changes something that the destructor doesn't ask.
class BadOtherFlag {
public:
  BadOtherFlag(std::mutex *m) : m_(m) { m_->lock(); }
  BadOtherFlag(BadOtherFlag &&other) : m_(other.m_) { other.moved_ = true; }
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'BadOtherFlag' leaves 'm_' to the object
  ~BadOtherFlag() {
    if (m_)
      m_->unlock();
  }

private:
  std::mutex *m_;
  bool moved_ = false;
};

class BadCopied {
public:
  BadCopied(std::mutex *m) : m_(m) { m_->lock(); }
  BadCopied(const BadCopied &other) = default;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'BadCopied' leaves 'm_' to the object that it is copied from as well; it is released twice
  ~BadCopied() { m_->unlock(); }

private:
  std::mutex *m_;
};

class BadCount {
public:
  BadCount(std::atomic<int> &n) : n_(n) { ++n_; }
  BadCount(BadCount &&other) : n_(other.n_) {}
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'BadCount' leaves 'n_' to the object that it is moved from as well; it is counted down twice
  ~BadCount() { --n_; }

private:
  std::atomic<int> &n_;
};

template <typename F> class BadAtExit {
public:
  explicit BadAtExit(F f) : f_(std::move(f)) {}
  BadAtExit(BadAtExit &&other) = default;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'BadAtExit' leaves 'f_' to the object that it is moved from as well; it is called twice
  ~BadAtExit() { f_(); }

private:
  F f_;
};

void at_exit(int *p) {
  BadAtExit guard([p] { ++*p; });
}

class GoodNulled {
public:
  explicit GoodNulled(std::mutex &m) : m_(&m) { m_->lock(); }
  GoodNulled(GoodNulled &&other) : m_(other.m_) { other.m_ = nullptr; }
  GoodNulled &operator=(GoodNulled &&other) {
    m_ = other.m_;
    other.m_ = nullptr;
    return *this;
  }
  ~GoodNulled() {
    if (m_)
      m_->unlock();
  }

private:
  std::mutex *m_;
};

class GoodExchanged {
public:
  explicit GoodExchanged(std::mutex &m) : m_(&m) { m_->lock(); }
  GoodExchanged(GoodExchanged &&other)
      : m_(std::exchange(other.m_, nullptr)) {}
  GoodExchanged &operator=(GoodExchanged &&other) {
    std::swap(m_, other.m_);
    return *this;
  }
  ~GoodExchanged() {
    if (m_)
      m_->unlock();
  }

private:
  std::mutex *m_;
};

class GoodFlag {
public:
  explicit GoodFlag(std::mutex &m) : m_(m), owns_(true) { m_.lock(); }
  GoodFlag(GoodFlag &&other) : m_(other.m_), owns_(other.owns_) {
    other.owns_ = false;
  }
  ~GoodFlag() {
    if (owns_)
      m_.unlock();
  }

private:
  std::mutex &m_;
  bool owns_;
};

class GoodDismissed {
public:
  explicit GoodDismissed(std::mutex &m) : m_(m), owns_(true) { m_.lock(); }
  GoodDismissed(GoodDismissed &&other) : m_(other.m_), owns_(true) {
    other.dismiss();
  }
  void dismiss() { owns_ = false; }
  ~GoodDismissed() {
    if (owns_)
      m_.unlock();
  }

private:
  std::mutex &m_;
  bool owns_;
};

class GoodDeleted {
public:
  explicit GoodDeleted(std::mutex &m) : m_(&m) { m_->lock(); }
  GoodDeleted(GoodDeleted &&) = delete;
  ~GoodDeleted() { m_->unlock(); }

private:
  std::mutex *m_;
};

struct NoDelete {
  void operator()(std::mutex *) const {}
};

/// The pointer is empty after a move.
class GoodUnique {
public:
  explicit GoodUnique(std::mutex &m) : m_(&m) { m_->lock(); }
  GoodUnique(GoodUnique &&) = default;
  ~GoodUnique() {
    if (m_)
      m_->unlock();
  }

private:
  std::unique_ptr<std::mutex, NoDelete> m_;
};

/// Each copy counts.
class GoodCounted {
public:
  GoodCounted(int *n) : n_(n) { ++*n_; }
  GoodCounted(const GoodCounted &other) : n_(other.n_) { ++*n_; }
  ~GoodCounted() { --*n_; }

private:
  int *n_;
};

class GoodShared {
public:
  GoodShared(std::recursive_mutex *m) : m_(m) { m_->lock(); }
  GoodShared(const GoodShared &other) : m_(other.m_) { m_->lock(); }
  ~GoodShared() { m_->unlock(); }

private:
  std::recursive_mutex *m_;
};

/// Another one of its own.
class GoodNotTaken {
public:
  GoodNotTaken() : m_(nullptr) {}
  GoodNotTaken(GoodNotTaken &&) : m_(nullptr) {}
  void take(std::mutex *m) { (m_ = m)->lock(); }
  ~GoodNotTaken() {
    if (m_)
      m_->unlock();
  }

private:
  std::mutex *m_;
};

/// Nobody has written that it can be copied.
class GoodUnasked {
public:
  explicit GoodUnasked(std::mutex &m) : m_(&m) { m_->lock(); }
  ~GoodUnasked() { m_->unlock(); }

private:
  std::mutex *m_;
};
