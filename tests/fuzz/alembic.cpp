// The target for Alembic revisions: the module alone, and again with an upgrade() behind it that replaces the one it has.
#include "fuzz/fuzz.h"
#include "whimbrel/python/syntax.h"

namespace whimbrel::fuzz {

namespace {

constexpr std::string_view kHead =
    "\n\n\nfrom alembic import op\nimport sqlalchemy as sa\nrevision = 'whimbrel'\ndown_revision = None\n\n\ndef upgrade():\n    ";
constexpr std::string_view kGood = "op.create_table('whimbrel_was_here', sa.Column('id', sa.BigInteger()))";
constexpr std::string_view kTail = "\n\n\ndef downgrade():\n    op.drop_table('whimbrel_was_here')\n";

bool is_python(std::string_view text) { return python::Tree(text, FileId{}).errors().empty(); }

/// Something in the revision of that file is told to be unknown: its top level may do anything.
bool says_unknown(const engine::Project& project, FileId file) {
  for (const history::History& history : project.histories) {
    for (const ir::Migration& migration : history.migrations) {
      if (migration.id_span.file == file && !migration.unknown.empty()) return true;
    }
  }
  return false;
}

}  // namespace

std::string alembic(std::string_view input) {
  const std::string path = "alembic/versions/b.py";
  const std::string before = std::string(input) + std::string(kHead);
  const std::string text = before + std::string(kGood) + std::string(kTail);
  const Case one{.files = {{"alembic/versions/a.py", std::string(input)}, {path, text}}, .config = config_for(input), .was = {}, .since = false};
  const engine::Project project = open(one);
  const FileId file = file_of(project, path);
  // An open bracket or quote, a decorator, a backslash: they make what is behind them something else, or nothing at all.
  if (is_read(project, file) && is_python(input) && is_python(text) && !sees(project, file, before.size()) && !says_unknown(project, file)) {
    return "the last operation is lost";
  }
  return broken_promise(one, project);
}

}  // namespace whimbrel::fuzz
