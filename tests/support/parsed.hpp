// SPDX-License-Identifier: MIT
#pragma once

// Parsing in tests: a text in, its statements out, and the text under a span.

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "migcheck/parse.hpp"

namespace migcheck::test {

class Parsed {
 public:
  explicit Parsed(std::string text, const ParseOptions& options = {})
      : file_(parse(source(std::move(text)), {}, options)) {}

  [[nodiscard]] std::size_t size() const { return file_.statements.all().size(); }
  [[nodiscard]] const ast::Statement& statement(std::size_t index = 0) const {
    return *file_.statements.all().at(index);
  }
  [[nodiscard]] std::string_view text(Span span) const {
    return std::string_view(file_.source->text).substr(span.begin, span.size());
  }
  [[nodiscard]] const ParsedFile& file() const { return file_; }

  // The statement as a T; a failed test and an empty T if it is something else.
  template <typename T>
  const T& as(std::size_t index = 0) const {
    const T* found = index < size() ? ast::as<T>(file_.statements[index]) : nullptr;
    if (found == nullptr && index < size()) {
      if (const auto* bad = ast::as<ast::Unparsable>(file_.statements[index])) ADD_FAILURE() << bad->message;
    }
    EXPECT_NE(found, nullptr) << file_.source->text;
    static const T kNone{};
    return found == nullptr ? kNone : *found;
  }

 private:
  static SourceFile source(std::string text) {
    SourceFile file;
    file.path = "test.sql";
    file.text = std::move(text);
    return file;
  }
  ParsedFile file_;
};

}  // namespace migcheck::test
