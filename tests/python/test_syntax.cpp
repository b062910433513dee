// The tree: kinds, fields, comments, errors, and depth without recursion.
#include "support/catch.h"
#include "whimbrel/python/syntax.h"

using namespace whimbrel;
using python::Field;
using python::NodeKind;

TEST_CASE("nodes have kinds, fields and places", "[python]") {
  const std::string text = "# first\nx: str = f(1, k=2)  # second\n";
  const python::Tree tree(text, FileId{});
  CHECK(tree.errors().empty());
  REQUIRE(tree.comments().size() == 2);
  const python::Node assignment = tree.root().first().first();
  CHECK(assignment.kind() == NodeKind::assignment);
  CHECK(assignment.child(Field::left).text() == "x");
  const python::Node call = assignment.child(Field::right);
  CHECK(call.kind() == NodeKind::call);
  CHECK(call.child(Field::function).text() == "f");
  const auto arguments = call.child(Field::arguments).named();
  REQUIRE(arguments.size() == 2);
  CHECK(arguments[1].kind() == NodeKind::keyword_argument);
  CHECK(text.substr(arguments[1].span().begin, arguments[1].span().size()) == "k=2");
}

TEST_CASE("what is no Python is an error, and the rest is read", "[python]") {
  const std::string text = "a = 1\nb = = 2\ndef f():\n    pass\n";
  const python::Tree tree(text, FileId{});
  CHECK_FALSE(tree.errors().empty());
  bool found = false;
  for (const python::Node node : tree.root().children()) found = found || node.kind() == NodeKind::function_definition;
  CHECK(found);
}

TEST_CASE("statements of one block stand below each other, or it is no Python", "[python]") {
  const auto reason = [](const std::string& text) {
    const python::Tree tree(text, FileId{});
    return tree.errors().empty() ? std::string() : std::string(tree.errors().front().reason);
  };
  CHECK(reason("def f(): x\n    y\n") == "unexpected indentation");
  CHECK(reason("def f():\n    x\n      y\n") == "unexpected indentation");
  CHECK(reason("  x\n") == "unexpected indentation");
  CHECK(reason("def f():\n        x\n    y\n") != "");
  CHECK(reason("def f():\nx = 1\n") == "an indented block is expected here");
  CHECK(reason("def f():\n    # nothing\n") == "an indented block is expected here");
  CHECK(reason("if x:\n    y\n  else:\n    z\n") == "this indentation is not that of the statement that it belongs to");
  CHECK(reason("if x:\n        y\n\tz\n") != "");
  CHECK(reason("def f(): x; y\n") == "");
  CHECK(reason("def f():\n    x; \\\n  y\n") == "");
  CHECK(reason("def f():\r\n\tx\r\n\r\n# c\r\n\ty\r\n") == "");
  CHECK(reason("\xEF\xBB\xBFx = 1\ny = [\n1]\n\f\nz = \"\"\"a\n  b\"\"\"\n") == "");
  CHECK(reason("match x:\n    case 1:\n        y\n    case _: z\n") == "");
  CHECK(reason("try:\n  x\nexcept A: y\nelse:\n    z\nfinally:\n  w\n") == "");
}

TEST_CASE("empty, binary and deep texts", "[python]") {
  CHECK(python::Tree("", FileId{}).root().kind() == NodeKind::module);
  const std::string binary("\0\xff\xfe\x80", 4);
  CHECK_FALSE(python::Tree(binary, FileId{}).root().span().end > 4);
  const std::string deep = std::string(50'000, '(') + std::string(50'000, ')');
  CHECK(python::Tree(deep, FileId{}).root());
}
