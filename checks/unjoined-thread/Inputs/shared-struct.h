/* A struct that other files know as well. */
#include <pthread.h>

struct shared {
  pthread_t thread;
};
