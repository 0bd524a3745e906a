// SPDX-License-Identifier: MIT
#pragma once

// Statements against a schema in tests: run some, then look at the plan of the next and at what it leaves.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/parse.hpp"
#include "migcheck/plan.hpp"

namespace migcheck::test {

class Planned {
 public:
  explicit Planned(int version = 15) { settings.pg_version = version; }

  // Runs the statements, each in a transaction of its own unless `together`; they must all succeed.
  Planned& run(std::string sql, bool together = false) {
    for (const ast::Statement* statement : parsed(std::move(sql))) {
      if (!together) ++transaction;
      Plan plan = plan_of(*statement, catalog, context(*statement));
      for (const PlanError& error : plan.errors) ADD_FAILURE() << error.code << ": " << error.message;
      catalog.apply(std::move(plan.changes));
    }
    if (together) ++transaction;
    return *this;
  }

  // The plan of one statement, which is then run where it succeeds.
  Plan plan(std::string sql) {
    const auto& statements = parsed(std::move(sql));
    EXPECT_EQ(statements.size(), 1U);
    Plan plan = plan_of(*statements.front(), catalog, context(*statements.front()));
    if (plan.errors.empty()) catalog.apply(std::move(plan.changes));
    return plan;
  }

  // The error of a statement: "2BP01: cannot drop …"; empty if it succeeds.
  std::string error(std::string sql) {
    const Plan failed = plan(std::move(sql));
    return failed.errors.empty() ? "" : failed.errors[0].code + ": " + failed.errors[0].message;
  }

  // What a statement locks, strongest lock each, in the order of the effects: "t AccessExclusiveLock".
  std::vector<std::string> locks(std::string sql) { return locks_of(plan(std::move(sql))); }
  static std::vector<std::string> locks_of(const Plan& plan) {
    std::vector<std::string> locks;
    for (const RelationSummary& summary : summarize(plan)) {
      if (summary.creates) continue;
      const std::string& schema = summary.relation.schema;
      const std::string name = schema == "public" ? summary.relation.name : summary.relation.qualified();
      locks.push_back(name + " " + std::string(pg_name(summary.lock)));
    }
    return locks;
  }

  template <typename T>
  const T* relation(std::string_view name, std::string_view schema = "public") const {
    const catalog::Object* found = catalog.relation(schema, name, {});
    return found == nullptr ? nullptr : std::get_if<T>(found);
  }
  const catalog::Table* table(std::string_view name, std::string_view schema = "public") const {
    return relation<catalog::Table>(name, schema);
  }
  const catalog::View* view(std::string_view name, std::string_view schema = "public") const {
    return relation<catalog::View>(name, schema);
  }
  const catalog::Function* function(std::string_view name, std::string_view schema = "public") const {
    const auto found = catalog.functions(schema, name, {});
    return found.empty() ? nullptr : found.front();
  }

  const std::vector<const ast::Statement*>& parsed(std::string sql) {
    SourceFile source;
    source.path = "test.sql";
    source.text = std::move(sql);
    files_.push_back(std::make_unique<ParsedFile>(parse(std::move(source))));
    for (const ast::Statement* statement : files_.back()->statements) {
      if (const auto* bad = ast::as<ast::Unparsable>(statement)) ADD_FAILURE() << bad->message;
    }
    return files_.back()->statements.all();
  }

  catalog::Catalog catalog;
  Settings settings;
  Session session;
  std::uint32_t transaction = 1;

 private:
  PlanContext context(const ast::Statement& statement) {
    const auto file = static_cast<std::uint32_t>(files_.size());
    return {settings, session, {{file, statement.span}, 1, transaction}};
  }

  std::vector<std::unique_ptr<ParsedFile>> files_;
};

}  // namespace migcheck::test
