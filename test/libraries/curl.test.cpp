// libcurl, from the real header: what each call is taken for.
//
// REQUIRES: package-libcurl4-openssl-dev
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/curl.yaml -- -std=c++17
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/curl.yaml -- -x c -std=c17
// RUN: %check_roles %s -- -std=c++17

// clang-format off

#include <curl/curl.h>

#include <thread>

bool more();

void badTransfer() {
  CURL *Handle = curl_easy_init();
  curl_easy_setopt(Handle, CURLOPT_URL, "https://example.org/");
  curl_easy_perform(Handle); // ROLE: curl_easy_perform block
  curl_easy_cleanup(Handle);
}

CURLcode goodTransfer() {
  CURL *Handle = curl_easy_init();
  if (!Handle)
    return CURLE_FAILED_INIT;
  curl_easy_setopt(Handle, CURLOPT_URL, "https://example.org/");
  curl_easy_setopt(Handle, CURLOPT_CONNECTTIMEOUT, 5L);
  curl_easy_setopt(Handle, CURLOPT_TIMEOUT, 30L); // ROLE: curl_easy_setopt set-deadline
  CURLcode Result = curl_easy_perform(Handle); // ROLE: curl_easy_perform block
  curl_easy_cleanup(Handle);
  return Result;
}

void badMany(CURLM *All) {
  std::thread Driver([All] { // ROLE: std::thread start
    int Left = 1;
    while (Left) {
      curl_multi_perform(All, &Left);
      curl_multi_wait(All, nullptr, 0, 1000, nullptr); // ROLE: curl_multi_wait block
    }
  });
  Driver.join(); // ROLE: std::thread join
}

void goodMany(CURLM *All) {
  std::thread Driver([All] { // ROLE: std::thread start
    int Left = 1;
    while (Left && more()) {
      curl_multi_perform(All, &Left);
      curl_multi_poll(All, nullptr, 0, 1000, nullptr); // ROLE: curl_multi_poll block
    }
  });
  curl_multi_wakeup(All); // ROLE: curl_multi_wakeup notify-one
  Driver.join(); // ROLE: std::thread join
}
