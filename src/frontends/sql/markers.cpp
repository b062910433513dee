// A table of marker lines, and the walk over a text's lines that applies it.
#include "markers.h"

#include <algorithm>
#include <array>
#include <string>

#include "whimbrel/base/text.h"

namespace whimbrel::frontends::sql_files {

namespace {

enum class Kind : std::uint8_t { up, down, cut, no_transaction };

struct Marker {
  std::string_view words;  ///< the line in lower case, less its dashes, blanks run together
  const Runner* runner;
  Kind kind;
  bool options = false;      ///< more words may follow
  bool implicit_up = false;  ///< what stands before the first marker is the up part
};

// goose: pressly.github.io/goose; sql-migrate, dbmate, rambler, tern: their READMEs; node-pg-migrate: "SQL migrations";
// MyBatis: "Migrations"; Play: "Evolutions". The plain pair at the end is people's own habit.
constexpr std::array kMarkers{
    Marker{"+goose up", &kGoose, Kind::up},
    Marker{"+goose down", &kGoose, Kind::down},
    Marker{"+goose statementbegin", &kGoose, Kind::cut},
    Marker{"+goose statementend", &kGoose, Kind::cut},
    Marker{"+goose no transaction", &kGoose, Kind::no_transaction},
    Marker{"+migrate up", &kSqlMigrate, Kind::up, true},
    Marker{"+migrate down", &kSqlMigrate, Kind::down, true},
    Marker{"+migrate statementbegin", &kSqlMigrate, Kind::cut},
    Marker{"+migrate statementend", &kSqlMigrate, Kind::cut},
    Marker{"migrate:up", &kDbmate, Kind::up, true},
    Marker{"migrate:down", &kDbmate, Kind::down, true},
    Marker{"rambler up", &kRambler, Kind::up},
    Marker{"rambler down", &kRambler, Kind::down},
    Marker{"!ups", &kPlay, Kind::up},
    Marker{"!downs", &kPlay, Kind::down},
    Marker{"up migration", &kNodePgMigrate, Kind::up, false, true},
    Marker{"down migration", &kNodePgMigrate, Kind::down, false, true},
    Marker{"//@undo", &kMyBatis, Kind::down, false, true},
    Marker{"// @undo", &kMyBatis, Kind::down, false, true},
    Marker{"create above / drop below", &kTern, Kind::down, false, true},
    Marker{"tern: disable-tx", &kTern, Kind::no_transaction},
    Marker{"up", &kPlain, Kind::up},
    Marker{"down", &kPlain, Kind::down},
};

constexpr std::string_view kBreakpoint = "--> statement-breakpoint";
constexpr std::size_t kLongestMarkerLine = 200;

struct Found {
  const Marker* marker = nullptr;
  std::string rest;        ///< the options
  Range line;              ///< without its end
  std::uint32_t next = 0;  ///< where the next line begins
};

/// What the line says, in lower case, without dashes at its ends, blanks run together. Empty: no marker could be in it.
std::string normalized(std::string_view line) {
  line = trim(line);
  if (line.starts_with('#')) line = trim(line.substr(1));  // Play's `# --- !Ups`
  if (!line.starts_with("--") || line.size() > kLongestMarkerLine) return {};
  while (line.starts_with('-')) line.remove_prefix(1);
  line = trim(line);
  while (line.ends_with('-') || line.ends_with(':')) line.remove_suffix(1);
  line = trim(line);
  std::string words;
  for (const char c : line) {
    const bool blank = c == ' ' || c == '\t';
    if (blank && words.ends_with(' ')) continue;
    words += blank ? ' ' : c;
  }
  return to_lower(words);
}

std::vector<Found> find_markers(std::string_view text) {
  std::vector<Found> found;
  std::size_t at = 0;
  // Only a line that begins with dashes, or with Play's # before them, is a marker: where dashes stand is quickly found.
  for (std::size_t dashes = 0; (dashes = text.find("--", at)) != std::string_view::npos;) {
    const std::size_t before = text.rfind('\n', dashes);
    const std::size_t begin = before == std::string_view::npos || before < at ? at : before + 1;
    const std::size_t newline = text.find('\n', dashes);
    const std::size_t next = newline == std::string_view::npos ? text.size() : newline + 1;
    std::size_t end = newline == std::string_view::npos ? text.size() : newline;
    if (end > begin && text[end - 1] == '\r') --end;
    const std::string words = normalized(text.substr(begin, end - begin));
    at = next;
    if (words.empty()) continue;
    for (const Marker& marker : kMarkers) {
      if (!words.starts_with(marker.words)) continue;
      const std::string_view rest = std::string_view(words).substr(marker.words.size());
      if (!rest.empty() && !(marker.options && rest.starts_with(' '))) continue;
      found.push_back({.marker = &marker,
                       .rest = std::string(rest),
                       .line = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)},
                       .next = static_cast<std::uint32_t>(next)});
      break;
    }
  }
  return found;
}

bool says_direction(const Found& found) { return found.marker->kind == Kind::up || found.marker->kind == Kind::down; }

/// The runner whose markers count: the first real one that says a direction; the plain words only as one pair, up
/// first.
const Runner* deciding_runner(const std::vector<Found>& found) {
  std::vector<Kind> plain;
  for (const Found& item : found) {
    if (!says_direction(item)) continue;
    if (item.marker->runner != &kPlain) return item.marker->runner;
    plain.push_back(item.marker->kind);
  }
  return plain == std::vector{Kind::up, Kind::down} ? &kPlain : nullptr;
}

bool switches_transaction_off(std::string_view options) {
  return options.find("notransaction") != std::string_view::npos ||
         options.find("transaction:false") != std::string_view::npos;
}

/// drizzle's files have no directions: one part, cut at each breakpoint comment, wherever on its line that stands.
void cut_at_breakpoints(std::string_view text, Division& division) {
  Section& section = division.sections.front();
  const Range whole = section.pieces.front();
  std::size_t at = text.find(kBreakpoint, whole.begin);
  if (at == std::string_view::npos) return;
  division.runner = &kDrizzle;
  section.pieces.clear();
  std::uint32_t begin = whole.begin;
  while (at != std::string_view::npos) {
    const auto end = static_cast<std::uint32_t>(at + kBreakpoint.size());
    section.pieces.push_back({begin, static_cast<std::uint32_t>(at)});
    division.markers.push_back({static_cast<std::uint32_t>(at), end});
    begin = end;
    at = text.find(kBreakpoint, end);
  }
  section.pieces.push_back({begin, whole.end});
}

}  // namespace

Division divide(std::string_view text) {
  const std::uint32_t start = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  const auto size = static_cast<std::uint32_t>(text.size());
  const Range whole{start, size};
  Division division;
  const std::vector<Found> found = find_markers(text);
  const Runner* runner = deciding_runner(found);
  if (runner == nullptr) {
    division.sections.push_back({.marker = whole, .pieces = {whole}});
    cut_at_breakpoints(text, division);
    for (const Found& item : found) {
      if (item.marker->kind != Kind::no_transaction) continue;
      division.runner = item.marker->runner;
      division.no_transaction = true;
    }
    return division;
  }

  division.runner = runner;
  division.divided = true;
  division.prelude = {start, start};
  std::uint32_t begin = start;
  const auto close = [&](std::uint32_t end) {
    if (begin >= end) return;
    if (division.sections.empty()) {
      division.prelude.end = end;
    } else {
      division.sections.back().pieces.push_back({begin, end});
    }
  };
  for (const Found& item : found) {
    if (item.marker->runner != runner) continue;
    const bool first = division.sections.empty();
    if (first && item.marker->implicit_up && item.marker->kind == Kind::down) {
      division.sections.push_back({.marker = {start, item.line.begin}, .pieces = {}});
    }
    close(item.line.begin);
    switch (item.marker->kind) {
      case Kind::up:
      case Kind::down:
        division.sections.push_back(
            {.direction = item.marker->kind == Kind::up ? ir::Direction::up : ir::Direction::down,
             .marker = item.line,
             .pieces = {},
             .no_transaction = switches_transaction_off(item.rest)});
        break;
      case Kind::no_transaction:
        division.no_transaction = true;
        break;
      case Kind::cut:
        break;
    }
    division.markers.push_back(item.line);
    begin = item.next;
  }
  close(size);
  return division;
}

}  // namespace whimbrel::frontends::sql_files
