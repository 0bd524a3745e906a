// SPDX-License-Identifier: MIT
#pragma once

// A chapter of lowering.cpp: indexes and what runs over whole tables: REINDEX, CLUSTER, VACUUM, LOCK,
// TRUNCATE.

#include "parse/lowering/alter_table.hpp"

namespace migcheck::parsing::lowering {

// Option flags as PostgreSQL reads them: (concurrently), (full true), (analyze off).
inline bool option_is_on(ast::List<const ast::Option*> list, std::string_view name) {
  bool on = false;
  for (const ast::Option* item : list) {
    if (item->name != name) continue;
    on = !item->has_value || (item->value != "false" && item->value != "off" && item->value != "0");
  }
  return on;
}

inline const ast::Statement* create_index(Context& c, const ::IndexStmt* source, Span span) {
  auto* made = c.arena.make<ast::CreateIndex>(span);
  made->keyword_index = object_keyword(c.tokens());
  made->keyword_concurrently = concurrently_keyword(c.tokens());
  made->name = name_among(c, source->idxname, after_object_keyword(c));
  made->table = relation(c, source->relation);
  made->access_method = source->accessMethod == nullptr ? "btree" : c.text(source->accessMethod);
  const std::uint32_t after = made->table.span.empty() ? kNowhere : made->table.span.end;
  const std::uint32_t open = c.bracket_after_words(
      after == kNowhere || c.scan.at(c.scan.after_space(after)) != '*' ? after
                                                                       : c.scan.after_space(after) + 1);
  made->elements = index_elements(c, source->indexParams, open);
  const std::uint32_t include = open == kNowhere ? open : c.bracket_after_words(c.after_closing(open));
  made->including = index_elements(c, source->indexIncludingParams, include);
  made->predicate = expression(c, source->whereClause);
  made->options = options(c, source->options);
  made->tablespace = c.text(source->tableSpace);
  made->unique = source->unique;
  made->concurrently = source->concurrent;
  made->if_not_exists = source->if_not_exists;
  made->nulls_not_distinct = source->nulls_not_distinct;
  return made;
}

inline const ast::Statement* reindex(Context& c, const ::ReindexStmt* source, Span span) {
  using Target = ast::Reindex::Target;
  auto* made = c.arena.make<ast::Reindex>(span);
  switch (source->kind) {
    case REINDEX_OBJECT_INDEX:
      made->target = Target::Index;
      break;
    case REINDEX_OBJECT_TABLE:
      made->target = Target::Table;
      break;
    case REINDEX_OBJECT_SCHEMA:
      made->target = Target::Schema;
      break;
    case REINDEX_OBJECT_SYSTEM:
      made->target = Target::System;
      break;
    case REINDEX_OBJECT_DATABASE:
      made->target = Target::Database;
      break;
  }
  made->relation = relation(c, source->relation);
  made->name = name_among(c, source->name, 1);
  made->options = options(c, source->params);
  made->concurrently = option_is_on(made->options, "concurrently");
  return made;
}

inline const ast::Statement* cluster(Context& c, const ::ClusterStmt* source, Span span) {
  auto* made = c.arena.make<ast::Cluster>(span);
  made->relation = relation(c, source->relation);
  made->index = name_among(c, source->indexname, 1);
  return made;
}

inline const ast::Statement* vacuum(Context& c, const ::VacuumStmt* source, Span span) {
  auto* made = c.arena.make<ast::Vacuum>(span);
  made->is_vacuum = source->is_vacuumcmd;
  made->options = options(c, source->options);
  made->full = option_is_on(made->options, "full");
  made->analyze = !source->is_vacuumcmd || option_is_on(made->options, "analyze");
  made->relations =
      c.list<ast::RelationName>(each<::VacuumRelation>(source->rels),
                                [&](::VacuumRelation* item) { return relation(c, item->relation); });
  return made;
}

inline const ast::Statement* lock_table(Context& c, const ::LockStmt* source, Span span) {
  auto* made = c.arena.make<ast::LockTable>(span);
  made->relations = relations(c, source->relations);
  made->mode = static_cast<std::uint8_t>(source->mode);
  made->nowait = source->nowait;
  return made;
}

inline const ast::Statement* truncate(Context& c, const ::TruncateStmt* source, Span span) {
  auto* made = c.arena.make<ast::Truncate>(span);
  made->relations = relations(c, source->relations);
  made->restart_identity = source->restart_seqs;
  made->cascade = source->behavior == DROP_CASCADE;
  return made;
}

}  // namespace migcheck::parsing::lowering
