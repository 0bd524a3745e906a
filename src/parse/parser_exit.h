// SPDX-License-Identifier: MIT
#pragma once

// Whether this thread is within PostgreSQL's parser, which may end the process: see parser_exit.c.

#ifdef __cplusplus
extern "C" {
#endif

extern __thread int migcheck_is_in_parser;

#ifdef __cplusplus
}
#endif
