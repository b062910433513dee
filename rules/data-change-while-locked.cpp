// Rows are changed while an earlier statement's strong lock is kept: all wait until the last row is written.
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "whimbrel/rule/held.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

bool is_constant(const ir::ExprPtr& expr) {
  using Kind = ir::ExprKind;
  if (!expr) return false;
  if (expr->kind == Kind::cast) return !expr->args.empty() && is_constant(expr->args.front());
  return expr->kind == Kind::number || expr->kind == Kind::string || expr->kind == Kind::boolean || expr->kind == Kind::parameter;
}

/// Whether the column alone is unique: an equality finds one row.
bool is_key(const rule::Context& context, const catalog::Relation& table, std::string_view column) {
  return std::ranges::any_of(table.indexes, [&](const ir::QualifiedName& name) {
    const auto index = context.catalog().indexes().find(name);
    return index != context.catalog().indexes().end() && index->second->unique && !index->second->predicate &&
           index->second->columns.size() == 1 && index->second->columns.front().column == column;
  });
}

/// `key = constant`, `key IN (constants)`, and AND of that with anything: a few rows by an index.
bool finds_few(const rule::Context& context, const catalog::Relation& table, const ir::Expr& where) {
  const auto one = [&](const ir::ExprPtr& arg) { return arg && finds_few(context, table, *arg); };
  if (where.kind == ir::ExprKind::logic_and) return std::ranges::any_of(where.args, one);
  if (where.kind != ir::ExprKind::op || (where.text != "=" && where.text != "IN") || where.args.size() < 2) return false;
  const ir::ExprPtr& column = where.args.front();
  return column && column->kind == ir::ExprKind::column && !column->names.empty() &&
         std::all_of(where.args.begin() + 1, where.args.end(), is_constant) && is_key(context, table, column->names.back());
}

bool reads_large(const rule::Context& context, const ir::Query& query) {
  return std::ranges::any_of(query.reads, [&](const ir::RelationName& read) { return rule::holds_much(context, read); });
}

void speak(rule::Context& context, const ir::RelationName& table, std::string_view verb) {
  if (context.transaction().held.empty()) return;
  const auto locks = rule::felt_locks(context);
  if (locks.empty()) return;
  rule::report_held(context, context.statement().span,
                    fmt::format("{} {} while {}, because an earlier statement of the transaction {}", verb, context.name_of(table),
                                rule::who_waits(context, locks), rule::locked_them(locks)),
                    locks);
}

template <class Change>
bool touches_few(const Change& change, const rule::Context& context) {
  if (!rule::holds_much(context, change.table)) return !reads_large(context, change.query);
  const catalog::Relation* table = context.table(change.table);
  return table != nullptr && change.where && finds_few(context, *table, *change.where);
}

void on_update(const ir::op::Update& update, rule::Context& context) {
  if (!touches_few(update, context)) speak(context, update.table, "Rows are updated in");
}

void on_delete(const ir::op::Delete& remove, rule::Context& context) {
  if (!touches_few(remove, context)) speak(context, remove.table, "Rows are deleted from");
}

void on_insert(const ir::op::Insert& insert, rule::Context& context) {
  if (insert.from_query && reads_large(context, insert.query)) speak(context, insert.table, "Rows of a query are inserted into");
}

void on_merge(const ir::op::Merge& merge, rule::Context& context) {
  if (rule::holds_much(context, merge.table) || reads_large(context, merge.query)) speak(context, merge.table, "Rows are merged into");
}

}  // namespace

extern constinit const rule::RuleChecks data_change_while_locked = rule::subscribe<on_update, on_delete, on_insert, on_merge>();

}  // namespace whimbrel::rules
