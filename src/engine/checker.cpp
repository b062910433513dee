// Calls the selected rules at each moment of a replay, and counts what goes by.
#include "checker.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>
#include <variant>

#include "whimbrel/finding/rule_info.h"
#include "whimbrel/rules/all.h"

namespace whimbrel::engine {

namespace {

/// Findings of one file. Nobody reads more, and memory has its bounds.
constexpr std::uint32_t kMostFindings = 10'000;

const facts::StatementEffects& no_effects() {
  static const facts::StatementEffects kNone{};
  return kNone;
}

}  // namespace

Dispatch::Dispatch(const std::vector<bool>& rules) {
  const auto subscribe = [](auto& list, RuleId rule, auto call) {
    if (call != nullptr) list.push_back({rule, call});
  };
  for (const RuleInfo& info : all_rules()) {
    const auto index = static_cast<std::size_t>(info.id);
    if (!rules[index]) continue;
    const rule::RuleChecks& checks = *rules::all_checks()[index];
    for (std::size_t i = 0; i < operation.size(); ++i) subscribe(operation[i], info.id, checks.on_operation[i]);
    subscribe(statement, info.id, checks.on_statement);
    subscribe(part_end, info.id, checks.on_part_end);
    subscribe(migration_end, info.id, checks.on_migration_end);
    subscribe(round_trip, info.id, checks.on_round_trip);
    subscribe(history_end, info.id, checks.on_history_end);
    subscribe(order_problem, info.id, checks.on_order_problem);
    subscribe(catalog_problem, info.id, checks.on_catalog_problem);
  }
}

Checker::Checker(const Project& project, const RuleSwitches& switches, history::Lending& lending)
    : project_(project), kept_(project.files.size()), full_(project.files.size()), up_(switches.selected), down_(switches.in_down_parts),
      view_(options_, project.sources, &lending) {
  if (const std::optional<RuleId> rule = find_rule("beyond-bounds"); rule && switches.on(*rule)) bounds_ = rule;
  options_.pg_version = project.config.pg_version;
  options_.small_tables = project.config.small_tables;
  options_.dialects = project.config.dialects;
  options_.conventions = &project.config.conventions;
}

void Checker::begin(const history::History& history) {
  view_.begin();
  options_.runner_sets_lock_timeout = !project_.config.lock_timeout.empty() || !history.surroundings.lock_timeout.empty();
}

bool Checker::is_full(const history::Moment& moment) {
  const auto file = static_cast<std::size_t>(moment.part.file);
  if (full_[file]) return true;
  if (kept_[file] + current_.size() < kMostFindings) return false;
  full_[file] = true;
  if (!bounds_) return true;
  Finding& finding = current_.emplace_back();
  finding.rule = *bounds_;
  finding.severity = rule_info(*bounds_).severity;
  finding.span = finding.statement = moment.statement.span;
  finding.message = fmt::format("From here on this file is not linted: it has more than {} findings", kMostFindings);
  finding.migration = moment.migration.id;
  finding.down = moment.direction == ir::Direction::down;
  return true;
}

void Checker::on_statement(const history::Moment& moment, const facts::StatementEffects& effects) {
  operations += static_cast<std::uint32_t>(moment.statement.steps.size());
  if (is_full(moment)) return;
  for (const auto& [rule, call] : dispatch(moment).statement) {
    rule::Context context(moment, effects, moment.statement.steps.size(), view_, rule, current_);
    call({moment.statement}, context);
  }
}

void Checker::on_step(const history::Moment& moment, const facts::StatementEffects& effects, std::size_t step) {
  const ir::Operation& operation = moment.statement.steps[step].operation;
  const bool full = is_full(moment);
  for (const auto& [rule, call] : dispatch(moment).operation[operation.index()]) {
    if (full) break;
    rule::Context context(moment, effects, step, view_, rule, current_);
    call(operation, context);
  }
  if (const auto* opaque = std::get_if<ir::op::Opaque>(&operation)) {
    unknown.push_back({moment.statement.steps[step].span, opaque->what});
  } else if (const auto* invalid = std::get_if<ir::op::Invalid>(&operation); invalid != nullptr && moment.runs == Tri::unknown) {
    unknown.push_back({moment.statement.steps[step].span, "it may not run, and is not PostgreSQL: " + invalid->message});
  }
}

void Checker::on_problem(const history::Moment& moment, const ir::Step& step, const catalog::Problem& problem) {
  if (is_full(moment)) return;
  const auto at = static_cast<std::size_t>(&step - moment.statement.steps.data());
  facts::StatementEffects effects;
  effects.steps.resize(moment.statement.steps.size());
  for (const auto& [rule, call] : dispatch(moment).catalog_problem) {
    rule::Context context(moment, effects, at, view_, rule, current_);
    call({problem}, context);
  }
}

void Checker::on_part_end(const history::Moment& moment) {
  if (moment.direction == ir::Direction::up) view_.add_judged(moment.part_number, {moment.migration, moment.part});
  for (const auto& [rule, call] : dispatch(moment).part_end) {
    rule::Context context(moment, no_effects(), moment.statement.steps.size(), view_, rule, current_);
    call({moment.part}, context);
  }
}

void Checker::on_round_trip(const history::Moment& moment, const history::RoundTrip& trip) {
  for (const auto& [rule, call] : dispatch(moment).round_trip) {
    rule::Context context(moment, no_effects(), 0, view_, rule, current_);
    call({trip}, context);
  }
}

void Checker::end_migration(const history::History& history, const ir::Migration& migration, history::Judged judged, const history::Replay& replay) {
  ++migrations;
  for (const ir::Unknown& place : migration.unknown) unknown.push_back({place.span, place.reason});
  const Afterwards after{history, migration, replay.catalog()};
  call_all(up_.migration_end, rule::MigrationEnd{migration}, after);
  const auto here = std::ranges::equal_range(history.problems, migration.id_span, {}, &history::OrderProblem::span);
  for (const history::OrderProblem& problem : here) {
    if (judged.up && problem.id == migration.id) call_all(up_.order_problem, rule::OrderProblemMet{problem}, after);
  }
  for (const Finding& finding : current_) ++kept_[static_cast<std::size_t>(finding.span.file)];
  std::ranges::move(current_, std::back_inserter(findings));
  current_.clear();
}

void Checker::end_history(const history::History& history, const history::Replay& replay) {
  if (history.migrations.empty()) return;
  call_all(up_.history_end, rule::HistoryEnd{history}, {history, history.migrations.back(), replay.catalog()});
  std::ranges::move(current_, std::back_inserter(findings));
  current_.clear();
}

/// No statement runs any more: a moment without one.
template <class Entries, class Event>
void Checker::call_all(const Entries& entries, const Event& event, const Afterwards& after) {
  const ir::Statement no_statement;
  const facts::Settings settings;
  const facts::TransactionState transaction;
  const history::Moment moment{.history = after.history,
                               .migration = after.migration,
                               .direction = ir::Direction::up,
                               .part = after.migration.up,
                               .part_number = 0,
                               .statement = no_statement,
                               .outermost = no_statement,
                               .catalog = after.catalog,
                               .settings = settings,
                               .transaction = transaction,
                               .mode = ir::TransactionMode::none,
                               .runs = Tri::yes};
  for (const auto& [rule, call] : entries) {
    rule::Context context(moment, no_effects(), 0, view_, rule, current_);
    call(event, context);
  }
}

}  // namespace whimbrel::engine
