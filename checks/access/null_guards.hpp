// SPDX-License-Identifier: MIT
#pragma once

// IF owner <> auth.uid() THEN RAISE …: the comparison gives null for whoever is not logged in, which IF takes
// for false. Measured: nothing is raised, and the body goes on.

#include "function_words.hpp"

namespace migcheck::checks::null_guards {

// Supabase's functions that give nothing without a login. auth.role() gives the role anon then.
inline bool may_give_null(const ast::Node& node) {
  const auto* call = ast::as<ast::FunctionCall>(&node);
  return call != nullptr && call->name.schema == "auth" && call->name.name != "role";
}

inline int count_below(const ast::Node* root, bool (*wanted)(const ast::Node&)) {
  int found = 0;
  ast::walk(root, [&](const ast::Node& node) {
    found += wanted(node) ? 1 : 0;
    return true;
  });
  return found;
}

// The body asks who calls in such conditions only.
inline bool are_all_there_is(const ast::Body& body) {
  int asked = 0;
  function_words::walk(body, [&](const ast::Node& node) {
    asked += policy_words::is_identity(node) ? 1 : 0;
    return true;
  });
  int compared = 0;
  for (const ast::Node* expression : body.expressions) {
    ast::walk(expression, [&](const ast::Node& node) {
      const auto* operation = ast::as<ast::Operation>(&node);
      const bool differs = operation != nullptr && operation->form == ast::Operation::Form::Plain &&
                           (operation->op.name == "<>" || operation->op.name == "!=");
      if (differs) compared += count_below(operation, may_give_null);
      return !differs;
    });
  }
  return compared > 0 && asked == compared;
}

}  // namespace migcheck::checks::null_guards
