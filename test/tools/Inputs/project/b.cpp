#include "shared.h"

void work();
void use() {
  Holder holder;
  holder.start(work);
}
