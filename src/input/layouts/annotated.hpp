// SPDX-License-Identifier: MIT
#pragma once

// Files in which comments divide the way forth from the way back and keep blocks together: goose's format,
// and sql-migrate's, which was made after it.

#include <string_view>

#include "input/layouts/layout.hpp"

namespace migcheck::input {

struct Annotations {
  std::string_view prefix;  // "-- +goose"
  // The word that switches the transaction off: in the whole file (goose) or behind Up and Down
  // (sql-migrate).
  std::string_view no_transaction;
  bool whole_file = true;
};

Parts annotated_parts(const MigrationText& file, const Annotations& annotations);

}  // namespace migcheck::input
