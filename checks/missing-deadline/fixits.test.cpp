// Notes and fix-its: a deadline, of which the value is to be filled in.
//
// REQUIRES: package-libcurl4-openssl-dev
// RUN: %check_leaks %s leak-missing-deadline -- -std=c++17

#include <curl/curl.h>

void bad() {
  CURL *curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_URL, "https://example.org");
  // CHECK-FIXES: curl_easy_setopt(curl, CURLOPT_URL, "https://example.org");
  curl_easy_perform(curl);
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: 'curl' is given no deadline; 'curl_easy_perform' waits for ever when the other side doesn't answer [leak-missing-deadline]
  // CHECK-NOTES: :[[@LINE+18]]:3: note: 'other' is given one here
  // CHECK-FIXES: curl_easy_setopt(curl, CURLOPT_TIMEOUT, 30L);
  // CHECK-FIXES-NEXT: curl_easy_perform(curl);
  curl_easy_cleanup(curl);
}

void badVain() {
  CURL *curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, 0L);
  curl_easy_perform(curl);
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: 'curl' is given no deadline; 'curl_easy_perform' waits for ever when the other side doesn't answer [leak-missing-deadline]
  // CHECK-NOTES: :[[@LINE-3]]:3: note: this is no bound
  // CHECK-NOTES: :[[@LINE+6]]:3: note: 'other' is given one here
  curl_easy_cleanup(curl);
}

void good() {
  CURL *other = curl_easy_init();
  curl_easy_setopt(other, CURLOPT_TIMEOUT, 10L);
  curl_easy_perform(other);
  curl_easy_cleanup(other);
}
