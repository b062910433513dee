// The target for comments that speak to whimbrel: a finding behind them is there, or counted as suppressed.
#include <algorithm>

#include "fuzz/fuzz.h"
#include "whimbrel/engine/migrate_config.h"
#include "whimbrel/finding/rule_info.h"

namespace whimbrel::fuzz {

namespace {

/// What the rest of the comments is, and a statement that is always told of.
constexpr std::string_view kBad = "DROP DATABASE whimbrel_was_here;\n";

/// The last statement is told of as long as no suppression counts.
std::string lost_finding(const Report& report, FileId file, std::size_t begin) {
  const bool told = std::ranges::any_of(report.findings, [&](const Finding& finding) { return finding.span.file == file && finding.statement.begin <= begin && begin < finding.statement.end; });
  return told || report.suppressed > 0 ? std::string() : "the last finding is lost";
}

std::string in_sql(std::string_view input, std::string_view before, std::string_view behind) {
  const std::string path = "migrations/0001_step.sql";
  std::string text = "SET lock_timeout = '1s';\n" + std::string(before) + " whimbrel: " + std::string(input) + std::string(behind) + "\n;\n";
  const std::size_t begin = text.size();
  text += kBad;
  Case one{.files = {{path, text}}, .config = config_for(input), .was = {}, .since = false};
  one.config.check_down = true;
  const engine::Project project = open(one);
  const FileId file = file_of(project, path);
  std::string broken = broken_promise(one, project, [&](const Report& report) {
    return reads(project, file, begin) ? lost_finding(report, file, begin) : std::string();
  });
  if (!broken.empty()) return broken;
  one.files.front().text = engine::translate_comments(text).text;
  return broken_promise(one, open(one));
}

std::string in_python(std::string_view input) {
  const std::string text = "from alembic import op\nrevision = 'a'\ndown_revision = None\n\n\ndef upgrade():\n    # whimbrel: " + std::string(input) +
                           "\n    op.drop_column('a', 'b')\n\n\ndef downgrade():\n    pass\n";
  const Case one{.files = {{"alembic/versions/a.py", text}}, .config = config_for(input), .was = {}, .since = false};
  return broken_promise(one, open(one));
}

}  // namespace

std::string suppressions(std::string_view input) {
  if (std::string broken = in_sql(input, "--", ""); !broken.empty()) return broken;
  if (std::string broken = in_sql(input, "/*", "*/"); !broken.empty()) return broken;
  return in_python(input);
}

}  // namespace whimbrel::fuzz
