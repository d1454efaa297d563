// Streams: a stream that has failed isn't at its end.
//
// RUN: %check_leaks %s leak-endless-loop

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

void process(const std::string &line);
void consume(std::istream &in);

void bad_getline(std::istream &in) {
  while (!in.eof()) {
    std::string line;
    std::getline(in, line);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: when 'getline' fails, 'in.eof()' stays false, and nothing else leaves the loop; it goes round for ever [leak-endless-loop]
    process(line);
  }
}

void good_getline(std::istream &in) {
  std::string line;
  while (std::getline(in, line))
    process(line);
}

void bad_numbers(const char *path) {
  std::ifstream in(path);
  std::vector<int> all;
  while (!in.eof()) {
    int number;
    in >> number;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: when '>>' fails, 'in.eof()' stays false, and nothing else leaves the loop; it goes round for ever [leak-endless-loop]
    all.push_back(number);
  }
}

void good_numbers(const char *path) {
  std::ifstream in(path);
  std::vector<int> all;
  int number;
  while (in >> number)
    all.push_back(number);
}

void good_tested(std::istream &in) {
  while (!in.eof()) {
    int number;
    if (!(in >> number))
      break;
    process(std::to_string(number));
  }
}

void good_state(std::istream &in) {
  while (in.good() && !in.eof()) {
    std::string line;
    std::getline(in, line);
    process(line);
  }
}

void good_cleared(std::istream &in) {
  while (!in.eof()) {
    int number;
    in >> number;
    if (in.fail()) {
      in.clear();
      in.ignore();
    }
  }
}

void bad_blocks(const std::string &path) {
  std::ifstream in;
  in.open(path, std::ios::binary);
  std::string block(4096, ' '), all;
  while (!in.eof()) {
    in.read(&block[0], block.size());
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: when 'read' fails, 'in.eof()' stays false, and nothing else leaves the loop; it goes round for ever [leak-endless-loop]
    all.append(block, 0, in.gcount());
  }
}

// A string can't fail to open: only its end makes these fail.
std::string joined(const std::string &words) {
  std::istringstream in(words);
  std::string all;
  while (!in.eof()) {
    std::string word;
    std::getline(in, word, ',');
    all += word;
  }
  std::stringstream again(all);
  while (!again.eof()) {
    std::string word;
    again >> word;
    process(word);
  }
  return all;
}

// Once it is open, only its end makes getline fail.
void subscriptions(const char *path) {
  std::ifstream in(path);
  if (in.is_open()) {
    std::string line;
    while (!in.eof()) {
      std::getline(in, line);
      if (line.empty() || line[0] == '#')
        continue;
      process(line);
    }
  }
}

void lines_of_open(const char *path) {
  std::ifstream in(path);
  if (!in)
    return;
  while (!in.eof()) {
    std::string line;
    std::getline(in, line);
    process(line);
  }
}

void numbers_of_open(const char *path, std::vector<int> &all) {
  std::ifstream in(path);
  if (!in)
    return;
  while (!in.eof()) {
    int number;
    in >> number;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: when '>>' fails, 'in.eof()' stays false, and nothing else leaves the loop; it goes round for ever [leak-endless-loop]
    all.push_back(number);
  }
}

// But what it holds may be no number.
int bad_sum(const std::string &numbers) {
  std::istringstream in(numbers);
  int sum = 0;
  while (!in.eof()) {
    int number = 0;
    in >> number;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: when '>>' fails, 'in.eof()' stays false, and nothing else leaves the loop; it goes round for ever [leak-endless-loop]
    sum += number;
  }
  return sum;
}

// Somebody else reads.
void handed_on(std::istream &in) {
  while (!in.eof())
    consume(in);
}

// An exception leaves the loop.
void throwing(std::istream &in) {
  while (!in.eof()) {
    std::string line;
    std::getline(in, line);
    if (line.empty())
      throw 1;
  }
}
