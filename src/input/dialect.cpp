// SPDX-License-Identifier: MIT

#include "input/dialect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "input/dialect_signs.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

// The code of a text in lower case, with comments left out, a quote for each string and a dollar for each
// body.
std::string code_of(std::string_view text) {
  std::string code;
  SqlScanner scanner(text.substr(0, kDialectBytes));
  TextPiece piece;
  while (scanner.next(piece)) {
    if (piece.region == Region::Code) {
      code += lowered(text_of(text, piece.span));
    } else if (piece.region == Region::LineComment || piece.region == Region::BlockComment) {
      code += ' ';
    } else {
      code += piece.region == Region::Dollar ? " $ " : " ' ";
    }
  }
  return code;
}

bool has_word(std::string_view code, std::string_view word) {
  for (std::size_t at = code.find(word); at != std::string_view::npos; at = code.find(word, at + 1)) {
    const bool begins = at == 0 || !is_identifier_char(code[at - 1]);
    const std::size_t end = at + word.size();
    if (begins && (end >= code.size() || !is_identifier_char(code[end]))) return true;
  }
  return false;
}

// `name`: MySQL's quotes (SQLite takes them too).
std::size_t count_backticked(std::string_view code) {
  std::size_t count = 0;
  std::size_t at = code.find('`');
  while (at != std::string_view::npos) {
    const std::size_t end = code.find('`', at + 1);
    if (end == std::string_view::npos) break;
    const bool short_name = end > at + 1 && end - at < 80;
    if (short_name && code.substr(at, end - at).find('\n') == std::string_view::npos) ++count;
    at = code.find('`', end + 1);
  }
  return count;
}

bool is_mysql(std::string_view code) {
  std::size_t signs = std::min<std::size_t>(count_backticked(code), 2);
  for (const std::string_view word :
       {"auto_increment", "innodb", "myisam", "unsigned", "mediumtext", "longtext", "utf8mb4"}) {
    signs += has_word(code, word) ? 1u : 0u;
  }
  return signs >= 2;
}

// What speaks for PostgreSQL, be it that some other database reads it too.
bool has_own_words(std::string_view code) {
  constexpr std::array<std::string_view, 25> kOwnWords = {
      "plpgsql",  "concurrently", "json",        "jsonb",           "timestamptz",
      "bytea",    "serial",       "uuid",        "bigserial",       "citext",
      "hstore",   "inet",         "cidr",        "tsvector",        "ilike",
      "numrange", "regclass",     "now",         "gen_random_uuid", "uuid_generate_v4",
      "nextval",  "double",       "search_path", "stdin",           "smallserial"};
  constexpr std::array<std::string_view, 23> kOwnSigns = {"$",
                                                          "::",
                                                          "[]",
                                                          "alter column",
                                                          "add constraint",
                                                          "create extension",
                                                          "create type",
                                                          "create schema",
                                                          "create domain",
                                                          "create sequence",
                                                          "create function",
                                                          "create or replace",
                                                          "create policy",
                                                          "row level security",
                                                          "comment on",
                                                          "grant ",
                                                          "revoke ",
                                                          "with time zone",
                                                          "using ",
                                                          "pg_",
                                                          "varying",
                                                          " cascade;",
                                                          " only "};
  return std::any_of(kOwnWords.begin(), kOwnWords.end(),
                     [&](std::string_view word) { return has_word(code, word); }) ||
         std::any_of(kOwnSigns.begin(), kOwnSigns.end(),
                     [&](std::string_view sign) { return code.find(sign) != std::string_view::npos; });
}

bool is_sqlite(std::string_view code) {
  const auto has = [&](std::string_view words) { return code.find(words) != std::string_view::npos; };
  if (has_word(code, "autoincrement") || has_word(code, "pragma") || has("without rowid")) return true;
  // Its functions of time: in PostgreSQL somebody could have made some of that name.
  const bool says_time = has_word(code, "strftime") || has("datetime( '");
  // Of a table; PostgreSQL has the word behind the type that a function gives.
  const bool strict_table = has(") strict") && !has_word(code, "function") && !has_word(code, "procedure");
  return (says_time || strict_table || has("insert or ignore")) && !has_own_words(code);
}

bool has_go_line(std::string_view text) {
  LineWalker lines(text.substr(0, kDialectBytes));
  Span line;
  while (lines.next(line)) {
    const std::string_view content = trimmed(text_of(text, line));
    if (content == "GO" || content == "go" || content == "Go" || content == "GO;") return true;
  }
  return false;
}

bool is_sql_server(std::string_view text, std::string_view code) {
  std::size_t signs = has_go_line(text) ? 1u : 0u;
  for (const std::string_view sign : {"[dbo]", "dbo.", "nvarchar(", "identity(", "uniqueidentifier",
                                      "getdate()", "object_id(", "datetime2", "sysutcdatetime("}) {
    signs += code.find(sign) != std::string_view::npos ? 1u : 0u;
  }
  return signs >= 2;
}

bool is_oracle(std::string_view code) {
  return code.find("varchar2(") != std::string_view::npos || has_word(code, "varchar2");
}

using Name = std::pair<std::string_view, std::string_view>;
constexpr std::array<Name, 20> kDatabases = {{{"mysql", "MySQL"},
                                              {"mysql5", "MySQL"},
                                              {"mysql8", "MySQL"},
                                              {"mariadb", "MariaDB"},
                                              {"sqlite", "SQLite"},
                                              {"sqlite3", "SQLite"},
                                              {"libsql", "SQLite"},
                                              {"turso", "SQLite"},
                                              {"mssql", "SQL Server"},
                                              {"sqlserver", "SQL Server"},
                                              {"h2", "H2"},
                                              {"hsqldb", "HSQLDB"},
                                              {"db2", "Db2"},
                                              {"clickhouse", "ClickHouse"},
                                              {"duckdb", "DuckDB"},
                                              {"bigquery", "BigQuery"},
                                              {"snowflake", "Snowflake"},
                                              {"crdb", "CockroachDB"},
                                              {"cockroach", "CockroachDB"},
                                              {"cockroachdb", "CockroachDB"}}};

std::string_view database_named(std::string_view word) {
  const std::string lower = lowered(word);
  if (lower.ends_with("sqlite")) return "SQLite";  // a driver's folder: riversqlite
  const auto found = std::find_if(kDatabases.begin(), kDatabases.end(),
                                  [&](const Name& name) { return name.first == lower; });
  return found == kDatabases.end() ? std::string_view() : found->second;
}

// The database that a name's words tell; none if PostgreSQL is among them. A file's first word is its
// subject, not its database.
std::string_view database_in(std::string_view part, bool is_file) {
  std::string_view database;
  bool first = true;
  while (!part.empty()) {
    const std::size_t end = std::min(part.find_first_of(".-_"), part.size());
    const std::string_view word = part.substr(0, end);
    if (starts_with_ignoring_case(word, "postgres") || lowered(word) == "pg") return {};
    if (const auto name = database_named(word); !name.empty() && !(is_file && first)) database = name;
    first = false;
    part.remove_prefix(std::min(end + 1, part.size()));
  }
  return database;
}

}  // namespace

std::string_view other_database(std::string_view text) {
  if (!may_be_other_dialect(text.substr(0, kDialectBytes))) return {};
  const std::string code = code_of(text);
  if (has_word(code, "mergetree") || has_word(code, "replacingmergetree")) return "ClickHouse";
  if (code.find(":::") != std::string::npos) return "CockroachDB";
  if (is_sqlite(code)) return "SQLite";
  if (is_mysql(code)) return "MySQL";
  if (is_sql_server(text, code)) return "SQL Server";
  return is_oracle(code) ? "Oracle" : std::string_view();
}

std::string says_other_database(std::string_view database, std::string_view because) {
  return fmt::format("This looks like {}{}: migcheck reads PostgreSQL.", database, because);
}

bool is_surely_postgres(std::string_view text) {
  const std::string code = code_of(text);
  for (const std::string_view word : {"plpgsql", "concurrently", "jsonb", "timestamptz", "bytea"}) {
    if (has_word(code, word)) return true;
  }
  for (const std::string_view sign : {"create extension", "create policy", "row level security", "using gin",
                                      "using gist", "using brin", "pg_catalog."}) {
    if (code.find(sign) != std::string::npos) return true;
  }
  return false;
}

bool speaks_for_postgres(std::string_view text) {
  return has_own_words(code_of(text));
}

std::string other_dialect_by_name(std::string_view path) {
  // Words between dots, dashes and underscores: "mysql-persistence/", "schema-h2.sql", "001.mysql.up.sql".
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const bool is_file = slash == std::string_view::npos;
    const std::string_view part = is_file ? path.substr(0, path.rfind('.')) : path.substr(0, slash);
    if (const auto name = database_in(part, is_file); !name.empty()) {
      return fmt::format("For {}, as its {} says.", name, is_file ? "name" : "folder");
    }
    path = is_file ? std::string_view() : path.substr(slash + 1);
  }
  return {};
}

}  // namespace migcheck::input
