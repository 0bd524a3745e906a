// SPDX-License-Identifier: MIT

// What the input room makes of a file before it is parsed: decoding, placeholders, the sections of every
// tool's layout, other databases' SQL. The first byte chooses the layout, the second the file's role.

#include "migcheck/input.hpp"
#include "migcheck/parse.hpp"
#include "unit.hpp"

namespace migcheck {
namespace {

InputSet set_of(unsigned layout, unsigned role) {
  constexpr Role kRoles[] = {Role::Target, Role::History, Role::Baseline, Role::Query, Role::Seed};
  InputSet set;
  set.root = "/nonexistent";
  const std::vector<std::string> names = layout_names();
  set.histories.push_back({"db", names[layout % names.size()], {}, {}, {}, "/nonexistent/db"});
  FileEntry entry;
  entry.path = "db/0001_unit.sql";
  entry.role = kRoles[role % std::size(kRoles)];
  set.files.push_back(entry);
  return set;
}

void look_at(const LoadedFile& file) {
  std::uint32_t at = 0;
  fuzz::expect(!file.sections.empty(), "a file has a section");
  for (const Section& section : file.sections) {
    fuzz::expect(section.span.begin >= at && section.span.end >= section.span.begin,
                 "sections follow each other");
    fuzz::expect(section.span.end <= file.source.text.size(), "a section ends inside the text");
    at = section.span.end;
  }
  for (const Unread& unread : file.unread)
    fuzz::expect(!unread.reason.empty(), "what is unread has a reason");
}

void look_at(const ParsedFile& file) {
  const SourceFile& source = *file.source;
  for (const ast::Statement* statement : file.statements) {
    const Span original = source.to_original(statement->span);
    fuzz::expect(original.begin <= original.end && original.end <= source.original_text().size(),
                 "a statement has a place in the file");
  }
}

}  // namespace
}  // namespace migcheck

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace migcheck;
  if (size < 2) return 0;
  const fuzz::TimeBound bound(size);
  const InputSet set = set_of(data[0], data[1]);
  InputRequest request;
  request.stdin_text = fuzz::text_of_unit(data + 2, size - 2);
  Result<LoadedFile> loaded = load(set, 0, request);
  fuzz::expect(static_cast<bool>(loaded), "text at hand can be read");
  look_at(*loaded);
  look_at(parse(std::move(loaded->source), loaded->sections, {loaded->parameter_names}));
  return 0;
}
