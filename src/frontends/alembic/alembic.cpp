// The Alembic front end's entry in the table of front ends.
#include <string_view>

#include "naming.h"
#include "revision.h"
#include "surroundings.h"
#include "whimbrel/frontend/front_end.h"

namespace whimbrel::frontends {

extern const frontend::FrontEnd alembic;

namespace {

constexpr std::string_view kExtensions[] = {".py"};

/// The folder that holds a history: the nearest `versions` above a file in one of its subfolders, else the file's own folder.
std::string history_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  const std::string_view folder = slash == std::string_view::npos ? std::string_view(".") : path.substr(0, slash);
  const std::string padded = std::string(folder) + '/';
  const std::size_t versions = padded.rfind("versions/");
  if (versions != std::string::npos && (versions == 0 || padded[versions - 1] == '/')) return padded.substr(0, versions + 8);
  return std::string(folder);
}

frontend::Claim claim(const frontend::Candidate& candidate) {
  frontend::Claim result;
  result.reads = ::whimbrel::alembic::looks_like_revision(candidate.text);
  if (result.reads) result.history = history_of(candidate.path);
  return result;
}

}  // namespace

const frontend::FrontEnd alembic = {
    .name = "alembic",
    .extensions = kExtensions,
    .claim = claim,
    .read = ::whimbrel::alembic::read_revision,
    .surroundings = ::whimbrel::alembic::read_surroundings,
    .settle = ::whimbrel::alembic::settle,
    .example_file = "example.py",
};

}  // namespace whimbrel::frontends
