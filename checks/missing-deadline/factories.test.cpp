// Handles from a function of the unit.
//
// REQUIRES: package-libcurl4-openssl-dev
// RUN: %check_leaks %s leak-missing-deadline -- -std=c++17

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
