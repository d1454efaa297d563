// The same in C, and handles in structs.
// REQUIRES: package-libcurl4-openssl-dev
// RUN: %check_leaks %s leak-missing-deadline -- -std=gnu11

#include <curl/curl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int bad(const struct sockaddr_in *a) {
  int rc = -1;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  char b[10];
  if (fd < 0)
    return -1;
  if (connect(fd, (const struct sockaddr *)a, sizeof *a) < 0)
    goto out;
  send(fd, "x", 1, 0);
  rc = recv(fd, b, 10, 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'fd' is given no deadline; 'recv' waits for ever when the other side doesn't answer [leak-missing-deadline]
out:
  close(fd);
  return rc;
}

int good(const struct sockaddr_in *a) {
  struct timeval limit = {30, 0};
  int rc = -1;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  char b[10];
  if (fd < 0)
    return -1;
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  if (connect(fd, (const struct sockaddr *)a, sizeof *a) < 0)
    goto out;
  send(fd, "x", 1, 0);
  rc = recv(fd, b, 10, 0);
out:
  close(fd);
  return rc;
}

struct bad_client {
  CURL *curl;
};

int bad_open(struct bad_client *c) {
  c->curl = curl_easy_init();
  return c->curl != NULL;
}

int bad_fetch(struct bad_client *c, const char *url) {
  curl_easy_setopt(c->curl, CURLOPT_URL, url);
  return curl_easy_perform(c->curl);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'curl' is given no deadline; 'curl_easy_perform' waits for ever
}

struct good_client {
  CURL *curl;
};

int good_open(struct good_client *c) {
  c->curl = curl_easy_init();
  curl_easy_setopt(c->curl, CURLOPT_TIMEOUT, 30L);
  return c->curl != NULL;
}

int good_fetch(struct good_client *c, const char *url) {
  curl_easy_setopt(c->curl, CURLOPT_URL, url);
  return curl_easy_perform(c->curl);
}

// A member of a structure of this file.
struct peer {
  int fd;
};

int badPeer(struct peer *p, const struct sockaddr_in *to) {
  char answer[10];
  p->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(p->fd, (const struct sockaddr *)to, sizeof *to) < 0)
    return -1;
  send(p->fd, "?", 1, 0);
  return recv(p->fd, answer, sizeof answer, 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'fd' is given no deadline; 'recv' waits for ever
}

void endPeer(struct peer *p) { close(p->fd); }

struct limited {
  int fd;
};

int goodPeer(struct limited *p, const struct sockaddr_in *to) {
  char answer[10];
  struct timeval limit = {5, 0};
  p->fd = socket(AF_INET, SOCK_STREAM, 0);
  setsockopt(p->fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  if (connect(p->fd, (const struct sockaddr *)to, sizeof *to) < 0)
    return -1;
  send(p->fd, "?", 1, 0);
  return recv(p->fd, answer, sizeof answer, 0);
}
