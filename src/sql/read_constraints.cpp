// Constraints, of tables and of columns.
#include "read_columns.h"
#include "read_expr.h"
#include "read_names.h"

namespace whimbrel::sql {
namespace {

ir::ReferentialAction action(char code) {
  switch (code) {
    case FKCONSTR_ACTION_RESTRICT: return ir::ReferentialAction::restrict;
    case FKCONSTR_ACTION_CASCADE: return ir::ReferentialAction::cascade;
    case FKCONSTR_ACTION_SETNULL: return ir::ReferentialAction::set_null;
    case FKCONSTR_ACTION_SETDEFAULT: return ir::ReferentialAction::set_default;
    default: return ir::ReferentialAction::no_action;
  }
}

/// The first list in parentheses of [begin, end).
TokenIndex first_list(const Reader& reader, TokenIndex begin, TokenIndex end) {
  while (begin < end && !reader.is_symbol(begin, '(')) ++begin;
  return begin;
}

void take_key(ir::Constraint& read, const Reader& reader, const ::Constraint* node, TokenIndex begin, TokenIndex end) {
  const bool named_list = node->keys != nullptr && node->contype != CONSTR_NOTNULL;
  if (named_list) read.columns = read_name_list(reader, node->keys, first_list(reader, begin, end));
  if (node->including != nullptr) {
    const TokenIndex word = reader.find(begin, end, "include");
    read.including = read_name_list(reader, node->including, word + 1);
  }
  if (node->indexname != nullptr) {
    const TokenIndex word = reader.find(begin, end, "index");
    read.using_index = reader.name(node->indexname, word + 1);
  }
  read.nulls_not_distinct = node->nulls_not_distinct;
#if WHIMBREL_PG_MAJOR >= 18
  read.without_overlaps = node->without_overlaps;
#endif
}

void take_foreign_key(ir::Constraint& read, const Reader& reader, const ::Constraint* node, TokenIndex begin, TokenIndex end) {
  if (node->fk_attrs != nullptr) read.columns = read_name_list(reader, node->fk_attrs, first_list(reader, begin, end));
  read.references = read_relation(reader, node->pktable);
  if (node->pk_attrs != nullptr && node->pktable != nullptr) {
    read.referenced_columns = read_name_list(reader, node->pk_attrs, reader.name_end(reader.at(node->pktable->location)));
  }
  read.match_full = node->fk_matchtype == FKCONSTR_MATCH_FULL;
  read.on_delete = action(node->fk_del_action);
  read.on_update = action(node->fk_upd_action);
}

void take_exclusion(ir::Constraint& read, const Reader& reader, const ::Constraint* node, TokenIndex begin, TokenIndex end) {
  read.method = node->access_method == nullptr ? "gist" : node->access_method;
  TokenIndex i = first_list(reader, begin, end) + 1;
  for (const List* pair : Items<List>(node->exclusions)) {
    const Items<> parts(pair);
    if (parts.size() != 2) continue;
    const auto* element = as<IndexElem>(parts[0]);
    read.columns.push_back({element->name != nullptr ? reader.str(element->name) : "", reader.span(i, reader.find(i, reader.list_end(i), "with"))});
    read.opclasses.push_back(joined_name(reader, element->opclass));
    read.operators.push_back(last_name(reader, as<List>(parts[1])));
    i = reader.list_end(i) + 1;
  }
  read.expr = read_expr(reader, node->where_clause);
}

}  // namespace

ir::Constraint read_constraint(const Reader& reader, const ::Constraint* node, TokenIndex end) {
  ir::Constraint read;
  const TokenIndex begin = reader.at(node->location);
  TokenIndex word = begin;
  read.span = reader.span(begin, end);
  if (node->conname != nullptr && reader.is(begin, "constraint")) {
    read.name = reader.name(node->conname, begin + 1);
    word = begin + 2;
  }
  read.deferrable = node->deferrable || node->initdeferred;
  read.initially_deferred = node->initdeferred;
  read.not_valid = node->skip_validation && !node->initially_valid;
  read.no_inherit = node->is_no_inherit;
#if WHIMBREL_PG_MAJOR >= 18
  const bool may_be_unenforced = node->contype == CONSTR_CHECK || node->contype == CONSTR_FOREIGN;
  read.not_enforced = may_be_unenforced && !node->is_enforced;
  if (read.not_enforced) read.not_valid = false;
#endif
  switch (node->contype) {
    case CONSTR_CHECK:
      read.kind = ir::ConstraintKind::check;
      read.expr = read_expr(reader, node->raw_expr);
      break;
    case CONSTR_PRIMARY:
      read.kind = ir::ConstraintKind::primary_key;
      take_key(read, reader, node, word, end);
      break;
    case CONSTR_UNIQUE:
      read.kind = ir::ConstraintKind::unique;
      take_key(read, reader, node, word, end);
      break;
    case CONSTR_FOREIGN:
      read.kind = ir::ConstraintKind::foreign_key;
      take_foreign_key(read, reader, node, word, end);
      break;
    case CONSTR_EXCLUSION:
      read.kind = ir::ConstraintKind::exclusion;
      take_exclusion(read, reader, node, word, end);
      break;
    case CONSTR_NOTNULL:
      read.kind = ir::ConstraintKind::not_null;
      for (const ::String* column : Items<::String>(node->keys)) read.columns.push_back(reader.name(column->sval, word + 2));
      break;
    case CONSTR_NULL:
    case CONSTR_DEFAULT:
    case CONSTR_IDENTITY:
    case CONSTR_GENERATED:
    case CONSTR_ATTR_DEFERRABLE:
    case CONSTR_ATTR_NOT_DEFERRABLE:
    case CONSTR_ATTR_DEFERRED:
    case CONSTR_ATTR_IMMEDIATE:
#if WHIMBREL_PG_MAJOR >= 18
    case CONSTR_ATTR_ENFORCED:
    case CONSTR_ATTR_NOT_ENFORCED:
#endif
      break;  // no constraints of their own
  }
  return read;
}

}  // namespace whimbrel::sql
