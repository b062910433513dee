// Reads a text the way the tests look at it.
#pragma once

#include <string>

#include "whimbrel/base/source.h"
#include "whimbrel/sql/sql.h"

namespace whimbrel::test {

/// A text as the only file of a run, and what sql::parse says of it.
struct ReadSql {
  Sources sources;
  sql::Parsed parsed;

  explicit ReadSql(std::string text, const sql::Options& options = {}) {
    sources.add({"test.sql", std::move(text)});
    parsed = sql::parse(sql::HostText::plain(sources[FileId{}].text, FileId{}), options);
  }

  [[nodiscard]] std::string text(Span span) const { return std::string(sources.text(span)); }
  [[nodiscard]] const ir::Statement& statement(std::size_t i) const { return parsed.statements.at(i); }
  /// The first step of a statement, as its operation.
  template <class Operation>
  [[nodiscard]] const Operation& first(std::size_t statement_index = 0, std::size_t step = 0) const {
    return std::get<Operation>(statement(statement_index).steps.at(step).operation);
  }
  /// The statements' kinds in order: "CreateTable DropTable".
  [[nodiscard]] std::string kinds() const {
    std::string list;
    for (const ir::Statement& one : parsed.statements) list += (list.empty() ? "" : " ") + one.kind;
    return list;
  }
};

}  // namespace whimbrel::test
