// SPDX-License-Identifier: MIT

#include "lint/engine.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "lint/departures.hpp"
#include "lint/fingerprints.hpp"
#include "lint/later_drops.hpp"
#include "lint/queries.hpp"
#include "lint/sink.hpp"

namespace migcheck {

Linter::Engine::Engine(const Settings& settings, bool one_change)
    : settings_(settings), one_change_(one_change) {
  report.pg_version = settings.pg_version;
  for (const RegisteredCheck& registered : all_checks()) {
    if (!is_enabled(registered, settings)) continue;
    const auto own = settings.checks.find(registered.name);
    const auto category = settings.categories.find(registered.category);
    ActiveCheck active{
        .registered = &registered,
        .author = {.check = registered.name,
                   .category = registered.category,
                   .severity = severity_under(registered, settings),
                   .configured = (own != settings.checks.end() && own->second.severity) ||
                                 (category != settings.categories.end() && category->second.severity)},
        .setting = own == settings.checks.end() ? nullptr : &own->second};
    active.author_on_way_back = active.author;
    active.author_on_way_back.severity = one_lower(active.author.severity);
    if (registered.check->on_statement != nullptr) on_statement_.push_back(active);
    if (registered.check->on_query != nullptr) on_query_.push_back(active);
    if (registered.check->on_transaction_end != nullptr) on_transaction_end_.push_back(active);
    if (registered.check->on_change_end != nullptr) on_change_end_.push_back(active);
    if (registered.check->on_history_end != nullptr) on_history_end_.push_back(active);
  }
  const RegisteredCheck* down_mismatch = find_check("down-mismatch");
  compares_way_back_ = down_mismatch != nullptr && is_enabled(*down_mismatch, settings);
}

void Linter::Engine::begin_history(const LayoutUse& layout, const TransactionModel& model) {
  end_history();
  report.layouts.push_back(layout);
  model_ = model;
  replay = std::make_unique<Replay>(settings_, model, read_called_body);
  target_change_ = 0;
  tenancy_ = {};
  departures_.clear();
  departed_.reset();
  ended_departures_ = 0;
  function_words_ = {};
  history_files_.clear();
  lock_orders_ = {};
}

// With one change, all targets share a number; otherwise each file is a change of its own, or with those that
// one run of psql reads.
std::uint32_t Linter::Engine::next_change(bool target, bool continues) {
  if (continues && !one_change_ && change_ > 0) return change_;
  if (target && one_change_) {
    if (target_change_ == 0) target_change_ = ++change_;
    return target_change_;
  }
  return ++change_;
}

void Linter::Engine::add(LintFile file) {
  if (replay == nullptr) begin_history({"", "plain"}, TransactionModel{.tool = "plain"});
  const auto index = static_cast<std::uint32_t>(files_.size());
  const bool target = file.checked();
  seed_ = file.purpose == LintFile::Purpose::Seed;
  gatherings_.clear();
  surroundings_.clear();
  begin_file(file);
  text_ = file.parsed.source->text;
  if (file.purpose == LintFile::Purpose::Query || file.purpose == LintFile::Purpose::OtherQuery) {
    lint_query_file(file, index);
  } else {
    replay_file(file, index, target);
  }
  end_file(file, index, target);
  // The trees are done with the text, or move without moving it.
  if (target || !file.parsed.source->map.identity()) files_[index].source = std::move(file.parsed.source);
  // What an open transaction has run is looked at when it ends.
  if ((model_.spans_files && target) || replay->session().in_transaction) {
    kept_.push_back(std::move(file));
  } else if (!model_.spans_files) {
    kept_.clear();
  }
}

const LineIndex& Linter::Engine::lines_of(std::uint32_t index, const SourceFile* source) {
  const auto [known, is_new] = lines_.try_emplace(index);
  if (is_new) known->second = LineIndex(source->original_text());
  return known->second;
}

namespace {

// psql's \connect ends the session and all that it set.
std::vector<std::uint32_t> reconnects_of(const ParsedFile& parsed) {
  std::vector<std::uint32_t> places;
  for (const Skipped& skipped : parsed.skipped) {
    if (skipped.what != Skipped::What::PsqlCommand) continue;
    const std::string_view line =
        std::string_view(parsed.source->text).substr(skipped.span.begin, skipped.span.size());
    const std::string_view command = line.substr(0, line.find_first_of(" \t\r\n"));
    if (command == "\\c" || command == "\\connect") places.push_back(skipped.span.begin);
  }
  return places;
}

}  // namespace

void Linter::Engine::replay_file(const LintFile& file, std::uint32_t index, bool target) {
  if (!seed_) note_migration(file, index, target);
  said_in_file_.clear();
  const std::uint32_t change = next_change(target, file.continues);
  const bool goes_on = one_change_ ? target : file.continues;
  if (change_open_ && !goes_on) end_change();
  change_open_ = change_open_ || target;
  ReplayFile replayed;
  replayed.file = index;
  replayed.change = change;
  replayed.target = target;
  replayed.continues = file.continues;
  replayed.goes_on = file.goes_on;
  replayed.statements = &file.parsed.statements;
  replayed.sections = &file.sections;
  const std::vector<std::uint32_t> reconnects = reconnects_of(file.parsed);
  replayed.reconnects = &reconnects;
  replay->run(replayed, *this);
  if (!seed_ && compares_way_back_) compare_way_back(file, replayed);
  if (!seed_ && settings_.way_back && target) lint_way_back(file, replayed);
}

namespace {

// How many statements lead which way; both are in order of place.
void count_ways(const LintFile& file, std::uint32_t& forward, std::uint32_t& back) {
  std::size_t at = 0;
  for (const ast::Statement* statement : file.parsed.statements) {
    while (at < file.sections.size() && file.sections[at].span.end <= statement->span.begin) ++at;
    const bool inside = at < file.sections.size() && file.sections[at].span.contains(statement->span);
    const bool down = inside && file.sections[at].direction == Direction::Down;
    if (inside || file.sections.empty()) (down ? back : forward) += 1;
  }
}

}  // namespace

// What outlives the file's trees: its statements and directives for suppressions, its lines for positions.
// The text of what is checked outlives them as well.
void Linter::Engine::begin_file(const LintFile& file) {
  FileState state;
  state.target = file.checked();
  state.history = report.layouts.size();
  const SourceFile& source = *file.parsed.source;
  ReportFile& listed = report.files.emplace_back();
  listed.path = source.path;
  listed.checked = state.target;
  if (!state.target) {
    lines_of(static_cast<std::uint32_t>(files_.size()), &source);
  } else {
    state.suppressions = read_suppressions(file.parsed);
    for (std::size_t at = 0; at < state.suppressions.size(); ++at) {
      const Suppression& suppression = state.suppressions[at];
      if (!suppression.whole_file && !suppression.statement.empty())
        state.suppressed[suppression.statement.begin].push_back(at);
    }
  }
  targets_.push_back(state.target);
  files_.push_back(std::move(state));
}

// Comes behind the replay, which must not wait until all statements of a large file are read.
void Linter::Engine::end_file(const LintFile& file, std::uint32_t index, bool target) {
  report_unparsable(file, index, target);
  if (!target) return;
  const ast::StatementBatch& statements = file.parsed.statements.all();
  report.summary.statements += static_cast<std::uint32_t>(statements.size());
  files_[index].statements.reserve(statements.size());
  for (const ast::Statement* statement : statements) files_[index].statements.push_back(statement->span);
  count_ways(file, report.files[index].forward, report.files[index].back);
  take_back_what_is_dropped(file);
}

void Linter::Engine::take_back_what_is_dropped(const LintFile& file) {
  if (unless_dropped_.empty()) return;
  const LaterDrops drops(file);
  for (const auto& [finding, name] : unless_dropped_) {
    Finding& made = report.findings[finding];
    made.taken_back = drops.drop_behind(made.place.span.begin, name);
  }
  unless_dropped_.clear();
}

namespace {

// Outside a history's run there is no session and no transaction; a query runs alone.
const TransactionRecord& no_transaction() {
  static const TransactionRecord record;
  return record;
}

}  // namespace

void Linter::Engine::note_readers(const ast::Statement& query, std::uint32_t index) {
  if (departures_.empty()) return;
  if (!departed_) departed_.emplace(departures_, replay->catalog());
  for (const FoundQuery& found : queries_of(query, QueryOrigin::QueryFile)) {
    for (const DepartedRead& read : departed_->reads(*found.query, replay->session().search_path)) {
      std::vector<Place>& readers =
          departures_[static_cast<std::size_t>(read.departure - departures_.data())].readers;
      // A query that names a column three times is one reader.
      if (readers.empty() || readers.back().file != index || readers.back().span.begin < query.span.begin)
        readers.push_back({index, read.span});
    }
  }
}

void Linter::Engine::lint_query_file(const LintFile& file, std::uint32_t index) {
  for (const ast::Statement* statement : file.parsed.statements) note_readers(*statement, index);
  if (on_query_.empty()) return;
  const Plan no_plan;
  const ReplayFile read{.file = index, .change = next_change(true), .target = true};
  for (const ast::Statement* statement : file.parsed.statements) {
    const Moment moment{.file = read,
                        .statement = *statement,
                        .outer = *statement,
                        .catalog = replay->catalog(),
                        .plan = no_plan,
                        .session = replay->session(),
                        .transaction = no_transaction(),
                        .model = model_};
    run_queries(moment, QueryOrigin::QueryFile);
  }
}

Scene Linter::Engine::scene_outside() {
  Scene scene;
  scene.settings = &settings_;
  scene.catalog = &replay->catalog();
  scene.model = &model_;
  scene.transaction = &no_transaction();
  scene.change = change_;
  scene.targets = &targets_;
  scene.tenancy = &tenancy_;
  scene.departures = &departures_;
  scene.function_words = &function_words_;
  scene.session = &replay->session();
  scene.files = &history_files_;
  scene.lock_orders = &lock_orders_;
  scene.surroundings = &surroundings_;
  return scene;
}

Scene Linter::Engine::scene_at(const Moment& moment) {
  Scene scene = scene_outside();
  scene.catalog = &moment.catalog;
  scene.transaction = &moment.transaction;
  scene.moment = &moment;
  scene.session = &moment.session;
  scene.file = moment.file.file;
  scene.text = text_;
  scene.seed = seed_;
  scene.change = moment.file.change;
  return scene;
}

FindingSink Linter::Engine::sink_for(const Scene& scene) {
  comments_ = scene.moment == nullptr ? nullptr : comments_at(*scene.moment);
  const Span statement = scene.moment == nullptr ? Span{} : scene.moment->outer.span;
  return SinkAccess::make(report.findings, gatherings_, unless_dropped_, scene.file, statement,
                          scene.transaction->number);
}

const std::vector<std::size_t>* Linter::Engine::comments_at(const Moment& moment) const {
  const FileState& file = files_[moment.file.file];
  if (file.suppressed.empty() || !settings_.use_suppressions) return nullptr;
  const auto found = file.suppressed.find(moment.outer.span.begin);
  return found == file.suppressed.end() ? nullptr : &found->second;
}

bool Linter::Engine::is_accepted(const ActiveCheck& active, const Scene& scene) const {
  return comments_ != nullptr && std::any_of(comments_->begin(), comments_->end(), [&](std::size_t at) {
           const std::vector<std::string>& checks = files_[scene.file].suppressions[at].checks;
           return std::find(checks.begin(), checks.end(), active.registered->name) != checks.end();
         });
}

template <typename Call>
void Linter::Engine::run_check(ActiveCheck& active, Scene& scene, FindingSink& sink, Call call) {
  scene.setting = active.setting;
  scene.check = active.registered->check;
  scene.reported_in_file = active.last_file == scene.file && scene.file != kNoFile;
  const std::size_t before = report.findings.size();
  SinkAccess::hand_to(sink, on_way_back_ ? active.author_on_way_back : active.author,
                      is_accepted(active, scene));
  tenancy_.forget_asked();
  call(CheckContext(scene), sink);
  if (report.findings.size() != before) note_said(active, scene, before);
}

void Linter::Engine::note_said(ActiveCheck& active, const Scene& scene, std::size_t first) {
  active.last_file = scene.file;
  said_in_file_.insert(active.registered->name);
  if (tenancy_.asked_inferred())
    guesses_.push_back({first, report.findings.size(), tenancy_.last_map().columns});
}

void Linter::Engine::on_statement(const Moment& moment) {
  if (watch != nullptr) watch->on_statement(moment);
  function_words_.on_statement(moment);
  if (!moment.file.target) return;
  const auto* end = ast::as<ast::Transaction>(&moment.statement);
  if (end != nullptr && end->action == ast::Transaction::Action::Rollback)
    rolled_back_.insert(moment.transaction.number);
  if (watches_way_back_ && !seed_ && !on_way_back_) way_back_.on_statement(moment);
  if (!on_way_back_) {
    record_departures(moment, departures_);
    departed_.reset();
  }
  Scene scene = scene_at(moment);
  FindingSink sink = sink_for(scene);
  const std::size_t before = report.findings.size();
  for (const std::size_t at : asked_of(moment.statement.kind)) {
    ActiveCheck& active = on_statement_[at];
    scene.said = std::span<const Finding>(report.findings).subspan(before);
    scene.said_in_file = &said_in_file_;
    run_check(active, scene, sink, active.registered->check->on_statement);
  }
  run_queries(moment, seed_ ? QueryOrigin::Seed : QueryOrigin::Migration);
}

// By their places in on_statement_; found once for each kind.
const std::vector<std::size_t>& Linter::Engine::asked_of(ast::NodeKind kind) {
  const auto [known, first] = asked_of_.try_emplace(kind);
  for (std::size_t at = 0; first && at < on_statement_.size(); ++at) {
    if (on_statement_[at].registered->check->statements.has(kind)) known->second.push_back(at);
  }
  return known->second;
}

void Linter::Engine::run_queries(const Moment& moment, QueryOrigin home) {
  if (on_query_.empty()) return;
  Scene scene = scene_at(moment);
  if (home != QueryOrigin::QueryFile) scene.said_in_file = &said_in_file_;
  FindingSink sink = sink_for(scene);
  for (const FoundQuery& found : queries_of(moment.statement, home)) {
    scene.query_origin = found.origin;
    tenancy_.next_query();
    for (ActiveCheck& active : on_query_) {
      run_check(active, scene, sink, [&](const CheckContext& context, FindingSink& out) {
        active.registered->check->on_query(context, *found.query, out);
      });
    }
  }
}

void Linter::Engine::on_transaction_end(const TransactionRecord& record, const catalog::Catalog& catalog) {
  if (watch != nullptr) watch->on_transaction_end(record, catalog);
  const auto target =
      std::find_if(record.steps.begin(), record.steps.end(), [](const Step& step) { return step.target; });
  if (target == record.steps.end() && on_way_back_) return;
  if (target == record.steps.end()) return lock_orders_.add(record);
  Scene scene = scene_outside();
  scene.catalog = &catalog;
  scene.transaction = &record;
  scene.file = target->place.file;
  const bool at_hand = scene.file + 1 == files_.size() && files_.back().source == nullptr;
  if (at_hand) {
    scene.text = text_;
  } else if (files_[scene.file].source != nullptr) {
    scene.text = files_[scene.file].source->text;
  }
  FindingSink sink = sink_for(scene);
  for (ActiveCheck& active : on_transaction_end_) {
    run_check(active, scene, sink, active.registered->check->on_transaction_end);
  }
  if (!on_way_back_) lock_orders_.add(record);
}

void Linter::Engine::end_change() {
  change_open_ = false;
  Scene scene = scene_outside();
  std::optional<Departed> departed;
  if (ended_departures_ < departures_.size())
    departed.emplace(std::span(departures_).subspan(ended_departures_), replay->catalog());
  scene.departed = departed ? &*departed : nullptr;
  ended_departures_ = departures_.size();
  FindingSink sink = sink_for(scene);
  for (ActiveCheck& active : on_change_end_) {
    run_check(active, scene, sink, active.registered->check->on_change_end);
  }
}

Linter::Engine::Ended Linter::Engine::forget_history() {
  end_history();
  departed_.reset();
  return {std::move(replay), std::exchange(tenancy_, {})};
}

void Linter::Engine::end_history() {
  if (replay == nullptr) return;
  replay->finish(*this);
  if (change_open_) end_change();
  Scene scene = scene_outside();
  FindingSink sink = sink_for(scene);
  for (ActiveCheck& active : on_history_end_) {
    run_check(active, scene, sink, active.registered->check->on_history_end);
  }
  drop_wrong_guesses();
  kept_.clear();
}

// Half way through a history another column may be the one that most tables carry. What was said in its name
// is taken back.
void Linter::Engine::drop_wrong_guesses() {
  if (guesses_.empty()) return;
  const TenantMap& map = tenancy_.map(replay->catalog(), settings_.tenancy);
  const auto holds = [&](const std::string& column) {
    return std::find(map.columns.begin(), map.columns.end(), column) != map.columns.end();
  };
  std::vector<bool> wrong(report.findings.size(), false);
  bool any_right = false;
  for (const TenantGuess& guess : guesses_) {
    const bool right = std::any_of(guess.columns.begin(), guess.columns.end(), holds);
    any_right = any_right || right;
    for (std::size_t i = guess.first; i < guess.end; ++i) wrong[i] = !right;
  }
  guesses_.clear();
  std::size_t index = 0;
  const auto kept = std::remove_if(report.findings.begin(), report.findings.end(),
                                   [&](const Finding&) { return wrong[index++]; });
  report.findings.erase(kept, report.findings.end());
  if (any_right) report.remarks.push_back(map.explanation + " (tenancy.column sets it.)");
}

Finding* Linter::Engine::own_finding(std::string_view check, Place place, Span statement) {
  const RegisteredCheck* registered = find_check(check);
  if (registered == nullptr || !is_enabled(*registered, settings_)) return nullptr;
  Finding& finding = report.findings.emplace_back();
  finding.check = registered->name;
  finding.category = registered->category;
  finding.severity = severity_under(*registered, settings_);
  finding.place = place;
  finding.statement = statement;
  return &finding;
}

}  // namespace migcheck
