// SPDX-License-Identifier: MIT

#include "migcheck/english.hpp"

#include <algorithm>
#include <iterator>

#include "english/words.hpp"
#include "migcheck/letters.hpp"

namespace migcheck::english {
namespace {

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_separator(char c) {
  return c == '_' || c == '-' || c == ' ' || c == '.';
}

// Does a word begin at this letter, given what stands around it? HTTPServer: at the S.
bool begins_word(std::string_view name, std::size_t at) {
  if (at == 0 || !is_upper(name[at])) return false;
  const bool next_is_lower = at + 1 < name.size() && is_lower(name[at + 1]);
  return !is_upper(name[at - 1]) || next_is_lower;
}

template <std::size_t Size>
bool holds(const std::string_view (&words)[Size], std::string_view word) {
  return std::binary_search(std::begin(words), std::end(words), word);
}

const Pair* irregular(std::string_view word, std::string_view Pair::*side) {
  const auto found = std::find_if(std::begin(kIrregular), std::end(kIrregular),
                                  [&](const Pair& pair) { return pair.*side == word; });
  return found == std::end(kIrregular) ? nullptr : &*found;
}

bool ends_with(std::string_view word, std::string_view end) {
  return word.size() > end.size() && word.substr(word.size() - end.size()) == end;
}

bool is_vowel(char c) {
  return std::string_view("aeiou").find(c) != std::string_view::npos;
}

// kv, v2, mfa with a digit, u: an abbreviation has no number.
bool is_abbreviation(std::string_view word) {
  const auto is_letter = [](char c) { return is_lower(c); };
  if (word.size() < 3 || !std::all_of(word.begin(), word.end(), is_letter)) return true;
  return std::none_of(word.begin(), word.end(), [](char c) { return is_vowel(c) || c == 'y'; });
}

// worker, sensor: who or what does something.
bool is_agent(std::string_view word) {
  return word.size() > 4 && (ends_with(word, "er") || ends_with(word, "or")) && !holds(kNoAgents, word);
}

std::string without(std::string_view word, std::size_t letters) {
  return std::string(word.substr(0, word.size() - letters));
}

// The last word of a name, where it begins.
std::size_t last_word(std::string_view name) {
  std::size_t at = name.size();
  while (at > 0 && !is_separator(name[at - 1]) && !begins_word(name, at - 1)) --at;
  return at > 0 && begins_word(name, at - 1) ? at - 1 : at;
}

std::string with_last_word(std::string_view name, std::string (*change)(std::string_view)) {
  const std::size_t begin = last_word(name);
  std::string word(name.substr(begin));
  std::transform(word.begin(), word.end(), word.begin(), lower_letter);
  const std::string changed = change(word);
  std::size_t same = 0;
  while (same < word.size() && same < changed.size() && word[same] == changed[same]) ++same;
  return std::string(name.substr(0, begin + same)) + changed.substr(same);
}

}  // namespace

std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  for (std::size_t at = 0; at < name.size(); ++at) {
    if (is_separator(name[at]) || begins_word(name, at)) words.emplace_back();
    if (!is_separator(name[at])) words.back() += lower_letter(name[at]);
  }
  std::erase(words, "");
  return words;
}

bool is_noun(std::string_view word) {
  return holds(kNouns, word);
}

Number number_of(std::string_view word) {
  if (is_abbreviation(word) || holds(kUncounted, word)) return Number::Unknown;
  if (irregular(word, &Pair::plural) != nullptr) return Number::Plural;
  if (irregular(word, &Pair::singular) != nullptr || holds(kNouns, word)) return Number::Singular;
  if (holds(kSingularInS, word)) return Number::Singular;
  if (word.back() == 's') return ends_with(word, "ss") ? Number::Singular : Number::Plural;
  return is_agent(word) ? Number::Singular : Number::Unknown;
}

std::string plural_of(std::string_view word) {
  if (const Pair* pair = irregular(word, &Pair::singular)) return std::string(pair->plural);
  if (word.empty() || number_of(word) == Number::Plural) return std::string(word);
  const bool hissing = ends_with(word, "s") || ends_with(word, "x") || ends_with(word, "z") ||
                       ends_with(word, "ch") || ends_with(word, "sh");
  if (hissing) return std::string(word) + "es";
  if (ends_with(word, "y") && !is_vowel(word[word.size() - 2])) return without(word, 1) + "ies";
  return std::string(word) + "s";
}

std::string singular_of(std::string_view word) {
  if (const Pair* pair = irregular(word, &Pair::plural)) return std::string(pair->singular);
  if (!ends_with(word, "s") || ends_with(word, "ss") || holds(kSingularInS, word)) return std::string(word);
  if (ends_with(word, "es")) {
    std::string stem = without(word, 2);
    const bool hissing = holds(kSingularInS, stem) || ends_with(stem, "x") || ends_with(stem, "ch") ||
                         ends_with(stem, "sh") || ends_with(stem, "ss") || ends_with(stem, "zz");
    if (hissing) return stem;
  }
  if (ends_with(word, "ies") && word.size() > 4) return without(word, 3) + "y";
  return without(word, 1);
}

std::string plural_name(std::string_view name) {
  return with_last_word(name, plural_of);
}

std::string singular_name(std::string_view name) {
  return with_last_word(name, singular_of);
}

}  // namespace migcheck::english
