// Watches a migration go up and down again: which step changed what, and what cannot be told.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "whimbrel/catalog/difference.h"
#include "whimbrel/history/replay.h"

namespace whimbrel::history {

class Tracker {
 public:
  /// The round trip begins now.
  explicit Tracker(catalog::Catalog& catalog) : catalog_(catalog), start_(catalog.now()) {}

  void begin_part(ir::Direction direction, std::uint32_t number);
  void before_step(const ir::Step& step, Tri runs);
  void after_step(const ir::Step& step, Tri runs);
  /// A statement of the part certainly fails.
  void note_failure() { (direction_ == ir::Direction::up ? trip_.up_fails : trip_.down_fails) = true; }
  /// Whether the history knows enough to be sure that the object is missing: it begins at the beginning, or the object was there.
  [[nodiscard]] bool is_sure(const catalog::Problem& problem);
  /// Ends it: the catalog now against the one at its beginning.
  [[nodiscard]] RoundTrip finish();

 private:
  struct Taken {
    std::size_t from = 0, until = 0;   ///< the journal's entries that it wrote
    Span span;
    ir::Direction direction = ir::Direction::up;
  };
  [[nodiscard]] const Taken* taken_by(std::size_t entry) const;
  [[nodiscard]] bool knows_all();
  void note_operation(const ir::Step& step);
  /// Forgets what was rolled back since.
  void drop_undone(std::size_t now);

  catalog::Catalog& catalog_;
  catalog::Catalog::Moment start_;
  ir::Direction direction_ = ir::Direction::up;
  catalog::Doubt doubt_;
  RoundTrip trip_;
  std::vector<Taken> taken_;
  std::size_t taken_in_part_ = 0;
  std::size_t begun_ = 0;
  std::optional<bool> knows_all_;
  std::size_t questions_ = 0;
};

}  // namespace whimbrel::history
