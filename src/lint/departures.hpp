// SPDX-License-Identifier: MIT
#pragma once

// Names that migrations take away: for the query files, which are read when all is done.

#include <vector>

#include "migcheck/check.hpp"

namespace migcheck {

// Adds the tables, views and columns that the statement drops or renames. What the change itself made is left
// out: nobody used it yet.
void record_departures(const Moment& moment, std::vector<Departure>& departures);

}  // namespace migcheck
