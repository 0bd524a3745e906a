// SPDX-License-Identifier: MIT

#include "input/layouts/annotated.hpp"
#include "input/layouts/parts.hpp"
#include "input/natural_order.hpp"

namespace migcheck::input {
namespace {

Kind kind_of(std::string_view name) {
  const std::size_t digits = leading_digits(name).size();
  return digits > 0 && digits < name.size() && name[digits] == '_' ? Kind::Up : Kind::No;
}

std::string detect(const Folder& folder) {
  const std::size_t count = count_mostly_marked(folder, {"-- +goose Up"}, 50);
  return count == 0 ? std::string() : counted(count, "file", "with `-- +goose Up`");
}

Arrangement arrange(const Folder& folder) {
  return by_number(folder, kind_of);
}

Parts parts(const MigrationText& file) {
  return annotated_parts(file, {"-- +goose", "no transaction", true});
}

}  // namespace

const Layout layouts::goose{.name = "goose",
                            .tool = "goose",
                            .opt_out = "add `-- +goose NO TRANSACTION` as the first line",
                            .detect = detect,
                            .arrange = arrange,
                            .parts = parts};

}  // namespace migcheck::input
