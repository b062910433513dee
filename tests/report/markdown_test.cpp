// The Markdown report: what it says of a migration, and that nothing of an input gets out of its place.
#include <algorithm>
#include <sstream>
#include <string>

#include "report/markdown_text.h"
#include "support/catch.h"
#include "whimbrel/finding/rule_info.h"
#include "whimbrel/report/write.h"

using namespace whimbrel;
using namespace whimbrel::report;

namespace {

struct Sample {
  Sources sources;
  Report report;
  FileId file;

  explicit Sample(const std::string& path = "db/0002.sql") : file(sources.add({path, "SELECT 1;\nDROP TABLE old;\n"})) { add("0002"); }

  MigrationSummary& add(const std::string& id) {
    MigrationSummary& summary = report.migrations.emplace_back();
    summary.id = id;
    summary.up = summary.down = {file, 0, 26};
    ++report.summary.migrations;
    return summary;
  }
  Finding& find(const std::string& message) {
    Finding& finding = report.findings.emplace_back();
    finding.rule = find_rule("drop-table").value();
    finding.severity = Severity::error;
    finding.span = finding.statement = {file, 10, 24};
    finding.message = message;
    finding.help = "SELECT 1;\n```\n@admins <b>";
    finding.migration = report.migrations.back().id;
    return finding;
  }
  [[nodiscard]] std::string text() const {
    std::ostringstream out;
    write(out, report, sources, Format::markdown, {});
    return out.str();
  }
};

}  // namespace

TEST_CASE("prose of an input is no markup") {
  CHECK(markdown_text("a `b` *c* <i>|") == "a \\`b\\` \\*c\\* \\<i\\>\\|");
  CHECK(markdown_text("users_email_idx _x") == "users_email_idx \\_x");
  CHECK(markdown_text("@team #12 https://x") == "\\@\u200Bteam \\#\u200B12 https:\u200B//x");
  CHECK(markdown_text("www.x") == "www.\u200Bx");
  CHECK(markdown_text("- a") == "\\- a");
  CHECK(markdown_text("12. a") == "12\\. a");
  CHECK(markdown_text("a\nb\x1b").find('\n') == std::string::npos);
  CHECK(markdown_text("a\nb\x1b").find('\x1b') == std::string::npos);
}

TEST_CASE("code of an input does not end its span or block") {
  CHECK(markdown_code("users") == "`users`");
  CHECK(markdown_code("a`b``c") == "```a`b``c```");
  CHECK(markdown_code("`a") == "`` `a ``");
  CHECK(markdown_code("a\nb").find('\n') == std::string::npos);
  CHECK(markdown_block("a\n````\nb\n", "sql") == "`````sql\na\n````\nb\n`````\n");
  CHECK(markdown_block("a\n\nb", "", "  ") == "  ```\n  a\n\n  b\n  ```\n");
}

TEST_CASE("a quiet migration has a low risk and needs no window") {
  const std::string text = Sample().text();
  CHECK_THAT(text, StartsWith("## Migrations: low risk\n\nNo findings in 1 migration"));
  CHECK_THAT(text, ContainsSubstring("### `0002`: low risk"));
  CHECK_THAT(text, ContainsSubstring("**Maintenance window**: not needed"));
}

TEST_CASE("a long lock needs a window, and is to be confirmed") {
  Sample sample;
  MigrationSummary& summary = sample.report.migrations.front();
  summary.locks.push_back({"public.orders", LockMode::access_exclusive, {sample.file, 10, 24}, "rewrites orders", {sample.file, 10, 24}, true});
  const std::string text = sample.text();
  CHECK_THAT(text, ContainsSubstring("**Risk**: high, because reads and writes of `public.orders` wait while it rewrites orders"));
  CHECK_THAT(text, ContainsSubstring("- ACCESS EXCLUSIVE on `public.orders` from line 2 until the transaction ends"));
  CHECK_THAT(text, ContainsSubstring("**Maintenance window**: needed, unless `public.orders` is small or idle"));
  CHECK_THAT(text, ContainsSubstring("- [ ] `public.orders` is small"));
}

TEST_CASE("what is lost and what is not restored is said") {
  Sample sample;
  MigrationSummary& summary = sample.report.migrations.front();
  summary.lost.push_back({"the values of", "users.note"});
  summary.gone.emplace_back("users.note");
  summary.way_back = WayBack::differs;
  summary.not_restored.emplace_back("index users_idx is missing");
  const std::string text = sample.text();
  CHECK_THAT(text, ContainsSubstring("high, because the values of `users.note` are lost"));
  CHECK_THAT(text, ContainsSubstring("**Reversible**: in part"));
  CHECK_THAT(text, ContainsSubstring("- index users_idx is missing"));
  CHECK_THAT(text, ContainsSubstring("- [ ] no code that still runs uses `users.note`"));
}

TEST_CASE("nothing of a path, an id, a message or a help gets out of its place") {
  Sample sample("db/`@x`|<b>\x1b.sql");
  sample.report.migrations.front().id = "`@all` <script>";
  sample.report.migrations.front().title = "# title <img> @owner";
  sample.find("| a | `b` <i> @someone\n## heading");
  const std::string text = sample.text();
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find("\n## heading") == std::string::npos);
  CHECK(text.find(" @someone") == std::string::npos);
  CHECK(text.find(" <i>") == std::string::npos);
  CHECK_THAT(text, ContainsSubstring("    ````sql\n    SELECT 1;\n    ```\n    @admins <b>\n    ````\n"));
}

TEST_CASE("a report fits a comment and says what it left out") {
  Sample sample;
  for (int i = 0; i < 2000; ++i) sample.add("migration_" + std::to_string(i));
  const std::string many = sample.text();
  CHECK(many.size() < 65'536);
  CHECK_THAT(many, ContainsSubstring("Left out: "));
  Sample one;
  for (int i = 0; i < 500; ++i) one.find(std::string(10'000, '*')).help = std::string(10'000, ';');
  const std::string huge = one.text();
  CHECK(huge.size() < 65'536);
  CHECK_THAT(huge, ContainsSubstring("Shortened: 1 section"));
  CHECK_THAT(huge, ContainsSubstring("- and 495 more"));
}

TEST_CASE("findings of no migration are told too") {
  Sample sample;
  sample.find("m").migration = "";
  CHECK_THAT(sample.text(), ContainsSubstring("### Beside the migrations\n\n**Findings**: 1\n"));
}
