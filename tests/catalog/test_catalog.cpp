// The catalog itself: names along search_path, temporary objects, reverse look-ups, moments, sessions.
#include <string>
#include <vector>

#include "catalog/replay.h"
#include "support/catch.h"

using namespace whimbrel;
using namespace whimbrel::catalog;
using Names = std::vector<QualifiedName>;

TEST_CASE("names are found along search_path, temporary ones first") {
  Catalog catalog;
  run(catalog,
      "CREATE SCHEMA app; CREATE TABLE users (id int); CREATE TABLE app.users (id bigint); CREATE TABLE app.only (id "
      "int);");
  CHECK(catalog.find_relation({"", "users"})->name == QualifiedName{"public", "users"});
  CHECK(catalog.find_relation({"", "only"}) == nullptr);
  CHECK(catalog.resolve({"", "only"}) == QualifiedName{"public", "only"});
  run(catalog, "SET search_path TO app, public");
  CHECK(catalog.search_path() == std::vector<std::string>{"app", "public"});
  CHECK(catalog.find_relation({"", "users"})->name == QualifiedName{"app", "users"});
  CHECK(catalog.resolve({"", "only"}) == QualifiedName{"app", "only"});
  CHECK(catalog.resolve_new({"", "fresh"}) == QualifiedName{"app", "fresh"});
  run(catalog, "CREATE TEMP TABLE users (x int)");
  CHECK(catalog.find_relation({"", "users"})->name == QualifiedName{"pg_temp", "users"});
  CHECK(catalog.resolve_new({"", "fresh"}, ir::Persistence::temporary) == QualifiedName{"pg_temp", "fresh"});
  CHECK(catalog.resolve({"", "pg_class"}) == QualifiedName{"pg_catalog", "pg_class"});
  catalog.end_session();
  CHECK(catalog.search_path() == std::vector<std::string>{"public"});
  CHECK(catalog.find_relation({"", "users"})->name == QualifiedName{"public", "users"});
}

TEST_CASE("another default schema comes before public") {
  const Catalog catalog("app");
  CHECK(catalog.search_path() == std::vector<std::string>{"app", "public"});
  CHECK(catalog.resolve_new({"", "x"}) == QualifiedName{"app", "x"});
  CHECK(catalog.has_schema("app"));
}

TEST_CASE("search_path in its spellings") {
  Catalog catalog;
  run(catalog, "SET search_path = \"$user\", \"My Schema\", Public");
  CHECK(catalog.search_path() == std::vector<std::string>{"My Schema", "public"});
  run(catalog, "SET LOCAL search_path TO other");
  CHECK(catalog.search_path() == std::vector<std::string>{"other"});
  catalog.end_transaction();
  CHECK(catalog.search_path() == std::vector<std::string>{"My Schema", "public"});
  run(catalog, "SET search_path TO DEFAULT");
  CHECK(catalog.search_path() == std::vector<std::string>{"public"});
  run(catalog, "SELECT pg_catalog.set_config('search_path', '', false)");
  CHECK(catalog.resolve_new({"", "x"}) == QualifiedName{"public", "x"});
}

TEST_CASE("who references and who reads a table") {
  Catalog catalog;
  run(catalog,
      "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE c (a int REFERENCES a, again int REFERENCES a); CREATE TABLE "
      "b (a int REFERENCES a);"
      "CREATE VIEW v AS SELECT id FROM a; CREATE MATERIALIZED VIEW m AS SELECT id FROM a");
  const QualifiedName a{"public", "a"};
  CHECK(catalog.referencing(a) == Names{{"public", "b"}, {"public", "c"}});
  CHECK(catalog.dependent_views(a) == Names{{"public", "m"}, {"public", "v"}});
  run(catalog, "ALTER TABLE c DROP CONSTRAINT c_a_fkey");
  CHECK(catalog.referencing(a) == Names{{"public", "b"}, {"public", "c"}});
  run(catalog, "ALTER TABLE c DROP COLUMN again; DROP VIEW v");
  CHECK(catalog.referencing(a) == Names{{"public", "b"}});
  CHECK(catalog.dependent_views(a) == Names{{"public", "m"}});
  // Also before the edits are settled.
  catalog.edit_relation({"public", "b"}).constraints.clear();
  CHECK(catalog.referencing(a).empty());
  CHECK_FALSE(catalog.constraint_exists("public", "b_a_fkey"));
  catalog.edit_relation({"public", "c"}).reads.push_back(a);
  CHECK(catalog.dependent_views(a) == Names{{"public", "c"}, {"public", "m"}});
}

TEST_CASE("sequences are found by their table, also before the edits are settled") {
  Catalog catalog;
  const auto owned = [&catalog](const std::string& table) {
    std::string names;
    for (const Sequence* sequence : catalog.owned_sequences({"public", table})) names += sequence->name.name + " ";
    return names;
  };
  run(catalog, "CREATE TABLE a (id serial, n int GENERATED ALWAYS AS IDENTITY); CREATE TABLE b (id int); CREATE SEQUENCE free");
  CHECK(owned("a") == "a_id_seq a_n_seq ");
  CHECK(owned("b").empty());
  const Catalog::Moment moment = catalog.now();
  run(catalog, "ALTER SEQUENCE free OWNED BY b.id; ALTER TABLE a DROP COLUMN n; ALTER TABLE a RENAME TO c");
  CHECK(owned("a").empty());
  CHECK(owned("b") == "free ");
  CHECK(owned("c") == "a_id_seq ");
  catalog.edit_sequence({"public", "free"}).owner_table = {};
  CHECK(owned("b").empty());
  catalog.rollback_to(moment);
  CHECK(owned("a") == "a_id_seq a_n_seq ");
  CHECK(owned("b").empty());
}

TEST_CASE("a table that takes the place of one that may be gone takes no sequence of it over") {
  Catalog catalog;
  run(catalog, "CREATE TABLE t (id serial)");
  catalog.mark_incomplete();
  run(catalog, "CREATE TABLE t (id serial)");
  REQUIRE(catalog.owned_sequences({"public", "t"}).size() == 1);
  CHECK(catalog.owned_sequences({"public", "t"}).front()->name.name == "t_id_seq");
}

TEST_CASE("numbered names take the first free number, also of one that became free") {
  Catalog catalog;
  run(catalog, "CREATE TABLE t (a int); CREATE INDEX ON t (a); CREATE INDEX ON t (a); CREATE INDEX ON t (a)");
  CHECK(catalog.find_index({"", "t_a_idx2"}) != nullptr);
  run(catalog, "DROP INDEX t_a_idx; CREATE INDEX ON t (a)");
  CHECK(catalog.find_index({"", "t_a_idx"}) != nullptr);
  CHECK(catalog.find_index({"", "t_a_idx3"}) == nullptr);
  const Catalog::Moment moment = catalog.now();
  run(catalog, "CREATE INDEX ON t (a)");
  catalog.rollback_to(moment);
  run(catalog, "CREATE INDEX ON t (a)");
  CHECK(catalog.find_index({"", "t_a_idx3"}) != nullptr);
  CHECK(catalog.find_index({"", "t_a_idx4"}) == nullptr);
}

TEST_CASE("constraints of domains take names of the schema") {
  Catalog catalog;
  run(catalog, "CREATE DOMAIN d AS int CONSTRAINT positive CHECK (value > 0)");
  CHECK(catalog.constraint_exists("public", "positive"));
  run(catalog, "ALTER DOMAIN d RENAME CONSTRAINT positive TO above; ALTER DOMAIN d ADD CONSTRAINT more CHECK (value > 1)");
  CHECK_FALSE(catalog.constraint_exists("public", "positive"));
  CHECK(catalog.constraint_exists("public", "more"));
  run(catalog, "DROP DOMAIN d");
  CHECK_FALSE(catalog.constraint_exists("public", "above"));
}

TEST_CASE("moments nest, and edits after a moment do not reach before it") {
  Catalog catalog;
  const QualifiedName t{"public", "t"};
  const Catalog::Moment empty = catalog.now();
  catalog.edit_relation(t).tablespace = "one";
  const Catalog::Moment one = catalog.now();
  catalog.edit_relation(t).tablespace = "two";
  const std::shared_ptr<const Relation> held = catalog.relations().at(t);
  catalog.edit_relation(t).tablespace = "three";
  CHECK(held->tablespace == "two");
  catalog.erase_relation(t);
  catalog.edit_relation(t).tablespace = "four";
  catalog.rollback_to(one);
  CHECK(catalog.find_relation(t)->tablespace == "one");
  catalog.edit_relation(t).tablespace = "five";
  catalog.rollback_to(empty);
  CHECK(catalog.find_relation(t) == nullptr);
}

TEST_CASE("what is forgotten stays, what comes after can be undone") {
  Catalog catalog;
  run(catalog, "CREATE TABLE kept (id int)");
  catalog.forget_before(catalog.now());
  const Catalog::Moment moment = catalog.now();
  run(catalog, "CREATE TABLE gone (id int); DROP TABLE kept");
  catalog.rollback_to(moment);
  CHECK(catalog.find_relation({"", "kept"}) != nullptr);
  CHECK(catalog.find_relation({"", "gone"}) == nullptr);
}

TEST_CASE("an inexact table is what the next CREATE makes of it") {
  Catalog catalog;
  run(catalog, "ALTER TABLE t ADD COLUMN a int; CREATE TABLE points (t int REFERENCES t (a))");
  CHECK(catalog.find_relation({"", "t"})->presumed);
  run(catalog, "CREATE TABLE t (a int UNIQUE, b text)");
  const Relation* table = catalog.find_relation({"", "t"});
  CHECK(table->exact);
  CHECK_FALSE(table->presumed);
  CHECK(table->columns.size() == 2);
  CHECK(catalog.referencing({"public", "t"}) == Names{{"public", "points"}});
}

TEST_CASE("extensions bring types and functions with their volatility") {
  Catalog catalog;
  run(catalog,
      "CREATE EXTENSION IF NOT EXISTS citext; CREATE EXTENSION \"uuid-ossp\" SCHEMA ext; CREATE EXTENSION vector");
  CHECK(catalog.find_type({"", "citext"}) != nullptr);
  CHECK(catalog.find_type({"", "halfvec"}) != nullptr);
  const auto functions = catalog.find_functions({"ext", "uuid_generate_v4"});
  REQUIRE(functions.size() == 1);
  CHECK(functions.front()->volatility == ir::op::Volatility::volatile_);
  run(catalog, "DROP EXTENSION citext; DROP EXTENSION \"uuid-ossp\"");
  CHECK(catalog.find_type({"", "citext"}) == nullptr);
  CHECK(catalog.find_functions({"ext", "uuid_generate_v4"}).empty());
  CHECK_FALSE(catalog.has_extension("citext"));
}

TEST_CASE("functions have overloads") {
  Catalog catalog;
  run(catalog,
      "CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION f(text) RETURNS int LANGUAGE sql "
      "STABLE AS 'SELECT 1'");
  CHECK(catalog.find_functions({"", "f"}).size() == 2);
  run(catalog,
      "CREATE OR REPLACE FUNCTION f(integer) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 2'; DROP FUNCTION "
      "f(varchar)");
  CHECK(catalog.find_functions({"", "f"}).size() == 2);
  run(catalog, "DROP FUNCTION f(text)");
  REQUIRE(catalog.find_functions({"", "f"}).size() == 1);
  CHECK(catalog.find_functions({"", "f"}).front()->volatility == ir::op::Volatility::immutable);
}

TEST_CASE("what is opaque makes what it touches inexact, or absence without meaning") {
  Catalog catalog;
  run(catalog, "CREATE TABLE a (id int); CREATE TABLE b (id int)");
  ir::op::Opaque opaque;
  opaque.touches.push_back({{"", "a"}, {}});
  apply(catalog, {opaque, {}});
  CHECK_FALSE(catalog.find_relation({"", "a"})->exact);
  CHECK(catalog.find_relation({"", "b"})->exact);
  CHECK(catalog.complete());
  opaque.touches_any = true;
  apply(catalog, {opaque, {}});
  CHECK_FALSE(catalog.complete());
  CHECK(run(catalog, "DROP TABLE nowhere").empty());
}

TEST_CASE("a step that does not run changes nothing") {
  Catalog catalog;
  ir::op::CreateTable table;
  table.table.value.name = "t";
  CHECK(apply(catalog, {table, {}}, {}, Tri::no).empty());
  CHECK(catalog.relations().empty());
}

TEST_CASE("origins are the replay's numbers and the object's own span") {
  Catalog catalog;
  const std::vector<ir::Statement> statements = parse("CREATE TABLE t (id int, CHECK (id > 0))");
  apply(catalog, statements.at(0).steps.at(0), {7, 9, {}});
  const Relation* table = catalog.find_relation({"", "t"});
  CHECK(table->origin.part == 7);
  CHECK(table->origin.transaction == 9);
  CHECK(table->origin.span == statements.at(0).steps.at(0).span);
  CHECK(table->columns[0].origin.part == 7);
  CHECK(table->columns[0].origin.span.begin == 16);
  CHECK(table->constraints[0].origin.span.begin == 24);
}

TEST_CASE("names are chosen before the index is there") {
  Catalog catalog;
  run(catalog, "CREATE TABLE t (a int); CREATE INDEX ON t (a)");
  ir::op::CreateIndex index;
  index.table.value.name = "t";
  index.elements.push_back({{}, "a", nullptr, "", "", false, Tri::unknown});
  CHECK(choose_index_name(catalog, {"", "t"}, index) == "t_a_idx1");
  ir::Constraint unique;
  unique.kind = ir::ConstraintKind::unique;
  unique.columns.push_back({"a", {}});
  CHECK(choose_constraint_name(catalog, *catalog.find_relation({"", "t"}), unique) == "t_a_key");
}

TEST_CASE("a not-null constraint of PostgreSQL 18") {
  Catalog catalog;
  run(catalog,
      "CREATE TABLE t (a int, b int); ALTER TABLE t ADD CONSTRAINT n NOT NULL a NOT VALID; ALTER TABLE t ADD NOT NULL "
      "b");
  const auto column = [&](const char* name) { return *catalog.find_relation({"", "t"})->find_column(name); };
  CHECK(column("a").not_null == Tri::yes);
  CHECK(column("a").not_null_validated == Tri::no);
  CHECK(column("b").not_null == Tri::yes);
  run(catalog, "ALTER TABLE t VALIDATE CONSTRAINT n");
  CHECK(column("a").not_null_validated == Tri::yes);
  run(catalog, "ALTER TABLE t DROP CONSTRAINT n; ALTER TABLE t DROP CONSTRAINT t_b_not_null");
  CHECK(column("a").not_null == Tri::no);
  CHECK(column("b").not_null == Tri::no);
}
