// `whimbrel schema`: the catalog as readable DDL, or as the JSON of the contract.
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>

#include "json_parts.h"
#include "whimbrel/catalog/print.h"
#include "whimbrel/facts/effects.h"
#include "whimbrel/report/inspect.h"

namespace whimbrel::report {
namespace {

using catalog::Relation;
using nlohmann::ordered_json;

std::string_view kind_name(catalog::RelationKind kind) {
  switch (kind) {
    case catalog::RelationKind::table:
    case catalog::RelationKind::foreign_table: return "table";
    case catalog::RelationKind::partitioned_table: return "partitioned";
    case catalog::RelationKind::view: return "view";
    case catalog::RelationKind::materialized_view: return "matview";
  }
  return "";
}

std::string_view constraint_letter(ir::ConstraintKind kind) {
  switch (kind) {
    case ir::ConstraintKind::primary_key: return "p";
    case ir::ConstraintKind::unique: return "u";
    case ir::ConstraintKind::foreign_key: return "f";
    case ir::ConstraintKind::check: return "c";
    case ir::ConstraintKind::exclusion: return "x";
    case ir::ConstraintKind::not_null: return "n";
  }
  return "";
}

ordered_json expr_json(const ir::ExprPtr& expr) { return expr ? ordered_json(ir::to_sql(*expr)) : ordered_json(); }

ordered_json identity_json(ir::Identity identity) {
  switch (identity) {
    case ir::Identity::none: return nullptr;
    case ir::Identity::always: return "always";
    case ir::Identity::by_default: return "by default";
  }
  return nullptr;
}

ordered_json generated_json(const catalog::Column& column) {
  if (column.generated == ir::Generated::none) return nullptr;
  return {{"kind", column.generated == ir::Generated::stored ? "stored" : "virtual"}, {"expression", expr_json(column.generation)}};
}

/// True, false, or null where it is not known.
ordered_json tri_json(Tri value) { return value == Tri::unknown ? ordered_json() : ordered_json(value == Tri::yes); }

ordered_json columns_json(const Relation& relation) {
  ordered_json list = ordered_json::array();
  for (const catalog::Column& column : relation.columns) {
    list.push_back({{"name", column.name},
                    {"type", ir::to_sql(column.type)},
                    {"not_null", tri_json(column.not_null)},
                    {"default", expr_json(column.default_value)},
                    {"identity", identity_json(column.identity)},
                    {"generated", generated_json(column)}});
  }
  return list;
}

ordered_json indexes_json(const Relation& relation, const catalog::Catalog& catalog) {
  ordered_json list = ordered_json::array();
  for (const ir::QualifiedName& name : relation.indexes) {
    const catalog::Index* index = catalog.find_index(name);
    if (index == nullptr) continue;
    ordered_json columns = ordered_json::array();
    for (const catalog::IndexColumn& column : index->columns) {
      columns.push_back(column.expr ? ordered_json(ir::to_sql(*column.expr)) : ordered_json(column.column));
    }
    list.push_back({{"name", index->name.name},
                    {"columns", std::move(columns)},
                    {"unique", index->unique},
                    {"method", index->method},
                    {"where", expr_json(index->predicate)},
                    {"valid", tri_json(index->valid)}});
  }
  return list;
}

ordered_json constraints_json(const Relation& relation) {
  ordered_json list = ordered_json::array();
  for (const catalog::Constraint& constraint : relation.constraints) {
    ordered_json references;
    if (constraint.kind == ir::ConstraintKind::foreign_key) {
      references = {{"table", facts::display_name(constraint.references)}, {"columns", constraint.referenced_columns}};
    }
    list.push_back({{"name", constraint.name},
                    {"kind", constraint_letter(constraint.kind)},
                    {"columns", constraint.columns},
                    {"references", std::move(references)},
                    {"validated", constraint.validated}});
  }
  return list;
}

ordered_json type_json(const catalog::Type& type) {
  ordered_json json{{"name", facts::display_name(type.name)}};
  if (type.domain) {
    json["kind"] = "domain";
    json["base"] = ir::to_sql(type.base);
    json["not_null"] = type.not_null;
    return json;
  }
  switch (type.form) {
    case ir::op::TypeForm::enum_:
      json["kind"] = "enum";
      json["labels"] = type.labels;
      break;
    case ir::op::TypeForm::composite: {
      json["kind"] = "composite";
      ordered_json attributes = ordered_json::array();
      for (const catalog::Column& attribute : type.attributes) {
        attributes.push_back({{"name", attribute.name}, {"type", ir::to_sql(attribute.type)}});
      }
      json["attributes"] = std::move(attributes);
      break;
    }
    case ir::op::TypeForm::range: json["kind"] = "range"; break;
    case ir::op::TypeForm::base: json["kind"] = "base"; break;
    case ir::op::TypeForm::shell: json["kind"] = "shell"; break;
  }
  return json;
}

}  // namespace

void write_schema(std::ostream& out, const catalog::Catalog& catalog, bool json) {
  if (!json) {
    out << catalog::dump(catalog);
    return;
  }
  ordered_json tables = ordered_json::array();
  for (const auto& [name, relation] : catalog.relations()) {
    tables.push_back({{"name", facts::display_name(name)},
                      {"kind", kind_name(relation->kind)},
                      {"columns", columns_json(*relation)},
                      {"indexes", indexes_json(*relation, catalog)},
                      {"constraints", constraints_json(*relation)}});
  }
  ordered_json types = ordered_json::array();
  for (const auto& [name, type] : catalog.types()) types.push_back(type_json(*type));
  ordered_json sequences = ordered_json::array();
  for (const auto& [name, sequence] : catalog.sequences()) {
    sequences.push_back({{"name", facts::display_name(name)}, {"type", ir::to_sql(sequence->type)},
                         {"owned_by", sequence->owner_column.empty()
                                          ? ordered_json()
                                          : ordered_json(facts::display_name(sequence->owner_table) + "." + ir::quote_identifier(sequence->owner_column))}});
  }
  out << dump({{"tables", std::move(tables)}, {"types", std::move(types)}, {"sequences", std::move(sequences)}}) << "\n";
}

}  // namespace whimbrel::report
