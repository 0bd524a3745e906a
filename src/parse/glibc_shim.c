// SPDX-License-Identifier: MIT

// Debian's static libpg_query 18 was compiled against glibc 2.38, which added these two functions. On an
// older glibc they are missing at link time; cmake/PgQuery.cmake adds this file only then.

#include <stdlib.h>
#include <string.h>

unsigned long __isoc23_strtoul(const char* text, char** end, int base);
size_t strlcpy(char* target, const char* source, size_t size);

unsigned long __isoc23_strtoul(const char* text, char** end, int base) {
  return strtoul(text, end, base);
}

size_t strlcpy(char* target, const char* source, size_t size) {
  size_t length = strlen(source);
  if (size > 0) {
    size_t count = length < size - 1 ? length : size - 1;
    memcpy(target, source, count);
    target[count] = '\0';
  }
  return length;
}
