// Calls of generated stubs: their context carries the deadline.
//
// REQUIRES: package-libgrpc++-dev
// RUN: %check_leaks %s leak-missing-deadline -- -std=c++17

#include <chrono>
#include <grpcpp/grpcpp.h>
#include <grpcpp/support/async_unary_call.h>
#include <grpcpp/support/sync_stream.h>
#include <memory>

using Text = grpc::ByteBuffer;

// What protoc makes of a service.
class Echo final {
public:
  class StubInterface {
  public:
    virtual ~StubInterface() {}
    virtual grpc::Status Say(grpc::ClientContext *context, const Text &request,
                             Text *response) = 0;
    virtual std::unique_ptr<grpc::ClientReaderInterface<Text>>
    Watch(grpc::ClientContext *context, const Text &request) = 0;
    virtual std::unique_ptr<grpc::ClientAsyncResponseReaderInterface<Text>>
    AsyncSay(grpc::ClientContext *context, const Text &request,
             grpc::CompletionQueue *cq) = 0;
    class async_interface {
    public:
      virtual ~async_interface() {}
      virtual void Say(grpc::ClientContext *context, const Text *request,
                       Text *response, std::function<void(grpc::Status)>) = 0;
    };
    virtual class async_interface *async() { return nullptr; }
  };
  class Stub final : public StubInterface {
  public:
    grpc::Status Say(grpc::ClientContext *context, const Text &request,
                     Text *response) override;
    std::unique_ptr<grpc::ClientReaderInterface<Text>>
    Watch(grpc::ClientContext *context, const Text &request) override;
    std::unique_ptr<grpc::ClientAsyncResponseReaderInterface<Text>>
    AsyncSay(grpc::ClientContext *context, const Text &request,
             grpc::CompletionQueue *cq) override;
  };
};

void addDeadline(grpc::ClientContext &context);
std::unique_ptr<grpc::ClientContext> makeContext();

class Client {
public:
  bool bad(const Text &request, Text &response) {
    grpc::ClientContext context;
    context.AddMetadata("key", "value");
    grpc::Status status = stub_->Say(&context, request, &response);
    // CHECK-MESSAGES: :[[@LINE-1]]:34: warning: 'context' is given no deadline; 'Say' waits for ever when the other side doesn't answer [leak-missing-deadline]
    // CHECK-FIXES: context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
    // CHECK-FIXES-NEXT: grpc::Status status = stub_->Say(&context, request, &response);
    return status.ok();
  }

  bool good(const Text &request, Text &response) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() +
                         std::chrono::seconds(5));
    return stub_->Say(&context, request, &response).ok();
  }

  bool badOwned(const Text &request, Text &response) {
    auto context = std::make_unique<grpc::ClientContext>();
    return stub_->Say(context.get(), request, &response).ok();
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'context' is given no deadline
    // CHECK-FIXES: context->set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
  }

  bool goodOwned(const Text &request, Text &response) {
    auto context = std::make_unique<grpc::ClientContext>();
    context->set_deadline(std::chrono::system_clock::now() +
                          std::chrono::seconds(5));
    return stub_->Say(context.get(), request, &response).ok();
  }

  bool badNever(const Text &request, Text &response) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::time_point::max());
    return stub_->Say(&context, request, &response).ok();
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'context' is given no deadline
  }

  bool badNeverGpr(const Text &request, Text &response) {
    grpc::ClientContext context;
    context.set_deadline(gpr_inf_future(GPR_CLOCK_REALTIME));
    return stub_->Say(&context, request, &response).ok();
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'context' is given no deadline
  }

  bool goodHelper(const Text &request, Text &response) {
    grpc::ClientContext context;
    addDeadline(context);
    return stub_->Say(&context, request, &response).ok();
  }

  bool goodFactory(const Text &request, Text &response) {
    auto context = makeContext();
    return stub_->Say(context.get(), request, &response).ok();
  }

  bool goodParameter(grpc::ClientContext *context, const Text &request,
                     Text &response) {
    return stub_->Say(context, request, &response).ok();
  }

  // As long as the server's own caller waits.
  bool goodPropagated(grpc::ServerContext &server, const Text &request,
                      Text &response) {
    auto context = grpc::ClientContext::FromServerContext(server);
    return stub_->Say(context.get(), request, &response).ok();
  }

  // A stream lasts as long as somebody listens.
  void goodStream(const Text &request) {
    grpc::ClientContext context;
    auto reader = stub_->Watch(&context, request);
    Text text;
    while (reader->Read(&text))
      ;
  }

  void goodAsync(const Text &request, grpc::CompletionQueue *cq) {
    grpc::ClientContext context;
    auto reader = stub_->AsyncSay(&context, request, cq);
  }

private:
  std::unique_ptr<Echo::Stub> stub_;
};
