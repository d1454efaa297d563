// A fake: the documented interface of brpc's <brpc/controller.h>, as far as the tests call it. Nothing of it is brpc's code.
#pragma once
#include <bthread/id.h>
#include <string>

namespace google {
namespace protobuf {
class Closure;
class Message;
class MethodDescriptor;
} // namespace protobuf
} // namespace google

namespace brpc {

typedef bthread_id_t CallId;

class Controller {
public:
  Controller();
  ~Controller();
  void set_timeout_ms(std::int64_t Milliseconds);
  std::int64_t timeout_ms() const;
  void set_backup_request_ms(std::int64_t Milliseconds);
  void set_max_retry(int Max);
  bool IsCanceled() const;
  void NotifyOnCancel(google::protobuf::Closure *Callback);
  void StartCancel();
  void Reset();
  void SetFailed(const std::string &Reason);
  bool Failed() const;
  std::string ErrorText() const;
  int ErrorCode() const;
  CallId call_id();
};

void StartCancel(CallId Id);
void Join(CallId Id);

} // namespace brpc
