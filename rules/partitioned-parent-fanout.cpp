// A statement on a partitioned table locks each of its partitions.
#include <fmt/format.h>
#include <algorithm>
#include <variant>

#include "whimbrel/rule/held.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// The table that the statement's first step is about; null where it is not partitioned.
const catalog::Relation* parent_of(const ir::Statement& statement, const rule::Context& context) {
  if (statement.steps.empty()) return nullptr;
  return std::visit(
      [&](const auto& op) -> const catalog::Relation* {
        if constexpr (requires { op.table.value.name; }) {
          const catalog::Relation* table = context.catalog().find_relation(op.table.value);
          return table != nullptr && table->kind == catalog::RelationKind::partitioned_table ? table : nullptr;
        } else {
          return nullptr;
        }
      },
      statement.steps.front().operation);
}

bool is_part_of(const ir::QualifiedName& relation, const ir::QualifiedName& parent, const rule::Context& context) {
  constexpr int kDeepest = 32;
  ir::QualifiedName at = relation;
  for (int depth = 0; depth < kDeepest; ++depth) {
    const catalog::Relation* table = context.catalog().find_relation(at);
    if (table == nullptr || !table->is_partition || table->parents.empty()) return false;
    at = table->parents.front();
    if (at == parent) return true;
  }
  return false;
}

void on_statement(const rule::StatementStart& start, rule::Context& context) {
  if (!start.statement.body.empty()) return;
  const catalog::Relation* parent = parent_of(start.statement, context);
  if (parent == nullptr || context.is_harmless({.value = parent->name, .span = {}})) return;
  const auto& locks = context.statement_effects().locks;
  const facts::RelationLock* strongest = nullptr;
  std::size_t count = 0;
  for (const facts::RelationLock& lock : locks) {
    if (!rule::is_felt(context, lock) || !is_part_of(lock.relation, parent->name, context)) continue;
    ++count;
    if (strongest == nullptr || lock.mode > strongest->mode) strongest = &lock;
  }
  if (count < 2) return;
  Finding& finding = context.report(start.statement.span, fmt::format("This locks {} and each of its {} partitions {}, one behind the other, before it does anything", context.name_of({.value = parent->name, .span = {}}), count, lock_mode_name(strongest->mode)));
  finding.locks.push_back({facts::display_name(strongest->relation), strongest->mode});
  finding.help = "with a short lock_timeout, tried again until it succeeds; where ONLY will do, partition by partition";
}

}  // namespace

extern constinit const rule::RuleChecks partitioned_parent_fanout = rule::subscribe<on_statement>();

}  // namespace whimbrel::rules
