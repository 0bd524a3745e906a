// SPDX-License-Identifier: MIT

// Reads a configuration by the table of keys. The only place that knows yaml-cpp.

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <sstream>

#include "config/keys.hpp"
#include "config/yaml_text.hpp"
#include "migcheck/nearest.hpp"
#include "migcheck/registry.hpp"

namespace migcheck {
namespace config {
namespace {

std::vector<std::string_view> names_of(const std::vector<Key>& keys) {
  std::vector<std::string_view> names;
  for (const Key& key : keys) names.push_back(key.name);
  return names;
}

std::string listed(const std::vector<std::string_view>& names) {
  return fmt::format("There are: {}.", fmt::join(names, ", "));
}

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<bool> flag_in(std::string_view text) {
  if (text == "true" || text == "yes" || text == "on") return true;
  if (text == "false" || text == "no" || text == "off") return false;
  return std::nullopt;
}

std::optional<std::int64_t> milliseconds_in(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto number = number_in(text.substr(0, digits));
  if (!number || *number > 1'000'000'000) return std::nullopt;
  const std::string_view unit = text.substr(digits);
  if (unit == "ms") return number;
  if (unit == "s") return *number * 1000;
  if (unit == "min") return *number * 60'000;
  return std::nullopt;
}

class Reader {
 public:
  Reader(std::string path, const std::vector<std::string>& layouts, Configuration& configuration)
      : path_(std::move(path)), layouts_(layouts), configuration_(configuration) {}

  Result<Done> read(const YAML::Node& document) {
    if (!document.IsDefined() || document.IsNull()) return Done{};
    return read_object(document, all_keys(), "");
  }

  [[nodiscard]] std::string place(const YAML::Mark& mark) const {
    return fmt::format("{}:{}:{}", path_, mark.line + 1, mark.column + 1);
  }

 private:
  template <typename... Args>
  [[nodiscard]] Error error(const YAML::Node& at, std::string hint, fmt::format_string<Args...> format,
                            Args&&... args) const {
    return {bounded(fmt::format(format, std::forward<Args>(args)...)), place(at.Mark()), std::move(hint)};
  }

  // Calls visit(name, name's node, value) for each pair of a mapping; refuses a name that comes twice.
  template <typename Visit>
  Result<Done> for_each_pair(const YAML::Node& node, const std::string& key, Visit visit) {
    if (!node.IsMap()) {
      return error(node, {}, "{} must be a mapping (name: value).",
                   key.empty() ? "A configuration" : quoted(key));
    }
    std::map<std::string, std::string> seen;
    for (const auto& pair : node) {
      if (!pair.first.IsScalar()) return error(pair.first, {}, "A key must be a word.");
      const std::string name = pair.first.Scalar();
      const auto [before, fresh] = seen.emplace(name, place(pair.first.Mark()));
      if (!fresh) return error(pair.first, {}, "The key \"{}\" stands at {} already.", name, before->second);
      if (auto done = visit(name, pair.first, pair.second); !done) return done;
    }
    return Done{};
  }

  static std::string quoted(std::string_view key) { return fmt::format("\"{}\"", key); }

  Result<Done> read_object(const YAML::Node& node, const std::vector<Key>& keys, const std::string& prefix) {
    return for_each_pair(
        node, prefix,
        [&](const std::string& name, const YAML::Node& at, const YAML::Node& value) -> Result<Done> {
          const auto key =
              std::find_if(keys.begin(), keys.end(), [&](const Key& row) { return row.name == name; });
          if (key == keys.end()) {
            std::string hint = did_you_mean(name, names_of(keys));
            if (hint.empty()) hint = listed(names_of(keys));
            return error(at, hint, "Unknown key \"{}\"{}.", name,
                         prefix.empty() ? "" : " in " + quoted(prefix));
          }
          const std::string full = prefix.empty() ? name : prefix + "." + name;
          configuration_.origins[full] = place(at.Mark());
          return read_value(value, *key, full);
        });
  }

  Result<Done> read_value(const YAML::Node& node, const Key& key, const std::string& name) {
    switch (key.shape) {
      case Shape::Object:
        return read_object(node, key.keys, name);
      case Shape::Tables:
        return read_tables(node, key, name);
      case Shape::Checks:
        return read_checks(node, name);
      case Shape::Paths:
        return read_paths(node, key, name);
      default:
        break;
    }
    const Result<Value> value = simple_value(node, key, name);
    if (!value) return value.error();
    key.apply(*value, configuration_);
    return Done{};
  }

  Result<Value> simple_value(const YAML::Node& node, const Key& key, const std::string& name) {
    if (key.shape == Shape::TextList) return list_value(node, name);
    if (!node.IsScalar()) return error(node, {}, "{} must be {}.", quoted(name), expectation(key));
    const std::string& text = node.Scalar();
    switch (key.shape) {
      case Shape::Integer:
        if (const auto number = number_in(text); number && *number >= key.least && *number <= key.most) {
          return Value(*number);
        }
        break;
      case Shape::Boolean:
        if (const auto flag = flag_in(text)) return Value(*flag);
        break;
      case Shape::Duration:
        if (const auto duration = milliseconds_in(text)) return Value(*duration);
        break;
      case Shape::Choice:
        return choice_value(node, key.choices, name);
      case Shape::Layout: {
        std::vector<std::string_view> names = {"auto"};
        names.insert(names.end(), layouts_.begin(), layouts_.end());
        return choice_value(node, names, name);
      }
      default:
        return Value(text);
    }
    return error(node, {}, "{} must be {}, not \"{}\".", quoted(name), expectation(key), text);
  }

  static std::string expectation(const Key& key) {
    switch (key.shape) {
      case Shape::Integer:
        return key.least == key.most ? fmt::format("{}", key.least)
                                     : fmt::format("a whole number from {} to {}", key.least, key.most);
      case Shape::Boolean:
        return "true or false";
      case Shape::Duration:
        return "a duration such as 500ms, 10s or 2min";
      default:
        return "a word or a string";
    }
  }

  Result<Value> list_value(const YAML::Node& node, const std::string& name) {
    if (node.IsScalar()) return Value(std::vector<std::string>{node.Scalar()});
    if (!node.IsSequence()) return error(node, {}, "{} must be a string or a list of strings.", quoted(name));
    std::vector<std::string> list;
    for (const YAML::Node& item : node) {
      if (!item.IsScalar()) return error(item, {}, "{} must be a list of strings.", quoted(name));
      list.push_back(item.Scalar());
    }
    return Value(std::move(list));
  }

  Result<Value> choice_value(const YAML::Node& node, const std::vector<std::string_view>& choices,
                             const std::string& name) {
    const std::string& text = node.Scalar();
    if (std::find(choices.begin(), choices.end(), text) != choices.end()) return Value(text);
    std::string hint = did_you_mean(text, choices);
    if (hint.empty()) hint = listed(choices);
    return error(node, hint, "{} cannot be \"{}\".", quoted(name), text);
  }

  Result<Done> read_paths(const YAML::Node& node, const Key& key, const std::string& name) {
    if (!node.IsSequence()) return read_path(node, key, name);
    for (const YAML::Node& item : node) {
      if (auto done = read_path(item, key, name); !done) return done;
    }
    return Done{};
  }

  Result<Done> read_path(const YAML::Node& node, const Key& key, const std::string& name) {
    std::vector<MigrationPath>& paths = configuration_.migrations;
    paths.emplace_back();
    if (node.IsScalar()) {
      paths.back().path = node.Scalar();
      return Done{};
    }
    if (!node.IsMap()) {
      return error(node, {}, "{} must be a path, or a list of paths and of {{path, layout, transaction}}.",
                   quoted(name));
    }
    if (auto done = read_object(node, key.keys, name); !done) return done;
    if (!paths.back().path.empty()) return Done{};
    return error(node, "For instance: {path: db/migrations, layout: goose}.",
                 "A mapping in {} must have a path.", quoted(name));
  }

  Result<Done> read_tables(const YAML::Node& node, const Key& key, const std::string& prefix) {
    return for_each_pair(
        node, prefix,
        [&](const std::string& name, const YAML::Node&, const YAML::Node& value) -> Result<Done> {
          if (!value.IsScalar()) return error(value, {}, "A table is \"small\" or not named.");
          const auto size = choice_value(value, key.choices, prefix + "." + name);
          if (!size) return size.error();
          configuration_.settings.tables[name] = TableSize::Small;
          return Done{};
        });
  }

  Result<Done> read_checks(const YAML::Node& node, const std::string& prefix) {
    return for_each_pair(
        node, prefix,
        [&](const std::string& name, const YAML::Node& at, const YAML::Node& value) -> Result<Done> {
          const RegisteredCheck* check = find_check(name);
          if (check == nullptr && find_category(name) == nullptr) return unknown_check(at, name);
          configuration_.origins[prefix + "." + name] = place(at.Mark());
          Settings& settings = configuration_.settings;
          CheckSetting& setting = check != nullptr ? settings.checks[name] : settings.categories[name];
          if (value.IsScalar()) return read_level(value, setting, prefix + "." + name);
          return read_check(value, check, setting, prefix + "." + name);
        });
  }

  [[nodiscard]] Error unknown_check(const YAML::Node& at, const std::string& name) const {
    std::vector<std::string_view> names;
    for (const RegisteredCheck& check : all_checks()) names.push_back(check.name);
    for (const Category& category : all_categories()) names.push_back(category.name);
    std::string hint = did_you_mean(name, names);
    if (hint.empty()) hint = "`migcheck checks` lists them.";
    return error(at, hint, "There is no check or category \"{}\".", name);
  }

  Result<Done> read_level(const YAML::Node& node, CheckSetting& setting, const std::string& name) {
    const auto level = choice_value(node, check_levels(), name);
    if (!level) return level.error();
    const std::string& word = std::get<std::string>(*level);
    setting.enabled = word != "off";
    if (word == "error") setting.severity = Severity::Error;
    if (word == "warning") setting.severity = Severity::Warning;
    if (word == "info") setting.severity = Severity::Info;
    return Done{};
  }

  Result<Done> read_check(const YAML::Node& node, const RegisteredCheck* check, CheckSetting& setting,
                          const std::string& prefix) {
    return for_each_pair(
        node, prefix,
        [&](const std::string& name, const YAML::Node& at, const YAML::Node& value) -> Result<Done> {
          if (name == "severity") {
            if (value.IsScalar()) return read_level(value, setting, prefix + ".severity");
            return error(value, {}, "A severity must be a word.");
          }
          if (name == "options" && check != nullptr) {
            return read_options(value, *check, setting, prefix + ".options");
          }
          std::string hint = did_you_mean(name, {"severity", "options"});
          if (hint.empty()) hint = listed({"severity", "options"});
          return error(at, check == nullptr ? "A category has a severity only." : hint,
                       "Unknown key \"{}\" in {}.", name, quoted(prefix));
        });
  }

  Result<Done> read_options(const YAML::Node& node, const RegisteredCheck& check, CheckSetting& setting,
                            const std::string& prefix) {
    return for_each_pair(
        node, prefix,
        [&](const std::string& name, const YAML::Node& at, const YAML::Node& value) -> Result<Done> {
          std::vector<std::string_view> names;
          for (const OptionSpec& option : check.check->options) {
            names.push_back(option.name);
            if (option.name != name) continue;
            const auto read = simple_value(value, key_of(option), prefix + "." + name);
            if (!read) return read.error();
            setting.options[name] = *read;
            return Done{};
          }
          std::string hint = did_you_mean(name, names);
          if (hint.empty()) hint = names.empty() ? "It has no options." : listed(names);
          return error(at, hint, "The check \"{}\" has no option \"{}\".", check.name, name);
        });
  }

  static Key key_of(const OptionSpec& option) {
    switch (option.type) {
      case OptionSpec::Type::Boolean:
        return {.name = option.name, .shape = Shape::Boolean};
      case OptionSpec::Type::Integer:
        return {.name = option.name, .shape = Shape::Integer, .least = 0, .most = 2'000'000'000};
      case OptionSpec::Type::List:
        return {.name = option.name, .shape = Shape::TextList};
      case OptionSpec::Type::Text:
        break;
    }
    return {.name = option.name, .shape = Shape::Text};
  }

  std::string path_;
  const std::vector<std::string>& layouts_;
  Configuration& configuration_;
};

// Where the content of a document begins. YAML::LoadAll never comes to the end of a text such as ",", which
// it takes for one empty document after the other.
class DocumentPlace final : public YAML::EventHandler {
 public:
  YAML::Mark first;
  void OnDocumentStart(const YAML::Mark& /*mark*/) override { empty_ = true; }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override { note(mark); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override { note(mark); }
  void OnScalar(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                const std::string& /*value*/) override {
    note(mark);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                       YAML::EmitterStyle::value /*style*/) override {
    note(mark);
  }
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                  YAML::EmitterStyle::value /*style*/) override {
    note(mark);
  }
  void OnMapEnd() override {}

 private:
  void note(const YAML::Mark& mark) {
    if (empty_) first = mark;
    empty_ = false;
  }
  bool empty_ = true;
};

// Where a second document begins, if there is one.
std::optional<YAML::Mark> second_document(const std::string& text) {
  std::istringstream stream(text);
  YAML::Parser parser(stream);
  DocumentPlace place;
  if (!parser.HandleNextDocument(place) || !parser.HandleNextDocument(place)) return std::nullopt;
  return place.first;
}

}  // namespace
}  // namespace config

Result<Configuration> parse_configuration(std::string_view text, const std::string& path,
                                          const std::vector<std::string>& layouts) {
  Configuration configuration;
  configuration.path = path;
  config::Reader reader(path, layouts, configuration);
  try {
    if (const auto second = config::second_document(std::string(text))) {
      return Error{"A configuration is one YAML document.", reader.place(*second), {}};
    }
    if (auto done = reader.read(YAML::Load(std::string(text))); !done) return done.error();
  } catch (const YAML::Exception& error) {
    return Error{fmt::format("This is not YAML: {}.", error.msg), reader.place(error.mark), {}};
  }
  return configuration;
}

}  // namespace migcheck
