// One call of PostgreSQL's raw parser, with its memory and its error.
#pragma once

#include "server.h"

namespace whimbrel::sql {

/// What the parser said, and the byte of the text that it stopped at (the text's size: at its end).
struct ParseFailure {
  std::string message;
  std::uint32_t at = 0;
};

/// A raw parse tree, alive as long as this object, on the thread that made it. Objects must die in reverse order of their making.
class ParseTree {
 public:
  enum class Mode : std::uint8_t { statements, type_name };

  explicit ParseTree(const std::string& sql, Mode mode = Mode::statements);
  ~ParseTree();
  ParseTree(const ParseTree&) = delete;
  ParseTree& operator=(const ParseTree&) = delete;

  /// The list of RawStmt; null after a failure (and for an empty text).
  [[nodiscard]] const List* statements() const { return tree_; }
  [[nodiscard]] const std::optional<ParseFailure>& failure() const { return failure_; }

 private:
  MemoryContext context_;
  const List* tree_ = nullptr;
  std::optional<ParseFailure> failure_;
};

}  // namespace whimbrel::sql
