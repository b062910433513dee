// The query of a new materialized view runs inside the migration.
#include <algorithm>
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_create(const ir::op::CreateTableAs& create, rule::Context& context) {
  if (!create.materialized_view || !create.with_data) return;
  if (std::ranges::all_of(create.query.reads, [&](const ir::RelationName& read) { return context.is_harmless(read); })) return;
  context.report(create.table.span, fmt::format("The query of {} runs inside the migration; WITH NO DATA leaves it to a later REFRESH", ir::to_sql(create.table.value)));
}

}  // namespace

extern constinit const rule::RuleChecks create_matview_with_data = rule::subscribe<on_create>();

}  // namespace whimbrel::rules
