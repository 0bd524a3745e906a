// SPDX-License-Identifier: MIT

// What checks may ask: see check.hpp.

#include <algorithm>
#include <charconv>

#include "lint/lock_orders.hpp"
#include "lint/sink.hpp"
#include "migcheck/catalog/row_bound.hpp"
#include "migcheck/check.hpp"
#include "replay/duration.hpp"

namespace migcheck {

const catalog::Object* CheckContext::relation(const ast::QualifiedName& name) const {
  static const std::vector<std::string> kDefaultPath = {"public"};
  std::optional<Scene::Asked>& asked = scene_.asked;
  if (!asked || asked->name != name.name || asked->schema != name.schema) {
    const auto& path = scene_.moment == nullptr ? kDefaultPath : scene_.moment->session.search_path;
    asked = {name.schema, name.name, catalog().relation(name.schema, name.name, path)};
  }
  return asked->found;
}

const catalog::Table* CheckContext::table(const ast::QualifiedName& name) const {
  const catalog::Object* found = relation(name);
  return found == nullptr ? nullptr : std::get_if<catalog::Table>(found);
}

bool CheckContext::is_certain(const PlanError& error) const {
  if (error.unseen || maybe_run()) return false;
  return std::none_of(plan().effects.begin(), plan().effects.end(), [&](const Effect& effect) {
    const catalog::Object* found = catalog().object(effect.relation.id);
    return found != nullptr && !catalog::is_certain(*found);
  });
}

std::vector<Effect> CheckContext::effects(std::initializer_list<WorkReason> reasons) const {
  std::vector<Effect> found;
  for (const Effect& effect : plan().effects) {
    if (std::find(reasons.begin(), reasons.end(), effect.reason) == reasons.end()) continue;
    if (effect.creates || is_new_here(effect.relation)) continue;
    const auto first = std::find_if(found.begin(), found.end(), [&](const Effect& other) {
      return other.action == effect.action && other.reason == effect.reason;
    });
    if (first == found.end()) {
      found.push_back(effect);
      continue;
    }
    first->rewrite = first->rewrite || effect.rewrite;
    first->scan = first->scan || effect.scan;
    first->builds.insert(first->builds.end(), effect.builds.begin(), effect.builds.end());
  }
  return found;
}

const ast::AlterAction* CheckContext::action_of(const Effect& effect) const {
  const auto* alter = statement_as<ast::AlterTable>();
  if (alter == nullptr || effect.action < 0) return nullptr;
  const auto index = static_cast<std::size_t>(effect.action);
  return index < alter->actions.size() ? alter->actions[index] : nullptr;
}

namespace {

// Temporary objects are nobody else's, whenever they were made.
bool is_temporary(const catalog::Object& object) {
  if (const auto* table = std::get_if<catalog::Table>(&object)) {
    return table->persistence == catalog::Persistence::Temporary;
  }
  if (const auto* view = std::get_if<catalog::View>(&object)) {
    return view->persistence == catalog::Persistence::Temporary;
  }
  return catalog::base(object).schema == "pg_temp";
}

bool allows_few_rows(const catalog::Table& table, const catalog::Catalog& catalog) {
  constexpr std::uint64_t kHandful = 100;
  return catalog::most_rows(table, catalog).value_or(kHandful + 1) <= kHandful;
}

}  // namespace

bool CheckContext::is_new_here(const catalog::Object& object) const {
  return is_temporary(object) || is_new_here(catalog::base(object).origin);
}

bool CheckContext::is_new_here(const ast::QualifiedName& relation_name) const {
  const catalog::Object* found = relation(relation_name);
  return found != nullptr && is_new_here(*found);
}

bool CheckContext::is_new_here(const RelationRef& reference) const {
  const catalog::Object* found = catalog().object(reference.id);
  return found != nullptr && is_new_here(*found);
}

bool CheckContext::is_small(const RelationRef& reference) const {
  const auto& sizes = settings().tables;
  if (sizes.empty()) return false;
  auto found = sizes.find(reference.qualified());
  if (found == sizes.end()) found = sizes.find(reference.name);
  if (found != sizes.end()) return found->second == TableSize::Small;
  const auto* known = catalog().get<catalog::Table>(reference.id);
  return known != nullptr && allows_few_rows(*known, catalog());
}

bool CheckContext::has_few_rows(const ast::QualifiedName& relation_name) const {
  const catalog::Table* known = table(relation_name);
  return known != nullptr && allows_few_rows(*known, catalog());
}

bool CheckContext::in_transaction() const {
  return scene_.transaction != nullptr && scene_.transaction->is_block();
}

bool CheckContext::is_wait_bounded() const {
  return settings().timeouts.lock_timeout_set_by_runner || session().lock_timeout_ms > 0;
}

bool CheckContext::is_lock_assumed() const {
  const std::vector<Effect>& effects = plan().effects;
  return !effects.empty() &&
         std::all_of(effects.begin(), effects.end(), [](const Effect& effect) { return effect.assumed; });
}

Place CheckContext::locked_in_order(const RelationRef& first, const RelationRef& second) const {
  return scene_.lock_orders == nullptr ? Place{} : scene_.lock_orders->find(first, second);
}

bool CheckContext::is_said_by(std::initializer_list<std::string_view> checks) const {
  return std::any_of(scene_.said.begin(), scene_.said.end(), [&](const Finding& finding) {
    return std::find(checks.begin(), checks.end(), finding.check) != checks.end();
  });
}

bool CheckContext::is_said_in_file(std::initializer_list<std::string_view> checks) const {
  return scene_.said_in_file != nullptr &&
         std::any_of(checks.begin(), checks.end(),
                     [&](std::string_view check) { return scene_.said_in_file->contains(check); });
}

bool CheckContext::in_do_block() const {
  return scene_.moment != nullptr && scene_.moment->outer.kind == ast::NodeKind::DoBlock;
}

std::string CheckContext::transaction_origin() const {
  switch (scene_.transaction == nullptr ? TransactionKind::Autocommit : scene_.transaction->kind) {
    case TransactionKind::Autocommit:
      return "";
    case TransactionKind::Explicit:
      return " (the BEGIN above opened it)";
    case TransactionKind::Implicit:
      return " (several statements sent as one query are one transaction)";
    case TransactionKind::Tool:
      return " (" + transaction_model().tool + " opens one " +
             (transaction_model().spans_files ? "around all pending files)" : "around the file)");
  }
  return "";
}

std::string CheckContext::how_to_leave_transaction() const {
  const TransactionKind kind =
      scene_.transaction == nullptr ? TransactionKind::Autocommit : scene_.transaction->kind;
  if (kind == TransactionKind::Explicit) return "Move it out of BEGIN … COMMIT.";
  if (kind == TransactionKind::Implicit) {
    return "Put it alone into a file: " + transaction_model().tool +
           " sends a file as one query, and several statements in one query are one transaction.";
  }
  if (!transaction_model().opt_out.empty()) {
    return "To leave " + transaction_model().tool + "'s transaction, " + transaction_model().opt_out + ".";
  }
  return "Run it outside the transaction that " + transaction_model().tool + " opens around the file.";
}

bool CheckContext::is_target(const catalog::Origin& origin) const {
  return scene_.targets != nullptr && origin.place.known() && origin.place.file < scene_.targets->size() &&
         (*scene_.targets)[origin.place.file];
}

std::optional<OptionValue> CheckContext::option(std::string_view name) const {
  if (scene_.setting != nullptr) {
    if (const auto found = scene_.setting->options.find(name); found != scene_.setting->options.end()) {
      return found->second;
    }
  }
  if (scene_.check == nullptr) return std::nullopt;
  for (const OptionSpec& spec : scene_.check->options) {
    if (spec.name != name) continue;
    const std::string_view text = spec.default_value;
    switch (spec.type) {
      case OptionSpec::Type::Boolean:
        return OptionValue(text == "true");
      case OptionSpec::Type::Integer: {
        std::int64_t number = 0;
        std::from_chars(text.data(), text.data() + text.size(), number);
        return OptionValue(number);
      }
      case OptionSpec::Type::Text:
        return OptionValue(std::string(text));
      case OptionSpec::Type::List:
        return OptionValue(std::vector<std::string>{});
    }
  }
  return std::nullopt;
}

std::string CheckContext::text_option(std::string_view name) const {
  const std::optional<OptionValue> value = option(name);
  const auto* text = value ? std::get_if<std::string>(&*value) : nullptr;
  return text == nullptr ? std::string() : *text;
}

bool CheckContext::is_asked_for() const {
  const CheckSetting* setting = scene_.setting;
  return setting != nullptr && (setting->enabled.value_or(false) || !setting->options.empty());
}

Span CheckContext::headline() const {
  const Span whole = statement().span;
  const std::size_t length = text(whole).find_first_of("\r\n");
  if (length == std::string_view::npos) return whole;
  return {whole.begin, whole.begin + static_cast<std::uint32_t>(length)};
}

std::string CheckContext::statement_with(Span after, std::string_view inserted) const {
  const Span whole = statement().span;
  return std::string(text({whole.begin, after.end})) + std::string(inserted) +
         std::string(text({after.end, whole.end}));
}

std::optional<std::int64_t> timeout_ms(std::string_view value) {
  return replay::milliseconds_of(value);
}

FindingBuilder& FindingBuilder::about(const CheckContext& context, const RelationRef& relation) {
  if (context.is_small(relation)) finding_->severity = Severity::Info;
  return *this;
}

FindingBuilder FindingSink::report(Span clause) {
  return report(Place{file_, clause});
}

FindingBuilder FindingSink::report(Place place) {
  Finding& finding = findings_->emplace_back();
  finding.check = author_->check;
  finding.category = author_->category;
  finding.severity = author_->severity;
  finding.place = place;
  if (place.file == file_) finding.statement = statement_;
  if (transaction_ != 0) finding.transaction = transaction_;
  return FindingBuilder(finding, author_->configured);
}

FindingBuilder FindingSink::report_unless_dropped(Span clause, std::string_view name) {
  unless_dropped_->push_back({findings_->size(), std::string(name)});
  return report(clause);
}

FindingBuilder FindingSink::gather(Span clause, std::string_view subject, std::string item) {
  // What a comment accepts is told by itself, or it would accept what other statements do as well.
  std::string about = accepted_ ? fmt::format("{}\n{}", subject, statement_.begin) : std::string(subject);
  const auto [entry, is_first] =
      gatherings_->try_emplace({author_->check, std::move(about), author_->severity});
  Gathering& gathering = entry->second;
  if (is_first) {
    report(clause);
    gathering.finding = findings_->size() - 1;
  }
  if (gathering.known.insert(item).second) gathering.items.push_back(std::move(item));
  Finding& finding = (*findings_)[gathering.finding];
  finding.about_several = gathering.items.size() > 1;
  return FindingBuilder(finding, author_->configured, &gathering);
}

FindingSink SinkAccess::make(std::vector<Finding>& findings, Gatherings& gatherings,
                             std::vector<UnlessDropped>& unless_dropped, std::uint32_t file, Span statement,
                             std::uint32_t transaction) {
  FindingSink sink;
  sink.findings_ = &findings;
  sink.gatherings_ = &gatherings;
  sink.unless_dropped_ = &unless_dropped;
  sink.file_ = file;
  sink.statement_ = statement;
  sink.transaction_ = transaction;
  return sink;
}

const TenantMap& CheckContext::tenants() const {
  return scene_.tenancy->map(catalog(), settings().tenancy);
}

namespace {

bool is_trigger_function(const ast::Statement& statement) {
  const auto* function = ast::as<ast::CreateFunction>(&statement);
  return function != nullptr && function->returns != nullptr && function->returns->name == "trigger";
}

// Names that are no parameters: variables of a function's body, columns of a policy's table.
std::vector<std::string_view> locals_of(const CheckContext& context) {
  std::vector<std::string_view> locals;
  const auto* policy = ast::as<ast::CreatePolicy>(&context.statement());
  const auto* altered = ast::as<ast::AlterPolicy>(&context.statement());
  if (policy != nullptr || altered != nullptr) {
    const catalog::Table* table = context.table(policy != nullptr ? policy->table : altered->table);
    if (table == nullptr) return locals;
    for (const catalog::Column& column : table->columns) locals.push_back(column.name);
  }
  const auto* function = ast::as<ast::CreateFunction>(&context.statement());
  if (function == nullptr || function->body == nullptr) return locals;
  for (const ast::Name& name : function->body->variables) {
    const bool parameter =
        std::any_of(function->parameters.begin(), function->parameters.end(),
                    [&](const ast::FunctionParameter& one) { return one.name.text == name.text; });
    if (!parameter) locals.push_back(name.text);
  }
  return locals;
}

}  // namespace

const std::vector<TableVerdict>& CheckContext::tenancy_of(const ast::Statement& query) const {
  const ProofContext context{.catalog = catalog(),
                             .map = tenants(),
                             .settings = settings().tenancy,
                             .search_path = session().search_path,
                             .bound_by_reader = query_origin() == QueryOrigin::View,
                             .has_variables = query_origin() == QueryOrigin::Function,
                             .locals = locals_of(*this),
                             .in_trigger = is_trigger_function(statement())};
  return scene_.tenancy->verdicts(query, context);
}

namespace {

// Does a function's or view's query run with the rights of who calls it, so that policies hold in it?
bool runs_as_caller(const ast::Statement& statement) {
  if (const auto* function = ast::as<ast::CreateFunction>(&statement)) return !function->security_definer;
  const auto* view = ast::as<ast::CreateView>(&statement);
  if (view == nullptr) return ast::as<ast::CreateTableAs>(&statement) == nullptr;
  return std::any_of(view->options.begin(), view->options.end(), [](const ast::Option* option) {
    return option->name == "security_invoker" && option->value != "false" && option->value != "off";
  });
}

}  // namespace

std::vector<TenantFault> CheckContext::tenant_faults_of(const ast::Statement& query) const {
  const QueryOrigin origin = query_origin();
  const bool migration = origin == QueryOrigin::Migration || origin == QueryOrigin::Seed;
  return tenant_faults(tenancy_of(query), catalog(),
                       {.over_all_tenants = migration,
                        .view = origin == QueryOrigin::View,
                        .under_row_security = !migration && runs_as_caller(statement())});
}

}  // namespace migcheck
