// SPDX-License-Identifier: MIT
#pragma once

// Text in, statements out: the only door to PostgreSQL's parser.
//
// A file is split into statements by our own splitter (it knows strings, dollar quotes, comments, psql lines,
// COPY data and BEGIN ATOMIC), and PostgreSQL's parser reads them one at a time. So one broken statement
// costs one finding and hides nothing, comments are kept for suppressions, and memory stays bounded. What the
// parser refuses becomes an ast::Unparsable statement at its place.
//
// parse() is pure and thread-safe: one file in, one immutable value out. Of a file with very many statements
// the value is handed out when the text is split; its statements come while they are asked for.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/ast.hpp"
#include "migcheck/source.hpp"
#include "migcheck/transaction.hpp"

namespace migcheck {

// A comment, with its marks (-- or /* */).
struct Comment {
  Span span;
  bool block = false;
};

// Text that was stepped over, and why: a psql line, the data of a COPY.
struct Skipped {
  enum class What : unsigned char { PsqlCommand, CopyData };
  What what = What::PsqlCommand;
  Span span;
};

// A file, parsed. The arenas hold the nodes; names and strings in them are views into it or into
// `source.text`, so they live as long as this value (moving it keeps them valid).
struct ParsedFile {
  std::unique_ptr<const SourceFile> source;
  std::vector<std::unique_ptr<ast::Arena>> arenas;  // one for each of those who read it
  ast::StatementStream statements;                  // behind what its readers may still write to
  std::vector<Comment> comments;                    // in source order
  std::vector<Skipped> skipped;
  std::size_t weight = 0;  // bytes of text and trees, guessed where the trees are still being made
};

// What parse() may be told.
struct ParseOptions {
  // Query files: named parameters that the input room replaced by numbers are given their names back here.
  std::vector<std::string> parameter_names;
  // By so many at once a large file may be read, whoever asks for its statements among them.
  std::size_t readers = 2;
};

// Parses a file. Only the parts inside `sections` hold statements; comments are collected everywhere. No
// sections means the whole file. Never fails: see ast::Unparsable.
ParsedFile parse(SourceFile text, const std::vector<Section>& sections = {},
                 const ParseOptions& options = {});

// An ast::BodyReader.
const ast::Body* read_called_body(ast::Arena& arena, const ast::Body& body,
                                  const std::vector<ast::BoundValue>& values, std::uint32_t place);

// The grammar that this build speaks.
struct Grammar {
  int major = 0;        // 17, 18
  std::string version;  // "18.6": PostgreSQL's
  std::string library;  // "18.1.0": libpg_query's, where it says so
};
Grammar grammar();

}  // namespace migcheck
