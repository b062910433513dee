// A statement that needs what is not there fails, and the migration with it.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// The index that becomes a constraint stands in its table's schema.
std::optional<ir::QualifiedName> used_index(const ir::Operation& operation, const Span& place, const rule::Context& context) {
  const auto* add = std::get_if<ir::op::AddConstraint>(&operation);
  if (add == nullptr || add->constraint.using_index.value.empty() || add->constraint.using_index.span != place) return std::nullopt;
  return ir::QualifiedName{context.catalog().resolve(add->table.value).schema, add->constraint.using_index.value};
}

/// The object that the problem is about, where it is one with a name of its own (not a column or constraint).
std::optional<ir::QualifiedName> object_of(const catalog::Problem& problem, const std::vector<ir::RelationName>& names,
                                           const rule::Context& context) {
  if (auto index = used_index(context.step().operation, problem.span, context)) return index;
  const auto name = std::ranges::find_if(names, [&](const ir::RelationName& one) { return one.span == problem.span; });
  constexpr std::string_view kUndefinedColumn = "42703";
  if (name == names.end() || problem.sqlstate == kUndefinedColumn) return std::nullopt;
  return context.catalog().resolve(name->value);
}

void on_problem(const rule::CatalogProblemMet& met, rule::Context& context) {
  const catalog::Problem& problem = met.problem;
  if (problem.kind != catalog::Problem::Kind::missing_object || problem.sqlstate.empty()) return;
  const auto names = history::needed_names(context.step().operation);
  if (names.empty()) return;  // a schema, an extension: others make those too
  const std::optional<ir::QualifiedName> object = object_of(problem, names, context);
  const std::string said = fmt::format("This fails with {}: there is no {}", problem.sqlstate, problem.what);
  if (!object) {
    context.report(problem.span, said + " here");
    return;
  }
  // What no migration has made was most likely there before the history began.
  const history::Timeline::Event* last = context.timeline().last_before(*object, "", context.place());
  if (last == nullptr || last->made) return;
  Finding& finding = context.report(problem.span, said + " any more");
  rule::add_label(finding, last->span, last->renamed ? "it is renamed here" : "it is dropped here");
}

}  // namespace

extern constinit const rule::RuleChecks drop_unknown_object = rule::subscribe<on_problem>();

}  // namespace whimbrel::rules
