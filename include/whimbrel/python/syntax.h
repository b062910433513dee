// The syntax tree of a Python file: nodes with byte spans, read without running anything.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/base/span.h"

namespace whimbrel::python {

/// What a node is. Punctuation and keywords are not nodes; an operator is a `token`.
enum class NodeKind : std::uint8_t {
  other,  ///< of no interest here, or newer than this list
  error,  ///< bytes that are no Python
  token,
  // statements
  module, block, expression_statement, assignment, augmented_assignment, function_definition, class_definition, decorated_definition,
  if_statement, elif_clause, else_clause, for_statement, while_statement, with_statement, with_clause, with_item, try_statement,
  except_clause, finally_clause, return_statement, raise_statement, pass_statement, break_statement, continue_statement,
  import_statement, import_from_statement, aliased_import, wildcard_import, dotted_name, relative_import, assert_statement,
  delete_statement, global_statement, nonlocal_statement, match_statement, case_clause,
  // expressions
  identifier, attribute, call, argument_list, keyword_argument, string, concatenated_string, string_start, string_content, string_end,
  interpolation, format_specifier, type_conversion, integer, floating, true_, false_, none, ellipsis, list, tuple, dictionary, pair, set,
  list_comprehension, generator_expression, dictionary_comprehension, set_comprehension, for_in_clause, if_clause,
  parenthesized_expression, unary_operator, not_operator, binary_operator, boolean_operator, comparison_operator,
  conditional_expression, lambda, subscript, slice, named_expression, await, yield, list_splat, dictionary_splat, as_pattern,
  as_pattern_target, pattern_list, tuple_pattern, list_pattern, expression_list, type,
  // parameters
  parameters, lambda_parameters, default_parameter, typed_parameter, typed_default_parameter, keyword_separator, positional_separator,
  list_splat_pattern, dictionary_splat_pattern,
};

/// The part that a node plays in its parent.
enum class Field : std::uint8_t {
  none, name, value, left, right, body, condition, consequence, alternative, function, arguments, object, attribute, operator_, operators,
  argument, subscript, definition, parameters, superclasses, module_name, alias, key, type, expression, guard, subject, other,
};

class Tree;

/// A node of a tree, or none. Cheap to copy; valid as long as its tree is.
class Node {
 public:
  class Iterator;
  class Children;

  Node() = default;
  Node(const Tree* tree, std::uint32_t index) : tree_(tree), index_(index) {}

  explicit operator bool() const { return tree_ != nullptr; }
  [[nodiscard]] NodeKind kind() const;
  [[nodiscard]] Field field() const;
  [[nodiscard]] Span span() const;
  [[nodiscard]] std::string_view text() const;
  /// The first child that plays this part; none where there is none.
  [[nodiscard]] Node child(Field field) const;
  /// The children in order; comments are left out.
  [[nodiscard]] Children children() const;
  [[nodiscard]] Node first() const;
  [[nodiscard]] Node next() const;
  /// Children that are no tokens.
  [[nodiscard]] std::vector<Node> named() const;
  [[nodiscard]] std::uint32_t index() const { return index_; }
  [[nodiscard]] const Tree* tree() const { return tree_; }
  friend bool operator==(const Node&, const Node&) = default;

 private:
  const Tree* tree_ = nullptr;
  std::uint32_t index_ = 0;
};

class Node::Iterator {
 public:
  explicit Iterator(Node node) : node_(node) {}
  Node operator*() const { return node_; }
  Iterator& operator++() {
    node_ = node_.next();
    return *this;
  }
  friend bool operator==(const Iterator& left, const Iterator& right) { return left.node_ == right.node_; }

 private:
  Node node_;
};

class Node::Children {
 public:
  explicit Children(Node first) : first_(first) {}
  [[nodiscard]] Iterator begin() const { return Iterator(first_); }
  [[nodiscard]] static Iterator end() { return Iterator(Node()); }

 private:
  Node first_;
};

/// A place that is no Python, and why. The span is empty where something is missing.
struct SyntaxError {
  Span span;
  std::string_view reason = "invalid syntax";
};

/// A parsed file. The text must outlive it; it must not move while nodes of it are in use.
class Tree {
 public:
  /// Never fails: what is no Python becomes `error` nodes, and the rest is read.
  Tree(std::string_view text, FileId file);

  [[nodiscard]] Node root() const { return {this, 0}; }
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] FileId file() const { return file_; }
  /// The number of its nodes.
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  /// Comments with their '#', in order.
  [[nodiscard]] const std::vector<Span>& comments() const { return comments_; }
  /// Where Python would stumble, in order.
  [[nodiscard]] const std::vector<SyntaxError>& errors() const { return errors_; }

 private:
  friend class Node;
  friend class TreeBuilder;
  struct Entry {
    NodeKind kind = NodeKind::other;
    Field field = Field::none;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint32_t first = 0;  ///< 0: none, as the root is nobody's child
    std::uint32_t next = 0;
  };
  std::string_view text_;
  FileId file_;
  std::vector<Entry> entries_;
  std::vector<Span> comments_;
  std::vector<SyntaxError> errors_;
};

}  // namespace whimbrel::python
