// SPDX-License-Identifier: MIT
#pragma once

// A chapter of lowering.cpp: the expressions of which nobody writes many: XML, SQL/JSON, grouping sets. Most
// have no struct of their own and become Other nodes, with everything inside them kept.

#include "parse/lowering/expressions.hpp"

namespace migcheck::parsing::lowering {

// An Other node in the making: its children, null ones left out.
class OtherBuilder {
 public:
  OtherBuilder(Context& c, std::string_view what, int location) : c_(c), what_(what), location_(location) {}

  OtherBuilder& add(const void* node) {
    if (node != nullptr) children_.push_back(expression(c_, static_cast<const ::Node*>(node)));
    return *this;
  }
  OtherBuilder& add_list(const ::List* nodes) {
    for (const ::Node* node : each(nodes)) add(node);
    return *this;
  }
  OtherBuilder& add_made(const ast::Node* node) {
    if (node != nullptr) children_.push_back(node);
    return *this;
  }
  OtherBuilder& add_output(const ::JsonOutput* output) {
    return output == nullptr ? *this : add_made(type(c_, output->typeName));
  }
  const ast::Other* make() {
    auto* made = c_.arena.make<ast::Other>(call_span(c_, c_.place(location_)));
    made->what = what_;
    made->children = c_.arena.list(children_);
    for (const ast::Node* child : children_) made->span = cover(made->span, child);
    return made;
  }

 private:
  Context& c_;
  std::string_view what_;
  int location_;
  std::vector<const ast::Node*> children_;
};

inline const ast::Expression* json_function(Context& c, const ::JsonFuncExpr* source) {
  return OtherBuilder(c, "JsonFuncExpr", source->location)
      .add(source->context_item)
      .add(source->pathspec)
      .add_list(source->passing)
      .add_output(source->output)
      .add(source->on_empty)
      .add(source->on_error)
      .make();
}

inline const ast::Expression* json_aggregate(Context& c, std::string_view what, const void* argument,
                                             const ::JsonAggConstructor* source) {
  return OtherBuilder(c, what, source->location)
      .add(argument)
      .add_list(source->agg_order)
      .add_output(source->output)
      .add(source->agg_filter)
      .add_made(window(c, source->over))
      .make();
}

inline const ast::Expression* json_expression(Context& c, const ::Node* node) {
  switch (nodeTag(node)) {
    case T_JsonValueExpr:
      return expression(
          c, reinterpret_cast<const ::Node*>(reinterpret_cast<const ::JsonValueExpr*>(node)->raw_expr));
    case T_JsonFuncExpr:
      return json_function(c, reinterpret_cast<const ::JsonFuncExpr*>(node));
    case T_JsonArgument:
      return expression(c,
                        reinterpret_cast<const ::Node*>(reinterpret_cast<const ::JsonArgument*>(node)->val));
    case T_JsonBehavior: {
      const auto* source = reinterpret_cast<const ::JsonBehavior*>(node);
      return OtherBuilder(c, "JsonBehavior", source->location).add(source->expr).make();
    }
    case T_JsonKeyValue: {
      const auto* source = reinterpret_cast<const ::JsonKeyValue*>(node);
      return OtherBuilder(c, "JsonKeyValue", -1).add(source->key).add(source->value).make();
    }
    case T_JsonObjectConstructor: {
      const auto* source = reinterpret_cast<const ::JsonObjectConstructor*>(node);
      return OtherBuilder(c, "JsonObjectConstructor", source->location)
          .add_list(source->exprs)
          .add_output(source->output)
          .make();
    }
    case T_JsonArrayConstructor: {
      const auto* source = reinterpret_cast<const ::JsonArrayConstructor*>(node);
      return OtherBuilder(c, "JsonArrayConstructor", source->location)
          .add_list(source->exprs)
          .add_output(source->output)
          .make();
    }
    case T_JsonArrayQueryConstructor: {
      const auto* source = reinterpret_cast<const ::JsonArrayQueryConstructor*>(node);
      return OtherBuilder(c, "JsonArrayQueryConstructor", source->location)
          .add_made(query_in_brackets(c, source->query, kNowhere))
          .add_output(source->output)
          .make();
    }
    case T_JsonObjectAgg: {
      const auto* source = reinterpret_cast<const ::JsonObjectAgg*>(node);
      return json_aggregate(c, "JsonObjectAgg", source->arg, source->constructor);
    }
    case T_JsonArrayAgg: {
      const auto* source = reinterpret_cast<const ::JsonArrayAgg*>(node);
      return json_aggregate(c, "JsonArrayAgg", source->arg, source->constructor);
    }
    case T_JsonParseExpr: {
      const auto* source = reinterpret_cast<const ::JsonParseExpr*>(node);
      return OtherBuilder(c, "JsonParseExpr", source->location).add(source->expr).make();
    }
    case T_JsonScalarExpr: {
      const auto* source = reinterpret_cast<const ::JsonScalarExpr*>(node);
      return OtherBuilder(c, "JsonScalarExpr", source->location).add(source->expr).make();
    }
    case T_JsonSerializeExpr: {
      const auto* source = reinterpret_cast<const ::JsonSerializeExpr*>(node);
      return OtherBuilder(c, "JsonSerializeExpr", source->location)
          .add(source->expr)
          .add_output(source->output)
          .make();
    }
    case T_JsonIsPredicate: {
      const auto* source = reinterpret_cast<const ::JsonIsPredicate*>(node);
      return OtherBuilder(c, "JsonIsPredicate", source->location).add(source->expr).make();
    }
    default:
      return nullptr;
  }
}

inline const ast::Expression* xml_expression(Context& c, const ::XmlExpr* source) {
  return OtherBuilder(c, "XmlExpr", source->location)
      .add_list(source->named_args)
      .add_list(source->args)
      .make();
}

// grouping(a, b) and merge_action() are calls in everything but PostgreSQL's name for them.
inline const ast::Expression* special_call(Context& c, std::string_view called, const ::List* arguments,
                                           int location) {
  const std::uint32_t place = c.place(location);
  auto* made = c.arena.make<ast::FunctionCall>(call_span(c, place));
  made->name.name = called;
  made->name.span = c.word_at(place);
  made->arguments = expressions(c, arguments);
  return made;
}

inline const ast::Expression* rare_expression(Context& c, const ::Node* node) {
  switch (nodeTag(node)) {
    case T_SetToDefault: {
      const auto* source = reinterpret_cast<const ::SetToDefault*>(node);
      return c.arena.make<ast::DefaultValue>(c.word_at(c.place(source->location)));
    }
    case T_CurrentOfExpr: {
      auto* made = c.arena.make<ast::CurrentOf>();
      made->cursor = c.text(reinterpret_cast<const ::CurrentOfExpr*>(node)->cursor_name);
      return made;
    }
    case T_NamedArgExpr: {
      const auto* source = reinterpret_cast<const ::NamedArgExpr*>(node);
      auto* made = c.arena.make<ast::NamedArgument>(c.word_at(c.place(source->location)));
      made->name = c.text(source->name);
      made->value = expression(c, reinterpret_cast<const ::Node*>(source->arg));
      made->span = cover(made->span, made->value);
      return made;
    }
    case T_GroupingFunc: {
      const auto* source = reinterpret_cast<const ::GroupingFunc*>(node);
      return special_call(c, "grouping", source->args, source->location);
    }
    case T_MergeSupportFunc:
      return special_call(c, "merge_action", nullptr,
                          reinterpret_cast<const ::MergeSupportFunc*>(node)->location);
    case T_GroupingSet: {
      const auto* source = reinterpret_cast<const ::GroupingSet*>(node);
      return OtherBuilder(c, "GroupingSet", source->location).add_list(source->content).make();
    }
    case T_XmlExpr:
      return xml_expression(c, reinterpret_cast<const ::XmlExpr*>(node));
    case T_XmlSerialize: {
      const auto* source = reinterpret_cast<const ::XmlSerialize*>(node);
      return OtherBuilder(c, "XmlSerialize", source->location)
          .add(source->expr)
          .add_made(type(c, source->typeName))
          .make();
    }
    case T_ResTarget:
      return expression(c, reinterpret_cast<const ::ResTarget*>(node)->val);
    case T_List:
      return OtherBuilder(c, "List", -1).add_list(reinterpret_cast<const ::List*>(node)).make();
    case T_TypeName:
      return type(c, reinterpret_cast<const ::TypeName*>(node));
    case T_DefElem:
      return option(c, reinterpret_cast<const ::DefElem*>(node));
    case T_SortBy:
      return sort_item(c, node);
    case T_SelectStmt:
      return query_in_brackets(c, node, kNowhere);
    case T_MultiAssignRef:
      return expression(c, reinterpret_cast<const ::MultiAssignRef*>(node)->source);
    case T_String:
    case T_Integer:
    case T_Float:
    case T_Boolean: {
      auto* made = c.arena.make<ast::Constant>();
      made->type = ast::Constant::Type::String;
      made->text = scalar_text(c, node);
      return made;
    }
    default:
      if (const ast::Expression* json = json_expression(c, node)) return json;
      return OtherBuilder(c, "unknown expression", -1).make();
  }
}

}  // namespace migcheck::parsing::lowering
