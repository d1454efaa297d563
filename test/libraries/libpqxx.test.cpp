// libpqxx 6, from the real headers: what each call is taken for.
//
// REQUIRES: package-libpqxx-dev
// RUN: %build/bin/leak-models verify --strict %repository/lib/models/libpqxx.yaml -- -std=c++17
// RUN: %check_roles %s -- -std=c++17

// clang-format off

#include <pqxx/pqxx>

#include <string>

bool more();

void badConnection() {
  pqxx::connection Database("host=localhost"); // ROLE: pqxx::basic_connection_base block
  pqxx::work Work(Database); // ROLE: pqxx::transaction block
  Work.exec("SELECT 1"); // ROLE: pqxx::transaction block
  Work.commit(); // ROLE: pqxx::transaction block
}

void goodConnection() {
  pqxx::connection Database("host=localhost connect_timeout=5 options='-c statement_timeout=1000'"); // ROLE: pqxx::basic_connection_base block
  pqxx::work Work(Database); // ROLE: pqxx::transaction block
  Work.exec0("SET lock_timeout = 1000"); // ROLE: pqxx::transaction block
  Work.exec_params("SELECT $1", 1); // ROLE: pqxx::transaction block
  if (more())
    Work.commit(); // ROLE: pqxx::transaction block
  else
    Work.abort(); // ROLE: pqxx::transaction block
  Database.disconnect(); // ROLE: pqxx::basic_connection_base close
}

void goodPrepared(pqxx::connection &Database) {
  Database.prepare("one", "SELECT $1");
  Database.prepare_now("one"); // ROLE: pqxx::basic_connection_base block
  pqxx::nontransaction Work(Database);
  Work.exec_prepared("one", 1); // ROLE: pqxx::nontransaction block
}

void goodKinds(pqxx::connection &Database) {
  pqxx::robusttransaction<> Robust(Database); // ROLE: pqxx::robusttransaction block
  pqxx::subtransaction Inner(Robust); // ROLE: pqxx::subtransaction block
  Inner.exec("SELECT 1"); // ROLE: pqxx::subtransaction block
  Inner.commit(); // ROLE: pqxx::subtransaction block
  Robust.exec1("SELECT 1"); // ROLE: pqxx::robusttransaction block
  Robust.commit(); // ROLE: pqxx::robusttransaction block
}

void goodAnyTransaction(pqxx::transaction_base &Work) { Work.exec("SELECT 1"); } // ROLE: pqxx::transaction_base block

// Notifications

void badNotifications(pqxx::connection &Database) {
  while (true)
    Database.await_notification(); // ROLE: pqxx::basic_connection_base block
}

void goodNotifications(pqxx::connection &Database) {
  while (more())
    Database.await_notification(1, 0); // ROLE: pqxx::basic_connection_base block
}

void goodCancel(pqxx::connection_base &Database) {
  Database.cancel_query(); // ROLE: pqxx::connection_base request-stop
  Database.await_notification(1, 0); // ROLE: pqxx::connection_base block
  Database.disconnect(); // ROLE: pqxx::connection_base close
}

// Pipelines

void badPipeline(pqxx::work &Work) {
  pqxx::pipeline Queries(Work);
  Queries.insert("SELECT pg_sleep(1000)");
  Queries.complete(); // ROLE: pqxx::pipeline block
}

void goodPipeline(pqxx::work &Work) {
  pqxx::pipeline Queries(Work);
  Queries.insert("SELECT 1");
  if (more())
    Queries.retrieve(); // ROLE: pqxx::pipeline block
  else
    Queries.cancel(); // ROLE: pqxx::pipeline request-stop
}

void goodPerform(pqxx::connection &Database) {
  pqxx::perform([&Database] { // ROLE: pqxx::perform apply
    pqxx::work Work(Database); // ROLE: pqxx::transaction block
    Work.exec_n(1, "SELECT 1"); // ROLE: pqxx::transaction block
    Work.commit(); // ROLE: pqxx::transaction block
  });
}
