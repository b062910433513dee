// What a statement leaves for later ones of its transaction: enum values not usable yet, trigger events that wait.
//
// Facts: manual, ALTER TYPE (ADD VALUE), SET CONSTRAINTS; check_safe_enum_use, AfterTriggerSaveEvent; surprises.md 30,
// 40; tests/facts/test_transaction.cpp says what was measured.
#include <algorithm>
#include <set>

#include "version_facts.h"
#include "whimbrel/facts/effects.h"

namespace whimbrel::facts {
namespace {

using catalog::Attached;
using ir::ConstraintKind;
namespace op = ir::op;

bool contains(const std::vector<std::string>& list, std::string_view one) { return std::ranges::find(list, one) != list.end(); }

bool overlap(const std::vector<std::string>& left, const std::vector<std::string>& right) {
  return std::ranges::any_of(left, [&right](const std::string& one) { return contains(right, one); });
}

enum class Change : std::uint8_t { insert, update, erase };

/// One table that gets, changes or loses rows.
struct Write {
  Change change = Change::insert;
  std::vector<std::string> columns;   ///< UPDATE
  Tri rows = Tri::unknown;            ///< whether there is one at least
};

struct Notes {
  const catalog::Catalog& catalog;
  TransactionFacts& transaction;

  /// Whether the constraint waits for COMMIT.
  [[nodiscard]] Tri waits(bool deferrable, bool initially_deferred) const {
    switch (transaction.deferral) {
      case Deferral::as_declared: return to_tri(initially_deferred);
      case Deferral::deferred: return to_tri(deferrable || initially_deferred);
      case Deferral::immediate: return Tri::no;
      case Deferral::some: return deferrable || initially_deferred ? Tri::unknown : Tri::no;
    }
    return Tri::no;
  }

  /// The events of a table's own constraints and triggers.
  [[nodiscard]] Tri own_events(const catalog::Relation& table, const Write& write) const {
    Tri events = Tri::no;
    for (const catalog::Constraint& constraint : table.constraints) {
      if (!constraint.enforced || write.change == Change::erase) continue;
      const Tri deferred = waits(constraint.deferrable, constraint.initially_deferred);
      const bool key = constraint.kind == ConstraintKind::unique || constraint.kind == ConstraintKind::primary_key ||
                       constraint.kind == ConstraintKind::exclusion;
      const bool touched = write.change == Change::insert || overlap(constraint.columns, write.columns);
      if (!touched || deferred == Tri::no) continue;
      // A row whose key is not new is looked at again only where it collides.
      if (key) events = events || Tri::unknown;
      if (constraint.kind == ConstraintKind::foreign_key)
        events = events || (deferred && (write.change == Change::insert ? write.rows : Tri::unknown));
    }
    for (const Attached& attached : table.attached) {
      constexpr std::string_view kWords[] = {"insert", "update", "delete"};
      const std::string_view word = kWords[static_cast<std::size_t>(write.change)];
      if (attached.kind != Attached::Kind::trigger || !attached.events.contains(word)) continue;
      events = events || (waits(attached.initially_deferred, attached.initially_deferred) && write.rows);
    }
    return events;
  }

  /// The events of foreign keys that point at the table: a key that goes away.
  [[nodiscard]] Tri referrers_events(const catalog::Relation& table, const Write& write) const {
    if (write.change == Change::insert) return Tri::no;
    Tri events = Tri::no;
    for (const QualifiedName& name : catalog.referencing(table.name)) {
      const catalog::Relation* referrer = catalog.find_relation(name);
      if (referrer == nullptr) continue;
      for (const catalog::Constraint& key : referrer->constraints) {
        if (key.kind != ConstraintKind::foreign_key || key.references != table.name || !key.enforced) continue;
        const ir::ReferentialAction action = write.change == Change::erase ? key.on_delete : key.on_update;
        const bool touched = write.change == Change::erase || key.referenced_columns.empty() ||
                             overlap(key.referenced_columns, write.columns);
        // Only NO ACTION is deferred; the others act at once.
        if (!touched || action != ir::ReferentialAction::no_action) continue;
        if (waits(key.deferrable, key.initially_deferred) != Tri::no) events = Tri::unknown;
      }
    }
    return events;
  }

  /// Rules, and triggers that may drop or divert a row.
  [[nodiscard]] static bool is_diverted(const catalog::Relation& table) {
    return std::ranges::any_of(table.attached, [](const Attached& attached) {
      return attached.kind == Attached::Kind::rule ||
             (attached.kind == Attached::Kind::trigger && !attached.initially_deferred);
    });
  }

  void queue(const QualifiedName& table, Tri events) {
    if (events == Tri::no) return;
    const Tri* before = transaction.pending_events.find(table);
    if (before == nullptr || (*before != Tri::yes && events == Tri::yes)) transaction.pending_events.set(table, events);
  }

  /// The table, the tables below a view, and the partitions or children whose rows may be meant.
  void write(const QualifiedName& written, Write change, Tri runs) {
    std::vector<std::pair<QualifiedName, bool>> names{{written, true}};
    std::set<QualifiedName> seen;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto [name, direct] = names[i];
      const catalog::Relation* table = catalog.find_relation(name);
      if (table == nullptr || !seen.insert(table->name).second) continue;
      if (table->kind == catalog::RelationKind::view) {
        for (const QualifiedName& read : table->reads) names.emplace_back(read, false);
        continue;
      }
      Write here = change;
      if (!direct || is_diverted(*table)) here.rows = Tri::unknown;
      const bool partitioned = table->kind == catalog::RelationKind::partitioned_table;
      queue(table->name, runs && (own_events(*table, here) || referrers_events(*table, here)));
      if (partitioned || change.change != Change::insert) {
        for (const QualifiedName& child : table->children) names.emplace_back(child, false);
      }
    }
  }

  void write_all(const ir::Query& query, Tri runs) {
    for (const ir::RelationName& name : query.writes) {
      write(name.value, {Change::insert, {}, Tri::unknown}, runs);
      write(name.value, {Change::erase, {}, Tri::unknown}, runs);
    }
  }
};

std::vector<std::string> values(const std::vector<ir::Name>& names) {
  std::vector<std::string> result;
  for (const ir::Name& name : names) result.push_back(name.value);
  return result;
}

void note_value(const op::AddEnumValue& add, const catalog::Catalog& catalog, int pg_version, Tri runs,
                TransactionFacts& transaction) {
  // Before 12 the value is only added in a transaction that made the type, and then it may be used.
  if (!holds(Fact::enum_add_in_transaction, pg_version)) return;
  const catalog::Type* type = catalog.find_type(add.type.value);
  if (type != nullptr && std::ranges::find(type->labels, add.value.value) != type->labels.end()) return;
  const bool made_here = type != nullptr && transaction.number != 0 && type->origin.transaction == transaction.number;
  if (made_here && !holds(Fact::enum_new_value_of_own_type_refused, pg_version)) return;
  transaction.new_enum_values.set({type != nullptr ? type->name : catalog.resolve(add.type.value), add.value.value}, runs);
}

void rename_value(const op::RenameEnumValue& rename, const catalog::Catalog& catalog, TransactionFacts& transaction) {
  const catalog::Type* type = catalog.find_type(rename.type.value);
  if (type == nullptr) return;
  const Tri* state = transaction.new_enum_values.find({type->name, rename.value.value});
  if (state == nullptr) return;
  const Tri known = *state;
  transaction.new_enum_values.erase({type->name, rename.value.value});
  transaction.new_enum_values.set({type->name, rename.new_value.value}, known);
}

/// SET CONSTRAINTS: IMMEDIATE fires what waits.
void set_constraints(std::string_view detail, TransactionFacts& transaction) {
  const bool all = detail.starts_with("all ");
  const bool immediate = detail.ends_with("immediate");
  transaction.deferral = !all ? Deferral::some : immediate ? Deferral::immediate : Deferral::deferred;
  if (!immediate) return;
  std::vector<QualifiedName> tables;
  for (const auto& [table, events] : transaction.pending_events) tables.push_back(table);
  for (const QualifiedName& table : tables) {
    if (all) {
      transaction.pending_events.erase(table);
    } else {
      transaction.pending_events.set(table, Tri::unknown);
    }
  }
}

}  // namespace

void note(const ir::Step& step, const catalog::Catalog& catalog, int pg_version, Tri runs,
          TransactionFacts& transaction) {
  Notes notes{catalog, transaction};
  const ir::Operation& operation = step.operation;
  if (const auto* add = std::get_if<op::AddEnumValue>(&operation)) {
    note_value(*add, catalog, pg_version, runs, transaction);
  } else if (const auto* rename = std::get_if<op::RenameEnumValue>(&operation)) {
    rename_value(*rename, catalog, transaction);
  } else if (const auto* alter = std::get_if<op::AlterObject>(&operation)) {
    const bool constraints = alter->kind == ir::ObjectKind::constraint && alter->object.value.empty();
    if (constraints && runs == Tri::yes) set_constraints(alter->detail, transaction);
    if (constraints && runs != Tri::yes) set_constraints("immediate", transaction);
  } else if (const auto* insert = std::get_if<op::Insert>(&operation)) {
    const bool rows = insert->rows > 0 && !insert->from_query && !insert->on_conflict;
    notes.write(insert->table.value, {Change::insert, {}, rows ? Tri::yes : Tri::unknown}, runs);
    if (insert->on_conflict) notes.write(insert->table.value, {Change::update, values(insert->columns), Tri::unknown}, runs);
    notes.write_all(insert->query, runs);
  } else if (const auto* update = std::get_if<op::Update>(&operation)) {
    notes.write(update->table.value, {Change::update, values(update->columns), Tri::unknown}, runs);
    notes.write_all(update->query, runs);
  } else if (const auto* erase = std::get_if<op::Delete>(&operation)) {
    notes.write(erase->table.value, {Change::erase, {}, Tri::unknown}, runs);
    notes.write_all(erase->query, runs);
  } else if (const auto* merge = std::get_if<op::Merge>(&operation)) {
    notes.write(merge->table.value, {Change::insert, {}, Tri::unknown}, runs);
    notes.write(merge->table.value, {Change::erase, {}, Tri::unknown}, runs);
    notes.write_all(merge->query, runs);
  } else if (const auto* copy = std::get_if<op::Copy>(&operation)) {
    if (copy->from) notes.write(copy->table.value, {Change::insert, {}, Tri::unknown}, runs);
  } else if (const auto* select = std::get_if<op::Select>(&operation)) {
    notes.write_all(select->query, runs);
  }
}

}  // namespace whimbrel::facts
