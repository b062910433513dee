// IF NOT EXISTS of what is there with another definition: the statement does nothing, and nobody is told.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "whimbrel/catalog/print.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// Whether the written type is certainly another one: by its name, or by a length that both give.
bool is_other_type(const ir::TypeName& written, const ir::TypeName& there) {
  if (!written.known() || !there.known()) return false;
  if (written.name != there.name) return ir::is_builtin_type(written.name) || ir::is_builtin_type(there.name);
  if ((written.dimensions > 0) != (there.dimensions > 0)) return true;
  return !written.typmods.empty() && !there.typmods.empty() && written.typmods != there.typmods;
}

/// What the written table has and the one that is there has not: "no column x", "a is integer, not bigint".
std::optional<std::string> difference(const ir::op::CreateTable& written, const catalog::Relation& table) {
  for (const ir::ColumnDef& column : written.columns) {
    const std::string name = ir::quote_identifier(column.name.value);
    const catalog::Column* there = table.find_column(column.name.value);
    if (there == nullptr) return fmt::format("it has no column {}", name);
    if (is_other_type(column.type.value, there->type)) {
      return fmt::format("its column {} is {}, not {}", name, ir::to_sql(there->type), ir::to_sql(column.type.value));
    }
  }
  return std::nullopt;
}

bool same_expression(const ir::ExprPtr& left, const ir::ExprPtr& right) {
  return left && right ? ir::same_meaning(*left, *right) : !left && !right;
}

bool same_columns(const ir::op::CreateIndex& written, const catalog::Index& index) {
  return std::ranges::equal(written.elements, index.columns, [](const ir::IndexElement& left, const catalog::IndexColumn& right) {
    return left.column == right.column && left.descending == right.descending && same_expression(left.expr, right.expr);
  });
}

std::optional<std::string> difference(const ir::op::CreateIndex& written, const catalog::Index& index, const ir::QualifiedName& table) {
  if (index.table != table) return fmt::format("it is an index of {}", catalog::to_text(index.table));
  const bool same = written.unique == index.unique && written.method == index.method && same_columns(written, index) &&
                    same_expression(written.predicate, index.predicate);
  return same ? std::nullopt : std::optional(fmt::format("it is {}", catalog::to_text(index)));
}

bool is_certain(const rule::Context& context) { return context.moment().runs == Tri::yes && context.catalog().complete(); }

void report(rule::Context& context, Span place, const std::string& what, const std::string& reason, Span made) {
  Finding& finding = context.report(place, fmt::format("This does nothing: {} is there already, and {}", what, reason));
  if (!made.empty()) rule::add_label(finding, made, "it is made here");
}

void on_create_table(const ir::op::CreateTable& create, rule::Context& context) {
  const catalog::Relation* table = create.if_not_exists ? context.table(create.table) : nullptr;
  if (table == nullptr || table->presumed || !table->exact || !is_certain(context)) return;
  if (table->name != context.catalog().resolve_new(create.table.value, create.persistence)) return;
  if (const auto reason = difference(create, *table)) {
    report(context, create.table.span, "table " + context.name_of(create.table), *reason, table->origin.span);
  }
}

void on_create_index(const ir::op::CreateIndex& create, rule::Context& context) {
  const catalog::Relation* table = create.if_not_exists ? context.table(create.table) : nullptr;
  if (table == nullptr || create.name.value.empty() || !is_certain(context)) return;
  const catalog::Index* index = context.catalog().find_index({.schema = table->name.schema, .name = create.name.value});
  if (index == nullptr || !index->exact) return;
  if (const auto reason = difference(create, *index, table->name)) {
    report(context, create.name.span, "index " + ir::quote_identifier(create.name.value), *reason, index->origin.span);
  }
}

void on_add_column(const ir::op::AddColumn& add, rule::Context& context) {
  const catalog::Relation* table = add.if_not_exists ? context.table(add.table) : nullptr;
  if (table == nullptr || table->presumed || !table->exact || !is_certain(context)) return;
  const catalog::Column* column = table->find_column(add.column.name.value);
  if (column == nullptr || !is_other_type(add.column.type.value, column->type)) return;
  report(context, add.column.name.span, "column " + rule::column_of(context, add.table, column->name),
         fmt::format("it is {}, not {}", ir::to_sql(column->type), ir::to_sql(add.column.type.value)), column->origin.span);
}

}  // namespace

extern constinit const rule::RuleChecks create_if_not_exists_is_noop = rule::subscribe<on_create_table, on_create_index, on_add_column>();

}  // namespace whimbrel::rules
