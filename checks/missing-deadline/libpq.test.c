// The same in C.
//
// REQUIRES: package-libpq-dev
// RUN: %check_leaks %s leak-missing-deadline -- -std=c11

#include <postgresql/libpq-fe.h>

PGconn *bad(void) {
  return PQconnectdb("host=db dbname=shop");
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'PQconnectdb' is given no deadline
  // CHECK-FIXES: return PQconnectdb("host=db dbname=shop connect_timeout=30");
}

PGconn *good(void) {
  return PQconnectdb("host=db dbname=shop connect_timeout=30");
}
