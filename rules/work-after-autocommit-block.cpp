// Work behind autocommit_block(): where it fails, what stands before it is committed already.
#include <algorithm>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/repeat.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_statement(const rule::StatementStart& start, rule::Context& context) {
  if (context.moment().direction != ir::Direction::up || &context.moment().outermost != &start.statement || start.statement.autocommit) return;
  if (!rule::changes_anything(start.statement) || context.reported_in_part()) return;
  const auto before = rule::statements_before(context);
  const auto block = std::ranges::find_if(before, [](const ir::Statement& statement) { return statement.autocommit; });
  if (block == before.end()) return;
  const auto committed = std::ranges::find_if(before, [](const ir::Statement& statement) { return rule::changes_anything(statement) && !rule::can_run_again(statement); });
  if (committed == before.end()) return;
  Finding& finding = context.remark(start.statement.span, "Where this fails, what stands before autocommit_block() and in it is committed already, and the next upgrade stops there");
  rule::add_label(finding, committed->span, "committed by then, and fails when it is run again");
  finding.help = "put this into a revision of its own, or before the block; or let what is committed pass when it is run again (if_not_exists=True)";
}

}  // namespace

extern constinit const rule::RuleChecks work_after_autocommit_block = rule::subscribe<on_statement>();

}  // namespace whimbrel::rules
