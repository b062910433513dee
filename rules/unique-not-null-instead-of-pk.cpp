// A table with a unique NOT NULL column and no primary key.
#include <algorithm>
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void on_create(const ir::op::CreateTable& create, rule::Context& context) {
  if (!create.partition_of.value.empty() || create.persistence == ir::Persistence::temporary) return;
  const auto is_key = [](const ir::Constraint& one) { return one.kind == ir::ConstraintKind::primary_key; };
  if (std::ranges::any_of(create.constraints, is_key)) return;
  const ir::ColumnDef* could_be = nullptr;
  for (const ir::ColumnDef& column : create.columns) {
    if (std::ranges::any_of(column.constraints, is_key)) return;
    if (column.not_null && rule::inline_constraint(column, ir::ConstraintKind::unique) != nullptr && could_be == nullptr) could_be = &column;
  }
  if (could_be == nullptr) return;
  context.remark(could_be->name.span.empty() ? could_be->span : could_be->name.span, fmt::format("{} is unique and NOT NULL: it could be the primary key, which {} has not", could_be->name.value, context.name_of(create.table)));
}

}  // namespace

extern constinit const rule::RuleChecks unique_not_null_instead_of_pk = rule::subscribe<on_create>();

}  // namespace whimbrel::rules
