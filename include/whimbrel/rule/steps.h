// Help text: what to write instead, in the language of the migration.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/rule/context.h"

namespace whimbrel::rule {

/// A condition for some thousand rows of the table, by its primary key: "id BETWEEN 1 AND 10000" where that counts up, a sub-select where it
/// does not, or where there is none. `rest`: the condition of rows that are still to be done; empty: all.
std::string a_batch(const Context& context, const ir::RelationName& table, std::string_view rest);

/// Help text: steps to write instead, in the language of the migration (SQL, or Alembic's Python).
class Steps {
 public:
  explicit Steps(const Context& context);
  /// A comment on a line of its own.
  Steps& say(std::string_view comment);
  /// A statement, without semicolon. `python`: how Alembic says it; empty: op.execute("…").
  Steps& run(const std::string& sql, const std::string& python = "");
  /// The same, but it cannot run in a transaction block.
  Steps& run_alone(const std::string& sql, const std::string& python = "");
  /// An UPDATE in batches that fills a new column.
  Steps& fill(const Context& context, const ir::RelationName& table, std::string_view column, std::string_view value);
  /// The same from another column of the table: its rows without a value are left alone, or the batches would find them for ever.
  Steps& fill_from(const Context& context, const ir::RelationName& table, std::string_view column, std::string_view source, std::string_view value);
  /// DROP INDEX CONCURRENTLY IF EXISTS of the name that the index is to have: of what a failed build has left.
  Steps& drop_index_concurrently(const ir::op::CreateIndex& index);
  /// CREATE INDEX CONCURRENTLY on the table.
  Steps& build_unique_index(const ir::RelationName& table, const std::vector<ir::Name>& columns,
                            const std::string& name);
  /// ALTER TABLE … ADD CONSTRAINT … NOT VALID, and its VALIDATE in a later migration.
  Steps& add_not_valid(const std::string& table, const std::string& name, const std::string& clause);
  /// ALTER TABLE … ADD CONSTRAINT … CHECK (column IS NOT NULL) NOT VALID and its VALIDATE, or from 18 on the NOT NULL
  /// constraint itself.
  Steps& prove_not_null(const Context& context, const ir::RelationName& table, std::string_view column);
  [[nodiscard]] std::string text() const { return text_; }

 private:
  bool sql_;
  std::string outside_;  ///< how to leave the open transaction; said once
  std::string text_;
};

}  // namespace whimbrel::rule
