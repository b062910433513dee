// The Alembic front end's entry in the table of front ends.
#include <string_view>

#include "modules.h"
#include "naming.h"
#include "revision.h"
#include "surroundings.h"
#include "whimbrel/frontend/front_end.h"

namespace whimbrel::frontends {

extern const frontend::FrontEnd alembic;

namespace {

constexpr std::string_view kExtensions[] = {".py"};

frontend::Claim claim(const frontend::Candidate& candidate) {
  frontend::Claim result;
  result.reads = ::whimbrel::alembic::looks_like_revision(candidate.text);
  if (result.reads) result.history = ::whimbrel::alembic::history_folder(candidate.path);
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
