// Names, types and operations as text.
#include "support/catch.h"
#include "whimbrel/ir/operation.h"

namespace whimbrel::ir {
namespace {

TEST_CASE("identifiers are quoted only where they must be") {
  CHECK(quote_identifier("users") == "users");
  CHECK(quote_identifier("a_1") == "a_1");
  CHECK(quote_identifier("Users") == "\"Users\"");
  CHECK(quote_identifier("1a") == "\"1a\"");
  CHECK(quote_identifier("a$b") == "\"a$b\"");
  CHECK(quote_identifier("select") == "\"select\"");
  CHECK(quote_identifier("user") == "\"user\"");
  CHECK(quote_identifier("int") == "\"int\"");
  CHECK(quote_identifier("name") == "name");
  CHECK(quote_identifier("a\"b") == "\"a\"\"b\"");
  CHECK(quote_identifier("") == "\"\"");
  CHECK(quote_identifier("größe") == "\"größe\"");
  CHECK(to_sql(QualifiedName{"app", "Order"}) == "app.\"Order\"");
  CHECK(to_sql(std::vector<std::string>{"a", "B"}) == "a, \"B\"");
}

TEST_CASE("types") {
  CHECK(canonical_type_name("int4") == "integer");
  CHECK(canonical_type_name("timestamptz") == "timestamp with time zone");
  CHECK(canonical_type_name("\"char\"") == "\"char\"");
  CHECK(canonical_type_name("mood") == "mood");
  CHECK(is_builtin_type("integer"));
  CHECK(is_builtin_type("\"char\""));
  CHECK_FALSE(is_builtin_type("mood"));
  CHECK(to_sql(TypeName{"", "timestamp with time zone", {3}, "", 1}) == "timestamp(3) with time zone[]");
  CHECK(to_sql(TypeName{"app", "Mood", {}, "", 0}) == "app.\"Mood\"");
  CHECK(to_sql(TypeName{}) == "?");
}

TEST_CASE("operations as lines") {
  op::DropColumn drop;
  drop.table.value = {"app", "users"};
  drop.column.value = "Email";
  drop.if_exists = true;
  CHECK(to_string(drop) == "DropColumn app.users.\"Email\" if exists");
  CHECK(operation_name(drop) == "DropColumn");
  CHECK(object_kind_name(ObjectKind::materialized_view) == "MATERIALIZED VIEW");
}

}  // namespace
}  // namespace whimbrel::ir
