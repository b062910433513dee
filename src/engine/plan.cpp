// Which migrations of a history are replayed, and which of their parts are looked at.
#include "plan.h"

namespace whimbrel::engine {

history::ReplayOptions replay_options(const Config& config) {
  history::ReplayOptions options;
  options.pg_version = config.pg_version;
  options.time_zone = config.time_zone;
  options.default_schema = config.default_schema;
  options.lock_timeout_ms = facts::parse_duration_ms(config.lock_timeout).value_or(0);
  options.statement_timeout_ms = facts::parse_duration_ms(config.statement_timeout).value_or(0);
  options.transaction = config.transaction;
  return options;
}

Plan::Plan(const Project& project, const history::History& history) : project_(project), history_(history) {
  const auto& migrations = history.migrations;
  for (std::size_t i = 0; i < migrations.size(); ++i) {
    if (!project.config.start_after.empty() && migrations[i].id == project.config.start_after) silent_ = i + 1;
    const history::Judged asked = asked_for(migrations[i]);
    if (asked.up || asked.down) end_ = i + 1;
  }
}

history::Judged Plan::asked_for(const ir::Migration& migration) const {
  const auto asked = [&](const ir::Part& part) {
    const auto file = static_cast<std::size_t>(part.file);
    return part.state != ir::PartState::missing && file < project_.files.size() && project_.files[file].judged;
  };
  return {.up = asked(migration.up), .down = asked(migration.down)};
}

history::Judged Plan::judged(std::size_t migration) const {
  if (migration < silent_) return {.up = false, .down = false};
  return asked_for(history_.migrations[migration]);
}

}  // namespace whimbrel::engine
