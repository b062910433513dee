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
    if (!is_named(migrations[i])) some_unnamed_ = true;
  }
}

history::Judged Plan::asked_for(const ir::Migration& migration) const {
  const auto asked = [&](const ir::Part& part, ir::Direction direction) {
    const auto file = static_cast<std::size_t>(part.file);
    return part.state != ir::PartState::missing && file < project_.files.size() && project_.files[file].judged &&
           (!project_.changes || project_.changes->of(part, direction) != nullptr);
  };
  return {.up = asked(migration.up, ir::Direction::up), .down = asked(migration.down, ir::Direction::down)};
}

bool Plan::is_named(const ir::Migration& migration) const {
  const auto file = static_cast<std::size_t>(migration.up.file);
  return migration.up.state != ir::PartState::missing && file < project_.files.size() && project_.files[file].named;
}

bool Plan::is_fresh(std::size_t migration) const {
  const ir::Migration& one = history_.migrations[migration];
  if (one.up.state == ir::PartState::missing) return false;
  if (project_.changes) {
    const PartChange* change = project_.changes->of(one.up, ir::Direction::up);
    return change != nullptr && change->is_new;
  }
  if (silent_ > 0 && migration >= silent_) return true;
  return some_unnamed_ && is_named(one);
}

history::Judged Plan::judged(std::size_t migration) const {
  history::Judged judged = asked_for(history_.migrations[migration]);
  if (migration < silent_) judged = {.up = false, .down = false};
  judged.fresh = is_fresh(migration);
  return judged;
}

}  // namespace whimbrel::engine
