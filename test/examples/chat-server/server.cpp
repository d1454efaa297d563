#include "server.h"

#include <algorithm>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

WorkerPool::WorkerPool(unsigned size) {
  for (unsigned i = 0; i < size; ++i)
    workers_.emplace_back([this] { run(); });
}

WorkerPool::~WorkerPool() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    closed_ = true;
  }
  ready_.notify_all();
  for (std::thread &worker : workers_)
    worker.join();
}

void WorkerPool::submit(std::function<void()> job) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    jobs_.push(std::move(job));
  }
  ready_.notify_one();
}

void WorkerPool::run() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (true) {
    ready_.wait(lock, [this] { return closed_ || !jobs_.empty(); });
    if (jobs_.empty())
      return;
    std::function<void()> job = std::move(jobs_.front());
    jobs_.pop();
    lock.unlock();
    job();
    lock.lock();
  }
}

bool Server::listenOn(unsigned short port) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0)
    return false;
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(fd, reinterpret_cast<sockaddr *>(&address), sizeof(address)) != 0 ||
      listen(fd, 16) != 0) {
    ::close(fd);
    return false;
  }
  listener_ = fd;
  return true;
}

void Server::acceptClients() {
  WorkerPool pool(4);
  while (true) {
    int client = accept(listener_, nullptr, nullptr);
    if (client < 0)
      return;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      clients_.push_back(client);
    }
    pool.submit([this, client] { serve(client); });
  }
}

void Server::close() {
  // Wakes accept() and every recv().
  shutdown(listener_, SHUT_RDWR);
  std::lock_guard<std::mutex> lock(mutex_);
  for (int client : clients_)
    shutdown(client, SHUT_RDWR);
}

void Server::serve(int client) {
  char data[4096];
  ssize_t size;
  while ((size = recv(client, data, sizeof(data), 0)) > 0)
    relay(client, data, static_cast<size_t>(size));
  std::lock_guard<std::mutex> lock(mutex_);
  clients_.erase(std::remove(clients_.begin(), clients_.end(), client),
                 clients_.end());
  ::close(client);
}

void Server::relay(int from, const char *data, size_t size) {
  metrics_.count();
  std::lock_guard<std::mutex> lock(mutex_);
  for (int client : clients_)
    if (client != from && send(client, data, size, MSG_NOSIGNAL) < 0)
      log_.line("a client does not listen");
}
