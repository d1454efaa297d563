// libpq, from the real header: what each call is taken for.
//
// REQUIRES: package-libpq-dev
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/libpq.yaml -- -std=c++17
// RUN: %check_roles %s -- -std=c++17

#include <postgresql/libpq-fe.h>

void badConnection(const char *Where) {
  PGconn *Connection = PQconnectdb(Where); // ROLE: PQconnectdb block
  PQclear(PQexec(Connection, "SELECT 1"));
  PQfinish(Connection);
  PQping(Where); // ROLE: PQping block
}
