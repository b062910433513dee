// The order of migrations: by version, by the revision graph, and what is wrong with it.
#include <algorithm>
#include <chrono>

#include "history/ir_builder.h"
#include "support/catch.h"

using namespace whimbrel;
using namespace whimbrel::testing;
using history::OrderProblem;
using Ids = std::vector<std::string>;

namespace {

history::History arranged(std::vector<ir::Migration> migrations) { return history::arrange("folder", {}, std::move(migrations)); }

ir::Migration down_only(std::string id, unsigned number) {
  ir::Migration migration = versioned(std::move(id), number, {});
  migration.up = {};
  migration.down.state = ir::PartState::present;
  migration.down.file = file(number);
  return migration;
}

std::vector<OrderProblem> problems_of(const history::History& history, OrderProblem::Kind kind) {
  std::vector<OrderProblem> found;
  std::ranges::copy_if(history.problems, std::back_inserter(found), [&](const OrderProblem& problem) { return problem.kind == kind; });
  return found;
}

}  // namespace

TEST_CASE("versions order by key, repeatables last") {
  ir::Migration repeatable = versioned("R__views", 0, {});
  repeatable.sort_key = "0";
  repeatable.repeatable = true;
  const auto history = arranged({versioned("0010", 3, {}), repeatable, versioned("0002", 2, {}), versioned("0001", 1, {})});
  CHECK(ids(history) == Ids{"0001", "0002", "0010", "R__views"});
  CHECK(history.problems.empty());
  CHECK_FALSE(history.has_down_parts);
}

TEST_CASE("halves of one migration are joined, whatever comes first") {
  const auto history = arranged({down_only("1", 0), versioned("1", 1, {}), versioned("2", 3, {}), down_only("2", 2)});
  REQUIRE(ids(history) == Ids{"1", "2"});
  CHECK(history.migrations[0].down.file == file(0));
  CHECK(history.migrations[0].up.file == file(1));
  CHECK(history.migrations[1].down.file == file(2));
  CHECK(history.has_down_parts);
}

TEST_CASE("a down part without its up part stays a migration") {
  const auto history = arranged({down_only("1", 0), down_only("1", 1)});
  CHECK(ids(history) == Ids{"1", "1"});
  CHECK(history.problems.empty());
}

TEST_CASE("two up parts of one id are duplicates; the down part goes with the first") {
  const auto history = arranged({versioned("1", 0, {}), versioned("1", 1, {}), down_only("1", 2)});
  REQUIRE(ids(history) == Ids{"1", "1"});
  CHECK(history.migrations[0].down.state == ir::PartState::present);
  CHECK(history.migrations[1].down.state == ir::PartState::missing);
  REQUIRE(history.problems.size() == 1);
  CHECK(history.problems[0].kind == OrderProblem::Kind::duplicate_id);
  CHECK(history.problems[0].span.file == file(1));
  REQUIRE(history.problems[0].others.size() == 1);
  CHECK(history.problems[0].others[0].file == file(0));
}

TEST_CASE("revisions go parents first, ties by id, independent of the order of files") {
  std::vector<ir::Migration> revisions{revision("merge", {"left", "right"}, 0), revision("right", {"base"}, 1),
                                       revision("left", {"base"}, 2), revision("base", {}, 3)};
  std::ranges::sort(revisions, {}, &ir::Migration::id);
  do {
    const auto history = arranged(revisions);
    REQUIRE(ids(history) == Ids{"base", "left", "right", "merge"});
    REQUIRE(history.problems.empty());
  } while (std::ranges::next_permutation(revisions, {}, &ir::Migration::id).found);
}

TEST_CASE("depends_on orders too, and makes no child") {
  ir::Migration other = revision("a", {"r"}, 0);
  other.depends_on = {"z", "a_label_of_some_branch"};
  const auto history = arranged({other, revision("z", {"r"}, 1), revision("r", {}, 2)});
  CHECK(ids(history) == Ids{"r", "z", "a"});
  CHECK(problems_of(history, OrderProblem::Kind::multiple_heads).size() == 2);
  CHECK(problems_of(history, OrderProblem::Kind::missing_parent).empty());
}

TEST_CASE("a missing parent is told at the child, which is replayed all the same") {
  const auto history = arranged({revision("b", {"gone"}, 0), revision("c", {"b"}, 1)});
  CHECK(ids(history) == Ids{"b", "c"});
  REQUIRE(history.problems.size() == 1);
  CHECK(history.problems[0].kind == OrderProblem::Kind::missing_parent);
  CHECK(history.problems[0].id == "b");
  CHECK(history.problems[0].detail == "gone");
}

TEST_CASE("a cycle is broken at its smallest id and told once") {
  const auto history = arranged({revision("c", {"b"}, 2), revision("b", {"d"}, 1), revision("d", {"c"}, 3), revision("e", {"d"}, 4), revision("a", {}, 0)});
  CHECK(ids(history) == Ids{"a", "b", "c", "d", "e"});
  const auto cycles = problems_of(history, OrderProblem::Kind::cycle);
  REQUIRE(cycles.size() == 1);
  CHECK(cycles[0].id == "b");
  CHECK(cycles[0].detail == "b, c, d");
  CHECK(cycles[0].others.size() == 2);
}

TEST_CASE("a revision that is its own parent") {
  const auto history = arranged({revision("a", {"a"}, 0), revision("b", {"a"}, 1)});
  CHECK(ids(history) == Ids{"a", "b"});
  CHECK(problems_of(history, OrderProblem::Kind::cycle).size() == 1);
}

TEST_CASE("several heads and bases are told at each of them") {
  const auto history = arranged({revision("a", {}, 0), revision("b", {"a"}, 1), revision("c", {"a"}, 2), revision("z", {}, 3)});
  const auto heads = problems_of(history, OrderProblem::Kind::multiple_heads);
  REQUIRE(heads.size() == 3);
  CHECK(heads[0].id == "b");
  CHECK(heads[0].detail == "c, z");
  CHECK(problems_of(history, OrderProblem::Kind::multiple_bases).size() == 2);
}

TEST_CASE("loose revisions in a folder are no heads of one history") {
  const auto history = arranged({revision("a", {}, 0), revision("b", {}, 1), revision("c", {"a"}, 2)});
  CHECK(problems_of(history, OrderProblem::Kind::multiple_heads).empty());
}

TEST_CASE("branches with labels of their own have a head each") {
  ir::Migration left = revision("b", {"a"}, 1);
  left.labels = {"left"};
  ir::Migration main = revision("e", {"a"}, 4);
  main.depends_on = {"left"};
  const auto history = arranged({revision("a", {}, 0), left, revision("c", {"b"}, 2), revision("d", {"a"}, 3), main});
  const auto heads = problems_of(history, OrderProblem::Kind::multiple_heads);
  REQUIRE(heads.size() == 2);
  CHECK(heads[0].id == "d");
  CHECK(heads[1].id == "e");
  CHECK(ids(history) == Ids{"a", "b", "c", "d", "e"});
}

TEST_CASE("one version number under two names") {
  ir::Migration first = versioned("1_a", 0, {});
  ir::Migration second = versioned("1_b", 1, {});
  first.version = second.version = "1";
  const auto history = arranged({second, first, versioned("2_c", 2, {})});
  REQUIRE(history.problems.size() == 1);
  CHECK(history.problems[0].kind == OrderProblem::Kind::duplicate_version);
  CHECK(history.problems[0].id == "1_b");
  CHECK(history.problems[0].detail == "1_a");
}

TEST_CASE("a duplicate revision is no head") {
  const auto history = arranged({revision("a", {}, 0), revision("a", {}, 1), revision("b", {"a"}, 2)});
  CHECK(problems_of(history, OrderProblem::Kind::multiple_heads).empty());
  CHECK(problems_of(history, OrderProblem::Kind::multiple_bases).empty());
  CHECK(problems_of(history, OrderProblem::Kind::duplicate_id).size() == 1);
}

TEST_CASE("thousands of revisions, chained or all in cycles, take no time") {
  constexpr unsigned kMany = 5000;
  std::vector<ir::Migration> chain;
  std::vector<ir::Migration> cycles;
  for (unsigned i = 0; i < kMany; ++i) {
    const std::string id = std::to_string(kMany + i);
    chain.push_back(revision(id, i == 0 ? Ids{} : Ids{std::to_string(kMany + i - 1)}, i));
    // Pairs that are each other's parent, and hang on the pair after them.
    Ids parents{std::to_string(kMany + (i ^ 1U))};
    if (i + 2 < kMany) parents.push_back(std::to_string(kMany + i + 2));
    cycles.push_back(revision(id, parents, i));
  }
  std::ranges::reverse(chain);
  const auto start = std::chrono::steady_clock::now();
  CHECK(arranged(chain).problems.empty());
  CHECK(arranged(cycles).migrations.size() == kMany);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
}
