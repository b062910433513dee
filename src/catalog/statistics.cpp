// Statistics objects: each hangs on its table, with a name in a schema of its own. Of other objects without a relation only which collations are not deterministic is kept.
#include <algorithm>
#include <utility>

#include "apply_operation.h"
#include "parts.h"

namespace whimbrel::catalog {

namespace {

bool is_named(const Attached& attached, const Catalog& catalog, const QualifiedName& written) {
  if (attached.kind != Attached::Kind::statistics || attached.name != written.name) return false;
  if (!written.schema.empty()) return attached.schema == written.schema;
  return std::ranges::find(catalog.search_path(), attached.schema) != catalog.search_path().end();
}

}  // namespace

const Relation* table_of_statistics(const Catalog& catalog, const QualifiedName& written) {
  for (const auto& [name, relation] : catalog.relations()) {
    for (const Attached& attached : relation->attached) {
      if (is_named(attached, catalog, written)) return relation.get();
    }
  }
  return nullptr;
}

void apply_operation(Change& change, const op::CreateObject& written) {
  if (written.kind == ir::ObjectKind::collation && written.detail == "nondeterministic" && !change.maybe()) {
    change.catalog.add_nondeterministic_collation(written.object.value.name);
  }
  // Without a name PostgreSQL chooses one (16+), which is not followed.
  if (written.kind != ir::ObjectKind::statistics || written.object.value.empty() || written.tables.empty()) return;
  const std::optional<QualifiedName> table = change.target(written.tables.front());
  if (!table || change.maybe()) return;
  const QualifiedName name = change.catalog.resolve_new(written.object.value);
  Relation& relation = change.edit(*table);
  if (std::ranges::any_of(relation.attached, [&](const Attached& other) { return is_named(other, change.catalog, name); }))
    return;
  Attached statistics;
  statistics.kind = Attached::Kind::statistics;
  statistics.name = name.name;
  statistics.schema = name.schema;
  statistics.origin = change.origin;
  relation.attached.push_back(std::move(statistics));
}

void apply_operation(Change& change, const op::DropObject& written) {
  if (written.kind == ir::ObjectKind::collation && !change.maybe()) change.catalog.erase_nondeterministic_collation(written.object.value.name);
  if (written.kind != ir::ObjectKind::statistics || change.maybe()) return;
  const Relation* table = table_of_statistics(change.catalog, written.object.value);
  if (table == nullptr) return;
  change.edit(QualifiedName(table->name)).attached.erase_if([&](const Attached& attached) { return is_named(attached, change.catalog, written.object.value); });
}

void move_statistics(Change& change, const QualifiedName& written, const std::string& schema, const std::string& name) {
  const Relation* table = change.maybe() ? nullptr : table_of_statistics(change.catalog, written);
  if (table == nullptr) return;
  for (Attached& attached : change.edit(QualifiedName(table->name)).attached.edit_each()) {
    if (!is_named(attached, change.catalog, written)) continue;
    if (!schema.empty()) attached.schema = schema;
    if (!name.empty()) attached.name = name;
  }
}

}  // namespace whimbrel::catalog
