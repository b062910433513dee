// Which migrations of a history are replayed, and which of their parts are looked at.
#pragma once

#include <cstddef>

#include "whimbrel/engine/project.h"
#include "whimbrel/history/replay.h"

namespace whimbrel::engine {

/// The replay's options, from the configuration.
history::ReplayOptions replay_options(const Config& config);

/// Nothing behind the last migration that was asked for is replayed; those up to `start_after`, and those that do what they did at the ref of
/// `--since`, are silent.
class Plan {
 public:
  Plan(const Project& project, const history::History& history);

  /// How many migrations are replayed.
  [[nodiscard]] std::size_t end() const { return end_; }
  [[nodiscard]] history::Judged judged(std::size_t migration) const;

 private:
  [[nodiscard]] history::Judged asked_for(const ir::Migration& migration) const;
  [[nodiscard]] bool is_named(const ir::Migration& migration) const;
  /// Whether it is one of those that are to run together next: new since the ref, or behind `start_after`, or named though others of the
  /// history are not.
  [[nodiscard]] bool is_fresh(std::size_t migration) const;

  const Project& project_;
  const history::History& history_;
  std::size_t silent_ = 0;   ///< the first so many are
  bool some_unnamed_ = false;
  std::size_t end_ = 0;
};

}  // namespace whimbrel::engine
