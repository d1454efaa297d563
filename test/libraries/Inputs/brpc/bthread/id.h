// A fake: the documented interface of brpc's <bthread/id.h>, as far as the tests call it. Nothing of it is brpc's code.
#pragma once
#include <bthread/types.h>

extern "C" {

int bthread_id_create(bthread_id_t *Id, void *Data, int (*OnError)(bthread_id_t Id, void *Data, int Error));
int bthread_id_join(bthread_id_t Id);
int bthread_id_cancel(bthread_id_t Id);
int bthread_id_trylock(bthread_id_t Id, void **Data);
int bthread_id_unlock(bthread_id_t Id);
int bthread_id_unlock_and_destroy(bthread_id_t Id);
}
