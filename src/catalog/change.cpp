// Finding what an operation is about, presuming what the history does not know, and reporting what the server would
// refuse.
#include "change.h"

#include <algorithm>
#include <set>
#include <utility>

#include "whimbrel/catalog/print.h"

namespace whimbrel::catalog {

void Change::missing(std::string what, std::string sqlstate, Span span) {
  if (!catalog.complete()) return;
  problems.push_back({Problem::Kind::missing_object, std::move(what), maybe_ ? "" : std::move(sqlstate), span});
}

void Change::existing(std::string what, std::string sqlstate, Span span) {
  if (!catalog.complete() || maybe_) return;
  problems.push_back({Problem::Kind::existing_object, std::move(what), std::move(sqlstate), span});
}

void Change::trouble(std::string what, std::string sqlstate, Span span) {
  if (!catalog.complete() || maybe_) return;
  problems.push_back({Problem::Kind::other, std::move(what), std::move(sqlstate), span});
}

std::optional<QualifiedName> Change::target(const ir::RelationName& written, bool if_exists) {
  if (written.value.empty()) return std::nullopt;
  if (const Relation* found = catalog.find_relation(written.value)) return found->name;
  const QualifiedName name = catalog.resolve(written.value);
  if (name.schema == "pg_catalog" || name.schema == "information_schema" || catalog.name_is_taken(name))
    return std::nullopt;
  if (if_exists) return std::nullopt;
  missing(describe("table", name), "42P01", written.span);
  return presume(name);
}

QualifiedName Change::presume(const QualifiedName& written) {
  if (const Relation* found = catalog.find_relation(written)) return found->name;
  const QualifiedName name = catalog.resolve(written);
  if (name.schema == "pg_catalog" || name.schema == "information_schema" || catalog.name_is_taken(name)) return name;
  Relation& relation = catalog.edit_relation(name);
  relation.exact = false;
  relation.presumed = true;
  // No origin: it was there before the history, whoever names it first.
  return name;
}

Relation& Change::edit(const QualifiedName& table) {
  Relation& relation = catalog.edit_relation(table);
  if (maybe_) relation.exact = false;
  return relation;
}

Column* Change::column(Relation& table, const ir::Name& written, bool if_exists) {
  if (Column* found = table.edit_column(written.value)) return found;
  if (table.exact) {
    if (!if_exists)
      missing("column " + to_text(table.name) + "." + ir::quote_identifier(written.value), "42703", written.span);
    return nullptr;
  }
  if (if_exists) return nullptr;
  Column column;
  column.name = written.value;
  column.not_null = Tri::unknown;
  column.origin = table.origin;
  return &table.columns.push_back(std::move(column));
}

std::vector<QualifiedName> Change::tree(const QualifiedName& table) const {
  std::vector<QualifiedName> result{table};
  std::set<QualifiedName> seen{table};
  for (std::size_t i = 0; i < result.size(); ++i) {
    const Relation* relation = find(result[i]);
    if (relation == nullptr) continue;
    for (const QualifiedName& child : relation->children) {
      if (seen.insert(child).second) result.push_back(child);
    }
  }
  return result;
}

const Relation* Change::find(const QualifiedName& resolved) const {
  const auto found = catalog.relations().find(resolved);
  return found == catalog.relations().end() ? nullptr : found->second.get();
}

std::string describe(std::string_view kind, const QualifiedName& name) {
  return std::string(kind) + " " + to_text(name);
}

std::string_view kind_word(RelationKind kind) {
  switch (kind) {
    case RelationKind::table:
    case RelationKind::partitioned_table:
      return "table";
    case RelationKind::foreign_table:
      return "foreign table";
    case RelationKind::view:
      return "view";
    case RelationKind::materialized_view:
      return "materialized view";
  }
  return "";
}

std::string_view kind_word(Attached::Kind kind) {
  switch (kind) {
    case Attached::Kind::trigger:
      return "trigger";
    case Attached::Kind::policy:
      return "policy";
    case Attached::Kind::rule:
      return "rule";
    case Attached::Kind::statistics:
      return "statistics";
  }
  return "";
}

bool is_perhaps_not_null(std::string_view constraint) { return constraint.find("_not_null") != std::string_view::npos; }

QualifiedName owned_sequence_name(const Column& column) {
  const std::size_t dot = column.owned_sequence.find('.');
  if (dot == std::string::npos) return {};
  return {column.owned_sequence.substr(0, dot), column.owned_sequence.substr(dot + 1)};
}

std::string owned_sequence_text(const QualifiedName& sequence) { return sequence.schema + "." + sequence.name; }

}  // namespace whimbrel::catalog
