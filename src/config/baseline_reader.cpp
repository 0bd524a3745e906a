// SPDX-License-Identifier: MIT

// Reads a baseline as strictly as a configuration: what is not understood would hide findings or show old
// ones.

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include "config/text_file.hpp"
#include "config/yaml_text.hpp"
#include "migcheck/config.hpp"

namespace migcheck {
namespace {

constexpr std::size_t kFingerprintLength = 16;

class BaselineReader {
 public:
  explicit BaselineReader(const std::string& path) : path_(path) {}

  Result<Baseline> read(const YAML::Node& document) {
    if (!document.IsMap()) return error(document, "A baseline must be a mapping with version and files.");
    bool versioned = false;
    for (const auto& pair : document) {
      const std::string name = pair.first.IsScalar() ? pair.first.Scalar() : "";
      Result<Done> done = Done{};
      if (name == "version") {
        versioned = true;
        if (!pair.second.IsScalar() || pair.second.Scalar() != "1") {
          return error(pair.second, "This version of migcheck reads baselines of version 1 only.");
        }
      } else if (name == "files") {
        done = read_files(pair.second);
      } else {
        done = error(pair.first,
                     fmt::format("A baseline has no key \"{}\": there are version and files.", name));
      }
      if (!done) return done.error();
    }
    if (!versioned) return error(document, "A baseline must say \"version: 1\".");
    return std::move(baseline_);
  }

  [[nodiscard]] Error error_at(const YAML::Mark& mark, std::string what) const {
    const int line = mark.is_null() ? 1 : mark.line + 1;  // an empty file has no place
    const int column = mark.is_null() ? 1 : mark.column + 1;
    return {config::bounded(std::move(what)), fmt::format("{}:{}:{}", path_, line, column),
            "`migcheck baseline` writes the file anew."};
  }

 private:
  [[nodiscard]] Error error(const YAML::Node& at, std::string what) const {
    return error_at(at.Mark(), std::move(what));
  }

  Result<Done> read_files(const YAML::Node& files) {
    if (!files.IsMap()) return error(files, "\"files\" must be a mapping of paths.");
    for (const auto& file : files) {
      if (!file.first.IsScalar()) return error(file.first, "A path must be a string.");
      if (!file.second.IsMap()) return error(file.second, "Under a path stand the names of checks.");
      Baseline::Checks& checks = baseline_.files[file.first.Scalar()];
      for (const auto& check : file.second) {
        if (!check.first.IsScalar()) return error(check.first, "A check's name must be a word.");
        if (auto done = read_fingerprints(check.second, checks[check.first.Scalar()]); !done) return done;
      }
    }
    return Done{};
  }

  Result<Done> read_fingerprints(const YAML::Node& list, Baseline::Fingerprints& into) {
    if (!list.IsSequence()) return error(list, "Under a check stands a list of fingerprints.");
    for (const YAML::Node& item : list) {
      const auto fingerprint = item.IsScalar() ? fingerprint_of(item.Scalar()) : std::nullopt;
      if (!fingerprint) return error(item, "A fingerprint is 16 digits and letters from a to f.");
      into.insert(*fingerprint);
    }
    return Done{};
  }

  static std::optional<std::uint64_t> fingerprint_of(std::string_view text) {
    const bool is_one = text.size() == kFingerprintLength &&
                        text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
    if (!is_one) return std::nullopt;
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number, 16);
    return number;
  }

  const std::string& path_;
  Baseline baseline_;
};

}  // namespace

Result<Baseline> parse_baseline(std::string_view text, const std::string& path) {
  BaselineReader reader(path);
  try {
    return reader.read(YAML::Load(std::string(text)));
  } catch (const YAML::Exception& error) {
    return reader.error_at(error.mark, fmt::format("This is not YAML: {}.", error.msg));
  }
}

Result<Baseline> read_baseline(const std::string& path) {
  const auto text = config::read_text(path, "baseline");
  if (!text) return text.error();
  return parse_baseline(*text, config::shown_path(path));
}

}  // namespace migcheck
