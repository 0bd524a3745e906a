// SPDX-License-Identifier: MIT
#pragma once

// Runs SQL texts as a history, and keeps what an observer sees.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "migcheck/parse.hpp"
#include "migcheck/replay.hpp"

namespace migcheck::testing {

// One statement as the observer met it.
struct Seen {
  std::string text;
  std::uint32_t transaction = 0;
  TransactionKind kind = TransactionKind::Autocommit;
  bool in_block = false;
  bool inner = false;
  bool maybe = false;
  std::int64_t lock_timeout_ms = -1;
  std::size_t tables = 0;  // in the catalog before it
};

class History : public ReplayObserver {
 public:
  explicit History(TransactionModel model = {}) : replay_(settings_, std::move(model), read_called_body) {}

  // Runs a text as one file that a tool wraps like this. Statements must be given as they should be seen:
  // `Seen::text` is the statement's own text.
  History& run(std::string text, Wrapping wrapping = Wrapping::None) {
    const auto size = static_cast<std::uint32_t>(text.size());
    return run(std::move(text), std::vector<Section>{section({0, size}, wrapping)});
  }
  History& run(std::string text, std::vector<Section> sections,
               const std::vector<std::uint32_t>* reconnects = nullptr) {
    SourceFile source;
    source.path = "test.sql";
    source.text = std::move(text);
    parsed_.push_back(parse(std::move(source), sections));
    sections_.push_back(std::move(sections));
    ReplayFile file;
    file.file = static_cast<std::uint32_t>(parsed_.size() - 1);
    file.change = change_ == 0 ? static_cast<std::uint32_t>(parsed_.size()) : change_;
    file.target = target_;
    file.statements = &parsed_.back().statements;
    file.sections = &sections_.back();
    file.reconnects = reconnects;
    replay_.run(file, *this);
    return *this;
  }
  History& finish() {
    replay_.finish(*this);
    return *this;
  }
  // From here on the files belong to this change.
  History& change(std::uint32_t number, bool target = true) {
    change_ = number;
    target_ = target;
    return *this;
  }

  [[nodiscard]] static Section section(Span span, Wrapping wrapping, unsigned unit = 0) {
    Section made;
    made.span = span;
    made.wrapping = wrapping;
    made.unit = unit;
    return made;
  }

  [[nodiscard]] const catalog::Table* table(std::string_view name) const {
    const std::vector<std::string> path = {"public"};
    const catalog::Object* found = replay_.catalog().relation("", name, path);
    return found == nullptr ? nullptr : std::get_if<catalog::Table>(found);
  }
  [[nodiscard]] bool has(std::string_view name) const { return table(name) != nullptr; }
  [[nodiscard]] const catalog::Catalog& catalog() const { return replay_.catalog(); }
  [[nodiscard]] const Session& session() const { return replay_.session(); }

  std::vector<Seen> seen;
  std::vector<TransactionRecord> ended;

  void on_statement(const Moment& moment) override {
    Seen one;
    const std::string_view text = parsed_[moment.file.file].source->text;
    one.text = text.substr(moment.statement.span.begin, moment.statement.span.size());
    one.transaction = moment.transaction.number;
    one.kind = moment.transaction.kind;
    one.in_block = moment.transaction.is_block();
    one.inner = moment.is_inner();
    one.maybe = moment.maybe;
    one.lock_timeout_ms = moment.session.lock_timeout_ms;
    one.tables = moment.catalog.tables().size();
    seen.push_back(std::move(one));
  }
  void on_transaction_end(const TransactionRecord& record, const catalog::Catalog&) override {
    ended.push_back(record);
  }

 private:
  Settings settings_;
  Replay replay_;
  std::vector<ParsedFile> parsed_;
  std::vector<std::vector<Section>> sections_;
  std::uint32_t change_ = 0;
  bool target_ = true;
};

}  // namespace migcheck::testing
