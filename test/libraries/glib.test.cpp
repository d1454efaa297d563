// GLib and GIO from C++, from the real headers. Handles are only known by their address.
//
// REQUIRES: package-libglibmm-2.4-dev
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/glib.yaml --also='-x c -std=gnu17' \
// RUN:   -- -x c++ -std=c++17 %glib
// RUN: %check_roles %s -std=c++17 -- %glib
// clang-format off

#include <gio/gio.h>
#include <glib.h>

gpointer work(gpointer Data);
void task(gpointer Data, gpointer UserData);
gboolean tick(gpointer Data);
void once(gpointer Data);
bool ready();

// Threads

void goodThread() {
  GThread *Worker = g_thread_new("worker", work, nullptr); // ROLE: g_thread_new start
  g_thread_join(Worker); // ROLE: g_thread_join join
}

void badThread() {
  GThread *Worker = g_thread_new("worker", work, nullptr); // ROLE: g_thread_new start
  if (!ready())
    return;
  g_thread_join(Worker); // ROLE: g_thread_join join
}

void goodThreadGivenUp(GError **Error) {
  GThread *Worker = g_thread_try_new("worker", work, nullptr, Error); // ROLE: g_thread_try_new start
  if (Worker)
    g_thread_unref(Worker); // ROLE: g_thread_unref detach
}

void badThreadJoinedTwice() {
  GThread *Worker = g_thread_new("worker", work, nullptr); // ROLE: g_thread_new start
  g_thread_join(Worker); // ROLE: g_thread_join join
  g_thread_join(Worker); // ROLE: g_thread_join join
}

gpointer work(gpointer Data) {
  static GOnce Once = G_ONCE_INIT;
  g_once(&Once, work, Data); // ROLE: g_once_impl apply
  g_usleep(1000); // ROLE: g_usleep sleep
  g_thread_exit(nullptr); // ROLE: g_thread_exit exit
  return nullptr;
}

// Pools

void goodPool() {
  GThreadPool *Pool = g_thread_pool_new(task, nullptr, 4, FALSE, nullptr);
  g_thread_pool_push(Pool, Pool, nullptr); // ROLE: g_thread_pool_push start
  g_thread_pool_free(Pool, FALSE, TRUE); // ROLE: g_thread_pool_free join
}

void badPool() {
  GThreadPool *Pool = g_thread_pool_new(task, nullptr, 4, FALSE, nullptr);
  g_thread_pool_push(Pool, Pool, nullptr); // ROLE: g_thread_pool_push start
}

// Processes

void goodProcess(GCancellable *Stop) {
  GSubprocess *Child = g_subprocess_new(G_SUBPROCESS_FLAGS_NONE, nullptr, "make", nullptr); // ROLE: g_subprocess_new start
  if (!g_subprocess_wait(Child, Stop, nullptr)) // ROLE: g_subprocess_wait join
    g_subprocess_force_exit(Child); // ROLE: g_subprocess_force_exit cancel
  g_object_unref(Child);
}

void badProcess() {
  GSubprocess *Child = g_subprocess_new(G_SUBPROCESS_FLAGS_NONE, nullptr, "make", nullptr); // ROLE: g_subprocess_new start
  g_subprocess_send_signal(Child, 15); // ROLE: g_subprocess_send_signal request-stop
  g_spawn_command_line_sync("make", nullptr, nullptr, nullptr, nullptr); // ROLE: g_spawn_command_line_sync block
}

// Tasks

void run(GTask *Task, gpointer Source, gpointer Data, GCancellable *Stop);

void goodTask(GTask *Task) {
  g_task_run_in_thread(Task, run); // ROLE: g_task_run_in_thread start
  g_object_unref(Task);
}

void badTask(GTask *Task) {
  g_task_run_in_thread_sync(Task, run); // ROLE: g_task_run_in_thread_sync apply
}

// Queues

void goodQueue(GAsyncQueue *Queue, gpointer Last) {
  g_async_queue_push(Queue, Last); // ROLE: g_async_queue_push send
  while (g_async_queue_pop(Queue) != Last) // ROLE: g_async_queue_pop receive
    ;
  while (g_async_queue_try_pop(Queue)) // ROLE: g_async_queue_try_pop try-receive
    ;
  g_async_queue_timeout_pop(Queue, 1000); // ROLE: g_async_queue_timeout_pop try-receive
  g_async_queue_lock(Queue); // ROLE: g_async_queue_lock acquire
  g_async_queue_push_unlocked(Queue, Last); // ROLE: g_async_queue_push_unlocked send
  g_async_queue_unlock(Queue); // ROLE: g_async_queue_unlock release
  g_async_queue_unref(Queue);
}

// Nobody ever sends.
void badQueue() {
  GAsyncQueue *Queue = g_async_queue_new();
  g_async_queue_pop(Queue); // ROLE: g_async_queue_pop receive
  g_async_queue_unref(Queue);
}

// Mutexes

void goodMutex(GMutex &M, GRecMutex &R, GRWLock &L) {
  g_mutex_lock(&M); // ROLE: g_mutex_lock acquire
  g_mutex_unlock(&M); // ROLE: g_mutex_unlock release
  g_rec_mutex_lock(&R); // ROLE: g_rec_mutex_lock acquire
  g_rec_mutex_unlock(&R); // ROLE: g_rec_mutex_unlock release
  g_rw_lock_reader_lock(&L); // ROLE: g_rw_lock_reader_lock acquire
  g_rw_lock_reader_unlock(&L); // ROLE: g_rw_lock_reader_unlock release
  if (g_rw_lock_writer_trylock(&L)) // ROLE: g_rw_lock_writer_trylock try-acquire
    g_rw_lock_writer_unlock(&L); // ROLE: g_rw_lock_writer_unlock release
  g_autoptr(GMutexLocker) Held = g_mutex_locker_new(&M); // ROLE: g_mutex_locker_new acquire
  (void)Held;
}

void badMutex(GMutex &M, GRecMutex &R, GRWLock &L) {
  g_mutex_lock(&M); // ROLE: g_mutex_lock acquire
  if (!ready())
    return;
  g_mutex_unlock(&M); // ROLE: g_mutex_unlock release
  if (g_rec_mutex_trylock(&R)) // ROLE: g_rec_mutex_trylock try-acquire
    g_rw_lock_writer_lock(&L); // ROLE: g_rw_lock_writer_lock acquire
}

// Conditions

void goodCondition(GMutex &M, GCond &Filled, const bool &Done) {
  g_mutex_lock(&M); // ROLE: g_mutex_lock acquire
  while (!Done)
    g_cond_wait(&Filled, &M); // ROLE: g_cond_wait wait
  g_cond_signal(&Filled); // ROLE: g_cond_signal notify-one
  g_mutex_unlock(&M); // ROLE: g_mutex_unlock release
}

void badCondition(GMutex &M, GCond &Filled) {
  g_mutex_lock(&M); // ROLE: g_mutex_lock acquire
  g_cond_wait_until(&Filled, &M, g_get_monotonic_time() + G_TIME_SPAN_SECOND); // ROLE: g_cond_wait_until try-wait
  g_cond_wait(&Filled, &M); // ROLE: g_cond_wait wait
  g_cond_broadcast(&Filled); // ROLE: g_cond_broadcast notify-all
  g_mutex_unlock(&M); // ROLE: g_mutex_unlock release
}

// Main loops and timeouts

void goodLoop(GMainLoop *Loop) {
  guint Tag = g_timeout_add(1000, tick, Loop); // ROLE: g_timeout_add arm
  g_main_loop_run(Loop); // ROLE: g_main_loop_run wait
  g_source_remove(Tag); // ROLE: g_source_remove disarm
  g_main_loop_unref(Loop);
}

void endLoop(GMainLoop *Loop) {
  g_main_loop_quit(Loop); // ROLE: g_main_loop_quit request-stop
}

// Nobody ends it.
void badLoop() {
  GMainLoop *Loop = g_main_loop_new(nullptr, FALSE);
  g_main_loop_run(Loop); // ROLE: g_main_loop_run wait
}

void goodContext(GMainContext *Context) {
  g_main_context_invoke(Context, tick, nullptr); // ROLE: g_main_context_invoke escape
  g_main_context_iteration(Context, FALSE); // ROLE: g_main_context_iteration block
}

void badContext(GMainContext *Context) {
  g_main_context_iteration(Context, TRUE); // ROLE: g_main_context_iteration block
}

void goodSource(GMainContext *Context) {
  GSource *Source = g_timeout_source_new(100);
  g_source_set_callback(Source, tick, nullptr, nullptr);
  g_source_attach(Source, Context); // ROLE: g_source_attach arm
  g_source_destroy(Source); // ROLE: g_source_destroy disarm
  g_source_unref(Source);
}

// Nobody can stop them any more, and what they refer to is gone.
void badTimeouts() {
  int Local = 0;
  g_timeout_add_seconds(1, tick, &Local); // ROLE: g_timeout_add_seconds arm
  g_timeout_add_full(G_PRIORITY_LOW, 100, tick, &Local, nullptr); // ROLE: g_timeout_add_full arm
  g_idle_add(tick, &Local); // ROLE: g_idle_add arm
  g_idle_add_full(G_PRIORITY_LOW, tick, &Local, nullptr); // ROLE: g_idle_add_full arm
  g_idle_remove_by_data(nullptr); // ROLE: g_idle_remove_by_data disarm
}

// Cancellation

void stop(GCancellable *Stop, gpointer Data);

void goodCancellable(GSocket *Socket) {
  GCancellable *Stop = g_cancellable_new();
  gulong Id = g_cancellable_connect(Stop, G_CALLBACK(stop), nullptr, nullptr); // ROLE: g_cancellable_connect arm
  char Text[16];
  g_socket_set_timeout(Socket, 5); // ROLE: g_socket_set_timeout set-deadline
  g_socket_receive(Socket, Text, sizeof Text, Stop, nullptr); // ROLE: g_socket_receive block
  if (!g_cancellable_is_cancelled(Stop)) // ROLE: g_cancellable_is_cancelled poll-stop
    g_cancellable_cancel(Stop); // ROLE: g_cancellable_cancel request-stop
  g_cancellable_disconnect(Stop, Id); // ROLE: g_cancellable_disconnect disarm
  g_object_unref(Stop);
}

void badCancellable(GSocket *Socket, GInputStream *Input, GPollFD *Polled) {
  char Text[16];
  g_socket_receive(Socket, Text, sizeof Text, nullptr, nullptr); // ROLE: g_socket_receive block
  g_socket_condition_wait(Socket, G_IO_IN, nullptr, nullptr); // ROLE: g_socket_condition_wait block
  g_input_stream_read(Input, Text, sizeof Text, nullptr, nullptr); // ROLE: g_input_stream_read block
  g_poll(Polled, 1, -1); // ROLE: g_poll block
}

void goodClient() {
  GSocketClient *Client = g_socket_client_new();
  g_socket_client_set_timeout(Client, 5); // ROLE: g_socket_client_set_timeout set-deadline
  g_socket_client_connect_to_host(Client, "localhost", 80, nullptr, nullptr); // ROLE: g_socket_client_connect_to_host block
}

void badClient(GSocketClient *Client) {
  g_socket_client_connect_to_host(Client, "localhost", 80, nullptr, nullptr); // ROLE: g_socket_client_connect_to_host block
}
