// The example of docs/models.md for annotations.
//
// RUN: %python %S/Inputs/block.py %repository/docs/models.md cpp 1 > %t.h
// RUN: %check_leaks %s leak-unjoined-thread --host=tidy,leak-tidy,analyzer -- -include %t.h

void work();

void bad(bool Ready) {
  Fiber F(work);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: {{.*}} is still joinable when it goes out of scope on this path; std::terminate is called [leak-unjoined-thread]
  if (Ready)
    F.finish();
}

void good(bool Ready) {
  Fiber F(work);
  if (Ready)
    F.forget();
  else if (F.busy())
    finishIt(F);
}
