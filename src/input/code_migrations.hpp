// SPDX-License-Identifier: MIT
#pragma once

// Migrations that are written in another language, with or without SQL inside. migcheck does not read them;
// it recognises them, so that it can say so.

#include <string>
#include <string_view>

namespace migcheck::input {

// Could a file of this name be one? Asked before the file is opened.
bool may_hold_migration(std::string_view path);

// Why the file is not read: "SQL inside Python code (Alembic) is not read yet." Empty if it is no migration.
std::string code_migration(std::string_view path, std::string_view head);

}  // namespace migcheck::input
