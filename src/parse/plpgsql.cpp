// SPDX-License-Identifier: MIT

#include "parse/plpgsql.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "parse/plpgsql_constant.hpp"
#include "parse/plpgsql_tree.hpp"

namespace migcheck::parsing {
namespace {

using plpgsql::Branch;
using plpgsql::Declaration;
using plpgsql::Evaluator;
using plpgsql::Row;
using plpgsql::Statement;
using plpgsql::Value;
using Kind = plpgsql::Statement::Kind;

constexpr std::size_t kMostTurns = 1'000;                 // of one loop over literals
constexpr std::uint64_t kUnrolled = 2ULL * 1024 * 1024;   // bytes of loops, times their turns
constexpr std::uint64_t kProduced = 16ULL * 1024 * 1024;  // bytes that all EXECUTEs may put together
constexpr std::string_view kComputed = "EXECUTE of a text that is put together when it runs";
constexpr std::string_view kTooManyTurns = "EXECUTE in a loop with too many turns to follow";

// Under which conditions something runs.
struct Flow {
  bool maybe = false;
  bool looped = false;
  bool unrolled = false;     // in a loop whose turns are followed one by one
  std::uint32_t branch = 0;  // of an IF or CASE; 0: none
};

// How a run of statements may end before its end.
struct Exits {
  bool body = false;  // RETURN, or an EXIT to a label
  bool loop = false;  // EXIT and CONTINUE
  [[nodiscard]] bool any() const { return body || loop; }
  void add(Exits other) {
    body = body || other.body;
    loop = loop || other.loop;
  }
};

// One turn of a loop over literals: the variables that it sets.
using Turn = std::vector<std::pair<std::string, Value>>;

// Follows a body as it would run.
class Follower {
 public:
  Follower(const DerivedText& body, PlpgsqlBody& out) : body_(body), out_(out) {}

  void bind(const std::vector<ast::BoundValue>& values);
  Exits run(const std::vector<Statement>& statements, Flow flow);
  void opaque(Span span, std::string_view reason, Flow flow, DerivedText known = {}, bool gives_rows = false);

 private:
  Exits run(const Statement& now, Flow flow);
  Exits block(const Statement& now, Flow flow);
  Exits branches(const Statement& now, Flow flow);
  Exits loop(const Statement& now, Flow flow);
  Exits unrolled(const Statement& now, const std::vector<Turn>& turns, Flow flow);
  void assign(const Statement& now);
  void execute(const Statement& now, Span text, Flow flow);
  [[nodiscard]] DerivedText pattern(Span text);
  [[nodiscard]] std::optional<std::vector<Turn>> turns(const Statement& now);
  [[nodiscard]] std::optional<std::vector<Turn>> integer_turns(const Statement& now);
  [[nodiscard]] bool affordable(const Statement& now, std::size_t turns);

  void declare(const std::string& name, Span span);
  void forget(const std::string& name);
  void forget_assigned(const std::vector<Statement>& statements);
  void expressions(const std::vector<Span>& spans, Flow flow);
  void sql(const Statement& now, Flow flow);
  void add(BodyItem::Kind kind, Span span, DerivedText text, Flow flow, bool dynamic = false);
  [[nodiscard]] Evaluator evaluator() { return Evaluator(body_, constants_, budget_); }

  const DerivedText& body_;
  PlpgsqlBody& out_;
  plpgsql::Constants constants_;
  std::map<std::string, DerivedText, std::less<>> patterns_;  // of variables whose value is not known
  std::set<std::string, std::less<>> records_;
  std::set<std::uint32_t> opaque_;  // where opaque items were told of: once for all turns
  std::uint64_t budget_ = kProduced;
  std::uint64_t unrolled_ = 0;
  bool spent_ = false;       // no loop is unrolled any more
  bool curtailed_ = false;   // in a loop over literals that has too many turns
  bool later_turn_ = false;  // of an unrolled loop: what does not change was told of in the first
};

void Follower::bind(const std::vector<ast::BoundValue>& values) {
  const std::uint32_t place = body_.map.to_origin(0);
  for (const ast::BoundValue& bound : values) {
    Value value;
    value.array = bound.array;
    value.null = bound.null;
    value.text.append_replaced(bound.text, place);
    for (const std::string& element : bound.elements) {
      value.elements.emplace_back().text.append_replaced(element, place);
    }
    constants_[bound.name] = std::move(value);
  }
}

void Follower::add(BodyItem::Kind kind, Span span, DerivedText text, Flow flow, bool dynamic) {
  if (later_turn_ && !dynamic) return;
  BodyItem item;
  item.kind = kind;
  item.maybe = flow.maybe;
  // What an EXECUTE runs in each turn is an item of its own.
  item.looped = flow.looped || (flow.unrolled && !dynamic);
  item.dynamic = dynamic;
  item.branch = flow.branch;
  item.span = to_origin(body_.map, span);
  item.sql = std::move(text);
  out_.items.push_back(std::move(item));
}

void Follower::opaque(Span span, std::string_view reason, Flow flow, DerivedText known, bool gives_rows) {
  if (!opaque_.insert(span.begin).second) return;
  BodyItem item;
  item.kind = BodyItem::Kind::Opaque;
  item.maybe = flow.maybe;
  item.looped = flow.looped || flow.unrolled;
  item.branch = flow.branch;
  item.span = to_origin(body_.map, span);
  item.reason = reason;
  item.sql = std::move(known);
  item.gives_rows = gives_rows;
  out_.items.push_back(std::move(item));
}

// Any expression is a SELECT list to PostgreSQL, and may go on with FROM.
void Follower::expressions(const std::vector<Span>& spans, Flow flow) {
  for (const Span span : spans) {
    if (span.empty() || later_turn_) continue;
    DerivedText text;
    text.append_replaced("SELECT ", body_.map.to_origin(span.begin));
    text.append(slice(body_, span));
    add(BodyItem::Kind::Expression, span, std::move(text), flow);
  }
}

void Follower::sql(const Statement& now, Flow flow) {
  if (now.query.empty() || later_turn_) return;
  DerivedText text = slice(body_, now.query);
  constexpr std::string_view kPerform = "SELECT ";  // as long as the word it stands for
  if (now.kind == Kind::Perform) text.text.replace(0, kPerform.size(), kPerform);
  for (const Span blank : now.blanks) {
    std::fill_n(text.text.begin() + (blank.begin - now.query.begin), blank.size(), ' ');
  }
  add(BodyItem::Kind::Sql, now.query, std::move(text), flow);
}

Exits Follower::run(const std::vector<Statement>& statements, Flow flow) {
  Exits exits;
  for (const Statement& now : statements) {
    exits.add(run(now, flow));
    flow.maybe = flow.maybe || exits.any();
  }
  return exits;
}

Exits Follower::run(const Statement& now, Flow flow) {
  switch (now.kind) {
    case Kind::Block:
      return block(now, flow);
    case Kind::If:
      return branches(now, flow);
    case Kind::Loop:
    case Kind::While:
    case Kind::ForInteger:
    case Kind::ForQuery:
    case Kind::ForExecute:
    case Kind::ForCursor:
    case Kind::Foreach:
      return loop(now, flow);
    case Kind::Leave:
      expressions(now.expressions, flow);
      return {now.labelled, true};
    case Kind::Return:
      expressions(now.expressions, flow);
      return {true, false};
    case Kind::Execute:
      expressions(now.expressions, flow);
      execute(now, now.query, flow);
      break;
    case Kind::Assign:
      expressions(now.expressions, flow);
      assign(now);
      return {};
    case Kind::Sql:
    case Kind::Perform:
      sql(now, flow);
      break;
    case Kind::Abort:
    case Kind::Evaluate:
      expressions(now.expressions, flow);
      break;
  }
  for (const std::string& name : now.targets) forget(name);
  return {};
}

// What an inner block declares hides an outer variable of the same name until the block ends.
Exits Follower::block(const Statement& now, Flow flow) {
  std::vector<std::pair<std::string, std::optional<Value>>> hidden;
  for (const Declaration& declaration : now.declared) {
    const auto found = constants_.find(declaration.name);
    hidden.emplace_back(declaration.name,
                        found == constants_.end() ? std::nullopt : std::optional(found->second));
    declare(declaration.name, declaration.span);
    expressions({declaration.default_value}, flow);
    if (!declaration.query.empty()) {
      add(BodyItem::Kind::Sql, declaration.query, slice(body_, declaration.query),
          {true, flow.looped, flow.unrolled, flow.branch});
    }
    const std::optional<Value> value = evaluator().value(declaration.default_value);
    forget(declaration.name);
    if (value) constants_[declaration.name] = *value;
    if (declaration.record) records_.insert(declaration.name);
  }
  // What ran before an exception is undone, and then a handler runs, or none.
  const bool handled = now.branches.size() > 1;
  Exits exits;
  for (const Branch& branch : now.branches) {
    exits.add(run(branch.body, {flow.maybe || handled, flow.looped, flow.unrolled, flow.branch}));
    if (handled) forget_assigned(branch.body);
  }
  for (auto& [name, value] : hidden) {
    forget(name);
    if (value) constants_[name] = std::move(*value);
  }
  return exits;
}

Exits Follower::branches(const Statement& now, Flow flow) {
  expressions(now.expressions, flow);
  Exits exits;
  for (const Branch& branch : now.branches) {
    expressions(branch.conditions, flow);
    flow.maybe = true;
    const auto number = static_cast<std::uint32_t>(out_.last_branch.size());
    out_.last_branch.push_back(number);
    exits.add(run(branch.body, {flow.maybe, flow.looped, flow.unrolled, number}));
    out_.last_branch[number] = static_cast<std::uint32_t>(out_.last_branch.size() - 1);
    forget_assigned(branch.body);
  }
  return exits;
}

Exits Follower::loop(const Statement& now, Flow flow) {
  if (now.branches.empty()) return {};  // the body broke off before
  const std::vector<Statement>& body = now.branches[0].body;
  if (now.kind == Kind::ForInteger && !now.targets.empty()) declare(now.targets[0], now.target_span);
  expressions(now.expressions, flow);
  if (now.kind == Kind::ForQuery) sql(now, flow);
  if (now.kind == Kind::ForExecute) execute(now, now.query, flow);
  const std::optional<std::vector<Turn>> known = spent_ ? std::nullopt : turns(now);
  const bool literal = spent_ || (known && !known->empty());
  if (known && !known->empty() && affordable(now, known->size())) return unrolled(now, *known, flow);

  const bool outer_curtailed = std::exchange(curtailed_, curtailed_ || literal);
  forget_assigned(body);
  for (const std::string& name : now.targets) forget(name);
  // LOOP runs its body at least once.
  const Flow inside = {flow.maybe || now.kind != Kind::Loop, true, flow.unrolled, flow.branch};
  expressions(now.branches[0].conditions, {flow.maybe, true, flow.unrolled, flow.branch});
  const Exits exits = run(body, inside);
  forget_assigned(body);
  curtailed_ = outer_curtailed;
  return {exits.body, false};
}

Exits Follower::unrolled(const Statement& now, const std::vector<Turn>& turns, Flow flow) {
  const bool outer_later = later_turn_;
  Exits exits;
  for (std::size_t n = 0; n < turns.size(); ++n) {
    later_turn_ = outer_later || n > 0;
    for (const auto& [name, value] : turns[n]) constants_[name] = value;
    exits.add(run(now.branches[0].body,
                  {flow.maybe || exits.any(), flow.looped, flow.unrolled || turns.size() > 1, flow.branch}));
  }
  later_turn_ = outer_later;
  for (const std::string& name : now.targets) forget(name);
  return {exits.body, false};
}

// The turns of a loop whose values stand in the body.
std::optional<std::vector<Turn>> Follower::turns(const Statement& now) {
  if (now.kind == Kind::ForInteger) return integer_turns(now);
  std::vector<Turn> result;
  if (now.kind == Kind::Foreach && now.targets.size() == 1 && !now.partial) {
    const std::optional<std::vector<Value>> elements = evaluator().array(now.expressions.at(0));
    if (!elements) return std::nullopt;
    for (const Value& element : *elements) result.push_back({{now.targets[0], element}});
    return result;
  }
  if (now.kind != Kind::ForQuery) return std::nullopt;
  const std::optional<std::vector<Row>> rows = evaluator().rows(now.query);
  if (!rows) return std::nullopt;
  for (const Row& row : *rows) {
    Turn turn;
    if (now.targets.size() > 1) {
      if (now.targets.size() != row.values.size()) return std::nullopt;
      for (std::size_t n = 0; n < row.values.size(); ++n) turn.emplace_back(now.targets[n], row.values[n]);
    } else if (now.targets.size() == 1) {
      if (records_.count(now.targets[0]) == 0) turn.emplace_back(now.targets[0], row.values.at(0));
      for (std::size_t n = 0; n < row.values.size(); ++n) {
        turn.emplace_back(now.targets[0] + "." + row.names[n], row.values[n]);
      }
    }
    result.push_back(std::move(turn));
  }
  return result;
}

std::optional<std::vector<Turn>> Follower::integer_turns(const Statement& now) {
  std::vector<std::int64_t> numbers;
  for (const Span span : now.expressions) {
    const std::optional<std::int64_t> number = evaluator().integer(span);
    if (!number) return std::nullopt;
    numbers.push_back(*number);
  }
  if (numbers.size() < 2 || now.targets.size() != 1) return std::nullopt;
  const std::int64_t step = numbers.size() > 2 ? numbers[2] : 1;
  constexpr std::int64_t kLargest = 1'000'000'000;
  if (step < 1 || step > kLargest || std::abs(numbers[0]) > kLargest || std::abs(numbers[1]) > kLargest) {
    return std::nullopt;
  }
  std::vector<Turn> result;
  const std::uint32_t origin = body_.map.to_origin(now.expressions[0].begin);
  for (std::int64_t n = numbers[0]; now.reverse ? n >= numbers[1] : n <= numbers[1];
       n += now.reverse ? -step : step) {
    if (result.size() > kMostTurns) break;  // affordable() will say no
    Value value;
    value.text.append_replaced(std::to_string(n), origin);
    result.push_back({{now.targets[0], std::move(value)}});
  }
  return result;
}

bool Follower::affordable(const Statement& now, std::size_t turns) {
  const std::uint64_t price = std::uint64_t{now.span.size()} * turns;
  if (turns > kMostTurns) return false;
  spent_ = unrolled_ + price > kUnrolled;
  if (!spent_) unrolled_ += price;
  return !spent_;
}

void Follower::assign(const Statement& now) {
  const std::optional<Value> value =
      now.partial ? std::nullopt : evaluator().value(now.expressions.empty() ? Span{} : now.expressions[0]);
  for (const std::string& name : now.targets) forget(name);
  if (value) {
    constants_[now.targets[0]] = *value;
  } else if (!now.partial && now.targets.size() == 1 && !now.expressions.empty()) {
    patterns_[now.targets[0]] = evaluator().pattern(now.expressions[0]);
  }
}

// What is known of a text that is not known as a whole: a variable holds what was put into it last.
DerivedText Follower::pattern(Span text) {
  const auto held = patterns_.find(std::string_view(body_.text).substr(text.begin, text.size()));
  return held == patterns_.end() ? evaluator().pattern(text) : held->second;
}

void Follower::execute(const Statement& now, Span text, Flow flow) {
  if (text.empty()) return;  // the body broke off in it
  const std::optional<Value> value = evaluator().value(text);
  if (!value || value->null || value->array) {
    return opaque(now.span.empty() ? text : now.span, curtailed_ ? kTooManyTurns : kComputed, flow,
                  pattern(text), now.kind != Kind::Execute || !now.targets.empty());
  }
  add(BodyItem::Kind::Sql, now.kind == Kind::Execute ? now.span : text, value->text, flow, true);
}

void Follower::declare(const std::string& name, Span span) {
  if (!later_turn_) out_.variables.push_back({name, to_origin(body_.map, span)});
}

// The variable, and the fields of the record.
void Follower::forget(const std::string& name) {
  constants_.erase(name);
  patterns_.erase(name);
  const std::string fields = name + ".";
  auto at = constants_.lower_bound(fields);
  while (at != constants_.end() && at->first.compare(0, fields.size(), fields) == 0)
    at = constants_.erase(at);
}

void Follower::forget_assigned(const std::vector<Statement>& statements) {
  if (constants_.empty() && patterns_.empty()) return;
  for (const Statement& now : statements) {
    for (const std::string& name : now.targets) forget(name);
    for (const Branch& branch : now.branches) forget_assigned(branch.body);
  }
}

}  // namespace

PlpgsqlBody read_plpgsql(const DerivedText& body, const std::vector<ast::BoundValue>& values) {
  PlpgsqlBody result;
  const plpgsql::Tree tree = plpgsql::read_tree(body.text);
  Follower follower(body, result);
  follower.bind(values);
  // PostgreSQL refuses a body that it cannot read as a whole: then nothing in it is sure to run.
  const bool broken = !tree.reason.empty();
  follower.run(tree.statements, {broken, false, false});
  if (broken) follower.opaque(tree.failed, tree.reason, {true, false, false});
  return result;
}

}  // namespace migcheck::parsing
