// CREATE and ALTER SEQUENCE, and whose they are.
#include <string>
#include <utility>

#include "apply_operation.h"
#include "names.h"
#include "parts.h"

namespace whimbrel::catalog {

namespace {

void disown(Change& change, const QualifiedName& sequence) {
  Sequence& owned = change.catalog.edit_sequence(sequence);
  if (!owned.owner_table.empty() && change.find(owned.owner_table) != nullptr) {
    Column* owner = change.catalog.edit_relation(owned.owner_table).edit_column(owned.owner_column);
    if (owner != nullptr && owner->owned_sequence == owned_sequence_text(sequence)) owner->owned_sequence.clear();
  }
  owned.owner_table = {};
  owned.owner_column.clear();
}

void take_options(Change& change, const QualifiedName& name, const op::SequenceOptions& options) {
  if (options.type) change.catalog.edit_sequence(name).type = *options.type;
  if (options.owned_by_none) disown(change, name);
  if (options.owned_by_table.value.empty()) return;
  const std::optional<QualifiedName> table = change.target(options.owned_by_table);
  if (!table) return;
  disown(change, name);
  Relation& relation = change.catalog.edit_relation(*table);
  Sequence& sequence = change.catalog.edit_sequence(name);
  sequence.owner_table = *table;
  sequence.owner_column = options.owned_by_column.value;
  if (Column* owner = change.column(relation, options.owned_by_column))
    owner->owned_sequence = owned_sequence_text(name);
}

}  // namespace

void apply_operation(Change& change, const op::CreateSequence& written) {
  QualifiedName name = change.catalog.resolve_new(written.sequence.value, written.persistence);
  name.name = clip_name(name.name);
  if (change.catalog.name_is_taken(name)) {
    if (written.if_not_exists) return;
    const auto old = change.catalog.sequences().find(name);
    if (old == change.catalog.sequences().end() || (old->second->exact && change.catalog.complete())) {
      change.existing(describe("relation", name), "42P07", written.sequence.span);
      return;
    }
  }
  Sequence sequence;
  sequence.name = name;
  sequence.type.name = "bigint";
  sequence.persistence = written.persistence;
  sequence.exact = !change.maybe();
  sequence.origin = change.origin;
  change.catalog.edit_sequence(name) = std::move(sequence);
  take_options(change, name, written.options);
}

void apply_operation(Change& change, const op::AlterSequence& written) {
  const Sequence* found = change.catalog.find_sequence(written.sequence.value);
  if (found == nullptr) {
    const QualifiedName name = change.catalog.resolve(written.sequence.value);
    if (written.if_exists || change.catalog.name_is_taken(name)) return;
    change.missing(describe("sequence", name), "42P01", written.sequence.span);
    Sequence& presumed = change.catalog.edit_sequence(name);
    presumed.type.name = "bigint";
    presumed.exact = false;
    if (!change.maybe()) take_options(change, name, written.options);
    return;
  }
  const QualifiedName name = found->name;
  if (change.maybe()) {
    change.catalog.edit_sequence(name).exact = false;
    return;
  }
  take_options(change, name, written.options);
}

}  // namespace whimbrel::catalog
