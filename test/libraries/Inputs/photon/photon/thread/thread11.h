// A fake: the documented interface of photon's <photon/thread/thread11.h>, as far as the tests call it. Nothing of it is photon's code.
#pragma once
#include <photon/thread/thread.h>

namespace photon {

template <typename F> thread *thread_create11(F &&Work) { return thread_create(nullptr, nullptr); }

} // namespace photon
