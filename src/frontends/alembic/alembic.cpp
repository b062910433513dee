// The Alembic front end's entry in the table of front ends.
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "modules.h"
#include "naming.h"
#include "revision.h"
#include "surroundings.h"
#include "whimbrel/frontend/database.h"
#include "whimbrel/frontend/front_end.h"

namespace whimbrel::frontends {

extern const frontend::FrontEnd alembic;

namespace {

constexpr std::string_view kExtensions[] = {".py"};

/// Revisions for another database lie beside those for PostgreSQL: versions/sqlite/, mysql/versions/. An oracle may be anything; what imports
/// PostgreSQL's dialect is meant for it.
std::string other_database(const frontend::Candidate& candidate, std::string_view history) {
  const auto parts = [](std::string_view path) { return std::ranges::count(path, '/') + 1; };
  const auto looked_at = parts(candidate.path) - parts(history) + 1;   // up to the folder around the history's
  std::string_view folder = candidate.path;
  for (std::ptrdiff_t i = 0; i < looked_at && folder.contains('/'); ++i) {
    folder = folder.substr(0, folder.rfind('/'));
    const auto word = frontend::database_word(folder.substr(folder.rfind('/') + 1));
    if (!word) continue;
    if (word->database == frontend::Database::postgres || word->database == frontend::Database::oracle) return {};
    return candidate.text.contains("dialects import postgresql") || candidate.text.contains("dialects.postgresql") ? std::string() : said_by_path(*word);
  }
  return {};
}

frontend::Claim claim(const frontend::Candidate& candidate) {
  frontend::Claim result;
  result.reads = ::whimbrel::alembic::looks_like_revision(candidate.text);
  if (!result.reads) return result;
  result.history = ::whimbrel::alembic::history_folder(candidate.path);
  result.skipped = other_database(candidate, result.history);
  result.reads = result.skipped.empty();
  return result;
}

}  // namespace

const frontend::FrontEnd alembic = {
    .name = "alembic",
    .extensions = kExtensions,
    .claim = claim,
    .share = ::whimbrel::alembic::share_modules,
    .read = ::whimbrel::alembic::read_revision,
    .surroundings = ::whimbrel::alembic::read_surroundings,
    .settle = ::whimbrel::alembic::settle,
    .answer = ::whimbrel::alembic::answer_revision,
    .example_file = "example.py",
};

}  // namespace whimbrel::frontends
