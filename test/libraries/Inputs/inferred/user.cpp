#include "worker.h"

void work();

void bad(bool Ready) {
  house::Worker W(work);
  if (!Ready)
    return;
  W.finish();
}

void good() {
  house::Worker W;
  W.launch(work);
  W.finish();
}
