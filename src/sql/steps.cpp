// Appends steps and statements: the one place that compiles the code of the great variant's moves.
#include <tuple>

#include "statements.h"

namespace whimbrel::sql {

template <class Alternative>
void add_step(ir::Statement& out, Alternative operation, Span span) {
  out.steps.push_back({ir::Operation(std::in_place_type<Alternative>, std::move(operation)), span});
}

ir::Statement& append_statement(std::vector<ir::Statement>& list) { return list.emplace_back(); }

namespace {

template <class Variant>
struct Instantiate;
template <class... Alternatives>
struct Instantiate<std::variant<Alternatives...>> {
  [[gnu::used]] static auto all() { return std::tuple(&add_step<Alternatives>...); }  // kept when optimised
};
template struct Instantiate<ir::Operation>;

}  // namespace

}  // namespace whimbrel::sql
