// What the down part cannot bring back: rows and values that the up part overwrites, enum values that it adds.
#include <fmt/format.h>

#include <algorithm>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

using Down = ir::Statement;

/// Whether a step of the statements, bodies included, satisfies the question.
template <class Question>
bool any_step(const std::vector<ir::Statement>& statements, const Question& question) {
  return std::ranges::any_of(statements, [&](const ir::Statement& statement) {
    return std::ranges::any_of(statement.steps, question) || any_step(statement.body, question);
  });
}

/// Whether it is worth telling: the migration has a down part that runs, and this is the up part.
bool promises_a_way_back(const rule::Context& context) {
  return context.moment().direction == ir::Direction::up && context.moment().migration.down.state == ir::PartState::present;
}

/// Whether the down part writes the table, drops it, or does something that cannot be read: then it may well care for the values.
bool is_cared_for(const rule::Context& context, const ir::RelationName& table) {
  const ir::QualifiedName name = context.catalog().resolve(table.value);
  const auto is_table = [&](const ir::RelationName& other) { return context.catalog().resolve(other.value) == name; };
  return any_step(context.moment().migration.down.statements, [&](const ir::Step& step) {
    if (const auto* update = std::get_if<ir::op::Update>(&step.operation)) return is_table(update->table);
    if (const auto* insert = std::get_if<ir::op::Insert>(&step.operation)) return is_table(insert->table);
    if (const auto* merge = std::get_if<ir::op::Merge>(&step.operation)) return is_table(merge->table);
    if (const auto* copy = std::get_if<ir::op::Copy>(&step.operation)) return is_table(copy->table);
    if (const auto* drop = std::get_if<ir::op::DropTable>(&step.operation)) return is_table(drop->table);
    return std::holds_alternative<ir::op::Opaque>(step.operation) || std::holds_alternative<ir::op::Do>(step.operation) ||
           std::holds_alternative<ir::op::Call>(step.operation) || std::holds_alternative<ir::op::Select>(step.operation);
  });
}

bool drops_column(const rule::Context& context, const ir::RelationName& table, const std::string& column) {
  const ir::QualifiedName name = context.catalog().resolve(table.value);
  return any_step(context.moment().migration.down.statements, [&](const ir::Step& step) {
    const auto* drop = std::get_if<ir::op::DropColumn>(&step.operation);
    return drop != nullptr && drop->column.value == column && context.catalog().resolve(drop->table.value) == name;
  });
}

/// `column IS NULL` is one of the conditions that all have to hold: only empty places are filled.
bool only_where_null(const ir::ExprPtr& where, const std::string& column) {
  if (!where) return false;
  if (where->kind == ir::ExprKind::logic_and) {
    return std::ranges::any_of(where->args, [&](const ir::ExprPtr& arg) { return only_where_null(arg, column); });
  }
  return where->kind == ir::ExprKind::is_null && where->args.size() == 1 && where->args[0] &&
         where->args[0]->kind == ir::ExprKind::column && !where->args[0]->names.empty() && where->args[0]->names.back() == column;
}

void on_update(const ir::op::Update& update, rule::Context& context) {
  if (!promises_a_way_back(context) || update.table.value.name == "alembic_version") return;
  const catalog::Relation* table = context.table(update.table);
  if (table == nullptr || rule::is_own(context, update.table) || is_cared_for(context, update.table)) return;
  std::vector<std::string> lost;
  for (const ir::Name& written : update.columns) {
    const catalog::Column* column = table->find_column(written.value);
    if (column == nullptr || rule::made_in_this_part(context, column->origin)) continue;
    if (only_where_null(update.where, written.value) || drops_column(context, update.table, written.value)) continue;
    lost.push_back(rule::column_of(context, update.table, written.value));
  }
  if (lost.empty()) return;
  Finding& finding = context.report(
      context.step().span, fmt::format("The down part cannot bring back the values of {} that this UPDATE overwrites", rule::join_names(lost)));
  finding.help = "where they may be needed again, keep them in a new column until the next release, or say in the down part what stands for them";
}

void on_delete(const ir::op::Delete& remove, rule::Context& context) {
  // Without a condition delete-without-where says that all rows go.
  if (!promises_a_way_back(context) || !remove.has_where || remove.table.value.name == "alembic_version") return;
  if (context.table(remove.table) == nullptr || rule::is_own(context, remove.table) || is_cared_for(context, remove.table)) return;
  context.report(context.step().span, fmt::format("The down part cannot bring back the rows of {} that this DELETE removes", context.name_of(remove.table))).help =
      "where they may be needed again, copy them to a table of their own first";
}

int digits_behind_point(const ir::TypeName& type) {
  constexpr int kAll = 1000;
  if (type.name != "numeric") return kAll;
  return type.typmods.empty() ? kAll : type.typmods.size() > 1 ? type.typmods[1] : 0;
}

int digits_of_second(const ir::TypeName& type) {
  constexpr int kMost = 6;
  return type.typmods.empty() ? kMost : std::min(type.typmods[0], kMost);
}

bool is_integer(const ir::TypeName& type) { return type.name == "integer" || type.name == "bigint" || type.name == "smallint"; }
bool is_fraction(const ir::TypeName& type) { return type.name == "numeric" || type.name == "double precision" || type.name == "real"; }
bool is_timestamp(const ir::TypeName& type) { return type.name.starts_with("timestamp "); }

/// What the server's own cast from one type to the other throws away; empty where it keeps the value or refuses.
/// Manual, "Numeric Types" (rounding) and "Date/Time Types" (precision).
std::string_view thrown_away(const ir::TypeName& from, const ir::TypeName& to) {
  if (from.dimensions != 0 || to.dimensions != 0) return "";
  if (is_fraction(from) && digits_behind_point(from) > 0 && is_integer(to)) return "the digits behind the point";
  if (is_fraction(from) && to.name == "numeric" && digits_behind_point(to) < digits_behind_point(from)) return "digits behind the point";
  if ((from.name == "double precision" || from.name == "numeric") && to.name == "real") return "digits";
  if (is_timestamp(from) && to.name == "date") return "the time of day";
  if (is_timestamp(from) && to.name.starts_with("time ")) return "the date";
  if (is_timestamp(from) && is_timestamp(to) && digits_of_second(to) < digits_of_second(from)) return "fractions of seconds";
  if (from.name == "json" && to.name == "jsonb") return "";
  return "";
}

/// USING column::varchar(n): an explicit cast cuts longer values, where the change by itself would refuse them.
bool cuts(const ir::op::AlterColumnType& alter) {
  const ir::ExprPtr& expr = alter.using_expr;
  return expr && expr->kind == ir::ExprKind::cast && (expr->type.name == "character varying" || expr->type.name == "character") &&
         !expr->type.typmods.empty() && expr->args.size() == 1 && expr->args[0] && expr->args[0]->kind == ir::ExprKind::column;
}

void on_alter_type(const ir::op::AlterColumnType& alter, rule::Context& context) {
  if (!promises_a_way_back(context)) return;
  const catalog::Relation* table = context.table(alter.table);
  const catalog::Column* column = table == nullptr ? nullptr : table->find_column(alter.column.value);
  if (column == nullptr || rule::is_own(context, alter.table) || rule::made_in_this_part(context, column->origin)) return;
  const ir::TypeName& from = column->type;
  const ir::TypeName& to = alter.type.value;
  if (!from.known() || !to.known()) return;
  std::string_view lost = alter.using_expr && alter.using_expr->kind != ir::ExprKind::cast ? "" : thrown_away(from, to);
  const bool narrower = from.name == "text" || (from.name == "character varying" && (from.typmods.empty() || (!to.typmods.empty() && to.typmods[0] < from.typmods[0])));
  if (lost.empty() && narrower && cuts(alter)) lost = "what is longer";
  if (lost.empty()) return;
  context.report(alter.type.span, fmt::format("Changing {} from {} to {} throws away {}, which the down part cannot bring back",
                                              rule::column_of(context, alter.table, alter.column.value), ir::to_sql(from), ir::to_sql(to), lost))
      .help = "where it may be needed again, give the new type a new column, and drop the old one in a later release";
}

/// ADD VALUE IF NOT EXISTS can be run again, and a value that nobody uses harms nobody.
bool can_be_run_again(const ir::Part& up, Span place) {
  return any_step(up.statements, [&](const ir::Step& step) {
    const auto* add = std::get_if<ir::op::AddEnumValue>(&step.operation);
    return add != nullptr && add->if_not_exists && step.span == place;
  });
}

void on_round_trip(const rule::RoundTripEnd& end, rule::Context& context) {
  using Difference = catalog::Difference;
  const ir::Migration& migration = context.moment().migration;
  if (migration.down.state != ir::PartState::present && migration.down.state != ir::PartState::empty) return;
  for (const history::PlacedDifference& placed : end.trip.differences) {
    const Difference& difference = placed.difference;
    if (difference.piece != Difference::Piece::enum_value || difference.outcome != Difference::Outcome::left_over) continue;
    if (placed.up.empty() || can_be_run_again(migration.up, placed.up)) continue;
    Finding& finding = context.report(
        placed.up, fmt::format("Value '{}' of type {} stays after the down part, for PostgreSQL cannot remove one; going up again fails on it", difference.part,
                               context.name_of({.value = difference.name, .span = {}})));
    finding.down = false;
    finding.help = rule::Steps(context)
                       .run(fmt::format("ALTER TYPE {} ADD VALUE IF NOT EXISTS '{}'", context.name_of({.value = difference.name, .span = {}}), difference.part))
                       .text();
  }
}

}  // namespace

extern constinit const rule::RuleChecks irreversible_operation = rule::subscribe<on_update, on_delete, on_alter_type, on_round_trip>();

}  // namespace whimbrel::rules
