// SPDX-License-Identifier: MIT
#pragma once

#include "lint/way_back.hpp"

namespace migcheck {

// What there is to say of an object in a comparison of schemas; nothing for what is not compared.
void add_facts(const catalog::Object& object, const catalog::Catalog& catalog, WayBack::Facts& facts);

}  // namespace migcheck
