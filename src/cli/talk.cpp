// SPDX-License-Identifier: MIT

#include "cli/talk.hpp"

#include <fmt/format.h>
#include <spdlog/details/null_mutex.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>

#include "migcheck/unicode.hpp"

namespace migcheck::cli {
namespace {

// Hands each line to the console; the commands talk from one thread.
class ConsoleSink final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
 public:
  explicit ConsoleSink(const Console& console) : console_(console) {}

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    spdlog::memory_buf_t line;
    formatter_->format(message, line);
    console_.err({line.data(), line.size()});
  }
  void flush_() override {}

 private:
  const Console& console_;
};

spdlog::level::level_enum level_of(Loudness loudness) {
  switch (loudness) {
    case Loudness::Quiet:
      return spdlog::level::warn;
    case Loudness::Normal:
      return spdlog::level::info;
    case Loudness::Verbose:
      break;
  }
  return spdlog::level::debug;
}

}  // namespace

Loudness loudness_of(const Arguments& arguments) {
  if (arguments.has(OptionId::Quiet)) return Loudness::Quiet;
  return arguments.has(OptionId::Verbose) ? Loudness::Verbose : Loudness::Normal;
}

Talk::Talk(const Console& console, Loudness loudness, bool colour) : colour_(colour) {
  logger_ = std::make_unique<spdlog::logger>("talk", std::make_shared<ConsoleSink>(console));
  logger_->set_pattern("%v");
  logger_->set_level(level_of(loudness));
}

Talk::~Talk() = default;

void Talk::error(const Error& error) const {
  this->error(error.to_string());
}
void Talk::error(std::string_view sentence) const {
  logger_->error("{} {}", colour_ ? "\x1b[1;31merror:\x1b[0m" : "error:", printable(sentence));
}
void Talk::warning(std::string_view sentence) const {
  logger_->warn("{} {}", colour_ ? "\x1b[1;33mwarning:\x1b[0m" : "warning:", printable(sentence));
}
void Talk::remark(std::string_view sentence) const {
  logger_->info("{}", printable(sentence));
}
void Talk::detail(std::string_view sentence) const {
  logger_->debug("{}", printable(sentence));
}

}  // namespace migcheck::cli
