// A migration that uses what only a later one makes fails on every new database.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <type_traits>
#include <variant>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void report_later(rule::Context& context, const history::Timeline::Event& later, Span place, const std::string& what) {
  const bool here = later.place.migration == context.place().migration;
  const std::string who = here ? "a later statement" : "the later migration " + context.moment().history.migrations[later.place.migration].id;
  Finding& finding = context.report(place, fmt::format("This needs {}, which only {} makes", what, who));
  rule::add_label(finding, later.span, "it is made here");
}

/// One of several bases: what it finds there comes from another history.
bool is_one_of_several_bases(const rule::Context& context) {
  return std::ranges::any_of(context.moment().history.problems, [&](const history::OrderProblem& problem) {
    return problem.kind == history::OrderProblem::Kind::multiple_bases && problem.id == context.moment().migration.id;
  });
}

const history::Timeline::Event* only_later(const rule::Context& context, const ir::QualifiedName& object, const std::string& part) {
  if (is_one_of_several_bases(context)) return nullptr;
  if (context.timeline().last_before(object, part, context.place()) != nullptr) return nullptr;
  return context.timeline().made_after(object, part, context.place());
}

bool has_if_exists(const ir::Operation& operation) {
  return std::visit(
      [](const auto& op) {
        if constexpr (requires { op.if_exists; }) {
          return static_cast<bool>(op.if_exists);
        } else {
          return false;
        }
      },
      operation);
}

bool is_known(const catalog::Catalog& catalog, const ir::QualifiedName& written) {
  return catalog.find_relation(written) != nullptr || catalog.find_index(written) != nullptr ||
         catalog.find_sequence(written) != nullptr || catalog.find_type(written) != nullptr || !catalog.find_functions(written).empty();
}

/// The names of the step's operation, before it is applied: afterwards they are presumed to be there.
void on_statement(const rule::StatementStart& start, rule::Context& context) {
  if (context.moment().runs != Tri::yes || !context.catalog().complete()) return;
  std::vector<ir::QualifiedName> told;
  for (const ir::Step& step : start.statement.steps) {
    if (has_if_exists(step.operation) || std::holds_alternative<ir::op::CreateFunction>(step.operation)) continue;
    for (const ir::RelationName& name : history::needed_names(step.operation)) {
      if (is_known(context.catalog(), name.value)) continue;
      const ir::QualifiedName object = context.catalog().resolve(name.value);
      const bool made_here = std::ranges::any_of(start.statement.steps, [&](const ir::Step& other) {
        const auto* create = std::get_if<ir::op::CreateTable>(&other.operation);
        return create != nullptr && context.catalog().resolve_new(create->table.value) == object;
      });
      if (made_here || std::ranges::find(told, object) != told.end()) continue;
      const history::Timeline::Event* later = only_later(context, object, "");
      if (later == nullptr) continue;
      told.push_back(object);
      report_later(context, *later, name.span, context.name_of({.value = object, .span = {}}));
    }
  }
}

/// A column that a later migration adds to a table that is known.
void on_problem(const rule::CatalogProblemMet& met, rule::Context& context) {
  if (met.problem.kind != catalog::Problem::Kind::missing_object || met.problem.sqlstate != "42703") return;
  std::visit(
      [&](const auto& op) {
        if constexpr (requires { op.table.value.name; op.column.value.size(); }) {
          const ir::QualifiedName table = context.catalog().resolve(op.table.value);
          const history::Timeline::Event* later = only_later(context, table, op.column.value);
          if (later != nullptr) report_later(context, *later, met.problem.span, met.problem.what);
        }
      },
      context.step().operation);
}

}  // namespace

extern constinit const rule::RuleChecks forward_reference = rule::subscribe<on_statement, on_problem>();

}  // namespace whimbrel::rules
