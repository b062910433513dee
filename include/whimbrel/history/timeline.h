// Where a whole history makes and removes what, by name alone: for questions about what is not in the catalog.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "whimbrel/history/history.h"
#include "whimbrel/history/lending.h"

namespace whimbrel::history {

/// A moment of a history: the migration's index, and where its statement begins in its file.
struct TimelinePlace {
  std::size_t migration = 0;
  std::uint32_t begin = 0;
  friend auto operator<=>(const TimelinePlace&, const TimelinePlace&) = default;
};

/// Up parts only, and only what statements say in so many words: no CASCADE, no search_path other than the default schema.
class Timeline {
 public:
  struct Event {
    TimelinePlace place;
    bool made = false;     ///< else removed: dropped, or renamed away
    bool renamed = false;
    Span span;             ///< the name that is made or removed
  };

  /// `lending` has the statements that are not in memory; null: all are.
  Timeline(const History& history, const std::string& default_schema, Lending* lending);

  /// The last thing that happened to a relation, index, sequence, type, function (or, with `part`, to a column of it) before a moment;
  /// null where nothing did. `name` is resolved.
  [[nodiscard]] const Event* last_before(const ir::QualifiedName& name, const std::string& part, TimelinePlace place) const;
  /// The first statement behind the moment that makes it, in this migration or a later one; null where none does.
  [[nodiscard]] const Event* made_after(const ir::QualifiedName& name, const std::string& part, TimelinePlace place) const;

 private:
  using Key = std::pair<ir::QualifiedName, std::string>;
  void read(const ir::Operation& operation, TimelinePlace place);
  void note(const ir::RelationName& name, const std::string& part, Event event);

  const std::string default_schema_;
  std::map<Key, std::vector<Event>> events_;   ///< in replay order
};

/// The relations, types or other objects of the database that the operation names and needs, as written, with their places.
std::vector<ir::RelationName> needed_names(const ir::Operation& operation);

}  // namespace whimbrel::history
