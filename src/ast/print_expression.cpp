// SPDX-License-Identifier: MIT

#include <utility>

#include "ast/printer.hpp"

namespace migcheck::ast {

namespace {

// What needs no brackets wherever it stands.
bool is_atom(const Expression& expression) {
  switch (expression.kind) {
    case NodeKind::ColumnRef:
    case NodeKind::Parameter:
    case NodeKind::FunctionCall:
    case NodeKind::Case:
    case NodeKind::Coalesce:
    case NodeKind::MinMax:
    case NodeKind::RowLiteral:
    case NodeKind::ArrayLiteral:
    case NodeKind::SqlValue:
      return true;
    case NodeKind::Constant: {
      const std::string_view text = static_cast<const Constant&>(expression).text;
      return text.empty() || text.front() != '-';
    }
    default:
      return false;
  }
}

std::string_view words(BooleanTest::Test test) {
  switch (test) {
    case BooleanTest::Test::True:
      return " IS TRUE";
    case BooleanTest::Test::NotTrue:
      return " IS NOT TRUE";
    case BooleanTest::Test::False:
      return " IS FALSE";
    case BooleanTest::Test::NotFalse:
      return " IS NOT FALSE";
    case BooleanTest::Test::Unknown:
      return " IS UNKNOWN";
    case BooleanTest::Test::NotUnknown:
      return " IS NOT UNKNOWN";
  }
  return "";
}

}  // namespace

std::optional<std::string> Printer::take() {
  return complete_ ? std::optional<std::string>(std::move(out_)) : std::nullopt;
}

void Printer::list(const List<const Expression*>& items) {
  for (std::size_t at = 0; at < items.size(); ++at) {
    if (at > 0) raw(", ");
    whole(items[at]);
  }
}

void Printer::operand(const Expression* expression) {
  if (expression == nullptr) return;
  if (is_atom(*expression)) return whole(expression);
  raw("(");
  whole(expression);
  raw(")");
}

void Printer::text(std::string_view text) {
  raw("'");
  for (const char c : text) {
    if (c == '\'') out_ += '\'';
    out_ += c;
  }
  raw("'");
}

void Printer::constant(const Constant& constant) {
  switch (constant.type) {
    case Constant::Type::Null:
      return raw("NULL");
    case Constant::Type::String:
      return text(constant.text);
    case Constant::Type::BitString:  // b0101 or x1F
      raw(constant.text.substr(0, 1));
      return text(constant.text.substr(1));
    default:
      raw(constant.text);
  }
}

void Printer::name(const QualifiedName& name) {
  if (!name.schema.empty()) raw(quoted_name(name.schema) + ".");
  raw(quoted_name(name.name));
}

void Printer::names(const List<Name>& names) {
  for (std::size_t at = 0; at < names.size(); ++at) {
    if (at > 0) raw(", ");
    name(names[at].text);
  }
}

void Printer::column(const ColumnRef& column) {
  for (std::size_t at = 0; at < column.parts.size(); ++at) {
    if (at > 0) raw(".");
    name(column.parts[at].text);
  }
  if (column.star) raw(column.parts.empty() ? "*" : ".*");
}

void Printer::op(const QualifiedName& op) {
  if (op.schema.empty()) return raw(op.name);
  raw("OPERATOR(" + quoted_name(op.schema) + ".");
  raw(op.name);
  raw(")");
}

void Printer::operation(const Operation& operation) {
  using Form = Operation::Form;
  if (operation.form == Form::NullIf) {
    raw("NULLIF(");
    whole(operation.left);
    raw(", ");
    whole(operation.right);
    return raw(")");
  }
  if (operation.left != nullptr) {
    operand(operation.left);
    raw(" ");
  }
  if (operation.form == Form::Distinct || operation.form == Form::NotDistinct) {
    raw(operation.form == Form::Distinct ? "IS DISTINCT FROM " : "IS NOT DISTINCT FROM ");
    return operand(operation.right);
  }
  op(operation.op);
  if (operation.form == Form::AnyOfArray || operation.form == Form::AllOfArray) {
    raw(operation.form == Form::AnyOfArray ? " ANY (" : " ALL (");
    whole(operation.right);
    return raw(")");
  }
  raw(" ");
  operand(operation.right);
}

void Printer::bool_operation(const BoolOperation& operation) {
  if (operation.op == BoolOperation::Op::Not) {
    raw("NOT ");
    return operand(operation.arguments[0]);
  }
  for (std::size_t at = 0; at < operation.arguments.size(); ++at) {
    if (at > 0) raw(operation.op == BoolOperation::Op::And ? " AND " : " OR ");
    operand(operation.arguments[at]);
  }
}

void Printer::boolean_test(const BooleanTest& test) {
  operand(test.argument);
  raw(words(test.test));
}

void Printer::between(const Between& between) {
  operand(between.argument);
  raw(between.negated ? " NOT BETWEEN " : " BETWEEN ");
  if (between.symmetric) raw("SYMMETRIC ");
  operand(between.low);
  raw(" AND ");
  operand(between.high);
}

void Printer::case_expression(const Case& source) {
  raw("CASE");
  if (source.argument != nullptr) {
    raw(" ");
    operand(source.argument);
  }
  for (const Case::When& when : source.whens) {
    raw(" WHEN ");
    whole(when.condition);
    raw(" THEN ");
    whole(when.result);
  }
  if (source.otherwise != nullptr) {
    raw(" ELSE ");
    whole(source.otherwise);
  }
  raw(" END");
}

void Printer::subscript(const Subscript& subscript) {
  raw("(");
  whole(subscript.argument);
  raw(")");
  for (const Subscript::Step& step : subscript.steps) {
    if (!step.field.empty()) {
      raw(step.field == "*" ? std::string(".*") : "." + quoted_name(step.field));
      continue;
    }
    raw("[");
    if (step.low != nullptr) whole(step.low);
    if (step.slice) raw(":");
    if (step.high != nullptr) whole(step.high);
    raw("]");
  }
}

void Printer::sub_query(const SubQuery& source) {
  using Form = SubQuery::Form;
  if (source.query == nullptr) return give_up();
  if (source.test != nullptr) {
    operand(source.test);
    raw(" ");
  }
  switch (source.form) {
    case Form::Exists:
      raw("EXISTS ");
      break;
    case Form::Array:
      raw("ARRAY");
      break;
    case Form::In:
      raw("IN ");
      break;
    case Form::Any:
    case Form::All:
      op(source.op);
      raw(source.form == Form::Any ? " ANY " : " ALL ");
      break;
    case Form::RowCompare:
      op(source.op);
      raw(" ");
      break;
    case Form::Scalar:
      break;
  }
  raw("(");
  query(*source.query);
  raw(")");
}

// The grammar turns INTERVAL's fields into a number of bits; there is no way to write that number.
void Printer::interval_modifiers(const TypeName& type) {
  constexpr std::int64_t kAllFields = 0x7FFF;
  const auto* fields = as<Constant>(type.modifiers[0]);
  if (fields == nullptr || fields->integer != kAllFields || type.modifiers.size() != 2) return give_up();
  raw("(");
  whole(type.modifiers[1]);
  raw(")");
}

void Printer::type(const TypeName& type) {
  if (type.percent_type || type.set_of) return give_up();
  if (!type.schema.empty()) raw(quoted_name(type.schema) + ".");
  const bool interval = type.name == "interval" && type.schema.empty();
  // As a plain word char is another type, and the interval in quotes takes no fields.
  raw(interval ? std::string(type.name) : quoted_name(type.name));
  if (!type.modifiers.empty() && interval) {
    interval_modifiers(type);
  } else if (!type.modifiers.empty()) {
    raw("(");
    list(type.modifiers);
    raw(")");
  }
  for (int dimension = 0; dimension < type.array_dimensions; ++dimension) raw("[]");
}

void Printer::other_expression(const Expression& expression) {
  switch (expression.kind) {
    case NodeKind::Parameter:
      raw("$" + std::to_string(static_cast<const Parameter&>(expression).number));
      return;
    case NodeKind::SqlValue: {
      const auto& value = static_cast<const SqlValue&>(expression);
      raw(value.name);
      if (value.precision >= 0) raw("(" + std::to_string(value.precision) + ")");
      return;
    }
    case NodeKind::NamedArgument:
      name(static_cast<const NamedArgument&>(expression).name);
      raw(" => ");
      return whole(static_cast<const NamedArgument&>(expression).value);
    case NodeKind::DefaultValue:
      return raw("DEFAULT");
    case NodeKind::SortItem:
      return sort(static_cast<const SortItem&>(expression));
    default:
      give_up();
  }
}

void Printer::whole(const Expression* expression) {
  const Level level(*this);
  if (expression == nullptr || !level.goes_on()) return;
  switch (expression->kind) {
    case NodeKind::ColumnRef:
      return column(static_cast<const ColumnRef&>(*expression));
    case NodeKind::Constant:
      return constant(static_cast<const Constant&>(*expression));
    case NodeKind::Operation:
      return operation(static_cast<const Operation&>(*expression));
    case NodeKind::BoolOperation:
      return bool_operation(static_cast<const BoolOperation&>(*expression));
    case NodeKind::NullTest:
      operand(static_cast<const NullTest&>(*expression).argument);
      return raw(static_cast<const NullTest&>(*expression).negated ? " IS NOT NULL" : " IS NULL");
    case NodeKind::BooleanTest:
      return boolean_test(static_cast<const BooleanTest&>(*expression));
    case NodeKind::InList: {
      const auto& in = static_cast<const InList&>(*expression);
      operand(in.argument);
      raw(in.negated ? " NOT IN (" : " IN (");
      list(in.items);
      return raw(")");
    }
    case NodeKind::Between:
      return between(static_cast<const Between&>(*expression));
    case NodeKind::FunctionCall:
      return call(static_cast<const FunctionCall&>(*expression));
    case NodeKind::Cast:
      operand(static_cast<const Cast&>(*expression).argument);
      raw("::");
      return type(*static_cast<const Cast&>(*expression).type);
    case NodeKind::Collate:
      operand(static_cast<const Collate&>(*expression).argument);
      raw(" COLLATE ");
      return name(static_cast<const Collate&>(*expression).collation);
    case NodeKind::Case:
      return case_expression(static_cast<const Case&>(*expression));
    case NodeKind::Coalesce:
      raw("COALESCE(");
      list(static_cast<const Coalesce&>(*expression).arguments);
      return raw(")");
    case NodeKind::MinMax:
      raw(static_cast<const MinMax&>(*expression).greatest ? "GREATEST(" : "LEAST(");
      list(static_cast<const MinMax&>(*expression).arguments);
      return raw(")");
    case NodeKind::RowLiteral:
      raw("ROW(");
      list(static_cast<const RowLiteral&>(*expression).items);
      return raw(")");
    case NodeKind::ArrayLiteral:
      raw("ARRAY[");
      list(static_cast<const ArrayLiteral&>(*expression).items);
      return raw("]");
    case NodeKind::Subscript:
      return subscript(static_cast<const Subscript&>(*expression));
    case NodeKind::SubQuery:
      return sub_query(static_cast<const SubQuery&>(*expression));
    default:
      return other_expression(*expression);
  }
}

std::optional<std::string> to_sql(const Expression* expression) {
  if (expression == nullptr) return std::nullopt;
  Printer printer;
  printer.whole(expression);
  return printer.take();
}

std::optional<std::string> to_sql(const PartitionBound& bound) {
  Printer printer;
  if (bound.is_default) {
    printer.raw("DEFAULT");
  } else if (bound.strategy == PartitionBy::Strategy::Hash) {
    printer.raw("FOR VALUES WITH (MODULUS " + std::to_string(bound.modulus) + ", REMAINDER " +
                std::to_string(bound.remainder) + ")");
  } else if (bound.strategy == PartitionBy::Strategy::List) {
    printer.raw("FOR VALUES IN (");
    printer.list(bound.values);
    printer.raw(")");
  } else {
    printer.raw("FOR VALUES FROM (");
    printer.list(bound.from);
    printer.raw(") TO (");
    printer.list(bound.to);
    printer.raw(")");
  }
  return printer.take();
}

}  // namespace migcheck::ast
