// Parsing pieces of a file at their true offsets.
#include <fmt/format.h>

#include "read.h"

namespace whimbrel::frontends::sql_files {

void FileReader::add(ir::Part& part, const sql::HostText& text, ir::Migration& migration) {
  sql::Parsed parsed = sql::parse(text);
  std::ranges::move(parsed.statements, std::back_inserter(part.statements));
  std::ranges::move(parsed.comments, std::back_inserter(comments_));
  if (!part.statements.empty() || !parsed.unknown.empty()) part.state = ir::PartState::present;
  std::ranges::move(parsed.unknown, std::back_inserter(migration.unknown));
  std::ranges::move(parsed.remarks, std::back_inserter(migration.remarks));
}

ir::Part FileReader::part(const std::vector<Range>& pieces, Range span, ir::Migration& migration) {
  ir::Part part{
      .state = ir::PartState::empty, .file = file_, .span = this->span(span), .statements = {}, .transaction = {}};
  for (const Range& piece : pieces) add(part, sql::HostText::plain(text(piece), file_, piece.begin), migration);
  return part;
}

void FileReader::look_at(Range range, std::string_view reason, ir::Migration& migration) {
  if (range.begin >= range.end) return;
  sql::Parsed parsed = sql::parse(sql::HostText::plain(text(range), file_, range.begin));
  std::ranges::move(parsed.comments, std::back_inserter(comments_));
  for (const ir::Statement& statement : parsed.statements) {
    migration.unknown.push_back({.span = statement.span, .reason = std::string(reason)});
  }
}

}  // namespace whimbrel::frontends::sql_files
