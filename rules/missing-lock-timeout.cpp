// A statement that makes others wait queues for its lock without limit, and everybody queues behind it.
#include <fmt/format.h>
#include <algorithm>
#include <concepts>
#include <variant>

#include "whimbrel/rule/held.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"
#include "whimbrel/rule/settings.h"

namespace whimbrel::rules {
namespace {

/// The table that the statement is about, as the catalog names it; empty where it is about none.
ir::QualifiedName subject(const rule::Context& context, const ir::Statement& statement) {
  const auto table_of = [](const auto& operation) -> const ir::RelationName* {
    if constexpr (requires { { operation.table } -> std::same_as<const ir::RelationName&>; }) return &operation.table;
    return nullptr;
  };
  for (const ir::Step& step : statement.steps) {
    if (const ir::RelationName* table = std::visit(table_of, step.operation)) return context.catalog().resolve(table->value);
  }
  return {};
}

/// The strongest lock that makes other sessions wait on something that they may be using, of equal ones that of what the statement is about;
/// null where there is none.
const facts::RelationLock* blocking_lock(const rule::Context& context, const ir::Statement& statement) {
  const facts::RelationLock* strongest = nullptr;
  for (const facts::RelationLock& lock : context.statement_effects().locks) {
    if ((strongest == nullptr || strongest->mode < lock.mode) && rule::is_felt(context, lock)) strongest = &lock;
  }
  if (strongest == nullptr) return nullptr;
  const ir::QualifiedName table = subject(context, statement);
  for (const facts::RelationLock& lock : context.statement_effects().locks) {
    if (lock.mode == strongest->mode && lock.relation == table && rule::is_felt(context, lock)) return &lock;
  }
  return strongest;
}

/// Where a later statement of the part sets it after all; empty: nowhere.
Span set_too_late(const rule::Context& context) {
  for (const ir::Statement& later : rule::statements_behind(context)) {
    for (const ir::Step& step : later.steps) {
      const auto* set = std::get_if<ir::op::SetParameter>(&step.operation);
      if (set != nullptr && rule::sets_timeout(*set, "lock_timeout").value_or(0) > 0) return step.span;
    }
  }
  return {};
}

void on_statement(const rule::StatementStart& start, rule::Context& context) {
  if (context.options().runner_sets_lock_timeout || !context.settings().lock_timeout_known ||
      context.settings().lock_timeout_ms != 0 || context.reported_in_part() || !start.statement.body.empty()) {
    return;
  }
  const facts::RelationLock* lock = blocking_lock(context, start.statement);
  if (lock == nullptr) return;
  Finding& finding = context.report(
      start.statement.span,
      fmt::format(
          "Without lock_timeout this waits for its lock on {} without limit, and every later {} waits behind; "
          "if the runner sets one, say so with the configuration key `lock_timeout`",
          context.name_of({.value = lock->relation, .span = {}}), blocks_reads(lock->mode) ? "query of it" : "write to it"));
  for (const facts::RelationLock& held : context.statement_effects().locks) {
    finding.locks.push_back({facts::display_name(held.relation), held.mode});
  }
  if (const Span late = set_too_late(context); !late.empty()) rule::add_label(finding, late, "lock_timeout is set only here");
  const bool local = context.transaction().open;
  finding.help = rule::Steps(context)
                     .say("before the first statement that locks:")
                     .run(local ? "SET LOCAL lock_timeout = '5s'" : "SET lock_timeout = '5s'")
                     .say("or, where the runner sets it, in whimbrel.toml: lock_timeout = \"5s\"")
                     .text();
}

}  // namespace

extern constinit const rule::RuleChecks missing_lock_timeout = rule::subscribe<on_statement>();

}  // namespace whimbrel::rules
