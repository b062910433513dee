// What a revision says of itself, claims, directives, surroundings and bad input.
#include "reading.h"
#include "support/catch.h"

using namespace whimbrel;
using ir::PartState;

namespace {

std::string text_of(const Revision& revision, Span span) { return std::string(revision.sources.text(span)); }

frontend::Surroundings surroundings_of(const std::string& environment, const std::string& ini = "") {
  return frontends::alembic.surroundings("versions", [&](std::string_view path) -> std::optional<std::string> {
    if (path == "../env.py") return environment;
    if (path == "../../alembic.ini" && !ini.empty()) return ini;
    return std::nullopt;
  });
}

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
  CHECK(surroundings_of("x", "[alembic]\nversion_locations = %(here)s/a:b/versions\n").version_locations ==
        std::vector<std::string>{"a", "b/versions"});
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
