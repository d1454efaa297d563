// A fake: the documented interface of brpc's <brpc/channel.h>, as far as the tests call it. Nothing of it is brpc's code.
#pragma once
#include <brpc/controller.h>

namespace brpc {

struct ChannelOptions {
  ChannelOptions();
  std::int32_t connect_timeout_ms;
  std::int32_t timeout_ms;
  int max_retry;
};

class Channel {
public:
  Channel();
  ~Channel();
  int Init(const char *Server, const ChannelOptions *Options);
  void CallMethod(const google::protobuf::MethodDescriptor *Method, Controller *Call,
                  const google::protobuf::Message *Request, google::protobuf::Message *Response,
                  google::protobuf::Closure *Done);
};

} // namespace brpc
