// A column that is named twice makes the statement fail.
#include <fmt/format.h>
#include <map>
#include <string_view>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// `a[1]` and `a.x` set a part of the column.
bool is_part(const ir::Name& name, const rule::Context& context) {
  if (name.span.empty()) return false;
  const std::string_view behind = context.source({name.span.file, name.span.end, name.span.end + 1});
  return context.source(name.span).find_first_of("[.") != std::string_view::npos || behind == "[" || behind == ".";
}

void judge(const std::vector<ir::Name>& columns, rule::Context& context) {
  std::map<std::string_view, const ir::Name*> seen;
  for (const ir::Name& column : columns) {
    if (column.value.empty() || is_part(column, context)) continue;
    const auto [first, is_new] = seen.emplace(column.value, &column);
    if (is_new) continue;
    Finding& finding = context.remark(column.span, fmt::format("Column {} is named twice: PostgreSQL refuses the statement", ir::quote_identifier(column.value)));
    if (!first->second->span.empty() && first->second->span != column.span) rule::add_label(finding, first->second->span, "the first time");
    finding.help = "name it once";
    return;
  }
}

void on_update(const ir::op::Update& update, rule::Context& context) { judge(update.columns, context); }
void on_insert(const ir::op::Insert& insert, rule::Context& context) { judge(insert.columns, context); }
void on_create(const ir::op::CreateTable& create, rule::Context& context) {
  std::vector<ir::Name> names;
  for (const ir::ColumnDef& column : create.columns) names.push_back(column.name);
  judge(names, context);
}
void on_view(const ir::op::CreateView& create, rule::Context& context) {
  std::vector<ir::Name> names;
  for (const std::string& column : create.columns) names.push_back({.value = column, .span = create.view.span});
  judge(names, context);
}

}  // namespace

extern constinit const rule::RuleChecks duplicate_column_assignment = rule::subscribe<on_update, on_insert, on_create, on_view>();

}  // namespace whimbrel::rules
