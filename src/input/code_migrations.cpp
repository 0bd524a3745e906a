// SPDX-License-Identifier: MIT

#include "input/code_migrations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "input/folder.hpp"
#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

// A word that only this tool's migrations have, in files with this ending.
struct Sign {
  std::string_view endings;  // each with a space behind it
  std::string_view needle;
  std::string_view tool;
};

constexpr std::array<Sign, 34> kSigns = {{
    {".ts .js .mjs .cjs ", "MigrationInterface", "TypeORM"},
    {".ts .js .mjs .cjs ", "queryRunner.query", "TypeORM"},
    {".ts .js .mjs .cjs ", "queryInterface", "Sequelize"},
    {".ts .js .mjs .cjs ", "Kysely<", "Kysely"},
    {".ts .js .mjs .cjs ", "from 'kysely'", "Kysely"},
    {".ts .js .mjs .cjs ", "from \"kysely\"", "Kysely"},
    {".ts .js .mjs .cjs ", "slonik", "slonik"},
    {".ts .js .mjs .cjs ", "@mikro-orm/migrations", "MikroORM"},
    {".ts .js .mjs .cjs ", "pgm.", "node-pg-migrate"},
    {".ts .js .mjs .cjs ", "db.runSql", "db-migrate"},
    {".ts .js .mjs .cjs ", "Knex", "Knex"},
    {".ts .js .mjs .cjs ", "knex", "Knex"},
    {".ts .js .mjs .cjs ", "exports.up", "Knex or its like"},
    {".ts .js .mjs .cjs ", "export async function up", "Knex or its like"},
    {".py ", "from alembic import", "Alembic"},
    {".py ", "migrations.RunSQL", "Django, with RunSQL"},
    {".py ", "migrations.Migration", "Django"},
    {".py ", "from yoyo import", "yoyo"},
    {".rb ", "ActiveRecord::Migration", "Rails"},
    {".rb ", "Sequel.migration", "Sequel"},
    {".rb ", "ROM::SQL.migration", "ROM"},
    {".ex .exs ", "use Ecto.Migration", "Ecto"},
    {".go ", "goose.AddMigration", "goose"},
    {".go ", "goose.AddNamedMigration", "goose"},
    {".go ", "gormigrate.Migration", "gormigrate"},
    {".go ", "migrations.MustRegister", "Bun or go-pg"},
    {".java .kt .scala ", "BaseJavaMigration", "Flyway"},
    {".php ", "Schema::", "Laravel"},
    {".php ", "AbstractMigration", "Doctrine or Phinx"},
    {".cs ", "MigrationBuilder", "Entity Framework"},
    {".cs ", "FluentMigrator", "FluentMigrator"},
    {".rs ", "MigrationTrait", "SeaORM"},
    {".rs ", "fn migration() -> String", "refinery"},
    {".xml .yaml .yml .json ", "hangeSet", "Liquibase"},
}};

std::string_view ending_of(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : name.substr(dot);
}

std::string_view language_of(std::string_view ending) {
  if (ending == ".py") return "Python";
  if (ending == ".rb") return "Ruby";
  if (ending == ".go") return "Go";
  if (ending == ".php") return "PHP";
  if (ending == ".rs") return "Rust";
  if (ending == ".cs") return "C#";
  if (ending == ".ex" || ending == ".exs") return "Elixir";
  if (ending == ".java" || ending == ".kt" || ending == ".scala") return "JVM";
  if (ending == ".xml" || ending == ".yaml" || ending == ".yml" || ending == ".json") return "changelog";
  return ending == ".ts" ? "TypeScript" : "JavaScript";
}

bool is_among(std::string_view endings, std::string_view ending) {
  return !ending.empty() && endings.find(fmt::format("{} ", ending)) != std::string_view::npos;
}

// A part of the path that says "migrations live here".
bool is_migration_folder(std::string_view part) {
  const std::string lower = lowered(part);
  return lower.find("migrat") != std::string::npos || lower == "versions" ||
         lower.find("changelog") != std::string::npos || lower == "liquibase" || lower == "changes";
}

// "x.sql.erb", "x.sql.gz": SQL that something else unpacks or fills in first.
bool is_wrapped_sql(std::string_view name) {
  const std::string lower = lowered(name);
  if (lower.find(".sql.") == std::string::npos) return false;
  constexpr std::array<std::string_view, 12> kEndings = {".erb",  ".j2",  ".jinja", ".jinja2",
                                                         ".tmpl", ".tpl", ".hbs",   ".mustache",
                                                         ".gz",   ".zst", ".bz2",   ".zip"};
  return std::find(kEndings.begin(), kEndings.end(), ending_of(lower)) != kEndings.end();
}

}  // namespace

bool may_hold_migration(std::string_view path) {
  const std::string_view ending = ending_of(name_of(path));
  if (ending == ".fizz" || is_wrapped_sql(name_of(path))) return true;
  const bool known = std::any_of(kSigns.begin(), kSigns.end(),
                                 [&](const Sign& sign) { return is_among(sign.endings, ending); });
  if (!known || name_of(path).find(".test.") != std::string_view::npos) return false;
  // The folder that holds the file, or one of the two above it.
  std::string_view folder = folder_of(path);
  for (int up = 0; up < 3 && !folder.empty(); ++up) {
    if (is_migration_folder(name_of(folder))) return true;
    folder = folder_of(folder);
  }
  return false;
}

std::string code_migration(std::string_view path, std::string_view head) {
  const std::string_view ending = ending_of(name_of(path));
  if (ending == ".fizz") return "Migrations in fizz (pop) are not read yet.";
  if (is_wrapped_sql(name_of(path))) return "A template or an archive of SQL: not read.";
  for (const Sign& sign : kSigns) {
    if (!is_among(sign.endings, ending) || head.find(sign.needle) == std::string_view::npos) continue;
    const std::string_view language = language_of(ending);
    if (language == "changelog")
      return "A Liquibase changelog in XML, YAML or JSON: its changes are not read yet.";
    return fmt::format("A migration in {} code ({}): the SQL inside is not read yet.", language, sign.tool);
  }
  return {};
}

}  // namespace migcheck::input
