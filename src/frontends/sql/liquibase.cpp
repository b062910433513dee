// Liquibase's formatted SQL: changesets in one file, with their rollback in comments.
// https://docs.liquibase.com/concepts/changelogs/sql-format.html
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "read.h"
#include "whimbrel/base/text.h"

namespace whimbrel::frontends::sql_files {

namespace {

struct ChangeSet {
  std::string author;
  std::string id;
  bool in_transaction = true;
  bool on_change = false;  ///< runs again when its text has changed
  bool for_postgres = true;
  Range marker;  ///< the `--changeset` line
  Range body;
  bool has_rollback = false;
  std::vector<Range> rollback;  ///< the SQL in comments, line by line
};

/// The rest of a `--word …` line, blanks after the dashes allowed. Nothing: another line.
std::optional<std::string_view> after(std::string_view line, std::string_view word) {
  std::string_view rest = trim(line);
  if (!rest.starts_with("--")) return std::nullopt;
  rest = trim(rest.substr(2));
  if (!starts_with_ignoring_case(rest, word)) return std::nullopt;
  rest.remove_prefix(word.size());
  if (!rest.empty() && rest.front() != ' ' && rest.front() != '\t' && rest.front() != ':') return std::nullopt;
  return trim(rest);
}

/// Takes a word, or a "quoted one", up to one of `ends`.
std::string_view take(std::string_view& text, std::string_view ends) {
  text = trim(text);
  if (text.starts_with('"')) {
    const std::size_t close = text.find('"', 1);
    const std::string_view word = text.substr(1, close == std::string_view::npos ? close : close - 1);
    text = close == std::string_view::npos ? std::string_view{} : text.substr(close + 1);
    return word;
  }
  const std::size_t end = std::min(text.find_first_of(ends), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(end);
  return word;
}

bool names_postgres(std::string_view list) {
  bool any_wanted = false;
  while (!list.empty()) {
    std::string_view one = trim(list.substr(0, list.find(',')));
    list = list.find(',') == std::string_view::npos ? std::string_view{} : list.substr(list.find(',') + 1);
    const bool refused = one.starts_with('!');
    if (refused) one.remove_prefix(1);
    if (one == "postgresql" || one == "all") return !refused;
    any_wanted |= !refused;
  }
  return !any_wanted;
}

ChangeSet read_header(std::string_view rest) {
  ChangeSet set;
  set.author = take(rest, ":");
  if (rest.starts_with(':')) rest.remove_prefix(1);
  set.id = take(rest, " \t");
  while (!trim(rest).empty()) {
    const std::string_view key = take(rest, ": \t");
    std::string_view value;
    if (rest.starts_with(':')) {
      rest.remove_prefix(1);
      value = take(rest, " \t");
    }
    if (equals_ignoring_case(key, "runInTransaction")) set.in_transaction = !equals_ignoring_case(value, "false");
    if (equals_ignoring_case(key, "runOnChange") || equals_ignoring_case(key, "runAlways")) set.on_change |= equals_ignoring_case(value, "true");
    if (equals_ignoring_case(key, "dbms")) set.for_postgres = names_postgres(value);
  }
  return set;
}

bool says_no_rollback(std::string_view text) {
  return equals_ignoring_case(text, "empty") || equals_ignoring_case(text, "not required");
}

struct ChangeLog {
  Range prelude;
  std::vector<ChangeSet> sets;
};

ChangeLog read_change_log(std::string_view text) {
  ChangeLog log;
  bool in_block = false;  // of `/* liquibase rollback … */`
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t newline = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, newline - at);
    const auto begin = static_cast<std::uint32_t>(at);
    const auto end = static_cast<std::uint32_t>(newline);
    const auto range_of = [&](std::string_view part) {
      const auto first = static_cast<std::uint32_t>(part.data() - text.data());
      return Range{first, first + static_cast<std::uint32_t>(part.size())};
    };
    ChangeSet* const current = log.sets.empty() ? nullptr : &log.sets.back();
    if (in_block) {
      const std::size_t close = line.find("*/");
      const std::string_view sql = line.substr(0, close);
      if (!trim(sql).empty()) current->rollback.push_back(range_of(sql));
      in_block = close == std::string_view::npos;
    } else if (const auto header = after(line, "changeset")) {
      if (current != nullptr) {
        current->body.end = begin;
      } else {
        log.prelude.end = begin;
      }
      log.sets.push_back(read_header(header->starts_with(':') ? header->substr(1) : *header));
      log.sets.back().marker = range_of(trim(line));
      log.sets.back().body.begin = end;
    } else if (current != nullptr) {
      if (const auto rollback = after(line, "rollback")) {
        current->has_rollback = true;
        if (!rollback->empty() && !says_no_rollback(*rollback)) current->rollback.push_back(range_of(*rollback));
      } else if (starts_with_ignoring_case(trim(line), "/* liquibase rollback")) {
        current->has_rollback = true;
        in_block = line.find("*/") == std::string_view::npos;
      }
    }
    at = newline + 1;
  }
  if (log.sets.empty()) {
    log.prelude.end = static_cast<std::uint32_t>(text.size());
  } else {
    log.sets.back().body.end = static_cast<std::uint32_t>(text.size());
  }
  return log;
}

void add_rollback(const ChangeSet& set, FileReader& reader, FileId file, ir::Migration& migration) {
  migration.down = reader.part({}, set.marker, migration);
  std::string text;
  std::vector<sql::Segment> segments;
  for (const Range& line : set.rollback) {
    segments.push_back({static_cast<std::uint32_t>(text.size()), line.begin, line.end, true});
    text += reader.text(line);
    text += '\n';
  }
  reader.add(migration.down, sql::HostText::decoded(text, file, std::move(segments)), migration);
}

}  // namespace

bool is_liquibase(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  text = trim(text.substr(0, 4096));
  return after(text.substr(0, text.find('\n')), "liquibase formatted sql").has_value();
}

frontend::Reading read_liquibase(std::string_view text, FileId file, const Name& name) {
  frontend::Reading reading;
  FileReader reader(text, file);
  const ChangeLog log = read_change_log(text);
  std::size_t number = 0;
  for (const ChangeSet& set : log.sets) {
    ++number;
    if (!set.for_postgres) {
      reading.notes.push_back(
          {file, fmt::format("skipped changeset {}:{}: it is for another database", set.author, set.id)});
      reading.statements_without_migration.push_back(reader.span(set.body));
      continue;
    }
    ir::Migration migration;
    migration.id = fmt::format("{}::{}::{}", name.id, set.id, set.author);
    migration.id_span = reader.span(set.marker);
    migration.sort_key = fmt::format("{} {:06}", name.sort_key, number);
    migration.runner = kLiquibase.name;
    migration.reruns = set.on_change;
    migration.transaction = set.in_transaction ? *kLiquibase.transaction : ir::TransactionMode::none;
    if (number == 1) reader.look_at(log.prelude, "Liquibase runs nothing before the first changeset", migration);
    migration.up = reader.part({set.body}, set.marker, migration);
    migration.down.file = file;
    migration.down.span = reader.span(set.marker);
    if (set.has_rollback) add_rollback(set, reader, file, migration);
    migration.up.transaction = migration.transaction;
    if (set.has_rollback) migration.down.transaction = migration.transaction;
    reading.migrations.push_back(std::move(migration));
  }
  reading.directives = directives(reader.comments());
  return reading;
}

}  // namespace whimbrel::frontends::sql_files
