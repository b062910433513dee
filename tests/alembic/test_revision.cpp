// What a revision says of itself, claims, directives, surroundings and bad input.
#include <filesystem>
#include <map>

#include "reading.h"
#include "support/catch.h"

using namespace whimbrel;
using ir::PartState;

namespace {

std::string text_of(const Revision& revision, Span span) { return std::string(revision.sources.text(span)); }

using Files = std::map<std::string, std::string>;

/// Of the history in /project/alembic/versions. Paths are relative to /project.
frontend::Surroundings surroundings_among(const Files& files, const std::string& history = "alembic/versions") {
  return frontends::alembic.surroundings("/project/" + history, [&](std::string_view path) -> std::optional<std::string> {
    const auto absolute = std::filesystem::path("/project/" + history + "/" + std::string(path)).lexically_normal().string();
    const auto found = absolute.starts_with("/project/") ? files.find(absolute.substr(9)) : files.end();
    return found == files.end() ? std::nullopt : std::optional(found->second);
  });
}

frontend::Surroundings surroundings_of(const std::string& environment) { return surroundings_among({{"alembic/env.py", environment}}); }

}  // namespace

TEST_CASE("a revision is known by its content", "[alembic]") {
  const auto claim = [](std::string_view path, std::string_view text) { return frontends::alembic.claim({path, text}); };
  CHECK(claim("db/versions/a.py", "revision = 'a'\ndef upgrade():\n    pass\n").reads);
  CHECK(claim("db/versions/a.py", "down_revision: str | None = None\n\ndef upgrade() -> None: ...\n").reads);
  CHECK(claim("a.py", "\xEF\xBB\xBFrevision='a'\r\ndef upgrade():\r\n  pass\r\n").reads);
  CHECK_FALSE(claim("a.py", "revision = 'a'\n").reads);
  CHECK_FALSE(claim("a.py", "def upgrade():\n    revision = 'a'\n").reads);
  CHECK_FALSE(claim("a.py", "revisions = []\ndef upgrade():\n    pass\n").reads);
  CHECK_FALSE(claim("a.py", "").reads);
  CHECK(claim("db/versions/a.py", "revision = 'a'\ndef upgrade(): pass\n").history == "db/versions");
  CHECK(claim("db/versions/2024/expand/a.py", "revision = 'a'\ndef upgrade(): pass\n").history == "db/versions");
  CHECK(claim("migrations/a.py", "revision = 'a'\ndef upgrade(): pass\n").history == "migrations");
  CHECK(claim("a.py", "revision = 'a'\ndef upgrade(): pass\n").history == ".");
}

TEST_CASE("identifiers, message and parents", "[alembic]") {
  const Revision revision("\"\"\"Add users\n\nRevision ID: 2\n\"\"\"\nrevision: str = '2'\ndown_revision = ('0', '1')\ndepends_on = ['x']\n"
                          "def upgrade():\n    pass\n");
  CHECK(revision.migration().id == "2");
  CHECK(text_of(revision, revision.migration().id_span) == "'2'");
  CHECK(revision.migration().message == "Add users");
  CHECK(revision.migration().parents == std::vector<std::string>{"0", "1"});
  CHECK(revision.migration().depends_on == std::vector<std::string>{"x"});
  CHECK(revision.migration().runner == "alembic");
}

TEST_CASE("what a down part is", "[alembic]") {
  const auto down = [](const std::string& text) { return Revision("revision = 'a'\ndef upgrade():\n    op.drop_table('t')\n" + text); };
  CHECK(down("").migration().down.state == PartState::missing);
  CHECK(down("def downgrade():\n    pass\n").migration().down.state == PartState::empty);
  CHECK(down("def downgrade():\n    \"\"\"no\"\"\"\n    # nothing\n    ...\n").migration().down.state == PartState::empty);
  CHECK(down("def downgrade():\n    return\n").migration().down.state == PartState::empty);
  CHECK(down("def downgrade():\n    raise NotImplementedError()\n").migration().down.state == PartState::raising);
  CHECK(down("def downgrade():\n    helper()\n").migration().down.state == PartState::present);
  const Revision present = down("def downgrade() -> None:\n    op.create_table('t')\n");
  CHECK(text_of(present, present.migration().down.span) == "def downgrade() -> None:");
  const Revision missing = down("");
  CHECK(text_of(missing, missing.migration().down.span) == "def upgrade():");
}

TEST_CASE("comments that speak to whimbrel", "[alembic]") {
  const Revision revision("revision = 'a'\n# whimbrel: ignore drop-table (old)\ndef upgrade():\n    op.drop_table('a')  #whimbrel: ignore WB1\n    # not whimbrel: x\n");
  REQUIRE(revision.reading.directives.size() == 2);
  CHECK(revision.reading.directives[0].text == "whimbrel: ignore drop-table (old)");
  CHECK(revision.reading.directives[0].text_begin == 17);
  CHECK(text_of(revision, revision.reading.directives[1].span) == "#whimbrel: ignore WB1");
}

TEST_CASE("a finding can point at the argument that says it", "[alembic]") {
  const Revision revision(revision_of("op.alter_column('users', 'email', nullable=False, type_=sa.Text())\nop.execute('DROP TABLE a;\\n DROP TABLE b')"));
  REQUIRE(revision.up().size() == 4);
  CHECK(text_of(revision, revision.up()[0].steps[0].span) == "type_=sa.Text()");
  CHECK(text_of(revision, revision.up()[1].steps[0].span) == "nullable=False");
  CHECK(text_of(revision, std::get<ir::op::SetNotNull>(revision.up()[1].steps[0].operation).table.span) == "'users'");
  CHECK(text_of(revision, revision.up()[2].span) == "DROP TABLE a");
  CHECK(text_of(revision, revision.up()[3].span) == "DROP TABLE b");
  CHECK(text_of(revision, revision.up()[3].call).starts_with("op.execute("));
  CHECK(revision.up()[3].sql == "DROP TABLE b");
}

TEST_CASE("autocommit blocks end", "[alembic]") {
  const Revision revision(revision_of("with op.get_context().autocommit_block():\n    op.execute('SELECT 1')\nop.execute('SELECT 2')"));
  REQUIRE(revision.up().size() == 2);
  CHECK(revision.up()[0].autocommit);
  CHECK_FALSE(revision.up()[1].autocommit);
}

TEST_CASE("env.py and alembic.ini", "[alembic]") {
  CHECK(surroundings_of("context.configure(connection=c)\n").transaction == ir::TransactionMode::single);
  CHECK(surroundings_of("context.configure(transaction_per_migration=True)\n").transaction == ir::TransactionMode::per_migration);
  CHECK(surroundings_of("context.configure(transaction_per_migration=False)\n").transaction == ir::TransactionMode::single);
  const auto set = surroundings_of("connection.execute(text(\"SET lock_timeout = '4s'\"))\nc.execute('SET statement_timeout TO 5000')\n");
  CHECK(set.lock_timeout == "4s");
  CHECK(set.statement_timeout == "5000");
  CHECK(surroundings_of("e = create_engine(u, connect_args={'options': '-c lock_timeout=2000'})\n").lock_timeout == "2000");
  CHECK(surroundings_of("e = create_engine(u, connect_args={'server_settings': {'lock_timeout': '3s'}})\n").lock_timeout == "3s");
  // Names of the module are followed, what cannot be told claims no more than it must, and a sentence sets nothing.
  CHECK(surroundings_of("EACH = True\ncontext.configure(transaction_per_migration=EACH)\n").transaction == ir::TransactionMode::per_migration);
  CHECK(surroundings_of("context.configure(transaction_per_migration=config.get('x'))\n").transaction == ir::TransactionMode::per_migration);
  CHECK(surroundings_of("T = '7s'\nc = dict(lock_timeout=T)\n").lock_timeout == "7s");
  CHECK(surroundings_of("c.execute(text(f\"SET lock_timeout = {seconds}\"))\n").lock_timeout == "unknown");
  CHECK(surroundings_of("c.execute(\"SELECT set_config('lock_timeout', '9s', false)\")\n").lock_timeout == "9s");
  CHECK(surroundings_of("\"\"\"The server has lock_timeout = 5s.\"\"\"\nlog.info('the lock_timeout of the server')\n").lock_timeout.empty());
  CHECK(surroundings_of("c.execute('SET lock_timeout = 0')\n").lock_timeout.empty());
}

TEST_CASE("settings that name the history's folder count", "[alembic]") {
  using Folders = std::vector<std::string>;
  const std::string each = "context.configure(transaction_per_migration=True)\n";
  const auto locations = [](const std::string& ini) { return surroundings_among({{"alembic.ini", ini}, {"alembic/env.py", "x"}}).version_locations; };
  CHECK(locations("[alembic]\nscript_location = alembic\n").empty());
  CHECK(locations("[alembic]\nscript_location = %(here)s/alembic\nversion_path_separator = os\nversion_locations = %(here)s/b:%(here)s/alembic/versions\n") ==
        Folders{"/project/b", "/project/alembic/versions"});
  CHECK(locations("[alembic]\nscript_location = alembic\npath_separator = newline\nversion_locations =\n    alembic/versions\n    # not this\n    two words\n") ==
        Folders{"/project/alembic/versions", "/project/two words"});
  CHECK(locations("[alembic]\nscript_location: alembic\nversion_locations = %(script_location)s/versions, b\n") ==
        Folders{"/project/alembic/versions", "/project/b"});
  CHECK(locations("[other]\nscript_location = elsewhere\nversion_locations = b\n").empty());
  // One of several sections (alembic -n NAME), whose env.py lies elsewhere.
  const Files several{{"alembic.ini", "[main]\nscript_location = main\n[audit]\nscript_location = tools/audit\nversion_locations = db/audit\n"},
                      {"tools/audit/env.py", each}};
  CHECK(surroundings_among(several, "db/audit").transaction == ir::TransactionMode::per_migration);
  CHECK(surroundings_among(several, "db/audit").version_locations == Folders{"/project/db/audit"});
  CHECK(surroundings_among(several, "db/more").transaction == ir::TransactionMode::single);
  // pyproject.toml, since Alembic 1.16.
  const Files project{{"pyproject.toml", "[project]\nname = 'x'\n[tool.alembic]\nscript_location = \"%(here)s/src/db\"\nversion_locations = [\n  \"db/one\",  # old\n  'db/two',\n]\n"
                                         "[tool.other]\nversion_locations = ['db/three']\n"},
                      {"src/db/env.py", each}};
  CHECK(surroundings_among(project, "db/two").version_locations == Folders{"/project/db/one", "/project/db/two"});
  CHECK(surroundings_among(project, "db/two").transaction == ir::TransactionMode::per_migration);
  CHECK(surroundings_among(project, "db/three").version_locations.empty());
}

TEST_CASE("the naming convention is followed through the project's modules", "[alembic]") {
  const std::string convention = "{'ix': 'ix_%(column_0_label)s', 'pk': 'pk_%(table_name)s'}";
  const auto key = [](const Files& files) {
    auto found = surroundings_among(files).naming_convention;
    return found["pk"];
  };
  CHECK(key({{"alembic/env.py", "from sqlalchemy import MetaData\ntarget_metadata = MetaData(naming_convention=" + convention + ")\n"}}) == "pk_%(table_name)s");
  CHECK(key({{"alembic/env.py", "from app.db import Base\ntarget_metadata = Base.metadata\n"},
             {"app/db/__init__.py", "from .base import Base\n"},
             {"app/db/base.py", "from sqlalchemy import MetaData\nfrom sqlalchemy.orm import DeclarativeBase\nfrom app.names import NAMES\n"
                                "class Base(DeclarativeBase):\n    metadata = MetaData(naming_convention=NAMES)\n"},
             {"app/names.py", "NAMES = " + convention + "\n"}}) == "pk_%(table_name)s");
  CHECK(key({{"alembic/env.py", "import app.models\ntarget_metadata = app.models.metadata\n"},
             {"src/app/models.py", "import sqlalchemy as sa\nmetadata = sa.MetaData(schema='x', naming_convention=" + convention + ")\n"}}) == "pk_%(table_name)s");
  CHECK(key({{"alembic/env.py", "from a import m\ntarget_metadata = m\n"}, {"a.py", "from b import m\n"}, {"b.py", "from a import m\n"}}).empty());
  CHECK(key({{"alembic/env.py", "from app import target_metadata\n"}, {"app.py", "target_metadata = load()\n"}}).empty());
}

TEST_CASE("what a revision leaves without a name is named by the convention", "[alembic]") {
  Revision revision(revision_of("op.create_table('child', sa.Column('id', sa.Integer(), primary_key=True), sa.Column('a', sa.Integer(), unique=True),\n"
                                "        sa.ForeignKeyConstraint(['a'], ['parent.id']), sa.CheckConstraint('a > 0', name='kept'))\n"
                                "op.create_foreign_key(None, 'child', 'parent', ['a', 'b'], ['x', 'y'])\n"
                                "op.execute('ALTER TABLE child ADD UNIQUE (a)')"));
  frontend::Surroundings surroundings;
  surroundings.naming_convention = {{"pk", "pk_%(table_name)s"}, {"uq", "uq_%(table_name)s_%(column_0_N_name)s"},
                                    {"fk", "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s"}, {"ck", "ck_%(table_name)s_%(constraint_name)s"}};
  frontends::alembic.settle(revision.reading.migrations, revision.sources, {}, surroundings);
  const std::string said = revision.operations();
  for (const char* name : {"pk_child", "uq_child_a", "fk_child_a_parent", "kept"}) CHECK_THAT(said, ContainsSubstring(name));
  CHECK_THAT(revision.up()[1].sql, ContainsSubstring("CONSTRAINT fk_child_a_parent"));
  CHECK_THAT(ir::to_string(revision.up().back().steps[0].operation), !ContainsSubstring("uq_child"));
}

TEST_CASE("bad input is bounded and never silent", "[alembic]") {
  const std::string parentheses = revision_of("op.drop_table(" + std::string(50'000, '(') + "'a'" + std::string(50'000, ')') + ")\nop.drop_table('b')");
  CHECK_THAT(Revision(parentheses).operations(), ContainsSubstring("DropTable b"));
  CHECK_THAT(Revision(parentheses).operations(), ContainsSubstring("Opaque"));
  const std::string doubling = revision_of("x = [1]\nfor i in range(200):\n    x = [x, x]\nop.drop_table(x)");
  CHECK_THAT(Revision(doubling).operations(), ContainsSubstring("Opaque"));
  const std::string endless = "revision = 'a'\ndef f(x):\n    f(x)\n    f(x)\ndef upgrade():\n    f(1)\n    op.drop_table('a')\n";
  CHECK_THAT(Revision(endless).operations(), ContainsSubstring("Opaque"));
  const std::string growing = revision_of("x = 'a'\nfor i in range(100):\n    x = x + x\nop.drop_table(x)");
  CHECK_THAT(Revision(growing).operations(), ContainsSubstring("Opaque"));
  CHECK(Revision("").operations().empty());
  CHECK_THAT(Revision("revision = 'a'\ndef upgrade():\n    op.execute(\"\"\"DROP").operations(), ContainsSubstring("Invalid"));
  CHECK_THAT(Revision("\xff\xfe\0\x01").operations(), !ContainsSubstring("DropTable"));
}
