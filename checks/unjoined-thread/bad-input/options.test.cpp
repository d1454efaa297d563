// Mistakes in the configuration are told, and nothing breaks.
// RUN: echo "types: [{type: 3" > %t.yaml
// RUN: %not %clang_tidy -checks=-*,leak-* -config="{CheckOptions: {leak-tidy.Models: '%t.yaml'}}" %s -- -std=c++20 2>&1 | %FileCheck --check-prefix=BROKEN %s
// RUN: %not %clang_tidy -checks=-*,leak-* -config="{CheckOptions: {leak-tidy.Models: '%t.none.yaml'}}" %s -- -std=c++20 2>&1 | %FileCheck --check-prefix=NONE %s
// RUN: %not %clang_tidy -checks=-*,leak-* -config="{CheckOptions: {leak-tidy.Model: 'x'}}" %s -- -std=c++20 2>&1 | %FileCheck --check-prefix=UNKNOWN %s
// RUN: %not %clang_tidy -checks=-*,leak-* -config="{CheckOptions: {leak-tidy.PathBudget: 'many'}}" %s -- -std=c++20 2>&1 | %FileCheck --check-prefix=NUMBER %s

#include <thread>

void work();

void good() {
  std::thread worker(work);
  worker.join();
}

// BROKEN: error: {{.*}}.yaml:{{[0-9]+}}
// NONE: error: {{.*}}none.yaml
// UNKNOWN: error: unknown option 'leak-tidy.Model'
// NUMBER: error: the option 'leak-tidy.PathBudget' wants
