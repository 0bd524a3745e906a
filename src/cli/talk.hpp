// SPDX-License-Identifier: MIT
#pragma once

// What migcheck says on stderr, beside the findings: errors, warnings, remarks, and with -v what it does.

#include <memory>
#include <string_view>

#include "cli/arguments.hpp"
#include "migcheck/cli.hpp"

namespace spdlog {
class logger;
}

namespace migcheck::cli {

enum class Loudness : unsigned char { Quiet, Normal, Verbose };

// What -q and -v ask for; -q wins.
Loudness loudness_of(const Arguments& arguments);

class Talk {
 public:
  Talk(const Console& console, Loudness loudness, bool colour);
  ~Talk();
  Talk(const Talk&) = delete;
  Talk& operator=(const Talk&) = delete;

  void error(const Error& error) const;           // always
  void error(std::string_view sentence) const;    // always
  void warning(std::string_view sentence) const;  // always
  void remark(std::string_view sentence) const;   // not when quiet
  void detail(std::string_view sentence) const;   // only when verbose

 private:
  std::unique_ptr<spdlog::logger> logger_;
  bool colour_;
};

}  // namespace migcheck::cli
