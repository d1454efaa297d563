// REQUIRES: package-libmaybe-dev, package-libsurely-dev
// RUN: %build/bin/leak-models verify --strict \
// RUN:   %repository/lib/models/good.yaml -- -std=c++17
// RUN: cat %repository/lib/models/named.yaml
