// A client that is configured by a text.
//
// REQUIRES: package-libpq-dev
// RUN: %check_leaks %s leak-missing-deadline -- -std=c++17

#include <postgresql/libpq-fe.h>

#include <string>

int badCount() {
  PGconn *connection = PQconnectdb("host=db dbname=shop");
  // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: 'PQconnectdb' is given no deadline; it waits for ever when the other side doesn't answer [leak-missing-deadline]
  // CHECK-FIXES: PGconn *connection = PQconnectdb("host=db dbname=shop connect_timeout=30");
  PGresult *result = PQexec(connection, "SELECT count(*) FROM orders");
  int count = PQntuples(result);
  PQclear(result);
  PQfinish(connection);
  return count;
}

// Two tokens.
PGconn *badParts() {
  return PQconnectdb("hostaddr=192.0.2.7 "
                     "dbname=shop");
  // CHECK-MESSAGES: :[[@LINE-2]]:10: warning: 'PQconnectdb' is given no deadline
  // CHECK-FIXES: "dbname=shop connect_timeout=30");
}

// No fix-it: an address has its own syntax.
PGconn *badAddress() {
  return PQconnectdb("postgresql://shop@db.example.org/shop");
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'PQconnectdb' is given no deadline
}

bool badPing() {
  return PQping("host=db") == PQPING_OK;
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'PQping' is given no deadline
  // CHECK-FIXES: return PQping("host=db connect_timeout=30") == PQPING_OK;
}

PGconn *goodTimeout() {
  return PQconnectdb("host=db dbname=shop connect_timeout=30");
}
PGconn *goodAddress() {
  return PQconnectdb("postgresql://shop@db.example.org/shop?connect_timeout=5");
}

// Who thinks of other times than that is taken to know.
PGconn *goodStatement() {
  return PQconnectdb("host=db options='-c statement_timeout=5s'");
}

// May say it elsewhere.
PGconn *goodService() { return PQconnectdb("service=shop host=db"); }
PGconn *goodVariable(const char *where) { return PQconnectdb(where); }
PGconn *goodString(const std::string &host) {
  return PQconnectdb(("host=" + host).c_str());
}
PGconn *goodEnvironment() { return PQconnectdb(""); }

// This machine.
PGconn *goodLocal() { return PQconnectdb("host=localhost dbname=shop"); }
PGconn *goodLocalNumber() { return PQconnectdb("hostaddr=127.0.0.1"); }
PGconn *goodLocalSocket() { return PQconnectdb("host=/run/postgresql"); }
PGconn *goodLocalAddress() { return PQconnectdb("postgresql:///shop"); }
PGconn *goodNoHost() { return PQconnectdb("dbname=shop"); }

// Waits for nothing.
PGconn *goodStart() { return PQconnectStart("host=db dbname=shop"); }

// Who has started a tool can end it. A query may last.
int main() {
  PGconn *connection = PQconnectdb("host=db dbname=shop");
  PQclear(PQexec(connection, "SELECT 1"));
  PQfinish(connection);
}
