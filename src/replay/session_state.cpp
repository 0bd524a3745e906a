// SPDX-License-Identifier: MIT
#include "replay/session_state.hpp"

#include <optional>
#include <utility>

#include "migcheck/letters.hpp"
#include "replay/duration.hpp"

namespace migcheck::replay {

namespace {

// "$user" is the schema of whoever runs the files, which they do not say; an empty name is no schema.
std::vector<std::string> known_schemas(std::span<const std::string> names) {
  std::vector<std::string> found;
  for (const std::string& name : names) {
    if (!name.empty() && name != "$user") found.push_back(name);
  }
  return found;
}

void set_timeout(std::int64_t& timeout, std::span<const std::string> values) {
  if (values.empty()) {
    timeout = -1;
  } else if (const auto milliseconds = milliseconds_of(values.front())) {
    timeout = *milliseconds;
  }
}

void set_one(Session& session, std::string_view name, std::span<const std::string> values,
             const Session& first) {
  const std::string value = values.empty() ? std::string() : values.front();
  if (name == "search_path") {
    session.search_path = values.empty() ? first.search_path : known_schemas(values);
  } else if (name == "lock_timeout") {
    set_timeout(session.lock_timeout_ms, values);
  } else if (name == "statement_timeout") {
    set_timeout(session.statement_timeout_ms, values);
  } else if (name == "timezone") {
    session.time_zone = value;
  } else if (name == "role") {
    session.role = value == "none" ? std::string() : value;
  } else if (name == "session_authorization") {
    // It resets the role, too, and decides who the objects belong to.
    session.role = value;
  }
}

struct ConfigCall {
  std::string_view name;
  std::string_view value;
  bool local = false;
};

std::optional<ConfigCall> as_set_config(const ast::Expression* expression) {
  const auto* call = ast::as<ast::FunctionCall>(expression);
  if (call == nullptr || call->name.name != "set_config" || call->arguments.size() != 3) return std::nullopt;
  if (!call->name.schema.empty() && call->name.schema != "pg_catalog") return std::nullopt;
  const ast::Constant* constants[3] = {};
  for (std::size_t i = 0; i < 3; ++i) {
    const ast::Expression* argument = call->arguments[i];
    if (const auto* cast = ast::as<ast::Cast>(argument)) argument = cast->argument;
    constants[i] = ast::as<ast::Constant>(argument);
    if (constants[i] == nullptr) return std::nullopt;
  }
  const std::string_view local = constants[2]->text;
  return ConfigCall{constants[0]->text, constants[1]->text,
                    constants[2]->integer != 0 || local == "true" || local == "t"};
}

}  // namespace

SessionState::SessionState(std::string_view schema) {
  if (!schema.empty()) first_.search_path.insert(first_.search_path.begin(), std::string(schema));
  reset();
}

// Most transactions leave the session as it is, and share one snapshot.
SessionState::Snapshot SessionState::mark() {
  if (snapshot_ == nullptr) snapshot_ = std::make_shared<const Mark>(now_);
  return snapshot_;
}

void SessionState::restore(const Snapshot& mark) {
  if (mark == snapshot_) return;
  const bool inside = now_.effective.in_transaction;
  now_ = *mark;
  now_.effective.in_transaction = inside;
  snapshot_ = mark;
  local_ = true;  // perhaps
}

void SessionState::commit() {
  if (!std::exchange(local_, false)) return;
  const bool inside = now_.effective.in_transaction;
  change().effective = now_.lasting;
  now_.effective.in_transaction = inside;
}

void SessionState::reset() {
  change() = Mark{first_, first_};
  local_ = false;
}

void SessionState::apply(const ast::SetVariable& statement, bool in_transaction) {
  using Action = ast::SetVariable::Action;
  if (statement.local && !in_transaction) return;
  switch (statement.action) {
    case Action::Set: {
      const std::vector<std::string> values(statement.values.begin(), statement.values.end());
      assign(statement.name, values, statement.local);
      break;
    }
    case Action::SetDefault:
    case Action::Reset:
      assign(statement.name, {}, statement.local);
      break;
    case Action::ResetAll: {
      const std::string role = now_.lasting.role;  // neither the role nor the transaction is a setting to it
      const bool inside = now_.effective.in_transaction;
      reset();
      now_.lasting.role = now_.effective.role = role;
      now_.effective.in_transaction = inside;
      break;
    }
    case Action::SetCurrent:
    case Action::SetTransaction:
      break;
  }
}

void SessionState::set_search_path(std::vector<std::string> path) {
  change().effective.search_path = known_schemas(path);
  local_ = true;
}

void SessionState::apply_set_config(const ast::Select& query) {
  for (const ast::SelectItem* item : query.items) {
    const std::optional<ConfigCall> call = as_set_config(item->value);
    if (!call) continue;
    const std::string name = in_lower_case(call->name);
    std::vector<std::string> values;
    if (name == "search_path") values = split_search_path(call->value);
    if (values.empty()) values.emplace_back(call->value);  // a path of one schema without a name: of none
    assign(name, values, call->local);
  }
}

void SessionState::assign(std::string_view name, std::span<const std::string> values, bool local) {
  set_one(change().effective, name, values, first_);
  if (!local) set_one(now_.lasting, name, values, first_);
  local_ = local_ || local;
}

std::vector<std::string> split_search_path(std::string_view text) {
  std::vector<std::string> names;
  std::string name;
  bool quoted = false, any = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      const bool doubled = c == '"' && i + 1 < text.size() && text[i + 1] == '"';
      if (c == '"' && !doubled) {
        quoted = false;
        continue;
      }
      name += c;
      if (doubled) ++i;
    } else if (c == '"') {
      quoted = any = true;
    } else if (c == ',') {
      names.push_back(std::move(name));
      name.clear();
      any = false;
    } else if (c != ' ' && !(c >= '\t' && c <= '\r')) {
      name += lower_letter(c);
      any = true;
    }
  }
  if (any) names.push_back(std::move(name));
  return names;
}

}  // namespace migcheck::replay
