// SPDX-License-Identifier: MIT
#pragma once

// What a DROP of views, functions, sequences, types or tables takes from the running application, name by
// name. Shared by the checks that each speak of one kind of object.

#include <string>
#include <vector>

#include "migcheck/check.hpp"

namespace migcheck::checks::dropped_names {

// A name of the statement, and the object of that kind that goes with it; nullptr: the history shows none.
struct Loss {
  const ast::ObjectName* name = nullptr;
  const catalog::Object* object = nullptr;
};

struct Losses {
  std::vector<Loss> gone;
  std::vector<Loss> made_again;  // later in the file, but in another transaction
};

template <typename Kind>
const catalog::Object* object_named(const CheckContext& context, const ast::QualifiedName& name) {
  for (const catalog::Object* object : context.dropped()) {
    if (std::holds_alternative<Kind>(*object) && context.is_name_of(name, *object)) return object;
  }
  return nullptr;
}

// Left out is what is new in this change, what the same transaction makes again, and what IF EXISTS does not
// find.
template <typename Kind>
Losses losses(const CheckContext& context, const ast::Drop& drop) {
  Losses found;
  for (const ast::ObjectName& name : drop.names) {
    const catalog::Object* object = object_named<Kind>(context, name.name);
    if (object == nullptr && context.made_again_in_file(name.name))
      continue;  // whatever it is, it comes again
    if (object == nullptr && drop.if_exists && context.shows_everything(name.name))
      continue;  // there is none
    if (object != nullptr && (context.is_new_here(*object) || context.made_again(*object))) continue;
    const bool again = object != nullptr && context.made_again_in_file(*object);
    (again ? found.made_again : found.gone).push_back({&name, object});
  }
  return found;
}

// "v"; of several: "a, b and c".
inline std::string names_of(const std::vector<Loss>& losses) {
  std::vector<std::string> names;
  for (const Loss& loss : losses) names.push_back(sql_name(loss.name->name));
  return enumerate(names);
}

inline Span first_name(const std::vector<Loss>& losses) {
  return losses.front().name->name.span;
}

}  // namespace migcheck::checks::dropped_names
