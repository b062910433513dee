// `whimbrel schema`: the catalog as readable DDL, or as the JSON of the contract.
#include <nlohmann/json.hpp>
#include <algorithm>
#include <ostream>
#include <sstream>
#include <string>

#include "definitions.h"
#include "json_parts.h"
#include "schema_text.h"
#include "whimbrel/base/text.h"
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

/// Null where there is nothing to say.
ordered_json text_json(const std::string& text) { return text.empty() ? ordered_json() : ordered_json(text); }

ordered_json names_json(const std::vector<ir::QualifiedName>& names) {
  ordered_json list = ordered_json::array();
  for (const ir::QualifiedName& name : names) list.push_back(facts::display_name(name));
  return list;
}

ordered_json columns_json(const Relation& relation, int pg_version) {
  ordered_json list = ordered_json::array();
  for (const catalog::Column& column : relation.columns) {
    const bool handed_down = relation.is_partition && column.owned_sequence.empty() && pg_version < 17;  // identity is since 17
    list.push_back({{"name", column.name},
                    {"type", ir::to_sql(column.type)},
                    {"not_null", tri_json(column.not_null)},
                    {"default", expr_json(column.default_value)},
                    {"identity", identity_json(handed_down ? ir::Identity::none : column.identity)},
                    {"generated", generated_json(column)}});
    if (!column.collation.empty()) list.back()["collation"] = column.collation;
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
                    {"valid", tri_json(index->valid)},
                    {"definition", index_definition(*index)}});
  }
  return list;
}

ordered_json constraints_json(const Relation& relation, const catalog::Catalog& catalog, int pg_version) {
  ordered_json list = ordered_json::array();
  const bool view = relation.kind == catalog::RelationKind::view || relation.kind == catalog::RelationKind::materialized_view;
  for (const catalog::Column& column : relation.columns) {
    const auto named = [&](const catalog::Constraint& constraint) {
      return constraint.kind == ir::ConstraintKind::not_null && constraint.columns == std::vector{column.name};
    };
    // 18 keeps every NOT NULL as a constraint.
    if (pg_version < 18 || view || column.not_null_name.empty() || std::ranges::any_of(relation.constraints, named)) continue;
    list.push_back({{"name", column.not_null_name}, {"kind", "n"}, {"columns", {column.name}}, {"references", nullptr},
                    {"validated", column.not_null_validated == Tri::yes}, {"definition", "NOT NULL " + ir::quote_identifier(column.name)}});
  }
  for (const catalog::Constraint& constraint : relation.constraints) {
    ordered_json references;
    if (constraint.kind == ir::ConstraintKind::foreign_key) {
      references = {{"table", facts::display_name(constraint.references)}, {"columns", constraint.referenced_columns}};
    }
    list.push_back({{"name", constraint.name},
                    {"kind", constraint_letter(constraint.kind)},
                    {"columns", constraint.columns},
                    {"references", std::move(references)},
                    {"validated", constraint.validated},
                    {"definition", constraint_definition(catalog, relation, constraint)}});
  }
  return list;
}

ordered_json type_json(const catalog::Type& type) {
  ordered_json json{{"name", facts::display_name(type.name)}};
  if (type.domain) {
    json["kind"] = "domain";
    json["base"] = ir::to_sql(type.base);
    json["not_null"] = type.not_null;
    json["default"] = expr_json(type.default_value);
    json["constraints"] = ordered_json::array();
    for (const catalog::Constraint& constraint : type.constraints) {
      json["constraints"].push_back({{"name", constraint.name}, {"validated", constraint.validated}, {"expression", expr_json(constraint.expr)}});
    }
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

std::string_view persistence_name(ir::Persistence persistence) {
  switch (persistence) {
    case ir::Persistence::permanent: return "permanent";
    case ir::Persistence::unlogged: return "unlogged";
    case ir::Persistence::temporary: return "temporary";
  }
  return "";
}

ordered_json attached_json(const Relation& relation, catalog::Attached::Kind kind) {
  ordered_json list = ordered_json::array();
  for (const catalog::Attached& attached : relation.attached) {
    if (attached.kind == kind) list.push_back(attached.name);
  }
  return list;
}

ordered_json relation_json(const Relation& relation, const catalog::Catalog& catalog, int pg_version) {
  const std::string partitioned_by = partition_key(relation.partition_by);
  return {{"name", facts::display_name(relation.name)},
          {"kind", kind_name(relation.kind)},
          {"columns", columns_json(relation, pg_version)},
          {"indexes", indexes_json(relation, catalog)},
          {"constraints", constraints_json(relation, catalog, pg_version)},
          {"persistence", persistence_name(relation.persistence)},
          {"parents", names_json(relation.parents)},
          {"partition_by", text_json(partitioned_by)},
          {"bound", relation.is_partition ? ordered_json(partition_bound(relation.bound)) : ordered_json()},
          {"reads", names_json(relation.reads)},
          {"triggers", attached_json(relation, catalog::Attached::Kind::trigger)},
          {"policies", attached_json(relation, catalog::Attached::Kind::policy)},
          {"row_security", relation.row_security},
          {"certain", relation.exact}};
}

ordered_json sequence_json(const catalog::Sequence& sequence) {
  ordered_json owner;
  if (!sequence.owner_column.empty()) owner = facts::display_name(sequence.owner_table) + "." + ir::quote_identifier(sequence.owner_column);
  return {{"name", facts::display_name(sequence.name)}, {"type", ir::to_sql(sequence.type)}, {"owned_by", std::move(owner)}};
}

ordered_json function_json(const catalog::Function& function) {
  ordered_json arguments = ordered_json::array();
  for (const ir::TypeName& type : function.arguments) arguments.push_back(ir::to_sql(type));
  return {{"name", facts::display_name(function.name)}, {"kind", function.procedure ? "procedure" : "function"}, {"arguments", std::move(arguments)}};
}

ordered_json schema_json(const catalog::Catalog& catalog, int pg_version) {
  ordered_json tables = ordered_json::array();
  for (const auto& [name, relation] : catalog.relations()) tables.push_back(relation_json(*relation, catalog, pg_version));
  ordered_json types = ordered_json::array();
  for (const auto& [name, type] : catalog.types()) {
    if (type->extension.empty()) types.push_back(type_json(*type));
  }
  ordered_json sequences = ordered_json::array();
  for (const auto& [name, sequence] : catalog.sequences()) sequences.push_back(sequence_json(*sequence));
  ordered_json functions = ordered_json::array();
  for (const auto& [name, function] : catalog.functions()) {
    if (function->extension.empty()) functions.push_back(function_json(*function));
  }
  return {{"tables", std::move(tables)},     {"types", std::move(types)},           {"sequences", std::move(sequences)},
          {"functions", std::move(functions)}, {"schemas", catalog.schemas()}, {"extensions", catalog.extensions()}};
}

}  // namespace

void write_schema_line(std::ostream& out, const catalog::Catalog& catalog, int pg_version, std::string_view migration, std::string_view direction) {
  out << dump({{"migration", migration}, {"direction", direction}, {"schema", schema_json(catalog, pg_version)}});
}

void write_schema(std::ostream& out, const catalog::Catalog& catalog, const Sources& sources, int pg_version, bool json) {
  if (json) {
    out << dump(schema_json(catalog, pg_version)) << "\n";
  } else {
    std::ostringstream text;
    write_schema_text(text, catalog, sources);
    out << printable(text.view(), "\n");
  }
}

}  // namespace whimbrel::report
