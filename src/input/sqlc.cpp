// SPDX-License-Identifier: MIT

#include "input/sqlc.hpp"

#include <algorithm>

#include "input/sql_text.hpp"

namespace migcheck::input {
namespace {

std::string_view unquoted(std::string_view value) {
  value = trimmed(value);
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'')) {
    return value.substr(1, value.find(value.front(), 1) - 1);
  }
  return trimmed(value.substr(0, value.find(" #")));
}

// A value, or the values of a [list].
void append_values(std::string_view value, std::vector<std::string>& into) {
  value = trimmed(value);
  if (!value.starts_with('[')) {
    if (!value.empty()) into.emplace_back(unquoted(value));
    return;
  }
  value = value.substr(1, value.find(']') - 1);
  while (!value.empty()) {
    const std::size_t end = std::min(value.find(','), value.size());
    if (const std::string_view one = unquoted(value.substr(0, end)); !one.empty()) into.emplace_back(one);
    value.remove_prefix(std::min(end + 1, value.size()));
  }
}

// Reads line by line, by the lines' indentation.
class PackageReader {
 public:
  std::vector<SqlcPackage> read(std::string_view yaml) {
    LineWalker lines(yaml);
    Span line;
    while (lines.next(line)) {
      const std::string_view text = text_of(yaml, line);
      const std::string_view content = trimmed(text);
      if (content.empty() || content.front() == '#') continue;
      take(static_cast<std::size_t>(content.data() - text.data()), content);
    }
    return std::move(packages_);
  }

 private:
  void take(std::size_t indent, std::string_view content) {
    const bool item = content.starts_with("- ");
    if (indent == 0 && !item) {
      inside_ = content.starts_with("sql:") || content.starts_with("packages:");
      item_indent_ = kNone;
      return;
    }
    if (!inside_) return;
    if (item && list_ != nullptr && indent >= key_indent_) return append_values(content.substr(2), *list_);
    list_ = nullptr;
    if (item && (item_indent_ == kNone || indent == item_indent_)) {
      item_indent_ = indent;
      packages_.emplace_back();
      const std::string_view first = trimmed(content.substr(2));
      key_indent_ = indent + static_cast<std::size_t>(first.data() - content.data());
      return take_key(first);
    }
    if (!packages_.empty() && !item && indent == key_indent_) take_key(content);
  }

  void take_key(std::string_view content) {
    const std::size_t colon = content.find(':');
    if (colon == std::string_view::npos) return;
    const std::string_view key = content.substr(0, colon);
    const std::string_view value = trimmed(content.substr(colon + 1));
    SqlcPackage& package = packages_.back();
    if (key == "engine") package.engine = unquoted(value);
    if (key != "queries" && key != "schema") return;
    std::vector<std::string>& paths = key == "queries" ? package.queries : package.schema;
    append_values(value, paths);
    if (value.empty()) list_ = &paths;
  }

  static constexpr std::size_t kNone = ~std::size_t{0};
  std::vector<SqlcPackage> packages_;
  std::vector<std::string>* list_ = nullptr;  // a key whose values stand on the lines below
  std::size_t item_indent_ = kNone;
  std::size_t key_indent_ = 0;
  bool inside_ = false;
};

}  // namespace

std::vector<SqlcPackage> sqlc_packages(std::string_view yaml) {
  return PackageReader().read(yaml);
}

}  // namespace migcheck::input
