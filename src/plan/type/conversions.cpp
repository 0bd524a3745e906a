// SPDX-License-Identifier: MIT
#include "plan/type/conversions.hpp"

#include <algorithm>
#include <array>

#include "migcheck/letters.hpp"
#include "plan/type/builtins.hpp"
#include "plan/type/types.hpp"

namespace migcheck::plan {

using catalog::TypeRef;

namespace {

constexpr std::int32_t kFullPrecision = 6;  // of timestamp, time and interval: microseconds

// citext comes with an extension, so it is in no list of built-in casts.
struct ExtensionCast {
  std::string_view source;
  std::string_view target;
  char context;
  char method;
};
constexpr std::array<ExtensionCast, 8> kExtensionCasts = {{{"citext", "text", 'i', 'b'},
                                                           {"citext", "varchar", 'i', 'b'},
                                                           {"citext", "bpchar", 'a', 'b'},
                                                           {"text", "citext", 'a', 'b'},
                                                           {"varchar", "citext", 'a', 'b'},
                                                           {"bpchar", "citext", 'a', 'f'},
                                                           {"bool", "citext", 'a', 'f'},
                                                           {"inet", "citext", 'a', 'f'}}};

struct FoundCast {
  bool found = false;
  char context = 'e';
  char method = 'f';
};

FoundCast find_cast(const Planner& planner, const TypeRef& from, const TypeRef& to) {
  if (const BuiltinCast* cast = builtin_cast(from.name, to.name, planner.version())) {
    return {true, cast->context, cast->method};
  }
  for (const ExtensionCast& cast : kExtensionCasts) {
    if (cast.source == from.name && cast.target == to.name) return {true, cast.context, cast.method};
  }
  return {};
}

bool is_string(const Planner& planner, const TypeRef& type) {
  if (is_array(type)) return false;
  if (type.name == "citext") return true;
  const BuiltinType* builtin =
      type.schema == "pg_catalog" ? builtin_type(type.name, planner.version()) : nullptr;
  return builtin != nullptr && builtin->category == 'S';
}

// The catalog shows what kind of type it is, so that a missing cast is really missing.
bool is_known(const Planner& planner, const TypeRef& type) {
  if (type.schema == "pg_catalog") return true;
  const auto* found = planner.draft.get<catalog::Type>(type.id);
  return found != nullptr && found->kind != catalog::TypeKind::Base &&
         found->kind != catalog::TypeKind::Shell;
}

// Without a cast of its own a value still goes to a string type by way of its text form, and, where the cast
// is written, from one. An array goes element by element, in the same ways.
Conversion conversion_by_text(const Planner& planner, TypeRef from, TypeRef to, bool written) {
  if (is_array(from) && is_array(to)) from.array_dimensions = to.array_dimensions = 0;
  if (is_string(planner, to) || (written && is_string(planner, from))) return Conversion::Rewrite;
  if (!is_known(planner, from) || !is_known(planner, to)) return Conversion::Unknown;
  return Conversion::Impossible;
}

bool is_timestamp_pair(const TypeRef& from, const TypeRef& to) {
  return (from.name == "timestamp" && to.name == "timestamptz") ||
         (from.name == "timestamptz" && to.name == "timestamp");
}

// From one base type to another, modifiers aside.
Conversion base_conversion(const Planner& planner, const TypeRef& from, const TypeRef& to, bool written) {
  if (is_array(from) != is_array(to)) return conversion_by_text(planner, from, to, written);
  const FoundCast cast = find_cast(planner, from, to);
  if (!cast.found || (cast.context == 'e' && !written)) return conversion_by_text(planner, from, to, written);
  // An array is converted element by element, even where the elements' bytes stay the same.
  if (is_array(from)) return Conversion::Rewrite;
  if (cast.method == 'b') return Conversion::Free;
  if (is_timestamp_pair(from, to) && is_utc(planner.context.session.time_zone)) return Conversion::Free;
  return Conversion::Rewrite;
}

// Which field an interval type keeps last: 0 seconds … 5 years. The numbers are PostgreSQL's bits of a field
// list (INTERVAL_MASK).
int least_interval_field(const std::vector<std::int32_t>& modifiers) {
  constexpr std::int32_t kFullRange = 0x7FFF;
  if (modifiers.empty() || modifiers.front() == kFullRange) return 0;
  constexpr std::array<int, 6> kBits = {12, 11, 10, 3, 1, 2};  // second, minute, hour, day, month, year
  for (std::size_t field = 0; field < kBits.size(); ++field) {
    if ((modifiers.front() & (1 << kBits[field])) != 0) return static_cast<int>(field);
  }
  return 0;
}

bool interval_keeps(const std::vector<std::int32_t>& from, const std::vector<std::int32_t>& to) {
  const std::int32_t old_precision = from.size() > 1 ? from[1] : kFullPrecision;
  const std::int32_t new_precision = to.size() > 1 ? to[1] : kFullPrecision;
  const int old_field = least_interval_field(from);
  const int new_field = least_interval_field(to);
  return new_field <= old_field &&
         (old_field > 0 || new_precision >= kFullPrecision || new_precision >= old_precision);
}

bool numeric_keeps(const std::vector<std::int32_t>& from, const std::vector<std::int32_t>& to) {
  if (from.empty()) return false;
  const auto scale = [](const std::vector<std::int32_t>& modifiers) {
    return modifiers.size() > 1 ? modifiers[1] : 0;
  };
  return scale(from) == scale(to) && to.front() >= from.front();
}

// All values that fit the old modifiers fit the new ones, and PostgreSQL's planner knows it.
bool modifiers_keep(const TypeRef& base, const std::vector<std::int32_t>& from,
                    const std::vector<std::int32_t>& to) {
  if (to.empty() || from == to) return true;
  if (is_array(base)) return false;
  if (base.name == "varchar" || base.name == "varbit") return !from.empty() && from.front() <= to.front();
  if (base.name == "numeric") return numeric_keeps(from, to);
  if (base.name == "interval") return interval_keeps(from, to);
  if (base.name == "timestamp" || base.name == "timestamptz" || base.name == "time" ||
      base.name == "timetz") {
    return to.front() >= kFullPrecision || (!from.empty() && to.front() >= from.front());
  }
  return false;  // char(n), bit(n) and everything else: computed anew
}

bool same_base(const TypeRef& left, const TypeRef& right) {
  return left.name == right.name && left.schema == right.schema && left.id == right.id &&
         is_array(left) == is_array(right);
}

}  // namespace

bool is_utc(std::string_view time_zone) {
  const std::string lower = in_lower_case(time_zone);
  constexpr std::array<std::string_view, 12> kNames = {"utc",      "gmt",       "etc/utc",   "etc/gmt",
                                                       "uct",      "etc/uct",   "zulu",      "etc/zulu",
                                                       "etc/gmt0", "universal", "greenwich", "etc/universal"};
  return std::find(kNames.begin(), kNames.end(), lower) != kNames.end() || lower == "0" || lower == "+00:00";
}

Conversion conversion(const Planner& planner, const TypeRef& from, const TypeRef& to, bool written) {
  if (from == to && !from.name.empty()) return Conversion::Free;
  if (from.name.empty() || to.name.empty()) return Conversion::Unknown;
  const TypeRef from_base = base_type_of(planner, from);
  const TypeRef to_base = base_type_of(planner, to);
  const bool from_domain = domain_of(planner, from) != nullptr;
  const bool same = same_base(from_base, to_base);
  if (!same && (!is_resolved(from_base) || !is_resolved(to_base)) &&
      !find_cast(planner, from_base, to_base).found) {
    return is_string(planner, to_base) && is_resolved(from_base) ? Conversion::Rewrite : Conversion::Unknown;
  }
  Conversion result = same ? Conversion::Free : base_conversion(planner, from_base, to_base, written);
  if (result != Conversion::Free) return result;
  // A value of another type, or of a domain, comes without modifiers.
  const std::vector<std::int32_t> none;
  const auto& old_modifiers = same && !from_domain ? from_base.modifiers : none;
  if (!modifiers_keep(to_base, old_modifiers, to_base.modifiers)) return Conversion::Rewrite;
  const bool enters_domain = domain_of(planner, to) != nullptr && from.id != to.id;
  if (enters_domain && is_constrained_domain(planner, to)) return Conversion::Rewrite;
  return Conversion::Free;
}

Conversion conversion_using(const Planner& planner, const catalog::Table& table,
                            const catalog::Column& column, const ast::Expression* expression,
                            const TypeRef& to) {
  // From the outside in: the casts that are written around the column.
  std::vector<TypeRef> steps;
  while (const auto* cast = ast::as<ast::Cast>(expression)) {
    steps.push_back(resolve_type(planner, cast->type));
    expression = cast->argument;
  }
  const auto* reference = ast::as<ast::ColumnRef>(expression);
  const bool is_the_column = reference != nullptr && reference->column() == column.name;
  Conversion worst = is_the_column ? Conversion::Free : Conversion::Rewrite;
  TypeRef at = is_the_column ? column.type : type_of(planner, expression, &table).value_or(TypeRef{});
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    const Conversion next = conversion(planner, at, *step, true);
    if (next == Conversion::Impossible) return next;
    if (worst == Conversion::Free) worst = next;
    at = *step;
  }
  if (at.name.empty()) return worst == Conversion::Free ? Conversion::Unknown : worst;
  const Conversion last = conversion(planner, at, to);
  if (last == Conversion::Impossible) return last;
  return worst == Conversion::Free ? last : worst;
}

bool same_operator_class(const Planner& planner, std::string_view method, const TypeRef& from,
                         const TypeRef& to) {
  const TypeRef old_base = base_type_of(planner, from);
  const TypeRef new_base = base_type_of(planner, to);
  if (same_base(old_base, new_base)) return true;
  const auto key = [&](const TypeRef& type) -> std::string_view {
    if (is_array(type)) return {};
    if (type.name == "varchar") return "text";
    if (type.name == "cidr") return "inet";
    return type.name;
  };
  // hash, gin and the others follow the same rule: a type without a class of its own borrows one.
  (void)method;
  return !key(old_base).empty() && key(old_base) == key(new_base);
}

bool same_comparison(const Planner& planner, const TypeRef& from, const TypeRef& to) {
  return same_operator_class(planner, "btree", from, to);
}

}  // namespace migcheck::plan
