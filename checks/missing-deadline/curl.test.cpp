// Transfers: the options of a handle are its deadline.
//
// REQUIRES: package-libcurl4-openssl-dev
// RUN: %check_leaks %s leak-missing-deadline -- -std=c++17

#include <curl/curl.h>
#include <memory>
#include <string>

size_t onData(char *, size_t, size_t, void *);
int onProgress(void *, curl_off_t, curl_off_t, curl_off_t, curl_off_t);
void configure(CURL *handle);
CURL *makeHandle();

bool bad(const std::string &url) {
  CURL *curl = curl_easy_init();
  if (!curl)
    return false;
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, onData);
  CURLcode result = curl_easy_perform(curl);
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 'curl' is given no deadline; 'curl_easy_perform' waits for ever when the other side doesn't answer [leak-missing-deadline]
  curl_easy_cleanup(curl);
  return result == CURLE_OK;
}

bool good(const std::string &url) {
  CURL *curl = curl_easy_init();
  if (!curl)
    return false;
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, 30L);
  CURLcode result = curl_easy_perform(curl);
  curl_easy_cleanup(curl);
  return result == CURLE_OK;
}

// Connecting is given up anyway, but not the transfer.
void badConnectOnly() {
  CURL *curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, 5L);
  curl_easy_perform(curl);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'curl' is given no deadline
  curl_easy_cleanup(curl);
}

void badZero() {
  CURL *curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 0L);
  curl_easy_perform(curl);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'curl' is given no deadline
  curl_easy_cleanup(curl);
}

// In a template's argument CURL is only void.
void badOwned() {
  std::unique_ptr<CURL, void (*)(CURL *)> curl(curl_easy_init(),
                                               curl_easy_cleanup);
  if (!curl)
    return;
  curl_easy_setopt(curl.get(), CURLOPT_URL, "https://example.org");
  curl_easy_perform(curl.get());
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'curl' is given no deadline
}

void badShared() {
  std::shared_ptr<CURL> curl(curl_easy_init(), curl_easy_cleanup);
  if (nullptr != curl) {
    curl_easy_setopt(curl.get(), CURLOPT_CONNECTTIMEOUT, 5L);
    curl_easy_perform(curl.get());
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'curl' is given no deadline
  }
}

void goodOwned() {
  std::unique_ptr<CURL, void (*)(CURL *)> curl(curl_easy_init(),
                                               curl_easy_cleanup);
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, 500L);
  curl_easy_perform(curl.get());
}

void goodOwnedElsewhere() {
  std::unique_ptr<CURL, void (*)(CURL *)> curl(curl_easy_init(),
                                               curl_easy_cleanup);
  configure(curl.get());
  curl_easy_perform(curl.get());
}

void goodOwnedCaptured() {
  std::unique_ptr<CURL, void (*)(CURL *)> curl(curl_easy_init(),
                                               curl_easy_cleanup);
  auto limit = [&] { curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, 5L); };
  limit();
  curl_easy_perform(curl.get());
}

void goodMilliseconds(long ms) {
  CURL *curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, ms);
  curl_easy_perform(curl);
  curl_easy_cleanup(curl);
}

void goodSometimes(long ms) {
  CURL *curl = curl_easy_init();
  if (ms > 0)
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, ms);
  curl_easy_perform(curl);
  curl_easy_cleanup(curl);
}

void goodLowSpeed() {
  CURL *curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 10L);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, 30L);
  curl_easy_perform(curl);
  curl_easy_cleanup(curl);
}

// Each answer of a mail server has a limit by default.
void goodMail(curl_slist *to) {
  CURL *curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, "me@example.com");
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
  curl_easy_perform(curl);
  curl_easy_cleanup(curl);
}

// It can give up.
void goodProgress() {
  CURL *curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, onProgress);
  curl_easy_perform(curl);
  curl_easy_cleanup(curl);
}

void goodConfiguredElsewhere() {
  CURL *curl = curl_easy_init();
  configure(curl);
  curl_easy_perform(curl);
  curl_easy_cleanup(curl);
}

void goodMadeElsewhere() {
  CURL *curl = makeHandle();
  curl_easy_perform(curl);
  curl_easy_cleanup(curl);
}

void goodParameter(CURL *curl) { curl_easy_perform(curl); }

void goodOptionUnknown(CURLoption option, long value) {
  CURL *curl = curl_easy_init();
  curl_easy_setopt(curl, option, value);
  curl_easy_perform(curl);
  curl_easy_cleanup(curl);
}

static void setLimits(CURL *handle) {
  curl_easy_setopt(handle, CURLOPT_TIMEOUT, 10L);
}
static void setHeaders(CURL *handle) {
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 1L);
}

void goodHelper() {
  CURL *curl = curl_easy_init();
  setLimits(curl);
  curl_easy_perform(curl);
  curl_easy_cleanup(curl);
}

void badHelper() {
  CURL *curl = curl_easy_init();
  setHeaders(curl);
  curl_easy_perform(curl);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'curl' is given no deadline
  curl_easy_cleanup(curl);
}

void goodMulti(CURLM *multi) {
  CURL *curl = curl_easy_init();
  curl_multi_add_handle(multi, curl);
  curl_easy_perform(curl);
}

// Who has started it, waits for it.
int main() {
  CURL *curl = curl_easy_init();
  curl_easy_perform(curl);
  curl_easy_cleanup(curl);
}

class BadDownloader {
public:
  BadDownloader() : curl(curl_easy_init()) {}
  ~BadDownloader() { curl_easy_cleanup(curl); }
  bool get(const char *url) {
    curl_easy_setopt(curl, CURLOPT_URL, url);
    return curl_easy_perform(curl) == CURLE_OK;
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'curl' is given no deadline
  }

private:
  CURL *curl;
};

class GoodDownloader {
public:
  GoodDownloader() : curl(curl_easy_init()) {}
  ~GoodDownloader() { curl_easy_cleanup(curl); }
  void setTimeout(long seconds) {
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, seconds);
  }
  bool get(const char *url) {
    curl_easy_setopt(curl, CURLOPT_URL, url);
    return curl_easy_perform(curl) == CURLE_OK;
  }

private:
  CURL *curl;
};

class GoodElsewhere {
public:
  GoodElsewhere() : curl(curl_easy_init()) {}
  ~GoodElsewhere() { curl_easy_cleanup(curl); }
  void configure();
  bool get() { return curl_easy_perform(curl) == CURLE_OK; }

private:
  CURL *curl;
};

class GoodHandle {
public:
  GoodHandle() : curl(curl_easy_init()) {}
  ~GoodHandle() { curl_easy_cleanup(curl); }
  CURL *handle() { return curl; }
  bool get() { return curl_easy_perform(curl) == CURLE_OK; }

private:
  CURL *curl;
};

// Owned by a member.
struct CurlDeleter {
  void operator()(CURL *handle) const { curl_easy_cleanup(handle); }
};

class BadOwner {
public:
  BadOwner() : curl(curl_easy_init()) {}
  bool get(const char *url) {
    if (!curl)
      return false;
    curl_easy_setopt(curl.get(), CURLOPT_URL, url);
    return curl_easy_perform(curl.get()) == CURLE_OK;
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'curl' is given no deadline; 'curl_easy_perform' waits for ever when the other side doesn't answer
  }

private:
  std::unique_ptr<CURL, CurlDeleter> curl;
};

class BadOwnerReset {
public:
  bool get(const char *url) {
    curl.reset(curl_easy_init());
    curl_easy_setopt(curl.get(), CURLOPT_URL, url);
    return curl_easy_perform(curl.get()) == CURLE_OK;
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'curl' is given no deadline; 'curl_easy_perform' waits
  }

private:
  std::unique_ptr<CURL, CurlDeleter> curl;
};

class GoodOwner {
public:
  GoodOwner() : curl(curl_easy_init()) {
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, 30L);
  }
  bool get(const char *url) {
    curl_easy_setopt(curl.get(), CURLOPT_URL, url);
    return curl_easy_perform(curl.get()) == CURLE_OK;
  }

private:
  std::unique_ptr<CURL, CurlDeleter> curl;
};

void configure(CURL *handle);
class GoodOwnerElsewhere {
public:
  GoodOwnerElsewhere() : curl(curl_easy_init()) { configure(curl.get()); }
  bool get(const char *url) {
    curl_easy_setopt(curl.get(), CURLOPT_URL, url);
    return curl_easy_perform(curl.get()) == CURLE_OK;
  }

private:
  std::unique_ptr<CURL, CurlDeleter> curl;
};

class GoodOwnerGiven {
public:
  explicit GoodOwnerGiven(CURL *handle) : curl(handle) {}
  bool get(const char *url) {
    curl_easy_setopt(curl.get(), CURLOPT_URL, url);
    return curl_easy_perform(curl.get()) == CURLE_OK;
  }

private:
  std::unique_ptr<CURL, CurlDeleter> curl;
};
