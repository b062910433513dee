// Transactions, settings and the catalog along a replay, as PostgreSQL would have them.
#include <algorithm>
#include <map>

#include "history/ir_builder.h"
#include "support/catch.h"
#include "whimbrel/history/locks.h"
#include "whimbrel/history/replay.h"

using namespace whimbrel;
using namespace whimbrel::testing;
using Action = ir::op::TransactionAction;
using Kind = facts::TransactionState::Kind;
using Mode = ir::TransactionMode;

namespace {

/// What was seen before each statement.
struct Seen {
  bool open = false;
  Kind kind = Kind::none;
  std::uint64_t transaction = 0;
  std::uint32_t part = 0;
  std::int64_t lock_timeout_ms = 0;
  bool lock_timeout_known = true;
  std::string time_zone;
  std::vector<std::string> tables;
  std::size_t held = 0;
  ir::Direction direction = ir::Direction::up;
  Tri runs = Tri::yes;
  bool is_inner = false;
};

struct Record {
  std::vector<Seen> seen;
  std::vector<std::string> problems;
  std::size_t steps = 0;
  std::size_t ends = 0;
};

class Recorder : public history::Observer, public Record {
 public:
  void on_statement(const history::Moment& moment, const facts::StatementEffects& effects) override {
    CHECK(effects.steps.size() == moment.statement.steps.size());
    Seen now{.open = moment.transaction.open,
             .kind = moment.transaction.kind,
             .transaction = moment.transaction.number,
             .part = moment.part_number,
             .lock_timeout_ms = moment.settings.lock_timeout_ms,
             .lock_timeout_known = moment.settings.lock_timeout_known,
             .time_zone = moment.settings.time_zone,
             .tables = {},
             .held = moment.transaction.held.size(),
             .direction = moment.direction,
             .runs = moment.runs,
             .is_inner = &moment.statement != &moment.outermost};
    for (const auto& [name, relation] : moment.catalog.relations()) now.tables.push_back(name.name);
    seen.push_back(now);
  }
  void on_step(const history::Moment&, const facts::StatementEffects&, std::size_t) override { ++steps; }
  void on_problem(const history::Moment&, const ir::Step&, const catalog::Problem& problem) override { problems.push_back(problem.what); }
  void on_part_end(const history::Moment&) override { ++ends; }
};

struct Run {
  Record recorder;
  std::vector<std::string> tables;   ///< after the replay

  [[nodiscard]] const Seen& at(std::size_t i) const { return recorder.seen.at(i); }
};

Run replay(Mode mode, std::vector<ir::Statement> statements, history::ReplayOptions options = {}) {
  ir::Migration migration = versioned("1", 0, std::move(statements));
  migration.transaction = mode;
  const auto history = history::arrange("folder", {}, {migration});
  Recorder recorder;
  history::Replay replay(options);
  replay.run(history, history.migrations.front(), {}, &recorder);
  Run run{recorder, {}};
  for (const auto& [name, relation] : replay.catalog().relations()) run.tables.push_back(name.name);
  return run;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("without a runner's transaction each statement is its own") {
  const Run run = replay(Mode::none, {create_table("a"), create_table("b"), transaction(Action::begin), create_table("c"),
                                      create_table("d"), transaction(Action::commit), create_table("e")});
  CHECK_FALSE(run.at(0).open);
  CHECK(run.at(0).transaction != run.at(1).transaction);
  CHECK(run.at(3).kind == Kind::explicit_block);
  CHECK(run.at(3).transaction == run.at(4).transaction);
  CHECK_FALSE(run.at(6).open);
  CHECK(run.tables == Names{"a", "b", "c", "d", "e"});
  CHECK(run.recorder.ends == 1);
  CHECK(run.recorder.steps == 7);
}

TEST_CASE("what a session leaves open is rolled back; a runner commits it") {
  CHECK(replay(Mode::none, {create_table("a"), transaction(Action::begin), create_table("b")}).tables == Names{"a"});
  CHECK(replay(Mode::implicit, {create_table("a"), transaction(Action::begin), create_table("b")}).tables == Names{"a", "b"});
  CHECK(replay(Mode::per_migration, {create_table("a")}).tables == Names{"a"});
}

TEST_CASE("inside the runner's transaction BEGIN does nothing and COMMIT ends it") {
  const Run run = replay(Mode::per_migration, {create_table("a"), transaction(Action::begin), create_table("b"),
                                               transaction(Action::commit), create_table("c"), transaction(Action::begin), create_table("d")});
  CHECK(run.at(0).kind == Kind::runner);
  CHECK(run.at(2).kind == Kind::runner);
  CHECK(run.at(2).transaction == run.at(0).transaction);
  CHECK_FALSE(run.at(4).open);
  CHECK(run.at(6).kind == Kind::explicit_block);
  CHECK(run.tables == Names{"a", "b", "c", "d"});
}

TEST_CASE("a simple query: one statement alone, several together, also behind a COMMIT") {
  CHECK_FALSE(replay(Mode::implicit, {create_table("a")}).at(0).open);
  const Run run = replay(Mode::implicit, {create_table("a"), transaction(Action::begin), create_table("b"), transaction(Action::commit),
                                          create_table("c"), create_table("d")});
  CHECK(run.at(0).kind == Kind::implicit_string);
  CHECK(run.at(2).kind == Kind::explicit_block);
  CHECK(run.at(2).transaction == run.at(0).transaction);
  CHECK(run.at(4).kind == Kind::implicit_string);
  CHECK(run.at(4).transaction != run.at(0).transaction);
  CHECK(run.at(5).transaction == run.at(4).transaction);
}

TEST_CASE("ROLLBACK undoes the catalog, and in a simple query all that went before") {
  CHECK(replay(Mode::none, {create_table("a"), transaction(Action::begin), create_table("b"), drop_table("a"), transaction(Action::rollback),
                            create_table("c")}).tables == Names{"a", "c"});
  CHECK(replay(Mode::implicit, {create_table("a"), transaction(Action::rollback), create_table("b")}).tables == Names{"b"});
  CHECK(replay(Mode::none, {create_table("a"), transaction(Action::rollback)}).tables == Names{"a"});
}

TEST_CASE("savepoints nest, are released, and can be rolled back to twice") {
  const Run run = replay(Mode::per_migration, {create_table("a"), transaction(Action::savepoint, "one"), create_table("b"),
                                               transaction(Action::savepoint, "two"), create_table("c"), transaction(Action::rollback_to, "one"),
                                               create_table("d"), transaction(Action::rollback_to, "two"), transaction(Action::rollback_to, "one"),
                                               create_table("e"), transaction(Action::release, "one"), transaction(Action::rollback_to, "one")});
  CHECK(run.tables == Names{"a", "e"});
  CHECK(run.at(11).transaction == run.at(0).transaction);
}

TEST_CASE("COMMIT AND CHAIN and ROLLBACK AND CHAIN begin the next transaction") {
  const Run run = replay(Mode::none, {transaction(Action::begin), create_table("a"), transaction(Action::commit, "", true), create_table("b"),
                                      transaction(Action::rollback, "", true), create_table("c"), transaction(Action::commit)});
  CHECK(run.at(3).kind == Kind::explicit_block);
  CHECK(run.at(3).transaction != run.at(1).transaction);
  CHECK(run.at(5).open);
  CHECK(run.tables == Names{"a", "c"});
}

TEST_CASE("an autocommit block commits what is open, and a transaction begins behind it") {
  ir::Statement alone = create_table("b");
  alone.autocommit = true;
  ir::Statement alone_too = create_table("c");
  alone_too.autocommit = true;
  const Run run = replay(Mode::per_migration, {create_table("a"), alone, alone_too, create_table("d"), transaction(Action::rollback)});
  CHECK(run.at(0).kind == Kind::runner);
  CHECK_FALSE(run.at(1).open);
  CHECK(run.at(1).transaction != run.at(2).transaction);
  CHECK(run.at(3).kind == Kind::runner);
  CHECK(run.at(3).transaction != run.at(0).transaction);
  CHECK(run.tables == Names{"a", "b", "c"});
}

TEST_CASE("SET lasts, SET LOCAL ends at COMMIT and does nothing outside, RESET goes back") {
  const Run run = replay(Mode::none, {set("lock_timeout", "1s", true), create_table("a"), set("lock_timeout", "2s"), create_table("b"),
                                      transaction(Action::begin), set("lock_timeout", "3s", true), create_table("c"), transaction(Action::commit),
                                      create_table("d"), reset("lock_timeout"), create_table("e"), set("TimeZone", "UTC"), create_table("f"),
                                      reset(""), create_table("g")});
  CHECK(run.at(1).lock_timeout_ms == 0);
  CHECK(run.at(3).lock_timeout_ms == 2000);
  CHECK(run.at(6).lock_timeout_ms == 3000);
  CHECK(run.at(8).lock_timeout_ms == 2000);
  CHECK(run.at(10).lock_timeout_ms == 0);
  CHECK(run.at(12).time_zone == "UTC");
  CHECK(run.at(14).time_zone.empty());
}

TEST_CASE("a SET is rolled back with its transaction or savepoint; a SET under SET LOCAL comes out at COMMIT") {
  const Run run = replay(Mode::none, {set("lock_timeout", "1s"), transaction(Action::begin), set("lock_timeout", "2s"), transaction(Action::savepoint, "s"),
                                      set("lock_timeout", "3s"), transaction(Action::rollback_to, "s"), create_table("a"), transaction(Action::rollback),
                                      create_table("b"), transaction(Action::begin), set("lock_timeout", "4s"), set("lock_timeout", "5s", true),
                                      create_table("c"), transaction(Action::commit), create_table("d")});
  CHECK(run.at(6).lock_timeout_ms == 2000);
  CHECK(run.at(8).lock_timeout_ms == 1000);
  CHECK(run.at(12).lock_timeout_ms == 5000);
  CHECK(run.at(14).lock_timeout_ms == 4000);
}

TEST_CASE("what is not constant is not known; what may not have run neither") {
  ir::Statement unknown = set("lock_timeout", "");
  std::get<ir::op::SetParameter>(unknown.steps[0].operation).known = false;
  CHECK_FALSE(replay(Mode::none, {unknown, create_table("a")}).at(1).lock_timeout_known);
  ir::Statement maybe = set("lock_timeout", "5s");
  maybe.runs = Tri::unknown;
  const Run run = replay(Mode::none, {maybe, create_table("a")});
  CHECK_FALSE(run.at(1).lock_timeout_known);
  CHECK(run.at(0).runs == Tri::unknown);
}

TEST_CASE("the runner's own timeouts are where a session begins and RESET ends") {
  history::ReplayOptions options;
  options.lock_timeout_ms = 7000;
  const Run run = replay(Mode::none, {create_table("a"), set("lock_timeout", "0"), create_table("b"), reset("lock_timeout"), create_table("c")}, options);
  CHECK(run.at(0).lock_timeout_ms == 7000);
  CHECK(run.at(2).lock_timeout_ms == 0);
  CHECK(run.at(4).lock_timeout_ms == 7000);
}

TEST_CASE("what certainly does not run is not replayed") {
  ir::Statement never = create_table("b");
  never.runs = Tri::no;
  const Run run = replay(Mode::none, {create_table("a"), never});
  CHECK(run.tables == Names{"a"});
  CHECK(run.recorder.seen.size() == 1);
}

TEST_CASE("a DO block's statements are one transaction, and what they stand in counts") {
  ir::Statement block = statement("Do", ir::op::Do{.language = "plpgsql", .body = {}});
  block.body = {create_table("a"), create_table("b")};
  block.body[1].runs = Tri::unknown;
  const Run run = replay(Mode::none, {block, create_table("c")});
  REQUIRE(run.recorder.seen.size() == 4);
  CHECK_FALSE(run.at(0).open);
  CHECK(run.at(1).open);
  CHECK(run.at(1).is_inner);
  CHECK(run.at(1).transaction == run.at(0).transaction);
  CHECK(run.at(2).transaction == run.at(0).transaction);
  CHECK(run.at(2).runs == Tri::unknown);
  CHECK_FALSE(run.at(3).open);
  CHECK(run.at(3).transaction != run.at(0).transaction);
}

TEST_CASE("COMMIT in a DO block that stands alone begins its next transaction") {
  ir::Statement block = statement("Do", ir::op::Do{.language = "plpgsql", .body = {}});
  block.body = {create_table("a"), transaction(Action::commit), create_table("b"), transaction(Action::rollback), create_table("c")};
  const Run run = replay(Mode::none, {block});
  CHECK(run.tables == Names{"a", "c"});
  CHECK(run.at(1).transaction != run.at(3).transaction);
  // Inside of a transaction it is an error: nothing is undone.
  CHECK(replay(Mode::per_migration, {block}).tables == Names{"a", "b", "c"});
}

TEST_CASE("temporary tables end with their session") {
  ir::Statement temporary = create_table("t");
  std::get<ir::op::CreateTable>(temporary.steps[0].operation).persistence = ir::Persistence::temporary;
  const Run run = replay(Mode::none, {temporary, create_table("a")});
  CHECK(run.at(1).tables == Names{"t"});
  CHECK(run.tables == Names{"a"});
}

TEST_CASE("the down part is tried after the up part, and undone") {
  ir::Migration migration = versioned("1", 0, {create_table("a")});
  migration.transaction = Mode::per_migration;
  migration.down.state = ir::PartState::present;
  migration.down.statements = {drop_table("a"), create_table("b")};
  const auto history = history::arrange("folder", {}, {migration});
  Recorder recorder;
  history::Replay replay({});
  replay.run(history, history.migrations.front(), {}, &recorder);
  REQUIRE(recorder.seen.size() == 3);
  CHECK(recorder.seen[1].direction == ir::Direction::down);
  CHECK(recorder.seen[1].tables == Names{"a"});
  CHECK(recorder.seen[2].tables.empty());
  CHECK(recorder.seen[1].part != recorder.seen[0].part);
  CHECK(recorder.problems.empty());
  CHECK(recorder.ends == 2);
  REQUIRE(replay.catalog().relations().size() == 1);
  CHECK(replay.catalog().relations().begin()->first.name == "a");
}

TEST_CASE("parts that are not judged are applied in silence") {
  const auto history = history::arrange("folder", {}, {versioned("1", 0, {create_table("a")}), versioned("2", 1, {drop_table("a")})});
  Recorder recorder;
  history::Replay replay({});
  replay.run(history, history.migrations[0], {.up = false, .down = false}, &recorder);
  CHECK(recorder.seen.empty());
  CHECK(recorder.ends == 0);
  replay.run(history, history.migrations[1], {}, &recorder);
  CHECK(recorder.problems.empty());
  CHECK(replay.catalog().relations().empty());
}

TEST_CASE("how statements are wrapped: the configuration, the file, the surroundings, none") {
  history::History history;
  ir::Migration migration;
  CHECK(history::transaction_mode({}, history, migration) == Mode::none);
  history.surroundings.transaction = Mode::single;
  CHECK(history::transaction_mode({}, history, migration) == Mode::single);
  migration.transaction = Mode::implicit;
  CHECK(history::transaction_mode({}, history, migration) == Mode::implicit);
  migration.down.transaction = Mode::none;
  CHECK(history::transaction_mode({}, history, migration) == Mode::implicit);
  CHECK(history::transaction_mode({}, history, migration, ir::Direction::down) == Mode::none);
  history::ReplayOptions options;
  options.transaction = Mode::per_migration;
  CHECK(history::transaction_mode(options, history, migration) == Mode::per_migration);
}

TEST_CASE("locks pile up in a transaction, and rows leave out what is held or new") {
  const auto first = versioned("1", 0, {create_table("a")});
  auto second = versioned("2", 1, {add_column("a", "x"), add_column("a", "y"), create_table("b"), add_column("b", "z")});
  second.transaction = Mode::per_migration;
  auto third = second;
  third.id = "3";
  third.sort_key = "3";
  third.transaction = Mode::none;
  third.up.statements = {add_column("a", "p"), add_column("a", "q")};
  const auto history = history::arrange("folder", {}, {first, second, third});
  const auto rows = history::lock_rows(history, {}, [](const ir::Migration& migration) { return history::Judged{migration.id != "1", true}; });
  REQUIRE(rows.size() == 6);
  REQUIRE(rows[0].effects.locks.size() == 1);
  CHECK(rows[0].effects.locks[0].mode == LockMode::access_exclusive);
  CHECK(rows[0].in_transaction);
  CHECK(rows[1].effects.locks.empty());
  CHECK(rows[3].effects.locks.empty());
  CHECK(rows[4].effects.locks.size() == 1);
  CHECK(rows[5].effects.locks.size() == 1);
  CHECK_FALSE(rows[5].in_transaction);
  CHECK(rows[4].transaction != rows[5].transaction);
}

TEST_CASE("pending migrations share one transaction where the runner wraps them in one, up to a COMMIT") {
  const auto pending = [](std::string id, unsigned number, std::vector<ir::Statement> up) {
    ir::Migration migration = versioned(std::move(id), number, std::move(up));
    migration.transaction = Mode::single;
    return migration;
  };
  ir::Migration third = pending("3", 2, {add_column("a", "y")});
  third.down = third.up;
  third.down.statements = {drop_table("a"), add_column("b", "x")};
  const auto history = history::arrange(
      "folder", {},
      {pending("1", 0, {create_table("a"), create_table("b")}), pending("2", 1, {add_column("a", "x")}), third,
       pending("4", 3, {add_column("a", "z"), transaction(Action::commit)}), pending("5", 4, {add_column("a", "w")}),
       pending("6", 5, {add_column("b", "w"), transaction(Action::rollback)})});
  const auto rows_where = [&](bool together) {
    return history::lock_rows(history, {}, [&](const ir::Migration& migration) {
      const bool is_new = migration.id != "1";
      return history::Judged{.up = is_new, .down = is_new, .fresh = is_new && together};
    });
  };
  const auto rows = rows_where(true);
  REQUIRE(rows.size() == 9);   // 2, 3 up, 3 down (two), 4 (two), 5, 6 (two)
  CHECK(rows[0].transaction == rows[1].transaction);
  CHECK(rows[1].effects.locks.empty());                   // held since 2
  CHECK(rows[2].direction == ir::Direction::down);
  CHECK(rows[2].transaction != rows[1].transaction);
  CHECK(rows[2].effects.locks.size() == 1);               // of its own: not held
  CHECK(rows[4].transaction == rows[0].transaction);
  CHECK(rows[4].effects.locks.empty());
  CHECK(rows[6].transaction != rows[0].transaction);      // behind the COMMIT
  CHECK(rows[6].effects.locks.size() == 1);
  CHECK(rows[7].transaction == rows[6].transaction);

  const auto alone = rows_where(false);
  REQUIRE(alone.size() == 9);
  CHECK(alone[0].transaction != alone[1].transaction);
  CHECK(alone[1].effects.locks.size() == 1);
}

TEST_CASE("ROLLBACK takes back what earlier pending migrations have done in the same transaction") {
  ir::Migration first = versioned("1", 0, {create_table("a")});
  ir::Migration second = versioned("2", 1, {create_table("b"), transaction(Action::rollback)});
  first.transaction = Mode::single;
  second.transaction = Mode::single;
  const auto history = history::arrange("folder", {}, {first, second});
  history::Replay together({});
  for (const ir::Migration& migration : history.migrations) together.run(history, migration, {.up = true, .down = true, .fresh = true}, nullptr);
  CHECK(together.catalog().relations().empty());
  history::Replay alone({});
  for (const ir::Migration& migration : history.migrations) alone.run(history, migration, {}, nullptr);
  CHECK(alone.catalog().relations().size() == 1);
}
