// ALTER TABLE … ALTER COLUMN, down to partitions and children (manual, "ALTER TABLE").
#include <utility>

#include "apply_operation.h"
#include "names.h"
#include "parts.h"

namespace whimbrel::catalog {

namespace {

/// Does `edit` to the column, in the whole tree or in this table `only`.
template <class Edit>
void alter(Change& change, const ir::RelationName& written, const ir::Name& name, bool only, bool if_exists,
           const Edit& edit) {
  const std::optional<QualifiedName> table = change.target(written);
  if (!table) return;
  Relation& relation = change.edit(*table);
  Column* column = change.column(relation, name, if_exists);
  if (column == nullptr) return;
  edit(*table, *column);
  for (const QualifiedName& child : only ? std::vector<QualifiedName>{} : change.tree(*table)) {
    if (child == *table || change.find(child)->find_column(name.value) == nullptr) continue;
    edit(child, *change.edit(child).edit_column(name.value));
  }
}

}  // namespace

void apply_operation(Change& change, const op::AlterColumnType& written) {
  const ir::TypeName type = stored_type(change.catalog, written.type.value);
  alter(change, written.table, written.column, written.only, false,
        [&](const QualifiedName& /*table*/, Column& column) {
          column.type = change.maybe() && column.type != type ? ir::TypeName{} : type;
          column.collation = written.collation;  // not written: the type's own
          if (column.identity == ir::Identity::none || column.owned_sequence.empty()) return;
          const QualifiedName sequence = owned_sequence_name(column);
          if (change.catalog.sequences().contains(sequence)) change.catalog.edit_sequence(sequence).type = type;
        });
}

void apply_operation(Change& change, const op::SetDefault& written) {
  const bool null = !written.value || written.value->kind == ir::ExprKind::null;
  alter(change, written.table, written.column, written.only, false,
        [&](const QualifiedName& /*table*/, Column& column) {
          column.default_value = null && (!written.value || column.type.typmods.empty()) ? nullptr : written.value;
        });
}

void apply_operation(Change& change, const op::DropDefault& written) {
  alter(change, written.table, written.column, written.only, false,
        [&](const QualifiedName& /*table*/, Column& column) {
          if (!change.maybe()) column.default_value = nullptr;
        });
}

void apply_operation(Change& change, const op::SetNotNull& written) {
  std::string name;  // of the first, which those below it share
  alter(change, written.table, written.column, written.only, false,
        [&](const QualifiedName& table, Column& column) {
          column.not_null = change.maybe() && column.not_null != Tri::yes ? Tri::unknown : Tri::yes;
          if (!change.maybe()) column.not_null_validated = Tri::yes;
          if (column.not_null_name.empty() && column.not_null == Tri::yes) column.not_null_name = name;
          name_not_null(change.catalog, table, column);
          name = column.not_null_name;
        });
}

void apply_operation(Change& change, const op::DropNotNull& written) {
  alter(change, written.table, written.column, written.only, false, [&](const QualifiedName& table, Column& column) {
    column.not_null = change.maybe() && column.not_null != Tri::no ? Tri::unknown : Tri::no;
    column.not_null_validated = Tri::yes;
    name_not_null(change.catalog, table, column);
    if (change.maybe()) return;
    change.catalog.edit_relation(table).constraints.erase_if([&](const Constraint& constraint) {
      return constraint.kind == ir::ConstraintKind::not_null && constraint.columns == std::vector{column.name};
    });
  });
}

void apply_operation(Change& change, const op::AddIdentity& written) {
  alter(change, written.table, written.column, false, false, [&](const QualifiedName& table, Column& column) {
    const Relation& relation = *change.find(table);
    const bool first = relation.parents.empty();
    if (!first && !relation.is_partition) return;  // INHERITS does not hand identity down
    column.identity = written.identity;
    if (first && column.owned_sequence.empty()) make_owned_sequence(change, table, column, relation.persistence);
  });
}

void apply_operation(Change& change, const op::DropIdentity& written) {
  alter(change, written.table, written.column, false, written.if_exists,
        [&](const QualifiedName& /*table*/, Column& column) {
          if (change.maybe() || column.identity == ir::Identity::none) return;
          column.identity = ir::Identity::none;
          if (!column.owned_sequence.empty()) change.catalog.erase_sequence(owned_sequence_name(column));
          column.owned_sequence.clear();
        });
}

void apply_operation(Change& change, const op::SetExpression& written) {
  alter(change, written.table, written.column, false, false, [&](const QualifiedName& /*table*/, Column& column) {
    if (column.generated == ir::Generated::none) column.generated = ir::Generated::stored;
    column.generation = written.expression;
  });
}

void apply_operation(Change& change, const op::DropExpression& written) {
  alter(change, written.table, written.column, false, written.if_exists,
        [&](const QualifiedName& /*table*/, Column& column) {
          if (change.maybe()) return;
          column.generated = ir::Generated::none;
          column.generation = nullptr;
        });
}

}  // namespace whimbrel::catalog
