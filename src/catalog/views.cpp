// Views, materialized views and tables made from queries.
#include <algorithm>
#include <set>
#include <utility>

#include "apply_operation.h"
#include "expr_type.h"
#include "names.h"
#include "parts.h"

namespace whimbrel::catalog {

namespace {

/// The relations that the query names, resolved, each once. Missing ones are reported: the server would refuse.
std::vector<QualifiedName> resolve_reads(Change& change, const ir::Query& query, const QualifiedName& itself) {
  std::vector<QualifiedName> reads;
  for (const ir::RelationName& read : query.reads) {
    const QualifiedName name = change.catalog.resolve(read.value);
    if (std::ranges::find(reads, name) != reads.end()) continue;
    const bool system = name.schema == "pg_catalog" || name.schema == "information_schema";
    if (!system && name != itself && !change.catalog.name_is_taken(name))
      change.missing(describe("relation", name), "42P01", read.span);
    reads.push_back(name);
  }
  return reads;
}

/// The columns that a query names, with their relations as the catalog knows them.
std::vector<ir::ColumnUse> resolve_columns(const Change& change, const ir::Query& query) {
  std::vector<ir::ColumnUse> uses = query.columns;
  for (ir::ColumnUse& use : uses) {
    if (!use.relation.empty()) use.relation = change.catalog.resolve(use.relation);
  }
  return uses;
}

/// The history's functions that a query calls, whatever overload is meant.
std::vector<QualifiedName> resolve_calls(const Change& change, const ir::Query& query) {
  std::set<QualifiedName> calls;
  for (const ir::ExprPtr& call : query.calls) {
    if (!call || call->name.empty()) continue;
    for (const Function* function : change.catalog.find_functions(call->name)) calls.insert(function->name);
  }
  return {calls.begin(), calls.end()};
}

/// Names from the column list, then from the query. False where they are not all known: a star, or a name that could
/// not be told.
bool name_columns(const Catalog& catalog, Relation& relation, const std::vector<std::string>& listed, const ir::Query& query,
                  const Origin& origin) {
  if (query.shape) {
    if (std::optional<std::vector<Column>> columns = columns_of(catalog, *query.shape)) {
      for (std::size_t i = 0; i < columns->size(); ++i) {
        Column& column = (*columns)[i];
        if (i < listed.size()) column.name = clip_name(listed[i]);
        column.origin = origin;
      }
      relation.columns = std::move(*columns);
      return true;
    }
  }
  std::vector<std::string> names = query.output;
  for (std::size_t i = 0; i < listed.size(); ++i) {
    if (i < names.size()) {
      names[i] = listed[i];
    } else {
      names.push_back(listed[i]);
    }
  }
  relation.columns.clear();
  for (const std::string& name : names) {
    Column column;
    column.name = clip_name(name);
    column.origin = origin;
    relation.columns.push_back(std::move(column));
  }
  return !query.output.empty();
}

/// False: the relation is there already and stays.
bool make_room(Change& change, const QualifiedName& name, bool replaceable, Span span) {
  if (!change.catalog.name_is_taken(name)) return true;
  const Relation* old = change.find(name);
  if (old == nullptr || (old->exact && change.catalog.complete() && !replaceable)) {
    change.existing(describe("relation", name), "42P07", span);
    return false;
  }
  return !change.maybe() || old->presumed;
}

}  // namespace

void apply_operation(Change& change, const op::CreateView& written) {
  QualifiedName name = change.catalog.resolve_new(written.view.value, written.persistence);
  name.name = clip_name(name.name);
  const Relation* old = change.find(name);
  const bool replaces = written.or_replace && old != nullptr && old->kind == RelationKind::view;
  if (!make_room(change, name, replaces || (old != nullptr && !old->exact), written.view.span)) {
    if (old != nullptr && change.maybe()) change.edit(name);
    return;
  }
  const std::vector<QualifiedName> reads = resolve_reads(change, written.query, name);
  Relation& view = change.edit(name);
  if (!replaces) {
    view = Relation{};
    view.name = name;
    view.origin = change.origin;
  }
  view.kind = RelationKind::view;
  view.persistence = written.persistence;
  view.reads = reads;
  view.definition = written.query.span;
  view.read_columns = resolve_columns(change, written.query);
  view.calls = resolve_calls(change, written.query);
  view.options = written.options;
  view.presumed = false;
  view.exact = name_columns(change.catalog, view, written.columns, written.query, change.origin) && !change.maybe();
}

void apply_operation(Change& change, const op::CreateTableAs& written) {
  QualifiedName name = change.catalog.resolve_new(written.table.value, written.persistence);
  name.name = clip_name(name.name);
  const Relation* old = change.find(name);
  if (written.if_not_exists && change.catalog.name_is_taken(name) && (old == nullptr || !old->presumed)) return;
  if (!make_room(change, name, old != nullptr && !old->exact, written.table.span)) return;
  const std::vector<QualifiedName> reads = resolve_reads(change, written.query, name);
  Relation& table = change.edit(name);
  const List<QualifiedName> indexes = table.indexes;
  for (const QualifiedName& index : indexes) change.catalog.erase_index(index);
  table = Relation{};
  table.name = name;
  table.kind = written.materialized_view ? RelationKind::materialized_view : RelationKind::table;
  table.persistence = written.persistence;
  table.origin = change.origin;
  table.populated = written.with_data;
  table.on_commit_drop = written.on_commit_drop;
  if (written.materialized_view) table.reads = reads;
  if (written.materialized_view) table.definition = written.query.span;
  if (written.materialized_view) table.read_columns = resolve_columns(change, written.query);
  if (written.materialized_view) table.calls = resolve_calls(change, written.query);
  table.exact = name_columns(change.catalog, table, written.columns, written.query, change.origin) && !change.maybe();
}

void apply_operation(Change& change, const op::RefreshMaterializedView& written) {
  const std::optional<QualifiedName> view = change.target(written.view);
  if (!view) return;
  Relation& relation = change.edit(*view);
  if (relation.presumed) relation.kind = RelationKind::materialized_view;
  relation.populated = written.with_data;
}

}  // namespace whimbrel::catalog
