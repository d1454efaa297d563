// What is named as the functions of streams are, and has no stream; what has
// one argument, and no parameter.
//
// RUN: %check_leaks %s leak-endless-loop --silent

# 1 "system.h" 1 3
struct Settings {
  static Settings &get();
  bool more() const;
};
Settings &read();
# 12 "no-streams.test.cpp" 2

void work();

void asksTheOnlyOne() {
  while (Settings::get().more())
    work();
  while (read().more())
    work();
}

struct Iterator {
  int operator*() const;
};
void use(const unsigned char *bytes);

void takesFromAnIterator(const unsigned char *bytes, int left, Iterator it) {
  while (left > 0) {
    int n = *it;
    use(bytes);
    bytes += n;
    left -= n;
  }
}
