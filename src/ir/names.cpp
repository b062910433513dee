// Identifiers as SQL must write them.
#include "whimbrel/ir/names.h"

#include <algorithm>
#include <array>
#include <utility>

#include "keywords.h"

namespace whimbrel::ir {
namespace {

bool is_plain(std::string_view name) {
  if (name.empty()) return false;
  const auto starts = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  const auto continues = [&](char c) { return starts(c) || (c >= '0' && c <= '9'); };
  return starts(name.front()) && std::ranges::all_of(name, continues);
}

/// What a template writes is written as it stands: quoted, it would be a name of its own.
bool is_template(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kMarks{{{"{{", "}}"}, {"${", "}"}, {"<%", "%>"}}};
  return std::ranges::any_of(kMarks, [name](const auto& marks) {
    const std::size_t begin = name.find(marks.first);
    return begin != std::string_view::npos && name.find(marks.second, begin) != std::string_view::npos;
  });
}

}  // namespace

std::string quote_identifier(std::string_view name) {
  if (is_template(name)) return std::string(name);
  if (is_plain(name) && !std::ranges::binary_search(kQuotedWords, name)) return std::string(name);
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  quoted += '"';
  return quoted;
}

std::string to_sql(const QualifiedName& name) {
  if (name.schema.empty()) return quote_identifier(name.name);
  return quote_identifier(name.schema) + "." + quote_identifier(name.name);
}

std::string to_sql(const std::vector<std::string>& columns) {
  std::string list;
  for (const std::string& column : columns) {
    if (!list.empty()) list += ", ";
    list += quote_identifier(column);
  }
  return list;
}

std::string to_sql(const std::vector<Name>& columns) {
  std::string list;
  for (const Name& column : columns) {
    if (!list.empty()) list += ", ";
    list += quote_identifier(column.value);
  }
  return list;
}

}  // namespace whimbrel::ir
