// Transfers in C.
//
// REQUIRES: package-libcurl4-openssl-dev
// RUN: %check_leaks %s leak-missing-deadline -- -std=c11

#include <curl/curl.h>
#include <stdlib.h>

struct client {
  CURL *curl;
};

int bad(const char *url) {
  CURL *curl = curl_easy_init();
  CURLcode result = CURLE_FAILED_INIT;
  if (!curl)
    goto out;
  curl_easy_setopt(curl, CURLOPT_URL, url);
  result = curl_easy_perform(curl);
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'curl' is given no deadline
out:
  curl_easy_cleanup(curl);
  return result;
}

int good(const char *url) {
  CURL *curl = curl_easy_init();
  CURLcode result;
  curl_easy_setopt(curl, CURLOPT_URL, url);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, 30L);
  result = curl_easy_perform(curl);
  curl_easy_cleanup(curl);
  return result;
}

int badLater(const char *url) {
  CURL *curl;
  curl = curl_easy_init();
  curl_easy_setopt(curl, CURLOPT_URL, url);
  CURLcode result = curl_easy_perform(curl);
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 'curl' is given no deadline
  curl_easy_cleanup(curl);
  return result;
}

int goodField(struct client *c) { return curl_easy_perform(c->curl); }
