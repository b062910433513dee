// testdata/catalog: each history gives the catalog in its sidecar, and every moment of it can be come back to.
#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "catalog/replay.h"
#include "support/catch.h"
#include "whimbrel/base/files.h"

using namespace whimbrel;
using namespace whimbrel::catalog;

namespace {

const std::string kFolder = std::string(WHIMBREL_SOURCE_DIR) + "/testdata/catalog/";

std::vector<std::string> histories() {
  std::vector<std::string> names;
  for (const std::string& name : list_folder(kFolder)) {
    if (name.ends_with(".sql")) names.push_back(name.substr(0, name.size() - 4));
  }
  return names;
}

std::string_view kind_name(Problem::Kind kind) {
  switch (kind) {
    case Problem::Kind::missing_object:
      return "missing";
    case Problem::Kind::existing_object:
      return "existing";
    case Problem::Kind::other:
      return "refused";
  }
  return "";
}

/// Whether the step runs: a line `-- runs: unknown` holds for what follows, up to `-- runs: yes`.
Tri runs_at(std::string_view text, const ir::Step& step) {
  const std::string_view before = text.substr(0, step.span.begin);
  const std::size_t unknown = before.rfind("\n-- runs: unknown\n");
  const std::size_t yes = before.rfind("\n-- runs: yes\n");
  return unknown != std::string_view::npos && (yes == std::string_view::npos || yes < unknown) ? Tri::unknown
                                                                                               : Tri::yes;
}

/// The catalog, and before it what the server would have refused, as comments with their lines.
std::string result_of(const std::string& text) {
  Catalog catalog;
  std::string result;
  for_each_step(parse(text), Tri::yes, [&](const ir::Step& step, Tri runs) {
    for (const Problem& problem : apply(catalog, step, {}, runs && runs_at(text, step))) {
      const auto line = 1 + std::count(text.begin(), text.begin() + problem.span.begin, '\n');
      result += "-- line " + std::to_string(line) + ": " + std::string(kind_name(problem.kind)) + " " + problem.what +
                " " + problem.sqlstate + "\n";
    }
  });
  return result + dump(catalog);
}

/// All that a reader can see: the objects, and the reverse look-ups, which must agree with them.
std::string visible(const Catalog& catalog) {
  std::string text = dump(catalog);
  for (const auto& [name, relation] : catalog.relations()) {
    for (const QualifiedName& other : catalog.referencing(name))
      text += to_text(other) + " references " + to_text(name) + "\n";
    for (const QualifiedName& other : catalog.dependent_views(name))
      text += to_text(other) + " reads " + to_text(name) + "\n";
    for (const Constraint& constraint : relation->constraints)
      CHECK(catalog.constraint_exists(name.schema, constraint.name));
    for (const QualifiedName& index : relation->indexes) {
      const Index* found = catalog.find_index(index);
      REQUIRE(found != nullptr);
      CHECK(found->table == name);
    }
    for (const QualifiedName& child : relation->children) CHECK(catalog.relations().contains(child));
    for (const QualifiedName& parent : relation->parents) CHECK(catalog.relations().contains(parent));
  }
  for (const auto& [name, index] : catalog.indexes()) {
    const Relation* table = catalog.find_relation(index->table);
    REQUIRE(table != nullptr);
    CHECK(std::ranges::find(table->indexes, name) != table->indexes.end());
    if (!index->constraint.empty()) CHECK(table->find_constraint(index->constraint) != nullptr);
  }
  for (const std::string& schema : catalog.search_path()) text += "path " + schema + "\n";
  return text + (catalog.complete() ? "complete\n" : "");
}

}  // namespace

TEST_CASE("histories give the catalogs beside them") {
  const bool update = std::getenv("WHIMBREL_UPDATE") != nullptr;
  REQUIRE_FALSE(histories().empty());
  for (const std::string& name : histories()) {
    INFO(name);
    const Result<std::string> text = read_file(kFolder + name + ".sql");
    REQUIRE(text);
    const std::string result = result_of(*text);
    if (update) REQUIRE(write_file(kFolder + name + ".catalog", result));
    const Result<std::string> expected = read_file(kFolder + name + ".catalog");
    REQUIRE(expected);
    CHECK(result == *expected);
  }
}

TEST_CASE("every moment of a history can be come back to") {
  for (const std::string& name : histories()) {
    INFO(name);
    const Result<std::string> text = read_file(kFolder + name + ".sql");
    REQUIRE(text);
    const std::vector<ir::Statement> statements = parse(*text);
    Catalog catalog;
    std::vector<Catalog::Moment> moments;
    std::vector<std::string> seen;
    for_each_step(statements, Tri::yes, [&](const ir::Step& step, Tri runs) {
      moments.push_back(catalog.now());
      seen.push_back(visible(catalog));
      apply(catalog, step, {}, runs && runs_at(*text, step));
    });
    const std::string last = visible(catalog);

    // Back over everything and forward again: the same catalog.
    catalog.rollback_to(moments.front());
    CHECK(visible(catalog) == seen.front());
    std::size_t at = 0;
    for_each_step(statements, Tri::yes, [&](const ir::Step& step, Tri runs) {
      // Each step is taken back once and done again.
      const Catalog::Moment moment = catalog.now();
      moments[at++] = moment;
      apply(catalog, step, {}, runs && runs_at(*text, step));
      catalog.rollback_to(moment);
      apply(catalog, step, {}, runs && runs_at(*text, step));
    });
    CHECK(visible(catalog) == last);
    for (std::size_t i = moments.size(); i-- > 0;) {
      INFO("step " << i);
      catalog.rollback_to(moments[i]);
      CHECK(visible(catalog) == seen[i]);
    }
  }
}
