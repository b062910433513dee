// A statement that certainly raises an error, and that no other rule explains better.
#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <string_view>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// Syntax, transaction blocks, objects that are missing or there already: other rules know more of these.
constexpr std::array<std::string_view, 12> kSaidElsewhere{"42601", "25001", "25P01", "42P01", "42703", "42704", "42883",
                                                          "42P07", "42701", "42710", "42P06", "42723"};

void on_statement(const rule::StatementStart& start, rule::Context& context) {
  const facts::Effects& effects = context.statement_effects();
  if (effects.error.empty() || !effects.certain || std::ranges::find(kSaidElsewhere, std::string_view(effects.error)) != kSaidElsewhere.end()) return;
  // Where dynamic SQL has run before, what contradicts the schema may fit it by now.
  if (context.moment().runs != Tri::yes || !context.catalog().complete() || !start.statement.body.empty()) return;
  context.remark(
      start.statement.span, fmt::format("PostgreSQL {} refuses this with error {}{}{}", context.pg_version(), effects.error,
                                        effects.error_reason.empty() ? "" : ": ", effects.error_reason));
}

}  // namespace

extern constinit const rule::RuleChecks statement_fails = rule::subscribe<on_statement>();

}  // namespace whimbrel::rules
