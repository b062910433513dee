// Definitions of indexes, constraints and partitions as SQL that a server takes.
#include "definitions.h"

#include <fmt/format.h>

#include "whimbrel/facts/effects.h"
#include "whimbrel/ir/referential_action.h"

namespace whimbrel::report {
namespace {

std::string join(const std::vector<std::string>& parts) { return fmt::format("{}", fmt::join(parts, ", ")); }

std::string expressions(const std::vector<ir::ExprPtr>& list) {
  std::vector<std::string> parts;
  for (const ir::ExprPtr& expr : list) parts.push_back(expr ? ir::to_sql(*expr) : "?");
  return join(parts);
}

/// A column or expression of a key: an expression stands in parentheses, a call need not.
std::string key_text(const std::string& column, const ir::ExprPtr& expr) {
  if (!expr) return ir::quote_identifier(column);
  const std::string text = ir::to_sql(*expr);
  return expr->kind == ir::ExprKind::call ? text : "(" + text + ")";
}

/// `a COLLATE "C" text_pattern_ops DESC`; `order` is left out where an exclusion constraint says it.
std::string element_text(const catalog::IndexColumn& column) {
  std::string text = key_text(column.column, column.expr);
  if (!column.collation.empty()) text += " COLLATE " + ir::quote_identifier(column.collation);
  if (!column.opclass.empty()) text += " " + column.opclass;
  if (column.descending) text += " DESC";
  if (column.nulls_first != column.descending) text += column.nulls_first ? " NULLS FIRST" : " NULLS LAST";
  return text;
}

std::string key_definition(std::string_view word, const catalog::Constraint& constraint, const catalog::Index* index) {
  std::string text(word);
  if (index != nullptr && index->nulls_not_distinct) text += " NULLS NOT DISTINCT";
  text += " (" + ir::to_sql(constraint.columns) + ")";
  if (index != nullptr && !index->including.empty()) text += " INCLUDE (" + ir::to_sql(index->including) + ")";
  if (index != nullptr) text += with_options(index->options);
  return text;
}

std::string exclusion_definition(const catalog::Constraint& constraint, const catalog::Index* index) {
  if (index == nullptr) return "EXCLUDE (?)";
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < index->columns.size(); ++i) {
    parts.push_back(element_text(index->columns[i]) + " WITH " + (i < constraint.operators.size() ? constraint.operators[i] : "?"));
  }
  std::string text = fmt::format("EXCLUDE USING {} ({})", index->method, join(parts));
  if (!index->including.empty()) text += " INCLUDE (" + ir::to_sql(index->including) + ")";
  text += with_options(index->options);
  if (index->predicate) text += " WHERE (" + ir::to_sql(*index->predicate) + ")";
  return text;
}

std::string foreign_key_definition(const catalog::Constraint& constraint) {
  std::string text = "FOREIGN KEY (" + ir::to_sql(constraint.columns) + ") REFERENCES " + facts::display_name(constraint.references);
  if (!constraint.referenced_columns.empty()) text += "(" + ir::to_sql(constraint.referenced_columns) + ")";
  if (constraint.match_full) text += " MATCH FULL";
  if (constraint.on_update != ir::ReferentialAction::no_action) text += fmt::format(" ON UPDATE {}", ir::to_sql(constraint.on_update));
  if (constraint.on_delete != ir::ReferentialAction::no_action) text += fmt::format(" ON DELETE {}", ir::to_sql(constraint.on_delete));
  return text;
}

std::string bare_definition(const catalog::Constraint& constraint, const catalog::Index* index) {
  switch (constraint.kind) {
    case ir::ConstraintKind::primary_key: return key_definition("PRIMARY KEY", constraint, index);
    case ir::ConstraintKind::unique: return key_definition("UNIQUE", constraint, index);
    case ir::ConstraintKind::exclusion: return exclusion_definition(constraint, index);
    case ir::ConstraintKind::foreign_key: return foreign_key_definition(constraint);
    case ir::ConstraintKind::check: return "CHECK (" + (constraint.expr ? ir::to_sql(*constraint.expr) : "?") + ")";
    case ir::ConstraintKind::not_null: return "NOT NULL " + ir::to_sql(constraint.columns);
  }
  return "";
}

}  // namespace

std::string with_options(const std::vector<ir::Option>& options) {
  std::vector<std::string> parts;
  for (const ir::Option& option : options) parts.push_back(option.value.empty() ? option.name : option.name + "=" + option.value);
  return parts.empty() ? "" : " WITH (" + join(parts) + ")";
}

std::string index_definition(const catalog::Index& index) {
  std::vector<std::string> columns;
  for (const catalog::IndexColumn& column : index.columns) columns.push_back(element_text(column));
  std::string text = fmt::format("CREATE {}INDEX {} ON {} USING {} ({})", index.unique ? "UNIQUE " : "", ir::quote_identifier(index.name.name),
                                 facts::display_name(index.table), index.method, join(columns));
  if (!index.including.empty()) text += " INCLUDE (" + ir::to_sql(index.including) + ")";
  if (index.nulls_not_distinct) text += " NULLS NOT DISTINCT";
  text += with_options(index.options);
  if (!index.tablespace.empty()) text += " TABLESPACE " + ir::quote_identifier(index.tablespace);
  if (index.predicate) text += " WHERE " + ir::to_sql(*index.predicate);
  return text;
}

std::string constraint_definition(const catalog::Catalog& catalog, const catalog::Relation& table, const catalog::Constraint& constraint) {
  const auto found = catalog.indexes().find({table.name.schema, constraint.index});
  std::string text = bare_definition(constraint, found == catalog.indexes().end() ? nullptr : found->second.get());
  if (constraint.no_inherit) text += " NO INHERIT";
  if (constraint.deferrable) text += constraint.initially_deferred ? " DEFERRABLE INITIALLY DEFERRED" : " DEFERRABLE";
  if (!constraint.enforced) {
    text += " NOT ENFORCED";
  } else if (!constraint.validated) {
    text += " NOT VALID";
  }
  return text;
}

std::string partition_key(const ir::PartitionBy& partition_by) {
  std::vector<std::string> keys;
  for (const ir::IndexElement& key : partition_by.keys) {
    std::string text = key_text(key.column, key.expr);
    if (!key.collation.empty()) text += " COLLATE " + ir::quote_identifier(key.collation);
    if (!key.opclass.empty()) text += " " + key.opclass;
    keys.push_back(std::move(text));
  }
  switch (partition_by.strategy) {
    case ir::PartitionStrategy::none: return "";
    case ir::PartitionStrategy::range: return "RANGE (" + join(keys) + ")";
    case ir::PartitionStrategy::list: return "LIST (" + join(keys) + ")";
    case ir::PartitionStrategy::hash: return "HASH (" + join(keys) + ")";
  }
  return "";
}

std::string partition_bound(const ir::PartitionBound& bound) {
  if (bound.is_default) return "DEFAULT";
  switch (bound.strategy) {
    case ir::PartitionStrategy::none: return "";
    case ir::PartitionStrategy::list: return "FOR VALUES IN (" + expressions(bound.values) + ")";
    case ir::PartitionStrategy::range: return "FOR VALUES FROM (" + expressions(bound.from) + ") TO (" + expressions(bound.to) + ")";
    case ir::PartitionStrategy::hash: return fmt::format("FOR VALUES WITH (modulus {}, remainder {})", bound.modulus, bound.remainder);
  }
  return "";
}

}  // namespace whimbrel::report
