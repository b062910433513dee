// Collects during the replay what each judged migration changes, locks, loses and leaves to be confirmed.
#include "summarize.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <variant>

#include "describe.h"
#include "whimbrel/rule/difference.h"
#include "whimbrel/rule/held.h"
#include "whimbrel/rule/help.h"

namespace whimbrel::engine {

namespace {

namespace op = ir::op;

bool is_up(const rule::Context& context) { return context.moment().direction == ir::Direction::up; }

/// What the state of the parts alone says; a round trip may say more.
WayBack way_back_of(const ir::Migration& migration, history::Judged judged) {
  if (!rule::changes_anything(migration.up.statements)) return WayBack::not_needed;
  switch (migration.down.state) {
    case ir::PartState::missing: return WayBack::missing;
    case ir::PartState::empty: return WayBack::empty;
    case ir::PartState::raising: return WayBack::refuses;
    case ir::PartState::present: return judged.down ? WayBack::unknown : WayBack::not_judged;
  }
  return WayBack::unknown;
}

}  // namespace

void Summarizer::begin_migration(const ir::Migration& migration, history::Judged judged) {
  MigrationSummary& summary = summaries.emplace_back();
  summary.id = migration.id;
  summary.title = migration.message;
  summary.up = migration.up.span;
  summary.up.file = migration.up.file;
  summary.down = migration.down.span;
  summary.down.file = migration.down.state == ir::PartState::missing ? migration.up.file : migration.down.file;
  summary.up_judged = judged.up;
  summary.way_back = way_back_of(migration, judged);
  told_.clear();
}

void Summarizer::end_migration(const ir::Migration& migration) {
  for (const ir::Unknown& place : migration.unknown) summaries.back().unknown.push_back(place.span);
}

void Summarizer::on_statement(const history::Moment& moment, const facts::StatementEffects& effects) {
  if (moment.direction == ir::Direction::down) return;
  std::optional<history::LockRow> row = history::lock_row(moment, effects);
  if (!row) return;
  const rule::Context context(moment, effects, moment.statement.steps.size(), view_, RuleId{}, no_findings_);
  note_locks(context, std::move(*row));
}

void Summarizer::note_locks(const rule::Context& context, history::LockRow row) {
  MigrationSummary& summary = summaries.back();
  std::erase_if(row.effects.locks, [&](const facts::RelationLock& lock) { return !rule::is_felt(context, lock); });
  const rule::HeavyWork heavy = rule::heavy_work(context);
  if (heavy.work == nullptr) {
    row.effects.rewrites.clear();
    row.effects.scans.clear();
    row.effects.builds.clear();
  }
  const facts::Effects& effects = context.statement_effects();
  const bool touches_others = heavy.work != nullptr || !row.effects.locks.empty();
  if (!effects.error.empty() && context.moment().runs == Tri::yes && summary.failure.empty()) {
    summary.failure = effects.error_reason.empty() ? "SQLSTATE " + effects.error : effects.error_reason;
  } else if (!effects.possible_error.empty() && touches_others) {
    summary.doubts.push_back({context.statement().span, effects.possible_error, effects.error_reason});
  }
  if (!effects.certain && touches_others) summary.certain = false;
  if (!row.effects.locks.empty() && context.settings().lock_timeout_known && context.settings().lock_timeout_ms == 0 &&
      !context.options().runner_sets_lock_timeout) {
    summary.has_lock_timeout = false;
  }
  notes_.push_back({summaries.size() - 1, heavy.phrase});
  rows_.push_back(std::move(row));
}

void Summarizer::on_step(const history::Moment& moment, const facts::StatementEffects& effects, std::size_t step) {
  const rule::Context context(moment, effects, step, view_, RuleId{}, no_findings_);
  note_losses(context);
  if (!is_up(context)) return;
  MigrationSummary& summary = summaries.back();
  if (std::holds_alternative<op::Opaque>(context.step().operation)) summary.unknown.push_back(context.step().span);
  std::optional<Change> change = describe(context.step().operation, [&](const ir::RelationName& name) { return context.name_of(name); });
  if (change) {
    change->span = context.step().span;
    change->certain = moment.runs == Tri::yes;
    summary.changes.push_back(std::move(*change));
  }
  note_gone(context);
}

void Summarizer::note_loss(const rule::Context& context, std::string_view what, std::string name, bool everything) {
  if (!told_.emplace(is_up(context), fmt::format("{} {}", what, name)).second) return;
  MigrationSummary& summary = summaries.back();
  (is_up(context) ? summary.lost : summary.lost_going_back).push_back({std::string(what), std::move(name), everything});
}

void Summarizer::note_losses(const rule::Context& context) {
  const auto holds = [&](const ir::RelationName& table) { return !rule::is_own(context, table) && table.value.name != "alembic_version"; };
  const ir::Operation& operation = context.step().operation;
  if (const auto* drop = std::get_if<op::DropTable>(&operation)) {
    const bool is_there = !drop->if_exists || context.table(drop->table) != nullptr;
    if (is_there && holds(drop->table)) note_loss(context, "the rows of", context.name_of(drop->table));
  } else if (const auto* column = std::get_if<op::DropColumn>(&operation)) {
    const catalog::Relation* table = context.table(column->table);
    const catalog::Column* known = table == nullptr ? nullptr : table->find_column(column->column.value);
    const bool is_new = known != nullptr && rule::made_in_this_part(context, known->origin);
    if (!is_new && holds(column->table)) note_loss(context, "the values of", rule::column_of(context, column->table, column->column.value));
  } else if (const auto* truncate = std::get_if<op::Truncate>(&operation)) {
    if (holds(truncate->table)) note_loss(context, "every row of", context.name_of(truncate->table));
  } else if (const auto* remove = std::get_if<op::Delete>(&operation)) {
    if (holds(remove->table)) note_loss(context, remove->has_where ? "the rows that a DELETE removes from" : "every row of", context.name_of(remove->table), !remove->has_where);
  } else if (const auto* update = std::get_if<op::Update>(&operation)) {
    if (!holds(update->table)) return;
    const catalog::Relation* table = context.table(update->table);
    for (const ir::Name& written : update->columns) {
      const catalog::Column* known = table == nullptr ? nullptr : table->find_column(written.value);
      const bool is_new = known != nullptr && rule::made_in_this_part(context, known->origin);
      if (!is_new) note_loss(context, "the old values of", rule::column_of(context, update->table, written.value), false);
    }
  } else if (const auto* schema = std::get_if<op::DropSchema>(&operation)) {
    if (schema->cascade) note_loss(context, "everything in schema", ir::quote_identifier(schema->schema.value));
  } else if (const auto* type = std::get_if<op::DropType>(&operation)) {
    if (type->cascade) note_loss(context, "the columns of type", context.name_of(type->type));
  }
}

/// Names that code of the release before may still use.
void Summarizer::note_gone(const rule::Context& context) {
  const auto gone = [&](std::string name) {
    if (told_.emplace(true, "gone " + name).second) summaries.back().gone.push_back(std::move(name));
  };
  const auto relation = [&](const ir::RelationName& name) {
    if (!rule::is_own(context, name) && !rule::is_made_again(context, context.catalog().resolve(name.value))) gone(context.name_of(name));
  };
  const ir::Operation& operation = context.step().operation;
  if (const auto* drop = std::get_if<op::DropTable>(&operation)) relation(drop->table);
  if (const auto* rename = std::get_if<op::RenameTable>(&operation)) relation(rename->table);
  if (const auto* view = std::get_if<op::DropView>(&operation)) relation(view->view);
  if (const auto* moved = std::get_if<op::SetSchema>(&operation)) relation(moved->object);
  if (const auto* function = std::get_if<op::DropFunction>(&operation)) relation(function->function);
  if (const auto* column = std::get_if<op::DropColumn>(&operation)) {
    if (!rule::is_own(context, column->table)) gone(rule::column_of(context, column->table, column->column.value));
  }
  if (const auto* column = std::get_if<op::RenameColumn>(&operation)) {
    if (!rule::is_own(context, column->table)) gone(rule::column_of(context, column->table, column->column.value));
  }
}

void Summarizer::on_round_trip(const history::Moment& moment, const history::RoundTrip& trip) {
  MigrationSummary& summary = summaries.back();
  if (summary.way_back != WayBack::unknown) return;
  if (!trip.certain) {
    if (trip.down_fails && !trip.up_fails) summary.way_back = WayBack::fails;
    return;
  }
  summary.way_back = trip.differences.empty() ? WayBack::restores : WayBack::differs;
  const facts::StatementEffects no_effects;
  const rule::Context context(moment, no_effects, 0, view_, RuleId{}, no_findings_);
  for (const history::PlacedDifference& placed : trip.differences) summary.not_restored.push_back(rule::difference_phrase(context, placed.difference));
}

/// A lock goes to the migration that takes it, whoever works while it is held.
void Summarizer::add_lock(const history::HeldSum& held, bool shared) {
  MigrationSummary& summary = summaries[notes_[held.since].summary];
  FeltLock lock{.relation = facts::display_name(held.relation), .mode = held.mode, .since = rows_[held.since].statement->span, .work = {}, .working = {}};
  for (std::size_t i = held.since; i < held.until && held.heaviest != history::Duration::instant; ++i) {
    if (notes_[i].work.empty() || history::duration_of(rows_[i].effects) != held.heaviest) continue;
    lock.work = notes_[i].work;
    lock.working = rows_[i].statement->span;
    break;
  }
  lock.in_transaction = shared;
  summary.locks.push_back(std::move(lock));
}

void Summarizer::end_history() {
  for (const history::TransactionSum& sum : history::transaction_sums(rows_)) {
    for (const history::HeldSum& held : sum.locks) add_lock(held, true);
  }
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (rows_[i].in_transaction) continue;
    const history::Duration duration = history::duration_of(rows_[i].effects);
    for (const facts::RelationLock& lock : rows_[i].effects.locks) add_lock({lock.relation, lock.mode, i, i + 1, duration}, false);
  }
  rows_.clear();
  notes_.clear();
}

}  // namespace whimbrel::engine
