// String literals: values and where each byte comes from.
#include "support/catch.h"
#include "whimbrel/python/text.h"

using namespace whimbrel;
using python::NodeKind;

namespace {

python::Node first_string(const python::Tree& tree) {
  python::Node node = tree.root().first();
  while (node && node.kind() != NodeKind::string && node.kind() != NodeKind::concatenated_string) node = node.first();
  return node;
}

std::string value_of(const std::string& source) {
  const python::Tree tree(source, FileId{});
  return python::decode(first_string(tree)).value;
}

/// Each byte of the value with the bytes of the file that it came from.
std::string origins(const std::string& source) {
  const python::Tree tree(source, FileId{});
  const python::Text text = python::decode(first_string(tree));
  std::string result;
  for (std::size_t i = 0; i < text.segments.size(); ++i) {
    const python::Segment& segment = text.segments[i];
    const std::size_t end = i + 1 < text.segments.size() ? text.segments[i + 1].text_begin : text.value.size();
    const std::size_t length = end - segment.text_begin;
    result += "[" + source.substr(segment.file_begin, segment.linear ? length : segment.file_end - segment.file_begin) + "]";
  }
  return result;
}

}  // namespace

TEST_CASE("escapes", "[python]") {
  CHECK(value_of(R"('a\n\t\\\'\"b')") == "a\n\t\\'\"b");
  CHECK(value_of(R"("\x41\101\u00e9\U0001F600")") == "AA\xC3\xA9\xF0\x9F\x98\x80");
  CHECK(value_of(R"("\0\07\377")") == std::string("\0\a\xC3\xBF", 4));
  CHECK(value_of(R"("\q\N{BULLET}\ud800")") == "\\q\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(value_of("'a\\\nb'") == "ab");
  CHECK(value_of("'a\\\r\nb'") == "ab");
  CHECK(value_of("'\\xZZ'") == "\\xZZ");
}

TEST_CASE("prefixes and quotes", "[python]") {
  CHECK(value_of(R"(r'\n')") == "\\n");
  CHECK(value_of(R"(Rb'\n')") == "\\n");
  CHECK(value_of("u'x'") == "x");
  CHECK(value_of("f'{{x}}'") == "{x}");
  CHECK(value_of("'''a'b\"c'''") == "a'b\"c");
  CHECK(value_of("\"\"\"\r\nx\r\n\"\"\"") == "\nx\n");
  CHECK(value_of("''").empty());
  CHECK(value_of("\"\"\"\"\"\"").empty());
}

TEST_CASE("adjacent literals are one", "[python]") {
  CHECK(value_of("('a'\n  \"b\" r'\\c')") == "ab\\c");
  CHECK(origins("('a'\n  \"b\")") == "[a][b]");
}

TEST_CASE("every byte knows its origin", "[python]") {
  CHECK(origins(R"('ab\ncd')") == "[ab][\\n][cd]");
  CHECK(origins("'''x\r\ny'''") == "[x][\r\n][y]");
  CHECK(origins(R"(r'a\nb')") == R"([a\nb])");
}

TEST_CASE("texts are cut and joined with their origins", "[python]") {
  python::Text text{"abcd", {{0, 10, 12, true}, {2, 20, 24, false}}};
  const python::Text middle = text.part(1, 3);
  CHECK(middle.value == "bc");
  CHECK(middle.segments == std::vector<python::Segment>{{0, 11, 12, true}, {1, 20, 24, false}});
  text.append(middle);
  CHECK(text.value == "abcdbc");
  CHECK(text.segments.at(2) == python::Segment{4, 11, 12, true});
  CHECK(text.part(4, 99).segments.at(0).text_begin == 0);
}
