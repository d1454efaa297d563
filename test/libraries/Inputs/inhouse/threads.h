// A small library of somebody's own, as in the example of docs/models.md.
#ifndef INHOUSE_THREADS_H
#define INHOUSE_THREADS_H

#ifdef __cplusplus
namespace inhouse {

class Thread {
public:
  Thread();
  explicit Thread(void (*Work)());
  Thread(void (*Work)(), int Priority);
  Thread(Thread &&);
  Thread &operator=(Thread &&);
  ~Thread();
  void launch(void (*Work)());
  void waitForExit();
  void abandon();
  bool isRunning() const;
};

class NamedThread {
public:
  NamedThread(void (*Work)(), const char *Name);
  NamedThread(NamedThread &&);
  ~NamedThread();
  void launch(void (*Work)());
  void waitForExit();
  void abandon();
  bool isRunning() const;
  const char *name() const;
};

void reap(Thread &T);
void inspect(Thread &T);

} // namespace inhouse

extern "C" {
#endif

typedef struct ih_thread *ih_thread_t;
int ih_thread_create(ih_thread_t *Thread, void (*Work)(void));
int ih_thread_wait(ih_thread_t Thread);

#ifdef __cplusplus
}
#endif
#endif
