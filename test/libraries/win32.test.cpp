// Windows from C++, from the headers of mingw-w64.
//
// REQUIRES: package-mingw-w64-x86-64-dev
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/win32.yaml --also='-x c -std=gnu17' \
// RUN:   -- -x c++ -std=c++17 %mingw
// RUN: %check_roles %s -std=c++17 -- %mingw
// clang-format off

#include <winsock2.h>
#include <windows.h>
#include <process.h>

DWORD WINAPI work(void *Data);
unsigned __stdcall routine(void *Data);
void __cdecl simple(void *Data);
void CALLBACK tick(void *Data, BOOLEAN Fired);
bool ready();

// Threads: a handle has to be closed even when it was waited for.

void goodThread() {
  HANDLE Worker = CreateThread(nullptr, 0, work, nullptr, 0, nullptr); // ROLE: CreateThread start
  if (!Worker)
    return;
  WaitForSingleObject(Worker, INFINITE); // ROLE: WaitForSingleObject wait
  CloseHandle(Worker); // ROLE: CloseHandle detach
}

void badThread() {
  HANDLE Worker = CreateThread(nullptr, 0, work, nullptr, 0, nullptr); // ROLE: CreateThread start
  if (!ready())
    return;
  CloseHandle(Worker); // ROLE: CloseHandle detach
}

void goodBeginthreadex() {
  HANDLE Worker = reinterpret_cast<HANDLE>(_beginthreadex(nullptr, 0, routine, nullptr, 0, nullptr)); // ROLE: _beginthreadex start
  if (WaitForSingleObject(Worker, 1000)) // ROLE: WaitForSingleObject wait
    TerminateThread(Worker, 1); // ROLE: TerminateThread cancel
  CloseHandle(Worker); // ROLE: CloseHandle detach
}

void badBeginthreadex() {
  _beginthreadex(nullptr, 0, routine, nullptr, 0, nullptr); // ROLE: _beginthreadex start
}

void goodBeginthread() {
  _beginthread(simple, 0, nullptr); // ROLE: _beginthread detach
}

void badBeginthread() {
  int Local = 0;
  _beginthread(simple, 0, &Local); // ROLE: _beginthread detach
}

DWORD WINAPI work(void *) {
  SwitchToThread();
  Sleep(10); // ROLE: Sleep sleep
  SleepEx(10, TRUE); // ROLE: SleepEx sleep
  ExitThread(0); // ROLE: ExitThread exit
}

unsigned __stdcall routine(void *) {
  _endthreadex(0); // ROLE: _endthreadex exit
  return 0;
}

// Processes

void goodProcess(wchar_t *Command, STARTUPINFOW &Options) {
  PROCESS_INFORMATION Child;
  if (!CreateProcessW(nullptr, Command, nullptr, nullptr, FALSE, 0, nullptr, nullptr, &Options, &Child)) // ROLE: CreateProcessW start
    return;
  if (WaitForSingleObject(Child.hProcess, 5000)) // ROLE: WaitForSingleObject wait
    TerminateProcess(Child.hProcess, 1); // ROLE: TerminateProcess cancel
  CloseHandle(Child.hThread); // ROLE: CloseHandle detach
  CloseHandle(Child.hProcess); // ROLE: CloseHandle detach
}

void badProcess(wchar_t *Command, STARTUPINFOW &Options) {
  PROCESS_INFORMATION Child;
  CreateProcessW(nullptr, Command, nullptr, nullptr, FALSE, 0, nullptr, nullptr, &Options, &Child); // ROLE: CreateProcessW start
}

// Events, semaphores, mutexes

void goodEvent() {
  HANDLE Done = CreateEvent(nullptr, TRUE, FALSE, nullptr);
  SetEvent(Done); // ROLE: SetEvent fulfil
  WaitForSingleObject(Done, INFINITE); // ROLE: WaitForSingleObject wait
  ResetEvent(Done);
  CloseHandle(Done); // ROLE: CloseHandle detach
}

// Nobody ever sets it; a pulse is lost when nobody waits.
void badEvent() {
  HANDLE Done = CreateEventW(nullptr, FALSE, FALSE, nullptr);
  PulseEvent(Done); // ROLE: PulseEvent notify-all
  WaitForSingleObject(Done, INFINITE); // ROLE: WaitForSingleObject wait
}

void goodSemaphore(HANDLE Free, HANDLE Mutex) {
  WaitForSingleObject(Free, INFINITE); // ROLE: WaitForSingleObject wait
  ReleaseSemaphore(Free, 1, nullptr); // ROLE: ReleaseSemaphore release
  WaitForSingleObject(Mutex, INFINITE); // ROLE: WaitForSingleObject wait
  ReleaseMutex(Mutex); // ROLE: ReleaseMutex release
}

void badSemaphore(HANDLE Mutex) {
  HANDLE Free = CreateSemaphore(nullptr, 0, 1, nullptr);
  SignalObjectAndWait(Mutex, Free, INFINITE, FALSE); // ROLE: SignalObjectAndWait wait
}

void goodMany(HANDLE *All, DWORD Count) {
  WaitForMultipleObjects(Count, All, TRUE, 1000); // ROLE: WaitForMultipleObjects wait
  MsgWaitForMultipleObjects(Count, All, FALSE, 1000, QS_ALLINPUT); // ROLE: MsgWaitForMultipleObjects wait
}

void badMany(HANDLE *All, DWORD Count) {
  WaitForMultipleObjects(Count, All, TRUE, INFINITE); // ROLE: WaitForMultipleObjects wait
  MsgWaitForMultipleObjectsEx(Count, All, INFINITE, QS_ALLINPUT, 0); // ROLE: MsgWaitForMultipleObjectsEx wait
}

void goodRegistered(HANDLE Done) {
  HANDLE Registered;
  RegisterWaitForSingleObject(&Registered, Done, tick, nullptr, INFINITE, WT_EXECUTEONLYONCE); // ROLE: RegisterWaitForSingleObject arm
  UnregisterWaitEx(Registered, INVALID_HANDLE_VALUE); // ROLE: UnregisterWaitEx disarm
}

void badRegistered(HANDLE Done) {
  HANDLE Registered;
  RegisterWaitForSingleObject(&Registered, Done, tick, nullptr, INFINITE, 0); // ROLE: RegisterWaitForSingleObject arm
}

// Critical sections and slim locks

void goodLocks(CRITICAL_SECTION &Section, SRWLOCK &Lock) {
  EnterCriticalSection(&Section); // ROLE: EnterCriticalSection acquire
  LeaveCriticalSection(&Section); // ROLE: LeaveCriticalSection release
  AcquireSRWLockShared(&Lock); // ROLE: AcquireSRWLockShared acquire
  ReleaseSRWLockShared(&Lock); // ROLE: ReleaseSRWLockShared release
  if (TryAcquireSRWLockExclusive(&Lock)) // ROLE: TryAcquireSRWLockExclusive try-acquire
    ReleaseSRWLockExclusive(&Lock); // ROLE: ReleaseSRWLockExclusive release
}

void badLocks(CRITICAL_SECTION &Section, SRWLOCK &Lock) {
  EnterCriticalSection(&Section); // ROLE: EnterCriticalSection acquire
  if (!ready())
    return;
  LeaveCriticalSection(&Section); // ROLE: LeaveCriticalSection release
  if (TryEnterCriticalSection(&Section)) // ROLE: TryEnterCriticalSection try-acquire
    AcquireSRWLockExclusive(&Lock); // ROLE: AcquireSRWLockExclusive acquire
}

// Conditions

void goodCondition(CRITICAL_SECTION &Section, CONDITION_VARIABLE &Filled, const bool &Done) {
  EnterCriticalSection(&Section); // ROLE: EnterCriticalSection acquire
  while (!Done)
    SleepConditionVariableCS(&Filled, &Section, INFINITE); // ROLE: SleepConditionVariableCS wait
  LeaveCriticalSection(&Section); // ROLE: LeaveCriticalSection release
  WakeConditionVariable(&Filled); // ROLE: WakeConditionVariable notify-one
}

void badCondition(SRWLOCK &Lock, CONDITION_VARIABLE &Filled) {
  AcquireSRWLockExclusive(&Lock); // ROLE: AcquireSRWLockExclusive acquire
  SleepConditionVariableSRW(&Filled, &Lock, INFINITE, 0); // ROLE: SleepConditionVariableSRW wait
  ReleaseSRWLockExclusive(&Lock); // ROLE: ReleaseSRWLockExclusive release
  WakeAllConditionVariable(&Filled); // ROLE: WakeAllConditionVariable notify-all
}

void goodAddress(volatile long &Value) {
  long Old = 0;
  while (Value == Old)
    WaitOnAddress(&Value, &Old, sizeof Old, INFINITE); // ROLE: WaitOnAddress wait
  WakeByAddressAll(const_cast<long *>(&Value)); // ROLE: WakeByAddressAll notify-all
}

void badAddress(volatile long &Value) {
  long Old = 0;
  WaitOnAddress(&Value, &Old, sizeof Old, INFINITE); // ROLE: WaitOnAddress wait
  WakeByAddressSingle(const_cast<long *>(&Value)); // ROLE: WakeByAddressSingle notify-one
}

// Barriers and one-time initialisation

BOOL CALLBACK prepare(INIT_ONCE *Once, void *Data, void **Context);

void goodBarrier(SYNCHRONIZATION_BARRIER &Phase) {
  static INIT_ONCE Once = INIT_ONCE_STATIC_INIT;
  InitOnceExecuteOnce(&Once, prepare, nullptr, nullptr); // ROLE: InitOnceExecuteOnce apply
  EnterSynchronizationBarrier(&Phase, 0); // ROLE: EnterSynchronizationBarrier arrive
}

// Two are waited for, one comes.
void badBarrier() {
  SYNCHRONIZATION_BARRIER Phase;
  InitializeSynchronizationBarrier(&Phase, 2, -1);
  EnterSynchronizationBarrier(&Phase, 0); // ROLE: EnterSynchronizationBarrier arrive
  DeleteSynchronizationBarrier(&Phase);
}

// Messages

void goodMessages(HWND Window, DWORD Thread) {
  MSG Message;
  while (GetMessage(&Message, nullptr, 0, 0) > 0) // ROLE: GetMessageA block
    DispatchMessage(&Message);
  DWORD_PTR Result;
  SendMessageTimeoutW(Window, WM_NULL, 0, 0, SMTO_ABORTIFHUNG, 1000, &Result); // ROLE: SendMessageTimeoutW block
  PostThreadMessageW(Thread, WM_QUIT, 0, 0); // ROLE: PostThreadMessageW send
}

// Never ends: -1 is true as well.
void badMessages(HWND Window) {
  MSG Message;
  while (GetMessageW(&Message, Window, 0, 0)) // ROLE: GetMessageW block
    SendMessageW(Window, WM_NULL, 0, 0); // ROLE: SendMessageW block
}

// Timers

void goodTimer() {
  HANDLE Timer;
  HANDLE Queue = CreateTimerQueue();
  if (CreateTimerQueueTimer(&Timer, Queue, tick, nullptr, 100, 100, 0)) // ROLE: CreateTimerQueueTimer arm
    DeleteTimerQueueTimer(Queue, Timer, INVALID_HANDLE_VALUE); // ROLE: DeleteTimerQueueTimer disarm
  DeleteTimerQueueEx(Queue, INVALID_HANDLE_VALUE); // ROLE: DeleteTimerQueueEx disarm
}

// It goes on with the address of a local.
void badTimer() {
  HANDLE Timer;
  int Local = 0;
  CreateTimerQueueTimer(&Timer, nullptr, tick, &Local, 100, 100, 0); // ROLE: CreateTimerQueueTimer arm
}

void goodWaitable(HANDLE Timer, HWND Window) {
  LARGE_INTEGER Due;
  Due.QuadPart = -10000000;
  SetWaitableTimer(Timer, &Due, 0, nullptr, nullptr, FALSE); // ROLE: SetWaitableTimer arm
  CancelWaitableTimer(Timer); // ROLE: CancelWaitableTimer disarm
  UINT_PTR Id = SetTimer(Window, 1, 1000, nullptr); // ROLE: SetTimer arm
  KillTimer(Window, Id); // ROLE: KillTimer disarm
}

void badWaitable(HWND Window) {
  HANDLE Timer = CreateWaitableTimerW(nullptr, TRUE, nullptr);
  WaitForSingleObject(Timer, INFINITE); // ROLE: WaitForSingleObject wait
  SetTimer(Window, 1, 1000, nullptr); // ROLE: SetTimer arm
}

// Thread pools

void CALLBACK callback(PTP_CALLBACK_INSTANCE Instance, void *Data, PTP_WORK Work);
void CALLBACK expired(PTP_CALLBACK_INSTANCE Instance, void *Data, PTP_TIMER Timer);

void goodWork() {
  PTP_WORK Work = CreateThreadpoolWork(callback, nullptr, nullptr);
  SubmitThreadpoolWork(Work); // ROLE: SubmitThreadpoolWork start
  WaitForThreadpoolWorkCallbacks(Work, FALSE); // ROLE: WaitForThreadpoolWorkCallbacks join
  CloseThreadpoolWork(Work); // ROLE: CloseThreadpoolWork detach
}

void badWork() {
  PTP_WORK Work = CreateThreadpoolWork(callback, nullptr, nullptr);
  SubmitThreadpoolWork(Work); // ROLE: SubmitThreadpoolWork start
  if (!ready())
    return;
  CloseThreadpoolWork(Work); // ROLE: CloseThreadpoolWork detach
}

void goodPoolTimer(FILETIME &Due) {
  PTP_TIMER Timer = CreateThreadpoolTimer(expired, nullptr, nullptr);
  SetThreadpoolTimer(Timer, &Due, 100, 0); // ROLE: SetThreadpoolTimer arm
  SetThreadpoolTimer(Timer, nullptr, 0, 0); // ROLE: SetThreadpoolTimer arm
  WaitForThreadpoolTimerCallbacks(Timer, TRUE); // ROLE: WaitForThreadpoolTimerCallbacks join
  CloseThreadpoolTimer(Timer);
}

void badPoolTimer(FILETIME &Due, PTP_CLEANUP_GROUP Group) {
  PTP_TIMER Timer = CreateThreadpoolTimer(expired, nullptr, nullptr);
  SetThreadpoolTimer(Timer, &Due, 100, 0); // ROLE: SetThreadpoolTimer arm
  QueueUserWorkItem(work, nullptr, 0); // ROLE: QueueUserWorkItem escape
  CloseThreadpoolCleanupGroupMembers(Group, TRUE, nullptr); // ROLE: CloseThreadpoolCleanupGroupMembers join
}

// Completion ports

void goodPort(HANDLE Port) {
  DWORD Size;
  ULONG_PTR Key;
  OVERLAPPED *Done;
  PostQueuedCompletionStatus(Port, 0, 0, nullptr); // ROLE: PostQueuedCompletionStatus send
  GetQueuedCompletionStatus(Port, &Size, &Key, &Done, 1000); // ROLE: GetQueuedCompletionStatus receive
}

void badPort() {
  DWORD Size;
  ULONG_PTR Key;
  OVERLAPPED *Done;
  HANDLE Port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, nullptr, 0, 0);
  GetQueuedCompletionStatus(Port, &Size, &Key, &Done, INFINITE); // ROLE: GetQueuedCompletionStatus receive
}

// Blocking calls

void goodBlocking(HANDLE File, HANDLE Thread, SOCKET Socket, COMMTIMEOUTS &Most) {
  char Text[16];
  DWORD Size;
  SetCommTimeouts(File, &Most); // ROLE: SetCommTimeouts set-deadline
  ReadFile(File, Text, sizeof Text, &Size, nullptr); // ROLE: ReadFile block
  CancelSynchronousIo(Thread); // ROLE: CancelSynchronousIo request-stop
  u_long On = 1;
  ioctlsocket(Socket, FIONBIO, &On); // ROLE: ioctlsocket set-deadline
  recv(Socket, Text, sizeof Text, 0); // ROLE: recv block
  closesocket(Socket); // ROLE: closesocket close
}

void badBlocking(HANDLE Pipe, WSAPOLLFD &Polled, WSAEVENT Event) {
  ConnectNamedPipe(Pipe, nullptr); // ROLE: ConnectNamedPipe block
  WSAPoll(&Polled, 1, -1); // ROLE: WSAPoll block
  WSAWaitForMultipleEvents(1, &Event, TRUE, WSA_INFINITE, FALSE); // ROLE: WSAWaitForMultipleEvents wait
}
