// SPDX-License-Identifier: MIT

#include "cli/history_script.hpp"

#include <fmt/format.h>

#include "migcheck/ast.hpp"
#include "migcheck/ast/print.hpp"

namespace migcheck::cli {
namespace {

std::string_view bytes_of(const LintFile& file, Span span) {
  return std::string_view(file.parsed.source->text).substr(span.begin, span.size());
}

bool is_reconnect(std::string_view line) {
  const std::string_view command = line.substr(0, line.find_first_of(" \t\r\n"));
  return command == "\\c" || command == "\\connect";
}

}  // namespace

void HistoryScript::add(const LintFile& file) {
  next_statement_ = next_skipped_ = 0;
  lines_ = LineIndex(file.parsed.source->original_text());
  if (!in_unit_) set_schema();
  for (const Section& section : file.sections) add_section(file, section);
  end_unit();
  reconnect_before(file, 0xFFFFFFFF);
  if (!model_.keeps_session && !file.goes_on) text_ += "\\connect\n";
}

// As the tool does for each of its sessions.
void HistoryScript::set_schema() {
  if (model_.schema.empty()) return;
  text_ += fmt::format("SET search_path TO {}, public;\n", ast::quoted_name(model_.schema));
}

void HistoryScript::add_section(const LintFile& file, const Section& section) {
  const auto& statements = file.parsed.statements;
  while (statements.has(next_statement_) && statements[next_statement_]->span.begin < section.span.begin) {
    ++next_statement_;
  }
  std::size_t end = next_statement_;
  while (statements.has(end) && statements[end]->span.begin < section.span.end) ++end;
  const std::size_t begin = std::exchange(next_statement_, end);
  if (section.direction != Direction::Up || begin == end) return;
  const bool wrapped = section.wrapping == Wrapping::Transaction;
  if (in_unit_ && !(wrapped && section.unit == unit_)) end_unit();
  if (wrapped && !in_unit_) {
    text_ += "BEGIN;\n";
    in_unit_ = true;
  }
  unit_ = section.unit;
  for (std::size_t number = begin; number < end; ++number) {
    reconnect_before(file, statements[number]->span.begin);
    add_statement(file, number, section.wrapping == Wrapping::SimpleQuery && number + 1 < end);
  }
}

// A statement that goes on shares its simple query with the next one: psql sends them together.
void HistoryScript::add_statement(const LintFile& file, std::size_t number, bool goes_on) {
  const ast::Statement& statement = *file.parsed.statements[number];
  if (const auto* broken = ast::as<ast::Unparsable>(&statement)) {
    text_ += fmt::format("-- left out {}: {}\n", place_of(file, statement.span), broken->message);
    if (!goes_on) text_ += ";\n";
    return;
  }
  text_ += fmt::format("-- at {}\n{}\n{}\n", place_of(file, statement.span), bytes_of(file, statement.span),
                       goes_on ? "\\;" : ";");
  add_data_behind(file, number);
}

// The rows of COPY … FROM STDIN.
void HistoryScript::add_data_behind(const LintFile& file, std::size_t number) {
  const auto& statements = file.parsed.statements;
  const std::uint32_t from = statements[number]->span.end;
  const std::uint32_t to = statements.has(number + 1) ? statements[number + 1]->span.begin : 0xFFFFFFFF;
  for (std::size_t at = next_skipped_; at < file.parsed.skipped.size(); ++at) {
    const Skipped& skipped = file.parsed.skipped[at];
    if (skipped.span.begin >= to) break;
    if (skipped.what != Skipped::What::CopyData || skipped.span.begin < from) continue;
    std::string_view rows = bytes_of(file, skipped.span);
    while (rows.ends_with('\n') || rows.ends_with('\r')) rows.remove_suffix(1);
    text_ += rows;
    text_ += rows.ends_with("\\.") ? "\n" : "\n\\.\n";
  }
}

void HistoryScript::reconnect_before(const LintFile& file, std::uint32_t offset) {
  for (; next_skipped_ < file.parsed.skipped.size(); ++next_skipped_) {
    const Skipped& skipped = file.parsed.skipped[next_skipped_];
    if (skipped.span.begin >= offset) break;
    if (skipped.what != Skipped::What::PsqlCommand || !is_reconnect(bytes_of(file, skipped.span))) continue;
    text_ += "\\connect\n";
  }
}

std::string HistoryScript::place_of(const LintFile& file, Span span) const {
  const SourceFile& source = *file.parsed.source;
  const Position at = lines_.position(source.original_text(), source.to_original(span).begin);
  return fmt::format("{}:{}", source.path, at.line);
}

void HistoryScript::end_unit() {
  if (in_unit_) text_ += "COMMIT;\n";
  in_unit_ = false;
}

}  // namespace migcheck::cli
