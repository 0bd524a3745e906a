// SPDX-License-Identifier: MIT
#include "replay/duration.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace migcheck::replay {

namespace {

struct Unit {
  std::string_view name;
  double milliseconds;
};

// From the largest down: a fraction is first rounded to whole units of the next smaller one, so that
// '0.0001min' is 0 and not 6 ms.
constexpr std::array<Unit, 6> kUnits = {
    {{"d", 86'400'000}, {"h", 3'600'000}, {"min", 60'000}, {"s", 1'000}, {"ms", 1}, {"us", 0.001}}};

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// Reads the number at the front of the text and takes it off.
std::optional<double> take_number(std::string_view& text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  const bool hexadecimal = text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
  double number = 0;
  const char* const first = text.data() + (hexadecimal ? 2 : 0);
  const auto [end, error] =
      std::from_chars(first, text.data() + text.size(), number,
                      hexadecimal ? std::chars_format::hex : std::chars_format::general);
  if (error != std::errc{} || !std::isfinite(number)) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

}  // namespace

std::optional<std::int64_t> milliseconds_of(std::string_view text) {
  text = trimmed(text);
  const std::optional<double> number = take_number(text);
  if (!number) return std::nullopt;
  text = trimmed(text);
  const std::string_view name = text.empty() ? std::string_view("ms") : text;
  const auto* unit =
      std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& item) { return item.name == name; });
  if (unit == kUnits.end()) return std::nullopt;
  double total = *number * unit->milliseconds;
  if (const auto* smaller = unit + 1; smaller != kUnits.end()) {
    total = std::rint(total / smaller->milliseconds) * smaller->milliseconds;
  }
  total = std::rint(total);
  if (total < 0 || total > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
  return static_cast<std::int64_t>(total);
}

}  // namespace migcheck::replay
