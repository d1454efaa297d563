// Breaks the house rules that lint.test names.
// "std::thread" in a comment is fine.
#include "std::no::string.h"
const char *Sentence = "std::terminate is called";
const char *Ours = "leak::Check";
const char *Name = "std::thread::join";
const char *Function = "pthread_join";
#if LLVM_VERSION_MAJOR > 19
#endif
int   Unformatted;
