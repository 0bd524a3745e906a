// SPDX-License-Identifier: MIT

#include "migcheck/lock_report.hpp"
#include "report/json_writer.hpp"

namespace migcheck {
namespace {

using report::JsonWriter;

void write(JsonWriter& json, const LockEffect& effect) {
  json.begin_object().member("relation", effect.relation).member("lock", pg_name(effect.lock));
  json.member("rewrite", effect.rewrite).member("scan", effect.scan).array("index_build");
  for (const std::string& name : effect.builds) json.value(name);
  json.end_array().member("new", effect.is_new).end_object();
}

void write(JsonWriter& json, const LockStatement& statement) {
  json.begin_object().member("file", statement.file).member("line", statement.line);
  json.member("begin", statement.span.begin)
      .member("end", statement.span.end)
      .member("inner", statement.inner);
  json.key("transaction");
  if (statement.transaction) {
    json.value(*statement.transaction);
  } else {
    json.null();
  }
  json.array("effects");
  for (const LockEffect& effect : statement.effects) write(json, effect);
  json.end_array().key("error");
  if (statement.error) {
    json.begin_object().member("code", statement.error->code);
    json.member("message", statement.error->message).end_object();
  } else {
    json.null();
  }
  json.end_object();
}

}  // namespace

std::string lock_report_json(const LockReport& report) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().member("version", 1).member("pg_version", report.pg_version).array("statements");
  for (const LockStatement& statement : report.statements) write(json, statement);
  json.end_array().end_object();
  return out;
}

}  // namespace migcheck
