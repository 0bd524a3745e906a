// SPDX-License-Identifier: MIT
#pragma once

// Plans in tests: a schema from SQL, then the plan of one statement as a line of text.

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/parse.hpp"
#include "migcheck/plan.hpp"

namespace migcheck::test {

class PlannedWorld {
 public:
  explicit PlannedWorld(std::string_view schema, int version = 15) {
    settings_.pg_version = version;
    for (const ast::Statement* statement : parse_text(schema)) {
      Plan plan = plan_of(*statement, catalog_, context());
      for (const PlanError& error : plan.errors) ADD_FAILURE() << error.code << " " << error.message;
      catalog_.apply(std::move(plan.changes));
    }
  }

  Plan plan(std::string_view sql) { return plan_of(*parse_text(sql).at(0), catalog_, context()); }
  // The statement has run.
  PlannedWorld& run(std::string_view sql) {
    for (const ast::Statement* statement : parse_text(sql)) {
      catalog_.apply(plan_of(*statement, catalog_, context()).changes);
    }
    return *this;
  }

  // "p ShareRowExclusive scan; t AccessExclusive rewrite scan [t_pkey]", or "error 42P16"; what the statement
  // makes itself and locks on indexes are left out.
  std::string work(std::string_view sql) {
    const Plan plan = this->plan(sql);
    if (!plan.errors.empty()) return "error " + plan.errors.front().code;
    std::vector<std::string> lines;
    for (const RelationSummary& summary : summarize(plan)) {
      if (!summary.of_index && !summary.creates) lines.push_back(line(summary));
    }
    std::sort(lines.begin(), lines.end());
    std::string all;
    for (const std::string& one : lines) all += (all.empty() ? "" : "; ") + one;
    return all;
  }

  [[nodiscard]] const catalog::Catalog& catalog() const { return catalog_; }
  [[nodiscard]] const catalog::Table& table(std::string_view name) const {
    const catalog::Object* found = catalog_.relation({}, name, session.search_path);
    static const catalog::Table kNone;
    if (found == nullptr || !std::holds_alternative<catalog::Table>(*found)) {
      ADD_FAILURE() << "no table " << name;
      return kNone;
    }
    return std::get<catalog::Table>(*found);
  }
  [[nodiscard]] bool has_relation(std::string_view name) const {
    return catalog_.relation({}, name, session.search_path) != nullptr;
  }

  Session session;

 private:
  static std::string line(const RelationSummary& summary) {
    std::string text = summary.relation.name + " ";
    const std::string_view mode = pg_name(summary.lock);
    text += mode.substr(0, mode.size() - 4);
    if (summary.rewrite) text += " rewrite";
    if (summary.scan) text += " scan";
    if (summary.builds.empty()) return text;
    std::vector<std::string> builds = summary.builds;
    std::sort(builds.begin(), builds.end());
    text += " [";
    for (const std::string& name : builds) text += (name == builds.front() ? "" : ", ") + name;
    return text + "]";
  }
  const std::vector<const ast::Statement*>& parse_text(std::string_view sql) {
    SourceFile file;
    file.path = "test.sql";
    file.text = sql;
    return files_.emplace_back(parse(std::move(file))).statements.all();
  }
  PlanContext context() { return {settings_, session, {}}; }

  Settings settings_;
  catalog::Catalog catalog_;
  std::deque<ParsedFile> files_;  // plans keep places and words of the statements
};

}  // namespace migcheck::test
