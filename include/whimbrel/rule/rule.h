// A rule is a set of stateless functions, subscribed by the type of their first parameter; a constant table of function pointers.
//
// rules/NAME.cpp ends with one line:
//   namespace whimbrel::rules { extern constinit const rule::RuleChecks create_index_non_concurrent = rule::subscribe<on_create_index>(); }
// where on_create_index is `void on_create_index(const ir::op::CreateIndex& create, rule::Context& context)`.
#pragma once

#include <array>
#include <cstddef>
#include <type_traits>
#include <variant>

#include "whimbrel/ir/operation.h"
#include "whimbrel/rule/context.h"

namespace whimbrel::rule {

/// Once for each statement, before its steps. `context.step()` may not be asked.
struct StatementStart { const ir::Statement& statement; };
/// Once at the end of each judged part of a migration (up and down).
struct PartEnd { const ir::Part& part; };
/// Once for each migration that is judged, after its parts; for what its parts lack.
struct MigrationEnd { const ir::Migration& migration; };
/// Once for each migration whose down part is judged: what going up and down again leaves different.
struct RoundTripEnd { const history::RoundTrip& trip; };
/// Once for each history of which something was judged, when all of it has been replayed; for what later migrations may still mend.
/// `context.catalog()` is the schema that the history leaves. Report with `report_made`: a history has no place of its own.
struct HistoryEnd { const history::History& history; };
/// Each thing that is wrong with the order of the history.
struct OrderProblemMet { const history::OrderProblem& problem; };
/// What the catalog said to the step (missing or existing object).
struct CatalogProblemMet { const catalog::Problem& problem; };

namespace detail {
using OperationCheck = void (*)(const ir::Operation&, Context&);
inline constexpr std::size_t kOperationCount = std::variant_size_v<ir::Operation>;

template <class Op, std::size_t Index = 0>
constexpr std::size_t index_of() {
  if constexpr (std::is_same_v<Op, std::variant_alternative_t<Index, ir::Operation>>) {
    return Index;
  } else {
    return index_of<Op, Index + 1>();
  }
}
template <class>
struct FirstParameter;
template <class First>
struct FirstParameter<void (*)(const First&, Context&)> {
  using type = First;
};
}  // namespace detail

struct RuleChecks {
  std::array<detail::OperationCheck, detail::kOperationCount> on_operation{};
  void (*on_statement)(const StatementStart&, Context&) = nullptr;
  void (*on_part_end)(const PartEnd&, Context&) = nullptr;
  void (*on_migration_end)(const MigrationEnd&, Context&) = nullptr;
  void (*on_round_trip)(const RoundTripEnd&, Context&) = nullptr;
  void (*on_history_end)(const HistoryEnd&, Context&) = nullptr;
  void (*on_order_problem)(const OrderProblemMet&, Context&) = nullptr;
  void (*on_catalog_problem)(const CatalogProblemMet&, Context&) = nullptr;
};

/// The table of one rule: each function lands where its first parameter says.
template <auto... Checks>
consteval RuleChecks subscribe() {
  RuleChecks table;
  (
      [&table] {
        using First = typename detail::FirstParameter<decltype(Checks)>::type;
        if constexpr (std::is_same_v<First, StatementStart>) {
          table.on_statement = Checks;
        } else if constexpr (std::is_same_v<First, PartEnd>) {
          table.on_part_end = Checks;
        } else if constexpr (std::is_same_v<First, MigrationEnd>) {
          table.on_migration_end = Checks;
        } else if constexpr (std::is_same_v<First, RoundTripEnd>) {
          table.on_round_trip = Checks;
        } else if constexpr (std::is_same_v<First, HistoryEnd>) {
          table.on_history_end = Checks;
        } else if constexpr (std::is_same_v<First, OrderProblemMet>) {
          table.on_order_problem = Checks;
        } else if constexpr (std::is_same_v<First, CatalogProblemMet>) {
          table.on_catalog_problem = Checks;
        } else {
          table.on_operation[detail::index_of<First>()] = [](const ir::Operation& operation, Context& context) {
            Checks(std::get<First>(operation), context);
          };
        }
      }(),
      ...);
  return table;
}

}  // namespace whimbrel::rule
