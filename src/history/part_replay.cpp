// Replays one part of a migration: transaction control, settings, bodies, and the observer's calls.
#include "part_replay.h"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

#include "whimbrel/base/text.h"
#include "whimbrel/catalog/apply.h"

namespace whimbrel::history {

namespace {

using Kind = Transactions::Kind;
using Action = ir::op::TransactionAction;

/// Bodies inside bodies; the parser bounds them too.
constexpr unsigned kDeepest = 50;

using Moves = std::vector<std::pair<ir::QualifiedName, ir::QualifiedName>>;

/// The relations that the statement renames or brings to another schema: the old name and the new one.
Moves moves_of(const ir::Statement& statement, const catalog::Catalog& catalog) {
  using enum ir::ObjectKind;
  const auto is_relation = [](ir::ObjectKind kind) {
    return kind == table || kind == foreign_table || kind == view || kind == materialized_view || kind == index || kind == sequence;
  };
  Moves moves;
  for (const ir::Step& step : statement.steps) {
    if (const auto* rename = std::get_if<ir::op::RenameTable>(&step.operation)) {
      const ir::QualifiedName from = catalog.resolve(rename->table.value);
      moves.emplace_back(from, ir::QualifiedName{from.schema, rename->new_name.value});
    } else if (const auto* object = std::get_if<ir::op::RenameObject>(&step.operation); object != nullptr && is_relation(object->kind)) {
      const ir::QualifiedName from = catalog.resolve(object->object.value);
      moves.emplace_back(from, ir::QualifiedName{from.schema, object->new_name.value});
    } else if (const auto* schema = std::get_if<ir::op::SetSchema>(&step.operation); schema != nullptr && is_relation(schema->kind)) {
      const ir::QualifiedName from = catalog.resolve(schema->object.value);
      moves.emplace_back(from, ir::QualifiedName{schema->schema.value, from.name});
    }
  }
  return moves;
}

/// Whether a statement, or one in a body, begins, ends or marks a transaction.
bool controls_transactions(const ir::Statement& statement, unsigned depth = 0) {
  const auto controls = [](const ir::Step& step) { return std::holds_alternative<ir::op::Transaction>(step.operation); };
  if (std::ranges::any_of(statement.steps, controls)) return true;
  if (depth >= kDeepest) return !statement.body.empty();
  return std::ranges::any_of(statement.body, [&](const ir::Statement& inner) { return controls_transactions(inner, depth + 1); });
}

const ir::Statement& no_statement() {
  static const ir::Statement kNone{};
  return kNone;
}

}  // namespace

bool PartReplay::inside_runner() const {
  switch (run_.mode) {
    case ir::TransactionMode::none:
    case ir::TransactionMode::implicit: return false;
    case ir::TransactionMode::single:
    case ir::TransactionMode::per_migration: return true;
  }
  return false;
}

/// No ROLLBACK, no way down that is tried: then a file of many statements needs memory for the schema alone, not for all that it has been.
bool PartReplay::nothing_is_taken_back() const {
  return run_.tracker == nullptr && !run_.shares &&
         std::ranges::none_of(run_.part.statements, [](const ir::Statement& statement) { return controls_transactions(statement); });
}

Moment PartReplay::moment(const Place& place) const {
  return {.history = run_.history,
          .migration = run_.migration,
          .direction = run_.direction,
          .part = run_.part,
          .part_number = run_.number,
          .statement = place.statement,
          .outermost = place.outermost,
          .catalog = world_.catalog,
          .settings = world_.session.settings(),
          .transaction = world_.transactions.state(),
          .mode = run_.mode,
          .runs = place.runs,
          .fresh_parts = &run_.fresh_parts};
}

void PartReplay::run() {
  if (!run_.shares) world_.transactions.commit();  // what an earlier migration has left open for its likes ends before this one
  runner_begins_ = inside_runner();
  forgets_ = nothing_is_taken_back();
  const ir::Statement* last = &no_statement();
  for (const ir::Statement& statement : run_.part.statements) {
    if (statement.runs == Tri::no) continue;
    run_top(statement);
    last = &statement;
  }
  if (run_.observer != nullptr) run_.observer->on_part_end(moment({*last, *last, Tri::yes, 0}));
  finish();
}

void PartReplay::before_statement(const ir::Statement& statement) {
  Transactions& transactions = world_.transactions;
  if (statement.autocommit) {
    // Alembic's autocommit_block: commits, runs outside, and a transaction begins behind it.
    transactions.commit();
    runner_begins_ = inside_runner();
    transactions.next_alone();
    return;
  }
  if (transactions.open()) return;
  if (runner_begins_) {
    runner_begins_ = false;
    transactions.begin(Kind::runner, {});
  } else if (run_.mode == ir::TransactionMode::implicit && run_.part.statements.size() > 1) {
    // Manual, "Multiple Statements in a Simple Query": also behind a COMMIT in the middle of the string.
    transactions.begin(Kind::implicit_string, {});
  } else {
    transactions.next_alone();
  }
}

void PartReplay::run_top(const ir::Statement& statement) {
  before_statement(statement);
  run_statement({statement, statement, statement.runs, 0});
  if (!world_.transactions.open()) drop_on_commit(world_.catalog);
  if (forgets_) world_.catalog.forget_before(world_.catalog.now());
}

void PartReplay::run_statement(const Place& place) {
  facts::StatementEffects effects;
  if (run_.observer != nullptr) {
    effects = facts::effects_of(place.statement, world_.catalog, world_.session.settings());
    effects.steps.resize(place.statement.steps.size());
    note_failure(place, effects.whole.error);
    run_.observer->on_statement(moment(place), effects);
  }
  world_.transactions.forget_released();
  const Moves moves = run_.observer != nullptr ? moves_of(place.statement, world_.catalog) : Moves{};
  const std::uint64_t number = world_.transactions.state().number;
  const bool drops_together = place.statement.steps.size() > 1 && place.statement.kind.starts_with("Drop");
  if (drops_together) statement_began_ = world_.catalog.now();
  for (std::size_t i = 0; i < place.statement.steps.size(); ++i) run_step(place, effects, i);
  if (!place.statement.body.empty() && place.depth < kDeepest) run_body(place);
  // A statement that ended its transaction holds nothing in the next one.
  if (world_.transactions.open() && world_.transactions.state().number == number) {
    world_.transactions.hold(effects.whole, place.statement.span, run_.number);
    if (place.statement.kind == "AlterTable") world_.transactions.note_passes(effects.whole, place.statement.span, run_.number);
    for (const auto& [from, to] : moves) world_.transactions.rename(from, to);
    if (place.depth == 0) world_.transactions.count_statement();
  }
}

void PartReplay::run_step(const Place& place, const facts::StatementEffects& effects, std::size_t index) {
  const ir::Step& step = place.statement.steps[index];
  if (run_.observer != nullptr) run_.observer->on_step(moment(place), effects, index);
  if (const auto* transaction = std::get_if<ir::op::Transaction>(&step.operation)) {
    place.depth == 0 ? control(*transaction, place) : control_in_body(*transaction);
    return;
  }
  if (std::holds_alternative<ir::op::SetParameter>(step.operation)) {
    world_.session.set(step, world_.transactions.open(), place.runs);
    return;
  }
  if (const auto* discard = std::get_if<ir::op::Discard>(&step.operation);
      discard != nullptr && equals_ignoring_case(discard->what, "all")) {
    world_.session.reset_all();
  }
  if (run_.observer != nullptr && world_.transactions.open()) {
    facts::note(step, world_.catalog, world_.session.settings().pg_version, place.runs, world_.session.transaction());
  }
  const catalog::Origin origin{run_.number, world_.transactions.state().number, step.span};
  if (run_.tracker != nullptr) run_.tracker->before_step(step, place.runs);
  std::vector<catalog::Problem> problems = catalog::apply(world_.catalog, step, origin, place.runs);
  if (run_.tracker != nullptr) run_.tracker->after_step(step, place.runs);
  if (place.statement.steps.size() > 1) drop_together(problems, index);
  for (catalog::Problem& problem : problems) {
    if (run_.tracker != nullptr) problem.sure = run_.tracker->is_sure(problem);
    if (problem.sure) note_failure(place, problem.sqlstate);
    if (run_.observer != nullptr) run_.observer->on_problem(moment(place), step, problem);
  }
}

/// The objects of one DROP go together: that one depends on another, or went with it through CASCADE, is no problem. Where it is one,
/// the statement's effects say so.
void PartReplay::drop_together(std::vector<catalog::Problem>& problems, std::size_t step) const {
  using Problem = catalog::Problem::Kind;
  std::erase_if(problems, [&](const catalog::Problem& problem) {
    if (problem.kind == Problem::other) return problem.sqlstate == "2BP01";
    if (problem.kind != Problem::missing_object || step == 0 || statement_began_ == 0) return false;
    return catalog::was_there(world_.catalog.changes_since(statement_began_), problem.what);
  });
}

/// A statement that certainly fails ends the way up and down again. Syntax that is too new for the server is another matter.
void PartReplay::note_failure(const Place& place, const std::string& sqlstate) {
  if (run_.tracker != nullptr && place.runs == Tri::yes && !sqlstate.empty() && sqlstate != "42601") run_.tracker->note_failure();
}

/// The statements of a DO block or of CREATE SCHEMA are in one transaction, be it the DO block's own.
void PartReplay::run_body(const Place& place) {
  const bool alone = !world_.transactions.open();
  if (alone) {
    world_.transactions.begin(Kind::implicit_string, {}, true);
    body_owns_ = true;
  }
  // The elements of CREATE SCHEMA stand in that schema.
  const std::vector<std::string> path = world_.catalog.search_path();
  const auto* in_schema = place.statement.steps.empty() ? nullptr : std::get_if<ir::op::CreateSchema>(&place.statement.steps.front().operation);
  if (in_schema != nullptr) {
    std::vector<std::string> inside{in_schema->schema.value};
    inside.insert(inside.end(), path.begin(), path.end());
    world_.catalog.set_search_path(std::move(inside));
  }
  for (const ir::Statement& inner : place.statement.body) {
    const Tri runs = place.runs && inner.runs;
    if (runs != Tri::no) run_statement({inner, place.outermost, runs, place.depth + 1});
  }
  if (in_schema != nullptr) world_.catalog.set_search_path(path);
  if (alone) {
    world_.transactions.commit();
    body_owns_ = false;
  }
}

void PartReplay::control(const ir::op::Transaction& control, const Place& place) {
  Transactions& transactions = world_.transactions;
  const Kind kind = transactions.state().kind;
  switch (control.action) {
    case Action::begin:
      if (kind == Kind::implicit_string) transactions.become_block(place.statement.span);
      if (kind == Kind::none) transactions.begin(Kind::explicit_block, place.statement.span);
      return;  // inside a block, the runner's too, BEGIN is a warning
    case Action::commit:
    case Action::prepare:
    case Action::rollback:
      if (kind == Kind::none) return;
      control.action == Action::rollback ? transactions.rollback() : transactions.commit();
      if (control.chain) transactions.begin(Kind::explicit_block, place.statement.span);
      return;
    case Action::savepoint: transactions.savepoint(control.savepoint); return;
    case Action::release: transactions.release(control.savepoint); return;
    case Action::rollback_to: transactions.rollback_to(control.savepoint); return;
    case Action::commit_prepared:
    case Action::rollback_prepared: return;  // of some other transaction
  }
}

/// COMMIT in a DO block ends its transaction and begins the next one; inside of another transaction it is an error.
void PartReplay::control_in_body(const ir::op::Transaction& control) {
  if (!body_owns_) return;
  if (control.action == Action::rollback) {
    world_.transactions.rollback();
  } else if (control.action == Action::commit) {
    world_.transactions.commit();
  } else {
    return;
  }
  world_.transactions.begin(Kind::implicit_string, {});
}

void PartReplay::finish() {
  // A session that ends rolls back what it left open, so `psql -f`; a runner that keeps its connection commits it.
  if (run_.mode == ir::TransactionMode::none) {
    world_.transactions.rollback();
  } else if (!run_.shares) {
    world_.transactions.commit();
  }
}

}  // namespace whimbrel::history
