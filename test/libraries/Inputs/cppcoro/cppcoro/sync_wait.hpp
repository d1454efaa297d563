// A fake: the documented interface of cppcoro's <cppcoro/sync_wait.hpp>, as far as the tests call it. Nothing of it is cppcoro's code.
#pragma once
namespace cppcoro {

template <typename Awaitable> int sync_wait(Awaitable &&Work);

} // namespace cppcoro
