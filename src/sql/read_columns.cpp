// Columns: the type, then clauses in any order, each up to where the next begins.
#include "read_columns.h"

#include "read_expr.h"
#include "read_names.h"

namespace whimbrel::sql {
namespace {

bool is_attribute(ConstrType type) {
  switch (type) {
    case CONSTR_ATTR_DEFERRABLE:
    case CONSTR_ATTR_NOT_DEFERRABLE:
    case CONSTR_ATTR_DEFERRED:
    case CONSTR_ATTR_IMMEDIATE:
#if WHIMBREL_PG_MAJOR >= 18
    case CONSTR_ATTR_ENFORCED:
    case CONSTR_ATTR_NOT_ENFORCED:
#endif
      return true;
    case CONSTR_NULL:
    case CONSTR_NOTNULL:
    case CONSTR_DEFAULT:
    case CONSTR_IDENTITY:
    case CONSTR_GENERATED:
    case CONSTR_CHECK:
    case CONSTR_PRIMARY:
    case CONSTR_UNIQUE:
    case CONSTR_EXCLUSION:
    case CONSTR_FOREIGN: return false;
  }
  return false;
}

/// The integer type that a serial type stands for.
void take_serial(ir::ColumnDef& column) {
  if (!column.type.value.schema.empty()) return;
  std::string& name = column.type.value.name;
  if (name == "serial" || name == "serial4") {
    column.serial = ir::Serial::normal;
    name = "integer";
  } else if (name == "bigserial" || name == "serial8") {
    column.serial = ir::Serial::big;
    name = "bigint";
  } else if (name == "smallserial" || name == "serial2") {
    column.serial = ir::Serial::small;
    name = "smallint";
  }
}

/// Where clauses of the column begin, ascending: each reaches to the next.
std::vector<TokenIndex> clause_starts(const Reader& reader, const ::ColumnDef* column) {
  std::vector<TokenIndex> starts;
  for (const ::Constraint* clause : Items<::Constraint>(column->constraints)) {
    if (tag_of(clause) == T_Constraint && !is_attribute(clause->contype)) starts.push_back(reader.at(clause->location));
  }
  if (column->collClause != nullptr) starts.push_back(reader.at(column->collClause->location));
  std::ranges::sort(starts);
  return starts;
}

void take_generated(ir::ColumnDef& read, const Reader& reader, const ::Constraint* clause) {
  read.generation = read_expr(reader, clause->raw_expr);
  read.generated = ir::Generated::stored;
#if WHIMBREL_PG_MAJOR >= 18
  if (clause->generated_kind == 'v') read.generated = ir::Generated::virtual_;
#endif
}

}  // namespace

void apply_attribute(ir::Constraint& constraint, ConstrType attribute) {
  switch (attribute) {
    case CONSTR_ATTR_DEFERRABLE: constraint.deferrable = true; break;
    case CONSTR_ATTR_NOT_DEFERRABLE: constraint.deferrable = false; break;
    case CONSTR_ATTR_DEFERRED:
      constraint.initially_deferred = true;
      constraint.deferrable = true;  // INITIALLY DEFERRED implies it
      break;
    case CONSTR_ATTR_IMMEDIATE: constraint.initially_deferred = false; break;
#if WHIMBREL_PG_MAJOR >= 18
    case CONSTR_ATTR_ENFORCED: constraint.not_enforced = false; break;
    case CONSTR_ATTR_NOT_ENFORCED: constraint.not_enforced = true; break;
#endif
    case CONSTR_NULL:
    case CONSTR_NOTNULL:
    case CONSTR_DEFAULT:
    case CONSTR_IDENTITY:
    case CONSTR_GENERATED:
    case CONSTR_CHECK:
    case CONSTR_PRIMARY:
    case CONSTR_UNIQUE:
    case CONSTR_EXCLUSION:
    case CONSTR_FOREIGN: break;
  }
}

ir::ColumnDef read_column(const Reader& reader, const ::ColumnDef* column, TokenIndex end) {
  ir::ColumnDef read;
  const TokenIndex begin = reader.at(column->location);
  read.span = reader.span(begin, end);
  read.name = reader.name(column->colname, begin);
  read.type = read_located_type(reader, column->typeName);
  take_serial(read);
  if (column->collClause != nullptr) read.collation = last_name(reader, column->collClause->collname);
  if (column->storage_name != nullptr) read.storage = column->storage_name;
  if (column->compression != nullptr) read.compression = column->compression;
  const std::vector<TokenIndex> starts = clause_starts(reader, column);
  ir::Constraint* last = nullptr;
  for (const ::Constraint* clause : Items<::Constraint>(column->constraints)) {
    if (tag_of(clause) != T_Constraint) continue;
    if (is_attribute(clause->contype)) {
      if (last != nullptr) apply_attribute(*last, clause->contype);
      continue;
    }
    const TokenIndex from = reader.at(clause->location);
    const auto next = std::ranges::upper_bound(starts, from);
    const TokenIndex to = next == starts.end() ? end : std::min(*next, end);
    const Span span = reader.span(from, to);
    last = nullptr;
    switch (clause->contype) {
      case CONSTR_NULL: read.explicit_null = true; break;
      case CONSTR_NOTNULL:
        read.not_null = span;
        if (clause->conname == nullptr) break;
        [[fallthrough]];
      case CONSTR_CHECK:
      case CONSTR_PRIMARY:
      case CONSTR_UNIQUE:
      case CONSTR_EXCLUSION:
      case CONSTR_FOREIGN:
        read.constraints.push_back(read_constraint(reader, clause, to));
        last = &read.constraints.back();
        if (last->columns.empty()) last->columns = {read.name};
        break;
      case CONSTR_DEFAULT:
        read.default_value = read_expr(reader, clause->raw_expr);
        read.default_span = span;
        break;
      case CONSTR_IDENTITY:
        read.identity = clause->generated_when == 'a' ? ir::Identity::always : ir::Identity::by_default;
        read.generation_span = span;
        break;
      case CONSTR_GENERATED:
        take_generated(read, reader, clause);
        read.generation_span = span;
        break;
      case CONSTR_ATTR_DEFERRABLE:
      case CONSTR_ATTR_NOT_DEFERRABLE:
      case CONSTR_ATTR_DEFERRED:
      case CONSTR_ATTR_IMMEDIATE:
#if WHIMBREL_PG_MAJOR >= 18
      case CONSTR_ATTR_ENFORCED:
      case CONSTR_ATTR_NOT_ENFORCED:
#endif
        break;
    }
  }
  return read;
}

}  // namespace whimbrel::sql
