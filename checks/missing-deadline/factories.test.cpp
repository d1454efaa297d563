// Handles from a function of the unit, and functions that are asked whether to
// go on.
//
// REQUIRES: package-libcurl4-openssl-dev
// RUN: %check_leaks %s leak-missing-deadline -- -std=c++17

#include <atomic>
#include <curl/curl.h>
#include <string>

static CURL *make(const std::string &url) {
  CURL *handle = curl_easy_init();
  if (!handle)
    return nullptr;
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  return handle;
}

static CURL *makeBounded(const std::string &url) {
  CURL *handle = curl_easy_init();
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_TIMEOUT, 30L);
  return handle;
}

void configure(CURL *handle);
static CURL *makeElsewhere() {
  CURL *handle = curl_easy_init();
  configure(handle);
  return handle;
}

bool bad(const std::string &url) {
  CURL *handle = make(url);
  bool ok = curl_easy_perform(handle) == CURLE_OK;
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'handle' is given no deadline; 'curl_easy_perform' waits for ever when the other side doesn't answer [leak-missing-deadline]
  curl_easy_cleanup(handle);
  return ok;
}

bool good(const std::string &url) {
  CURL *handle = makeBounded(url);
  bool ok = curl_easy_perform(handle) == CURLE_OK;
  curl_easy_cleanup(handle);
  return ok;
}

bool goodHere(const std::string &url) {
  CURL *handle = make(url);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT, 30L);
  bool ok = curl_easy_perform(handle) == CURLE_OK;
  curl_easy_cleanup(handle);
  return ok;
}

bool goodElsewhere() {
  CURL *handle = makeElsewhere();
  bool ok = curl_easy_perform(handle) == CURLE_OK;
  curl_easy_cleanup(handle);
  return ok;
}

void show(curl_off_t done);
std::atomic<bool> cancelled;

static int shows(void *, curl_off_t, curl_off_t now, curl_off_t, curl_off_t) {
  show(now);
  return 0;
}

static int givesUp(void *, curl_off_t, curl_off_t now, curl_off_t, curl_off_t) {
  show(now);
  if (cancelled)
    return 1;
  return 0;
}

bool badProgress(const std::string &url) {
  CURL *handle = curl_easy_init();
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, shows);
  bool ok = curl_easy_perform(handle) == CURLE_OK;
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'handle' is given no deadline; 'curl_easy_perform' waits for ever when the other side doesn't answer [leak-missing-deadline]
  // CHECK-MESSAGES: :[[@LINE-3]]:3: note: this is no bound
  curl_easy_cleanup(handle);
  return ok;
}

bool goodProgress(const std::string &url) {
  CURL *handle = curl_easy_init();
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, givesUp);
  bool ok = curl_easy_perform(handle) == CURLE_OK;
  curl_easy_cleanup(handle);
  return ok;
}
