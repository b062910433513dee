// A migration that does not say what it changes, or why.
#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <string_view>

#include "whimbrel/base/text.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// What Alembic and others write at the head of every file.
constexpr std::array<std::string_view, 11> kGenerated{"revision id:", "revises:", "create date:", "revision:", "down revision:", "branch labels:", "depends on:", "empty message", "created:", "author:", "date:"};

bool is_generated(std::string_view line) {
  return std::ranges::any_of(kGenerated, [&](std::string_view head) { return starts_with_ignoring_case(line, head); });
}

/// A sentence has at least two words.
bool says_something(std::string_view line) { return line.contains(' ') && !is_generated(line); }

/// How many lines of the text a person wrote.
std::size_t written_lines(std::string_view text) {
  std::size_t count = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (says_something(trim(text.substr(0, end)))) ++count;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return count;
}

void on_migration_end(const rule::MigrationEnd& end, rule::Context& context) {
  const rule::Description wanted = context.conventions().description;
  const ir::Migration& migration = end.migration;
  if (wanted == rule::Description::any || migration.runner == "liquibase") return;
  if (migration.up.state != ir::PartState::present || migration.up.statements.empty()) return;
  const std::size_t lines = written_lines(migration.description);
  if (lines >= (wanted == rule::Description::why ? 2U : 1U)) return;
  const std::string_view where = migration.runner == "alembic" ? "docstring" : "comment at its head";
  Finding& finding = context.report(rule::head_of(migration), lines == 0 ? fmt::format("{} has no {} that says what it changes", migration.id, where)
                                                      : fmt::format("The {} of {} says what it changes, but not why", where, migration.id));
  const std::string_view what = "What it changes, in a sentence.";
  const std::string_view why = wanted == rule::Description::why ? "Why, and what was thought of on the way." : "";
  finding.help = migration.runner == "alembic" ? fmt::format("\"\"\"{}{}{}\n\"\"\"", what, why.empty() ? "" : "\n\n", why) : fmt::format("-- {}{}{}", what, why.empty() ? "" : "\n-- ", why);
}

}  // namespace

extern constinit const rule::RuleChecks missing_description = rule::subscribe<on_migration_end>();

}  // namespace whimbrel::rules
