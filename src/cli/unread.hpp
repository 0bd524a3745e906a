// SPDX-License-Identifier: MIT
#pragma once

// What a run could not read, or passed over, as every command says it.

#include <vector>

#include "cli/pipeline.hpp"
#include "cli/talk.hpp"

namespace migcheck::cli {

// What failed is an error and named one by one. What was passed over is named while it is little, else told
// by reason and folder; Verbose names all of it. No loudness leaves it out. The exit code: 2 if anything
// failed, else 0.
int say_unread(const std::vector<Unread>& unread, Loudness loudness, const Talk& talk);

}  // namespace migcheck::cli
