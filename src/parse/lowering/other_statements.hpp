// SPDX-License-Identifier: MIT
#pragma once

// A chapter of lowering.cpp: the statements of which migrations hold few. What has no struct of its own
// becomes an OtherStatement with PostgreSQL's name for it, its own name and its options.

#include "parse/lowering/objects.hpp"

namespace migcheck::parsing::lowering {

// PostgreSQL's struct of the tag that was just looked at.
template <typename T>
const T* the(const ::Node* node) {
  return reinterpret_cast<const T*>(node);
}

// DROPs that PostgreSQL keeps apart from DROP.
inline const ast::Statement* drop_statement(Context& c, const ::Node* node, Span span) {
  switch (nodeTag(node)) {
    case T_DropdbStmt: {
      const auto* source = the<::DropdbStmt>(node);
      return drop_named(c, ast::ObjectType::Database, source->dbname, source->missing_ok, span);
    }
    case T_DropTableSpaceStmt: {
      const auto* source = the<::DropTableSpaceStmt>(node);
      return drop_named(c, ast::ObjectType::Tablespace, source->tablespacename, source->missing_ok, span);
    }
    case T_DropSubscriptionStmt: {
      const auto* source = the<::DropSubscriptionStmt>(node);
      return drop_named(c, ast::ObjectType::Subscription, source->subname, source->missing_ok, span);
    }
    case T_DropUserMappingStmt: {
      const auto* source = the<::DropUserMappingStmt>(node);
      return drop_named(c, ast::ObjectType::UserMapping, source->servername, source->missing_ok, span);
    }
    default:
      return nullptr;
  }
}

// CREATE of foreign things, access methods, conversions, transforms, operator classes.
inline const ast::Statement* foreign_statement(Context& c, const ::Node* node, Span span) {
  using Type = ast::ObjectType;
  switch (nodeTag(node)) {
    case T_CreateFdwStmt: {
      const auto* source = the<::CreateFdwStmt>(node);
      return define_foreign(c, Type::ForeignDataWrapper, source->fdwname, nullptr, source->options, span);
    }
    case T_CreateForeignServerStmt: {
      const auto* source = the<::CreateForeignServerStmt>(node);
      ast::DefineObject* made =
          define_foreign(c, Type::ForeignServer, source->servername, source->fdwname, source->options, span);
      made->if_not_exists = source->if_not_exists;
      return made;
    }
    case T_CreateUserMappingStmt: {
      const auto* source = the<::CreateUserMappingStmt>(node);
      ast::DefineObject* made =
          define_foreign(c, Type::UserMapping, nullptr, source->servername, source->options, span);
      const ast::Name user = role_name(c, source->user);
      made->name.name = {{}, user.text, user.span};
      made->if_not_exists = source->if_not_exists;
      return made;
    }
    case T_CreateAmStmt:
      return define_named(c, Type::AccessMethod, the<::CreateAmStmt>(node)->amname, span);
    case T_CreateConversionStmt:
      return define(c, Type::Conversion, the<::CreateConversionStmt>(node)->conversion_name, span);
    case T_CreateTransformStmt: {
      const auto* source = the<::CreateTransformStmt>(node);
      ast::DefineObject* made = define_named(c, Type::Transform, source->lang, span);
      made->name.arguments = c.arena.list(std::vector<const ast::TypeName*>{type(c, source->type_name)});
      made->or_replace = source->replace;
      return made;
    }
    case T_CreateOpClassStmt:
      return define(c, Type::OperatorClass, the<::CreateOpClassStmt>(node)->opclassname, span);
    case T_CreateOpFamilyStmt:
      return define(c, Type::OperatorFamily, the<::CreateOpFamilyStmt>(node)->opfamilyname, span);
    default:
      return nullptr;
  }
}

inline ast::OtherStatement* other_statement(Context& c, std::string_view what, const char* text, Span span) {
  auto* made = c.arena.make<ast::OtherStatement>(span);
  made->what = what;
  const ast::Name named = name_among(c, text, 1);
  made->name = {{}, named.text, named.span};
  return made;
}

inline const ast::Statement* other_with(Context& c, std::string_view what, const ::List* called,
                                        const ::List* list, Span span) {
  ast::OtherStatement* made = other_statement(c, what, nullptr, span);
  made->name = qualified_among(c, called, 1);
  const ast::List<const ast::Option*> kept = options(c, list);
  made->children = c.arena.list(std::vector<const ast::Node*>(kept.begin(), kept.end()));
  return made;
}

inline const ast::Statement* rare_alter(Context& c, const ::Node* node, Span span) {
  switch (nodeTag(node)) {
    case T_AlterTypeStmt: {
      const auto* source = the<::AlterTypeStmt>(node);
      return other_with(c, "AlterTypeStmt", source->typeName, source->options, span);
    }
    case T_AlterTSDictionaryStmt: {
      const auto* source = the<::AlterTSDictionaryStmt>(node);
      return other_with(c, "AlterTSDictionaryStmt", source->dictname, source->options, span);
    }
    case T_AlterOperatorStmt: {
      const auto* source = the<::AlterOperatorStmt>(node);
      return other_with(c, "AlterOperatorStmt", source->opername->objname, source->options, span);
    }
    case T_AlterTSConfigurationStmt:
      return other_with(c, "AlterTSConfigurationStmt", the<::AlterTSConfigurationStmt>(node)->cfgname,
                        nullptr, span);
    case T_AlterCollationStmt:
      return other_with(c, "AlterCollationStmt", the<::AlterCollationStmt>(node)->collname, nullptr, span);
    case T_AlterStatsStmt:
      return other_with(c, "AlterStatsStmt", the<::AlterStatsStmt>(node)->defnames, nullptr, span);
    case T_AlterOpFamilyStmt:
      return other_with(c, "AlterOpFamilyStmt", the<::AlterOpFamilyStmt>(node)->opfamilyname, nullptr, span);
    case T_AlterFdwStmt:
      return other_statement(c, "AlterFdwStmt", the<::AlterFdwStmt>(node)->fdwname, span);
    case T_AlterForeignServerStmt:
      return other_statement(c, "AlterForeignServerStmt", the<::AlterForeignServerStmt>(node)->servername,
                             span);
    case T_AlterUserMappingStmt:
      return other_statement(c, "AlterUserMappingStmt", the<::AlterUserMappingStmt>(node)->servername, span);
    case T_AlterEventTrigStmt:
      return other_statement(c, "AlterEventTrigStmt", the<::AlterEventTrigStmt>(node)->trigname, span);
    case T_AlterTableSpaceOptionsStmt:
      return other_statement(c, "AlterTableSpaceOptionsStmt",
                             the<::AlterTableSpaceOptionsStmt>(node)->tablespacename, span);
    default:
      return nullptr;
  }
}

inline const ast::Statement* rare_statement(Context& c, const ::Node* node, Span span) {
  if (const ast::Statement* made = rare_alter(c, node, span)) return made;
  switch (nodeTag(node)) {
    case T_NotifyStmt:
      return other_statement(c, "NotifyStmt", the<::NotifyStmt>(node)->conditionname, span);
    case T_ListenStmt:
      return other_statement(c, "ListenStmt", the<::ListenStmt>(node)->conditionname, span);
    case T_UnlistenStmt:
      return other_statement(c, "UnlistenStmt", the<::UnlistenStmt>(node)->conditionname, span);
    case T_LoadStmt:
      return other_statement(c, "LoadStmt", the<::LoadStmt>(node)->filename, span);
    case T_CheckPointStmt:
      return other_statement(c, "CheckPointStmt", nullptr, span);
    case T_DeallocateStmt:
      return other_statement(c, "DeallocateStmt", the<::DeallocateStmt>(node)->name, span);
    default:
      return other_statement(c, "an unknown statement", nullptr, span);
  }
}

}  // namespace migcheck::parsing::lowering
