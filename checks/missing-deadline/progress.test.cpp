// A function that is told of the progress may give up; one that never does is no
// bound.
//
// REQUIRES: package-libcurl4-openssl-dev
// RUN: %check_leaks %s leak-missing-deadline

#include <atomic>
#include <curl/curl.h>
#include <string>

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
  // CHECK-NOTES: :[[@LINE-1]]:13: warning: 'handle' is given no deadline; 'curl_easy_perform' waits for ever when the other side doesn't answer [leak-missing-deadline]
  // CHECK-NOTES: :[[@LINE-3]]:3: note: this is no bound
  curl_easy_cleanup(handle);
  return ok;
}

bool goodProgress(const std::string &url) {
  CURL *handle = curl_easy_init();
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, givesUp);
  // CHECK-NOTES: :[[@LINE-1]]:3: note: 'handle' is given one here
  bool ok = curl_easy_perform(handle) == CURLE_OK;
  curl_easy_cleanup(handle);
  return ok;
}
