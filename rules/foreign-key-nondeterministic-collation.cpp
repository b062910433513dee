// A foreign key between columns of different collations, one of which is not deterministic.
#include <fmt/format.h>
#include <algorithm>
#include <string>
#include <string_view>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

constexpr int kRefused = 18;   ///< since when: ERRCODE_COLLATION_MISMATCH in ATAddForeignKeyConstraint

std::string shown(std::string_view collation) { return collation.empty() ? "the default one" : ir::quote_identifier(collation); }

void judge(const ir::Constraint& key, const std::string& column, const std::string& own, std::size_t at, const ir::RelationName& table, rule::Context& context) {
  const catalog::Relation* target = context.table(key.references);
  if (target == nullptr) return;
  const catalog::Constraint* primary = target->primary_key();
  const std::string wanted = at < key.referenced_columns.size() ? key.referenced_columns[at].value : primary != nullptr && at < primary->columns.size() ? primary->columns[at] : std::string();
  const catalog::Column* referenced = target->find_column(wanted);
  if (referenced == nullptr || referenced->collation == own) return;
  const auto& tricky = context.catalog().nondeterministic_collations();
  if (!tricky.contains(own) && !tricky.contains(referenced->collation)) return;
  Finding& finding = context.remark(key.span,
                                    fmt::format("{} has the collation {}, and {}, which it refers to, {}: {}", rule::column_of(context, table, column), shown(own), rule::column_of(context, key.references, wanted),
                                                shown(referenced->collation), context.pg_version() >= kRefused ? "PostgreSQL refuses that (42P21)" : "PostgreSQL 18 refuses that, and no dump of it can be restored there"));
  finding.help = fmt::format("give both columns one collation: {} … COLLATE {}", ir::quote_identifier(column), referenced->collation.empty() ? "\"default\"" : ir::quote_identifier(referenced->collation));
}

void on_create(const ir::op::CreateTable& create, rule::Context& context) {
  for (const ir::ColumnDef& column : create.columns) {
    if (const ir::Constraint* key = rule::inline_constraint(column, ir::ConstraintKind::foreign_key)) judge(*key, column.name.value, column.collation, 0, create.table, context);
  }
  for (const ir::Constraint& key : create.constraints) {
    if (key.kind != ir::ConstraintKind::foreign_key) continue;
    for (std::size_t i = 0; i < key.columns.size(); ++i) {
      const auto column = std::ranges::find_if(create.columns, [&](const ir::ColumnDef& one) { return one.name.value == key.columns[i].value; });
      if (column != create.columns.end()) judge(key, column->name.value, column->collation, i, create.table, context);
    }
  }
}

void on_column(const ir::op::AddColumn& add, rule::Context& context) {
  if (const ir::Constraint* key = rule::inline_constraint(add.column, ir::ConstraintKind::foreign_key)) judge(*key, add.column.name.value, add.column.collation, 0, add.table, context);
}

void on_constraint(const ir::op::AddConstraint& add, rule::Context& context) {
  const catalog::Relation* table = add.constraint.kind == ir::ConstraintKind::foreign_key ? context.table(add.table) : nullptr;
  if (table == nullptr) return;
  for (std::size_t i = 0; i < add.constraint.columns.size(); ++i) {
    const catalog::Column* column = table->find_column(add.constraint.columns[i].value);
    if (column != nullptr) judge(add.constraint, column->name, column->collation, i, add.table, context);
  }
}

}  // namespace

extern constinit const rule::RuleChecks foreign_key_nondeterministic_collation = rule::subscribe<on_create, on_column, on_constraint>();

}  // namespace whimbrel::rules
