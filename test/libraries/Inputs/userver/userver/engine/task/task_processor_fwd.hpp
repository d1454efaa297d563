// A fake: the documented interface of userver's <userver/engine/task/task_processor_fwd.hpp>, as far as the tests call it. Nothing of it is userver's code.
#pragma once
namespace userver::engine {

class TaskProcessor;

} // namespace userver::engine
