// Miss: an array of ids on the heap, freed.
// RUN: %check_leaks %s leak-unjoined-thread
// XFAIL: *

#include <pthread.h>
#include <stdlib.h>

void *work(void *);
_Bool ready(void);

void bad_heap_array(int n) {
  pthread_t *pool = calloc(n, sizeof *pool);
  for (int i = 0; i < n; ++i)
    pthread_create(&pool[i], NULL, work, NULL);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}
  free(pool);
}
