// SPDX-License-Identifier: MIT

#include <algorithm>
#include <filesystem>

#include "input/layouts/layout.hpp"
#include "input/read_file.hpp"

namespace migcheck::input {
namespace fs = std::filesystem;
namespace {

// More than any tool's settings for one file.
constexpr std::size_t kSettingsBytes = 256 * 1024;

std::string path_below(const std::string& location, const std::string& folder) {
  if (lies_below(location, folder) && location.size() > folder.size())
    return location.substr(folder.size() + (folder.ends_with('/') ? 0 : 1));
  return fs::path(location).lexically_relative(folder).generic_string();
}

}  // namespace

MigrationText::MigrationText(const History& of, const std::string& location, std::string_view decoded,
                             FilesRead& read)
    : path(path_below(location, of.location)),
      text(decoded),
      folder(name_of(of.path)),
      history(of.location),
      own_folder_(folder_of(location)),
      read_(read) {}

std::string MigrationText::beside(std::string_view name) const {
  return read_head(join_path(own_folder_, name), kSettingsBytes).text;
}

TransactionModel Layout::transactions(Wraps wraps) const {
  TransactionModel model;
  model.tool = tool;
  model.opt_out = opt_out;
  model.spans_files = spans_files;
  model.keeps_session = keeps_session;
  if (wraps == Wraps::AsTheToolDoes) return model;
  model.spans_files = wraps == Wraps::AllFiles;
  // What opens a transaction around plain files has no name here.
  if (this == &layouts::plain) model.tool = "the migration runner";
  return model;
}

void Layout::rewrap(Wraps wraps, std::vector<Section>& sections) const {
  if (wraps == Wraps::AsTheToolDoes) return;
  const Wrapping now = wraps == Wraps::Nothing              ? Wrapping::None
                       : wraps == Wraps::EachFileAsOneQuery ? Wrapping::SimpleQuery
                                                            : Wrapping::Transaction;
  for (Section& section : sections) {
    if (section.wrapping != wrapping) continue;
    section.wrapping = now;
    if (now == Wrapping::Transaction) section.unit = 0;
  }
}

// What a file says of itself comes before what its name looks like, and a tool's own configuration before
// both.
const std::vector<const Layout*>& all_layouts() {
  using namespace layouts;
  static const std::vector<const Layout*> all = {&sqitch,
                                                 &drizzle,
                                                 &prisma,
                                                 &graphile_migrate,
                                                 &goose,
                                                 &sql_migrate,
                                                 &dbmate,
                                                 &tern,
                                                 &liquibase,
                                                 &evolutions,
                                                 &supabase,
                                                 &hasura,
                                                 &diesel,
                                                 &refinery,
                                                 &ebean,
                                                 &flyway,
                                                 &node_pg_migrate,
                                                 &postgres_migrations,
                                                 &yoyo,
                                                 &pop,
                                                 &postgrator,
                                                 &bun,
                                                 &sqlx,
                                                 &golang_migrate,
                                                 &atlas,
                                                 &sql_output,
                                                 &plain};
  return all;
}

const Layout* find_layout(std::string_view name) {
  const auto& all = all_layouts();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Layout* layout) { return layout->name == name; });
  return found == all.end() ? nullptr : *found;
}

}  // namespace migcheck::input
