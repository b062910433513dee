// Syntax that the server the migration is meant for does not know yet.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_statement(const rule::StatementStart& start, rule::Context& context) {
  const facts::SyntaxVersion syntax = facts::syntax_version(start.statement);
  if (syntax.since <= context.pg_version()) return;
  Finding& finding = context.report(
      syntax.span.empty() ? start.statement.span : syntax.span,
      fmt::format("{} needs PostgreSQL {}, and this migration is meant for {}, which answers with a syntax error",
                  syntax.what.empty() ? "This syntax" : syntax.what, syntax.since, context.pg_version()));
  finding.help =
      fmt::format("if the server is newer than that, say so: pg_version = {} in whimbrel.toml", syntax.since);
}

}  // namespace

extern constinit const rule::RuleChecks syntax_newer_than_server = rule::subscribe<on_statement>();

}  // namespace whimbrel::rules
