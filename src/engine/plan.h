// Which migrations of a history are replayed, and which of their parts are looked at.
#pragma once

#include <cstddef>

#include "whimbrel/engine/project.h"
#include "whimbrel/history/replay.h"

namespace whimbrel::engine {

/// The replay's options, from the configuration.
history::ReplayOptions replay_options(const Config& config);

/// Nothing behind the last migration that was asked for is replayed; those up to `start_after` are silent.
class Plan {
 public:
  Plan(const Project& project, const history::History& history);

  /// How many migrations are replayed.
  [[nodiscard]] std::size_t end() const { return end_; }
  [[nodiscard]] history::Judged judged(std::size_t migration) const;

 private:
  [[nodiscard]] history::Judged asked_for(const ir::Migration& migration) const;

  const Project& project_;
  const history::History& history_;
  std::size_t silent_ = 0;   ///< the first so many are
  std::size_t end_ = 0;
};

}  // namespace whimbrel::engine
