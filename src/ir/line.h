// Builds the one line that says an operation: words and clauses behind its name.
#pragma once

#include <string>
#include <string_view>

#include "whimbrel/ir/operation.h"

namespace whimbrel::ir {

class Line {
 public:
  explicit Line(std::string_view operation) : out_(operation) {}

  Line& word(std::string_view text);
  /// The word where the condition holds.
  Line& when(bool condition, std::string_view text);
  Line& name(const QualifiedName& name);
  Line& name(const RelationName& name) { return this->name(name.value); }
  Line& name(const Name& name);
  Line& name(std::string_view name);
  /// `table.column`.
  Line& column(const RelationName& table, const Name& column);
  /// `key value` where the value is not empty.
  Line& clause(std::string_view key, std::string_view value);
  Line& clause(std::string_view key, const ExprPtr& expr);
  Line& type(const TypeName& type);
  Line& text(std::string_view value);  ///< in single quotes
  Line& options(const std::vector<Option>& options);
  Line& query(const Query& query);
  Line& constraint(const Constraint& constraint);
  Line& column_def(const ColumnDef& column);
  Line& elements(const std::vector<IndexElement>& elements);
  Line& bound(const PartitionBound& bound);
  Line& sequence(const op::SequenceOptions& options);

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

}  // namespace whimbrel::ir
