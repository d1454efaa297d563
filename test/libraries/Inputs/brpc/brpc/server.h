// A fake: the documented interface of brpc's <brpc/server.h>, as far as the tests call it. Nothing of it is brpc's code.
#pragma once
namespace brpc {

struct ServerOptions;

class Server {
public:
  Server();
  ~Server();
  int Start(int Port, const ServerOptions *Options);
  int Stop(int CloseWait);
  int Join();
  void RunUntilAskedToQuit();
  bool IsRunning() const;
};

} // namespace brpc
