// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

#include "lint/way_back.hpp"

namespace migcheck {

// What there is to say of an object in a comparison of schemas; nothing for what is not compared.
using TableOf = std::function<const catalog::Table*(catalog::ObjectId)>;
void add_facts(const catalog::Object& object, const TableOf& table_of, WayBack::Facts& facts);

// Nothing that is compared has changed; of an index: if nothing of its table has.
[[nodiscard]] bool say_the_same(const catalog::Table& before, const catalog::Table& now);
[[nodiscard]] bool say_the_same(const catalog::Index& before, const catalog::Index& now);

}  // namespace migcheck
