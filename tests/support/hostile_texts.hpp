// SPDX-License-Identifier: MIT
#pragma once

// SQL that somebody wrote to break its reader, or that a generator wrote without thinking of one: by name, in
// any size.

#include <functional>
#include <ostream>
#include <string>
#include <vector>

namespace migcheck::testing {

struct HostileText {
  std::string name;
  std::function<std::string(int)> make;  // of so many repeats
  int repeats = 0;                       // a fraction of a second of work
  int code = 0;                          // the exit code that is right
  std::string says = {};                 // a part of the compact report; empty: no findings but of style
  bool grows_faster = false;             // more than linear for a reason that PostgreSQL shares
};

inline void PrintTo(const HostileText& text, std::ostream* out) {
  *out << text.name;
}

std::vector<HostileText> hostile_texts();

// `part`, so many times, between two texts.
std::string repeated(std::string_view begin, std::string_view part, int times, std::string_view end = {});

}  // namespace migcheck::testing
