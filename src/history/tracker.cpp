// Watches a migration go up and down again: which step changed what, and what cannot be told.
#include "tracker.h"

#include <algorithm>
#include <variant>

namespace whimbrel::history {

namespace {

namespace op = ir::op;

/// Steps of a part whose work is told apart. Each costs a copy of what it changes; later ones have no place of their own.
constexpr std::size_t kToldApart = 200;
/// Missing objects of a part that are looked for in what was there before: so that a part full of them stays linear.
constexpr std::size_t kMostQuestions = 100;

}  // namespace

void Tracker::begin_part(ir::Direction direction, std::uint32_t number) {
  direction_ = direction;
  taken_in_part_ = 0;
  questions_ = 0;
  if (direction == ir::Direction::up) doubt_.up_part = number;
}

void Tracker::drop_undone(std::size_t now) {
  while (!taken_.empty() && taken_.back().until > now) taken_.pop_back();
  while (!doubt_.entries.empty() && doubt_.entries.back().second > now) doubt_.entries.pop_back();
}

void Tracker::note_operation(const ir::Step& step) {
  if (const auto* opaque = std::get_if<op::Opaque>(&step.operation)) {
    if (opaque->touches_any) doubt_.everything = true;
    for (const ir::RelationName& name : opaque->touches) doubt_.touched.insert(catalog_.resolve(name.value));
  } else if (std::holds_alternative<op::Invalid>(step.operation)) {
    doubt_.everything = true;
  } else if (const auto* schema = std::get_if<op::CreateSchema>(&step.operation)) {
    if (schema->if_not_exists) doubt_.harmless.insert(schema->schema.value);
  } else if (const auto* extension = std::get_if<op::CreateExtension>(&step.operation)) {
    if (extension->if_not_exists) doubt_.harmless.insert(extension->extension.value);
  }
  if (direction_ == ir::Direction::down) return;
  if (std::string unknown = catalog::unknown_target(catalog_, step.operation); !unknown.empty())
    doubt_.unknown_before.insert(std::move(unknown));
}

void Tracker::before_step(const ir::Step& step, Tri runs) {
  note_operation(step);
  if (taken_in_part_ >= kToldApart && runs == Tri::yes) return;
  begun_ = catalog_.now();
  drop_undone(begun_);
}

void Tracker::after_step(const ir::Step& step, Tri runs) {
  if (taken_in_part_ >= kToldApart && runs == Tri::yes) return;
  const std::size_t now = catalog_.now();
  if (now <= begun_) return;
  if (runs != Tri::yes) doubt_.entries.emplace_back(begun_, now);
  if (taken_in_part_ >= kToldApart) return;
  ++taken_in_part_;
  taken_.push_back({begun_, now, step.span, direction_});
}

/// Whether the catalog at the beginning knew each relation from its making on. Asked once a migration, and only where something is missing.
bool Tracker::knows_all() {
  if (knows_all_) return *knows_all_;
  const catalog::Changes changes = catalog_.changes_since(start_);
  const auto presumed = [](const catalog::Relation* relation) { return relation != nullptr && relation->presumed; };
  knows_all_ = !catalog_.relations().empty() || !changes.relations.empty();
  for (const auto& [name, relation] : catalog_.relations()) {
    if (!changes.relations.contains(name) && presumed(relation.get())) knows_all_ = false;
  }
  for (const auto& [name, past] : changes.relations) {
    if (presumed(past.front().object.get())) knows_all_ = false;
  }
  return *knows_all_;
}

bool Tracker::is_sure(const catalog::Problem& problem) {
  if (problem.kind != catalog::Problem::Kind::missing_object) return true;
  // Parts of a table are only missed where the table is known in full.
  if (problem.what.starts_with("column ") || knows_all()) return true;
  if (++questions_ > kMostQuestions) return false;
  return catalog::was_there(catalog_.changes_since(start_), problem.what);
}

const Tracker::Taken* Tracker::taken_by(std::size_t entry) const {
  const auto behind = std::ranges::upper_bound(taken_, entry, {}, &Taken::from);
  if (behind == taken_.begin() || std::prev(behind)->until <= entry) return nullptr;
  return &*std::prev(behind);
}

RoundTrip Tracker::finish() {
  drop_undone(catalog_.now());
  trip_.certain = !doubt_.everything && !trip_.up_fails && !trip_.down_fails;
  if (!trip_.certain) return std::move(trip_);
  for (catalog::Difference& difference : catalog::differences(catalog_, start_, doubt_)) {
    PlacedDifference placed;
    if (const Taken* first = taken_by(difference.first_entry); first != nullptr && first->direction == ir::Direction::up)
      placed.up = first->span;
    if (const Taken* last = taken_by(difference.last_entry); last != nullptr && last->direction == ir::Direction::down)
      placed.down = last->span;
    placed.difference = std::move(difference);
    trip_.differences.push_back(std::move(placed));
  }
  return std::move(trip_);
}

}  // namespace whimbrel::history
