// A fake: the documented interface of userver's <userver/engine/wait_all_checked.hpp>, as far as the tests call it. Nothing of it is userver's code.
#pragma once
namespace userver::engine {

template <typename... Tasks> void WaitAllChecked(Tasks &...) {}

} // namespace userver::engine
