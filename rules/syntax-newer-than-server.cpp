// Syntax that the server the migration is meant for does not know yet.
#include <fmt/format.h>

#include <algorithm>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// One of its kind is enough: they have one cause, and it may be the version that is configured.
bool is_told(const facts::SyntaxVersion& syntax, const rule::Context& context) {
  return std::ranges::any_of(rule::statements_before(context), [&](const ir::Statement& before) {
    const facts::SyntaxVersion other = facts::syntax_version(before);
    return other.since == syntax.since && other.what == syntax.what;
  });
}

void on_statement(const rule::StatementStart& start, rule::Context& context) {
  const facts::SyntaxVersion syntax = facts::syntax_version(start.statement);
  if (syntax.since <= context.pg_version() || is_told(syntax, context)) return;
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
