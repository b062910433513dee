// The front end for .sql files: which files it takes, and how one file becomes migrations.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "dialect.h"
#include "read.h"
#include "whimbrel/base/text.h"

namespace whimbrel::frontends {

namespace sql_files {

namespace {

constexpr std::array<std::string_view, 1> kExtensions{".sql"};

bool is_sqitch_verify(const frontend::Candidate& candidate) {
  return equals_ignoring_case(file_of(folder_of(candidate.path)), "verify") &&
         starts_with_ignoring_case(candidate.text, "-- verify ");
}

frontend::Claim claim(const frontend::Candidate& candidate) {
  if (candidate.path.size() < 4 || !equals_ignoring_case(candidate.path.substr(candidate.path.size() - 4), ".sql"))
    return {};
  frontend::Claim claim{.reads = true, .history = history_of(candidate.path), .skipped = {}};
  claim.skipped = is_sqitch_verify(candidate) ? "a verify script of Sqitch, no migration"
                                              : other_dialect(candidate.path, candidate.text);
  claim.reads = claim.skipped.empty();
  return claim;
}

std::uint32_t begin_of_statements(const ir::Migration& migration) {
  std::uint32_t begin = std::numeric_limits<std::uint32_t>::max();
  for (const ir::Part* part : {&migration.up, &migration.down}) {
    if (!part->statements.empty()) begin = std::min(begin, part->statements.front().span.begin);
  }
  return begin;
}

ir::Part& part_of(ir::Migration& migration, ir::Direction direction) {
  return direction == ir::Direction::up ? migration.up : migration.down;
}

/// Reads the sections of each direction into one part.
void read_sections(const Division& division, std::string_view text, FileReader& reader, ir::Migration& migration) {
  if (division.divided && division.runner != &kPlay) {  // Play's prelude is prose behind #
    const std::string_view runner = division.runner == &kPlain ? "a runner" : division.runner->name;
    reader.look_at(division.prelude, fmt::format("{} runs nothing before its first marker", runner), migration);
  }
  for (const ir::Direction direction : {ir::Direction::up, ir::Direction::down}) {
    std::vector<Range> pieces;
    const Section* first = nullptr;
    for (const Section& section : division.sections) {
      if (section.direction != direction) continue;
      if (first == nullptr) first = &section;
      pieces.insert(pieces.end(), section.pieces.begin(), section.pieces.end());
    }
    ir::Part& part = part_of(migration, direction);
    const std::size_t remarks = migration.remarks.size();
    if (first != nullptr) {
      part = reader.part(pieces, division.divided ? first->marker : Range{0, static_cast<std::uint32_t>(text.size())},
                         migration);
      if (direction == ir::Direction::down) migration.remarks.resize(remarks);
      if (first->no_transaction) part.transaction = ir::TransactionMode::none;
    } else {
      part.file = migration.id_span.file;
      part.span = division.divided ? reader.span(division.sections.front().marker) : migration.id_span;
    }
  }
}

/// The runner, and from it how each part is wrapped.
void decide_transaction(const Division& division, const Name& name, const FileReader& reader,
                        ir::Migration& migration) {
  const HeadDirective head = head_directive(reader.comments(), begin_of_statements(migration));
  const Runner* runner = division.runner != &kPlain ? division.runner : name.runner;
  if (head.runner != nullptr && (runner == &kPlain || head.runner == &kSqlx)) runner = head.runner;
  migration.runner = runner->name;

  std::optional<ir::TransactionMode> mode = runner->transaction;
  if (head.runner != nullptr) mode = head.transaction;
  if (division.no_transaction) mode = ir::TransactionMode::none;
  migration.transaction = mode;
  for (ir::Part* part : {&migration.up, &migration.down}) {
    if (part->state == ir::PartState::missing) continue;
    if (!part->transaction) part->transaction = mode;
    if (runner == &kFlyway && is_only_non_transactional(*part)) part->transaction = ir::TransactionMode::none;
  }
  const ir::Part& leading = migration.up.state == ir::PartState::missing ? migration.down : migration.up;
  if (leading.transaction) migration.transaction = leading.transaction;
}

frontend::Reading read(const SourceFile& source, FileId file, frontend::Shared* /*shared*/) {
  const Name name = read_name(source.path);
  const std::string_view text = source.text;
  if (is_liquibase(text)) return read_liquibase(text, file, name);

  Division division = divide(text);
  if (!division.divided) division.sections.front().direction = name.direction.value_or(ir::Direction::up);
  ir::Migration migration;
  migration.id = name.id;
  migration.id_span = Span{file, 0, 0};
  migration.sort_key = name.sort_key;
  migration.repeatable = name.repeatable;
  migration.reruns = name.repeatable;
  FileReader reader(text, file);
  read_sections(division, text, reader, migration);
  decide_transaction(division, name, reader, migration);
  migration.description = header_text(reader.comments(), begin_of_statements(migration));
  migration.message = migration.description.substr(0, migration.description.find('\n'));

  frontend::Reading reading;
  reading.settle_needs_statements = migration.runner == kFlyway.name;
  reading.directives = directives(reader.comments());
  reading.migrations.push_back(std::move(migration));
  return reading;
}

}  // namespace

}  // namespace sql_files

extern const frontend::FrontEnd sql;
const frontend::FrontEnd sql{
    .name = "sql",
    .extensions = sql_files::kExtensions,
    .claim = sql_files::claim,
    .read = sql_files::read,
    .surroundings = sql_files::surroundings,
    .settle = sql_files::settle,
    .example_file = "example.sql",
};

}  // namespace whimbrel::frontends
