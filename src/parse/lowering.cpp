// SPDX-License-Identifier: MIT

#include "parse/lowering.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <new>
#include <optional>
#include <string_view>
#include <utility>

#include "migcheck/parse.hpp"
#include "parse/clauses.hpp"
#include "parse/lexer.hpp"
#include "parse/parser_exit.h"
#include "parse/scan.hpp"
#include "parse/unparsable.hpp"

// PostgreSQL's headers come last: they define macros with names like ERROR, Min and printf.
extern "C" {
#include <pg_query.h>
// clang-format off
#include <pg_query/postgres/postgres.h>
#include <pg_query/postgres/catalog/pg_attribute.h>
#include <pg_query/postgres/catalog/pg_class.h>
#include <pg_query/postgres/catalog/pg_trigger.h>
#include <pg_query/postgres/nodes/parsenodes.h>
#include <pg_query/postgres/nodes/primnodes.h>
#include <pg_query/postgres/utils/elog.h>
#include <pg_query/pg_query_internal.h>
// clang-format on
}

#include "parse/lowering/statements.hpp"

namespace migcheck::parsing {
namespace {

// One parse with its memory, which is given back when it goes.
class RawParse {
 public:
  explicit RawParse(const char* sql) {
    const bool was_answered = ask(sql);
    std::free(answer_.stderr_buffer);
    if (!was_answered || (answer_.error != nullptr && is_for_memory(*answer_.error))) {
      give_back();
      throw std::bad_alloc();
    }
  }
  ~RawParse() { give_back(); }
  RawParse(const RawParse&) = delete;
  RawParse& operator=(const RawParse&) = delete;

  [[nodiscard]] const PgQueryError* error() const { return answer_.error; }
  [[nodiscard]] const ::List* tree() const { return answer_.tree; }

 private:
  // When memory runs out, PostgreSQL leaps to whoever watches for errors, and ends the process where nobody
  // does. It leaps over no frame of ours.
  bool ask(const char* sql) {
    volatile bool was_answered = false;
    migcheck_is_in_parser = 1;
    PG_TRY();
    {
      memory_ = pg_query_enter_memory_context();
      answer_ = pg_query_raw_parse(sql, PG_QUERY_PARSE_DEFAULT);
      was_answered = true;
    }
    PG_CATCH();
    { ::FlushErrorState(); }
    PG_END_TRY();
    migcheck_is_in_parser = 0;
    return was_answered;
  }

  static bool is_for_memory(const PgQueryError& error) {
    return error.message == nullptr || std::string_view(error.message) == "out of memory";
  }

  void give_back() {
    if (answer_.error != nullptr) pg_query_free_error(answer_.error);
    if (memory_ != nullptr) pg_query_exit_memory_context(memory_);
  }

  ::MemoryContext memory_ = nullptr;
  PgQueryInternalParsetreeAndError answer_{};
};

// Where PostgreSQL says that one of several statements stands, without the spaces around it.
Span place_of(const ::RawStmt& raw, std::string_view buffer, Span piece) {
  const std::uint32_t begin = piece.begin + static_cast<std::uint32_t>(raw.stmt_location);
  Span place = {begin, raw.stmt_len == 0 ? piece.end : begin + static_cast<std::uint32_t>(raw.stmt_len)};
  place.begin = std::min(Scan(buffer, place.end).after_space(place.begin), place.end);
  while (place.end > place.begin && std::isspace(static_cast<unsigned char>(buffer[place.end - 1])))
    --place.end;
  return place;
}

}  // namespace

std::vector<ast::Statement*> Lowering::lower(std::string_view buffer, Span statement,
                                             std::vector<PendingBody>& bodies) {
  input_.assign(buffer, statement.begin, statement.size());
  const RawParse parsed(input_.c_str());
  if (const PgQueryError* error = parsed.error(); error != nullptr) {
    return {unparsable(arena_, buffer, statement, {error->message, error->cursorpos})};
  }
  const auto raw = lowering::each<::RawStmt>(parsed.tree());
  std::vector<ast::Statement*> made;
  for (const ::RawStmt* each : raw) {
    const Span place = raw.size() == 1 ? statement : place_of(*each, buffer, statement);
    lowering::Context context{arena_,           buffer, statement.begin,        place,
                              parameter_names_, bodies, Scan(buffer, place.end)};
    // The arena's nodes are ours until the file is handed out.
    made.push_back(const_cast<ast::Statement*>(lowering::statement(context, each->stmt, place)));
    made.back()->too_deep = context.too_deep;
  }
  return made;
}

}  // namespace migcheck::parsing

namespace migcheck {

Grammar grammar() {
  return {PG_VERSION_NUM / 10000, PG_VERSION, ""};
}

}  // namespace migcheck
