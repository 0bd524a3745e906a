// SPDX-License-Identifier: MIT
#pragma once

// A chapter of lowering.cpp: transactions, settings, COPY, EXPLAIN, prepared statements, cursors.

#include "parse/lowering/drops.hpp"

namespace migcheck::parsing::lowering {

inline const ast::Statement* transaction(Context& c, const ::TransactionStmt* source, Span span) {
  using Action = ast::Transaction::Action;
  auto* made = c.arena.make<ast::Transaction>(span);
  switch (source->kind) {
    case TRANS_STMT_BEGIN:
    case TRANS_STMT_START:
      made->action = Action::Begin;
      break;
    case TRANS_STMT_COMMIT:
      made->action = Action::Commit;
      break;
    case TRANS_STMT_ROLLBACK:
      made->action = Action::Rollback;
      break;
    case TRANS_STMT_SAVEPOINT:
      made->action = Action::Savepoint;
      break;
    case TRANS_STMT_RELEASE:
      made->action = Action::Release;
      break;
    case TRANS_STMT_ROLLBACK_TO:
      made->action = Action::RollbackTo;
      break;
    case TRANS_STMT_PREPARE:
      made->action = Action::Prepare;
      break;
    case TRANS_STMT_COMMIT_PREPARED:
      made->action = Action::CommitPrepared;
      break;
    case TRANS_STMT_ROLLBACK_PREPARED:
      made->action = Action::RollbackPrepared;
      break;
  }
  made->name = c.text(source->gid != nullptr ? source->gid : source->savepoint_name);
  made->chain = source->chain;
  made->options = options(c, source->options);
  return made;
}

// SET TRANSACTION's modes as values: "transaction_isolation=serializable".
inline ast::List<std::string_view> transaction_modes(Context& c, const ::List* modes) {
  return c.list<std::string_view>(each(modes), [&](::Node* node) {
    const auto* mode = node_as<::DefElem>(node, T_DefElem);
    if (mode == nullptr) return scalar_text(c, node);
    const std::string text = fmt::format("{}={}", mode->defname, scalar_text(c, mode->arg));
    return c.arena.text(text);
  });
}

inline const ast::SetVariable* set_variable(Context& c, const ::VariableSetStmt* source, Span span) {
  using Action = ast::SetVariable::Action;
  auto* made = c.arena.make<ast::SetVariable>(span);
  made->name = lower_case(c, source->name);
  made->local = source->is_local;
  switch (source->kind) {
    case VAR_SET_VALUE:
      made->action = Action::Set;
      break;
    case VAR_SET_DEFAULT:
      made->action = Action::SetDefault;
      break;
    case VAR_SET_CURRENT:
      made->action = Action::SetCurrent;
      break;
    case VAR_SET_MULTI:
      made->action = Action::SetTransaction;
      break;
    case VAR_RESET:
      made->action = Action::Reset;
      break;
    case VAR_RESET_ALL:
      made->action = Action::ResetAll;
      break;
  }
  made->values = made->action == Action::SetTransaction ? transaction_modes(c, source->args)
                                                        : scalar_texts(c, source->args);
  return made;
}

inline const ast::Statement* show_variable(Context& c, const ::VariableShowStmt* source, Span span) {
  auto* made = c.arena.make<ast::ShowVariable>(span);
  made->name = lower_case(c, source->name);
  return made;
}

inline const ast::Statement* discard(Context& c, const ::DiscardStmt* source, Span span) {
  auto* made = c.arena.make<ast::Discard>(span);
  switch (source->target) {
    case DISCARD_ALL:
      made->target = "all";
      break;
    case DISCARD_PLANS:
      made->target = "plans";
      break;
    case DISCARD_SEQUENCES:
      made->target = "sequences";
      break;
    case DISCARD_TEMP:
      made->target = "temp";
      break;
  }
  return made;
}

// A statement inside another: from the place on, which is a keyword's behind which it stands, to the end.
inline const ast::Statement* inner_statement(Context& c, const ::Node* node, std::string_view keyword,
                                             Span span) {
  const std::size_t at = c.tokens().find(keyword);
  Span inner;
  if (at != StatementTokens::npos && at + 1 < c.tokens().size()) {
    inner = {c.tokens()[at + 1].span.begin, span.end};
  }
  return statement(c, node, inner);
}

inline const ast::Statement* copy(Context& c, const ::CopyStmt* source, Span span) {
  auto* made = c.arena.make<ast::Copy>(span);
  made->relation = relation(c, source->relation);
  made->query = source->query == nullptr ? nullptr : statement(c, source->query, {});
  const std::uint32_t end = made->relation.span.end;
  made->columns =
      names_in_brackets(c, source->attlist, made->relation.span.empty() ? kNowhere : c.scan.after_space(end));
  made->options = options(c, source->options);
  made->where = expression(c, source->whereClause);
  made->file = c.text(source->filename);
  made->from = source->is_from;
  made->program = source->is_program;
  made->standard_stream = source->filename == nullptr;
  return made;
}

inline const ast::Statement* explain(Context& c, const ::ExplainStmt* source, Span span) {
  auto* made = c.arena.make<ast::Explain>(span);
  made->options = options(c, source->options);
  made->analyze = option_is_on(made->options, "analyze");
  std::size_t first = 1;
  if (c.tokens().is_symbol(first, "(")) {
    first = c.tokens().after(first);
  } else {
    while (c.tokens().is(first, "ANALYZE") || c.tokens().is(first, "ANALYSE") ||
           c.tokens().is(first, "VERBOSE")) {
      ++first;
    }
  }
  made->statement = statement(c, source->query, Context::from(c.tokens()[first].span.begin, span.end));
  return made;
}

inline const ast::Statement* prepare(Context& c, const ::PrepareStmt* source, Span span) {
  auto* made = c.arena.make<ast::Prepare>(span);
  made->name = name_among(c, source->name, 1);
  made->types = c.list<const ast::TypeName*>(each<::TypeName>(source->argtypes),
                                             [&](::TypeName* argument) { return type(c, argument); });
  made->statement = inner_statement(c, source->query, "AS", span);
  return made;
}

inline const ast::Statement* execute(Context& c, const ::ExecuteStmt* source, Span span) {
  auto* made = c.arena.make<ast::Execute>(span);
  made->name = name_among(c, source->name, 1);
  made->arguments = expressions(c, source->params);
  return made;
}

inline const ast::Statement* declare_cursor(Context& c, const ::DeclareCursorStmt* source, Span span) {
  auto* made = c.arena.make<ast::Cursor>(span);
  made->name = name_among(c, source->portalname, 1);
  made->with_hold = (source->options & CURSOR_OPT_HOLD) != 0;
  made->query = inner_statement(c, source->query, "FOR", span);
  return made;
}

inline const ast::Statement* use_cursor(Context& c, ast::Cursor::Action action, const char* text, Span span) {
  auto* made = c.arena.make<ast::Cursor>(span);
  made->action = action;
  made->name = name_among(c, text, 1);
  return made;
}

inline const ast::Statement* set_constraints(Context& c, const ::ConstraintsSetStmt* source, Span span) {
  auto* made = c.arena.make<ast::SetConstraints>(span);
  made->constraints = c.list<ast::QualifiedName>(
      each<::RangeVar>(source->constraints),
      [&](::RangeVar* item) { return static_cast<ast::QualifiedName>(relation(c, item)); });
  made->deferred = source->deferred;
  return made;
}

inline const ast::Statement* call(Context& c, const ::CallStmt* source, Span span) {
  auto* made = c.arena.make<ast::Call>(span);
  made->call = function_call(c, source->funccall);
  return made;
}

}  // namespace migcheck::parsing::lowering
