// Changes of a table's storage that copy all of it while everybody waits.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

using Action = ir::op::TableAction;

std::string_view action_words(Action action) {
  if (action == Action::set_logged) return "SET LOGGED";
  if (action == Action::set_unlogged) return "SET UNLOGGED";
  return action == Action::set_tablespace ? "SET TABLESPACE" : "SET ACCESS METHOD";
}

void on_alter(const ir::op::AlterTable& alter, rule::Context& context) {
  const facts::Work* work = rule::work_of(context.effects().rewrites, {facts::Cause::set_logged, facts::Cause::set_tablespace, facts::Cause::set_access_method});
  if (work == nullptr || context.is_harmless(alter.table)) return;
  Finding& finding = context.report(context.step().span, fmt::format("{} copies all of {} into a new file and {} {}", action_words(alter.action), context.name_of(alter.table),
                                                                     rule::blocks(context, alter.table), rule::until(context, "it is copied")));
  rule::Steps steps(context);
  if (alter.action == Action::set_unlogged) steps.say("an unlogged table is empty after a crash, and on replicas");
  finding.help = steps.say("make a new table with the wanted storage, fill it in batches and swap the names, or use pg_repack").text();
}

}  // namespace

extern constinit const rule::RuleChecks rewrite_by_storage = rule::subscribe<on_alter>();

}  // namespace whimbrel::rules
