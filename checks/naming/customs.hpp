// SPDX-License-Identifier: MIT
#pragma once

// How checks of naming report: each departure where the guide's convention holds, and one sentence where the
// history has another.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "migcheck/check.hpp"

namespace migcheck::checks::customs {

inline std::string name_of(const catalog::Table& table) {
  return sql_name(table);
}
inline std::string name_of(const catalog::Table& table, std::string_view column) {
  return sql_name(table) + "." + sql_name(column);
}

// `say` writes one departure's message and advice; `what` says what the others have: "tables of this history
// have singular names".
inline void report(const CheckContext& context, const std::vector<CustomSample>& samples, FindingSink& out,
                   std::string_view what, std::string_view advice,
                   const std::function<void(const CustomSample&, FindingBuilder)>& say) {
  const Custom custom = custom_of(context, samples);
  for (const CustomSample* sample : custom.departures) say(*sample, out.report(sample->origin.place));
  if (custom.instead == nullptr) return;
  out.report(custom.instead->origin.place)
      .severity(Severity::Info)
      .message("{} of {} {}, {} among them.", custom.others, custom.total, what, custom.instead->name)
      .advice("{}", advice);
}

}  // namespace migcheck::checks::customs
