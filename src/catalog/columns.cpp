// Columns as CREATE TABLE and ADD COLUMN make them, with the sequences of serial and identity.
#include <algorithm>
#include <utility>

#include "apply_operation.h"
#include "expressions.h"
#include "names.h"
#include "parts.h"
#include "whimbrel/catalog/print.h"
#include "whimbrel/ir/server_limits.h"

namespace whimbrel::catalog {

ir::TypeName stored_type(const Catalog& catalog, ir::TypeName type) {
  if (type.schema == "pg_catalog") {
    type.schema.clear();
    return type;
  }
  if (type.schema.empty() && ir::is_builtin_type(type.name)) return type;
  if (const Type* found = catalog.find_type({type.schema, type.name})) type.schema = found->name.schema;
  if (type.schema == catalog.default_schema()) type.schema.clear();
  return type;
}

void make_owned_sequence(Change& change, const QualifiedName& table, Column& column, ir::Persistence persistence) {
  Sequence sequence;
  sequence.name = {table.schema, choose_sequence_name(change.catalog, table, column.name)};
  sequence.type = column.type;
  sequence.owner_table = table;
  sequence.owner_column = column.name;
  sequence.persistence = persistence;
  sequence.exact = !change.maybe();
  sequence.origin = change.origin;
  column.owned_sequence = owned_sequence_text(sequence.name);
  if (column.identity == ir::Identity::none) {
    const bool visible =
        change.catalog.resolve_new({"", sequence.name.name}).schema == table.schema || table.schema == "pg_temp";
    column.default_value = next_value_of(visible ? ir::quote_identifier(sequence.name.name) : to_text(sequence.name));
  }
  const QualifiedName name = sequence.name;
  change.catalog.edit_sequence(name) = std::move(sequence);
}

Column make_column(Change& change, const QualifiedName& table, const ir::ColumnDef& written) {
  Column column;
  column.name = clip_name(written.name.value);
  column.type = stored_type(change.catalog, written.type.value);
  column.collation = written.collation;
  column.default_value = written.default_value;
  // The server keeps no DEFAULT NULL; one that it casts to a length is no constant to it.
  if (column.default_value && column.default_value->kind == ir::ExprKind::null && column.type.typmods.empty())
    column.default_value = nullptr;
  column.identity = written.identity;
  column.generated = written.generated;
  column.generation = written.generation;
  column.origin = change.origin_at(written.span);
  const bool serial = written.serial != ir::Serial::none;
  if (written.not_null || serial || written.identity != ir::Identity::none) column.not_null = Tri::yes;
  name_not_null(change.catalog, table, column);
  if (serial || written.identity != ir::Identity::none) {
    const Relation* relation = change.find(table);
    make_owned_sequence(change, table, column,
                        relation != nullptr ? relation->persistence : ir::Persistence::permanent);
  }
  return column;
}

void apply_operation(Change& change, const op::AddColumn& written) {
  const std::optional<QualifiedName> table = change.target(written.table, written.if_exists);
  if (!table) return;
  Relation& relation = change.catalog.edit_relation(*table);
  const std::string name = clip_name(written.column.name.value);
  if (relation.find_column(name) != nullptr) {
    if (written.if_not_exists) return;
    if (relation.exact || change.maybe()) {
      change.existing("column " + to_text(*table) + "." + ir::quote_identifier(name), "42701",
                      written.column.name.span);
      return;
    }
    // The table may have lost the old one to a statement that could not be read.
    relation.columns.erase_if([&](const Column& column) { return column.name == name; });
  }
  if (relation.columns.size() >= ir::kMostColumns) return;
  relation.columns.push_back(make_column(change, *table, written.column));
  change.edit(*table);
  const Column added = relation.columns.back();

  for (const QualifiedName& child : written.only ? std::vector<QualifiedName>{} : change.tree(*table)) {
    if (child == *table) continue;
    Relation& below = change.edit(child);
    if (Column* own = below.edit_column(name)) {
      own->inherited = true;
      continue;
    }
    Column copy = added;
    copy.inherited = true;
    copy.local = false;
    if (copy.identity != ir::Identity::none && below.is_partition == false) {  // INHERITS does not hand identity down
      copy.identity = ir::Identity::none;
    }
    copy.owned_sequence.clear();
    below.columns.push_back(std::move(copy));
  }
  for (const ir::Constraint& constraint : written.column.constraints) {
    add_constraint(change, *table, constraint, Occasion::alter_table, written.only);
  }
}

}  // namespace whimbrel::catalog
