// Several tables locked one behind the other in one transaction: each waits for the last, and the order invites deadlocks.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "whimbrel/rule/held.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

constexpr std::size_t kMany = 3;   ///< tables; two are what a foreign key or a moved column needs

void on_statement(const rule::StatementStart& start, rule::Context& context) {
  if (!start.statement.body.empty() || context.transaction().held.empty() || context.reported_in_part()) return;
  std::set<ir::QualifiedName> tables;
  std::vector<const facts::HeldLock*> locks;
  for (const facts::HeldLock* held : rule::felt_locks(context)) {
    if (!blocks_reads(held->mode)) continue;
    tables.insert(held->relation);
    locks.push_back(held);
  }
  const std::size_t before = tables.size();
  std::string added;
  for (const facts::RelationLock& lock : context.statement_effects().locks) {
    const ir::RelationName name{.value = lock.relation, .span = {}};
    if (lock.sort != facts::RelationSort::table || !blocks_reads(lock.mode) || context.is_harmless(name)) continue;
    if (tables.insert(lock.relation).second) added = context.name_of(name);
  }
  if (before == 0 || added.empty() || tables.size() < kMany) return;
  Finding& finding = context.report(
      start.statement.span, fmt::format("With {} this transaction keeps {} tables locked against reads and writes until it ends; a session "
                                        "that uses them in another order may deadlock with it", added, tables.size()));
  rule::label_locks(finding, context, locks);
  finding.help = "one migration, and one transaction, for each table";
}

}  // namespace

extern constinit const rule::RuleChecks wide_lock_window = rule::subscribe<on_statement>();

}  // namespace whimbrel::rules
