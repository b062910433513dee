// VALIDATE CONSTRAINT reads the table; beside the statement that locked it, all wait for that after all.
#include <fmt/format.h>
#include <algorithm>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

std::string_view what_waits(LockMode mode) {
  if (blocks_reads(mode)) return "reads and writes";
  return blocks_writes(mode) ? "writes" : "";
}

void on_validate(const ir::op::ValidateConstraint& validate, rule::Context& context) {
  const catalog::Relation* table = context.table(validate.table);
  if (context.is_harmless(validate.table) || context.effects().scans.empty()) return;
  const catalog::Constraint* constraint =
      table == nullptr ? nullptr : table->find_constraint(validate.constraint.value);
  const bool added_here = constraint != nullptr && context.made_in_this_transaction(constraint->origin);

  const ir::QualifiedName resolved = context.catalog().resolve(validate.table.value);
  const LockMode of_statement = context.statement_effects().lock_on(resolved);
  LockMode mode = of_statement;
  const facts::HeldLock* held = context.transaction().held.find(resolved);
  if (added_here && held != nullptr) mode = std::max(mode, held->mode);
  const std::string_view waiting = what_waits(mode);
  if (waiting.empty()) return;

  const bool beside_others = mode == of_statement && context.statement().steps.size() > 1;
  const std::string reason = added_here && !beside_others
                                 ? blocks_reads(mode) && constraint->kind == ir::ConstraintKind::foreign_key
                                       ? "an earlier statement of the transaction has locked it"
                                       : "the transaction still holds the lock of ADD CONSTRAINT"
                                 : "the other actions of the same ALTER TABLE need a stronger lock";
  Finding& finding =
      context.report(context.step().span, fmt::format("Validating {} reads all of {} while {} of it wait, because {}",
                                                      ir::quote_identifier(validate.constraint.value),
                                                      context.name_of(validate.table), waiting, reason));
  if (added_here) rule::add_label(finding, constraint->origin.span, "the NOT VALID constraint is added here");
  finding.help = rule::Steps(context)
                     .say("in a later migration, or after a COMMIT, and as a statement of its own:")
                     .run(fmt::format("ALTER TABLE {} VALIDATE CONSTRAINT {}", ir::to_sql(validate.table.value),
                                      ir::quote_identifier(validate.constraint.value)))
                     .text();
}

}  // namespace

extern constinit const rule::RuleChecks not_valid_and_validate_same_transaction = rule::subscribe<on_validate>();

}  // namespace whimbrel::rules
