// Parts that ask the database what is there are read again, each over the schema that it finds.
#include "questions.h"

#include <algorithm>

#include "plan.h"
#include "whimbrel/history/replay.h"

namespace whimbrel::engine {

namespace {

bool asks(const ir::Migration& migration) { return migration.up.asks || migration.down.asks; }

/// Whether the history lacks a beginning: then the schema does too.
bool lacks_parents(const history::History& history) {
  return std::ranges::any_of(history.problems, [](const history::OrderProblem& problem) {
    return problem.kind == history::OrderProblem::Kind::missing_parent || problem.kind == history::OrderProblem::Kind::cycle;
  });
}

}  // namespace

void answer_questions(history::History& history, const frontend::FrontEnd& front_end, const Project& project,
                      const std::function<frontend::Shared*(FileId)>& shared_of) {
  if (front_end.answer == nullptr) return;
  const auto last = std::ranges::find_if(history.migrations.rbegin(), history.migrations.rend(), asks).base();
  const bool partial = lacks_parents(history);
  history::Replay replay(replay_options(project.config));
  const auto answer = [&](ir::Migration& migration, const ir::Part& part, ir::Direction direction) {
    if (!part.asks) return;
    const FileId file = part.file;
    replay.lend_catalog([&](catalog::Catalog& catalog) {
      if (partial) catalog.mark_incomplete();
      front_end.answer(migration, {.source = project.sources[file],
                                   .file = file,
                                   .shared = shared_of(file),
                                   .surroundings = history.surroundings,
                                   .direction = direction,
                                   .catalog = catalog});
    });
  };
  for (auto migration = history.migrations.begin(); migration != last; ++migration) {
    answer(*migration, migration->up, ir::Direction::up);
    replay.run(history, *migration, {.up = false, .down = false}, nullptr);
    answer(*migration, migration->down, ir::Direction::down);
  }
}

}  // namespace whimbrel::engine
