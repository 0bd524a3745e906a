// SPDX-License-Identifier: MIT

// Where PostgreSQL's parser has not even the memory to report an error, it ends the process: exit(2). That
// would run the destructors of all that is static under threads that are still at work. The linker leads
// exit() here (cmake/PgQuery.cmake); from within the parser the process ends at once, from anywhere else as
// ever.
#include "parse/parser_exit.h"

#include <unistd.h>

__thread int migcheck_is_in_parser = 0;

__attribute__((noreturn)) void __real_exit(int code);
__attribute__((noreturn)) void __wrap_exit(int code);

void __wrap_exit(int code) {
  if (migcheck_is_in_parser) _exit(code);
  __real_exit(code);
}
