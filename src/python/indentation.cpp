// Compares the blanks before statements: one walk over what may hold blocks.
#include "indentation.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace whimbrel::python {

namespace {

/// The blanks before what begins at `begin`, if nothing else stands before it on its line.
std::optional<std::string_view> indentation(std::string_view text, std::uint32_t begin) {
  std::uint32_t line = begin;
  while (line > 0 && (text[line - 1] == ' ' || text[line - 1] == '\t')) --line;
  if (line == 0 || text[line - 1] == '\f') return text.substr(line, begin - line);   // a form feed begins the count anew
  if (text[line - 1] != '\n' && text[line - 1] != '\r') return std::nullopt;
  const std::uint32_t before = line - (text.substr(0, line).ends_with("\r\n") ? 2 : 1);
  if (before > 0 && text[before - 1] == '\\') return std::nullopt;   // the line goes on
  return text.substr(line, begin - line);
}

bool is_clause(NodeKind kind) {
  return kind == NodeKind::elif_clause || kind == NodeKind::else_clause || kind == NodeKind::except_clause || kind == NodeKind::finally_clause;
}

bool may_hold_block(NodeKind kind) {
  switch (kind) {
    case NodeKind::block:
    case NodeKind::function_definition:
    case NodeKind::class_definition:
    case NodeKind::decorated_definition:
    case NodeKind::if_statement:
    case NodeKind::for_statement:
    case NodeKind::while_statement:
    case NodeKind::with_statement:
    case NodeKind::try_statement:
    case NodeKind::match_statement:
    case NodeKind::case_clause: return true;
    default: return is_clause(kind);
  }
}

class Check {
 public:
  explicit Check(const Tree& tree) : tree_(tree) {}

  std::vector<SyntaxError> run() && {
    std::vector<Node> open{tree_.root()};
    while (!open.empty()) {
      const Node node = open.back();
      open.pop_back();
      look_at(node);
      for (const Node child : node.children()) {
        if (may_hold_block(child.kind())) open.push_back(child);
      }
    }
    return std::move(errors_);
  }

 private:
  void look_at(Node node) {
    if (node.kind() == NodeKind::module) {
      statements(node.first(), std::string_view());
    } else if (node.kind() == NodeKind::block) {
      const Node first = node.first();
      if (!first) return complain(node, "an indented block is expected here");
      statements(first, indentation(tree_.text(), first.span().begin));
    } else {
      clauses(node);
    }
  }

  /// A module's or block's statements, `own` being its indentation: nothing where they stand behind the colon.
  void statements(Node first, std::optional<std::string_view> own) {
    for (Node statement = first; statement; statement = statement.next()) {
      const auto given = indentation(tree_.text(), statement.span().begin);
      if (statement.kind() == NodeKind::error || !given || (own && *given == *own)) continue;
      complain(statement, own && given->size() < own->size() ? "this indentation is that of no block around it" : "unexpected indentation");
    }
  }

  void clauses(Node node) {
    std::optional<std::string_view> own;
    for (const Node child : node.children()) {
      if (!is_clause(child.kind())) continue;
      if (!own) own = indentation(tree_.text(), node.span().begin);
      const auto given = indentation(tree_.text(), child.span().begin);
      if (own && given && *given != *own) complain(child, "this indentation is not that of the statement that it belongs to");
    }
  }

  void complain(Node node, std::string_view reason) {
    const Span span = node.span();
    const std::size_t end = std::min(tree_.text().find_first_of("\r\n", span.begin), static_cast<std::size_t>(span.end));
    errors_.push_back({{span.file, span.begin, static_cast<std::uint32_t>(end)}, reason});
  }

  const Tree& tree_;
  std::vector<SyntaxError> errors_;
};

}  // namespace

std::vector<SyntaxError> bad_indentation(const Tree& tree) { return Check(tree).run(); }

}  // namespace whimbrel::python
