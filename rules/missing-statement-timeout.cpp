// Long work on a table in use without a statement_timeout.
#include <algorithm>
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// Whether the statement reads, rewrites or indexes a table with rows of somebody else.
bool works_long(const rule::Context& context) {
  const facts::Effects& effects = context.statement_effects();
  const auto felt = [&](const facts::Work& work) { return !context.is_harmless({.value = work.relation, .span = {}}); };
  return std::ranges::any_of(effects.rewrites, felt) || std::ranges::any_of(effects.scans, felt) || std::ranges::any_of(effects.builds, [&](const facts::Work& work) { return !context.is_harmless({.value = work.table, .span = {}}); });
}

void on_statement(const rule::StatementStart& start, rule::Context& context) {
  if (context.settings().statement_timeout_ms != 0 || context.reported_in_part() || !start.statement.body.empty() || !works_long(context)) return;
  Finding& finding = context.report(start.statement.span, "This takes as long as the table is large, and nothing ends it: there is no statement_timeout");
  finding.help = rule::Steps(context).say("before it:").run(context.transaction().open ? "SET LOCAL statement_timeout = '5min'" : "SET statement_timeout = '5min'").text();
}

}  // namespace

extern constinit const rule::RuleChecks missing_statement_timeout = rule::subscribe<on_statement>();

}  // namespace whimbrel::rules
