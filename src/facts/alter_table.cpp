// The passes of ALTER TABLE: which action is worked when, and how the shares come together.
//
// Facts: tablecmds.c, ATPrepCmd and ATRewriteCatalogs: all actions take one lock, the strongest that any of them needs,
// then drops come before type changes before added columns before CHECKs before SET NOT NULL before indexes before
// foreign keys before the rest; then each table is rewritten or read at most once. Rows
// set_not_null.check_and_drop_one_statement, multi.*.
#include "alter_table.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <variant>

#include "in_transaction.h"
#include "whimbrel/catalog/apply.h"

namespace whimbrel::facts {
namespace {

/// AlterTablePass.
enum class Pass : std::uint8_t {
  drop,
  alter_type,
  add_column,
  set_expression,
  add_check,
  column_attributes,
  add_index,
  add_other,
  rest
};

Pass pass_of(const ir::op::AddConstraint& action) {
  switch (action.constraint.kind) {
    case ir::ConstraintKind::check:
    case ir::ConstraintKind::not_null:
      return Pass::add_check;
    case ir::ConstraintKind::primary_key:
    case ir::ConstraintKind::unique:
    case ir::ConstraintKind::exclusion:
      return Pass::add_index;
    case ir::ConstraintKind::foreign_key:
      return Pass::add_other;
  }
  return Pass::rest;
}

template <class Action>
constexpr bool kIsAction =
    requires(Alter& alter, Gather& gather, const Action& action) { work(alter, gather, action); };

template <class Action>
Pass pass_of_action(const Action& action) {
  namespace op = ir::op;
  using std::is_same_v;
  if constexpr (is_same_v<Action, op::AddConstraint>) {
    return pass_of(action);
  } else if constexpr (is_same_v<Action, op::DropColumn> || is_same_v<Action, op::DropConstraint> ||
                       is_same_v<Action, op::DropNotNull> || is_same_v<Action, op::DropIdentity> ||
                       is_same_v<Action, op::DropExpression> || is_same_v<Action, op::DropDefault>) {
    return Pass::drop;
  } else if constexpr (is_same_v<Action, op::AlterColumnType>) {
    return Pass::alter_type;
  } else if constexpr (is_same_v<Action, op::AddColumn>) {
    return Pass::add_column;
  } else if constexpr (is_same_v<Action, op::SetExpression>) {
    return Pass::set_expression;
  } else if constexpr (is_same_v<Action, op::SetNotNull> || is_same_v<Action, op::AddIdentity>) {
    return Pass::column_attributes;
  } else if constexpr (is_same_v<Action, op::SetDefault>) {
    return Pass::add_other;  // DROP DEFAULT comes first, SET DEFAULT last: a type is changed between them
  } else {
    return Pass::rest;
  }
}

Pass pass_of(const ir::Operation& operation) {
  return std::visit([](const auto& action) { return pass_of_action(action); }, operation);
}

/// The relation that an action names, and whether the statement says IF EXISTS.
struct Named {
  QualifiedName table;
  bool if_exists = false;
};

std::optional<Named> named(const ir::Operation& operation) {
  return std::visit(
      [](const auto& action) -> std::optional<Named> {
        using Action = std::decay_t<decltype(action)>;
        if constexpr (!kIsAction<Action>) {
          return std::nullopt;
        } else if constexpr (std::is_same_v<Action, ir::op::AddColumn>) {
          return Named{action.table.value, action.if_exists};
        } else {
          return Named{action.table.value, false};
        }
      },
      operation);
}

}  // namespace

bool is_table_action(const ir::Operation& operation) { return named(operation).has_value(); }

void Alter::lock(Gather& gather, LockMode mode, bool recurse) {
  lock_tree(gather, world, target, mode, recurse);
  if (!recurse || target.object == nullptr) return;
  for (const QualifiedName& child : world.children(*target.object)) recursed.insert(child);
}

void Alter::drop_index(const QualifiedName& index) {
  dropped_indexes.insert(index);
  draft.indexes.erase(index);
}

std::vector<catalog::Relation> Alter::tree() const {
  std::vector<catalog::Relation> tables{draft};
  if (target.object == nullptr) return tables;
  for (const QualifiedName& name : world.children(*target.object)) {
    const catalog::Relation* child = world.catalog.find_relation(name);
    if (child == nullptr) continue;
    tables.push_back(*child);
    tables.back().constraints.erase_if([this](const catalog::Constraint& constraint) {
      return constraint.inherited && dropped_constraints.contains(constraint.name);
    });
  }
  return tables;
}

std::string constraint_name(const Alter& alter, const ir::Constraint& constraint) {
  if (!constraint.name.value.empty()) return constraint.name.value;
  if (constraint.kind == ir::ConstraintKind::primary_key) {
    const std::string usual = alter.target.name.name + "_pkey";
    if (alter.dropped_indexes.contains({alter.target.name.schema, usual})) return usual;
  }
  return catalog::choose_constraint_name(alter.world.catalog, alter.draft, constraint);
}

StatementEffects alter_table(const ir::Statement& statement, const World& world) {
  StatementEffects result;
  result.steps.resize(statement.steps.size());
  const std::optional<Named> first = statement.steps.empty() ? std::nullopt : named(statement.steps.front().operation);
  if (!first) return result;

  Alter alter{world, world.target(first->table), {}, {}, {}, {}, {}};
  if (world.is_missing(alter.target, first->if_exists)) {
    result.whole.certain = false;
    return result;
  }
  if (alter.target.object != nullptr) {
    alter.draft = *alter.target.object;
  } else {
    alter.draft.name = alter.target.name;
    alter.draft.exact = false;
  }

  std::vector<std::size_t> order(statement.steps.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&statement](std::size_t i) { return pass_of(statement.steps[i].operation); });

  Gather whole;
  for (const std::size_t i : order) {
    Gather share;
    std::visit(
        [&](const auto& action) {
          if constexpr (kIsAction<std::decay_t<decltype(action)>>) work(alter, share, action);
        },
        statement.steps[i].operation);
    check_new_enum_values(share, statement.steps[i].operation, world);
    whole.merge(share.effects());
    result.steps[i] = std::move(share).finish();
  }
  const LockMode strongest = whole.effects().lock_on(alter.target.name);
  for (const QualifiedName& child : alter.recursed) whole.lock(child, strongest);
  result.whole = std::move(whole).finish();
  return result;
}

}  // namespace whimbrel::facts
