// What a statement runs into that its own transaction did before.
//
// Facts: CheckTableNotInUse and its callers; check_safe_enum_use, which runs where a constant of the enum is read, so
// that no row need have it. tests/facts/test_transaction.cpp says what was measured.
#include "in_transaction.h"

#include <algorithm>
#include <optional>

#include "alter_table.h"
#include "types.h"

namespace whimbrel::facts {
namespace {

namespace op = ir::op;

// ---- trigger events that wait ----

/// The tables that the statement wants for itself, as it names them; nothing where it is of a kind that does not look.
/// Renames, SET SCHEMA, CREATE TRIGGER, REINDEX, DROP INDEX and DETACH of the partition with the events do not.
std::optional<QualifiedName> wanted(const ir::Operation& operation) {
  if (const auto* create = std::get_if<op::CreateIndex>(&operation)) return create->table.value;
  if (const auto* drop = std::get_if<op::DropTable>(&operation)) return drop->table.value;
  if (const auto* truncate = std::get_if<op::Truncate>(&operation)) return truncate->table.value;
  if (const auto* cluster = std::get_if<op::Cluster>(&operation)) return cluster->table.value;
  if (!is_table_action(operation)) return std::nullopt;
  return std::visit(
      [](const auto& action) -> std::optional<QualifiedName> {
        if constexpr (requires { action.table.value.schema; }) return action.table.value;
        return std::nullopt;
      },
      operation);
}

void check_table(Gather& whole, const QualifiedName& table, const World& world) {
  const Tri* events = world.settings.transaction.pending_events.find(table);
  if (events == nullptr) return;
  const std::string reason = "trigger events of " + display_name(table) + " wait for COMMIT";
  if (*events == Tri::yes) return whole.fail("55006", reason);
  whole.may_fail("55006", reason);
  whole.uncertain();
}

// ---- enum values ----

/// Looks for constants of enums to which the transaction added values.
struct NewValues {
  const World& world;
  Gather& gather;

  void use(const ir::TypeName& type, const std::string& value) const {
    const ir::TypeName base = base_type(type, world.catalog);
    if (!base.known() || (base.schema.empty() && ir::is_builtin_type(base.name))) return;
    const catalog::Type* found = find_user_type(base, world.catalog);
    const QualifiedName name = found != nullptr ? found->name : world.catalog.resolve(QualifiedName{base.schema, base.name});
    const Tri* added = world.settings.transaction.new_enum_values.find({name, value});
    if (added == nullptr) return;
    if (*added == Tri::yes) return gather.fail("55P04", "the enum value was added in this transaction");
    gather.may_fail("55P04", "the enum value may have been added in this transaction");
    gather.uncertain();
  }

  /// A default or other value of the type.
  void value(const ir::ExprPtr& expr, const ir::TypeName& type) const {
    const ir::Expr* constant = expr.get();
    while (constant != nullptr && constant->kind == ir::ExprKind::cast && !constant->args.empty()) constant = constant->args[0].get();
    if (constant != nullptr && constant->kind == ir::ExprKind::string) use(type, constant->text);
  }

  /// 'new'::mood anywhere; column = 'new', column IN ('new', …) for a column of the table.
  void expression(const ir::ExprPtr& expr, const catalog::Relation* table) const {
    if (!expr) return;
    ir::for_each_node(*expr, [&](const ir::Expr& node) {
      if (node.kind == ir::ExprKind::cast && !node.args.empty() && node.args[0] && node.args[0]->kind == ir::ExprKind::string)
        use(node.type, node.args[0]->text);
      if (node.kind != ir::ExprKind::op || table == nullptr || node.text == "||" || node.text.ends_with("LIKE")) return;
      const catalog::Column* column = nullptr;
      for (const ir::ExprPtr& arg : node.args) {
        if (arg && arg->kind == ir::ExprKind::column && !arg->names.empty()) column = table->find_column(arg->names.back());
        if (column != nullptr) break;
      }
      if (column == nullptr) return;
      for (const ir::ExprPtr& arg : node.args) {
        if (arg && arg->kind == ir::ExprKind::string) use(column->type, arg->text);
      }
    });
  }

  void values(const op::ColumnValues& values, const std::vector<ir::Name>& columns, const Target& target) const {
    if (target.object == nullptr) return;
    const catalog::List<catalog::Column>& all = target.object->columns;
    for (const op::ColumnValue& one : values.list) {
      const catalog::Column* column = nullptr;
      if (!columns.empty()) {
        if (one.column < columns.size()) column = target.object->find_column(columns[one.column].value);
      } else if (one.column < all.size()) {
        column = &all[one.column];
      }
      if (column != nullptr) use(column->type, one.value);
    }
    if (values.cut) perhaps(*target.object);
  }

  /// The statement is not read to the last constant: it may name a new value of a column of the table.
  void perhaps(const catalog::Relation& table) const {
    for (const catalog::Column& column : table.columns) {
      const catalog::Type* type = find_user_type(base_type(column.type, world.catalog), world.catalog);
      if (type == nullptr) continue;
      const bool has_new = std::ranges::any_of(world.settings.transaction.new_enum_values,
                                               [type](const auto& entry) { return entry.first.first == type->name; });
      if (has_new) gather.uncertain();
    }
  }

  void query(const ir::Query& query) const {
    if (!query.has_where) return;
    for (const ir::RelationName& read : query.reads) {
      const Target target = world.target(read);
      if (target.object != nullptr) perhaps(*target.object);
    }
  }

  // ---- one overload for each operation that may name a constant; the others fall into the last ----

  void look(const op::CreateTable& create) const {
    for (const ir::ColumnDef& column : create.columns) {
      value(column.default_value, column.type.value);
      for (const ir::Constraint& constraint : column.constraints) expression(constraint.expr, nullptr);
    }
    for (const ir::Constraint& constraint : create.constraints) expression(constraint.expr, nullptr);
    const Target parent = world.target(create.partition_of);
    if (!create.partition_of.value.empty() && parent.object != nullptr) bound(create.bound, *parent.object);
  }
  void look(const op::AttachPartition& attach) const {
    const Target parent = world.target(attach.table);
    if (parent.object != nullptr) bound(attach.bound, *parent.object);
  }
  void bound(const ir::PartitionBound& bound, const catalog::Relation& parent) const {
    if (parent.partition_by.keys.size() != 1) return;
    const catalog::Column* key = parent.find_column(parent.partition_by.keys[0].column);
    if (key == nullptr) return;
    for (const ir::ExprPtr& one : bound.values) value(one, key->type);
  }
  void look(const op::AddColumn& add) const {
    value(add.column.default_value, add.column.type.value);
    for (const ir::Constraint& constraint : add.column.constraints) expression(constraint.expr, nullptr);
  }
  void look(const op::SetDefault& set) const {
    const Target target = world.target(set.table);
    const catalog::Column* column = target.object != nullptr ? target.object->find_column(set.column.value) : nullptr;
    if (column != nullptr) value(set.value, column->type);
  }
  void look(const op::AlterColumnType& alter) const { expression(alter.using_expr, world.target(alter.table).object); }
  void look(const op::AddConstraint& add) const { expression(add.constraint.expr, world.target(add.table).object); }
  void look(const op::CreateIndex& create) const {
    const catalog::Relation* table = world.target(create.table).object;
    expression(create.predicate, table);
    for (const ir::IndexElement& element : create.elements) expression(element.expr, table);
  }
  void look(const op::CreateDomain& create) const { value(create.default_value, create.type.value); }
  void look(const op::Insert& insert) const {
    values(insert.values, insert.columns, world.target(insert.table));
    query(insert.query);
  }
  void look(const op::Update& update) const {
    const Target target = world.target(update.table);
    values(update.values, update.columns, target);
    expression(update.where, target.object);
  }
  void look(const op::Delete& erase) const { expression(erase.where, world.target(erase.table).object); }
  void look(const op::CreateTableAs& create) const { query(create.query); }
  void look(const op::CreateView& create) const { query(create.query); }
  void look(const op::Select& select) const { query(select.query); }
  void look(const op::Merge& merge) const {
    const Target target = world.target(merge.table);
    if (target.object != nullptr) perhaps(*target.object);
  }
  template <class Operation>
  void look(const Operation& /*names no constant*/) const {}
};

}  // namespace

void check_pending_events(Gather& whole, const Effects& effects, const ir::Statement& statement, const World& world) {
  if (world.settings.transaction.pending_events.empty() || statement.steps.empty()) return;
  const bool alter = is_table_action(statement.steps.front().operation);
  for (const ir::Step& step : statement.steps) {
    if (const auto* drop = std::get_if<op::DropSchema>(&step.operation)) {
      for (const RelationLock& lock : effects.locks) {
        if (drop->cascade && lock.relation.schema == drop->schema.value) check_table(whole, lock.relation, world);
      }
      continue;
    }
    const std::optional<QualifiedName> written = wanted(step.operation);
    if (!written) continue;
    const Target target = world.target(*written);
    const bool cascades = std::holds_alternative<op::Truncate>(step.operation);
    check_table(whole, target.name, world);
    if (std::holds_alternative<op::DetachPartition>(step.operation)) continue;
    // With the table those below it that the statement locks as strongly; TRUNCATE … CASCADE what it empties.
    const LockMode strongest = effects.lock_on(target.name);
    std::vector<QualifiedName> below = world.with_children(target.name);
    std::ranges::sort(below);
    for (const RelationLock& lock : effects.locks) {
      if (lock.relation == target.name || lock.mode < strongest) continue;
      if (cascades || std::ranges::binary_search(below, lock.relation)) check_table(whole, lock.relation, world);
    }
    if (alter) break;  // all are about one table
  }
}

void check_new_enum_values(Gather& gather, const ir::Operation& operation, const World& world) {
  if (world.settings.transaction.new_enum_values.empty()) return;
  const NewValues values{world, gather};
  std::visit([&values](const auto& one) { values.look(one); }, operation);
}

}  // namespace whimbrel::facts
