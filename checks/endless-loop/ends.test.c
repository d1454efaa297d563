// What is read from the standard input of C, or from a stream, and isn't asked
// whether something came.
//
// RUN: %check_leaks %s leak-endless-loop

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void process(const char *line);

void bad_rest(void) {
  while (getchar() != '\n')
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'getchar' returns -1 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    ;
}

void good_rest(void) {
  int c;
  while ((c = getchar()) != '\n' && c != EOF)
    ;
}

int bad_number(void) {
  int value;
  while (scanf("%d", &value) != 1)
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'scanf' returns -1 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    printf("a number: ");
  return value;
}

int good_number(void) {
  int value, got;
  while ((got = scanf("%d", &value)) != 1) {
    if (got == EOF)
      exit(1);
    printf("a number: ");
  }
  return value;
}

int good_asks(void) {
  int value;
  while (scanf("%d", &value) != 1) {
    if (feof(stdin))
      return -1;
    printf("a number: ");
  }
  return value;
}

void bad_menu(void) {
  int choice;
  do {
    printf("1 add, 0 end\n");
    scanf("%d", &choice);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'scanf' returns -1 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    if (choice == 1)
      printf("added\n");
  } while (choice != 0);
}

void good_menu(void) {
  int choice;
  do {
    if (scanf("%d", &choice) != 1)
      break;
    if (choice == 1)
      printf("added\n");
  } while (choice != 0);
}

void bad_lines(void) {
  char line[100];
  for (;;) {
    fgets(line, sizeof line, stdin);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'fgets' returns a null pointer from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    if (strcmp(line, "quit\n") == 0)
      break;
    printf("%s", line);
  }
}

void bad_until(FILE *file) {
  char word[100] = "";
  while (strcmp(word, "end")) {
    fscanf(file, "%99s", word);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'fscanf' returns -1 from the end of its input on, and nothing leaves the loop then; it goes round for ever [leak-endless-loop]
    puts(word);
  }
}

void good_until(FILE *file) {
  char word[100] = "";
  while (strcmp(word, "end"))
    if (fscanf(file, "%99s", word) != 1)
      return;
}

// The text is changed, and may be another one then.
void good_cut(FILE *file) {
  char line[100];
  for (;;) {
    fgets(line, sizeof line, file);
    if (strcmp(line, "end") == 0)
      break;
    line[strlen(line) - 1] = 0;
  }
}

void good_given(FILE *file, void (*use)(char *)) {
  char line[100];
  for (;;) {
    fgets(line, sizeof line, file);
    use(line);
    if (strcmp(line, "end") == 0)
      break;
  }
}

void good_again(FILE *file) {
  char line[100];
  for (int left = 10; left;) {
    if (!fgets(line, sizeof line, file)) {
      rewind(file);
      left--;
    }
  }
}
