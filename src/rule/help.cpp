// Pieces of a finding that rules share: labels, edits, and what a DROP is said to break.
#include "whimbrel/rule/help.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>
#include <variant>

namespace whimbrel::rule {

namespace {

/// What a DROP of an object without rows names; empty for other operations.
ir::QualifiedName dropped_by(const ir::Operation& operation) {
  return std::visit(ir::Overloaded{
                        [](const ir::op::DropView& drop) { return drop.view.value; },
                        [](const ir::op::DropType& drop) { return drop.type.value; },
                        [](const ir::op::DropFunction& drop) { return drop.function.value; },
                        [](const ir::op::DropSequence& drop) { return drop.sequence.value; },
                        [](const auto&) { return ir::QualifiedName{}; },
                    },
                    operation);
}

}  // namespace

void add_label(Finding& finding, Span span, std::string message) {
  finding.labels.push_back({span, std::move(message)});
}

Edit insert_at(Span place, std::string text) { return {{place.file, place.begin, place.begin}, std::move(text)}; }

Edit insert_behind(Span place, std::string text) { return {{place.file, place.end, place.end}, std::move(text)}; }

void offer_insertion(Finding& finding, const Context& context, Span place, std::string text, std::string title) {
  if (!context.is_sql_source() || place.empty()) return;
  finding.fix = Fix{.title = std::move(title),
                    .applicability = Applicability::unsafe,
                    .edits = {insert_behind(place, std::move(text))}};
}

void report_drop(Context& context, const ir::RelationName& dropped, std::string_view what, bool cascade) {
  const std::span<const ir::Step> steps(context.statement().steps);
  const bool behind_another = std::ranges::any_of(steps.first(context.step_index()), [](const ir::Step& step) { return !dropped_by(step.operation).empty(); });
  if (behind_another && context.reported_statement()) return;
  std::vector<std::string> names{ir::to_sql(dropped.value)};
  for (const ir::Step& later : steps.subspan(context.step_index() + 1)) {
    if (const ir::QualifiedName name = dropped_by(later.operation); !name.empty()) names.push_back(ir::to_sql(name));
  }
  const bool one = names.size() == 1;
  Finding& finding = context.report(dropped.span,
                                    fmt::format("Dropping {}{} {}{} breaks code that still uses {}", what, one ? "" : "s", join_names(names),
                                                !cascade ? "" : one ? " and all that depends on it" : " and all that depends on them", one ? "it" : "them"));
  finding.help = Steps(context).say(one ? "drop it in a later release, when no code uses it any more" : "drop them in a later release, when no code uses them any more").text();
}

}  // namespace whimbrel::rule
