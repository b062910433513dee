// What the inspector answers over a catalog: values where that is certain, else nothing.
#include "catalog/replay.h"
#include "reading.h"
#include "support/catch.h"

using namespace whimbrel;

namespace {

constexpr const char* kSchema =
    "CREATE TYPE mood AS ENUM ('sad', 'ok');\n"
    "CREATE TABLE users (id serial PRIMARY KEY, email varchar(20) NOT NULL UNIQUE, mood mood DEFAULT 'ok', made timestamptz(3), tags text[]);\n"
    "CREATE TABLE orders (id int CONSTRAINT orders_key PRIMARY KEY, user_id int REFERENCES users ON DELETE CASCADE, n int CHECK (n > 0));\n"
    "CREATE INDEX ix_n ON orders (n, (id + 1)) INCLUDE (user_id);\n"
    "CREATE VIEW names AS SELECT email FROM users;\n"
    "CREATE SCHEMA app;\n"
    "CREATE SEQUENCE app.numbers;\n"
    "CREATE TABLE app.users (id int);\n";

/// A catalog in which this SQL ran, and one part of a revision read over it.
struct Asked {
  catalog::Catalog catalog;
  Sources sources;
  frontend::Reading reading;

  explicit Asked(const std::string& body, const std::string& schema = kSchema, const frontend::Surroundings& surroundings = {}) {
    catalog::run(catalog, schema);
    const FileId file = sources.add({"versions/a.py", revision_of("inspector = sa.inspect(op.get_bind())\n" + body)});
    reading = frontends::alembic.read(sources[file], file, nullptr);
    first = operations();
    asks = reading.migrations[0].up.asks;
    frontends::alembic.answer(reading.migrations[0], {.source = sources[file], .file = file, .shared = nullptr, .surroundings = surroundings,
                                                      .direction = ir::Direction::up, .catalog = catalog});
  }
  /// The operations of upgrade(), those that may not run with a question mark, and what is not known.
  [[nodiscard]] std::string operations() const {
    std::string lines;
    for (const ir::Statement& statement : reading.migrations[0].up.statements) {
      for (const ir::Step& step : statement.steps) lines += ir::to_string(step.operation) + (statement.runs == Tri::yes ? "\n" : " ?\n");
    }
    return lines.empty() ? lines : lines.substr(0, lines.size() - 1);
  }
  std::string first;
  bool asks = false;
};

std::string value(const std::string& expression, const std::string& schema = kSchema) {
  const std::string made = Asked("op.drop_table(str(" + expression + "))", schema).operations();
  return made.starts_with("DropTable ") ? made.substr(10) : made;
}

}  // namespace

TEST_CASE("the inspector answers from the catalog", "[alembic]") {
  CHECK(value("[c['name'] for c in inspector.get_columns('users')]") == "\"['id', 'email', 'mood', 'made', 'tags']\"");
  CHECK(value("[c['nullable'] for c in inspector.get_columns('users')]") == "\"[False, False, True, True, True]\"");
  CHECK(value("[c['default'] is None for c in inspector.get_columns('orders')]") == "\"[True, True, True]\"");
  CHECK(value("inspector.has_table('users') and not inspector.has_table('user')") == "\"True\"");
  CHECK(value("inspector.has_table('names')") == "\"True\"");
  CHECK(value("inspector.has_table('orders', schema='app')") == "\"False\"");
  CHECK(value("inspector.get_table_names()") == "\"['orders', 'users']\"");
  CHECK(value("inspector.get_table_names('app')") == "\"['users']\"");
  CHECK(value("inspector.get_view_names()") == "\"['names']\"");
  CHECK(value("inspector.get_schema_names()") == "\"['app', 'information_schema', 'public']\"");
  CHECK(value("inspector.get_sequence_names(schema='app')") == "\"['numbers']\"");
  CHECK(value("inspector.has_sequence('numbers', schema='app')") == "\"True\"");
  CHECK(value("inspector.get_pk_constraint('orders')['name']") == "orders_key");
  CHECK(value("inspector.get_pk_constraint('users')['constrained_columns']") == "\"['id']\"");
  CHECK(value("[(k['name'], k['constrained_columns'], k['referred_table'], k['options']['ondelete']) for k in inspector.get_foreign_keys('orders')]") ==
        "\"[('orders_user_id_fkey', ['user_id'], 'users', 'CASCADE')]\"");
  CHECK(value("[(k['name'], k['column_names']) for k in inspector.get_unique_constraints('users')]") == "\"[('users_email_key', ['email'])]\"");
  CHECK(value("[k['name'] for k in inspector.get_check_constraints('orders')]") == "\"['orders_n_check']\"");
  CHECK(value("[(i['name'], i['unique'], i['column_names'], i['include_columns']) for i in inspector.get_indexes('orders')]") ==
        "\"[('ix_n', False, ['n', None], ['user_id'])]\"");
  CHECK(value("[i['duplicates_constraint'] for i in inspector.get_indexes('users')]") == "\"['users_email_key']\"");
  CHECK(value("[(e['name'], e['labels']) for e in inspector.get_enums()]") == "\"[('mood', ['sad', 'ok'])]\"");
  CHECK(value("op.get_bind().dialect.has_table(op.get_bind(), 'users', schema='app')") == "\"True\"");
  CHECK(value("op.get_bind().engine.has_table('nothing')") == "\"False\"");
  CHECK(value("sa.inspect(op.get_bind().engine).has_index('orders', 'ix_n')") == "\"True\"");
}

TEST_CASE("a reflected type can be used again", "[alembic]") {
  const auto type = [](const std::string& column) {
    return Asked("for c in inspector.get_columns('users'):\n    if c['name'] == '" + column + "':\n        op.add_column('orders', sa.Column('x', c['type']))").operations();
  };
  CHECK(type("email") == "AddColumn orders.x \"character varying(20)\"");
  CHECK(type("made") == "AddColumn orders.x \"timestamp(3) with time zone\"");
  CHECK(type("tags") == "AddColumn orders.x \"text[]\"");
  CHECK(type("mood") == "AddColumn orders.x \"mood\"");
}

TEST_CASE("without a catalog both sides are explored, and the part is marked", "[alembic]") {
  const Asked asked("if not inspector.has_table('users'):\n    op.drop_table('a')\nelse:\n    op.drop_table('b')");
  CHECK(asked.asks);
  CHECK(asked.first == "DropTable a ?\nDropTable b ?");
  CHECK(asked.operations() == "DropTable b");
  CHECK_FALSE(Asked("op.drop_table('a')").asks);
  CHECK(Asked("op.drop_table('a')").operations() == "DropTable a");
}

TEST_CASE("what the history does not tell stays unknown", "[alembic]") {
  const std::string body = "if inspector.has_table('t'):\n    op.drop_table('a')\nelse:\n    op.drop_table('b')";
  CHECK(Asked(body, "").operations() == "DropTable a ?\nDropTable b ?");                                       // a history that begins here
  CHECK(Asked(body, "CREATE TABLE s (id int); ALTER TABLE old ADD x int;").operations() == "DropTable a ?\nDropTable b ?");   // it did not make all
  CHECK(Asked(body, "CREATE TABLE s (id int); ALTER TABLE app.old ADD x int;").operations() == "DropTable b");                // in another schema
  CHECK(Asked(body, "CREATE TABLE s (id int); DO $$ BEGIN EXECUTE x; END $$;").operations() == "DropTable a ?\nDropTable b ?");
  CHECK(Asked(body, "CREATE TABLE t (id int);").operations() == "DropTable a");
  CHECK(value("inspector.get_columns('nothing')").starts_with("Opaque"));
  CHECK(value("inspector.get_table_comment('users')").starts_with("Opaque"));
  CHECK(value("inspector.get_columns(name)").starts_with("Opaque"));
}

TEST_CASE("a revision finds its own changes, and an inspector says what it said", "[alembic]") {
  const std::string has = "def has(table):\n    return sa.inspect(op.get_bind()).has_table(table)\n";
  CHECK(Asked(has + "op.create_table('t', sa.Column('id', sa.Integer()))\nif has('t'):\n    op.drop_table('t')\nif not has('t'):\n    op.drop_table('users')").operations() ==
        "CreateTable t ( id \"integer\" )\nDropTable t\nDropTable users");
  CHECK(Asked("inspector.has_table('t')\nop.create_table('t', sa.Column('id', sa.Integer()))\nif inspector.has_table('t'):\n    op.drop_table('t')").operations() ==
        "CreateTable t ( id \"integer\" )");
  CHECK(Asked("inspector.has_table('t')\nop.create_table('t', sa.Column('id', sa.Integer()))\ninspector.clear_cache()\nif inspector.has_table('t'):\n    op.drop_table('t')").operations() ==
        "CreateTable t ( id \"integer\" )\nDropTable t");
  CHECK(Asked(has + "import os\nif os.environ['X']:\n    op.create_table('t', sa.Column('id', sa.Integer()))\nif has('t'):\n    op.drop_table('t')").operations() ==
        "CreateTable t ( id \"integer\" ) ?\nDropTable t ?");
}

TEST_CASE("enums that are made only if they are not there", "[alembic]") {
  CHECK(Asked("sa.Enum('a', name='mood').create(op.get_bind(), checkfirst=True)").operations().empty());
  CHECK(Asked("sa.Enum('a', name='other').create(op.get_bind())").operations() == "CreateType other enum 'a'");
  CHECK(Asked("sa.Enum(name='mood').drop(op.get_bind())").operations() == "DropType mood");
  CHECK(Asked("sa.Enum(name='other').drop(op.get_bind())").operations().empty());
  CHECK(Asked("sa.Enum('a', name='other').create(op.get_bind())", "").operations() == "CreateType other enum 'a' ?");
}

TEST_CASE("names that the naming convention gives are those that the inspector finds", "[alembic]") {
  frontend::Surroundings surroundings;
  surroundings.naming_convention = {{"uq", "uq_%(table_name)s_%(column_0_name)s"}};
  const Asked asked("op.create_unique_constraint(None, 'orders', ['n'])\nop.drop_table(inspector.get_unique_constraints('orders')[0]['name'])", kSchema, surroundings);
  CHECK(asked.operations() == "AddConstraint orders constraint uq_orders_n unique (n)\nDropTable uq_orders_n");
}
