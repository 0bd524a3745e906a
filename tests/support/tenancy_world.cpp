// SPDX-License-Identifier: MIT

#include "support/tenancy_world.hpp"

#include <array>
#include <utility>

namespace migcheck::testing {

namespace {

struct Nobody final : ReplayObserver {
  void on_statement(const Moment&) override {}
  void on_transaction_end(const TransactionRecord&, const catalog::Catalog&) override {}
};

constexpr std::array<const char*, 9> kGaps = {"",         "no condition", "other",   "or",         "list",
                                              "conflict", "inserted",     "missing", "too complex"};

}  // namespace

TenancyWorld::TenancyWorld(std::string schema, TenancySettings settings)
    : schema_(parse(SourceFile{"schema.sql", std::move(schema), {}, {}})) {
  settings_.tenancy = std::move(settings);
  replay_ = std::make_unique<Replay>(settings_, TransactionModel{"plain", {}, false, true});
  ReplayFile file;
  file.file = 0;
  file.statements = &schema_.statements;
  const std::vector<Section> sections;
  file.sections = &sections;
  Nobody nobody;
  replay_->run(file, nobody);
  replay_->finish(nobody);
  map_ = tenant_map(replay_->catalog(), settings_.tenancy);
}

std::vector<TableVerdict> TenancyWorld::verdicts(std::string sql, bool in_function, bool view) const {
  const ParsedFile parsed = parse(SourceFile{"query.sql", std::move(sql), {}, {}});
  if (parsed.statements.empty()) return {};
  const std::vector<std::string> path = {"public"};
  const ProofContext context{.catalog = replay_->catalog(),
                             .map = map_,
                             .settings = settings_.tenancy,
                             .search_path = path,
                             .bound_by_reader = view,
                             .has_variables = in_function};
  return migcheck::prove(*parsed.statements[0], context);
}

std::string TenancyWorld::prove(std::string sql, bool in_function, bool view) const {
  return describe(verdicts(std::move(sql), in_function, view));
}

std::string describe(const std::vector<TableVerdict>& verdicts) {
  std::string text;
  for (const TableVerdict& verdict : verdicts) {
    if (!text.empty()) text += ", ";
    text += verdict.name + ": ";
    switch (verdict.binding) {
      case Binding::Bound:
        text += "bound";
        break;
      case Binding::Assumed:
        text += "assumed";
        break;
      case Binding::Unbound:
        text += std::string("unbound (") + kGaps[static_cast<std::size_t>(verdict.gap)] + ")";
        break;
    }
  }
  return text;
}

}  // namespace migcheck::testing
