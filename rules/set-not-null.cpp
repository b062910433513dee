// SET NOT NULL reads the whole table under its lock, unless something already proves that no row is NULL.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// The step of the same ALTER TABLE that drops the constraint which would have been the proof; null where there is
/// none.
const ir::Step* dropped_proof(const rule::Context& context, std::string_view proof) {
  for (const ir::Step& step : context.statement().steps) {
    const auto* drop = std::get_if<ir::op::DropConstraint>(&step.operation);
    if (drop != nullptr && drop->constraint.value == proof) return &step;
  }
  return nullptr;
}

/// The NOT VALID constraint that would be the proof, once it is validated; empty where there is none.
std::string proof_to_validate(const catalog::Relation* table, const std::string& column, int pg_version) {
  if (table == nullptr) return "";
  catalog::Relation assumed = *table;
  for (catalog::Constraint& constraint : assumed.constraints.edit_each()) {
    const bool not_null = constraint.kind == ir::ConstraintKind::not_null;
    if (not_null && !constraint.validated && constraint.columns == std::vector{column}) return constraint.name;
    constraint.validated = true;
  }
  std::string name;
  facts::proves_not_null(assumed, column, &name);
  return pg_version < 12 ? "" : name;
}

void on_set_not_null(const ir::op::SetNotNull& set, rule::Context& context) {
  if (context.is_harmless(set.table)) return;
  if (rule::work_of(context.effects().scans, {facts::Cause::not_null, facts::Cause::validate}) == nullptr) return;
  const catalog::Relation* table = context.table(set.table);
  const std::string& name = set.column.value;
  const std::string action = fmt::format("ALTER TABLE {}", ir::to_sql(set.table.value));
  const std::string set_not_null = fmt::format("{} ALTER COLUMN {} SET NOT NULL", action, ir::quote_identifier(name));

  std::string proof;
  if (table != nullptr) facts::proves_not_null(*table, name, &proof);
  const ir::Step* dropped = proof.empty() ? nullptr : dropped_proof(context, proof);
  const std::string aside =
      dropped == nullptr ? "" : fmt::format(", because the same statement drops its proof {} first", proof);
  Finding& finding =
      context.report(context.step().span, fmt::format("SET NOT NULL on {} reads all of {} and {} {}{}",
                                                      rule::column_of(context, set.table, name),
                                                      context.name_of(set.table), rule::blocks(context, set.table),
                                                      rule::until(context, "every row is checked"), aside));
  rule::Steps steps(context);
  if (dropped != nullptr) {
    rule::add_label(finding, dropped->span, "dropped here, before the column is looked at");
    steps.say("as two statements: the first one finds the proof and reads nothing")
        .run(set_not_null)
        .run(fmt::format("{} DROP CONSTRAINT {}", action, ir::quote_identifier(proof)));
  } else if (const std::string later = proof_to_validate(table, name, context.pg_version()); !later.empty()) {
    steps.say("first, in a transaction of its own, which lets reads and writes go on:")
        .run(fmt::format("{} VALIDATE CONSTRAINT {}", action, ir::quote_identifier(later)))
        .run(set_not_null);
  } else {
    steps.prove_not_null(context, set.table, name);
  }
  const catalog::Column* column = table == nullptr ? nullptr : table->find_column(name);
  if (column != nullptr && column->default_value && rule::made_in_this_part(context, column->origin)) {
    rule::add_label(finding, column->origin.span, "NOT NULL written here, beside the default, would read nothing");
  }
  finding.help = steps.text();
}

/// ADD CONSTRAINT … NOT NULL column (18+) does the same.
void on_add_constraint(const ir::op::AddConstraint& add, rule::Context& context) {
  const ir::Constraint& not_null = add.constraint;
  if (not_null.kind != ir::ConstraintKind::not_null || not_null.not_valid || not_null.columns.empty()) return;
  if (context.is_harmless(add.table) || context.effects().scans.empty()) return;
  const std::string& column = not_null.columns.front().value;
  Finding& finding = context.report(
      not_null.span, fmt::format("Adding NOT NULL to {} reads all of {} and {} {}",
                                 rule::column_of(context, add.table, column), context.name_of(add.table),
                                 rule::blocks(context, add.table), rule::until(context, "every row is checked")));
  finding.help = rule::Steps(context).prove_not_null(context, add.table, column).text();
  rule::offer_insertion(finding, context, not_null.span, " NOT VALID",
                        "Add it NOT VALID; VALIDATE it in a later migration");
}

}  // namespace

extern constinit const rule::RuleChecks set_not_null = rule::subscribe<on_set_not_null, on_add_constraint>();

}  // namespace whimbrel::rules
