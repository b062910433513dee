// PostgreSQL cuts names at 63 bytes.
#include <fmt/format.h>
#include <string_view>

#include "whimbrel/base/text.h"
#include "whimbrel/ir/server_limits.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {


void judge(const ir::Name& name, std::string_view what, rule::Context& context) {
  if (name.span.empty()) return;
  std::string_view written = context.source(name.span);
  if (const std::size_t dot = written.rfind('.'); dot != std::string_view::npos && !written.ends_with('"')) written = written.substr(dot + 1);
  if (written.size() >= 2 && (written.front() == '"' || written.front() == '\'') && written.back() == written.front()) written = written.substr(1, written.size() - 2);
  if (written.size() <= ir::kLongestIdentifier || written.find_first_of(" ({[\"'\n") != std::string_view::npos) return;
  Finding& finding = context.remark(name.span, fmt::format("The name of this {} has {} bytes; PostgreSQL keeps the first {}: {}", what, written.size(), ir::kLongestIdentifier, clip(written, ir::kLongestIdentifier)));
  finding.help = "choose a name of at most 63 bytes";
}

void on_table(const ir::op::CreateTable& create, rule::Context& context) {
  judge({.value = create.table.value.name, .span = create.table.span}, "table", context);
  for (const ir::ColumnDef& column : create.columns) judge(column.name, "column", context);
  for (const ir::Constraint& constraint : create.constraints) judge(constraint.name, "constraint", context);
}
void on_column(const ir::op::AddColumn& add, rule::Context& context) { judge(add.column.name, "column", context); }
void on_constraint(const ir::op::AddConstraint& add, rule::Context& context) { judge(add.constraint.name, "constraint", context); }
void on_index(const ir::op::CreateIndex& create, rule::Context& context) { judge(create.name, "index", context); }

}  // namespace

extern constinit const rule::RuleChecks identifier_too_long = rule::subscribe<on_table, on_column, on_constraint, on_index>();

}  // namespace whimbrel::rules
