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

void on_set_not_null(const ir::op::SetNotNull& set, rule::Context& context) {
  if (context.is_harmless(set.table)) return;
  if (rule::work_of(context.effects().scans, {facts::Cause::not_null, facts::Cause::validate}) == nullptr) return;
  const catalog::Relation* table = context.table(set.table);
  const catalog::Column* column = table == nullptr ? nullptr : table->find_column(set.column.value);
  const std::string target = ir::to_sql(set.table.value);
  const std::string quoted = ir::quote_identifier(set.column.value);

  std::string proof;
  if (table != nullptr) facts::proves_not_null(*table, set.column.value, &proof);
  const ir::Step* dropped = proof.empty() ? nullptr : dropped_proof(context, proof);
  std::string aside;
  if (dropped != nullptr) {
    aside = fmt::format(", because the same statement drops its proof {} first", ir::quote_identifier(proof));
  } else if (!proof.empty() && context.pg_version() < 12) {
    aside =
        fmt::format(" (PostgreSQL {} does not take {} as proof)", context.pg_version(), ir::quote_identifier(proof));
  }
  Finding& finding =
      context.report(context.step().span, fmt::format("SET NOT NULL on {} reads all of {} and {} {}{}",
                                                      rule::column_of(context, set.table, set.column.value),
                                                      context.name_of(set.table), rule::blocks(context, set.table),
                                                      rule::until(context, "every row is checked"), aside));
  rule::Steps steps(context);
  if (dropped != nullptr) {
    rule::add_label(finding, dropped->span, "dropped here, before the column is looked at");
    steps.say("as two statements: the first one finds the proof and reads nothing")
        .run(fmt::format("ALTER TABLE {} ALTER COLUMN {} SET NOT NULL", target, quoted))
        .run(fmt::format("ALTER TABLE {} DROP CONSTRAINT {}", target, ir::quote_identifier(proof)));
  } else if (column != nullptr && column->not_null == Tri::yes && column->not_null_validated == Tri::no) {
    steps.say("validate the NOT VALID constraint that is there; reads and writes go on meanwhile:")
        .run(fmt::format("ALTER TABLE {} VALIDATE CONSTRAINT …", target));
  } else {
    steps.prove_not_null(context, set.table, set.column.value);
  }
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
