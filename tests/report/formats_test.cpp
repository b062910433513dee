// The output formats, on one small report: what must be there, what must be escaped.
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "support/catch.h"
#include "whimbrel/finding/fingerprint.h"
#include "whimbrel/finding/rule_info.h"
#include "whimbrel/report/write.h"

using namespace whimbrel;
using nlohmann::json;

namespace {

/// A source with a finding on "users_email_idx", a label, a lock and a fix; `path` and `message` as given.
struct Sample {
  Sources sources;
  Report report;

  Sample(const std::string& path, const std::string& message, const std::string& text = "SELECT 1;\nCREATE INDEX users_email_idx ON users (email);\n") {
    const FileId file = sources.add({path, text});
    Finding finding;
    finding.rule = find_rule("create-index-non-concurrent").value();
    finding.severity = Severity::error;
    finding.span = {file, 23, 38};
    finding.statement = {file, 10, 54};
    finding.message = message;
    finding.help = "CREATE INDEX CONCURRENTLY users_email_idx ON users (email);";
    finding.migration = "0002";
    finding.locks = {{"public.users", LockMode::share}};
    finding.labels = {{{file, 0, 8}, "first here"}};
    finding.fix = Fix{"add CONCURRENTLY", Applicability::unsafe, {{{file, 22, 22}, " CONCURRENTLY"}}};
    report.findings.push_back(std::move(finding));
    report.summary.files = 1;
    report.summary.migrations = 1;
    report.summary.operations = 2;
    report.summary.errors = 1;
  }

  [[nodiscard]] std::string in(report::Format format, report::Style style = {}) const {
    std::ostringstream out;
    Report settled = report;
    set_fingerprints(settled.findings, sources);
    report::write(out, settled, sources, format, style);
    return out.str();
  }
};

/// Bytes that could drive a terminal.
bool has_control(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7f; });
}

}  // namespace

TEST_CASE("text shows the rule, the sentence, the underlined culprit, the lock and what to write") {
  const std::string text = Sample("db/0002.sql", "Creating the index blocks writes").in(report::Format::text);
  CHECK_THAT(text, ContainsSubstring("error[WB101 create-index-non-concurrent]: Creating the index blocks writes"));
  CHECK_THAT(text, ContainsSubstring("--> db/0002.sql:2:14"));
  CHECK_THAT(text, ContainsSubstring("  2 | CREATE INDEX users_email_idx ON users (email);\n    |              ^^^^^^^^^^^^^^^\n"));
  CHECK_THAT(text, ContainsSubstring("  1 | SELECT 1;\n    | -------- first here\n"));
  CHECK_THAT(text, ContainsSubstring("= lock: SHARE on public.users, blocks writes"));
  CHECK_THAT(text, ContainsSubstring("CREATE INDEX CONCURRENTLY users_email_idx"));
  CHECK_THAT(text, ContainsSubstring("1 finding (1 error, 0 warnings, 0 infos) in 1 file, 1 migration, 2 operations"));
}

TEST_CASE("text fits the terminal") {
  const std::string line = "CREATE INDEX i ON a (" + std::string(400, 'x') + ");";
  const Sample sample("long.sql", "A sentence that is long enough to need more than one line of a terminal that is eighty columns wide, twice", "SELECT 1;\n" + line);
  std::istringstream lines(sample.in(report::Format::text));
  std::string shown;
  while (std::getline(lines, shown)) {
    const auto tails = static_cast<std::size_t>(std::count(shown.begin(), shown.end(), '\xE2'));
    CHECK(shown.size() - 2 * tails <= 80);
  }
}

TEST_CASE("colour only when asked for, and nothing of an input drives the terminal") {
  const Sample sample("evil\x1b[2J.sql", "a \x1b]0;title\x07 b", "SELECT 1;\nCREATE \x1b[31mINDEX users_email_idx ON \x7f users (email);\n");
  CHECK_FALSE(has_control(sample.in(report::Format::text)));
  CHECK_FALSE(has_control(sample.in(report::Format::gcc)));
  CHECK_FALSE(has_control(sample.in(report::Format::github)));
  report::Style style;
  style.color = true;
  CHECK_THAT(sample.in(report::Format::text, style), ContainsSubstring("\x1b[1;31merror[WB101"));
}

TEST_CASE("json is the document of the contract") {
  const json document = json::parse(Sample("db/0002.sql", "m").in(report::Format::json));
  CHECK(document["pg_version"] == 14);
  const json& finding = document["findings"][0];
  CHECK(finding["rule"] == "create-index-non-concurrent");
  CHECK(finding["code"] == "WB101");
  CHECK(finding["line"] == 2);
  CHECK(finding["column"] == 14);
  CHECK(finding["end_line"] == 2);
  CHECK(finding["end_column"] == 29);
  CHECK(finding["direction"] == "up");
  CHECK(finding["locks"][0] == json({{"relation", "public.users"}, {"mode", "SHARE"}, {"blocks", {"writes"}}}));
  CHECK(finding["labels"][0]["end_column"] == 9);
  CHECK(finding["fix"]["edits"][0] == json({{"file", "db/0002.sql"}, {"start", 22}, {"end", 22}, {"text", " CONCURRENTLY"}}));
  CHECK(document["summary"]["operations"] == 2);
  CHECK(document["unknown"].empty());
}

TEST_CASE("json stays valid when the input is not UTF-8") {
  CHECK_NOTHROW(json::parse(Sample("caf\xe9.sql", "caf\xe9").in(report::Format::json)));
  CHECK_NOTHROW(json::parse(Sample("caf\xe9.sql", "caf\xe9").in(report::Format::sarif)));
}

TEST_CASE("sarif has rules, regions, fingerprints and fixes") {
  const json run = json::parse(Sample("db/a b.sql", "m").in(report::Format::sarif))["runs"][0];
  CHECK(run["tool"]["driver"]["rules"].size() == all_rules().size());
  const json& result = run["results"][0];
  const json& rule = run["tool"]["driver"]["rules"][result["ruleIndex"].get<std::size_t>()];
  CHECK(rule["id"] == result["ruleId"]);
  CHECK(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "db/a%20b.sql");
  CHECK(result["locations"][0]["physicalLocation"]["region"]["startColumn"] == 14);
  CHECK(result["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"]["byteOffset"] == 22);
}

TEST_CASE("a sarif fingerprint survives moved lines, and tells two equal statements apart") {
  const auto fingerprint = [](const Sample& sample, std::size_t index) {
    return json::parse(sample.in(report::Format::sarif))["runs"][0]["results"][index]["partialFingerprints"]["whimbrel/v1"].get<std::string>();
  };
  const Sample here("a.sql", "m");
  Sample moved("a.sql", "m", "SELECT 1;\n\n\nCREATE   INDEX users_email_idx ON users (email);\n");
  moved.report.findings[0].span = {FileId{0}, 27, 42};
  moved.report.findings[0].statement = {FileId{0}, 12, 58};
  CHECK(fingerprint(here, 0) == fingerprint(moved, 0));
  Sample twice("a.sql", "m");
  twice.report.findings.push_back(twice.report.findings[0]);
  CHECK(fingerprint(twice, 0) != fingerprint(twice, 1));
}

TEST_CASE("github annotations escape what would end them") {
  const std::string text = Sample("a,b:c.sql", "50% of\nusers::error").in(report::Format::github);
  CHECK_THAT(text, StartsWith("::error file=a%2Cb%3Ac.sql,line=2,endLine=2,col=14,endColumn=29,title=create-index-non-concurrent (WB101)::50%25 of"));
  CHECK(std::count(text.begin(), text.end(), '\n') == 1);
}

TEST_CASE("gitlab is an array of issues") {
  const json document = json::parse(Sample("db/0002.sql", "blocks \x1b writes").in(report::Format::gitlab));
  REQUIRE(document.size() == 1);
  CHECK(document[0]["check_name"] == "create-index-non-concurrent");
  CHECK(document[0]["severity"] == "critical");
  CHECK(document[0]["location"]["path"] == "db/0002.sql");
  CHECK(document[0]["location"]["lines"]["begin"] == 2);
  CHECK_FALSE(document[0]["fingerprint"].is_null());
  CHECK(document[0]["description"].get<std::string>().find('\x1b') == std::string::npos);
}

TEST_CASE("junit fails a case for each finding, and escapes what XML reads") {
  const std::string text = Sample("a<b>.sql", "\"quoted\" & <bold> \x1b").in(report::Format::junit);
  CHECK_THAT(text, ContainsSubstring("tests=\"1\" failures=\"1\""));
  CHECK_THAT(text, ContainsSubstring("name=\"create-index-non-concurrent at a&lt;b&gt;.sql:2:14\""));
  CHECK_THAT(text, ContainsSubstring("message=\"&quot;quoted&quot; &amp; &lt;bold&gt; "));
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.ends_with("</testsuites>\n"));
}

TEST_CASE("gcc is one line a finding") {
  CHECK(Sample("db/0002.sql", "blocks writes").in(report::Format::gcc) == "db/0002.sql:2:14: error: blocks writes [create-index-non-concurrent]\n");
}

TEST_CASE("every format counts what could not be read, and none speaks of it where all was") {
  using report::Format;
  Sample sample("db/0002.sql", "m");
  for (const std::string_view name : report::format_names()) {
    CAPTURE(name);
    const std::string text = sample.in(*report::parse_format(name));
    CHECK(text.find("could not be read statically") == std::string::npos);
  }
  sample.report.unknown = {{{FileId{0}, 0, 8}, "a name <b> is read at run time"}, {{FileId{0}, 10, 16}, "another"}};
  sample.report.summary.unknown = 2;
  const std::string sentence = "2 places could not be read statically";
  for (const Format format : {Format::text, Format::github, Format::gitlab, Format::junit, Format::gcc, Format::markdown}) {
    CAPTURE(static_cast<int>(format));
    CHECK_THAT(sample.in(format), ContainsSubstring(sentence));
  }
  CHECK_THAT(sample.in(Format::text, {.verbose = true}), ContainsSubstring("db/0002.sql:1:1: unknown: a name <b> is read at run time"));
  CHECK_THAT(sample.in(Format::github), ContainsSubstring("\n::notice title=whimbrel::" + sentence + "\n"));
  CHECK_THAT(sample.in(Format::gcc), ContainsSubstring("\nwhimbrel: note: " + sentence + "\n"));
  CHECK_THAT(sample.in(Format::junit), ContainsSubstring("<property name=\"unknown\" value=\"2\"/>"));
  const json plain = json::parse(sample.in(Format::json));
  CHECK(plain["summary"]["unknown"] == 2);
  CHECK(plain["unknown"].size() == 2);
  const json run = json::parse(sample.in(Format::sarif))["runs"][0];
  CHECK(run["results"].size() == 1);
  CHECK(run["invocations"][0]["properties"]["unknown"] == 2);
  const json& notification = run["invocations"][0]["toolExecutionNotifications"][0];
  CHECK(notification["level"] == "note");
  CHECK(notification["locations"][0]["physicalLocation"]["region"]["endColumn"] == 9);
  const json issues = json::parse(sample.in(Format::gitlab));
  REQUIRE(issues.size() == 2);
  CHECK(issues[1]["severity"] == "info");
  CHECK(issues[1]["location"]["lines"]["begin"] == 1);
}
