// testdata/facts/surprises.txt: what linters get wrong, each number with its statements and the whole answer.
#include <charconv>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <vector>

#include "scenario.h"
#include "support/catch.h"
#include "whimbrel/base/text.h"

namespace whimbrel {
namespace {

constexpr int kSurprises = 41;

struct Case {
  int number = 0;
  int line = 0;
  std::string given;
  std::string zone;
  std::vector<std::string> before;
  int since = 0;
  int until = 0;
  std::string statement;
  std::string expected;
};

std::optional<std::string> after(const std::string& line, std::string_view word) {
  if (!line.starts_with(word)) return std::nullopt;
  return std::string(trim(std::string_view(line).substr(word.size())));
}

/// "10-19 ALTER TABLE …" as versions and statement; false where the line is none.
bool read_versions(const std::string& line, Case& read) {
  const std::size_t blank = line.find(' ');
  const std::size_t dash = line.find('-');
  if (blank == std::string::npos || dash > blank) return false;
  const char* text = line.data();
  const bool numbers = std::from_chars(text, text + dash, read.since).ec == std::errc{} &&
                       std::from_chars(text + dash + 1, text + blank, read.until).ec == std::errc{};
  read.statement = line.substr(blank + 1);
  return numbers;
}

std::vector<Case> read_page() {
  std::ifstream in(WHIMBREL_SOURCE_DIR "/testdata/facts/surprises.txt");
  std::vector<Case> cases;
  Case now;
  for (std::string line; std::getline(in, line);) {
    ++now.line;
    if (trim(line).empty() || line.starts_with('#')) continue;
    if (const auto heading = after(line, "== ")) {
      now = Case{.number = std::stoi(*heading), .line = now.line, .given = {}, .zone = {}, .before = {}, .since = 0, .until = 0, .statement = {}, .expected = {}};
    } else if (const auto given = after(line, "given ")) {
      now.given = *given;
      now.before.clear();
    } else if (const auto zone = after(line, "zone ")) {
      now.zone = *zone;
    } else if (const auto before = after(line, "before ")) {
      now.before.push_back(*before);
    } else if (const auto expected = after(line, "  = ")) {
      now.expected = *expected;
      cases.push_back(now);
    } else {
      INFO("line " << now.line << ": " << line);
      REQUIRE(read_versions(line, now));
    }
  }
  return cases;
}

std::string without_public(std::string text) {
  constexpr std::string_view kPublic = "public.";
  for (std::size_t at = text.find(kPublic); at != std::string::npos; at = text.find(kPublic, at)) text.erase(at, kPublic.size());
  return text;
}

/// The whole answer in the page's words.
std::string answer(const Scenario& scenario, const std::string& statement) {
  const facts::Effects effects = scenario.whole(statement);
  const std::string locks = scenario.locks(statement);
  std::string text = locks.empty() ? "-" : locks;
  const auto add = [&text](const std::string& part) {
    if (!part.empty()) text += " | " + part;
  };
  add(scenario.work(statement));
  add(effects.error.empty() ? "" : "error " + effects.error);
  add(effects.possible_error.empty() ? "" : "may fail " + effects.possible_error);
  add(effects.forbids_transaction ? "outside a transaction" : "");
  add(effects.certain ? "" : "uncertain");
  return without_public(text);
}

}  // namespace

TEST_CASE("what linters get wrong") {
  std::set<int> numbers;
  for (const Case& one : read_page()) {
    numbers.insert(one.number);
    CHECK(one.since <= one.until);
    for (int version = one.since; version <= one.until; ++version) {
      Scenario scenario(one.given, version);
      scenario.settings.time_zone = one.zone;
      for (const std::string& before : one.before) scenario.before(before);
      // Newer grammar than ours: REPACK is not read by libpg_query 17 and 18.
      const std::string said = answer(scenario, one.statement);
      INFO("surprise " << one.number << ", line " << one.line << ", on " << version << ": " << one.statement);
      CHECK(said == one.expected);
    }
  }
  REQUIRE(numbers.size() == kSurprises);
  CHECK(*numbers.begin() == 1);
  CHECK(*numbers.rbegin() == kSurprises);
}

}  // namespace whimbrel
