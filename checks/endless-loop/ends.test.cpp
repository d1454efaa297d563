// Streams of the language that have come to their end: they fail from then on,
// and leave what they should read as it is.
//
// RUN: %check_leaks %s leak-endless-loop

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <limits>
#include <string>

void process(const std::string &line);
bool handle(const std::string &line);
void help();

int bad_number() {
  int value;
  while (true) {
    std::cout << "a number: ";
    if (std::cin >> value)
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: '>>' fails from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
      return value;
    std::cout << "try again\n";
  }
}

int bad_cleared() {
  int value;
  while (!(std::cin >> value)) {
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: '>>' fails from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    std::cin.clear();
    std::cin.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
    std::cout << "try again\n";
  }
  return value;
}

int good_cleared() {
  int value;
  while (!(std::cin >> value)) {
    if (std::cin.eof())
      return -1;
    std::cin.clear();
    std::cin.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
  }
  return value;
}

// What is skipped comes to the end as well.
int good_skipped() {
  int value;
  while (!(std::cin >> value)) {
    std::cin.clear();
    std::cin.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
    if (!std::cin.good())
      std::exit(1);
  }
  return value;
}

int bad_range(std::istream &in, int low, int high) {
  int value = low - 1;
  while (value < low || value > high) {
    std::cout << "a number: ";
    in >> value;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: '>>' fails from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    if (in.fail()) {
      in.clear();
      in.ignore(100, '\n');
    }
  }
  return value;
}

int good_range(std::istream &in, int low, int high) {
  int value = low - 1;
  while (in && (value < low || value > high))
    in >> value;
  return value;
}

void bad_quit() {
  std::string line;
  while (line != "quit") {
    std::getline(std::cin, line);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'getline' fails from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    std::cout << line;
  }
}

void bad_commands() {
  std::string command;
  for (;;) {
    std::cout << "> ";
    std::cin >> command;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: '>>' fails from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    if (command == "quit" || command == "exit")
      break;
    if (command == "help")
      std::cout << "quit, exit, help\n";
  }
}

void good_commands() {
  std::string command;
  while (std::cin >> command) {
    if (command == "quit" || command == "exit")
      break;
    std::cout << "unknown\n";
  }
}

void good_ended() {
  std::string command;
  for (;;) {
    if (!std::getline(std::cin, command))
      break;
    if (command == "quit")
      break;
  }
}

void good_empty() {
  std::string line;
  for (;;) {
    std::getline(std::cin, line);
    if (line.empty())
      break;
  }
}

// An empty text has no number, and that throws.
int good_throws() {
  std::string line;
  for (;;) {
    std::getline(std::cin, line);
    int value = std::stoi(line);
    if (value > 0)
      return value;
  }
}

void bad_menu() {
  int choice;
  do {
    std::cout << "1 add, 2 list, 0 end\n";
    std::cin >> choice;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: '>>' fails from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    switch (choice) {
    case 1:
      std::cout << "added\n";
      break;
    case 2:
      std::cout << "nothing\n";
      break;
    }
  } while (choice != 0);
}

void bad_returns() {
  char choice;
  while (true) {
    std::cin >> choice;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: '>>' fails from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    switch (choice) {
    case 'a':
      std::cout << "added\n";
      break;
    case 'q':
      return;
    default:
      std::cout << "what?\n";
    }
  }
}

// What is called may end the program.
void good_menu() {
  int choice;
  do {
    std::cin >> choice;
    if (choice == 1)
      help();
  } while (choice != 0);
}

void good_handled(std::istream &in) {
  std::string line;
  bool more = true;
  while (more) {
    std::getline(in, line);
    more = handle(line);
  }
}

void good_counted(std::istream &in) {
  int value;
  for (int tries = 0; tries < 3; ++tries) {
    if (in >> value)
      return;
    in.clear();
  }
}

// Each has its own.
void good_opened(const std::string &path, int count) {
  std::string line;
  while (line != "end") {
    std::ifstream in(path);
    std::getline(in, line);
    if (count-- == 0)
      return;
  }
}

// It is what it compares with that changes.
void good_compared(std::istream &in, std::string last) {
  std::string line;
  do {
    std::getline(in, line);
    last.pop_back();
  } while (line != last);
}

void good_next(std::ifstream &in, const char *const *paths) {
  std::string line;
  while (line != "end") {
    if (!std::getline(in, line)) {
      in.close();
      in.open(*paths++);
    }
  }
}
