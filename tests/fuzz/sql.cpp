// The target for SQL files: whatever the text is, the statement behind it is read.
#include "whimbrel/sql/sql.h"

#include <algorithm>

#include "fuzz/fuzz.h"
#include "whimbrel/base/text.h"

namespace whimbrel::fuzz {

namespace {

/// The reader alone, with and without what SQL in Python has. Nothing may hide the statement: no quote, comment, dollar quote or template of the
/// input can end behind it, and one that does not end at all ends with its line; no rows of COPY can, without their end.
bool parser_sees(std::string_view text, std::size_t good, const sql::Options& options) {
  const sql::Parsed parsed = sql::parse(sql::HostText::plain(text, FileId{}), options);
  return std::ranges::any_of(parsed.statements, [&](const ir::Statement& statement) { return statement.span.begin == good && statement.kind == "CreateTable"; });
}

}  // namespace

std::string sql(std::string_view input) {
  const std::string path = "migrations/0001_step.sql";
  const std::string before = std::string(input) + "\n;\n";
  const std::string text = before + std::string(kGoodSql);
  if (!text.contains('\0') && !first_invalid_utf8(text)) {
    if (!parser_sees(text, before.size(), {})) return "the reader lost the last statement";
    if (!parser_sees(text, before.size(), {.psql = false, .templates = true, .placeholders = true})) return "the reader of SQL in Python lost the last statement";
  }
  const Case one{.files = {{path, text}}, .config = config_for(input), .was = {}, .since = false};
  const engine::Project project = open(one);
  const FileId file = file_of(project, path);
  if (is_read(project, file) && !sees(project, file, before.size())) return "the last statement is lost";
  return broken_promise(one, project);
}

}  // namespace whimbrel::fuzz
