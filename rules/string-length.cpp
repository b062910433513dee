// A column of text without a limit, or with one above what the project has agreed on.
#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "whimbrel/rule/columns.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

constexpr std::array<std::string_view, 4> kLengths{"length", "char_length", "character_length", "octet_length"};

constexpr std::int64_t kUsual = 255;   ///< of a help text, where the project names no number

/// Whether the CHECK asks for the length of the column.
bool limits(const ir::Constraint& constraint, std::string_view column) {
  if (constraint.kind != ir::ConstraintKind::check || !constraint.expr) return false;
  bool found = false;
  ir::for_each_node(*constraint.expr, [&](const ir::Expr& node) {
    if (node.kind != ir::ExprKind::call || std::ranges::find(kLengths, node.name.name) == kLengths.end()) return;
    for (const ir::ExprPtr& arg : node.args) found = found || (arg && arg->kind == ir::ExprKind::column && !arg->names.empty() && arg->names.back() == column);
  });
  return found;
}

void judge(const ir::ColumnDef& column, const ir::RelationName& table, const std::vector<ir::Constraint>& constraints, rule::Context& context) {
  const rule::Conventions& agreed = context.conventions();
  const ir::TypeName& type = column.type.value;
  const bool varying = type.name == "character varying" || type.name == "text";
  if (!type.schema.empty() || (!varying && type.name != "character")) return;
  const auto is_limit = [&](const ir::Constraint& constraint) { return limits(constraint, column.name.value); };
  if (std::ranges::any_of(column.constraints, is_limit) || std::ranges::any_of(constraints, is_limit)) return;
  const bool limited = !type.typmods.empty();
  const std::string name = ir::quote_identifier(column.name.value);
  const std::int64_t most = agreed.max_string_length.value_or(kUsual);
  if (varying && !limited && agreed.limited_strings) {
    rule::report_type(context, column, table, "in this project a text has a limit").help = fmt::format("{} varchar({}),\n-- or\n{} text CHECK (length({}) <= {})", name, most, name, name, most);
  }
  if (limited && agreed.max_string_length && type.typmods.front() > most) {
    rule::report_type(context, column, table, fmt::format("in this project a text has at most {} characters", most)).help = fmt::format("{} varchar({})", name, most);
  }
}

void on_create(const ir::op::CreateTable& create, rule::Context& context) {
  if (create.persistence == ir::Persistence::temporary) return;
  for (const ir::ColumnDef& column : create.columns) judge(column, create.table, create.constraints, context);
}

void on_add(const ir::op::AddColumn& add, rule::Context& context) {
  std::vector<ir::Constraint> beside;
  for (const ir::Step& step : context.statement().steps) {
    if (const auto* constraint = std::get_if<ir::op::AddConstraint>(&step.operation)) beside.push_back(constraint->constraint);
  }
  judge(add.column, add.table, beside, context);
}

}  // namespace

extern constinit const rule::RuleChecks string_length = rule::subscribe<on_create, on_add>();

}  // namespace whimbrel::rules
