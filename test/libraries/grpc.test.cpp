// gRPC, from the real headers: what each call is taken for. Stubs are generated code, so what they call stands in.
//
// REQUIRES: package-libgrpc++-dev
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/grpc.yaml -- -std=c++17
// RUN: %check_roles %s -- -std=c++17

// clang-format off

#include <grpcpp/alarm.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/client_unary_call.h>
#include <grpcpp/support/async_stream.h>
#include <grpcpp/support/async_unary_call.h>
#include <grpcpp/support/server_callback.h>
#include <grpcpp/support/sync_stream.h>

#include <chrono>
#include <memory>
#include <thread>

using Text = grpc::ByteBuffer;

void work();
bool ready();

// Server

void badServer(grpc::Service &Service) {
  grpc::ServerBuilder Builder;
  Builder.RegisterService(&Service);
  std::unique_ptr<grpc::Server> Server = Builder.BuildAndStart(); // ROLE: grpc::ServerBuilder start
  Server->Wait(); // ROLE: grpc::Server join
}

void goodServer(grpc::Service &Service) {
  grpc::ServerBuilder Builder;
  Builder.AddListeningPort("localhost:0", grpc::InsecureServerCredentials());
  Builder.RegisterService(&Service);
  std::unique_ptr<grpc::Server> Server = Builder.BuildAndStart(); // ROLE: grpc::ServerBuilder start
  std::thread Stopper([&Server] { Server->Shutdown(); }); // ROLE: std::thread start, grpc::Server request-stop
  Server->Wait(); // ROLE: grpc::Server join
  Stopper.join(); // ROLE: std::thread join
}

void goodServerDeadline(grpc::Server &Server) {
  Server.Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(1)); // ROLE: grpc::Server request-stop
  Server.Wait(); // ROLE: grpc::Server join
}

// CompletionQueue

void badQueue() {
  grpc::CompletionQueue Queue;
  std::thread Poller([&Queue] { // ROLE: std::thread start
    void *Tag;
    bool Ok;
    while (Queue.Next(&Tag, &Ok)) // ROLE: grpc::CompletionQueue receive
      work();
  });
  Poller.join(); // ROLE: std::thread join
}

void goodQueue() {
  grpc::CompletionQueue Queue;
  std::thread Poller([&Queue] { // ROLE: std::thread start
    void *Tag;
    bool Ok;
    while (Queue.Next(&Tag, &Ok)) // ROLE: grpc::CompletionQueue receive
      work();
  });
  Queue.Shutdown(); // ROLE: grpc::CompletionQueue close
  Poller.join(); // ROLE: std::thread join
}

void badServerQueue(grpc::ServerBuilder &Builder) {
  std::unique_ptr<grpc::ServerCompletionQueue> Queue = Builder.AddCompletionQueue();
  void *Tag;
  bool Ok;
  while (Queue->Next(&Tag, &Ok)) // ROLE: grpc::ServerCompletionQueue receive
    work();
}

void goodServerQueue(grpc::Server &Server, grpc::ServerCompletionQueue &Queue) {
  Server.Shutdown(); // ROLE: grpc::Server request-stop
  Queue.Shutdown(); // ROLE: grpc::ServerCompletionQueue close
  void *Tag;
  bool Ok;
  while (Queue.Next(&Tag, &Ok)) // ROLE: grpc::ServerCompletionQueue receive
    ;
}

bool goodQueueTimed(grpc::CompletionQueue &Queue, gpr_timespec Until) {
  void *Tag;
  bool Ok;
  return Queue.AsyncNext(&Tag, &Ok, Until) == grpc::CompletionQueue::GOT_EVENT || // ROLE: grpc::CompletionQueue try-receive
         Queue.DoThenAsyncNext([] { work(); }, &Tag, &Ok, Until) == grpc::CompletionQueue::SHUTDOWN; // ROLE: grpc::CompletionQueue try-receive
}

// Unary calls

bool badUnary(grpc::ChannelInterface &Channel, const grpc::internal::RpcMethod &Method, Text &Answer) {
  grpc::ClientContext Context;
  return grpc::internal::BlockingUnaryCall(&Channel, Method, &Context, Text(), &Answer).ok(); // ROLE: grpc::internal::BlockingUnaryCall block
}

bool goodUnary(grpc::ChannelInterface &Channel, const grpc::internal::RpcMethod &Method, Text &Answer) {
  grpc::ClientContext Context;
  Context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(1)); // ROLE: grpc::ClientContext set-deadline
  return grpc::internal::BlockingUnaryCall(&Channel, Method, &Context, Text(), &Answer).ok(); // ROLE: grpc::internal::BlockingUnaryCall block
}

void goodCancelled(grpc::ClientContext &Context) { Context.TryCancel(); } // ROLE: grpc::ClientContext request-stop

// Streams of the client

void badReader(grpc::ClientReader<Text> &Reader) {
  Text Message;
  while (Reader.Read(&Message)) // ROLE: grpc::ClientReader block
    work();
}

bool goodReader(grpc::ClientReader<Text> &Reader) {
  Reader.WaitForInitialMetadata(); // ROLE: grpc::ClientReader block
  Text Message;
  while (Reader.Read(&Message)) // ROLE: grpc::ClientReader block
    work();
  return Reader.Finish().ok(); // ROLE: grpc::ClientReader join
}

bool badWriter(grpc::ClientWriter<Text> &Writer) {
  Writer.Write(Text()); // ROLE: grpc::ClientWriter block
  return Writer.Finish().ok(); // ROLE: grpc::ClientWriter join
}

bool goodWriter(grpc::ClientWriter<Text> &Writer) {
  Writer.WaitForInitialMetadata(); // ROLE: grpc::ClientWriter block
  Writer.Write(Text()); // ROLE: grpc::ClientWriter block
  Writer.WritesDone(); // ROLE: grpc::ClientWriter close
  return Writer.Finish().ok(); // ROLE: grpc::ClientWriter join
}

bool badReaderWriter(grpc::ClientReaderWriter<Text, Text> &Stream) {
  Stream.WaitForInitialMetadata(); // ROLE: grpc::ClientReaderWriter block
  Stream.Write(Text()); // ROLE: grpc::ClientReaderWriter block
  Text Message;
  while (Stream.Read(&Message)) // ROLE: grpc::ClientReaderWriter block
    work();
  return Stream.Finish().ok(); // ROLE: grpc::ClientReaderWriter join
}

bool goodReaderWriter(grpc::ClientReaderWriter<Text, Text> &Stream) {
  Stream.WriteLast(Text(), grpc::WriteOptions()); // ROLE: grpc::ClientReaderWriter close
  Text Message;
  while (Stream.Read(&Message)) // ROLE: grpc::ClientReaderWriter block
    work();
  return Stream.Finish().ok(); // ROLE: grpc::ClientReaderWriter join
}

bool goodInterfaces(grpc::ClientReaderInterface<Text> &Reader, grpc::ClientWriterInterface<Text> &Writer,
                    grpc::ClientReaderWriterInterface<Text, Text> &Both) {
  Text Message;
  Reader.WaitForInitialMetadata(); // ROLE: grpc::ClientReaderInterface block
  Reader.Read(&Message); // ROLE: grpc::ClientReaderInterface block
  Writer.Write(Message); // ROLE: grpc::ClientWriterInterface block
  Writer.WritesDone(); // ROLE: grpc::ClientWriterInterface close
  Both.WaitForInitialMetadata(); // ROLE: grpc::ClientReaderWriterInterface block
  Both.Write(Message); // ROLE: grpc::ClientReaderWriterInterface block
  Both.WritesDone(); // ROLE: grpc::ClientReaderWriterInterface close
  Both.Read(&Message); // ROLE: grpc::ClientReaderWriterInterface block
  return Reader.Finish().ok() && Writer.Finish().ok() && Both.Finish().ok(); // ROLE: grpc::ClientReaderInterface join, grpc::ClientWriterInterface join, grpc::ClientReaderWriterInterface join
}

void badChannel(grpc::Channel &Channel) {
  Channel.WaitForStateChange(GRPC_CHANNEL_IDLE, gpr_inf_future(GPR_CLOCK_REALTIME)); // ROLE: grpc::Channel block
}

bool goodChannel(grpc::Channel &Channel) {
  return Channel.WaitForConnected(std::chrono::system_clock::now() + std::chrono::seconds(1)); // ROLE: grpc::Channel block
}

bool goodChannelInterface(grpc::ChannelInterface &Channel, gpr_timespec Until) {
  return Channel.WaitForConnected(Until) || Channel.WaitForStateChange(GRPC_CHANNEL_IDLE, Until); // ROLE: grpc::ChannelInterface block, grpc::ChannelInterface block
}

// Handlers

void badHandler(grpc::ServerContext *, grpc::ServerWriter<Text> &Writer) {
  while (true)
    Writer.Write(Text()); // ROLE: grpc::ServerWriter block
}

void goodHandler(grpc::ServerContext *Context, grpc::ServerWriter<Text> &Writer) {
  while (!Context->IsCancelled()) // ROLE: grpc::ServerContext poll-stop
    if (!Writer.Write(Text())) // ROLE: grpc::ServerWriter block
      return;
  Context->TryCancel(); // ROLE: grpc::ServerContext request-stop
}

void goodBothWays(grpc::ServerReader<Text> &Reader, grpc::ServerReaderWriter<Text, Text> &Stream) {
  Text Message;
  while (Reader.Read(&Message)) // ROLE: grpc::ServerReader block
    work();
  while (Stream.Read(&Message)) // ROLE: grpc::ServerReaderWriter block
    Stream.Write(Message); // ROLE: grpc::ServerReaderWriter block
}

void goodCallback(grpc::CallbackServerContext *Context) {
  if (Context->IsCancelled()) // ROLE: grpc::CallbackServerContext poll-stop
    Context->DefaultReactor()->Finish(grpc::Status::CANCELLED); // ROLE: grpc::ServerUnaryReactor fulfil
  else
    Context->TryCancel(); // ROLE: grpc::CallbackServerContext request-stop
}

void goodBase(grpc::ServerContextBase &Context) {
  if (Context.IsCancelled()) // ROLE: grpc::ServerContextBase poll-stop
    Context.TryCancel(); // ROLE: grpc::ServerContextBase request-stop
}

// Answers

void badAnswer(grpc::ServerAsyncResponseWriter<Text> &Answer, void *Tag) {
  if (!ready())
    return;
  Answer.Finish(Text(), grpc::Status::OK, Tag); // ROLE: grpc::ServerAsyncResponseWriter fulfil
}

void goodAnswer(grpc::ServerAsyncResponseWriter<Text> &Answer, void *Tag) {
  if (!ready())
    return Answer.FinishWithError(grpc::Status::CANCELLED, Tag); // ROLE: grpc::ServerAsyncResponseWriter fail
  Answer.Finish(Text(), grpc::Status::OK, Tag); // ROLE: grpc::ServerAsyncResponseWriter fulfil
}

void goodAsyncStreams(grpc::ServerAsyncReader<Text, Text> &Reader, grpc::ServerAsyncWriter<Text> &Writer,
                      grpc::ServerAsyncReaderWriter<Text, Text> &Both, void *Tag) {
  if (!ready())
    Reader.FinishWithError(grpc::Status::CANCELLED, Tag); // ROLE: grpc::ServerAsyncReader fail
  else
    Reader.Finish(Text(), grpc::Status::OK, Tag); // ROLE: grpc::ServerAsyncReader fulfil
  Writer.Finish(grpc::Status::OK, Tag); // ROLE: grpc::ServerAsyncWriter fulfil
  Both.WriteAndFinish(Text(), grpc::WriteOptions(), grpc::Status::OK, Tag); // ROLE: grpc::ServerAsyncReaderWriter fulfil
}

void badReactor(grpc::ServerUnaryReactor &Reactor) {
  if (!ready())
    return;
  Reactor.Finish(grpc::Status::OK); // ROLE: grpc::ServerUnaryReactor fulfil
}

void goodReactor(grpc::ServerUnaryReactor &Reactor) {
  if (!ready())
    return Reactor.Finish(grpc::Status::CANCELLED); // ROLE: grpc::ServerUnaryReactor fulfil
  Reactor.Finish(grpc::Status::OK); // ROLE: grpc::ServerUnaryReactor fulfil
}

class Upload : public grpc::ServerReadReactor<Text> {
public:
  void OnReadDone(bool Ok) override {
    if (Ok)
      StartRead(&Message);
    else
      Finish(grpc::Status::OK); // ROLE: grpc::ServerReadReactor fulfil
  }
  void OnDone() override { delete this; }

private:
  Text Message;
};

class Download : public grpc::ServerWriteReactor<Text> {
public:
  void OnWriteDone(bool Ok) override {
    if (Ok)
      StartWriteAndFinish(&Message, grpc::WriteOptions(), grpc::Status::OK); // ROLE: grpc::ServerWriteReactor fulfil
    else
      Finish(grpc::Status::CANCELLED); // ROLE: grpc::ServerWriteReactor fulfil
  }
  void OnDone() override { delete this; }

private:
  Text Message;
};

void goodBidi(grpc::ServerBidiReactor<Text, Text> &Reactor) { Reactor.Finish(grpc::Status::OK); } // ROLE: grpc::ServerBidiReactor fulfil

// Alarm

void badAlarm(grpc::CompletionQueue &Queue, void *Tag) {
  grpc::Alarm Alarm;
  Alarm.Set(&Queue, gpr_inf_future(GPR_CLOCK_REALTIME), Tag); // ROLE: grpc::Alarm arm
}

void goodAlarm(grpc::CompletionQueue &Queue, gpr_timespec At, void *Tag) {
  grpc::Alarm First(&Queue, At, Tag); // ROLE: grpc::Alarm arm
  grpc::Alarm Second;
  Second.Set(At, [](bool) { work(); }); // ROLE: grpc::Alarm arm
  Second.Cancel(); // ROLE: grpc::Alarm disarm
  First.Cancel(); // ROLE: grpc::Alarm disarm
}
