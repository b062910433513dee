// CREATE INDEX and what maintains tables and indexes: REINDEX, CLUSTER, VACUUM, ANALYZE.
#include "read_columns.h"
#include "read_expr.h"
#include "read_names.h"
#include "statements.h"

namespace whimbrel::sql {
namespace {

namespace op = ir::op;

const DefElem* find_option(const List* options, std::string_view name) {
  for (const DefElem* option : Items<DefElem>(options)) {
    if (option->defname != nullptr && name == option->defname) return option;
  }
  return nullptr;
}

bool has_option(const List* options, std::string_view name) {
  const DefElem* option = find_option(options, name);
  return option != nullptr && option_is_true(option);
}

op::ReindexKind reindex_kind(ReindexObjectType kind) {
  switch (kind) {
    case REINDEX_OBJECT_INDEX: return op::ReindexKind::index;
    case REINDEX_OBJECT_TABLE: return op::ReindexKind::table;
    case REINDEX_OBJECT_SCHEMA: return op::ReindexKind::schema;
    case REINDEX_OBJECT_SYSTEM: return op::ReindexKind::system;
    case REINDEX_OBJECT_DATABASE: return op::ReindexKind::database;
  }
  return op::ReindexKind::index;
}

}  // namespace

void read_create_index(Reader& reader, const IndexStmt* stmt, ir::Statement& out) {
  out.kind = "CreateIndex";
  op::CreateIndex op;
  op.table = read_relation(reader, stmt->relation);
  op.unique = stmt->unique;
  op.concurrently = stmt->concurrent;
  op.if_not_exists = stmt->if_not_exists;
  op.only = !stmt->relation->inh;
  op.nulls_not_distinct = stmt->nulls_not_distinct;
  op.method = stmt->accessMethod == nullptr ? "btree" : reader.str(stmt->accessMethod);
  Cursor cursor(reader, 1);
  cursor.accept("unique");
  op.index_keyword = reader.token_span(cursor.index());
  cursor.accept("index");
  cursor.accept("concurrently");
  cursor.accept({"if", "not", "exists"});
  if (stmt->idxname != nullptr) op.name = reader.name(stmt->idxname, cursor.index());
  TokenIndex open = reader.name_end(reader.at(stmt->relation->location));
  while (open < reader.count() && !reader.is_symbol(open, '(')) ++open;
  op.elements = read_index_elements(reader, stmt->indexParams, open);
  if (stmt->indexIncludingParams != nullptr) {
    const TokenIndex include = reader.find(open, reader.count(), "include");
    for (const ir::IndexElement& element : read_index_elements(reader, stmt->indexIncludingParams, include + 1)) {
      op.including.push_back({element.column, element.span});
    }
  }
  op.predicate = read_expr(reader, stmt->whereClause);
  op.options = read_options(reader, stmt->options);
  op.tablespace = reader.str(stmt->tableSpace);
  add_step(out, std::move(op), reader.whole());
}

void read_reindex(Reader& reader, const ReindexStmt* stmt, ir::Statement& out) {
  out.kind = "Reindex";
  op::Reindex op;
  op.kind = reindex_kind(stmt->kind);
  Cursor cursor(reader, 1);
  if (reader.is_symbol(1, '(')) cursor.go(reader.match(1) + 1);
  op.kind_keyword = reader.token_span(cursor.index());
  cursor.go(cursor.index() + 1);
  cursor.accept("concurrently");
  if (stmt->relation != nullptr) {
    op.target = read_relation(reader, stmt->relation);
  } else if (stmt->name != nullptr) {
    op.target = {{"", reader.str(stmt->name)}, reader.token_span(cursor.index())};
  }
  for (const ir::Option& option : read_options(reader, stmt->params)) {
    if (option.name != "concurrently") op.options.push_back(option);
  }
  op.concurrently = has_option(stmt->params, "concurrently");
  add_step(out, std::move(op), reader.whole());
}

void read_cluster(Reader& reader, const ClusterStmt* stmt, ir::Statement& out) {
  out.kind = "Cluster";
  op::Cluster op;
  op.table = read_relation(reader, stmt->relation);
  if (stmt->indexname != nullptr) {
    const TokenIndex word = reader.find(1, reader.count(), "using");
    const bool old_form = word == reader.count();  // CLUSTER index ON table
    op.index = reader.name(stmt->indexname, old_form ? reader.find(1, reader.count(), "on") - 1 : word + 1);
  }
  op.options = read_options(reader, stmt->params);
  add_step(out, std::move(op), reader.whole());
}

void read_vacuum(Reader& reader, const VacuumStmt* stmt, ir::Statement& out) {
  out.kind = stmt->is_vacuumcmd ? "Vacuum" : "Analyze";
  const auto add = [&](ir::RelationName table, Span span) {
    if (!stmt->is_vacuumcmd) {
      add_step(out, op::Analyze{std::move(table)}, span);
      return;
    }
    op::Vacuum op;
    op.table = std::move(table);
    op.full = has_option(stmt->options, "full");
    op.analyze = has_option(stmt->options, "analyze") || has_option(stmt->options, "analyse");
    for (ir::Option& option : read_options(reader, stmt->options)) {
      if (option.name != "full" && option.name != "analyze" && option.name != "analyse") op.options.push_back(std::move(option));
    }
    add_step(out, std::move(op), span);
  };
  const Items<VacuumRelation> relations(stmt->rels);
  if (relations.size() == 0) return add({}, reader.whole());
  for (const VacuumRelation* relation : relations) {
    ir::RelationName table = read_relation(reader, relation->relation);
    const Span span = relations.size() == 1 ? reader.whole() : table.span;
    add(std::move(table), span);
  }
}

}  // namespace whimbrel::sql
