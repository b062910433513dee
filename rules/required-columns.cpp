// A new table without a column that the project has agreed on.
#include <fmt/format.h>
#include <algorithm>
#include <string>

#include "whimbrel/base/text.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

bool is_exempt(const ir::QualifiedName& table, const rule::Conventions& agreed) {
  return std::ranges::any_of(agreed.required_columns_exempt, [&](const std::string& pattern) {
    return matches_glob(pattern, table.name) || matches_glob(pattern, table.schema + "." + table.name);
  });
}

void judge(const catalog::Relation& table, rule::Context& context) {
  const rule::Conventions& agreed = context.conventions();
  const bool is_table = table.kind == catalog::RelationKind::table || table.kind == catalog::RelationKind::partitioned_table;
  if (!is_table || table.presumed || !table.exact || table.is_partition || !table.parents.empty() || table.persistence == ir::Persistence::temporary) return;
  if (table.origin.part != context.moment().part_number || is_exempt(table.name, agreed)) return;
  const ir::RelationName name{.value = table.name, .span = {}};
  for (const rule::RequiredColumn& required : agreed.required_columns) {
    const catalog::Column* column = table.find_column(required.name);
    if (column == nullptr) {
      Finding& finding = context.report_made(table.origin, fmt::format("Table {} has no column {}, which every table of this project has", context.name_of(name), ir::quote_identifier(required.name)));
      finding.help = required.type.empty() ? std::string() : fmt::format("{} {}", ir::quote_identifier(required.name), required.type);
    } else if (!required.type.empty() && column->type.known() && ir::to_sql(column->type) != required.type) {
      Finding& finding = context.report_made(column->origin, fmt::format("{} is {}; in this project it is {}", rule::column_of(context, name, required.name), ir::to_sql(column->type), required.type));
      finding.help = fmt::format("{} {}", ir::quote_identifier(required.name), required.type);
    }
  }
}

void on_part_end(const rule::PartEnd& end, rule::Context& context) {
  if (context.conventions().required_columns.empty() || context.moment().direction != ir::Direction::up) return;
  std::vector<ir::QualifiedName> seen;
  // Elements of CREATE SCHEMA are in that schema.
  const auto look = [&](const std::vector<ir::Statement>& statements, const std::string& schema) {
    for (const ir::Statement& statement : statements) {
      for (const ir::Step& step : statement.steps) {
        const auto* create = std::get_if<ir::op::CreateTable>(&step.operation);
        if (create == nullptr) continue;
        ir::RelationName name = create->table;
        if (name.value.schema.empty()) name.value.schema = schema;
        const catalog::Relation* table = context.table(name);
        if (table == nullptr || std::ranges::find(seen, table->name) != seen.end()) continue;
        seen.push_back(table->name);
        judge(*table, context);
      }
    }
  };
  look(end.part.statements, "");
  for (const ir::Statement& statement : end.part.statements) {
    const auto* schema = statement.steps.empty() ? nullptr : std::get_if<ir::op::CreateSchema>(&statement.steps.front().operation);
    look(statement.body, schema == nullptr ? "" : schema->schema.value);
  }
}

}  // namespace

extern constinit const rule::RuleChecks required_columns = rule::subscribe<on_part_end>();

}  // namespace whimbrel::rules
